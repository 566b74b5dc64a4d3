/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * int getcontext(ucontext_t *)
 *
 * Stores the registers such that sigreturn() returns 0 from this call.  The
 * registers a function may destroy need no values; floating point state is
 * marked as not there.  Offsets: uc_mcontext is at 64 in the context.
 */
#include "SYS.h"

#define MC(off)		64+off(%rdi)

ENTRY(__getcontext_regs)
	movq	$0, MC(0)		/* mc_onstack */
	movq	%rdi, MC(8)
	movq	%rsi, MC(16)
	movq	%rdx, MC(24)
	movq	%rcx, MC(32)
	movq	%r8, MC(40)
	movq	%r9, MC(48)
	movq	$0, MC(56)		/* mc_rax: the result */
	movq	%rbx, MC(64)
	movq	%rbp, MC(72)
	movq	%r10, MC(80)
	movq	%r11, MC(88)
	movq	%r12, MC(96)
	movq	%r13, MC(104)
	movq	%r14, MC(112)
	movq	%r15, MC(120)
	movq	$0, MC(128)		/* mc_xflags */
	movq	$0, MC(136)		/* mc_trapno */
	movq	$0, MC(144)		/* mc_addr */
	movq	$0, MC(152)		/* mc_flags */
	movq	$0, MC(160)		/* mc_err */
	movq	(%rsp), %rax
	movq	%rax, MC(168)		/* mc_rip */
	movq	$0x2b, MC(176)		/* mc_cs */
	pushfq
	.cfi_adjust_cfa_offset 8
	popq	%rax
	.cfi_adjust_cfa_offset -8
	andq	$~1, %rax		/* carry clear */
	movq	%rax, MC(184)		/* mc_rflags */
	leaq	8(%rsp), %rax
	movq	%rax, MC(192)		/* mc_rsp */
	movq	$0x23, MC(200)		/* mc_ss */
	movl	$1280, MC(208)		/* mc_len */
	movl	$0x10000, MC(212)	/* mc_fpformat: _MC_FPFMT_NODEV */
	movl	$0x20000, MC(216)	/* mc_ownedfp: _MC_FPOWNED_NONE */
	movl	$0, MC(220)
	xorl	%eax, %eax
	ret
END(__getcontext_regs)

ENTRY(getcontext)
	pushq	%rdi
	.cfi_adjust_cfa_offset 8
	movq	%rdi, %rdx		/* uc_sigmask is first */
	xorl	%esi, %esi
	movl	$1, %edi		/* SIG_BLOCK */
	movl	$340, %eax		/* sigprocmask */
	syscall
	popq	%rdi
	.cfi_adjust_cfa_offset -8
	jmp	__getcontext_regs
END(getcontext)

/* int getcontext_quick(ucontext_t *): leaves the signal mask out. */
ENTRY(getcontext_quick)
	jmp	__getcontext_regs
END(getcontext_quick)

/*
 * int setcontext_quick(ucontext_t *): the registers a function preserves.
 */
ENTRY(setcontext_quick)
	movq	MC(64), %rbx
	movq	MC(72), %rbp
	movq	MC(96), %r12
	movq	MC(104), %r13
	movq	MC(112), %r14
	movq	MC(120), %r15
	movq	MC(192), %rsp
	movq	MC(56), %rax
	movq	MC(168), %rcx
	movq	MC(8), %rdi
	jmp	*%rcx
END(setcontext_quick)

/* A made context starts here: call *%rbx, then __ctx_end(%r12). */
ENTRY(__ctx_start)
	.cfi_undefined rip
	call	*%rbx
	movq	%r12, %rdi
	call	__ctx_end
	hlt
END(__ctx_start)

	.hidden	__getcontext_regs
	.hidden	__ctx_start
	.hidden	__ctx_end
END_FILE
