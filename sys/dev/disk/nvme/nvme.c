/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nvme: attaching controllers (7.6.1), shutting them down (7.6.2).
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/module.h>
#include <sys/spinlock2.h>
#include <machine/clock.h>
#include <bus/pci/pcivar.h>

#include "nvme.h"

#define NVME_BAR	PCIR_BAR(0)
#define ADMIN_ENTRIES	32
#define SHUTDOWN_MS	10000
#define LIST_MAX	1024		/* namespaces in an answer */

static devclass_t nvme_devclass;

static MALLOC_DEFINE(M_NVME, "nvme", "NVM Express controllers");

static int msix_enable = 1;
TUNABLE_INT("hw.nvme.msix.enable", &msix_enable);

static int
nvme_probe(device_t dev)
{
	if (pci_get_class(dev) != PCIC_STORAGE ||
	    pci_get_subclass(dev) != PCIS_STORAGE_NVM ||
	    pci_get_progif(dev) != PCIP_STORAGE_NVM_NVME)
		return (ENXIO);
	device_set_desc(dev, "NVM Express controller");
	return (BUS_PROBE_DEFAULT);
}

static uint32_t
rd4(struct nvme_softc *sc, int reg)
{
	return (bus_read_4(sc->sc_regs, reg));
}

static void
wr4(struct nvme_softc *sc, int reg, uint32_t v)
{
	bus_write_4(sc->sc_regs, reg, v);
}

static void
wr8(struct nvme_softc *sc, int reg, uint64_t v)
{
	wr4(sc, reg, (uint32_t)v);
	wr4(sc, reg + 4, (uint32_t)(v >> 32));
}

static int
wait_status(struct nvme_softc *sc, uint32_t mask, uint32_t want, int ms)
{
	uint32_t v;

	for (; ms >= 0; ms--) {
		v = rd4(sc, NVME_CSTS);
		if (v == 0xffffffff || (v & NVME_CSTS_FATAL) != 0)
			return (ENXIO);
		if ((v & mask) == want)
			return (0);
		DELAY(1000);
	}
	return (ETIMEDOUT);
}

/* Off, the administration queues set, on. */
static int
enable(struct nvme_softc *sc)
{
	struct nvme_queue *q = sc->sc_admin;
	int ms = NVME_CAP_TO(sc->sc_cap) + 500;

	wr4(sc, NVME_CC, rd4(sc, NVME_CC) & ~NVME_CC_ENABLE);
	if (wait_status(sc, NVME_CSTS_READY, 0, ms) != 0)
		return (EIO);
	wr4(sc, NVME_AQA, (q->q_entries - 1) << 16 | (q->q_entries - 1));
	wr8(sc, NVME_ASQ, q->q_sqmem.dmem_busaddr);
	wr8(sc, NVME_ACQ, q->q_cqmem.dmem_busaddr);
	wr4(sc, NVME_CC, NVME_CC_ENABLE | NVME_CC_SQES | NVME_CC_CQES);
	return (wait_status(sc, NVME_CSTS_READY, NVME_CSTS_READY, ms));
}

/* --- interrupts --- */

static void
shared_intr(void *arg)
{
	struct nvme_softc *sc = arg;
	int i;

	nvme_queue_intr(sc->sc_admin);
	for (i = 0; i < sc->sc_nio; i++)
		nvme_queue_intr(sc->sc_io[i]);
}

static int
setup_vector(struct nvme_queue *q)
{
	device_t dev = q->q_sc->sc_dev;
	int error;

	error = pci_alloc_msix_vector(dev, q->q_id, &q->q_irq_rid,
	    q->q_id == 0 ? 0 : (q->q_id - 1) % ncpus);
	if (error != 0)
		return (error);
	q->q_irq = bus_alloc_resource_any(dev, SYS_RES_IRQ, &q->q_irq_rid,
	    RF_ACTIVE);
	if (q->q_irq == NULL)
		return (ENXIO);
	return (bus_setup_intr(dev, q->q_irq, INTR_MPSAFE, nvme_queue_intr,
	    q, &q->q_intr, NULL));
}

