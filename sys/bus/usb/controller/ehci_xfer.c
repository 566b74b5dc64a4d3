/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ehci: transfers as chains of descriptors (3.5, 4.10).
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/spinlock2.h>

#include "ehci.h"

#define ERRORS	3		/* tries of a transaction */

/* ux_hc[]: */
#define EN_ERROR	0	/* errno it ends with */

static struct ehci_ep *
ep_of(const struct usb_xfer *ux)
{
	return (ux->ux_ep->ue_hc);
}

/* The first descriptor of a transfer. */
static struct ehci_qtd *
first_of(const struct usb_xfer *ux)
{
	return (ux->ux_hcp);
}

/* --- building --- */

/* Bus address of a byte of the data. */
static bus_addr_t
address_of(const struct usb_xfer *ux, int at)
{
	int i = 0;

	while (at >= (int)ux->ux_segs[i].ds_len)
		at -= ux->ux_segs[i++].ds_len;
	return (ux->ux_segs[i].ds_addr + at);
}

static void
fill(struct ehci_qtd *q, int pid, int len, uint32_t flags)
{
	memset(&q->hw, 0, sizeof(q->hw));
	q->q_len = len;
	q->hw.next = EHCI_PTR_END;
	q->hw.alt = EHCI_PTR_END;
	q->hw.token = EHCI_TOKEN_PID(pid) | EHCI_TOKEN_CERR(ERRORS) |
	    EHCI_TOKEN_BYTES(len) | flags;
}

/* As much data from at on as the descriptor takes; returns how much. */
static int
fill_data(struct ehci_qtd *q, const struct usb_xfer *ux, int at, int pid,
    uint32_t flags)
{
	int max = ux->ux_ep->ue_maxpacket, left = ux->ux_len - at, len = 0;
	int i, piece;
	bus_addr_t pages[EHCI_QTD_PAGES] = { 0 }, pa;

	for (i = 0; i < EHCI_QTD_PAGES && len < left; i++) {
		pa = address_of(ux, at + len);
		KKASSERT(i == 0 || (pa & PAGE_MASK) == 0);
		piece = MIN(PAGE_SIZE - (int)(pa & PAGE_MASK), left - len);
		pages[i] = pa;
		len += piece;
	}
	if (len < left)
		len -= len % max;		/* whole packets */
	fill(q, pid, len, flags);
	for (i = 0; i < EHCI_QTD_PAGES; i++) {
		q->hw.page[i] = (uint32_t)pages[i];
		q->hw.page_hi[i] = (uint32_t)(pages[i] >> 32);
	}
	return (len);
}

static struct ehci_qtd *
take(struct ehci_ep *x)
{
	struct ehci_qtd *q = x->x_free;

	x->x_free = q->q_next;
	x->x_nfree--;
	return (q);
}

static void
put(struct ehci_ep *x, struct ehci_qtd *q)
{
	q->q_next = x->x_free;
	x->x_free = q;
	x->x_nfree++;
}

/* How many descriptors ux needs at most, the new tail included. */
static int
need(const struct usb_xfer *ux)
{
	return (howmany(ux->ux_len, (EHCI_QTD_PAGES - 2) * PAGE_SIZE) + 4);
}

static struct ehci_qtd *
chain(struct ehci_ep *x, struct ehci_qtd *q)
{
	struct ehci_qtd *next = take(x);

	q->hw.next = next->q_pa;
	q->q_next = next;
	return (next);
}

/*
 * The setup stage.  Its bytes go to the end of the endpoint's page: there is
 * one control transfer at a time.
 */
static struct ehci_qtd *
add_setup(struct ehci_ep *x, struct usb_xfer *ux, struct ehci_qtd *q)
{
	int off = PAGE_SIZE - sizeof(ux->ux_setup);

	memcpy((char *)x->x_mem.dmem_addr + off, &ux->ux_setup,
	    sizeof(ux->ux_setup));
	fill(q, EHCI_PID_SETUP, sizeof(ux->ux_setup), EHCI_TOKEN_ACTIVE);
	q->hw.page[0] = x->x_mem.dmem_busaddr + off;
	return (chain(x, q));
}

/* The data stage from q on; returns what follows it. */
static struct ehci_qtd *
add_data(struct ehci_ep *x, struct usb_xfer *ux, struct ehci_qtd *q, bool in)
{
	bool control = ux->ux_ep->ue_type == USB_EP_CONTROL;
	uint32_t toggle = control ? EHCI_TOKEN_TOGGLE : 0;
	struct ehci_qtd *first = q;
	int at = 0;

	do {
		at += fill_data(q, ux, at, in ? EHCI_PID_IN : EHCI_PID_OUT,
		    EHCI_TOKEN_ACTIVE | toggle);
		if (control &&
		    howmany(q->q_len, ux->ux_ep->ue_maxpacket) % 2 != 0)
			toggle ^= EHCI_TOKEN_TOGGLE;
		q = chain(x, q);
	} while (at < ux->ux_len);
	/* Short data leads past the rest of it. */
	for (; in && first != q; first = first->q_next)
		first->hw.alt = q->q_pa;
	return (q);
}

