/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Locks of serial lines, as UUCP made them: /var/spool/lock/LCK..LINE holds
 * the process id of the owner as ten characters and a newline.
 */
#include <sys/types.h>
#include <errno.h>
#include <fcntl.h>
#include <libutil.h>
#include <limits.h>
#include <paths.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define	MAX_TRIES	3

static void
lock_path(char *path, size_t size, const char *line)
{
	snprintf(path, size, _PATH_UUCPLOCK "LCK..%s", line);
}

static int
write_pid(int fd, pid_t pid)
{
	char text[16];
	int n;

	n = snprintf(text, sizeof(text), "%10d\n", (int)pid);
	return (write(fd, text, n) == n ? 0 : -1);
}

static pid_t
read_owner(const char *path)
{
	char text[16];
	ssize_t n;
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return (-1);
	n = read(fd, text, sizeof(text) - 1);
	close(fd);
	if (n <= 0)
		return (-1);
	text[n] = '\0';
	return (atoi(text));
}

/* Takes the lock through a private file, so that it appears complete. */
int
uu_lock(const char *line)
{
	char path[PATH_MAX], tmp[PATH_MAX];
	pid_t owner;
	int fd, tries, r = UU_LOCK_TRY_ERR;

	lock_path(path, sizeof(path), line);
	snprintf(tmp, sizeof(tmp), _PATH_UUCPLOCK "LCKTMP.%d", (int)getpid());
	fd = open(tmp, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0664);
	if (fd < 0)
		return (UU_LOCK_CREAT_ERR);
	if (write_pid(fd, getpid()) != 0) {
		close(fd);
		unlink(tmp);
		return (UU_LOCK_WRITE_ERR);
	}
	close(fd);
	for (tries = 0; tries < MAX_TRIES; tries++) {
		if (link(tmp, path) == 0) {
			r = UU_LOCK_OK;
			break;
		}
		if (errno != EEXIST) {
			r = UU_LOCK_LINK_ERR;
			break;
		}
		owner = read_owner(path);
		if (owner > 0 && (kill(owner, 0) == 0 || errno != ESRCH)) {
			r = UU_LOCK_INUSE;
			break;
		}
		unlink(path);
	}
	unlink(tmp);
	return (r);
}

/* Makes another process the owner of a lock we hold. */
int
uu_lock_txfr(const char *line, pid_t pid)
{
	char path[PATH_MAX];
	int fd, r;

	lock_path(path, sizeof(path), line);
	if (read_owner(path) != getpid())
		return (UU_LOCK_OWNER_ERR);
	fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);
	if (fd < 0)
		return (UU_LOCK_OWNER_ERR);
	r = write_pid(fd, pid);
	close(fd);
	return (r == 0 ? UU_LOCK_OK : UU_LOCK_WRITE_ERR);
}

int
uu_unlock(const char *line)
{
	char path[PATH_MAX];

	lock_path(path, sizeof(path), line);
	return (unlink(path));
}

const char *
uu_lockerr(int code)
{
	switch (code) {
	case UU_LOCK_INUSE:
		return ("device in use");
	case UU_LOCK_OK:
		return ("");
	case UU_LOCK_OPEN_ERR:
		return ("open error: lock file");
	case UU_LOCK_READ_ERR:
		return ("read error: lock file");
	case UU_LOCK_CREAT_ERR:
		return ("creat error: temporary lock file");
	case UU_LOCK_WRITE_ERR:
		return ("write error: lock file");
	case UU_LOCK_LINK_ERR:
		return ("link error: lock file");
	case UU_LOCK_TRY_ERR:
		return ("too many tries");
	case UU_LOCK_OWNER_ERR:
		return ("not owner");
	default:
		return ("undefined error");
	}
}
