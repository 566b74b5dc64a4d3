/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The machine-independent face of the page tables ("physical map").
 *
 * A pmap is one address space's page tables plus the set of CPUs that may
 * have them loaded.  It knows addresses and page frames, nothing else: which
 * address spaces map a given page is found through the page's object (see
 * vm_page_protect() in vm/vm_rmap.c), so a pmap keeps no per-mapping record
 * and costs nothing beyond the tables themselves.
 *
 * Rules:
 *
 *  - Everything here may be called at the same time from several CPUs on
 *    one pmap.  Callers serialise operations on one virtual address (the
 *    fault path holds the page busy, map changes hold the map exclusively);
 *    the pmap serialises its table pages.
 *  - Installing a mapping where there was none, or raising its rights,
 *    never sends an IPI.  Another CPU that still holds the weaker entry
 *    takes a fault which finds nothing to do (pmap_enter() then flushes
 *    that address on the own CPU only).
 *  - Removing or lowering rights has taken effect on every CPU when the
 *    function returns, or, for the operations that take a batch, when
 *    pmap_batch_finish() returns.  Only CPUs that have the pmap loaded are
 *    interrupted; ranges are gathered into one request.
 *  - Dirty pages are tracked in software: a mapping is entered writable
 *    only after the page was marked dirty, so the hardware bit is preset
 *    and never read.  The accessed bit is harvested by PMAP_OP_TESTREF.
 *  - Page table pages come from vm_page_alloc_table() and may be kept
 *    until pmap_release() or returned earlier.
 *
 * Nothing sleeps unless said so.
 */
#ifndef _VM_PMAP_H_
#define _VM_PMAP_H_

#include <vm/pmap_stats.h>

#ifdef _KERNEL

#include <sys/types.h>
#include <vm/vm.h>
#include <machine/pmap.h>	/* struct pmap, struct pmap_batch, md_page */

struct lwp;
struct proc;
struct vmspace;
struct thread;

typedef struct pmap *pmap_t;

/*
 * struct pmap (machine/pmap.h) must contain at least
 *	struct pmap_statistics pm_stats;
 *	cpumask_t pm_active;	(a) CPUs that have it loaded
 * struct pmap_batch holds the flushes gathered so far: the CPUs concerned
 * and a few addresses or "everything".
 */
extern struct pmap kernel_pmap;

/* --- start-up ------------------------------------------------------------ */

/* Usable physical memory, pairs of [start, end), ended by 0, 0. */
extern vm_paddr_t phys_avail[];
/* Bytes of physical memory in the machine, in pages. */
extern long physmem;

/*
 * Zeroed memory for the early boot, addressed through the direct map,
 * taken out of phys_avail[].  Valid until vm_page_startup() has run.
 */
void	*pmap_steal_memory(vm_size_t size);

/*
 * NUMA domain (0 .. n-1) of a physical address, and the end of the run
 * beginning at pa that belongs to the same one.  Without SRAT: 0, all.
 */
int	 pmap_phys_domain(vm_paddr_t pa, vm_paddr_t *endp);
int	 pmap_cpu_domain(int cpuid);

/* Second stage, after the page allocator works and before kmalloc. */
void	 pmap_init(void);

/* --- address spaces ------------------------------------------------------ */

/* Make *pmap an empty user address space.  May sleep for memory. */
void	 pmap_pinit(pmap_t pmap);
/* The first process's: shares the kernel's tables, has no user part. */
void	 pmap_pinit0(pmap_t pmap);
/*
 * Free all table pages.  Nothing is mapped any more and no CPU has the
 * pmap loaded; the structure may be used for pmap_pinit() again.
 */
void	 pmap_release(pmap_t pmap);

/* Load p's (new) vmspace on every thread of it, that is the caller. */
void	 pmap_replacevm(struct proc *p, struct vmspace *newvm, int adjrefs);
/* Give one thread of the kernel a user address space to borrow or drop. */
void	 pmap_setlwpvm(struct lwp *lp, struct vmspace *newvm);

/* --- mappings of user address spaces ------------------------------------- */

#define PMAP_ENTER_WIRED	0x0001	/* counts as wired */
#define PMAP_ENTER_LARGE	0x0002	/* 2 MB; va, pa aligned so */
#define PMAP_ENTER_ATTR_SHIFT	8	/* VM_MEMATTR_* << shift */
#define PMAP_ENTER_ATTR(a) \
	((int)(unsigned char)(a) << PMAP_ENTER_ATTR_SHIFT)

/*
 * Map va to the frame pa with the given rights, replacing whatever was
 * there.  If the frame changes the old translation is flushed everywhere
 * before returning.  Returns 0, or ENOMEM when no table page was to be
 * had: the caller releases its locks, waits for memory and faults again.
 * PMAP_ENTER_LARGE may be refused with EINVAL.
 */
int	 pmap_enter(pmap_t pmap, vm_offset_t va, vm_paddr_t pa,
	    vm_prot_t prot, int flags);

/*
 * Map the frames of ma[0..count-1] at va onwards wherever nothing is
 * mapped yet; NULL elements are skipped.  Never creates table pages, never
 * fails.  All addresses lie in one 2 MB region.
 */
void	 pmap_enter_quick(pmap_t pmap, vm_offset_t va, vm_page_t *ma,
	    int count, vm_prot_t prot);

