/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mfi: the firmware's log of events (10).
 *
 * A thread logs what has happened since the last shutdown, then keeps one
 * EVENT_WAIT with the controller and deals with each event it brings.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/spinlock2.h>

#include "mfivar.h"

#define BATCH_SIZE	(sizeof(struct mfi_event_list) + \
			    MFI_EVT_BATCH * sizeof(struct mfi_event))

static const char *
class_name(int evclass, char *buf, size_t size)
{
	static const char *const names[] = {
		"debug", "progress", "info", "WARN", "CRIT", "FATAL", "DEAD"
	};

	if (evclass >= -2 && evclass <= 4)
		return (names[evclass + 2]);
	ksnprintf(buf, size, "%d", evclass);
	return (buf);
}

static void
log_event(struct mfi_softc *sc, const struct mfi_event *e)
{
	char when[32], num[8];
	bool boot = MFI_EVT_TIME_BOOT(e->time);

	ksnprintf(when, sizeof(when), "%s%us", boot ? "boot + " : "",
	    boot ? MFI_EVT_TIME_SECS(e->time) : e->time);
	device_printf(sc->sc_dev, "%d (%s/0x%04x/%s) - %.*s\n", e->seq, when,
	    e->locale, class_name(e->evclass, num, sizeof(num)),
	    (int)sizeof(e->text), e->text);
}

static void
volume_offline(struct mfi_softc *sc, const struct mfi_event *e)
{
	struct {
		struct mfi_evt_ld ld;
		uint32_t	before, after;
	} __attribute__((packed)) args;
	struct mfi_disk *d;

	memcpy(&args, e->args, sizeof(args));
	if (args.after != MFI_LD_OFFLINE)
		return;
	d = mfi_disk_find(sc, false, args.ld.target_id);
	if (d != NULL)
		mfi_disk_detach(d);
}

static void
drive_removed(struct mfi_softc *sc, const struct mfi_event *e)
{
	struct mfi_evt_pd pd;
	struct mfi_disk *d;

	memcpy(&pd, e->args, sizeof(pd));
	d = mfi_disk_find(sc, true, pd.device_id);
	if (d != NULL)
		mfi_disk_detach(d);
}

static void
act_on(struct mfi_softc *sc, const struct mfi_event *e)
{
	lockmgr(&sc->sc_lock, LK_EXCLUSIVE);
	switch (e->arg_type) {
	case MFI_EVT_ARG_NONE:
		if (e->code != MFI_EVT_HOST_BUS_SCAN)
			break;
		device_printf(sc->sc_dev, "HostBus scan raised\n");
		if (mfi_detect_jbod)
			mfi_scan_syspds(sc);
		break;
	case MFI_EVT_ARG_LD_STATE:
		volume_offline(sc, e);
		break;
	case MFI_EVT_ARG_PD:
		if (e->code == MFI_EVT_PD_REMOVED && mfi_detect_jbod)
			drive_removed(sc, e);
		else if (e->code == MFI_EVT_PD_INSERTED)
			mfi_scan_syspds(sc);
		break;
	}
	lockmgr(&sc->sc_lock, LK_RELEASE);
}

/* --- what the log has already --- */

/* start <= seq < stop, in a log that may have come round. */
static bool
in_range(uint32_t seq, uint32_t start, uint32_t stop)
{
	if (start <= stop)
		return (seq >= start && seq < stop);
	return (seq >= start || seq < stop);
}

static void
mbox_words(uint8_t mbox[MFI_MBOX_SIZE], uint32_t seq, uint32_t class_locale)
{
	memset(mbox, 0, MFI_MBOX_SIZE);
	memcpy(mbox, &seq, sizeof(seq));
	memcpy(mbox + 4, &class_locale, sizeof(class_locale));
}

/* Log a batch; the number to go on with, or stop at the end of the log. */
static uint32_t
log_batch(struct mfi_softc *sc, const struct mfi_event_list *list,
    uint32_t seq, uint32_t start, uint32_t stop)
{
	uint32_t i, next = seq;

	/* No events is the end, too (D-5). */
	if (list->count == 0 || list->count > MFI_EVT_BATCH)
		return (stop);
	for (i = 0; i < list->count; i++) {
		if (!in_range(list->event[i].seq, start, stop))
			return (stop);
		log_event(sc, &list->event[i]);
		next = list->event[i].seq + 1;
	}
	/* Firmware that goes backwards is not followed. */
	return ((int32_t)(next - seq) > 0 ? next : stop);
}

static void
log_past(struct mfi_softc *sc)
{
	struct mfi_log_state state;
	struct mfi_event_list *list;
	uint8_t mbox[MFI_MBOX_SIZE];
	uint32_t seq;

	memset(&state, 0, sizeof(state));
	if (mfi_dcmd(sc, MFI_DCMD_EVENT_GETINFO, NULL, &state, sizeof(state),
	    MFI_FRAME_READ, NULL) != 0) {
		device_printf(sc->sc_dev, "Failed to get the log's state\n");
		return;
	}
	sc->sc_next_seq = state.newest;
	list = kmalloc(BATCH_SIZE, M_TEMP, M_WAITOK);
	for (seq = state.shutdown; in_range(seq, state.shutdown, state.newest);
	    seq = log_batch(sc, list, seq, state.shutdown, state.newest)) {
		memset(list, 0, BATCH_SIZE);
		mbox_words(mbox, seq, sc->sc_evt_class);
		if (mfi_dcmd(sc, MFI_DCMD_EVENT_GET, mbox, list, BATCH_SIZE,
		    MFI_FRAME_READ, NULL) != 0)
			break;
	}
	kfree(list, M_TEMP);
}

