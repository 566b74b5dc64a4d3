/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sleep - do nothing for a while
 *
 * usage: sleep seconds
 *
 * Fractions are allowed.  SIGINFO tells how much is left.
 */
#include <err.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static volatile sig_atomic_t asked;

static void
on_info(int sig)
{
	asked = 1;
}

int
main(int argc, char **argv)
{
	struct timespec ts;
	double seconds;
	char *end;

	if (argc != 2)
		goto usage;
	seconds = strtod(argv[1], &end);
	if (end == argv[1] || *end != '\0' || seconds != seconds)
		goto usage;
	if (seconds <= 0)
		return (0);
	if (seconds > INT_MAX)
		seconds = INT_MAX;
	ts.tv_sec = (time_t)seconds;
	ts.tv_nsec = (long)((seconds - (double)ts.tv_sec) * 1e9);
	signal(SIGINFO, on_info);
	while (nanosleep(&ts, &ts) < 0) {
		if (errno != EINTR)
			err(1, "nanosleep");
		if (asked)
			warnx("about %ld second(s) left", (long)ts.tv_sec);
		asked = 0;
	}
	return (0);
usage:
	fprintf(stderr, "usage: sleep seconds\n");
	return (1);
}
