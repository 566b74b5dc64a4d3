/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where an application processor begins: copied to a page below 640 KB and
 * entered in real mode with %cs:0 at its start.  Goes straight to long mode
 * on the kernel's tables, which map this page 1:1 for the occasion.
 *
 * All addresses are relative to the start of the copy, whose physical
 * address is kept in %ebx.
 */
#ifndef LOCORE
#define LOCORE
#endif
#include <machine/asmacros.h>
#include <machine/specialreg.h>

#define REL(sym)	((sym) - mpboot_start)

	.section .rodata
	.p2align 4
	.globl	mpboot_start, mpboot_end, mpboot_params
	.hidden	mpboot_start, mpboot_end, mpboot_params
	.code16
mpboot_start:
	cli
	cld
	xorl	%ebx,%ebx
	movw	%cs,%bx
	movw	%bx,%ds
	shll	$4,%ebx			/* physical address of the page */

	/* Descriptor table and jump targets, now that the page is known. */
	leal	REL(mpboot_gdt)(%ebx),%eax
	movl	%eax,REL(mpboot_gdtr) + 2
	leal	REL(mpboot_long)(%ebx),%eax
	movl	%eax,REL(mpboot_target)

	lgdtl	REL(mpboot_gdtr)
	movl	REL(mpboot_params) + 8,%eax	/* mp_cr4 */
	orl	$CR4_PAE,%eax
	/* SMAP and SMEP have no meaning yet and other bits come later. */
	andl	$(CR4_PAE | CR4_PGE | CR4_PSE | CR4_DE | CR4_MCE),%eax
	movl	%eax,%cr4
	movl	REL(mpboot_params),%eax		/* mp_cr3, below 4 GB */
	movl	%eax,%cr3
	movl	$MSR_EFER,%ecx
	movl	REL(mpboot_params) + 16,%eax	/* mp_efer */
	movl	REL(mpboot_params) + 20,%edx
	andl	$~0x400,%eax	/* EFER_LMA is read-only */
	wrmsr
	movl	$(CR0_PE | CR0_PG | CR0_NE | CR0_WP | CR0_MP | CR0_ET),%eax
	movl	%eax,%cr0
	ljmpl	*REL(mpboot_target)

	.code64
mpboot_long:
	xorl	%eax,%eax
	movl	%eax,%ds
	movl	%eax,%es
	movl	%eax,%ss
	movl	%ebx,%ebx		/* clears the upper half */
	movq	REL(mpboot_params) + 24(%rbx),%rsp	/* mp_stack */
	movq	REL(mpboot_params) + 40(%rbx),%rdi	/* mp_arg */
	movq	REL(mpboot_params) + 32(%rbx),%rax	/* mp_entry */
	xorl	%ebp,%ebp
	pushq	%rbp
	jmp	*%rax

	.p2align 3
mpboot_gdt:
	.quad	0
	.quad	0x00209a0000000000	/* 64-bit code */
	.quad	0x0000920000000000	/* data */
mpboot_gdtr:
	.word	. - mpboot_gdt - 1
	.long	0
	.p2align 2
mpboot_target:
	.long	0
	.word	0x08
	.p2align 3
mpboot_params:
	.space	48			/* struct mpboot_params */
mpboot_end:
	.section .note.GNU-stack,"",@progbits
