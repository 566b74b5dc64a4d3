/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Descriptor tables and struct file.
 *
 * fd_spin guards a table.  A table used by one process with one thread is
 * only ever changed by that thread, which therefore looks descriptors up
 * without the lock.  Files are reference counted; the last reference closes.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/event.h>
#include <sys/file.h>
#include <sys/file2.h>
#include <sys/filedesc.h>
#include <sys/globaldata.h>
#include <sys/lockf.h>
#include <sys/malloc.h>
#include <sys/namecache.h>
#include <sys/objcache.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/socketvar.h>
#include <sys/spinlock2.h>
#include <sys/stat.h>
#include <sys/sysctl.h>
#include <sys/vnode.h>
#include <sys/thread2.h>

MALLOC_DEFINE(M_FILEDESC, "file desc", "descriptor tables");
MALLOC_DEFINE(M_FILE, "file", "open files");

int	maxfiles;
int	maxfilesperproc;
u_int	nfiles;				/* (a) open files */
static struct krate maxfiles_rate = { .freq = 1 };

SYSCTL_INT(_kern, KERN_MAXFILES, maxfiles, CTLFLAG_RW, &maxfiles, 0,
    "Most open files");
SYSCTL_INT(_kern, KERN_MAXFILESPERPROC, maxfilesperproc, CTLFLAG_RW,
    &maxfilesperproc, 0, "Most open files of a process");
SYSCTL_INT(_kern, OID_AUTO, openfiles, CTLFLAG_RD, &nfiles, 0, "Open files");
TUNABLE_INT("kern.maxfiles", &maxfiles);

/* All files, on lists by CPU of creation. (s) spin */
static struct filelist_pcpu {
	struct spinlock	spin;
	LIST_HEAD(, file) list;		/* (s) */
} __cachealign filelists[MAXCPU];

struct fileops badfileops = {
	.fo_read = badfo_readwrite,
	.fo_write = badfo_readwrite,
	.fo_ioctl = badfo_ioctl,
	.fo_kqfilter = badfo_kqfilter,
	.fo_stat = badfo_stat,
	.fo_close = badfo_close,
	.fo_shutdown = badfo_shutdown,
	.fo_seek = badfo_seek,
};

static void
fileinit(void *unused)
{
	int i;

	for (i = 0; i < MAXCPU; i++) {
		spin_init(&filelists[i].spin, "filelist");
		LIST_INIT(&filelists[i].list);
	}
	/* An open file is good for a few KB of memory behind it. */
	if (maxfiles <= 0)
		maxfiles = MIN(physmem / 2, 8 * 1024 * 1024);
	maxfiles = MAX(maxfiles, 4096);
	maxfilesperproc = maxfiles / 4 * 3;
}
SYSINIT(fileinit, SI_BOOT1_POST, SI_ORDER_ANY, fileinit, NULL);

/* May fdp, of p, be read without its lock by the current thread? */
static __inline int
fd_private(struct filedesc *fdp)
{
	struct proc *p = curproc;

	return (p != NULL && fdp == p->p_fd && fdp->fd_refcnt == 1 &&
	    p->p_nthreads == 1);
}

static __inline struct file *
fd_lookup(struct filedesc *fdp, int fd)
{
	if ((u_int)fd >= (u_int)fdp->fd_nfiles)
		return (NULL);
	return (fdp->fd_files[fd].fp);
}

/* A mask of the flags one of which the file must have been opened with. */
static __inline struct file *
fd_hold(struct file *fp, int flag)
{
	if (fp == NULL || (flag != -1 && (fp->f_flag & flag) == 0))
		return (NULL);
	atomic_add_int(&fp->f_count, 1);
	return (fp);
}

struct file *
holdfp_fdp_locked(struct filedesc *fdp, int fd, int flag)
{
	return (fd_hold(fd_lookup(fdp, fd), flag));
}

struct file *
holdfp_fdp(struct filedesc *fdp, int fd, int flag)
{
	struct file *fp;

	if (fd_private(fdp))
		return (fd_hold(fd_lookup(fdp, fd), flag));
	spin_lock_shared(&fdp->fd_spin);
	fp = fd_hold(fd_lookup(fdp, fd), flag);
	spin_unlock_shared(&fdp->fd_spin);
	return (fp);
}

struct file *
holdfp(struct thread *td, int fd, int flag)
{
	return (holdfp_fdp(td->td_proc->p_fd, fd, flag));
}

