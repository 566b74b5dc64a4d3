/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Message signalled interrupts of PCI devices.
 *
 * To its driver a message is an interrupt resource with a rid from 1 up.
 * MSI: all messages of a device share one address, hence one CPU, and are
 * consecutive.  MSI-X: each vector has an entry of its own in a table in one
 * of the device's BARs, and may go to any CPU.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <machine/intr_machdep.h>
#include <vm/vm.h>
#include <vm/pmap.h>

#include "pcivar.h"

#define MSI_MAX		32

static int msi_enabled = 1, msix_enabled = 1;
TUNABLE_INT("hw.pci.msi.enable", &msi_enabled);
TUNABLE_INT("hw.pci.msix.enable", &msix_enabled);

static uint32_t
cap_read(struct pci_devinfo *di, int cap, int reg, int width)
{
	return (pci_cfgread(di->bus, di->slot, di->func, cap + reg, width));
}

static void
cap_write(struct pci_devinfo *di, int cap, int reg, uint32_t v, int width)
{
	pci_cfgwrite(di->bus, di->slot, di->func, cap + reg, v, width);
}

/* Note the capabilities; take over from the firmware with both off. */
void
pci_probe_msi(struct pci_devinfo *di)
{
	uint32_t ctrl;

	di->msi_cap = pci_find_cap_at(di, PCIY_MSI, 0);
	di->msix_cap = pci_find_cap_at(di, PCIY_MSIX, 0);
	if (di->msi_cap != 0) {
		ctrl = cap_read(di, di->msi_cap, PCIR_MSI_CTRL, 2);
		cap_write(di, di->msi_cap, PCIR_MSI_CTRL,
		    ctrl & ~PCIM_MSICTRL_ENABLE, 2);
	}
	if (di->msix_cap != 0) {
		ctrl = cap_read(di, di->msix_cap, PCIR_MSIX_CTRL, 2);
		cap_write(di, di->msix_cap, PCIR_MSIX_CTRL,
		    ctrl & ~PCIM_MSIXCTRL_ENABLE, 2);
	}
}

int
pci_msi_count(device_t dev)
{
	struct pci_devinfo *di = device_get_ivars(dev);
	uint32_t ctrl;

	if (di->msi_cap == 0 || !msi_enabled)
		return (0);
	ctrl = cap_read(di, di->msi_cap, PCIR_MSI_CTRL, 2);
	return (1 << ((ctrl & PCIM_MSICTRL_MMC_MASK) >>
	    PCIM_MSICTRL_MMC_SHIFT));
}

int
pci_alloc_msi(device_t dev, int *rid, int count, int cpuid)
{
	struct pci_devinfo *di = device_get_ivars(dev);
	int irqs[MSI_MAX], error, i;

	if (di->msi != NULL || di->msix != NULL)
		return (EBUSY);
	if (count < 1 || count > MIN(pci_msi_count(dev), MSI_MAX) ||
	    (count & (count - 1)) != 0)
		return (EINVAL);
	error = machintr_msi_alloc(irqs, count, &cpuid);
	if (error != 0)
		return (error);
	di->msi = kmalloc(count * sizeof(*di->msi), M_DEVBUF,
	    M_WAITOK | M_ZERO);
	for (i = 0; i < count; i++) {
		di->msi[i].v_irq = irqs[i];
		di->msi[i].v_cpuid = cpuid;
	}
	di->nmsi = count;
	*rid = 1;
	return (0);
}

int
pci_release_msi(device_t dev)
{
	struct pci_devinfo *di = device_get_ivars(dev);
	int irqs[MSI_MAX], i;
	uint32_t ctrl;

	if (di->msi == NULL)
		return (ENODEV);
	for (i = 0; i < di->nmsi; i++) {
		if (di->msi[i].v_res != NULL)
			return (EBUSY);
		irqs[i] = di->msi[i].v_irq;
	}
	ctrl = cap_read(di, di->msi_cap, PCIR_MSI_CTRL, 2);
	cap_write(di, di->msi_cap, PCIR_MSI_CTRL,
	    ctrl & ~PCIM_MSICTRL_ENABLE, 2);
	machintr_msi_release(irqs, di->nmsi, di->msi[0].v_cpuid);
	kfree(di->msi, M_DEVBUF);
	di->msi = NULL;
	di->nmsi = 0;
	return (0);
}

