/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Physical pages.
 *
 * Every page of usable memory has a struct vm_page, 64 bytes, in arrays
 * that cover 128 MB of physical addresses each.  A page is
 *
 *	free	in the buddy lists of its NUMA domain or a CPU's magazine,
 *	owned	by an object, at an index of it (m->object, m->pindex), or
 *	wired	to the kernel without an object (page tables, kmalloc).
 *
 * Who may do what:
 *
 *  - A page is held *busy* by one thread while its identity, its contents
 *    as a whole or its mappings change: filling it from disk, entering it
 *    into a pmap, freeing it.  vm_page_busy_try() and friends; sleeping for
 *    a busy page ends with m possibly belonging to somebody else, so look
 *    it up again.  *Soft busy* (vm_page_sbusy()) is shared: the contents
 *    are being read or written out, the identity must stay.
 *  - m->object and m->pindex change only with the page busy and the
 *    object's spinlock held.  So they are stable for the holder of either.
 *  - valid, dirty change only with the page busy (dirty may be set at any
 *    time by whoever wires or soft-busies the page).
 *  - *Wired* pages are never reclaimed.  Whoever has a page wired may use
 *    its contents through the direct map without keeping it busy.  Freeing
 *    a wired page takes it away from its object; the frame goes back when
 *    the last wiring ends.
 */
#ifndef _VM_VM_PAGE_H_
#define _VM_VM_PAGE_H_

#ifdef _KERNEL

#include <sys/types.h>
#include <sys/param.h>
#include <sys/queue.h>
#include <vm/vm.h>
#include <machine/pmap.h>

/*
 * Lock letters: (o) page busy and object spinlock, (b) page busy,
 * (q) lock of the queue the page is on, (a) atomic, (I) fixed at boot,
 * (f) lock of the domain's free lists, (t) owner of the table page.
 */
struct vm_page {
	TAILQ_ENTRY(vm_page) pageq;	/* (q)(f) queue or free list */
	struct vm_object *object;	/* (o) owner, or NULL */
	vm_pindex_t	pindex;		/* (o) index in it */
	vm_paddr_t	phys_addr;	/* (I) */
	uint32_t	busy_count;	/* (a) PBUSY_* */
	uint32_t	wire_count;	/* (a) */
	uint32_t	flags;		/* (a) PG_* */
	uint32_t	md_count;	/* (t) for the pmap's table pages */
	uint8_t		queue;		/* (q) PQ_* */
	uint8_t		act_count;	/* (q) recent use */
	uint8_t		valid;		/* (b) one bit per 512 bytes */
	uint8_t		dirty;		/* (b) likewise */
	uint8_t		order;		/* (f) of a free block's head */
	uint8_t		domain;		/* (I) NUMA domain */
	uint8_t		lru;		/* (I) which of the domain's queues */
	uint8_t		reserved;
};

#define PBUSY_LOCKED		0x80000000U	/* exclusively */
#define PBUSY_WANTED		0x40000000U	/* somebody sleeps for it */
#define PBUSY_MASK		0x3fffffffU	/* number of soft holders */

/* flags */
#define PG_MAPPED	0x0001	/* may be in some pmap */
#define PG_WRITEABLE	0x0002	/* may be writable in some pmap */
#define PG_REFERENCED	0x0004	/* used since the pageout looked */
#define PG_ZERO		0x0008	/* contents known to be zero */
#define PG_NOSYNC	0x0010	/* no periodic write-back (MAP_NOSYNC) */
#define PG_FREE		0x0020	/* in the buddy lists */
#define PG_UNMANAGED	0x0040	/* never on queues: kernel, OBJT_PHYS */
#define PG_SWAPPED	0x0080	/* a copy is on swap */
#define PG_GONE		0x0100	/* freed while wired */
#define PG_LARGE	0x0200	/* entered as part of a 2 MB mapping */
#define PG_CLEANING	0x0400	/* the pageout is writing it */
#define PG_MAGAZINE	0x0800	/* in a CPU's magazine */

#define PQ_NONE		0
#define PQ_INACTIVE	1
#define PQ_ACTIVE	2
#define PQ_COUNT	3

#define VM_PAGE_BITS_ALL	0xff
#define VM_PAGE_TO_PHYS(m)	((m)->phys_addr)
#define VM_PAGE_TO_DMAP(m)	PHYS_TO_DMAP((m)->phys_addr)

