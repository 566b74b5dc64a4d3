/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The buffer cache.
 *
 * A buffer belongs to a vnode and a byte offset; all buffers of a vnode are
 * in its v_rbhash_tree and, by state, in v_rbclean_tree or v_rbdirty_tree,
 * under v_token.  Its storage is pages of the vnode's VM object when it has
 * one (B_VMIO), kernel memory otherwise (B_MALLOC).  Buffers that nobody has
 * locked are on one of per-CPU queues, clean or dirty, oldest first.
 *
 * Clean buffers are recycled when bufspace exceeds maxbufspace; dirty ones
 * are written by the buffer daemon when there are more than hidirtybufspace
 * bytes of them, and by the syncer when they get old.
 *
 * Lock order: v_token, b_lock, queue spinlock.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/buf.h>
#include <sys/buf2.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mount.h>
#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/spinlock2.h>
#include <sys/sysctl.h>
#include <sys/thread2.h>
#include <sys/vmmeter.h>
#include <sys/vnode.h>
#include <vm/vm.h>
#include <vm/vm_extern.h>
#include <vm/vm_kern.h>
#include <vm/vm_map.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/pmap.h>

MALLOC_DEFINE(M_BIOBUF, "biobuf", "buffer headers and storage");

enum { BQ_NONE, BQ_CLEAN, BQ_DIRTY, BQ_COUNT };

struct bufq_cpu {
	struct spinlock	bq_spin;
	TAILQ_HEAD(, buf) bq_list[BQ_COUNT];	/* (s) */
} __aligned(64);

static struct bufq_cpu bufq[MAXCPU];
int nbuf;
long bufspace, maxbufspace;
long dirtybufspace, hidirtybufspace, lodirtybufspace;
static int bd_wanted;

SYSCTL_DECL(_vfs);
SYSCTL_INT(_vfs, OID_AUTO, nbuf, CTLFLAG_RD, &nbuf, 0, "Buffers");
SYSCTL_LONG(_vfs, OID_AUTO, bufspace, CTLFLAG_RD, &bufspace, 0,
    "Bytes held by buffers");
SYSCTL_LONG(_vfs, OID_AUTO, maxbufspace, CTLFLAG_RW, &maxbufspace, 0,
    "Most bytes buffers may hold");
SYSCTL_LONG(_vfs, OID_AUTO, dirtybufspace, CTLFLAG_RD, &dirtybufspace, 0,
    "Bytes held by dirty buffers");
SYSCTL_LONG(_vfs, OID_AUTO, hidirtybufspace, CTLFLAG_RW, &hidirtybufspace, 0,
    "Dirty bytes at which writers wait");
SYSCTL_LONG(_vfs, OID_AUTO, lodirtybufspace, CTLFLAG_RW, &lodirtybufspace, 0,
    "Dirty bytes the buffer daemon leaves");

static int
buf_cmp(struct buf *a, struct buf *b)
{
	if (a->b_loffset < b->b_loffset)
		return (-1);
	return (a->b_loffset > b->b_loffset);
}

RB_PROTOTYPE(buf_rb_tree, buf, b_rbnode, buf_cmp);
RB_PROTOTYPE(buf_rb_hash, buf, b_rbhash, buf_cmp);
RB_GENERATE(buf_rb_tree, buf, b_rbnode, buf_cmp);
RB_GENERATE(buf_rb_hash, buf, b_rbhash, buf_cmp);

static void
bufinit(void *arg)
{
	int i, q;

	for (i = 0; i < MAXCPU; i++) {
		spin_init(&bufq[i].bq_spin, "bufq");
		for (q = 0; q < BQ_COUNT; q++)
			TAILQ_INIT(&bufq[i].bq_list[q]);
	}
	maxbufspace = (long)vmstats.v_page_count * PAGE_SIZE / 20;
	maxbufspace = MAX(maxbufspace, 4 << 20);
	hidirtybufspace = maxbufspace / 2;
	lodirtybufspace = maxbufspace / 8;
}
SYSINIT(bufinit, SI_SUB_VFS, SI_ORDER_FIRST, bufinit, NULL);

/*
 * Queues.
 */
static void
bq_insert(struct buf *bp, int q, int head)
{
	struct bufq_cpu *bq = &bufq[mycpuid];

	spin_lock(&bq->bq_spin);
	bp->b_qcpu = bq - bufq;
	bp->b_qindex = q;
	if (head)
		TAILQ_INSERT_HEAD(&bq->bq_list[q], bp, b_freelist);
	else
		TAILQ_INSERT_TAIL(&bq->bq_list[q], bp, b_freelist);
	spin_unlock(&bq->bq_spin);
}

