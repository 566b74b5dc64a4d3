/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * PCI bridges.
 *
 * Host bridges are not found on any bus: bus 0 has one, and so has every
 * other bus that answers although no bridge leads to it (machines with
 * several sockets).  PCI-to-PCI bridges are PCI devices; the firmware has
 * numbered their buses and opened their windows.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/bus.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/module.h>

#include "pcivar.h"

static devclass_t pcib_devclass;

/* What leads to a bus; written while buses are found, at boot. */
static struct {
	bool		reached;
	bool		bridged;
	uint8_t		parent, slot;
} buses[PCI_BUSMAX + 1];

bool
pci_bridge_of(int bus, int *parent, int *slot)
{
	if (!buses[bus].bridged)
		return (false);
	*parent = buses[bus].parent;
	*slot = buses[bus].slot;
	return (true);
}

static void
add_bus(device_t dev, int bus)
{
	device_t child;

	buses[bus].reached = true;
	child = device_add_child(dev, "pci", -1);
	if (child != NULL)
		device_set_ivars(child, (void *)(intptr_t)bus);
}

static bool
bus_answers(int bus)
{
	int slot;

	for (slot = 0; slot <= PCI_SLOTMAX; slot++) {
		if ((pci_cfgread(bus, slot, 0, PCIR_VENDOR, 4) & 0xffff) !=
		    0xffff)
			return (true);
	}
	return (false);
}

static void
host_identify(driver_t *driver, device_t nexus)
{
	device_t dev;

	if (device_find_child(nexus, "pcib", -1) != NULL)
		return;
	pci_cfg_init();
	pci_cfg_maxreg(0);
	if (!bus_answers(0))
		return;
	dev = device_add_child(nexus, "pcib", 0);
	device_set_ivars(dev, (void *)(intptr_t)0);
}

static int
host_probe(device_t dev)
{
	device_set_desc(dev, "PCI host bridge");
	return (0);
}

/* When bus 0 has been walked, what no bridge claimed has another root. */
static int
host_attach(device_t dev)
{
	device_t nexus = device_get_parent(dev), peer;
	int bus = (intptr_t)device_get_ivars(dev);

	add_bus(dev, bus);
	bus_generic_attach(dev);
	if (bus != 0)
		return (0);
	for (bus = 1; bus <= PCI_BUSMAX; bus++) {
		if (buses[bus].reached || !bus_answers(bus))
			continue;
		peer = device_add_child(nexus, "pcib", -1);
		device_set_ivars(peer, (void *)(intptr_t)bus);
		device_probe_and_attach(peer);
	}
	return (0);
}

static driver_t host_driver = {
	.name = "pcib",
	.size = 1,
	.identify = host_identify,
	.probe = host_probe,
	.attach = host_attach,
	.detach = bus_generic_detach,
};

DRIVER_MODULE(pcib, nexus, host_driver, pcib_devclass, NULL, NULL);

static int
bridge_probe(device_t dev)
{
	if (pci_get_class(dev) != PCIC_BRIDGE ||
	    pci_get_subclass(dev) != PCIS_BRIDGE_PCI)
		return (ENXIO);
	device_set_desc(dev, "PCI-PCI bridge");
	return (BUS_PROBE_GENERIC);
}

static int
bridge_attach(device_t dev)
{
	int bus = pci_read_config(dev, PCIR_SECBUS_1, 1);

	/* Zero: never numbered.  Reached already: the numbers are wrong. */
	if (bus == 0 || buses[bus].reached) {
		if (bootverbose)
			device_printf(dev, "no usable secondary bus\n");
		return (0);
	}
	pci_enable_busmaster(dev);
	pci_enable_io(dev, SYS_RES_MEMORY);
	pci_enable_io(dev, SYS_RES_IOPORT);
	buses[bus].bridged = true;
	buses[bus].parent = pci_get_bus(dev);
	buses[bus].slot = pci_get_slot(dev);
	add_bus(dev, bus);
	return (bus_generic_attach(dev));
}

static driver_t bridge_driver = {
	.name = "pcib",
	.size = 1,
	.probe = bridge_probe,
	.attach = bridge_attach,
	.detach = bus_generic_detach,
};

DRIVER_MODULE(pcib_pci, pci, bridge_driver, pcib_devclass, NULL, NULL);
