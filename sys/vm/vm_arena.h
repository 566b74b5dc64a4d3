/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ranges of kernel virtual addresses, handed out by the page.  Only free
 * ranges are recorded; whoever frees says how much.
 */
#ifndef _VM_VM_ARENA_H_
#define _VM_VM_ARENA_H_

#ifdef _KERNEL

#include <sys/types.h>
#include <sys/queue.h>
#include <sys/spinlock.h>
#include <sys/tree.h>
#include <vm/vm.h>

#define VM_ARENA_CLASSES	40	/* powers of two, from a page up */

struct vm_arena_range {
	RB_ENTRY(vm_arena_range) rb;	/* by address */
	TAILQ_ENTRY(vm_arena_range) link; /* of its size class */
	vm_offset_t	start;
	vm_size_t	size;
};

RB_HEAD(vm_arena_tree, vm_arena_range);
TAILQ_HEAD(vm_arena_list, vm_arena_range);

/* (s) spin */
struct vm_arena {
	struct spinlock	spin;
	struct vm_arena_tree tree;	/* (s) free ranges */
	struct vm_arena_list cls[VM_ARENA_CLASSES]; /* (s) by log2(pages) */
	u_long		nonempty;	/* (s) bit per class */
	struct vm_arena_list spare;	/* (s) unused structures */
	vm_size_t	free;		/* (s) bytes */
};

void	 vm_arena_init(struct vm_arena *arena, vm_offset_t start,
	    vm_offset_t end);
/* size a multiple of the page, align a power of two. 0 if there is none. */
vm_offset_t vm_arena_alloc(struct vm_arena *arena, vm_size_t size,
	    vm_size_t align);
void	 vm_arena_free(struct vm_arena *arena, vm_offset_t start,
	    vm_size_t size);

#endif /* _KERNEL */

#endif /* !_VM_VM_ARENA_H_ */
