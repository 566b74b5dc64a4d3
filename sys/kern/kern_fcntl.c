/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System calls on descriptors: dup, fcntl, close, fstat, flock and others;
 * SIGIO ownership; sysctl kern.file.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/fcntl.h>
#include <sys/file.h>
#include <sys/file2.h>
#include <sys/filedesc.h>
#include <sys/filio.h>
#include <sys/kinfo.h>
#include <sys/lockf.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/signalvar.h>
#include <sys/spinlock2.h>
#include <sys/stat.h>
#include <sys/sysctl.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/unistd.h>
#include <sys/vnode.h>
#include <sys/thread2.h>

MALLOC_DEFINE(M_SIGIO, "sigio", "SIGIO owners");

int
sys_getdtablesize(struct sysmsg *sysmsg,
    const struct getdtablesize_args *uap)
{
	sysmsg->sysmsg_result = (int)MIN(
	    curproc->p_rlimit[RLIMIT_NOFILE].rlim_cur,
	    (rlim_t)maxfilesperproc);
	return (0);
}

int
sys_dup(struct sysmsg *sysmsg, const struct dup_args *uap)
{
	return (kern_dup(0, uap->fd, 0, &sysmsg->sysmsg_iresult));
}

int
sys_dup2(struct sysmsg *sysmsg, const struct dup2_args *uap)
{
	return (kern_dup(DUP_FIXED, uap->from, uap->to,
	    &sysmsg->sysmsg_iresult));
}

int
sys_close(struct sysmsg *sysmsg, const struct close_args *uap)
{
	return (kern_close(uap->fd));
}

int
sys_closefrom(struct sysmsg *sysmsg, const struct closefrom_args *uap)
{
	return (kern_closefrom(uap->fd));
}

/* F_SETFL: change what may be changed, and tell the file of two of them. */
static int
fcntl_setfl(struct file *fp, int nflags, struct ucred *cred)
{
	u_int oflags, flags;
	int error = 0, tmp;

	do {
		oflags = fp->f_flag;
		flags = (oflags & ~FCNTLFLAGS) | (nflags & FCNTLFLAGS);
		if (flags & FAPPENDONLY)
			flags |= FAPPEND;
	} while (!atomic_cmpset_int(&fp->f_flag, oflags, flags));
	if ((flags ^ oflags) & FNONBLOCK) {
		tmp = (flags & FNONBLOCK) != 0;
		error = fo_ioctl(fp, FIONBIO, (caddr_t)&tmp, cred, NULL);
	}
	if (error == 0 && ((flags ^ oflags) & FASYNC)) {
		tmp = (flags & FASYNC) != 0;
		error = fo_ioctl(fp, FIOASYNC, (caddr_t)&tmp, cred, NULL);
	}
	/* Files that know neither need not. */
	if (error == ENOTTY || error == ENODEV)
		error = 0;
	if (error)
		fp->f_flag = oflags;
	return (error);
}

static int
fcntl_lock(struct file *fp, int cmd, struct flock *fl, int fd)
{
	struct proc *p = curproc;
	struct vnode *vp;
	int error, flg = F_POSIX;

	if (fp->f_type != DTYPE_VNODE)
		return (EBADF);
	if (fl->l_whence == SEEK_CUR)
		fl->l_start += fp->f_offset;
	vp = fp->f_data;
	if (cmd == F_GETLK) {
		if (fl->l_type != F_RDLCK && fl->l_type != F_WRLCK &&
		    fl->l_type != F_UNLCK)
			return (EINVAL);
		return (VOP_ADVLOCK(vp, (caddr_t)p->p_leader, F_GETLK, fl,
		    F_POSIX));
	}
	if (cmd == F_SETLKW)
		flg |= F_WAIT;
	switch (fl->l_type) {
	case F_RDLCK:
		if ((fp->f_flag & FREAD) == 0)
			return (EBADF);
		break;
	case F_WRLCK:
		if ((fp->f_flag & FWRITE) == 0)
			return (EBADF);
		break;
	case F_UNLCK:
		return (VOP_ADVLOCK(vp, (caddr_t)p->p_leader, F_UNLCK, fl,
		    F_POSIX));
	default:
		return (EINVAL);
	}
	error = VOP_ADVLOCK(vp, (caddr_t)p->p_leader, F_SETLK, fl, flg);
	/* Another thread may have closed fd while we waited. */
	if (error == 0 && p->p_nthreads > 1) {
		struct file *nfp = holdfp(curthread, fd, -1);

		if (nfp != fp) {
			fl->l_whence = SEEK_SET;
			fl->l_start = 0;
			fl->l_len = 0;
			fl->l_type = F_UNLCK;
			VOP_ADVLOCK(vp, (caddr_t)p->p_leader, F_UNLCK, fl,
			    F_POSIX);
		}
		if (nfp != NULL)
			fdrop(nfp);
	}
	return (error);
}

