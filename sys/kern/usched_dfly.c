/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The user scheduler: one run queue a CPU, priorities from class, nice value
 * and recent CPU use.
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
 * longest queue.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/globaldata.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/queue.h>
#include <sys/resource.h>
#include <sys/rtprio.h>
#include <sys/spinlock.h>
#include <sys/spinlock2.h>
#include <sys/sysctl.h>
#include <sys/usched.h>
#include <sys/thread2.h>

#include <machine/cpu.h>
#include <machine/smp.h>

/* Priorities, lower is better; four to a queue. */
#define PRI_REAL	0		/* + 4 * rtprio */
#define PRI_NORMAL	128		/* + nice (0-40) + CPU use (0-86) */
#define PRI_IDLE	256		/* + 4 * rtprio */
#define PRI_PPQ		4
#define NQS		96
#define NQWORDS		(NQS / 32)

#define EST_MAX		(1 << 16)	/* lwp_estcpu of a CPU hog */
#define EST_PRI		86
#define EST_SHIFT	4		/* weight of a clock tick */
#define AGE_TICKS	8		/* clock ticks between agings */

TAILQ_HEAD(rq, lwp);

/* (s) spin; (c) owning CPU. */
struct dfly_pcpu {
	struct spinlock	spin;
	struct rq	queues[NQS];	/* (s) */
	uint32_t	bits[NQWORDS];	/* (s) queues not empty */
	int		count;		/* (s) threads queued */
	int		cpuid;		/* (I) */
	u_short		upri;		/* (c) owner's priority */
	u_short		ready;		/* (I) helper runs */
	int		age;		/* (c) until aging */
	int		ownerwait;	/* (c) ticks the owner waited */
	struct thread	*helper;	/* (I) */
	struct globaldata *gd;		/* (I) */
} __cachealign;

static struct dfly_pcpu *dfly_pcpus[MAXCPU];
static volatile u_int dfly_queued;	/* (a) threads on all queues */
static int	dfly_rrinterval = 5;	/* clock ticks of a slice */

SYSCTL_NODE(_kern, OID_AUTO, usched_dfly, CTLFLAG_RW, 0, "User scheduler");
SYSCTL_INT(_kern_usched_dfly, OID_AUTO, rrinterval, CTLFLAG_RW,
    &dfly_rrinterval, 0, "Time slice, scheduler clock ticks");

#define MYPCPU(gd)	((struct dfly_pcpu *)(gd)->gd_usched)

static int
dfly_first(struct dfly_pcpu *dd)
{
	int i;

	for (i = 0; i < NQWORDS; i++) {
		if (dd->bits[i])
			return (i * 32 + ffs(dd->bits[i]) - 1);
	}
	return (NQS);
}

static void
dfly_enqueue(struct dfly_pcpu *dd, struct lwp *lp, int head)
{
	struct rq *q;

	KASSERT((lp->lwp_mpflags & LWP_MP_ONRUNQ) == 0,
	    ("dfly_enqueue: queued already"));
	lp->lwp_rqindex = lp->lwp_priority / PRI_PPQ;
	q = &dd->queues[lp->lwp_rqindex];
	if (head)
		TAILQ_INSERT_HEAD(q, lp, lwp_procq);
	else
		TAILQ_INSERT_TAIL(q, lp, lwp_procq);
	dd->bits[lp->lwp_rqindex / 32] |= 1U << (lp->lwp_rqindex % 32);
	dd->count++;
	lp->lwp_qcpu = dd->gd;
	atomic_set_int(&lp->lwp_mpflags, LWP_MP_ONRUNQ);
	atomic_add_int(&dfly_queued, 1);
}

static void
dfly_dequeue(struct dfly_pcpu *dd, struct lwp *lp)
{
	struct rq *q = &dd->queues[lp->lwp_rqindex];

	TAILQ_REMOVE(q, lp, lwp_procq);
	if (TAILQ_EMPTY(q))
		dd->bits[lp->lwp_rqindex / 32] &=
		    ~(1U << (lp->lwp_rqindex % 32));
	dd->count--;
	atomic_clear_int(&lp->lwp_mpflags, LWP_MP_ONRUNQ);
	atomic_add_int(&dfly_queued, -1);
}

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

