/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The allocator of swap pages, against a plain table of what must be free.
 */
#include <stdio.h>
#include <string.h>

#include "swap_blist_test.h"
#include <vm/swap_blist.h>

static int ntests, failed;

static void
ok(bool good, const char *name)
{
	printf("%sok %d - %s\n", good ? "" : "not ", ++ntests, name);
	failed |= !good;
}

/* The first fit by looking at every page. */
static long
plain_find(const bool *is_free, long npages, int n)
{
	long p;
	int run = 0;

	for (p = 0; p < npages; ++p) {
		if (p % SWAP_STRIPE == 0)
			run = 0;
		run = is_free[p] ? run + 1 : 0;
		if (run == n)
			return (p - n + 1);
	}
	return (-1);
}

static void
mark(bool *is_free, long p, int n, bool value)
{
	while (n-- > 0)
		is_free[p++] = value;
}

static void
test_new_one_is_full(void)
{
	struct swap_blist *bl = swap_blist_create(1000);

	ok(swap_blist_find(bl, 1) == -1, "a new list has nothing to give");
	swap_blist_free(bl, 999, 1);
	ok(swap_blist_find(bl, 1) == 999 && swap_blist_find(bl, 2) == -1,
	    "the last page of a short stripe is found");
	swap_blist_destroy(bl);
}

static void
test_runs_end_with_stripes(void)
{
	struct swap_blist *bl = swap_blist_create(4 * SWAP_STRIPE);

	swap_blist_free(bl, 60, 4);
	swap_blist_free(bl, 64, 4);
	ok(swap_blist_find(bl, 5) == -1, "no run crosses a stripe");
	swap_blist_free(bl, 192, 64);
	ok(swap_blist_find(bl, 64) == 192, "a whole stripe is one run");
	swap_blist_take(bl, 192, 64);
	ok(swap_blist_find(bl, 5) == -1 && swap_blist_find(bl, 4) == 60,
	    "taking it leaves the others");
	swap_blist_destroy(bl);
}

/* Large enough for four levels; only a few places matter. */
static void
test_large_device(void)
{
	long npages = 64L * 64 * 64 * 64 + 17, last = npages - 17;
	struct swap_blist *bl = swap_blist_create(npages);
	bool good;

	swap_blist_free(bl, last, 17);
	good = swap_blist_find(bl, 16) == last;
	swap_blist_free(bl, 64L * 64 * 65, 8);
	good &= swap_blist_find(bl, 16) == last;
	good &= swap_blist_find(bl, 8) == 64L * 64 * 65;
	swap_blist_take(bl, last, 17);
	good &= swap_blist_find(bl, 9) == -1;
	ok(good, "the far end of a large device is found");
	swap_blist_destroy(bl);
}

static void
test_random(long npages, int rounds)
{
	struct swap_blist *bl = swap_blist_create(npages);
	bool *is_free = calloc(npages, sizeof(*is_free)), good = true;
	long p;
	int i, n;

	for (i = 0; i < rounds; ++i) {
		n = 1 + random() % 16;
		p = swap_blist_find(bl, n);
		good &= p == plain_find(is_free, npages, n);
		if (p >= 0 && random() % 3 != 0) {
			swap_blist_take(bl, p, n);
			mark(is_free, p, n, false);
		}
		p = random() % npages;
		for (n = 0; n < 8 && p + n < npages && !is_free[p + n] &&
		    (n == 0 || (p + n) % SWAP_STRIPE != 0); ++n)
			;
		if (n > 0) {
			swap_blist_free(bl, p, n);
			mark(is_free, p, n, true);
		}
		p = random() % npages;
		good &= swap_blist_test(bl, p) == is_free[p];
	}
	ok(good, "random operations find the first fit");
	free(is_free);
	swap_blist_destroy(bl);
}

int
main(void)
{
	test_new_one_is_full();
	test_runs_end_with_stripes();
	test_large_device();
	test_random(64, 2000);
	test_random(1000, 20000);
	test_random(64 * 64 + 5, 20000);
	printf("1..%d\n", ntests);
	return (failed);
}
