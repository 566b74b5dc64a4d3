/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Map entries: finding, inserting, splitting, removing.
 *
 * Entries are in a red-black tree by start address and in a list in the same
 * order.  Anonymous entries get their object at the first fault, so that
 * neighbours made by successive calls of mmap or sbrk can still be merged.
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
#include <vm/vm_extern.h>
#include <vm/vm_map.h>
#include <vm/vm_map_priv.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <machine/atomic.h>

MALLOC_DEFINE(M_VMENTRY, "vmentry", "map entries");
MALLOC_DEFINE(M_VMBACKING, "vmbacking", "map entry backings");

static int
vm_map_entry_compare(vm_map_entry_t a, vm_map_entry_t b)
{
	if (a->ba.start < b->ba.start)
		return (-1);
	return (a->ba.start > b->ba.start);
}

RB_GENERATE(vm_map_rb_tree, vm_map_entry, rb, vm_map_entry_compare);

void
vm_map_init(vm_map_t map, vm_offset_t min, vm_offset_t max, struct pmap *pmap)
{
	lockinit(&map->lock, "vmmaplk", 0, 0);
	RB_INIT(&map->rb_root);
	TAILQ_INIT(&map->entries);
	map->hint_from = 0;
	map->hint_to = 0;
	map->hint_size = 0;
	map->min_addr = min;
	map->max_addr = max;
	map->nentries = 0;
	map->timestamp = 0;
	map->size = 0;
	map->flags = 0;
	map->system_map = 0;
	map->pmap = pmap;
}

/* --- lookup -------------------------------------------------------------- */

vm_map_entry_t
vm_map_entry_find_ge(vm_map_t map, vm_offset_t addr)
{
	vm_map_entry_t e = RB_ROOT(&map->rb_root), best = NULL;

	while (e != NULL) {
		if (addr < e->ba.start) {
			best = e;
			e = RB_LEFT(e, rb);
		} else if (addr >= e->ba.end) {
			e = RB_RIGHT(e, rb);
		} else {
			return (e);
		}
	}
	return (best);
}

vm_map_entry_t
vm_map_entry_find(vm_map_t map, vm_offset_t addr)
{
	vm_map_entry_t e = RB_ROOT(&map->rb_root);

	while (e != NULL) {
		if (addr < e->ba.start)
			e = RB_LEFT(e, rb);
		else if (addr >= e->ba.end)
			e = RB_RIGHT(e, rb);
		else
			break;
	}
	return (e);
}

boolean_t
vm_map_lookup_entry(vm_map_t map, vm_offset_t addr, vm_map_entry_t *entryp)
{
	*entryp = vm_map_entry_find(map, addr);
	return (*entryp != NULL);
}

/* --- entries and their chains -------------------------------------------- */

vm_map_entry_t
vm_map_entry_create(vm_map_t map, vm_offset_t start, vm_offset_t end)
{
	vm_map_entry_t e;

	e = kmalloc(sizeof(*e), M_VMENTRY, M_WAITOK | M_ZERO);
	e->ba.pmap = map->pmap;
	e->ba.start = start;
	e->ba.end = end;
	e->inheritance = VM_INHERIT_DEFAULT;
	e->maptype = VM_MAPTYPE_NORMAL;
	return (e);
}

void
vm_map_entry_link(vm_map_t map, vm_map_entry_t e)
{
	vm_map_entry_t next;

	RB_INSERT(vm_map_rb_tree, &map->rb_root, e);
	next = RB_NEXT(vm_map_rb_tree, &map->rb_root, e);
	if (next != NULL)
		TAILQ_INSERT_BEFORE(next, e, link);
	else
		TAILQ_INSERT_TAIL(&map->entries, e, link);
	++map->nentries;
	++map->timestamp;
	map->size += e->ba.end - e->ba.start;
}

void
vm_map_entry_unlink(vm_map_t map, vm_map_entry_t e)
{
	vm_map_entry_t prev = TAILQ_PREV(e, vm_map_entry_list, link);
	vm_offset_t hole = prev ? prev->ba.end : map->min_addr;

	RB_REMOVE(vm_map_rb_tree, &map->rb_root, e);
	TAILQ_REMOVE(&map->entries, e, link);
	--map->nentries;
	++map->timestamp;
	map->size -= e->ba.end - e->ba.start;
	if (hole < map->hint_to)
		map->hint_to = hole;
}

