/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ahci: a port and its commands.
 *
 * Commands wait in ap_queue for the port and run in the slot of the same
 * number as their ccb, in parallel as far as the device takes them (without
 * native command queuing it works them off one by one).  After an error the
 * port is restarted: the command at fault fails, the others are issued again.
 * A command that does not end in its time has the link reset.  An ATAPI port
 * runs one command at a time and holds after an error until the sense data
 * has been asked for, which any other command would wipe out.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/spinlock2.h>
#include <machine/clock.h>

#include "ahci.h"

#define STOP_MS		500		/* engine must stop within, 10.4.2 */
#define READY_MS	10000		/* disks spinning up */
#define FIS_H2D		0x27

static MALLOC_DEFINE(M_AHCI, "ahci", "AHCI ports");

static void ahci_timeout(void *arg);

void
ahci_wait_ms(int ms)
{
	static int never;

	if (cold)
		DELAY(ms * 1000);
	else
		tsleep(&never, 0, "ahci", MAX(1, ms * hz / 1000));
}

bool
ahci_port_linked(struct ahci_port *ap)
{
	return ((ahci_pread(ap, AHCI_PxSSTS) & AHCI_SSTS_DET) ==
	    AHCI_SSTS_DET_PHY);
}

/* Wait, spinning: also used under the spinlock, where it is short. */
static bool
wait_clear(struct ahci_port *ap, int reg, uint32_t bits, int ms)
{
	int us;

	for (us = 0; (ahci_pread(ap, reg) & bits) != 0; us += 10) {
		if (us >= ms * 1000)
			return (false);
		DELAY(10);
	}
	return (true);
}

static bool
port_stop(struct ahci_port *ap)
{
	uint32_t cmd = ahci_pread(ap, AHCI_PxCMD);

	ahci_pwrite(ap, AHCI_PxCMD, cmd & ~AHCI_PxCMD_ST);
	return (wait_clear(ap, AHCI_PxCMD, AHCI_PxCMD_CR, STOP_MS));
}

static void
port_start(struct ahci_port *ap)
{
	uint32_t cmd = ahci_pread(ap, AHCI_PxCMD);

	ahci_pwrite(ap, AHCI_PxCMD, cmd | AHCI_PxCMD_FRE | AHCI_PxCMD_ST);
}

/* COMRESET; the link comes back by itself. */
static void
link_reset(struct ahci_port *ap)
{
	ahci_pwrite(ap, AHCI_PxSCTL, AHCI_SCTL_IPM_NONE |
	    AHCI_SCTL_DET_INIT);
	DELAY(1000);
	ahci_pwrite(ap, AHCI_PxSCTL, AHCI_SCTL_IPM_NONE);
}

static int
alloc_ccbs(struct ahci_port *ap)
{
	struct ahci_softc *sc = ap->ap_sc;
	struct ahci_ccb *ccb;
	int i, error;

	ap->ap_ccbs = kmalloc(sc->sc_nslots * sizeof(*ccb), M_AHCI,
	    M_WAITOK | M_ZERO);
	for (i = 0; i < sc->sc_nslots; i++) {
		ccb = &ap->ap_ccbs[i];
		ccb->ccb_port = ap;
		ccb->ccb_slot = i;
		error = bus_dmamap_create(sc->sc_tag, 0, &ccb->ccb_map);
		if (error != 0)
			return (error);
		ap->ap_nccbs++;
		TAILQ_INSERT_TAIL(&ap->ap_free, ccb, ccb_link);
	}
	return (0);
}