/*
 * The chain of a transfer, from the tail on; the first descriptor is left
 * inactive and its token returned.
 */
static uint32_t
build(struct ehci_ep *x, struct usb_xfer *ux)
{
	bool control = ux->ux_ep->ue_type == USB_EP_CONTROL;
	bool in = control ? (ux->ux_setup.type & UT_READ) != 0 :
	    (ux->ux_ep->ue_addr & USB_EP_IN) != 0;
	struct ehci_qtd *first = x->x_tail, *q = first, *d;
	uint32_t token;

	ux->ux_hcp = first;
	if (control)
		q = add_setup(x, ux, q);
	if (!control || ux->ux_len > 0)
		q = add_data(x, ux, q, in);
	if (control) {
		fill(q, ux->ux_len > 0 && in ? EHCI_PID_OUT : EHCI_PID_IN, 0,
		    EHCI_TOKEN_ACTIVE | EHCI_TOKEN_TOGGLE);
		q = chain(x, q);
	}
	for (d = first; d->q_next != q; d = d->q_next)
		;
	d->hw.token |= EHCI_TOKEN_IOC;
	fill(q, EHCI_PID_OUT, 0, 0);
	q->q_next = NULL;
	x->x_tail = q;
	token = first->hw.token;
	first->hw.token = token & ~EHCI_TOKEN_ACTIVE;
	return (token);
}

/* From the waiting list into the chain; ub_spin held. */
static void
feed(struct ehci_ep *x)
{
	struct usb_xfer *ux;
	uint32_t token;

	while ((ux = TAILQ_FIRST(&x->x_wait)) != NULL &&
	    x->x_nfree >= need(ux) &&
	    (ux->ux_ep->ue_type != USB_EP_CONTROL ||
	    TAILQ_EMPTY(&x->x_list))) {
		TAILQ_REMOVE(&x->x_wait, ux, ux_hclink);
		token = build(x, ux);
		TAILQ_INSERT_TAIL(&x->x_list, ux, ux_hclink);
		cpu_sfence();
		first_of(ux)->hw.token = token;
	}
}

void
ehci_submit(struct usb_xfer *ux)
{
	struct ehci_ep *x = ep_of(ux);

	TAILQ_INSERT_TAIL(&x->x_wait, ux, ux_hclink);
	if (x->x_state == EHCI_EP_LINKED)
		feed(x);
}

void
ehci_abort(struct usb_xfer *ux)
{
	struct ehci_ep *x = ep_of(ux);

	/* Behind others it waits for its turn; see scan_ep(). */
	if (x->x_state == EHCI_EP_LINKED && (ux->ux_hcp == NULL ||
	    ux == TAILQ_FIRST(&x->x_list)))
		ehci_unlink(x);
}

/* --- ends --- */

void
ehci_restart(struct ehci_ep *x, uint32_t token)
{
	struct usb_xfer *ux = TAILQ_FIRST(&x->x_list);
	struct ehci_qtd_hw *o = &x->x_qh->hw.overlay;

	o->next = (ux != NULL ? first_of(ux) : x->x_tail)->q_pa;
	o->alt = EHCI_PTR_END;
	cpu_sfence();
	o->token = token & EHCI_TOKEN_TOGGLE;
}

static int
errno_of(uint32_t token)
{
	if ((token & (EHCI_TOKEN_BABBLE | EHCI_TOKEN_BUFFER)) != 0 ||
	    ((token & EHCI_TOKEN_XACT) != 0 &&
	    EHCI_TOKEN_CERR_OF(token) == 0))
		return (EIO);
	return (EPIPE);
}

/*
 * How far has the controller come?  True if the transfer has ended; *halted
 * if that stopped the queue.
 */
