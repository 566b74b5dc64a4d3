/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The disk layer: nodes of disks, slices and partitions, and I/O on them.
 *
 * The driver's own device (d_rawdev) is not visible; the nodes' operations
 * are disk_ops, which check a request against the slice's bounds, add its
 * offset and pass it to the driver.  Tables and labels are read by one
 * kernel thread, so that drivers may announce media from interrupt threads.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/buf.h>
#include <sys/buf2.h>
#include <sys/conf.h>
#include <sys/devfs.h>
#include <sys/fcntl.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/spinlock2.h>
#include <sys/stat.h>
#include <sys/sysctl.h>
#include <sys/thread2.h>
#include <sys/vnode.h>
#include "subr_disk.h"

static MALLOC_DEFINE(M_DISK, "disk", "disks, slices, partitions");

/* Where a slice's label may lie: a write there makes its close probe it. */
#define DISK_LABEL_AREA	4096

static d_open_t		diskopen;
static d_close_t	diskclose;
static d_ioctl_t	diskioctl;
static d_strategy_t	diskstrategy;
static d_psize_t	diskpsize;
static d_dump_t		diskdump;

static struct dev_ops disk_ops = {
	{ "disk", 0, D_DISK | D_MPSAFE | D_TRACKCLOSE },
	.d_open = diskopen,
	.d_close = diskclose,
	.d_read = physread,
	.d_write = physwrite,
	.d_ioctl = diskioctl,
	.d_strategy = diskstrategy,
	.d_psize = diskpsize,
	.d_dump = diskdump
};

/* Disks, and those that wait to be probed. */
struct disk_event {
	TAILQ_ENTRY(disk_event) de_link;
	struct disk	*de_disk;
};
static struct spinlock disk_spin = SPINLOCK_INITIALIZER(disk_spin, "disk");
static TAILQ_HEAD(, disk) disklist = TAILQ_HEAD_INITIALIZER(disklist);
static TAILQ_HEAD(, disk_event) disk_events =
    TAILQ_HEAD_INITIALIZER(disk_events);
static int disk_pending;		/* (disk_spin) events not done */

static int
disk_io(cdev_t dev, buf_cmd_t cmd, off_t offset, void *buf, int bytes)
{
	struct buf *bp = getpbuf(NULL);
	int error;

	bp->b_cmd = cmd;
	bp->b_data = buf;
	bp->b_bcount = bytes;
	bp->b_bufsize = bytes;
	bp->b_bio1.bio_offset = offset;
	bp->b_bio1.bio_done = biodone_sync;
	bp->b_bio1.bio_flags = BIO_SYNC;
	dev_dstrategy(dev, &bp->b_bio1);
	error = biowait(&bp->b_bio1, "diskrd");
	if (error == 0 && bp->b_resid != 0)
		error = EIO;
	relpbuf(bp, NULL);
	return (error);
}

int
disk_read(cdev_t dev, off_t offset, void *buf, int bytes)
{
	return (disk_io(dev, BUF_CMD_READ, offset, buf, bytes));
}

static int
disk_raw_io(struct disk *dp, buf_cmd_t cmd, u_int64_t offset, void *buf,
    int n)
{
	if (n <= 0 || offset + n > dp->d_info.d_media_size)
		return (EINVAL);
	return (disk_io(dp->d_rawdev, cmd, offset, buf, n));
}

int
disk_raw_read(struct disk *dp, u_int64_t offset, void *buf, int n)
{
	return (disk_raw_io(dp, BUF_CMD_READ, offset, buf, n));
}

int
disk_raw_write(struct disk *dp, u_int64_t offset, void *buf, int n)
{
	return (disk_raw_io(dp, BUF_CMD_WRITE, offset, buf, n));
}

int
uuid_is_nil(const struct uuid *u)
{
	static const struct uuid nil;

	return (bcmp(u, &nil, sizeof(nil)) == 0);
}

/*
 * Probing.
 */
static void
uuid_name(const struct uuid *u, char *buf, size_t size)
{
	ksnprintf(buf, size, "%08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x",
	    u->time_low, u->time_mid, u->time_hi_and_version,
	    u->clock_seq_hi_and_reserved, u->clock_seq_low, u->node[0],
	    u->node[1], u->node[2], u->node[3], u->node[4], u->node[5]);
}

