/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot2_64: the program in the boot area of a slice, started by boot1 at
 * 0:8000 with the drive in %dl and the slice's first block in %ebx.
 *
 * The loader lies in the boot area too, 32 KB behind its start: a block with
 * the text "DFLYLOAD" and its length in bytes, then the loader itself, which
 * disklabel64 -B wrote there.  It goes to LOADER_SEG:0 and is started with
 * the drive in %dl, as cdboot does.  Errors print a line and wait for a key.
 */
	.set LOADER_SEG, 0x1000		/* bios/start.S is linked there */
	.set LOADER_MAX, 768		/* blocks: end below 0x70000 */
	.set HEADER_BLOCK, 8 + 64	/* of the slice */
	.set HEADER_AT, 0x7c00
	.set CHUNK, 64			/* blocks read at once */
	.set COM1_DATA, 0x3f8
	.set COM1_LSR, 0x3fd
	.set LSR_TXREADY, 0x20

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
	movb	%dl, drive
	leal	HEADER_BLOCK(%ebx), %eax
	movw	$HEADER_AT >> 4, %bx
	movw	$1, %cx
	call	read
	movw	$msg_missing, %si
	cmpl	$0x594c4644, HEADER_AT	/* "DFLY" */
	jne	fail
	cmpl	$0x44414f4c, HEADER_AT + 4 /* "LOAD" */
	jne	fail
	movl	HEADER_AT + 8, %ecx
	addl	$511, %ecx
	shrl	$9, %ecx
	jz	fail
	cmpl	$LOADER_MAX, %ecx
	ja	fail
	incl	%eax
	movw	$LOADER_SEG, %bx
load_more:
	pushw	%cx
	cmpw	$CHUNK, %cx
	jbe	1f
	movw	$CHUNK, %cx
1:	call	read
	movw	%cx, %dx		/* blocks just read */
	popw	%cx
	movzwl	%dx, %edi
	addl	%edi, %eax
	shlw	$5, %di			/* 512 bytes are 32 paragraphs */
	addw	%di, %bx
	subw	%dx, %cx
	jnz	load_more
	movb	drive, %dl
	ljmp	$LOADER_SEG, $0

/* Read %cx blocks from block %eax to segment %bx:0; keeps all three. */
read:
	pushal
	movl	%eax, packet_lba
	movw	%cx, packet_count
	movw	%bx, packet_segment
	movw	$4, %bp			/* attempts */
1:	movw	$packet, %si
	movb	$0x42, %ah
	movb	drive, %dl
	pushw	packet_count
	pushw	%bp
	int	$0x13
	popw	%bp
	popw	packet_count
	jnc	2f
	xorw	%ax, %ax
	movb	drive, %dl
	int	$0x13			/* reset and try again */
	decw	%bp
	jnz	1b
	movw	$msg_read, %si
	jmp	fail
2:	popal
	ret

/* Print the string at %si, also on COM1, wait for a key, restart. */
fail:
	lodsb
	testb	%al, %al
	jz	1f
	pushw	%ax
	movw	$7, %bx
	movb	$0x0e, %ah
	int	$0x10
	movw	$0xffff, %cx
	movw	$COM1_LSR, %dx
2:	inb	%dx, %al
	testb	$LSR_TXREADY, %al
	loopz	2b
	popw	%ax
	movw	$COM1_DATA, %dx
	outb	%al, %dx
	jmp	fail
1:	xorw	%ax, %ax
	int	$0x16
	ljmp	$0xffff, $0

	.balign	4
packet:
	.byte	16, 0
packet_count:
	.word	0
	.word	0
packet_segment:
	.word	0
packet_lba:
	.long	0, 0
drive:	.byte	0
msg_missing:	.asciz	"boot2: no loader in the boot area\r\n"
msg_read:	.asciz	"boot2: the boot disk cannot be read\r\n"
	.balign	512
