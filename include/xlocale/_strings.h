/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * <strings.h> with a locale.
 */
#ifndef _XLOCALE__STRINGS_H_
#define _XLOCALE__STRINGS_H_

#include <sys/cdefs.h>
#include <machine/stdint.h>

#ifndef _LOCALE_T_DEFINED
#define _LOCALE_T_DEFINED
typedef struct _xlocale	*locale_t;
#endif

__BEGIN_DECLS
int	strcasecmp_l(const char *, const char *, locale_t);
int	strncasecmp_l(const char *, const char *, __size_t, locale_t);
__END_DECLS

#endif /* !_XLOCALE__STRINGS_H_ */
