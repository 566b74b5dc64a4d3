/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * devfs internals: the node trees of devfs mounts.
 *
 * All devices are on one list, and every mount has its own tree of nodes, so
 * that owners, modes and visibility may differ.  devfs_lock covers the
 * device list, the mounts and all trees.
 */
#ifndef _VFS_DEVFS_DEVFS_H_
#define _VFS_DEVFS_DEVFS_H_

#include <sys/conf.h>
#include <sys/devfs.h>
#include <sys/lock.h>
#include <sys/queue.h>
#include <sys/vnode.h>

enum devfs_nodetype {
	Ndir,			/* directory */
	Ndev,			/* device */
	Nalias,			/* another name of a device */
	Nlink			/* symbolic link made by a user */
};

/* Everything under devfs_lock. */
struct devfs_node {
	TAILQ_ENTRY(devfs_node) dn_link;	/* siblings */
	TAILQ_HEAD(, devfs_node) dn_list;	/* Ndir: children */
	struct devfs_node *dn_parent;		/* NULL: root, or removed */
	struct devfs_mnt *dn_mnt;
	struct vnode	*dn_vnode;
	struct cdev	*dn_dev;		/* Ndev, Nalias: referenced */
	char		*dn_target;		/* Nlink */
	enum devfs_nodetype dn_type;
	u_int		dn_flags;
	ino_t		dn_ino;
	uint64_t	dn_cookie;		/* position in readdir */
	uid_t		dn_uid;
	gid_t		dn_gid;
	mode_t		dn_mode;
	uint32_t	dn_chflags;
	int		dn_nlink;		/* Ndir: 2 + directories */
	struct timespec	dn_atime, dn_mtime, dn_ctime;
	uint8_t		dn_namlen;
	char		dn_name[];
};

#define DN_USER		0x01	/* made, and removable, by users */
#define DN_HIDDEN	0x02	/* not listed, not found */
#define DN_UNLISTED	0x04	/* found, but not listed */
#define DN_REMOVED	0x08	/* out of the tree; the vnode frees it */

struct devfs_mnt {
	TAILQ_ENTRY(devfs_mnt) dm_link;
	struct mount	*dm_mp;
	struct devfs_node *dm_root;
	ino_t		dm_nextino;
	uint64_t	dm_nextcookie;
	long		dm_nodes;
	int		dm_jailed;
};

#define DEVFS_ROOTINO	2

#define VPTODEVFS(vp)	((struct devfs_node *)(vp)->v_data)

extern struct lock devfs_lock;
extern struct vop_ops devfs_vnode_norm_vops;
extern struct vop_ops devfs_vnode_dev_vops;
MALLOC_DECLARE(M_DEVFS);

/* devfs_core.c; devfs_lock is held. */
struct devfs_node *devfs_node_find(struct devfs_node *dir, const char *name,
	    int len);
struct devfs_node *devfs_node_create(struct devfs_node *dir, const char *name,
	    int len, enum devfs_nodetype type);
void	devfs_node_remove(struct devfs_node *node);
void	devfs_node_free(struct devfs_node *node);
/* Vnode of a node, referenced and locked; called without devfs_lock. */
int	devfs_allocv(struct vnode **vpp, struct devfs_node *node);
/* A device for the name by a clone handler, referenced, or NULL. */
struct cdev *devfs_clone(const char *name, size_t len, int mode,
	    struct ucred *cred, struct cdev *base);
struct devfs_node *devfs_mnt_newroot(struct devfs_mnt *mnt);
void	devfs_mnt_attach(struct devfs_mnt *mnt);
void	devfs_mnt_detach(struct devfs_mnt *mnt);
/* Give nvp, of a cloned device, a node with the attributes of vp's. */
void	devfs_clone_node(struct vnode *vp, struct vnode *nvp,
	    struct cdev *dev);
/* for kern_conf.c */
void	devfs_link_dev(struct cdev *dev);
void	devfs_unlink_dev(struct cdev *dev);
int	devfs_link_alias(struct cdev *dev, const char *name);
int	devfs_unlink_alias(struct cdev *dev, const char *name);

#endif /* !_VFS_DEVFS_DEVFS_H_ */
