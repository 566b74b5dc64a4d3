/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading specifications; see mtree.h.
 */
#include <sys/types.h>

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <grp.h>
#include <inttypes.h>
#include <pwd.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <vis.h>

#include "mtree.h"

static int line_number;

static const struct {
	const char	*name;
	u_int		key;
} keywords[] = {
	{ "type", K_TYPE }, { "uid", K_UID }, { "gid", K_GID },
	{ "uname", K_UNAME }, { "gname", K_GNAME }, { "mode", K_MODE },
	{ "nlink", K_NLINK }, { "size", K_SIZE }, { "link", K_LINK },
	{ "time", K_TIME }, { "flags", K_FLAGS }, { "md5digest", K_MD5 },
	{ "md5", K_MD5 }, { "sha256digest", K_SHA256 },
	{ "sha256", K_SHA256 }, { "ignore", K_IGNORE },
	{ "nochange", K_NOCHANGE }, { "optional", K_OPTIONAL },
};

static const struct {
	const char	*name;
	mode_t		type;
} types[] = {
	{ "block", S_IFBLK }, { "char", S_IFCHR }, { "dir", S_IFDIR },
	{ "fifo", S_IFIFO }, { "file", S_IFREG }, { "link", S_IFLNK },
	{ "socket", S_IFSOCK },
};

u_int
keyword(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++) {
		if (strcmp(keywords[i].name, name) == 0)
			return (keywords[i].key);
	}
	return (0);
}

mode_t
type_by_name(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (strcmp(types[i].name, name) == 0)
			return (types[i].type);
	}
	return (0);
}

const char *
type_name(mode_t mode)
{
	size_t i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (types[i].type == (mode & S_IFMT))
			return (types[i].name);
	}
	return ("unknown");
}

static void __dead2
bad(const char *what, const char *text)
{
	errx(1, "line %d: %s: %s", line_number, what, text);
}

static char *
copy(const char *s)
{
	char *p = strdup(s);

	if (p == NULL)
		err(1, NULL);
	return (p);
}

/* Also decodes octal escapes. */
static char *
copy_name(const char *s)
{
	char *p = malloc(strlen(s) + 1);

	if (p == NULL)
		err(1, NULL);
	if (strunvis(p, s) < 0)
		bad("bad escape in name", s);
	return (p);
}

static uintmax_t
number(const char *text, int base)
{
	char *end;
	uintmax_t n;

	errno = 0;
	n = strtoumax(text, &end, base);
	if (end == text || (*end != '\0' && *end != '.') || errno == ERANGE)
		bad("bad number", text);
	return (n);
}

static void
set_flags(struct node *n, char *value)
{
	u_long clear;

	n->flags = 0;
	if (strcmp(value, "none") != 0 &&
	    strtofflags(&value, &n->flags, &clear) != 0)
		bad("bad flag", value);
}

static void
set_names(struct node *n, u_int key, const char *value)
{
	struct passwd *pw;
	struct group *gr;

	if (key == K_UNAME) {
		pw = getpwnam(value);
		if (pw == NULL)
			bad("unknown user", value);
		n->uid = pw->pw_uid;
	} else {
		gr = getgrnam(value);
		if (gr == NULL)
			bad("unknown group", value);
		n->gid = gr->gr_gid;
	}
}

