/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Questions about how much memory is free, cheap enough to ask often.  The
 * global figures lag behind the per-CPU truth by at most a magazine a CPU.
 */
#ifndef _VM_VM_PAGE2_H_
#define _VM_VM_PAGE2_H_

#ifdef _KERNEL

#include <sys/vmmeter.h>
#include <vm/vm_page.h>

/* So little that only the system itself may still allocate. */
static __inline bool
vm_paging_severe(void)
{
	return (vmstats.v_free_count < vmstats.v_free_severe);
}

/* Below the minimum: user allocations wait. */
static __inline bool
vm_paging_min(void)
{
	return (vmstats.v_free_count < vmstats.v_free_min);
}

#define vm_page_count_severe()	vm_paging_severe()
#define vm_page_count_min(donotcount) \
	(vmstats.v_free_count - (donotcount) < vmstats.v_free_min)

/* Below the target: the pageout daemon has work. */
static __inline bool
vm_paging_needed(void)
{
	return (vmstats.v_free_count < vmstats.v_free_target);
}

static __inline long
vm_paging_target(void)
{
	return (vmstats.v_free_target + vmstats.v_free_min -
	    vmstats.v_free_count);
}

#endif /* _KERNEL */

#endif /* !_VM_VM_PAGE2_H_ */
