/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Time zones as this library keeps them.
 *
 * A zone is a list of instants at which the local time type changes, followed
 * by an optional rule (a POSIX TZ string) for all time after the last one.
 */
#ifndef _STDTIME_TZ_H_
#define	_STDTIME_TZ_H_

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#define	TZ_ABBR_MAX	16
#define	TZ_TYPES	256

struct tz_type {
	long		offset;		/* seconds east of UTC */
	bool		dst;
	char		abbr[TZ_ABBR_MAX];
};

/* When in a year a change happens. */
enum tz_when { WHEN_MONTH, WHEN_JULIAN, WHEN_DAY };
struct tz_date {
	enum tz_when	when;
	int		month;		/* 1-12, WHEN_MONTH */
	int		week;		/* 1-5, 5 = last */
	int		day;		/* weekday, or day of the year */
	long		time;		/* seconds from local midnight */
};

struct tz_rule {
	bool		valid;
	bool		has_dst;
	struct tz_type	std, dst;
	struct tz_date	start, end;	/* of daylight saving time */
};

struct tz_zone {
	int		ntrans;
	int64_t		*trans;		/* ascending */
	unsigned char	*index;		/* type from then on */
	int		ntypes;
	struct tz_type	type[TZ_TYPES];
	struct tz_rule	rule;
};

/* tzfile.c */
int	__tz_load(struct tz_zone *, const char *name);
bool	__tz_parse_rule(struct tz_rule *, const char *);
void	__tz_free(struct tz_zone *);
const struct tz_type *__tz_find(const struct tz_zone *, int64_t);

/* civil.c */
int64_t	__days_from_civil(int64_t year, int month, int day);
bool	__tm_from_seconds(int64_t, long offset, struct tm *);
bool	__tm_to_seconds(const struct tm *, int64_t *);



#endif
