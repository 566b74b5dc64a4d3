/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kill - send a signal to processes
 *
 * usage: kill [-s signal_name] pid ...
 *        kill -l [exit_status]
 *        kill -signal_name pid ...
 *        kill -signal_number pid ...
 */
#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "signame.h"

static void
usage(void)
{
	fprintf(stderr, "usage: kill [-s signal_name] pid ...\n"
	    "       kill -l [exit_status]\n"
	    "       kill -signal_name pid ...\n"
	    "       kill -signal_number pid ...\n");
	exit(1);
}

static int
signal_number(const char *name)
{
	int n = signame_number(name);

	if (n >= 0)
		return (n);
	if (isdigit((unsigned char)*name))
		errx(1, "illegal signal number: %s", name);
	warnx("unknown signal %s; valid signals:", name);
	signame_list(stderr);
	exit(1);
}

static int
list(const char *arg)
{
	long n;

	if (arg != NULL) {
		n = strtol(arg, NULL, 10);
		if (n >= 128)
			n -= 128;
		if (n <= 0 || n >= sys_nsig)
			errx(1, "%s: unknown signal number", arg);
		printf("%s\n", sys_signame[n]);
		return (0);
	}
	signame_list(stdout);
	return (0);
}

int
main(int argc, char **argv)
{
	int sig = SIGTERM, rc = 0;
	char *end;
	long pid;

	argv++;
	if (*argv == NULL)
		usage();
	if (strcmp(*argv, "-l") == 0)
		return (list(argv[1]));
	if (strcmp(*argv, "-s") == 0) {
		if (argv[1] == NULL)
			usage();
		sig = strcmp(argv[1], "0") == 0 ? 0 : signal_number(argv[1]);
		argv += 2;
	} else if (**argv == '-' && strcmp(*argv, "--") != 0) {
		sig = signal_number(*argv + 1);
		argv++;
	}
	if (*argv != NULL && strcmp(*argv, "--") == 0)
		argv++;
	if (*argv == NULL)
		usage();
	for (; *argv != NULL; argv++) {
		pid = strtol(*argv, &end, 10);
		if (end == *argv || *end != '\0')
			errx(1, "illegal process id: %s", *argv);
		if (kill((pid_t)pid, sig) < 0) {
			warn("%s", *argv);
			rc = 1;
		}
	}
	return (rc);
}
