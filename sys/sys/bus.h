/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Devices, drivers and buses.
 *
 * The devices of a machine form a tree.  A driver belongs to a devclass and
 * registers with the name of the bus it serves (DRIVER_MODULE).  For a device
 * of that bus the driver with the best probe result attaches.  A bus is a
 * driver whose methods also serve its children; a method left out passes the
 * request to the bus above it, up to the nexus.
 *
 * The tree is changed under bus_token, which the functions here take
 * themselves; probe and attach methods run with it and may sleep.
 */
#ifndef _SYS_BUS_H_
#define _SYS_BUS_H_

#ifdef _KERNEL

#include <sys/types.h>
#include <sys/interrupt.h>
#include <sys/kernel.h>
#include <sys/module.h>
#include <sys/queue.h>
#include <sys/rman.h>
#include <sys/stdbool.h>
#include <machine/stdarg.h>

struct device;
struct devclass;
struct driver;
struct bus_dma_tag;
struct lwkt_serialize;
struct lwkt_token;

typedef struct device	*device_t;
typedef struct devclass	*devclass_t;
typedef struct driver	driver_t;
typedef void		driver_intr_t(void *arg);

extern struct lwkt_token bus_token;

/* Resource types. */
#define SYS_RES_IRQ	1
#define SYS_RES_DRQ	2
#define SYS_RES_MEMORY	3
#define SYS_RES_IOPORT	4

/* Probe results: 0 is certain, below 0 weaker, above 0 an errno. */
#define BUS_PROBE_SPECIFIC	0
#define BUS_PROBE_VENDOR	(-10)
#define BUS_PROBE_DEFAULT	(-20)
#define BUS_PROBE_GENERIC	(-100)

/* bus_setup_intr() flags; those of register_int() pass through too. */
#define BUS_INTR_MPSAFE		0	/* every handler is */

typedef enum {
	DS_NOTPRESENT,			/* no driver */
	DS_ALIVE,			/* probed */
	DS_INPROGRESS,			/* attaching */
	DS_ATTACHED,
} device_state_t;

struct driver {
	const char	*name;		/* of its devclass */
	size_t		size;		/* of the softc */

	/* The device: return 0 or an errno, probe as above. */
	int	(*probe)(device_t dev);
	int	(*attach)(device_t dev);
	int	(*detach)(device_t dev);
	int	(*shutdown)(device_t dev);
	void	(*identify)(driver_t *driver, device_t bus);

	/* The bus: dev is the bus, child the device asking or meant. */
	int	(*print_child)(device_t dev, device_t child);
	void	(*probe_nomatch)(device_t dev, device_t child);
	int	(*read_ivar)(device_t dev, device_t child, int which,
		    uintptr_t *value);
	int	(*write_ivar)(device_t dev, device_t child, int which,
		    uintptr_t value);
	void	(*driver_added)(device_t dev, driver_t *driver);
	void	(*child_detached)(device_t dev, device_t child);
	struct resource *(*alloc_resource)(device_t dev, device_t child,
		    int type, int *rid, u_long start, u_long end,
		    u_long count, u_int flags, int cpuid);
	int	(*release_resource)(device_t dev, device_t child, int type,
		    int rid, struct resource *r);
	int	(*activate_resource)(device_t dev, device_t child, int type,
		    int rid, struct resource *r);
	int	(*deactivate_resource)(device_t dev, device_t child, int type,
		    int rid, struct resource *r);
	int	(*setup_intr)(device_t dev, device_t child,
		    struct resource *r, int flags, driver_intr_t *handler,
		    void *arg, void **cookiep,
		    struct lwkt_serialize *serializer, const char *desc);
	int	(*teardown_intr)(device_t dev, device_t child,
		    struct resource *r, void *cookie);
	struct bus_dma_tag *(*get_dma_tag)(device_t dev, device_t child);
};

/* --- drivers --- */

struct driver_module_data {
	const char	*dmd_busname;
	driver_t	*dmd_driver;
	devclass_t	*dmd_devclass;
	int		(*dmd_chainevh)(struct module *, int, void *);
	void		*dmd_chainarg;
};
int	driver_module_handler(struct module *mod, int what, void *arg);

/*
 * Registers a driver for the devices of a bus: at boot, or when the module
 * is loaded.  devclass is a devclass_t variable that gets the class.
 */
#define DRIVER_MODULE(name, busname, driver, devclass, evh, arg)	\
	static struct driver_module_data name##_##busname##_dmd = {	\
		#busname, &(driver), &(devclass), evh, arg		\
	};								\
	static moduledata_t name##_##busname##_mod = {			\
		#busname "/" #name, driver_module_handler,		\
		&name##_##busname##_dmd					\
	};								\
	DECLARE_MODULE(name##_##busname, name##_##busname##_mod,	\
	    SI_SUB_DRIVERS, SI_ORDER_MIDDLE)

devclass_t devclass_find(const char *name);
devclass_t devclass_create(const char *name);
int	devclass_add_driver(devclass_t bus, driver_t *driver);
int	devclass_delete_driver(devclass_t bus, driver_t *driver);
const char *devclass_get_name(devclass_t dc);
device_t devclass_get_device(devclass_t dc, int unit);
void	*devclass_get_softc(devclass_t dc, int unit);
int	devclass_get_maxunit(devclass_t dc);

