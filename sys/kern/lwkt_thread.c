/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The LWKT scheduler of a CPU.
 *
 * Every CPU has its run queues, one for each priority, touched by that CPU
 * alone in a critical section.  A runnable thread is on a queue, the running
 * one usually too; the idle thread never is.  Threads are made runnable by
 * lwkt_schedule(), which forwards the request by IPI message if the thread
 * belongs to another CPU.
 *
 * lwkt_switch() releases the tokens of the current thread, and runs the best
 * thread that can have all the tokens it needs.  Threads that cannot have
 * them leave the run queue until the tokens are free (lwkt_token.c).
 *
 * Kernel threads are not preempted, except by interrupt threads: these have
 * td_preemptable set, and run on top of the interrupted thread, which
 * continues as soon as they block.
 *
 * Life of a thread structure (allocation, exit, reuse) is in lwkt_life.c.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/proc.h>
#include <sys/thread.h>
#include <sys/thread2.h>
#include <sys/sysctl.h>
#include <machine/clock.h>

static uint64_t preempt_hit;
static uint64_t preempt_miss;
static uint64_t migrations;

SYSCTL_NODE(, CTL_LWKT, lwkt, CTLFLAG_RW, 0, "Light weight kernel threads");
SYSCTL_QUAD(_lwkt, OID_AUTO, preempt_hit, CTLFLAG_RW, &preempt_hit, 0,
    "Preemptions by interrupt threads");
SYSCTL_QUAD(_lwkt, OID_AUTO, preempt_miss, CTLFLAG_RW, &preempt_miss, 0,
    "Preemptions put off");
SYSCTL_QUAD(_lwkt, OID_AUTO, migrations, CTLFLAG_RW, &migrations, 0,
    "Threads moved to another CPU");

/* Put td on its run queue.  Own CPU, critical section. */
static __inline void
runq_insert(globaldata_t gd, thread_t td)
{
	td->td_flags |= TDF_RUNQ;
	TAILQ_INSERT_TAIL(&gd->gd_tdrunq[td->td_pri], td, td_threadq);
	gd->gd_runqmask |= 1U << td->td_pri;
	++gd->gd_tdrunqcount;
}

static __inline void
runq_remove(globaldata_t gd, thread_t td)
{
	td->td_flags &= ~TDF_RUNQ;
	TAILQ_REMOVE(&gd->gd_tdrunq[td->td_pri], td, td_threadq);
	if (TAILQ_EMPTY(&gd->gd_tdrunq[td->td_pri]))
		gd->gd_runqmask &= ~(1U << td->td_pri);
	--gd->gd_tdrunqcount;
}

/*
 * The best thread of this CPU that can run now, with its tokens held.
 */
static thread_t
lwkt_select(globaldata_t gd)
{
	thread_t td;
	lwkt_token_t tok;

	for (;;) {
		if (gd->gd_runqmask == 0)
			return (&gd->gd_idlethread);
		td = TAILQ_FIRST(
		    &gd->gd_tdrunq[31 - __builtin_clz(gd->gd_runqmask)]);
		if (__predict_true(td->td_toks_stop == td->td_toks_base))
			return (td);
		if (td->td_flags & TDF_BLOCKQ) {
			td->td_flags &= ~TDF_BLOCKQ;
			lwkt_token_unblock(td);
		}
		if (lwkt_getalltokens(td, &tok))
			return (td);
		/* The flag first: the waker may be another CPU. */
		td->td_flags |= TDF_BLOCKQ;
		runq_remove(gd, td);
		if (lwkt_token_block(td, tok)) {
			td->td_flags &= ~TDF_BLOCKQ;
			runq_insert(gd, td);
		}
	}
}

/*
 * After every switch, on the stack of the thread switched to: otd is off its
 * stack.  Critical section.
 */
void
lwkt_switch_return(thread_t otd)
{
	globaldata_t gd;

	/* Interrupted, not switched out: it continues on this CPU. */
	if (otd->td_flags & TDF_PREEMPT_LOCK)
		return;
	cpu_sfence();
	if (__predict_false(otd->td_flags & (TDF_MIGRATING | TDF_EXITING))) {
		if (otd->td_flags & TDF_EXITING) {
			lwkt_thread_gone(otd);
			return;
		}
		gd = otd->td_migrate_gd;
		if (gd != NULL) {
			otd->td_migrate_gd = NULL;
			otd->td_flags &= ~TDF_RUNNING;
			++migrations;
			lwkt_send_ipiq3(gd, lwkt_migrate_remote, otd, 0);
			return;
		}
	}
	otd->td_flags &= ~TDF_RUNNING;
}