static void
set(struct node *n, char *word)
{
	char *value = strchr(word, '=');
	const char *dot;
	u_int key;

	if (value != NULL)
		*value++ = '\0';
	key = keyword(word);
	if (key == 0)
		bad("unknown keyword", word);
	n->keys |= key;
	if ((key & (K_IGNORE | K_NOCHANGE | K_OPTIONAL)) != 0)
		return;
	if (value == NULL || *value == '\0')
		bad("missing value", word);
	switch (key) {
	case K_TYPE:
		n->type = type_by_name(value);
		if (n->type == 0)
			bad("unknown file type", value);
		break;
	case K_UID: n->uid = (uid_t)number(value, 10); break;
	case K_GID: n->gid = (gid_t)number(value, 10); break;
	case K_UNAME: case K_GNAME: set_names(n, key, value); break;
	case K_MODE: n->mode = (mode_t)number(value, 8); break;
	case K_NLINK: n->nlink = (nlink_t)number(value, 10); break;
	case K_SIZE: n->size = (off_t)number(value, 10); break;
	case K_TIME:
		n->mtime.tv_sec = (time_t)number(value, 10);
		dot = strchr(value, '.');
		n->mtime.tv_nsec = dot != NULL ?
		    (long)number(dot + 1, 10) : 0;
		break;
	case K_FLAGS: set_flags(n, value); break;
	case K_LINK: n->link = copy_name(value); break;
	case K_MD5: n->md5 = copy(value); break;
	case K_SHA256: n->sha256 = copy(value); break;
	}
	/* A number and a name of an owner are one thing. */
	if (key == K_UNAME)
		n->keys |= K_UID;
	if (key == K_GNAME)
		n->keys |= K_GID;
}

static void
set_words(struct node *n, char *rest)
{
	char *word;

	while ((word = strsep(&rest, " \t")) != NULL) {
		if (*word != '\0')
			set(n, word);
	}
}

static void
unset_words(struct node *n, char *rest)
{
	char *word;
	u_int key;

	while ((word = strsep(&rest, " \t")) != NULL) {
		if (*word == '\0')
			continue;
		key = keyword(word);
		if (key == 0)
			bad("unknown keyword", word);
		n->keys &= ~key;
		if (key == K_UNAME)
			n->keys &= ~(u_int)K_UID;
		if (key == K_GNAME)
			n->keys &= ~(u_int)K_GID;
	}
}

/* A line, with those continued by backslashes, without blanks around. */
static char *
next_line(FILE *f)
{
	static char *line;
	static size_t room;
	char *all = NULL, *joined, *p;
	int more;
	ssize_t n;

	do {
		n = getline(&line, &room, f);
		if (n < 0)
			break;
		line_number++;
		if (line[n - 1] == '\n')
			line[--n] = '\0';
		more = n > 0 && line[n - 1] == '\\';
		if (more)
			line[n - 1] = '\0';
		if (asprintf(&joined, "%s%s", all != NULL ? all : "", line) <
		    0)
			err(1, NULL);
		free(all);
		all = joined;
	} while (more);
	if (all == NULL)
		return (NULL);
	for (p = all; isspace((unsigned char)*p); p++)
		continue;
	memmove(all, p, strlen(p) + 1);
	return (all);
}

static struct node *
add(struct node *dir, const char *name, const struct node *defaults)
{
	struct node *n = malloc(sizeof(*n)), **link;

	if (n == NULL)
		err(1, NULL);
	*n = *defaults;
	n->name = copy_name(name);
	n->parent = dir;
	n->child = n->next = NULL;
	if (dir != NULL) {
		for (link = &dir->child; *link != NULL; link = &(*link)->next)
			continue;
		*link = n;
	}
	return (n);
}

struct node *
spec_read(FILE *f)
{
	struct node defaults, *root = NULL, *dir = NULL, *n;
	char *line, *word, *rest;

	memset(&defaults, 0, sizeof(defaults));
	for (; (line = next_line(f)) != NULL; free(line)) {
		if (*line == '\0' || *line == '#')
			continue;
		rest = line;
		word = strsep(&rest, " \t");
		if (strcmp(word, "/set") == 0) {
			set_words(&defaults, rest);
			continue;
		}
		if (strcmp(word, "/unset") == 0) {
			unset_words(&defaults, rest);
			continue;
		}
		if (strcmp(word, "..") == 0) {
			if (dir == NULL)
				bad("no directory to leave", word);
			dir = dir->parent;
			continue;
		}
		if (root != NULL && dir == NULL)
			bad("outside of all directories", word);
		n = add(dir, word, &defaults);
		set_words(n, rest);
		if ((n->keys & K_TYPE) == 0)
			bad("no type", word);
		if (root == NULL)
			root = n;
		if (S_ISDIR(n->type))
			dir = n;
	}
	if (root == NULL)
		errx(1, "empty specification");
	return (root);
}
