/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ranges of the arithmetic types.
 */
#ifndef _CPU_LIMITS_H_
#define _CPU_LIMITS_H_

#include <sys/cdefs.h>

#undef CHAR_BIT
#undef MB_LEN_MAX
#undef SCHAR_MAX
#undef SCHAR_MIN
#undef UCHAR_MAX
#undef CHAR_MAX
#undef CHAR_MIN
#undef SHRT_MAX
#undef SHRT_MIN
#undef USHRT_MAX
#undef INT_MAX
#undef INT_MIN
#undef UINT_MAX
#undef LONG_MAX
#undef LONG_MIN
#undef ULONG_MAX
#undef LLONG_MAX
#undef LLONG_MIN
#undef ULLONG_MAX

#define CHAR_BIT	8
#define MB_LEN_MAX	6	/* bytes in a multibyte character */

#define SCHAR_MAX	0x7f
#define SCHAR_MIN	(-0x7f - 1)
#define UCHAR_MAX	0xff
#ifdef __CHAR_UNSIGNED__
#define CHAR_MAX	UCHAR_MAX
#define CHAR_MIN	0
#else
#define CHAR_MAX	SCHAR_MAX
#define CHAR_MIN	SCHAR_MIN
#endif

#define SHRT_MAX	0x7fff
#define SHRT_MIN	(-0x7fff - 1)
#define USHRT_MAX	0xffff
#define INT_MAX		0x7fffffff
#define INT_MIN		(-0x7fffffff - 1)
#define UINT_MAX	0xffffffffU
#define LONG_MAX	0x7fffffffffffffffL
#define LONG_MIN	(-0x7fffffffffffffffL - 1)
#define ULONG_MAX	0xffffffffffffffffUL
#define LLONG_MAX	0x7fffffffffffffffLL
#define LLONG_MIN	(-0x7fffffffffffffffLL - 1)
#define ULLONG_MAX	0xffffffffffffffffULL

#if __POSIX_VISIBLE || __XSI_VISIBLE
#define SSIZE_MAX	LONG_MAX
#endif

#if __BSD_VISIBLE
#define SIZE_T_MAX	ULONG_MAX
#define OFF_MAX		LONG_MAX
#define OFF_MIN		LONG_MIN
#define GID_MAX		UINT_MAX
#define UID_MAX		UINT_MAX
#define UQUAD_MAX	ULONG_MAX
#define QUAD_MAX	LONG_MAX
#define QUAD_MIN	LONG_MIN
#endif

#if __XSI_VISIBLE
#define LONG_BIT	64
#define WORD_BIT	32
#endif

#endif /* !_CPU_LIMITS_H_ */
