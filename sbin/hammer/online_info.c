/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hammer(8): synctid, history, info, version, statistics.
 */
#include <sys/param.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <err.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>
#ifdef __DragonFly__
#include <sys/sysctl.h>
#include <libutil.h>
#endif
#include "online.h"

hammer_tid_t
do_sync(int fd, const char *path, int op)
{
	struct hammer_ioc_synctid st;

	memset(&st, 0, sizeof(st));
	st.op = op;
	fs_ioctl(fd, HAMMERIOC_SYNCTID, &st, path);
	return (st.tid);
}

int
cmd_synctid(int argc, char **argv)
{
	int op = HAMMER_SYNCTID_SYNC2;

	need_args(argc, 1, 2);
	if (argc == 2) {
		if (strcmp(argv[1], "quick") != 0)
			usage();
		op = HAMMER_SYNCTID_SYNC1;
	}
	printf("0x%016jx\n", (uintmax_t)do_sync(open_fs(argv[0]), argv[0],
	    op));
	return (0);
}

int
fs_version(int fd)
{
	struct hammer_ioc_version v;

	memset(&v, 0, sizeof(v));
	fs_ioctl(fd, HAMMERIOC_GET_VERSION, &v, "version");
	return (v.cur_version);
}

/*
 * history[@off[,len]]
 */
struct at {
	int	on;
	int64_t	off;
	int	len;
};

static void
parse_at(const char *text, struct at *at)
{
	char *end;

	at->on = 1;
	at->len = 32;
	at->off = strtoll(text, &end, 0);
	if (*end == ',')
		at->len = strtol(end + 1, &end, 0);
	if (*end != '\0')
		errx(1, "bad offset: %s", text);
}

static void
print_data(const char *path, hammer_tid_t tid, const struct at *at)
{
	char name[1100], *buf = malloc(at->len);
	FILE *fp;
	int i, n;

	snprintf(name, sizeof(name), "%s@@0x%016jx", path, (uintmax_t)tid);
	fp = fopen(name, "r");
	if (fp == NULL || buf == NULL) {
		free(buf);
		return;
	}
	fseeko(fp, at->off, SEEK_SET);
	n = fread(buf, 1, at->len, fp);
	printf(" '");
	for (i = 0; i < n; i++)
		putchar(buf[i] >= 32 && buf[i] < 127 ? buf[i] : '.');
	printf("'");
	fclose(fp);
	free(buf);
}

static int
compare_hist(const void *a, const void *b)
{
	const struct hammer_ioc_hist_entry *x = a, *y = b;

	return (x->tid < y->tid ? -1 : x->tid > y->tid);
}

static int
history_one(const char *path, const struct at *at)
{
	struct hammer_ioc_history h;
	char when[64];
	time_t t;
	int fd, i;

	fd = open_fs(path);
	memset(&h, 0, sizeof(h));
	h.beg_tid = HAMMER_MIN_TID;
	h.end_tid = HAMMER_MAX_TID;
	h.key = at->off;
	h.nxt_key = HAMMER_MAX_KEY;
	h.head.flags = at->on ? HAMMER_IOC_HISTORY_ATKEY : 0;
	printf("%s\t", path);
	if (ioctl(fd, HAMMERIOC_GETHISTORY, &h) < 0) {
		printf("%s\n", strerror(errno));
		close(fd);
		return (1);
	}
	printf("%016jx %s {\n", (uintmax_t)h.obj_id, (h.head.flags &
	    HAMMER_IOC_HISTORY_UNSYNCED) ? "dirty" : "clean");
	for (;;) {
		qsort(h.hist_ary, h.count, sizeof(h.hist_ary[0]),
		    compare_hist);
		for (i = 0; i < h.count; i++) {
			t = h.hist_ary[i].time32;
			strftime(when, sizeof(when), "%d-%b-%Y %H:%M:%S",
			    localtime(&t));
			printf("    %016jx %s",
			    (uintmax_t)h.hist_ary[i].tid, when);
			if (at->on && verbose > 0)
				print_data(path, h.hist_ary[i].tid, at);
			printf("\n");
		}
		if ((h.head.flags & HAMMER_IOC_HISTORY_NEXT_TID) == 0)
			break;
		h.beg_tid = h.nxt_tid;
		h.head.flags = at->on ? HAMMER_IOC_HISTORY_ATKEY : 0;
		h.nxt_key = HAMMER_MAX_KEY;
		if (ioctl(fd, HAMMERIOC_GETHISTORY, &h) < 0)
			break;
	}
	printf("}\n");
	close(fd);
	return (0);
}

