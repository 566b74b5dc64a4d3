/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mtree - compare a directory tree with a specification
 *
 * usage: mtree [-LPUcdeilnqrux] [-K keywords] [-k keywords] [-f spec]
 *              [-p path]
 */
#include <sys/param.h>
#include <sys/stat.h>
#include <sys/time.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <fts.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "mtree.h"

u_int keys = K_DEFAULT;

static int update, dirs_only, ignore_extra, quiet, remove_extra, loose,
    follow, touch_ok, status;
static char shown[MAXPATHLEN];		/* the path that was named last */

static void __dead2
usage(void)
{
	fprintf(stderr, "usage: mtree [-LPUcdeilnqrux] [-f spec] "
	    "[-K keywords] [-k keywords] [-p path]\n");
	exit(1);
}

/* "path:" once, and what is wrong behind or below it. */
static void __printflike(2, 3)
differs(const char *path, const char *fmt, ...)
{
	va_list ap;

	if (strcmp(shown, path) != 0) {
		printf("%s changed\n", path);
		strlcpy(shown, path, sizeof(shown));
	}
	putchar('\t');
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	if (!touch_ok)
		status = 2;
	touch_ok = 0;
}

static void
result(int rc)
{
	if (rc != 0) {
		printf(", not modified: %s)\n", strerror(errno));
		status = 2;
	} else
		printf(", modified)\n");
}

/* With -u what differs is set right, and is no difference any more. */
static void
fix_owner(const struct node *n, const FTSENT *p)
{
	const struct stat *st = p->fts_statp;
	int rc, u = (n->keys & K_UID) != 0 && n->uid != st->st_uid,
	    g = (n->keys & K_GID) != 0 && n->gid != st->st_gid;

	if (!u && !g)
		return;
	touch_ok = update;
	if (u)
		differs(p->fts_path, "user expected %u found %u%s",
		    (u_int)n->uid, (u_int)st->st_uid, g ? "\n" : "");
	touch_ok = update;
	if (g)
		differs(p->fts_path, "group expected %u found %u",
		    (u_int)n->gid, (u_int)st->st_gid);
	if (update) {
		rc = lchown(p->fts_accpath, u ? n->uid : (uid_t)-1,
		    g ? n->gid : (gid_t)-1);
		printf(" (");
		result(rc);
	} else
		putchar('\n');
}

static void
fix_mode(const struct node *n, const FTSENT *p)
{
	mode_t have = p->fts_statp->st_mode & ALLPERMS;

	if ((n->keys & K_MODE) == 0 || n->mode == have)
		return;
	/* Loosely, what the specification allows may be missing. */
	if (loose && ((n->mode ^ have) & ~(mode_t)0777) == 0 &&
	    (have & ~n->mode) == 0)
		return;
	touch_ok = update;
	differs(p->fts_path, "permissions expected %#o found %#o", n->mode,
	    have);
	if (update) {
		printf(" (");
		result(lchmod(p->fts_accpath, n->mode));
	} else
		putchar('\n');
}

static void
fix_flags(const struct node *n, const FTSENT *p)
{
	char want[128];

	if ((n->keys & K_FLAGS) == 0 || n->flags == p->fts_statp->st_flags)
		return;
	strlcpy(want, fflagstostr(n->flags), sizeof(want));
	touch_ok = update;
	differs(p->fts_path, "flags expected \"%s\" found \"%s\"", want,
	    fflagstostr(p->fts_statp->st_flags));
	if (update) {
		printf(" (");
		result(lchflags(p->fts_accpath, n->flags));
	} else
		putchar('\n');
}

static void
compare_digest(const FTSENT *p, const char *want, const char *name,
    const char *algorithm)
{
	char *have;

	if (want == NULL)
		return;
	have = file_digest(p->fts_accpath, algorithm);
	if (have == NULL)
		differs(p->fts_path, "%s: %s\n", name, strerror(errno));
	else if (strcmp(have, want) != 0)
		differs(p->fts_path, "%s expected %s found %s\n", name, want,
		    have);
	free(have);
}

