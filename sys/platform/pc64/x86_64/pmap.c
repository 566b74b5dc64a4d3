/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * User page tables: creation, walking, entering and removing mappings.
 *
 * Table pages are only ever added while an address space lives: an empty
 * table stays until pmap_remove_all_user() or pmap_release().  A walk
 * therefore needs no lock, only the step that installs a new table does.
 * Two callers never work on one address at the same time (vm/pmap.h), but
 * the processors set accessed bits any time, and vm_rmap.c may take a
 * mapping away: entries are exchanged, not stored.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/mman.h>
#include <sys/proc.h>
#include <sys/thread2.h>
#include <vm/vm.h>
#include <vm/vm_page.h>
#include <vm/vm_map.h>
#include <vm/pmap.h>
#include <machine/atomic.h>
#include <machine/cpufunc.h>
#include <machine/globaldata.h>
#include <machine/pmap.h>
#include <sys/spinlock2.h>
#include "pmap_var.h"

struct pmap kernel_pmap;
uint64_t pmap_nx;

#define TABLE_BITS	(X86_PG_V | X86_PG_RW | X86_PG_U | X86_PG_A)
#define TABLE_OF(entry)	((uint64_t *)PHYS_TO_DMAP((entry) & X86_PG_FRAME))

/* Entry bits of a VM_MEMATTR_*, by its value; the PAT is set to match. */
static const uint16_t attr_bits[8] = {
	[0] = X86_PG_PCD | X86_PG_PWT,		/* uncacheable */
	[1] = X86_PG_PTE_PAT | X86_PG_PWT,	/* write combining */
	[4] = X86_PG_PWT,			/* write through */
	[5] = X86_PG_PTE_PAT,			/* write protected */
	[6] = 0,				/* write back */
	[7] = X86_PG_PCD,			/* uncached, MTRR may override */
};

/* What an entry of that size must say to be cached so. */
uint64_t
pmap_attr_bits(vm_memattr_t attr, int shift)
{
	uint64_t bits = attr_bits[attr & 7];

	if (shift != PAGE_SHIFT && (bits & X86_PG_PTE_PAT))
		bits = (bits & ~X86_PG_PTE_PAT) | X86_PG_2M_PAT;
	return (bits);
}

/*
 * Remember in the page of a table which of its entries ever got a table of
 * their own, as a range, so that taking the tables apart need not look at
 * all 512: 512 minus the first in the lower half of md_count, the last plus
 * one in the upper.  pm_spin held.
 */
static void
table_note(uint64_t *entry)
{
	vm_page_t m = PHYS_TO_VM_PAGE(DMAP_TO_PHYS(trunc_page(
	    (vm_offset_t)entry)));
	uint32_t i = ((vm_offset_t)entry & PAGE_MASK) / sizeof(*entry);
	uint32_t first = m->md_count & 0xffff, last = m->md_count >> 16;

	m->md_count = MAX(first, NPTEPG - i) | MAX(last, i + 1) << 16;
}

/*
 * Put a new table under an empty entry.  Losing a race is fine: somebody
 * else's table is as good.  False when there is no memory.
 */
static bool
table_install(pmap_t pmap, uint64_t *entry)
{
	vm_page_t m;
	bool lost;

	m = vm_page_alloc_table(VM_ALLOC_SYSTEM);
	if (m == NULL)
		return (false);
	spin_lock(&pmap->pm_spin);
	lost = (*entry & X86_PG_V) != 0;
	if (!lost) {
		*(volatile uint64_t *)entry = m->phys_addr | TABLE_BITS;
		++pmap->pm_tables;
		table_note(entry);
	}
	spin_unlock(&pmap->pm_spin);
	if (lost)
		vm_page_free_table(m);
	return (true);
}

/*
 * The entry that maps va at the wanted level (12 or 21), creating tables on
 * the way.  NULL: no memory.  If a large mapping is in the way its own
 * entry is returned and *shiftp says so.
 */
static uint64_t *
pte_create(pmap_t pmap, vm_offset_t va, int *shiftp)
{
	uint64_t *e;

	e = &pmap->pm_pml4[PML4I(va)];
	if (__predict_false(*e == 0) && !table_install(pmap, e))
		return (NULL);
	e = &TABLE_OF(*e)[PDPI(va)];
	if (__predict_false(*e == 0) && !table_install(pmap, e))
		return (NULL);
	e = &TABLE_OF(*e)[PDI(va)];
	if (*shiftp == PDRSHIFT)
		return (e);
	if (__predict_false(*e == 0) && !table_install(pmap, e))
		return (NULL);
	if (__predict_false(*e & X86_PG_PS)) {
		*shiftp = PDRSHIFT;
		return (e);
	}
	return (&TABLE_OF(*e)[PTI(va)]);
}

