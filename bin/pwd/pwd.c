/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pwd - print the working directory
 *
 * usage: pwd [-L | -P]
 */
#include <sys/types.h>
#include <sys/stat.h>

#include <err.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* $PWD, when it is an absolute name of this very directory. */
static const char *
logical(void)
{
	const char *pwd = getenv("PWD");
	struct stat a, b;

	if (pwd == NULL || *pwd != '/' || stat(pwd, &a) < 0 ||
	    stat(".", &b) < 0 || a.st_dev != b.st_dev || a.st_ino != b.st_ino)
		return (NULL);
	return (pwd);
}

int
main(int argc, char **argv)
{
	char buf[PATH_MAX];
	const char *dir = NULL;
	int c, physical = 1;

	while ((c = getopt(argc, argv, "LP")) != -1) {
		if (c == '?') {
			fprintf(stderr, "usage: pwd [-L | -P]\n");
			return (1);
		}
		physical = c == 'P';
	}
	if (!physical)
		dir = logical();
	if (dir == NULL)
		dir = getcwd(buf, sizeof(buf));
	if (dir == NULL)
		err(1, ".");
	puts(dir);
	return (0);
}
