/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * <langinfo.h> with a locale.
 */
#ifndef _XLOCALE__LANGINFO_H_
#define _XLOCALE__LANGINFO_H_

#include <sys/cdefs.h>
#include <machine/stdint.h>

#ifndef _LOCALE_T_DEFINED
#define _LOCALE_T_DEFINED
typedef struct _xlocale	*locale_t;
#endif

__BEGIN_DECLS
char	*nl_langinfo_l(__nl_item, locale_t);
__END_DECLS

#endif /* !_XLOCALE__LANGINFO_H_ */
