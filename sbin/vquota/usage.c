/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vquota: count what files use: the sizes of all below a directory, but for
 * directories, on the same filesystem, each once.
 */
#include <sys/param.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <err.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>

#include "vquota.h"

/* A file of several names that has been counted. */
struct seen {
	RB_ENTRY(seen)	link;
	ino_t		ino;
};
RB_HEAD(seen_tree, seen);

static int
seen_cmp(struct seen *a, struct seen *b)
{
	return (a->ino < b->ino ? -1 : a->ino > b->ino);
}

RB_PROTOTYPE_STATIC(seen_tree, seen, link, seen_cmp);
RB_GENERATE_STATIC(seen_tree, seen, link, seen_cmp);

static int
entry_cmp(struct entry *a, struct entry *b)
{
	return (a->id < b->id ? -1 : a->id > b->id);
}

RB_GENERATE(entries, entry, link, entry_cmp);

struct entry *
usage_entry(struct entries *entries, uint32_t id)
{
	struct entry key = { .id = id }, *e;

	e = RB_FIND(entries, entries, &key);
	if (e == NULL) {
		e = calloc(1, sizeof(*e));
		if (e == NULL)
			err(1, NULL);
		e->id = id;
		RB_INSERT(entries, entries, e);
	}
	return (e);
}

/* Null mounts show files of the same device a second time. */
static int
is_mount_point(const char *path)
{
	static struct statfs *mounts;
	static int n = -1;
	int i;

	if (n < 0)
		n = getmntinfo(&mounts, MNT_NOWAIT);
	for (i = 0; i < n; i++) {
		if (strcmp(mounts[i].f_mntonname, path) == 0)
			return (1);
	}
	return (0);
}

/* Where the kernel keeps counters does not count. */
static int
is_store(const FTSENT *ent, const char *top)
{
	return (ent->fts_level == 1 && strcmp(ent->fts_name, ".vquota") == 0 &&
	    is_mount_point(top));
}

static int
counted_before(struct seen_tree *tree, const struct stat *st)
{
	struct seen *s;

	if (st->st_nlink < 2)
		return (0);
	s = malloc(sizeof(*s));
	if (s == NULL)
		err(1, NULL);
	s->ino = st->st_ino;
	if (RB_INSERT(seen_tree, tree, s) == NULL)
		return (0);
	free(s);
	return (1);
}

void
usage_count(const char *dir, struct usage *u)
{
	struct seen_tree seen = RB_INITIALIZER(&seen);
	char path[MAXPATHLEN], *args[2] = { path, NULL };
	const struct stat *st;
	FTSENT *ent;
	FTS *fts;

	if (realpath(dir, path) == NULL)
		err(1, "%s", dir);
	fts = fts_open(args, FTS_PHYSICAL | FTS_XDEV | FTS_NOCHDIR, NULL);
	if (fts == NULL)
		err(1, "%s", dir);
	while ((ent = fts_read(fts)) != NULL) {
		st = ent->fts_statp;
		switch (ent->fts_info) {
		case FTS_D:
			if (ent->fts_level > 0 &&
			    (is_mount_point(ent->fts_path) ||
			    is_store(ent, path)))
				fts_set(fts, ent, FTS_SKIP);
			break;
		case FTS_DP:
		case FTS_DC:
			break;
		case FTS_DNR:
		case FTS_ERR:
		case FTS_NS:
			errc(1, ent->fts_errno, "%s", ent->fts_path);
		default:
			if (counted_before(&seen, st))
				break;
			u->total.used += st->st_size;
			usage_entry(&u->users, st->st_uid)->used +=
			    st->st_size;
			usage_entry(&u->groups, st->st_gid)->used +=
			    st->st_size;
			break;
		}
	}
	fts_close(fts);
}
