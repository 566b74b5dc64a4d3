/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Asynchronous I/O: aio_read(2), lio_listio(2) and so on.
 *
 * Requests are carried out by threads of the process itself that never see
 * user mode: so they have its address space, end with it, and stop with it.
 * They are made when requests wait and no such thread is idle, up to a
 * limit, and go after a while without work.  They take no signals.
 *
 * A request (struct aiojob) is known by the address of the program's aiocb
 * until aio_return(2), or aio_waitcomplete(2), takes its result.  Everything
 * about the requests of a process is under its ap_token; p_token, where both
 * are needed, comes first.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/aio.h>
#include <sys/buf.h>
#include <sys/event.h>
#include <sys/file.h>
#include <sys/file2.h>
#include <sys/filedesc.h>
#include <sys/malloc.h>
#include <sys/mount.h>
#include <sys/proc.h>
#include <sys/queue.h>
#include <sys/signalvar.h>
#include <sys/stdbool.h>
#include <sys/sysctl.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/time.h>
#include <sys/ucred.h>
#include <sys/unistd.h>
#include <sys/usched.h>
#include <sys/vnode.h>
#include <sys/thread2.h>

#include <machine/cpu.h>

static MALLOC_DEFINE(M_AIO, "aio", "asynchronous I/O");

/* What lio_listio() does as a whole.  All under ap_token. */
struct aiolio {
	int		al_pending;	/* requests not done */
	bool		al_wait;	/* LIO_WAIT: the caller frees it */
	bool		al_failed;	/* at least one of them */
	struct sigevent	al_sigevent;
};

enum aiostate { AIO_QUEUED, AIO_RUNNING, AIO_DONE };

/* Locks: (A) ap_token; (I) immutable; (r) the thread that runs it. */
struct aiojob {
	TAILQ_ENTRY(aiojob) aj_link;	/* (A) of ap_queued or ap_done */
	LIST_ENTRY(aiojob) aj_all;	/* (A) */
	struct aiocb	*aj_ucb;	/* (I) user's address */
	struct aiocb	aj_cb;		/* (I) a copy */
	int		aj_op;		/* (I) LIO_* */
	u_long		aj_seq;		/* (I) order of submission */
	struct file	*aj_fp;		/* (I) referenced */
	struct ucred	*aj_cred;	/* (I) referenced */
	enum aiostate	aj_state;	/* (A) */
	int		aj_error;	/* (r), then (A) */
	ssize_t		aj_result;	/* (r), then (A) */
	struct aiolio	*aj_lio;	/* (A) */
	struct klist	aj_klist;	/* see event.h */
};

struct aioproc {
	struct lwkt_token ap_token;
	TAILQ_HEAD(, aiojob) ap_queued;	/* (A) */
	TAILQ_HEAD(, aiojob) ap_done;	/* (A) result not taken */
	LIST_HEAD(, aiojob) ap_all;	/* (A) */
	int		ap_njobs;	/* (A) length of ap_all */
	int		ap_nqueued;	/* (A) length of ap_queued */
	int		ap_nthreads;	/* (A) */
	int		ap_nidle;	/* (A) threads waiting for work */
	u_long		ap_seq;		/* (A) */
};

static int	max_threads = 32;
static int	max_jobs = 256;
static int	thread_life = 30;

SYSCTL_NODE(_vfs, OID_AUTO, aio, CTLFLAG_RW, 0, "Asynchronous I/O");
SYSCTL_INT(_vfs_aio, OID_AUTO, max_aio_per_proc, CTLFLAG_RW, &max_threads, 0,
    "Most requests of a process carried out at once");
SYSCTL_INT(_vfs_aio, OID_AUTO, max_aio_queue_per_proc, CTLFLAG_RW, &max_jobs,
    0, "Most requests of a process");
SYSCTL_INT(_vfs_aio, OID_AUTO, aiod_lifetime, CTLFLAG_RW, &thread_life, 0,
    "Seconds that a thread stays without work");

u_int
aio_nthreads(struct proc *p)
{
	return (p->p_aio != NULL ? p->p_aio->ap_nthreads : 0);
}

