/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * umass: USB disks and CD drives that take SCSI commands by the bulk-only
 * transport ("Universal Serial Bus Mass Storage Class, Bulk-Only Transport",
 * revision 1.0; section numbers below are its).
 *
 * A device runs one command at a time, for any of its logical units; sc_lock
 * is held for a command and what its failure takes.  Bios are worked off by
 * a thread of the device.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/bio.h>
#include <sys/buf.h>
#include <sys/conf.h>
#include <sys/device.h>
#include <sys/disk.h>
#include <sys/diskslice.h>
#include <sys/dtype.h>
#include <sys/errno.h>
#include <sys/fcntl.h>
#include <sys/kernel.h>
#include <sys/kthread.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/module.h>
#include <sys/spinlock2.h>
#include <dev/disk/scsi.h>
#include <bus/usb/usb.h>

#define SUBCLASS_SCSI	0x06
#define PROTOCOL_BULK	0x50
#define UR_BULK_RESET	0xff		/* 3.1 */
#define UR_GET_MAX_LUN	0xfe		/* 3.2 */
#define LUNS_MAX	16

#define CBW_SIGNATURE	0x43425355	/* 5.1 */
#define CBW_IN		0x80
#define CSW_SIGNATURE	0x53425355	/* 5.2 */
#define CSW_FAILED	1

#define COMMAND_MS	30000
#define STATUS_MS	5000
#define READY_TRIES	100		/* of READY_STEP ms */
#define READY_STEP	100
#define RW_TRIES	4

struct cbw {
	uint32_t	signature, tag, length;
	uint8_t		flags, lun, cdblen;
	uint8_t		cdb[16];
} __packed;

struct csw {
	uint32_t	signature, tag, residue;
	uint8_t		status;
} __packed;

struct umass_softc;

/* A logical unit. */
struct umass_unit {
	struct umass_softc *u_sc;	/* (I) */
	int		u_lun;		/* (I) */
	int		u_type;		/* (I) SCSI_TYPE_* */
	int		u_num;		/* (I) of its device name */
	struct disk	u_disk;
	cdev_t		u_dev;		/* (I) */
	uint64_t	u_blocks;	/* (k) 0: no medium */
	int		u_blksize;	/* (k) */
	bool		u_readonly;	/* (k) */
};

/*
 * Locks: (I) immutable after attach, (k) sc_lock, (s) sc_spin.
 */
struct umass_softc {
	device_t	sc_dev;		/* (I) */
	struct usb_interface *sc_ui;	/* (I) */
	struct usb_endpoint *sc_in, *sc_out; /* (I) */
	struct usb_xfer	*sc_xin, *sc_xout; /* (k) */
	struct lock	sc_lock;
	struct cbw	*sc_cbw;	/* (k) */
	struct csw	*sc_csw;	/* (k) */
	uint8_t		*sc_sense;	/* (k) of the last failure */
	uint32_t	sc_tag;		/* (k) */
	int		sc_nunits;	/* (I) */
	struct umass_unit *sc_unit[LUNS_MAX]; /* (I) */
	struct spinlock	sc_spin;
	struct bio_queue_head sc_bioq;	/* (s) */
	struct thread	*sc_thread;	/* (s) */
	bool		sc_dead;	/* (s) */
};

static devclass_t umass_devclass;
static MALLOC_DEFINE(M_UMASS, "umass", "USB mass storage");

static d_open_t		umass_open;
static d_strategy_t	umass_strategy;

static struct dev_ops umass_da_ops = {
	{ "da", 0, D_DISK | D_MPSAFE },
	.d_open =	umass_open,
	.d_close =	nullclose,
	.d_read =	physread,
	.d_write =	physwrite,
	.d_strategy =	umass_strategy,
};

static struct dev_ops umass_cd_ops = {
	{ "cd", 0, D_DISK | D_MPSAFE },
	.d_open =	umass_open,
	.d_close =	nullclose,
	.d_read =	physread,
	.d_write =	physwrite,
	.d_strategy =	umass_strategy,
};

/* --- the transport; sc_lock held --- */

static int
move(struct usb_xfer *ux, void *data, int len, int ms)
{
	ux->ux_data = data;
	ux->ux_len = len;
	ux->ux_timeout = ms;
	return (usb_xfer_run(ux));
}

