/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Condition variables.
 *
 * Waiters sleep on a sequence number that each signal changes, so a signal
 * between the release of the mutex and the sleep is not lost.
 */
#include "pthread_private.h"

struct pthread_cond {
	volatile int	c_seq;		/* (w) */
	volatile int	c_waiters;
	clockid_t	c_clock;	/* of timed waits */
	int		c_pshared;
};

struct pthread_cond_attr {
	clockid_t	clock;
	int		pshared;
};

int
pthread_condattr_init(pthread_condattr_t *ap)
{
	struct pthread_cond_attr *a = calloc(1, sizeof(*a));

	if (a == NULL)
		return (ENOMEM);
	a->clock = CLOCK_REALTIME;
	*ap = a;
	return (0);
}

int
pthread_condattr_destroy(pthread_condattr_t *ap)
{
	free(*ap);
	*ap = NULL;
	return (0);
}

int
pthread_condattr_getclock(const pthread_condattr_t *restrict ap,
    clockid_t *restrict clock)
{
	*clock = (*ap)->clock;
	return (0);
}

int
pthread_condattr_setclock(pthread_condattr_t *ap, clockid_t clock)
{
	struct timespec ts;

	if (clock_gettime(clock, &ts) != 0)
		return (EINVAL);
	(*ap)->clock = clock;
	return (0);
}

int
pthread_condattr_getpshared(const pthread_condattr_t *restrict ap,
    int *restrict pshared)
{
	*pshared = (*ap)->pshared;
	return (0);
}

int
pthread_condattr_setpshared(pthread_condattr_t *ap, int pshared)
{
	int error = pshared_check(pshared);

	if (error == 0)
		(*ap)->pshared = pshared;
	return (error);
}

int
pthread_cond_init(pthread_cond_t *restrict cp,
    const pthread_condattr_t *restrict ap)
{
	int pshared = ap != NULL && *ap != NULL ? (*ap)->pshared :
	    PTHREAD_PROCESS_PRIVATE;
	struct pthread_cond *c = object_alloc(sizeof(*c), pshared);

	if (c == NULL)
		return (ENOMEM);
	c->c_pshared = pshared;
	c->c_clock = ap != NULL && *ap != NULL ? (*ap)->clock :
	    CLOCK_REALTIME;
	*cp = c;
	return (0);
}

int
pthread_cond_destroy(pthread_cond_t *cp)
{
	struct pthread_cond *c = *cp;

	if (c == NULL)
		return (0);
	if (c->c_waiters > 0)
		return (EBUSY);
	*cp = NULL;
	object_free(c, c->c_pshared);
	return (0);
}

static struct pthread_cond *
cond_get(pthread_cond_t *cp)
{
	struct pthread_cond *c, *old = NULL;

	c = __atomic_load_n(cp, __ATOMIC_ACQUIRE);
	if (__predict_true(c != NULL))
		return (c);
	if (pthread_cond_init(&c, NULL) != 0)
		return (NULL);
	if (!__atomic_compare_exchange_n(cp, &old, c, false, __ATOMIC_ACQ_REL,
	    __ATOMIC_ACQUIRE)) {
		free(c);
		c = old;
	}
	return (c);
}

/* pthread_cancel() may end the wait by changing the word. */
static void
set_wait_word(struct pthread *t, volatile int *word)
{
	libc_lock(&t->t_lock);
	t->t_wait_word = word;
	libc_unlock(&t->t_lock);
}

static int
cond_wait(pthread_cond_t *cp, pthread_mutex_t *mp, const struct timespec *until)
{
	struct pthread *cur = curthread_get();
	struct pthread_cond *c = cond_get(cp);
	int seq, count, error;

	if (c == NULL)
		return (ENOMEM);
	if (until != NULL &&
	    (until->tv_nsec < 0 || until->tv_nsec >= 1000000000))
		return (EINVAL);
	cancel_test(cur);
	__atomic_add_fetch(&c->c_waiters, 1, __ATOMIC_SEQ_CST);
	seq = __atomic_load_n(&c->c_seq, __ATOMIC_SEQ_CST);
	error = mutex_unlock_count(mp, &count);
	if (error != 0) {
		__atomic_sub_fetch(&c->c_waiters, 1, __ATOMIC_SEQ_CST);
		return (error);
	}
	set_wait_word(cur, &c->c_seq);
	while (error == 0 && c->c_seq == seq &&
	    !(cur->t_cancel_pending && !cur->t_cancel_disabled))
		error = wait_word(&c->c_seq, seq, c->c_clock, until);
	set_wait_word(cur, NULL);
	if (error == ETIMEDOUT && c->c_seq != seq)
		error = 0;
	__atomic_sub_fetch(&c->c_waiters, 1, __ATOMIC_SEQ_CST);
	mutex_lock_count(mp, count);
	cancel_test(cur);
	return (error);
}

int
pthread_cond_wait(pthread_cond_t *restrict cp, pthread_mutex_t *restrict mp)
{
	return (cond_wait(cp, mp, NULL));
}

int
pthread_cond_timedwait(pthread_cond_t *restrict cp,
    pthread_mutex_t *restrict mp, const struct timespec *restrict until)
{
	return (cond_wait(cp, mp, until));
}

static int
cond_wake(pthread_cond_t *cp, int count)
{
	struct pthread_cond *c = cond_get(cp);

	if (c == NULL)
		return (ENOMEM);
	if (__atomic_load_n(&c->c_waiters, __ATOMIC_SEQ_CST) > 0) {
		__atomic_add_fetch(&c->c_seq, 1, __ATOMIC_SEQ_CST);
		wake(&c->c_seq, count);
	}
	return (0);
}

int
pthread_cond_signal(pthread_cond_t *cp)
{
	return (cond_wake(cp, 1));
}

int
pthread_cond_broadcast(pthread_cond_t *cp)
{
	return (cond_wake(cp, 0));
}
