/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The PCI bus: finds the functions of a bus, reads what they are, and gives
 * their drivers registers and interrupts.
 *
 * Addresses are the firmware's; a BAR it left empty cannot be allocated.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/bus.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/module.h>
#include <machine/intr_machdep.h>

#include "pcivar.h"

#define PCI_CAPS_MAX	48		/* as many as fit: a loop guard */

int (*pci_route_intx)(int bus, int slot, int pin);

static devclass_t pci_devclass;

static MALLOC_DEFINE(M_PCI, "pci", "PCI devices");

static uint32_t
cfg_read(struct pci_devinfo *di, int reg, int width)
{
	return (pci_cfgread(di->bus, di->slot, di->func, reg, width));
}

static void
cfg_write(struct pci_devinfo *di, int reg, uint32_t v, int width)
{
	pci_cfgwrite(di->bus, di->slot, di->func, reg, v, width);
}

uint32_t
pci_read_config(device_t dev, int reg, int width)
{
	return (cfg_read(device_get_ivars(dev), reg, width));
}

void
pci_write_config(device_t dev, int reg, uint32_t val, int width)
{
	cfg_write(device_get_ivars(dev), reg, val, width);
}

int
pci_find_cap_at(struct pci_devinfo *di, int capability, int after)
{
	int at, n;

	if ((cfg_read(di, PCIR_STATUS, 2) & PCIM_STATUS_CAPPRESENT) == 0)
		return (0);
	at = after == 0 ? cfg_read(di, PCIR_CAP_PTR, 1) :
	    cfg_read(di, after + PCICAP_NEXTPTR, 1);
	for (n = 0; at >= 0x40 && n < PCI_CAPS_MAX; n++) {
		at &= ~3;
		if ((int)cfg_read(di, at + PCICAP_ID, 1) == capability)
			return (at);
		at = cfg_read(di, at + PCICAP_NEXTPTR, 1);
	}
	return (0);
}

int
pci_find_extcap(device_t dev, int capability, int *capreg)
{
	*capreg = pci_find_cap_at(device_get_ivars(dev), capability, 0);
	return (*capreg != 0 ? 0 : ENOENT);
}

int
pci_find_next_cap(device_t dev, int capability, int *capreg)
{
	*capreg = pci_find_cap_at(device_get_ivars(dev), capability, *capreg);
	return (*capreg != 0 ? 0 : ENOENT);
}

static void
set_command(struct pci_devinfo *di, uint16_t set, uint16_t clear)
{
	uint16_t cmd = cfg_read(di, PCIR_COMMAND, 2);

	cfg_write(di, PCIR_COMMAND, (cmd & ~clear) | set, 2);
}

int
pci_enable_busmaster(device_t dev)
{
	set_command(device_get_ivars(dev), PCIM_CMD_BUSMASTEREN, 0);
	return (0);
}

int
pci_disable_busmaster(device_t dev)
{
	set_command(device_get_ivars(dev), 0, PCIM_CMD_BUSMASTEREN);
	return (0);
}

int
pci_enable_io(device_t dev, int type)
{
	set_command(device_get_ivars(dev), type == SYS_RES_IOPORT ?
	    PCIM_CMD_PORTEN : PCIM_CMD_MEMEN, 0);
	return (0);
}

/* --- finding devices --- */

/*
 * The size of a BAR is what bits of it can be set.  Decoding is off while we
 * try.  Returns the number of registers it takes.
 */
static int
read_bar(struct pci_devinfo *di, int n)
{
	struct pci_bar *b = &di->bar[n];
	int reg = PCIR_BAR(n), regs = 1;
	uint64_t base, size;
	uint32_t old = cfg_read(di, reg, 4), high = 0;

	cfg_write(di, reg, ~0U, 4);
	size = cfg_read(di, reg, 4);
	cfg_write(di, reg, old, 4);
	if ((uint32_t)size == 0)
		return (regs);
	b->b_reg = reg;
	if ((old & PCIM_BAR_IO) != 0) {
		b->b_type = SYS_RES_IOPORT;
		b->b_base = old & PCIM_BAR_IO_BASE;
		/* The upper half of a port BAR may be wired to zero. */
		size = (size & PCIM_BAR_IO_BASE) | 0xffffffffffff0000UL;
		b->b_size = -size;
		return (regs);
	}
	b->b_type = SYS_RES_MEMORY;
	b->b_prefetch = (old & PCIM_BAR_MEM_PREFETCH) != 0;
	base = old & PCIM_BAR_MEM_BASE;
	size = (size & PCIM_BAR_MEM_BASE) | 0xffffffff00000000UL;
	if ((old & PCIM_BAR_MEM_TYPE) == PCIM_BAR_MEM_64 &&
	    n + 1 < PCI_BARS_NORMAL) {
		high = cfg_read(di, reg + 4, 4);
		cfg_write(di, reg + 4, ~0U, 4);
		size = (size & 0xffffffff) |
		    (uint64_t)cfg_read(di, reg + 4, 4) << 32;
		cfg_write(di, reg + 4, high, 4);
		base |= (uint64_t)high << 32;
		regs = 2;
	}
	b->b_base = base;
	b->b_size = -size;
	return (regs);
}

