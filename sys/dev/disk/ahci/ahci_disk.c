/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ahci: SATA disks, /dev/da*.  Commands are those of ATA8-ACS.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/diskslice.h>
#include <sys/dtype.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/spinlock2.h>

#include "ahci.h"

#define ATA_READ_DMA		0xc8
#define ATA_READ_DMA_EXT	0x25
#define ATA_WRITE_DMA		0xca
#define ATA_WRITE_DMA_EXT	0x35
#define ATA_WRITE_DMA_FUA_EXT	0x3d
#define ATA_FLUSH		0xe7
#define ATA_FLUSH_EXT		0xea
#define ATA_IDENTIFY		0xec
#define ATA_DEVICE_LBA		0x40

#define ID_SERIAL		10
#define ID_FIRMWARE		23
#define ID_MODEL		27
#define ID_LBA28		60
#define ID_SUPPORT2		83
#define ID_SUPPORT2_LBA48	0x0400
#define ID_SUPPORT2_FLUSH	0x1000
#define ID_SUPPORT3		84
#define ID_SUPPORT3_FUA		0x0040
#define ID_LBA48		100
#define ID_SECTOR		106
#define ID_SECTOR_VALID		0x4000
#define ID_SECTOR_MASK		0xc000
#define ID_SECTOR_LARGE		0x1000
#define ID_SECTOR_WORDS		117

#define FLUSH_TIMEOUT		60	/* seconds: a full cache of a slow disk */

static d_open_t		dadisk_open;
static d_strategy_t	dadisk_strategy;

static struct dev_ops da_ops = {
	{ "da", 0, D_DISK | D_MPSAFE },
	.d_open =	dadisk_open,
	.d_close =	nullclose,
	.d_read =	physread,
	.d_write =	physwrite,
	.d_strategy =	dadisk_strategy,
};

static void	rw_done(struct ahci_ccb *ccb);

/* Characters of IDENTIFY data, swapped in their words; blanks trimmed. */
void
ahci_identify_string(const uint16_t *words, int count, char *buf)
{
	int i, start = 0, len = count * 2;

	for (i = 0; i < count; i++) {
		buf[2 * i] = words[i] >> 8;
		buf[2 * i + 1] = words[i] & 0xff;
	}
	while (len > 0 && (buf[len - 1] == ' ' || buf[len - 1] == '\0'))
		len--;
	while (start < len && buf[start] == ' ')
		start++;
	memmove(buf, buf + start, len - start);
	buf[len - start] = '\0';
}

static int
dadisk_open(struct dev_open_args *ap)
{
	struct ahci_port *port = ap->a_head.a_dev->si_drv1;

	return (port == NULL || port->ap_dead ? ENXIO : 0);
}

static int
dadisk_strategy(struct dev_strategy_args *ap)
{
	struct ahci_port *port = ap->a_head.a_dev->si_drv1;
	struct bio *bio = ap->a_bio;
	struct buf *bp = bio->bio_buf;

	switch (bp->b_cmd) {
	case BUF_CMD_READ:
	case BUF_CMD_WRITE:
		if (bp->b_bcount <= 0 || bp->b_bcount > MAXPHYS ||
		    bp->b_bcount % port->ap_secsize != 0 ||
		    bio->bio_offset % port->ap_secsize != 0 ||
		    bio->bio_offset / port->ap_secsize +
		    bp->b_bcount / port->ap_secsize > port->ap_blocks) {
			biofinish(bio, EINVAL);
			return (0);
		}
		break;
	case BUF_CMD_FLUSH:
		if (!port->ap_flush) {
			biofinish(bio, 0);
			return (0);
		}
		break;
	default:
		biofinish(bio, EOPNOTSUPP);
		return (0);
	}
	ahci_queue_bio(port, bio);
	return (0);
}

