/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * syslogd: what its parts share.
 */
#ifndef SYSLOGD_H
#define SYSLOGD_H

#include <sys/types.h>
#include <sys/queue.h>

#include <stdbool.h>
#include <stdio.h>
#include <syslog.h>
#include <time.h>

#define LINE_SIZE	2048		/* longest message */
#define KLOG		"/dev/klog"	/* messages of the kernel */

/* One message. */
struct message {
	int	priority;		/* facility and level */
	char	date[16];		/* "Mon dd hh:mm:ss" */
	const char *host;
	bool	on_console;		/* the kernel has shown it there */
	char	program[64];		/* for !prog blocks */
	char	text[LINE_SIZE];
};

enum action_type { ACT_FILE, ACT_CONSOLE, ACT_USERS, ACT_ALL, ACT_PIPE };

/* A line of syslog.conf: who goes where. */
struct rule {
	TAILQ_ENTRY(rule) link;
	u_char	levels[LOG_NFACILITIES + 1]; /* bit n: level n is wanted */
	char	*program;		/* only of this one, or NULL */
	bool	not_program;		/* of all but this one */
	char	*host;			/* the same for hosts */
	bool	not_host;
	enum action_type type;
	char	*target;		/* path, users or command */
	bool	nosync;
	int	fd;			/* file or pipe, or -1 */
	pid_t	pid;			/* of the command */
	/* The last message, to count repetitions of it. */
	char	last[LINE_SIZE];
	int	repeated;
	time_t	last_time;
};
TAILQ_HEAD(rules, rule);


#define MARK_FACILITY	(LOG_NFACILITIES << 3)	/* "mark" */

extern struct rules rules;
extern bool debug;
extern char hostname[];

/* config.c: replace all rules by those of the file; false: not readable. */
bool	config_read(const char *path);
/* Make one from "selector action"; NULL with a warning if it is wrong. */
struct rule *rule_parse(char *line);
void	rule_free(struct rule *r);

/* action.c */
void	rule_open(struct rule *r);
void	rule_close(struct rule *r);
void	rule_flush(struct rule *r);
void	rule_log(struct rule *r, const struct message *msg);
/* A command has ended. */
void	pipe_ended(pid_t pid);

/* syslogd.c: a message of syslogd's own. */
void	complain(const char *fmt, ...) __printflike(1, 2);

#endif
