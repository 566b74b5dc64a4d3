/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Page faults.
 *
 * A fault holds the map's lock shared and the page it works on busy, so
 * faults exclude each other only where they need the same page.  Whenever it
 * would have to sleep - for a busy page, for memory, for the pager - it lets
 * go of everything, sleeps, and starts over; a page that was read in is then
 * found in its object.  In particular no lock of the map is held while a
 * file system works: that may be waiting for a thread that waits for the map.
 *
 * Copy-on-write.  A page found behind the entry's own object is entered
 * read-only while it is busy and after checking that nothing in front of it
 * has a page of that index.  Who copies it keeps it busy from before the copy
 * is inserted in front until the copy is entered.  So no reader can enter the
 * old page after a writer has entered the new one.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/proc.h>
#include <sys/globaldata.h>
#include <sys/spinlock2.h>
#include <sys/vmmeter.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/vm_extern.h>
#include <vm/vm_map.h>
#include <vm/vm_map_priv.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_page2.h>
#include <vm/vm_page_queue.h>
#include <vm/vm_pageout.h>
#include <vm/vm_pager.h>
#include <machine/atomic.h>

#define FAULT_AROUND	16	/* pages mapped at once where resident */
#define LARGE_MASK	((2UL << 20) - 1)
#define FAULT_RETRY	(-1)	/* start over */

struct faultstate {
	vm_map_t	map;
	vm_map_entry_t	entry;		/* valid while the map is locked */
	vm_offset_t	va;		/* page address */
	vm_prot_t	need;		/* rights wanted */
	bool		write;
	bool		override;	/* a debugger: read-only will do */
	int		flags;		/* VM_FAULT_* */
	vm_page_t	*holdp;		/* wire the page and return it */
};

static inline vm_pindex_t
backing_pindex(struct vm_map_backing *ba, vm_offset_t va)
{
	return ((ba->offset + (va - ba->start)) >> PAGE_SHIFT);
}

/* --- ends of a try; the map's lock is released --------------------------- */

static int
fault_end(struct faultstate *fs, int rv)
{
	vm_map_unlock_read(fs->map);
	return (rv);
}

static int
fault_sleep_page(struct faultstate *fs, vm_object_t object, vm_pindex_t pindex)
{
	vm_object_hold_count(object);
	vm_map_unlock_read(fs->map);
	vm_page_sleep_index(object, pindex, "vmpfw");
	vm_object_drop_count(object);
	return (FAULT_RETRY);
}

static int
fault_sleep_memory(struct faultstate *fs)
{
	vm_map_unlock_read(fs->map);
	if (vm_oom_victim())
		return (KERN_RESOURCE_SHORTAGE);
	vm_wait_pfault();
	return (FAULT_RETRY);
}

/* No page could be made at that index: it is taken, or memory is short. */
static int
fault_no_page(struct faultstate *fs, vm_object_t object, vm_pindex_t pindex)
{
	if (vm_page_resident(object, pindex))
		return (fault_end(fs, FAULT_RETRY));
	return (fault_sleep_memory(fs));
}

/*
 * Have the pager fill page m, busy, at its place in object, and start over.
 */
static int
fault_page_in(struct faultstate *fs, vm_object_t object, vm_page_t m)
{
	int seq = (fs->entry->eflags & MAP_ENTRY_BEHAV_MASK) ==
	    MAP_ENTRY_BEHAV_RANDOM ? 0 : 1;
	int rv;

	vm_object_reference(object);
	vm_map_unlock_read(fs->map);
	rv = vm_pager_get_page(object, m->pindex, &m, seq);
	if (rv == VM_PAGER_OK)
		vm_page_wakeup(m);
	else
		vm_page_free(m);
	vm_object_deallocate(object);
	if (rv == VM_PAGER_OK || rv == VM_PAGER_AGAIN)
		return (FAULT_RETRY);
	return (rv == VM_PAGER_ERROR ? KERN_FAILURE : KERN_INVALID_ADDRESS);
}

