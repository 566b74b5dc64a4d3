/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vtblk: virtio block devices, /dev/vbd* (section 5.2 of the specification).
 *
 * A device that offers several queues gets one for each CPU, with its own
 * interrupt; a request stays on the queue of the CPU that issued it.  Each
 * queue has a pool of requests whose header, status and indirect table lie in
 * memory the device shares.
 *
 * Locks: (q) q_spin, (I) immutable after attach.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/bio.h>
#include <sys/buf.h>
#include <sys/bus.h>
#include <sys/bus_dma.h>
#include <sys/disk.h>
#include <sys/dtype.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/module.h>
#include <sys/spinlock2.h>
#include <sys/thread2.h>
#include <bus/pci/pcivar.h>

#include "virtio.h"

#define VTBLK_F_SEG_MAX		(1UL << 2)
#define VTBLK_F_RO		(1UL << 5)
#define VTBLK_F_BLK_SIZE	(1UL << 6)
#define VTBLK_F_FLUSH		(1UL << 9)
#define VTBLK_F_MQ		(1UL << 12)
#define VTBLK_FEATURES	(VTBLK_F_SEG_MAX | VTBLK_F_RO | VTBLK_F_BLK_SIZE | \
	VTBLK_F_FLUSH | VTBLK_F_MQ | VIRTIO_F_INDIRECT_DESC)

#define VTBLK_C_CAPACITY	0
#define VTBLK_C_SEG_MAX		12
#define VTBLK_C_BLK_SIZE	20
#define VTBLK_C_NUM_QUEUES	34

#define VTBLK_T_IN		0
#define VTBLK_T_OUT		1
#define VTBLK_T_FLUSH		4
#define VTBLK_T_GET_ID		8
#define VTBLK_S_OK		0
#define VTBLK_S_UNSUPP		2
#define VTBLK_SECTOR		512	/* unit of addresses, always */
#define VTBLK_ID_LEN		20
#define VTBLK_REQUESTS		128	/* for each queue, at most */

/* Data, and one page more for its alignment; header and status. */
#define VTBLK_DATA_SEGS		(MAXPHYS / PAGE_SIZE + 1)
#define VTBLK_SEGS		(VTBLK_DATA_SEGS + 2)

/* Shared with the device. */
struct vtblk_shared {
	struct {
		uint32_t	type;
		uint32_t	reserved;
		uint64_t	sector;
	} hdr;
	volatile uint8_t status;
	uint8_t		id[VTBLK_ID_LEN];
	struct vring_desc table[VTBLK_SEGS] __attribute__((__aligned__(16)));
};

struct vtblk_req {
	struct vtblk_req *r_next;	/* (q) free */
	struct bio	*r_bio;
	struct vtblk_shared *r_shared;	/* (I) */
	bus_addr_t	r_sharedpa;	/* (I) */
	bus_dmamap_t	r_map;		/* (I) */
	bus_dma_segment_t r_segs[VTBLK_SEGS];
	bool		r_flushing;	/* second half of a forced write */
	bool		r_done;		/* (q) for a waiter */
};

struct vtblk_queue {
	struct vtblk_softc *q_sc;	/* (I) */
	int		q_index;	/* (I) */
	struct spinlock	q_spin;
	bus_dmamem_t	q_mem;		/* (I) */
	struct vtblk_req *q_reqs;	/* (I) */
	int		q_nreqs;	/* (I) */
	struct vtblk_req *q_free;	/* (q) */
	struct bio_queue_head q_bioq;	/* (q) */
};

struct vtblk_softc {
	device_t	sc_dev;		/* (I) */
	struct virtio_dev sc_virtio;	/* (I) */
	struct vtblk_queue *sc_queue;	/* (I) */
	int		sc_nqueues;	/* (I) */
	bus_dma_tag_t	sc_tag;		/* (I) */
	struct disk	sc_disk;
	cdev_t		sc_cdev;	/* (I) */
	uint64_t	sc_capacity;	/* (I) 512-byte units */
	int		sc_secsize;	/* (I) */
	int		sc_maxio;	/* (I) bytes */
	bool		sc_readonly;	/* (I) */
	bool		sc_flush;	/* (I) */
	char		sc_serial[VTBLK_ID_LEN + 1]; /* (I) */
};

static devclass_t vtblk_devclass;
static MALLOC_DEFINE(M_VTBLK, "vtblk", "virtio block devices");

