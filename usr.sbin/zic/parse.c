/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading the source: lines of fields, the words of which may be cut short.
 *
 *	Rule NAME FROM TO - IN ON AT SAVE LETTER/S
 *	Zone NAME STDOFF RULES FORMAT [UNTIL]	and continuation lines
 *	Link TARGET LINK-NAME
 */
#include <ctype.h>
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "zic.h"

#define FIELDS	16

static const char *months[] = { "january", "february", "march", "april",
    "may", "june", "july", "august", "september", "october", "november",
    "december", NULL };
static const char *weekdays[] = { "sunday", "monday", "tuesday", "wednesday",
    "thursday", "friday", "saturday", NULL };

struct rule *all_rules;
struct zone *all_zones;
struct link *all_links;
const char *source_name;
int source_line, bad_lines;

static struct rule **rule_end = &all_rules;
static struct zone **zone_end = &all_zones;
static struct link **link_end = &all_links;
static struct era **era_end;		/* NULL: no continuation is due */

/* Splits a line at blanks; "#" begins a comment, quotes keep blanks. */
static int
split(char *p, char *field[FIELDS])
{
	int n = 0;
	char *out;

	for (;;) {
		while (isspace((unsigned char)*p))
			p++;
		if (*p == '\0' || *p == '#')
			return (n);
		if (n == FIELDS)
			return (-1);
		field[n++] = out = p;
		while (*p != '\0' && *p != '#' && !isspace((unsigned char)*p)) {
			if (*p != '"') {
				*out++ = *p++;
				continue;
			}
			for (p++; *p != '"'; )
				if (*p == '\0')
					return (-1);
				else
					*out++ = *p++;
			p++;
		}
		if (*p == '#')
			p[1] = '\0';
		if (*p != '\0')
			*p++ = '\0';
		*out = '\0';
	}
}

/* The index of the only name that begins with the text; -1 if none. */
static int
lookup(const char *text, size_t len, const char **names)
{
	int i, found = -1;

	for (i = 0; names[i] != NULL; i++) {
		if (strncasecmp(text, names[i], len) != 0)
			continue;
		if (names[i][len] == '\0')
			return (i);
		if (found >= 0)
			return (-1);
		found = i;
	}
	return (len == 0 ? -1 : found);
}

/* [-]h[:mm[:ss[.frac]]] or "-"; *end is what follows. */
static int64_t
parse_hms(const char *s, const char **end)
{
	int64_t v = 0;
	int sign = 1, factor = 3600, any = 0;

	if (*s == '-') {
		sign = -1;
		s++;
		any = !isdigit((unsigned char)*s);
	}
	while (isdigit((unsigned char)*s) && factor > 0) {
		char *e;
		long n = strtol(s, &e, 10);

		if (n > 167 * 60)
			complain("time too large");
		v += n * factor;
		any = 1;
		factor = factor == 3600 ? 60 : factor == 60 ? 1 : 0;
		s = e;
		if (*s != ':')
			break;
		s++;
	}
	if (*s == '.')		/* fractions do not count */
		for (s++; isdigit((unsigned char)*s); )
			s++;
	if (!any)
		complain("invalid time of day");
	*end = s;
	return (sign * v);
}

static void
parse_at(const char *s, struct moment *m)
{
	m->seconds = parse_hms(s, &s);
	m->clock = WALL;
	switch (*s) {
	case 's': m->clock = STANDARD; s++; break;
	case 'w': s++; break;
	case 'u': case 'g': case 'z': m->clock = UNIVERSAL; s++; break;
	}
	if (*s != '\0')
		complain("invalid time of day");
}

/* A saving; "s" or "d" after it tells whether it is summer time. */
static int64_t
parse_save(const char *s, int *isdst)
{
	int64_t v = parse_hms(s, &s);

	*isdst = v != 0;
	if (*s == 's' || *s == 'd')
		*isdst = *s++ == 'd';
	if (*s != '\0')
		complain("invalid saved time");
	return (v);
}

static void
parse_day(const char *s, struct day *d)
{
	const char *op = strstr(s, "=");

	if (isdigit((unsigned char)*s)) {
		d->how = DATE;
		d->day = atoi(s);
		if (d->day < 1 || d->day > 31)
			complain("invalid day of month");
		return;
	}
	if (strncasecmp(s, "last", 4) == 0) {
		d->how = LAST;
		s += 4;
		d->weekday = lookup(s, strlen(s), weekdays);
	} else if (op != NULL && op > s && (op[-1] == '>' || op[-1] == '<')) {
		d->how = op[-1] == '>' ? FROM : UPTO;
		d->weekday = lookup(s, (size_t)(op - 1 - s), weekdays);
		d->day = atoi(op + 1);
		if (d->day < 1 || d->day > 31)
			d->weekday = -1;
	} else {
		d->weekday = -1;
	}
	if (d->weekday < 0)
		complain("invalid day");
}

