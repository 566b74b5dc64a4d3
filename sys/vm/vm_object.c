/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Life of memory objects, and operations on ranges of their pages.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/spinlock2.h>
#include <sys/thread2.h>
#include <sys/vnode.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/swap_pager.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_page_queue.h>
#include <vm/vm_pager.h>
#include <machine/atomic.h>

MALLOC_DEFINE(M_VMOBJECT, "vmobject", "memory objects");
MALLOC_DECLARE(M_VMRADIX);

#define FREE_BATCH	32	/* pages freed at a time */
#define CLEAN_CLUSTER	16	/* pages written at a time */

/* --- anonymous objects, for the swap daemon ------------------------------ */

static struct vm_object_bucket {
	struct spinlock	spin;
	TAILQ_HEAD(, vm_object) list;	/* (l) */
	long		count;		/* (l) */
} __aligned(64) buckets[VM_OBJECT_BUCKETS];

static void
buckets_init(void *arg)
{
	int i;

	for (i = 0; i < VM_OBJECT_BUCKETS; ++i) {
		spin_init(&buckets[i].spin, "vmobjs");
		TAILQ_INIT(&buckets[i].list);
	}
}
SYSINIT(vmobject, SI_SUB_VM_CONF, SI_ORDER_FIRST, buckets_init, NULL);

static struct vm_object_bucket *
bucket_of(vm_object_t object)
{
	return (&buckets[((uintptr_t)object >> 8) *
	    0x9e3779b97f4a7c15UL >> 58]);
}

static void
bucket_insert(vm_object_t object)
{
	struct vm_object_bucket *b = bucket_of(object);

	spin_lock(&b->spin);
	TAILQ_INSERT_TAIL(&b->list, object, bucket_link);
	++b->count;
	spin_unlock(&b->spin);
}

static void
bucket_remove(vm_object_t object)
{
	struct vm_object_bucket *b = bucket_of(object);

	spin_lock(&b->spin);
	TAILQ_REMOVE(&b->list, object, bucket_link);
	--b->count;
	spin_unlock(&b->spin);
}

long
vm_object_bucket_count(int bucket)
{
	return (buckets[bucket].count);
}

vm_object_t
vm_object_bucket_next(int bucket)
{
	struct vm_object_bucket *b = &buckets[bucket];
	vm_object_t object;

	spin_lock(&b->spin);
	object = TAILQ_FIRST(&b->list);
	if (object != NULL)
		vm_object_hold_count(object);
	spin_unlock(&b->spin);
	return (object);
}

void
vm_object_bucket_rotate(int bucket, vm_object_t object)
{
	struct vm_object_bucket *b = &buckets[bucket];

	spin_lock(&b->spin);
	if (TAILQ_FIRST(&b->list) == object) {
		TAILQ_REMOVE(&b->list, object, bucket_link);
		TAILQ_INSERT_TAIL(&b->list, object, bucket_link);
	}
	spin_unlock(&b->spin);
}

/* A reference on an object that is not ending. */
static bool
object_reference_try(vm_object_t object)
{
	int n;

	while ((n = object->ref_count) > 0)
		if (atomic_cmpset_int((u_int *)&object->ref_count, n, n + 1))
			return (true);
	return (false);
}

int
vm_object_scan_anon(int (*fn)(vm_object_t, void *), void *arg)
{
	vm_object_t object;
	int b, error = 0;
	long n;

	for (b = 0; b < VM_OBJECT_BUCKETS; ++b) {
		n = vm_object_bucket_count(b);
		while (n-- > 0 && error == 0) {
			object = vm_object_bucket_next(b);
			if (object == NULL)
				break;
			if (object_reference_try(object)) {
				error = fn(object, arg);
				vm_object_bucket_rotate(b, object);
				vm_object_deallocate(object);
			} else {
				vm_object_bucket_rotate(b, object);
			}
			vm_object_drop_count(object);
		}
	}
	return (error);
}

/* --- life ---------------------------------------------------------------- */

