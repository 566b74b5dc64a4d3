/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Capability databases (login.conf, gettytab, termcap, ...): getcap(3).
 *
 * A record is "name|alias|...:cap:cap=string:cap#number:...", continued over
 * lines that end in a backslash.  "tc=name" includes another record: its
 * capabilities are put behind those of the record itself, so that the first
 * one found counts; "cap@" says that the record does not have it.
 *
 * Databases are text files.  A file.db that cap_mkdb(1) made of one and that
 * is not older is asked in its place.
 */
#include <sys/types.h>
#include <sys/stat.h>
#include <ctype.h>
#include <db.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define	MAX_DEPTH	32
#define	MAX_RECORD	(64 * 1024)
#define	MAX_KEY		1024

static char	*top_record;		/* cgetset() */
static FILE	*walk_fp;		/* cgetfirst/cgetnext */
static int	walk_index;

/* A growing string. */
struct text {
	char	*p;
	size_t	n, size;
};

static int
add(struct text *t, const char *s, size_t n)
{
	char *p;

	if (t->n + n + 1 > t->size) {
		t->size = (t->n + n + 1) * 2;
		p = realloc(t->p, t->size);
		if (p == NULL)
			return (-1);
		t->p = p;
	}
	memcpy(t->p + t->n, s, n);
	t->n += n;
	t->p[t->n] = '\0';
	return (0);
}

/*
 * The next record of a file, on one line without the white space around the
 * fields.  1: got one, 0: end, -1: out of memory.
 */
static int
next_record(FILE *fp, struct text *t)
{
	char *line = NULL, *p;
	size_t size = 0, len;
	ssize_t n;
	bool more = false;
	int r = 0;

	t->n = 0;
	while (r >= 0 && (n = getline(&line, &size, fp)) > 0) {
		if (line[n - 1] == '\n')
			line[--n] = '\0';
		for (p = line; isspace((unsigned char)*p); p++)
			;
		if (!more && (*p == '\0' || *p == '#'))
			continue;
		len = strlen(p);
		more = len > 0 && p[len - 1] == '\\';
		if (more)
			len--;
		while (more && len > 0 && isspace((unsigned char)p[len - 1]))
			len--;
		/* ":" at the end and at the start make one. */
		if (t->n > 0 && t->p[t->n - 1] == ':' && *p == ':') {
			p++;
			len -= len > 0;
		}
		if (add(t, p, len) != 0 || t->n > MAX_RECORD)
			r = -1;
		else
			r = 1;
		if (!more)
			break;
	}
	free(line);
	return (r);
}

/* 0 if the record goes by this name, else -1. */
int
cgetmatch(const char *buf, const char *name)
{
	size_t n = strlen(name), len;

	if (n == 0)
		return (-1);
	for (;; buf += len + 1) {
		len = strcspn(buf, "|:");
		if (len == n && memcmp(buf, name, n) == 0)
			return (0);
		if (buf[len] != '|')
			return (-1);
	}
}

/* Kinds of data in a compiled database. */
#define	DB_REFERENCE	2		/* to the key that has the record */

static int
fetch(DB *db, const char *name, size_t n, DBT *data)
{
	DBT key = { __DECONST(char *, name), n };
	int r = db->get(db, &key, data, 0);

	/* A kind, the text, a NUL. */
	if (r == 0 && (data->size < 2 ||
	    ((char *)data->data)[data->size - 1] != '\0'))
		return (-1);
	return (r);
}