static d_open_t		vtblk_open;
static d_strategy_t	vtblk_strategy;

static struct dev_ops vbd_ops = {
	{ "vbd", 0, D_DISK | D_MPSAFE },
	.d_open =	vtblk_open,
	.d_close =	nullclose,
	.d_read =	physread,
	.d_write =	physwrite,
	.d_strategy =	vtblk_strategy,
};

/* --- requests; q_spin held --- */

static struct virtqueue *
q_vq(struct vtblk_queue *q)
{
	return (q->q_sc->sc_virtio.vd_queue[q->q_index]);
}

static void
put_req(struct vtblk_queue *q, struct vtblk_req *r)
{
	r->r_bio = NULL;
	r->r_flushing = false;
	r->r_next = q->q_free;
	q->q_free = r;
}

/* Offer a request of a type with r_segs[1..n] filled in. */
static int
offer(struct vtblk_queue *q, struct vtblk_req *r, uint32_t type,
    uint64_t sector, int n, bool device_writes)
{
	struct vtblk_shared *s = r->r_shared;
	bool indirect = (q->q_sc->sc_virtio.vd_features &
	    VIRTIO_F_INDIRECT_DESC) != 0;

	s->hdr.type = type;
	s->hdr.reserved = 0;
	s->hdr.sector = sector;
	s->status = 0xff;
	r->r_segs[0].ds_addr = r->r_sharedpa;
	r->r_segs[0].ds_len = sizeof(s->hdr);
	r->r_segs[n + 1].ds_addr = r->r_sharedpa +
	    offsetof(struct vtblk_shared, status);
	r->r_segs[n + 1].ds_len = 1;
	return (virtqueue_add(q_vq(q), r, r->r_segs,
	    device_writes ? 1 : n + 1, device_writes ? n + 1 : 1,
	    indirect ? s->table : NULL,
	    r->r_sharedpa + offsetof(struct vtblk_shared, table)));
}

/* ENOSPC: try again when something has finished; else as for the bio. */
static int
offer_bio(struct vtblk_queue *q, struct vtblk_req *r, struct bio *bio)
{
	struct vtblk_softc *sc = q->q_sc;
	struct buf *bp = bio->bio_buf;
	bool read = bp->b_cmd == BUF_CMD_READ;
	int n = 0, error;

	r->r_bio = bio;
	if (bp->b_cmd == BUF_CMD_FLUSH)
		return (offer(q, r, VTBLK_T_FLUSH, 0, 0, false));
	error = bus_dmamap_load_segment(sc->sc_tag, r->r_map, bp->b_data,
	    bp->b_bcount, r->r_segs + 1, VTBLK_DATA_SEGS, &n,
	    BUS_DMA_NOWAIT);
	if (error != 0)
		return (error);
	bus_dmamap_sync(sc->sc_tag, r->r_map, read ? BUS_DMASYNC_PREREAD :
	    BUS_DMASYNC_PREWRITE);
	error = offer(q, r, read ? VTBLK_T_IN : VTBLK_T_OUT,
	    bio->bio_offset / VTBLK_SECTOR, n, read);
	if (error != 0)
		bus_dmamap_unload(sc->sc_tag, r->r_map);
	return (error);
}

/*
 * Start what there is room for.  Bios that cannot be started at all go to
 * *failed.
 */
static void
start(struct vtblk_queue *q, struct bio_queue_head *failed)
{
	struct vtblk_req *r;
	struct bio *bio;
	bool kick = false;
	int error;

	while ((r = q->q_free) != NULL &&
	    (bio = bioq_first(&q->q_bioq)) != NULL) {
		q->q_free = r->r_next;
		error = offer_bio(q, r, bio);
		if (error != 0)
			put_req(q, r);
		if (error == ENOSPC)
			break;
		bioq_remove(&q->q_bioq, bio);
		if (error != 0)
			bioq_insert_tail(failed, bio);
		else
			kick = true;
	}
	if (kick)
		virtqueue_kick(q_vq(q));
}

static void
fail_all(struct bio_queue_head *failed)
{
	struct bio *bio;

	while ((bio = bioq_takefirst(failed)) != NULL)
		biofinish(bio, EIO);
}

/* --- completion --- */