int
ahci_port_init(struct ahci_softc *sc, int num)
{
	struct ahci_port *ap;
	bus_addr_t base;
	int i, error;

	ap = kmalloc(sizeof(*ap), M_AHCI, M_WAITOK | M_ZERO);
	ap->ap_sc = sc;
	ap->ap_num = num;
	spin_init(&ap->ap_spin, "ahciport");
	TAILQ_INIT(&ap->ap_free);
	TAILQ_INIT(&ap->ap_queue);
	bioq_init(&ap->ap_bioq);
	callout_init_mp(&ap->ap_timer);
	sc->sc_port[num] = ap;

	error = bus_dmamem_coherent(NULL, PAGE_SIZE, 0,
	    (sc->sc_cap & AHCI_CAP_S64A) != 0 ? BUS_SPACE_MAXADDR :
	    BUS_SPACE_MAXADDR_32BIT, BUS_SPACE_MAXADDR,
	    sizeof(struct ahci_port_mem), BUS_DMA_ZERO, &ap->ap_dmem);
	if (error == 0)
		error = alloc_ccbs(ap);
	if (error != 0)
		return (error);
	ap->ap_mem = ap->ap_dmem.dmem_addr;
	base = ap->ap_dmem.dmem_busaddr;
	for (i = 0; i < AHCI_SLOTS_MAX; i++)
		ap->ap_mem->hdr[i].ctba = base +
		    offsetof(struct ahci_port_mem, table[i]);

	port_stop(ap);
	ahci_pwrite(ap, AHCI_PxCMD,
	    ahci_pread(ap, AHCI_PxCMD) & ~AHCI_PxCMD_FRE);
	wait_clear(ap, AHCI_PxCMD, AHCI_PxCMD_FR, STOP_MS);
	ahci_pwrite(ap, AHCI_PxCLB, base);
	ahci_pwrite(ap, AHCI_PxCLBU, base >> 32);
	base += offsetof(struct ahci_port_mem, rfis);
	ahci_pwrite(ap, AHCI_PxFB, base);
	ahci_pwrite(ap, AHCI_PxFBU, base >> 32);
	ahci_pwrite(ap, AHCI_PxSERR, ~0U);
	ahci_pwrite(ap, AHCI_PxIS, ~0U);
	ahci_pwrite(ap, AHCI_PxCMD, ahci_pread(ap, AHCI_PxCMD) |
	    AHCI_PxCMD_FRE | AHCI_PxCMD_SUD | AHCI_PxCMD_POD |
	    AHCI_PxCMD_ICC_ACTIVE);
	link_reset(ap);
	return (0);
}

int
ahci_port_identify_link(struct ahci_port *ap)
{
	int ms;

	ahci_pwrite(ap, AHCI_PxSERR, ~0U);
	for (ms = 0; (ahci_pread(ap, AHCI_PxTFD) &
	    (AHCI_TFD_BSY | AHCI_TFD_DRQ)) != 0; ms += 10) {
		if (ms >= READY_MS) {
			device_printf(ap->ap_sc->sc_dev, "port %d: the "
			    "device stays busy\n", ap->ap_num);
			return (EBUSY);
		}
		ahci_wait_ms(10);
	}
	ap->ap_sig = ahci_pread(ap, AHCI_PxSIG);
	if (ap->ap_sig == AHCI_SIG_ATAPI)
		ahci_pwrite(ap, AHCI_PxCMD,
		    ahci_pread(ap, AHCI_PxCMD) | AHCI_PxCMD_ATAPI);
	ahci_pwrite(ap, AHCI_PxIS, ~0U);
	ahci_pwrite(ap, AHCI_PxIE, AHCI_PxI_WANTED);
	port_start(ap);
	callout_reset(&ap->ap_timer, hz, ahci_timeout, ap);
	return (0);
}

void
ahci_port_free(struct ahci_port *ap)
{
	struct ahci_softc *sc = ap->ap_sc;
	int i;

	spin_lock(&ap->ap_spin);
	ap->ap_dead = true;
	spin_unlock(&ap->ap_spin);
	if (ap->ap_dev != NULL) {
		disk_destroy(&ap->ap_disk);
		disk_unit_free(ap->ap_sig == AHCI_SIG_ATAPI ? "cd" : "da",
		    ap->ap_unit);
	}
	callout_terminate(&ap->ap_timer);
	ahci_pwrite(ap, AHCI_PxIE, 0);
	port_stop(ap);
	for (i = 0; i < ap->ap_nccbs; i++)
		bus_dmamap_destroy(sc->sc_tag, ap->ap_ccbs[i].ccb_map);
	kfree(ap->ap_ccbs, M_AHCI);
	bus_dmamem_coherent_free(&ap->ap_dmem);
	sc->sc_port[ap->ap_num] = NULL;
	kfree(ap, M_AHCI);
}

/* --- commands --- */

