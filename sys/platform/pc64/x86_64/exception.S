/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Entry into and return from the kernel: exceptions, interrupts, system
 * calls.
 *
 * Every entry builds a struct trapframe.  On an entry from user mode the
 * stack pointer came from the TSS (or gd_kstack) and is the address of the
 * thread's pcb, so the frame is where lwp_md.md_regs points.  Gates leave
 * interrupts disabled; C code enables them when it has saved what it must.
 *
 * %gs: user mode runs with the user's base, the kernel with the CPU's; the
 * other one waits in MSR_KGSBASE.  Exceptions that can hit between a mode
 * switch and its swapgs (NMI, #MC, #DF, #DB) look at the MSR itself and have
 * stacks of their own.
 */
#ifndef LOCORE
#define LOCORE
#endif
#include <machine/asmacros.h>
#include <machine/intr_machdep.h>
#include <machine/psl.h>
#include <machine/segments.h>
#include <machine/specialreg.h>
#include <machine/trap.h>
#include "assym.inc"
#include "support.inc"

/* Frame of all registers below tf_err; %rsp at tf_err on entry. */
#define SAVE_REGS							\
	subq	$TF_ERR,%rsp;						\
	movq	%rdi,TF_RDI(%rsp);					\
	movq	%rsi,TF_RSI(%rsp);					\
	movq	%rdx,TF_RDX(%rsp);					\
	movq	%rcx,TF_RCX(%rsp);					\
	movq	%r8,TF_R8(%rsp);					\
	movq	%r9,TF_R9(%rsp);					\
	movq	%rax,TF_RAX(%rsp);					\
	movq	%rbx,TF_RBX(%rsp);					\
	movq	%rbp,TF_RBP(%rsp);					\
	movq	%r10,TF_R10(%rsp);					\
	movq	%r11,TF_R11(%rsp);					\
	movq	%r12,TF_R12(%rsp);					\
	movq	%r13,TF_R13(%rsp);					\
	movq	%r14,TF_R14(%rsp);					\
	movq	%r15,TF_R15(%rsp);					\
	movq	$0,TF_XFLAGS(%rsp);					\
	movq	$0,TF_FLAGS(%rsp)

#define RESTORE_REGS							\
	movq	TF_RDI(%rsp),%rdi;					\
	movq	TF_RSI(%rsp),%rsi;					\
	movq	TF_RDX(%rsp),%rdx;					\
	movq	TF_RCX(%rsp),%rcx;					\
	movq	TF_R8(%rsp),%r8;					\
	movq	TF_R9(%rsp),%r9;					\
	movq	TF_RAX(%rsp),%rax;					\
	movq	TF_RBX(%rsp),%rbx;					\
	movq	TF_RBP(%rsp),%rbp;					\
	movq	TF_R10(%rsp),%r10;					\
	movq	TF_R11(%rsp),%r11;					\
	movq	TF_R12(%rsp),%r12;					\
	movq	TF_R13(%rsp),%r13;					\
	movq	TF_R14(%rsp),%r14;					\
	movq	TF_R15(%rsp),%r15

/* An exception for which the processor pushes no error code, and one. */
#define TRAP_NOERR(name, number)					\
	ENTRY(name);							\
	pushq	$0;							\
	pushq	$number;						\
	jmp	trap_entry;						\
	END(name)
#define TRAP_ERR(name, number)						\
	ENTRY(name);							\
	pushq	$number;						\
	jmp	trap_entry;						\
	END(name)

	TRAP_NOERR(Xdiv, T_DIVIDE)
	TRAP_NOERR(Xbpt, T_BPTFLT)
	TRAP_NOERR(Xofl, T_OFLOW)
	TRAP_NOERR(Xbnd, T_BOUND)
	TRAP_NOERR(Xill, T_PRIVINFLT)
	TRAP_NOERR(Xdna, T_DNA)
	TRAP_NOERR(Xfpusegm, T_FPOPFLT)
	TRAP_ERR(Xtss, T_TSSFLT)
	TRAP_ERR(Xmissing, T_SEGNPFLT)
	TRAP_ERR(Xstk, T_STKFLT)
	TRAP_ERR(Xprot, T_PROTFLT)
	TRAP_ERR(Xpage, T_PAGEFLT)
	TRAP_NOERR(Xfpu, T_ARITHTRAP)
	TRAP_ERR(Xalign, T_ALIGNFLT)
	TRAP_NOERR(Xxmm, T_XMMFLT)
	TRAP_NOERR(Xrsvd, T_RESERVED)

/*
 * (%rsp): trap number, then error code and what the processor pushed.  The
 * number moves into its place once there is a register to move it with.
 */
	ALIGN_TEXT
trap_entry:
	testb	$SEL_RPL_MASK,8+8+8(%rsp)	/* tf_cs */
	jz	1f
	swapgs
1:	xchgq	%rax,(%rsp)		/* rax = number, stack = user rax */
	subq	$TF_ERR-8,%rsp
	movq	%rax,TF_TRAPNO(%rsp)
	movq	TF_ERR-8(%rsp),%rax
	movq	%rdi,TF_RDI(%rsp)
	movq	%rsi,TF_RSI(%rsp)
	movq	%rdx,TF_RDX(%rsp)
	movq	%rcx,TF_RCX(%rsp)
	movq	%r8,TF_R8(%rsp)
	movq	%r9,TF_R9(%rsp)
	movq	%rax,TF_RAX(%rsp)
	movq	%rbx,TF_RBX(%rsp)
	movq	%rbp,TF_RBP(%rsp)
	movq	%r10,TF_R10(%rsp)
	movq	%r11,TF_R11(%rsp)
	movq	%r12,TF_R12(%rsp)
	movq	%r13,TF_R13(%rsp)
	movq	%r14,TF_R14(%rsp)
	movq	%r15,TF_R15(%rsp)
	movq	$0,TF_XFLAGS(%rsp)
	movq	$0,TF_FLAGS(%rsp)
	movq	%cr2,%rax
	movq	%rax,TF_ADDR(%rsp)
	cld
	SMAP_CLOSE
trap_call:
	movq	%rsp,%rdi
	subq	$8,%rsp
	call	trap
	addq	$8,%rsp

/*
 * Leave by iretq.  C code has dealt with pending work and disabled
 * interrupts; every register comes from the frame.  Whoever lets users put
 * values into a frame (sigreturn, ptrace) makes sure that iretq takes them.
 */
	.globl	trap_return
	.hidden	trap_return
trap_return:
	RESTORE_REGS
	testb	$SEL_RPL_MASK,TF_CS(%rsp)
	jz	1f
	addq	$TF_RIP,%rsp
	swapgs
	iretq
1:	addq	$TF_RIP,%rsp
	iretq

/*
 * Exceptions on stacks of their own that may hit in any state.  %ebx is
 * nonzero when %gs has to be swapped back.
 */
#define PARANOID(name, number, push)					\
	ENTRY(name);							\
	push;								\
	SAVE_REGS;							\
	movq	$number,TF_TRAPNO(%rsp);				\
	jmp	paranoid_entry;						\
	END(name)

	PARANOID(Xnmi, T_NMI, pushq $0)
	PARANOID(Xmchk, T_MCHK, pushq $0)
	PARANOID(Xdblfault, T_DOUBLEFLT, nop)

	ALIGN_TEXT
paranoid_entry:
	movq	$0,TF_ADDR(%rsp)
	cld
	SMAP_CLOSE
	xorl	%ebx,%ebx
	movl	$MSR_GSBASE,%ecx
	rdmsr
	testl	%edx,%edx		/* kernel addresses are negative */
	js	1f
	swapgs
	incl	%ebx
1:	movq	%rsp,%rdi
	subq	$8,%rsp
	call	trap_paranoid
	addq	$8,%rsp
	testl	%ebx,%ebx
	jz	2f
	swapgs
2:	RESTORE_REGS
	addq	$TF_RIP,%rsp
	iretq

/*
 * Debug exceptions: from user mode they are ordinary traps, after a move to
 * the thread's stack; from the kernel they belong to the debugger.
 */
ENTRY(Xdbg)
	pushq	$0
	testb	$SEL_RPL_MASK,8+8(%rsp)
	jnz	1f
	SAVE_REGS
	movq	$T_TRCTRAP,TF_TRAPNO(%rsp)
	jmp	paranoid_entry
1:	swapgs
	pushq	%rax
	movq	%rsp,%rax
	movq	%gs:GD_KSTACK,%rsp
	pushq	8+40(%rax)		/* ss */
	pushq	8+32(%rax)		/* rsp */
	pushq	8+24(%rax)		/* rflags */
	pushq	8+16(%rax)		/* cs */
	pushq	8+8(%rax)		/* rip */
	pushq	$0			/* err */
	movq	(%rax),%rax
	SAVE_REGS
	movq	$T_TRCTRAP,TF_TRAPNO(%rsp)
	movq	$0,TF_ADDR(%rsp)
	cld
	SMAP_CLOSE
	jmp	trap_call
END(Xdbg)

/*
 * Interrupts.  Each vector from IDT_OFFSET up has a stub of 16 bytes
 * that pushes its number where an error code would be.
 */
	.text
	.p2align 4
	.globl	Xintr_stubs
	.hidden	Xintr_stubs
Xintr_stubs:
	vector = IDT_OFFSET
	.rept	256 - IDT_OFFSET
	.p2align 4
	pushq	$vector
	jmp	intr_entry
	vector = vector + 1
	.endr

	ALIGN_TEXT
intr_entry:
	testb	$SEL_RPL_MASK,8+8(%rsp)
	jz	1f
	swapgs
1:	SAVE_REGS
	cld
	SMAP_CLOSE
	movq	%rsp,%rdi
	subq	$8,%rsp
	call	intr_dispatch
	addq	$8,%rsp
	jmp	trap_return

/*
 * TLB shootdown: needs no frame, only the registers a C function may use.
 */
ENTRY(Xinvltlb)
	testb	$SEL_RPL_MASK,8(%rsp)
	jz	1f
	swapgs
1:	pushq	%rbp
	movq	%rsp,%rbp
	pushq	%rax
	pushq	%rcx
	pushq	%rdx
	pushq	%rsi
	pushq	%rdi
	pushq	%r8
	pushq	%r9
	pushq	%r10
	pushq	%r11
	cld
	SMAP_CLOSE
	andq	$-16,%rsp
	call	intr_invltlb
	leaq	-72(%rbp),%rsp
	popq	%r11
	popq	%r10
	popq	%r9
	popq	%r8
	popq	%rdi
	popq	%rsi
	popq	%rdx
	popq	%rcx
	popq	%rax
	popq	%rbp
	testb	$SEL_RPL_MASK,8(%rsp)
	jz	2f
	swapgs
2:	iretq
END(Xinvltlb)

/*
 * System calls by the syscall instruction: %rcx is the return address, %r11
 * the flags; MSR_SF_MASK has cleared T, I, D, AC, NT and C.  The first six
 * words of the frame are the arguments, since %r10 goes where %rcx would.
 * Callee-saved registers stay in place: C code preserves them, and whoever
 * changes them in the frame sets PCB_FULLRET.
 */
ENTRY(Xfast_syscall)
	swapgs
	movq	%rsp,%gs:GD_USER_RSP
	movq	%gs:GD_KSTACK,%rsp
	pushq	$UDSEL
	pushq	%gs:GD_USER_RSP
	pushq	%r11
	pushq	$UCSEL
	pushq	%rcx
	pushq	$2			/* tf_err: length of the instruction */
	subq	$TF_ERR,%rsp
	sti
	movq	%rdi,TF_RDI(%rsp)
	movq	%rsi,TF_RSI(%rsp)
	movq	%rdx,TF_RDX(%rsp)
	movq	%r10,TF_RCX(%rsp)
	movq	%r8,TF_R8(%rsp)
	movq	%r9,TF_R9(%rsp)
	movq	%rax,TF_RAX(%rsp)
	movq	%rbx,TF_RBX(%rsp)
	movq	%rbp,TF_RBP(%rsp)
	movq	%r10,TF_R10(%rsp)
	movq	%r11,TF_R11(%rsp)
	movq	%r12,TF_R12(%rsp)
	movq	%r13,TF_R13(%rsp)
	movq	%r14,TF_R14(%rsp)
	movq	%r15,TF_R15(%rsp)
	movq	$0,TF_XFLAGS(%rsp)
	movq	$T_FAST_SYSCALL,TF_TRAPNO(%rsp)
	movq	$0,TF_ADDR(%rsp)
	movq	$0,TF_FLAGS(%rsp)
	movq	%rsp,%rdi
	subq	$8,%rsp
	call	syscall2
	/* Interrupts are disabled now; eax: the fast return will not do. */
	addq	$8,%rsp
	testl	%eax,%eax
	jnz	trap_return
	movq	TF_RDI(%rsp),%rdi
	movq	TF_RSI(%rsp),%rsi
	movq	TF_RDX(%rsp),%rdx
	movq	TF_R8(%rsp),%r8
	movq	TF_R9(%rsp),%r9
	movq	TF_R10(%rsp),%r10
	movq	TF_RAX(%rsp),%rax
	movq	TF_RFLAGS(%rsp),%r11
	movq	TF_RIP(%rsp),%rcx
	movq	TF_RSP(%rsp),%rsp
	swapgs
	sysretq
END(Xfast_syscall)

/* From 32-bit code: nothing useful, return at once. */
ENTRY(Xfast_syscall32)
	sysretl
END(Xfast_syscall32)

/*
 * The signal trampoline, copied to a page of every process.  %rsp points at
 * the struct sigframe; the handler's address is its first word.
 */
	.section .rodata
	.p2align 4
	.globl	sigcode
	.hidden	sigcode
sigcode:
	call	*SIGF_HANDLER(%rsp)
	leaq	SIGF_UC(%rsp),%rdi
	pushq	$0			/* slot of a return address */
	movl	$344,%eax		/* sigreturn(2) */
	syscall
1:	hlt				/* faults in user mode */
	jmp	1b
	.p2align 5,0
esigcode:
	.globl	szsigcode
	.hidden	szsigcode
	.p2align 2
szsigcode:
	.long	esigcode - sigcode
	.section .note.GNU-stack,"",@progbits
