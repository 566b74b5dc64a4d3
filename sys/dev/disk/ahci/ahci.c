/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ahci: attaching controllers; interrupts.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/bus.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/module.h>
#include <bus/pci/pcivar.h>

#include "ahci.h"

#define AHCI_BAR	PCIR_BAR(5)
#define RESET_MS	1000
#define LINK_MS		100

static devclass_t ahci_devclass;

static int msi_enable = 1;
TUNABLE_INT("hw.ahci.msi.enable", &msi_enable);

static int
ahci_probe(device_t dev)
{
	if (pci_get_class(dev) != PCIC_STORAGE ||
	    pci_get_subclass(dev) != PCIS_STORAGE_SATA ||
	    pci_get_progif(dev) != PCIP_STORAGE_SATA_AHCI)
		return (ENXIO);
	device_set_desc(dev, "AHCI SATA controller");
	return (BUS_PROBE_DEFAULT);
}

static void
ahci_intr(void *arg)
{
	struct ahci_softc *sc = arg;
	uint32_t is, left;
	int i;

	is = ahci_read(sc, AHCI_IS) & sc->sc_pi;
	if (is == 0)
		return;
	/* Ports first, then the summary: 10.7.2.1. */
	for (left = is; left != 0; left &= left - 1) {
		i = ffs(left) - 1;
		if (sc->sc_port[i] != NULL)
			ahci_port_intr(sc->sc_port[i]);
		else
			ahci_write(sc, AHCI_PORT(i) + AHCI_PxIS, ~0U);
	}
	ahci_write(sc, AHCI_IS, is);
}

static int
reset(struct ahci_softc *sc)
{
	uint32_t pi;
	int ms;

	ahci_write(sc, AHCI_GHC, AHCI_GHC_AE);
	sc->sc_cap = ahci_read(sc, AHCI_CAP);
	pi = ahci_read(sc, AHCI_PI);
	ahci_write(sc, AHCI_GHC, AHCI_GHC_AE | AHCI_GHC_HR);
	for (ms = 0; (ahci_read(sc, AHCI_GHC) & AHCI_GHC_HR) != 0; ms++) {
		if (ms == RESET_MS)
			return (EIO);
		ahci_wait_ms(1);
	}
	ahci_write(sc, AHCI_GHC, AHCI_GHC_AE);
	/* The firmware's word on ports is lost by the reset on some. */
	sc->sc_pi = ahci_read(sc, AHCI_PI);
	if (sc->sc_pi == 0) {
		ahci_write(sc, AHCI_PI, pi);
		sc->sc_pi = pi;
	}
	sc->sc_nslots = AHCI_CAP_NCS(sc->sc_cap) + 1;
	return (0);
}

static int
alloc_resources(struct ahci_softc *sc)
{
	device_t dev = sc->sc_dev;
	int rid = AHCI_BAR;
	u_int flags;

	sc->sc_regs = bus_alloc_resource_any(dev, SYS_RES_MEMORY, &rid,
	    RF_ACTIVE);
	if (sc->sc_regs == NULL) {
		device_printf(dev, "cannot map the registers\n");
		return (ENXIO);
	}
	pci_enable_busmaster(dev);
	if (reset(sc) != 0) {
		device_printf(dev, "the controller does not reset\n");
		return (EIO);
	}
	sc->sc_irq_type = pci_alloc_1intr(dev, msi_enable, &sc->sc_irq_rid,
	    &flags);
	sc->sc_irq = bus_alloc_resource_any(dev, SYS_RES_IRQ,
	    &sc->sc_irq_rid, flags);
	if (sc->sc_irq == NULL) {
		device_printf(dev, "no interrupt\n");
		return (ENXIO);
	}
	return (bus_dma_tag_create(bus_get_dma_tag(dev), 2, 0,
	    (sc->sc_cap & AHCI_CAP_S64A) != 0 ? BUS_SPACE_MAXADDR :
	    BUS_SPACE_MAXADDR_32BIT, BUS_SPACE_MAXADDR, MAXPHYS, AHCI_NSEGS,
	    AHCI_PRD_MAX, 0, &sc->sc_tag));
}

static void
release(struct ahci_softc *sc)
{
	device_t dev = sc->sc_dev;
	int i;

	if (sc->sc_regs != NULL)
		ahci_write(sc, AHCI_GHC, AHCI_GHC_AE);
	if (sc->sc_intr != NULL)
		bus_teardown_intr(dev, sc->sc_irq, sc->sc_intr);
	for (i = 0; i < AHCI_PORTS_MAX; i++) {
		if (sc->sc_port[i] != NULL)
			ahci_port_free(sc->sc_port[i]);
	}
	if (sc->sc_irq != NULL)
		bus_release_resource(dev, SYS_RES_IRQ, sc->sc_irq_rid,
		    sc->sc_irq);
	if (sc->sc_irq_type == PCI_INTR_TYPE_MSI)
		pci_release_msi(dev);
	if (sc->sc_tag != NULL)
		bus_dma_tag_destroy(sc->sc_tag);
	if (sc->sc_regs != NULL)
		bus_release_resource(dev, SYS_RES_MEMORY, AHCI_BAR,
		    sc->sc_regs);
}

/* Let all links come up at once; then see what has come. */
static void
find_units(struct ahci_softc *sc)
{
	struct ahci_port *ap;
	int i, ms, missing;

	for (ms = 0; ms < LINK_MS; ms += 10) {
		missing = 0;
		for (i = 0; i < AHCI_PORTS_MAX; i++) {
			ap = sc->sc_port[i];
			if (ap != NULL && !ahci_port_linked(ap))
				missing++;
		}
		if (missing == 0)
			break;
		ahci_wait_ms(10);
	}
	for (i = 0; i < AHCI_PORTS_MAX; i++) {
		ap = sc->sc_port[i];
		if (ap == NULL || !ahci_port_linked(ap) ||
		    ahci_port_identify_link(ap) != 0)
			continue;
		if (ap->ap_sig == AHCI_SIG_ATA)
			ahci_disk_attach(ap);
		else if (ap->ap_sig == AHCI_SIG_ATAPI)
			ahci_cd_attach(ap);
		else if (bootverbose)
			device_printf(sc->sc_dev, "port %d: unknown device, "
			    "signature 0x%08x\n", i, ap->ap_sig);
	}
}

static int
ahci_attach(device_t dev)
{
	struct ahci_softc *sc = device_get_softc(dev);
	int i, error;

	sc->sc_dev = dev;
	error = alloc_resources(sc);
	for (i = 0; i < AHCI_PORTS_MAX && error == 0; i++) {
		if ((sc->sc_pi & 1U << i) != 0)
			error = ahci_port_init(sc, i);
	}
	if (error == 0)
		error = bus_setup_intr(dev, sc->sc_irq, INTR_MPSAFE,
		    ahci_intr, sc, &sc->sc_intr, NULL);
	if (error != 0) {
		release(sc);
		return (error);
	}
	ahci_write(sc, AHCI_IS, ~0U);
	ahci_write(sc, AHCI_GHC, AHCI_GHC_AE | AHCI_GHC_IE);
	find_units(sc);
	return (0);
}

static int
ahci_detach(device_t dev)
{
	release(device_get_softc(dev));
	return (0);
}

static driver_t ahci_driver = {
	.name = "ahci",
	.size = sizeof(struct ahci_softc),
	.probe = ahci_probe,
	.attach = ahci_attach,
	.detach = ahci_detach,
};

DRIVER_MODULE(ahci, pci, ahci_driver, ahci_devclass, NULL, NULL);
MODULE_VERSION(ahci, 1);
