/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * xhci: USB 3 host controllers.
 *
 *	xhci.c		attaching, interrupts, root ports
 *	xhci_ring.c	rings of request blocks, commands
 *	xhci_dev.c	slots, contexts, endpoints
 *	xhci_xfer.c	transfers
 *
 * Locks: (s) the bus's ub_spin; (I) immutable after attach; (c) sc_cmdlock.
 */
#ifndef _BUS_USB_XHCI_H_
#define _BUS_USB_XHCI_H_

#include <sys/bus.h>
#include <sys/bus_dma.h>
#include <sys/lock.h>
#include <bus/usb/usb.h>

#include "xhci_reg.h"
#include "usb_pci.h"

#define XHCI_RING_TRBS	256		/* a page; the last is the link */
#define XHCI_RING_PLACES (XHCI_RING_TRBS - 1)
#define XHCI_MAX_SLOTS	255

struct xhci_ring {
	bus_dmamem_t	r_mem;		/* (I) */
	struct xhci_trb	*r_trb;		/* (I) */
	bus_addr_t	r_pa;		/* (I) */
	int		r_enq;		/* (s) place next to be written */
	uint32_t	r_cycle;	/* (s) */
};

struct xhci_softc;
struct xhci_cmd;

/* Called on the interrupt thread without locks; code is XHCI_CODE_*. */
typedef void xhci_cmd_done_t(struct xhci_softc *sc, struct xhci_cmd *c,
	    int code, int slot);

/* A command; its owner's until submitted and again when done is called. */
struct xhci_cmd {
	uint64_t	c_data;
	uint32_t	c_control;
	xhci_cmd_done_t	*c_done;
	void		*c_arg;
	TAILQ_ENTRY(xhci_cmd) c_link;	/* (s) */
};
TAILQ_HEAD(xhci_cmd_list, xhci_cmd);

/*
 * An endpoint: its ring, and the transfers on it, oldest first.
 *
 * A halt, or a transfer to be aborted, starts a recovery (x_recovering):
 * Stop Endpoint, Reset Endpoint if it is halted, Set TR Dequeue Pointer if
 * the oldest transfer is among those that end.  New transfers wait meanwhile.
 * Notes in a transfer: see XN_*.
 */
struct xhci_ep {
	struct xhci_ring x_ring;
	struct usb_endpoint *x_ue;	/* (I) */
	int		x_slot;		/* (I) */
	int		x_dci;		/* (I) device context index */
	struct usb_xfer_list x_list;	/* (s) on the ring */
	struct usb_xfer_list x_wait;	/* (s) not yet */
	struct usb_xfer_list x_ended;	/* (s) finish after recovery */
	bool		x_recovering;	/* (s) */
	bool		x_halted;	/* (s) by an error */
	struct xhci_cmd	x_cmd;		/* recovery's */
};

/* ux_hc[]: */
#define XN_FIRST	0		/* first place on the ring */
#define XN_COUNT	1		/* places */
#define XN_SHORT	2		/* a control transfer's data was short */
#define XN_ERROR	3		/* errno it ends with */

struct xhci_slot {
	bus_dmamem_t	s_ctx;		/* (I) the device context */
	bus_dmamem_t	s_input;	/* (c) input context for commands */
	struct xhci_ep	*s_ep[XHCI_CTX_COUNT]; /* (s) by dci */
};

struct xhci_softc {
	struct usb_bus	sc_bus;
	device_t	sc_dev;		/* (I) */
	struct usb_pci	sc_pci;		/* (I) */
	bus_addr_t	sc_reach;	/* (I) highest address */
	int		sc_oper, sc_rt, sc_db; /* (I) register offsets */
	int		sc_nslots;	/* (I) */
	int		sc_ctxsize;	/* (I) 32 or 64 */
	int		sc_nscratch;	/* (I) */
	bus_dmamem_t	sc_dcbaa;	/* (I) */
	bus_dmamem_t	sc_erst;	/* (I) */
	bus_dmamem_t	*sc_scratch;	/* (I) */
	bus_dmamem_t	sc_scratchtab;	/* (I) */
	struct xhci_ring sc_cmdring;	/* (s) */
	struct xhci_cmd_list sc_cmds;	/* (s) on the ring, oldest first */
	struct xhci_cmd_list sc_cmdwait; /* (s) no room yet */
	int		sc_ncmds;	/* (s) on the ring */
	bus_dmamem_t	sc_evmem;	/* (I) event ring */
	int		sc_evdeq;	/* interrupt thread */
	uint32_t	sc_evcycle;	/* interrupt thread */
	struct lock	sc_cmdlock;	/* contexts being changed */
	struct xhci_slot *sc_slot[XHCI_MAX_SLOTS + 1]; /* (s) */
	uint8_t		*sc_super;	/* (I) root port speaks USB 3 */
	bool		sc_dead;	/* (s) */
};

