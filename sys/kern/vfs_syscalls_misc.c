/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System calls on directories, filesystems and file handles, and what else
 * goes by path or vnode: chdir, chroot, readlink, getdirentries, lseek,
 * sync, statfs, pathconf, getcwd, realpath, getfh.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/dirent.h>
#include <sys/fcntl.h>
#include <sys/file.h>
#include <sys/file2.h>
#include <sys/filedesc.h>
#include <sys/kern_syscall.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mount.h>
#include <sys/nlookup.h>
#include <sys/objcache.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/spinlock2.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/unistd.h>
#include <sys/ucred.h>
#include <sys/vnode.h>
#include <vm/vm.h>
#include <vm/vm_object.h>

/*
 * Directories of the process.
 */

/* Is nch, locked, a directory the caller may search? *vpp: referenced. */
static int
checkvp_chdir(struct nchandle *nch, struct ucred *cred, struct vnode **vpp)
{
	struct vnode *vp;
	int error;

	error = cache_vget(nch, cred, LK_SHARED, &vp);
	if (error)
		return (error);
	if (vp->v_type != VDIR)
		error = ENOTDIR;
	else
		error = VOP_ACCESS(vp, VEXEC, cred);
	vn_unlock(vp);
	if (error)
		vrele(vp);
	else
		*vpp = vp;
	return (error);
}

/* Take over nch and vp as the current directory. */
static void
set_cdir(struct filedesc *fdp, struct nchandle *nch, struct vnode *vp)
{
	struct nchandle onch;
	struct vnode *ovp;

	spin_lock(&fdp->fd_spin);
	onch = fdp->fd_ncdir;
	ovp = fdp->fd_cdir;
	fdp->fd_ncdir = *nch;
	fdp->fd_cdir = vp;
	spin_unlock(&fdp->fd_spin);
	if (onch.ncp != NULL)
		cache_drop(&onch);
	if (ovp != NULL)
		vrele(ovp);
}

int
kern_chdir(struct nlookupdata *nd)
{
	struct nchandle nch;
	struct vnode *vp;
	int error;

	nd->nl_flags |= NLC_SHAREDLOCK;
	error = nlookup(nd);
	if (error == 0)
		error = checkvp_chdir(&nd->nl_nch, nd->nl_cred, &vp);
	if (error == 0) {
		cache_copy(&nd->nl_nch, &nch);
		set_cdir(curproc->p_fd, &nch, vp);
	}
	return (error);
}

static int
chdir_op(struct nlookupdata *nd, void *arg)
{
	return (kern_chdir(nd));
}

int
sys_chdir(struct sysmsg *sysmsg, const struct chdir_args *uap)
{
	return (nlookup_run(AT_FDCWD, uap->path, NLC_FOLLOW, chdir_op, NULL));
}

int
sys_fchdir(struct sysmsg *sysmsg, const struct fchdir_args *uap)
{
	struct nchandle nch, top;
	struct file *fp;
	struct vnode *vp;
	int error;

	error = holdvnode(curthread, uap->fd, &fp);
	if (error)
		return (error);
	if (((struct vnode *)fp->f_data)->v_type != VDIR ||
	    fp->f_nchandle.ncp == NULL) {
		fdrop(fp);
		return (ENOTDIR);
	}
	cache_copy(&fp->f_nchandle, &nch);
	cache_lock_maybe_shared(&nch, 0);
	/* Something may have been mounted on it since it was opened. */
	while (cache_findmount(&nch, &top)) {
		cache_put(&nch);
		nch = top;
		cache_lock_maybe_shared(&nch, 0);
	}
	vp = fp->f_data;
	if (nch.ncp == fp->f_nchandle.ncp) {
		/* Also when its name is gone. */
		vref(vp);
		vn_lock(vp, LK_SHARED | LK_RETRY);
		error = VOP_ACCESS(vp, VEXEC, curthread->td_ucred);
		vn_unlock(vp);
		if (error)
			vrele(vp);
	} else {
		error = checkvp_chdir(&nch, curthread->td_ucred, &vp);
	}
	cache_unlock(&nch);
	if (error == 0)
		set_cdir(curproc->p_fd, &nch, vp);
	else
		cache_drop(&nch);
	fdrop(fp);
	return (error);
}

