/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the USB host controllers on PCI have in common: registers in one BAR,
 * one interrupt.  All fields are immutable after attach.
 */
#ifndef _BUS_USB_PCI_H_
#define _BUS_USB_PCI_H_

#include <sys/bus.h>
#include <sys/rman.h>

struct usb_pci {
	device_t	up_dev;
	struct resource	*up_regs;
	struct resource	*up_irq;
	int		up_irq_rid;
	int		up_irq_type;
	void		*up_intr;
};

/* Is it a USB controller with this programming interface? */
bool	usb_pci_is(device_t dev, int progif);
/* Map the registers and let the device use the bus; an errno, said. */
int	usb_pci_map(struct usb_pci *up, device_t dev);
/* Prepare the interrupt; an errno, said. */
int	usb_pci_irq(struct usb_pci *up, int msi_enable);
int	usb_pci_intr(struct usb_pci *up, driver_intr_t *handler, void *arg);
/* No interrupt comes any more; then the rest goes. */
void	usb_pci_teardown(struct usb_pci *up);
void	usb_pci_release(struct usb_pci *up);
/* Spin until the bits of a register are as wanted; ETIMEDOUT. */
int	usb_pci_wait(struct usb_pci *up, int reg, uint32_t mask,
	    uint32_t want, int ms);

#endif /* !_BUS_USB_PCI_H_ */