static void
set_lba48(struct ahci_ccb *ccb, uint64_t lba, uint32_t count)
{
	uint8_t *fis = ccb->ccb_fis;

	fis[4] = lba;
	fis[5] = lba >> 8;
	fis[6] = lba >> 16;
	fis[7] = ATA_DEVICE_LBA;
	fis[8] = lba >> 24;
	fis[9] = lba >> 32;
	fis[10] = lba >> 40;
	fis[12] = count;
	fis[13] = count >> 8;
}

static void
set_lba28(struct ahci_ccb *ccb, uint64_t lba, uint32_t count)
{
	uint8_t *fis = ccb->ccb_fis;

	fis[4] = lba;
	fis[5] = lba >> 8;
	fis[6] = lba >> 16;
	fis[7] = ATA_DEVICE_LBA | (lba >> 24 & 0xf);
	fis[12] = count;
}

static void
submit_flush(struct ahci_port *ap, struct ahci_ccb *ccb)
{
	ccb->ccb_fis[2] = ap->ap_lba48 ? ATA_FLUSH_EXT : ATA_FLUSH;
	ccb->ccb_fis[7] = 0;
	ccb->ccb_data = NULL;
	ccb->ccb_len = 0;
	ccb->ccb_flags = 0;
	ccb->ccb_timeout = FLUSH_TIMEOUT;
	ccb->ccb_done = rw_done;
	ahci_submit(ccb);
}

static void
start_bio(struct ahci_port *ap, struct ahci_ccb *ccb, struct bio *bio)
{
	struct buf *bp = bio->bio_buf;
	uint64_t lba = bio->bio_offset / ap->ap_secsize;
	uint32_t count = bp->b_bcount / ap->ap_secsize;
	bool write = bp->b_cmd == BUF_CMD_WRITE;

	if (bp->b_cmd == BUF_CMD_FLUSH) {
		submit_flush(ap, ccb);
		return;
	}
	if (ap->ap_lba48) {
		ccb->ccb_fis[2] = !write ? ATA_READ_DMA_EXT :
		    (bp->b_flags & B_FUA) != 0 && ap->ap_fua ?
		    ATA_WRITE_DMA_FUA_EXT : ATA_WRITE_DMA_EXT;
		set_lba48(ccb, lba, count);
	} else {
		ccb->ccb_fis[2] = write ? ATA_WRITE_DMA : ATA_READ_DMA;
		set_lba28(ccb, lba, count);
	}
	ccb->ccb_data = bp->b_data;
	ccb->ccb_len = bp->b_bcount;
	ccb->ccb_flags = write ? CCB_WRITE : 0;
	ccb->ccb_timeout = 30;
	ccb->ccb_done = rw_done;
	ahci_submit(ccb);
}

static void
rw_done(struct ahci_ccb *ccb)
{
	struct ahci_port *ap = ccb->ccb_port;
	struct bio *bio = ccb->ccb_bio;
	struct buf *bp = bio->bio_buf;
	int error = ccb->ccb_error;

	if (error != 0 && error != ENXIO && ccb->ccb_retries-- > 0) {
		ahci_submit(ccb);
		return;
	}
	/* A forced write without FUA: the flush is its second half. */
	if (error == 0 && bp->b_cmd == BUF_CMD_WRITE && !ap->ap_fua &&
	    ap->ap_flush && (bp->b_flags & B_FUA) != 0 &&
	    ccb->ccb_len != 0) {
		submit_flush(ap, ccb);
		return;
	}
	if (error != 0 && error != ENXIO)
		kprintf("%s%d: %s error at offset %jd, status 0x%02x error "
		    "0x%02x\n", da_ops.head.name, ap->ap_unit,
		    bp->b_cmd == BUF_CMD_READ ? "read" :
		    bp->b_cmd == BUF_CMD_WRITE ? "write" : "flush",
		    (intmax_t)bio->bio_offset, ccb->ccb_status,
		    ccb->ccb_errreg);
	ahci_ccb_put(ccb);
	biofinish(bio, error);
}