static void
bq_remove(struct buf *bp)
{
	struct bufq_cpu *bq = &bufq[bp->b_qcpu];

	spin_lock(&bq->bq_spin);
	if (bp->b_qindex != BQ_NONE) {
		TAILQ_REMOVE(&bq->bq_list[bp->b_qindex], bp, b_freelist);
		bp->b_qindex = BQ_NONE;
	}
	spin_unlock(&bq->bq_spin);
}

/*
 * Headers.
 */
void
initbufbio(struct buf *bp)
{
	int i;

	for (i = 0; i < NBUF_BIO; i++) {
		struct bio *bio = &bp->b_bio_array[i];

		bzero(bio, sizeof(*bio));
		bio->bio_buf = bp;
		bio->bio_offset = NOOFFSET;
		bio->bio_prev = i > 0 ? bio - 1 : NULL;
		bio->bio_next = i < NBUF_BIO - 1 ? bio + 1 : NULL;
	}
}

static struct buf *
buf_alloc(void)
{
	struct buf *bp = kmalloc(sizeof(*bp), M_BIOBUF, M_WAITOK | M_ZERO);

	BUF_LOCKINIT(bp);
	initbufbio(bp);
	xio_init(&bp->b_xio);
	bp->b_cmd = BUF_CMD_DONE;
	BUF_LOCK(bp, LK_EXCLUSIVE);
	atomic_add_int((u_int *)&nbuf, 1);
	return (bp);
}

static void
buf_free_storage(struct buf *bp)
{
	int i;

	if (bp->b_kvabase != NULL) {
		pmap_qremove((vm_offset_t)bp->b_kvabase,
		    bp->b_kvasize / PAGE_SIZE);
		kmem_free_nofault((vm_offset_t)bp->b_kvabase, bp->b_kvasize);
		bp->b_kvabase = NULL;
	}
	if (bp->b_flags & B_MALLOC)
		kfree(bp->b_data, M_BIOBUF);
	for (i = 0; i < bp->b_xio.xio_npages; i++)
		vm_page_unwire(bp->b_xio.xio_pages[i], 0);
	bp->b_xio.xio_npages = 0;
	buf_clrflags(bp, B_MALLOC | B_VMIO);
	atomic_add_long((u_long *)&bufspace, -bp->b_bufsize);
	bp->b_bufsize = 0;
	bp->b_data = NULL;
}

/* Pages first to first + npages of the vnode's object, wired to bp. */
static int
buf_alloc_pages(struct buf *bp, struct vm_object *obj)
{
	vm_pindex_t first = bp->b_loffset >> PAGE_SHIFT;
	int i, n, off = bp->b_loffset & PAGE_MASK, valid = 1, contig = 1;
	struct vm_page **ma = bp->b_xio.xio_pages;

	n = (off + bp->b_bcount + PAGE_MASK) >> PAGE_SHIFT;
	if (n > XIO_INTERNAL_PAGES)
		return (EINVAL);
	for (i = 0; i < n; i++) {
		ma[i] = vm_page_grab(obj, first + i,
		    VM_ALLOC_NORMAL | VM_ALLOC_RETRY);
		vm_page_wire(ma[i]);
		if (ma[i]->valid != VM_PAGE_BITS_ALL)
			valid = 0;
		if (i > 0 && VM_PAGE_TO_PHYS(ma[i]) !=
		    VM_PAGE_TO_PHYS(ma[i - 1]) + PAGE_SIZE)
			contig = 0;
		vm_page_wakeup(ma[i]);
	}
	bp->b_xio.xio_npages = n;
	bp->b_xio.xio_offset = off;
	bp->b_xio.xio_bytes = bp->b_bcount;
	if (contig) {
		bp->b_data = (char *)VM_PAGE_TO_DMAP(ma[0]) + off;
	} else {
		bp->b_kvasize = n * PAGE_SIZE;
		bp->b_kvabase = (char *)kmem_alloc_nofault(&kernel_map,
		    bp->b_kvasize, VM_SUBSYS_BUFDATA, PAGE_SIZE);
		pmap_qenter((vm_offset_t)bp->b_kvabase, ma, n);
		bp->b_data = bp->b_kvabase + off;
	}
	buf_setflags(bp, B_VMIO | (valid ? B_CACHE : 0));
	return (0);
}

