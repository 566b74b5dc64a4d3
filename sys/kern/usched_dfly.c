/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The user scheduler: which user thread owns a CPU.
 *
 * At most one user thread "owns" a CPU (gd_uschedcp): it may be in user mode
 * there.  It keeps ownership through system calls that do not block.  When it
 * blocks, lwkt_passive_release() hands the CPU to the best queued thread; the
 * blocked thread, once woken, runs in the kernel right away and only asks for
 * a CPU on its way back to user mode (acquire_curproc).  If there is none to
 * be had it queues itself on the CPU that suits it best and is scheduled by
 * whoever makes it an owner.
 *
 * A CPU is always given away by itself: others put work into its queue and
 * wake its helper thread (when it has no owner) or ask the owner to look
 * (need_user_resched).  A CPU that runs out of threads takes one from the
 * longest queue, the nearest of several.  At the end of a slice the owner
 * makes way for whoever is further behind, and fetches from CPUs that are
 * more crowded.  The queues are in usched_dfly_queue.c.
 */
#include "usched_dfly.h"
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/globaldata.h>
#include <sys/malloc.h>
#include <sys/resource.h>
#include <sys/sbuf.h>
#include <sys/spinlock2.h>
#include <sys/sysctl.h>
#include <sys/systimer.h>
#include <sys/usched.h>
#include <sys/thread2.h>

#include <machine/cpu.h>
#include <machine/smp.h>

/* lwp_priority, for ps(1) and top(1): lower is better. */
#define PRI_REAL	0		/* + 4 * rtprio */
#define PRI_NORMAL	128		/* + nice (0-40) + CPU use (0-86) */
#define PRI_IDLE	256		/* + 4 * rtprio */
#define PRI_PPQ		4

#define EST_MAX		(1 << 16)	/* lwp_estcpu of a CPU hog */
#define EST_PRI		86
#define EST_SHIFT	4		/* weight of a clock tick */
#define AGE_TICKS	8		/* clock ticks between agings */

struct dfly_pcpu *dfly_pcpus[MAXCPU];
volatile u_int dfly_queued;
uint64_t dfly_slice = 20000000;
uint64_t dfly_grain = 2000000;

SYSCTL_NODE(_kern, OID_AUTO, usched_dfly, CTLFLAG_RW, 0, "User scheduler");
SYSCTL_ULONG(_kern_usched_dfly, OID_AUTO, slice, CTLFLAG_RW, &dfly_slice, 0,
    "Nanoseconds a thread runs while others wait");
SYSCTL_ULONG(_kern_usched_dfly, OID_AUTO, grain, CTLFLAG_RW, &dfly_grain, 0,
    "Nanoseconds a waking thread must be behind to run at once");

/* Priority by class, nice value and recent use of the CPU. */
static u_short
dfly_priority(struct lwp *lp)
{
	int nice = lp->lwp_proc->p_nice, pri;

	switch (lp->lwp_rtprio.type & ~RTP_PRIO_FIFO_BIT) {
	case RTP_PRIO_REALTIME:
		return (PRI_REAL + (lp->lwp_rtprio.prio & 31) * PRI_PPQ);
	case RTP_PRIO_IDLE:
		return (PRI_IDLE + (lp->lwp_rtprio.prio & 31) * PRI_PPQ);
	default:
		pri = (nice - PRIO_MIN) + lp->lwp_estcpu / (EST_MAX / EST_PRI);
		return (PRI_NORMAL + MIN(MAX(pri, 0), 127));
	}
}

static int
dfly_tdpri(struct lwp *lp)
{
	if (lp->lwp_priority < PRI_NORMAL)
		return (TDPRI_USER_REAL);
	if (lp->lwp_priority < PRI_IDLE)
		return (TDPRI_USER_NORM);
	return (TDPRI_USER_IDLE);
}

/* CPU use of the past counts less the longer it is ago. */
static void
dfly_decay(struct lwp *lp)
{
	int n, est = lp->lwp_estcpu;

	n = (int)(sched_ticks - lp->lwp_usdata.dfly.cpbase) / AGE_TICKS;
	if (n <= 0)
		return;
	lp->lwp_usdata.dfly.cpbase += n * AGE_TICKS;
	if (n > 64)
		est = 0;
	while (n-- > 0 && est > 0)
		est -= (est >> 3) + 1;
	lp->lwp_estcpu = MAX(est, 0);
}

static void
dfly_recalculate(struct lwp *lp)
{
	dfly_decay(lp);
	lp->lwp_priority = dfly_priority(lp);
}

