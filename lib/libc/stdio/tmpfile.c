/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Temporary files, perror(3) and fmtcheck(3).
 */
#include <errno.h>
#include <paths.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "local.h"

FILE *
tmpfile(void)
{
	char path[256];
	const char *dir;
	FILE *fp;
	int fd, saved;

	dir = issetugid() ? NULL : getenv("TMPDIR");
	if (dir == NULL || *dir == '\0')
		dir = _PATH_TMP;
	snprintf(path, sizeof(path), "%s/tmp.XXXXXXXXXX", dir);
	fd = mkstemp(path);
	if (fd < 0)
		return (NULL);
	unlink(path);
	fp = fdopen(fd, "w+");
	if (fp == NULL) {
		saved = errno;
		close(fd);
		errno = saved;
	}
	return (fp);
}

char *
tmpnam(char *buf)
{
	static char own[L_tmpnam];

	if (buf == NULL)
		buf = own;
	snprintf(buf, L_tmpnam, "%stmp.XXXXXXXXXX", P_tmpdir);
	return (mktemp(buf));
}

static char *
try_dir(const char *dir, const char *prefix)
{
	char *path;

	if (dir == NULL || *dir == '\0' || access(dir, W_OK) != 0)
		return (NULL);
	if (asprintf(&path, "%s/%sXXXXXXXXXX", dir, prefix) < 0)
		return (NULL);
	if (mktemp(path) == NULL || path[0] == '\0') {
		free(path);
		return (NULL);
	}
	return (path);
}

char *
tempnam(const char *dir, const char *prefix)
{
	char *path = NULL;

	if (prefix == NULL)
		prefix = "tmp.";
	if (!issetugid())
		path = try_dir(getenv("TMPDIR"), prefix);
	if (path == NULL)
		path = try_dir(dir, prefix);
	if (path == NULL)
		path = try_dir(P_tmpdir, prefix);
	return (path != NULL ? path : try_dir(_PATH_TMP, prefix));
}

void
perror(const char *msg)
{
	char text[128];
	int saved = errno;

	strerror_r(saved, text, sizeof(text));
	if (msg != NULL && *msg != '\0')
		fprintf(stderr, "%s: %s\n", msg, text);
	else
		fprintf(stderr, "%s\n", text);
	errno = saved;
}

/* The argument classes a format asks for, one byte each; false if odd. */
static bool
classes(const char *fmt, char *out, size_t size)
{
	size_t n = 0;
	char mod;

	for (; *fmt != '\0' && n + 3 < size; fmt++) {
		if (*fmt != '%' || *++fmt == '%')
			continue;
		for (mod = 0; *fmt != '\0' &&
		    strchr("#0- +'.123456789*hljztqL", *fmt) != NULL; fmt++) {
			if (*fmt == '*')
				out[n++] = 'd';
			else if (strchr("ljztqL", *fmt) != NULL)
				mod = 'l';
		}
		if (*fmt == '\0')
			return (false);
		if (strchr("diouxXc", *fmt) != NULL)
			out[n++] = mod ? 'D' : 'd';
		else if (strchr("aAeEfFgG", *fmt) != NULL)
			out[n++] = mod ? 'F' : 'f';
		else
			out[n++] = *fmt;
	}
	out[n] = '\0';
	return (true);
}

const char *
fmtcheck(const char *user, const char *fallback)
{
	char a[128], b[128];

	if (user == NULL || !classes(user, a, sizeof(a)) ||
	    !classes(fallback, b, sizeof(b)) || strncmp(a, b, strlen(a)) != 0)
		return (fallback);
	return (user);
}
