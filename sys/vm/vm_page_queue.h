/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The queues of reclaimable pages, private to the page allocator and the
 * pageout daemon.  Each NUMA domain has VM_LRU_QUEUES pairs of an active and
 * an inactive queue; a page's address decides which pair is its own, so that
 * lock traffic spreads.
 */
#ifndef _VM_VM_PAGE_QUEUE_H_
#define _VM_VM_PAGE_QUEUE_H_

#ifdef _KERNEL

#include <sys/types.h>
#include <sys/param.h>
#include <sys/spinlock.h>
#include <vm/vm_page.h>
#include <vm/vm_phys.h>

/* (q) spin */
struct vm_page_queue {
	struct spinlock	spin;
	struct vm_pagelist pl;		/* (q) least recently used first */
	long		count;		/* (q) pages, markers not counted */
} __aligned(64);

extern struct vm_page_queue *vm_page_queues;	/* (I) */

static __inline struct vm_page_queue *
vm_page_queue_at(int domain, int lru, int queue)
{
	return (&vm_page_queues[(domain * VM_LRU_QUEUES + lru) * PQ_COUNT +
	    queue]);
}

/* Put a busy page that is on no queue onto one. */
void	 vm_page_enqueue(vm_page_t m, int queue);
/* Move a busy page to the recent end of a queue, from wherever it is. */
void	 vm_page_requeue(vm_page_t m, int queue);
/* Pages in all queues of a kind. */
long	 vm_page_queue_total(int queue);
/*
 * Walk a queue: the next page behind marker, exclusively busied (pages that
 * are busy are passed over), with marker moved behind it.  At most *budget
 * pages are looked at; NULL at the end or when that is used up.
 */
vm_page_t vm_page_queue_next(struct vm_page_queue *q, struct vm_page *marker,
	    long *budget);
void	 vm_page_queue_mark(struct vm_page_queue *q, struct vm_page *marker);
void	 vm_page_queue_unmark(struct vm_page_queue *q, struct vm_page *marker);
void	 vm_page_queues_init(void);

/* n pages (or -n) more of an object, which is counted if anonymous. */
void	 vm_page_count_anon(vm_object_t object, long n);
long	 vm_page_anon_total(void);

/* Pages idle in the CPUs' magazines: free, but not in v_free_count. */
long	 vm_page_magazine_total(void);

#endif /* _KERNEL */

#endif /* !_VM_VM_PAGE_QUEUE_H_ */
