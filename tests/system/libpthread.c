/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The thread library: creation, joining, locks, conditions, cancellation,
 * thread-specific data, and fork() beside other threads.
 */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tap.h"		/* tap-libs: -lpthread */

#define THREADS		8
#define ROUNDS		20000

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_barrier_t barrier;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static pthread_spinlock_t spin;
static sem_t sem;
static __thread int tls_value = 42;

static long counter, spin_counter, rw_counter;
static int once_runs, destroyed, cleaned, turn;
static volatile int handled;

static void
run_threads(void *(*fn)(void *), int n, void **results)
{
	pthread_t threads[64];
	int i;

	for (i = 0; i < n; i++) {
		if (pthread_create(&threads[i], NULL, fn,
		    (void *)(intptr_t)i) != 0)
			abort();
	}
	for (i = 0; i < n; i++)
		pthread_join(threads[i], results != NULL ? &results[i] : NULL);
}

static void *
add_under_mutex(void *arg)
{
	int i;

	for (i = 0; i < ROUNDS; i++) {
		pthread_mutex_lock(&mutex);
		counter++;
		pthread_mutex_unlock(&mutex);
		pthread_spin_lock(&spin);
		spin_counter++;
		pthread_spin_unlock(&spin);
	}
	return ((void *)((intptr_t)arg * 2));
}

static void *
add_under_rwlock(void *arg)
{
	long seen = 0, now;
	int i;

	for (i = 0; i < ROUNDS / 10; i++) {
		if (i % 4 == 0) {
			pthread_rwlock_wrlock(&rwlock);
			rw_counter++;
		} else {
			pthread_rwlock_rdlock(&rwlock);
			now = rw_counter;
			if (now < seen)
				return ((void *)1);
			seen = now;
		}
		pthread_rwlock_unlock(&rwlock);
	}
	return (NULL);
}

static void *
take_turns(void *arg)
{
	int me = (int)(intptr_t)arg, i;

	for (i = 0; i < 500; i++) {
		pthread_mutex_lock(&mutex);
		while (turn != me)
			pthread_cond_wait(&cond, &mutex);
		turn = (turn + 1) % THREADS;
		pthread_cond_broadcast(&cond);
		pthread_mutex_unlock(&mutex);
	}
	return (NULL);
}

static void
once_routine(void)
{
	once_runs++;
}

static void
destructor(void *value)
{
	__atomic_add_fetch(&destroyed, (int)(intptr_t)value, __ATOMIC_SEQ_CST);
}

static void *
use_specifics(void *arg)
{
	pthread_once(&once, once_routine);
	pthread_setspecific(key, (void *)1);
	tls_value += (int)(intptr_t)arg;
	errno = (int)(intptr_t)arg;
	pthread_barrier_wait(&barrier);
	return ((void *)(intptr_t)(tls_value == 42 + (int)(intptr_t)arg &&
	    errno == (int)(intptr_t)arg));
}

static void
cleanup(void *arg)
{
	cleaned++;
}

static void *
sleep_for_ever(void *arg)
{
	pthread_cleanup_push(cleanup, NULL);
	for (;;)
		sleep(100);
	pthread_cleanup_pop(0);
	return (NULL);
}

static void
unlock(void *arg)
{
	cleaned++;
	pthread_mutex_unlock(arg);
}

static void *
wait_for_ever(void *arg)
{
	pthread_mutex_lock(&mutex);
	pthread_cleanup_push(unlock, &mutex);
	for (;;)
		pthread_cond_wait(&cond, &mutex);
	pthread_cleanup_pop(0);
	return (NULL);
}

static void *
compute_for_ever(void *arg)
{
	pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
	for (;;)
		continue;
	return (NULL);
}

static void
cancels(void *(*fn)(void *), int expect_cleaned, const char *name)
{
	struct timespec pause = { 0, 50000000 };
	void *result = NULL;
	pthread_t t;

	cleaned = 0;
	pthread_create(&t, NULL, fn, NULL);
	nanosleep(&pause, NULL);
	pthread_cancel(t);
	pthread_join(t, &result);
	ok(result == PTHREAD_CANCELED && cleaned == expect_cleaned, name);
}

static void *
post(void *arg)
{
	int i;

	for (i = 0; i < 1000; i++)
		sem_post(&sem);
	return (NULL);
}

static void
on_signal(int signo)
{
	handled = signo;
}

static void *
wait_for_signal(void *arg)
{
	struct timespec pause = { 0, 10000000 };

	while (!handled)
		nanosleep(&pause, NULL);
	return (NULL);
}