static void
compare_time(const struct node *n, const FTSENT *p)
{
	const struct timespec *have = &p->fts_statp->st_mtim;
	struct timeval tv[2];
	char want[32];

	if ((n->keys & K_TIME) == 0 || (have->tv_sec == n->mtime.tv_sec &&
	    have->tv_nsec == n->mtime.tv_nsec))
		return;
	snprintf(want, sizeof(want), "%.24s", ctime(&n->mtime.tv_sec));
	touch_ok = update > 1;
	differs(p->fts_path, "modification time expected %s found %.24s",
	    want, ctime(&have->tv_sec));
	if (update > 1) {
		tv[0].tv_sec = tv[1].tv_sec = n->mtime.tv_sec;
		tv[0].tv_usec = tv[1].tv_usec = n->mtime.tv_nsec / 1000;
		printf(" (");
		result(utimes(p->fts_accpath, tv));
	} else
		putchar('\n');
}

static void
compare(const struct node *n, const FTSENT *p)
{
	const struct stat *st = p->fts_statp;
	char link[MAXPATHLEN];
	ssize_t len;

	if ((n->keys & K_TYPE) != 0 && n->type != (st->st_mode & S_IFMT)) {
		differs(p->fts_path, "type expected %s found %s\n",
		    type_name(n->type), type_name(st->st_mode));
		return;
	}
	fix_owner(n, p);
	if (!S_ISLNK(st->st_mode))
		fix_mode(n, p);
	if ((n->keys & K_NLINK) != 0 && !S_ISDIR(st->st_mode) &&
	    n->nlink != st->st_nlink)
		differs(p->fts_path, "link_count expected %ju found %ju\n",
		    (uintmax_t)n->nlink, (uintmax_t)st->st_nlink);
	if ((n->keys & K_SIZE) != 0 && S_ISREG(st->st_mode) &&
	    n->size != st->st_size)
		differs(p->fts_path, "size expected %jd found %jd\n",
		    (intmax_t)n->size, (intmax_t)st->st_size);
	compare_time(n, p);
	if (S_ISREG(st->st_mode)) {
		compare_digest(p, n->md5, "MD5", "md5");
		compare_digest(p, n->sha256, "SHA-256", "sha256");
	}
	if ((n->keys & K_LINK) != 0 && n->link != NULL &&
	    S_ISLNK(st->st_mode)) {
		len = readlink(p->fts_accpath, link, sizeof(link) - 1);
		link[len > 0 ? len : 0] = '\0';
		if (strcmp(link, n->link) != 0)
			differs(p->fts_path, "link ref expected %s found "
			    "%s\n", n->link, link);
	}
	fix_flags(n, p);		/* last: they may forbid the rest */
}

static struct node *
find(struct node *dir, const char *name)
{
	struct node *n;

	for (n = dir != NULL ? dir->child : NULL; n != NULL; n = n->next) {
		if (strcmp(n->name, name) == 0)
			return (n);
	}
	for (n = dir != NULL ? dir->child : NULL; n != NULL; n = n->next) {
		if (fnmatch(n->name, name, FNM_PATHNAME) == 0)
			return (n);
	}
	return (NULL);
}

static void
extra(const FTSENT *p)
{
	if (ignore_extra || (dirs_only && p->fts_info != FTS_D))
		return;
	printf("%s extra", p->fts_path);
	if (remove_extra) {
		if ((S_ISDIR(p->fts_statp->st_mode) ? rmdir : unlink)
		    (p->fts_accpath) != 0)
			printf(", not removed: %s", strerror(errno));
		else
			printf(", removed");
	} else
		status = 2;
	putchar('\n');
}

/* Walks the files with the nodes beside them. */
static void
walk(struct node *root, int one_device)
{
	char dot[] = ".", *argv[] = { dot, NULL };
	struct node *n;
	FTSENT *p;
	FTS *fts;

	fts = fts_open(argv, (follow ? FTS_LOGICAL : FTS_PHYSICAL) |
	    (one_device ? FTS_XDEV : 0), NULL);
	if (fts == NULL)
		err(1, NULL);
	while ((p = fts_read(fts)) != NULL) {
		if (p->fts_info == FTS_DP)
			continue;
		if (p->fts_info == FTS_DNR || p->fts_info == FTS_NS ||
		    p->fts_info == FTS_ERR) {
			warnx("%s: %s", p->fts_path, strerror(p->fts_errno));
			continue;
		}
		n = p->fts_level == 0 ? root :
		    find(p->fts_parent->fts_pointer, p->fts_name);
		p->fts_pointer = n;
		if (n == NULL || (n->visited && p->fts_level == 0)) {
			extra(p);
			if (p->fts_info == FTS_D)
				fts_set(fts, p, FTS_SKIP);
			continue;
		}
		n->visited = 1;
		if ((n->keys & K_NOCHANGE) == 0)
			compare(n, p);
		if (p->fts_info == FTS_D && ((n->keys & K_IGNORE) != 0 ||
		    !S_ISDIR(n->type)))
			fts_set(fts, p, FTS_SKIP);
	}
	fts_close(fts);
}