static struct aioproc *
aio_getproc(struct proc *p)
{
	struct aioproc *ap;

	if (p->p_aio != NULL)
		return (p->p_aio);
	ap = kmalloc(sizeof(*ap), M_AIO, M_WAITOK | M_ZERO);
	lwkt_token_init(&ap->ap_token, "aio");
	TAILQ_INIT(&ap->ap_queued);
	TAILQ_INIT(&ap->ap_done);
	LIST_INIT(&ap->ap_all);
	lwkt_gettoken(&p->p_token);
	if (p->p_aio == NULL) {
		p->p_aio = ap;
		ap = NULL;
	}
	lwkt_reltoken(&p->p_token);
	if (ap != NULL) {
		lwkt_token_uninit(&ap->ap_token);
		kfree(ap, M_AIO);
	}
	return (p->p_aio);
}

/* --- completion ---------------------------------------------------------- */

/* Notes are delivered, or not; they do not lead here any more. */
static void
job_detach_notes(struct aiojob *job)
{
	lwkt_token_t tok, kqtok;
	struct knote *kn;

	if (SLIST_EMPTY(&job->aj_klist))
		return;
	tok = lwkt_token_pool_lookup(&job->aj_klist);
	lwkt_gettoken(tok);
	while ((kn = SLIST_FIRST(&job->aj_klist)) != NULL) {
		kqtok = kn->kn_kq->kq_token;
		lwkt_gettoken(kqtok);
		if (kn == SLIST_FIRST(&job->aj_klist)) {
			kn->kn_status |= KN_DETACHED;
			kn->kn_hook = NULL;
			SLIST_REMOVE_HEAD(&job->aj_klist, kn_next);
			kn->kn_list = NULL;
		}
		lwkt_reltoken(kqtok);
	}
	lwkt_reltoken(tok);
}

/* The request is forgotten; it is on no queue. */
static void
job_free(struct aioproc *ap, struct aiojob *job)
{
	LIST_REMOVE(job, aj_all);
	ap->ap_njobs--;
	job_detach_notes(job);
	fdrop(job->aj_fp);
	crfree(job->aj_cred);
	kfree(job, M_AIO);
}

static void
aio_signal(struct proc *p, const struct sigevent *ev)
{
	if (ev->sigev_notify == SIGEV_SIGNAL)
		ksignal(p, ev->sigev_signo);
}

static void
lio_done(struct proc *p, struct aiolio *lio, bool failed)
{
	lio->al_failed |= failed;
	if (--lio->al_pending != 0 || lio->al_wait)
		return;
	aio_signal(p, &lio->al_sigevent);
	kfree(lio, M_AIO);
}

/* ap_token is held. */
static void
job_done(struct proc *p, struct aiojob *job)
{
	struct aioproc *ap = p->p_aio;

	job->aj_state = AIO_DONE;
	TAILQ_INSERT_TAIL(&ap->ap_done, job, aj_link);
	if (job->aj_lio != NULL)
		lio_done(p, job->aj_lio, job->aj_error != 0);
	job->aj_lio = NULL;
	KNOTE(&job->aj_klist, 1);
	aio_signal(p, &job->aj_cb.aio_sigevent);
	wakeup(&ap->ap_done);
}

/* --- EVFILT_AIO ---------------------------------------------------------- */

static int
filt_aioattach(struct knote *kn)
{
	struct aiojob *job = (struct aiojob *)kn->kn_sdata;

	/* Programs cannot set the flag: they come through sigev_notify. */
	if ((kn->kn_flags & EV_FLAG1) == 0)
		return (EPERM);
	kn->kn_flags &= ~EV_FLAG1;
	kn->kn_hook = (caddr_t)job;
	knote_insert(&job->aj_klist, kn);
	return (0);
}

static void
filt_aiodetach(struct knote *kn)
{
	struct aiojob *job = (struct aiojob *)kn->kn_hook;

	if (job != NULL)
		knote_remove(&job->aj_klist, kn);
}

static int
filt_aio(struct knote *kn, long hint)
{
	struct aiojob *job = (struct aiojob *)kn->kn_hook;

	if (job == NULL)
		return (1);
	if (job->aj_state != AIO_DONE)
		return (0);
	kn->kn_data = job->aj_error;
	kn->kn_flags |= EV_EOF;
	return (1);
}

