/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mfi: asking the firmware (DCMD frames), aborting, shutting down.  All of it
 * sleeps.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/spinlock2.h>

#include "mfivar.h"

#define POLL_SECONDS	50
#define ABORT_WAIT	1		/* second, of an aborted EVENT_WAIT */

/* One piece, contiguous, in reach of 32 bits: more is refused (7). */
static int
alloc_data(size_t len, bus_dmamem_t *mem)
{
	return (bus_dmamem_coherent(NULL, PAGE_SIZE, 0,
	    BUS_SPACE_MAXADDR_32BIT, BUS_SPACE_MAXADDR, len, BUS_DMA_ZERO,
	    mem));
}

static void
set_data(struct mfi_dcmd_frame *f, const bus_dmamem_t *mem, size_t len,
    uint16_t flags)
{
	bus_dma_segment_t seg = { mem->dmem_busaddr, len };

	f->header.sg_count = 0;
	f->header.data_len = len;
	f->header.flags = flags;
	memset(f->sgl, 0, sizeof(f->sgl));
	if (len != 0) {
		f->header.sg_count = 1;
		f->header.flags |= mfi_put_sgl(f->sgl, &seg, 1, false);
	}
}

/*
 * Runs the frame with the data in mem; its answer is put back into frame.
 * EIO when the controller died under it.
 */
static int
run_frame(struct mfi_softc *sc, struct mfi_dcmd_frame *frame, bool timed)
{
	struct mfi_cmd *cmd = mfi_cmd_wait(sc);
	bool dead;

	if (cmd == NULL)
		return (EIO);
	memcpy(cmd->c_frame, frame, sizeof(*frame));
	cmd->c_timed = timed;
	frame->header.cmd_status = mfi_run(cmd);
	frame->header.scsi_status = cmd->c_scsi_status;
	dead = frame->header.cmd_status == MFI_STAT_INVALID_STATUS;
	mfi_cmd_release(cmd);
	return (dead ? EIO : 0);
}

int
mfi_dcmd(struct mfi_softc *sc, uint32_t opcode, const uint8_t *mbox,
    void *buf, size_t len, uint16_t flags, uint8_t *status)
{
	struct mfi_dcmd_frame f = { .header.cmd = MFI_CMD_DCMD,
	    .opcode = opcode };
	bus_dmamem_t mem = { 0 };
	int error = 0;

	if (mbox != NULL)
		memcpy(f.mbox, mbox, sizeof(f.mbox));
	if (len != 0)
		error = alloc_data(len, &mem);
	if (error != 0)
		return (error);
	if (flags & MFI_FRAME_WRITE)
		memcpy(mem.dmem_addr, buf, len);
	set_data(&f, &mem, len, flags);
	error = run_frame(sc, &f, true);
	if (error == 0 && f.header.cmd_status != MFI_STAT_OK)
		error = EIO;
	if (error == 0 && (flags & MFI_FRAME_READ))
		memcpy(buf, mem.dmem_addr, len);
	if (status != NULL)
		*status = f.header.cmd_status;
	if (len != 0)
		bus_dmamem_coherent_free(&mem);
	return (error);
}

int
mfi_dcmd_frame(struct mfi_softc *sc, struct mfi_dcmd_frame *frame, void *buf,
    size_t len)
{
	bus_dmamem_t mem = { 0 };
	uint16_t flags = frame->header.flags;
	int error = 0;

	/* Nothing to do, and not every firmware knows it (9). */
	if (frame->opcode == MFI_DCMD_NONE) {
		frame->header.cmd_status = MFI_STAT_OK;
		return (0);
	}
	if (len != 0)
		error = alloc_data(len, &mem);
	if (error != 0)
		return (error);
	frame->header.cmd = MFI_CMD_DCMD;
	flags &= MFI_FRAME_BOTH;
	if (len != 0) {
		memcpy(mem.dmem_addr, buf, len);
		flags |= MFI_FRAME_BOTH;
	}
	set_data(frame, &mem, len, flags);
	error = run_frame(sc, frame, false);
	if (len != 0) {
		memcpy(buf, mem.dmem_addr, len);
		bus_dmamem_coherent_free(&mem);
	}
	return (error);
}

/* --- without interrupts: the machine may be going down --- */

