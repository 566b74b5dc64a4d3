/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System calls about signals: actions, masks, sending, waiting.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/event.h>
#include <sys/filedesc.h>
#include <sys/malloc.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/signalvar.h>
#include <sys/sysent.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/time.h>
#include <sys/ucred.h>
#include <sys/thread2.h>

#include <machine/cpu.h>

int
sys_nosys(struct sysmsg *sysmsg, const void *args)
{
	lwpsignal(curproc, curthread->td_lwp, SIGSYS);
	return (EINVAL);
}

/* Process 0's actions: what every process starts with. */
void
siginit(struct proc *p)
{
	int i;

	for (i = 1; i <= _SIG_MAXSIG; i++) {
		if (i != SIGCONT && sig_default_ignored(i))
			SIGADDSET(p->p_sigignore, i);
	}
}

void
sigacts_free(struct sigacts *ps)
{
	if (atomic_fetchadd_int(&ps->ps_refcnt, -1) == 1)
		kfree(ps, M_SUBPROC);
}

/* exec: handlers are gone with the old image. */
void
execsigs(struct proc *p)
{
	struct lwp *lp = ONLY_LWP_IN_PROC(p);
	struct sigacts *ps = p->p_sigacts, *nps;
	int sig;

	ASSERT_LWKT_TOKEN_HELD(&p->p_token);
	if (ps->ps_refcnt > 1) {
		nps = kmalloc(sizeof(*nps), M_SUBPROC, M_WAITOK);
		bcopy(ps, nps, sizeof(*nps));
		nps->ps_refcnt = 1;
		p->p_sigacts = nps;
		sigacts_free(ps);
		ps = nps;
	}
	while ((sig = sig_ffs(&p->p_sigcatch)) != 0) {
		SIGDELSET(p->p_sigcatch, sig);
		if (sig_default_ignored(sig)) {
			if (sig != SIGCONT)
				SIGADDSET(p->p_sigignore, sig);
			SIGDELSET(p->p_siglist, sig);
			SIGDELSET(lp->lwp_siglist, sig);
		}
		ps->ps_sigact[_SIG_IDX(sig)] = SIG_DFL;
	}
	SIGEMPTYSET(ps->ps_sigonstack);
	SIGEMPTYSET(ps->ps_sigintr);
	SIGEMPTYSET(ps->ps_sigreset);
	SIGEMPTYSET(ps->ps_signodefer);
	SIGEMPTYSET(ps->ps_siginfo);
	ps->ps_flag &= ~(PS_NOCLDSTOP | PS_NOCLDWAIT | PS_CLDSIGIGN);
	if (ps->ps_sigact[_SIG_IDX(SIGCHLD)] == SIG_IGN)
		ps->ps_sigact[_SIG_IDX(SIGCHLD)] = SIG_DFL;
	lp->lwp_sigstk.ss_flags = SS_DISABLE;
	lp->lwp_sigstk.ss_size = 0;
	lp->lwp_sigstk.ss_sp = NULL;
	lp->lwp_flags &= ~(LWP_ALTSTACK | LWP_ONSTACK);
}

static void
sigset_change(sigset_t *set, int sig, int on)
{
	if (on)
		SIGADDSET(*set, sig);
	else
		SIGDELSET(*set, sig);
}

static void
sigaction_report(struct proc *p, int sig, struct sigaction *oact)
{
	struct sigacts *ps = p->p_sigacts;

	bzero(oact, sizeof(*oact));
	oact->sa_handler = ps->ps_sigact[_SIG_IDX(sig)];
	oact->sa_mask = ps->ps_catchmask[_SIG_IDX(sig)];
	if (SIGISMEMBER(ps->ps_sigonstack, sig))
		oact->sa_flags |= SA_ONSTACK;
	if (!SIGISMEMBER(ps->ps_sigintr, sig))
		oact->sa_flags |= SA_RESTART;
	if (SIGISMEMBER(ps->ps_sigreset, sig))
		oact->sa_flags |= SA_RESETHAND;
	if (SIGISMEMBER(ps->ps_signodefer, sig))
		oact->sa_flags |= SA_NODEFER;
	if (SIGISMEMBER(ps->ps_siginfo, sig))
		oact->sa_flags |= SA_SIGINFO;
	if (sig == SIGCHLD && (ps->ps_flag & PS_NOCLDSTOP))
		oact->sa_flags |= SA_NOCLDSTOP;
	if (sig == SIGCHLD && (ps->ps_flag & PS_NOCLDWAIT))
		oact->sa_flags |= SA_NOCLDWAIT;
}

