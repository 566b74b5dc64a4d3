/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mbr: the boot block of a disk with slices.
 *
 * Exactly one entry of the table must be active (80h) and the others not
 * (0); its first sector is loaded at 0:7C00, by block number if the BIOS can,
 * and started with the drive in %dl and %si at the entry.  With no active
 * entry the BIOS tries its next device (INT 18h).
 */
	.set TABLE, 0x1be
	.set ENTRY, 16
	.set SIGNATURE, 0xaa55

	.code16
	.text
	.globl	start
start:
	cli
	cld
	xorw	%ax, %ax
	movw	%ax, %ds
	movw	%ax, %es
	movw	%ax, %ss
	movw	$0x7c00, %sp
	sti
	movw	%sp, %si
	movw	$start, %di
	movw	$256, %cx
	rep movsw
	ljmp	$0, $moved
moved:
	xorw	%bp, %bp		/* the active entry */
	movw	$start + TABLE, %bx
	movb	$4, %cl
next_entry:
	movb	(%bx), %al
	testb	%al, %al
	jz	1f
	cmpb	$0x80, %al
	jne	bad_table
	testw	%bp, %bp
	jnz	bad_table
	movw	%bx, %bp
1:	addw	$ENTRY, %bx
	decb	%cl
	jnz	next_entry
	testw	%bp, %bp
	jnz	found
	int	$0x18
bad_table:
	movw	$msg_table, %si
	jmp	fail
found:
	pushw	%dx
	movw	$0x55aa, %bx
	movb	$0x41, %ah
	int	$0x13
	popw	%dx
	jc	use_chs
	cmpw	$0xaa55, %bx
	jne	use_chs
	testb	$1, %cl			/* packet calls */
	jz	use_chs
	movl	8(%bp), %eax
	movl	%eax, packet_lba
	movw	$packet, %si
	movb	$0x42, %ah
	jmp	read
use_chs:
	movb	1(%bp), %dh
	movw	2(%bp), %cx
	movw	$0x7c00, %bx
	movw	$0x0201, %ax
read:
	pushw	%dx
	int	$0x13
	popw	%dx
	movw	$msg_read, %si
	jc	fail
	movw	$msg_missing, %si
	cmpw	$SIGNATURE, 0x7c00 + 510
	jne	fail
	movw	%bp, %si
	ljmp	$0, $0x7c00
fail:
	lodsb
	testb	%al, %al
	jz	1f
	movw	$7, %bx
	movb	$0x0e, %ah
	int	$0x10
	jmp	fail
1:	sti
	hlt
	jmp	1b

	.balign	4
packet:
	.byte	16, 0
	.word	1
	.word	0x7c00, 0
packet_lba:
	.long	0, 0
msg_table:	.asciz	"Invalid partition table"
msg_read:	.asciz	"Error loading operating system"
msg_missing:	.asciz	"Missing operating system"

	.org	440
	.long	0
	.word	0
	.org	510
	.word	SIGNATURE
