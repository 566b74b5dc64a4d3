/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sleeping on addresses: tsleep(9) and wakeup(9).
 *
 * Every CPU has a hash table of its sleeping threads, which it alone touches
 * in a critical section.  slpque_cpumasks says for each bucket which CPUs
 * have threads in theirs.  wakeup() wakes those of the own CPU and sends IPI
 * messages to the others in the mask.
 *
 * No wakeup is lost: the sleeper sets its bit (a full barrier) before it
 * looks at the condition for the last time, the waker changes the condition
 * before it looks at the mask.  tsleep_interlock() is that first half made
 * available to callers.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/callout.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/mutex2.h>
#include <sys/proc.h>
#include <sys/serialize.h>
#include <sys/spinlock2.h>
#include <sys/sysctl.h>
#include <sys/thread.h>
#include <sys/thread2.h>
#include <machine/smp.h>

#define TSLEEP_HASH	1024		/* buckets, power of two */

struct tslpque {
	TAILQ_HEAD(, thread) queue;	/* (c) by td_sleepq */
};

static MALLOC_DEFINE(M_TSLEEP, "tslpque", "sleep queues");

/* (a) CPUs with threads in the bucket. */
static cpumask_t slpque_cpumasks[TSLEEP_HASH];
static struct tslpque tsleep_hash0[TSLEEP_HASH]; /* the boot CPU's */

int	tsleep_now_works;
int	safepri;
volatile u_int sched_ticks;

static __inline u_int
tsleep_bucket(const volatile void *ident)
{
	uintptr_t v = (uintptr_t)ident;

	return ((u_int)((v >> 4) ^ (v >> 14) ^ (v >> 24)) & (TSLEEP_HASH - 1));
}

/* Of the boot CPU very early, of others when they are set up. */
void
sleep_gdinit(globaldata_t gd)
{
	struct tslpque *hash;
	int i;

	if (gd->gd_cpuid == 0) {
		hash = tsleep_hash0;
	} else {
		hash = kmalloc(sizeof(*hash) * TSLEEP_HASH, M_TSLEEP,
		    M_WAITOK | M_ZERO);
	}
	for (i = 0; i < TSLEEP_HASH; ++i)
		TAILQ_INIT(&hash[i].queue);
	gd->gd_tsleep_hash = hash;
}

/* Take td off its queue.  Its CPU, critical section. */
static void
sleepq_remove(globaldata_t gd, thread_t td)
{
	u_int id = tsleep_bucket(td->td_wchan);
	struct tslpque *qp = &gd->gd_tsleep_hash[id];

	KKASSERT(td->td_gd == gd && (td->td_flags & TDF_TSLEEPQ));
	TAILQ_REMOVE(&qp->queue, td, td_sleepq);
	if (TAILQ_EMPTY(&qp->queue))
		ATOMIC_CPUMASK_NANDBIT(slpque_cpumasks[id], gd->gd_cpuid);
	td->td_flags &= ~TDF_TSLEEPQ;
	td->td_wchan = NULL;
	td->td_wdomain = 0;
}

void
tsleep_remove(thread_t td)
{
	crit_enter();
	if (td->td_flags & TDF_TSLEEPQ)
		sleepq_remove(mycpu, td);
	crit_exit();
}

void
_tsleep_interlock(globaldata_t gd, const volatile void *ident, int flags)
{
	thread_t td = gd->gd_curthread;
	struct tslpque *qp;
	u_int id;

	if (ident == NULL) {
		kprintf("tsleep_interlock: NULL ident in %s\n", td->td_comm);
		print_backtrace(5);
	}
	crit_enter_quick(td);
	if (td->td_flags & TDF_TSLEEPQ)
		sleepq_remove(gd, td);
	id = tsleep_bucket(ident);
	qp = &gd->gd_tsleep_hash[id];
	td->td_flags |= TDF_TSLEEPQ;
	td->td_wchan = ident;
	td->td_wdomain = flags & PDOMAIN_MASK;
	TAILQ_INSERT_TAIL(&qp->queue, td, td_sleepq);
	/* A locked instruction: orders this before what the caller reads. */
	ATOMIC_CPUMASK_ORBIT(slpque_cpumasks[id], gd->gd_cpuid);
	crit_exit_quick(td);
}

