/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * TLB shootdown.
 *
 * A CPU that lowered or removed rights describes what to forget in its own
 * request slot, puts its number into the inbox of each CPU concerned, sends
 * those CPUs an interrupt and waits until each has done it.  Nobody is
 * stopped: a target handles the interrupt at once, whatever critical section
 * it is in, because the handler touches nothing but the TLB.  A waiting CPU
 * serves its own inbox, so that two of them may wait for each other.
 *
 * Only CPUs that have the address space loaded are asked.  A CPU enters
 * pm_active before it loads the tables and leaves it after having loaded
 * others; a remover changes the entry before it looks at pm_active.  Each
 * side's locked instruction orders the two.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/thread2.h>
#include <vm/vm.h>
#include <vm/pmap.h>
#include <machine/atomic.h>
#include <machine/cpu.h>
#include <machine/cpufunc.h>
#include <machine/globaldata.h>
#include <machine/intr_machdep.h>
#include <machine/smp.h>
#include <machine/specialreg.h>
#include "pmap_var.h"
#include "apicvar.h"

enum inval_kind { INVAL_RANGE, INVAL_LIST, INVAL_USER, INVAL_ALL,
		  INVAL_UNLOAD };

/* (o) the owning CPU while ir_pending is empty, else read-only; (a) atomic */
struct inval_request {
	cpumask_t	ir_pending;	/* (a) CPUs that have yet to do it */
	enum inval_kind	ir_kind;	/* (o) */
	int		ir_count;	/* (o) addresses in ir_list */
	vm_offset_t	ir_start;	/* (o) INVAL_RANGE */
	vm_offset_t	ir_end;		/* (o) */
	const vm_offset_t *ir_list;	/* (o) INVAL_LIST */
	pmap_t		ir_pmap;	/* (o) INVAL_UNLOAD */
} __attribute__((aligned(128)));

static struct inval_request inval_request[MAXCPU];
static cpumask_t inval_inbox[MAXCPU];	/* (a) who has asked this CPU */

/* Empty the whole TLB, global entries included. */
static void
flush_all(void)
{
	u_long cr4 = rcr4();

	if (cr4 & CR4_PGE) {
		load_cr4(cr4 & ~CR4_PGE);
		load_cr4(cr4);
	} else {
		cpu_invltlb();
	}
}

static void
inval_perform(const struct inval_request *ir)
{
	struct mdglobaldata *md;
	vm_offset_t va;
	int i;

	switch (ir->ir_kind) {
	case INVAL_RANGE:
		for (va = ir->ir_start; va < ir->ir_end; va += PAGE_SIZE)
			cpu_invlpg((void *)va);
		break;
	case INVAL_LIST:
		for (i = 0; i < ir->ir_count; ++i)
			cpu_invlpg((void *)ir->ir_list[i]);
		break;
	case INVAL_USER:
		cpu_invltlb();
		break;
	case INVAL_ALL:
		flush_all();
		break;
	case INVAL_UNLOAD:
		md = mdcpu;
		if (md->gd_pmap == ir->ir_pmap)
			pmap_load(&kernel_pmap);
		break;
	}
}

/* Serve the own CPU's inbox; interrupts are off. */
void
pmap_inval_intr(void)
{
	int cpu = mycpuid, from, i;
	uint64_t bits;

	for (i = 0; i < CPUMASK_ELEMENTS; ++i) {
		if (inval_inbox[cpu].ary[i] == 0)
			continue;
		bits = atomic_swap_64(&inval_inbox[cpu].ary[i], 0);
		while (bits != 0) {
			from = i * 64 + __builtin_ctzl(bits);
			bits &= bits - 1;
			inval_perform(&inval_request[from]);
			ATOMIC_CPUMASK_NANDBIT(inval_request[from].ir_pending,
			    cpu);
		}
	}
}

/*
 * Have the other CPUs of the mask perform the own CPU's request.  A critical
 * section keeps us on this CPU and the slot ours.
 */
