/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Spinlocks: exclusion for a few instructions of leaf state.
 *
 * Holding one implies a critical section; the holder must not block.  A
 * spinlock may be taken shared.  The functions are in <sys/spinlock2.h>.
 */
#ifndef _SYS_SPINLOCK_H_
#define _SYS_SPINLOCK_H_

#include <sys/types.h>

/*
 * lock counts: bit 31 says that the count is of shared holders, the low 20
 * bits count holders (and, while contended, exclusive waiters).
 */
struct spinlock {
	volatile u_int	lock;		/* (a) 0: free */
	volatile u_int	update;		/* (s) bumped by spin_unlock_update() */
	const char	*descr;		/* (I) for diagnostics */
};

#define SPINLOCK_SHARED		0x80000000u
#define SPINLOCK_EXCLWAIT	0x00100000u	/* an exclusive waiter */
#define SPINLOCK_EXCLMASK	0x7ff00000u
#define SPINLOCK_COUNTMASK	0x000fffffu

#define SPINLOCK_INITIALIZER(head, d)	{ .lock = 0, .update = 0, .descr = d }

#ifdef _KERNEL

typedef struct spinlock	*spinlock_t;

#endif

#endif /* !_SYS_SPINLOCK_H_ */
