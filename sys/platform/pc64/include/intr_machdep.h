/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Interrupt vectors, and the machine's side of register_int().
 *
 * Every CPU has its own IDT image in principle: a hardware interrupt is
 * named by (CPU, irq), irq being the vector less IDT_OFFSET.  The first irqs
 * are those of the I/O APICs (irq = global system interrupt); message
 * signalled interrupts take the others, on whichever CPU was asked for.
 */
#ifndef _MACHINE_INTR_MACHDEP_H_
#define _MACHINE_INTR_MACHDEP_H_

#define IDT_OFFSET		0x20
#define MAX_HARDINTS		192
#define INTR_WORDS		(MAX_HARDINTS / 64)

/* Vectors that are not interrupts of devices. */
#define XTIMER_OFFSET		0xe0	/* local APIC timer */
#define XINVLTLB_OFFSET		0xe1	/* TLB shootdown */
#define XIPIQ_OFFSET		0xe2	/* LWKT IPI queue */
#define XCPUSTOP_OFFSET		0xe3	/* park (not used by panics: NMI) */
#define XCALL_OFFSET		0xe4	/* smp_rendezvous */
#define XSPURIOUS_OFFSET	0xff

#ifndef LOCORE
#ifdef _KERNEL

#include <machine/stdint.h>

enum intr_trigger { INTR_TRIGGER_CONFORM, INTR_TRIGGER_EDGE,
		    INTR_TRIGGER_LEVEL };
enum intr_polarity { INTR_POLARITY_CONFORM, INTR_POLARITY_HIGH,
		     INTR_POLARITY_LOW };

/*
 * For kern_intr.c.  setup: first handler of the irq on that CPU is there,
 * let it in.  teardown: the last is gone.  disable and enable: mask a level
 * triggered source while its thread works, and let it in again; on edge
 * and message interrupts they do nothing.  Called on the irq's CPU.
 */
void	machintr_intr_setup(int irq, int flags);
void	machintr_intr_teardown(int irq);
void	machintr_intr_enable(int irq);
void	machintr_intr_disable(int irq);

/*
 * For buses.  config: say how a line is triggered before it is set up.
 * legacy_intr_find: the irq of ISA interrupt 0-15 or of a global system
 * interrupt, -1 if there is none.  legacy_intr_cpuid: the CPU it goes to,
 * to be handed to register_int().
 */
void	machintr_intr_config(int irq, enum intr_trigger trig,
	    enum intr_polarity pola);
int	machintr_isa_irq(int isa_irq);
int	machintr_gsi_irq(int gsi);
int	machintr_legacy_intr_cpuid(int irq);

/*
 * Message signalled interrupts.  alloc: `count' irqs on the CPU, consecutive
 * and aligned to `count' (a power of two, at most 32); ENOSPC if there are
 * none.  map: what to write into the device.  A CPU of -1 leaves the choice
 * (least loaded) to the allocator, which reports it in *cpuidp.
 */
int	machintr_msi_alloc(int *irqs, int count, int *cpuidp);
void	machintr_msi_release(const int *irqs, int count, int cpuid);
void	machintr_msi_map(int irq, int cpuid, __uint64_t *addr,
	    __uint32_t *data);

/* How often the irq came in on that CPU. */
unsigned long machintr_intr_count(int irq, int cpuid);

#endif /* _KERNEL */
#endif /* !LOCORE */
#endif /* !_MACHINE_INTR_MACHDEP_H_ */
