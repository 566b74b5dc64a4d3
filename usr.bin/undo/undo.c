/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * undo - earlier versions of files on HAMMER
 *
 * usage: undo [-adDiuv] [-o outfile] [-t tid] [-t tid] path ...
 *
 * The versions of a file are the transaction ids at which its data or its
 * inode changed, and those at which its directory gained or lost its name.
 */
#include <sys/param.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <vfs/hammer/hammer_ioctl.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum mode { DUMP, ITERATE, DIFF };

struct version {
	hammer_tid_t	tid;
	time_t		when;
	int		inode;		/* the inode changed, too */
};

static struct version *vers;
static int nvers, maxvers;
static int all, both, unique, verbose;
static const char *outfile;

static void
add_version(hammer_tid_t tid, time_t when, int inode)
{
	int i;

	for (i = 0; i < nvers; i++) {
		if (vers[i].tid == tid) {
			vers[i].inode |= inode;
			return;
		}
	}
	if (nvers == maxvers) {
		maxvers = maxvers * 2 + 64;
		vers = realloc(vers, maxvers * sizeof(*vers));
		if (vers == NULL)
			err(1, "realloc");
	}
	vers[nvers].tid = tid;
	vers[nvers].when = when;
	vers[nvers++].inode = inode;
}

static void
collect(int fd, int atkey, int64_t from)
{
	struct hammer_ioc_history h;
	int i;

	memset(&h, 0, sizeof(h));
	h.end_tid = HAMMER_MAX_TID;
	h.key = from;
	for (;;) {
		h.nxt_key = HAMMER_MAX_KEY;
		h.head.flags = atkey ? HAMMER_IOC_HISTORY_ATKEY : 0;
		if (ioctl(fd, HAMMERIOC_GETHISTORY, &h) < 0 || h.head.error)
			return;
		for (i = 0; i < h.count; i++)
			add_version(h.hist_ary[i].tid, h.hist_ary[i].time32,
			    !atkey);
		if (h.head.flags & HAMMER_IOC_HISTORY_NEXT_TID) {
			h.beg_tid = h.nxt_tid;
		} else if (h.head.flags & HAMMER_IOC_HISTORY_NEXT_KEY) {
			h.beg_tid = 0;
			h.key = h.nxt_key;
		} else {
			return;
		}
	}
}

/* An object as of a tid: 0 if the name existed then. */
static int
open_at(const char *path, hammer_tid_t tid, char *name, size_t size)
{
	snprintf(name, size, "%s@@0x%016jx", path, (uintmax_t)tid);
	return (open(name, O_RDONLY));
}

static int
by_tid(const void *a, const void *b)
{
	const struct version *x = a, *y = b;

	return (x->tid < y->tid ? -1 : x->tid > y->tid);
}

static void
collect_path(const char *path)
{
	char dir[MAXPATHLEN], name[MAXPATHLEN + 32], *p;
	ino_t last = 0;
	struct stat st;
	int fd, i, n;

	nvers = 0;
	fd = open(path, O_RDONLY);
	if (fd >= 0) {
		if (fstat(fd, &st) == 0)
			last = st.st_ino;
		collect(fd, 0, 0);
		if (S_ISREG(st.st_mode))
			collect(fd, 1, 0);
		close(fd);
	}
	/* Earlier objects of that name. */
	snprintf(dir, sizeof(dir), "%s", path);
	p = strrchr(dir, '/');
	if (p == NULL)
		strcpy(dir, ".");
	else
		p[p == dir] = '\0';
	fd = open(dir, O_RDONLY);
	if (fd < 0)
		err(1, "%s", dir);
	n = nvers;
	collect(fd, 1, 0);
	close(fd);
	for (i = n; i < nvers; i++) {
		/* Just before the name changed there was another object. */
		fd = open_at(path, vers[i].tid, name, sizeof(name));
		if (fd < 0)
			fd = open_at(path, vers[i].tid - 1, name,
			    sizeof(name));
		if (fd < 0)
			continue;
		if (fstat(fd, &st) == 0 && st.st_ino != last) {
			last = st.st_ino;
			collect(fd, 0, 0);
			if (S_ISREG(st.st_mode))
				collect(fd, 1, 0);
		}
		close(fd);
	}
	qsort(vers, nvers, sizeof(*vers), by_tid);
}

/* What the name held, in numbers, to tell versions apart. */
static int
state_at(const char *path, hammer_tid_t tid, struct stat *st)
{
	char name[MAXPATHLEN + 32];
	int fd = open_at(path, tid, name, sizeof(name)), r;

	if (fd < 0)
		return (-1);
	r = fstat(fd, st);
	close(fd);
	return (r);
}

/* Drop tids at which nothing about this name changed. */
static void
reduce(const char *path)
{
	struct stat st, prev;
	int i, n = 0, have, had = 0, first = 1, existed = 0;

	memset(&prev, 0, sizeof(prev));
	for (i = 0; i < nvers; i++) {
		have = state_at(path, vers[i].tid, &st) == 0;
		if (!have && !had) {
			first = 0;
			continue;
		}
		if (have && had && !first && vers[i].inode == 0 &&
		    st.st_ino == prev.st_ino && st.st_size == prev.st_size &&
		    st.st_ctime == prev.st_ctime && existed &&
		    vers[i].when == vers[n > 0 ? n - 1 : 0].when) {
			continue;
		}
		vers[n++] = vers[i];
		had = have;
		existed = existed || have;
		prev = st;
		first = 0;
	}
	nvers = n;
}

static const char *
date(time_t t)
{
	static char buf[64];

	strftime(buf, sizeof(buf), "%d-%b-%Y %H:%M:%S", localtime(&t));
	return (buf);
}