/*
 * The page at pindex of an object that is not plain anonymous memory,
 * busy and valid in *mp; or the end of this try.
 */
static int
fault_pager_page(struct faultstate *fs, vm_object_t object,
    vm_pindex_t pindex, bool also_soft, vm_page_t *mp)
{
	vm_page_t m;
	bool busy;

	if ((object->flags & OBJ_KEEPSIZE) && pindex >= object->size)
		return (fault_end(fs, KERN_INVALID_ADDRESS));
	m = vm_page_lookup_busy_try(object, pindex, also_soft, &busy);
	if (busy)
		return (fault_sleep_page(fs, object, pindex));
	if (m == NULL) {
		if (object->flags & OBJ_DEAD)
			return (fault_end(fs, KERN_INVALID_ADDRESS));
		m = vm_page_alloc(object, pindex, VM_ALLOC_NORMAL |
		    VM_ALLOC_NULL_OK);
		if (m == NULL)
			return (fault_no_page(fs, object, pindex));
	}
	if (m->valid != VM_PAGE_BITS_ALL) {
		if (!VM_OBJECT_ANON(object) || (m->flags & PG_SWAPPED))
			return (fault_page_in(fs, object, m));
		vm_page_zero_invalid(m, true);
	}
	*mp = m;
	return (KERN_SUCCESS);
}

/* --- entering ------------------------------------------------------------ */

/* Map whatever else of the neighbourhood is resident in ba's object. */
static void
fault_around(vm_map_entry_t e, struct vm_map_backing *ba, vm_offset_t start,
    vm_offset_t end)
{
	vm_page_t ma[FAULT_AROUND], m;
	struct vm_map_backing *u;
	vm_object_t object = ba->object;
	vm_offset_t va;
	int n = 0, found = 0;

	spin_lock(&object->spin);
	for (va = start; va < end; va += PAGE_SIZE, ++n) {
		ma[n] = NULL;
		m = vm_radix_lookup(&object->pages, backing_pindex(ba, va));
		if (m == NULL || m->valid != VM_PAGE_BITS_ALL)
			continue;
		/* First the flag, then the look at busy: see vm_rmap.c. */
		vm_page_flag_set(m, PG_MAPPED);
		cpu_mfence();
		if (m->busy_count & PBUSY_LOCKED)
			continue;
		for (u = &e->ba; u != ba; u = u->backing_ba)
			if (u->object != NULL && vm_object_has(u->object,
			    backing_pindex(u, va)))
				break;
		if (u != ba)
			continue;
		ma[n] = m;
		++found;
	}
	if (found != 0)
		pmap_enter_quick(e->ba.pmap, start, ma, n,
		    e->protection & ~VM_PROT_WRITE);
	spin_unlock(&object->spin);
}

static void
fault_around_window(struct faultstate *fs, struct vm_map_backing *ba)
{
	vm_map_entry_t e = fs->entry;
	vm_offset_t start, end;

	start = fs->va & ~((vm_offset_t)FAULT_AROUND * PAGE_SIZE - 1);
	end = start + FAULT_AROUND * PAGE_SIZE;
	fault_around(e, ba, ulmax(start, e->ba.start), ulmin(end, e->ba.end));
}

/*
 * Page m is about to be entered in a wired entry.  Each wired mapping counts
 * once in its page's wire_count.  Returns the page that is mapped so far, to
 * be unwired when it has been replaced (it may be m itself).
 */
static vm_page_t
fault_wire(struct faultstate *fs, vm_page_t m)
{
	vm_paddr_t pa = pmap_extract_wired(fs->map->pmap, fs->va);

	vm_page_wire(m);
	return (pa != 0 ? PHYS_TO_VM_PAGE(pa) : NULL);
}

/*
 * Enter page m, busy, found in ba.  other, if not NULL, is a second busy
 * page to be released afterwards.  Ends the try.
 */
