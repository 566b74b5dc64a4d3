/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: mounting and unmounting.
 */
#include "hammer_vnode.h"
#include <sys/buf.h>
#include <sys/conf.h>
#include <sys/device.h>
#include <sys/fcntl.h>
#include <sys/module.h>
#include <sys/nlookup.h>
#include <sys/proc.h>
#include <sys/statvfs.h>
#include <sys/sysctl.h>
#include <sys/ucred.h>
#include <sys/vmmeter.h>
#include <sys/vnode.h>

static int hammer_noatime = 1;
static int hammer_skip_redo;
static int hammer_supported = HAMMER_VOL_VERSION_MAX;
int hammer_fsync_mode = 3;

TUNABLE_INT("vfs.hammer.noatime", &hammer_noatime);
TUNABLE_INT("vfs.hammer.skip_redo", &hammer_skip_redo);

SYSCTL_NODE(_vfs, OID_AUTO, hammer, CTLFLAG_RW, 0, "HAMMER file systems");
SYSCTL_INT(_vfs_hammer, OID_AUTO, supported_version, CTLFLAG_RD,
    &hammer_supported, 0, "Highest version of the format");
SYSCTL_INT(_vfs_hammer, OID_AUTO, noatime, CTLFLAG_RD, &hammer_noatime, 0,
    "Access times are not kept");
SYSCTL_INT(_vfs_hammer, OID_AUTO, skip_redo, CTLFLAG_RD, &hammer_skip_redo,
    0, "1: errors of REDO are ignored, 2: there is none");

SYSCTL_INT(_vfs_hammer, OID_AUTO, fsync_mode, CTLFLAG_RW,
    &hammer_fsync_mode, 0, "fsync(2): 1 does not wait, 4 does nothing");
SYSCTL_QUAD(_vfs_hammer, OID_AUTO, count_fsyncs, CTLFLAG_RD,
    &hammer_stat[HST_FSYNCS], 0, "Count since boot");

#define STAT(name, index)						\
SYSCTL_QUAD(_vfs_hammer, OID_AUTO, stats_##name, CTLFLAG_RD,		\
    &hammer_stat[index], 0, "Count since boot")
STAT(btree_searches, HST_SEARCHES);
STAT(btree_lookups, HST_LOOKUPS);
STAT(btree_inserts, HST_INSERTS);
STAT(btree_deletes, HST_DELETES);
STAT(btree_elements, HST_ELEMENTS);
STAT(btree_splits, HST_SPLITS);
STAT(btree_iterations, HST_ITERATIONS);
STAT(btree_root_iterations, HST_ROOT_ITERATIONS);
STAT(file_read, HST_FILE_READ);
STAT(file_write, HST_FILE_WRITE);
STAT(disk_read, HST_DISK_READ);
STAT(disk_write, HST_DISK_WRITE);
STAT(inode_flushes, HST_INODE_FLUSHES);
STAT(commits, HST_COMMITS);
STAT(undo, HST_UNDO);
STAT(redo, HST_REDO);
STAT(disk_flush, HST_DISK_FLUSH);
STAT(record_iterations, HST_ITERATIONS);
#undef STAT

/*
 * Devices.
 */
static int
open_device(struct cdev *dev, int *ronlyp, struct hammer_kdev **kdp)
{
	struct hammer_kdev *kd;
	struct vnode *devvp;
	int error, mode = *ronlyp ? FREAD : FREAD | FWRITE;

	error = bdevvp(dev, &devvp);
	if (error)
		return (error);
	if (vcount(devvp) > 0)
		error = EBUSY;
	vn_lock(devvp, LK_EXCLUSIVE | LK_RETRY);
	if (error == 0)
		error = VOP_OPEN(devvp, mode, FSCRED, NULL);
	vn_unlock(devvp);
	if (error) {
		vrele(devvp);
		return (error);
	}
	kd = kmalloc(sizeof(*kd), M_HAMMER, M_WAITOK | M_ZERO);
	kd->kd_devvp = devvp;
	kd->kd_dev = devvp->v_rdev;
	kd->kd_mode = mode;
	*kdp = kd;
	return (0);
}

