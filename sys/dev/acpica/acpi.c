/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * acpi: starts ACPICA, gives the PCI bus its interrupt routing, and serves
 * the power button, power off and reset.
 *
 * hint.acpi.0.disabled=1 in the loader leaves it all alone.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/boot_info.h>
#include <sys/bus.h>
#include <sys/errno.h>
#include <sys/eventhandler.h>
#include <sys/kernel.h>
#include <sys/module.h>
#include <sys/proc.h>
#include <sys/reboot.h>
#include <sys/signalvar.h>
#include <machine/clock.h>
#include <machine/cpufunc.h>
#include <machine/md_var.h>

#include <acpi/acpi.h>
#include "acpivar.h"

#define PIC_MODE_APIC		1
#define NOTIFY_BUTTON_PRESSED	0x80
#define HID_POWER_BUTTON	"PNP0C0C"
#define RESET_WAIT_US		100000

static devclass_t acpi_devclass;
static bool acpi_running;
static bool acpi_can_power_off;

static void
acpi_complain(const char *what, acpi_status status)
{
	kprintf("acpi0: %s: %s\n", what, acpi_format_exception(status));
}

static void
acpi_identify(driver_t *driver, device_t nexus)
{
	int disabled = 0;

	TUNABLE_INT_FETCH("hint.acpi.0.disabled", &disabled);
	if (disabled || boot_info.bi_rsdp == 0 ||
	    device_find_child(nexus, "acpi", -1) != NULL)
		return;
	device_add_child(nexus, "acpi", 0);
}

static int
acpi_probe(device_t dev)
{
	device_set_desc(dev, "ACPI");
	return (0);
}

/* --- the power button --- */

static void
press_power_button(void *arg)
{
	kprintf("acpi0: power button pressed, shutting down\n");
	/* init(8) runs the shutdown scripts, then powers off. */
	if (initproc != NULL)
		ksignal(initproc, SIGUSR2);
}

/* In interrupt context: leave it to the worker. */
static u32
power_button_event(void *arg)
{
	acpi_os_execute(OSL_NOTIFY_HANDLER, press_power_button, NULL);
	return (ACPI_INTERRUPT_HANDLED);
}

static void
power_button_notify(acpi_handle device, u32 value, void *arg)
{
	if (value == NOTIFY_BUTTON_PRESSED)
		press_power_button(NULL);
}

static acpi_status
add_power_button(acpi_handle device, u32 level, void *arg, void **result)
{
	acpi_install_notify_handler(device, ACPI_DEVICE_NOTIFY,
	    power_button_notify, NULL);
	return (AE_OK);
}

static void
power_button_init(void)
{
	if ((acpi_gbl_FADT.flags & ACPI_FADT_POWER_BUTTON) == 0) {
		acpi_install_fixed_event_handler(ACPI_EVENT_POWER_BUTTON,
		    power_button_event, NULL);
		acpi_enable_event(ACPI_EVENT_POWER_BUTTON, 0);
	}
	acpi_get_devices(__DECONST(char *, HID_POWER_BUTTON),
	    add_power_button, NULL, NULL);
}

/* --- power off, reset --- */

static void
acpi_shutdown(void *arg, int howto)
{
	acpi_status status;

	if (!acpi_running)
		return;
	if ((howto & RB_POWEROFF) != 0 && acpi_can_power_off) {
		status = acpi_enter_sleep_state_prep(ACPI_STATE_S5);
		if (ACPI_SUCCESS(status)) {
			cpu_disable_intr();
			status = acpi_enter_sleep_state(ACPI_STATE_S5);
			DELAY(RESET_WAIT_US);
			cpu_enable_intr();
		}
		acpi_complain("power off failed", status);
	} else if ((howto & RB_HALT) == 0 && panicstr == NULL) {
		/* What fails here is tried by other means afterwards. */
		if (ACPI_SUCCESS(acpi_reset()))
			DELAY(RESET_WAIT_US);
	}
}

/* --- start --- */

static acpi_status
set_pic_mode(void)
{
	union acpi_object arg;
	struct acpi_object_list args = { 1, &arg };
	acpi_status status;

	arg.type = ACPI_TYPE_INTEGER;
	arg.integer.value = PIC_MODE_APIC;
	status = acpi_evaluate_object(ACPI_ROOT_OBJECT,
	    __DECONST(char *, "_PIC"), &args, NULL);
	return (status == AE_NOT_FOUND ? AE_OK : status);
}

static acpi_status
start_acpica(void)
{
	acpi_status status;

	status = acpi_initialize_subsystem();
	if (ACPI_SUCCESS(status))
		status = acpi_initialize_tables(NULL, 16, TRUE);
	if (ACPI_SUCCESS(status))
		status = acpi_load_tables();
	if (ACPI_SUCCESS(status))
		status = acpi_enable_subsystem(ACPI_FULL_INITIALIZATION);
	if (ACPI_SUCCESS(status))
		status = acpi_initialize_objects(ACPI_FULL_INITIALIZATION);
	if (ACPI_SUCCESS(status))
		status = set_pic_mode();
	return (status);
}

static int
acpi_attach(device_t dev)
{
	acpi_status status;
	u8 a, b;

	if (acpi_start_worker() != 0)
		return (ENOMEM);
	status = start_acpica();
	if (ACPI_FAILURE(status)) {
		acpi_complain("cannot be started", status);
		acpi_terminate();
		return (ENXIO);
	}
	acpi_running = true;
	acpi_can_power_off = ACPI_SUCCESS(acpi_get_sleep_type_data(
	    ACPI_STATE_S5, &a, &b));
	power_button_init();
	acpi_pci_init();
	acpi_update_all_gpes();
	EVENTHANDLER_REGISTER(shutdown_final, acpi_shutdown, NULL,
	    SHUTDOWN_PRI_DEFAULT);
	return (bus_generic_attach(dev));
}

static driver_t acpi_driver = {
	.name = "acpi",
	.size = 1,
	.identify = acpi_identify,
	.probe = acpi_probe,
	.attach = acpi_attach,
};

DRIVER_MODULE(acpi, nexus, acpi_driver, acpi_devclass, NULL, NULL);
