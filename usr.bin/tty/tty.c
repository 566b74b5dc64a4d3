/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tty - the name of the terminal
 *
 * usage: tty [-s]
 */
#include <stdio.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	int c, silent = 0;
	char *name;

	while ((c = getopt(argc, argv, "s")) != -1) {
		if (c != 's') {
			fprintf(stderr, "usage: tty [-s]\n");
			return (2);
		}
		silent = 1;
	}
	name = ttyname(STDIN_FILENO);
	if (!silent)
		puts(name != NULL ? name : "not a tty");
	return (name != NULL ? 0 : 1);
}