static int
load_volume(struct hammer_mount *hmp, const char *name, struct cdev *dev,
    int ronly)
{
	struct hammer_kdev *kd;
	int64_t sectors;
	int error;

	error = open_device(dev, &ronly, &kd);
	if (error) {
		kprintf("HAMMER: %s: error %d\n", name, error);
		return (error);
	}
	sectors = dev_dpsize(kd->kd_dev);
	return (hammer_volume_load(hmp, name, kd, sectors > 0 ? sectors *
	    kd->kd_dev->si_bsize_phys : 0));
}

/* A volume named by a path: the disk device, if the caller may use it. */
static int
lookup_device(const char *name, int ronly, struct ucred *cred,
    struct vnode **vpp)
{
	struct vnode *vp;
	int error;

	error = nlookup_vref(AT_FDCWD, name, UIO_SYSSPACE, NLC_FOLLOW, cred,
	    &vp);
	if (error)
		return (error);
	if (!vn_isdisk(vp, &error)) {
		vrele(vp);
		return (error);
	}
	if (cred->cr_uid != 0) {
		vn_lock(vp, LK_SHARED | LK_RETRY);
		error = VOP_ACCESS(vp, ronly ? VREAD : VREAD | VWRITE, cred);
		vn_unlock(vp);
	}
	if (error == 0)
		*vpp = vp;
	else
		vrele(vp);
	return (error);
}

static int
load_path(struct hammer_mount *hmp, const char *name, int ronly,
    struct ucred *cred)
{
	struct vnode *vp;
	int error;

	error = lookup_device(name, ronly, cred, &vp);
	if (error == 0) {
		error = load_volume(hmp, name, vp->v_rdev, ronly);
		vrele(vp);
	}
	return (error);
}

int
hammer_open_device(const char *name, struct ucred *cred,
    struct hammer_kdev **kdp, int64_t *sizep)
{
	struct vnode *vp;
	int64_t sectors;
	int ronly = 0, error;

	error = lookup_device(name, 0, cred, &vp);
	if (error)
		return (error);
	error = open_device(vp->v_rdev, &ronly, kdp);
	vrele(vp);
	if (error)
		return (error);
	sectors = dev_dpsize((*kdp)->kd_dev);
	*sizep = sectors > 0 ? sectors * (*kdp)->kd_dev->si_bsize_phys : 0;
	return (0);
}

static int
load_args(struct hammer_mount *hmp, struct hammer_mount_info *info,
    int ronly, struct ucred *cred)
{
	char *name, *upath;
	int i, error = 0;

	if (info->nvolumes < 1 || info->nvolumes > HAMMER_MAX_VOLUMES)
		return (EINVAL);
	name = kmalloc(MAXPATHLEN, M_TEMP, M_WAITOK);
	for (i = 0; i < info->nvolumes && error == 0; i++) {
		error = copyin(info->volumes + i, &upath, sizeof(upath));
		if (error == 0)
			error = copyinstr(upath, name, MAXPATHLEN, NULL);
		if (error == 0)
			error = load_path(hmp, name, ronly, cred);
	}
	kfree(name, M_TEMP);
	return (error);
}

/* The root file system: names separated by colons, of devices. */
static int
load_root(struct hammer_mount *hmp, const char *names, int ronly)
{
	char name[MNAMELEN];
	struct cdev *dev;
	int n, error = EINVAL;

	while (*names != 0) {
		n = strcspn(names, ":");
		if (n > 5 && strncmp(names, "/dev/", 5) == 0) {
			names += 5;
			n -= 5;
		}
		if (n >= MNAMELEN)
			return (EINVAL);
		bcopy(names, name, n);
		name[n] = 0;
		names += n;
		names += *names == ':';
		dev = kgetdiskbyname(name);
		if (dev == NULL)
			return (ENOENT);
		error = load_volume(hmp, name, dev, ronly);
		if (error)
			return (error);
	}
	return (error);
}

