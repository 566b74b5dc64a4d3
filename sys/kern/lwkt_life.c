/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Creation and end of LWKT threads.
 *
 * lwkt_create() makes a kernel thread, which ends in lwkt_exit(); the thread
 * that runs next on the CPU finds it off its stack and puts it on the CPU's
 * list of threads for reuse.  The thread of a user process is allocated and
 * freed by the process code, which waits with lwkt_wait_free() until it is
 * off its stack.
 *
 * td_refs keeps the structure; the thread itself is the first reference.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/thread.h>
#include <sys/thread2.h>
#include <sys/msgport2.h>
#include <vm/vm.h>
#include <vm/vm_kern.h>
#include <machine/clock.h>

#define TDFREE_MAX	32	/* exited threads kept for reuse by a CPU */

static MALLOC_DEFINE(M_THREAD, "thread", "kernel threads");

struct thread thread0;
int	ncpus = 1;
int	ncpus_fit = 1;
int	ncpus_fit_mask;

/*
 * Set up a thread on a stack.  It starts in a critical section, which its
 * first run leaves.
 */
void
lwkt_init_thread(thread_t td, void *stack, int stksize, int flags,
    globaldata_t gd)
{
	bzero(td, sizeof(*td));
	td->td_kstack = stack;
	td->td_kstack_size = stksize;
	td->td_flags = flags;
	td->td_mpflags = 0;
	td->td_gd = gd;
	td->td_pri = td == &gd->gd_idlethread ? TDPRI_IDLE_THREAD :
	    TDPRI_KERN_DAEMON;
	td->td_critcount = 1;
	td->td_refs = 1;
	td->td_toks_base = td->td_toks_array;
	td->td_toks_stop = td->td_toks_base;
	td->td_proc = &proc0;
	td->td_switch = cpu_lwkt_switch;
	td->td_ucred = proc0.p_ucred;
	if (flags & TDF_FORCE_SPINPORT)
		lwkt_initport_spin(&td->td_msgport, td, TRUE);
	else
		lwkt_initport_thread(&td->td_msgport, td);
	cpu_init_thread(td);
	/* A thread made for another CPU is entered there. */
	if (gd == mycpu) {
		crit_enter();
		TAILQ_INSERT_TAIL(&gd->gd_tdallq, td, td_allq);
		crit_exit();
	} else if (td != &gd->gd_idlethread) {
		td->td_flags |= TDF_MIGRATING;
	} else {
		TAILQ_INSERT_TAIL(&gd->gd_tdallq, td, td_allq);
	}
}

/* A structure with a stack of the size, new or used. */
static thread_t
thread_get(int stksize)
{
	globaldata_t gd;
	thread_t td;

	crit_enter();
	gd = mycpu;
	TAILQ_FOREACH(td, &gd->gd_tdfreeq, td_threadq) {
		if (td->td_kstack_size == stksize) {
			TAILQ_REMOVE(&gd->gd_tdfreeq, td, td_threadq);
			--gd->gd_tdfreecount;
			break;
		}
	}
	crit_exit();
	if (td != NULL)
		return (td);
	td = kmalloc(sizeof(*td), M_THREAD, M_WAITOK | M_ZERO);
	td->td_kstack = (char *)kmem_alloc_stack(stksize);
	td->td_kstack_size = stksize;
	return (td);
}

static void
thread_put(thread_t td)
{
	kmem_free_stack((vm_offset_t)td->td_kstack, td->td_kstack_size);
	kfree(td, M_THREAD);
}

/* Free what the CPU keeps beyond reason.  May block. */
static void
thread_trim(void)
{
	globaldata_t gd;
	thread_t td;

	for (;;) {
		crit_enter();
		gd = mycpu;
		td = NULL;
		if (gd->gd_tdfreecount > TDFREE_MAX) {
			td = TAILQ_LAST(&gd->gd_tdfreeq, lwkt_queue);
			TAILQ_REMOVE(&gd->gd_tdfreeq, td, td_threadq);
			--gd->gd_tdfreecount;
		}
		crit_exit();
		if (td == NULL)
			return;
		thread_put(td);
	}
}

thread_t
lwkt_alloc_thread(thread_t td, int stksize, int cpu, int flags)
{
	char *stack;

	if (stksize <= 0)
		stksize = LWKT_THREAD_STACK;
	if (td == NULL) {
		thread_trim();
		td = thread_get(stksize);
		stack = td->td_kstack;
		flags |= TDF_ALLOCATED_THREAD;
	} else {
		stack = (char *)kmem_alloc_stack(stksize);
	}
	flags |= TDF_ALLOCATED_STACK;
	lwkt_init_thread(td, stack, stksize, flags,
	    cpu < 0 ? mycpu : globaldata_find(cpu));
	return (td);
}

/* Nothing refers to td any more and it does not run. */
static void
thread_recycle(thread_t td)
{
	globaldata_t gd;

	KASSERT((td->td_flags & (TDF_RUNQ | TDF_TSLEEPQ | TDF_PREEMPT_LOCK)) ==
	    0, ("freeing thread %p (%s) in use", td, td->td_comm));
	if ((td->td_flags & TDF_ALLOCATED_THREAD) == 0)
		return;
	crit_enter();
	gd = mycpu;
	TAILQ_INSERT_HEAD(&gd->gd_tdfreeq, td, td_threadq);
	++gd->gd_tdfreecount;
	crit_exit();
}

