/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which pages of objects have a copy on swap, and where; see swap_pager.h.
 *
 * Each object has a tree of swblocks, one for 32 adjacent indices with any
 * copy.  Writing pages out must not wait for the memory it is to provide, so
 * some swblocks are kept for it.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/spinlock2.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/swap_pager.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_page2.h>
#include <vm/vm_pager.h>
#include <machine/atomic.h>

#define RESERVE		512	/* swblocks kept: 64 MB of pageout */

static MALLOC_DEFINE(M_SWBLOCK, "swblock", "places of pages on swap");

/* --- swblocks ------------------------------------------------------------ */

static struct spinlock reserve_spin =
    SPINLOCK_INITIALIZER(reserve_spin, "swblock");
static struct swblock *reserve;		/* (r) linked by link.rbe_left */
static int nreserve;			/* (r) reserve_spin */

static void
swblock_free(struct swblock *b)
{
	spin_lock(&reserve_spin);
	if (nreserve < RESERVE) {
		RB_LEFT(b, link) = reserve;
		reserve = b;
		++nreserve;
		b = NULL;
	}
	spin_unlock(&reserve_spin);
	if (b != NULL)
		kfree(b, M_SWBLOCK);
}

static struct swblock *
swblock_from_reserve(void)
{
	struct swblock *b;

	spin_lock(&reserve_spin);
	if ((b = reserve) != NULL) {
		reserve = RB_LEFT(b, link);
		--nreserve;
	}
	spin_unlock(&reserve_spin);
	return (b);
}

/* For whoever writes pages out: never waits, may be NULL. */
static struct swblock *
swblock_alloc(void)
{
	struct swblock *b;

	b = kmalloc(sizeof(*b), M_SWBLOCK, M_SYSNOWAIT);
	return (b != NULL ? b : swblock_from_reserve());
}

void
swap_pager_reserve(bool wait)
{
	struct swblock *b;

	while (nreserve < RESERVE) {
		b = kmalloc(sizeof(*b), M_SWBLOCK, wait ? M_WAITOK : M_NOWAIT);
		if (b == NULL)
			break;
		swblock_free(b);
	}
}

RB_PROTOTYPE_STATIC(swblock_tree, swblock, link, swblock_cmp);

static int
swblock_cmp(struct swblock *a, struct swblock *b)
{
	return (a->base < b->base ? -1 : a->base > b->base);
}
RB_GENERATE_STATIC(swblock_tree, swblock, link, swblock_cmp);

/* The swblock of an index or, if ge, the first one behind it. */
static struct swblock *
meta_find(vm_object_t object, vm_pindex_t pindex, bool ge)
{
	vm_pindex_t base = pindex & ~(vm_pindex_t)(SWAP_META_PAGES - 1);
	struct swblock *b = RB_ROOT(&object->swblocks), *best = NULL;

	while (b != NULL && b->base != base) {
		if (base < b->base) {
			best = b;
			b = RB_LEFT(b, link);
		} else {
			b = RB_RIGHT(b, link);
		}
	}
	return (b != NULL || !ge ? b : best);
}

/* --- entries; the object's spinlock is held ------------------------------ */

static void
meta_count(vm_object_t object, long n)
{
	object->swap_count += n;
	atomic_add_long((u_long *)(VM_OBJECT_ANON(object) ?
	    &vm_swap_anon_use : &vm_swap_cache_use), n);
}

swblk_t
swap_meta_get(vm_object_t object, vm_pindex_t pindex)
{
	struct swblock *b;

	if (object->swap_count == 0 ||
	    (b = meta_find(object, pindex, false)) == NULL)
		return (SWAPBLK_NONE);
	return (b->blk[pindex % SWAP_META_PAGES]);
}

/* Whether the entry was made: a new swblock, if needed, is *sparep. */
static bool
meta_set(vm_object_t object, vm_pindex_t pindex, swblk_t blk,
    struct swblock **sparep)
{
	struct swblock *b = meta_find(object, pindex, false);
	int i;

	if (b == NULL) {
		if ((b = *sparep) == NULL)
			return (false);
		*sparep = NULL;
		b->base = pindex & ~(vm_pindex_t)(SWAP_META_PAGES - 1);
		b->count = 0;
		for (i = 0; i < SWAP_META_PAGES; ++i)
			b->blk[i] = SWAPBLK_NONE;
		RB_INSERT(swblock_tree, &object->swblocks, b);
	}
	i = pindex % SWAP_META_PAGES;
	KASSERT(b->blk[i] == SWAPBLK_NONE,
	    ("page %lu of object %p is on swap twice", (u_long)pindex,
	    object));
	b->blk[i] = blk;
	++b->count;
	meta_count(object, 1);
	if (object->type == OBJT_DEFAULT)
		object->type = OBJT_SWAP;
	return (true);
}

