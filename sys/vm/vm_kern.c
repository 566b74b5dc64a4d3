/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Kernel memory.
 *
 * All kernel memory is wired and belongs to no object; where it is mapped is
 * known to the page tables only.  Single pages and power-of-two slabs are
 * used through the direct map; everything else gets addresses from the KVA
 * arena.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/spinlock2.h>
#include <sys/sysctl.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/vm_arena.h>
#include <vm/vm_kern.h>
#include <vm/vm_map.h>
#include <vm/vm_page.h>
#include <vm/vm_pageout.h>

#define KMEM_BATCH	32		/* pages mapped per call */
#define KMEM_GROW	(64UL << 20)	/* page tables are made in such steps */

struct vm_map kernel_map;
vm_offset_t kernel_vm_end;

static struct vm_arena kmem_arena;
static struct vm_arena module_arena;
static struct spinlock kmem_grow_spin;

void
kmem_init(void)
{
	vm_map_init(&kernel_map, VM_MIN_KERNEL_ADDRESS, VM_MAX_KERNEL_ADDRESS,
	    &kernel_pmap);
	kernel_map.system_map = 1;
	kernel_vm_end = VM_MIN_KERNEL_ADDRESS;
	spin_init(&kmem_grow_spin, "kmemgrow");
	vm_arena_init(&kmem_arena, VM_MIN_KERNEL_ADDRESS,
	    VM_MAX_KERNEL_ADDRESS);
	vm_arena_init(&module_arena, VM_MODULE_MIN, VM_MODULE_MAX);
}

vm_size_t
kmem_arena_free(void)
{
	return (kmem_arena.free);
}

/* --- addresses ----------------------------------------------------------- */

/*
 * Addresses with page tables behind them.  The arena fills from the bottom,
 * so tables exist for everything below kernel_vm_end.
 */
static vm_offset_t
kva_alloc(vm_size_t size, vm_size_t align)
{
	vm_offset_t va, end;
	int error = 0;

	va = vm_arena_alloc(&kmem_arena, size, align);
	if (va == 0)
		return (0);
	if (va + size > kernel_vm_end) {
		spin_lock(&kmem_grow_spin);
		if (va + size > kernel_vm_end) {
			end = roundup2(va + size, KMEM_GROW);
			error = pmap_growkernel(kernel_vm_end, end);
			if (error == 0)
				kernel_vm_end = end;
		}
		spin_unlock(&kmem_grow_spin);
		if (error != 0) {
			vm_arena_free(&kmem_arena, va, size);
			return (0);
		}
	}
	return (va);
}

static void
kva_free(vm_offset_t va, vm_size_t size)
{
	vm_arena_free(&kmem_arena, va, size);
}

/* --- memory -------------------------------------------------------------- */

static int
kmem_page_flags(int kmflags)
{
	int flags = VM_ALLOC_SYSTEM;

	if (kmflags & KM_INTERRUPT)
		flags = VM_ALLOC_INTERRUPT;
	if (kmflags & KM_ZERO)
		flags |= VM_ALLOC_ZERO;
	return (flags);
}

static vm_page_t
kmem_page(int kmflags)
{
	vm_page_t m;

	while ((m = vm_page_alloc_noobj(kmem_page_flags(kmflags))) == NULL) {
		if (kmflags & (KM_NOWAIT | KM_INTERRUPT))
			break;
		vm_wait(0);
	}
	return (m);
}

/* Unmap and free the pages of [va, va + size). */
static void
kmem_unback(vm_offset_t va, vm_size_t size)
{
	vm_page_t ma[KMEM_BATCH];
	int i, n;

	while (size > 0) {
		n = ulmin(size >> PAGE_SHIFT, KMEM_BATCH);
		for (i = 0; i < n; ++i)
			ma[i] = PHYS_TO_VM_PAGE(pmap_kextract(va +
			    ((vm_offset_t)i << PAGE_SHIFT)));
		pmap_qremove(va, n);
		for (i = 0; i < n; ++i)
			vm_page_free_noobj(ma[i]);
		va += (vm_offset_t)n << PAGE_SHIFT;
		size -= (vm_size_t)n << PAGE_SHIFT;
	}
}

static int
kmem_back(vm_offset_t va, vm_size_t size, int kmflags)
{
	vm_page_t ma[KMEM_BATCH];
	vm_offset_t start = va;
	int i, n;

	while (size > 0) {
		n = ulmin(size >> PAGE_SHIFT, KMEM_BATCH);
		for (i = 0; i < n; ++i) {
			ma[i] = kmem_page(kmflags);
			if (ma[i] == NULL) {
				while (--i >= 0)
					vm_page_free_noobj(ma[i]);
				kmem_unback(start, va - start);
				return (ENOMEM);
			}
		}
		pmap_qenter(va, ma, n);
		va += (vm_offset_t)n << PAGE_SHIFT;
		size -= (vm_size_t)n << PAGE_SHIFT;
	}
	return (0);
}

vm_offset_t
kmem_alloc3(vm_map_t map, vm_size_t size, vm_subsys_t id, int kmflags)
{
	vm_offset_t va;
	vm_page_t m;

	size = round_page(size);
	if (size == 0)
		return (0);
	if (size == PAGE_SIZE) {
		m = kmem_page(kmflags);
		return (m ? VM_PAGE_TO_DMAP(m) : 0);
	}
	va = kva_alloc(size, PAGE_SIZE);
	if (va == 0)
		return (0);
	if (kmem_back(va, size, kmflags) != 0) {
		kva_free(va, size);
		return (0);
	}
	return (va);
}