struct ahci_ccb *
ahci_ccb_get(struct ahci_port *ap)
{
	struct ahci_ccb *ccb;

	spin_lock(&ap->ap_spin);
	ccb = TAILQ_FIRST(&ap->ap_free);
	if (ccb != NULL)
		TAILQ_REMOVE(&ap->ap_free, ccb, ccb_link);
	spin_unlock(&ap->ap_spin);
	if (ccb != NULL) {
		memset(ccb->ccb_fis, 0, sizeof(ccb->ccb_fis));
		memset(ccb->ccb_cdb, 0, sizeof(ccb->ccb_cdb));
		ccb->ccb_fis[0] = FIS_H2D;
		ccb->ccb_fis[1] = 0x80;		/* a command */
		ccb->ccb_data = NULL;
		ccb->ccb_len = 0;
		ccb->ccb_flags = 0;
		ccb->ccb_timeout = 10;
		ccb->ccb_done = NULL;
		ccb->ccb_bio = NULL;
		ccb->ccb_retries = 3;
	}
	return (ccb);
}

void
ahci_ccb_put(struct ahci_ccb *ccb)
{
	struct ahci_port *ap = ccb->ccb_port;

	spin_lock(&ap->ap_spin);
	TAILQ_INSERT_HEAD(&ap->ap_free, ccb, ccb_link);
	spin_unlock(&ap->ap_spin);
}

/* Put the command into its slot and start it; the spinlock is held. */
static void
issue(struct ahci_port *ap, struct ahci_ccb *ccb)
{
	struct ahci_cmd_hdr *hdr = &ap->ap_mem->hdr[ccb->ccb_slot];
	struct ahci_cmd_table *table = &ap->ap_mem->table[ccb->ccb_slot];

	hdr->prdbc = 0;
	memcpy(table->cfis, ccb->ccb_fis, sizeof(ccb->ccb_fis));
	memcpy(table->acmd, ccb->ccb_cdb, sizeof(ccb->ccb_cdb));
	ccb->ccb_deadline = ticks + ccb->ccb_timeout * hz;
	ap->ap_slot[ccb->ccb_slot] = ccb;
	ap->ap_active |= 1U << ccb->ccb_slot;
	cpu_sfence();
	ahci_pwrite(ap, AHCI_PxCI, 1U << ccb->ccb_slot);
}

static void
run_queue(struct ahci_port *ap)
{
	struct ahci_ccb *ccb;

	while (!ap->ap_hold && (ccb = TAILQ_FIRST(&ap->ap_queue)) != NULL) {
		if (ap->ap_sig == AHCI_SIG_ATAPI && ap->ap_active != 0)
			break;
		TAILQ_REMOVE(&ap->ap_queue, ccb, ccb_link);
		issue(ap, ccb);
	}
}

/* The data's segments into the slot's table. */
static int
load(struct ahci_ccb *ccb)
{
	struct ahci_port *ap = ccb->ccb_port;
	struct ahci_cmd_hdr *hdr = &ap->ap_mem->hdr[ccb->ccb_slot];
	struct ahci_prd *prd = ap->ap_mem->table[ccb->ccb_slot].prdt;
	bus_dma_segment_t segs[AHCI_NSEGS];
	int i, n = 0, error;

	if (ccb->ccb_len > 0) {
		error = bus_dmamap_load_segment(ap->ap_sc->sc_tag,
		    ccb->ccb_map, ccb->ccb_data, ccb->ccb_len, segs,
		    AHCI_NSEGS, &n, BUS_DMA_NOWAIT);
		if (error != 0)
			return (error);
		bus_dmamap_sync(ap->ap_sc->sc_tag, ccb->ccb_map,
		    (ccb->ccb_flags & CCB_WRITE) != 0 ?
		    BUS_DMASYNC_PREWRITE : BUS_DMASYNC_PREREAD);
	}
	for (i = 0; i < n; i++) {
		prd[i].dba = segs[i].ds_addr;
		prd[i].reserved = 0;
		prd[i].dbc = segs[i].ds_len - 1;
	}
	hdr->prdtl = n;
	hdr->flags = AHCI_HDR_CFL |
	    ((ccb->ccb_flags & CCB_ATAPI) != 0 ? AHCI_HDR_ATAPI : 0) |
	    ((ccb->ccb_flags & CCB_WRITE) != 0 ? AHCI_HDR_WRITE : 0);
	return (0);
}

