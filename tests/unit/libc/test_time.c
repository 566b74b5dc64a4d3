/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Local time against the host's, in zones with files and with POSIX rules.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "tap.h"

struct tm *df_localtime_r(const time_t *, struct tm *);
struct tm *df_gmtime_r(const time_t *, struct tm *);
time_t	df_mktime(struct tm *);
time_t	df_timegm(struct tm *);
size_t	df_strftime(char *, size_t, const char *, const struct tm *);
char	*df_strptime(const char *, const char *, struct tm *);

static int
same(const struct tm *a, const struct tm *b)
{
	return (a->tm_sec == b->tm_sec && a->tm_min == b->tm_min &&
	    a->tm_hour == b->tm_hour && a->tm_mday == b->tm_mday &&
	    a->tm_mon == b->tm_mon && a->tm_year == b->tm_year &&
	    a->tm_wday == b->tm_wday && a->tm_yday == b->tm_yday &&
	    a->tm_isdst == b->tm_isdst && a->tm_gmtoff == b->tm_gmtoff &&
	    strcmp(a->tm_zone, b->tm_zone) == 0);
}

static void
test_zone(const char *tz)
{
	char name[80];
	struct tm a, b;
	time_t t;
	int good = 1, back = 1, i;

	setenv("TZ", tz, 1);
	tzset();
	for (i = 0; i < 20000; i++) {
		/* The host knows no rules before 1970. */
		t = (time_t)(tap_random() % 8000000000UL) + 40000000L;
		if (i % 8 == 0)
			t += (time_t)(tap_random() % 2000000000000UL);
		df_localtime_r(&t, &a);
		localtime_r(&t, &b);
		good &= same(&a, &b);
		back &= df_mktime(&a) == t;
	}
	snprintf(name, sizeof(name), "localtime_in_%s", tz);
	tap(good, name);
	snprintf(name, sizeof(name), "mktime_in_%s", tz);
	tap(back, name);
}

static void
test_format(void)
{
	static const char fmt[] = "%a %A %b %B %C %d %D %e %F %G %g %H %I %j "
	    "%m %M %p %r %R %S %T %u %U %V %w %W %x %X %y %Y %z %Z %%";
	char ours[512], theirs[512];
	struct tm tm, back;
	time_t t;
	int good = 1, parse = 1, i;

	for (i = 0; i < 5000; i++) {
		t = (time_t)(tap_random() % 4000000000UL);
		gmtime_r(&t, &tm);
		df_strftime(ours, sizeof(ours), fmt, &tm);
		strftime(theirs, sizeof(theirs), fmt, &tm);
		tm.tm_zone = NULL;
		good &= strcmp(ours, theirs) == 0 ||
		    strstr(theirs, "GMT") != NULL;
		memset(&back, 0, sizeof(back));
		df_strftime(ours, sizeof(ours), "%Y-%j %H:%M:%S", &tm);
		parse &= df_strptime(ours, "%Y-%j %T", &back) != NULL &&
		    df_timegm(&back) == t;
	}
	tap(good, "strftime_like_host");
	tap(parse, "strptime_reverses_strftime");
}

int
main(void)
{
	static const char *const zones[] = {
		"UTC0", "EST5EDT,M3.2.0,M11.1.0", "CET-1CEST,M3.5.0,M10.5.0/3",
		"<-03>3", "NZST-12NZDT,M9.5.0,M4.1.0/3", "IST-1GMT0,M10.5.0,"
		"M3.5.0/1"
	};
	size_t i;

	for (i = 0; i < sizeof(zones) / sizeof(zones[0]); i++)
		test_zone(zones[i]);
	test_format();
	return (tap_end());
}
