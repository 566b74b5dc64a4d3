/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * w, uptime - who is logged in, and what they do
 *
 * usage: w [-dhin] [user ...]
 *        uptime
 */
#include <sys/param.h>
#include <sys/ioctl.h>
#include <sys/proc.h>
#include <sys/stat.h>

#include <err.h>
#include <fcntl.h>
#include <paths.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <utmpx.h>

#include "proclist.h"
#include "uptime.h"

struct session {
	char	name[UTX_USERSIZE + 1];
	char	line[UTX_LINESIZE + 1];
	char	host[UTX_HOSTSIZE + 1];
	time_t	login;
	time_t	idle;
	dev_t	tty;
	const struct kinfo_proc *job;	/* what to show as its activity */
};

static struct session *sessions;
static int nsessions, width = 80, numeric_width, all_jobs;
static struct kinfo_proc *procs;
static size_t nprocs;

static int
wanted(const char *name, char **users)
{
	if (*users == NULL)
		return (1);
	for (; *users != NULL; users++) {
		if (strcmp(*users, name) == 0)
			return (1);
	}
	return (0);
}

/* Returns the number of all users; keeps those that are wanted. */
static int
read_sessions(char **users)
{
	char path[sizeof(_PATH_DEV) + UTX_LINESIZE];
	struct session *s;
	struct utmpx *ut;
	struct stat st;
	time_t now = time(NULL);
	int all = 0;

	setutxent();
	while ((ut = getutxent()) != NULL) {
		if (ut->ut_type != USER_PROCESS)
			continue;
		all++;
		snprintf(path, sizeof(path), _PATH_DEV "%.*s", UTX_LINESIZE,
		    ut->ut_line);
		sessions = reallocarray(sessions, nsessions + 1,
		    sizeof(*sessions));
		if (sessions == NULL)
			err(1, NULL);
		s = &sessions[nsessions];
		memset(s, 0, sizeof(*s));
		snprintf(s->name, sizeof(s->name), "%.*s", UTX_USERSIZE,
		    ut->ut_name);
		snprintf(s->line, sizeof(s->line), "%.*s", UTX_LINESIZE,
		    ut->ut_line);
		snprintf(s->host, sizeof(s->host), "%.*s", UTX_HOSTSIZE,
		    ut->ut_host);
		s->login = ut->ut_tv.tv_sec;
		if (stat(path, &st) != 0 || !wanted(s->name, users))
			continue;
		s->tty = st.st_rdev;
		s->idle = now > st.st_atime ? now - st.st_atime : 0;
		nsessions++;
	}
	endutxent();
	return (all);
}

/*
 * Of the processes in the terminal's foreground, the youngest that runs, or
 * else the youngest.
 */
static void
find_jobs(void)
{
	const struct kinfo_proc *kp, *old;
	size_t i;
	int s, better;

	for (i = 0; i < nprocs; i++) {
		kp = &procs[i];
		if (kp->kp_pid <= 0 || kp->kp_stat == SZOMB ||
		    (kp->kp_flags & P_CONTROLT) == 0 ||
		    kp->kp_pgid != kp->kp_tpgid)
			continue;
		for (s = 0; s < nsessions; s++) {
			if (sessions[s].tty != kp->kp_tdev)
				continue;
			old = sessions[s].job;
			better = old == NULL ||
			    (kp->kp_lwp.kl_stat == LSRUN) >
			    (old->kp_lwp.kl_stat == LSRUN) ||
			    ((kp->kp_lwp.kl_stat == LSRUN) ==
			    (old->kp_lwp.kl_stat == LSRUN) &&
			    timercmp(&kp->kp_start, &old->kp_start, >=));
			if (better)
				sessions[s].job = kp;
		}
	}
}

static void
login_time(char *buf, size_t size, time_t t)
{
	time_t now = time(NULL);
	const char *form = now - t < 86400 ? "%l:%M%p" :
	    now - t < 6 * 86400 ? "%a%I%p" : "%d%b%y";

	strftime(buf, size, form, localtime(&t));
}

