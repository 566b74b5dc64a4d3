/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dirname - all but the last part of a path
 *
 * usage: dirname string [...]
 */
#include <err.h>
#include <libgen.h>
#include <stdio.h>

int
main(int argc, char **argv)
{
	if (argc < 2) {
		fprintf(stderr, "usage: dirname string [...]\n");
		return (1);
	}
	while (*++argv != NULL)
		puts(dirname(*argv));
	return (0);
}