/* 5.3.4: after this the device expects a command. */
static int
recover(struct umass_softc *sc)
{
	int error;

	error = usb_request(sc->sc_ui->ui_dev, UT_CLASS | UT_INTERFACE,
	    UR_BULK_RESET, 0, sc->sc_ui->ui_desc->number, NULL, 0, NULL);
	if (error == 0)
		error = usb_clear_halt(sc->sc_in);
	if (error == 0)
		error = usb_clear_halt(sc->sc_out);
	return (error);
}

static int
read_status(struct umass_softc *sc)
{
	struct csw *csw = sc->sc_csw;
	int error;

	error = move(sc->sc_xin, csw, sizeof(*csw), COMMAND_MS);
	if (error == EPIPE) {			/* 6.7.2: once more */
		error = usb_clear_halt(sc->sc_in);
		if (error == 0)
			error = move(sc->sc_xin, csw, sizeof(*csw),
			    STATUS_MS);
	}
	if (error != 0)
		return (error);
	if (sc->sc_xin->ux_actual != sizeof(*csw) ||
	    csw->signature != CSW_SIGNATURE || csw->tag != sc->sc_tag ||
	    csw->status > CSW_FAILED)
		return (EPROTO);
	return (0);
}

/*
 * Run a command.  0; EIO: the device refused it and has sense data; ENXIO:
 * the device is gone; else the transport failed and is ready again.
 */
static int
transact(struct umass_unit *u, const uint8_t *cdb, int cdblen, void *data,
    int len, bool in, int *actual)
{
	struct umass_softc *sc = u->u_sc;
	struct cbw *cbw = sc->sc_cbw;
	struct usb_xfer *ux = in ? sc->sc_xin : sc->sc_xout;
	int error, got = 0;

	memset(cbw, 0, sizeof(*cbw));
	cbw->signature = CBW_SIGNATURE;
	cbw->tag = ++sc->sc_tag;
	cbw->length = len;
	cbw->flags = in ? CBW_IN : 0;
	cbw->lun = u->u_lun;
	cbw->cdblen = cdblen;
	memcpy(cbw->cdb, cdb, cdblen);
	error = move(sc->sc_xout, cbw, sizeof(*cbw), COMMAND_MS);
	if (error == 0 && len > 0) {
		error = move(ux, data, len, COMMAND_MS);
		got = ux->ux_actual;
		if (error == EPIPE)
			error = usb_clear_halt(ux->ux_ep);
	}
	if (error == 0)
		error = read_status(sc);
	if (error != 0) {
		if (error != ENXIO && recover(sc) == ENXIO)
			error = ENXIO;
		return (error == ENXIO || error == ETIMEDOUT ? error :
		    EPROTO);
	}
	if (actual != NULL)
		*actual = got;
	return (sc->sc_csw->status == CSW_FAILED ? EIO : 0);
}

/* A command; on EIO the sense data is in sc_sense. */
static int
command(struct umass_unit *u, const uint8_t *cdb, int cdblen, void *data,
    int len, bool in, int *actual)
{
	struct umass_softc *sc = u->u_sc;
	uint8_t sense[6] = { SCSI_REQUEST_SENSE, 0, 0, 0, SCSI_SENSE_LENGTH };
	int error, error2;

	error = transact(u, cdb, cdblen, data, len, in, actual);
	if (error != EIO)
		return (error);
	memset(sc->sc_sense, 0, SCSI_SENSE_LENGTH);
	error2 = transact(u, sense, sizeof(sense), sc->sc_sense,
	    SCSI_SENSE_LENGTH, true, NULL);
	return (error2 == ENXIO ? ENXIO : EIO);
}

/* --- the medium; sc_lock held --- */

/* ENXIO when there is none. */
static int
wait_ready(struct umass_unit *u)
{
	const uint8_t cdb[6] = { SCSI_TEST_UNIT_READY };
	uint8_t *sense = u->u_sc->sc_sense;
	int try, error;

	for (try = 0; try < READY_TRIES; try++) {
		error = command(u, cdb, sizeof(cdb), NULL, 0, true, NULL);
		if (error == 0 || error == ENXIO)
			return (error);
		if (error == EIO) {
			if (SCSI_SENSE_KEY(sense) == SCSI_KEY_UNIT_ATTENTION)
				continue;
			if (SCSI_SENSE_KEY(sense) != SCSI_KEY_NOT_READY ||
			    SCSI_SENSE_ASC(sense) != SCSI_ASC_BECOMING_READY)
				return (ENXIO);
		}
		usb_wait_ms(READY_STEP);
	}
	return (ENXIO);
}

