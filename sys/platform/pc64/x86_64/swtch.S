/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Thread switching.
 *
 *	thread_t td->td_switch(thread_t ntd)
 *
 * saves the current thread and resumes ntd; it returns, to the thread that
 * once called it, the thread that ran just before.  td_sp of a thread that
 * does not run points at the address of the code that resumes it, with what
 * that code needs above.  Resume code is entered with %rax = the old thread
 * and %rbx = the new one, on the new one's stack.
 *
 * The caller is in a critical section, as is every thread that is not
 * running, so that an interrupt between the steps here only leaves a note.
 */
#ifndef LOCORE
#define LOCORE
#endif
#include <machine/asmacros.h>
#include "assym.inc"

/* The common part: rsp saved, registers pushed; %rdi = ntd. */
#define SWITCH_TO_NTD							\
	movq	%gs:GD_CURTHREAD,%rax;					\
	movq	%rsp,TD_SP(%rax);					\
	movq	%rdi,%gs:GD_CURTHREAD;					\
	movq	%rdi,%rbx;						\
	movq	TD_SP(%rdi),%rsp;					\
	ret

/* From a thread that has no user mode. */
ENTRY(cpu_lwkt_switch)
	pushq	%rbp
	movq	%rsp,%rbp
	pushq	%rbx
	pushq	%r12
	pushq	%r13
	pushq	%r14
	pushq	%r15
	leaq	cpu_lwkt_restore(%rip),%rax
	pushq	%rax
	SWITCH_TO_NTD
END(cpu_lwkt_switch)

ENTRY(cpu_lwkt_restore)
	popq	%r15
	popq	%r14
	popq	%r13
	popq	%r12
	popq	%rbx
	popq	%rbp
	ret
END(cpu_lwkt_restore)

/* From a thread with user mode: FPU and segment bases move too. */
ENTRY(cpu_heavy_switch)
	pushq	%rbp
	movq	%rsp,%rbp
	pushq	%rbx
	pushq	%r12
	pushq	%r13
	pushq	%r14
	pushq	%r15
	subq	$8,%rsp			/* alignment */
	movq	%rdi,%r12
	call	cpu_switch_out
	movq	%r12,%rdi
	leaq	cpu_heavy_restore(%rip),%rax
	pushq	%rax
	SWITCH_TO_NTD
END(cpu_heavy_switch)

ENTRY(cpu_heavy_restore)
	movq	%rax,%r12
	movq	%rbx,%rdi
	call	cpu_switch_in
	movq	%r12,%rax
	addq	$8,%rsp
	popq	%r15
	popq	%r14
	popq	%r13
	popq	%r12
	popq	%rbx
	popq	%rbp
	ret
END(cpu_heavy_restore)

/* From a thread that never comes back. */
ENTRY(cpu_exit_switch)
	movq	%gs:GD_CURTHREAD,%rax
	movq	%rdi,%gs:GD_CURTHREAD
	movq	%rdi,%rbx
	movq	TD_SP(%rdi),%rsp
	ret
END(cpu_exit_switch)

/*
 * First run of a kernel thread: func, arg, and where to return to are on its
 * stack (cpu_set_thread_handler).
 */
ENTRY(cpu_kthread_restore)
	xorl	%ebp,%ebp
	movq	%rax,%rdi
	subq	$8,%rsp			/* alignment */
	call	cpu_thread_begin	/* leaves the critical section */
	addq	$8,%rsp
	popq	%rax			/* func */
	popq	%rdi			/* arg */
	jmp	*%rax			/* returns into rfunc */
END(cpu_kthread_restore)

/* First run of an idle thread on an application processor: never returns. */
ENTRY(cpu_idle_restore)
	xorl	%ebp,%ebp
	movq	%rax,%rdi
	call	cpu_idle_begin
	ud2
END(cpu_idle_restore)

/*
 * First run of a user thread (fork, lwp_create): func(arg, frame), then to
 * user mode through the frame at the top of the stack.
 */
ENTRY(fork_trampoline)
	xorl	%ebp,%ebp
	movq	%rax,%rdi
	movq	%rbx,%rsi
	call	cpu_lwp_begin
	popq	%rax			/* func */
	popq	%rdi			/* arg */
	addq	$8,%rsp			/* alignment word */
	movq	%rsp,%rsi		/* the frame */
	subq	$8,%rsp
	call	*%rax
	leaq	8(%rsp),%rdi
	call	fork_return		/* pending work; interrupts off */
	addq	$8,%rsp
	jmp	trap_return
END(fork_trampoline)

/* void npx_xsave(void *area, uint64_t mask) */
ENTRY(npx_xsave)
	movl	%esi,%eax
	movq	%rsi,%rdx
	shrq	$32,%rdx
	xsave64	(%rdi)
	ret
END(npx_xsave)

/* int npx_xrstor(const void *area, uint64_t mask): EFAULT if it is invalid */
ENTRY(npx_xrstor)
	movl	%esi,%eax
	movq	%rsi,%rdx
	shrq	$32,%rdx
10:	xrstor64 (%rdi)
	xorl	%eax,%eax
	ret
11:	movl	$14,%eax
	ret
	FAULT_ENTRY(10b, 11b)
END(npx_xrstor)

ENTRY(npx_fxsave)
	fxsave64 (%rdi)
	ret
END(npx_fxsave)

ENTRY(npx_fxrstor)
10:	fxrstor64 (%rdi)
	xorl	%eax,%eax
	ret
11:	movl	$14,%eax
	ret
	FAULT_ENTRY(10b, 11b)
END(npx_fxrstor)
	.section .note.GNU-stack,"",@progbits
