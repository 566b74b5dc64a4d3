/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A map from 64-bit index to non-NULL pointer, used for the pages of an
 * object: a path-compressed tree of 16-way nodes.  A tree of one element is
 * the pointer itself; n elements need at most n-1 nodes.
 *
 * The caller provides all locking.  Insertion never allocates: the caller
 * brings a spare node, which is consumed if needed, so that it can be
 * obtained before a spinlock is taken.  Pointers must be 4-byte aligned.
 */
#ifndef _VM_VM_RADIX_H_
#define _VM_VM_RADIX_H_

#include <sys/types.h>
#include <sys/stdint.h>

#define VM_RADIX_BITS	4
#define VM_RADIX_FAN	(1 << VM_RADIX_BITS)

struct vm_radix_node {
	uint64_t	rn_index;	/* with the low digits zero */
	uint8_t		rn_shift;	/* of this node's digit */
	uint8_t		rn_count;	/* children */
	void		*rn_child[VM_RADIX_FAN]; /* tagged: node or element */
};

struct vm_radix {
	void		*rt_root;	/* tagged: node or element */
};

/* Element at index, or NULL. */
void	*vm_radix_lookup(struct vm_radix *tree, uint64_t index);
/* The element with the least index >= index; its index in *found. */
void	*vm_radix_lookup_ge(struct vm_radix *tree, uint64_t index,
	    uint64_t *found);
/*
 * Insert.  *sparep must point to a node; it is set to NULL if the node was
 * used.  Returns false when the index is occupied.  index_of gives the
 * index of an element already in the tree.
 */
bool	 vm_radix_insert(struct vm_radix *tree, uint64_t index, void *element,
	    struct vm_radix_node **sparep, uint64_t (*index_of)(void *));
/*
 * Remove and return the element at index (NULL: none).  A node no longer
 * needed is returned through *freedp.
 */
void	*vm_radix_remove(struct vm_radix *tree, uint64_t index,
	    struct vm_radix_node **freedp, uint64_t (*index_of)(void *));

#endif /* !_VM_VM_RADIX_H_ */
