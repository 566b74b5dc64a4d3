/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * devfs: mounting.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mount.h>
#include <sys/proc.h>
#include <sys/ucred.h>
#include <sys/vnode.h>
#include <vfs/devfs/devfs.h>

static int
devfs_mount(struct mount *mp, char *path, caddr_t data, struct ucred *cred)
{
	struct devfs_mount_info info = { 0 };
	struct devfs_mnt *mnt;
	int error;

	if (mp->mnt_flag & MNT_UPDATE)
		return (EOPNOTSUPP);
	if (data != NULL) {
		error = copyin(data, &info, sizeof(info));
		if (error)
			return (error);
	}
	mp->mnt_flag |= MNT_LOCAL;
	mp->mnt_kern_flag |= MNTK_NOSTKMNT | MNTK_ALL_MPSAFE |
	    MNTK_QUICKHALT;
	vfs_getnewfsid(mp);
	mnt = kmalloc(sizeof(*mnt), M_DEVFS, M_WAITOK | M_ZERO);
	mnt->dm_mp = mp;
	mnt->dm_jailed = (info.flags & DEVFS_MNT_JAIL) ||
	    (cred != NULL && cred->cr_prison != NULL);
	mp->mnt_data = mnt;
	vfs_add_vnodeops(mp, &devfs_vnode_norm_vops, &mp->mnt_vn_norm_ops);
	vfs_add_vnodeops(mp, &devfs_vnode_dev_vops, &mp->mnt_vn_spec_ops);
	mnt->dm_root = devfs_mnt_newroot(mnt);
	devfs_mnt_attach(mnt);
	strlcpy(mp->mnt_stat.f_mntfromname, "devfs", MNAMELEN);
	if (path != NULL)
		strlcpy(mp->mnt_stat.f_mntonname, path, MNAMELEN);
	return (0);
}

static int
devfs_unmount(struct mount *mp, int mntflags)
{
	struct devfs_mnt *mnt = mp->mnt_data;
	int error;

	error = vflush(mp, 0, (mntflags & MNT_FORCE) ? FORCECLOSE : 0);
	if (error)
		return (error);
	devfs_mnt_detach(mnt);
	kfree(mnt, M_DEVFS);
	mp->mnt_data = NULL;
	return (0);
}

static int
devfs_root(struct mount *mp, struct vnode **vpp)
{
	struct devfs_mnt *mnt = mp->mnt_data;
	int error;

	do {
		lockmgr(&devfs_lock, LK_EXCLUSIVE);
		error = devfs_allocv(vpp, mnt->dm_root);
	} while (error == EAGAIN);
	return (error);
}

static int
devfs_statfs(struct mount *mp, struct statfs *sbp, struct ucred *cred)
{
	struct devfs_mnt *mnt = mp->mnt_data;

	sbp->f_bsize = DEV_BSIZE;
	sbp->f_iosize = DEV_BSIZE;
	sbp->f_blocks = 2;
	sbp->f_bfree = 0;
	sbp->f_bavail = 0;
	sbp->f_files = mnt->dm_nodes;
	sbp->f_ffree = 0;
	return (0);
}

static struct vfsops devfs_vfsops = {
	.vfs_flags = 0,
	.vfs_mount = devfs_mount,
	.vfs_unmount = devfs_unmount,
	.vfs_root = devfs_root,
	.vfs_statfs = devfs_statfs,
	.vfs_sync = vfs_stdnosync,
};

VFS_SET(devfs_vfsops, devfs, VFCF_SYNTHETIC | VFCF_MPSAFE);
MODULE_VERSION(devfs, 1);
