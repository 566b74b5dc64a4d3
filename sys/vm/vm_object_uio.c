/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading and writing objects without mapping them: for file systems whose
 * files are anonymous objects, and for reads of cached file data.
 *
 * A page is wired, not busy, while its bytes move.  The copy may fault on
 * user memory, and that fault may need this very page, when a program reads
 * a file into a mapping of the same file.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/proc.h>
#include <sys/spinlock2.h>
#include <sys/uio.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_pageout.h>
#include <vm/vm_pager.h>

/*
 * The resident, valid page at pindex, wired; NULL if there is none.  Found
 * unbusied, wired under the object's lock, it keeps its identity at least
 * until then, and its frame until unwired.
 */
vm_page_t
vm_object_wire_valid(vm_object_t object, vm_pindex_t pindex, int base,
    int size)
{
	vm_page_t m;

	spin_lock(&object->spin);
	m = vm_radix_lookup(&object->pages, pindex);
	if (m != NULL && vm_page_sbusy_try(m) == 0) {
		bool ok = vm_page_is_valid(m, base, size);

		if (ok)
			vm_page_wire(m);
		vm_page_sbusy_drop(m);
		if (!ok)
			m = NULL;
	} else {
		m = NULL;
	}
	spin_unlock(&object->spin);
	return (m);
}

static int
object_move(vm_page_t m, int base, size_t n, struct uio *uio)
{
	return (uiomove((caddr_t)VM_PAGE_TO_DMAP(m) + base, n, uio));
}

static int
object_read_page(vm_object_t object, vm_pindex_t pindex, int base, size_t n,
    struct uio *uio)
{
	vm_page_t m;
	int error;

	m = vm_object_wire_valid(object, pindex, base, n);
	if (m == NULL) {
		if (!vm_object_has(object, pindex))
			return (uiomovez(n, uio));
		m = vm_page_grab(object, pindex, VM_ALLOC_NORMAL |
		    VM_ALLOC_RETRY);
		if (m->valid != VM_PAGE_BITS_ALL &&
		    vm_pager_has_page(object, pindex)) {
			error = vm_pager_get_page(object, pindex, &m, 1);
			if (error != VM_PAGER_OK) {
				vm_page_free(m);
				return (EIO);
			}
		}
		if (m->valid != VM_PAGE_BITS_ALL)
			vm_page_zero_invalid(m, true);
		vm_page_wire(m);
		vm_page_wakeup(m);
	}
	error = object_move(m, base, n, uio);
	vm_page_unhold(m);
	return (error);
}

static int
object_write_page(vm_object_t object, vm_pindex_t pindex, int base, size_t n,
    struct uio *uio)
{
	vm_page_t m;
	int error;

	/* Of this memory nobody can be relieved by killing a process. */
	if (__predict_false(vm_memory_exhausted()) &&
	    !vm_object_has(object, pindex))
		return (ENOSPC);
	m = vm_page_grab(object, pindex, VM_ALLOC_NORMAL | VM_ALLOC_RETRY);
	if (m->valid != VM_PAGE_BITS_ALL) {
		if (vm_pager_has_page(object, pindex)) {
			error = vm_pager_get_page(object, pindex, &m, 1);
			if (error != VM_PAGER_OK) {
				vm_page_free(m);
				return (EIO);
			}
		}
		/*
		 * Kernel memory cannot fault: bytes that will be overwritten
		 * need not be cleared, and the page may stay busy.
		 */
		if (uio->uio_segflg == UIO_SYSSPACE && n == PAGE_SIZE)
			m->valid = VM_PAGE_BITS_ALL;
		else
			vm_page_zero_invalid(m, true);
	}
	vm_page_dirty(m);
	vm_page_wire(m);
	vm_page_wakeup(m);
	error = object_move(m, base, n, uio);
	vm_page_unhold(m);
	return (error);
}

int
vm_object_uiomove(vm_object_t object, off_t offset, size_t n, struct uio *uio,
    int flags)
{
	vm_pindex_t pindex;
	size_t len;
	int base, error = 0;

	while (n > 0 && error == 0) {
		pindex = offset >> PAGE_SHIFT;
		base = offset & PAGE_MASK;
		len = PAGE_SIZE - base;
		if (len > n)
			len = n;
		if (uio->uio_rw == UIO_READ)
			error = object_read_page(object, pindex, base, len,
			    uio);
		else
			error = object_write_page(object, pindex, base, len,
			    uio);
		offset += len;
		n -= len;
	}
	return (error);
}

int
vm_object_read_cached(vm_object_t object, off_t offset, size_t n,
    struct uio *uio)
{
	vm_page_t m;
	size_t len;
	int base, error = 0;

	while (n > 0 && error == 0) {
		base = offset & PAGE_MASK;
		len = PAGE_SIZE - base;
		if (len > n)
			len = n;
		m = vm_object_wire_valid(object, offset >> PAGE_SHIFT, base,
		    len);
		if (m == NULL)
			break;
		error = object_move(m, base, len, uio);
		vm_page_unhold(m);
		offset += len;
		n -= len;
	}
	return (error);
}

/* Zero [base, base + len) of one page, if there is such a page. */
static void
object_zero_part(vm_object_t object, vm_pindex_t pindex, int base, int len)
{
	vm_page_t m;

	m = vm_page_lookup_busy_wait(object, pindex, true, "vmozp");
	if (m == NULL) {
		if (!vm_object_has(object, pindex))
			return;
		m = vm_page_grab(object, pindex, VM_ALLOC_NORMAL |
		    VM_ALLOC_RETRY);
		if (m->valid != VM_PAGE_BITS_ALL &&
		    vm_pager_get_page(object, pindex, &m, 0) != VM_PAGER_OK) {
			vm_page_free(m);
			return;
		}
	}
	pmap_zero_page_area(m->phys_addr, base, len);
	vm_page_dirty(m);
	vm_page_wakeup(m);
}

void
vm_object_zero_range(vm_object_t object, off_t from, off_t to)
{
	off_t start = (from + PAGE_MASK) & ~(off_t)PAGE_MASK;
	off_t end = to & ~(off_t)PAGE_MASK;

	if (from >= to)
		return;
	if (start > end) {	/* both ends within one page */
		object_zero_part(object, from >> PAGE_SHIFT, from & PAGE_MASK,
		    to - from);
		return;
	}
	if (from < start)
		object_zero_part(object, from >> PAGE_SHIFT, from & PAGE_MASK,
		    start - from);
	if (start < end)
		vm_object_page_remove(object, start >> PAGE_SHIFT,
		    end >> PAGE_SHIFT, FALSE);
	if (end < to)
		object_zero_part(object, end >> PAGE_SHIFT, 0, to - end);
}

void
vm_object_truncate(vm_object_t object, off_t size)
{
	vm_pindex_t npages = (size + PAGE_MASK) >> PAGE_SHIFT;
	vm_pindex_t old = object->size;

	spin_lock(&object->spin);
	object->flags |= OBJ_KEEPSIZE;
	object->size = npages;
	spin_unlock(&object->spin);
	if (npages > old)
		return;
	if (npages < old || object->resident_page_count > 0 ||
	    object->swap_count > 0)
		vm_object_page_remove(object, npages, 0, FALSE);
	if (size & PAGE_MASK)
		object_zero_part(object, size >> PAGE_SHIFT, size & PAGE_MASK,
		    PAGE_SIZE - (size & PAGE_MASK));
}
