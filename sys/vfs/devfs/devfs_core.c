/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * devfs: devices and the trees that show them.
 *
 * make_dev() (kern_conf.c) enters a device here.  It is put on devfs_devs
 * and a node for it is made in the tree of each mount; a new mount gets
 * nodes for all devices.  As nodes appear without the namecache's knowledge,
 * the mount's namecache generation is bumped, which makes negative entries
 * be looked up again.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mount.h>
#include <sys/spinlock2.h>
#include <sys/stat.h>
#include <vfs/devfs/devfs.h>

MALLOC_DEFINE(M_DEVFS, "devfs", "devfs nodes and devices");

struct lock devfs_lock = LOCK_INITIALIZER("devfs", 0, LK_CANRECURSE);

static TAILQ_HEAD(, cdev) devfs_devs = TAILQ_HEAD_INITIALIZER(devfs_devs);
static TAILQ_HEAD(, devfs_mnt) devfs_mnts =
    TAILQ_HEAD_INITIALIZER(devfs_mnts);
static ino_t devfs_next_inode = 16;

/* Other names of devices, kept for mounts yet to come. */
struct devfs_alias {
	TAILQ_ENTRY(devfs_alias) da_link;
	struct cdev	*da_dev;		/* referenced */
	char		da_name[];
};
static TAILQ_HEAD(, devfs_alias) devfs_aliases =
    TAILQ_HEAD_INITIALIZER(devfs_aliases);

struct devfs_cloner {
	TAILQ_ENTRY(devfs_cloner) dc_link;
	d_clone_t	*dc_func;
	size_t		dc_namlen;
	char		dc_name[];
};
static TAILQ_HEAD(, devfs_cloner) devfs_cloners =
    TAILQ_HEAD_INITIALIZER(devfs_cloners);

/*
 * Nodes.
 */
struct devfs_node *
devfs_node_find(struct devfs_node *dir, const char *name, int len)
{
	struct devfs_node *node;

	TAILQ_FOREACH(node, &dir->dn_list, dn_link) {
		if (node->dn_namlen == len &&
		    bcmp(node->dn_name, name, len) == 0)
			return (node);
	}
	return (NULL);
}

static struct devfs_node *
devfs_node_alloc(struct devfs_mnt *mnt, const char *name, int len,
    enum devfs_nodetype type)
{
	struct devfs_node *node;

	node = kmalloc(sizeof(*node) + len + 1, M_DEVFS, M_WAITOK | M_ZERO);
	TAILQ_INIT(&node->dn_list);
	node->dn_mnt = mnt;
	node->dn_type = type;
	node->dn_mode = type == Ndir ? 0755 : 0600;
	node->dn_nlink = type == Ndir ? 2 : 1;
	node->dn_namlen = len;
	bcopy(name, node->dn_name, len);
	node->dn_cookie = mnt->dm_nextcookie++;
	node->dn_ino = mnt->dm_nextino++;
	vfs_timestamp(&node->dn_ctime);
	node->dn_atime = node->dn_mtime = node->dn_ctime;
	mnt->dm_nodes++;
	return (node);
}

struct devfs_node *
devfs_node_create(struct devfs_node *dir, const char *name, int len,
    enum devfs_nodetype type)
{
	struct devfs_node *node;

	node = devfs_node_alloc(dir->dn_mnt, name, len, type);
	node->dn_parent = dir;
	TAILQ_INSERT_TAIL(&dir->dn_list, node, dn_link);
	if (type == Ndir)
		dir->dn_nlink++;
	vfs_timestamp(&dir->dn_mtime);
	dir->dn_ctime = dir->dn_mtime;
	dir->dn_mnt->dm_mp->mnt_namecache_gen++;
	return (node);
}

void
devfs_node_free(struct devfs_node *node)
{
	node->dn_mnt->dm_nodes--;
	if (node->dn_dev != NULL)
		release_dev(node->dn_dev);
	if (node->dn_target != NULL)
		kfree(node->dn_target, M_DEVFS);
	kfree(node, M_DEVFS);
}

/* Take a node out of its directory; its memory may belong to a vnode. */
void
devfs_node_remove(struct devfs_node *node)
{
	struct devfs_node *dir = node->dn_parent;
	struct vnode *vp;

	TAILQ_REMOVE(&dir->dn_list, node, dn_link);
	if (node->dn_type == Ndir)
		dir->dn_nlink--;
	node->dn_parent = NULL;
	node->dn_nlink = 0;
	node->dn_flags |= DN_REMOVED;
	vfs_timestamp(&dir->dn_mtime);
	vp = node->dn_vnode;
	if (vp == NULL) {
		devfs_node_free(node);
	} else {
		vfinalize(vp);
		cache_inval_vp(vp, CINV_DESTROY);
	}
}

