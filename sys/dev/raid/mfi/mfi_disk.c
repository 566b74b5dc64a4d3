/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mfi: volumes as /dev/mfid*, drives outside volumes as /dev/mfisyspd*, and
 * their I/O (11).
 *
 * All disks of a controller share one queue of bios that wait for a command.
 * A bio counts in its disk's d_inflight from the queue to its end; a disk
 * that goes waits for those.
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

#include "mfivar.h"

#define SECTOR_MASK	((1 << MFI_SECTOR_SHIFT) - 1)
#define SENSE_ILLEGAL	0x05

static MALLOC_DEFINE(M_MFIDISK, "mfidisk", "MegaRAID disks");

static d_open_t		mfid_open;
static d_close_t	mfid_close;
static d_strategy_t	mfid_strategy;

static struct dev_ops mfid_ops = {
	{ "mfid", 0, D_DISK | D_MPSAFE },
	.d_open =	mfid_open,
	.d_close =	mfid_close,
	.d_read =	physread,
	.d_write =	physwrite,
	.d_strategy =	mfid_strategy,
};

static struct dev_ops mfisyspd_ops = {
	{ "mfisyspd", 0, D_DISK | D_MPSAFE },
	.d_open =	mfid_open,
	.d_close =	mfid_close,
	.d_read =	physread,
	.d_write =	physwrite,
	.d_strategy =	mfid_strategy,
};

static int
mfid_open(struct dev_open_args *ap)
{
	struct mfi_disk *d = ap->a_head.a_dev->si_drv1;
	int error = 0;

	lockmgr(&d->d_sc->sc_lock, LK_EXCLUSIVE);
	if (d->d_disabled || d->d_gone)
		error = ENXIO;
	else
		d->d_open = true;
	lockmgr(&d->d_sc->sc_lock, LK_RELEASE);
	return (error);
}

static int
mfid_close(struct dev_close_args *ap)
{
	struct mfi_disk *d = ap->a_head.a_dev->si_drv1;

	lockmgr(&d->d_sc->sc_lock, LK_EXCLUSIVE);
	d->d_open = false;
	lockmgr(&d->d_sc->sc_lock, LK_RELEASE);
	return (0);
}

/* --- the end of a bio --- */

static void
end_bio(struct mfi_disk *d, struct bio *bio, int error)
{
	struct mfi_softc *sc = d->d_sc;

	biofinish(bio, error);
	spin_lock(&sc->sc_spin);
	if (--d->d_inflight == 0 && d->d_gone)
		wakeup(&d->d_inflight);
	spin_unlock(&sc->sc_spin);
}

static void
complain(struct mfi_cmd *cmd)
{
	const uint8_t *s = cmd->c_sense;

	kprintf("%s: I/O error, status= %d scsi_status= %d\n",
	    cmd->c_disk->d_name, cmd->c_status, cmd->c_scsi_status);
	if (cmd->c_status == MFI_STAT_SCSI_DONE_WITH_ERROR)
		kprintf("%s: sense error %d, sense_key %d, asc %d, ascq %d\n",
		    cmd->c_disk->d_name, s[0] & 0x7f, s[2] & 0xf, s[12],
		    s[13]);
}

/* Firmware without a cache of its own may not know how to flush. */
static bool
cannot_flush(struct mfi_cmd *cmd)
{
	return (cmd->c_status == MFI_STAT_INVALID_CMD ||
	    (cmd->c_status == MFI_STAT_SCSI_DONE_WITH_ERROR &&
	    (cmd->c_sense[2] & 0xf) == SENSE_ILLEGAL));
}

static void	issue(struct mfi_cmd *cmd);

static bool
needs_flush(struct mfi_cmd *cmd)
{
	struct buf *bp = cmd->c_bio->bio_buf;

	return (bp->b_cmd == BUF_CMD_WRITE && (bp->b_flags & B_FUA) != 0 &&
	    !cmd->c_flushing && !cmd->c_disk->d_noflush);
}