static void
enable_msi(struct pci_devinfo *di)
{
	uint32_t ctrl, data;
	uint64_t addr;
	int cap = di->msi_cap;

	machintr_msi_map(di->msi[0].v_irq, di->msi[0].v_cpuid, &addr, &data);
	ctrl = cap_read(di, cap, PCIR_MSI_CTRL, 2);
	cap_write(di, cap, PCIR_MSI_ADDR, addr, 4);
	if ((ctrl & PCIM_MSICTRL_64BIT) != 0) {
		cap_write(di, cap, PCIR_MSI_ADDR_HIGH, addr >> 32, 4);
		cap_write(di, cap, PCIR_MSI_DATA_64BIT, data, 2);
	} else {
		cap_write(di, cap, PCIR_MSI_DATA, data, 2);
	}
	ctrl &= ~PCIM_MSICTRL_MME_MASK;
	ctrl |= (ffs(di->nmsi) - 1) << PCIM_MSICTRL_MME_SHIFT;
	cap_write(di, cap, PCIR_MSI_CTRL, ctrl | PCIM_MSICTRL_ENABLE, 2);
}

int
pci_msix_count(device_t dev)
{
	struct pci_devinfo *di = device_get_ivars(dev);

	if (di->msix_cap == 0 || !msix_enabled)
		return (0);
	return ((cap_read(di, di->msix_cap, PCIR_MSIX_CTRL, 2) &
	    PCIM_MSIXCTRL_SIZE) + 1);
}

static volatile uint32_t *
msix_entry(struct pci_devinfo *di, int vector, int reg)
{
	return ((volatile uint32_t *)(di->msix_table +
	    vector * MSIX_ENTRY_SIZE + reg));
}

int
pci_setup_msix(device_t dev)
{
	struct pci_devinfo *di = device_get_ivars(dev);
	uint32_t table;
	uint64_t base;
	vm_size_t size;
	int count = pci_msix_count(dev), bir, i;

	if (count == 0)
		return (ENODEV);
	if (di->msi != NULL || di->msix != NULL)
		return (EBUSY);
	table = cap_read(di, di->msix_cap, PCIR_MSIX_TABLE, 4);
	bir = table & PCIM_MSIX_BIR_MASK;
	size = count * MSIX_ENTRY_SIZE;
	if (bir >= PCI_BARS_NORMAL || di->bar[bir].b_type != SYS_RES_MEMORY ||
	    di->bar[bir].b_base == 0)
		return (ENXIO);
	base = table & ~PCIM_MSIX_BIR_MASK;
	if (base > di->bar[bir].b_size || size > di->bar[bir].b_size - base)
		return (ENXIO);
	/* A mapping of our own: the driver may map the same BAR too. */
	pci_enable_io(dev, SYS_RES_MEMORY);
	di->msix_table = pmap_mapdev(di->bar[bir].b_base + base, size);
	di->msix_table_size = size;
	di->nmsix = count;
	di->msix = kmalloc(count * sizeof(*di->msix), M_DEVBUF,
	    M_WAITOK | M_ZERO);
	for (i = 0; i < count; i++) {
		di->msix[i].v_irq = -1;
		*msix_entry(di, i, MSIX_ENTRY_CTRL) |= MSIX_CTRL_MASKED;
	}
	return (0);
}

int
pci_alloc_msix_vector(device_t dev, int vector, int *rid, int cpuid)
{
	struct pci_devinfo *di = device_get_ivars(dev);
	struct pci_msivec *v;
	int irq, error;

	if (di->msix == NULL || vector < 0 || vector >= di->nmsix)
		return (EINVAL);
	v = &di->msix[vector];
	if (v->v_irq >= 0)
		return (EBUSY);
	error = machintr_msi_alloc(&irq, 1, &cpuid);
	if (error != 0)
		return (error);
	v->v_irq = irq;
	v->v_cpuid = cpuid;
	*rid = vector + 1;
	return (0);
}

