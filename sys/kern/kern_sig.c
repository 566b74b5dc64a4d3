/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Signals: posting them, and acting on them.
 *
 * lwpsignal() puts a signal into the pending set of a process or of one of
 * its threads, or carries a stop or continuation out at once.  It then gives
 * a thread that may take the signal "attention" (LWP_MP_SIGNAL), waking it if
 * it sleeps interruptibly or interrupting its CPU if it is in user mode.  On
 * the way back to user mode that thread calls issignal(), which also does
 * the stopping, and postsig().
 *
 * All pending sets and the state of a process's stop are under p_token.
 * cursig() reads them without, because a sleeper calls it when it can no
 * longer take tokens; the order "post, then look whether it sleeps" against
 * "be asleep, then look for signals" keeps that safe.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/event.h>
#include <sys/ktrace.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/stdbool.h>
#include <sys/signalvar.h>
#include <sys/sysctl.h>
#include <sys/syslog.h>
#include <sys/upmap.h>
#include <sys/wait.h>
#include <sys/thread2.h>

#include <machine/cpu.h>

/* Properties of signals: what the default action is, and more. */
#define SA_KILL		0x01		/* terminates */
#define SA_CORE		0x02		/* and dumps core */
#define SA_STOP		0x04		/* stops */
#define SA_TTYSTOP	0x08		/* the terminal's kind of stop */
#define SA_IGNORE	0x10		/* ignored */
#define SA_CONT		0x20		/* continues */
#define SA_CKPT		0x40		/* checkpoint */

static const u_char sigprops[64] = {
	[SIGHUP] = SA_KILL,		[SIGINT] = SA_KILL,
	[SIGQUIT] = SA_KILL | SA_CORE,	[SIGILL] = SA_KILL | SA_CORE,
	[SIGTRAP] = SA_KILL | SA_CORE,	[SIGABRT] = SA_KILL | SA_CORE,
	[SIGEMT] = SA_KILL | SA_CORE,	[SIGFPE] = SA_KILL | SA_CORE,
	[SIGKILL] = SA_KILL,		[SIGBUS] = SA_KILL | SA_CORE,
	[SIGSEGV] = SA_KILL | SA_CORE,	[SIGSYS] = SA_KILL | SA_CORE,
	[SIGPIPE] = SA_KILL,		[SIGALRM] = SA_KILL,
	[SIGTERM] = SA_KILL,		[SIGURG] = SA_IGNORE,
	[SIGSTOP] = SA_STOP,		[SIGTSTP] = SA_STOP | SA_TTYSTOP,
	[SIGCONT] = SA_IGNORE | SA_CONT, [SIGCHLD] = SA_IGNORE,
	[SIGTTIN] = SA_STOP | SA_TTYSTOP, [SIGTTOU] = SA_STOP | SA_TTYSTOP,
	[SIGIO] = SA_IGNORE,		[SIGXCPU] = SA_KILL,
	[SIGXFSZ] = SA_KILL,		[SIGVTALRM] = SA_KILL,
	[SIGPROF] = SA_KILL,		[SIGWINCH] = SA_IGNORE,
	[SIGINFO] = SA_IGNORE,		[SIGUSR1] = SA_KILL,
	[SIGUSR2] = SA_KILL,		[SIGTHR] = SA_IGNORE,
	[SIGCKPT] = SA_CKPT,		[SIGCKPTEXIT] = SA_CKPT,
	[35 ... 63] = SA_IGNORE,
};

static int	kern_logsigexit = 1;
SYSCTL_INT(_kern, KERN_LOGSIGEXIT, logsigexit, CTLFLAG_RW, &kern_logsigexit,
    0, "Log processes ended by a signal");

int
sig_default_ignored(int sig)
{
	return (sig < 64 && (sigprops[sig] & SA_IGNORE) != 0);
}

static int
sigprop(int sig)
{
	return (sig < 64 ? sigprops[sig] : SA_KILL);
}

