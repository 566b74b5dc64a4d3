/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER's format rules against the vectors of doc/reference/hammer:
 * test_vectors DIRECTORY.  TAP on standard output, a test for each file.
 */
#include <ctype.h>
#include "hammer_subr.h"
#include "hammer_ioctl.h"

static int testno, failed;
static const char *dir;

static void
check(int ok, const char *name)
{
	printf("%sok %d - %s\n", ok ? "" : "not ", ++testno, name);
	if (!ok)
		failed++;
}

/* One line of a tab separated file in fields; comments are skipped. */
#define MAXF 24
static int
getfields(FILE *fp, char *line, size_t size, char **f)
{
	char *p;
	int n;

	do {
		if (fgets(line, size, fp) == NULL)
			return (0);
	} while (line[0] == '#');
	line[strcspn(line, "\n")] = 0;
	memset(f, 0, MAXF * sizeof(*f));
	for (n = 0, p = line; p != NULL && n < MAXF;)
		f[n++] = strsep(&p, "\t");
	return (n);
}

static FILE *
vopen(const char *name)
{
	char path[1024];
	FILE *fp;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	fp = fopen(path, "r");
	if (fp == NULL) {
		perror(path);
		exit(1);
	}
	return (fp);
}

static uint64_t
hex(const char *s)
{
	return (strtoull(s, NULL, 16));
}

static char line[65536 * 3];
static char *f[MAXF];

static void
test_crc(void)
{
	FILE *fp = vopen("crc.tsv");
	static uint8_t buf[65536];
	int bad = 0, n = 0, i, len, ones;
	uint32_t c1, c2;

	getfields(fp, line, sizeof(line), f);
	while (getfields(fp, line, sizeof(line), f)) {
		len = atoi(f[1]);
		ones = strcmp(f[2], "ff*") == 0;
		for (i = 0; i < len; i++) {
			if (strcmp(f[2], "pattern") == 0)
				buf[i] = 7 * i + 3;
			else if (f[2][2] == '*')
				buf[i] = ones ? 0xff : 0;
			else
				sscanf(f[2] + 2 * i, "%2hhx", &buf[i]);
		}
		if (strstr(f[0], "chained")) {
			c1 = hammer_crc32(buf + 5000, 11384,
			    hammer_crc32(buf, 5000, 0));
			c2 = hammer_crc32c(buf + 5000, 11384,
			    hammer_crc32c(buf, 5000, 0));
		} else {
			c1 = hammer_crc32(buf, len, 0);
			c2 = hammer_crc32c(buf, len, 0);
		}
		n++;
		if (c1 != hex(f[3]) || c2 != hex(f[4])) {
			printf("# crc of %s\n", f[0]);
			bad++;
		}
	}
	fclose(fp);
	check(n > 40 && bad == 0, "crc");
}

static void
test_dirhash(void)
{
	FILE *fp = vopen("dirhash.tsv");
	char name[512];
	uint32_t span;
	int bad = 0, n = 0, len;
	const char *p;

	getfields(fp, line, sizeof(line), f);
	while (getfields(fp, line, sizeof(line), f)) {
		for (len = 0, p = f[0]; *p; len++) {
			if (p[0] == '\\' && p[1] == 'x') {
				sscanf(p + 2, "%2hhx",
				    (unsigned char *)&name[len]);
				p += 4;
			} else {
				name[len] = *p++;
			}
		}
		n++;
		if (len != atoi(f[1]) ||
		    hammer_dirhash(0, name, len, &span) !=
		    (int64_t)hex(f[2]) || span != 0xffffffff ||
		    hammer_dirhash(5, name, len, &span) !=
		    (int64_t)hex(f[3]) || span != 0xffffff) {
			printf("# dirhash of %s\n", f[0]);
			bad++;
		}
	}
	fclose(fp);
	check(n > 50 && bad == 0, "dirhash");
}

