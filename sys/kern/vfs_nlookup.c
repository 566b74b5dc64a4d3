/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Path lookup.
 *
 * nlookup() alternates between lock-free walks (vfs_cache_walk.c), which go
 * as far as names are cached, and single steps with locks, which resolve a
 * name, follow a symbolic link or check a permission.  The last component is
 * always looked up with its lock held, so that the result cannot change.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/fcntl.h>
#include <sys/file.h>
#include <sys/filedesc.h>
#include <sys/kernel.h>
#include <sys/ktrace.h>
#include <sys/malloc.h>
#include <sys/mount.h>
#include <sys/nlookup.h>
#include <sys/objcache.h>
#include <sys/proc.h>
#include <sys/spinlock2.h>
#include <sys/stat.h>
#include <sys/ucred.h>
#include <sys/vnode.h>
#include "vfs_cache.h"

struct objcache *namei_oc;

static void
nlookup_sysinit(void *arg)
{
	namei_oc = objcache_create_simple(M_TEMP, MAXPATHLEN);
}
SYSINIT(nlookup, SI_SUB_VFS, SI_ORDER_SECOND, nlookup_sysinit, NULL);

void
nlookup_zero(struct nlookupdata *nd)
{
	bzero(nd, sizeof(*nd));
}

/* The process's root and current directory, referenced. */
static int
nlookup_dirs(struct nlookupdata *nd, struct proc *p)
{
	struct filedesc *fdp = p != NULL ? p->p_fd : NULL;

	if (fdp != NULL) {
		spin_lock(&fdp->fd_spin);
		if (fdp->fd_ncdir.ncp != NULL && fdp->fd_nrdir.ncp != NULL) {
			cache_copy(&fdp->fd_ncdir, &nd->nl_basench);
			cache_copy(&fdp->fd_nrdir, &nd->nl_rootnch);
			if (fdp->fd_njdir.ncp != NULL)
				cache_copy(&fdp->fd_njdir, &nd->nl_jailnch);
		}
		spin_unlock(&fdp->fd_spin);
	}
	if (nd->nl_rootnch.ncp == NULL) {
		if (rootnch.ncp == NULL)
			return (ENOENT);
		cache_copy(&rootnch, &nd->nl_basench);
		cache_copy(&rootnch, &nd->nl_rootnch);
	}
	return (0);
}

static int
nlookup_path(struct nlookupdata *nd, const char *path, enum uio_seg seg)
{
	size_t pathlen = 0;
	int error;

	nd->nl_path = objcache_get(namei_oc, M_WAITOK);
	nd->nl_flags |= NLC_KPATH;
	if (seg == UIO_SYSSPACE)
		error = copystr(path, nd->nl_path, MAXPATHLEN, &pathlen);
	else
		error = copyinstr(path, nd->nl_path, MAXPATHLEN, &pathlen);
	if (error == 0 && pathlen <= 1)
		error = ENOENT;
	return (error);
}

int
nlookup_init(struct nlookupdata *nd, const char *path, enum uio_seg seg,
    int flags)
{
	struct thread *td = curthread;
	struct proc *p = td->td_proc;
	int error;

	bzero(nd, sizeof(*nd));
	nd->nl_flags = flags;
	nd->nl_td = td;
	error = nlookup_path(nd, path, seg);
	if (error)
		return (error);
	if (KTRPOINT(td, KTR_NAMEI))
		ktrnamei(td->td_lwp, nd->nl_path);
	nd->nl_cred = crhold(td->td_ucred != NULL ? td->td_ucred :
	    proc0.p_ucred);
	return (nlookup_dirs(nd, p));
}

