/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The first page tables: all of physical memory in the direct map, the
 * kernel image with each part's proper rights, an empty arena.  Runs once,
 * on the boot CPU, while the loader's identity mapping of the first 4 GB is
 * still in force; pmap.c carries on with what is built here.
 *
 * Memory for tables comes from phys_avail[], which is made here out of the
 * loader's memory map: everything free above 1 MB.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/boot_info.h>
#include <vm/vm.h>
#include <vm/pmap.h>
#include <machine/cpufunc.h>
#include <machine/md_var.h>
#include <machine/pmap.h>
#include <machine/specialreg.h>
#include "pmap_var.h"

#define PHYS_AVAIL_RANGES	256
#define GIGABYTE4		0x100000000UL
#define DMAP_SLOTS		(PML4I(DMAP_MAX_ADDRESS) - \
				 PML4I(DMAP_MIN_ADDRESS))

vm_paddr_t phys_avail[PHYS_AVAIL_RANGES * 2 + 2];
vm_paddr_t dump_avail[PHYS_AVAIL_RANGES * 2 + 2];
vm_paddr_t mp_trampoline_pa;
long	physmem;
long	Maxmem;

static u_long	table_base;	/* where tables can be accessed now */
static int	pages_1g;	/* the CPU has 1 GB pages */

extern char etext[], kernel_data[], kernel_end[];
extern char thread0_guard[];	/* below the boot CPU's first stack */

/*
 * Append [start, end) to an array of pairs, joining neighbours.  A range
 * that finds the array full is not used.
 */
static void
range_append(vm_paddr_t *array, vm_paddr_t start, vm_paddr_t end)
{
	int i;

	for (i = 0; array[i + 1] != 0; i += 2) {
		if (array[i + 1] == start) {
			array[i + 1] = end;
			return;
		}
	}
	if (i < PHYS_AVAIL_RANGES * 2) {
		array[i] = start;
		array[i + 1] = end;
	}
}

static void
scan_memory(const struct boot_memory *bm, u_long count)
{
	vm_paddr_t start, end;
	u_long i;

	for (i = 0; i < count; ++i, ++bm) {
		start = (bm->bm_base + PAGE_MASK) & ~(vm_paddr_t)PAGE_MASK;
		end = (bm->bm_base + bm->bm_length) & ~(vm_paddr_t)PAGE_MASK;
		if (start >= end)
			continue;
		if (bm->bm_type != BOOT_MEM_RAM &&
		    bm->bm_type != BOOT_MEM_LOADER &&
		    bm->bm_type != BOOT_MEM_KERNEL)
			continue;
		physmem += (end - start) >> PAGE_SHIFT;
		if (Maxmem < (long)(end >> PAGE_SHIFT))
			Maxmem = end >> PAGE_SHIFT;
		range_append(dump_avail, start, end);
		if (bm->bm_type != BOOT_MEM_RAM)
			continue;
		/* Application processors start in a page below 640 KB. */
		if (mp_trampoline_pa == 0 && end <= 0xa0000 && end > 0x2000)
			mp_trampoline_pa = end - PAGE_SIZE;
		if (start < 0x100000)
			start = 0x100000;
		if (start < end)
			range_append(phys_avail, start, end);
	}
}

/*
 * Take size bytes off the end of a range of phys_avail[]: before the direct
 * map exists one below 4 GB, then the highest one.
 */
void *
pmap_steal_memory(vm_size_t size)
{
	vm_paddr_t pa;
	int i, best = -1;

	size = round_page(size);
	for (i = 0; phys_avail[i + 1] != 0; i += 2) {
		if (phys_avail[i + 1] - phys_avail[i] < size)
			continue;
		if (table_base == 0 && phys_avail[i + 1] > GIGABYTE4)
			continue;
		best = i;
	}
	if (best < 0)
		panic("pmap_steal_memory: no room for %lu bytes", size);
	phys_avail[best + 1] -= size;
	pa = phys_avail[best + 1];
	if (phys_avail[best] == pa) {
		for (i = best; phys_avail[i + 1] != 0; i += 2) {
			phys_avail[i] = phys_avail[i + 2];
			phys_avail[i + 1] = phys_avail[i + 3];
		}
	}
	bzero((void *)(table_base + pa), size);
	return ((void *)(table_base + pa));
}

/* The table below an entry, created if there is none. */
static uint64_t *
boot_table(uint64_t *entry)
{
	uint64_t *table;

	if (*entry & X86_PG_V)
		return ((uint64_t *)(table_base + (*entry & X86_PG_FRAME)));
	table = pmap_steal_memory(PAGE_SIZE);
	*entry = ((u_long)table - table_base) | X86_PG_V | X86_PG_RW |
	    X86_PG_A;
	return (table);
}

