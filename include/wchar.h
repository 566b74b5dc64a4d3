/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Wide and multibyte characters.
 */
#ifndef _WCHAR_H_
#define _WCHAR_H_

#include <sys/cdefs.h>
#include <sys/_null.h>
#include <machine/stdint.h>
#include <machine/wchar_limits.h>
#include <_ctype.h>

#ifndef _MBSTATE_T_DECLARED
#define _MBSTATE_T_DECLARED
typedef __mbstate_t	mbstate_t;
#endif
#ifndef _SIZE_T_DECLARED
#define _SIZE_T_DECLARED
typedef __size_t	size_t;
#endif
#ifndef __cplusplus
#ifndef _WCHAR_T_DECLARED
#define _WCHAR_T_DECLARED
typedef ___wchar_t	wchar_t;
#endif
#endif
#ifndef _WINT_T_DECLARED
#define _WINT_T_DECLARED
typedef __wint_t	wint_t;
#endif
#if __POSIX_VISIBLE >= 200809
#ifndef _VA_LIST_DECLARED
#define _VA_LIST_DECLARED
typedef __va_list	va_list;
#endif
#endif

#ifndef WEOF
#define WEOF	((wint_t)-1)
#endif

#if __BSD_VISIBLE
/* Flags of utf8towcr() and its relatives. */
#define WCSBIN_EOF		0x1
#define WCSBIN_SURRO		0x2
#define WCSBIN_LONGCODES	0x4
#define WCSBIN_STRICT		0x8
#endif

#ifndef _STDFILE_DECLARED
#define _STDFILE_DECLARED
typedef struct __FILE	FILE;
#endif
struct tm;

__BEGIN_DECLS
wint_t	btowc(int);
wint_t	fgetwc(FILE *);
wchar_t	*fgetws(wchar_t *__restrict, int, FILE *__restrict);
wint_t	fputwc(wchar_t, FILE *);
int	fputws(const wchar_t *__restrict, FILE *__restrict);
int	fwide(FILE *, int);
int	fwprintf(FILE *__restrict, const wchar_t *__restrict, ...);
int	fwscanf(FILE *__restrict, const wchar_t *__restrict, ...);
wint_t	getwc(FILE *);
wint_t	getwchar(void);
size_t	mbrlen(const char *__restrict, size_t, mbstate_t *__restrict);
size_t	mbrtowc(wchar_t *__restrict, const char *__restrict, size_t,
	    mbstate_t *__restrict);
int	mbsinit(const mbstate_t *);
size_t	mbsrtowcs(wchar_t *__restrict, const char **__restrict, size_t,
	    mbstate_t *__restrict);
wint_t	putwc(wchar_t, FILE *);
wint_t	putwchar(wchar_t);
int	swprintf(wchar_t *__restrict, size_t, const wchar_t *__restrict, ...);
int	swscanf(const wchar_t *__restrict, const wchar_t *__restrict, ...);
wint_t	ungetwc(wint_t, FILE *);
int	vfwprintf(FILE *__restrict, const wchar_t *__restrict, __va_list);
int	vswprintf(wchar_t *__restrict, size_t, const wchar_t *__restrict,
	    __va_list);
int	vwprintf(const wchar_t *__restrict, __va_list);
size_t	wcrtomb(char *__restrict, wchar_t, mbstate_t *__restrict);
wchar_t	*wcscat(wchar_t *__restrict, const wchar_t *__restrict);
wchar_t	*wcschr(const wchar_t *, wchar_t) __pure;
int	wcscmp(const wchar_t *, const wchar_t *) __pure;
int	wcscoll(const wchar_t *, const wchar_t *);
wchar_t	*wcscpy(wchar_t *__restrict, const wchar_t *__restrict);
size_t	wcscspn(const wchar_t *, const wchar_t *) __pure;
size_t	wcsftime(wchar_t *__restrict, size_t, const wchar_t *__restrict,
	    const struct tm *__restrict);