/* suffix: what follows "history" in the directive's name. */
int
cmd_history(const char *suffix, int argc, char **argv)
{
	struct at all, at;
	char path[1024], *p;
	int i, status = 0;

	need_args(argc, 1, -1);
	memset(&all, 0, sizeof(all));
	if (*suffix == '@')
		parse_at(suffix + 1, &all);
	for (i = 0; i < argc; i++) {
		at = all;
		snprintf(path, sizeof(path), "%s", argv[i]);
		p = strrchr(path, '@');
		if (p != NULL && p > path && p[-1] != '@' &&
		    access(path, F_OK) != 0) {
			*p = '\0';
			parse_at(p + 1, &at);
		}
		status |= history_one(path, &at);
	}
	return (status);
}

/*
 * info
 */
static void
humanize(char *buf, size_t size, int64_t n)
{
#ifdef __DragonFly__
	humanize_number(buf, size, n, "", HN_AUTOSCALE,
	    HN_DECIMAL | HN_NOSPACE);
#else
	snprintf(buf, size, "%jd", (intmax_t)n);
#endif
}

static void
big(const char *name, int64_t n, int64_t total, int percent)
{
	printf("\t%-10s %10jd", name, (intmax_t)n);
	if (percent)
		printf(" (%.2f%%)", total ? n * 100.0 / total : 0.0);
	printf("\n");
}

static void
space(const char *name, int64_t n, int64_t total, int percent)
{
	char buf[16];

	humanize(buf, 6, n * HAMMER_BIGBLOCK_SIZE);
	printf("\t%-14s %6s", name, buf);
	if (percent)
		printf(" (%.2f%%)\n", total ? n * 100.0 / total : 0.0);
	else
		printf(" (%jd bytes)\n", (intmax_t)n * HAMMER_BIGBLOCK_SIZE);
}

static int
count_snaps(const char *mnt, int id, const struct hammer_pseudofs_data *d)
{
	struct hammer_ioc_snapshot s;
	char path[1100];
	int fd, n = 0;

	if (d->mirror_flags & HAMMER_PFSD_SLAVE)
		snprintf(path, sizeof(path), "%s/@@0x%016jx:%05d", mnt,
		    (uintmax_t)d->sync_end_tid, id);
	else
		snprintf(path, sizeof(path), "%s/@@-1:%05d", mnt, id);
	fd = open(path, O_RDONLY);
	if (fd < 0)
		return (-1);
	memset(&s, 0, sizeof(s));
	do {
		if (ioctl(fd, HAMMERIOC_GET_SNAPSHOT, &s) < 0 ||
		    s.head.error) {
			close(fd);
			return (-1);
		}
		n += s.count;
	} while ((s.head.flags & HAMMER_IOC_SNAPSHOT_EOF) == 0 &&
	    s.count > 0);
	close(fd);
	return (n);
}