int
sig_ffs(sigset_t *set)
{
	int i;

	for (i = 0; i < _SIG_WORDS; i++) {
		if (set->__bits[i])
			return (ffs(set->__bits[i]) + i * 32);
	}
	return (0);
}

/*
 * Pending and not blocked.  The count of blockallsigs in the thread's shared
 * page holds everything off but what cannot be blocked; its top bit tells
 * user code that something waits.
 */
sigset_t
lwp_sigpend(struct lwp *lp)
{
	struct sys_lpmap *lpmap = lp->lwp_lpmap;
	sigset_t set;

	set = lp->lwp_proc->p_siglist;
	SIGSETOR(set, lp->lwp_siglist);
	SIGSETNAND(set, lp->lwp_sigmask);
	if (lpmap != NULL && (lpmap->blockallsigs & 0x7fffffff) != 0 &&
	    SIGNOTEMPTY(set)) {
		atomic_set_int(&lpmap->blockallsigs, 0x80000000);
		set.__bits[0] &= sigcantmask;
		set.__bits[1] = set.__bits[2] = set.__bits[3] = 0;
	}
	return (set);
}

int
cursig(struct lwp *lp)
{
	struct proc *p = lp->lwp_proc;
	sigset_t set;

	if (lp->lwp_mpflags & LWP_MP_WEXIT)
		return (SIGKILL);
	if (SIGISEMPTY(p->p_siglist) && SIGISEMPTY(lp->lwp_siglist))
		return (0);
	set = lwp_sigpend(lp);
	if ((p->p_flags & P_TRACED) == 0)
		SIGSETNAND(set, p->p_sigignore);
	return (sig_ffs(&set));
}

int
lwp_sleep_signal(struct lwp *lp)
{
	int sig;

	sig = cursig(lp);
	if (sig == 0)
		return (0);
	if (SIGISMEMBER(lp->lwp_proc->p_sigacts->ps_sigintr, sig))
		return (EINTR);
	return (ERESTART);
}

/* Runs on lp's CPU: leave user mode, if it is in it. */
static void
attention_remote(void *arg)
{
	struct lwp *lp = arg;

	if (mycpu->gd_curthread == lp->lwp_thread)
		signotify();
	LWPRELE(lp);
}

/*
 * The thread has to look after something before user mode: lwp_mpflags says
 * what.  If it is there already, on some CPU, it is interrupted.
 */
void
lwp_attention(struct lwp *lp, u_int mpflags)
{
	struct thread *td = lp->lwp_thread;

	atomic_set_int(&lp->lwp_mpflags, mpflags);
	cpu_mfence();
	if (td == curthread)
		return;
	if (lp->lwp_stat == LSSLEEP) {
		if (lp->lwp_flags & LWP_SINTR)
			tsleep_wakeup(td);
	} else if (lp->lwp_stat == LSRUN && (td->td_flags & TDF_RUNNING)) {
		LWPHOLD(lp);
		lwkt_send_ipiq(td->td_gd, attention_remote, lp);
	}
}

void
lwp_signotify(struct lwp *lp)
{
	lwp_attention(lp, LWP_MP_SIGNAL);
}

void
setrunnable(struct lwp *lp)
{
	if (lp->lwp_stat == LSSLEEP)
		tsleep_wakeup(lp->lwp_thread);
}

/* Tell the parent of a change of p, which it may wait for. */
void
proc_notify_parent(struct proc *p)
{
	struct proc *q = p->p_pptr;

	PHOLD(q);
	lwkt_gettoken(&q->p_token);
	atomic_add_int(&q->p_waitgen, 1);
	wakeup(q);
	if ((q->p_sigacts->ps_flag & PS_NOCLDSTOP) == 0)
		ksignal(q, SIGCHLD);
	lwkt_reltoken(&q->p_token);
	PRELE(q);
}

/*
 * Stop the process.  Threads asleep count as stopped at once; those running
 * stop on their way to user mode.
 */
