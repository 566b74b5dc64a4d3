/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cdboot: the first program of a Damselfly medium.
 *
 * A BIOS loads these 2048 bytes at 0:7C00 through El Torito (no emulation);
 * for the same image written to a disk, the mbr does.  %dl is the drive.  We
 * ask the drive for its sector size, find /BOOT/LOADER in the ISO 9660
 * directory, load it at LOADER_SEG:0 and jump there with %dl intact.  All
 * block numbers below are 2048-byte ones; read_blocks scales them for disks
 * with sectors of 512 bytes.  Errors print a line and wait for a key.
 */
	.set LOADER_SEG, 0x1000		/* bios/start.S is linked there */
	.set LOADER_MAX, 192		/* blocks: end below 0x70000 */
	.set DIRBUF, 0x8600		/* one block of a directory */
	.set PARAMS, 0x8500		/* INT 13h/48h result */
	.set CHUNK, 16			/* blocks read at once */
	.set COM1_DATA, 0x3f8
	.set COM1_LSR, 0x3fd
	.set LSR_TXREADY, 0x20

	/* Directory record, ECMA-119 9.1. */
	.set DR_LENGTH, 0
	.set DR_EXTENT, 2
	.set DR_SIZE, 10
	.set DR_FLAGS, 25
	.set DR_NAMELEN, 32
	.set DR_NAME, 33
	.set DRF_DIRECTORY, 2

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
	ljmp	$0, $main
main:
	movb	%dl, drive
	call	get_sector_size

	movl	$16, %eax		/* primary volume descriptor */
next_descriptor:
	pushl	%eax
	movw	$DIRBUF >> 4, %bx
	movw	$1, %cx
	call	read_blocks
	popl	%eax
	cmpl	$0x30304443, DIRBUF + 1	/* "CD00" */
	jne	bad_volume
	cmpb	$1, DIRBUF
	je	got_volume
	cmpb	$255, DIRBUF
	je	bad_volume
	incl	%eax
	cmpl	$64, %eax
	jb	next_descriptor
bad_volume:
	movw	$msg_volume, %si
	jmp	fail
got_volume:
	movl	DIRBUF + 156 + DR_EXTENT, %eax
	movl	DIRBUF + 156 + DR_SIZE, %ecx
	movw	$name_boot, %si
	movb	$DRF_DIRECTORY, %dl
	call	lookup
	movw	$name_loader, %si
	movb	$0, %dl
	call	lookup

	/* %eax first block, %ecx bytes. */
	addl	$2047, %ecx
	shrl	$11, %ecx
	jz	bad_loader
	cmpl	$LOADER_MAX, %ecx
	ja	bad_loader
	movw	$LOADER_SEG, %bx
load_more:
	pushl	%eax
	pushw	%cx
	cmpw	$CHUNK, %cx
	jbe	1f
	movw	$CHUNK, %cx
1:	pushw	%cx
	call	read_blocks
	popw	%dx			/* blocks just read */
	popw	%cx
	popl	%eax
	movzwl	%dx, %edi
	addl	%edi, %eax
	shll	$7, %edi		/* 2048 bytes are 128 paragraphs */
	addw	%di, %bx
	subw	%dx, %cx
	jnz	load_more
	movb	drive, %dl
	ljmp	$LOADER_SEG, $0
bad_loader:
	movw	$msg_size, %si
	jmp	fail

/*
 * Find the name at %si (upper case, NUL-terminated) in the directory of %ecx
 * bytes at block %eax; %dl is what the directory flag must be.  Returns its
 * extent in %eax and size in %ecx, or does not return.
 */
lookup:
	movw	%si, wanted
	movb	%dl, kind
	addl	$2047, %ecx
	shrl	$11, %ecx
	jz	not_found
dir_block:
	pushl	%eax
	pushl	%ecx
	movw	$DIRBUF >> 4, %bx
	movw	$1, %cx
	call	read_blocks
	movw	$DIRBUF, %bx
record:
	movzbw	DR_LENGTH(%bx), %ax
	testw	%ax, %ax
	jz	end_of_block
	cmpw	$DR_NAME + 1, %ax
	jb	end_of_block
	leaw	(%bx), %di
	addw	%ax, %di
	cmpw	$DIRBUF + 2048, %di
	ja	end_of_block
	pushw	%di
	movb	DR_FLAGS(%bx), %al
	andb	$DRF_DIRECTORY, %al
	cmpb	kind, %al
	jne	no_match
	movw	wanted, %si
	leaw	DR_NAME(%bx), %di
	movzbw	DR_NAMELEN(%bx), %cx
compare:
	lodsb
	testb	%al, %al
	jz	end_of_name
	jcxz	no_match
	movb	(%di), %ah
	incw	%di
	decw	%cx
	cmpb	$'a', %ah
	jb	1f
	cmpb	$'z', %ah
	ja	1f
	subb	$32, %ah
1:	cmpb	%al, %ah
	je	compare
	jmp	no_match
end_of_name:
	jcxz	match			/* nothing, "." or ";" may follow */
	movb	(%di), %al
	cmpb	$';', %al
	je	match
	cmpb	$'.', %al
	jne	no_match
	cmpw	$1, %cx
	je	match
	cmpb	$';', 1(%di)
	je	match
no_match:
	popw	%bx
	cmpw	$DIRBUF + 2048, %bx
	jb	record
end_of_block:
	popl	%ecx
	popl	%eax
	incl	%eax
	decl	%ecx
	jnz	dir_block
not_found:
	movw	$msg_missing, %si
	jmp	fail
match:
	popw	%di
	popl	%ecx
	popl	%eax
	movl	DR_EXTENT(%bx), %eax
	movl	DR_SIZE(%bx), %ecx
	ret

/* Set shift to 2 when the drive has 512-byte sectors, to 0 for CD's 2048. */
get_sector_size:
	movw	$0x41, %ax
	movb	%al, %ah
	movw	$0x55aa, %bx
	movb	drive, %dl
	int	$0x13
	movw	$PARAMS, %si
	movw	$0x1e, (%si)
	movw	$0, 24(%si)
	movb	$0x48, %ah
	movb	drive, %dl
	int	$0x13
	jc	1f
	cmpw	$512, PARAMS + 24
	jne	1f
	movb	$2, shift
1:	ret

/* Read %cx blocks from block %eax to segment %bx:0; keeps %bx. */
read_blocks:
	pushw	%bx
	movw	%bx, packet_segment
	movw	%cx, %dx
	movb	shift, %cl
	shll	%cl, %eax
	shlw	%cl, %dx
	movl	%eax, packet_lba
	movw	%dx, packet_count
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
2:	popw	%bx
	ret

/* Print the string at %si, also on COM1, wait for a key, restart. */
fail:
	call	print
	movw	$msg_key, %si
	call	print
	xorw	%ax, %ax
	int	$0x16
	ljmp	$0xffff, $0
print:
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
	jmp	print
1:	ret

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
wanted:	.word	0
drive:	.byte	0
shift:	.byte	0
kind:	.byte	0
name_boot:	.asciz	"BOOT"
name_loader:	.asciz	"LOADER"
msg_volume:	.asciz	"cdboot: this is not an ISO 9660 volume"
msg_missing:	.asciz	"cdboot: /boot/loader not found"
msg_size:	.asciz	"cdboot: /boot/loader is empty or too big"
msg_read:	.asciz	"cdboot: the boot medium cannot be read"
msg_key:	.asciz	"\r\nPress a key to restart.\r\n"
	.org	2048