vm_object_t
vm_object_allocate(objtype_t type, vm_pindex_t size)
{
	vm_object_t object;

	object = kmalloc(sizeof(*object), M_VMOBJECT, M_WAITOK);
	spin_init(&object->spin, "vmobj");
	object->pages.rt_root = 0;
	TAILQ_INIT(&object->backing_list);
	lwkt_token_init(&object->token, "vmobj");
	object->type = type;
	object->memattr = VM_MEMATTR_DEFAULT;
	object->flags = 0;
	object->ref_count = 1;
	object->hold_count = 1;
	object->backing_count = 0;
	object->paging_in_progress = 0;
	object->resident_page_count = 0;
	object->size = size;
	object->handle = NULL;
	object->domain = -1;
	object->un_pager.devp.fault = NULL;
	object->un_pager.devp.arg = NULL;
	RB_INIT(&object->swblocks);
	object->swap_count = 0;
	object->swap_hand = 0;
	if (VM_OBJECT_ANON(object))
		bucket_insert(object);
	return (object);
}

static void
object_unhold(vm_object_t object)
{
	if (atomic_fetchadd_int((u_int *)&object->hold_count, -1) != 1)
		return;
	KASSERT(object->ref_count == 0 && object->pages.rt_root == 0 &&
	    object->swap_count == 0,
	    ("object %p freed in use", object));
	spin_uninit(&object->spin);
	kfree(object, M_VMOBJECT);
}

/*
 * A file's object keeps a reference on the vnode while it has users of its
 * own, beyond the vnode's.
 */
void
vm_object_reference(vm_object_t object)
{
	if (atomic_fetchadd_int((u_int *)&object->ref_count, 1) == 0 &&
	    object->type == OBJT_VNODE)
		vref(object->handle);
}

void
vm_object_deallocate(vm_object_t object)
{
	struct vnode *vp;

	if (object == NULL)
		return;
	if (object->type == OBJT_VNODE) {
		vp = object->handle;
		if (atomic_fetchadd_int((u_int *)&object->ref_count, -1) == 1)
			vrele(vp);
		return;
	}
	if (object->type == OBJT_DEAD) {
		/* A revoked file: the vnode has let go of it. */
		vp = object->handle;
		if (atomic_fetchadd_int((u_int *)&object->ref_count, -1) == 1) {
			object_unhold(object);
			if (vp != NULL)
				vrele(vp);
		}
		return;
	}
	if (atomic_fetchadd_int((u_int *)&object->ref_count, -1) == 1)
		vm_object_terminate(object);
}

/*
 * Take up to FREE_BATCH pages from *pindexp on, below end, out of the object,
 * busy, under one hold of the lock.  Returns how many; 0 and a page in *busyp
 * when the first one is busy.
 */
static int
object_take_pages(vm_object_t object, vm_pindex_t *pindexp, vm_pindex_t end,
    vm_page_t *ma, vm_page_t *busyp)
{
	struct vm_radix_node *node, *nodes = NULL;
	vm_page_t m;
	int n = 0;

	*busyp = NULL;
	spin_lock(&object->spin);
	while (n < FREE_BATCH) {
		m = vm_radix_lookup_ge(&object->pages, *pindexp);
		if (m == NULL || (end != 0 && m->pindex >= end))
			break;
		if (vm_page_busy_try(m, true)) {
			*busyp = m;
			break;
		}
		*pindexp = m->pindex + 1;
		node = vm_radix_remove(&object->pages, m->pindex);
		if (node != NULL) {
			node->rn_child[0] = (uintptr_t)nodes;
			nodes = node;
		}
		m->object = NULL;
		ma[n++] = m;
	}
	object->resident_page_count -= n;
	vm_page_count_anon(object, -(long)n);
	spin_unlock(&object->spin);
	while ((node = nodes) != NULL) {
		nodes = (struct vm_radix_node *)node->rn_child[0];
		kfree(node, M_VMRADIX);
	}
	return (n);
}

/*
 * Free pages that are mapped nowhere: nobody need be looked for, and only
 * the pageout daemon may have one busy.
 */
