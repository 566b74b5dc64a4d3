/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hammer(8): mirroring (doc/reference/hammer/mirror-stream.md, section 5).
 *
 * mirror-read and mirror-write are the two ends of a pipe; mirror-copy and
 * mirror-stream start one of each, here or by ssh, and connect them in both
 * directions, so that the source learns what the target has.
 */
#include <sys/ioctl.h>
#include <sys/param.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <err.h>
#include <fcntl.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>
#include "online.h"

#define BUFSIZE		(512 * 1024)
#define BUCKETS		1048576

union record {
	struct hammer_ioc_mrecord_head head;
	struct hammer_ioc_mrecord_rec rec;
	struct hammer_ioc_mrecord_skip skip;
	struct hammer_ioc_mrecord_update update;
	struct hammer_ioc_mrecord_pfs pfs;
	char	data[HAMMER_MREC_MAXSIZE + 8];
};

/*
 * The pipe.
 */
static int
read_full(int fd, void *buf, size_t n)
{
	size_t done = 0;
	ssize_t r;

	while (done < n) {
		r = read(fd, (char *)buf + done, n - done);
		if (r < 0 && errno == EINTR && !interrupted)
			continue;
		if (r <= 0)
			return (done == 0 && r == 0 ? 0 : -1);
		done += r;
	}
	return (1);
}

static void
write_full(int fd, const void *buf, size_t n)
{
	static time_t start;
	static uint64_t written;
	size_t done = 0;
	ssize_t r;

	while (done < n) {
		r = write(fd, (const char *)buf + done, n - done);
		if (r < 0 && errno == EINTR)
			continue;
		if (r <= 0)
			err(1, "write");
		done += r;
	}
	if (bandwidth_opt == 0)
		return;
	if (start == 0)
		start = time(NULL) - 1;
	written += n;
	while (written > bandwidth_opt * (uint64_t)(time(NULL) - start))
		usleep(50000);
}

/* 1 and a record, or 0 at the end. */
static int
get_record(union record *r)
{
	uint32_t n;
	int got;

	got = read_full(0, &r->head, sizeof(r->head));
	if (got == 0)
		return (0);
	if (got < 0)
		errx(1, "short read");
	if (r->head.signature == HAMMER_IOC_MIRROR_SIGNATURE_REV)
		errx(1, "bad signature: the other end has another byte "
		    "order");
	if (r->head.signature != HAMMER_IOC_MIRROR_SIGNATURE)
		errx(1, "bad signature");
	n = r->head.rec_size;
	if (n < sizeof(r->head) || n > HAMMER_MREC_MAXSIZE)
		errx(1, "malformed record of %u bytes", n);
	if (HAMMER_HEAD_DOALIGN(n) > sizeof(r->head) && read_full(0,
	    r->data + sizeof(r->head), HAMMER_HEAD_DOALIGN(n) -
	    sizeof(r->head)) != 1)
		errx(1, "short read");
	if (r->head.rec_crc != hammer_crc32(r->data + HAMMER_MREC_CRCOFF,
	    n - HAMMER_MREC_CRCOFF, 0))
		errx(1, "bad CRC of a record");
	return (1);
}

static void
put_record(union record *r, uint32_t type, uint32_t size)
{
	r->head.signature = HAMMER_IOC_MIRROR_SIGNATURE;
	r->head.type = type;
	r->head.rec_size = size;
	memset(r->data + size, 0, HAMMER_HEAD_DOALIGN(size) - size);
	r->head.rec_crc = hammer_crc32(r->data + HAMMER_MREC_CRCOFF,
	    size - HAMMER_MREC_CRCOFF, 0);
	write_full(1, r, HAMMER_HEAD_DOALIGN(size));
}

static void
put_simple(uint32_t type)
{
	union record r;

	memset(&r, 0, sizeof(r.update));
	r.pfs.version = HAMMER_IOC_PSEUDOFS_VERSION;
	put_record(&r, type, 24);
}