static void
set_limits(struct hammer_mount *hmp)
{
	/* Buffers: an eighth of memory, dirty ones a quarter of that. */
	hmp->hm_maxbuffers = (long)vmstats.v_page_count * PAGE_SIZE / 8 /
	    HAMMER_BUFSIZE;
	hmp->hm_maxbuffers = MAX(hmp->hm_maxbuffers, 256);
	hmp->hm_maxdirty = MIN(hmp->hm_maxbuffers / 4, 8192);
}

static int
start(struct mount *mp, struct hammer_mount *hmp, int ronly)
{
	struct vnode *rootvp;
	fsid_t fsid;
	int error;

	hmp->hm_skip_redo = hammer_skip_redo;
	error = hammer_mount_start(hmp, ronly);
	if (error)
		return (error);
	mp->mnt_flag |= MNT_LOCAL;
	if (hammer_noatime)
		mp->mnt_flag |= MNT_NOATIME;
	mp->mnt_kern_flag |= MNTK_ALL_MPSAFE;
	mp->mnt_iosize_max = HAMMER_XBUFSIZE;
	fsid.val[0] = hammer_crc32(&hmp->hm_fsid, 8, 0);
	fsid.val[1] = hammer_crc32((char *)&hmp->hm_fsid + 8, 8, 0) & 0xFFFF;
	vfs_setfsid(mp, &fsid);
	vfs_add_vnodeops(mp, &hammer_vnode_vops, &mp->mnt_vn_norm_ops);
	vfs_add_vnodeops(mp, &hammer_spec_vops, &mp->mnt_vn_spec_ops);
	vfs_add_vnodeops(mp, &hammer_fifo_vops, &mp->mnt_vn_fifo_ops);
	strlcpy(mp->mnt_stat.f_mntfromname,
	    hmp->hm_root->v_ondisk->vol_label, MIN(MNAMELEN, 64));
	/* A root that cannot be read is no file system. */
	error = VFS_ROOT(mp, &rootvp);
	if (error == 0) {
		vput(rootvp);
		if (!ronly)
			hammer_flusher_start(hmp);
	} else {
		vflush(mp, 0, FORCECLOSE);
	}
	return (error);
}

static int
update(struct mount *mp)
{
	struct hammer_mount *hmp = VFSTOHMP(mp);
	struct hammer_kdev *kd;
	int i, error = 0;

	if (hammer_noatime)
		mp->mnt_flag |= MNT_NOATIME;
	if (hmp->hm_ronly && (mp->mnt_kern_flag & MNTK_WANTRDWR)) {
		if (hmp->hm_asof != HAMMER_MAX_TID)
			return (EROFS);
		for (i = 0; i < HAMMER_MAX_VOLUMES && error == 0; i++) {
			if (hmp->hm_vol[i] == NULL)
				continue;
			kd = hmp->hm_vol[i]->v_dev;
			if (kd->kd_mode & FWRITE)
				continue;
			vn_lock(kd->kd_devvp, LK_EXCLUSIVE | LK_RETRY);
			error = VOP_OPEN(kd->kd_devvp, FREAD | FWRITE,
			    FSCRED, NULL);
			if (error == 0) {
				VOP_CLOSE(kd->kd_devvp, FREAD, NULL);
				kd->kd_mode = FREAD | FWRITE;
			}
			vn_unlock(kd->kd_devvp);
		}
		if (error == 0)
			error = hammer_mount_writable(hmp);
		if (error == 0)
			hammer_flusher_start(hmp);
	} else if (!hmp->hm_ronly && (mp->mnt_flag & MNT_RDONLY)) {
		error = vflush(mp, 0, WRITECLOSE | ((mp->mnt_flag &
		    MNT_FORCE) ? FORCECLOSE : 0));
		if (error == 0)
			error = hammer_sync_vnodes(mp);
		hammer_flusher_stop(hmp);
		if (error == 0)
			error = hammer_flush_sync(hmp);
		if (error == 0)
			hmp->hm_ronly = 1;
		else
			hammer_flusher_start(hmp);
	}
	return (error);
}

