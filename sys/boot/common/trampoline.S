/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The last instructions of the loader, copied to a page that both the
 * firmware's page tables and the ones made for the kernel map one to one.
 *
 *	%rdi boot_info, %rsi page tables, %rdx stack, %rcx kernel entry
 */
	.set CR4_PGE, 0x80

	.section .rodata
	.globl	trampoline, trampoline_end
	.hidden	trampoline, trampoline_end
trampoline:
	cli
	cld
	movq	%cr4, %rax
	andq	$~CR4_PGE, %rax
	movq	%rax, %cr4
	movq	%rsi, %cr3
	movq	%rdx, %rsp
	xorl	%ebp, %ebp
	jmp	*%rcx
trampoline_end:
	.section .note.GNU-stack, "", @progbits
