/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Walking file hierarchies.
 *
 * The entries on the way from a starting point to the current one form a
 * chain of parents; siblings not yet visited hang off fts_link.  There is
 * one buffer for the path; when it grows, the fts_path of all live entries
 * moves with it.  Unless FTS_NOCHDIR is given the current directory of the
 * process is that of the entry handed out, and fts_accpath its bare name.
 */
#include <sys/param.h>
#include <sys/stat.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FTS_PATH_STEP	1024

#define ISSET(sp, opt)	(((sp)->fts_options & (opt)) != 0)
#define ISDOT(a)	\
	((a)[0] == '.' && ((a)[1] == '\0' || ((a)[1] == '.' && (a)[2] == '\0')))

static FTSENT *
entry_alloc(FTS *sp, const char *name, size_t namelen)
{
	struct {
		FTSENT	ent;
		struct stat statbuf;
		char	name[];
	} *mem;
	FTSENT *p;

	mem = calloc(1, sizeof(*mem) + namelen + 1);
	if (mem == NULL)
		return (NULL);
	p = &mem->ent;
	memcpy(mem->name, name, namelen);
	p->fts_name = mem->name;
	p->fts_namelen = namelen;
	p->fts_statp = &mem->statbuf;
	p->fts_path = sp->fts_path;
	p->fts_instr = FTS_NOINSTR;
	p->fts_symfd = -1;
	p->fts_fts = sp;
	return (p);
}

static void
entries_free(FTSENT *p)
{
	FTSENT *next;

	for (; p != NULL; p = next) {
		next = p->fts_link;
		if (p->fts_symfd >= 0)
			close(p->fts_symfd);
		free(p);
	}
}

/* The path buffer is elsewhere now. */
static void
path_moved(FTS *sp, FTSENT *p)
{
	if (p->fts_accpath == p->fts_path)
		p->fts_accpath = sp->fts_path;
	p->fts_path = sp->fts_path;
}

/* Make room for len bytes; children is a list being built, or NULL. */
static int
path_reserve(FTS *sp, FTSENT *children, size_t len)
{
	FTSENT *p;
	char *grown;

	if (len < sp->fts_pathlen)
		return (0);
	grown = realloc(sp->fts_path, len + FTS_PATH_STEP);
	if (grown == NULL)
		return (-1);
	sp->fts_path = grown;
	sp->fts_pathlen = len + FTS_PATH_STEP;
	for (p = children; p != NULL; p = p->fts_link)
		path_moved(sp, p);
	for (p = sp->fts_child; p != NULL; p = p->fts_link)
		path_moved(sp, p);
	for (p = sp->fts_cur; p != NULL && p->fts_level >= FTS_ROOTLEVEL; ) {
		path_moved(sp, p);
		p = p->fts_link != NULL ? p->fts_link : p->fts_parent;
	}
	return (0);
}

static int
classify(FTS *sp, FTSENT *p, bool follow)
{
	struct stat *sb = p->fts_statp;
	FTSENT *t;
	int saved;

	if (ISSET(sp, FTS_LOGICAL) || follow) {
		if (stat(p->fts_accpath, sb) != 0) {
			saved = errno;
			if (lstat(p->fts_accpath, sb) == 0) {
				errno = 0;
				return (FTS_SLNONE);
			}
			p->fts_errno = saved;
			memset(sb, 0, sizeof(*sb));
			return (FTS_NS);
		}
	} else if (lstat(p->fts_accpath, sb) != 0) {
		p->fts_errno = errno;
		memset(sb, 0, sizeof(*sb));
		return (FTS_NS);
	}
	p->fts_dev = sb->st_dev;
	p->fts_ino = sb->st_ino;
	p->fts_nlink = sb->st_nlink;
	if (S_ISDIR(sb->st_mode)) {
		if (ISDOT(p->fts_name))
			return (FTS_DOT);
		for (t = p->fts_parent; t != NULL &&
		    t->fts_level >= FTS_ROOTLEVEL; t = t->fts_parent) {
			if (t->fts_ino == p->fts_ino &&
			    t->fts_dev == p->fts_dev) {
				p->fts_cycle = t;
				return (FTS_DC);
			}
		}
		return (FTS_D);
	}
	if (S_ISLNK(sb->st_mode))
		return (FTS_SL);
	return (S_ISREG(sb->st_mode) ? FTS_F : FTS_DEFAULT);
}

