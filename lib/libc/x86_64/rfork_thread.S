/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pid_t rfork_thread(int flags, void *stack, int (*func)(void *), void *arg)
 *
 * The child runs func(arg) on the given stack and exits with its result.
 */
#include "SYS.h"

ENTRY(rfork_thread)
	movq	%rdx, %r8		/* survives the call, as does %rcx in %r9 */
	movq	%rcx, %r9
	movl	$251, %eax
	syscall
	jc	1f
	testl	%edx, %edx
	jnz	2f
	ret
1:	jmp	.cerror
2:	movq	%rsi, %rsp
	andq	$-16, %rsp
	xorl	%ebp, %ebp
	movq	%r9, %rdi
	call	*%r8
	movl	%eax, %edi
	movl	$1, %eax
	syscall
	hlt
END(rfork_thread)

END_FILE
