/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The current directory, which the kernel's name cache knows.
 */
#include <sys/param.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "libc_private.h"

char *
getcwd(char *buf, size_t size)
{
	char tmp[MAXPATHLEN];
	size_t len;

	if (buf != NULL && size == 0) {
		errno = EINVAL;
		return (NULL);
	}
	if (__getcwd(tmp, sizeof(tmp)) != 0)
		return (NULL);
	len = strlen(tmp) + 1;
	if (buf == NULL)
		return (strdup(tmp));
	if (len > size) {
		errno = ERANGE;
		return (NULL);
	}
	return (memcpy(buf, tmp, len));
}

char *
getwd(char *buf)
{
	if (getcwd(buf, MAXPATHLEN) != NULL)
		return (buf);
	strlcpy(buf, strerror(errno), MAXPATHLEN);
	return (NULL);
}
