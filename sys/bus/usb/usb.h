/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * USB: what host controllers, hubs and drivers of devices share.
 *
 * A host controller driver (controller/) makes a bus with usb_bus_attach().
 * The bus's thread looks after its hubs: it resets ports where something was
 * plugged in, gives the device an address, reads its descriptors, chooses the
 * first configuration and adds a newbus child for each interface, which the
 * drivers of the bus "usb" probe by usb_interface_of().  It takes everything
 * of a device away when the device has gone.
 *
 * Data moves in transfers.  A transfer belongs to an endpoint, is submitted,
 * and ends exactly once with ux_done on the controller's interrupt thread (or
 * with usb_xfer_run(), which waits).  The numbers are those of the USB 2.0
 * (chapter 9, 11) and USB 3.2 specifications.
 */
#ifndef _BUS_USB_USB_H_
#define _BUS_USB_USB_H_

#ifdef _KERNEL

#include <sys/types.h>
#include <sys/bus.h>
#include <sys/bus_dma.h>
#include <sys/callout.h>
#include <sys/lock.h>
#include <sys/queue.h>
#include <sys/spinlock.h>

/* --- as on the wire --- */

struct usb_setup {
	uint8_t		type;		/* UT_* */
	uint8_t		request;	/* UR_* */
	uint16_t	value, index, length;
} __packed;

#define UT_READ			0x80	/* device to host */
#define UT_CLASS		0x20
#define UT_DEVICE		0x00
#define UT_INTERFACE		0x01
#define UT_ENDPOINT		0x02
#define UT_OTHER		0x03	/* a hub's port */

#define UR_GET_STATUS		0
#define UR_CLEAR_FEATURE	1
#define UR_SET_FEATURE		3
#define UR_SET_ADDRESS		5
#define UR_GET_DESCRIPTOR	6
#define UR_SET_CONFIG		9
#define UR_SET_DEPTH		12	/* USB 3 hubs */
#define UF_ENDPOINT_HALT	0

#define UDESC_DEVICE		1
#define UDESC_CONFIG		2
#define UDESC_STRING		3
#define UDESC_INTERFACE		4
#define UDESC_ENDPOINT		5
#define UDESC_HUB		0x29
#define UDESC_SS_HUB		0x2a
#define UDESC_SS_COMPANION	0x30

struct usb_device_desc {
	uint8_t		length, type;
	uint16_t	bcd_usb;
	uint8_t		class, subclass, protocol, maxpacket0;
	uint16_t	vendor, product, bcd_device;
	uint8_t		manufacturer_str, product_str, serial_str;
	uint8_t		configs;
} __packed;

struct usb_config_desc {
	uint8_t		length, type;
	uint16_t	total;
	uint8_t		interfaces, value, string, attributes, power;
} __packed;

struct usb_interface_desc {
	uint8_t		length, type, number, alternate, endpoints;
	uint8_t		class, subclass, protocol, string;
} __packed;

struct usb_endpoint_desc {
	uint8_t		length, type, address, attributes;
	uint16_t	maxpacket;
	uint8_t		interval;
} __packed;

#define UC_HID			0x03
#define UC_STORAGE		0x08
#define UC_HUB			0x09

/* --- devices --- */

/* As xHCI numbers them (7.2.2.1.1). */
enum usb_speed {
	USB_SPEED_FULL = 1,	/* 12 Mbit/s */
	USB_SPEED_LOW = 2,	/* 1.5 */
	USB_SPEED_HIGH = 3,	/* 480 */
	USB_SPEED_SUPER = 4,	/* 5000 and more */
};

enum usb_eptype { USB_EP_CONTROL, USB_EP_ISOC, USB_EP_BULK, USB_EP_INTR };

#define USB_MAX_ENDPOINTS	32	/* 16 numbers, two directions */
#define USB_MAX_DEPTH		5	/* hubs below the root */
#define USB_EP_IN		0x80
/* Place of an endpoint address in ud_ep. */
#define USB_EP_INDEX(addr)	(((addr) & 0x0f) << 1 | ((addr) & USB_EP_IN) >> 7)

struct usb_bus;
struct usb_device;
struct usb_hub;
struct usb_xfer;

struct usb_endpoint {
	struct usb_device *ue_dev;	/* (I) */
	uint8_t		ue_addr;	/* (I) with USB_EP_IN */
	enum usb_eptype	ue_type;	/* (I) */
	uint16_t	ue_maxpacket;	/* (I) bytes a packet */
	uint8_t		ue_mult;	/* (I) packets a microframe, less 1 */
	uint8_t		ue_burst;	/* (I) SuperSpeed, less 1 */
	uint8_t		ue_interval;	/* (I) bInterval */
	void		*ue_hc;		/* the controller's */
};

/*
 * Locks: (x) only the bus's thread; (I) immutable once children exist;
 * (s) ub_spin; (r) ud_lock.
 */
