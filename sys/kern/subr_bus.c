/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The device tree: classes, drivers, finding the driver of a device.
 *
 * bus_token guards everything here.  A token is given up while its holder
 * sleeps, so a device being worked on is kept by d_state (INPROGRESS) and by
 * attaching and detaching being done by one thread at a time per device.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/bus.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/thread2.h>

#include "subr_bus.h"

struct lwkt_token bus_token;
device_t root_bus;

MALLOC_DEFINE(M_BUS, "bus", "devices and drivers");

static TAILQ_HEAD(, devclass) devclasses =
    TAILQ_HEAD_INITIALIZER(devclasses);

static driver_t root_driver = { .name = "root" };

static void
bus_init(void *arg)
{
	lwkt_token_init(&bus_token, "bus");
	root_bus = device_make(NULL, "root", 0);
	root_bus->d_driver = &root_driver;
	root_bus->d_state = DS_ATTACHED;
}
SYSINIT(bus_init, SI_BOOT2_POST_SMP, SI_ORDER_FIRST, bus_init, NULL);

/* SI_SUB_CONFIGURE: all built-in drivers are registered; look around. */
static void
bus_configure(void *arg)
{
	lwkt_gettoken(&bus_token);
	device_probe_and_attach(device_add_child(root_bus, "nexus", 0));
	lwkt_reltoken(&bus_token);
}
SYSINIT(bus_configure, SI_SUB_CONFIGURE, SI_ORDER_SECOND, bus_configure,
    NULL);

/* --- classes --- */

devclass_t
devclass_find(const char *name)
{
	devclass_t dc;

	lwkt_gettoken(&bus_token);
	TAILQ_FOREACH(dc, &devclasses, dc_link) {
		if (strcmp(dc->dc_name, name) == 0)
			break;
	}
	lwkt_reltoken(&bus_token);
	return (dc);
}

devclass_t
devclass_create(const char *name)
{
	devclass_t dc;

	lwkt_gettoken(&bus_token);
	dc = devclass_find(name);
	if (dc == NULL) {
		dc = kmalloc(sizeof(*dc), M_BUS, M_WAITOK | M_ZERO);
		dc->dc_name = kstrdup(name, M_BUS);
		TAILQ_INIT(&dc->dc_devices);
		TAILQ_INIT(&dc->dc_drivers);
		TAILQ_INSERT_TAIL(&devclasses, dc, dc_link);
	}
	lwkt_reltoken(&bus_token);
	return (dc);
}

const char *
devclass_get_name(devclass_t dc)
{
	return (dc != NULL ? dc->dc_name : NULL);
}

device_t
devclass_get_device(devclass_t dc, int unit)
{
	device_t dev = NULL;

	if (dc == NULL)
		return (NULL);
	lwkt_gettoken(&bus_token);
	TAILQ_FOREACH(dev, &dc->dc_devices, d_classlink) {
		if (dev->d_unit == unit)
			break;
	}
	lwkt_reltoken(&bus_token);
	return (dev);
}

void *
devclass_get_softc(devclass_t dc, int unit)
{
	device_t dev = devclass_get_device(dc, unit);

	return (dev != NULL ? dev->d_softc : NULL);
}

int
devclass_get_maxunit(devclass_t dc)
{
	device_t dev;
	int max = 0;

	lwkt_gettoken(&bus_token);
	TAILQ_FOREACH(dev, &dc->dc_devices, d_classlink)
		max = MAX(max, dev->d_unit + 1);
	lwkt_reltoken(&bus_token);
	return (max);
}

/* Give dev a name and a unit, the lowest free one for -1. */
static int
devclass_add_device(devclass_t dc, device_t dev, int unit)
{
	device_t other;

	if (unit < 0) {
		for (unit = 0; devclass_get_device(dc, unit) != NULL; unit++)
			continue;
	} else if ((other = devclass_get_device(dc, unit)) != NULL) {
		return (EEXIST);
	}
	dev->d_unit = unit;
	dev->d_class = dc;
	kasprintf(&dev->d_nameunit, M_BUS, "%s%d", dc->dc_name, unit);
	TAILQ_INSERT_TAIL(&dc->dc_devices, dev, d_classlink);
	return (0);
}

