/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pthread_once().
 */
#include "pthread_private.h"

#define ONCE_RUNNING	2	/* beside PTHREAD_NEEDS_INIT and _DONE_INIT */

static void
once_cancelled(void *arg)
{
	pthread_once_t *once = arg;

	__atomic_store_n(&once->state, PTHREAD_NEEDS_INIT, __ATOMIC_RELEASE);
	wake(&once->state, 0);
}

int
pthread_once(pthread_once_t *once, void (*routine)(void))
{
	int state;

	for (;;) {
		state = __atomic_load_n(&once->state, __ATOMIC_ACQUIRE);
		if (state == PTHREAD_DONE_INIT)
			return (0);
		if (state == ONCE_RUNNING) {
			wait_word(&once->state, ONCE_RUNNING, CLOCK_REALTIME,
			    NULL);
			continue;
		}
		if (__atomic_compare_exchange_n(&once->state, &state,
		    ONCE_RUNNING, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
			break;
	}
	pthread_cleanup_push(once_cancelled, once);
	routine();
	pthread_cleanup_pop(0);
	__atomic_store_n(&once->state, PTHREAD_DONE_INIT, __ATOMIC_RELEASE);
	wake(&once->state, 0);
	return (0);
}
