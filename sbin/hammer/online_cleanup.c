/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hammer(8): cleanup - what periodic(8) runs every night, by the
 * configuration of each PFS (semantics.md, section 10).
 */
#include <sys/param.h>
#include <sys/ioctl.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <dirent.h>
#include <err.h>
#include <fcntl.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>
#include "online.h"

#define PID_DIR		"/var/run"
#define PID_PREFIX	PID_DIR "/hammer.cleanup."

static const char dflt_config[] =
    "snapshots 1d 60d\nprune     1d 5m\nrebalance 1d 5m\n#dedup    1d 5m\n"
    "reblock   1d 5m\nrecopy    30d 10m\n";

static volatile pid_t child;		/* the command that runs */
static char pidfile[64];
static struct uuid *seen;		/* PFSs done already */
static int nseen;

/* An integer and d, h, m or s: seconds. */
static int
parse_time(const char *text, int *secsp)
{
	char *end;
	long n = strtol(text, &end, 10);

	switch (*end) {
	case 'd':
		n *= 24;
		/* FALLTHROUGH */
	case 'h':
		n *= 60;
		/* FALLTHROUGH */
	case 'm':
		n *= 60;
		/* FALLTHROUGH */
	case 's':
		end++;
		break;
	default:
		if (n != 0)
			return (-1);
	}
	if (end == text || *end != '\0' || n < 0)
		return (-1);
	*secsp = (int)n;
	return (0);
}

/* Is it time again? Notes that it is done now. */
static int
due(const char *snapdir, const char *what, int period)
{
	char path[1200];
	unsigned last = 0;
	time_t now = time(NULL), then;
	int unit = period % 86400 == 0 ? 86400 : period % 3600 == 0 ? 3600 :
	    period % 60 == 0 ? 60 : 1;
	struct tm tm;
	long off;
	FILE *fp;

	snprintf(path, sizeof(path), "%s/.%s.period", snapdir, what);
	fp = fopen(path, "r");
	if (fp != NULL) {
		if (fscanf(fp, "0x%8x", &last) != 1)
			last = 0;
		fclose(fp);
	}
	localtime_r(&now, &tm);
	off = tm.tm_gmtoff;
	then = ((time_t)last + off) / unit * unit;
	if (!force_opt && (now + off) / unit * unit - then < period)
		return (0);
	fp = fopen(path, "w");
	if (fp != NULL) {
		fprintf(fp, "0x%08jx\n", (uintmax_t)now);
		fclose(fp);
	}
	return (1);
}

/* hammer with these words; its output only with -vv. */
static int
run_hammer(const char *const *words)
{
	const char *av[24];
	int n = 0, status, null;
	pid_t pid;

	av[n++] = "hammer";
	while (*words != NULL && n < 23)
		av[n++] = *words++;
	av[n] = NULL;
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		if (verbose < 2) {
			null = open("/dev/null", O_RDWR);
			dup2(null, 1);
			dup2(null, 2);
		}
		execv("/sbin/hammer", (char **)(uintptr_t)av);
		_exit(127);
	}
	if (pid < 0)
		return (1);
	child = pid;
	if (waitpid(pid, &status, 0) < 0)
		status = 1;
	child = 0;
	return (status);
}

static void
reblock_all(const char *path, const char *snapdir, const char *secs,
    const char *prefix, const char *datalevel)
{
	static const char *const parts[] = { "reblock-btree",
	    "reblock-inodes", "reblock-data", "reblock-dirs" };
	static const int order[] = { 0, 1, 3, 2 };
	const char *level;
	char cycle[1200];
	int i, k;

	for (i = 0; i < 4; i++) {
		k = order[i];
		level = k == 2 ? datalevel : "100";
		snprintf(cycle, sizeof(cycle), "%s/.%s-%d.cycle", snapdir,
		    prefix, k + 1);
		const char *w[] = { "-c", cycle, "-t", secs, parts[k], path,
		    level, NULL };
		run_hammer(w);
	}
}

/* Metadata snapshots older than retention. */
static void
expire(int fd, int retention)
{
	struct hammer_ioc_snapshot s, del;
	time_t now = time(NULL);
	int i;

	memset(&s, 0, sizeof(s));
	do {
		if (ioctl(fd, HAMMERIOC_GET_SNAPSHOT, &s) < 0 || s.head.error)
			return;
		for (i = 0; i < s.count; i++) {
			if (s.snaps[i].tid != 0 && now - (time_t)
			    (s.snaps[i].ts / 1000000) <= retention)
				continue;
			memset(&del, 0, sizeof(del));
			del.count = 1;
			del.snaps[0] = s.snaps[i];
			ioctl(fd, HAMMERIOC_DEL_SNAPSHOT, &del);
		}
	} while ((s.head.flags & HAMMER_IOC_SNAPSHOT_EOF) == 0 &&
	    s.count > 0);
}