void
dropfp(struct thread *td, int fd, struct file *fp)
{
	fdrop(fp);
}

int
holdvnode(struct thread *td, int fd, struct file **fpp)
{
	struct file *fp;

	fp = holdfp(td, fd, -1);
	if (fp == NULL)
		return (EBADF);
	if (fp->f_type != DTYPE_VNODE && fp->f_type != DTYPE_FIFO) {
		fdrop(fp);
		return (EINVAL);
	}
	*fpp = fp;
	return (0);
}

int
holdsock(struct thread *td, int fd, struct file **fpp)
{
	struct file *fp;

	fp = holdfp(td, fd, -1);
	if (fp == NULL)
		return (EBADF);
	if (fp->f_type != DTYPE_SOCKET) {
		fdrop(fp);
		return (ENOTSOCK);
	}
	*fpp = fp;
	return (0);
}

void
fhold(struct file *fp)
{
	atomic_add_int(&fp->f_count, 1);
}

static void
ffree(struct file *fp)
{
	struct filelist_pcpu *fl = &filelists[fp->f_listcpu];

	spin_lock(&fl->spin);
	LIST_REMOVE(fp, f_list);
	spin_unlock(&fl->spin);
	if (fp->f_nchandle.ncp != NULL)
		cache_drop(&fp->f_nchandle);
	if (fp->f_cred != NULL) {
		chgopenfiles(fp->f_cred->cr_ruidinfo, -1, 0);
		crfree(fp->f_cred);
	}
	atomic_add_int(&nfiles, -1);
	kfree(fp, M_FILE);
}

int
fdrop(struct file *fp)
{
	struct flock lf;
	struct vnode *vp;
	int error;

	if (atomic_fetchadd_int(&fp->f_count, -1) > 1)
		return (0);
	if (fp->f_type == DTYPE_VNODE && (fp->f_flag & FHASLOCK)) {
		vp = fp->f_data;
		bzero(&lf, sizeof(lf));
		lf.l_whence = SEEK_SET;
		lf.l_type = F_UNLCK;
		VOP_ADVLOCK(vp, (caddr_t)fp, F_UNLCK, &lf, F_FLOCK);
	}
	error = fo_close(fp);
	ffree(fp);
	return (error);
}

/* ---- table management; all with fd_spin held exclusively ---- */

/* A larger table for fd, allocated with the lock dropped: 0 or errno. */
static int
fdgrow(struct filedesc *fdp, int want)
{
	struct fdnode *nfiles_p, *old = NULL;
	int n;

	n = fdp->fd_nfiles;
	while (n <= want)
		n <<= 1;
	spin_unlock(&fdp->fd_spin);
	nfiles_p = kmalloc((size_t)n * sizeof(struct fdnode), M_FILEDESC,
	    M_WAITOK | M_ZERO);
	spin_lock(&fdp->fd_spin);
	if (fdp->fd_nfiles >= n) {
		old = nfiles_p;		/* someone else was faster */
	} else {
		bcopy(fdp->fd_files, nfiles_p,
		    fdp->fd_nfiles * sizeof(struct fdnode));
		if (fdp->fd_files != fdp->fd_builtin_files)
			old = fdp->fd_files;
		fdp->fd_files = nfiles_p;
		fdp->fd_nfiles = n;
	}
	if (old != NULL) {
		spin_unlock(&fdp->fd_spin);
		kfree(old, M_FILEDESC);
		spin_lock(&fdp->fd_spin);
	}
	return (0);
}

static __inline int
fd_isused(struct filedesc *fdp, int fd)
{
	return (fdp->fd_files[fd].fp != NULL || fdp->fd_files[fd].reserved);
}

/* Descriptor fd has become free. */
static void
fdunuse(struct filedesc *fdp, int fd)
{
	if (fd < fdp->fd_freefile)
		fdp->fd_freefile = fd;
	if (fd == fdp->fd_lastfile) {
		while (fd >= 0 && !fd_isused(fdp, fd))
			fd--;
		fdp->fd_lastfile = fd;
	}
}

static int
fdlimit(struct proc *p)
{
	rlim_t lim = p->p_rlimit[RLIMIT_NOFILE].rlim_cur;

	return ((int)MIN(lim, (rlim_t)maxfilesperproc));
}

