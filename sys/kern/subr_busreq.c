/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Devices: their properties, and their requests to the buses above them.
 *
 * A request climbs from the device's bus towards the root until a driver has
 * a method for it; the nexus has one for each.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/bus.h>
#include <sys/errno.h>
#include <sys/malloc.h>
#include <sys/thread2.h>

#include "subr_bus.h"

device_t
device_get_parent(device_t dev)
{
	return (dev->d_parent);
}

int
device_get_children(device_t dev, device_t **list, int *count)
{
	device_t child, *array;
	int n = 0;

	lwkt_gettoken(&bus_token);
	TAILQ_FOREACH(child, &dev->d_children, d_link)
		n++;
	/* The allocation may sleep and let go of the token: count again. */
	array = kmalloc(MAX(n, 1) * sizeof(*array), M_TEMP,
	    M_WAITOK | M_ZERO);
	*count = 0;
	TAILQ_FOREACH(child, &dev->d_children, d_link) {
		if (*count == n)
			break;
		array[(*count)++] = child;
	}
	lwkt_reltoken(&bus_token);
	*list = array;
	return (0);
}

device_t
device_find_child(device_t dev, const char *name, int unit)
{
	device_t child;

	lwkt_gettoken(&bus_token);
	TAILQ_FOREACH(child, &dev->d_children, d_link) {
		if (child->d_class != NULL &&
		    strcmp(child->d_class->dc_name, name) == 0 &&
		    (unit < 0 || child->d_unit == unit))
			break;
	}
	lwkt_reltoken(&bus_token);
	return (child);
}

devclass_t
device_get_devclass(device_t dev)
{
	return (dev->d_class);
}

driver_t *
device_get_driver(device_t dev)
{
	return (dev->d_driver);
}

const char *
device_get_name(device_t dev)
{
	return (dev->d_class != NULL ? dev->d_class->dc_name : NULL);
}

const char *
device_get_nameunit(device_t dev)
{
	return (dev->d_nameunit);
}

int
device_get_unit(device_t dev)
{
	return (dev->d_unit);
}

void *
device_get_softc(device_t dev)
{
	return (dev->d_softc);
}

void *
device_get_ivars(device_t dev)
{
	return (dev->d_ivars);
}

void
device_set_ivars(device_t dev, void *ivars)
{
	dev->d_ivars = ivars;
}

device_state_t
device_get_state(device_t dev)
{
	return (dev->d_state);
}

const char *
device_get_desc(device_t dev)
{
	return (dev->d_desc);
}

void
device_set_desc(device_t dev, const char *desc)
{
	char *copy = kstrdup(desc, M_BUS), *old;

	lwkt_gettoken(&bus_token);
	old = dev->d_desc;
	dev->d_desc = copy;
	lwkt_reltoken(&bus_token);
	kfree(old, M_BUS);
}

void
device_set_desc_copy(device_t dev, const char *desc)
{
	device_set_desc(dev, desc);
}

void
device_quiet(device_t dev)
{
	dev->d_quiet = true;
}

int
device_is_quiet(device_t dev)
{
	return (dev->d_quiet);
}

int
device_is_attached(device_t dev)
{
	return (dev->d_state == DS_ATTACHED);
}

int
device_is_alive(device_t dev)
{
	return (dev->d_state != DS_NOTPRESENT);
}

void
device_busy(device_t dev)
{
	lwkt_gettoken(&bus_token);
	dev->d_busy++;
	lwkt_reltoken(&bus_token);
}

void
device_unbusy(device_t dev)
{
	lwkt_gettoken(&bus_token);
	KASSERT(dev->d_busy > 0, ("device_unbusy: %s is not busy",
	    dev->d_nameunit));
	dev->d_busy--;
	lwkt_reltoken(&bus_token);
}

int
device_print_prettyname(device_t dev)
{
	if (dev->d_nameunit == NULL)
		return (kprintf("unknown: "));
	return (kprintf("%s: ", dev->d_nameunit));
}

int
device_printf(device_t dev, const char *fmt, ...)
{
	__va_list ap;
	int n;

	n = device_print_prettyname(dev);
	__va_start(ap, fmt);
	n += kvprintf(fmt, ap);
	__va_end(ap);
	return (n);
}

int
bus_print_child_header(device_t dev, device_t child)
{
	int n;

	n = device_print_prettyname(child);
	if (child->d_desc != NULL)
		n += kprintf("<%s>", child->d_desc);
	return (n);
}

int
bus_print_child_footer(device_t dev, device_t child)
{
	return (kprintf(" on %s\n", dev->d_nameunit));
}

