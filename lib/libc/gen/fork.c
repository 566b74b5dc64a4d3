/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fork(), with the handlers of pthread_atfork() around it.
 *
 * The allocator and, in a threaded program, the thread library and the
 * linker are brought to rest before, so that the child finds them whole.
 */
#include <sys/types.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "libc_private.h"

struct atfork_entry {
	struct atfork_entry *next;	/* registered later */
	struct atfork_entry *prev;
	void	(*prepare)(void);
	void	(*parent)(void);
	void	(*child)(void);
};

static struct atfork_entry *atfork_first, *atfork_last;
static libc_lock_t atfork_lock;

struct libc_fork_hooks __libc_fork_hooks;

int	_pthread_atfork(void (*)(void), void (*)(void), void (*)(void));

int
_pthread_atfork(void (*prepare)(void), void (*parent)(void),
    void (*child)(void))
{
	struct atfork_entry *ent = malloc(sizeof(*ent));

	if (ent == NULL)
		return (ENOMEM);
	ent->prepare = prepare;
	ent->parent = parent;
	ent->child = child;
	ent->next = NULL;
	libc_lock(&atfork_lock);
	ent->prev = atfork_last;
	if (atfork_last != NULL)
		atfork_last->next = ent;
	else
		atfork_first = ent;
	atfork_last = ent;
	libc_unlock(&atfork_lock);
	return (0);
}
__weak_reference(_pthread_atfork, pthread_atfork);

pid_t
fork(void)
{
	struct atfork_entry *ent;
	int saved_errno;
	pid_t pid;

	libc_lock(&atfork_lock);
	for (ent = atfork_last; ent != NULL; ent = ent->prev) {
		if (ent->prepare != NULL)
			ent->prepare();
	}
	if (__libc_fork_hooks.prefork != NULL)
		__libc_fork_hooks.prefork();
	_nmalloc_thr_prepfork();

	pid = __sys_fork();
	saved_errno = errno;

	if (pid == 0) {
		_nmalloc_thr_childfork();
		if (__libc_fork_hooks.child != NULL)
			__libc_fork_hooks.child();
		for (ent = atfork_first; ent != NULL; ent = ent->next) {
			if (ent->child != NULL)
				ent->child();
		}
	} else {
		_nmalloc_thr_parentfork();
		if (__libc_fork_hooks.parent != NULL)
			__libc_fork_hooks.parent();
		for (ent = atfork_first; ent != NULL; ent = ent->next) {
			if (ent->parent != NULL)
				ent->parent();
		}
	}
	libc_unlock(&atfork_lock);
	errno = saved_errno;
	return (pid);
}
