/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The thread functions of a program that has one thread.
 *
 * Libraries may call these without knowing whether the program uses threads;
 * with the thread library present its own functions take their place.  What
 * is here works: a lock is always free, a once routine runs once, keys hold
 * their values.  pthread_create() and pthread_cancel() are not here.
 *
 * Each function has the inner name _pthread_X too.
 */
#include <sys/types.h>
#include <errno.h>
#include <pthread.h>
#include <pthread_np.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "libc_private.h"

struct pthread {
	int	unused;
};

static struct pthread main_thread;

static struct stub_key {
	bool	used;
	const void *value;
} keys[PTHREAD_KEYS_MAX];

struct cleanup {
	struct cleanup *next;
	void	(*fn)(void *);
	void	*arg;
};
static struct cleanup *cleanups;

#define STUB(name)							\
	__weak_reference(stub_##name, name);				\
	__weak_reference(stub_##name, _##name)

/* Operations that have nothing to do and succeed. */
#define NOTHING(name, ...)						\
	static int __used						\
	stub_##name(__VA_ARGS__)					\
	{								\
		return (0);						\
	}								\
	STUB(name)

NOTHING(pthread_attr_destroy, pthread_attr_t *a);
NOTHING(pthread_attr_init, pthread_attr_t *a);
NOTHING(pthread_cond_broadcast, pthread_cond_t *c);
NOTHING(pthread_cond_destroy, pthread_cond_t *c);
NOTHING(pthread_cond_init, pthread_cond_t *c, const pthread_condattr_t *a);
NOTHING(pthread_cond_signal, pthread_cond_t *c);
NOTHING(pthread_cond_timedwait, pthread_cond_t *c, pthread_mutex_t *m,
    const struct timespec *ts);
NOTHING(pthread_cond_wait, pthread_cond_t *c, pthread_mutex_t *m);
NOTHING(pthread_condattr_destroy, pthread_condattr_t *a);
NOTHING(pthread_condattr_init, pthread_condattr_t *a);
NOTHING(pthread_detach, pthread_t t);
NOTHING(pthread_join, pthread_t t, void **v);
NOTHING(pthread_mutex_destroy, pthread_mutex_t *m);
NOTHING(pthread_mutex_init, pthread_mutex_t *m, const pthread_mutexattr_t *a);
NOTHING(pthread_mutex_lock, pthread_mutex_t *m);
NOTHING(pthread_mutex_timedlock, pthread_mutex_t *m,
    const struct timespec *ts);
NOTHING(pthread_mutex_trylock, pthread_mutex_t *m);
NOTHING(pthread_mutex_unlock, pthread_mutex_t *m);
NOTHING(pthread_mutexattr_destroy, pthread_mutexattr_t *a);
NOTHING(pthread_mutexattr_init, pthread_mutexattr_t *a);
NOTHING(pthread_mutexattr_settype, pthread_mutexattr_t *a, int type);
NOTHING(pthread_rwlock_destroy, pthread_rwlock_t *l);
NOTHING(pthread_rwlock_init, pthread_rwlock_t *l,
    const pthread_rwlockattr_t *a);
NOTHING(pthread_rwlock_rdlock, pthread_rwlock_t *l);
NOTHING(pthread_rwlock_tryrdlock, pthread_rwlock_t *l);
NOTHING(pthread_rwlock_trywrlock, pthread_rwlock_t *l);
NOTHING(pthread_rwlock_unlock, pthread_rwlock_t *l);
NOTHING(pthread_rwlock_wrlock, pthread_rwlock_t *l);
NOTHING(pthread_setcancelstate, int state, int *old);
NOTHING(pthread_setcanceltype, int type, int *old);
NOTHING(pthread_spin_destroy, pthread_spinlock_t *l);
NOTHING(pthread_spin_init, pthread_spinlock_t *l, int shared);
NOTHING(pthread_spin_lock, pthread_spinlock_t *l);
NOTHING(pthread_spin_trylock, pthread_spinlock_t *l);
NOTHING(pthread_spin_unlock, pthread_spinlock_t *l);

static void __used
stub_pthread_testcancel(void)
{
}
STUB(pthread_testcancel);

static void __used
stub_pthread_yield(void)
{
	sched_yield();
}
STUB(pthread_yield);

static pthread_t __used
stub_pthread_self(void)
{
	return (&main_thread);
}
STUB(pthread_self);

static int __used
stub_pthread_equal(pthread_t a, pthread_t b)
{
	return (a == b);
}
STUB(pthread_equal);

static int __used
stub_pthread_main_np(void)
{
	return (1);
}
STUB(pthread_main_np);

static void __used
stub_pthread_exit(void *status)
{
	exit(0);
}
STUB(pthread_exit);

static int __used
stub_pthread_once(pthread_once_t *once, void (*routine)(void))
{
	if (once->state == PTHREAD_NEEDS_INIT) {
		routine();
		once->state = PTHREAD_DONE_INIT;
	}
	return (0);
}
STUB(pthread_once);

static int __used
stub_pthread_key_create(pthread_key_t *key, void (*destructor)(void *))
{
	int i;

	for (i = 0; i < PTHREAD_KEYS_MAX; i++) {
		if (!keys[i].used) {
			keys[i].used = true;
			keys[i].value = NULL;
			*key = i;
			return (0);
		}
	}
	return (EAGAIN);
}
STUB(pthread_key_create);

static int __used
stub_pthread_key_delete(pthread_key_t key)
{
	if (key < 0 || key >= PTHREAD_KEYS_MAX || !keys[key].used)
		return (EINVAL);
	keys[key].used = false;
	return (0);
}
STUB(pthread_key_delete);

static void * __used
stub_pthread_getspecific(pthread_key_t key)
{
	if (key < 0 || key >= PTHREAD_KEYS_MAX || !keys[key].used)
		return (NULL);
	return (__DECONST(void *, keys[key].value));
}
STUB(pthread_getspecific);

static int __used
stub_pthread_setspecific(pthread_key_t key, const void *value)
{
	if (key < 0 || key >= PTHREAD_KEYS_MAX || !keys[key].used)
		return (EINVAL);
	keys[key].value = value;
	return (0);
}
STUB(pthread_setspecific);

static void __used
stub_pthread_cleanup_push(void (*fn)(void *), void *arg)
{
	struct cleanup *c = malloc(sizeof(*c));

	if (c == NULL)
		return;
	c->fn = fn;
	c->arg = arg;
	c->next = cleanups;
	cleanups = c;
}
STUB(pthread_cleanup_push);

static void __used
stub_pthread_cleanup_pop(int execute)
{
	struct cleanup *c = cleanups;

	if (c == NULL)
		return;
	cleanups = c->next;
	if (execute)
		c->fn(c->arg);
	free(c);
}
STUB(pthread_cleanup_pop);

static int __used
stub_pthread_sigmask(int how, const sigset_t *set, sigset_t *old)
{
	return (sigprocmask(how, set, old) != 0 ? errno : 0);
}
STUB(pthread_sigmask);

static int __used
stub_pthread_kill(pthread_t thread, int signo)
{
	return (raise(signo) != 0 ? errno : 0);
}
STUB(pthread_kill);

/*
 * Semaphores: a counter, and waiting on it with umtx in case the memory is
 * shared with another process.
 */
struct sem {
	volatile int	count;
};

static int __used
stub_sem_init(sem_t *sem, int pshared, unsigned int value)
{
	struct sem *s;

	if (value > SEM_VALUE_MAX) {
		errno = EINVAL;
		return (-1);
	}
	s = malloc(sizeof(*s));
	if (s == NULL)
		return (-1);
	s->count = (int)value;
	*sem = s;
	return (0);
}
STUB(sem_init);

static int __used
stub_sem_destroy(sem_t *sem)
{
	free(*sem);
	*sem = NULL;
	return (0);
}
STUB(sem_destroy);

static int __used
stub_sem_getvalue(sem_t *sem, int *value)
{
	*value = (*sem)->count;
	return (0);
}
STUB(sem_getvalue);

static int __used
stub_sem_post(sem_t *sem)
{
	__atomic_add_fetch(&(*sem)->count, 1, __ATOMIC_RELEASE);
	umtx_wakeup(&(*sem)->count, 0);
	return (0);
}
STUB(sem_post);

static int __used
stub_sem_trywait(sem_t *sem)
{
	int n = (*sem)->count;

	while (n > 0) {
		if (__atomic_compare_exchange_n(&(*sem)->count, &n, n - 1,
		    false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
			return (0);
	}
	errno = EAGAIN;
	return (-1);
}
STUB(sem_trywait);

static int __used
stub_sem_wait(sem_t *sem)
{
	while (stub_sem_trywait(sem) != 0) {
		if (umtx_sleep(&(*sem)->count, 0, 0) != 0 && errno == EINTR)
			return (-1);
	}
	return (0);
}
STUB(sem_wait);
