/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System calls on the attributes of files: stat, access, chmod, chown,
 * chflags, utimes, truncate and their many forms.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/fcntl.h>
#include <sys/file.h>
#include <sys/filedesc.h>
#include <sys/kernel.h>
#include <sys/mount.h>
#include <sys/nlookup.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/signalvar.h>
#include <sys/stat.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/time.h>
#include <sys/ucred.h>
#include <sys/unistd.h>
#include <sys/vnode.h>

static int
kern_pathstat(int fd, const char *path, int flags, struct stat *ub)
{
	struct ucred *cred = curthread->td_ucred;
	struct vnode *vp;
	struct stat st;
	int error;

	error = nlookup_vref(fd, path, UIO_USERSPACE, flags, cred, &vp);
	if (error)
		return (error);
	vn_lock(vp, LK_SHARED | LK_RETRY);
	error = vn_stat(vp, &st, cred);
	vput(vp);
	if (error == 0)
		error = copyout(&st, ub, sizeof(st));
	return (error);
}

int
sys_stat(struct sysmsg *sysmsg, const struct stat_args *uap)
{
	return (kern_pathstat(AT_FDCWD, uap->path, NLC_FOLLOW, uap->ub));
}

int
sys_lstat(struct sysmsg *sysmsg, const struct lstat_args *uap)
{
	return (kern_pathstat(AT_FDCWD, uap->path, 0, uap->ub));
}

int
sys_fstatat(struct sysmsg *sysmsg, const struct fstatat_args *uap)
{
	int error, flags;

	error = nlookup_at_flags(uap->flags, &flags);
	return (error ? error : kern_pathstat(uap->fd, uap->path, flags,
	    uap->sb));
}

static int
kern_access(int fd, const char *path, int amode, int flags)
{
	struct ucred *cred = curthread->td_ucred;
	struct vnode *vp;
	int error, mode = 0;

	if (amode & ~(R_OK | W_OK | X_OK))
		return (EINVAL);
	error = nlookup_vref(fd, path, UIO_USERSPACE, NLC_FOLLOW, cred, &vp);
	if (error)
		return (error);
	if (amode & R_OK)
		mode |= VREAD;
	if (amode & W_OK)
		mode |= VWRITE;
	if (amode & X_OK)
		mode |= VEXEC;
	if (mode != 0) {
		vn_lock(vp, LK_SHARED | LK_RETRY);
		error = VOP_ACCESS_FLAGS(vp, mode, flags, cred);
		if (error == 0 && (mode & VWRITE))
			error = vn_writechk(vp);
		vn_unlock(vp);
	}
	vrele(vp);
	return (error);
}

int
sys_access(struct sysmsg *sysmsg, const struct access_args *uap)
{
	return (kern_access(AT_FDCWD, uap->path, uap->flags, 0));
}

int
sys_eaccess(struct sysmsg *sysmsg, const struct eaccess_args *uap)
{
	return (kern_access(AT_FDCWD, uap->path, uap->flags, AT_EACCESS));
}

int
sys_faccessat(struct sysmsg *sysmsg, const struct faccessat_args *uap)
{
	if (uap->flags & ~AT_EACCESS)
		return (EINVAL);
	return (kern_access(uap->fd, uap->path, uap->amode, uap->flags));
}

/*
 * Attribute changes.  A target is a path or a descriptor; with_setattr()
 * finds the vnode and the mount whose read-only flag counts.
 */
static int
kern_setattr_vp(struct vnode *vp, struct mount *mp, struct vattr *vap)
{
	struct ucred *cred = curthread->td_ucred;
	int error;

	if (mp != NULL && (mp->mnt_flag & MNT_RDONLY))
		return (EROFS);
	vn_lock(vp, LK_EXCLUSIVE | LK_RETRY);
	if (vap->va_size != (u_quad_t)VNOVAL) {
		if (vp->v_type == VDIR)
			error = EISDIR;
		else
			error = vn_writechk(vp);
		if (error == 0 && vp->v_type != VREG)
			error = EINVAL;
	} else {
		error = 0;
	}
	if (error == 0)
		error = VOP_SETATTR(vp, vap, cred);
	vn_unlock(vp);
	if (error == 0)
		VN_KNOTE(vp, NOTE_ATTRIB);
	return (error);
}

static int
setattr_op(struct nlookupdata *nd, void *arg)
{
	struct vattr *vap = arg;
	struct vnode *vp;
	int error;

	error = nlookup(nd);
	if (error == 0)
		error = cache_vref(&nd->nl_nch, nd->nl_cred, &vp);
	if (error == 0) {
		cache_unlock(&nd->nl_nch);
		nd->nl_flags &= ~NLC_NCPISLOCKED;
		error = kern_setattr_vp(vp, nd->nl_nch.mount, vap);
		vrele(vp);
	}
	return (error);
}

static int
kern_setattr_path(int fd, const char *path, int nlcflags, struct vattr *vap)
{
	return (nlookup_run(fd, path, nlcflags | NLC_SHAREDLOCK, setattr_op,
	    vap));
}