/* Give bp storage for size bytes. */
int
allocbuf(struct buf *bp, int size)
{
	struct vm_object *obj = bp->b_vp != NULL ? bp->b_vp->v_object : NULL;
	int error = 0;

	KKASSERT(bp->b_bufsize == 0 && size > 0 && size <= MAXBSIZE);
	bp->b_bcount = size;
	bp->b_bufsize = size;
	atomic_add_long((u_long *)&bufspace, size);
	if (obj != NULL && obj->type == OBJT_VNODE) {
		error = buf_alloc_pages(bp, obj);
	} else {
		bp->b_data = kmalloc(size, M_BIOBUF, M_WAITOK);
		buf_setflags(bp, B_MALLOC);
	}
	return (error);
}

/* Move bp between the trees of its vnode, or out of them. */
static void
buf_settree(struct buf *bp, int dirty)
{
	struct vnode *vp = bp->b_vp;

	lwkt_gettoken(&vp->v_token);
	if (bp->b_flags & B_DELWRI)
		RB_REMOVE(buf_rb_tree, &vp->v_rbdirty_tree, bp);
	else
		RB_REMOVE(buf_rb_tree, &vp->v_rbclean_tree, bp);
	if (dirty) {
		buf_setflags(bp, B_DELWRI);
		RB_INSERT(buf_rb_tree, &vp->v_rbdirty_tree, bp);
		vn_syncer_add(vp, 30);
	} else {
		buf_clrflags(bp, B_DELWRI);
		RB_INSERT(buf_rb_tree, &vp->v_rbclean_tree, bp);
	}
	lwkt_reltoken(&vp->v_token);
}

/* Destroy a locked buffer that is on no queue. */
static void
buf_destroy(struct buf *bp)
{
	struct vnode *vp = bp->b_vp;

	bundirty(bp);
	if (vp != NULL) {
		lwkt_gettoken(&vp->v_token);
		RB_REMOVE(buf_rb_tree, &vp->v_rbclean_tree, bp);
		RB_REMOVE(buf_rb_hash, &vp->v_rbhash_tree, bp);
		bp->b_vp = NULL;
		lwkt_reltoken(&vp->v_token);
	}
	buf_free_storage(bp);
	BUF_UNLOCK(bp);
	while (bp->b_refs != 0)
		lwkt_yield();
	kfree(bp, M_BIOBUF);
	atomic_add_int((u_int *)&nbuf, -1);
	if (vp != NULL)
		vdrop(vp);
}

/* Recycle old clean buffers while there is too much in the cache. */
static void
buf_recycle(void)
{
	struct bufq_cpu *bq;
	struct buf *bp;
	int i, cpu = mycpuid;

	for (i = 0; i < ncpus && bufspace > maxbufspace; i++) {
		bq = &bufq[(cpu + i) % ncpus];
		while (bufspace > maxbufspace) {
			spin_lock(&bq->bq_spin);
			TAILQ_FOREACH(bp, &bq->bq_list[BQ_CLEAN], b_freelist) {
				if (BUF_LOCK(bp, LK_EXCLUSIVE |
				    LK_NOWAIT) == 0)
					break;
			}
			if (bp == NULL) {
				spin_unlock(&bq->bq_spin);
				break;
			}
			TAILQ_REMOVE(&bq->bq_list[BQ_CLEAN], bp, b_freelist);
			bp->b_qindex = BQ_NONE;
			spin_unlock(&bq->bq_spin);
			buf_destroy(bp);
		}
	}
	if (dirtybufspace > hidirtybufspace) {
		bd_wanted = 1;
		wakeup(&bd_wanted);
	}
}

/*
 * Find a buffer of vp: locked, or with FINDBLK_TEST only tested for, or
 * with FINDBLK_NBLOCK NULL if it is locked by somebody else.
 */
struct buf *
findblk(struct vnode *vp, off_t loffset, int flags)
{
	struct buf key, *bp;

	key.b_loffset = loffset;
	for (;;) {
		lwkt_gettoken(&vp->v_token);
		bp = RB_FIND(buf_rb_hash, &vp->v_rbhash_tree, &key);
		if (bp == NULL || (flags & FINDBLK_TEST)) {
			lwkt_reltoken(&vp->v_token);
			return (bp);
		}
		atomic_add_int((u_int *)&bp->b_refs, 1);
		lwkt_reltoken(&vp->v_token);
		if (BUF_LOCK(bp, LK_EXCLUSIVE |
		    ((flags & FINDBLK_NBLOCK) ? LK_NOWAIT : 0)) != 0) {
			atomic_add_int((u_int *)&bp->b_refs, -1);
			return (NULL);
		}
		if (bp->b_vp == vp && bp->b_loffset == loffset) {
			atomic_add_int((u_int *)&bp->b_refs, -1);
			bq_remove(bp);
			return (bp);
		}
		BUF_UNLOCK(bp);
		atomic_add_int((u_int *)&bp->b_refs, -1);
	}
}

