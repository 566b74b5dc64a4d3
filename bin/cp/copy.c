/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Copying of single files.
 */
#include <sys/types.h>
#include <sys/stat.h>
#include <sys/time.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "copy.h"

#define COPY_SIZE	(128 * 1024)

int
copy_attributes(const char *to, const struct stat *st)
{
	struct timespec ts[2] = { st->st_atim, st->st_mtim };
	mode_t mode = st->st_mode & 07777;
	int rc = 0;

	if (lchown(to, st->st_uid, st->st_gid) < 0) {
		if (errno != EPERM) {
			warn("chown: %s", to);
			rc = 1;
		}
		mode &= ~(mode_t)(S_ISUID | S_ISGID);
	}
	if (lchmod(to, mode) < 0 && !S_ISLNK(st->st_mode)) {
		warn("chmod: %s", to);
		rc = 1;
	}
	if (st->st_flags != 0 && lchflags(to, st->st_flags) < 0 &&
	    errno != EOPNOTSUPP) {
		warn("chflags: %s", to);
		rc = 1;
	}
	if (utimensat(AT_FDCWD, to, ts, AT_SYMLINK_NOFOLLOW) < 0) {
		warn("utimes: %s", to);
		rc = 1;
	}
	return (rc);
}

static int
copy_bytes(int in, int out, const char *from, const char *to)
{
	static char buf[COPY_SIZE];
	ssize_t n, w, off;

	while ((n = read(in, buf, sizeof(buf))) > 0) {
		for (off = 0; off < n; off += w) {
			w = write(out, buf + off, (size_t)(n - off));
			if (w < 0) {
				warn("%s", to);
				return (1);
			}
		}
	}
	if (n < 0) {
		warn("%s", from);
		return (1);
	}
	return (0);
}

static int
copy_file(const char *from, const struct stat *st, const char *to)
{
	struct stat there;
	int in, out, rc;

	in = open(from, O_RDONLY);
	if (in < 0) {
		warn("%s", from);
		return (1);
	}
	out = open(to, O_WRONLY | O_CREAT | O_TRUNC,
	    st->st_mode & (S_IRWXU | S_IRWXG | S_IRWXO));
	if (out < 0) {
		warn("%s", to);
		close(in);
		return (1);
	}
	if (fstat(out, &there) == 0 && there.st_ino == st->st_ino &&
	    there.st_dev == st->st_dev) {
		warnx("%s and %s are identical (not copied).", from, to);
		rc = 1;
	} else {
		rc = copy_bytes(in, out, from, to);
	}
	close(in);
	if (close(out) < 0) {
		warn("%s", to);
		rc = 1;
	}
	return (rc);
}

static int
copy_link(const char *from, const char *to)
{
	char target[PATH_MAX];
	ssize_t n = readlink(from, target, sizeof(target) - 1);

	if (n < 0) {
		warn("%s", from);
		return (1);
	}
	target[n] = '\0';
	if ((unlink(to) < 0 && errno != ENOENT) || symlink(target, to) < 0) {
		warn("%s", to);
		return (1);
	}
	return (0);
}

int
copy_object(const char *from, const struct stat *st, const char *to, int keep)
{
	int rc;

	switch (st->st_mode & S_IFMT) {
	case S_IFREG:
		rc = copy_file(from, st, to);
		break;
	case S_IFLNK:
		rc = copy_link(from, to);
		break;
	case S_IFIFO:
	case S_IFCHR:
	case S_IFBLK:
		unlink(to);
		rc = S_ISFIFO(st->st_mode) ? mkfifo(to, st->st_mode) :
		    mknod(to, st->st_mode, st->st_rdev);
		if (rc < 0) {
			warn("%s", to);
			rc = 1;
		}
		break;
	default:
		warnx("%s: cannot copy this kind of file", from);
		return (1);
	}
	if (rc == 0 && keep)
		rc = copy_attributes(to, st);
	return (rc);
}
