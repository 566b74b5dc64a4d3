/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fsync - bring files to the disk
 *
 * usage: fsync file ...
 */
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	int fd, rc = EX_OK;

	if (getopt(argc, argv, "") != -1 || argv[optind] == NULL) {
		fprintf(stderr, "usage: fsync file ...\n");
		return (EX_USAGE);
	}
	for (argv += optind; *argv != NULL; argv++) {
		fd = open(*argv, O_RDONLY);
		if (fd < 0) {
			warn("open %s", *argv);
			if (rc == EX_OK)
				rc = EX_NOINPUT;
			continue;
		}
		if (fsync(fd) != 0) {
			warn("fsync %s", *argv);
			rc = EX_OSERR;
		}
		close(fd);
	}
	return (rc);
}