static int
read_capacity(struct umass_unit *u, uint64_t *blocks, int *blksize)
{
	uint8_t short_cdb[10] = { SCSI_READ_CAPACITY };
	uint8_t long_cdb[16] = { SCSI_SERVICE_ACTION_IN,
	    SCSI_SAI_READ_CAPACITY };
	uint8_t *buf = kmalloc(32, M_UMASS, M_WAITOK | M_ZERO);
	int got = 0, error;

	error = command(u, short_cdb, sizeof(short_cdb), buf, 8, true, &got);
	if (error == 0 && got < 8)
		error = EPROTO;
	*blocks = (uint64_t)scsi_get32(buf) + 1;
	*blksize = scsi_get32(buf + 4);
	if (error == 0 && scsi_get32(buf) == 0xffffffff) {
		scsi_put32(long_cdb + 10, 32);
		error = command(u, long_cdb, sizeof(long_cdb), buf, 32, true,
		    &got);
		if (error == 0 && got < 12)
			error = EPROTO;
		*blocks = scsi_get64(buf) + 1;
		*blksize = scsi_get32(buf + 8);
	}
	kfree(buf, M_UMASS);
	if (error == 0 && (*blocks == 0 || *blksize < 512 ||
	    *blksize > MAXPHYS || (*blksize & (*blksize - 1)) != 0))
		error = EINVAL;
	return (error);
}

static bool
write_protected(struct umass_unit *u)
{
	uint8_t cdb[6] = { SCSI_MODE_SENSE_6, 0, SCSI_MODE_ALL_PAGES, 0, 192 };
	uint8_t *buf;
	bool protected;
	int got = 0;

	if (u->u_type == SCSI_TYPE_CD)
		return (true);
	buf = kmalloc(192, M_UMASS, M_WAITOK | M_ZERO);
	protected = command(u, cdb, sizeof(cdb), buf, 192, true, &got) == 0 &&
	    got >= 3 && (buf[2] & SCSI_MODE_WRITE_PROTECT) != 0;
	kfree(buf, M_UMASS);
	return (protected);
}

/* Is there a medium, and how big?  Tells the disk layer of changes. */
static int
check_medium(struct umass_unit *u)
{
	struct disk_info info;
	uint64_t blocks = 0;
	int blksize = 0, error;

	error = wait_ready(u);
	if (error == 0)
		error = read_capacity(u, &blocks, &blksize);
	if (error != 0) {
		u->u_blocks = 0;
		return (ENXIO);
	}
	if (blocks == u->u_blocks && blksize == u->u_blksize)
		return (0);
	u->u_blocks = blocks;
	u->u_blksize = blksize;
	u->u_readonly = write_protected(u);
	memset(&info, 0, sizeof(info));
	info.d_media_blksize = blksize;
	info.d_media_blocks = blocks;
	info.d_serialno = u->u_sc->sc_ui->ui_dev->ud_serial;
	if (u->u_type == SCSI_TYPE_CD)
		info.d_dsflags = DSO_ONESLICE | DSO_COMPATLABEL |
		    DSO_COMPATPARTA | DSO_RAWEXTENSIONS | DSO_MBRQUIET;
	info.d_type = DTYPE_SCSI;
	disk_setdiskinfo(&u->u_disk, &info);
	return (0);
}

/* --- bios --- */

static int
flush(struct umass_unit *u)
{
	const uint8_t cdb[10] = { SCSI_SYNCHRONIZE_CACHE };
	int error;

	error = command(u, cdb, sizeof(cdb), NULL, 0, false, NULL);
	/* A device without a cache does not know the command. */
	if (error == EIO && SCSI_SENSE_KEY(u->u_sc->sc_sense) ==
	    SCSI_KEY_ILLEGAL_REQUEST)
		error = 0;
	return (error);
}