static void
idle_time(char *buf, size_t size, time_t t)
{
	if (t < 60)
		strlcpy(buf, "    -", size);
	else if (t >= 36 * 3600)
		snprintf(buf, size, "%jddays", (intmax_t)t / 86400);
	else if (t >= 3600)
		snprintf(buf, size, "%2jd:%02jd", (intmax_t)t / 3600,
		    (intmax_t)t % 3600 / 60);
	else
		snprintf(buf, size, "%5jd", (intmax_t)t / 60);
}

static int
by_idle(const void *a, const void *b)
{
	const struct session *x = a, *y = b;

	return ((x->idle > y->idle) - (x->idle < y->idle));
}

/* The terminal as in the heading "TTY": without what all have in common. */
static const char *
short_line(const char *line)
{
	if (strncmp(line, "tty", 3) == 0)
		return (line + 3);
	if (strncmp(line, "pts/", 4) == 0)
		return (line + 4);
	return (line);
}

static void
print_jobs(dev_t tty)
{
	char args[PROCLIST_ARGS];
	size_t i;

	for (i = 0; i < nprocs; i++) {
		if (procs[i].kp_tdev != tty || procs[i].kp_pid <= 0 ||
		    (procs[i].kp_flags & P_CONTROLT) == 0)
			continue;
		proclist_args(&procs[i], args, sizeof(args));
		printf("\t\t%-9d %.*s\n", (int)procs[i].kp_pid,
		    width > 26 ? width - 26 : 1, args);
	}
}

static void
print_sessions(int heading)
{
	int name = 4, line = 3, host = 4, i, n;
	char args[PROCLIST_ARGS], when[16], idle[32];
	struct session *s;

	for (i = 0; i < nsessions; i++) {
		s = &sessions[i];
		name = MAX(name, (int)strlen(s->name));
		line = MAX(line, (int)strlen(short_line(s->line)));
		host = MAX(host, (int)strlen(s->host));
	}
	host = MIN(host, numeric_width ? 45 : 24);
	if (heading)
		printf("%-*s %-*s %-*s  LOGIN@  IDLE WHAT\n", name, "USER",
		    line, "TTY", host, "FROM");
	for (i = 0; i < nsessions; i++) {
		s = &sessions[i];
		login_time(when, sizeof(when), s->login);
		idle_time(idle, sizeof(idle), s->idle);
		strlcpy(args, "-", sizeof(args));
		if (all_jobs)
			print_jobs(s->tty);
		if (s->job != NULL)
			proclist_args(s->job, args, sizeof(args));
		n = width - (name + line + host + 3 + 8 + 6);
		printf("%-*s %-*s %-*.*s %-7s %5s %.*s\n", name, s->name,
		    line, short_line(s->line), host, host,
		    s->host[0] != '\0' ? s->host : "-", when, idle,
		    n > 1 ? n : 1, args);
	}
}

int
main(int argc, char **argv)
{
	int c, heading = 1, idle_order = 0, only_up, users;
	struct winsize ws;

	only_up = strcmp(getprogname(), "uptime") == 0;
	while ((c = getopt(argc, argv, only_up ? "" : "dhin")) != -1) {
		switch (c) {
		case 'd': all_jobs = 1; break;
		case 'h': heading = 0; break;
		case 'i': idle_order = 1; break;
		case 'n': numeric_width = 1; break;
		default: goto usage;
		}
	}
	argv += optind;
	if (only_up && *argv != NULL)
		goto usage;
	if (isatty(STDOUT_FILENO) &&
	    ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) == 0 && ws.ws_col > 0)
		width = ws.ws_col;
	users = read_sessions(argv);
	if (heading)
		uptime_print(users, 0);
	if (only_up)
		return (0);
	procs = proclist_read(0, &nprocs);
	find_jobs();
	if (idle_order)
		qsort(sessions, (size_t)nsessions, sizeof(*sessions), by_idle);
	print_sessions(heading);
	return (0);
usage:
	fprintf(stderr, only_up ? "usage: uptime\n" :
	    "usage: w [-dhin] [user ...]\n");
	return (1);
}