static void
put_pfs(const struct pfs *p, hammer_tid_t beg, hammer_tid_t end)
{
	union record r;

	memset(&r, 0, sizeof(r.pfs));
	r.pfs.version = HAMMER_IOC_PSEUDOFS_VERSION;
	r.pfs.pfsd = p->pfsd;
	r.pfs.pfsd.sync_beg_tid = beg;
	r.pfs.pfsd.sync_end_tid = end;
	put_record(&r, HAMMER_MREC_TYPE_PFSD, sizeof(r.pfs));
}

/* A PFSD of the other end: 0 at the end of the stream. */
static int
get_pfs(union record *r)
{
	if (!get_record(r))
		return (0);
	if (r->head.type == HAMMER_MREC_TYPE_TERM)
		return (0);
	if (r->head.type != HAMMER_MREC_TYPE_PFSD ||
	    r->head.rec_size != sizeof(r->pfs))
		errx(1, "the other end sent no PFS data");
	if (r->pfs.version != HAMMER_IOC_PSEUDOFS_VERSION)
		errx(1, "the other end's PFS data are of version %u",
		    r->pfs.version);
	return (1);
}

static int
same_uuid(const struct hammer_pseudofs_data *a,
    const struct hammer_pseudofs_data *b)
{
	size_t off = offsetof(struct hammer_pseudofs_data, shared_uuid);

	return (memcmp((const char *)a + off, (const char *)b + off,
	    16) == 0);
}

static void
start_range(struct hammer_ioc_mirror_rw *m, const struct pfs *p)
{
	memset(m, 0, sizeof(*m));
	key_bounds(&m->key_beg, &m->key_end, 0, 0);
	m->pfs_id = p->id;
	memcpy(&m->shared_uuid, (const char *)&p->pfsd +
	    offsetof(struct hammer_pseudofs_data, shared_uuid), 16);
}

/*
 * Prescan: how much each part of the range of tids would send.
 */
struct chunks {
	hammer_tid_t	*end;
	int		n;
};

static void
account(uint64_t *hist, hammer_tid_t beg, hammer_tid_t end, hammer_tid_t tid,
    uint64_t bytes)
{
	uint64_t i;

	if (tid < beg || tid > end || end == beg)
		return;
	i = (unsigned __int128)(tid - beg) * BUCKETS / (end - beg);
	if (i > 0 && beg + (unsigned __int128)(end - beg) * i / BUCKETS ==
	    tid)
		i--;
	hist[MIN(i, BUCKETS - 1)] += bytes;
}

static void
scan_hist(const struct pfs *p, const char *path, hammer_tid_t beg,
    hammer_tid_t end, uint64_t *hist)
{
	struct hammer_ioc_mirror_rw m;
	struct hammer_ioc_mrecord_rec *r;
	char *buf = malloc(BUFSIZE);
	int off, size;

	start_range(&m, p);
	m.tid_beg = beg;
	m.tid_end = end;
	m.head.flags = HAMMER_IOC_MIRROR_NODATA;
	m.ubuf = buf;
	m.size = BUFSIZE;
	do {
		m.count = 0;
		fs_ioctl(p->fd, HAMMERIOC_MIRROR_READ, &m, path);
		for (off = 0; off < m.count; off += size) {
			r = (void *)(buf + off);
			size = HAMMER_HEAD_DOALIGN(r->head.rec_size);
			if ((r->head.type & 0xff) == HAMMER_MREC_TYPE_SKIP)
				continue;
			account(hist, beg, end, r->leaf.base.create_tid,
			    size + HAMMER_HEAD_DOALIGN(r->leaf.data_len));
			account(hist, beg, end, r->leaf.base.delete_tid,
			    size);
		}
		m.key_beg = m.key_cur;
	} while (m.count != 0 && !interrupted &&
	    hammer_elm_cmp(&m.key_cur, &m.key_end) < 0);
	free(buf);
}