/* Make (or remove) the alias that a label's name gives a part. */
static void
disk_alias_label(struct diskpart *pt, const char *label, int make)
{
	int (*change)(cdev_t, const char *, ...) = make ? make_dev_alias :
	    destroy_dev_alias;

	if (label[0] == 0 || strchr(label, '/') != NULL)
		return;
	if (pt->dp_part == WHOLE_SLICE_PART)
		change(pt->dp_dev, "by-label/%s", label);
	else
		change(pt->dp_dev, "part-by-label/%s.%c", label,
		    'a' + pt->dp_part);
}

static void
disk_alias_uuid(struct diskpart *pt, const struct uuid *u, int make)
{
	int (*change)(cdev_t, const char *, ...) = make ? make_dev_alias :
	    destroy_dev_alias;
	char name[64];

	if (uuid_is_nil(u))
		return;
	uuid_name(u, name, sizeof(name));
	change(pt->dp_dev, "%s-by-uuid/%s",
	    pt->dp_part == WHOLE_SLICE_PART ? "slice" : "part", name);
}

/* The aliases of a part follow its label and uuid. */
static void
disk_update_aliases(struct diskpart *pt)
{
	if (strcmp(pt->dp_label, pt->dp_alias_label) != 0) {
		disk_alias_label(pt, pt->dp_alias_label, 0);
		disk_alias_label(pt, pt->dp_label, 1);
		strlcpy(pt->dp_alias_label, pt->dp_label,
		    sizeof(pt->dp_alias_label));
	}
	if (bcmp(&pt->dp_stor_uuid, &pt->dp_alias_uuid,
	    sizeof(struct uuid)) != 0) {
		disk_alias_uuid(pt, &pt->dp_alias_uuid, 0);
		disk_alias_uuid(pt, &pt->dp_stor_uuid, 1);
		pt->dp_alias_uuid = pt->dp_stor_uuid;
	}
}

/* The node of a part, sN or sNp of its disk. */
static void
disk_make_node(struct disk *dp, struct diskpart *pt)
{
	u_int sno = pt->dp_slice == COMPATIBILITY_SLICE ? 0 :
	    pt->dp_slice - 1;
	char suffix[16], letter[2] = { 0, 0 };

	if (pt->dp_part != WHOLE_SLICE_PART)
		letter[0] = 'a' + pt->dp_part;
	ksnprintf(suffix, sizeof(suffix), "s%u%s", sno, letter);
	pt->dp_dev = make_dev(&disk_ops, dkmakeminor(dp->d_unit, pt->dp_slice,
	    pt->dp_part), UID_ROOT, GID_OPERATOR, 0640, "%s%s",
	    dp->d_cdev->si_name, suffix);
	pt->dp_dev->si_disk = dp;
	pt->dp_dev->si_umajor = dp->d_rawdev->si_umajor;
	pt->dp_dev->si_drv2 = pt;
	if (dp->d_serial != NULL)
		make_dev_alias(pt->dp_dev, "serno/%s.%s", dp->d_serial,
		    suffix);
}

struct diskpart *
disk_found(struct disk *dp, struct diskpart *sl, u_int slice, u_int part,
    u_int64_t offset, u_int64_t size)
{
	struct diskpart *pt;

	TAILQ_FOREACH(pt, &dp->d_parts, dp_link) {
		if (pt->dp_slice == slice && pt->dp_part == part)
			break;
	}
	if (pt == NULL) {
		pt = kmalloc(sizeof(*pt), M_DISK, M_WAITOK | M_ZERO);
		pt->dp_disk = dp;
		pt->dp_slice = slice;
		pt->dp_part = part;
		pt->dp_whole = sl != NULL ? sl : pt;
		TAILQ_INSERT_TAIL(&dp->d_parts, pt, dp_link);
	}
	pt->dp_whole = sl != NULL ? sl : pt;
	pt->dp_offset = offset;
	pt->dp_size = size;
	pt->dp_seen = 1;
	pt->dp_fstype = 0;
	bzero(&pt->dp_type_uuid, sizeof(pt->dp_type_uuid));
	bzero(&pt->dp_stor_uuid, sizeof(pt->dp_stor_uuid));
	pt->dp_label[0] = 0;
	if (pt->dp_dev == NULL)
		disk_make_node(dp, pt);
	pt->dp_dev->si_bsize_phys = dp->d_info.d_media_blksize;
	pt->dp_dev->si_iosize_max = dp->d_rawdev->si_iosize_max;
	return (pt);
}

