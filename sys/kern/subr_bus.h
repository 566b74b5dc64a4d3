/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What subr_bus.c and subr_busreq.c share: the structures behind device_t
 * and devclass_t.
 */
#ifndef _KERN_SUBR_BUS_H_
#define _KERN_SUBR_BUS_H_

#include <sys/bus.h>
#include <sys/eventhandler.h>
#include <sys/malloc.h>
#include <sys/queue.h>

MALLOC_DECLARE(M_BUS);

/* (b) bus_token, (I) immutable */
struct device {
	TAILQ_ENTRY(device) d_link;	/* (b) among the parent's children */
	TAILQ_ENTRY(device) d_classlink; /* (b) among its class */
	TAILQ_HEAD(, device) d_children; /* (b) */
	device_t	d_parent;	/* (I) */
	devclass_t	d_class;	/* (b) NULL: has no name yet */
	driver_t	*d_driver;	/* (b) */
	device_state_t	d_state;	/* (b) */
	int		d_unit;		/* (b) -1: any */
	char		*d_nameunit;	/* (b) "ahci0" */
	char		*d_desc;	/* (b) */
	bool		d_fixed;	/* (I) named at creation */
	bool		d_quiet;	/* (b) */
	int		d_busy;		/* (b) open users */
	void		*d_ivars;	/* the parent's data about it */
	void		*d_softc;	/* (b) the driver's */
};

struct driverlink {
	TAILQ_ENTRY(driverlink) dl_link;
	driver_t	*dl_driver;
};

/* (b) bus_token, (I) immutable; never freed */
struct devclass {
	TAILQ_ENTRY(devclass) dc_link;	/* (b) */
	char		*dc_name;	/* (I) */
	TAILQ_HEAD(, device) dc_devices; /* (b) the class's devices */
	TAILQ_HEAD(, driverlink) dc_drivers; /* (b) for its children */
};

device_t device_make(device_t parent, const char *name, int unit);

#endif /* !_KERN_SUBR_BUS_H_ */