int
nlookup_init_at(struct nlookupdata *nd, struct file **fpp, int fd,
    const char *path, enum uio_seg seg, int flags)
{
	struct thread *td = curthread;
	struct file *fp;
	int error;

	*fpp = NULL;
	error = nlookup_init(nd, path, seg, flags);
	if (error || nd->nl_path[0] == '/' || fd == AT_FDCWD)
		return (error);
	error = holdvnode(td, fd, &fp);
	if (error)
		return (error);
	if (((struct vnode *)fp->f_data)->v_type != VDIR ||
	    fp->f_nchandle.ncp == NULL) {
		fdrop(fp);
		return (ENOTDIR);
	}
	cache_drop(&nd->nl_basench);
	cache_copy(&fp->f_nchandle, &nd->nl_basench);
	nd->nl_flags |= NLC_NCDIR;
	*fpp = fp;
	return (0);
}

int
nlookup_run(int fd, const char *path, int flags, nlookup_op_t *op, void *arg)
{
	struct nlookupdata nd;
	struct file *fp;
	int error;

	error = nlookup_init_at(&nd, &fp, fd, path, UIO_USERSPACE, flags);
	if (error == 0)
		error = op(&nd, arg);
	nlookup_done_at(&nd, fp);
	return (error);
}

int
nlookup_run2(int fd1, const char *path1, int flags1, int fd2,
    const char *path2, nlookup_op2_t *op)
{
	struct nlookupdata nd1, nd2;
	struct file *fp1, *fp2;
	int error;

	error = nlookup_init_at(&nd1, &fp1, fd1, path1, UIO_USERSPACE, flags1);
	if (error == 0) {
		error = nlookup_init_at(&nd2, &fp2, fd2, path2, UIO_USERSPACE,
		    0);
		if (error == 0)
			error = op(&nd1, &nd2);
		nlookup_done_at(&nd2, fp2);
	}
	nlookup_done_at(&nd1, fp1);
	return (error);
}

int
nlookup_at_flags(int atflags, int *nlcflags)
{
	if (atflags & ~AT_SYMLINK_NOFOLLOW)
		return (EINVAL);
	*nlcflags = (atflags & AT_SYMLINK_NOFOLLOW) ? 0 : NLC_FOLLOW;
	return (0);
}

int
nlookup_init_root(struct nlookupdata *nd, const char *path, enum uio_seg seg,
    int flags, struct ucred *cred, struct nchandle *start,
    struct nchandle *root)
{
	int error;

	bzero(nd, sizeof(*nd));
	nd->nl_flags = flags;
	nd->nl_td = curthread;
	error = nlookup_path(nd, path, seg);
	if (error)
		return (error);
	nd->nl_cred = crhold(cred);
	cache_copy(start, &nd->nl_basench);
	cache_copy(root, &nd->nl_rootnch);
	return (0);
}

int
nlookup_init_raw(struct nlookupdata *nd, const char *path, enum uio_seg seg,
    int flags, struct ucred *cred, struct nchandle *start)
{
	return (nlookup_init_root(nd, path, seg, flags, cred, start,
	    &rootnch));
}

void
nlookup_set_cred(struct nlookupdata *nd, struct ucred *cred)
{
	crhold(cred);
	crfree(nd->nl_cred);
	nd->nl_cred = cred;
}

void
nlookup_done(struct nlookupdata *nd)
{
	if (nd->nl_nch.ncp != NULL) {
		if (nd->nl_flags & NLC_NCPISLOCKED)
			cache_unlock(&nd->nl_nch);
		cache_drop(&nd->nl_nch);
	}
	nd->nl_flags &= ~NLC_NCPISLOCKED;
	if (nd->nl_rootnch.ncp != NULL)
		cache_drop(&nd->nl_rootnch);
	if (nd->nl_basench.ncp != NULL)
		cache_drop(&nd->nl_basench);
	if (nd->nl_jailnch.ncp != NULL)
		cache_drop(&nd->nl_jailnch);
	if (nd->nl_flags & NLC_KPATH) {
		objcache_put(namei_oc, nd->nl_path);
		nd->nl_flags &= ~NLC_KPATH;
	}
	nd->nl_path = NULL;
	if (nd->nl_cred != NULL) {
		crfree(nd->nl_cred);
		nd->nl_cred = NULL;
	}
	if (nd->nl_open_vp != NULL) {
		vn_close(nd->nl_open_vp, nd->nl_vp_fmode, NULL);
		nd->nl_open_vp = NULL;
	}
	if (nd->nl_dvp != NULL) {
		vrele(nd->nl_dvp);
		nd->nl_dvp = NULL;
	}
}