/* nice value or class changed: also of a queued thread. */
static void
dfly_resetpriority(struct lwp *lp)
{
	struct dfly_pcpu *dd;
	u_short pri;

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
		pri = dfly_priority(lp);
		if (lp->lwp_mpflags & LWP_MP_ONRUNQ) {
			dfly_dequeue(dd, lp);
			lp->lwp_priority = pri;
			dfly_enqueue(dd, lp, 0);
		} else {
			lp->lwp_priority = pri;
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
	dd->upri = lp->lwp_priority;
	lp->lwp_qcpu = gd;
	lp->lwp_rrcount = 0;
}

/* Best queued thread that may run on CPU cpuid; dequeued.  dd is locked. */
static struct lwp *
dfly_pick(struct dfly_pcpu *dd, int cpuid)
{
	struct lwp *lp;
	int i;

	for (i = dfly_first(dd); i < NQS; i++) {
		TAILQ_FOREACH(lp, &dd->queues[i], lwp_procq) {
			if (CPUMASK_TESTBIT(lp->lwp_cpumask, cpuid)) {
				dfly_dequeue(dd, lp);
				return (lp);
			}
		}
	}
	return (NULL);
}

/* A thread from the longest of the other CPUs' queues. */
static struct lwp *
dfly_steal(struct dfly_pcpu *dd)
{
	struct dfly_pcpu *rdd, *best = NULL;
	struct lwp *lp;
	int n;

	for (n = 0; n < ncpus; n++) {
		rdd = dfly_pcpus[n];
		if (rdd == NULL || rdd == dd || rdd->count == 0)
			continue;
		if (best == NULL || rdd->count > best->count)
			best = rdd;
	}
	if (best == NULL || !spin_trylock(&best->spin))
		return (NULL);
	lp = dfly_pick(best, dd->cpuid);
	spin_unlock(&best->spin);
	return (lp);
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

/* Does anything queued here deserve the CPU more than the priority? */
static int
dfly_better_queued(struct dfly_pcpu *dd, int pri, int orsame)
{
	int first;

	if (dd->count == 0)
		return (0);
	first = dfly_first(dd);
	return (orsame ? first <= pri / PRI_PPQ : first < pri / PRI_PPQ);
}

/*
 * Where should lp queue?  Its last CPU if that is free, else any free one,
 * else the least busy one, its own if that is as good.
 */
static struct dfly_pcpu *
dfly_choose_queue(struct lwp *lp)
{
	struct dfly_pcpu *dd, *best = NULL;
	globaldata_t last = lp->lwp_thread->td_gd;
	int load, bestload = INT_MAX, n, cpu;

	for (n = 0; n < ncpus; n++) {
		cpu = (last->gd_cpuid + n) % ncpus;
		dd = dfly_pcpus[cpu];
		if (dd == NULL || !dd->ready ||
		    !CPUMASK_TESTBIT(lp->lwp_cpumask, cpu))
			continue;
		load = dd->count + (dd->gd->gd_uschedcp != NULL);
		if (load < bestload) {
			best = dd;
			bestload = load;
			if (load == 0)
				break;
		}
	}
	return (best != NULL ? best : MYPCPU(mycpu));
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
	int better;

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
	dd = dfly_choose_queue(lp);
	spin_lock(&dd->spin);
	dfly_enqueue(dd, lp, 0);
	owner = dd->gd->gd_uschedcp;
	better = owner != NULL &&
	    lp->lwp_priority / PRI_PPQ < dd->upri / PRI_PPQ;
	spin_unlock(&dd->spin);
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
		gd->gd_uschedcp = NULL;
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
			lwkt_switch();
			continue;
		}
		if (!CPUMASK_TESTBIT(lp->lwp_cpumask, gd->gd_cpuid)) {
			if (gd->gd_uschedcp == lp)
				gd->gd_uschedcp = NULL;
			dfly_requeue_self(lp);
			continue;
		}
		if (gd->gd_uschedcp == lp) {
			/* Ours; but a slice may be over. */
			if (!user_resched_wanted())
				break;
			clear_user_resched();
			if (!dfly_better_queued(dd, lp->lwp_priority,
			    lp->lwp_rrcount >= dfly_rrinterval))
				break;
			gd->gd_uschedcp = NULL;
			dfly_requeue_self(lp);
			continue;
		}
		if (gd->gd_uschedcp == NULL &&
		    !dfly_better_queued(dd, lp->lwp_priority, 0)) {
			spin_lock(&dd->spin);
			dfly_own(gd, dd, lp);
			spin_unlock(&dd->spin);
			break;
		}
		dfly_requeue_self(lp);
	}
	dd->upri = lp->lwp_priority;
	td->td_release = lwkt_passive_release;
	lwkt_setpri_self(dfly_tdpri(lp));
	crit_exit();
}