static void
devclass_remove_device(device_t dev)
{
	if (dev->d_class == NULL)
		return;
	TAILQ_REMOVE(&dev->d_class->dc_devices, dev, d_classlink);
	dev->d_class = NULL;
	kfree(dev->d_nameunit, M_BUS);
	dev->d_nameunit = NULL;
}

/* --- drivers --- */

/* A new driver: let every bus of the class look at its orphans again. */
int
devclass_add_driver(devclass_t bus, driver_t *driver)
{
	struct driverlink *dl;
	device_t dev;

	dl = kmalloc(sizeof(*dl), M_BUS, M_WAITOK | M_ZERO);
	dl->dl_driver = driver;
	lwkt_gettoken(&bus_token);
	devclass_create(driver->name);
	TAILQ_INSERT_TAIL(&bus->dc_drivers, dl, dl_link);
	TAILQ_FOREACH(dev, &bus->dc_devices, d_classlink) {
		device_t child;

		if (dev->d_state != DS_ATTACHED)
			continue;
		if (dev->d_driver->driver_added != NULL) {
			dev->d_driver->driver_added(dev, driver);
			continue;
		}
		if (driver->identify != NULL)
			driver->identify(driver, dev);
		TAILQ_FOREACH(child, &dev->d_children, d_link) {
			if (child->d_state == DS_NOTPRESENT)
				device_probe_and_attach(child);
		}
	}
	lwkt_reltoken(&bus_token);
	return (0);
}

int
devclass_delete_driver(devclass_t bus, driver_t *driver)
{
	struct driverlink *dl;
	devclass_t dc;
	device_t dev;
	int error = 0;

	lwkt_gettoken(&bus_token);
	dc = devclass_find(driver->name);
again:
	TAILQ_FOREACH(dev, &dc->dc_devices, d_classlink) {
		if (dev->d_driver != driver || dev->d_parent == NULL ||
		    dev->d_parent->d_class != bus)
			continue;
		error = device_detach(dev);
		if (error != 0)
			goto out;
		goto again;
	}
	error = ENOENT;
	TAILQ_FOREACH(dl, &bus->dc_drivers, dl_link) {
		if (dl->dl_driver == driver) {
			TAILQ_REMOVE(&bus->dc_drivers, dl, dl_link);
			kfree(dl, M_BUS);
			error = 0;
			break;
		}
	}
out:
	lwkt_reltoken(&bus_token);
	return (error);
}

int
driver_module_handler(struct module *mod, int what, void *arg)
{
	struct driver_module_data *dmd = arg;
	devclass_t bus;
	int error = 0;

	switch (what) {
	case MOD_LOAD:
		if (dmd->dmd_chainevh != NULL)
			error = dmd->dmd_chainevh(mod, what,
			    dmd->dmd_chainarg);
		if (error != 0)
			break;
		bus = devclass_create(dmd->dmd_busname);
		*dmd->dmd_devclass = devclass_create(dmd->dmd_driver->name);
		error = devclass_add_driver(bus, dmd->dmd_driver);
		break;
	case MOD_UNLOAD:
		bus = devclass_create(dmd->dmd_busname);
		error = devclass_delete_driver(bus, dmd->dmd_driver);
		if (error == 0 && dmd->dmd_chainevh != NULL)
			error = dmd->dmd_chainevh(mod, what,
			    dmd->dmd_chainarg);
		break;
	default:
		if (dmd->dmd_chainevh != NULL)
			error = dmd->dmd_chainevh(mod, what,
			    dmd->dmd_chainarg);
		break;
	}
	return (error);
}

/* --- devices --- */