/* A path of a device, directories made as needed. */
static struct devfs_node *
devfs_create_path(struct devfs_mnt *mnt, const char *path,
    enum devfs_nodetype type, struct cdev *dev)
{
	struct devfs_node *dir = mnt->dm_root, *node;
	const char *p;

	while ((p = strchr(path, '/')) != NULL) {
		if (p > path) {
			node = devfs_node_find(dir, path, p - path);
			if (node == NULL)
				node = devfs_node_create(dir, path, p - path,
				    Ndir);
			if (node->dn_type != Ndir)
				return (NULL);
			dir = node;
		}
		path = p + 1;
	}
	node = devfs_node_find(dir, path, strlen(path));
	if (node != NULL) {
		if (node->dn_dev == dev)
			return (node);
		if (node->dn_type == Ndir)
			return (NULL);
		devfs_node_remove(node);
	}
	node = devfs_node_create(dir, path, strlen(path), type);
	node->dn_dev = reference_dev(dev);
	node->dn_ino = dev->si_inode;
	node->dn_uid = dev->si_uid;
	node->dn_gid = dev->si_gid;
	node->dn_mode = dev->si_perms;
	if (dev->si_flags & SI_HIDDEN)
		node->dn_flags |= DN_UNLISTED;
	return (node);
}

static struct devfs_node *
devfs_find_path(struct devfs_mnt *mnt, const char *path)
{
	struct devfs_node *node = mnt->dm_root;
	const char *p;

	while (node != NULL && (p = strchr(path, '/')) != NULL) {
		if (p > path)
			node = devfs_node_find(node, path, p - path);
		path = p + 1;
	}
	return (node != NULL ? devfs_node_find(node, path, strlen(path)) :
	    NULL);
}

/* Remove a device's node, and directories that it leaves empty. */
static void
devfs_remove_path(struct devfs_mnt *mnt, const char *path, struct cdev *dev)
{
	struct devfs_node *node = devfs_find_path(mnt, path), *dir;

	if (node == NULL || node->dn_dev != dev)
		return;
	for (;;) {
		dir = node->dn_parent;
		devfs_node_remove(node);
		if (dir == mnt->dm_root || !TAILQ_EMPTY(&dir->dn_list))
			break;
		node = dir;
	}
}

/*
 * Devices.
 */
void
devfs_link_dev(struct cdev *dev)
{
	struct devfs_mnt *mnt;

	lockmgr(&devfs_lock, LK_EXCLUSIVE);
	dev->si_inode = devfs_next_inode++;
	TAILQ_INSERT_TAIL(&devfs_devs, dev, si_link);
	dev->si_flags |= SI_DEVFS_LINKED;
	TAILQ_FOREACH(mnt, &devfs_mnts, dm_link)
		devfs_create_path(mnt, dev->si_name, Ndev, dev);
	lockmgr(&devfs_lock, LK_RELEASE);
}

void
devfs_unlink_dev(struct cdev *dev)
{
	struct devfs_mnt *mnt;
	struct devfs_alias *da, *next;

	lockmgr(&devfs_lock, LK_EXCLUSIVE);
	if (dev->si_flags & SI_DEVFS_LINKED) {
		dev->si_flags &= ~SI_DEVFS_LINKED;
		TAILQ_REMOVE(&devfs_devs, dev, si_link);
		for (da = TAILQ_FIRST(&devfs_aliases); da != NULL; da = next) {
			next = TAILQ_NEXT(da, da_link);
			if (da->da_dev == dev)
				devfs_unlink_alias(dev, da->da_name);
		}
		TAILQ_FOREACH(mnt, &devfs_mnts, dm_link)
			devfs_remove_path(mnt, dev->si_name, dev);
	}
	lockmgr(&devfs_lock, LK_RELEASE);
}

