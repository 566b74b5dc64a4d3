/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nexus: the root of the machine's devices.  It owns the number spaces
 * (interrupts, I/O ports, physical addresses) and turns resources into
 * something usable: registered handlers and mapped registers.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/bus.h>
#include <sys/errno.h>
#include <sys/interrupt.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/module.h>
#include <sys/rman.h>
#include <machine/intr_machdep.h>
#include <machine/md_var.h>
#include <machine/pmap.h>
#include <vm/vm.h>
#include <vm/pmap.h>

#define IOPORT_MAX	0xffff

/* irq_rman holds the lines; message interrupts are the PCI bus's own. */
static struct rman irq_rman, port_rman, mem_rman;

static devclass_t nexus_devclass;

static struct rman *
nexus_rman(int type)
{
	switch (type) {
	case SYS_RES_IRQ:
		return (&irq_rman);
	case SYS_RES_IOPORT:
		return (&port_rman);
	case SYS_RES_MEMORY:
		return (&mem_rman);
	default:
		return (NULL);
	}
}

static int
nexus_probe(device_t dev)
{
	device_quiet(dev);
	return (0);
}

static int
nexus_attach(device_t dev)
{
	rman_init(&irq_rman, "interrupts");
	rman_init(&port_rman, "I/O ports");
	rman_init(&mem_rman, "memory addresses");
	rman_manage_region(&irq_rman, 0, MAX_HARDINTS - 1);
	rman_manage_region(&port_rman, 0, IOPORT_MAX);
	rman_manage_region(&mem_rman, 0, (1UL << cpu_maxphyaddr) - 1);
	bus_generic_probe(dev);
	/* ACPI first: the other buses ask it about interrupts. */
	device_probe_and_attach(device_find_child(dev, "acpi", -1));
	bus_generic_attach(dev);
	return (0);
}

static struct resource *
nexus_alloc_resource(device_t dev, device_t child, int type, int *rid,
    u_long start, u_long end, u_long count, u_int flags, int cpuid)
{
	struct rman *rm = nexus_rman(type);
	struct resource *r;

	if (rm == NULL)
		return (NULL);
	r = rman_reserve_resource(rm, start, end, count, flags, child);
	if (r == NULL)
		return (NULL);
	r->r_type = type;
	r->r_rid = *rid;
	r->r_cpuid = cpuid;
	if (type == SYS_RES_IRQ && cpuid < 0)
		r->r_cpuid = machintr_legacy_intr_cpuid(r->r_start);
	if ((flags & RF_ACTIVE) != 0 &&
	    bus_activate_resource(child, type, *rid, r) != 0) {
		rman_release_resource(r);
		return (NULL);
	}
	return (r);
}

static int
nexus_release_resource(device_t dev, device_t child, int type, int rid,
    struct resource *r)
{
	return (rman_release_resource(r));
}

static int
nexus_activate_resource(device_t dev, device_t child, int type, int rid,
    struct resource *r)
{
	switch (type) {
	case SYS_RES_MEMORY:
		r->r_virtual = (r->r_flags & RF_PREFETCHABLE) != 0 ?
		    pmap_mapdev_attr(r->r_start, rman_get_size(r),
		    VM_MEMATTR_WRITE_COMBINING) :
		    pmap_mapdev(r->r_start, rman_get_size(r));
		r->r_bustag = BUS_SPACE_MEM;
		r->r_bushandle = (bus_space_handle_t)r->r_virtual;
		break;
	case SYS_RES_IOPORT:
		r->r_bustag = BUS_SPACE_IO;
		r->r_bushandle = r->r_start;
		break;
	}
	r->r_flags |= RF_ACTIVE;
	return (0);
}

static int
nexus_deactivate_resource(device_t dev, device_t child, int type, int rid,
    struct resource *r)
{
	if (type == SYS_RES_MEMORY && r->r_virtual != NULL) {
		pmap_unmapdev((vm_offset_t)r->r_virtual, rman_get_size(r));
		r->r_virtual = NULL;
	}
	r->r_flags &= ~RF_ACTIVE;
	return (0);
}

/* What register_int() wants has a second argument, the frame. */
struct nexus_intr {
	driver_intr_t	*handler;
	void		*arg;
	void		*id;
};

static void
nexus_intr(void *arg, void *frame)
{
	struct nexus_intr *ni = arg;

	ni->handler(ni->arg);
}

static int
nexus_setup_intr(device_t dev, device_t child, struct resource *r, int flags,
    driver_intr_t *handler, void *arg, void **cookiep,
    struct lwkt_serialize *serializer, const char *desc)
{
	struct nexus_intr *ni;

	if (handler == NULL || (r->r_flags & RF_ALLOCATED) == 0)
		return (EINVAL);
	ni = kmalloc(sizeof(*ni), M_DEVBUF, M_WAITOK | M_ZERO);
	ni->handler = handler;
	ni->arg = arg;
	ni->id = register_int(r->r_start, nexus_intr, ni, desc, serializer,
	    flags, r->r_cpuid);
	if (ni->id == NULL) {
		kfree(ni, M_DEVBUF);
		return (ENOMEM);
	}
	*cookiep = ni;
	return (0);
}

static int
nexus_teardown_intr(device_t dev, device_t child, struct resource *r,
    void *cookie)
{
	struct nexus_intr *ni = cookie;

	unregister_int(ni->id, r->r_cpuid);
	kfree(ni, M_DEVBUF);
	return (0);
}

static driver_t nexus_driver = {
	.name = "nexus",
	.size = 1,
	.probe = nexus_probe,
	.attach = nexus_attach,
	.alloc_resource = nexus_alloc_resource,
	.release_resource = nexus_release_resource,
	.activate_resource = nexus_activate_resource,
	.deactivate_resource = nexus_deactivate_resource,
	.setup_intr = nexus_setup_intr,
	.teardown_intr = nexus_teardown_intr,
};

DRIVER_MODULE(nexus, root, nexus_driver, nexus_devclass, NULL, NULL);
