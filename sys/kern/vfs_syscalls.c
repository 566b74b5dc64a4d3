/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System calls that open files, and that make, remove and rename names.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/conf.h>
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
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/ucred.h>
#include <sys/vnode.h>

/* Renames of directories between directories, against making a cycle. */
static struct lock rename_lock = LOCK_INITIALIZER("renamelk", 0, 0);

int
kern_open(struct nlookupdata *nd, int oflags, int mode, int *res)
{
	struct thread *td = curthread;
	struct lwp *lp = td->td_lwp;
	struct filedesc *fdp = td->td_proc->p_fd;
	struct file *fp;
	struct flock lf;
	struct vnode *vp;
	int cmode, flags, fd, type, error;

	if ((oflags & O_ACCMODE) == O_ACCMODE)
		return (EINVAL);
	if ((oflags & (O_DIRECTORY | O_CREAT)) == (O_DIRECTORY | O_CREAT))
		return (EINVAL);
	flags = FFLAGS(oflags);
	error = falloc(lp, &fp, NULL);
	if (error)
		return (error);
	cmode = (mode & ~fdp->fd_cmask & ALLPERMS) & ~S_ISTXT;
	error = fdalloc(td->td_proc, 0, &fd);
	if (error) {
		fdrop(fp);
		return (error);
	}
	lp->lwp_dupfd = -1;
	error = vn_open(nd, &fp, flags, cmode);
	if (error) {
		fdrop(fp);
		if ((error == ENODEV || error == ENXIO) &&
		    lp->lwp_dupfd >= 0) {
			error = dupfdopen(td, fd, lp->lwp_dupfd, flags,
			    error);
			if (error == 0) {
				*res = fd;
				return (0);
			}
		}
		fsetfd(fdp, NULL, fd);
		if (error == ERESTART)
			error = EINTR;
		return (error);
	}
	vp = fp->f_data;
	if (flags & (O_EXLOCK | O_SHLOCK)) {
		lf.l_whence = SEEK_SET;
		lf.l_start = 0;
		lf.l_len = 0;
		lf.l_type = (flags & O_EXLOCK) ? F_WRLCK : F_RDLCK;
		type = (flags & FNONBLOCK) ? 0 : F_WAIT;
		error = VOP_ADVLOCK(vp, (caddr_t)fp, F_SETLK, &lf,
		    type);
		if (error) {
			fdrop(fp);
			fsetfd(fdp, NULL, fd);
			return (error);
		}
		atomic_set_int(&fp->f_flag, FHASLOCK);
	}
	fsetfd(fdp, fp, fd);
	if (oflags & O_CLOEXEC)
		fsetfdflags(fdp, fd, UF_EXCLOSE);
	fdrop(fp);
	*res = fd;
	return (0);
}

/* Arguments of the calls that make a file, for their nlookup_run(). */
struct make_call {
	int		flags;
	int		mode;
	int		rmajor;
	int		rminor;
	const char	*target;	/* user address */
	int		*res;
};

static int
open_op(struct nlookupdata *nd, void *arg)
{
	struct make_call *mc = arg;

	return (kern_open(nd, mc->flags, mc->mode, mc->res));
}

int
sys_open(struct sysmsg *sysmsg, const struct open_args *uap)
{
	struct make_call mc = { .flags = uap->flags, .mode = uap->mode,
	    .res = &sysmsg->sysmsg_iresult };

	return (nlookup_run(AT_FDCWD, uap->path, 0, open_op, &mc));
}

int
sys_openat(struct sysmsg *sysmsg, const struct openat_args *uap)
{
	struct make_call mc = { .flags = uap->flags, .mode = uap->mode,
	    .res = &sysmsg->sysmsg_iresult };

	return (nlookup_run(uap->fd, uap->path, 0, open_op, &mc));
}