int
sys_fcntl(struct sysmsg *sysmsg, const struct fcntl_args *uap)
{
	struct thread *td = curthread;
	struct filedesc *fdp = td->td_proc->p_fd;
	struct flock fl;
	struct file *fp;
	int error = 0, flags, tmp;

	switch (uap->cmd) {
	case F_DUPFD:
		return (kern_dup(DUP_FCNTL, uap->fd, uap->arg,
		    &sysmsg->sysmsg_iresult));
	case F_DUPFD_CLOEXEC:
		return (kern_dup(DUP_FCNTL | DUP_CLOEXEC, uap->fd, uap->arg,
		    &sysmsg->sysmsg_iresult));
	case F_DUP2FD:
		return (kern_dup(DUP_FIXED, uap->fd, uap->arg,
		    &sysmsg->sysmsg_iresult));
	case F_DUP2FD_CLOEXEC:
		return (kern_dup(DUP_FIXED | DUP_CLOEXEC, uap->fd, uap->arg,
		    &sysmsg->sysmsg_iresult));
	case F_GETFD:
		error = fgetfdflags(fdp, uap->fd, &flags);
		if (error == 0)
			sysmsg->sysmsg_result =
			    (flags & UF_EXCLOSE) ? FD_CLOEXEC : 0;
		return (error);
	case F_SETFD:
		if (uap->arg & FD_CLOEXEC)
			return (fsetfdflags(fdp, uap->fd, UF_EXCLOSE));
		return (fclrfdflags(fdp, uap->fd, UF_EXCLOSE));
	}

	fp = holdfp(td, uap->fd, -1);
	if (fp == NULL)
		return (EBADF);
	switch (uap->cmd) {
	case F_GETFL:
		sysmsg->sysmsg_result = OFLAGS(fp->f_flag & FMASK);
		break;
	case F_SETFL:
		error = fcntl_setfl(fp, FFLAGS((int)uap->arg & ~O_ACCMODE),
		    td->td_ucred);
		break;
	case F_GETOWN:
		error = fo_ioctl(fp, FIOGETOWN, (caddr_t)&tmp, td->td_ucred,
		    sysmsg);
		sysmsg->sysmsg_result = tmp;
		break;
	case F_SETOWN:
		tmp = uap->arg;
		error = fo_ioctl(fp, FIOSETOWN, (caddr_t)&tmp, td->td_ucred,
		    sysmsg);
		break;
	case F_GETLK:
	case F_SETLK:
	case F_SETLKW:
		error = copyin((void *)uap->arg, &fl, sizeof(fl));
		if (error == 0)
			error = fcntl_lock(fp, uap->cmd, &fl, uap->fd);
		if (error == 0 && uap->cmd == F_GETLK)
			error = copyout(&fl, (void *)uap->arg, sizeof(fl));
		break;
	default:
		error = EINVAL;
		break;
	}
	fdrop(fp);
	return (error);
}

int
sys_fstat(struct sysmsg *sysmsg, const struct fstat_args *uap)
{
	struct thread *td = curthread;
	struct file *fp;
	struct stat st;
	int error;

	fp = holdfp(td, uap->fd, -1);
	if (fp == NULL)
		return (EBADF);
	error = fo_stat(fp, &st, td->td_ucred);
	fdrop(fp);
	if (error == 0)
		error = copyout(&st, uap->sb, sizeof(st));
	return (error);
}

int
sys_flock(struct sysmsg *sysmsg, const struct flock_args *uap)
{
	struct file *fp;
	struct flock lf;
	struct vnode *vp;
	int error;

	fp = holdfp(curthread, uap->fd, -1);
	if (fp == NULL)
		return (EBADF);
	if (fp->f_type != DTYPE_VNODE) {
		fdrop(fp);
		return (EOPNOTSUPP);
	}
	vp = fp->f_data;
	bzero(&lf, sizeof(lf));
	lf.l_whence = SEEK_SET;
	if (uap->how & LOCK_UN) {
		lf.l_type = F_UNLCK;
		atomic_clear_int(&fp->f_flag, FHASLOCK);
		error = VOP_ADVLOCK(vp, (caddr_t)fp, F_UNLCK, &lf, F_FLOCK);
	} else if (uap->how & (LOCK_EX | LOCK_SH)) {
		lf.l_type = (uap->how & LOCK_EX) ? F_WRLCK : F_RDLCK;
		error = VOP_ADVLOCK(vp, (caddr_t)fp, F_SETLK, &lf,
		    (uap->how & LOCK_NB) ? F_FLOCK : F_FLOCK | F_WAIT);
		atomic_set_int(&fp->f_flag, FHASLOCK);
	} else {
		error = EBADF;
	}
	fdrop(fp);
	return (error);
}

