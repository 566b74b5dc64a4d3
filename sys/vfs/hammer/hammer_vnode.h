/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: what exists in the kernel only.
 */
#ifndef _VFS_HAMMER_VNODE_H_
#define _VFS_HAMMER_VNODE_H_

#include "hammer_inode.h"
#include <sys/mount.h>
#include <sys/vfscache.h>

struct mount;
struct ucred;
struct uio;
struct vnode;
struct vop_getpages_args;
struct vop_inactive_args;
struct vop_ioctl_args;
struct vop_ops;
struct vop_putpages_args;
struct vop_reclaim_args;

/* A volume's device: v_dev. */
struct hammer_kdev {
	struct vnode	*kd_devvp;	/* referenced, open */
	struct cdev	*kd_dev;
	int		kd_mode;	/* FREAD, FWRITE */
};

/* hm_plat */
struct hammer_kmount {
	struct mount	*hk_mp;
	int		hk_running;	/* flusher */
	volatile int	hk_kick;	/* (a) it should begin a cycle */
	volatile int	hk_stop;	/* 1 asked to end, 2 has ended */
};

#define VFSTOHMP(mp)	((struct hammer_mount *)(mp)->mnt_data)
#define VTOI(vp)	((struct hammer_inode *)(vp)->v_data)

extern struct vop_ops hammer_vnode_vops, hammer_spec_vops, hammer_fifo_vops;
extern int hammer_fsync_mode;		/* sysctl vfs.hammer.fsync_mode */

/* hammer_vfsops.c: open a device for a volume, exclusively. */
int	hammer_open_device(const char *name, struct ucred *cred,
	    struct hammer_kdev **kdp, int64_t *sizep);

/* hammer_kern.c */
void	hammer_flusher_start(struct hammer_mount *hmp);
void	hammer_flusher_stop(struct hammer_mount *hmp);

/* hammer_vnode.c */
enum vtype hammer_vtype(int obj_type);
int	hammer_objtype(enum vtype type);
int	hammer_inactive(struct vop_inactive_args *ap);
int	hammer_reclaim(struct vop_reclaim_args *ap);
/* The vnode of an inode, referenced and locked exclusively. */
int	hammer_vnode_get(struct hammer_inode *ip, struct vnode **vpp);
/* The vnode of an object; the inode's reference is not the caller's. */
int	hammer_vget(struct mount *mp, int64_t obj_id, uint32_t lo,
	    hammer_tid_t asof, struct vnode **vpp);

/* hammer_vnio.c: file data and pages. */
int	hammer_vn_write(struct vnode *vp, struct uio *uio, int ioflag,
	    struct ucred *cred);
int	hammer_vn_resize(struct vnode *vp, off_t size);
/* Dirty pages become records; waits for nothing else. */
int	hammer_vn_clean(struct vnode *vp);
/* The same, and with MNT_WAIT the object and its names are on the medium. */
int	hammer_vn_sync(struct vnode *vp, int waitfor);
void	hammer_vn_unreserve(struct hammer_inode *ip);
int	hammer_getpages(struct vop_getpages_args *ap);
int	hammer_putpages(struct vop_putpages_args *ap);

/* hammer_vioctl.c */
int	hammer_ioctl(struct vop_ioctl_args *ap);
/* All data of the mount become records. */
int	hammer_sync_vnodes(struct mount *mp);

#endif /* !_VFS_HAMMER_VNODE_H_ */