/*
 * The entry that maps va now, or would if it were valid, and the size of
 * what it maps; NULL if there is no table.
 */
pt_entry_t *
pmap_pte_find(pmap_t pmap, vm_offset_t va, int *shift)
{
	uint64_t *e;

	e = &pmap->pm_pml4[PML4I(va)];
	*shift = PML4SHIFT;
	if ((*e & X86_PG_V) == 0)
		return (NULL);
	e = &TABLE_OF(*e)[PDPI(va)];
	*shift = PDPSHIFT;
	if ((*e & X86_PG_V) == 0)
		return (NULL);
	if (*e & X86_PG_PS)
		return (e);
	e = &TABLE_OF(*e)[PDI(va)];
	*shift = PDRSHIFT;
	if ((*e & X86_PG_V) == 0)
		return (NULL);
	if (*e & X86_PG_PS)
		return (e);
	*shift = PAGE_SHIFT;
	return (&TABLE_OF(*e)[PTI(va)]);
}

/*
 * Replace a 2 MB user mapping by 512 small ones that say the same.  False
 * if there is no memory for the table.
 */
static bool
pde_split(pmap_t pmap, uint64_t *pde)
{
	uint64_t old, bits, *table;
	vm_page_t m;
	bool done;
	int i;

	m = vm_page_alloc_table(VM_ALLOC_SYSTEM);
	if (m == NULL)
		return (false);
	table = (uint64_t *)PHYS_TO_DMAP(m->phys_addr);
	old = *pde;
	bits = old & ~(X86_PG_PS_FRAME | X86_PG_PS | X86_PG_2M_PAT);
	if (old & X86_PG_2M_PAT)
		bits |= X86_PG_PTE_PAT;
	for (i = 0; i < NPTEPG; ++i)
		table[i] = (old & X86_PG_PS_FRAME) + i * PAGE_SIZE + bits;
	spin_lock(&pmap->pm_spin);
	done = atomic_cmpset_64(pde, old, m->phys_addr | TABLE_BITS);
	if (done) {
		++pmap->pm_tables;
		table_note(pde);
	}
	spin_unlock(&pmap->pm_spin);
	if (!done)
		vm_page_free_table(m);
	return (true);
}

/* The peak is looked at when pages go: until then it is the count. */
static __inline void
count_pages(pmap_t pmap, long resident, long wired)
{
	if (resident < 0 &&
	    pmap->pm_stats.resident_peak < pmap->pm_stats.resident_count)
		pmap->pm_stats.resident_peak = pmap->pm_stats.resident_count;
	if (resident)
		atomic_add_long((u_long *)&pmap->pm_stats.resident_count,
		    resident);
	if (wired)
		atomic_add_long((u_long *)&pmap->pm_stats.wired_count, wired);
}

static __inline uint64_t
user_bits(vm_prot_t prot, int flags, int shift)
{
	uint64_t bits = X86_PG_V | X86_PG_U | X86_PG_A;

	if (prot & VM_PROT_WRITE)
		bits |= X86_PG_RW | X86_PG_M;
	if ((prot & VM_PROT_EXECUTE) == 0)
		bits |= pmap_nx;
	if (flags & PMAP_ENTER_WIRED)
		bits |= X86_PG_W;
	if (flags >> PMAP_ENTER_ATTR_SHIFT) {
		bits |= pmap_attr_bits(flags >> PMAP_ENTER_ATTR_SHIFT,
		    shift);
	}
	return (bits);
}

int
pmap_enter(pmap_t pmap, vm_offset_t va, vm_paddr_t pa, vm_prot_t prot,
    int flags)
{
	int shift, want;
	uint64_t *pte, new, old;
	long pages;

	KKASSERT(va < VM_MAX_USER_ADDRESS);
	want = (flags & PMAP_ENTER_LARGE) ? PDRSHIFT : PAGE_SHIFT;
again:
	shift = want;
	pte = pte_create(pmap, va, &shift);
	if (pte == NULL)
		return (ENOMEM);
	if (shift != want) {
		if (!pde_split(pmap, pte))
			return (ENOMEM);
		pmap_inval_range(pmap, va & ~PDRMASK,
		    (va & ~PDRMASK) + PAGE_SIZE);
		goto again;
	}
	new = (pa & (shift == PAGE_SHIFT ? X86_PG_FRAME : X86_PG_PS_FRAME)) |
	    user_bits(prot, flags, shift);
	pages = 1;
	if (shift == PDRSHIFT) {
		/* An existing table stays: its users may be walking it. */
		if (*pte != 0 && (*pte & X86_PG_PS) == 0)
			return (EINVAL);
		new |= X86_PG_PS;
		pages = NPTEPG;
	}
	old = atomic_swap_64(pte, new);
	if (__predict_true((old & X86_PG_V) == 0)) {
		/* The processor does not remember absent entries. */
		count_pages(pmap, pages, (new & X86_PG_W) ? pages : 0);
		return (0);
	}
	if ((old ^ new) & X86_PG_W)
		count_pages(pmap, 0, (new & X86_PG_W) ? pages : -pages);
	if (((old ^ new) & X86_PG_FRAME) != 0 || (old & ~new & X86_PG_RW) ||
	    (~old & new & pmap_nx)) {
		pmap_inval_range(pmap, va, va + PAGE_SIZE);
	} else {
		/* Same frame, more rights: others find out by faulting. */
		cpu_invlpg((void *)va);
	}
	return (0);
}

