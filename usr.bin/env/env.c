/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * env - set the environment and run a command
 *
 * usage: env [-0i] [-u name] [name=value ...] [utility [argument ...]]
 */
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

int
main(int argc, char **argv)
{
	static char *empty[] = { NULL };
	char **p;
	int c, end = '\n';

	while ((c = getopt(argc, argv, "+-0iu:")) != -1) {
		switch (c) {
		case '0':
			end = '\0';
			break;
		case '-':
		case 'i':
			environ = empty;
			break;
		case 'u':
			if (unsetenv(optarg) < 0)
				err(1, "unsetenv %s", optarg);
			break;
		default:
			fprintf(stderr, "usage: env [-0i] [-u name] "
			    "[name=value ...] [utility [argument ...]]\n");
			return (1);
		}
	}
	for (argv += optind; *argv != NULL && strchr(*argv, '=') != NULL; argv++) {
		if (putenv(*argv) != 0)
			err(1, "putenv %s", *argv);
	}
	if (*argv != NULL) {
		execvp(*argv, argv);
		err(errno == ENOENT ? 127 : 126, "%s", *argv);
	}
	for (p = environ; *p != NULL; p++)
		printf("%s%c", *p, end);
	return (0);
}
