/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ehci: devices and endpoints, and the schedules: a ring of queue heads for
 * control and bulk (4.8), a tree of them for interrupts (4.6).
 *
 * Node n of level l of the tree is run in the frames that are n modulo 2^l;
 * each frame's list goes from its leaf to the root.  An interrupt endpoint's
 * queue head follows a node of the level of its interval.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/spinlock2.h>

#include "ehci.h"

#define ADDRESS_MS	10	/* 9.2.6.3 of USB 2.0: 2 at least */
#define NODE(level, n)	((1 << (level)) - 1 + (n))

static MALLOC_DEFINE(M_EHCI, "ehci", "USB 2 host controllers");

/* --- schedules --- */

static void
qh_link(struct ehci_qh *after, struct ehci_qh *qh)
{
	qh->h_next = after->h_next;
	qh->h_prev = after;
	if (after->h_next != NULL)
		after->h_next->h_prev = qh;
	after->h_next = qh;
	qh->hw.link = after->hw.link;
	cpu_sfence();
	after->hw.link = qh->h_pa | EHCI_PTR_QH;
}

static void
qh_unlink(struct ehci_qh *qh)
{
	qh->h_prev->hw.link = qh->hw.link;
	qh->h_prev->h_next = qh->h_next;
	if (qh->h_next != NULL)
		qh->h_next->h_prev = qh->h_prev;
	cpu_sfence();
}

void
ehci_link(struct ehci_ep *x)
{
	x->x_state = EHCI_EP_LINKED;
	qh_link(x->x_node != NULL ? x->x_node : x->x_sc->sc_head, x->x_qh);
}

static void
frame_passed(void *arg)
{
	ehci_unlinked(arg);
}

static void
ring_doorbell(struct ehci_softc *sc)
{
	TAILQ_CONCAT(&sc->sc_leaving, &sc->sc_next, x_leave);
	ehci_write(sc, EHCI_USBCMD, ehci_read(sc, EHCI_USBCMD) |
	    EHCI_CMD_DOORBELL);
}

void
ehci_unlink(struct ehci_ep *x)
{
	struct ehci_softc *sc = x->x_sc;

	x->x_state = EHCI_EP_LEAVING;
	qh_unlink(x->x_qh);
	if (x->x_node != NULL) {
		callout_reset(&x->x_timer, 2 + hz / 500, frame_passed, x);
		return;
	}
	TAILQ_INSERT_TAIL(&sc->sc_next, x, x_leave);
	if (TAILQ_EMPTY(&sc->sc_leaving))
		ring_doorbell(sc);
}

void
ehci_advanced(struct ehci_softc *sc)
{
	struct ehci_ep_list gone = TAILQ_HEAD_INITIALIZER(gone);
	struct ehci_ep *x;

	spin_lock(&sc->sc_bus.ub_spin);
	TAILQ_CONCAT(&gone, &sc->sc_leaving, x_leave);
	if (!TAILQ_EMPTY(&sc->sc_next))
		ring_doorbell(sc);
	spin_unlock(&sc->sc_bus.ub_spin);
	while ((x = TAILQ_FIRST(&gone)) != NULL) {
		TAILQ_REMOVE(&gone, x, x_leave);
		ehci_unlinked(x);
	}
}

static int
alloc_low(int size, bus_dmamem_t *mem)
{
	return (bus_dmamem_coherent(NULL, PAGE_SIZE, 0,
	    BUS_SPACE_MAXADDR_32BIT, BUS_SPACE_MAXADDR, size, BUS_DMA_ZERO,
	    mem));
}

