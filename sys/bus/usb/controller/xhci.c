/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * xhci: attaching controllers, interrupts, and the ports of the root hub.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/module.h>
#include <sys/spinlock2.h>
#include <machine/clock.h>
#include <bus/pci/pcivar.h>

#include "xhci.h"

#define PCIP_XHCI	0x30
#define HALT_MS		100
#define RESET_MS	1000
#define HANDOFF_MS	1000
#define EVENT_TRBS	256		/* a page */
#define MODERATION	160		/* 40 us, in units of 250 ns */

struct erst_entry {
	uint64_t	base;
	uint32_t	size, reserved;
};

static devclass_t xhci_devclass;

static MALLOC_DEFINE(M_XHCIHC, "xhcihc", "USB 3 host controllers' tables");

static int msi_enable = 1;
TUNABLE_INT("hw.xhci.msi.enable", &msi_enable);

static int
xhci_probe(device_t dev)
{
	if (!usb_pci_is(dev, PCIP_XHCI))
		return (ENXIO);
	device_set_desc(dev, "USB 3 controller (xHCI)");
	return (BUS_PROBE_DEFAULT);
}

/* --- interrupts --- */

static void
handle_event(struct xhci_softc *sc, const struct xhci_trb *ev)
{
	switch (XHCI_TRB_TYPE_OF(ev->control)) {
	case XHCI_TRB_EV_TRANSFER:
		xhci_transfer_event(sc, ev);
		break;
	case XHCI_TRB_EV_COMMAND:
		xhci_command_event(sc, ev);
		break;
	case XHCI_TRB_EV_PORT:
		usb_root_changed(&sc->sc_bus);
		break;
	}
}

static void
run_events(struct xhci_softc *sc)
{
	struct xhci_trb *ring = sc->sc_evmem.dmem_addr, ev;
	volatile struct xhci_trb *t;

	for (;;) {
		t = &ring[sc->sc_evdeq];
		ev.control = t->control;
		if ((ev.control & XHCI_TRB_CYCLE) != sc->sc_evcycle)
			break;
		cpu_lfence();
		ev.data = t->data;
		ev.status = t->status;
		if (++sc->sc_evdeq == EVENT_TRBS) {
			sc->sc_evdeq = 0;
			sc->sc_evcycle ^= XHCI_TRB_CYCLE;
		}
		handle_event(sc, &ev);
	}
	xhci_write8(sc, sc->sc_rt + XHCI_ERDP, (sc->sc_evmem.dmem_busaddr +
	    sc->sc_evdeq * sizeof(ev)) | XHCI_ERDP_BUSY);
}

static void
xhci_intr(void *arg)
{
	struct xhci_softc *sc = arg;
	uint32_t sts = xhci_read(sc, sc->sc_oper + XHCI_USBSTS);

	if (sts == 0xffffffff || sc->sc_dead)
		return;
	if ((sts & XHCI_STS_FATAL) != 0) {
		device_printf(sc->sc_dev, "host system error\n");
		sc->sc_dead = true;
	}
	xhci_write(sc, sc->sc_oper + XHCI_USBSTS, XHCI_STS_EINT);
	xhci_write(sc, sc->sc_rt + XHCI_IMAN, XHCI_IMAN_PENDING |
	    XHCI_IMAN_ENABLE);
	run_events(sc);
}

/* --- root ports --- */

static uint32_t
portsc(struct usb_bus *ub, int port)
{
	struct xhci_softc *sc = xhci_sc(ub);

	return (xhci_read(sc, sc->sc_oper + XHCI_PORTSC(port)));
}

static void
portsc_set(struct usb_bus *ub, int port, uint32_t bits)
{
	struct xhci_softc *sc = xhci_sc(ub);

	xhci_write(sc, sc->sc_oper + XHCI_PORTSC(port),
	    (portsc(ub, port) & XHCI_PS_KEEP) | bits);
}

