/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tee - copy standard input to standard output and to files
 *
 * usage: tee [-ai] [file ...]
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int
put(int fd, const char *buf, size_t len)
{
	ssize_t n;

	while (len > 0) {
		n = write(fd, buf, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return (-1);
		buf += n;
		len -= (size_t)n;
	}
	return (0);
}

int
main(int argc, char **argv)
{
	static char buf[65536];
	int c, i, flags = O_TRUNC, rc = 0, *fds;
	ssize_t n;

	while ((c = getopt(argc, argv, "ai")) != -1) {
		switch (c) {
		case 'a':
			flags = O_APPEND;
			break;
		case 'i':
			signal(SIGINT, SIG_IGN);
			break;
		default:
			fprintf(stderr, "usage: tee [-ai] [file ...]\n");
			return (1);
		}
	}
	argv += optind;
	argc -= optind;
	fds = calloc((size_t)argc + 1, sizeof(*fds));
	if (fds == NULL)
		err(1, NULL);
	for (i = 0; i < argc; i++) {
		fds[i] = open(argv[i], O_WRONLY | O_CREAT | flags, 0666);
		if (fds[i] < 0) {
			warn("%s", argv[i]);
			rc = 1;
		}
	}
	while ((n = read(STDIN_FILENO, buf, sizeof(buf))) > 0) {
		if (put(STDOUT_FILENO, buf, (size_t)n) < 0) {
			warn("stdout");
			rc = 1;
		}
		for (i = 0; i < argc; i++) {
			if (fds[i] >= 0 && put(fds[i], buf, (size_t)n) < 0) {
				warn("%s", argv[i]);
				close(fds[i]);
				fds[i] = -1;
				rc = 1;
			}
		}
	}
	if (n < 0)
		err(1, "stdin");
	return (rc);
}
