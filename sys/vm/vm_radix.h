/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The pages of an object by index: a path-compressed tree of 16-way nodes.
 * A tree of one page is the pointer itself; n pages need at most n-1 nodes.
 *
 * The caller provides all locking.  Insertion never allocates: when it
 * needs a node it says so, and the caller comes again with one, obtained
 * outside its spinlock.
 */
#ifndef _VM_VM_RADIX_H_
#define _VM_VM_RADIX_H_

#include <sys/types.h>
#ifdef _KERNEL
#include <sys/stdint.h>
#endif

struct vm_page;

#define VM_RADIX_BITS	4
#define VM_RADIX_FAN	(1 << VM_RADIX_BITS)

struct vm_radix_node {
	uint64_t	rn_index;	/* of the first index below this node */
	uint8_t		rn_shift;	/* position of this node's digit */
	uint8_t		rn_count;	/* children, at least 2 */
	uintptr_t	rn_child[VM_RADIX_FAN]; /* page, or node | 1 */
};

struct vm_radix {
	uintptr_t	rt_root;	/* page, or node | 1, or 0 */
};

/* The page at index, or NULL. */
struct vm_page *vm_radix_lookup(struct vm_radix *tree, uint64_t index);
/* The page with the least index >= index, or NULL. */
struct vm_page *vm_radix_lookup_ge(struct vm_radix *tree, uint64_t index);
/*
 * Insert page m at its index m->pindex.  Returns 0, EEXIST, or ENOMEM when a
 * node is needed and *sparep is NULL.  A node used is taken from *sparep,
 * which becomes NULL.
 */
int	 vm_radix_insert(struct vm_radix *tree, struct vm_page *m,
	    struct vm_radix_node **sparep);
/*
 * Remove the page at index, which must be there.  Returns a node that is no
 * longer needed, to be freed by the caller, or NULL.
 */
struct vm_radix_node *vm_radix_remove(struct vm_radix *tree, uint64_t index);

#endif /* !_VM_VM_RADIX_H_ */
