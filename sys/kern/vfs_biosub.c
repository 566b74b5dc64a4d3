/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Bios and physical buffers: completion, waiting, raw I/O of devices, and
 * reading into pages.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/buf.h>
#include <sys/buf2.h>
#include <sys/conf.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/spinlock2.h>
#include <sys/thread2.h>
#include <sys/uio.h>
#include <sys/vnode.h>
#include <vm/vm.h>
#include <vm/vm_extern.h>
#include <vm/vm_kern.h>
#include <vm/vm_map.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_pager.h>
#include <vm/pmap.h>

static MALLOC_DEFINE(M_PBUF, "pbuf", "physical buffers");

struct bio *
push_bio(struct bio *bio)
{
	struct bio *nbio = bio->bio_next;

	KASSERT(nbio != NULL, ("push_bio: too many layers"));
	nbio->bio_done = NULL;
	nbio->bio_flags = 0;
	nbio->bio_offset = NOOFFSET;
	nbio->bio_driver_info = NULL;
	return (nbio);
}

struct bio *
pop_bio(struct bio *bio)
{
	return (bio->bio_prev);
}

void
clearbiocache(struct bio *bio)
{
	while (bio != NULL) {
		bio->bio_offset = NOOFFSET;
		bio = bio->bio_next;
	}
}

/* The data has arrived in, or left, the buffer's pages. */
void
bpdone(struct buf *bp, int elseit)
{
	struct vnode *vp = bp->b_vp;
	int i;

	if (bp->b_cmd == BUF_CMD_READ && (bp->b_flags & B_ERROR) == 0) {
		if (bp->b_resid > 0 && bp->b_resid <= bp->b_bcount)
			bzero(bp->b_data + bp->b_bcount - bp->b_resid,
			    bp->b_resid);
		if ((bp->b_flags & B_VMIO) && bp->b_xio.xio_offset == 0 &&
		    (bp->b_bcount & PAGE_MASK) == 0) {
			for (i = 0; i < bp->b_xio.xio_npages; i++)
				vm_page_set_valid(bp->b_xio.xio_pages[i], 0,
				    PAGE_SIZE);
		}
		buf_setflags(bp, B_CACHE);
	}
	if (bp->b_cmd == BUF_CMD_WRITE && vp != NULL &&
	    atomic_fetchadd_int((u_int *)&vp->v_track_write, -1) == 1 &&
	    vp->v_write_waiters) {
		vp->v_write_waiters = 0;
		wakeup(&vp->v_track_write);
	}
	bp->b_cmd = BUF_CMD_DONE;
	if (elseit && (bp->b_flags & B_ASYNC))
		brelse(bp);
}

void
biodone(struct bio *bio)
{
	biodone_t *done;

	for (;;) {
		done = bio->bio_done;
		if (done != NULL) {
			bio->bio_done = NULL;
			done(bio);
			return;
		}
		if (bio->bio_prev == NULL)
			break;
		bio = bio->bio_prev;
	}
	bpdone(bio->bio_buf, 1);
}

void
biofinish(struct bio *bio, int error)
{
	struct buf *bp = bio->bio_buf;

	bp->b_resid = 0;
	if (error != 0) {
		bp->b_error = error;
		bp->b_flags |= B_ERROR;
		bp->b_resid = bp->b_bcount;
	}
	biodone(bio);
}

void
biodone_sync(struct bio *bio)
{
	bpdone(bio->bio_buf, 0);
	atomic_set_int(&bio->bio_flags, BIO_DONE);
	wakeup(bio);
}

int
biowait_timeout(struct bio *bio, const char *wmesg, int timo)
{
	struct buf *bp = bio->bio_buf;

	while ((bio->bio_flags & BIO_DONE) == 0) {
		tsleep_interlock(bio, 0);
		if (bio->bio_flags & BIO_DONE)
			break;
		if (tsleep(bio, PINTERLOCKED, wmesg, timo) == EWOULDBLOCK)
			return (EWOULDBLOCK);
	}
	bio->bio_flags &= ~(BIO_DONE | BIO_SYNC);
	if (bp->b_flags & B_ERROR)
		return (bp->b_error ? bp->b_error : EIO);
	return (0);
}

int
biowait(struct bio *bio, const char *wmesg)
{
	return (biowait_timeout(bio, wmesg, 0));
}

