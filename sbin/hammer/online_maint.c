/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hammer(8): prune, rebalance, reblock, dedup.
 */
#include <sys/param.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <dirent.h>
#include <err.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>
#include "online.h"

/*
 * The snapshots to keep: tids in descending order.
 */
struct tids {
	hammer_tid_t	*t;
	int		n, max;
};

static void
add_tid(struct tids *ts, hammer_tid_t tid)
{
	int i;

	for (i = 0; i < ts->n; i++) {
		if (ts->t[i] == tid)
			return;
	}
	if (ts->n == ts->max) {
		ts->max = ts->max * 2 + 16;
		ts->t = realloc(ts->t, ts->max * sizeof(*ts->t));
		if (ts->t == NULL)
			err(1, "realloc");
	}
	ts->t[ts->n++] = tid;
}

static int
descending(const void *a, const void *b)
{
	const hammer_tid_t *x = a, *y = b;

	return (*x < *y ? 1 : *x > *y ? -1 : 0);
}

/* Links with "@@" in a directory; fs becomes what they point into. */
static void
scan_links(const char *dir, char *fs, size_t size, struct tids *ts)
{
	char path[1300], link[1024], *p;
	struct dirent *de;
	DIR *d = opendir(dir);
	ssize_t n;

	if (d == NULL)
		err(1, "%s", dir);
	while ((de = readdir(d)) != NULL) {
		snprintf(path, sizeof(path), "%s/%s", dir, de->d_name);
		n = readlink(path, link, sizeof(link) - 1);
		if (n < 0)
			continue;
		link[n] = '\0';
		p = strstr(link, "@@0x");
		if (p == NULL)
			continue;
		add_tid(ts, strtoull(p + 2, NULL, 16));
		*p = '\0';
		if (fs[0] != '\0' && strcmp(fs, link) != 0)
			errx(1, "%s: links to snapshots of %s and of %s",
			    dir, fs, link);
		snprintf(fs, size, "%s", link);
	}
	closedir(d);
}

static void
scan_records(int fd, struct tids *ts, int destroy)
{
	struct hammer_ioc_snapshot s, del;
	int i;

	memset(&s, 0, sizeof(s));
	do {
		if (ioctl(fd, HAMMERIOC_GET_SNAPSHOT, &s) < 0 || s.head.error)
			return;
		for (i = 0; i < s.count; i++)
			add_tid(ts, s.snaps[i].tid);
		if (destroy && s.count > 0) {
			del = s;
			memset(&del.head, 0, sizeof(del.head));
			del.index = 0;
			ioctl(fd, HAMMERIOC_DEL_SNAPSHOT, &del);
		}
	} while ((s.head.flags & HAMMER_IOC_SNAPSHOT_EOF) == 0 &&
	    s.count > 0);
}

/* Ranges between neighbours, and one before the oldest. */
static int
ranges(const struct tids *ts, struct hammer_ioc_prune_elm *elms)
{
	int i;

	for (i = 0; i < ts->n; i++) {
		elms[i].end_tid = ts->t[i];
		elms[i].beg_tid = i + 1 < ts->n ? ts->t[i + 1] : 1;
		elms[i].mod_tid = elms[i].end_tid - elms[i].beg_tid;
		if (elms[i].mod_tid == 0)
			elms[i].mod_tid = 1;
		if (verbose > 0)
			printf("TID %016jx - %016jx\n",
			    (uintmax_t)elms[i].beg_tid,
			    (uintmax_t)elms[i].end_tid);
	}
	return (ts->n);
}

