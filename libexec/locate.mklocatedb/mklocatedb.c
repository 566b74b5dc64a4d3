/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * locate.mklocatedb - a database for locate(1) from a list of names
 *
 * usage: locate.mklocatedb [-0] < sorted-names > database
 *
 * Names that no pathname can be as long as are left out.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "database.h"

int
main(int argc, char **argv)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t n;
	int c, end = '\n';

	while ((c = getopt(argc, argv, "0")) != -1) {
		if (c != '0')
			goto usage;
		end = '\0';
	}
	if (argc != optind)
		goto usage;
	locate_begin(stdout);
	while ((n = getdelim(&line, &size, end, stdin)) > 0) {
		if (line[n - 1] == end)
			line[--n] = '\0';
		if (n <= 1024 && strlen(line) == (size_t)n)
			locate_add(stdout, line);
	}
	if (ferror(stdin))
		err(1, "standard input");
	if (fflush(stdout) != 0)
		err(1, "standard output");
	return (0);
usage:
	fprintf(stderr, "usage: locate.mklocatedb [-0]\n");
	return (EX_USAGE);
}