int
inmem(struct vnode *vp, off_t loffset)
{
	struct buf *bp = findblk(vp, loffset, FINDBLK_TEST);

	return (bp != NULL && (bp->b_flags & B_CACHE));
}

struct buf *
getblk(struct vnode *vp, off_t loffset, int size, int blkflags, int slptimeo)
{
	struct buf *bp, *nbp = NULL, *old;

	for (;;) {
		bp = findblk(vp, loffset,
		    (blkflags & GETBLK_NOWAIT) ? FINDBLK_NBLOCK : 0);
		if (bp != NULL) {
			if (bp->b_bcount == size)
				break;
			/* The filesystem changed its mind about the size. */
			if (bp->b_flags & B_DELWRI) {
				bwrite(bp);
			} else {
				buf_setflags(bp, B_INVAL);
				brelse(bp);
			}
			continue;
		}
		if ((blkflags & GETBLK_NOWAIT) &&
		    findblk(vp, loffset, FINDBLK_TEST) != NULL)
			return (NULL);
		buf_recycle();
		if (nbp == NULL)
			nbp = buf_alloc();
		nbp->b_loffset = loffset;
		lwkt_gettoken(&vp->v_token);
		old = RB_INSERT(buf_rb_hash, &vp->v_rbhash_tree, nbp);
		if (old == NULL) {
			vhold(vp);
			nbp->b_vp = vp;
			RB_INSERT(buf_rb_tree, &vp->v_rbclean_tree, nbp);
			lwkt_reltoken(&vp->v_token);
			if (allocbuf(nbp, size) != 0)
				panic("getblk: size %d", size);
			return (nbp);
		}
		lwkt_reltoken(&vp->v_token);
	}
	if (nbp != NULL) {
		nbp->b_vp = NULL;
		buf_destroy(nbp);
	}
	return (bp);
}

struct buf *
geteblk(int size)
{
	struct buf *bp = buf_alloc();

	allocbuf(bp, size);
	buf_setflags(bp, B_INVAL);
	return (bp);
}

/*
 * I/O.
 */
static int
buf_read_start(struct vnode *vp, struct buf *bp, int bflags, int async)
{
	ru_count_input();
	bp->b_cmd = BUF_CMD_READ;
	buf_clrflags(bp, B_ERROR | B_INVAL);
	bp->b_error = 0;
	bp->b_resid = 0;
	buf_setflags(bp, bflags);
	bp->b_bio2.bio_offset = NOOFFSET;
	bp->b_bio1.bio_flags = 0;
	if (async) {
		buf_setflags(bp, B_ASYNC);
		bp->b_bio1.bio_done = NULL;
		BUF_KERNPROC(bp);
		vn_strategy(vp, &bp->b_bio1);
		return (0);
	}
	bp->b_bio1.bio_done = biodone_sync;
	bp->b_bio1.bio_flags |= BIO_SYNC;
	vn_strategy(vp, &bp->b_bio1);
	return (biowait(&bp->b_bio1, "biord"));
}

int
breadx(struct vnode *vp, off_t loffset, int size, int bflags,
    off_t *raoffset, int *rabsize, int cnt, struct buf **bpp)
{
	struct buf *bp, *rabp;
	int i, error = 0;

	bp = getblk(vp, loffset, size, 0, 0);
	*bpp = bp;
	for (i = 0; i < cnt; i++) {
		if (inmem(vp, raoffset[i]))
			continue;
		rabp = getblk(vp, raoffset[i], rabsize[i], GETBLK_NOWAIT, 0);
		if (rabp == NULL)
			continue;
		if (rabp->b_flags & B_CACHE)
			brelse(rabp);
		else
			buf_read_start(vp, rabp, bflags, 1);
	}
	if ((bp->b_flags & B_CACHE) == 0)
		error = buf_read_start(vp, bp, bflags, 0);
	return (error);
}