static int
run_prune(int fd, const char *fs, const struct tids *ts, int all)
{
	struct hammer_ioc_prune p;
	hammer_tid_t tid;

	memset(&p, 0, sizeof(p));
	key_bounds(&p.key_beg, &p.key_end, 0, 0);
	p.stat_oldest_tid = HAMMER_MAX_TID;
	if (all) {
		p.head.flags = HAMMER_IOC_PRUNE_ALL;
		printf("Prune %s: EVERYTHING\n", fs);
	} else {
		p.elms = calloc(ts->n + 1, sizeof(*p.elms));
		p.nelms = ranges(ts, p.elms);
		printf("Prune %s: %d snapshots\n", fs, ts->n);
	}
	/* The scan goes down: a saved key is where it goes on. */
	cycle_get(&p.key_end, &tid);
	printf("Prune %s: objspace %016jx:%04x %016jx:%04x\n", fs,
	    (uintmax_t)p.key_beg.obj_id, p.key_beg.localization,
	    (uintmax_t)p.key_end.obj_id, p.key_end.localization);
	if (ioctl(fd, HAMMERIOC_PRUNE, &p) < 0) {
		printf("Prune %s failed: %s\n", fs, strerror(errno));
		return (2);
	}
	if (p.head.flags & HAMMER_IOC_HEAD_INTR) {
		cycle_set(&p.key_cur, 0);
		printf("Prune %s interrupted by timer at %016jx %04x\n", fs,
		    (uintmax_t)p.key_cur.obj_id, p.key_cur.localization);
	} else {
		cycle_done();
		printf("Prune %s succeeded\n", fs);
	}
	printf("Pruned %jd/%jd records (%jd directory entries) and %jd "
	    "bytes\n", (intmax_t)p.stat_rawrecords,
	    (intmax_t)p.stat_scanrecords, (intmax_t)p.stat_dirrecords,
	    (intmax_t)p.stat_bytes);
	free(p.elms);
	return (0);
}

int
cmd_prune(int argc, char **argv)
{
	struct tids ts = { NULL, 0, 0 };
	char fs[1024] = "";
	int fd;

	need_args(argc, 1, 1);
	scan_links(argv[0], fs, sizeof(fs), &ts);
	if (fs[0] == '\0')
		snprintf(fs, sizeof(fs), "%s", argv[0]);
	fd = open_fs(fs);
	scan_records(fd, &ts, 0);
	if (ts.n == 0) {
		fprintf(stderr, "No snapshots found\n");
		return (0);
	}
	qsort(ts.t, ts.n, sizeof(*ts.t), descending);
	return (run_prune(fd, fs, &ts, 0));
}

int
cmd_prune_everything(int argc, char **argv)
{
	struct tids ts = { NULL, 0, 0 };
	int fd;

	need_args(argc, 1, 1);
	fd = open_fs(argv[0]);
	scan_records(fd, &ts, 1);
	return (run_prune(fd, argv[0], &ts, 1));
}

/*
 * Rebalancing.
 */
int
cmd_rebalance(int argc, char **argv)
{
	struct hammer_ioc_rebalance r;
	hammer_tid_t tid;
	int percent = 85;

	need_args(argc, 1, 2);
	if (argc > 1)
		percent = strtol(argv[1], NULL, 0);
	if (percent < 50 || percent > 100)
		errx(1, "the saturation is 50 to 100 percent");
	memset(&r, 0, sizeof(r));
	key_bounds(&r.key_beg, &r.key_end, 0, 0);
	cycle_get(&r.key_beg, &tid);
	r.saturation = HAMMER_BTREE_INT_ELMS * percent / 100;
	r.allpfs = all_pfs;
	printf("rebalance start %016jx:%04x\n", (uintmax_t)r.key_beg.obj_id,
	    r.key_beg.localization);
	if (ioctl(open_fs(argv[0]), HAMMERIOC_REBALANCE, &r) < 0) {
		printf("Rebalance %s failed: %s\n", argv[0],
		    strerror(errno));
	} else if (r.head.flags & HAMMER_IOC_HEAD_INTR) {
		cycle_set(&r.key_cur, 0);
		printf("Rebalance %s interrupted by timer at %016jx:%04x\n",
		    argv[0], (uintmax_t)r.key_cur.obj_id,
		    r.key_cur.localization);
	} else {
		cycle_done();
		printf("Rebalance %s succeeded\n", argv[0]);
	}
	printf("Rebalance:\n");
	printf("    %jd B-Tree nodes scanned\n", (intmax_t)r.stat_ncount);
	printf("    %jd B-Tree nodes deleted\n",
	    (intmax_t)r.stat_deletions);
	printf("    %jd collision retries\n", (intmax_t)r.stat_collisions);
	printf("    %jd B-Tree nodes rebalanced\n",
	    (intmax_t)r.stat_nrebal);
	return (0);
}

/*
 * Reblocking.
 */
