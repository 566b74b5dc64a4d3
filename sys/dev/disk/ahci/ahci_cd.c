/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ahci: ATAPI CD and DVD drives, /dev/cd*.  The packets are those of MMC-5
 * and SPC-3.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/cdio.h>
#include <sys/diskslice.h>
#include <sys/dtype.h>
#include <sys/errno.h>
#include <sys/fcntl.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/spinlock2.h>

#include <dev/disk/scsi.h>

#include "ahci.h"

#define ATA_PACKET		0xa0
#define ATA_IDENTIFY_PACKET	0xa1
#define PACKET_DMA		0x01	/* features */
#define PACKET_DMADIR		0x04	/* to the host */

#define ID_MODEL		27
#define ID_FIRMWARE		23
#define CD_SECTOR		2048
#define READY_TRIES		60	/* of half a second: a disc spins up */

static d_open_t		cd_open;
static d_ioctl_t	cd_ioctl;
static d_strategy_t	cd_strategy;

static struct dev_ops cd_ops = {
	{ "cd", 0, D_DISK | D_MPSAFE },
	.d_open =	cd_open,
	.d_close =	nullclose,
	.d_read =	physread,
	.d_write =	physwrite,
	.d_ioctl =	cd_ioctl,
	.d_strategy =	cd_strategy,
};

static void	rw_done(struct ahci_ccb *ccb);

/* Make the ccb a packet command; the caller fills in ccb_cdb. */
static void
packet(struct ahci_ccb *ccb, void *data, int len)
{
	memset(ccb->ccb_cdb, 0, sizeof(ccb->ccb_cdb));
	ccb->ccb_fis[2] = ATA_PACKET;
	ccb->ccb_fis[3] = len > 0 ? PACKET_DMA | PACKET_DMADIR : 0;
	ccb->ccb_data = data;
	ccb->ccb_len = len;
	ccb->ccb_flags = CCB_ATAPI;
	ccb->ccb_timeout = 30;
}

static void
packet_sense(struct ahci_ccb *ccb)
{
	struct ahci_port *ap = ccb->ccb_port;

	packet(ccb, ap->ap_mem->sense, SCSI_SENSE_LENGTH);
	memset(ap->ap_mem->sense, 0, SCSI_SENSE_LENGTH);
	ccb->ccb_cdb[0] = SCSI_REQUEST_SENSE;
	ccb->ccb_cdb[4] = SCSI_SENSE_LENGTH;
	ccb->ccb_flags |= CCB_SENSE;
}

/*
 * Run a command, waiting.  On an error the sense data is fetched and the key
 * returned in *key.
 */
static int
run(struct ahci_port *ap, const uint8_t *cdb, int cdblen, void *data,
    int len, int *key)
{
	struct ahci_ccb *ccb;
	int error;

	*key = 0;
	ccb = ahci_ccb_get(ap);
	if (ccb == NULL)
		return (EBUSY);
	packet(ccb, data, len);
	memcpy(ccb->ccb_cdb, cdb, cdblen);
	error = ahci_run(ccb);
	if (error == EIO) {
		packet_sense(ccb);
		if (ahci_run(ccb) == 0)
			*key = SCSI_SENSE_KEY(ap->ap_mem->sense);
	}
	ahci_unhold(ap);
	ahci_ccb_put(ccb);
	return (error);
}

static int
simple(struct ahci_port *ap, uint8_t op, uint8_t byte4, int *key)
{
	uint8_t cdb[12] = { op, 0, 0, 0, byte4 };

	return (run(ap, cdb, sizeof(cdb), NULL, 0, key));
}

/* Wait for a disc that is spinning up; ENXIO when there is none. */
static int
wait_ready(struct ahci_port *ap)
{
	int tries, key, error;

	for (tries = 0; tries < READY_TRIES; tries++) {
		error = simple(ap, SCSI_TEST_UNIT_READY, 0, &key);
		if (error == 0)
			return (0);
		if (error != EIO)
			return (error);
		if (key == SCSI_KEY_UNIT_ATTENTION)
			continue;
		if (key != SCSI_KEY_NOT_READY ||
		    SCSI_SENSE_ASC(ap->ap_mem->sense) != SCSI_ASC_BECOMING_READY)
			return (ENXIO);
		ahci_wait_ms(500);
	}
	return (ENXIO);
}

