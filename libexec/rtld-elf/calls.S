/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Entry point, system calls and the lazy binding stub of the run-time linker.
 */
	.text
	.p2align 4
	.globl	.rtld_start
	.hidden	.rtld_start
	.type	.rtld_start, @function
/*
 * The kernel enters here with %rdi pointing at argc and %rsp as after a call.
 * _rtld(sp, &exit_procedure) returns the program's entry; the program starts
 * with the same %rsp, %rdi as given and %rsi = exit procedure.
 */
.rtld_start:
	.cfi_startproc
	.cfi_undefined rip
	xorl	%ebp, %ebp
	subq	$24, %rsp
	movq	%rdi, 16(%rsp)
	movq	%rsp, %rsi
	call	_rtld
	movq	(%rsp), %rsi
	movq	16(%rsp), %rdi
	addq	$24, %rsp
	xorl	%edx, %edx
	jmp	*%rax
	.cfi_endproc
	.size	.rtld_start, . - .rtld_start

/*
 * Reached through a procedure linkage table whose slot is not yet bound:
 *	0(%rsp)		the object (GOT[1])
 *	8(%rsp)		index of the relocation
 *	16(%rsp)	return address of the caller
 * Every register that may carry an argument survives: the integer ones on
 * the stack, the vector ones in an XSAVE (or FXSAVE) image.
 */
	.p2align 4
	.globl	rtld_bind_start
	.hidden	rtld_bind_start
	.type	rtld_bind_start, @function
rtld_bind_start:
	.cfi_startproc
	.cfi_def_cfa_offset 24
	pushq	%rbp
	.cfi_def_cfa_offset 32
	.cfi_offset rbp, -32
	movq	%rsp, %rbp
	.cfi_def_cfa_register rbp
	pushq	%rax
	pushq	%rcx
	pushq	%rdx
	pushq	%rsi
	pushq	%rdi
	pushq	%r8
	pushq	%r9
	pushq	%r10
	pushq	%r11
	pushq	%rbx
	movl	xsave_size(%rip), %ebx
	testl	%ebx, %ebx
	jz	1f
	subq	%rbx, %rsp
	andq	$-64, %rsp
	xorl	%eax, %eax
	movl	$8, %ecx
	leaq	512(%rsp), %rdi
	cld
	rep stosq
	movl	$0xe6, %eax
	xorl	%edx, %edx
	xsave	(%rsp)
	jmp	2f
1:	subq	$512, %rsp
	andq	$-64, %rsp
	fxsave	(%rsp)
2:	movq	8(%rbp), %rdi
	movq	16(%rbp), %rsi
	leaq	24(%rbp), %rdx
	call	rtld_bind
	movq	%rax, 16(%rbp)
	testl	%ebx, %ebx
	jz	3f
	movl	$0xe6, %eax
	xorl	%edx, %edx
	xrstor	(%rsp)
	jmp	4f
3:	fxrstor	(%rsp)
4:	leaq	-80(%rbp), %rsp
	popq	%rbx
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
	.cfi_def_cfa rsp, 24
	addq	$8, %rsp
	.cfi_def_cfa rsp, 16
	ret
	.cfi_endproc
	.size	rtld_bind_start, . - rtld_bind_start

	.globl	rtld_tcb
	.hidden	rtld_tcb
	.type	rtld_tcb, @function
rtld_tcb:
	movq	%fs:0, %rax
	ret
	.size	rtld_tcb, . - rtld_tcb

	.macro	CALL name, number
	.p2align 4
	.globl	rtld_\name
	.hidden	rtld_\name
	.type	rtld_\name, @function
rtld_\name:
	movl	$\number, %eax
	movq	%rcx, %r10
	syscall
	jc	negate
	ret
	.size	rtld_\name, . - rtld_\name
	.endm

	CALL	sys_exit, 1
	CALL	read, 3
	CALL	write, 4
	CALL	open, 5
	CALL	close, 6
	CALL	utrace, 335
	CALL	munmap, 73
	CALL	mprotect, 74
	CALL	fcntl, 92
	CALL	fstatfs, 158
	CALL	pread, 173
	CALL	sysctl, 202
	CALL	issetugid, 253
	CALL	getcwd, 326
	CALL	sigprocmask, 340
	CALL	umtx_sleep, 469
	CALL	umtx_wakeup, 470
	CALL	stat, 475
	CALL	fstat, 476
	CALL	openat, 504

/*
 * mmap takes a pad word as sixth argument and the file position on the
 * stack, above a word that stands for the return address.
 */
	.p2align 4
	.globl	rtld_mmap
	.hidden	rtld_mmap
	.type	rtld_mmap, @function
rtld_mmap:
	pushq	%r9
	pushq	$0
	movl	$197, %eax
	movq	%rcx, %r10
	xorl	%r9d, %r9d
	syscall
	leaq	16(%rsp), %rsp
	jc	negate
	ret
	.size	rtld_mmap, . - rtld_mmap

negate:
	movl	%eax, %eax
	negq	%rax
	ret

	.section .note.GNU-stack, "", @progbits
