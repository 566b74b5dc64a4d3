/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Netgroups: sets of (host, user, domain) in /etc/netgroup.
 *
 * A line is a name and members; a member is a triple in parentheses, in which
 * an empty field stands for anything and "-" for nothing, or the name of
 * another group.
 */
#include <sys/types.h>
#include <ctype.h>
#include <netdb.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define	PATH_NETGROUP	"/etc/netgroup"
#define	MAX_DEPTH	32

struct triple {
	struct triple	*next;
	char		*field[3];	/* NULL: anything */
	char		text[];
};

static struct triple	*members, *position;

/* The members of a group as they stand in the file; the caller frees them. */
static char *
find_group(const char *name)
{
	char *line = NULL, *whole = NULL, *more, *p;
	size_t size = 0, n = strlen(name);
	ssize_t len;
	FILE *fp;

	fp = fopen(PATH_NETGROUP, "re");
	if (fp == NULL)
		return (NULL);
	while ((len = getline(&line, &size, fp)) > 0) {
		if (line[0] == '#' || strncmp(line, name, n) != 0 ||
		    !isspace((unsigned char)line[n]))
			continue;
		whole = strdup(line + n);
		/* Continued over lines that end in a backslash. */
		while (whole != NULL && (p = strrchr(whole, '\\')) != NULL &&
		    p[1] == '\n' && getline(&line, &size, fp) > 0) {
			*p = '\0';
			if (asprintf(&more, "%s %s", whole, line) < 0)
				break;
			free(whole);
			whole = more;
		}
		break;
	}
	free(line);
	fclose(fp);
	return (whole);
}

/* "host,user,domain" without its parentheses. */
static struct triple *
make_triple(const char *s, size_t n)
{
	struct triple *t = calloc(1, sizeof(*t) + n + 1);
	char *p, *f, *end;
	int i;

	if (t == NULL)
		return (NULL);
	memcpy(t->text, s, n);
	p = t->text;
	for (i = 0; i < 3; i++) {
		f = p != NULL ? strsep(&p, ",") : NULL;
		if (f == NULL)
			break;
		f += strspn(f, " \t");
		for (end = f + strlen(f); end > f &&
		    isspace((unsigned char)end[-1]);)
			*--end = '\0';
		t->field[i] = *f != '\0' ? f : NULL;
	}
	return (t);
}

static void
add_group(const char *name, struct triple ***tail, int depth)
{
	char *text, *p, word[256];
	struct triple *t;
	size_t n;

	text = depth < MAX_DEPTH ? find_group(name) : NULL;
	if (text == NULL)
		return;
	for (p = text; *(p += strspn(p, " \t\r\n,")) != '\0'; p += n) {
		if (*p == '(') {
			n = strcspn(++p, ")");
			t = make_triple(p, n);
			if (t == NULL)
				break;
			**tail = t;
			*tail = &t->next;
			n += p[n] == ')';
			continue;
		}
		n = strcspn(p, " \t\r\n,(");
		if (n < sizeof(word)) {
			memcpy(word, p, n);
			word[n] = '\0';
			add_group(word, tail, depth + 1);
		}
	}
	free(text);
}

static void
free_triples(struct triple *t)
{
	struct triple *next;

	for (; t != NULL; t = next) {
		next = t->next;
		free(t);
	}
}

void
setnetgrent(const char *group)
{
	struct triple **tail = &members;

	endnetgrent();
	add_group(group, &tail, 0);
	position = members;
}

int
getnetgrent(char **host, char **user, char **domain)
{
	if (position == NULL)
		return (0);
	*host = position->field[0];
	*user = position->field[1];
	*domain = position->field[2];
	position = position->next;
	return (1);
}

void
endnetgrent(void)
{
	free_triples(members);
	members = position = NULL;
}

static bool
fits(const char *want, const char *have, bool ignore_case)
{
	if (want == NULL || have == NULL)
		return (true);
	return ((ignore_case ? strcasecmp(want, have) :
	    strcmp(want, have)) == 0);
}

int
innetgr(const char *group, const char *host, const char *user,
    const char *domain)
{
	struct triple *list = NULL, **tail = &list, *t;

	add_group(group, &tail, 0);
	for (t = list; t != NULL; t = t->next) {
		if (fits(host, t->field[0], true) &&
		    fits(user, t->field[1], false) &&
		    fits(domain, t->field[2], true))
			break;
	}
	free_triples(list);
	return (t != NULL);
}
