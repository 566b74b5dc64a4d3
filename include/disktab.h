/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Disks: /etc/disktab.
 */
#ifndef _DISKTAB_H_
#define _DISKTAB_H_

#include <sys/cdefs.h>
#include <sys/types.h>

#define MAXDTPARTITIONS	16
#define _PATH_DISKTAB	"/etc/disktab"

struct dt_partition {
	__uint64_t p_offset;
	__uint64_t p_size;
	int	p_fstype;
	int	p_fsize;
	int	p_frag;
	char	p_fstypestr[32];
};

struct disktab {
	char	d_typename[16];
	int	d_typeid;
	__uint64_t d_media_size;
	__uint64_t d_media_blocks;
	int	d_media_blksize;
	int	d_dsflags;
	unsigned int d_nheads;
	unsigned int d_secpertrack;
	unsigned int d_secpercyl;
	unsigned int d_ncylinders;
	int	d_rpm;
	int	d_badsectforw;
	int	d_sectoffset;
	int	d_npartitions;
	int	d_interleave;
	int	d_trackskew;
	int	d_cylskew;
	int	d_headswitch;
	int	d_trkseek;
	unsigned int d_bbsize;
	unsigned int d_sbsize;
	struct dt_partition d_partitions[16];
};

struct disklabel32;

__BEGIN_DECLS
struct disktab *getdisktabbyname(const char *);
__END_DECLS

#endif /* !_DISKTAB_H_ */
