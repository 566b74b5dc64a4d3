/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Swap: where pages of anonymous memory go when memory is short.
 *
 *	swap_dev.c	devices, the space they make together, swapon(2)
 *	swap_pager.c	which page of which object is where in that space
 *	swap_io.c	reading and writing
 *	vm_swapout.c	the daemon that chooses pages to be written
 *	swap_blist.c	which pages of a device are free
 *
 * Swap space is one range of page numbers, dealt out in stripes of
 * SWAP_STRIPE pages over NSWAPDEV slots, whether they hold a device or not:
 *
 *	stripe = blk / 64   slot = stripe % NSWAPDEV
 *	page of the device = stripe / NSWAPDEV * 64 + blk % 64
 *
 * A page of an object may have a copy on swap.  While the page is resident
 * PG_SWAPPED tells so, and the page is clean: making it dirty gives the copy
 * up.  The flag changes under the object's spinlock together with the entry
 * in object->swblocks.  When memory is needed a clean page with a copy is
 * freed without further ado; whoever finds neither a page nor a copy under
 * one hold of the spinlock knows that there is no such page.
 */
#ifndef _VM_SWAP_PAGER_H_
#define _VM_SWAP_PAGER_H_

#ifdef _KERNEL

#include <sys/types.h>
#include <sys/tree.h>
#include <vm/vm.h>

#ifndef NSWAPDEV
#define NSWAPDEV	4
#endif

typedef int64_t swblk_t;		/* page of the swap space */
#define SWAPBLK_NONE	((swblk_t)-1)

#define SWAP_META_PAGES	32		/* indices of a swblock */
#define SWAP_CLUSTER	16		/* pages moved at a time */
#define SWAP_ACT_MAX	4		/* act_count of an anonymous page */

struct buf;
struct vm_object;

/* Where SWAP_META_PAGES adjacent pages of an object are. */
struct swblock {
	RB_ENTRY(swblock) link;			/* (s) */
	vm_pindex_t	base;			/* (I) first index */
	int		count;			/* (s) entries in use */
	swblk_t		blk[SWAP_META_PAGES];	/* (s) */
};

/* --- space (swap_dev.c) -------------------------------------------------- */

extern long vm_swap_size;	/* (d) pages in all */
extern long vm_swap_free;	/* (d) of which free */
extern long vm_swap_anon_use;	/* (a) used by anonymous memory */
extern long vm_swap_cache_use;	/* (a) used by the cache of files */

/* Is there a device to write to; is any room left on it? */
#define swap_configured()	(vm_swap_size != 0)
#define swap_has_room()		(vm_swap_free > 0)
bool	 swap_almost_full(void);

/*
 * Up to *np adjacent pages, *np saying how many; SWAPBLK_NONE when there are
 * none.  Spinlocks may be held.
 */
swblk_t	 swap_dev_alloc(int *np);
void	 swap_dev_free(swblk_t blk);
/* The page cannot be written: it is used no more until the next swapon. */
void	 swap_dev_retire(swblk_t blk);
int	 swap_dev_slot(swblk_t blk);
/*
 * Start the transfer bp at blk, which stays within a stripe.  Ended by
 * swap_dev_finished() when it is complete.
 */
void	 swap_dev_start(struct buf *bp, swblk_t blk);
void	 swap_dev_finished(swblk_t blk);

/* --- places of pages (swap_pager.c) -------------------------------------- */

/* Where the copy is, or SWAPBLK_NONE; the object's spinlock is held. */
swblk_t	 swap_meta_get(struct vm_object *object, vm_pindex_t pindex);
/*
 * The first index >= *pindexp, below end unless that is 0, that is on swap
 * (on that slot, if >= 0).  The spinlock is held; swap_pager_next() takes it.
 */
bool	 swap_meta_next(struct vm_object *object, vm_pindex_t *pindexp,
	    vm_pindex_t end, int slot);
bool	 swap_pager_next(struct vm_object *object, vm_pindex_t *pindexp,
	    vm_pindex_t end, int slot);
/*
 * n soft-busy pages with adjacent indices that lie in one swblock are on
 * swap from blk on.  ENOMEM when there is no memory to note that.
 */
int	 swap_pager_assign(vm_page_t *ma, int n, swblk_t blk);
/* The page, busy or soft-busy, is about to change: its copy is useless. */
void	 swap_pager_unswapped(vm_page_t m);
/* The same, and the place is bad. */
void	 swap_pager_retire(vm_page_t m);
/* Copies of pages [start, end) (end 0: all) are given up. */
void	 swap_pager_freespace(struct vm_object *object, vm_pindex_t start,
	    vm_pindex_t end);
/*
 * The place of a page that is not resident moves to another object, which
 * has no page and no place of that index, or else keeps its own.  Sleeps for
 * memory.  The map that leads to both is locked exclusively.
 */
void	 swap_pager_move(struct vm_object *from, vm_pindex_t fromi,
	    struct vm_object *to, vm_pindex_t toi);
/* Read in everything that is on that slot.  EINTR, EIO. */
int	 swap_pager_evacuate(int slot);
/* Fill the reserve of memory for places, as far as possible without waiting. */
void	 swap_pager_reserve(bool wait);

/* --- transfers (swap_io.c) ----------------------------------------------- */

/*
 * Write n busy unmapped dirty pages with adjacent indices within one swblock.
 * Consumes their busy state; pages that are still not used when they have
 * been written are freed.  Returns how many are being written; 0 when swap
 * is full.  Sleeps while many writes are under way.
 */
int	 swap_io_write(vm_page_t *ma, int n);
/* Read the place of m, busy, and neighbours; VM_PAGER_*. */
int	 swap_io_read(vm_page_t m, bool ahead);
void	 swap_io_init(void);
extern int swap_io_writing;	/* (a) pages being written */
extern u_long swap_freed;	/* (a) pages freed by way of swap */

/* --- the daemon (vm_swapout.c) ------------------------------------------- */

/* Have pages written until npages more are free. */
void	 vm_swapout_request(long npages);
/*
 * Has anything been freed by way of swap since the last call, or may yet be?
 * For the pageout daemon.
 */
bool	 vm_swapout_progress(void);

#endif /* _KERNEL */

#endif /* !_VM_SWAP_PAGER_H_ */
