/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Dispatch to the pagers, and the pagers that need no storage: anonymous
 * memory, wired physical memory, and the dead.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_pager.h>

struct pagerops *pagertab[] = {
	[OBJT_DEFAULT] = &defaultpagerops,
	[OBJT_SWAP] = &swappagerops,
	[OBJT_VNODE] = &vnodepagerops,
	[OBJT_DEVICE] = &devicepagerops,
	[OBJT_MGTDEVICE] = &devicepagerops,
	[OBJT_PHYS] = &physpagerops,
	[OBJT_DEAD] = &deadpagerops,
};

int
vm_pager_get_page(vm_object_t object, vm_pindex_t pindex, vm_page_t *mpp,
    int seqaccess)
{
	return (pagertab[object->type]->pgo_getpage(object, pindex, mpp,
	    seqaccess));
}

void
vm_pager_put_pages(vm_object_t object, vm_page_t *ma, int count, int flags,
    int *rtvals)
{
	pagertab[object->type]->pgo_putpages(object, ma, count, flags, rtvals);
}

boolean_t
vm_pager_has_page(vm_object_t object, vm_pindex_t pindex)
{
	return (pagertab[object->type]->pgo_haspage(object, pindex));
}

/*
 * The page was made read-only before the write began, so a write to it since
 * then has set dirty again by way of a fault: clearing happens before the
 * data is fetched, by the caller of the pager; here a failure restores it.
 */
void
vm_pager_put_done(vm_page_t m, bool written)
{
	if (!written)
		vm_page_dirty(m);
	vm_page_sbusy_drop(m);
}

/* --- anonymous memory ---------------------------------------------------- */

vm_object_t
default_pager_alloc(void *handle, off_t size, vm_prot_t prot, off_t offset)
{
	return (vm_object_allocate(OBJT_DEFAULT,
	    (size + PAGE_MASK) >> PAGE_SHIFT));
}

/* What is not resident has never been written: zeros. */
static int
default_pager_getpage(vm_object_t object, vm_pindex_t pindex, vm_page_t *mpp,
    int seqaccess)
{
	vm_page_zero_invalid(*mpp, true);
	return (VM_PAGER_OK);
}

/* Anonymous memory is written out by the swap daemon, nobody else. */
void
default_pager_putpages(vm_object_t object, vm_page_t *ma, int count, int flags,
    int *rtvals)
{
	int i;

	for (i = 0; i < count; ++i) {
		rtvals[i] = VM_PAGER_AGAIN;
		vm_pager_put_done(ma[i], false);
	}
}

static boolean_t
default_pager_haspage(vm_object_t object, vm_pindex_t pindex)
{
	return (FALSE);
}

struct pagerops defaultpagerops = {
	.pgo_getpage = default_pager_getpage,
	.pgo_putpages = default_pager_putpages,
	.pgo_haspage = default_pager_haspage,
};

/* --- wired physical memory ----------------------------------------------- */

vm_object_t
phys_pager_alloc(void *handle, off_t size, vm_prot_t prot, off_t offset)
{
	vm_object_t object;

	object = vm_object_allocate(OBJT_PHYS,
	    (size + PAGE_MASK) >> PAGE_SHIFT);
	object->flags = OBJ_UNMANAGED | OBJ_KEEPSIZE;
	object->handle = handle;
	return (object);
}

static boolean_t
phys_pager_haspage(vm_object_t object, vm_pindex_t pindex)
{
	return (pindex < object->size);
}

struct pagerops physpagerops = {
	.pgo_getpage = default_pager_getpage,
	.pgo_putpages = default_pager_putpages,
	.pgo_haspage = phys_pager_haspage,
};

/* --- the dead ------------------------------------------------------------ */

static int
dead_pager_getpage(vm_object_t object, vm_pindex_t pindex, vm_page_t *mpp,
    int seqaccess)
{
	return (VM_PAGER_FAIL);
}

struct pagerops deadpagerops = {
	.pgo_getpage = dead_pager_getpage,
	.pgo_putpages = default_pager_putpages,
	.pgo_haspage = default_pager_haspage,
};
