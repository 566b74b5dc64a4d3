/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * localtime(3), mktime(3) and the rest of the conversions; tzset(3).
 *
 * The zone is loaded on first use and again when TZ changes.  Zones that were
 * replaced are kept, since a struct tm may still point at an abbreviation.
 */
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tz.h"

/* Declared by no public header. */
struct tm *offtime(const time_t *, long);

static char	utc_name[] = "UTC";
char		*tzname[2] = { utc_name, utc_name };

static struct tz_zone *zone;
static char	zone_tz[256];		/* TZ it was made from */
static bool	zone_from_env;
static pthread_mutex_t zone_lock = PTHREAD_MUTEX_INITIALIZER;

static struct tz_zone *
utc_zone(void)
{
	static struct tz_zone z = {
		.ntypes = 1, .type = { { .abbr = "UTC" } }
	};

	return (&z);
}

static void
set_names(const struct tz_zone *z)
{
	const struct tz_type *t;
	int i;

	tzname[0] = tzname[1] = utc_name;
	for (i = 0; i < z->ntrans || (i == 0 && z->ntypes > 0); i++) {
		t = &z->type[z->ntrans > 0 ? z->index[i] : 0];
		tzname[t->dst] = (char *)(uintptr_t)t->abbr;
	}
	if (z->rule.valid) {
		tzname[0] = (char *)(uintptr_t)z->rule.std.abbr;
		if (z->rule.has_dst)
			tzname[1] = (char *)(uintptr_t)z->rule.dst.abbr;
	}
}

static struct tz_zone *
make_zone(const char *tz)
{
	struct tz_zone *z;

	if (tz != NULL && *tz == '\0')
		return (utc_zone());
	z = calloc(1, sizeof(*z));
	if (z == NULL)
		return (utc_zone());
	if (tz != NULL && *tz == ':')
		tz++;
	if (__tz_load(z, tz) == 0)
		return (z);
	memset(z, 0, sizeof(*z));
	if (tz != NULL && __tz_parse_rule(&z->rule, tz))
		return (z);
	free(z);
	return (utc_zone());
}

static void
tzset_locked(void)
{
	const char *tz = getenv("TZ");
	int saved = errno;

	if (zone != NULL && (tz != NULL) == zone_from_env &&
	    (tz == NULL || strcmp(tz, zone_tz) == 0))
		return;
	zone_from_env = tz != NULL;
	strlcpy(zone_tz, tz != NULL ? tz : "", sizeof(zone_tz));
	zone = make_zone(tz);
	set_names(zone);
	errno = saved;
}

static const struct tz_zone *
current_zone(void)
{
	const struct tz_zone *z;

	pthread_mutex_lock(&zone_lock);
	tzset_locked();
	z = zone;
	pthread_mutex_unlock(&zone_lock);
	return (z);
}

void
tzset(void)
{
	current_zone();
}

void
tzsetwall(void)
{
	pthread_mutex_lock(&zone_lock);
	zone_from_env = false;
	zone = make_zone(NULL);
	set_names(zone);
	pthread_mutex_unlock(&zone_lock);
}

/* The old two-argument form: a name for minutes west of Greenwich. */
char *
timezone(int west, int dst)
{
	static char buf[16];

	tzset();
	if (tzname[dst != 0] != NULL && tzname[dst != 0][0] != '\0')
		return (tzname[dst != 0]);
	snprintf(buf, sizeof(buf), "GMT%c%d:%02d", west > 0 ? '-' : '+',
	    abs(west) / 60, abs(west) % 60);
	return (buf);
}

struct tm *
localtime_r(const time_t *__restrict t, struct tm *__restrict tm)
{
	const struct tz_type *type = __tz_find(current_zone(), *t);

	if (!__tm_from_seconds(*t, type->offset, tm)) {
		errno = EOVERFLOW;
		return (NULL);
	}
	tm->tm_isdst = type->dst;
	tm->tm_zone = (char *)(uintptr_t)type->abbr;
	return (tm);
}

struct tm *
localtime(const time_t *t)
{
	static struct tm tm;

	return (localtime_r(t, &tm));
}

