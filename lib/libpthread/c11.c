/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The threads of ISO C.
 */
#include <threads.h>

#include "pthread_private.h"

struct c11_start {
	thrd_start_t	fn;
	void		*arg;
};

static int
result(int error)
{
	switch (error) {
	case 0:
		return (thrd_success);
	case ETIMEDOUT:
		return (thrd_timedout);
	case EBUSY:
		return (thrd_busy);
	case ENOMEM:
		return (thrd_nomem);
	default:
		return (thrd_error);
	}
}

static void *
start(void *arg)
{
	struct c11_start s = *(struct c11_start *)arg;

	free(arg);
	return ((void *)(intptr_t)s.fn(s.arg));
}

int
thrd_create(thrd_t *thread, thrd_start_t fn, void *arg)
{
	struct c11_start *s = malloc(sizeof(*s));
	int error;

	if (s == NULL)
		return (thrd_nomem);
	s->fn = fn;
	s->arg = arg;
	error = pthread_create(thread, NULL, start, s);
	if (error != 0)
		free(s);
	return (result(error));
}

thrd_t
thrd_current(void)
{
	return (pthread_self());
}

int
thrd_detach(thrd_t thread)
{
	return (result(pthread_detach(thread)));
}

int
thrd_equal(thrd_t a, thrd_t b)
{
	return (a == b);
}

void
thrd_exit(int status)
{
	pthread_exit((void *)(intptr_t)status);
}

int
thrd_join(thrd_t thread, int *status)
{
	void *value;
	int error = pthread_join(thread, &value);

	if (error == 0 && status != NULL)
		*status = (int)(intptr_t)value;
	return (result(error));
}

int
thrd_sleep(const struct timespec *req, struct timespec *left)
{
	return (nanosleep(req, left) == 0 ? 0 : errno == EINTR ? -1 : -2);
}

void
thrd_yield(void)
{
	sched_yield();
}

void
call_once(once_flag *flag, void (*fn)(void))
{
	pthread_once(flag, fn);
}

int
cnd_init(cnd_t *c)
{
	return (result(pthread_cond_init(c, NULL)));
}

void
cnd_destroy(cnd_t *c)
{
	pthread_cond_destroy(c);
}

int
cnd_signal(cnd_t *c)
{
	return (result(pthread_cond_signal(c)));
}

int
cnd_broadcast(cnd_t *c)
{
	return (result(pthread_cond_broadcast(c)));
}

int
cnd_wait(cnd_t *c, mtx_t *m)
{
	return (result(pthread_cond_wait(c, m)));
}

int
cnd_timedwait(cnd_t *restrict c, mtx_t *restrict m,
    const struct timespec *restrict until)
{
	return (result(pthread_cond_timedwait(c, m, until)));
}

int
mtx_init(mtx_t *m, int type)
{
	pthread_mutexattr_t a;
	int error;

	error = pthread_mutexattr_init(&a);
	if (error != 0)
		return (result(error));
	pthread_mutexattr_settype(&a, (type & mtx_recursive) != 0 ?
	    PTHREAD_MUTEX_RECURSIVE : PTHREAD_MUTEX_NORMAL);
	error = pthread_mutex_init(m, &a);
	pthread_mutexattr_destroy(&a);
	return (result(error));
}

void
mtx_destroy(mtx_t *m)
{
	pthread_mutex_destroy(m);
}

int
mtx_lock(mtx_t *m)
{
	return (result(pthread_mutex_lock(m)));
}

int
mtx_timedlock(mtx_t *restrict m, const struct timespec *restrict until)
{
	return (result(pthread_mutex_timedlock(m, until)));
}

int
mtx_trylock(mtx_t *m)
{
	return (result(pthread_mutex_trylock(m)));
}

int
mtx_unlock(mtx_t *m)
{
	return (result(pthread_mutex_unlock(m)));
}

int
tss_create(tss_t *key, tss_dtor_t destructor)
{
	return (result(pthread_key_create(key, destructor)));
}

void
tss_delete(tss_t key)
{
	pthread_key_delete(key);
}

void *
tss_get(tss_t key)
{
	return (pthread_getspecific(key));
}

int
tss_set(tss_t key, void *value)
{
	return (result(pthread_setspecific(key, value)));
}