static int
run_reblock(int argc, char **argv, int flags)
{
	struct hammer_ioc_reblock r;
	hammer_tid_t tid;
	int fd, perc = 100;

	need_args(argc, 1, 2);
	if (argc == 2)
		perc = atoi(argv[1]);
	if (perc < 0 || perc > 100)
		errx(1, "%s: not between 0 and 100", argv[1]);
	fd = open_fs(argv[0]);
	memset(&r, 0, sizeof(r));
	key_bounds(&r.key_beg, &r.key_end, flags == HAMMER_IOC_DO_INODES,
	    flags == HAMMER_IOC_DO_DATA);
	cycle_get(&r.key_beg, &tid);
	r.head.flags = flags;
	r.allpfs = all_pfs;
	r.vol_no = -1;
	r.free_level = (int)((int64_t)HAMMER_BIGBLOCK_SIZE * (100 - perc) /
	    100);
	printf("reblock start %016jx:%04x\nfree level %d/%d\n",
	    (uintmax_t)r.key_beg.obj_id, r.key_beg.localization,
	    r.free_level, HAMMER_BIGBLOCK_SIZE);
	if (ioctl(fd, HAMMERIOC_REBLOCK, &r) < 0) {
		printf("Reblock %s failed: %s\n", argv[0], strerror(errno));
	} else if (r.head.flags & HAMMER_IOC_HEAD_INTR) {
		cycle_set(&r.key_cur, 0);
		printf("Reblock %s interrupted by timer at %016jx:%04x\n",
		    argv[0], (uintmax_t)r.key_cur.obj_id,
		    r.key_cur.localization);
	} else {
		cycle_done();
		printf("Reblock %s succeeded\n", argv[0]);
	}
	printf("Reblocked:\n    %jd/%jd B-Tree nodes\n    %jd B-Tree bytes\n"
	    "    %jd/%jd data elements\n    %jd/%jd data bytes\n",
	    (intmax_t)r.btree_moves, (intmax_t)r.btree_count,
	    (intmax_t)r.btree_moves * HAMMER_NODE_SIZE,
	    (intmax_t)r.data_moves, (intmax_t)r.data_count,
	    (intmax_t)r.data_byte_moves, (intmax_t)r.data_byte_count);
	return (0);
}

int
cmd_reblock(int argc, char **argv)
{
	return (run_reblock(argc, argv, HAMMER_IOC_DO_FLAGS));
}

int
cmd_reblock_btree(int argc, char **argv)
{
	return (run_reblock(argc, argv, HAMMER_IOC_DO_BTREE));
}

int
cmd_reblock_inodes(int argc, char **argv)
{
	return (run_reblock(argc, argv, HAMMER_IOC_DO_INODES));
}

int
cmd_reblock_dirs(int argc, char **argv)
{
	return (run_reblock(argc, argv, HAMMER_IOC_DO_DIRS));
}

int
cmd_reblock_data(int argc, char **argv)
{
	return (run_reblock(argc, argv, HAMMER_IOC_DO_DATA));
}

/*
 * Dedup: records with equal CRCs and lengths, found by reading the PFS
 * without its data, are compared and shared by the kernel.
 */
struct cand {
	uint32_t		crc;
	int32_t			len;
	hammer_off_t		off;
	struct hammer_base_elm	key;
};

static struct cand *cands;
static size_t ncands, maxcands;

static void
add_cand(const hammer_leaf_t *e)
{
	struct cand *c;

	if (e->base.rec_type != HAMMER_RECTYPE_DATA || e->data_len <= 0 ||
	    e->base.delete_tid != 0 || e->data_offset == 0)
		return;
	if (ncands == maxcands) {
		maxcands = maxcands * 2 + 1024;
		if (maxcands * sizeof(*cands) > memory_opt)
			errx(1, "more memory is needed: see -m");
		cands = realloc(cands, maxcands * sizeof(*cands));
		if (cands == NULL)
			err(1, "realloc");
	}
	c = &cands[ncands++];
	c->crc = e->data_crc;
	c->len = e->data_len;
	c->off = e->data_offset;
	c->key = e->base;
}

static int
by_crc(const void *a, const void *b)
{
	const struct cand *x = a, *y = b;

	if (x->crc != y->crc)
		return (x->crc < y->crc ? -1 : 1);
	if (x->len != y->len)
		return (x->len < y->len ? -1 : 1);
	return (x->off < y->off ? -1 : x->off > y->off);
}