#ifdef INVARIANTS
static void
lwkt_switch_check(globaldata_t gd, thread_t td)
{
	if (__predict_false(panicstr != NULL))
		return;
	if (gd->gd_spinlocks != 0) {
		panic("lwkt_switch: %s (%p) blocks with %u spinlocks held",
		    td->td_comm, td, gd->gd_spinlocks);
	}
	if (gd->gd_intr_nesting_level != 0) {
		panic("lwkt_switch: %s (%p) blocks in an interrupt",
		    td->td_comm, td);
	}
}
#endif

void
lwkt_switch(void)
{
	globaldata_t gd;
	thread_t td = curthread;
	thread_t ntd;

	crit_enter_raw(td);
	gd = mycpu;
#ifdef INVARIANTS
	lwkt_switch_check(gd, td);
#endif
	/* After a panic nothing else shall run on this CPU. */
	if (__predict_false(panicstr != NULL && gd == panic_cpu_gd)) {
		crit_exit_raw(td);
		cpu_pause();
		return;
	}
	if (td->td_release)
		td->td_release(td);
	if (td->td_toks_stop != td->td_toks_base)
		lwkt_relalltokens(td);

	ntd = td->td_preempted;
	if (ntd != NULL) {
		/* Back to what was interrupted; it has its tokens still. */
		KKASSERT(ntd->td_flags & TDF_PREEMPT_LOCK);
		ntd->td_flags |= TDF_PREEMPT_DONE;
		td->td_preempted = NULL;
	} else {
		if (gd->gd_reqflags & RQF_AST_LWKT_RESCHED)
			clear_lwkt_resched();
		++gd->gd_cnt.v_swtch;
		ntd = lwkt_select(gd);
	}
	if (ntd != td) {
		ntd->td_flags |= TDF_RUNNING;
		lwkt_switch_return(td->td_switch(ntd));
		/* This may be another CPU now. */
	}
	crit_exit_quick(td);
}

/*
 * Run interrupt thread ntd on top of the current thread, if that is allowed:
 * critcount is the critical section depth that the callers account for.
 */
void
lwkt_preempt(thread_t ntd, int critcount)
{
	globaldata_t gd = mycpu;
	thread_t td = gd->gd_curthread;
	lwkt_token_t tok;
	int nesting;

	if (ntd->td_pri <= td->td_pri)
		return;
	if (td->td_critcount > critcount || gd->gd_spinlocks != 0 ||
	    td == &gd->gd_idlethread || ntd->td_gd != gd ||
	    (ntd->td_flags & (TDF_RUNNING | TDF_PREEMPT_LOCK)) ||
	    (ntd->td_flags & TDF_RUNQ) == 0 || cold || panicstr != NULL) {
		++preempt_miss;
		need_lwkt_resched();
		return;
	}
	if (ntd->td_flags & TDF_BLOCKQ) {
		ntd->td_flags &= ~TDF_BLOCKQ;
		lwkt_token_unblock(ntd);
	}
	if (TD_TOKS_HELD(ntd) && lwkt_getalltokens(ntd, &tok) == 0) {
		++preempt_miss;
		need_lwkt_resched();
		return;
	}
	++preempt_hit;
	nesting = gd->gd_intr_nesting_level;
	gd->gd_intr_nesting_level = 0;
	ntd->td_preempted = td;
	ntd->td_flags |= TDF_RUNNING;
	td->td_flags |= TDF_PREEMPT_LOCK;
	lwkt_switch_return(td->td_switch(ntd));
	KKASSERT(td->td_flags & TDF_PREEMPT_DONE);
	td->td_flags &= ~(TDF_PREEMPT_LOCK | TDF_PREEMPT_DONE);
	gd->gd_intr_nesting_level = nesting;
	/* ntd may have made threads runnable that are less than itself. */
	if ((gd->gd_runqmask >> td->td_pri) > 1)
		need_lwkt_resched();
}