void
nlookup_done_at(struct nlookupdata *nd, struct file *fp)
{
	nlookup_done(nd);
	if (fp != NULL)
		fdrop(fp);
}

/* Read a symbolic link; *nlc gets a NUL-terminated buffer of namei_oc. */
int
nreadsymlink(struct nlookupdata *nd, struct nchandle *nch,
    struct nlcomponent *nlc)
{
	struct vnode *vp;
	struct iovec iov;
	struct uio uio;
	char *buf;
	int error, len;

	nlc->nlc_nameptr = NULL;
	nlc->nlc_namelen = 0;
	error = cache_vget(nch, nd->nl_cred, LK_SHARED, &vp);
	if (error)
		return (error);
	buf = objcache_get(namei_oc, M_WAITOK);
	iov.iov_base = buf;
	iov.iov_len = MAXPATHLEN - 1;
	uio.uio_iov = &iov;
	uio.uio_iovcnt = 1;
	uio.uio_offset = 0;
	uio.uio_rw = UIO_READ;
	uio.uio_segflg = UIO_SYSSPACE;
	uio.uio_td = curthread;
	uio.uio_resid = MAXPATHLEN - 1;
	error = VOP_READLINK(vp, &uio, nd->nl_cred);
	vput(vp);
	len = MAXPATHLEN - 1 - uio.uio_resid;
	if (error == 0 && len == 0)
		error = ENOENT;
	if (error) {
		objcache_put(namei_oc, buf);
		return (error);
	}
	buf[len] = 0;
	nlc->nlc_nameptr = buf;
	nlc->nlc_namelen = len;
	return (0);
}

/* Replace what is left of the path by link target + rest. */
static int
nlookup_follow(struct nlookupdata *nd, struct nchandle *nch,
    const char **restp)
{
	struct nlcomponent nlc;
	size_t rest;
	int error;

	if (++nd->nl_loopcnt > MAXSYMLINKS)
		return (ELOOP);
	error = nreadsymlink(nd, nch, &nlc);
	if (error)
		return (error);
	rest = strlen(*restp);
	if (nlc.nlc_namelen + rest >= MAXPATHLEN) {
		objcache_put(namei_oc, nlc.nlc_nameptr);
		return (ENAMETOOLONG);
	}
	bcopy(*restp, nlc.nlc_nameptr + nlc.nlc_namelen, rest + 1);
	objcache_put(namei_oc, nd->nl_path);
	nd->nl_path = nlc.nlc_nameptr;
	*restp = nd->nl_path;
	return (0);
}

/*
 * May the caller do this with nch (referenced, locked or a directory that
 * was walked through)?  stickyp, if given, gets whether the directory is
 * sticky and the caller does not own it.
 */
int
naccess(struct nchandle *nch, int vmode, struct ucred *cred, int *stickyp)
{
	struct vnode *vp;
	struct vattr va;
	int error;

	error = cache_vref(nch, cred, &vp);
	if (error)
		return (error);
	if (vmode == VEXEC && (nch->ncp->nc_flag & NCF_WXOK)) {
		vrele(vp);
		return (0);
	}
	vn_lock(vp, LK_SHARED | LK_RETRY);
	error = VOP_ACCESS(vp, vmode, cred);
	if (error == 0 && vp->v_type == VDIR &&
	    VOP_GETATTR(vp, &va) == 0) {
		if ((va.va_mode & 0111) == 0111)
			atomic_set_int(&nch->ncp->nc_flag, NCF_WXOK);
		if (stickyp != NULL && (va.va_mode & S_ISVTX) &&
		    cred->cr_uid != 0 && cred->cr_uid != va.va_uid)
			*stickyp = 1;
	}
	vn_unlock(vp);
	vrele(vp);
	return (error);
}

