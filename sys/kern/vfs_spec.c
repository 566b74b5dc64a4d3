/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Vnodes of devices: open, close and I/O are passed to the driver.
 *
 * Opens and closes of one device are serialised with its si_lock only where
 * they count opens; the driver's d_open may sleep for as long as it likes
 * (carrier on a line), so the vnode is unlocked meanwhile.  d_close is called
 * when the last of all opens of the device goes, or for every close with
 * D_TRACKCLOSE.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/buf.h>
#include <sys/buf2.h>
#include <sys/conf.h>
#include <sys/devfs.h>
#include <sys/fcntl.h>
#include <sys/file.h>
#include <sys/kernel.h>
#include <sys/mount.h>
#include <sys/proc.h>
#include <sys/signalvar.h>
#include <sys/stat.h>
#include <sys/tty.h>
#include <sys/unistd.h>
#include <sys/vnode.h>
#include <vfs/devfs/devfs.h>

/*
 * If the node is a clone master, make a device of its own for this open: a
 * nameless vnode that replaces the one being opened.
 */
static int
spec_clone(struct vnode *vp, int mode, struct ucred *cred,
    struct vnode **nvpp)
{
	struct cdev *dev = vp->v_rdev, *ndev;
	struct vnode *nvp;
	int error;

	*nvpp = NULL;
	ndev = devfs_clone(dev->si_name, strlen(dev->si_name), mode, cred,
	    dev);
	if (ndev == NULL || ndev == dev)
		return (0);
	error = getspecialvnode(VT_DEVFS, vp->v_mount, vp->v_tag == VT_DEVFS &&
	    vp->v_mount != NULL ? &vp->v_mount->mnt_vn_spec_ops :
	    &spec_vnode_vops_p, &nvp, 0, 0);
	if (error)
		return (error);
	nvp->v_type = VCHR;
	error = v_associate_rdev(nvp, ndev);
	if (error == 0 && vp->v_tag == VT_DEVFS && vp->v_mount != NULL)
		devfs_clone_node(vp, nvp, ndev);
	if (error) {
		vgone_vxlocked(nvp);
		vput(nvp);
		return (error);
	}
	if (dev_dflags(ndev) & D_TTY)
		vsetflags(nvp, VISTTY);
	vfinalize(nvp);
	vn_unlock(nvp);
	*nvpp = nvp;
	return (0);
}

/*
 * The vnode of a device node of a filesystem other than devfs knows the
 * device by number only until it is opened.  The vnode comes and goes locked;
 * its lock may be let go meanwhile.  A device that went away is looked for
 * anew when all opens of it are closed.
 */
static int
spec_find_device(struct vnode *vp)
{
	struct cdev *dev;
	int error = 0;

	if (vp->v_tag == VT_DEVFS || dev_is_good(vp->v_rdev))
		return (0);
	vn_unlock(vp);
	dev = devfs_find_device_by_udev(vp->v_udev);
	vn_lock(vp, LK_EXCLUSIVE | LK_RETRY);
	if (vp->v_rdev != NULL && vp->v_opencount == 0)
		v_release_rdev(vp);
	if (vp->v_flag & VRECLAIMED)
		error = ENXIO;
	else if (vp->v_rdev == NULL)
		error = v_associate_rdev(vp, dev);
	release_dev(dev);
	return (error);
}

int
spec_open(struct vop_open_args *ap)
{
	struct vnode *vp = ap->a_vp, *nvp = NULL, *ovp = vp;
	struct file *fp = ap->a_fpp != NULL ? *ap->a_fpp : NULL;
	struct cdev *dev;
	int error, mode = ap->a_mode;

	if (vp->v_mount != NULL && (vp->v_mount->mnt_flag & MNT_NODEV))
		return (ENXIO);
	error = spec_find_device(vp);
	if (error)
		return (error);
	dev = vp->v_rdev;
	if (dev == NULL || !dev_is_good(dev))
		return (ENXIO);
	if (fp != NULL) {
		error = spec_clone(vp, mode, ap->a_cred, &nvp);
		if (error)
			return (error);
		if (nvp != NULL) {
			vp = nvp;
			dev = nvp->v_rdev;
		}
	}
	reference_dev(dev);
	atomic_add_int(&dev->si_opens, 1);
	vn_unlock(ovp);
	error = dev_dopen(dev, mode, S_IFCHR, ap->a_cred, ap->a_fpp, vp);
	vn_lock(ovp, LK_EXCLUSIVE | LK_RETRY);
	if (error) {
		atomic_add_int(&dev->si_opens, -1);
		release_dev(dev);
		if (nvp != NULL)
			vrele(nvp);
		return (error);
	}
	if (dev_dflags(dev) & D_TTY)
		vsetflags(vp, VISTTY);
	if (fp != NULL && fp->f_ops != &badfileops && fp->f_data != NULL &&
	    fp->f_data != vp && fp->f_data != ovp) {
		/* The driver supplied the file (d_open made it). */
		atomic_add_int(&dev->si_opens, -1);
	} else {
		struct vop_open_args open = *ap;

		open.a_vp = vp;
		error = vop_stdopen(&open);
	}
	release_dev(dev);
	if (nvp != NULL)
		vrele(nvp);
	return (error);
}

