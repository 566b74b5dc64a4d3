/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The end of processes and threads.
 *
 * A process that exits first gets rid of its other threads, then gives up
 * everything but its accounting, becomes a zombie, and tells its parent.  Its
 * last thread stays with the zombie until wait(2) frees both (kern_wait.c).
 * Threads that end earlier are freed by the lwp reaper thread.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/acct.h>
#include <sys/aio.h>
#include <sys/event.h>
#include <sys/filedesc.h>
#include <sys/kthread.h>
#include <sys/ktrace.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/namecache.h>

#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/sem.h>
#include <sys/signalvar.h>
#include <sys/spinlock2.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/tty.h>
#include <sys/unistd.h>
#include <sys/vnode.h>
#include <sys/wait.h>
#include <sys/thread2.h>

#include <machine/cpu.h>

#include <vm/vm.h>
#include <vm/vm_map.h>
#include <vm/vm_extern.h>

static TAILQ_HEAD(, lwp) deadlwp_list = TAILQ_HEAD_INITIALIZER(deadlwp_list);
static struct spinlock deadlwp_spin =
    SPINLOCK_INITIALIZER(deadlwp_spin, "deadlwp");
static struct thread *lwp_reaper_td;

int
sys_exit(struct sysmsg *sysmsg, const struct exit_args *uap)
{
	exit1(W_EXITCODE(uap->rval & 0xff, 0));
	/* NOTREACHED */
}

int
sys_extexit(struct sysmsg *sysmsg, const struct extexit_args *uap)
{
	struct proc *p = curproc;
	int action = EXTEXIT_ACTION(uap->how);
	int who = EXTEXIT_WHO(uap->how);
	int error;

	if (action != EXTEXIT_SIMPLE && action != EXTEXIT_SETINT)
		return (EINVAL);
	if (who != EXTEXIT_PROC && who != EXTEXIT_LWP)
		return (EINVAL);
	if (action == EXTEXIT_SETINT) {
		int32_t value = uap->status;

		error = copyout(&value, uap->addr, sizeof(value));
		if (error)
			return (error);
	}
	if (who == EXTEXIT_LWP) {
		lwkt_gettoken(&p->p_token);
		if (p->p_nthreads - aio_nthreads(p) > 1)
			lwp_exit(0, NULL);	/* token goes with us */
		lwkt_reltoken(&p->p_token);
	}
	exit1(W_EXITCODE(uap->status & 0xff, 0));
	/* NOTREACHED */
}

/*
 * Have every other thread of the current process exit, and wait for that.
 * EALREADY if another thread is doing the same (exec only: an exit simply
 * joins the exiting ones).
 */
int
killalllwps(int forexec)
{
	struct lwp *lp = curthread->td_lwp, *tlp;
	struct proc *p = lp->lwp_proc;

	lwkt_gettoken(&p->p_token);
	if (p->p_flags & P_WEXIT) {
		if (forexec) {
			lwkt_reltoken(&p->p_token);
			return (EALREADY);
		}
		lwp_exit(0, NULL);
	}
	p->p_flags |= P_WEXIT;
	FOREACH_LWP_IN_PROC(tlp, p) {
		if (tlp == lp)
			continue;
		lwp_attention(tlp, LWP_MP_WEXIT);
		/* Not interruptibly asleep, but surely waiting for a user. */
		if (tlp->lwp_thread->td_wdomain == PDOMAIN_UMTX)
			tsleep_wakeup(tlp->lwp_thread);
	}
	if (p->p_stat == SSTOP || p->p_stat == SCORE)
		proc_unstop(p, p->p_stat);
	wakeup(&p->p_nstopped);		/* proc_stopwait() */
	while (p->p_nthreads > 1) {
		tsleep_interlock(&p->p_nthreads, 0);
		if (p->p_nthreads > 1)
			tsleep(&p->p_nthreads, PINTERLOCKED, "killlwps", 0);
	}
	if (forexec)
		p->p_flags &= ~P_WEXIT;
	lwkt_reltoken(&p->p_token);
	return (0);
}

/* A session leader exits: its terminal is taken from the session. */
static void
exit_session_leader(struct proc *p)
{
	struct session *sp = p->p_session;
	struct vnode *vp;
	struct tty *tp;

	lwkt_gettoken(&tty_token);
	tp = sp->s_ttyp;
	vp = sp->s_ttyvp;
	sp->s_ttyvp = NULL;
	if (vp != NULL) {
		if (tp != NULL && tp->t_session == sp) {
			if (tp->t_pgrp != NULL)
				pgsignal(tp->t_pgrp, SIGHUP, 1);
			if (!tp->t_keepsout)
				ttywait(tp);
		}
		ttyclosesession(sp, 0);
		lwkt_reltoken(&tty_token);
		vrevoke(vp, p->p_ucred);
		vrele(vp);
		lwkt_gettoken(&tty_token);
	}
	sp->s_leader = NULL;
	lwkt_reltoken(&tty_token);
}