/* A section of the page array describes so much physical memory. */
#define VM_SECTION_SHIFT	27
#define VM_SECTION_PAGES	(1UL << (VM_SECTION_SHIFT - PAGE_SHIFT))

extern struct vm_page **vm_page_section;	/* (I) by pa >> SECTION_SHIFT */
extern u_long vm_page_nsections;		/* (I) */

/* The page of a physical address; NULL when it is not managed memory. */
static __inline vm_page_t
PHYS_TO_VM_PAGE(vm_paddr_t pa)
{
	u_long n = pa >> VM_SECTION_SHIFT;
	struct vm_page *base;

	if (n >= vm_page_nsections || (base = vm_page_section[n]) == NULL)
		return (NULL);
	base += (pa >> PAGE_SHIFT) & (VM_SECTION_PAGES - 1);
	return (base->phys_addr ? base : NULL);
}

/*
 * How hard an allocation may try; one of the first three, or'ed with
 * details.  The reserves: SYSTEM may use all but what interrupts need,
 * INTERRUPT everything, NORMAL leaves both.
 */
#define VM_ALLOC_NORMAL		0x0001
#define VM_ALLOC_SYSTEM		0x0002
#define VM_ALLOC_INTERRUPT	0x0004
#define VM_ALLOC_ZERO		0x0008	/* fill with zero (valid set) */
#define VM_ALLOC_QUICK		VM_ALLOC_NORMAL
#define VM_ALLOC_RETRY		0x0080	/* grab: sleep until it works */
#define VM_ALLOC_NULL_OK	0x0100	/* index taken meanwhile: NULL */
#define VM_ALLOC_WAITOK		0x0200	/* sleep for memory, not NULL */
#define VM_ALLOC_FORCE_ZERO	0x0400	/* grab: zero also existing pages */
#define VM_ALLOC_WIRED		0x0800

/* --- allocation ---------------------------------------------------------- */

/*
 * A page for index pindex of object, returned busy, on no queue, contents
 * undefined and valid == 0 (all, with VM_ALLOC_ZERO, unless PG_SWAPPED says
 * that there are contents to be had).  NULL when memory is
 * short (unless VM_ALLOC_WAITOK), or, with VM_ALLOC_NULL_OK, when the index
 * is occupied (else that is a panic).  object NULL: a page without owner,
 * still busy.
 */
vm_page_t vm_page_alloc(vm_object_t object, vm_pindex_t pindex, int flags);
/* Wired kernel page without object, not busy. Usable under spinlocks. */
vm_page_t vm_page_alloc_noobj(int flags);
void	 vm_page_free_noobj(vm_page_t m);
/* Zeroed page for page tables; NULL when out of memory; never sleeps. */
vm_page_t vm_page_alloc_table(int flags);
void	 vm_page_free_table(vm_page_t m);
/*
 * size bytes (rounded up to pages) of physically contiguous wired memory in
 * [low, high), aligned to alignment and not crossing a multiple of boundary
 * (0: any).  Returns the first page; free with vm_page_free_contig().
 * May sleep and launder when VM_ALLOC_WAITOK is given.
 */
vm_page_t vm_page_alloc_contig(vm_paddr_t low, vm_paddr_t high,
	    u_long alignment, u_long boundary, u_long size,
	    vm_memattr_t attr, int flags);
void	 vm_page_free_contig(vm_page_t m, u_long size);
/* A naturally aligned block of 2^order pages, or NULL. Never sleeps. */
vm_page_t vm_page_alloc_order(int order, int flags);
void	 vm_page_free_order(vm_page_t m, int order);

/* Free a busy page: unmaps nothing, it must not be mapped any more. */
void	 vm_page_free(vm_page_t m);
#define vm_page_free_zero(m)	vm_page_free(m)
/* Sleep until there is memory to allocate (timo ticks at most, 0 ever). */
void	 vm_wait(int timo);
/* As vm_wait() when free memory is low, for user faults. */
void	 vm_wait_pfault(void);

/* --- busy ---------------------------------------------------------------- */

/* True on failure: somebody else has it. */
bool	 vm_page_busy_try(vm_page_t m, bool also_if_soft);
/* Sleep until m is perhaps not busy. Look the page up again after it. */
void	 vm_page_sleep_busy(vm_page_t m, const char *wmesg);
/* Sleep while the page at that index, if any, is busy. */
void	 vm_page_sleep_index(vm_object_t object, vm_pindex_t pindex,
	    const char *wmesg);
