/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The 64-bit disk label: up to 16 partitions, sizes in bytes.
 */
#ifndef _SYS_DISKLABEL64_H_
#define _SYS_DISKLABEL64_H_

#include <sys/types.h>
#include <sys/ioccom.h>
#include <sys/uuid.h>

#define DISKMAGIC64	0xc4464c59
#define MAXPARTITIONS64	16
#define RESPARTITIONS64	32

#define BOOT2SIZE64	0x8000

struct partition64 {
	uint64_t p_boffset;
	uint64_t p_bsize;
	uint8_t	p_fstype;
	uint8_t	p_unused01;
	uint8_t	p_unused02;
	uint8_t	p_unused03;
	uint32_t p_unused04;
	uint32_t p_unused05;
	uint32_t p_unused06;
	struct uuid p_type_uuid;
	struct uuid p_stor_uuid;
};

struct disklabel64 {
	char	d_reserved0[512];
	uint32_t d_magic;
	uint32_t d_crc;
	uint32_t d_align;
	uint32_t d_npartitions;
	struct uuid d_stor_uuid;
	uint64_t d_total_size;
	uint64_t d_bbase;
	uint64_t d_pbase;
	uint64_t d_pstop;
	uint64_t d_abase;
	u_char	d_packname[64];
	u_char	d_reserved[64];
	struct partition64 d_partitions[16];
};

#define DIOCGDINFO64	_IOR('d', 101, struct disklabel64)
#define DIOCSDINFO64	_IOW('d', 102, struct disklabel64)
#define DIOCWDINFO64	_IOW('d', 103, struct disklabel64)

#define DIOCGDVIRGIN64	_IOR('d', 105, struct disklabel64)

#endif /* !_SYS_DISKLABEL64_H_ */