/* The checks NLC_* flags ask for, on the final entry. */
static int
nlookup_check(struct nlookupdata *nd, struct nchandle *par, int sticky)
{
	struct nchandle *nch = &nd->nl_nch;
	struct vnode *vp;
	struct vattr va;
	int error, vmode = 0;

	if (nch->ncp->nc_vp == NULL) {
		if (nd->nl_flags & (NLC_CREATE | NLC_RENAME_DST)) {
			if (par == NULL)
				return (EINVAL);
			return (naccess(par, VWRITE, nd->nl_cred, NULL));
		}
		return (ENOENT);
	}
	if ((nd->nl_flags & (NLC_READ | NLC_WRITE | NLC_EXEC | NLC_OWN |
	    NLC_DELETE | NLC_RENAME_SRC | NLC_RENAME_DST | NLC_TRUNCATE |
	    NLC_OPEN)) == 0)
		return (0);
	error = cache_vget(nch, nd->nl_cred, LK_SHARED, &vp);
	if (error)
		return (error);
	if (nd->nl_flags & NLC_READ)
		vmode |= VREAD;
	if (nd->nl_flags & (NLC_WRITE | NLC_TRUNCATE | NLC_APPEND))
		vmode |= VWRITE;
	if (nd->nl_flags & NLC_EXEC)
		vmode |= VEXEC;
	if (vmode != 0 && vp->v_type != VLNK)
		error = VOP_ACCESS_FLAGS(vp, vmode,
		    (nd->nl_flags & NLC_REALUID) ? 0 : AT_EACCESS,
		    nd->nl_cred);
	if (error == 0 && ((nd->nl_flags & (NLC_OWN | NLC_DELETE |
	    NLC_RENAME_SRC | NLC_RENAME_DST)) || (vmode & VWRITE)))
		error = VOP_GETATTR(vp, &va);
	else
		va.va_flags = 0, va.va_uid = nd->nl_cred->cr_uid;
	vput(vp);
	if (error)
		return (error);
	if ((nd->nl_flags & NLC_OWN) && nd->nl_cred->cr_uid != 0 &&
	    nd->nl_cred->cr_uid != va.va_uid)
		return (EPERM);
	if ((vmode & VWRITE) && (va.va_flags & (UF_IMMUTABLE | SF_IMMUTABLE)))
		return (EPERM);
	if (va.va_flags & (UF_APPEND | SF_APPEND)) {
		nd->nl_flags |= NLC_APPENDONLY;
		if ((nd->nl_flags & NLC_TRUNCATE) ||
		    ((vmode & VWRITE) && !(nd->nl_flags & NLC_APPEND)))
			return (EPERM);
	}
	if (nd->nl_flags & (NLC_DELETE | NLC_RENAME_SRC | NLC_RENAME_DST)) {
		if (va.va_flags & (UF_IMMUTABLE | SF_IMMUTABLE | UF_APPEND |
		    SF_APPEND | UF_NOUNLINK | SF_NOUNLINK))
			return (EPERM);
		if (par != NULL) {
			error = naccess(par, VWRITE, nd->nl_cred, &sticky);
			if (error == 0 && sticky &&
			    va.va_uid != nd->nl_cred->cr_uid)
				error = EPERM;
		}
	}
	return (error);
}

/* Go from nch, a directory, up one level.  nch is replaced. */
static int
nlookup_dotdot(struct nlookupdata *nd, struct nchandle *nch)
{
	struct nchandle up;
	struct namecache *par;
	uint32_t gen;

	for (;;) {
		if ((nch->ncp == nd->nl_rootnch.ncp &&
		    nch->mount == nd->nl_rootnch.mount) ||
		    (nch->ncp == nd->nl_jailnch.ncp &&
		    nch->mount == nd->nl_jailnch.mount))
			return (0);
		if (nch->ncp != nch->mount->mnt_ncmountpt.ncp)
			break;
		if (!cache_mntcovered(nch->mount, &up))
			return (0);
		cache_drop(nch);
		*nch = up;
	}
	for (;;) {
		gen = nch->ncp->nc_generation;
		cpu_ccfence();
		par = nch->ncp->nc_parent;
		if ((gen & 1) == 0 && par == NULL)
			return (EINVAL);
		if ((gen & 1) || !cache_hold_try(par)) {
			lwkt_yield();
			continue;
		}
		cpu_ccfence();
		if (nch->ncp->nc_generation == gen)
			break;
		cache_drop_ncp(par);
	}
	up.ncp = par;
	up.mount = nch->mount;
	cache_mntref(up.mount);
	cache_drop(nch);
	*nch = up;
	return (0);
}

