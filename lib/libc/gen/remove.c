/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * remove(): of a file or an empty directory.
 */
#include <sys/stat.h>
#include <stdio.h>
#include <unistd.h>

int
remove(const char *path)
{
	struct stat sb;

	if (lstat(path, &sb) != 0)
		return (-1);
	return (S_ISDIR(sb.st_mode) ? rmdir(path) : unlink(path));
}
