/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nullfs: a directory visible at another place too.
 *
 * There are no vnodes or names of its own: a null mount's root handle is the
 * target's namecache entry paired with the null mount, and everything below
 * is the lower filesystem's.  What makes it a mount of its own is the mount
 * in each handle: flags, statfs, and where `..' leads at its root.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/nlookup.h>
#include <sys/proc.h>
#include <sys/ucred.h>
#include <sys/vnode.h>
#include <vfs/nullfs/null.h>

static MALLOC_DEFINE(M_NULLFS, "nullfs", "null mounts");

static int
nullfs_mount(struct mount *mp, char *path, caddr_t data, struct ucred *cred)
{
	struct null_args args;
	struct null_mount *nm;
	struct nlookupdata nd;
	struct mount *lower;
	struct vnode *vp = NULL;
	struct fid fid;
	int error;

	error = copyin(data, &args, sizeof(args));
	if (error)
		return (error);
	if (mp->mnt_flag & MNT_UPDATE)
		return (0);
	error = nlookup_init(&nd, args.target, UIO_USERSPACE, NLC_FOLLOW);
	if (error == 0)
		error = nlookup(&nd);
	if (error == 0)
		error = cache_vref(&nd.nl_nch, nd.nl_cred, &vp);
	if (error == 0 && vp->v_type != VDIR)
		error = ENOTDIR;
	if (error) {
		if (vp != NULL)
			vrele(vp);
		nlookup_done(&nd);
		return (error);
	}
	nm = kmalloc(sizeof(*nm), M_NULLFS, M_WAITOK | M_ZERO);
	cache_copy(&nd.nl_nch, &nm->nm_lower);
	lower = nm->nm_lower.mount;
	mp->mnt_data = nm;
	mp->mnt_ncmountpt.ncp = nm->nm_lower.ncp;
	mp->mnt_ncmountpt.mount = mp;
	cache_hold(&mp->mnt_ncmountpt);
	/* Restrictions of the lower mount hold here as well. */
	mp->mnt_flag |= lower->mnt_flag & (MNT_RDONLY | MNT_NOEXEC |
	    MNT_LOCAL);
	mp->mnt_kern_flag |= lower->mnt_kern_flag & MNTK_ALL_MPSAFE;
	mp->mnt_kern_flag |= MNTK_NOMSYNC | MNTK_QUICKHALT;
	mp->mnt_stat.f_fsid = lower->mnt_stat.f_fsid;
	bzero(&fid, sizeof(fid));
	vp->v_mount->mnt_op->vfs_vptofh(vp, &fid);
	mp->mnt_stat.f_fsid.val[1] ^= crc32(&fid, sizeof(fid));
	vfs_setfsid(mp, &mp->mnt_stat.f_fsid);
	vrele(vp);
	copyinstr(args.target, mp->mnt_stat.f_mntfromname, MNAMELEN, NULL);
	strlcpy(mp->mnt_stat.f_mntonname, path, MNAMELEN);
	nlookup_done(&nd);
	return (0);
}

static int
nullfs_unmount(struct mount *mp, int mntflags)
{
	struct null_mount *nm = MOUNTTONULLMOUNT(mp);

	mp->mnt_data = NULL;
	cache_drop(&nm->nm_lower);
	kfree(nm, M_NULLFS);
	return (0);
}

static int
nullfs_root(struct mount *mp, struct vnode **vpp)
{
	struct null_mount *nm = MOUNTTONULLMOUNT(mp);
	struct nchandle nch;
	int error;

	cache_copy(&nm->nm_lower, &nch);
	cache_lock_maybe_shared(&nch, 0);
	error = cache_vget(&nch, proc0.p_ucred, LK_EXCLUSIVE, vpp);
	cache_put(&nch);
	return (error);
}

static int
nullfs_statfs(struct mount *mp, struct statfs *sbp, struct ucred *cred)
{
	struct mount *lower = MOUNTTONULLMOUNT(mp)->nm_lower.mount;
	struct statfs sb = lower->mnt_stat;
	int error;

	error = VFS_STATFS(lower, &sb, cred);
	if (error)
		return (error);
	sbp->f_type = sb.f_type;
	sbp->f_bsize = sb.f_bsize;
	sbp->f_iosize = sb.f_iosize;
	sbp->f_blocks = sb.f_blocks;
	sbp->f_bfree = sb.f_bfree;
	sbp->f_bavail = sb.f_bavail;
	sbp->f_files = sb.f_files;
	sbp->f_ffree = sb.f_ffree;
	return (0);
}

static int
nullfs_vget(struct mount *mp, struct vnode *dvp, ino_t ino,
    struct vnode **vpp)
{
	return (VFS_VGET(MOUNTTONULLMOUNT(mp)->nm_lower.mount, dvp, ino,
	    vpp));
}

static int
nullfs_fhtovp(struct mount *mp, struct vnode *rootvp, struct fid *fid,
    struct vnode **vpp)
{
	return (VFS_FHTOVP(MOUNTTONULLMOUNT(mp)->nm_lower.mount, rootvp, fid,
	    vpp));
}

static struct vfsops null_vfsops = {
	.vfs_flags = 0,
	.vfs_mount = nullfs_mount,
	.vfs_unmount = nullfs_unmount,
	.vfs_root = nullfs_root,
	.vfs_statfs = nullfs_statfs,
	.vfs_sync = vfs_stdnosync,
	.vfs_vget = nullfs_vget,
	.vfs_fhtovp = nullfs_fhtovp,
};

VFS_SET(null_vfsops, null, VFCF_LOOPBACK | VFCF_MPSAFE);
MODULE_VERSION(null, 1);
