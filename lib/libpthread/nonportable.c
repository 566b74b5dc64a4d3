/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names, CPUs and stacks of threads: <pthread_np.h>.
 */
#include <sys/types.h>
#include <sys/lwp.h>
#include <sys/sysctl.h>
#include <sys/resource.h>
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

/* Let a thread that was made suspended begin. */
int
pthread_resume_np(pthread_t t)
{
	t->t_suspended = 0;
	wake(&t->t_suspended, 0);
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
