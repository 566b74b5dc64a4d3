/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * <inttypes.h> with a locale.
 */
#ifndef _XLOCALE__INTTYPES_H_
#define _XLOCALE__INTTYPES_H_

#include <sys/cdefs.h>
#include <sys/stdint.h>

#ifndef _LOCALE_T_DEFINED
#define _LOCALE_T_DEFINED
typedef struct _xlocale	*locale_t;
#endif

__BEGIN_DECLS
intmax_t	strtoimax_l(const char *__restrict, char **__restrict, int,
		    locale_t);
uintmax_t	strtoumax_l(const char *__restrict, char **__restrict, int,
		    locale_t);
intmax_t	wcstoimax_l(const ___wchar_t *__restrict,
		    ___wchar_t **__restrict, int, locale_t);
uintmax_t	wcstoumax_l(const ___wchar_t *__restrict,
		    ___wchar_t **__restrict, int, locale_t);
__END_DECLS

#endif /* !_XLOCALE__INTTYPES_H_ */
