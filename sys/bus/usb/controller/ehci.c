/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ehci: attaching controllers, interrupts, and the ports of the root hub.
 *
 * A device that is not high speed goes to the companion controller (4.2):
 * the port's owner changes, and the device is gone from here.
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

#include "ehci.h"

#define PCIP_EHCI	0x20
#define RESET_MS	250
#define HALT_MS		20
#define HANDOFF_MS	1000
#define PORT_RESET_MS	50		/* 7.1.7.5 of USB 2.0 */
#define PORT_END_MS	5

static devclass_t ehci_devclass;

static MALLOC_DEFINE(M_EHCIHC, "ehcihc", "USB 2 host controllers' tables");

static int msi_enable = 1;
TUNABLE_INT("hw.ehci.msi.enable", &msi_enable);

static int
ehci_probe(device_t dev)
{
	if (!usb_pci_is(dev, PCIP_EHCI))
		return (ENXIO);
	device_set_desc(dev, "USB 2 controller (EHCI)");
	return (BUS_PROBE_DEFAULT);
}

static void
ehci_intr(void *arg)
{
	struct ehci_softc *sc = arg;
	uint32_t sts = ehci_read(sc, EHCI_USBSTS);

	if (sts == 0xffffffff || (sts & EHCI_STS_WANTED) == 0)
		return;
	ehci_write(sc, EHCI_USBSTS, sts & EHCI_STS_WANTED);
	if ((sts & EHCI_STS_FATAL) != 0)
		device_printf(sc->sc_dev, "host system error\n");
	if ((sts & EHCI_STS_ADVANCE) != 0)
		ehci_advanced(sc);
	if ((sts & (EHCI_STS_INT | EHCI_STS_ERROR)) != 0)
		ehci_scan(sc);
	if ((sts & EHCI_STS_PORT) != 0)
		usb_root_changed(&sc->sc_bus);
}

/* --- root ports --- */

static uint32_t
portsc(struct usb_bus *ub, int port)
{
	return (ehci_read(ehci_sc(ub), EHCI_PORTSC(port)));
}

/* The change bits are cleared by writing them. */
static void
portsc_write(struct usb_bus *ub, int port, uint32_t clear, uint32_t set)
{
	ehci_write(ehci_sc(ub), EHCI_PORTSC(port),
	    (portsc(ub, port) & ~(EHCI_PS_CHANGES | clear)) | set);
}

static int
ehci_port_status(struct usb_bus *ub, int port, struct usb_port_status *ps)
{
	struct ehci_softc *sc = ehci_sc(ub);
	uint32_t v = portsc(ub, port);

	ps->status = ps->change = 0;
	if (v == 0xffffffff)
		return (ENXIO);
	if ((v & EHCI_PS_CONNECT) != 0 && (v & EHCI_PS_OWNER) == 0)
		ps->status |= UPS_CONNECTED | UPS_HIGH_SPEED;
	if ((v & EHCI_PS_ENABLE) != 0)
		ps->status |= UPS_ENABLED;
	if ((v & EHCI_PS_OVERCURRENT) != 0)
		ps->status |= UPS_OVERCURRENT;
	if ((v & EHCI_PS_RESET) != 0)
		ps->status |= UPS_RESET;
	if ((v & EHCI_PS_POWER) != 0)
		ps->status |= UPS_POWER;
	if ((v & EHCI_PS_CONNECT_CHG) != 0)
		ps->change |= UPS_CONNECTED;
	if ((v & EHCI_PS_ENABLE_CHG) != 0)
		ps->change |= UPS_ENABLED;
	if ((v & EHCI_PS_OVER_CHG) != 0)
		ps->change |= UPS_OVERCURRENT;
	if (sc->sc_was_reset[port])
		ps->change |= UPS_RESET;
	return (0);
}

static bool
to_companion(struct usb_bus *ub, int port)
{
	if (EHCI_HCS_COMPANIONS(ehci_sc(ub)->sc_hcs) == 0)
		return (false);
	portsc_write(ub, port, 0, EHCI_PS_OWNER);
	return (true);
}