/* Map one page; shift is 12, 21 or 30. */
static void
boot_map(vm_offset_t va, vm_paddr_t pa, int shift, uint64_t bits)
{
	uint64_t *t = kernel_pmap.pm_pml4;

	bits |= X86_PG_V | X86_PG_A | X86_PG_M | X86_PG_G;
	t = boot_table(&t[PML4I(va)]);
	if (shift == PDPSHIFT) {
		t[PDPI(va)] = pa | bits | X86_PG_PS;
		return;
	}
	if (t[PDPI(va)] & X86_PG_PS)
		return;
	t = boot_table(&t[PDPI(va)]);
	if (shift == PDRSHIFT) {
		t[PDI(va)] = pa | bits | X86_PG_PS;
		return;
	}
	t = boot_table(&t[PDI(va)]);
	t[PTI(va)] = pa | bits;
}

/* Enter [start, end) of physical memory into the direct map. */
static void
dmap_range(vm_paddr_t start, vm_paddr_t end)
{
	vm_paddr_t pa;

	pa = start & ~PDRMASK;
	while (pa < end) {
		if (pages_1g && (pa & (NBPDP - 1)) == 0 && pa >= start &&
		    end - pa >= NBPDP) {
			boot_map(PHYS_TO_DMAP(pa), pa, PDPSHIFT,
			    X86_PG_RW | pmap_nx);
			pa += NBPDP;
		} else {
			boot_map(PHYS_TO_DMAP(pa), pa, PDRSHIFT,
			    X86_PG_RW | pmap_nx);
			pa += NBPDR;
		}
	}
}

/*
 * The image: text executable and read-only, constants neither writable nor
 * executable, data writable.  2 MB pages wherever one lies inside a part.
 */
static void
map_image(const struct boot_info *bi)
{
	vm_offset_t va, end;
	uint64_t bits;
	vm_paddr_t pa;
	u_long part_end;

	end = round_page((vm_offset_t)kernel_end);
	va = bi->bi_kernel_virt;
	while (va < end) {
		pa = bi->bi_kernel_phys + (va - bi->bi_kernel_virt);
		if (va < (u_long)etext) {
			part_end = (u_long)etext;
			bits = 0;
		} else if (va < (u_long)kernel_data) {
			part_end = (u_long)kernel_data;
			bits = pmap_nx;
		} else {
			part_end = end;
			bits = X86_PG_RW | pmap_nx;
		}
		if (((va | pa) & PDRMASK) == 0 && part_end - va >= NBPDR &&
		    (u_long)thread0_guard - va >= NBPDR) {
			boot_map(va, pa, PDRSHIFT, bits);
			va += NBPDR;
		} else {
			if (va != (u_long)thread0_guard)
				boot_map(va, pa, PAGE_SHIFT, bits);
			va += PAGE_SIZE;
		}
	}
}

/*
 * Build and load the tables.  Afterwards only the direct map reaches what
 * the loader left behind.
 */
void
pmap_bootstrap(const struct boot_info *bi)
{
	const struct boot_memory *bm;
	uint64_t *pml4;
	u_int regs[4];
	u_long i;

	do_cpuid(0x80000001, regs);
	pages_1g = (regs[3] & AMDID_PAGE1GB) != 0;
	if (regs[3] & AMDID_NX) {
		wrmsr(MSR_EFER, rdmsr(MSR_EFER) | EFER_NXE);
		pmap_nx = X86_PG_NX;
	}
	bm = (const struct boot_memory *)bi->bi_memory;
	scan_memory(bm, bi->bi_memory_count);

	pml4 = pmap_steal_memory(PAGE_SIZE);
	kernel_pmap.pm_pml4 = pml4;
	kernel_pmap.pm_cr3 = (vm_paddr_t)pml4;

	/*
	 * The direct map covers every address the memory map calls some kind
	 * of memory, and the first megabyte with its BIOS tables.
	 */
	dmap_range(0, 0x100000);
	for (i = 0; i < bi->bi_memory_count; ++i) {
		if (bm[i].bm_type == BOOT_MEM_RESERVED ||
		    bm[i].bm_type == BOOT_MEM_BAD || bm[i].bm_length == 0)
			continue;
		dmap_range(bm[i].bm_base, bm[i].bm_base + bm[i].bm_length);
	}
	map_image(bi);

	/*
	 * Top-level entries are copied to each pmap: all that will ever be
	 * used must exist now.
	 */
	do_cpuid(0x80000008, regs);
	for (i = 0; i < DMAP_SLOTS; ++i) {
		if (i << PML4SHIFT < 1UL << (regs[0] & 0xff))
			boot_table(&pml4[PML4I(DMAP_MIN_ADDRESS) + i]);
	}
	for (i = PML4I(VM_MIN_KERNEL_ADDRESS);
	     i < PML4I(VM_MAX_KERNEL_ADDRESS); ++i)
		boot_table(&pml4[i]);

	table_base = DMAP_MIN_ADDRESS;
	kernel_pmap.pm_pml4 = (uint64_t *)PHYS_TO_DMAP(pml4);
	load_cr3(kernel_pmap.pm_cr3);
}