/* One sweep upwards from where the head is, then from the bottom again. */
void
bioqdisksort(struct bio_queue_head *q, struct bio *bio)
{
	struct bio *scan, *first = TAILQ_FIRST(q);
	int wrapped = 0, mine;

	if (first == NULL || (bio->bio_buf->b_flags & B_ORDERED)) {
		TAILQ_INSERT_TAIL(q, bio, bio_act);
		return;
	}
	mine = bio->bio_offset < first->bio_offset;
	TAILQ_FOREACH(scan, q, bio_act) {
		if (scan->bio_offset < first->bio_offset)
			wrapped = 1;
		if (wrapped > mine || (wrapped == mine &&
		    scan->bio_offset > bio->bio_offset)) {
			TAILQ_INSERT_BEFORE(scan, bio, bio_act);
			return;
		}
	}
	TAILQ_INSERT_TAIL(q, bio, bio_act);
}

/*
 * Physical buffers.
 */
static struct spinlock pbuf_spin = SPINLOCK_INITIALIZER(pbuf_spin, "pbuf");

void
initpbuf(struct buf *bp)
{
	initbufbio(bp);
	xio_init(&bp->b_xio);
	bp->b_cmd = BUF_CMD_DONE;
	bp->b_flags = B_PAGING;
	bp->b_error = 0;
	bp->b_resid = 0;
	bp->b_data = NULL;
	bp->b_vp = NULL;
}

/* limit, if given, counts down; the caller sleeps while it is zero. */
struct buf *
getpbuf(int *limit)
{
	struct buf *bp;

	if (limit != NULL) {
		spin_lock(&pbuf_spin);
		while (*limit == 0)
			ssleep(limit, &pbuf_spin, 0, "wswbuf", 0);
		--*limit;
		spin_unlock(&pbuf_spin);
	}
	bp = kmalloc(sizeof(*bp), M_PBUF, M_WAITOK | M_ZERO);
	BUF_LOCKINIT(bp);
	initpbuf(bp);
	BUF_LOCK(bp, LK_EXCLUSIVE);
	return (bp);
}

void
relpbuf(struct buf *bp, int *limit)
{
	BUF_UNLOCK(bp);
	kfree(bp, M_PBUF);
	if (limit != NULL) {
		spin_lock(&pbuf_spin);
		++*limit;
		spin_unlock(&pbuf_spin);
		wakeup_one(limit);
	}
}

/* One synchronous transfer between kernel memory and a device. */
static int
dev_rw(struct cdev *dev, buf_cmd_t cmd, off_t offset, void *data, int bytes,
    int *residp)
{
	struct buf *bp = getpbuf(NULL);
	int error;

	if (cmd == BUF_CMD_READ)
		ru_count_input();
	else if (cmd == BUF_CMD_WRITE)
		ru_count_output();
	bp->b_cmd = cmd;
	bp->b_data = data;
	bp->b_bcount = bytes;
	bp->b_bufsize = bytes;
	bp->b_bio1.bio_offset = offset;
	bp->b_bio1.bio_done = biodone_sync;
	bp->b_bio1.bio_flags = BIO_SYNC;
	dev_dstrategy(dev, &bp->b_bio1);
	error = biowait(&bp->b_bio1, "physio");
	/* The disk layer may have cut it at the end of the medium. */
	*residp = bytes - (bp->b_bcount - bp->b_resid);
	relpbuf(bp, NULL);
	return (error);
}

static int
physio(struct cdev *dev, struct uio *uio, buf_cmd_t cmd)
{
	int max = MIN(dev->si_iosize_max ? dev->si_iosize_max : MAXPHYS,
	    MAXPHYS);
	int n, done, resid, error = 0, sec = dev->si_bsize_phys;
	off_t offset;
	char *data;

	if (uio->uio_offset < 0)
		return (EINVAL);
	if (sec <= 0)
		sec = DEV_BSIZE;
	if ((uio->uio_offset % sec) != 0 || (uio->uio_resid % sec) != 0)
		return (EINVAL);
	data = (char *)kmem_alloc3(&kernel_map, MIN(round_page(
	    uio->uio_resid), max), VM_SUBSYS_BUFDATA, 0);
	if (data == NULL)
		return (ENOMEM);
	max = MIN(round_page(uio->uio_resid), max);
	while (uio->uio_resid > 0 && error == 0) {
		n = MIN(uio->uio_resid, max);
		offset = uio->uio_offset;
		if (cmd == BUF_CMD_WRITE) {
			error = uiomove(data, n, uio);
			if (error)
				break;
			error = dev_rw(dev, cmd, offset, data, n, &resid);
			if (resid != 0) {
				uio->uio_resid += resid;
				uio->uio_offset -= resid;
				break;
			}
		} else {
			error = dev_rw(dev, cmd, offset, data, n, &resid);
			if (error)
				break;
			done = n - resid;
			error = uiomove(data, done, uio);
			if (resid != 0)
				break;
		}
	}
	kmem_free(&kernel_map, (vm_offset_t)data, max);
	return (error);
}