/* The same command once more: to flush what it wrote, or again. */
static bool
go_on(struct mfi_cmd *cmd)
{
	if (cmd->c_status == MFI_STAT_CONFIG_SEQ_MISMATCH)
		return (cmd->c_resets++ < MFI_RETRIES);
	if (cmd->c_status != MFI_STAT_OK || cmd->c_scsi_status != 0 ||
	    !needs_flush(cmd))
		return (false);
	cmd->c_flushing = true;
	return (true);
}

static void
rw_done(struct mfi_cmd *cmd)
{
	struct mfi_softc *sc = cmd->c_sc;
	struct mfi_disk *d = cmd->c_disk;
	struct bio *bio = cmd->c_bio;
	int error = 0;

	if (go_on(cmd)) {
		issue(cmd);
		return;
	}
	if (cmd->c_status != MFI_STAT_OK || cmd->c_scsi_status != 0) {
		if ((cmd->c_flushing ||
		    bio->bio_buf->b_cmd == BUF_CMD_FLUSH) &&
		    cannot_flush(cmd)) {
			d->d_noflush = true;
		} else {
			error = EIO;
			complain(cmd);
		}
	}
	spin_lock(&sc->sc_spin);
	mfi_cmd_put(cmd);
	spin_unlock(&sc->sc_spin);
	end_bio(d, bio, error);
}

/* --- and its beginning --- */

static int
fill(struct mfi_cmd *cmd)
{
	struct mfi_softc *sc = cmd->c_sc;
	struct bio *bio = cmd->c_bio;
	struct buf *bp = bio->bio_buf;
	bus_dma_segment_t segs[MFI_MAX_SEGS];
	bool write = bp->b_cmd == BUF_CMD_WRITE;
	int n, error;

	memset(cmd->c_frame, 0, MFI_FRAME_SIZE);
	cmd->c_kind = MFI_KIND_FRAME;
	if (bp->b_cmd == BUF_CMD_FLUSH || cmd->c_flushing) {
		mfi_fill_sync(cmd, cmd->c_disk);
		return (0);
	}
	error = bus_dmamap_load_segment(sc->sc_tag, cmd->c_map, bp->b_data,
	    bp->b_bcount, segs, sc->sc_nsge, &n, BUS_DMA_NOWAIT);
	if (error != 0)
		return (error);
	cmd->c_mapped = true;
	bus_dmamap_sync(sc->sc_tag, cmd->c_map, write ?
	    BUS_DMASYNC_PREWRITE : BUS_DMASYNC_PREREAD);
	mfi_fill_rw(cmd, cmd->c_disk, bio->bio_offset >> MFI_SECTOR_SHIFT,
	    bp->b_bcount >> MFI_SECTOR_SHIFT, write, segs, n);
	return (0);
}

/*
 * Off with it.  While the controller is being reset its bio goes back to the
 * head of the queue, and the command to the pool.
 */
static void
issue(struct mfi_cmd *cmd)
{
	struct mfi_softc *sc = cmd->c_sc;
	struct bio *bio = cmd->c_bio;
	int error;

	cmd->c_done = rw_done;
	error = fill(cmd);
	spin_lock(&sc->sc_spin);
	if (error == 0 && sc->sc_state == MFI_RUNNING) {
		mfi_submit(cmd);
		spin_unlock(&sc->sc_spin);
		return;
	}
	if (error == 0 && sc->sc_state == MFI_DEAD)
		error = EIO;
	if (error == 0) {
		TAILQ_INSERT_HEAD(&sc->sc_bioq, bio, bio_act);
		sc->sc_nbio++;
	}
	mfi_cmd_put(cmd);
	spin_unlock(&sc->sc_spin);
	if (cmd->c_mapped) {
		bus_dmamap_unload(sc->sc_tag, cmd->c_map);
		cmd->c_mapped = false;
	}
	if (error != 0)
		end_bio(bio->bio_driver_info, bio, error);
}

