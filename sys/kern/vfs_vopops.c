/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Vnode operations: installing tables, defaults for operations a filesystem
 * leaves out, and the work done above filesystems for some operations.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/bio.h>
#include <sys/buf.h>
#include <sys/event.h>
#include <sys/fcntl.h>
#include <sys/file.h>
#include <sys/lockf.h>
#include <sys/malloc.h>
#include <sys/mount.h>
#include <sys/mountctl.h>
#include <sys/proc.h>
#include <sys/spinlock2.h>
#include <sys/unistd.h>
#include <sys/vfs_quota.h>
#include <sys/vnode.h>
#include <vm/vm.h>
#include <vm/vm_pager.h>

MALLOC_DEFINE(M_VOPS, "vops", "vnode operation tables");

/* A copy of a template with its empty entries filled in. */
static void
vop_ops_fill(struct vop_ops *ops)
{
	struct vop_ops *def = &default_vnode_vops;

#define VOP_FILL(name)							\
	if (ops->vop_##name == NULL) {					\
		if (ops->vop_default == NULL ||				\
		    ops->vop_default == vop_defaultop)			\
			ops->vop_##name = def->vop_##name;		\
		if (ops->vop_##name == NULL)				\
			ops->vop_##name = (void *)(ops->vop_default ?	\
			    ops->vop_default : vop_defaultop);		\
	}
	VOP_LIST(VOP_FILL)
#undef VOP_FILL
}

void
vfs_add_vnodeops(struct mount *mp, struct vop_ops *template,
    struct vop_ops **ops_pp)
{
	struct vop_ops *ops;

	if (mp == NULL) {
		vop_ops_fill(template);
		*ops_pp = template;
		return;
	}
	KKASSERT(*ops_pp == NULL);
	ops = kmalloc(sizeof(*ops), M_VOPS, M_WAITOK);
	*ops = *template;
	ops->vv_mount = mp;
	vop_ops_fill(ops);
	*ops_pp = ops;
	if (ops_pp == &mp->mnt_vn_norm_ops)
		mp->mnt_vn_use_ops = ops;
}

void
vfs_rm_vnodeops(struct mount *mp, struct vop_ops *template,
    struct vop_ops **ops_pp)
{
	struct vop_ops *ops = *ops_pp;

	if (ops == NULL)
		return;
	*ops_pp = NULL;
	if (mp != NULL && mp->mnt_vn_use_ops == ops)
		mp->mnt_vn_use_ops = NULL;
	kfree(ops, M_VOPS);
}

/*
 * Ready-made operations.
 */
int
vop_defaultop(struct vop_generic_args *ap)
{
	return (EOPNOTSUPP);
}

int
vop_eopnotsupp(struct vop_generic_args *ap)
{
	return (EOPNOTSUPP);
}

int
vop_ebadf(struct vop_generic_args *ap)
{
	return (EBADF);
}

int
vop_enotty(struct vop_generic_args *ap)
{
	return (ENOTTY);
}

int
vop_einval(struct vop_generic_args *ap)
{
	return (EINVAL);
}

int
vop_erofs(struct vop_generic_args *ap)
{
	return (EROFS);
}

int
vop_null(struct vop_generic_args *ap)
{
	return (0);
}

int
vop_panic(struct vop_generic_args *ap)
{
	panic("unexpected vnode operation");
}

int
vop_stdopen(struct vop_open_args *ap)
{
	struct vnode *vp = ap->a_vp;
	struct file *fp = ap->a_fpp != NULL ? *ap->a_fpp : NULL;

	if (fp != NULL) {
		switch (vp->v_type) {
		case VFIFO:
			fp->f_type = DTYPE_FIFO;
			break;
		default:
			fp->f_type = DTYPE_VNODE;
			break;
		}
		fp->f_flag |= ap->a_mode & FMASK;
		fp->f_ops = &vnode_fileops;
		fp->f_data = vp;
		vref(vp);
	}
	spin_lock(&vp->v_spin);
	if (ap->a_mode & FWRITE)
		vp->v_writecount++;
	vp->v_opencount++;
	spin_unlock(&vp->v_spin);
	return (0);
}

int
vop_stdclose(struct vop_close_args *ap)
{
	struct vnode *vp = ap->a_vp;

	spin_lock(&vp->v_spin);
	if (vp->v_opencount > 0) {
		if ((ap->a_fflag & FWRITE) && vp->v_writecount > 0)
			vp->v_writecount--;
		vp->v_opencount--;
	}
	spin_unlock(&vp->v_spin);
	return (0);
}

