/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * realpath - paths without links and dots
 *
 * usage: realpath [-q] [path ...]
 */
#include <sys/param.h>

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	static char here[] = ".";
	char *none[] = { here, NULL }, **path, buf[PATH_MAX];
	int c, quiet = 0, rc = 0;

	while ((c = getopt(argc, argv, "q")) != -1) {
		if (c != 'q') {
			fprintf(stderr, "usage: realpath [-q] [path ...]\n");
			return (1);
		}
		quiet = 1;
	}
	for (path = argc > optind ? argv + optind : none; *path != NULL;
	    path++) {
		if (realpath(*path, buf) == NULL) {
			if (!quiet)
				warn("%s", *path);
			rc = 1;
		} else
			puts(buf);
	}
	return (rc);
}
