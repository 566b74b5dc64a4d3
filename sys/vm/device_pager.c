/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Mappings of character devices.
 *
 * A device's object has no pages.  A fault asks the driver, by d_mmap, for
 * the physical page behind an offset and enters it into the page tables;
 * un_pager.devp.fault is that question.  When the address happens to be
 * ordinary memory (/dev/mem, kernel buffers) the driver sees to it that the
 * memory stays.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/conf.h>
#include <sys/device.h>
#include <sys/kernel.h>
#include <sys/mman.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_pager.h>

static int
dev_pager_fault(vm_object_t object, vm_ooffset_t offset, int prot,
    vm_paddr_t *pap)
{
	int64_t page;

	page = dev_dmmap(object->handle, offset, prot, NULL);
	if (page < 0)
		return (EINVAL);
	*pap = (vm_paddr_t)page << PAGE_SHIFT;
	return (0);
}

static void
dev_pager_dtor(vm_object_t object)
{
	release_dev(object->handle);
}

/*
 * Every page must be mappable from the start; a driver may still refuse at
 * the time of the fault.
 */
vm_object_t
dev_pager_alloc(void *handle, off_t size, vm_prot_t prot, off_t offset)
{
	cdev_t dev = handle;
	vm_object_t object;
	off_t off;
	int nprot = 0;

	if (prot & VM_PROT_READ)
		nprot |= PROT_READ;
	if (prot & VM_PROT_WRITE)
		nprot |= PROT_WRITE;
	if (prot & VM_PROT_EXECUTE)
		nprot |= PROT_EXEC;
	for (off = offset; off < offset + size; off += PAGE_SIZE)
		if (dev_dmmap(dev, off, nprot, NULL) < 0)
			return (NULL);
	object = vm_object_allocate(OBJT_DEVICE,
	    (offset + size + PAGE_MASK) >> PAGE_SHIFT);
	object->handle = dev;
	object->flags = OBJ_NOSPLIT | OBJ_UNMANAGED;
	object->memattr = VM_MEMATTR_UNCACHEABLE;
	object->un_pager.devp.fault = dev_pager_fault;
	reference_dev(dev);
	return (object);
}

/* A driver that resolves faults itself. */
static int
cdev_pager_fault(vm_object_t object, vm_ooffset_t offset, int prot,
    vm_paddr_t *pap)
{
	struct cdev_pager_ops *ops = object->un_pager.devp.arg;

	return (ops->cdev_pg_fault(object, offset, prot, pap));
}

vm_object_t
cdev_pager_allocate(void *handle, objtype_t type, struct cdev_pager_ops *ops,
    vm_ooffset_t size, vm_prot_t prot, vm_ooffset_t foff, struct ucred *cred)
{
	vm_object_t object;
	u_short color;

	if (ops->cdev_pg_ctor != NULL &&
	    ops->cdev_pg_ctor(handle, size, prot, foff, cred, &color) != 0)
		return (NULL);
	object = vm_object_allocate(OBJT_MGTDEVICE,
	    (foff + size + PAGE_MASK) >> PAGE_SHIFT);
	object->handle = handle;
	object->flags = OBJ_NOSPLIT | OBJ_UNMANAGED;
	object->un_pager.devp.fault = cdev_pager_fault;
	object->un_pager.devp.arg = ops;
	return (object);
}

static void
dev_pager_dealloc(vm_object_t object)
{
	struct cdev_pager_ops *ops = object->un_pager.devp.arg;

	if (object->type == OBJT_DEVICE)
		dev_pager_dtor(object);
	else if (ops->cdev_pg_dtor != NULL)
		ops->cdev_pg_dtor(object->handle);
}

static int
dev_pager_getpage(vm_object_t object, vm_pindex_t pindex, vm_page_t *mpp,
    int seqaccess)
{
	return (VM_PAGER_BAD);
}

static void
dev_pager_putpages(vm_object_t object, vm_page_t *ma, int count, int flags,
    int *rtvals)
{
	panic("device object %p has pages", object);
}

static boolean_t
dev_pager_haspage(vm_object_t object, vm_pindex_t pindex)
{
	return (FALSE);
}

struct pagerops devicepagerops = {
	.pgo_dealloc = dev_pager_dealloc,
	.pgo_getpage = dev_pager_getpage,
	.pgo_putpages = dev_pager_putpages,
	.pgo_haspage = dev_pager_haspage,
};
