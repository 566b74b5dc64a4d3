/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * int pipe(int *fds)
 * int pipe2(int *fds, int flags)
 *
 * The kernel returns the descriptors in %rax and %rdx and preserves %rdi.
 */
#include "SYS.h"

.macro	PIPE name, number
ENTRY(__sys_\name)
	movl	$\number, %eax
	syscall
	jc	1f
	movl	%eax, (%rdi)
	movl	%edx, 4(%rdi)
	xorl	%eax, %eax
	ret
1:	jmp	.cerror
END(__sys_\name)
ALIAS(__sys_\name, _\name)
WEAK_ALIAS(__sys_\name, \name)
.endm

	PIPE	pipe, 42
	PIPE	pipe2, 538

END_FILE