/* The common start of calls that make a name which must not exist. */
static int
kern_prepare_create(struct nlookupdata *nd, int isdir)
{
	int error;

	nd->nl_flags |= NLC_CREATE | NLC_REFDVP;
	nd->nl_flags &= ~NLC_FOLLOW;
	if (isdir)
		nd->nl_flags |= NLC_ISADIR;
	error = nlookup(nd);
	if (error)
		return (error);
	if (nd->nl_nch.ncp->nc_vp != NULL)
		return (EEXIST);
	if (nd->nl_dvp == NULL)
		return (EINVAL);
	if (nd->nl_nch.mount->mnt_flag & MNT_RDONLY)
		return (EROFS);
	return (0);
}

static int
mknod_op(struct nlookupdata *nd, void *arg)
{
	struct make_call *mc = arg;
	struct thread *td = curthread;
	struct vattr va;
	struct vnode *vp;
	int error, mode = mc->mode;

	VATTR_NULL(&va);
	va.va_mode = (mode & ALLPERMS) & ~td->td_proc->p_fd->fd_cmask;
	va.va_rmajor = mc->rmajor;
	va.va_rminor = mc->rminor;
	switch (mode & S_IFMT) {
	case S_IFCHR:
	case S_IFBLK:
		error = priv_check_cred(td->td_ucred, PRIV_VFS_MKNOD_DEV, 0);
		va.va_type = (mode & S_IFMT) == S_IFCHR ? VCHR : VBLK;
		break;
	case S_IFMT:
		error = priv_check_cred(td->td_ucred, PRIV_VFS_MKNOD_BAD, 0);
		va.va_type = VBAD;
		break;
	case S_IFIFO:
		error = 0;
		va.va_type = VFIFO;
		break;
	case S_IFREG:
	case 0:
		error = priv_check_cred(td->td_ucred, PRIV_VFS_MKNOD_BAD, 0);
		va.va_type = VREG;
		break;
	default:
		error = EINVAL;
		break;
	}
	if (error == 0)
		error = kern_prepare_create(nd, 0);
	if (error)
		return (error);
	error = VOP_NMKNOD(&nd->nl_nch, nd->nl_dvp, &vp, nd->nl_cred, &va);
	if (error == 0)
		vput(vp);
	return (error);
}

static int
kern_mknodat(int fd, const char *path, int mode, dev_t dev)
{
	struct make_call mc = { .mode = mode, .rmajor = umajor(dev),
	    .rminor = uminor(dev) };

	return (nlookup_run(fd, path, 0, mknod_op, &mc));
}

static int
kern_mkfifoat(int fd, const char *path, int mode)
{
	struct make_call mc = { .mode = (mode & ALLPERMS) | S_IFIFO,
	    .rmajor = VNOVAL, .rminor = VNOVAL };

	return (nlookup_run(fd, path, 0, mknod_op, &mc));
}

int
sys_mknod(struct sysmsg *sysmsg, const struct mknod_args *uap)
{
	return (kern_mknodat(AT_FDCWD, uap->path, uap->mode, uap->dev));
}

int
sys_mknodat(struct sysmsg *sysmsg, const struct mknodat_args *uap)
{
	return (kern_mknodat(uap->fd, uap->path, uap->mode, uap->dev));
}

int
sys_mkfifo(struct sysmsg *sysmsg, const struct mkfifo_args *uap)
{
	return (kern_mkfifoat(AT_FDCWD, uap->path, uap->mode));
}

int
sys_mkfifoat(struct sysmsg *sysmsg, const struct mkfifoat_args *uap)
{
	return (kern_mkfifoat(uap->fd, uap->path, uap->mode));
}

static int
mkdir_op(struct nlookupdata *nd, void *arg)
{
	struct make_call *mc = arg;
	struct vattr va;
	struct vnode *vp;
	int error;

	error = kern_prepare_create(nd, 1);
	if (error)
		return (error);
	VATTR_NULL(&va);
	va.va_type = VDIR;
	va.va_mode = (mc->mode & ACCESSPERMS) & ~curproc->p_fd->fd_cmask;
	error = VOP_NMKDIR(&nd->nl_nch, nd->nl_dvp, &vp, nd->nl_cred, &va);
	if (error == 0)
		vput(vp);
	return (error);
}

int
sys_mkdir(struct sysmsg *sysmsg, const struct mkdir_args *uap)
{
	struct make_call mc = { .mode = uap->mode };

	return (nlookup_run(AT_FDCWD, uap->path, 0, mkdir_op, &mc));
}

