/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mfi: finding controllers on PCI (1), attaching, detaching, shutting down;
 * and all that touches the hardware itself.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/module.h>
#include <sys/spinlock2.h>
#include <machine/clock.h>
#include <bus/pci/pcivar.h>

#include "mfivar.h"

#define ANY	0xffff

static devclass_t mfi_devclass;

int mfi_cmd_timeout = 30;
int mfi_max_cmds;
int mfi_event_class;
int mfi_event_locale = MFI_EVT_LOCALE_ALL;
int mfi_detect_jbod = 1;
static int msi_enable = 1;

TUNABLE_INT("hw.mfi.cmd_timeout", &mfi_cmd_timeout);
TUNABLE_INT("hw.mfi.max_cmds", &mfi_max_cmds);
TUNABLE_INT("hw.mfi.event_class", &mfi_event_class);
TUNABLE_INT("hw.mfi.event_locale", &mfi_event_locale);
TUNABLE_INT("hw.mfi.detect_jbod_change", &mfi_detect_jbod);
TUNABLE_INT("hw.mfi.msi.enable", &msi_enable);

static SYSCTL_NODE(_hw, OID_AUTO, mfi, CTLFLAG_RD, NULL,
    "MegaRAID controllers");
SYSCTL_INT(_hw_mfi, OID_AUTO, cmd_timeout, CTLFLAG_RW, &mfi_cmd_timeout, 0,
    "Seconds until a command is late and the controller is reset");
SYSCTL_INT(_hw_mfi, OID_AUTO, max_cmds, CTLFLAG_RD, &mfi_max_cmds, 0,
    "Commands of a controller at most (0: as many as its firmware takes)");
SYSCTL_INT(_hw_mfi, OID_AUTO, event_class, CTLFLAG_RW, &mfi_event_class, 0,
    "Least class of events that are logged");
SYSCTL_INT(_hw_mfi, OID_AUTO, event_locale, CTLFLAG_RW, &mfi_event_locale, 0,
    "Mask of the locales of events that are logged");
SYSCTL_INT(_hw_mfi, OID_AUTO, detect_jbod_change, CTLFLAG_RW,
    &mfi_detect_jbod, 0, "Follow drives outside volumes as they come and go");

