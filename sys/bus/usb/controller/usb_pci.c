/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * USB: the PCI side of host controllers.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/errno.h>
#include <machine/clock.h>
#include <bus/pci/pcivar.h>

#include "usb_pci.h"

#define REGS_BAR	PCIR_BAR(0)

bool
usb_pci_is(device_t dev, int progif)
{
	return (pci_get_class(dev) == PCIC_SERIALBUS &&
	    pci_get_subclass(dev) == PCIS_SERIALBUS_USB &&
	    pci_get_progif(dev) == progif);
}

int
usb_pci_map(struct usb_pci *up, device_t dev)
{
	int rid = REGS_BAR;

	up->up_dev = dev;
	up->up_regs = bus_alloc_resource_any(dev, SYS_RES_MEMORY, &rid,
	    RF_ACTIVE);
	if (up->up_regs == NULL) {
		device_printf(dev, "cannot map the registers\n");
		return (ENXIO);
	}
	pci_enable_busmaster(dev);
	return (0);
}

int
usb_pci_irq(struct usb_pci *up, int msi_enable)
{
	u_int flags;

	up->up_irq_type = pci_alloc_1intr(up->up_dev, msi_enable,
	    &up->up_irq_rid, &flags);
	up->up_irq = bus_alloc_resource_any(up->up_dev, SYS_RES_IRQ,
	    &up->up_irq_rid, flags);
	if (up->up_irq == NULL) {
		device_printf(up->up_dev, "no interrupt\n");
		return (ENXIO);
	}
	return (0);
}

int
usb_pci_intr(struct usb_pci *up, driver_intr_t *handler, void *arg)
{
	return (bus_setup_intr(up->up_dev, up->up_irq, INTR_MPSAFE, handler,
	    arg, &up->up_intr, NULL));
}

void
usb_pci_teardown(struct usb_pci *up)
{
	if (up->up_intr != NULL)
		bus_teardown_intr(up->up_dev, up->up_irq, up->up_intr);
	up->up_intr = NULL;
}

void
usb_pci_release(struct usb_pci *up)
{
	usb_pci_teardown(up);
	if (up->up_irq != NULL)
		bus_release_resource(up->up_dev, SYS_RES_IRQ, up->up_irq_rid,
		    up->up_irq);
	if (up->up_irq_type == PCI_INTR_TYPE_MSI)
		pci_release_msi(up->up_dev);
	if (up->up_regs != NULL)
		bus_release_resource(up->up_dev, SYS_RES_MEMORY, REGS_BAR,
		    up->up_regs);
}

int
usb_pci_wait(struct usb_pci *up, int reg, uint32_t mask, uint32_t want,
    int ms)
{
	for (; ms > 0; ms--) {
		if ((bus_read_4(up->up_regs, reg) & mask) == want)
			return (0);
		DELAY(1000);
	}
	return (ETIMEDOUT);
}
