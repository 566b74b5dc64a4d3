/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Home directories: made from a skeleton, and removed.
 */
#include <sys/stat.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <limits.h>
#include <paths.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "pw.h"

static const char default_skel[] = "/usr/share/skel";

static int
copy_file(const char *from, const char *to, const struct stat *st,
    const struct passwd *pw)
{
	char buf[16384];
	int in, out, r = -1;
	ssize_t n = 0;

	in = open(from, O_RDONLY | O_CLOEXEC);
	out = in >= 0 ? open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
	    st->st_mode & 0777) : -1;
	if (in >= 0 && out >= 0) {
		while ((n = read(in, buf, sizeof(buf))) > 0) {
			if (write(out, buf, (size_t)n) != n) {
				n = -1;
				break;
			}
		}
		r = n < 0 || fchown(out, pw->pw_uid, pw->pw_gid) != 0 ||
		    fchmod(out, st->st_mode & 0777) != 0 ? -1 : 0;
	}
	if (in >= 0)
		close(in);
	if (out >= 0)
		close(out);
	return (r);
}

static int
copy_link(const char *from, const char *to, const struct passwd *pw)
{
	char target[PATH_MAX];
	ssize_t n = readlink(from, target, sizeof(target) - 1);

	if (n < 0)
		return (-1);
	target[n] = '\0';
	return (symlink(target, to) != 0 ||
	    lchown(to, pw->pw_uid, pw->pw_gid) != 0 ? -1 : 0);
}

/* The name in the home of a name in the skeleton: "dot.x" becomes ".x". */
static int
home_name(char *out, size_t size, const struct passwd *pw, const char *rel)
{
	const char *slash = strrchr(rel, '/'), *base;
	int n;

	base = slash != NULL ? slash + 1 : rel;
	if (strncmp(base, "dot.", 4) == 0)
		n = snprintf(out, size, "%s/%.*s%s", pw->pw_dir,
		    (int)(base - rel), rel, base + 3);
	else
		n = snprintf(out, size, "%s/%s", pw->pw_dir, rel);
	return (n < (int)size ? 0 : -1);
}

static int
copy_skeleton(const struct passwd *pw, const char *skel)
{
	char *paths[] = { __DECONST(char *, skel), NULL }, to[PATH_MAX];
	size_t n = strlen(skel) + 1;
	FTSENT *e;
	FTS *fts;
	int r, bad = 0;

	fts = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	if (fts == NULL)
		return (-1);
	while ((e = fts_read(fts)) != NULL) {
		if (e->fts_level == 0 || e->fts_info == FTS_DP)
			continue;
		if (home_name(to, sizeof(to), pw, e->fts_path + n) != 0)
			r = -1;
		else if (e->fts_info == FTS_D)
			r = mkdir(to, e->fts_statp->st_mode & 0777) != 0 ||
			    lchown(to, pw->pw_uid, pw->pw_gid) != 0;
		else if (e->fts_info == FTS_SL || e->fts_info == FTS_SLNONE)
			r = copy_link(e->fts_path, to, pw);
		else
			r = copy_file(e->fts_path, to, e->fts_statp, pw);
		if (r != 0 && errno != EEXIST) {
			warn("%s", to);
			bad = -1;
		}
	}
	fts_close(fts);
	return (bad);
}

int
home_make(const struct passwd *pw, const char *skel, mode_t mode)
{
	char parent[PATH_MAX], *slash;

	strlcpy(parent, pw->pw_dir, sizeof(parent));
	slash = strrchr(parent, '/');
	if (slash != NULL && slash != parent) {
		*slash = '\0';
		if (mkdir(parent, 0755) != 0 && errno != EEXIST) {
			warn("%s", parent);
			return (EX_IOERR);
		}
	}
	if (mkdir(pw->pw_dir, mode) != 0 && errno != EEXIST) {
		warn("%s", pw->pw_dir);
		return (EX_IOERR);
	}
	if (chown(pw->pw_dir, pw->pw_uid, pw->pw_gid) != 0 ||
	    chmod(pw->pw_dir, mode) != 0) {
		warn("%s", pw->pw_dir);
		return (EX_IOERR);
	}
	if (skel == NULL)
		skel = default_skel;
	if (access(skel, R_OK) == 0 && copy_skeleton(pw, skel) != 0)
		return (EX_IOERR);
	return (0);
}

/* Removes a directory and what is in it, on its file system only. */
int
home_remove(const char *dir)
{
	char *paths[] = { __DECONST(char *, dir), NULL };
	FTSENT *e;
	FTS *fts;
	int bad = 0;

	if (dir[0] != '/' || dir[1] == '\0') {
		warnx("not removing %s", dir);
		return (EX_DATAERR);
	}
	fts = fts_open(paths, FTS_PHYSICAL | FTS_XDEV, NULL);
	if (fts == NULL)
		return (EX_IOERR);
	while ((e = fts_read(fts)) != NULL) {
		if (e->fts_info == FTS_D || (e->fts_level == 0 &&
		    e->fts_info == FTS_NS))
			continue;
		if ((e->fts_info == FTS_DP ? rmdir(e->fts_accpath) :
		    unlink(e->fts_accpath)) != 0) {
			warn("%s", e->fts_path);
			bad = EX_IOERR;
		}
	}
	fts_close(fts);
	return (bad);
}
