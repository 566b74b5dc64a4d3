/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * PCI: what drivers of PCI devices use, and what the files of the bus share.
 */
#ifndef _BUS_PCI_PCIVAR_H_
#define _BUS_PCI_PCIVAR_H_

#include <sys/bus.h>
#include <vm/vm.h>
#include <bus/pci/pcireg.h>

enum pci_ivar {
	PCI_IVAR_VENDOR, PCI_IVAR_DEVICE, PCI_IVAR_SUBVENDOR,
	PCI_IVAR_SUBDEVICE, PCI_IVAR_DEVID, PCI_IVAR_CLASS,
	PCI_IVAR_SUBCLASS, PCI_IVAR_PROGIF, PCI_IVAR_REVID,
	PCI_IVAR_INTPIN, PCI_IVAR_IRQ, PCI_IVAR_DOMAIN, PCI_IVAR_BUS,
	PCI_IVAR_SLOT, PCI_IVAR_FUNCTION,
};

#define PCI_ACCESSOR(var, ivar, type) \
	__BUS_ACCESSOR(pci, var, PCI, ivar, type)

PCI_ACCESSOR(vendor, VENDOR, uint16_t)
PCI_ACCESSOR(device, DEVICE, uint16_t)
PCI_ACCESSOR(subvendor, SUBVENDOR, uint16_t)
PCI_ACCESSOR(subdevice, SUBDEVICE, uint16_t)
PCI_ACCESSOR(devid, DEVID, uint32_t)	/* device << 16 | vendor */
PCI_ACCESSOR(class, CLASS, uint8_t)
PCI_ACCESSOR(subclass, SUBCLASS, uint8_t)
PCI_ACCESSOR(progif, PROGIF, uint8_t)
PCI_ACCESSOR(revid, REVID, uint8_t)
PCI_ACCESSOR(intpin, INTPIN, uint8_t)
PCI_ACCESSOR(irq, IRQ, uint8_t)
PCI_ACCESSOR(bus, BUS, uint8_t)
PCI_ACCESSOR(slot, SLOT, uint8_t)
PCI_ACCESSOR(function, FUNCTION, uint8_t)

/* Configuration space of the device; width 1, 2 or 4 bytes. */
uint32_t pci_read_config(device_t dev, int reg, int width);
void	pci_write_config(device_t dev, int reg, uint32_t val, int width);
int	pci_enable_busmaster(device_t dev);
int	pci_disable_busmaster(device_t dev);
int	pci_enable_io(device_t dev, int type);	/* SYS_RES_* */
/* Offset of a capability; ENOENT. */
int	pci_find_extcap(device_t dev, int capability, int *capreg);
/* The next one of the kind after *capreg. */
int	pci_find_next_cap(device_t dev, int capability, int *capreg);

/*
 * Interrupts.  pci_alloc_1intr() makes one available by MSI if msi_enable
 * and the device can, else by its pin; *rid and *flags are for
 * bus_alloc_resource_any(SYS_RES_IRQ).  pci_release_msi() when done.
 */
#define PCI_INTR_TYPE_LEGACY	0
#define PCI_INTR_TYPE_MSI	1
int	pci_alloc_1intr(device_t dev, int msi_enable, int *rid,
	    u_int *flags);
int	pci_msi_count(device_t dev);
int	pci_alloc_msi(device_t dev, int *rid, int count, int cpuid);
int	pci_release_msi(device_t dev);

/*
 * MSI-X, in this order: setup; for each vector wanted alloc (which gives the
 * rid) and bus_setup_intr; enable.  cpuid -1: any.
 */
int	pci_msix_count(device_t dev);
int	pci_setup_msix(device_t dev);
int	pci_alloc_msix_vector(device_t dev, int vector, int *rid, int cpuid);
int	pci_release_msix_vector(device_t dev, int rid);
void	pci_enable_msix(device_t dev);
void	pci_disable_msix(device_t dev);
void	pci_teardown_msix(device_t dev);

/*
 * Set by whoever knows the machine's interrupt routing (ACPI): the irq of
 * pin 1-4 of a device, as in machintr, or -1.
 */
extern int (*pci_route_intx)(int bus, int slot, int pin);

/* The bridge a bus hangs from; false for a root bus. */
bool	pci_bridge_of(int bus, int *parent, int *slot);

/* --- inside the bus --- */

uint32_t pci_cfgread(int bus, int slot, int func, int reg, int width);
void	pci_cfgwrite(int bus, int slot, int func, int reg, uint32_t val,
	    int width);
void	pci_cfg_init(void);
int	pci_cfg_maxreg(int bus);

struct pci_bar {
	int		b_reg;		/* config register; 0: unused */
	int		b_type;		/* SYS_RES_* */
	bool		b_prefetch;
	uint64_t	b_base;		/* 0: firmware gave it no address */
	uint64_t	b_size;		/* 0: not implemented */
	struct resource	*b_res;		/* while the driver has it */
};

struct pci_msivec {
	int		v_irq;		/* -1: free */
	int		v_cpuid;
	struct resource	*v_res;
};

/* All fields belong to the device's driver once it is attached. */
struct pci_devinfo {
	uint8_t		bus, slot, func;
	uint16_t	vendor, device, subvendor, subdevice;
	uint8_t		class, subclass, progif, revid;
	uint8_t		hdrtype, intpin, intline;
	struct pci_bar	bar[PCI_BARS_NORMAL];
	struct resource	*intx;
	int		msi_cap;	/* offsets; 0: none */
	int		msix_cap;
	struct pci_msivec *msi;		/* rid n is msi[n - 1] */
	int		nmsi;
	struct pci_msivec *msix;
	int		nmsix;
	struct resource	*msix_table_res; /* NULL: the driver's BAR is it */
	volatile uint8_t *msix_table;
	vm_size_t	msix_table_size;
};

void	pci_probe_msi(struct pci_devinfo *di);
struct resource *pci_msi_resource(device_t dev, struct pci_devinfo *di,
	    int rid, u_int flags);
bool	pci_msi_release(struct pci_devinfo *di, struct resource *r);
/* The interrupt is set up: let it through. */
void	pci_msi_unmask(struct pci_devinfo *di, int rid);
int	pci_find_cap_at(struct pci_devinfo *di, int capability, int after);

#endif /* !_BUS_PCI_PCIVAR_H_ */
