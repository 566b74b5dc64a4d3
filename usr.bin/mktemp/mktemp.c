/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mktemp - make temporary files and directories with unique names
 *
 * usage: mktemp [-d] [-q] [-t prefix] [-u] [template ...]
 */
#include <sys/param.h>

#include <err.h>
#include <paths.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int directory, quiet, unsafe;

static int
make(char *name)
{
	int fd = -1;

	if (directory) {
		if (mkdtemp(name) == NULL)
			goto failed;
	} else {
		fd = mkstemp(name);
		if (fd < 0)
			goto failed;
		close(fd);
	}
	if (unsafe && (directory ? rmdir(name) : unlink(name)) != 0)
		goto failed;
	puts(name);
	return (0);
failed:
	if (!quiet)
		warn("%s failed on %s", directory ? "mkdtemp" : "mkstemp",
		    name);
	return (1);
}

int
main(int argc, char **argv)
{
	const char *prefix = NULL, *dir;
	char name[MAXPATHLEN];
	int c, rc = 0;

	while ((c = getopt(argc, argv, "dqt:u")) != -1) {
		switch (c) {
		case 'd': directory = 1; break;
		case 'q': quiet = 1; break;
		case 't': prefix = optarg; break;
		case 'u': unsafe = 1; break;
		default: goto usage;
		}
	}
	argv += optind;
	if (prefix == NULL && *argv == NULL)
		prefix = "tmp";
	if (prefix != NULL) {
		dir = getenv("TMPDIR");
		if (dir == NULL || *dir == '\0')
			dir = _PATH_TMP;
		if (snprintf(name, sizeof(name), "%s%s%s.XXXXXXXX", dir,
		    dir[strlen(dir) - 1] == '/' ? "" : "/", prefix) >=
		    (int)sizeof(name))
			errx(1, "%s: too long", prefix);
		rc |= make(name);
	}
	for (; *argv != NULL; argv++)
		rc |= make(*argv);
	return (rc);
usage:
	fprintf(stderr, "usage: mktemp [-d] [-q] [-t prefix] [-u] template "
	    "...\n       mktemp [-d] [-q] [-u] -t prefix\n");
	return (1);
}
