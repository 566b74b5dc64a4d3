/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From a page to its mappings.
 *
 * An object lists the backings (parts of map entries) that refer to it.  A
 * page at index i of the object can be mapped only at
 *
 *	backing->start + (i * PAGE_SIZE - backing->offset)
 *
 * in the pmap of each backing whose range contains that address, so the
 * page tables need no list of mappings per page.  The list is walked under
 * the object's spinlock; the page tables are changed there, and the
 * processors' TLBs are flushed together after it is released.  The page is
 * busy meanwhile, so no mapping of it can appear that the walk has passed.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/spinlock2.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/vm_object.h>
#include <vm/vm_map.h>
#include <vm/vm_page.h>
#include <machine/atomic.h>

void
vm_object_backing_attach(struct vm_map_backing *ba)
{
	vm_object_t object = ba->object;

	spin_lock(&object->spin);
	TAILQ_INSERT_TAIL(&object->backing_list, ba, link);
	++object->backing_count;
	spin_unlock(&object->spin);
}

void
vm_object_backing_detach(struct vm_map_backing *ba)
{
	vm_object_t object = ba->object;

	spin_lock(&object->spin);
	TAILQ_REMOVE(&object->backing_list, ba, link);
	--object->backing_count;
	spin_unlock(&object->spin);
	ba->link.tqe_prev = NULL;	/* says that it is detached */
}

bool
vm_object_backing_private(struct vm_map_backing *ba)
{
	vm_object_t object = ba->object;
	vm_ooffset_t end = ba->offset + (ba->end - ba->start);
	struct vm_map_backing *other;
	bool private;

	if (!VM_OBJECT_ANON(object) || (object->flags & OBJ_NOSPLIT) ||
	    object->handle != NULL)
		return (false);
	if (object->ref_count == 1)
		return (true);
	if (object->backing_count > 16)
		return (false);
	spin_lock(&object->spin);
	private = (object->ref_count == object->backing_count);
	if (private) {
		TAILQ_FOREACH(other, &object->backing_list, link) {
			if (other != ba && other->offset < end &&
			    ba->offset < other->offset +
			    (vm_ooffset_t)(other->end - other->start)) {
				private = false;
				break;
			}
		}
	}
	spin_unlock(&object->spin);
	return (private);
}

/*
 * Apply op to every mapping of the busy page m.  Returns how many of them
 * gave the result bit.
 */
static int
rmap_apply(vm_page_t m, int op, struct pmap_batch *batch, int bit)
{
	vm_object_t object = m->object;
	struct vm_map_backing *ba;
	vm_ooffset_t off = (vm_ooffset_t)m->pindex << PAGE_SHIFT;
	int res, count = 0;

	spin_lock(&object->spin);
	TAILQ_FOREACH(ba, &object->backing_list, link) {
		if (off < ba->offset ||
		    off - ba->offset >= (vm_ooffset_t)(ba->end - ba->start))
			continue;
		res = pmap_page_op(ba->pmap, ba->start + (off - ba->offset),
		    m->phys_addr, op, batch);
		if (res & bit)
			++count;
	}
	spin_unlock(&object->spin);
	return (count);
}

void
vm_page_protect(vm_page_t m, vm_prot_t prot)
{
	struct pmap_batch batch;
	int op = PMAP_OP_READONLY, bits = PG_WRITEABLE, wired;

	if (prot & VM_PROT_WRITE)
		return;
	if ((prot & VM_PROT_READ) == 0) {
		op = PMAP_OP_REMOVE;
		bits = PG_MAPPED | PG_WRITEABLE;
	}
	/* The flags are set before a mapping is made: see vm_fault_map.c. */
	if ((m->flags & bits) == 0 || m->object == NULL)
		return;
	atomic_clear_int(&m->flags, bits);
	pmap_batch_start(&batch);
	wired = rmap_apply(m, op, &batch, PMAP_RES_WIRED);
	pmap_batch_finish(&batch);
	/* A wired mapping that is gone does not wire the page any more. */
	if (op == PMAP_OP_REMOVE)
		while (wired-- > 0)
			vm_page_unwire(m, 1);
}

int
vm_page_test_referenced(vm_page_t m)
{
	struct pmap_batch batch;
	int count;

	if ((m->flags & PG_MAPPED) == 0 || m->object == NULL)
		return (0);
	pmap_batch_start(&batch);
	count = rmap_apply(m, PMAP_OP_TESTREF, &batch, PMAP_RES_REFERENCED);
	pmap_batch_finish(&batch);
	return (count);
}
