/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * xhci: transfers (4.11), and bringing an endpoint back after an error or an
 * abort (4.6.8 to 4.6.10, 4.10.2).
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/spinlock2.h>

#include "xhci.h"

#define TRB_LEN_MASK	0x1ffff
#define TD_SIZE_MAX	31

static void	recover(struct xhci_softc *sc, struct xhci_ep *x);

static struct xhci_ep *
ep_of(const struct usb_xfer *ux)
{
	return (ux->ux_ep->ue_hc);
}

static int
room(const struct xhci_ep *x)
{
	const struct usb_xfer *head = TAILQ_FIRST(&x->x_list);
	int used = 0;

	if (head != NULL)
		used = xhci_ring_distance(head->ux_hc[XN_FIRST],
		    x->x_ring.r_enq);
	return (XHCI_RING_PLACES - 1 - used);
}

/* Blocks for the data; returns the place of the first. */
static int
put_data(struct xhci_ring *r, struct usb_xfer *ux, uint32_t first_control,
    uint32_t last_flags, bool hold)
{
	int left = ux->ux_len, max = ux->ux_ep->ue_maxpacket;
	int i, len, packets, place, first = -1;
	uint32_t control;

	for (i = 0; i == 0 || i < ux->ux_nsegs; i++) {
		len = ux->ux_nsegs > 0 ? ux->ux_segs[i].ds_len : 0;
		left -= len;
		packets = MIN((left + max - 1) / max, TD_SIZE_MAX);
		control = i == 0 ? first_control :
		    XHCI_TRB_TYPE(XHCI_TRB_NORMAL) | XHCI_TRB_ISP;
		control |= left > 0 ? XHCI_TRB_CHAIN : last_flags;
		place = xhci_ring_put(r,
		    ux->ux_nsegs > 0 ? ux->ux_segs[i].ds_addr : 0,
		    len | XHCI_TRB_TD_SIZE(packets), control,
		    hold && i == 0);
		if (i == 0)
			first = place;
	}
	return (first);
}

static int
put_control(struct xhci_ring *r, struct usb_xfer *ux)
{
	bool in = (ux->ux_setup.type & UT_READ) != 0;
	uint64_t setup;
	uint32_t trt = 0;
	int first;

	memcpy(&setup, &ux->ux_setup, sizeof(setup));
	if (ux->ux_len > 0)
		trt = in ? XHCI_TRB_TRT_IN : XHCI_TRB_TRT_OUT;
	first = xhci_ring_put(r, setup, sizeof(setup),
	    XHCI_TRB_TYPE(XHCI_TRB_SETUP) | XHCI_TRB_IDT | trt, true);
	if (ux->ux_len > 0)
		put_data(r, ux, XHCI_TRB_TYPE(XHCI_TRB_DATA) |
		    XHCI_TRB_ISP | (in ? XHCI_TRB_DIR_IN : 0), 0, false);
	xhci_ring_put(r, 0, 0, XHCI_TRB_TYPE(XHCI_TRB_STATUS) |
	    XHCI_TRB_IOC | (ux->ux_len > 0 && in ? 0 : XHCI_TRB_DIR_IN),
	    false);
	return (first);
}

static void
put_on_ring(struct xhci_ep *x, struct usb_xfer *ux)
{
	struct xhci_ring *r = &x->x_ring;
	int first;

	if (ux->ux_ep->ue_type == USB_EP_CONTROL)
		first = put_control(r, ux);
	else
		first = put_data(r, ux, XHCI_TRB_TYPE(XHCI_TRB_NORMAL) |
		    XHCI_TRB_ISP, XHCI_TRB_IOC, true);
	ux->ux_hc[XN_FIRST] = first;
	ux->ux_hc[XN_COUNT] = xhci_ring_distance(first, r->r_enq);
	ux->ux_hc[XN_SHORT] = 0;
	ux->ux_hc[XN_ERROR] = 0;
	TAILQ_INSERT_TAIL(&x->x_list, ux, ux_hclink);
	xhci_ring_give(r, first);
}

/* From the waiting list to the ring; ub_spin held. */
static void
feed(struct xhci_softc *sc, struct xhci_ep *x)
{
	struct usb_xfer *ux;

	while ((ux = TAILQ_FIRST(&x->x_wait)) != NULL &&
	    room(x) >= ux->ux_nsegs + 3) {
		TAILQ_REMOVE(&x->x_wait, ux, ux_hclink);
		put_on_ring(x, ux);
	}
	if (!TAILQ_EMPTY(&x->x_list))
		xhci_doorbell(sc, x->x_slot, x->x_dci);
}

void
xhci_submit(struct usb_xfer *ux)
{
	struct xhci_ep *x = ep_of(ux);
	struct xhci_softc *sc = xhci_sc(ux->ux_ep->ue_dev->ud_bus);

	TAILQ_INSERT_TAIL(&x->x_wait, ux, ux_hclink);
	if (!x->x_recovering)
		feed(sc, x);
}

