/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nice - run a command at another priority
 *
 * usage: nice [-n number] [-number] command [argument ...]
 */
#include <sys/types.h>
#include <sys/resource.h>

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static long
number(const char *text)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (end == text || *end != '\0')
		errx(125, "%s: invalid nice value", text);
	return (n);
}

int
main(int argc, char **argv)
{
	long by = 10;
	int c, prio;

	/* "-5" and "--5" are the old forms of "-n 5" and "-n -5". */
	if (argc > 1 && argv[1][0] == '-' && (isdigit((unsigned char)
	    argv[1][1]) || (argv[1][1] == '-' &&
	    isdigit((unsigned char)argv[1][2])))) {
		by = number(argv[1] + 1);
		argc--;
		argv++;
	}
	while ((c = getopt(argc, argv, "+n:")) != -1) {
		if (c != 'n')
			goto usage;
		by = number(optarg);
	}
	argv += optind;
	if (*argv == NULL)
		goto usage;
	errno = 0;
	prio = getpriority(PRIO_PROCESS, 0);
	if (errno != 0)
		warn("getpriority");
	else if (setpriority(PRIO_PROCESS, 0, prio + (int)by) != 0)
		warn("setpriority");
	execvp(*argv, argv);
	err(errno == ENOENT ? 127 : 126, "%s", *argv);
usage:
	fprintf(stderr, "usage: nice [-n number] command [argument ...]\n");
	return (125);
}
