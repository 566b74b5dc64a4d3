/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * strerror(3), strsignal(3) and psignal(3).
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int
strerror_r(int num, char *buf, size_t size)
{
	if (num >= 0 && num < sys_nerr && sys_errlist[num] != NULL)
		return (strlcpy(buf, sys_errlist[num], size) >= size ? ERANGE :
		    0);
	snprintf(buf, size, "Unknown error: %d", num);
	return (EINVAL);
}

char *
strerror(int num)
{
	static char buf[64];

	if (strerror_r(num, buf, sizeof(buf)) != 0)
		errno = EINVAL;
	return (buf);
}

char *
strsignal(int num)
{
	static char buf[64];

	if (num > 0 && num < sys_nsig && sys_siglist[num] != NULL)
		strlcpy(buf, sys_siglist[num], sizeof(buf));
	else
		snprintf(buf, sizeof(buf), "Unknown signal: %d", num);
	return (buf);
}

void
psignal(int num, const char *msg)
{
	const char *text = strsignal(num);

	if (msg != NULL && *msg != '\0') {
		write(STDERR_FILENO, msg, strlen(msg));
		write(STDERR_FILENO, ": ", 2);
	}
	write(STDERR_FILENO, text, strlen(text));
	write(STDERR_FILENO, "\n", 1);
}

void
psiginfo(const siginfo_t *info, const char *msg)
{
	psignal(info->si_signo, msg);
}