static void
reset_port(struct usb_bus *ub, int port)
{
	struct ehci_softc *sc = ehci_sc(ub);
	uint32_t v = portsc(ub, port);
	int ms;

	sc->sc_was_reset[port] = true;
	if (EHCI_PS_LINE(v) == EHCI_PS_LINE_K && to_companion(ub, port))
		return;
	portsc_write(ub, port, EHCI_PS_ENABLE, EHCI_PS_RESET);
	usb_wait_ms(PORT_RESET_MS);
	portsc_write(ub, port, EHCI_PS_RESET, 0);
	for (ms = 0; ms < PORT_END_MS && (portsc(ub, port) &
	    EHCI_PS_RESET) != 0; ms++)
		DELAY(1000);
	v = portsc(ub, port);
	if ((v & (EHCI_PS_CONNECT | EHCI_PS_ENABLE)) == EHCI_PS_CONNECT)
		to_companion(ub, port);
}

static int
ehci_port_set(struct usb_bus *ub, int port, int feature)
{
	switch (feature) {
	case UPF_RESET:
		reset_port(ub, port);
		return (0);
	case UPF_POWER:
		if ((ehci_sc(ub)->sc_hcs & EHCI_HCS_POWER) != 0)
			portsc_write(ub, port, 0, EHCI_PS_POWER);
		return (0);
	default:
		return (EINVAL);
	}
}

static int
ehci_port_clear(struct usb_bus *ub, int port, int feature)
{
	switch (feature - UPF_C_CONNECTION) {
	case 0:
		portsc_write(ub, port, 0, EHCI_PS_CONNECT_CHG);
		break;
	case 1:
		portsc_write(ub, port, 0, EHCI_PS_ENABLE_CHG);
		break;
	case 3:
		portsc_write(ub, port, 0, EHCI_PS_OVER_CHG);
		break;
	case 4:
		ehci_sc(ub)->sc_was_reset[port] = false;
		break;
	}
	return (0);
}

static const struct usb_hc_methods ehci_methods = {
	.port_status = ehci_port_status,
	.port_set = ehci_port_set,
	.port_clear = ehci_port_clear,
	.device_start = ehci_device_start,
	.device_maxpacket = ehci_device_maxpacket,
	.device_is_hub = ehci_device_is_hub,
	.device_stop = ehci_device_stop,
	.endpoint_open = ehci_endpoint_open,
	.endpoint_reset = ehci_endpoint_reset,
	.submit = ehci_submit,
	.abort = ehci_abort,
};

/* --- attaching --- */

/* The firmware gives the controller up, and its interrupts (2.1.7). */
static void
handoff(struct ehci_softc *sc)
{
	device_t dev = sc->sc_dev;
	int off = EHCI_HCC_EECP(bus_read_4(sc->sc_pci.up_regs, EHCI_HCCPARAMS));
	uint32_t v;
	int ms;

	while (off >= 0x40) {
		v = pci_read_config(dev, off, 4);
		if (EHCI_EECP_ID(v) == EHCI_EECP_LEGACY) {
			pci_write_config(dev, off, v | EHCI_LEGACY_OS, 4);
			for (ms = 0; ms < HANDOFF_MS &&
			    (pci_read_config(dev, off, 4) &
			    EHCI_LEGACY_BIOS) != 0; ms++)
				DELAY(1000);
			if (ms == HANDOFF_MS)
				pci_write_config(dev, off, (v |
				    EHCI_LEGACY_OS) & ~EHCI_LEGACY_BIOS, 4);
			pci_write_config(dev, off + EHCI_LEGACY_CTL, 0, 4);
		}
		off = EHCI_EECP_NEXT(v);
	}
}

static int
reset(struct ehci_softc *sc)
{
	int error;

	ehci_write(sc, EHCI_USBINTR, 0);
	ehci_write(sc, EHCI_USBCMD, 0);
	error = usb_pci_wait(&sc->sc_pci, sc->sc_oper + EHCI_USBSTS,
	    EHCI_STS_HALTED, EHCI_STS_HALTED, HALT_MS);
	if (error != 0)
		return (error);
	ehci_write(sc, EHCI_USBCMD, EHCI_CMD_RESET);
	return (usb_pci_wait(&sc->sc_pci, sc->sc_oper + EHCI_USBCMD,
	    EHCI_CMD_RESET, 0, RESET_MS));
}

