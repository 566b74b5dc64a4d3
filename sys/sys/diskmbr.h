/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The master boot record and its partition table.
 */
#ifndef _SYS_DISKMBR_H_
#define _SYS_DISKMBR_H_

#include <sys/types.h>
#include <sys/ioccom.h>

#define DOSBBSECTOR	0
#define DOSPARTOFF	446
#define DOSPARTSIZE	16

#define NDOSPART	4
#define NEXTDOSPART	32
#define DOSMAGICOFFSET	510

#define DOSMAGIC	0xaa55

#define DOSPTYP_DFLYBSD	108
#define DOSPTYP_386BSD	165
#define DOSPTYP_OPENBSD	166
#define DOSPTYP_NETBSD	169
#define DOSPTYP_LINSWP	130
#define DOSPTYP_LINUX	131
#define DOSPTYP_PMBR	238
#define DOSPTYP_EFI	239
#define DOSPTYP_EXT	5
#define DOSPTYP_EXTLBA	15

struct dos_partition {
	unsigned char dp_flag;
	unsigned char dp_shd;
	unsigned char dp_ssect;
	unsigned char dp_scyl;
	unsigned char dp_typ;
	unsigned char dp_ehd;
	unsigned char dp_esect;
	unsigned char dp_ecyl;
	uint32_t dp_start;
	uint32_t dp_size;
};

#endif /* !_SYS_DISKMBR_H_ */