/* The device is done with r.  True if its bio is, too. */
static bool
finish(struct vtblk_queue *q, struct vtblk_req *r)
{
	struct vtblk_softc *sc = q->q_sc;
	struct buf *bp = r->r_bio->bio_buf;
	int status = r->r_shared->status;

	if (bp->b_cmd != BUF_CMD_FLUSH && !r->r_flushing) {
		bus_dmamap_sync(sc->sc_tag, r->r_map,
		    bp->b_cmd == BUF_CMD_READ ? BUS_DMASYNC_POSTREAD :
		    BUS_DMASYNC_POSTWRITE);
		bus_dmamap_unload(sc->sc_tag, r->r_map);
	}
	if (status == VTBLK_S_OK && bp->b_cmd == BUF_CMD_WRITE &&
	    (bp->b_flags & B_FUA) != 0 && sc->sc_flush && !r->r_flushing) {
		r->r_flushing = true;
		/* The descriptors just freed suffice. */
		if (offer(q, r, VTBLK_T_FLUSH, 0, 0, false) == 0) {
			virtqueue_kick(q_vq(q));
			return (false);
		}
		status = VTBLK_S_UNSUPP;
	}
	bp->b_resid = 0;
	if (status != VTBLK_S_OK) {
		bp->b_error = status == VTBLK_S_UNSUPP ? EOPNOTSUPP : EIO;
		bp->b_flags |= B_ERROR;
		bp->b_resid = bp->b_bcount;
	}
	return (true);
}

static void
vtblk_intr(void *arg)
{
	struct vtblk_queue *q = arg;
	struct bio_queue_head done, failed;
	struct vtblk_req *r;
	struct bio *bio;

	bioq_init(&done);
	bioq_init(&failed);
	spin_lock(&q->q_spin);
	while ((r = virtqueue_get(q_vq(q), NULL)) != NULL) {
		if (r->r_bio == NULL) {
			r->r_done = true;
			wakeup(r);
			continue;
		}
		bio = r->r_bio;
		if (finish(q, r)) {
			put_req(q, r);
			bioq_insert_tail(&done, bio);
		}
	}
	start(q, &failed);
	spin_unlock(&q->q_spin);
	while ((bio = bioq_takefirst(&done)) != NULL)
		biodone(bio);
	fail_all(&failed);
}

/* --- the disk --- */

static int
vtblk_open(struct dev_open_args *ap)
{
	struct vtblk_softc *sc = ap->a_head.a_dev->si_drv1;

	return (sc == NULL ? ENXIO : 0);
}

static int
check_bio(struct vtblk_softc *sc, struct bio *bio)
{
	struct buf *bp = bio->bio_buf;

	switch (bp->b_cmd) {
	case BUF_CMD_WRITE:
		if (sc->sc_readonly)
			return (EROFS);
		/* FALLTHROUGH */
	case BUF_CMD_READ:
		if (bp->b_bcount <= 0 || bp->b_bcount > sc->sc_maxio ||
		    bp->b_bcount % VTBLK_SECTOR != 0 ||
		    bio->bio_offset % VTBLK_SECTOR != 0 ||
		    (uint64_t)(bio->bio_offset + bp->b_bcount) /
		    VTBLK_SECTOR > sc->sc_capacity)
			return (EINVAL);
		return (0);
	case BUF_CMD_FLUSH:
		return (0);
	default:
		return (EOPNOTSUPP);
	}
}

static int
vtblk_strategy(struct dev_strategy_args *ap)
{
	struct vtblk_softc *sc = ap->a_head.a_dev->si_drv1;
	struct bio *bio = ap->a_bio;
	struct bio_queue_head failed;
	struct vtblk_queue *q;
	int error;

	error = check_bio(sc, bio);
	if (error != 0 || (bio->bio_buf->b_cmd == BUF_CMD_FLUSH &&
	    !sc->sc_flush)) {
		biofinish(bio, error);
		return (0);
	}
	bioq_init(&failed);
	q = &sc->sc_queue[mycpuid % sc->sc_nqueues];
	spin_lock(&q->q_spin);
	bioq_insert_tail(&q->q_bioq, bio);
	start(q, &failed);
	spin_unlock(&q->q_spin);
	fail_all(&failed);
	return (0);
}

/* --- attaching --- */

