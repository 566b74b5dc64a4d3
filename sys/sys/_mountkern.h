/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Kernel part of <sys/mount.h>: mounted filesystems and filesystem types.
 *
 * A struct mount is referenced by every nchandle that names it (mnt_refs)
 * and held by whoever iterates or unmounts (mnt_hold).  Its memory is type
 * stable like that of vnodes.  The list of mounts, mountlist, is guarded by
 * mountlist_token; scan it with mountlist_scan().
 */
#ifndef _SYS__MOUNTKERN_H_
#define _SYS__MOUNTKERN_H_

#ifndef _KERNEL
#error "for the kernel only"
#endif

#include <sys/types.h>
#include <sys/kernel.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/module.h>
#include <sys/namecache.h>
#include <sys/queue.h>
#include <sys/spinlock.h>
#include <sys/statvfs.h>
#include <sys/thread.h>

struct export_args;
struct fid;
struct nlookupdata;
struct sockaddr;
struct thread;
struct ucred;
struct vfsconf;
struct vfsops;
struct vnode;
struct vop_ops;
struct vqacct;

TAILQ_HEAD(mntlist, mount);

/*
 * Locks: (t) mountlist_token; (m) mnt_token; (v) mnt_vnspin; (L) mnt_lock;
 * (I) immutable once mounted; (a) atomic; (h) mount hash spinlock.
 */
struct mount {
	TAILQ_ENTRY(mount) mnt_list;		/* (t) */
	struct mount	*mnt_hashnext;		/* (h) by mount point */
	struct vfsops	*mnt_op;		/* (I) */
	struct vfsconf	*mnt_vfc;		/* (I) */
	volatile u_int	mnt_flag;		/* (m) MNT_* */
	volatile u_int	mnt_kern_flag;		/* (m) MNTK_* */
	void		*mnt_data;		/* (I) filesystem's own */
	struct nchandle	mnt_ncmountpt;		/* (I) our root entry */
	struct nchandle	mnt_ncmounton;		/* (I) what we cover */
	volatile u_int	mnt_refs;		/* (a) nchandles */
	volatile u_int	mnt_hold;		/* (a) keeps the memory */
	volatile u_int	mnt_ops;		/* (a) see mount_enter() */
	uint32_t	mnt_namecache_gen;	/* (a) bumped: recheck negatives */
	int		mnt_iosize_max;		/* (I) bytes */
	struct lwkt_token mnt_token;		/* state of the mount */
	struct lock	mnt_lock;		/* unmount, update */
	struct spinlock	mnt_vnspin;		/* vnode list */
	TAILQ_HEAD(, vnode) mnt_nvnodelist;		/* (v) */
	int		mnt_nvnodelistsize;	/* (v) */
	struct vnode	*mnt_syncer;		/* reserved */
	struct vop_ops	*mnt_vn_use_ops;	/* (I) dispatch tables */
	struct vop_ops	*mnt_vn_norm_ops;	/* (I) files, directories */
	struct vop_ops	*mnt_vn_spec_ops;	/* (I) device nodes */
	struct vop_ops	*mnt_vn_fifo_ops;	/* (I) fifos */
	struct statfs	mnt_stat;		/* (m) as last asked */
	struct statvfs	mnt_vstat;		/* (m) */
	time_t		mnt_time;		/* last written */
	int		mnt_maxsymlinklen;	/* (I) */
	struct ucred	*mnt_cred;		/* (I) who mounted it */
	struct syncer_ctx *mnt_syncer_ctx;	/* (I) syncer thread */
	struct netexport *mnt_export;		/* (m) NFS export list */
	struct thread	*mnt_umounter;		/* (m) */
	struct vqacct	*mnt_quota;		/* (m) account of its space */
};

/*
 * Operations on a filesystem.  Unless said otherwise they are called with
 * mnt_lock held exclusively (mount, unmount) or with the mount held.
 */