void
proc_stop(struct proc *p, int stat)
{
	struct lwp *lp;

	ASSERT_LWKT_TOKEN_HELD(&p->p_token);
	if (p->p_stat == SSTOP)
		return;
	p->p_stat = stat;
	p->p_flags &= ~P_WAITED;
	cpu_mfence();		/* tsleep() goes the other way round */
	FOREACH_LWP_IN_PROC(lp, p) {
		if (lp->lwp_stat == LSSLEEP &&
		    (lp->lwp_mpflags & LWP_MP_WSTOP) == 0) {
			atomic_set_int(&lp->lwp_mpflags,
			    LWP_MP_WSTOP | LWP_MP_SIGNAL);
			p->p_nstopped++;
		} else {
			lwp_attention(lp, LWP_MP_SIGNAL);
		}
	}
	if (stat == SSTOP && p->p_nstopped == p->p_nthreads)
		proc_notify_parent(p);
}

/*
 * For a core file: every thread but the current one stays where it is until
 * the process exits.
 */
void
proc_stopwait(struct proc *p)
{
	ASSERT_LWKT_TOKEN_HELD(&p->p_token);
	if (p->p_stat == SSTOP)
		p->p_stat = SCORE;
	else
		proc_stop(p, SCORE);
	/* Another thread may be in exit(2) already, waiting for us to end. */
	while (p->p_nstopped < p->p_nthreads - 1 &&
	    (curthread->td_lwp->lwp_mpflags & LWP_MP_WEXIT) == 0)
		tsleep(&p->p_nstopped, 0, "corestop", 0);
}

void
proc_unstop(struct proc *p, int stat)
{
	struct lwp *lp;

	ASSERT_LWKT_TOKEN_HELD(&p->p_token);
	if (p->p_stat != stat)
		return;
	p->p_stat = SACTIVE;
	FOREACH_LWP_IN_PROC(lp, p) {
		if (lp->lwp_mpflags & LWP_MP_WSTOP) {
			atomic_clear_int(&lp->lwp_mpflags, LWP_MP_WSTOP);
			p->p_nstopped--;
		}
	}
	wakeup(&p->p_stat);
}

/*
 * A thread that was in the kernel when its process was stopped, and now goes
 * to sleep there instead of returning to user mode, is counted by this: it
 * cannot take tokens itself at that point.
 */
void
proc_stop_task(void *context, int pending)
{
	struct proc *p = context;
	struct lwp *lp;
	bool counted = false;

	lwkt_gettoken(&p->p_token);
	if (p->p_stat == SSTOP || p->p_stat == SCORE) {
		FOREACH_LWP_IN_PROC(lp, p) {
			if (lp->lwp_stat == LSSLEEP &&
			    (lp->lwp_mpflags & LWP_MP_WSTOP) == 0) {
				atomic_set_int(&lp->lwp_mpflags,
				    LWP_MP_WSTOP | LWP_MP_SIGNAL);
				p->p_nstopped++;
				counted = true;
			}
		}
		if (p->p_stat == SCORE)
			wakeup(&p->p_nstopped);
		else if (counted && p->p_nstopped == p->p_nthreads)
			proc_notify_parent(p);
	}
	lwkt_reltoken(&p->p_token);
	while (pending-- > 0)
		PRELE(p);
}

void
proc_stop_sleeper(struct proc *p)
{
	PHOLD(p);
	taskqueue_enqueue(taskqueue_thread[mycpuid], &p->p_stoptask);
}

