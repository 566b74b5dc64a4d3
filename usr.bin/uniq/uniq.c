/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uniq - report or filter out repeated lines
 *
 * usage: uniq [-c | -d | -u] [-i] [-f fields] [-s chars] [input [output]]
 */
#include <ctype.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static int f_count, f_repeated, f_unique, f_nocase;
static long fields, chars;

static const char *
key(const char *line)
{
	long i;

	for (i = 0; i < fields && *line != '\0'; i++) {
		while (isblank((unsigned char)*line))
			line++;
		while (*line != '\0' && !isblank((unsigned char)*line))
			line++;
	}
	for (i = 0; i < chars && *line != '\0'; i++)
		line++;
	return (line);
}

static void
print(FILE *out, const char *line, unsigned long n)
{
	if ((f_repeated && n < 2) || (f_unique && n > 1))
		return;
	if (f_count)
		fprintf(out, "%4lu %s\n", n, line);
	else
		fprintf(out, "%s\n", line);
}

int
main(int argc, char **argv)
{
	char *prev = NULL, *line = NULL, *t;
	size_t cap = 0, prev_cap = 0, tc;
	unsigned long n = 0;
	ssize_t len;
	int c;

	while ((c = getopt(argc, argv, "cdf:is:u")) != -1) {
		switch (c) {
		case 'c':
			f_count = 1;
			break;
		case 'd':
			f_repeated = 1;
			break;
		case 'f':
			fields = strtol(optarg, NULL, 10);
			break;
		case 'i':
			f_nocase = 1;
			break;
		case 's':
			chars = strtol(optarg, NULL, 10);
			break;
		case 'u':
			f_unique = 1;
			break;
		default:
			goto usage;
		}
	}
	argc -= optind;
	argv += optind;
	if (argc > 2)
		goto usage;
	if (argc > 0 && strcmp(argv[0], "-") != 0 &&
	    freopen(argv[0], "r", stdin) == NULL)
		err(1, "%s", argv[0]);
	if (argc > 1 && freopen(argv[1], "w", stdout) == NULL)
		err(1, "%s", argv[1]);
	while ((len = getline(&line, &cap, stdin)) > 0) {
		if (line[len - 1] == '\n')
			line[len - 1] = '\0';
		if (n > 0 && (f_nocase ? strcasecmp : strcmp)(key(line),
		    key(prev)) == 0) {
			n++;
			continue;
		}
		if (n > 0)
			print(stdout, prev, n);
		t = prev;
		tc = prev_cap;
		prev = line;
		prev_cap = cap;
		line = t;
		cap = tc;
		n = 1;
	}
	if (n > 0)
		print(stdout, prev, n);
	if (fflush(stdout) != 0)
		err(1, "stdout");
	return (0);
usage:
	fprintf(stderr, "usage: uniq [-c | -d | -u] [-i] [-f fields] "
	    "[-s chars] [input [output]]\n");
	return (1);
}