/* If something is mounted on nch, go to its root.  nch is unlocked. */
static void
nlookup_cross(struct nchandle *nch)
{
	struct nchandle top;

	while (cache_findmount(nch, &top)) {
		cache_drop(nch);
		*nch = top;
	}
}

/* A path that ends in ".", ".." or "/": the result is the directory. */
static int
nlookup_final_dir(struct nlookupdata *nd, struct nchandle *nch,
    const char *last, int lastlen)
{
	int error;

	if (nd->nl_flags & NLC_DELETE) {
		if (lastlen == 1)
			return (EINVAL);
		return (lastlen == 2 ? ENOTEMPTY : EACCES);
	}
	if (nd->nl_flags & (NLC_RENAME_SRC | NLC_RENAME_DST))
		return (EINVAL);
	nd->nl_nch = *nch;
	cache_zero(nch);
	nlookup_cross(&nd->nl_nch);
	cache_lock_maybe_shared(&nd->nl_nch,
	    (nd->nl_flags & NLC_SHAREDLOCK) == 0);
	nd->nl_flags |= NLC_NCPISLOCKED;
	error = 0;
	if (nd->nl_nch.ncp->nc_flag & NCF_UNRESOLVED)
		error = cache_resolve(&nd->nl_nch, nd->nl_cred);
	if (error)
		return (error);
	if (nd->nl_flags & NLC_REFDVP) {
		nd->nl_dvp = cache_dvpref(nd->nl_nch.ncp->nc_parent);
		if (nd->nl_dvp == NULL && !(nd->nl_flags & NLC_CREATE))
			return (EINVAL);
	}
	if (nd->nl_flags & NLC_CREATE) {
		/* It exists: the caller says EEXIST. */
		return (0);
	}
	return (nlookup_check(nd, NULL, 0));
}

/*
 * One component with locks: name of length nlen in directory *nch
 * (referenced).  final: nothing but slashes follows.  On return with 0 and
 * *donep clear, *nch is where to go on and *restp the path from there.
 */
static int
nlookup_step(struct nlookupdata *nd, struct nchandle *nch, const char *name,
    int nlen, const char **restp, int final, int *donep)
{
	struct nlcomponent nlc = { __DECONST(char *, name), nlen };
	struct nchandle child;
	struct namecache *ncp;
	int error, sticky = 0, excl, wantdir = (**restp == '/');

	excl = !final || !(nd->nl_flags & NLC_SHAREDLOCK);
	cache_nlookup_maybe_shared(nch, &nlc, final ? excl : 0, &child);
	ncp = child.ncp;
	error = 0;
	if (ncp->nc_flag & NCF_UNRESOLVED) {
		/* Unresolved: the lock is exclusive. */
		error = cache_resolve(&child, nd->nl_cred);
	} else {
		error = ncp->nc_error;
		if (ncp->nc_vp != NULL) {
			struct vnode *vp;

			error = cache_vref(&child, nd->nl_cred, &vp);
			if (error == 0)
				vrele(vp);
		}
	}
	if (error && error != ENOENT)
		goto fail;
	if (error == ENOENT && (!final || (wantdir &&
	    !(nd->nl_flags & (NLC_ISADIR | NLC_RENAME_DST))) ||
	    (nd->nl_flags & (NLC_CREATE | NLC_RENAME_DST)) == 0))
		goto fail;
	if (error == ENOENT && (ncp->nc_flag & NCF_DESTROYED))
		goto fail;
	error = 0;
	if ((ncp->nc_flag & NCF_ISSYMLINK) &&
	    (!final || wantdir || ((nd->nl_flags & NLC_FOLLOW) &&
	    !(nd->nl_flags & NLC_EXCL)))) {
		error = nlookup_follow(nd, &child, restp);
		cache_put(&child);
		return (error);
	}
	if (ncp->nc_vp != NULL && (!final || wantdir) &&
	    (ncp->nc_flag & NCF_ISDIR) == 0) {
		error = ENOTDIR;
		goto fail;
	}
	if (!final || ((ncp->nc_flag & NCF_ISMOUNTPT) &&
	    !(nd->nl_flags & NLC_NOCROSSMOUNT))) {
		cache_unlock(&child);
		nlookup_cross(&child);
		if (!final) {
			cache_drop(nch);
			*nch = child;
			return (0);
		}
		cache_lock_maybe_shared(&child, excl);
		if (child.ncp->nc_flag & NCF_UNRESOLVED) {
			error = cache_resolve(&child, nd->nl_cred);
			if (error)
				goto fail;
		}
	}
	nd->nl_nch = child;
	nd->nl_flags |= NLC_NCPISLOCKED;
	if (wantdir)
		nd->nl_flags |= NLC_ISADIR;
	*donep = 1;
	if (nd->nl_flags & NLC_REFDVP) {
		nd->nl_dvp = cache_dvpref(nch->ncp);
		if (nd->nl_dvp == NULL)
			return (EINVAL);
	}
	error = nlookup_check(nd, nch, sticky);
	return (error);
fail:
	cache_put(&child);
	return (error);
}

