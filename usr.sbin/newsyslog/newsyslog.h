/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Between the parts of newsyslog(8): config.c reads the configuration,
 * newsyslog.c decides and turns logs over.
 */
#ifndef _NEWSYSLOG_H_
#define _NEWSYSLOG_H_

#include <sys/types.h>
#include <time.h>

#define LOG_BINARY	0x01	/* B: no line that says it was turned over */
#define LOG_CREATE	0x02	/* C: make it if missing (with -C) */
#define LOG_NODUMP	0x04	/* D */
#define LOG_GLOB	0x08	/* G */
#define LOG_NOSIGNAL	0x10	/* N */
#define LOG_PLAIN0	0x20	/* P: leave number 0 uncompressed */
#define LOG_COMMAND	0x40	/* R: the pid file is a command */
#define LOG_RFC5424	0x80	/* T */
#define LOG_PGROUP	0x100	/* U: the pid file holds a process group */

struct log {
	struct log *next;
	char	*path;
	uid_t	uid;			/* -1: as it is */
	gid_t	gid;
	mode_t	mode;
	int	count;			/* old logs to keep */
	long	size;			/* KB; -1: any */
	int	hours;			/* age; -1: any */
	char	when;			/* '@', '$' or 0 */
	struct tm at;			/* the time of the last such moment */
	int	flags;
	char	compress;		/* 'Z', 'J', 'X' or 0 */
	char	*pidfile;		/* NULL: syslogd's */
	int	signo;
};

/*
 * Reads a configuration with what it includes, and returns its logs in
 * order.  Errors are reported; the line is left out.
 */
struct log *config_read(const char *path);

/*
 * The latest moment that the "@" or "$" specification describes, not after
 * now; -1 if there is none.
 */
time_t	config_moment(const struct log *l, time_t now);

#endif