/* Charge the owner of this CPU for the time since that was last done. */
static void
dfly_charge_owner(struct dfly_pcpu *dd, struct lwp *lp)
{
	sysclock_t now = sys_cputimer->count();
	ssysclock_t ran = now - dd->stamp;

	/* An interrupt may have been here between the two. */
	if (ran > 0)
		dfly_charge(dd, lp, mulshr32_u64(ran,
		    sys_cputimer->freq64_nsec));
	dd->stamp = now;
}

/* nice value or class changed: also of a queued thread. */
static void
dfly_resetpriority(struct lwp *lp)
{
	struct dfly_pcpu *dd;

	crit_enter();
	for (;;) {
		dd = lp->lwp_qcpu != NULL ? MYPCPU(lp->lwp_qcpu) : NULL;
		if (dd == NULL) {
			lp->lwp_priority = dfly_priority(lp);
			break;
		}
		spin_lock(&dd->spin);
		if (lp->lwp_qcpu != dd->gd) {
			spin_unlock(&dd->spin);
			continue;
		}
		lp->lwp_priority = dfly_priority(lp);
		if (lp->lwp_mpflags & LWP_MP_ONRUNQ) {
			dfly_dequeue(dd, lp);
			dfly_enqueue(dd, lp, 0);
		}
		spin_unlock(&dd->spin);
		break;
	}
	crit_exit();
}

static void
dfly_own(globaldata_t gd, struct dfly_pcpu *dd, struct lwp *lp)
{
	gd->gd_uschedcp = lp;
	dd->stamp = sys_cputimer->count();
	lp->lwp_qcpu = gd;
	lp->lwp_slice = lp->lwp_ran;
	lp->lwp_woken = 0;
}

/* The owner lets go; with the lock others may look at it. */
static void
dfly_disown(globaldata_t gd, struct dfly_pcpu *dd, struct lwp *lp)
{
	dfly_charge_owner(dd, lp);
	spin_lock(&dd->spin);
	gd->gd_uschedcp = NULL;
	spin_unlock(&dd->spin);
}

/*
 * Queued threads belong to no CPU (lwkt_giveaway), so that any may take them.
 * This one takes td, waiting until it is off the CPU it was on.  No spinlock
 * may be held: IPI messages are processed meanwhile.
 */
static void
dfly_take(globaldata_t gd, struct thread *td)
{
	if (td == curthread) {
		/* About to leave the CPU, and chosen to stay. */
		td->td_flags &= ~TDF_MIGRATING;
		TAILQ_INSERT_TAIL(&gd->gd_tdallq, td, td_allq);
	} else {
		lwkt_acquire(td);
	}
}

/* Would dfly_take() have to wait? */
static int
dfly_take_waits(struct thread *td)
{
	return (td != curthread &&
	    (td->td_flags & (TDF_RUNNING | TDF_PREEMPT_LOCK)) != 0);
}

/*
 * The CPU has no owner: find one.  Without canwait what may take a while is
 * left to the helper thread.  Critical section.
 */
static void
dfly_select(globaldata_t gd, int canwait)
{
	struct dfly_pcpu *dd = MYPCPU(gd);
	struct lwp *lp = NULL;
	struct thread *td;

	/*
	 * Either we see what another CPU has queued, or it sees that there
	 * is no owner and wakes the helper.
	 */
	cpu_mfence();
	if (gd->gd_uschedcp != NULL || dfly_queued == 0)
		return;
	if (dd->count != 0) {
		spin_lock(&dd->spin);
		lp = dfly_pick(dd, dd->cpuid);
		if (lp != NULL && !canwait &&
		    dfly_take_waits(lp->lwp_thread)) {
			dfly_enqueue(dd, lp, 1);
			spin_unlock(&dd->spin);
			lwkt_schedule(dd->helper);
			return;
		}
		if (lp != NULL)
			dfly_own(gd, dd, lp);
		spin_unlock(&dd->spin);
	} else if (ncpus > 1) {
		if (!canwait) {
			lwkt_schedule(dd->helper);
			return;
		}
		lp = dfly_steal(dd);
		if (lp != NULL)
			dfly_own(gd, dd, lp);
	}
	if (lp == NULL)
		return;
	td = lp->lwp_thread;
	dfly_take(gd, td);
	/* It may block before it gets to user mode, and is owner already. */
	if (td != curthread)
		td->td_release = lwkt_passive_release;
	lwkt_setpri(td, TDPRI_KERN_USER);
	lwkt_schedule(td);
}

/* The owner of the CPU has company. */
static void
dfly_resched_remote(void *arg)
{
	need_user_resched();
}

