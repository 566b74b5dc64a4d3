/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Transfers between pages and swap.
 *
 * Everything a transfer needs is set aside at the first swapon: requests, of
 * which writes and reads have their own, and addresses to map the pages at.
 * So writing needs no memory but that for the places (swap_pager.c), which
 * has its own reserve, and reading none but the page itself.
 *
 * A read waits and takes neighbours along that lie next to the page both in
 * the object and on the device.  A write ends in the driver's context, where
 * the pages are freed unless somebody wanted them meanwhile.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/buf.h>
#include <sys/buf2.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/globaldata.h>
#include <sys/spinlock2.h>
#include <sys/sysctl.h>
#include <sys/vmmeter.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/swap_blist.h>
#include <vm/swap_pager.h>
#include <vm/vm_kern.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_page2.h>
#include <vm/vm_pager.h>
#include <machine/atomic.h>

#define NREAD		32	/* reads at once */
#define NWRITE		32	/* writes at once, at most */
#define PATIENCE	20	/* seconds until a stuck read is reported */

/* (o) whoever has taken it from the list */
struct swap_request {
	struct buf	buf;		/* (o) its b_xio lists the pages */
	struct swap_request *next;	/* (q) */
	vm_object_t	object;		/* (o) held */
	swblk_t		blk;		/* (o) */
	char		*kva;		/* (I) room for a cluster */
};

struct swap_queue {
	struct spinlock	spin;
	struct swap_request *first;	/* (q) spin */
	int		taken;		/* (q) */
};

static struct swap_queue readq, writeq;
static MALLOC_DEFINE(M_SWAPIO, "swapio", "swap transfers");

int swap_io_writing;
u_long swap_freed;

static int swap_async_max = 4;
SYSCTL_INT(_vm, OID_AUTO, swap_async_max, CTLFLAG_RW, &swap_async_max, 0,
    "Most writes to swap at once");

static void
queue_fill(struct swap_queue *q, int n)
{
	struct swap_request *r;

	spin_init(&q->spin, "swapio");
	while (n-- > 0) {
		r = kmalloc(sizeof(*r), M_SWAPIO, M_WAITOK | M_ZERO);
		BUF_LOCKINIT(&r->buf);
		r->kva = (char *)kmem_alloc_nofault(&kernel_map,
		    SWAP_CLUSTER * PAGE_SIZE, VM_SUBSYS_BUFDATA, PAGE_SIZE);
		r->next = q->first;
		q->first = r;
	}
}

void
swap_io_init(void)
{
	if (readq.first != NULL || readq.taken != 0)
		return;
	queue_fill(&readq, NREAD);
	queue_fill(&writeq, NWRITE);
}

/* Sleeps until there is a free one and fewer than max are in use. */
static struct swap_request *
request_get(struct swap_queue *q, int max)
{
	struct swap_request *r;

	spin_lock(&q->spin);
	while ((r = q->first) == NULL || q->taken >= max)
		ssleep(q, &q->spin, 0, "swapio", 0);
	q->first = r->next;
	++q->taken;
	spin_unlock(&q->spin);
	initpbuf(&r->buf);
	BUF_LOCK(&r->buf, LK_EXCLUSIVE);
	return (r);
}

static void
request_put(struct swap_queue *q, struct swap_request *r)
{
	BUF_UNLOCK(&r->buf);
	spin_lock(&q->spin);
	r->next = q->first;
	q->first = r;
	--q->taken;
	spin_unlock(&q->spin);
	wakeup(q);
}

static void
request_setup(struct swap_request *r, buf_cmd_t cmd, vm_page_t *ma, int n,
    swblk_t blk)
{
	struct buf *bp = &r->buf;
	bool adjacent = true;
	int i;

	for (i = 0; i < n; ++i) {
		bp->b_xio.xio_pages[i] = ma[i];
		if (ma[i]->phys_addr != ma[0]->phys_addr + ptoa(i))
			adjacent = false;
	}
	bp->b_xio.xio_npages = n;
	bp->b_xio.xio_bytes = n * PAGE_SIZE;
	if (adjacent) {
		bp->b_data = (char *)VM_PAGE_TO_DMAP(ma[0]);
	} else {
		pmap_qenter((vm_offset_t)r->kva, ma, n);
		bp->b_data = r->kva;
	}
	bp->b_cmd = cmd;
	bp->b_bcount = n * PAGE_SIZE;
	bp->b_bufsize = bp->b_bcount;
	bp->b_flags |= B_SWAP;
	r->object = ma[0]->object;
	r->blk = blk;
}

