/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Changing what is mapped: protection, advice, inheritance, wiring, growing
 * stacks, writing back.  Each works on the entries of a range after cutting
 * them at its ends.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/mman.h>
#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/spinlock2.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/vm_extern.h>
#include <vm/vm_map.h>
#include <vm/vm_map_priv.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_pager.h>

/* Is all of [start, end) mapped?  Map locked. */
static bool
map_is_complete(vm_map_t map, vm_offset_t start, vm_offset_t end)
{
	vm_map_entry_t e;

	if (start >= end)
		return (true);
	for (e = vm_map_entry_find(map, start); e != NULL;
	    e = TAILQ_NEXT(e, link)) {
		if (e->ba.start > start)
			return (false);
		start = e->ba.end;
		if (start >= end)
			return (true);
	}
	return (false);
}

boolean_t
vm_map_check_protection(vm_map_t map, vm_offset_t start, vm_offset_t end,
    vm_prot_t prot, boolean_t have_lock)
{
	boolean_t ok = FALSE;
	vm_map_entry_t e;

	if (!have_lock)
		vm_map_lock_read(map);
	if (map_is_complete(map, start, end)) {
		ok = TRUE;
		for (e = vm_map_entry_find(map, start); e != NULL &&
		    e->ba.start < end; e = TAILQ_NEXT(e, link))
			if ((e->protection & prot) != prot)
				ok = FALSE;
	}
	if (!have_lock)
		vm_map_unlock_read(map);
	return (ok);
}

int
vm_map_protect(vm_map_t map, vm_offset_t start, vm_offset_t end,
    vm_prot_t prot, boolean_t set_max)
{
	vm_map_entry_t e;
	vm_prot_t old;

	vm_map_lock(map);
	for (e = vm_map_entry_find_ge(map, start); e != NULL &&
	    e->ba.start < end; e = TAILQ_NEXT(e, link)) {
		if ((prot & e->max_protection) != prot) {
			vm_map_unlock(map);
			return (KERN_PROTECTION_FAILURE);
		}
	}
	for (e = vm_map_clip_range(map, start, end); e != NULL &&
	    e->ba.start < end; e = TAILQ_NEXT(e, link)) {
		old = e->protection;
		/* Without any right there is no mapping, wired or not. */
		if (e->wired_count != 0 &&
		    (prot & (VM_PROT_READ | VM_PROT_EXECUTE)) == 0)
			vm_fault_unwire(map, e);
		if (set_max) {
			e->max_protection = prot;
			e->protection = prot & old;
		} else {
			e->protection = prot;
		}
		if (old & ~e->protection)
			pmap_protect(map->pmap, e->ba.start, e->ba.end,
			    e->protection);
	}
	++map->timestamp;
	vm_map_unlock(map);
	return (KERN_SUCCESS);
}

int
vm_map_inherit(vm_map_t map, vm_offset_t start, vm_offset_t end,
    vm_inherit_t inheritance)
{
	vm_map_entry_t e;

	if (inheritance != VM_INHERIT_SHARE && inheritance != VM_INHERIT_COPY &&
	    inheritance != VM_INHERIT_NONE)
		return (KERN_INVALID_ARGUMENT);
	vm_map_lock(map);
	for (e = vm_map_clip_range(map, start, end); e != NULL &&
	    e->ba.start < end; e = TAILQ_NEXT(e, link))
		e->inheritance = inheritance;
	vm_map_unlock(map);
	return (KERN_SUCCESS);
}

/* --- advice -------------------------------------------------------------- */

/* The contents of private anonymous memory may be forgotten. */
static void
madvise_free(vm_map_t map, vm_map_entry_t e, vm_offset_t start,
    vm_offset_t end)
{
	vm_pindex_t first;

	if (e->ba.object == NULL || !VM_OBJECT_ANON(e->ba.object) ||
	    e->wired_count != 0 || (e->eflags & MAP_ENTRY_NEEDS_COPY) ||
	    e->ba.backing_ba != NULL || !vm_object_backing_private(&e->ba))
		return;
	first = (e->ba.offset + (start - e->ba.start)) >> PAGE_SHIFT;
	pmap_remove(map->pmap, start, end);
	vm_object_page_remove(e->ba.object, first, first +
	    ((end - start) >> PAGE_SHIFT), FALSE);
}

static void
madvise_dontneed(vm_map_entry_t e, vm_offset_t start, vm_offset_t end)
{
	vm_pindex_t pindex, last;
	vm_page_t m;

	if (e->ba.object == NULL)
		return;
	pindex = (e->ba.offset + (start - e->ba.start)) >> PAGE_SHIFT;
	last = (e->ba.offset + (end - e->ba.start)) >> PAGE_SHIFT;
	while ((m = vm_object_next_page(e->ba.object, &pindex, last,
	    "madvdn")) != NULL) {
		++pindex;
		vm_page_dontneed(m);
		vm_page_wakeup(m);
	}
}

