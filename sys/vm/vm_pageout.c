/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The pageout daemon.
 *
 * It sleeps until an allocation finds less free memory than the target, and
 * then frees inactive pages that are clean and not used since they became
 * inactive, has dirty ones of files written, and moves pages that are not
 * used from the active to the inactive queues, round after round, harder
 * each time, until the target is reached.  Where files' pages do not suffice
 * it has anonymous memory written to swap (vm_swapout.c).  When a whole series
 * of rounds has made no headway there either and memory is all but gone, the
 * largest process is killed (vm_oom.c).
 *
 * A second thread writes dirty pages, so a file system that needs memory to
 * write cannot stop the first one from finding clean pages.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/kthread.h>
#include <sys/proc.h>
#include <sys/globaldata.h>
#include <sys/spinlock2.h>
#include <sys/thread2.h>
#include <sys/vmmeter.h>
#include <sys/vnode.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/swap_pager.h>
#include <vm/vm_extern.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_page2.h>
#include <vm/vm_page_queue.h>
#include <vm/vm_pageout.h>
#include <vm/vm_pager.h>
#include <machine/atomic.h>

#define PASSES		4	/* the last one looks at everything */
#define OOM_ROUNDS	8	/* without headway, before killing */
#define WARN_INTERVAL	60	/* seconds between warnings */

struct thread *pagethread;
static struct thread *launderthread;

static int pages_needed;	/* (a) the daemon was asked */
static int pages_waiting;	/* (a) threads in vm_wait() */
static u_int launder_wanted;	/* (a) dirty pages were passed over */

/* --- waiting for memory -------------------------------------------------- */

void
pagedaemon_wakeup(void)
{
	if (pages_needed == 0 && pagethread != NULL) {
		pages_needed = 1;
		wakeup(&pages_needed);
	}
}

void
vm_page_free_wakeup(void)
{
	if (pages_waiting != 0 && !vm_paging_severe()) {
		pages_waiting = 0;
		wakeup(&vmstats.v_free_count);
	}
}

void
vm_wait(int timo)
{
	if (curthread == pagethread || curthread == launderthread) {
		tsleep(&pages_waiting, 0, "vmpwt", hz / 20 + 1);
		return;
	}
	tsleep_interlock(&vmstats.v_free_count, 0);
	pages_waiting = 1;
	pagedaemon_wakeup();
	cpu_mfence();
	if (vm_paging_severe())
		tsleep(&vmstats.v_free_count, PINTERLOCKED, "vmwait",
		    timo ? timo : hz);
	else
		tsleep(&vmstats.v_free_count, PINTERLOCKED, "vmwait", 1);
}

bool
vm_memory_exhausted(void)
{
	return (vm_paging_min() && !swap_has_room() &&
	    vm_page_queue_total(PQ_ACTIVE) +
	    vm_page_queue_total(PQ_INACTIVE) < vmstats.v_free_target);
}

void
vm_wait_pfault(void)
{
	vm_wait(hz / 4 + 1);
}

/*
 * Somebody needs adjacent pages and there are none: ask for more free memory
 * than usual and give the daemon time.
 */
void
vm_pageout_reclaim_contig(void)
{
	pages_needed = 2;
	wakeup(&pages_needed);
	tsleep(&pages_waiting, 0, "vmcntg", hz / 5 + 1);
}

/* --- scanning ------------------------------------------------------------ */

/*
 * Write the dirty page m, busy, and the dirty pages behind it.  Consumes the
 * busy state.
 */
static void
launder_page(vm_page_t m)
{
	vm_object_t object = m->object;
	vm_pindex_t pindex = m->pindex;
	struct vnode *vp;

	vm_object_hold_count(object);
	if (object->type != OBJT_VNODE || (object->flags & OBJ_DEAD) ||
	    !vref_try(vp = object->handle)) {
		vm_page_activate(m);
		vm_page_wakeup(m);
		vm_object_drop_count(object);
		return;
	}
	vm_page_wakeup(m);
	vm_object_page_clean(object, pindex, pindex + 16, 0);
	vrele(vp);
	vm_object_drop_count(object);
}