device_t
device_make(device_t parent, const char *name, int unit)
{
	device_t dev;

	dev = kmalloc(sizeof(*dev), M_BUS, M_WAITOK | M_ZERO);
	dev->d_parent = parent;
	dev->d_unit = unit;
	TAILQ_INIT(&dev->d_children);
	if (name != NULL) {
		dev->d_fixed = true;
		if (devclass_add_device(devclass_create(name), dev,
		    unit) != 0) {
			kfree(dev, M_BUS);
			return (NULL);
		}
	}
	return (dev);
}

device_t
device_add_child(device_t dev, const char *name, int unit)
{
	device_t child;

	lwkt_gettoken(&bus_token);
	child = device_make(dev, name, unit);
	if (child != NULL)
		TAILQ_INSERT_TAIL(&dev->d_children, child, d_link);
	lwkt_reltoken(&bus_token);
	return (child);
}

int
device_delete_child(device_t dev, device_t child)
{
	device_t grandchild;
	int error;

	lwkt_gettoken(&bus_token);
	error = device_detach(child);
	while (error == 0 &&
	    (grandchild = TAILQ_FIRST(&child->d_children)) != NULL)
		error = device_delete_child(child, grandchild);
	if (error == 0) {
		devclass_remove_device(child);
		TAILQ_REMOVE(&dev->d_children, child, d_link);
		kfree(child->d_desc, M_BUS);
		kfree(child, M_BUS);
	}
	lwkt_reltoken(&bus_token);
	return (error);
}

static void
drop_driver(device_t dev)
{
	if (!dev->d_fixed)
		devclass_remove_device(dev);
	kfree(dev->d_softc, M_BUS);
	dev->d_softc = NULL;
	kfree(dev->d_desc, M_BUS);
	dev->d_desc = NULL;
	dev->d_driver = NULL;
	dev->d_quiet = false;
	dev->d_state = DS_NOTPRESENT;
}

/* Make driver the device's, tentatively or for good. */
static int
take_driver(device_t dev, driver_t *driver)
{
	int error;

	if (dev->d_class == NULL) {
		error = devclass_add_device(devclass_create(driver->name),
		    dev, dev->d_unit);
		if (error != 0)
			return (error);
	}
	dev->d_driver = driver;
	dev->d_softc = kmalloc(MAX(driver->size, 1), M_BUS,
	    M_WAITOK | M_ZERO);
	return (0);
}

/* The driver whose probe likes the device best becomes its driver. */
static int
find_driver(device_t dev)
{
	struct driverlink *dl;
	driver_t *driver, *best = NULL;
	device_t bus = dev->d_parent;
	int result, best_result = 0, unit = dev->d_unit;

	TAILQ_FOREACH(dl, &bus->d_class->dc_drivers, dl_link) {
		driver = dl->dl_driver;
		if (dev->d_fixed &&
		    strcmp(driver->name, dev->d_class->dc_name) != 0)
			continue;
		dev->d_unit = unit;
		if (take_driver(dev, driver) != 0)
			continue;
		result = driver->probe != NULL ? driver->probe(dev) : 0;
		drop_driver(dev);
		if (result <= 0 && (best == NULL || result > best_result)) {
			best = driver;
			best_result = result;
		}
		if (best != NULL && best_result == 0)
			break;
	}
	dev->d_unit = unit;
	if (best == NULL || take_driver(dev, best) != 0)
		return (ENXIO);
	/* Again, for the description and what probe leaves in the softc. */
	if (best->probe != NULL && best->probe(dev) > 0) {
		drop_driver(dev);
		return (ENXIO);
	}
	dev->d_state = DS_ALIVE;
	return (0);
}

static void
announce(device_t dev)
{
	device_t bus = dev->d_parent;

	if (dev->d_quiet && !bootverbose)
		return;
	if (bus->d_driver->print_child != NULL) {
		bus->d_driver->print_child(bus, dev);
	} else {
		bus_print_child_header(bus, dev);
		bus_print_child_footer(bus, dev);
	}
}

