/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kmalloc of sizes beyond the slabs: whole pages from the KVA arena, with a
 * hash table that knows their sizes.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/globaldata.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/queue.h>
#include <sys/spinlock2.h>
#include <vm/vm.h>
#include <vm/vm_extern.h>
#include <vm/vm_kern.h>
#include <vm/vm_param.h>

#include "kern_slab.h"

#define BUCKETS		1024		/* chains; a power of two */

struct large {
	LIST_ENTRY(large) link;		/* (s) its bucket's spinlock */
	void		*ptr;		/* (I) */
	size_t		size;		/* (I) */
};

static struct bucket {
	struct spinlock	spin;		/* (s) */
	LIST_HEAD(, large) list;	/* (s) */
} buckets[BUCKETS];

static MALLOC_DEFINE(M_LARGE, "kmlarge", "records of large allocations");

static void
buckets_init(void *arg)
{
	for (int i = 0; i < BUCKETS; i++)
		spin_init(&buckets[i].spin, "kmlarge");
}
SYSINIT(kmlarge, SI_BOOT1_VM, SI_ORDER_ANY, buckets_init, NULL);

static struct bucket *
bucket_of(const void *ptr)
{
	uintptr_t page = (uintptr_t)ptr >> PAGE_SHIFT;

	return (&buckets[(page ^ page >> 10 ^ page >> 20) & (BUCKETS - 1)]);
}

/* Bucket locked. */
static struct large *
find(struct bucket *b, const void *ptr)
{
	struct large *l;

	LIST_FOREACH(l, &b->list, link) {
		if (l->ptr == ptr)
			return (l);
	}
	return (NULL);
}

void *
kmalloc_large(size_t size, int flags)
{
	struct bucket *b;
	struct large *l;
	int kmflags = 0;

	if (flags & M_NOWAIT)
		kmflags |= KM_NOWAIT;
	if (flags & M_USE_INTERRUPT_RESERVE)
		kmflags |= KM_INTERRUPT;
	if (flags & M_ZERO)
		kmflags |= KM_ZERO;
	l = kmalloc(sizeof(*l), M_LARGE, flags & ~(M_ZERO | M_POWEROF2 |
	    M_CACHEALIGN));
	if (l == NULL)
		return (NULL);
	l->size = size;
	l->ptr = (void *)kmem_alloc3(&kernel_map, size, VM_SUBSYS_KMALLOC,
	    kmflags);
	if (l->ptr == NULL) {
		kfree(l, M_LARGE);
		return (NULL);
	}
	b = bucket_of(l->ptr);
	spin_lock(&b->spin);
	LIST_INSERT_HEAD(&b->list, l, link);
	spin_unlock(&b->spin);
	return (l->ptr);
}

size_t
kmalloc_large_size(const void *ptr)
{
	struct bucket *b = bucket_of(ptr);
	struct large *l;
	size_t size;

	if (LIST_EMPTY(&b->list))
		return (0);
	spin_lock(&b->spin);
	l = find(b, ptr);
	size = l != NULL ? l->size : 0;
	spin_unlock(&b->spin);
	return (size);
}

void
kmalloc_large_free(void *ptr)
{
	struct bucket *b = bucket_of(ptr);
	struct large *l;

	spin_lock(&b->spin);
	l = find(b, ptr);
	LIST_REMOVE(l, link);
	spin_unlock(&b->spin);
	kmem_free(&kernel_map, (vm_offset_t)ptr, l->size);
	kfree(l, M_LARGE);
}