/* The token of p is held. */
static void
sigaction_set(struct proc *p, int sig, const struct sigaction *act)
{
	struct sigacts *ps = p->p_sigacts;
	struct lwp *lp;
	sig_t handler = act->sa_handler;

	ps->ps_catchmask[_SIG_IDX(sig)] = act->sa_mask;
	SIG_CANTMASK(ps->ps_catchmask[_SIG_IDX(sig)]);
	ps->ps_sigact[_SIG_IDX(sig)] = handler;
	sigset_change(&ps->ps_sigintr, sig, !(act->sa_flags & SA_RESTART));
	sigset_change(&ps->ps_sigonstack, sig, act->sa_flags & SA_ONSTACK);
	sigset_change(&ps->ps_sigreset, sig, act->sa_flags & SA_RESETHAND);
	sigset_change(&ps->ps_signodefer, sig, act->sa_flags & SA_NODEFER);
	sigset_change(&ps->ps_siginfo, sig, act->sa_flags & SA_SIGINFO);
	if (sig == SIGCHLD) {
		ps->ps_flag &= ~(PS_NOCLDSTOP | PS_NOCLDWAIT | PS_CLDSIGIGN);
		if (act->sa_flags & SA_NOCLDSTOP)
			ps->ps_flag |= PS_NOCLDSTOP;
		/* init reaps what others would leave. */
		if ((act->sa_flags & SA_NOCLDWAIT) && p->p_pid != 1)
			ps->ps_flag |= PS_NOCLDWAIT;
		if (handler == SIG_IGN)
			ps->ps_flag |= PS_CLDSIGIGN;
	}
	if (handler == SIG_IGN ||
	    (handler == SIG_DFL && sig_default_ignored(sig))) {
		SIGDELSET(p->p_siglist, sig);
		FOREACH_LWP_IN_PROC(lp, p)
			SIGDELSET(lp->lwp_siglist, sig);
		/* SIGCONT does its work even when ignored. */
		if (sig != SIGCONT || handler == SIG_IGN)
			SIGADDSET(p->p_sigignore, sig);
		SIGDELSET(p->p_sigcatch, sig);
	} else {
		SIGDELSET(p->p_sigignore, sig);
		sigset_change(&p->p_sigcatch, sig, handler != SIG_DFL);
	}
}

int
sys_sigaction(struct sysmsg *sysmsg, const struct sigaction_args *uap)
{
	struct proc *p = curproc;
	struct sigaction act, oact;
	int error, sig = uap->sig;

	if (!_SIG_VALID(sig))
		return (EINVAL);
	if (uap->act != NULL) {
		error = copyin(uap->act, &act, sizeof(act));
		if (error)
			return (error);
		if ((sig == SIGKILL || sig == SIGSTOP) &&
		    act.sa_handler != SIG_DFL)
			return (EINVAL);
	}
	lwkt_gettoken(&p->p_token);
	sigaction_report(p, sig, &oact);
	if (uap->act != NULL)
		sigaction_set(p, sig, &act);
	lwkt_reltoken(&p->p_token);
	if (uap->oact != NULL)
		return (copyout(&oact, uap->oact, sizeof(oact)));
	return (0);
}

