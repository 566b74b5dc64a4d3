/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Kernel mappings: the arena, the image, the direct map, and the contents of
 * pages through the latter.
 *
 * Device memory is mapped in the direct map itself, at the address its
 * physical address has there: nothing to allocate, and it works from the
 * first instruction of C on.  Entries there are made with the attribute
 * asked for; memory that is RAM stays cached whatever is asked.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/spinlock2.h>
#include <vm/vm.h>
#include <vm/vm_page.h>
#include <vm/pmap.h>
#include <machine/atomic.h>
#include <machine/cpufunc.h>
#include <machine/pmap.h>
#include <machine/specialreg.h>
#include "machvar.h"
#include "pmap_var.h"

#define TABLE_OF(entry)	((uint64_t *)PHYS_TO_DMAP((entry) & X86_PG_FRAME))
#define KTABLE_BITS	(X86_PG_V | X86_PG_RW | X86_PG_A)
#define KERN_RW		(X86_PG_V | X86_PG_RW | X86_PG_A | X86_PG_M | X86_PG_G)

static bool vm_pages_ready;	/* vm_page_alloc_table() works */

/* The PAT: each memory type at the index that attr_bits[] uses for it. */
void
pmap_cpu_init(void)
{
	wrmsr(MSR_PAT,
	    PAT_VALUE(0, PAT_WRITE_BACK) |
	    PAT_VALUE(1, PAT_WRITE_THROUGH) |
	    PAT_VALUE(2, PAT_UNCACHED) |
	    PAT_VALUE(3, PAT_UNCACHEABLE) |
	    PAT_VALUE(4, PAT_WRITE_PROTECTED) |
	    PAT_VALUE(5, PAT_WRITE_COMBINING) |
	    PAT_VALUE(6, PAT_UNCACHED) |
	    PAT_VALUE(7, PAT_UNCACHEABLE));
	wbinvd();
	load_cr3(rcr3());
}

void
pmap_init(void)
{
	vm_pages_ready = true;
}

/* The table below an entry of the kernel, made if absent; NULL: no memory. */
static uint64_t *
ktable(uint64_t *entry)
{
	vm_paddr_t pa;
	vm_page_t m;

	if ((*entry & X86_PG_V) == 0) {
		m = vm_page_alloc_table(VM_ALLOC_SYSTEM);
		if (m == NULL)
			return (NULL);
		pa = m->phys_addr;
		if (!atomic_cmpset_64(entry, 0, pa | KTABLE_BITS))
			vm_page_free_table(m);
	}
	return (TABLE_OF(*entry));
}

/* The entry for a 4 KB page at va, made if absent; NULL: no memory. */
static uint64_t *
kpte(vm_offset_t va)
{
	uint64_t *t, *e;

	t = TABLE_OF(kernel_pmap.pm_pml4[PML4I(va)]);
	e = &t[PDPI(va)];
	if (__predict_false((*e & X86_PG_V) == 0) && ktable(e) == NULL)
		return (NULL);
	e = &TABLE_OF(*e)[PDI(va)];
	if (__predict_false((*e & X86_PG_V) == 0) && ktable(e) == NULL)
		return (NULL);
	KASSERT((*e & X86_PG_PS) == 0, ("kpte: large page at %#lx", va));
	return (&TABLE_OF(*e)[PTI(va)]);
}

int
pmap_growkernel(vm_offset_t sva, vm_offset_t eva)
{
	vm_offset_t va;

	for (va = sva & ~(vm_offset_t)PDRMASK; va < eva; va += NBPDR) {
		if (kpte(va) == NULL)
			return (ENOMEM);
	}
	return (0);
}

void
pmap_kenter_attr(vm_offset_t va, vm_paddr_t pa, vm_memattr_t attr)
{
	uint64_t *pte, old;

	pte = kpte(va);
	if (pte == NULL)
		panic("pmap_kenter: no table for %#lx", va);
	old = atomic_swap_64(pte, pa | KERN_RW | pmap_nx |
	    pmap_attr_bits(attr, PAGE_SHIFT));
	if (old & X86_PG_V)
		pmap_inval_range(&kernel_pmap, va, va + PAGE_SIZE);
}