static void
info_pfs(int fd, const char *mnt)
{
	struct hammer_ioc_pseudofs_rw rw;
	struct hammer_pseudofs_data d;
	char snaps[16];
	int id, n, misses = 0;

	printf("PFS information\n\t  PFS#  Mode    Snaps\n");
	for (id = 0; id < HAMMER_MAX_PFS && misses < 64; id++) {
		memset(&rw, 0, sizeof(rw));
		rw.pfs_id = id;
		rw.bytes = sizeof(d);
		rw.version = HAMMER_IOC_PSEUDOFS_VERSION;
		rw.ondisk = &d;
		if (ioctl(fd, HAMMERIOC_SCAN_PSEUDOFS, &rw) < 0) {
			misses++;
			continue;
		}
		if (d.mirror_flags & HAMMER_PFSD_DELETED)
			continue;
		n = count_snaps(mnt, id, &d);
		if (n < 0)
			strcpy(snaps, "-");
		else
			snprintf(snaps, sizeof(snaps), "%d", n);
		printf("\t%6d  %-6s %6s%s\n", id, (d.mirror_flags &
		    HAMMER_PFSD_SLAVE) ? "SLAVE" : "MASTER", snaps,
		    id == 0 ? " (root PFS)" : "");
	}
}

static void
info_one(const char *path)
{
	struct hammer_ioc_info i;
	char text[37], *names = malloc(65536);
	int64_t used;
	int fd = open_fs(path);

	memset(&i, 0, sizeof(i));
	fs_ioctl(fd, HAMMERIOC_GET_INFO, &i, path);
	uuid_text(&i.vol_fsid, text);
	volume_names(fd, ":", names, 65536);
	printf("Volume identification\n");
	printf("\tLabel               %.64s\n", i.vol_label);
	printf("\tNo. Volumes         %d\n", i.nvolumes);
	printf("\tHAMMER Volumes      %s\n", names);
	names[strcspn(names, ":")] = '\0';
	printf("\tRoot Volume         %s\n", names);
	printf("\tFSID                %s\n", text);
	printf("\tHAMMER Version      %d\n", i.version);
	used = i.bigblocks - i.freebigblocks;
	printf("Big-block information\n");
	big("Total", i.bigblocks, 0, 0);
	big("Used", used, i.bigblocks, 1);
	big("Reserved", i.rsvbigblocks, i.bigblocks, 1);
	big("Free", i.freebigblocks - i.rsvbigblocks, i.bigblocks, 1);
	printf("Space information\n");
	printf("\tNo. Inodes %10jd\n", (intmax_t)i.inodes);
	space("Total size", i.bigblocks, 0, 0);
	space("Used", used, i.bigblocks, 1);
	space("Reserved", i.rsvbigblocks, i.bigblocks, 1);
	space("Free", i.freebigblocks - i.rsvbigblocks, i.bigblocks, 1);
	info_pfs(fd, path);
	free(names);
	close(fd);
}

int
cmd_info(int argc, char **argv)
{
	struct statfs *sf;
	int i, n, shown = 0;

	if (argc > 0) {
		for (i = 0; i < argc; i++) {
			if (i > 0)
				printf("\n");
			info_one(argv[i]);
		}
		return (0);
	}
	n = getmntinfo(&sf, MNT_NOWAIT);
	for (i = 0; i < n; i++) {
		if (strcmp(sf[i].f_fstypename, "hammer") != 0)
			continue;
		if (shown++)
			printf("\n");
		info_one(sf[i].f_mntonname);
	}
	if (shown == 0)
		printf("No mounted HAMMER filesystems found\n");
	return (0);
}

/*
 * Versions.
 */
int
cmd_version(int argc, char **argv)
{
	struct hammer_ioc_version v;
	char wip[16];
	uint32_t i, min, max;
	int fd;

	need_args(argc, 1, 1);
	fd = open_fs(argv[0]);
	memset(&v, 0, sizeof(v));
	fs_ioctl(fd, HAMMERIOC_GET_VERSION, &v, argv[0]);
	snprintf(wip, sizeof(wip), "%u", v.wip_version);
	min = v.min_version;
	max = v.max_version;
	printf("min=%u wip=%s max=%u current=%u description=\"%s\"\n", min,
	    v.wip_version > max ? "none" : wip, max, v.cur_version,
	    v.description);
	if (verbose < 0)
		return (0);
	printf("available versions:\n");
	for (i = min; i <= max; i++) {
		v.cur_version = i;
		fs_ioctl(fd, HAMMERIOC_GET_VERSION, &v, argv[0]);
		printf("    %u\t%s\t%s\n", i, i < v.wip_version ? "NORM" :
		    "WIP ", v.description);
	}
	return (0);
}

