/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mfi: the firmware's states (3), its initialisation (4), its reset (13), and
 * the memory that it and the driver share.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/malloc.h>

#include "mfivar.h"

#define STATE_MS	180000		/* in one state, at most */
#define STEP_MS		100
#define UNLOCK_STEPS	100
#define RESET_STEPS	1000
#define INIT_SECONDS	60
#define QEMU_WINDOW	2048		/* mapped from a frame's start (20.2) */
#define TBOLT_FRAME	1024		/* what a pass-through points to */
#define TBOLT_REQUEST	256
#define TBOLT_CHAIN	1024
#define TBOLT_SGES	(7 + TBOLT_CHAIN / (int)sizeof(struct mfi_sg_ieee))

static MALLOC_DEFINE(M_MFICMD, "mficmd", "MegaRAID commands");

uint32_t
mfi_fw_status(struct mfi_softc *sc)
{
	return (mfi_read(sc, sc->sc_family->state_reg));
}

/* What to do about a state on the way to READY; 0: just wait. */
static int
fw_step(struct mfi_softc *sc, int state)
{
	const struct mfi_family *f = sc->sc_family;

	switch (state) {
	case MFI_FW_UNDEFINED:
	case MFI_FW_BB_INIT:
	case MFI_FW_INIT:
	case MFI_FW_INIT_2:
	case MFI_FW_DEVICE_SCAN:
	case MFI_FW_FLUSH_CACHE:
		return (0);
	case MFI_FW_WAIT_HANDSHAKE:
		mfi_write(sc, f->idb, MFI_IDB_HANDSHAKE);
		return (0);
	case MFI_FW_BOOT_MESSAGE:
		mfi_write(sc, f->idb, MFI_IDB_HOTPLUG);
		return (0);
	case MFI_FW_OPERATIONAL:
		mfi_intr_disable(sc);
		mfi_write(sc, f->idb, f->idb_ready);
		return (0);
	case MFI_FW_FAULT:
		device_printf(sc->sc_dev, "Firmware fault\n");
		return (ENXIO);
	default:
		device_printf(sc->sc_dev, "Unknown firmware state %#x\n",
		    state);
		return (ENXIO);
	}
}

int
mfi_fw_ready(struct mfi_softc *sc)
{
	uint32_t status = mfi_fw_status(sc), last;
	int state, waited, error;

	while ((state = MFI_FW_STATE(status)) != MFI_FW_READY) {
		error = fw_step(sc, state);
		if (error != 0)
			return (error);
		for (waited = 0; waited < STATE_MS; waited += STEP_MS) {
			last = status;
			status = mfi_fw_status(sc);
			if ((int)MFI_FW_STATE(status) != state)
				break;
			/* Scanning goes on as long as anything changes. */
			if (state == MFI_FW_DEVICE_SCAN && status != last)
				waited = 0;
			mfi_pause(sc, STEP_MS);
		}
		if (waited >= STATE_MS) {
			device_printf(sc->sc_dev,
			    "Firmware stuck in state %#x\n", state);
			return (ENXIO);
		}
	}
	return (0);
}

/* --- memory --- */

static int
dma_alloc(int alignment, size_t size, bus_dmamem_t *mem)
{
	return (bus_dmamem_coherent(NULL, alignment, 0,
	    BUS_SPACE_MAXADDR_32BIT, BUS_SPACE_MAXADDR, size, BUS_DMA_ZERO,
	    mem));
}

static void
dma_free(bus_dmamem_t *mem)
{
	if (mem->dmem_addr != NULL) {
		bus_dmamem_coherent_free(mem);
		mem->dmem_addr = NULL;
	}
}

/* Commands, list elements, entries of the ring; ENXIO if it is absurd. */
static int
size_pool(struct mfi_softc *sc)
{
	uint32_t status = mfi_fw_status(sc);
	int maxcmd = MFI_FW_MAXCMD(status), maxsge = MFI_FW_MAXSGE(status);
	int sge;

	if (maxcmd < MFI_RESERVED + 2 || maxsge < 2) {
		device_printf(sc->sc_dev, "the firmware takes %d commands of "
		    "%d pieces: too few\n", maxcmd, maxsge);
		return (ENXIO);
	}
	sc->sc_ncmds = maxcmd - 1;
	if (mfi_max_cmds > 0)
		sc->sc_ncmds = MIN(sc->sc_ncmds,
		    MAX(mfi_max_cmds, MFI_RESERVED + 2));
	sc->sc_nsge = MIN(maxsge, MFI_MAX_SEGS);
	sc->sc_entries = maxcmd;
	sge = sc->sc_family->ieee ? sizeof(struct mfi_sg_ieee) :
	    sizeof(struct mfi_sg64);
	sc->sc_framesize = ((sge * sc->sc_nsge - 1) / MFI_FRAME_SIZE + 2) *
	    MFI_FRAME_SIZE;
	if (sc->sc_family->tbolt) {
		sc->sc_nsge = MIN(sc->sc_nsge, TBOLT_SGES);
		sc->sc_framesize = TBOLT_FRAME;
		sc->sc_entries = (2 * (maxcmd - 1) + 16) / 16 * 16;
	}
	return (0);
}