static int
vtblk_probe(device_t dev)
{
	if (pci_get_vendor(dev) != VIRTIO_PCI_VENDOR ||
	    (pci_get_device(dev) != VIRTIO_PCI_LEGACY(VIRTIO_ID_BLOCK) &&
	    pci_get_device(dev) != VIRTIO_PCI_MODERN(VIRTIO_ID_BLOCK)))
		return (ENXIO);
	device_set_desc(dev, "Virtio block device");
	return (BUS_PROBE_DEFAULT);
}

static void
read_config(struct vtblk_softc *sc)
{
	struct virtio_dev *vd = &sc->sc_virtio;
	int segs = VTBLK_DATA_SEGS;

	sc->sc_capacity = virtio_config_8(vd, VTBLK_C_CAPACITY);
	sc->sc_secsize = VTBLK_SECTOR;
	if ((vd->vd_features & VTBLK_F_BLK_SIZE) != 0)
		sc->sc_secsize = virtio_config_4(vd, VTBLK_C_BLK_SIZE);
	if (sc->sc_secsize < VTBLK_SECTOR || sc->sc_secsize > MAXPHYS ||
	    (sc->sc_secsize & (sc->sc_secsize - 1)) != 0)
		sc->sc_secsize = VTBLK_SECTOR;
	if ((vd->vd_features & VTBLK_F_SEG_MAX) != 0)
		segs = MIN(segs, (int)MIN(virtio_config_4(vd,
		    VTBLK_C_SEG_MAX), VTBLK_DATA_SEGS));
	sc->sc_maxio = MAX(segs - 1, 1) * PAGE_SIZE;
	sc->sc_readonly = (vd->vd_features & VTBLK_F_RO) != 0;
	sc->sc_flush = (vd->vd_features & VTBLK_F_FLUSH) != 0;
	sc->sc_nqueues = 1;
	if ((vd->vd_features & VTBLK_F_MQ) != 0)
		sc->sc_nqueues = MIN(MIN(virtio_config_2(vd,
		    VTBLK_C_NUM_QUEUES), ncpus), virtio_max_vectors(vd));
	sc->sc_nqueues = MAX(sc->sc_nqueues, 1);
}

static int
init_queue(struct vtblk_softc *sc, int i)
{
	struct vtblk_queue *q = &sc->sc_queue[i];
	struct vtblk_req *r;
	int error;

	q->q_sc = sc;
	q->q_index = i;
	spin_init(&q->q_spin, "vtblkq");
	bioq_init(&q->q_bioq);
	q->q_reqs = kmalloc(VTBLK_REQUESTS * sizeof(*r), M_VTBLK,
	    M_WAITOK | M_ZERO);
	error = bus_dmamem_coherent(NULL, PAGE_SIZE, 0, BUS_SPACE_MAXADDR,
	    BUS_SPACE_MAXADDR, VTBLK_REQUESTS * sizeof(struct vtblk_shared),
	    BUS_DMA_ZERO, &q->q_mem);
	for (; q->q_nreqs < VTBLK_REQUESTS && error == 0; q->q_nreqs++) {
		r = &q->q_reqs[q->q_nreqs];
		error = bus_dmamap_create(sc->sc_tag, 0, &r->r_map);
		if (error != 0)
			break;
		r->r_shared = (struct vtblk_shared *)q->q_mem.dmem_addr +
		    q->q_nreqs;
		r->r_sharedpa = q->q_mem.dmem_busaddr +
		    q->q_nreqs * sizeof(struct vtblk_shared);
		put_req(q, r);
	}
	return (error);
}

static void
release(struct vtblk_softc *sc)
{
	struct vtblk_queue *q;
	int i, k;

	virtio_pci_detach(&sc->sc_virtio);
	for (i = 0; i < sc->sc_nqueues && sc->sc_queue != NULL; i++) {
		q = &sc->sc_queue[i];
		for (k = 0; k < q->q_nreqs; k++)
			bus_dmamap_destroy(sc->sc_tag, q->q_reqs[k].r_map);
		kfree(q->q_reqs, M_VTBLK);
		bus_dmamem_coherent_free(&q->q_mem);
	}
	kfree(sc->sc_queue, M_VTBLK);
	sc->sc_queue = NULL;
	if (sc->sc_tag != NULL)
		bus_dma_tag_destroy(sc->sc_tag);
}