/* Reserve the lowest free descriptor that is at least want. */
static int
fdalloc_locked(struct proc *p, struct filedesc *fdp, int want, int *result)
{
	int fd, lim = fdlimit(p);

	if (want >= lim)
		return (EINVAL);
	fd = MAX(want, fdp->fd_freefile);
	for (;;) {
		while (fd < fdp->fd_nfiles && fd_isused(fdp, fd))
			fd++;
		if (fd >= lim)
			return (EMFILE);
		if (fd < fdp->fd_nfiles)
			break;
		fdgrow(fdp, fd);
		/* The lock was dropped: others may have used or freed. */
		fd = MAX(want, fdp->fd_freefile);
	}
	if (want <= fdp->fd_freefile)
		fdp->fd_freefile = fd + 1;
	if (fd > fdp->fd_lastfile)
		fdp->fd_lastfile = fd;
	fdp->fd_files[fd].reserved = 1;
	fdp->fd_files[fd].fileflags = 0;
	*result = fd;
	return (0);
}

int
fdalloc(struct proc *p, int want, int *result)
{
	struct filedesc *fdp = p->p_fd;
	int error;

	spin_lock(&fdp->fd_spin);
	error = fdalloc_locked(p, fdp, want, result);
	spin_unlock(&fdp->fd_spin);
	return (error);
}

int
fdavail(struct proc *p, int n)
{
	struct filedesc *fdp = p->p_fd;
	int fd, lim = fdlimit(p);

	spin_lock_shared(&fdp->fd_spin);
	for (fd = fdp->fd_freefile; fd < lim && n > 0; fd++) {
		if (fd >= fdp->fd_nfiles || !fd_isused(fdp, fd))
			n--;
	}
	spin_unlock_shared(&fdp->fd_spin);
	return (n == 0);
}

static void
fsetfd_locked(struct filedesc *fdp, struct file *fp, int fd)
{
	KASSERT(fdp->fd_files[fd].reserved, ("fsetfd: not reserved"));
	fdp->fd_files[fd].reserved = 0;
	if (fp != NULL) {
		atomic_add_int(&fp->f_count, 1);
		fdp->fd_files[fd].fp = fp;
	} else {
		fdunuse(fdp, fd);
	}
}

void
fsetfd(struct filedesc *fdp, struct file *fp, int fd)
{
	spin_lock(&fdp->fd_spin);
	fsetfd_locked(fdp, fp, fd);
	spin_unlock(&fdp->fd_spin);
}

int
falloc(struct lwp *lp, struct file **resultfp, int *resultfd)
{
	struct file *fp;
	struct filelist_pcpu *fl;
	struct ucred *cred = lp != NULL ? lp->lwp_thread->td_ucred :
	    proc0.p_ucred;
	int error;

	if (nfiles >= maxfiles && cred->cr_ruid != 0) {
		krateprintf(&maxfiles_rate, "kern.maxfiles exceeded by "
		    "uid %d\n", cred->cr_ruid);
		return (ENFILE);
	}
	if (resultfd != NULL) {
		error = fdalloc(lp->lwp_proc, 0, resultfd);
		if (error)
			return (error);
	}
	fp = kmalloc(sizeof(*fp), M_FILE, M_WAITOK | M_ZERO);
	spin_init(&fp->f_spin, "file");
	fp->f_count = 1;
	fp->f_ops = &badfileops;
	fp->f_seqcount = 1;
	fp->f_cred = crhold(cred);
	chgopenfiles(cred->cr_ruidinfo, 1, 0);
	atomic_add_int(&nfiles, 1);
	fp->f_listcpu = mycpuid;
	fl = &filelists[fp->f_listcpu];
	spin_lock(&fl->spin);
	LIST_INSERT_HEAD(&fl->list, fp, f_list);
	spin_unlock(&fl->spin);
	*resultfp = fp;
	return (0);
}

/* ---- whole tables ---- */

static struct filedesc *
fd_new(void)
{
	struct filedesc *fdp;

	fdp = kmalloc(sizeof(*fdp), M_FILEDESC, M_WAITOK | M_ZERO);
	spin_init(&fdp->fd_spin, "filedesc");
	fdp->fd_refcnt = 1;
	fdp->fd_cmask = 022;
	fdp->fd_files = fdp->fd_builtin_files;
	fdp->fd_nfiles = NDFILE;
	fdp->fd_lastfile = -1;
	return (fdp);
}

struct filedesc *
fdinit_bootstrap(struct filedesc *unused)
{
	return (fd_new());
}

