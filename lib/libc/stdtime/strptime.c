/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * strptime(3): the reverse of strftime.  What the input does not mention is
 * left alone, except that weekday and day of the year are computed once year,
 * month and day are known.
 */
#include <ctype.h>
#include <langinfo.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <xlocale.h>
#include "tz.h"

struct parse {
	struct tm	*tm;
	locale_t	locale;
	int		century;	/* -1: not given */
	int		yy;		/* -1: not given */
	int		pm;		/* -1: not given */
	bool		hour12;
	bool		have_year, have_mon, have_mday, have_yday;
	bool		gmt;
};

static const char *parse(const char *, const char *, struct parse *);

static const char *
number(const char *s, int digits, int lo, int hi, int *v)
{
	int n = 0;
	bool any = false;

	while (isspace((unsigned char)*s))
		s++;
	for (; digits > 0 && isdigit((unsigned char)*s); digits--, s++) {
		n = n * 10 + *s - '0';
		any = true;
	}
	if (!any || n < lo || n > hi)
		return (NULL);
	*v = n;
	return (s);
}

/* One of n names in either of two forms. */
static const char *
name(const char *s, nl_item full, nl_item abbr, int n, int *v, locale_t l)
{
	const char *word;
	size_t len;
	int i;

	for (i = 0; i < n; i++) {
		word = nl_langinfo_l(full + i, l);
		len = strlen(word);
		if (strncasecmp(s, word, len) != 0) {
			word = nl_langinfo_l(abbr + i, l);
			len = strlen(word);
			if (strncasecmp(s, word, len) != 0)
				continue;
		}
		*v = i;
		return (s + len);
	}
	return (NULL);
}

static const char *
am_pm(const char *s, struct parse *p)
{
	if (strncasecmp(s, nl_langinfo_l(AM_STR, p->locale), 2) == 0)
		p->pm = 0;
	else if (strncasecmp(s, nl_langinfo_l(PM_STR, p->locale), 2) == 0)
		p->pm = 1;
	else
		return (NULL);
	return (s + 2);
}

static const char *
zone_name(const char *s, struct parse *p)
{
	size_t n = 0;
	int i;

	while (isalpha((unsigned char)s[n]))
		n++;
	if ((n == 3 && (strncmp(s, "GMT", 3) == 0 ||
	    strncmp(s, "UTC", 3) == 0))) {
		p->gmt = true;
		p->tm->tm_isdst = 0;
		return (s + n);
	}
	tzset();
	for (i = 0; i < 2; i++) {
		if (strlen(tzname[i]) == n && strncmp(s, tzname[i], n) == 0) {
			p->tm->tm_isdst = i;
			return (s + n);
		}
	}
	return (NULL);
}

static const char *
zone_offset(const char *s, struct parse *p)
{
	int h, m = 0, sign;

	if (*s == 'Z') {
		p->tm->tm_gmtoff = 0;
		return (s + 1);
	}
	if (*s != '+' && *s != '-')
		return (NULL);
	sign = *s++ == '-' ? -1 : 1;
	if ((s = number(s, 2, 0, 23, &h)) == NULL)
		return (NULL);
	if (*s == ':')
		s++;
	if (isdigit((unsigned char)*s) &&
	    (s = number(s, 2, 0, 59, &m)) == NULL)
		return (NULL);
	p->tm->tm_gmtoff = sign * (h * 3600L + m * 60);
	return (s);
}

static const char *
seconds(const char *s, struct parse *p)
{
	char *end;
	time_t t = strtoll(s, &end, 10);

	if (end == s || localtime_r(&t, p->tm) == NULL)
		return (NULL);
	p->have_year = p->have_mon = p->have_mday = false;
	return (end);
}

static const char *
convert_date(const char *s, char c, struct parse *p)
{
	struct tm *tm = p->tm;
	int v, sign = 1;

	switch (c) {
	case 'C':
		return (number(s, 2, 0, 99, &p->century));
	case 'd': case 'e':
		p->have_mday = true;
		return (number(s, 2, 1, 31, &tm->tm_mday));
	case 'j':
		if ((s = number(s, 3, 1, 366, &v)) != NULL) {
			tm->tm_yday = v - 1;
			p->have_yday = true;
		}
		return (s);
	case 'm':
		if ((s = number(s, 2, 1, 12, &v)) != NULL) {
			tm->tm_mon = v - 1;
			p->have_mon = true;
		}
		return (s);
	case 'U': case 'W': case 'V':
		return (number(s, 2, 0, 53, &v));
	case 'u': case 'w':
		if ((s = number(s, 1, 0, 7, &v)) != NULL)
			tm->tm_wday = v % 7;
		return (s);
	case 'Y':
		if (*s == '-' || *s == '+')
			sign = *s++ == '-' ? -1 : 1;
		if ((s = number(s, 4, 0, 9999, &v)) != NULL) {
			tm->tm_year = sign * v - 1900;
			p->have_year = true;
		}
		return (s);
	case 'y':
		return (number(s, 2, 0, 99, &p->yy));
	default:
		return (NULL);
	}
}