/* A queue head nothing hangs from. */
static struct ehci_qh *
idle_qh(bus_dmamem_t *mem, int i)
{
	int off = i / EHCI_QHS_PAGE * PAGE_SIZE +
	    i % EHCI_QHS_PAGE * sizeof(struct ehci_qh);
	struct ehci_qh *qh = (struct ehci_qh *)((char *)mem->dmem_addr + off);

	qh->h_pa = mem->dmem_busaddr + off;
	qh->hw.link = EHCI_PTR_END;
	qh->hw.caps = EHCI_QH_MULT(1);
	qh->hw.overlay.next = EHCI_PTR_END;
	qh->hw.overlay.alt = EHCI_PTR_END;
	qh->hw.overlay.token = EHCI_TOKEN_HALTED;
	return (qh);
}

int
ehci_schedules_init(struct ehci_softc *sc)
{
	uint32_t *frames;
	int level, n, i, error;

	error = alloc_low(EHCI_FRAMES * sizeof(uint32_t), &sc->sc_frames);
	if (error == 0)
		error = alloc_low(howmany(EHCI_NODES + 1, EHCI_QHS_PAGE) *
		    PAGE_SIZE, &sc->sc_nodemem);
	if (error != 0)
		return (error);
	for (i = 0; i < EHCI_NODES; i++) {
		sc->sc_node[i] = idle_qh(&sc->sc_nodemem, i);
		sc->sc_node[i]->hw.caps |= EHCI_QH_SMASK(1);
	}
	for (level = 1; level < EHCI_LEVELS; level++) {
		for (n = 0; n < 1 << level; n++)
			sc->sc_node[NODE(level, n)]->hw.link = EHCI_PTR_QH |
			    sc->sc_node[NODE(level - 1,
			    n & ((1 << (level - 1)) - 1))]->h_pa;
	}
	frames = sc->sc_frames.dmem_addr;
	for (i = 0; i < EHCI_FRAMES; i++)
		frames[i] = EHCI_PTR_QH | sc->sc_node[NODE(EHCI_LEVELS - 1,
		    i & ((1 << (EHCI_LEVELS - 1)) - 1))]->h_pa;
	sc->sc_head = idle_qh(&sc->sc_nodemem, EHCI_NODES);
	sc->sc_head->hw.chars = EHCI_QH_HEAD |
	    EHCI_QH_SPEED(EHCI_SPEED_HIGH);
	sc->sc_head->hw.link = sc->sc_head->h_pa | EHCI_PTR_QH;
	return (0);
}

void
ehci_schedules_free(struct ehci_softc *sc)
{
	if (sc->sc_frames.dmem_addr != NULL)
		bus_dmamem_coherent_free(&sc->sc_frames);
	if (sc->sc_nodemem.dmem_addr != NULL)
		bus_dmamem_coherent_free(&sc->sc_nodemem);
}

/* --- endpoints --- */

static uint32_t
chars_of(const struct usb_endpoint *ue)
{
	const struct usb_device *ud = ue->ue_dev;
	uint32_t v;

	v = EHCI_QH_ADDR(ud->ud_addr) | EHCI_QH_EP(ue->ue_addr & 0x0f) |
	    EHCI_QH_MAXPACKET(ue->ue_maxpacket);
	switch (ud->ud_speed) {
	case USB_SPEED_HIGH:
		v |= EHCI_QH_SPEED(EHCI_SPEED_HIGH);
		break;
	case USB_SPEED_LOW:
		v |= EHCI_QH_SPEED(EHCI_SPEED_LOW);
		break;
	default:
		v |= EHCI_QH_SPEED(EHCI_SPEED_FULL);
		break;
	}
	if (ue->ue_type == USB_EP_CONTROL) {
		v |= EHCI_QH_DTC;
		if (ud->ud_speed != USB_SPEED_HIGH)
			v |= EHCI_QH_CONTROL;
	}
	/* Interrupts are not polled again in their frame. */
	if (ue->ue_type != USB_EP_INTR)
		v |= EHCI_QH_NAKS(4);
	return (v);
}

