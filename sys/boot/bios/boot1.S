/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot1_64: the boot block of a slice with a 64-bit label.
 *
 * The disk's table is read anew for the slice we are on: the first active
 * one of a type that is ours, else the first of such a type.  The 29 sectors
 * from its sector 8, the boot area, go to 0:8000 and are started with the
 * drive in %dl and the slice's first block in %ebx.
 */
	.set MBR_AT, 0x600
	.set TABLE, 0x1be
	.set BOOT2_AT, 0x8000
	.set BOOT2_BLOCK, 8		/* of the slice */
	.set BOOT2_BLOCKS, 29
	.set TYPE_OURS, 0x6c
	.set TYPE_OLD, 0xa5

	.code16
	.text
	.globl	start
start:
	jmp	begin
	nop
	.org	0x0b			/* what BIOSes take for a floppy's */
	.word	512
	.org	0x18
	.word	18
	.word	2
	.org	0x24
begin:
	cli
	cld
	xorw	%ax, %ax
	movw	%ax, %ds
	movw	%ax, %es
	movw	%ax, %ss
	movw	$0x7c00, %sp
	sti
	ljmp	$0, $main
main:
	testb	$0x80, %dl
	jz	fail
	xorl	%eax, %eax
	movw	$MBR_AT, %bx
	movw	$1, %cx
	call	read
	movb	$0x80, %ah		/* first the active one */
pass:
	movw	$MBR_AT + TABLE, %si
	movb	$4, %cl
next_entry:
	testb	%ah, %ah
	jz	1f
	cmpb	%ah, (%si)
	jne	2f
1:	cmpb	$TYPE_OURS, 4(%si)
	je	found
	cmpb	$TYPE_OLD, 4(%si)
	je	found
2:	addw	$16, %si
	decb	%cl
	jnz	next_entry
	testb	%ah, %ah
	jz	fail
	xorb	%ah, %ah		/* then any */
	jmp	pass
found:
	movl	8(%si), %eax
	pushl	%eax
	addl	$BOOT2_BLOCK, %eax
	movw	$BOOT2_AT, %bx
	movw	$BOOT2_BLOCKS, %cx
	call	read
	popl	%ebx
	ljmp	$0, $BOOT2_AT

/* Read %cx blocks from %eax to 0:%bx; keeps %dl. */
read:
	movl	%eax, packet_lba
	movw	%cx, packet_count
	movw	%bx, packet_offset
	pushw	%dx
	movw	$0x55aa, %bx
	movb	$0x41, %ah
	int	$0x13
	popw	%dx
	jc	read_chs
	cmpw	$0xaa55, %bx
	jne	read_chs
	testb	$1, %cl
	jz	read_chs
	movw	$packet, %si
	movb	$0x42, %ah
	pushw	%dx
	int	$0x13
	popw	%dx
	jc	fail
	ret

/* One block at a time by the drive's geometry. */
read_chs:
	pushw	%dx
	movb	$8, %ah
	xorw	%di, %di
	int	$0x13
	movzbl	%dh, %esi
	popw	%dx
	jc	fail
	incw	%si			/* heads */
	xorw	%ax, %ax
	movw	%ax, %es		/* the call may change it */
	andl	$0x3f, %ecx		/* sectors of a track */
	jz	fail
	movl	%ecx, %edi
1:	movl	packet_lba, %eax
	pushw	%dx
	xorl	%edx, %edx
	divl	%edi
	movb	%dl, %cl
	incb	%cl			/* sector */
	xorl	%edx, %edx
	divl	%esi			/* cylinder, head in %dl */
	cmpl	$1023, %eax
	ja	fail
	movb	%al, %ch
	shlb	$6, %ah
	orb	%ah, %cl
	movb	%dl, %dh
	popw	%ax			/* the drive */
	movb	%al, %dl
	movw	packet_offset, %bx
	movw	$0x0201, %ax
	pushw	%dx
	int	$0x13
	popw	%dx
	jc	fail
	incl	packet_lba
	addw	$512, packet_offset
	decw	packet_count
	jnz	1b
	ret

fail:
	movw	$msg_error, %si
1:	lodsb
	testb	%al, %al
	jz	2f
	movw	$7, %bx
	movb	$0x0e, %ah
	int	$0x10
	jmp	1b
2:	xorw	%ax, %ax
	int	$0x16
	movw	$0x1234, 0x472		/* a warm start */
	ljmp	$0xffff, $0

	.balign	4
packet:
	.byte	16, 0
packet_count:
	.word	0
packet_offset:
	.word	0, 0
packet_lba:
	.long	0, 0
msg_error:	.asciz	" error\r\n"

	.org	510
	.word	0xaa55