void
tsleep_interlock(const volatile void *ident, int flags)
{
	crit_enter();
	_tsleep_interlock(mycpu, ident, flags);
	crit_exit();
}

/* On td's CPU, critical section: end its sleep, if it sleeps. */
static void
tsleep_wakeup_local(globaldata_t gd, thread_t td)
{
	if (td->td_flags & TDF_TSLEEPQ)
		sleepq_remove(gd, td);
	if (td->td_flags & TDF_TSLEEP_DESCHEDULED) {
		td->td_flags &= ~TDF_TSLEEP_DESCHEDULED;
		lwkt_schedule(td);
	}
}

static void
tsleep_wakeup_remote(void *arg, int arg2 __unused,
    struct intrframe *frame __unused)
{
	thread_t td = arg;

	tsleep_wakeup(td);
	lwkt_rele(td);
}

int
tsleep_wakeup(thread_t td)
{
	globaldata_t gd;

	crit_enter();
	gd = mycpu;
	if (td->td_flags & TDF_MIGRATING) {
		/* On its way to another CPU: not sleeping. */
	} else if (td->td_gd != gd) {
		lwkt_hold(td);
		lwkt_send_ipiq3(td->td_gd, tsleep_wakeup_remote, td, 0);
	} else {
		tsleep_wakeup_local(gd, td);
	}
	crit_exit();
	return (0);
}

static void
endtsleep_remote(void *arg, int arg2 __unused,
    struct intrframe *frame __unused)
{
	thread_t td = arg;

	if (td->td_gd == mycpu && (td->td_flags & TDF_TIMEOUT_RUNNING) &&
	    (td->td_flags & TDF_TSLEEP_DESCHEDULED)) {
		td->td_flags |= TDF_TIMEOUT;
		tsleep_wakeup_local(mycpu, td);
	}
}

/*
 * The time is up.  tsleep() does not return before this function has, so td
 * is there, and if it still sleeps then where it was.
 */
static void
endtsleep(void *arg)
{
	thread_t td = arg;
	globaldata_t gd;
	int seq;

	crit_enter();
	gd = td->td_gd;
	seq = lwkt_send_ipiq3(gd, endtsleep_remote, td, 0);
	if (gd != mycpu)
		lwkt_wait_ipiq(gd, seq);
	crit_exit();
}

/* The thread leaves the CPU; 0, or EWOULDBLOCK. */
static int
tsleep_block(thread_t td, int timo)
{
	struct callout c;
	int error = 0;

	td->td_flags |= TDF_TSLEEP_DESCHEDULED;
	lwkt_deschedule_self(td);
	if (timo == 0) {
		lwkt_switch();
	} else {
		td->td_flags |= TDF_TIMEOUT_RUNNING;
		callout_init_mp(&c);
		callout_reset(&c, timo, endtsleep, td);
		lwkt_switch();
		if (td->td_flags & TDF_TSLEEPQ)
			sleepq_remove(mycpu, td);
		td->td_flags &= ~TDF_TSLEEP_DESCHEDULED;
		callout_terminate(&c);
		if (td->td_flags & TDF_TIMEOUT)
			error = EWOULDBLOCK;
		td->td_flags &= ~(TDF_TIMEOUT | TDF_TIMEOUT_RUNNING);
	}
	if (td->td_flags & TDF_TSLEEPQ)
		sleepq_remove(mycpu, td);
	td->td_flags &= ~TDF_TSLEEP_DESCHEDULED;
	return (error);
}