int
kern_sigprocmask(int how, sigset_t *set, sigset_t *oset)
{
	struct lwp *lp = curthread->td_lwp;
	sigset_t mask = lp->lwp_sigmask;

	if (oset != NULL)
		*oset = mask;
	if (set == NULL)
		return (0);
	switch (how) {
	case SIG_BLOCK:
		SIGSETOR(mask, *set);
		break;
	case SIG_UNBLOCK:
		SIGSETNAND(mask, *set);
		break;
	case SIG_SETMASK:
		mask = *set;
		break;
	default:
		return (EINVAL);
	}
	SIG_CANTMASK(mask);
	lp->lwp_sigmask = mask;
	cpu_mfence();
	if (SIGNOTEMPTY(lp->lwp_siglist) ||
	    SIGNOTEMPTY(lp->lwp_proc->p_siglist))
		lwp_signotify(lp);
	return (0);
}

int
sys_sigprocmask(struct sysmsg *sysmsg, const struct sigprocmask_args *uap)
{
	sigset_t set, oset;
	int error;

	if (uap->set != NULL) {
		error = copyin(uap->set, &set, sizeof(set));
		if (error)
			return (error);
	}
	error = kern_sigprocmask(uap->how, uap->set != NULL ? &set : NULL,
	    &oset);
	if (error == 0 && uap->oset != NULL)
		error = copyout(&oset, uap->oset, sizeof(oset));
	return (error);
}

int
sys_sigpending(struct sysmsg *sysmsg, const struct sigpending_args *uap)
{
	struct lwp *lp = curthread->td_lwp;
	sigset_t set = lp->lwp_proc->p_siglist;

	SIGSETOR(set, lp->lwp_siglist);
	SIGSETAND(set, lp->lwp_sigmask);
	return (copyout(&set, uap->set, sizeof(set)));
}

/*
 * Until the thread is back in user mode, mask applies; then the old one is
 * put back, by the handler's return if a handler was called.
 */
void
lwp_sigmask_push(struct lwp *lp, const sigset_t *mask)
{
	if ((lp->lwp_flags & LWP_OLDMASK) == 0)
		lp->lwp_oldsigmask = lp->lwp_sigmask;
	lp->lwp_flags |= LWP_OLDMASK;
	lp->lwp_sigmask = *mask;
	SIG_CANTMASK(lp->lwp_sigmask);
	lwp_signotify(lp);
}

int
kern_sigsuspend(sigset_t *mask)
{
	struct lwp *lp = curthread->td_lwp;

	lwp_sigmask_push(lp, mask);
	while (tsleep(lp->lwp_proc->p_sigacts, PCATCH, "pause", 0) == 0)
		continue;
	return (EINTR);
}

int
sys_sigsuspend(struct sysmsg *sysmsg, const struct sigsuspend_args *uap)
{
	sigset_t mask;
	int error;

	error = copyin(uap->sigmask, &mask, sizeof(mask));
	if (error)
		return (error);
	return (kern_sigsuspend(&mask));
}

int
sys_sigaltstack(struct sysmsg *sysmsg, const struct sigaltstack_args *uap)
{
	struct lwp *lp = curthread->td_lwp;
	stack_t oss, ss;
	int error;

	if (uap->ss != NULL) {
		error = copyin(uap->ss, &ss, sizeof(ss));
		if (error)
			return (error);
	}
	oss = lp->lwp_sigstk;
	if (lp->lwp_flags & LWP_ALTSTACK)
		oss.ss_flags = (lp->lwp_flags & LWP_ONSTACK) ? SS_ONSTACK : 0;
	else
		oss.ss_flags = SS_DISABLE;
	if (uap->ss != NULL) {
		if (ss.ss_flags & ~SS_DISABLE)
			return (EINVAL);
		if (ss.ss_flags & SS_DISABLE) {
			if (lp->lwp_flags & LWP_ONSTACK)
				return (EPERM);
			lp->lwp_flags &= ~LWP_ALTSTACK;
			lp->lwp_sigstk.ss_flags = SS_DISABLE;
		} else {
			if (ss.ss_size < MINSIGSTKSZ)
				return (ENOMEM);
			lp->lwp_flags |= LWP_ALTSTACK;
			lp->lwp_sigstk = ss;
		}
	}
	if (uap->oss != NULL)
		return (copyout(&oss, uap->oss, sizeof(oss)));
	return (0);
}

