/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ISO 9660 directory records: names, Rock Ridge fields, continuation areas,
 * and that no sequence of bytes makes the parser read or write out of
 * bounds, or loop.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "iso_rec.h"

static int ntests, failed;
static uint8_t volume[8 * ISO_SECTOR];	/* what continuation areas read */
static int reads;

static void
ok(int good, const char *name)
{
	printf("%sok %d - %s\n", good ? "" : "not ", ++ntests, name);
	failed |= !good;
}

static int
vol_read(void *arg, uint32_t blk, uint32_t offset, void *buf, uint32_t len)
{
	uint64_t start = (uint64_t)blk * ISO_SECTOR + offset;

	reads++;
	if (start > sizeof(volume) || len > sizeof(volume) - start)
		return (EIO);
	memcpy(buf, volume + start, len);
	return (0);
}

static struct iso_volume plain = { 0, 0, ISO_NAMES_FOLD, vol_read, NULL };
static struct iso_volume rr = { 1, 0, ISO_NAMES_FOLD, vol_read, NULL };
static struct iso_volume joliet = { 0, 0, ISO_NAMES_JOLIET, vol_read, NULL };

static void
put32(uint8_t *p, uint32_t v)
{
	p[0] = p[7] = v;
	p[1] = p[6] = v >> 8;
	p[2] = p[5] = v >> 16;
	p[3] = p[4] = v >> 24;
}

/* A record with a name; returns where the system use area begins. */
static uint8_t *
make_rec(uint8_t *rec, const void *name, int namlen, int flags)
{
	memset(rec, 0, 256);
	put32(rec + 2, 20);
	put32(rec + 10, 1234);
	rec[18] = 100;		/* 2000-02-29 12:30:15 +01:00 */
	rec[19] = 2;
	rec[20] = 29;
	rec[21] = 12;
	rec[22] = 30;
	rec[23] = 15;
	rec[24] = 4;
	rec[25] = flags;
	rec[32] = namlen;
	memcpy(rec + 33, name, namlen);
	rec[0] = 33 + namlen + !(namlen & 1);
	return (rec + rec[0]);
}

static void
add(uint8_t *rec, const void *field, int len)
{
	memcpy(rec + rec[0], field, len);
	rec[rec[0] + 2] = len;
	rec[rec[0] + 3] = 1;
	rec[0] += len;
}

static int
name_is(struct iso_rec *ir, const char *name)
{
	return (ir->ir_namlen == (int)strlen(name) &&
	    memcmp(ir->ir_name, name, ir->ir_namlen) == 0);
}

static void
test_plain(void)
{
	uint8_t rec[256];
	struct iso_rec ir;

	make_rec(rec, "README.TXT;1", 12, 0);
	ok(iso_rec_parse(&plain, rec, rec[0], &ir) == 0 &&
	    name_is(&ir, "readme.txt") && ir.ir_size == 1234 &&
	    ir.ir_extent == 20, "plain_name_is_folded_without_version");
	ok(ir.ir_mtime.it_sec == 951823815, "recorded_date_is_converted");
	make_rec(rec, "MAKEFILE.;1", 11, 0);
	ok(iso_rec_parse(&plain, rec, rec[0], &ir) == 0 &&
	    name_is(&ir, "makefile"), "dot_before_version_is_dropped");
	make_rec(rec, "\0A\0b\0\344", 6, 0);
	ok(iso_rec_parse(&joliet, rec, rec[0], &ir) == 0 &&
	    name_is(&ir, "Ab\344"), "joliet_name_keeps_case");
	make_rec(rec, "\1", 1, ISO_FL_DIR);
	ok(iso_rec_parse(&plain, rec, rec[0], &ir) == 0 &&
	    ir.ir_isdot == 2, "second_record_is_dotdot");
	make_rec(rec, "A", 1, 0);
	ok(iso_rec_parse(&plain, rec, 20, &ir) == EINVAL,
	    "record_longer_than_area_is_refused");
	rec[32] = 200;
	ok(iso_rec_parse(&plain, rec, rec[0], &ir) == EINVAL,
	    "name_longer_than_record_is_refused");
}

