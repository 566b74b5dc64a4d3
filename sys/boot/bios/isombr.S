/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * isombr: the boot block of an ISO image written to a disk.
 *
 * The image maker stores the 512-byte block number of the El Torito boot
 * image plus four at offset 0x1B0 (the convention xorriso's --grub2-mbr
 * follows) and the partition table at 0x1BE.  We move to 0:0600, load those
 * four sectors, which are cdboot, at 0:7C00 and jump there with the drive
 * in %dl.
 */
	.set LBA_FIELD, 0x1b0

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
	movw	$0x55aa, %bx
	movb	$0x41, %ah
	pushw	%dx
	int	$0x13
	popw	%dx
	movw	$msg_edd, %si
	jc	fail
	cmpw	$0xaa55, %bx
	jne	fail
	movl	start + LBA_FIELD, %eax
	subl	$4, %eax
	movl	%eax, packet_lba
	movw	$packet, %si
	movb	$0x42, %ah
	pushw	%dx
	int	$0x13
	popw	%dx
	movw	$msg_read, %si
	jc	fail
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
	.word	4
	.word	0x7c00, 0
packet_lba:
	.long	0, 0
msg_edd:	.asciz	"isombr: the BIOS cannot address this disk by block\r\n"
msg_read:	.asciz	"isombr: error reading the boot disk\r\n"

	.org	LBA_FIELD
	.long	0, 0
	.org	440
	.long	0
	.word	0
	.org	510
	.word	0xaa55
