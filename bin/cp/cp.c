/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cp - copy files
 *
 * usage: cp [-R [-H | -L | -P]] [-afinpv] source target
 *        cp [-R [-H | -L | -P]] [-afinpv] source ... directory
 */
#include <sys/types.h>
#include <sys/stat.h>

#include <err.h>
#include <errno.h>
#include <fts.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "copy.h"

static int force, ask, no_clobber, keep, recursive, verbose, status;

static void
usage(void)
{
	fprintf(stderr,
	    "usage: cp [-R [-H | -L | -P]] [-afinpv] source target\n"
	    "       cp [-R [-H | -L | -P]] [-afinpv] source ... directory\n");
	exit(EX_USAGE);
}

static int
may_overwrite(const char *to)
{
	int first, c;

	if (access(to, F_OK) < 0)
		return (1);
	if (no_clobber)
		return (0);
	if (!ask)
		return (1);
	fprintf(stderr, "overwrite %s? (y/n [n]) ", to);
	first = c = getchar();
	while (c != '\n' && c != EOF)
		c = getchar();
	if (first == 'y' || first == 'Y')
		return (1);
	fprintf(stderr, "not overwritten\n");
	return (0);
}

/* The path of p below the target; false if it would be too long. */
static int
target_path(char *to, const char *target, int into, const FTSENT *p,
    size_t root_len)
{
	const char *rest, *base;
	int n;

	if (!into) {
		rest = p->fts_path + root_len;
		n = snprintf(to, PATH_MAX, "%s%s", target, rest);
		return (n < PATH_MAX);
	}
	/* the last component of the argument, then what lies below it */
	base = p->fts_path + root_len;
	while (base > p->fts_path && base[-1] == '/')
		base--;
	while (base > p->fts_path && base[-1] != '/')
		base--;
	if (strcmp(base, "..") == 0)
		base += 2;
	n = snprintf(to, PATH_MAX, "%s/%s", target, base);
	return (n < PATH_MAX);
}

static void
enter_directory(const FTSENT *p, const char *to)
{
	struct stat st;

	if (stat(to, &st) < 0) {
		/* writable while it is being filled; the mode comes after */
		if (mkdir(to, (p->fts_statp->st_mode & 0777) | S_IRWXU) < 0)
			err(1, "%s", to);
		if (verbose)
			printf("%s -> %s\n", p->fts_path, to);
	} else if (!S_ISDIR(st.st_mode)) {
		errno = ENOTDIR;
		err(1, "%s", to);
	}
}

static void
leave_directory(const FTSENT *p, const char *to)
{
	mode_t mask;

	if (keep) {
		status |= copy_attributes(to, p->fts_statp);
		return;
	}
	mask = umask(0);
	umask(mask);
	chmod(to, p->fts_statp->st_mode & 0777 & ~mask);
}

static void
copy_one(const FTSENT *p, const char *to)
{
	if (!may_overwrite(to))
		return;
	if (force)
		unlink(to);
	if (copy_object(p->fts_accpath, p->fts_statp, to, keep) != 0)
		status = 1;
	else if (verbose)
		printf("%s -> %s\n", p->fts_path, to);
}

static void
copy_trees(char **sources, const char *target, int into, int fts_flags)
{
	char to[PATH_MAX];
	size_t root_len = 0;
	FTSENT *p;
	FTS *fts;

	fts = fts_open(sources, fts_flags | FTS_NOCHDIR, NULL);
	if (fts == NULL)
		err(1, NULL);
	while ((p = fts_read(fts)) != NULL) {
		if (p->fts_level == FTS_ROOTLEVEL)
			root_len = p->fts_pathlen;
		switch (p->fts_info) {
		case FTS_NS:
		case FTS_DNR:
		case FTS_ERR:
			warnx("%s: %s", p->fts_path, strerror(p->fts_errno));
			status = 1;
			continue;
		case FTS_DC:
			warnx("%s: directory causes a cycle", p->fts_path);
			status = 1;
			continue;
		}
		if (!target_path(to, target, into, p, root_len)) {
			warnx("%s/%s: name too long", target, p->fts_name);
			status = 1;
			continue;
		}
		switch (p->fts_info) {
		case FTS_D:
			if (!recursive) {
				warnx("%s is a directory (not copied).",
				    p->fts_path);
				fts_set(fts, p, FTS_SKIP);
				status = 1;
				break;
			}
			enter_directory(p, to);
			break;
		case FTS_DP:
			if (recursive)
				leave_directory(p, to);
			break;
		default:
			copy_one(p, to);
		}
	}
	if (errno != 0)
		err(1, "fts_read");
	fts_close(fts);
}

int
main(int argc, char **argv)
{
	char *target;
	struct stat st;
	size_t len;
	int c, into, walk = 0;

	while ((c = getopt(argc, argv, "aHLPRfinprv")) != -1) {
		switch (c) {
		case 'a':
			recursive = keep = 1;
			walk = 'P';
			break;
		case 'H':
		case 'L':
		case 'P':
			walk = c;
			break;
		case 'R':
		case 'r':
			recursive = 1;
			break;
		case 'f':
			force = 1;
			ask = no_clobber = 0;
			break;
		case 'i':
			ask = 1;
			force = no_clobber = 0;
			break;
		case 'n':
			no_clobber = 1;
			force = ask = 0;
			break;
		case 'p':
			keep = 1;
			break;
		case 'v':
			verbose = 1;
			break;
		default:
			usage();
		}
	}
	argc -= optind;
	argv += optind;
	if (argc < 2)
		usage();
	target = argv[--argc];
	argv[argc] = NULL;
	for (len = strlen(target); len > 1 && target[len - 1] == '/'; len--)
		target[len - 1] = '\0';
	into = stat(target, &st) == 0 && S_ISDIR(st.st_mode);
	if (argc > 1 && !into)
		errx(EX_USAGE, "%s is not a directory", target);
	if (!recursive)
		walk = walk == 'P' ? 'P' : 'L';
	copy_trees(argv, target, into, walk == 'L' ? FTS_LOGICAL :
	    walk == 'H' ? FTS_PHYSICAL | FTS_COMFOLLOW : FTS_PHYSICAL);
	return (status);
}
