/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Statistics of disks, kern.devstat: transfers, bytes and busy time, which
 * the disk layer counts for all drivers.  kern.devstat.all is the generation,
 * a long, followed by one struct devstat for each disk.
 *
 * Locks: (l) devstat_spin, the list; (s) d_statspin of the disk, its numbers.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/buf.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/spinlock2.h>
#include <sys/sysctl.h>
#include <sys/time.h>
#include "subr_disk.h"

static struct spinlock devstat_spin = SPINLOCK_INITIALIZER(devstat_spin,
    "devstat");
static TAILQ_HEAD(, disk) devstat_list = TAILQ_HEAD_INITIALIZER(devstat_list);
static u_int32_t devstat_number;	/* (l) of the next disk */
static int devstat_count;		/* (l) */
static long devstat_generation = 1;	/* (l) */
static int devstat_version = DEVSTAT_VERSION;

void
disk_stat_attach(struct disk *dp)
{
	struct devstat *ds = &dp->d_stat;
	struct disk *scan;
	const char *name = dp->d_cdev->si_name;
	size_t n = strlen(name);

	while (n > 0 && name[n - 1] >= '0' && name[n - 1] <= '9')
		n--;
	strlcpy(ds->device_name, name, MIN(n + 1, sizeof(ds->device_name)));
	ds->unit_number = dp->d_unit;
	ds->block_size = DEV_BSIZE;
	ds->flags = DEVSTAT_NO_ORDERED_TAGS;
	ds->device_type = DEVSTAT_TYPE_DIRECT;
	ds->priority = DEVSTAT_PRIORITY_DISK;
	if (strcmp(ds->device_name, "cd") == 0) {
		ds->device_type = DEVSTAT_TYPE_CDROM;
		ds->priority = DEVSTAT_PRIORITY_CD;
	} else if (strcmp(ds->device_name, "vn") == 0) {
		ds->priority = DEVSTAT_PRIORITY_OTHER;
	}
	getmicrouptime(&ds->dev_creation_time);
	spin_init(&dp->d_statspin, "diskstat");
	spin_lock(&devstat_spin);
	ds->device_number = devstat_number++;
	devstat_count++;
	devstat_generation++;
	/* The most important ones first. */
	TAILQ_FOREACH(scan, &devstat_list, d_statlist) {
		if (scan->d_stat.priority < ds->priority)
			break;
	}
	if (scan != NULL)
		TAILQ_INSERT_BEFORE(scan, dp, d_statlist);
	else
		TAILQ_INSERT_TAIL(&devstat_list, dp, d_statlist);
	spin_unlock(&devstat_spin);
}

void
disk_stat_detach(struct disk *dp)
{
	spin_lock(&devstat_spin);
	TAILQ_REMOVE(&devstat_list, dp, d_statlist);
	devstat_count--;
	devstat_generation++;
	spin_unlock(&devstat_spin);
}

void
disk_stat_start(struct disk *dp)
{
	struct timeval now;

	microuptime(&now);
	spin_lock(&dp->d_statspin);
	if (dp->d_stat.busy_count++ == 0)
		dp->d_stat.start_time = now;
	spin_unlock(&dp->d_statspin);
}

void
disk_stat_end(struct disk *dp, const struct buf *bp)
{
	struct devstat *ds = &dp->d_stat;
	uint64_t bytes = bp->b_bcount - bp->b_resid;
	struct timeval now, spent;

	microuptime(&now);
	spin_lock(&dp->d_statspin);
	switch (bp->b_cmd) {
	case BUF_CMD_READ:
		ds->num_reads++;
		ds->bytes_read += bytes;
		break;
	case BUF_CMD_WRITE:
		ds->num_writes++;
		ds->bytes_written += bytes;
		break;
	case BUF_CMD_FREEBLKS:
		ds->num_frees++;
		ds->bytes_freed += bytes;
		break;
	default:
		ds->num_other++;
		break;
	}
	/* Busy since the last request ended, or since there was one. */
	spent = now;
	timevalsub(&spent, &ds->start_time);
	timevaladd(&ds->busy_time, &spent);
	ds->start_time = now;
	ds->last_comp_time = now;
	ds->busy_count--;
	spin_unlock(&dp->d_statspin);
}

static int
sysctl_devstat_all(SYSCTL_HANDLER_ARGS)
{
	struct devstat *copy;
	struct disk *dp;
	long generation;
	int count, n = 0, error;

	/* A disk more than asked for would be left out: ask again. */
	spin_lock(&devstat_spin);
	count = devstat_count;
	spin_unlock(&devstat_spin);
	copy = kmalloc((count + 1) * sizeof(*copy), M_TEMP,
	    M_WAITOK | M_ZERO);
	spin_lock(&devstat_spin);
	generation = devstat_generation;
	TAILQ_FOREACH(dp, &devstat_list, d_statlist) {
		if (n == count)
			break;
		spin_lock(&dp->d_statspin);
		copy[n++] = dp->d_stat;
		spin_unlock(&dp->d_statspin);
	}
	spin_unlock(&devstat_spin);
	error = SYSCTL_OUT(req, &generation, sizeof(generation));
	if (error == 0 && n > 0)
		error = SYSCTL_OUT(req, copy, n * sizeof(*copy));
	kfree(copy, M_TEMP);
	return (error);
}

SYSCTL_NODE(_kern, OID_AUTO, devstat, CTLFLAG_RD, 0, "Statistics of disks");
SYSCTL_PROC(_kern_devstat, OID_AUTO, all, CTLFLAG_RD | CTLTYPE_OPAQUE,
    NULL, 0, sysctl_devstat_all, "S,devstat", "All disks");
SYSCTL_INT(_kern_devstat, OID_AUTO, numdevs, CTLFLAG_RD, &devstat_count, 0,
    "Number of disks");
SYSCTL_LONG(_kern_devstat, OID_AUTO, generation, CTLFLAG_RD,
    &devstat_generation, 0, "Changes when disks come and go");
SYSCTL_INT(_kern_devstat, OID_AUTO, version, CTLFLAG_RD, &devstat_version, 0,
    "Version of struct devstat");
