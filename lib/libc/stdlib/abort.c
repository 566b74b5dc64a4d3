/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * abort(): SIGABRT, whatever is done about it.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void
abort(void)
{
	struct sigaction sa;
	sigset_t set;

	sigfillset(&set);
	sigdelset(&set, SIGABRT);
	sigprocmask(SIG_SETMASK, &set, NULL);
	raise(SIGABRT);

	/* Caught or ignored, and the handler returned. */
	memset(&sa, 0, sizeof(sa));
	sa.sa_handler = SIG_DFL;
	sigaction(SIGABRT, &sa, NULL);
	sigprocmask(SIG_SETMASK, &set, NULL);
	raise(SIGABRT);
	_exit(1);
}