/* The directories of ofdp for nfdp, each with its references. */
static void
fd_copydirs(struct filedesc *ofdp, struct filedesc *nfdp)
{
	spin_lock_shared(&ofdp->fd_spin);
	nfdp->fd_cmask = ofdp->fd_cmask;
	if ((nfdp->fd_cdir = ofdp->fd_cdir) != NULL)
		vref(nfdp->fd_cdir);
	if ((nfdp->fd_rdir = ofdp->fd_rdir) != NULL)
		vref(nfdp->fd_rdir);
	if ((nfdp->fd_jdir = ofdp->fd_jdir) != NULL)
		vref(nfdp->fd_jdir);
	if (ofdp->fd_ncdir.ncp != NULL)
		cache_copy(&ofdp->fd_ncdir, &nfdp->fd_ncdir);
	if (ofdp->fd_nrdir.ncp != NULL)
		cache_copy(&ofdp->fd_nrdir, &nfdp->fd_nrdir);
	if (ofdp->fd_njdir.ncp != NULL)
		cache_copy(&ofdp->fd_njdir, &nfdp->fd_njdir);
	spin_unlock_shared(&ofdp->fd_spin);
}

struct filedesc *
fdinit(struct proc *p)
{
	struct filedesc *fdp = fd_new();

	fd_copydirs(p->p_fd, fdp);
	return (fdp);
}

struct filedesc *
fdshare(struct proc *p)
{
	atomic_add_int(&p->p_fd->fd_refcnt, 1);
	return (p->p_fd);
}

int
fdcopy(struct proc *p, struct filedesc **fpp)
{
	struct filedesc *fdp = p->p_fd, *nfdp = fdinit(p);
	struct file *fp;
	int fd;

	spin_lock(&fdp->fd_spin);
	while (fdp->fd_lastfile >= nfdp->fd_nfiles) {
		int last = fdp->fd_lastfile;

		spin_unlock(&fdp->fd_spin);
		spin_lock(&nfdp->fd_spin);
		fdgrow(nfdp, last);
		spin_unlock(&nfdp->fd_spin);
		spin_lock(&fdp->fd_spin);
	}
	for (fd = 0; fd <= fdp->fd_lastfile; fd++) {
		fp = fdp->fd_files[fd].fp;
		if (fp == NULL || fp->f_type == DTYPE_KQUEUE ||
		    (fdp->fd_files[fd].fileflags & UF_FOCLOSE))
			continue;
		atomic_add_int(&fp->f_count, 1);
		nfdp->fd_files[fd].fp = fp;
		nfdp->fd_files[fd].fileflags = fdp->fd_files[fd].fileflags;
		nfdp->fd_lastfile = fd;
	}
	for (fd = 0; fd <= nfdp->fd_lastfile; fd++) {
		if (nfdp->fd_files[fd].fp == NULL)
			break;
	}
	nfdp->fd_freefile = fd;
	spin_unlock(&fdp->fd_spin);
	*fpp = nfdp;
	return (0);
}

/* A process is done with fp at fd: POSIX locks and notes go. */
static int
fd_closef(struct file *fp, struct filedesc *fdp, int fd, struct proc *p)
{
	struct flock lf;
	struct vnode *vp;
	int error;

	if (fp->f_type == DTYPE_SOCKET && fp->f_msgcount != 0) {
		/* The messages it is in may be all that is left of it. */
		error = fdrop(fp);
		unp_gc_schedule();
		return (error);
	}
	if (fp->f_type == DTYPE_VNODE) {
		vp = fp->f_data;
		if (p != NULL && (vp->v_flag & VMAYHAVELOCKS)) {
			bzero(&lf, sizeof(lf));
			lf.l_whence = SEEK_SET;
			lf.l_type = F_UNLCK;
			VOP_ADVLOCK(vp, (caddr_t)p->p_leader, F_UNLCK, &lf,
			    F_POSIX);
		}
	}
	return (fdrop(fp));
}

void
fdfree(struct proc *p, struct filedesc *repl)
{
	struct filedesc *fdp = p->p_fd;
	struct lwp *lp = curthread->td_lwp;

	/* Notes of select are about descriptors of the old table. */
	if (lp != NULL && fdp != NULL && lp->lwp_kqueue.kq_fdp == fdp)
		kqueue_terminate(&lp->lwp_kqueue);
	spin_lock(&p->p_spin);
	p->p_fd = repl;
	spin_unlock(&p->p_spin);
	if (fdp != NULL)
		fdrele(fdp);
}

