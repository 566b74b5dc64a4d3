/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The path of a file without symbolic links, "." and "..".
 */
#include <sys/param.h>
#include <sys/stat.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * Put a link's target in front of what is left to be resolved, which is
 * nothing or begins with a slash.
 */
static bool
insert_link(char *rest, const char *link, size_t len)
{
	size_t restlen = strlen(rest);

	if (len + restlen + 1 > MAXPATHLEN) {
		errno = ENAMETOOLONG;
		return (false);
	}
	memmove(rest + len, rest, restlen + 1);
	memcpy(rest, link, len);
	return (true);
}

static bool
resolve(char *rest, char *out)
{
	char link[MAXPATHLEN], *name, *slash;
	size_t outlen, namelen;
	struct stat sb;
	int links = 0;
	ssize_t n;

	if (rest[0] == '/')
		strcpy(out, "/");
	else if (getcwd(out, MAXPATHLEN) == NULL)
		return (false);
	outlen = strlen(out);
	for (;;) {
		name = rest + strspn(rest, "/");
		namelen = strcspn(name, "/");
		if (namelen == 0)
			return (true);
		if (namelen == 1 && name[0] == '.') {
			memmove(rest, name + 1, strlen(name + 1) + 1);
			/* "file/." needs file to be a directory. */
			if (stat(out, &sb) != 0)
				return (false);
			if (!S_ISDIR(sb.st_mode)) {
				errno = ENOTDIR;
				return (false);
			}
			continue;
		}
		if (namelen == 2 && name[0] == '.' && name[1] == '.') {
			memmove(rest, name + 2, strlen(name + 2) + 1);
			slash = strrchr(out, '/');
			outlen = slash == out ? 1 : (size_t)(slash - out);
			out[outlen] = '\0';
			continue;
		}
		if (outlen + namelen + 2 > MAXPATHLEN) {
			errno = ENAMETOOLONG;
			return (false);
		}
		if (out[outlen - 1] != '/')
			out[outlen++] = '/';
		memcpy(out + outlen, name, namelen);
		out[outlen + namelen] = '\0';
		if (lstat(out, &sb) != 0)
			return (false);
		if (!S_ISLNK(sb.st_mode)) {
			if (name[namelen] == '/' && !S_ISDIR(sb.st_mode)) {
				errno = ENOTDIR;
				return (false);
			}
			outlen += namelen;
			memmove(rest, name + namelen,
			    strlen(name + namelen) + 1);
			continue;
		}
		if (++links > MAXSYMLINKS) {
			errno = ELOOP;
			return (false);
		}
		n = readlink(out, link, sizeof(link) - 1);
		if (n < 0)
			return (false);
		memmove(rest, name + namelen, strlen(name + namelen) + 1);
		if (!insert_link(rest, link, (size_t)n))
			return (false);
		if (link[0] == '/')
			outlen = 1;
		else if (outlen > 1)
			outlen--;
		out[outlen] = '\0';
	}
}

char *
realpath(const char *restrict path, char *restrict resolved)
{
	char rest[MAXPATHLEN], out[MAXPATHLEN];

	if (path == NULL) {
		errno = EINVAL;
		return (NULL);
	}
	if (path[0] == '\0') {
		errno = ENOENT;
		return (NULL);
	}
	if (strlcpy(rest, path, sizeof(rest)) >= sizeof(rest)) {
		errno = ENAMETOOLONG;
		return (NULL);
	}
	if (!resolve(rest, out)) {
		if (resolved != NULL)
			strcpy(resolved, out);
		return (NULL);
	}
	return (resolved != NULL ? strcpy(resolved, out) : strdup(out));
}
