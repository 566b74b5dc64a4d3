/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rm - remove directory entries
 *
 * usage: rm [-dfiRrv] file ...
 *        unlink file
 */
#include <sys/types.h>
#include <sys/stat.h>

#include <err.h>
#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int dirs, force, ask, recursive, verbose, status;

static int
confirmed(const char *question, const char *path)
{
	int first, c;

	fprintf(stderr, "%s %s? ", question, path);
	fflush(stderr);
	first = c = getchar();
	while (c != '\n' && c != EOF)
		c = getchar();
	return (first == 'y' || first == 'Y');
}

/* Whether the user agrees; asks about what is not writable too. */
static int
may_remove(const char *path, const struct stat *st)
{
	if (force)
		return (1);
	if (ask)
		return (confirmed("remove", path));
	if (!S_ISLNK(st->st_mode) && isatty(STDIN_FILENO) &&
	    access(path, W_OK) < 0 && errno == EACCES)
		return (confirmed("override protection of", path));
	return (1);
}

static void
done(int rc, const char *path)
{
	if (rc == 0) {
		if (verbose)
			printf("%s\n", path);
	} else if (!force || errno != ENOENT) {
		warn("%s", path);
		status = 1;
	}
}

static void
remove_files(char **argv)
{
	struct stat st;

	for (; *argv != NULL; argv++) {
		if (lstat(*argv, &st) < 0) {
			if (!force || errno != ENOENT) {
				warn("%s", *argv);
				status = 1;
			}
			continue;
		}
		if (S_ISDIR(st.st_mode) && !dirs) {
			warnx("%s: is a directory", *argv);
			status = 1;
			continue;
		}
		if (may_remove(*argv, &st))
			done(S_ISDIR(st.st_mode) ? rmdir(*argv) :
			    unlink(*argv), *argv);
	}
}

static void
remove_trees(char **argv)
{
	FTSENT *p;
	FTS *fts;

	fts = fts_open(argv, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	if (fts == NULL)
		err(1, NULL);
	while ((p = fts_read(fts)) != NULL) {
		switch (p->fts_info) {
		case FTS_DNR:
			if (force && p->fts_errno == ENOENT)
				break;
			/* FALLTHROUGH */
		case FTS_ERR:
		case FTS_NS:
			if (force && p->fts_errno == ENOENT)
				break;
			warnx("%s: %s", p->fts_path, strerror(p->fts_errno));
			status = 1;
			break;
		case FTS_D:
			if (ask && p->fts_level > 0 &&
			    !confirmed("examine files in directory", p->fts_path)) {
				fts_set(fts, p, FTS_SKIP);
				p->fts_number = 1;
			}
			break;
		case FTS_DP:
			if (p->fts_number == 0 &&
			    (!ask || confirmed("remove", p->fts_path)))
				done(rmdir(p->fts_accpath), p->fts_path);
			break;
		default:
			if (force || may_remove(p->fts_accpath, p->fts_statp))
				done(unlink(p->fts_accpath), p->fts_path);
		}
	}
	if (errno != 0)
		err(1, "fts_read");
	fts_close(fts);
}

/* "." and ".." are never removed, nor is the root. */
static void
drop_dots(char **argv)
{
	char **to = argv, *base, *end;

	for (; *argv != NULL; argv++) {
		end = *argv + strlen(*argv);
		while (end > *argv + 1 && end[-1] == '/')
			*--end = '\0';
		base = strrchr(*argv, '/');
		base = base != NULL && base[1] != '\0' ? base + 1 : *argv;
		if (strcmp(base, ".") == 0 || strcmp(base, "..") == 0 ||
		    strcmp(base, "/") == 0) {
			warnx("\"%s\" may not be removed", *argv);
			status = 1;
		} else {
			*to++ = *argv;
		}
	}
	*to = NULL;
}

int
main(int argc, char **argv)
{
	int c;

	if (strcmp(getprogname(), "unlink") == 0) {
		if (argc != 2)
			errx(1, "usage: unlink file");
		if (unlink(argv[1]) < 0)
			err(1, "%s", argv[1]);
		return (0);
	}
	while ((c = getopt(argc, argv, "dfiRrv")) != -1) {
		switch (c) {
		case 'd':
			dirs = 1;
			break;
		case 'f':
			force = 1;
			ask = 0;
			break;
		case 'i':
			ask = 1;
			force = 0;
			break;
		case 'R':
		case 'r':
			recursive = 1;
			break;
		case 'v':
			verbose = 1;
			break;
		default:
			goto usage;
		}
	}
	argv += optind;
	if (*argv == NULL) {
		if (force)
			return (0);
		goto usage;
	}
	drop_dots(argv);
	if (*argv != NULL) {
		if (recursive)
			remove_trees(argv);
		else
			remove_files(argv);
	}
	return (status);
usage:
	fprintf(stderr, "usage: rm [-dfiRrv] file ...\n");
	return (1);
}