size_t	wcslen(const wchar_t *) __pure;
wchar_t	*wcsncat(wchar_t *__restrict, const wchar_t *__restrict, size_t);
int	wcsncmp(const wchar_t *, const wchar_t *, size_t) __pure;
wchar_t	*wcsncpy(wchar_t *__restrict, const wchar_t *__restrict, size_t);
wchar_t	*wcspbrk(const wchar_t *, const wchar_t *) __pure;
wchar_t	*wcsrchr(const wchar_t *, wchar_t) __pure;
size_t	wcsrtombs(char *__restrict, const wchar_t **__restrict, size_t,
	    mbstate_t *__restrict);
size_t	wcsspn(const wchar_t *, const wchar_t *) __pure;
wchar_t	*wcsstr(const wchar_t *__restrict, const wchar_t *__restrict) __pure;
double	wcstod(const wchar_t *__restrict, wchar_t **__restrict);
wchar_t	*wcstok(wchar_t *__restrict, const wchar_t *__restrict,
	    wchar_t **__restrict);
long	wcstol(const wchar_t *__restrict, wchar_t **__restrict, int);
unsigned long wcstoul(const wchar_t *__restrict, wchar_t **__restrict, int);
size_t	wcsxfrm(wchar_t *__restrict, const wchar_t *__restrict, size_t);
int	wctob(wint_t);
wchar_t	*wmemchr(const wchar_t *, wchar_t, size_t) __pure;
int	wmemcmp(const wchar_t *, const wchar_t *, size_t) __pure;
wchar_t	*wmemcpy(wchar_t *__restrict, const wchar_t *__restrict, size_t);
wchar_t	*wmemmove(wchar_t *, const wchar_t *, size_t);
wchar_t	*wmemset(wchar_t *, wchar_t, size_t);
int	wprintf(const wchar_t *__restrict, ...);
int	wscanf(const wchar_t *__restrict, ...);

#if __ISO_C_VISIBLE >= 1999
int	vfwscanf(FILE *__restrict, const wchar_t *__restrict, __va_list);
int	vswscanf(const wchar_t *__restrict, const wchar_t *__restrict,
	    __va_list);
int	vwscanf(const wchar_t *__restrict, __va_list);
float	wcstof(const wchar_t *__restrict, wchar_t **__restrict);
long double wcstold(const wchar_t *__restrict, wchar_t **__restrict);
long long wcstoll(const wchar_t *__restrict, wchar_t **__restrict, int);
unsigned long long wcstoull(const wchar_t *__restrict,
	    wchar_t **__restrict, int);
#endif

#if __XSI_VISIBLE
int	wcswidth(const wchar_t *, size_t);
int	wcwidth(wchar_t);
#define wcwidth(_c)	__wcwidth(_c)
#endif

#if __POSIX_VISIBLE >= 200809 || __BSD_VISIBLE
size_t	mbsnrtowcs(wchar_t *__restrict, const char **__restrict, size_t,
	    size_t, mbstate_t *__restrict);
FILE	*open_wmemstream(wchar_t **, size_t *);
wchar_t	*wcpcpy(wchar_t *__restrict, const wchar_t *__restrict);
wchar_t	*wcpncpy(wchar_t *__restrict, const wchar_t *__restrict, size_t);
int	wcscasecmp(const wchar_t *, const wchar_t *);
wchar_t	*wcsdup(const wchar_t *) __malloclike;
int	wcsncasecmp(const wchar_t *, const wchar_t *, size_t);
size_t	wcsnlen(const wchar_t *, size_t) __pure;
size_t	wcsnrtombs(char *__restrict, const wchar_t **__restrict, size_t,
	    size_t, mbstate_t *__restrict);
#endif

#if __BSD_VISIBLE
wchar_t	*fgetwln(FILE *__restrict, size_t *__restrict);
size_t	mbintowcr(wchar_t *__restrict, const char *__restrict, size_t,
	    size_t *__restrict, int);
size_t	utf8towcr(wchar_t *__restrict, const char *__restrict, size_t,
	    size_t *__restrict, int);
size_t	wcrtoutf8(char *__restrict, const wchar_t *__restrict, size_t,
	    size_t *__restrict, int);
size_t	wcslcat(wchar_t *, const wchar_t *, size_t);
size_t	wcslcpy(wchar_t *, const wchar_t *, size_t);
#endif
#if __POSIX_VISIBLE >= 200809 || defined(_XLOCALE_H_)
#include <xlocale/_wchar.h>
#endif
__END_DECLS

#endif /* !_WCHAR_H_ */