static int
make(const struct node *n, const char *path)
{
	int rc;

	if (S_ISDIR(n->type))
		rc = mkdir(path, 0700);
	else if (S_ISLNK(n->type) && n->link != NULL)
		rc = symlink(n->link, path);
	else
		return (0);
	if (rc != 0) {
		printf(", not created: %s", strerror(errno));
		return (0);
	}
	printf(", created");
	if ((n->keys & (K_UID | K_GID)) != 0 &&
	    lchown(path, (n->keys & K_UID) != 0 ? n->uid : (uid_t)-1,
	    (n->keys & K_GID) != 0 ? n->gid : (gid_t)-1) != 0)
		printf(", owner not set: %s", strerror(errno));
	if (S_ISDIR(n->type) && chmod(path, (n->keys & K_MODE) != 0 ?
	    n->mode : 0755) != 0)
		printf(", permissions not set: %s", strerror(errno));
	return (1);
}

/* What no file was found for; with -u directories and links are made. */
static void
missing(struct node *dir, const char *path)
{
	char sub[MAXPATHLEN];
	struct node *n;
	int made;

	for (n = dir->child; n != NULL; n = n->next) {
		snprintf(sub, sizeof(sub), "%s/%s", path, n->name);
		made = n->visited;
		if (!n->visited && (n->keys & K_OPTIONAL) == 0 &&
		    !(dirs_only && !S_ISDIR(n->type))) {
			if (!quiet || !update)
				printf("%s missing", sub);
			made = update && make(n, sub);
			if (!made)
				status = 2;
			if (!quiet || !update || !made)
				printf(" (directory%s)\n",
				    S_ISDIR(n->type) ? "" : " entry");
			else
				putchar('\n');
			if (made && (n->keys & K_FLAGS) != 0)
				lchflags(sub, n->flags);
		}
		if (S_ISDIR(n->type) && made)
			missing(n, sub);
	}
}

static void
add_keys(char *list)
{
	char *word;
	u_int k;

	while ((word = strsep(&list, " \t\n,")) != NULL) {
		if (*word == '\0')
			continue;
		k = keyword(word);
		if (k == 0)
			errx(1, "unknown keyword %s", word);
		keys |= k;
	}
}

int
main(int argc, char **argv)
{
	const char *spec = NULL, *path = ".";
	int c, making = 0, one_device = 0, indent = 0;
	char root[MAXPATHLEN];
	FILE *f = stdin;

	while ((c = getopt(argc, argv, "cdef:iK:k:LlnPp:qrUux")) != -1) {
		switch (c) {
		case 'c': making = 1; break;
		case 'd': dirs_only = 1; break;
		case 'e': ignore_extra = 1; break;
		case 'f': spec = optarg; break;
		case 'i': indent = 1; break;
		case 'K': add_keys(optarg); break;
		case 'k': keys = K_TYPE; add_keys(optarg); break;
		case 'L': follow = 1; break;
		case 'l': loose = 1; break;
		case 'n': break;	/* comments are part of the form */
		case 'P': follow = 0; break;
		case 'p': path = optarg; break;
		case 'q': quiet = 1; break;
		case 'r': remove_extra = 1; break;
		case 'U': case 'u': update = c == 'U' ? 2 : MAX(update, 1);
			break;
		case 'x': one_device = 1; break;
		default: usage();
		}
	}
	if (argc > optind)
		usage();
	if (spec != NULL && (f = fopen(spec, "r")) == NULL)
		err(1, "%s", spec);
	if (chdir(path) != 0)
		err(1, "%s", path);
	if (making) {
		if (getcwd(root, sizeof(root)) == NULL)
			err(1, "getcwd");
		create(root, follow, dirs_only, one_device, indent);
	} else {
		struct node *tree = spec_read(f);

		if (dirs_only)
			ignore_extra = 1;
		walk(tree, one_device);
		missing(tree, ".");
	}
	if (fflush(stdout) != 0)
		err(1, "stdout");
	return (status);
}
