/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * xhci: rings of transfer request blocks (4.9), and commands (4.6).
 *
 * A ring is one segment whose last block links back to the first.  The cycle
 * bit tells the controller which blocks are ours to run: it flips each time
 * round.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/spinlock2.h>

#include "xhci.h"

#define COMMAND_TIMEOUT		5	/* seconds */

/* Page-aligned zeroed memory the controller reaches. */
int
xhci_alloc(struct xhci_softc *sc, int size, bus_dmamem_t *mem)
{
	return (bus_dmamem_coherent(NULL, PAGE_SIZE, 0, sc->sc_reach,
	    BUS_SPACE_MAXADDR, size, BUS_DMA_ZERO, mem));
}

int
xhci_ring_init(struct xhci_softc *sc, struct xhci_ring *r)
{
	int error;

	error = xhci_alloc(sc, XHCI_RING_TRBS * sizeof(struct xhci_trb),
	    &r->r_mem);
	if (error != 0)
		return (error);
	r->r_trb = r->r_mem.dmem_addr;
	r->r_pa = r->r_mem.dmem_busaddr;
	xhci_ring_reset(r);
	return (0);
}

void
xhci_ring_free(struct xhci_ring *r)
{
	if (r->r_trb != NULL)
		bus_dmamem_coherent_free(&r->r_mem);
	r->r_trb = NULL;
}

void
xhci_ring_reset(struct xhci_ring *r)
{
	memset(r->r_trb, 0, XHCI_RING_TRBS * sizeof(struct xhci_trb));
	r->r_trb[XHCI_RING_PLACES].data = r->r_pa;
	r->r_trb[XHCI_RING_PLACES].control =
	    XHCI_TRB_TYPE(XHCI_TRB_LINK) | XHCI_TRB_TOGGLE;
	r->r_enq = 0;
	r->r_cycle = XHCI_TRB_CYCLE;
}

int
xhci_ring_distance(int from, int to)
{
	return ((to - from + XHCI_RING_PLACES) % XHCI_RING_PLACES);
}

int
xhci_ring_put(struct xhci_ring *r, uint64_t data, uint32_t status,
    uint32_t control, bool hold)
{
	struct xhci_trb *t = &r->r_trb[r->r_enq], *link;
	int place = r->r_enq;

	t->data = data;
	t->status = status;
	cpu_sfence();
	t->control = control | (hold ? r->r_cycle ^ XHCI_TRB_CYCLE :
	    r->r_cycle);
	if (++r->r_enq == XHCI_RING_PLACES) {
		link = &r->r_trb[XHCI_RING_PLACES];
		cpu_sfence();
		link->control = XHCI_TRB_TYPE(XHCI_TRB_LINK) |
		    XHCI_TRB_TOGGLE | (control & XHCI_TRB_CHAIN) |
		    r->r_cycle;
		r->r_enq = 0;
		r->r_cycle ^= XHCI_TRB_CYCLE;
	}
	return (place);
}

void
xhci_ring_give(struct xhci_ring *r, int place)
{
	cpu_sfence();
	r->r_trb[place].control ^= XHCI_TRB_CYCLE;
}

uint64_t
xhci_ring_at(const struct xhci_ring *r, int place)
{
	/* Places at and after the end belong to the lap before. */
	return ((r->r_pa + place * sizeof(struct xhci_trb)) |
	    (place <= r->r_enq ? r->r_cycle : r->r_cycle ^ XHCI_TRB_CYCLE));
}

int
xhci_ring_place(const struct xhci_ring *r, uint64_t pa)
{
	uint64_t off = pa - r->r_pa;

	if (off % sizeof(struct xhci_trb) != 0 ||
	    off / sizeof(struct xhci_trb) >= XHCI_RING_PLACES)
		return (-1);
	return (off / sizeof(struct xhci_trb));
}

/* --- commands --- */

static void
issue(struct xhci_softc *sc, struct xhci_cmd *c)
{
	TAILQ_INSERT_TAIL(&sc->sc_cmds, c, c_link);
	sc->sc_ncmds++;
	xhci_ring_put(&sc->sc_cmdring, c->c_data, 0, c->c_control, false);
}

