/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The disk layer: drivers register disks, the disk layer reads the slice
 * table and labels and makes the nodes of the disk, its slices, partitions
 * and aliases in /dev.
 *
 * A driver fills a struct disk_info and calls disk_create() and
 * disk_setdiskinfo().  Its strategy function is called with bio_offset in
 * bytes from the start of the disk, checked and aligned to the sector size,
 * on any thread and any CPU, and finishes with biodone().
 */
#ifndef _SYS_DISK_H_
#define _SYS_DISK_H_

#include <sys/types.h>
#include <sys/ioccom.h>
#include <sys/diskslice.h>

#ifdef _KERNEL

#include <sys/conf.h>
#include <sys/devicestat.h>
#include <sys/lock.h>
#include <sys/queue.h>
#include <sys/spinlock.h>

struct bio;
struct diskpart;

/* The medium, as the driver knows it. */
struct disk_info {
	u_int64_t	d_media_size;	/* bytes; or 0 and blocks */
	u_int64_t	d_media_blocks;	/* sectors */
	int		d_media_blksize; /* bytes a sector */
	u_int		d_dsflags;	/* DSO_* */
	u_int		d_type;		/* DTYPE_* */
	u_int		d_nheads;
	u_int		d_ncylinders;
	u_int		d_secpertrack;
	u_int		d_secpercyl;
	u_int		d_trimflag;
	char		*d_serialno;	/* copied; NULL: none */
};

/* d_dsflags */
#define DSO_NOLABELS		0x0001
#define DSO_ONESLICE		0x0002
#define DSO_COMPATLABEL		0x0004	/* 'a' and 'c' when unlabelled */
#define DSO_COMPATPARTA		0x0008
#define DSO_COMPATMBR		0x0010
#define DSO_RAWEXTENSIONS	0x0020
#define DSO_MBRQUIET		0x0040
#define DSO_DEVICEMAPPER	0x0080
#define DSO_RAWPSIZE		0x0100

/*
 * Locks: (d) disk list lock; (k) d_lock; (I) immutable after creation;
 * (l), (s) see kern/subr_devstat.c.
 */
struct disk {
	TAILQ_ENTRY(disk) d_list;	/* (d) */
	struct dev_ops	*d_raw_ops;	/* (I) the driver's */
	int		d_unit;		/* (I) */
	cdev_t		d_rawdev;	/* (I) what the driver sees */
	cdev_t		d_cdev;		/* (I) whole-disk node */
	struct lock	d_lock;
	struct disk_info d_info;	/* (k) */
	TAILQ_HEAD(, diskpart) d_parts;	/* (k) slices and partitions */
	int		d_flags;	/* (k) DISKFLAG_* */
	char		*d_serial;	/* (k) cleaned serial number */
	int		d_opens;	/* (k) */
	TAILQ_ENTRY(disk) d_statlist;	/* (l) */
	struct spinlock	d_statspin;
	struct devstat	d_stat;		/* (s) */
};

#define DISKFLAG_LOCK	0x1
#define DISKFLAG_WANTED	0x2
#define DISKFLAG_MARKER	0x4
#define DISKFLAG_GONE	0x8		/* disk_destroy() began */
#define DISKFLAG_WRITTEN 0x10		/* written raw since probed */

/* Make the disk's node; returns the device the driver sets si_drv1 of. */
cdev_t	disk_create(int unit, struct disk *dp, struct dev_ops *raw_ops);
cdev_t	disk_create_named(const char *name, int unit, struct disk *dp,
	    struct dev_ops *raw_ops);
/*
 * The lowest free unit number of a name ("da"), which must stay; given back
 * when the disk is gone.  May sleep.
 */
int	disk_unit_alloc(const char *name);
void	disk_unit_free(const char *name, int unit);
/* Medium present or changed: probe tables and make nodes. */
int	disk_setdiskinfo(struct disk *dp, struct disk_info *info);
int	disk_setdiskinfo_sync(struct disk *dp, struct disk_info *info);
/* Medium removed: nodes below the disk go. */
void	disk_invalidate(struct disk *dp);
/* The disk is gone: all nodes go; sleeps until nobody is in the driver. */
void	disk_destroy(struct disk *dp);
/* Wait until all disks announced so far are probed. */
void	disk_config(void *arg);
/* Next disk after dp (NULL: first) whose name starts with name. */
struct disk *disk_enumerate(struct disk *dp, const char *name);
/* Name of a disk's n-th node, for the root mount's help. */
void	disk_list(void (*func)(const char *name, void *arg), void *arg);
/* Read bytes at offset of dev into buf; both multiples of the sector. */
int	disk_read(cdev_t dev, off_t offset, void *buf, int bytes);

#endif /* _KERNEL */

#endif /* !_SYS_DISK_H_ */