static int
read_write(struct umass_unit *u, struct bio *bio)
{
	struct buf *bp = bio->bio_buf;
	bool in = bp->b_cmd == BUF_CMD_READ;
	uint64_t lba = bio->bio_offset / u->u_blksize;
	uint32_t count = bp->b_bcount / u->u_blksize;
	uint8_t cdb[16] = { 0 };
	int try, len, got, error = EIO;

	if (lba + count <= 0xffffffff && count <= 0xffff) {
		cdb[0] = in ? SCSI_READ_10 : SCSI_WRITE_10;
		scsi_put32(cdb + 2, lba);
		scsi_put16(cdb + 7, count);
		len = 10;
	} else {
		cdb[0] = in ? SCSI_READ_16 : SCSI_WRITE_16;
		scsi_put64(cdb + 2, lba);
		scsi_put32(cdb + 10, count);
		len = 16;
	}
	for (try = 0; try < RW_TRIES; try++) {
		error = command(u, cdb, len, bp->b_data, bp->b_bcount, in,
		    &got);
		if (error == 0 && got != bp->b_bcount)
			error = EIO;
		if (error == 0 || error == ENXIO)
			break;
		if (error == EIO && SCSI_SENSE_KEY(u->u_sc->sc_sense) ==
		    SCSI_KEY_DATA_PROTECT)
			return (EROFS);
	}
	if (error == 0 && !in && (bp->b_flags & B_FUA) != 0)
		error = flush(u);
	if (error != 0 && error != ENXIO)
		kprintf("%s: %s error at offset %jd, sense key %d code "
		    "0x%02x\n", u->u_dev->si_name, in ? "read" : "write",
		    (intmax_t)bio->bio_offset,
		    SCSI_SENSE_KEY(u->u_sc->sc_sense),
		    SCSI_SENSE_ASC(u->u_sc->sc_sense));
	return (error != 0 && error != ENXIO ? EIO : error);
}

static int
check_bio(struct umass_unit *u, struct bio *bio)
{
	struct buf *bp = bio->bio_buf;

	switch (bp->b_cmd) {
	case BUF_CMD_FLUSH:
		return (0);
	case BUF_CMD_WRITE:
		if (u->u_readonly)
			return (EROFS);
		/* FALLTHROUGH */
	case BUF_CMD_READ:
		if (u->u_blocks == 0)
			return (ENXIO);
		if (bp->b_bcount <= 0 || bp->b_bcount > MAXPHYS ||
		    bp->b_bcount % u->u_blksize != 0 ||
		    bio->bio_offset % u->u_blksize != 0 ||
		    bio->bio_offset / u->u_blksize +
		    bp->b_bcount / u->u_blksize > u->u_blocks)
			return (EINVAL);
		return (0);
	default:
		return (EOPNOTSUPP);
	}
}

static void
run_bio(struct umass_softc *sc, struct bio *bio)
{
	struct umass_unit *u = bio->bio_driver_info;
	int error;

	lockmgr(&sc->sc_lock, LK_EXCLUSIVE);
	error = check_bio(u, bio);
	if (error == 0)
		error = bio->bio_buf->b_cmd == BUF_CMD_FLUSH ? flush(u) :
		    read_write(u, bio);
	lockmgr(&sc->sc_lock, LK_RELEASE);
	biofinish(bio, error);
}

static void
umass_thread(void *arg)
{
	struct umass_softc *sc = arg;
	struct bio *bio;

	spin_lock(&sc->sc_spin);
	for (;;) {
		bio = bioq_takefirst(&sc->sc_bioq);
		if (bio != NULL) {
			spin_unlock(&sc->sc_spin);
			run_bio(sc, bio);
			spin_lock(&sc->sc_spin);
		} else if (sc->sc_dead) {
			break;
		} else {
			ssleep(&sc->sc_bioq, &sc->sc_spin, 0, "umass", 0);
		}
	}
	sc->sc_thread = NULL;
	wakeup(&sc->sc_thread);
	spin_unlock(&sc->sc_spin);
	kthread_exit();
}

static int
umass_strategy(struct dev_strategy_args *ap)
{
	struct umass_unit *u = ap->a_head.a_dev->si_drv1;
	struct umass_softc *sc = u->u_sc;
	bool dead;

	ap->a_bio->bio_driver_info = u;
	spin_lock(&sc->sc_spin);
	dead = sc->sc_dead;
	if (!dead)
		bioq_insert_tail(&sc->sc_bioq, ap->a_bio);
	spin_unlock(&sc->sc_spin);
	if (dead)
		biofinish(ap->a_bio, ENXIO);
	else
		wakeup_one(&sc->sc_bioq);
	return (0);
}