static int
setup_interrupts(struct nvme_softc *sc)
{
	device_t dev = sc->sc_dev;
	u_int flags;

	if (msix_enable && pci_msix_count(dev) >= 1 &&
	    pci_setup_msix(dev) == 0) {
		sc->sc_msix = true;
		pci_enable_msix(dev);
		return (setup_vector(sc->sc_admin));
	}
	sc->sc_irq_type = pci_alloc_1intr(dev, 1, &sc->sc_irq_rid, &flags);
	sc->sc_irq = bus_alloc_resource_any(dev, SYS_RES_IRQ,
	    &sc->sc_irq_rid, flags);
	if (sc->sc_irq == NULL) {
		device_printf(dev, "no interrupt\n");
		return (ENXIO);
	}
	return (bus_setup_intr(dev, sc->sc_irq, INTR_MPSAFE, shared_intr, sc,
	    &sc->sc_intr, NULL));
}

static void
free_queue(struct nvme_queue *q)
{
	device_t dev = q->q_sc->sc_dev;

	if (q->q_intr != NULL)
		bus_teardown_intr(dev, q->q_irq, q->q_intr);
	if (q->q_irq != NULL) {
		bus_release_resource(dev, SYS_RES_IRQ, q->q_irq_rid,
		    q->q_irq);
		pci_release_msix_vector(dev, q->q_irq_rid);
	}
	nvme_queue_free(q);
}

/* --- queues --- */

static int
create_queue(struct nvme_softc *sc, int id, int entries)
{
	struct nvme_cmd cmd;
	struct nvme_queue *q;
	int error;

	error = nvme_queue_new(sc, id, entries, &q);
	if (error != 0)
		return (error);
	if (sc->sc_msix)
		error = setup_vector(q);
	memset(&cmd, 0, sizeof(cmd));
	cmd.opcode = NVME_CREATE_CQ;
	cmd.prp1 = q->q_cqmem.dmem_busaddr;
	cmd.cdw10 = (entries - 1) << 16 | id;
	cmd.cdw11 = (sc->sc_msix ? id : 0) << 16 | NVME_CQ_INTERRUPTS |
	    NVME_Q_CONTIGUOUS;
	if (error == 0)
		error = nvme_admin(sc, &cmd, NULL);
	cmd.opcode = NVME_CREATE_SQ;
	cmd.prp1 = q->q_sqmem.dmem_busaddr;
	cmd.cdw11 = id << 16 | NVME_Q_CONTIGUOUS;
	if (error == 0)
		error = nvme_admin(sc, &cmd, NULL);
	if (error != 0) {
		free_queue(q);
		return (error);
	}
	sc->sc_io[sc->sc_nio++] = q;
	return (0);
}

/* As many as there are CPUs, vectors, and as the controller grants. */
static int
create_queues(struct nvme_softc *sc)
{
	struct nvme_cmd cmd = { .opcode = NVME_SET_FEATURES,
	    .cdw10 = NVME_FEATURE_QUEUES };
	int want = ncpus, entries, i, error;
	uint32_t granted;

	if (sc->sc_msix)
		want = MAX(MIN(want, pci_msix_count(sc->sc_dev) - 1), 1);
	cmd.cdw11 = (want - 1) << 16 | (want - 1);
	error = nvme_admin(sc, &cmd, &granted);
	if (error != 0)
		return (error);
	want = MIN(want, (int)(granted & 0xffff) + 1);
	want = MIN(want, (int)(granted >> 16) + 1);
	sc->sc_io = kmalloc(want * sizeof(*sc->sc_io), M_NVME, M_WAITOK |
	    M_ZERO);
	entries = MIN(NVME_CAP_MQES(sc->sc_cap), NVME_DEPTH);
	for (i = 1; i <= want; i++) {
		error = create_queue(sc, i, entries);
		if (error != 0)
			break;
	}
	/* Fewer will do. */
	return (sc->sc_nio > 0 ? 0 : error);
}

/* --- identity --- */

static void
id_string(const uint8_t *p, int len, char *s)
{
	while (len > 0 && (p[len - 1] == ' ' || p[len - 1] == '\0'))
		len--;
	while (len > 0 && *p == ' ')
		p++, len--;
	memcpy(s, p, len);
	s[len] = '\0';
}

