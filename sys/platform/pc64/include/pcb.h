/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Process control block: what of a thread's machine state is neither on its
 * kernel stack nor in its FPU save area.  It lies near the top of the kernel
 * stack; the trap frame of user mode is right below it, so that the address
 * of the pcb is the stack pointer with which the kernel is entered.
 */
#ifndef _MACHINE_PCB_H_
#define _MACHINE_PCB_H_

#include <machine/stdint.h>

/* All fields belong to the thread itself, or to who holds it stopped. */
struct pcb {
	unsigned long	pcb_fsbase;	/* user %fs base */
	unsigned long	pcb_gsbase;	/* user %gs base */
	void		*pcb_tls_base[2];	/* as set_tls_area was told */
	long		pcb_tls_size[2];
	unsigned int	pcb_flags;	/* PCB_* */
	unsigned int	pcb_unused;
	unsigned long	pcb_dr[8];	/* debug registers, 4 and 5 unused */
	unsigned long	pcb_spare[2];
} __attribute__((aligned(16)));

#define PCB_DBREGS	0x02	/* pcb_dr is in use */
#define PCB_FULLRET	0x10	/* next return to user mode is by iretq */

#endif /* !_MACHINE_PCB_H_ */
