/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * devfs: services to drivers beyond make_dev(), and its mount arguments.
 */
#ifndef _SYS_DEVFS_H_
#define _SYS_DEVFS_H_

#include <sys/types.h>

#define DEVFS_MNT_RULESET	0x01
#define DEVFS_MNT_JAIL		0x02

struct devfs_mount_info {
	int	flags;
};

#ifdef _KERNEL

#include <sys/conf.h>
#include <sys/spinlock.h>

/* Allocator of unit numbers for cloning devices; grows as needed. */
struct devfs_bitmap {
	struct spinlock	db_spin;
	u_long		*db_map;	/* (s) a set bit is a free unit */
	int		db_words;	/* (s) */
};

void	devfs_clone_bitmap_init(struct devfs_bitmap *bitmap);
void	devfs_clone_bitmap_uninit(struct devfs_bitmap *bitmap);
/* The lowest free unit below limit (0: any), or -1; may sleep. */
int	devfs_clone_bitmap_get(struct devfs_bitmap *bitmap, int limit);
void	devfs_clone_bitmap_put(struct devfs_bitmap *bitmap, int unit);
int	devfs_clone_bitmap_chk(struct devfs_bitmap *bitmap, int unit);
void	devfs_clone_bitmap_set(struct devfs_bitmap *bitmap, int unit);

#define DEVFS_CLONE_BITMAP(name)	devfs_##name##_clone_bitmap
#define DEVFS_DECLARE_CLONE_BITMAP(name) \
	struct devfs_bitmap DEVFS_CLONE_BITMAP(name)

/*
 * A lookup in /dev of a name that is not there but starts with the handler's
 * calls it; it may make the device and return it in a_dev.
 */
int	devfs_clone_handler_add(const char *name, d_clone_t *nhandler);
int	devfs_clone_handler_del(const char *name);

/* Call for every device. */
int	devfs_scan_callback(void (*callback)(cdev_t dev, void *arg),
	    void *arg);
/* Wait until everything asked for before is visible. */
void	devfs_config(void);
/* Show or hide in listings (ptys show once they are open). */
void	devfs_hide(cdev_t dev);
void	devfs_show(cdev_t dev);
/* Nodes' owner and mode on all mounts. */
void	devfs_setattr(cdev_t dev, uid_t uid, gid_t gid, int perms);

#endif /* _KERNEL */

#endif /* !_SYS_DEVFS_H_ */
