/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mkfifo - make fifos
 *
 * usage: mkfifo [-m mode] fifo_name ...
 */
#include <sys/types.h>
#include <sys/stat.h>

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	mode_t mode = DEFFILEMODE;
	int c, rc = 0, exact = 0;
	void *set;

	while ((c = getopt(argc, argv, "m:")) != -1) {
		if (c != 'm')
			goto usage;
		set = setmode(optarg);
		if (set == NULL)
			errx(1, "invalid file mode: %s", optarg);
		/* Symbolic modes are relative to a=rw. */
		mode = getmode(set, DEFFILEMODE);
		free(set);
		exact = 1;
	}
	argv += optind;
	if (*argv == NULL)
		goto usage;
	if (exact)
		umask(0);
	for (; *argv != NULL; argv++) {
		if (mkfifo(*argv, mode) != 0) {
			warn("%s", *argv);
			rc = 1;
		}
	}
	return (rc);
usage:
	fprintf(stderr, "usage: mkfifo [-m mode] fifo_name ...\n");
	return (1);
}