int
vop_stdpathconf(struct vop_pathconf_args *ap)
{
	register_t *r = ap->a_retval;

	switch (ap->a_name) {
	case _PC_CHOWN_RESTRICTED:
	case _PC_NO_TRUNC:
		*r = 1;
		break;
	case _PC_LINK_MAX:
		*r = LINK_MAX;
		break;
	case _PC_MAX_CANON:
		*r = MAX_CANON;
		break;
	case _PC_MAX_INPUT:
		*r = MAX_INPUT;
		break;
	case _PC_NAME_MAX:
		*r = NAME_MAX;
		break;
	case _PC_PATH_MAX:
		*r = PATH_MAX;
		break;
	case _PC_PIPE_BUF:
		*r = PIPE_BUF;
		break;
	case _PC_VDISABLE:
		*r = _POSIX_VDISABLE;
		break;
	case _PC_FILESIZEBITS:
		*r = 64;
		break;
	case _PC_SYMLINK_MAX:
		*r = MAXPATHLEN - 1;
		break;
	case _PC_2_SYMLINKS:
		*r = 1;
		break;
	case _PC_TIMESTAMP_RESOLUTION:
		*r = 1;
		break;
	default:
		return (EINVAL);
	}
	return (0);
}

int
vop_stdgetattr_lite(struct vop_getattr_lite_args *ap)
{
	struct vattr va;
	int error;

	error = VOP_GETATTR(ap->a_vp, &va);
	if (error == 0) {
		ap->a_lvap->va_type = va.va_type;
		ap->a_lvap->va_nlink = va.va_nlink;
		ap->a_lvap->va_mode = va.va_mode;
		ap->a_lvap->va_uid = va.va_uid;
		ap->a_lvap->va_gid = va.va_gid;
		ap->a_lvap->va_size = va.va_size;
		ap->a_lvap->va_flags = va.va_flags;
	}
	return (error);
}

int
vop_stdmountctl(struct vop_mountctl_args *ap)
{
	struct mount *mp = ap->a_mp;
	int error = 0;

	switch (ap->a_op) {
	case MOUNTCTL_STATVFS:
		if (ap->a_buflen != sizeof(struct statvfs))
			return (EINVAL);
		error = VFS_STATVFS(mp, ap->a_buf, proc0.p_ucred);
		if (error == 0)
			*ap->a_res = ap->a_buflen;
		break;
	case MOUNTCTL_MOUNTFLAGS:
		*ap->a_res = vfs_flagstostr(mp->mnt_flag & MNT_VISFLAGMASK,
		    NULL, ap->a_buf, ap->a_buflen, &error);
		break;
	case MOUNTCTL_INSTALL_VFS_JOURNAL:
	case MOUNTCTL_RESTART_VFS_JOURNAL:
	case MOUNTCTL_REMOVE_VFS_JOURNAL:
	case MOUNTCTL_STATUS_VFS_JOURNAL:
		error = ENOENT;
		break;
	case MOUNTCTL_RESYNC_VFS_JOURNAL:
		error = EINVAL;
		break;
	default:
		error = EOPNOTSUPP;
		break;
	}
	return (error);
}

int
vop_stdgetpages(struct vop_getpages_args *ap)
{
	return (vnode_pager_generic_getpages(ap->a_vp, ap->a_m, ap->a_count,
	    ap->a_reqpage, ap->a_seqaccess));
}

int
vop_stdputpages(struct vop_putpages_args *ap)
{
	return (vnode_pager_generic_putpages(ap->a_vp, ap->a_m, ap->a_count,
	    ap->a_flags, ap->a_rtvals));
}

int
vop_stdadvlock(struct vop_advlock_args *ap)
{
	struct vnode *vp = ap->a_vp;
	struct vattr va;
	off_t size = 0;

	if (ap->a_fl->l_whence == SEEK_END) {
		if (VOP_GETATTR(vp, &va) == 0)
			size = va.va_size;
	}
	return (lf_advlock(ap, &vp->v_lockf, size));
}

int
vop_stdrevoke(struct vop_revoke_args *ap)
{
	if (ap->a_vp->v_rdev == NULL)
		return (ENXIO);
	return (vrevoke(ap->a_vp, ap->a_cred));
}

int
vop_stdallocate(struct vop_allocate_args *ap)
{
	return (EOPNOTSUPP);
}

int
vop_stdmarkatime(struct vop_markatime_args *ap)
{
	return (EOPNOTSUPP);
}