vm_offset_t
kmem_alloc(vm_map_t map, vm_size_t size, vm_subsys_t id)
{
	return (kmem_alloc3(map, size, id, KM_ZERO));
}

void
kmem_free(vm_map_t map, vm_offset_t addr, vm_size_t size)
{
	size = round_page(size);
	if (DMAP_CONTAINS(addr)) {
		KASSERT(size == PAGE_SIZE, ("kmem_free: %lx+%lx in the direct "
		    "map", addr, size));
		vm_page_free_noobj(PHYS_TO_VM_PAGE(DMAP_TO_PHYS(addr)));
		return;
	}
	kmem_unback(addr, size);
	kva_free(addr, size);
}

vm_offset_t
kmem_alloc_stack(vm_size_t size)
{
	vm_offset_t va;

	size = round_page(size);
	va = kva_alloc(size + PAGE_SIZE, PAGE_SIZE);
	if (va == 0)
		return (0);
	if (kmem_back(va + PAGE_SIZE, size, 0) != 0) {
		kva_free(va, size + PAGE_SIZE);
		return (0);
	}
	return (va + PAGE_SIZE);
}

void
kmem_free_stack(vm_offset_t addr, vm_size_t size)
{
	size = round_page(size);
	kmem_unback(addr, size);
	kva_free(addr - PAGE_SIZE, size + PAGE_SIZE);
}

vm_offset_t
kmem_alloc_nofault(vm_map_t map, vm_size_t size, vm_subsys_t id,
    vm_size_t align)
{
	return (kva_alloc(round_page(size), align < PAGE_SIZE ? PAGE_SIZE :
	    align));
}

void
kmem_free_nofault(vm_offset_t addr, vm_size_t size)
{
	kva_free(addr, round_page(size));
}

/* --- modules ------------------------------------------------------------- */

vm_offset_t
kmem_alloc_module(vm_size_t size)
{
	vm_offset_t va;

	size = round_page(size);
	va = vm_arena_alloc(&module_arena, size, PAGE_SIZE);
	if (va == 0)
		return (0);
	if (pmap_growkernel(va, va + size) != 0 ||
	    kmem_back(va, size, KM_ZERO) != 0) {
		vm_arena_free(&module_arena, va, size);
		return (0);
	}
	return (va);
}

void
kmem_free_module(vm_offset_t addr, vm_size_t size)
{
	size = round_page(size);
	kmem_unback(addr, size);
	vm_arena_free(&module_arena, addr, size);
}

/* --- slabs --------------------------------------------------------------- */

static int
slab_page_flags(int mflags)
{
	int flags = VM_ALLOC_SYSTEM;

	if (mflags & M_USE_INTERRUPT_RESERVE)
		flags = VM_ALLOC_INTERRUPT;
	if (mflags & M_ZERO)
		flags |= VM_ALLOC_ZERO;
	return (flags);
}

/*
 * When memory is too fragmented for a block, separate pages are mapped side
 * by side.
 */
void *
kmem_slab_alloc(vm_size_t size, vm_offset_t align, int mflags)
{
	int order = __builtin_ctzl(size >> PAGE_SHIFT);
	int kmflags = 0;
	vm_offset_t va;
	vm_page_t m;

	if (align < size)
		align = size;
	for (;;) {
		if (order == 0)
			m = vm_page_alloc_noobj(slab_page_flags(mflags));
		else
			m = vm_page_alloc_order(order, slab_page_flags(mflags));
		if (m != NULL)
			return ((void *)VM_PAGE_TO_DMAP(m));
		if (order != 0 && (va = kva_alloc(size, align)) != 0) {
			if (mflags & M_ZERO)
				kmflags |= KM_ZERO;
			if (mflags & M_USE_INTERRUPT_RESERVE)
				kmflags |= KM_INTERRUPT;
			if (kmem_back(va, size, kmflags | KM_NOWAIT) == 0)
				return ((void *)va);
			kva_free(va, size);
		}
		if (mflags & M_NOWAIT)
			return (NULL);
		vm_wait(0);
	}
}

void
kmem_slab_free(void *ptr, vm_size_t size)
{
	vm_offset_t va = (vm_offset_t)ptr;

	if (!DMAP_CONTAINS(va)) {
		kmem_unback(va, size);
		kva_free(va, size);
	} else if (size == PAGE_SIZE) {
		vm_page_free_noobj(PHYS_TO_VM_PAGE(DMAP_TO_PHYS(va)));
	} else {
		vm_page_free_contig(PHYS_TO_VM_PAGE(DMAP_TO_PHYS(va)), size);
	}
}

/* --- DMA ----------------------------------------------------------------- */

void *
contigmalloc(u_long size, struct malloc_type *type, int mflags,
    vm_paddr_t low, vm_paddr_t high, u_long alignment, u_long boundary)
{
	int flags = VM_ALLOC_SYSTEM;
	vm_page_t m;

	if (mflags & M_ZERO)
		flags |= VM_ALLOC_ZERO;
	if ((mflags & M_NOWAIT) == 0)
		flags |= VM_ALLOC_WAITOK;
	m = vm_page_alloc_contig(low, high, alignment, boundary, size,
	    VM_MEMATTR_DEFAULT, flags);
	return (m ? (void *)VM_PAGE_TO_DMAP(m) : NULL);
}

void
contigfree(void *addr, u_long size, struct malloc_type *type)
{
	vm_page_free_contig(PHYS_TO_VM_PAGE(DMAP_TO_PHYS(addr)), size);
}
