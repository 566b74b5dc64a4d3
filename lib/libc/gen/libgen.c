/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The last component of a path, and what is before it.
 */
#include <sys/param.h>
#include <errno.h>
#include <libgen.h>
#include <string.h>

static __thread char base_buf[MAXPATHLEN];
static __thread char dir_buf[MAXPATHLEN];

static char *
result(char *buf, const char *from, size_t len)
{
	if (len >= MAXPATHLEN) {
		errno = ENAMETOOLONG;
		return (NULL);
	}
	memmove(buf, from, len);
	buf[len] = '\0';
	return (buf);
}

char *
basename(const char *path)
{
	const char *start, *end;

	if (path == NULL || *path == '\0')
		return (result(base_buf, ".", 1));
	end = path + strlen(path);
	while (end > path && end[-1] == '/')
		end--;
	if (end == path)
		return (result(base_buf, "/", 1));
	for (start = end; start > path && start[-1] != '/'; start--)
		continue;
	return (result(base_buf, start, (size_t)(end - start)));
}

char *
dirname(const char *path)
{
	const char *end;

	if (path == NULL || *path == '\0')
		return (result(dir_buf, ".", 1));
	end = path + strlen(path);
	while (end > path && end[-1] == '/')
		end--;
	while (end > path && end[-1] != '/')
		end--;
	if (end == path)
		return (result(dir_buf, *path == '/' ? "/" : ".", 1));
	while (end > path + 1 && end[-1] == '/')
		end--;
	return (result(dir_buf, path, (size_t)(end - path)));
}