struct vfsops {
	u_int	vfs_flags;
	/* Mount, or with MNT_UPDATE change; path and data as in mount(2). */
	int	(*vfs_mount)(struct mount *mp, char *path, caddr_t data,
		    struct ucred *cred);
	int	(*vfs_start)(struct mount *mp, int flags);
	int	(*vfs_unmount)(struct mount *mp, int mntflags);
	/* The root's vnode, referenced and locked exclusively. */
	int	(*vfs_root)(struct mount *mp, struct vnode **vpp);
	int	(*vfs_quotactl)(struct mount *mp, int cmds, uid_t uid,
		    caddr_t arg, struct ucred *cred);
	int	(*vfs_statfs)(struct mount *mp, struct statfs *sbp,
		    struct ucred *cred);
	int	(*vfs_statvfs)(struct mount *mp, struct statvfs *sbp,
		    struct ucred *cred);
	int	(*vfs_sync)(struct mount *mp, int waitfor);
	/* A vnode by inode number, referenced and locked. */
	int	(*vfs_vget)(struct mount *mp, struct vnode *dvp, ino_t ino,
		    struct vnode **vpp);
	int	(*vfs_fhtovp)(struct mount *mp, struct vnode *rootvp,
		    struct fid *fhp, struct vnode **vpp);
	int	(*vfs_checkexp)(struct mount *mp, struct sockaddr *nam,
		    int *extflagsp, struct ucred **credanonp);
	int	(*vfs_vptofh)(struct vnode *vp, struct fid *fhp);
	int	(*vfs_init)(struct vfsconf *vfc);
	int	(*vfs_uninit)(struct vfsconf *vfc);
	int	(*vfs_extattrctl)(struct mount *mp, int cmd, struct vnode *vp,
		    int attrnamespace, const char *attrname,
		    struct ucred *cred);
	int	(*vfs_freeblks)(struct mount *mp, struct vnode *vp);
	int	(*vfs_modifying)(struct mount *mp);
};

#define VFS_MOUNT(mp, path, data, cred) \
	((mp)->mnt_op->vfs_mount(mp, path, data, cred))
#define VFS_START(mp, flags)	((mp)->mnt_op->vfs_start(mp, flags))
#define VFS_UNMOUNT(mp, flags)	((mp)->mnt_op->vfs_unmount(mp, flags))
#define VFS_ROOT(mp, vpp)	((mp)->mnt_op->vfs_root(mp, vpp))
#define VFS_STATFS(mp, sbp, cred) ((mp)->mnt_op->vfs_statfs(mp, sbp, cred))
#define VFS_STATVFS(mp, sbp, cred) ((mp)->mnt_op->vfs_statvfs(mp, sbp, cred))
#define VFS_SYNC(mp, waitfor)	((mp)->mnt_op->vfs_sync(mp, waitfor))
#define VFS_VGET(mp, dvp, ino, vpp) \
	((mp)->mnt_op->vfs_vget(mp, dvp, ino, vpp))
#define VFS_FHTOVP(mp, rootvp, fhp, vpp) \
	((mp)->mnt_op->vfs_fhtovp(mp, rootvp, fhp, vpp))
#define VFS_VPTOFH(vp, fhp)	((vp)->v_mount->mnt_op->vfs_vptofh(vp, fhp))
#define VFS_CHECKEXP(mp, nam, fl, credp) \
	((mp)->mnt_op->vfs_checkexp(mp, nam, fl, credp))

/* Ready-made vfsops entries; NULL entries get these. */
int	vfs_stdmount(struct mount *mp, char *path, caddr_t data,
	    struct ucred *cred);
int	vfs_stdstart(struct mount *mp, int flags);
int	vfs_stdunmount(struct mount *mp, int mntflags);
int	vfs_stdroot(struct mount *mp, struct vnode **vpp);
int	vfs_stdstatfs(struct mount *mp, struct statfs *sbp,
	    struct ucred *cred);
int	vfs_stdstatvfs(struct mount *mp, struct statvfs *sbp,
	    struct ucred *cred);