static int
alloc_tbolt(struct mfi_softc *sc)
{
	int error;

	/* Request 0 is not used (17.1). */
	error = dma_alloc(TBOLT_REQUEST, (sc->sc_ncmds + 1) * TBOLT_REQUEST,
	    &sc->sc_requests);
	if (error == 0)
		error = dma_alloc(TBOLT_CHAIN, (sc->sc_ncmds + 1) *
		    TBOLT_CHAIN, &sc->sc_chains);
	return (error);
}

static int
alloc_shared(struct mfi_softc *sc)
{
	size_t comms = sc->sc_family->tbolt ?
	    sc->sc_entries * sizeof(uint64_t) :
	    (sc->sc_entries + 2) * sizeof(uint32_t);
	int error;

	error = dma_alloc(PAGE_SIZE, comms, &sc->sc_comms);
	if (error == 0)
		error = dma_alloc(PAGE_SIZE, (size_t)sc->sc_ncmds *
		    sc->sc_framesize + QEMU_WINDOW, &sc->sc_frames);
	if (error == 0)
		error = dma_alloc(MFI_SENSE_SIZE, sc->sc_ncmds *
		    MFI_SENSE_SIZE, &sc->sc_senses);
	if (error == 0)
		error = dma_alloc(PAGE_SIZE, PAGE_SIZE, &sc->sc_initmem);
	if (error == 0)
		error = dma_alloc(PAGE_SIZE, PAGE_SIZE, &sc->sc_dummy);
	if (error == 0)
		error = dma_alloc(PAGE_SIZE, PAGE_SIZE, &sc->sc_evtmem);
	if (error == 0 && sc->sc_family->tbolt)
		error = alloc_tbolt(sc);
	if (error == 0)
		error = bus_dma_tag_create(bus_get_dma_tag(sc->sc_dev), 1, 0,
		    BUS_SPACE_MAXADDR, BUS_SPACE_MAXADDR, MAXPHYS,
		    sc->sc_nsge, MAXPHYS, 0, &sc->sc_tag);
	return (error);
}

static int
make_command(struct mfi_softc *sc, struct mfi_cmd *cmd, int i)
{
	cmd->c_sc = sc;
	cmd->c_index = i;
	cmd->c_frame = (void *)((char *)sc->sc_frames.dmem_addr +
	    (size_t)i * sc->sc_framesize);
	cmd->c_framepa = sc->sc_frames.dmem_busaddr +
	    (bus_addr_t)i * sc->sc_framesize;
	cmd->c_sense = (uint8_t *)sc->sc_senses.dmem_addr +
	    i * MFI_SENSE_SIZE;
	cmd->c_sensepa = sc->sc_senses.dmem_busaddr + i * MFI_SENSE_SIZE;
	if (sc->sc_family->tbolt) {
		cmd->c_request = (uint8_t *)sc->sc_requests.dmem_addr +
		    (i + 1) * TBOLT_REQUEST;
		cmd->c_chain = (void *)((char *)sc->sc_chains.dmem_addr +
		    (i + 1) * TBOLT_CHAIN);
		cmd->c_chainpa = sc->sc_chains.dmem_busaddr +
		    (i + 1) * TBOLT_CHAIN;
	}
	TAILQ_INSERT_TAIL(&sc->sc_free, cmd, c_link);
	sc->sc_nfree++;
	return (bus_dmamap_create(sc->sc_tag, 0, &cmd->c_map));
}

int
mfi_alloc(struct mfi_softc *sc)
{
	int i, error;

	error = size_pool(sc);
	if (error == 0)
		error = alloc_shared(sc);
	if (error != 0)
		return (error);
	if (sc->sc_family->tbolt) {
		sc->sc_replies = sc->sc_comms.dmem_addr;
	} else {
		sc->sc_producer = sc->sc_comms.dmem_addr;
		sc->sc_consumer = sc->sc_producer + 1;
		sc->sc_ring = sc->sc_producer + 2;
	}
	sc->sc_cmds = kmalloc(sc->sc_ncmds * sizeof(*sc->sc_cmds), M_MFICMD,
	    M_WAITOK | M_ZERO);
	for (i = 0; i < sc->sc_ncmds && error == 0; i++)
		error = make_command(sc, &sc->sc_cmds[i], i);
	return (error);
}