struct filterops aio_filtops = {
	FILTEROP_MPSAFE, filt_aioattach, filt_aiodetach, filt_aio
};

static int
job_note(struct aiojob *job)
{
	const struct sigevent *ev = &job->aj_cb.aio_sigevent;
	struct kevent kev;
	struct file *fp;
	int error;

	fp = holdfp(curthread, ev->sigev_notify_kqueue, -1);
	if (fp == NULL)
		return (EBADF);
	if (fp->f_type != DTYPE_KQUEUE) {
		fdrop(fp);
		return (EBADF);
	}
	kev.ident = (uintptr_t)job->aj_ucb;
	kev.filter = EVFILT_AIO;
	kev.flags = EV_ADD | EV_ENABLE | EV_ONESHOT | EV_FLAG1;
	kev.fflags = 0;
	kev.data = (intptr_t)job;
	kev.udata = ev->sigev_value.sival_ptr;
	error = kqueue_register(fp->f_data, &kev, NULL, 0);
	fdrop(fp);
	return (error);
}

/* --- the threads --------------------------------------------------------- */

static int
job_sync(struct aiojob *job)
{
	struct vnode *vp;
	int error;

	if (job->aj_fp->f_type != DTYPE_VNODE)
		return (EINVAL);
	vp = job->aj_fp->f_data;
	error = vn_lock(vp, LK_EXCLUSIVE | LK_RETRY);
	if (error == 0) {
		error = VOP_FSYNC(vp, MNT_WAIT, VOP_FSYNC_SYSCALL);
		vn_unlock(vp);
	}
	return (error);
}

static void
job_run(struct proc *p, struct aiojob *job)
{
	struct file *fp = job->aj_fp;
	struct iovec iov = {
		.iov_base = __DEVOLATILE(void *, job->aj_cb.aio_buf),
		.iov_len = job->aj_cb.aio_nbytes,
	};
	struct uio uio = {
		.uio_iov = &iov, .uio_iovcnt = 1,
		.uio_offset = job->aj_cb.aio_offset,
		.uio_resid = iov.iov_len, .uio_segflg = UIO_USERSPACE,
		.uio_rw = job->aj_op == LIO_READ ? UIO_READ : UIO_WRITE,
		.uio_td = curthread,
	};
	int error, flags = fp->f_type == DTYPE_VNODE ? O_FOFFSET : 0;

	if (job->aj_op == LIO_READ)
		error = fo_read(fp, &uio, job->aj_cred, flags);
	else if (job->aj_op == LIO_WRITE)
		error = fo_write(fp, &uio, job->aj_cred, flags);
	else
		error = job_sync(job);
	if (job->aj_op == LIO_WRITE && error == EPIPE)
		ksignal(p, SIGPIPE);
	if (uio.uio_resid != job->aj_cb.aio_nbytes && (error == EINTR ||
	    error == ERESTART || error == EWOULDBLOCK))
		error = 0;
	if (error == ERESTART)
		error = EINTR;
	job->aj_error = error;
	job->aj_result = error != 0 ? -1 : job->aj_op == LIO_SYNC ? 0 :
	    (ssize_t)(job->aj_cb.aio_nbytes - uio.uio_resid);
}

/* A sync waits for what was submitted before it for the same file. */
static bool
job_ready(struct aioproc *ap, struct aiojob *job)
{
	struct aiojob *other;

	if (job->aj_op != LIO_SYNC)
		return (true);
	LIST_FOREACH(other, &ap->ap_all, aj_all)
		if (other->aj_state != AIO_DONE &&
		    other->aj_seq < job->aj_seq &&
		    other->aj_fp->f_data == job->aj_fp->f_data)
			return (false);
	return (true);
}

static struct aiojob *
aio_take(struct aioproc *ap)
{
	struct aiojob *job;

	TAILQ_FOREACH(job, &ap->ap_queued, aj_link)
		if (job_ready(ap, job))
			break;
	if (job != NULL) {
		TAILQ_REMOVE(&ap->ap_queued, job, aj_link);
		ap->ap_nqueued--;
		job->aj_state = AIO_RUNNING;
	}
	return (job);
}