static void
collect(int fd, const char *fs)
{
	struct hammer_ioc_mirror_rw m;
	struct hammer_ioc_mrecord_head *h;
	struct hammer_ioc_pseudofs_rw rw;
	struct hammer_pseudofs_data pfsd;
	char *buf = malloc(65536);
	int off;

	memset(&rw, 0, sizeof(rw));
	rw.pfs_id = -1;
	rw.bytes = sizeof(pfsd);
	rw.ondisk = &pfsd;
	fs_ioctl(fd, HAMMERIOC_GET_PSEUDOFS, &rw, fs);
	memset(&m, 0, sizeof(m));
	key_bounds(&m.key_beg, &m.key_end, 0, 0);
	m.pfs_id = rw.pfs_id;
	m.tid_end = HAMMER_MAX_TID;
	m.ubuf = buf;
	m.size = 65536;
	m.head.flags = HAMMER_IOC_MIRROR_NODATA;
	do {
		m.count = 0;
		fs_ioctl(fd, HAMMERIOC_MIRROR_READ, &m, fs);
		for (off = 0; off < m.count;
		    off += HAMMER_HEAD_DOALIGN(h->rec_size)) {
			h = (void *)(buf + off);
			if ((h->type & 0xff) == HAMMER_MREC_TYPE_REC)
				add_cand(&((struct hammer_ioc_mrecord_rec *)
				    h)->leaf);
		}
		m.key_beg = m.key_cur;
	} while (m.count != 0 &&
	    hammer_elm_cmp(&m.key_cur, &m.key_end) < 0 && !interrupted);
	free(buf);
}

int
cmd_dedup_simulate(int argc, char **argv)
{
	size_t i;
	uint64_t total = 0, alloc = 0;

	need_args(argc, 1, 1);
	printf("Dedup-simulate running\n");
	collect(open_fs(argv[0]), argv[0]);
	qsort(cands, ncands, sizeof(*cands), by_crc);
	for (i = 0; i < ncands; i++) {
		total += cands[i].len;
		if (i == 0 || cands[i].crc != cands[i - 1].crc ||
		    cands[i].len != cands[i - 1].len)
			alloc += cands[i].len;
	}
	printf("Dedup-simulate %s succeeded\n", argv[0]);
	printf("Simulated dedup ratio = %.2f\n",
	    alloc ? (double)total / alloc : 0.0);
	return (0);
}

int
cmd_dedup(int argc, char **argv)
{
	struct hammer_ioc_dedup d;
	size_t i, first = 0;
	uint64_t total = 0, alloc = 0, skipped = 0, bytes = 0;
	int fd, collisions = 0, underflows = 0, shared = 0;

	need_args(argc, 1, 1);
	fd = open_fs(argv[0]);
	if (fs_version(fd) < 5)
		errx(1, "the filesystem must be at least version 5 to "
		    "dedup");
	printf("Dedup running\n");
	collect(fd, argv[0]);
	qsort(cands, ncands, sizeof(*cands), by_crc);
	for (i = 0; i < ncands && !interrupted; i++) {
		total += cands[i].len;
		if (i == 0 || cands[i].crc != cands[first].crc ||
		    cands[i].len != cands[first].len) {
			first = i;
			alloc += cands[i].len;
			continue;
		}
		if (cands[i].off == cands[first].off)
			continue;
		memset(&d, 0, sizeof(d));
		d.elm1 = cands[first].key;
		d.elm2 = cands[i].key;
		if (ioctl(fd, HAMMERIOC_DEDUP, &d) < 0) {
			/* It has gone meanwhile, or cannot be read. */
			skipped += cands[i].len;
			alloc += cands[i].len;
		} else if (d.head.flags & HAMMER_IOC_DEDUP_CMP_FAILURE) {
			collisions++;
			alloc += cands[i].len;
		} else if (d.head.flags & HAMMER_IOC_DEDUP_UNDERFLOW) {
			underflows++;
			alloc += cands[i].len;
			first = i;
		} else if (d.head.flags == 0) {
			shared++;
			bytes += cands[i].len;
		}
	}
	printf("Dedup %s succeeded\n", argv[0]);
	printf("Dedup ratio = %.2f (in this run)\n",
	    alloc ? (double)total / alloc : 0.0);
	printf("    %8s referenced\n", sizetostr(total));
	printf("    %8s allocated\n", sizetostr(alloc));
	printf("    %8s skipped\n", sizetostr(skipped));
	printf("    %8d CRC collisions\n", collisions);
	printf("    %8d SHA collisions\n", 0);
	printf("    %8d big-block underflows\n", underflows);
	printf("    %8d new dedup records\n", shared);
	printf("    %8s new dedup bytes\n", sizetostr(bytes));
	return (0);
}
