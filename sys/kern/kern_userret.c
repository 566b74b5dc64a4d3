/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The way back to user mode, when something asks for attention: signals,
 * stops, exit, new credentials, timers, the schedulers.  The platform calls
 * userret_ast() with interrupts enabled and no locks held, and again as long
 * as flags are set.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/globaldata.h>
#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/signalvar.h>
#include <sys/spinlock2.h>
#include <sys/ucred.h>
#include <sys/usched.h>
#include <sys/thread2.h>

#include <machine/cpu.h>
#include <machine/frame.h>

/* Signals the clock interrupt could not post itself. */
static void
userret_timers(struct proc *p)
{
	lwkt_gettoken(&p->p_token);
	if (p->p_flags & P_SIGVTALRM) {
		p->p_flags &= ~P_SIGVTALRM;
		ksignal(p, SIGVTALRM);
	}
	if (p->p_flags & P_SIGPROF) {
		p->p_flags &= ~P_SIGPROF;
		ksignal(p, SIGPROF);
	}
	if (p->p_flags & P_XCPU) {
		p->p_flags &= ~P_XCPU;
		ksignal(p, SIGXCPU);
	}
	lwkt_reltoken(&p->p_token);
}

static void
userret_signals(struct lwp *lp)
{
	struct proc *p = lp->lwp_proc;
	int sig;

	atomic_clear_int(&lp->lwp_mpflags, LWP_MP_SIGNAL);
	cpu_mfence();
	if (curthread->td_ucred != p->p_ucred) {
		struct ucred *ocr = curthread->td_ucred;

		spin_lock(&p->p_spin);
		curthread->td_ucred = crhold(p->p_ucred);
		spin_unlock(&p->p_spin);
		crfree(ocr);
	}
	if (p->p_stat != SSTOP && p->p_stat != SCORE &&
	    SIGISEMPTY(p->p_siglist) &&
	    SIGISEMPTY(lp->lwp_siglist) && !(lp->lwp_flags & LWP_OLDMASK))
		return;

	lwkt_gettoken(&p->p_token);
	while ((sig = issignal(lp)) != 0)
		postsig(sig);
	lwkt_reltoken(&p->p_token);

	/* No handler was called: the mask before sigsuspend() and so on. */
	if (lp->lwp_flags & LWP_OLDMASK) {
		lp->lwp_flags &= ~LWP_OLDMASK;
		lp->lwp_sigmask = lp->lwp_oldsigmask;
		lwp_signotify(lp);
	}
}

void
userret_ast(struct lwp *lp, struct trapframe *frame)
{
	struct proc *p = lp->lwp_proc;

	if (mycpu->gd_reqflags & (RQF_AST_SIGNAL | RQF_AST_OWEUPC |
	    RQF_AST_UPCALL))
		atomic_clear_int(&mycpu->gd_reqflags, RQF_AST_SIGNAL |
		    RQF_AST_OWEUPC | RQF_AST_UPCALL);
	if (__predict_false(lp->lwp_profticks != 0))
		profil_charge(lp, frame->tf_rip);
	if (lp->lwp_mpflags & LWP_MP_WEXIT) {
		lwkt_gettoken(&p->p_token);
		lwp_exit(0, NULL);
	}
	if (p->p_flags & (P_SIGVTALRM | P_SIGPROF | P_XCPU))
		userret_timers(p);
	if (lp->lwp_mpflags & LWP_MP_SIGNAL)
		userret_signals(lp);
	if (lp->lwp_mpflags & LWP_MP_VNLRU)
		atomic_clear_int(&lp->lwp_mpflags, LWP_MP_VNLRU);
	if (any_resched_wanted() || (lp->lwp_mpflags & LWP_MP_RESCHED))
		p->p_usched->acquire_curproc(lp);
}

/*
 * The current thread has used usec of CPU time, in interrupt context: count
 * ITIMER_VIRTUAL and ITIMER_PROF down.  The signal follows at user return.
 */
void
lwp_itimer_tick(struct lwp *lp, int usermode, int usec)
{
	struct proc *p = lp->lwp_proc;

	if (usermode && timevalisset(&p->p_timer[ITIMER_VIRTUAL].it_value) &&
	    itimerdecr(&p->p_timer[ITIMER_VIRTUAL], usec) == 0) {
		atomic_set_int(&p->p_flags, P_SIGVTALRM);
		need_proftick();
	}
	if (timevalisset(&p->p_timer[ITIMER_PROF].it_value) &&
	    itimerdecr(&p->p_timer[ITIMER_PROF], usec) == 0) {
		atomic_set_int(&p->p_flags, P_SIGPROF);
		need_proftick();
	}
}