static int
fault_enter(struct faultstate *fs, struct vm_map_backing *ba, vm_page_t m,
    vm_page_t other, vm_prot_t prot)
{
	vm_map_entry_t e = fs->entry;
	struct pmap *pmap = fs->map->pmap;
	vm_page_t old = NULL;
	bool around;
	int error;

	if (prot & VM_PROT_WRITE) {
		if (m->dirty != VM_PAGE_BITS_ALL)
			vm_page_dirty(m);
		vm_page_flag_set(m, PG_MAPPED | PG_WRITEABLE);
		if (e->eflags & MAP_ENTRY_NOSYNC)
			vm_page_flag_set(m, PG_NOSYNC);
	} else {
		vm_page_flag_set(m, PG_MAPPED);
		if (fs->override && m->dirty != VM_PAGE_BITS_ALL)
			vm_page_dirty(m);
	}
	if (e->wired_count != 0)
		old = fault_wire(fs, m);
	error = pmap_enter(pmap, fs->va, m->phys_addr, prot,
	    PMAP_ENTER_ATTR(ba->object->memattr) |
	    (e->wired_count ? PMAP_ENTER_WIRED : 0));
	if (error == 0 && old != NULL)
		vm_page_unwire(old, 1);
	if (error == 0 && fs->holdp != NULL) {
		vm_page_wire(m);
		*fs->holdp = m;
	}
	if (error != 0 && e->wired_count != 0)
		vm_page_unwire(m, 1);
	if (m->queue == PQ_INACTIVE)
		vm_page_activate(m);
	vm_page_wakeup(m);
	if (other != NULL)
		vm_page_wakeup(other);
	if (error != 0)
		return (fault_sleep_memory(fs));
	around = !fs->write && e->wired_count == 0 &&
	    (e->eflags & MAP_ENTRY_BEHAV_MASK) != MAP_ENTRY_BEHAV_RANDOM &&
	    ba->object->resident_page_count > 1;
	if (around)
		fault_around_window(fs, ba);
	return (fault_end(fs, KERN_SUCCESS));
}

/* --- kinds of contents --------------------------------------------------- */

/* Pages that a function or a driver names; there is no object to look in. */
static int
fault_device(struct faultstate *fs)
{
	vm_map_entry_t e = fs->entry;
	struct vm_map_backing *ba = &e->ba;
	vm_memattr_t attr = VM_MEMATTR_DEFAULT;
	vm_ooffset_t off = ba->offset + (fs->va - ba->start);
	vm_paddr_t pa = 0;
	vm_page_t m;
	int error;

	if (ba->uksmap != NULL && fs->map != &curproc->p_vmspace->vm_map)
		return (fault_end(fs, KERN_PROTECTION_FAILURE));
	if (ba->uksmap != NULL) {
		error = ba->uksmap(curproc, ba->aux, off >> PAGE_SHIFT, &pa);
	} else {
		error = ba->object->un_pager.devp.fault(ba->object, off,
		    e->protection, &pa);
		if (PHYS_TO_VM_PAGE(pa) == NULL)
			attr = ba->object->memattr;
	}
	if (error != 0)
		return (fault_end(fs, KERN_INVALID_ADDRESS));
	if (pmap_enter(fs->map->pmap, fs->va, pa, e->protection,
	    PMAP_ENTER_ATTR(attr)) != 0)
		return (fault_sleep_memory(fs));
	if (fs->holdp != NULL) {
		m = PHYS_TO_VM_PAGE(pa);
		if (m == NULL)
			return (fault_end(fs, KERN_FAILURE));
		vm_page_wire(m);
		*fs->holdp = m;
	}
	return (fault_end(fs, KERN_SUCCESS));
}

