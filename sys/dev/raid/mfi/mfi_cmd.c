/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mfi: commands, from the pool to the controller and back (5).
 *
 * The context of a command carries its index and a count of its uses, so that
 * a reply that comes late, or that nobody asked for, names no command that is
 * under way and is passed over.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/spinlock2.h>
#include <machine/clock.h>

#include "mfivar.h"

#define CTX_INDEX	0xffff
#define CTX_USE		0x10000
#define POLL_STEP	50		/* microseconds, for the first ones */
#define POLL_QUICK	20000		/* microseconds */

/* --- the pool --- */

struct mfi_cmd *
mfi_cmd_get(struct mfi_softc *sc, int spare)
{
	struct mfi_cmd *cmd;

	if (sc->sc_nfree <= spare)
		return (NULL);
	cmd = TAILQ_FIRST(&sc->sc_free);
	TAILQ_REMOVE(&sc->sc_free, cmd, c_link);
	sc->sc_nfree--;
	memset(cmd->c_frame, 0, MFI_FRAME_SIZE);
	cmd->c_kind = MFI_KIND_FRAME;
	cmd->c_extra = 0;
	cmd->c_timed = true;
	cmd->c_resets = 0;
	cmd->c_write = false;
	cmd->c_mapped = false;
	cmd->c_flushing = false;
	cmd->c_bio = NULL;
	cmd->c_disk = NULL;
	return (cmd);
}

void
mfi_cmd_put(struct mfi_cmd *cmd)
{
	struct mfi_softc *sc = cmd->c_sc;

	/* The one used last is the one in the caches. */
	TAILQ_INSERT_HEAD(&sc->sc_free, cmd, c_link);
	if (sc->sc_nfree++ < MFI_RESERVED)
		wakeup(&sc->sc_free);
}

void
mfi_cmd_release(struct mfi_cmd *cmd)
{
	struct mfi_softc *sc = cmd->c_sc;

	spin_lock(&sc->sc_spin);
	mfi_cmd_put(cmd);
	spin_unlock(&sc->sc_spin);
	mfi_start(sc);
}

struct mfi_cmd *
mfi_cmd_wait(struct mfi_softc *sc)
{
	struct mfi_cmd *cmd = NULL;

	spin_lock(&sc->sc_spin);
	while (sc->sc_state != MFI_DEAD &&
	    (cmd = mfi_cmd_get(sc, 0)) == NULL)
		ssleep(&sc->sc_free, &sc->sc_spin, 0, "mficmd", 0);
	spin_unlock(&sc->sc_spin);
	return (cmd);
}

/* --- lists --- */

uint16_t
mfi_put_sgl(void *sgl, const bus_dma_segment_t *segs, int n, bool ieee)
{
	struct mfi_sg_ieee *se = sgl;
	struct mfi_sg64 *s = sgl;
	int i;

	for (i = 0; i < n; i++) {
		if (ieee) {
			se[i] = (struct mfi_sg_ieee){
				.addr = segs[i].ds_addr,
				.len = (uint32_t)segs[i].ds_len };
		} else {
			s[i].addr = segs[i].ds_addr;
			s[i].len = (uint32_t)segs[i].ds_len;
		}
	}
	return (ieee ? MFI_FRAME_SGL64 | MFI_FRAME_IEEE : MFI_FRAME_SGL64);
}

int
mfi_extra_frames(int header, int n, bool ieee)
{
	int size = ieee ? sizeof(struct mfi_sg_ieee) :
	    sizeof(struct mfi_sg64);

	return (MIN((header + size * n - 1) / MFI_FRAME_SIZE, 7));
}

/* --- to the controller --- */

void
mfi_submit(struct mfi_cmd *cmd)
{
	struct mfi_softc *sc = cmd->c_sc;

	cmd->c_context = ((cmd->c_context & ~CTX_INDEX) + CTX_USE) |
	    cmd->c_index;
	cmd->c_frame->context = cmd->c_context;
	cmd->c_frame->pad = 0;
	cmd->c_frame->cmd_status = 0;
	cmd->c_active = true;
	cmd->c_late = false;
	cmd->c_deadline = ticks + MAX(mfi_cmd_timeout, 1) * hz;
	TAILQ_INSERT_TAIL(&sc->sc_busy, cmd, c_link);
	if (++sc->sc_nbusy > sc->sc_maxbusy)
		sc->sc_maxbusy = sc->sc_nbusy;
	if (sc->sc_family->tbolt)
		mfi_tbolt_prepare(cmd);
	cpu_sfence();
	sc->sc_family->post(sc, cmd);
}