/* Give child, whose token is held, the parent np. */
void
proc_reparent(struct proc *child, struct proc *np)
{
	struct proc *op = child->p_pptr;

	ASSERT_LWKT_TOKEN_HELD(&child->p_token);
	if (op == np)
		return;
	PHOLD(op);
	lwkt_gettoken(&op->p_token);
	lwkt_gettoken(&np->p_token);
	LIST_REMOVE(child, p_sibling);
	LIST_INSERT_HEAD(&np->p_children, child, p_sibling);
	child->p_pptr = np;
	atomic_add_int(&np->p_waitgen, 1);
	lwkt_reltoken(&np->p_token);
	lwkt_reltoken(&op->p_token);
	wakeup(np);
	if (LIST_EMPTY(&op->p_children)) {
		atomic_add_int(&op->p_waitgen, 1);
		wakeup(op);
	}
	PRELE(op);
}

/* The children of an exiting process go to its reaper. */
static void
exit_reparent_children(struct proc *p)
{
	struct proc *q, *reproc;

	if (LIST_EMPTY(&p->p_children))
		return;
	reproc = reaper_get(p->p_reaper);
	while ((q = LIST_FIRST(&p->p_children)) != NULL) {
		PHOLD(q);
		lwkt_gettoken(&q->p_token);
		if (q->p_pptr == p) {
			proc_reparent(q, reproc);
			q->p_sigparent = SIGCHLD;
			if (q->p_flags & P_TRACED) {
				/* Traced by p: it would wait for ever. */
				q->p_flags &= ~P_TRACED;
				ksignal(q, SIGKILL);
			}
		}
		lwkt_reltoken(&q->p_token);
		PRELE(q);
	}
	PRELE(reproc);
}

/* Peers of rfork(RFTHREAD) die with their leader, and leave it otherwise. */
static void
exit_peers(struct proc *p)
{
	struct proc *leader = p->p_leader, *q;

	lwkt_gettoken(&leader->p_token);
	if (leader == p) {
		for (q = p->p_peers; q != NULL; q = q->p_peers)
			ksignal(q, SIGKILL);
		while (p->p_peers != NULL)
			tsleep(p, 0, "exitpeers", 0);
	} else {
		for (q = leader; q->p_peers != NULL; q = q->p_peers) {
			if (q->p_peers == p) {
				q->p_peers = p->p_peers;
				break;
			}
		}
		wakeup(leader);
	}
	lwkt_reltoken(&leader->p_token);
}

/* Tell the parent, or whoever is to be it now. */
static void
exit_notify_parent(struct proc *p)
{
	struct proc *q, *reproc;

	q = p->p_pptr;
	PHOLD(q);
	lwkt_gettoken(&q->p_token);
	while (q != p->p_pptr) {
		lwkt_reltoken(&q->p_token);
		PRELE(q);
		q = p->p_pptr;
		PHOLD(q);
		lwkt_gettoken(&q->p_token);
	}
	if ((q->p_sigacts->ps_flag & (PS_NOCLDWAIT | PS_CLDSIGIGN)) &&
	    q->p_pid != 1) {
		reproc = reaper_get(q->p_reaper);
		if (reproc != q)
			proc_reparent(p, reproc);
		lwkt_reltoken(&q->p_token);
		PRELE(q);
		q = reproc;
		lwkt_gettoken(&q->p_token);
	}
	proc_makezombie(p);
	if (p->p_sigparent != 0 && q->p_pid != 0)
		ksignal(q, q->p_pid == 1 ? SIGCHLD : p->p_sigparent);
	atomic_add_int(&q->p_waitgen, 1);
	wakeup(q);
	lwkt_reltoken(&q->p_token);
	PRELE(q);
}

void
exit1(int rv)
{
	struct lwp *lp = curthread->td_lwp;
	struct proc *p = lp->lwp_proc;

	if (p->p_pid == 1) {
		panic("init died (signal %d, exit %d)", WTERMSIG(rv),
		    WEXITSTATUS(rv));
	}
	killalllwps(0);
	lwkt_gettoken(&p->p_token);
	p->p_xstat = rv;
	SIGEMPTYSET(p->p_siglist);
	SIGEMPTYSET(lp->lwp_siglist);
	if (p->p_leader != p || p->p_peers != NULL)
		exit_peers(p);
	callout_cancel(&p->p_ithandle);
	timevalclear(&p->p_realtimer.it_value);
	funsetownlst(&p->p_sigiolst);
	ktrexit(p);
	acct_process(p);
	semexit(p);
	aio_proc_rundown(p);

	/* Close files while there is still an address space and a session. */
	fdfree(p, NULL);
	if (p->p_session->s_leader == p)
		exit_session_leader(p);
	fixjobc(p, p->p_pgrp, 0);
	proc_userunmap(p);
	lwp_userunmap(lp);
	/* What a vfork borrowed is its parent's. */
	if ((p->p_flags & P_PPWAIT) == 0)
		calcru_memory(p, &p->p_ru);
	vmspace_relexit(p->p_vmspace);
	proc_vfork_done(p);
	if (p->p_textvp != NULL) {
		vn_text_rele(p->p_textvp);
		p->p_textvp = NULL;
	}
	if (p->p_textnch.ncp != NULL)
		cache_drop(&p->p_textnch);
	varsymset_clean(&p->p_varsymset);
	if (p->p_args != NULL &&
	    atomic_fetchadd_int(&p->p_args->ar_ref, -1) == 1)
		kfree(p->p_args, M_PARGS);
	p->p_args = NULL;

	reaper_exit(p);
	exit_reparent_children(p);
	calcru_proc(p, &p->p_ru);
	knote_proc_exit(p, rv);
	exit_notify_parent(p);
	lwp_exit(1, NULL);
}