/* (1): the first entry that fits is it. */
static const struct mfi_ident {
	uint16_t	vendor, device, subvendor, subdevice;
	const struct mfi_family *family;
	const char	*desc;
} idents[] = {
	{ 0x1000, 0x005b, 0x1028, 0x1f2d, &mfi_thunderbolt,
	    "Dell PERC H810 Adapter" },
	{ 0x1000, 0x005b, 0x1028, 0x1f30, &mfi_thunderbolt,
	    "Dell PERC H710 Embedded" },
	{ 0x1000, 0x005b, 0x1028, 0x1f31, &mfi_thunderbolt,
	    "Dell PERC H710P Adapter" },
	{ 0x1000, 0x005b, 0x1028, 0x1f33, &mfi_thunderbolt,
	    "Dell PERC H710P Mini (blades)" },
	{ 0x1000, 0x005b, 0x1028, 0x1f34, &mfi_thunderbolt,
	    "Dell PERC H710P Mini (monolithics)" },
	{ 0x1000, 0x005b, 0x1028, 0x1f35, &mfi_thunderbolt,
	    "Dell PERC H710 Adapter" },
	{ 0x1000, 0x005b, 0x1028, 0x1f37, &mfi_thunderbolt,
	    "Dell PERC H710 Mini (blades)" },
	{ 0x1000, 0x005b, 0x1028, 0x1f38, &mfi_thunderbolt,
	    "Dell PERC H710 Mini (monolithics)" },
	{ 0x1000, 0x005b, 0x8086, 0x9265, &mfi_thunderbolt,
	    "Intel (R) RAID Controller RS25DB080" },
	{ 0x1000, 0x005b, 0x8086, 0x9285, &mfi_thunderbolt,
	    "Intel (R) RAID Controller RS25NB008" },
	{ 0x1000, 0x005b, ANY, ANY, &mfi_thunderbolt, "ThunderBolt" },
	{ 0x1000, 0x0060, 0x1028, ANY, &mfi_1078, "Dell PERC 6" },
	{ 0x1000, 0x0060, ANY, ANY, &mfi_1078, "LSI MegaSAS 1078" },
	{ 0x1000, 0x0071, ANY, ANY, &mfi_skinny, "Drake Skinny" },
	{ 0x1000, 0x0073, ANY, ANY, &mfi_skinny, "Drake Skinny" },
	{ 0x1000, 0x0078, ANY, ANY, &mfi_gen2, "LSI MegaSAS Gen2" },
	{ 0x1000, 0x0079, 0x1028, 0x1f15, &mfi_gen2,
	    "Dell PERC H800 Adapter" },
	{ 0x1000, 0x0079, 0x1028, 0x1f16, &mfi_gen2,
	    "Dell PERC H700 Adapter" },
	{ 0x1000, 0x0079, 0x1028, 0x1f17, &mfi_gen2,
	    "Dell PERC H700 Integrated" },
	{ 0x1000, 0x0079, 0x1028, 0x1f18, &mfi_gen2,
	    "Dell PERC H700 Modular" },
	{ 0x1000, 0x0079, 0x1028, 0x1f19, &mfi_gen2, "Dell PERC H700" },
	{ 0x1000, 0x0079, 0x1028, 0x1f1a, &mfi_gen2,
	    "Dell PERC H800 Proto Adapter" },
	{ 0x1000, 0x0079, 0x1028, 0x1f1b, &mfi_gen2, "Dell PERC H800" },
	{ 0x1000, 0x0079, 0x1028, ANY, &mfi_gen2, "Dell PERC Gen2" },
	{ 0x1000, 0x0079, ANY, ANY, &mfi_gen2, "LSI MegaSAS Gen2" },
	{ 0x1000, 0x007c, ANY, ANY, &mfi_1078, "LSI MegaSAS 1078" },
	{ 0x1000, 0x0411, ANY, ANY, &mfi_xscale, "LSI MegaSAS 1064R" },
	{ 0x1000, 0x0413, ANY, ANY, &mfi_xscale, "LSI MegaSAS 1064R" },
	{ 0x1028, 0x0015, ANY, ANY, &mfi_xscale, "Dell PERC 5/i" },
};

static const struct mfi_ident *
find_ident(device_t dev)
{
	const struct mfi_ident *id;

	for (id = idents; id < idents + nitems(idents); id++) {
		if (id->vendor == pci_get_vendor(dev) &&
		    id->device == pci_get_device(dev) &&
		    (id->subvendor == ANY ||
		    id->subvendor == pci_get_subvendor(dev)) &&
		    (id->subdevice == ANY ||
		    id->subdevice == pci_get_subdevice(dev)))
			return (id);
	}
	return (NULL);
}

static int
mfi_probe(device_t dev)
{
	const struct mfi_ident *id = find_ident(dev);

	if (id == NULL)
		return (ENXIO);
	device_set_desc(dev, id->desc);
	return (BUS_PROBE_DEFAULT);
}

/* --- the hardware --- */

uint32_t
mfi_read(struct mfi_softc *sc, int reg)
{
	return (bus_read_4(sc->sc_regs, reg));
}

void
mfi_write(struct mfi_softc *sc, int reg, uint32_t v)
{
	bus_write_4(sc->sc_regs, reg, v);
}

uint32_t
mfi_config_read(struct mfi_softc *sc, int reg)
{
	return (pci_read_config(sc->sc_dev, reg, 4));
}

void
mfi_config_write(struct mfi_softc *sc, int reg, uint32_t v)
{
	pci_write_config(sc->sc_dev, reg, v, 4);
}

void
mfi_pause(struct mfi_softc *sc, int ms)
{
	if (panicstr != NULL)
		DELAY(ms * 1000);
	else
		tsleep(sc, 0, "mfiwait", MAX(ms * hz / 1000, 1));
}

