/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * printenv - print the environment
 *
 * usage: printenv [name]
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

int
main(int argc, char **argv)
{
	size_t len;
	char **e;

	if (getopt(argc, argv, "") != -1 || argc - optind > 1) {
		fprintf(stderr, "usage: printenv [name]\n");
		return (1);
	}
	argv += optind;
	len = *argv != NULL ? strlen(*argv) : 0;
	for (e = environ; *e != NULL; e++) {
		if (*argv == NULL) {
			puts(*e);
		} else if (strncmp(*e, *argv, len) == 0 && (*e)[len] == '=') {
			puts(*e + len + 1);
			return (0);
		}
	}
	return (*argv != NULL);
}
