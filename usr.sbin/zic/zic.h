/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The time zone compiler: what is read from the source (parse.c), computed
 * from it (compile.c) and written (write.c).
 */
#ifndef ZIC_H
#define ZIC_H

#include <stdint.h>
#include <stdio.h>

#define YEAR_MIN	INT32_MIN	/* "minimum" */
#define YEAR_MAX	INT32_MAX	/* "maximum" */

/* Which clock a time of day is of. */
enum clock { WALL, STANDARD, UNIVERSAL };

/* A day of a month: a date, the last weekday, or the first from a date on. */
struct day {
	enum { DATE, LAST, FROM, UPTO } how;
	int	day;
	int	weekday;		/* 0: Sunday */
};

struct moment {
	int	month;			/* 0 to 11 */
	struct day day;
	int64_t	seconds;		/* of the day */
	enum clock clock;
};

struct rule {
	struct rule *next;
	char	*name;
	int	from, to;		/* years */
	struct moment when;
	int64_t	save;
	int	isdst;
	char	*letters;
};

/* One line of a zone: what holds until its end. */
struct era {
	struct era *next;
	int64_t	stdoff;
	char	*rules;			/* NULL: save and isdst are fixed */
	int64_t	save;
	int	isdst;
	char	*format;
	int	last;			/* no end */
	int	until_year;
	struct moment until;
};

struct zone {
	struct zone *next;
	char	*name;
	struct era *eras;
};

struct link {
	struct link *next;
	char	*target, *name;
};

extern struct rule *all_rules;
extern struct zone *all_zones;
extern struct link *all_links;
extern const char *source_name;		/* for messages, with source_line */
extern int source_line, bad_lines;

void	complain(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void	parse_file(const char *path);

/* Seconds since 1970 of a day's moment, as if its clock were universal. */
int64_t	moment_seconds(int year, const struct moment *m);

#define TYPES_MAX	254

struct ttype {
	int64_t	offset;
	int	isdst;
	char	abbreviation[16];
};

struct transition {
	int64_t	at;
	int	type;
};

/* A zone as a file has it. */
struct compiled {
	struct transition *v;
	size_t	n, max;
	struct ttype types[TYPES_MAX];
	int	ntypes;
	char	footer[128];		/* POSIX form of what holds for ever */
};

/* Returns 0, or -1 after a message. */
int	compile_zone(const struct zone *z, struct compiled *c);
int	write_zone(const char *dir, const char *name,
	    const struct compiled *c);

void	*xalloc(size_t size);
char	*xstrdup(const char *s);

#endif
