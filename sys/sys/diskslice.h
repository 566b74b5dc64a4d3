/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Slices and partitions of disks: numbers, limits, and the ioctls that
 * describe them.
 *
 * Slice index 0 is the compatibility slice (the whole disk, when there is
 * no table; "s0"), 1 the whole disk itself, n + 1 the slice named "s<n>".
 */
#ifndef _SYS_DISKSLICE_H_
#define _SYS_DISKSLICE_H_

#include <sys/types.h>
#include <sys/ioccom.h>
#include <sys/uuid.h>

#define BASE_SLICE		2
#define COMPATIBILITY_SLICE	0
#define WHOLE_DISK_SLICE	1
#define MAX_SLICES		16
#define MAXPARTITIONS		16
#define DKMAXUNITS		512
#define DKMAXSLICES		128
#define DKMAXPARTITIONS		256
#define DKRESPARTITIONS		128
#define WHOLE_SLICE_PART	(DKMAXPARTITIONS - 1)
#define DSF_REPROBE		0x00000001

#define DIOCGPART	_IOR('d', 104, struct partinfo)
#define DIOCWLABEL	_IOW('d', 109, int)
#define DIOCSYNCSLICEINFO _IOW('d', 112, int)
#define DIOCRECLUSTER	_IOWR('d', 134, struct disk_ioc_recluster)
#define DIOCGKERNELDUMP	_IOW('d', 133, u_int)

/* DIOCRECLUSTER */
struct disk_ioc_recluster {
	int	fd;
};

/* What is known about a disk, slice or partition. */
struct partinfo {
	u_int64_t	media_offset;	/* bytes from the disk's start */
	u_int64_t	media_size;	/* bytes */
	u_int64_t	media_blocks;	/* sectors */
	int		media_blksize;	/* bytes a sector */
	u_int64_t	reserved_blocks; /* held by labels at the start */
	int		fstype;		/* FS_* of the label */
	char		fsreserved[16];
	u_int		d_nheads;
	u_int		d_ncylinders;
	u_int		d_secpertrack;
	u_int		d_secpercyl;
	u_int		d_reserved[8];
	struct uuid	fstype_uuid;
	struct uuid	storage_uuid;
};

#ifdef _KERNEL

/* The minor number of unit, slice index and partition. */
static __inline u_int
dkmakeminor(u_int unit, u_int slice, u_int part)
{
	return (((unit & 0x1f) << 3) | ((unit & 0x1e0) << 16) |
	    ((slice & 0x0f) << 16) | ((slice & 0x70) << 25) |
	    (part & 0x07) | ((part & 0x08) << 17) | ((part & 0xf0) << 21));
}

#endif /* _KERNEL */

#endif /* !_SYS_DISKSLICE_H_ */
