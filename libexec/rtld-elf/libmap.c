/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * /etc/libmap.conf and LD_LIBMAP: names replaced by other names before they
 * are searched.  A line "from to" applies to everyone, or, below a "[which]"
 * line, to references by one program, one library or one directory of them.
 * Later entries win.
 */
#include <sys/param.h>
#include <fcntl.h>
#include "rtld.h"

#define	LIBMAP_MAX	(256UL * 1024)
#define	INCLUDE_DEPTH	8

struct mapping {
	struct mapping	*next;
	char		*from;
	char		*to;
	char		*who;		/* NULL: everyone */
};

static struct mapping	*mappings;	/* latest first */

static bool
is_blank(char c)
{
	return (c == ' ' || c == '\t' || c == '\r');
}

static void
add_mapping(const char *from, size_t nfrom, const char *to, size_t nto,
    const char *who)
{
	struct mapping *m;

	m = xcalloc(sizeof(*m));
	m->from = xstrndup(from, nfrom);
	m->to = xstrndup(to, nto);
	m->who = who != NULL ? xstrdup(who) : NULL;
	m->next = mappings;
	mappings = m;
}

static size_t
word(const char **p, const char *end)
{
	const char *s;

	while (*p < end && is_blank(**p))
		(*p)++;
	for (s = *p; s < end && !is_blank(*s); s++)
		;
	return (s - *p);
}

static void parse_file(const char *, int);

static void
parse_line(const char *p, const char *end, char **who, int depth)
{
	const char *from, *to, *hash;
	size_t nfrom, nto;
	char *file;

	for (hash = p; hash < end && *hash != '#'; hash++)
		;
	end = hash;
	nfrom = word(&p, end);
	if (nfrom == 0)
		return;
	from = p;
	if (*p == '[') {
		for (p++, to = p; to < end && *to != ']'; to++)
			;
		xfree(*who);
		*who = to > p ? xstrndup(p, to - p) : NULL;
		return;
	}
	p += nfrom;
	nto = word(&p, end);
	to = p;
	if (nto == 0)
		return;
	if (nfrom == 7 && memcmp(from, "include", 7) == 0) {
		file = xstrndup(to, nto);
		parse_file(file, depth + 1);
		xfree(file);
		return;
	}
	add_mapping(from, nfrom, to, nto, *who);
}

static void
parse_file(const char *path, int depth)
{
	const char *p, *end, *nl;
	char *text, *who = NULL;
	long fd, n;

	if (depth > INCLUDE_DEPTH)
		return;
	fd = rtld_open(path, O_RDONLY | O_CLOEXEC, 0);
	if (fd < 0)
		return;
	text = xmalloc(LIBMAP_MAX);
	n = rtld_read(fd, text, LIBMAP_MAX);
	rtld_close(fd);
	if (n > 0) {
		for (p = text, end = text + n; p < end; p = nl + 1) {
			for (nl = p; nl < end && *nl != '\n'; nl++)
				;
			parse_line(p, nl, &who, depth);
		}
	}
	xfree(who);
	xfree(text);
}

/* `extra' is the value of LD_LIBMAP: from=to,from=to. */
int
libmap_init(const char *extra)
{
	const char *p, *eq, *end;

	parse_file(LIBMAP_PATH, 0);
	for (p = extra; p != NULL && *p != '\0'; p = *end != '\0' ? end + 1 :
	    end) {
		for (end = p; *end != '\0' && *end != ',';)
			end++;
		for (eq = p; eq < end && *eq != '=';)
			eq++;
		if (eq > p && eq + 1 < end)
			add_mapping(p, eq - p, eq + 1, end - eq - 1, NULL);
	}
	return (0);
}

static bool
concerns(const struct mapping *m, const char *ref)
{
	const char *base;
	size_t n;

	if (m->who == NULL)
		return (true);
	if (ref == NULL)
		return (false);
	n = strlen(m->who);
	if (n > 0 && m->who[n - 1] == '/')
		return (strncmp(ref, m->who, n) == 0);
	if (strcmp(ref, m->who) == 0)
		return (true);
	base = strrchr(ref, '/');
	return (strchr(m->who, '/') == NULL && base != NULL &&
	    strcmp(base + 1, m->who) == 0);
}

/* The name to use instead of `name' for a reference by `ref', or NULL. */
const char *
libmap_lookup(const char *name, const char *ref)
{
	const struct mapping *m;
	int constrained;

	for (constrained = 1; constrained >= 0; constrained--) {
		for (m = mappings; m != NULL; m = m->next) {
			if ((m->who != NULL) == constrained &&
			    concerns(m, ref) && strcmp(m->from, name) == 0)
				return (m->to);
		}
	}
	return (NULL);
}
