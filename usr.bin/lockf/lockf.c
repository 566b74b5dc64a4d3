/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lockf - run a command while holding a lock
 *
 * usage: lockf [-kns] [-t seconds] file command [arguments]
 */
#include <sys/types.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

static const char *lock_name;
static int lock_fd = -1, keep;
static pid_t child;
static volatile sig_atomic_t timed_out;

static void
on_alarm(int sig)
{
	timed_out = 1;
}

static void
on_term(int sig)
{
	if (child > 0)
		kill(child, sig);
}

static void
remove_lock(void)
{
	if (!keep && lock_fd >= 0)
		unlink(lock_name);
}

/*
 * Opens and locks.  Between the two, the holder before us may have removed
 * the file: then it is the wrong one, and all begins again.
 */
static int
take_lock(int flags, int wait)
{
	struct stat a, b;
	int fd;

	for (;;) {
		fd = open(lock_name, flags | O_RDONLY | O_CLOEXEC, 0666);
		if (fd < 0) {
			if (errno == ENOENT && (flags & O_CREAT) == 0)
				errx(EX_UNAVAILABLE, "%s: %s", lock_name,
				    "No such file or directory");
			err(EX_CANTCREAT, "cannot open %s", lock_name);
		}
		if (flock(fd, LOCK_EX | (wait ? 0 : LOCK_NB)) != 0) {
			close(fd);
			if (errno == EWOULDBLOCK ||
			    (errno == EINTR && timed_out))
				return (-1);
			if (errno == EINTR)
				continue;
			err(EX_CANTCREAT, "cannot lock %s", lock_name);
		}
		if (fstat(fd, &a) == 0 && stat(lock_name, &b) == 0 &&
		    a.st_ino == b.st_ino && a.st_dev == b.st_dev)
			return (fd);
		close(fd);
	}
}

int
main(int argc, char **argv)
{
	struct sigaction sa = { .sa_handler = on_alarm };
	int c, status, silent = 0, flags = O_CREAT, limit = -1;
	char *end;

	while ((c = getopt(argc, argv, "+knst:")) != -1) {
		switch (c) {
		case 'k': keep = 1; break;
		case 'n': flags &= ~O_CREAT; break;
		case 's': silent = 1; break;
		case 't':
			limit = (int)strtol(optarg, &end, 0);
			if (end == optarg || *end != '\0' || limit < 0)
				errx(EX_USAGE, "invalid timeout \"%s\"",
				    optarg);
			break;
		default: goto usage;
		}
	}
	argv += optind;
	if (argv[0] == NULL || argv[1] == NULL)
		goto usage;
	lock_name = *argv++;
	if (limit > 0) {
		sigaction(SIGALRM, &sa, NULL);
		alarm((u_int)limit);
	}
	lock_fd = take_lock(flags, limit != 0);
	if (lock_fd < 0) {
		if (silent)
			return (EX_TEMPFAIL);
		errx(EX_TEMPFAIL, "%s: already locked", lock_name);
	}
	alarm(0);
	atexit(remove_lock);
	child = fork();
	if (child < 0)
		err(EX_OSERR, "cannot fork");
	if (child == 0) {
		execvp(*argv, argv);
		warn("%s", *argv);
		_exit(EX_UNAVAILABLE);
	}
	signal(SIGINT, SIG_IGN);
	signal(SIGQUIT, SIG_IGN);
	signal(SIGTERM, on_term);
	while (waitpid(child, &status, 0) < 0) {
		if (errno != EINTR)
			err(EX_OSERR, "waitpid failed");
	}
	return (WIFEXITED(status) ? WEXITSTATUS(status) : EX_SOFTWARE);
usage:
	fprintf(stderr, "usage: lockf [-kns] [-t seconds] file command "
	    "[arguments]\n");
	return (EX_USAGE);
}