int	vfs_stdsync(struct mount *mp, int waitfor);
int	vfs_stdnosync(struct mount *mp, int waitfor);
int	vfs_stdvget(struct mount *mp, struct vnode *dvp, ino_t ino,
	    struct vnode **vpp);
int	vfs_stdfhtovp(struct mount *mp, struct vnode *rootvp,
	    struct fid *fhp, struct vnode **vpp);
int	vfs_stdcheckexp(struct mount *mp, struct sockaddr *nam,
	    int *extflagsp, struct ucred **credanonp);
int	vfs_stdvptofh(struct vnode *vp, struct fid *fhp);
int	vfs_stdquotactl(struct mount *mp, int cmds, uid_t uid, caddr_t arg,
	    struct ucred *cred);

extern struct mntlist	mountlist;
extern struct lwkt_token mountlist_token;
extern volatile uint32_t mount_generation; /* odd while the hash changes */
MALLOC_DECLARE(M_MOUNT);

/*
 * Register a filesystem type:
 *	static struct vfsops foo_vfsops = { ... };
 *	VFS_SET(foo_vfsops, foo, VFCF_...);
 *	MODULE_VERSION(foo, 1);
 */
int	vfs_register(struct vfsconf *vfc);
int	vfs_unregister(struct vfsconf *vfc);
int	vfs_modevent(struct module *mod, int type, void *data);
#define VFS_SET(fsops, fsname, flags)					\
	static struct vfsconf fsname##_vfsconf = {			\
		.vfc_vfsops = &fsops,					\
		.vfc_name = #fsname,					\
		.vfc_typenum = -1,					\
		.vfc_refcount = 0,					\
		.vfc_flags = (flags),					\
	};								\
	static moduledata_t fsname##_mod = {				\
		#fsname, vfs_modevent, &fsname##_vfsconf		\
	};								\
	DECLARE_MODULE(fsname, fsname##_mod, SI_SUB_VFS, SI_ORDER_MIDDLE)

struct vfsconf *vfsconf_find_by_name(const char *name);
struct vfsconf *vfsconf_find_by_typenum(int typenum);

/* Mounts. */
struct mount *mount_alloc(struct vfsops *op, struct vfsconf *vfc);
void	mount_hold(struct mount *mp);
void	mount_drop(struct mount *mp);
int	vfs_busy(struct mount *mp, int flags);	/* LK_NOWAIT */
/*
 * Work that a filesystem does by way of names, handles or the mount itself is
 * not under the lock of a vnode that an unmount would wait for: it is between
 * these two.  ENXIO once the mount is being unmounted and nothing may begin
 * any more.  mount_drain(), then, waits for the end of what has begun.
 */
int	mount_enter(struct mount *mp);
void	mount_leave(struct mount *mp);
void	mount_drain(struct mount *mp);
void	vfs_unbusy(struct mount *mp);
int	vfs_rootmountalloc(const char *fstypename, const char *devname,
	    struct mount **mpp);
int	dounmount(struct mount *mp, int flags, int halting);
void	mountlist_insert(struct mount *mp, int how);
void	mountlist_remove(struct mount *mp);
int	mountlist_exists(struct mount *mp);
int	mountlist_scan(int (*callback)(struct mount *, void *), void *data,
	    int how);
struct mount *vfs_getvfs(fsid_t *fsid);
void	vfs_getnewfsid(struct mount *mp);
int	vfs_setfsid(struct mount *mp, fsid_t *template);
void	vfs_add_vnodeops(struct mount *mp, struct vop_ops *template,
	    struct vop_ops **ops_pp);
void	vfs_rm_vnodeops(struct mount *mp, struct vop_ops *template,
	    struct vop_ops **ops_pp);
void	vfs_mountroot(void *dummy);
void	vfs_unmountall(int halting);
size_t	vfs_flagstostr(int flags, const void *optnames, char *buf, size_t len,
	    int *errorp);

#endif /* !_SYS__MOUNTKERN_H_ */