static void
release(struct ehci_softc *sc)
{
	if (sc->sc_oper != 0) {
		ehci_write(sc, EHCI_CONFIGFLAG, 0);
		reset(sc);
	}
	usb_pci_teardown(&sc->sc_pci);
	ehci_schedules_free(sc);
	if (sc->sc_bus.ub_tag != NULL)
		bus_dma_tag_destroy(sc->sc_bus.ub_tag);
	if (sc->sc_was_reset != NULL)
		kfree(sc->sc_was_reset, M_EHCIHC);
	usb_pci_release(&sc->sc_pci);
}

static int
alloc_resources(struct ehci_softc *sc)
{
	device_t dev = sc->sc_dev;
	int error;

	error = usb_pci_map(&sc->sc_pci, dev);
	if (error != 0)
		return (error);
	handoff(sc);
	sc->sc_oper = bus_read_4(sc->sc_pci.up_regs, EHCI_CAPLENGTH) & 0xff;
	sc->sc_hcs = bus_read_4(sc->sc_pci.up_regs, EHCI_HCSPARAMS);
	sc->sc_ac64 = (bus_read_4(sc->sc_pci.up_regs, EHCI_HCCPARAMS) &
	    EHCI_HCC_AC64) != 0;
	sc->sc_bus.ub_nports = EHCI_HCS_PORTS(sc->sc_hcs);
	sc->sc_was_reset = kmalloc((sc->sc_bus.ub_nports + 1) *
	    sizeof(*sc->sc_was_reset), M_EHCIHC, M_WAITOK | M_ZERO);
	if (reset(sc) != 0) {
		device_printf(dev, "the controller does not reset\n");
		return (EIO);
	}
	error = usb_pci_irq(&sc->sc_pci, msi_enable);
	if (error != 0)
		return (error);
	return (bus_dma_tag_create(bus_get_dma_tag(dev), 1, 0,
	    sc->sc_ac64 ? BUS_SPACE_MAXADDR : BUS_SPACE_MAXADDR_32BIT,
	    BUS_SPACE_MAXADDR, MAXPHYS, USB_MAX_SEGS, MAXPHYS, 0,
	    &sc->sc_bus.ub_tag));
}

static void
run(struct ehci_softc *sc)
{
	if (sc->sc_ac64)
		ehci_write(sc, EHCI_CTRLDSSEGMENT, 0);
	ehci_write(sc, EHCI_PERIODICLIST, sc->sc_frames.dmem_busaddr);
	ehci_write(sc, EHCI_ASYNCLIST, sc->sc_head->h_pa);
	ehci_write(sc, EHCI_USBINTR, EHCI_STS_WANTED);
	ehci_write(sc, EHCI_USBCMD, EHCI_CMD_RUN | EHCI_CMD_ASYNC |
	    EHCI_CMD_PERIODIC | EHCI_CMD_ITC(1));
	/* From now on the ports are ours, not the companions'. */
	ehci_write(sc, EHCI_CONFIGFLAG, 1);
}

static int
ehci_attach(device_t dev)
{
	struct ehci_softc *sc = device_get_softc(dev);
	int error;

	sc->sc_dev = dev;
	sc->sc_bus.ub_hc = &ehci_methods;
	sc->sc_bus.ub_softc = sc;
	TAILQ_INIT(&sc->sc_eps);
	TAILQ_INIT(&sc->sc_leaving);
	TAILQ_INIT(&sc->sc_next);
	error = alloc_resources(sc);
	if (error == 0)
		error = ehci_schedules_init(sc);
	if (error == 0) {
		usb_bus_init(&sc->sc_bus);
		error = usb_pci_intr(&sc->sc_pci, ehci_intr, sc);
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
ehci_detach(device_t dev)
{
	struct ehci_softc *sc = device_get_softc(dev);

	usb_bus_detach(&sc->sc_bus);
	release(sc);
	return (0);
}

/* The firmware gets a quiet controller. */
static int
ehci_shutdown(device_t dev)
{
	struct ehci_softc *sc = device_get_softc(dev);

	ehci_write(sc, EHCI_CONFIGFLAG, 0);
	reset(sc);
	return (0);
}

static driver_t ehci_driver = {
	.name = "ehci",
	.size = sizeof(struct ehci_softc),
	.probe = ehci_probe,
	.attach = ehci_attach,
	.detach = ehci_detach,
	.shutdown = ehci_shutdown,
};

DRIVER_MODULE(ehci, pci, ehci_driver, ehci_devclass, NULL, NULL);
MODULE_VERSION(ehci, 1);
