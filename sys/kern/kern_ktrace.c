/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ktrace(2), utrace(2): what processes do, recorded in a file.
 *
 * p_traceflag says what of a process is recorded, and p_tracenode where to.
 * The thread that does something writes the record itself, before it goes
 * on; lwp_ktrbusy keeps what the writing does from being recorded.  Changes
 * are made under p_token; the points where records are made look at the flag
 * without it, and then take a reference on the node with it.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/fcntl.h>
#include <sys/ktrace.h>
#include <sys/malloc.h>
#include <sys/nlookup.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/ptrace.h>
#include <sys/stdbool.h>
#include <sys/sysctl.h>
#include <sys/sysent.h>
#include <sys/syslog.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/time.h>
#include <sys/ucred.h>
#include <sys/vnode.h>
#include <sys/thread2.h>

static MALLOC_DEFINE(M_KTRACE, "ktrace", "kernel trace records");

SYSCTL_NODE(_kern, OID_AUTO, ktrace, CTLFLAG_RW, 0, "Tracing of processes");
static u_int	genio_max = 4096;
SYSCTL_UINT(_kern_ktrace, OID_AUTO, genio_max, CTLFLAG_RW, &genio_max, 0,
    "Most bytes of a transfer that are recorded");

/* --- the file ------------------------------------------------------------ */

int
ktr_open(const char *upath, struct vnode **vpp)
{
	struct nlookupdata nd;
	struct vnode *vp;
	int error;

	error = nlookup_init(&nd, upath, UIO_USERSPACE, NLC_LOCKVP);
	if (error == 0)
		error = vn_open(&nd, NULL, FREAD | FWRITE | O_NOFOLLOW, 0);
	if (error == 0) {
		vp = nd.nl_open_vp;
		nd.nl_open_vp = NULL;
		if (vp->v_type != VREG) {
			vn_close(vp, FREAD | FWRITE, NULL);
			error = EACCES;
		} else {
			*vpp = vp;
		}
	}
	nlookup_done(&nd);
	return (error);
}

static struct ktrace_node *
node_hold(struct ktrace_node *kn)
{
	atomic_add_int((u_int *)&kn->kn_refs, 1);
	return (kn);
}

static void
node_rele(struct ktrace_node *kn)
{
	if (kn == NULL ||
	    atomic_fetchadd_int((u_int *)&kn->kn_refs, -1) != 1)
		return;
	vn_close(kn->kn_vp, FREAD | FWRITE, NULL);
	kfree(kn, M_KTRACE);
}

/* p is not traced any more; p_token held. */
static void
trace_off(struct proc *p)
{
	struct ktrace_node *kn = p->p_tracenode;

	p->p_traceflag = 0;
	p->p_tracenode = NULL;
	node_rele(kn);
}

/* --- records ------------------------------------------------------------- */

/* Append a record of two parts, the second perhaps of the user's memory. */
static void
ktrwrite(struct lwp *lp, int type, const void *a, size_t alen, const void *b,
    size_t blen)
{
	struct proc *p = lp->lwp_proc;
	struct ktrace_node *kn = NULL;
	struct ktr_header *kh;
	size_t len = sizeof(*kh) + alen + blen;
	int error;

	lwkt_gettoken(&p->p_token);
	if (p->p_tracenode != NULL && (p->p_traceflag & (1 << type)))
		kn = node_hold(p->p_tracenode);
	lwkt_reltoken(&p->p_token);
	if (kn == NULL)
		return;
	lp->lwp_ktrbusy++;
	kh = kmalloc(len, M_KTRACE, M_WAITOK | M_ZERO);
	kh->ktr_len = alen + blen;
	kh->ktr_type = type;
	kh->ktr_flags = p->p_nthreads > 1 ? KTRH_THREADED : 0;
	kh->ktr_pid = p->p_pid;
	kh->ktr_tid = lp->lwp_tid;
	strlcpy(kh->ktr_comm, p->p_comm, sizeof(kh->ktr_comm));
	microtime(&kh->ktr_time);
	bcopy(a, kh + 1, alen);
	bcopy(b, (char *)(kh + 1) + alen, blen);
	/* One write a record: those of others do not come between. */
	error = vn_rdwr(UIO_WRITE, kn->kn_vp, (caddr_t)kh, len, 0,
	    UIO_SYSSPACE, IO_UNIT | IO_APPEND, lp->lwp_thread->td_ucred,
	    NULL);
	kfree(kh, M_KTRACE);
	lp->lwp_ktrbusy--;
	if (error != 0) {
		log(LOG_NOTICE, "ktrace of pid %d (%s) ends: error %d\n",
		    p->p_pid, p->p_comm, error);
		lwkt_gettoken(&p->p_token);
		if (p->p_tracenode == kn)
			trace_off(p);
		lwkt_reltoken(&p->p_token);
	}
	node_rele(kn);
}

