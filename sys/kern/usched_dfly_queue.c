/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The user scheduler's run queues: see usched_dfly.h.
 *
 * A queue's lock covers its contents.  Where a queue is looked at without,
 * what is seen is a hint; whoever acts on it looks again with the lock.  No
 * two queues are locked at once but with a try.
 */
#include "usched_dfly.h"
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/cpu_topology.h>
#include <sys/globaldata.h>
#include <sys/malloc.h>
#include <sys/resource.h>
#include <sys/spinlock2.h>
#include <sys/sysctl.h>
#include <sys/usched.h>

#include <machine/cpu.h>
#include <machine/smp.h>

#define WEIGHT_NICE0	1024
#define NNICE		(PRIO_MAX - PRIO_MIN + 1)
/* Slices a CPU keeps its threads before it shares another one's crowd. */
#define ROTATE_SLICES	3
#define MAX_LAG		(8 * (int64_t)dfly_slice)

static uint64_t dfly_weights[NNICE];	/* (I) by nice value */

static int
dfly_compare(struct lwp *a, struct lwp *b)
{
	int64_t d = (int64_t)(a->lwp_vtime - b->lwp_vtime);

	if (d != 0)
		return (d < 0 ? -1 : 1);
	return (a < b ? -1 : a > b);
}
RB_PROTOTYPE_STATIC(dfly_tree, lwp, lwp_vnode, dfly_compare);
RB_GENERATE_STATIC(dfly_tree, lwp, lwp_vnode, dfly_compare);

/* A step of nice is worth a fifth of the CPU, or a quarter more. */
static void
dfly_weights_init(void *arg __unused)
{
	int i;

	dfly_weights[-PRIO_MIN] = WEIGHT_NICE0;
	for (i = -PRIO_MIN + 1; i < NNICE; i++)
		dfly_weights[i] = MAX(dfly_weights[i - 1] * 4 / 5, 8);
	for (i = -PRIO_MIN - 1; i >= 0; i--)
		dfly_weights[i] = dfly_weights[i + 1] * 5 / 4;
}
SYSINIT(dfly_weights, SI_BOOT2_USCHED, SI_ORDER_FIRST, dfly_weights_init,
    NULL);

void
dfly_queue_init(struct dfly_pcpu *dd, int cpuid)
{
	int i;

	spin_init(&dd->spin, "usched");
	for (i = 0; i < RT_QUEUES; i++) {
		TAILQ_INIT(&dd->rtq[i]);
		TAILQ_INIT(&dd->idq[i]);
	}
	RB_INIT(&dd->tree);
	dd->first_vtime = NO_VTIME;
	dd->cpuid = cpuid;
	dd->gd = globaldata_find(cpuid);
	dd->near = kmalloc(ncpus * sizeof(*dd->near), M_PROC, M_WAITOK);
}

void
dfly_queue_order(struct dfly_pcpu *dd)
{
	int dist, i, n = 0;

	for (dist = 0; dist <= CPU_DISTANCE_MAX; dist++) {
		for (i = 0; i < ncpus; i++) {
			int cpu = (dd->cpuid + i) % ncpus;

			if (cpu_distance(dd->cpuid, cpu) == dist)
				dd->near[n++] = cpu;
		}
	}
	KASSERT(n == ncpus, ("dfly_queue_order: %d of %d", n, ncpus));
}

static __inline void
dfly_set_first(struct dfly_pcpu *dd, struct lwp *lp)
{
	dd->first = lp;
	dd->first_vtime = lp != NULL ? lp->lwp_vtime : NO_VTIME;
}

void
dfly_enqueue(struct dfly_pcpu *dd, struct lwp *lp, int head)
{
	struct dfly_rq *q;
	int i = lp->lwp_rtprio.prio & (RT_QUEUES - 1);

	KASSERT((lp->lwp_mpflags & LWP_MP_ONRUNQ) == 0,
	    ("dfly_enqueue: queued already"));
	lp->lwp_rqtype = dfly_class(lp);
	lp->lwp_rqindex = i;
	if (lp->lwp_rqtype == RTP_PRIO_NORMAL) {
		RB_INSERT(dfly_tree, &dd->tree, lp);
		if (dd->first == NULL || dfly_compare(lp, dd->first) < 0)
			dfly_set_first(dd, lp);
	} else {
		if (lp->lwp_rqtype == RTP_PRIO_REALTIME) {
			q = &dd->rtq[i];
			dd->rtbits |= 1U << i;
		} else {
			q = &dd->idq[i];
			dd->idbits |= 1U << i;
		}
		if (head)
			TAILQ_INSERT_HEAD(q, lp, lwp_procq);
		else
			TAILQ_INSERT_TAIL(q, lp, lwp_procq);
	}
	dd->count++;
	lp->lwp_qcpu = dd->gd;
	atomic_set_int(&lp->lwp_mpflags, LWP_MP_ONRUNQ);
	atomic_add_int(&dfly_queued, 1);
}