void
pmap_kenter(vm_offset_t va, vm_paddr_t pa)
{
	pmap_kenter_attr(va, pa, VM_MEMATTR_WRITE_BACK);
}

void
pmap_kremove(vm_offset_t va)
{
	pmap_qremove(va, 1);
}

void
pmap_qenter(vm_offset_t va, vm_page_t *ma, int count)
{
	uint64_t *pte = NULL, old;
	vm_offset_t lo = va, end = va + ptoa(count);
	bool stale = false;

	for (; va < end; va += PAGE_SIZE, ++pte) {
		if (pte == NULL || (va & PDRMASK) == 0) {
			pte = kpte(va);
			if (pte == NULL)
				panic("pmap_qenter: no table for %#lx", va);
		}
		old = atomic_swap_64(pte, VM_PAGE_TO_PHYS(*ma++) | KERN_RW |
		    pmap_nx);
		stale |= (old & X86_PG_V) != 0;
	}
	if (stale)
		pmap_inval_range(&kernel_pmap, lo, end);
}

void
pmap_qremove_noflush(vm_offset_t va, int count)
{
	vm_offset_t end = va + ptoa(count);
	uint64_t *pte = NULL;
	int shift;

	for (; va < end; va += PAGE_SIZE) {
		if (pte == NULL || (va & PDRMASK) == 0) {
			pte = pmap_pte_find(&kernel_pmap, va, &shift);
			if (pte == NULL)
				continue;
		}
		atomic_swap_64(pte++, 0);
	}
}

void
pmap_qremove(vm_offset_t va, int count)
{
	pmap_qremove_noflush(va, count);
	pmap_inval_range(&kernel_pmap, va, va + ptoa(count));
}

void
pmap_invalidate_kernel(vm_offset_t sva, vm_offset_t eva)
{
	pmap_inval_range(&kernel_pmap, sva, eva);
}

void
pmap_kprotect(vm_offset_t sva, vm_offset_t eva, vm_prot_t prot)
{
	vm_offset_t va;
	uint64_t *pte, old, new;

	for (va = sva; va < eva; va += PAGE_SIZE) {
		pte = kpte(va);
		if (pte == NULL)
			continue;
		old = *pte;
		do {
			if ((old & X86_PG_V) == 0)
				break;
			new = old & ~(X86_PG_RW | pmap_nx);
			if (prot & VM_PROT_WRITE)
				new |= X86_PG_RW;
			if ((prot & VM_PROT_EXECUTE) == 0)
				new |= pmap_nx;
		} while (!atomic_fcmpset_64(pte, &old, new));
	}
	pmap_inval_range(&kernel_pmap, sva, eva);
}

vm_paddr_t
pmap_kextract(vm_offset_t va)
{
	uint64_t *pte, e;
	int shift;

	if (DMAP_CONTAINS(va))
		return (DMAP_TO_PHYS(va));
	pte = pmap_pte_find(&kernel_pmap, va, &shift);
	if (pte == NULL || ((e = *pte) & X86_PG_V) == 0)
		return (0);
	return ((e & X86_PG_FRAME & ~((1UL << shift) - 1)) |
	    (va & ((1UL << shift) - 1)));
}

/* --- devices --------------------------------------------------------- */

/* A zeroed page for a table of the direct map, early or late. */
static vm_paddr_t
dmap_table_page(void)
{
	vm_page_t m;

	if (!vm_pages_ready)
		return (DMAP_TO_PHYS(pmap_steal_memory(PAGE_SIZE)));
	m = vm_page_alloc_table(VM_ALLOC_INTERRUPT);
	if (m == NULL)
		panic("no memory to map a device");
	return (m->phys_addr);
}

/* Put a table of 512 equal parts in the place of a large page. */
static void
dmap_split(uint64_t *entry, int shift)
{
	uint64_t *table, bits, step;
	vm_paddr_t pa;
	int i;

	pa = dmap_table_page();
	table = (uint64_t *)PHYS_TO_DMAP(pa);
	step = 1UL << (shift - 9);
	bits = *entry;
	if (shift == PDRSHIFT) {
		bits &= ~X86_PG_PS;
		if (bits & X86_PG_2M_PAT)
			bits = (bits & ~X86_PG_2M_PAT) | X86_PG_PTE_PAT;
	}
	for (i = 0; i < NPTEPG; ++i)
		table[i] = bits + i * step;
	*(volatile uint64_t *)entry = pa | KTABLE_BITS;
}

