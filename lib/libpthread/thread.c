/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The life of threads.
 */
#include <sys/types.h>
#include <sys/lwp.h>
#include <sys/mman.h>
#include <sys/tls.h>
#include <semaphore.h>
#include <string.h>

#include "pthread_private.h"

#define STACKS_KEPT	16		/* of the default size, unused */

struct thread_list thread_list = TAILQ_HEAD_INITIALIZER(thread_list);
libc_lock_t thread_list_lock;

static struct thread_list dead_list = TAILQ_HEAD_INITIALIZER(dead_list);
static struct pthread main_thread;
static int live_threads = 1;		/* thread_list_lock */

/* Unused stacks, linked through their first word above the guard. */
static void *spare_stacks[STACKS_KEPT];
static int nspare_stacks;		/* thread_list_lock */

static void
fork_prepare(void)
{
	libc_lock(&thread_list_lock);
	_rtld_thread_prefork();
}

static void
fork_parent(void)
{
	_rtld_thread_postfork();
	libc_unlock(&thread_list_lock);
}

/* In the child this thread is the only one; others leave their memory. */
static void
fork_child(void)
{
	struct pthread *t = curthread_get();

	_rtld_thread_childfork();
	TAILQ_INIT(&thread_list);
	TAILQ_INIT(&dead_list);
	TAILQ_INSERT_TAIL(&thread_list, t, t_link);
	live_threads = 1;
	t->t_tid = lwp_gettid();
	t->t_lock = LIBC_LOCK_INITIALIZER;
	thread_list_lock = LIBC_LOCK_INITIALIZER;
}

/* Give the initial thread its descriptor. */
struct pthread *
thread_init_main(void)
{
	struct tls_tcb *tcb = tls_get_tcb();

	if (tcb->tcb_pthread != NULL)
		return (tcb->tcb_pthread);
	main_thread.t_tcb = tcb;
	main_thread.t_tid = lwp_gettid();
	main_thread.t_attr.policy = SCHED_OTHER;
	main_thread.t_attr.guardsize = DEFAULT_GUARD_SIZE;
	TAILQ_INSERT_TAIL(&thread_list, &main_thread, t_link);
	tcb->tcb_pthread = &main_thread;
	__libc_fork_hooks.prefork = fork_prepare;
	__libc_fork_hooks.parent = fork_parent;
	__libc_fork_hooks.child = fork_child;
	return (&main_thread);
}

static void __constructor(110)
thread_library_init(void)
{
	thread_init_main();
}

static void
become_threaded(void)
{
	if (__isthreaded)
		return;
	cancel_init();
	__isthreaded = 1;
	_rtld_setthreaded(1);
}

static int
stack_alloc(struct pthread *t)
{
	struct pthread_attr *a = &t->t_attr;
	bool usual = a->stacksize == DEFAULT_STACK_SIZE &&
	    a->guardsize == DEFAULT_GUARD_SIZE;
	size_t size;
	char *mem = NULL;

	if (a->stackaddr != NULL)
		return (0);
	a->guardsize = roundup2(a->guardsize, PAGE_SIZE);
	size = roundup2(a->stacksize, PAGE_SIZE) + a->guardsize;
	libc_lock(&thread_list_lock);
	if (usual && nspare_stacks > 0)
		mem = spare_stacks[--nspare_stacks];
	libc_unlock(&thread_list_lock);
	if (mem == NULL) {
		mem = mmap(NULL, size, PROT_READ | PROT_WRITE,
		    MAP_ANON | MAP_PRIVATE, -1, 0);
		if (mem == MAP_FAILED)
			return (EAGAIN);
		if (a->guardsize > 0 &&
		    mprotect(mem, a->guardsize, PROT_NONE) != 0) {
			munmap(mem, size);
			return (EAGAIN);
		}
	}
	t->t_stack = mem;
	t->t_stack_size = size;
	a->stackaddr = mem + a->guardsize;
	a->stacksize = size - a->guardsize;
	return (0);
}

/* thread_list_lock held. */
static void
stack_free(struct pthread *t)
{
	if (t->t_stack == NULL)
		return;
	if (t->t_stack_size == DEFAULT_STACK_SIZE + DEFAULT_GUARD_SIZE &&
	    t->t_attr.guardsize == DEFAULT_GUARD_SIZE &&
	    nspare_stacks < STACKS_KEPT)
		spare_stacks[nspare_stacks++] = t->t_stack;
	else
		munmap(t->t_stack, t->t_stack_size);
	t->t_stack = NULL;
}

