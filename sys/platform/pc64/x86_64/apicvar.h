/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Local and I/O APICs, inside the platform.
 */
#ifndef _PC64_APICVAR_H_
#define _PC64_APICVAR_H_

#include <sys/types.h>
#include <sys/stdbool.h>
#include <machine/intr_machdep.h>

extern int	x2apic_mode;		/* registers are MSRs */
extern int	cpu_apic_ids[];		/* by CPU number; -1: none */
extern int	cpu_count;		/* CPUs that the firmware describes */

/* Find out about CPUs and I/O APICs (MADT); then set up the own APIC. */
void	apic_enumerate(void);
void	lapic_init(void);
u_int	lapic_id(void);
void	lapic_eoi(void);
/* Interrupt another CPU; may be called with interrupts on or off. */
void	lapic_send_ipi(int cpuid, int vector);
void	lapic_send_nmi(int cpuid);
/* The start-up sequence of an application processor. */
void	lapic_send_init(u_int apicid);
void	lapic_send_startup(u_int apicid, int page);

/* One-shot timer of this CPU, in its own ticks. */
void	lapic_timer_setup(void);	/* BSP: calibrate, register */

/*
 * I/O APICs.  An irq below ioapic_irqs is a global system interrupt that
 * some I/O APIC serves.
 */
extern int	ioapic_irqs;
void	ioapic_add(int id, vm_paddr_t pa, int gsi_base);
void	ioapic_override(int isa_irq, int gsi, enum intr_trigger trig,
	    enum intr_polarity pola);
void	ioapic_init(void);
bool	ioapic_serves(int irq);
bool	ioapic_is_level(int irq);
void	ioapic_configure(int irq, enum intr_trigger trig,
	    enum intr_polarity pola);
void	ioapic_route(int irq, int vector, u_int apicid);
void	ioapic_mask(int irq);
void	ioapic_unmask(int irq);
int	ioapic_isa_gsi(int isa_irq);

/* 8259: every line masked. */
void	i8259_disable(void);

void	acpi_reset(void);

#endif /* !_PC64_APICVAR_H_ */