static int
hammer_mount_op(struct mount *mp, char *path, caddr_t data,
    struct ucred *cred)
{
	struct hammer_mount_info info;
	struct hammer_mount *hmp;
	struct hammer_kmount *hk;
	int error, ronly = (mp->mnt_flag & MNT_RDONLY) != 0;

	bzero(&info, sizeof(info));
	if (path != NULL) {
		error = copyin(data, &info, sizeof(info));
		if (error)
			return (error);
	}
	if ((info.hflags & HMNT_MASTERID) &&
	    (info.master_id < -1 || info.master_id > 15))
		return (EINVAL);
	if (mp->mnt_flag & MNT_UPDATE) {
		hmp = VFSTOHMP(mp);
		if ((info.hflags & HMNT_MASTERID) &&
		    info.master_id != hmp->hm_master_id)
			return (EINVAL);
		return (update(mp));
	}
	if (info.asof != 0) {
		if (!ronly)
			return (EROFS);
	}
	hmp = hammer_mount_alloc();
	hk = kmalloc(sizeof(*hk), M_HAMMER, M_WAITOK | M_ZERO);
	hk->hk_mp = mp;
	hmp->hm_plat = hk;
	hmp->hm_hflags = info.hflags & HMNT_USERFLAGS;
	if (info.hflags & HMNT_MASTERID)
		hmp->hm_master_id = info.master_id;
	if (info.hflags & HMNT_NOMIRROR)
		hmp->hm_master_id = -1;
	if (info.asof != 0)
		hmp->hm_asof = info.asof;
	set_limits(hmp);
	mp->mnt_data = hmp;
	if (path == NULL)
		error = load_root(hmp, mp->mnt_stat.f_mntfromname, ronly);
	else
		error = load_args(hmp, &info, ronly, cred);
	if (error == 0)
		error = start(mp, hmp, ronly);
	if (error) {
		mp->mnt_data = NULL;
		hammer_mount_free(hmp);
		kfree(hk, M_HAMMER);
		return (error);
	}
	if (path != NULL)
		strlcpy(mp->mnt_stat.f_mntonname, path, MNAMELEN);
	return (0);
}

static int
hammer_unmount(struct mount *mp, int mntflags)
{
	struct hammer_mount *hmp = VFSTOHMP(mp);
	struct hammer_kmount *hk = hmp->hm_plat;
	int error;

	error = vflush(mp, 0, (mntflags & MNT_FORCE) ? FORCECLOSE : 0);
	if (error)
		return (error);
	hammer_flusher_stop(hmp);
	error = hammer_flush_sync(hmp);
	if (error && (mntflags & MNT_FORCE) == 0 && hmp->hm_error == 0) {
		hammer_flusher_start(hmp);
		return (error);
	}
	mp->mnt_data = NULL;
	hammer_mount_free(hmp);
	kfree(hk, M_HAMMER);
	return (0);
}

static int
hammer_root(struct mount *mp, struct vnode **vpp)
{
	return (hammer_vget(mp, HAMMER_OBJID_ROOT, 0, VFSTOHMP(mp)->hm_asof,
	    vpp));
}

static int
hammer_statfs(struct mount *mp, struct statfs *sbp, struct ucred *cred)
{
	struct hammer_mount *hmp = VFSTOHMP(mp);
	struct hammer_volume_ondisk *od = hmp->hm_root->v_ondisk;
	int64_t bytes, rsv;

	bytes = hammer_free_bytes(hmp);
	rsv = hammer_reserved_bytes(hmp) + 20LL * HAMMER_BIGBLOCK_SIZE;
	sbp->f_bsize = HAMMER_BUFSIZE;
	sbp->f_iosize = HAMMER_BUFSIZE;
	sbp->f_blocks = od->vol0_stat_bigblocks * HAMMER_BUFFERS_PER_BIGBLOCK;
	sbp->f_bfree = (bytes - MIN(rsv, bytes)) / HAMMER_BUFSIZE;
	sbp->f_bavail = sbp->f_bfree;
	sbp->f_files = MAX(od->vol0_stat_inodes, 0);
	return (0);
}

