/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * <wchar.h> with a locale.
 */
#ifndef _XLOCALE__WCHAR_H_
#define _XLOCALE__WCHAR_H_

#include <sys/cdefs.h>
#include <machine/stdint.h>

#ifndef _LOCALE_T_DEFINED
#define _LOCALE_T_DEFINED
typedef struct _xlocale	*locale_t;
#endif
#ifndef _STDFILE_DECLARED
#define _STDFILE_DECLARED
typedef struct __FILE	FILE;
#endif
#ifndef __cplusplus
#ifndef _WCHAR_T_DECLARED
#define _WCHAR_T_DECLARED
typedef ___wchar_t	wchar_t;
#endif
#endif

struct tm;

__BEGIN_DECLS
int		wcscasecmp_l(const wchar_t *, const wchar_t *, locale_t);
int		wcscoll_l(const wchar_t *, const wchar_t *, locale_t);
int		wcsncasecmp_l(const wchar_t *, const wchar_t *, __size_t,
		    locale_t);
__size_t	wcsxfrm_l(wchar_t *__restrict, const wchar_t *__restrict,
		    __size_t, locale_t);
#if __BSD_VISIBLE
__wint_t	btowc_l(int, locale_t);
__wint_t	fgetwc_l(FILE *, locale_t);
wchar_t		*fgetws_l(wchar_t *__restrict, int, FILE *__restrict,
		    locale_t);
__wint_t	fputwc_l(wchar_t, FILE *, locale_t);
int		fputws_l(const wchar_t *__restrict, FILE *__restrict,
		    locale_t);
__wint_t	getwc_l(FILE *, locale_t);
__wint_t	getwchar_l(locale_t);
__size_t	mbrlen_l(const char *__restrict, __size_t,
		    __mbstate_t *__restrict, locale_t);
__size_t	mbrtowc_l(wchar_t *__restrict, const char *__restrict,
		    __size_t, __mbstate_t *__restrict, locale_t);
int		mbsinit_l(const __mbstate_t *, locale_t);
__size_t	mbsnrtowcs_l(wchar_t *__restrict, const char **__restrict,
		    __size_t, __size_t, __mbstate_t *__restrict, locale_t);
__size_t	mbsrtowcs_l(wchar_t *__restrict, const char **__restrict,
		    __size_t, __mbstate_t *__restrict, locale_t);
__wint_t	putwc_l(wchar_t, FILE *, locale_t);
__wint_t	putwchar_l(wchar_t, locale_t);
__wint_t	ungetwc_l(__wint_t, FILE *, locale_t);
__size_t	wcrtomb_l(char *__restrict, wchar_t, __mbstate_t *__restrict,
		    locale_t);
__size_t	wcsftime_l(wchar_t *__restrict, __size_t,
		    const wchar_t *__restrict, const struct tm *__restrict,
		    locale_t);
__size_t	wcsnrtombs_l(char *__restrict, const wchar_t **__restrict,
		    __size_t, __size_t, __mbstate_t *__restrict, locale_t);
__size_t	wcsrtombs_l(char *__restrict, const wchar_t **__restrict,
		    __size_t, __mbstate_t *__restrict, locale_t);
double		wcstod_l(const wchar_t *, wchar_t **, locale_t);
float		wcstof_l(const wchar_t *, wchar_t **, locale_t);
long		wcstol_l(const wchar_t *, wchar_t **, int, locale_t);
long double	wcstold_l(const wchar_t *, wchar_t **, locale_t);
long long	wcstoll_l(const wchar_t *, wchar_t **, int, locale_t);
unsigned long	wcstoul_l(const wchar_t *, wchar_t **, int, locale_t);
unsigned long long wcstoull_l(const wchar_t *, wchar_t **, int, locale_t);
int		wcswidth_l(const wchar_t *, __size_t, locale_t);
int		wctob_l(__wint_t, locale_t);
int		wcwidth_l(wchar_t, locale_t);
#endif
__END_DECLS

#endif /* !_XLOCALE__WCHAR_H_ */
