/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * posix_fallocate(2): sees to it that a part of a file has room on its disk.
 *
 * No file system here can reserve room by itself, so every block of the part
 * that reads as zeros is written.  futimesat(2).
 */
#include <sys/stat.h>
#include <sys/time.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

/* Makes one block exist: its own byte is written back, or a zero. */
static int
touch_block(int fd, off_t at, off_t size)
{
	char c = 0;

	if (at < size && pread(fd, &c, 1, at) < 0)
		return (errno);
	return (pwrite(fd, &c, 1, at) == 1 ? 0 : errno);
}

int
posix_fallocate(int fd, off_t start, off_t length)
{
	struct stat st;
	off_t at, end, step;
	int error = 0, saved = errno;

	if (start < 0 || length <= 0)
		return (EINVAL);
	if (__builtin_add_overflow(start, length, &end))
		return (EFBIG);
	if (fstat(fd, &st) != 0) {
		error = errno;
		goto out;
	}
	if (!S_ISREG(st.st_mode)) {
		error = S_ISFIFO(st.st_mode) ? ESPIPE : ENODEV;
		goto out;
	}
	if ((fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDONLY) {
		error = EBADF;
		goto out;
	}
	step = st.st_blksize > 4096 ? 4096 : st.st_blksize;
	if (step < 1)
		step = 1;
	/* A block that has room already stays as it is. */
	if (st.st_blocks * 512 >= st.st_size && start < st.st_size)
		start = st.st_size < end ? st.st_size : end;
	for (at = start; at < end && error == 0; at += step)
		error = touch_block(fd, at, st.st_size);
	if (error == 0 && end > st.st_size)
		error = touch_block(fd, end - 1, st.st_size);
out:
	errno = saved;
	return (error);
}

int
futimesat(int fd, const char *path, const struct timeval tv[2])
{
	struct timespec ts[2];
	int i;

	for (i = 0; tv != NULL && i < 2; i++) {
		if (tv[i].tv_usec < 0 || tv[i].tv_usec >= 1000000) {
			errno = EINVAL;
			return (-1);
		}
		TIMEVAL_TO_TIMESPEC(&tv[i], &ts[i]);
	}
	if (path == NULL)
		return (futimens(fd, tv != NULL ? ts : NULL));
	return (utimensat(fd, path, tv != NULL ? ts : NULL, 0));
}
