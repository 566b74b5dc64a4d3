/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * truncate - set the size of files
 *
 * usage: truncate [-c] -s [+|-]size file ...
 *        truncate [-c] -r rfile file ...
 */
#include <sys/types.h>
#include <sys/stat.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <libutil.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	int c, fd, nocreate = 0, relative = 0, rc = 0, have = 0;
	const char *like = NULL;
	int64_t size = 0, n;
	struct stat st;

	while ((c = getopt(argc, argv, "cr:s:")) != -1) {
		switch (c) {
		case 'c':
			nocreate = 1;
			break;
		case 'r':
			like = optarg;
			break;
		case 's':
			relative = *optarg == '+' || *optarg == '-';
			if (expand_number(optarg + relative, &size) != 0 ||
			    size < 0)
				errx(1, "invalid size argument `%s'", optarg);
			if (*optarg == '-')
				size = -size;
			have = 1;
			break;
		default:
			goto usage;
		}
	}
	argv += optind;
	if (*argv == NULL || have == (like != NULL))
		goto usage;
	if (like != NULL) {
		if (stat(like, &st) != 0)
			err(1, "%s", like);
		size = st.st_size;
	}
	for (; *argv != NULL; argv++) {
		fd = open(*argv, O_WRONLY | (nocreate ? 0 : O_CREAT),
		    DEFFILEMODE);
		if (fd < 0) {
			if (errno == ENOENT && nocreate)
				continue;
			warn("%s", *argv);
			rc = 1;
			continue;
		}
		n = size;
		if (relative && fstat(fd, &st) == 0)
			n = st.st_size + size > 0 ? st.st_size + size : 0;
		if (ftruncate(fd, n) != 0) {
			warn("%s", *argv);
			rc = 1;
		}
		close(fd);
	}
	return (rc);
usage:
	fprintf(stderr, "usage: truncate [-c] -s [+|-]size[K|k|M|m|G|g|T|t] "
	    "file ...\n       truncate [-c] -r rfile file ...\n");
	return (1);
}