/* --- what it gets --- */

static void
wait_done(struct mfi_cmd *cmd)
{
	mfi_want(cmd->c_sc, MFI_WANT_EVENT);
	wakeup(cmd);
}

static void
drop_wait(struct mfi_softc *sc)
{
	mfi_cmd_release(sc->sc_evt_cmd);
	sc->sc_evt_cmd = NULL;
}

static void
arm(struct mfi_softc *sc)
{
	struct mfi_cmd *cmd = mfi_cmd_wait(sc);
	bus_dma_segment_t seg = { sc->sc_evtmem.dmem_busaddr,
	    sizeof(struct mfi_event) };
	struct mfi_dcmd_frame *f;
	bool armed = false;

	if (cmd == NULL)
		return;
	memset(sc->sc_evtmem.dmem_addr, 0, sizeof(struct mfi_event));
	f = (struct mfi_dcmd_frame *)cmd->c_frame;
	f->header.cmd = MFI_CMD_DCMD;
	f->header.sg_count = 1;
	f->header.data_len = sizeof(struct mfi_event);
	f->header.flags = MFI_FRAME_READ |
	    mfi_put_sgl(f->sgl, &seg, 1, false);
	f->opcode = MFI_DCMD_EVENT_WAIT;
	mbox_words(f->mbox, sc->sc_next_seq, sc->sc_evt_class);
	cmd->c_timed = false;
	cmd->c_done = wait_done;
	spin_lock(&sc->sc_spin);
	sc->sc_evt_cmd = cmd;
	while (sc->sc_state == MFI_RESETTING)
		ssleep(&sc->sc_state, &sc->sc_spin, 0, "mfirst", 0);
	if (sc->sc_state == MFI_RUNNING) {
		mfi_submit(cmd);
		armed = true;
	}
	spin_unlock(&sc->sc_spin);
	if (!armed)
		drop_wait(sc);
}

static void
disarm(struct mfi_softc *sc)
{
	if (sc->sc_evt_cmd == NULL)
		return;
	if (mfi_abort(sc, sc->sc_evt_cmd) != 0)
		device_printf(sc->sc_dev, "Failed to abort the wait for "
		    "events\n");
}

/* EVENT_WAIT has ended: with an event, by a reset, or for good. */
static void
take_event(struct mfi_softc *sc)
{
	struct mfi_event e;
	uint8_t status = sc->sc_evt_cmd->c_status;
	bool fired;

	drop_wait(sc);
	if (status == MFI_STAT_OK) {
		memcpy(&e, sc->sc_evtmem.dmem_addr, sizeof(e));
		sc->sc_next_seq = e.seq + 1;
		log_event(sc, &e);
		act_on(sc, &e);
		spin_lock(&sc->sc_spin);
		fired = sc->sc_aen_armed;
		sc->sc_aen_armed = false;
		sc->sc_aen_fired |= fired;
		spin_unlock(&sc->sc_spin);
		if (fired)
			KNOTE(&sc->sc_kq.ki_note, 0);
	} else if (status != MFI_STAT_INVALID_STATUS) {
		device_printf(sc->sc_dev, "no more events: status 0x%02x\n",
		    status);
		return;
	}
	arm(sc);
}

void
mfi_event_register(struct mfi_softc *sc, uint32_t class_locale)
{
	uint32_t have;
	int8_t evclass = (int8_t)(class_locale >> 24), hclass;
	bool covered;

	spin_lock(&sc->sc_spin);
	have = sc->sc_evt_class;
	hclass = (int8_t)(have >> 24);
	covered = hclass <= evclass &&
	    (class_locale & MFI_EVT_LOCALE_ALL & ~have) == 0;
	sc->sc_evt_class = ((have | class_locale) & MFI_EVT_LOCALE_ALL) |
	    (uint32_t)(uint8_t)MIN(hclass, evclass) << 24;
	sc->sc_aen_armed = true;
	sc->sc_aen_fired = false;
	spin_unlock(&sc->sc_spin);
	if (!covered)
		mfi_want(sc, MFI_WANT_REARM);
}

void
mfi_event_thread(void *arg)
{
	struct mfi_softc *sc = arg;
	u_int got;

	log_past(sc);
	arm(sc);
	for (;;) {
		got = mfi_wait_wanted(sc, MFI_WANT_EVENT | MFI_WANT_REARM |
		    MFI_WANT_EXIT);
		if (got & MFI_WANT_EXIT)
			break;
		if ((got & MFI_WANT_EVENT) && sc->sc_evt_cmd != NULL &&
		    !sc->sc_evt_cmd->c_active)
			take_event(sc);
		/* Its end, with status 0xff, brings the new one. */
		if (got & MFI_WANT_REARM)
			disarm(sc);
	}
	disarm(sc);
	if (sc->sc_evt_cmd != NULL && !sc->sc_evt_cmd->c_active)
		drop_wait(sc);
	mfi_thread_exit(sc);
}
