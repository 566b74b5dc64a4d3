/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * shlock - lock files for scripts
 *
 * usage: shlock [-duv] -f lockfile [-p pid]
 *
 * A lock is a file with a process's number.  It appears under its name by
 * link(2), complete, and only if nobody has it; one whose process is gone is
 * removed.
 */
#include <sys/types.h>
#include <sys/stat.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static int verbose, binary;

/* Who has the lock; 0 if the file is no lock, -1 if there is none. */
static pid_t
holder(const char *path)
{
	char text[32];
	pid_t pid = 0;
	ssize_t n;
	int fd = open(path, O_RDONLY);

	if (fd < 0)
		return (-1);
	n = read(fd, text, sizeof(text) - 1);
	close(fd);
	if (binary && n == (ssize_t)sizeof(pid))
		memcpy(&pid, text, sizeof(pid));
	else if (!binary && n > 0) {
		text[n] = '\0';
		pid = (pid_t)strtol(text, NULL, 10);
	}
	return (pid > 0 ? pid : 0);
}

static int
alive(pid_t pid)
{
	return (pid > 0 && (kill(pid, 0) == 0 || errno == EPERM));
}

static void
write_lock(const char *path, pid_t pid)
{
	char text[32];
	const void *data = text;
	size_t len;
	int fd;

	len = (size_t)snprintf(text, sizeof(text), "%d\n", pid);
	if (binary) {
		data = &pid;
		len = sizeof(pid);
	}
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0644);
	if (fd < 0 || write(fd, data, len) != (ssize_t)len || close(fd) != 0) {
		warn("%s", path);
		unlink(path);
		exit(1);
	}
}

/*
 * Removes a lock whose process is gone.  Under flock(2), and only if the name
 * still is that file's: what another has put there in between stays.
 */
static int
remove_stale(const char *path)
{
	struct stat ours, there;
	int fd = open(path, O_RDONLY | O_EXLOCK), rv = 0;

	if (fd < 0)
		return (errno == ENOENT ? 0 : -1);
	if (fstat(fd, &ours) == 0 && stat(path, &there) == 0 &&
	    ours.st_ino == there.st_ino && ours.st_dev == there.st_dev)
		rv = unlink(path);
	close(fd);
	return (rv);
}

static int
take(const char *path, pid_t pid)
{
	char *tmp;
	pid_t other;
	int tries, rv = 1;

	if (asprintf(&tmp, "%s.%d", path, getpid()) < 0)
		err(1, NULL);
	write_lock(tmp, pid);
	for (tries = 0; tries < 5; tries++) {
		if (link(tmp, path) == 0) {
			rv = 0;
			break;
		}
		if (errno != EEXIST) {
			warn("%s", path);
			break;
		}
		other = holder(path);
		if (other > 0 && alive(other)) {
			if (verbose)
				warnx("%s: held by process %d", path, other);
			break;
		}
		if (other >= 0 && remove_stale(path) != 0) {
			warn("%s", path);
			break;
		}
	}
	unlink(tmp);
	free(tmp);
	return (rv);
}

int
main(int argc, char **argv)
{
	const char *path = NULL;
	pid_t pid = 0, other;
	int c;

	while ((c = getopt(argc, argv, "bdf:p:uv")) != -1) {
		switch (c) {
		case 'b': case 'u': binary = 1; break;
		case 'd': case 'v': verbose = 1; break;
		case 'f': path = optarg; break;
		case 'p':
			pid = (pid_t)strtol(optarg, NULL, 10);
			if (pid <= 0)
				errx(EX_USAGE, "%s: not a process", optarg);
			break;
		default: goto usage;
		}
	}
	if (path == NULL || argc != optind)
		goto usage;
	if (pid != 0)
		return (take(path, pid));
	other = holder(path);
	if (verbose)
		warnx(alive(other) ? "%s: held by process %d" :
		    "%s: not held", path, other);
	return (!alive(other));
usage:
	fprintf(stderr, "usage: shlock [-duv] -f lockfile [-p pid]\n");
	return (EX_USAGE);
}
