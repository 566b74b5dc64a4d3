/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * newsyslog - turn over logs that have become large or old
 *
 * usage: newsyslog [-CFNnrsv] [-a directory] [-f config_file] [file ...]
 */
#include <sys/param.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "newsyslog.h"

#define CONFIG		"/etc/newsyslog.conf"
#define SYSLOG_PID	"/var/run/syslog.pid"

extern char **environ;

static int force, dry, no_signals, verbose, create, not_root, no_rotate;
static const char *archive;
static int failed;

struct packer {
	char	letter;
	const char *suffix, *program;
};

static const struct packer packers[] = {
	{ 'Z', ".gz", "/usr/bin/gzip" }, { 'J', ".bz2", "/usr/bin/bzip2" },
	{ 'X', ".xz", "/usr/bin/xz" },
};

static const struct packer *
packer(const struct log *l)
{
	size_t i;

	for (i = 0; i < nitems(packers); i++) {
		if (packers[i].letter == l->compress)
			return (&packers[i]);
	}
	return (NULL);
}

static int
do_rename(const char *from, const char *to)
{
	if (dry) {
		printf("\tmv %s %s\n", from, to);
		return (0);
	}
	if (rename(from, to) != 0) {
		warn("can't mv %s to %s", from, to);
		failed = 1;
		return (-1);
	}
	return (0);
}

static void
do_unlink(const char *path)
{
	if (dry)
		printf("\trm -f %s\n", path);
	else if (unlink(path) != 0 && errno != ENOENT)
		warn("can't remove %s", path);
}

/* The name of old log number n, without the packer's suffix. */
static void
old_name(char *buf, size_t size, const struct log *l, int n)
{
	const char *base = strrchr(l->path, '/');

	if (archive == NULL)
		snprintf(buf, size, "%s.%d", l->path, n);
	else if (*archive == '/')
		snprintf(buf, size, "%s/%s.%d", archive,
		    base != NULL ? base + 1 : l->path, n);
	else
		snprintf(buf, size, "%.*s/%s/%s.%d",
		    base != NULL ? (int)(base - l->path) : 1,
		    base != NULL ? l->path : ".", archive,
		    base != NULL ? base + 1 : l->path, n);
}

/* An old log may be there packed by whatever the configuration said then. */
static int
find_old(char *buf, size_t size, const struct log *l, int n,
    const char **suffix)
{
	char name[MAXPATHLEN];
	struct stat st;
	size_t i;

	old_name(name, sizeof(name), l, n);
	*suffix = "";
	strlcpy(buf, name, size);
	if (stat(buf, &st) == 0)
		return (1);
	for (i = 0; i < nitems(packers); i++) {
		snprintf(buf, size, "%s%s", name, packers[i].suffix);
		if (stat(buf, &st) == 0) {
			*suffix = packers[i].suffix;
			return (1);
		}
	}
	return (0);
}

static void
say_turned_over(int fd, const struct log *l, const char *why)
{
	char host[MAXHOSTNAMELEN], line[512], stamp[64];
	time_t now = time(NULL);
	struct tm *tm = localtime(&now);
	int n;

	gethostname(host, sizeof(host));
	if ((l->flags & LOG_RFC5424) != 0) {
		strftime(stamp, sizeof(stamp), "%FT%T", tm);
		n = snprintf(line, sizeof(line), "<%d>1 %s%+03ld:%02ld %s "
		    "newsyslog %d - - logfile turned over%s\n", 13 * 8 + 6,
		    stamp, tm->tm_gmtoff / 3600,
		    labs(tm->tm_gmtoff) % 3600 / 60, host, (int)getpid(),
		    why);
	} else {
		strftime(stamp, sizeof(stamp), "%b %e %T", tm);
		host[strcspn(host, ".")] = '\0';
		n = snprintf(line, sizeof(line), "%s %s newsyslog[%d]: "
		    "logfile turned over%s\n", stamp, host, (int)getpid(),
		    why);
	}
	if (n > (int)sizeof(line) - 1)
		n = (int)sizeof(line) - 1;
	if (write(fd, line, (size_t)n) != n)
		warn("%s", l->path);
}

