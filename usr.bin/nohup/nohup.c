/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nohup - run a command that outlives its terminal
 *
 * usage: nohup [--] command [argument ...]
 */
#include <sys/param.h>
#include <sys/stat.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CANNOT		127	/* nohup itself failed, or no such command */
#define CANNOT_RUN	126

static void
redirect_output(void)
{
	const char *home;
	char path[MAXPATHLEN];
	int fd;

	strlcpy(path, "nohup.out", sizeof(path));
	fd = open(path, O_RDWR | O_CREAT | O_APPEND, S_IRUSR | S_IWUSR);
	if (fd < 0 && (home = getenv("HOME")) != NULL && *home != '\0') {
		snprintf(path, sizeof(path), "%s/nohup.out", home);
		fd = open(path, O_RDWR | O_CREAT | O_APPEND,
		    S_IRUSR | S_IWUSR);
	}
	if (fd < 0)
		errx(CANNOT, "can't open a nohup.out file");
	if (dup2(fd, STDOUT_FILENO) < 0)
		err(CANNOT, NULL);
	if (fd > STDERR_FILENO)
		close(fd);
	fprintf(stderr, "appending output to %s\n", path);
}

int
main(int argc, char **argv)
{
	argv++;
	if (*argv != NULL && strcmp(*argv, "--") == 0)
		argv++;
	if (*argv == NULL || **argv == '-') {
		fprintf(stderr,
		    "usage: nohup [--] command [argument ...]\n");
		return (CANNOT);
	}
	if (isatty(STDOUT_FILENO))
		redirect_output();
	if (isatty(STDERR_FILENO) && dup2(STDOUT_FILENO, STDERR_FILENO) < 0)
		err(CANNOT, NULL);
	signal(SIGHUP, SIG_IGN);
	execvp(*argv, argv);
	err(errno == ENOENT ? CANNOT : CANNOT_RUN, "%s", *argv);
}