/* So many opens are no more; with the last one the driver closes. */
static void
disk_closed(struct disk *dp, int opens)
{
	if (opens <= 0 || dp->d_opens == 0)
		return;
	dp->d_opens -= MIN(opens, dp->d_opens);
	if (dp->d_opens == 0)
		dev_dclose(dp->d_rawdev, FREAD, S_IFCHR, NULL);
}

void
disk_settle(struct disk *dp)
{
	struct diskpart *pt, *next;

	for (pt = TAILQ_FIRST(&dp->d_parts); pt != NULL; pt = next) {
		next = TAILQ_NEXT(pt, dp_link);
		if (pt->dp_seen) {
			disk_update_aliases(pt);
			continue;
		}
		TAILQ_REMOVE(&dp->d_parts, pt, dp_link);
		disk_label_free(pt);
		/* Its closes will not reach us. */
		disk_closed(dp, pt->dp_dev->si_opens);
		destroy_dev(pt->dp_dev);
		/* Requests that got in before still look at it: kept dead. */
		pt->dp_size = 0;
	}
}

static void
disk_probe(struct disk *dp)
{
	struct diskpart *pt;

	lockmgr(&dp->d_lock, LK_EXCLUSIVE);
	if ((dp->d_flags & DISKFLAG_GONE) == 0) {
		TAILQ_FOREACH(pt, &dp->d_parts, dp_link)
			pt->dp_seen = 0;
		if (dp->d_info.d_media_blocks > 0) {
			if (dp->d_serial != NULL)
				make_dev_alias(dp->d_cdev, "serno/%s",
				    dp->d_serial);
			disk_probe_slices(dp);
		}
		disk_settle(dp);
		dp->d_flags &= ~DISKFLAG_WRITTEN;
	}
	lockmgr(&dp->d_lock, LK_RELEASE);
}

static void
disk_thread(void *arg)
{
	struct disk_event *de;

	for (;;) {
		spin_lock(&disk_spin);
		while ((de = TAILQ_FIRST(&disk_events)) == NULL)
			ssleep(&disk_events, &disk_spin, 0, "dskmsg", 0);
		TAILQ_REMOVE(&disk_events, de, de_link);
		spin_unlock(&disk_spin);
		disk_probe(de->de_disk);
		kfree(de, M_DISK);
		spin_lock(&disk_spin);
		disk_pending--;
		spin_unlock(&disk_spin);
		wakeup(&disk_pending);
	}
}

static void
disk_init(void *arg)
{
	struct thread *td;

	compile_dev_ops(&disk_ops);
	lwkt_create(disk_thread, NULL, &td, NULL, 0, -1, "disk probe");
}
SYSINIT(disk, SI_SUB_PRE_DRIVERS, SI_ORDER_FIRST, disk_init, NULL);

static void
disk_reprobe(struct disk *dp)
{
	struct disk_event *de = kmalloc(sizeof(*de), M_DISK, M_INTWAIT);

	de->de_disk = dp;
	spin_lock(&disk_spin);
	TAILQ_INSERT_TAIL(&disk_events, de, de_link);
	disk_pending++;
	spin_unlock(&disk_spin);
	wakeup(&disk_events);
}

void
disk_config(void *arg)
{
	spin_lock(&disk_spin);
	while (disk_pending > 0)
		ssleep(&disk_pending, &disk_spin, 0, "dskcfg", hz);
	spin_unlock(&disk_spin);
}

/*
 * The drivers' side.
 */
cdev_t
disk_create_named(const char *name, int unit, struct disk *dp,
    struct dev_ops *raw_ops)
{
	char buf[SPECNAMELEN + 1];

	bzero(dp, sizeof(*dp));
	if (name == NULL) {
		ksnprintf(buf, sizeof(buf), "%s%d", raw_ops->head.name, unit);
		name = buf;
	}
	dp->d_raw_ops = raw_ops;
	dp->d_unit = unit;
	lockinit(&dp->d_lock, "disk", 0, LK_CANRECURSE);
	TAILQ_INIT(&dp->d_parts);
	dp->d_rawdev = make_only_dev(raw_ops, dkmakeminor(unit,
	    WHOLE_DISK_SLICE, WHOLE_SLICE_PART), UID_ROOT, GID_OPERATOR,
	    0640, "%s", name);
	dp->d_rawdev->si_disk = dp;
	dp->d_cdev = make_dev(&disk_ops, dkmakeminor(unit, WHOLE_DISK_SLICE,
	    WHOLE_SLICE_PART), UID_ROOT, GID_OPERATOR, 0640, "%s", name);
	dp->d_cdev->si_disk = dp;
	dp->d_cdev->si_umajor = dp->d_rawdev->si_umajor;
	disk_stat_attach(dp);
	spin_lock(&disk_spin);
	TAILQ_INSERT_HEAD(&disklist, dp, d_list);
	spin_unlock(&disk_spin);
	return (dp->d_rawdev);
}

