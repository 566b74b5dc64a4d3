/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * USB: transfers, their time limits, and requests to endpoint 0.
 *
 * Between usb_xfer_submit() and the end a transfer is on ub_pending.  Its
 * timer is armed after the controller has it; a timer that fires after the
 * end finds ux_state changed and does nothing.  The timer is stopped before
 * ux_done is called, so that a transfer can be submitted again from there.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/spinlock2.h>

#include "usb.h"

#define REQUEST_TIMEOUT		5000	/* ms; 9.2.6.4 */

static MALLOC_DEFINE(M_USBXFER, "usbxfer", "USB transfers");

struct usb_xfer *
usb_xfer_alloc(struct usb_endpoint *ep)
{
	struct usb_xfer *ux;

	ux = kmalloc(sizeof(*ux), M_USBXFER, M_WAITOK | M_ZERO);
	ux->ux_ep = ep;
	if (bus_dmamap_create(ep->ue_dev->ud_bus->ub_tag, 0,
	    &ux->ux_map) != 0) {
		kfree(ux, M_USBXFER);
		return (NULL);
	}
	callout_init_mp(&ux->ux_timer);
	return (ux);
}

void
usb_xfer_free(struct usb_xfer *ux)
{
	KKASSERT(ux->ux_state == USB_XFER_IDLE);
	callout_terminate(&ux->ux_timer);
	bus_dmamap_destroy(ux->ux_ep->ue_dev->ud_bus->ub_tag, ux->ux_map);
	kfree(ux, M_USBXFER);
}

static bool
to_host(const struct usb_xfer *ux)
{
	if (ux->ux_ep->ue_type == USB_EP_CONTROL)
		return ((ux->ux_setup.type & UT_READ) != 0);
	return ((ux->ux_ep->ue_addr & USB_EP_IN) != 0);
}

static void
usb_timeout(void *arg)
{
	usb_xfer_abort(arg, ETIMEDOUT);
}

/* The data's addresses into ux_segs. */
static int
map_data(struct usb_xfer *ux)
{
	bus_dma_tag_t tag = ux->ux_ep->ue_dev->ud_bus->ub_tag;
	int error;

	ux->ux_nsegs = 0;
	if (ux->ux_len == 0)
		return (0);
	error = bus_dmamap_load_segment(tag, ux->ux_map, ux->ux_data,
	    ux->ux_len, ux->ux_segs, USB_MAX_SEGS, &ux->ux_nsegs,
	    BUS_DMA_NOWAIT);
	if (error == 0)
		bus_dmamap_sync(tag, ux->ux_map, to_host(ux) ?
		    BUS_DMASYNC_PREREAD : BUS_DMASYNC_PREWRITE);
	return (error);
}

static void
unmap_data(struct usb_xfer *ux)
{
	bus_dma_tag_t tag = ux->ux_ep->ue_dev->ud_bus->ub_tag;

	if (ux->ux_nsegs == 0)
		return;
	bus_dmamap_sync(tag, ux->ux_map, to_host(ux) ?
	    BUS_DMASYNC_POSTREAD : BUS_DMASYNC_POSTWRITE);
	bus_dmamap_unload(tag, ux->ux_map);
	ux->ux_nsegs = 0;
}

void
usb_xfer_submit(struct usb_xfer *ux)
{
	struct usb_device *ud = ux->ux_ep->ue_dev;
	struct usb_bus *ub = ud->ud_bus;
	int error;

	KKASSERT(ux->ux_state == USB_XFER_IDLE);
	ux->ux_actual = 0;
	ux->ux_error = 0;
	ux->ux_abort = 0;
	ux->ux_finished = false;
	error = map_data(ux);
	spin_lock(&ub->ub_spin);
	if (error == 0 && ud->ud_gone)
		error = ENXIO;
	ux->ux_state = USB_XFER_QUEUED;
	TAILQ_INSERT_TAIL(&ub->ub_pending, ux, ux_link);
	if (error == 0) {
		if (ux->ux_timeout != 0)
			callout_reset(&ux->ux_timer,
			    MAX(1, ux->ux_timeout * hz / 1000), usb_timeout,
			    ux);
		ub->ub_hc->submit(ux);
	}
	spin_unlock(&ub->ub_spin);
	if (error != 0)
		usb_xfer_finish(ux, error);
}

void
usb_xfer_finish(struct usb_xfer *ux, int error)
{
	struct usb_bus *ub = ux->ux_ep->ue_dev->ud_bus;

	callout_stop(&ux->ux_timer);
	spin_lock(&ub->ub_spin);
	KKASSERT(ux->ux_state == USB_XFER_QUEUED);
	ux->ux_state = USB_XFER_IDLE;
	TAILQ_REMOVE(&ub->ub_pending, ux, ux_link);
	if (ux->ux_abort != 0 && error != 0)
		error = ux->ux_abort;
	spin_unlock(&ub->ub_spin);
	unmap_data(ux);
	ux->ux_error = error;
	ux->ux_done(ux);
}

void
usb_xfer_abort(struct usb_xfer *ux, int error)
{
	struct usb_bus *ub = ux->ux_ep->ue_dev->ud_bus;

	spin_lock(&ub->ub_spin);
	if (ux->ux_state == USB_XFER_QUEUED && ux->ux_abort == 0) {
		ux->ux_abort = error;
		ub->ub_hc->abort(ux);
	}
	spin_unlock(&ub->ub_spin);
}

static void
wake_runner(struct usb_xfer *ux)
{
	struct usb_bus *ub = ux->ux_ep->ue_dev->ud_bus;

	spin_lock(&ub->ub_spin);
	ux->ux_finished = true;
	wakeup(ux);
	spin_unlock(&ub->ub_spin);
}

int
usb_xfer_run(struct usb_xfer *ux)
{
	struct usb_bus *ub = ux->ux_ep->ue_dev->ud_bus;

	ux->ux_done = wake_runner;
	usb_xfer_submit(ux);
	spin_lock(&ub->ub_spin);
	while (!ux->ux_finished)
		ssleep(ux, &ub->ub_spin, 0, "usbxfer", 0);
	spin_unlock(&ub->ub_spin);
	return (ux->ux_error);
}

int
usb_request(struct usb_device *ud, int type, int request, int value,
    int index, void *data, int len, int *actual)
{
	struct usb_xfer *ux = ud->ud_request;
	int error;

	lockmgr(&ud->ud_lock, LK_EXCLUSIVE);
	ux->ux_setup.type = type;
	ux->ux_setup.request = request;
	ux->ux_setup.value = value;
	ux->ux_setup.index = index;
	ux->ux_setup.length = len;
	ux->ux_data = data;
	ux->ux_len = len;
	ux->ux_timeout = REQUEST_TIMEOUT;
	error = usb_xfer_run(ux);
	if (actual != NULL)
		*actual = ux->ux_actual;
	lockmgr(&ud->ud_lock, LK_RELEASE);
	return (error);
}

int
usb_clear_halt(struct usb_endpoint *ep)
{
	struct usb_device *ud = ep->ue_dev;
	int error;

	error = usb_request(ud, UT_ENDPOINT, UR_CLEAR_FEATURE,
	    UF_ENDPOINT_HALT, ep->ue_addr, NULL, 0, NULL);
	if (error == 0)
		error = ud->ud_bus->ub_hc->endpoint_reset(ep);
	return (error);
}
