/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nvme: namespaces as disks.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/conf.h>
#include <sys/device.h>
#include <sys/diskslice.h>
#include <sys/dtype.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/spinlock2.h>
#include <sys/thread2.h>

#include "nvme.h"

#define BLOCKS_MAX	0x10000		/* of a command */

static MALLOC_DEFINE(M_NVMENS, "nvmens", "NVM Express namespaces");

static d_open_t		nvme_open;
static d_strategy_t	nvme_strategy;

static struct dev_ops nvme_ops = {
	{ "nvme", 0, D_DISK | D_MPSAFE },
	.d_open =	nvme_open,
	.d_close =	nullclose,
	.d_read =	physread,
	.d_write =	physwrite,
	.d_strategy =	nvme_strategy,
};

static int
nvme_open(struct dev_open_args *ap)
{
	struct nvme_ns *ns = ap->a_head.a_dev->si_drv1;

	return (ns == NULL || ns->n_sc->sc_dead ? ENXIO : 0);
}

static void
bio_done(struct nvme_req *r, int status)
{
	struct nvme_queue *q = r->r_queue;
	struct bio *bio = r->r_bio;
	struct nvme_ns *ns = bio->bio_driver_info;
	int error = 0;

	if (status != 0) {
		error = ns->n_sc->sc_dead ? ENXIO : EIO;
		kprintf("nvme%d: command 0x%02x at offset %jd failed, status "
		    "0x%03x\n", ns->n_unit, r->r_cmd.opcode,
		    (intmax_t)bio->bio_offset, NVME_STATUS(status));
	}
	spin_lock(&q->q_spin);
	nvme_req_put(r);
	spin_unlock(&q->q_spin);
	biofinish(bio, error);
}

/* The data's pages into the command (4.3). */
static int
map_data(struct nvme_req *r, struct buf *bp)
{
	bus_dma_tag_t tag = r->r_queue->q_sc->sc_tag;
	bus_dma_segment_t segs[NVME_MAX_SEGS];
	int i, n, error;

	error = bus_dmamap_load_segment(tag, r->r_map, bp->b_data,
	    bp->b_bcount, segs, NVME_MAX_SEGS, &n, BUS_DMA_NOWAIT);
	if (error != 0)
		return (error);
	r->r_mapped = true;
	bus_dmamap_sync(tag, r->r_map, r->r_write ? BUS_DMASYNC_PREWRITE :
	    BUS_DMASYNC_PREREAD);
	r->r_cmd.prp1 = segs[0].ds_addr;
	if (n == 2)
		r->r_cmd.prp2 = segs[1].ds_addr;
	if (n > 2) {
		for (i = 1; i < n; i++)
			r->r_list[i - 1] = segs[i].ds_addr;
		r->r_cmd.prp2 = r->r_listpa;
	}
	return (0);
}

/* One range of blocks to be given back: 16 bytes in the list's room. */
static void
fill_deallocate(struct nvme_req *r, uint64_t lba, uint32_t count)
{
	uint32_t *range = (uint32_t *)r->r_list;

	range[0] = 0;
	range[1] = count;
	range[2] = (uint32_t)lba;
	range[3] = (uint32_t)(lba >> 32);
	r->r_cmd.opcode = NVME_DSM;
	r->r_cmd.prp1 = r->r_listpa;
	r->r_cmd.cdw10 = 0;			/* ranges, less 1 */
	r->r_cmd.cdw11 = NVME_DSM_DEALLOCATE;
}

static int
fill(struct nvme_req *r, struct nvme_ns *ns, struct bio *bio)
{
	struct buf *bp = bio->bio_buf;
	uint64_t lba = bio->bio_offset >> ns->n_blkshift;
	uint32_t count = bp->b_bcount >> ns->n_blkshift;

	r->r_bio = bio;
	r->r_done = bio_done;
	r->r_cmd.nsid = ns->n_id;
	switch (bp->b_cmd) {
	case BUF_CMD_FLUSH:
		r->r_cmd.opcode = NVME_FLUSH;
		return (0);
	case BUF_CMD_FREEBLKS:
		fill_deallocate(r, lba, count);
		return (0);
	default:
		r->r_write = bp->b_cmd == BUF_CMD_WRITE;
		r->r_cmd.opcode = r->r_write ? NVME_WRITE : NVME_READ;
		r->r_cmd.cdw10 = (uint32_t)lba;
		r->r_cmd.cdw11 = (uint32_t)(lba >> 32);
		r->r_cmd.cdw12 = count - 1;
		if (r->r_write && (bp->b_flags & B_FUA) != 0)
			r->r_cmd.cdw12 |= NVME_RW_FUA;
		return (map_data(r, bp));
	}
}

/* Start as many waiting bios as there are requests. */
void
nvme_start(struct nvme_queue *q)
{
	struct nvme_req *r;
	struct bio *bio;
	int error;

	for (;;) {
		spin_lock(&q->q_spin);
		bio = bioq_first(&q->q_bioq);
		r = bio != NULL ? nvme_req_get(q) : NULL;
		if (r == NULL) {
			spin_unlock(&q->q_spin);
			return;
		}
		bioq_remove(&q->q_bioq, bio);
		spin_unlock(&q->q_spin);
		error = fill(r, bio->bio_driver_info, bio);
		spin_lock(&q->q_spin);
		if (error == 0 && q->q_sc->sc_dead)
			error = ENXIO;
		if (error == 0)
			nvme_submit(r);
		else
			nvme_req_put(r);
		spin_unlock(&q->q_spin);
		if (error != 0) {
			if (r->r_mapped)
				bus_dmamap_unload(q->q_sc->sc_tag, r->r_map);
			biofinish(bio, error);
		}
	}
}