/* Stop where the process is stopped, though we are never in user mode. */
static void
aio_attend(struct lwp *lp)
{
	struct proc *p = lp->lwp_proc;

	if ((lp->lwp_mpflags & LWP_MP_SIGNAL) == 0)
		return;
	atomic_clear_int(&lp->lwp_mpflags, LWP_MP_SIGNAL);
	cpu_mfence();
	lwkt_gettoken(&p->p_token);
	issignal(lp);
	lwkt_reltoken(&p->p_token);
}

static void
aio_thread(void *arg, struct trapframe *frame)
{
	struct lwp *lp = curthread->td_lwp;
	struct proc *p = lp->lwp_proc;
	struct aioproc *ap = arg;
	struct aiojob *job;
	int error = 0;

	SIGFILLSET(lp->lwp_sigmask);
	lwkt_passive_release(curthread);
	lwkt_gettoken(&ap->ap_token);
	for (;;) {
		aio_attend(lp);
		if (lp->lwp_mpflags & LWP_MP_WEXIT)
			break;
		job = aio_take(ap);
		if (job != NULL) {
			error = 0;
			lwkt_reltoken(&ap->ap_token);
			job_run(p, job);
			lwkt_gettoken(&ap->ap_token);
			job_done(p, job);
			continue;
		}
		if (error == EWOULDBLOCK)
			break;		/* long enough */
		ap->ap_nidle++;
		error = tsleep(&ap->ap_queued, PCATCH, "aioidle",
		    thread_life * hz);
		ap->ap_nidle--;
	}
	ap->ap_nthreads--;
	lwkt_gettoken(&p->p_token);
	lwp_exit(0, NULL);
}

static int
aio_spawn(struct proc *p, struct aioproc *ap)
{
	struct lwp *lp1 = curthread->td_lwp, *lp2;

	lwkt_gettoken(&p->p_token);
	if (p->p_flags & P_WEXIT) {
		lwkt_reltoken(&p->p_token);
		return (EAGAIN);
	}
	ap->ap_nthreads++;
	lp2 = lwp_fork(lp1, p, RFMEM, lp1->lwp_tid + 1, NULL);
	lp2->lwp_flags &= ~LWP_ALTSTACK;
	SIGFILLSET(lp2->lwp_sigmask);
	cpu_fork(lp1, lp2, RFPROC | RFMEM);
	cpu_set_fork_handler(lp2, aio_thread, ap);
	p->p_usched->resetpriority(lp2);
	p->p_usched->setrunqueue(lp2);
	lwkt_reltoken(&p->p_token);
	return (0);
}

void
aio_proc_rundown(struct proc *p)
{
	struct aioproc *ap = p->p_aio;
	struct aiojob *job;

	if (ap == NULL)
		return;
	KASSERT(ap->ap_nthreads == 0, ("aio: threads outlive their process"));
	lwkt_gettoken(&ap->ap_token);
	while ((job = LIST_FIRST(&ap->ap_all)) != NULL) {
		if (job->aj_lio != NULL && --job->aj_lio->al_pending == 0 &&
		    !job->aj_lio->al_wait)
			kfree(job->aj_lio, M_AIO);
		job_free(ap, job);
	}
	TAILQ_INIT(&ap->ap_queued);
	TAILQ_INIT(&ap->ap_done);
	ap->ap_nqueued = 0;
	lwkt_reltoken(&ap->ap_token);
	p->p_aio = NULL;
	lwkt_token_uninit(&ap->ap_token);
	kfree(ap, M_AIO);
}

/* --- submission ---------------------------------------------------------- */

/* sigev_notify: SIGEV_THREAD is the library's business. */
static int
check_sigevent(const struct sigevent *ev)
{
	switch (ev->sigev_notify) {
	case SIGEV_NONE:
	case SIGEV_KEVENT:
		return (0);
	case SIGEV_SIGNAL:
		return (_SIG_VALID(ev->sigev_signo) ? 0 : EINVAL);
	default:
		return (EINVAL);
	}
}