static void
test_address(void)
{
	FILE *fp = vopen("address.tsv");
	int bad = 0, n = 0;
	hammer_off_t off;

	getfields(fp, line, sizeof(line), f);
	while (getfields(fp, line, sizeof(line), f)) {
		off = hex(f[0]);
		n++;
		bad += hammer_off_zone(off) != atoi(f[1]);
		bad += hammer_off_vol(off) != atoi(f[2]);
		bad += hammer_off_short(off) != hex(f[3]);
		bad += hammer_layer1_index(off) != (uint32_t)atoi(f[4]);
		bad += hammer_layer2_index(off) != (uint32_t)atoi(f[5]);
		bad += hammer_layer1_index(off) * sizeof(struct
		    hammer_blockmap_layer1) != strtoull(f[6], NULL, 10);
		bad += hammer_layer2_index(off) * sizeof(struct
		    hammer_blockmap_layer2) != strtoull(f[7], NULL, 10);
		bad += (off & HAMMER_BIGBLOCK_MASK) !=
		    strtoull(f[8], NULL, 10);
		bad += hammer_off_to_zone2(off) != hex(f[9]);
		bad += hammer_off_encode(hammer_off_zone(off),
		    hammer_off_vol(off), hammer_off_short(off)) != off;
	}
	fclose(fp);
	check(n >= 8 && bad == 0, "address arithmetic");
}

static void
getkey(char **p, struct hammer_base_elm *e)
{
	memset(e, 0, sizeof(*e));
	e->localization = hex(p[0]);
	e->obj_id = hex(p[1]);
	e->rec_type = hex(p[2]);
	e->key = hex(p[3]);
	e->create_tid = hex(p[4]);
}

static void
test_compare(void)
{
	FILE *fp = vopen("btree-compare.tsv");
	struct hammer_base_elm a, b, s, p;
	int bad = 0, n = 0, seps = 0;

	getfields(fp, line, sizeof(line), f);
	while (getfields(fp, line, sizeof(line), f)) {
		getkey(f, &a);
		getkey(f + 5, &b);
		n++;
		if (hammer_elm_cmp(&a, &b) != atoi(f[10])) {
			printf("# compare, line %d\n", n + 1);
			bad++;
		}
		if (f[11][0] == 0)
			continue;
		hammer_elm_separator(&a, &b, &p);
		if (hammer_elm_cmp(&a, &p) >= 0 ||
		    hammer_elm_cmp(&p, &b) > 0) {
			printf("# separator not between, line %d\n", n + 1);
			bad++;
		}
		if (f[11][0] == '-')
			continue;
		getkey(f + 11, &s);
		seps++;
		if (hammer_elm_cmp(&s, &p) != 0) {
			printf("# separator, line %d\n", n + 1);
			bad++;
		}
	}
	fclose(fp);
	check(n >= 600 && seps > 100 && bad == 0,
	    "btree key order and separators");
}

static void
test_visible(void)
{
	FILE *fp = vopen("asof-visible.tsv");
	struct hammer_base_elm e;
	int bad = 0, n = 0;

	memset(&e, 0, sizeof(e));
	getfields(fp, line, sizeof(line), f);
	while (getfields(fp, line, sizeof(line), f)) {
		e.create_tid = hex(f[1]);
		e.delete_tid = hex(f[2]);
		n++;
		bad += hammer_elm_visible(&e, hex(f[0])) != atoi(f[3]);
	}
	fclose(fp);
	check(n > 150 && bad == 0, "visibility as of a tid");
}

static void
test_localization(void)
{
	FILE *fp = vopen("localization.tsv");
	int bad = 0, n = 0, class;

	getfields(fp, line, sizeof(line), f);
	while (getfields(fp, line, sizeof(line), f)) {
		if (f[0][0] == '-')
			continue;
		class = f[1][0] == 'i' ? HAMMER_LOCALIZE_INODE :
		    f[1][0] == 'm' ? HAMMER_LOCALIZE_MISC : 0;
		n++;
		bad += hammer_pfs_to_lo(atoi(f[0])) + class != hex(f[2]);
		bad += hammer_lo_to_pfs(hex(f[2])) != (uint32_t)atoi(f[0]);
	}
	fclose(fp);
	check(n >= 20 && bad == 0, "localization");
}

