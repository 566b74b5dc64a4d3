/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The word that guards return addresses, and what happens when it changed.
 */
#include <sys/types.h>
#include <sys/random.h>
#include <signal.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#include "libc_private.h"

extern long __stack_chk_guard[8];
long __stack_chk_guard[8];

void	__stack_chk_fail(void) __dead2;
void	__chk_fail(void) __dead2;

/* A zero byte in it ends string operations that run past their buffer. */
static void __constructor(101) __nostackprotector
stack_guard_init(void)
{
	if (__stack_chk_guard[0] != 0)
		return;
	if (getrandom(&__stack_chk_guard, sizeof(long), 0) != sizeof(long))
		__stack_chk_guard[0] = 0x0aff0d00L;
	__stack_chk_guard[0] &= ~0xffL;
}

static void __dead2
overflow(const char *what)
{
	static const char sep[] = ": ", tail[] = " detected; terminated\n";
	struct sigaction sa;

	write(STDERR_FILENO, __progname, strlen(__progname));
	write(STDERR_FILENO, sep, sizeof(sep) - 1);
	write(STDERR_FILENO, what, strlen(what));
	write(STDERR_FILENO, tail, sizeof(tail) - 1);

	memset(&sa, 0, sizeof(sa));
	sa.sa_handler = SIG_DFL;
	sigaction(SIGABRT, &sa, NULL);
	sigdelset(&sa.sa_mask, SIGABRT);
	sigprocmask(SIG_SETMASK, &sa.sa_mask, NULL);
	kill(getpid(), SIGABRT);
	_exit(127);
}

void
__stack_chk_fail(void)
{
	overflow("stack overflow");
}

void
__chk_fail(void)
{
	overflow("buffer overflow");
}
