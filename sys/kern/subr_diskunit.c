/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The disk layer: unit numbers.  Several drivers make disks of one name
 * (da, cd); each disk gets the lowest number that is free.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/devfs.h>
#include <sys/disk.h>
#include <sys/kernel.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/queue.h>

/* The units of a name.  Locks: (u) units_lock. */
struct disk_units {
	SLIST_ENTRY(disk_units) du_link;	/* (u) */
	const char	*du_name;		/* (I) */
	struct devfs_bitmap du_bitmap;		/* (u) */
};

static MALLOC_DEFINE(M_DISKUNIT, "diskunit", "unit numbers of disks");

static SLIST_HEAD(, disk_units) all_units = SLIST_HEAD_INITIALIZER(all_units);
static struct lock units_lock = LOCK_INITIALIZER("diskunit", 0, 0);

static struct disk_units *
units_of(const char *name)
{
	struct disk_units *du;

	SLIST_FOREACH(du, &all_units, du_link) {
		if (strcmp(du->du_name, name) == 0)
			return (du);
	}
	du = kmalloc(sizeof(*du), M_DISKUNIT, M_WAITOK | M_ZERO);
	du->du_name = name;
	devfs_clone_bitmap_init(&du->du_bitmap);
	SLIST_INSERT_HEAD(&all_units, du, du_link);
	return (du);
}

int
disk_unit_alloc(const char *name)
{
	int unit;

	lockmgr(&units_lock, LK_EXCLUSIVE);
	unit = devfs_clone_bitmap_get(&units_of(name)->du_bitmap, 0);
	lockmgr(&units_lock, LK_RELEASE);
	return (unit);
}

void
disk_unit_free(const char *name, int unit)
{
	lockmgr(&units_lock, LK_EXCLUSIVE);
	devfs_clone_bitmap_put(&units_of(name)->du_bitmap, unit);
	lockmgr(&units_lock, LK_RELEASE);
}