static void
inval_remote(struct inval_request *ir, cpumask_t mask)
{
	int cpu = mycpuid, target;
	cpumask_t left;
	u_long flags;

	ir->ir_pending = mask;
	cpu_mfence();
	left = mask;
	while (CPUMASK_TESTNZERO(left)) {
		target = BSFCPUMASK(left);
		CPUMASK_NANDBIT(left, target);
		/* A bit that is already set has its interrupt under way. */
		ATOMIC_CPUMASK_ORBIT(inval_inbox[target], cpu);
		lapic_send_ipi(target, XINVLTLB_OFFSET);
	}
	while (CPUMASK_TESTNZERO(*(volatile cpumask_t *)&ir->ir_pending)) {
		flags = intr_disable();
		pmap_inval_intr();
		intr_restore(flags);
		cpu_pause();
		if (__predict_false(panicstr != NULL))
			break;
	}
}

static bool
others_in(const cpumask_t *mask, int cpu, cpumask_t *others)
{
	*others = *mask;
	CPUMASK_NANDBIT(*others, cpu);
	CPUMASK_ANDMASK(*others, smp_active_mask);
	return (CPUMASK_TESTNZERO(*others));
}

void
pmap_inval_range(pmap_t pmap, vm_offset_t sva, vm_offset_t eva)
{
	struct mdglobaldata *md;
	struct inval_request *ir;
	cpumask_t others;
	bool kernel = (pmap == &kernel_pmap);

	crit_enter();
	md = mdcpu;
	ir = &inval_request[md->mi.gd_cpuid];
	ir->ir_start = sva & ~(vm_offset_t)PAGE_MASK;
	ir->ir_end = eva;
	if (eva - sva > PMAP_FLUSH_MAX * PAGE_SIZE)
		ir->ir_kind = kernel ? INVAL_ALL : INVAL_USER;
	else
		ir->ir_kind = INVAL_RANGE;
	if (kernel || md->gd_pmap == pmap)
		inval_perform(ir);
	if (ncpus > 1) {
		cpu_mfence();
		if (others_in(kernel ? &smp_active_mask : &pmap->pm_active,
		    md->mi.gd_cpuid, &others))
			inval_remote(ir, others);
	}
	crit_exit();
}

void
pmap_inval_cpus(const cpumask_t *cpus, const vm_offset_t *va, int n)
{
	struct inval_request *ir;
	cpumask_t others;
	int cpu;

	crit_enter();
	cpu = mycpuid;
	ir = &inval_request[cpu];
	ir->ir_kind = n < 0 ? INVAL_USER : INVAL_LIST;
	ir->ir_list = va;
	ir->ir_count = n;
	if (CPUMASK_TESTBIT(*cpus, cpu))
		inval_perform(ir);
	if (ncpus > 1 && others_in(cpus, cpu, &others))
		inval_remote(ir, others);
	crit_exit();
}

void
pmap_inval_unload(pmap_t pmap)
{
	struct mdglobaldata *md;
	struct inval_request *ir;
	cpumask_t others;

	crit_enter();
	md = mdcpu;
	ir = &inval_request[md->mi.gd_cpuid];
	ir->ir_kind = INVAL_UNLOAD;
	ir->ir_pmap = pmap;
	if (md->gd_pmap == pmap)
		pmap_load(&kernel_pmap);
	while (ncpus > 1 &&
	    others_in(&pmap->pm_active, md->mi.gd_cpuid, &others))
		inval_remote(ir, others);
	crit_exit();
}

/* Every TLB of the machine, completely. */
void
smp_invltlb(void)
{
	struct inval_request *ir;
	cpumask_t others;

	crit_enter();
	ir = &inval_request[mycpuid];
	ir->ir_kind = INVAL_ALL;
	inval_perform(ir);
	if (ncpus > 1 && others_in(&smp_active_mask, mycpuid, &others))
		inval_remote(ir, others);
	crit_exit();
}