/*
 * End the current thread.  masterexit: it is the last one of an exiting
 * process, whose zombie keeps it.  waddr: to be woken.  Whatever tokens the
 * caller holds go.
 */
void
lwp_exit(int masterexit, void *waddr)
{
	struct thread *td = curthread;
	struct lwp *lp = td->td_lwp;
	struct proc *p = lp->lwp_proc;
	struct ucred *cr;

	atomic_set_int(&lp->lwp_mpflags, LWP_MP_WEXIT);
	if (lp->lwp_kqueue.kq_fdp != NULL)
		kqueue_terminate(&lp->lwp_kqueue);
	if (!masterexit) {
		lwp_userunmap(lp);
		lwkt_gettoken(&p->p_token);
		calcru(lp, &lp->lwp_ru.ru_utime, &lp->lwp_ru.ru_stime);
		ruadd(&p->p_ru, &lp->lwp_ru);
	}
	cr = td->td_ucred;
	td->td_ucred = NULL;
	crfree(cr);
	p->p_usched->heuristic_exiting(lp, p);
	p->p_usched->release_curproc(lp);
	td->td_release = NULL;
	lwkt_setpri_self(TDPRI_KERN_USER);
	if (!masterexit) {
		if (lp->lwp_mpflags & LWP_MP_WSTOP) {
			atomic_clear_int(&lp->lwp_mpflags, LWP_MP_WSTOP);
			p->p_nstopped--;
		}
		RB_REMOVE(lwp_rb_tree, &p->p_lwp_tree, lp);
		p->p_nthreads--;
		PHOLD(p);
		wakeup(&p->p_nthreads);
		if (p->p_stat == SCORE)
			wakeup(&p->p_nstopped);
		else if (p->p_stat == SSTOP && p->p_nstopped == p->p_nthreads)
			proc_notify_parent(p);	/* the others are stopped */
		if (waddr != NULL)
			wakeup(waddr);
		while (TD_TOKS_HELD(td))
			lwkt_reltoken(td->td_toks_stop[-1].tr_tok);
		PRELE(p);
		spin_lock(&deadlwp_spin);
		TAILQ_INSERT_TAIL(&deadlwp_list, lp, lwp_reap_entry);
		spin_unlock(&deadlwp_spin);
		wakeup(&deadlwp_list);
		cpu_lwp_exit();
	}
	while (TD_TOKS_HELD(td))
		lwkt_reltoken(td->td_toks_stop[-1].tr_tok);
	cpu_proc_exit();
}

/* Free a thread that does not run (any more). */
void
lwp_dispose(struct lwp *lp)
{
	struct thread *td = lp->lwp_thread;
	u_int o;

	for (;;) {
		o = lp->lwp_lock;
		if ((o & PLOCK_MASK) == 0)
			break;
		tsleep_interlock(&lp->lwp_lock, 0);
		if (atomic_cmpset_int(&lp->lwp_lock, o,
		    o | PLOCK_WAITING))
			tsleep(&lp->lwp_lock, PINTERLOCKED, "lwphold", hz);
	}
	if (td->td_ucred != NULL)
		crfree(td->td_ucred);
	td->td_ucred = NULL;
	td->td_lwp = NULL;
	td->td_proc = NULL;
	lwkt_free_thread(td);
	lwkt_token_uninit(&lp->lwp_token);
	kfree(lp, M_LWP);
}

void
lwp_reap(struct lwp *lp)
{
	lwkt_wait_free(lp->lwp_thread);
	lwp_dispose(lp);
}

static void
lwp_reaper_loop(void)
{
	struct lwp *lp;

	for (;;) {
		tsleep_interlock(&deadlwp_list, 0);
		spin_lock(&deadlwp_spin);
		lp = TAILQ_FIRST(&deadlwp_list);
		if (lp != NULL)
			TAILQ_REMOVE(&deadlwp_list, lp, lwp_reap_entry);
		spin_unlock(&deadlwp_spin);
		if (lp != NULL)
			lwp_reap(lp);
		else
			tsleep(&deadlwp_list, PINTERLOCKED, "lwpreap", 0);
	}
}

static struct kproc_desc lwp_reaper_desc = {
	"lwpreap", lwp_reaper_loop, &lwp_reaper_td
};
SYSINIT(lwpreap, SI_SUB_HELPER_THREADS, SI_ORDER_ANY, kproc_start,
    &lwp_reaper_desc);
