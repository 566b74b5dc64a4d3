/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Chains of backings: how copy-on-write grows and shrinks them.
 *
 * After a fork both entries refer to the same objects and have NEEDS_COPY
 * set: the first write through either pushes a new, empty object in front
 * (shadow), which from then on takes that entry's writes.  When the other
 * process is gone, the objects behind are used by this entry only: the next
 * fork finds that out and merges (collapse) what is behind with what is in
 * front, moving whichever has fewer pages.  Page tables need no change, for
 * the same frames stay at the same addresses.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/spinlock2.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/swap_pager.h>
#include <vm/vm_map.h>
#include <vm/vm_map_priv.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_pager.h>
#include <machine/atomic.h>

/*
 * Give the entry an object of its own if it has none.  The map may be locked
 * shared only: threads that fault at the same time compete.
 */
void
vm_map_entry_allocate_object(vm_map_entry_t e)
{
	vm_object_t object;

	if (e->ba.object != NULL)
		return;
	object = vm_object_allocate(OBJT_DEFAULT,
	    (e->ba.end - e->ba.start) >> PAGE_SHIFT);
	/*
	 * Offsets are addresses, so that entries can grow either way.  The
	 * chain behind keeps its own offsets.
	 */
	spin_lock(&object->spin);
	if (atomic_cmpset_ptr(&e->ba.object, NULL, object)) {
		TAILQ_INSERT_TAIL(&object->backing_list, &e->ba, link);
		++object->backing_count;
		spin_unlock(&object->spin);
	} else {
		spin_unlock(&object->spin);
		vm_object_deallocate(object);
	}
}

/*
 * Before the first write to an entry whose object is shared copy-on-write:
 * put an empty object in front.  If the object turns out to be shared with
 * nobody any more, writing to it is all right.
 */
void
vm_map_entry_shadow(vm_map_t map, vm_map_entry_t e)
{
	struct vm_map_backing *ba;

	if ((e->eflags & MAP_ENTRY_NEEDS_COPY) == 0)
		return;
	e->eflags &= ~MAP_ENTRY_NEEDS_COPY;
	if (e->ba.object == NULL || vm_object_backing_private(&e->ba))
		return;
	ba = kmalloc(sizeof(*ba), M_VMBACKING, M_WAITOK);
	spin_lock(&e->ba.object->spin);
	*ba = e->ba;
	TAILQ_REMOVE(&ba->object->backing_list, &e->ba, link);
	TAILQ_INSERT_TAIL(&ba->object->backing_list, ba, link);
	spin_unlock(&ba->object->spin);
	e->ba.object = NULL;
	e->ba.offset = e->ba.start;
	e->ba.backing_ba = ba;
	vm_map_entry_allocate_object(e);
}

static vm_pindex_t
cow_pindex(struct vm_map_backing *ba, vm_pindex_t pindex,
    struct vm_map_backing *to)
{
	return (pindex - (ba->offset >> PAGE_SHIFT) +
	    (to->offset >> PAGE_SHIFT));
}

/* The same as below for pages that are on swap only. */
static void
cow_move_swapped(struct vm_map_backing *from, struct vm_map_backing *to,
    bool towins)
{
	vm_pindex_t pindex = from->offset >> PAGE_SHIFT;
	vm_pindex_t end = (from->offset + (from->end - from->start)) >>
	    PAGE_SHIFT;
	vm_pindex_t other;

	while (from->object->swap_count != 0 &&
	    swap_pager_next(from->object, &pindex, end, -1)) {
		other = cow_pindex(from, pindex, to);
		if (!towins)
			vm_object_page_remove(to->object, other, other + 1,
			    FALSE);
		swap_pager_move(from->object, pindex, to->object, other);
		++pindex;
	}
}

static void
cow_move_resident(struct vm_map_backing *from, struct vm_map_backing *to,
    bool towins)
{
	vm_pindex_t pindex = from->offset >> PAGE_SHIFT;
	vm_pindex_t end = (from->offset + (from->end - from->start)) >>
	    PAGE_SHIFT;
	vm_pindex_t other;
	vm_page_t m;

	while ((m = vm_object_next_page(from->object, &pindex, end,
	    "vmcow")) != NULL) {
		other = cow_pindex(from, pindex, to);
		++pindex;
		if (towins && vm_object_has(to->object, other)) {
			if (m->flags & PG_SWAPPED)
				vm_page_dirty(m);
			vm_page_protect(m, VM_PROT_NONE);
			vm_page_free(m);
			continue;
		}
		if (!towins)
			vm_object_page_remove(to->object, other, other + 1,
			    FALSE);
		vm_page_rename(m, to->object, other);
		vm_page_wakeup(m);
	}
}

/*
 * Move the pages of from's range into to's object.  Where to has a page of
 * that index already, towins says which survives: to's own (true), the
 * other is freed; or from's, replacing to's.
 *
 * Nobody but the swap daemon and a swapoff touches the objects meanwhile.
 * They turn resident pages into ones on swap and back; neither brings back
 * what is gone.
 */
static void
cow_move_pages(struct vm_map_backing *from, struct vm_map_backing *to,
    bool towins)
{
	vm_pindex_t start = from->offset >> PAGE_SHIFT;
	vm_pindex_t end = (from->offset + (from->end - from->start)) >>
	    PAGE_SHIFT;

	do {
		cow_move_resident(from, to, towins);
		cow_move_swapped(from, to, towins);
	} while (vm_object_has_any(from->object, start, end));
}

