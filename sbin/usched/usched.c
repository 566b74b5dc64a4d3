/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usched - run a command under a scheduler and on chosen processors
 *
 * usage: usched [-d] {scheduler[:cpumask] | :cpumask} command [argument ...]
 */
#include <sys/types.h>
#include <sys/usched.h>

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int debug;

/* A number in C's notation is a set of bits; "0,2-3" lists processors. */
static void
restrict_cpus(const char *text)
{
	unsigned long long bits = 0;
	int cpu, first = 1, from, to;
	const char *p = text;
	char *end;

	if (strpbrk(p, ",-") == NULL) {
		bits = strtoull(p, &end, 0);
		if (end == p || *end != '\0')
			errx(1, "bad cpu mask: %s", text);
	}
	while (bits == 0 && *p != '\0') {
		from = to = (int)strtol(p, &end, 10);
		if (end == p)
			errx(1, "bad cpu list: %s", text);
		if (*end == '-') {
			p = end + 1;
			to = (int)strtol(p, &end, 10);
			if (end == p)
				errx(1, "bad cpu list: %s", text);
		}
		for (; from <= to && from < 64; from++)
			bits |= 1ULL << from;
		p = *end == ',' ? end + 1 : end;
		if (*end != ',' && *end != '\0')
			errx(1, "bad cpu list: %s", text);
	}
	if (bits == 0)
		errx(1, "no cpu in: %s", text);
	for (cpu = 0; cpu < 64; cpu++) {
		if ((bits >> cpu & 1) == 0)
			continue;
		if (debug)
			printf("cpu %d\n", cpu);
		if (usched_set(getpid(), first ? USCHED_SET_CPU :
		    USCHED_ADD_CPU, &cpu, sizeof(cpu)) != 0)
			err(1, "cpu %d", cpu);
		first = 0;
	}
}

int
main(int argc, char **argv)
{
	char *cpus;

	argv++;
	if (*argv != NULL && strcmp(*argv, "-d") == 0) {
		debug = 1;
		argv++;
	}
	if (argv[0] == NULL || argv[1] == NULL) {
		fprintf(stderr, "usage: usched [-d] {scheduler[:cpumask] | "
		    ":cpumask} command [args]\n");
		return (1);
	}
	cpus = strchr(argv[0], ':');
	if (cpus != NULL)
		*cpus++ = '\0';
	if (*argv[0] != '\0') {
		if (debug)
			printf("scheduler %s\n", argv[0]);
		if (usched_set(getpid(), USCHED_SET_SCHEDULER, argv[0],
		    (int)strlen(argv[0])) != 0)
			err(1, "scheduler %s", argv[0]);
	}
	if (cpus != NULL)
		restrict_cpus(cpus);
	argv++;
	execvp(*argv, argv);
	err(errno == ENOENT ? 127 : 126, "%s", *argv);
}