void
xhci_abort(struct usb_xfer *ux)
{
	struct xhci_ep *x = ep_of(ux);

	/* A recovery underway sees to it at its end. */
	if (!x->x_recovering)
		recover(xhci_sc(ux->ux_ep->ue_dev->ud_bus), x);
}

/* --- events --- */

static int
errno_of(int code)
{
	switch (code) {
	case XHCI_CODE_SUCCESS:
	case XHCI_CODE_SHORT:
		return (0);
	case XHCI_CODE_STALL:
		return (EPIPE);
	default:
		return (EIO);
	}
}

static bool
halts(int code)
{
	return (code == XHCI_CODE_STALL || code == XHCI_CODE_BABBLE ||
	    code == XHCI_CODE_TRANSACTION || code == XHCI_CODE_SPLIT);
}

static struct usb_xfer *
xfer_at(struct xhci_ep *x, int place)
{
	struct usb_xfer *ux;

	TAILQ_FOREACH(ux, &x->x_list, ux_hclink) {
		if (xhci_ring_distance(ux->ux_hc[XN_FIRST], place) <
		    ux->ux_hc[XN_COUNT])
			return (ux);
	}
	return (NULL);
}

/* Bytes moved when the block at place ended with a residue. */
static int
moved(struct xhci_ep *x, struct usb_xfer *ux, int place, int residue)
{
	bool control = ux->ux_ep->ue_type == USB_EP_CONTROL;
	int n = xhci_ring_distance(ux->ux_hc[XN_FIRST], place);
	int i, p, bytes = 0;

	if (control && n == ux->ux_hc[XN_COUNT] - 1)
		return (ux->ux_len);		/* the status stage */
	for (i = control ? 1 : 0; i <= n; i++) {
		p = (ux->ux_hc[XN_FIRST] + i) % XHCI_RING_PLACES;
		bytes += x->x_ring.r_trb[p].status & TRB_LEN_MASK;
	}
	return (MAX(bytes - residue, 0));
}

/* Has ux ended?  Then it is off the list and XN_ERROR is set. */
static bool
take_event(struct xhci_softc *sc, struct xhci_ep *x, struct usb_xfer *ux,
    int place, const struct xhci_trb *ev)
{
	int code = XHCI_CODE(ev->status);
	bool last = xhci_ring_distance(ux->ux_hc[XN_FIRST], place) ==
	    ux->ux_hc[XN_COUNT] - 1;

	if (code >= XHCI_CODE_STOPPED && code <= XHCI_CODE_STOPPED_SHORT)
		return (false);			/* by a recovery */
	if (ux->ux_hc[XN_SHORT] == 0)
		ux->ux_actual = moved(x, ux, place,
		    XHCI_RESIDUE(ev->status));
	ux->ux_hc[XN_ERROR] = errno_of(code);
	if (halts(code)) {
		x->x_halted = true;
		TAILQ_REMOVE(&x->x_list, ux, ux_hclink);
		TAILQ_INSERT_TAIL(&x->x_ended, ux, ux_hclink);
		if (!x->x_recovering)
			recover(sc, x);
		return (false);
	}
	if (code == XHCI_CODE_SHORT && !last &&
	    ux->ux_ep->ue_type == USB_EP_CONTROL) {
		ux->ux_hc[XN_SHORT] = 1;
		return (false);			/* the status stage follows */
	}
	if (code == XHCI_CODE_SUCCESS && !last)
		return (false);
	TAILQ_REMOVE(&x->x_list, ux, ux_hclink);
	return (true);
}

void
xhci_transfer_event(struct xhci_softc *sc, const struct xhci_trb *ev)
{
	int slot = XHCI_TRB_SLOT_OF(ev->control);
	int dci = XHCI_TRB_EP_OF(ev->control);
	struct usb_xfer *ux = NULL;
	struct xhci_ep *x = NULL;
	bool ended = false;
	int place;

	spin_lock(&sc->sc_bus.ub_spin);
	if (slot <= sc->sc_nslots && sc->sc_slot[slot] != NULL)
		x = sc->sc_slot[slot]->s_ep[dci];
	if (x != NULL && (place = xhci_ring_place(&x->x_ring,
	    ev->data)) >= 0 && (ux = xfer_at(x, place)) != NULL)
		ended = take_event(sc, x, ux, place, ev);
	if (ended && !x->x_recovering)
		feed(sc, x);
	spin_unlock(&sc->sc_bus.ub_spin);
	if (ended)
		usb_xfer_finish(ux, ux->ux_hc[XN_ERROR]);
}

/* --- recovery --- */

static void
start_command(struct xhci_softc *sc, struct xhci_ep *x, int type,
    uint64_t data, xhci_cmd_done_t *done)
{
	x->x_cmd.c_data = data;
	x->x_cmd.c_control = XHCI_TRB_TYPE(type) | XHCI_TRB_EP(x->x_dci) |
	    XHCI_TRB_SLOT(x->x_slot);
	x->x_cmd.c_done = done;
	x->x_cmd.c_arg = x;
	xhci_command(sc, &x->x_cmd);
}