int
devfs_link_alias(struct cdev *dev, const char *name)
{
	struct devfs_alias *da;
	struct devfs_mnt *mnt;

	da = kmalloc(sizeof(*da) + strlen(name) + 1, M_DEVFS,
	    M_WAITOK | M_ZERO);
	da->da_dev = reference_dev(dev);
	strcpy(da->da_name, name);
	lockmgr(&devfs_lock, LK_EXCLUSIVE);
	devfs_unlink_alias(NULL, name);
	TAILQ_INSERT_TAIL(&devfs_aliases, da, da_link);
	TAILQ_FOREACH(mnt, &devfs_mnts, dm_link)
		devfs_create_path(mnt, name, Nalias, dev);
	lockmgr(&devfs_lock, LK_RELEASE);
	return (0);
}

/* dev NULL: whatever has the name. */
int
devfs_unlink_alias(struct cdev *dev, const char *name)
{
	struct devfs_alias *da;
	struct devfs_mnt *mnt;

	lockmgr(&devfs_lock, LK_EXCLUSIVE);
	TAILQ_FOREACH(da, &devfs_aliases, da_link) {
		if ((dev == NULL || da->da_dev == dev) &&
		    strcmp(da->da_name, name) == 0)
			break;
	}
	if (da != NULL) {
		TAILQ_REMOVE(&devfs_aliases, da, da_link);
		TAILQ_FOREACH(mnt, &devfs_mnts, dm_link)
			devfs_remove_path(mnt, name, da->da_dev);
		release_dev(da->da_dev);
		kfree(da, M_DEVFS);
	}
	lockmgr(&devfs_lock, LK_RELEASE);
	return (da != NULL ? 0 : ENOENT);
}

cdev_t
devfs_find_device_by_name(const char *fmt, ...)
{
	struct devfs_alias *da;
	struct cdev *dev;
	char name[SPECNAMELEN + 1];
	__va_list ap;

	__va_start(ap, fmt);
	kvsnprintf(name, sizeof(name), fmt, ap);
	__va_end(ap);
	lockmgr(&devfs_lock, LK_EXCLUSIVE);
	TAILQ_FOREACH(dev, &devfs_devs, si_link) {
		if (strcmp(dev->si_name, name) == 0)
			break;
	}
	if (dev == NULL) {
		TAILQ_FOREACH(da, &devfs_aliases, da_link) {
			if (strcmp(da->da_name, name) == 0) {
				dev = da->da_dev;
				break;
			}
		}
	}
	lockmgr(&devfs_lock, LK_RELEASE);
	return (dev);
}

/* Referenced: the caller releases it. */
cdev_t
devfs_find_device_by_udev(dev_t udev)
{
	struct cdev *dev;

	lockmgr(&devfs_lock, LK_EXCLUSIVE);
	TAILQ_FOREACH(dev, &devfs_devs, si_link) {
		if (devid_from_dev(dev) == udev)
			break;
	}
	reference_dev(dev);
	lockmgr(&devfs_lock, LK_RELEASE);
	return (dev);
}

/* The callback may make and destroy devices, but not wait for others. */
int
devfs_scan_callback(void (*callback)(cdev_t dev, void *arg), void *arg)
{
	struct cdev *dev, *next;

	lockmgr(&devfs_lock, LK_EXCLUSIVE);
	for (dev = TAILQ_FIRST(&devfs_devs); dev != NULL; dev = next) {
		next = TAILQ_NEXT(dev, si_link);
		callback(dev, arg);
	}
	lockmgr(&devfs_lock, LK_RELEASE);
	return (0);
}

/* Devices are made visible at once: there is nothing to wait for. */
void
devfs_config(void)
{
}

static void
devfs_set_listed(struct cdev *dev, int listed)
{
	struct devfs_mnt *mnt;
	struct devfs_node *node;

	lockmgr(&devfs_lock, LK_EXCLUSIVE);
	if (listed)
		dev->si_flags &= ~SI_HIDDEN;
	else
		dev->si_flags |= SI_HIDDEN;
	TAILQ_FOREACH(mnt, &devfs_mnts, dm_link) {
		node = devfs_find_path(mnt, dev->si_name);
		if (node == NULL || node->dn_dev != dev)
			continue;
		if (listed)
			node->dn_flags &= ~DN_UNLISTED;
		else
			node->dn_flags |= DN_UNLISTED;
	}
	lockmgr(&devfs_lock, LK_RELEASE);
}

void
devfs_hide(cdev_t dev)
{
	devfs_set_listed(dev, 0);
}

void
devfs_show(cdev_t dev)
{
	devfs_set_listed(dev, 1);
}