/* Can the contents be had again from elsewhere? */
static inline bool
page_reclaimable(vm_page_t m)
{
	return (m->object->type == OBJT_VNODE);
}

/*
 * One inactive page, busy.  Returns pages freed.  Whether dirty pages were
 * met is left in launder_wanted.
 */
static int
scan_inactive_page(vm_page_t m, bool hard)
{
	if (m->object == NULL || m->wire_count != 0) {
		vm_page_wakeup(m);
		return (0);
	}
	if (!hard && ((m->flags & PG_REFERENCED) ||
	    vm_page_test_referenced(m) != 0)) {
		vm_page_flag_clear(m, PG_REFERENCED);
		++mycpu->gd_cnt.v_reactivated;
		vm_page_activate(m);
		vm_page_wakeup(m);
		return (0);
	}
	if (!page_reclaimable(m)) {
		vm_page_requeue(m, PQ_ACTIVE);
		vm_page_wakeup(m);
		return (0);
	}
	if (m->dirty == 0) {
		vm_page_protect(m, VM_PROT_NONE);
		if (m->dirty == 0 && m->wire_count == 0) {
			vm_page_free(m);
			++mycpu->gd_cnt.v_dfree;
			return (1);
		}
	} else {
		launder_wanted = 1;
	}
	vm_page_requeue(m, PQ_INACTIVE);
	vm_page_wakeup(m);
	return (0);
}

static long
scan_inactive(int domain, int lru, long goal, bool hard)
{
	struct vm_page_queue *q = vm_page_queue_at(domain, lru, PQ_INACTIVE);
	long budget = q->count, freed = 0;
	struct vm_page marker;
	vm_page_t m;

	vm_page_queue_mark(q, &marker);
	while (freed < goal &&
	    (m = vm_page_queue_next(q, &marker, &budget)) != NULL) {
		freed += scan_inactive_page(m, hard);
		lwkt_user_yield();
	}
	vm_page_queue_unmark(q, &marker);
	return (freed);
}

/*
 * Age active pages: those not used since the last look lose a little, and
 * move when nothing is left.
 */
static void
scan_active(int domain, int lru, long goal, bool hard)
{
	struct vm_page_queue *q = vm_page_queue_at(domain, lru, PQ_ACTIVE);
	long budget = q->count;
	struct vm_page marker;
	vm_page_t m;
	int used;

	vm_page_queue_mark(q, &marker);
	while (goal > 0 &&
	    (m = vm_page_queue_next(q, &marker, &budget)) != NULL) {
		if (m->object == NULL || !page_reclaimable(m)) {
			vm_page_wakeup(m);
			continue;
		}
		used = vm_page_test_referenced(m);
		if (m->flags & PG_REFERENCED) {
			vm_page_flag_clear(m, PG_REFERENCED);
			++used;
		}
		if (used != 0) {
			if (m->act_count < 64)
				m->act_count += used > 3 ? 3 : used;
		} else {
			m->act_count -= m->act_count < 2 ? m->act_count : 2;
			if (m->act_count == 0 || hard) {
				vm_page_deactivate(m);
				--goal;
			}
		}
		vm_page_wakeup(m);
		lwkt_user_yield();
	}
	vm_page_queue_unmark(q, &marker);
}

static long
pageout_pass(int pass, long target)
{
	int nqueues = vm_ndomains * VM_LRU_QUEUES, i;
	bool hard = (pass == PASSES - 1);
	long freed = 0, shortage;

	launder_wanted = 0;
	for (i = 0; i < nqueues && freed < target; ++i)
		freed += scan_inactive(i / VM_LRU_QUEUES, i % VM_LRU_QUEUES,
		    target - freed, hard);
	if (launder_wanted)
		wakeup(&launder_wanted);
	vm_swapout_request(target - freed - swap_io_writing);
	shortage = vmstats.v_inactive_target + (target - freed) -
	    vm_page_queue_total(PQ_INACTIVE);
	if (shortage > 0)
		for (i = 0; i < nqueues; ++i)
			scan_active(i / VM_LRU_QUEUES, i % VM_LRU_QUEUES,
			    shortage / nqueues + 1, pass > 0);
	mycpu->gd_cnt.v_pdpages += freed;
	return (freed);
}

