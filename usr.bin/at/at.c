/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * at, batch, atq, atrm - commands for later
 *
 * usage: at [-q queue] [-f file] [-mv] time
 *	  at [-q queue] [-f file] [-mv] -t [[CC]YY]MMDDhhmm[.SS]
 *	  at -c job ... | at -r job ... | at -l [job ...]
 *	  atq [-q queue] [-v] [job ...] | atrm job ... | batch [-f file] [-mv]
 *
 * Runs set-uid root, for the spool directory only: everything else is done
 * with the user's own rights.
 */
#include <sys/types.h>
#include <sys/stat.h>

#include <ctype.h>
#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "at.h"

extern char **environ;

static uid_t user;
static int verbose, send_mail;
static char queue;
static volatile char unfinished[sizeof(AT_JOBS) + JOB_NAME_LEN + 1];

static void
usage(void)
{
	fprintf(stderr,
	    "usage: at [-q queue] [-f file] [-mv] time\n"
	    "       at [-q queue] [-f file] [-mv] "
	    "-t [[CC]YY]MMDDhhmm[.SS]\n"
	    "       at -c job ...\n"
	    "       at -l [-q queue] [-v] [job ...]\n"
	    "       at -r job ...\n"
	    "       atq [-q queue] [-v] [job ...]\n"
	    "       atrm job ...\n"
	    "       batch [-f file] [-mv]\n");
	exit(EX_USAGE);
}

static void
privileged(void)
{
	if (seteuid(0) != 0)
		err(1, "seteuid");
}

static void
unprivileged(void)
{
	if (seteuid(user) != 0)
		err(1, "seteuid");
}

/* Removes a job that was not completed; by signals, too. */
static void
forget_job(void)
{
	if (unfinished[0] != '\0' && seteuid(0) == 0)
		unlink((const char *)unfinished);
}

static void
interrupted(int sig)
{
	forget_job();
	_exit(128 + sig);
}

/* Is name a line of the file?  -1 if there is no such file. */
static int
listed(const char *path, const char *name)
{
	char line[128];
	FILE *f;
	int found = 0;

	privileged();
	f = fopen(path, "r");
	unprivileged();
	if (f == NULL)
		return (-1);
	while (!found && fgets(line, sizeof(line), f) != NULL) {
		line[strcspn(line, " \t\n")] = '\0';
		found = strcmp(line, name) == 0;
	}
	fclose(f);
	return (found);
}

static void
check_permission(void)
{
	struct passwd *pw = getpwuid(user);
	int rv;

	if (user == 0)
		return;
	if (pw == NULL)
		errx(1, "you do not exist");
	rv = listed(AT_DIR "/at.allow", pw->pw_name);
	if (rv == -1)
		rv = listed(AT_DIR "/at.deny", pw->pw_name) == 0;
	if (rv != 1)
		errx(1, "you do not have permission to use this program");
}

/* The number after that of the last job. */
static unsigned
next_number(void)
{
	char text[16] = "";
	unsigned n;
	int fd;

	fd = open(AT_JOBS "/.SEQ", O_RDWR | O_CREAT | O_EXLOCK | O_NOFOLLOW,
	    0600);
	if (fd < 0)
		err(1, "%s", AT_JOBS "/.SEQ");
	read(fd, text, sizeof(text) - 1);
	n = ((unsigned)strtoul(text, NULL, 16) + 1) & 0xfffff;
	snprintf(text, sizeof(text), "%05x\n", n);
	if (pwrite(fd, text, strlen(text), 0) != (ssize_t)strlen(text))
		err(1, "%s", AT_JOBS "/.SEQ");
	close(fd);
	return (n);
}

static FILE *
create_job(struct job *job, char name[JOB_NAME_LEN + 1])
{
	FILE *f;
	int fd;

	privileged();
	job->number = next_number();
	job_name(job, name);
	snprintf((char *)(uintptr_t)unfinished, sizeof(unfinished), "%s/%s",
	    AT_JOBS, name);
	fd = open((const char *)unfinished, O_CREAT | O_EXCL | O_WRONLY |
	    O_NOFOLLOW, 0600);
	if (fd < 0)
		err(1, "%s", unfinished);
	if (fchown(fd, user, getgid()) != 0)
		err(1, "%s", unfinished);
	unprivileged();
	f = fdopen(fd, "w");
	if (f == NULL)
		err(1, NULL);
	return (f);
}

