/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Interprocessor interrupts: LWKT's queues, rendezvous, stopping CPUs.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/thread2.h>
#include <machine/atomic.h>
#include <machine/clock.h>
#include <machine/cpu.h>
#include <machine/cpufunc.h>
#include <machine/globaldata.h>
#include <machine/pmap.h>
#include <machine/smp.h>
#include "apicvar.h"
#include "machvar.h"

volatile cpumask_t stopped_cpus;

static cpumask_t stop_wanted;	/* (a) CPUs that are to park */

/* One rendezvous at a time: (r) whoever set rv_busy. */
static struct {
	volatile u_int	rv_busy;	/* (a) */
	void		(*rv_func)(void *); /* (r) */
	void		*rv_arg;	/* (r) */
	cpumask_t	rv_todo;	/* (a) CPUs that have not run it */
} rv;

void
cpu_send_ipiq(int dcpu)
{
	if (CPUMASK_TESTBIT(smp_active_mask, dcpu))
		lapic_send_ipi(dcpu, XIPIQ_OFFSET);
}

void
cpu_send_ipiq_mask(cpumask_t mask)
{
	int cpu;

	CPUMASK_ANDMASK(mask, smp_active_mask);
	while (CPUMASK_TESTNZERO(mask)) {
		cpu = BSFCPUMASK(mask);
		CPUMASK_NANDBIT(mask, cpu);
		lapic_send_ipi(cpu, XIPIQ_OFFSET);
	}
}

int
cpu_send_ipiq_passive(int dcpu)
{
	return (0);
}

/* --- rendezvous ------------------------------------------------------ */

void
smp_rendezvous_intr(void)
{
	int cpu = mycpuid;

	if (CPUMASK_TESTBIT(*(volatile cpumask_t *)&rv.rv_todo, cpu)) {
		rv.rv_func(rv.rv_arg);
		ATOMIC_CPUMASK_NANDBIT(rv.rv_todo, cpu);
	}
}

void
smp_rendezvous(cpumask_t mask, void (*func)(void *), void *arg)
{
	cpumask_t left;
	int cpu;

	crit_enter();
	while (!atomic_cmpset_int(&rv.rv_busy, 0, 1))
		cpu_pause();
	CPUMASK_ANDMASK(mask, smp_active_mask);
	rv.rv_func = func;
	rv.rv_arg = arg;
	left = mask;
	CPUMASK_NANDBIT(left, mycpuid);
	rv.rv_todo = left;
	cpu_mfence();
	while (CPUMASK_TESTNZERO(left)) {
		cpu = BSFCPUMASK(left);
		CPUMASK_NANDBIT(left, cpu);
		lapic_send_ipi(cpu, XCALL_OFFSET);
	}
	if (CPUMASK_TESTBIT(mask, mycpuid))
		func(arg);
	while (CPUMASK_TESTNZERO(*(volatile cpumask_t *)&rv.rv_todo))
		cpu_pause();
	atomic_store_rel_int(&rv.rv_busy, 0);
	crit_exit();
}

/* --- stopping -------------------------------------------------------- */

int
cpu_nmi_stop_wanted(void)
{
	return (CPUMASK_TESTBIT(*(volatile cpumask_t *)&stop_wanted,
	    mycpuid));
}

/* Wait, in whatever context, until restart_cpus(). */
void
cpu_park(struct trapframe *frame)
{
	int cpu = mycpuid;
	u_long flags = intr_disable();

	if (cpu_nmi_stop_wanted()) {
		mycpu->gd_preserved = frame;
		ATOMIC_CPUMASK_ORBIT(*(cpumask_t *)&stopped_cpus, cpu);
		while (cpu_nmi_stop_wanted())
			cpu_pause();
		/* Translations may have changed meanwhile. */
		cpu_invltlb();
		ATOMIC_CPUMASK_NANDBIT(*(cpumask_t *)&stopped_cpus, cpu);
	}
	intr_restore(flags);
}

/*
 * Park the CPUs of the mask by NMI, so that those with interrupts off stop
 * as well.  Nonzero if all did within a second.
 */
int
stop_cpus(cpumask_t mask)
{
	cpumask_t left;
	int cpu, i;

	CPUMASK_ANDMASK(mask, smp_active_mask);
	CPUMASK_NANDBIT(mask, mycpuid);
	CPUMASK_NANDMASK(mask, stop_wanted);
	if (CPUMASK_TESTZERO(mask))
		return (1);
	ATOMIC_CPUMASK_ORMASK(stop_wanted, mask);
	left = mask;
	while (CPUMASK_TESTNZERO(left)) {
		cpu = BSFCPUMASK(left);
		CPUMASK_NANDBIT(left, cpu);
		lapic_send_nmi(cpu);
	}
	for (i = 0; i < 100000; ++i) {
		left = mask;
		CPUMASK_NANDMASK(left, stopped_cpus);
		if (CPUMASK_TESTZERO(left))
			return (1);
		DELAY(10);
	}
	return (0);
}

int
restart_cpus(cpumask_t mask)
{
	CPUMASK_ANDMASK(mask, stop_wanted);
	ATOMIC_CPUMASK_NANDMASK(stop_wanted, mask);
	return (1);
}
