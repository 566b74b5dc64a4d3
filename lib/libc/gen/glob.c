/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Path names that match a pattern.
 *
 * The pattern is first expanded for braces and the tilde, then walked a
 * component at a time: one without special characters is appended, others
 * are matched against the directory they name.
 */
#include <sys/param.h>
#include <sys/stat.h>
#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <glob.h>
#include <limits.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define GLOB_MAX_PATHS		65536	/* with GLOB_LIMIT */
#define GLOB_MAX_BRACES		128	/* expansions inside each other */

static int	glob_braces(const char *, glob_t *, int);

static bool
escapes(const glob_t *pg)
{
	return ((pg->gl_flags & GLOB_NOESCAPE) == 0);
}

static bool
has_magic(const char *s, const char *end, bool escape)
{
	for (; s < end; s++) {
		if (*s == '*' || *s == '?' || *s == '[')
			return (true);
		if (*s == '\\' && escape && s + 1 < end)
			s++;
	}
	return (false);
}

static int
add_path(glob_t *pg, const char *path)
{
	char **vec;
	size_t used = pg->gl_offs + pg->gl_pathc;

	if ((pg->gl_flags & GLOB_LIMIT) != 0 && pg->gl_pathc >= GLOB_MAX_PATHS)
		return (GLOB_NOSPACE);
	vec = reallocarray(pg->gl_pathv, used + 2, sizeof(*vec));
	if (vec == NULL)
		return (GLOB_NOSPACE);
	if (pg->gl_pathv == NULL)
		memset(vec, 0, pg->gl_offs * sizeof(*vec));
	pg->gl_pathv = vec;
	vec[used] = strdup(path);
	vec[used + 1] = NULL;
	if (vec[used] == NULL)
		return (GLOB_NOSPACE);
	pg->gl_pathc++;
	return (0);
}

static int
glob_stat(glob_t *pg, const char *path, struct stat *sb, bool follow)
{
	const char *name = *path != '\0' ? path : ".";

	if ((pg->gl_flags & GLOB_ALTDIRFUNC) != 0)
		return (follow ? pg->gl_stat(name, sb) : pg->gl_lstat(name, sb));
	return (follow ? stat(name, sb) : lstat(name, sb));
}

/* The whole pattern has been used up; keep the path if it exists. */
static int
keep_path(glob_t *pg, char *path, size_t len)
{
	struct stat sb;

	if (glob_stat(pg, path, &sb, false) != 0)
		return (0);
	if ((pg->gl_flags & GLOB_MARK) != 0 && len > 0 &&
	    path[len - 1] != '/' && len + 1 < MAXPATHLEN &&
	    (S_ISDIR(sb.st_mode) || (S_ISLNK(sb.st_mode) &&
	    glob_stat(pg, path, &sb, true) == 0 && S_ISDIR(sb.st_mode)))) {
		path[len] = '/';
		path[len + 1] = '\0';
	}
	pg->gl_matchc++;
	return (add_path(pg, path));
}

static int	walk(glob_t *, char *, size_t, const char *);

/* Match component against the names in the directory path[0 .. len). */
static int
match_directory(glob_t *pg, char *path, size_t len, const char *component,
    const char *rest)
{
	bool alt = (pg->gl_flags & GLOB_ALTDIRFUNC) != 0;
	const char *name = len > 0 ? path : ".";
	struct dirent *dp;
	int flags = FNM_PERIOD, rc = 0;
	void *dirp;
	size_t n;

	if (!escapes(pg))
		flags |= FNM_NOESCAPE;
	dirp = alt ? pg->gl_opendir(name) : opendir(name);
	if (dirp == NULL) {
		if (errno == ENOENT || errno == ENOTDIR)
			return (0);
		if ((pg->gl_errfunc != NULL && pg->gl_errfunc(name, errno)) ||
		    (pg->gl_flags & GLOB_ERR) != 0)
			return (GLOB_ABORTED);
		return (0);
	}
	while (rc == 0 &&
	    (dp = alt ? pg->gl_readdir(dirp) : readdir(dirp)) != NULL) {
		if (fnmatch(component, dp->d_name, flags) != 0)
			continue;
		n = strlen(dp->d_name);
		if (len + n + 1 >= MAXPATHLEN)
			continue;
		memcpy(path + len, dp->d_name, n + 1);
		rc = walk(pg, path, len + n, rest);
		path[len] = '\0';
	}
	if (alt)
		pg->gl_closedir(dirp);
	else
		closedir(dirp);
	return (rc);
}

/* Extend the path by what is left of the pattern. */
static int
walk(glob_t *pg, char *path, size_t len, const char *pat)
{
	char component[MAXPATHLEN];
	const char *end, *p;

	for (;;) {
		while (*pat == '/') {
			if (len + 1 >= MAXPATHLEN)
				return (GLOB_NOSPACE);
			path[len++] = *pat++;
		}
		path[len] = '\0';
		if (*pat == '\0')
			return (keep_path(pg, path, len));
		end = pat + strcspn(pat, "/");
		if (has_magic(pat, end, escapes(pg)))
			break;
		for (p = pat; p < end; p++) {
			if (*p == '\\' && escapes(pg) && p + 1 < end)
				p++;
			if (len + 1 >= MAXPATHLEN)
				return (GLOB_NOSPACE);
			path[len++] = *p;
		}
		path[len] = '\0';
		pat = end;
	}
	if ((size_t)(end - pat) >= sizeof(component))
		return (0);
	memcpy(component, pat, (size_t)(end - pat));
	component[end - pat] = '\0';
	return (match_directory(pg, path, len, component, end));
}

