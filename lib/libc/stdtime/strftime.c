/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * strftime(3) and wcsftime(3).  A '-' or '_' or '0' behind the percent sign
 * chooses no padding, blanks or zeros.
 */
#include <langinfo.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <wchar.h>
#include <xlocale.h>
#include "tz.h"

struct out {
	char	*p;
	size_t	left;		/* including the terminator */
	int	full;
	locale_t locale;
};

static void format(struct out *, const char *, const struct tm *);

static void
put(struct out *o, const char *s)
{
	size_t n = strlen(s);

	if (n >= o->left) {
		o->full = 1;
		return;
	}
	memcpy(o->p, s, n);
	o->p += n;
	o->left -= n;
}

static void
put_number(struct out *o, long v, int width, char pad, char modifier)
{
	char buf[32];

	if (modifier == '-')
		width = 0;
	else if (modifier == '_')
		pad = ' ';
	else if (modifier == '0')
		pad = '0';
	snprintf(buf, sizeof(buf), pad == '0' ? "%0*ld" : "%*ld", width, v);
	put(o, buf);
}

static void
put_info(struct out *o, nl_item base, int index, int max)
{
	put(o, index < 0 || index >= max ? "?" :
	    nl_langinfo_l(base + index, o->locale));
}

/* ISO 8601 week number and its year. */
static int
iso_week(const struct tm *tm, long *year)
{
	int week, wday = (tm->tm_wday + 6) % 7;	/* Monday is 0 */
	long y = 1900L + tm->tm_year;
	int64_t jan1;
	int len, first;

	*year = y;
	week = (tm->tm_yday - wday + 10) / 7;
	if (week < 1) {
		*year = --y;
		len = (int)(__days_from_civil(y + 1, 1, 1) -
		    __days_from_civil(y, 1, 1));
		return ((tm->tm_yday + len - wday + 10) / 7);
	}
	if (week == 53) {
		jan1 = __days_from_civil(y + 1, 1, 1);
		first = (int)((jan1 % 7 + 10) % 7);	/* Monday is 0 */
		if (first <= 3) {
			*year = y + 1;
			return (1);
		}
	}
	return (week);
}

static void
put_zone_offset(struct out *o, const struct tm *tm)
{
	long off = tm->tm_gmtoff;
	char buf[48];

	if (tm->tm_isdst < 0)
		return;
	snprintf(buf, sizeof(buf), "%c%02ld%02ld", off < 0 ? '-' : '+',
	    labs(off) / 3600, labs(off) / 60 % 60);
	put(o, buf);
}

static void
put_seconds(struct out *o, const struct tm *tm)
{
	struct tm copy = *tm;
	char buf[24];

	snprintf(buf, sizeof(buf), "%jd", (intmax_t)mktime(&copy));
	put(o, buf);
}

static void
convert_date(struct out *o, char c, char mod, const struct tm *tm)
{
	long year = 1900L + tm->tm_year, isoyear;
	int week;

	switch (c) {
	case 'C':
		put_number(o, year / 100, 2, '0', mod);
		break;
	case 'd':
		put_number(o, tm->tm_mday, 2, '0', mod);
		break;
	case 'e':
		put_number(o, tm->tm_mday, 2, ' ', mod);
		break;
	case 'G': case 'g': case 'V':
		week = iso_week(tm, &isoyear);
		if (c == 'V')
			put_number(o, week, 2, '0', mod);
		else if (c == 'G')
			put_number(o, isoyear, 4, '0', mod);
		else
			put_number(o, (isoyear % 100 + 100) % 100, 2, '0', mod);
		break;
	case 'j':
		put_number(o, tm->tm_yday + 1, 3, '0', mod);
		break;
	case 'm':
		put_number(o, tm->tm_mon + 1, 2, '0', mod);
		break;
	case 'U':
		put_number(o, (tm->tm_yday + 7 - tm->tm_wday) / 7, 2, '0',
		    mod);
		break;
	case 'W':
		put_number(o, (tm->tm_yday + 7 - (tm->tm_wday + 6) % 7) / 7,
		    2, '0', mod);
		break;
	case 'u':
		put_number(o, tm->tm_wday == 0 ? 7 : tm->tm_wday, 1, '0', mod);
		break;
	case 'w':
		put_number(o, tm->tm_wday, 1, '0', mod);
		break;
	case 'Y':
		put_number(o, year, 0, '0', mod);
		break;
	case 'y':
		put_number(o, (year % 100 + 100) % 100, 2, '0', mod);
		break;
	}
}

