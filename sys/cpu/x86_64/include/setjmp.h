/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Jump buffers: rip rbx rsp rbp r12-r15, the FPU and SSE control words, and
 * the signal mask.
 */
#ifndef _CPU_SETJMP_H_
#define _CPU_SETJMP_H_

#include <sys/cdefs.h>

#define _JBLEN		12	/* longs in a jump buffer */

#if __POSIX_VISIBLE || __XSI_VISIBLE
typedef struct _sigjmp_buf {
	long	_sjb[_JBLEN];
} sigjmp_buf[1];
#endif

typedef struct _jmp_buf {
	long	_jb[_JBLEN];
} jmp_buf[1];

#endif /* !_CPU_SETJMP_H_ */