static void
dfly_setrunqueue(struct lwp *lp)
{
	struct thread *td = lp->lwp_thread;
	struct dfly_pcpu *dd;
	struct lwp *owner;
	int better, placed;

	crit_enter();
	if ((td->td_flags & TDF_MIGRATING) == 0) {
		/* Only its CPU can give it away. */
		if (td->td_gd != mycpu) {
			lwkt_send_ipiq(td->td_gd, dfly_setrunqueue, lp);
			crit_exit();
			return;
		}
		lwkt_giveaway(td);
	}
	dfly_recalculate(lp);
again:
	dd = dfly_choose_queue(lp);
	placed = dd->gd != td->td_gd;
	dfly_move(MYPCPU(td->td_gd), dd, lp);
	spin_lock(&dd->spin);
	dfly_enqueue(dd, lp, 0);
	/* Its set of CPUs may have changed; changedcpu sees it from here on. */
	if (!CPUMASK_TESTBIT(lp->lwp_cpumask, dd->cpuid)) {
		dfly_dequeue(dd, lp);
		spin_unlock(&dd->spin);
		goto again;
	}
	/* Owners give their ownership up before their lwp goes away. */
	owner = dd->gd->gd_uschedcp;
	better = owner != NULL && dfly_before(lp, owner, dfly_grain);
	spin_unlock(&dd->spin);
	if (placed)
		MYPCPU(mycpu)->stats.placed++;
	if (owner == NULL) {
		/* The helper also fetches the thread, if need be. */
		lwkt_schedule(dd->helper);
	} else if (better) {
		if (dd->gd == mycpu)
			need_user_resched();
		else
			lwkt_send_ipiq(dd->gd, dfly_resched_remote, NULL);
	}
	crit_exit();
}

static void
dfly_release_curproc(struct lwp *lp)
{
	globaldata_t gd;

	crit_enter();
	gd = mycpu;
	if (gd->gd_uschedcp == lp) {
		dfly_disown(gd, MYPCPU(gd), lp);
		lp->lwp_woken = 1;
		dfly_select(gd, 0);
	}
	crit_exit();
}

void
lwkt_passive_release(struct thread *td)
{
	struct lwp *lp = td->td_lwp;

	td->td_release = NULL;
	lwkt_setpri_self(TDPRI_KERN_USER);
	atomic_set_int(&lp->lwp_mpflags, LWP_MP_RESCHED);
	lp->lwp_proc->p_usched->release_curproc(lp);
}

/* Leave the CPU to those queued, and wait for one. */
static void
dfly_requeue_self(struct lwp *lp)
{
	struct thread *td = lp->lwp_thread;

	td->td_release = NULL;
	lwkt_setpri_self(TDPRI_KERN_USER);
	lwkt_deschedule_self(td);
	dfly_setrunqueue(lp);
	dfly_select(mycpu, 0);
	lwkt_switch();
}

/*
 * The owner was asked to look about: should it make way?  Yes at the end of
 * its slice for those it has left behind, here or in a crowd elsewhere;
 * before that only for those far behind and better classes.
 */
static int
dfly_slice_over(struct dfly_pcpu *dd, struct lwp *lp)
{
	dfly_charge_owner(dd, lp);
	if (lp->lwp_ran - lp->lwp_slice < dfly_slice) {
		if (!dfly_better_queued(dd, lp, dfly_grain))
			return (0);
		dd->stats.preempts++;
		return (1);
	}
	if (dfly_class(lp) == RTP_PRIO_NORMAL)
		dfly_pull(dd);
	if (!dfly_better_queued(dd, lp, (lp->lwp_rtprio.type &
	    RTP_PRIO_FIFO_BIT) ? 1 : 0)) {
		lp->lwp_slice = lp->lwp_ran;
		return (0);
	}
	dd->stats.slices++;
	return (1);
}