static int
parse_year(const char *s, int only)
{
	size_t len = strlen(s);
	char *end;
	long y;

	if (len >= 2 && strncasecmp(s, "maximum", len) == 0)
		return (YEAR_MAX);
	if (len >= 2 && strncasecmp(s, "minimum", len) == 0)
		return (YEAR_MIN);
	if (len >= 1 && strncasecmp(s, "only", len) == 0)
		return (only);
	y = strtol(s, &end, 10);
	if (*end != '\0' || end == s || y < -10000 || y > 10000)
		complain("invalid year");
	return ((int)y);
}

static void
parse_rule(char **f, int n)
{
	struct rule *r = xalloc(sizeof(*r));

	if (n != 10) {
		complain("wrong number of fields on Rule line");
		return;
	}
	r->name = xstrdup(f[1]);
	r->from = parse_year(f[2], 0);
	r->to = parse_year(f[3], r->from);
	r->when.month = lookup(f[5], strlen(f[5]), months);
	if (r->when.month < 0)
		complain("invalid month name");
	parse_day(f[6], &r->when.day);
	parse_at(f[7], &r->when);
	r->save = parse_save(f[8], &r->isdst);
	r->letters = xstrdup(strcmp(f[9], "-") == 0 ? "" : f[9]);
	if (r->from > r->to)
		complain("starting year greater than ending year");
	*rule_end = r;
	rule_end = &r->next;
}

static void
parse_era(char **f, int n)
{
	static const struct moment january = { .day = { DATE, 1, 0 } };
	struct era *e = xalloc(sizeof(*e));
	const char *end;

	if (n < 3 || n > 7 || era_end == NULL) {
		complain("wrong number of fields on Zone line");
		return;
	}
	e->stdoff = parse_hms(f[0], &end);
	if (*end != '\0')
		complain("invalid UT offset");
	if (strcmp(f[1], "-") == 0)
		e->save = 0;
	else if (isdigit((unsigned char)f[1][0]) || f[1][0] == '-')
		e->save = parse_save(f[1], &e->isdst);
	else
		e->rules = xstrdup(f[1]);
	e->format = xstrdup(f[2]);
	e->last = n == 3;
	e->until = january;
	if (n > 3)
		e->until_year = parse_year(f[3], 0);
	if (n > 4 && (e->until.month = lookup(f[4], strlen(f[4]),
	    months)) < 0)
		complain("invalid month name");
	if (n > 5)
		parse_day(f[5], &e->until.day);
	if (n > 6)
		parse_at(f[6], &e->until);
	*era_end = e;
	era_end = e->last ? NULL : &e->next;
}

static void
parse_zone(char **f, int n)
{
	struct zone *z = xalloc(sizeof(*z));

	if (n < 5) {
		complain("wrong number of fields on Zone line");
		return;
	}
	z->name = xstrdup(f[1]);
	*zone_end = z;
	zone_end = &z->next;
	era_end = &z->eras;
	parse_era(f + 2, n - 2);
}

static void
parse_line(char **f, int n)
{
	static const char *kinds[] = { "rule", "zone", "link", "leap",
	    "expires", NULL };
	struct link *l;

	if (era_end != NULL) {
		parse_era(f, n);
		return;
	}
	switch (lookup(f[0], strlen(f[0]), kinds)) {
	case 0:
		parse_rule(f, n);
		break;
	case 1:
		parse_zone(f, n);
		break;
	case 2:
		if (n != 3) {
			complain("wrong number of fields on Link line");
			break;
		}
		l = xalloc(sizeof(*l));
		l->target = xstrdup(f[1]);
		l->name = xstrdup(f[2]);
		*link_end = l;
		link_end = &l->next;
		break;
	case 3:
	case 4:
		complain("leap seconds are not kept: system time has none");
		break;
	default:
		complain("input line of unknown type");
		break;
	}
}

void
parse_file(const char *path)
{
	FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "r");
	char *line = NULL, *field[FIELDS];
	size_t size = 0;
	int n;

	if (f == NULL)
		err(1, "%s", path);
	source_name = path;
	source_line = 0;
	era_end = NULL;
	while (getline(&line, &size, f) > 0) {
		source_line++;
		n = split(line, field);
		if (n < 0)
			complain("odd number of quotation marks, or too many "
			    "fields");
		else if (n > 0)
			parse_line(field, n);
	}
	if (era_end != NULL)
		complain("expected continuation line not found");
	if (ferror(f))
		err(1, "%s", path);
	if (f != stdin)
		fclose(f);
	free(line);
}