void
mfi_start(struct mfi_softc *sc)
{
	struct mfi_cmd *cmd;
	struct bio *bio;

	for (;;) {
		spin_lock(&sc->sc_spin);
		cmd = NULL;
		bio = bioq_first(&sc->sc_bioq);
		if (bio != NULL && sc->sc_state == MFI_RUNNING)
			cmd = mfi_cmd_get(sc, MFI_RESERVED);
		if (cmd == NULL) {
			spin_unlock(&sc->sc_spin);
			return;
		}
		bioq_remove(&sc->sc_bioq, bio);
		sc->sc_nbio--;
		spin_unlock(&sc->sc_spin);
		cmd->c_bio = bio;
		cmd->c_disk = bio->bio_driver_info;
		issue(cmd);
	}
}

void
mfi_drop_bios(struct mfi_softc *sc, struct mfi_disk *d, int error)
{
	struct bio_queue_head drop;
	struct bio *bio, *next;

	bioq_init(&drop);
	spin_lock(&sc->sc_spin);
	for (bio = bioq_first(&sc->sc_bioq); bio != NULL; bio = next) {
		next = TAILQ_NEXT(bio, bio_act);
		if (d == NULL || bio->bio_driver_info == d) {
			bioq_remove(&sc->sc_bioq, bio);
			sc->sc_nbio--;
			bioq_insert_tail(&drop, bio);
		}
	}
	spin_unlock(&sc->sc_spin);
	while ((bio = bioq_takefirst(&drop)) != NULL)
		end_bio(bio->bio_driver_info, bio, error);
}

static int
check_bio(struct mfi_disk *d, struct bio *bio)
{
	struct buf *bp = bio->bio_buf;

	if (bp->b_cmd == BUF_CMD_FLUSH)
		return (0);
	if (bp->b_cmd != BUF_CMD_READ && bp->b_cmd != BUF_CMD_WRITE)
		return (EOPNOTSUPP);
	if (bp->b_bcount < 0 || bp->b_bcount > d->d_maxio ||
	    (bp->b_bcount & SECTOR_MASK) != 0 || bio->bio_offset < 0 ||
	    (bio->bio_offset & SECTOR_MASK) != 0 ||
	    (uint64_t)(bio->bio_offset + bp->b_bcount) >> MFI_SECTOR_SHIFT >
	    d->d_sectors)
		return (EINVAL);
	return (0);
}

static int
mfid_strategy(struct dev_strategy_args *ap)
{
	struct mfi_disk *d = ap->a_head.a_dev->si_drv1;
	struct mfi_softc *sc = d->d_sc;
	struct bio *bio = ap->a_bio;
	struct buf *bp = bio->bio_buf;
	int error = check_bio(d, bio);

	if (error != 0 || (bp->b_cmd == BUF_CMD_FLUSH ? d->d_noflush :
	    bp->b_bcount == 0)) {
		biofinish(bio, error);
		return (0);
	}
	bio->bio_driver_info = d;
	spin_lock(&sc->sc_spin);
	if (d->d_gone)
		error = ENXIO;
	else if (sc->sc_state == MFI_DEAD)
		error = EBUSY;
	if (error == 0) {
		d->d_inflight++;
		bioq_insert_tail(&sc->sc_bioq, bio);
		if (++sc->sc_nbio > sc->sc_maxbio)
			sc->sc_maxbio = sc->sc_nbio;
	}
	spin_unlock(&sc->sc_spin);
	if (error != 0)
		biofinish(bio, error);
	else
		mfi_start(sc);
	return (0);
}

/* --- disks come and go --- */

struct mfi_disk *
mfi_disk_find(struct mfi_softc *sc, bool syspd, int id)
{
	struct mfi_disk *d;

	TAILQ_FOREACH(d, &sc->sc_disks, d_link) {
		if (d->d_syspd == syspd && d->d_id == id)
			return (d);
	}
	return (NULL);
}

