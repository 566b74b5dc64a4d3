/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Mutexes.
 *
 * The lock word is that of libc_lock(): free, held, held and waited for.
 * A waiter spins for a moment before it sleeps, for holders are short.
 */
#include <unistd.h>

#include "pthread_private.h"

#define SPINS	100

int
pthread_mutexattr_init(pthread_mutexattr_t *ap)
{
	struct pthread_mutex_attr *a = calloc(1, sizeof(*a));

	if (a == NULL)
		return (ENOMEM);
	a->type = PTHREAD_MUTEX_DEFAULT;
	*ap = a;
	return (0);
}

int
pthread_mutexattr_destroy(pthread_mutexattr_t *ap)
{
	free(*ap);
	*ap = NULL;
	return (0);
}

int
pthread_mutexattr_gettype(const pthread_mutexattr_t *restrict ap,
    int *restrict type)
{
	*type = (*ap)->type;
	return (0);
}

int
pthread_mutexattr_settype(pthread_mutexattr_t *ap, int type)
{
	if (type < PTHREAD_MUTEX_ERRORCHECK || type >= PTHREAD_MUTEX_TYPE_MAX)
		return (EINVAL);
	(*ap)->type = type;
	return (0);
}

int
pthread_mutexattr_getprotocol(const pthread_mutexattr_t *restrict ap,
    int *restrict protocol)
{
	*protocol = (*ap)->protocol;
	return (0);
}

int
pthread_mutexattr_setprotocol(pthread_mutexattr_t *ap, int protocol)
{
	if (protocol != PTHREAD_PRIO_NONE)
		return (protocol == PTHREAD_PRIO_INHERIT ||
		    protocol == PTHREAD_PRIO_PROTECT ? ENOTSUP : EINVAL);
	(*ap)->protocol = protocol;
	return (0);
}

int
pthread_mutexattr_getprioceiling(const pthread_mutexattr_t *restrict ap,
    int *restrict ceiling)
{
	*ceiling = (*ap)->ceiling;
	return (0);
}

int
pthread_mutexattr_setprioceiling(pthread_mutexattr_t *ap, int ceiling)
{
	(*ap)->ceiling = ceiling;
	return (0);
}

int
pthread_mutexattr_getpshared(const pthread_mutexattr_t *restrict ap,
    int *restrict pshared)
{
	*pshared = (*ap)->pshared;
	return (0);
}

int
pthread_mutexattr_setpshared(pthread_mutexattr_t *ap, int pshared)
{
	int error = pshared_check(pshared);

	if (error == 0)
		(*ap)->pshared = pshared;
	return (error);
}

int
pthread_mutexattr_getkind_np(pthread_mutexattr_t a)
{
	return (a->type);
}

int
pthread_mutexattr_setkind_np(pthread_mutexattr_t *ap, int kind)
{
	return (pthread_mutexattr_settype(ap, kind));
}

int
pthread_mutex_init(pthread_mutex_t *restrict mp,
    const pthread_mutexattr_t *restrict ap)
{
	int pshared = ap != NULL && *ap != NULL ? (*ap)->pshared :
	    PTHREAD_PROCESS_PRIVATE;
	struct pthread_mutex *m = object_alloc(sizeof(*m), pshared);

	if (m == NULL)
		return (ENOMEM);
	m->m_pshared = pshared;
	m->m_type = PTHREAD_MUTEX_DEFAULT;
	if (ap != NULL && *ap != NULL) {
		m->m_type = (*ap)->type;
		m->m_ceiling = (*ap)->ceiling;
	}
	*mp = m;
	return (0);
}

int
pthread_mutex_destroy(pthread_mutex_t *mp)
{
	struct pthread_mutex *m = *mp;

	if (m == NULL)
		return (0);
	if (m->m_lock != 0)
		return (EBUSY);
	*mp = NULL;
	object_free(m, m->m_pshared);
	return (0);
}

static inline bool
is_owner(const struct pthread_mutex *m, const struct pthread *cur)
{
	return (m->m_owner == cur && (__predict_true(m->m_pshared !=
	    PTHREAD_PROCESS_SHARED) || m->m_pid == getpid()));
}

