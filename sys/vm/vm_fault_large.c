/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * 2 MB at once.
 *
 * A process that fills private anonymous memory in order gets it in large
 * pages: when it reaches the first page of an aligned 2 MB region, nothing of
 * which exists yet, and the page before exists, the whole region is allocated
 * as one block and mapped by one entry.  The pages stay ordinary pages of the
 * object; whatever later concerns only some of them (munmap, mprotect, a copy
 * on write) makes the page tables split the mapping.
 *
 * Memory touched here and there stays in small pages.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/globaldata.h>
#include <sys/spinlock2.h>
#include <sys/vmmeter.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/vm_map.h>
#include <vm/vm_map_priv.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_page2.h>

#define LARGE_SIZE	(2UL << 20)
#define LARGE_ORDER	9
#define LARGE_PAGES	(1UL << LARGE_ORDER)

/* The page before exists, none of the region does. */
static bool
large_in_order(vm_object_t object, vm_pindex_t pindex)
{
	vm_page_t m;
	bool good;

	spin_lock(&object->spin);
	good = vm_radix_lookup(&object->pages, pindex - 1) != NULL;
	if (good) {
		m = vm_radix_lookup_ge(&object->pages, pindex);
		good = m == NULL || m->pindex >= pindex + LARGE_PAGES;
	}
	spin_unlock(&object->spin);
	return (good);
}

/*
 * Give the pages of the block to the object, busy.  A page that somebody
 * else has put there meanwhile takes precedence.  Returns whether all went
 * in.
 */
static bool
large_insert(vm_object_t object, vm_pindex_t pindex, vm_page_t m)
{
	bool all = true;
	vm_page_t p;
	u_long i;

	for (i = 0; i < LARGE_PAGES; ++i) {
		p = m + i;
		p->wire_count = 0;
		p->flags = PG_MAPPED | PG_WRITEABLE;
		p->busy_count = PBUSY_LOCKED;
		p->valid = VM_PAGE_BITS_ALL;
		p->dirty = VM_PAGE_BITS_ALL;
		if (!vm_page_insert(p, object, pindex + i) ||
		    (p->flags & PG_SWAPPED)) {
			vm_page_free(p);
			all = false;
		}
	}
	return (all);
}

bool
vm_fault_large(vm_map_entry_t e, vm_offset_t va)
{
	vm_object_t object = e->ba.object;
	vm_pindex_t pindex;
	vm_page_t m;
	bool all;
	u_long i;

	if ((va & (LARGE_SIZE - 1)) != 0 || va <= e->ba.start ||
	    va + LARGE_SIZE > e->ba.end || e->ba.backing_ba != NULL ||
	    e->wired_count != 0 || (object->flags & OBJ_KEEPSIZE) ||
	    object->swap_count != 0 ||
	    (e->eflags & MAP_ENTRY_NEEDS_COPY) ||
	    (e->protection & VM_PROT_WRITE) == 0)
		return (false);
	pindex = (e->ba.offset + (va - e->ba.start)) >> PAGE_SHIFT;
	if (vmstats.v_free_count < 2 * vmstats.v_free_target + LARGE_PAGES ||
	    !large_in_order(object, pindex))
		return (false);
	m = vm_page_alloc_order(LARGE_ORDER, VM_ALLOC_NORMAL | VM_ALLOC_ZERO);
	if (m == NULL)
		return (false);
	all = large_insert(object, pindex, m);
	if (all && pmap_enter(e->ba.pmap, va, m->phys_addr, e->protection,
	    PMAP_ENTER_LARGE) != 0)
		all = false;
	for (i = 0; i < LARGE_PAGES; ++i)
		if (m[i].object == object && m[i].pindex == pindex + i &&
		    (m[i].busy_count & PBUSY_LOCKED))
			vm_page_wakeup(&m[i]);
	mycpu->gd_cnt.v_zfod += LARGE_PAGES;
	return (all);
}