/* Is there a disc, and how big?  Tells the disk layer of changes. */
static int
check_medium(struct ahci_port *ap)
{
	uint8_t cdb[12] = { SCSI_READ_CAPACITY };
	struct disk_info info;
	uint64_t blocks;
	int key, error;

	error = wait_ready(ap);
	if (error == 0)
		error = run(ap, cdb, sizeof(cdb), ap->ap_mem->scratch, 8,
		    &key);
	if (error != 0) {
		ap->ap_blocks = 0;
		return (error == EIO ? ENXIO : error);
	}
	blocks = (uint64_t)scsi_get32(ap->ap_mem->scratch) + 1;
	if (blocks == ap->ap_blocks)
		return (0);
	ap->ap_blocks = blocks;
	memset(&info, 0, sizeof(info));
	info.d_media_blksize = CD_SECTOR;
	info.d_media_blocks = blocks;
	info.d_dsflags = DSO_ONESLICE | DSO_COMPATLABEL | DSO_COMPATPARTA |
	    DSO_RAWEXTENSIONS | DSO_MBRQUIET;
	info.d_type = DTYPE_SCSI;
	disk_setdiskinfo(&ap->ap_disk, &info);
	return (0);
}

static int
cd_open(struct dev_open_args *ap)
{
	struct ahci_port *port = ap->a_head.a_dev->si_drv1;
	int error;

	if (port == NULL || port->ap_dead)
		return (ENXIO);
	if ((ap->a_oflags & FWRITE) != 0)
		return (EROFS);
	if (port->ap_blocks != 0)
		return (0);
	error = check_medium(port);
	/* The drive can be opened without a disc, for its ioctls. */
	return (error == ENXIO && (ap->a_oflags & O_NONBLOCK) != 0 ? 0 :
	    error);
}

static int
cd_ioctl(struct dev_ioctl_args *ap)
{
	struct ahci_port *port = ap->a_head.a_dev->si_drv1;
	int key, error;

	switch (ap->a_cmd) {
	case CDIOCEJECT:
		error = simple(port, SCSI_START_STOP, SCSI_START_STOP_EJECT,
		    &key);
		if (error == 0) {
			port->ap_blocks = 0;
			disk_invalidate(&port->ap_disk);
		}
		return (error);
	case CDIOCCLOSE:
		error = simple(port, SCSI_START_STOP, SCSI_START_STOP_LOAD,
		    &key);
		return (error == 0 ? check_medium(port) : error);
	case CDIOCPREVENT:
		return (simple(port, SCSI_PREVENT_ALLOW, 1, &key));
	case CDIOCALLOW:
		return (simple(port, SCSI_PREVENT_ALLOW, 0, &key));
	default:
		return (ENOTTY);
	}
}

static int
cd_strategy(struct dev_strategy_args *ap)
{
	struct ahci_port *port = ap->a_head.a_dev->si_drv1;
	struct bio *bio = ap->a_bio;
	struct buf *bp = bio->bio_buf;

	switch (bp->b_cmd) {
	case BUF_CMD_READ:
		if (bp->b_bcount <= 0 || bp->b_bcount > MAXPHYS ||
		    bp->b_bcount % CD_SECTOR != 0 ||
		    bio->bio_offset % CD_SECTOR != 0 ||
		    bio->bio_offset / CD_SECTOR + bp->b_bcount / CD_SECTOR >
		    port->ap_blocks) {
			biofinish(bio, EINVAL);
			break;
		}
		ahci_queue_bio(port, bio);
		break;
	case BUF_CMD_FLUSH:
		biofinish(bio, 0);
		break;
	case BUF_CMD_WRITE:
		biofinish(bio, EROFS);
		break;
	default:
		biofinish(bio, EOPNOTSUPP);
		break;
	}
	return (0);
}