/* The page is in the entry's own object. */
static int
fault_own_page(struct faultstate *fs, vm_page_t m)
{
	vm_map_entry_t e = fs->entry;
	vm_prot_t prot = e->protection;

	if (e->eflags & MAP_ENTRY_NEEDS_COPY)
		prot &= ~VM_PROT_WRITE;
	/*
	 * A page with a good copy, in a file or on swap, becomes writable
	 * only together with dirty.
	 */
	if (!fs->write && (!VM_OBJECT_ANON(e->ba.object) ||
	    (m->flags & PG_SWAPPED)))
		prot &= ~VM_PROT_WRITE;
	return (fault_enter(fs, &e->ba, m, NULL, prot));
}

/* Nothing anywhere: a page of zeros in the entry's own object. */
static int
fault_zero_fill(struct faultstate *fs)
{
	vm_map_entry_t e = fs->entry;
	vm_pindex_t pindex = backing_pindex(&e->ba, fs->va);
	vm_page_t m;

	if (__predict_false((fs->va & LARGE_MASK) == 0) &&
	    fs->holdp == NULL && vm_fault_large(e, fs->va))
		return (fault_end(fs, KERN_SUCCESS));
	m = vm_page_alloc(e->ba.object, pindex, VM_ALLOC_NORMAL |
	    VM_ALLOC_ZERO | VM_ALLOC_NULL_OK);
	if (m == NULL)
		return (fault_no_page(fs, e->ba.object, pindex));
	if (m->flags & PG_SWAPPED) {
		/* Since we looked it was written to and paged out. */
		vm_page_free(m);
		return (fault_end(fs, FAULT_RETRY));
	}
	++mycpu->gd_cnt.v_zfod;
	return (fault_own_page(fs, m));
}

/* Is there a page for fs->va in front of ba in the chain? */
static bool
fault_covered(struct faultstate *fs, struct vm_map_backing *ba)
{
	struct vm_map_backing *u;

	for (u = &fs->entry->ba; u != ba; u = u->backing_ba)
		if (u->object != NULL &&
		    vm_object_has(u->object, backing_pindex(u, fs->va)))
			return (true);
	return (false);
}

/* Page b, busy, was found behind the entry's own object, in ba. */
static int
fault_backing_page(struct faultstate *fs, struct vm_map_backing *ba,
    vm_page_t b)
{
	vm_map_entry_t e = fs->entry;
	vm_pindex_t pindex = backing_pindex(&e->ba, fs->va);
	vm_page_t m;

	if (fault_covered(fs, ba)) {
		vm_page_wakeup(b);
		return (fault_end(fs, FAULT_RETRY));
	}
	/* Nobody else has this object any more: no need to copy. */
	if ((e->eflags & MAP_ENTRY_NEEDS_COPY) == 0 && fs->write &&
	    vm_object_backing_private(ba) &&
	    vm_object_backing_private(&e->ba)) {
		++mycpu->gd_cnt.v_cow_optim;
		return (fault_enter(fs, ba, b, NULL, e->protection));
	}
	if (!fs->write)
		return (fault_enter(fs, ba, b, NULL,
		    e->protection & ~VM_PROT_WRITE));
	m = vm_page_alloc(e->ba.object, pindex, VM_ALLOC_NORMAL |
	    VM_ALLOC_NULL_OK);
	if (m == NULL) {
		vm_page_wakeup(b);
		return (fault_no_page(fs, e->ba.object, pindex));
	}
	if (m->flags & PG_SWAPPED) {
		vm_page_wakeup(b);
		vm_page_free(m);
		return (fault_end(fs, FAULT_RETRY));
	}
	pmap_copy_page(b->phys_addr, m->phys_addr);
	m->valid = VM_PAGE_BITS_ALL;
	++mycpu->gd_cnt.v_cow_faults;
	/*
	 * Others who share our object through a chain like ours must see the
	 * copy from now on.
	 */
	if (e->ba.object->ref_count > 1)
		vm_page_protect(b, VM_PROT_NONE);
	return (fault_enter(fs, &e->ba, m, b, e->protection));
}

