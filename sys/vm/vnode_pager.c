/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Pages of files.
 *
 * The object of a vnode is created by the file system and lives until the
 * vnode is reclaimed (vm_object_terminate()).  Its handle is the vnode; each
 * time it goes from no user to one it takes a reference on the vnode, so a
 * mapped file is not recycled.  Pages beyond the end of the file do not
 * exist; the part of the last page beyond it is zero.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/proc.h>
#include <sys/spinlock2.h>
#include <sys/thread2.h>
#include <sys/ucred.h>
#include <sys/vfsops.h>
#include <sys/vmmeter.h>
#include <sys/vnode.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_page2.h>
#include <vm/vm_pager.h>

#define READ_AHEAD	16	/* pages read at once, at most */

vm_object_t
vnode_pager_alloc(void *handle, off_t size, vm_prot_t prot, off_t offset,
    int blksize, int boff)
{
	struct vnode *vp = handle;
	vm_object_t object;

	if ((object = vp->v_object) != NULL) {
		if (vp->v_filesize != size)
			vnode_pager_setsize(vp, size);
		return (object);
	}
	object = vm_object_allocate(OBJT_VNODE,
	    ((vm_pindex_t)size + PAGE_MASK) >> PAGE_SHIFT);
	object->ref_count = 0;
	object->handle = vp;
	object->flags = OBJ_KEEPSIZE;
	object->un_pager.vnp.vnp_size = size;
	vp->v_filesize = size;
	vp->v_object = object;
	return (object);
}

vm_object_t
vnode_pager_reference(struct vnode *vp)
{
	vm_object_t object = vp->v_object;

	if (object == NULL || (object->flags & OBJ_DEAD))
		return (NULL);
	vm_object_reference(object);
	return (object);
}

/* Zero what lies beyond the end of the file in its last page. */
static void
vnode_pager_zero_tail(vm_object_t object, off_t size)
{
	int base = size & PAGE_MASK;
	vm_page_t m;

	if (base == 0)
		return;
	m = vm_page_lookup_busy_wait(object, size >> PAGE_SHIFT, true,
	    "vptail");
	if (m == NULL)
		return;
	if (m->valid != 0) {
		pmap_zero_page_area(m->phys_addr, base, PAGE_SIZE - base);
		/* Blocks wholly beyond the end need never be written. */
		m->dirty &= ~vm_page_bits(roundup2(base, DEV_BSIZE),
		    PAGE_SIZE - roundup2(base, DEV_BSIZE));
	}
	vm_page_wakeup(m);
}

void
vnode_pager_setsize(struct vnode *vp, off_t nsize)
{
	vm_object_t object = vp->v_object;
	vm_pindex_t npages, opages;
	off_t osize;

	if (object == NULL)
		return;
	if (object->type != OBJT_VNODE) {
		vp->v_filesize = nsize;
		vm_object_truncate(object, nsize);
		return;
	}
	npages = (nsize + PAGE_MASK) >> PAGE_SHIFT;
	spin_lock(&object->spin);
	osize = object->un_pager.vnp.vnp_size;
	opages = object->size;
	object->un_pager.vnp.vnp_size = nsize;
	object->size = npages;
	spin_unlock(&object->spin);
	vp->v_filesize = nsize;
	if (nsize >= osize)
		return;
	if (npages < opages)
		vm_object_page_remove(object, npages, 0, FALSE);
	vnode_pager_zero_tail(object, nsize);
}

void
vnode_pager_freepage(vm_page_t m)
{
	vm_page_free(m);
}

/*
 * New pages behind the one wanted, as far as there are none yet, to be read
 * along with it.
 */
static int
vnode_pager_read_ahead(vm_object_t object, vm_pindex_t pindex, vm_page_t *ma)
{
	int n;

	for (n = 1; n < READ_AHEAD && !vm_paging_needed(); ++n) {
		if (pindex + n >= object->size ||
		    vm_page_resident(object, pindex + n))
			break;
		ma[n] = vm_page_alloc(object, pindex + n, VM_ALLOC_NORMAL |
		    VM_ALLOC_NULL_OK);
		if (ma[n] == NULL)
			break;
	}
	return (n);
}

/*
 * The file system makes the first page valid, and the others if it can; it
 * ends the busy state of those, freeing what it did not read.
 */