/* --- devices --- */

/* A child of dev; name NULL: any driver of the bus may take it. */
device_t device_add_child(device_t dev, const char *name, int unit);
int	device_delete_child(device_t dev, device_t child);
/* Finds the driver and attaches it; ENXIO when none wants the device. */
int	device_probe_and_attach(device_t dev);
int	device_detach(device_t dev);
int	device_shutdown(device_t dev);

device_t device_get_parent(device_t dev);
/* An array to be freed by kfree(.., M_TEMP). */
int	device_get_children(device_t dev, device_t **list, int *count);
device_t device_find_child(device_t dev, const char *name, int unit);
devclass_t device_get_devclass(device_t dev);
driver_t *device_get_driver(device_t dev);
const char *device_get_name(device_t dev);
const char *device_get_nameunit(device_t dev);
int	device_get_unit(device_t dev);
void	*device_get_softc(device_t dev);
void	*device_get_ivars(device_t dev);
void	device_set_ivars(device_t dev, void *ivars);
device_state_t device_get_state(device_t dev);
const char *device_get_desc(device_t dev);
void	device_set_desc(device_t dev, const char *desc);
void	device_set_desc_copy(device_t dev, const char *desc);
void	device_quiet(device_t dev);
int	device_is_attached(device_t dev);
int	device_is_alive(device_t dev);
int	device_is_quiet(device_t dev);
/* A device with open users does not detach. */
void	device_busy(device_t dev);
void	device_unbusy(device_t dev);
int	device_print_prettyname(device_t dev);
int	device_printf(device_t dev, const char *fmt, ...) __printflike(2, 3);
/* Calls func for each device of the tree, parents first. */
void	device_walk(device_t from, void (*func)(device_t, int, void *),
	    void *arg);
extern device_t root_bus;

/* --- what a device asks of its bus --- */

struct resource *bus_alloc_resource(device_t dev, int type, int *rid,
	    u_long start, u_long end, u_long count, u_int flags);
struct resource *bus_alloc_resource_any(device_t dev, int type, int *rid,
	    u_int flags);
struct resource *bus_alloc_legacy_irq_resource(device_t dev, int *rid,
	    u_long irq, u_int flags);
int	bus_release_resource(device_t dev, int type, int rid,
	    struct resource *r);
int	bus_activate_resource(device_t dev, int type, int rid,
	    struct resource *r);
int	bus_deactivate_resource(device_t dev, int type, int rid,
	    struct resource *r);
/*
 * handler(arg) runs in the interrupt's own thread, with the serializer held
 * if there is one.
 */
int	bus_setup_intr(device_t dev, struct resource *r, int flags,
	    driver_intr_t *handler, void *arg, void **cookiep,
	    struct lwkt_serialize *serializer);
int	bus_setup_intr_descr(device_t dev, struct resource *r, int flags,
	    driver_intr_t *handler, void *arg, void **cookiep,
	    struct lwkt_serialize *serializer, const char *desc);
int	bus_teardown_intr(device_t dev, struct resource *r, void *cookie);
struct bus_dma_tag *bus_get_dma_tag(device_t dev);
int	bus_read_ivar(device_t child, int which, uintptr_t *value);
int	bus_write_ivar(device_t child, int which, uintptr_t value);

#define bus_read_1(r, o) \
	bus_space_read_1((r)->r_bustag, (r)->r_bushandle, (o))
#define bus_read_2(r, o) \
	bus_space_read_2((r)->r_bustag, (r)->r_bushandle, (o))
#define bus_read_4(r, o) \
	bus_space_read_4((r)->r_bustag, (r)->r_bushandle, (o))
#define bus_write_1(r, o, v) \
	bus_space_write_1((r)->r_bustag, (r)->r_bushandle, (o), (v))
#define bus_write_2(r, o, v) \
	bus_space_write_2((r)->r_bustag, (r)->r_bushandle, (o), (v))
#define bus_write_4(r, o, v) \
	bus_space_write_4((r)->r_bustag, (r)->r_bushandle, (o), (v))

/* --- for bus drivers --- */

/* Pass child's request on to the buses above bus. */
struct resource *bus_alloc_resource_above(device_t bus, device_t child,
	    int type, int *rid, u_long start, u_long end, u_long count,
	    u_int flags, int cpuid);
/* Attach all children. */
int	bus_generic_attach(device_t dev);
int	bus_generic_probe(device_t dev);	/* run identify methods */
int	bus_generic_detach(device_t dev);
int	bus_generic_shutdown(device_t dev);
int	bus_print_child_header(device_t dev, device_t child);
int	bus_print_child_footer(device_t dev, device_t child);

/* Accessors of instance variables, as PCI's pci_get_vendor(). */
#define __BUS_ACCESSOR(varp, var, ivarp, ivar, type)			\
static __inline type							\
varp##_get_##var(device_t dev)						\
{									\
	uintptr_t v = 0;						\
									\
	bus_read_ivar(dev, ivarp##_IVAR_##ivar, &v);			\
	return ((type)v);						\
}									\
									\
static __inline void							\
varp##_set_##var(device_t dev, type t)					\
{									\
	bus_write_ivar(dev, ivarp##_IVAR_##ivar, (uintptr_t)t);		\
}

#endif /* _KERNEL */

#endif /* !_SYS_BUS_H_ */
