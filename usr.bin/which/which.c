/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * which - locate a program in the path
 *
 * usage: which [-as] program ...
 */
#include <sys/stat.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int all, silent;

static int
is_program(const char *path)
{
	struct stat st;

	if (stat(path, &st) < 0 || !S_ISREG(st.st_mode) ||
	    access(path, X_OK) < 0)
		return (0);
	if (!silent)
		puts(path);
	return (1);
}

static int
find(const char *name, const char *path)
{
	char candidate[PATH_MAX], *copy, *rest, *dir;
	int found = 0;

	if (strchr(name, '/') != NULL)
		return (is_program(name));
	rest = copy = strdup(path);
	while (copy != NULL && (dir = strsep(&rest, ":")) != NULL) {
		snprintf(candidate, sizeof(candidate), "%s/%s",
		    *dir != '\0' ? dir : ".", name);
		if (is_program(candidate)) {
			found = 1;
			if (!all)
				break;
		}
	}
	free(copy);
	return (found);
}

int
main(int argc, char **argv)
{
	const char *path = getenv("PATH");
	int c, rc = 0;

	while ((c = getopt(argc, argv, "as")) != -1) {
		switch (c) {
		case 'a':
			all = 1;
			break;
		case 's':
			silent = 1;
			break;
		default:
			fprintf(stderr, "usage: which [-as] program ...\n");
			return (1);
		}
	}
	argv += optind;
	if (*argv == NULL)
		return (1);
	for (; *argv != NULL; argv++) {
		if (path == NULL || !find(*argv, path))
			rc = 1;
	}
	return (rc);
}