/* Directories open outside the new root would be ways out of it. */
static int
chroot_refuse_vdir_fds(struct filedesc *fdp)
{
	struct file *fp;
	int fd, error = 0;

	for (fd = 0; fd <= fdp->fd_lastfile && error == 0; fd++) {
		if (holdvnode(curthread, fd, &fp) != 0)
			continue;
		if (((struct vnode *)fp->f_data)->v_type == VDIR)
			error = EPERM;
		fdrop(fp);
	}
	return (error);
}

int
kern_chroot(struct nchandle *nch)
{
	struct filedesc *fdp = curproc->p_fd;
	struct nchandle onch, ojnch;
	struct vnode *vp, *ovp, *ojvp;
	int error;

	error = priv_check_cred(curthread->td_ucred, PRIV_VFS_CHROOT, 0);
	if (error)
		return (error);
	error = chroot_refuse_vdir_fds(fdp);
	if (error)
		return (error);
	error = checkvp_chdir(nch, curthread->td_ucred, &vp);
	if (error)
		return (error);
	cache_hold(nch);
	vref(vp);
	cache_zero(&ojnch);
	ojvp = NULL;
	spin_lock(&fdp->fd_spin);
	onch = fdp->fd_nrdir;
	ovp = fdp->fd_rdir;
	fdp->fd_nrdir = *nch;
	fdp->fd_rdir = vp;
	if (fdp->fd_njdir.ncp == NULL) {
		cache_hold(nch);
		fdp->fd_njdir = *nch;
		fdp->fd_jdir = vp;
	} else {
		ojvp = vp;
	}
	spin_unlock(&fdp->fd_spin);
	if (onch.ncp != NULL)
		cache_drop(&onch);
	if (ovp != NULL)
		vrele(ovp);
	if (ojvp != NULL)
		vrele(ojvp);
	return (0);
}

static int
chroot_op(struct nlookupdata *nd, void *arg)
{
	int error = nlookup(nd);

	return (error ? error : kern_chroot(&nd->nl_nch));
}

int
sys_chroot(struct sysmsg *sysmsg, const struct chroot_args *uap)
{
	return (nlookup_run(AT_FDCWD, uap->path, NLC_FOLLOW, chroot_op, NULL));
}

/* One read into a user's buffer, from the start. */
static void
read_uio(struct uio *uio, struct iovec *iov, char *buf, size_t count)
{
	iov->iov_base = buf;
	iov->iov_len = count;
	uio->uio_iov = iov;
	uio->uio_iovcnt = 1;
	uio->uio_offset = 0;
	uio->uio_rw = UIO_READ;
	uio->uio_segflg = UIO_USERSPACE;
	uio->uio_td = curthread;
	uio->uio_resid = count;
}

static int
kern_readlink(int fd, const char *path, char *buf, size_t count, int *res)
{
	struct thread *td = curthread;
	struct vnode *vp;
	struct iovec iov;
	struct uio uio;
	int error;

	if ((ssize_t)count < 0)
		return (EINVAL);
	error = nlookup_vref(fd, path, UIO_USERSPACE, 0, td->td_ucred, &vp);
	if (error)
		return (error);
	if (vp->v_type != VLNK) {
		vrele(vp);
		return (EINVAL);
	}
	read_uio(&uio, &iov, buf, count);
	vn_lock(vp, LK_SHARED | LK_RETRY);
	error = VOP_READLINK(vp, &uio, td->td_ucred);
	vput(vp);
	*res = count - uio.uio_resid;
	return (error);
}

int
sys_readlink(struct sysmsg *sysmsg, const struct readlink_args *uap)
{
	return (kern_readlink(AT_FDCWD, uap->path, uap->buf, uap->count,
	    &sysmsg->sysmsg_iresult));
}

int
sys_readlinkat(struct sysmsg *sysmsg, const struct readlinkat_args *uap)
{
	return (kern_readlink(uap->fd, uap->path, uap->buf, uap->bufsize,
	    &sysmsg->sysmsg_iresult));
}

