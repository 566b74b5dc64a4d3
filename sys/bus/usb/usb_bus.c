/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * USB: busses, their threads, and waiting for them at boot.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/bus.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/kthread.h>
#include <sys/malloc.h>
#include <sys/module.h>
#include <sys/spinlock2.h>
#include <sys/thread2.h>

#include "usb.h"

static devclass_t usb_devclass;

/* Every bus; usb_spin guards the list. */
static TAILQ_HEAD(, usb_bus) usb_busses = TAILQ_HEAD_INITIALIZER(usb_busses);
static struct spinlock usb_spin = SPINLOCK_INITIALIZER(usb_spin, "usbbus");

void
usb_wait_ms(int ms)
{
	static int never;

	tsleep(&never, 0, "usbms", MAX(1, (ms * hz + 999) / 1000));
}

void
usb_explore_soon(struct usb_bus *ub)
{
	wakeup(&ub->ub_thread);
}

void
usb_root_changed(struct usb_bus *ub)
{
	spin_lock(&ub->ub_spin);
	ub->ub_root.uh_look = true;
	spin_unlock(&ub->ub_spin);
	usb_explore_soon(ub);
}

/* The next hub to be looked at, or NULL. */
static struct usb_hub *
changed_hub(struct usb_bus *ub)
{
	struct usb_hub *uh;

	TAILQ_FOREACH(uh, &ub->ub_hubs, uh_link) {
		if (uh->uh_look) {
			uh->uh_look = false;
			return (uh);
		}
	}
	return (NULL);
}

/* Everything below the root goes. */
static void
remove_all(struct usb_bus *ub)
{
	int i;

	for (i = 0; i < ub->ub_root.uh_nports; i++) {
		if (ub->ub_root.uh_child[i] != NULL)
			usb_device_gone(ub->ub_root.uh_child[i]);
	}
}

static void
usb_thread(void *arg)
{
	struct usb_bus *ub = arg;
	struct usb_hub *uh;

	usb_hub_init_root(ub);
	spin_lock(&ub->ub_spin);
	ub->ub_root.uh_look = true;
	while (!ub->ub_stop) {
		uh = changed_hub(ub);
		if (uh != NULL) {
			spin_unlock(&ub->ub_spin);
			usb_hub_explore(uh);
			spin_lock(&ub->ub_spin);
			continue;
		}
		if (!ub->ub_explored) {
			ub->ub_explored = true;
			wakeup(&ub->ub_explored);
		}
		ssleep(&ub->ub_thread, &ub->ub_spin, 0, "usbidle", 0);
	}
	spin_unlock(&ub->ub_spin);
	remove_all(ub);
	kfree(ub->ub_root.uh_child, M_DEVBUF);
	spin_lock(&ub->ub_spin);
	ub->ub_explored = true;
	ub->ub_thread = NULL;
	spin_unlock(&ub->ub_spin);
	wakeup(&ub->ub_explored);
	wakeup(&ub->ub_stop);
	kthread_exit();
}

void
usb_bus_init(struct usb_bus *ub)
{
	spin_init(&ub->ub_spin, "usb");
	TAILQ_INIT(&ub->ub_hubs);
	TAILQ_INIT(&ub->ub_interfaces);
	TAILQ_INIT(&ub->ub_pending);
}

int
usb_bus_attach(device_t hc_dev, struct usb_bus *ub)
{
	int error;

	ub->ub_dev = device_add_child(hc_dev, "usb", -1);
	if (ub->ub_dev == NULL)
		return (ENOMEM);
	device_set_ivars(ub->ub_dev, ub);
	error = device_probe_and_attach(ub->ub_dev);
	if (error == 0)
		error = kthread_create(usb_thread, ub, &ub->ub_thread, "%s",
		    device_get_nameunit(ub->ub_dev));
	if (error != 0) {
		device_delete_child(hc_dev, ub->ub_dev);
		return (error);
	}
	spin_lock(&usb_spin);
	TAILQ_INSERT_TAIL(&usb_busses, ub, ub_link);
	spin_unlock(&usb_spin);
	return (0);
}

void
usb_bus_detach(struct usb_bus *ub)
{
	spin_lock(&usb_spin);
	TAILQ_REMOVE(&usb_busses, ub, ub_link);
	spin_unlock(&usb_spin);
	spin_lock(&ub->ub_spin);
	ub->ub_stop = true;
	wakeup(&ub->ub_thread);
	while (ub->ub_thread != NULL)
		ssleep(&ub->ub_stop, &ub->ub_spin, 0, "usbdet", 0);
	spin_unlock(&ub->ub_spin);
	device_delete_child(device_get_parent(ub->ub_dev), ub->ub_dev);
	spin_uninit(&ub->ub_spin);
}

/*
 * The root file system may be on a disk that is still being found.  Busses
 * are not detached while the machine boots.
 */
static void
usb_settle(void *arg)
{
	struct usb_bus *ub;

	TAILQ_FOREACH(ub, &usb_busses, ub_link) {
		spin_lock(&ub->ub_spin);
		while (!ub->ub_explored)
			ssleep(&ub->ub_explored, &ub->ub_spin, 0, "usbboot",
			    0);
		spin_unlock(&ub->ub_spin);
	}
}
SYSINIT(usb_settle, SI_SUB_INT_CONFIG_HOOKS, SI_ORDER_ANY, usb_settle, NULL);

/* --- the newbus device --- */

static int
usb_probe(device_t dev)
{
	device_set_desc(dev, "USB bus");
	return (0);
}

static int
usb_attach(device_t dev)
{
	return (0);
}

static int
usb_print_child(device_t dev, device_t child)
{
	struct usb_interface *ui = device_get_ivars(child);
	int n;

	n = bus_print_child_header(dev, child);
	n += kprintf(" port %d", ui->ui_dev->ud_port);
	return (n + bus_print_child_footer(dev, child));
}

static driver_t usb_driver = {
	.name = "usb",
	.size = 0,
	.probe = usb_probe,
	.attach = usb_attach,
	.detach = bus_generic_detach,
	.print_child = usb_print_child,
};

DRIVER_MODULE(usb, xhci, usb_driver, usb_devclass, NULL, NULL);
DRIVER_MODULE(usb, ehci, usb_driver, usb_devclass, NULL, NULL);
MODULE_VERSION(usb, 1);