static void
put_quoted(FILE *f, const char *s)
{
	putc('\'', f);
	for (; *s != '\0'; s++) {
		if (*s == '\'')
			fputs("'\\''", f);
		else
			putc(*s, f);
	}
	putc('\'', f);
}

/* What the shell needs to find things as they are now. */
static void
put_environment(FILE *f)
{
	static const char *unwanted[] = { "TERM", "TERMCAP", "DISPLAY", "_",
	    "SHELLOPTS", "PWD", "OLDPWD" };
	char dir[PATH_MAX];
	mode_t mask = umask(0);
	size_t i, n, len;
	char **e;

	umask(mask);
	fprintf(f, "umask %o\n", mask);
	n = sizeof(unwanted) / sizeof(unwanted[0]);
	for (e = environ; *e != NULL; e++) {
		len = strcspn(*e, "=");
		for (i = 0; i < n; i++)
			if (strlen(unwanted[i]) == len &&
			    strncmp(*e, unwanted[i], len) == 0)
				break;
		if (i < n || len == 0 || (*e)[len] != '=' ||
		    isdigit((unsigned char)**e) ||
		    strspn(*e, "abcdefghijklmnopqrstuvwxyz"
		    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != len)
			continue;
		fprintf(f, "%.*s=", (int)len, *e);
		put_quoted(f, *e + len + 1);
		fprintf(f, "; export %.*s\n", (int)len, *e);
	}
	if (getcwd(dir, sizeof(dir)) == NULL)
		err(1, "getcwd");
	fputs("cd ", f);
	put_quoted(f, dir);
	fputs(" || {\n\techo 'Execution directory inaccessible' >&2\n"
	    "\texit 1\n}\n", f);
}

static void
make_job(time_t when, const char *file)
{
	struct job job = { queue, 0, when };
	struct passwd *pw = getpwuid(user);
	char name[JOB_NAME_LEN + 1], text[64];
	FILE *in = stdin, *f;
	int c;

	if (file != NULL && (in = fopen(file, "r")) == NULL)
		err(1, "%s", file);
	atexit(forget_job);
	signal(SIGINT, interrupted);
	signal(SIGHUP, interrupted);
	signal(SIGTERM, interrupted);
	f = create_job(&job, name);
	fprintf(f, "#!/bin/sh\n# atrun uid=%u gid=%u\n# mail %s %d\n", user,
	    getgid(), pw != NULL ? pw->pw_name : "root", send_mail);
	put_environment(f);
	if (in == stdin && isatty(STDIN_FILENO))
		fprintf(stderr, "Commands end with end of file.\n");
	while ((c = getc(in)) != EOF)
		putc(c, f);
	if (ferror(in))
		err(1, "%s", file != NULL ? file : "standard input");
	putc('\n', f);
	if (fflush(f) != 0 || fchmod(fileno(f), 0700) != 0)
		err(1, "%s", unfinished);
	unfinished[0] = '\0';
	fclose(f);
	strftime(text, sizeof(text), "%a %b %e %T %Z %Y",
	    localtime(&job.when));
	fprintf(stderr, "Job %u will be executed using /bin/sh", job.number);
	if (verbose)
		fprintf(stderr, " at %s", text);
	putc('\n', stderr);
}

static int
wanted(const struct job *job, char **jobs)
{
	char *end;

	if (jobs[0] == NULL)
		return (1);
	for (; *jobs != NULL; jobs++) {
		if (strtoul(*jobs, &end, 10) == job->number && *end == '\0')
			return (1);
	}
	return (0);
}

static void
list_job(const struct job *job, const struct stat *st)
{
	static int heading;
	struct passwd *pw = getpwuid(st->st_uid);
	char text[64], number[16];

	strftime(text, sizeof(text), "%a %b %e %T %Z %Y",
	    localtime(&job->when));
	if (!heading++)
		printf("%-28s %-16s %-10s %s\n", "Date", "Owner", "Queue",
		    "Job#");
	snprintf(number, sizeof(number), "%u", st->st_uid);
	printf("%-28s %-16s %c%-9s %u\n", text,
	    pw != NULL ? pw->pw_name : number, job->queue,
	    (st->st_mode & S_IXUSR) ? "" : "(not done)", job->number);
}

static void
show_job(const char *name)
{
	char buf[4096];
	ssize_t n;
	int fd;

	privileged();
	fd = open(name, O_RDONLY | O_NOFOLLOW);
	unprivileged();
	if (fd < 0)
		err(1, "%s", name);
	while ((n = read(fd, buf, sizeof(buf))) > 0)
		fwrite(buf, 1, (size_t)n, stdout);
	close(fd);
}

/* what: 'l' list, 'r' remove, 'c' show; each of the jobs must exist. */
static int
for_jobs(int what, char **jobs)
{
	struct dirent *d;
	struct stat st;
	struct job job;
	int n = 0, given = 0;
	DIR *dir;

	while (jobs[given] != NULL)
		given++;
	privileged();
	if (chdir(AT_JOBS) != 0 || (dir = opendir(".")) == NULL)
		err(1, "%s", AT_JOBS);
	unprivileged();
	while ((d = readdir(dir)) != NULL) {
		if (!job_parse(d->d_name, &job) || !wanted(&job, jobs) ||
		    fstatat(dirfd(dir), d->d_name, &st,
		    AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(st.st_mode) ||
		    (queue != 0 && job.queue != queue))
			continue;
		if (st.st_uid != user && user != 0) {
			if (what != 'l')
				errx(1, "%u: not owner", job.number);
			continue;
		}
		if (what == 'l' && !(st.st_mode & S_IXUSR) && !verbose)
			continue;
		n++;
		if (what == 'l') {
			list_job(&job, &st);
		} else if (what == 'c') {
			show_job(d->d_name);
		} else {
			privileged();
			if (unlinkat(dirfd(dir), d->d_name, 0) != 0)
				err(1, "%s", d->d_name);
			unprivileged();
		}
	}
	closedir(dir);
	if (n < given)
		warnx("%d of these jobs not found", given - n);
	return (n < given);
}

/* [[CC]YY]MMDDhhmm[.SS], as touch(1) has it. */
static time_t
posix_time(const char *s, time_t now)
{
	size_t n = strspn(s, "0123456789");
	struct tm tm;
	const char *p;

	localtime_r(&now, &tm);
	tm.tm_sec = 0;
	p = n == 12 ? strptime(s, "%Y%m%d%H%M", &tm) :
	    n == 10 ? strptime(s, "%y%m%d%H%M", &tm) :
	    n == 8 ? strptime(s, "%m%d%H%M", &tm) : NULL;
	if (p != NULL && *p == '.')
		p = strptime(p + 1, "%S", &tm);
	if (p == NULL || *p != '\0')
		return (-1);
	tm.tm_isdst = -1;
	return (mktime(&tm));
}

int
main(int argc, char **argv)
{
	const char *name = basename(argv[0]), *file = NULL, *stamp = NULL;
	char *now_words[] = { (char *)(uintptr_t)"now", NULL };
	int c, what = 0, batch;
	time_t now, when;

	user = getuid();
	unprivileged();
	batch = strcmp(name, "batch") == 0;
	if (strcmp(name, "atq") == 0)
		what = 'l';
	else if (strcmp(name, "atrm") == 0)
		what = 'r';
	while ((c = getopt(argc, argv, "bcdf:lmq:rt:v")) != -1) {
		switch (c) {
		case 'b': batch = 1; break;
		case 'c': case 'l': case 'r': what = c; break;
		case 'd': what = 'r'; break;
		case 'f': file = optarg; break;
		case 'm': send_mail = 1; break;
		case 'q':
			if (!isalpha((unsigned char)optarg[0]) || optarg[1])
				usage();
			queue = optarg[0];
			break;
		case 't': stamp = optarg; break;
		case 'v': verbose = 1; break;
		default: usage();
		}
	}
	argv += optind;
	check_permission();
	if (what != 0) {
		if (what != 'l' && *argv == NULL)
			usage();
		return (for_jobs(what, argv));
	}
	now = time(NULL);
	if (batch && *argv == NULL)
		argv = now_words;
	if (queue == 0)
		queue = batch ? BATCH_QUEUE : AT_QUEUE;
	if ((stamp == NULL) == (*argv == NULL))
		usage();
	when = stamp != NULL ? posix_time(stamp, now) : at_time(argv, now);
	if (when == -1)
		errx(1, "garbled time");
	if (when < now - now % 60)
		errx(1, "trying to travel back in time");
	make_job(when, file);
	return (0);
}