static int
identify(struct nvme_softc *sc)
{
	struct nvme_cmd cmd = { .opcode = NVME_IDENTIFY,
	    .cdw10 = NVME_CNS_CONTROLLER };
	const uint8_t *id = sc->sc_scratch.dmem_addr;
	char model[41], firmware[9];
	int error;

	cmd.prp1 = sc->sc_scratch.dmem_busaddr;
	error = nvme_admin(sc, &cmd, NULL);
	if (error != 0)
		return (error);
	id_string(id + NVME_ID_SERIAL, 20, sc->sc_serial);
	id_string(id + NVME_ID_MODEL, 40, model);
	id_string(id + NVME_ID_FIRMWARE, 8, firmware);
	sc->sc_maxio = MAXPHYS;
	if (id[NVME_ID_MDTS] != 0 && id[NVME_ID_MDTS] < 16)
		sc->sc_maxio = MIN(MAXPHYS, 1 << (id[NVME_ID_MDTS] +
		    NVME_CAP_MPSMIN(sc->sc_cap)));
	sc->sc_cache = (id[NVME_ID_VWC] & 1) != 0;
	sc->sc_dsm = (id[NVME_ID_ONCS] & NVME_ONCS_DSM) != 0;
	device_printf(sc->sc_dev, "<%s %s> serial number %s\n", model,
	    firmware, sc->sc_serial);
	return (0);
}

/* The answers come a page at a time, in ascending order. */
static void
find_namespaces(struct nvme_softc *sc)
{
	struct nvme_cmd cmd = { .opcode = NVME_IDENTIFY,
	    .cdw10 = NVME_CNS_LIST };
	uint32_t *list = kmalloc(PAGE_SIZE, M_NVME, M_WAITOK);
	int i;

	cmd.prp1 = sc->sc_scratch.dmem_busaddr;
	do {
		if (nvme_admin(sc, &cmd, NULL) != 0)
			break;
		memcpy(list, sc->sc_scratch.dmem_addr, PAGE_SIZE);
		for (i = 0; i < LIST_MAX && list[i] > cmd.nsid; i++) {
			nvme_ns_attach(sc, list[i]);
			cmd.nsid = list[i];
		}
	} while (i == LIST_MAX);
	kfree(list, M_NVME);
}

/* --- life --- */

/* Once a second: does the controller still answer? */
static void
watch(void *arg)
{
	struct nvme_softc *sc = arg;
	uint32_t csts = rd4(sc, NVME_CSTS);
	bool dead = csts == 0xffffffff || (csts & NVME_CSTS_FATAL) != 0;
	int i;

	dead |= nvme_queue_late(sc->sc_admin);
	for (i = 0; i < sc->sc_nio; i++)
		dead |= nvme_queue_late(sc->sc_io[i]);
	if (!dead) {
		callout_reset(&sc->sc_timer, hz, watch, sc);
		return;
	}
	device_printf(sc->sc_dev, "the controller does not answer (status "
	    "0x%x): its disks are gone\n", csts);
	sc->sc_dead = true;
	/* Disabled, it touches no memory any more. */
	wr4(sc, NVME_CC, 0);
	wait_status(sc, NVME_CSTS_READY, 0, 500);
	nvme_queue_fail(sc->sc_admin);
	for (i = 0; i < sc->sc_nio; i++)
		nvme_queue_fail(sc->sc_io[i]);
}

static void
release(struct nvme_softc *sc)
{
	device_t dev = sc->sc_dev;
	int i;

	callout_terminate(&sc->sc_timer);
	if (sc->sc_regs != NULL)
		wr4(sc, NVME_CC, 0);
	if (sc->sc_intr != NULL)
		bus_teardown_intr(dev, sc->sc_irq, sc->sc_intr);
	if (sc->sc_irq != NULL)
		bus_release_resource(dev, SYS_RES_IRQ, sc->sc_irq_rid,
		    sc->sc_irq);
	if (sc->sc_irq_type == PCI_INTR_TYPE_MSI)
		pci_release_msi(dev);
	for (i = 0; i < sc->sc_nio; i++)
		free_queue(sc->sc_io[i]);
	if (sc->sc_admin != NULL)
		free_queue(sc->sc_admin);
	if (sc->sc_msix)
		pci_teardown_msix(dev);
	if (sc->sc_io != NULL)
		kfree(sc->sc_io, M_NVME);
	if (sc->sc_scratch.dmem_addr != NULL)
		bus_dmamem_coherent_free(&sc->sc_scratch);
	if (sc->sc_tag != NULL)
		bus_dma_tag_destroy(sc->sc_tag);
	if (sc->sc_regs != NULL)
		bus_release_resource(dev, SYS_RES_MEMORY, NVME_BAR,
		    sc->sc_regs);
}

