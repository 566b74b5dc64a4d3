/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The beginning of the BIOS loader, and its way back to the BIOS.
 *
 * cdboot enters _start in real mode at 1000:0 with the boot drive in %dl.  We
 * turn on A20, check for a 64-bit CPU, map the first 4 GB one to one and call
 * bios_main() in long mode.  bios_call() drops to real mode, executes the
 * interrupt described by bios_frame and comes back; interrupts are enabled
 * only while there.  Vector 0 means "halt until an interrupt arrives".
 *
 * The file is linked at LOADER_BASE and its 16-bit code must lie in the first
 * 64 KB, where real mode sees it in segment LOADER_BASE >> 4.
 */
	.set LOADER_BASE, 0x10000
	.set REAL_SEG, LOADER_BASE >> 4
	.set REAL_STACK, 0x7c00

	.set SEL_CODE64, 0x08
	.set SEL_DATA, 0x10
	.set SEL_CODE32, 0x18
	.set SEL_CODE16, 0x20
	.set SEL_DATA16, 0x28

	.set MSR_EFER, 0xc0000080
	.set EFER_LME, 0x100
	.set CR0_PE, 0x1
	.set CR0_PG, 0x80000000
	.set CR4_PAE, 0x20

	.section .text.start, "ax"
	.code16
	.globl	_start
_start:
	cli
	cld
	ljmp	$REAL_SEG, $(1f - _start)
1:	movw	%cs, %ax
	movw	%ax, %ds
	xorw	%ax, %ax
	movw	%ax, %ss
	movw	$REAL_STACK, %sp
	movb	%dl, boot_drive - _start
	sti

	/* Is there a 64-bit CPU? */
	movl	$0x80000000, %eax
	cpuid
	cmpl	$0x80000001, %eax
	jb	no_long_mode
	movl	$0x80000001, %eax
	cpuid
	btl	$29, %edx
	jc	a20
no_long_mode:
	movw	$msg_cpu - _start, %si
2:	lodsb
	testb	%al, %al
	jz	3f
	movw	$7, %bx
	movb	$0x0e, %ah
	int	$0x10
	jmp	2b
3:	hlt
	jmp	3b

a20:
	movw	$0x2401, %ax
	int	$0x15
	inb	$0x92, %al
	testb	$2, %al
	jnz	1f
	orb	$2, %al
	andb	$0xfe, %al
	outb	%al, $0x92
1:	cli
	lgdtl	gdt_pointer - _start
	movl	%cr0, %eax
	orl	$CR0_PE, %eax
	movl	%eax, %cr0
	ljmpl	$SEL_CODE32, $enter32

	.code32
enter32:
	movw	$SEL_DATA, %ax
	movw	%ax, %ds
	movw	%ax, %es
	movw	%ax, %ss
	movl	$REAL_STACK, %esp
	cld
	movl	$__bss_start, %edi
	movl	$_end, %ecx
	subl	%edi, %ecx
	xorl	%eax, %eax
	rep stosb

	/* Identity map: one PML4, one PDPT, four page directories. */
	movl	$page_tables, %edi
	leal	0x1003(%edi), %eax
	movl	%eax, (%edi)
	leal	0x2003(%edi), %eax
	xorl	%ecx, %ecx
1:	movl	%eax, 0x1000(%edi, %ecx, 8)
	addl	$0x1000, %eax
	incl	%ecx
	cmpl	$4, %ecx
	jb	1b
	movl	$0x83, %eax		/* present, writable, 2 MB */
	xorl	%ecx, %ecx
2:	movl	%eax, 0x2000(%edi, %ecx, 8)
	addl	$0x200000, %eax
	incl	%ecx
	cmpl	$2048, %ecx
	jb	2b
	call	enter64
	.code64
	movq	$loader_stack_top, %rsp
	xorl	%ebp, %ebp
	movzbl	boot_drive(%rip), %edi
	call	bios_main
1:	hlt
	jmp	1b

	/*
	 * From 32-bit protected mode to long mode; returns to 64-bit code at
	 * the 32-bit return address.  Destroys %eax, %ecx, %edx.
	 */
	.code32
enter64:
	movl	%cr4, %eax
	orl	$CR4_PAE, %eax
	movl	%eax, %cr4
	movl	$page_tables, %eax
	movl	%eax, %cr3
	movl	$MSR_EFER, %ecx
	rdmsr
	orl	$EFER_LME, %eax
	wrmsr
	movl	%cr0, %eax
	orl	$CR0_PG, %eax
	movl	%eax, %cr0
	popl	%ecx
	ljmp	$SEL_CODE64, $1f
	.code64
