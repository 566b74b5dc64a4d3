/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The beginnings of _init() and _fini(); other objects add to the sections,
 * crtn.o ends the functions.
 */
	.section .init,"ax",@progbits
	.p2align 2
	.globl	_init
	.type	_init,@function
_init:
	subq	$8, %rsp

	.section .fini,"ax",@progbits
	.p2align 2
	.globl	_fini
	.type	_fini,@function
_fini:
	subq	$8, %rsp

	.section .note.GNU-stack,"",@progbits
