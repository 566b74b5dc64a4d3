/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * atrun - run the jobs of at(1) whose time has come
 *
 * usage: atrun [-d] [-l load]
 *
 * Called by cron(8) every few minutes.  All jobs that are due are started;
 * of those in upper-case queues one, if the load average is low enough.  A job
 * belongs to the owner of its file, which must be an ordinary file with one
 * name, and agree with what at wrote into it.
 */
#include <sys/types.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <ctype.h>
#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <login_cap.h>
#include <paths.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <syslog.h>
#include <unistd.h>

#include "at.h"

#define SENDMAIL	"/usr/sbin/sendmail"
#define LOAD_LIMIT	1.5

static int debug;

static void __printflike(1, 2)
complain(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	if (debug)
		vwarnx(fmt, ap);
	else
		vsyslog(LOG_ERR, fmt, ap);
	va_end(ap);
}

/*
 * Opens the job and checks that it is what at made; the name of who gets mail
 * is stored.  Returns a descriptor or -1.
 */
static int
open_job(int dir, const char *name, struct stat *st, char mail[64],
    int *always)
{
	unsigned uid, gid;
	char text[256];
	ssize_t n;
	int fd;

	fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0 || fstat(fd, st) != 0) {
		complain("%s: %s", name, strerror(errno));
		return (-1);
	}
	n = pread(fd, text, sizeof(text) - 1, 0);
	text[n < 0 ? 0 : n] = '\0';
	if (!S_ISREG(st->st_mode) || st->st_nlink != 1 ||
	    sscanf(text, "#!/bin/sh\n# atrun uid=%u gid=%u\n# mail %63s %d",
	    &uid, &gid, mail, always) != 4 || uid != st->st_uid ||
	    gid != st->st_gid || mail[0] == '-') {
		complain("%s: not a job", name);
		close(fd);
		return (-1);
	}
	return (fd);
}

/* In the child: becomes the user; the shell reads the job.  No return. */
static void
run_shell(const struct passwd *pw, const struct job *job, int in, int out)
{
	static char *empty[] = { NULL };
	extern char **environ;

	dup2(in, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	dup2(out, STDERR_FILENO);
	closefrom(STDERR_FILENO + 1);
	setsid();
	environ = empty;
	if (setusercontext(NULL, pw, pw->pw_uid, LOGIN_SETALL &
	    ~(u_int)(LOGIN_SETPATH | LOGIN_SETENV | LOGIN_SETLOGIN)) != 0)
		err(1, "setusercontext");
	setlogin(pw->pw_name);
	setenv("HOME", pw->pw_dir, 1);
	setenv("SHELL", _PATH_BSHELL, 1);
	setenv("LOGNAME", pw->pw_name, 1);
	setenv("USER", pw->pw_name, 1);
	setenv("PATH", "/usr/bin:/bin", 1);
	nice(tolower((unsigned char)job->queue) - 'a' + 1);
	if (chdir(pw->pw_dir) != 0)
		chdir("/");
	execl(_PATH_BSHELL, "sh", (char *)NULL);
	warn("%s", _PATH_BSHELL);
	_exit(127);
}

/* Mails the file, or logs it where no mailer is installed. */
static void
forward_output(FILE *out, const struct job *job, const char *to, int always)
{
	char line[1024];
	FILE *mail = NULL;
	struct stat st;

	rewind(out);
	if (fstat(fileno(out), &st) != 0 || (st.st_size == 0 && !always))
		return;
	if (access(SENDMAIL, X_OK) == 0)
		mail = popen(SENDMAIL " -oi -t", "w");
	if (mail != NULL)
		fprintf(mail, "To: %s\nSubject: Output from your job %u\n\n",
		    to, job->number);
	while (fgets(line, sizeof(line), out) != NULL) {
		if (mail != NULL)
			fputs(line, mail);
		else
			syslog(LOG_INFO, "(%s) JOB %u OUTPUT (%.*s)", to,
			    job->number, (int)strcspn(line, "\n"), line);
	}
	if (mail != NULL && pclose(mail) != 0)
		complain("job %u: mail could not be sent", job->number);
}

static void
run_job(int dir, const char *name, struct job job)
{
	char running[JOB_NAME_LEN + 1], path[] = AT_SPOOL "/out.XXXXXX";
	char mail[64];
	struct passwd *pw;
	struct stat st;
	int always, fd, out, status;
	pid_t pid;

	fd = open_job(dir, name, &st, mail, &always);
	if (fd < 0)
		return;
	pw = getpwuid(st.st_uid);
	if (pw == NULL || (pw->pw_expire != 0 && time(NULL) >= pw->pw_expire)) {
		complain("%s: user %u may not run it", name, st.st_uid);
		close(fd);
		return;
	}
	/* From here on nobody else runs it. */
	snprintf(running, sizeof(running), "=%s", name + 1);
	if (renameat(dir, name, dir, running) != 0 ||
	    (out = mkstemp(path)) < 0) {
		complain("%s: %s", name, strerror(errno));
		close(fd);
		return;
	}
	unlink(path);
	pid = fork();
	if (pid == 0)
		run_shell(pw, &job, fd, out);
	close(fd);
	if (pid < 0)
		complain("fork: %s", strerror(errno));
	else
		waitpid(pid, &status, 0);
	forward_output(fdopen(out, "r"), &job, mail, always);
	unlinkat(dir, running, 0);
}

/* The due job of the upper-case queues that has waited longest starts. */
static void
run_due(DIR *dir, time_t now, int low_load)
{
	char first[JOB_NAME_LEN + 1] = "";
	struct job job, best = { 0 };
	struct dirent *d;
	struct stat st;

	while ((d = readdir(dir)) != NULL) {
		if (!job_parse(d->d_name, &job) || job.when > now ||
		    fstatat(dirfd(dir), d->d_name, &st,
		    AT_SYMLINK_NOFOLLOW) != 0 || !(st.st_mode & S_IXUSR))
			continue;
		if (isupper((unsigned char)job.queue)) {
			if (first[0] == '\0' || job.when < best.when) {
				strlcpy(first, d->d_name, sizeof(first));
				best = job;
			}
		} else if (fork() == 0) {
			run_job(dirfd(dir), d->d_name, job);
			_exit(0);
		}
	}
	if (first[0] != '\0' && low_load)
		run_job(dirfd(dir), first, best);
}

int
main(int argc, char **argv)
{
	double limit = LOAD_LIMIT, load[1];
	DIR *dir;
	int c;

	while ((c = getopt(argc, argv, "dl:")) != -1) {
		switch (c) {
		case 'd': debug = 1; break;
		case 'l': limit = strtod(optarg, NULL); break;
		default: goto usage;
		}
	}
	if (argc != optind || limit <= 0)
		goto usage;
	openlog("atrun", LOG_PID, LOG_CRON);
	if (chdir(AT_JOBS) != 0 || (dir = opendir(".")) == NULL)
		err(1, "%s", AT_JOBS);
	run_due(dir, time(NULL), getloadavg(load, 1) == 1 && load[0] < limit);
	while (wait(NULL) > 0 || errno == EINTR)
		;
	return (0);
usage:
	fprintf(stderr, "usage: atrun [-d] [-l load]\n");
	return (EX_USAGE);
}
