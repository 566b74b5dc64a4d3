/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Address spaces as wholes: making them, loading them, tearing them down.
 *
 * A CPU keeps the tables of the last user thread loaded while it runs kernel
 * threads or idles, so that switching back costs nothing; whoever destroys
 * the tables tells such CPUs to let go first.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/proc.h>
#include <sys/spinlock2.h>
#include <sys/thread2.h>
#include <vm/vm.h>
#include <vm/vm_page.h>
#include <vm/vm_map.h>
#include <vm/pmap.h>
#include <machine/atomic.h>
#include <machine/cpufunc.h>
#include <machine/globaldata.h>
#include "pmap_var.h"

#define TABLE_OF(entry)	((uint64_t *)PHYS_TO_DMAP((entry) & X86_PG_FRAME))

/* Load a pmap's tables unless they are loaded; critical section held. */
void
pmap_load(pmap_t pmap)
{
	struct mdglobaldata *md = mdcpu;
	pmap_t old;
	u_long flags;

	if (md->gd_pmap == pmap)
		return;
	/* Not to be interrupted by a request to let go of `old'. */
	flags = intr_disable();
	old = md->gd_pmap;
	ATOMIC_CPUMASK_ORBIT(pmap->pm_active, md->mi.gd_cpuid);
	md->gd_pmap = pmap;
	load_cr3(pmap->pm_cr3);
	if (old != NULL)
		ATOMIC_CPUMASK_NANDBIT(old->pm_active, md->mi.gd_cpuid);
	intr_restore(flags);
}

void
pmap_pinit(pmap_t pmap)
{
	vm_page_t m;
	int i;

	while ((m = vm_page_alloc_table(VM_ALLOC_SYSTEM)) == NULL)
		vm_wait(0);
	pmap->pm_cr3 = m->phys_addr;
	pmap->pm_pml4 = (uint64_t *)PHYS_TO_DMAP(m->phys_addr);
	spin_init(&pmap->pm_spin, "pmap");
	CPUMASK_ASSZERO(pmap->pm_active);
	bzero(&pmap->pm_stats, sizeof(pmap->pm_stats));
	pmap->pm_tables = 1;
	for (i = NUPML4; i < NPTEPG; ++i) {
		if (kernel_pmap.pm_pml4[i] != 0)
			pmap->pm_pml4[i] = kernel_pmap.pm_pml4[i];
	}
}

void
pmap_pinit0(pmap_t pmap)
{
	pmap->pm_cr3 = kernel_pmap.pm_cr3;
	pmap->pm_pml4 = kernel_pmap.pm_pml4;
	spin_init(&pmap->pm_spin, "pmap0");
	CPUMASK_ASSZERO(pmap->pm_active);
	bzero(&pmap->pm_stats, sizeof(pmap->pm_stats));
	pmap->pm_tables = 0;
}

/*
 * Free the table behind an entry and all tables below it.  What the lowest
 * tables map does not matter: the page owners know.
 */
static void
free_tables(pmap_t pmap, uint64_t entry, int level)
{
	vm_page_t m = PHYS_TO_VM_PAGE(entry & X86_PG_FRAME);
	uint64_t *table = TABLE_OF(entry);
	int i, end;

	if (level > 1) {
		end = m->md_count >> 16;
		for (i = NPTEPG - (m->md_count & 0xffff); i < end; ++i) {
			if ((table[i] & (X86_PG_V | X86_PG_PS)) == X86_PG_V)
				free_tables(pmap, table[i], level - 1);
		}
	}
	vm_page_free_table(m);
	--pmap->pm_tables;
}

void
pmap_remove_all_user(pmap_t pmap)
{
	vm_page_t m = PHYS_TO_VM_PAGE(pmap->pm_cr3 & X86_PG_FRAME);
	uint64_t *pml4 = pmap->pm_pml4, entry;
	int i, first, end;

	if (pml4 == kernel_pmap.pm_pml4 || pmap->pm_tables <= 1)
		return;

	/* Detach the user half; only then take it apart. */
	end = MIN(m->md_count >> 16, NUPML4);
	first = NPTEPG - (m->md_count & 0xffff);
	for (i = first; i < end; ++i) {
		if (pml4[i] & X86_PG_V)
			atomic_clear_64(&pml4[i], X86_PG_V);
	}
	pmap_inval_range(pmap, 0, VM_MAX_USER_ADDRESS);
	for (i = first; i < end; ++i) {
		if ((entry = pml4[i]) != 0) {
			pml4[i] = 0;
			free_tables(pmap, entry, 3);
		}
	}
	m->md_count = 0;
	bzero(&pmap->pm_stats, sizeof(pmap->pm_stats));
}

void
pmap_release(pmap_t pmap)
{
	if (pmap->pm_pml4 == kernel_pmap.pm_pml4)
		return;
	pmap_inval_unload(pmap);
	pmap_remove_all_user(pmap);
	vm_page_free_table(PHYS_TO_VM_PAGE(pmap->pm_cr3));
	pmap->pm_pml4 = NULL;
	pmap->pm_tables = 0;
}

void
pmap_setlwpvm(struct lwp *lp, struct vmspace *newvm)
{
	if (lp->lwp_vmspace == newvm)
		return;
	crit_enter();
	lp->lwp_vmspace = newvm;
	if (curthread->td_lwp == lp)
		pmap_load(&newvm->vm_pmap);
	crit_exit();
}

void
pmap_replacevm(struct proc *p, struct vmspace *newvm, int adjrefs)
{
	struct vmspace *oldvm = p->p_vmspace;

	if (oldvm == newvm)
		return;
	if (adjrefs)
		vmspace_ref(newvm);
	p->p_vmspace = newvm;
	pmap_setlwpvm(curthread->td_lwp, newvm);
	if (adjrefs)
		vmspace_rel(oldvm);
}

vm_size_t
pmap_table_bytes(pmap_t pmap)
{
	return (ptoa(pmap->pm_tables));
}
