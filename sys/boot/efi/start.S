/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The UEFI loader's file header and entry.
 *
 * The image is linked at 0 as a position-independent ELF file and copied out
 * flat, so the PE32+ header (Microsoft PE/COFF specification; UEFI 2.x
 * section 2.1.1) is written here by hand: one section for code and constants,
 * one for data, file offset equal to address.  Firmware loads it anywhere;
 * The linker script defines the sizes as offsets from the image's start, which
 * position-independent links can express.  efi_start applies the ELF relative relocations and calls efi_main().
 */
	.section .head, "a"
	.globl	image_base
	.hidden	image_base
image_base:
	.ascii	"MZ"
	.org	0x3c
	.long	pe_header - image_base
	.balign	8
pe_header:
	.ascii	"PE\0\0"
	.word	0x8664			/* machine: x86-64 */
	.word	3			/* sections */
	.long	0			/* time stamp: reproducible */
	.long	0, 0
	.word	sections - optional
	.word	0x0206			/* executable, no line numbers or symbols */
optional:
	.word	0x020b			/* PE32+ */
	.byte	0, 0
	.long	__text_size - image_base
	.long	__data_size - image_base
	.long	0
	.long	efi_start - image_base
	.long	__text_start_rva - image_base
	.quad	0			/* preferred base */
	.long	4096			/* section alignment */
	.long	4096			/* file alignment */
	.word	0, 0
	.word	0, 0
	.word	0, 0
	.long	0
	.long	__image_size - image_base
	.long	4096			/* headers */
	.long	0
	.word	10			/* subsystem: EFI application */
	.word	0
	.quad	0, 0, 0, 0
	.long	0
	.long	6			/* directories */
	.quad	0, 0, 0, 0, 0
	.long	__reloc_rva - image_base
	.long	12
sections:
	.ascii	".text\0\0\0"
	.long	__text_size - image_base, __text_start_rva - image_base, __text_size - image_base, __text_start_rva - image_base
	.long	0, 0
	.word	0, 0
	.long	0x60000020		/* code, execute, read */
	.ascii	".data\0\0\0"
	.long	__data_size - image_base, __data_rva - image_base, __data_size - image_base, __data_rva - image_base
	.long	0, 0
	.word	0, 0
	.long	0xc0000040		/* initialized data, read, write */
	.ascii	".reloc\0\0"
	.long	4096, __reloc_rva - image_base, 4096, __reloc_rva - image_base
	.long	0, 0
	.word	0, 0
	.long	0x42000040		/* discardable, read */

	/* One empty base relocation block, so that nobody calls it fixed. */
	.section .pe_reloc, "a"
	.long	0, 12
	.word	0, 0

	.text
	.globl	efi_start
	.hidden	efi_start
efi_start:
	/* %rcx image handle, %rdx system table (Microsoft convention) */
	subq	$8, %rsp
	pushq	%rcx
	pushq	%rdx
	leaq	image_base(%rip), %rdi
	leaq	__rela_start(%rip), %rsi
	leaq	__rela_end(%rip), %rdx
1:	cmpq	%rdx, %rsi
	jae	2f
	cmpl	$8, 8(%rsi)		/* R_X86_64_RELATIVE */
	jne	3f
	movq	(%rsi), %rax
	movq	16(%rsi), %rcx
	addq	%rdi, %rcx
	movq	%rcx, (%rdi, %rax)
3:	addq	$24, %rsi
	jmp	1b
2:	popq	%rsi
	popq	%rdi
	call	efi_main
	addq	$8, %rsp
	ret
	.section .note.GNU-stack, "", @progbits
