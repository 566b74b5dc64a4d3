/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Spin locks.  A thread that has spun for long yields its CPU, for the
 * holder may be waiting for one.
 */
#include "pthread_private.h"

#define SPINS	1000

struct pthread_spinlock {
	volatile int	held;
};

int
pthread_spin_init(pthread_spinlock_t *lp, int pshared)
{
	if (pshared == PTHREAD_PROCESS_SHARED)
		return (ENOTSUP);
	*lp = calloc(1, sizeof(**lp));
	return (*lp == NULL ? ENOMEM : 0);
}

int
pthread_spin_destroy(pthread_spinlock_t *lp)
{
	if (*lp == NULL)
		return (EINVAL);
	free(*lp);
	*lp = NULL;
	return (0);
}

int
pthread_spin_trylock(pthread_spinlock_t *lp)
{
	return (__atomic_exchange_n(&(*lp)->held, 1, __ATOMIC_ACQUIRE) != 0 ?
	    EBUSY : 0);
}

int
pthread_spin_lock(pthread_spinlock_t *lp)
{
	int i = 0;

	while (pthread_spin_trylock(lp) != 0) {
		while ((*lp)->held) {
			__builtin_ia32_pause();
			if (++i % SPINS == 0)
				sched_yield();
		}
	}
	return (0);
}

int
pthread_spin_unlock(pthread_spinlock_t *lp)
{
	__atomic_store_n(&(*lp)->held, 0, __ATOMIC_RELEASE);
	return (0);
}
