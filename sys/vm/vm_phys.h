/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Free physical memory: one buddy allocator per NUMA domain.  Only the page
 * allocator proper (vm_page.c) uses this; blocks are of 2^order pages and
 * naturally aligned.
 */
#ifndef _VM_VM_PHYS_H_
#define _VM_VM_PHYS_H_

#ifdef _KERNEL

#include <sys/types.h>
#include <sys/queue.h>
#include <sys/spinlock.h>
#include <vm/vm.h>

#define VM_PHYS_ORDERS	14	/* largest block: 2^13 pages, 32 MB */
#define VM_LRU_QUEUES	8	/* per domain, to spread lock traffic */

TAILQ_HEAD(vm_pagelist, vm_page);

/* (f) spin */
struct vm_phys_domain {
	struct spinlock	spin;
	struct vm_pagelist free[VM_PHYS_ORDERS]; /* (f) by order */
	u_int		nonempty;		/* (f) bit per order */
	long		nfree;			/* (f) pages */
};

extern struct vm_phys_domain *vm_phys_domains;	/* (I) */
extern int vm_ndomains;				/* (I) */
extern vm_paddr_t vm_phys_max;			/* (I) end of memory */

/*
 * Take up to count single pages, from the given domain first, into list.
 * Stops at a free count of reserve pages.  Returns how many.
 */
int	 vm_phys_alloc_list(int domain, int count, long reserve,
	    struct vm_pagelist *list);
void	 vm_phys_free_list(struct vm_pagelist *list);
vm_page_t vm_phys_alloc_block(int domain, int order, long reserve);
void	 vm_phys_free_block(vm_page_t m, int order);
/* Any number of pages beginning at m, adjacent. */
void	 vm_phys_free_range(vm_page_t m, u_long npages);
/* A run of npages free pages that meets the constraints, or NULL. */
vm_page_t vm_phys_alloc_run(vm_paddr_t low, vm_paddr_t high, u_long align,
	    u_long boundary, u_long npages, long reserve);
void	 vm_phys_init(void);

#endif /* _KERNEL */

#endif /* !_VM_VM_PHYS_H_ */
