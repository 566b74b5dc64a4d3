/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The basic types of this CPU, in the implementation's name space: every
 * public header builds its typedefs from these.
 */
#ifndef _CPU_STDINT_H_
#define _CPU_STDINT_H_

#include <sys/cdefs.h>

typedef signed char		__int8_t;
typedef unsigned char		__uint8_t;
typedef short			__int16_t;
typedef unsigned short		__uint16_t;
typedef int			__int32_t;
typedef unsigned int		__uint32_t;
typedef long			__int64_t;
typedef unsigned long		__uint64_t;

typedef long			__intmax_t;
typedef unsigned long		__uintmax_t;
typedef long			__intptr_t;
typedef unsigned long		__uintptr_t;
typedef long			__ptrdiff_t;
typedef unsigned long		__size_t;
typedef long			__ssize_t;

typedef signed char		__int_least8_t;
typedef unsigned char		__uint_least8_t;
typedef short			__int_least16_t;
typedef unsigned short		__uint_least16_t;
typedef int			__int_least32_t;
typedef unsigned int		__uint_least32_t;
typedef long			__int_least64_t;
typedef unsigned long		__uint_least64_t;

/* The fast types below 64 bits are all int. */
typedef int			__int_fast8_t;
typedef unsigned int		__uint_fast8_t;
typedef int			__int_fast16_t;
typedef unsigned int		__uint_fast16_t;
typedef int			__int_fast32_t;
typedef unsigned int		__uint_fast32_t;
typedef long			__int_fast64_t;
typedef unsigned long		__uint_fast64_t;

typedef volatile int		__atomic_intr_t;
#ifdef __cplusplus
typedef bool			__boolean_t;
#else
typedef _Bool			__boolean_t;
#endif
typedef long			__intlp_t;
typedef unsigned long		__uintlp_t;
typedef __int64_t		__rlim_t;
typedef double			__double_t;
typedef float			__float_t;
typedef long			__register_t;
typedef int			__sig_atomic_t;
typedef unsigned long		__clock_t;
typedef unsigned long		__clockid_t;
typedef long			__off_t;
typedef __int32_t		__pid_t;
typedef __int32_t		__lwpid_t;
typedef long			__time_t;
typedef __int32_t		__timer_t;
typedef long			__suseconds_t;
typedef __uint32_t		__socklen_t;
typedef __uint32_t		__uid_t;
typedef __uint32_t		__gid_t;
typedef __uint16_t		__mode_t;
typedef long			__segsz_t;
typedef unsigned long		__rman_res_t;

#ifdef __cplusplus
typedef __WCHAR_TYPE__		___wchar_t;
#else
typedef int			___wchar_t;
#endif
typedef int			__ct_rune_t;
typedef __ct_rune_t		__rune_t;
typedef __ct_rune_t		__wint_t;
typedef int			__nl_item;
typedef unsigned long		__wctype_t;
typedef void			*__wctrans_t_;

typedef __builtin_va_list	__va_list;
#ifndef __GNUC_VA_LIST
#define __GNUC_VA_LIST
typedef __builtin_va_list	__gnuc_va_list;
#endif

/* Multibyte conversion state; opaque, 128 bytes. */
typedef union {
	__uint8_t	__mbstate8[128];
	__int64_t	__mbstateL;
} __mbstate_t;

#endif /* !_CPU_STDINT_H_ */