/* The serial number: a command like any other, but we wait for it. */
static void
read_serial(struct vtblk_softc *sc)
{
	struct vtblk_queue *q = &sc->sc_queue[0];
	struct vtblk_req *r;

	spin_lock(&q->q_spin);
	r = q->q_free;
	q->q_free = r->r_next;
	r->r_done = false;
	r->r_segs[1].ds_addr = r->r_sharedpa +
	    offsetof(struct vtblk_shared, id);
	r->r_segs[1].ds_len = VTBLK_ID_LEN;
	if (offer(q, r, VTBLK_T_GET_ID, 0, 1, true) == 0) {
		virtqueue_kick(q_vq(q));
		while (!r->r_done)
			ssleep(r, &q->q_spin, 0, "vtblkid", 0);
		if (r->r_shared->status == VTBLK_S_OK)
			memcpy(sc->sc_serial, r->r_shared->id, VTBLK_ID_LEN);
	}
	put_req(q, r);
	spin_unlock(&q->q_spin);
}

static int
init_queues(struct vtblk_softc *sc)
{
	void **args;
	int i, error;

	sc->sc_queue = kmalloc(sc->sc_nqueues * sizeof(*sc->sc_queue),
	    M_VTBLK, M_WAITOK | M_ZERO);
	error = bus_dma_tag_create(bus_get_dma_tag(sc->sc_dev), 1, 0,
	    BUS_SPACE_MAXADDR, BUS_SPACE_MAXADDR, MAXPHYS, VTBLK_DATA_SEGS,
	    MAXPHYS, 0, &sc->sc_tag);
	for (i = 0; i < sc->sc_nqueues && error == 0; i++)
		error = init_queue(sc, i);
	if (error != 0)
		return (error);
	args = kmalloc(sc->sc_nqueues * sizeof(*args), M_TEMP, M_WAITOK);
	for (i = 0; i < sc->sc_nqueues; i++)
		args[i] = &sc->sc_queue[i];
	error = virtio_alloc_queues(&sc->sc_virtio, sc->sc_nqueues,
	    vtblk_intr, args);
	kfree(args, M_TEMP);
	return (error);
}

static int
vtblk_attach(device_t dev)
{
	struct vtblk_softc *sc = device_get_softc(dev);
	struct disk_info info;
	int unit = device_get_unit(dev), error;

	sc->sc_dev = dev;
	error = virtio_pci_attach(&sc->sc_virtio, dev);
	if (error == 0)
		error = virtio_negotiate(&sc->sc_virtio, VTBLK_FEATURES);
	if (error == 0) {
		read_config(sc);
		error = init_queues(sc);
	}
	if (error != 0) {
		release(sc);
		return (error);
	}
	virtio_ready(&sc->sc_virtio);
	read_serial(sc);
	kprintf("vbd%d: %juMB (%ju %d byte sectors), %d queue%s\n", unit,
	    (uintmax_t)(sc->sc_capacity * VTBLK_SECTOR >> 20),
	    (uintmax_t)(sc->sc_capacity * VTBLK_SECTOR / sc->sc_secsize),
	    sc->sc_secsize, sc->sc_nqueues, sc->sc_nqueues == 1 ? "" : "s");

	sc->sc_cdev = disk_create(unit, &sc->sc_disk, &vbd_ops);
	sc->sc_cdev->si_drv1 = sc;
	sc->sc_cdev->si_iosize_max = sc->sc_maxio;
	memset(&info, 0, sizeof(info));
	info.d_media_blksize = sc->sc_secsize;
	info.d_media_blocks = sc->sc_capacity * VTBLK_SECTOR /
	    sc->sc_secsize;
	info.d_type = DTYPE_ESDI;
	info.d_serialno = sc->sc_serial[0] != '\0' ? sc->sc_serial : NULL;
	disk_setdiskinfo(&sc->sc_disk, &info);
	return (0);
}

static int
vtblk_detach(device_t dev)
{
	struct vtblk_softc *sc = device_get_softc(dev);

	disk_destroy(&sc->sc_disk);
	release(sc);
	return (0);
}

static driver_t vtblk_driver = {
	.name = "vtblk",
	.size = sizeof(struct vtblk_softc),
	.probe = vtblk_probe,
	.attach = vtblk_attach,
	.detach = vtblk_detach,
};

DRIVER_MODULE(vtblk, pci, vtblk_driver, vtblk_devclass, NULL, NULL);
MODULE_VERSION(vtblk, 1);
