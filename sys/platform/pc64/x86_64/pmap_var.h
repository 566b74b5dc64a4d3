/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the files of the pmap share among themselves.
 */
#ifndef _PC64_PMAP_VAR_H_
#define _PC64_PMAP_VAR_H_

#include <sys/types.h>
#include <machine/pmap.h>

extern uint64_t	pmap_nx;	/* X86_PG_NX if the CPU knows it, else 0 */

/* The page below 640 KB where application processors begin. */
extern vm_paddr_t mp_trampoline_pa;

uint64_t pmap_attr_bits(char attr, int shift);

/* A flush of more pages than this empties the whole TLB instead. */
#define PMAP_FLUSH_MAX	32

/*
 * Make the CPUs that have the pmap loaded (kernel_pmap: all) forget
 * [sva, eva); returns when they have.  Not under a spinlock, interrupts on.
 */
void	pmap_inval_range(struct pmap *pmap, vm_offset_t sva, vm_offset_t eva);
/* The same for a set of CPUs and a few addresses; n < 0: everything. */
void	pmap_inval_cpus(const cpumask_t *cpus, const vm_offset_t *va, int n);
/* Make every CPU that has the pmap loaded without using it let go. */
void	pmap_inval_unload(struct pmap *pmap);

#endif /* !_PC64_PMAP_VAR_H_ */
