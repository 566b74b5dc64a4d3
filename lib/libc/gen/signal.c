/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Signals: sets, and the older interfaces in terms of sigaction().
 */
#include <sys/types.h>
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "libc_private.h"

static sigset_t restart_off;	/* signals siginterrupt() was called for */

static bool
signo_is_valid(int signo)
{
	if (_SIG_VALID(signo))
		return (true);
	errno = EINVAL;
	return (false);
}

int
sigemptyset(sigset_t *set)
{
	memset(set, 0, sizeof(*set));
	return (0);
}

int
sigfillset(sigset_t *set)
{
	memset(set, 0xff, sizeof(*set));
	return (0);
}

int
sigaddset(sigset_t *set, int signo)
{
	if (!signo_is_valid(signo))
		return (-1);
	set->__bits[_SIG_WORD(signo)] |= _SIG_BIT(signo);
	return (0);
}

int
sigdelset(sigset_t *set, int signo)
{
	if (!signo_is_valid(signo))
		return (-1);
	set->__bits[_SIG_WORD(signo)] &= ~_SIG_BIT(signo);
	return (0);
}

int
sigismember(const sigset_t *set, int signo)
{
	if (!signo_is_valid(signo))
		return (-1);
	return ((set->__bits[_SIG_WORD(signo)] & _SIG_BIT(signo)) != 0);
}

void
(*signal(int signo, void (*handler)(int)))(int)
{
	struct sigaction sa, old;

	sa.sa_handler = handler;
	sigemptyset(&sa.sa_mask);
	sa.sa_flags = 0;
	if (!_SIG_VALID(signo) || sigismember(&restart_off, signo) == 0)
		sa.sa_flags |= SA_RESTART;
	if (sigaction(signo, &sa, &old) != 0)
		return (SIG_ERR);
	return (old.sa_handler);
}

int
siginterrupt(int signo, int interrupt)
{
	struct sigaction sa;

	if (sigaction(signo, NULL, &sa) != 0)
		return (-1);
	if (interrupt) {
		sigaddset(&restart_off, signo);
		sa.sa_flags &= ~SA_RESTART;
	} else {
		sigdelset(&restart_off, signo);
		sa.sa_flags |= SA_RESTART;
	}
	return (sigaction(signo, &sa, NULL));
}

/* 4.2BSD: masks of the first 32 signals. */
int
sigsetmask(int mask)
{
	sigset_t set, old;

	sigemptyset(&set);
	set.__bits[0] = (unsigned int)mask;
	if (sigprocmask(SIG_SETMASK, &set, &old) != 0)
		return (-1);
	return ((int)old.__bits[0]);
}

int
sigblock(int mask)
{
	sigset_t set, old;

	sigemptyset(&set);
	set.__bits[0] = (unsigned int)mask;
	if (sigprocmask(SIG_BLOCK, &set, &old) != 0)
		return (-1);
	return ((int)old.__bits[0]);
}

int
sigpause(int mask)
{
	sigset_t set;

	sigemptyset(&set);
	set.__bits[0] = (unsigned int)mask;
	return (sigsuspend(&set));
}

int
sigvec(int signo, struct sigvec *sv, struct sigvec *osv)
{
	struct sigaction sa, old;

	if (sv != NULL) {
		sa.sa_handler = sv->sv_handler;
		sa.sa_flags = sv->sv_flags ^ SV_INTERRUPT;
		sigemptyset(&sa.sa_mask);
		sa.sa_mask.__bits[0] = (unsigned int)sv->sv_mask;
	}
	if (sigaction(signo, sv != NULL ? &sa : NULL,
	    osv != NULL ? &old : NULL) != 0)
		return (-1);
	if (osv != NULL) {
		osv->sv_handler = old.sa_handler;
		osv->sv_flags = old.sa_flags ^ SV_INTERRUPT;
		osv->sv_mask = (int)old.sa_mask.__bits[0];
	}
	return (0);
}

int
sigwait(const sigset_t *restrict set, int *restrict signop)
{
	int signo;

	do {
		signo = sigwaitinfo(set, NULL);
	} while (signo < 0 && errno == EINTR);
	if (signo < 0)
		return (errno);
	*signop = signo;
	return (0);
}

/* To the calling thread. */
int
raise(int signo)
{
	return (lwp_kill(-1, lwp_gettid(), signo));
}

int
killpg(pid_t pgid, int signo)
{
	if (pgid == 1) {
		errno = ESRCH;
		return (-1);
	}
	return (kill(-pgid, signo));
}

int
pause(void)
{
	sigset_t set;

	if (sigprocmask(SIG_BLOCK, NULL, &set) != 0)
		return (-1);
	return (sigsuspend(&set));
}

void
longjmperror(void)
{
	static const char message[] = "longjmp botch.\n";

	write(STDERR_FILENO, message, sizeof(message) - 1);
}
