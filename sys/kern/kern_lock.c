/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lockmgr locks: see <sys/lock.h>.
 *
 * lk_count holds everything, and every transition is one compare-and-set.
 * Who must wait sets LKC_EXREQ or LKC_SHREQ and sleeps on the lock; the
 * transition that frees the lock clears both and wakes all waiters, who try
 * again.  While LKC_EXREQ is set new shared requests queue up behind the
 * shared holders.
 *
 * Not so those of threads that hold shared locks (td_slocks) or have
 * TDF_DEADLKTREAT: the exclusive request waits for the shared holders, so a
 * holder that came for the lock a second time would wait for itself, and two
 * that hold and want each other's locks for each other.  Exclusive requests
 * are not starved by that, for a thread must let go of all its locks now and
 * then, and then stands in line.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/lock.h>
#include <sys/proc.h>
#include <sys/thread.h>
#include <sys/thread2.h>

#define LKC_WAITMASK	(LKC_EXREQ | LKC_SHREQ)

static __inline int
lock_may_pass(thread_t td)
{
	return (td->td_slocks > 0 || (td->td_flags & TDF_DEADLKTREAT));
}

static __inline int
cmpset_count(struct lock *lkp, u_int64_t *count, u_int64_t new)
{
	return (atomic_fcmpset_64(&lkp->lk_count, count, new));
}

/*
 * Sleep until the lock changes.  count is what it was when the caller saw
 * that it had to wait, bit the one to announce that.  0: try again.
 */
static int
lock_wait(struct lock *lkp, u_int64_t count, u_int64_t bit, u_int flags)
{
	int pflags, timo, error;

	if (flags & LK_NOWAIT)
		return (EBUSY);
	if (((flags | lkp->lk_flags) & LK_CANCELABLE) && (count & LKC_CANCEL))
		return (ENOLCK);
	pflags = ((flags | lkp->lk_flags) & LK_PCATCH) ? PCATCH : 0;
	timo = ((flags | lkp->lk_flags) & LK_TIMELOCK) ? lkp->lk_timo : 0;
	if (panicstr != NULL)
		return (EBUSY);
	tsleep_interlock(lkp, pflags);
	if ((count & bit) != bit) {
		if (!cmpset_count(lkp, &count, count | bit))
			return (0);
	} else if (lkp->lk_count != count) {
		return (0);
	}
	error = tsleep(lkp, pflags | PINTERLOCKED, lkp->lk_wmesg, timo);
	if (error)
		return (error);
	if ((flags | lkp->lk_flags) & LK_SLEEPFAIL)
		return (ENOLCK);
	return (0);
}

int
lockmgr_shared(struct lock *lkp, u_int flags)
{
	thread_t td = curthread;
	u_int64_t count = lkp->lk_count;
	int error;

	for (;;) {
		if (__predict_true((count & (LKC_XMASK | LKC_EXREQ |
		    LKC_UPREQ)) == 0)) {
			if (cmpset_count(lkp, &count, count + LKC_SCOUNT)) {
				td->td_slocks++;
				return (0);
			}
			continue;
		}
		if (lkp->lk_lockholder == td && (count & LKC_XMASK)) {
			/* The exclusive holder just recurses. */
			if (cmpset_count(lkp, &count, count + LKC_XCOUNT))
				return (0);
			continue;
		}
		if ((count & LKC_XMASK) == 0 && ((count & LKC_SMASK) == 0 ||
		    lock_may_pass(td))) {
			if (cmpset_count(lkp, &count, count + LKC_SCOUNT)) {
				td->td_slocks++;
				return (0);
			}
			continue;
		}
		error = lock_wait(lkp, count, LKC_SHREQ, flags);
		if (error)
			return (error);
		count = lkp->lk_count;
	}
}

int
lockmgr_exclusive(struct lock *lkp, u_int flags)
{
	thread_t td = curthread;
	u_int64_t count = lkp->lk_count;
	int error;

	for (;;) {
		if ((count & (LKC_XMASK | LKC_SMASK | LKC_UPREQ)) == 0) {
			if (cmpset_count(lkp, &count, count + LKC_XCOUNT)) {
				lkp->lk_lockholder = td;
				return (0);
			}
			continue;
		}
		if (lkp->lk_lockholder == td && (count & LKC_XMASK)) {
			if (((flags | lkp->lk_flags) & LK_CANRECURSE) == 0) {
				if (flags & LK_NOWAIT)
					return (EBUSY);
				panic("lockmgr: %s: locking against myself",
				    lkp->lk_wmesg);
			}
			if (cmpset_count(lkp, &count, count + LKC_XCOUNT))
				return (0);
			continue;
		}
		error = lock_wait(lkp, count, LKC_EXREQ, flags);
		if (error)
			return (error);
		count = lkp->lk_count;
	}
}

