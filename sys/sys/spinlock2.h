/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Taking and releasing spinlocks.
 *
 *	spin_init(spin, descr)			spin_uninit(spin)
 *	spin_lock(spin)				spin_unlock(spin)
 *	spin_trylock(spin)	nonzero: got it
 *	spin_lock_shared(spin)			spin_unlock_shared(spin)
 *
 * The uncontended paths are one atomic operation; contention is in
 * kern_spinlock.c.  An exclusive waiter keeps new shared holders out.
 */
#ifndef _SYS_SPINLOCK2_H_
#define _SYS_SPINLOCK2_H_

#ifndef _KERNEL
#error "This file should not be included by userland programs."
#endif

#include <sys/systm.h>
#include <sys/spinlock.h>
#include <sys/globaldata.h>
#include <sys/thread2.h>
#include <machine/atomic.h>

void	_spin_lock_contested(struct spinlock *spin, const char *ident);
void	_spin_lock_shared_contested(struct spinlock *spin, const char *ident);

#define spin_lock(spin)		_spin_lock((spin), __func__)
#define spin_lock_quick(gd, spin) _spin_lock_quick((gd), (spin), __func__)
#define spin_lock_shared(spin)	_spin_lock_shared((spin), __func__)
#define spin_lock_shared_quick(gd, spin) \
	_spin_lock_shared_quick((gd), (spin), __func__)

static __always_inline void
spin_enter_(globaldata_t gd)
{
	++gd->gd_curthread->td_critcount;
	cpu_ccfence();
	++gd->gd_spinlocks;
}

static __always_inline void
spin_leave_(globaldata_t gd)
{
#ifdef INVARIANTS
	if (__predict_false((int)gd->gd_spinlocks <= 0))
		panic("spin_unlock: no spinlock is held");
#endif
	--gd->gd_spinlocks;
	cpu_ccfence();
	crit_exit_quick(gd->gd_curthread);
}

static __always_inline void
_spin_lock_quick(globaldata_t gd, struct spinlock *spin, const char *ident)
{
	spin_enter_(gd);
	if (__predict_false(atomic_cmpset_int(&spin->lock, 0, 1) == 0))
		_spin_lock_contested(spin, ident);
}

/*
 * The critical section comes first, so that the CPU does not change between
 * reading mycpu and counting.
 */
static __always_inline void
_spin_lock(struct spinlock *spin, const char *ident)
{
	++curthread->td_critcount;
	cpu_ccfence();
	++mycpu->gd_spinlocks;
	if (__predict_false(atomic_cmpset_int(&spin->lock, 0, 1) == 0))
		_spin_lock_contested(spin, ident);
}

static __always_inline int
spin_trylock(struct spinlock *spin)
{
	++curthread->td_critcount;
	cpu_ccfence();
	++mycpu->gd_spinlocks;
	if (__predict_true(atomic_cmpset_int(&spin->lock, 0, 1)))
		return (1);
	spin_leave_(mycpu);
	return (0);
}

static __always_inline void
spin_unlock_quick(globaldata_t gd, struct spinlock *spin)
{
#ifdef INVARIANTS
	if (__predict_false((spin->lock & SPINLOCK_COUNTMASK) == 0 ||
	    (spin->lock & SPINLOCK_SHARED)))
		panic("spin_unlock: %s is not locked", spin->descr);
#endif
	/* Waiters' bits stay; only the holder's count goes. */
	atomic_subtract_int(&spin->lock, 1);
	spin_leave_(gd);
}

static __always_inline void
spin_unlock(struct spinlock *spin)
{
	spin_unlock_quick(mycpu, spin);
}

static __always_inline void
_spin_lock_shared_quick(globaldata_t gd, struct spinlock *spin,
    const char *ident)
{
	spin_enter_(gd);
	if (__predict_false(atomic_cmpset_int(&spin->lock, 0,
	    SPINLOCK_SHARED | 1) == 0))
		_spin_lock_shared_contested(spin, ident);
}

static __always_inline void
_spin_lock_shared(struct spinlock *spin, const char *ident)
{
	++curthread->td_critcount;
	cpu_ccfence();
	++mycpu->gd_spinlocks;
	if (__predict_false(atomic_cmpset_int(&spin->lock, 0,
	    SPINLOCK_SHARED | 1) == 0))
		_spin_lock_shared_contested(spin, ident);
}

static __always_inline void
spin_unlock_shared_quick(globaldata_t gd, struct spinlock *spin)
{
	u_int old;

#ifdef INVARIANTS
	if (__predict_false((spin->lock & SPINLOCK_COUNTMASK) == 0 ||
	    (spin->lock & SPINLOCK_SHARED) == 0))
		panic("spin_unlock_shared: %s is not held shared",
		    spin->descr);
#endif
	/* The last one out takes the mark of sharing with it. */
	old = spin->lock;
	for (;;) {
		u_int new = old - 1;

		if ((new & SPINLOCK_COUNTMASK) == 0)
			new &= ~SPINLOCK_SHARED;
		if (atomic_fcmpset_int(&spin->lock, &old, new))
			break;
	}
	spin_leave_(gd);
}

static __always_inline void
spin_unlock_shared(struct spinlock *spin)
{
	spin_unlock_shared_quick(mycpu, spin);
}

static __always_inline void
spin_unlock_any(struct spinlock *spin)
{
	if (spin->lock & SPINLOCK_SHARED)
		spin_unlock_shared(spin);
	else
		spin_unlock(spin);
}

static __inline void
spin_init(struct spinlock *spin, const char *descr)
{
	spin->lock = 0;
	spin->update = 0;
	spin->descr = descr;
}

static __inline void
spin_uninit(struct spinlock *spin __unused)
{
}

static __always_inline int
spin_held(struct spinlock *spin)
{
	return ((spin->lock & SPINLOCK_COUNTMASK) != 0);
}

/*
 * Readers without the lock: start, read, and check that no update came
 * between.  Writers hold the lock and unlock by spin_unlock_update().
 */
static __always_inline void
spin_lock_update(struct spinlock *spin)
{
	spin_lock(spin);
	atomic_add_int(&spin->update, 1);
}

static __always_inline void
spin_unlock_update(struct spinlock *spin)
{
	atomic_add_int(&spin->update, 1);
	spin_unlock(spin);
}

static __always_inline u_int
spin_access_start(struct spinlock *spin)
{
	u_int v = spin->update;

	cpu_lfence();
	return (v);
}

/* Nonzero: what was read in between is not to be trusted. */
static __always_inline int
spin_access_end(struct spinlock *spin, u_int v)
{
	cpu_lfence();
	return ((v & 1) || spin->update != v);
}

#endif /* !_SYS_SPINLOCK2_H_ */
