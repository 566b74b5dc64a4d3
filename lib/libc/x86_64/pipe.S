/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * int pipe(int *fds)
 * int pipe2(int *fds, int flags)
 *
 * The kernel returns the descriptors in %rax and %rdx and preserves %rdi.
 */
#include "SYS.h"

ENTRY(__sys_pipe)
	movl	$42, %eax
	syscall
	jc	1f
	movl	%eax, (%rdi)
	movl	%edx, 4(%rdi)
	xorl	%eax, %eax
	ret
1:	jmp	.cerror
END(__sys_pipe)
ALIAS(__sys_pipe, _pipe)
WEAK_ALIAS(__sys_pipe, pipe)

ENTRY(__sys_pipe2)
	movl	$538, %eax
	syscall
	jc	1f
	movl	%eax, (%rdi)
	movl	%edx, 4(%rdi)
	xorl	%eax, %eax
	ret
1:	jmp	.cerror
END(__sys_pipe2)
ALIAS(__sys_pipe2, _pipe2)
WEAK_ALIAS(__sys_pipe2, pipe2)

END_FILE
