/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Login classes: records of /etc/login.conf and of a user's ~/.login_conf.
 */
#include <sys/types.h>
#include <sys/resource.h>
#include <ctype.h>
#include <errno.h>
#include <libutil.h>
#include <limits.h>
#include <login_cap.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

void
login_close(login_cap_t *lc)
{
	if (lc == NULL)
		return;
	free(lc->lc_class);
	free(lc->lc_cap);
	free(lc->lc_style);
	free(lc);
}

/*
 * The class of a name; with `pw' it is looked for in that user's own file.
 * An unknown class becomes "default" (for "root" and "me" without a message).
 */
login_cap_t *
login_getclassbyname(const char *name, const struct passwd *pw)
{
	char path[PATH_MAX], conf[] = _PATH_LOGIN_CONF;
	char *files[3] = { NULL, NULL, NULL };
	login_cap_t *lc;
	bool own;
	int n = 0, r;

	own = name != NULL && strcmp(name, LOGIN_MECLASS) == 0;
	lc = calloc(1, sizeof(*lc));
	if (lc == NULL)
		return (NULL);
	if (own && pw != NULL && pw->pw_dir != NULL) {
		snprintf(path, sizeof(path), "%s/%s", pw->pw_dir,
		    _FILE_LOGIN_CONF);
		if (_secure_path(path, pw->pw_uid, pw->pw_gid) == 0)
			files[n++] = path;
	}
	if (!own && access(conf, R_OK) == 0)
		files[n++] = conf;
	if (name == NULL || *name == '\0')
		name = LOGIN_DEFCLASS;
	r = n > 0 ? cgetent(&lc->lc_cap, files, name) : -1;
	if (r == -1 && !own && strcmp(name, LOGIN_DEFCLASS) != 0) {
		name = LOGIN_DEFCLASS;
		r = n > 0 ? cgetent(&lc->lc_cap, files, name) : -1;
	}
	if (r < 0) {
		if (r < -1)
			syslog(LOG_ERR, "login_getclass: bad record '%s'",
			    name);
		if (own || strcmp(name, LOGIN_DEFCLASS) != 0) {
			login_close(lc);
			return (NULL);
		}
		lc->lc_cap = strdup("default:");
	}
	lc->lc_class = strdup(name);
	if (lc->lc_cap == NULL || lc->lc_class == NULL) {
		login_close(lc);
		return (NULL);
	}
	return (lc);
}

login_cap_t *
login_getclass(const char *name)
{
	return (login_getclassbyname(name, NULL));
}

login_cap_t *
login_getpwclass(const struct passwd *pw)
{
	const char *name = NULL;

	if (pw != NULL) {
		name = pw->pw_class;
		if (name == NULL || *name == '\0')
			name = pw->pw_uid == 0 ? LOGIN_DEFROOTCLASS :
			    LOGIN_DEFCLASS;
	}
	return (login_getclassbyname(name, NULL));
}

login_cap_t *
login_getuserclass(const struct passwd *pw)
{
	return (login_getclassbyname(LOGIN_MECLASS, pw));
}

/* The strings live as long as the class: they are not freed one by one. */
const char *
login_getcapstr(login_cap_t *lc, const char *cap, const char *def,
    const char *error)
{
	char *s;
	int r;

	if (lc == NULL || cap == NULL || lc->lc_cap == NULL)
		return (def);
	r = cgetstr(lc->lc_cap, cap, &s);
	return (r == -1 ? def : r < 0 ? error : s);
}

/* Splits at any of the separators: a malloc'ed vector ending in NULL. */
char **
login_strinlist(const char **list, char const *s, int flags)
{
	for (; list != NULL && *list != NULL; list++) {
		if (strcmp(*list, s) == 0)
			return ((char **)(uintptr_t)list);
	}
	return (NULL);
}

char **
login_getcaplist(login_cap_t *lc, const char *cap, const char *sep)
{
	const char *s = login_getcapstr(lc, cap, NULL, NULL);
	char *copy, *word, **v = NULL, **more;
	size_t n = 0;

	if (s == NULL || (copy = strdup(s)) == NULL)
		return (NULL);
	if (sep == NULL)
		sep = ", \t";
	while ((word = strsep(&copy, sep)) != NULL) {
		if (*word == '\0')
			continue;
		more = realloc(v, (n + 2) * sizeof(*v));
		if (more == NULL)
			break;
		v = more;
		v[n++] = word;
		v[n] = NULL;
	}
	return (v);
}