/*
 * open("/dev/fd/N"): make descriptor dfd mean the file of sfd.
 */
int
dupfdopen(struct thread *td, int dfd, int sfd, int mode, int error)
{
	struct filedesc *fdp = td->td_proc->p_fd;
	struct file *wfp, *xfp;

	wfp = holdfp(td, sfd, -1);
	if (wfp == NULL)
		return (EBADF);
	if (((mode & (FREAD | FWRITE)) | wfp->f_flag) != wfp->f_flag) {
		fdrop(wfp);
		return (EACCES);
	}
	spin_lock(&fdp->fd_spin);
	xfp = fdp->fd_files[dfd].fp;
	fdp->fd_files[dfd].fp = wfp;	/* our reference becomes its */
	fdp->fd_files[dfd].reserved = 0;
	spin_unlock(&fdp->fd_spin);
	if (xfp != NULL)
		fdrop(xfp);
	return (0);
}

/*
 * A set-id program must not find descriptors 0-2 closed, lest what it opens
 * next becomes its standard error.
 */
int
fdcheckstd(struct lwp *lp)
{
	struct file *fp;
	int error, fd, i;

	for (i = 0; i < 3; i++) {
		fp = holdfp(lp->lwp_thread, i, -1);
		if (fp != NULL) {
			fdrop(fp);
			continue;
		}
		error = fdalloc(lp->lwp_proc, 0, &fd);
		if (error)
			return (error);
		KKASSERT(fd == i);
		error = fp_open("/dev/null", O_RDWR, 0, &fp);
		if (error) {
			fsetfd(lp->lwp_proc->p_fd, NULL, fd);
			return (error);
		}
		fsetfd(lp->lwp_proc->p_fd, fp, fd);
		fdrop(fp);
	}
	return (0);
}

/* ---- who gets SIGIO ---- */

pid_t
fgetown(struct sigio **sigiop)
{
	pid_t own;

	lwkt_gettoken_shared(&sigio_token);
	own = *sigiop != NULL ? (*sigiop)->sio_pgid : 0;
	lwkt_reltoken(&sigio_token);
	return (own);
}

static void
sigio_unlink(struct sigio *sigio)
{
	if (sigio->sio_pgid < 0) {
		SLIST_REMOVE(&sigio->sio_pgrp->pg_sigiolst, sigio, sigio,
		    sio_pgsigio);
	} else if (sigio->sio_pgid > 0) {
		SLIST_REMOVE(&sigio->sio_proc->p_sigiolst, sigio, sigio,
		    sio_pgsigio);
	}
	*sigio->sio_myref = NULL;
	sigio->sio_pgid = 0;
}

void
funsetown(struct sigio **sigiop)
{
	struct sigio *sigio;

	if (*sigiop == NULL)
		return;
	lwkt_gettoken(&sigio_token);
	sigio = *sigiop;
	if (sigio != NULL)
		sigio_unlink(sigio);
	lwkt_reltoken(&sigio_token);
	if (sigio != NULL) {
		crfree(sigio->sio_ucred);
		kfree(sigio, M_SIGIO);
	}
}

void
funsetownlst(struct sigiolst *sigiolst)
{
	struct sigio *sigio;

	if (SLIST_EMPTY(sigiolst))
		return;
	lwkt_gettoken(&sigio_token);
	while ((sigio = SLIST_FIRST(sigiolst)) != NULL) {
		sigio_unlink(sigio);
		crfree(sigio->sio_ucred);
		kfree(sigio, M_SIGIO);
	}
	lwkt_reltoken(&sigio_token);
}