void
dfly_dequeue(struct dfly_pcpu *dd, struct lwp *lp)
{
	int i = lp->lwp_rqindex;

	if (lp->lwp_rqtype == RTP_PRIO_NORMAL) {
		if (lp == dd->first)
			dfly_set_first(dd, RB_NEXT(dfly_tree, &dd->tree, lp));
		RB_REMOVE(dfly_tree, &dd->tree, lp);
	} else if (lp->lwp_rqtype == RTP_PRIO_REALTIME) {
		TAILQ_REMOVE(&dd->rtq[i], lp, lwp_procq);
		if (TAILQ_EMPTY(&dd->rtq[i]))
			dd->rtbits &= ~(1U << i);
	} else {
		TAILQ_REMOVE(&dd->idq[i], lp, lwp_procq);
		if (TAILQ_EMPTY(&dd->idq[i]))
			dd->idbits &= ~(1U << i);
	}
	dd->count--;
	atomic_clear_int(&lp->lwp_mpflags, LWP_MP_ONRUNQ);
	atomic_add_int(&dfly_queued, -1);
}

/* From the queues that bits name, the first that may run on CPU cpuid. */
static struct lwp *
dfly_first_of(struct dfly_rq *queues, uint32_t bits, int cpuid)
{
	struct lwp *lp;
	int i;

	for (; bits != 0; bits &= ~(1U << i)) {
		i = ffs(bits) - 1;
		TAILQ_FOREACH(lp, &queues[i], lwp_procq) {
			if (CPUMASK_TESTBIT(lp->lwp_cpumask, cpuid))
				return (lp);
		}
	}
	return (NULL);
}

struct lwp *
dfly_pick(struct dfly_pcpu *dd, int cpuid)
{
	struct lwp *lp;

	lp = dfly_first_of(dd->rtq, dd->rtbits, cpuid);
	if (lp == NULL) {
		for (lp = dd->first; lp != NULL;
		    lp = RB_NEXT(dfly_tree, &dd->tree, lp)) {
			if (CPUMASK_TESTBIT(lp->lwp_cpumask, cpuid))
				break;
		}
	}
	if (lp == NULL)
		lp = dfly_first_of(dd->idq, dd->idbits, cpuid);
	if (lp != NULL)
		dfly_dequeue(dd, lp);
	return (lp);
}

int
dfly_before(struct lwp *a, struct lwp *b, int64_t lag)
{
	int ca = dfly_class(a), cb = dfly_class(b);

	/* RTP_PRIO_REALTIME, _NORMAL and _IDLE are in order of importance. */
	if (ca != cb)
		return (ca < cb);
	if (ca != RTP_PRIO_NORMAL)
		return (a->lwp_rtprio.prio < b->lwp_rtprio.prio ||
		    (lag == 0 && a->lwp_rtprio.prio == b->lwp_rtprio.prio));
	return ((int64_t)(b->lwp_vtime - a->lwp_vtime) >= lag);
}

int
dfly_better_queued(struct dfly_pcpu *dd, struct lwp *lp, int64_t lag)
{
	struct lwp *best;
	int better;

	if (dd->count == 0)
		return (0);
	spin_lock(&dd->spin);
	best = dfly_first_of(dd->rtq, dd->rtbits, dd->cpuid);
	if (best == NULL)
		best = dd->first;
	if (best == NULL)
		best = dfly_first_of(dd->idq, dd->idbits, dd->cpuid);
	better = best != NULL && dfly_before(best, lp, lag);
	spin_unlock(&dd->spin);
	return (better);
}

/*
 * The time of the CPU passes at the rate at which its threads would get on if
 * they were alike.  It keeps near those that are there, as weights differ.
 */
static void
dfly_advance(struct dfly_pcpu *dd, struct lwp *lp, uint64_t ns)
{
	uint64_t v = dd->vtime + ns / (dd->count + 1), low = lp->lwp_vtime;

	if (dfly_class(lp) != RTP_PRIO_NORMAL)
		return;
	if ((int64_t)(dd->first_vtime - low) < 0)
		low = dd->first_vtime;
	if ((int64_t)(v - low) < -(int64_t)dfly_slice)
		v = low - dfly_slice;
	if ((int64_t)(v - low) > MAX_LAG)
		v = low + MAX_LAG;
	if ((int64_t)(v - dd->vtime) > 0)
		dd->vtime = v;
}

void
dfly_charge(struct dfly_pcpu *dd, struct lwp *lp, uint64_t ns)
{
	int nice = lp->lwp_proc->p_nice;
	uint64_t ran;

	if (ns > 1000000000)
		ns = 1000000000;
	ran = ns;
	lp->lwp_ran += ns;
	if (nice != 0) {
		nice = MIN(MAX(nice, PRIO_MIN), PRIO_MAX);
		ns = ns * WEIGHT_NICE0 / dfly_weights[nice - PRIO_MIN];
	}
	lp->lwp_vtime += ns;
	dfly_advance(dd, lp, ran);
}

/*
 * lp, which is new on dd, is as far from its time as it was from that of
 * from, within bounds.  Moving makes nobody better, sleep by a slice at most;
 * else a stream of those who come could keep those who are there waiting for
 * ever.
 */