/* A new log, with its attributes before it has its name. */
static void
create_log(const struct log *l, const char *why)
{
	char temp[MAXPATHLEN];
	int fd;

	if (dry) {
		printf("\tcreate %s, mode %o\n", l->path, l->mode);
		return;
	}
	snprintf(temp, sizeof(temp), "%s.XXXXXX", l->path);
	fd = mkstemp(temp);
	if (fd < 0) {
		warn("can't start new log %s", l->path);
		failed = 1;
		return;
	}
	if ((l->flags & LOG_BINARY) == 0 && why != NULL)
		say_turned_over(fd, l, why);
	if ((l->uid != (uid_t)-1 || l->gid != (gid_t)-1) &&
	    fchown(fd, l->uid, l->gid) != 0)
		warn("can't chown %s", l->path);
	if (fchmod(fd, l->mode) != 0)
		warn("can't chmod %s", l->path);
	if ((l->flags & LOG_NODUMP) != 0)
		fchflags(fd, UF_NODUMP);
	close(fd);
	if (rename(temp, l->path) != 0) {
		warn("%s", l->path);
		unlink(temp);
		failed = 1;
	}
}

static void
run(char *const argv[])
{
	int status, rc;
	pid_t pid;

	if (dry) {
		printf("\t%s %s\n", argv[0], argv[1] != NULL ? argv[1] : "");
		return;
	}
	rc = posix_spawn(&pid, argv[0], NULL, NULL, argv, environ);
	if (rc != 0) {
		warnc(rc, "%s", argv[0]);
		failed = 1;
	} else if (waitpid(pid, &status, 0) < 0 || status != 0) {
		warnx("%s failed", argv[0]);
		failed = 1;
	}
}

/* Has the writer reopen its log; returns whether it was told. */
static int
notify(const struct log *l)
{
	const char *path = l->pidfile != NULL ? l->pidfile : SYSLOG_PID;
	char *const argv[] = { __DECONST(char *, path), NULL };
	long pid = 0;
	FILE *f;

	if ((l->flags & LOG_NOSIGNAL) != 0 || no_signals)
		return (1);
	if ((l->flags & LOG_COMMAND) != 0) {
		run(argv);
		return (1);
	}
	f = fopen(path, "r");
	if (f == NULL) {
		/* Who does not run need not reopen. */
		if (errno != ENOENT)
			warn("%s", path);
		return (errno == ENOENT);
	}
	if (fscanf(f, "%ld", &pid) != 1)
		pid = 0;
	fclose(f);
	if ((l->flags & LOG_PGROUP) != 0 && pid > 0)
		pid = -pid;
	if (pid == 0 || pid == 1 || (pid < 0 &&
	    (l->flags & LOG_PGROUP) == 0)) {
		warnx("%s: bad process number", path);
		return (0);
	}
	if (dry) {
		printf("\tkill -%s %ld\n", sys_signame[l->signo], pid);
		return (1);
	}
	if (kill((pid_t)pid, l->signo) != 0 && errno != ESRCH) {
		warn("can't notify daemon, pid %ld", pid);
		return (0);
	}
	return (1);
}

static void
compress(const struct log *l, int n)
{
	const struct packer *p = packer(l);
	char name[MAXPATHLEN];
	const char *suffix;
	char *const argv[] = { __DECONST(char *, p->program), "-f", name,
	    NULL };

	if (!find_old(name, sizeof(name), l, n, &suffix) || *suffix != '\0')
		return;
	run(argv);
}