int
lockmgr_downgrade(struct lock *lkp, u_int flags __unused)
{
	u_int64_t count = lkp->lk_count;

	KASSERT(lkp->lk_lockholder == curthread ||
	    lkp->lk_lockholder == LK_KERNTHREAD,
	    ("lockmgr: %s: downgrade of another's lock", lkp->lk_wmesg));
	if ((count & LKC_XMASK) != LKC_XCOUNT)
		panic("lockmgr: %s: downgrade of a recursive lock",
		    lkp->lk_wmesg);
	lkp->lk_lockholder = NULL;
	cpu_sfence();
	while (!cmpset_count(lkp, &count,
	    (count & ~(LKC_XMASK | LKC_WAITMASK)) + LKC_SCOUNT))
		;
	curthread->td_slocks++;
	if (count & LKC_WAITMASK)
		wakeup(lkp);
	return (0);
}

/*
 * The upgrading thread keeps its shared count and waits until it is the
 * only one; LKC_UPREQ makes it the only one to try.
 */
static int
lock_upgrade_wait(struct lock *lkp, u_int flags)
{
	u_int64_t count = lkp->lk_count;
	int error = 0;

	for (;;) {
		if ((count & LKC_SMASK) == LKC_SCOUNT) {
			if (cmpset_count(lkp, &count, (count & ~(LKC_SMASK |
			    LKC_UPREQ)) + LKC_XCOUNT)) {
				lkp->lk_lockholder = curthread;
				curthread->td_slocks--;
				return (0);
			}
			continue;
		}
		error = lock_wait(lkp, count, LKC_SHREQ,
		    flags & ~LK_CANCELABLE);
		if (error)
			break;
		count = lkp->lk_count;
	}
	count = lkp->lk_count;
	while (!cmpset_count(lkp, &count,
	    count & ~(LKC_UPREQ | LKC_WAITMASK)))
		;
	if (count & LKC_WAITMASK)
		wakeup(lkp);
	lockmgr_release(lkp, 0);
	return (error);
}

int
lockmgr_upgrade(struct lock *lkp, u_int flags)
{
	u_int64_t count = lkp->lk_count;

	for (;;) {
		if ((count & LKC_XMASK) && lkp->lk_lockholder == curthread)
			return (0);
		if ((count & LKC_SMASK) == 0)
			panic("lockmgr: %s: upgrade of an unheld lock",
			    lkp->lk_wmesg);
		if ((count & (LKC_SMASK | LKC_UPREQ)) == LKC_SCOUNT) {
			if (cmpset_count(lkp, &count,
			    count - LKC_SCOUNT + LKC_XCOUNT)) {
				lkp->lk_lockholder = curthread;
				curthread->td_slocks--;
				return (0);
			}
			continue;
		}
		if ((flags & LK_TYPE_MASK) != LK_EXCLUPGRADE &&
		    (flags & LK_NOWAIT))
			return (EBUSY);
		if ((count & LKC_UPREQ) || (flags & LK_NOWAIT)) {
			lockmgr_release(lkp, 0);
			if ((flags & LK_TYPE_MASK) == LK_EXCLUPGRADE)
				return (EBUSY);
			return (lockmgr_exclusive(lkp, flags));
		}
		if (cmpset_count(lkp, &count, count | LKC_UPREQ))
			return (lock_upgrade_wait(lkp, flags));
	}
}

int
lockmgr_release(struct lock *lkp, u_int flags __unused)
{
	u_int64_t count = lkp->lk_count;
	u_int64_t new;
	struct thread *holder __debugvar;

	if (count & LKC_XMASK) {
		holder = lkp->lk_lockholder;
		KASSERT(holder == curthread || holder == LK_KERNTHREAD ||
		    panicstr != NULL,
		    ("lockmgr: %s: release of a lock held by %p",
		     lkp->lk_wmesg, holder));
		if ((count & LKC_XMASK) == LKC_XCOUNT) {
			lkp->lk_lockholder = NULL;
			cpu_sfence();
		}
		for (;;) {
			new = count - LKC_XCOUNT;
			if ((new & LKC_XMASK) == 0)
				new &= ~LKC_WAITMASK;
			if (cmpset_count(lkp, &count, new))
				break;
		}
		if ((new & LKC_XMASK) == 0 && (count & LKC_WAITMASK))
			wakeup(lkp);
		return (0);
	}
	for (;;) {
		if ((count & LKC_SMASK) == 0)
			panic("lockmgr: %s: release of an unheld lock",
			    lkp->lk_wmesg);
		new = count - LKC_SCOUNT;
		/* The last one out, or the last but the upgrading one. */
		if ((new & LKC_SMASK) == 0 || ((new & LKC_UPREQ) &&
		    (new & LKC_SMASK) == LKC_SCOUNT))
			new &= ~LKC_WAITMASK;
		if (cmpset_count(lkp, &count, new))
			break;
	}
	curthread->td_slocks--;
	if ((count & LKC_WAITMASK) && (new & LKC_WAITMASK) == 0)
		wakeup(lkp);
	return (0);
}

