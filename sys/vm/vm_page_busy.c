/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The state of single pages: busy, valid, dirty.
 *
 * busy_count holds the exclusive bit, the number of soft holders and a bit
 * that says somebody sleeps.  Whoever finds the exclusive bit set sets the
 * wanted bit, sleeps on the page and looks the page up again.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/proc.h>
#include <sys/kernel.h>
#include <sys/spinlock2.h>
#include <sys/thread2.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/swap_pager.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_page_queue.h>
#include <machine/atomic.h>

/* --- busy ---------------------------------------------------------------- */

bool
vm_page_busy_try(vm_page_t m, bool also_soft)
{
	u_int v;

	for (;;) {
		v = m->busy_count;
		if ((v & PBUSY_LOCKED) || (also_soft && (v & PBUSY_MASK)))
			return (true);
		if (atomic_cmpset_int(&m->busy_count, v, v | PBUSY_LOCKED))
			return (false);
	}
}

void
vm_page_sleep_busy(vm_page_t m, const char *wmesg)
{
	u_int v;

	tsleep_interlock(m, 0);
	for (;;) {
		v = m->busy_count;
		if ((v & (PBUSY_LOCKED | PBUSY_MASK)) == 0)
			return;
		if (atomic_cmpset_int(&m->busy_count, v, v | PBUSY_WANTED))
			break;
	}
	tsleep(m, PINTERLOCKED, wmesg, hz);
}

/*
 * Looked up again here, because the caller has let go of everything that
 * kept the page in its object.
 */
void
vm_page_sleep_index(vm_object_t object, vm_pindex_t pindex, const char *wmesg)
{
	vm_page_t m;

	spin_lock(&object->spin);
	m = vm_radix_lookup(&object->pages, pindex);
	spin_unlock(&object->spin);
	if (m != NULL)
		vm_page_sleep_busy(m, wmesg);
}

void
vm_page_busy_wait(vm_page_t m, bool also_soft, const char *wmesg)
{
	while (vm_page_busy_try(m, also_soft))
		vm_page_sleep_busy(m, wmesg);
}

void
vm_page_wakeup(vm_page_t m)
{
	u_int v;

	KASSERT(m->busy_count & PBUSY_LOCKED,
	    ("vm_page_wakeup: page %p is not busy", m));
	do {
		v = m->busy_count;
	} while (!atomic_cmpset_int(&m->busy_count, v,
	    v & ~(PBUSY_LOCKED | PBUSY_WANTED)));
	if (v & PBUSY_WANTED)
		wakeup(m);
}

bool
vm_page_sbusy_try(vm_page_t m)
{
	u_int v;

	for (;;) {
		v = m->busy_count;
		if (v & PBUSY_LOCKED)
			return (true);
		if (atomic_cmpset_int(&m->busy_count, v, v + 1))
			return (false);
	}
}

void
vm_page_sbusy_drop(vm_page_t m)
{
	u_int v, n;

	do {
		v = m->busy_count;
		KASSERT(v & PBUSY_MASK,
		    ("vm_page_sbusy_drop: page %p is not soft busy", m));
		n = v - 1;
		if ((n & PBUSY_MASK) == 0)
			n &= ~PBUSY_WANTED;
	} while (!atomic_cmpset_int(&m->busy_count, v, n));
	if ((v & ~n) & PBUSY_WANTED)
		wakeup(m);
}

void
vm_page_busy_to_soft(vm_page_t m)
{
	u_int v;

	do {
		v = m->busy_count;
	} while (!atomic_cmpset_int(&m->busy_count, v,
	    (v & ~(PBUSY_LOCKED | PBUSY_WANTED)) + 1));
	if (v & PBUSY_WANTED)
		wakeup(m);
}

bool
vm_page_soft_to_busy(vm_page_t m)
{
	u_int v;

	do {
		v = m->busy_count;
		if ((v & PBUSY_LOCKED) || (v & PBUSY_MASK) != 1)
			return (false);
	} while (!atomic_cmpset_int(&m->busy_count, v,
	    (v & PBUSY_WANTED) | PBUSY_LOCKED));
	return (true);
}