int
mfi_poll(struct mfi_cmd *cmd, int seconds)
{
	struct mfi_softc *sc = cmd->c_sc;
	volatile struct mfi_frame_header *f = cmd->c_frame;
	int64_t us = 0;

	f->cmd_status = MFI_STAT_INVALID_STATUS;
	f->flags |= MFI_FRAME_DONT_POST;
	spin_lock(&sc->sc_spin);
	if (sc->sc_family->tbolt && cmd->c_request != NULL)
		mfi_tbolt_prepare(cmd);
	cpu_sfence();
	sc->sc_family->post(sc, cmd);
	spin_unlock(&sc->sc_spin);
	while (f->cmd_status == MFI_STAT_INVALID_STATUS) {
		if (us >= (int64_t)seconds * 1000000)
			return (ETIMEDOUT);
		if (us < POLL_QUICK) {
			DELAY(POLL_STEP);
			us += POLL_STEP;
		} else {
			mfi_pause(sc, 10);
			us += 10000;
		}
	}
	cpu_lfence();
	return (0);
}

static void
run_done(struct mfi_cmd *cmd)
{
	spin_lock(&cmd->c_sc->sc_spin);
	cmd->c_arg = NULL;
	wakeup(cmd);
	spin_unlock(&cmd->c_sc->sc_spin);
}

uint8_t
mfi_run(struct mfi_cmd *cmd)
{
	struct mfi_softc *sc = cmd->c_sc;

	spin_lock(&sc->sc_spin);
	while (sc->sc_state == MFI_RESETTING)
		ssleep(&sc->sc_state, &sc->sc_spin, 0, "mfirst", 0);
	if (sc->sc_state == MFI_DEAD) {
		cmd->c_status = MFI_STAT_INVALID_STATUS;
	} else {
		cmd->c_done = run_done;
		cmd->c_arg = cmd;
		mfi_submit(cmd);
		while (cmd->c_arg != NULL)
			ssleep(cmd, &sc->sc_spin, 0, "mfirun", 0);
	}
	spin_unlock(&sc->sc_spin);
	return (cmd->c_status);
}

/* --- and back --- */

static void
take_back(struct mfi_softc *sc, struct mfi_cmd *cmd,
    struct mfi_cmd_list *done)
{
	cmd->c_active = false;
	TAILQ_REMOVE(&sc->sc_busy, cmd, c_link);
	sc->sc_nbusy--;
	TAILQ_INSERT_TAIL(done, cmd, c_link);
}

/* The next command in the ring that is under way; NULL at its end. */
static struct mfi_cmd *
next_reply(struct mfi_softc *sc)
{
	struct mfi_cmd *cmd;
	uint32_t producer, context;

	producer = *sc->sc_producer;
	if (producer >= sc->sc_entries)
		return (NULL);		/* no firmware says so */
	cpu_lfence();
	while (sc->sc_next != producer) {
		context = sc->sc_ring[sc->sc_next];
		if (++sc->sc_next == sc->sc_entries)
			sc->sc_next = 0;
		if ((context & CTX_INDEX) < (uint32_t)sc->sc_ncmds) {
			cmd = &sc->sc_cmds[context & CTX_INDEX];
			if (cmd->c_active && cmd->c_context == context) {
				cmd->c_status = cmd->c_frame->cmd_status;
				cmd->c_scsi_status =
				    cmd->c_frame->scsi_status;
				cmd->c_sense_len = cmd->c_frame->sense_len;
				return (cmd);
			}
		}
		sc->sc_strays++;
	}
	return (NULL);
}

static void
collect(struct mfi_softc *sc, struct mfi_cmd_list *done)
{
	struct mfi_cmd *cmd;

	uint32_t before = sc->sc_next;

	while ((cmd = sc->sc_family->tbolt ? mfi_tbolt_next(sc) :
	    next_reply(sc)) != NULL)
		take_back(sc, cmd, done);
	if (sc->sc_next == before)
		return;
	if (sc->sc_family->tbolt)
		mfi_write(sc, MFI_RPI, sc->sc_next);
	else
		*sc->sc_consumer = sc->sc_next;
}

static void
finish(struct mfi_cmd *cmd)
{
	bus_dma_tag_t tag = cmd->c_sc->sc_tag;

	if (cmd->c_mapped) {
		bus_dmamap_sync(tag, cmd->c_map, cmd->c_write ?
		    BUS_DMASYNC_POSTWRITE : BUS_DMASYNC_POSTREAD);
		bus_dmamap_unload(tag, cmd->c_map);
		cmd->c_mapped = false;
	}
	cmd->c_done(cmd);
}