/* The same with AT_* flags. */
static int
kern_setattr_at(int fd, const char *path, int atflags, struct vattr *vap)
{
	int error, flags;

	error = nlookup_at_flags(atflags, &flags);
	return (error ? error : kern_setattr_path(fd, path, flags, vap));
}

static int
kern_setattr_fd(int fd, int needflag, struct vattr *vap)
{
	struct file *fp;
	struct vnode *vp;
	int error;

	error = holdvnode(curthread, fd, &fp);
	if (error)
		return (error);
	vp = fp->f_data;
	if (needflag && (fp->f_flag & needflag) == 0)
		error = EINVAL;
	else
		error = kern_setattr_vp(vp, fp->f_nchandle.mount != NULL ?
		    fp->f_nchandle.mount : vp->v_mount, vap);
	fdrop(fp);
	return (error);
}

static void
mode_to_vattr(struct vattr *vap, int mode)
{
	VATTR_NULL(vap);
	vap->va_mode = mode & ALLPERMS;
}

static void
owner_to_vattr(struct vattr *vap, uid_t uid, gid_t gid)
{
	VATTR_NULL(vap);
	vap->va_uid = uid;
	vap->va_gid = gid;
}

int
sys_chmod(struct sysmsg *sysmsg, const struct chmod_args *uap)
{
	struct vattr va;

	mode_to_vattr(&va, uap->mode);
	return (kern_setattr_path(AT_FDCWD, uap->path, NLC_FOLLOW, &va));
}

int
sys_lchmod(struct sysmsg *sysmsg, const struct lchmod_args *uap)
{
	struct vattr va;

	mode_to_vattr(&va, uap->mode);
	return (kern_setattr_path(AT_FDCWD, uap->path, 0, &va));
}

int
sys_fchmod(struct sysmsg *sysmsg, const struct fchmod_args *uap)
{
	struct vattr va;

	mode_to_vattr(&va, uap->mode);
	return (kern_setattr_fd(uap->fd, 0, &va));
}

int
sys_fchmodat(struct sysmsg *sysmsg, const struct fchmodat_args *uap)
{
	struct vattr va;

	mode_to_vattr(&va, uap->mode);
	return (kern_setattr_at(uap->fd, uap->path, uap->flags, &va));
}

int
sys_chown(struct sysmsg *sysmsg, const struct chown_args *uap)
{
	struct vattr va;

	owner_to_vattr(&va, uap->uid, uap->gid);
	return (kern_setattr_path(AT_FDCWD, uap->path, NLC_FOLLOW, &va));
}

int
sys_lchown(struct sysmsg *sysmsg, const struct lchown_args *uap)
{
	struct vattr va;

	owner_to_vattr(&va, uap->uid, uap->gid);
	return (kern_setattr_path(AT_FDCWD, uap->path, 0, &va));
}

int
sys_fchown(struct sysmsg *sysmsg, const struct fchown_args *uap)
{
	struct vattr va;

	owner_to_vattr(&va, uap->uid, uap->gid);
	return (kern_setattr_fd(uap->fd, 0, &va));
}

int
sys_fchownat(struct sysmsg *sysmsg, const struct fchownat_args *uap)
{
	struct vattr va;

	owner_to_vattr(&va, uap->uid, uap->gid);
	return (kern_setattr_at(uap->fd, uap->path, uap->flags, &va));
}

static int
flags_to_vattr(struct vattr *vap, u_long flags)
{
	if (flags == (u_long)VNOVAL)
		return (EOPNOTSUPP);
	VATTR_NULL(vap);
	vap->va_flags = flags;
	return (0);
}

static int
kern_chflags(int fd, const char *path, u_long flags, int atflags)
{
	struct vattr va;
	int error = flags_to_vattr(&va, flags);

	return (error ? error : kern_setattr_at(fd, path, atflags, &va));
}

int
sys_chflags(struct sysmsg *sysmsg, const struct chflags_args *uap)
{
	return (kern_chflags(AT_FDCWD, uap->path, uap->flags, 0));
}

int
sys_lchflags(struct sysmsg *sysmsg, const struct lchflags_args *uap)
{
	return (kern_chflags(AT_FDCWD, uap->path, uap->flags,
	    AT_SYMLINK_NOFOLLOW));
}

int
sys_chflagsat(struct sysmsg *sysmsg, const struct chflagsat_args *uap)
{
	return (kern_chflags(uap->fd, uap->path, uap->flags, uap->atflags));
}

int
sys_fchflags(struct sysmsg *sysmsg, const struct fchflags_args *uap)
{
	struct vattr va;
	int error = flags_to_vattr(&va, uap->flags);

	return (error ? error : kern_setattr_fd(uap->fd, 0, &va));
}

/*
 * Times.
 */
static void
times_now(struct vattr *vap)
{
	VATTR_NULL(vap);
	vfs_timestamp(&vap->va_atime);
	vap->va_mtime = vap->va_atime;
	vap->va_vaflags |= VA_UTIMES_NULL;
}