static void
request_complain(struct swap_request *r, const char *what, int error)
{
	kprintf("swap_pager: I/O error - %s failed; offset %ld,size %d, "
	    "error %d\n", what, (long)r->blk, r->buf.b_bcount, error);
}

static int
request_error(struct swap_request *r)
{
	struct buf *bp = &r->buf;

	if (bp->b_flags & B_ERROR)
		return (bp->b_error != 0 ? bp->b_error : EIO);
	return (bp->b_resid != 0 ? EIO : 0);
}

/* --- writing ------------------------------------------------------------- */

/*
 * The page has been written.  Free it if nobody has mapped, wired or changed
 * it meanwhile.
 */
static void
write_page_done(vm_page_t m)
{
	if (!vm_page_soft_to_busy(m)) {
		vm_page_sbusy_drop(m);
		return;
	}
	if (m->dirty == 0 && m->wire_count == 0 &&
	    (m->flags & (PG_MAPPED | PG_SWAPPED)) == PG_SWAPPED) {
		vm_page_free(m);
		atomic_add_long(&swap_freed, 1);
	} else {
		vm_page_wakeup(m);
	}
}

/* The page is all there is: it stays, and the place is given up for good. */
static void
write_page_failed(vm_page_t m)
{
	swap_pager_retire(m);
	m->dirty = VM_PAGE_BITS_ALL;
	m->act_count = SWAP_ACT_MAX;
	vm_page_sbusy_drop(m);
}

static void
write_done(struct bio *bio)
{
	struct buf *bp = bio->bio_buf;
	struct swap_request *r = (struct swap_request *)bp;
	vm_object_t object = r->object;
	int i, n = bp->b_xio.xio_npages, error = request_error(r);

	if (error != 0)
		request_complain(r, "pageout", error);
	for (i = 0; i < n; ++i) {
		if (error != 0)
			write_page_failed(bp->b_xio.xio_pages[i]);
		else
			write_page_done(bp->b_xio.xio_pages[i]);
	}
	swap_dev_finished(r->blk);
	vm_object_drop_count(object);
	request_put(&writeq, r);
	atomic_subtract_int((u_int *)&swap_io_writing, n);
	wakeup(&swap_io_writing);
}

/* Space for at most n pages; what cannot be placed is released. */
static int
write_place(vm_page_t *ma, int n, swblk_t *blkp)
{
	int i, got = n;
	swblk_t blk = swap_dev_alloc(&got);

	if (blk == SWAPBLK_NONE)
		got = 0;
	if (got != 0 && swap_pager_assign(ma, got, blk) != 0) {
		for (i = 0; i < got; ++i)
			swap_dev_free(blk + i);
		got = 0;
	}
	/*
	 * Who reads the pages from now on maps them read-only, for they are
	 * on swap; who wants to write waits.
	 */
	for (i = 0; i < n; ++i) {
		if (i < got)
			vm_page_busy_to_soft(ma[i]);
		else
			vm_page_wakeup(ma[i]);
	}
	*blkp = blk;
	return (got);
}

int
swap_io_write(vm_page_t *ma, int n)
{
	struct swap_request *r;
	swblk_t blk;

	r = request_get(&writeq, imin(imax(swap_async_max, 1), NWRITE));
	n = write_place(ma, n, &blk);
	if (n == 0) {
		request_put(&writeq, r);
		return (0);
	}
	vm_object_hold_count(ma[0]->object);
	request_setup(r, BUF_CMD_WRITE, ma, n, blk);
	r->buf.b_bio1.bio_done = write_done;
	BUF_KERNPROC(&r->buf);
	atomic_add_int((u_int *)&swap_io_writing, n);
	++mycpu->gd_cnt.v_swapout;
	mycpu->gd_cnt.v_swappgsout += n;
	swap_dev_start(&r->buf, blk);
	return (n);
}

/* --- reading ------------------------------------------------------------- */

/*
 * The page at pindex, new and busy, if it is not resident and lies at blk on
 * swap; else NULL.
 */
