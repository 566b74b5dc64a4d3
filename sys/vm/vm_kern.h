/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Kernel memory by the page: the KVA arena and what is mapped into it.
 *
 * All kernel memory is wired.  Up to a page, and for kmalloc's slabs, the
 * direct map is used and no KVA is spent; larger allocations take KVA from
 * the arena, so they need no contiguous physical memory.  Small freed
 * ranges are flushed from the TLBs in batches.
 */
#ifndef _VM_VM_KERN_H_
#define _VM_VM_KERN_H_

#ifdef _KERNEL

#include <sys/types.h>
#include <vm/vm.h>
#include <vm/vm_map.h>

/*
 * Stands for the arena as first argument of the kmem functions; it has no
 * entries of its own.
 */
extern struct vm_map kernel_map;
extern vm_offset_t kernel_vm_end;

#define KM_ZERO		0x0001
#define KM_NOWAIT	0x0002		/* NULL (0) instead of sleeping */
#define KM_INTERRUPT	0x0004		/* may use the last reserves */
#define KM_STACK	0x0008		/* unmapped guard page below */

/*
 * size bytes of zeroed kernel memory, page aligned; 0 when there is none
 * (map is &kernel_map).  May sleep.
 */
vm_offset_t kmem_alloc(vm_map_t map, vm_size_t size, vm_subsys_t id);
#define kmem_alloc_wait(map, size, id)	kmem_alloc((map), (size), (id))
/* The same with KM_* flags; not zeroed without KM_ZERO. */
vm_offset_t kmem_alloc3(vm_map_t map, vm_size_t size, vm_subsys_t id,
	    int kmflags);
#define kmem_alloc1(map, size, id) \
	kmem_alloc3((map), (size), (id), KM_ZERO)
void	 kmem_free(vm_map_t map, vm_offset_t addr, vm_size_t size);

/* Thread stacks: guard page below; kmem_free_stack() takes the same size. */
vm_offset_t kmem_alloc_stack(vm_size_t size);
void	 kmem_free_stack(vm_offset_t addr, vm_size_t size);

/* Address space without memory (pbufs, device windows); 0 when none. */
vm_offset_t kmem_alloc_nofault(vm_map_t map, vm_size_t size, vm_subsys_t id,
	    vm_size_t align);
#define kmem_alloc_pageable(map, size, id) \
	kmem_alloc_nofault((map), (size), (id), PAGE_SIZE)
void	 kmem_free_nofault(vm_offset_t addr, vm_size_t size);

/* Memory for loaded kernel modules, within 2 GB of the kernel. */
vm_offset_t kmem_alloc_module(vm_size_t size);
void	 kmem_free_module(vm_offset_t addr, vm_size_t size);

/*
 * A slab for kmalloc: size a power of two >= PAGE_SIZE, aligned to itself,
 * M_NOWAIT/M_WAITOK/M_ZERO/M_USE_RESERVE in mflags.  From the direct map
 * when memory is not too fragmented.
 */
void	*kmem_slab_alloc(vm_size_t size, vm_offset_t align, int mflags);
void	 kmem_slab_free(void *ptr, vm_size_t size);

/* Physically contiguous memory, mapped; for DMA. */
struct malloc_type;
void	*contigmalloc(u_long size, struct malloc_type *type, int mflags,
	    vm_paddr_t low, vm_paddr_t high, u_long alignment,
	    u_long boundary);
void	 contigfree(void *addr, u_long size, struct malloc_type *type);

/* Bytes of KVA free, for ddb and statistics. */
vm_size_t kmem_arena_free(void);

void	 kmem_init(void);

#endif /* _KERNEL */

#endif /* !_VM_VM_KERN_H_ */