/* One vector serves all: there is one ring. */
static int
setup_interrupt(struct mfi_softc *sc)
{
	device_t dev = sc->sc_dev;
	u_int flags = RF_ACTIVE;
	int enable = msi_enable, error;
	char name[32];

	ksnprintf(name, sizeof(name), "hw.mfi%d.msi.enable",
	    device_get_unit(dev));
	TUNABLE_INT_FETCH(name, &enable);
	if (enable && pci_msix_count(dev) >= 1 && pci_setup_msix(dev) == 0) {
		sc->sc_msix = true;
		error = pci_alloc_msix_vector(dev, 0, &sc->sc_irq_rid, -1);
		if (error != 0)
			return (error);
	} else {
		sc->sc_irq_type = pci_alloc_1intr(dev, enable,
		    &sc->sc_irq_rid, &flags);
	}
	sc->sc_message = sc->sc_msix ||
	    sc->sc_irq_type == PCI_INTR_TYPE_MSI;
	sc->sc_irq = bus_alloc_resource_any(dev, SYS_RES_IRQ,
	    &sc->sc_irq_rid, flags);
	if (sc->sc_irq == NULL) {
		device_printf(dev, "no interrupt\n");
		return (ENXIO);
	}
	error = bus_setup_intr(dev, sc->sc_irq, INTR_MPSAFE, mfi_intr, sc,
	    &sc->sc_intr, NULL);
	if (error == 0 && sc->sc_msix)
		pci_enable_msix(dev);
	return (error);
}

static void
release_interrupt(struct mfi_softc *sc)
{
	device_t dev = sc->sc_dev;

	if (sc->sc_intr != NULL)
		bus_teardown_intr(dev, sc->sc_irq, sc->sc_intr);
	if (sc->sc_irq != NULL)
		bus_release_resource(dev, SYS_RES_IRQ, sc->sc_irq_rid,
		    sc->sc_irq);
	if (sc->sc_msix) {
		pci_release_msix_vector(dev, sc->sc_irq_rid);
		pci_teardown_msix(dev);
	} else if (sc->sc_irq_type == PCI_INTR_TYPE_MSI) {
		pci_release_msi(dev);
	}
}

/* --- life --- */

/* Any value but 0 resets the controller, as a late command would. */
static int
sysctl_reset(SYSCTL_HANDLER_ARGS)
{
	int value = 0, error;

	error = sysctl_handle_int(oidp, &value, 0, req);
	if (error == 0 && req->newptr != NULL && value != 0)
		mfi_want(arg1, MFI_WANT_RECOVER);
	return (error);
}

static void
add_sysctls(struct mfi_softc *sc)
{
	struct sysctl_oid *dev, *class, *unit;
	char name[12];

	sysctl_ctx_init(&sc->sc_sysctl);
	ksnprintf(name, sizeof(name), "%d", device_get_unit(sc->sc_dev));
	dev = SYSCTL_ADD_NODE(&sc->sc_sysctl, &sysctl__children, OID_AUTO,
	    "dev", CTLFLAG_RD, NULL, "Devices");
	class = SYSCTL_ADD_NODE(&sc->sc_sysctl, SYSCTL_CHILDREN(dev),
	    OID_AUTO, "mfi", CTLFLAG_RD, NULL, "MegaRAID controllers");
	unit = SYSCTL_ADD_NODE(&sc->sc_sysctl, SYSCTL_CHILDREN(class),
	    OID_AUTO, name, CTLFLAG_RD, NULL, "");
	SYSCTL_ADD_INT(&sc->sc_sysctl, SYSCTL_CHILDREN(unit), OID_AUTO,
	    "delete_busy_volumes", CTLFLAG_RW, &sc->sc_delete_busy, 0,
	    "Let volumes be deleted that are open");
	SYSCTL_ADD_INT(&sc->sc_sysctl, SYSCTL_CHILDREN(unit), OID_AUTO,
	    "keep_deleted_volumes", CTLFLAG_RW, &sc->sc_keep_deleted, 0,
	    "Do not take away the disk of a volume that is open");
	SYSCTL_ADD_PROC(&sc->sc_sysctl, SYSCTL_CHILDREN(unit), OID_AUTO,
	    "reset", CTLTYPE_INT | CTLFLAG_RW, sc, 0, sysctl_reset, "I",
	    "Write 1 to reset the controller");
}

static void
release(struct mfi_softc *sc)
{
	if (sc->sc_regs != NULL)
		mfi_intr_disable(sc);
	release_interrupt(sc);
	callout_terminate(&sc->sc_timer);
	mfi_free(sc);
	sysctl_ctx_free(&sc->sc_sysctl);
	if (sc->sc_regs != NULL)
		bus_release_resource(sc->sc_dev, SYS_RES_MEMORY,
		    sc->sc_family->bar, sc->sc_regs);
	lockuninit(&sc->sc_lock);
	spin_uninit(&sc->sc_spin);
}