/* Blocks of a transfer that will not run any more become no-ops. */
static void
blank(struct xhci_ep *x, struct usb_xfer *ux)
{
	struct xhci_trb *t;
	int i;

	for (i = 0; i < ux->ux_hc[XN_COUNT]; i++) {
		t = &x->x_ring.r_trb[(ux->ux_hc[XN_FIRST] + i) %
		    XHCI_RING_PLACES];
		t->data = 0;
		t->status = 0;
		t->control = XHCI_TRB_TYPE(XHCI_TRB_NOOP) |
		    (t->control & XHCI_TRB_CYCLE);
	}
}

/* Those to be aborted join x_ended; true if the oldest is among them. */
static bool
collect_aborted(struct xhci_ep *x)
{
	struct usb_xfer *ux, *next;
	bool oldest = false;

	TAILQ_FOREACH_MUTABLE(ux, &x->x_list, ux_hclink, next) {
		if (ux->ux_abort == 0)
			continue;
		if (ux == TAILQ_FIRST(&x->x_list))
			oldest = true;
		blank(x, ux);
		ux->ux_hc[XN_ERROR] = ux->ux_abort;
		TAILQ_REMOVE(&x->x_list, ux, ux_hclink);
		TAILQ_INSERT_TAIL(&x->x_ended, ux, ux_hclink);
	}
	TAILQ_FOREACH_MUTABLE(ux, &x->x_wait, ux_hclink, next) {
		if (ux->ux_abort == 0)
			continue;
		ux->ux_hc[XN_ERROR] = ux->ux_abort;
		TAILQ_REMOVE(&x->x_wait, ux, ux_hclink);
		TAILQ_INSERT_TAIL(&x->x_ended, ux, ux_hclink);
	}
	return (oldest);
}

static bool
has_aborted(const struct xhci_ep *x)
{
	const struct usb_xfer *ux;

	TAILQ_FOREACH(ux, &x->x_list, ux_hclink) {
		if (ux->ux_abort != 0)
			return (true);
	}
	TAILQ_FOREACH(ux, &x->x_wait, ux_hclink) {
		if (ux->ux_abort != 0)
			return (true);
	}
	return (false);
}

/* Run again, and finish what ended.  Takes ub_spin held, releases it. */
static void
resume(struct xhci_softc *sc, struct xhci_ep *x)
{
	struct usb_xfer_list ended = TAILQ_HEAD_INITIALIZER(ended);
	struct usb_xfer *ux;

	TAILQ_CONCAT(&ended, &x->x_ended, ux_hclink);
	if (x->x_halted || has_aborted(x)) {
		recover(sc, x);
	} else {
		x->x_recovering = false;
		wakeup(x);
		feed(sc, x);
	}
	spin_unlock(&sc->sc_bus.ub_spin);
	while ((ux = TAILQ_FIRST(&ended)) != NULL) {
		TAILQ_REMOVE(&ended, ux, ux_hclink);
		usb_xfer_finish(ux, ux->ux_hc[XN_ERROR]);
	}
}

static void
dequeue_set(struct xhci_softc *sc, struct xhci_cmd *c, int code, int slot)
{
	spin_lock(&sc->sc_bus.ub_spin);
	resume(sc, c->c_arg);
}

static void
set_dequeue(struct xhci_softc *sc, struct xhci_ep *x)
{
	struct usb_xfer *head = TAILQ_FIRST(&x->x_list);
	int place = head != NULL ? head->ux_hc[XN_FIRST] : x->x_ring.r_enq;

	start_command(sc, x, XHCI_TRB_SET_DEQ,
	    xhci_ring_at(&x->x_ring, place), dequeue_set);
}

static void
ep_reset(struct xhci_softc *sc, struct xhci_cmd *c, int code, int slot)
{
	struct xhci_ep *x = c->c_arg;

	spin_lock(&sc->sc_bus.ub_spin);
	x->x_halted = false;
	collect_aborted(x);
	set_dequeue(sc, x);
	spin_unlock(&sc->sc_bus.ub_spin);
}

static void
ep_stopped(struct xhci_softc *sc, struct xhci_cmd *c, int code, int slot)
{
	struct xhci_ep *x = c->c_arg;

	spin_lock(&sc->sc_bus.ub_spin);
	if (x->x_halted) {
		start_command(sc, x, XHCI_TRB_RESET_EP, 0, ep_reset);
	} else if (collect_aborted(x)) {
		set_dequeue(sc, x);
	} else {
		resume(sc, x);
		return;
	}
	spin_unlock(&sc->sc_bus.ub_spin);
}

static void
recover(struct xhci_softc *sc, struct xhci_ep *x)
{
	x->x_recovering = true;
	if (x->x_halted)
		start_command(sc, x, XHCI_TRB_RESET_EP, 0, ep_reset);
	else
		start_command(sc, x, XHCI_TRB_STOP_EP, 0, ep_stopped);
}

void
xhci_ep_quiesce(struct xhci_softc *sc, struct xhci_ep *x)
{
	spin_lock(&sc->sc_bus.ub_spin);
	while (x->x_recovering)
		ssleep(x, &sc->sc_bus.ub_spin, 0, "xhciep", 0);
	spin_unlock(&sc->sc_bus.ub_spin);
}