struct tm *
offtime(const time_t *t, long offset)
{
	static struct tm tm;

	if (!__tm_from_seconds(*t, offset, &tm)) {
		errno = EOVERFLOW;
		return (NULL);
	}
	tm.tm_isdst = 0;
	tm.tm_zone = utc_name;
	return (&tm);
}

struct tm *
gmtime_r(const time_t *__restrict t, struct tm *__restrict tm)
{
	if (!__tm_from_seconds(*t, 0, tm)) {
		errno = EOVERFLOW;
		return (NULL);
	}
	tm->tm_isdst = 0;
	tm->tm_zone = utc_name;
	return (tm);
}

struct tm *
gmtime(const time_t *t)
{
	static struct tm tm;

	return (gmtime_r(t, &tm));
}

time_t
timegm(struct tm *tm)
{
	int64_t t;
	time_t r;

	if (!__tm_to_seconds(tm, &t))
		return (-1);
	r = t;
	return (gmtime_r(&r, tm) != NULL ? r : -1);
}

time_t
timeoff(struct tm *tm, long offset)
{
	time_t t = timegm(tm);

	return (t - offset);
}

/*
 * Local time to seconds.  Candidates are the fields read with each offset the
 * zone has around that time; the right one is that which converts back to the
 * same fields, and has the wanted tm_isdst if there are two.  In a gap the
 * offset before the change applies.
 */
time_t
mktime(struct tm *tm)
{
	const struct tz_zone *z = current_zone();
	const struct tz_type *before, *after, *type;
	int64_t local, t, best = 0;
	time_t result;
	bool found = false;
	int i;

	if (!__tm_to_seconds(tm, &local))
		return (-1);
	before = __tz_find(z, local - 86400);
	after = __tz_find(z, local + 86400);
	for (i = 0; i < 2; i++) {
		t = local - (i == 0 ? before : after)->offset;
		type = __tz_find(z, t);
		if (t + type->offset != local)
			continue;
		if (!found || (tm->tm_isdst >= 0 &&
		    type->dst == (tm->tm_isdst > 0) &&
		    __tz_find(z, best)->dst != (tm->tm_isdst > 0))) {
			best = t;
			found = true;
		}
	}
	if (!found)
		best = local - before->offset;
	else if (tm->tm_isdst >= 0 && before->offset == after->offset &&
	    before->dst != (tm->tm_isdst > 0) && z->rule.has_dst)
		/* The caller insists on the other kind of time. */
		best -= tm->tm_isdst > 0 ?
		    z->rule.dst.offset - z->rule.std.offset :
		    z->rule.std.offset - z->rule.dst.offset;
	result = best;
	return (localtime_r(&result, tm) != NULL ? result : -1);
}

time_t
timelocal(struct tm *tm)
{
	tm->tm_isdst = -1;
	return (mktime(tm));
}

time_t
posix2time(time_t t)
{
	return (t);
}

time_t
time2posix(time_t t)
{
	return (t);
}

double
difftime(time_t a, time_t b)
{
	return (a >= b ? (double)((uint64_t)a - (uint64_t)b) :
	    -(double)((uint64_t)b - (uint64_t)a));
}

char *
asctime_r(const struct tm *__restrict tm, char *__restrict buf)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	const char *d, *m;

	d = tm->tm_wday >= 0 && tm->tm_wday < 7 ? days + tm->tm_wday * 3 :
	    "???";
	m = tm->tm_mon >= 0 && tm->tm_mon < 12 ? months + tm->tm_mon * 3 :
	    "???";
	if (snprintf(buf, 26, "%.3s %.3s%3d %02d:%02d:%02d %ld\n", d, m,
	    tm->tm_mday, tm->tm_hour, tm->tm_min, tm->tm_sec,
	    1900L + tm->tm_year) >= 26) {
		errno = EOVERFLOW;
		return (NULL);
	}
	return (buf);
}

char *
asctime(const struct tm *tm)
{
	static char buf[26];

	return (asctime_r(tm, buf));
}

char *
ctime_r(const time_t *t, char *buf)
{
	struct tm tm;

	return (localtime_r(t, &tm) != NULL ? asctime_r(&tm, buf) : NULL);
}

char *
ctime(const time_t *t)
{
	static char buf[26];

	return (ctime_r(t, buf));
}
