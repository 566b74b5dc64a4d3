/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Address spaces of processes: creation, fork, exec, end.
 *
 * vm_refs counts those who use the contents: processes (by RFMEM several may
 * share one), and others looking in.  When it drops to zero the address
 * space is emptied.  vm_exitrefs counts those who need the structure and its
 * page tables: one for vm_refs being nonzero, and one for each process until
 * its last thread no longer runs on those tables.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/shm.h>
#include <sys/spinlock2.h>
#include <sys/unistd.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/vm_extern.h>
#include <vm/vm_map.h>
#include <vm/vm_map_priv.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <machine/atomic.h>

static MALLOC_DEFINE(M_VMSPACE, "vmspace", "address spaces");

struct vmspace vmspace0;

static void
vmspace_init(struct vmspace *vm)
{
	bzero(&vm->vm_refs, sizeof(*vm) - offsetof(struct vmspace, vm_refs));
	vm->vm_refs = 1;
	vm->vm_exitrefs = 2;
	lwkt_token_init(&vm->vm_token, "vmspace");
}

void
vmspace_init0(void)
{
	vmspace_init(&vmspace0);
	pmap_pinit0(&vmspace0.vm_pmap);
	vm_map_init(&vmspace0.vm_map, VM_MIN_USER_ADDRESS, VM_MAX_USER_ADDRESS,
	    &vmspace0.vm_pmap);
}

struct vmspace *
vmspace_alloc(vm_offset_t min, vm_offset_t max)
{
	struct vmspace *vm;

	vm = kmalloc(sizeof(*vm), M_VMSPACE, M_WAITOK | M_ZERO);
	vmspace_init(vm);
	pmap_pinit(&vm->vm_pmap);
	vm_map_init(&vm->vm_map, min, max, &vm->vm_pmap);
	return (vm);
}

void
vmspace_initrefs(struct vmspace *vm)
{
	vm->vm_refs = 1;
	vm->vm_exitrefs = 2;
}

void
vmspace_ref(struct vmspace *vm)
{
	atomic_add_int((u_int *)&vm->vm_refs, 1);
}

/* Give up the structure. */
static void
vmspace_drop(struct vmspace *vm)
{
	if (atomic_fetchadd_int((u_int *)&vm->vm_exitrefs, -1) != 1)
		return;
	KASSERT(vm->vm_map.nentries == 0 && vm != &vmspace0,
	    ("vmspace %p freed in use", vm));
	pmap_release(&vm->vm_pmap);
	lockuninit(&vm->vm_map.lock);
	kfree(vm, M_VMSPACE);
}

/*
 * Nobody faults, or runs user code, in this address space any more.  The
 * backings are detached first: after that nobody comes from an object to
 * these page tables, which may then be taken apart in one pass.  Entries and
 * pages go last.
 */
static void
vmspace_empty(struct vmspace *vm)
{
	vm_map_t map = &vm->vm_map;
	struct vm_map_backing *ba;
	vm_map_entry_t e;

	shmexit(vm);
	vm_map_lock(map);
	TAILQ_FOREACH(e, &map->entries, link) {
		if (e->wired_count != 0)
			vm_fault_unwire(map, e);
		for (ba = &e->ba; ba != NULL; ba = ba->backing_ba)
			if (ba->object != NULL)
				vm_object_backing_detach(ba);
	}
	pmap_remove_all_user(&vm->vm_pmap);
	while ((e = TAILQ_FIRST(&map->entries)) != NULL) {
		TAILQ_REMOVE(&map->entries, e, link);
		vm_map_entry_dispose(e);
	}
	RB_INIT(&map->rb_root);
	map->nentries = 0;
	map->size = 0;
	map->hint_to = 0;
	vm_map_unlock(map);
}

static void
vmspace_unuse(struct vmspace *vm)
{
	if (atomic_fetchadd_int((u_int *)&vm->vm_refs, -1) != 1)
		return;
	vmspace_empty(vm);
	vmspace_drop(vm);
}

void
vmspace_rel(struct vmspace *vm)
{
	vmspace_unuse(vm);
}

void
vmspace_relexit(struct vmspace *vm)
{
	vmspace_unuse(vm);
}

void
vmspace_exitfree(struct proc *p)
{
	struct vmspace *vm = p->p_vmspace;

	p->p_vmspace = NULL;
	if (vm != NULL)
		vmspace_drop(vm);
}

/* --- fork ---------------------------------------------------------------- */

/* A copy of e in map2 that refers to the same objects. */
static vm_map_entry_t
fork_dup_entry(vm_map_t map2, vm_map_entry_t e)
{
	vm_map_entry_t n;

	n = kmalloc(sizeof(*n), M_VMENTRY, M_WAITOK);
	*n = *e;
	n->ba.pmap = map2->pmap;
	n->wired_count = 0;
	n->eflags &= ~MAP_ENTRY_USER_WIRED;
	vm_map_backing_copy_chain(&n->ba, &e->ba, map2->pmap);
	if (n->ba.object != NULL) {
		vm_object_reference(n->ba.object);
		vm_object_backing_attach(&n->ba);
	}
	return (n);
}

static vm_map_entry_t
fork_share(vm_map_t map1, vm_map_t map2, vm_map_entry_t e)
{
	if (e->ba.uksmap == NULL) {
		if (e->eflags & MAP_ENTRY_NEEDS_COPY) {
			if (e->wired_count != 0)
				vm_fault_unwire(map1, e);
			vm_map_entry_shadow(map1, e);
			pmap_remove(map1->pmap, e->ba.start, e->ba.end);
		}
		vm_map_entry_allocate_object(e);
	}
	return (fork_dup_entry(map2, e));
}

