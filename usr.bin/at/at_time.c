/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Times as people write them; see at.h.
 *
 *	time:	HH:MM | HHMM | HH, each with or without am or pm, noon,
 *		midnight, teatime, now
 *	date:	month day [year], weekday, today, tomorrow, MM/DD/YY,
 *		DD.MM.YY, MMDDYY
 *	later:	+ count minutes|hours|days|weeks|months|years
 */
#include <ctype.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "at.h"

static const char *months[] = { "jan", "feb", "mar", "apr", "may", "jun",
    "jul", "aug", "sep", "oct", "nov", "dec" };
static const char *days[] = { "sun", "mon", "tue", "wed", "thu", "fri",
    "sat" };

struct parser {
	char	text[256];		/* all words, with single blanks */
	char	*p;
	struct tm now, tm;
	int	dated;			/* a date was given */
};

static void
skip_blanks(struct parser *ps)
{
	while (*ps->p == ' ' || *ps->p == ',')
		ps->p++;
}

/* Whether a word is next; it is then passed. */
static int
word(struct parser *ps, const char *w)
{
	size_t n = strlen(w);

	skip_blanks(ps);
	if (strncasecmp(ps->p, w, n) != 0 || isalpha((unsigned char)ps->p[n]))
		return (0);
	ps->p += n;
	return (1);
}

/* A name or its first letters, at least three: its index, or -1. */
static int
name(struct parser *ps, const char **names, int n)
{
	size_t len;
	int i;

	skip_blanks(ps);
	for (len = 0; isalpha((unsigned char)ps->p[len]); len++)
		;
	if (len < 3)
		return (-1);
	for (i = 0; i < n; i++) {
		if (strncasecmp(ps->p, names[i], 3) == 0) {
			ps->p += len;
			return (i);
		}
	}
	return (-1);
}

/* Digits: their number and value. */
static int
number(struct parser *ps, int *value)
{
	int n = 0;

	skip_blanks(ps);
	*value = 0;
	for (; isdigit((unsigned char)*ps->p) && n < 8; ps->p++, n++)
		*value = *value * 10 + (*ps->p - '0');
	return (n);
}

static int
year(int y)
{
	if (y < 70)
		return (y + 100);
	return (y < 1900 ? y : y - 1900);
}

static int
parse_time(struct parser *ps)
{
	int hour, minute = 0, n;

	if (word(ps, "now")) {
		ps->tm = ps->now;
		return (1);
	}
	if (word(ps, "noon")) {
		hour = 12;
	} else if (word(ps, "midnight")) {
		hour = 0;
	} else if (word(ps, "teatime")) {
		hour = 16;
	} else {
		n = number(ps, &hour);
		if (n == 0 || n > 4)
			return (0);
		if (n > 2) {
			minute = hour % 100;
			hour /= 100;
		} else if (*ps->p == ':') {
			ps->p++;
			if (number(ps, &minute) != 2)
				return (0);
		}
		n = hour;
		if (word(ps, "am"))
			hour = hour == 12 ? 0 : hour;
		else if (word(ps, "pm"))
			hour = hour == 12 ? 12 : hour + 12;
		if (hour != n && n > 12)
			return (0);
	}
	if (hour > 23 || minute > 59)
		return (0);
	ps->tm.tm_hour = hour;
	ps->tm.tm_min = minute;
	ps->tm.tm_sec = 0;
	return (1);
}

/* MM/DD/YY, DD.MM.YY or MMDDYY with two or four digits of the year. */
static int
parse_numeric_date(struct parser *ps)
{
	int a, b, c, n = number(ps, &a);
	char sep;

	if (n == 6 || n == 8) {
		c = n == 6 ? a % 100 : a % 10000;
		a /= n == 6 ? 100 : 10000;
		ps->tm.tm_mon = a / 100 - 1;
		ps->tm.tm_mday = a % 100;
		ps->tm.tm_year = year(c);
		return (1);
	}
	sep = *ps->p;
	if (n == 0 || (sep != '/' && sep != '.'))
		return (0);
	ps->p++;
	if (number(ps, &b) == 0 || *ps->p != sep)
		return (0);
	ps->p++;
	if (number(ps, &c) == 0)
		return (0);
	ps->tm.tm_mon = (sep == '/' ? a : b) - 1;
	ps->tm.tm_mday = sep == '/' ? b : a;
	ps->tm.tm_year = year(c);
	return (1);
}

