/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * <stdlib.h> with a locale.
 */
#ifndef _XLOCALE__STDLIB_H_
#define _XLOCALE__STDLIB_H_

#include <sys/cdefs.h>
#include <machine/stdint.h>

#ifndef _LOCALE_T_DEFINED
#define _LOCALE_T_DEFINED
typedef struct _xlocale	*locale_t;
#endif
#ifndef __cplusplus
#ifndef _WCHAR_T_DECLARED
#define _WCHAR_T_DECLARED
typedef ___wchar_t	wchar_t;
#endif
#endif

__BEGIN_DECLS
int		___mb_cur_max_l(locale_t);
double		atof_l(const char *, locale_t);
int		atoi_l(const char *, locale_t);
long		atol_l(const char *, locale_t);
long long	atoll_l(const char *, locale_t);
int		mblen_l(const char *, __size_t, locale_t);
__size_t	mbstowcs_l(wchar_t *__restrict, const char *__restrict,
		    __size_t, locale_t);
int		mbtowc_l(wchar_t *__restrict, const char *__restrict,
		    __size_t, locale_t);
double		strtod_l(const char *, char **, locale_t);
float		strtof_l(const char *, char **, locale_t);
long		strtol_l(const char *, char **, int, locale_t);
long double	strtold_l(const char *, char **, locale_t);
long long	strtoll_l(const char *, char **, int, locale_t);
unsigned long	strtoul_l(const char *, char **, int, locale_t);
unsigned long long strtoull_l(const char *, char **, int, locale_t);
__size_t	wcstombs_l(char *__restrict, const wchar_t *__restrict,
		    __size_t, locale_t);
int		wctomb_l(char *, wchar_t, locale_t);
__END_DECLS

#define MB_CUR_MAX_L(l)	((__size_t)___mb_cur_max_l(l))

#endif /* !_XLOCALE__STDLIB_H_ */