static int
job_create(struct aiocb *ucb, int op, struct aiojob **jobp)
{
	struct aiojob *job;
	int error;

	job = kmalloc(sizeof(*job), M_AIO, M_WAITOK | M_ZERO);
	error = copyin(ucb, &job->aj_cb, sizeof(job->aj_cb));
	if (error == 0)
		error = check_sigevent(&job->aj_cb.aio_sigevent);
	if (error == 0 && (ssize_t)job->aj_cb.aio_nbytes < 0)
		error = EINVAL;
	if (error == 0) {
		job->aj_fp = holdfp(curthread, job->aj_cb.aio_fildes,
		    op == LIO_READ ? FREAD : op == LIO_WRITE ? FWRITE : -1);
		if (job->aj_fp == NULL)
			error = EBADF;
	}
	if (error == 0 && job->aj_fp->f_type == DTYPE_VNODE &&
	    op != LIO_SYNC && job->aj_cb.aio_offset < 0) {
		fdrop(job->aj_fp);
		error = EINVAL;
	}
	if (error != 0) {
		kfree(job, M_AIO);
		return (error);
	}
	job->aj_ucb = ucb;
	job->aj_op = op;
	job->aj_cred = crhold(curthread->td_ucred);
	SLIST_INIT(&job->aj_klist);
	*jobp = job;
	return (0);
}

static struct aiojob *
aio_find(struct aioproc *ap, struct aiocb *ucb)
{
	struct aiojob *job;

	LIST_FOREACH(job, &ap->ap_all, aj_all)
		if (job->aj_ucb == ucb)
			break;
	return (job);
}

static int
aio_submit(struct aiocb *ucb, int op, struct aiolio *lio)
{
	struct proc *p = curproc;
	struct aioproc *ap = aio_getproc(p);
	struct aiojob *job;
	int error;

	error = job_create(ucb, op, &job);
	if (error != 0)
		return (error);
	lwkt_gettoken(&ap->ap_token);
	if (ap->ap_njobs >= max_jobs)
		error = EAGAIN;
	else if (aio_find(ap, ucb) != NULL)
		error = EINVAL;		/* still in use */
	LIST_INSERT_HEAD(&ap->ap_all, job, aj_all);
	ap->ap_njobs++;
	job->aj_state = AIO_QUEUED;
	job->aj_seq = ap->ap_seq++;
	if (error == 0 &&
	    job->aj_cb.aio_sigevent.sigev_notify == SIGEV_KEVENT)
		error = job_note(job);
	if (error == 0 && ap->ap_nidle <= ap->ap_nqueued &&
	    ap->ap_nthreads < max_threads)
		error = aio_spawn(p, ap);
	if (error == 0) {
		job->aj_lio = lio;
		if (lio != NULL)
			lio->al_pending++;
		TAILQ_INSERT_TAIL(&ap->ap_queued, job, aj_link);
		ap->ap_nqueued++;
		wakeup_one(&ap->ap_queued);
	} else {
		job_free(ap, job);
	}
	lwkt_reltoken(&ap->ap_token);
	return (error);
}

int
sys_aio_read(struct sysmsg *sysmsg, const struct aio_read_args *uap)
{
	sysmsg->sysmsg_result = 0;
	return (aio_submit(uap->aiocbp, LIO_READ, NULL));
}

int
sys_aio_write(struct sysmsg *sysmsg, const struct aio_write_args *uap)
{
	sysmsg->sysmsg_result = 0;
	return (aio_submit(uap->aiocbp, LIO_WRITE, NULL));
}

/* --- results ------------------------------------------------------------- */

int
sys_aio_error(struct sysmsg *sysmsg, const struct aio_error_args *uap)
{
	struct aioproc *ap = aio_getproc(curproc);
	struct aiojob *job;
	int error = 0;

	lwkt_gettoken(&ap->ap_token);
	job = aio_find(ap, uap->aiocbp);
	if (job == NULL)
		error = EINVAL;
	else
		sysmsg->sysmsg_result = job->aj_state == AIO_DONE ?
		    job->aj_error : EINPROGRESS;
	lwkt_reltoken(&ap->ap_token);
	return (error);
}

/* Take the result of a request that is done. */
static int
job_result(struct aioproc *ap, struct aiojob *job, struct sysmsg *sysmsg)
{
	int error = job->aj_error;

	TAILQ_REMOVE(&ap->ap_done, job, aj_link);
	sysmsg->sysmsg_lresult = job->aj_result;
	job_free(ap, job);
	return (error);
}

