/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * xhci: slots, device contexts and endpoints (4.3, 4.5, 4.6, 6.2).
 *
 * Everything here sleeps.  The input context of a slot is filled and used
 * under sc_cmdlock.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/spinlock2.h>

#include "xhci.h"


static MALLOC_DEFINE(M_XHCI, "xhci", "USB 3 host controllers");

static int
dci_of(const struct usb_endpoint *ue)
{
	int num = ue->ue_addr & 0x0f;

	if (ue->ue_type == USB_EP_CONTROL)
		return (num * 2 + 1);
	return (num * 2 + ((ue->ue_addr & USB_EP_IN) != 0));
}

/* Context index of the device context in memory. */
static volatile uint32_t *
out_ctx(struct xhci_softc *sc, struct xhci_slot *s, int index)
{
	return ((volatile uint32_t *)((char *)s->s_ctx.dmem_addr +
	    index * sc->sc_ctxsize));
}

/* The same in the input context, after its control context. */
static uint32_t *
in_ctx(struct xhci_softc *sc, struct xhci_slot *s, int index)
{
	return ((uint32_t *)((char *)s->s_input.dmem_addr +
	    (index + 1) * sc->sc_ctxsize));
}

/* An empty input context that drops and adds what the masks say. */
static void
begin_input(struct xhci_softc *sc, struct xhci_slot *s, uint32_t drop,
    uint32_t add)
{
	uint32_t *control = s->s_input.dmem_addr;

	memset(control, 0, (XHCI_CTX_COUNT + 1) * sc->sc_ctxsize);
	control[0] = drop;
	control[1] = add;
}

static void
copy_slot_ctx(struct xhci_softc *sc, struct xhci_slot *s)
{
	volatile uint32_t *out = out_ctx(sc, s, XHCI_CTX_SLOT);
	uint32_t *in = in_ctx(sc, s, XHCI_CTX_SLOT);

	in[0] = out[0];
	in[1] = out[1];
	in[2] = out[2];
}

static int
input_command(struct xhci_softc *sc, struct usb_device *ud, int type)
{
	struct xhci_slot *s = ud->ud_hc;

	return (xhci_command_wait(sc, s->s_input.dmem_busaddr,
	    XHCI_TRB_TYPE(type) | XHCI_TRB_SLOT(ud->ud_addr), NULL));
}

/* Log2 of the service interval in units of 125 us (6.2.3.6). */
static int
interval_of(const struct usb_endpoint *ue)
{
	int n, frames;

	if (ue->ue_type != USB_EP_INTR && ue->ue_type != USB_EP_ISOC)
		return (0);
	if (ue->ue_dev->ud_speed >= USB_SPEED_HIGH)
		return (MIN(MAX(ue->ue_interval, 1), 16) - 1);
	frames = MAX(ue->ue_interval, 1);
	for (n = 3; n < 10 && (8 * frames) >> (n + 1) != 0; n++)
		;
	return (n);
}

static void
fill_ep_ctx(struct xhci_softc *sc, struct xhci_slot *s, struct xhci_ep *x)
{
	struct usb_endpoint *ue = x->x_ue;
	uint32_t *ctx = in_ctx(sc, s, XHCI_CTX_EP(x->x_dci));
	bool super = ue->ue_dev->ud_speed == USB_SPEED_SUPER;
	int burst = super ? ue->ue_burst : ue->ue_mult;
	int type, payload = 0;
	uint64_t deq;

	type = ue->ue_type == USB_EP_CONTROL ? XHCI_EP_CONTROL :
	    (int)ue->ue_type + ((ue->ue_addr & USB_EP_IN) != 0 ? 4 : 0);
	if (ue->ue_type == USB_EP_INTR || ue->ue_type == USB_EP_ISOC)
		payload = ue->ue_maxpacket * (burst + 1);
	else if (!super)
		burst = 0;
	deq = xhci_ring_at(&x->x_ring, x->x_ring.r_enq);
	ctx[0] = XHCI_EP0_INTERVAL(interval_of(ue));
	ctx[1] = XHCI_EP1_CERR(3) | XHCI_EP1_TYPE(type) |
	    XHCI_EP1_BURST(burst) | XHCI_EP1_MAXPACKET(ue->ue_maxpacket);
	ctx[2] = (uint32_t)deq;
	ctx[3] = (uint32_t)(deq >> 32);
	ctx[4] = XHCI_EP4_AVERAGE(ue->ue_type == USB_EP_CONTROL ? 8 :
	    ue->ue_type == USB_EP_INTR ? ue->ue_maxpacket : 3072) |
	    XHCI_EP4_ESIT(payload);
}

