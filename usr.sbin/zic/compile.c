/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From eras and rules to transitions, and to the POSIX form of the rules that
 * hold for ever.
 *
 * An era starts where the one before ends.  What its rules say for that moment
 * is found by following them from their first year.
 */
#include <stdlib.h>
#include <string.h>

#include "zic.h"

#define DAY	86400

static int
leap(int64_t y)
{
	return (y % 4 == 0 && (y % 100 != 0 || y % 400 == 0));
}

static int
month_days(int64_t y, int m)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
	    30, 31 };

	return (days[m] + (m == 1 && leap(y)));
}

/* Days from 1970-01-01 to the first of the month (from 0). */
static int64_t
days_to(int64_t y, int m)
{
	int64_t n, before = y - 1;
	int i;

	n = (y - 1970) * 365 + (before / 4 - before / 100 + before / 400) -
	    (1969 / 4 - 1969 / 100 + 1969 / 400);
	for (i = 0; i < m; i++)
		n += month_days(y, i);
	return (n);
}

int64_t
moment_seconds(int year, const struct moment *m)
{
	int64_t first = days_to(year, m->month);
	int day = m->day.day, weekday;

	if (m->day.how == LAST)
		day = month_days(year, m->month);
	/* 1970-01-01 was a Thursday. */
	weekday = (int)(((first + day - 1 + 4) % 7 + 7) % 7);
	switch (m->day.how) {
	case DATE:
		break;
	case FROM:
		day += (m->day.weekday - weekday + 7) % 7;
		break;
	case LAST:
	case UPTO:
		day -= (weekday - m->day.weekday + 7) % 7;
		break;
	}
	return ((first + day - 1) * DAY + m->seconds);
}

static int64_t
universal(int64_t t, enum clock clock, int64_t stdoff, int64_t save)
{
	switch (clock) {
	case WALL:
		return (t - stdoff - save);
	case STANDARD:
		return (t - stdoff);
	default:
		return (t);
	}
}

static void
abbreviation(char out[16], const char *format, const char *letters,
    int64_t offset, int isdst)
{
	const char *slash = strchr(format, '/'), *s;
	long o = (long)(offset < 0 ? -offset : offset);
	int n;

	if ((s = strstr(format, "%z")) != NULL) {
		n = snprintf(out, 16, "%.*s%c%02ld", (int)(s - format), format,
		    offset < 0 ? '-' : '+', o / 3600);
		if (o % 3600 != 0)
			n += snprintf(out + n, 16 - (size_t)n, "%02ld",
			    o / 60 % 60);
		if (o % 60 != 0)
			snprintf(out + n, 16 - (size_t)n, "%02ld", o % 60);
	} else if (slash != NULL) {
		if (isdst)
			snprintf(out, 16, "%s", slash + 1);
		else
			snprintf(out, 16, "%.*s", (int)(slash - format),
			    format);
	} else if ((s = strstr(format, "%s")) != NULL) {
		snprintf(out, 16, "%.*s%s%s", (int)(s - format), format,
		    letters, s + 2);
	} else {
		snprintf(out, 16, "%s", format);
	}
}

static int
type_of(struct compiled *c, const struct era *e, int64_t save, int isdst,
    const char *letters)
{
	struct ttype t = { e->stdoff + save, isdst, "" };
	int i;

	abbreviation(t.abbreviation, e->format, letters, t.offset, isdst);
	for (i = 0; i < c->ntypes; i++) {
		if (c->types[i].offset == t.offset &&
		    c->types[i].isdst == t.isdst &&
		    strcmp(c->types[i].abbreviation, t.abbreviation) == 0)
			return (i);
	}
	if (c->ntypes == TYPES_MAX) {
		complain("too many local time types");
		return (0);
	}
	c->types[c->ntypes] = t;
	return (c->ntypes++);
}

static void
add(struct compiled *c, int64_t at, int type)
{
	if (c->n > 0 && c->v[c->n - 1].at >= at) {
		c->v[c->n - 1].type = type;
		return;
	}
	if (c->n > 0 ? c->v[c->n - 1].type == type : type == 0)
		return;
	if (c->n == c->max) {
		c->max = c->max * 2 + 64;
		c->v = reallocarray(c->v, c->max, sizeof(*c->v));
		if (c->v == NULL)
			abort();
	}
	c->v[c->n++] = (struct transition){ at, type };
}

struct change {
	int64_t	at;			/* by its own clock */
	const struct rule *rule;
};

static int
by_time(const void *a, const void *b)
{
	const struct change *x = a, *y = b;

	return (x->at < y->at ? -1 : x->at > y->at);
}

