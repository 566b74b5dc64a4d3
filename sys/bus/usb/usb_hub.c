/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * USB: hubs (chapter 11 of the USB 2.0, 10 of the USB 3.2 specification).
 *
 * The root hub's ports are asked through the controller's methods, those of
 * a device by class requests; what is done with a port is the same.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/spinlock2.h>

#include "usb.h"

#define DEBOUNCE_MS	100	/* 7.1.7.3: connected so long without change */
#define DEBOUNCE_STEP	25
#define DEBOUNCE_MAX	1500
#define RESET_TRIES	3
#define RESET_STEP	10
#define RESET_MS	800	/* USB 3 training included */
#define RECOVERY_MS	10	/* 7.1.7.5, after a reset */
#define HUB_PORTS_MAX	255

static MALLOC_DEFINE(M_USBHUB, "usbhub", "USB hubs");

struct hub_desc {
	uint8_t		length, type, ports;
	uint16_t	characteristics;
	uint8_t		power_good;	/* 2 ms */
	uint8_t		rest[10];
} __packed;

#define HUB_THINK_TIME(c)	((c) >> 5 & 3)
#define HUB_PROTO_MULTI_TT	2

/* --- ports --- */

/* USB 3 hubs have other bits in the upper half (table 10-13). */
static void
from_superspeed(struct usb_port_status *ps)
{
	uint16_t s = ps->status;

	ps->status = (s & (UPS_CONNECTED | UPS_ENABLED | UPS_OVERCURRENT |
	    UPS_RESET)) | UPS_SUPER_SPEED;
	if ((s & 0x0200) != 0)
		ps->status |= UPS_POWER;
}

static int
port_status(struct usb_hub *uh, int port, struct usb_port_status *ps)
{
	struct usb_port_status *buf;
	int error;

	if (uh->uh_dev == NULL)
		return (uh->uh_bus->ub_hc->port_status(uh->uh_bus, port,
		    ps));
	buf = kmalloc(sizeof(*buf), M_USBHUB, M_WAITOK | M_ZERO);
	error = usb_request(uh->uh_dev, UT_READ | UT_CLASS | UT_OTHER,
	    UR_GET_STATUS, 0, port, buf, sizeof(*buf), NULL);
	*ps = *buf;
	kfree(buf, M_USBHUB);
	if (error == 0 && uh->uh_dev->ud_speed == USB_SPEED_SUPER)
		from_superspeed(ps);
	return (error);
}

static int
port_feature(struct usb_hub *uh, int port, int request, int feature)
{
	const struct usb_hc_methods *hc = uh->uh_bus->ub_hc;

	if (uh->uh_dev != NULL)
		return (usb_request(uh->uh_dev, UT_CLASS | UT_OTHER, request,
		    feature, port, NULL, 0, NULL));
	return (request == UR_SET_FEATURE ?
	    hc->port_set(uh->uh_bus, port, feature) :
	    hc->port_clear(uh->uh_bus, port, feature));
}

static int
clear_changes(struct usb_hub *uh, int port, const struct usb_port_status *ps)
{
	int bit, error = 0;

	for (bit = 0; bit < 5 && error == 0; bit++) {
		if ((ps->change & 1 << bit) != 0)
			error = port_feature(uh, port, UR_CLEAR_FEATURE,
			    UPF_C_CONNECTION + bit);
	}
	if (error == 0 && uh->uh_dev != NULL &&
	    uh->uh_dev->ud_speed == USB_SPEED_SUPER) {
		if ((ps->change & 0x20) != 0)
			error = port_feature(uh, port, UR_CLEAR_FEATURE,
			    UPF_C_BH_RESET);
		if (error == 0 && (ps->change & 0x40) != 0)
			error = port_feature(uh, port, UR_CLEAR_FEATURE,
			    UPF_C_LINK_STATE);
	}
	return (error);
}

/* Contacts bounce: wait until the port has been steady; is it connected? */
static bool
debounced(struct usb_hub *uh, int port)
{
	struct usb_port_status ps;
	int steady = 0, ms;

	for (ms = 0; ms < DEBOUNCE_MAX; ms += DEBOUNCE_STEP) {
		if (port_status(uh, port, &ps) != 0)
			return (false);
		if ((ps.status & UPS_CONNECTED) == 0)
			return (false);
		if ((ps.change & UPS_CONNECTED) != 0) {
			steady = 0;
			if (clear_changes(uh, port, &ps) != 0)
				return (false);
		}
		if (steady >= DEBOUNCE_MS)
			return (true);
		usb_wait_ms(DEBOUNCE_STEP);
		steady += DEBOUNCE_STEP;
	}
	return (false);
}

