/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * relpath - the way from one path to another
 *
 * usage: relpath from to
 */
#include <err.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

/* Whole components that both begin with. */
static size_t
common(const char *a, const char *b)
{
	size_t i, last = 0;

	for (i = 0; a[i] != '\0' && a[i] == b[i]; i++)
		if (a[i] == '/')
			last = i;
	if ((a[i] == '\0' || a[i] == '/') && (b[i] == '\0' || b[i] == '/'))
		last = i;
	return (last);
}

int
main(int argc, char **argv)
{
	char from[PATH_MAX], to[PATH_MAX];
	const char *p, *q;
	size_t n;
	int first = 1;

	if (argc != 3) {
		fprintf(stderr, "usage: relpath from to\n");
		return (EX_USAGE);
	}
	if (realpath(argv[1], from) == NULL)
		err(1, "%s", argv[1]);
	if (realpath(argv[2], to) == NULL)
		err(1, "%s", argv[2]);
	/* The root has no name of its own. */
	if (strcmp(from, "/") == 0)
		from[0] = '\0';
	if (strcmp(to, "/") == 0)
		to[0] = '\0';
	n = common(from, to);
	p = from + n;
	q = to + n;
	for (; *p != '\0'; p++) {
		if (*p == '/') {
			printf("%s..", first ? "" : "/");
			first = 0;
		}
	}
	if (*q == '/')
		q++;
	if (*q != '\0')
		printf("%s%s", first ? "" : "/", q);
	else if (first)
		putchar('.');
	putchar('\n');
	return (fflush(stdout) != 0);
}