static int
xhci_port_status(struct usb_bus *ub, int port, struct usb_port_status *ps)
{
	uint32_t v = portsc(ub, port);
	int speed = XHCI_PS_SPEED(v);

	ps->status = ps->change = 0;
	if (v == 0xffffffff)
		return (ENXIO);
	if ((v & XHCI_PS_CCS) != 0)
		ps->status |= UPS_CONNECTED;
	if ((v & XHCI_PS_PED) != 0)
		ps->status |= UPS_ENABLED;
	if ((v & XHCI_PS_OCA) != 0)
		ps->status |= UPS_OVERCURRENT;
	if ((v & (XHCI_PS_PR | XHCI_PS_WPR)) != 0)
		ps->status |= UPS_RESET;
	if ((v & XHCI_PS_POWER) != 0)
		ps->status |= UPS_POWER;
	if (xhci_sc(ub)->sc_super[port])
		ps->status |= UPS_SUPER_SPEED;
	else if (speed == USB_SPEED_LOW)
		ps->status |= UPS_LOW_SPEED;
	else if (speed == USB_SPEED_HIGH)
		ps->status |= UPS_HIGH_SPEED;
	if ((v & XHCI_PS_CSC) != 0)
		ps->change |= UPS_CONNECTED;
	if ((v & XHCI_PS_PEC) != 0)
		ps->change |= UPS_ENABLED;
	if ((v & XHCI_PS_OCC) != 0)
		ps->change |= UPS_OVERCURRENT;
	if ((v & (XHCI_PS_PRC | XHCI_PS_WRC)) != 0)
		ps->change |= UPS_RESET;
	/* Changes that no one asks about would keep further ones quiet. */
	if ((v & (XHCI_PS_PLC | XHCI_PS_CEC)) != 0)
		portsc_set(ub, port, XHCI_PS_PLC | XHCI_PS_CEC);
	return (0);
}

static int
xhci_port_set(struct usb_bus *ub, int port, int feature)
{
	switch (feature) {
	case UPF_RESET:
		portsc_set(ub, port, XHCI_PS_PR);
		return (0);
	case UPF_POWER:
		portsc_set(ub, port, XHCI_PS_POWER);
		return (0);
	default:
		return (EINVAL);
	}
}

static int
xhci_port_clear(struct usb_bus *ub, int port, int feature)
{
	switch (feature - UPF_C_CONNECTION) {
	case 0:
		portsc_set(ub, port, XHCI_PS_CSC);
		break;
	case 1:
		portsc_set(ub, port, XHCI_PS_PEC);
		break;
	case 3:
		portsc_set(ub, port, XHCI_PS_OCC);
		break;
	case 4:
		portsc_set(ub, port, XHCI_PS_PRC | XHCI_PS_WRC);
		break;
	}
	return (0);
}

static const struct usb_hc_methods xhci_methods = {
	.port_status = xhci_port_status,
	.port_set = xhci_port_set,
	.port_clear = xhci_port_clear,
	.device_start = xhci_device_start,
	.device_maxpacket = xhci_device_maxpacket,
	.device_is_hub = xhci_device_is_hub,
	.device_stop = xhci_device_stop,
	.endpoint_open = xhci_endpoint_open,
	.endpoint_reset = xhci_endpoint_reset,
	.submit = xhci_submit,
	.abort = xhci_abort,
};

/* --- attaching --- */

/*
 * Extended capabilities: the firmware gives the controller up, and says
 * which ports speak USB 3.
 */
static void
read_xcaps(struct xhci_softc *sc)
{
	int off = 4 * XHCI_HCC1_XECP(xhci_read(sc, XHCI_HCCPARAMS1));
	uint32_t v, ports;
	int i;

	while (off != 0) {
		v = xhci_read(sc, off);
		if (XHCI_XCAP_ID(v) == XHCI_XCAP_LEGACY &&
		    (v & XHCI_LEGACY_BIOS) != 0) {
			xhci_write(sc, off, v | XHCI_LEGACY_OS);
			if (usb_pci_wait(&sc->sc_pci, off, XHCI_LEGACY_BIOS, 0,
			    HANDOFF_MS) != 0)
				xhci_write(sc, off, (v | XHCI_LEGACY_OS) &
				    ~XHCI_LEGACY_BIOS);
			xhci_write(sc, off + XHCI_LEGACY_CTL,
			    (xhci_read(sc, off + XHCI_LEGACY_CTL) &
			    ~XHCI_LEGACY_CTL_ENABLES) |
			    XHCI_LEGACY_CTL_EVENTS);
		}
		if (XHCI_XCAP_ID(v) == XHCI_XCAP_PROTOCOL && v >> 24 == 3) {
			ports = xhci_read(sc, off + 8);
			for (i = ports & 0xff; i < (int)((ports & 0xff) +
			    (ports >> 8 & 0xff)); i++) {
				if (i >= 1 && i <= sc->sc_bus.ub_nports)
					sc->sc_super[i] = 1;
			}
		}
		if (XHCI_XCAP_NEXT(v) == 0)
			break;
		off += 4 * XHCI_XCAP_NEXT(v);
	}
}

