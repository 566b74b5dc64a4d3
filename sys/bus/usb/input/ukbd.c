/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ukbd: USB keyboards in the boot protocol ("Device Class Definition for
 * Human Interface Devices", version 1.11, appendix B).
 *
 * A report says which keys are down.  What changed since the last one goes
 * to the screen console as the scan codes a PC keyboard would send; a key
 * that stays down is repeated by a timer.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/callout.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/module.h>
#include <sys/spinlock2.h>
#include <bus/usb/usb.h>
#include <dev/misc/syscons/sc_var.h>

#define SUBCLASS_BOOT		1
#define PROTOCOL_KEYBOARD	1
#define UR_SET_IDLE		0x0a
#define UR_SET_PROTOCOL		0x0b
#define BOOT_PROTOCOL		0

#define REPORT_LENGTH		8
#define REPORT_KEYS		2	/* offset of the keys */
#define NKEYS			6
#define USAGE_FIRST_KEY		4	/* below: errors */
#define REPEAT_DELAY		(hz / 2)
#define REPEAT_RATE		MAX(1, hz / 15)
#define EXTENDED		0x80	/* in scan_code: 0xe0 before it */
#define RELEASE			0x80

/*
 * Locks: (s) sc_spin; the reports belong to the transfer's callbacks.
 */
struct ukbd_softc {
	device_t	sc_dev;
	struct usb_xfer	*sc_xfer;
	uint8_t		*sc_report;	/* being read */
	uint8_t		sc_last[REPORT_LENGTH];
	struct callout	sc_repeat;
	struct spinlock	sc_spin;
	int		sc_down;	/* (s) code being repeated, or 0 */
	bool		sc_ended;	/* (s) the transfer failed for good */
};

static devclass_t ukbd_devclass;
static MALLOC_DEFINE(M_UKBD, "ukbd", "USB keyboards");

/* Set 1 codes by usage (HID Usage Tables, 10), from 4 on. */
static const uint8_t scan_code[] = {
	/* a-z */
	0x1e, 0x30, 0x2e, 0x20, 0x12, 0x21, 0x22, 0x23, 0x17, 0x24, 0x25,
	0x26, 0x32, 0x31, 0x18, 0x19, 0x10, 0x13, 0x1f, 0x14, 0x16, 0x2f,
	0x11, 0x2d, 0x15, 0x2c,
	/* 1-9, 0 */
	0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b,
	/* return escape backspace tab space - = [ ] \ */
	0x1c, 0x01, 0x0e, 0x0f, 0x39, 0x0c, 0x0d, 0x1a, 0x1b, 0x2b,
	/* the other \, ; ' ` , . / caps lock */
	0x2b, 0x27, 0x28, 0x29, 0x33, 0x34, 0x35, 0x3a,
	/* F1-F12 */
	0x3b, 0x3c, 0x3d, 0x3e, 0x3f, 0x40, 0x41, 0x42, 0x43, 0x44, 0x57,
	0x58,
	/* print screen, scroll lock, pause */
	0, 0x46, 0,
	/* insert home page up, delete end page down, right left down up */
	0x52 | EXTENDED, 0x47 | EXTENDED, 0x49 | EXTENDED, 0x53 | EXTENDED,
	0x4f | EXTENDED, 0x51 | EXTENDED, 0x4d | EXTENDED, 0x4b | EXTENDED,
	0x50 | EXTENDED, 0x48 | EXTENDED,
	/* keypad: num lock / * - + enter 1-9 0 . */
	0x45, 0x35 | EXTENDED, 0x37, 0x4a, 0x4e, 0x1c | EXTENDED, 0x4f, 0x50,
	0x51, 0x4b, 0x4c, 0x4d, 0x47, 0x48, 0x49, 0x52, 0x53,
	/* the key beside left shift */
	0x56,
};

/* By bit of a report's first byte: control shift alt gui, left then right. */
static const uint8_t modifier_code[8] = {
	0x1d, 0x2a, 0x38, 0x5b | EXTENDED,
	0x1d | EXTENDED, 0x36, 0x38 | EXTENDED, 0x5c | EXTENDED,
};

static void
send(int code, bool down)
{
	sc_kbd_scan((code & 0x7f) | (down ? 0 : RELEASE),
	    (code & EXTENDED) != 0);
}

static int
code_of(int usage)
{
	usage -= USAGE_FIRST_KEY;
	if (usage < 0 || usage >= (int)sizeof(scan_code))
		return (0);
	return (scan_code[usage]);
}

static bool
has_key(const uint8_t *report, int usage)
{
	return (memchr(report + REPORT_KEYS, usage, NKEYS) != NULL);
}

static void
ukbd_repeat(void *arg)
{
	struct ukbd_softc *sc = arg;
	int code;

	spin_lock(&sc->sc_spin);
	code = sc->sc_down;
	spin_unlock(&sc->sc_spin);
	if (code == 0)
		return;
	send(code, true);
	callout_reset(&sc->sc_repeat, REPEAT_RATE, ukbd_repeat, sc);
}

static void
set_repeat(struct ukbd_softc *sc, int code)
{
	spin_lock(&sc->sc_spin);
	sc->sc_down = code;
	spin_unlock(&sc->sc_spin);
	if (code != 0)
		callout_reset(&sc->sc_repeat, REPEAT_DELAY, ukbd_repeat, sc);
	else
		callout_stop(&sc->sc_repeat);
}

static void
key_up(struct ukbd_softc *sc, int usage)
{
	int code = code_of(usage);

	if (code == 0)
		return;
	send(code, false);
	if (sc->sc_down == code)
		set_repeat(sc, 0);
}

static void
compare(struct ukbd_softc *sc, const uint8_t *now)
{
	const uint8_t *was = sc->sc_last;
	int i, bit;

	for (i = 0; i < 8; i++) {
		bit = 1 << i;
		if (((now[0] ^ was[0]) & bit) != 0)
			send(modifier_code[i], (now[0] & bit) != 0);
	}
	for (i = REPORT_KEYS; i < REPORT_KEYS + NKEYS; i++) {
		if (was[i] != 0 && !has_key(now, was[i]))
			key_up(sc, was[i]);
	}
	for (i = REPORT_KEYS; i < REPORT_KEYS + NKEYS; i++) {
		if (code_of(now[i]) != 0 && !has_key(was, now[i])) {
			send(code_of(now[i]), true);
			set_repeat(sc, code_of(now[i]));
		}
	}
}

static void
ukbd_intr(struct usb_xfer *ux)
{
	struct ukbd_softc *sc = ux->ux_arg;
	uint8_t *now = sc->sc_report;

	if (ux->ux_error != 0) {
		spin_lock(&sc->sc_spin);
		sc->sc_ended = true;
		wakeup(sc);
		spin_unlock(&sc->sc_spin);
		return;
	}
	/* 1 to 3 in all places: more keys are down than fit. */
	if (ux->ux_actual == REPORT_LENGTH && (now[REPORT_KEYS] == 0 ||
	    now[REPORT_KEYS] >= USAGE_FIRST_KEY)) {
		compare(sc, now);
		memcpy(sc->sc_last, now, REPORT_LENGTH);
	}
	usb_xfer_submit(ux);
}

static int
ukbd_probe(device_t dev)
{
	const struct usb_interface_desc *id = usb_interface_of(dev)->ui_desc;

	if (id->class != UC_HID || id->subclass != SUBCLASS_BOOT ||
	    id->protocol != PROTOCOL_KEYBOARD)
		return (ENXIO);
	device_set_desc(dev, usb_interface_of(dev)->ui_dev->ud_product);
	return (BUS_PROBE_DEFAULT);
}

static int
ukbd_attach(device_t dev)
{
	struct ukbd_softc *sc = device_get_softc(dev);
	struct usb_interface *ui = usb_interface_of(dev);
	struct usb_endpoint *ue;

	sc->sc_dev = dev;
	usb_request(ui->ui_dev, UT_CLASS | UT_INTERFACE, UR_SET_PROTOCOL,
	    BOOT_PROTOCOL, ui->ui_desc->number, NULL, 0, NULL);
	/* Report changes only; some do not know the request. */
	usb_request(ui->ui_dev, UT_CLASS | UT_INTERFACE, UR_SET_IDLE, 0,
	    ui->ui_desc->number, NULL, 0, NULL);
	ue = usb_endpoint_open(ui, USB_EP_INTR, USB_EP_IN);
	if (ue == NULL)
		return (ENXIO);
	sc->sc_xfer = usb_xfer_alloc(ue);
	if (sc->sc_xfer == NULL)
		return (ENOMEM);
	spin_init(&sc->sc_spin, "ukbd");
	callout_init_mp(&sc->sc_repeat);
	sc->sc_report = kmalloc(MAX(ue->ue_maxpacket, REPORT_LENGTH), M_UKBD,
	    M_WAITOK | M_ZERO);
	sc->sc_xfer->ux_data = sc->sc_report;
	sc->sc_xfer->ux_len = MAX(ue->ue_maxpacket, REPORT_LENGTH);
	sc->sc_xfer->ux_done = ukbd_intr;
	sc->sc_xfer->ux_arg = sc;
	usb_xfer_submit(sc->sc_xfer);
	return (0);
}

static int
ukbd_detach(device_t dev)
{
	struct ukbd_softc *sc = device_get_softc(dev);
	struct usb_device *ud = usb_interface_of(dev)->ui_dev;

	/* While the device is there, the driver stays. */
	if (!ud->ud_gone)
		return (EBUSY);
	spin_lock(&sc->sc_spin);
	while (!sc->sc_ended)
		ssleep(sc, &sc->sc_spin, 0, "ukbddt", 0);
	spin_unlock(&sc->sc_spin);
	set_repeat(sc, 0);
	callout_terminate(&sc->sc_repeat);
	usb_xfer_free(sc->sc_xfer);
	kfree(sc->sc_report, M_UKBD);
	spin_uninit(&sc->sc_spin);
	return (0);
}

static driver_t ukbd_driver = {
	.name = "ukbd",
	.size = sizeof(struct ukbd_softc),
	.probe = ukbd_probe,
	.attach = ukbd_attach,
	.detach = ukbd_detach,
};

DRIVER_MODULE(ukbd, usb, ukbd_driver, ukbd_devclass, NULL, NULL);
MODULE_VERSION(ukbd, 1);