void
mfi_free(struct mfi_softc *sc)
{
	int i;

	for (i = 0; sc->sc_cmds != NULL && i < sc->sc_ncmds; i++) {
		if (sc->sc_cmds[i].c_map != NULL)
			bus_dmamap_destroy(sc->sc_tag, sc->sc_cmds[i].c_map);
	}
	if (sc->sc_cmds != NULL)
		kfree(sc->sc_cmds, M_MFICMD);
	sc->sc_cmds = NULL;
	if (sc->sc_tag != NULL)
		bus_dma_tag_destroy(sc->sc_tag);
	dma_free(&sc->sc_comms);
	dma_free(&sc->sc_frames);
	dma_free(&sc->sc_senses);
	dma_free(&sc->sc_requests);
	dma_free(&sc->sc_chains);
	dma_free(&sc->sc_initmem);
	dma_free(&sc->sc_dummy);
	dma_free(&sc->sc_evtmem);
}

/* --- initialisation --- */

int
mfi_fw_init(struct mfi_softc *sc)
{
	struct mfi_init_frame *f = sc->sc_initmem.dmem_addr;
	struct mfi_init_qinfo *q = (void *)((char *)f + MFI_FRAME_SIZE);
	struct mfi_cmd cmd = { .c_sc = sc, .c_frame = &f->header,
	    .c_framepa = sc->sc_initmem.dmem_busaddr };
	bus_addr_t comms = sc->sc_comms.dmem_busaddr;
	int error;

	sc->sc_next = 0;
	if (sc->sc_family->tbolt)
		return (mfi_tbolt_init(sc));
	*sc->sc_producer = *sc->sc_consumer = 0;
	memset(f, 0, sizeof(*f));
	memset(q, 0, sizeof(*q));
	q->rq_entries = sc->sc_entries;
	q->pi_addr = comms;
	q->ci_addr = comms + sizeof(uint32_t);
	q->rq_addr = comms + 2 * sizeof(uint32_t);
	f->header.cmd = MFI_CMD_INIT;
	f->header.data_len = sizeof(*q);
	f->header.context = ~0u;
	f->qinfo_new = cmd.c_framepa + MFI_FRAME_SIZE;
	error = mfi_poll(&cmd, INIT_SECONDS);
	if (error == 0 && f->header.cmd_status != MFI_STAT_OK)
		error = EIO;
	if (error != 0)
		device_printf(sc->sc_dev, "the firmware does not take the "
		    "queue: status 0x%02x\n", f->header.cmd_status);
	return (error);
}

/* --- reset --- */

static bool
wait_diag(struct mfi_softc *sc, uint32_t bit, bool set, int steps)
{
	for (; steps > 0; steps--) {
		if (((mfi_read(sc, sc->sc_family->diag_reg) & bit) != 0) ==
		    set)
			return (true);
		mfi_pause(sc, STEP_MS);
	}
	return (false);
}

static int
reset_by_diag(struct mfi_softc *sc)
{
	const struct mfi_family *f = sc->sc_family;
	int i, state;

	for (i = 0; f->seq[i] != 0xff; i++)
		mfi_write(sc, f->seq_reg, f->seq[i]);
	if (!f->tbolt)
		mfi_pause(sc, 1000);
	if (!wait_diag(sc, MFI_DIAG_WRITE, true, UNLOCK_STEPS))
		return (ETIMEDOUT);
	mfi_write(sc, f->diag_reg, mfi_read(sc, f->diag_reg) |
	    MFI_DIAG_RESET);
	mfi_pause(sc, f->reset_ms);
	if (!wait_diag(sc, MFI_DIAG_RESET, false, RESET_STEPS))
		return (ETIMEDOUT);
	for (i = 0; f->tbolt && i < RESET_STEPS; i++) {
		state = MFI_FW_STATE(mfi_fw_status(sc));
		if (state > MFI_FW_INIT)
			return (0);
		mfi_pause(sc, STEP_MS);
	}
	return (f->tbolt ? ETIMEDOUT : 0);
}

/* The doorbell, and what some of them leave in configuration space. */
static void
reset_by_doorbell(struct mfi_softc *sc)
{
	uint32_t v;

	mfi_write(sc, sc->sc_family->idb, MFI_IDB_RESET);
	mfi_pause(sc, sc->sc_family->reset_ms);
	v = mfi_config_read(sc, 0x84);
	if ((v & 0x2) == 0)
		return;
	mfi_config_write(sc, 0x84, v & ~0x2u);
	mfi_pause(sc, 2000);
	if (mfi_config_read(sc, 0x64) >> 16 == 0xdddd)
		mfi_config_write(sc, 0x64, 0);
}

int
mfi_fw_reset(struct mfi_softc *sc)
{
	uint32_t status = mfi_fw_status(sc);
	int error = 0;

	if (sc->sc_noreset || (sc->sc_family->tbolt &&
	    MFI_FW_STATE(status) == MFI_FW_FAULT &&
	    (status & MFI_FW_RESETTABLE) == 0))
		return (EOPNOTSUPP);
	if (sc->sc_family->seq_reg != 0)
		error = reset_by_diag(sc);
	else
		reset_by_doorbell(sc);
	return (error != 0 ? error : mfi_fw_ready(sc));
}
