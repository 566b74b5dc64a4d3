/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mfi: the watch over commands and firmware, and what happens when either
 * does not answer (13, 17.7).
 *
 * A thread resets the controller; meanwhile sc_state is MFI_RESETTING, bios
 * queue up and nothing is submitted.  What was under way begins again
 * afterwards.  If the controller does not come back it is stopped, and all
 * that is and will be asked of it fails.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/kthread.h>
#include <sys/spinlock2.h>

#include "mfivar.h"

#define ATTEMPTS	3

void
mfi_want(struct mfi_softc *sc, u_int what)
{
	spin_lock(&sc->sc_spin);
	sc->sc_wanted |= what;
	wakeup(&sc->sc_wanted);
	spin_unlock(&sc->sc_spin);
}

u_int
mfi_wait_wanted(struct mfi_softc *sc, u_int which)
{
	u_int got;

	spin_lock(&sc->sc_spin);
	while ((got = sc->sc_wanted & which) == 0)
		ssleep(&sc->sc_wanted, &sc->sc_spin, 0, "mfiidl", 0);
	sc->sc_wanted &= ~got;
	spin_unlock(&sc->sc_spin);
	return (got);
}

void
mfi_thread_exit(struct mfi_softc *sc)
{
	spin_lock(&sc->sc_spin);
	sc->sc_threads--;
	wakeup(&sc->sc_threads);
	spin_unlock(&sc->sc_spin);
	kthread_exit();
}

static void
recover(struct mfi_softc *sc)
{
	int i, error = EIO;

	spin_lock(&sc->sc_spin);
	if (sc->sc_state != MFI_RUNNING) {
		spin_unlock(&sc->sc_spin);
		return;
	}
	sc->sc_state = MFI_RESETTING;
	spin_unlock(&sc->sc_spin);
	device_printf(sc->sc_dev, "resetting the controller\n");
	mfi_intr_disable(sc);
	for (i = 0; i < ATTEMPTS; i++) {
		error = mfi_fw_reset(sc);
		if (error == 0)
			error = mfi_fw_init(sc);
		if (error == 0 || error == EOPNOTSUPP)
			break;
	}
	if (error == 0) {
		mfi_intr_enable(sc);
		mfi_resubmit(sc);
		device_printf(sc->sc_dev, "the controller is back\n");
		return;
	}
	device_printf(sc->sc_dev, "the controller is lost: its disks fail\n");
	mfi_write(sc, sc->sc_family->idb, MFI_IDB_STOP);
	mfi_fail_all(sc);
}

void
mfi_recovery_thread(void *arg)
{
	struct mfi_softc *sc = arg;
	u_int got;

	for (;;) {
		got = mfi_wait_wanted(sc, MFI_WANT_RECOVER | MFI_WANT_QUIT);
		if (got & MFI_WANT_QUIT)
			break;
		recover(sc);
	}
	mfi_thread_exit(sc);
}

/* Once a second: is a command late, has the firmware failed? */
static void
watch(void *arg)
{
	struct mfi_softc *sc = arg;
	bool running;

	spin_lock(&sc->sc_spin);
	running = sc->sc_state == MFI_RUNNING;
	spin_unlock(&sc->sc_spin);
	if (running && (mfi_check_late(sc) ||
	    MFI_FW_STATE(mfi_fw_status(sc)) == MFI_FW_FAULT))
		mfi_want(sc, MFI_WANT_RECOVER);
	callout_reset(&sc->sc_timer, hz, watch, sc);
}

static int
start_thread(struct mfi_softc *sc, void (*func)(void *), const char *what)
{
	int error;

	spin_lock(&sc->sc_spin);
	sc->sc_threads++;
	spin_unlock(&sc->sc_spin);
	error = kthread_create(func, sc, NULL, "%s %s",
	    device_get_nameunit(sc->sc_dev), what);
	if (error != 0) {
		spin_lock(&sc->sc_spin);
		sc->sc_threads--;
		spin_unlock(&sc->sc_spin);
	}
	return (error);
}

int
mfi_threads_start(struct mfi_softc *sc)
{
	int error;

	error = start_thread(sc, mfi_recovery_thread, "reset");
	if (error == 0)
		error = start_thread(sc, mfi_event_thread, "events");
	if (error == 0)
		callout_reset(&sc->sc_timer, hz, watch, sc);
	return (error);
}

static void
wait_threads(struct mfi_softc *sc, int left)
{
	spin_lock(&sc->sc_spin);
	while (sc->sc_threads > left)
		ssleep(&sc->sc_threads, &sc->sc_spin, 0, "mfiext", 0);
	spin_unlock(&sc->sc_spin);
}

/*
 * The thread of events may be waiting for firmware that does not answer, and
 * is freed by a reset: that thread goes last.
 */
void
mfi_threads_stop(struct mfi_softc *sc)
{
	mfi_want(sc, MFI_WANT_EXIT);
	wait_threads(sc, 1);
	callout_stop(&sc->sc_timer);
	mfi_want(sc, MFI_WANT_QUIT);
	wait_threads(sc, 0);
}