void
vm_page_flag_set(vm_page_t m, u_int bits)
{
	if ((m->flags & bits) != bits)
		atomic_set_int(&m->flags, bits);
}

void
vm_page_flag_clear(vm_page_t m, u_int bits)
{
	if (m->flags & bits)
		atomic_clear_int(&m->flags, bits);
}

/* --- contents ------------------------------------------------------------ */

/* The bits of the 512-byte blocks that [base, base + size) touches. */
int
vm_page_bits(int base, int size)
{
	int first, last;

	if (size == 0)
		return (0);
	first = base >> DEV_BSHIFT;
	last = (base + size - 1) >> DEV_BSHIFT;
	return ((2 << last) - (1 << first));
}

/* The bits of the blocks that lie wholly in it. */
static int
page_bits_inside(int base, int size)
{
	int first = (base + DEV_BSIZE - 1) >> DEV_BSHIFT;
	int end = (base + size) >> DEV_BSHIFT;

	return (end > first ? (1 << end) - (1 << first) : 0);
}

/*
 * Zero what of the blocks at both ends of [base, base + size) lies outside
 * and is not valid yet, so that the blocks may be declared valid as a whole.
 */
static void
page_zero_ends(vm_page_t m, int base, int size)
{
	int start = base & ~(DEV_BSIZE - 1);
	int end = base + size;
	int round = (end + DEV_BSIZE - 1) & ~(DEV_BSIZE - 1);

	if (start != base && (m->valid & (1 << (base >> DEV_BSHIFT))) == 0)
		pmap_zero_page_area(m->phys_addr, start, base - start);
	if (round != end && (m->valid & (1 << (end >> DEV_BSHIFT))) == 0)
		pmap_zero_page_area(m->phys_addr, end, round - end);
}

void
vm_page_set_valid(vm_page_t m, int base, int size)
{
	if (size == 0)
		return;
	page_zero_ends(m, base, size);
	m->valid |= vm_page_bits(base, size);
}

void
vm_page_set_validclean(vm_page_t m, int base, int size)
{
	if (size == 0)
		return;
	vm_page_set_valid(m, base, size);
	m->dirty &= ~page_bits_inside(base, size);
}

void
vm_page_set_validdirty(vm_page_t m, int base, int size)
{
	if (size == 0)
		return;
	vm_page_set_valid(m, base, size);
	if (m->flags & PG_SWAPPED)
		swap_pager_unswapped(m);
	m->dirty |= vm_page_bits(base, size);
	if (m->object != NULL)
		m->object->flags |= OBJ_MIGHTBEDIRTY;
}

void
vm_page_set_invalid(vm_page_t m, int base, int size)
{
	int bits = vm_page_bits(base, size);

	m->valid &= ~bits;
	m->dirty &= ~bits;
}

void
vm_page_clear_dirty(vm_page_t m, int base, int size)
{
	m->dirty &= ~page_bits_inside(base, size);
}

void
vm_page_zero_invalid(vm_page_t m, bool setvalid)
{
	int i, b;

	for (i = 0; i < PAGE_SIZE / DEV_BSIZE; i = b) {
		b = i + 1;
		if (m->valid & (1 << i))
			continue;
		while (b < PAGE_SIZE / DEV_BSIZE && !(m->valid & (1 << b)))
			++b;
		pmap_zero_page_area(m->phys_addr, i << DEV_BSHIFT,
		    (b - i) << DEV_BSHIFT);
	}
	if (setvalid)
		m->valid = VM_PAGE_BITS_ALL;
}

bool
vm_page_is_valid(vm_page_t m, int base, int size)
{
	int bits = vm_page_bits(base, size);

	return (m->valid != 0 && (m->valid & bits) == bits);
}

void
vm_page_dirty(vm_page_t m)
{
	vm_object_t object = m->object;

	if (m->flags & PG_SWAPPED)
		swap_pager_unswapped(m);
	m->dirty = VM_PAGE_BITS_ALL;
	if (object != NULL && object->type == OBJT_VNODE &&
	    (object->flags & OBJ_MIGHTBEDIRTY) == 0)
		atomic_set_short(&object->flags, OBJ_MIGHTBEDIRTY);
}

void
vm_page_undirty(vm_page_t m)
{
	m->dirty = 0;
}