/* Anonymous memory at the front, perhaps with a chain behind. */
static int
fault_anonymous(struct faultstate *fs)
{
	vm_map_entry_t e = fs->entry;
	struct vm_map_backing *ba;
	vm_page_t m;
	bool busy;
	int rv;

	for (ba = &e->ba; ba != NULL; ba = ba->backing_ba) {
		vm_object_t object = ba->object;
		vm_pindex_t pindex;

		if (object == NULL)
			continue;
		pindex = backing_pindex(ba, fs->va);
		m = NULL;
		if (VM_OBJECT_ANON(object) &&
		    (object->flags & OBJ_KEEPSIZE) == 0) {
			m = vm_page_lookup_busy_try(object, pindex, fs->write,
			    &busy);
			if (busy)
				return (fault_sleep_page(fs, object, pindex));
			/* A page that went to swap was counted before. */
			if (m == NULL && (object->swap_count == 0 ||
			    !vm_object_has(object, pindex)))
				continue;
			if (m != NULL && m->valid != VM_PAGE_BITS_ALL)
				vm_page_zero_invalid(m, true);
		}
		if (m == NULL) {
			rv = fault_pager_page(fs, object, pindex, fs->write,
			    &m);
			if (rv != KERN_SUCCESS)
				return (rv);
		}
		if (ba == &e->ba)
			return (fault_own_page(fs, m));
		return (fault_backing_page(fs, ba, m));
	}
	return (fault_zero_fill(fs));
}

/* --- one try ------------------------------------------------------------- */

/*
 * A write needs an object of the entry's own.  The lock is shared when this
 * returns KERN_SUCCESS, and gone otherwise.
 */
static int
fault_prepare_write(struct faultstate *fs)
{
	vm_map_entry_t e = fs->entry;

	if (e->ba.object == NULL || vm_object_backing_private(&e->ba)) {
		atomic_clear_int(&e->eflags, MAP_ENTRY_NEEDS_COPY);
		return (KERN_SUCCESS);
	}
	if (vm_map_lock_upgrade(fs->map) != 0)
		return (FAULT_RETRY);
	vm_map_entry_shadow(fs->map, e);
	vm_map_lock_downgrade(fs->map);
	return (KERN_SUCCESS);
}

static int
fault_no_entry(struct faultstate *fs)
{
	vm_map_entry_t next = vm_map_entry_find_ge(fs->map, fs->va);
	bool stack;

	stack = next != NULL && next->avail_ssize != 0 &&
	    fs->va >= next->ba.start - next->avail_ssize;
	vm_map_unlock_read(fs->map);
	if (stack && vm_map_growstack(fs->map, fs->va) == KERN_SUCCESS)
		return (FAULT_RETRY);
	return (KERN_INVALID_ADDRESS);
}

static int
fault_try(struct faultstate *fs)
{
	vm_map_entry_t e;
	vm_page_t m;
	int rv;

	vm_map_lock_read(fs->map);
	e = fs->entry = vm_map_entry_find(fs->map, fs->va);
	if (e == NULL)
		return (fault_no_entry(fs));
	/* Whatever may be written or executed may be read, on this CPU. */
	if ((fs->need == VM_PROT_READ ? e->protection == VM_PROT_NONE :
	    (e->protection & fs->need) != fs->need) ||
	    (e->eflags & MAP_ENTRY_NOFAULT))
		return (fault_end(fs, KERN_PROTECTION_FAILURE));
	if (fs->override && (e->protection & VM_PROT_WRITE) == 0 &&
	    (e->eflags & MAP_ENTRY_COW) == 0)
		return (fault_end(fs, KERN_PROTECTION_FAILURE));
	if (e->ba.uksmap != NULL || (e->ba.object != NULL &&
	    (e->ba.object->type == OBJT_DEVICE ||
	     e->ba.object->type == OBJT_MGTDEVICE)))
		return (fault_device(fs));
	if (fs->write && (e->eflags & MAP_ENTRY_NEEDS_COPY)) {
		rv = fault_prepare_write(fs);
		if (rv != KERN_SUCCESS)
			return (rv);
	}
	if (e->ba.object == NULL)
		vm_map_entry_allocate_object(e);
	if (VM_OBJECT_ANON(e->ba.object))
		return (fault_anonymous(fs));
	rv = fault_pager_page(fs, e->ba.object,
	    backing_pindex(&e->ba, fs->va), fs->write, &m);
	if (rv != KERN_SUCCESS)
		return (rv);
	return (fault_own_page(fs, m));
}

