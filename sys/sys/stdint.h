/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The integer types and limits of ISO C's <stdint.h>.
 */
#ifndef _SYS_STDINT_H_
#define _SYS_STDINT_H_

#include <machine/stdint.h>
#include <machine/int_const.h>
#include <machine/int_limits.h>
#include <machine/wchar_limits.h>

#ifndef _INT8_T_DECLARED
#define _INT8_T_DECLARED
typedef __int8_t	int8_t;
#endif
#ifndef _UINT8_T_DECLARED
#define _UINT8_T_DECLARED
typedef __uint8_t	uint8_t;
#endif
#ifndef _INT16_T_DECLARED
#define _INT16_T_DECLARED
typedef __int16_t	int16_t;
#endif
#ifndef _UINT16_T_DECLARED
#define _UINT16_T_DECLARED
typedef __uint16_t	uint16_t;
#endif
#ifndef _INT32_T_DECLARED
#define _INT32_T_DECLARED
typedef __int32_t	int32_t;
#endif
#ifndef _UINT32_T_DECLARED
#define _UINT32_T_DECLARED
typedef __uint32_t	uint32_t;
#endif
#ifndef _INT64_T_DECLARED
#define _INT64_T_DECLARED
typedef __int64_t	int64_t;
#endif
#ifndef _UINT64_T_DECLARED
#define _UINT64_T_DECLARED
typedef __uint64_t	uint64_t;
#endif

typedef __int_least8_t		int_least8_t;
typedef __uint_least8_t		uint_least8_t;
typedef __int_least16_t		int_least16_t;
typedef __uint_least16_t	uint_least16_t;
typedef __int_least32_t		int_least32_t;
typedef __uint_least32_t	uint_least32_t;
typedef __int_least64_t		int_least64_t;
typedef __uint_least64_t	uint_least64_t;

typedef __int_fast8_t		int_fast8_t;
typedef __uint_fast8_t		uint_fast8_t;
typedef __int_fast16_t		int_fast16_t;
typedef __uint_fast16_t		uint_fast16_t;
typedef __int_fast32_t		int_fast32_t;
typedef __uint_fast32_t		uint_fast32_t;
typedef __int_fast64_t		int_fast64_t;
typedef __uint_fast64_t		uint_fast64_t;

#ifndef _INTPTR_T_DECLARED
#define _INTPTR_T_DECLARED
typedef __intptr_t	intptr_t;
#endif
#ifndef _UINTPTR_T_DECLARED
#define _UINTPTR_T_DECLARED
typedef __uintptr_t	uintptr_t;
#endif
#ifndef _INTMAX_T_DECLARED
#define _INTMAX_T_DECLARED
typedef __intmax_t	intmax_t;
#endif
#ifndef _UINTMAX_T_DECLARED
#define _UINTMAX_T_DECLARED
typedef __uintmax_t	uintmax_t;
#endif

#endif /* !_SYS_STDINT_H_ */