/* Microframes of a frame in which to poll. */
static uint32_t
start_mask(const struct usb_endpoint *ue)
{
	if (ue->ue_dev->ud_speed != USB_SPEED_HIGH)
		return (0x01);
	switch (ue->ue_interval) {
	case 0:
	case 1:
		return (0xff);
	case 2:
		return (0x55);
	case 3:
		return (0x11);
	default:
		return (0x01);
	}
}

static uint32_t
caps_of(const struct usb_endpoint *ue)
{
	const struct usb_device *ud = ue->ue_dev;
	uint32_t v = EHCI_QH_MULT(ue->ue_mult + 1);

	if (ue->ue_type == USB_EP_INTR) {
		v |= EHCI_QH_SMASK(start_mask(ue));
		/* The translator answers two to four microframes later. */
		if (ud->ud_tthub != NULL)
			v |= EHCI_QH_CMASK(0x1c);
	}
	if (ud->ud_tthub != NULL)
		v |= EHCI_QH_HUB(ud->ud_tthub->ud_addr) |
		    EHCI_QH_PORT(ud->ud_ttport);
	return (v);
}

/* The level of the tree of an interval. */
static int
level_of(const struct usb_endpoint *ue)
{
	int frames, level = 0;

	if (ue->ue_dev->ud_speed == USB_SPEED_HIGH)
		frames = 1 << MAX(MIN(ue->ue_interval, 16) - 4, 0);
	else
		frames = MAX(ue->ue_interval, 1);
	while (level < EHCI_LEVELS - 1 && 2 << level <= frames)
		level++;
	return (level);
}

/* The least loaded node of a level; ub_spin held. */
static struct ehci_qh *
choose_node(struct ehci_softc *sc, int level)
{
	int n, best = NODE(level, 0);

	for (n = 1; n < 1 << level; n++) {
		if (sc->sc_load[NODE(level, n)] < sc->sc_load[best])
			best = NODE(level, n);
	}
	sc->sc_load[best]++;
	return (sc->sc_node[best]);
}

static void
carve(struct ehci_ep *x)
{
	char *page = x->x_mem.dmem_addr;
	struct ehci_qtd *q;
	u_int off;

	x->x_qh = idle_qh(&x->x_mem, 0);
	for (off = sizeof(struct ehci_qh);
	    off + sizeof(*q) <= PAGE_SIZE - sizeof(struct usb_setup);
	    off += sizeof(*q)) {
		q = (struct ehci_qtd *)(page + off);
		q->q_pa = x->x_mem.dmem_busaddr + off;
		q->q_next = x->x_free;
		x->x_free = q;
		x->x_nfree++;
	}
}

int
ehci_endpoint_open(struct usb_endpoint *ue)
{
	struct ehci_softc *sc = ehci_sc(ue->ue_dev->ud_bus);
	struct ehci_ep *x;
	int error;

	x = kmalloc(sizeof(*x), M_EHCI, M_WAITOK | M_ZERO);
	error = alloc_low(PAGE_SIZE, &x->x_mem);
	if (error != 0) {
		kfree(x, M_EHCI);
		return (error);
	}
	x->x_sc = sc;
	x->x_ue = ue;
	TAILQ_INIT(&x->x_list);
	TAILQ_INIT(&x->x_wait);
	callout_init_mp(&x->x_timer);
	carve(x);
	x->x_tail = x->x_free;
	x->x_free = x->x_tail->q_next;
	x->x_nfree--;
	x->x_tail->hw.next = EHCI_PTR_END;
	x->x_tail->hw.alt = EHCI_PTR_END;
	x->x_qh->hw.chars = chars_of(ue);
	x->x_qh->hw.caps = caps_of(ue);
	ue->ue_hc = x;
	spin_lock(&sc->sc_bus.ub_spin);
	if (ue->ue_type == USB_EP_INTR)
		x->x_node = choose_node(sc, level_of(ue));
	ehci_restart(x, 0);
	TAILQ_INSERT_TAIL(&sc->sc_eps, x, x_link);
	ehci_link(x);
	spin_unlock(&sc->sc_bus.ub_spin);
	return (0);
}

