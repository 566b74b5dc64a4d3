/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Per-CPU data of the platform, around the machine independent part.
 */
#ifndef _MACHINE_GLOBALDATA_H_
#define _MACHINE_GLOBALDATA_H_

#include <sys/globaldata.h>
#include <machine/intr_machdep.h>
#include <machine/segments.h>
#include <machine/cpumask.h>

struct pmap;

/*
 * (c) owning CPU only, interrupts off or critical section where an interrupt
 * handler changes the field too; (I) set before the CPU runs; (a) atomic.
 */
struct mdglobaldata {
	struct globaldata mi;
	unsigned long	gd_kstack;	/* (c) stack pointer at system call */
	unsigned long	gd_user_rsp;	/* (c) scratch at system call entry */
	struct x86_64tss gd_common_tss;	/* (c) */
	struct user_segment_descriptor gd_gdt[NGDT];	/* (I) */
	struct thread	*gd_npxthread;	/* (c) owner of FPU registers */
	struct pmap	*gd_pmap;	/* (c) whose tables %cr3 holds */
	unsigned long	gd_ipending[INTR_WORDS];/* (c) IRQs put off by a
						 * critical section */
	unsigned int	gd_apic_id;	/* (I) */
	unsigned int	gd_acpi_id;	/* (I) processor UID in ACPI tables */
	unsigned int	gd_timer_running; /* (c) */
	unsigned long	gd_intr_count[MAX_HARDINTS]; /* (c) statistics */
	unsigned long	gd_ist_top[7];	/* (I) tops of exception stacks */
};

/* One of these per CPU, apart from the first allocated when CPUs start. */
struct privatespace {
	struct mdglobaldata mdglobaldata;
};

extern struct privatespace *CPU_prvspace[];

#endif /* !_MACHINE_GLOBALDATA_H_ */