/* Replace "~" or "~user" in front; NULL: pat stays as it is. */
static char *
expand_tilde(const char *pat)
{
	char user[MAXLOGNAME], *out;
	const char *home = NULL;
	struct passwd *pw;
	size_t len = strcspn(pat, "/") - 1;

	if (len >= sizeof(user))
		return (NULL);
	memcpy(user, pat + 1, len);
	user[len] = '\0';
	if (len == 0 && !issetugid())
		home = getenv("HOME");
	if (home == NULL) {
		pw = len > 0 ? getpwnam(user) : getpwuid(getuid());
		if (pw == NULL)
			return (NULL);
		home = pw->pw_dir;
	}
	out = malloc(strlen(home) + strlen(pat) + 1);
	if (out != NULL) {
		strcpy(out, home);
		strcat(out, pat + 1 + len);
	}
	return (out);
}

static int
compare_paths(const void *a, const void *b)
{
	return (strcoll(*(char *const *)a, *(char *const *)b));
}

/* Copy without the escapes. */
static char *
unescaped(const char *pat, bool escape)
{
	char *out = malloc(strlen(pat) + 1), *o = out;

	if (out == NULL)
		return (NULL);
	for (; *pat != '\0'; pat++) {
		if (*pat == '\\' && escape && pat[1] != '\0')
			pat++;
		*o++ = *pat;
	}
	*o = '\0';
	return (out);
}

/* A pattern without braces. */
static int
glob_simple(const char *pat, glob_t *pg)
{
	char path[MAXPATHLEN], *tilde = NULL, *plain;
	size_t before = pg->gl_pathc;
	bool magic;
	int rc;

	if (*pat == '~' && (pg->gl_flags & GLOB_TILDE) != 0 &&
	    (tilde = expand_tilde(pat)) != NULL)
		pat = tilde;
	magic = has_magic(pat, pat + strlen(pat), escapes(pg));
	if (magic)
		pg->gl_flags |= GLOB_MAGCHAR;
	path[0] = '\0';
	rc = walk(pg, path, 0, pat);
	if (rc == 0 && pg->gl_pathc == before) {
		if ((pg->gl_flags & GLOB_NOCHECK) != 0 ||
		    ((pg->gl_flags & GLOB_NOMAGIC) != 0 && !magic)) {
			plain = unescaped(pat, escapes(pg));
			rc = plain == NULL ? GLOB_NOSPACE :
			    add_path(pg, plain);
			free(plain);
		}
	} else if (rc == 0 && (pg->gl_flags & GLOB_NOSORT) == 0) {
		qsort(pg->gl_pathv + pg->gl_offs + before,
		    pg->gl_pathc - before, sizeof(char *), compare_paths);
	}
	free(tilde);
	return (rc);
}

/* Behind the brace that closes the one at p, which commas[] splits up. */
static const char *
brace_end(const char *p, bool escape)
{
	int depth = 0;

	for (; *p != '\0'; p++) {
		if (*p == '\\' && escape && p[1] != '\0')
			p++;
		else if (*p == '{')
			depth++;
		else if (*p == '}' && --depth == 0)
			return (p);
	}
	return (NULL);
}

/* Expand the first pair of braces, alternative by alternative. */
static int
glob_braces(const char *pat, glob_t *pg, int nested)
{
	const char *open, *close, *from, *p;
	char *expanded;
	int depth = 0, rc;

	for (open = pat; *open != '\0' && *open != '{'; open++) {
		if (*open == '\\' && escapes(pg) && open[1] != '\0')
			open++;
	}
	if (*open == '\0' || nested >= GLOB_MAX_BRACES || open[1] == '}' ||
	    (close = brace_end(open, escapes(pg))) == NULL)
		return (glob_simple(pat, pg));
	expanded = malloc(strlen(pat) + 1);
	if (expanded == NULL)
		return (GLOB_NOSPACE);
	memcpy(expanded, pat, (size_t)(open - pat));
	for (rc = 0, from = p = open + 1; rc == 0 && p <= close; p++) {
		if (*p == '{')
			depth++;
		else if (*p == '}' && p != close)
			depth--;
		if (p != close && (*p != ',' || depth != 0))
			continue;
		memcpy(expanded + (open - pat), from, (size_t)(p - from));
		strcpy(expanded + (open - pat) + (p - from), close + 1);
		rc = glob_braces(expanded, pg, nested + 1);
		from = p + 1;
	}
	free(expanded);
	return (rc);
}

int
glob(const char *restrict pattern, int flags,
    int (*errfunc)(const char *, int), glob_t *restrict pg)
{
	size_t before;
	int rc;

	if ((flags & GLOB_APPEND) == 0) {
		pg->gl_pathc = 0;
		pg->gl_pathv = NULL;
		if ((flags & GLOB_DOOFFS) == 0)
			pg->gl_offs = 0;
	}
	pg->gl_flags = flags & ~GLOB_MAGCHAR;
	pg->gl_errfunc = errfunc;
	pg->gl_matchc = 0;
	before = pg->gl_pathc;
	rc = (flags & GLOB_BRACE) != 0 ? glob_braces(pattern, pg, 0) :
	    glob_simple(pattern, pg);
	if (rc == 0 && pg->gl_pathc == before)
		rc = GLOB_NOMATCH;
	return (rc);
}

void
globfree(glob_t *pg)
{
	size_t i;

	if (pg->gl_pathv == NULL)
		return;
	for (i = 0; i < pg->gl_pathc; i++)
		free(pg->gl_pathv[pg->gl_offs + i]);
	free(pg->gl_pathv);
	pg->gl_pathv = NULL;
	pg->gl_pathc = 0;
}
