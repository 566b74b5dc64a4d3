/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Cancellation.
 *
 * A thread to be cancelled gets a note and SIGTHR.  In a cancellation point
 * (or if it may be cancelled at any time) it exits from the signal handler;
 * elsewhere the signal does nothing and the note is found at the next point.
 * Since the mark of being in a cancellation point is set before the note is
 * looked at, no request slips through before the system call begins.
 */
#include "pthread_private.h"

#include <string.h>

int	__sys_sigaction(int, const struct sigaction *, struct sigaction *);

static bool
may_cancel(const struct pthread *t)
{
	return (t->t_cancel_pending && !t->t_cancel_disabled &&
	    !t->t_cancelling);
}

static void
on_cancel(int signo, siginfo_t *info, void *context)
{
	struct pthread *cur = curthread_get();
	int saved = errno;

	/* The same signal asks for a halt: pthread_suspend_np(). */
	while (cur->t_suspended)
		wait_word(&cur->t_suspended, 1, CLOCK_REALTIME, NULL);
	errno = saved;
	if (may_cancel(cur) && (cur->t_in_cancelpoint || cur->t_cancel_async))
		pthread_exit(PTHREAD_CANCELED);
}

void
cancel_init(void)
{
	struct sigaction sa;

	memset(&sa, 0, sizeof(sa));
	sa.sa_sigaction = on_cancel;
	sa.sa_flags = SA_SIGINFO;
	__sys_sigaction(SIGCANCEL, &sa, NULL);
}

void
cancel_test(struct pthread *cur)
{
	if (may_cancel(cur))
		pthread_exit(PTHREAD_CANCELED);
}

void
cancel_enter(struct pthread *cur)
{
	cur->t_in_cancelpoint = true;
	__compiler_membar();
	cancel_test(cur);
}

void
cancel_leave(struct pthread *cur)
{
	__compiler_membar();
	cur->t_in_cancelpoint = false;
}

int
pthread_cancel(pthread_t t)
{
	int error = 0;

	libc_lock(&thread_list_lock);
	if (t == NULL || !thread_is_known(t)) {
		error = ESRCH;
	} else if (t->t_state != THREAD_DEAD) {
		t->t_cancel_pending = true;
		libc_lock(&t->t_lock);
		if (t->t_wait_word != NULL) {
			__atomic_add_fetch(t->t_wait_word, 1,
			    __ATOMIC_SEQ_CST);
			wake(t->t_wait_word, 0);
		}
		libc_unlock(&t->t_lock);
		if (t != curthread_get())
			lwp_kill(-1, t->t_tid, SIGCANCEL);
	}
	libc_unlock(&thread_list_lock);
	if (error == 0 && t == curthread_get() && t->t_cancel_async)
		cancel_test(t);
	return (error);
}

int
pthread_setcancelstate(int state, int *old)
{
	struct pthread *cur = curthread_get();

	if (state != PTHREAD_CANCEL_ENABLE && state != PTHREAD_CANCEL_DISABLE)
		return (EINVAL);
	if (old != NULL)
		*old = cur->t_cancel_disabled ? PTHREAD_CANCEL_DISABLE :
		    PTHREAD_CANCEL_ENABLE;
	cur->t_cancel_disabled = state == PTHREAD_CANCEL_DISABLE;
	if (cur->t_cancel_async)
		cancel_test(cur);
	return (0);
}

int
pthread_setcanceltype(int type, int *old)
{
	struct pthread *cur = curthread_get();

	if (type != PTHREAD_CANCEL_DEFERRED &&
	    type != PTHREAD_CANCEL_ASYNCHRONOUS)
		return (EINVAL);
	if (old != NULL)
		*old = cur->t_cancel_async ? PTHREAD_CANCEL_ASYNCHRONOUS :
		    PTHREAD_CANCEL_DEFERRED;
	cur->t_cancel_async = type == PTHREAD_CANCEL_ASYNCHRONOUS;
	if (cur->t_cancel_async)
		cancel_test(cur);
	return (0);
}

void
pthread_testcancel(void)
{
	cancel_test(curthread_get());
}

void
pthread_cleanup_push(void (*fn)(void *), void *arg)
{
	struct pthread *cur = curthread_get();
	struct cleanup *c = malloc(sizeof(*c));

	if (c == NULL)
		abort();
	c->fn = fn;
	c->arg = arg;
	c->frame = (unsigned long)__builtin_frame_address(0);
	c->next = cur->t_cleanups;
	cur->t_cleanups = c;
}

void
pthread_cleanup_pop(int execute)
{
	struct pthread *cur = curthread_get();
	struct cleanup *c = cur->t_cleanups;

	if (c == NULL)
		return;
	cur->t_cleanups = c->next;
	if (execute)
		c->fn(c->arg);
	free(c);
}

void	_pthread_cleanup_push(void (*)(void *), void *);
void	_pthread_cleanup_pop(int);

void
_pthread_cleanup_push(void (*fn)(void *), void *arg)
{
	pthread_cleanup_push(fn, arg);
}

void
_pthread_cleanup_pop(int execute)
{
	pthread_cleanup_pop(execute);
}
