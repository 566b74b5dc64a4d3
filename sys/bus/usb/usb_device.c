/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * USB: a device from its first descriptor to the drivers of its interfaces,
 * and its end.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/spinlock2.h>
#include <sys/thread2.h>

#include "usb.h"

#define CONFIG_MAX	4096	/* bytes of a configuration we read */
#define STRING_MAX	126	/* characters of a string descriptor */
#define LANG_ENGLISH	0x0409

static MALLOC_DEFINE(M_USBDEV, "usbdev", "USB devices");

static int
get_descriptor(struct usb_device *ud, int type, int index, int lang,
    void *buf, int len, int *actual)
{
	return (usb_request(ud, UT_READ | UT_DEVICE, UR_GET_DESCRIPTOR,
	    type << 8 | index, lang, buf, len, actual));
}

/* Strings are UTF-16; what is not printable ASCII becomes '?'. */
static char *
get_string(struct usb_device *ud, int index)
{
	uint8_t *buf = kmalloc(256, M_USBDEV, M_WAITOK | M_ZERO);
	char *s = kmalloc(STRING_MAX + 1, M_USBDEV, M_WAITOK | M_ZERO);
	int i, c, len = 0, n = 0;

	if (index != 0 && get_descriptor(ud, UDESC_STRING, index,
	    LANG_ENGLISH, buf, 255, &len) == 0) {
		if (len > buf[0])
			len = buf[0];
		for (i = 2; i + 1 < len && n < STRING_MAX; i += 2) {
			c = buf[i] | buf[i + 1] << 8;
			s[n++] = c >= ' ' && c < 0x7f ? c : '?';
		}
		while (n > 0 && s[n - 1] == ' ')
			n--;
		s[n] = '\0';
	}
	kfree(buf, M_USBDEV);
	return (s);
}

static int
default_maxpacket0(enum usb_speed speed)
{
	switch (speed) {
	case USB_SPEED_SUPER:
		return (512);
	case USB_SPEED_HIGH:
		return (64);
	default:
		return (8);
	}
}

/* The first 8 bytes tell how much endpoint 0 takes at once. */
static int
read_device_desc(struct usb_device *ud)
{
	struct usb_device_desc *dd;
	int len, max, error;

	dd = kmalloc(sizeof(*dd), M_USBDEV, M_WAITOK | M_ZERO);
	error = get_descriptor(ud, UDESC_DEVICE, 0, 0, dd, 8, &len);
	if (error == 0 && (len < 8 || dd->type != UDESC_DEVICE))
		error = EIO;
	if (error == 0) {
		max = ud->ud_speed == USB_SPEED_SUPER ?
		    1 << (dd->maxpacket0 & 0xf) : dd->maxpacket0;
		if (ud->ud_speed == USB_SPEED_FULL &&
		    max != ud->ud_ep0.ue_maxpacket &&
		    (max == 16 || max == 32 || max == 64)) {
			ud->ud_ep0.ue_maxpacket = max;
			error = ud->ud_bus->ub_hc->device_maxpacket(ud);
		}
	}
	if (error == 0)
		error = get_descriptor(ud, UDESC_DEVICE, 0, 0, dd,
		    sizeof(*dd), &len);
	if (error == 0 && len < (int)sizeof(*dd))
		error = EIO;
	ud->ud_desc = *dd;
	kfree(dd, M_USBDEV);
	return (error);
}

static int
read_config(struct usb_device *ud)
{
	struct usb_config_desc *cd;
	int len, total, error;

	cd = kmalloc(sizeof(*cd), M_USBDEV, M_WAITOK | M_ZERO);
	error = get_descriptor(ud, UDESC_CONFIG, 0, 0, cd, sizeof(*cd),
	    &len);
	total = cd->total;
	if (error == 0 && (len < (int)sizeof(*cd) ||
	    cd->type != UDESC_CONFIG || total < (int)sizeof(*cd) ||
	    total > CONFIG_MAX))
		error = EIO;
	kfree(cd, M_USBDEV);
	if (error != 0)
		return (error);
	ud->ud_config = kmalloc(total, M_USBDEV, M_WAITOK | M_ZERO);
	error = get_descriptor(ud, UDESC_CONFIG, 0, 0, ud->ud_config, total,
	    &len);
	ud->ud_configlen = MIN(len, total);
	if (error == 0 && ud->ud_configlen < (int)sizeof(*cd))
		error = EIO;
	if (error == 0)
		error = usb_request(ud, UT_DEVICE, UR_SET_CONFIG,
		    ((struct usb_config_desc *)ud->ud_config)->value, 0,
		    NULL, 0, NULL);
	return (error);
}