struct usb_device {
	struct usb_bus	*ud_bus;	/* (I) */
	struct usb_device *ud_parent;	/* (I) hub it hangs from, or NULL */
	int		ud_port;	/* (I) of that hub, from 1 */
	int		ud_rootport;	/* (I) */
	int		ud_depth;	/* (I) hubs between it and the root */
	uint32_t	ud_route;	/* (I) USB 3 route string */
	enum usb_speed	ud_speed;	/* (I) */
	/* The high speed hub that translates for a slower device. */
	struct usb_device *ud_tthub;	/* (I) or NULL */
	int		ud_ttport;	/* (I) */
	int		ud_addr;	/* (I) bus address or slot */
	bool		ud_gone;	/* (s) no more transfers */
	struct usb_device_desc ud_desc;	/* (I) */
	uint8_t		*ud_config;	/* (I) whole configuration */
	int		ud_configlen;	/* (I) */
	char		*ud_product;	/* (I) strings, never NULL later */
	char		*ud_serial;	/* (I) "" if it has none */
	struct usb_endpoint ud_ep0;
	struct lock	ud_lock;
	struct usb_xfer	*ud_request;	/* (r) for usb_request() */
	struct usb_endpoint *ud_ep[USB_MAX_ENDPOINTS]; /* (x) */
	struct usb_hub	*ud_hub;	/* (x) if it is one */
	void		*ud_hc;		/* the controller's */
};

/* An interface: ivars of a child of the bus. */
struct usb_interface {
	struct usb_device *ui_dev;
	const struct usb_interface_desc *ui_desc; /* in ud_config */
	device_t	ui_child;
	TAILQ_ENTRY(usb_interface) ui_link; /* (x) ub_interfaces */
};
TAILQ_HEAD(usb_interface_list, usb_interface);

struct usb_interface *usb_interface_of(device_t child);

/*
 * The interface's endpoint of a type and direction (USB_EP_IN or 0), opened;
 * NULL if there is none or the controller has no room for it.
 */
struct usb_endpoint *usb_endpoint_open(struct usb_interface *ui,
	    enum usb_eptype type, int direction);

/* --- transfers --- */

typedef void usb_done_t(struct usb_xfer *ux);

#define USB_MAX_SEGS	(MAXPHYS / PAGE_SIZE + 1)

/* Whoever submitted it owns it again when ux_done is called. */
struct usb_xfer {
	struct usb_endpoint *ux_ep;	/* (I) */
	void		*ux_data;	/* any kernel address */
	int		ux_len;		/* bytes, up to MAXPHYS */
	struct usb_setup ux_setup;	/* control endpoints */
	int		ux_timeout;	/* ms; 0: none */
	usb_done_t	*ux_done;
	void		*ux_arg;

	int		ux_actual;	/* bytes moved */
	/* 0; EPIPE: halted; EIO; ETIMEDOUT; ECANCELED; ENXIO: gone. */
	int		ux_error;

	/* The core's and the controller's. */
	TAILQ_ENTRY(usb_xfer) ux_link;	/* (s) */
	struct callout	ux_timer;
	bus_dmamap_t	ux_map;		/* (I) */
	bus_dma_segment_t ux_segs[USB_MAX_SEGS];
	int		ux_nsegs;
	int		ux_state;	/* (s) USB_XFER_* */
	int		ux_abort;	/* (s) errno it is being aborted with */
	bool		ux_finished;	/* (s) usb_xfer_run() */
	TAILQ_ENTRY(usb_xfer) ux_hclink; /* (s) the controller's list */
	int		ux_hc[4];	/* (s) and notes */
	void		*ux_hcp;	/* (s) */
};
TAILQ_HEAD(usb_xfer_list, usb_xfer);

#define USB_XFER_IDLE	0
#define USB_XFER_QUEUED	1

/* May sleep.  The transfer must be idle to be freed. */
struct usb_xfer *usb_xfer_alloc(struct usb_endpoint *ep);
void	usb_xfer_free(struct usb_xfer *ux);
/* Does not sleep; the end, even an error at once, comes by ux_done. */
void	usb_xfer_submit(struct usb_xfer *ux);
/* Submit and sleep until the end; returns ux_error. */
int	usb_xfer_run(struct usb_xfer *ux);
/* Ask for an early end with an error; ux_done follows. */
void	usb_xfer_abort(struct usb_xfer *ux, int error);

/*
 * A control request to endpoint 0, sleeping; *actual may be NULL.  data may
 * lie anywhere in the kernel but on a stack.
 */
int	usb_request(struct usb_device *ud, int type, int request, int value,
	    int index, void *data, int len, int *actual);
/* After EPIPE: clear the halt on both sides.  Sleeps. */
int	usb_clear_halt(struct usb_endpoint *ep);

/* --- for hubs and host controllers --- */

/* A port, as USB 2 hubs report it (table 11-21, 11-22). */
#define UPS_CONNECTED		0x0001
#define UPS_ENABLED		0x0002
#define UPS_SUSPENDED		0x0004
#define UPS_OVERCURRENT		0x0008
#define UPS_RESET		0x0010
#define UPS_POWER		0x0100
#define UPS_LOW_SPEED		0x0200
#define UPS_HIGH_SPEED		0x0400
#define UPS_SUPER_SPEED		0x8000	/* ours: not in a hub's answer */