static bool
ended(struct usb_xfer *ux, struct ehci_qtd *end, bool *halted)
{
	bool control = ux->ux_ep->ue_type == USB_EP_CONTROL, brief = false;
	struct ehci_qtd *q;
	uint32_t token;
	int left;

	ux->ux_actual = 0;
	ux->ux_hc[EN_ERROR] = 0;
	*halted = false;
	for (q = first_of(ux); q != end; q = q->q_next) {
		/* After short data only the status stage is run. */
		if (brief && q->q_next != end)
			continue;
		token = *(volatile uint32_t *)&q->hw.token;
		if ((token & EHCI_TOKEN_ACTIVE) != 0)
			return (false);
		left = EHCI_TOKEN_BYTES_OF(token);
		if (!control || q != first_of(ux))
			ux->ux_actual += q->q_len - left;
		if ((token & EHCI_TOKEN_HALTED) != 0) {
			ux->ux_hc[EN_ERROR] = errno_of(token);
			*halted = true;
			return (true);
		}
		if (left > 0) {
			if (!control)
				return (true);
			brief = true;
		}
	}
	return (true);
}

/* The descriptors of ux, up to the next transfer's, are free again. */
static void
release(struct ehci_ep *x, struct usb_xfer *ux, struct ehci_qtd *end)
{
	struct ehci_qtd *q, *next;

	for (q = first_of(ux); q != end; q = next) {
		next = q->q_next;
		put(x, q);
	}
	ux->ux_hcp = NULL;
}

static struct ehci_qtd *
end_of(struct ehci_ep *x, struct usb_xfer *ux)
{
	struct usb_xfer *next = TAILQ_NEXT(ux, ux_hclink);

	return (next != NULL ? first_of(next) : x->x_tail);
}

static void
scan_ep(struct ehci_ep *x, struct usb_xfer_list *done)
{
	struct ehci_qtd *end;
	struct usb_xfer *ux;
	bool halted;

	while ((ux = TAILQ_FIRST(&x->x_list)) != NULL) {
		end = end_of(x, ux);
		if (!ended(ux, end, &halted))
			break;
		TAILQ_REMOVE(&x->x_list, ux, ux_hclink);
		release(x, ux, end);
		TAILQ_INSERT_TAIL(done, ux, ux_hclink);
		if (halted && x->x_state == EHCI_EP_LINKED)
			ehci_restart(x, x->x_qh->hw.overlay.token);
		else if (halted)
			x->x_restart = true;
	}
	if (x->x_state != EHCI_EP_LINKED)
		return;
	if (ux != NULL && ux->ux_abort != 0)
		ehci_unlink(x);
	else
		feed(x);
}

static void
finish(struct usb_xfer_list *done)
{
	struct usb_xfer *ux;

	while ((ux = TAILQ_FIRST(done)) != NULL) {
		TAILQ_REMOVE(done, ux, ux_hclink);
		usb_xfer_finish(ux, ux->ux_hc[EN_ERROR]);
	}
}

void
ehci_scan(struct ehci_softc *sc)
{
	struct usb_xfer_list done = TAILQ_HEAD_INITIALIZER(done);
	struct ehci_ep *x;

	spin_lock(&sc->sc_bus.ub_spin);
	TAILQ_FOREACH(x, &sc->sc_eps, x_link)
		scan_ep(x, &done);
	spin_unlock(&sc->sc_bus.ub_spin);
	finish(&done);
}

/* The oldest, if they are to be aborted, and those that wait, to *done. */
static void
collect(struct ehci_ep *x, struct usb_xfer_list *done)
{
	struct usb_xfer *ux, *next;

	while ((ux = TAILQ_FIRST(&x->x_list)) != NULL && ux->ux_abort != 0) {
		next = TAILQ_NEXT(ux, ux_hclink);
		release(x, ux, next != NULL ? first_of(next) : x->x_tail);
		TAILQ_REMOVE(&x->x_list, ux, ux_hclink);
		ux->ux_hc[EN_ERROR] = ux->ux_abort;
		TAILQ_INSERT_TAIL(done, ux, ux_hclink);
		x->x_restart = true;
	}
	TAILQ_FOREACH_MUTABLE(ux, &x->x_wait, ux_hclink, next) {
		if (ux->ux_abort == 0)
			continue;
		TAILQ_REMOVE(&x->x_wait, ux, ux_hclink);
		ux->ux_hc[EN_ERROR] = ux->ux_abort;
		TAILQ_INSERT_TAIL(done, ux, ux_hclink);
	}
}

void
ehci_unlinked(struct ehci_ep *x)
{
	struct usb_xfer_list done = TAILQ_HEAD_INITIALIZER(done);
	struct ehci_softc *sc = x->x_sc;

	spin_lock(&sc->sc_bus.ub_spin);
	x->x_state = EHCI_EP_OFF;
	scan_ep(x, &done);
	collect(x, &done);
	if (x->x_restart)
		ehci_restart(x, x->x_qh->hw.overlay.token);
	x->x_restart = false;
	if (x->x_closing) {
		wakeup(x);
	} else {
		ehci_link(x);
		feed(x);
	}
	spin_unlock(&sc->sc_bus.ub_spin);
	finish(&done);
}
