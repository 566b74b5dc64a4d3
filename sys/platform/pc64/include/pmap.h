/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Page tables of the machine: entry bits, struct pmap, and what the platform
 * offers beyond the interface of <vm/pmap.h>.
 *
 * A pmap owns a four-level table whose upper half, the kernel's, all pmaps
 * share.  Table pages are created and freed under the pmap's spinlock;
 * entries are changed by atomic instructions only, since the processors
 * write into them too.
 */
#ifndef _MACHINE_PMAP_H_
#define _MACHINE_PMAP_H_

#include <sys/types.h>
#include <sys/spinlock.h>
#include <machine/param.h>
#include <machine/cpumask.h>
#include <vm/pmap_stats.h>
#include <machine/vmparam.h>

/* Bits of an entry (Intel SDM volume 3, section 4.5). */
#define X86_PG_V	0x001UL		/* valid */
#define X86_PG_RW	0x002UL
#define X86_PG_U	0x004UL		/* user may access */
#define X86_PG_PWT	0x008UL		/* PAT index bit 0 */
#define X86_PG_PCD	0x010UL		/* PAT index bit 1 */
#define X86_PG_A	0x020UL		/* accessed */
#define X86_PG_M	0x040UL		/* modified */
#define X86_PG_PS	0x080UL		/* 2 MB or 1 GB page */
#define X86_PG_PTE_PAT	0x080UL		/* PAT index bit 2, 4 KB pages */
#define X86_PG_G	0x100UL		/* global */
#define X86_PG_W	0x400UL		/* ours: wired */
#define X86_PG_2M_PAT	0x1000UL
#define X86_PG_NX	0x8000000000000000UL
#define X86_PG_FRAME	0x000ffffffffff000UL
#define X86_PG_PS_FRAME	0x000fffffffe00000UL

#define PML4I(va)	(((va) >> PML4SHIFT) & 511)
#define PDPI(va)	(((va) >> PDPSHIFT) & 511)
#define PDI(va)		(((va) >> PDRSHIFT) & 511)
#define PTI(va)		(((va) >> 12) & 511)
#define NUPML4		256		/* user half of the top level */

/* (p) pm_spin, (a) atomic, (I) set by pmap_pinit */
struct pmap {
	pml4_entry_t	*pm_pml4;	/* (I) DMAP address of the top level */
	vm_paddr_t	pm_cr3;		/* (I) its physical address */
	struct spinlock	pm_spin;	/* table pages come and go */
	cpumask_t	pm_active;	/* (a) CPUs whose %cr3 has it */
	struct pmap_statistics pm_stats; /* (a) */
	unsigned long	pm_tables;	/* (p) table pages in use */
	pd_entry_t	*pm_pdehint;	/* (p) entry of the table used last */
	vm_offset_t	pm_pdeva;	/* (p) base of what that table maps */
};

/* Addresses gathered before everything is flushed instead. */
#define PMAP_BATCH_MAX	16

/*
 * Flushes put off by pmap_page_op(): on the stack of whoever runs a series
 * over several address spaces.
 */
struct pmap_batch {
	cpumask_t	pb_cpus;	/* CPUs that may hold something stale */
	int		pb_count;	/* addresses, or above the maximum: all */
	vm_offset_t	pb_va[PMAP_BATCH_MAX];
};

#ifdef _KERNEL

extern struct pmap kernel_pmap;

extern vm_paddr_t	dump_avail[];	/* all RAM, pairs, 0 0 at the end */
extern long		Maxmem;		/* page number above the last RAM */

#define vtophys(va)	pmap_kextract((vm_offset_t)(va))

/* Physical address behind any kernel address; 0 if it is not mapped. */
vm_paddr_t	pmap_kextract(vm_offset_t va);

/* Before anything else: the kernel's own tables, phys_avail[]. */
struct boot_info;
void	pmap_bootstrap(const struct boot_info *bi);
/* Per CPU: PAT, then the kernel's tables. */
void	pmap_cpu_init(void);

/* Make the pmap current on this CPU (critical section held). */
void	pmap_load(struct pmap *pmap);

/* This CPU's share in a TLB shootdown (interrupt, or waiting for one). */
void	pmap_inval_intr(void);

/* The read-only view of the page tables for the debugger. */
pt_entry_t *pmap_pte_find(struct pmap *pmap, vm_offset_t va, int *shift);

#endif /* _KERNEL */
#endif /* !_MACHINE_PMAP_H_ */
