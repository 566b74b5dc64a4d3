/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * asa - obey carriage control characters
 *
 * usage: asa [file ...]
 *
 * The first character of each line tells how to come to it: " " a new line,
 * "0" two, "1" a new page, "+" the same line once more.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

static void
obey(FILE *f, const char *name)
{
	static int first = 1;
	char *line = NULL;
	size_t size = 0;
	ssize_t n;

	while ((n = getline(&line, &size, f)) > 0) {
		if (line[n - 1] == '\n')
			line[--n] = '\0';
		switch (n == 0 ? ' ' : line[0]) {
		case '+':
			if (!first)
				putchar('\r');
			break;
		case '0':
			fputs(first ? "\n" : "\n\n", stdout);
			break;
		case '1':
			fputs(first ? "\f" : "\n\f", stdout);
			break;
		default:
			if (!first)
				putchar('\n');
			break;
		}
		first = 0;
		if (n > 1)
			fwrite(line + 1, 1, (size_t)n - 1, stdout);
	}
	if (ferror(f))
		err(1, "%s", name);
	free(line);
}

int
main(int argc, char **argv)
{
	int bad = 0;
	FILE *f;

	if (getopt(argc, argv, "") != -1) {
		fprintf(stderr, "usage: asa [file ...]\n");
		return (EX_USAGE);
	}
	argv += optind;
	if (*argv == NULL)
		obey(stdin, "standard input");
	for (; *argv != NULL; argv++) {
		if ((f = fopen(*argv, "r")) == NULL) {
			warn("%s", *argv);
			bad = 1;
			continue;
		}
		obey(f, *argv);
		fclose(f);
	}
	putchar('\n');
	return (fflush(stdout) != 0 || bad);
}