/*
 * Look up nd->nl_path.  See <sys/nlookup.h>.
 */
int
nlookup(struct nlookupdata *nd)
{
	struct ncwalk nw;
	struct nchandle nch, to;
	const char *p, *next, *q;
	int error = 0, nlen, final, done = 0;

	cache_zero(&nch);
	cache_copy(nd->nl_path[0] == '/' ? &nd->nl_rootnch : &nd->nl_basench,
	    &nch);
	p = nd->nl_path;
	while (error == 0 && !done) {
		/* As far as it goes without locks. */
		if (cache_walk_init(&nw, &nch, &nd->nl_rootnch,
		    &nd->nl_jailnch, p, nd->nl_cred)) {
			cache_walk(&nw, 1);
			if (nw.nw_path != p && cache_walk_hold(&nw, &to)) {
				cache_drop(&nch);
				nch = to;
				p = nw.nw_path;
			}
		}
		while (*p == '/')
			p++;
		for (next = p; *next != 0 && *next != '/'; next++)
			;
		nlen = next - p;
		if (nlen == 0) {
			error = nlookup_final_dir(nd, &nch, p, 0);
			break;
		}
		if (nlen > NAME_MAX) {
			error = ENAMETOOLONG;
			break;
		}
		for (q = next; *q == '/'; q++)
			;
		final = (*q == 0);
		/* The directory must be one, and searchable. */
		if (!(nch.ncp->nc_flag & NCF_WXOK) ||
		    !(nch.ncp->nc_flag & NCF_ISDIR)) {
			cache_lock_maybe_shared(&nch, 0);
			if (nch.ncp->nc_flag & NCF_UNRESOLVED)
				error = cache_resolve(&nch, nd->nl_cred);
			if (error == 0 && (nch.ncp->nc_flag & NCF_ISDIR) == 0)
				error = ENOTDIR;
			if (error == 0)
				error = naccess(&nch, VEXEC, nd->nl_cred,
				    NULL);
			cache_unlock(&nch);
			if (error)
				break;
		}
		if (nlen == 1 && p[0] == '.') {
			if (final) {
				error = nlookup_final_dir(nd, &nch, p, 1);
				break;
			}
			p = next;
			continue;
		}
		if (nlen == 2 && p[0] == '.' && p[1] == '.') {
			error = nlookup_dotdot(nd, &nch);
			if (error == 0)
				nlookup_cross(&nch);
			if (error == 0 && final) {
				error = nlookup_final_dir(nd, &nch, p, 2);
				break;
			}
			p = next;
			continue;
		}
		error = nlookup_step(nd, &nch, p, nlen, &next, final, &done);
		if (error == 0 && !done) {
			p = next;
			if (p == nd->nl_path && *p == '/') {
				/* An absolute symbolic link. */
				cache_drop(&nch);
				cache_copy(&nd->nl_rootnch, &nch);
			}
		}
	}
	if (nch.ncp != NULL)
		cache_drop(&nch);
	if (error && nd->nl_dvp != NULL) {
		vrele(nd->nl_dvp);
		nd->nl_dvp = NULL;
	}
	return (error);
}