/*
 * Clear an entry.  A swblock that has none any more is put in *emptyp, to be
 * freed without the lock.
 */
static swblk_t
meta_clear(vm_object_t object, struct swblock *b, int i,
    struct swblock **emptyp)
{
	swblk_t blk = b->blk[i];

	if (blk == SWAPBLK_NONE)
		return (blk);
	b->blk[i] = SWAPBLK_NONE;
	meta_count(object, -1);
	if (--b->count == 0) {
		RB_REMOVE(swblock_tree, &object->swblocks, b);
		*emptyp = b;
	}
	return (blk);
}

/* --- operations ---------------------------------------------------------- */

int
swap_pager_assign(vm_page_t *ma, int n, swblk_t blk)
{
	vm_object_t object = ma[0]->object;
	struct swblock *spare = NULL;
	bool again;
	int i;

	do {
		again = false;
		spin_lock(&object->spin);
		for (i = 0; i < n; ++i) {
			if (!meta_set(object, ma[i]->pindex, blk + i,
			    &spare)) {
				KKASSERT(i == 0);
				again = true;
				break;
			}
			vm_page_flag_set(ma[i], PG_SWAPPED);
			ma[i]->dirty = 0;
		}
		spin_unlock(&object->spin);
		if (again && (spare = swblock_alloc()) == NULL)
			return (ENOMEM);
	} while (again);
	if (spare != NULL)
		swblock_free(spare);
	return (0);
}

static swblk_t
page_forget(vm_page_t m)
{
	vm_object_t object = m->object;
	struct swblock *b, *empty = NULL;
	swblk_t blk = SWAPBLK_NONE;

	spin_lock(&object->spin);
	vm_page_flag_clear(m, PG_SWAPPED);
	b = meta_find(object, m->pindex, false);
	if (b != NULL)
		blk = meta_clear(object, b, m->pindex % SWAP_META_PAGES,
		    &empty);
	spin_unlock(&object->spin);
	if (empty != NULL)
		swblock_free(empty);
	return (blk);
}

void
swap_pager_unswapped(vm_page_t m)
{
	swblk_t blk = page_forget(m);

	if (blk != SWAPBLK_NONE)
		swap_dev_free(blk);
}

void
swap_pager_retire(vm_page_t m)
{
	swblk_t blk = page_forget(m);

	if (blk != SWAPBLK_NONE)
		swap_dev_retire(blk);
}

/* The page, if there is one, is all that is left of its contents. */
static void
meta_page_alone(vm_object_t object, vm_pindex_t pindex)
{
	vm_page_t m = vm_radix_lookup(&object->pages, pindex);

	if (m != NULL && (m->flags & PG_SWAPPED)) {
		vm_page_flag_clear(m, PG_SWAPPED);
		if (VM_OBJECT_ANON(object))
			m->dirty = VM_PAGE_BITS_ALL;
	}
}

void
swap_pager_freespace(vm_object_t object, vm_pindex_t start, vm_pindex_t end)
{
	swblk_t blks[SWAP_META_PAGES];
	struct swblock *b, *empty;
	vm_pindex_t base;
	int i, n;

	while (object->swap_count != 0) {
		n = 0;
		empty = NULL;
		spin_lock(&object->spin);
		b = meta_find(object, start, true);
		if (b == NULL || (end != 0 && b->base >= end)) {
			spin_unlock(&object->spin);
			break;
		}
		base = b->base;
		for (i = 0; i < SWAP_META_PAGES && empty == NULL; ++i) {
			if (base + i < start || (end != 0 && base + i >= end))
				continue;
			blks[n] = meta_clear(object, b, i, &empty);
			if (blks[n] == SWAPBLK_NONE)
				continue;
			meta_page_alone(object, base + i);
			++n;
		}
		spin_unlock(&object->spin);
		while (n > 0)
			swap_dev_free(blks[--n]);
		if (empty != NULL)
			swblock_free(empty);
		start = base + SWAP_META_PAGES;
		if (start < base)
			break;
	}
}

bool
swap_meta_next(vm_object_t object, vm_pindex_t *pindexp, vm_pindex_t end,
    int slot)
{
	vm_pindex_t pindex = *pindexp;
	struct swblock *b;
	int i;

	b = meta_find(object, pindex, true);
	for (; b != NULL; b = RB_NEXT(swblock_tree, &object->swblocks, b)) {
		for (i = 0; i < SWAP_META_PAGES; ++i) {
			if (b->base + i < pindex ||
			    b->blk[i] == SWAPBLK_NONE ||
			    (slot >= 0 && swap_dev_slot(b->blk[i]) != slot))
				continue;
			*pindexp = b->base + i;
			return (end == 0 || *pindexp < end);
		}
	}
	return (false);
}