static int
reset(struct xhci_softc *sc)
{
	int cmd = sc->sc_oper + XHCI_USBCMD, sts = sc->sc_oper + XHCI_USBSTS;

	xhci_write(sc, cmd, 0);
	if (usb_pci_wait(&sc->sc_pci, sts, XHCI_STS_HALTED, XHCI_STS_HALTED,
	    HALT_MS) != 0)
		return (ETIMEDOUT);
	xhci_write(sc, cmd, XHCI_CMD_RESET);
	if (usb_pci_wait(&sc->sc_pci, cmd, XHCI_CMD_RESET, 0, RESET_MS) != 0)
		return (ETIMEDOUT);
	return (usb_pci_wait(&sc->sc_pci, sts, XHCI_STS_NOTREADY, 0, RESET_MS));
}

static void
read_params(struct xhci_softc *sc)
{
	uint32_t hcs1 = xhci_read(sc, XHCI_HCSPARAMS1);
	uint32_t hcc1 = xhci_read(sc, XHCI_HCCPARAMS1);

	sc->sc_oper = xhci_read(sc, XHCI_CAPLENGTH) & 0xff;
	sc->sc_rt = xhci_read(sc, XHCI_RTSOFF) & ~0x1f;
	sc->sc_db = xhci_read(sc, XHCI_DBOFF) & ~3;
	sc->sc_nslots = XHCI_HCS1_SLOTS(hcs1);
	sc->sc_bus.ub_nports = XHCI_HCS1_PORTS(hcs1);
	sc->sc_nscratch = XHCI_HCS2_SCRATCH(xhci_read(sc, XHCI_HCSPARAMS2));
	sc->sc_ctxsize = (hcc1 & XHCI_HCC1_CSZ) != 0 ? 64 : 32;
	sc->sc_reach = (hcc1 & XHCI_HCC1_AC64) != 0 ? BUS_SPACE_MAXADDR :
	    BUS_SPACE_MAXADDR_32BIT;
	sc->sc_super = kmalloc(sc->sc_bus.ub_nports + 1, M_XHCIHC,
	    M_WAITOK | M_ZERO);
}

/* Pages the controller keeps its own things in (4.20). */
static int
alloc_scratch(struct xhci_softc *sc)
{
	uint64_t *table;
	int i, error;

	if (sc->sc_nscratch == 0)
		return (0);
	error = xhci_alloc(sc, sc->sc_nscratch * sizeof(uint64_t),
	    &sc->sc_scratchtab);
	if (error != 0)
		return (error);
	table = sc->sc_scratchtab.dmem_addr;
	sc->sc_scratch = kmalloc(sc->sc_nscratch * sizeof(bus_dmamem_t),
	    M_XHCIHC, M_WAITOK | M_ZERO);
	for (i = 0; i < sc->sc_nscratch && error == 0; i++) {
		error = xhci_alloc(sc, PAGE_SIZE, &sc->sc_scratch[i]);
		table[i] = sc->sc_scratch[i].dmem_busaddr;
	}
	((uint64_t *)sc->sc_dcbaa.dmem_addr)[0] =
	    sc->sc_scratchtab.dmem_busaddr;
	return (error);
}

static int
alloc_tables(struct xhci_softc *sc)
{
	struct erst_entry *erst;
	int error;

	error = xhci_alloc(sc, (XHCI_MAX_SLOTS + 1) * sizeof(uint64_t),
	    &sc->sc_dcbaa);
	if (error == 0)
		error = alloc_scratch(sc);
	if (error == 0)
		error = xhci_ring_init(sc, &sc->sc_cmdring);
	if (error == 0)
		error = xhci_alloc(sc, EVENT_TRBS * sizeof(struct xhci_trb),
		    &sc->sc_evmem);
	if (error == 0)
		error = xhci_alloc(sc, sizeof(*erst), &sc->sc_erst);
	if (error == 0) {
		erst = sc->sc_erst.dmem_addr;
		erst->base = sc->sc_evmem.dmem_busaddr;
		erst->size = EVENT_TRBS;
		sc->sc_evcycle = XHCI_TRB_CYCLE;
	}
	return (error);
}

static void
free_mem(bus_dmamem_t *mem)
{
	if (mem->dmem_addr != NULL)
		bus_dmamem_coherent_free(mem);
}