/* sched_yield(2): behind those of the same priority. */
static void
dfly_yield(struct lwp *lp)
{
	globaldata_t gd;

	crit_enter();
	gd = mycpu;
	if (gd->gd_uschedcp == lp && MYPCPU(gd)->count != 0) {
		lp->lwp_rrcount = dfly_rrinterval;
		need_user_resched();
	}
	crit_exit();
	lwkt_yield();
}

/*
 * Those that wait get better by waiting.  The queue they are in follows.
 */
static void
dfly_age(struct dfly_pcpu *dd)
{
	struct lwp *lp, *nlp;
	int i, pri;

	if (dd->count == 0 || !spin_trylock(&dd->spin))
		return;
	for (i = PRI_NORMAL / PRI_PPQ; i < PRI_IDLE / PRI_PPQ; i++) {
		for (lp = TAILQ_FIRST(&dd->queues[i]); lp != NULL; lp = nlp) {
			nlp = TAILQ_NEXT(lp, lwp_procq);
			dfly_decay(lp);
			pri = dfly_priority(lp);
			if (pri / PRI_PPQ == i) {
				lp->lwp_priority = pri;
				continue;
			}
			dfly_dequeue(dd, lp);
			lp->lwp_priority = pri;
			dfly_enqueue(dd, lp, 0);
		}
	}
	spin_unlock(&dd->spin);
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

	if (dd == NULL)
		return;
	dfly_decay(lp);
	lp->lwp_estcpu += (EST_MAX - lp->lwp_estcpu) >> EST_SHIFT;
	dfly_boost_owner(gd, dd, lp);
	if (gd->gd_uschedcp == lp) {
		lp->lwp_priority = dfly_priority(lp);
		dd->upri = lp->lwp_priority;
	}
	if (++dd->age >= AGE_TICKS) {
		dd->age = 0;
		dfly_age(dd);
	}
	if (gd->gd_uschedcp == NULL || dd->count == 0)
		return;
	if (++gd->gd_uschedcp->lwp_rrcount >= dfly_rrinterval ||
	    dfly_better_queued(dd, dd->upri, 0))
		need_user_resched();
}

/* A child inherits its parent's record, so that forking gains nothing. */
static void
dfly_heuristic_forking(struct lwp *parent, struct lwp *child)
{
	child->lwp_estcpu = parent->lwp_estcpu;
	child->lwp_usdata.dfly.cpbase = sched_ticks;
	child->lwp_priority = parent->lwp_priority;
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
	.desc = "Per-CPU queues by priority, with stealing",
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
	int i, n;

	for (n = 0; n < ncpus; n++) {
		dd = kmalloc(sizeof(*dd), M_PROC,
		    M_WAITOK | M_ZERO | M_CACHEALIGN);
		spin_init(&dd->spin, "usched");
		for (i = 0; i < NQS; i++)
			TAILQ_INIT(&dd->queues[i]);
		dd->cpuid = n;
		dd->gd = globaldata_find(n);
		dd->gd->gd_usched = dd;
		dfly_pcpus[n] = dd;
		lwkt_create(dfly_helper, NULL, &dd->helper, NULL,
		    TDF_NOSTART, n, "usched %d", n);
		lwkt_setpri_initial(dd->helper, TDPRI_USER_SCHEDULER);
		dd->ready = 1;
		lwkt_schedule(dd->helper);
	}
	usched_global_cpumask = smp_active_mask;
}
SYSINIT(dfly_init, SI_BOOT2_USCHED, SI_ORDER_SECOND, dfly_init, NULL);