int
bwrite(struct buf *bp)
{
	struct vnode *vp = bp->b_vp;
	int error;

	if (bp->b_flags & B_INVAL) {
		brelse(bp);
		return (0);
	}
	if ((bp->b_flags & B_DELWRI) == 0)
		ru_count_output();
	bundirty(bp);
	buf_clrflags(bp, B_ERROR);
	buf_setflags(bp, B_CACHE);
	bp->b_error = 0;
	bp->b_cmd = BUF_CMD_WRITE;
	bp->b_bio2.bio_offset = NOOFFSET;
	bp->b_bio1.bio_done = biodone_sync;
	bp->b_bio1.bio_flags = BIO_SYNC;
	atomic_add_int((u_int *)&vp->v_track_write, 1);
	vn_strategy(vp, &bp->b_bio1);
	error = biowait(&bp->b_bio1, "biows");
	brelse(bp);
	return (error);
}

void
bawrite(struct buf *bp)
{
	struct vnode *vp = bp->b_vp;

	if (bp->b_flags & B_INVAL) {
		brelse(bp);
		return;
	}
	if ((bp->b_flags & B_DELWRI) == 0)
		ru_count_output();
	bundirty(bp);
	buf_clrflags(bp, B_ERROR);
	buf_setflags(bp, B_CACHE | B_ASYNC);
	bp->b_error = 0;
	bp->b_cmd = BUF_CMD_WRITE;
	bp->b_bio2.bio_offset = NOOFFSET;
	bp->b_bio1.bio_done = NULL;
	bp->b_bio1.bio_flags = 0;
	atomic_add_int((u_int *)&vp->v_track_write, 1);
	BUF_KERNPROC(bp);
	vn_strategy(vp, &bp->b_bio1);
}

void
bdirty(struct buf *bp)
{
	if (bp->b_flags & B_DELWRI)
		return;
	ru_count_output();
	atomic_add_long((u_long *)&dirtybufspace, bp->b_bufsize);
	buf_settree(bp, 1);
}

void
bundirty(struct buf *bp)
{
	if ((bp->b_flags & B_DELWRI) == 0)
		return;
	atomic_add_long((u_long *)&dirtybufspace, -bp->b_bufsize);
	buf_settree(bp, 0);
}

void
bdwrite(struct buf *bp)
{
	if (bp->b_flags & B_INVAL) {
		brelse(bp);
		return;
	}
	buf_setflags(bp, B_CACHE);
	bdirty(bp);
	bqrelse(bp);
}

void
bqrelse(struct buf *bp)
{
	brelse(bp);
}

void
brelse(struct buf *bp)
{
	if ((bp->b_flags & B_ERROR) && (bp->b_flags & B_DELWRI) == 0)
		buf_setflags(bp, B_INVAL);
	if (bp->b_flags & (B_INVAL | B_NOCACHE | B_RELBUF)) {
		if ((bp->b_flags & B_INVAL) ||
		    (bp->b_flags & B_DELWRI) == 0) {
			buf_destroy(bp);
			return;
		}
	}
	buf_clrflags(bp, B_ASYNC | B_ORDERED | B_NOCACHE | B_RELBUF);
	bq_insert(bp, (bp->b_flags & B_DELWRI) ? BQ_DIRTY : BQ_CLEAN,
	    bp->b_flags & B_AGE);
	BUF_UNLOCK(bp);
}

/* Zero a new buffer. */
void
vfs_bio_clrbuf(struct buf *bp)
{
	bzero(bp->b_data, bp->b_bcount);
	bp->b_resid = 0;
	buf_clrflags(bp, B_INVAL | B_ERROR);
	buf_setflags(bp, B_CACHE);
}

/* A writer waits here while too much is dirty. */
void
bwillwrite(int bytes)
{
	while (dirtybufspace + bytes > hidirtybufspace && dirtybufspace > 0) {
		bd_wanted = 1;
		wakeup(&bd_wanted);
		tsleep(&dirtybufspace, 0, "flswai", hz / 10 + 1);
	}
}