static int
kern_getdirentries(int fd, char *buf, size_t count, long *basep, int *res)
{
	struct thread *td = curthread;
	struct vnode *vp;
	struct file *fp;
	struct iovec iov;
	struct uio uio;
	int error, eof = 0;

	if (count > INT_MAX)
		count = INT_MAX;
	error = holdvnode(td, fd, &fp);
	if (error)
		return (error);
	vp = fp->f_data;
	if ((fp->f_flag & FREAD) == 0) {
		fdrop(fp);
		return (EBADF);
	}
	if (vp->v_type != VDIR) {
		fdrop(fp);
		return (EINVAL);
	}
	read_uio(&uio, &iov, buf, count);
	/* The vnode's exclusive lock covers the position as well. */
	vn_lock(vp, LK_EXCLUSIVE | LK_RETRY);
	uio.uio_offset = fp->f_offset;
	*basep = uio.uio_offset;
	error = VOP_READDIR(vp, &uio, fp->f_cred, &eof, NULL, NULL);
	fp->f_offset = uio.uio_offset;
	vn_unlock(vp);
	*res = count - uio.uio_resid;
	fdrop(fp);
	return (error);
}

int
sys_getdirentries(struct sysmsg *sysmsg, const struct getdirentries_args *uap)
{
	long base;
	int error;

	error = kern_getdirentries(uap->fd, uap->buf, uap->count, &base,
	    &sysmsg->sysmsg_iresult);
	if (error == 0 && uap->basep != NULL)
		error = copyout(&base, uap->basep, sizeof(base));
	return (error);
}

int
sys_getdents(struct sysmsg *sysmsg, const struct getdents_args *uap)
{
	long base;

	return (kern_getdirentries(uap->fd, uap->buf, uap->count, &base,
	    &sysmsg->sysmsg_iresult));
}

int
kern_lseek(int fd, off_t offset, int whence, off_t *res)
{
	struct thread *td = curthread;
	struct file *fp;
	int error;

	fp = holdfp(td, fd, -1);
	if (fp == NULL)
		return (EBADF);
	error = fp->f_ops->fo_seek(fp, offset, whence, res);
	dropfp(td, fd, fp);
	return (error);
}

int
sys_lseek(struct sysmsg *sysmsg, const struct lseek_args *uap)
{
	return (kern_lseek(uap->fd, uap->offset, uap->whence,
	    &sysmsg->sysmsg_offset));
}

/*
 * Synchronisation.
 */
static int
kern_fsync(int fd, int waitfor)
{
	struct vnode *vp;
	struct file *fp;
	int error;

	error = holdvnode(curthread, fd, &fp);
	if (error)
		return (error);
	vp = fp->f_data;
	vn_lock(vp, LK_EXCLUSIVE | LK_RETRY);
	if (vp->v_object != NULL && vp->v_object->type == OBJT_VNODE)
		vm_object_page_clean(vp->v_object, 0, 0, OBJPC_SYNC);
	error = VOP_FSYNC_FP(vp, waitfor, VOP_FSYNC_SYSCALL, fp);
	vn_unlock(vp);
	fdrop(fp);
	return (error);
}

int
sys_fsync(struct sysmsg *sysmsg, const struct fsync_args *uap)
{
	return (kern_fsync(uap->fd, MNT_WAIT));
}

static int
sync_one(struct mount *mp, void *data)
{
	if ((mp->mnt_flag & MNT_RDONLY) == 0)
		VFS_SYNC(mp, MNT_NOWAIT);
	return (0);
}

int
sys_sync(struct sysmsg *sysmsg, const struct sync_args *uap)
{
	mountlist_scan(sync_one, NULL, MNTSCAN_FORWARD);
	return (0);
}

/*
 * Filesystems.
 */