static void
test_path(void)
{
	FILE *fp = vopen("path-tid.tsv");
	hammer_tid_t tid;
	uint32_t lo;
	int bad = 0, n = 0, ispfs, got;

	getfields(fp, line, sizeof(line), f);
	while (getfields(fp, line, sizeof(line), f)) {
		lo = 0xdead0000;
		n++;
		got = hammer_parse_ext(f[0], strlen(f[0]), &tid, &ispfs, &lo);
		if (got != atoi(f[1]) || (got && (tid != hex(f[2]) ||
		    ispfs != atoi(f[3]) || lo != hex(f[4])))) {
			printf("# path extension %s\n", f[0]);
			bad++;
		}
	}
	fclose(fp);
	check(n >= 18 && bad == 0, "names with @@");
	check(hammer_find_ext("a@@-1", 5, &tid, &ispfs, &lo) == 1 &&
	    hammer_find_ext("a@@b@@-1", 8, &tid, &ispfs, &lo) == -1 &&
	    hammer_find_ext("@@-1:00002", 10, &tid, &ispfs, &lo) == 0,
	    "the first @@ of a name counts");
}

/*
 * Miniature rings.
 */
#define RING	65536
static char ring[RING];
static int version;

static const char *
ring_buffer(struct hammer_ring *hr, hammer_off_t off, int *errorp)
{
	*errorp = off >= RING ? EIO : 0;
	return (ring + off);
}

static void
put_record(int off, int type, int size, uint32_t seq)
{
	struct hammer_fifo_head *h = (void *)(ring + off);
	struct hammer_fifo_tail *t = (void *)(ring + off + size - sizeof(*t));

	t->tail_signature = HAMMER_TAIL_SIGNATURE;
	t->tail_type = type;
	t->tail_size = size;
	h->hdr_signature = HAMMER_HEAD_SIGNATURE;
	h->hdr_type = type;
	h->hdr_size = size;
	if (type == HAMMER_HEAD_TYPE_PAD)
		return;
	h->hdr_seq = seq;
	hammer_fifo_setcrc(version, h);
}

static uint64_t
named(const char *text, const char *name, int base)
{
	const char *p = text;
	int len = strlen(name);

	while ((p = strstr(p, name)) != NULL) {
		if ((p == text || p[-1] == ' ') && p[len] == '=')
			return (strtoull(p + len + 1, NULL, base));
		p += len;
	}
	printf("# no %s in %s\n", name, text);
	return (0);
}

static void
lay_record(void)
{
	int off = hex(f[1]), size = atoi(f[3]), i, n;
	struct hammer_fifo_undo *un = (void *)(ring + off);
	struct hammer_fifo_redo *re = (void *)(ring + off);
	uint32_t seq = hex(f[4]);
	const char *p;

	if (strcmp(f[2], "DUMMYx32") == 0) {
		memset(ring + off, 0, 16384);
		for (i = 0; i < 32; i++)
			put_record(off + i * 512, HAMMER_HEAD_TYPE_DUMMY,
			    512, seq + i);
		return;
	}
	memset(ring + off, 0, size);
	if (strcmp(f[2], "PAD") == 0) {
		put_record(off, HAMMER_HEAD_TYPE_PAD, size, 0);
	} else if (strcmp(f[2], "UNDO") == 0) {
		un->undo_offset = named(f[5], "undo_offset", 16);
		un->undo_data_bytes = named(f[5], "bytes", 10);
		memset(un + 1, named(f[5], "fill", 16), un->undo_data_bytes);
		put_record(off, HAMMER_HEAD_TYPE_UNDO, size, seq);
	} else {
		re->redo_objid = named(f[5], "objid", 16);
		re->redo_offset = named(f[5], "offset", 16);
		re->redo_data_bytes = named(f[5], "bytes", 10);
		re->redo_flags = named(f[5], "flags", 16);
		re->redo_localization = named(f[5], "lo", 16);
		p = strstr(f[5], "payload=") + 8;
		for (n = 0; isxdigit((unsigned char)p[2 * n]); n++)
			sscanf(p + 2 * n, "%2hhx",
			    (unsigned char *)(re + 1) + n);
		put_record(off, HAMMER_HEAD_TYPE_REDO, size, seq);
	}
}