struct vop_ops default_vnode_vops = {
	.vop_default = vop_defaultop,
	.vop_access = (void *)vop_eopnotsupp,
	.vop_advlock = (void *)vop_einval,
	.vop_fsync = (void *)vop_null,
	.vop_getattr_lite = vop_stdgetattr_lite,
	.vop_getpages = vop_stdgetpages,
	.vop_inactive = (void *)vop_null,
	.vop_ioctl = (void *)vop_enotty,
	.vop_kqfilter = vop_stdkqfilter,
	.vop_mountctl = vop_stdmountctl,
	.vop_open = vop_stdopen,
	.vop_close = vop_stdclose,
	.vop_pathconf = vop_stdpathconf,
	.vop_print = (void *)vop_null,
	.vop_putpages = vop_stdputpages,
	.vop_readlink = (void *)vop_einval,
	.vop_reclaim = (void *)vop_null,
	.vop_revoke = vop_stdrevoke,
	.vop_allocate = vop_stdallocate,
	.vop_markatime = vop_stdmarkatime,
};

/*
 * Operations with something to do above the filesystem.
 */
int
vop_open(struct vnode *vp, int mode, struct ucred *cred, struct file **fpp)
{
	return (VOP_CALL(vp, open, .a_vp = vp, .a_mode = mode,
	    .a_cred = cred, .a_fpp = fpp));
}

int
vop_close(struct vnode *vp, int fflag, struct file *fp)
{
	return (VOP_CALL(vp, close, .a_vp = vp, .a_fflag = fflag,
	    .a_fp = fp));
}

int
vop_setattr(struct vnode *vp, struct vattr *vap, struct ucred *cred)
{
	int error, charge;

	charge = vfs_quota_enabled && (vap->va_size != (u_quad_t)VNOVAL ||
	    vap->va_uid != (uid_t)VNOVAL || vap->va_gid != (gid_t)VNOVAL);
	if (charge)
		vquota_attach(vp);
	error = VOP_CALL(vp, setattr, .a_vp = vp, .a_vap = vap,
	    .a_cred = cred);
	if (charge)
		vquota_settle(vp);
	if (vap->va_mode != (u_short)VNOVAL || vap->va_uid != (uid_t)VNOVAL)
		cache_inval_wxok(vp);
	return (error);
}

int
vop_write(struct vnode *vp, struct uio *uio, int ioflag, struct ucred *cred)
{
	int error;

	/* What the VM system writes back has its place already. */
	if (ioflag & IO_VMIO)
		return (VOP_CALL(vp, write, .a_vp = vp, .a_uio = uio,
		    .a_ioflag = ioflag, .a_cred = cred));
	error = vquota_write_begin(vp, uio, ioflag);
	if (__predict_false(error != 0))
		return (error);
	error = VOP_CALL(vp, write, .a_vp = vp, .a_uio = uio,
	    .a_ioflag = ioflag, .a_cred = cred);
	vquota_write_end(vp);
	return (error);
}

int
vop_strategy(struct vnode *vp, struct bio *bio)
{
	return (VOP_CALL(vp, strategy, .a_vp = vp, .a_bio = bio));
}

/*
 * Name operations: the directory is referenced, not locked, so that an
 * unmount has to wait for the operation itself.
 */
static __inline int
dvp_enter(struct vnode *dvp, struct mount **mpp)
{
	*mpp = dvp->v_mount;		/* NULL when it is reclaimed */
	return (*mpp == NULL ? 0 : mount_enter(*mpp));
}

static __inline int
dvp_leave(struct mount *mp, int error)
{
	if (mp != NULL)
		mount_leave(mp);
	return (error);
}

#define VOP_NCALL(dvp, name, ...) ({					\
	struct mount *_mp;						\
	int _error = dvp_enter(dvp, &_mp);				\
	_error != 0 ? _error :						\
	    dvp_leave(_mp, VOP_CALL(dvp, name, __VA_ARGS__));		\
})

int
vop_nresolve(struct nchandle *nch, struct vnode *dvp, struct ucred *cred)
{
	return (VOP_NCALL(dvp, nresolve, .a_nch = nch, .a_dvp = dvp,
	    .a_cred = cred));
}

int
vop_nlookupdotdot(struct vnode *dvp, struct vnode **vpp, struct ucred *cred,
    char **fakename)
{
	return (VOP_NCALL(dvp, nlookupdotdot, .a_dvp = dvp, .a_vpp = vpp,
	    .a_cred = cred, .a_fakename = fakename));
}

int
vop_ncreate(struct nchandle *nch, struct vnode *dvp, struct vnode **vpp,
    struct ucred *cred, struct vattr *vap)
{
	int error = VOP_NCALL(dvp, ncreate, .a_nch = nch, .a_dvp = dvp,
	    .a_vpp = vpp, .a_cred = cred, .a_vap = vap);

	if (error == 0) {
		VN_KNOTE(dvp, NOTE_WRITE);
		if (vquota_scans != 0)
			vquota_created(*vpp);
	}
	return (error);
}

int
vop_nmkdir(struct nchandle *nch, struct vnode *dvp, struct vnode **vpp,
    struct ucred *cred, struct vattr *vap)
{
	int error = VOP_NCALL(dvp, nmkdir, .a_nch = nch, .a_dvp = dvp,
	    .a_vpp = vpp, .a_cred = cred, .a_vap = vap);