int
sys_aio_return(struct sysmsg *sysmsg, const struct aio_return_args *uap)
{
	struct aioproc *ap = aio_getproc(curproc);
	struct aiojob *job;
	int error;

	lwkt_gettoken(&ap->ap_token);
	job = aio_find(ap, uap->aiocbp);
	if (job == NULL)
		error = EINVAL;
	else if (job->aj_state != AIO_DONE)
		error = EINPROGRESS;
	else
		error = job_result(ap, job, sysmsg);
	lwkt_reltoken(&ap->ap_token);
	return (error);
}

/* --- waiting ------------------------------------------------------------- */

/* The end of a wait of uts: none if it is NULL. */
static int
aio_deadline(const struct timespec *uts, struct timespec *end)
{
	struct timespec now;
	int error;

	end->tv_sec = -1;
	if (uts == NULL)
		return (0);
	error = copyin(uts, end, sizeof(*end));
	if (error != 0)
		return (error);
	if (end->tv_sec < 0 || end->tv_nsec < 0 || end->tv_nsec >= 1000000000)
		return (EINVAL);
	nanouptime(&now);
	timespecadd(end, &now, end);
	return (0);
}

/* Sleep until some request is done.  EAGAIN when it is time, EINTR. */
static int
aio_sleep(struct aioproc *ap, const struct timespec *end)
{
	struct timespec left, now;
	int error, ticks = 0;

	if (end->tv_sec >= 0) {
		nanouptime(&now);
		timespecsub(end, &now, &left);
		if (left.tv_sec < 0 || (left.tv_sec == 0 && left.tv_nsec == 0))
			return (EAGAIN);
		ticks = tstohz_high(&left);
	}
	error = tsleep(&ap->ap_done, PCATCH, "aiowait", ticks);
	if (error == ERESTART)
		return (EINTR);
	return (error == EWOULDBLOCK ? 0 : error);
}

/* Copy a list of requests in. */
static int
aio_copyin_list(struct aiocb *const *ulist, int n, struct aiocb **list)
{
	if (n < 0 || n > AIO_LISTIO_MAX)
		return (EINVAL);
	return (copyin(ulist, list, n * sizeof(*list)));
}

int
sys_aio_suspend(struct sysmsg *sysmsg, const struct aio_suspend_args *uap)
{
	struct aioproc *ap = aio_getproc(curproc);
	struct aiocb *list[AIO_LISTIO_MAX];
	struct timespec end;
	struct aiojob *job;
	bool done = false;
	int error, i;

	error = aio_copyin_list(uap->aiocbp, uap->nent, list);
	if (error == 0)
		error = aio_deadline(uap->timeout, &end);
	lwkt_gettoken(&ap->ap_token);
	while (error == 0) {
		for (i = 0; i < uap->nent && !done; i++) {
			if (list[i] == NULL)
				continue;
			job = aio_find(ap, list[i]);
			done = job == NULL || job->aj_state == AIO_DONE;
		}
		if (done)
			break;
		error = aio_sleep(ap, &end);
	}
	lwkt_reltoken(&ap->ap_token);
	sysmsg->sysmsg_result = 0;
	return (error);
}

int
sys_aio_waitcomplete(struct sysmsg *sysmsg,
    const struct aio_waitcomplete_args *uap)
{
	struct aioproc *ap = aio_getproc(curproc);
	struct aiocb *ucb = NULL;
	struct timespec end;
	struct aiojob *job;
	int error, error2;

	error = aio_deadline(uap->timeout, &end);
	lwkt_gettoken(&ap->ap_token);
	while (error == 0 && TAILQ_EMPTY(&ap->ap_done))
		error = aio_sleep(ap, &end);
	if (error == 0) {
		job = TAILQ_FIRST(&ap->ap_done);
		ucb = job->aj_ucb;
		error = job_result(ap, job, sysmsg);
	}
	lwkt_reltoken(&ap->ap_token);
	error2 = copyout(&ucb, uap->aiocbp, sizeof(ucb));
	return (error2 != 0 ? error2 : error);
}

