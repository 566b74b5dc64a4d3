/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Choosing anonymous pages for swap.
 *
 * Anonymous pages are on no queue, so making and freeing them costs nothing
 * extra as long as memory is plentiful.  When the pageout daemon cannot free
 * enough of files' pages, it asks here, and a hand goes round over all
 * anonymous objects and, by index, the pages of each.  A page used since the
 * hand was there last gains a little; one that was not loses a little, and
 * goes when nothing is left: at once if it is clean (its copy on swap is
 * good), else together with its neighbours in one write.
 *
 * This thread holds no lock when it waits, needs no memory but what has been
 * set aside, and waits for nothing but swap devices.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/kthread.h>
#include <sys/proc.h>
#include <sys/globaldata.h>
#include <sys/spinlock2.h>
#include <sys/sysctl.h>
#include <sys/thread2.h>
#include <sys/vmmeter.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/swap_pager.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_page2.h>
#include <machine/atomic.h>

#define ROUNDS	(SWAP_ACT_MAX + 3)	/* of the hand, before giving up */

static struct thread *swapthread;
static long swapout_wanted;		/* (a) pages to be freed */
static u_long swapout_failures;		/* (a) requests without any result */
static int swapout_off;

SYSCTL_INT(_vm, OID_AUTO, disable_swapspace_pageouts, CTLFLAG_RW,
    &swapout_off, 0, "Leave anonymous memory where it is");

bool
vm_swapout_progress(void)
{
	static u_long freed, failures;	/* the pageout daemon's */
	bool headway;

	headway = swap_freed != freed || swap_io_writing != 0 ||
	    (swapout_wanted != 0 && swapout_failures == failures);
	freed = swap_freed;
	failures = swapout_failures;
	return (headway);
}

/* Pages with adjacent indices to be written together; touched by us only. */
struct cluster {
	vm_page_t	ma[SWAP_CLUSTER];
	int		n;
};

struct hand {
	struct cluster	cl;
	int		bucket;		/* of objects, where it is */
	long		goal;		/* pages still to be freed */
	bool		full;		/* swap is */
};

void
vm_swapout_request(long npages)
{
	if (!swap_configured() || swapout_off || npages <= 0)
		return;
	if (swapout_wanted < npages)
		swapout_wanted = npages;
	wakeup(&swapout_wanted);
}

/* --- single pages -------------------------------------------------------- */

static bool
page_is_zero(vm_page_t m)
{
	const uint64_t *p = (const uint64_t *)VM_PAGE_TO_DMAP(m);
	u_int i;

	for (i = 0; i < PAGE_SIZE / sizeof(*p); ++i)
		if (p[i] != 0)
			return (false);
	return (true);
}

/* Has the busy page not been used for long?  Ages it. */
static bool
page_is_cold(vm_page_t m)
{
	int used;

	if (m->wire_count != 0 || m->valid != VM_PAGE_BITS_ALL ||
	    (m->flags & PG_UNMANAGED))
		return (false);
	used = vm_page_test_referenced(m);
	if (m->flags & PG_REFERENCED) {
		vm_page_flag_clear(m, PG_REFERENCED);
		++used;
	}
	if (used != 0) {
		if (m->act_count < SWAP_ACT_MAX)
			++m->act_count;
		return (false);
	}
	if (m->act_count != 0) {
		--m->act_count;
		return (false);
	}
	return (true);
}

static void
cluster_flush(struct hand *h)
{
	struct cluster *cl = &h->cl;
	int n;

	if (cl->n == 0)
		return;
	n = swap_io_write(cl->ma, cl->n);
	if (n == 0)
		h->full = true;
	h->goal -= n;
	cl->n = 0;
}

static void
cluster_add(struct hand *h, vm_page_t m)
{
	struct cluster *cl = &h->cl;

	if (cl->n != 0 && (m->pindex != cl->ma[cl->n - 1]->pindex + 1 ||
	    m->pindex % SWAP_CLUSTER == 0))
		cluster_flush(h);
	cl->ma[cl->n++] = m;
	if (cl->n == SWAP_CLUSTER)
		cluster_flush(h);
}