int
sys_mkdirat(struct sysmsg *sysmsg, const struct mkdirat_args *uap)
{
	struct make_call mc = { .mode = uap->mode };

	return (nlookup_run(uap->fd, uap->path, 0, mkdir_op, &mc));
}

static int
symlink_op(struct nlookupdata *nd, void *arg)
{
	struct make_call *mc = arg;
	struct vattr va;
	struct vnode *vp;
	char *target;
	int error;

	target = objcache_get(namei_oc, M_WAITOK);
	error = copyinstr(mc->target, target, MAXPATHLEN, NULL);
	if (error == 0 && target[0] == 0)
		error = ENOENT;
	if (error == 0)
		error = kern_prepare_create(nd, 0);
	if (error == 0) {
		VATTR_NULL(&va);
		va.va_type = VLNK;
		va.va_mode = ACCESSPERMS & ~curproc->p_fd->fd_cmask;
		error = VOP_NSYMLINK(&nd->nl_nch, nd->nl_dvp, &vp,
		    nd->nl_cred, &va, target);
		if (error == 0)
			vput(vp);
	}
	objcache_put(namei_oc, target);
	return (error);
}

int
sys_symlink(struct sysmsg *sysmsg, const struct symlink_args *uap)
{
	struct make_call mc = { .target = uap->path };

	return (nlookup_run(AT_FDCWD, uap->link, 0, symlink_op, &mc));
}

int
sys_symlinkat(struct sysmsg *sysmsg, const struct symlinkat_args *uap)
{
	struct make_call mc = { .target = uap->path1 };

	return (nlookup_run(uap->fd, uap->path2, 0, symlink_op, &mc));
}

static int
kern_link(struct nlookupdata *nd, struct nlookupdata *linknd)
{
	struct vattr va;
	struct vnode *vp;
	struct mount *mp;
	int error;

	error = nlookup(nd);
	if (error)
		return (error);
	error = cache_vref(&nd->nl_nch, nd->nl_cred, &vp);
	if (error)
		return (error);
	mp = nd->nl_nch.mount;
	cache_unlock(&nd->nl_nch);
	nd->nl_flags &= ~NLC_NCPISLOCKED;
	if (vp->v_type == VDIR) {
		vrele(vp);
		return (EPERM);
	}
	vn_lock(vp, LK_SHARED | LK_RETRY);
	error = VOP_GETATTR(vp, &va);
	vn_unlock(vp);
	if (error == 0 && (va.va_flags & (UF_IMMUTABLE | SF_IMMUTABLE |
	    UF_APPEND | SF_APPEND)))
		error = EPERM;
	if (error == 0)
		error = kern_prepare_create(linknd, 0);
	if (error == 0 && linknd->nl_nch.mount != mp)
		error = EXDEV;
	if (error == 0)
		error = VOP_NLINK(&linknd->nl_nch, linknd->nl_dvp, vp,
		    linknd->nl_cred);
	vrele(vp);
	return (error);
}

int
sys_link(struct sysmsg *sysmsg, const struct link_args *uap)
{
	return (nlookup_run2(AT_FDCWD, uap->path, NLC_FOLLOW, AT_FDCWD,
	    uap->link, kern_link));
}

int
sys_linkat(struct sysmsg *sysmsg, const struct linkat_args *uap)
{
	if (uap->flags & ~AT_SYMLINK_FOLLOW)
		return (EINVAL);
	return (nlookup_run2(uap->fd1, uap->path1,
	    (uap->flags & AT_SYMLINK_FOLLOW) ? NLC_FOLLOW : 0, uap->fd2,
	    uap->path2, kern_link));
}

/* The common start of calls that remove a name. */
static int
kern_prepare_remove(struct nlookupdata *nd)
{
	int error;

	nd->nl_flags |= NLC_DELETE | NLC_REFDVP | NLC_NOCROSSMOUNT;
	nd->nl_flags &= ~NLC_FOLLOW;
	error = nlookup(nd);
	if (error == 0 && (nd->nl_nch.mount->mnt_flag & MNT_RDONLY))
		error = EROFS;
	return (error);
}

