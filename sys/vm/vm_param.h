/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Result codes of the virtual memory system, its sysctl numbers, and the
 * record of vm.swap_info_array.
 */
#ifndef _VM_VM_PARAM_H_
#define _VM_VM_PARAM_H_

#include <sys/types.h>
#include <machine/vmparam.h>

/* Second level names under CTL_VM. */
#define VM_METER		1	/* struct vmmeter */
#define VM_LOADAVG		2	/* struct loadavg */
#define VM_V_FREE_MIN		3
#define VM_V_FREE_TARGET	4
#define VM_V_FREE_RESERVED	5
#define VM_V_INACTIVE_TARGET	6
#define VM_V_CACHE_MIN		7
#define VM_V_CACHE_MAX		8
#define VM_V_PAGEOUT_FREE_MIN	9
#define VM_PAGEOUT_ALGORITHM	10
#define VM_SWAPPING_ENABLED	11
#define VM_MAXID		12

/* One swap device, as an element of vm.swap_info_array. */
#define XSWDEV_VERSION	1
struct xswdev {
	size_t	xsw_size;	/* of this record */
	int	xsw_version;	/* XSWDEV_VERSION */
	int	xsw_flags;
	dev_t	xsw_dev;
	size_t	xsw_blksize;	/* bytes */
	size_t	xsw_nblks;	/* pages */
	size_t	xsw_used;	/* pages in use */
};

/* Results of map, object and fault functions. */
#define KERN_SUCCESS		0
#define KERN_INVALID_ADDRESS	1
#define KERN_PROTECTION_FAILURE	2
#define KERN_NO_SPACE		3
#define KERN_INVALID_ARGUMENT	4
#define KERN_FAILURE		5
#define KERN_RESOURCE_SHORTAGE	6
#define KERN_NOT_RECEIVER	7
#define KERN_NO_ACCESS		8
#define KERN_TRY_AGAIN		9
#define KERN_FAILURE_NOFAULT	10

#ifdef _KERNEL
#define num_pages(x) \
	((vm_size_t)((((vm_size_t)(x)) + PAGE_MASK) >> PAGE_SHIFT))
#endif

#endif /* !_VM_VM_PARAM_H_ */