/* Free what threads that are off their stacks have left. */
static void
reap(void)
{
	struct thread_list freed = TAILQ_HEAD_INITIALIZER(freed);
	struct pthread *t, *next;

	libc_lock(&thread_list_lock);
	TAILQ_FOREACH_MUTABLE(t, &dead_list, t_link, next) {
		if (t->t_gone == 0 || t == &main_thread)
			continue;
		TAILQ_REMOVE(&dead_list, t, t_link);
		stack_free(t);
		TAILQ_INSERT_TAIL(&freed, t, t_link);
	}
	libc_unlock(&thread_list_lock);
	while ((t = TAILQ_FIRST(&freed)) != NULL) {
		TAILQ_REMOVE(&freed, t, t_link);
		_rtld_free_tls(t->t_tcb);
		free(t);
	}
}

bool
thread_is_known(const struct pthread *t)
{
	const struct pthread *p;

	TAILQ_FOREACH(p, &thread_list, t_link) {
		if (p == t)
			return (true);
	}
	return (false);
}

/* The first function of a thread, with all signals blocked. */
static void
thread_main(void *arg)
{
	struct pthread *t = arg;
	struct tls_info info = { t->t_tcb, -1 };

	set_tls_area(TLS_WHICH_FS, &info, sizeof(info));
	if (t->t_attr.has_affinity)
		lwp_setaffinity(0, -1, &t->t_attr.affinity);
	while (t->t_suspended)
		wait_word(&t->t_suspended, 1, CLOCK_REALTIME, NULL);
	sigprocmask(SIG_SETMASK, &t->t_sigmask, NULL);
	t->t_result = t->t_start(t->t_arg);
	t->t_cancelling = true;
	thread_finish(t);
}

static struct pthread *
thread_alloc(const pthread_attr_t *attr)
{
	struct pthread *cur = curthread_get(), *t;

	t = calloc(1, sizeof(*t));
	if (t == NULL)
		return (NULL);
	if (attr != NULL && *attr != NULL) {
		t->t_attr = **attr;
	} else {
		t->t_attr.policy = SCHED_OTHER;
		t->t_attr.stacksize = DEFAULT_STACK_SIZE;
		t->t_attr.guardsize = DEFAULT_GUARD_SIZE;
	}
	if ((t->t_attr.flags & PTHREAD_INHERIT_SCHED) != 0) {
		t->t_attr.policy = cur->t_attr.policy;
		t->t_attr.priority = cur->t_attr.priority;
	}
	t->t_detached = (t->t_attr.flags & PTHREAD_DETACHED) != 0;
	t->t_suspended = t->t_attr.suspended;
	if (stack_alloc(t) != 0) {
		free(t);
		return (NULL);
	}
	t->t_tcb = _rtld_allocate_tls();
	if (t->t_tcb == NULL) {
		libc_lock(&thread_list_lock);
		stack_free(t);
		libc_unlock(&thread_list_lock);
		free(t);
		return (NULL);
	}
	t->t_tcb->tcb_pthread = t;
	return (t);
}

int
pthread_create(pthread_t *restrict threadp, const pthread_attr_t *restrict attr,
    void *(*start)(void *), void *restrict arg)
{
	struct lwp_params params;
	struct pthread *t;
	sigset_t all;
	int error = 0;

	become_threaded();
	reap();
	t = thread_alloc(attr);
	if (t == NULL)
		return (EAGAIN);
	t->t_start = start;
	t->t_arg = arg;
	params.lwp_func = thread_main;
	params.lwp_arg = t;
	params.lwp_stack = (void *)(((uintptr_t)t->t_attr.stackaddr +
	    t->t_attr.stacksize) & ~(uintptr_t)15);
	params.lwp_tid1 = &t->t_tid;
	params.lwp_tid2 = NULL;
	*threadp = t;

	libc_lock(&thread_list_lock);
	TAILQ_INSERT_TAIL(&thread_list, t, t_link);
	live_threads++;
	libc_unlock(&thread_list_lock);

	sigfillset(&all);
	__sys_sigprocmask(SIG_SETMASK, &all, &t->t_sigmask);
	sigset_t saved = t->t_sigmask;
	if (lwp_create(&params) != 0)
		error = EAGAIN;
	__sys_sigprocmask(SIG_SETMASK, &saved, NULL);
	if (error == 0)
		return (0);

	libc_lock(&thread_list_lock);
	TAILQ_REMOVE(&thread_list, t, t_link);
	live_threads--;
	stack_free(t);
	libc_unlock(&thread_list_lock);
	_rtld_free_tls(t->t_tcb);
	free(t);
	return (error);
}

void
pthread_exit(void *result)
{
	struct pthread *t = curthread_get();

	t->t_cancelling = true;
	t->t_result = result;
	unwind_exit(t);
	thread_finish(t);
}