void
lwkt_free_thread(thread_t td)
{
	if ((td->td_flags & TDF_ALLOCATED_THREAD) == 0) {
		if (td->td_flags & TDF_ALLOCATED_STACK) {
			kmem_free_stack((vm_offset_t)td->td_kstack,
			    td->td_kstack_size);
		}
		return;
	}
	lwkt_rele(td);
	thread_trim();
}

void
lwkt_hold(thread_t td)
{
	atomic_add_int((volatile u_int *)&td->td_refs, 1);
}

void
lwkt_rele(thread_t td)
{
	KKASSERT(td->td_refs > 0);
	if (atomic_fetchadd_int((volatile u_int *)&td->td_refs, -1) == 1)
		thread_recycle(td);
}

void
lwkt_set_comm(thread_t td, const char *fmt, ...)
{
	__va_list va;

	__va_start(va, fmt);
	kvsnprintf(td->td_comm, sizeof(td->td_comm), fmt, va);
	__va_end(va);
}

/* Enter a thread made for this CPU by another, and start it. */
static void
lwkt_create_remote(void *arg, int start, struct intrframe *frame __unused)
{
	thread_t td = arg;
	globaldata_t gd = mycpu;

	td->td_flags &= ~TDF_MIGRATING;
	TAILQ_INSERT_TAIL(&gd->gd_tdallq, td, td_allq);
	if (start)
		lwkt_schedule(td);
}

int
lwkt_create(void (*func)(void *), void *arg, thread_t *tdp, thread_t template,
    int tdflags, int cpu, const char *fmt, ...)
{
	thread_t td;
	__va_list va;

	td = lwkt_alloc_thread(template, LWKT_THREAD_STACK, cpu,
	    tdflags & ~TDF_NOSTART);
	if (tdp != NULL)
		*tdp = td;
	cpu_set_thread_handler(td, lwkt_exit, func, arg);
	__va_start(va, fmt);
	kvsnprintf(td->td_comm, sizeof(td->td_comm), fmt, va);
	__va_end(va);
	++mycpu->gd_cnt.v_kthreads;
	if (td->td_flags & TDF_MIGRATING) {
		lwkt_send_ipiq3(td->td_gd, lwkt_create_remote, td,
		    (tdflags & TDF_NOSTART) == 0);
	} else if ((tdflags & TDF_NOSTART) == 0) {
		lwkt_schedule(td);
	}
	return (0);
}

void
lwkt_remove_tdallq(thread_t td)
{
	KKASSERT(td->td_gd == mycpu);
	TAILQ_REMOVE(&td->td_gd->gd_tdallq, td, td_allq);
}

static void
lwkt_discard_remote(void *arg, int arg2 __unused,
    struct intrframe *frame __unused)
{
	lwkt_remove_tdallq(arg);
}

void
lwkt_discard(thread_t td)
{
	globaldata_t gd = td->td_gd;
	int seq;

	KKASSERT((td->td_flags & (TDF_RUNQ | TDF_RUNNING)) == 0);
	if (td->td_flags & TDF_MIGRATING)
		return;			/* not entered anywhere */
	crit_enter();
	seq = lwkt_send_ipiq3(gd, lwkt_discard_remote, td, 0);
	if (gd != mycpu)
		lwkt_wait_ipiq(gd, seq);
	crit_exit();
}

/*
 * End the current thread.  It must hold nothing.
 */
void
lwkt_exit(void)
{
	thread_t td = curthread;

	ASSERT_NO_TOKENS_HELD(td);
	if (td->td_release)
		td->td_release(td);
	crit_enter_quick(td);
	if (td->td_flags & TDF_TSLEEPQ)
		tsleep_remove(td);
	lwkt_deschedule_self(td);
	lwkt_remove_tdallq(td);
	td->td_flags |= TDF_EXITING;
	cpu_thread_exit();
}

/*
 * The exited thread td is off its stack: lwkt_switch_return() of the next.
 */
void
lwkt_thread_gone(thread_t td)
{
	u_int omp;

	td->td_flags &= ~TDF_RUNNING;
	if (td->td_lwp == NULL) {
		lwkt_rele(td);
		return;
	}
	/* The reaper may free td as soon as it sees the bit. */
	omp = atomic_fetchadd_int(&td->td_mpflags, 0);
	while (!atomic_fcmpset_int(&td->td_mpflags, &omp,
	    omp | TDF_MP_EXITSIG))
		;
	if (omp & TDF_MP_EXITWAIT)
		wakeup(td);
}

/* Wait until td has exited and is off its stack. */
void
lwkt_wait_free(thread_t td)
{
	while ((td->td_mpflags & TDF_MP_EXITSIG) == 0) {
		tsleep_interlock(td, 0);
		atomic_set_int(&td->td_mpflags, TDF_MP_EXITWAIT);
		if ((td->td_mpflags & TDF_MP_EXITSIG) == 0)
			tsleep(td, PINTERLOCKED, "tdreap", hz);
	}
}

/* A CPU's scheduler data. */
void
lwkt_gdinit(globaldata_t gd)
{
	int i;

	for (i = 0; i < LWKT_NRUNQ; ++i)
		TAILQ_INIT(&gd->gd_tdrunq[i]);
	TAILQ_INIT(&gd->gd_tdallq);
	TAILQ_INIT(&gd->gd_tdfreeq);
}

/* The machine independent part of a CPU's data. */
void
mi_gdinit(globaldata_t gd, int cpuid)
{
	gd->gd_cpuid = cpuid;
	CPUMASK_ASSBIT(gd->gd_cpumask, cpuid);
	TAILQ_INIT(&gd->gd_systimerq);
	lwkt_gdinit(gd);
	slab_gdinit(gd);
	sleep_gdinit(gd);
}
