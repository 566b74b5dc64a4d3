/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Calls with a file offset behind a word of padding.
 */
#include <sys/types.h>
#include <unistd.h>

#include "libc_private.h"

off_t
lseek(int fd, off_t offset, int whence)
{
	return (__sys_lseek(fd, 0, offset, whence));
}

int
truncate(const char *path, off_t length)
{
	return (__sys_truncate(path, 0, length));
}

int
ftruncate(int fd, off_t length)
{
	return (__sys_ftruncate(fd, 0, length));
}
