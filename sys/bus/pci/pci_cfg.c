/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Access to PCI configuration space: memory mapped where the ACPI table MCFG
 * describes it (PCI Firmware Specification 4.1.2), by ports CF8h and CFCh
 * elsewhere.  Usable from the moment pci_cfg_init() has run, from anywhere.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/stdbool.h>
#include <sys/spinlock.h>
#include <sys/spinlock2.h>
#include <machine/acpi_tables.h>
#include <machine/cpufunc.h>
#include <vm/vm.h>
#include <vm/pmap.h>

#include "pcivar.h"

#define CONF_ADDR	0xcf8
#define CONF_DATA	0xcfc
#define CONF_ENABLE	0x80000000U
#define ECAM_BUS_SIZE	(1UL << 20)

static struct spinlock conf_spin = SPINLOCK_INITIALIZER(conf_spin, "pciconf");
static uint64_t ecam_phys[PCI_BUSMAX + 1];	/* 0: none */
static volatile uint8_t *ecam[PCI_BUSMAX + 1];

/* Note where the buses' spaces are; a bus is mapped when it is scanned. */
void
pci_cfg_init(void)
{
	const struct acpi_mcfg *mcfg;
	const struct acpi_mcfg_alloc *a;
	const char *end;
	int bus;

	mcfg = acpi_table_find("MCFG", 0);
	if (mcfg == NULL)
		return;
	end = (const char *)mcfg + mcfg->h.length;
	for (a = mcfg->alloc; (const char *)(a + 1) <= end; a++) {
		if (a->segment != 0 || a->base == 0)
			continue;
		for (bus = a->start_bus; bus <= a->end_bus; bus++)
			ecam_phys[bus] = a->base + bus * ECAM_BUS_SIZE;
	}
}

/* Highest register of a device; maps the bus's space the first time. */
int
pci_cfg_maxreg(int bus)
{
	if (ecam_phys[bus] == 0)
		return (PCI_REGMAX);
	if (ecam[bus] == NULL)
		ecam[bus] = pmap_mapdev(ecam_phys[bus], ECAM_BUS_SIZE);
	return (PCIE_REGMAX);
}

static volatile uint8_t *
ecam_address(int bus, int slot, int func, int reg)
{
	if (ecam[bus] == NULL)
		return (NULL);
	return (ecam[bus] + (slot << 15 | func << 12 | reg));
}

static bool
valid(int bus, int slot, int func, int reg, int width)
{
	return (bus >= 0 && bus <= PCI_BUSMAX && slot >= 0 &&
	    slot <= PCI_SLOTMAX && func >= 0 && func <= PCI_FUNCMAX &&
	    reg >= 0 && reg <= PCIE_REGMAX && (reg & (width - 1)) == 0 &&
	    (width == 1 || width == 2 || width == 4));
}

uint32_t
pci_cfgread(int bus, int slot, int func, int reg, int width)
{
	volatile uint8_t *p;
	uint32_t v = ~0U;

	if (!valid(bus, slot, func, reg, width))
		return (v);
	p = ecam_address(bus, slot, func, reg);
	if (p != NULL) {
		switch (width) {
		case 1:
			return (*p);
		case 2:
			return (*(volatile uint16_t *)p);
		default:
			return (*(volatile uint32_t *)p);
		}
	}
	if (reg > PCI_REGMAX)
		return (v);
	spin_lock(&conf_spin);
	outl(CONF_ADDR, CONF_ENABLE | bus << 16 | slot << 11 | func << 8 |
	    (reg & ~3));
	switch (width) {
	case 1:
		v = inb(CONF_DATA + (reg & 3));
		break;
	case 2:
		v = inw(CONF_DATA + (reg & 2));
		break;
	case 4:
		v = inl(CONF_DATA);
		break;
	}
	spin_unlock(&conf_spin);
	return (v);
}

void
pci_cfgwrite(int bus, int slot, int func, int reg, uint32_t val, int width)
{
	volatile uint8_t *p;

	if (!valid(bus, slot, func, reg, width))
		return;
	p = ecam_address(bus, slot, func, reg);
	if (p != NULL) {
		switch (width) {
		case 1:
			*p = val;
			break;
		case 2:
			*(volatile uint16_t *)p = val;
			break;
		default:
			*(volatile uint32_t *)p = val;
			break;
		}
		return;
	}
	if (reg > PCI_REGMAX)
		return;
	spin_lock(&conf_spin);
	outl(CONF_ADDR, CONF_ENABLE | bus << 16 | slot << 11 | func << 8 |
	    (reg & ~3));
	switch (width) {
	case 1:
		outb(CONF_DATA + (reg & 3), val);
		break;
	case 2:
		outw(CONF_DATA + (reg & 2), val);
		break;
	case 4:
		outl(CONF_DATA, val);
		break;
	}
	spin_unlock(&conf_spin);
}