static void
test_mutex_types(void)
{
	struct timespec ts;
	pthread_mutexattr_t attr;
	pthread_mutex_t m;

	pthread_mutexattr_init(&attr);
	pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_RECURSIVE);
	pthread_mutex_init(&m, &attr);
	ok(pthread_mutex_lock(&m) == 0 && pthread_mutex_lock(&m) == 0 &&
	    pthread_mutex_unlock(&m) == 0 && pthread_mutex_unlock(&m) == 0 &&
	    pthread_mutex_unlock(&m) == EPERM, "recursive_mutex_counts");
	pthread_mutex_destroy(&m);
	pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_ERRORCHECK);
	pthread_mutex_init(&m, &attr);
	pthread_mutex_lock(&m);
	ok(pthread_mutex_lock(&m) == EDEADLK, "errorcheck_mutex_deadlock");
	pthread_mutex_unlock(&m);
	pthread_mutex_destroy(&m);
	pthread_mutexattr_destroy(&attr);

	clock_gettime(CLOCK_REALTIME, &ts);
	ts.tv_nsec += 20000000;
	if (ts.tv_nsec >= 1000000000) {
		ts.tv_nsec -= 1000000000;
		ts.tv_sec++;
	}
	pthread_mutex_lock(&mutex);
	ok(pthread_cond_timedwait(&cond, &mutex, &ts) == ETIMEDOUT,
	    "cond_timedwait_times_out");
	pthread_mutex_unlock(&mutex);
}

static void
test_fork(void)
{
	pthread_t t;
	int status = -1;
	pid_t pid;
	void *p;

	pthread_create(&t, NULL, sleep_for_ever, NULL);
	pid = fork();
	if (pid == 0) {
		p = malloc(100);
		free(p);
		pthread_mutex_lock(&mutex);
		pthread_mutex_unlock(&mutex);
		_exit(p != NULL ? 7 : 8);
	}
	waitpid(pid, &status, 0);
	ok(WIFEXITED(status) && WEXITSTATUS(status) == 7,
	    "fork_beside_threads");
	pthread_cancel(t);
	pthread_join(t, NULL);
}

int
main(void)
{
	void *results[THREADS];
	pthread_t t;
	int i, good, value;

	pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE);
	run_threads(add_under_mutex, THREADS, results);
	for (i = good = 0; i < THREADS; i++)
		good += (intptr_t)results[i] == i * 2;
	ok(good == THREADS, "join_returns_results");
	ok(counter == (long)THREADS * ROUNDS, "mutex_excludes");
	ok(spin_counter == (long)THREADS * ROUNDS, "spinlock_excludes");

	run_threads(add_under_rwlock, THREADS, results);
	for (i = good = 0; i < THREADS; i++)
		good += results[i] == NULL;
	ok(good == THREADS && rw_counter == (long)THREADS * ROUNDS / 40,
	    "rwlock_excludes_writers");

	run_threads(take_turns, THREADS, NULL);
	ok(turn == 0, "cond_passes_turns");

	pthread_key_create(&key, destructor);
	pthread_barrier_init(&barrier, NULL, THREADS);
	run_threads(use_specifics, THREADS, results);
	for (i = good = 0; i < THREADS; i++)
		good += results[i] == (void *)1;
	ok(good == THREADS && tls_value == 42, "tls_and_errno_are_per_thread");
	ok(once_runs == 1, "once_runs_once");
	ok(destroyed == THREADS, "key_destructors_run");

	test_mutex_types();

	cancels(sleep_for_ever, 1, "cancel_in_system_call");
	cancels(wait_for_ever, 1, "cancel_in_cond_wait");
	ok(pthread_mutex_trylock(&mutex) == 0, "cancelled_wait_unlocks");
	pthread_mutex_unlock(&mutex);
	cancels(compute_for_ever, 0, "cancel_asynchronously");

	sem_init(&sem, 0, 0);
	pthread_create(&t, NULL, post, NULL);
	for (i = 0; i < 1000; i++)
		sem_wait(&sem);
	pthread_join(t, NULL);
	ok(sem_getvalue(&sem, &value) == 0 && value == 0, "semaphore_counts");

	signal(SIGUSR1, on_signal);
	pthread_create(&t, NULL, wait_for_signal, NULL);
	pthread_kill(t, SIGUSR1);
	pthread_join(t, NULL);
	ok(handled == SIGUSR1, "pthread_kill_delivers");

	for (i = good = 0; i < 500; i++) {
		if (pthread_create(&t, NULL, post, NULL) == 0 &&
		    pthread_join(t, NULL) == 0)
			good++;
	}
	ok(good == 500, "create_and_join_500_times");

	test_fork();
	return (tap_done());
}
