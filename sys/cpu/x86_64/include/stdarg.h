/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Variable argument lists, for code built without a compiler's <stdarg.h>.
 */
#ifndef _CPU_STDARG_H_
#define _CPU_STDARG_H_

#include <machine/stdint.h>

#ifndef _VA_LIST_DECLARED
#define _VA_LIST_DECLARED
typedef __va_list	va_list;
#endif

#ifndef va_start
#define va_start(ap, last)	__builtin_va_start((ap), last)
#define va_arg(ap, type)	__builtin_va_arg((ap), type)
#define va_copy(dst, src)	__builtin_va_copy((dst), (src))
#define va_end(ap)		__builtin_va_end(ap)
#endif
#define __va_start(ap, last)	__builtin_va_start((ap), last)
#define __va_arg(ap, type)	__builtin_va_arg((ap), type)
#define __va_copy(dst, src)	__builtin_va_copy((dst), (src))
#define __va_end(ap)		__builtin_va_end(ap)

#endif /* !_CPU_STDARG_H_ */