/* crit_exit() found something to do. */
void
lwkt_maybe_splz(thread_t td)
{
	globaldata_t gd = td->td_gd;

	if ((gd->gd_reqflags & RQF_IDLECHECK_MASK) &&
	    gd->gd_intr_nesting_level == 0)
		splz();
}

void
crit_panic(void)
{
	thread_t td = curthread;
	int lcrit = td->td_critcount;

	td->td_critcount = 0;
	cpu_ccfence();
	panic("td_critcount is/would-go negative! %p %d", td, lcrit);
}

/*
 * --- making runnable ---
 */

static void
lwkt_schedule_remote(void *arg, int arg2 __unused,
    struct intrframe *frame __unused)
{
	lwkt_schedule(arg);
}

/*
 * Decide whether something just made runnable should have the CPU.  ccount
 * is the critical section depth that makes up no obstacle.
 */
static __inline void
lwkt_schedule_post(globaldata_t gd, thread_t td, int ccount)
{
	if ((td->td_flags & TDF_RUNQ) == 0)
		return;
	if (td->td_preemptable)
		td->td_preemptable(td, ccount);
	else if (td->td_pri > gd->gd_curthread->td_pri)
		need_lwkt_resched();
}

static __inline void
lwkt_schedule_common(thread_t td, int ccount)
{
	globaldata_t gd;

	crit_enter();
	gd = mycpu;
	KASSERT(td != &gd->gd_idlethread, ("lwkt_schedule of the idle thread"));
	KASSERT((td->td_flags & TDF_EXITING) == 0 || td == gd->gd_curthread,
	    ("lwkt_schedule of exited thread %p (%s)", td, td->td_comm));
	if (td->td_gd == gd) {
		if ((td->td_flags & (TDF_RUNQ | TDF_MIGRATING)) == 0) {
			runq_insert(gd, td);
			if (td != gd->gd_curthread)
				lwkt_schedule_post(gd, td, ccount);
		}
	} else {
		lwkt_send_ipiq3(td->td_gd, lwkt_schedule_remote, td, 0);
	}
	crit_exit();
}

void
lwkt_schedule(thread_t td)
{
	lwkt_schedule_common(td, 1);
}

/* From the interrupt itself, whose entry accounts for one level. */
void
lwkt_schedule_ithread(thread_t td)
{
	lwkt_schedule_common(td, 2);
}

void
lwkt_schedule_self(thread_t td)
{
	globaldata_t gd;

	crit_enter_quick(td);
	gd = mycpu;
	KASSERT(td == gd->gd_curthread, ("lwkt_schedule_self: not self"));
	if ((td->td_flags & TDF_RUNQ) == 0 && td != &gd->gd_idlethread)
		runq_insert(gd, td);
	crit_exit_quick(td);
}

void
lwkt_deschedule(thread_t td)
{
	globaldata_t gd;

	crit_enter();
	gd = mycpu;
	KASSERT(td->td_gd == gd, ("lwkt_deschedule of another CPU's thread"));
	if (td->td_flags & TDF_RUNQ)
		runq_remove(gd, td);
	crit_exit();
}

void
lwkt_deschedule_self(thread_t td)
{
	crit_enter_quick(td);
	if (td->td_flags & TDF_RUNQ)
		runq_remove(td->td_gd, td);
	crit_exit_quick(td);
}

/*
 * --- giving way ---
 */

/* Let others of the same priority run. */
void
lwkt_yield(void)
{
	globaldata_t gd;
	thread_t td = curthread;

	crit_enter_quick(td);
	gd = mycpu;
	if (gd->gd_reqflags & RQF_IDLECHECK_MASK)
		splz();
	if (td->td_flags & TDF_RUNQ) {
		runq_remove(gd, td);
		runq_insert(gd, td);
	}
	lwkt_switch();
	crit_exit_quick(td);
}

/* Only if something more important is waiting. */
void
lwkt_yield_quick(void)
{
	thread_t td = curthread;

	if (mycpu->gd_reqflags & RQF_IDLECHECK_MASK)
		splz();
	if (lwkt_resched_wanted() && td->td_critcount == 0)
		lwkt_switch();
}

/* In long loops of the kernel: as at return to user mode. */
void
lwkt_user_yield(void)
{
	thread_t td = curthread;

	if (mycpu->gd_reqflags & RQF_IDLECHECK_MASK)
		splz();
	if (td->td_critcount == 0 && mycpu->gd_intr_nesting_level == 0 &&
	    any_resched_wanted())
		lwkt_yield();
}

