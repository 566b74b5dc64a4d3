/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * logname - the name under which the user logged in
 *
 * usage: logname
 */
#include <err.h>
#include <stdio.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	const char *name;

	if (getopt(argc, argv, "") != -1) {
		fprintf(stderr, "usage: logname\n");
		return (1);
	}
	name = getlogin();
	if (name == NULL || *name == '\0')
		errx(1, "no login name");
	puts(name);
	return (0);
}
