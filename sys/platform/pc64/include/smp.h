/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * More than one CPU: local APICs, interprocessor interrupts, start-up.
 */
#ifndef _MACHINE_SMP_H_
#define _MACHINE_SMP_H_

#ifdef _KERNEL

#include <sys/types.h>
#include <machine/cpumask.h>

extern volatile cpumask_t stopped_cpus;	/* (a) parked */
extern cpumask_t	smp_active_mask; /* (a) CPUs that schedule */
extern cpumask_t	smp_startup_mask; /* (a) CPUs that came up */
extern int		naps;		/* application processors */

/* APIC identifiers and back; -1 if unknown. */
int	cpuid_to_apicid(int cpuid);
int	apicid_to_cpuid(u_int apicid);

void	cpu_send_ipiq(int dcpu);
void	cpu_send_ipiq_mask(cpumask_t mask);
int	cpu_send_ipiq_passive(int dcpu);

/* Park other CPUs (panic, debugger) and release them. */
int	stop_cpus(cpumask_t mask);
int	restart_cpus(cpumask_t mask);

/*
 * Run a function on every CPU of the mask at about the same time, the own
 * one included if it is in it; returns when all have returned.  May be
 * called with interrupts enabled only; the function must not block.
 */
void	smp_rendezvous(cpumask_t mask, void (*func)(void *), void *arg);

void	smp_invltlb(void);		/* flush all TLBs of all CPUs */

void	mp_start(void);			/* boot CPU: bring up the others */
void	mp_announce(void);
void	init_secondary(int cpuid);	/* AP: C entry */
void	ap_init(void);

#endif /* _KERNEL */
#endif /* !_MACHINE_SMP_H_ */
