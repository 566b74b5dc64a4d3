/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which pages of a swap device are free.
 *
 * The pages are bits, 64 to a stripe, and an allocation is a run of adjacent
 * ones within one stripe.  Above the stripes stands a tree of hints with a
 * fan-out of 64: each hint is the longest free run anywhere below it, so the
 * first stripe that can serve a request is found in a few steps however
 * large or fragmented the device is.
 *
 * The caller provides the locking.  Nothing here sleeps or allocates except
 * creation and destruction.
 */
#ifndef _VM_SWAP_BLIST_H_
#define _VM_SWAP_BLIST_H_

#include <sys/types.h>
#ifndef SWAP_BLIST_TEST
#include <sys/stdbool.h>
#include <sys/stdint.h>
#endif

#define SWAP_STRIPE	64	/* pages of a stripe: bits of a word */

struct swap_blist;

/* npages pages, none of them free.  May sleep. */
struct swap_blist *swap_blist_create(u_long npages);
void	 swap_blist_destroy(struct swap_blist *bl);
/*
 * The first place where n (1 to SWAP_STRIPE) adjacent pages of a stripe are
 * free, or -1.  Nothing changes.
 */
long	 swap_blist_find(const struct swap_blist *bl, int n);
/* The n pages from page on, of one stripe, which are free, no longer are. */
void	 swap_blist_take(struct swap_blist *bl, u_long page, int n);
/* They are free; they were not. */
void	 swap_blist_free(struct swap_blist *bl, u_long page, int n);
/* Is page free? */
bool	 swap_blist_test(const struct swap_blist *bl, u_long page);

#endif /* !_VM_SWAP_BLIST_H_ */
