/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * zdump - what time it is in zones, and when their clocks change
 *
 * usage: zdump [-vV] [-c [loyear,]hiyear] [-t [lotime,]hitime] [zone ...]
 *
 * Changes are found from outside: localtime(3) is asked every twelve hours,
 * and the second of each change between two answers by halving.
 */
#include <err.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#define STEP	(12 * 60 * 60)

static int verbose;
static size_t width;

static void
put_tm(const struct tm *tm, const char *zone)
{
	static const char *days[] = { "Sun", "Mon", "Tue", "Wed", "Thu",
	    "Fri", "Sat" };
	static const char *months[] = { "Jan", "Feb", "Mar", "Apr", "May",
	    "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

	printf("%s %s %2d %.2d:%.2d:%.2d %ld %s", days[tm->tm_wday],
	    months[tm->tm_mon], tm->tm_mday, tm->tm_hour, tm->tm_min,
	    tm->tm_sec, tm->tm_year + 1900L, zone);
}

static void
put_time(const char *zone, time_t t)
{
	struct tm local, gmt;

	if (localtime_r(&t, &local) == NULL)
		return;
	printf("%-*s  ", (int)width, zone);
	if (verbose && gmtime_r(&t, &gmt) != NULL) {
		put_tm(&gmt, "UT");
		printf(" = ");
	}
	put_tm(&local, local.tm_zone);
	if (verbose)
		printf(" isdst=%d gmtoff=%ld", local.tm_isdst,
		    local.tm_gmtoff);
	putchar('\n');
}

static int
same(time_t a, time_t b)
{
	struct tm x, y;

	return (localtime_r(&a, &x) != NULL && localtime_r(&b, &y) != NULL &&
	    x.tm_gmtoff == y.tm_gmtoff && x.tm_isdst == y.tm_isdst &&
	    strcmp(x.tm_zone, y.tm_zone) == 0);
}

static void
put_changes(const char *zone, time_t lo, time_t hi)
{
	time_t t, next, a, b, mid;

	for (t = lo; t < hi; t = next) {
		next = t + STEP < hi ? t + STEP : hi;
		if (same(t, next))
			continue;
		for (a = t, b = next; a + 1 < b; ) {
			mid = a + (b - a) / 2;
			if (same(a, mid))
				a = mid;
			else
				b = mid;
		}
		put_time(zone, a);
		put_time(zone, b);
		next = b;
	}
}

/* "lo,hi" or "hi"; years become times. */
static void
parse_cut(const char *s, int years, time_t *lo, time_t *hi)
{
	long long v[2];
	struct tm tm;
	char end;
	int i;

	v[0] = LLONG_MIN;
	if (sscanf(s, "%lld,%lld%c", &v[0], &v[1], &end) != 2) {
		v[0] = LLONG_MIN;
		if (sscanf(s, "%lld%c", &v[1], &end) != 1)
			errx(EX_USAGE, "%s: bad bounds", s);
	}
	for (i = 0; i < 2; i++) {
		if (i == 0 && v[0] == LLONG_MIN)
			continue;
		if (years) {
			if (v[i] < -10000 || v[i] > 100000)
				errx(EX_USAGE, "%s: bad bounds", s);
			memset(&tm, 0, sizeof(tm));
			tm.tm_year = (int)v[i] - 1900;
			tm.tm_mday = 1;
			v[i] = timegm(&tm);
		}
		*(i == 0 ? lo : hi) = (time_t)v[i];
	}
}

int
main(int argc, char **argv)
{
	time_t lo, hi, now = time(NULL);
	int c, i, changes = 0;

	parse_cut("1850,2038", 1, &lo, &hi);
	while ((c = getopt(argc, argv, "c:t:Vv")) != -1) {
		switch (c) {
		case 'c': parse_cut(optarg, 1, &lo, &hi); break;
		case 't': parse_cut(optarg, 0, &lo, &hi); break;
		case 'V':
		case 'v': verbose = changes = 1; break;
		default:
			fprintf(stderr, "usage: zdump [-Vv] "
			    "[-c [loyear,]hiyear] [-t [lotime,]hitime] "
			    "[zone ...]\n");
			return (EX_USAGE);
		}
	}
	for (i = optind; i < argc; i++)
		if (strlen(argv[i]) > width)
			width = strlen(argv[i]);
	for (i = optind; i < argc; i++) {
		if (setenv("TZ", argv[i], 1) != 0)
			err(1, NULL);
		tzset();
		if (changes)
			put_changes(argv[i], lo, hi);
		else
			put_time(argv[i], now);
	}
	return (fflush(stdout) != 0);
}
