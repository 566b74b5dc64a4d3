/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading directories.
 *
 * A DIR is a descriptor and a buffer of entries.  A position is the file
 * offset of the buffer plus the number of entries taken from it; telldir()
 * hands out numbers of positions it keeps, since offsets of entries inside
 * a buffer are nobody's business.
 */
#include <sys/param.h>
#include <sys/stat.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "libc_private.h"

#define DIR_BUFSIZE	32768

struct dir_position {
	long	base;		/* offset of the buffer */
	size_t	entry;		/* entries before it */
};

struct _dirdesc {
	int	dd_fd;
	size_t	dd_loc;		/* next entry in the buffer, bytes */
	size_t	dd_size;	/* valid bytes */
	size_t	dd_count;	/* entries taken from the buffer */
	long	dd_base;	/* offset the buffer was read at */
	char	*dd_buf;
	int	dd_flags;	/* DTF_* */
	libc_lock_t dd_lock;
	struct dir_position *dd_told;	/* telldir() */
	size_t	dd_ntold;
};

static DIR *
dir_open(int fd, int flags)
{
	DIR *dirp = calloc(1, sizeof(*dirp));

	if (dirp == NULL)
		return (NULL);
	dirp->dd_buf = malloc(DIR_BUFSIZE);
	if (dirp->dd_buf == NULL) {
		free(dirp);
		return (NULL);
	}
	dirp->dd_fd = fd;
	dirp->dd_flags = flags;
	return (dirp);
}

DIR *
fdopendir(int fd)
{
	struct stat sb;
	DIR *dirp;

	if (fstat(fd, &sb) != 0)
		return (NULL);
	if (!S_ISDIR(sb.st_mode)) {
		errno = ENOTDIR;
		return (NULL);
	}
	dirp = dir_open(fd, 0);
	if (dirp != NULL) {
		fcntl(fd, F_SETFD, FD_CLOEXEC);
		dirp->dd_base = lseek(fd, 0, SEEK_CUR);
	}
	return (dirp);
}