/* Holder of the lock: fail LK_CANCELABLE requests, also waiting ones. */
int
lockmgr_cancel_beg(struct lock *lkp, u_int flags __unused)
{
	u_int64_t count = lkp->lk_count;

	while (!cmpset_count(lkp, &count,
	    (count | LKC_CANCEL) & ~LKC_WAITMASK))
		;
	if (count & LKC_WAITMASK)
		wakeup(lkp);
	return (0);
}

int
lockmgr_cancel_end(struct lock *lkp, u_int flags __unused)
{
	atomic_clear_64(&lkp->lk_count, LKC_CANCEL);
	return (0);
}

int
lockmgr_other(struct lock *lkp, u_int flags)
{
	switch (flags & LK_TYPE_MASK) {
	case LK_EXCLUPGRADE:
	case LK_UPGRADE:
	case LK_WAITUPGRADE:
		return (lockmgr_upgrade(lkp, flags));
	case LK_DOWNGRADE:
		return (lockmgr_downgrade(lkp, flags));
	case LK_CANCEL_BEG:
		return (lockmgr_cancel_beg(lkp, flags));
	case LK_CANCEL_END:
		return (lockmgr_cancel_end(lkp, flags));
	}
	panic("lockmgr: unknown request %x", flags);
}

void
lockmgr_kernproc(struct lock *lkp)
{
	if (lkp->lk_lockholder == curthread)
		lkp->lk_lockholder = LK_KERNTHREAD;
}

void
lockinit(struct lock *lkp, const char *wmesg, int timo, int flags)
{
	lkp->lk_flags = flags & LK_EXTFLG_MASK;
	lkp->lk_count = 0;
	lkp->lk_wmesg = wmesg;
	lkp->lk_timo = timo;
	lkp->lk_lockholder = NULL;
}

void
lockreinit(struct lock *lkp, const char *wmesg, int timo, int flags)
{
	lkp->lk_wmesg = wmesg;
	lkp->lk_timo = timo;
	lkp->lk_flags = flags & LK_EXTFLG_MASK;
}

void
lockuninit(struct lock *lkp __debugvar)
{
	KASSERT((lkp->lk_count & (LKC_XMASK | LKC_SMASK)) == 0,
	    ("lockuninit: %s is held", lkp->lk_wmesg));
}

int
lockstatus(struct lock *lkp, struct thread *td)
{
	u_int64_t count = lkp->lk_count;

	if (count & LKC_XMASK) {
		if (td == NULL || lkp->lk_lockholder == td)
			return (LK_EXCLUSIVE);
		return (LK_EXCLOTHER);
	}
	return ((count & LKC_SMASK) ? LK_SHARED : 0);
}

int
lockowned(struct lock *lkp)
{
	return (lockstatus(lkp, curthread) == LK_EXCLUSIVE);
}

int
lockcount(struct lock *lkp)
{
	u_int64_t count = lkp->lk_count;

	return ((int)(((count & LKC_XMASK) >> 8) + (count >> 32)));
}

int
lockcountnb(struct lock *lkp)
{
	return (lockcount(lkp));
}

int
lockinuse(struct lock *lkp)
{
	return ((lkp->lk_count & (LKC_XMASK | LKC_SMASK | LKC_WAITMASK |
	    LKC_UPREQ)) != 0);
}

void
lockmgr_printinfo(struct lock *lkp)
{
	u_int64_t count = lkp->lk_count;

	kprintf(" lock type %s: ", lkp->lk_wmesg);
	if (count & LKC_XMASK) {
		kprintf("EXCL (count %ld) by td %p",
		    (long)((count & LKC_XMASK) >> 8), lkp->lk_lockholder);
	} else if (count & LKC_SMASK) {
		kprintf("SHARED (count %ld)", (long)(count >> 32));
	} else {
		kprintf("free");
	}
	if (count & LKC_WAITMASK)
		kprintf(" with waiters");
	kprintf("\n");
}

void
lock_sysinit(struct lock_args *args)
{
	lockinit(args->la_lock, args->la_desc, 0, args->la_flags);
}
