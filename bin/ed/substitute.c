/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * s/pattern/replacement/flags; see ed.h.
 */
#include <ctype.h>
#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "ed.h"

#define GROUPS		10

static char *replacement;		/* the last; "%" repeats it */
static int last_global, last_print, have_last;
static long last_count;
static regex_t *last_regex;

struct text {
	char	*s;
	size_t	n, room;
};

static void
append(struct text *t, const char *s, size_t n)
{
	if (t->n + n + 1 > t->room) {
		t->room = (t->n + n + 1) * 2;
		t->s = realloc(t->s, t->room);
		if (t->s == NULL)
			err(2, NULL);
	}
	memcpy(t->s + t->n, s, n);
	t->n += n;
	t->s[t->n] = '\0';
}

/* Up to the delimiter; a backslash before the end of a line goes on. */
static void
read_replacement(const char **p, int delimiter)
{
	struct text t = { NULL, 0, 0 };
	size_t len;
	char *more;

	append(&t, "", 0);
	while (**p != '\0' && **p != delimiter) {
		if (**p == '\\' && (*p)[1] == '\0') {
			more = read_input(&len);
			if (more == NULL)
				error("unexpected end-of-file");
			append(&t, "\n", 1);
			*p = more;
			continue;
		}
		if (**p == '\\') {
			if ((*p)[1] != delimiter)
				append(&t, *p, 1);
			(*p)++;
		}
		append(&t, (*p)++, 1);
	}
	if (**p == delimiter)
		(*p)++;
	else
		last_print = 'p';
	if (strcmp(t.s, "%") == 0 && replacement != NULL) {
		free(t.s);
		return;
	}
	free(replacement);
	replacement = t.s;
}

static void
expand(struct text *out, const char *line, const regmatch_t *m)
{
	const char *r;
	int g;

	for (r = replacement; *r != '\0'; r++) {
		if (*r == '&') {
			append(out, line + m[0].rm_so,
			    (size_t)(m[0].rm_eo - m[0].rm_so));
		} else if (*r == '\\' && isdigit((unsigned char)r[1])) {
			g = *++r - '0';
			if (m[g].rm_so >= 0)
				append(out, line + m[g].rm_so,
				    (size_t)(m[g].rm_eo - m[g].rm_so));
		} else {
			if (*r == '\\' && r[1] != '\0')
				r++;
			append(out, r, 1);
		}
	}
}

/* Replaces in a line; what has newlines becomes several.  Returns how many. */
static long
replace_in(long n)
{
	const char *line = buffer_line(n)->text, *p = line, *nl;
	struct text out = { NULL, 0, 0 };
	regmatch_t m[GROUPS];
	long count = 0, done = 0, lines = 0;
	size_t at, len;

	append(&out, "", 0);
	while (regexec(last_regex, p, GROUPS, m, p > line ? REG_NOTBOL : 0) ==
	    0) {
		append(&out, p, (size_t)m[0].rm_so);
		if (last_global || ++count == last_count) {
			expand(&out, p, m);
			done = 1;
		} else
			append(&out, p + m[0].rm_so,
			    (size_t)(m[0].rm_eo - m[0].rm_so));
		p += m[0].rm_eo;
		if (m[0].rm_eo == m[0].rm_so) {
			if (*p == '\0')
				break;
			append(&out, p++, 1);
		}
		if (*p == '\0' || (done && !last_global))
			break;
	}
	append(&out, p, strlen(p));
	if (!done) {
		free(out.s);
		return (0);
	}
	for (at = 0;; at += len + 1) {
		nl = memchr(out.s + at, '\n', out.n - at);
		len = nl != NULL ? (size_t)(nl - out.s) - at : out.n - at;
		if (lines == 0)
			buffer_replace(n, out.s + at, len);
		else
			buffer_insert(n + lines - 1, out.s + at, len);
		lines++;
		if (nl == NULL)
			break;
	}
	free(out.s);
	return (lines);
}

void
substitute(const char **p, long from, long to)
{
	int delimiter = (unsigned char)**p, icase = 0, found = 0;
	long lines;
	char *end;

	if (delimiter == '\0' || strchr("gprn", delimiter) != NULL) {
		if (!have_last)
			error("no previous substitution");
	} else {
		last_global = last_print = 0;
		last_count = 1;
		last_regex = pattern(p, icase);
		read_replacement(p, delimiter);
		have_last = 1;
	}
	for (; **p != '\0'; (*p)++) {
		if (**p == 'g')
			last_global = 1;
		else if (strchr("pnl", **p) != NULL)
			last_print = **p;
		else if (isdigit((unsigned char)**p)) {
			last_count = strtol(*p, &end, 10);
			*p = end - 1;
		} else
			error("invalid command suffix");
	}
	for (; from <= to; from += lines > 0 ? lines : 1) {
		lines = replace_in(from);
		if (lines == 0)
			continue;
		to += lines - 1;
		current = from + lines - 1;
		found = 1;
	}
	if (!found)
		error("no match");
	if (last_print != 0)
		print_lines(current, current, last_print);
}
