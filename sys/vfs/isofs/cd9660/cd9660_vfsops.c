/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cd9660: mounting.  Volume descriptors are read and checked here; which of
 * the root directories is used (Rock Ridge's, Joliet's, the plain one) is
 * decided as reference/storage/vfs.md section 9 says.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/buf.h>
#include <sys/conf.h>
#include <sys/disk.h>
#include <sys/fcntl.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/nlookup.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/stat.h>
#include <sys/ucred.h>
#include "cd9660.h"
#include "cd9660_mount.h"

/* Volume descriptors (8.1, 8.4, 8.5). */
#define VD_FIRST	16
#define VD_LAST		99
#define VD_PRIMARY	1
#define VD_SUPPLEMENTARY 2
#define VD_TERMINATOR	255
#define VD_FLAGS	7
#define VD_SPACE	80
#define VD_ESCAPES	88
#define VD_BSIZE	128
#define VD_ROOT		156

static int
cd9660_vol_read(void *arg, uint32_t blk, uint32_t offset, void *buf,
    uint32_t len)
{
	struct iso_mnt *im = arg;

	return (cd9660_read(im, ((off_t)blk << im->im_bshift) + offset, buf,
	    len));
}

static int
joliet_level(const uint8_t *vd, int flags)
{
	const uint8_t *esc = vd + VD_ESCAPES;

	if ((flags & ISOFSMNT_NOJOLIET) ||
	    ((vd[VD_FLAGS] & 1) && (flags & ISOFSMNT_BROKENJOLIET) == 0))
		return (0);
	if (esc[0] != '%' || esc[1] != '/')
		return (0);
	switch (esc[2]) {
	case '@':
		return (1);
	case 'C':
		return (2);
	case 'E':
		return (3);
	default:
		return (0);
	}
}

/* Find the descriptors: pri, and sup if level is not 0. */
static int
read_descriptors(struct iso_mnt *im, uint8_t *pri, uint8_t *sup, int *level)
{
	uint8_t *vd = kmalloc(ISO_SECTOR, M_TEMP, M_WAITOK);
	int i, error = EINVAL, havepri = 0;

	*level = 0;
	for (i = VD_FIRST; i <= VD_LAST; i++) {
		error = cd9660_read(im, (off_t)i * ISO_SECTOR, vd,
		    ISO_SECTOR);
		if (error)
			break;
		if (bcmp(vd + 1, "CD001", 5) != 0) {
			error = EINVAL;
			break;
		}
		if (vd[0] == VD_TERMINATOR)
			break;
		if (vd[0] == VD_PRIMARY && !havepri) {
			bcopy(vd, pri, ISO_SECTOR);
			havepri = 1;
		} else if (vd[0] == VD_SUPPLEMENTARY && *level == 0) {
			*level = joliet_level(vd, im->im_flags);
			if (*level != 0)
				bcopy(vd, sup, ISO_SECTOR);
		}
	}
	kfree(vd, M_TEMP);
	if (error)
		return (error);
	return (havepri ? 0 : EINVAL);
}

/* Decide how names are read. */
static int
choose_names(struct iso_mnt *im, const uint8_t *pri, const uint8_t *sup,
    int level)
{
	uint8_t rec[256];
	uint32_t block;
	int error, len;

	bcopy(pri + VD_ROOT, im->im_root, ISO_RECMIN);
	block = iso_get32(im->im_root + 2) + im->im_root[1];
	error = cd9660_read(im, (off_t)block << im->im_bshift, rec, 1);
	if (error)
		return (error);
	len = rec[0];
	if (len < ISO_RECMIN)
		return (EINVAL);
	error = cd9660_read(im, (off_t)block << im->im_bshift, rec, len);
	if (error)
		return (error);
	im->im_vol.iv_names = (im->im_flags & (ISOFSMNT_NORRIP |
	    ISOFSMNT_GENS)) == (ISOFSMNT_NORRIP | ISOFSMNT_GENS) ?
	    ISO_NAMES_PLAIN : ISO_NAMES_FOLD;
	if ((im->im_flags & ISOFSMNT_NORRIP) == 0 &&
	    iso_rec_check_susp(&im->im_vol, rec, len, &im->im_vol.iv_skip)) {
		im->im_vol.iv_rr = 1;
		im->im_flags &= ~ISOFSMNT_GENS;
		if (bootverbose)
			kprintf("cd9660: RockRidge Extension\n");
	} else if (level != 0) {
		im->im_joliet = level;
		im->im_vol.iv_names = ISO_NAMES_JOLIET;
		bcopy(sup + VD_ROOT, im->im_root, ISO_RECMIN);
		kprintf("cd9660: Joliet Extension (Level %d)\n", level);
	}
	return (0);
}

