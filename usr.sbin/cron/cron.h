/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tables of cron(8) and crontab(1).  table.c reads them (also for crontab,
 * which checks a file before it installs it), job.c runs commands, cron.c
 * watches the clock and the spool directory.
 */
#ifndef _CRON_H_
#define _CRON_H_

#include <sys/types.h>
#include <bitstring.h>
#include <stdio.h>
#include <time.h>

#define CRON_DIR	"/var/cron"
#define CRON_TABS	"/var/cron/tabs"
#define CRON_ALLOW	"/var/cron/allow"
#define CRON_DENY	"/var/cron/deny"
#define CRON_PID	"/var/run/cron.pid"
#define SYSTEM_TABLE	"/etc/crontab"

/* One setting "NAME=value". */
struct setting {
	struct setting *next;
	char	*text;
};

struct entry {
	struct entry *next;
	uint64_t minutes;		/* bit n: at minute n */
	uint32_t hours, days, months, weekdays;
	int	day_star, weekday_star;	/* the field was "*" */
	int	at_boot;		/* @reboot */
	char	*user;
	char	*command;		/* to the first "%" */
	char	*input;			/* after it, or NULL */
	struct setting *settings;	/* those above it; shared */
};

struct table {
	struct table *next;
	char	*path;
	char	*user;			/* NULL: each line names one */
	time_t	mtime;
	int	seen;			/* still there at the last look */
	struct entry *entries;
};

/*
 * Reads a table; user is NULL for one with a user field.  Errors go to
 * complain() with a line number; returns NULL if there were any.
 */
struct table *table_read(FILE *f, const char *path, const char *user,
	    void (*complain)(const char *path, int line, const char *what));
void	table_free(struct table *t);

/* Whether the entry is due in the minute. */
int	entry_due(const struct entry *e, const struct tm *tm);

/* Starts the command; what it prints is mailed. */
void	job_run(const struct entry *e);

#endif