static struct mfi_disk *
new_disk(struct mfi_softc *sc, bool syspd, int id, uint64_t sectors)
{
	const char *name = syspd ? "mfisyspd" : "mfid";
	struct mfi_disk *d;
	uint64_t maxio = (uint64_t)sc->sc_max_sectors << MFI_SECTOR_SHIFT;

	d = kmalloc(sizeof(*d), M_MFIDISK, M_WAITOK | M_ZERO);
	d->d_sc = sc;
	d->d_syspd = syspd;
	d->d_id = id;
	d->d_sectors = sectors;
	maxio = MIN(maxio, (uint64_t)(sc->sc_nsge - 1) * PAGE_SIZE);
	d->d_maxio = MAX(MIN(maxio, MAXPHYS), 1 << MFI_SECTOR_SHIFT);
	d->d_unit = disk_unit_alloc(name);
	ksnprintf(d->d_name, sizeof(d->d_name), "%s%d", name, d->d_unit);
	TAILQ_INSERT_TAIL(&sc->sc_disks, d, d_link);
	return (d);
}

static void
publish(struct mfi_disk *d)
{
	struct disk_info info;
	bool big = d->d_sectors >= 1048576;

	d->d_dev = disk_create(d->d_unit, &d->d_disk,
	    d->d_syspd ? &mfisyspd_ops : &mfid_ops);
	d->d_dev->si_drv1 = d;
	d->d_dev->si_iosize_max = d->d_maxio;
	memset(&info, 0, sizeof(info));
	info.d_media_blksize = 1 << MFI_SECTOR_SHIFT;
	info.d_media_blocks = d->d_sectors;
	info.d_type = DTYPE_SCSI;
	info.d_nheads = big ? 255 : 64;
	info.d_secpertrack = big ? 63 : 32;
	info.d_secpercyl = info.d_nheads * info.d_secpertrack;
	info.d_ncylinders = d->d_sectors / info.d_secpercyl;
	disk_setdiskinfo(&d->d_disk, &info);
}

void
mfi_disk_detach(struct mfi_disk *d)
{
	struct mfi_softc *sc = d->d_sc;

	spin_lock(&sc->sc_spin);
	d->d_gone = true;
	spin_unlock(&sc->sc_spin);
	TAILQ_REMOVE(&sc->sc_disks, d, d_link);
	mfi_drop_bios(sc, d, ENXIO);
	/* Whoever is in the driver may want the lock. */
	lockmgr(&sc->sc_lock, LK_RELEASE);
	disk_destroy(&d->d_disk);
	spin_lock(&sc->sc_spin);
	while (d->d_inflight > 0)
		ssleep(&d->d_inflight, &sc->sc_spin, 0, "mfidgo", 0);
	spin_unlock(&sc->sc_spin);
	device_printf(sc->sc_dev, "%s is gone\n", d->d_name);
	disk_unit_free(d->d_syspd ? "mfisyspd" : "mfid", d->d_unit);
	kfree(d, M_MFIDISK);
	lockmgr(&sc->sc_lock, LK_EXCLUSIVE);
}

static const char *
ld_state(int state)
{
	switch (state) {
	case MFI_LD_OFFLINE:
		return ("offline");
	case MFI_LD_PARTIAL:
		return ("partially degraded");
	case MFI_LD_DEGRADED:
		return ("degraded");
	case MFI_LD_OPTIMAL:
		return ("optimal");
	default:
		return ("unknown");
	}
}

static void
attach_volume(struct mfi_softc *sc, int target)
{
	struct mfi_ld_info *li;
	struct mfi_disk *d;

	li = kmalloc(sizeof(*li), M_TEMP, M_WAITOK | M_ZERO);
	if (mfi_dcmd(sc, MFI_DCMD_LD_GET_INFO, MFI_MBOX(target), li,
	    sizeof(*li), MFI_FRAME_READ, NULL) != 0) {
		device_printf(sc->sc_dev, "no information about volume %d\n",
		    target);
	} else if (!li->config.params.is_sscd && li->size != 0 &&
	    li->size <= (uint64_t)INT64_MAX >> MFI_SECTOR_SHIFT) {
		li->config.props.name[sizeof(li->config.props.name) - 1] = 0;
		d = new_disk(sc, false, target, li->size);
		kprintf("%s: %juMB (%ju sectors) RAID volume '%s' is %s\n",
		    d->d_name, (uintmax_t)d->d_sectors / 2048,
		    (uintmax_t)d->d_sectors, li->config.props.name,
		    ld_state(li->config.params.state));
		publish(d);
	}
	kfree(li, M_TEMP);
}

