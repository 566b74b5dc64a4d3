/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * renice - change the priority of running processes
 *
 * usage: renice [priority | -n increment] [[-p] pid ...] [-g pgrp ...]
 *               [-u user ...]
 */
#include <sys/types.h>
#include <sys/resource.h>

#include <err.h>
#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
usage(void)
{
	fprintf(stderr, "usage: renice [priority | -n increment] "
	    "[[-p] pid ...] [-g pgrp ...] [-u user ...]\n");
	exit(1);
}

static int
change(int which, id_t who, long prio, int relative)
{
	int old;

	errno = 0;
	old = getpriority(which, (int)who);
	if (old == -1 && errno != 0) {
		warn("%d: getpriority", (int)who);
		return (1);
	}
	if (relative)
		prio += old;
	prio = prio > PRIO_MAX ? PRIO_MAX : prio < PRIO_MIN ? PRIO_MIN : prio;
	if (setpriority(which, (int)who, (int)prio) != 0) {
		warn("%d: setpriority", (int)who);
		return (1);
	}
	fprintf(stderr, "%d: old priority %d, new priority %d\n", (int)who,
	    old, (int)prio);
	return (0);
}

static long
number(const char *text)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (end == text || *end != '\0')
		errx(1, "bad number: %s", text);
	return (n);
}

int
main(int argc, char **argv)
{
	int which = PRIO_PROCESS, relative = 0, rc = 0, done = 0;
	struct passwd *pw;
	long prio, who;
	char *end;

	if (argc < 3)
		usage();
	argv++;
	if (strcmp(*argv, "-n") == 0) {
		relative = 1;
		argv++;
	}
	prio = number(*argv++);
	for (; *argv != NULL; argv++) {
		if (strcmp(*argv, "-g") == 0) {
			which = PRIO_PGRP;
		} else if (strcmp(*argv, "-p") == 0) {
			which = PRIO_PROCESS;
		} else if (strcmp(*argv, "-u") == 0) {
			which = PRIO_USER;
		} else {
			done = 1;
			who = strtol(*argv, &end, 10);
			if (which == PRIO_USER &&
			    (pw = getpwnam(*argv)) != NULL) {
				who = (long)pw->pw_uid;
			} else if (end == *argv || *end != '\0' || who < 0) {
				warnx("%s: %s", *argv, which == PRIO_USER ?
				    "unknown user" : "bad value");
				rc = 1;
				continue;
			}
			rc |= change(which, (id_t)who, prio, relative);
		}
	}
	if (!done)
		usage();
	return (rc);
}
