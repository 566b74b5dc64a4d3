/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * <monetary.h> with a locale.
 */
#ifndef _XLOCALE__MONETARY_H_
#define _XLOCALE__MONETARY_H_

#include <sys/cdefs.h>
#include <machine/stdint.h>

#ifndef _LOCALE_T_DEFINED
#define _LOCALE_T_DEFINED
typedef struct _xlocale	*locale_t;
#endif

__BEGIN_DECLS
__ssize_t	strfmon_l(char *, __size_t, locale_t, const char *, ...);
__END_DECLS

#endif /* !_XLOCALE__MONETARY_H_ */