int
spec_close(struct vop_close_args *ap)
{
	struct vnode *vp = ap->a_vp;
	struct cdev *dev = vp->v_rdev;
	struct proc *p = curproc;
	int error = 0, opens;

	/* A controlling terminal's own reference is not an open. */
	if (dev == NULL || vp->v_opencount == 0)
		return (vop_stdclose(ap));
	if ((vp->v_flag & VISTTY) && p != NULL && p->p_session != NULL &&
	    vp == p->p_session->s_ttyvp && vp->v_opencount == 1 &&
	    (vp->v_flag & VRECLAIMED)) {
		p->p_session->s_ttyvp = NULL;
		vrele(vp);
	}
	reference_dev(dev);
	opens = atomic_fetchadd_int(&dev->si_opens, -1) - 1;
	if (opens == 0 || (dev_dflags(dev) & D_TRACKCLOSE)) {
		vn_unlock(vp);
		error = dev_dclose(dev, ap->a_fflag, S_IFCHR, ap->a_fp);
		vn_lock(vp, LK_EXCLUSIVE | LK_RETRY);
	}
	release_dev(dev);
	vop_stdclose(ap);
	return (error);
}

int
spec_read(struct vop_read_args *ap)
{
	struct cdev *dev = ap->a_vp->v_rdev;
	int error;

	if (dev == NULL)
		return (EBADF);
	if (ap->a_uio->uio_resid == 0)
		return (0);
	reference_dev(dev);
	vn_unlock(ap->a_vp);
	error = dev_dread(dev, ap->a_uio, ap->a_ioflag, NULL);
	vn_lock(ap->a_vp, LK_SHARED | LK_RETRY);
	release_dev(dev);
	return (error);
}

int
spec_write(struct vop_write_args *ap)
{
	struct cdev *dev = ap->a_vp->v_rdev;
	int error;

	if (dev == NULL)
		return (EBADF);
	reference_dev(dev);
	vn_unlock(ap->a_vp);
	error = dev_dwrite(dev, ap->a_uio, ap->a_ioflag, NULL);
	vn_lock(ap->a_vp, LK_EXCLUSIVE | LK_RETRY);
	release_dev(dev);
	return (error);
}

int
spec_ioctl(struct vop_ioctl_args *ap)
{
	struct cdev *dev = ap->a_vp->v_rdev;

	if (dev == NULL)
		return (EBADF);
	return (dev_dioctl(dev, ap->a_command, ap->a_data, ap->a_fflag,
	    ap->a_cred, ap->a_sysmsg, NULL));
}

int
spec_kqfilter(struct vop_kqfilter_args *ap)
{
	struct cdev *dev = ap->a_vp->v_rdev;

	if (dev == NULL)
		return (EBADF);
	if (ap->a_kn->kn_filter == EVFILT_VNODE)
		return (vop_stdkqfilter(ap));
	return (dev_dkqfilter(dev, ap->a_kn, NULL));
}

/* The buffer's logical offset is the device's. */
int
spec_strategy(struct vop_strategy_args *ap)
{
	struct bio *bio = ap->a_bio, *nbio;
	struct vnode *vp = ap->a_vp;

	nbio = push_bio(bio);
	nbio->bio_offset = bio->bio_offset;
	if (vp->v_rdev == NULL) {
		bio->bio_buf->b_flags |= B_ERROR;
		bio->bio_buf->b_error = ENXIO;
		biodone(nbio);
		return (0);
	}
	dev_dstrategy(vp->v_rdev, nbio);
	return (0);
}

int
spec_bmap(struct vop_bmap_args *ap)
{
	if (ap->a_doffsetp != NULL)
		*ap->a_doffsetp = ap->a_loffset;
	if (ap->a_runp != NULL)
		*ap->a_runp = MAXPHYS;
	if (ap->a_runb != NULL)
		*ap->a_runb = 0;
	return (0);
}

int
spec_fsync(struct vop_fsync_args *ap)
{
	struct vnode *vp = ap->a_vp;

	if (!vn_isdisk(vp, NULL))
		return (0);
	return (vfsync(vp, ap->a_waitfor, 1, NULL, NULL));
}

int
spec_freeblks(struct vop_freeblks_args *ap)
{
	return (EOPNOTSUPP);
}

int
spec_pathconf(struct vop_pathconf_args *ap)
{
	return (vop_stdpathconf(ap));
}

static int
spec_getattr(struct vop_getattr_args *ap)
{
	struct vattr *vap = ap->a_vap;
	struct cdev *dev = ap->a_vp->v_rdev;

	VATTR_NULL(vap);
	vap->va_type = ap->a_vp->v_type;
	vap->va_mode = 0600;
	vap->va_nlink = 1;
	vap->va_uid = 0;
	vap->va_gid = 0;
	vap->va_fsid = 0;
	vap->va_fileid = dev != NULL ? dev->si_inode : 0;
	vap->va_size = 0;
	vap->va_blocksize = DEV_BSIZE;
	vap->va_bytes = 0;
	vap->va_flags = 0;
	vap->va_gen = 0;
	bzero(&vap->va_mtime, sizeof(vap->va_mtime));
	vap->va_atime = vap->va_ctime = vap->va_mtime;
	if (dev != NULL) {
		vap->va_rmajor = dev->si_umajor;
		vap->va_rminor = dev->si_uminor;
	}
	return (0);
}

struct vop_ops *spec_vnode_vops_p;

/* Device vnodes without a name, of bdevvp(). */
struct vop_ops spec_vnode_vops = {
	.vop_default = vop_defaultop,
	.vop_access = (void *)vop_null,
	.vop_getattr = spec_getattr,
	.vop_inactive = (void *)vop_null,
	.vop_reclaim = (void *)vop_null,
	SPEC_VNODE_IO,
};