/* In the caller's order. */
static FTSENT *
entries_sort(FTS *sp, FTSENT *head, size_t n)
{
	FTSENT **vec, *p;
	size_t i = 0;

	vec = reallocarray(sp->fts_array, n, sizeof(*vec));
	if (vec == NULL)
		return (head);
	sp->fts_array = vec;
	sp->fts_nitems = n;
	for (p = head; p != NULL; p = p->fts_link)
		vec[i++] = p;
	qsort(vec, n, sizeof(*vec),
	    (int (*)(const void *, const void *))sp->fts_compar);
	for (i = 0; i + 1 < n; i++)
		vec[i]->fts_link = vec[i + 1];
	vec[n - 1]->fts_link = NULL;
	return (vec[0]);
}

/* Put the entry's path into the buffer; it begins at a starting point. */
static void
load_root(FTS *sp, FTSENT *p)
{
	char *slash;
	size_t len = p->fts_pathlen = p->fts_namelen;

	memcpy(sp->fts_path, p->fts_name, len + 1);
	slash = strrchr(p->fts_name, '/');
	if (slash != NULL && (slash != p->fts_name || slash[1] != '\0')) {
		len = strlen(slash + 1);
		memmove(p->fts_name, slash + 1, len + 1);
		p->fts_namelen = len;
	}
	p->fts_accpath = p->fts_path = sp->fts_path;
	sp->fts_dev = p->fts_dev;
}

FTS *
fts_open(char *const *argv, int options,
    int (*compar)(const FTSENT **, const FTSENT **))
{
	FTSENT *p, *parent = NULL, *root = NULL, **tail = &root;
	size_t len, maxlen = MAXPATHLEN, n = 0;
	char *const *av;
	FTS *sp;

	if ((options & ~FTS_OPTIONMASK) != 0 ||
	    (options & (FTS_LOGICAL | FTS_PHYSICAL)) == 0) {
		errno = EINVAL;
		return (NULL);
	}
	sp = calloc(1, sizeof(*sp));
	if (sp == NULL)
		return (NULL);
	sp->fts_compar = compar;
	sp->fts_options = options;
	sp->fts_rfd = -1;
	if (ISSET(sp, FTS_LOGICAL))
		sp->fts_options |= FTS_NOCHDIR;
	for (av = argv; *av != NULL; av++) {
		len = strlen(*av);
		if (len == 0) {
			errno = ENOENT;
			goto fail;
		}
		if (len > maxlen)
			maxlen = len;
	}
	if (path_reserve(sp, NULL, maxlen + 1) != 0 ||
	    (parent = entry_alloc(sp, "", 0)) == NULL)
		goto fail;
	parent->fts_level = FTS_ROOTPARENTLEVEL;
	for (av = argv; *av != NULL; av++, n++) {
		len = strlen(*av);
		while (len > 1 && (*av)[len - 1] == '/')
			len--;
		p = entry_alloc(sp, *av, len);
		if (p == NULL)
			goto fail;
		p->fts_level = FTS_ROOTLEVEL;
		p->fts_parent = parent;
		p->fts_accpath = p->fts_name;
		p->fts_info = classify(sp, p, ISSET(sp, FTS_COMFOLLOW));
		if (p->fts_info == FTS_DOT)
			p->fts_info = FTS_D;
		*tail = p;
		tail = &p->fts_link;
	}
	if (compar != NULL && n > 1)
		root = entries_sort(sp, root, n);
	/* A stand-in whose successor is the first starting point. */
	sp->fts_cur = entry_alloc(sp, "", 0);
	if (sp->fts_cur == NULL)
		goto fail;
	sp->fts_cur->fts_link = root;
	sp->fts_cur->fts_info = FTS_INIT;
	sp->fts_cur->fts_parent = parent;
	if (!ISSET(sp, FTS_NOCHDIR) && (sp->fts_rfd = open(".",
	    O_RDONLY | O_CLOEXEC)) < 0)
		sp->fts_options |= FTS_NOCHDIR;
	return (sp);
fail:
	entries_free(root);
	free(parent);
	free(sp->fts_path);
	free(sp->fts_array);
	free(sp);
	return (NULL);
}

