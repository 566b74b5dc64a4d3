/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who is logged in (utmpx), and a log of logins (wtmpx) and last logins.
 *
 * utmpx and wtmpx begin with a record of type SIGNATURE.  Records in utmpx
 * are replaced in place, one a terminal; lastlogx is an array by user id.
 */
#include <sys/types.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <utmpx.h>

static const char signature[] = "utmpx-2.00";

static int	db_fd = -1;
static bool	db_writable;
static char	db_path[1024] = _PATH_UTMPX;
static struct utmpx current;

static int
db_open(bool create)
{
	struct utmpx first;

	if (db_fd >= 0)
		return (0);
	db_fd = open(db_path, O_RDWR | O_CLOEXEC | (create ? O_CREAT : 0),
	    0644);
	db_writable = db_fd >= 0;
	if (db_fd < 0)
		db_fd = open(db_path, O_RDONLY | O_CLOEXEC);
	if (db_fd < 0)
		return (-1);
	if (read(db_fd, &first, sizeof(first)) == (ssize_t)sizeof(first))
		return (0);
	if (db_writable) {
		memset(&first, 0, sizeof(first));
		first.ut_type = SIGNATURE;
		strcpy(first.ut_user, signature);
		pwrite(db_fd, &first, sizeof(first), 0);
		lseek(db_fd, (off_t)sizeof(first), SEEK_SET);
	}
	return (0);
}

void
setutxent(void)
{
	memset(&current, 0, sizeof(current));
	if (db_fd >= 0)
		lseek(db_fd, (off_t)sizeof(current), SEEK_SET);
}

void
endutxent(void)
{
	memset(&current, 0, sizeof(current));
	if (db_fd >= 0)
		close(db_fd);
	db_fd = -1;
}

int
setutxdb(utx_db_t type, const char *path)
{
	static const char *const paths[] = {
		[UTX_DB_UTMPX] = _PATH_UTMPX,
		[UTX_DB_WTMPX] = _PATH_WTMPX,
		[UTX_DB_LASTLOGX] = _PATH_LASTLOGX
	};

	if (path == NULL)
		path = paths[type];
	if (strlen(path) >= sizeof(db_path)) {
		errno = ENAMETOOLONG;
		return (-1);
	}
	endutxent();
	strcpy(db_path, path);
	return (0);
}

int
utmpxname(const char *path)
{
	return (setutxdb(UTX_DB_UTMPX, path) == 0);
}

struct utmpx *
getutxent(void)
{
	if (db_open(false) != 0)
		return (NULL);
	do {
		if (read(db_fd, &current, sizeof(current)) !=
		    (ssize_t)sizeof(current)) {
			memset(&current, 0, sizeof(current));
			return (NULL);
		}
	} while (current.ut_type == SIGNATURE);
	return (&current);
}

static bool
is_process(int type)
{
	return (type == INIT_PROCESS || type == LOGIN_PROCESS ||
	    type == USER_PROCESS || type == DEAD_PROCESS);
}

struct utmpx *
getutxid(const struct utmpx *key)
{
	struct utmpx *ut;

	while ((ut = getutxent()) != NULL) {
		if (is_process(key->ut_type)) {
			if (is_process(ut->ut_type) &&
			    memcmp(ut->ut_id, key->ut_id,
			    sizeof(ut->ut_id)) == 0)
				break;
		} else if (ut->ut_type == key->ut_type) {
			break;
		}
	}
	return (ut);
}

struct utmpx *
getutxline(const struct utmpx *key)
{
	struct utmpx *ut;

	while ((ut = getutxent()) != NULL) {
		if ((ut->ut_type == USER_PROCESS ||
		    ut->ut_type == LOGIN_PROCESS) &&
		    strncmp(ut->ut_line, key->ut_line,
		    sizeof(ut->ut_line)) == 0)
			break;
	}
	return (ut);
}

struct utmpx *
getutxuser(const char *user)
{
	struct utmpx *ut;

	while ((ut = getutxent()) != NULL) {
		if (ut->ut_type == USER_PROCESS &&
		    strncmp(ut->ut_user, user, sizeof(ut->ut_user)) == 0)
			break;
	}
	return (ut);
}

struct utmpx *
pututxline(const struct utmpx *ut)
{
	static struct utmpx stored;
	struct utmpx key = *ut;
	off_t where;

	if (db_open(true) != 0)
		return (NULL);
	if (!db_writable) {
		errno = EPERM;
		return (NULL);
	}
	if (flock(db_fd, LOCK_EX) != 0)
		return (NULL);
	setutxent();
	if (getutxid(&key) != NULL)
		where = lseek(db_fd, 0, SEEK_CUR) - (off_t)sizeof(stored);
	else
		where = lseek(db_fd, 0, SEEK_END);
	stored = key;
	if (pwrite(db_fd, &stored, sizeof(stored), where) !=
	    (ssize_t)sizeof(stored))
		where = -1;
	flock(db_fd, LOCK_UN);
	return (where < 0 ? NULL : &stored);
}

int
updwtmpx(const char *path, const struct utmpx *ut)
{
	struct utmpx first;
	struct stat sb;
	int fd, rc = -1;

	fd = open(path, O_WRONLY | O_APPEND | O_SHLOCK | O_CLOEXEC);
	if (fd < 0)
		return (-1);
	if (fstat(fd, &sb) == 0 && sb.st_size == 0) {
		memset(&first, 0, sizeof(first));
		first.ut_type = SIGNATURE;
		strcpy(first.ut_user, signature);
		write(fd, &first, sizeof(first));
	}
	if (write(fd, ut, sizeof(*ut)) == (ssize_t)sizeof(*ut))
		rc = 0;
	close(fd);
	return (rc);
}

struct lastlogx *
getlastlogx(const char *path, uid_t uid, struct lastlogx *ll)
{
	static struct lastlogx own;
	ssize_t n;
	int fd;

	if (ll == NULL)
		ll = &own;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return (NULL);
	n = pread(fd, ll, sizeof(*ll), (off_t)uid * (off_t)sizeof(*ll));
	close(fd);
	return (n == (ssize_t)sizeof(*ll) ? ll : NULL);
}

int
updlastlogx(const char *path, uid_t uid, struct lastlogx *ll)
{
	ssize_t n;
	int fd;

	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
	if (fd < 0)
		return (-1);
	n = pwrite(fd, ll, sizeof(*ll), (off_t)uid * (off_t)sizeof(*ll));
	close(fd);
	return (n == (ssize_t)sizeof(*ll) ? 0 : -1);
}