int
pci_release_msix_vector(device_t dev, int rid)
{
	struct pci_devinfo *di = device_get_ivars(dev);
	struct pci_msivec *v;

	if (di->msix == NULL || rid < 1 || rid > di->nmsix)
		return (EINVAL);
	v = &di->msix[rid - 1];
	if (v->v_res != NULL)
		return (EBUSY);
	if (v->v_irq >= 0) {
		*msix_entry(di, rid - 1, MSIX_ENTRY_CTRL) |= MSIX_CTRL_MASKED;
		machintr_msi_release(&v->v_irq, 1, v->v_cpuid);
		v->v_irq = -1;
	}
	return (0);
}

void
pci_enable_msix(device_t dev)
{
	struct pci_devinfo *di = device_get_ivars(dev);
	uint32_t ctrl;

	ctrl = cap_read(di, di->msix_cap, PCIR_MSIX_CTRL, 2);
	ctrl &= ~PCIM_MSIXCTRL_FUNCMASK;
	cap_write(di, di->msix_cap, PCIR_MSIX_CTRL,
	    ctrl | PCIM_MSIXCTRL_ENABLE, 2);
}

void
pci_disable_msix(device_t dev)
{
	struct pci_devinfo *di = device_get_ivars(dev);
	uint32_t ctrl;

	ctrl = cap_read(di, di->msix_cap, PCIR_MSIX_CTRL, 2);
	cap_write(di, di->msix_cap, PCIR_MSIX_CTRL,
	    ctrl & ~PCIM_MSIXCTRL_ENABLE, 2);
}

void
pci_teardown_msix(device_t dev)
{
	struct pci_devinfo *di = device_get_ivars(dev);
	int i;

	if (di->msix == NULL)
		return;
	pci_disable_msix(dev);
	for (i = 0; i < di->nmsix; i++)
		pci_release_msix_vector(dev, i + 1);
	kfree(di->msix, M_DEVBUF);
	di->msix = NULL;
	di->nmsix = 0;
	pmap_unmapdev((vm_offset_t)di->msix_table, di->msix_table_size);
	di->msix_table = NULL;
}

static struct pci_msivec *
find_vector(struct pci_devinfo *di, int rid)
{
	if (di->msi != NULL && rid >= 1 && rid <= di->nmsi)
		return (&di->msi[rid - 1]);
	if (di->msix != NULL && rid >= 1 && rid <= di->nmsix &&
	    di->msix[rid - 1].v_irq >= 0)
		return (&di->msix[rid - 1]);
	return (NULL);
}

struct resource *
pci_msi_resource(device_t dev, struct pci_devinfo *di, int rid, u_int flags)
{
	struct pci_msivec *v = find_vector(di, rid);

	if (v == NULL || v->v_res != NULL)
		return (NULL);
	v->v_res = rman_make_resource(SYS_RES_IRQ, rid, v->v_irq, flags,
	    v->v_cpuid, dev);
	return (v->v_res);
}

bool
pci_msi_release(struct pci_devinfo *di, struct resource *r)
{
	struct pci_msivec *v = find_vector(di, rman_get_rid(r));

	if (v == NULL || v->v_res != r)
		return (false);
	v->v_res = NULL;
	rman_release_resource(r);
	return (true);
}

void
pci_msi_unmask(struct pci_devinfo *di, int rid)
{
	struct pci_msivec *v;
	uint64_t addr;
	uint32_t data;

	if (di->msi != NULL) {
		enable_msi(di);
		return;
	}
	v = find_vector(di, rid);
	if (v == NULL)
		return;
	machintr_msi_map(v->v_irq, v->v_cpuid, &addr, &data);
	*msix_entry(di, rid - 1, MSIX_ENTRY_ADDR) = addr;
	*msix_entry(di, rid - 1, MSIX_ENTRY_ADDR_HIGH) = addr >> 32;
	*msix_entry(di, rid - 1, MSIX_ENTRY_DATA) = data;
	*msix_entry(di, rid - 1, MSIX_ENTRY_CTRL) &= ~MSIX_CTRL_MASKED;
}

int
pci_alloc_1intr(device_t dev, int msi_enable, int *rid, u_int *flags)
{
	*rid = 0;
	*flags = RF_ACTIVE | RF_SHAREABLE;
	if (msi_enable && pci_alloc_msi(dev, rid, 1, -1) == 0) {
		*flags = RF_ACTIVE;
		return (PCI_INTR_TYPE_MSI);
	}
	*rid = 0;
	return (PCI_INTR_TYPE_LEGACY);
}