/* What statfs shows of mp to the caller. */
static int
mount_statfs(struct mount *mp, struct statfs *out, int nowait)
{
	struct nchandle root;
	char *path, *freebuf;

	if (!nowait && mount_enter(mp) == 0) {
		VFS_STATFS(mp, &mp->mnt_stat, curthread->td_ucred);
		mount_leave(mp);
	}
	*out = mp->mnt_stat;
	out->f_flags = mp->mnt_flag & MNT_VISFLAGMASK;
	bzero(out->f_mntonname, MNAMELEN);
	if (cache_mntroot(mp, &root)) {
		if (cache_fullpath(curproc, &root, NULL, &path, &freebuf,
		    0) == 0) {
			strlcpy(out->f_mntonname, path, MNAMELEN);
			kfree(freebuf, M_TEMP);
		}
		cache_drop(&root);
	}
	return (0);
}

int
kern_statfs(struct nlookupdata *nd, struct statfs *buf)
{
	int error;

	nd->nl_flags |= NLC_SHAREDLOCK;
	error = nlookup(nd);
	if (error)
		return (error);
	error = mount_statfs(nd->nl_nch.mount, buf, 0);
	if (curthread->td_ucred->cr_uid != 0)
		bzero(&buf->f_fsid, sizeof(buf->f_fsid));
	return (error);
}

static int
statfs_op(struct nlookupdata *nd, void *arg)
{
	return (kern_statfs(nd, arg));
}

int
sys_statfs(struct sysmsg *sysmsg, const struct statfs_args *uap)
{
	struct statfs buf;
	int error;

	error = nlookup_run(AT_FDCWD, uap->path, NLC_FOLLOW, statfs_op, &buf);
	return (error ? error : copyout(&buf, uap->buf, sizeof(buf)));
}

/* The mount of an open file, or EBADF if it has none. */
static int
fd_mount(int fd, struct file **fpp, struct mount **mpp)
{
	struct vnode *vp;
	int error;

	error = holdvnode(curthread, fd, fpp);
	if (error)
		return (error);
	vp = (*fpp)->f_data;
	*mpp = (*fpp)->f_nchandle.mount != NULL ? (*fpp)->f_nchandle.mount :
	    vp->v_mount;
	if (*mpp == NULL || ((*mpp)->mnt_kern_flag & MNTK_UNMOUNTF)) {
		fdrop(*fpp);
		return (EBADF);
	}
	return (0);
}

int
sys_fstatfs(struct sysmsg *sysmsg, const struct fstatfs_args *uap)
{
	struct statfs buf;
	struct mount *mp;
	struct file *fp;
	int error;

	error = fd_mount(uap->fd, &fp, &mp);
	if (error)
		return (error);
	mount_statfs(mp, &buf, 0);
	if (curthread->td_ucred->cr_uid != 0)
		bzero(&buf.f_fsid, sizeof(buf.f_fsid));
	fdrop(fp);
	return (copyout(&buf, uap->buf, sizeof(buf)));
}

static int
mount_statvfs(struct mount *mp, struct statvfs *out)
{
	int error = mount_enter(mp);

	if (error)
		return (error);
	error = VFS_STATVFS(mp, out, curthread->td_ucred);
	mount_leave(mp);
	if (error)
		return (error);
	out->f_flag = 0;
	if (mp->mnt_flag & MNT_RDONLY)
		out->f_flag |= ST_RDONLY;
	if (mp->mnt_flag & MNT_NOSUID)
		out->f_flag |= ST_NOSUID;
	return (0);
}

static int
statvfs_op(struct nlookupdata *nd, void *arg)
{
	int error = nlookup(nd);

	return (error ? error : mount_statvfs(nd->nl_nch.mount, arg));
}

int
sys_statvfs(struct sysmsg *sysmsg, const struct statvfs_args *uap)
{
	struct statvfs buf;
	int error;

	error = nlookup_run(AT_FDCWD, uap->path, NLC_FOLLOW | NLC_SHAREDLOCK,
	    statvfs_op, &buf);
	return (error ? error : copyout(&buf, uap->buf, sizeof(buf)));
}

int
sys_fstatvfs(struct sysmsg *sysmsg, const struct fstatvfs_args *uap)
{
	struct statvfs buf;
	struct mount *mp;
	struct file *fp;
	int error;

	error = fd_mount(uap->fd, &fp, &mp);
	if (error)
		return (error);
	error = mount_statvfs(mp, &buf);
	fdrop(fp);
	if (error == 0)
		error = copyout(&buf, uap->buf, sizeof(buf));
	return (error);
}