static void
convert_time(struct out *o, char c, char mod, const struct tm *tm)
{
	int hour12 = tm->tm_hour % 12 == 0 ? 12 : tm->tm_hour % 12;

	switch (c) {
	case 'H':
		put_number(o, tm->tm_hour, 2, '0', mod);
		break;
	case 'I':
		put_number(o, hour12, 2, '0', mod);
		break;
	case 'k':
		put_number(o, tm->tm_hour, 2, ' ', mod);
		break;
	case 'l':
		put_number(o, hour12, 2, ' ', mod);
		break;
	case 'M':
		put_number(o, tm->tm_min, 2, '0', mod);
		break;
	case 'S':
		put_number(o, tm->tm_sec, 2, '0', mod);
		break;
	case 'p':
		put(o, nl_langinfo_l(tm->tm_hour >= 12 ? PM_STR : AM_STR,
		    o->locale));
		break;
	case 's':
		put_seconds(o, tm);
		break;
	case 'Z':
		if (tm->tm_zone != NULL)
			put(o, tm->tm_zone);
		else if (tm->tm_isdst >= 0)
			put(o, tzname[tm->tm_isdst != 0]);
		break;
	case 'z':
		put_zone_offset(o, tm);
		break;
	}
}

static void
convert(struct out *o, char c, char mod, const struct tm *tm)
{
	char other[3] = { c, '\0', '\0' };

	switch (c) {
	case 'A':
		put_info(o, DAY_1, tm->tm_wday, 7);
		break;
	case 'a':
		put_info(o, ABDAY_1, tm->tm_wday, 7);
		break;
	case 'B':
		put_info(o, MON_1, tm->tm_mon, 12);
		break;
	case 'b': case 'h':
		put_info(o, ABMON_1, tm->tm_mon, 12);
		break;
	case 'c':
		format(o, nl_langinfo_l(D_T_FMT, o->locale), tm);
		break;
	case 'D':
		format(o, "%m/%d/%y", tm);
		break;
	case 'F':
		format(o, "%Y-%m-%d", tm);
		break;
	case 'n':
		put(o, "\n");
		break;
	case 'R':
		format(o, "%H:%M", tm);
		break;
	case 'r':
		format(o, nl_langinfo_l(T_FMT_AMPM, o->locale), tm);
		break;
	case 'T':
		format(o, "%H:%M:%S", tm);
		break;
	case 't':
		put(o, "\t");
		break;
	case 'v':
		format(o, "%e-%b-%Y", tm);
		break;
	case 'X':
		format(o, nl_langinfo_l(T_FMT, o->locale), tm);
		break;
	case 'x':
		format(o, nl_langinfo_l(D_FMT, o->locale), tm);
		break;
	case '+':
		format(o, "%a %b %e %H:%M:%S %Z %Y", tm);
		break;
	case 'H': case 'I': case 'k': case 'l': case 'M': case 'S': case 'p':
	case 's': case 'Z': case 'z':
		convert_time(o, c, mod, tm);
		break;
	case 'C': case 'd': case 'e': case 'G': case 'g': case 'V': case 'j':
	case 'm': case 'U': case 'W': case 'u': case 'w': case 'Y': case 'y':
		convert_date(o, c, mod, tm);
		break;
	default:
		put(o, other);
		break;
	}
}

static void
format(struct out *o, const char *f, const struct tm *tm)
{
	char one[2] = { 0, 0 }, mod;

	for (; *f != '\0'; f++) {
		if (*f != '%') {
			one[0] = *f;
			put(o, one);
			continue;
		}
		mod = '\0';
		f++;
		while (*f == '-' || *f == '_' || *f == '0' || *f == 'E' ||
		    *f == 'O') {
			if (*f != 'E' && *f != 'O')
				mod = *f;
			f++;
		}
		if (*f == '\0')
			break;
		convert(o, *f, mod, tm);
	}
}

size_t
strftime_l(char *__restrict buf, size_t size, const char *__restrict f,
    const struct tm *__restrict tm, locale_t l)
{
	struct out o = { buf, size, 0, l };

	if (size == 0)
		return (0);
	tzset();
	format(&o, f, tm);
	if (o.full)
		return (0);
	*o.p = '\0';
	return (o.p - buf);
}

size_t
strftime(char *__restrict buf, size_t size, const char *__restrict f,
    const struct tm *__restrict tm)
{
	return (strftime_l(buf, size, f, tm, uselocale(NULL)));
}

size_t
wcsftime_l(wchar_t *__restrict buf, size_t size, const wchar_t *__restrict f,
    const struct tm *__restrict tm, locale_t l)
{
	const wchar_t *wp = f;
	const char *p;
	char *narrow, *result;
	size_t n, done = 0;

	n = wcsrtombs_l(NULL, &wp, 0, NULL, l);
	if (n == (size_t)-1 || size == 0)
		return (0);
	narrow = malloc(n + 1);
	result = malloc(size * 4);
	if (narrow != NULL && result != NULL) {
		wp = f;
		wcsrtombs_l(narrow, &wp, n + 1, NULL, l);
		if (strftime_l(result, size * 4, narrow, tm, l) != 0) {
			p = result;
			done = mbsrtowcs_l(buf, &p, size, NULL, l);
			if (done == (size_t)-1 || p != NULL)
				done = 0;
		}
	}
	free(narrow);
	free(result);
	return (done);
}

size_t
wcsftime(wchar_t *__restrict buf, size_t size, const wchar_t *__restrict f,
    const struct tm *__restrict tm)
{
	return (wcsftime_l(buf, size, f, tm, uselocale(NULL)));
}