/* Advice that needs no entry cut: map locked shared. */
static int
madvise_contents(vm_map_t map, vm_offset_t start, vm_offset_t end, int behav)
{
	vm_offset_t s, t;
	vm_map_entry_t e;

	if (behav == MADV_FREE)
		vm_map_lock(map);
	else
		vm_map_lock_read(map);
	for (e = vm_map_entry_find_ge(map, start); e != NULL &&
	    e->ba.start < end; e = TAILQ_NEXT(e, link)) {
		if (e->maptype != VM_MAPTYPE_NORMAL)
			continue;
		s = ulmax(start, e->ba.start);
		t = ulmin(end, e->ba.end);
		if (behav == MADV_FREE)
			madvise_free(map, e, s, t);
		else if (behav == MADV_DONTNEED)
			madvise_dontneed(e, s, t);
		else
			vm_fault_prefault(e, s, t - s);
	}
	vm_map_unlock(map);
	return (0);
}

int
vm_map_madvise(vm_map_t map, vm_offset_t start, vm_offset_t end, int behav,
    off_t value)
{
	u_int set = 0, clear = 0;
	vm_map_entry_t e;

	switch (behav) {
	case MADV_WILLNEED:
	case MADV_DONTNEED:
	case MADV_FREE:
		return (madvise_contents(map, start, end, behav));
	case MADV_NORMAL:
		clear = MAP_ENTRY_BEHAV_MASK;
		break;
	case MADV_SEQUENTIAL:
		clear = MAP_ENTRY_BEHAV_MASK;
		set = MAP_ENTRY_BEHAV_SEQUENTIAL;
		break;
	case MADV_RANDOM:
		clear = MAP_ENTRY_BEHAV_MASK;
		set = MAP_ENTRY_BEHAV_RANDOM;
		break;
	case MADV_NOSYNC:
		set = MAP_ENTRY_NOSYNC;
		break;
	case MADV_AUTOSYNC:
		clear = MAP_ENTRY_NOSYNC;
		break;
	case MADV_NOCORE:
		set = MAP_ENTRY_NOCOREDUMP;
		break;
	case MADV_CORE:
		clear = MAP_ENTRY_NOCOREDUMP;
		break;
	default:
		return (EINVAL);
	}
	vm_map_lock(map);
	for (e = vm_map_clip_range(map, start, end); e != NULL &&
	    e->ba.start < end; e = TAILQ_NEXT(e, link))
		e->eflags = (e->eflags & ~clear) | set;
	vm_map_unlock(map);
	return (0);
}

/* --- wiring -------------------------------------------------------------- */

static int
wire_entry(vm_map_t map, vm_offset_t start, vm_offset_t end, bool writable)
{
	vm_offset_t va;
	int rv;

	for (va = start; va < end; va += PAGE_SIZE) {
		rv = vm_fault(map, va, writable ? VM_PROT_RW : VM_PROT_READ,
		    VM_FAULT_USER_WIRE);
		if (rv != KERN_SUCCESS)
			return (rv);
	}
	return (KERN_SUCCESS);
}

/*
 * Wiring faults pages in with the map unlocked.  Entries are marked first,
 * so pages that come meanwhile are wired by their own faults too: see
 * vm_fault(), which wires a page once however often it is asked.
 */
int
vm_map_user_wire(vm_map_t map, vm_offset_t start, vm_offset_t end, bool unwire)
{
	vm_offset_t s, t;
	vm_map_entry_t e;
	bool writable;
	int rv = KERN_SUCCESS;

	vm_map_lock(map);
	if (!map_is_complete(map, start, end)) {
		vm_map_unlock(map);
		return (KERN_INVALID_ADDRESS);
	}
	e = vm_map_clip_range(map, start, end);
	if (unwire) {
		for (; e != NULL && e->ba.start < end;
		    e = TAILQ_NEXT(e, link)) {
			if (e->wired_count != 0)
				vm_fault_unwire(map, e);
			e->eflags &= ~MAP_ENTRY_USER_WIRED;
			e->wired_count = 0;
		}
		vm_map_unlock(map);
		return (KERN_SUCCESS);
	}
	while (e != NULL && e->ba.start < end) {
		if (e->wired_count != 0 || e->maptype != VM_MAPTYPE_NORMAL ||
		    (e->ba.object != NULL &&
		     e->ba.object->un_pager.devp.fault != NULL &&
		     (e->ba.object->flags & OBJ_UNMANAGED)) ||
		    (e->protection & VM_PROT_RW) == 0) {
			e = TAILQ_NEXT(e, link);
			continue;
		}
		e->eflags |= MAP_ENTRY_USER_WIRED;
		e->wired_count = 1;
		/* What is mapped already must fault, to be wired. */
		pmap_remove(map->pmap, e->ba.start, e->ba.end);
		s = e->ba.start;
		t = e->ba.end;
		writable = (e->protection & VM_PROT_WRITE) &&
		    (e->eflags & MAP_ENTRY_COW);
		vm_map_unlock(map);
		rv = wire_entry(map, s, t, writable);
		vm_map_lock(map);
		if (rv != KERN_SUCCESS)
			break;
		e = vm_map_entry_find_ge(map, t);
	}
	vm_map_unlock(map);
	return (rv);
}

