/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * acpi: where the interrupt pins of PCI devices lead (ACPI 6.2.13, _PRT).
 *
 * A bridge's _PRT says for (slot, pin) of its bus which global interrupt it
 * is, directly or through a link device whose current setting tells.  A bus
 * without a _PRT passes its pins on to the slot of its bridge, rotated by the
 * slot number (PCI-to-PCI Bridge Architecture, 9.1).
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/queue.h>
#include <machine/intr_machdep.h>
#include <bus/pci/pcivar.h>

#include <acpi/acpi.h>
#include "acpivar.h"

#define PRT_SLOT(address)	((int)((address) >> 16 & 0xffff))
#define PCI_PINS		4

static MALLOC_DEFINE(M_ACPIPCI, "acpipci", "PCI interrupt routing");

/* All set up once at attach and read only afterwards. */
struct route {
	SLIST_ENTRY(route) r_link;
	int		r_bus, r_slot, r_pin;	/* pins count from 1 */
	int		r_gsi;
	enum intr_trigger r_trigger;
	enum intr_polarity r_polarity;
};
static SLIST_HEAD(, route) routes = SLIST_HEAD_INITIALIZER(routes);

struct link_state {
	int		gsi;
	u8		triggering, polarity;
};

static acpi_status
link_resource(struct acpi_resource *r, void *arg)
{
	struct link_state *ls = arg;

	switch (r->type) {
	case ACPI_RESOURCE_TYPE_IRQ:
		if (r->data.irq.interrupt_count == 0)
			break;
		ls->gsi = r->data.irq.interrupts[0];
		ls->triggering = r->data.irq.triggering;
		ls->polarity = r->data.irq.polarity;
		break;
	case ACPI_RESOURCE_TYPE_EXTENDED_IRQ:
		if (r->data.extended_irq.interrupt_count == 0)
			break;
		ls->gsi = r->data.extended_irq.interrupts[0];
		ls->triggering = r->data.extended_irq.triggering;
		ls->polarity = r->data.extended_irq.polarity;
		break;
	}
	return (AE_OK);
}

/* A link the firmware left open: choose the first setting it offers. */
static void
set_link(acpi_handle link, struct link_state *ls)
{
	struct acpi_buffer buf = { ACPI_ALLOCATE_BUFFER, NULL };
	struct acpi_resource *r;

	if (ACPI_FAILURE(acpi_get_possible_resources(link, &buf)))
		return;
	for (r = buf.pointer; r->type != ACPI_RESOURCE_TYPE_END_TAG;
	    r = ACPI_NEXT_RESOURCE(r)) {
		if (r->type == ACPI_RESOURCE_TYPE_IRQ &&
		    r->data.irq.interrupt_count > 0) {
			r->data.irq.interrupt_count = 1;
			break;
		}
		if (r->type == ACPI_RESOURCE_TYPE_EXTENDED_IRQ &&
		    r->data.extended_irq.interrupt_count > 0) {
			r->data.extended_irq.interrupt_count = 1;
			break;
		}
	}
	if (r->type != ACPI_RESOURCE_TYPE_END_TAG &&
	    ACPI_SUCCESS(acpi_set_current_resources(link, &buf)))
		link_resource(r, ls);
	acpi_os_free(buf.pointer);
}

static bool
read_link(acpi_handle bridge, char *name, struct link_state *ls)
{
	acpi_handle link;

	if (ACPI_FAILURE(acpi_get_handle(bridge, name, &link)))
		return (false);
	acpi_walk_resources(link, __DECONST(char *, METHOD_NAME__CRS),
	    link_resource, ls);
	if (ls->gsi <= 0)
		set_link(link, ls);
	return (ls->gsi > 0);
}