/* --- aio_cancel ---------------------------------------------------------- */

int
sys_aio_cancel(struct sysmsg *sysmsg, const struct aio_cancel_args *uap)
{
	struct proc *p = curproc;
	struct aioproc *ap = aio_getproc(p);
	int cancelled = 0, running = 0;
	struct aiojob *job, *next;
	struct file *fp;

	fp = holdfp(curthread, uap->fd, -1);
	if (fp == NULL)
		return (EBADF);
	lwkt_gettoken(&ap->ap_token);
	for (job = LIST_FIRST(&ap->ap_all); job != NULL; job = next) {
		next = LIST_NEXT(job, aj_all);
		if (job->aj_fp != fp ||
		    (uap->aiocbp != NULL && job->aj_ucb != uap->aiocbp))
			continue;
		if (job->aj_state == AIO_RUNNING)
			running++;
		if (job->aj_state != AIO_QUEUED)
			continue;
		TAILQ_REMOVE(&ap->ap_queued, job, aj_link);
		ap->ap_nqueued--;
		job->aj_error = ECANCELED;
		job->aj_result = -1;
		job_done(p, job);
		cancelled++;
	}
	lwkt_reltoken(&ap->ap_token);
	fdrop(fp);
	sysmsg->sysmsg_result = running ? AIO_NOTCANCELED :
	    cancelled ? AIO_CANCELED : AIO_ALLDONE;
	return (0);
}

/* --- lio_listio ---------------------------------------------------------- */

/* Submit each; the first failure, if any, is the result. */
static int
lio_submit(struct aiocb **list, int n, struct aiolio *lio)
{
	int error = 0, error2, i, op;

	for (i = 0; i < n; i++) {
		if (list[i] == NULL)
			continue;
		error2 = copyin(&list[i]->aio_lio_opcode, &op, sizeof(op));
		if (error2 == 0 && op == LIO_NOP)
			continue;
		if (error2 == 0 && op != LIO_READ && op != LIO_WRITE &&
		    op != LIO_SYNC)
			error2 = EINVAL;
		if (error2 == 0)
			error2 = aio_submit(list[i], op, lio);
		if (error == 0 && error2 != 0)
			error = error2 == EAGAIN || op == LIO_SYNC ? error2 :
			    EIO;
	}
	return (error);
}

int
sys_lio_listio(struct sysmsg *sysmsg, const struct lio_listio_args *uap)
{
	struct proc *p = curproc;
	struct aioproc *ap = aio_getproc(p);
	const struct timespec never = { .tv_sec = -1 };
	struct aiocb *list[AIO_LISTIO_MAX];
	struct aiolio *lio;
	int error;

	if (uap->mode != LIO_WAIT && uap->mode != LIO_NOWAIT)
		return (EINVAL);
	error = aio_copyin_list(uap->acb_list, uap->nent, list);
	if (error != 0)
		return (error);
	lio = kmalloc(sizeof(*lio), M_AIO, M_WAITOK | M_ZERO);
	if (uap->mode == LIO_NOWAIT && uap->sig != NULL) {
		error = copyin(uap->sig, &lio->al_sigevent,
		    sizeof(lio->al_sigevent));
		if (error == 0)
			error = check_sigevent(&lio->al_sigevent);
		if (error != 0) {
			kfree(lio, M_AIO);
			return (error);
		}
	}
	lio->al_wait = uap->mode == LIO_WAIT;
	lwkt_gettoken(&ap->ap_token);
	lio->al_pending = 1;	/* nothing is over before all are in */
	error = lio_submit(list, uap->nent, lio);
	if (lio->al_wait) {
		int error2 = 0;

		lio->al_pending--;
		while (lio->al_pending != 0 && error2 == 0)
			error2 = aio_sleep(ap, &never);
		if (error2 != 0)
			error = error2;
		else if (error == 0 && lio->al_failed)
			error = EIO;
		/* Interrupted: the last request frees it. */
		if (lio->al_pending != 0)
			lio->al_wait = false;
		else
			kfree(lio, M_AIO);
	} else {
		lio_done(p, lio, false);
	}
	lwkt_reltoken(&ap->ap_token);
	sysmsg->sysmsg_result = 0;
	return (error);
}