/* The years in which a set of rules does something new. */
static int
rule_years(const char *name, int *first, int *last)
{
	const struct rule *r;
	int any = 0;

	*first = YEAR_MAX;
	*last = YEAR_MIN;
	for (r = all_rules; r != NULL; r = r->next) {
		if (strcmp(r->name, name) != 0)
			continue;
		any = 1;
		if (r->from != YEAR_MIN && r->from < *first)
			*first = r->from;
		if (r->from > *last)
			*last = r->from;
		if (r->to != YEAR_MAX && r->to > *last)
			*last = r->to;
	}
	return (any);
}

#define CHANGES_MAX	64

/* The changes of one year, in order; ends of eras need some of next year's. */
static int
changes_of(const char *name, int year, struct change v[CHANGES_MAX])
{
	const struct rule *r;
	int n = 0;

	for (r = all_rules; r != NULL; r = r->next) {
		if (strcmp(r->name, name) != 0 || r->from > year ||
		    r->to < year || n == CHANGES_MAX)
			continue;
		v[n++] = (struct change){ moment_seconds(year, &r->when), r };
	}
	qsort(v, (size_t)n, sizeof(*v), by_time);
	return (n);
}

/* What an era with rules is like before the first of them. */
static const char *
first_letters(const char *name)
{
	const struct rule *r, *best = NULL;

	for (r = all_rules; r != NULL; r = r->next) {
		if (strcmp(r->name, name) == 0 && r->save == 0 &&
		    (best == NULL || r->from < best->from))
			best = r;
	}
	return (best == NULL ? "" : best->letters);
}

/*
 * One era with rules, from start on, or from ever on if prev, the era before,
 * is NULL.  *savep is the saving at the end of that, and then at the end of
 * this one, by which the end is reckoned; that is returned.
 */
static int64_t
compile_rules(struct compiled *c, const struct era *e, int64_t start,
    const struct era *prev, int64_t *savep)
{
	struct change v[CHANGES_MAX];
	const char *letters = first_letters(e->rules);
	int64_t save = 0, at, end = INT64_MAX;
	int isdst = 0, year, first, last, i, n, begun = prev != NULL;
	int started = 0;

	if (!rule_years(e->rules, &first, &last)) {
		complain("%s: no such rules", e->rules);
		return (INT64_MAX);
	}
	if (!e->last && e->until_year > last)
		last = e->until_year;
	else if (begun && start / (366 * DAY) + 1971 > last)
		last = (int)(start / (366 * DAY)) + 1971;
	for (year = first; year <= last + 2; year++) {
		n = changes_of(e->rules, year, v);
		for (i = 0; i < n; i++) {
			at = universal(v[i].at, v[i].rule->when.clock,
			    e->stdoff, save);
			/* By the clock before, it may have come already. */
			if (begun && at > start && universal(v[i].at,
			    v[i].rule->when.clock, prev->stdoff, *savep) <=
			    start)
				at = start;
			if (!e->last)
				end = universal(moment_seconds(e->until_year,
				    &e->until), e->until.clock, e->stdoff,
				    save);
			if (!started && begun && at > start) {
				add(c, start, type_of(c, e, save, isdst,
				    letters));
				started = 1;
			}
			if (at >= end)
				goto out;
			save = v[i].rule->save;
			isdst = v[i].rule->isdst;
			letters = v[i].rule->letters;
			if (!begun || at >= start) {
				started = 1;
				add(c, at, type_of(c, e, save, isdst,
				    letters));
			}
		}
	}
	if (!e->last)
		end = universal(moment_seconds(e->until_year, &e->until),
		    e->until.clock, e->stdoff, save);
out:
	if (!started && begun && start < end)
		add(c, start, type_of(c, e, save, isdst, letters));
	*savep = save;
	return (end);
}