void
dfly_move(struct dfly_pcpu *from, struct dfly_pcpu *dd, struct lwp *lp)
{
	int64_t lag = (int64_t)(lp->lwp_vtime - from->vtime);
	int64_t most = lp->lwp_woken ? (int64_t)dfly_slice : MAX_LAG;
	int64_t least = lp->lwp_woken ? -(int64_t)dfly_slice :
	    from == dd ? -MAX_LAG : 0;

	lag = MIN(MAX(lag, least), most);
	lp->lwp_vtime = dd->vtime + lag;
	lp->lwp_woken = 0;
}

struct lwp *
dfly_steal(struct dfly_pcpu *dd)
{
	struct dfly_pcpu *rdd, *best;
	struct lwp *lp;
	int n, tries;

	/* The longest queue, the nearest of several; then the next best. */
	for (tries = 0; tries < 2; tries++) {
		best = NULL;
		for (n = 1; n < ncpus; n++) {
			rdd = dfly_pcpus[dd->near[n]];
			if (rdd->count != 0 &&
			    (best == NULL || rdd->count > best->count))
				best = rdd;
		}
		if (best == NULL)
			return (NULL);
		if (!spin_trylock(&best->spin))
			continue;
		lp = dfly_pick(best, dd->cpuid);
		spin_unlock(&best->spin);
		if (lp != NULL) {
			dd->stats.steals++;
			dfly_move(best, dd, lp);
		}
		return (lp);
	}
	return (NULL);
}

void
dfly_pull(struct dfly_pcpu *dd)
{
	struct dfly_pcpu *rdd, *best = NULL;
	struct lwp *got;
	int n, most = dd->count + 1, stray;

	/*
	 * Two more than here is one too many there.  One more is shared out
	 * by turns: every now and then somebody else has it.
	 */
	if (++dd->kept >= ROTATE_SLICES)
		most = dd->count;
	if (dfly_queued == (u_int)dd->count)
		return;
	for (n = 1; n < ncpus; n++) {
		rdd = dfly_pcpus[dd->near[n]];
		if (rdd->count > most && rdd->first != NULL) {
			best = rdd;
			most = rdd->count;
		}
	}
	if (best == NULL || !spin_trylock(&best->spin))
		return;
	got = best->first;
	if (got != NULL && CPUMASK_TESTBIT(got->lwp_cpumask, dd->cpuid))
		dfly_dequeue(best, got);
	else
		got = NULL;
	spin_unlock(&best->spin);
	if (got == NULL)
		return;
	dd->stats.pulls++;
	dd->kept = 0;
	dfly_move(best, dd, got);
	spin_lock(&dd->spin);
	dfly_enqueue(dd, got, 0);
	/* As in dfly_setrunqueue(): its set may have changed on the way. */
	stray = !CPUMASK_TESTBIT(got->lwp_cpumask, dd->cpuid);
	if (stray)
		dfly_dequeue(dd, got);
	spin_unlock(&dd->spin);
	if (stray)
		usched_dfly.setrunqueue(got);
}

static __inline int
dfly_load(struct dfly_pcpu *dd)
{
	return (dd->count + (dd->gd->gd_uschedcp != NULL));
}

/* Does another thread of dd's core keep it busy? */
static int
dfly_core_busy(struct dfly_pcpu *dd)
{
	struct dfly_pcpu *sib;
	int n;

	for (n = 1; n < ncpus; n++) {
		sib = dfly_pcpus[dd->near[n]];
		if (cpu_distance(dd->cpuid, sib->cpuid) != CPU_DISTANCE_CORE)
			break;
		if (dfly_load(sib) != 0)
			return (1);
	}
	return (0);
}

/*
 * The CPU lp ran on, if it is free.  Else the nearest free one, rather one
 * whose core is free altogether if there is one in the package.  Else the
 * least busy one, near rather than far.
 */
struct dfly_pcpu *
dfly_choose_queue(struct lwp *lp)
{
	struct dfly_pcpu *home = MYPCPU(lp->lwp_thread->td_gd), *dd;
	struct dfly_pcpu *best = NULL, *half = NULL;
	int load, bestload = INT_MAX, n;

	for (n = 0; n < ncpus; n++) {
		dd = dfly_pcpus[home->near[n]];
		if (!dd->ready || !CPUMASK_TESTBIT(lp->lwp_cpumask, dd->cpuid))
			continue;
		if (half != NULL && cpu_distance(home->cpuid, dd->cpuid) >
		    CPU_DISTANCE_PACKAGE)
			break;
		load = dfly_load(dd);
		if (load == 0) {
			if (n == 0 || !dfly_core_busy(dd))
				return (dd);
			if (half == NULL)
				half = dd;
		}
		if (load < bestload) {
			best = dd;
			bestload = load;
		}
	}
	if (half != NULL)
		return (half);
	if (best == NULL) {
		/* None of its CPUs is there: rather any than none. */
		lp->lwp_cpumask = smp_active_mask;
		best = MYPCPU(mycpu);
	}
	return (best);
}