/* The same in a compiled database: 1, 0 if it is not there, -1; -2: no db. */
static int
find_in_db(const char *path, const char *name, struct text *t)
{
	char file[PATH_MAX], first[MAX_KEY];
	struct stat text, compiled;
	size_t n;
	DBT data;
	DB *db;
	int r;

	if (snprintf(file, sizeof(file), "%s.db", path) >=
	    (int)sizeof(file) || stat(file, &compiled) != 0 ||
	    (stat(path, &text) == 0 && text.st_mtime > compiled.st_mtime))
		return (-2);
	db = dbopen(file, O_RDONLY, 0, DB_HASH, NULL);
	if (db == NULL)
		return (-2);
	r = fetch(db, name, strlen(name), &data);
	if (r == 0 && *(char *)data.data == DB_REFERENCE) {
		n = strlcpy(first, (char *)data.data + 1, sizeof(first));
		r = n < sizeof(first) ? fetch(db, first, n, &data) : -1;
	}
	t->n = 0;
	if (r == 0)
		r = add(t, (char *)data.data + 1, data.size - 2) != 0 ? -1 : 1;
	else if (r > 0)
		r = 0;
	db->close(db);
	return (r);
}

static int
find_in_file(const char *path, const char *name, struct text *t)
{
	FILE *fp;
	int r;

	r = find_in_db(path, name, t);
	if (r != -2)
		return (r);

	fp = fopen(path, "re");
	if (fp == NULL)
		return (0);
	while ((r = next_record(fp, t)) > 0) {
		if (cgetmatch(t->p, name) == 0)
			break;
	}
	fclose(fp);
	return (r);
}

static int
find_record(char **files, const char *name, struct text *t)
{
	int r = 0;

	if (top_record != NULL && cgetmatch(top_record, name) == 0) {
		t->n = 0;
		return (add(t, top_record, strlen(top_record)) == 0 ? 1 : -1);
	}
	for (; *files != NULL && r == 0; files++)
		r = find_in_file(*files, name, t);
	return (r);
}

/* The start of the "tc=" field, or NULL; *len is the field's length. */
static char *
find_tc(char *rec, size_t *len)
{
	char *p = strchr(rec, ':');

	for (; p != NULL; p = strchr(p + 1, ':')) {
		if (strncmp(p, ":tc=", 4) == 0) {
			*len = 1 + strcspn(p + 1, ":");
			return (p);
		}
	}
	return (NULL);
}

/*
 * Gets a record with its includes resolved.  0; 1: an include is missing
 * (the rest is there); -1: no such record; -2: system error; -3: includes
 * without end.
 */
int
cgetent(char **buf, char **files, const char *name)
{
	struct text t = { NULL, 0, 0 }, inc = { NULL, 0, 0 };
	char tcname[256], *tc, *caps;
	size_t len, n;
	int r, depth, missing = 0;

	r = find_record(files, name, &t);
	if (r <= 0) {
		free(t.p);
		return (r < 0 ? -2 : -1);
	}
	for (depth = 0; (tc = find_tc(t.p, &len)) != NULL; depth++) {
		if (depth == MAX_DEPTH) {
			free(t.p);
			free(inc.p);
			return (-3);
		}
		n = len - 4 < sizeof(tcname) - 1 ? len - 4 :
		    sizeof(tcname) - 1;
		memcpy(tcname, tc + 4, n);
		tcname[n] = '\0';
		/* Cut the field out; what it includes goes to the end. */
		memmove(tc, tc + len, t.n - (tc - t.p) - len + 1);
		t.n -= len;
		r = find_record(files, tcname, &inc);
		if (r <= 0) {
			missing = 1;
			continue;
		}
		caps = strchr(inc.p, ':');
		while (t.n > 0 && t.p[t.n - 1] == ':')
			t.p[--t.n] = '\0';
		if (caps != NULL && add(&t, caps, strlen(caps)) != 0) {
			free(t.p);
			free(inc.p);
			return (-2);
		}
	}
	free(inc.p);
	*buf = t.p;
	return (missing);
}

int
cgetset(const char *ent)
{
	free(top_record);
	top_record = NULL;
	if (ent == NULL)
		return (0);
	top_record = strdup(ent);
	return (top_record != NULL ? 0 : -1);
}

/*
 * The value of a capability: behind its type character ':' (boolean), '='
 * or '#'.  NULL if it is not there, or is cancelled by "cap@".
 */