/* The descriptor at or after p in the configuration, NULL at its end. */
static const uint8_t *
descriptor_at(struct usb_device *ud, const uint8_t *p)
{
	const uint8_t *end = ud->ud_config + ud->ud_configlen;

	if (p + 2 > end || p[0] < 2 || p + p[0] > end)
		return (NULL);
	return (p);
}

#define FOREACH_DESCRIPTOR(ud, p, from)					\
	for ((p) = descriptor_at(ud, from); (p) != NULL;		\
	    (p) = descriptor_at(ud, (p) + (p)[0]))

struct usb_interface *
usb_interface_of(device_t child)
{
	return (device_get_ivars(child));
}

static void
fill_endpoint(struct usb_endpoint *ue, struct usb_device *ud,
    const struct usb_endpoint_desc *ed)
{
	const uint8_t *next = descriptor_at(ud,
	    (const uint8_t *)ed + ed->length);

	ue->ue_dev = ud;
	ue->ue_addr = ed->address;
	ue->ue_type = ed->attributes & 3;
	ue->ue_maxpacket = ed->maxpacket & 0x7ff;
	ue->ue_mult = ed->maxpacket >> 11 & 3;
	ue->ue_interval = ed->interval;
	if (ud->ud_speed == USB_SPEED_SUPER && next != NULL &&
	    next[0] >= 6 && next[1] == UDESC_SS_COMPANION)
		ue->ue_burst = next[2] & 0x0f;
}

struct usb_endpoint *
usb_endpoint_open(struct usb_interface *ui, enum usb_eptype type,
    int direction)
{
	struct usb_device *ud = ui->ui_dev;
	const struct usb_endpoint_desc *ed;
	struct usb_endpoint *ue;
	const uint8_t *p;
	int i;

	FOREACH_DESCRIPTOR(ud, p, (const uint8_t *)ui->ui_desc +
	    ui->ui_desc->length) {
		if (p[1] == UDESC_INTERFACE)
			break;
		ed = (const struct usb_endpoint_desc *)p;
		if (p[1] != UDESC_ENDPOINT || p[0] < sizeof(*ed) ||
		    (ed->attributes & 3) != (int)type ||
		    (ed->address & USB_EP_IN) != direction ||
		    (ed->address & 0x0f) == 0 ||
		    (ed->maxpacket & 0x7ff) == 0)
			continue;
		i = USB_EP_INDEX(ed->address);
		if (ud->ud_ep[i] != NULL)
			return (NULL);
		ue = kmalloc(sizeof(*ue), M_USBDEV, M_WAITOK | M_ZERO);
		fill_endpoint(ue, ud, ed);
		if (ud->ud_bus->ub_hc->endpoint_open(ue) != 0) {
			kfree(ue, M_USBDEV);
			return (NULL);
		}
		ud->ud_ep[i] = ue;
		return (ue);
	}
	return (NULL);
}

static void
add_interface(struct usb_device *ud, const struct usb_interface_desc *id)
{
	struct usb_bus *ub = ud->ud_bus;
	struct usb_interface *ui;

	ui = kmalloc(sizeof(*ui), M_USBDEV, M_WAITOK | M_ZERO);
	ui->ui_dev = ud;
	ui->ui_desc = id;
	lwkt_gettoken(&bus_token);
	ui->ui_child = device_add_child(ub->ub_dev, NULL, -1);
	if (ui->ui_child != NULL) {
		device_set_ivars(ui->ui_child, ui);
		TAILQ_INSERT_TAIL(&ub->ub_interfaces, ui, ui_link);
		if (device_probe_and_attach(ui->ui_child) != 0 &&
		    bootverbose)
			device_printf(ub->ub_dev, "%s: no driver for class "
			    "%d/%d/%d\n", ud->ud_product, id->class,
			    id->subclass, id->protocol);
	} else {
		kfree(ui, M_USBDEV);
	}
	lwkt_reltoken(&bus_token);
}

static void
add_interfaces(struct usb_device *ud)
{
	const struct usb_interface_desc *id;
	const uint8_t *p;

	FOREACH_DESCRIPTOR(ud, p, ud->ud_config) {
		id = (const struct usb_interface_desc *)p;
		if (p[1] == UDESC_INTERFACE && p[0] >= sizeof(*id) &&
		    id->alternate == 0)
			add_interface(ud, id);
	}
}

static int
start(struct usb_device *ud)
{
	int error;

	error = read_device_desc(ud);
	if (error != 0)
		return (error);
	ud->ud_product = get_string(ud, ud->ud_desc.product_str);
	ud->ud_serial = get_string(ud, ud->ud_desc.serial_str);
	error = read_config(ud);
	if (error == 0 && ud->ud_desc.class == UC_HUB)
		error = usb_hub_attach(ud);
	return (error);
}