int
cmd_version_upgrade(int argc, char **argv)
{
	struct hammer_ioc_version v;
	int fd, old;

	need_args(argc, 2, 3);
	if (argc == 3 && strcmp(argv[2], "force") != 0)
		usage();
	fd = open_fs(argv[0]);
	old = fs_version(fd);
	memset(&v, 0, sizeof(v));
	v.cur_version = strtoul(argv[1], NULL, 0);
	if (ioctl(fd, HAMMERIOC_SET_VERSION, &v) < 0)
		err(1, "hammer version-upgrade");
	printf("hammer version-upgrade: succeeded\n");
	if (old < 3 && v.cur_version >= 3)
		printf("NOTE: run `hammer cleanup' to move the snapshots "
		    "and their configuration\ninto the filesystem's "
		    "meta-data\n");
	return (0);
}

/*
 * Statistics, as differences.
 */
static const char *const bnames[] = { "lookups", "searches", "inserts",
    "deletes", "elements", "splits", "iterations", "rootiters",
    "reciters" };
static const char *const bctl[] = { "btree_lookups", "btree_searches",
    "btree_inserts", "btree_deletes", "btree_elements", "btree_splits",
    "btree_iterations", "btree_root_iterations", "record_iterations" };
static const char *const inames[] = { "f_read", "f_write", "d_read",
    "d_write", "i_flushes", "commits", "undo", "redo" };
static const char *const ictl[] = { "file_read", "file_write", "disk_read",
    "disk_write", "inode_flushes", "commits", "undo", "redo" };

static int64_t
stat_value(const char *name)
{
	int64_t v = 0;
#ifdef __DragonFly__
	char mib[64];
	size_t len = sizeof(v);

	snprintf(mib, sizeof(mib), "vfs.hammer.stats_%s", name);
	if (sysctlbyname(mib, &v, &len, NULL, 0) < 0)
		err(1, "sysctl %s", mib);
#endif
	return (v);
}

static int
stats_loop(int argc, char **argv, int b, int io)
{
	int64_t last[17], now;
	double interval = argc > 0 ? atof(argv[0]) : 1.0;
	int i, line;

	need_args(argc, 0, 1);
	if (interval < 0.001)
		interval = 0.001;
	memset(last, 0, sizeof(last));
	for (line = 0; !interrupted; line++) {
		if (line > 0 && (line - 1) % 16 == 0) {
			for (i = 0; b && i < 9; i++)
				printf("%10s", bnames[i]);
			if (b && io)
				printf("\t");
			for (i = 0; io && i < 8; i++)
				printf("%9s", inames[i]);
			printf("\n");
		}
		for (i = 0; b && i < 9; i++) {
			now = stat_value(bctl[i]);
			if (line > 0)
				printf("%10jd", (intmax_t)(now - last[i]));
			last[i] = now;
		}
		if (b && io && line > 0)
			printf("\t");
		for (i = 0; io && i < 8; i++) {
			now = stat_value(ictl[i]);
			if (line > 0)
				printf("%9jd",
				    (intmax_t)(now - last[9 + i]));
			last[9 + i] = now;
		}
		if (line > 0)
			printf("\n");
		fflush(stdout);
		usleep(interval * 1000000);
	}
	return (0);
}

int
cmd_stats(int argc, char **argv)
{
	return (stats_loop(argc, argv, 1, 1));
}

int
cmd_bstats(int argc, char **argv)
{
	return (stats_loop(argc, argv, 1, 0));
}

int
cmd_iostats(int argc, char **argv)
{
	return (stats_loop(argc, argv, 0, 1));
}