static int
prepare(struct nvme_softc *sc)
{
	device_t dev = sc->sc_dev;
	int rid = NVME_BAR, error;

	sc->sc_regs = bus_alloc_resource_any(dev, SYS_RES_MEMORY, &rid,
	    RF_ACTIVE);
	if (sc->sc_regs == NULL) {
		device_printf(dev, "cannot map the registers\n");
		return (ENXIO);
	}
	pci_enable_busmaster(dev);
	sc->sc_cap = rd4(sc, NVME_CAP) |
	    (uint64_t)rd4(sc, NVME_CAP + 4) << 32;
	if (NVME_CAP_MPSMIN(sc->sc_cap) > PAGE_SHIFT) {
		device_printf(dev, "it wants larger pages than ours\n");
		return (ENXIO);
	}
	/* A command's pointers are pages; only the first has an offset. */
	error = bus_dma_tag_create(bus_get_dma_tag(dev), 4, PAGE_SIZE,
	    BUS_SPACE_MAXADDR, BUS_SPACE_MAXADDR, MAXPHYS, NVME_MAX_SEGS,
	    PAGE_SIZE, 0, &sc->sc_tag);
	if (error == 0)
		error = bus_dmamem_coherent(NULL, PAGE_SIZE, 0,
		    BUS_SPACE_MAXADDR, BUS_SPACE_MAXADDR, PAGE_SIZE,
		    BUS_DMA_ZERO, &sc->sc_scratch);
	if (error == 0)
		error = nvme_queue_new(sc, 0, MIN(ADMIN_ENTRIES,
		    NVME_CAP_MQES(sc->sc_cap)), &sc->sc_admin);
	return (error);
}

static int
nvme_attach(device_t dev)
{
	struct nvme_softc *sc = device_get_softc(dev);
	int error;

	sc->sc_dev = dev;
	callout_init_mp(&sc->sc_timer);
	error = prepare(sc);
	/* Some look at enabling whether MSI-X is on. */
	if (error == 0)
		error = setup_interrupts(sc);
	if (error == 0) {
		error = enable(sc);
		if (error != 0)
			device_printf(dev, "the controller does not become "
			    "ready\n");
	}
	if (error == 0) {
		callout_reset(&sc->sc_timer, hz, watch, sc);
		error = identify(sc);
	}
	if (error == 0)
		error = create_queues(sc);
	if (error != 0) {
		release(sc);
		return (error);
	}
	find_namespaces(sc);
	return (0);
}

static int
nvme_shutdown(device_t dev)
{
	struct nvme_softc *sc = device_get_softc(dev);

	if (sc->sc_dead)
		return (0);
	wr4(sc, NVME_CC, (rd4(sc, NVME_CC) & ~NVME_CC_SHUTDOWN_MASK) |
	    NVME_CC_SHUTDOWN);
	if (wait_status(sc, NVME_CSTS_SHUT_MASK, NVME_CSTS_SHUT_DONE,
	    SHUTDOWN_MS) != 0)
		device_printf(dev, "the controller does not shut down\n");
	return (0);
}

static int
nvme_detach(device_t dev)
{
	struct nvme_softc *sc = device_get_softc(dev);
	struct nvme_ns *ns;

	while ((ns = sc->sc_ns) != NULL) {
		sc->sc_ns = ns->n_next;
		nvme_ns_detach(ns);
	}
	nvme_shutdown(dev);
	release(sc);
	return (0);
}

static driver_t nvme_driver = {
	.name = "nvme",
	.size = sizeof(struct nvme_softc),
	.probe = nvme_probe,
	.attach = nvme_attach,
	.detach = nvme_detach,
	.shutdown = nvme_shutdown,
};

DRIVER_MODULE(nvme, pci, nvme_driver, nvme_devclass, NULL, NULL);
MODULE_VERSION(nvme, 1);
