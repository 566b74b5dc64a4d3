/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ftw() and nftw(), on top of fts.
 */
#include <sys/stat.h>
#include <errno.h>
#include <fts.h>
#include <ftw.h>
#include <stddef.h>

typedef int (*ftw_fn)(const char *, const struct stat *, int);
typedef int (*nftw_fn)(const char *, const struct stat *, int, struct FTW *);

/* The kind of an entry, -1 if it is not reported, -2 for an error. */
static int
entry_kind(const FTSENT *ent, int flags)
{
	switch (ent->fts_info) {
	case FTS_D:
		return ((flags & FTW_DEPTH) != 0 ? -1 : FTW_D);
	case FTS_DP:
		return ((flags & FTW_DEPTH) != 0 ? FTW_DP : -1);
	case FTS_DC:
		return (-1);
	case FTS_DNR:
		return (FTW_DNR);
	case FTS_NS:
	case FTS_NSOK:
		return (FTW_NS);
	case FTS_SL:
		return (FTW_SL);
	case FTS_SLNONE:
		return (FTW_SLN);
	case FTS_ERR:
		return (-2);
	default:
		return (FTW_F);
	}
}

static int
tree_walk(const char *path, ftw_fn fn, nftw_fn nfn, int maxfds, int flags)
{
	char *const paths[2] = { __DECONST(char *, path), NULL };
	struct FTW ftw;
	FTSENT *ent;
	FTS *fts;
	int options, kind, rc = 0, saved;

	if (maxfds < 1) {
		errno = EINVAL;
		return (-1);
	}
	options = (flags & FTW_PHYS) != 0 ? FTS_PHYSICAL :
	    FTS_LOGICAL | FTS_COMFOLLOW;
	if ((flags & FTW_CHDIR) == 0)
		options |= FTS_NOCHDIR;
	if ((flags & FTW_MOUNT) != 0)
		options |= FTS_XDEV;
	fts = fts_open(paths, options, NULL);
	if (fts == NULL)
		return (-1);
	while (rc == 0 && (errno = 0, ent = fts_read(fts)) != NULL) {
		kind = entry_kind(ent, flags);
		if (kind == -1)
			continue;
		if (kind == -2) {
			errno = ent->fts_errno;
			rc = -1;
			break;
		}
		if (fn != NULL) {
			if (kind == FTW_SLN || kind == FTW_SL)
				kind = FTW_NS;
			rc = fn(ent->fts_path, ent->fts_statp, kind);
		} else {
			ftw.base = (int)(ent->fts_pathlen - ent->fts_namelen);
			ftw.level = (int)ent->fts_level;
			rc = nfn(ent->fts_path, ent->fts_statp, kind, &ftw);
		}
	}
	if (rc == 0 && errno != 0)
		rc = -1;
	saved = errno;
	fts_close(fts);
	errno = saved;
	return (rc);
}

int
ftw(const char *path, ftw_fn fn, int maxfds)
{
	return (tree_walk(path, fn, NULL, maxfds, 0));
}

int
nftw(const char *path, nftw_fn fn, int maxfds, int flags)
{
	return (tree_walk(path, NULL, fn, maxfds, flags));
}