static void
release(struct xhci_softc *sc)
{
	int i;

	usb_pci_teardown(&sc->sc_pci);
	if (sc->sc_oper != 0)
		xhci_write(sc, sc->sc_oper + XHCI_USBCMD, 0);
	xhci_ring_free(&sc->sc_cmdring);
	free_mem(&sc->sc_evmem);
	free_mem(&sc->sc_erst);
	for (i = 0; sc->sc_scratch != NULL && i < sc->sc_nscratch; i++)
		free_mem(&sc->sc_scratch[i]);
	if (sc->sc_scratch != NULL)
		kfree(sc->sc_scratch, M_XHCIHC);
	free_mem(&sc->sc_scratchtab);
	free_mem(&sc->sc_dcbaa);
	if (sc->sc_bus.ub_tag != NULL)
		bus_dma_tag_destroy(sc->sc_bus.ub_tag);
	if (sc->sc_super != NULL)
		kfree(sc->sc_super, M_XHCIHC);
	usb_pci_release(&sc->sc_pci);
	lockuninit(&sc->sc_cmdlock);
}

static int
alloc_resources(struct xhci_softc *sc)
{
	device_t dev = sc->sc_dev;
	int error;

	error = usb_pci_map(&sc->sc_pci, dev);
	if (error != 0)
		return (error);
	read_params(sc);
	read_xcaps(sc);
	if (reset(sc) != 0) {
		device_printf(dev, "the controller does not reset\n");
		return (EIO);
	}
	error = usb_pci_irq(&sc->sc_pci, msi_enable);
	if (error != 0)
		return (error);
	/* A block's data does not cross 64 KB (6.4.1). */
	return (bus_dma_tag_create(bus_get_dma_tag(dev), 1, 0x10000,
	    sc->sc_reach, BUS_SPACE_MAXADDR, MAXPHYS, USB_MAX_SEGS, 0x10000,
	    0, &sc->sc_bus.ub_tag));
}

static void
run(struct xhci_softc *sc)
{
	int op = sc->sc_oper, rt = sc->sc_rt;

	xhci_write(sc, op + XHCI_CONFIG, sc->sc_nslots);
	xhci_write8(sc, op + XHCI_DCBAAP, sc->sc_dcbaa.dmem_busaddr);
	xhci_write8(sc, op + XHCI_CRCR, sc->sc_cmdring.r_pa |
	    XHCI_CRCR_CYCLE);
	xhci_write(sc, rt + XHCI_ERSTSZ, 1);
	xhci_write8(sc, rt + XHCI_ERDP, sc->sc_evmem.dmem_busaddr);
	xhci_write8(sc, rt + XHCI_ERSTBA, sc->sc_erst.dmem_busaddr);
	xhci_write(sc, rt + XHCI_IMOD, MODERATION);
	xhci_write(sc, rt + XHCI_IMAN, XHCI_IMAN_PENDING |
	    XHCI_IMAN_ENABLE);
	xhci_write(sc, op + XHCI_USBCMD, XHCI_CMD_RUN | XHCI_CMD_INTE);
}

static int
xhci_attach(device_t dev)
{
	struct xhci_softc *sc = device_get_softc(dev);
	int error;

	sc->sc_dev = dev;
	sc->sc_bus.ub_hc = &xhci_methods;
	sc->sc_bus.ub_softc = sc;
	TAILQ_INIT(&sc->sc_cmds);
	TAILQ_INIT(&sc->sc_cmdwait);
	lockinit(&sc->sc_cmdlock, "xhci", 0, 0);
	error = alloc_resources(sc);
	if (error == 0)
		error = alloc_tables(sc);
	if (error == 0) {
		usb_bus_init(&sc->sc_bus);
		error = usb_pci_intr(&sc->sc_pci, xhci_intr, sc);
	}
	if (error == 0) {
		run(sc);
		error = usb_bus_attach(dev, &sc->sc_bus);
	}
	if (error != 0)
		release(sc);
	return (error);
}

static int
xhci_detach(device_t dev)
{
	struct xhci_softc *sc = device_get_softc(dev);

	usb_bus_detach(&sc->sc_bus);
	release(sc);
	return (0);
}

/* The firmware gets a quiet controller. */
static int
xhci_shutdown(device_t dev)
{
	struct xhci_softc *sc = device_get_softc(dev);

	xhci_write(sc, sc->sc_oper + XHCI_USBCMD, 0);
	return (0);
}

static driver_t xhci_driver = {
	.name = "xhci",
	.size = sizeof(struct xhci_softc),
	.probe = xhci_probe,
	.attach = xhci_attach,
	.detach = xhci_detach,
	.shutdown = xhci_shutdown,
};

DRIVER_MODULE(xhci, pci, xhci_driver, xhci_devclass, NULL, NULL);
MODULE_VERSION(xhci, 1);
