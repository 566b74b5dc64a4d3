/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mv - move files
 *
 * usage: mv [-f | -i | -n] [-hv] source target
 *        mv [-f | -i | -n] [-v] source ... directory
 *
 * Across filesystems a file is copied with its attributes and removed; a
 * directory goes through cp(1) and rm(1).
 */
#include <sys/types.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "copy.h"

static int force, ask, no_clobber, verbose;

static int
run(const char *path, const char *const argv[])
{
	int status;
	pid_t pid = fork();

	if (pid < 0)
		err(EX_OSERR, "fork");
	if (pid == 0) {
		execv(path, __DECONST(char *const *, argv));
		warn("%s", path);
		_exit(127);
	}
	if (waitpid(pid, &status, 0) < 0)
		err(EX_OSERR, "waitpid");
	return (status);
}

static int
move_across(const char *from, const struct stat *st, const char *to)
{
	const char *cp[] = { "mv", "-PRp", "--", from, to, NULL };
	const char *rm[] = { "mv", "-Rf", "--", from, NULL };

	if (S_ISDIR(st->st_mode)) {
		if (rmdir(to) < 0 && errno != ENOENT) {
			warn("%s", to);
			return (1);
		}
		if (run("/bin/cp", cp) != 0 || run("/bin/rm", rm) != 0)
			return (1);
		return (0);
	}
	if (copy_object(from, st, to, 1) != 0) {
		unlink(to);
		return (1);
	}
	if (unlink(from) < 0) {
		warn("%s: remove", from);
		return (1);
	}
	return (0);
}

static int
may_replace(const char *from, const char *to)
{
	struct stat st;
	int first, c;

	if (force || lstat(to, &st) < 0)
		return (1);
	if (no_clobber) {
		if (verbose)
			printf("%s not overwritten\n", to);
		return (0);
	}
	if (!ask && (access(to, W_OK) == 0 || !isatty(STDIN_FILENO) ||
	    S_ISLNK(st.st_mode)))
		return (1);
	fprintf(stderr, ask ? "overwrite %s? (y/n [n]) " :
	    "override protection of %s? (y/n [n]) ", to);
	first = c = getchar();
	while (c != '\n' && c != EOF)
		c = getchar();
	if (first == 'y' || first == 'Y')
		return (1);
	fprintf(stderr, "not overwritten\n");
	return (0);
}

static int
move(const char *from, const char *to)
{
	struct stat st;
	int rc = 0;

	if (lstat(from, &st) < 0) {
		warn("rename %s to %s", from, to);
		return (1);
	}
	if (!may_replace(from, to))
		return (0);
	if (rename(from, to) < 0) {
		if (errno != EXDEV) {
			warn("rename %s to %s", from, to);
			return (1);
		}
		rc = move_across(from, &st, to);
	}
	if (rc == 0 && verbose)
		printf("%s -> %s\n", from, to);
	return (rc);
}

int
main(int argc, char **argv)
{
	char path[PATH_MAX], *base, *target, *end;
	struct stat st;
	int c, no_follow = 0, rc = 0;

	while ((c = getopt(argc, argv, "fhinv")) != -1) {
		switch (c) {
		case 'f':
			force = 1;
			ask = no_clobber = 0;
			break;
		case 'h':
			no_follow = 1;
			break;
		case 'i':
			ask = 1;
			force = no_clobber = 0;
			break;
		case 'n':
			no_clobber = 1;
			force = ask = 0;
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
	if (argc < 2)
		goto usage;
	target = argv[argc - 1];
	if ((no_follow ? lstat : stat)(target, &st) < 0 ||
	    !S_ISDIR(st.st_mode)) {
		if (argc > 2)
			errx(EX_USAGE, "%s is not a directory", target);
		return (move(argv[0], target));
	}
	for (; --argc > 0; argv++) {
		for (end = *argv + strlen(*argv); end > *argv + 1 &&
		    end[-1] == '/'; end--)
			end[-1] = '\0';
		base = strrchr(*argv, '/');
		base = base != NULL ? base + 1 : *argv;
		if (snprintf(path, sizeof(path), "%s/%s", target, base) >=
		    (int)sizeof(path)) {
			warnx("%s/%s: name too long", target, base);
			rc = 1;
			continue;
		}
		rc |= move(*argv, path);
	}
	return (rc);
usage:
	fprintf(stderr, "usage: mv [-f | -i | -n] [-hv] source target\n"
	    "       mv [-f | -i | -n] [-v] source ... directory\n");
	return (EX_USAGE);
}