/* Finished, one way or the other; no lock held. */
static void
complete(struct ahci_ccb *ccb)
{
	struct ahci_port *ap = ccb->ccb_port;

	if (ccb->ccb_len > 0) {
		bus_dmamap_sync(ap->ap_sc->sc_tag, ccb->ccb_map,
		    (ccb->ccb_flags & CCB_WRITE) != 0 ?
		    BUS_DMASYNC_POSTWRITE : BUS_DMASYNC_POSTREAD);
		bus_dmamap_unload(ap->ap_sc->sc_tag, ccb->ccb_map);
	}
	ccb->ccb_xfer = ap->ap_mem->hdr[ccb->ccb_slot].prdbc;
	ccb->ccb_done(ccb);
}

void
ahci_submit(struct ahci_ccb *ccb)
{
	struct ahci_port *ap = ccb->ccb_port;
	int error;

	ccb->ccb_error = 0;
	ccb->ccb_status = ccb->ccb_errreg = 0;
	error = load(ccb);
	spin_lock(&ap->ap_spin);
	if (ap->ap_dead)
		error = ENXIO;
	if ((ccb->ccb_flags & CCB_SENSE) != 0)
		ap->ap_hold = false;
	if (error == 0) {
		if ((ccb->ccb_flags & CCB_SENSE) != 0)
			TAILQ_INSERT_HEAD(&ap->ap_queue, ccb, ccb_link);
		else
			TAILQ_INSERT_TAIL(&ap->ap_queue, ccb, ccb_link);
		run_queue(ap);
	}
	spin_unlock(&ap->ap_spin);
	if (error != 0) {
		ccb->ccb_error = error;
		ccb->ccb_done(ccb);
	}
}

static void
wake_runner(struct ahci_ccb *ccb)
{
	struct ahci_port *ap = ccb->ccb_port;

	spin_lock(&ap->ap_spin);
	ccb->ccb_flags |= CCB_DONE;
	spin_unlock(&ap->ap_spin);
	wakeup(ccb);
}

int
ahci_run(struct ahci_ccb *ccb)
{
	struct ahci_port *ap = ccb->ccb_port;

	ccb->ccb_flags &= ~CCB_DONE;
	ccb->ccb_done = wake_runner;
	ahci_submit(ccb);
	spin_lock(&ap->ap_spin);
	while ((ccb->ccb_flags & CCB_DONE) == 0)
		ssleep(ccb, &ap->ap_spin, 0, "ahcicmd", 0);
	spin_unlock(&ap->ap_spin);
	return (ccb->ccb_error);
}

/* Take out of the slots what mask says; the spinlock is held. */
static void
collect(struct ahci_port *ap, uint32_t mask, int error,
    struct ahci_ccb_list *list)
{
	struct ahci_ccb *ccb;
	int slot;

	mask &= ap->ap_active;
	ap->ap_active &= ~mask;
	for (; mask != 0; mask &= mask - 1) {
		slot = ffs(mask) - 1;
		ccb = ap->ap_slot[slot];
		ap->ap_slot[slot] = NULL;
		ccb->ccb_error = error;
		TAILQ_INSERT_TAIL(list, ccb, ccb_link);
	}
}

/* Stop, clear and start the port after an error; the spinlock is held. */
static void
restart(struct ahci_port *ap, bool reset_link)
{
	bool stopped = port_stop(ap);

	if (!stopped || reset_link) {
		link_reset(ap);
		wait_clear(ap, AHCI_PxTFD, AHCI_TFD_BSY | AHCI_TFD_DRQ,
		    STOP_MS);
	}
	ahci_pwrite(ap, AHCI_PxSERR, ~0U);
	ahci_pwrite(ap, AHCI_PxIS, ~0U);
	port_start(ap);
}

/* Issue again what was underway through no fault of its own. */
static void
reissue(struct ahci_port *ap)
{
	uint32_t mask = ap->ap_active;
	int slot;

	ap->ap_active = 0;
	for (; mask != 0; mask &= mask - 1) {
		slot = ffs(mask) - 1;
		TAILQ_INSERT_TAIL(&ap->ap_queue, ap->ap_slot[slot],
		    ccb_link);
		ap->ap_slot[slot] = NULL;
	}
	run_queue(ap);
}

static void
finish(struct ahci_port *ap, struct ahci_ccb_list *list)
{
	struct ahci_ccb *ccb;

	if (TAILQ_EMPTY(list))
		return;
	while ((ccb = TAILQ_FIRST(list)) != NULL) {
		TAILQ_REMOVE(list, ccb, ccb_link);
		complete(ccb);
	}
	ahci_start(ap);
}