static int
times_from_tv(struct vattr *vap, const struct timeval *utv)
{
	struct timeval tv[2];
	int error;

	if (utv == NULL) {
		times_now(vap);
		return (0);
	}
	error = copyin(utv, tv, sizeof(tv));
	if (error)
		return (error);
	if (tv[0].tv_usec < 0 || tv[0].tv_usec >= 1000000 ||
	    tv[1].tv_usec < 0 || tv[1].tv_usec >= 1000000)
		return (EINVAL);
	VATTR_NULL(vap);
	TIMEVAL_TO_TIMESPEC(&tv[0], &vap->va_atime);
	TIMEVAL_TO_TIMESPEC(&tv[1], &vap->va_mtime);
	return (0);
}

/* *omit: both are to be left alone. */
static int
times_from_ts(struct vattr *vap, const struct timespec *uts, int *omit)
{
	struct timespec ts[2], now;
	int error, i;

	*omit = 0;
	if (uts == NULL) {
		times_now(vap);
		return (0);
	}
	error = copyin(uts, ts, sizeof(ts));
	if (error)
		return (error);
	for (i = 0; i < 2; i++) {
		if (ts[i].tv_nsec != UTIME_NOW && ts[i].tv_nsec != UTIME_OMIT &&
		    (ts[i].tv_nsec < 0 || ts[i].tv_nsec >= 1000000000L))
			return (EINVAL);
	}
	if (ts[0].tv_nsec == UTIME_NOW && ts[1].tv_nsec == UTIME_NOW) {
		times_now(vap);
		return (0);
	}
	if (ts[0].tv_nsec == UTIME_OMIT && ts[1].tv_nsec == UTIME_OMIT) {
		*omit = 1;
		return (0);
	}
	VATTR_NULL(vap);
	vfs_timestamp(&now);
	for (i = 0; i < 2; i++) {
		struct timespec *to = i ? &vap->va_mtime : &vap->va_atime;

		if (ts[i].tv_nsec == UTIME_OMIT)
			continue;
		*to = ts[i].tv_nsec == UTIME_NOW ? now : ts[i];
	}
	return (0);
}

static int
kern_utimes(const char *path, const struct timeval *tptr, int nlcflags)
{
	struct vattr va;
	int error = times_from_tv(&va, tptr);

	return (error ? error : kern_setattr_path(AT_FDCWD, path, nlcflags,
	    &va));
}

int
sys_utimes(struct sysmsg *sysmsg, const struct utimes_args *uap)
{
	return (kern_utimes(uap->path, uap->tptr, NLC_FOLLOW));
}

int
sys_lutimes(struct sysmsg *sysmsg, const struct lutimes_args *uap)
{
	return (kern_utimes(uap->path, uap->tptr, 0));
}

int
sys_futimes(struct sysmsg *sysmsg, const struct futimes_args *uap)
{
	struct vattr va;
	int error = times_from_tv(&va, uap->tptr);

	return (error ? error : kern_setattr_fd(uap->fd, 0, &va));
}

int
sys_utimensat(struct sysmsg *sysmsg, const struct utimensat_args *uap)
{
	struct vattr va;
	struct vnode *vp;
	int error, flags, omit;

	error = nlookup_at_flags(uap->flags, &flags);
	if (error == 0)
		error = times_from_ts(&va, uap->ts, &omit);
	if (error)
		return (error);
	if (!omit)
		return (kern_setattr_path(uap->fd, uap->path, flags, &va));
	error = nlookup_vref(uap->fd, uap->path, UIO_USERSPACE, flags,
	    curthread->td_ucred, &vp);
	if (error == 0)
		vrele(vp);
	return (error);
}

int
sys_futimens(struct sysmsg *sysmsg, const struct futimens_args *uap)
{
	struct vattr va;
	struct file *fp;
	int error, omit;

	error = times_from_ts(&va, uap->ts, &omit);
	if (error)
		return (error);
	if (!omit)
		return (kern_setattr_fd(uap->fd, 0, &va));
	error = holdvnode(curthread, uap->fd, &fp);
	if (error == 0)
		fdrop(fp);
	return (error);
}

/*
 * Sizes.
 */
static int
size_to_vattr(struct vattr *vap, off_t length)
{
	struct lwp *lp = curthread->td_lwp;

	if (length < 0)
		return (EINVAL);
	if (lp != NULL &&
	    length > lp->lwp_proc->p_rlimit[RLIMIT_FSIZE].rlim_cur) {
		lwpsignal(lp->lwp_proc, lp, SIGXFSZ);
		return (EFBIG);
	}
	VATTR_NULL(vap);
	vap->va_size = length;
	return (0);
}

int
sys_truncate(struct sysmsg *sysmsg, const struct truncate_args *uap)
{
	struct vattr va;
	int error = size_to_vattr(&va, uap->length);

	return (error ? error : kern_setattr_path(AT_FDCWD, uap->path,
	    NLC_FOLLOW | NLC_WRITE | NLC_TRUNCATE, &va));
}

int
sys_ftruncate(struct sysmsg *sysmsg, const struct ftruncate_args *uap)
{
	struct vattr va;
	int error = size_to_vattr(&va, uap->length);

	return (error ? error : kern_setattr_fd(uap->fd, FWRITE, &va));
}
