/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hammer(8): snapshots and the configuration of cleanup.
 */
#include <sys/param.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <err.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>
#include "online.h"

/* Where the filesystem a path is in is mounted. */
const char *
mount_point(const char *path, char *buf, size_t size)
{
	struct statfs sf;

	if (statfs(path, &sf) < 0)
		err(2, "%s", path);
	snprintf(buf, size, "%s", sf.f_mntonname);
	return (buf);
}

static int
pfs_number(int fd)
{
	struct hammer_ioc_pseudofs_rw rw;
	struct hammer_pseudofs_data d;

	memset(&rw, 0, sizeof(rw));
	rw.pfs_id = -1;
	rw.bytes = sizeof(d);
	rw.ondisk = &d;
	if (ioctl(fd, HAMMERIOC_GET_PSEUDOFS, &rw) < 0)
		return (0);
	return (rw.pfs_id);
}

static int
record_snapshot(int fd, hammer_tid_t tid, const char *note)
{
	struct hammer_ioc_snapshot s;

	memset(&s, 0, sizeof(s));
	s.count = 1;
	s.snaps[0].tid = tid;
	s.snaps[0].ts = hammer_time_us();
	if (note != NULL)
		snprintf(s.snaps[0].label, sizeof(s.snaps[0].label), "%s",
		    note);
	if (ioctl(fd, HAMMERIOC_ADD_SNAPSHOT, &s) < 0)
		return (errno);
	return (s.head.error);
}

static int
delete_snapshot(int fd, hammer_tid_t tid)
{
	struct hammer_ioc_snapshot s;

	memset(&s, 0, sizeof(s));
	s.count = 1;
	s.snaps[0].tid = tid;
	if (ioctl(fd, HAMMERIOC_DEL_SNAPSHOT, &s) < 0)
		return (errno);
	return (s.head.error);
}

/* A directory of the filesystem that a link shall be in, or is. */
static int
open_dir_of(const char *path, char *dir, size_t size)
{
	struct stat st;
	char *p;

	snprintf(dir, size, "%s", path);
	if (stat(dir, &st) < 0 || !S_ISDIR(st.st_mode)) {
		p = strrchr(dir, '/');
		if (p == NULL)
			snprintf(dir, size, ".");
		else if (p == dir)
			p[1] = '\0';
		else
			*p = '\0';
	}
	return (open(dir, O_RDONLY));
}

static hammer_tid_t
take(const char *path, const char *note, char *dir, size_t size)
{
	hammer_tid_t tid;
	int fd = open_dir_of(path, dir, size), e;

	if (fd < 0)
		err(2, "%s", path);
	if (fs_version(fd) < 3)
		errx(2, "%s: snapshots in meta-data need version 3", path);
	/* Twice: what was begun before the first one is in the second. */
	tid = do_sync(fd, path, HAMMER_SYNCTID_SYNC2);
	e = record_snapshot(fd, tid, note);
	if (e != 0 && e != EEXIST)
		errx(2, "%s: %s", path, strerror(e));
	close(fd);
	return (tid);
}

static void
link_name(const char *path, const char *format, char *buf, size_t size)
{
	struct stat st;
	char name[256];
	time_t now = time(NULL);
	size_t n = strlen(path);

	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
		strftime(name, sizeof(name), format, localtime(&now));
		snprintf(buf, size, "%s%s%s", path,
		    n > 0 && path[n - 1] == '/' ? "" : "/", name);
	} else {
		snprintf(buf, size, "%s", path);
	}
}

static void
make_link(const char *text, const char *path)
{
	struct stat st;

	if (lstat(path, &st) == 0) {
		if (!S_ISLNK(st.st_mode))
			errx(2, "%s is no symbolic link", path);
		unlink(path);
	}
	if (symlink(text, path) < 0)
		err(2, "%s", path);
}

#define SNAPFORMAT	"snap-%Y%m%d-%H%M"

int
cmd_snap(int argc, char **argv)
{
	char dir[1024], mnt[1024], text[1100], name[1300];
	hammer_tid_t tid;

	need_args(argc, 1, 2);
	tid = take(argv[0], argc > 1 ? argv[1] : NULL, dir, sizeof(dir));
	mount_point(dir, mnt, sizeof(mnt));
	snprintf(text, sizeof(text), "%s/@@0x%016jx",
	    strcmp(mnt, "/") == 0 ? "" : mnt, (uintmax_t)tid);
	link_name(argv[0], SNAPFORMAT, name, sizeof(name));
	make_link(text, name);
	return (0);
}