/* The current thread stays here while its process is stopped. */
static void
tstop(struct lwp *lp)
{
	struct proc *p = lp->lwp_proc;

	ASSERT_LWKT_TOKEN_HELD(&p->p_token);
	while ((p->p_stat == SSTOP || p->p_stat == SCORE) &&
	    (lp->lwp_mpflags & LWP_MP_WEXIT) == 0) {
		if ((lp->lwp_mpflags & LWP_MP_WSTOP) == 0) {
			atomic_set_int(&lp->lwp_mpflags, LWP_MP_WSTOP);
			p->p_nstopped++;
			if (p->p_stat == SCORE)
				wakeup(&p->p_nstopped);
			else if (p->p_nstopped == p->p_nthreads)
				proc_notify_parent(p);
			/* p_token was away: continued, and stopped again? */
			continue;
		}
		tsleep(&p->p_stat, 0, "stop", 0);
	}
	if (lp->lwp_mpflags & LWP_MP_WSTOP) {
		atomic_clear_int(&lp->lwp_mpflags, LWP_MP_WSTOP);
		p->p_nstopped--;
	}
}

static void
sig_discard(struct proc *p, int sig)
{
	struct lwp *lp;

	SIGDELSET(p->p_siglist, sig);
	FOREACH_LWP_IN_PROC(lp, p)
		SIGDELSET(lp->lwp_siglist, sig);
}

void
sig_discard_set(struct proc *p, const u_int *bits0)
{
	struct lwp *lp;

	p->p_siglist.__bits[0] &= ~*bits0;
	FOREACH_LWP_IN_PROC(lp, p)
		lp->lwp_siglist.__bits[0] &= ~*bits0;
}

/* The thread to which a signal for the whole process is best given. */
static struct lwp *
find_lwp_for_signal(struct proc *p, int sig)
{
	struct lwp *lp, *run = NULL, *sleep = NULL, *stop = NULL;

	if (curthread->td_proc == p) {
		lp = curthread->td_lwp;
		if (lp != NULL && !SIGISMEMBER(lp->lwp_sigmask, sig))
			return (lp);
	}
	FOREACH_LWP_IN_PROC(lp, p) {
		if (SIGISMEMBER(lp->lwp_sigmask, sig))
			continue;
		if (lp->lwp_mpflags & LWP_MP_WEXIT)
			continue;
		if (lp->lwp_stat == LSRUN && run == NULL)
			run = lp;
		else if ((lp->lwp_flags & LWP_SINTR) && sleep == NULL)
			sleep = lp;
		else if (stop == NULL)
			stop = lp;
	}
	return (run != NULL ? run : sleep != NULL ? sleep : stop);
}

/*
 * A signal for a stopped process.  Nonzero if there is nothing else to do;
 * otherwise the process runs again, and the signal is posted as usual.
 */
static int
signal_stopped(struct proc *p, struct lwp *lp, int sig, int prop)
{
	if (sig == SIGKILL) {
		p->p_xstat = 0;		/* for p_stopper */
		proc_unstop(p, SSTOP);
		return (0);
	}
	if ((p->p_flags & P_TRACED) || !(prop & SA_CONT)) {
		if (prop & SA_STOP)
			return ((p->p_flags & P_TRACED) == 0);
		/* Kept until it is continued. */
		SIGADDSET(*(lp != NULL ? &lp->lwp_siglist : &p->p_siglist), sig);
		if (lp == NULL)
			lp = find_lwp_for_signal(p, sig);
		if (lp != NULL)
			atomic_set_int(&lp->lwp_mpflags, LWP_MP_SIGNAL);
		return (1);
	}
	p->p_flags = (p->p_flags & ~P_WAITED) | P_CONTINUED;
	proc_unstop(p, SSTOP);
	proc_notify_parent(p);
	return (!SIGISMEMBER(p->p_sigcatch, sig));
}