static struct xhci_ep *
make_ep(struct xhci_softc *sc, struct xhci_slot *s, struct usb_endpoint *ue,
    int slot)
{
	struct xhci_ep *x;

	x = kmalloc(sizeof(*x), M_XHCI, M_WAITOK | M_ZERO);
	if (xhci_ring_init(sc, &x->x_ring) != 0) {
		kfree(x, M_XHCI);
		return (NULL);
	}
	x->x_ue = ue;
	x->x_slot = slot;
	x->x_dci = dci_of(ue);
	TAILQ_INIT(&x->x_list);
	TAILQ_INIT(&x->x_wait);
	TAILQ_INIT(&x->x_ended);
	ue->ue_hc = x;
	spin_lock(&sc->sc_bus.ub_spin);
	s->s_ep[x->x_dci] = x;
	spin_unlock(&sc->sc_bus.ub_spin);
	return (x);
}

static void
free_ep(struct xhci_softc *sc, struct xhci_slot *s, struct xhci_ep *x)
{
	spin_lock(&sc->sc_bus.ub_spin);
	s->s_ep[x->x_dci] = NULL;
	spin_unlock(&sc->sc_bus.ub_spin);
	KKASSERT(TAILQ_EMPTY(&x->x_list) && TAILQ_EMPTY(&x->x_wait));
	x->x_ue->ue_hc = NULL;
	xhci_ring_free(&x->x_ring);
	kfree(x, M_XHCI);
}

static void
free_slot(struct xhci_softc *sc, struct usb_device *ud)
{
	struct xhci_slot *s = ud->ud_hc;
	int i;

	if (s == NULL)
		return;
	for (i = 0; i < XHCI_CTX_COUNT; i++) {
		if (s->s_ep[i] != NULL)
			free_ep(sc, s, s->s_ep[i]);
	}
	spin_lock(&sc->sc_bus.ub_spin);
	sc->sc_slot[ud->ud_addr] = NULL;
	spin_unlock(&sc->sc_bus.ub_spin);
	((volatile uint64_t *)sc->sc_dcbaa.dmem_addr)[ud->ud_addr] = 0;
	if (s->s_ctx.dmem_addr != NULL)
		bus_dmamem_coherent_free(&s->s_ctx);
	if (s->s_input.dmem_addr != NULL)
		bus_dmamem_coherent_free(&s->s_input);
	kfree(s, M_XHCI);
	ud->ud_hc = NULL;
	ud->ud_addr = 0;
}

static int
make_slot(struct xhci_softc *sc, struct usb_device *ud, int slot)
{
	struct xhci_slot *s;
	int error;

	s = kmalloc(sizeof(*s), M_XHCI, M_WAITOK | M_ZERO);
	ud->ud_hc = s;
	ud->ud_addr = slot;
	error = xhci_alloc(sc, XHCI_CTX_COUNT * sc->sc_ctxsize, &s->s_ctx);
	if (error == 0)
		error = xhci_alloc(sc, (XHCI_CTX_COUNT + 1) *
		    sc->sc_ctxsize, &s->s_input);
	if (error == 0 && make_ep(sc, s, &ud->ud_ep0, slot) == NULL)
		error = ENOMEM;
	if (error != 0)
		return (error);
	spin_lock(&sc->sc_bus.ub_spin);
	sc->sc_slot[slot] = s;
	spin_unlock(&sc->sc_bus.ub_spin);
	((volatile uint64_t *)sc->sc_dcbaa.dmem_addr)[slot] =
	    s->s_ctx.dmem_busaddr;
	return (0);
}

static void
fill_slot_ctx(struct xhci_softc *sc, struct usb_device *ud)
{
	struct xhci_slot *s = ud->ud_hc;
	uint32_t *ctx = in_ctx(sc, s, XHCI_CTX_SLOT);

	ctx[0] = XHCI_SLOT0_ROUTE(ud->ud_route) |
	    XHCI_SLOT0_SPEED(ud->ud_speed) | XHCI_SLOT0_ENTRIES(1);
	ctx[1] = XHCI_SLOT1_ROOTPORT(ud->ud_rootport);
	if (ud->ud_tthub != NULL) {
		ctx[2] = XHCI_SLOT2_TTHUB(ud->ud_tthub->ud_addr) |
		    XHCI_SLOT2_TTPORT(ud->ud_ttport);
		ctx[0] |= out_ctx(sc, ud->ud_tthub->ud_hc,
		    XHCI_CTX_SLOT)[0] & XHCI_SLOT0_MTT;
	}
}

int
xhci_device_start(struct usb_device *ud)
{
	struct xhci_softc *sc = xhci_sc(ud->ud_bus);
	struct xhci_slot *s;
	int slot, error;

	error = xhci_command_wait(sc, 0, XHCI_TRB_TYPE(XHCI_TRB_ENABLE_SLOT),
	    &slot);
	if (error != 0)
		return (error);
	if (slot < 1 || slot > sc->sc_nslots || sc->sc_slot[slot] != NULL)
		return (EIO);
	error = make_slot(sc, ud, slot);
	if (error != 0)
		return (error);
	lockmgr(&sc->sc_cmdlock, LK_EXCLUSIVE);
	s = ud->ud_hc;
	begin_input(sc, s, 0, 1 << XHCI_CTX_SLOT | 1 << XHCI_CTX_EP(1));
	fill_slot_ctx(sc, ud);
	fill_ep_ctx(sc, s, s->s_ep[1]);
	error = input_command(sc, ud, XHCI_TRB_ADDRESS);
	lockmgr(&sc->sc_cmdlock, LK_RELEASE);
	return (error);
}