int
cmd_snaplo(int argc, char **argv)
{
	char dir[1024], text[1100], name[1300];
	hammer_tid_t tid;

	need_args(argc, 1, 2);
	tid = take(argv[0], argc > 1 ? argv[1] : NULL, dir, sizeof(dir));
	if (strcmp(dir, ".") == 0 || strcmp(dir, "..") == 0)
		snprintf(text, sizeof(text), "./@@0x%016jx", (uintmax_t)tid);
	else
		snprintf(text, sizeof(text), "%s%s@@0x%016jx", dir,
		    dir[strlen(dir) - 1] == '/' ? "" : "/", (uintmax_t)tid);
	link_name(argv[0], SNAPFORMAT, name, sizeof(name));
	make_link(text, name);
	return (0);
}

int
cmd_snapq(int argc, char **argv)
{
	char dir[1024];
	const char *d;
	hammer_tid_t tid;

	need_args(argc, 1, 2);
	d = argv[0];
	tid = take(d, argc > 1 ? argv[1] : NULL, dir, sizeof(dir));
	if (strcmp(d, ".") == 0 || strcmp(d, "..") == 0)
		printf("%s/@@0x%016jx\n", d, (uintmax_t)tid);
	else
		printf("%s@@0x%016jx\n", d, (uintmax_t)tid);
	return (0);
}

/* The tid a link's text or a name gives, or 0. */
static hammer_tid_t
tid_of(const char *text)
{
	const char *p = strstr(text, "@@0x");

	if (p != NULL)
		return (strtoull(p + 2, NULL, 16));
	if (strncmp(text, "0x", 2) == 0)
		return (strtoull(text, NULL, 16));
	return (0);
}

int
cmd_snaprm(int argc, char **argv)
{
	char link[1024], dir[1024];
	struct stat st;
	hammer_tid_t tid;
	ssize_t n;
	int fd = -1, i, e, mine;

	need_args(argc, 1, -1);
	for (i = 0; i < argc; i++) {
		mine = -1;
		if (lstat(argv[i], &st) == 0 && S_ISLNK(st.st_mode)) {
			n = readlink(argv[i], link, sizeof(link) - 1);
			if (n < 0)
				err(2, "%s", argv[i]);
			link[n] = '\0';
			tid = tid_of(link);
			mine = open(argv[i], O_RDONLY);
			if (mine < 0)
				mine = open_dir_of(argv[i], dir, sizeof(dir));
			if (unlink(argv[i]) < 0)
				warn("%s", argv[i]);
		} else if (lstat(argv[i], &st) == 0 && S_ISDIR(st.st_mode)) {
			fd = open_fs(argv[i]);
			continue;
		} else {
			tid = tid_of(argv[i]);
			if (fd < 0)
				fd = open_fs(".");
		}
		if (tid == 0)
			errx(2, "%s names no snapshot", argv[i]);
		e = delete_snapshot(mine >= 0 ? mine : fd, tid);
		if (e == ENOENT)
			warnx("%s: there is no such snapshot in the "
			    "meta-data", argv[i]);
		else if (e != 0)
			errx(2, "%s: %s", argv[i], strerror(e));
		if (mine >= 0)
			close(mine);
	}
	return (0);
}

static void
snapls_one(const char *path)
{
	struct hammer_ioc_snapshot s;
	char when[64];
	time_t t;
	int fd, i;

	fd = open(path, O_RDONLY);
	if (fd < 0)
		err(2, "%s", path);
	printf("Snapshots on %s\tPFS#%d\n", path, pfs_number(fd));
	printf("Transaction ID\t\tTimestamp\t\tNote\n");
	memset(&s, 0, sizeof(s));
	do {
		if (ioctl(fd, HAMMERIOC_GET_SNAPSHOT, &s) < 0)
			err(2, "%s", path);
		if (s.head.error)
			errx(2, "%s: %s", path, strerror(s.head.error));
		for (i = 0; i < s.count; i++) {
			t = s.snaps[i].ts / 1000000;
			strftime(when, sizeof(when), "%Y-%m-%d %H:%M:%S %Z",
			    localtime(&t));
			printf("0x%016jx\t%s\t%.64s\n",
			    (uintmax_t)s.snaps[i].tid, when,
			    s.snaps[i].label[0] ? s.snaps[i].label : "-");
		}
	} while ((s.head.flags & HAMMER_IOC_SNAPSHOT_EOF) == 0 &&
	    s.count > 0);
	close(fd);
}