#define xhci_sc(ub)	((struct xhci_softc *)(ub)->ub_softc)

static __inline uint32_t
xhci_read(struct xhci_softc *sc, int reg)
{
	return (bus_read_4(sc->sc_pci.up_regs, reg));
}

static __inline void
xhci_write(struct xhci_softc *sc, int reg, uint32_t v)
{
	bus_write_4(sc->sc_pci.up_regs, reg, v);
}

/* 64-bit registers are written low half first (5.1). */
static __inline void
xhci_write8(struct xhci_softc *sc, int reg, uint64_t v)
{
	bus_write_4(sc->sc_pci.up_regs, reg, (uint32_t)v);
	bus_write_4(sc->sc_pci.up_regs, reg + 4, (uint32_t)(v >> 32));
}

static __inline void
xhci_doorbell(struct xhci_softc *sc, int slot, int target)
{
	xhci_write(sc, sc->sc_db + 4 * slot, target);
}

/* xhci_ring.c */
int	xhci_alloc(struct xhci_softc *sc, int size, bus_dmamem_t *mem);
int	xhci_ring_init(struct xhci_softc *sc, struct xhci_ring *r);
void	xhci_ring_free(struct xhci_ring *r);
/* Forget everything on it. */
void	xhci_ring_reset(struct xhci_ring *r);
/* Places from one to another, the way the ring runs. */
int	xhci_ring_distance(int from, int to);
/*
 * Put a block at the end and return its place.  hold: the controller does
 * not take it until xhci_ring_give(), which the first block of several needs.
 * ub_spin is held and there is room.
 */
int	xhci_ring_put(struct xhci_ring *r, uint64_t data, uint32_t status,
	    uint32_t control, bool hold);
void	xhci_ring_give(struct xhci_ring *r, int place);
/* Address and cycle of a place, for Set TR Dequeue Pointer. */
uint64_t xhci_ring_at(const struct xhci_ring *r, int place);
/* The place of an address, or -1. */
int	xhci_ring_place(const struct xhci_ring *r, uint64_t pa);
/* Start a command; ub_spin held. */
void	xhci_command(struct xhci_softc *sc, struct xhci_cmd *c);
/* A command, sleeping until its end; an errno.  *slot may be NULL. */
int	xhci_command_wait(struct xhci_softc *sc, uint64_t data,
	    uint32_t control, int *slot);
void	xhci_command_event(struct xhci_softc *sc,
	    const struct xhci_trb *ev);

/* xhci_dev.c: methods of struct usb_hc_methods. */
int	xhci_device_start(struct usb_device *ud);
int	xhci_device_maxpacket(struct usb_device *ud);
int	xhci_device_is_hub(struct usb_device *ud, bool mtt, int think);
void	xhci_device_stop(struct usb_device *ud);
int	xhci_endpoint_open(struct usb_endpoint *ue);
int	xhci_endpoint_reset(struct usb_endpoint *ue);

/* xhci_xfer.c */
void	xhci_submit(struct usb_xfer *ux);
void	xhci_abort(struct usb_xfer *ux);
void	xhci_transfer_event(struct xhci_softc *sc,
	    const struct xhci_trb *ev);
/* Sleep until no recovery is underway. */
void	xhci_ep_quiesce(struct xhci_softc *sc, struct xhci_ep *x);

#endif /* !_BUS_USB_XHCI_H_ */