static int
mount_volume(struct iso_mnt *im)
{
	uint8_t *pri, *sup;
	int level, error, bsize;
	int64_t sectors;

	pri = kmalloc(2 * ISO_SECTOR, M_TEMP, M_WAITOK);
	sup = pri + ISO_SECTOR;
	/* Until the volume says better, the medium is the limit. */
	sectors = dev_dpsize(im->im_devvp->v_rdev);
	im->im_bytes = sectors > 0 ? sectors *
	    im->im_devvp->v_rdev->si_bsize_phys : (off_t)1 << 40;
	im->im_bytes &= ~(off_t)(ISO_SECTOR - 1);
	error = read_descriptors(im, pri, sup, &level);
	if (error == 0) {
		bsize = iso_get16(pri + VD_BSIZE);
		if (bsize < 512 || bsize > 65536 || !powerof2(bsize))
			error = EINVAL;
		im->im_bsize = bsize;
		im->im_bshift = bsize ? ffs(bsize) - 1 : 0;
		im->im_blocks = iso_get32(pri + VD_SPACE);
		if (im->im_blocks == 0)
			error = EINVAL;
	}
	if (error == 0) {
		im->im_vol.iv_read = cd9660_vol_read;
		im->im_vol.iv_arg = im;
		error = choose_names(im, pri, sup, level);
	}
	kfree(pri, M_TEMP);
	return (error);
}

static int
cd9660_mountfs(struct mount *mp, struct vnode *devvp, int flags)
{
	struct iso_mnt *im;
	struct cdev *dev = devvp->v_rdev;
	struct vnode *rootvp;
	int error;

	vn_lock(devvp, LK_EXCLUSIVE | LK_RETRY);
	error = VOP_OPEN(devvp, FREAD, FSCRED, NULL);
	vn_unlock(devvp);
	if (error)
		return (error);
	im = kmalloc(sizeof(*im), M_ISOFS, M_WAITOK | M_ZERO);
	im->im_mp = mp;
	im->im_devvp = devvp;
	im->im_flags = flags;
	lwkt_token_init(&im->im_token, "isofs");
	RB_INIT(&im->im_nodes);
	mp->mnt_data = im;
	error = mount_volume(im);
	if (error == 0) {
		mp->mnt_flag |= MNT_LOCAL | MNT_RDONLY;
		mp->mnt_kern_flag |= MNTK_ALL_MPSAFE;
		mp->mnt_iosize_max = dev->si_iosize_max;
		mp->mnt_stat.f_fsid.val[0] = devid_from_dev(dev);
		mp->mnt_stat.f_fsid.val[1] = mp->mnt_vfc->vfc_typenum;
		vfs_setfsid(mp, &mp->mnt_stat.f_fsid);
		vfs_add_vnodeops(mp, &cd9660_vnode_vops,
		    &mp->mnt_vn_norm_ops);
		vfs_add_vnodeops(mp, &cd9660_spec_vops,
		    &mp->mnt_vn_spec_ops);
		/* A root that cannot be read is no filesystem. */
		error = VFS_ROOT(mp, &rootvp);
		if (error == 0)
			vput(rootvp);
		else
			vflush(mp, 0, FORCECLOSE);
	}
	if (error) {
		mp->mnt_data = NULL;
		vinvalbuf(devvp, 0, 0, 0);
		vn_lock(devvp, LK_EXCLUSIVE | LK_RETRY);
		VOP_CLOSE(devvp, FREAD, NULL);
		vn_unlock(devvp);
		kfree(im, M_ISOFS);
	}
	return (error);
}

static int
cd9660_mount(struct mount *mp, char *path, caddr_t data, struct ucred *cred)
{
	struct iso_args args;
	struct vnode *vp, *devvp;
	char fspec[MNAMELEN];
	int error;

	/* The root filesystem: the device is rootdev. */
	if (path == NULL) {
		error = bdevvp(rootdev, &devvp);
		if (error)
			return (error);
		error = cd9660_mountfs(mp, devvp, 0);
		if (error)
			vrele(devvp);
		return (error);
	}
	error = copyin(data, &args, sizeof(args));
	if (error)
		return (error);
	if ((mp->mnt_flag & MNT_RDONLY) == 0)
		return (EROFS);
	if (mp->mnt_flag & MNT_UPDATE)
		return (0);
	error = copyinstr(args.fspec, fspec, sizeof(fspec), NULL);
	if (error)
		return (error);
	error = nlookup_vref(AT_FDCWD, fspec, UIO_SYSSPACE, NLC_FOLLOW, cred,
	    &vp);
	if (error)
		return (error);
	if (!vn_isdisk(vp, &error)) {
		vrele(vp);
		return (error);
	}
	if (cred->cr_uid != 0) {
		vn_lock(vp, LK_SHARED | LK_RETRY);
		error = VOP_ACCESS(vp, VREAD, cred);
		vn_unlock(vp);
	}
	if (error == 0)
		error = bdevvp(vp->v_rdev, &devvp);
	vrele(vp);
	if (error)
		return (error);
	error = cd9660_mountfs(mp, devvp, args.flags);
	if (error) {
		vrele(devvp);
		return (error);
	}
	strlcpy(mp->mnt_stat.f_mntfromname, fspec, MNAMELEN);
	strlcpy(mp->mnt_stat.f_mntonname, path, MNAMELEN);
	return (0);
}