static void
lay_ring(const char *scenario, const char *pre)
{
	FILE *fp = vopen("recovery-records.tsv");
	int i;

	memset(ring, 0, RING);
	if (strcmp(pre, "none") != 0) {
		for (i = 0; i < RING / 512; i++)
			put_record(i * 512, HAMMER_HEAD_TYPE_DUMMY, 512,
			    hex(pre) + i);
	}
	while (getfields(fp, line, sizeof(line), f)) {
		if (strcmp(f[0], scenario) == 0)
			lay_record();
	}
	fclose(fp);
}

static char order[65536];

static int
note_undo(void *arg, const struct hammer_fifo_undo *un, const void *data)
{
	sprintf(order + strlen(order), "%s%016jx:%d", order[0] ? "," : "",
	    (uintmax_t)un->undo_offset, un->undo_data_bytes);
	return (0);
}

static int
note_redo(void *arg, const struct hammer_fifo_redo *re, const void *data)
{
	int w = re->redo_flags & HAMMER_REDO_WRITE;

	sprintf(order + strlen(order), "%s%s:%jx:%x:%ju",
	    order[0] ? "," : "", w ? "WRITE" : "TRUNC",
	    (uintmax_t)re->redo_objid, re->redo_localization,
	    (uintmax_t)re->redo_offset);
	if (w)
		sprintf(order + strlen(order), ":%d", re->redo_data_bytes);
	return (0);
}

#define EXPECT(cond, what) do {						\
	if (!(cond)) {							\
		printf("# %s: %s\n", g[0], what);			\
		bad = 1;						\
	}								\
} while (0)

static int
scenario(char **g)
{
	struct hammer_ring hr = { .hr_size = RING,
	    .hr_buffer = ring_buffer };
	hammer_off_t first = hex(g[5]), next = hex(g[6]), end = 0, redo = 0;
	uint32_t seq = 0;
	char *p;
	int rc, bad = 0;

	hr.hr_version = version = atoi(g[2]);
	lay_ring(g[0], g[3]);
	EXPECT(hammer_crc32(ring, RING, 0) == hex(g[4]), "ring not as meant");
	if (g[8][0] != '-') {
		p = strchr(g[8], ':');
		ring[hex(g[8])] ^= hex(p + 1);
	}
	order[0] = 0;
	rc = hammer_ring_span(&hr, first, next, &end, &seq);
	if (rc == 0)
		rc = hammer_ring_undo(&hr, first, end, note_undo, NULL,
		    &redo);
	EXPECT(rc == atoi(g[9]), "stage 1 result");
	if (rc != 0 || bad)
		return (bad);
	EXPECT(first == hex(g[10]) && end == hex(g[11]), "span");
	if (g[12][0] != '-')
		EXPECT(seq == hex(g[12]), "next sequence number");
	EXPECT(redo == hex(g[13]), "start of redo");
	EXPECT(strcmp(order, g[14][0] == '-' ? "" : g[14]) == 0,
	    "order of undo");
	order[0] = 0;
	if (redo != 0)
		rc = hammer_ring_redo(&hr, redo, first, end, note_redo, NULL);
	/* There the original is wrong, as the vector says. */
	if (strcmp(g[0], "redo-nominal-wrap") == 0)
		EXPECT(rc == 0 && strcmp(order, "WRITE:800:0:0:4") == 0,
		    "stage 2");
	else
		EXPECT(rc == atoi(g[15]) && strcmp(order,
		    g[16][0] == '-' ? "" : g[16]) == 0, "stage 2");
	return (bad);
}

static void
test_recovery(void)
{
	static char sline[262144];
	char *g[MAXF], name[128];
	FILE *fp = vopen("recovery-scenarios.tsv");

	getfields(fp, sline, sizeof(sline), g);
	while (getfields(fp, sline, sizeof(sline), g)) {
		snprintf(name, sizeof(name), "recovery %s", g[0]);
		check(!scenario(g), name);
	}
	fclose(fp);
}