static void
add_route(acpi_handle bridge, int bus, struct acpi_pci_routing_table *prt)
{
	struct link_state ls = { -1, ACPI_LEVEL_SENSITIVE, ACPI_ACTIVE_LOW };
	struct route *r;

	if (prt->source[0] == '\0')
		ls.gsi = prt->source_index;
	else if (!read_link(bridge, prt->source, &ls))
		return;
	r = kmalloc(sizeof(*r), M_ACPIPCI, M_WAITOK | M_ZERO);
	r->r_bus = bus;
	r->r_slot = PRT_SLOT(prt->address);
	r->r_pin = prt->pin + 1;
	r->r_gsi = ls.gsi;
	r->r_trigger = ls.triggering == ACPI_EDGE_SENSITIVE ?
	    INTR_TRIGGER_EDGE : INTR_TRIGGER_LEVEL;
	r->r_polarity = ls.polarity == ACPI_ACTIVE_HIGH ?
	    INTR_POLARITY_HIGH : INTR_POLARITY_LOW;
	SLIST_INSERT_HEAD(&routes, r, r_link);
}

static bool
is_host_bridge(acpi_handle h)
{
	struct acpi_device_info *info;
	bool host;

	if (ACPI_FAILURE(acpi_get_object_info(h, &info)))
		return (false);
	host = (info->flags & ACPI_PCI_ROOT_BRIDGE) != 0;
	acpi_os_free(info);
	return (host);
}

static bool
integer(acpi_handle h, const char *name, u64 *value)
{
	union acpi_object o;
	struct acpi_buffer buf = { sizeof(o), &o };

	if (ACPI_FAILURE(acpi_evaluate_object(h, __DECONST(char *, name),
	    NULL, &buf)) || o.type != ACPI_TYPE_INTEGER)
		return (false);
	*value = o.integer.value;
	return (true);
}

/* The number of the bus below a bridge, -1 if it is none. */
static int
bus_below(acpi_handle bridge)
{
	acpi_handle parent;
	u64 value;
	int bus, slot, func;

	if (is_host_bridge(bridge))
		return (integer(bridge, METHOD_NAME__BBN, &value) ?
		    (int)(value & 0xff) : 0);
	if (!integer(bridge, METHOD_NAME__ADR, &value) ||
	    ACPI_FAILURE(acpi_get_parent(bridge, &parent)))
		return (-1);
	bus = bus_below(parent);
	slot = value >> 16 & 0x1f;
	func = value & 7;
	if (bus < 0 || (pci_cfgread(bus, slot, func, PCIR_HDRTYPE, 1) &
	    PCIM_HDRTYPE) != PCIM_HDRTYPE_BRIDGE)
		return (-1);
	bus = pci_cfgread(bus, slot, func, PCIR_SECBUS_1, 1);
	return (bus == 0 || bus == 0xff ? -1 : bus);
}

static acpi_status
read_prt(acpi_handle device, u32 level, void *arg, void **result)
{
	struct acpi_buffer buf = { ACPI_ALLOCATE_BUFFER, NULL };
	struct acpi_pci_routing_table *prt;
	acpi_handle method;
	int bus;

	if (ACPI_FAILURE(acpi_get_handle(device,
	    __DECONST(char *, METHOD_NAME__PRT), &method)))
		return (AE_OK);
	bus = bus_below(device);
	if (bus < 0 ||
	    ACPI_FAILURE(acpi_get_irq_routing_table(device, &buf)))
		return (AE_OK);
	for (prt = buf.pointer; prt->length != 0;
	    prt = (struct acpi_pci_routing_table *)((char *)prt +
	    prt->length))
		add_route(device, bus, prt);
	acpi_os_free(buf.pointer);
	return (AE_OK);
}

static int
route(int bus, int slot, int pin)
{
	struct route *r;
	int irq, up;

	for (up = 0; up <= PCI_BUSMAX; up++) {
		SLIST_FOREACH(r, &routes, r_link) {
			if (r->r_bus != bus || r->r_slot != slot ||
			    r->r_pin != pin)
				continue;
			irq = machintr_gsi_irq(r->r_gsi);
			if (irq >= 0)
				machintr_intr_config(irq, r->r_trigger,
				    r->r_polarity);
			return (irq);
		}
		pin = (pin - 1 + slot) % PCI_PINS + 1;
		if (!pci_bridge_of(bus, &bus, &slot))
			break;
	}
	return (-1);
}

void
acpi_pci_init(void)
{
	acpi_walk_namespace(ACPI_TYPE_DEVICE, ACPI_ROOT_OBJECT,
	    ACPI_UINT32_MAX, read_prt, NULL, NULL, NULL);
	if (!SLIST_EMPTY(&routes))
		pci_route_intx = route;
}