static void
prescan(const struct pfs *p, const char *path, hammer_tid_t beg,
    hammer_tid_t end, struct chunks *c)
{
	uint64_t *hist, sum = 0, total = 0, *sizes;
	int i;

	fprintf(stderr, "Prescan to break up bulk transfer\n");
	hist = calloc(BUCKETS, sizeof(*hist));
	c->end = calloc(BUCKETS + 1, sizeof(*c->end));
	sizes = calloc(BUCKETS + 1, sizeof(*sizes));
	if (hist == NULL || c->end == NULL || sizes == NULL)
		err(1, "prescan");
	scan_hist(p, path, beg, end, hist);
	c->n = 0;
	for (i = 0; i < BUCKETS; i++) {
		sum += hist[i];
		total += hist[i];
		if (sum >= split_opt && i + 1 < BUCKETS) {
			c->end[c->n] = beg + (unsigned __int128)(end - beg) *
			    (i + 1) / BUCKETS;
			sizes[c->n++] = sum;
			sum = 0;
		}
	}
	c->end[c->n] = end;
	sizes[c->n++] = sum;
	fprintf(stderr, "Prescan %d chunks, total %ju MBytes (", c->n,
	    (uintmax_t)total / (1024 * 1024));
	for (i = 0; i < c->n && i < 3; i++)
		fprintf(stderr, "%s%ju", i > 0 ? ", " : "",
		    (uintmax_t)sizes[i]);
	fprintf(stderr, "%s)\n", c->n > 3 ? ", ..." : "");
	free(hist);
	free(sizes);
}

/*
 * The source.
 */

/* The records of one batch; 0 if it was interrupted. */
static int
send_batch(const struct pfs *p, const char *path, hammer_tid_t beg,
    hammer_tid_t end, int cycle)
{
	struct hammer_ioc_mirror_rw m;
	hammer_tid_t tid;
	char *buf = malloc(BUFSIZE);

	start_range(&m, p);
	if (cycle && cycle_get(&m.key_beg, &tid) == 0)
		beg = tid;
	m.tid_beg = beg;
	m.tid_end = end;
	m.ubuf = buf;
	m.size = BUFSIZE;
	do {
		m.count = 0;
		if (ioctl(p->fd, HAMMERIOC_MIRROR_READ, &m) < 0)
			err(1, "Mirror-read %s failed", path);
		if (m.head.flags & HAMMER_IOC_HEAD_ERROR)
			errx(1, "Mirror-read %s: %s", path,
			    strerror(m.head.error));
		write_full(1, buf, m.count);
		m.key_beg = m.key_cur;
		if (interrupted || (m.head.flags & HAMMER_IOC_HEAD_INTR)) {
			cycle_set(&m.key_cur, beg);
			free(buf);
			return (0);
		}
	} while (m.count != 0 &&
	    hammer_elm_cmp(&m.key_cur, &m.key_end) < 0);
	free(buf);
	return (1);
}

/* Until the source has something newer than what was sent. */
static void
wait_for_more(struct pfs *p, hammer_tid_t sent)
{
	struct hammer_ioc_pseudofs_rw rw;
	struct hammer_pseudofs_data d = p->pfsd;

	d.sync_end_tid = sent;
	memset(&rw, 0, sizeof(rw));
	rw.pfs_id = p->id;
	rw.bytes = sizeof(d);
	rw.version = HAMMER_IOC_PSEUDOFS_VERSION;
	rw.ondisk = &d;
	if (ioctl(p->fd, HAMMERIOC_WAI_PSEUDOFS, &rw) < 0 && errno != EINTR)
		err(1, "waiting for changes");
}

