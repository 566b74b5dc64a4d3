/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The machine's part of struct lwp and struct proc.
 */
#ifndef _MACHINE_PROC_H_
#define _MACHINE_PROC_H_

struct trapframe;

struct mdproc {
	struct trapframe *md_regs;	/* (I) user registers, below the pcb */
};

#endif /* !_MACHINE_PROC_H_ */
