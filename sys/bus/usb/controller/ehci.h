/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ehci: USB 2 host controllers.
 *
 *	ehci.c		attaching, interrupts, root ports
 *	ehci_dev.c	devices, endpoints, the schedules they are on
 *	ehci_xfer.c	transfers
 *
 * An endpoint has a queue head, which is on the asynchronous list or in the
 * periodic tree while the endpoint is open.  Behind it hang the descriptors
 * of its transfers in one chain that ends with an inactive one, the tail: a
 * new transfer fills the tail and adds another, so that the controller never
 * sees a half-made chain.
 *
 * To abort transfers the queue head is taken off its schedule, and put back
 * when the controller has let go of it: for the asynchronous list it says so
 * by interrupt (4.8.2), for the periodic one a frame has to pass.
 *
 * Locks: (s) the bus's ub_spin; (I) immutable after attach.
 */
#ifndef _BUS_USB_EHCI_H_
#define _BUS_USB_EHCI_H_

#include <sys/bus.h>
#include <sys/bus_dma.h>
#include <sys/callout.h>
#include <bus/usb/usb.h>

#include "ehci_reg.h"
#include "usb_pci.h"

#define EHCI_LEVELS	6		/* of the tree: 1 to 32 frames */
#define EHCI_NODES	((1 << EHCI_LEVELS) - 1)
#define EHCI_ADDRESSES	128

/* In memory the controller reads; no item crosses a page. */
struct ehci_qtd {
	struct ehci_qtd_hw hw;		/* (s) */
	uint32_t	q_pa;		/* (I) */
	int		q_len;		/* (s) bytes wanted */
	struct ehci_qtd	*q_next;	/* (s) of the transfer, or free */
} __attribute__((__aligned__(32)));

struct ehci_qh {
	struct ehci_qh_hw hw;		/* (s) */
	uint32_t	h_pa;		/* (I) */
	struct ehci_qh	*h_next, *h_prev; /* (s) schedule */
} __attribute__((__aligned__(32)));

#define EHCI_QHS_PAGE	(PAGE_SIZE / (int)sizeof(struct ehci_qh))

enum ehci_ep_state {
	EHCI_EP_LINKED,
	EHCI_EP_LEAVING,		/* the controller may look at it */
	EHCI_EP_OFF,
};

struct ehci_softc;

struct ehci_ep {
	bus_dmamem_t	x_mem;		/* (I) a page: qh and qtds */
	struct ehci_softc *x_sc;	/* (I) */
	struct usb_endpoint *x_ue;	/* (I) */
	struct ehci_qh	*x_qh;		/* (I) */
	struct ehci_qtd	*x_free;	/* (s) */
	int		x_nfree;	/* (s) */
	struct ehci_qtd	*x_tail;	/* (s) */
	struct usb_xfer_list x_list;	/* (s) in the chain */
	struct usb_xfer_list x_wait;	/* (s) not yet */
	enum ehci_ep_state x_state;	/* (s) */
	bool		x_closing;	/* (s) do not link it again */
	bool		x_restart;	/* (s) the oldest one went while off */
	struct ehci_qh	*x_node;	/* (I) of the tree; NULL: async */
	struct callout	x_timer;	/* periodic: the frame has passed */
	TAILQ_ENTRY(ehci_ep) x_link;	/* (s) sc_eps */
	TAILQ_ENTRY(ehci_ep) x_leave;	/* (s) sc_leaving, sc_next */
};
TAILQ_HEAD(ehci_ep_list, ehci_ep);

struct ehci_softc {
	struct usb_bus	sc_bus;
	device_t	sc_dev;		/* (I) */
	struct usb_pci	sc_pci;		/* (I) */
	int		sc_oper;	/* (I) register offset */
	uint32_t	sc_hcs;		/* (I) */
	bool		sc_ac64;	/* (I) */
	bus_dmamem_t	sc_frames;	/* (I) */
	bus_dmamem_t	sc_nodemem;	/* (I) the tree and the async head */
	struct ehci_qh	*sc_node[EHCI_NODES]; /* (I) level by level */
	struct ehci_qh	*sc_head;	/* (I) of the asynchronous list */
	bool		*sc_was_reset;	/* bus's thread: by port */
	struct ehci_ep_list sc_eps;	/* (s) */
	struct ehci_ep_list sc_leaving;	/* (s) the doorbell rang for these */
	struct ehci_ep_list sc_next;	/* (s) the next time */
	u_long		sc_addr[EHCI_ADDRESSES / 64]; /* bus's thread: in use */
	int		sc_load[EHCI_NODES]; /* (s) endpoints at the node */
};

#define ehci_sc(ub)	((struct ehci_softc *)(ub)->ub_softc)

static __inline uint32_t
ehci_read(struct ehci_softc *sc, int reg)
{
	return (bus_read_4(sc->sc_pci.up_regs, sc->sc_oper + reg));
}

static __inline void
ehci_write(struct ehci_softc *sc, int reg, uint32_t v)
{
	bus_write_4(sc->sc_pci.up_regs, sc->sc_oper + reg, v);
}

/* ehci_dev.c */
int	ehci_schedules_init(struct ehci_softc *sc);
void	ehci_schedules_free(struct ehci_softc *sc);
int	ehci_device_start(struct usb_device *ud);
int	ehci_device_maxpacket(struct usb_device *ud);
int	ehci_device_is_hub(struct usb_device *ud, bool mtt, int think);
void	ehci_device_stop(struct usb_device *ud);
int	ehci_endpoint_open(struct usb_endpoint *ue);
int	ehci_endpoint_reset(struct usb_endpoint *ue);
/* Onto its schedule, and off it; ub_spin held. */
void	ehci_link(struct ehci_ep *x);
void	ehci_unlink(struct ehci_ep *x);
/* The asynchronous list's doorbell was answered. */
void	ehci_advanced(struct ehci_softc *sc);

/* ehci_xfer.c */
void	ehci_submit(struct usb_xfer *ux);
void	ehci_abort(struct usb_xfer *ux);
/* Finish what has ended, on all endpoints. */
void	ehci_scan(struct ehci_softc *sc);
/* The endpoint is off its schedule. */
void	ehci_unlinked(struct ehci_ep *x);
/* Point the queue head to the oldest descriptor; ub_spin held. */
void	ehci_restart(struct ehci_ep *x, uint32_t token);

#endif /* !_BUS_USB_EHCI_H_ */