/* Process p's lock is held; decide on sig and post it. */
static void
signal_locked(struct proc *p, struct lwp *lp, int sig)
{
	int catched, prop = sigprop(sig), traced = p->p_flags & P_TRACED;

	catched = SIGISMEMBER(p->p_sigcatch, sig) != 0;
	if (prop & SA_CONT) {
		u_int stops = _SIG_BIT(SIGSTOP) | _SIG_BIT(SIGTSTP) |
		    _SIG_BIT(SIGTTIN) | _SIG_BIT(SIGTTOU);

		sig_discard_set(p, &stops);
	} else if (prop & SA_STOP) {
		/* An orphaned group would never be continued. */
		if ((prop & SA_TTYSTOP) && !catched && !traced &&
		    pgrp_is_orphaned(p->p_pgrp))
			return;
		sig_discard(p, SIGCONT);
		p->p_flags &= ~P_CONTINUED;
	}
	if (sig <= 64) {
		struct proc *sender = curproc;

		p->p_sender[sig - 1].pid = sender ? sender->p_pid : 0;
		p->p_sender[sig - 1].uid =
		    (sender && sender->p_ucred) ? sender->p_ucred->cr_ruid : 0;
	}
	if (p->p_stat == SSTOP && signal_stopped(p, lp, sig, prop))
		return;
	if (!traced && SIGISMEMBER(p->p_sigignore, sig))
		return;
	if ((prop & SA_STOP) && !catched && !traced &&
	    (p->p_flags & P_PPWAIT) == 0 && lp == NULL &&
	    (sig == SIGSTOP || find_lwp_for_signal(p, sig) != NULL)) {
		p->p_xstat = sig;
		proc_stop(p, SSTOP);
		return;
	}

	SIGADDSET(*(lp != NULL ? &lp->lwp_siglist : &p->p_siglist), sig);
	if (lp == NULL)
		lp = find_lwp_for_signal(p, sig);
	if (lp == NULL)
		return;
	/* Dying has no time for niceness. */
	if (sig == SIGKILL && p->p_nice > 0) {
		p->p_nice = 0;
		p->p_usched->resetpriority(lp);
	}
	if (!SIGISMEMBER(lp->lwp_sigmask, sig) || traced)
		lwp_attention(lp, LWP_MP_SIGNAL);
	wakeup(&p->p_siglist);		/* sigtimedwait */
}

void
lwpsignal(struct proc *p, struct lwp *lp, int sig)
{
	KASSERT(_SIG_VALID(sig), ("lwpsignal: signal %d", sig));
	PHOLD(p);
	lwkt_gettoken(&p->p_token);
	if (p->p_stat != SZOMB && p->p_stat != SIDL &&
	    (p->p_flags & P_SYSTEM) == 0) {
		if (lp == NULL)
			KNOTE(&p->p_klist, NOTE_SIGNAL | sig);
		signal_locked(p, lp, sig);
	}
	lwkt_reltoken(&p->p_token);
	PRELE(p);
}

void
ksignal(struct proc *p, int sig)
{
	lwpsignal(p, NULL, sig);
}

void
pgsignal(struct pgrp *pgrp, int sig, int checkctty)
{
	struct proc *p;

	if (pgrp == NULL)
		return;
	pgref(pgrp);
	lockmgr(&pgrp->pg_lock, LK_EXCLUSIVE);
	LIST_FOREACH(p, &pgrp->pg_members, p_pglist) {
		if (checkctty == 0 || (p->p_flags & P_CONTROLT))
			ksignal(p, sig);
	}
	lockmgr(&pgrp->pg_lock, LK_RELEASE);
	pgrel(pgrp);
}

void
gsignal(pid_t pgid, int sig)
{
	struct pgrp *pgrp;

	if (pgid != 0 && (pgrp = pgfind(pgid)) != NULL) {
		pgsignal(pgrp, sig, 0);
		pgrel(pgrp);
	}
}

/*
 * The process is traced: stop with the signal, and go on with what the
 * tracer made of it (p_xstat), 0 for nothing.  Threads report one at a time:
 * p_xstat is the word from and to the tracer of one of them.
 */