static int
hammer_statvfs(struct mount *mp, struct statvfs *sbp, struct ucred *cred)
{
	struct hammer_mount *hmp = VFSTOHMP(mp);
	struct statfs sf;

	bzero(&sf, sizeof(sf));
	hammer_statfs(mp, &sf, cred);
	sbp->f_bsize = sbp->f_frsize = HAMMER_BUFSIZE;
	sbp->f_blocks = sf.f_blocks;
	sbp->f_bfree = sbp->f_bavail = sf.f_bfree;
	sbp->f_files = sf.f_files;
	sbp->f_ffree = sbp->f_favail = 0;
	sbp->f_fsid = hammer_crc32(&hmp->hm_fsid, 16, 0);
	sbp->f_fsid_uuid = hmp->hm_fsid;
	sbp->f_namemax = 255;
	return (0);
}

static int
sync_vnode(struct mount *mp, struct vnode *vp, void *data)
{
	int error;

	if (vp->v_type != VREG || VTOI(vp) == NULL)
		return (0);
	error = hammer_vn_clean(vp);
	if (error)
		*(int *)data = error;
	return (0);
}

int
hammer_sync_vnodes(struct mount *mp)
{
	int error = 0;

	vmntvnodescan(mp, VMSC_GETVP, NULL, sync_vnode, &error);
	return (error);
}

static int
hammer_vfs_sync(struct mount *mp, int waitfor)
{
	struct hammer_mount *hmp = VFSTOHMP(mp);
	int error;

	if (hmp->hm_ronly)
		return (0);
	error = hammer_sync_vnodes(mp);
	if (error == 0)
		error = waitfor == MNT_LAZY ? hammer_flush_cycle(hmp) :
		    hammer_flush_sync(hmp);
	return (error);
}

static int
hammer_vptofh(struct vnode *vp, struct fid *fhp)
{
	struct hammer_inode *ip = VTOI(vp);

	fhp->fid_len = offsetof(struct fid, fid_data) + 16;
	fhp->fid_ext = hammer_lo_to_pfs(ip->i_lo);
	bcopy(&ip->i_obj_id, fhp->fid_data, 8);
	bcopy(&ip->i_asof, fhp->fid_data + 8, 8);
	return (0);
}

static int
hammer_fhtovp(struct mount *mp, struct vnode *rootvp, struct fid *fhp,
    struct vnode **vpp)
{
	int64_t obj_id;
	hammer_tid_t asof;
	uint32_t lo;
	int error;

	bcopy(fhp->fid_data, &obj_id, 8);
	bcopy(fhp->fid_data + 8, &asof, 8);
	lo = rootvp != NULL ? VTOI(rootvp)->i_lo :
	    hammer_pfs_to_lo(fhp->fid_ext);
	error = hammer_vget(mp, obj_id, lo, asof, vpp);
	return (error == ENOENT ? ESTALE : error);
}

static struct vfsops hammer_vfsops = {
	.vfs_flags = 0,
	.vfs_mount = hammer_mount_op,
	.vfs_unmount = hammer_unmount,
	.vfs_root = hammer_root,
	.vfs_statfs = hammer_statfs,
	.vfs_statvfs = hammer_statvfs,
	.vfs_sync = hammer_vfs_sync,
	.vfs_fhtovp = hammer_fhtovp,
	.vfs_vptofh = hammer_vptofh,
};

VFS_SET(hammer_vfsops, hammer, VFCF_MPSAFE);
MODULE_VERSION(hammer, 1);
