/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cron - run commands at given times
 *
 * usage: cron [-n] [-j jitter] [-J root_jitter] [-s]
 *
 * Wakes at each full minute.  The clock may have jumped: minutes that were
 * left out by a small jump forward (up to three hours: the change to summer
 * time) are made up for, and minutes that come again after a small jump
 * backward are not done twice.
 */
#include <sys/types.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <libutil.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#include "cron.h"

#define SMALL_JUMP	(3 * 60)	/* minutes */

static struct table *tables;

static void
complain(const char *path, int line, const char *what)
{
	syslog(LOG_ERR, "(%s) ERROR (line %d: %s)", path, line, what);
}

/* A table is read only if it belongs to its user and nobody else writes it. */
static void
load(const char *path, const char *user)
{
	struct table *t, **link;
	struct passwd *pw = NULL;
	struct stat st;
	FILE *f;
	int fd;

	fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0) {
		if (fd >= 0)
			close(fd);
		return;
	}
	for (link = &tables; (t = *link) != NULL; link = &t->next) {
		if (strcmp(t->path, path) == 0)
			break;
	}
	if (user != NULL)
		pw = getpwnam(user);
	if (!S_ISREG(st.st_mode) || (st.st_mode & 022) != 0 ||
	    (st.st_uid != 0 && (pw == NULL || st.st_uid != pw->pw_uid)) ||
	    (user != NULL && pw == NULL)) {
		if (t == NULL || t->mtime != st.st_mtime)
			syslog(LOG_ERR, "(%s) BAD FILE MODE OR OWNER", path);
		close(fd);
		return;
	}
	if (t != NULL && t->mtime == st.st_mtime) {
		t->seen = 1;
		close(fd);
		return;
	}
	if (t != NULL) {
		*link = t->next;
		table_free(t);
		syslog(LOG_INFO, "(%s) RELOAD (%s)",
		    user != NULL ? user : "*system*", path);
	}
	f = fdopen(fd, "r");
	t = f != NULL ? table_read(f, path, user, complain) : NULL;
	if (f != NULL)
		fclose(f);
	if (t == NULL) {
		/* Remembered empty, so that errors are reported once. */
		t = calloc(1, sizeof(*t));
		if (t == NULL || (t->path = strdup(path)) == NULL)
			return;
	}
	t->mtime = st.st_mtime;
	t->seen = 1;
	t->next = tables;
	tables = t;
}

static void
load_all(void)
{
	struct table *t, **link;
	struct dirent *de;
	char path[1024];
	DIR *dir;

	for (t = tables; t != NULL; t = t->next)
		t->seen = 0;
	load(SYSTEM_TABLE, NULL);
	dir = opendir(CRON_TABS);
	while (dir != NULL && (de = readdir(dir)) != NULL) {
		if (de->d_name[0] == '.' ||
		    strncmp(de->d_name, "tmp.", 4) == 0)
			continue;
		snprintf(path, sizeof(path), CRON_TABS "/%s", de->d_name);
		load(path, de->d_name);
	}
	if (dir != NULL)
		closedir(dir);
	for (link = &tables; (t = *link) != NULL;) {
		if (t->seen) {
			link = &t->next;
			continue;
		}
		*link = t->next;
		table_free(t);
	}
}

static void
run_minute(time_t when)
{
	struct tm tm = *localtime(&when);
	struct table *t;
	struct entry *e;

	for (t = tables; t != NULL; t = t->next) {
		for (e = t->entries; e != NULL; e = e->next) {
			if (entry_due(e, &tm))
				job_run(e);
		}
	}
}

static void
run_at_boot(void)
{
	struct table *t;
	struct entry *e;

	for (t = tables; t != NULL; t = t->next) {
		for (e = t->entries; e != NULL; e = e->next) {
			if (e->at_boot)
				job_run(e);
		}
	}
}

/* Local minutes, so that a change of summer time is a jump. */
static long
local_minute(time_t t)
{
	return ((long)(t + localtime(&t)->tm_gmtoff) / 60);
}

static void
loop(void)
{
	long last = local_minute(time(NULL)), now, jump;
	struct timespec ts;
	time_t t;

	for (;;) {
		t = time(NULL);
		ts.tv_sec = 60 - t % 60;
		ts.tv_nsec = 0;
		nanosleep(&ts, NULL);
		while (waitpid(-1, NULL, WNOHANG) > 0)
			continue;
		t = time(NULL);
		now = local_minute(t);
		jump = now - last;
		if (jump == 0)
			continue;
		if (jump < 0 && -jump <= SMALL_JUMP)
			continue;	/* those have been done */
		load_all();
		if (jump < 0 || jump > SMALL_JUMP) {
			run_minute(t);
		} else {
			for (jump--; jump >= 0; jump--)
				run_minute(t - jump * 60);
		}
		last = now;
	}
}

int
main(int argc, char **argv)
{
	int c, foreground = 0;
	struct pidfh *pfh;
	pid_t other;

	while ((c = getopt(argc, argv, "ns")) != -1) {
		switch (c) {
		case 'n': foreground = 1; break;
		case 's': break;	/* jumps are always made up for */
		default:
			fprintf(stderr, "usage: cron [-ns]\n");
			return (1);
		}
	}
	pfh = pidfile_open(CRON_PID, 0600, &other);
	if (pfh == NULL && errno == EEXIST)
		errx(1, "cron already running, pid: %d", (int)other);
	if (pfh == NULL)
		warn("%s", CRON_PID);
	openlog("cron", LOG_PID | LOG_CONS, LOG_CRON);
	if (!foreground && daemon(0, 0) != 0)
		err(1, "daemon");
	if (pfh != NULL)
		pidfile_write(pfh);
	umask(022);
	load_all();
	run_at_boot();
	loop();
}
