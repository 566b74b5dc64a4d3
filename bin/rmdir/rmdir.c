/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rmdir - remove empty directories
 *
 * usage: rmdir [-pv] directory ...
 */
#include <err.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int parents, verbose;

static int
remove_one(char *path)
{
	char *slash;

	for (;;) {
		if (rmdir(path) < 0) {
			warn("%s", path);
			return (1);
		}
		if (verbose)
			printf("%s\n", path);
		if (!parents)
			return (0);
		path[strlen(path) - strspn(path + strlen(path), "/")] = '\0';
		slash = strrchr(path, '/');
		if (slash == NULL || slash == path)
			return (0);
		while (slash > path && slash[-1] == '/')
			slash--;
		*slash = '\0';
	}
}

int
main(int argc, char **argv)
{
	int c, rc = 0;

	while ((c = getopt(argc, argv, "pv")) != -1) {
		switch (c) {
		case 'p':
			parents = 1;
			break;
		case 'v':
			verbose = 1;
			break;
		default:
			goto usage;
		}
	}
	argv += optind;
	if (*argv == NULL)
		goto usage;
	for (; *argv != NULL; argv++)
		rc |= remove_one(*argv);
	return (rc);
usage:
	fprintf(stderr, "usage: rmdir [-pv] directory ...\n");
	return (1);
}