/* The next bus above dev whose driver has the method; the root's is NULL. */
#define CLIMB(dev, bus, method) do {					\
	for ((bus) = (dev)->d_parent; (bus) != NULL;			\
	    (bus) = (bus)->d_parent) {					\
		if ((bus)->d_driver != NULL &&				\
		    (bus)->d_driver->method != NULL)			\
			break;						\
	}								\
} while (0)

/*
 * For bus drivers: their own method may pass a request on by calling these
 * with itself as the device asking, keeping child as who asked first.
 */
struct resource *
bus_alloc_resource_above(device_t bus, device_t child, int type, int *rid,
    u_long start, u_long end, u_long count, u_int flags, int cpuid)
{
	device_t above;

	CLIMB(bus, above, alloc_resource);
	if (above == NULL)
		return (NULL);
	return (above->d_driver->alloc_resource(above, child, type, rid,
	    start, end, count, flags, cpuid));
}

struct resource *
bus_alloc_resource(device_t dev, int type, int *rid, u_long start,
    u_long end, u_long count, u_int flags)
{
	struct resource *r;

	lwkt_gettoken(&bus_token);
	r = bus_alloc_resource_above(dev, dev, type, rid, start, end, count,
	    flags, -1);
	lwkt_reltoken(&bus_token);
	return (r);
}

struct resource *
bus_alloc_resource_any(device_t dev, int type, int *rid, u_int flags)
{
	return (bus_alloc_resource(dev, type, rid, 0, ~0UL, 1, flags));
}

struct resource *
bus_alloc_legacy_irq_resource(device_t dev, int *rid, u_long irq,
    u_int flags)
{
	return (bus_alloc_resource(dev, SYS_RES_IRQ, rid, irq, irq, 1,
	    flags));
}

#define REQUEST(dev, method, ...) ({					\
	device_t bus_;							\
	int error_ = ENXIO;						\
									\
	lwkt_gettoken(&bus_token);					\
	CLIMB(dev, bus_, method);					\
	if (bus_ != NULL)						\
		error_ = bus_->d_driver->method(bus_, dev, __VA_ARGS__); \
	lwkt_reltoken(&bus_token);					\
	error_;								\
})

int
bus_release_resource(device_t dev, int type, int rid, struct resource *r)
{
	if ((rman_get_flags(r) & RF_ACTIVE) != 0)
		bus_deactivate_resource(dev, type, rid, r);
	return (REQUEST(dev, release_resource, type, rid, r));
}

int
bus_activate_resource(device_t dev, int type, int rid, struct resource *r)
{
	return (REQUEST(dev, activate_resource, type, rid, r));
}

int
bus_deactivate_resource(device_t dev, int type, int rid, struct resource *r)
{
	return (REQUEST(dev, deactivate_resource, type, rid, r));
}

int
bus_setup_intr_descr(device_t dev, struct resource *r, int flags,
    driver_intr_t *handler, void *arg, void **cookiep,
    struct lwkt_serialize *serializer, const char *desc)
{
	return (REQUEST(dev, setup_intr, r, flags, handler, arg, cookiep,
	    serializer, desc));
}

int
bus_setup_intr(device_t dev, struct resource *r, int flags,
    driver_intr_t *handler, void *arg, void **cookiep,
    struct lwkt_serialize *serializer)
{
	return (bus_setup_intr_descr(dev, r, flags, handler, arg, cookiep,
	    serializer, dev->d_nameunit));
}

int
bus_teardown_intr(device_t dev, struct resource *r, void *cookie)
{
	return (REQUEST(dev, teardown_intr, r, cookie));
}

struct bus_dma_tag *
bus_get_dma_tag(device_t dev)
{
	device_t bus;

	CLIMB(dev, bus, get_dma_tag);
	return (bus != NULL ? bus->d_driver->get_dma_tag(bus, dev) : NULL);
}

/* Instance variables belong to the direct parent alone. */
int
bus_read_ivar(device_t child, int which, uintptr_t *value)
{
	device_t bus = child->d_parent;

	if (bus == NULL || bus->d_driver == NULL ||
	    bus->d_driver->read_ivar == NULL)
		return (ENOENT);
	return (bus->d_driver->read_ivar(bus, child, which, value));
}

int
bus_write_ivar(device_t child, int which, uintptr_t value)
{
	device_t bus = child->d_parent;

	if (bus == NULL || bus->d_driver == NULL ||
	    bus->d_driver->write_ivar == NULL)
		return (ENOENT);
	return (bus->d_driver->write_ivar(bus, child, which, value));
}