static void
destroy(struct usb_device *ud)
{
	int i;

	if (ud->ud_addr != 0)
		ud->ud_bus->ub_hc->device_stop(ud);
	for (i = 0; i < USB_MAX_ENDPOINTS; i++) {
		if (ud->ud_ep[i] != NULL)
			kfree(ud->ud_ep[i], M_USBDEV);
	}
	if (ud->ud_config != NULL)
		kfree(ud->ud_config, M_USBDEV);
	if (ud->ud_product != NULL)
		kfree(ud->ud_product, M_USBDEV);
	if (ud->ud_serial != NULL)
		kfree(ud->ud_serial, M_USBDEV);
	if (ud->ud_request != NULL)
		usb_xfer_free(ud->ud_request);
	lockuninit(&ud->ud_lock);
	kfree(ud, M_USBDEV);
}

static void
set_place(struct usb_device *ud, struct usb_hub *uh, int port)
{
	struct usb_device *parent = uh->uh_dev;

	ud->ud_bus = uh->uh_bus;
	ud->ud_parent = parent;
	ud->ud_port = port;
	ud->ud_rootport = port;
	if (parent == NULL)
		return;
	ud->ud_rootport = parent->ud_rootport;
	ud->ud_depth = parent->ud_depth + 1;
	ud->ud_route = parent->ud_route |
	    MIN(port, 15) << (4 * parent->ud_depth);
	if (ud->ud_speed != USB_SPEED_LOW && ud->ud_speed != USB_SPEED_FULL)
		return;
	if (parent->ud_speed == USB_SPEED_HIGH) {
		ud->ud_tthub = parent;
		ud->ud_ttport = port;
	} else {
		ud->ud_tthub = parent->ud_tthub;
		ud->ud_ttport = parent->ud_ttport;
	}
}

struct usb_device *
usb_device_new(struct usb_hub *uh, int port, enum usb_speed speed)
{
	struct usb_device *ud;
	int error;

	ud = kmalloc(sizeof(*ud), M_USBDEV, M_WAITOK | M_ZERO);
	ud->ud_speed = speed;
	set_place(ud, uh, port);
	ud->ud_ep0.ue_dev = ud;
	ud->ud_ep0.ue_maxpacket = default_maxpacket0(speed);
	ud->ud_ep0.ue_type = USB_EP_CONTROL;
	lockinit(&ud->ud_lock, "usbreq", 0, 0);
	ud->ud_request = usb_xfer_alloc(&ud->ud_ep0);
	error = ud->ud_request == NULL ? ENOMEM :
	    uh->uh_bus->ub_hc->device_start(ud);
	if (error == 0)
		error = start(ud);
	if (error != 0) {
		device_printf(uh->uh_bus->ub_dev, "port %d: the device does "
		    "not start (error %d)\n", port, error);
		destroy(ud);
		return (NULL);
	}
	if (bootverbose)
		device_printf(uh->uh_bus->ub_dev, "port %d: %s, vendor "
		    "0x%04x product 0x%04x\n", port, ud->ud_product,
		    ud->ud_desc.vendor, ud->ud_desc.product);
	uh->uh_child[port - 1] = ud;
	if (ud->ud_hub == NULL)
		add_interfaces(ud);
	return (ud);
}

/* No transfer of the device goes on, and none begins. */
static void
stop_transfers(struct usb_device *ud)
{
	struct usb_bus *ub = ud->ud_bus;
	struct usb_xfer *ux;

	spin_lock(&ub->ub_spin);
	ud->ud_gone = true;
	TAILQ_FOREACH(ux, &ub->ub_pending, ux_link) {
		if (ux->ux_ep->ue_dev == ud && ux->ux_abort == 0) {
			ux->ux_abort = ENXIO;
			ub->ub_hc->abort(ux);
		}
	}
	spin_unlock(&ub->ub_spin);
}

void
usb_device_gone(struct usb_device *ud)
{
	struct usb_bus *ub = ud->ud_bus;
	struct usb_interface *ui, *next;
	struct usb_hub *uh;

	uh = ud->ud_parent != NULL ? ud->ud_parent->ud_hub : &ub->ub_root;
	uh->uh_child[ud->ud_port - 1] = NULL;
	stop_transfers(ud);
	if (ud->ud_hub != NULL)
		usb_hub_detach(ud->ud_hub);
	lwkt_gettoken(&bus_token);
	TAILQ_FOREACH_MUTABLE(ui, &ub->ub_interfaces, ui_link, next) {
		if (ui->ui_dev != ud)
			continue;
		TAILQ_REMOVE(&ub->ub_interfaces, ui, ui_link);
		device_delete_child(ub->ub_dev, ui->ui_child);
		kfree(ui, M_USBDEV);
	}
	lwkt_reltoken(&bus_token);
	destroy(ud);
}