/* Take ba out of the chain behind prev and give up its object. */
static void
cow_unlink(struct vm_map_backing *prev, struct vm_map_backing *ba)
{
	prev->backing_ba = ba->backing_ba;
	vm_object_backing_detach(ba);
	vm_object_deallocate(ba->object);
	kfree(ba, M_VMBACKING);
}

/* Make front refer to what ba refers to; front's own object is empty. */
static void
cow_pull_up(struct vm_map_backing *front, struct vm_map_backing *ba)
{
	vm_object_t old = front->object, object = ba->object;

	vm_object_backing_detach(front);
	spin_lock(&object->spin);
	TAILQ_REMOVE(&object->backing_list, ba, link);
	front->object = object;
	front->offset = ba->offset;
	TAILQ_INSERT_TAIL(&object->backing_list, front, link);
	spin_unlock(&object->spin);
	front->backing_ba = ba->backing_ba;
	vm_object_deallocate(old);
	kfree(ba, M_VMBACKING);
}

static int
chain_length(vm_map_entry_t e)
{
	struct vm_map_backing *ba;
	int n = 0;

	for (ba = e->ba.backing_ba; ba != NULL; ba = ba->backing_ba)
		++n;
	return (n);
}

/*
 * The next page of an anonymous object at or after *pindexp, busy, read in if
 * it is on swap.  NULL at the end or, with *failedp set, if it could not be.
 */
static vm_page_t
cow_next_page(vm_object_t object, vm_pindex_t *pindexp, vm_pindex_t end,
    bool *failedp)
{
	vm_pindex_t resident, swapped;
	vm_page_t m;

again:
	resident = swapped = *pindexp;
	m = vm_object_next_page(object, &resident, end, "vmcow");
	if (object->swap_count == 0 ||
	    !swap_pager_next(object, &swapped, end, -1) ||
	    (m != NULL && resident <= swapped)) {
		*pindexp = resident;
		return (m);
	}
	if (m != NULL)
		vm_page_wakeup(m);
	*pindexp = swapped;
	m = vm_page_alloc(object, swapped, VM_ALLOC_NORMAL | VM_ALLOC_NULL_OK);
	if (m == NULL && vm_page_resident(object, swapped))
		goto again;
	if (m != NULL && (m->flags & PG_SWAPPED) == 0) {
		vm_page_free(m);	/* no longer there */
		goto again;
	}
	if (m != NULL && m->valid != VM_PAGE_BITS_ALL &&
	    vm_pager_get_page(object, swapped, &m, 1) != VM_PAGER_OK) {
		vm_page_free(m);
		m = NULL;
	}
	*failedp = m == NULL;
	return (m);
}

/* Copy page m, busy, to that index of object, if nothing is there yet. */
static bool
cow_copy_page(vm_page_t m, vm_object_t object, vm_pindex_t pindex)
{
	vm_page_t copy;

	if (vm_object_has(object, pindex))
		return (true);
	copy = vm_page_alloc(object, pindex, VM_ALLOC_NORMAL |
	    VM_ALLOC_NULL_OK);
	if (copy == NULL)
		return (vm_object_has(object, pindex));
	pmap_copy_page(m->phys_addr, copy->phys_addr);
	copy->valid = VM_PAGE_BITS_ALL;
	copy->dirty = VM_PAGE_BITS_ALL;
	vm_page_wakeup(copy);
	return (true);
}

/*
 * The chain has become too long although its objects are shared: copy what
 * this entry sees of the anonymous ones into its own object, and keep only
 * what is not anonymous behind it.
 */
static void
cow_flatten(vm_map_entry_t e)
{
	struct vm_map_backing *ba, *next;
	vm_pindex_t pindex, end;
	bool failed = false;
	vm_page_t m;

	for (ba = e->ba.backing_ba; ba != NULL && ba->object != NULL &&
	    VM_OBJECT_ANON(ba->object) && ba->object->handle == NULL;
	    ba = next) {
		next = ba->backing_ba;
		pindex = ba->offset >> PAGE_SHIFT;
		end = (ba->offset + (ba->end - ba->start)) >> PAGE_SHIFT;
		while ((m = cow_next_page(ba->object, &pindex, end,
		    &failed)) != NULL) {
			failed = !cow_copy_page(m, e->ba.object,
			    cow_pindex(ba, pindex, &e->ba));
			vm_page_wakeup(m);
			if (failed)
				break;
			++pindex;
		}
		/* Out of memory: leave the chain as it is. */
		if (failed)
			return;
		pmap_remove(e->ba.pmap, e->ba.start, e->ba.end);
		cow_unlink(&e->ba, ba);
	}
}

void
vm_map_entry_collapse(vm_map_entry_t e)
{
	struct vm_map_backing *ba;

	while (e->ba.object != NULL && (ba = e->ba.backing_ba) != NULL) {
		if (ba->object == NULL || !vm_object_backing_private(ba) ||
		    !vm_object_backing_private(&e->ba))
			break;
		if (e->ba.object->resident_page_count +
		    e->ba.object->swap_count <
		    ba->object->resident_page_count +
		    ba->object->swap_count) {
			cow_move_pages(&e->ba, ba, false);
			cow_pull_up(&e->ba, ba);
		} else {
			cow_move_pages(ba, &e->ba, true);
			cow_unlink(&e->ba, ba);
		}
	}
	if (e->ba.object != NULL && chain_length(e) > VM_CHAIN_MAX &&
	    vm_object_backing_private(&e->ba))
		cow_flatten(e);
}