static FILE *
output(const char *path, int index)
{
	char name[MAXPATHLEN + 16];
	FILE *fp;

	if (unique)
		snprintf(name, sizeof(name), "%s.undo.%04d", path, index);
	else if (outfile != NULL)
		snprintf(name, sizeof(name), "%s", outfile);
	else
		return (stdout);
	fp = fopen(name, "w");
	if (fp == NULL)
		err(1, "%s", name);
	return (fp);
}

static void
dump(const char *path, int i)
{
	char name[MAXPATHLEN + 32], buf[65536];
	FILE *fp = output(path, i);
	ssize_t n;
	int fd;

	fd = open_at(path, vers[i].tid, name, sizeof(name));
	if (fp == stdout) {
		printf("\n>>> %s %04d 0x%016jx %s\n\n", path, i,
		    (uintmax_t)vers[i].tid, date(vers[i].when));
		fflush(stdout);
	}
	while (fd >= 0 && (n = read(fd, buf, sizeof(buf))) > 0)
		fwrite(buf, 1, n, fp);
	if (fd >= 0)
		close(fd);
	if (fp != stdout)
		fclose(fp);
	else
		fflush(fp);
}

/* diff between two versions; newer NULL: the present. */
static void
show_diff(const char *path, const struct version *older,
    const struct version *newer)
{
	char a[MAXPATHLEN + 32], b[MAXPATHLEN + 32];
	pid_t pid;
	int status;

	snprintf(a, sizeof(a), "%s@@0x%016jx", path, (uintmax_t)older->tid);
	if (newer != NULL)
		snprintf(b, sizeof(b), "%s@@0x%016jx", path,
		    (uintmax_t)newer->tid);
	else
		snprintf(b, sizeof(b), "%s", path);
	printf("diff -N -r -u %s %s (to %s)\n", a, b, newer != NULL ?
	    date(newer->when) : "present");
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		execlp("diff", "diff", "-N", "-r", "-u",
		    both ? b : a, both ? a : b, (char *)NULL);
		err(1, "diff");
	}
	if (pid < 0 || waitpid(pid, &status, 0) < 0)
		err(1, "diff");
}

static void
iterate(const char *path)
{
	struct stat st;
	int i;

	printf("%s: ITERATE ENTIRE HISTORY\n", path);
	for (i = 0; i < nvers; i++)
		printf("\t0x%016jx %s%s%s\n", (uintmax_t)vers[i].tid,
		    date(vers[i].when), vers[i].inode ? " inode-change" : "",
		    state_at(path, vers[i].tid, &st) != 0 ? " file-deleted" :
		    "");
}

/* -t: a tid, or how many versions before the newest. */
static int
pick(const char *text)
{
	hammer_tid_t tid;
	int i, n;

	if (strncmp(text, "0x", 2) == 0) {
		tid = strtoull(text, NULL, 16);
		for (i = nvers - 1; i > 0 && vers[i].tid > tid; i--)
			;
		return (i);
	}
	n = nvers - 1 - atoi(text);
	return (n < 0 ? 0 : n);
}

static void
undo(const char *path, enum mode mode, const char *t1, const char *t2)
{
	struct stat st;
	int i, from;

	collect_path(path);
	reduce(path);
	if (nvers == 0) {
		printf("%s: No UNDO history found\n", path);
		return;
	}
	if (mode == ITERATE) {
		iterate(path);
		return;
	}
	if (all) {
		for (i = 0; i < nvers; i++) {
			if (mode == DIFF)
				show_diff(path, &vers[i], i + 1 < nvers ?
				    &vers[i + 1] : NULL);
			else
				dump(path, i);
		}
		return;
	}
	/* The one before the present: the last, if the file is gone. */
	from = nvers - 2;
	if (stat(path, &st) != 0)
		for (from = nvers - 1; from > 0 && state_at(path,
		    vers[from].tid, &st) != 0; from--)
			;
	if (t1 != NULL)
		from = pick(t1);
	if (from < 0) {
		printf("%s: No UNDO history found\n", path);
		return;
	}
	if (mode == DIFF)
		show_diff(path, &vers[from], t2 != NULL ? &vers[pick(t2)] :
		    NULL);
	else
		dump(path, from);
}

static void
usage(void)
{
	fprintf(stderr, "usage: undo [-adDiuv] [-o outfile] [-t tid] "
	    "[-t tid] path ...\n");
	exit(1);
}

int
main(int argc, char **argv)
{
	const char *t1 = NULL, *t2 = NULL, *pattern = NULL;
	char name[MAXPATHLEN];
	enum mode mode = DUMP;
	int c, i;

	while ((c = getopt(argc, argv, "adDio:t:uv")) != -1) {
		switch (c) {
		case 'a': all = 1; break;
		case 'd': mode = DIFF; break;
		case 'D': mode = DIFF; both = 1; break;
		case 'i': mode = ITERATE; break;
		case 'o': pattern = optarg; break;
		case 't':
			if (t1 == NULL)
				t1 = optarg;
			else if (t2 == NULL)
				t2 = optarg;
			else
				usage();
			break;
		case 'u': unique = 1; break;
		case 'v': verbose = 1; break;
		default: usage();
		}
	}
	argc -= optind;
	argv += optind;
	if (argc < 1)
		usage();
	if (t2 != NULL)
		mode = DIFF;
	for (i = 0; i < argc; i++) {
		const char *pct = pattern != NULL ? strstr(pattern, "%s") :
		    NULL;

		if (pct != NULL) {
			snprintf(name, sizeof(name), "%.*s%s%s",
			    (int)(pct - pattern), pattern, argv[i], pct + 2);
			outfile = name;
		} else {
			outfile = pattern;
		}
		undo(argv[i], mode, t1, t2);
	}
	return (0);
}
