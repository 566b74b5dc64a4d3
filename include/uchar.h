/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Unicode characters.
 */
#ifndef _UCHAR_H_
#define _UCHAR_H_

#include <sys/cdefs.h>
#include <machine/stdint.h>

#ifndef __cplusplus
typedef __uint_least16_t	char16_t;
typedef __uint_least32_t	char32_t;
#endif
#ifndef _MBSTATE_T_DECLARED
#define _MBSTATE_T_DECLARED
typedef __mbstate_t	mbstate_t;
#endif
#ifndef _SIZE_T_DECLARED
#define _SIZE_T_DECLARED
typedef __size_t	size_t;
#endif

__BEGIN_DECLS
size_t	c16rtomb(char *__restrict, char16_t, mbstate_t *__restrict);
size_t	c32rtomb(char *__restrict, char32_t, mbstate_t *__restrict);
size_t	mbrtoc16(char16_t *__restrict, const char *__restrict, size_t,
	    mbstate_t *__restrict);
size_t	mbrtoc32(char32_t *__restrict, const char *__restrict, size_t,
	    mbstate_t *__restrict);
__END_DECLS

#endif /* !_UCHAR_H_ */