struct getfsstat_info {
	struct statfs	*sfsp;		/* user addresses */
	struct statvfs	*vsfsp;
	long		count;
	long		max;
	int		nowait;
	int		error;
};

static int
getfsstat_one(struct mount *mp, void *data)
{
	struct getfsstat_info *info = data;
	struct statfs sb;
	struct statvfs vb;

	mount_statfs(mp, &sb, info->nowait);
	/* Not below the caller's root: not shown. */
	if (sb.f_mntonname[0] == 0)
		return (0);
	if (info->sfsp != NULL && info->count < info->max) {
		info->error = copyout(&sb, info->sfsp, sizeof(sb));
		if (info->error == 0 && info->vsfsp != NULL) {
			bzero(&vb, sizeof(vb));
			mount_statvfs(mp, &vb);
			info->error = copyout(&vb, info->vsfsp, sizeof(vb));
			info->vsfsp++;
		}
		if (info->error)
			return (-1);
		info->sfsp++;
	}
	info->count++;
	return (0);
}

static int
kern_getfsstat(struct getfsstat_info *info, int *res)
{
	info->count = 0;
	info->error = 0;
	mountlist_scan(getfsstat_one, info, MNTSCAN_FORWARD);
	if (info->error)
		return (info->error);
	*res = (info->sfsp != NULL && info->count > info->max) ? info->max :
	    info->count;
	return (0);
}

int
sys_getfsstat(struct sysmsg *sysmsg, const struct getfsstat_args *uap)
{
	struct getfsstat_info info;

	bzero(&info, sizeof(info));
	info.sfsp = uap->buf;
	info.max = uap->bufsize / (long)sizeof(struct statfs);
	info.nowait = uap->flags & MNT_NOWAIT;
	return (kern_getfsstat(&info, &sysmsg->sysmsg_iresult));
}

int
sys_getvfsstat(struct sysmsg *sysmsg, const struct getvfsstat_args *uap)
{
	struct getfsstat_info info;

	bzero(&info, sizeof(info));
	info.sfsp = uap->buf;
	info.vsfsp = uap->vbuf;
	info.max = uap->vbufsize / (long)sizeof(struct statvfs);
	info.nowait = uap->flags & MNT_NOWAIT;
	return (kern_getfsstat(&info, &sysmsg->sysmsg_iresult));
}

/*
 * pathconf.
 */
static int
kern_pathconf(const char *path, int flags, int name, register_t *res)
{
	struct vnode *vp;
	int error;

	error = nlookup_vref(AT_FDCWD, path, UIO_USERSPACE, flags,
	    curthread->td_ucred, &vp);
	if (error == 0) {
		error = VOP_PATHCONF(vp, name, res);
		vrele(vp);
	}
	return (error);
}

int
sys_pathconf(struct sysmsg *sysmsg, const struct pathconf_args *uap)
{
	return (kern_pathconf(uap->path, NLC_FOLLOW, uap->name,
	    &sysmsg->sysmsg_reg));
}

int
sys_lpathconf(struct sysmsg *sysmsg, const struct lpathconf_args *uap)
{
	return (kern_pathconf(uap->path, 0, uap->name, &sysmsg->sysmsg_reg));
}

int
sys_fpathconf(struct sysmsg *sysmsg, const struct fpathconf_args *uap)
{
	struct file *fp;
	int error = 0;

	fp = holdfp(curthread, uap->fd, -1);
	if (fp == NULL)
		return (EBADF);
	switch (fp->f_type) {
	case DTYPE_PIPE:
	case DTYPE_SOCKET:
		if (uap->name != _PC_PIPE_BUF)
			error = EINVAL;
		else
			sysmsg->sysmsg_reg = PIPE_BUF;
		break;
	case DTYPE_FIFO:
	case DTYPE_VNODE:
		error = VOP_PATHCONF((struct vnode *)fp->f_data, uap->name,
		    &sysmsg->sysmsg_reg);
		break;
	default:
		error = EOPNOTSUPP;
		break;
	}
	fdrop(fp);
	return (error);
}

