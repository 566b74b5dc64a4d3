/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Mirroring: test_mirror IMAGE FRESH STREAM...
 *
 * Each STREAM was written by the original from PFS 1 of IMAGE.  Reading the
 * same range must give the same records, byte for byte.  Writing the streams
 * to a PFS of FRESH, a new volume, in parts of every size, must give a
 * consistent volume whose PFS has the contents of the original's.
 */
#include <err.h>
#include "hammer_maint.h"
#include "util.h"

static char *
slurp(const char *path, long *sizep)
{
	FILE *fp = fopen(path, "r");
	char *buf;

	if (fp == NULL)
		err(1, "%s", path);
	fseek(fp, 0, SEEK_END);
	*sizep = ftell(fp);
	rewind(fp);
	buf = hammer_malloc(*sizep + 8);
	if (fread(buf, 1, *sizep, fp) != (size_t)*sizep)
		err(1, "%s", path);
	fclose(fp);
	return (buf);
}

static struct hammer_ioc_mrecord_head *
next_rec(char *buf, long size, long *offp)
{
	struct hammer_ioc_mrecord_head *h = (void *)(buf + *offp);

	if (*offp + (long)sizeof(*h) > size ||
	    h->signature != HAMMER_IOC_MIRROR_SIGNATURE)
		return (NULL);
	*offp += HAMMER_HEAD_DOALIGN(h->rec_size);
	return (h);
}

static int
is_data(const struct hammer_ioc_mrecord_head *h)
{
	switch (h->type & HAMMER_MREC_TYPE_LOMASK) {
	case HAMMER_MREC_TYPE_REC:
	case HAMMER_MREC_TYPE_PASS:
	case HAMMER_MREC_TYPE_SKIP:
		return (1);
	}
	return (0);
}

static void
start_range(struct hammer_ioc_mirror_rw *m, int pfs)
{
	memset(m, 0, sizeof(*m));
	m->pfs_id = pfs;
	m->key_beg.localization = HAMMER_MIN_LOCALIZATION;
	m->key_beg.obj_id = HAMMER_MIN_OBJID;
	m->key_end.localization = HAMMER_MAX_LOCALIZATION;
	m->key_end.obj_id = HAMMER_MAX_OBJID;
}

/*
 * Times of an inode change in place: those of the first stream's time are
 * gone.  A deletion after its end left its time behind.
 */
static int
same(struct hammer_ioc_mrecord_head *g, struct hammer_ioc_mrecord_head *w)
{
	struct hammer_ioc_mrecord_rec *r = (void *)w, *s = (void *)g;
	int n = w->rec_size;

	if (g->rec_size != w->rec_size || g->type != w->type)
		return (0);
	if (is_data(w) && (w->type & 0xff) == HAMMER_MREC_TYPE_REC) {
		if (r->leaf.base.rec_type == HAMMER_RECTYPE_INODE)
			n -= 16;
		if (s->leaf.base.delete_tid == 0)
			s->leaf.delete_ts = 0;
	} else if (g->rec_crc != w->rec_crc) {
		return (0);
	}
	return (memcmp(g + 1, w + 1, n - sizeof(*g)) == 0);
}

/* Our stream of a range against the original's. */
static int
compare(struct hammer_mount *hmp, char *want, long wsize, int bufsize)
{
	struct hammer_ioc_mrecord_pfs *p = (void *)want;
	struct hammer_ioc_mirror_rw m;
	struct hammer_ioc_mrecord_head *w, *g;
	char *buf = hammer_malloc(bufsize);
	long woff = 0, goff;
	int n = 0;

	/* The first record that is not a PFSD. */
	do {
		w = next_rec(want, wsize, &woff);
		if (w != NULL && w->type == HAMMER_MREC_TYPE_PFSD)
			p = (void *)w;
	} while (w != NULL && w->type == HAMMER_MREC_TYPE_PFSD);
	start_range(&m, 1);
	m.tid_beg = p->pfsd.sync_beg_tid;
	m.tid_end = p->pfsd.sync_end_tid;
	/* The second stream begins later, as its first records tell. */
	m.tid_beg = MAX(m.tid_beg, m.reserved01);
	for (goff = woff; w != NULL && is_data(w); ) {
		if ((w->type & 0xff) == HAMMER_MREC_TYPE_PASS) {
			struct hammer_ioc_mrecord_rec *r = (void *)w;

			m.tid_beg = MAX(m.tid_beg,
			    r->leaf.base.create_tid + 1);
		}
		w = next_rec(want, wsize, &goff);
	}
	woff = 0;
	do {
		w = next_rec(want, wsize, &woff);
	} while (w != NULL && w->type == HAMMER_MREC_TYPE_PFSD);
	m.ubuf = buf;
	m.size = bufsize;
	for (;;) {
		m.count = 0;
		if (hammer_mirror_read(hmp, &m, buf) != 0)
			return (-1);
		if (m.count == 0)
			break;
		for (goff = 0; goff < m.count; n++) {
			g = next_rec(buf, m.count, &goff);
			if (w == NULL || g == NULL || !same(g, w)) {
				say("record %d: type %x %x size %u %u", n,
				    g ? g->type : 0, w ? w->type : 0,
				    g ? g->rec_size : 0,
				    w ? w->rec_size : 0);
				return (-1);
			}
			w = next_rec(want, wsize, &woff);
		}
		if (hammer_elm_cmp(&m.key_cur, &m.key_end) >= 0)
			break;
		m.key_beg = m.key_cur;
	}
	free(buf);
	if (w != NULL && is_data(w)) {
		say("%d records, then the original has more", n);
		return (-1);
	}
	say("%d records, tids %jx to %jx", n, (uintmax_t)m.tid_beg,
	    (uintmax_t)m.tid_end);
	return (0);
}

