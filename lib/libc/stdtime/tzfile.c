/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading time zones: TZif files (RFC 8536, versions 1 to 4) and POSIX TZ
 * strings, and finding the local time type of an instant.
 */
#include <sys/stat.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tz.h"

#define	ZONEINFO	"/usr/share/zoneinfo"
#define	LOCALTIME	"/etc/localtime"
#define	FILE_MAX_SIZE	(256 * 1024)
#define	HEADER_SIZE	44
#define	DAY		86400L

static int64_t
be(const unsigned char *p, int n)
{
	uint64_t v = (p[0] & 0x80) != 0 ? UINT64_MAX : 0;

	while (n-- > 0)
		v = v << 8 | *p++;
	return ((int64_t)v);
}

struct counts {
	long	isut, isstd, leap, time, type, chars;
	int	version;
};

/* Reads a header; returns the size of the data behind it, or -1. */
static long
read_header(const unsigned char *p, long n, int tsize, struct counts *c)
{
	if (n < HEADER_SIZE || memcmp(p, "TZif", 4) != 0)
		return (-1);
	c->version = p[4] == '\0' ? 1 : p[4] - '0';
	c->isut = be(p + 20, 4);
	c->isstd = be(p + 24, 4);
	c->leap = be(p + 28, 4);
	c->time = be(p + 32, 4);
	c->type = be(p + 36, 4);
	c->chars = be(p + 40, 4);
	if (c->isut < 0 || c->isstd < 0 || c->leap < 0 || c->time < 0 ||
	    c->type < 1 || c->type > TZ_TYPES || c->chars < 1 ||
	    c->time > FILE_MAX_SIZE || c->leap > FILE_MAX_SIZE ||
	    c->chars > FILE_MAX_SIZE)
		return (-1);
	return (c->time * (tsize + 1) + c->type * 6 + c->chars +
	    c->leap * (tsize + 4) + c->isstd + c->isut);
}

static int
read_data(struct tz_zone *z, const unsigned char *p, int tsize,
    const struct counts *c)
{
	const unsigned char *index = p + c->time * tsize;
	const unsigned char *types = index + c->time;
	const char *chars = (const char *)types + c->type * 6;
	size_t len;
	long i, at;

	z->trans = calloc(c->time + 1, sizeof(*z->trans));
	z->index = calloc(c->time + 1, 1);
	if (z->trans == NULL || z->index == NULL)
		return (-1);
	z->ntrans = (int)c->time;
	z->ntypes = (int)c->type;
	for (i = 0; i < c->time; i++) {
		z->trans[i] = be(p + i * tsize, tsize);
		z->index[i] = index[i];
		if (index[i] >= c->type ||
		    (i > 0 && z->trans[i] <= z->trans[i - 1]))
			return (-1);
	}
	for (i = 0; i < c->type; i++) {
		z->type[i].offset = be(types + i * 6, 4);
		z->type[i].dst = types[i * 6 + 4] != 0;
		at = types[i * 6 + 5];
		if (at >= c->chars)
			return (-1);
		len = strnlen(chars + at, c->chars - at);
		if (len >= TZ_ABBR_MAX)
			len = TZ_ABBR_MAX - 1;
		memcpy(z->type[i].abbr, chars + at, len);
		z->type[i].abbr[len] = '\0';
	}
	return (0);
}

static int
parse_file(struct tz_zone *z, const unsigned char *p, long n)
{
	struct counts c;
	char rule[256];
	long size;
	int tsize = 4;
	const unsigned char *end = p + n, *nl;

	size = read_header(p, n, 4, &c);
	if (size < 0 || HEADER_SIZE + size > n)
		return (-1);
	if (c.version >= 2) {
		p += HEADER_SIZE + size;
		tsize = 8;
		size = read_header(p, end - p, 8, &c);
		if (size < 0 || HEADER_SIZE + size > end - p)
			return (-1);
	}
	if (read_data(z, p + HEADER_SIZE, tsize, &c) != 0)
		return (-1);
	p += HEADER_SIZE + size;
	if (tsize == 8 && p < end && *p == '\n' &&
	    (nl = memchr(p + 1, '\n', end - p - 1)) != NULL &&
	    nl - p - 1 < (long)sizeof(rule)) {
		memcpy(rule, p + 1, nl - p - 1);
		rule[nl - p - 1] = '\0';
		__tz_parse_rule(&z->rule, rule);
	}
	return (0);
}