int
physread(struct dev_read_args *ap)
{
	return (physio(ap->a_head.a_dev, ap->a_uio, BUF_CMD_READ));
}

int
physwrite(struct dev_write_args *ap)
{
	return (physio(ap->a_head.a_dev, ap->a_uio, BUF_CMD_WRITE));
}

/*
 * Reading into an object's pages.
 */
int
vfs_pages_read(struct vnode *devvp, off_t doffset, struct vm_page **ma,
    int n, int size)
{
	struct buf *bp = getpbuf(NULL);
	int i, error, contig = 1, dsize;

	KKASSERT(n > 0 && n <= XIO_INTERNAL_PAGES);
	for (i = 0; i < n; i++) {
		bp->b_xio.xio_pages[i] = ma[i];
		if (i > 0 && VM_PAGE_TO_PHYS(ma[i]) !=
		    VM_PAGE_TO_PHYS(ma[i - 1]) + PAGE_SIZE)
			contig = 0;
	}
	dsize = devvp->v_rdev != NULL ? devvp->v_rdev->si_bsize_phys :
	    DEV_BSIZE;
	size = roundup(MIN(size, n * PAGE_SIZE), dsize);
	bp->b_xio.xio_npages = n;
	bp->b_xio.xio_bytes = size;
	if (contig) {
		bp->b_data = (char *)VM_PAGE_TO_DMAP(ma[0]);
	} else {
		bp->b_kvasize = n * PAGE_SIZE;
		bp->b_kvabase = (char *)kmem_alloc_nofault(&kernel_map,
		    bp->b_kvasize, VM_SUBSYS_BUFDATA, PAGE_SIZE);
		pmap_qenter((vm_offset_t)bp->b_kvabase, ma, n);
		bp->b_data = bp->b_kvabase;
	}
	ru_count_input();
	bp->b_cmd = BUF_CMD_READ;
	bp->b_bcount = size;
	bp->b_bufsize = size;
	bp->b_bio1.bio_offset = doffset;
	bp->b_bio1.bio_done = biodone_sync;
	bp->b_bio1.bio_flags = BIO_SYNC;
	vn_strategy(devvp, &bp->b_bio1);
	error = biowait(&bp->b_bio1, "pgread");
	if (error == 0) {
		size = bp->b_bcount - bp->b_resid;
		if (size < n * PAGE_SIZE)
			bzero(bp->b_data + size, n * PAGE_SIZE - size);
		for (i = 0; i < n; i++) {
			vm_page_set_valid(ma[i], 0, PAGE_SIZE);
			vm_page_undirty(ma[i]);
		}
	}
	if (bp->b_kvabase != NULL) {
		pmap_qremove((vm_offset_t)bp->b_kvabase, n);
		kmem_free_nofault((vm_offset_t)bp->b_kvabase, bp->b_kvasize);
	}
	relpbuf(bp, NULL);
	return (error);
}

int
vop_helper_read_pages(struct vnode *vp, struct uio *uio, int ioflag,
    off_t filesize)
{
	struct vm_object *obj = vp->v_object;
	struct vm_page *m;
	size_t before;
	off_t left;
	int error = 0;

	if (uio->uio_offset < 0)
		return (EINVAL);
	while (uio->uio_resid > 0 &&
	    (left = filesize - uio->uio_offset) > 0) {
		before = uio->uio_resid;
		error = vm_object_read_cached(obj, uio->uio_offset,
		    MIN(left, uio->uio_resid), uio);
		if (error || uio->uio_resid == 0)
			break;
		if (uio->uio_resid != before)
			continue;
		m = vm_page_grab(obj, uio->uio_offset >> PAGE_SHIFT,
		    VM_ALLOC_NORMAL | VM_ALLOC_RETRY);
		if (m->valid != VM_PAGE_BITS_ALL &&
		    vm_pager_get_page(obj, uio->uio_offset >> PAGE_SHIFT, &m,
		    1) != VM_PAGER_OK)
			error = EIO;
		if (error == 0)
			vm_page_activate(m);
		vm_page_wakeup(m);
		if (error)
			break;
	}
	return (error);
}