static vm_page_t
read_neighbour(vm_object_t object, vm_pindex_t pindex, swblk_t blk)
{
	bool good;
	vm_page_t m;

	spin_lock(&object->spin);
	good = vm_radix_lookup(&object->pages, pindex) == NULL &&
	    swap_meta_get(object, pindex) == blk;
	spin_unlock(&object->spin);
	if (!good || vm_paging_min())
		return (NULL);
	m = vm_page_alloc(object, pindex, VM_ALLOC_NORMAL | VM_ALLOC_NULL_OK);
	if (m == NULL)
		return (NULL);
	spin_lock(&object->spin);
	good = swap_meta_get(object, pindex) == blk;
	spin_unlock(&object->spin);
	if (!good) {
		vm_page_free(m);
		return (NULL);
	}
	return (m);
}

/*
 * Fill ma with m and those around it that can be had with it.  Returns how
 * many, m's place among them in *mep.
 */
static int
read_cluster(vm_page_t m, swblk_t blk, vm_page_t *ma, int *mep)
{
	vm_object_t object = m->object;
	vm_page_t before[SWAP_CLUSTER], p;
	int back = 0, n = 0, i;
	int inwin = m->pindex % SWAP_CLUSTER;

	for (i = 1; i <= inwin && i <= blk % SWAP_STRIPE; ++i) {
		p = read_neighbour(object, m->pindex - i, blk - i);
		if (p == NULL)
			break;
		before[back++] = p;
	}
	for (i = back; i > 0; --i)
		ma[n++] = before[i - 1];
	*mep = n;
	ma[n++] = m;
	for (i = 1; inwin + i < SWAP_CLUSTER &&
	    blk % SWAP_STRIPE + i < SWAP_STRIPE; ++i) {
		p = read_neighbour(object, m->pindex + i, blk + i);
		if (p == NULL)
			break;
		ma[n++] = p;
	}
	return (n);
}

/* The page's contents have come. */
static void
read_page_done(vm_page_t m)
{
	vm_object_t object = m->object;

	m->valid = VM_PAGE_BITS_ALL;
	m->act_count = 0;
	spin_lock(&object->spin);
	m->dirty = (m->flags & PG_SWAPPED) ? 0 : VM_PAGE_BITS_ALL;
	spin_unlock(&object->spin);
	/*
	 * The place was given up while it was read: the range is being
	 * discarded, and what came may be somebody else's.
	 */
	if (m->dirty != 0)
		pmap_zero_page(m->phys_addr);
}

static int
read_wait(struct swap_request *r)
{
	int error;

	while ((error = biowait_timeout(&r->buf.b_bio1, "swread",
	    PATIENCE * hz)) == EWOULDBLOCK &&
	    (r->buf.b_flags & B_ERROR) == 0)
		kprintf("swap_pager: indefinite wait buffer: blkno %ld, "
		    "size %d\n", (long)r->blk, r->buf.b_bcount);
	return (error != 0 ? error : request_error(r));
}

int
swap_io_read(vm_page_t m, bool ahead)
{
	vm_object_t object = m->object;
	vm_page_t ma[SWAP_CLUSTER];
	struct swap_request *r;
	int i, n = 1, me = 0, error;
	swblk_t blk;

	r = request_get(&readq, NREAD);
	spin_lock(&object->spin);
	blk = swap_meta_get(object, m->pindex);
	spin_unlock(&object->spin);
	if (blk == SWAPBLK_NONE) {
		/* Given up: it belongs to a range that is being discarded. */
		request_put(&readq, r);
		vm_page_zero_invalid(m, true);
		m->dirty = VM_PAGE_BITS_ALL;
		return (VM_PAGER_OK);
	}
	ma[0] = m;
	if (ahead)
		n = read_cluster(m, blk, ma, &me);
	request_setup(r, BUF_CMD_READ, ma, n, blk - me);
	r->buf.b_bio1.bio_done = biodone_sync;
	r->buf.b_bio1.bio_flags = BIO_SYNC;
	ru_count_input();
	++mycpu->gd_cnt.v_swapin;
	mycpu->gd_cnt.v_swappgsin += n;
	swap_dev_start(&r->buf, blk - me);
	error = read_wait(r);
	if (error != 0 && n == 1)
		request_complain(r, "pagein", error);
	for (i = 0; i < n; ++i) {
		if (error == 0)
			read_page_done(ma[i]);
		if (i == me)
			continue;
		if (error == 0)
			vm_page_wakeup(ma[i]);
		else
			vm_page_free(ma[i]);
	}
	swap_dev_finished(r->blk);
	request_put(&readq, r);
	/* Perhaps only a neighbour's place is bad. */
	if (error != 0 && n > 1)
		return (swap_io_read(m, false));
	return (error == 0 ? VM_PAGER_OK : VM_PAGER_ERROR);
}
