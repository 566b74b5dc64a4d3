/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Address space layout and limits.
 *
 *	0 - 0x00007fffffe00000		user
 *	0xffff800000000000 + 64 TB	all physical memory (DMAP)
 *	0xffffc00000000000 + 4 TB	kernel virtual memory arena
 *	0xffffffff80000000		kernel image, slid by the loader
 *	0xffffffffc0000000		modules
 */
#ifndef _MACHINE_VMPARAM_H_
#define _MACHINE_VMPARAM_H_

#define MAXTSIZ		(32UL * 1024 * 1024 * 1024)
#define DFLDSIZ		(128UL * 1024 * 1024)
#define MAXDSIZ		(32UL * 1024 * 1024 * 1024)
#define DFLSSIZ		(8UL * 1024 * 1024)
#define MAXSSIZ		(512UL * 1024 * 1024)
#define MAXTHRSSIZ	(128UL * 1024 * 1024 * 1024)
#define SGROWSIZ	(128UL * 1024)
#define MAXSLP		20		/* seconds until a process is "idle" */
#define VM_PHYSSEG_MAX	127
#define VM_INITIAL_PAGEIN 16

#define VM_MIN_USER_ADDRESS	0UL
#define VM_MAX_USER_ADDRESS	0x00007fffffe00000UL
#define USRSTACK		VM_MAX_USER_ADDRESS

#define DMAP_MIN_ADDRESS	0xffff800000000000UL
#define DMAP_MAX_ADDRESS	0xffffc00000000000UL

#define VM_MIN_KERNEL_ADDRESS	0xffffc00000000000UL
#define VM_MAX_KERNEL_ADDRESS	0xffffc40000000000UL

#define KERNBASE		0xffffffff80000000UL
#define VM_MODULE_MIN		0xffffffffc0000000UL
#define VM_MODULE_MAX		0xffffffffffe00000UL

#define VM_MIN_ADDRESS		VM_MIN_USER_ADDRESS
#define VM_MAX_ADDRESS		VM_MAX_USER_ADDRESS

#ifdef _KERNEL
#define PHYS_TO_DMAP(pa)	((vm_offset_t)(pa) + DMAP_MIN_ADDRESS)
#define DMAP_TO_PHYS(va)	((vm_paddr_t)((vm_offset_t)(va) - \
				 DMAP_MIN_ADDRESS))
#define DMAP_CONTAINS(va)	((vm_offset_t)(va) >= DMAP_MIN_ADDRESS && \
				 (vm_offset_t)(va) < DMAP_MAX_ADDRESS)
#endif

#endif /* !_MACHINE_VMPARAM_H_ */