int
device_probe_and_attach(device_t dev)
{
	device_t bus;
	int error;

	if (dev == NULL)
		return (ENXIO);
	bus = dev->d_parent;
	lwkt_gettoken(&bus_token);
	if (dev->d_state != DS_NOTPRESENT) {
		lwkt_reltoken(&bus_token);
		return (0);
	}
	dev->d_state = DS_INPROGRESS;
	error = find_driver(dev);
	if (error != 0) {
		dev->d_state = DS_NOTPRESENT;
		if (bus->d_driver->probe_nomatch != NULL)
			bus->d_driver->probe_nomatch(bus, dev);
		lwkt_reltoken(&bus_token);
		return (error);
	}
	announce(dev);
	dev->d_state = DS_INPROGRESS;
	error = dev->d_driver->attach != NULL ? dev->d_driver->attach(dev) :
	    bus_generic_attach(dev);
	if (error != 0) {
		device_printf(dev, "attach failed: error %d\n", error);
		drop_driver(dev);
	} else {
		dev->d_state = DS_ATTACHED;
	}
	lwkt_reltoken(&bus_token);
	return (error);
}

int
device_detach(device_t dev)
{
	device_t bus = dev->d_parent;
	int error;

	lwkt_gettoken(&bus_token);
	if (dev->d_state != DS_ATTACHED) {
		lwkt_reltoken(&bus_token);
		return (0);
	}
	if (dev->d_busy > 0)
		error = EBUSY;
	else if (dev->d_driver->detach == NULL)
		error = EOPNOTSUPP;
	else
		error = dev->d_driver->detach(dev);
	if (error == 0) {
		device_printf(dev, "detached\n");
		if (bus->d_driver->child_detached != NULL)
			bus->d_driver->child_detached(bus, dev);
		drop_driver(dev);
	}
	lwkt_reltoken(&bus_token);
	return (error);
}

int
device_shutdown(device_t dev)
{
	if (dev->d_state != DS_ATTACHED)
		return (0);
	return (dev->d_driver->shutdown != NULL ?
	    dev->d_driver->shutdown(dev) : bus_generic_shutdown(dev));
}

/* Power off and reboot: everything below the root gets its say. */
static void
bus_shutdown(void *arg, int howto)
{
	bus_generic_shutdown(root_bus);
}

static void
bus_shutdown_init(void *arg)
{
	EVENTHANDLER_REGISTER(shutdown_post_sync, bus_shutdown, NULL,
	    SHUTDOWN_PRI_DRIVER);
}
SYSINIT(bus_shutdown, SI_SUB_CONFIGURE, SI_ORDER_ANY, bus_shutdown_init,
    NULL);

void
device_walk(device_t from, void (*func)(device_t, int, void *), void *arg)
{
	device_t dev = from, next;
	int depth = 0;

	lwkt_gettoken(&bus_token);
	while (dev != NULL) {
		func(dev, depth, arg);
		next = TAILQ_FIRST(&dev->d_children);
		if (next != NULL) {
			depth++;
		} else {
			while (dev != from &&
			    (next = TAILQ_NEXT(dev, d_link)) == NULL) {
				dev = dev->d_parent;
				depth--;
			}
		}
		dev = next;
	}
	lwkt_reltoken(&bus_token);
}

int
bus_generic_probe(device_t dev)
{
	struct driverlink *dl;

	TAILQ_FOREACH(dl, &dev->d_class->dc_drivers, dl_link) {
		if (dl->dl_driver->identify != NULL)
			dl->dl_driver->identify(dl->dl_driver, dev);
	}
	return (0);
}

int
bus_generic_attach(device_t dev)
{
	device_t child;

	TAILQ_FOREACH(child, &dev->d_children, d_link)
		device_probe_and_attach(child);
	return (0);
}

int
bus_generic_detach(device_t dev)
{
	device_t child;
	int error = 0;

	TAILQ_FOREACH(child, &dev->d_children, d_link) {
		error = device_detach(child);
		if (error != 0)
			break;
	}
	return (error);
}

int
bus_generic_shutdown(device_t dev)
{
	device_t child;

	TAILQ_FOREACH(child, &dev->d_children, d_link)
		device_shutdown(child);
	return (0);
}