struct usb_port_status {
	uint16_t	status;		/* UPS_* */
	uint16_t	change;		/* the first five of them */
};

#define UPF_RESET		4	/* features of a port */
#define UPF_POWER		8
#define UPF_C_CONNECTION	16	/* the changes follow, bit by bit */
#define UPF_BH_RESET		28	/* USB 3: warm reset */
#define UPF_C_LINK_STATE	25
#define UPF_C_BH_RESET		29

/*
 * A hub: the root, whose ports are the controller's, or a device.  Only the
 * bus's thread is in these.  They return an errno and may sleep.
 */
struct usb_hub {
	struct usb_bus	*uh_bus;
	struct usb_device *uh_dev;	/* NULL: the root */
	int		uh_nports;
	int		uh_power_ms;	/* from power on to power good */
	struct usb_device **uh_child;	/* [port - 1] */
	struct usb_xfer	*uh_intr;	/* status changes of a device */
	uint8_t		*uh_bits;
	bool		uh_intr_ended;	/* (s) with an error: for good */
	bool		uh_look;	/* (s) something changed */
	TAILQ_ENTRY(usb_hub) uh_link;	/* (x) */
};
TAILQ_HEAD(usb_hub_list, usb_hub);

/*
 * What a controller does.  "async": called with ub_spin held from anywhere,
 * must not block; the others on the bus's thread, returning an errno.
 */
struct usb_hc_methods {
	int	(*port_status)(struct usb_bus *ub, int port,
		    struct usb_port_status *ps);
	int	(*port_set)(struct usb_bus *ub, int port, int feature);
	int	(*port_clear)(struct usb_bus *ub, int port, int feature);
	/* Give the device an address, open its endpoint 0. */
	int	(*device_start)(struct usb_device *ud);
	/* Its first bytes told the packet size of endpoint 0. */
	int	(*device_maxpacket)(struct usb_device *ud);
	/* The device is a hub (ud_hub says how many ports). */
	int	(*device_is_hub)(struct usb_device *ud, bool multi_tt,
		    int think_time);
	void	(*device_stop)(struct usb_device *ud);
	int	(*endpoint_open)(struct usb_endpoint *ue);
	/* Data toggle to 0, halt forgotten. */
	int	(*endpoint_reset)(struct usb_endpoint *ue);
	void	(*submit)(struct usb_xfer *ux);		/* async */
	void	(*abort)(struct usb_xfer *ux);		/* async */
};

/*
 * Locks: (I) immutable, (s) ub_spin, (x) the bus's thread only.
 */
struct usb_bus {
	device_t	ub_dev;		/* (I) the newbus "usb" device */
	const struct usb_hc_methods *ub_hc; /* (I) */
	void		*ub_softc;	/* (I) the controller's */
	bus_dma_tag_t	ub_tag;		/* (I) for data */
	int		ub_nports;	/* (I) of the root */
	struct spinlock	ub_spin;
	struct usb_hub	ub_root;	/* (x) */
	struct usb_hub_list ub_hubs;	/* (x) */
	struct usb_interface_list ub_interfaces; /* (x) */
	struct usb_xfer_list ub_pending; /* (s) submitted */
	struct thread	*ub_thread;	/* (s) */
	bool		ub_explored;	/* (s) looked everywhere once */
	bool		ub_stop;	/* (s) */
	TAILQ_ENTRY(usb_bus) ub_link;	/* (busses' lock) */
};

/* Before the controller's first interrupt. */
void	usb_bus_init(struct usb_bus *ub);
/*
 * hc_dev is the controller's newbus device; ub_hc, ub_softc, ub_tag and
 * ub_nports are filled in.  Interrupts must work.
 */
int	usb_bus_attach(device_t hc_dev, struct usb_bus *ub);
void	usb_bus_detach(struct usb_bus *ub);
/* A root port changed.  Any context. */
void	usb_root_changed(struct usb_bus *ub);
/*
 * The controller is done with a transfer: ux_actual is set.  ub_spin must
 * not be held.
 */
void	usb_xfer_finish(struct usb_xfer *ux, int error);

/* usb_hub.c; the bus's thread. */
int	usb_hub_attach(struct usb_device *ud);
void	usb_hub_detach(struct usb_hub *uh);
void	usb_hub_explore(struct usb_hub *uh);
void	usb_hub_init_root(struct usb_bus *ub);

/* usb_device.c; the bus's thread. */
struct usb_device *usb_device_new(struct usb_hub *uh, int port,
	    enum usb_speed speed);
void	usb_device_gone(struct usb_device *ud);

void	usb_wait_ms(int ms);
void	usb_explore_soon(struct usb_bus *ub);

#endif /* _KERNEL */

#endif /* !_BUS_USB_USB_H_ */