static void
read_bars(struct pci_devinfo *di)
{
	uint16_t cmd = cfg_read(di, PCIR_COMMAND, 2);
	int n, count;

	count = di->hdrtype == PCIM_HDRTYPE_NORMAL ? PCI_BARS_NORMAL :
	    di->hdrtype == PCIM_HDRTYPE_BRIDGE ? PCI_BARS_BRIDGE : 0;
	/* Host bridges may cut off memory when decoding stops: leave them. */
	if (di->class == PCIC_BRIDGE)
		return;
	cfg_write(di, PCIR_COMMAND,
	    cmd & ~(PCIM_CMD_PORTEN | PCIM_CMD_MEMEN), 2);
	for (n = 0; n < count; )
		n += read_bar(di, n);
	cfg_write(di, PCIR_COMMAND, cmd, 2);
}

static struct pci_devinfo *
read_device(int bus, int slot, int func)
{
	struct pci_devinfo *di;

	di = kmalloc(sizeof(*di), M_PCI, M_WAITOK | M_ZERO);
	di->bus = bus;
	di->slot = slot;
	di->func = func;
	di->vendor = cfg_read(di, PCIR_VENDOR, 2);
	di->device = cfg_read(di, PCIR_DEVICE, 2);
	di->class = cfg_read(di, PCIR_CLASS, 1);
	di->subclass = cfg_read(di, PCIR_SUBCLASS, 1);
	di->progif = cfg_read(di, PCIR_PROGIF, 1);
	di->revid = cfg_read(di, PCIR_REVID, 1);
	di->hdrtype = cfg_read(di, PCIR_HDRTYPE, 1) & PCIM_HDRTYPE;
	di->intpin = cfg_read(di, PCIR_INTPIN, 1);
	di->intline = cfg_read(di, PCIR_INTLINE, 1);
	if (di->hdrtype == PCIM_HDRTYPE_NORMAL) {
		di->subvendor = cfg_read(di, PCIR_SUBVEND_0, 2);
		di->subdevice = cfg_read(di, PCIR_SUBDEV_0, 2);
	}
	read_bars(di);
	pci_probe_msi(di);
	return (di);
}

static void
scan_slot(device_t dev, int bus, int slot)
{
	device_t child;
	int func, last = 0;

	for (func = 0; func <= last; func++) {
		if (pci_cfgread(bus, slot, func, PCIR_VENDOR, 2) == 0xffff)
			continue;
		if (func == 0 && (pci_cfgread(bus, slot, func, PCIR_HDRTYPE,
		    1) & PCIM_MFDEV) != 0)
			last = PCI_FUNCMAX;
		child = device_add_child(dev, NULL, -1);
		device_set_ivars(child, read_device(bus, slot, func));
	}
}

static int
pci_probe(device_t dev)
{
	device_set_desc(dev, "PCI bus");
	return (0);
}

/* The bridge above has put our bus number into the instance variables. */
static int
pci_attach(device_t dev)
{
	int bus = (intptr_t)device_get_ivars(dev), slot;

	pci_cfg_maxreg(bus);
	for (slot = 0; slot <= PCI_SLOTMAX; slot++)
		scan_slot(dev, bus, slot);
	return (bus_generic_attach(dev));
}

static int
pci_print_child(device_t dev, device_t child)
{
	struct pci_devinfo *di = device_get_ivars(child);
	int n;

	n = bus_print_child_header(dev, child);
	n += kprintf(" at device %d.%d", di->slot, di->func);
	n += bus_print_child_footer(dev, child);
	return (n);
}

static void
pci_probe_nomatch(device_t dev, device_t child)
{
	struct pci_devinfo *di = device_get_ivars(child);

	if (bootverbose)
		device_printf(dev, "no driver for device %d.%d: vendor "
		    "0x%04x device 0x%04x class %02x%02x%02x\n", di->slot,
		    di->func, di->vendor, di->device, di->class,
		    di->subclass, di->progif);
}

static int
pci_read_ivar(device_t dev, device_t child, int which, uintptr_t *value)
{
	struct pci_devinfo *di = device_get_ivars(child);

	switch (which) {
	case PCI_IVAR_VENDOR:
		*value = di->vendor;
		break;
	case PCI_IVAR_DEVICE:
		*value = di->device;
		break;
	case PCI_IVAR_SUBVENDOR:
		*value = di->subvendor;
		break;
	case PCI_IVAR_SUBDEVICE:
		*value = di->subdevice;
		break;
	case PCI_IVAR_DEVID:
		*value = (uint32_t)di->device << 16 | di->vendor;
		break;
	case PCI_IVAR_CLASS:
		*value = di->class;
		break;
	case PCI_IVAR_SUBCLASS:
		*value = di->subclass;
		break;
	case PCI_IVAR_PROGIF:
		*value = di->progif;
		break;
	case PCI_IVAR_REVID:
		*value = di->revid;
		break;
	case PCI_IVAR_INTPIN:
		*value = di->intpin;
		break;
	case PCI_IVAR_IRQ:
		*value = di->intline;
		break;
	case PCI_IVAR_DOMAIN:
		*value = 0;
		break;
	case PCI_IVAR_BUS:
		*value = di->bus;
		break;
	case PCI_IVAR_SLOT:
		*value = di->slot;
		break;
	case PCI_IVAR_FUNCTION:
		*value = di->func;
		break;
	default:
		return (ENOENT);
	}
	return (0);
}

