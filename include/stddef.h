/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Common definitions.
 */
#ifndef _STDDEF_H_
#define _STDDEF_H_

#include <sys/cdefs.h>
#include <sys/_null.h>
#include <machine/stdint.h>

#ifndef _PTRDIFF_T_DECLARED
#define _PTRDIFF_T_DECLARED
typedef __ptrdiff_t	ptrdiff_t;
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
#if __EXT1_VISIBLE
#ifndef _RSIZE_T_DEFINED
#define _RSIZE_T_DEFINED
typedef size_t		rsize_t;
#endif
#endif

#if __ISO_C_VISIBLE >= 2011 || __BSD_VISIBLE
#ifndef _GCC_MAX_ALIGN_T
#define _GCC_MAX_ALIGN_T
typedef struct {
	long long	__max_align_ll __aligned(__alignof__(long long));
	long double	__max_align_ld __aligned(__alignof__(long double));
} max_align_t;
#endif
#endif

#ifndef offsetof
#define offsetof(type, field)	__offsetof(type, field)
#endif

#endif /* !_STDDEF_H_ */