static int
parse_date(struct parser *ps)
{
	int i, n;

	skip_blanks(ps);
	if (*ps->p == '\0' || *ps->p == '+')
		return (1);
	ps->dated = 1;
	if (word(ps, "today"))
		return (1);
	if (word(ps, "tomorrow")) {
		ps->tm.tm_mday++;
		return (1);
	}
	if ((i = name(ps, months, 12)) >= 0) {
		ps->tm.tm_mon = i;
		if (number(ps, &ps->tm.tm_mday) == 0)
			return (0);
		skip_blanks(ps);
		if (isdigit((unsigned char)*ps->p)) {
			number(ps, &n);
			ps->tm.tm_year = year(n);
		} else if (ps->tm.tm_mon < ps->now.tm_mon ||
		    (ps->tm.tm_mon == ps->now.tm_mon &&
		    ps->tm.tm_mday < ps->now.tm_mday)) {
			ps->tm.tm_year++;
		}
		return (1);
	}
	if ((i = name(ps, days, 7)) >= 0) {
		n = (i - ps->now.tm_wday + 7) % 7;
		if (n == 0 && (ps->tm.tm_hour < ps->now.tm_hour ||
		    (ps->tm.tm_hour == ps->now.tm_hour &&
		    ps->tm.tm_min <= ps->now.tm_min)))
			n = 7;
		ps->tm.tm_mday += n;
		return (1);
	}
	return (parse_numeric_date(ps));
}

static int
parse_later(struct parser *ps)
{
	static const struct {
		const char *name;
		size_t	field;
		int	factor;
	} units[] = {
		{ "min", offsetof(struct tm, tm_min), 1 },
		{ "hour", offsetof(struct tm, tm_hour), 1 },
		{ "day", offsetof(struct tm, tm_mday), 1 },
		{ "week", offsetof(struct tm, tm_mday), 7 },
		{ "month", offsetof(struct tm, tm_mon), 1 },
		{ "year", offsetof(struct tm, tm_year), 1 },
	};
	size_t i;
	int n;

	skip_blanks(ps);
	if (*ps->p != '+')
		return (*ps->p == '\0');
	ps->p++;
	if (number(ps, &n) == 0)
		return (0);
	skip_blanks(ps);
	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (strncasecmp(ps->p, units[i].name,
		    strlen(units[i].name)) != 0)
			continue;
		*(int *)((char *)&ps->tm + units[i].field) +=
		    n * units[i].factor;
		while (isalpha((unsigned char)*ps->p))
			ps->p++;
		skip_blanks(ps);
		ps->dated = 1;
		return (*ps->p == '\0');
	}
	return (0);
}

time_t
at_time(char **words, time_t now)
{
	struct parser ps = { .text = "" };
	struct tm asked;
	time_t t;

	for (; *words != NULL; words++) {
		strlcat(ps.text, " ", sizeof(ps.text));
		if (strlcat(ps.text, *words, sizeof(ps.text)) >=
		    sizeof(ps.text))
			return (-1);
	}
	ps.p = ps.text;
	if (localtime_r(&now, &ps.now) == NULL)
		return (-1);
	ps.tm = ps.now;
	ps.tm.tm_isdst = -1;
	skip_blanks(&ps);
	if (*ps.p == '+')
		ps.tm.tm_sec = ps.now.tm_sec;
	else if (!parse_time(&ps) || !parse_date(&ps))
		return (-1);
	/* The day must exist before anything is added to it. */
	if (ps.tm.tm_mon < 0 || ps.tm.tm_mon > 11 || ps.tm.tm_mday < 1 ||
	    ps.tm.tm_mday > 32)
		return (-1);
	if (!parse_later(&ps))
		return (-1);
	ps.tm.tm_isdst = -1;
	asked = ps.tm;
	t = mktime(&ps.tm);
	/* An hour that has passed today is tomorrow's. */
	if (t != -1 && t < now - now % 60 && !ps.dated) {
		asked.tm_mday++;
		t = mktime(&asked);
	}
	return (t);
}