void
pmap_enter_quick(pmap_t pmap, vm_offset_t va, vm_page_t *ma, int count,
    vm_prot_t prot)
{
	uint64_t *pte, bits;
	long entered = 0;
	int i, shift;

	pte = pmap_pte_find(pmap, va, &shift);
	if (pte == NULL || shift != PAGE_SHIFT)
		return;
	bits = user_bits(prot, 0, PAGE_SHIFT);
	for (i = 0; i < count; ++i, ++pte) {
		if (ma[i] == NULL || *pte != 0)
			continue;
		if (atomic_cmpset_64(pte, 0, VM_PAGE_TO_PHYS(ma[i]) | bits))
			++entered;
	}
	count_pages(pmap, entered, 0);
}

/*
 * Visit the entries of [sva, eva): remove them (keep == 0), or clear the
 * bits in `clear' from them.  Large mappings that stick out of the range
 * are split.  Flushes what was taken away.
 */
static void
range_change(pmap_t pmap, vm_offset_t sva, vm_offset_t eva, uint64_t clear,
    uint64_t set, bool remove)
{
	vm_offset_t va, next, lo = ~0UL, hi = 0;
	uint64_t *pte, old, new;
	long pages = 0, wired = 0, n;
	int shift;

	for (va = sva; va < eva; va = next) {
		pte = pmap_pte_find(pmap, va, &shift);
		next = (va & ~((1UL << shift) - 1)) + (1UL << shift);
		if (pte == NULL)
			continue;
		if (shift == PDRSHIFT &&
		    ((va & PDRMASK) != 0 || eva - va < NBPDR)) {
			if (pde_split(pmap, pte)) {
				next = va;
				lo = MIN(lo, va);
				hi = va + 1;
				continue;
			}
			/* No memory: drop all of it, it will fault in. */
			remove = true;
		}
		/* All of one table, or the single large entry. */
		do {
			old = *pte;
			if ((old & X86_PG_V) == 0)
				goto skip;
			n = 1L << (shift - PAGE_SHIFT);
			if (remove) {
				old = atomic_swap_64(pte, 0);
				pages += n;
				wired += (old & X86_PG_W) ? n : 0;
			} else {
				new = (old & ~clear) | set;
				if (new == old)
					goto skip;
				while (!atomic_fcmpset_64(pte, &old, new)) {
					if ((old & X86_PG_V) == 0)
						goto skip;
					new = (old & ~clear) | set;
				}
			}
			lo = MIN(lo, va);
			hi = va + (1UL << shift);
skip:
			va += 1UL << shift;
			++pte;
		} while (shift == PAGE_SHIFT && va < eva &&
		    (va & PDRMASK) != 0);
		next = va;
	}
	if (hi != 0)
		pmap_inval_range(pmap, lo, hi);
	count_pages(pmap, -pages, -wired);
}

void
pmap_remove(pmap_t pmap, vm_offset_t sva, vm_offset_t eva)
{
	if (pmap->pm_stats.resident_count != 0)
		range_change(pmap, sva, eva, 0, 0, true);
}

void
pmap_protect(pmap_t pmap, vm_offset_t sva, vm_offset_t eva, vm_prot_t prot)
{
	uint64_t clear = 0, set = 0;

	if ((prot & VM_PROT_READ) == 0 && (prot & VM_PROT_EXECUTE) == 0) {
		pmap_remove(pmap, sva, eva);
		return;
	}
	if ((prot & VM_PROT_WRITE) == 0)
		clear |= X86_PG_RW | X86_PG_M;
	if ((prot & VM_PROT_EXECUTE) == 0)
		set |= pmap_nx;
	if ((clear | set) != 0)
		range_change(pmap, sva, eva, clear, set, false);
}

