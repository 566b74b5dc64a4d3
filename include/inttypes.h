/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Integer types, their formats and conversions.
 */
#ifndef _INTTYPES_H_
#define _INTTYPES_H_

#include <sys/cdefs.h>
#include <sys/stdint.h>
#include <machine/inttypes.h>

#ifndef __cplusplus
#ifndef _WCHAR_T_DECLARED
#define _WCHAR_T_DECLARED
typedef ___wchar_t	wchar_t;
#endif
#endif

typedef struct {
	intmax_t	quot;
	intmax_t	rem;
} imaxdiv_t;

__BEGIN_DECLS
intmax_t	imaxabs(intmax_t) __pure2;
imaxdiv_t	imaxdiv(intmax_t, intmax_t) __pure2;
intmax_t	strtoimax(const char *__restrict, char **__restrict, int);
uintmax_t	strtoumax(const char *__restrict, char **__restrict, int);
#ifdef __cplusplus
intmax_t	wcstoimax(const wchar_t *__restrict, wchar_t **__restrict, int);
uintmax_t	wcstoumax(const wchar_t *__restrict, wchar_t **__restrict, int);
#else
intmax_t	wcstoimax(const ___wchar_t *__restrict,
		    ___wchar_t **__restrict, int);
uintmax_t	wcstoumax(const ___wchar_t *__restrict,
		    ___wchar_t **__restrict, int);
#endif
__END_DECLS

#endif /* !_INTTYPES_H_ */