static void
finish_list(struct mfi_cmd_list *done)
{
	struct mfi_cmd *cmd;

	while ((cmd = TAILQ_FIRST(done)) != NULL) {
		TAILQ_REMOVE(done, cmd, c_link);
		finish(cmd);
	}
}

void
mfi_process_replies(struct mfi_softc *sc)
{
	struct mfi_cmd_list done = TAILQ_HEAD_INITIALIZER(done);
	bool fault;

	spin_lock(&sc->sc_spin);
	if (sc->sc_state != MFI_RUNNING) {
		spin_unlock(&sc->sc_spin);
		return;
	}
	collect(sc, &done);
	/* Reading it, too, makes what the device wrote arrive. */
	fault = MFI_FW_STATE(mfi_fw_status(sc)) == MFI_FW_FAULT;
	collect(sc, &done);
	spin_unlock(&sc->sc_spin);
	if (fault)
		mfi_want(sc, MFI_WANT_RECOVER);
	if (!TAILQ_EMPTY(&done)) {
		finish_list(&done);
		mfi_start(sc);
	}
}

void
mfi_intr(void *arg)
{
	struct mfi_softc *sc = arg;

	if (mfi_intr_claim(sc))
		mfi_process_replies(sc);
}

/* --- when things go wrong --- */

/* Those that wait for something to happen, or for a user, may take long. */
bool
mfi_check_late(struct mfi_softc *sc)
{
	struct mfi_cmd *cmd;
	bool late = false;

	spin_lock(&sc->sc_spin);
	TAILQ_FOREACH(cmd, &sc->sc_busy, c_link) {
		if (!cmd->c_timed || cmd->c_deadline - ticks > 0)
			continue;
		late = true;
		if (!cmd->c_late)
			device_printf(sc->sc_dev, "COMMAND %p TIMEOUT AFTER "
			    "%d SECONDS\n", cmd, mfi_cmd_timeout);
		cmd->c_late = true;
	}
	spin_unlock(&sc->sc_spin);
	return (late);
}

static void
end_with(struct mfi_softc *sc, struct mfi_cmd *cmd, uint8_t status,
    struct mfi_cmd_list *done)
{
	cmd->c_status = status;
	cmd->c_scsi_status = 0;
	cmd->c_sense_len = 0;
	take_back(sc, cmd, done);
}

/*
 * The controller has lost everything.  A user's command may have had its
 * effect already; doing it twice is not ours to decide.
 */
void
mfi_resubmit(struct mfi_softc *sc)
{
	struct mfi_cmd_list done = TAILQ_HEAD_INITIALIZER(done);
	struct mfi_cmd_list again = TAILQ_HEAD_INITIALIZER(again);
	struct mfi_cmd *cmd;

	spin_lock(&sc->sc_spin);
	sc->sc_state = MFI_RUNNING;
	TAILQ_CONCAT(&again, &sc->sc_busy, c_link);
	sc->sc_nbusy = 0;
	while ((cmd = TAILQ_FIRST(&again)) != NULL) {
		TAILQ_REMOVE(&again, cmd, c_link);
		if (cmd->c_timed && cmd->c_resets++ < MFI_RETRIES) {
			mfi_submit(cmd);
			continue;
		}
		TAILQ_INSERT_TAIL(&sc->sc_busy, cmd, c_link);
		sc->sc_nbusy++;
		end_with(sc, cmd, MFI_STAT_INVALID_STATUS, &done);
	}
	wakeup(&sc->sc_state);
	spin_unlock(&sc->sc_spin);
	finish_list(&done);
	mfi_start(sc);
}

void
mfi_fail_all(struct mfi_softc *sc)
{
	struct mfi_cmd_list done = TAILQ_HEAD_INITIALIZER(done);
	struct mfi_cmd *cmd;

	spin_lock(&sc->sc_spin);
	sc->sc_state = MFI_DEAD;
	while ((cmd = TAILQ_FIRST(&sc->sc_busy)) != NULL)
		end_with(sc, cmd, MFI_STAT_INVALID_STATUS, &done);
	wakeup(&sc->sc_state);
	wakeup(&sc->sc_free);
	spin_unlock(&sc->sc_spin);
	finish_list(&done);
	mfi_drop_bios(sc, NULL, EIO);
}
