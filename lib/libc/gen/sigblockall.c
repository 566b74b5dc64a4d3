/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sigblockall(3): holds back all asynchronous signals of the thread, nested.
 *
 * The first call of a nest masks them, the last one restores the mask that
 * was there; the calls in between only count.
 */
#include <signal.h>

static __thread int		depth;
static __thread sigset_t	before;

/* The depth before the call. */
int
sigblockall(void)
{
	sigset_t all;

	if (depth == 0) {
		sigfillset(&all);
		sigdelset(&all, SIGILL);
		sigdelset(&all, SIGTRAP);
		sigdelset(&all, SIGFPE);
		sigdelset(&all, SIGBUS);
		sigdelset(&all, SIGSEGV);
		sigdelset(&all, SIGSYS);
		sigprocmask(SIG_BLOCK, &all, &before);
	}
	return (depth++);
}

/* The depth after it. */
int
sigunblockall(void)
{
	if (depth > 0 && --depth == 0)
		sigprocmask(SIG_SETMASK, &before, NULL);
	return (depth);
}