int
ktrsyscall(struct lwp *lp, int code, const struct sysent *callp,
    struct sysmsg *sysmsg, const void *args)
{
	struct ktr_syscall ks;
	struct ktr_sysret kr;
	int error, narg = MIN(callp->sy_narg, nitems(ks.ktr_args));

	if (KTRPOINT(lp->lwp_thread, KTR_SYSCALL)) {
		bzero(&ks, sizeof(ks));
		ks.ktr_code = code;
		ks.ktr_narg = narg;
		bcopy(args, ks.ktr_args, narg * sizeof(register_t));
		ktrwrite(lp, KTR_SYSCALL, &ks,
		    offsetof(struct ktr_syscall, ktr_args[narg]), "", 0);
	}
	error = callp->sy_call(sysmsg, args);
	if (KTRPOINT(lp->lwp_thread, KTR_SYSRET)) {
		bzero(&kr, sizeof(kr));
		kr.ktr_code = code;
		kr.ktr_error = error;
		if (error == 0)
			kr.ktr_retval = sysmsg->sysmsg_lresult;
		ktrwrite(lp, KTR_SYSRET, &kr, sizeof(kr), "", 0);
	}
	return (error);
}

void
ktrnamei(struct lwp *lp, const char *path)
{
	ktrwrite(lp, KTR_NAMEI, path, strlen(path), "", 0);
}

void
ktrgenio(struct lwp *lp, int fd, enum uio_rw rw, const struct iovec *iov,
    int iovcnt, size_t n)
{
	struct ktr_genio kg = { .ktr_fd = fd, .ktr_rw = rw };
	size_t done = 0, len;
	char *buf;

	n = MIN(n, genio_max);
	if (n == 0)
		return;
	buf = kmalloc(n, M_KTRACE, M_WAITOK);
	for (; iovcnt > 0 && done < n; iov++, iovcnt--) {
		len = MIN(iov->iov_len, n - done);
		if (copyin(iov->iov_base, buf + done, len) != 0)
			break;
		done += len;
	}
	ktrwrite(lp, KTR_GENIO, &kg, sizeof(kg), buf, done);
	kfree(buf, M_KTRACE);
}

void
ktrpsig(struct lwp *lp, int sig, sig_t action, const sigset_t *mask, int code)
{
	struct ktr_psig kp;

	bzero(&kp, sizeof(kp));
	kp.signo = sig;
	kp.action = action;
	kp.code = code;
	kp.mask = *mask;
	ktrwrite(lp, KTR_PSIG, &kp, sizeof(kp), "", 0);
}

int
sys_utrace(struct sysmsg *sysmsg, const struct utrace_args *uap)
{
	struct thread *td = curthread;
	void *buf;
	int error;

	sysmsg->sysmsg_result = 0;
	if (!KTRPOINT(td, KTR_USER))
		return (0);
	if (uap->len > KTR_USER_MAXLEN)
		return (EINVAL);
	buf = kmalloc(uap->len, M_KTRACE, M_WAITOK);
	error = copyin(uap->addr, buf, uap->len);
	if (error == 0)
		ktrwrite(td->td_lwp, KTR_USER, buf, uap->len, "", 0);
	kfree(buf, M_KTRACE);
	return (error);
}

/* --- life of processes --------------------------------------------------- */

void
ktrfork(struct proc *p1, struct proc *p2)
{
	if (p1->p_tracenode == NULL ||
	    (p1->p_traceflag & KTRFAC_INHERIT) == 0)
		return;
	p2->p_tracenode = node_hold(p1->p_tracenode);
	p2->p_traceflag = p1->p_traceflag;
}

void
ktrexit(struct proc *p)
{
	if (p->p_tracenode != NULL)
		trace_off(p);
}

/* What a set-id program does is not for its user to see. */
void
ktrsetid(struct proc *p)
{
	if (p->p_tracenode != NULL && (p->p_traceflag & KTRFAC_ROOT) == 0)
		trace_off(p);
}

/* --- the system call ----------------------------------------------------- */

struct ktr_request {
	int		op;		/* KTROP_* */
	int		facs;
	bool		descend;
	struct ktrace_node *node;	/* KTROP_SET */
	struct vnode	*vp;		/* KTROP_CLEARFILE */
	bool		ok;		/* at least one was changed */
};

/* May the caller change the tracing of p? */
static bool
may_trace(struct proc *p)
{
	bool root = curthread->td_ucred->cr_uid == 0;

	if (p != curproc && proc_debuggable(p) != 0)
		return (false);
	if (p == curproc && (p->p_flags & P_SUGID) && !root)
		return (false);
	return (root || (p->p_traceflag & KTRFAC_ROOT) == 0);
}