int
tsleep(const volatile void *ident, int flags, const char *wmesg, int timo)
{
	thread_t td = curthread;
	struct lwp *lp = td->td_lwp;
	int catch = flags & PCATCH;
	int error = 0;

	/* Before threads work, and in a panic, all one can do is wait. */
	if (__predict_false(tsleep_now_works == 0 || panicstr != NULL)) {
		if (td->td_flags & TDF_TSLEEPQ)
			tsleep_remove(td);
		splz();
		cpu_pause();
		return (0);
	}
	KASSERT(td != &mycpu->gd_idlethread, ("tsleep in the idle thread"));

	crit_enter_quick(td);
	if ((flags & PINTERLOCKED) == 0)
		_tsleep_interlock(mycpu, ident, flags);
	if ((td->td_flags & TDF_TSLEEPQ) == 0 || td->td_wchan != ident) {
		/* Woken since tsleep_interlock(). */
		crit_exit_quick(td);
		return (0);
	}
	td->td_wmesg = wmesg;
	if (lp != NULL) {
		if (catch) {
			td->td_flags |= TDF_SINTR;
			lp->lwp_flags |= LWP_SINTR;
		}
		lp->lwp_stat = LSSLEEP;
		if (catch) {
			cpu_mfence();
			error = lwp_sleep_signal(lp);
			if (__predict_false(lp->lwp_proc->p_stat == SSTOP ||
			    lp->lwp_proc->p_stat == SCORE) &&
			    (lp->lwp_mpflags & LWP_MP_WSTOP) == 0)
				proc_stop_sleeper(lp->lwp_proc);
		}
		if (error == 0)
			++lp->lwp_ru.ru_nvcsw;
	}
	if (error == 0) {
		error = tsleep_block(td, timo);
		if (lp != NULL && catch && error == 0)
			error = lwp_sleep_signal(lp);
	} else {
		sleepq_remove(mycpu, td);
	}
	if (lp != NULL) {
		if (catch) {
			td->td_flags &= ~TDF_SINTR;
			lp->lwp_flags &= ~LWP_SINTR;
		}
		lp->lwp_stat = LSRUN;
	}
	td->td_wmesg = NULL;
	crit_exit_quick(td);
	return (error);
}

int
ssleep(const volatile void *ident, struct spinlock *spin, int flags,
    const char *wmesg, int timo)
{
	int error;

	_tsleep_interlock(mycpu, ident, flags);
	spin_unlock(spin);
	error = tsleep(ident, flags | PINTERLOCKED, wmesg, timo);
	spin_lock(spin);
	return (error);
}

int
lksleep(const volatile void *ident, struct lock *lk, int flags,
    const char *wmesg, int timo)
{
	int error;

	tsleep_interlock(ident, flags);
	lockmgr(lk, LK_RELEASE);
	error = tsleep(ident, flags | PINTERLOCKED, wmesg, timo);
	lockmgr(lk, LK_EXCLUSIVE);
	return (error);
}

int
mtxsleep(const volatile void *ident, struct mtx *mtx, int flags,
    const char *wmesg, int timo)
{
	int error;

	tsleep_interlock(ident, flags);
	mtx_unlock(mtx);
	error = tsleep(ident, flags | PINTERLOCKED, wmesg, timo);
	mtx_lock_ex_quick(mtx);
	return (error);
}

int
zsleep(const volatile void *ident, struct lwkt_serialize *slz, int flags,
    const char *wmesg, int timo)
{
	int error;

	ASSERT_SERIALIZED(slz);
	tsleep_interlock(ident, flags);
	lwkt_serialize_exit(slz);
	error = tsleep(ident, flags | PINTERLOCKED, wmesg, timo);
	lwkt_serialize_enter(slz);
	return (error);
}

/*
 * --- waking ---
 */

/* Wake this CPU's threads; nonzero: one, and one was all that was wanted. */
static int
wakeup_local(globaldata_t gd, const volatile void *ident, int domain)
{
	struct tslpque *qp = &gd->gd_tsleep_hash[tsleep_bucket(ident)];
	thread_t td, next;

	TAILQ_FOREACH_MUTABLE(td, &qp->queue, td_sleepq, next) {
		if (td->td_wchan != ident ||
		    td->td_wdomain != (domain & PDOMAIN_MASK))
			continue;
		sleepq_remove(gd, td);
		/* One that has not gone to sleep yet does not count. */
		if (td->td_flags & TDF_TSLEEP_DESCHEDULED) {
			td->td_flags &= ~TDF_TSLEEP_DESCHEDULED;
			lwkt_schedule(td);
			if (domain & PWAKEUP_ONE)
				return (1);
		}
	}
	return (0);
}