static const char *
convert(const char *s, char c, struct parse *p)
{
	struct tm *tm = p->tm;
	locale_t l = p->locale;

	switch (c) {
	case 'A': case 'a':
		return (name(s, DAY_1, ABDAY_1, 7, &tm->tm_wday, l));
	case 'B': case 'b': case 'h':
		p->have_mon = true;
		return (name(s, MON_1, ABMON_1, 12, &tm->tm_mon, l));
	case 'c':
		return (parse(s, nl_langinfo_l(D_T_FMT, l), p));
	case 'D':
		return (parse(s, "%m/%d/%y", p));
	case 'F':
		return (parse(s, "%Y-%m-%d", p));
	case 'H': case 'k':
		p->hour12 = false;
		return (number(s, 2, 0, 23, &tm->tm_hour));
	case 'I': case 'l':
		p->hour12 = true;
		return (number(s, 2, 1, 12, &tm->tm_hour));
	case 'M':
		return (number(s, 2, 0, 59, &tm->tm_min));
	case 'n': case 't':
		while (isspace((unsigned char)*s))
			s++;
		return (s);
	case 'p':
		return (am_pm(s, p));
	case 'R':
		return (parse(s, "%H:%M", p));
	case 'r':
		return (parse(s, nl_langinfo_l(T_FMT_AMPM, l), p));
	case 'S':
		return (number(s, 2, 0, 60, &tm->tm_sec));
	case 's':
		return (seconds(s, p));
	case 'T':
		return (parse(s, "%H:%M:%S", p));
	case 'X':
		return (parse(s, nl_langinfo_l(T_FMT, l), p));
	case 'x':
		return (parse(s, nl_langinfo_l(D_FMT, l), p));
	case 'Z':
		return (zone_name(s, p));
	case 'z':
		return (zone_offset(s, p));
	case '%':
		return (*s == '%' ? s + 1 : NULL);
	default:
		return (convert_date(s, c, p));
	}
}

static const char *
parse(const char *s, const char *f, struct parse *p)
{
	for (; *f != '\0' && s != NULL; f++) {
		if (isspace((unsigned char)*f)) {
			while (isspace((unsigned char)*s))
				s++;
			continue;
		}
		if (*f != '%') {
			if (*s++ != *f)
				return (NULL);
			continue;
		}
		f++;
		while (*f == 'E' || *f == 'O' || *f == '-' || *f == '_')
			f++;
		if (*f == '\0')
			return (NULL);
		s = convert(s, *f, p);
	}
	return (s);
}

/* Puts together what several conversions contribute to. */
static void
finish(struct parse *p)
{
	struct tm *tm = p->tm, full;
	int64_t days;
	time_t t;

	if (p->yy >= 0 || p->century >= 0) {
		if (p->century >= 0)
			tm->tm_year = p->century * 100 +
			    (p->yy >= 0 ? p->yy : 0) - 1900;
		else
			tm->tm_year = p->yy < 69 ? p->yy + 100 : p->yy;
		p->have_year = true;
	}
	if (p->hour12)
		tm->tm_hour = tm->tm_hour % 12 + (p->pm == 1 ? 12 : 0);
	if (!p->have_year)
		return;
	if (p->have_yday && !(p->have_mon && p->have_mday)) {
		days = __days_from_civil(1900L + tm->tm_year, 1, 1) +
		    tm->tm_yday;
	} else if (p->have_mon && p->have_mday)
		days = __days_from_civil(1900L + tm->tm_year, tm->tm_mon + 1,
		    tm->tm_mday);
	else
		return;
	t = days * 86400;
	if (gmtime_r(&t, &full) == NULL)
		return;
	tm->tm_mon = full.tm_mon;
	tm->tm_mday = full.tm_mday;
	tm->tm_wday = full.tm_wday;
	tm->tm_yday = full.tm_yday;
}

char *
strptime_l(const char *__restrict s, const char *__restrict f,
    struct tm *__restrict tm, locale_t l)
{
	struct parse p = { .tm = tm, .locale = l, .century = -1, .yy = -1,
	    .pm = -1 };
	const char *end;
	time_t t;

	end = parse(s, f, &p);
	if (end == NULL)
		return (NULL);
	finish(&p);
	if (p.gmt) {
		t = timegm(tm);
		localtime_r(&t, tm);
	}
	return ((char *)(uintptr_t)end);
}

char *
strptime(const char *__restrict s, const char *__restrict f,
    struct tm *__restrict tm)
{
	return (strptime_l(s, f, tm, uselocale(NULL)));
}