void
devfs_setattr(cdev_t dev, uid_t uid, gid_t gid, int perms)
{
	struct devfs_mnt *mnt;
	struct devfs_node *node;

	lockmgr(&devfs_lock, LK_EXCLUSIVE);
	dev->si_uid = uid;
	dev->si_gid = gid;
	dev->si_perms = perms;
	TAILQ_FOREACH(mnt, &devfs_mnts, dm_link) {
		node = devfs_find_path(mnt, dev->si_name);
		if (node == NULL || node->dn_dev != dev)
			continue;
		node->dn_uid = uid;
		node->dn_gid = gid;
		node->dn_mode = perms;
	}
	lockmgr(&devfs_lock, LK_RELEASE);
}

/*
 * Clones.
 */
int
devfs_clone_handler_add(const char *name, d_clone_t *nhandler)
{
	struct devfs_cloner *dc;

	dc = kmalloc(sizeof(*dc) + strlen(name) + 1, M_DEVFS,
	    M_WAITOK | M_ZERO);
	dc->dc_func = nhandler;
	dc->dc_namlen = strlen(name);
	strcpy(dc->dc_name, name);
	lockmgr(&devfs_lock, LK_EXCLUSIVE);
	TAILQ_INSERT_TAIL(&devfs_cloners, dc, dc_link);
	lockmgr(&devfs_lock, LK_RELEASE);
	return (0);
}

int
devfs_clone_handler_del(const char *name)
{
	struct devfs_cloner *dc;

	lockmgr(&devfs_lock, LK_EXCLUSIVE);
	TAILQ_FOREACH(dc, &devfs_cloners, dc_link) {
		if (strcmp(dc->dc_name, name) == 0) {
			TAILQ_REMOVE(&devfs_cloners, dc, dc_link);
			break;
		}
	}
	lockmgr(&devfs_lock, LK_RELEASE);
	if (dc != NULL)
		kfree(dc, M_DEVFS);
	return (dc != NULL ? 0 : ENOENT);
}

struct cdev *
devfs_clone(const char *name, size_t len, int mode, struct ucred *cred,
    struct cdev *base)
{
	struct devfs_cloner *dc;
	struct dev_clone_args ap;
	d_clone_t *func = NULL;

	lockmgr(&devfs_lock, LK_EXCLUSIVE);
	TAILQ_FOREACH(dc, &devfs_cloners, dc_link) {
		if (dc->dc_namlen == len && strncmp(dc->dc_name, name,
		    len) == 0) {
			func = dc->dc_func;
			break;
		}
	}
	lockmgr(&devfs_lock, LK_RELEASE);
	if (func == NULL)
		return (NULL);
	bzero(&ap, sizeof(ap));
	ap.a_head.a_dev = base;
	ap.a_name = name;
	ap.a_namelen = len;
	ap.a_mode = mode;
	ap.a_cred = cred;
	if (func(&ap) != 0)
		return (NULL);
	return (ap.a_dev);
}

void
devfs_clone_node(struct vnode *vp, struct vnode *nvp, struct cdev *dev)
{
	struct devfs_node *base, *node;

	lockmgr(&devfs_lock, LK_EXCLUSIVE);
	base = VPTODEVFS(vp);
	if (base != NULL) {
		node = devfs_node_alloc(base->dn_mnt, dev->si_name,
		    strlen(dev->si_name), Ndev);
		node->dn_dev = reference_dev(dev);
		node->dn_uid = base->dn_uid;
		node->dn_gid = base->dn_gid;
		node->dn_mode = base->dn_mode;
		node->dn_flags |= DN_REMOVED;
		node->dn_vnode = nvp;
		nvp->v_data = node;
	}
	lockmgr(&devfs_lock, LK_RELEASE);
}

#define BITS_WORD	(8 * (int)sizeof(u_long))

void
devfs_clone_bitmap_init(struct devfs_bitmap *bitmap)
{
	bzero(bitmap, sizeof(*bitmap));
	spin_init(&bitmap->db_spin, "clonemap");
}

void
devfs_clone_bitmap_uninit(struct devfs_bitmap *bitmap)
{
	if (bitmap->db_map != NULL)
		kfree(bitmap->db_map, M_DEVFS);
	bitmap->db_map = NULL;
	bitmap->db_words = 0;
}