void
vm_object_free_unmapped(vm_object_t object, vm_pindex_t start,
    vm_pindex_t end)
{
	vm_page_t ma[FREE_BATCH], busy;
	vm_pindex_t pindex = start;
	int i, n;

	while (object->pages.rt_root != 0) {
		n = object_take_pages(object, &pindex, end, ma, &busy);
		for (i = 0; i < n; ++i)
			vm_page_free(ma[i]);
		if (busy != NULL && n == 0)
			vm_page_sleep_index(object, busy->pindex, "vmterm");
		else if (n < FREE_BATCH && busy == NULL)
			break;
	}
	if (object->swap_count != 0)
		swap_pager_freespace(object, start, end);
}

/* All pages at the end of an object; a revoked file may still be mapped. */
static void
object_free_pages(vm_object_t object)
{
	if (object->backing_count == 0)
		vm_object_free_unmapped(object, 0, 0);
	else
		vm_object_page_remove(object, 0, 0, FALSE);
}

void
vm_object_terminate(vm_object_t object)
{
	objtype_t type;

	atomic_set_short(&object->flags, OBJ_DEAD);
	if (VM_OBJECT_ANON(object))
		bucket_remove(object);
	if (object->paging_in_progress)
		vm_object_pip_wait(object, "vmotrm");
	object_free_pages(object);
	/* Not before: pages on their way out make it OBJT_SWAP. */
	type = object->type;
	if (pagertab[type]->pgo_dealloc != NULL)
		pagertab[type]->pgo_dealloc(object);
	if (type == OBJT_VNODE) {
		/*
		 * Mappings may remain after a forced unmount; they have
		 * their reference on the vnode, and fault from now on.
		 */
		spin_lock(&object->spin);
		object->type = OBJT_DEAD;
		spin_unlock(&object->spin);
		if (object->ref_count != 0)
			return;
	}
	object->type = OBJT_DEAD;
	object_unhold(object);
}

void
vm_object_hold_count(vm_object_t object)
{
	atomic_add_int((u_int *)&object->hold_count, 1);
}

void
vm_object_drop_count(vm_object_t object)
{
	object_unhold(object);
}

void
vm_object_hold(vm_object_t object)
{
	atomic_add_int((u_int *)&object->hold_count, 1);
	lwkt_gettoken(&object->token);
}

void
vm_object_hold_shared(vm_object_t object)
{
	atomic_add_int((u_int *)&object->hold_count, 1);
	lwkt_gettoken_shared(&object->token);
}

void
vm_object_drop(vm_object_t object)
{
	lwkt_reltoken(&object->token);
	object_unhold(object);
}

/* --- paging in progress -------------------------------------------------- */

#define PIP_WANTED	0x80000000U

void
vm_object_pip_add(vm_object_t object, u_int n)
{
	atomic_add_int(&object->paging_in_progress, n);
}

void
vm_object_pip_wakeupn(vm_object_t object, u_int n)
{
	u_int v, nv;

	do {
		v = object->paging_in_progress;
		nv = v - n;
		if ((nv & ~PIP_WANTED) == 0)
			nv = 0;
	} while (!atomic_cmpset_int(&object->paging_in_progress, v, nv));
	if (nv == 0 && (v & PIP_WANTED))
		wakeup(&object->paging_in_progress);
}

void
vm_object_pip_wakeup(vm_object_t object)
{
	vm_object_pip_wakeupn(object, 1);
}

void
vm_object_pip_wait(vm_object_t object, const char *wmesg)
{
	u_int v;

	for (;;) {
		tsleep_interlock(&object->paging_in_progress, 0);
		v = object->paging_in_progress;
		if ((v & ~PIP_WANTED) == 0)
			return;
		if (atomic_cmpset_int(&object->paging_in_progress, v,
		    v | PIP_WANTED))
			tsleep(&object->paging_in_progress, PINTERLOCKED,
			    wmesg, hz);
	}
}

/* --- pages --------------------------------------------------------------- */

bool
vm_object_has(vm_object_t object, vm_pindex_t pindex)
{
	bool has;

	spin_lock(&object->spin);
	has = vm_radix_lookup(&object->pages, pindex) != NULL ||
	    (object->swap_count != 0 && VM_OBJECT_ANON(object) &&
	    swap_meta_get(object, pindex) != SWAPBLK_NONE);
	spin_unlock(&object->spin);
	return (has);
}

