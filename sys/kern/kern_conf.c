/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Making and destroying devices.  A cdev is reference counted: one reference
 * is the maker's, dropped by destroy_dev(), others are held by vnodes and
 * devfs nodes.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/conf.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/vnode.h>
#include <machine/atomic.h>
#include <machine/stdarg.h>
#include <vfs/devfs/devfs.h>

cdev_t rootdev;
cdev_t dumpdev;

/*
 * A driver's major number: given out when it makes its first device, so that
 * major and minor together tell devices apart.
 */
static int
dev_ops_major(struct dev_ops *ops)
{
	static volatile u_int next_major;

	if (ops->head.id == 0)
		ops->head.id = atomic_fetchadd_int(&next_major, 1) + 1;
	return (ops->head.id & 0xff);
}

static cdev_t
make_dev_common(struct dev_ops *ops, int minor, uid_t uid, gid_t gid,
    int perms, const char *fmt, __va_list ap)
{
	cdev_t dev;

	compile_dev_ops(ops);
	dev = kmalloc(sizeof(*dev), M_DEVFS, M_WAITOK | M_ZERO);
	dev->si_refs = 1;
	dev->si_ops = ops;
	dev->si_umajor = dev_ops_major(ops);
	dev->si_uminor = minor;
	dev->si_uid = uid;
	dev->si_gid = gid;
	dev->si_perms = perms;
	dev->si_bsize_phys = DEV_BSIZE;
	dev->si_iosize_max = MAXPHYS;
	lockinit(&dev->si_lock, "cdev", 0, LK_CANRECURSE);
	TAILQ_INIT(&dev->si_hlist);
	SLIST_INIT(&dev->si_kqinfo.ki_note);
	kvsnprintf(dev->si_name, sizeof(dev->si_name), fmt, ap);
	return (dev);
}

cdev_t
make_dev(struct dev_ops *ops, int minor, uid_t uid, gid_t gid, int perms,
    const char *fmt, ...)
{
	__va_list ap;
	cdev_t dev;

	__va_start(ap, fmt);
	dev = make_dev_common(ops, minor, uid, gid, perms, fmt, ap);
	__va_end(ap);
	devfs_link_dev(dev);
	return (dev);
}

/* bops are called below ops by layers such as the disk layer. */
cdev_t
make_dev_covering(struct dev_ops *ops, struct dev_ops *bops, int minor,
    uid_t uid, gid_t gid, int perms, const char *fmt, ...)
{
	__va_list ap;
	cdev_t dev;

	compile_dev_ops(bops);
	__va_start(ap, fmt);
	dev = make_dev_common(ops, minor, uid, gid, perms, fmt, ap);
	__va_end(ap);
	devfs_link_dev(dev);
	return (dev);
}

cdev_t
make_only_dev(struct dev_ops *ops, int minor, uid_t uid, gid_t gid,
    int perms, const char *fmt, ...)
{
	__va_list ap;
	cdev_t dev;

	__va_start(ap, fmt);
	dev = make_dev_common(ops, minor, uid, gid, perms, fmt, ap);
	__va_end(ap);
	return (dev);
}

cdev_t
make_only_devfs_dev(struct dev_ops *ops, int minor, uid_t uid, gid_t gid,
    int perms, const char *fmt, ...)
{
	__va_list ap;
	cdev_t dev;

	__va_start(ap, fmt);
	dev = make_dev_common(ops, minor, uid, gid, perms, fmt, ap);
	__va_end(ap);
	devfs_link_dev(dev);
	return (dev);
}

cdev_t
make_autoclone_dev(struct dev_ops *ops, struct devfs_bitmap *bitmap,
    d_clone_t *nclone, uid_t uid, gid_t gid, int perms, const char *fmt, ...)
{
	__va_list ap;
	cdev_t dev;

	__va_start(ap, fmt);
	dev = make_dev_common(ops, 0xffff00ff, uid, gid, perms, fmt, ap);
	__va_end(ap);
	if (bitmap != NULL)
		devfs_clone_bitmap_init(bitmap);
	devfs_clone_handler_add(dev->si_name, nclone);
	devfs_link_dev(dev);
	return (dev);
}

void
destroy_autoclone_dev(cdev_t dev, struct devfs_bitmap *bitmap)
{
	if (dev == NULL)
		return;
	devfs_clone_handler_del(dev->si_name);
	if (bitmap != NULL)
		devfs_clone_bitmap_uninit(bitmap);
	destroy_dev(dev);
}

void
destroy_dev(cdev_t dev)
{
	if (dev == NULL || (dev->si_flags & SI_DESTROYED))
		return;
	dev->si_flags |= SI_DESTROYED;
	devfs_unlink_dev(dev);
	dev->si_ops = &dead_dev_ops;
	release_dev(dev);
}

void
destroy_only_dev(cdev_t dev)
{
	destroy_dev(dev);
}

struct destroy_match {
	struct dev_ops	*ops;
	u_int		mask, match;
	cdev_t		found;
};

static void
destroy_match_one(cdev_t dev, void *arg)
{
	struct destroy_match *m = arg;

	if (m->found == NULL && dev->si_ops == m->ops &&
	    (dev->si_uminor & m->mask) == m->match)
		m->found = dev;
}

void
destroy_all_devs(struct dev_ops *ops, u_int mask, u_int match)
{
	struct destroy_match m = { ops, mask, match, NULL };

	for (;;) {
		m.found = NULL;
		devfs_scan_callback(destroy_match_one, &m);
		if (m.found == NULL)
			break;
		destroy_dev(m.found);
	}
}

int
dev_ops_remove_all(struct dev_ops *ops)
{
	destroy_all_devs(ops, 0, 0);
	return (0);
}

int
dev_ops_remove_minor(struct dev_ops *ops, int minor)
{
	destroy_all_devs(ops, (u_int)-1, minor);
	return (0);
}

int
make_dev_alias(cdev_t target, const char *fmt, ...)
{
	char name[SPECNAMELEN + 1];
	__va_list ap;

	__va_start(ap, fmt);
	kvsnprintf(name, sizeof(name), fmt, ap);
	__va_end(ap);
	return (devfs_link_alias(target, name));
}

int
destroy_dev_alias(cdev_t target, const char *fmt, ...)
{
	char name[SPECNAMELEN + 1];
	__va_list ap;

	__va_start(ap, fmt);
	kvsnprintf(name, sizeof(name), fmt, ap);
	__va_end(ap);
	return (devfs_unlink_alias(target, name));
}

cdev_t
reference_dev(cdev_t dev)
{
	if (dev != NULL)
		atomic_add_int(&dev->si_refs, 1);
	return (dev);
}

void
release_dev(cdev_t dev)
{
	if (dev != NULL && atomic_fetchadd_int(&dev->si_refs, -1) == 1)
		kfree(dev, M_DEVFS);
}

int
dev_is_good(cdev_t dev)
{
	return (dev != NULL && dev->si_ops != &dead_dev_ops);
}

cdev_t
kgetdiskbyname(const char *name)
{
	if (strncmp(name, "/dev/", 5) == 0)
		name += 5;
	return (devfs_find_device_by_name("%s", name));
}

int
lminor(cdev_t dev)
{
	return (dev != NULL ? dev->si_uminor : -1);
}

dev_t
devid_from_dev(cdev_t dev)
{
	if (dev == NULL)
		return ((dev_t)-1);
	return (makeudev(dev->si_umajor, dev->si_uminor));
}

const char *
devtoname(cdev_t dev)
{
	return (dev == NULL ? "#nodev" : dev->si_name);
}