/*
 * Links to snapshots, by the date in their name: snap-yyyymmdd[-hhmm], or,
 * if any is set, whatever follows the first '-' or '.'.  A link keeps what it
 * shows from being pruned.
 */
static void
expire_links(const char *dir, int retention, int any)
{
	char path[1300], text[1024];
	struct dirent *de;
	struct tm tm;
	const char *p;
	ssize_t n;
	DIR *d = opendir(dir);

	while (d != NULL && (de = readdir(d)) != NULL) {
		p = strncmp(de->d_name, "snap-", 5) == 0 ? de->d_name + 5 :
		    any ? strpbrk(de->d_name, "-.") : NULL;
		if (p == NULL)
			continue;
		p += strspn(p, "-.");
		memset(&tm, 0, sizeof(tm));
		if (sscanf(p, "%4d%2d%2d-%2d%2d", &tm.tm_year, &tm.tm_mon,
		    &tm.tm_mday, &tm.tm_hour, &tm.tm_min) < 3)
			continue;
		tm.tm_year -= 1900;
		tm.tm_mon--;
		tm.tm_isdst = -1;
		snprintf(path, sizeof(path), "%s/%s", dir, de->d_name);
		n = readlink(path, text, sizeof(text) - 1);
		if (n < 0 || time(NULL) - mktime(&tm) <= retention)
			continue;
		text[n] = '\0';
		if (strstr(text, "@@0x") != NULL && unlink(path) < 0)
			warn("%s", path);
	}
	if (d != NULL)
		closedir(d);
}

static void
make_dirs(const char *path)
{
	char buf[1024], *p;

	snprintf(buf, sizeof(buf), "%s", path);
	for (p = buf + 1; (p = strchr(p, '/')) != NULL; *p++ = '/') {
		*p = '\0';
		mkdir(buf, 0755);
	}
	mkdir(buf, 0755);
}

/* One line of the configuration. */
static void
directive(const char *path, const char *snapdir, int fd, char *line,
    int *nosnapsp)
{
	char cmd[64] = "", a[64] = "", b[64] = "", secs[16], cycle[1200];
	char opt[8] = "";
	int period, arg, any;

	if (sscanf(line, "%63s %63s %63s %7s", cmd, a, b, opt) < 1 || cmd[0] == '#')
		return;
	printf("%20s - ", cmd);
	if (parse_time(a, &period) != 0 || parse_time(b, &arg) != 0) {
		printf("syntax error\n");
		return;
	}
	any = strcmp(opt, "any") == 0;
	snprintf(secs, sizeof(secs), "%d", arg);
	if (strcmp(cmd, "snapshots") == 0) {
		*nosnapsp = period == 0 && arg == 0;
		if (period == 0) {
			if (arg != 0) {
				printf("only removing old snapshots\n");
				expire(fd, arg);
				expire_links(snapdir, arg, any);
			} else {
				printf("disabled\n");
			}
			return;
		}
	} else if (period == 0) {
		printf("disabled\n");
		return;
	}
	if (!due(snapdir, cmd, period)) {
		printf("skip\n");
		return;
	}
	if (strcmp(cmd, "snapshots") == 0) {
		const char *w[] = { "snapshot", path, snapdir, NULL };

		printf("run\n");
		expire(fd, arg);
		expire_links(snapdir, arg, any);
		run_hammer(w);
	} else if (strcmp(cmd, "prune") == 0) {
		snprintf(cycle, sizeof(cycle), "%s/.prune.cycle", snapdir);
		const char *w[] = { "-c", cycle, "-t", secs,
		    *nosnapsp ? "prune-everything" : "prune",
		    *nosnapsp ? path : snapdir, NULL };

		printf("run\n");
		run_hammer(w);
	} else if (strcmp(cmd, "dedup") == 0) {
		const char *w[] = { "-t", secs, "dedup", path, NULL };

		printf("run\n");
		run_hammer(w);
	} else if (strcmp(cmd, "reblock") == 0) {
		printf("run....\n");
		reblock_all(path, snapdir, secs, "reblock", "95");
	} else if (strcmp(cmd, "recopy") == 0) {
		printf("run....\n");
		reblock_all(path, snapdir, secs, "recopy", "100");
	} else if (strcmp(cmd, "rebalance") == 0) {
		snprintf(cycle, sizeof(cycle), "%s/.rebalance.cycle",
		    snapdir);
		const char *w[] = { "-c", cycle, "-t", secs, "rebalance",
		    path, NULL };

		printf("run....\n");
		run_hammer(w);
	} else {
		printf("unknown directive\n");
	}
	fflush(stdout);
}

