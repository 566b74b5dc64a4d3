/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Files with names nobody else has: mkstemp() and its relatives.
 */
#include <sys/types.h>
#include <sys/stat.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum temp_kind {
	TEMP_FILE, TEMP_DIR, TEMP_NAME
};

#define TEMP_TRIES	1000

/* Replace the X's before a suffix; the file, 0, or -1. */
static int
make_temp(char *path, enum temp_kind kind, int flags, int suffix)
{
	static const char letters[] =
	    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
	char *start, *end, *p;
	struct stat sb;
	int fd, tries;

	if (suffix < 0 || (size_t)suffix > strlen(path)) {
		errno = EINVAL;
		return (-1);
	}
	end = path + strlen(path) - suffix;
	for (start = end; start > path && start[-1] == 'X'; start--)
		continue;
	for (tries = 0; tries < TEMP_TRIES; tries++) {
		for (p = start; p < end; p++)
			*p = letters[arc4random_uniform(sizeof(letters) - 1)];
		switch (kind) {
		case TEMP_FILE:
			fd = open(path, O_RDWR | O_CREAT | O_EXCL | flags,
			    0600);
			if (fd >= 0)
				return (fd);
			break;
		case TEMP_DIR:
			if (mkdir(path, 0700) == 0)
				return (0);
			break;
		case TEMP_NAME:
			if (lstat(path, &sb) != 0)
				return (errno == ENOENT ? 0 : -1);
			errno = EEXIST;
			break;
		}
		if (errno != EEXIST || start == end)
			return (-1);
	}
	return (-1);
}

int
mkstemp(char *path)
{
	return (make_temp(path, TEMP_FILE, 0, 0));
}

int
mkstemps(char *path, int suffix)
{
	return (make_temp(path, TEMP_FILE, 0, suffix));
}

int
mkostemp(char *path, int flags)
{
	return (make_temp(path, TEMP_FILE, flags & ~O_ACCMODE, 0));
}

int
mkostemps(char *path, int suffix, int flags)
{
	return (make_temp(path, TEMP_FILE, flags & ~O_ACCMODE, suffix));
}

char *
mkdtemp(char *path)
{
	return (make_temp(path, TEMP_DIR, 0, 0) == 0 ? path : NULL);
}

char *
mktemp(char *path)
{
	return (make_temp(path, TEMP_NAME, 0, 0) == 0 ? path : NULL);
}