cdev_t
disk_create(int unit, struct disk *dp, struct dev_ops *raw_ops)
{
	return (disk_create_named(NULL, unit, dp, raw_ops));
}

static char *
disk_clean_serial(const char *serno)
{
	char *s, *p;

	if (serno == NULL || serno[0] == 0 ||
	    (serno[0] == ' ' && serno[1] == 0))
		return (NULL);
	s = kmalloc(strlen(serno) + 1, M_DISK, M_WAITOK);
	strcpy(s, serno);
	for (p = s; *p != 0; p++) {
		if (!isalnum((u_char)*p) && *p != '-' && *p != '@' &&
		    *p != '+' && *p != '.')
			*p = '_';
	}
	return (s);
}

int
disk_setdiskinfo(struct disk *dp, struct disk_info *info)
{
	lockmgr(&dp->d_lock, LK_EXCLUSIVE);
	dp->d_info = *info;
	info = &dp->d_info;
	if (dp->d_serial == NULL)
		dp->d_serial = disk_clean_serial(info->d_serialno);
	info->d_serialno = dp->d_serial;
	if (info->d_media_blksize <= 0)
		info->d_media_blksize = DEV_BSIZE;
	if (info->d_media_size == 0)
		info->d_media_size = info->d_media_blocks *
		    info->d_media_blksize;
	else
		info->d_media_blocks = info->d_media_size /
		    info->d_media_blksize;
	dp->d_cdev->si_bsize_phys = info->d_media_blksize;
	dp->d_rawdev->si_bsize_phys = info->d_media_blksize;
	dp->d_cdev->si_iosize_max = dp->d_rawdev->si_iosize_max;
	lockmgr(&dp->d_lock, LK_RELEASE);
	disk_reprobe(dp);
	return (0);
}

int
disk_setdiskinfo_sync(struct disk *dp, struct disk_info *info)
{
	disk_setdiskinfo(dp, info);
	disk_config(NULL);
	return (0);
}

void
disk_invalidate(struct disk *dp)
{
	struct diskpart *pt;

	lockmgr(&dp->d_lock, LK_EXCLUSIVE);
	dp->d_info.d_media_blocks = 0;
	dp->d_info.d_media_size = 0;
	TAILQ_FOREACH(pt, &dp->d_parts, dp_link)
		pt->dp_seen = 0;
	disk_settle(dp);
	lockmgr(&dp->d_lock, LK_RELEASE);
}

void
disk_destroy(struct disk *dp)
{
	/* From here on no close asks for another probe. */
	lockmgr(&dp->d_lock, LK_EXCLUSIVE);
	dp->d_flags |= DISKFLAG_GONE;
	lockmgr(&dp->d_lock, LK_RELEASE);
	disk_config(NULL);
	disk_invalidate(dp);
	spin_lock(&disk_spin);
	TAILQ_REMOVE(&disklist, dp, d_list);
	spin_unlock(&disk_spin);
	disk_stat_detach(dp);
	destroy_dev(dp->d_cdev);
	destroy_only_dev(dp->d_rawdev);
	if (dp->d_serial != NULL)
		kfree(dp->d_serial, M_DISK);
	lockuninit(&dp->d_lock);
}

struct disk *
disk_enumerate(struct disk *dp, const char *name)
{
	spin_lock(&disk_spin);
	dp = dp != NULL ? TAILQ_NEXT(dp, d_list) : TAILQ_FIRST(&disklist);
	while (dp != NULL && name != NULL &&
	    strncmp(dp->d_cdev->si_name, name, strlen(name)) != 0)
		dp = TAILQ_NEXT(dp, d_list);
	spin_unlock(&disk_spin);
	return (dp);
}

static int
sysctl_disks(SYSCTL_HANDLER_ARGS)
{
	struct disk *dp = NULL;
	char *buf;
	size_t n = 0;
	int error;

	buf = kmalloc(8192, M_TEMP, M_WAITOK | M_ZERO);
	while ((dp = disk_enumerate(dp, NULL)) != NULL && n < 8000)
		n += ksnprintf(buf + n, 8192 - n, "%s%s", n ? " " : "",
		    dp->d_cdev->si_name);
	error = SYSCTL_OUT(req, buf, n + 1);
	kfree(buf, M_TEMP);
	return (error);
}
SYSCTL_PROC(_kern, OID_AUTO, disks, CTLTYPE_STRING | CTLFLAG_RD, NULL, 0,
    sysctl_disks, "A", "Names of available disks");