/* May the caller post sig to p? */
int
cansignal(struct proc *p, int sig, int initok)
{
	struct ucred *cr = curthread->td_ucred, *tcr = p->p_ucred;

	if (initok == 0 && p->p_pid == 1 && sig == SIGKILL)
		return (EPERM);
	if (p == curproc)
		return (0);
	if (!PRISON_CHECK(cr, tcr))
		return (ESRCH);
	if (cr->cr_uid == 0)
		return (0);
	if (sig == SIGCONT && p->p_session == curproc->p_session)
		return (0);
	if (p->p_flags & P_SUGID) {
		switch (sig) {
		case 0:
		case SIGKILL:
		case SIGINT:
		case SIGTERM:
		case SIGSTOP:
		case SIGTTIN:
		case SIGTTOU:
		case SIGTSTP:
		case SIGHUP:
		case SIGUSR1:
		case SIGUSR2:
			break;
		default:
			return (EPERM);
		}
	}
	if (cr->cr_ruid == tcr->cr_ruid || cr->cr_ruid == tcr->cr_svuid ||
	    cr->cr_uid == tcr->cr_ruid || cr->cr_uid == tcr->cr_svuid)
		return (0);
	return (EPERM);
}

struct killpg_info {
	int	nfound;
	int	denied;
	int	sig;
	struct proc *self;
};

static int
kill_all_callback(struct proc *p, void *data)
{
	struct killpg_info *info = data;

	if (p->p_pid <= 1 || (p->p_flags & P_SYSTEM) || p == info->self)
		return (0);
	if (cansignal(p, info->sig, 1) != 0) {
		info->denied++;
		return (0);
	}
	info->nfound++;
	if (info->sig != 0)
		ksignal(p, info->sig);
	return (0);
}

static int
kill_group(int sig, pid_t pgid)
{
	struct killpg_info info = { .sig = sig };
	struct pgrp *pgrp;
	struct proc *p;

	if (pgid == 0) {
		pgrp = curproc->p_pgrp;
		pgref(pgrp);
	} else {
		pgrp = pgfind(pgid);
		if (pgrp == NULL)
			return (ESRCH);
	}
	lockmgr(&pgrp->pg_lock, LK_EXCLUSIVE);
	LIST_FOREACH(p, &pgrp->pg_members, p_pglist) {
		if (p->p_stat == SZOMB || p->p_stat == SIDL)
			continue;
		kill_all_callback(p, &info);
	}
	lockmgr(&pgrp->pg_lock, LK_RELEASE);
	pgrel(pgrp);
	if (info.nfound)
		return (0);
	return (info.denied ? EPERM : ESRCH);
}

int
kern_kill(int sig, pid_t pid, lwpid_t tid)
{
	struct proc *p;
	struct lwp *lp = NULL;
	int error;

	if (sig < 0 || sig > _SIG_MAXSIG)
		return (EINVAL);
	if (pid > 0) {
		p = pfind(pid);
		if (p == NULL) {
			/* A zombie is there still, but past caring. */
			p = zpfind(pid);
			if (p == NULL)
				return (ESRCH);
			error = cansignal(p, sig, 1);
			PRELE(p);
			return (error);
		}
		lwkt_gettoken(&p->p_token);
		error = cansignal(p, sig, 1);
		if (error == 0 && tid != -1) {
			lp = lwpfind(p, tid);
			if (lp == NULL && p->p_stat != SZOMB)
				error = ESRCH;
		}
		if (error == 0 && sig != 0 && (tid == -1 || lp != NULL))
			lwpsignal(p, lp, sig);
		lwkt_reltoken(&p->p_token);
		PRELE(p);
		return (error);
	}
	if (tid != -1)
		return (EINVAL);
	if (pid == -1) {
		struct killpg_info info = { .sig = sig, .self = curproc };

		allproc_scan(kill_all_callback, &info, 0);
		if (info.nfound)
			return (0);
		return (info.denied ? EPERM : ESRCH);
	}
	return (kill_group(sig, -pid));
}

