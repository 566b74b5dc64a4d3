/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tmpfs internals.
 *
 * A node is a file, directory or link; a directory holds its entries in two
 * trees, by name and by readdir position.  A regular file's data is an
 * anonymous VM object, which its vnode, while there is one, shares.
 *
 * Locks: tn_lock of a directory covers its entries; that of a node its link
 * count and its relation to a vnode.  Directory before entry; two
 * directories in address order.  File size and data: the vnode lock.
 * Vnode locks come before tn_lock.
 */
#ifndef _VFS_TMPFS_TMPFS_H_
#define _VFS_TMPFS_TMPFS_H_

#include <sys/mount.h>
#include <sys/tree.h>
#include <sys/vnode.h>

struct tmpfs_node;
struct vm_object;

/* (d) tn_lock of the directory. */
struct tmpfs_dirent {
	RB_ENTRY(tmpfs_dirent) td_name;		/* (d) */
	RB_ENTRY(tmpfs_dirent) td_pos;		/* (d) */
	struct tmpfs_node *td_node;		/* (d) */
	off_t		td_cookie;		/* (d) never reused */
	uint32_t	td_hash;
	uint16_t	td_namelen;
	char		td_str[];
};

RB_HEAD(tmpfs_nametree, tmpfs_dirent);
RB_HEAD(tmpfs_postree, tmpfs_dirent);

/* (n) own tn_lock; (V) vnode lock; (I) immutable. */
struct tmpfs_node {
	struct lock	tn_lock;
	struct vnode	*tn_vnode;		/* (n) */
	struct tmpfs_mount *tn_tmp;		/* (I) */
	ino_t		tn_id;			/* (I) */
	enum vtype	tn_type;		/* (I) */
	int		tn_nlink;		/* (n) */
	off_t		tn_size;		/* (V) bytes */
	uid_t		tn_uid;			/* (V) */
	gid_t		tn_gid;			/* (V) */
	mode_t		tn_mode;		/* (V) */
	uint32_t	tn_flags;		/* (V) chflags */
	u_long		tn_gen;			/* (I) */
	struct timespec	tn_atime, tn_mtime, tn_ctime; /* (V) */
	union {
		struct {			/* VDIR */
			struct tmpfs_node *tn_parent;	/* (n) */
			struct tmpfs_nametree tn_names;	/* (n) */
			struct tmpfs_postree tn_pos;	/* (n) */
			off_t	tn_nextcookie;		/* (n) */
		} tn_dir;
		struct vm_object *tn_obj;	/* VREG (I) */
		char		*tn_link;	/* VLNK (I) */
		dev_t		tn_rdev;	/* VCHR, VBLK (I) */
	};
};

#define TMPFS_ROOTINO		2
#define TMPFS_COOKIE_DOT	0
#define TMPFS_COOKIE_DOTDOT	1
#define TMPFS_COOKIE_EOF	2
#define TMPFS_COOKIE_FIRST	3

/* (a) atomic */
struct tmpfs_mount {
	struct mount	*tm_mp;
	struct tmpfs_node *tm_root;
	u_long		tm_pages_max;		/* (I) */
	volatile u_long	tm_pages_used;		/* (a) */
	u_long		tm_nodes_max;		/* (I) */
	volatile u_long	tm_nodes_inuse;		/* (a) */
	volatile u_long	tm_nextino;		/* (a) */
	off_t		tm_maxfilesize;		/* (I) */
};

#define VFS_TO_TMPFS(mp)	((struct tmpfs_mount *)(mp)->mnt_data)
#define VP_TO_TMPFS_NODE(vp)	((struct tmpfs_node *)(vp)->v_data)

#define TMPFS_NODE_LOCK(n)	lockmgr(&(n)->tn_lock, LK_EXCLUSIVE)
#define TMPFS_NODE_LOCK_SH(n)	lockmgr(&(n)->tn_lock, LK_SHARED)
#define TMPFS_NODE_UNLOCK(n)	lockmgr(&(n)->tn_lock, LK_RELEASE)

extern struct vop_ops tmpfs_vnode_vops;
extern struct vop_ops tmpfs_spec_vops;
extern struct vop_ops tmpfs_fifo_vops;
MALLOC_DECLARE(M_TMPFS);

/* A node without a name yet: ENOSPC when a limit is reached. */
int	tmpfs_node_alloc(struct tmpfs_mount *tmp, enum vtype type, uid_t uid,
	    gid_t gid, mode_t mode, const char *target, dev_t rdev,
	    struct tmpfs_node **nodep);
/* It has neither name nor vnode. */
void	tmpfs_node_free(struct tmpfs_node *node);
/* Vnode of a node that cannot go away meanwhile: referenced and locked. */
int	tmpfs_alloc_vp(struct tmpfs_node *node, int lkflag,
	    struct vnode **vpp);

/* Entries; the directory is locked. */
struct tmpfs_dirent *tmpfs_dirent_alloc(const char *name, int len);
void	tmpfs_dirent_free(struct tmpfs_dirent *de);
struct tmpfs_dirent *tmpfs_dir_lookup(struct tmpfs_node *dir,
	    const char *name, int len);
void	tmpfs_dir_attach(struct tmpfs_node *dir, struct tmpfs_dirent *de,
	    struct tmpfs_node *node);
void	tmpfs_dir_detach(struct tmpfs_node *dir, struct tmpfs_dirent *de);
/* The first entry at or after a cookie. */
struct tmpfs_dirent *tmpfs_dir_seek(struct tmpfs_node *dir, off_t cookie);

/* Change a regular file's size; the vnode is locked. EFBIG, ENOSPC. */
int	tmpfs_resize(struct vnode *vp, struct tmpfs_node *node, off_t size);
void	tmpfs_touch(struct tmpfs_node *node, int mtime);

#endif /* !_VFS_TMPFS_TMPFS_H_ */