1:	movw	$SEL_DATA, %ax
	movw	%ax, %ds
	movw	%ax, %es
	movw	%ax, %fs
	movw	%ax, %gs
	movw	%ax, %ss
	jmp	*%rcx

	/* void bios_call(void) */
	.globl	bios_call
bios_call:
	pushq	%rbx
	pushq	%rbp
	pushq	%r12
	pushq	%r13
	pushq	%r14
	pushq	%r15
	movq	%rsp, saved_rsp(%rip)
	pushq	$SEL_CODE32
	pushq	$1f
	lretq
	.code32
1:	movw	$SEL_DATA, %ax
	movw	%ax, %ds
	movw	%ax, %es
	movw	%ax, %ss
	movl	%cr0, %eax
	andl	$~CR0_PG, %eax
	movl	%eax, %cr0
	movl	$MSR_EFER, %ecx
	rdmsr
	andl	$~EFER_LME, %eax
	wrmsr
	ljmp	$SEL_CODE16, $(2f - _start)
	.code16
2:	movw	$SEL_DATA16, %ax
	movw	%ax, %ds
	movw	%ax, %es
	movw	%ax, %fs
	movw	%ax, %gs
	movw	%ax, %ss
	movl	%cr0, %eax
	andl	$~CR0_PE, %eax
	movl	%eax, %cr0
	ljmp	$REAL_SEG, $(3f - _start)
3:	xorw	%ax, %ax
	movw	%ax, %ss
	movl	$REAL_STACK, %esp
	movw	%ax, %fs
	movw	%ax, %gs
	lidtl	%cs:(real_idt - _start)
	movw	%cs, %ax
	movw	%ax, %ds
	movb	bios_vector - _start, %al
	testb	%al, %al
	jz	halt
	movb	%al, int_number - _start
	movw	frame_es - _start, %es
	movl	frame_ebx - _start, %ebx
	movl	frame_ecx - _start, %ecx
	movl	frame_edx - _start, %edx
	movl	frame_esi - _start, %esi
	movl	frame_edi - _start, %edi
	movl	frame_ebp - _start, %ebp
	movl	frame_eax - _start, %eax
	movw	frame_ds - _start, %ds
	sti
	.byte	0xcd
int_number:
	.byte	0
	pushfl
	cli
	cld
	pushw	%ds
	pushw	%cs
	popw	%ds
	movl	%eax, frame_eax - _start
	movl	%ebx, frame_ebx - _start
	movl	%ecx, frame_ecx - _start
	movl	%edx, frame_edx - _start
	movl	%esi, frame_esi - _start
	movl	%edi, frame_edi - _start
	movl	%ebp, frame_ebp - _start
	movw	%es, frame_es - _start
	popw	frame_ds - _start
	popl	frame_eflags - _start
	jmp	back
halt:
	sti
	hlt
	cli
back:
	lgdtl	gdt_pointer - _start
	movl	%cr0, %eax
	orl	$CR0_PE, %eax
	movl	%eax, %cr0
	ljmpl	$SEL_CODE32, $4f
	.code32
4:	movw	$SEL_DATA, %ax
	movw	%ax, %ds
	movw	%ax, %es
	movw	%ax, %ss
	movl	$REAL_STACK, %esp
	call	enter64
	.code64
	movq	saved_rsp(%rip), %rsp
	popq	%r15
	popq	%r14
	popq	%r13
	popq	%r12
	popq	%rbp
	popq	%rbx
	ret

	.balign	16
gdt:
	.quad	0
	.quad	0x00af9a000000ffff	/* 64-bit code */
	.quad	0x00cf92000000ffff	/* data */
	.quad	0x00cf9a000000ffff	/* 32-bit code */
	.quad	0x00009a010000ffff	/* 16-bit code, base LOADER_BASE */
	.quad	0x000092000000ffff	/* 16-bit data, base 0 */
gdt_pointer:
	.word	. - gdt - 1
	.long	gdt
real_idt:
	.word	0x3ff
	.long	0
	.balign	8
saved_rsp:
	.quad	0
	.globl	bios_frame, bios_vector
bios_frame:
frame_eax:	.long	0
frame_ebx:	.long	0
frame_ecx:	.long	0
frame_edx:	.long	0
frame_esi:	.long	0
frame_edi:	.long	0
frame_ebp:	.long	0
frame_eflags:	.long	0
frame_ds:	.word	0
frame_es:	.word	0
bios_vector:	.byte	0
boot_drive:	.byte	0
msg_cpu:	.asciz	"Damselfly needs a 64-bit (x86-64) CPU.\r\n"

	.section .bss
	.balign	4096
page_tables:
	.skip	6 * 4096
	.skip	65536
loader_stack_top:
	.section .note.GNU-stack, "", @progbits
