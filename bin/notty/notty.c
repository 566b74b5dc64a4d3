/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notty - run a command without a terminal
 *
 * usage: notty [-012] command [argument ...]
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <paths.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	int c, given = 0, close_fd[3] = { 1, 1, 1 }, fd, i;

	while ((c = getopt(argc, argv, "+012")) != -1) {
		if (c == '?') {
			fprintf(stderr, "usage: notty [-012] command "
			    "[argument ...]\n");
			return (1);
		}
		if (!given)
			close_fd[0] = close_fd[1] = close_fd[2] = 0;
		given = 1;
		close_fd[c - '0'] = 1;
	}
	argv += optind;
	fd = open(_PATH_DEVNULL, O_RDWR);
	if (fd < 0)
		err(1, "%s", _PATH_DEVNULL);
	for (i = 0; i < 3; i++) {
		if (close_fd[i] && dup2(fd, i) < 0)
			err(1, "dup2");
	}
	if (fd > STDERR_FILENO)
		close(fd);
	/* A child, so that it can have a session of its own. */
	switch (fork()) {
	case -1:
		err(1, "fork");
	case 0:
		break;
	default:
		return (0);
	}
	if (setsid() < 0)
		err(1, "setsid");
	if (*argv == NULL)
		return (0);
	execvp(*argv, argv);
	err(errno == ENOENT ? 127 : 126, "%s", *argv);
}