struct nchandle
nlookup_simple(const char *path, enum uio_seg seg, int flags, int *error)
{
	struct nlookupdata nd;
	struct nchandle nch;

	cache_zero(&nch);
	*error = nlookup_init(&nd, path, seg, flags);
	if (*error == 0)
		*error = nlookup(&nd);
	if (*error == 0) {
		nch = nd.nl_nch;
		cache_zero(&nd.nl_nch);
		if (nd.nl_flags & NLC_NCPISLOCKED)
			cache_unlock(&nch);
	}
	nlookup_done(&nd);
	return (nch);
}

/*
 * The walk without locks from the process's directories: 0, ENOENT, or
 * EJUSTRETURN when it must be done with locks.
 */
static int
nlookup_vref_fast(struct proc *p, const char *path, int flags,
    struct ucred *cred, struct vnode **vpp)
{
	struct filedesc *fdp = p->p_fd;
	struct ncwalk nw;
	int ok;

	spin_lock(&fdp->fd_spin);
	ok = fdp->fd_nrdir.ncp != NULL &&
	    cache_walk_init(&nw, path[0] == '/' ? &fdp->fd_nrdir :
	    &fdp->fd_ncdir, &fdp->fd_nrdir, &fdp->fd_njdir, path, cred);
	spin_unlock(&fdp->fd_spin);
	if (!ok)
		return (EJUSTRETURN);
	cache_walk(&nw, 0);
	if (nw.nw_error != 0)
		return (nw.nw_error);
	if (*nw.nw_path != 0)
		return (EJUSTRETURN);
	if ((nw.nw_ncp->nc_flag & NCF_ISSYMLINK) && (flags & NLC_FOLLOW))
		return (EJUSTRETURN);
	return (cache_walk_vref(&nw, vpp) ? 0 : EJUSTRETURN);
}

int
nlookup_vref(int fd, const char *path, enum uio_seg seg, int flags,
    struct ucred *cred, struct vnode **vpp)
{
	struct proc *p = curproc;
	struct nlookupdata nd;
	struct file *fp = NULL;
	char *buf;
	size_t len = 0;
	int error;

	buf = objcache_get(namei_oc, M_WAITOK);
	if (seg == UIO_SYSSPACE)
		error = copystr(path, buf, MAXPATHLEN, &len);
	else
		error = copyinstr(path, buf, MAXPATHLEN, &len);
	if (error == 0 && len <= 1)
		error = ENOENT;
	if (error) {
		objcache_put(namei_oc, buf);
		return (error);
	}
	if (p != NULL && p->p_fd != NULL && (flags & NLC_ALLCHKS) == 0 &&
	    !KTRPOINT(curthread, KTR_NAMEI) &&
	    (fd == AT_FDCWD || buf[0] == '/')) {
		error = nlookup_vref_fast(p, buf, flags, cred, vpp);
		if (error != EJUSTRETURN) {
			objcache_put(namei_oc, buf);
			return (error);
		}
	}
	error = nlookup_init_at(&nd, &fp, fd, buf, UIO_SYSSPACE,
	    flags | NLC_SHAREDLOCK);
	objcache_put(namei_oc, buf);
	if (error == 0) {
		if (cred != nd.nl_cred)
			nlookup_set_cred(&nd, cred);
		error = nlookup(&nd);
	}
	if (error == 0)
		error = cache_vref(&nd.nl_nch, cred, vpp);
	nlookup_done_at(&nd, fp);
	return (error);
}
