/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The end of a failed system call: errno := %eax, return -1 (in both
 * result registers, for those who look at two).
 */
#include "SYS.h"

ENTRY(.cerror)
	movq	errno@gottpoff(%rip), %rcx
	movl	%eax, %fs:(%rcx)
	movq	$-1, %rax
	movq	$-1, %rdx
	ret
END(.cerror)

END_FILE
