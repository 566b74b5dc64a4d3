/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Kernel address ranges.
 *
 * Free ranges are in a tree by address, for merging, and in lists by the
 * power of two of their size, for finding one.  Allocation takes the front
 * of a range of the next larger class, or searches the own class; the arena
 * fills from its bottom.  The structures live in pages of their own, reached
 * through the direct map, so that nothing here depends on kmalloc.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/spinlock2.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/vm_arena.h>
#include <vm/vm_page.h>

static int
vm_arena_compare(struct vm_arena_range *a, struct vm_arena_range *b)
{
	if (a->start < b->start)
		return (-1);
	return (a->start > b->start);
}

RB_PROTOTYPE_STATIC(vm_arena_tree, vm_arena_range, rb, vm_arena_compare);
RB_GENERATE_STATIC(vm_arena_tree, vm_arena_range, rb, vm_arena_compare);

static inline int
arena_class(vm_size_t size)
{
	int c = 63 - __builtin_clzl(size >> PAGE_SHIFT);

	return (c < VM_ARENA_CLASSES ? c : VM_ARENA_CLASSES - 1);
}

static struct vm_arena_range *
arena_spare_get(struct vm_arena *arena)
{
	struct vm_arena_range *r = TAILQ_FIRST(&arena->spare);
	vm_page_t m;
	size_t i;

	if (r == NULL) {
		m = vm_page_alloc_noobj(VM_ALLOC_INTERRUPT);
		if (m == NULL)
			return (NULL);
		r = (struct vm_arena_range *)VM_PAGE_TO_DMAP(m);
		for (i = 0; i < PAGE_SIZE / sizeof(*r); ++i)
			TAILQ_INSERT_TAIL(&arena->spare, &r[i], link);
	}
	TAILQ_REMOVE(&arena->spare, r, link);
	return (r);
}

static void
arena_link(struct vm_arena *arena, struct vm_arena_range *r)
{
	int c = arena_class(r->size);

	TAILQ_INSERT_HEAD(&arena->cls[c], r, link);
	arena->nonempty |= 1UL << c;
}

static void
arena_unlink(struct vm_arena *arena, struct vm_arena_range *r)
{
	int c = arena_class(r->size);

	TAILQ_REMOVE(&arena->cls[c], r, link);
	if (TAILQ_EMPTY(&arena->cls[c]))
		arena->nonempty &= ~(1UL << c);
}

void
vm_arena_init(struct vm_arena *arena, vm_offset_t start, vm_offset_t end)
{
	int i;

	spin_init(&arena->spin, "vmarena");
	RB_INIT(&arena->tree);
	TAILQ_INIT(&arena->spare);
	for (i = 0; i < VM_ARENA_CLASSES; ++i)
		TAILQ_INIT(&arena->cls[i]);
	vm_arena_free(arena, start, end - start);
}

static struct vm_arena_range *
arena_find(struct vm_arena *arena, vm_size_t size, vm_size_t align)
{
	vm_size_t need = size + (align - PAGE_SIZE);
	struct vm_arena_range *r;
	vm_offset_t start;
	u_long classes;
	int c = arena_class(size);

	/* The own class may hold fitting ranges, larger ones surely do. */
	for (classes = arena->nonempty & ~((1UL << c) - 1); classes != 0;
	    classes &= classes - 1) {
		c = __builtin_ctzl(classes);
		TAILQ_FOREACH(r, &arena->cls[c], link) {
			start = (r->start + align - 1) & ~(align - 1);
			if (r->size >= need || start + size <=
			    r->start + r->size)
				return (r);
		}
	}
	return (NULL);
}

vm_offset_t
vm_arena_alloc(struct vm_arena *arena, vm_size_t size, vm_size_t align)
{
	struct vm_arena_range *r, *tail = NULL;
	vm_offset_t start = 0, end;

	spin_lock(&arena->spin);
	r = arena_find(arena, size, align);
	if (r == NULL)
		goto out;
	start = (r->start + align - 1) & ~(align - 1);
	end = r->start + r->size;
	if (start != r->start && start + size != end) {
		tail = arena_spare_get(arena);
		if (tail == NULL) {
			start = 0;
			goto out;
		}
	}
	arena_unlink(arena, r);
	arena->free -= size;
	if (start != r->start) {
		r->size = start - r->start;
		arena_link(arena, r);
		if (tail != NULL) {
			tail->start = start + size;
			tail->size = end - tail->start;
			RB_INSERT(vm_arena_tree, &arena->tree, tail);
			arena_link(arena, tail);
		}
	} else if (start + size != end) {
		r->start = start + size;	/* the order stays the same */
		r->size = end - r->start;
		arena_link(arena, r);
	} else {
		RB_REMOVE(vm_arena_tree, &arena->tree, r);
		TAILQ_INSERT_HEAD(&arena->spare, r, link);
	}
out:
	spin_unlock(&arena->spin);
	return (start);
}

void
vm_arena_free(struct vm_arena *arena, vm_offset_t start, vm_size_t size)
{
	struct vm_arena_range *r, *prev, *next, key;

	spin_lock(&arena->spin);
	arena->free += size;
	key.start = start;
	next = RB_NFIND(vm_arena_tree, &arena->tree, &key);
	prev = next ? RB_PREV(vm_arena_tree, &arena->tree, next) :
	    RB_MAX(vm_arena_tree, &arena->tree);
	KASSERT((next == NULL || start + size <= next->start) &&
	    (prev == NULL || prev->start + prev->size <= start),
	    ("KVA range %lx+%lx freed twice", start, size));
	if (prev != NULL && prev->start + prev->size == start) {
		arena_unlink(arena, prev);
		prev->size += size;
		if (next != NULL && start + size == next->start) {
			arena_unlink(arena, next);
			prev->size += next->size;
			RB_REMOVE(vm_arena_tree, &arena->tree, next);
			TAILQ_INSERT_HEAD(&arena->spare, next, link);
		}
		arena_link(arena, prev);
	} else if (next != NULL && start + size == next->start) {
		arena_unlink(arena, next);
		next->start = start;
		next->size += size;
		arena_link(arena, next);
	} else if ((r = arena_spare_get(arena)) != NULL) {
		r->start = start;
		r->size = size;
		RB_INSERT(vm_arena_tree, &arena->tree, r);
		arena_link(arena, r);
	} else {
		/* Not a page left to note it down: the addresses are lost. */
		arena->free -= size;
	}
	spin_unlock(&arena->spin);
}