const char *
login_getpath(login_cap_t *lc, const char *cap, const char *error)
{
	const char *s = login_getcapstr(lc, cap, NULL, NULL);
	char *copy, *p;

	if (s == NULL)
		return (error);
	copy = strdup(s);
	if (copy == NULL)
		return (error);
	/* Separated by blanks or commas in the file. */
	for (p = copy; *p != '\0'; p++) {
		if (*p == ',' || isspace((unsigned char)*p))
			*p = ':';
	}
	return (copy);
}

int
login_getcapbool(login_cap_t *lc, const char *cap, int def)
{
	if (lc == NULL || cap == NULL || lc->lc_cap == NULL)
		return (def);
	return (cgetcap(lc->lc_cap, cap, ':') != NULL);
}

static bool
is_infinite(const char *s)
{
	return (strcasecmp(s, "infinity") == 0 || strcasecmp(s, "inf") == 0 ||
	    strcasecmp(s, "unlimited") == 0 ||
	    strcasecmp(s, "unlimit") == 0 || strcmp(s, "-1") == 0);
}

/* The text of "cap=..." or "cap#...", or NULL. */
static char *
value_text(login_cap_t *lc, const char *cap)
{
	char *s = NULL, *p;

	if (lc == NULL || lc->lc_cap == NULL)
		return (NULL);
	if (cgetstr(lc->lc_cap, cap, &s) >= 0)
		return (s);
	p = cgetcap(lc->lc_cap, cap, '#');
	return (p != NULL ? strndup(p, strcspn(p, ":")) : NULL);
}

/* Sums numbers with the units in `letters', each worth units[i]. */
static bool
parse_units(const char *s, const char *letters, const rlim_t *units,
    rlim_t *result)
{
	rlim_t total = 0;
	const char *at;
	char *end;
	rlim_t v;

	if (*s == '\0')
		return (false);
	while (*s != '\0') {
		errno = 0;
		v = (rlim_t)strtoll(s, &end, 0);
		if (end == s || errno != 0)
			return (false);
		if (*end != '\0') {
			at = strchr(letters, tolower((unsigned char)*end));
			if (at == NULL)
				return (false);
			if (__builtin_mul_overflow(v, units[at - letters], &v))
				return (false);
			end++;
		}
		if (__builtin_add_overflow(total, v, &total))
			return (false);
		s = end;
	}
	*result = total;
	return (true);
}

static rlim_t
get_units(login_cap_t *lc, const char *cap, const char *letters,
    const rlim_t *units, rlim_t def, rlim_t error)
{
	char *s = value_text(lc, cap);
	rlim_t v = def;

	if (s == NULL)
		return (def);
	if (is_infinite(s))
		v = RLIM_INFINITY;
	else if (!parse_units(s, letters, units, &v)) {
		syslog(LOG_WARNING, "login_getcap: class '%s' bad value %s=%s",
		    lc->lc_class, cap, s);
		v = error;
	}
	free(s);
	return (v);
}

rlim_t
login_getcaptime(login_cap_t *lc, const char *cap, rlim_t def, rlim_t error)
{
	static const rlim_t units[] = { 1, 60, 3600, 86400, 604800, 31536000 };

	return (get_units(lc, cap, "smhdwy", units, def, error));
}

rlim_t
login_getcapsize(login_cap_t *lc, const char *cap, rlim_t def, rlim_t error)
{
	static const rlim_t units[] = { 512, 1L << 10, 1L << 20, 1L << 30,
	    1L << 40 };

	return (get_units(lc, cap, "bkmgt", units, def, error));
}

rlim_t
login_getcapnum(login_cap_t *lc, const char *cap, rlim_t def, rlim_t error)
{
	static const rlim_t none[] = { 0 };

	return (get_units(lc, cap, "", none, def, error));
}

const char *
login_getstyle(login_cap_t *lc, const char *style, const char *auth)
{
	if (style == NULL || *style == '\0')
		style = LOGIN_DEFSTYLE;
	free(lc->lc_style);
	lc->lc_style = strdup(style);
	return (lc->lc_style);
}

const char *
login_setcryptfmt(login_cap_t *lc, const char *def, const char *error)
{
	return (login_getcapstr(lc, "passwd_format", def, error));
}