int
kern_unlink(struct nlookupdata *nd)
{
	int error;

	error = kern_prepare_remove(nd);
	if (error)
		return (error);
	if (nd->nl_nch.ncp->nc_flag & NCF_ISDIR)
		return (EPERM);
	return (VOP_NREMOVE(&nd->nl_nch, nd->nl_dvp, nd->nl_cred));
}

static int
unlink_op(struct nlookupdata *nd, void *arg)
{
	return (kern_unlink(nd));
}

static int
rmdir_op(struct nlookupdata *nd, void *arg)
{
	int error;

	error = kern_prepare_remove(nd);
	if (error)
		return (error);
	if ((nd->nl_nch.ncp->nc_flag & NCF_ISDIR) == 0)
		return (ENOTDIR);
	if (nd->nl_nch.ncp->nc_flag & NCF_ISMOUNTPT)
		return (EBUSY);
	return (VOP_NRMDIR(&nd->nl_nch, nd->nl_dvp, nd->nl_cred));
}

int
sys_unlink(struct sysmsg *sysmsg, const struct unlink_args *uap)
{
	return (nlookup_run(AT_FDCWD, uap->path, 0, unlink_op, NULL));
}

int
sys_rmdir(struct sysmsg *sysmsg, const struct rmdir_args *uap)
{
	return (nlookup_run(AT_FDCWD, uap->path, 0, rmdir_op, NULL));
}

int
sys_unlinkat(struct sysmsg *sysmsg, const struct unlinkat_args *uap)
{
	if (uap->flags & ~AT_REMOVEDIR)
		return (EINVAL);
	return (nlookup_run(uap->fd, uap->path, 0,
	    (uap->flags & AT_REMOVEDIR) ? rmdir_op : unlink_op, NULL));
}

/* Is anc an ancestor of ncp, or ncp itself? */
static int
cache_is_ancestor(struct namecache *anc, struct namecache *ncp)
{
	while (ncp != NULL) {
		if (ncp == anc)
			return (1);
		ncp = ncp->nc_parent;
	}
	return (0);
}

/* Checks of a rename with both names locked. */
static int
kern_rename_check(struct nlookupdata *fnd, struct nlookupdata *tnd,
    struct namecache *tpar)
{
	struct namecache *fncp = fnd->nl_nch.ncp, *tncp = tnd->nl_nch.ncp;
	int fdir, tdir;

	if (fncp->nc_vp == NULL)
		return (ENOENT);
	if (fnd->nl_nch.mount != tnd->nl_nch.mount)
		return (EXDEV);
	if (fnd->nl_nch.mount->mnt_flag & MNT_RDONLY)
		return (EROFS);
	if (((fncp->nc_flag | tncp->nc_flag) & NCF_ISMOUNTPT) ||
	    (fncp->nc_flag & NCF_ROOT))
		return (EINVAL);
	fdir = (fncp->nc_flag & NCF_ISDIR) != 0;
	if ((tnd->nl_flags & NLC_ISADIR) && !fdir)
		return (ENOTDIR);
	if (tncp->nc_vp != NULL) {
		tdir = (tncp->nc_flag & NCF_ISDIR) != 0;
		if (fdir && !tdir)
			return (ENOTDIR);
		if (!fdir && tdir)
			return (EISDIR);
	}
	if (fdir && cache_is_ancestor(fncp, tpar))
		return (EINVAL);
	return (0);
}