/*
 * Names.
 */
int
sys___getcwd(struct sysmsg *sysmsg, const struct __getcwd_args *uap)
{
	struct proc *p = curproc;
	struct nchandle nch;
	char *path, *freebuf;
	u_int buflen = uap->buflen;
	int error;

	if (buflen < 2)
		return (EINVAL);
	if (buflen > MAXPATHLEN)
		buflen = MAXPATHLEN;
	spin_lock(&p->p_fd->fd_spin);
	nch = p->p_fd->fd_ncdir;
	cache_hold(&nch);
	spin_unlock(&p->p_fd->fd_spin);
	error = cache_fullpath(p, &nch, NULL, &path, &freebuf, 0);
	cache_drop(&nch);
	if (error)
		return (error);
	if (strlen(path) + 1 > buflen)
		error = ERANGE;
	else
		error = copyout(path, uap->buf, strlen(path) + 1);
	kfree(freebuf, M_TEMP);
	return (error);
}

struct realpath_call {
	char		*buf;		/* user address */
	size_t		len;		/* its size; then the path's length */
};

static int
realpath_op(struct nlookupdata *nd, void *arg)
{
	struct realpath_call *rc = arg;
	char *path, *freebuf;
	size_t len;
	int error;

	error = nlookup(nd);
	if (error == 0)
		error = cache_fullpath(curproc, &nd->nl_nch, NULL, &path,
		    &freebuf, 0);
	if (error)
		return (error);
	len = strlen(path);
	if (len + 1 > rc->len)
		error = ENAMETOOLONG;
	else
		error = copyout(path, rc->buf, len + 1);
	rc->len = len;
	kfree(freebuf, M_TEMP);
	return (error);
}

int
sys___realpath(struct sysmsg *sysmsg, const struct __realpath_args *uap)
{
	struct realpath_call rc = { .buf = uap->buf, .len = uap->len };
	int error;

	if ((ssize_t)uap->len < 0)
		return (EINVAL);
	error = nlookup_run(AT_FDCWD, uap->path, NLC_FOLLOW | NLC_SHAREDLOCK,
	    realpath_op, &rc);
	if (error == 0)
		sysmsg->sysmsg_szresult = rc.len;
	return (error);
}

/*
 * File handles: for root only.
 */
static int
getfh_op(struct nlookupdata *nd, void *arg)
{
	fhandle_t *fhp = arg;
	struct vnode *vp;
	int error;

	error = nlookup(nd);
	if (error == 0)
		error = cache_vget(&nd->nl_nch, nd->nl_cred, LK_SHARED, &vp);
	if (error)
		return (error);
	bzero(fhp, sizeof(*fhp));
	fhp->fh_fsid = nd->nl_nch.mount->mnt_stat.f_fsid;
	error = VFS_VPTOFH(vp, &fhp->fh_fid);
	vput(vp);
	return (error);
}

int
sys_getfh(struct sysmsg *sysmsg, const struct getfh_args *uap)
{
	fhandle_t fh;
	int error;

	error = priv_check_cred(curthread->td_ucred, PRIV_ROOT, 0);
	if (error == 0)
		error = nlookup_run(AT_FDCWD, uap->fname, NLC_FOLLOW, getfh_op,
		    &fh);
	return (error ? error : copyout(&fh, uap->fhp, sizeof(fh)));
}

/* The vnode of a handle, referenced and locked; its mount is held. */
static int
fh_tovp(const struct fhandle *ufh, struct mount **mpp, struct vnode **vpp)
{
	fhandle_t fh;
	int error;

	error = priv_check_cred(curthread->td_ucred, PRIV_ROOT, 0);
	if (error == 0)
		error = copyin(ufh, &fh, sizeof(fh));
	if (error)
		return (error);
	*mpp = vfs_getvfs(&fh.fh_fsid);
	if (*mpp == NULL)
		return (ESTALE);
	error = mount_enter(*mpp);
	if (error == 0) {
		error = VFS_FHTOVP(*mpp, NULL, &fh.fh_fid, vpp);
		mount_leave(*mpp);
	} else {
		error = ESTALE;
	}
	if (error)
		mount_drop(*mpp);
	return (error);
}