/*
 * A command failed: the one in the current slot, which its bit in CI still
 * marks.  Controllers that clear the bit all the same (emulated ones) leave
 * the choice among what seems done: then all of that failed, and its users
 * try again.
 */
static void
port_error(struct ahci_port *ap, bool taskfile, struct ahci_ccb_list *done)
{
	struct ahci_ccb *ccb, *bad;
	uint32_t tfd = ahci_pread(ap, AHCI_PxTFD);

	bad = ap->ap_slot[AHCI_PxCMD_CCS(ahci_pread(ap, AHCI_PxCMD))];
	if (bad != NULL)
		collect(ap, 1U << bad->ccb_slot, EIO, done);
	TAILQ_FOREACH(ccb, done, ccb_link) {
		if (bad != NULL && ccb != bad)
			continue;
		ccb->ccb_error = EIO;
		ccb->ccb_status = tfd;
		ccb->ccb_errreg = tfd >> 8;
		if ((ccb->ccb_flags & (CCB_ATAPI | CCB_SENSE)) == CCB_ATAPI)
			ap->ap_hold = true;
	}
	restart(ap, !taskfile);
	reissue(ap);
}

void
ahci_port_intr(struct ahci_port *ap)
{
	struct ahci_ccb_list done = TAILQ_HEAD_INITIALIZER(done);
	uint32_t is;

	spin_lock(&ap->ap_spin);
	is = ahci_pread(ap, AHCI_PxIS);
	ahci_pwrite(ap, AHCI_PxIS, is);
	collect(ap, ~ahci_pread(ap, AHCI_PxCI), 0, &done);
	if ((is & AHCI_PxI_ERRORS) != 0 &&
	    (ap->ap_active != 0 || !TAILQ_EMPTY(&done)))
		port_error(ap, (is & AHCI_PxI_TFE) != 0, &done);
	else
		run_queue(ap);
	spin_unlock(&ap->ap_spin);
	finish(ap, &done);
}

/* Once a second: has a command been forgotten? */
static void
ahci_timeout(void *arg)
{
	struct ahci_port *ap = arg;
	struct ahci_ccb_list late = TAILQ_HEAD_INITIALIZER(late);
	uint32_t mask, hit = 0;
	int slot;

	spin_lock(&ap->ap_spin);
	/* An interrupt may have been missed: count what is done as done. */
	collect(ap, ~ahci_pread(ap, AHCI_PxCI), 0, &late);
	for (mask = ap->ap_active; mask != 0; mask &= mask - 1) {
		slot = ffs(mask) - 1;
		if (ap->ap_slot[slot]->ccb_deadline - ticks < 0)
			hit |= 1U << slot;
	}
	if (hit != 0) {
		collect(ap, hit, ETIMEDOUT, &late);
		restart(ap, true);
		reissue(ap);
	}
	spin_unlock(&ap->ap_spin);
	if (hit != 0)
		device_printf(ap->ap_sc->sc_dev, "port %d: command timed "
		    "out\n", ap->ap_num);
	finish(ap, &late);
	if (!ap->ap_dead)
		callout_reset(&ap->ap_timer, hz, ahci_timeout, ap);
}

void
ahci_unhold(struct ahci_port *ap)
{
	spin_lock(&ap->ap_spin);
	ap->ap_hold = false;
	run_queue(ap);
	spin_unlock(&ap->ap_spin);
}

/* --- bios --- */

/* Pair waiting bios with free ccbs. */
void
ahci_start(struct ahci_port *ap)
{
	struct ahci_ccb *ccb;
	struct bio *bio;

	for (;;) {
		ccb = ahci_ccb_get(ap);
		if (ccb == NULL)
			return;
		spin_lock(&ap->ap_spin);
		bio = bioq_takefirst(&ap->ap_bioq);
		spin_unlock(&ap->ap_spin);
		if (bio == NULL) {
			ahci_ccb_put(ccb);
			/* One may have come while we held the last ccb. */
			if (bioq_first(&ap->ap_bioq) == NULL)
				return;
			continue;
		}
		ccb->ccb_bio = bio;
		ap->ap_start_bio(ap, ccb, bio);
	}
}

void
ahci_queue_bio(struct ahci_port *ap, struct bio *bio)
{
	spin_lock(&ap->ap_spin);
	bioq_insert_tail(&ap->ap_bioq, bio);
	spin_unlock(&ap->ap_spin);
	ahci_start(ap);
}