/* A fault is a major one if it had something read. */
static int
fault_resolve(struct faultstate *fs)
{
	struct lwp *lp = curthread->td_lwp;
	long inblock = lp != NULL ? lp->lwp_ru.ru_inblock : 0;
	int rv;

	++mycpu->gd_cnt.v_vm_faults;
	do {
		rv = fault_try(fs);
	} while (rv == FAULT_RETRY);
	if (lp != NULL) {
		if (lp->lwp_ru.ru_inblock == inblock)
			++lp->lwp_ru.ru_minflt;
		else
			++lp->lwp_ru.ru_majflt;
	}
	return (rv);
}

int
vm_fault(vm_map_t map, vm_offset_t vaddr, vm_prot_t fault_type,
    int fault_flags)
{
	struct faultstate fs = {
		.map = map, .va = trunc_page(vaddr),
		.need = fault_type & VM_PROT_ALL,
		.write = (fault_type & VM_PROT_WRITE) != 0,
		.flags = fault_flags,
	};

	return (fault_resolve(&fs));
}

vm_page_t
vm_fault_page(vm_map_t map, vm_offset_t va, vm_prot_t prot, int fault_flags,
    int *errorp)
{
	vm_page_t m = NULL;
	struct faultstate fs = {
		.map = map, .va = trunc_page(va),
		.need = prot & VM_PROT_ALL,
		.write = (prot & (VM_PROT_WRITE | VM_PROT_OVERRIDE_WRITE)) != 0,
		.override = (prot & VM_PROT_OVERRIDE_WRITE) != 0,
		.flags = fault_flags, .holdp = &m,
	};

	*errorp = 0;
	if (va >= VM_MAX_USER_ADDRESS || fault_resolve(&fs) != KERN_SUCCESS)
		*errorp = EFAULT;
	return (m);
}

/* --- for vm_map.c -------------------------------------------------------- */

void
vm_fault_prefault(vm_map_entry_t e, vm_offset_t start, vm_size_t len)
{
	vm_offset_t va, next, end = start + len;
	struct vm_map_backing *ba;

	if (e->wired_count != 0)
		return;		/* its mappings come wired, by faults */
	for (ba = &e->ba; ba != NULL; ba = ba->backing_ba) {
		if (ba->object == NULL ||
		    ba->object->resident_page_count == 0 ||
		    ba->object->un_pager.devp.fault != NULL)
			continue;
		for (va = start; va < end; va = next) {
			next = (va + FAULT_AROUND * PAGE_SIZE) &
			    ~((vm_offset_t)FAULT_AROUND * PAGE_SIZE - 1);
			if (next > end)
				next = end;
			fault_around(e, ba, va, next);
		}
	}
}

/*
 * The page tables tell which pages are wired by way of this entry.  The
 * mappings go, so that the pages are not found wired a second time.
 */
void
vm_fault_unwire(vm_map_t map, vm_map_entry_t e)
{
	vm_offset_t va;
	vm_paddr_t pa;
	vm_page_t m;

	for (va = e->ba.start; va < e->ba.end; va += PAGE_SIZE) {
		pa = pmap_extract_wired(map->pmap, va);
		if (pa == 0)
			continue;
		pmap_remove(map->pmap, va, va + PAGE_SIZE);
		if ((m = PHYS_TO_VM_PAGE(pa)) != NULL)
			vm_page_unwire(m, 1);
	}
}