static vm_map_entry_t
fork_copy(vm_map_t map1, vm_map_t map2, vm_map_entry_t e)
{
	bool shared_source = (e->eflags & MAP_ENTRY_COW) == 0 &&
	    e->ba.object != NULL && !VM_OBJECT_ANON(e->ba.object);
	vm_map_entry_t n;

	if (e->ba.backing_ba != NULL)
		vm_map_entry_collapse(e);
	n = fork_dup_entry(map2, e);
	n->eflags |= MAP_ENTRY_COW;
	if (e->ba.object == NULL)
		return (n);
	n->eflags |= MAP_ENTRY_NEEDS_COPY;
	if (shared_source || (e->eflags & MAP_ENTRY_NEEDS_COPY))
		return (n);
	e->eflags |= MAP_ENTRY_COW | MAP_ENTRY_NEEDS_COPY;
	if ((e->protection & VM_PROT_WRITE) &&
	    e->ba.object->resident_page_count != 0)
		pmap_protect(map1->pmap, e->ba.start, e->ba.end,
		    e->protection & ~VM_PROT_WRITE);
	return (n);
}

struct vmspace *
vmspace_fork(struct vmspace *vm1, struct proc *p2, struct lwp *lp2)
{
	vm_map_t map1 = &vm1->vm_map, map2;
	vm_map_entry_t e, n;
	struct vmspace *vm2;

	vm_map_lock(map1);
	vm2 = vmspace_alloc(map1->min_addr, map1->max_addr);
	map2 = &vm2->vm_map;
	vm2->vm_tsize = vm1->vm_tsize;
	vm2->vm_dsize = vm1->vm_dsize;
	vm2->vm_ssize = vm1->vm_ssize;
	vm2->vm_taddr = vm1->vm_taddr;
	vm2->vm_daddr = vm1->vm_daddr;
	vm2->vm_maxsaddr = vm1->vm_maxsaddr;
	vm2->vm_minsaddr = vm1->vm_minsaddr;
	vm_map_lock(map2);
	TAILQ_FOREACH(e, &map1->entries, link) {
		if (e->inheritance == VM_INHERIT_NONE)
			continue;
		if (e->inheritance == VM_INHERIT_SHARE)
			n = fork_share(map1, map2, e);
		else
			n = fork_copy(map1, map2, e);
		vm_map_entry_link(map2, n);
	}
	vm_map_unlock(map2);
	vm_map_unlock(map1);
	shmfork(vm1, vm2);
	return (vm2);
}

void
vm_fork(struct proc *p1, struct proc *p2, int flags)
{
	if (flags & RFMEM) {
		vmspace_ref(p1->p_vmspace);
		atomic_add_int((u_int *)&p1->p_vmspace->vm_exitrefs, 1);
		p2->p_vmspace = p1->p_vmspace;
		return;
	}
	p2->p_vmspace = vmspace_fork(p1->p_vmspace, p2, NULL);
}

void
vm_waitproc(struct proc *p)
{
	vmspace_exitfree(p);
}

/* --- exec ---------------------------------------------------------------- */

static void
vmspace_replace(struct proc *p, struct vmspace *newvm)
{
	struct vmspace *oldvm = p->p_vmspace;

	pmap_replacevm(p, newvm, 0);
	vmspace_unuse(oldvm);
	if (oldvm != &vmspace0)
		vmspace_drop(oldvm);
}

/*
 * An address space nobody else uses is emptied and used again, page tables
 * and all.
 */
void
vmspace_exec(struct proc *p, struct vmspace *vmcopy)
{
	struct vmspace *vm = p->p_vmspace;

	if (vmcopy == NULL && vm != &vmspace0 && vm->vm_refs == 1 &&
	    vm->vm_exitrefs == 2) {
		vmspace_empty(vm);
		vm->vm_map.flags = 0;
		return;
	}
	if (vmcopy != NULL)
		vm = vmspace_fork(vmcopy, p, NULL);
	else
		vm = vmspace_alloc(VM_MIN_USER_ADDRESS, VM_MAX_USER_ADDRESS);
	vmspace_replace(p, vm);
}

void
vmspace_unshare(struct proc *p)
{
	struct vmspace *vm = p->p_vmspace;

	if (vm->vm_refs == 1)
		return;
	vmspace_replace(p, vmspace_fork(vm, p, NULL));
}

/* --- accounting ---------------------------------------------------------- */

/* Anonymous memory that is this address space's alone, roughly. */
vm_size_t
vmspace_anonymous_bytes(struct vmspace *vm)
{
	vm_map_t map = &vm->vm_map;
	vm_size_t pages = 0;
	vm_map_entry_t e;
	vm_object_t object;

	if (vm_map_lock_read_try(map) != 0)
		return ((vm_size_t)vmspace_resident_count(vm) << PAGE_SHIFT);
	TAILQ_FOREACH(e, &map->entries, link) {
		object = e->ba.object;
		if (object != NULL && VM_OBJECT_ANON(object) &&
		    object->ref_count > 0)
			pages += (object->resident_page_count +
			    object->swap_count) / object->ref_count;
	}
	vm_map_unlock_read(map);
	return ((pages << PAGE_SHIFT) + pmap_table_bytes(&vm->vm_pmap));
}
