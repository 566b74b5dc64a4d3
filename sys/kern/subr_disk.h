/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Shared by the files of the disk layer: subr_disk.c (devices and I/O) and
 * subr_diskprobe.c (slice tables and labels).
 */
#ifndef _KERN_SUBR_DISK_H_
#define _KERN_SUBR_DISK_H_

#include <sys/disk.h>

/* A slice or partition. Under d_lock, fixed while its node exists. */
struct diskpart {
	TAILQ_ENTRY(diskpart) dp_link;
	struct disk	*dp_disk;
	cdev_t		dp_dev;
	u_int		dp_slice;	/* index: 0 compat, 2 = s1, ... */
	u_int		dp_part;	/* letter's index, or whole slice */
	u_int64_t	dp_offset;	/* bytes, of the disk */
	u_int64_t	dp_size;	/* bytes */
	u_int64_t	dp_reserved;	/* bytes kept from writing */
	int		dp_fstype;
	struct uuid	dp_type_uuid;
	struct uuid	dp_stor_uuid;
	int		dp_seen;	/* found by the probe under way */
};

/* Read tables and labels; called by the disk thread with d_lock held. */
void	disk_probe_slices(struct disk *dp);
/*
 * Report a slice or partition that was found.  label: pack name for alias
 * nodes, or NULL.
 */
struct diskpart *disk_found(struct disk *dp, u_int slice, u_int part,
	    u_int64_t offset, u_int64_t size, const char *label);
/* Bytes at offset of the disk, through the driver. */
int	disk_raw_read(struct disk *dp, u_int64_t offset, void *buf, int n);

#endif /* !_KERN_SUBR_DISK_H_ */