int
xhci_device_maxpacket(struct usb_device *ud)
{
	struct xhci_softc *sc = xhci_sc(ud->ud_bus);
	struct xhci_slot *s = ud->ud_hc;
	int error;

	lockmgr(&sc->sc_cmdlock, LK_EXCLUSIVE);
	begin_input(sc, s, 0, 1 << XHCI_CTX_EP(1));
	fill_ep_ctx(sc, s, s->s_ep[1]);
	error = input_command(sc, ud, XHCI_TRB_EVALUATE);
	lockmgr(&sc->sc_cmdlock, LK_RELEASE);
	return (error);
}

int
xhci_device_is_hub(struct usb_device *ud, bool mtt, int think)
{
	struct xhci_softc *sc = xhci_sc(ud->ud_bus);
	struct xhci_slot *s = ud->ud_hc;
	uint32_t *ctx;
	int error;

	lockmgr(&sc->sc_cmdlock, LK_EXCLUSIVE);
	begin_input(sc, s, 0, 1 << XHCI_CTX_SLOT);
	copy_slot_ctx(sc, s);
	ctx = in_ctx(sc, s, XHCI_CTX_SLOT);
	ctx[0] |= XHCI_SLOT0_HUB | (mtt ? XHCI_SLOT0_MTT : 0);
	ctx[1] |= XHCI_SLOT1_NPORTS(ud->ud_hub->uh_nports);
	if (ud->ud_speed == USB_SPEED_HIGH)
		ctx[2] |= XHCI_SLOT2_THINK(think);
	error = input_command(sc, ud, XHCI_TRB_CONFIGURE);
	lockmgr(&sc->sc_cmdlock, LK_RELEASE);
	return (error);
}

void
xhci_device_stop(struct usb_device *ud)
{
	struct xhci_softc *sc = xhci_sc(ud->ud_bus);
	struct xhci_slot *s = ud->ud_hc;
	int i;

	for (i = 0; i < XHCI_CTX_COUNT; i++) {
		if (s->s_ep[i] != NULL)
			xhci_ep_quiesce(sc, s->s_ep[i]);
	}
	xhci_command_wait(sc, 0, XHCI_TRB_TYPE(XHCI_TRB_DISABLE_SLOT) |
	    XHCI_TRB_SLOT(ud->ud_addr), NULL);
	free_slot(sc, ud);
}

/* Tell the controller of an endpoint, anew if it knows it; cmdlock held. */
static int
configure_ep(struct xhci_softc *sc, struct xhci_ep *x, bool again)
{
	struct usb_device *ud = x->x_ue->ue_dev;
	struct xhci_slot *s = ud->ud_hc;
	uint32_t bit = 1U << XHCI_CTX_EP(x->x_dci), *ctx;

	begin_input(sc, s, again ? bit : 0, bit | 1 << XHCI_CTX_SLOT);
	copy_slot_ctx(sc, s);
	ctx = in_ctx(sc, s, XHCI_CTX_SLOT);
	if ((int)XHCI_SLOT0_ENTRIES_OF(ctx[0]) < x->x_dci)
		ctx[0] = (ctx[0] & ~XHCI_SLOT0_ENTRIES(31)) |
		    XHCI_SLOT0_ENTRIES(x->x_dci);
	fill_ep_ctx(sc, s, x);
	return (input_command(sc, ud, XHCI_TRB_CONFIGURE));
}

int
xhci_endpoint_open(struct usb_endpoint *ue)
{
	struct xhci_softc *sc = xhci_sc(ue->ue_dev->ud_bus);
	struct xhci_slot *s = ue->ue_dev->ud_hc;
	struct xhci_ep *x;
	int error;

	x = make_ep(sc, s, ue, ue->ue_dev->ud_addr);
	if (x == NULL)
		return (ENOMEM);
	lockmgr(&sc->sc_cmdlock, LK_EXCLUSIVE);
	error = configure_ep(sc, x, false);
	lockmgr(&sc->sc_cmdlock, LK_RELEASE);
	if (error != 0)
		free_ep(sc, s, x);
	return (error);
}

/*
 * Dropping the endpoint and adding it again makes its sequence start over
 * (4.6.8).  Its caller has nothing underway on it.
 */
int
xhci_endpoint_reset(struct usb_endpoint *ue)
{
	struct xhci_softc *sc = xhci_sc(ue->ue_dev->ud_bus);
	struct xhci_ep *x = ue->ue_hc;
	int error;

	xhci_ep_quiesce(sc, x);
	lockmgr(&sc->sc_cmdlock, LK_EXCLUSIVE);
	error = configure_ep(sc, x, true);
	lockmgr(&sc->sc_cmdlock, LK_RELEASE);
	return (error);
}