static void
dfly_acquire_curproc(struct lwp *lp)
{
	struct thread *td = lp->lwp_thread;
	struct dfly_pcpu *dd;
	globaldata_t gd;

	crit_enter();
	dfly_recalculate(lp);
	for (;;) {
		atomic_clear_int(&lp->lwp_mpflags, LWP_MP_RESCHED);
		gd = mycpu;
		dd = MYPCPU(gd);
		if (lwkt_resched_wanted()) {
			/*
			 * Something of the kernel's wants to run first.
			 * That is no reason to lose ownership.
			 */
			td->td_release = NULL;
			clear_lwkt_resched();
			++lp->lwp_ru.ru_nivcsw;
			lwkt_switch();
			continue;
		}
		if (!CPUMASK_TESTBIT(lp->lwp_cpumask, gd->gd_cpuid)) {
			if (gd->gd_uschedcp == lp)
				dfly_disown(gd, dd, lp);
			dfly_requeue_self(lp);
			continue;
		}
		if (gd->gd_uschedcp == lp) {
			/* Ours; but a slice may be over. */
			if (!user_resched_wanted())
				break;
			clear_user_resched();
			if (!dfly_slice_over(dd, lp))
				break;
			++lp->lwp_ru.ru_nivcsw;
			dfly_disown(gd, dd, lp);
			dfly_requeue_self(lp);
			continue;
		}
		if (gd->gd_uschedcp == NULL) {
			dfly_move(dd, dd, lp);
			if (!dfly_better_queued(dd, lp, dfly_grain)) {
				spin_lock(&dd->spin);
				dfly_own(gd, dd, lp);
				spin_unlock(&dd->spin);
				break;
			}
		}
		dfly_requeue_self(lp);
	}
	td->td_release = lwkt_passive_release;
	lwkt_setpri_self(dfly_tdpri(lp));
	crit_exit();
}

/*
 * sched_yield(2): behind the first of those that wait for this CPU.  Others
 * of the kernel that want to run have a better priority and do not need to
 * be let.
 */
static void
dfly_yield(struct lwp *lp)
{
	struct dfly_pcpu *dd = MYPCPU(mycpu);
	uint64_t v;

	if (dd->count == 0)
		return;
	crit_enter();
	dd = MYPCPU(mycpu);
	if (mycpu->gd_uschedcp == lp) {
		v = dd->first_vtime;
		if (v != NO_VTIME && (int64_t)(v - lp->lwp_vtime) >= 0)
			lp->lwp_vtime = v + 1;
		lp->lwp_slice = lp->lwp_ran - dfly_slice;
		need_user_resched();
	}
	crit_exit();
}

/*
 * The owner has not blocked, so it runs with a user thread's priority even in
 * the kernel, and threads that have blocked and are busy there come first.
 * Lest they keep it off the CPU for good, it gets their priority now and
 * then, until it is next about to enter user mode.
 */
static void
dfly_boost_owner(globaldata_t gd, struct dfly_pcpu *dd, struct lwp *running)
{
	struct lwp *owner = gd->gd_uschedcp;
	struct thread *td;

	if (owner == NULL || owner == running) {
		dd->ownerwait = 0;
		return;
	}
	if (++dd->ownerwait < 2)
		return;
	dd->ownerwait = 0;
	td = owner->lwp_thread;
	if (td->td_gd == gd && (td->td_flags & TDF_RUNQ) &&
	    td->td_pri < TDPRI_KERN_USER) {
		lwkt_setpri(td, TDPRI_KERN_USER);
		atomic_set_int(&owner->lwp_mpflags, LWP_MP_RESCHED);
	}
}

/* Clock tick of the thread running, in interrupt context. */
static void
dfly_schedulerclock(struct lwp *lp, sysclock_t period, sysclock_t cpstamp)
{
	globaldata_t gd = mycpu;
	struct dfly_pcpu *dd = MYPCPU(gd);
	struct lwp *owner;

	if (dd == NULL)
		return;
	dfly_decay(lp);
	lp->lwp_estcpu += (EST_MAX - lp->lwp_estcpu) >> EST_SHIFT;
	dfly_boost_owner(gd, dd, lp);
	owner = gd->gd_uschedcp;
	if (owner == lp) {
		lp->lwp_priority = dfly_priority(lp);
		dfly_charge_owner(dd, lp);
	} else if ((lp->lwp_mpflags & LWP_MP_ONRUNQ) == 0) {
		/*
		 * Busy in the kernel, at the owner's expense.  (What is
		 * queued, and about to switch, has its place in the order.)
		 */
		dfly_charge(dd, lp, mulshr32_u64(period,
		    sys_cputimer->freq64_nsec));
		dd->stamp = sys_cputimer->count();
	}
	if (owner != NULL && dfly_queued != 0 &&
	    (owner->lwp_ran - owner->lwp_slice >= dfly_slice ||
	    (dd->count != 0 && dd->rtbits != 0)))
		need_user_resched();
}

/*
 * A child inherits its parent's record and begins half a slice behind it, so
 * that forking gains nothing.
 */
static void
dfly_heuristic_forking(struct lwp *parent, struct lwp *child)
{
	child->lwp_estcpu = parent->lwp_estcpu;
	child->lwp_usdata.dfly.cpbase = sched_ticks;
	child->lwp_priority = parent->lwp_priority;
	child->lwp_vtime = parent->lwp_vtime + dfly_slice / 2;
	child->lwp_woken = 1;
	child->lwp_qcpu = NULL;
}

