/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Callouts: see <sys/callout.h>.
 *
 * Every CPU has a wheel of lists and a thread that turns it, one slot for
 * each tick of its clock.  A callout stands in slot (due tick modulo size);
 * one whose time has not come stays for another turn.  c->qsc says which
 * wheel a callout belongs to, and that wheel's spinlock guards all its
 * fields; it changes only while the callout is not running.
 *
 * While a function runs the wheel remembers the callout, not the other way
 * round, so that the function may free its callout.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/callout.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/spinlock2.h>
#include <sys/thread.h>
#include <sys/thread2.h>

#define WHEEL_SIZE	1024			/* slots, power of two */
#define WHEEL_MASK	(WHEEL_SIZE - 1)

struct softclock_pcpu {
	struct spinlock	spin;		/* w */
	struct callout_tailq slots[WHEEL_SIZE]; /* (w) */
	struct callout	*next;		/* (w) thread's place in a slot */
	struct callout	*running;	/* (w) whose function is called */
	int		waiters;	/* (w) threads wait for its end */
	int		stopped;	/* (w) do not run it after all */
	volatile int	curticks;	/* (c) ticks of this CPU */
	int		softticks;	/* (w) slots worked off */
	int		idle;		/* (w) thread sleeps */
	int		cpuid;		/* (I) */
	struct thread	*thread;	/* (I) */
};

static MALLOC_DEFINE(M_CALLOUT, "callout", "callout wheels");

static struct softclock_pcpu softclock0;	/* the boot CPU's */

static void	softclock_thread(void *arg);

static void
softclock_init(struct softclock_pcpu *sc, int cpuid)
{
	int i;

	spin_init(&sc->spin, "softclock");
	for (i = 0; i < WHEEL_SIZE; ++i)
		TAILQ_INIT(&sc->slots[i]);
	sc->cpuid = cpuid;
}

/* Wheels of all CPUs and their threads. */
static void
softclock_start(void *unused __unused)
{
	struct softclock_pcpu *sc;
	globaldata_t gd;
	int n;

	for (n = 0; n < ncpus; ++n) {
		gd = globaldata_find(n);
		sc = gd->gd_softclock;
		if (sc == NULL) {
			sc = kmalloc(sizeof(*sc), M_CALLOUT,
			    M_WAITOK | M_ZERO);
			softclock_init(sc, n);
			gd->gd_softclock = sc;
		}
		lwkt_create(softclock_thread, sc, &sc->thread, NULL,
		    TDF_NOSTART, n, "softclock %d", n);
		lwkt_setpri_initial(sc->thread, TDPRI_SOFT_NORM);
		lwkt_schedule(sc->thread);
	}
}
SYSINIT(softclock, SI_BOOT2_FINISH_CPU, SI_ORDER_ANY, softclock_start, NULL);

/* Before anything can use callouts. */
static void
softclock_first(void *unused __unused)
{
	softclock_init(&softclock0, 0);
	mycpu->gd_softclock = &softclock0;
}
SYSINIT(softclock0, SI_BOOT1_LOCK, SI_ORDER_FIRST, softclock_first, NULL);

/* A CPU's clock has ticked: its hardclock. */
void
hardclock_softtick(globaldata_t gd)
{
	struct softclock_pcpu *sc = gd->gd_softclock;

	if (sc == NULL)
		return;
	++sc->curticks;
	/* An empty slot with the thread asleep needs no thread. */
	if (sc->thread == NULL || !sc->idle)
		return;
	if (sc->softticks + 1 == sc->curticks &&
	    TAILQ_EMPTY(&sc->slots[sc->curticks & WHEEL_MASK])) {
		if (spin_trylock(&sc->spin)) {
			if (sc->idle && TAILQ_EMPTY(
			    &sc->slots[sc->curticks & WHEEL_MASK]))
				sc->softticks = sc->curticks;
			spin_unlock(&sc->spin);
		}
		if (sc->softticks == sc->curticks)
			return;
	}
	lwkt_schedule(sc->thread);
}