/* --- resources --- */

/* The line of the device's pin, as the platform numbers interrupts. */
static int
route_interrupt(struct pci_devinfo *di)
{
	int irq = -1;

	if (di->intpin < 1 || di->intpin > 4)
		return (-1);
	if (pci_route_intx != NULL)
		irq = pci_route_intx(di->bus, di->slot, di->intpin);
	if (irq < 0 && di->intline != 0 && di->intline != PCI_INVALID_IRQ &&
	    di->intline < 16) {
		irq = machintr_isa_irq(di->intline);
		if (irq >= 0)
			machintr_intr_config(irq, INTR_TRIGGER_LEVEL,
			    INTR_POLARITY_LOW);
	}
	return (irq);
}

static struct resource *
alloc_irq(device_t dev, device_t child, int *rid, u_int flags)
{
	struct pci_devinfo *di = device_get_ivars(child);
	int irq;

	if (*rid > 0)
		return (pci_msi_resource(child, di, *rid, flags));
	if (*rid < 0 || di->intx != NULL)
		return (NULL);
	irq = route_interrupt(di);
	if (irq < 0)
		return (NULL);
	set_command(di, 0, PCIM_CMD_INTXDIS);
	di->intx = bus_alloc_resource_above(dev, child, SYS_RES_IRQ, rid, irq,
	    irq, 1, flags | RF_SHAREABLE, machintr_legacy_intr_cpuid(irq));
	return (di->intx);
}

static struct pci_bar *
find_bar(struct pci_devinfo *di, int type, int rid)
{
	int i;

	for (i = 0; i < PCI_BARS_NORMAL; i++) {
		if (di->bar[i].b_reg == rid && di->bar[i].b_type == type &&
		    di->bar[i].b_size != 0)
			return (&di->bar[i]);
	}
	return (NULL);
}

static struct resource *
pci_alloc_resource(device_t dev, device_t child, int type, int *rid,
    u_long start, u_long end, u_long count, u_int flags, int cpuid)
{
	struct pci_devinfo *di = device_get_ivars(child);
	struct pci_bar *b;

	/* Devices below ours ask for themselves: not our business. */
	if (device_get_parent(child) != dev)
		return (bus_alloc_resource_above(dev, child, type, rid, start,
		    end, count, flags, cpuid));
	if (type == SYS_RES_IRQ)
		return (alloc_irq(dev, child, rid, flags));
	b = find_bar(di, type, *rid);
	if (b == NULL || b->b_res != NULL)
		return (NULL);
	if (b->b_base == 0) {
		device_printf(child, "the firmware assigned no address to "
		    "BAR 0x%x\n", *rid);
		return (NULL);
	}
	pci_enable_io(child, type);
	b->b_res = bus_alloc_resource_above(dev, child, type, rid, b->b_base,
	    b->b_base + b->b_size - 1, b->b_size, flags, cpuid);
	return (b->b_res);
}

static int
pci_release_resource(device_t dev, device_t child, int type, int rid,
    struct resource *r)
{
	struct pci_devinfo *di = device_get_ivars(child);
	struct pci_bar *b;

	if (device_get_parent(child) == dev) {
		if (type == SYS_RES_IRQ && rid > 0)
			return (pci_msi_release(di, r) ? 0 : EINVAL);
		if (type == SYS_RES_IRQ)
			di->intx = NULL;
		b = find_bar(di, type, rid);
		if (b != NULL)
			b->b_res = NULL;
	}
	return (rman_release_resource(r));
}

static int
pci_setup_intr(device_t dev, device_t child, struct resource *r, int flags,
    driver_intr_t *handler, void *arg, void **cookiep,
    struct lwkt_serialize *serializer, const char *desc)
{
	struct pci_devinfo *di = device_get_ivars(child);
	int error;

	error = bus_setup_intr_descr(dev, r, flags, handler, arg, cookiep,
	    serializer, desc);
	if (error != 0 || device_get_parent(child) != dev)
		return (error);
	if (rman_get_rid(r) > 0)
		pci_msi_unmask(di, rman_get_rid(r));
	else
		set_command(di, 0, PCIM_CMD_INTXDIS);
	return (0);
}

static driver_t pci_driver = {
	.name = "pci",
	.size = 1,
	.probe = pci_probe,
	.attach = pci_attach,
	.detach = bus_generic_detach,
	.print_child = pci_print_child,
	.probe_nomatch = pci_probe_nomatch,
	.read_ivar = pci_read_ivar,
	.alloc_resource = pci_alloc_resource,
	.release_resource = pci_release_resource,
	.setup_intr = pci_setup_intr,
};

DRIVER_MODULE(pci, pcib, pci_driver, pci_devclass, NULL, NULL);
