/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The bitmap of a swap device and its tree of hints; see swap_blist.h.
 */
#ifdef SWAP_BLIST_TEST
#include "swap_blist_test.h"
#else
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/malloc.h>
#endif
#include <vm/swap_blist.h>

#define FAN_SHIFT	6
#define FAN		(1 << FAN_SHIFT)
#define LEVELS		9		/* FAN to the 9th: all of 2^54 pages */

/* Hints of level 0 are of stripes, those of level n + 1 of FAN below. */
struct swap_blist {
	u_long		npages;
	int		nlevels;		/* the last has one hint */
	u_long		nhints[LEVELS];
	uint8_t		*hints[LEVELS];
	uint64_t	*bits;			/* set: free */
};

static MALLOC_DEFINE(M_SWAPMAP, "swapmap", "bitmaps of swap devices");

struct swap_blist *
swap_blist_create(u_long npages)
{
	struct swap_blist *bl;
	u_long n = (npages + SWAP_STRIPE - 1) / SWAP_STRIPE;
	int l = 0;

	bl = kmalloc(sizeof(*bl), M_SWAPMAP, M_WAITOK | M_ZERO);
	bl->npages = npages;
	bl->bits = kmalloc(n * sizeof(*bl->bits), M_SWAPMAP,
	    M_WAITOK | M_ZERO);
	for (;;) {
		bl->nhints[l] = n;
		bl->hints[l] = kmalloc(n, M_SWAPMAP, M_WAITOK | M_ZERO);
		++l;
		if (n <= 1)
			break;
		n = (n + FAN - 1) / FAN;
	}
	bl->nlevels = l;
	return (bl);
}

void
swap_blist_destroy(struct swap_blist *bl)
{
	int l;

	for (l = 0; l < bl->nlevels; ++l)
		kfree(bl->hints[l], M_SWAPMAP);
	kfree(bl->bits, M_SWAPMAP);
	kfree(bl, M_SWAPMAP);
}

/*
 * Where a run of n set bits begins in w, or -1: after the loop a bit is set
 * if it and the n - 1 above it were.
 */
static int
word_find(uint64_t w, int n)
{
	int have = 1, step;

	while (have < n && w != 0) {
		step = n - have < have ? n - have : have;
		w &= w >> step;
		have += step;
	}
	return (w != 0 ? __builtin_ctzll(w) : -1);
}

static uint8_t
word_longest(uint64_t w)
{
	uint8_t n = 0;

	while (w != 0) {
		w &= w >> 1;
		++n;
	}
	return (n);
}

static uint64_t
word_mask(u_long page, int n)
{
	uint64_t ones = n == SWAP_STRIPE ? ~0ULL : (1ULL << n) - 1;

	return (ones << (page % SWAP_STRIPE));
}

/* The hints above a stripe whose bits have changed. */
static void
blist_update(struct swap_blist *bl, u_long i)
{
	uint8_t best = word_longest(bl->bits[i]);
	u_long first, last;
	int l;

	for (l = 0;; ++l) {
		if (bl->hints[l][i] == best)
			return;
		bl->hints[l][i] = best;
		if (l + 1 == bl->nlevels)
			return;
		first = i & ~(u_long)(FAN - 1);
		last = first + FAN < bl->nhints[l] ? first + FAN :
		    bl->nhints[l];
		for (best = 0; first < last; ++first)
			if (bl->hints[l][first] > best)
				best = bl->hints[l][first];
		i >>= FAN_SHIFT;
	}
}

long
swap_blist_find(const struct swap_blist *bl, int n)
{
	int l = bl->nlevels - 1;
	u_long i = 0;

	if (bl->nhints[0] == 0 || bl->hints[l][0] < n)
		return (-1);
	while (l-- > 0)
		for (i <<= FAN_SHIFT; bl->hints[l][i] < n; ++i)
			;
	return ((long)(i * SWAP_STRIPE) + word_find(bl->bits[i], n));
}

void
swap_blist_take(struct swap_blist *bl, u_long page, int n)
{
	u_long i = page / SWAP_STRIPE;
	uint64_t mask = word_mask(page, n);

	KASSERT(page % SWAP_STRIPE + n <= SWAP_STRIPE &&
	    page + n <= bl->npages && (bl->bits[i] & mask) == mask,
	    ("swap pages %lu+%d taken twice", page, n));
	bl->bits[i] &= ~mask;
	blist_update(bl, i);
}

void
swap_blist_free(struct swap_blist *bl, u_long page, int n)
{
	u_long i = page / SWAP_STRIPE;
	uint64_t mask = word_mask(page, n);

	KASSERT(page % SWAP_STRIPE + n <= SWAP_STRIPE &&
	    page + n <= bl->npages && (bl->bits[i] & mask) == 0,
	    ("swap pages %lu+%d freed twice", page, n));
	bl->bits[i] |= mask;
	blist_update(bl, i);
}

bool
swap_blist_test(const struct swap_blist *bl, u_long page)
{
	return ((bl->bits[page / SWAP_STRIPE] & word_mask(page, 1)) != 0);
}