/* Lock the wheel a callout belongs to. */
static struct softclock_pcpu *
callout_lock(struct callout *c)
{
	struct softclock_pcpu *sc;

	for (;;) {
		sc = c->qsc;
		spin_lock(&sc->spin);
		if (sc == c->qsc)
			return (sc);
		spin_unlock(&sc->spin);
	}
}

static void
callout_remove(struct softclock_pcpu *sc, struct callout *c)
{
	if (sc->next == c)
		sc->next = TAILQ_NEXT(c, entry);
	TAILQ_REMOVE(&sc->slots[c->c_time & WHEEL_MASK], c, entry);
	c->flags &= ~CALLOUT_PENDING;
}

static void
callout_insert(struct softclock_pcpu *sc, struct callout *c, int to_ticks)
{
	if (to_ticks <= 0)
		to_ticks = 1;
	c->c_time = sc->curticks + to_ticks;
	/* The thread may lag behind; never into a slot it has left. */
	if (c->c_time - sc->softticks <= 0)
		c->c_time = sc->softticks + 1;
	c->flags |= CALLOUT_PENDING | CALLOUT_ACTIVE;
	TAILQ_INSERT_TAIL(&sc->slots[c->c_time & WHEEL_MASK], c, entry);
}

/*
 * Call c's function.  The wheel is locked on entry and return; c may be gone
 * afterwards.
 */
static void
softclock_call(struct softclock_pcpu *sc, struct callout *c)
{
	void (*func)(void *) = c->c_func;
	void *arg = c->c_arg;
	struct lock *lk = c->c_lk;
	int run = 1;

	callout_remove(sc, c);
	sc->running = c;
	sc->stopped = 0;
	spin_unlock(&sc->spin);
	if (lk != NULL) {
		/*
		 * Whoever holds the lock may be stopping us: do not wait for
		 * it here, but come again at the next tick.
		 */
		if (lockmgr(lk, LK_EXCLUSIVE | LK_NOWAIT)) {
			spin_lock(&sc->spin);
			if (!sc->stopped && (c->flags & (CALLOUT_PENDING |
			    CALLOUT_TERMINATED)) == 0)
				callout_insert(sc, c, 1);
			run = 0;
		} else {
			spin_lock(&sc->spin);
			run = !sc->stopped;
			spin_unlock(&sc->spin);
			if (run)
				func(arg);
			lockmgr(lk, LK_RELEASE);
			spin_lock(&sc->spin);
		}
	} else {
		func(arg);
		spin_lock(&sc->spin);
	}
	KASSERT(TD_TOKS_NOT_HELD(curthread),
	    ("callout %p kept a token", func));
	sc->running = NULL;
	if (sc->waiters) {
		sc->waiters = 0;
		wakeup(&sc->running);
	}
}

static void
softclock_thread(void *arg)
{
	struct softclock_pcpu *sc = arg;
	struct callout *c;

	spin_lock(&sc->spin);
	for (;;) {
		while (sc->softticks != sc->curticks) {
			++sc->softticks;
			c = TAILQ_FIRST(&sc->slots[sc->softticks &
			    WHEEL_MASK]);
			for (; c != NULL; c = sc->next) {
				sc->next = TAILQ_NEXT(c, entry);
				if (c->c_time - sc->softticks <= 0)
					softclock_call(sc, c);
			}
			sc->next = NULL;
		}
		sc->idle = 1;
		/* Still in the spinlock's critical section when descheduled. */
		crit_enter();
		lwkt_deschedule_self(curthread);
		spin_unlock(&sc->spin);
		if (sc->softticks != sc->curticks)
			lwkt_schedule_self(curthread);
		else
			lwkt_switch();
		crit_exit();
		spin_lock(&sc->spin);
		sc->idle = 0;
	}
}