/* One exchange of PFS data, a batch, and its end; the tid it came to. */
static hammer_tid_t
source_batch(struct pfs *p, const char *path, hammer_tid_t beg,
    hammer_tid_t end, hammer_tid_t *peerp, int *donep)
{
	union record r;
	int full = 1;

	*donep = 0;
	put_pfs(p, p->pfsd.sync_beg_tid, p->pfsd.sync_end_tid);
	if (two_way) {
		if (!get_pfs(&r)) {
			*donep = 1;
			return (0);
		}
		if (!same_uuid(&r.pfs.pfsd, &p->pfsd))
			errx(1, "the two PFSs are no mirrors of each other: "
			    "their shared-uuids differ");
		beg = r.pfs.pfsd.sync_end_tid + 1;
	}
	beg = MAX(beg, p->pfsd.sync_beg_tid);
	put_pfs(p, beg, end);
	if (beg >= end) {
		if (verbose > 0)
			fprintf(stderr, "Mirror-read: No work to do\n");
		put_simple(HAMMER_MREC_TYPE_IDLE);
	} else {
		if (verbose > 0)
			fprintf(stderr, "Mirror-read: Mirror %016jx to "
			    "%016jx\n", (uintmax_t)beg, (uintmax_t)end);
		full = send_batch(p, path, beg, end, !two_way);
		if (!full) {
			*donep = 1;
			return (0);
		}
		put_simple(HAMMER_MREC_TYPE_SYNC);
	}
	*peerp = end;
	if (two_way) {
		if (!get_record(&r) ||
		    r.head.type != HAMMER_MREC_TYPE_UPDATE ||
		    r.head.rec_size != sizeof(r.update))
			errx(1, "the other end did not confirm");
		*peerp = r.update.tid;
	}
	return (end);
}

static int
mirror_source(int argc, char **argv, int streaming)
{
	struct chunks c = { NULL, 0 };
	hammer_tid_t beg = 0, end, peer = 0;
	struct pfs p;
	time_t began;
	int i, done = 0;

	need_args(argc, 1, 2);
	pfs_open(argv[0], &p);
	if (!p.exists)
		errx(1, "%s is no PFS", argv[0]);
	if (isatty(1))
		errx(1, "the stream will not be written to a terminal");
	if (argc == 2)
		beg = strtoull(argv[1], NULL, 0);
	do {
		began = time(NULL);
		if (pfs_read(&p) != 0)
			errx(1, "%s has gone", argv[0]);
		end = p.pfsd.sync_end_tid;
		if (c.end == NULL && !no_bulk &&
		    MAX(beg, p.pfsd.sync_beg_tid) < end) {
			hammer_tid_t from = MAX(beg, p.pfsd.sync_beg_tid);

			if (two_way) {
				/* Ask first what the target has. */
				union record r;

				put_pfs(&p, p.pfsd.sync_beg_tid, end);
				if (!get_pfs(&r))
					return (0);
				from = MAX(from,
				    r.pfs.pfsd.sync_end_tid + 1);
				put_pfs(&p, from, from);
				put_simple(HAMMER_MREC_TYPE_IDLE);
				if (!get_record(&r))
					return (0);
			}
			if (from < end)
				prescan(&p, argv[0], from, end, &c);
		}
		if (c.n > 0 && c.end != NULL) {
			for (i = 0; i < c.n && !done; i++) {
				beg = source_batch(&p, argv[0], beg,
				    c.end[i], &peer, &done) + 1;
			}
			c.n = 0;
		} else {
			source_batch(&p, argv[0], beg, end, &peer, &done);
			beg = end + 1;
		}
		if (streaming && !done && !interrupted) {
			wait_for_more(&p, end);
			while (time(NULL) - began < delay_opt &&
			    !interrupted)
				usleep(200000);
		}
	} while (streaming && !done && !interrupted);
	put_simple(HAMMER_MREC_TYPE_TERM);
	if (!interrupted)
		cycle_done();
	fprintf(stderr, "Mirror-read %s %s\n", argv[0],
	    interrupted ? "interrupted" : "succeeded");
	return (0);
}

int
cmd_mirror_read(int argc, char **argv)
{
	return (mirror_source(argc, argv, 0));
}

int
cmd_mirror_read_stream(int argc, char **argv)
{
	return (mirror_source(argc, argv, 1));
}

/*
 * The target.
 */