bool
vm_object_has_any(vm_object_t object, vm_pindex_t start, vm_pindex_t end)
{
	vm_pindex_t pindex = start;
	vm_page_t m;
	bool has;

	spin_lock(&object->spin);
	m = vm_radix_lookup_ge(&object->pages, start);
	has = (m != NULL && m->pindex < end) ||
	    swap_meta_next(object, &pindex, end, -1);
	spin_unlock(&object->spin);
	return (has);
}

vm_page_t
vm_object_next_page(vm_object_t object, vm_pindex_t *pindexp, vm_pindex_t end,
    const char *wmesg)
{
	vm_page_t m;

	for (;;) {
		spin_lock(&object->spin);
		m = vm_radix_lookup_ge(&object->pages, *pindexp);
		if (m == NULL || (end != 0 && m->pindex >= end)) {
			spin_unlock(&object->spin);
			return (NULL);
		}
		if (!vm_page_busy_try(m, true)) {
			*pindexp = m->pindex;
			spin_unlock(&object->spin);
			return (m);
		}
		spin_unlock(&object->spin);
		vm_page_sleep_busy(m, wmesg);
	}
}

void
vm_object_page_remove(vm_object_t object, vm_pindex_t start, vm_pindex_t end,
    boolean_t clean_only)
{
	vm_pindex_t pindex = start;
	vm_page_t m;

	while (object->pages.rt_root != 0 &&
	    (m = vm_object_next_page(object, &pindex, end, "vmopar")) !=
	    NULL) {
		++pindex;
		if (clean_only && (m->dirty & m->valid)) {
			vm_page_wakeup(m);
		} else {
			vm_page_protect(m, VM_PROT_NONE);
			vm_page_free(m);
		}
		if (pindex == 0)
			break;
	}
	/* Last: what was being written out is there by now. */
	if (object->swap_count != 0 && !clean_only)
		swap_pager_freespace(object, start, end);
}

/*
 * Collect dirty pages from first on, at most CLEAN_CLUSTER adjacent ones,
 * made read-only and soft-busy.
 */
static int
object_collect_dirty(vm_object_t object, vm_page_t first, vm_pindex_t end,
    vm_page_t *ma)
{
	vm_pindex_t pindex = first->pindex;
	vm_page_t m = first;
	bool busy;
	int n = 0;

	for (;;) {
		vm_page_protect(m, VM_PROT_READ);
		vm_page_busy_to_soft(m);
		ma[n++] = m;
		++pindex;
		if (n == CLEAN_CLUSTER || (end != 0 && pindex >= end))
			break;
		m = vm_page_lookup_busy_try(object, pindex, true, &busy);
		if (m == NULL)
			break;
		if (m->dirty == 0) {
			vm_page_wakeup(m);
			break;
		}
	}
	return (n);
}

void
vm_object_page_clean(vm_object_t object, vm_pindex_t start, vm_pindex_t end,
    int flags)
{
	vm_page_t ma[CLEAN_CLUSTER], m;
	int rtvals[CLEAN_CLUSTER];
	vm_pindex_t pindex = start;
	int n, pflags;

	if (object->type != OBJT_VNODE ||
	    (object->flags & OBJ_MIGHTBEDIRTY) == 0)
		return;
	if (start == 0 && end == 0)
		atomic_clear_short(&object->flags, OBJ_MIGHTBEDIRTY);
	pflags = (flags & OBJPC_SYNC) ? VM_PAGER_PUT_SYNC : 0;
	while ((m = vm_object_next_page(object, &pindex, end, "vmopcl")) !=
	    NULL) {
		if (m->dirty == 0 || m->valid == 0 ||
		    ((flags & OBJPC_NOSYNC) && (m->flags & PG_NOSYNC))) {
			if (m->dirty)
				atomic_set_short(&object->flags,
				    OBJ_MIGHTBEDIRTY);
			vm_page_wakeup(m);
			++pindex;
			continue;
		}
		n = object_collect_dirty(object, m, end, ma);
		pindex += n;
		vm_pager_put_pages(object, ma, n, pflags, rtvals);
		if (rtvals[0] != VM_PAGER_OK && rtvals[0] != VM_PAGER_PEND)
			atomic_set_short(&object->flags, OBJ_MIGHTBEDIRTY);
	}
}
