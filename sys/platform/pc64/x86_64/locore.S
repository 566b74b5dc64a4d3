/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kernel's entry point.  The loader's state is described in
 * <sys/boot_info.h>; nothing of it is relied on beyond the first call.
 */
#ifndef LOCORE
#define LOCORE
#endif
#include <machine/asmacros.h>
#include "assym.inc"

	.section .text.locore,"ax"
	.globl	locore_entry
	.hidden	locore_entry
	.type	locore_entry,@function
locore_entry:
	cli
	cld
	leaq	thread0_kstack_top(%rip),%rsp
	xorl	%ebp,%ebp
	pushq	%rbp			/* end of every stack trace */
	pushq	%rbp
	movq	%rsp,%rbp
	call	machine_start
1:	hlt
	jmp	1b
	.size	locore_entry, . - locore_entry

	.text

/*
 * void load_segments(const struct region_descriptor *gdt, u_long gsbase)
 *
 * Take over a CPU's descriptor table.  Data segments are null; loading %gs
 * clears its base, so that is written afterwards.
 */
ENTRY(load_segments)
	lgdt	(%rdi)
	xorl	%eax,%eax
	movl	%eax,%ds
	movl	%eax,%es
	movl	%eax,%fs
	movl	%eax,%gs
	movl	$0x10,%eax
	movl	%eax,%ss
	movl	$0xc0000101,%ecx	/* MSR_GSBASE */
	movl	%esi,%eax
	movq	%rsi,%rdx
	shrq	$32,%rdx
	wrmsr
	popq	%rax
	pushq	$0x08			/* kernel code */
	pushq	%rax
	lretq
END(load_segments)

/* The boot processor's first stack becomes thread0's. */
	.section .bss
	.p2align 12
	.globl	thread0_guard
	.hidden	thread0_guard
thread0_guard:				/* pmap_boot.c does not map it */
	.space	4096
	.globl	thread0_kstack
	.hidden	thread0_kstack
thread0_kstack:
	.space	16384
	.globl	thread0_kstack_top
	.hidden	thread0_kstack_top
	/* Room for pcb and FPU state above the frames of machine_start(). */
	.set	thread0_kstack_top, thread0_kstack + 16384 - 4096
	.section .note.GNU-stack,"",@progbits