bool
pmap_probe(pmap_t pmap, vm_offset_t va, vm_prot_t prot, vm_paddr_t *pap)
{
	uint64_t *pte, e, need;
	int shift;

	pte = pmap_pte_find(pmap, va, &shift);
	if (pte == NULL)
		return (false);
	e = *pte;
	need = X86_PG_V;
	if (pmap != &kernel_pmap)
		need |= X86_PG_U;
	if (prot & VM_PROT_WRITE)
		need |= X86_PG_RW;
	if ((e & need) != need ||
	    ((prot & VM_PROT_EXECUTE) && (e & pmap_nx)))
		return (false);
	if (pap != NULL) {
		*pap = (e & X86_PG_FRAME & ~((1UL << shift) - 1)) |
		    (va & ((1UL << shift) - 1));
	}
	return (true);
}

vm_paddr_t
pmap_extract(pmap_t pmap, vm_offset_t va)
{
	vm_paddr_t pa;

	return (pmap_probe(pmap, va, VM_PROT_NONE, &pa) ? pa : 0);
}

vm_paddr_t
pmap_extract_wired(pmap_t pmap, vm_offset_t va)
{
	uint64_t *pte, e;
	int shift;

	pte = pmap_pte_find(pmap, va, &shift);
	if (pte == NULL || ((e = *pte) & (X86_PG_V | X86_PG_W)) !=
	    (X86_PG_V | X86_PG_W))
		return (0);
	return ((e & X86_PG_FRAME & ~((1UL << shift) - 1)) |
	    (va & ((1UL << shift) - 1)));
}

int
pmap_mincore(pmap_t pmap, vm_offset_t va)
{
	uint64_t *pte;
	int shift, bits;

	pte = pmap_pte_find(pmap, va, &shift);
	if (pte == NULL || (*pte & X86_PG_V) == 0)
		return (0);
	bits = MINCORE_INCORE;
	if (*pte & X86_PG_A)
		bits |= MINCORE_REFERENCED | MINCORE_REFERENCED_OTHER;
	if (*pte & X86_PG_RW)
		bits |= MINCORE_MODIFIED | MINCORE_MODIFIED_OTHER;
	return (bits);
}

/* --- one mapping of a page, from the page's side --------------------- */

void
pmap_batch_start(struct pmap_batch *batch)
{
	batch->pb_count = 0;
}

/* Remember to flush va on the CPUs that may know it. */
static void
batch_add(struct pmap_batch *batch, pmap_t pmap, vm_offset_t va)
{
	cpu_mfence();
	if (batch->pb_count == 0)
		batch->pb_cpus = pmap->pm_active;
	else
		CPUMASK_ORMASK(batch->pb_cpus, pmap->pm_active);
	if (batch->pb_count < PMAP_BATCH_MAX)
		batch->pb_va[batch->pb_count] = va;
	if (batch->pb_count <= PMAP_BATCH_MAX)
		++batch->pb_count;
}

void
pmap_batch_finish(struct pmap_batch *batch)
{
	if (batch->pb_count == 0)
		return;
	pmap_inval_cpus(&batch->pb_cpus, batch->pb_va,
	    batch->pb_count > PMAP_BATCH_MAX ? -1 : batch->pb_count);
	batch->pb_count = 0;
}

int
pmap_page_op(pmap_t pmap, vm_offset_t va, vm_paddr_t pa, int op,
    struct pmap_batch *batch)
{
	uint64_t *pte, old, new;
	int shift, result;
	long n;

again:
	pte = pmap_pte_find(pmap, va, &shift);
	if (pte == NULL)
		return (0);
	old = *pte;
	if ((old & X86_PG_V) == 0 || ((old & X86_PG_FRAME &
	    ~((1UL << shift) - 1)) | (va & ((1UL << shift) - 1) &
	    ~(vm_offset_t)PAGE_MASK)) != (pa & ~(vm_paddr_t)PAGE_MASK))
		return (0);
	result = PMAP_RES_MAPPED;
	if (old & X86_PG_A)
		result |= PMAP_RES_REFERENCED;
	if (old & X86_PG_W)
		result |= PMAP_RES_WIRED;
	switch (op) {
	case PMAP_OP_TESTREF:
		/* Whether one page of 512 was used is to be known. */
		if (shift == PDRSHIFT && pde_split(pmap, pte)) {
			batch_add(batch, pmap, va);
			goto again;
		}
		if (old & X86_PG_A)
			atomic_clear_64(pte, X86_PG_A);
		return (result);
	case PMAP_OP_READONLY:
		if ((old & X86_PG_RW) == 0)
			return (result);
		if (shift == PDRSHIFT && pde_split(pmap, pte)) {
			batch_add(batch, pmap, va);
			goto again;
		}
		new = old & ~(X86_PG_RW | X86_PG_M);
		break;
	default:
		new = 0;
		break;
	}
	if (!atomic_cmpset_64(pte, old, new))
		goto again;
	if (new == 0) {
		n = 1L << (shift - PAGE_SHIFT);
		count_pages(pmap, -n, (old & X86_PG_W) ? -n : 0);
	}
	batch_add(batch, pmap, va);
	return (result);
}