static void
start_bio(struct ahci_port *ap, struct ahci_ccb *ccb, struct bio *bio)
{
	struct buf *bp = bio->bio_buf;

	packet(ccb, bp->b_data, bp->b_bcount);
	ccb->ccb_cdb[0] = SCSI_READ_12;
	scsi_put32(ccb->ccb_cdb + 2, bio->bio_offset / CD_SECTOR);
	scsi_put32(ccb->ccb_cdb + 6, bp->b_bcount / CD_SECTOR);
	ccb->ccb_done = rw_done;
	ahci_submit(ccb);
}

static void
rw_finish(struct ahci_ccb *ccb, int error)
{
	struct bio *bio = ccb->ccb_bio;

	ahci_unhold(ccb->ccb_port);
	ahci_ccb_put(ccb);
	biofinish(bio, error);
}

/* The drive has said why a read failed. */
static void
sense_done(struct ahci_ccb *ccb)
{
	struct ahci_port *ap = ccb->ccb_port;
	int key = SCSI_SENSE_KEY(ap->ap_mem->sense);

	if (ccb->ccb_error == 0 && key != SCSI_KEY_ILLEGAL_REQUEST &&
	    ccb->ccb_retries-- > 0) {
		start_bio(ap, ccb, ccb->ccb_bio);
		return;
	}
	kprintf("cd%d: read error at offset %jd, sense key %d\n",
	    ap->ap_unit, (intmax_t)ccb->ccb_bio->bio_offset, key);
	rw_finish(ccb, EIO);
}

static void
rw_done(struct ahci_ccb *ccb)
{
	struct ahci_port *ap = ccb->ccb_port;

	switch (ccb->ccb_error) {
	case 0:
		rw_finish(ccb, 0);
		break;
	case EIO:
		packet_sense(ccb);
		ccb->ccb_done = sense_done;
		ahci_submit(ccb);
		break;
	case ETIMEDOUT:
		if (ccb->ccb_retries-- > 0) {
			start_bio(ap, ccb, ccb->ccb_bio);
			break;
		}
		/* FALLTHROUGH */
	default:
		rw_finish(ccb, ccb->ccb_error);
		break;
	}
}

static int
identify(struct ahci_port *ap)
{
	struct ahci_ccb *ccb = ahci_ccb_get(ap);
	int error;

	ccb->ccb_fis[2] = ATA_IDENTIFY_PACKET;
	ccb->ccb_data = ap->ap_mem->scratch;
	ccb->ccb_len = sizeof(ap->ap_identify);
	error = ahci_run(ccb);
	if (error != 0)
		device_printf(ap->ap_sc->sc_dev, "port %d: the drive does "
		    "not identify itself\n", ap->ap_num);
	else
		memcpy(ap->ap_identify, ap->ap_mem->scratch,
		    sizeof(ap->ap_identify));
	ahci_ccb_put(ccb);
	return (error);
}

int
ahci_cd_attach(struct ahci_port *ap)
{
	char model[41], firmware[9];
	int error;

	error = identify(ap);
	if (error != 0)
		return (error);
	ahci_identify_string(ap->ap_identify + ID_MODEL, 20, model);
	ahci_identify_string(ap->ap_identify + ID_FIRMWARE, 4, firmware);
	ap->ap_unit = disk_unit_alloc("cd");
	ap->ap_secsize = CD_SECTOR;
	ap->ap_start_bio = start_bio;
	kprintf("cd%d: <%s %s> at %s port %d\n", ap->ap_unit, model,
	    firmware, device_get_nameunit(ap->ap_sc->sc_dev), ap->ap_num);
	ap->ap_dev = disk_create(ap->ap_unit, &ap->ap_disk, &cd_ops);
	ap->ap_dev->si_drv1 = ap;
	ap->ap_dev->si_iosize_max = MAXPHYS;
	if (check_medium(ap) == 0)
		kprintf("cd%d: %juMB (%ju %d byte sectors)\n", ap->ap_unit,
		    (uintmax_t)(ap->ap_blocks * CD_SECTOR >> 20),
		    (uintmax_t)ap->ap_blocks, CD_SECTOR);
	else
		kprintf("cd%d: no disc\n", ap->ap_unit);
	return (0);
}