void
mfi_scan_volumes(struct mfi_softc *sc)
{
	struct mfi_ld_list *list;
	u_int i;

	list = kmalloc(sizeof(*list), M_TEMP, M_WAITOK | M_ZERO);
	if (mfi_dcmd(sc, MFI_DCMD_LD_GET_LIST, NULL, list, sizeof(*list),
	    MFI_FRAME_READ, NULL) != 0) {
		device_printf(sc->sc_dev, "no list of volumes\n");
		list->count = 0;
	}
	for (i = 0; i < MIN(list->count, MFI_MAX_LD); i++) {
		if (mfi_disk_find(sc, false, list->ld[i].ref.target_id) ==
		    NULL)
			attach_volume(sc, list->ld[i].ref.target_id);
	}
	kfree(list, M_TEMP);
}

static void
attach_syspd(struct mfi_softc *sc, int id)
{
	struct mfi_pd_info *pi;
	struct mfi_disk *d;

	pi = kmalloc(sizeof(*pi), M_TEMP, M_WAITOK | M_ZERO);
	if (mfi_dcmd(sc, MFI_DCMD_PD_GET_INFO, MFI_MBOX(id & 0xff, id >> 8),
	    pi, sizeof(*pi), MFI_FRAME_READ, NULL) == 0 &&
	    pi->state == MFI_PD_SYSTEM && pi->raw_size != 0 &&
	    pi->raw_size <= (uint64_t)INT64_MAX >> MFI_SECTOR_SHIFT) {
		d = new_disk(sc, true, id, pi->raw_size);
		kprintf("%s: %juMB (%ju sectors) SYSPD volume\n", d->d_name,
		    (uintmax_t)d->d_sectors / 2048, (uintmax_t)d->d_sectors);
		publish(d);
	}
	kfree(pi, M_TEMP);
}

static bool
listed(const struct mfi_pd_list *list, u_int n, int id)
{
	u_int i;

	for (i = 0; i < n; i++) {
		if (list->addr[i].device_id == id &&
		    list->addr[i].encl_id != id)
			return (true);
	}
	return (false);
}

void
mfi_scan_syspds(struct mfi_softc *sc)
{
	struct mfi_pd_list *list;
	struct mfi_disk *d, *next;
	u_int i, n;

	if (!sc->sc_family->syspds)
		return;
	list = kmalloc(MFI_PD_QUERY_SIZE, M_TEMP, M_WAITOK | M_ZERO);
	if (mfi_dcmd(sc, MFI_DCMD_PD_LIST_QUERY,
	    MFI_MBOX(MFI_PD_QUERY_EXPOSED), list, MFI_PD_QUERY_SIZE,
	    MFI_FRAME_READ, NULL) != 0) {
		kfree(list, M_TEMP);
		return;
	}
	n = MIN(list->count, (MFI_PD_QUERY_SIZE - sizeof(*list)) /
	    sizeof(list->addr[0]));
	for (i = 0; i < n; i++) {
		if (list->addr[i].device_id != list->addr[i].encl_id &&
		    mfi_disk_find(sc, true, list->addr[i].device_id) == NULL)
			attach_syspd(sc, list->addr[i].device_id);
	}
restart:
	for (d = TAILQ_FIRST(&sc->sc_disks); d != NULL; d = next) {
		next = TAILQ_NEXT(d, d_link);
		if (d->d_syspd && !listed(list, n, d->d_id)) {
			mfi_disk_detach(d);
			goto restart;
		}
	}
	kfree(list, M_TEMP);
}
