/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * <string.h> with a locale.
 */
#ifndef _XLOCALE__STRING_H_
#define _XLOCALE__STRING_H_

#include <sys/cdefs.h>
#include <machine/stdint.h>

#ifndef _LOCALE_T_DEFINED
#define _LOCALE_T_DEFINED
typedef struct _xlocale	*locale_t;
#endif

__BEGIN_DECLS
int		strcoll_l(const char *, const char *, locale_t);
__size_t	strxfrm_l(char *, const char *, __size_t, locale_t);
#if __BSD_VISIBLE
char		*strcasestr_l(const char *, const char *, locale_t);
#endif
__END_DECLS

#endif /* !_XLOCALE__STRING_H_ */