void
xhci_command(struct xhci_softc *sc, struct xhci_cmd *c)
{
	if (sc->sc_ncmds >= XHCI_RING_PLACES - 1) {
		TAILQ_INSERT_TAIL(&sc->sc_cmdwait, c, c_link);
		return;
	}
	issue(sc, c);
	xhci_doorbell(sc, 0, 0);
}

/* Commands end in their order. */
void
xhci_command_event(struct xhci_softc *sc, const struct xhci_trb *ev)
{
	struct xhci_cmd *c, *next;

	spin_lock(&sc->sc_bus.ub_spin);
	c = TAILQ_FIRST(&sc->sc_cmds);
	if (c != NULL) {
		TAILQ_REMOVE(&sc->sc_cmds, c, c_link);
		sc->sc_ncmds--;
		next = TAILQ_FIRST(&sc->sc_cmdwait);
		if (next != NULL) {
			TAILQ_REMOVE(&sc->sc_cmdwait, next, c_link);
			issue(sc, next);
			xhci_doorbell(sc, 0, 0);
		}
	}
	spin_unlock(&sc->sc_bus.ub_spin);
	if (c != NULL)
		c->c_done(sc, c, XHCI_CODE(ev->status),
		    XHCI_TRB_SLOT_OF(ev->control));
}

struct waiter {
	struct xhci_cmd	w_cmd;
	int		w_code;		/* (s) 0: not yet */
	int		w_slot;		/* (s) */
};

static void
wake_waiter(struct xhci_softc *sc, struct xhci_cmd *c, int code, int slot)
{
	struct waiter *w = c->c_arg;

	spin_lock(&sc->sc_bus.ub_spin);
	w->w_code = code;
	w->w_slot = slot;
	wakeup(w);
	spin_unlock(&sc->sc_bus.ub_spin);
}

/* The controller does not answer: take the command back. */
static void
command_lost(struct xhci_softc *sc, struct waiter *w)
{
	struct xhci_cmd *c;

	sc->sc_dead = true;
	TAILQ_FOREACH(c, &sc->sc_cmds, c_link) {
		if (c == &w->w_cmd) {
			TAILQ_REMOVE(&sc->sc_cmds, c, c_link);
			return;
		}
	}
	TAILQ_REMOVE(&sc->sc_cmdwait, &w->w_cmd, c_link);
}

int
xhci_command_wait(struct xhci_softc *sc, uint64_t data, uint32_t control,
    int *slot)
{
	struct waiter w;
	bool lost = false;

	memset(&w, 0, sizeof(w));
	w.w_cmd.c_data = data;
	w.w_cmd.c_control = control;
	w.w_cmd.c_done = wake_waiter;
	w.w_cmd.c_arg = &w;
	spin_lock(&sc->sc_bus.ub_spin);
	if (sc->sc_dead) {
		spin_unlock(&sc->sc_bus.ub_spin);
		return (ENXIO);
	}
	xhci_command(sc, &w.w_cmd);
	while (w.w_code == 0 && !lost) {
		if (ssleep(&w, &sc->sc_bus.ub_spin, 0, "xhcicmd",
		    COMMAND_TIMEOUT * hz) == EWOULDBLOCK && w.w_code == 0) {
			command_lost(sc, &w);
			lost = true;
		}
	}
	spin_unlock(&sc->sc_bus.ub_spin);
	if (lost) {
		device_printf(sc->sc_dev, "the controller does not answer "
		    "command %d\n", XHCI_TRB_TYPE_OF(control));
		return (ENXIO);
	}
	if (slot != NULL)
		*slot = w.w_slot;
	switch (w.w_code) {
	case XHCI_CODE_SUCCESS:
		return (0);
	case XHCI_CODE_BANDWIDTH:
		return (ENOSPC);
	default:
		if (bootverbose)
			device_printf(sc->sc_dev, "command %d: completion "
			    "code %d\n", XHCI_TRB_TYPE_OF(control),
			    w.w_code);
		return (EIO);
	}
}
