/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Signals of threads.  SIGTHR belongs to the library: programs can neither
 * block it nor handle it.
 */
#include <sys/types.h>
#include <sys/lwp.h>

#include "pthread_private.h"

int	__sys_sigaction(int, const struct sigaction *, struct sigaction *);
int	__sys_sigprocmask(int, const sigset_t *, sigset_t *);

int
sigprocmask(int how, const sigset_t *restrict set, sigset_t *restrict old)
{
	sigset_t copy;

	if (set != NULL && how != SIG_UNBLOCK) {
		copy = *set;
		sigdelset(&copy, SIGCANCEL);
		set = &copy;
	}
	return (__sys_sigprocmask(how, set, old));
}

int
pthread_sigmask(int how, const sigset_t *restrict set, sigset_t *restrict old)
{
	return (sigprocmask(how, set, old) != 0 ? errno : 0);
}

int
sigaction(int signo, const struct sigaction *restrict act,
    struct sigaction *restrict old)
{
	if (signo == SIGCANCEL) {
		errno = EINVAL;
		return (-1);
	}
	return (__sys_sigaction(signo, act, old));
}

int
pthread_kill(pthread_t t, int signo)
{
	int error = 0;

	if (signo < 0 || signo > _SIG_MAXSIG)
		return (EINVAL);
	libc_lock(&thread_list_lock);
	if (t == NULL || !thread_is_known(t))
		error = ESRCH;
	else if (t->t_state != THREAD_DEAD && signo != 0 &&
	    lwp_kill(-1, t->t_tid, signo) != 0)
		error = errno;
	libc_unlock(&thread_list_lock);
	return (error);
}