static int
kern_rename(struct nlookupdata *fnd, struct nlookupdata *tnd)
{
	struct namecache *fncp, *tncp, *fpar, *tpar;
	struct vnode *vp;
	uint32_t fgen, tgen;
	int error, locked = 0;

	fnd->nl_flags |= NLC_REFDVP | NLC_RENAME_SRC | NLC_NOCROSSMOUNT;
	error = nlookup(fnd);
	if (error)
		return (error);
	if (fnd->nl_dvp == NULL)
		return (EINVAL);
	/*
	 * Only one name is ever waited for with another one locked.  When
	 * both are locked at last their generations tell whether they still
	 * are what was looked up: this name, in this directory.
	 */
	fncp = fnd->nl_nch.ncp;
	fpar = fncp->nc_parent;
	fgen = fncp->nc_generation;
	cache_unlock(&fnd->nl_nch);
	fnd->nl_flags &= ~NLC_NCPISLOCKED;
	tnd->nl_flags |= NLC_REFDVP | NLC_RENAME_DST | NLC_NOCROSSMOUNT;
	error = nlookup(tnd);
	if (error)
		return (error);
	if (tnd->nl_dvp == NULL)
		return (EINVAL);
	tncp = tnd->nl_nch.ncp;
	tpar = tncp->nc_parent;
	tgen = tncp->nc_generation;
	cache_unlock(&tnd->nl_nch);
	tnd->nl_flags &= ~NLC_NCPISLOCKED;
	if (fncp == tncp)
		return (fncp->nc_generation == fgen ? 0 : EAGAIN);
	if (fpar == NULL || tpar == NULL)
		return (EINVAL);
	if ((fncp->nc_flag & NCF_ISDIR) && fpar != tpar) {
		lockmgr(&rename_lock, LK_EXCLUSIVE);
		locked = 1;
	}
	cache_relock(&fnd->nl_nch, &tnd->nl_nch);
	fnd->nl_flags |= NLC_NCPISLOCKED;
	tnd->nl_flags |= NLC_NCPISLOCKED;
	if (fncp->nc_generation != fgen || tncp->nc_generation != tgen)
		error = EAGAIN;
	else
		error = kern_rename_check(fnd, tnd, tpar);
	if (error)
		goto done;
	/* Two names of one file: the old one goes. */
	if (fnd->nl_nch.ncp->nc_vp == tnd->nl_nch.ncp->nc_vp) {
		error = VOP_NREMOVE(&fnd->nl_nch, fnd->nl_dvp, fnd->nl_cred);
		goto done;
	}
	/* Moving a directory elsewhere changes its `..'. */
	if (locked && fnd->nl_cred->cr_uid != 0) {
		error = cache_vget(&fnd->nl_nch, fnd->nl_cred, LK_SHARED,
		    &vp);
		if (error == 0) {
			error = VOP_ACCESS(vp, VWRITE, fnd->nl_cred);
			vput(vp);
		}
		if (error)
			goto done;
	}
	error = VOP_NRENAME(&fnd->nl_nch, &tnd->nl_nch, fnd->nl_dvp,
	    tnd->nl_dvp, tnd->nl_cred);
done:
	if (locked)
		lockmgr(&rename_lock, LK_RELEASE);
	return (error);
}

/* Again for as long as the names change while they are looked up. */
static int
kern_renameat(int fromfd, const char *from, int tofd, const char *to)
{
	int error;

	while ((error = nlookup_run2(fromfd, from, 0, tofd, to,
	    kern_rename)) == EAGAIN)
		lwkt_user_yield();
	return (error);
}

int
sys_rename(struct sysmsg *sysmsg, const struct rename_args *uap)
{
	return (kern_renameat(AT_FDCWD, uap->from, AT_FDCWD, uap->to));
}

int
sys_renameat(struct sysmsg *sysmsg, const struct renameat_args *uap)
{
	return (kern_renameat(uap->oldfd, uap->old, uap->newfd, uap->new));
}

int
sys_revoke(struct sysmsg *sysmsg, const struct revoke_args *uap)
{
	struct ucred *cred = curthread->td_ucred;
	struct vattr va;
	struct vnode *vp;
	int error;

	error = nlookup_vref(AT_FDCWD, uap->path, UIO_USERSPACE, NLC_FOLLOW,
	    cred, &vp);
	if (error)
		return (error);
	if (vp->v_type != VCHR && vp->v_type != VBLK) {
		error = EINVAL;
	} else {
		vn_lock(vp, LK_SHARED | LK_RETRY);
		error = VOP_GETATTR(vp, &va);
		vn_unlock(vp);
		if (error == 0 && cred->cr_uid != va.va_uid)
			error = priv_check_cred(cred, PRIV_VFS_REVOKE, 0);
		if (error == 0)
			error = VOP_REVOKE(vp, REVOKEALL, cred);
	}
	vrele(vp);
	return (error);
}