static void
test_rr(void)
{
	uint8_t rec[256], f[64];
	struct iso_rec ir;

	make_rec(rec, "FILE.;1", 7, 0);
	memset(f, 0, sizeof(f));
	memcpy(f, "PX", 2);
	put32(f + 4, 0100644);
	put32(f + 12, 2);
	put32(f + 20, 17);
	put32(f + 28, 18);
	add(rec, f, 36);
	memcpy(f, "NM\0\0\1Long", 9);
	add(rec, f, 9);
	memcpy(f, "NM\0\0\0Name", 9);
	add(rec, f, 9);
	ok(iso_rec_parse(&rr, rec, rec[0], &ir) == 0 &&
	    name_is(&ir, "LongName") && ir.ir_mode == 0100644 &&
	    ir.ir_nlink == 2 && ir.ir_uid == 17 && ir.ir_gid == 18,
	    "rock_ridge_name_and_attributes");

	make_rec(rec, "LINK.;1", 7, 0);
	memcpy(f, "SL\0\0\0" "\x08\0" "\0\3usr" "\1\2li" "\0\1b", 19);
	add(rec, f, 19);
	ok(iso_rec_parse(&rr, rec, rec[0], &ir) == 0 &&
	    strcmp(ir.ir_link, "/usr/lib") == 0,
	    "link_components_are_joined");
	make_rec(rec, "LINK.;1", 7, 0);
	memcpy(f, "SL\0\0\0" "\4\0" "\2\0" "\0\1x", 12);
	add(rec, f, 12);
	ok(iso_rec_parse(&rr, rec, rec[0], &ir) == 0 &&
	    strcmp(ir.ir_link, ".././x") == 0, "link_parent_and_current");
	make_rec(rec, "EVIL.;1", 7, 0);
	memcpy(f, "NM\0\0\0a/b", 8);
	add(rec, f, 8);
	ok(iso_rec_parse(&rr, rec, rec[0], &ir) == 0 && name_is(&ir, "a_b"),
	    "slash_in_name_is_replaced");
}

static void
test_ce(void)
{
	uint8_t rec[256], f[64];
	struct iso_rec ir;

	memset(volume, 0, sizeof(volume));
	make_rec(rec, "FILE.;1", 7, 0);
	memset(f, 0, sizeof(f));
	memcpy(f, "CE", 2);
	put32(f + 4, 2);
	put32(f + 12, 16);
	put32(f + 20, 9);
	add(rec, f, 28);
	memcpy(volume + 2 * ISO_SECTOR + 16, "NM\x9\1\0cont", 9);
	ok(iso_rec_parse(&rr, rec, rec[0], &ir) == 0 && name_is(&ir, "cont"),
	    "continuation_area_is_read");

	/* It announces itself again and again. */
	put32(f + 20, 28);
	make_rec(rec, "LOOP.;1", 7, 0);
	add(rec, f, 28);
	f[2] = 28;
	f[3] = 1;
	memcpy(volume + 2 * ISO_SECTOR + 16, f, 28);
	reads = 0;
	ok(iso_rec_parse(&rr, rec, rec[0], &ir) == EINVAL &&
	    reads <= ISO_CE_LIMIT, "looping_continuation_is_an_error");
	make_rec(rec, "WILD.;1", 7, 0);
	put32(f + 4, 0x7fffffff);
	add(rec, f, 28);
	ok(iso_rec_parse(&rr, rec, rec[0], &ir) == EIO,
	    "continuation_outside_the_volume_is_an_error");
}

/* Random and mutated bytes; the sanitizers watch. */
static void
test_fuzz(void)
{
	static const char sigs[] = "CENMSLPXTFCLPLRESTSPPN";
	uint8_t *rec;
	struct iso_rec ir;
	int i, j, len, bad = 0, skip;

	srandom(20);
	for (i = 0; i < 400000; i++) {
		len = 1 + random() % 255;
		/* Exactly as long as claimed, so that overruns are seen. */
		rec = malloc(len);
		for (j = 0; j < len; j++)
			rec[j] = random();
		rec[0] = random() % 8 ? len : random();
		if (len > 40 && random() % 4) {
			rec[32] = random() % 8;
			j = 33 + rec[32] + !(rec[32] & 1);
			while (j + 4 < len) {
				int s = random() % 11 * 2;

				rec[j] = sigs[s];
				rec[j + 1] = sigs[s + 1];
				rec[j + 2] = 4 + random() % 40;
				j += rec[j + 2];
			}
		}
		if (i % 64 == 0) {
			for (j = 0; j < (int)sizeof(volume); j++)
				volume[j] = random();
		}
		iso_rec_parse(i & 1 ? &rr : i & 2 ? &plain : &joliet, rec,
		    len, &ir);
		iso_rec_check_susp(&plain, rec, len, &skip);
		if (len >= ISO_RECMIN && (ir.ir_namlen < 0 ||
		    ir.ir_namlen > ISO_NAME_MAX || ir.ir_linklen >
		    ISO_LINK_MAX))
			bad++;
		free(rec);
	}
	ok(bad == 0, "random_records_stay_in_bounds");
}

int
main(void)
{
	test_plain();
	test_rr();
	test_ce();
	test_fuzz();
	printf("1..%d\n", ntests);
	return (failed);
}
