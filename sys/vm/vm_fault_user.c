/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kernel's access to pages of processes: held for I/O, for debuggers,
 * as keys of wait queues.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/proc.h>
#include <sys/uio.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/vm_extern.h>
#include <vm/vm_kern.h>
#include <vm/vm_map.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>

vm_page_t
vm_fault_page_quick(vm_offset_t va, vm_prot_t prot, int *errorp)
{
	struct vmspace *vm = curproc->p_vmspace;

	return (vm_fault_page(&vm->vm_map, va, prot, VM_FAULT_NORMAL, errorp));
}

int
vm_fault_quick_hold_pages(vm_map_t map, vm_offset_t addr, vm_size_t len,
    vm_prot_t prot, vm_page_t *ma, int max)
{
	vm_offset_t va = trunc_page(addr), end = addr + len;
	int n = 0, error;

	if (end < addr || end > VM_MAX_USER_ADDRESS)
		return (-1);
	for (; va < end; va += PAGE_SIZE) {
		if (n == max)
			break;
		ma[n] = vm_fault_page(map, va, prot, VM_FAULT_NORMAL, &error);
		if (ma[n] == NULL) {
			vm_fault_unhold_pages(ma, n);
			return (-1);
		}
		++n;
	}
	return (n);
}

void
vm_fault_unhold_pages(vm_page_t *ma, int count)
{
	while (count > 0)
		vm_page_unhold(ma[--count]);
}

/*
 * Private memory is known by its address space and address, memory that is
 * inherited shared by its object and the place in that.  Pages would not do:
 * the next write after a fork puts a private word on another one.
 */
int
vm_umtx_key(vm_offset_t uaddr, uintptr_t *keyp)
{
	struct vmspace *vm = curproc->p_vmspace;
	vm_map_t map = &vm->vm_map;
	vm_map_entry_t e;
	uintptr_t base = (uintptr_t)vm;
	uint64_t offset = uaddr;
	int error = 0;

	vm_map_lock_read(map);
	if (uaddr >= VM_MAX_USER_ADDRESS ||
	    !vm_map_lookup_entry(map, uaddr, &e)) {
		error = EFAULT;
	} else if (e->inheritance == VM_INHERIT_SHARE &&
	    e->maptype == VM_MAPTYPE_NORMAL && e->ba.object != NULL) {
		base = (uintptr_t)e->ba.object;
		offset = e->ba.offset + (uaddr - e->ba.start);
	}
	vm_map_unlock_read(map);
	/* Two words of the same key would be taken for one. */
	*keyp = base * 0x9e3779b97f4a7c15UL + offset;
	return (error);
}

int
useracc(c_caddr_t addr, int len, int rw)
{
	vm_offset_t start = (vm_offset_t)addr;

	if (len < 0 || start + len < start ||
	    start + len > VM_MAX_USER_ADDRESS)
		return (0);
	return (vm_map_check_protection(&curproc->p_vmspace->vm_map,
	    trunc_page(start), round_page(start + len),
	    rw == UIO_READ ? VM_PROT_WRITE : VM_PROT_READ, FALSE));
}

int
kernacc(c_caddr_t addr, int len, int rw)
{
	vm_offset_t va;

	for (va = trunc_page((vm_offset_t)addr); va < (vm_offset_t)addr + len;
	    va += PAGE_SIZE)
		if (pmap_kextract(va) == 0)
			return (0);
	return (1);
}
