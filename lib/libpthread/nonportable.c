/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names, CPUs and stacks of threads: <pthread_np.h>.
 */
#include <sys/types.h>
#include <sys/lwp.h>
#include <sys/sysctl.h>
#include <sys/resource.h>
#include <signal.h>
#include <string.h>

#include "pthread_private.h"

int
pthread_getthreadid_np(void)
{
	return (curthread_get()->t_tid);
}

void
pthread_set_name_np(pthread_t t, const char *name)
{
	lwp_setname(t->t_tid, name);
}

void
pthread_get_name_np(pthread_t t, char *name, size_t size)
{
	if (lwp_getname(t->t_tid, name, size) != 0 && size > 0)
		name[0] = '\0';
}

int
pthread_getaffinity_np(pthread_t t, size_t size, cpu_set_t *set)
{
	if (size != sizeof(*set))
		return (EINVAL);
	return (lwp_getaffinity(0, t->t_tid, set) != 0 ? errno : 0);
}

int
pthread_setaffinity_np(pthread_t t, size_t size, const cpu_set_t *set)
{
	if (size != sizeof(*set))
		return (EINVAL);
	return (lwp_setaffinity(0, t->t_tid, set) != 0 ? errno : 0);
}

int
pthread_attr_getaffinity_np(const pthread_attr_t *ap, size_t size,
    cpu_set_t *set)
{
	if (size != sizeof(*set))
		return (EINVAL);
	if ((*ap)->has_affinity)
		*set = (*ap)->affinity;
	else
		memset(set, 0xff, sizeof(*set));
	return (0);
}

int
pthread_attr_setaffinity_np(pthread_attr_t *ap, size_t size,
    const cpu_set_t *set)
{
	if (size != sizeof(*set))
		return (EINVAL);
	(*ap)->affinity = *set;
	(*ap)->has_affinity = true;
	return (0);
}

int
pthread_attr_setcreatesuspend_np(pthread_attr_t *ap)
{
	(*ap)->suspended = true;
	return (0);
}

/* Let a thread that was made suspended begin, or one that was halted go on. */
int
pthread_resume_np(pthread_t t)
{
	t->t_suspended = 0;
	wake(&t->t_suspended, 0);
	return (0);
}

/*
 * Halts a thread wherever it is.  System calls that it was waiting in may
 * fail with EINTR when it goes on.
 */
int
pthread_suspend_np(pthread_t t)
{
	int error = 0;

	if (t == curthread_get())
		return (EDEADLK);
	libc_lock(&thread_list_lock);
	if (t == NULL || !thread_is_known(t))
		error = ESRCH;
	else if (t->t_state != THREAD_DEAD) {
		t->t_suspended = 1;
		lwp_kill(-1, t->t_tid, SIGCANCEL);
	}
	libc_unlock(&thread_list_lock);
	return (error);
}

void
pthread_suspend_all_np(void)
{
	struct pthread *cur = curthread_get(), *t;

	libc_lock(&thread_list_lock);
	TAILQ_FOREACH(t, &thread_list, t_link) {
		if (t == cur || t->t_state == THREAD_DEAD)
			continue;
		t->t_suspended = 1;
		lwp_kill(-1, t->t_tid, SIGCANCEL);
	}
	libc_unlock(&thread_list_lock);
}

void
pthread_resume_all_np(void)
{
	struct pthread *t;

	libc_lock(&thread_list_lock);
	TAILQ_FOREACH(t, &thread_list, t_link)
		pthread_resume_np(t);
	libc_unlock(&thread_list_lock);
}

/* All threads run at all times here. */
int
pthread_single_np(void)
{
	return (0);
}

/* The initial thread's stack ends where the kernel says. */
static void
main_stack(struct pthread_attr *a)
{
	int mib[2] = { CTL_KERN, KERN_USRSTACK };
	struct rlimit rl;
	size_t len = sizeof(char *);
	char *top;

	if (sysctl(mib, 2, &top, &len, NULL, 0) != 0 ||
	    getrlimit(RLIMIT_STACK, &rl) != 0)
		return;
	a->stacksize = rl.rlim_cur == RLIM_INFINITY ?
	    (size_t)512 << 20 : (size_t)rl.rlim_cur;
	a->stackaddr = top - a->stacksize;
}

int
pthread_attr_get_np(pthread_t t, pthread_attr_t *ap)
{
	struct pthread_attr *a = *ap;

	*a = t->t_attr;
	if (t->t_detached)
		a->flags |= PTHREAD_DETACHED;
	if (a->stackaddr == NULL)
		main_stack(a);
	return (0);
}

int
pthread_multi_np(void)
{
	return (0);
}