/* Drop a reference to a table; the last one closes everything. */
void
fdrele(struct filedesc *fdp)
{
	struct proc *p = curproc;
	struct file *fp;
	int fd;

	if (atomic_fetchadd_int(&fdp->fd_refcnt, -1) > 1)
		return;
	for (fd = 0; fd <= fdp->fd_lastfile; fd++) {
		fp = fdp->fd_files[fd].fp;
		if (fp == NULL)
			continue;
		fdp->fd_files[fd].fp = NULL;
		knote_fdclose(fp, fdp, fd);
		fd_closef(fp, fdp, fd, p);
	}
	if (fdp->fd_files != fdp->fd_builtin_files)
		kfree(fdp->fd_files, M_FILEDESC);
	if (fdp->fd_ncdir.ncp != NULL)
		cache_drop(&fdp->fd_ncdir);
	if (fdp->fd_nrdir.ncp != NULL)
		cache_drop(&fdp->fd_nrdir);
	if (fdp->fd_njdir.ncp != NULL)
		cache_drop(&fdp->fd_njdir);
	if (fdp->fd_cdir != NULL)
		vrele(fdp->fd_cdir);
	if (fdp->fd_rdir != NULL)
		vrele(fdp->fd_rdir);
	if (fdp->fd_jdir != NULL)
		vrele(fdp->fd_jdir);
	kfree(fdp, M_FILEDESC);
}

/* Take fd out of the table: its file, or NULL. */
static struct file *
fd_remove(struct filedesc *fdp, int fd)
{
	struct file *fp;

	spin_lock(&fdp->fd_spin);
	fp = fd_lookup(fdp, fd);
	if (fp != NULL) {
		fdp->fd_files[fd].fp = NULL;
		fdp->fd_files[fd].fileflags = 0;
		fdunuse(fdp, fd);
	}
	spin_unlock(&fdp->fd_spin);
	return (fp);
}

int
kern_close(int fd)
{
	struct proc *p = curproc;
	struct filedesc *fdp = p->p_fd;
	struct file *fp;

	fp = fd_remove(fdp, fd);
	if (fp == NULL)
		return (EBADF);
	knote_fdclose(fp, fdp, fd);
	return (fd_closef(fp, fdp, fd, p));
}

int
kern_closefrom(int fd)
{
	struct filedesc *fdp = curproc->p_fd;
	int last;

	if (fd < 0)
		return (EINVAL);
	for (;;) {
		last = fdp->fd_lastfile;
		if (last < fd)
			return (0);
		if (kern_close(last) == EBADF) {
			/* Only reserved, by another thread of ours. */
			while (--last >= fd)
				kern_close(last);
			return (0);
		}
	}
}

void
fdcloseexec(struct proc *p)
{
	struct filedesc *fdp = p->p_fd;
	int fd;

	for (fd = 0; fd <= fdp->fd_lastfile; fd++) {
		if (fdp->fd_files[fd].fp != NULL &&
		    (fdp->fd_files[fd].fileflags & UF_EXCLOSE))
			kern_close(fd);
	}
}

/*
 * dup(2) and its kin.  DUP_FIXED: onto newfd, closing what it was;
 * DUP_FCNTL: the lowest free one that is at least newfd.
 */
int
kern_dup(int flags, int old, int newfd, int *res)
{
	struct proc *p = curproc;
	struct filedesc *fdp = p->p_fd;
	struct file *fp, *delfp = NULL;
	int error, fd;

	if (newfd < 0 || ((flags & DUP_FIXED) && newfd >= fdlimit(p)))
		return ((flags & DUP_FCNTL) ? EINVAL : EBADF);
	fp = holdfp(curthread, old, -1);
	if (fp == NULL)
		return (EBADF);
	if ((flags & DUP_FIXED) && old == newfd) {
		if (flags & DUP_CLOEXEC)
			fsetfdflags(fdp, old, UF_EXCLOSE);
		*res = newfd;
		fdrop(fp);
		return (0);
	}
	spin_lock(&fdp->fd_spin);
	if (flags & DUP_FIXED) {
		while (newfd >= fdp->fd_nfiles)
			fdgrow(fdp, newfd);
		fd = newfd;
		if (fdp->fd_files[fd].reserved) {
			spin_unlock(&fdp->fd_spin);
			fdrop(fp);
			return (EBUSY);
		}
		delfp = fdp->fd_files[fd].fp;
		fdp->fd_files[fd].fp = NULL;
		fdp->fd_files[fd].reserved = 1;
		if (fd > fdp->fd_lastfile)
			fdp->fd_lastfile = fd;
	} else {
		error = fdalloc_locked(p, fdp, newfd, &fd);
		if (error) {
			spin_unlock(&fdp->fd_spin);
			fdrop(fp);
			return (error);
		}
	}
	fsetfd_locked(fdp, fp, fd);
	fdp->fd_files[fd].fileflags = (flags & DUP_CLOEXEC) ? UF_EXCLOSE : 0;
	spin_unlock(&fdp->fd_spin);
	fdrop(fp);
	if (delfp != NULL) {
		knote_fdclose(delfp, fdp, fd);
		fd_closef(delfp, fdp, fd, p);
	}
	*res = fd;
	return (0);
}