static int
cd9660_unmount(struct mount *mp, int mntflags)
{
	struct iso_mnt *im = VFSTOISO(mp);
	int error;

	error = vflush(mp, 0, (mntflags & MNT_FORCE) ? FORCECLOSE : 0);
	if (error)
		return (error);
	vinvalbuf(im->im_devvp, 0, 0, 0);
	vn_lock(im->im_devvp, LK_EXCLUSIVE | LK_RETRY);
	VOP_CLOSE(im->im_devvp, FREAD, NULL);
	vn_unlock(im->im_devvp);
	vrele(im->im_devvp);
	mp->mnt_data = NULL;
	kfree(im, M_ISOFS);
	return (0);
}

static int
cd9660_root(struct mount *mp, struct vnode **vpp)
{
	struct iso_mnt *im = VFSTOISO(mp);
	int error;

	error = cd9660_vget_dir(im, iso_get32(im->im_root + 2) +
	    im->im_root[1], vpp);
	if (error == 0)
		vsetflags(*vpp, VROOT);
	return (error);
}

static int
cd9660_statfs(struct mount *mp, struct statfs *sbp, struct ucred *cred)
{
	struct iso_mnt *im = VFSTOISO(mp);

	sbp->f_bsize = im->im_bsize;
	sbp->f_iosize = sbp->f_bsize;
	sbp->f_blocks = im->im_blocks;
	sbp->f_bfree = 0;
	sbp->f_bavail = 0;
	sbp->f_files = 0;
	sbp->f_ffree = 0;
	return (0);
}

/* Files of the handle calls: only directories can be found by number. */
struct iso_fid {
	u_short		if_len;
	u_short		if_pad;
	int		if_ino;
	int64_t		if_start;
} __packed;

static int
cd9660_vptofh(struct vnode *vp, struct fid *fhp)
{
	struct iso_node *in = VTOI(vp);
	struct iso_fid *ifh = (struct iso_fid *)fhp;

	ifh->if_len = sizeof(*ifh);
	ifh->if_pad = 0;
	ifh->if_ino = in->in_ino >> 5;
	ifh->if_start = in->in_ino;
	return (0);
}

static int
cd9660_fhtovp(struct mount *mp, struct vnode *rootvp, struct fid *fhp,
    struct vnode **vpp)
{
	struct iso_mnt *im = VFSTOISO(mp);
	struct iso_fid *ifh = (struct iso_fid *)fhp;
	struct iso_rec *ir;
	uint8_t rec[256];
	uint64_t ino = ifh->if_start;
	int error, len;

	if ((off_t)ino < 0 || ino >= im->im_bytes)
		return (ESTALE);
	error = cd9660_read(im, ino, rec, 1);
	len = rec[0];
	if (error || len < ISO_RECMIN || cd9660_read(im, ino, rec, len) != 0)
		return (ESTALE);
	ir = kmalloc(sizeof(*ir), M_TEMP, M_WAITOK);
	error = iso_rec_parse(&im->im_vol, rec, len, ir);
	if (error == 0)
		error = cd9660_vget_rec(im, NULL, 0, ir, ino, vpp);
	kfree(ir, M_TEMP);
	return (error ? ESTALE : 0);
}

static struct vfsops cd9660_vfsops = {
	.vfs_flags = 0,
	.vfs_mount = cd9660_mount,
	.vfs_unmount = cd9660_unmount,
	.vfs_root = cd9660_root,
	.vfs_statfs = cd9660_statfs,
	.vfs_sync = vfs_stdnosync,
	.vfs_fhtovp = cd9660_fhtovp,
	.vfs_vptofh = cd9660_vptofh,
};

VFS_SET(cd9660_vfsops, cd9660, VFCF_READONLY | VFCF_MPSAFE);
MODULE_VERSION(cd9660, 1);
