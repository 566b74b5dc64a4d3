/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pathchk - can these names be used?
 *
 * usage: pathchk [-Pp] pathname ...
 */
#include <sys/stat.h>
#include <err.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static int portable, careful;

static int
check_characters(const char *path)
{
	static const char set[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/";
	size_t n = strspn(path, set);

	if (path[n] == '\0')
		return (0);
	warnx("%s: contains non-portable character `%c'", path, path[n]);
	return (1);
}

static int
check_component(const char *path, const char *name, size_t len, long max)
{
	if (careful && *name == '-') {
		warnx("%s: contains a component starting with '-'", path);
		return (1);
	}
	if (max >= 0 && len > (size_t)max) {
		warnx("%s: %.*s: component too long (limit %ld)", path,
		    (int)len, name, max);
		return (1);
	}
	return (0);
}

/*
 * Each component against the directory it is to be in, as far as directories
 * exist.
 */
static int
check_components(const char *path)
{
	char *prefix = strdup(path);
	const char *p = path;
	struct stat st;
	long max = portable ? _POSIX_NAME_MAX : NAME_MAX;
	int missing = 0, rv = 0;
	size_t len;

	if (prefix == NULL)
		err(1, NULL);
	while (rv == 0 && *p != '\0') {
		p += strspn(p, "/");
		len = strcspn(p, "/");
		if (len == 0)
			break;
		if (!portable && !missing) {
			memcpy(prefix, path, (size_t)(p - path));
			prefix[p - path] = '\0';
			max = pathconf(p == path ? "." : prefix, _PC_NAME_MAX);
		}
		rv = check_component(path, p, len, max);
		p += len;
		if (rv != 0 || portable || missing)
			continue;
		memcpy(prefix, path, (size_t)(p - path));
		prefix[p - path] = '\0';
		if (lstat(prefix, &st) != 0) {
			missing = errno == ENOENT;
			if (!missing) {
				warn("%s", prefix);
				rv = 1;
			}
		}
	}
	free(prefix);
	return (rv);
}

static int
check(const char *path)
{
	size_t max = portable ? _POSIX_PATH_MAX : PATH_MAX;

	if (*path == '\0') {
		if (!careful && !portable)
			return (0);
		warnx("empty pathname");
		return (1);
	}
	if (strlen(path) >= max) {
		warnx("%s: path too long (limit %zu)", path, max - 1);
		return (1);
	}
	if (portable && check_characters(path))
		return (1);
	return (check_components(path));
}

int
main(int argc, char **argv)
{
	int c, rv = 0;

	while ((c = getopt(argc, argv, "Pp")) != -1) {
		switch (c) {
		case 'P': careful = 1; break;
		case 'p': portable = 1; break;
		default: goto usage;
		}
	}
	argv += optind;
	if (*argv == NULL)
		goto usage;
	for (; *argv != NULL; argv++)
		rv |= check(*argv);
	return (rv);
usage:
	fprintf(stderr, "usage: pathchk [-Pp] pathname ...\n");
	return (EX_USAGE);
}