static void
snapshot_dir(const char *path, const struct pfs *p, char *buf, size_t size)
{
	if (p->pfsd.snapshots[0] != '\0')
		snprintf(buf, size, "%.64s", p->pfsd.snapshots);
	else if (strcmp(path, "/") == 0)
		snprintf(buf, size, "/var/hammer/root");
	else
		snprintf(buf, size, "/var/hammer/%s", path + (*path == '/'));
}

static void
cleanup_one(const char *path)
{
	struct hammer_ioc_config c;
	char snapdir[1024], *text, *line, *next;
	const char *unique;
	struct pfs p;
	int i, nosnaps = 0;

	printf("cleanup %-20s -", path);
	pfs_open(path, &p);
	if (!p.exists) {
		printf(" not a HAMMER filesystem: %s\n", strerror(errno));
		close(p.fd);
		return;
	}
	unique = (const char *)&p.pfsd +
	    offsetof(struct hammer_pseudofs_data, unique_uuid);
	for (i = 0; i < nseen; i++) {
		if (memcmp(&seen[i], unique, 16) == 0) {
			printf(" PFS#%d already handled\n", p.id);
			close(p.fd);
			return;
		}
	}
	seen = realloc(seen, (nseen + 1) * sizeof(*seen));
	memcpy(&seen[nseen++], unique, 16);
	if (flock(p.fd, LOCK_EX | LOCK_NB) < 0) {
		printf(" PFS#%d locked by other process\n", p.id);
		close(p.fd);
		return;
	}
	snapshot_dir(path, &p, snapdir, sizeof(snapdir));
	make_dirs(snapdir);
	printf(" handle PFS#%d using %s\n", p.id, snapdir);
	memset(&c, 0, sizeof(c));
	if (ioctl(p.fd, HAMMERIOC_GET_CONFIG, &c) < 0 || c.head.error) {
		memset(&c, 0, sizeof(c));
		snprintf(c.config.text, sizeof(c.config.text), "%s",
		    strcmp(path, "/tmp") == 0 ||
		    strcmp(path, "/var/tmp") == 0 ||
		    strcmp(path, "/usr/obj") == 0 ?
		    "snapshots 0d 0d\nprune     1d 5m\nrebalance 1d 5m\n"
		    "#dedup    1d 5m\nreblock   1d 5m\nrecopy    30d 10m\n" :
		    dflt_config);
		ioctl(p.fd, HAMMERIOC_SET_CONFIG, &c);
	}
	text = strdup(c.config.text);
	for (line = text; line != NULL; line = next) {
		next = strchr(line, '\n');
		if (next != NULL)
			*next++ = '\0';
		if (*line != '\0')
			directive(path, snapdir, p.fd, line, &nosnaps);
	}
	free(text);
	close(p.fd);
}

/* By abort-cleanup: the command that runs saves how far it came. */
static void
on_term(int sig)
{
	if (child > 0)
		kill(child, SIGTERM);
	unlink(pidfile);
	_exit(1);
}

/* A locked file says that this process is one to be aborted. */
static void
announce(void)
{
	int fd;

	snprintf(pidfile, sizeof(pidfile), PID_PREFIX "%d", (int)getpid());
	fd = open(pidfile, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
	if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) < 0) {
		warn("%s", pidfile);
		return;
	}
	signal(SIGTERM, on_term);
}

int
cmd_abort_cleanup(int argc, char **argv)
{
	char path[300];
	struct dirent *de;
	DIR *d = opendir(PID_DIR);
	int fd, pid;

	need_args(argc, 0, 0);
	if (d == NULL)
		err(1, PID_DIR);
	while ((de = readdir(d)) != NULL) {
		if (sscanf(de->d_name, "hammer.cleanup.%d", &pid) != 1)
			continue;
		snprintf(path, sizeof(path), PID_PREFIX "%d", pid);
		fd = open(path, O_RDONLY);
		if (fd < 0)
			continue;
		if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
			/* Whoever made it has gone. */
			unlink(path);
		} else if (kill(pid, SIGTERM) == 0) {
			printf("Terminated cleanup process %u\n", pid);
		}
		close(fd);
	}
	closedir(d);
	return (0);
}

int
cmd_cleanup(int argc, char **argv)
{
	struct statfs *sf;
	int i, n;

	announce();
	for (i = 0; i < argc; i++)
		cleanup_one(argv[i]);
	n = argc > 0 ? 0 : getmntinfo(&sf, MNT_NOWAIT);
	for (i = 0; i < n; i++) {
		if (strcmp(sf[i].f_fstypename, "hammer") == 0 ||
		    (strcmp(sf[i].f_fstypename, "null") == 0 &&
		    (strstr(sf[i].f_mntfromname, "/@@0x") != NULL ||
		    strstr(sf[i].f_mntfromname, "/@@-1") != NULL)))
			cleanup_one(sf[i].f_mntonname);
	}
	unlink(pidfile);
	return (0);
}