/* Make the map large enough for the unit. */
static void
devfs_bitmap_extend(struct devfs_bitmap *bitmap, int unit)
{
	int words = unit / BITS_WORD + 1;
	u_long *map, *old;

	if (words <= bitmap->db_words)
		return;
	words = MAX(words, bitmap->db_words * 2);
	map = kmalloc(words * sizeof(u_long), M_DEVFS, M_WAITOK);
	memset(map, 0xff, words * sizeof(u_long));
	spin_lock(&bitmap->db_spin);
	if (words > bitmap->db_words) {
		old = bitmap->db_map;
		if (old != NULL)
			bcopy(old, map, bitmap->db_words * sizeof(u_long));
		bitmap->db_map = map;
		bitmap->db_words = words;
	} else {
		old = map;
	}
	spin_unlock(&bitmap->db_spin);
	if (old != NULL)
		kfree(old, M_DEVFS);
}

int
devfs_clone_bitmap_get(struct devfs_bitmap *bitmap, int limit)
{
	int i, unit;

	for (;;) {
		spin_lock(&bitmap->db_spin);
		for (i = 0; i < bitmap->db_words; i++) {
			if (bitmap->db_map[i] == 0)
				continue;
			unit = i * BITS_WORD + __builtin_ctzl(
			    bitmap->db_map[i]);
			if (limit > 0 && unit >= limit)
				break;
			bitmap->db_map[i] &= bitmap->db_map[i] - 1;
			spin_unlock(&bitmap->db_spin);
			return (unit);
		}
		unit = bitmap->db_words * BITS_WORD;
		spin_unlock(&bitmap->db_spin);
		if (limit > 0 && unit >= limit)
			return (-1);
		devfs_bitmap_extend(bitmap, unit);
	}
}

void
devfs_clone_bitmap_put(struct devfs_bitmap *bitmap, int unit)
{
	spin_lock(&bitmap->db_spin);
	if (unit / BITS_WORD < bitmap->db_words)
		bitmap->db_map[unit / BITS_WORD] |= 1UL << (unit % BITS_WORD);
	spin_unlock(&bitmap->db_spin);
}

/* Is the unit in use? */
int
devfs_clone_bitmap_chk(struct devfs_bitmap *bitmap, int unit)
{
	int used = 0;

	spin_lock(&bitmap->db_spin);
	if (unit / BITS_WORD < bitmap->db_words)
		used = (bitmap->db_map[unit / BITS_WORD] &
		    (1UL << (unit % BITS_WORD))) == 0;
	spin_unlock(&bitmap->db_spin);
	return (used);
}

void
devfs_clone_bitmap_set(struct devfs_bitmap *bitmap, int unit)
{
	devfs_bitmap_extend(bitmap, unit);
	spin_lock(&bitmap->db_spin);
	bitmap->db_map[unit / BITS_WORD] &= ~(1UL << (unit % BITS_WORD));
	spin_unlock(&bitmap->db_spin);
}

/*
 * Mounts.
 */
struct devfs_node *
devfs_mnt_newroot(struct devfs_mnt *mnt)
{
	struct devfs_node *root;

	mnt->dm_nextino = 1 << 20;
	mnt->dm_nextcookie = 3;
	root = devfs_node_alloc(mnt, "", 0, Ndir);
	root->dn_ino = DEVFS_ROOTINO;
	root->dn_parent = NULL;
	return (root);
}

void
devfs_mnt_attach(struct devfs_mnt *mnt)
{
	struct devfs_alias *da;
	struct cdev *dev;

	lockmgr(&devfs_lock, LK_EXCLUSIVE);
	TAILQ_INSERT_TAIL(&devfs_mnts, mnt, dm_link);
	TAILQ_FOREACH(dev, &devfs_devs, si_link)
		devfs_create_path(mnt, dev->si_name, Ndev, dev);
	TAILQ_FOREACH(da, &devfs_aliases, da_link)
		devfs_create_path(mnt, da->da_name, Nalias, da->da_dev);
	lockmgr(&devfs_lock, LK_RELEASE);
}

static void
devfs_free_tree(struct devfs_node *dir)
{
	struct devfs_node *node;

	while ((node = TAILQ_FIRST(&dir->dn_list)) != NULL) {
		if (node->dn_type == Ndir)
			devfs_free_tree(node);
		devfs_node_remove(node);
	}
}

/* No vnodes are left. */
void
devfs_mnt_detach(struct devfs_mnt *mnt)
{
	lockmgr(&devfs_lock, LK_EXCLUSIVE);
	TAILQ_REMOVE(&devfs_mnts, mnt, dm_link);
	devfs_free_tree(mnt->dm_root);
	devfs_node_free(mnt->dm_root);
	lockmgr(&devfs_lock, LK_RELEASE);
}