/* Busy m, of which the caller knows that it cannot go away (wired). */
void	 vm_page_busy_wait(vm_page_t m, bool also_soft, const char *wmesg);
void	 vm_page_wakeup(vm_page_t m);		/* end busy */
bool	 vm_page_sbusy_try(vm_page_t m);	/* true on failure */
void	 vm_page_sbusy_drop(vm_page_t m);
void	 vm_page_busy_to_soft(vm_page_t m);
/* The only soft holder becomes the busy one; false if there are others. */
bool	 vm_page_soft_to_busy(vm_page_t m);

/* --- lookup in an object ------------------------------------------------- */

/* Unlocked glance: is there a page? It may be gone at once. */
bool	 vm_page_resident(vm_object_t object, vm_pindex_t pindex);
/* The page, busied (sleeps for it), or NULL if there is none. */
vm_page_t vm_page_lookup_busy_wait(vm_object_t object, vm_pindex_t pindex,
	    bool also_soft, const char *wmesg);
/* The page, busied, without sleeping; *busyp tells why NULL. */
vm_page_t vm_page_lookup_busy_try(vm_object_t object, vm_pindex_t pindex,
	    bool also_soft, bool *busyp);
/* The page, soft-busied, or NULL: absent or exclusively busy. */
vm_page_t vm_page_lookup_sbusy_try(vm_object_t object, vm_pindex_t pindex);
/* Look up or allocate; busy. NULL only without VM_ALLOC_RETRY. */
vm_page_t vm_page_grab(vm_object_t object, vm_pindex_t pindex, int flags);

/* --- identity ------------------------------------------------------------ */

/* Insert a busy page; false if the index is taken. May allocate. */
bool	 vm_page_insert(vm_page_t m, vm_object_t object, vm_pindex_t pindex);
void	 vm_page_remove(vm_page_t m);
/* Move a busy page to an empty index of another object. */
void	 vm_page_rename(vm_page_t m, vm_object_t object, vm_pindex_t pindex);

/* --- wiring, queues ------------------------------------------------------ */

void	 vm_page_wire(vm_page_t m);
/* activate: to the active queue, else to the inactive. */
void	 vm_page_unwire(vm_page_t m, int activate);
#define vm_page_hold(m)		vm_page_wire(m)
void	 vm_page_unhold(vm_page_t m);
void	 vm_page_activate(vm_page_t m);
void	 vm_page_deactivate(vm_page_t m);
void	 vm_page_dontneed(vm_page_t m);
void	 vm_page_unqueue(vm_page_t m);
/* Free a busy clean unmapped page if nothing needs it, else wake it. */
void	 vm_page_try_to_free(vm_page_t m);

/* --- contents ------------------------------------------------------------ */

int	 vm_page_bits(int base, int size);
void	 vm_page_set_valid(vm_page_t m, int base, int size);
void	 vm_page_set_validclean(vm_page_t m, int base, int size);
void	 vm_page_set_validdirty(vm_page_t m, int base, int size);
void	 vm_page_set_invalid(vm_page_t m, int base, int size);
void	 vm_page_clear_dirty(vm_page_t m, int base, int size);
void	 vm_page_zero_invalid(vm_page_t m, bool setvalid);
bool	 vm_page_is_valid(vm_page_t m, int base, int size);
void	 vm_page_dirty(vm_page_t m);
void	 vm_page_undirty(vm_page_t m);
/* Dirtiness is tracked in software: nothing to fetch from page tables. */
#define vm_page_test_dirty(m)	((void)0)

void	 vm_page_flag_set(vm_page_t m, u_int bits);
void	 vm_page_flag_clear(vm_page_t m, u_int bits);
#define vm_page_reference(m)	vm_page_flag_set((m), PG_REFERENCED)

/* --- every mapping of a page (vm_rmap.c); the page is busy --------------- */

/* Lower the rights of all mappings: VM_PROT_READ, or NONE to remove. */
void	 vm_page_protect(vm_page_t m, vm_prot_t prot);
#define pmap_page_protect(m, prot)	vm_page_protect((m), (prot))
/* Number of mappings used since the last call. */
int	 vm_page_test_referenced(vm_page_t m);

/* --- start-up ------------------------------------------------------------ */

void	 vm_page_startup(void);
extern u_long vm_page_total;		/* (I) managed pages */

#endif /* _KERNEL */

#endif /* !_VM_VM_PAGE_H_ */