bool
swap_pager_next(vm_object_t object, vm_pindex_t *pindexp, vm_pindex_t end,
    int slot)
{
	bool found;

	spin_lock(&object->spin);
	found = swap_meta_next(object, pindexp, end, slot);
	spin_unlock(&object->spin);
	return (found);
}

void
swap_pager_move(vm_object_t from, vm_pindex_t fromi, vm_object_t to,
    vm_pindex_t toi)
{
	struct swblock *b, *empty = NULL, *spare;
	swblk_t blk = SWAPBLK_NONE;

	/* Memory first: on its way the place would be nobody's. */
	spare = kmalloc(sizeof(*spare), M_SWBLOCK, M_WAITOK);
	spin_lock(&from->spin);
	b = meta_find(from, fromi, false);
	if (b != NULL)
		blk = meta_clear(from, b, fromi % SWAP_META_PAGES, &empty);
	spin_unlock(&from->spin);
	if (blk != SWAPBLK_NONE) {
		spin_lock(&to->spin);
		if (vm_radix_lookup(&to->pages, toi) == NULL &&
		    swap_meta_get(to, toi) == SWAPBLK_NONE) {
			meta_set(to, toi, blk, &spare);
			blk = SWAPBLK_NONE;
		}
		spin_unlock(&to->spin);
	}
	if (blk != SWAPBLK_NONE)
		swap_dev_free(blk);
	if (empty != NULL)
		swblock_free(empty);
	if (spare != NULL)
		swblock_free(spare);
}

/* --- the pager ----------------------------------------------------------- */

static int
swap_pager_getpage(vm_object_t object, vm_pindex_t pindex, vm_page_t *mpp,
    int seqaccess)
{
	if ((*mpp)->flags & PG_SWAPPED)
		return (swap_io_read(*mpp, seqaccess != 0));
	vm_page_zero_invalid(*mpp, true);
	return (VM_PAGER_OK);
}

static void
swap_pager_dealloc(vm_object_t object)
{
	swap_pager_freespace(object, 0, 0);
}

static boolean_t
swap_pager_haspage(vm_object_t object, vm_pindex_t pindex)
{
	swblk_t blk;

	spin_lock(&object->spin);
	blk = swap_meta_get(object, pindex);
	spin_unlock(&object->spin);
	return (blk != SWAPBLK_NONE);
}

struct pagerops swappagerops = {
	.pgo_dealloc = swap_pager_dealloc,
	.pgo_getpage = swap_pager_getpage,
	.pgo_putpages = default_pager_putpages,
	.pgo_haspage = swap_pager_haspage,
};

/* --- emptying a device --------------------------------------------------- */

/* Make the page at pindex resident and dirty, which frees its place. */
static int
evacuate_page(vm_object_t object, vm_pindex_t pindex)
{
	vm_page_t m;
	int rv = VM_PAGER_OK;

	m = vm_page_grab(object, pindex, VM_ALLOC_NORMAL | VM_ALLOC_RETRY);
	if ((m->flags & PG_SWAPPED) == 0) {
		/* Gone or moved meanwhile; an empty page has no business. */
		if (m->valid == 0)
			vm_page_free(m);
		else
			vm_page_wakeup(m);
		return (0);
	}
	if (!VM_OBJECT_ANON(object)) {
		swap_pager_unswapped(m);
		if (m->valid == 0)
			vm_page_free(m);
		else
			vm_page_wakeup(m);
		return (0);
	}
	if (m->valid != VM_PAGE_BITS_ALL)
		rv = swap_io_read(m, true);
	if (rv != VM_PAGER_OK) {
		vm_page_free(m);
		return (EIO);
	}
	vm_page_dirty(m);
	vm_page_wakeup(m);
	return (0);
}

/* The caller has a reference, so the object does not end meanwhile. */
static int
evacuate_object(vm_object_t object, void *arg)
{
	vm_pindex_t pindex = 0;
	int error = 0;

	while (error == 0 && object->swap_count != 0 &&
	    swap_pager_next(object, &pindex, 0, *(int *)arg)) {
		error = evacuate_page(object, pindex++);
		if (error == 0 && CURSIG(curthread->td_lwp) != 0)
			error = EINTR;
	}
	return (error);
}

int
swap_pager_evacuate(int slot)
{
	return (vm_object_scan_anon(evacuate_object, &slot));
}