static int
trace_signal(struct lwp *lp, int sig)
{
	struct proc *p = lp->lwp_proc;

	for (;;) {
		if (p->p_stat == SSTOP || p->p_stat == SCORE)
			tstop(lp);
		if (lp->lwp_mpflags & LWP_MP_WEXIT)
			return (0);
		if ((p->p_flags & P_TRACED) == 0)
			return (sig);
		if (p->p_stopper == NULL)
			break;
		tsleep(&p->p_stopper, 0, "trcwait", 0);
	}
	p->p_stopper = lp;
	p->p_xstat = sig;
	proc_stop(p, SSTOP);
	tstop(lp);
	sig = p->p_xstat;
	p->p_stopper = NULL;
	wakeup(&p->p_stopper);
	if (!_SIG_VALID(sig) || (lp->lwp_mpflags & LWP_MP_WEXIT))
		return (0);
	if (SIGISMEMBER(lp->lwp_sigmask, sig)) {
		SIGADDSET(lp->lwp_siglist, sig);
		return (0);
	}
	return (sig);
}

/*
 * A fault of the current thread.  A tracer hears of it first, blocked or not,
 * and may have it forgotten.  Caught and not blocked: the frame is built
 * now.  Otherwise it would only fault again, so it is the default action
 * that is taken.
 */
void
trapsignal(struct lwp *lp, int sig, u_long code)
{
	struct proc *p = lp->lwp_proc;

	lwkt_gettoken(&p->p_token);
	lp->lwp_sig = sig;
	lp->lwp_code = code;
	if (sig <= 64) {
		p->p_sender[sig - 1].pid = p->p_pid;
		p->p_sender[sig - 1].uid = p->p_ucred->cr_ruid;
	}
	if ((p->p_flags & (P_TRACED | P_PPWAIT)) == P_TRACED) {
		sig = trace_signal(lp, sig);
		if (sig == 0) {
			lwkt_reltoken(&p->p_token);
			return;
		}
	}
	if (SIGISMEMBER(p->p_sigcatch, sig) &&
	    !SIGISMEMBER(lp->lwp_sigmask, sig)) {
		lp->lwp_ru.ru_nsignals++;
		postsig(sig);
		lwkt_reltoken(&p->p_token);
		return;
	}
	if (sigprop(sig) & SA_KILL) {
		SIGDELSET(p->p_sigignore, sig);
		SIGDELSET(p->p_sigcatch, sig);
		SIGDELSET(lp->lwp_sigmask, sig);
		p->p_sigacts->ps_sigact[_SIG_IDX(sig)] = SIG_DFL;
		if (p->p_flags & P_TRACED)
			sigexit(lp, sig);	/* the tracer knows */
	}
	lwpsignal(p, lp, sig);
	lwkt_reltoken(&p->p_token);
}

int
issignal(struct lwp *lp)
{
	struct proc *p = lp->lwp_proc;
	sig_t action;
	sigset_t set;
	int prop, sig;

	ASSERT_LWKT_TOKEN_HELD(&p->p_token);
	for (;;) {
		if (p->p_stat == SSTOP || p->p_stat == SCORE)
			tstop(lp);
		if (lp->lwp_mpflags & LWP_MP_WEXIT)
			return (0);
		set = lwp_sigpend(lp);
		if (p->p_flags & P_PPWAIT)
			SIG_STOPSIGMASK(set);
		/* Dying comes first: anything else may stop us again. */
		sig = SIGISMEMBER(set, SIGKILL) ? SIGKILL : sig_ffs(&set);
		if (sig == 0)
			return (0);
		if (SIGISMEMBER(lp->lwp_siglist, sig))
			SIGDELSET(lp->lwp_siglist, sig);
		else
			SIGDELSET(p->p_siglist, sig);
		if ((p->p_flags & (P_TRACED | P_PPWAIT)) == P_TRACED &&
		    sig != SIGKILL) {
			sig = trace_signal(lp, sig);
			if (sig == 0)
				continue;
		}
		prop = sigprop(sig);
		action = p->p_sigacts->ps_sigact[_SIG_IDX(sig)];
		if (action == SIG_IGN)
			continue;
		if (action != SIG_DFL)
			return (sig);
		if (p->p_pid == 1 && sig != SIGKILL && (prop & SA_KILL) &&
		    lp->lwp_sig != sig)
			continue;	/* init dies of faults only */
		if (prop & SA_STOP) {
			if ((prop & SA_TTYSTOP) &&
			    pgrp_is_orphaned(p->p_pgrp))
				continue;
			p->p_xstat = sig;
			proc_stop(p, SSTOP);
			continue;
		}
		if (prop & (SA_IGNORE | SA_CKPT))
			continue;
		return (sig);
	}
}