static int
umass_open(struct dev_open_args *ap)
{
	struct umass_unit *u = ap->a_head.a_dev->si_drv1;
	int error;

	if (u == NULL || u->u_sc->sc_dead)
		return (ENXIO);
	lockmgr(&u->u_sc->sc_lock, LK_EXCLUSIVE);
	error = check_medium(u);
	if (error == 0 && (ap->a_oflags & FWRITE) != 0 && u->u_readonly)
		error = EROFS;
	lockmgr(&u->u_sc->sc_lock, LK_RELEASE);
	return (error);
}

/* --- attaching --- */

static int
umass_probe(device_t dev)
{
	const struct usb_interface_desc *id = usb_interface_of(dev)->ui_desc;

	if (id->class != UC_STORAGE || id->subclass != SUBCLASS_SCSI ||
	    id->protocol != PROTOCOL_BULK)
		return (ENXIO);
	device_set_desc(dev, usb_interface_of(dev)->ui_dev->ud_product);
	return (BUS_PROBE_DEFAULT);
}

/* Characters of INQUIRY data without the blanks behind them. */
static void
inquiry_string(const uint8_t *p, int len, char *s)
{
	int i;

	for (i = 0; i < len; i++)
		s[i] = p[i] >= ' ' && p[i] < 0x7f ? p[i] : ' ';
	while (len > 0 && s[len - 1] == ' ')
		len--;
	s[len] = '\0';
}

static void
announce(struct umass_unit *u, const uint8_t *inq)
{
	char vendor[9], product[17], revision[5];

	inquiry_string(inq + SCSI_INQUIRY_VENDOR, 8, vendor);
	inquiry_string(inq + SCSI_INQUIRY_PRODUCT, 16, product);
	inquiry_string(inq + SCSI_INQUIRY_REVISION, 4, revision);
	kprintf("%s: <%s %s %s> at %s lun %d\n", u->u_dev->si_name, vendor,
	    product, revision, device_get_nameunit(u->u_sc->sc_dev),
	    u->u_lun);
	if (u->u_blocks == 0)
		kprintf("%s: no medium\n", u->u_dev->si_name);
	else
		kprintf("%s: %juMB (%ju %d byte sectors)\n",
		    u->u_dev->si_name,
		    (uintmax_t)(u->u_blocks * u->u_blksize >> 20),
		    (uintmax_t)u->u_blocks, u->u_blksize);
}

static void
attach_unit(struct umass_softc *sc, int lun)
{
	const uint8_t cdb[6] = { SCSI_INQUIRY, 0, 0, 0, SCSI_INQUIRY_LENGTH };
	struct umass_unit *u;
	uint8_t *inq;
	struct dev_ops *ops;

	u = kmalloc(sizeof(*u), M_UMASS, M_WAITOK | M_ZERO);
	inq = kmalloc(SCSI_INQUIRY_LENGTH, M_UMASS, M_WAITOK | M_ZERO);
	u->u_sc = sc;
	u->u_lun = lun;
	lockmgr(&sc->sc_lock, LK_EXCLUSIVE);
	if (command(u, cdb, sizeof(cdb), inq, SCSI_INQUIRY_LENGTH, true,
	    NULL) != 0 || SCSI_INQUIRY_QUALIFIER(inq) != 0 ||
	    (SCSI_INQUIRY_TYPE(inq) != SCSI_TYPE_DISK &&
	    SCSI_INQUIRY_TYPE(inq) != SCSI_TYPE_CD)) {
		lockmgr(&sc->sc_lock, LK_RELEASE);
		kfree(u, M_UMASS);
		kfree(inq, M_UMASS);
		return;
	}
	u->u_type = SCSI_INQUIRY_TYPE(inq);
	ops = u->u_type == SCSI_TYPE_CD ? &umass_cd_ops : &umass_da_ops;
	u->u_num = disk_unit_alloc(ops->head.name);
	u->u_dev = disk_create(u->u_num, &u->u_disk, ops);
	u->u_dev->si_drv1 = u;
	u->u_dev->si_iosize_max = MAXPHYS;
	sc->sc_unit[sc->sc_nunits++] = u;
	check_medium(u);
	lockmgr(&sc->sc_lock, LK_RELEASE);
	announce(u, inq);
	kfree(inq, M_UMASS);
}