int
sys_kill(struct sysmsg *sysmsg, const struct kill_args *uap)
{
	return (kern_kill(uap->signum, uap->pid, -1));
}

int
sys_lwp_kill(struct sysmsg *sysmsg, const struct lwp_kill_args *uap)
{
	pid_t pid = uap->pid;

	if (uap->tid == -1)
		return (EINVAL);
	if (pid == -1)
		pid = curproc->p_pid;
	else if (pid <= 0)
		return (EINVAL);
	return (kern_kill(uap->signum, pid, uap->tid));
}

/*
 * Wait for a signal of set, which the caller has blocked or not.  Blocked
 * ones do not wake a sleeper; lwpsignal() wakes &p_siglist for us.
 */
static int
kern_sigtimedwait(sigset_t set, siginfo_t *info, struct timespec *timeout)
{
	struct lwp *lp = curthread->td_lwp;
	struct proc *p = lp->lwp_proc;
	sigset_t found, savemask;
	struct timespec now, end, left;
	int error = 0, sig, timo = 0;

	SIG_CANTMASK(set);
	if (timeout != NULL) {
		nanouptime(&end);
		timespecadd(&end, timeout, &end);
	}
	lwkt_gettoken(&p->p_token);
	savemask = lp->lwp_sigmask;
	SIGSETOR(lp->lwp_sigmask, set);
	for (;;) {
		found = p->p_siglist;
		SIGSETOR(found, lp->lwp_siglist);
		SIGSETAND(found, set);
		sig = sig_ffs(&found);
		if (sig != 0) {
			if (SIGISMEMBER(lp->lwp_siglist, sig))
				SIGDELSET(lp->lwp_siglist, sig);
			else
				SIGDELSET(p->p_siglist, sig);
			error = 0;
			break;
		}
		if (error)
			break;
		if (timeout != NULL) {
			nanouptime(&now);
			if (timespeccmp(&now, &end, >=)) {
				error = EAGAIN;
				break;
			}
			timespecsub(&end, &now, &left);
			timo = tstohz_high(&left);
		}
		error = tsleep(&p->p_siglist, PCATCH, "sigwt", timo);
		if (error == EWOULDBLOCK)
			error = 0;
		if (error == ERESTART && timeout != NULL)
			error = EINTR;
	}
	lp->lwp_sigmask = savemask;
	if (SIGNOTEMPTY(lp->lwp_siglist) || SIGNOTEMPTY(p->p_siglist))
		lwp_signotify(lp);
	lwkt_reltoken(&p->p_token);
	if (error == 0) {
		bzero(info, sizeof(*info));
		info->si_signo = sig;
	}
	return (error);
}

int
sys_sigtimedwait(struct sysmsg *sysmsg, const struct sigtimedwait_args *uap)
{
	struct timespec ts;
	siginfo_t info;
	sigset_t set;
	int error;

	if (uap->timeout != NULL) {
		error = copyin(uap->timeout, &ts, sizeof(ts));
		if (error)
			return (error);
		if (ts.tv_nsec < 0 || ts.tv_nsec >= 1000000000 ||
		    ts.tv_sec < 0)
			return (EINVAL);
	}
	error = copyin(uap->set, &set, sizeof(set));
	if (error)
		return (error);
	error = kern_sigtimedwait(set, &info,
	    uap->timeout != NULL ? &ts : NULL);
	if (error)
		return (error);
	if (uap->info != NULL)
		error = copyout(&info, uap->info, sizeof(info));
	sysmsg->sysmsg_result = info.si_signo;
	return (error);
}

int
sys_sigwaitinfo(struct sysmsg *sysmsg, const struct sigwaitinfo_args *uap)
{
	siginfo_t info;
	sigset_t set;
	int error;

	error = copyin(uap->set, &set, sizeof(set));
	if (error)
		return (error);
	error = kern_sigtimedwait(set, &info, NULL);
	if (error)
		return (error);
	if (uap->info != NULL)
		error = copyout(&info, uap->info, sizeof(info));
	sysmsg->sysmsg_result = info.si_signo;
	return (error);
}