static inline void
set_owner(struct pthread_mutex *m, struct pthread *cur)
{
	if (__predict_false(m->m_pshared == PTHREAD_PROCESS_SHARED))
		m->m_pid = getpid();
	m->m_owner = cur;
}

/* Make the object of a statically initialised mutex. */
static struct pthread_mutex *
mutex_get(pthread_mutex_t *mp)
{
	struct pthread_mutex *m, *old = NULL;

	m = __atomic_load_n(mp, __ATOMIC_ACQUIRE);
	if (__predict_true(m != NULL))
		return (m);
	if (pthread_mutex_init(&m, NULL) != 0)
		return (NULL);
	if (!__atomic_compare_exchange_n(mp, &old, m, false, __ATOMIC_ACQ_REL,
	    __ATOMIC_ACQUIRE)) {
		free(m);
		m = old;
	}
	return (m);
}

static int
mutex_lock(pthread_mutex_t *mp, const struct timespec *until)
{
	struct pthread *cur = curthread_get();
	struct pthread_mutex *m = mutex_get(mp);
	int i, error;

	if (m == NULL)
		return (ENOMEM);
	if (libc_trylock(&m->m_lock))
		goto locked;
	if (is_owner(m, cur)) {
		if (m->m_type == PTHREAD_MUTEX_RECURSIVE) {
			m->m_count++;
			return (0);
		}
		if (m->m_type == PTHREAD_MUTEX_ERRORCHECK)
			return (EDEADLK);
	}
	for (i = 0; i < SPINS; i++) {
		if (m->m_lock == 0 && libc_trylock(&m->m_lock))
			goto locked;
		__builtin_ia32_pause();
	}
	while (__atomic_exchange_n(&m->m_lock, 2, __ATOMIC_ACQUIRE) != 0) {
		error = wait_word(&m->m_lock, 2, CLOCK_REALTIME, until);
		if (error != 0)
			return (error);
	}
locked:
	set_owner(m, cur);
	return (0);
}

int
pthread_mutex_lock(pthread_mutex_t *mp)
{
	return (mutex_lock(mp, NULL));
}

int
pthread_mutex_timedlock(pthread_mutex_t *restrict mp,
    const struct timespec *restrict until)
{
	return (mutex_lock(mp, until));
}

int
pthread_mutex_trylock(pthread_mutex_t *mp)
{
	struct pthread *cur = curthread_get();
	struct pthread_mutex *m = mutex_get(mp);

	if (m == NULL)
		return (ENOMEM);
	if (libc_trylock(&m->m_lock)) {
		set_owner(m, cur);
		return (0);
	}
	if (is_owner(m, cur) && m->m_type == PTHREAD_MUTEX_RECURSIVE) {
		m->m_count++;
		return (0);
	}
	return (EBUSY);
}

int
pthread_mutex_unlock(pthread_mutex_t *mp)
{
	struct pthread_mutex *m = *mp;

	if (m == NULL)
		return (EINVAL);
	if (!is_owner(m, curthread_get()))
		return (EPERM);
	if (m->m_count > 0) {
		m->m_count--;
		return (0);
	}
	m->m_owner = NULL;
	libc_unlock(&m->m_lock);
	return (0);
}

/* Release entirely, for the wait on a condition; and take it back. */
int
mutex_unlock_count(pthread_mutex_t *mp, int *countp)
{
	struct pthread_mutex *m = *mp;

	if (m == NULL)
		return (EINVAL);
	if (!is_owner(m, curthread_get()))
		return (EPERM);
	*countp = m->m_count;
	m->m_count = 0;
	return (pthread_mutex_unlock(mp));
}

int
mutex_lock_count(pthread_mutex_t *mp, int count)
{
	int error = pthread_mutex_lock(mp);

	if (error == 0)
		(*mp)->m_count = count;
	return (error);
}

int
pthread_mutex_getprioceiling(const pthread_mutex_t *restrict mp,
    int *restrict ceiling)
{
	return (EINVAL);	/* none has PTHREAD_PRIO_PROTECT */
}

int
pthread_mutex_setprioceiling(pthread_mutex_t *restrict mp, int ceiling,
    int *restrict old)
{
	return (EINVAL);
}