static int
tty_yes(const char *question)
{
	char buf[16];
	FILE *fp;

	if (yes_opt)
		return (1);
	fp = fopen("/dev/tty", "r+");
	if (fp == NULL)
		return (0);
	fprintf(fp, "%s [y/n] ", question);
	fflush(fp);
	if (fgets(buf, sizeof(buf), fp) == NULL)
		buf[0] = 'n';
	fclose(fp);
	return (buf[0] == 'y' || buf[0] == 'Y');
}

static void
create_slave(const char *path, const struct hammer_pseudofs_data *d)
{
	char text[37], arg[64];
	int status, n;
	pid_t pid;

	fprintf(stderr, "PFS slave %s does not exist.\n", path);
	if (!tty_yes("Do you want to create a new slave PFS?"))
		errx(1, "no slave PFS to write to");
	uuid_text((const char *)d + offsetof(struct hammer_pseudofs_data,
	    shared_uuid), text);
	snprintf(arg, sizeof(arg), "shared-uuid=%s", text);
	pid = fork();
	if (pid == 0) {
		/* Our output is the stream's. */
		n = open("/dev/null", O_WRONLY);
		dup2(n, 1);
		execl("/sbin/hammer", "hammer", "pfs-slave", path, arg,
		    (char *)NULL);
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &status, 0) < 0 || status != 0)
		errx(1, "%s: cannot create a slave PFS", path);
}

/* Records until SYNC or IDLE: its type, or TERM's. */
static uint32_t
receive_batch(struct pfs *p, hammer_tid_t beg, hammer_tid_t end)
{
	struct hammer_ioc_mirror_rw m;
	union record r;
	uint32_t type;
	char *buf = malloc(BUFSIZE);
	int n = 0, size;

	start_range(&m, p);
	m.key_cur = m.key_beg;
	m.key_cur.localization = hammer_pfs_to_lo(p->id);
	m.key_cur.create_tid = 1;
	m.key_cur.key = HAMMER_MIN_KEY;
	m.tid_beg = beg;
	m.tid_end = end;
	m.ubuf = buf;
	for (;;) {
		if (!get_record(&r))
			errx(1, "the stream ended within a batch");
		type = r.head.type & HAMMER_MREC_TYPE_LOMASK;
		size = HAMMER_HEAD_DOALIGN(r.head.rec_size);
		if (n > 0 && (n + size > BUFSIZE ||
		    (type != HAMMER_MREC_TYPE_REC &&
		    type != HAMMER_MREC_TYPE_PASS &&
		    type != HAMMER_MREC_TYPE_SKIP))) {
			m.size = n;
			m.count = 0;
			m.head.flags = 0;
			if (ioctl(p->fd, HAMMERIOC_MIRROR_WRITE, &m) < 0)
				err(1, "Mirror-write");
			if (m.head.flags & HAMMER_IOC_HEAD_ERROR)
				errx(1, "Mirror-write: %s",
				    strerror(m.head.error));
			n = 0;
		}
		if (type != HAMMER_MREC_TYPE_REC &&
		    type != HAMMER_MREC_TYPE_PASS &&
		    type != HAMMER_MREC_TYPE_SKIP)
			break;
		memcpy(buf + n, &r, size);
		n += size;
	}
	free(buf);
	if ((type == HAMMER_MREC_TYPE_SYNC || type == HAMMER_MREC_TYPE_IDLE)
	    && r.head.rec_size != 24)
		errx(1, "malformed end of a batch");
	if (type != HAMMER_MREC_TYPE_SYNC && type != HAMMER_MREC_TYPE_IDLE &&
	    type != HAMMER_MREC_TYPE_TERM)
		errx(1, "unexpected record of type %u", type);
	return (type);
}

