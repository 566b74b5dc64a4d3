/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Shared by the files of the disk layer: subr_disk.c (devices and I/O),
 * subr_diskprobe.c (slice tables), subr_disklabel.c (labels) and
 * subr_devstat.c (statistics).
 */
#ifndef _KERN_SUBR_DISK_H_
#define _KERN_SUBR_DISK_H_

#include <sys/disk.h>
#include <sys/disklabel.h>

/*
 * A slice or partition.  All under d_lock; the I/O path reads offset, size
 * and reserved without it.
 */
struct diskpart {
	TAILQ_ENTRY(diskpart) dp_link;
	struct disk	*dp_disk;
	struct diskpart	*dp_whole;	/* its slice, or itself */
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
	char		dp_label[DISKLABEL_MAXPACKNAME + 1]; /* pack name */
	/* The names that alias nodes were made of. */
	char		dp_alias_label[DISKLABEL_MAXPACKNAME + 1];
	struct uuid	dp_alias_uuid;
	/* Of slices: the label, and who may overwrite it. */
	struct disklabel64 *dp_lab64;
	struct disklabel32 *dp_lab32;
	int		dp_wlabel;	/* DIOCWLABEL */
	int		dp_lwritten;	/* label area written since probed */
};

/* Read tables and labels; called by the disk thread with d_lock held. */
void	disk_probe_slices(struct disk *dp);
/*
 * Report a slice (sl NULL) or a partition of slice sl that was found; the
 * caller fills in types and the label's name.
 */
struct diskpart *disk_found(struct disk *dp, struct diskpart *sl,
	    u_int slice, u_int part, u_int64_t offset, u_int64_t size);
/*
 * Bring the nodes up to date after a probe: alias names follow the parts,
 * parts that were not seen go.
 */
void	disk_settle(struct disk *dp);
/* Bytes at offset of the disk, through the driver. */
int	disk_raw_read(struct disk *dp, u_int64_t offset, void *buf, int n);
int	disk_raw_write(struct disk *dp, u_int64_t offset, void *buf, int n);
int	uuid_is_nil(const struct uuid *u);

/* subr_disklabel.c: look for a label on a slice, report its partitions. */
void	disk_probe_label(struct disk *dp, struct diskpart *sl);
/* Forget the label of a slice. */
void	disk_label_free(struct diskpart *sl);
/* Ioctls on labels; ENOIOCTL if it is none. */
int	disk_label_ioctl(struct disk *dp, struct diskpart *pt,
	    struct dev_ioctl_args *ap);

/* subr_devstat.c: a disk's statistics; each request starts and ends once. */
struct buf;
void	disk_stat_attach(struct disk *dp);
void	disk_stat_detach(struct disk *dp);
void	disk_stat_start(struct disk *dp);
void	disk_stat_end(struct disk *dp, const struct buf *bp);

#endif /* !_KERN_SUBR_DISK_H_ */
