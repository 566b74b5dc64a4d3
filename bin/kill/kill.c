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
#include <strings.h>

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
	char *end;
	long n;
	int i;

	if (isdigit((unsigned char)*name)) {
		n = strtol(name, &end, 10);
		if (*end != '\0' || n < 0 || n > 128)
			errx(1, "illegal signal number: %s", name);
		return ((int)n);
	}
	if (strncasecmp(name, "SIG", 3) == 0)
		name += 3;
	for (i = 1; i < sys_nsig; i++) {
		if (sys_signame[i] != NULL &&
		    strcasecmp(sys_signame[i], name) == 0)
			return (i);
	}
	warnx("unknown signal %s; valid signals:", name);
	for (i = 1; i < sys_nsig; i++)
		fprintf(stderr, "%s%c", sys_signame[i],
		    i == sys_nsig / 2 || i == sys_nsig - 1 ? '\n' : ' ');
	exit(1);
}

static int
list(const char *arg)
{
	long n;
	int i;

	if (arg != NULL) {
		n = strtol(arg, NULL, 10);
		if (n >= 128)
			n -= 128;
		if (n <= 0 || n >= sys_nsig)
			errx(1, "%s: unknown signal number", arg);
		printf("%s\n", sys_signame[n]);
		return (0);
	}
	for (i = 1; i < sys_nsig; i++)
		printf("%s%c", sys_signame[i],
		    i == sys_nsig / 2 || i == sys_nsig - 1 ? '\n' : ' ');
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
