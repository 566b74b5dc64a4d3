/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * flopen(3) and pidfile(3).
 */
#include <sys/param.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <errno.h>
#include <fcntl.h>
#include <libutil.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct pidfh {
	int	fd;
	char	path[MAXPATHLEN];
	dev_t	dev;
	ino_t	ino;
};

/*
 * Opens and locks a file.  If the name came to mean another file while we
 * waited for the lock, starts over.
 */
int
flopen(const char *path, int flags, ...)
{
	int fd, op, trunc, saved;
	struct stat st, fst;
	mode_t mode = 0;
	va_list ap;

	if (flags & O_CREAT) {
		va_start(ap, flags);
		mode = (mode_t)va_arg(ap, int);
		va_end(ap);
	}
	op = LOCK_EX | (flags & O_NONBLOCK ? LOCK_NB : 0);
	trunc = flags & O_TRUNC;
	flags &= ~O_TRUNC;
	for (;;) {
		fd = open(path, flags, mode);
		if (fd < 0)
			return (-1);
		if (flock(fd, op) != 0)
			break;
		if (stat(path, &st) != 0 || fstat(fd, &fst) != 0 ||
		    st.st_dev != fst.st_dev || st.st_ino != fst.st_ino) {
			close(fd);
			continue;
		}
		if (trunc && ftruncate(fd, 0) != 0)
			break;
		return (fd);
	}
	saved = errno;
	close(fd);
	errno = saved;
	return (-1);
}

static int
same_file(const struct pidfh *p)
{
	struct stat st;

	if (p == NULL || p->fd < 0 || fstat(p->fd, &st) != 0 ||
	    st.st_dev != p->dev || st.st_ino != p->ino) {
		errno = EDOOFUS;
		return (0);
	}
	return (1);
}

/* The holder's process id; the file may not be written yet. */
static int
read_pid(const char *path, pid_t *pid)
{
	char buf[16], *end;
	ssize_t n;
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return (errno);
	n = read(fd, buf, sizeof(buf) - 1);
	close(fd);
	if (n <= 0)
		return (n == 0 ? EAGAIN : errno);
	buf[n] = '\0';
	*pid = (pid_t)strtol(buf, &end, 10);
	return (end == buf ? EINVAL : 0);
}

struct pidfh *
pidfile_open(const char *path, mode_t mode, pid_t *other)
{
	static const struct timespec pause = { 0, 5000000 };
	struct pidfh *p;
	struct stat st;
	int tries, error;

	p = calloc(1, sizeof(*p));
	if (p == NULL)
		return (NULL);
	if (path != NULL)
		error = strlcpy(p->path, path, sizeof(p->path)) >=
		    sizeof(p->path);
	else
		error = snprintf(p->path, sizeof(p->path), "/var/run/%s.pid",
		    getprogname()) >= (int)sizeof(p->path);
	if (error) {
		free(p);
		errno = ENAMETOOLONG;
		return (NULL);
	}
	p->fd = flopen(p->path, O_WRONLY | O_CREAT | O_TRUNC | O_NONBLOCK |
	    O_CLOEXEC, mode);
	if (p->fd < 0) {
		error = errno;
		if (error == EWOULDBLOCK && other != NULL) {
			*other = -1;
			error = EEXIST;
			for (tries = 0; tries < 20; tries++) {
				if (read_pid(p->path, other) != EAGAIN)
					break;
				nanosleep(&pause, NULL);
			}
		} else if (error == EWOULDBLOCK)
			error = EEXIST;
		free(p);
		errno = error;
		return (NULL);
	}
	if (fstat(p->fd, &st) != 0) {
		error = errno;
		unlink(p->path);
		close(p->fd);
		free(p);
		errno = error;
		return (NULL);
	}
	p->dev = st.st_dev;
	p->ino = st.st_ino;
	return (p);
}

int
pidfile_write(struct pidfh *p)
{
	char buf[16];
	int n;

	if (!same_file(p) || ftruncate(p->fd, 0) != 0)
		return (-1);
	n = snprintf(buf, sizeof(buf), "%d", (int)getpid());
	return (pwrite(p->fd, buf, n, 0) == n ? 0 : -1);
}

/* In a child that does not own the file. */
int
pidfile_close(struct pidfh *p)
{
	int r;

	if (!same_file(p))
		return (-1);
	r = close(p->fd);
	free(p);
	return (r);
}

int
pidfile_remove(struct pidfh *p)
{
	int r;

	if (!same_file(p))
		return (-1);
	r = unlink(p->path);
	if (close(p->fd) != 0)
		r = -1;
	free(p);
	return (r);
}

int
pidfile_fileno(const struct pidfh *p)
{
	return (p != NULL ? p->fd : -1);
}
