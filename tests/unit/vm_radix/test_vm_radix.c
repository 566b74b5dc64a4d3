/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The tree of an object's pages, against a plain table of what must be in it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vm_radix_test.h"
#include <vm/vm_radix.h>

static int ntests, failed;

static void
ok(bool good, const char *name)
{
	printf("%sok %d - %s\n", good ? "" : "not ", ++ntests, name);
	failed |= !good;
}

static int
insert(struct vm_radix *tree, struct vm_page *m)
{
	struct vm_radix_node *spare = NULL;
	int error = vm_radix_insert(tree, m, &spare);

	if (error == ENOMEM) {
		spare = malloc(sizeof(*spare));
		error = vm_radix_insert(tree, m, &spare);
	}
	free(spare);
	return (error);
}

static void
remove_index(struct vm_radix *tree, uint64_t index)
{
	free(vm_radix_remove(tree, index));
}

static void
test_single_page_needs_no_node(void)
{
	struct vm_radix tree = { 0 };
	struct vm_radix_node *spare = NULL;
	struct vm_page m = { .pindex = 0x123456789abcdefULL };

	ok(vm_radix_insert(&tree, &m, &spare) == 0 &&
	    vm_radix_lookup(&tree, m.pindex) == &m &&
	    vm_radix_lookup(&tree, m.pindex ^ 1) == NULL &&
	    vm_radix_lookup_ge(&tree, 0) == &m &&
	    vm_radix_lookup_ge(&tree, m.pindex + 1) == NULL,
	    "single page needs no node");
	remove_index(&tree, m.pindex);
	ok(tree.rt_root == 0, "tree is empty after the last page");
}

static void
test_occupied_index_is_refused(void)
{
	struct vm_radix tree = { 0 };
	struct vm_page a = { 7 }, b = { 7 }, c = { 8 };

	insert(&tree, &a);
	insert(&tree, &c);
	ok(insert(&tree, &b) == EEXIST && vm_radix_lookup(&tree, 7) == &a,
	    "occupied index is refused");
	remove_index(&tree, 7);
	remove_index(&tree, 8);
}

static void
test_extreme_indices(void)
{
	static const uint64_t idx[] = { 0, 1, 15, 16, 255, 1ULL << 32,
	    (1ULL << 60) - 1, 1ULL << 60, 1ULL << 63, UINT64_MAX };
	enum { N = sizeof(idx) / sizeof(idx[0]) };
	struct vm_radix tree = { 0 };
	struct vm_page m[N];
	bool good = true;
	int i;

	for (i = 0; i < N; ++i) {
		m[i].pindex = idx[N - 1 - i];
		good &= insert(&tree, &m[i]) == 0;
	}
	for (i = 0; i < N; ++i) {
		good &= vm_radix_lookup(&tree, m[i].pindex) == &m[i];
		good &= vm_radix_lookup_ge(&tree, m[i].pindex) == &m[i];
		if (i > 0)
			good &= vm_radix_lookup_ge(&tree, m[i].pindex + 1) ==
			    &m[i - 1];
	}
	for (i = 0; i < N; ++i)
		remove_index(&tree, m[i].pindex);
	ok(good && tree.rt_root == 0, "indices at both ends of the range");
}

/* Random insertions and removals over ranges of different density. */
static void
test_random(unsigned bits, const char *name)
{
	enum { SLOTS = 4096, STEPS = 200000 };
	struct vm_page *table = calloc(SLOTS, sizeof(*table)), *m, *want;
	bool *in = calloc(SLOTS, sizeof(*in)), good = true;
	struct vm_radix tree = { 0 };
	uint64_t stride = 1ULL << bits, key;
	int i, j, k;

	srandom(1);
	for (i = 0; i < SLOTS; ++i)
		table[i].pindex = i * stride;
	for (i = 0; i < STEPS && good; ++i) {
		j = random() % SLOTS;
		if (in[j])
			remove_index(&tree, table[j].pindex);
		else
			good &= insert(&tree, &table[j]) == 0;
		in[j] = !in[j];
		k = random() % SLOTS;
		good &= vm_radix_lookup(&tree, table[k].pindex) ==
		    (in[k] ? &table[k] : NULL);
		if (i % 64 == 0) {
			key = table[k].pindex - (stride > 1);
			m = vm_radix_lookup_ge(&tree, key);
			for (want = NULL; k < SLOTS; ++k)
				if (in[k] && table[k].pindex >= key) {
					want = &table[k];
					break;
				}
			if (stride == 1 || key != UINT64_MAX)
				good &= m == want;
		}
	}
	for (i = 0; i < SLOTS; ++i)
		if (in[i])
			remove_index(&tree, table[i].pindex);
	ok(good && tree.rt_root == 0, name);
	free(table);
	free(in);
}

int
main(void)
{
	test_single_page_needs_no_node();
	test_occupied_index_is_refused();
	test_extreme_indices();
	test_random(0, "random operations, dense");
	test_random(3, "random operations, every eighth index");
	test_random(20, "random operations, sparse");
	test_random(51, "random operations, very sparse");
	printf("1..%d\n", ntests);
	return (failed);
}
