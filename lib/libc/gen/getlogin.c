/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The login name of the session.
 */
#include <sys/param.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "libc_private.h"

int
getlogin_r(char *name, size_t size)
{
	char tmp[MAXLOGNAME];
	size_t len;

	if (__sys_getlogin(tmp, sizeof(tmp)) < 0)
		return (errno);
	tmp[sizeof(tmp) - 1] = '\0';
	len = strlen(tmp) + 1;
	if (len > size)
		return (ERANGE);
	memcpy(name, tmp, len);
	return (0);
}

char *
getlogin(void)
{
	static char name[MAXLOGNAME];

	if (getlogin_r(name, sizeof(name)) != 0 || name[0] == '\0')
		return (NULL);
	return (name);
}