static void
turn_over(const struct log *l, const char *why)
{
	char from[MAXPATHLEN], to[MAXPATHLEN];
	const char *suffix;
	int n;

	/* One more than is kept may be there. */
	for (n = l->count; n >= 0; n--) {
		if (!find_old(from, sizeof(from), l, n, &suffix))
			continue;
		if (n >= l->count - (l->count > 0)) {
			do_unlink(from);
			continue;
		}
		old_name(to, sizeof(to), l, n + 1);
		strlcat(to, suffix, sizeof(to));
		do_rename(from, to);
	}
	if (!no_rotate) {
		old_name(to, sizeof(to), l, 0);
		if (l->count == 0)
			do_unlink(l->path);
		else if (do_rename(l->path, to) != 0)
			return;
		create_log(l, why);
	}
	if (!notify(l)) {
		warnx("log %s not compressed because daemon not notified",
		    l->path);
		return;
	}
	if (packer(l) == NULL)
		return;
	/* Give the writer the time to reopen before packing what it wrote. */
	if ((l->flags & (LOG_NOSIGNAL | LOG_PLAIN0)) == 0 && !dry &&
	    l->count > 0)
		sleep(1);
	if ((l->flags & LOG_PLAIN0) == 0)
		compress(l, 0);
	else
		compress(l, 1);
}

/* Hours since the log was last turned over; -1 if it never was. */
static long
age(const struct log *l, time_t now, time_t *when)
{
	char name[MAXPATHLEN];
	const char *suffix;
	struct stat st;

	if (!find_old(name, sizeof(name), l, 0, &suffix) ||
	    stat(name, &st) != 0)
		return (-1);
	*when = st.st_mtime;
	return ((long)(now - st.st_mtime + 1800) / 3600);
}

static void
consider(const struct log *l)
{
	time_t now = time(NULL), moment, turned = 0;
	struct stat st;
	char why[64] = "";
	int due = 0;
	long old, kb;

	if (stat(l->path, &st) != 0) {
		if (create && (create > 1 || (l->flags & LOG_CREATE) != 0))
			create_log(l, NULL);
		else if (verbose)
			printf("%s <%d>: does not exist, skipped.\n", l->path,
			    l->count);
		return;
	}
	kb = (long)((st.st_size + 1023) / 1024);
	old = age(l, now, &turned);
	if (verbose)
		printf("%s <%d%s>: size (Kb): %ld [%ld] age (hr): %ld [%d] ",
		    l->path, l->count, l->compress != 0 ? "Z" : "", kb,
		    l->size, old, l->hours);
	if (l->size > 0 && kb >= l->size) {
		due = 1;
		snprintf(why, sizeof(why), " due to size>%ldK", l->size);
	}
	if (l->hours > 0 && (old >= l->hours || old < 0))
		due = 1;
	if (l->when != 0) {
		/* Due within the hour after the moment, once. */
		moment = config_moment(l, now);
		if (moment >= 0 && now - moment < 3600 &&
		    (old < 0 || turned < moment))
			due = 1;
	}
	if (force) {
		due = 1;
		strlcpy(why, " by request", sizeof(why));
	}
	if (verbose)
		printf("--> %s\n", due ? "trimming log...." : "skipping");
	if (due)
		turn_over(l, why);
}

static int
named(const struct log *l, char **files)
{
	if (*files == NULL)
		return (1);
	for (; *files != NULL; files++) {
		if (strcmp(*files, l->path) == 0)
			return (1);
	}
	return (0);
}

int
main(int argc, char **argv)
{
	const char *config = CONFIG;
	const struct log *l;
	int c;

	while ((c = getopt(argc, argv, "a:Cf:FNnrsv")) != -1) {
		switch (c) {
		case 'a': archive = optarg; break;
		case 'C': create++; break;
		case 'F': force = 1; break;
		case 'f': config = optarg; break;
		case 'N': no_rotate = 1; break;
		case 'n': dry = not_root = 1; break;
		case 'r': not_root = 1; break;
		case 's': no_signals = 1; break;
		case 'v': verbose = 1; break;
		default:
			fprintf(stderr, "usage: newsyslog [-CFNnrsv] "
			    "[-a directory] [-f config-file] [file ...]\n");
			return (1);
		}
	}
	argv += optind;
	if (getuid() != 0 && !not_root)
		errx(1, "must have root privs");
	for (l = config_read(config); l != NULL; l = l->next) {
		if (!named(l, argv))
			continue;
		if (no_rotate) {
			if (create)
				consider(l);
			continue;
		}
		consider(l);
	}
	return (failed);
}