/*
 * The nodes' operations.
 */
/* The driver is asked each time, as it may allow reading only. */
static int
diskopen(struct dev_open_args *ap)
{
	struct disk *dp = ap->a_head.a_dev->si_disk;
	int error;

	lockmgr(&dp->d_lock, LK_EXCLUSIVE);
	if (dp->d_flags & DISKFLAG_GONE)
		error = ENXIO;
	else
		error = dev_dopen(dp->d_rawdev, ap->a_oflags,
		    ap->a_devtype, ap->a_cred, NULL, NULL);
	if (error == 0)
		dp->d_opens++;
	lockmgr(&dp->d_lock, LK_RELEASE);
	return (error);
}

static int
diskclose(struct dev_close_args *ap)
{
	cdev_t dev = ap->a_head.a_dev;
	struct disk *dp = dev->si_disk;
	struct diskpart *pt = dev->si_drv2;
	int reprobe = 0;

	lockmgr(&dp->d_lock, LK_EXCLUSIVE);
	disk_closed(dp, 1);
	if (dev->si_opens == 0 && (dp->d_flags & DISKFLAG_GONE) == 0) {
		if (pt == NULL && (dp->d_flags & DISKFLAG_WRITTEN)) {
			dp->d_flags &= ~DISKFLAG_WRITTEN;
			reprobe = 1;
		} else if (pt != NULL && pt->dp_whole == pt) {
			reprobe = pt->dp_lwritten;
			pt->dp_lwritten = 0;
		}
	}
	if (reprobe)
		disk_reprobe(dp);
	lockmgr(&dp->d_lock, LK_RELEASE);
	/* Whoever wrote a table finds the slices' nodes afterwards. */
	if (reprobe && pt == NULL)
		disk_config(NULL);
	return (0);
}

static void
disk_partinfo(struct disk *dp, struct diskpart *pt, struct partinfo *pi)
{
	struct disk_info *info = &dp->d_info;

	bzero(pi, sizeof(*pi));
	lockmgr(&dp->d_lock, LK_SHARED);
	pi->media_offset = pt != NULL ? pt->dp_offset : 0;
	pi->media_size = pt != NULL ? pt->dp_size : info->d_media_size;
	pi->media_blksize = info->d_media_blksize;
	pi->d_nheads = info->d_nheads;
	pi->d_ncylinders = info->d_ncylinders;
	pi->d_secpertrack = info->d_secpertrack;
	pi->d_secpercyl = info->d_secpercyl;
	if (info->d_media_blksize > 0)
		pi->media_blocks = pi->media_size / info->d_media_blksize;
	if (pt != NULL) {
		pi->fstype = pt->dp_fstype;
		pi->fstype_uuid = pt->dp_type_uuid;
		pi->storage_uuid = pt->dp_stor_uuid;
		if (info->d_media_blksize > 0)
			pi->reserved_blocks = pt->dp_reserved /
			    info->d_media_blksize;
	}
	lockmgr(&dp->d_lock, LK_RELEASE);
}

/*
 * DIOCSYNCSLICEINFO: read the tables anew.  Unless forced, only while nobody
 * else has the disk or a part of it open.
 */
static int
disk_sync_slices(struct disk *dp, struct diskpart *pt, int force)
{
	struct diskpart *scan;
	int error = 0;

	if (pt != NULL)
		return (EINVAL);
	lockmgr(&dp->d_lock, LK_EXCLUSIVE);
	if (!force) {
		if (dp->d_cdev->si_opens > 1)
			error = EBUSY;
		TAILQ_FOREACH(scan, &dp->d_parts, dp_link) {
			if (scan->dp_dev->si_opens > 0)
				error = EBUSY;
		}
	}
	if (error == 0)
		disk_reprobe(dp);
	lockmgr(&dp->d_lock, LK_RELEASE);
	if (error == 0)
		disk_config(NULL);
	return (error);
}