static void
dfly_nop_exiting(struct lwp *lp, struct proc *p)
{
}

static void
dfly_nop(struct lwp *lp)
{
}

/* The set of CPUs changed: the next return to user mode looks. */
static void
dfly_changedcpu(struct lwp *lp)
{
	struct dfly_pcpu *dd;

	if (lp->lwp_qcpu != NULL) {
		dd = MYPCPU(lp->lwp_qcpu);
		spin_lock(&dd->spin);
		if ((lp->lwp_mpflags & LWP_MP_ONRUNQ) &&
		    lp->lwp_qcpu == dd->gd &&
		    !CPUMASK_TESTBIT(lp->lwp_cpumask, dd->cpuid)) {
			dfly_dequeue(dd, lp);
			spin_unlock(&dd->spin);
			dfly_setrunqueue(lp);
			return;
		}
		spin_unlock(&dd->spin);
	}
	lwp_attention(lp, LWP_MP_RESCHED);
}

static void
dfly_setcpumask(struct usched *us, cpumask_t mask)
{
	CPUMASK_ANDMASK(mask, smp_active_mask);
	usched_global_cpumask = mask;
}

struct usched usched_dfly = {
	.name = "dfly",
	.desc = "Per-CPU queues, fair by virtual time, with stealing",
	.acquire_curproc = dfly_acquire_curproc,
	.release_curproc = dfly_release_curproc,
	.setrunqueue = dfly_setrunqueue,
	.schedulerclock = dfly_schedulerclock,
	.recalculate = dfly_recalculate,
	.resetpriority = dfly_resetpriority,
	.heuristic_forking = dfly_heuristic_forking,
	.heuristic_exiting = dfly_nop_exiting,
	.uload_update = dfly_nop,
	.changedcpu = dfly_changedcpu,
	.setcpumask = dfly_setcpumask,
	.yield = dfly_yield,
};

/* Finds an owner for a CPU when somebody else brought work for it. */
static void
dfly_helper(void *arg)
{
	struct thread *td = curthread;

	lwkt_setpri_self(TDPRI_USER_SCHEDULER);
	crit_enter();
	for (;;) {
		lwkt_deschedule_self(td);
		dfly_select(mycpu, 1);
		lwkt_switch();
	}
}

static void
dfly_init(void *unused)
{
	struct dfly_pcpu *dd;
	int n;

	for (n = 0; n < ncpus; n++) {
		dd = kmalloc(sizeof(*dd), M_PROC,
		    M_WAITOK | M_ZERO | M_CACHEALIGN);
		dfly_queue_init(dd, n);
		dfly_pcpus[n] = dd;
	}
	for (n = 0; n < ncpus; n++) {
		dd = dfly_pcpus[n];
		dfly_queue_order(dd);
		dd->gd->gd_usched = dd;
		lwkt_create(dfly_helper, NULL, &dd->helper, NULL,
		    TDF_NOSTART, n, "usched %d", n);
		lwkt_setpri_initial(dd->helper, TDPRI_USER_SCHEDULER);
		dd->ready = 1;
		lwkt_schedule(dd->helper);
	}
	usched_global_cpumask = smp_active_mask;
}
SYSINIT(dfly_init, SI_BOOT2_USCHED, SI_ORDER_SECOND, dfly_init, NULL);

/* A line a CPU: what waits there now, what was done so far. */
static int
sysctl_usched_stats(SYSCTL_HANDLER_ARGS)
{
	struct sbuf *sb = sbuf_new_auto();
	struct dfly_pcpu *dd;
	int error, n;

	sbuf_cat(sb, "cpu queued slices preempts steals pulls placed");
	for (n = 0; n < ncpus; n++) {
		dd = dfly_pcpus[n];
		sbuf_printf(sb, "\n%d %d %lu %lu %lu %lu %lu", n, dd->count,
		    dd->stats.slices, dd->stats.preempts, dd->stats.steals,
		    dd->stats.pulls, dd->stats.placed);
	}
	sbuf_finish(sb);
	error = SYSCTL_OUT(req, sbuf_data(sb), sbuf_len(sb) + 1);
	sbuf_delete(sb);
	return (error);
}
SYSCTL_PROC(_kern_usched_dfly, OID_AUTO, stats, CTLTYPE_STRING | CTLFLAG_RD,
    NULL, 0, sysctl_usched_stats, "A", "Queues and movements of each CPU");