static int
prepare(struct mfi_softc *sc)
{
	device_t dev = sc->sc_dev;
	int rid = sc->sc_family->bar, error;

	pci_enable_busmaster(dev);
	sc->sc_regs = bus_alloc_resource_any(dev, SYS_RES_MEMORY, &rid,
	    RF_ACTIVE);
	if (sc->sc_regs == NULL) {
		device_printf(dev, "PCI memory window not available\n");
		return (ENXIO);
	}
	error = mfi_fw_ready(sc);
	if (error != 0) {
		device_printf(dev, "Firmware not in READY state, error %d\n",
		    error);
		return (ENXIO);
	}
	error = mfi_alloc(sc);
	if (error == 0)
		error = mfi_fw_init(sc);
	if (error == 0)
		error = setup_interrupt(sc);
	return (error);
}

static void
init_softc(struct mfi_softc *sc, device_t dev)
{
	sc->sc_dev = dev;
	sc->sc_family = find_ident(dev)->family;
	spin_init(&sc->sc_spin, "mfi");
	lockinit(&sc->sc_lock, "mfi", 0, 0);
	TAILQ_INIT(&sc->sc_free);
	TAILQ_INIT(&sc->sc_busy);
	TAILQ_INIT(&sc->sc_disks);
	bioq_init(&sc->sc_bioq);
	callout_init_mp(&sc->sc_timer);
	sc->sc_evt_class = (uint32_t)(uint8_t)mfi_event_class << 24 |
	    (mfi_event_locale & MFI_EVT_LOCALE_ALL);
	add_sysctls(sc);
}

static int
mfi_attach(device_t dev)
{
	struct mfi_softc *sc = device_get_softc(dev);
	int error;

	init_softc(sc, dev);
	device_printf(dev, "Megaraid SAS driver Ver 4.23 \n");
	error = prepare(sc);
	if (error != 0) {
		release(sc);
		return (error);
	}
	mfi_intr_enable(sc);
	spin_lock(&sc->sc_spin);
	sc->sc_state = MFI_RUNNING;
	spin_unlock(&sc->sc_spin);
	error = mfi_threads_start(sc);
	if (error == 0)
		error = mfi_ctl_attach(sc);
	if (error != 0) {
		mfi_threads_stop(sc);
		release(sc);
		return (error);
	}
	mfi_get_info(sc);
	lockmgr(&sc->sc_lock, LK_EXCLUSIVE);
	mfi_scan_volumes(sc);
	mfi_scan_syspds(sc);
	lockmgr(&sc->sc_lock, LK_RELEASE);
	return (0);
}

/* The last writes are done; what the controller keeps goes to its disks. */
static int
mfi_shutdown(device_t dev)
{
	struct mfi_softc *sc = device_get_softc(dev);

	mfi_threads_stop(sc);
	mfi_shutdown_firmware(sc);
	return (0);
}

static bool
in_use(struct mfi_softc *sc)
{
	struct mfi_disk *d;
	bool busy = sc->sc_opens > 0;

	TAILQ_FOREACH(d, &sc->sc_disks, d_link)
		busy |= d->d_open;
	return (busy);
}

static int
mfi_detach(device_t dev)
{
	struct mfi_softc *sc = device_get_softc(dev);
	struct mfi_disk *d;

	lockmgr(&sc->sc_lock, LK_EXCLUSIVE);
	if (in_use(sc)) {
		lockmgr(&sc->sc_lock, LK_RELEASE);
		return (EBUSY);
	}
	while ((d = TAILQ_FIRST(&sc->sc_disks)) != NULL)
		mfi_disk_detach(d);
	lockmgr(&sc->sc_lock, LK_RELEASE);
	mfi_ctl_detach(sc);
	mfi_shutdown(dev);
	release(sc);
	return (0);
}

static driver_t mfi_driver = {
	.name = "mfi",
	.size = sizeof(struct mfi_softc),
	.probe = mfi_probe,
	.attach = mfi_attach,
	.detach = mfi_detach,
	.shutdown = mfi_shutdown,
};

DRIVER_MODULE(mfi, pci, mfi_driver, mfi_devclass, NULL, NULL);
MODULE_VERSION(mfi, 1);