static int
diskioctl(struct dev_ioctl_args *ap)
{
	cdev_t dev = ap->a_head.a_dev;
	struct disk *dp = dev->si_disk;
	struct diskpart *pt = dev->si_drv2;
	int error;

	switch (ap->a_cmd) {
	case DIOCGPART:
		disk_partinfo(dp, pt, (struct partinfo *)ap->a_data);
		return (0);
	case DIOCSYNCSLICEINFO:
		return (disk_sync_slices(dp, pt, *(int *)ap->a_data));
	default:
		error = disk_label_ioctl(dp, pt, ap);
		if (error != ENOIOCTL)
			return (error);
		return (dev_dioctl(dp->d_rawdev, ap->a_cmd, ap->a_data,
		    ap->a_fflag, ap->a_cred, ap->a_sysmsg, ap->a_fp));
	}
}

/* The driver is done. */
static void
disk_done(struct bio *nbio)
{
	disk_stat_end(nbio->bio_caller_info1.ptr, nbio->bio_buf);
	biodone(nbio->bio_prev);
}

static int
diskstrategy(struct dev_strategy_args *ap)
{
	cdev_t dev = ap->a_head.a_dev;
	struct disk *dp = dev->si_disk;
	struct diskpart *pt = dev->si_drv2;
	struct bio *bio = ap->a_bio, *nbio;
	struct buf *bp = bio->bio_buf;
	u_int64_t size = pt != NULL ? pt->dp_size : dp->d_info.d_media_size;
	int sec = dp->d_info.d_media_blksize;

	bp->b_resid = 0;
	if (bp->b_cmd != BUF_CMD_FLUSH) {
		if (size == 0 || sec <= 0) {
			biofinish(bio, ENXIO);
			return (0);
		}
		if (bio->bio_offset < 0 || bp->b_bcount <= 0 ||
		    bio->bio_offset % sec != 0 || bp->b_bcount % sec != 0 ||
		    bio->bio_offset > size) {
			biofinish(bio, EINVAL);
			return (0);
		}
		if (bio->bio_offset == size) {
			/* The end: nothing was transferred. */
			bp->b_resid = bp->b_bcount;
			biodone(bio);
			return (0);
		}
		if (bio->bio_offset + bp->b_bcount > size) {
			/* Only raw transfers may reach over the end. */
			if ((bp->b_flags & B_PAGING) == 0) {
				biofinish(bio, EINVAL);
				return (0);
			}
			bp->b_bcount = size - bio->bio_offset;
		}
		if (bp->b_cmd == BUF_CMD_WRITE) {
			if (pt != NULL && bio->bio_offset < pt->dp_reserved) {
				if (!pt->dp_whole->dp_wlabel) {
					biofinish(bio, EROFS);
					return (0);
				}
			}
			if (pt != NULL && pt->dp_whole == pt &&
			    bio->bio_offset < DISK_LABEL_AREA)
				pt->dp_lwritten = 1;
			if (pt == NULL)
				dp->d_flags |= DISKFLAG_WRITTEN;
		}
	}
	nbio = push_bio(bio);
	nbio->bio_offset = bio->bio_offset + (pt != NULL ? pt->dp_offset : 0);
	nbio->bio_caller_info1.ptr = dp;
	nbio->bio_done = disk_done;
	disk_stat_start(dp);
	dev_dstrategy(dp->d_rawdev, nbio);
	return (0);
}

static int
diskpsize(struct dev_psize_args *ap)
{
	cdev_t dev = ap->a_head.a_dev;
	struct disk *dp = dev->si_disk;
	struct diskpart *pt = dev->si_drv2;

	if (dp->d_info.d_media_blksize <= 0)
		return (ENXIO);
	ap->a_result = (pt != NULL ? pt->dp_size : dp->d_info.d_media_size) /
	    dp->d_info.d_media_blksize;
	return (0);
}

static int
diskdump(struct dev_dump_args *ap)
{
	struct disk *dp = ap->a_head.a_dev->si_disk;
	struct diskpart *pt = ap->a_head.a_dev->si_drv2;

	return (dev_ddump(dp->d_rawdev, ap->a_virtual, ap->a_physical,
	    ap->a_offset + (pt != NULL ? pt->dp_offset : 0), ap->a_length));
}

struct disk_list_arg {
	void	(*func)(const char *name, void *arg);
	void	*arg;
};

static void
disk_list_one(cdev_t dev, void *arg)
{
	struct disk_list_arg *la = arg;

	if (dev->si_ops == &disk_ops)
		la->func(dev->si_name, la->arg);
}

void
disk_list(void (*func)(const char *name, void *arg), void *arg)
{
	struct disk_list_arg la = { func, arg };

	devfs_scan_callback(disk_list_one, &la);
}
