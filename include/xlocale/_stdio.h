/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * <stdio.h> with a locale.
 */
#ifndef _XLOCALE__STDIO_H_
#define _XLOCALE__STDIO_H_

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

__BEGIN_DECLS
int	asprintf_l(char **, locale_t, const char *, ...) __printflike(3, 4);
int	fprintf_l(FILE *__restrict, locale_t, const char *__restrict, ...)
	    __printflike(3, 4);
int	fscanf_l(FILE *__restrict, locale_t, const char *__restrict, ...)
	    __scanflike(3, 4);
int	printf_l(locale_t, const char *__restrict, ...) __printflike(2, 3);
int	scanf_l(locale_t, const char *__restrict, ...) __scanflike(2, 3);
int	snprintf_l(char *__restrict, __size_t, locale_t,
	    const char *__restrict, ...) __printflike(4, 5);
int	sprintf_l(char *__restrict, locale_t, const char *__restrict, ...)
	    __printflike(3, 4);
int	sscanf_l(const char *__restrict, locale_t, const char *__restrict,
	    ...) __scanflike(3, 4);
int	vasprintf_l(char **, locale_t, const char *, __va_list)
	    __printflike(3, 0);
int	vfprintf_l(FILE *__restrict, locale_t, const char *__restrict,
	    __va_list) __printflike(3, 0);
int	vfscanf_l(FILE *__restrict, locale_t, const char *__restrict,
	    __va_list) __scanflike(3, 0);
int	vprintf_l(locale_t, const char *__restrict, __va_list)
	    __printflike(2, 0);
int	vscanf_l(locale_t, const char *__restrict, __va_list)
	    __scanflike(2, 0);
int	vsnprintf_l(char *__restrict, __size_t, locale_t,
	    const char *__restrict, __va_list) __printflike(4, 0);
int	vsprintf_l(char *__restrict, locale_t, const char *__restrict,
	    __va_list) __printflike(3, 0);
int	vsscanf_l(const char *__restrict, locale_t, const char *__restrict,
	    __va_list) __scanflike(3, 0);
__END_DECLS

#endif /* !_XLOCALE__STDIO_H_ */