void	 pmap_remove(pmap_t pmap, vm_offset_t sva, vm_offset_t eva);
/* Lower rights to prot; VM_PROT_NONE removes. */
void	 pmap_protect(pmap_t pmap, vm_offset_t sva, vm_offset_t eva,
	    vm_prot_t prot);
/*
 * Remove everything below VM_MAX_USER_ADDRESS in one pass at the end of an
 * address space.  No fault can run in it any more.
 */
void	 pmap_remove_all_user(pmap_t pmap);

/*
 * If va is mapped with at least the rights prot (user mappings only count
 * as user mappings): true, and the physical address (offset included).
 */
bool	 pmap_probe(pmap_t pmap, vm_offset_t va, vm_prot_t prot,
	    vm_paddr_t *pap);
/* Physical address behind va, 0 when there is none. */
vm_paddr_t pmap_extract(pmap_t pmap, vm_offset_t va);
/* The same if the mapping was entered with PMAP_ENTER_WIRED, else 0. */
vm_paddr_t pmap_extract_wired(pmap_t pmap, vm_offset_t va);

/* What is known of va, for mincore(2): MINCORE_* bits, 0 not mapped. */
int	 pmap_mincore(pmap_t pmap, vm_offset_t va);

/* --- operations on one mapping of a page --------------------------------- */

#define PMAP_OP_REMOVE		1	/* unmap */
#define PMAP_OP_READONLY	2	/* take the write right */
#define PMAP_OP_TESTREF		3	/* fetch and clear "accessed" */

#define PMAP_RES_MAPPED		0x01	/* va did map pa */
#define PMAP_RES_REFERENCED	0x02	/* the accessed bit was set */
#define PMAP_RES_WIRED		0x04	/* it was entered with ENTER_WIRED */

/*
 * Start, and finish, a series of operations.  finish() returns when no CPU
 * can use what the series took away.  It waits for IPIs: not under a
 * spinlock.  TESTREF needs no flush.
 */
void	 pmap_batch_start(struct pmap_batch *batch);
void	 pmap_batch_finish(struct pmap_batch *batch);

/*
 * Apply op to va if va maps the frame pa, else do nothing.  Called under a
 * spinlock.  A large mapping that contains pa is split first (or wholly
 * removed, for REMOVE).
 */
int	 pmap_page_op(pmap_t pmap, vm_offset_t va, vm_paddr_t pa, int op,
	    struct pmap_batch *batch);

/* --- kernel addresses ---------------------------------------------------- */

/*
 * Create the tables for [sva, eva) of the kernel's arena so that kenter
 * and qenter there cannot fail.  Returns 0 or ENOMEM.
 */
int	 pmap_growkernel(vm_offset_t sva, vm_offset_t eva);

void	 pmap_kenter(vm_offset_t va, vm_paddr_t pa);
void	 pmap_kenter_attr(vm_offset_t va, vm_paddr_t pa, vm_memattr_t attr);
void	 pmap_kremove(vm_offset_t va);
/* Nothing was mapped: no flush.  Read, write, never execute. */
void	 pmap_qenter(vm_offset_t va, vm_page_t *ma, int count);
/* Unmap, flush on all CPUs, one request for the whole range. */
void	 pmap_qremove(vm_offset_t va, int count);
/* As pmap_qremove() but the caller flushes later (freed KVA is batched). */
void	 pmap_qremove_noflush(vm_offset_t va, int count);
/* Flush the kernel's range on all CPUs. */
void	 pmap_invalidate_kernel(vm_offset_t sva, vm_offset_t eva);
/* Change rights of kernel pages (module text: read+execute). */
void	 pmap_kprotect(vm_offset_t sva, vm_offset_t eva, vm_prot_t prot);
/* Physical address behind a kernel address (image, arena, direct map). */
vm_paddr_t pmap_kextract(vm_offset_t va);
#ifndef vtophys
#define vtophys(va)	pmap_kextract((vm_offset_t)(va))
#endif

/* Device registers: uncached, or with the given attribute. May sleep. */
void	*pmap_mapdev(vm_paddr_t pa, vm_size_t size);
void	*pmap_mapdev_attr(vm_paddr_t pa, vm_size_t size, vm_memattr_t attr);
void	 pmap_unmapdev(vm_offset_t va, vm_size_t size);

/* --- contents of frames, through the direct map -------------------------- */

void	 pmap_zero_page(vm_paddr_t pa);
void	 pmap_zero_page_area(vm_paddr_t pa, int off, int size);
void	 pmap_copy_page(vm_paddr_t src, vm_paddr_t dst);
void	 pmap_copy_page_frag(vm_paddr_t src, vm_paddr_t dst, size_t bytes);

/* --- counting ------------------------------------------------------------ */

#define pmap_resident_count(pmap)	((pmap)->pm_stats.resident_count)
/* The most pages that were mapped at once since the pmap was empty. */
#define pmap_resident_max(pmap)						\
	MAX((pmap)->pm_stats.resident_peak, pmap_resident_count(pmap))
#define pmap_wired_count(pmap)		((pmap)->pm_stats.wired_count)
/* Bytes of page tables, for accounting and the out-of-memory killer. */
vm_size_t pmap_table_bytes(pmap_t pmap);

#endif /* _KERNEL */

#endif /* !_VM_PMAP_H_ */