/*
 * Copy the chain behind (and not including) ba for another entry, or another
 * map: each element takes a reference on its object.
 */
void
vm_map_backing_copy_chain(struct vm_map_backing *to,
    const struct vm_map_backing *from, struct pmap *pmap)
{
	struct vm_map_backing *ba, **link = &to->backing_ba;
	const struct vm_map_backing *f;

	to->backing_ba = NULL;
	for (f = from->backing_ba; f != NULL; f = f->backing_ba) {
		ba = kmalloc(sizeof(*ba), M_VMBACKING, M_WAITOK);
		*ba = *f;
		ba->backing_ba = NULL;
		ba->pmap = pmap;
		if (ba->object != NULL) {
			vm_object_reference(ba->object);
			vm_object_backing_attach(ba);
		}
		*link = ba;
		link = &ba->backing_ba;
	}
}

/*
 * The entry's range of one object is given up.  If nobody else uses that
 * range of anonymous memory its pages go now, not when the whole object
 * does.
 */
static void
backing_release(struct vm_map_backing *ba)
{
	vm_object_t object = ba->object;

	if (object == NULL)
		return;
	if (ba->link.tqe_prev == NULL) {
		/* Detached by vmspace_empty() already. */
	} else if (VM_OBJECT_ANON(object) && object->ref_count != 1 &&
	    (object->resident_page_count != 0 || object->swap_count != 0) &&
	    vm_object_backing_private(ba)) {
		vm_pindex_t first = ba->offset >> PAGE_SHIFT;

		vm_object_backing_detach(ba);
		vm_object_free_unmapped(object, first, first +
		    ((ba->end - ba->start) >> PAGE_SHIFT));
	} else {
		vm_object_backing_detach(ba);
	}
	vm_object_deallocate(object);
	ba->object = NULL;
}

void
vm_map_backing_release_chain(struct vm_map_backing *head)
{
	struct vm_map_backing *ba, *next;

	backing_release(head);
	for (ba = head->backing_ba; ba != NULL; ba = next) {
		next = ba->backing_ba;
		backing_release(ba);
		kfree(ba, M_VMBACKING);
	}
	head->backing_ba = NULL;
}

/* Free an entry that is in no map and whose mappings are gone. */
void
vm_map_entry_dispose(vm_map_entry_t e)
{
	vm_map_backing_release_chain(&e->ba);
	kfree(e, M_VMENTRY);
}

/* The ranges of a chain follow its entry's. */
void
vm_map_chain_set_end(struct vm_map_backing *ba, vm_offset_t end)
{
	for (; ba != NULL; ba = ba->backing_ba) {
		if (ba->object != NULL) {
			spin_lock(&ba->object->spin);
			ba->end = end;
			spin_unlock(&ba->object->spin);
		} else {
			ba->end = end;
		}
	}
}

void
vm_map_chain_set_start(struct vm_map_backing *ba, vm_offset_t start)
{
	for (; ba != NULL; ba = ba->backing_ba) {
		if (ba->object != NULL)
			spin_lock(&ba->object->spin);
		ba->offset += start - ba->start;
		ba->start = start;
		if (ba->object != NULL)
			spin_unlock(&ba->object->spin);
	}
}

/*
 * Cut entry e in two at addr, which lies inside; e keeps the lower part.
 */
vm_map_entry_t
vm_map_entry_split(vm_map_t map, vm_map_entry_t e, vm_offset_t addr)
{
	vm_map_entry_t upper;

	/* Both halves shall share one object from now on. */
	if (e->ba.object == NULL && e->ba.uksmap == NULL &&
	    e->ba.backing_ba != NULL)
		vm_map_entry_allocate_object(e);
	upper = kmalloc(sizeof(*upper), M_VMENTRY, M_WAITOK);
	*upper = *e;
	upper->avail_ssize = 0;
	vm_map_backing_copy_chain(&upper->ba, &e->ba, e->ba.pmap);
	if (upper->ba.object != NULL) {
		vm_object_reference(upper->ba.object);
		vm_object_backing_attach(&upper->ba);
	}
	vm_map_chain_set_start(&upper->ba, addr);
	map->size -= e->ba.end - addr;
	vm_map_chain_set_end(&e->ba, addr);
	vm_map_entry_link(map, upper);
	return (upper);
}