/* A stream into PFS 5, part bytes at a time. */
static int
feed(struct hammer_mount *hmp, char *buf, long size, int part)
{
	struct hammer_ioc_mrecord_pfs *p = NULL;
	struct hammer_ioc_mirror_rw m;
	struct hammer_ioc_mrecord_head *h;
	long off = 0, beg, at;
	char *copy;

	start_range(&m, 5);
	m.key_cur = m.key_beg;
	m.key_cur.localization = hammer_pfs_to_lo(5);
	m.key_cur.create_tid = 1;
	for (;;) {
		beg = off;
		h = next_rec(buf, size, &off);
		if (h == NULL || !is_data(h)) {
			if (h == NULL || h->type != HAMMER_MREC_TYPE_PFSD)
				return (p == NULL);
			p = (void *)h;
			m.tid_beg = p->pfsd.sync_beg_tid;
			m.tid_end = p->pfsd.sync_end_tid;
			continue;
		}
		at = off;
		while ((h = next_rec(buf, size, &at)) != NULL && is_data(h) &&
		    at - beg <= part)
			off = at;
		copy = hammer_malloc(off - beg);
		memcpy(copy, buf + beg, off - beg);
		m.ubuf = copy;
		m.size = off - beg;
		m.head.flags = 0;
		if (hammer_mirror_write(hmp, &m, copy) != 0 ||
		    (m.head.flags & HAMMER_IOC_HEAD_ERROR)) {
			say("mirror-write: error %d at %ld", m.head.error,
			    beg);
			return (1);
		}
		free(copy);
	}
}

static uint64_t
tree_hash(struct hammer_mount *hmp, struct hammer_inode *dip)
{
	struct hammer_dirscan *ds = hammer_malloc(sizeof(*ds));
	struct hammer_inode *ip;
	struct hammer_entry e;
	static char block[65536];
	uint64_t h = dip->i_obj_id, off;
	int n;

	hammer_dir_scan(dip, 0, ds);
	while (hammer_dir_next(ds, &e) == 0) {
		h = h * 31 + hammer_crc32(e.e_name, e.e_namelen, 0);
		if (hammer_inode_get(hmp, e.e_obj_id, e.e_lo, dip->i_asof,
		    &ip) != 0) {
			h++;
			continue;
		}
		h = h * 31 + hammer_crc32(&ip->i_data,
		    HAMMER_INODE_CRCSIZE, 0);
		if (ip->i_data.obj_type == HAMMER_OBJTYPE_DIRECTORY)
			h = h * 31 + tree_hash(hmp, ip);
		for (off = 0; off < ip->i_data.size && ip->i_data.obj_type ==
		    HAMMER_OBJTYPE_REGFILE; off += n) {
			n = MIN(sizeof(block), ip->i_data.size - off);
			if (hammer_file_read(ip, off, block, n) != 0)
				h++;
			h = h * 31 + hammer_crc32(block, n, 0);
		}
		hammer_inode_rele(ip);
	}
	free(ds);
	return (h);
}

static uint64_t
pfs_hash(struct hammer_mount *hmp, int pfs, hammer_tid_t asof)
{
	struct hammer_inode *ip;
	uint64_t h = 0;

	if (hammer_inode_get(hmp, 1, hammer_pfs_to_lo(pfs), asof, &ip) == 0) {
		h = tree_hash(hmp, ip);
		hammer_inode_rele(ip);
	}
	return (h);
}

int
main(int argc, char **argv)
{
	struct hammer_mount *hmp, *to;
	struct image im, fresh;
	struct hammer_ioc_mrecord_pfs *p;
	char *buf[8];
	long size[8];
	int i, error;

	hammer_quiet = 1;
	image_open(&im, argv[1]);
	image_open(&fresh, argv[2]);
	if (image_mount(&im, 1, &hmp) != 0 ||
	    image_mount(&fresh, 0, &to) != 0)
		errx(1, "mount");
	for (i = 3; i < argc; i++) {
		buf[i - 3] = slurp(argv[i], &size[i - 3]);
		check(compare(hmp, buf[i - 3], size[i - 3], 512 * 1024) == 0,
		    "stream %d is the original's", i - 2);
		check(compare(hmp, buf[i - 3], size[i - 3], 70000) == 0,
		    "stream %d through a small buffer", i - 2);
	}
	p = (void *)buf[0];
	for (i = 0; i < argc - 3; i++) {
		error = feed(to, buf[i], size[i], i == 0 ? 100000 : 1000);
		if (error == 0)
			error = hammer_flush_sync(to);
		check(error == 0 && hammer_walk(to, say) == 0,
		    "stream %d is written, the volume consistent", i + 1);
		p = (void *)(buf[i] + 320);
		check(pfs_hash(to, 5, p->pfsd.sync_end_tid) ==
		    pfs_hash(hmp, 1, p->pfsd.sync_end_tid) &&
		    pfs_hash(to, 5, p->pfsd.sync_end_tid) != 0,
		    "stream %d: the copy is the original", i + 1);
	}
	/* A second time changes nothing. */
	error = feed(to, buf[0], size[0], 4000);
	check(error == 0 && hammer_flush_sync(to) == 0 &&
	    hammer_walk(to, say) == 0, "a stream may come twice");
	for (i = 0; i < argc - 3; i++)
		free(buf[i]);
	image_umount(hmp);
	image_umount(to);
	return (plan());
}
