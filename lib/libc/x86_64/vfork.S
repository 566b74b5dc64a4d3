/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pid_t vfork(void)
 *
 * The child runs on the parent's stack and will overwrite the return
 * address, so it is kept in a register that the system call preserves.
 */
#include "SYS.h"

ENTRY(__sys_vfork)
	popq	%rsi
	.cfi_adjust_cfa_offset -8
	movl	$66, %eax
	syscall
	jc	1f
	jmp	*%rsi
1:	pushq	%rsi
	.cfi_adjust_cfa_offset 8
	jmp	.cerror
END(__sys_vfork)
ALIAS(__sys_vfork, _vfork)
WEAK_ALIAS(__sys_vfork, vfork)

END_FILE
