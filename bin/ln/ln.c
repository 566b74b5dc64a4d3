/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ln - make links
 *
 * usage: ln [-fhinsv] source [target]
 *        ln [-fhinsv] source ... directory
 *        link source target
 */
#include <sys/types.h>
#include <sys/stat.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static int force, ask, no_follow, symbolic, verbose, physical = 1;

static int
make_link(const char *source, const char *target, int into)
{
	char path[PATH_MAX];
	const char *base;
	struct stat st, there;
	int first, c;

	if (!symbolic) {
		if ((physical ? lstat : stat)(source, &st) < 0) {
			warn("%s", source);
			return (1);
		}
		if (S_ISDIR(st.st_mode)) {
			warnx("%s: is a directory", source);
			return (1);
		}
	}
	if (into) {
		base = strrchr(source, '/');
		base = base != NULL ? base + 1 : source;
		if (snprintf(path, sizeof(path), "%s/%s", target, base) >=
		    (int)sizeof(path)) {
			warnx("%s/%s: name too long", target, base);
			return (1);
		}
		target = path;
	}
	if (lstat(target, &there) == 0) {
		if (!symbolic && there.st_ino == st.st_ino &&
		    there.st_dev == st.st_dev) {
			warnx("%s and %s are the same directory entry", source,
			    target);
			return (1);
		}
		if (ask) {
			fprintf(stderr, "replace %s? ", target);
			first = c = getchar();
			while (c != '\n' && c != EOF)
				c = getchar();
			if (first != 'y' && first != 'Y') {
				fprintf(stderr, "not replaced\n");
				return (1);
			}
		}
		if ((force || ask) && unlink(target) < 0) {
			warn("%s", target);
			return (1);
		}
	}
	if ((symbolic ? symlink(source, target) :
	    linkat(AT_FDCWD, source, AT_FDCWD, target,
	    physical ? 0 : AT_SYMLINK_FOLLOW)) < 0) {
		warn("%s", target);
		return (1);
	}
	if (verbose)
		printf("%s %c> %s\n", target, symbolic ? '-' : '=', source);
	return (0);
}

int
main(int argc, char **argv)
{
	struct stat st;
	char *target;
	int c, into, rc = 0;

	if (strcmp(getprogname(), "link") == 0) {
		if (argc != 3)
			errx(EX_USAGE, "usage: link source target");
		return (make_link(argv[1], argv[2], 0));
	}
	while ((c = getopt(argc, argv, "fhiLnPsv")) != -1) {
		switch (c) {
		case 'f':
			force = 1;
			ask = 0;
			break;
		case 'h':
		case 'n':
			no_follow = 1;
			break;
		case 'i':
			ask = 1;
			force = 0;
			break;
		case 'L':
			physical = 0;
			break;
		case 'P':
			physical = 1;
			break;
		case 's':
			symbolic = 1;
			break;
		case 'v':
			verbose = 1;
			break;
		default:
			goto usage;
		}
	}
	argc -= optind;
	argv += optind;
	if (argc == 0)
		goto usage;
	if (argc == 1)
		return (make_link(argv[0], ".", 1));
	target = argv[argc - 1];
	into = (no_follow ? lstat : stat)(target, &st) == 0 &&
	    S_ISDIR(st.st_mode);
	if (argc > 2 && !into)
		errx(EX_USAGE, "%s is not a directory", target);
	for (; argc > 1; argc--, argv++)
		rc |= make_link(*argv, target, into);
	return (rc);
usage:
	fprintf(stderr, "usage: ln [-fhiLnPsv] source [target]\n"
	    "       ln [-fhiLnPsv] source ... directory\n");
	return (EX_USAGE);
}
