/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Attributes of threads to be made.
 */
#include "pthread_private.h"

int
pthread_attr_init(pthread_attr_t *ap)
{
	struct pthread_attr *a = calloc(1, sizeof(*a));

	if (a == NULL)
		return (ENOMEM);
	a->flags = PTHREAD_SCOPE_SYSTEM;
	a->policy = SCHED_OTHER;
	a->stacksize = DEFAULT_STACK_SIZE;
	a->guardsize = DEFAULT_GUARD_SIZE;
	*ap = a;
	return (0);
}

int
pthread_attr_destroy(pthread_attr_t *ap)
{
	if (ap == NULL || *ap == NULL)
		return (EINVAL);
	free(*ap);
	*ap = NULL;
	return (0);
}

int
pthread_attr_getdetachstate(const pthread_attr_t *ap, int *state)
{
	*state = ((*ap)->flags & PTHREAD_DETACHED) != 0 ?
	    PTHREAD_CREATE_DETACHED : PTHREAD_CREATE_JOINABLE;
	return (0);
}

int
pthread_attr_setdetachstate(pthread_attr_t *ap, int state)
{
	if (state == PTHREAD_CREATE_DETACHED)
		(*ap)->flags |= PTHREAD_DETACHED;
	else if (state == PTHREAD_CREATE_JOINABLE)
		(*ap)->flags &= ~PTHREAD_DETACHED;
	else
		return (EINVAL);
	return (0);
}

int
pthread_attr_getguardsize(const pthread_attr_t *restrict ap,
    size_t *restrict size)
{
	*size = (*ap)->guardsize;
	return (0);
}

int
pthread_attr_setguardsize(pthread_attr_t *ap, size_t size)
{
	(*ap)->guardsize = size;
	return (0);
}

int
pthread_attr_getinheritsched(const pthread_attr_t *restrict ap,
    int *restrict inherit)
{
	*inherit = (*ap)->flags & PTHREAD_INHERIT_SCHED;
	return (0);
}

int
pthread_attr_setinheritsched(pthread_attr_t *ap, int inherit)
{
	if (inherit == PTHREAD_INHERIT_SCHED)
		(*ap)->flags |= PTHREAD_INHERIT_SCHED;
	else if (inherit == PTHREAD_EXPLICIT_SCHED)
		(*ap)->flags &= ~PTHREAD_INHERIT_SCHED;
	else
		return (EINVAL);
	return (0);
}

int
pthread_attr_getschedparam(const pthread_attr_t *restrict ap,
    struct sched_param *restrict param)
{
	param->sched_priority = (*ap)->priority;
	return (0);
}

int
pthread_attr_setschedparam(pthread_attr_t *restrict ap,
    const struct sched_param *restrict param)
{
	(*ap)->priority = param->sched_priority;
	return (0);
}

int
pthread_attr_getschedpolicy(const pthread_attr_t *restrict ap,
    int *restrict policy)
{
	*policy = (*ap)->policy;
	return (0);
}

int
pthread_attr_setschedpolicy(pthread_attr_t *ap, int policy)
{
	if (policy < SCHED_FIFO || policy > SCHED_RR)
		return (EINVAL);
	(*ap)->policy = policy;
	return (0);
}

int
pthread_attr_getscope(const pthread_attr_t *restrict ap, int *restrict scope)
{
	*scope = PTHREAD_SCOPE_SYSTEM;
	return (0);
}

int
pthread_attr_setscope(pthread_attr_t *ap, int scope)
{
	if (scope == PTHREAD_SCOPE_PROCESS)
		return (ENOTSUP);
	return (scope == PTHREAD_SCOPE_SYSTEM ? 0 : EINVAL);
}

int
pthread_attr_getstack(const pthread_attr_t *restrict ap,
    void **restrict addr, size_t *restrict size)
{
	*addr = (*ap)->stackaddr;
	*size = (*ap)->stacksize;
	return (0);
}

int
pthread_attr_setstack(pthread_attr_t *ap, void *addr, size_t size)
{
	if (size < PTHREAD_STACK_MIN)
		return (EINVAL);
	(*ap)->stackaddr = addr;
	(*ap)->stacksize = size;
	return (0);
}

int
pthread_attr_getstackaddr(const pthread_attr_t *ap, void **addr)
{
	*addr = (*ap)->stackaddr;
	return (0);
}

int
pthread_attr_setstackaddr(pthread_attr_t *ap, void *addr)
{
	(*ap)->stackaddr = addr;
	return (0);
}

int
pthread_attr_getstacksize(const pthread_attr_t *restrict ap,
    size_t *restrict size)
{
	*size = (*ap)->stacksize;
	return (0);
}

int
pthread_attr_setstacksize(pthread_attr_t *ap, size_t size)
{
	if (size < PTHREAD_STACK_MIN)
		return (EINVAL);
	(*ap)->stacksize = size;
	return (0);
}