/* --- insertion ----------------------------------------------------------- */

/* Would anonymous memory at start simply continue entry prev? */
static bool
map_can_extend(vm_map_entry_t prev, vm_offset_t start, vm_prot_t prot,
    vm_prot_t max, u_int eflags, vm_subsys_t id)
{
	vm_object_t object = prev->ba.object;

	if (prev->ba.end != start || prev->eflags != eflags ||
	    prev->protection != prot || prev->max_protection != max ||
	    prev->inheritance != VM_INHERIT_DEFAULT || prev->wired_count ||
	    prev->maptype != VM_MAPTYPE_NORMAL || prev->id != id ||
	    prev->ba.backing_ba != NULL || prev->ba.uksmap != NULL)
		return (false);
	if (object == NULL)
		return (true);
	return (VM_OBJECT_ANON(object) && object->ref_count == 1 &&
	    (object->flags & OBJ_KEEPSIZE) == 0);
}

static u_int
map_eflags(int cow)
{
	u_int eflags = 0;

	if (cow & MAP_COPY_ON_WRITE)
		eflags |= MAP_ENTRY_COW | MAP_ENTRY_NEEDS_COPY;
	if (cow & MAP_NOFAULT)
		eflags |= MAP_ENTRY_NOFAULT;
	if (cow & MAP_DISABLE_SYNCER)
		eflags |= MAP_ENTRY_NOSYNC;
	if (cow & MAP_DISABLE_COREDUMP)
		eflags |= MAP_ENTRY_NOCOREDUMP;
	if (cow & MAP_IS_STACK)
		eflags |= MAP_ENTRY_STACK;
	return (eflags);
}

int
vm_map_insert(vm_map_t map, vm_object_t object, vm_ooffset_t offset,
    vm_offset_t start, vm_offset_t end, vm_maptype_t maptype, vm_subsys_t id,
    vm_prot_t prot, vm_prot_t max, int cow)
{
	vm_map_entry_t e, next, prev;
	u_int eflags = map_eflags(cow);

	if (start < map->min_addr || end > map->max_addr || start >= end)
		return (KERN_INVALID_ADDRESS);
	next = vm_map_entry_find_ge(map, start);
	if (next != NULL && next->ba.start < end)
		return (KERN_NO_SPACE);
	prev = next ? TAILQ_PREV(next, vm_map_entry_list, link) :
	    TAILQ_LAST(&map->entries, vm_map_entry_list);
	if (object == NULL) {
		/* Private anonymous memory is its own from the start. */
		eflags &= ~MAP_ENTRY_NEEDS_COPY;
		offset = start;		/* lets it grow downward, too */
		if (prev != NULL && (eflags & MAP_ENTRY_STACK) == 0 &&
		    map_can_extend(prev, start, prot, max, eflags, id)) {
			vm_map_chain_set_end(&prev->ba, end);
			map->size += end - start;
			++map->timestamp;
			return (KERN_SUCCESS);
		}
	}
	e = vm_map_entry_create(map, start, end);
	e->eflags = eflags;
	e->maptype = maptype;
	e->protection = prot;
	e->max_protection = max;
	e->id = id;
	e->ba.object = object;
	e->ba.offset = offset;
	if (object != NULL)
		vm_object_backing_attach(&e->ba);
	vm_map_entry_link(map, e);
	if ((cow & (MAP_PREFAULT | MAP_PREFAULT_PARTIAL)) && object != NULL)
		vm_fault_prefault(e, start, end - start);
	return (KERN_SUCCESS);
}