int
cmd_mirror_write(int argc, char **argv)
{
	union record r;
	hammer_tid_t beg, end;
	uint32_t type;
	struct stat st;
	struct pfs p;

	need_args(argc, 1, 1);
	for (;;) {
		if (!get_pfs(&r))
			break;
		if (lstat(argv[0], &st) < 0)
			create_slave(argv[0], &r.pfs.pfsd);
		pfs_open(argv[0], &p);
		if (!p.exists)
			errx(1, "%s is no PFS", argv[0]);
		if ((p.pfsd.mirror_flags & HAMMER_PFSD_SLAVE) == 0)
			errx(1, "%s: target must be in slave mode", argv[0]);
		if (!same_uuid(&r.pfs.pfsd, &p.pfsd))
			errx(1, "%s: its shared-uuid is not the source's",
			    argv[0]);
		if (two_way)
			put_pfs(&p, p.pfsd.sync_beg_tid,
			    p.pfsd.sync_end_tid);
		if (!get_pfs(&r))
			break;
		beg = r.pfs.pfsd.sync_beg_tid;
		end = r.pfs.pfsd.sync_end_tid;
		type = receive_batch(&p, beg, end);
		if (type == HAMMER_MREC_TYPE_TERM) {
			fprintf(stderr, "Mirror-write: received termination "
			    "request\n");
			return (0);
		}
		if (type == HAMMER_MREC_TYPE_SYNC &&
		    p.pfsd.sync_end_tid != end) {
			p.pfsd.sync_end_tid = end;
			pfs_write(&p);
			do_sync(p.fd, argv[0], HAMMER_SYNCTID_SYNC2);
		}
		if (two_way) {
			memset(&r, 0, sizeof(r.update));
			r.update.tid = p.pfsd.sync_end_tid;
			put_record(&r, HAMMER_MREC_TYPE_UPDATE,
			    sizeof(r.update));
		} else {
			fprintf(stderr, "Source can update synctid to "
			    "0x%016jx\n", (uintmax_t)p.pfsd.sync_end_tid);
		}
		close(p.fd);
	}
	return (0);
}

/*
 * Both ends.
 */
static pid_t
start_end(const char *spec, const char *directive, int fd, int is_source)
{
	const char *colon = strchr(spec, ':'), *slash = strchr(spec, '/');
	const char *rsh = getenv("HAMMER_RSH"), *av[32];
	char host[256], tmo[32], split[32], bw[32], *at;
	int n = 0;
	pid_t pid = fork();

	if (pid != 0)
		return (pid);
	dup2(fd, 0);
	dup2(fd, 1);
	if (fd > 2)
		close(fd);
	if (colon != NULL && (slash == NULL || colon < slash)) {
		snprintf(host, sizeof(host), "%.*s", (int)(colon - spec),
		    spec);
		spec = colon + 1;
		av[n++] = rsh != NULL ? rsh : "ssh";
		if (ssh_compress)
			av[n++] = "-C";
		at = strchr(host, '@');
		if (at != NULL) {
			*at++ = '\0';
			av[n++] = "-l";
			av[n++] = host;
		}
		av[n++] = at != NULL ? at : host;
		if (ssh_port != NULL) {
			av[n++] = "-p";
			av[n++] = ssh_port;
		}
	}
	av[n++] = "hammer";
	if (verbose > 0)
		av[n++] = verbose == 1 ? "-v" : verbose == 2 ? "-vv" : "-vvv";
	if (yes_opt)
		av[n++] = "-y";
	av[n++] = "-2";
	if (timeout_opt > 0) {
		snprintf(tmo, sizeof(tmo), "%d", timeout_opt);
		av[n++] = "-t";
		av[n++] = tmo;
	}
	if (is_source) {
		snprintf(split, sizeof(split), "%ju", (uintmax_t)split_opt);
		av[n++] = "-S";
		av[n++] = split;
		if (no_bulk)
			av[n++] = "-B";
		if (bandwidth_opt > 0) {
			snprintf(bw, sizeof(bw), "%ju",
			    (uintmax_t)bandwidth_opt);
			av[n++] = "-b";
			av[n++] = bw;
		}
	}
	av[n++] = directive;
	av[n++] = spec;
	av[n] = NULL;
	if (strcmp(av[0], "hammer") == 0)
		execv("/sbin/hammer", (char **)(uintptr_t)av);
	execvp(av[0], (char **)(uintptr_t)av);
	warn("%s", av[0]);
	_exit(127);
}

