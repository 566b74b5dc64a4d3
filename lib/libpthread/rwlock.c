/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Read/write locks.
 *
 * Writers that wait keep new readers out, but for threads that hold read
 * locks already: they could wait for themselves.  A change that lets someone
 * in changes a sequence number and wakes all waiters.
 */
#include "pthread_private.h"

struct pthread_rwlock {
	libc_lock_t	rw_lock;	/* of the fields below */
	volatile int	rw_seq;		/* (w) */
	int		rw_readers;
	int		rw_waiting;	/* writers */
	int		rw_sleepers;
	struct pthread	*rw_writer;
};

struct pthread_rwlockattr {
	int	pshared;
};

int
pthread_rwlockattr_init(pthread_rwlockattr_t *ap)
{
	*ap = calloc(1, sizeof(**ap));
	return (*ap == NULL ? ENOMEM : 0);
}

int
pthread_rwlockattr_destroy(pthread_rwlockattr_t *ap)
{
	free(*ap);
	*ap = NULL;
	return (0);
}

int
pthread_rwlockattr_getpshared(const pthread_rwlockattr_t *restrict ap,
    int *restrict pshared)
{
	*pshared = (*ap)->pshared;
	return (0);
}

int
pthread_rwlockattr_setpshared(pthread_rwlockattr_t *ap, int pshared)
{
	return (pshared == PTHREAD_PROCESS_PRIVATE ? 0 :
	    pshared == PTHREAD_PROCESS_SHARED ? ENOTSUP : EINVAL);
}

int
pthread_rwlock_init(pthread_rwlock_t *restrict rwp,
    const pthread_rwlockattr_t *restrict ap)
{
	*rwp = calloc(1, sizeof(**rwp));
	return (*rwp == NULL ? ENOMEM : 0);
}

int
pthread_rwlock_destroy(pthread_rwlock_t *rwp)
{
	struct pthread_rwlock *rw = *rwp;

	if (rw == NULL)
		return (0);
	if (rw->rw_readers > 0 || rw->rw_writer != NULL)
		return (EBUSY);
	*rwp = NULL;
	free(rw);
	return (0);
}

static struct pthread_rwlock *
rwlock_get(pthread_rwlock_t *rwp)
{
	struct pthread_rwlock *rw, *old = NULL;

	rw = __atomic_load_n(rwp, __ATOMIC_ACQUIRE);
	if (__predict_true(rw != NULL))
		return (rw);
	if (pthread_rwlock_init(&rw, NULL) != 0)
		return (NULL);
	if (!__atomic_compare_exchange_n(rwp, &old, rw, false,
	    __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
		free(rw);
		rw = old;
	}
	return (rw);
}

/* rw_lock held; released while asleep. */
static int
rwlock_sleep(struct pthread_rwlock *rw, const struct timespec *until)
{
	int seq = rw->rw_seq, error;

	rw->rw_sleepers++;
	libc_unlock(&rw->rw_lock);
	error = wait_word(&rw->rw_seq, seq, CLOCK_REALTIME, until);
	libc_lock(&rw->rw_lock);
	rw->rw_sleepers--;
	return (error);
}

/* rw_lock held; released. */
static void
rwlock_wake(struct pthread_rwlock *rw)
{
	bool sleepers = rw->rw_sleepers > 0;

	if (sleepers)
		rw->rw_seq++;
	libc_unlock(&rw->rw_lock);
	if (sleepers)
		wake(&rw->rw_seq, 0);
}

static int
read_lock(pthread_rwlock_t *rwp, bool try, const struct timespec *until)
{
	struct pthread *cur = curthread_get();
	struct pthread_rwlock *rw = rwlock_get(rwp);
	int error = 0;

	if (rw == NULL)
		return (ENOMEM);
	libc_lock(&rw->rw_lock);
	if (rw->rw_writer == cur)
		error = EDEADLK;
	while (error == 0 && (rw->rw_writer != NULL ||
	    (rw->rw_waiting > 0 && cur->t_rdlocks == 0)))
		error = try ? EBUSY : rwlock_sleep(rw, until);
	if (error == 0) {
		rw->rw_readers++;
		cur->t_rdlocks++;
	}
	libc_unlock(&rw->rw_lock);
	return (error);
}

static int
write_lock(pthread_rwlock_t *rwp, bool try, const struct timespec *until)
{
	struct pthread *cur = curthread_get();
	struct pthread_rwlock *rw = rwlock_get(rwp);
	int error = 0;

	if (rw == NULL)
		return (ENOMEM);
	libc_lock(&rw->rw_lock);
	if (rw->rw_writer == cur)
		error = try ? EBUSY : EDEADLK;
	rw->rw_waiting++;
	while (error == 0 && (rw->rw_writer != NULL || rw->rw_readers > 0))
		error = try ? EBUSY : rwlock_sleep(rw, until);
	rw->rw_waiting--;
	if (error == 0) {
		rw->rw_writer = cur;
		libc_unlock(&rw->rw_lock);
	} else {
		/* Readers may have waited for this writer only. */
		rwlock_wake(rw);
	}
	return (error);
}

int
pthread_rwlock_rdlock(pthread_rwlock_t *rwp)
{
	return (read_lock(rwp, false, NULL));
}

int
pthread_rwlock_timedrdlock(pthread_rwlock_t *restrict rwp,
    const struct timespec *restrict until)
{
	return (read_lock(rwp, false, until));
}

int
pthread_rwlock_tryrdlock(pthread_rwlock_t *rwp)
{
	return (read_lock(rwp, true, NULL));
}

int
pthread_rwlock_wrlock(pthread_rwlock_t *rwp)
{
	return (write_lock(rwp, false, NULL));
}

int
pthread_rwlock_timedwrlock(pthread_rwlock_t *restrict rwp,
    const struct timespec *restrict until)
{
	return (write_lock(rwp, false, until));
}

int
pthread_rwlock_trywrlock(pthread_rwlock_t *rwp)
{
	return (write_lock(rwp, true, NULL));
}

int
pthread_rwlock_unlock(pthread_rwlock_t *rwp)
{
	struct pthread *cur = curthread_get();
	struct pthread_rwlock *rw = *rwp;

	if (rw == NULL)
		return (EINVAL);
	libc_lock(&rw->rw_lock);
	if (rw->rw_writer == cur) {
		rw->rw_writer = NULL;
	} else if (rw->rw_readers > 0) {
		cur->t_rdlocks--;
		if (--rw->rw_readers > 0) {
			libc_unlock(&rw->rw_lock);
			return (0);
		}
	} else {
		libc_unlock(&rw->rw_lock);
		return (EPERM);
	}
	rwlock_wake(rw);
	return (0);
}