/* "<+03>" unless it is letters only. */
static void
put_name(FILE *f, const char *s)
{
	fprintf(f, strspn(s, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == strlen(s) ? "%s" : "<%s>", s);
}

static void
put_hms(FILE *f, int64_t v)
{
	if (v < 0)
		putc('-', f);
	v = v < 0 ? -v : v;
	fprintf(f, "%d", (int)(v / 3600));
	if (v % 3600 != 0)
		fprintf(f, ":%02d", (int)(v / 60 % 60));
	if (v % 60 != 0)
		fprintf(f, ":%02d", (int)(v % 60));
}

/*
 * ",Mm.w.d/time".  A weekday from a day on that no week of the month begins
 * with is told by an earlier weekday and a later time.
 */
static int
put_date(FILE *f, const struct rule *r, int64_t stdoff, int64_t save)
{
	const struct day *d = &r->when.day;
	int64_t seconds = r->when.seconds;
	int week, weekday = d->weekday, shift;

	if (r->when.clock == UNIVERSAL)
		seconds += stdoff;
	if (r->when.clock != WALL)
		seconds += save;
	switch (d->how) {
	case DATE:
		if (r->when.month == 1 && d->day == 29)
			return (-1);
		fprintf(f, ",J%d", (int)(days_to(1970, r->when.month) +
		    d->day));
		break;
	case LAST:
		fprintf(f, ",M%d.5.%d", r->when.month + 1, weekday);
		break;
	case FROM:
		shift = (d->day - 1) % 7;
		week = (d->day - 1) / 7 + 1;
		weekday = (weekday - shift + 7) % 7;
		seconds += (int64_t)shift * DAY;
		if (week > 4)
			return (-1);
		fprintf(f, ",M%d.%d.%d", r->when.month + 1, week, weekday);
		break;
	case UPTO:
		/* The last one on or before the last of a week. */
		shift = d->day % 7;
		week = d->day / 7;
		if (week == 0 || week > 4)
			return (-1);
		weekday = (weekday - shift + 7) % 7;
		seconds += (int64_t)shift * DAY;
		fprintf(f, ",M%d.%d.%d", r->when.month + 1, week, weekday);
		break;
	}
	if (seconds != 2 * 3600) {
		putc('/', f);
		put_hms(f, seconds);
	}
	return (0);
}

/* What holds after the last transition, as TZ tells it. */
static void
make_footer(struct compiled *c, const struct era *e, int64_t save)
{
	const struct rule *r, *std = NULL, *dst = NULL, *latest = NULL;
	char name[16];
	FILE *f;
	int n = 0, bad;

	for (r = all_rules; e->rules != NULL && r != NULL; r = r->next) {
		if (strcmp(r->name, e->rules) != 0)
			continue;
		if (latest == NULL || r->to > latest->to ||
		    (r->to == latest->to && r->when.month >=
		    latest->when.month))
			latest = r;
		if (r->to != YEAR_MAX)
			continue;
		n++;
		if (r->isdst)
			dst = r;
		else
			std = r;
	}
	c->footer[0] = '\0';
	f = fmemopen(c->footer, sizeof(c->footer), "w");
	if (f == NULL)
		return;
	if (n == 2 && std != NULL && dst != NULL) {
		abbreviation(name, e->format, std->letters,
		    e->stdoff + std->save, 0);
		put_name(f, name);
		put_hms(f, -(e->stdoff + std->save));
		abbreviation(name, e->format, dst->letters,
		    e->stdoff + dst->save, 1);
		put_name(f, name);
		if (dst->save - std->save != 3600)
			put_hms(f, -(e->stdoff + dst->save));
		bad = put_date(f, dst, e->stdoff, std->save) != 0 ||
		    put_date(f, std, e->stdoff, dst->save) != 0;
	} else if (n > 2 || (n == 1 && dst != NULL)) {
		bad = 1;
	} else {
		r = e->rules == NULL ? NULL : std != NULL ? std : latest;
		abbreviation(name, e->format, r == NULL ? "" : r->letters,
		    e->stdoff + save, r == NULL ? e->isdst : r->isdst);
		put_name(f, name);
		put_hms(f, -(e->stdoff + save));
		bad = 0;
	}
	fclose(f);
	if (bad)
		c->footer[0] = '\0';
}

int
compile_zone(const struct zone *z, struct compiled *c)
{
	const struct era *e;
	int64_t start = INT64_MIN, save = 0, end;
	const struct era *prev = NULL;
	int before = bad_lines;

	memset(c, 0, sizeof(*c));
	for (e = z->eras; e != NULL; e = e->next) {
		if (e->rules == NULL) {
			save = e->save;
			if (prev != NULL)
				add(c, start, type_of(c, e, save, e->isdst,
				    ""));
			else
				type_of(c, e, save, e->isdst, "");
			end = e->last ? INT64_MAX :
			    universal(moment_seconds(e->until_year,
			    &e->until), e->until.clock, e->stdoff, save);
		} else {
			if (prev == NULL)
				type_of(c, e, 0, 0, first_letters(e->rules));
			end = compile_rules(c, e, start, prev, &save);
		}
		if (e->last)
			make_footer(c, e, save);
		start = end;
		prev = e;
	}
	return (bad_lines == before ? 0 : -1);
}