static bool
is_ram(vm_paddr_t pa)
{
	int i;

	for (i = 0; dump_avail[i + 1] != 0; i += 2) {
		if (pa >= dump_avail[i] && pa < dump_avail[i + 1])
			return (true);
	}
	return (false);
}

/* Give one page, or one 2 MB page, of the direct map its attribute. */
static int
dmap_enter(vm_paddr_t pa, vm_paddr_t end, vm_memattr_t attr, bool *stale)
{
	vm_offset_t va = PHYS_TO_DMAP(pa);
	uint64_t *e, new;
	int shift;

	e = &kernel_pmap.pm_pml4[PML4I(va)];
	if ((*e & X86_PG_V) == 0)
		panic("physical address %#lx out of range", pa);
	e = &TABLE_OF(*e)[PDPI(va)];
	if ((*e & X86_PG_V) == 0)
		*(volatile uint64_t *)e = dmap_table_page() | KTABLE_BITS;
	else if (*e & X86_PG_PS)
		dmap_split(e, PDPSHIFT);
	e = &TABLE_OF(*e)[PDI(va)];
	shift = PDRSHIFT;
	if ((pa & PDRMASK) != 0 || end - pa < NBPDR ||
	    ((*e & X86_PG_V) && (*e & X86_PG_PS) == 0)) {
		if ((*e & X86_PG_V) == 0) {
			*(volatile uint64_t *)e = dmap_table_page() |
			    KTABLE_BITS;
		} else if (*e & X86_PG_PS) {
			dmap_split(e, PDRSHIFT);
		}
		e = &TABLE_OF(*e)[PTI(va)];
		shift = PAGE_SHIFT;
	}
	new = pa | KERN_RW | pmap_nx | pmap_attr_bits(attr, shift);
	if (shift == PDRSHIFT)
		new |= X86_PG_PS;
	if (*e != new && (*e & X86_PG_V))
		*stale = true;
	*(volatile uint64_t *)e = new;
	return (shift);
}

void *
pmap_mapdev_attr(vm_paddr_t pa, vm_size_t size, vm_memattr_t attr)
{
	static struct spinlock spin = SPINLOCK_INITIALIZER(spin, "mapdev");
	vm_paddr_t at = trunc_page(pa), end = round_page(pa + size);
	bool stale = false;
	int shift;

	if (vm_pages_ready)
		spin_lock(&spin);
	while (at < end) {
		shift = PAGE_SHIFT;
		if (!is_ram(at))
			shift = dmap_enter(at, end, attr, &stale);
		at += 1UL << shift;
	}
	if (vm_pages_ready)
		spin_unlock(&spin);
	if (stale) {
		pmap_inval_range(&kernel_pmap, PHYS_TO_DMAP(trunc_page(pa)),
		    PHYS_TO_DMAP(end));
	}
	return ((void *)PHYS_TO_DMAP(pa));
}

void *
pmap_mapdev(vm_paddr_t pa, vm_size_t size)
{
	return (pmap_mapdev_attr(pa, size, VM_MEMATTR_UNCACHEABLE));
}

/* Addresses are not scarce and may be shared: the mapping stays. */
void
pmap_unmapdev(vm_offset_t va, vm_size_t size)
{
}

/* --- contents -------------------------------------------------------- */

void
pmap_zero_page(vm_paddr_t pa)
{
	pagezero((void *)PHYS_TO_DMAP(pa));
}

void
pmap_zero_page_area(vm_paddr_t pa, int off, int size)
{
	bzero((char *)PHYS_TO_DMAP(pa) + off, size);
}

void
pmap_copy_page(vm_paddr_t src, vm_paddr_t dst)
{
	bcopy((void *)PHYS_TO_DMAP(src), (void *)PHYS_TO_DMAP(dst),
	    PAGE_SIZE);
}

void
pmap_copy_page_frag(vm_paddr_t src, vm_paddr_t dst, size_t bytes)
{
	bcopy((void *)PHYS_TO_DMAP(src), (void *)PHYS_TO_DMAP(dst), bytes);
}