void
thread_finish(struct pthread *t)
{
	sigset_t all;
	bool last;

	specific_destroy(t);
	_thread_finalize();

	libc_lock(&thread_list_lock);
	last = --live_threads == 0;
	libc_unlock(&thread_list_lock);
	if (last)
		exit(0);

	sigfillset(&all);
	__sys_sigprocmask(SIG_SETMASK, &all, NULL);
	free(t->t_specific);
	t->t_specific = NULL;
	_malloc_thread_exit();

	libc_lock(&thread_list_lock);
	if (t->t_detached) {
		TAILQ_REMOVE(&thread_list, t, t_link);
		TAILQ_INSERT_TAIL(&dead_list, t, t_link);
	}
	t->t_state = THREAD_DEAD;
	wake(&t->t_state, 0);
	libc_unlock(&thread_list_lock);
	for (;;)
		extexit(EXTEXIT_LWP | EXTEXIT_SETINT, 1,
		    __DEVOLATILE(int *, &t->t_gone));
}

static void
join_cancelled(void *arg)
{
	struct pthread *t = arg;

	libc_lock(&thread_list_lock);
	t->t_joiner = NULL;
	libc_unlock(&thread_list_lock);
}

static int
join(pthread_t t, void **resultp, const struct timespec *until)
{
	struct pthread *cur = curthread_get();
	int error = 0;

	cancel_test(cur);
	if (t == cur)
		return (EDEADLK);
	libc_lock(&thread_list_lock);
	if (t == NULL || !thread_is_known(t))
		error = ESRCH;
	else if (t->t_detached || t->t_joiner != NULL)
		error = EINVAL;
	else
		t->t_joiner = cur;
	libc_unlock(&thread_list_lock);
	if (error != 0)
		return (error);

	pthread_cleanup_push(join_cancelled, t);
	while (error == 0 && t->t_state != THREAD_DEAD) {
		cancel_enter(cur);
		error = wait_word(&t->t_state, THREAD_RUNNING, CLOCK_REALTIME,
		    until);
		cancel_leave(cur);
	}
	pthread_cleanup_pop(error != 0);
	if (error != 0)
		return (error);
	if (resultp != NULL)
		*resultp = t->t_result;
	libc_lock(&thread_list_lock);
	TAILQ_REMOVE(&thread_list, t, t_link);
	TAILQ_INSERT_TAIL(&dead_list, t, t_link);
	libc_unlock(&thread_list_lock);
	reap();
	return (0);
}

int
pthread_join(pthread_t t, void **resultp)
{
	return (join(t, resultp, NULL));
}

int
pthread_timedjoin_np(pthread_t t, void **resultp, const struct timespec *until)
{
	return (join(t, resultp, until));
}

int
pthread_detach(pthread_t t)
{
	int error = 0;

	libc_lock(&thread_list_lock);
	if (t == NULL || !thread_is_known(t)) {
		error = ESRCH;
	} else if (t->t_detached) {
		error = EINVAL;
	} else {
		t->t_detached = true;
		if (t->t_state == THREAD_DEAD && t->t_joiner == NULL) {
			TAILQ_REMOVE(&thread_list, t, t_link);
			TAILQ_INSERT_TAIL(&dead_list, t, t_link);
		}
	}
	libc_unlock(&thread_list_lock);
	return (error);
}

pthread_t
pthread_self(void)
{
	return (curthread_get());
}

int
pthread_equal(pthread_t a, pthread_t b)
{
	return (a == b);
}

int
pthread_main_np(void)
{
	return (curthread_get() == &main_thread);
}

/*
 * A static program that has threads has all of the library: run-time support
 * of languages refers to it weakly, which alone takes nothing from an archive,
 * and concludes from one function's presence that all are there.
 */
static const void *const whole_library[] __used = {
	pthread_attr_init, pthread_barrier_init, pthread_cancel,
	pthread_cond_init, pthread_key_create, pthread_kill,
	pthread_mutex_init, pthread_once, pthread_rwlock_init,
	pthread_setconcurrency, pthread_spin_init, sem_init
};

int
wait_word(volatile int *word, int value, clockid_t clock,
    const struct timespec *until)
{
	struct timespec now, left;
	int timeout = 0;

	if (until != NULL) {
		if (until->tv_nsec < 0 || until->tv_nsec >= 1000000000)
			return (EINVAL);
		clock_gettime(clock, &now);
		if (!timespeccmp(until, &now, >))
			return (ETIMEDOUT);
		timespecsub(until, &now, &left);
		/* At most a second at a time: the clock may be set. */
		timeout = left.tv_sec > 0 ? 1000000 :
		    (int)(left.tv_nsec / 1000) + 1;
	}
	libc_umtx_wait(word, value, timeout);
	return (0);
}