static void
wakeup_remote(void *arg, int domain, struct intrframe *frame __unused)
{
	wakeup_local(mycpu, arg, domain);
}

/*
 * Pass the search for one sleeper on to the next CPU of the bucket's mask,
 * in a round that ends before the CPU it started from.
 */
static void	wakeup_one_remote(void *arg, int domain,
		    struct intrframe *frame);

static void
wakeup_one_next(globaldata_t gd, const volatile void *ident, int domain)
{
	cpumask_t mask = slpque_cpumasks[tsleep_bucket(ident)];
	int start = PWAKEUP_DECODE(domain);
	int n;

	for (n = gd->gd_cpuid + 1; ; ++n) {
		if (n >= ncpus)
			n = 0;
		if (n == start || n == gd->gd_cpuid)
			return;
		if (CPUMASK_TESTBIT(mask, n)) {
			lwkt_send_ipiq3(globaldata_find(n), wakeup_one_remote,
			    __DEQUALIFY(void *, ident), domain);
			return;
		}
	}
}

static void
wakeup_one_remote(void *arg, int domain, struct intrframe *frame __unused)
{
	if (wakeup_local(mycpu, arg, domain) == 0)
		wakeup_one_next(mycpu, arg, domain);
}

static void
wakeup_any(const volatile void *ident, int domain)
{
	globaldata_t gd;
	cpumask_t mask;
	u_int id = tsleep_bucket(ident);

	/* The caller's change of the condition before our look at the mask. */
	cpu_mfence();
	if (CPUMASK_TESTZERO(slpque_cpumasks[id]))
		return;
	crit_enter();
	gd = mycpu;
	if (wakeup_local(gd, ident, domain) == 0 &&
	    (domain & PWAKEUP_MYCPU) == 0) {
		mask = slpque_cpumasks[id];
		CPUMASK_NANDBIT(mask, gd->gd_cpuid);
		if (CPUMASK_TESTZERO(mask)) {
			/* Nobody else. */
		} else if (domain & PWAKEUP_ONE) {
			wakeup_one_next(gd, ident,
			    PWAKEUP_ENCODE(domain & ~PWAKEUP_CPUMASK,
			    gd->gd_cpuid));
		} else {
			lwkt_send_ipiq3_mask(mask, wakeup_remote,
			    __DEQUALIFY(void *, ident), domain);
		}
	}
	crit_exit();
}

void
wakeup(const volatile void *ident)
{
	wakeup_any(ident, 0);
}

void
wakeup_one(const volatile void *ident)
{
	wakeup_any(ident, PWAKEUP_ONE);
}

void
wakeup_mycpu(const volatile void *ident)
{
	wakeup_any(ident, PWAKEUP_MYCPU);
}

void
wakeup_mycpu_one(const volatile void *ident)
{
	wakeup_any(ident, PWAKEUP_MYCPU | PWAKEUP_ONE);
}

void
wakeup_domain(const volatile void *ident, int domain)
{
	wakeup_any(ident, domain & PDOMAIN_MASK);
}

void
wakeup_domain_one(const volatile void *ident, int domain)
{
	wakeup_any(ident, (domain & PDOMAIN_MASK) | PWAKEUP_ONE);
}

void
wakeup_oncpu(globaldata_t gd, const volatile void *ident)
{
	cpu_mfence();
	if (gd == mycpu) {
		wakeup_any(ident, PWAKEUP_MYCPU);
	} else {
		lwkt_send_ipiq3(gd, wakeup_remote,
		    __DEQUALIFY(void *, ident), 0);
	}
}

void
wakeup_oncpu_one(globaldata_t gd, const volatile void *ident)
{
	cpu_mfence();
	if (gd == mycpu) {
		wakeup_any(ident, PWAKEUP_MYCPU | PWAKEUP_ONE);
	} else {
		lwkt_send_ipiq3(gd, wakeup_remote,
		    __DEQUALIFY(void *, ident), PWAKEUP_ONE);
	}
}
