/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Walking through files; see treewalk.h.
 */
#include <sys/types.h>
#include <sys/stat.h>

#include <err.h>
#include <errno.h>
#include <string.h>

#include "treewalk.h"

int
treewalk_option(struct treewalk *w, int letter)
{
	switch (letter) {
	case 'H':
	case 'L':
	case 'P':
		w->follow = letter;
		return (1);
	case 'R':
		w->recursive = 1;
		return (1);
	case 'h':
		w->links = 1;
		return (1);
	case 'x':
		w->one_device = 1;
		return (1);
	}
	return (0);
}

/* Whether the entry is to be visited; reports what is wrong with it. */
static int
usable(const struct treewalk *w, FTS *fts, FTSENT *p, int *rc)
{
	switch (p->fts_info) {
	case FTS_D:
		if (!w->recursive)
			fts_set(fts, p, FTS_SKIP);
		return (1);
	case FTS_DP:
		return (0);
	case FTS_DC:
		warnx("%s: directory causes a cycle", p->fts_path);
		*rc = 1;
		return (0);
	case FTS_DNR:
		/* It was visited before it turned out to be unreadable. */
		warnx("%s: %s", p->fts_path, strerror(p->fts_errno));
		*rc = 1;
		return (0);
	case FTS_ERR:
	case FTS_NS:
		warnx("%s: %s", p->fts_path, strerror(p->fts_errno));
		*rc = 1;
		return (0);
	case FTS_SL:
	case FTS_SLNONE:
		if (!w->links && p->fts_info == FTS_SLNONE &&
		    p->fts_level == FTS_ROOTLEVEL) {
			warnx("%s: %s", p->fts_path, strerror(ENOENT));
			*rc = 1;
		}
		return (w->links);
	}
	return (1);
}

int
treewalk_run(const struct treewalk *w, char **files,
    int (*visit)(FTSENT *, void *), void *arg)
{
	int options, rc = 0;
	FTSENT *p;
	FTS *fts;

	if (!w->recursive)
		options = w->links ? FTS_PHYSICAL :
		    FTS_PHYSICAL | FTS_COMFOLLOW;
	else if (w->follow == 'L')
		options = FTS_LOGICAL;
	else if (w->follow == 'H')
		options = FTS_PHYSICAL | FTS_COMFOLLOW;
	else
		options = FTS_PHYSICAL;
	if (w->one_device)
		options |= FTS_XDEV;
	fts = fts_open(files, options, NULL);
	if (fts == NULL)
		err(1, NULL);
	while ((p = fts_read(fts)) != NULL) {
		if (usable(w, fts, p, &rc) && visit(p, arg) != 0)
			rc = 1;
	}
	if (errno != 0)
		err(1, "fts_read");
	fts_close(fts);
	return (rc);
}
