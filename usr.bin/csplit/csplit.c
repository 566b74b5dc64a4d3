/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * csplit - cut a file where its content says
 *
 * usage: csplit [-ks] [-f prefix] [-n number] file arg1 ... argn
 */
#include <sys/param.h>

#include <err.h>
#include <errno.h>
#include <limits.h>
#include <regex.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *prefix = "xx";
static int keep, silent, places = 2, nfiles;
static char **lines;			/* the whole input */
static size_t *lengths, nlines, at;	/* at: first line not yet written */

static void
file_name(char *name, size_t size, int n)
{
	if (snprintf(name, size, "%s%0*d", prefix, places, n) >= (int)size)
		errx(1, "%s: name too long", prefix);
}

static void
clean_up(void)
{
	char name[MAXPATHLEN];

	while (!keep && nfiles > 0) {
		file_name(name, sizeof(name), --nfiles);
		unlink(name);
	}
}

static void
on_signal(int sig)
{
	clean_up();
	_exit(2);
}

static void
fail(const char *arg, const char *why)
{
	clean_up();
	errx(1, "%s: %s", arg, why);
}

static void
read_input(const char *path)
{
	FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "r");
	size_t room = 0, max = 0;
	char *line = NULL;
	ssize_t n;

	if (f == NULL)
		err(1, "%s", path);
	while ((n = getline(&line, &room, f)) > 0) {
		if (nlines == max) {
			max = max > 0 ? max * 2 : 256;
			lines = reallocarray(lines, max, sizeof(*lines));
			lengths = reallocarray(lengths, max,
			    sizeof(*lengths));
			if (lines == NULL || lengths == NULL)
				err(1, NULL);
		}
		lines[nlines] = line;
		lengths[nlines++] = (size_t)n;
		line = NULL;
		room = 0;
	}
	free(line);
}

/* Writes the lines up to end to the next file. */
static void
write_piece(size_t end)
{
	char name[MAXPATHLEN];
	intmax_t bytes = 0;
	FILE *f;

	file_name(name, sizeof(name), nfiles);
	f = fopen(name, "w");
	if (f == NULL) {
		clean_up();
		err(1, "%s", name);
	}
	nfiles++;
	for (; at < end; at++) {
		fwrite(lines[at], 1, lengths[at], f);
		bytes += (intmax_t)lengths[at];
	}
	if (fclose(f) != 0) {
		clean_up();
		err(1, "%s", name);
	}
	if (!silent)
		printf("%jd\n", bytes);
}

/* The line, from "from" on, in which the expression is found. */
static size_t
find(const regex_t *re, size_t from, int *found)
{
	char *s;
	size_t n = lengths != NULL ? from : 0;

	for (; n < nlines; n++) {
		s = lines[n];
		if (s[lengths[n] - 1] == '\n')
			s[lengths[n] - 1] = '\0';
		*found = regexec(re, s, 0, NULL, 0) == 0;
		if (s[lengths[n] - 1] == '\0')
			s[lengths[n] - 1] = '\n';
		if (*found)
			return (n);
	}
	*found = 0;
	return (nlines);
}

/* "/expr/[offset]" writes, "%expr%[offset]" skips. */
static void
by_pattern(char *arg, long reps)
{
	int forever = reps == LONG_MAX;
	char *end = arg + 1, *text, *rest;
	int found, first = nfiles == 0 && at == 0;
	regex_t re;
	long offset;
	size_t n;

	while (*end != '\0' && *end != *arg) {
		if (*end == '\\' && end[1] != '\0')
			end++;
		end++;
	}
	if (*end == '\0')
		fail(arg, "unrecognised pattern");
	text = strndup(arg + 1, (size_t)(end - arg - 1));
	errno = 0;
	offset = strtol(end + 1, &rest, 10);
	if (*rest != '\0' || errno == ERANGE)
		fail(arg, "bad offset");
	if (text == NULL || regcomp(&re, text, REG_NOSUB) != 0)
		fail(arg, "bad regular expression");
	do {
		/* The line where the last piece ended is not looked at. */
		n = find(&re, first ? at : at + 1, &found);
		if (!found) {
			if (!forever) {
				if (*arg == '/')
					write_piece(nlines);
				fail(arg, "no match");
			}
			break;
		}
		if ((offset < 0 && n < (size_t)-offset) ||
		    (long)n + offset < (long)at ||
		    (long)n + offset > (long)nlines)
			fail(arg, "out of range");
		n = (size_t)((long)n + offset);
		if (*arg == '/')
			write_piece(n);
		else
			at = n;
		first = 0;
	} while (reps-- > 0);
	regfree(&re);
	free(text);
}

static void
by_line(const char *arg, long reps)
{
	int forever = reps == LONG_MAX;
	char *end;
	long line = strtol(arg, &end, 10), step = line;

	if (*end != '\0' || line <= 0)
		fail(arg, "bad line number");
	do {
		if ((size_t)line - 1 < at)
			fail(arg, "can't go back");
		if ((size_t)line - 1 > nlines) {
			if (forever)
				return;
			write_piece(nlines);
			fail(arg, "out of range");
		}
		write_piece((size_t)line - 1);
		line += step;
	} while (reps-- > 0);
}

/* "{n}" behind an argument: n more times; "{*}": as long as possible. */
static long
repetitions(const char *arg)
{
	char *end;
	long n;

	if (arg == NULL || *arg != '{')
		return (-1);
	if (strcmp(arg, "{*}") == 0)
		return (LONG_MAX);
	n = strtol(arg + 1, &end, 10);
	if (n < 0 || strcmp(end, "}") != 0)
		fail(arg, "bad repetition count");
	return (n);
}

int
main(int argc, char **argv)
{
	char *end;
	long reps;
	int c;

	while ((c = getopt(argc, argv, "f:kn:s")) != -1) {
		switch (c) {
		case 'f': prefix = optarg; break;
		case 'k': keep = 1; break;
		case 'n':
			places = (int)strtol(optarg, &end, 10);
			if (places < 1 || places > 9 || *end != '\0')
				errx(1, "%s: bad suffix length", optarg);
			break;
		case 's': silent = 1; break;
		default: goto usage;
		}
	}
	argc -= optind;
	argv += optind;
	if (argc < 2)
		goto usage;
	signal(SIGHUP, on_signal);
	signal(SIGINT, on_signal);
	signal(SIGTERM, on_signal);
	read_input(*argv++);
	while (*argv != NULL) {
		reps = repetitions(argv[1]);
		if (**argv == '/' || **argv == '%')
			by_pattern(*argv, reps < 0 ? 0 : reps);
		else
			by_line(*argv, reps < 0 ? 0 : reps);
		argv += reps < 0 ? 1 : 2;
	}
	write_piece(nlines);
	return (0);
usage:
	fprintf(stderr, "usage: csplit [-ks] [-f prefix] [-n number] file "
	    "args ...\n");
	return (1);
}