int
fts_close(FTS *sp)
{
	FTSENT *p, *next;
	int saved = 0;

	for (p = sp->fts_cur; p != NULL; p = next) {
		if (p->fts_level < FTS_ROOTLEVEL && p->fts_info != FTS_INIT) {
			free(p);
			break;
		}
		next = p->fts_link != NULL ? p->fts_link : p->fts_parent;
		if (p->fts_symfd >= 0)
			close(p->fts_symfd);
		free(p);
	}
	entries_free(sp->fts_child);
	if (sp->fts_rfd >= 0) {
		if (fchdir(sp->fts_rfd) != 0)
			saved = errno;
		close(sp->fts_rfd);
	}
	free(sp->fts_array);
	free(sp->fts_path);
	free(sp);
	if (saved != 0) {
		errno = saved;
		return (-1);
	}
	return (0);
}

/* Enter a directory and make sure that it is the one meant. */
static int
safe_chdir(FTS *sp, FTSENT *p, int fd, const char *path)
{
	struct stat sb;
	int newfd = fd, rc = -1, saved;

	if (ISSET(sp, FTS_NOCHDIR))
		return (0);
	if (fd < 0 && (newfd = open(path,
	    O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0)
		return (-1);
	if (fstat(newfd, &sb) == 0) {
		if (p->fts_dev != sb.st_dev || p->fts_ino != sb.st_ino)
			errno = ENOENT;
		else
			rc = fchdir(newfd);
	}
	saved = errno;
	if (fd < 0)
		close(newfd);
	errno = saved;
	return (rc);
}

/* The path buffer up to and including the slash behind cur. */
static size_t
path_append_slash(FTS *sp, FTSENT *cur)
{
	size_t len = cur->fts_pathlen;

	if (len > 0 && sp->fts_path[len - 1] == '/')
		return (len);
	sp->fts_path[len] = '/';
	return (len + 1);
}

/* What readdir() told is enough: no stat() needed. */
static int
info_from_type(FTS *sp, const struct dirent *dp)
{
	if (!ISSET(sp, FTS_NOSTAT) || dp->d_type == DT_UNKNOWN ||
	    dp->d_type == DT_DIR || dp->d_type == DT_LNK)
		return (-1);
	return (FTS_NSOK);
}

/*
 * The children of the current directory, NULL with fts_info telling why if
 * there are none.
 */
static FTSENT *
read_children(FTS *sp, bool keep_errors)
{
	FTSENT *cur = sp->fts_cur, *p, *head = NULL, **tail = &head;
	struct dirent *dp;
	size_t len, n = 0;
	bool cd_back = false;
	DIR *dirp;
	int saved;

	dirp = opendir(cur->fts_accpath);
	if (dirp == NULL) {
		if (keep_errors) {
			cur->fts_info = FTS_DNR;
			cur->fts_errno = errno;
		}
		return (NULL);
	}
	if (!ISSET(sp, FTS_NOCHDIR)) {
		if (safe_chdir(sp, cur, dirfd(dirp), NULL) != 0) {
			cur->fts_errno = errno;
			cur->fts_flags |= FTS_DONTCHDIR;
			if (keep_errors)
				cur->fts_info = FTS_DNR;
			closedir(dirp);
			return (NULL);
		}
		cd_back = true;
	}
	if (path_reserve(sp, NULL, cur->fts_pathlen + 2) != 0)
		goto nomem;
	len = path_append_slash(sp, cur);
	while ((dp = readdir(dirp)) != NULL) {
		if (!ISSET(sp, FTS_SEEDOT) && ISDOT(dp->d_name))
			continue;
		p = entry_alloc(sp, dp->d_name, dp->d_namlen);
		if (p == NULL ||
		    path_reserve(sp, head, len + dp->d_namlen + 1) != 0) {
			free(p);
			goto nomem;
		}
		p->fts_path = sp->fts_path;
		p->fts_level = cur->fts_level + 1;
		p->fts_parent = cur;
		p->fts_pathlen = len + dp->d_namlen;
		if (ISSET(sp, FTS_NOCHDIR)) {
			memcpy(sp->fts_path + len, p->fts_name,
			    p->fts_namelen + 1);
			p->fts_accpath = p->fts_path;
		} else {
			p->fts_accpath = p->fts_name;
		}
		p->fts_info = info_from_type(sp, dp);
		if (p->fts_info < 0)
			p->fts_info = classify(sp, p, false);
		*tail = p;
		tail = &p->fts_link;
		n++;
	}
	closedir(dirp);
	sp->fts_path[cur->fts_pathlen] = '\0';
	/* Names only, or nothing there: back to the directory of cur. */
	if (cd_back && (n == 0 || !keep_errors)) {
		if (cur->fts_level == FTS_ROOTLEVEL ?
		    fchdir(sp->fts_rfd) != 0 :
		    safe_chdir(sp, cur->fts_parent, -1, "..") != 0) {
			cur->fts_info = FTS_ERR;
			sp->fts_options |= FTS_STOP;
			entries_free(head);
			return (NULL);
		}
	}
	if (n == 0) {
		if (keep_errors)
			cur->fts_info = FTS_DP;
		return (NULL);
	}
	return (sp->fts_compar != NULL && n > 1 ?
	    entries_sort(sp, head, n) : head);
nomem:
	saved = errno;
	entries_free(head);
	closedir(dirp);
	cur->fts_info = FTS_ERR;
	sp->fts_options |= FTS_STOP;
	errno = saved;
	return (NULL);
}

/* Make p, a child in the current directory, the current entry. */
static FTSENT *
visit(FTS *sp, FTSENT *p)
{
	size_t len = path_append_slash(sp, p->fts_parent);

	memcpy(sp->fts_path + len, p->fts_name, p->fts_namelen + 1);
	return (sp->fts_cur = p);
}

/* fts_set(FTS_FOLLOW) on a symbolic link. */
static void
follow_link(FTS *sp, FTSENT *p)
{
	p->fts_info = classify(sp, p, true);
	if (p->fts_info == FTS_D && !ISSET(sp, FTS_NOCHDIR)) {
		p->fts_symfd = open(".", O_RDONLY | O_CLOEXEC);
		if (p->fts_symfd < 0) {
			p->fts_errno = errno;
			p->fts_info = FTS_ERR;
		} else {
			p->fts_flags |= FTS_SYMFOLLOW;
		}
	}
}

/* Into a directory seen in preorder; the first child, or p again. */
static FTSENT *
descend(FTS *sp, FTSENT *p)
{
	if (p->fts_instr == FTS_SKIP ||
	    (ISSET(sp, FTS_XDEV) && p->fts_dev != sp->fts_dev)) {
		if ((p->fts_flags & FTS_SYMFOLLOW) != 0) {
			close(p->fts_symfd);
			p->fts_symfd = -1;
		}
		entries_free(sp->fts_child);
		sp->fts_child = NULL;
		p->fts_info = FTS_DP;
		return (p);
	}
	if (sp->fts_child != NULL && ISSET(sp, FTS_NAMEONLY)) {
		sp->fts_options &= ~FTS_NAMEONLY;
		entries_free(sp->fts_child);
		sp->fts_child = NULL;
	}
	if (sp->fts_child != NULL) {
		if (safe_chdir(sp, p, -1, p->fts_accpath) != 0) {
			p->fts_errno = errno;
			p->fts_flags |= FTS_DONTCHDIR;
			for (p = sp->fts_child; p != NULL; p = p->fts_link)
				p->fts_accpath = p->fts_parent->fts_accpath;
		}
	} else if ((sp->fts_child = read_children(sp, true)) == NULL) {
		return (ISSET(sp, FTS_STOP) ? NULL : p);
	}
	p = sp->fts_child;
	sp->fts_child = NULL;
	return (visit(sp, p));
}

/* Up from p, the last of its siblings: its parent in postorder. */
static FTSENT *
ascend(FTS *sp, FTSENT *p)
{
	FTSENT *up = p->fts_parent;

	free(p);
	if (up->fts_level == FTS_ROOTPARENTLEVEL) {
		free(up);
		sp->fts_cur = NULL;
		errno = 0;
		return (NULL);
	}
	sp->fts_cur = up;
	sp->fts_path[up->fts_pathlen] = '\0';
	if (up->fts_level == FTS_ROOTLEVEL) {
		if (!ISSET(sp, FTS_NOCHDIR) && fchdir(sp->fts_rfd) != 0) {
			sp->fts_options |= FTS_STOP;
			return (NULL);
		}
	} else if ((up->fts_flags & FTS_SYMFOLLOW) != 0) {
		if (!ISSET(sp, FTS_NOCHDIR) && fchdir(up->fts_symfd) != 0) {
			sp->fts_options |= FTS_STOP;
			return (NULL);
		}
		close(up->fts_symfd);
		up->fts_symfd = -1;
	} else if ((up->fts_flags & FTS_DONTCHDIR) == 0 &&
	    safe_chdir(sp, up->fts_parent, -1, "..") != 0) {
		sp->fts_options |= FTS_STOP;
		return (NULL);
	}
	up->fts_info = up->fts_errno != 0 ? FTS_ERR : FTS_DP;
	return (up);
}

FTSENT *
fts_read(FTS *sp)
{
	FTSENT *p = sp->fts_cur, *next;
	int instr;

	if (p == NULL || ISSET(sp, FTS_STOP))
		return (NULL);
	instr = p->fts_instr;
	p->fts_instr = FTS_NOINSTR;
	if (instr == FTS_AGAIN) {
		p->fts_info = classify(sp, p, false);
		return (p);
	}
	if (instr == FTS_FOLLOW &&
	    (p->fts_info == FTS_SL || p->fts_info == FTS_SLNONE)) {
		follow_link(sp, p);
		return (p);
	}
	if (p->fts_info == FTS_D) {
		p->fts_instr = instr;
		next = descend(sp, p);
		p->fts_instr = FTS_NOINSTR;
		return (next);
	}
	for (;;) {
		next = p->fts_link;
		if (next == NULL)
			return (ascend(sp, p));
		free(p);
		p = sp->fts_cur = next;
		if (p->fts_level == FTS_ROOTLEVEL) {
			if (!ISSET(sp, FTS_NOCHDIR) &&
			    fchdir(sp->fts_rfd) != 0) {
				sp->fts_options |= FTS_STOP;
				return (NULL);
			}
			load_root(sp, p);
			return (p);
		}
		if (p->fts_instr == FTS_SKIP)
			continue;
		if (p->fts_instr == FTS_FOLLOW) {
			follow_link(sp, p);
			p->fts_instr = FTS_NOINSTR;
		}
		return (visit(sp, p));
	}
}

int
fts_set(FTS *sp, FTSENT *p, int instr)
{
	if (instr != 0 && instr != FTS_AGAIN && instr != FTS_FOLLOW &&
	    instr != FTS_NOINSTR && instr != FTS_SKIP) {
		errno = EINVAL;
		return (1);
	}
	p->fts_instr = instr;
	return (0);
}

FTSENT *
fts_children(FTS *sp, int instr)
{
	FTSENT *p = sp->fts_cur;
	int fd;

	if (instr != 0 && instr != FTS_NAMEONLY) {
		errno = EINVAL;
		return (NULL);
	}
	errno = 0;
	if (p == NULL || ISSET(sp, FTS_STOP))
		return (NULL);
	if (p->fts_info == FTS_INIT)
		return (p->fts_link);
	if (p->fts_info != FTS_D)
		return (NULL);
	entries_free(sp->fts_child);
	sp->fts_child = NULL;
	if (instr == FTS_NAMEONLY)
		sp->fts_options |= FTS_NAMEONLY;
	if (p->fts_level != FTS_ROOTLEVEL || p->fts_accpath[0] == '/' ||
	    ISSET(sp, FTS_NOCHDIR))
		return (sp->fts_child = read_children(sp, false));
	fd = open(".", O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return (NULL);
	sp->fts_child = read_children(sp, false);
	if (fchdir(fd) != 0) {
		close(fd);
		return (NULL);
	}
	close(fd);
	return (sp->fts_child);
}

FTS *
(fts_get_stream)(FTSENT *p)
{
	return (p->fts_fts);
}

void *
(fts_get_clientptr)(FTS *sp)
{
	return (sp->fts_clientptr);
}

void
fts_set_clientptr(FTS *sp, void *ptr)
{
	sp->fts_clientptr = ptr;
}
