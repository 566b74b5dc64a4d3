/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System calls from assembly.
 *
 * A call takes its number in %eax and its arguments where a C function has
 * them, but for the fourth, which moves from %rcx to %r10; the seventh and
 * further ones are already where the kernel looks, above the return address.
 * Carry set means failure and an errno in %eax.
 */
#ifndef _X86_64_SYS_H_
#define _X86_64_SYS_H_

#define ENTRY(name)		\
	.text;			\
	.p2align 4;		\
	.globl	name;		\
	.type	name,@function;	\
name:				\
	.cfi_startproc
#define END(name)		\
	.cfi_endproc;		\
	.size	name, . - name

#define ALIAS(name, alias)	\
	.globl	alias;		\
	.set	alias, name
#define WEAK_ALIAS(name, alias)	\
	.weak	alias;		\
	.set	alias, name

#define KERNCALL(number)	\
	movl	$number, %eax;	\
	movq	%rcx, %r10;	\
	syscall

#define STUB(name, number)	\
ENTRY(name);			\
	KERNCALL(number);	\
	jc	1f;		\
	ret;			\
1:	jmp	.cerror;	\
END(name)

/* What every object ends with: the stack need not be executable. */
#define END_FILE		\
	.section .note.GNU-stack,"",@progbits

	.hidden	.cerror

#endif /* !_X86_64_SYS_H_ */