/* --- stacks -------------------------------------------------------------- */

int
vm_map_stack(vm_map_t map, vm_offset_t addr, vm_size_t max_ssize,
    vm_prot_t prot, vm_prot_t max, int cow)
{
	vm_size_t init = ulmin(max_ssize, SGROWSIZ);
	vm_offset_t end = addr + max_ssize;
	vm_map_entry_t e;
	int rv;

	vm_map_lock(map);
	e = vm_map_entry_find_ge(map, addr);
	if (e != NULL && e->ba.start < end) {
		vm_map_unlock(map);
		return (KERN_NO_SPACE);
	}
	rv = vm_map_insert(map, NULL, 0, end - init, end, VM_MAPTYPE_NORMAL,
	    VM_SUBSYS_STACK, prot, max, cow | MAP_IS_STACK);
	if (rv == KERN_SUCCESS) {
		e = vm_map_entry_find(map, end - PAGE_SIZE);
		e->avail_ssize = max_ssize - init;
	}
	vm_map_unlock(map);
	return (rv);
}

int
vm_map_growstack(vm_map_t map, vm_offset_t addr)
{
	struct proc *p = curproc;
	vm_map_entry_t e, prev;
	vm_size_t grow, limit;
	vm_offset_t floor;
	int rv = KERN_NO_SPACE;

	vm_map_lock(map);
	e = vm_map_entry_find_ge(map, addr);
	if (e == NULL || e->avail_ssize == 0 ||
	    addr < e->ba.start - e->avail_ssize)
		goto out;
	if (addr >= e->ba.start) {
		rv = KERN_SUCCESS;	/* somebody else has grown it */
		goto out;
	}
	prev = TAILQ_PREV(e, vm_map_entry_list, link);
	floor = e->ba.start - e->avail_ssize;
	if (prev != NULL && prev->ba.end > floor)
		floor = prev->ba.end;
	limit = p->p_rlimit[RLIMIT_STACK].rlim_cur;
	if (limit < e->ba.end && e->ba.end - limit > floor)
		floor = round_page(e->ba.end - limit);
	if (addr < floor)
		goto out;
	grow = roundup2(e->ba.start - trunc_page(addr), SGROWSIZ);
	if (e->ba.start - floor < grow)
		grow = e->ba.start - floor;
	if (map->size + grow > p->p_rlimit[RLIMIT_VMEM].rlim_cur)
		goto out;
	vm_map_chain_set_start(&e->ba, e->ba.start - grow);
	e->avail_ssize -= grow;
	map->size += grow;
	++map->timestamp;
	if (p->p_vmspace != NULL && map == &p->p_vmspace->vm_map)
		p->p_vmspace->vm_ssize += grow >> PAGE_SHIFT;
	rv = KERN_SUCCESS;
out:
	vm_map_unlock(map);
	return (rv);
}

/* --- msync --------------------------------------------------------------- */

static void
clean_object(vm_object_t object, vm_pindex_t first, vm_pindex_t last,
    boolean_t syncio, boolean_t invalidate)
{
	if (object->type != OBJT_VNODE)
		return;
	vm_object_page_clean(object, first, last, syncio ? OBJPC_SYNC : 0);
	if (invalidate)
		vm_object_page_remove(object, first, last, TRUE);
}

int
vm_map_clean(vm_map_t map, vm_offset_t start, vm_offset_t end,
    boolean_t syncio, boolean_t invalidate)
{
	struct vm_map_backing *ba;
	vm_pindex_t first, last;
	vm_object_t object;
	vm_map_entry_t e;
	vm_offset_t stop;

	vm_map_lock_read(map);
	if (!map_is_complete(map, start, end)) {
		vm_map_unlock_read(map);
		return (KERN_INVALID_ADDRESS);
	}
	while (start < end && (e = vm_map_entry_find(map, start)) != NULL) {
		stop = ulmin(end, e->ba.end);
		for (ba = &e->ba; ba->backing_ba != NULL; ba = ba->backing_ba)
			;
		object = ba->object;
		first = (ba->offset + (start - ba->start)) >> PAGE_SHIFT;
		last = first + ((stop - start) >> PAGE_SHIFT);
		start = stop;
		if (object == NULL || object->type != OBJT_VNODE ||
		    (e->eflags & MAP_ENTRY_COW))
			continue;
		vm_object_reference(object);
		vm_map_unlock_read(map);
		clean_object(object, first, last, syncio, invalidate);
		vm_object_deallocate(object);
		vm_map_lock_read(map);
	}
	vm_map_unlock_read(map);
	return (KERN_SUCCESS);
}
