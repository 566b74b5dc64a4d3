/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The proleptic Gregorian calendar: days since 1970-01-01 and civil dates,
 * for any 64-bit count of seconds whose year fits a struct tm.
 */
#include <limits.h>
#include "tz.h"

#define	DAY		86400
#define	ERA_DAYS	146097		/* 400 years */

static int64_t
floor_div(int64_t a, int64_t b)
{
	return (a / b - (a % b < 0));
}

/*
 * Years are counted from March, so that the leap day is the last of its year
 * and the lengths of the months follow one formula.
 */
int64_t
__days_from_civil(int64_t year, int month, int day)
{
	int64_t era, yoe, doy;

	if (month <= 2)
		year--;
	era = floor_div(year, 400);
	yoe = year - era * 400;
	doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	return (era * ERA_DAYS + yoe * 365 + yoe / 4 - yoe / 100 + doy -
	    719468);
}

static bool
leap(int64_t y)
{
	return (y % 4 == 0 && (y % 100 != 0 || y % 400 == 0));
}

bool
__tm_from_seconds(int64_t t, long offset, struct tm *tm)
{
	int64_t days, rest, era, doe, yoe, doy, mp, year;

	if (__builtin_add_overflow(t, (int64_t)offset, &t))
		return (false);
	days = floor_div(t, DAY);
	rest = t - days * DAY;
	tm->tm_hour = (int)(rest / 3600);
	tm->tm_min = (int)(rest / 60 % 60);
	tm->tm_sec = (int)(rest % 60);
	tm->tm_wday = (int)((days % 7 + 11) % 7);
	days += 719468;
	era = floor_div(days, ERA_DAYS);
	doe = days - era * ERA_DAYS;
	yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	mp = (5 * doy + 2) / 153;
	tm->tm_mday = (int)(doy - (153 * mp + 2) / 5 + 1);
	tm->tm_mon = (int)(mp < 10 ? mp + 2 : mp - 10);
	year = yoe + era * 400 + (tm->tm_mon < 2);
	if (year - 1900 > INT_MAX || year - 1900 < INT_MIN)
		return (false);
	tm->tm_year = (int)(year - 1900);
	tm->tm_yday = (int)(tm->tm_mon < 2 ? doy - 306 : doy + 59 +
	    leap(year));
	tm->tm_gmtoff = offset;
	return (true);
}

/* Fields may be out of range; the result is as if they were UTC. */
bool
__tm_to_seconds(const struct tm *tm, int64_t *result)
{
	int64_t months, year, t;

	months = (int64_t)tm->tm_year * 12 + tm->tm_mon;
	year = floor_div(months, 12);
	t = __days_from_civil(year + 1900, (int)(months - year * 12) + 1, 1);
	t += (int64_t)tm->tm_mday - 1;
	*result = t * DAY + (int64_t)tm->tm_hour * 3600 +
	    (int64_t)tm->tm_min * 60 + tm->tm_sec;
	return (true);
}
