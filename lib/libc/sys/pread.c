/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading and writing at an offset: the extended calls without flags.
 */
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

ssize_t
pread(int fd, void *buf, size_t nbytes, off_t offset)
{
	return (extpread(fd, buf, nbytes, 0, offset));
}

ssize_t
pwrite(int fd, const void *buf, size_t nbytes, off_t offset)
{
	return (extpwrite(fd, buf, nbytes, 0, offset));
}

ssize_t
preadv(int fd, const struct iovec *iov, int iovcnt, off_t offset)
{
	return (extpreadv(fd, iov, iovcnt, 0, offset));
}

ssize_t
pwritev(int fd, const struct iovec *iov, int iovcnt, off_t offset)
{
	return (extpwritev(fd, iov, iovcnt, 0, offset));
}