/*
 * --- priorities ---
 */

void
lwkt_setpri(thread_t td, int pri)
{
	globaldata_t gd;

	KASSERT(pri >= 0 && pri <= TDPRI_MAX, ("lwkt_setpri: %d", pri));
	if (td->td_pri == pri)
		return;
	crit_enter();
	gd = td->td_gd;
	KASSERT(gd == mycpu, ("lwkt_setpri of another CPU's thread"));
	if (td->td_flags & TDF_RUNQ) {
		runq_remove(gd, td);
		td->td_pri = pri;
		runq_insert(gd, td);
		if (td != gd->gd_curthread) {
			if (pri > gd->gd_curthread->td_pri)
				need_lwkt_resched();
		} else if (gd->gd_runqmask >> pri > 1) {
			need_lwkt_resched();
		}
	} else {
		td->td_pri = pri;
	}
	crit_exit();
}

/* Before it has ever run, from anywhere. */
void
lwkt_setpri_initial(thread_t td, int pri)
{
	KKASSERT(pri >= 0 && pri <= TDPRI_MAX);
	KKASSERT((td->td_flags & TDF_RUNQ) == 0);
	td->td_pri = pri;
}

void
lwkt_setpri_self(int pri)
{
	lwkt_setpri(curthread, pri);
}

/*
 * --- moving between CPUs ---
 */

/* On the new CPU, for a thread that moves itself there. */
void
lwkt_migrate_remote(void *arg, int arg2 __unused,
    struct intrframe *frame __unused)
{
	thread_t td = arg;
	globaldata_t gd = mycpu;

	td->td_gd = gd;
	td->td_flags &= ~TDF_MIGRATING;
	TAILQ_INSERT_TAIL(&gd->gd_tdallq, td, td_allq);
	KKASSERT((td->td_flags & (TDF_RUNQ | TDF_RUNNING)) == 0);
	lwkt_schedule(td);
}

void
lwkt_setcpu_self(globaldata_t rgd)
{
	thread_t td = curthread;
	globaldata_t gd = mycpu;

	if (gd == rgd)
		return;
	crit_enter_quick(td);
	KASSERT(td->td_preempted == NULL && td != &gd->gd_idlethread,
	    ("lwkt_setcpu_self: thread cannot move"));
	if (td->td_release)
		td->td_release(td);
	if (td->td_flags & TDF_TSLEEPQ)
		tsleep_remove(td);
	td->td_flags |= TDF_MIGRATING;
	td->td_migrate_gd = rgd;
	lwkt_deschedule_self(td);
	TAILQ_REMOVE(&gd->gd_tdallq, td, td_allq);
	/* The thread switched to sends us away when we are off our stack. */
	lwkt_switch();
	KKASSERT(mycpu == rgd);
	crit_exit_quick(td);
}

void
lwkt_migratecpu(int cpuid)
{
	KKASSERT(cpuid >= 0 && cpuid < ncpus);
	lwkt_setcpu_self(globaldata_find(cpuid));
}

/*
 * Let go of a thread of this CPU that is not runnable, so that another CPU
 * can lwkt_acquire() it.  It may be on its way out of the CPU still.
 */
void
lwkt_giveaway(thread_t td)
{
	globaldata_t gd = mycpu;

	crit_enter();
	KASSERT(td->td_gd == gd, ("lwkt_giveaway: not mine"));
	KKASSERT((td->td_flags & TDF_RUNQ) == 0);
	if (td->td_flags & TDF_TSLEEPQ)
		tsleep_remove(td);
	td->td_flags |= TDF_MIGRATING;
	TAILQ_REMOVE(&gd->gd_tdallq, td, td_allq);
	crit_exit();
}

void
lwkt_acquire(thread_t td)
{
	globaldata_t gd = mycpu;

	KKASSERT(td->td_flags & TDF_MIGRATING);
	crit_enter();
	while (td->td_flags & (TDF_RUNNING | TDF_PREEMPT_LOCK)) {
		lwkt_process_ipiq();
		cpu_pause();
	}
	cpu_lfence();
	td->td_gd = gd;
	TAILQ_INSERT_TAIL(&gd->gd_tdallq, td, td_allq);
	td->td_flags &= ~TDF_MIGRATING;
	++migrations;
	crit_exit();
}