/* Reset until the port is enabled; its state is then in *ps. */
static bool
reset_port(struct usb_hub *uh, int port, struct usb_port_status *ps)
{
	int try, ms;

	for (try = 0; try < RESET_TRIES; try++) {
		if (port_feature(uh, port, UR_SET_FEATURE, UPF_RESET) != 0)
			return (false);
		for (ms = 0; ms < RESET_MS; ms += RESET_STEP) {
			usb_wait_ms(RESET_STEP);
			if (port_status(uh, port, ps) != 0 ||
			    (ps->status & UPS_CONNECTED) == 0)
				return (false);
			if ((ps->status & UPS_RESET) == 0 &&
			    (ps->change & UPS_RESET) != 0)
				break;
		}
		if (clear_changes(uh, port, ps) != 0)
			return (false);
		if ((ps->status & UPS_ENABLED) != 0) {
			usb_wait_ms(RECOVERY_MS);
			return (true);
		}
	}
	return (false);
}

static enum usb_speed
speed_of(const struct usb_port_status *ps)
{
	if ((ps->status & UPS_SUPER_SPEED) != 0)
		return (USB_SPEED_SUPER);
	if ((ps->status & UPS_HIGH_SPEED) != 0)
		return (USB_SPEED_HIGH);
	if ((ps->status & UPS_LOW_SPEED) != 0)
		return (USB_SPEED_LOW);
	return (USB_SPEED_FULL);
}

static void
attach_port(struct usb_hub *uh, int port)
{
	struct usb_port_status ps;

	if (!debounced(uh, port))
		return;
	if (uh->uh_dev != NULL && uh->uh_dev->ud_depth + 1 >= USB_MAX_DEPTH) {
		device_printf(uh->uh_bus->ub_dev, "too many hubs in a row\n");
		return;
	}
	if (!reset_port(uh, port, &ps)) {
		/* An EHCI root port has passed a slow device on. */
		if (port_status(uh, port, &ps) == 0 &&
		    (ps.status & UPS_CONNECTED) != 0)
			device_printf(uh->uh_bus->ub_dev, "port %d is not "
			    "enabled by its reset\n", port);
		return;
	}
	usb_device_new(uh, port, speed_of(&ps));
}

static void
explore_port(struct usb_hub *uh, int port)
{
	struct usb_device *ud = uh->uh_child[port - 1];
	struct usb_port_status ps;

	if (port_status(uh, port, &ps) != 0)
		return;
	if (ps.change != 0 && clear_changes(uh, port, &ps) != 0)
		return;
	if ((ps.change & UPS_OVERCURRENT) != 0 &&
	    (ps.status & UPS_OVERCURRENT) != 0)
		device_printf(uh->uh_bus->ub_dev, "port %d: overcurrent\n",
		    port);
	if (ud != NULL && ((ps.change & UPS_CONNECTED) != 0 ||
	    (ps.status & UPS_CONNECTED) == 0 ||
	    (ps.status & UPS_ENABLED) == 0)) {
		usb_device_gone(ud);
		ud = NULL;
	}
	if (ud == NULL && (ps.status & UPS_CONNECTED) != 0)
		attach_port(uh, port);
}

void
usb_hub_explore(struct usb_hub *uh)
{
	int port;

	for (port = 1; port <= uh->uh_nports; port++)
		explore_port(uh, port);
}

static void
power_up(struct usb_hub *uh)
{
	int port;

	for (port = 1; port <= uh->uh_nports; port++)
		port_feature(uh, port, UR_SET_FEATURE, UPF_POWER);
	usb_wait_ms(uh->uh_power_ms);
}

void
usb_hub_init_root(struct usb_bus *ub)
{
	struct usb_hub *uh = &ub->ub_root;

	uh->uh_bus = ub;
	uh->uh_nports = ub->ub_nports;
	uh->uh_power_ms = 20;
	uh->uh_child = kmalloc(uh->uh_nports * sizeof(*uh->uh_child),
	    M_DEVBUF, M_WAITOK | M_ZERO);
	TAILQ_INSERT_HEAD(&ub->ub_hubs, uh, uh_link);
	power_up(uh);
}

/* --- hubs that are devices --- */

/* The hub says that ports changed; which ones is seen by looking. */
static void
hub_intr(struct usb_xfer *ux)
{
	struct usb_hub *uh = ux->ux_arg;
	struct usb_bus *ub = uh->uh_bus;

	spin_lock(&ub->ub_spin);
	if (ux->ux_error != 0) {
		uh->uh_intr_ended = true;
		wakeup(uh);
		spin_unlock(&ub->ub_spin);
		return;
	}
	uh->uh_look = true;
	spin_unlock(&ub->ub_spin);
	usb_explore_soon(ub);
	usb_xfer_submit(ux);
}