/*
 * --- what the rest of the kernel calls ---
 */

void
callout_init_mp(struct callout *c)
{
	bzero(c, sizeof(*c));
	c->flags = CALLOUT_DID_INIT;
	c->qsc = mycpu->gd_softclock;
}

void
callout_init_lk(struct callout *c, struct lock *lk)
{
	callout_init_mp(c);
	c->flags |= CALLOUT_AUTOLOCK;
	c->c_lk = lk;
}

static void
callout_reset_sc(struct softclock_pcpu *nsc, struct callout *c, int to_ticks,
    void (*func)(void *), void *arg)
{
	struct softclock_pcpu *sc;

	KASSERT(c->flags & CALLOUT_DID_INIT,
	    ("callout %p is not initialised", c));
	for (;;) {
		sc = callout_lock(c);
		if (c->flags & CALLOUT_TERMINATED) {
			spin_unlock(&sc->spin);
			return;
		}
		if (c->flags & CALLOUT_PENDING)
			callout_remove(sc, c);
		/* A running callout stays on its wheel. */
		if (sc == nsc || sc->running == c)
			break;
		c->qsc = nsc;
		spin_unlock(&sc->spin);
	}
	c->c_func = func;
	c->c_arg = arg;
	callout_insert(sc, c, to_ticks);
	spin_unlock(&sc->spin);
}

void
callout_reset(struct callout *c, int to_ticks, void (*func)(void *),
    void *arg)
{
	callout_reset_sc(mycpu->gd_softclock, c, to_ticks, func, arg);
}

void
callout_reset_bycpu(struct callout *c, int to_ticks, void (*func)(void *),
    void *arg, int cpuid)
{
	KKASSERT(cpuid >= 0 && cpuid < ncpus);
	callout_reset_sc(globaldata_find(cpuid)->gd_softclock, c, to_ticks,
	    func, arg);
}

/* Stop; nonzero: it was pending. */
static int
callout_stop_common(struct callout *c, int wait, u_int flags)
{
	struct softclock_pcpu *sc;
	int was_pending = 0;

	if ((c->flags & CALLOUT_DID_INIT) == 0)
		return (0);
	sc = callout_lock(c);
	for (;;) {
		if (c->flags & CALLOUT_PENDING) {
			callout_remove(sc, c);
			was_pending = 1;
		}
		c->flags = (c->flags & ~CALLOUT_ACTIVE) | flags;
		if (sc->running != c || sc->thread == curthread)
			break;
		sc->stopped = 1;
		if (!wait)
			break;
		/* A holder of its lock: it has not begun, and will not. */
		if (c->c_lk != NULL && lockowned(c->c_lk))
			break;
		sc->waiters = 1;
		ssleep(&sc->running, &sc->spin, 0, "costp", 0);
	}
	spin_unlock(&sc->spin);
	return (was_pending);
}

int
callout_stop(struct callout *c)
{
	return (callout_stop_common(c, 1, 0));
}

void
callout_stop_async(struct callout *c)
{
	callout_stop_common(c, 0, 0);
}

int
callout_cancel(struct callout *c)
{
	return (callout_stop_common(c, 1, 0));
}

int
callout_drain(struct callout *c)
{
	return (callout_stop_common(c, 1, 0));
}

void
callout_terminate(struct callout *c)
{
	callout_stop_common(c, 1, CALLOUT_TERMINATED);
}

int
callout_pending(struct callout *c)
{
	return ((c->flags & CALLOUT_PENDING) != 0);
}

int
callout_active(struct callout *c)
{
	return ((c->flags & CALLOUT_ACTIVE) != 0);
}

void
callout_deactivate(struct callout *c)
{
	struct softclock_pcpu *sc;

	if ((c->flags & CALLOUT_DID_INIT) == 0)
		return;
	sc = callout_lock(c);
	c->flags &= ~CALLOUT_ACTIVE;
	spin_unlock(&sc->spin);
}
