/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Parsing of mount options and the last step of every mount program.
 */
#include <sys/param.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "mntopts.h"

static const struct {
	const char	*name;
	int		 flag;
	int		 inverse;	/* the name clears the flag */
} generic[] = {
	{ "async", MNT_ASYNC, 0 },
	{ "atime", MNT_NOATIME, 1 },
	{ "auto", 0, 0 },
	{ "automounted", MNT_AUTOMOUNTED, 0 },
	{ "clusterr", MNT_NOCLUSTERR, 1 },
	{ "clusterw", MNT_NOCLUSTERW, 1 },
	{ "dev", MNT_NODEV, 1 },
	{ "exec", MNT_NOEXEC, 1 },
	{ "force", MNT_FORCE, 0 },
	{ "groupquota", 0, 0 },
	{ "ignore", MNT_IGNORE, 0 },
	{ "rdonly", MNT_RDONLY, 0 },
	{ "ro", MNT_RDONLY, 0 },
	{ "rw", MNT_RDONLY, 1 },
	{ "suid", MNT_NOSUID, 1 },
	{ "suiddir", MNT_SUIDDIR, 0 },
	{ "symfollow", MNT_NOSYMFOLLOW, 1 },
	{ "sync", MNT_SYNCHRONOUS, 0 },
	{ "trim", MNT_TRIM, 0 },
	{ "update", MNT_UPDATE, 0 },
	{ "userquota", 0, 0 },
};

static int
parse_generic(const char *word, int *flags)
{
	int negated = 0;
	size_t i;

again:
	for (i = 0; i < sizeof(generic) / sizeof(generic[0]); i++) {
		if (strcmp(word, generic[i].name) != 0)
			continue;
		if (negated != generic[i].inverse)
			*flags &= ~generic[i].flag;
		else
			*flags |= generic[i].flag;
		/* "noatime" sets what "atime" clears, and so on */
		return (0);
	}
	if (!negated && strncmp(word, "no", 2) == 0) {
		negated = 1;
		word += 2;
		goto again;
	}
	return (-1);
}

void
mntopts_parse(const char *options, int *flags,
    int (*other)(const char *name, const char *value))
{
	char *copy = strdup(options), *rest = copy, *word, *value;

	if (copy == NULL)
		err(EX_OSERR, NULL);
	while ((word = strsep(&rest, ",")) != NULL) {
		if (*word == '\0')
			continue;
		value = strchr(word, '=');
		if (value == NULL && parse_generic(word, flags) == 0)
			continue;
		if (value != NULL)
			*value++ = '\0';
		if (other == NULL || other(word, value) != 0)
			errx(EX_USAGE, "-o %s: option not supported", word);
	}
	free(copy);
}

void
mntopts_mount(const char *type, const char *dir, int flags, void *args)
{
	if (mount(type, dir, flags, args) == 0)
		return;
	if (errno == ENODEV)
		errx(EX_UNAVAILABLE, "%s: filesystem not supported by kernel",
		    type);
	err(EX_OSERR, "%s", dir);
}

const char *
mntopts_directory(const char *path)
{
	static char real[MAXPATHLEN];
	struct stat st;

	if (realpath(path, real) == NULL || stat(real, &st) < 0)
		err(EX_NOINPUT, "%s", path);
	if (!S_ISDIR(st.st_mode))
		errc(EX_USAGE, ENOTDIR, "%s", path);
	return (real);
}