void
__tz_free(struct tz_zone *z)
{
	free(z->trans);
	free(z->index);
	memset(z, 0, sizeof(*z));
}

/* Loads a zone by name; NULL means the system's own.  0 or -1. */
int
__tz_load(struct tz_zone *z, const char *name)
{
	char path[PATH_MAX];
	unsigned char *buf;
	struct stat st;
	ssize_t n;
	int fd, r = -1;

	if (name == NULL)
		strlcpy(path, LOCALTIME, sizeof(path));
	else if (name[0] == '/') {
		if (issetugid() && strncmp(name, ZONEINFO "/",
		    sizeof(ZONEINFO)) != 0)
			return (-1);
		strlcpy(path, name, sizeof(path));
	} else if (strstr(name, "..") != NULL || (size_t)snprintf(path,
	    sizeof(path), "%s/%s", ZONEINFO, name) >= sizeof(path))
		return (-1);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return (-1);
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_size <= FILE_MAX_SIZE &&
	    (buf = malloc(st.st_size + 1)) != NULL) {
		n = read(fd, buf, st.st_size);
		r = n > 0 ? parse_file(z, buf, n) : -1;
		free(buf);
	}
	close(fd);
	if (r != 0)
		__tz_free(z);
	return (r);
}

/* A zone's name: letters, or anything in angle brackets. */
static const char *
rule_name(const char *s, char *abbr)
{
	const char *start = s, *end;
	size_t n;

	if (*s == '<') {
		start++;
		end = strchr(start, '>');
		if (end == NULL)
			return (NULL);
		s = end + 1;
	} else {
		while ((*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z'))
			s++;
		end = s;
	}
	n = end - start;
	if (n < 3 || n >= TZ_ABBR_MAX)
		return (NULL);
	memcpy(abbr, start, n);
	abbr[n] = '\0';
	return (s);
}

static const char *
rule_number(const char *s, long max, long *v)
{
	long n = 0;

	if (*s < '0' || *s > '9')
		return (NULL);
	for (; *s >= '0' && *s <= '9'; s++) {
		n = n * 10 + *s - '0';
		if (n > max)
			return (NULL);
	}
	*v = n;
	return (s);
}

/* [+-]hh[:mm[:ss]]; hours up to a week, as TZif version 3 allows. */
static const char *
rule_time(const char *s, long *seconds)
{
	long h = 0, m = 0, sec = 0, sign = 1;

	if (*s == '+' || *s == '-')
		sign = *s++ == '-' ? -1 : 1;
	s = rule_number(s, 24 * 7 - 1, &h);
	if (s != NULL && *s == ':')
		s = rule_number(s + 1, 59, &m);
	if (s != NULL && *s == ':')
		s = rule_number(s + 1, 60, &sec);
	*seconds = sign * (h * 3600 + m * 60 + sec);
	return (s);
}

static const char *
rule_date(const char *s, struct tz_date *d)
{
	long v;

	if (*s++ != ',')
		return (NULL);
	d->time = 2 * 3600;
	if (*s == 'M') {
		d->when = WHEN_MONTH;
		if ((s = rule_number(s + 1, 12, &v)) == NULL || v < 1 ||
		    *s != '.')
			return (NULL);
		d->month = (int)v;
		if ((s = rule_number(s + 1, 5, &v)) == NULL || v < 1 ||
		    *s != '.')
			return (NULL);
		d->week = (int)v;
		if ((s = rule_number(s + 1, 6, &v)) == NULL)
			return (NULL);
	} else if (*s == 'J') {
		d->when = WHEN_JULIAN;
		if ((s = rule_number(s + 1, 365, &v)) == NULL || v < 1)
			return (NULL);
	} else {
		d->when = WHEN_DAY;
		if ((s = rule_number(s, 365, &v)) == NULL)
			return (NULL);
	}
	d->day = (int)v;
	if (*s == '/')
		s = rule_time(s + 1, &d->time);
	return (s);
}

bool
__tz_parse_rule(struct tz_rule *r, const char *s)
{
	static const char us[] = ",M3.2.0,M11.1.0";
	long t;

	memset(r, 0, sizeof(*r));
	if ((s = rule_name(s, r->std.abbr)) == NULL ||
	    (s = rule_time(s, &t)) == NULL)
		return (false);
	r->std.offset = -t;
	if (*s != '\0') {
		if ((s = rule_name(s, r->dst.abbr)) == NULL)
			return (false);
		r->dst.offset = r->std.offset + 3600;
		r->dst.dst = r->has_dst = true;
		if (*s != '\0' && *s != ',') {
			if ((s = rule_time(s, &t)) == NULL)
				return (false);
			r->dst.offset = -t;
		}
		if (*s == '\0')
			s = us;
		if ((s = rule_date(s, &r->start)) == NULL ||
		    (s = rule_date(s, &r->end)) == NULL || *s != '\0')
			return (false);
	}
	r->valid = true;
	return (true);
}

/* Seconds from the start of 1970 (local) to a rule's date in a year. */
static int64_t
date_in_year(const struct tz_date *d, int64_t year)
{
	int64_t first, days;
	bool leap;
	int wday, len;

	leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	days = __days_from_civil(year, 1, 1);
	switch (d->when) {
	case WHEN_JULIAN:
		days += d->day - 1 + (leap && d->day >= 60);
		break;
	case WHEN_DAY:
		days += d->day;
		break;
	case WHEN_MONTH:
		first = __days_from_civil(year, d->month, 1);
		len = (int)((d->month == 12 ?
		    __days_from_civil(year + 1, 1, 1) :
		    __days_from_civil(year, d->month + 1, 1)) - first);
		wday = (int)((first % 7 + 11) % 7);
		days = (d->day - wday + 7) % 7 + (d->week - 1) * 7;
		if (days >= len)
			days -= 7;
		days += first;
		break;
	}
	return (days * DAY + d->time);
}

static const struct tz_type *
find_by_rule(const struct tz_rule *r, int64_t t)
{
	int64_t start, end, year;
	struct tm tm;

	if (!r->has_dst || !__tm_from_seconds(t, r->std.offset, &tm))
		return (&r->std);
	year = (int64_t)tm.tm_year + 1900;
	start = date_in_year(&r->start, year) - r->std.offset;
	end = date_in_year(&r->end, year) - r->dst.offset;
	if (start < end)
		return (t >= start && t < end ? &r->dst : &r->std);
	return (t >= end && t < start ? &r->std : &r->dst);
}

/* The local time type in force at an instant. */
const struct tz_type *
__tz_find(const struct tz_zone *z, int64_t t)
{
	int lo = 0, hi = z->ntrans, mid;

	if (z->rule.valid && (z->ntrans == 0 ||
	    t >= z->trans[z->ntrans - 1]))
		return (find_by_rule(&z->rule, t));
	if (z->ntypes == 0)
		return (&z->rule.std);
	if (z->ntrans == 0 || t < z->trans[0])
		return (&z->type[0]);
	while (hi - lo > 1) {
		mid = (lo + hi) / 2;
		if (t < z->trans[mid])
			hi = mid;
		else
			lo = mid;
	}
	return (&z->type[z->index[lo]]);
}