static int
check_bio(struct nvme_ns *ns, struct bio *bio)
{
	struct buf *bp = bio->bio_buf;
	int mask = (1 << ns->n_blkshift) - 1;

	switch (bp->b_cmd) {
	case BUF_CMD_FLUSH:
		return (0);
	case BUF_CMD_READ:
	case BUF_CMD_WRITE:
		if (bp->b_bcount > ns->n_sc->sc_maxio)
			return (EINVAL);
		break;
	case BUF_CMD_FREEBLKS:
		if (!ns->n_sc->sc_dsm)
			return (EOPNOTSUPP);
		break;
	default:
		return (EOPNOTSUPP);
	}
	if (bp->b_bcount <= 0 || (bp->b_bcount & mask) != 0 ||
	    (bio->bio_offset & mask) != 0 ||
	    (uint64_t)(bio->bio_offset + bp->b_bcount) >> ns->n_blkshift >
	    ns->n_blocks)
		return (EINVAL);
	return (0);
}

static int
nvme_strategy(struct dev_strategy_args *ap)
{
	struct nvme_ns *ns = ap->a_head.a_dev->si_drv1;
	struct nvme_softc *sc = ns->n_sc;
	struct bio *bio = ap->a_bio;
	struct nvme_queue *q;
	int error;

	error = check_bio(ns, bio);
	if (error != 0 || (bio->bio_buf->b_cmd == BUF_CMD_FLUSH &&
	    !sc->sc_cache)) {
		biofinish(bio, error);
		return (0);
	}
	bio->bio_driver_info = ns;
	q = sc->sc_io[mycpuid % sc->sc_nio];
	spin_lock(&q->q_spin);
	bioq_insert_tail(&q->q_bioq, bio);
	spin_unlock(&q->q_spin);
	nvme_start(q);
	return (0);
}

static void
make_disk(struct nvme_ns *ns)
{
	struct nvme_softc *sc = ns->n_sc;
	struct disk_info info;
	char serial[40];

	ns->n_unit = disk_unit_alloc("nvme");
	kprintf("nvme%d: %juMB (%ju %d byte sectors) at %s namespace %u, %d "
	    "queue%s\n", ns->n_unit,
	    (uintmax_t)(ns->n_blocks << ns->n_blkshift >> 20),
	    (uintmax_t)ns->n_blocks, 1 << ns->n_blkshift,
	    device_get_nameunit(sc->sc_dev), ns->n_id, sc->sc_nio,
	    sc->sc_nio == 1 ? "" : "s");
	ksnprintf(serial, sizeof(serial), "%s-%u", sc->sc_serial, ns->n_id);
	ns->n_dev = disk_create(ns->n_unit, &ns->n_disk, &nvme_ops);
	ns->n_dev->si_drv1 = ns;
	ns->n_dev->si_iosize_max = sc->sc_maxio;
	memset(&info, 0, sizeof(info));
	info.d_media_blksize = 1 << ns->n_blkshift;
	info.d_media_blocks = ns->n_blocks;
	info.d_serialno = serial;
	info.d_type = DTYPE_SCSI;
	info.d_trimflag = sc->sc_dsm;
	disk_setdiskinfo(&ns->n_disk, &info);
}

void
nvme_ns_attach(struct nvme_softc *sc, uint32_t nsid)
{
	struct nvme_cmd cmd = { .opcode = NVME_IDENTIFY, .nsid = nsid,
	    .cdw10 = NVME_CNS_NAMESPACE };
	const uint8_t *id = sc->sc_scratch.dmem_addr;
	struct nvme_ns *ns;
	uint64_t blocks;
	int shift;

	cmd.prp1 = sc->sc_scratch.dmem_busaddr;
	if (nvme_admin(sc, &cmd, NULL) != 0)
		return;
	blocks = *(const uint64_t *)(id + NVME_NS_SIZE);
	shift = id[NVME_NS_LBAF(id[NVME_NS_FLBAS] & 0xf) + 2];
	if (blocks == 0)
		return;
	if (shift < 9 || shift > PAGE_SHIFT) {
		device_printf(sc->sc_dev, "namespace %u: blocks of 2^%d "
		    "bytes are not supported\n", nsid, shift);
		return;
	}
	ns = kmalloc(sizeof(*ns), M_NVMENS, M_WAITOK | M_ZERO);
	ns->n_sc = sc;
	ns->n_id = nsid;
	ns->n_blkshift = shift;
	ns->n_blocks = blocks;
	ns->n_next = sc->sc_ns;
	sc->sc_ns = ns;
	make_disk(ns);
}

void
nvme_ns_detach(struct nvme_ns *ns)
{
	disk_destroy(&ns->n_disk);
	disk_unit_free("nvme", ns->n_unit);
	kfree(ns, M_NVMENS);
}