/* A device that does not know the question has one unit. */
static int
count_luns(struct umass_softc *sc)
{
	uint8_t *max = kmalloc(1, M_UMASS, M_WAITOK | M_ZERO);
	int n = 1, actual = 0;

	if (usb_request(sc->sc_ui->ui_dev, UT_READ | UT_CLASS | UT_INTERFACE,
	    UR_GET_MAX_LUN, 0, sc->sc_ui->ui_desc->number, max, 1,
	    &actual) == 0 && actual == 1)
		n = MIN(*max, LUNS_MAX - 1) + 1;
	kfree(max, M_UMASS);
	return (n);
}

static void
release(struct umass_softc *sc)
{
	if (sc->sc_xin != NULL)
		usb_xfer_free(sc->sc_xin);
	if (sc->sc_xout != NULL)
		usb_xfer_free(sc->sc_xout);
	kfree(sc->sc_cbw, M_UMASS);
	kfree(sc->sc_csw, M_UMASS);
	kfree(sc->sc_sense, M_UMASS);
	lockuninit(&sc->sc_lock);
	spin_uninit(&sc->sc_spin);
}

static int
umass_attach(device_t dev)
{
	struct umass_softc *sc = device_get_softc(dev);
	int i, luns, error = ENXIO;

	sc->sc_dev = dev;
	sc->sc_ui = usb_interface_of(dev);
	lockinit(&sc->sc_lock, "umass", 0, 0);
	spin_init(&sc->sc_spin, "umass");
	bioq_init(&sc->sc_bioq);
	sc->sc_cbw = kmalloc(sizeof(struct cbw), M_UMASS, M_WAITOK);
	sc->sc_csw = kmalloc(sizeof(struct csw), M_UMASS, M_WAITOK);
	sc->sc_sense = kmalloc(SCSI_SENSE_LENGTH, M_UMASS, M_WAITOK |
	    M_ZERO);
	sc->sc_in = usb_endpoint_open(sc->sc_ui, USB_EP_BULK, USB_EP_IN);
	sc->sc_out = usb_endpoint_open(sc->sc_ui, USB_EP_BULK, 0);
	if (sc->sc_in != NULL && sc->sc_out != NULL) {
		sc->sc_xin = usb_xfer_alloc(sc->sc_in);
		sc->sc_xout = usb_xfer_alloc(sc->sc_out);
		error = sc->sc_xin == NULL || sc->sc_xout == NULL ? ENOMEM :
		    kthread_create(umass_thread, sc, &sc->sc_thread, "%s",
		    device_get_nameunit(dev));
	}
	if (error != 0) {
		release(sc);
		return (error);
	}
	luns = count_luns(sc);
	for (i = 0; i < luns; i++)
		attach_unit(sc, i);
	return (0);
}

static int
umass_detach(device_t dev)
{
	struct umass_softc *sc = device_get_softc(dev);
	struct umass_unit *u;
	int i;

	spin_lock(&sc->sc_spin);
	sc->sc_dead = true;
	wakeup(&sc->sc_bioq);
	while (sc->sc_thread != NULL)
		ssleep(&sc->sc_thread, &sc->sc_spin, 0, "umassdt", 0);
	spin_unlock(&sc->sc_spin);
	for (i = 0; i < sc->sc_nunits; i++) {
		u = sc->sc_unit[i];
		kprintf("%s: gone\n", u->u_dev->si_name);
		disk_destroy(&u->u_disk);
		disk_unit_free(u->u_type == SCSI_TYPE_CD ? "cd" : "da",
		    u->u_num);
		kfree(u, M_UMASS);
	}
	release(sc);
	return (0);
}

static driver_t umass_driver = {
	.name = "umass",
	.size = sizeof(struct umass_softc),
	.probe = umass_probe,
	.attach = umass_attach,
	.detach = umass_detach,
};

DRIVER_MODULE(umass, usb, umass_driver, umass_devclass, NULL, NULL);
MODULE_VERSION(umass, 1);