static void
test_mirror(void)
{
	FILE *fp = vopen("mirror-sample.tsv");
	static uint64_t align[16384];
	uint8_t *buf = (uint8_t *)align;
	struct hammer_ioc_mrecord_head *h = (void *)buf;
	struct hammer_ioc_mrecord_rec *r = (void *)buf;
	int bad = 0, n = 0, i, len;

	getfields(fp, line, sizeof(line), f);
	while (getfields(fp, line, sizeof(line), f)) {
		if (f[4] == NULL || f[4][0] == 0)
			continue;
		len = strlen(f[4]) / 2;
		for (i = 0; i < len; i++)
			sscanf(f[4] + 2 * i, "%2hhx", &buf[i]);
		n++;
		if (h->signature != HAMMER_IOC_MIRROR_SIGNATURE ||
		    h->rec_size != (uint32_t)atoi(f[2]) || h->rec_crc !=
		    hammer_crc32(buf + HAMMER_MREC_CRCOFF,
		    h->rec_size - HAMMER_MREC_CRCOFF, 0))
			bad++;
		if (h->type == HAMMER_MREC_TYPE_REC && h->rec_size > 80 &&
		    !hammer_leaf_ok(7, &r->leaf, r + 1))
			bad++;
	}
	fclose(fp);
	check(n > 20 && bad == 0, "mirror stream records");
}

static void
test_ioctl(void)
{
	FILE *fp = vopen("ioctl.tsv");
	static const struct { const char *n; unsigned long v; } tab[] = {
#define I(x) { #x, (unsigned long)x }
		I(HAMMERIOC_PRUNE), I(HAMMERIOC_GETHISTORY),
		I(HAMMERIOC_REBLOCK), I(HAMMERIOC_SYNCTID),
		I(HAMMERIOC_SET_PSEUDOFS), I(HAMMERIOC_GET_PSEUDOFS),
		I(HAMMERIOC_MIRROR_READ), I(HAMMERIOC_MIRROR_WRITE),
		I(HAMMERIOC_UPG_PSEUDOFS), I(HAMMERIOC_DGD_PSEUDOFS),
		I(HAMMERIOC_RMR_PSEUDOFS), I(HAMMERIOC_WAI_PSEUDOFS),
		I(HAMMERIOC_GET_VERSION), I(HAMMERIOC_SET_VERSION),
		I(HAMMERIOC_REBALANCE), I(HAMMERIOC_GET_INFO),
		I(HAMMERIOC_ADD_VOLUME), I(HAMMERIOC_ADD_SNAPSHOT),
		I(HAMMERIOC_DEL_SNAPSHOT), I(HAMMERIOC_GET_SNAPSHOT),
		I(HAMMERIOC_GET_CONFIG), I(HAMMERIOC_SET_CONFIG),
		I(HAMMERIOC_DEL_VOLUME), I(HAMMERIOC_DEDUP),
		I(HAMMERIOC_GET_DATA), I(HAMMERIOC_LIST_VOLUMES),
		I(HAMMERIOC_SCAN_PSEUDOFS),
	};
	size_t i;
	int bad = 0, n = 0;

	getfields(fp, line, sizeof(line), f);
	while (getfields(fp, line, sizeof(line), f)) {
		for (i = 0; i < sizeof(tab) / sizeof(tab[0]); i++) {
			if (strcmp(tab[i].n, f[0]) == 0)
				break;
		}
		if (i == sizeof(tab) / sizeof(tab[0]) ||
		    tab[i].v != strtoul(f[1], NULL, 16)) {
			printf("# %s\n", f[0]);
			bad++;
		}
		n++;
	}
	fclose(fp);
	check(n == 27 && bad == 0, "ioctl numbers");
}

int
main(int argc, char **argv)
{
	dir = argc > 1 ? argv[1] : ".";
	test_crc();
	test_dirhash();
	test_address();
	test_compare();
	test_visible();
	test_localization();
	test_path();
	test_ioctl();
	test_mirror();
	test_recovery();
	printf("1..%d\n", testno);
	return (failed != 0);
}