/* Write dirty buffers until few enough are left. */
static void
bufdaemon(void *arg)
{
	struct bufq_cpu *bq;
	struct buf *bp;
	int i, n;

	for (;;) {
		for (i = 0; i < ncpus; i++) {
			bq = &bufq[i];
			for (n = 0; n < 64 &&
			    dirtybufspace > lodirtybufspace; n++) {
				spin_lock(&bq->bq_spin);
				TAILQ_FOREACH(bp, &bq->bq_list[BQ_DIRTY],
				    b_freelist) {
					if ((bp->b_flags & B_LOCKED) == 0 &&
					    BUF_LOCK(bp, LK_EXCLUSIVE |
					    LK_NOWAIT) == 0)
						break;
				}
				if (bp != NULL) {
					TAILQ_REMOVE(&bq->bq_list[BQ_DIRTY],
					    bp, b_freelist);
					bp->b_qindex = BQ_NONE;
				}
				spin_unlock(&bq->bq_spin);
				if (bp == NULL)
					break;
				bawrite(bp);
			}
		}
		wakeup(&dirtybufspace);
		if (dirtybufspace <= hidirtybufspace || bd_wanted == 0) {
			bd_wanted = 0;
			tsleep(&bd_wanted, 0, "psleep", hz * 5);
		} else {
			bd_wanted = 0;
		}
	}
}

static void
bufdaemon_start(void *arg)
{
	struct thread *td;

	lwkt_create(bufdaemon, NULL, &td, NULL, 0, -1, "bufdaemon");
}
SYSINIT(bufdaemon, SI_SUB_KTHREAD_BUF, SI_ORDER_FIRST, bufdaemon_start, NULL);

/*
 * Whole vnodes.
 */

/* Write dirty buffers of a vnode; MNT_WAIT: until all are on the medium. */
int
vfsync(struct vnode *vp, int waitfor, int passes,
    int (*checkdef)(struct buf *), int (*waitoutput)(struct vnode *,
    struct thread *))
{
	struct buf *bp;
	off_t loffset;
	int error = 0, e;

	for (;;) {
		lwkt_gettoken(&vp->v_token);
		bp = RB_MIN(buf_rb_tree, &vp->v_rbdirty_tree);
		loffset = bp != NULL ? bp->b_loffset : 0;
		lwkt_reltoken(&vp->v_token);
		if (bp == NULL)
			break;
		bp = findblk(vp, loffset, 0);
		if (bp == NULL)
			continue;
		if ((bp->b_flags & B_DELWRI) == 0) {
			brelse(bp);
			continue;
		}
		if (waitfor == MNT_WAIT) {
			e = bwrite(bp);
			if (e)
				error = e;
		} else {
			bawrite(bp);
		}
	}
	while (waitfor == MNT_WAIT && vp->v_track_write > 0) {
		tsleep_interlock(&vp->v_track_write, 0);
		if (vp->v_track_write > 0) {
			vp->v_write_waiters = 1;
			tsleep(&vp->v_track_write, PINTERLOCKED, "vfsync",
			    hz);
		}
	}
	return (error);
}

/* Throw away all buffers, with V_SAVE after writing what is dirty. */
int
vinvalbuf(struct vnode *vp, int flags, int slpflag, int slptimeo)
{
	struct buf *bp;
	off_t loffset;
	int error = 0;

	if (RB_EMPTY(&vp->v_rbhash_tree) && vp->v_object == NULL)
		return (0);
	if (flags & V_SAVE) {
		if (vp->v_object != NULL && vp->v_object->type == OBJT_VNODE &&
		    (vp->v_flag & VOBJDIRTY))
			vm_object_page_clean(vp->v_object, 0, 0, OBJPC_SYNC);
		error = vfsync(vp, MNT_WAIT, 1, NULL, NULL);
	}
	for (;;) {
		lwkt_gettoken(&vp->v_token);
		bp = RB_MIN(buf_rb_hash, &vp->v_rbhash_tree);
		loffset = bp != NULL ? bp->b_loffset : 0;
		lwkt_reltoken(&vp->v_token);
		if (bp == NULL)
			break;
		bp = findblk(vp, loffset, 0);
		if (bp == NULL)
			continue;
		buf_setflags(bp, B_INVAL);
		brelse(bp);
	}
	return (error);
}

/* Throw away buffers at and beyond length. */
int
vtruncbuf(struct vnode *vp, off_t length, int blksize)
{
	struct buf *bp;
	off_t loffset;

	for (;;) {
		lwkt_gettoken(&vp->v_token);
		bp = RB_MAX(buf_rb_hash, &vp->v_rbhash_tree);
		loffset = bp != NULL ? bp->b_loffset : 0;
		lwkt_reltoken(&vp->v_token);
		if (bp == NULL || loffset < length)
			break;
		bp = findblk(vp, loffset, 0);
		if (bp == NULL)
			continue;
		buf_setflags(bp, B_INVAL);
		brelse(bp);
	}
	if (vp->v_object != NULL)
		vnode_pager_setsize(vp, length);
	vp->v_filesize = length;
	return (0);
}
