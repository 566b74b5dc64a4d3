/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * setjmp, _setjmp, sigsetjmp and their longjmps.
 *
 * The buffer, in longs: 0 rip, 1 rbx, 2 rsp, 3 rbp, 4-7 r12-r15, 8 x87
 * control word and MXCSR, 9-10 the signal mask, 11 whether it is saved.
 */
#include "SYS.h"

#define JB_RIP		0
#define JB_RBX		8
#define JB_RSP		16
#define JB_RBP		24
#define JB_R12		32
#define JB_FPU		64
#define JB_MASK		72
#define JB_SAVED	88

#define SIG_SETMASK	3
#define SIG_BLOCK	1

/* int sigsetjmp(sigjmp_buf, int savemask) */
ENTRY(sigsetjmp)
	movl	%esi, JB_SAVED(%rdi)
	testl	%esi, %esi
	jz	_setjmp_common
	pushq	%rdi
	.cfi_adjust_cfa_offset 8
	leaq	JB_MASK(%rdi), %rdx
	xorl	%esi, %esi
	movl	$SIG_BLOCK, %edi
	movl	$340, %eax		/* sigprocmask */
	syscall
	popq	%rdi
	.cfi_adjust_cfa_offset -8
_setjmp_common:
	movq	(%rsp), %rdx
	movq	%rdx, JB_RIP(%rdi)
	movq	%rbx, JB_RBX(%rdi)
	movq	%rsp, JB_RSP(%rdi)
	movq	%rbp, JB_RBP(%rdi)
	movq	%r12, JB_R12(%rdi)
	movq	%r13, JB_R12+8(%rdi)
	movq	%r14, JB_R12+16(%rdi)
	movq	%r15, JB_R12+24(%rdi)
	fnstcw	JB_FPU(%rdi)
	stmxcsr	JB_FPU+4(%rdi)
	xorl	%eax, %eax
	ret
END(sigsetjmp)

ENTRY(setjmp)
	movl	$1, %esi
	jmp	sigsetjmp@PLT
END(setjmp)

ENTRY(_setjmp)
	movl	$0, JB_SAVED(%rdi)
	jmp	_setjmp_common
END(_setjmp)

/* void siglongjmp(sigjmp_buf, int value) */
ENTRY(siglongjmp)
	cmpl	$0, JB_SAVED(%rdi)
	je	1f
	pushq	%rdi
	.cfi_adjust_cfa_offset 8
	pushq	%rsi
	.cfi_adjust_cfa_offset 8
	leaq	JB_MASK(%rdi), %rsi
	xorl	%edx, %edx
	movl	$SIG_SETMASK, %edi
	movl	$340, %eax		/* sigprocmask */
	syscall
	popq	%rsi
	.cfi_adjust_cfa_offset -8
	popq	%rdi
	.cfi_adjust_cfa_offset -8
1:	movl	%esi, %eax
	testl	%eax, %eax
	jnz	2f
	incl	%eax
2:	movq	JB_RIP(%rdi), %rdx
	movq	JB_RBX(%rdi), %rbx
	movq	JB_RSP(%rdi), %rsp
	movq	JB_RBP(%rdi), %rbp
	movq	JB_R12(%rdi), %r12
	movq	JB_R12+8(%rdi), %r13
	movq	JB_R12+16(%rdi), %r14
	movq	JB_R12+24(%rdi), %r15
	fldcw	JB_FPU(%rdi)
	ldmxcsr	JB_FPU+4(%rdi)
	movq	%rdx, (%rsp)
	ret
END(siglongjmp)
ALIAS(siglongjmp, longjmp)
ALIAS(siglongjmp, _longjmp)
ALIAS(siglongjmp, __siglongjmp)

END_FILE