DIR *
__opendir2(const char *name, int flags)
{
	DIR *dirp;
	int fd, saved_errno;

	fd = open(name, O_RDONLY | O_NONBLOCK | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return (NULL);
	dirp = dir_open(fd, flags);
	if (dirp == NULL) {
		saved_errno = errno;
		close(fd);
		errno = saved_errno;
	}
	return (dirp);
}

DIR *
opendir(const char *name)
{
	return (__opendir2(name, DTF_HIDEW | DTF_NODUP));
}

int
closedir(DIR *dirp)
{
	int fd = dirp->dd_fd;

	free(dirp->dd_told);
	free(dirp->dd_buf);
	free(dirp);
	return (close(fd));
}

int
(dirfd)(DIR *dirp)
{
	return (dirp->dd_fd);
}

static struct dirent *
dir_next(DIR *dirp)
{
	struct dirent *dp;
	int n;

	for (;;) {
		if (dirp->dd_loc >= dirp->dd_size) {
			n = getdirentries(dirp->dd_fd, dirp->dd_buf,
			    DIR_BUFSIZE, &dirp->dd_base);
			dirp->dd_loc = dirp->dd_count = 0;
			dirp->dd_size = n > 0 ? (size_t)n : 0;
			if (n <= 0)
				return (NULL);
		}
		dp = (struct dirent *)(void *)(dirp->dd_buf + dirp->dd_loc);
		if (dp->d_namlen > MAXNAMLEN) {
			dirp->dd_loc = dirp->dd_size;
			errno = EIO;
			return (NULL);
		}
		dirp->dd_loc += _DIRENT_DIRSIZ(dp);
		dirp->dd_count++;
		if (dp->d_ino == 0)
			continue;
		if (dp->d_type == DT_WHT && (dirp->dd_flags & DTF_HIDEW) != 0)
			continue;
		return (dp);
	}
}

struct dirent *
readdir(DIR *dirp)
{
	struct dirent *dp;

	libc_lock(&dirp->dd_lock);
	dp = dir_next(dirp);
	libc_unlock(&dirp->dd_lock);
	return (dp);
}

int
readdir_r(DIR *restrict dirp, struct dirent *restrict entry,
    struct dirent **restrict result)
{
	struct dirent *dp;
	int saved_errno = errno, error = 0;

	libc_lock(&dirp->dd_lock);
	errno = 0;
	dp = dir_next(dirp);
	if (dp != NULL)
		memcpy(entry, dp, _DIRENT_DIRSIZ(dp));
	else
		error = errno;
	libc_unlock(&dirp->dd_lock);
	*result = dp != NULL ? entry : NULL;
	errno = saved_errno;
	return (error);
}

void
rewinddir(DIR *dirp)
{
	libc_lock(&dirp->dd_lock);
	lseek(dirp->dd_fd, 0, SEEK_SET);
	dirp->dd_loc = dirp->dd_size = dirp->dd_count = 0;
	dirp->dd_base = 0;
	libc_unlock(&dirp->dd_lock);
}

/* The result is 1 more than the index of a kept position. */
long
telldir(DIR *dirp)
{
	struct dir_position *told;
	long where = -1;
	size_t i;

	libc_lock(&dirp->dd_lock);
	for (i = 0; i < dirp->dd_ntold; i++) {
		if (dirp->dd_told[i].base == dirp->dd_base &&
		    dirp->dd_told[i].entry == dirp->dd_count)
			break;
	}
	if (i == dirp->dd_ntold) {
		told = reallocarray(dirp->dd_told, i + 1, sizeof(*told));
		if (told == NULL)
			goto done;
		told[i].base = dirp->dd_base;
		told[i].entry = dirp->dd_count;
		dirp->dd_told = told;
		dirp->dd_ntold++;
	}
	where = (long)i + 1;
done:
	libc_unlock(&dirp->dd_lock);
	return (where);
}

void
seekdir(DIR *dirp, long where)
{
	struct dir_position *pos;

	libc_lock(&dirp->dd_lock);
	if (where > 0 && (size_t)where <= dirp->dd_ntold) {
		pos = &dirp->dd_told[where - 1];
		lseek(dirp->dd_fd, pos->base, SEEK_SET);
		dirp->dd_loc = dirp->dd_size = dirp->dd_count = 0;
		dirp->dd_base = pos->base;
		while (dirp->dd_count < pos->entry && dir_next(dirp) != NULL)
			continue;
	}
	libc_unlock(&dirp->dd_lock);
}

int
alphasort(const struct dirent **a, const struct dirent **b)
{
	return (strcoll((*a)->d_name, (*b)->d_name));
}

int
scandir(const char *name, struct dirent ***listp,
    int (*select)(const struct dirent *),
    int (*compare)(const struct dirent **, const struct dirent **))
{
	struct dirent *dp, *copy, **list = NULL, **grown;
	size_t count = 0, room = 0;
	DIR *dirp;

	dirp = opendir(name);
	if (dirp == NULL)
		return (-1);
	while ((dp = readdir(dirp)) != NULL) {
		if (select != NULL && !select(dp))
			continue;
		if (count == room) {
			room = room * 2 + 32;
			grown = reallocarray(list, room, sizeof(*list));
			if (grown == NULL)
				goto fail;
			list = grown;
		}
		copy = malloc(_DIRENT_DIRSIZ(dp));
		if (copy == NULL)
			goto fail;
		list[count++] = memcpy(copy, dp, _DIRENT_DIRSIZ(dp));
	}
	closedir(dirp);
	if (count > 0 && compare != NULL)
		qsort(list, count, sizeof(*list),
		    (int (*)(const void *, const void *))compare);
	*listp = list;
	return ((int)count);
fail:
	while (count > 0)
		free(list[--count]);
	free(list);
	closedir(dirp);
	return (-1);
}