void
postsig(int sig)
{
	struct lwp *lp = curthread->td_lwp;
	struct proc *p = lp->lwp_proc;
	struct sigacts *ps = p->p_sigacts;
	sigset_t returnmask;
	sig_t action;
	u_long code = 0;

	action = ps->ps_sigact[_SIG_IDX(sig)];
	if (action == SIG_DFL) {
		if (KTRPOINT(curthread, KTR_PSIG))
			ktrpsig(lp, sig, action, &lp->lwp_sigmask, code);
		sigexit(lp, sig);
		/* NOTREACHED */
	}
	if (lp->lwp_sig == sig) {
		code = lp->lwp_code;
		lp->lwp_sig = 0;
		lp->lwp_code = 0;
	}
	if (lp->lwp_flags & LWP_OLDMASK) {
		returnmask = lp->lwp_oldsigmask;
		lp->lwp_flags &= ~LWP_OLDMASK;
	} else {
		returnmask = lp->lwp_sigmask;
	}
	if (KTRPOINT(curthread, KTR_PSIG))
		ktrpsig(lp, sig, action, &returnmask, code);
	SIGSETOR(lp->lwp_sigmask, ps->ps_catchmask[_SIG_IDX(sig)]);
	if (!SIGISMEMBER(ps->ps_signodefer, sig))
		SIGADDSET(lp->lwp_sigmask, sig);
	if (SIGISMEMBER(ps->ps_sigreset, sig)) {
		SIGDELSET(p->p_sigcatch, sig);
		if (sig != SIGCONT && sig_default_ignored(sig))
			SIGADDSET(p->p_sigignore, sig);
		ps->ps_sigact[_SIG_IDX(sig)] = SIG_DFL;
	}
	lp->lwp_ru.ru_nsignals++;
	sendsig(action, sig, &returnmask, code);
}

void
sigexit(struct lwp *lp, int sig)
{
	struct proc *p = lp->lwp_proc;
	int status = sig;

	lwkt_gettoken(&p->p_token);
	if (sigprop(sig) & SA_CORE) {
		if (p->p_stat == SCORE) {
			/* Another thread is at it: exit, when it does. */
			tstop(lp);
		} else if ((p->p_flags & P_WEXIT) == 0) {
			proc_stopwait(p);
			if ((lp->lwp_mpflags & LWP_MP_WEXIT) == 0 &&
			    sig_coredump(lp, sig) == 0)
				status |= WCOREFLAG;
		}
		if (kern_logsigexit)
			log(LOG_INFO, "pid %d (%s), uid %d: exited on "
			    "signal %d%s\n", p->p_pid, p->p_comm,
			    p->p_ucred != NULL ? (int)p->p_ucred->cr_uid : -1,
			    sig, (status & WCOREFLAG) ? " (core dumped)" :
			    "");
	}
	lwkt_reltoken(&p->p_token);
	exit1(W_EXITCODE(0, status));
}

void
killproc(struct proc *p, char *why)
{
	log(LOG_ERR, "pid %d (%s), uid %d, was killed: %s\n", p->p_pid,
	    p->p_comm, p->p_ucred ? (int)p->p_ucred->cr_uid : -1, why);
	ksignal(p, SIGKILL);
}

int
sigisignored(struct lwp *lp, int sig)
{
	return (SIGISMEMBER(lp->lwp_proc->p_sigignore, sig) ||
	    SIGISMEMBER(lp->lwp_sigmask, sig));
}