static int
both_ends(const char *from, const char *to, int streaming)
{
	int fds[2], status, bad = 0;
	pid_t a, b;

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds) < 0)
		err(1, "socketpair");
	fcntl(fds[0], F_SETFD, FD_CLOEXEC);
	fcntl(fds[1], F_SETFD, FD_CLOEXEC);
	a = start_end(from, streaming ? "mirror-read-stream" : "mirror-read",
	    fds[0], 1);
	b = start_end(to, "mirror-write", fds[1], 0);
	close(fds[0]);
	close(fds[1]);
	if (a < 0 || b < 0)
		err(1, "fork");
	if (waitpid(a, &status, 0) < 0 || status != 0)
		bad = 1;
	if (waitpid(b, &status, 0) < 0 || status != 0)
		bad = 1;
	return (bad);
}

int
cmd_mirror_copy(int argc, char **argv)
{
	need_args(argc, 2, 2);
	return (both_ends(argv[0], argv[1], 0));
}

int
cmd_mirror_stream(int argc, char **argv)
{
	need_args(argc, 2, 2);
	while (!interrupted) {
		both_ends(argv[0], argv[1], 1);
		sleep(15 + delay_opt);
	}
	return (0);
}

/*
 * mirror-dump: a stream in readable form.
 */
static void
dump_leaf(const char *what, const union record *r)
{
	const struct hammer_base_elm *b = &r->rec.leaf.base;

	printf("%s lo=%08x obj=%016jx key=%016jx rt=%02x ot=%02x%s\n", what,
	    b->localization, (uintmax_t)b->obj_id, (uintmax_t)b->key,
	    b->rec_type, b->obj_type, r->head.type == (HAMMER_MREC_TYPE_REC |
	    HAMMER_MRECF_CRC_ERROR) ? " (BAD CRC)" : "");
	printf("       tids %016jx:%016jx data=%d\n",
	    (uintmax_t)b->create_tid, (uintmax_t)b->delete_tid,
	    r->rec.leaf.data_len);
}

int
cmd_mirror_dump(int argc, char **argv)
{
	const struct hammer_base_elm *b;
	union record r;
	struct pfs p;
	int header = 0, ended = 0;

	need_args(argc, 0, 1);
	if (argc == 1) {
		if (strcmp(argv[0], "header") != 0)
			usage();
		header = 1;
	}
	while (get_record(&r)) {
		ended = 0;
		switch (r.head.type & HAMMER_MREC_TYPE_LOMASK) {
		case HAMMER_MREC_TYPE_PFSD:
			if (header) {
				memset(&p, 0, sizeof(p));
				p.fd = -1;
				p.pfsd = r.pfs.pfsd;
				/* Which directory is not known here. */
				if (p.pfsd.snapshots[0] == '\0')
					p.pfsd.snapshots[0] = ' ';
				pfs_print(&p);
				return (0);
			}
			break;
		case HAMMER_MREC_TYPE_REC:
			dump_leaf("Record", &r);
			break;
		case HAMMER_MREC_TYPE_PASS:
			dump_leaf("Pass  ", &r);
			break;
		case HAMMER_MREC_TYPE_SKIP:
			b = &r.skip.skip_beg;
			printf("Skip   lo=%08x obj=%016jx key=%016jx rt=%02x "
			    "to\n", b->localization, (uintmax_t)b->obj_id,
			    (uintmax_t)b->key, b->rec_type);
			b = &r.skip.skip_end;
			printf("       lo=%08x obj=%016jx key=%016jx "
			    "rt=%02x\n", b->localization,
			    (uintmax_t)b->obj_id, (uintmax_t)b->key,
			    b->rec_type);
			break;
		case HAMMER_MREC_TYPE_SYNC:
		case HAMMER_MREC_TYPE_IDLE:
		case HAMMER_MREC_TYPE_TERM:
			ended = 1;
			break;
		}
	}
	if (!ended)
		printf("Mirror-dump: Did not get termination sync record\n");
	return (0);
}
