/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Barriers.
 */
#include "pthread_private.h"

struct pthread_barrier {
	libc_lock_t	b_lock;		/* of the fields below */
	volatile int	b_cycle;	/* (w) */
	unsigned	b_count;
	unsigned	b_arrived;
	unsigned	b_leaving;	/* of earlier cycles, not yet out */
	int		b_pshared;
};

struct pthread_barrierattr {
	int	pshared;
};

int
pthread_barrierattr_init(pthread_barrierattr_t *ap)
{
	*ap = calloc(1, sizeof(**ap));
	return (*ap == NULL ? ENOMEM : 0);
}

int
pthread_barrierattr_destroy(pthread_barrierattr_t *ap)
{
	free(*ap);
	*ap = NULL;
	return (0);
}

int
pthread_barrierattr_getpshared(const pthread_barrierattr_t *restrict ap,
    int *restrict pshared)
{
	*pshared = (*ap)->pshared;
	return (0);
}

int
pthread_barrierattr_setpshared(pthread_barrierattr_t *ap, int pshared)
{
	int error = pshared_check(pshared);

	if (error == 0)
		(*ap)->pshared = pshared;
	return (error);
}

int
pthread_barrier_init(pthread_barrier_t *restrict bp,
    const pthread_barrierattr_t *restrict ap, unsigned count)
{
	int pshared = ap != NULL && *ap != NULL ? (*ap)->pshared :
	    PTHREAD_PROCESS_PRIVATE;
	struct pthread_barrier *b;

	if (count == 0)
		return (EINVAL);
	b = object_alloc(sizeof(*b), pshared);
	if (b == NULL)
		return (ENOMEM);
	b->b_pshared = pshared;
	b->b_count = count;
	*bp = b;
	return (0);
}

int
pthread_barrier_destroy(pthread_barrier_t *bp)
{
	struct pthread_barrier *b = *bp;

	if (b == NULL)
		return (EINVAL);
	libc_lock(&b->b_lock);
	if (b->b_arrived > 0) {
		libc_unlock(&b->b_lock);
		return (EBUSY);
	}
	while (b->b_leaving > 0) {
		libc_unlock(&b->b_lock);
		sched_yield();
		libc_lock(&b->b_lock);
	}
	libc_unlock(&b->b_lock);
	*bp = NULL;
	object_free(b, b->b_pshared);
	return (0);
}

int
pthread_barrier_wait(pthread_barrier_t *bp)
{
	struct pthread_barrier *b = *bp;
	int cycle;

	if (b == NULL)
		return (EINVAL);
	libc_lock(&b->b_lock);
	if (++b->b_arrived == b->b_count) {
		b->b_leaving += b->b_arrived - 1;
		b->b_arrived = 0;
		b->b_cycle++;
		libc_unlock(&b->b_lock);
		wake(&b->b_cycle, 0);
		return (PTHREAD_BARRIER_SERIAL_THREAD);
	}
	cycle = b->b_cycle;
	libc_unlock(&b->b_lock);
	while (b->b_cycle == cycle)
		wait_word(&b->b_cycle, cycle, CLOCK_REALTIME, NULL);
	libc_lock(&b->b_lock);
	b->b_leaving--;
	libc_unlock(&b->b_lock);
	return (0);
}