static int
vnode_pager_getpage(vm_object_t object, vm_pindex_t pindex, vm_page_t *mpp,
    int seqaccess)
{
	struct vnode *vp = object->handle;
	vm_page_t ma[READ_AHEAD], m = *mpp;
	int error, n = 1;

	if ((object->flags & OBJ_DEAD) || pindex >= object->size)
		return (VM_PAGER_BAD);
	vm_object_pip_add(object, 1);
	ma[0] = m;
	if (seqaccess)
		n = vnode_pager_read_ahead(object, pindex, ma);
	error = VOP_GETPAGES(vp, ma, n * PAGE_SIZE, 0,
	    (off_t)pindex << PAGE_SHIFT, seqaccess);
	vm_object_pip_wakeup(object);
	++mycpu->gd_cnt.v_vnodein;
	mycpu->gd_cnt.v_vnodepgsin += n;
	if (error == VM_PAGER_OK && m->valid != VM_PAGE_BITS_ALL)
		vm_page_zero_invalid(m, true);
	return (error);
}

/*
 * The pages are soft-busy and read-only.  They count as clean from before
 * the write on: whoever writes to one meanwhile makes it dirty again.
 */
static void
vnode_pager_putpages(vm_object_t object, vm_page_t *ma, int count, int flags,
    int *rtvals)
{
	struct vnode *vp = object->handle;
	int i, error;

	for (i = 0; i < count; ++i) {
		rtvals[i] = VM_PAGER_ERROR;
		vm_page_undirty(ma[i]);
	}
	vm_object_pip_add(object, 1);
	error = VOP_PUTPAGES(vp, ma, count * PAGE_SIZE, flags, rtvals,
	    (off_t)ma[0]->pindex << PAGE_SHIFT);
	vm_object_pip_wakeup(object);
	for (i = 0; i < count; ++i)
		vm_pager_put_done(ma[i], error == 0 &&
		    (rtvals[i] == VM_PAGER_OK || rtvals[i] == VM_PAGER_PEND ||
		     rtvals[i] == VM_PAGER_BAD));
	++mycpu->gd_cnt.v_vnodeout;
	mycpu->gd_cnt.v_vnodepgsout += count;
}

static boolean_t
vnode_pager_haspage(vm_object_t object, vm_pindex_t pindex)
{
	return (pindex < object->size);
}

struct pagerops vnodepagerops = {
	.pgo_getpage = vnode_pager_getpage,
	.pgo_putpages = vnode_pager_putpages,
	.pgo_haspage = vnode_pager_haspage,
};

/*
 * Read into one page at a time by VOP_READ.  For file systems whose reads do
 * not go through pages of the object themselves.
 */
int
vnode_pager_generic_getpages(struct vnode *vp, vm_page_t *ma, int bytecount,
    int reqpage, int seqaccess)
{
	int i, error, resid, count = bytecount / PAGE_SIZE;
	vm_page_t m = ma[reqpage];

	for (i = 0; i < count; ++i)
		if (i != reqpage)
			vm_page_free(ma[i]);
	error = vn_rdwr(UIO_READ, vp, (caddr_t)VM_PAGE_TO_DMAP(m), PAGE_SIZE,
	    (off_t)m->pindex << PAGE_SHIFT, UIO_SYSSPACE,
	    IO_VMIO | IO_NODELOCKED, proc0.p_ucred, &resid);
	if (error != 0)
		return (VM_PAGER_ERROR);
	if (resid == PAGE_SIZE)
		return (VM_PAGER_BAD);
	if (resid != 0)
		pmap_zero_page_area(m->phys_addr, PAGE_SIZE - resid, resid);
	m->valid = VM_PAGE_BITS_ALL;
	return (VM_PAGER_OK);
}

/* Write each page, up to the end of the file, by VOP_WRITE. */
int
vnode_pager_generic_putpages(struct vnode *vp, vm_page_t *ma, int bytecount,
    int flags, int *rtvals)
{
	int i, error, count = bytecount / PAGE_SIZE;
	off_t off;
	int len;

	for (i = 0; i < count; ++i) {
		off = (off_t)ma[i]->pindex << PAGE_SHIFT;
		if (off >= vp->v_filesize) {
			rtvals[i] = VM_PAGER_BAD;
			continue;
		}
		len = PAGE_SIZE;
		if (off + len > vp->v_filesize)
			len = vp->v_filesize - off;
		error = vn_rdwr(UIO_WRITE, vp, (caddr_t)VM_PAGE_TO_DMAP(ma[i]),
		    len, off, UIO_SYSSPACE, IO_VMIO |
		    ((flags & VM_PAGER_PUT_SYNC) ? IO_SYNC : IO_ASYNC),
		    proc0.p_ucred, NULL);
		rtvals[i] = error ? VM_PAGER_ERROR : VM_PAGER_OK;
	}
	return (0);
}