static void
close_ep(struct usb_endpoint *ue)
{
	struct ehci_ep *x = ue->ue_hc;
	struct ehci_softc *sc;
	int i;

	if (x == NULL)
		return;
	sc = x->x_sc;
	spin_lock(&sc->sc_bus.ub_spin);
	x->x_closing = true;
	if (x->x_state == EHCI_EP_LINKED)
		ehci_unlink(x);
	while (x->x_state != EHCI_EP_OFF)
		ssleep(x, &sc->sc_bus.ub_spin, 0, "ehciep", 0);
	TAILQ_REMOVE(&sc->sc_eps, x, x_link);
	for (i = 0; i < EHCI_NODES; i++) {
		if (sc->sc_node[i] == x->x_node)
			sc->sc_load[i]--;
	}
	spin_unlock(&sc->sc_bus.ub_spin);
	KKASSERT(TAILQ_EMPTY(&x->x_list) && TAILQ_EMPTY(&x->x_wait));
	callout_terminate(&x->x_timer);
	bus_dmamem_coherent_free(&x->x_mem);
	ue->ue_hc = NULL;
	kfree(x, M_EHCI);
}

/* Nothing is underway on it. */
int
ehci_endpoint_reset(struct usb_endpoint *ue)
{
	struct ehci_ep *x = ue->ue_hc;

	spin_lock(&x->x_sc->sc_bus.ub_spin);
	ehci_restart(x, 0);
	spin_unlock(&x->x_sc->sc_bus.ub_spin);
	return (0);
}

/* --- devices --- */

static int
new_address(struct ehci_softc *sc)
{
	int a;

	for (a = 1; a < EHCI_ADDRESSES; a++) {
		if ((sc->sc_addr[a / 64] & 1UL << a % 64) == 0) {
			sc->sc_addr[a / 64] |= 1UL << a % 64;
			return (a);
		}
	}
	return (0);
}

int
ehci_device_start(struct usb_device *ud)
{
	struct ehci_softc *sc = ehci_sc(ud->ud_bus);
	struct ehci_ep *x;
	int addr, error;

	error = ehci_endpoint_open(&ud->ud_ep0);
	if (error != 0)
		return (error);
	addr = new_address(sc);
	error = addr == 0 ? ENOSPC : usb_request(ud, UT_DEVICE,
	    UR_SET_ADDRESS, addr, 0, NULL, 0, NULL);
	if (error != 0) {
		if (addr != 0)
			sc->sc_addr[addr / 64] &= ~(1UL << addr % 64);
		close_ep(&ud->ud_ep0);
		return (error);
	}
	usb_wait_ms(ADDRESS_MS);
	ud->ud_addr = addr;
	x = ud->ud_ep0.ue_hc;
	x->x_qh->hw.chars = chars_of(&ud->ud_ep0);
	return (0);
}

/* Endpoint 0 is idle: the controller looks when a transfer is added. */
int
ehci_device_maxpacket(struct usb_device *ud)
{
	struct ehci_ep *x = ud->ud_ep0.ue_hc;

	x->x_qh->hw.chars = chars_of(&ud->ud_ep0);
	return (0);
}

/* Whoever hangs from it says so in its queue heads. */
int
ehci_device_is_hub(struct usb_device *ud, bool mtt, int think)
{
	return (0);
}

void
ehci_device_stop(struct usb_device *ud)
{
	struct ehci_softc *sc = ehci_sc(ud->ud_bus);
	int i;

	for (i = 0; i < USB_MAX_ENDPOINTS; i++) {
		if (ud->ud_ep[i] != NULL)
			close_ep(ud->ud_ep[i]);
	}
	close_ep(&ud->ud_ep0);
	sc->sc_addr[ud->ud_addr / 64] &= ~(1UL << ud->ud_addr % 64);
	ud->ud_addr = 0;
}