int
fsetown(pid_t pgid, struct sigio **sigiop)
{
	struct proc *p = NULL;
	struct pgrp *pgrp = NULL;
	struct sigio *sigio;
	int error = 0;

	if (pgid == 0) {
		funsetown(sigiop);
		return (0);
	}
	if (pgid > 0) {
		p = pfind(pgid);
		if (p == NULL)
			return (ESRCH);
		if (p->p_session != curproc->p_session)
			error = EPERM;
	} else {
		pgrp = pgfind(-pgid);
		if (pgrp == NULL)
			return (ESRCH);
		if (pgrp->pg_session != curproc->p_session)
			error = EPERM;
	}
	if (error == 0) {
		sigio = kmalloc(sizeof(*sigio), M_SIGIO, M_WAITOK | M_ZERO);
		sigio->sio_pgid = pgid;
		sigio->sio_ucred = crhold(curthread->td_ucred);
		sigio->sio_ruid = sigio->sio_ucred->cr_ruid;
		sigio->sio_myref = sigiop;
		funsetown(sigiop);
		lwkt_gettoken(&sigio_token);
		if (p != NULL) {
			sigio->sio_proc = p;
			SLIST_INSERT_HEAD(&p->p_sigiolst, sigio, sio_pgsigio);
		} else {
			sigio->sio_pgrp = pgrp;
			SLIST_INSERT_HEAD(&pgrp->pg_sigiolst, sigio,
			    sio_pgsigio);
		}
		*sigiop = sigio;
		lwkt_reltoken(&sigio_token);
	}
	if (p != NULL)
		PRELE(p);
	if (pgrp != NULL)
		pgrel(pgrp);
	return (error);
}

static int
sigio_permitted(struct ucred *cr, uid_t ruid, struct proc *p)
{
	struct ucred *tcr = p->p_ucred;

	return (cr->cr_uid == 0 || ruid == tcr->cr_ruid ||
	    cr->cr_uid == tcr->cr_ruid || ruid == tcr->cr_uid ||
	    cr->cr_uid == tcr->cr_uid);
}

void
pgsigio(struct sigio *sigio, int sig, int checkctty)
{
	struct proc *p;

	if (sigio == NULL)
		return;
	lwkt_gettoken(&sigio_token);
	if (sigio->sio_pgid > 0) {
		if (sigio_permitted(sigio->sio_ucred, sigio->sio_ruid,
		    sigio->sio_proc))
			ksignal(sigio->sio_proc, sig);
	} else if (sigio->sio_pgid < 0) {
		struct pgrp *pg = sigio->sio_pgrp;

		lockmgr(&pg->pg_lock, LK_EXCLUSIVE);
		LIST_FOREACH(p, &pg->pg_members, p_pglist) {
			if (sigio_permitted(sigio->sio_ucred, sigio->sio_ruid,
			    p) && (!checkctty || (p->p_flags & P_CONTROLT)))
				ksignal(p, sig);
		}
		lockmgr(&pg->pg_lock, LK_RELEASE);
	}
	lwkt_reltoken(&sigio_token);
}

/* ---- sysctl kern.file ---- */

struct kern_file_scan {
	struct sysctl_req *req;
	int	error;
};

static int
kern_file_callback(struct proc *p, void *data)
{
	struct kern_file_scan *scan = data;
	struct kinfo_file kf;
	struct filedesc *fdp;
	struct file *fp;
	int fd;

	if (p_cansee(scan->req->td->td_ucred, p) != 0)
		return (0);
	spin_lock(&p->p_spin);
	fdp = p->p_fd;
	if (fdp != NULL)
		atomic_add_int(&fdp->fd_refcnt, 1);
	spin_unlock(&p->p_spin);
	if (fdp == NULL)
		return (0);
	for (fd = 0; fd <= fdp->fd_lastfile && scan->error == 0; fd++) {
		spin_lock_shared(&fdp->fd_spin);
		fp = holdfp_fdp_locked(fdp, fd, -1);
		spin_unlock_shared(&fdp->fd_spin);
		if (fp == NULL)
			continue;
		bzero(&kf, sizeof(kf));
		kf.f_size = sizeof(kf);
		kf.f_pid = p->p_pid;
		kf.f_uid = p->p_ucred->cr_uid;
		kf.f_fd = fd;
		kf.f_file = fp;
		kf.f_type = fp->f_type;
		kf.f_count = fp->f_count - 1;
		kf.f_msgcount = fp->f_msgcount;
		kf.f_offset = fp->f_offset;
		kf.f_data = fp->f_data;
		kf.f_flag = fp->f_flag;
		fdrop(fp);
		scan->error = SYSCTL_OUT(scan->req, &kf, sizeof(kf));
	}
	fdrele(fdp);
	return (scan->error ? -1 : 0);
}

static int
sysctl_kern_file(SYSCTL_HANDLER_ARGS)
{
	struct kern_file_scan scan = { req, 0 };

	if (req->oldptr == NULL)
		return (SYSCTL_OUT(req, NULL,
		    (size_t)(nfiles + 20) * 2 * sizeof(struct kinfo_file)));
	allproc_scan(kern_file_callback, &scan, 0);
	return (scan.error);
}
SYSCTL_PROC(_kern, KERN_FILE, file, CTLTYPE_OPAQUE | CTLFLAG_RD, NULL, 0,
    sysctl_kern_file, "S,file", "Open descriptors");