int
sys_fhstatfs(struct sysmsg *sysmsg, const struct fhstatfs_args *uap)
{
	struct statfs sb;
	struct mount *mp;
	struct vnode *vp;
	int error;

	error = fh_tovp(uap->u_fhp, &mp, &vp);
	if (error)
		return (error);
	vput(vp);
	mount_statfs(mp, &sb, 0);
	mount_drop(mp);
	return (copyout(&sb, uap->buf, sizeof(sb)));
}

int
sys_fhstatvfs(struct sysmsg *sysmsg, const struct fhstatvfs_args *uap)
{
	struct statvfs sb;
	struct mount *mp;
	struct vnode *vp;
	int error;

	error = fh_tovp(uap->u_fhp, &mp, &vp);
	if (error)
		return (error);
	vput(vp);
	error = mount_statvfs(mp, &sb);
	mount_drop(mp);
	return (error ? error : copyout(&sb, uap->buf, sizeof(sb)));
}

int
sys_fhstat(struct sysmsg *sysmsg, const struct fhstat_args *uap)
{
	struct stat sb;
	struct mount *mp;
	struct vnode *vp;
	int error;

	error = fh_tovp(uap->u_fhp, &mp, &vp);
	if (error)
		return (error);
	error = vn_stat(vp, &sb, curthread->td_ucred);
	vput(vp);
	mount_drop(mp);
	return (error ? error : copyout(&sb, uap->sb, sizeof(sb)));
}

static int
fhopen_check(struct vnode *vp, int fmode, struct ucred *cred)
{
	struct vattr va;
	int error, mode = 0;

	if (vp->v_type == VLNK)
		return (EMLINK);
	if (vp->v_type == VSOCK)
		return (EOPNOTSUPP);
	if (fmode & (FWRITE | O_TRUNC)) {
		if (vp->v_type == VDIR)
			return (EISDIR);
		error = vn_writechk(vp);
		if (error)
			return (error);
		mode |= VWRITE;
	}
	if (fmode & FREAD)
		mode |= VREAD;
	error = VOP_ACCESS(vp, mode, cred);
	if (error == 0 && (fmode & O_TRUNC)) {
		VATTR_NULL(&va);
		va.va_size = 0;
		error = VOP_SETATTR(vp, &va, cred);
	}
	return (error);
}

int
sys_fhopen(struct sysmsg *sysmsg, const struct fhopen_args *uap)
{
	struct thread *td = curthread;
	struct filedesc *fdp = td->td_proc->p_fd;
	struct mount *mp;
	struct vnode *vp;
	struct file *fp;
	int fmode = FFLAGS(uap->flags), error, fd;

	if ((fmode & (FREAD | FWRITE)) == 0 || (fmode & O_CREAT))
		return (EINVAL);
	error = fh_tovp(uap->u_fhp, &mp, &vp);
	if (error)
		return (error);
	error = fhopen_check(vp, fmode, td->td_ucred);
	if (error == 0)
		error = falloc(td->td_lwp, &fp, &fd);
	if (error == 0) {
		error = VOP_OPEN(vp, fmode, td->td_ucred, &fp);
		fsetfd(fdp, error ? NULL : fp, fd);
		fdrop(fp);
	}
	vput(vp);
	mount_drop(mp);
	if (error == 0)
		sysmsg->sysmsg_iresult = fd;
	return (error);
}

/* The mask of permissions that new files do not get; returns the old one. */
int
sys_umask(struct sysmsg *sysmsg, const struct umask_args *uap)
{
	struct filedesc *fdp = curproc->p_fd;

	spin_lock(&fdp->fd_spin);
	sysmsg->sysmsg_iresult = fdp->fd_cmask;
	fdp->fd_cmask = uap->newmask & ALLPERMS;
	spin_unlock(&fdp->fd_spin);
	return (0);
}