int
fgetfdflags(struct filedesc *fdp, int fd, int *flagsp)
{
	int error = EBADF;

	spin_lock_shared(&fdp->fd_spin);
	if (fd_lookup(fdp, fd) != NULL) {
		*flagsp = fdp->fd_files[fd].fileflags;
		error = 0;
	}
	spin_unlock_shared(&fdp->fd_spin);
	return (error);
}

int
fsetfdflags(struct filedesc *fdp, int fd, int add_flags)
{
	int error = EBADF;

	spin_lock(&fdp->fd_spin);
	if ((u_int)fd < (u_int)fdp->fd_nfiles && fd_isused(fdp, fd)) {
		fdp->fd_files[fd].fileflags |= add_flags;
		error = 0;
	}
	spin_unlock(&fdp->fd_spin);
	return (error);
}

int
fclrfdflags(struct filedesc *fdp, int fd, int rem_flags)
{
	int error = EBADF;

	spin_lock(&fdp->fd_spin);
	if ((u_int)fd < (u_int)fdp->fd_nfiles && fd_isused(fdp, fd)) {
		fdp->fd_files[fd].fileflags &= ~rem_flags;
		error = 0;
	}
	spin_unlock(&fdp->fd_spin);
	return (error);
}

/* Every open file, held during its callback. */
void
allfiles_scan_exclusive(int (*callback)(struct file *, void *), void *data)
{
	struct filelist_pcpu *fl;
	struct file *fp, **fps;
	int i, n, max, r = 0;

	for (i = 0; i < ncpus && r >= 0; i++) {
		fl = &filelists[i];
		max = nfiles + 64;
		fps = kmalloc(max * sizeof(*fps), M_TEMP, M_WAITOK);
		n = 0;
		spin_lock(&fl->spin);
		LIST_FOREACH(fp, &fl->list, f_list) {
			u_int o = fp->f_count;

			/* Not one on its way to being freed. */
			if (n == max || o == 0 ||
			    !atomic_cmpset_int(&fp->f_count, o, o + 1))
				continue;
			fps[n++] = fp;
		}
		spin_unlock(&fl->spin);
		while (n-- > 0) {
			if (r >= 0)
				r = callback(fps[n], data);
			fdrop(fps[n]);
		}
		kfree(fps, M_TEMP);
	}
}

/* ---- defaults of struct fileops ---- */

int
badfo_readwrite(struct file *fp, struct uio *uio, struct ucred *cred,
    int flags)
{
	return (EBADF);
}

int
badfo_ioctl(struct file *fp, u_long com, caddr_t data, struct ucred *cred,
    struct sysmsg *msg)
{
	return (EBADF);
}

static int
filt_badfo(struct knote *kn, long hint)
{
	kn->kn_flags |= EV_EOF | EV_NODATA;
	return (1);
}

static void
filt_badfo_detach(struct knote *kn)
{
}

static struct filterops badfo_filterops = {
	FILTEROP_ISFD | FILTEROP_MPSAFE, NULL, filt_badfo_detach, filt_badfo
};

int
badfo_kqfilter(struct file *fp, struct knote *kn)
{
	kn->kn_fop = &badfo_filterops;
	return (0);
}

int
badfo_stat(struct file *fp, struct stat *sb, struct ucred *cred)
{
	return (EBADF);
}

int
badfo_close(struct file *fp)
{
	return (0);
}

int
badfo_shutdown(struct file *fp, int how)
{
	return (EBADF);
}

int
nofo_shutdown(struct file *fp, int how)
{
	return (EOPNOTSUPP);
}

int
badfo_seek(struct file *fp, off_t offset, int whence, off_t *res)
{
	return (ESPIPE);
}
