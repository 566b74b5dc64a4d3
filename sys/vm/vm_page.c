/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Allocation of pages and their place in objects.
 *
 * Single pages come from a per-CPU magazine, a short list that only its CPU
 * touches (in a critical section); it is refilled from and drained to the
 * buddy lists (vm_phys.c) a batch at a time.  Every page that belongs to an
 * object and can be reclaimed (a file's) is on one of the page queues from
 * its insertion until it is freed, whether wired or not: the pageout daemon
 * passes over those in use.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/globaldata.h>
#include <sys/spinlock2.h>
#include <sys/thread2.h>
#include <sys/vmmeter.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/swap_pager.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_page2.h>
#include <vm/vm_page_queue.h>
#include <vm/vm_pageout.h>
#include <vm/vm_phys.h>
#include <machine/atomic.h>

#define MAG_BATCH	32	/* pages moved at a time */
#define MAG_MAX		96	/* a magazine holds fewer */

MALLOC_DEFINE(M_VMRADIX, "vmradix", "page index nodes");

/* (c) touched by its own CPU only */
struct vm_page_magazine {
	struct vm_page	*first;		/* linked through pageq.tqe_next */
	long		count;
	long		anon;		/* anonymous pages made here, less
					   those ended here */
} __aligned(64);

static struct vm_page_magazine vm_page_mags[MAXCPU];

/* --- magazines ----------------------------------------------------------- */

/* Free pages an allocation of this kind must leave. */
static inline long
page_reserve(int flags)
{
	if (flags & VM_ALLOC_INTERRUPT)
		return (0);
	if (flags & VM_ALLOC_SYSTEM)
		return (vmstats.v_interrupt_free_min);
	return (vmstats.v_free_reserved);
}

static vm_page_t
page_refill(struct vm_page_magazine *mag, int flags)
{
	struct vm_pagelist list;
	vm_page_t m;
	int n;

	TAILQ_INIT(&list);
	n = vm_phys_alloc_list(pmap_cpu_domain(mycpuid), MAG_BATCH,
	    page_reserve(flags), &list);
	if (vm_paging_needed())
		pagedaemon_wakeup();
	if (n == 0)
		return (NULL);
	TAILQ_FOREACH(m, &list, pageq)
		m->flags = PG_MAGAZINE;
	m = TAILQ_FIRST(&list);
	mag->first = TAILQ_NEXT(m, pageq);
	mag->count = n - 1;
	return (m);
}

/* A frame from this CPU's magazine, or NULL. */
static inline vm_page_t
page_take(int flags)
{
	struct vm_page_magazine *mag;
	vm_page_t m;

	crit_enter();
	mag = &vm_page_mags[mycpuid];
	m = mag->first;
	if (__predict_true(m != NULL)) {
		mag->first = TAILQ_NEXT(m, pageq);
		--mag->count;
	} else {
		m = page_refill(mag, flags);
	}
	crit_exit();
	return (m);
}

static void
page_drain(struct vm_page_magazine *mag, int n)
{
	struct vm_pagelist list;
	vm_page_t m;

	TAILQ_INIT(&list);
	while (n-- > 0 && (m = mag->first) != NULL) {
		mag->first = TAILQ_NEXT(m, pageq);
		--mag->count;
		TAILQ_INSERT_TAIL(&list, m, pageq);
	}
	vm_phys_free_list(&list);
	vm_page_free_wakeup();
}

static inline void
page_give(vm_page_t m)
{
	struct vm_page_magazine *mag;

	crit_enter();
	mag = &vm_page_mags[mycpuid];
	m->flags = PG_MAGAZINE;
	m->pageq.tqe_next = mag->first;
	mag->first = m;
	if (++mag->count >= MAG_MAX || vm_paging_min())
		page_drain(mag, vm_paging_min() ? MAG_MAX : MAG_BATCH);
	crit_exit();
}

long
vm_page_magazine_total(void)
{
	long n = 0;
	int i;

	for (i = 0; i < ncpus; ++i)
		n += vm_page_mags[i].count;
	return (n);
}

/*
 * Anonymous pages are on no queue: the swap daemon finds them by their
 * objects.  They are counted instead.  A spinlock is held.
 */
void
vm_page_count_anon(vm_object_t object, long n)
{
	if (VM_OBJECT_ANON(object))
		vm_page_mags[mycpuid].anon += n;
}

long
vm_page_anon_total(void)
{
	long n = 0;
	int i;

	for (i = 0; i < ncpus; ++i)
		n += vm_page_mags[i].anon;
	return (n > 0 ? n : 0);
}

/* --- pages without an object --------------------------------------------- */

vm_page_t
vm_page_alloc_noobj(int flags)
{
	vm_page_t m = page_take(flags);

	if (m == NULL)
		return (NULL);
	m->object = NULL;
	m->busy_count = 0;
	m->wire_count = 1;
	m->flags = PG_UNMANAGED;
	m->queue = PQ_NONE;
	m->valid = VM_PAGE_BITS_ALL;
	m->dirty = 0;
	m->md_count = 0;
	if (flags & VM_ALLOC_ZERO)
		pmap_zero_page(m->phys_addr);
	return (m);
}

void
vm_page_free_noobj(vm_page_t m)
{
	KASSERT(m->object == NULL && (m->flags & PG_UNMANAGED),
	    ("vm_page_free_noobj: page %p has an object or is free", m));
	m->wire_count = 0;
	page_give(m);
}

vm_page_t
vm_page_alloc_table(int flags)
{
	return (vm_page_alloc_noobj(flags | VM_ALLOC_SYSTEM | VM_ALLOC_ZERO));
}

void
vm_page_free_table(vm_page_t m)
{
	vm_page_free_noobj(m);
}

static void
page_block_setup(vm_page_t m, u_long npages)
{
	u_long i;
	vm_page_t p;

	for (i = 0; i < npages; ++i) {
		p = PHYS_TO_VM_PAGE(m->phys_addr + (i << PAGE_SHIFT));
		p->object = NULL;
		p->busy_count = 0;
		p->wire_count = 1;
		p->flags = PG_UNMANAGED;
		p->queue = PQ_NONE;
		p->valid = VM_PAGE_BITS_ALL;
		p->dirty = 0;
		p->md_count = 0;
	}
}

vm_page_t
vm_page_alloc_order(int order, int flags)
{
	vm_page_t m;

	m = vm_phys_alloc_block(pmap_cpu_domain(mycpuid), order,
	    page_reserve(flags));
	if (vm_paging_needed())
		pagedaemon_wakeup();
	if (m == NULL)
		return (NULL);
	page_block_setup(m, 1UL << order);
	if (flags & VM_ALLOC_ZERO)
		bzero((void *)VM_PAGE_TO_DMAP(m), (size_t)PAGE_SIZE << order);
	return (m);
}

void
vm_page_free_order(vm_page_t m, int order)
{
	vm_page_free_contig(m, (u_long)PAGE_SIZE << order);
}

vm_page_t
vm_page_alloc_contig(vm_paddr_t low, vm_paddr_t high, u_long alignment,
    u_long boundary, u_long size, vm_memattr_t attr, int flags)
{
	u_long npages = (size + PAGE_MASK) >> PAGE_SHIFT;
	vm_page_t m;
	int tries;

	for (tries = 0;; ++tries) {
		m = vm_phys_alloc_run(low, high, alignment, boundary, npages,
		    page_reserve(flags));
		if (m != NULL)
			break;
		if ((flags & VM_ALLOC_WAITOK) == 0 || tries == 10)
			return (NULL);
		vm_pageout_reclaim_contig();
	}
	page_block_setup(m, npages);
	if (flags & VM_ALLOC_ZERO)
		bzero((void *)VM_PAGE_TO_DMAP(m), npages << PAGE_SHIFT);
	return (m);
}

void
vm_page_free_contig(vm_page_t m, u_long size)
{
	u_long npages = (size + PAGE_MASK) >> PAGE_SHIFT;
	u_long i;

	for (i = 0; i < npages; ++i) {
		vm_page_t p = PHYS_TO_VM_PAGE(m->phys_addr + (i << PAGE_SHIFT));

		p->wire_count = 0;
		p->flags = 0;
	}
	vm_phys_free_range(m, npages);
	vm_page_free_wakeup();
}

/* --- pages of objects ---------------------------------------------------- */

vm_page_t
vm_page_alloc(vm_object_t object, vm_pindex_t pindex, int flags)
{
	vm_page_t m;

	while ((m = page_take(flags)) == NULL) {
		if ((flags & VM_ALLOC_WAITOK) == 0)
			return (NULL);
		vm_wait(0);
	}
	m->object = NULL;
	m->busy_count = PBUSY_LOCKED;
	m->wire_count = 0;
	m->flags = 0;
	m->queue = PQ_NONE;
	m->valid = 0;
	m->dirty = 0;
	if (object != NULL && !vm_page_insert(m, object, pindex)) {
		vm_page_free(m);
		if (flags & VM_ALLOC_NULL_OK)
			return (NULL);
		panic("vm_page_alloc: index %ld of object %p is occupied",
		    (long)pindex, object);
	}
	if ((flags & VM_ALLOC_ZERO) && (m->flags & PG_SWAPPED) == 0) {
		pmap_zero_page(m->phys_addr);
		m->valid = VM_PAGE_BITS_ALL;
	}
	return (m);
}

/* The last reference to the frame is gone. */
static void
page_release_frame(vm_page_t m)
{
	KASSERT(m->object == NULL && m->queue == PQ_NONE,
	    ("page %p freed with an object or on a queue", m));
	page_give(m);
}

/* Of those who see a page without owner and wiring, one may free it. */
static bool
page_claim_gone(vm_page_t m)
{
	u_int f = m->flags;

	while (f & PG_GONE) {
		if (atomic_cmpset_int(&m->flags, f, f & ~PG_GONE))
			return (true);
		f = m->flags;
	}
	return (false);
}

void
vm_page_free(vm_page_t m)
{
	KASSERT(m->busy_count & PBUSY_LOCKED,
	    ("vm_page_free: page %p is not busy", m));
	if (m->object != NULL)
		vm_page_remove(m);
	vm_page_unqueue(m);
	if (m->busy_count != PBUSY_LOCKED)
		vm_page_wakeup(m);
	else
		m->busy_count = 0;
	if (__predict_true(m->wire_count == 0)) {
		page_release_frame(m);
		return;
	}
	atomic_set_int(&m->flags, PG_GONE);
	cpu_mfence();
	if (m->wire_count == 0 && page_claim_gone(m))
		page_release_frame(m);
}

bool
vm_page_insert(vm_page_t m, vm_object_t object, vm_pindex_t pindex)
{
	struct vm_radix_node *spare = NULL;
	int error;

	m->pindex = pindex;
	for (;;) {
		spin_lock(&object->spin);
		error = vm_radix_insert(&object->pages, m, &spare);
		if (error == 0) {
			m->object = object;
			++object->resident_page_count;
			vm_page_count_anon(object, 1);
			if (__predict_false(object->swap_count != 0) &&
			    swap_meta_get(object, pindex) != SWAPBLK_NONE)
				vm_page_flag_set(m, PG_SWAPPED);
		}
		spin_unlock(&object->spin);
		if (error != ENOMEM)
			break;
		spare = kmalloc(sizeof(*spare), M_VMRADIX, M_WAITOK);
	}
	if (spare != NULL)
		kfree(spare, M_VMRADIX);
	if (error != 0)
		return (false);
	if (object->flags & OBJ_UNMANAGED)
		vm_page_flag_set(m, PG_UNMANAGED);
	else if (m->queue == PQ_NONE && object->type == OBJT_VNODE)
		vm_page_enqueue(m, PQ_ACTIVE);
	return (true);
}

void
vm_page_remove(vm_page_t m)
{
	vm_object_t object = m->object;
	struct vm_radix_node *node;

	spin_lock(&object->spin);
	node = vm_radix_remove(&object->pages, m->pindex);
	--object->resident_page_count;
	vm_page_count_anon(object, -1);
	m->object = NULL;
	spin_unlock(&object->spin);
	if (node != NULL)
		kfree(node, M_VMRADIX);
}

void
vm_page_rename(vm_page_t m, vm_object_t object, vm_pindex_t pindex)
{
	if (m->flags & PG_SWAPPED)
		vm_page_dirty(m);
	vm_page_remove(m);
	if (!vm_page_insert(m, object, pindex))
		panic("vm_page_rename: index %ld of object %p is occupied",
		    (long)pindex, object);
}

/* --- wiring -------------------------------------------------------------- */

void
vm_page_wire(vm_page_t m)
{
	atomic_add_int(&m->wire_count, 1);
}

void
vm_page_unwire(vm_page_t m, int activate)
{
	KASSERT(m->wire_count > 0, ("vm_page_unwire: page %p not wired", m));
	if (activate && (m->flags & PG_REFERENCED) == 0)
		vm_page_flag_set(m, PG_REFERENCED);
	if (atomic_fetchadd_int(&m->wire_count, -1) != 1)
		return;
	if ((m->flags & PG_GONE) && page_claim_gone(m))
		page_release_frame(m);
}

void
vm_page_unhold(vm_page_t m)
{
	vm_page_unwire(m, 1);
}

/* --- lookup -------------------------------------------------------------- */

bool
vm_page_resident(vm_object_t object, vm_pindex_t pindex)
{
	vm_page_t m;

	spin_lock(&object->spin);
	m = vm_radix_lookup(&object->pages, pindex);
	spin_unlock(&object->spin);
	return (m != NULL);
}

vm_page_t
vm_page_lookup_busy_try(vm_object_t object, vm_pindex_t pindex,
    bool also_soft, bool *busyp)
{
	vm_page_t m;

	*busyp = false;
	spin_lock(&object->spin);
	m = vm_radix_lookup(&object->pages, pindex);
	if (m != NULL && vm_page_busy_try(m, also_soft)) {
		*busyp = true;
		m = NULL;
	}
	spin_unlock(&object->spin);
	return (m);
}

vm_page_t
vm_page_lookup_busy_wait(vm_object_t object, vm_pindex_t pindex,
    bool also_soft, const char *wmesg)
{
	vm_page_t m;

	for (;;) {
		spin_lock(&object->spin);
		m = vm_radix_lookup(&object->pages, pindex);
		if (m == NULL || !vm_page_busy_try(m, also_soft)) {
			spin_unlock(&object->spin);
			return (m);
		}
		spin_unlock(&object->spin);
		vm_page_sleep_busy(m, wmesg);
	}
}

vm_page_t
vm_page_lookup_sbusy_try(vm_object_t object, vm_pindex_t pindex)
{
	vm_page_t m;

	spin_lock(&object->spin);
	m = vm_radix_lookup(&object->pages, pindex);
	if (m != NULL && vm_page_sbusy_try(m))
		m = NULL;
	spin_unlock(&object->spin);
	return (m);
}

vm_page_t
vm_page_grab(vm_object_t object, vm_pindex_t pindex, int flags)
{
	vm_page_t m;
	bool busy;

	for (;;) {
		if (flags & VM_ALLOC_RETRY)
			m = vm_page_lookup_busy_wait(object, pindex, true,
			    "pgrab");
		else {
			m = vm_page_lookup_busy_try(object, pindex, true,
			    &busy);
			if (busy)
				return (NULL);
		}
		if (m != NULL) {
			if (flags & VM_ALLOC_FORCE_ZERO)
				pmap_zero_page(m->phys_addr);
			if ((flags & VM_ALLOC_ZERO) &&
			    m->valid != VM_PAGE_BITS_ALL)
				vm_page_zero_invalid(m, true);
			break;
		}
		m = vm_page_alloc(object, pindex,
		    (flags & ~VM_ALLOC_RETRY) | VM_ALLOC_NULL_OK |
		    ((flags & VM_ALLOC_RETRY) ? VM_ALLOC_WAITOK : 0));
		if (m != NULL || (flags & VM_ALLOC_RETRY) == 0)
			break;
	}
	if (m != NULL && (flags & VM_ALLOC_WIRED))
		vm_page_wire(m);
	return (m);
}

void
vm_page_try_to_free(vm_page_t m)
{
	if (m->dirty || m->wire_count || (m->busy_count & PBUSY_MASK)) {
		vm_page_wakeup(m);
		return;
	}
	vm_page_protect(m, VM_PROT_NONE);
	if (m->dirty || m->wire_count)
		vm_page_wakeup(m);
	else
		vm_page_free(m);
}