int
vm_map_insert_uksmap(vm_map_t map, vm_uksmap_fn fn, void *arg,
    vm_offset_t start, vm_offset_t end, vm_prot_t prot, vm_prot_t max)
{
	vm_map_entry_t e, next;

	if (start < map->min_addr || end > map->max_addr || start >= end)
		return (KERN_INVALID_ADDRESS);
	next = vm_map_entry_find_ge(map, start);
	if (next != NULL && next->ba.start < end)
		return (KERN_NO_SPACE);
	e = vm_map_entry_create(map, start, end);
	e->eflags = MAP_ENTRY_NOCOREDUMP;
	e->maptype = VM_MAPTYPE_UKSMAP;
	e->inheritance = VM_INHERIT_SHARE;
	e->protection = prot;
	e->max_protection = max;
	e->ba.uksmap = fn;
	e->ba.aux = arg;
	vm_map_entry_link(map, e);
	return (KERN_SUCCESS);
}

/* Does [start, end) leave room for stacks above it to grow? */
static bool
map_hole_fits(vm_map_entry_t next, vm_offset_t end)
{
	return (next == NULL || next->ba.start - next->avail_ssize >= end);
}

int
vm_map_findspace(vm_map_t map, vm_offset_t start, vm_size_t length,
    vm_size_t align, vm_offset_t *addr)
{
	vm_offset_t from, end, mask = align - 1;
	vm_map_entry_t next;

	if (start < map->min_addr)
		start = map->min_addr;
	from = start;
	if (start >= map->hint_from && start < map->hint_to &&
	    length >= map->hint_size)
		start = map->hint_to;
	start = (start + mask) & ~mask;
	next = vm_map_entry_find_ge(map, start);
	for (;;) {
		end = start + length;
		if (end < start || end > map->max_addr)
			return (1);
		if (map_hole_fits(next, end))
			break;
		start = (next->ba.end + mask) & ~mask;
		while (next != NULL && next->ba.end <= start)
			next = TAILQ_NEXT(next, link);
	}
	if (from >= map->hint_from && from < map->hint_to &&
	    length >= map->hint_size && align == PAGE_SIZE) {
		map->hint_to = end;	/* about to be filled */
	} else if (align == PAGE_SIZE) {
		map->hint_from = from;
		map->hint_to = start;
		map->hint_size = length;
	}
	*addr = start;
	return (0);
}

int
vm_map_find(vm_map_t map, vm_object_t object, vm_ooffset_t offset,
    vm_offset_t *addr, vm_size_t length, vm_size_t align, boolean_t fitit,
    vm_maptype_t maptype, vm_subsys_t id, vm_prot_t prot, vm_prot_t max,
    int cow)
{
	vm_offset_t start = *addr;
	int rv;

	if (align == 0)
		align = PAGE_SIZE;
	vm_map_lock(map);
	if (fitit && vm_map_findspace(map, start, length, align, addr)) {
		vm_map_unlock(map);
		return (KERN_NO_SPACE);
	}
	if (cow & MAP_REPLACE)
		vm_map_delete(map, *addr, *addr + length);
	rv = vm_map_insert(map, object, offset, *addr, *addr + length, maptype,
	    id, prot, max, cow);
	vm_map_unlock(map);
	return (rv);
}

/* --- removal ------------------------------------------------------------- */

vm_map_entry_t
vm_map_clip_range(vm_map_t map, vm_offset_t start, vm_offset_t end)
{
	vm_map_entry_t e, last;

	e = vm_map_entry_find_ge(map, start);
	if (e == NULL || e->ba.start >= end)
		return (NULL);
	if (e->ba.start < start)
		e = vm_map_entry_split(map, e, start);
	last = vm_map_entry_find(map, end);
	if (last != NULL && last->ba.start < end)
		vm_map_entry_split(map, last, end);
	return (e);
}

int
vm_map_delete(vm_map_t map, vm_offset_t start, vm_offset_t end)
{
	vm_map_entry_t e, next;

	e = vm_map_clip_range(map, start, end);
	for (; e != NULL && e->ba.start < end; e = next) {
		next = TAILQ_NEXT(e, link);
		if (e->wired_count != 0)
			vm_fault_unwire(map, e);
		pmap_remove(map->pmap, e->ba.start, e->ba.end);
		vm_map_entry_unlink(map, e);
		vm_map_entry_dispose(e);
	}
	return (KERN_SUCCESS);
}

int
vm_map_remove(vm_map_t map, vm_offset_t start, vm_offset_t end)
{
	int rv;

	vm_map_lock(map);
	rv = vm_map_delete(map, start, end);
	vm_map_unlock(map);
	return (rv);
}
