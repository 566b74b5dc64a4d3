/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The tree of an object's pages.  See vm_radix.h for the rules.
 *
 * A node stands for the aligned range of 16 << rn_shift indices beginning at
 * rn_index, split by one 4-bit digit.  Levels with a single child do not
 * exist: going down, shifts decrease by any multiple of four, and a page may
 * hang anywhere, so the index of what was found must be compared.
 */
#ifdef VM_RADIX_TEST
#include "vm_radix_test.h"
#else
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/errno.h>
#include <vm/vm.h>
#include <vm/vm_page.h>
#endif
#include <vm/vm_radix.h>

#define ISNODE(p)	((p) & 1)
#define TONODE(p)	((struct vm_radix_node *)((p) & ~(uintptr_t)1))
#define TOPAGE(p)	((struct vm_page *)(p))
#define FROMNODE(n)	((uintptr_t)(n) | 1)

static inline unsigned
radix_digit(uint64_t index, unsigned shift)
{
	return ((index >> shift) & (VM_RADIX_FAN - 1));
}

/* Does index lie outside the range of node n? */
static inline bool
radix_outside(const struct vm_radix_node *n, uint64_t index)
{
	return ((((index ^ n->rn_index) >> n->rn_shift) >> VM_RADIX_BITS) != 0);
}

struct vm_page *
vm_radix_lookup(struct vm_radix *tree, uint64_t index)
{
	uintptr_t p = tree->rt_root;
	struct vm_radix_node *n;

	while (ISNODE(p)) {
		n = TONODE(p);
		if (radix_outside(n, index))
			return (NULL);
		p = n->rn_child[radix_digit(index, n->rn_shift)];
	}
	if (p == 0 || TOPAGE(p)->pindex != index)
		return (NULL);
	return (TOPAGE(p));
}

/* The recursion is at most 16 levels: every level uses up a digit. */
static struct vm_page *
radix_ge(uintptr_t p, uint64_t index)
{
	struct vm_radix_node *n;
	struct vm_page *m;
	unsigned d;

	if (p == 0)
		return (NULL);
	if (!ISNODE(p))
		return (TOPAGE(p)->pindex >= index ? TOPAGE(p) : NULL);
	n = TONODE(p);
	if (!radix_outside(n, index))
		d = radix_digit(index, n->rn_shift);
	else if (n->rn_index > index)
		d = 0;
	else
		return (NULL);
	for (; d < VM_RADIX_FAN; ++d) {
		m = radix_ge(n->rn_child[d], index);
		if (m != NULL)
			return (m);
	}
	return (NULL);
}

struct vm_page *
vm_radix_lookup_ge(struct vm_radix *tree, uint64_t index)
{
	return (radix_ge(tree->rt_root, index));
}

/*
 * Put a new node in *slot that distinguishes what is there now (its first
 * index is other) from page m.
 */
static void
radix_split(uintptr_t *slot, uint64_t other, struct vm_page *m,
    struct vm_radix_node *n)
{
	unsigned bit = 63 - __builtin_clzll(other ^ m->pindex);
	unsigned shift = bit & ~(VM_RADIX_BITS - 1);
	unsigned i;

	n->rn_shift = shift;
	n->rn_index = ((m->pindex >> shift) >> VM_RADIX_BITS) << shift
	    << VM_RADIX_BITS;
	n->rn_count = 2;
	for (i = 0; i < VM_RADIX_FAN; ++i)
		n->rn_child[i] = 0;
	n->rn_child[radix_digit(other, shift)] = *slot;
	n->rn_child[radix_digit(m->pindex, shift)] = (uintptr_t)m;
	*slot = FROMNODE(n);
}

int
vm_radix_insert(struct vm_radix *tree, struct vm_page *m,
    struct vm_radix_node **sparep)
{
	struct vm_radix_node *parent = NULL;
	uintptr_t *slot = &tree->rt_root;
	uint64_t other;

	for (;;) {
		uintptr_t p = *slot;

		if (p == 0) {
			*slot = (uintptr_t)m;
			if (parent != NULL)
				++parent->rn_count;
			return (0);
		}
		if (!ISNODE(p)) {
			other = TOPAGE(p)->pindex;
			if (other == m->pindex)
				return (EEXIST);
			break;
		}
		if (radix_outside(TONODE(p), m->pindex)) {
			other = TONODE(p)->rn_index;
			break;
		}
		parent = TONODE(p);
		slot = &parent->rn_child[radix_digit(m->pindex,
		    parent->rn_shift)];
	}
	if (*sparep == NULL)
		return (ENOMEM);
	radix_split(slot, other, m, *sparep);
	*sparep = NULL;
	return (0);
}

struct vm_radix_node *
vm_radix_remove(struct vm_radix *tree, uint64_t index)
{
	uintptr_t *slot = &tree->rt_root, *above = NULL;
	struct vm_radix_node *n = NULL;
	unsigned i;

	while (ISNODE(*slot)) {
		above = slot;
		n = TONODE(*slot);
		slot = &n->rn_child[radix_digit(index, n->rn_shift)];
	}
	*slot = 0;
	if (n == NULL || --n->rn_count > 1)
		return (NULL);
	for (i = 0; n->rn_child[i] == 0; ++i)
		;
	*above = n->rn_child[i];
	return (n);
}
