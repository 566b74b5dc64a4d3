/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The 32-bit disk label: up to 16 partitions, sizes in sectors.
 */
#ifndef _SYS_DISKLABEL32_H_
#define _SYS_DISKLABEL32_H_

#include <sys/types.h>
#include <sys/ioccom.h>

#define LABELSECTOR32	1
#define LABELOFFSET32	0
#define DISKMAGIC32	0x82564557

#define MAXPARTITIONS32	0x10
#define LABEL_PART	0x02
#define RAW_PART	0x02

#define SWAP_PART	1
#define NDDATA32	5
#define NSPARE32	5

struct partition32 {
	uint32_t p_size;
	uint32_t p_offset;
	uint32_t p_fsize;
	uint8_t	p_fstype;
	uint8_t	p_frag;
	union {
		uint16_t cpg;
		uint16_t sgs;
	} __partition_u1;
};

struct disklabel32 {
	uint32_t d_magic;
	uint16_t d_type;
	uint16_t d_subtype;
	char	d_typename[16];
	char	d_packname[16];
	uint32_t d_secsize;
	uint32_t d_nsectors;
	uint32_t d_ntracks;
	uint32_t d_ncylinders;
	uint32_t d_secpercyl;
	uint32_t d_secperunit;
	uint16_t d_sparespertrack;
	uint16_t d_sparespercyl;
	uint32_t d_acylinders;
	uint16_t d_rpm;
	uint16_t d_interleave;
	uint16_t d_trackskew;
	uint16_t d_cylskew;
	uint32_t d_headswitch;
	uint32_t d_trkseek;
	uint32_t d_flags;
	uint32_t d_drivedata[5];
	uint32_t d_spare[5];
	uint32_t d_magic2;
	uint16_t d_checksum;
	uint16_t d_npartitions;
	uint32_t d_bbsize;
	uint32_t d_sbsize;
	struct partition32 d_partitions[16];
};

#define DIOCGDINFO32	_IOR('d', 101, struct disklabel32)
#define DIOCSDINFO32	_IOW('d', 102, struct disklabel32)
#define DIOCWDINFO32	_IOW('d', 103, struct disklabel32)

#define DIOCGDVIRGIN32	_IOR('d', 105, struct disklabel32)
#define p_cpg	__partition_u1.cpg
#define p_sgs	__partition_u1.sgs

/* XOR of all 16-bit words up to the last partition; 0 if right. */
static __inline u_int16_t
dkcksum32(struct disklabel32 *lp)
{
	const u_int16_t *word = (const u_int16_t *)lp;
	const u_int16_t *end =
	    (const u_int16_t *)&lp->d_partitions[lp->d_npartitions];
	u_int16_t sum = 0;

	while (word < end)
		sum ^= *word++;
	return (sum);
}

#endif /* !_SYS_DISKLABEL32_H_ */