char *
cgetcap(char *buf, const char *cap, int type)
{
	size_t n = strlen(cap);
	char *p;

	for (p = strchr(buf, ':'); p != NULL; p = strchr(p + 1, ':')) {
		if (strncmp(p + 1, cap, n) != 0)
			continue;
		if (p[n + 1] == '@')
			return (NULL);
		if (type == ':' && (p[n + 1] == ':' || p[n + 1] == '\0'))
			return (p + n + 1);
		if (type != ':' && p[n + 1] == type)
			return (p + n + 2);
	}
	return (NULL);
}

int
cgetnum(char *buf, const char *cap, long *num)
{
	char *p = cgetcap(buf, cap, '#'), *end;

	if (p == NULL)
		return (-1);
	*num = strtol(p, &end, 0);
	return (end == p ? -1 : 0);
}

/* One character of a string, with ^X and \escapes understood. */
static int
unescape(const char **pp)
{
	static const char from[] = "bBtTnNfFrReEcC", to[] =
	    "\b\b\t\t\n\n\f\f\r\r\033\033::";
	const char *p = *pp, *at;
	int c, i;

	if (*p == '^' && p[1] != '\0') {
		*pp = p + 2;
		return (p[1] == '?' ? 0177 : p[1] & 037);
	}
	if (*p != '\\' || p[1] == '\0') {
		*pp = p + 1;
		return ((unsigned char)*p);
	}
	p++;
	if (*p >= '0' && *p <= '7') {
		for (c = i = 0; i < 3 && *p >= '0' && *p <= '7'; i++)
			c = c * 8 + *p++ - '0';
		*pp = p;
		return (c);
	}
	at = strchr(from, *p);
	*pp = p + 1;
	return (at != NULL ? to[at - from] : (unsigned char)*p);
}

int
cgetstr(char *buf, const char *cap, char **str)
{
	const char *p = cgetcap(buf, cap, '=');
	struct text t = { NULL, 0, 0 };
	char c;

	*str = NULL;
	if (p == NULL)
		return (-1);
	if (add(&t, "", 0) != 0)
		return (-2);
	while (*p != '\0' && *p != ':') {
		c = (char)unescape(&p);
		if (add(&t, &c, 1) != 0) {
			free(t.p);
			return (-2);
		}
	}
	*str = t.p;
	return ((int)t.n);
}

/* The same without looking at escapes. */
int
cgetustr(char *buf, const char *cap, char **str)
{
	const char *p = cgetcap(buf, cap, '=');

	*str = NULL;
	if (p == NULL)
		return (-1);
	*str = strndup(p, strcspn(p, ":"));
	return (*str != NULL ? (int)strlen(*str) : -2);
}

int
cgetclose(void)
{
	if (walk_fp != NULL)
		fclose(walk_fp);
	walk_fp = NULL;
	walk_index = 0;
	return (0);
}

/* Walks over all records: 1 got one, 2 lacking an include, 0 end, -1. */
int
cgetnext(char **buf, char **files)
{
	struct text t = { NULL, 0, 0 };
	char name[256];
	size_t n;
	int r;

	for (;;) {
		if (walk_fp == NULL) {
			if (files[walk_index] == NULL) {
				cgetclose();
				free(t.p);
				return (0);
			}
			walk_fp = fopen(files[walk_index++], "re");
			if (walk_fp == NULL)
				continue;
		}
		r = next_record(walk_fp, &t);
		if (r > 0)
			break;
		fclose(walk_fp);
		walk_fp = NULL;
		if (r < 0) {
			free(t.p);
			cgetclose();
			return (-1);
		}
	}
	n = strcspn(t.p, "|:");
	if (n >= sizeof(name))
		n = sizeof(name) - 1;
	memcpy(name, t.p, n);
	name[n] = '\0';
	free(t.p);
	r = cgetent(buf, files, name);
	return (r >= 0 ? r + 1 : -1);
}

int
cgetfirst(char **buf, char **files)
{
	cgetclose();
	return (cgetnext(buf, files));
}
