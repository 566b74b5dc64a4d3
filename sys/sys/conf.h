/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Devices as the kernel knows them: struct cdev, made by make_dev() and
 * shown in /dev by devfs.
 */
#ifndef _SYS_CONF_H_
#define _SYS_CONF_H_

#define SPECNAMELEN	63		/* longest device name */

#ifdef _KERNEL

#include <sys/types.h>
#include <sys/queue.h>
#include <sys/device.h>
#include <sys/event.h>
#include <sys/lock.h>

struct devfs_bitmap;
struct disk;
struct tty;
struct vnode;

/*
 * Locks: (d) devfs_lock; (I) immutable; (a) atomic; others are the driver's.
 */
struct cdev {
	TAILQ_ENTRY(cdev) si_link;	/* (d) all devices */
	u_int		si_flags;	/* (d) SI_* */
	u_int		si_refs;	/* (a) memory */
	uid_t		si_uid;		/* (I) initial owner */
	gid_t		si_gid;
	int		si_perms;
	u_int		si_umajor;	/* (I) */
	u_int		si_uminor;	/* (I) the driver's unit and such */
	ino_t		si_inode;	/* (I) */
	struct dev_ops	*si_ops;	/* dead_dev_ops once destroyed */
	void		*si_drv1;	/* driver's own */
	void		*si_drv2;
	void		*si_drv3;
	struct tty	*si_tty;
	struct disk	*si_disk;	/* disk layer */
	struct kqinfo	si_kqinfo;
	struct vnode	*si_mountpoint_vp; /* mounted here */
	struct lock	si_lock;	/* open and close */
	u_int		si_opens;	/* (a) open vnodes' opens */
	int		si_bsize_phys;	/* sector, bytes */
	int		si_bsize_best;
	int		si_iosize_max;	/* bytes */
	uint64_t	si_lastread;	/* time_uptime */
	uint64_t	si_lastwrite;
	TAILQ_HEAD(, vnode) si_hlist;	/* (s) vnodes of this device */
	char		si_name[SPECNAMELEN + 1]; /* (I) path in /dev */
};

/* si_flags */
#define SI_HASHED	0x0001
#define SI_OVERRIDE	0x0002		/* uid, gid, perms are final */
#define SI_INTERCEPTED	0x0004
#define SI_DEVFS_LINKED	0x0008		/* visible in /dev */
#define SI_REPROBE_TEST	0x0010
#define SI_CANFREE	0x0020
#define SI_DESTROYED	0x0040
#define SI_HIDDEN	0x0080		/* not listed until opened */

/* Usual owners and groups. */
#define UID_ROOT	0
#define UID_BIN		3
#define UID_UUCP	66
#define GID_WHEEL	0
#define GID_KMEM	2
#define GID_TTY		4
#define GID_OPERATOR	5
#define GID_BIN		7
#define GID_GAMES	13
#define GID_DIALER	68

/*
 * Make a device and show it in /dev under the formatted name, which may
 * contain slashes.  The returned device is referenced for the caller's
 * destroy_dev().  May sleep.
 */
cdev_t	make_dev(struct dev_ops *ops, int minor, uid_t uid, gid_t gid,
	    int perms, const char *fmt, ...) __printflike(6, 7);
/* The same, returning once the node is there (make_dev() does, too). */
cdev_t	make_dev_covering(struct dev_ops *ops, struct dev_ops *bops,
	    int minor, uid_t uid, gid_t gid, int perms, const char *fmt, ...)
	    __printflike(7, 8);
/* A device that is not shown. */
cdev_t	make_only_dev(struct dev_ops *ops, int minor, uid_t uid, gid_t gid,
	    int perms, const char *fmt, ...) __printflike(6, 7);
cdev_t	make_only_devfs_dev(struct dev_ops *ops, int minor, uid_t uid,
	    gid_t gid, int perms, const char *fmt, ...) __printflike(6, 7);
/* A name whose lookup with any suffix asks nclone for a fresh device. */
cdev_t	make_autoclone_dev(struct dev_ops *ops, struct devfs_bitmap *bitmap,
	    d_clone_t *nclone, uid_t uid, gid_t gid, int perms,
	    const char *fmt, ...) __printflike(7, 8);
void	destroy_autoclone_dev(cdev_t dev, struct devfs_bitmap *bitmap);
/* Remove: the node goes, open files get ENXIO. */
void	destroy_dev(cdev_t dev);
void	destroy_only_dev(cdev_t dev);
void	destroy_all_devs(struct dev_ops *ops, u_int mask, u_int match);
/* Other names, which look like the device itself. */
int	make_dev_alias(cdev_t target, const char *fmt, ...)
	    __printflike(2, 3);
int	destroy_dev_alias(cdev_t target, const char *fmt, ...)
	    __printflike(2, 3);
cdev_t	reference_dev(cdev_t dev);
void	release_dev(cdev_t dev);
int	dev_ops_remove_all(struct dev_ops *ops);
int	dev_ops_remove_minor(struct dev_ops *ops, int minor);
/* By name as in /dev; unreferenced.  NULL if there is none. */
cdev_t	kgetdiskbyname(const char *name);
cdev_t	devfs_find_device_by_name(const char *fmt, ...) __printflike(1, 2);
/* By number; referenced, to be released with release_dev(). */
cdev_t	devfs_find_device_by_udev(dev_t udev);
int	dev_is_good(cdev_t dev);
int	lminor(cdev_t dev);
dev_t	devid_from_dev(cdev_t dev);
struct fiodname_args;
int	dev_copyout_name(cdev_t dev, struct fiodname_args *args);
const char *devtoname(cdev_t dev);

extern cdev_t	rootdev;
extern cdev_t	dumpdev;

#endif /* _KERNEL */

#endif /* !_SYS_CONF_H_ */