int
cmd_snapls(int argc, char **argv)
{
	int i;

	if (argc == 0)
		snapls_one(".");
	for (i = 0; i < argc; i++)
		snapls_one(argv[i]);
	return (0);
}

/* The old form: [fs] dir, or fs dir note. */
int
cmd_snapshot(int argc, char **argv)
{
	char mnt[1024], text[1100], name[1300];
	const char *fs, *dir, *note = NULL;
	hammer_tid_t tid;
	int fd;

	need_args(argc, 1, 3);
	dir = argv[argc == 1 ? 0 : 1];
	if (argc == 3)
		note = argv[2];
	fs = argc == 1 ? mount_point(dir, mnt, sizeof(mnt)) : argv[0];
	fd = open_fs(fs);
	tid = do_sync(fd, fs, HAMMER_SYNCTID_SYNC2);
	snprintf(text, sizeof(text), "%s/@@0x%016jx", fs, (uintmax_t)tid);
	link_name(dir, SNAPFORMAT, name, sizeof(name));
	if (strchr(name, '%') != NULL) {
		time_t now = time(NULL);
		char format[1300];

		snprintf(format, sizeof(format), "%s", name);
		strftime(name, sizeof(name), format, localtime(&now));
	}
	make_link(text, name);
	printf("%s\n", name);
	if (fs_version(fd) >= 3)
		(void)record_snapshot(fd, tid, note);
	return (0);
}

/*
 * Configuration.
 */
static int
read_config(int fd, struct hammer_ioc_config *c)
{
	memset(c, 0, sizeof(*c));
	if (ioctl(fd, HAMMERIOC_GET_CONFIG, c) < 0)
		return (errno);
	return (c->head.error);
}

static void
write_config(int fd, struct hammer_ioc_config *c)
{
	memset(&c->head, 0, sizeof(c->head));
	if (ioctl(fd, HAMMERIOC_SET_CONFIG, c) < 0)
		err(2, "config");
	if (c->head.error)
		errx(2, "config: %s", strerror(c->head.error));
}

static void
load_config(const char *file, struct hammer_ioc_config *c)
{
	FILE *fp = fopen(file, "r");
	size_t n;

	if (fp == NULL)
		err(2, "%s", file);
	memset(c, 0, sizeof(*c));
	n = fread(c->config.text, 1, sizeof(c->config.text), fp);
	fclose(fp);
	if (n >= sizeof(c->config.text) - 1)
		errx(2, "%s is longer than 1022 characters", file);
}

int
cmd_config(int argc, char **argv)
{
	struct hammer_ioc_config c;
	int fd;

	need_args(argc, 0, 2);
	fd = open_fs(argc > 0 ? argv[0] : ".");
	if (argc == 2) {
		load_config(argv[1], &c);
		write_config(fd, &c);
		return (0);
	}
	if (read_config(fd, &c) != 0)
		errx(2, "no configuration found");
	fputs(c.config.text, stdout);
	return (0);
}

int
cmd_viconfig(int argc, char **argv)
{
	static const char dflt[] =
	    "# snapshots <period> <retention> [any]\n"
	    "# prune|rebalance|dedup|reblock|recopy <period> <max-runtime>\n"
	    "snapshots 1d 60d\nprune     1d 5m\nrebalance 1d 5m\n"
	    "#dedup    1d 5m\nreblock   1d 5m\nrecopy    30d 10m\n";
	struct hammer_ioc_config c;
	struct stat before, after;
	char name[] = "/tmp/configXXXXXXXXXX", cmd[1200];
	const char *editor;
	int fd, tfd;

	need_args(argc, 0, 1);
	fd = open_fs(argc > 0 ? argv[0] : ".");
	if (read_config(fd, &c) != 0)
		snprintf(c.config.text, sizeof(c.config.text), "%s", dflt);
	tfd = mkstemp(name);
	if (tfd < 0 || write(tfd, c.config.text, strlen(c.config.text)) < 0 ||
	    fstat(tfd, &before) < 0)
		err(2, "%s", name);
	editor = getenv("EDITOR");
	if (editor == NULL)
		editor = getenv("VISUAL");
	snprintf(cmd, sizeof(cmd), "%s %s", editor != NULL ? editor : "vi",
	    name);
	if (system(cmd) != 0)
		errx(2, "the editor failed");
	if (stat(name, &after) < 0)
		err(2, "%s", name);
	if (before.st_mtime == after.st_mtime &&
	    before.st_size == after.st_size) {
		warnx("no changes were made");
	} else {
		load_config(name, &c);
		write_config(fd, &c);
	}
	unlink(name);
	return (0);
}
