/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lockmgr locks: exclusive or shared, held across blocking.
 *
 * The uncontended paths are one atomic operation each.  Exclusive requests
 * hold off new shared ones, but for those of threads that hold shared locks
 * already: they could wait for each other, or for themselves.  A shared lock
 * is released by the thread that acquired it.
 */
#ifndef _SYS_LOCK_H_
#define _SYS_LOCK_H_

#if defined(_KERNEL) || defined(_KERNEL_STRUCTURES)

#include <sys/types.h>

struct thread;

/*
 * lk_count: bits below are flags, the two counts follow.  lk_lockholder is
 * the exclusive holder.
 */
struct lock {
	u_int		lk_flags;	/* (I) LK_CANRECURSE and so on */
	int		lk_timo;	/* (I) ticks, with LK_TIMELOCK */
	volatile u_int64_t lk_count;	/* (a) */
	const char	*lk_wmesg;	/* (I) */
	struct thread	* volatile lk_lockholder; /* (a) by the holder */
};

#define LKC_EXREQ	0x0000000000000001LU /* exclusive waiters */
#define LKC_SHREQ	0x0000000000000002LU /* shared waiters */
#define LKC_UPREQ	0x0000000000000004LU /* a holder upgrades */
#define LKC_CANCEL	0x0000000000000008LU /* LK_CANCELABLE fail */
#define LKC_XCOUNT	0x0000000000000100LU /* exclusive, recursions */
#define LKC_XMASK	0x00000000FFFFFF00LU
#define LKC_SCOUNT	0x0000000100000000LU /* shared holders */
#define LKC_SMASK	0xFFFFFFFF00000000LU

/* Requests. */
#define LK_TYPE_MASK	0x0000000f
#define LK_SHARED	0x00000001
#define LK_EXCLUSIVE	0x00000002
#define LK_UPGRADE	0x00000003 /* shared to exclusive; dropped in between
				    * if another upgrades as well; with
				    * LK_NOWAIT: EBUSY, still shared */
#define LK_EXCLUPGRADE	0x00000004 /* EBUSY if another upgrades first; then
				    * the shared lock is lost */
#define LK_DOWNGRADE	0x00000005
#define LK_RELEASE	0x00000006
#define LK_WAITUPGRADE	0x00000007
#define LK_CANCEL_BEG	0x00000008 /* holder: fail cancelable requests */
#define LK_CANCEL_END	0x00000009
/* Modifiers. */
#define LK_EXTFLG_MASK	0x070000f0
#define LK_NOWAIT	0x00000010 /* EBUSY instead of sleeping */
#define LK_SLEEPFAIL	0x00000020 /* sleep, then ENOLCK */
#define LK_CANRECURSE	0x00000040 /* exclusive again by the holder */
#define LK_NOCOLLSTATS	0x00000080
#define LK_CANCELABLE	0x01000000 /* ENOLCK while cancelling */
#define LK_TIMELOCK	0x02000000 /* lk_timo counts: EWOULDBLOCK */
#define LK_PCATCH	0x04000000 /* signals end the sleep */

#define LK_KERNTHREAD	((struct thread *)-2) /* held by the kernel itself */
#define LK_NOTHREAD	((struct thread *)-1)

/* lockstatus() */
#define LK_EXCLOTHER	0x00000010 /* exclusive, by somebody else */

#define LOCK_INITIALIZER(wmesg, timo, flags)				\
{									\
	.lk_flags = (flags),						\
	.lk_timo = (timo),						\
	.lk_count = 0,							\
	.lk_wmesg = (wmesg),						\
	.lk_lockholder = NULL						\
}

#endif

#ifdef _KERNEL

void	lockinit(struct lock *lkp, const char *wmesg, int timo, int flags);
void	lockreinit(struct lock *lkp, const char *wmesg, int timo, int flags);
void	lockuninit(struct lock *lkp);

int	lockmgr_shared(struct lock *lkp, u_int flags);
int	lockmgr_exclusive(struct lock *lkp, u_int flags);
int	lockmgr_downgrade(struct lock *lkp, u_int flags);
int	lockmgr_upgrade(struct lock *lkp, u_int flags);
int	lockmgr_release(struct lock *lkp, u_int flags);
int	lockmgr_cancel_beg(struct lock *lkp, u_int flags);
int	lockmgr_cancel_end(struct lock *lkp, u_int flags);
int	lockmgr_other(struct lock *lkp, u_int flags);

/*
 * One request with modifiers.  0, or EBUSY, ENOLCK, EWOULDBLOCK, EINTR,
 * ERESTART as said above; without modifiers and timeouts it cannot fail.
 */
static __inline int
lockmgr(struct lock *lkp, u_int flags)
{
	switch (flags & LK_TYPE_MASK) {
	case LK_SHARED:
		return (lockmgr_shared(lkp, flags));
	case LK_EXCLUSIVE:
		return (lockmgr_exclusive(lkp, flags));
	case LK_RELEASE:
		return (lockmgr_release(lkp, flags));
	default:
		return (lockmgr_other(lkp, flags));
	}
}

/* The exclusive lock becomes the kernel's: anybody may release it. */
void	lockmgr_kernproc(struct lock *lkp);
/* LK_EXCLUSIVE (td's, or whoever's with NULL), LK_EXCLOTHER, LK_SHARED, 0. */
int	lockstatus(struct lock *lkp, struct thread *td);
int	lockowned(struct lock *lkp);	/* exclusively by curthread */
int	lockcount(struct lock *lkp);	/* holders */
int	lockcountnb(struct lock *lkp);
int	lockinuse(struct lock *lkp);	/* held or wanted */
void	lockmgr_printinfo(struct lock *lkp);

struct lock_args {
	struct lock	*la_lock;
	const char	*la_desc;
	int		la_flags;
};
void	lock_sysinit(struct lock_args *args);
#define LOCK_SYSINIT(name, lock, desc, flags)				\
	static struct lock_args name##_args = { (lock), (desc), (flags) }; \
	SYSINIT(name##_lock_sysinit, SI_BOOT1_LOCK, SI_ORDER_MIDDLE,	\
	    lock_sysinit, &name##_args)

#endif /* _KERNEL */

#endif /* !_SYS_LOCK_H_ */