static struct mfi_cmd *
begin_poll(struct mfi_softc *sc)
{
	struct mfi_cmd *cmd;

	spin_lock(&sc->sc_spin);
	cmd = sc->sc_state == MFI_RUNNING ? mfi_cmd_get(sc, 0) : NULL;
	spin_unlock(&sc->sc_spin);
	return (cmd);
}

static int
end_poll(struct mfi_cmd *cmd)
{
	int error = mfi_poll(cmd, POLL_SECONDS);

	if (error == 0 && cmd->c_frame->cmd_status != MFI_STAT_OK)
		error = EIO;
	/* What timed out may still be written to: it stays out of the pool. */
	if (error != ETIMEDOUT)
		mfi_cmd_release(cmd);
	return (error);
}

static int
poll_dcmd(struct mfi_softc *sc, uint32_t opcode, uint8_t mbox0)
{
	struct mfi_cmd *cmd = begin_poll(sc);
	struct mfi_dcmd_frame *f;

	if (cmd == NULL)
		return (EBUSY);
	f = (struct mfi_dcmd_frame *)cmd->c_frame;
	f->header.cmd = MFI_CMD_DCMD;
	f->opcode = opcode;
	f->mbox[0] = mbox0;
	return (end_poll(cmd));
}

/*
 * The victim ends with status 0xff, soon; there is firmware that never ends
 * it (D-14), and after a second it is taken to have ended.
 */
int
mfi_abort(struct mfi_softc *sc, struct mfi_cmd *victim)
{
	struct mfi_cmd *cmd = begin_poll(sc);
	struct mfi_abort_frame *f;
	int error;

	if (cmd == NULL)
		return (EBUSY);
	f = (struct mfi_abort_frame *)cmd->c_frame;
	f->header.cmd = MFI_CMD_ABORT;
	f->abort_context = victim->c_context;
	f->abort_addr = victim->c_framepa;
	error = end_poll(cmd);
	if (error != 0)
		return (error);
	spin_lock(&sc->sc_spin);
	if (victim->c_active)
		ssleep(victim, &sc->sc_spin, 0, "mfiabrt", ABORT_WAIT * hz);
	if (victim->c_active) {
		victim->c_active = false;
		TAILQ_REMOVE(&sc->sc_busy, victim, c_link);
		sc->sc_nbusy--;
		victim->c_status = MFI_STAT_INVALID_STATUS;
		spin_unlock(&sc->sc_spin);
		victim->c_done(victim);
		return (0);
	}
	spin_unlock(&sc->sc_spin);
	return (0);
}

/* Limits (11.2). */
int
mfi_get_info(struct mfi_softc *sc)
{
	struct mfi_ctrl_info *ci;
	uint64_t sectors = 0;
	int error;

	ci = kmalloc(sizeof(*ci), M_TEMP, M_WAITOK | M_ZERO);
	error = mfi_dcmd(sc, MFI_DCMD_CTRL_GETINFO, NULL, ci, sizeof(*ci),
	    MFI_FRAME_READ, NULL);
	if (error == 0) {
		sc->sc_noreset = (ci->props_onoff & MFI_PROP_NO_RESET) != 0;
		if (ci->stripe_max < 32)
			sectors = (uint64_t)ci->max_strips << ci->stripe_max;
		sectors = MIN(sectors, ci->max_request);
	} else {
		device_printf(sc->sc_dev, "Failed to get controller info\n");
	}
	if (sectors == 0)
		sectors = (uint64_t)(sc->sc_nsge - 1) * PAGE_SIZE >>
		    MFI_SECTOR_SHIFT;
	sc->sc_max_sectors = MIN(sectors, 0xffffffff);
	kfree(ci, M_TEMP);
	return (error);
}

void
mfi_shutdown_firmware(struct mfi_softc *sc)
{
	if (poll_dcmd(sc, MFI_DCMD_CTRL_FLUSHCACHE,
	    MFI_FLUSH_CONTROLLER | MFI_FLUSH_DISKS) != 0)
		device_printf(sc->sc_dev, "Failed to flush the cache\n");
	if (poll_dcmd(sc, MFI_DCMD_CTRL_SHUTDOWN, 0) != 0)
		device_printf(sc->sc_dev, "Failed to shutdown controller\n");
}