/* --- the threads --------------------------------------------------------- */

static void
launder_thread(void *arg)
{
	struct vm_page_queue *q;
	struct vm_page marker;
	long budget;
	vm_page_t m;
	int i;

	for (;;) {
		tsleep(&launder_wanted, 0, "launder", 10 * hz);
		for (i = 0; i < vm_ndomains * VM_LRU_QUEUES; ++i) {
			if (!vm_paging_needed())
				break;
			q = vm_page_queue_at(i / VM_LRU_QUEUES,
			    i % VM_LRU_QUEUES, PQ_INACTIVE);
			budget = q->count;
			vm_page_queue_mark(q, &marker);
			while ((m = vm_page_queue_next(q, &marker,
			    &budget)) != NULL) {
				if (m->object != NULL && m->dirty != 0)
					launder_page(m);
				else
					vm_page_wakeup(m);
			}
			vm_page_queue_unmark(q, &marker);
		}
	}
}

/*
 * Work until the target is reached.  Returns whether anything was freed.
 * While writing to swap gets on, files' pages in use are left alone.
 */
static bool
pageout_work(int idle)
{
	int pass, passes = idle == 0 && swap_has_room() ? 2 : PASSES;
	long freed = 0, target;

	++mycpu->gd_cnt.v_pdwakeups;
	freesomevnodes(0);
	for (pass = 0; pass < passes; ++pass) {
		target = vm_paging_target();
		if (pages_needed > 1)
			target += vmstats.v_free_target;
		if (target <= 0)
			break;
		freed += pageout_pass(pass, target);
		vm_page_free_wakeup();
		if (!vm_paging_needed())
			break;
		if (vm_page_queue_total(PQ_INACTIVE) == 0 && freed == 0 &&
		    pass > 1)
			break;
	}
	return (freed != 0 || (swap_configured() && vm_swapout_progress()));
}

static void
out_of_memory(void)
{
	static int said;

	if (swap_configured()) {
		vm_oom_kill_largest("out of swap space");
		return;
	}
	if (said == 0 || (u_int)(ticks - said) > WARN_INTERVAL * hz) {
		said = ticks | 1;
		kprintf("Warning: The system would like to page to swap but "
		    "no swap space is configured!\n");
	}
	vm_oom_kill_largest("out of memory");
}

/*
 * Between rounds.  After a useful one the next begins a tick later at the
 * earliest, and if memory is not really short, not before more is taken.
 */
static void
pageout_pause(bool useful)
{
	if (!useful) {
		tsleep(&pagethread, 0, "pdelay",
		    vm_paging_min() ? hz / 50 + 1 : hz);
		return;
	}
	tsleep(&pagethread, 0, "pdelay", 1);
	tsleep_interlock(&pages_needed, 0);
	pages_needed = 0;
	cpu_mfence();
	if (!vm_paging_min())
		tsleep(&pages_needed, PINTERLOCKED, "pdelay", hz);
}

static void
pageout_thread(void *arg)
{
	int idle = 0;

	for (;;) {
		if (!vm_paging_needed() && pages_needed < 2) {
			idle = 0;
			pages_needed = 0;
			tsleep(&pages_needed, 0, "psleep", 5 * hz);
			continue;
		}
		if (pageout_work(idle))
			idle = 0;
		else
			++idle;
		pages_needed = 1;
		vm_page_free_wakeup();
		/*
		 * Give the writer, and processes that are about to free
		 * memory, time before resorting to force.
		 */
		if (idle >= OOM_ROUNDS && vm_paging_severe()) {
			out_of_memory();
			idle = 0;
		}
		if (vm_paging_needed())
			pageout_pause(idle == 0);
	}
}

static void
pageout_start(void *arg)
{
	int error;

	error = kthread_create(launder_thread, NULL, &launderthread,
	    "pagelaunder");
	if (error == 0)
		error = kthread_create(pageout_thread, NULL, &pagethread,
		    "pagedaemon");
	if (error != 0)
		panic("cannot start the pageout daemon: error %d", error);
}
SYSINIT(pagedaemon, SI_SUB_KTHREAD_PAGE, SI_ORDER_FIRST, pageout_start, NULL);