/* Free the cold, busy page, or have it written. */
static void
page_out(struct hand *h, vm_page_t m)
{
	vm_page_protect(m, VM_PROT_NONE);
	if (m->wire_count != 0) {
		vm_page_wakeup(m);
		return;
	}
	/*
	 * A page without a copy that nobody has changed is one of zeros, and
	 * will be again.
	 */
	if (m->dirty == 0 && ((m->flags & PG_SWAPPED) || page_is_zero(m))) {
		vm_page_free(m);
		atomic_add_long(&swap_freed, 1);
		--h->goal;
		return;
	}
	if (h->full || !swap_has_room()) {
		h->full = true;
		vm_page_wakeup(m);
		return;
	}
	if (m->flags & PG_SWAPPED)
		swap_pager_unswapped(m);
	m->dirty = VM_PAGE_BITS_ALL;
	cluster_add(h, m);
}

/* --- the hand ------------------------------------------------------------ */

/* The next page of the object at or after its hand, busy; NULL at the end. */
static vm_page_t
hand_next(vm_object_t object)
{
	vm_page_t m;

	spin_lock(&object->spin);
	for (;;) {
		m = vm_radix_lookup_ge(&object->pages, object->swap_hand);
		if (m == NULL)
			break;
		object->swap_hand = m->pindex + 1;
		if (m->wire_count == 0 && !vm_page_busy_try(m, true))
			break;
	}
	spin_unlock(&object->spin);
	return (m);
}

/* Whether the object was gone through to its end. */
static bool
scan_object(struct hand *h, vm_object_t object)
{
	vm_page_t m;

	while (h->goal > 0) {
		if ((object->flags & OBJ_DEAD) ||
		    (m = hand_next(object)) == NULL) {
			object->swap_hand = 0;
			cluster_flush(h);
			return (true);
		}
		if (page_is_cold(m))
			page_out(h, m);
		else
			vm_page_wakeup(m);
		lwkt_user_yield();
	}
	cluster_flush(h);
	return (false);
}

/* Enough, or nothing to be done? */
static bool
hand_stops(struct hand *h)
{
	return (h->goal <= 0 || swapout_off || !swap_configured() ||
	    vmstats.v_free_count + swap_io_writing >=
	    vmstats.v_free_target + vmstats.v_free_min);
}

/* Once over all objects. */
static void
hand_round(struct hand *h)
{
	vm_object_t object;
	long n;
	int i, b;

	for (i = 0; i < VM_OBJECT_BUCKETS; ++i) {
		b = h->bucket;
		for (n = vm_object_bucket_count(b); n > 0; --n) {
			if (hand_stops(h))
				return;
			object = vm_object_bucket_next(b);
			if (object == NULL)
				break;
			if (object->resident_page_count == 0 ||
			    (object->flags & OBJ_UNMANAGED) ||
			    scan_object(h, object))
				vm_object_bucket_rotate(b, object);
			vm_object_drop_count(object);
		}
		h->bucket = (b + 1) % VM_OBJECT_BUCKETS;
	}
}

static void
swapout_thread(void *arg)
{
	struct hand h = { .bucket = 0 };
	u_long before;
	int i;

	for (;;) {
		tsleep_interlock(&swapout_wanted, 0);
		if (swapout_wanted == 0)
			tsleep(&swapout_wanted, PINTERLOCKED, "swapidle", 0);
		h.goal = swapout_wanted;
		h.full = false;
		before = swap_freed;
		for (i = 0; i < ROUNDS && !hand_stops(&h); ++i)
			hand_round(&h);
		if (swap_freed == before && swap_io_writing == 0 &&
		    !hand_stops(&h))
			++swapout_failures;
		swapout_wanted = 0;
		if (!vm_paging_severe())
			swap_pager_reserve(false);
	}
}

static void
swapout_start(void *arg)
{
	int error;

	error = kthread_create(swapout_thread, NULL, &swapthread, "swapdaemon");
	if (error != 0)
		panic("cannot start the swap daemon: error %d", error);
}
SYSINIT(swapdaemon, SI_SUB_KTHREAD_PAGE, SI_ORDER_ANY, swapout_start, NULL);