static int
identify(struct ahci_port *ap)
{
	struct ahci_ccb *ccb = ahci_ccb_get(ap);
	int error;

	ccb->ccb_fis[2] = ATA_IDENTIFY;
	ccb->ccb_data = ap->ap_mem->scratch;
	ccb->ccb_len = sizeof(ap->ap_identify);
	error = ahci_run(ccb);
	if (error != 0)
		device_printf(ap->ap_sc->sc_dev, "port %d: the disk does not "
		    "identify itself\n", ap->ap_num);
	else
		memcpy(ap->ap_identify, ap->ap_mem->scratch,
		    sizeof(ap->ap_identify));
	ahci_ccb_put(ccb);
	return (error);
}

static void
read_geometry(struct ahci_port *ap)
{
	const uint16_t *id = ap->ap_identify;

	ap->ap_lba48 = (id[ID_SUPPORT2] & ID_SUPPORT2_LBA48) != 0;
	ap->ap_flush = (id[ID_SUPPORT2] & ID_SUPPORT2_FLUSH) != 0 ||
	    ap->ap_lba48;
	ap->ap_fua = ap->ap_lba48 &&
	    (id[ID_SUPPORT3] & ID_SUPPORT3_FUA) != 0;
	ap->ap_secsize = 512;
	if ((id[ID_SECTOR] & ID_SECTOR_MASK) == ID_SECTOR_VALID &&
	    (id[ID_SECTOR] & ID_SECTOR_LARGE) != 0)
		ap->ap_secsize = 2 * (id[ID_SECTOR_WORDS] |
		    id[ID_SECTOR_WORDS + 1] << 16);
	if (ap->ap_secsize < 512 || ap->ap_secsize > MAXPHYS ||
	    (ap->ap_secsize & (ap->ap_secsize - 1)) != 0)
		ap->ap_secsize = 512;
	if (ap->ap_lba48)
		ap->ap_blocks = id[ID_LBA48] |
		    (uint64_t)id[ID_LBA48 + 1] << 16 |
		    (uint64_t)id[ID_LBA48 + 2] << 32 |
		    (uint64_t)id[ID_LBA48 + 3] << 48;
	else
		ap->ap_blocks = id[ID_LBA28] |
		    (uint64_t)id[ID_LBA28 + 1] << 16;
}

int
ahci_disk_attach(struct ahci_port *ap)
{
	char model[41], serial[21], firmware[9];
	struct disk_info info;
	int error;

	error = identify(ap);
	if (error != 0)
		return (error);
	read_geometry(ap);
	ahci_identify_string(ap->ap_identify + ID_MODEL, 20, model);
	ahci_identify_string(ap->ap_identify + ID_SERIAL, 10, serial);
	ahci_identify_string(ap->ap_identify + ID_FIRMWARE, 4, firmware);
	ap->ap_unit = disk_unit_alloc("da");
	ap->ap_start_bio = start_bio;

	kprintf("da%d: <%s %s> serial number %s at %s port %d\n",
	    ap->ap_unit, model, firmware, serial,
	    device_get_nameunit(ap->ap_sc->sc_dev), ap->ap_num);
	kprintf("da%d: %juMB (%ju %d byte sectors)\n", ap->ap_unit,
	    (uintmax_t)(ap->ap_blocks * ap->ap_secsize >> 20),
	    (uintmax_t)ap->ap_blocks, ap->ap_secsize);

	ap->ap_dev = disk_create(ap->ap_unit, &ap->ap_disk, &da_ops);
	ap->ap_dev->si_drv1 = ap;
	ap->ap_dev->si_iosize_max = MAXPHYS;
	memset(&info, 0, sizeof(info));
	info.d_media_blksize = ap->ap_secsize;
	info.d_media_blocks = ap->ap_blocks;
	info.d_serialno = serial;
	info.d_type = DTYPE_SCSI;
	disk_setdiskinfo(&ap->ap_disk, &info);
	return (0);
}