	if (error == 0)
		VN_KNOTE(dvp, NOTE_WRITE | NOTE_LINK);
	return (error);
}

int
vop_nmknod(struct nchandle *nch, struct vnode *dvp, struct vnode **vpp,
    struct ucred *cred, struct vattr *vap)
{
	int error = VOP_NCALL(dvp, nmknod, .a_nch = nch, .a_dvp = dvp,
	    .a_vpp = vpp, .a_cred = cred, .a_vap = vap);

	if (error == 0) {
		VN_KNOTE(dvp, NOTE_WRITE);
		if (vquota_scans != 0)
			vquota_created(*vpp);
	}
	return (error);
}

int
vop_nlink(struct nchandle *nch, struct vnode *dvp, struct vnode *vp,
    struct ucred *cred)
{
	int error;

	if (vfs_quota_enabled)
		vquota_hold(vp);
	error = VOP_NCALL(dvp, nlink, .a_nch = nch, .a_dvp = dvp,
	    .a_vp = vp, .a_cred = cred);
	if (error == 0) {
		VN_KNOTE(dvp, NOTE_WRITE);
		VN_KNOTE(vp, NOTE_LINK);
		if (vfs_quota_enabled) {
			vquota_moved(vp, NULL, dvp);
			vquota_release(vp);
		}
	}
	return (error);
}

int
vop_nsymlink(struct nchandle *nch, struct vnode *dvp, struct vnode **vpp,
    struct ucred *cred, struct vattr *vap, char *target)
{
	int error = VOP_NCALL(dvp, nsymlink, .a_nch = nch, .a_dvp = dvp,
	    .a_vpp = vpp, .a_cred = cred, .a_vap = vap, .a_target = target);

	if (error == 0) {
		VN_KNOTE(dvp, NOTE_WRITE);
		if (vfs_quota_enabled)
			vquota_created(*vpp);
	}
	return (error);
}

int
vop_nremove(struct nchandle *nch, struct vnode *dvp, struct ucred *cred)
{
	struct vnode *vp = cache_dvpref(nch->ncp);
	int error;

	if (vfs_quota_enabled)
		vquota_hold(vp);
	error = VOP_NCALL(dvp, nremove, .a_nch = nch, .a_dvp = dvp,
	    .a_cred = cred);
	if (error == 0)
		VN_KNOTE(dvp, NOTE_WRITE);
	if (vp != NULL) {
		if (error == 0)
			VN_KNOTE(vp, NOTE_DELETE);
		if (error == 0 && vfs_quota_enabled) {
			vquota_release(vp);
			vquota_moved(vp, dvp, NULL);
		}
		vrele(vp);
	}
	return (error);
}

int
vop_nrmdir(struct nchandle *nch, struct vnode *dvp, struct ucred *cred)
{
	struct vnode *vp = cache_dvpref(nch->ncp);
	int error = VOP_NCALL(dvp, nrmdir, .a_nch = nch, .a_dvp = dvp,
	    .a_cred = cred);

	if (error == 0)
		VN_KNOTE(dvp, NOTE_WRITE | NOTE_LINK);
	if (vp != NULL) {
		if (error == 0)
			VN_KNOTE(vp, NOTE_DELETE);
		vrele(vp);
	}
	return (error);
}

int
vop_nrename(struct nchandle *fnch, struct nchandle *tnch, struct vnode *fdvp,
    struct vnode *tdvp, struct ucred *cred)
{
	struct vnode *fvp = cache_dvpref(fnch->ncp);
	struct vnode *tvp = cache_dvpref(tnch->ncp);
	int error;

	if (vfs_quota_enabled) {
		vquota_hold(fvp);
		vquota_hold(tvp);
	}
	error = VOP_NCALL(fdvp, nrename, .a_fnch = fnch, .a_tnch = tnch,
	    .a_fdvp = fdvp, .a_tdvp = tdvp, .a_cred = cred);
	if (error == 0) {
		VN_KNOTE(fdvp, NOTE_WRITE);
		VN_KNOTE(tdvp, NOTE_WRITE);
		if (vfs_quota_enabled) {
			vquota_moved(fvp, fdvp, tdvp);
			vquota_release(fvp);
			vquota_release(tvp);
			vquota_moved(tvp, tdvp, NULL);
		}
	}
	if (fvp != NULL) {
		if (error == 0)
			VN_KNOTE(fvp, NOTE_RENAME);
		vrele(fvp);
	}
	if (tvp != NULL) {
		if (error == 0)
			VN_KNOTE(tvp, NOTE_DELETE);
		vrele(tvp);
	}
	return (error);
}