static int
read_hub_desc(struct usb_device *ud, struct hub_desc *out)
{
	bool super = ud->ud_speed == USB_SPEED_SUPER;
	struct hub_desc *hd;
	int len, error;

	hd = kmalloc(sizeof(*hd), M_USBHUB, M_WAITOK | M_ZERO);
	error = usb_request(ud, UT_READ | UT_CLASS | UT_DEVICE,
	    UR_GET_DESCRIPTOR, (super ? UDESC_SS_HUB : UDESC_HUB) << 8, 0,
	    hd, super ? 12 : 9, &len);
	if (error == 0 && (len < 7 || hd->ports == 0))
		error = EIO;
	*out = *hd;
	kfree(hd, M_USBHUB);
	return (error);
}

static int
start_interrupts(struct usb_hub *uh, const struct usb_interface_desc *id)
{
	struct usb_interface ui = { .ui_dev = uh->uh_dev, .ui_desc = id };
	struct usb_endpoint *ue;
	int len = (uh->uh_nports + 1 + 7) / 8;

	ue = usb_endpoint_open(&ui, USB_EP_INTR, USB_EP_IN);
	if (ue == NULL)
		return (ENXIO);
	uh->uh_intr = usb_xfer_alloc(ue);
	if (uh->uh_intr == NULL)
		return (ENOMEM);
	uh->uh_bits = kmalloc(MAX(len, ue->ue_maxpacket), M_USBHUB,
	    M_WAITOK | M_ZERO);
	uh->uh_intr->ux_data = uh->uh_bits;
	uh->uh_intr->ux_len = MAX(len, ue->ue_maxpacket);
	uh->uh_intr->ux_done = hub_intr;
	uh->uh_intr->ux_arg = uh;
	usb_xfer_submit(uh->uh_intr);
	return (0);
}

int
usb_hub_attach(struct usb_device *ud)
{
	const struct usb_interface_desc *id = (const void *)(ud->ud_config +
	    sizeof(struct usb_config_desc));
	struct usb_hub *uh;
	struct hub_desc hd;
	int error;

	if (ud->ud_configlen < (int)(sizeof(struct usb_config_desc) +
	    sizeof(*id)) || id->type != UDESC_INTERFACE)
		return (EIO);
	error = read_hub_desc(ud, &hd);
	if (error != 0)
		return (error);
	uh = kmalloc(sizeof(*uh), M_USBHUB, M_WAITOK | M_ZERO);
	uh->uh_bus = ud->ud_bus;
	uh->uh_dev = ud;
	uh->uh_nports = hd.ports;
	uh->uh_power_ms = hd.power_good * 2 + 20;
	uh->uh_child = kmalloc(uh->uh_nports * sizeof(*uh->uh_child),
	    M_USBHUB, M_WAITOK | M_ZERO);
	ud->ud_hub = uh;
	TAILQ_INSERT_TAIL(&ud->ud_bus->ub_hubs, uh, uh_link);
	if (ud->ud_speed == USB_SPEED_SUPER)
		error = usb_request(ud, UT_CLASS | UT_DEVICE, UR_SET_DEPTH,
		    ud->ud_depth, 0, NULL, 0, NULL);
	if (error == 0)
		error = ud->ud_bus->ub_hc->device_is_hub(ud,
		    ud->ud_desc.protocol == HUB_PROTO_MULTI_TT &&
		    id->alternate != 0, HUB_THINK_TIME(hd.characteristics));
	if (error == 0)
		error = start_interrupts(uh, id);
	if (error != 0) {
		usb_hub_detach(uh);
		return (error);
	}
	power_up(uh);
	spin_lock(&ud->ud_bus->ub_spin);
	uh->uh_look = true;
	spin_unlock(&ud->ud_bus->ub_spin);
	return (0);
}

void
usb_hub_detach(struct usb_hub *uh)
{
	struct usb_bus *ub = uh->uh_bus;
	int i;

	for (i = 0; i < uh->uh_nports; i++) {
		if (uh->uh_child[i] != NULL)
			usb_device_gone(uh->uh_child[i]);
	}
	if (uh->uh_intr != NULL) {
		/* The device is gone, so its transfer ends. */
		spin_lock(&ub->ub_spin);
		while (!uh->uh_intr_ended)
			ssleep(uh, &ub->ub_spin, 0, "usbhub", 0);
		spin_unlock(&ub->ub_spin);
		usb_xfer_free(uh->uh_intr);
		kfree(uh->uh_bits, M_USBHUB);
	}
	spin_lock(&ub->ub_spin);
	TAILQ_REMOVE(&ub->ub_hubs, uh, uh_link);
	spin_unlock(&ub->ub_spin);
	uh->uh_dev->ud_hub = NULL;
	kfree(uh->uh_child, M_USBHUB);
	kfree(uh, M_USBHUB);
}