static void
trace_one(struct proc *p, struct ktr_request *rq)
{
	struct ktrace_node *old = NULL;

	lwkt_gettoken(&p->p_token);
	if (p->p_stat != SZOMB && (p->p_flags & P_WEXIT) == 0 &&
	    may_trace(p)) {
		if (rq->op == KTROP_SET) {
			if (p->p_tracenode != rq->node) {
				old = p->p_tracenode;
				p->p_tracenode = node_hold(rq->node);
			}
			p->p_traceflag |= rq->facs;
			if (curthread->td_ucred->cr_uid == 0)
				p->p_traceflag |= KTRFAC_ROOT;
		} else {
			p->p_traceflag &= ~rq->facs;
			if ((p->p_traceflag & KTRFAC_MASK) == 0)
				trace_off(p);
		}
		rq->ok = true;
	}
	lwkt_reltoken(&p->p_token);
	node_rele(old);
}

/* Is p below top, or top itself? */
static bool
is_below(struct proc *p, struct proc *top)
{
	struct proc *up;
	bool found;

	PHOLD(p);
	while (p != top && p->p_pid != 0) {
		lwkt_gettoken_shared(&p->p_token);
		up = p->p_pptr;
		if (up != NULL)
			PHOLD(up);
		lwkt_reltoken(&p->p_token);
		PRELE(p);
		if (up == NULL)
			return (false);
		p = up;
	}
	found = p == top;
	PRELE(p);
	return (found);
}

struct ktr_scan {
	struct ktr_request *rq;
	struct proc	*top;		/* it and what is below, or NULL */
	pid_t		pgid;		/* or a group */
};

static int
scan_callback(struct proc *p, void *arg)
{
	struct ktr_scan *s = arg;

	if (s->rq->op == KTROP_CLEARFILE) {
		if (p->p_tracenode == NULL ||
		    p->p_tracenode->kn_vp != s->rq->vp)
			return (0);
	} else if (s->top != NULL) {
		if (!is_below(p, s->top))
			return (0);
	} else if (p->p_pgid != s->pgid) {
		return (0);
	}
	trace_one(p, s->rq);
	return (0);
}

static int
trace_some(struct ktr_request *rq, pid_t pid)
{
	struct ktr_scan s = { .rq = rq };
	struct proc *p;

	if (rq->op == KTROP_CLEARFILE) {
		allproc_scan(scan_callback, &s, 0);
		return (0);
	}
	if (pid < 0) {
		s.pgid = -pid;
		allproc_scan(scan_callback, &s, 0);
		return (rq->ok ? 0 : ESRCH);
	}
	p = pfind(pid);
	if (p == NULL)
		return (ESRCH);
	if (rq->descend) {
		s.top = p;
		allproc_scan(scan_callback, &s, 0);
	} else {
		trace_one(p, rq);
	}
	PRELE(p);
	return (rq->ok ? 0 : EPERM);
}

int
sys_ktrace(struct sysmsg *sysmsg, const struct ktrace_args *uap)
{
	struct ktr_request rq = {
		.op = uap->ops & ~KTRFLAG_DESCEND,
		.facs = uap->facs & (KTRFAC_MASK | KTRFAC_INHERIT),
		.descend = (uap->ops & KTRFLAG_DESCEND) != 0,
	};
	struct lwp *lp = curthread->td_lwp;
	struct vnode *vp = NULL;
	int error = 0;

	if (rq.op != KTROP_SET && rq.op != KTROP_CLEAR &&
	    rq.op != KTROP_CLEARFILE)
		return (EINVAL);
	if (rq.op != KTROP_CLEARFILE && (rq.facs & KTRFAC_MASK) == 0)
		return (EINVAL);
	lp->lwp_ktrbusy++;
	if (rq.op != KTROP_CLEAR)
		error = ktr_open(uap->fname, &vp);
	if (error == 0 && rq.op == KTROP_SET) {
		rq.node = kmalloc(sizeof(*rq.node), M_KTRACE,
		    M_WAITOK | M_ZERO);
		rq.node->kn_vp = vp;
		rq.node->kn_refs = 1;
		vp = NULL;
	} else if (rq.op == KTROP_CLEARFILE) {
		rq.facs = KTRFAC_MASK | KTRFAC_INHERIT;
		rq.vp = vp;
	}
	if (error == 0)
		error = trace_some(&rq, uap->pid);
	node_rele(rq.node);
	if (vp != NULL)
		vn_close(vp, FREAD | FWRITE, NULL);
	lp->lwp_ktrbusy--;
	sysmsg->sysmsg_result = 0;
	return (error);
}
