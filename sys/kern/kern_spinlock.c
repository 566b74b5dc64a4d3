/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Spinlocks under contention.
 *
 * An exclusive waiter adds SPINLOCK_EXCLWAIT, which keeps new shared holders
 * out, and takes the lock when the holders are gone.  Waiting goes on for as
 * long as it takes; after SPIN_WARN_SECS the waiter says so once, and after
 * SPIN_PANIC_SECS it panics: a spinlock is held for a few instructions.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/spinlock2.h>
#include <machine/clock.h>
#include <machine/smp.h>

#define SPIN_WARN_SECS		10
#define SPIN_PANIC_SECS		60
#define SPIN_CHECK		(1 << 16)	/* iterations between looks */

struct spin_wait {
	uint64_t	start;		/* time stamp counter; 0: not begun */
	u_int		count;
	int		warned;
};

static void
spin_wait(struct spin_wait *sw, struct spinlock *spin, const char *ident)
{
	uint64_t secs;

	cpu_pause();
	if (++sw->count % SPIN_CHECK)
		return;
	if (panicstr != NULL || tsc_frequency == 0)
		return;
	if (sw->start == 0) {
		sw->start = rdtsc();
		return;
	}
	secs = (rdtsc() - sw->start) / tsc_frequency;
	if (secs >= SPIN_WARN_SECS && !sw->warned) {
		sw->warned = 1;
		kprintf("spin_lock: cpu %d waits for %s (%p, %08x) in %s()\n",
		    mycpuid, spin->descr, spin, spin->lock, ident);
		print_backtrace(-1);
	}
	if (secs >= SPIN_PANIC_SECS)
		panic("spin_lock: %s: indefinite wait in %s()", spin->descr,
		    ident);
}

void
_spin_lock_contested(struct spinlock *spin, const char *ident)
{
	struct spin_wait sw = { 0 };
	u_int value;

	/* Panicking: holders have been stopped, go on as if it were free. */
	if (panicstr != NULL && mycpu == panic_cpu_gd) {
		atomic_add_int(&spin->lock, 1);
		return;
	}
	atomic_add_int(&spin->lock, SPINLOCK_EXCLWAIT);
	value = spin->lock;
	for (;;) {
		if ((value & SPINLOCK_COUNTMASK) == 0) {
			if (atomic_fcmpset_int(&spin->lock, &value,
			    ((value - SPINLOCK_EXCLWAIT) & ~SPINLOCK_SHARED) |
			    1))
				return;
			continue;
		}
		spin_wait(&sw, spin, ident);
		value = spin->lock;
	}
}

void
_spin_lock_shared_contested(struct spinlock *spin, const char *ident)
{
	struct spin_wait sw = { 0 };
	u_int value = spin->lock;

	if (panicstr != NULL && mycpu == panic_cpu_gd) {
		atomic_add_int(&spin->lock, 1);
		atomic_set_int(&spin->lock, SPINLOCK_SHARED);
		return;
	}
	for (;;) {
		if ((value & SPINLOCK_EXCLMASK) == 0 &&
		    ((value & SPINLOCK_SHARED) ||
		     (value & SPINLOCK_COUNTMASK) == 0)) {
			if (atomic_fcmpset_int(&spin->lock, &value,
			    (value | SPINLOCK_SHARED) + 1))
				return;
			continue;
		}
		spin_wait(&sw, spin, ident);
		value = spin->lock;
	}
}
