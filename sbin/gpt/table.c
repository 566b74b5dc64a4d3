/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gpt: reading, checking, making and writing the table.
 */
#include <sys/param.h>

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gpt.h"

#define HDR_SIZE	92		/* bytes of the header in use */

/* A header at a place; the table it names is read if it is all right. */
static bool
read_header(struct gpt *g, uint64_t lba, struct gpt_hdr *hdr)
{
	unsigned char *buf = malloc(g->g_sec);
	uint32_t crc;
	bool ok;

	if (buf == NULL)
		err(1, NULL);
	disk_pread(&g->g_disk, buf, g->g_sec, lba * g->g_sec);
	memcpy(hdr, buf, sizeof(*hdr));
	ok = memcmp(hdr->hdr_sig, GPT_HDR_SIG, sizeof(hdr->hdr_sig)) == 0 &&
	    hdr->hdr_size >= HDR_SIZE && hdr->hdr_size <= g->g_sec;
	if (ok) {
		crc = hdr->hdr_crc_self;
		((struct gpt_hdr *)buf)->hdr_crc_self = 0;
		ok = disk_crc32(buf, hdr->hdr_size) == crc;
	}
	free(buf);
	return (ok && hdr->hdr_entsz == sizeof(struct gpt_ent) &&
	    hdr->hdr_entries >= 1 && hdr->hdr_entries <= 65536 &&
	    hdr->hdr_lba_table >= 2 && hdr->hdr_lba_table < g->g_blocks &&
	    hdr->hdr_lba_self == lba);
}

static uint64_t
table_sectors(const struct gpt *g, unsigned entries)
{
	return (howmany((uint64_t)entries * sizeof(struct gpt_ent),
	    g->g_sec));
}

/* The table of a header; NULL: it is damaged. */
static struct gpt_ent *
read_table(struct gpt *g, const struct gpt_hdr *hdr)
{
	uint64_t secs = table_sectors(g, hdr->hdr_entries);
	struct gpt_ent *ent;

	if (secs > g->g_blocks - hdr->hdr_lba_table)
		return (NULL);
	ent = malloc(secs * g->g_sec);
	if (ent == NULL)
		err(1, NULL);
	disk_pread(&g->g_disk, ent, secs * g->g_sec,
	    hdr->hdr_lba_table * g->g_sec);
	if (disk_crc32(ent, hdr->hdr_entries * sizeof(*ent)) !=
	    hdr->hdr_crc_table) {
		free(ent);
		return (NULL);
	}
	return (ent);
}

static void
read_mbr(struct gpt *g)
{
	int i;

	g->g_mbr = malloc(g->g_sec);
	if (g->g_mbr == NULL)
		err(1, NULL);
	disk_pread(&g->g_disk, g->g_mbr, g->g_sec, 0);
	g->g_mbr_kind = MBR_NONE;
	if (g->g_mbr[DOSMAGICOFFSET] != 0x55 ||
	    g->g_mbr[DOSMAGICOFFSET + 1] != 0xaa)
		return;
	memcpy(g->g_part, g->g_mbr + DOSPARTOFF, sizeof(g->g_part));
	for (i = 0; i < NDOSPART; i++) {
		if (g->g_part[i].dp_typ == DOSPTYP_PMBR)
			g->g_mbr_kind = MBR_PROTECTIVE;
		else if (g->g_part[i].dp_typ != 0 &&
		    g->g_mbr_kind == MBR_NONE)
			g->g_mbr_kind = MBR_TABLE;
	}
}

void
gpt_open(struct gpt *g, const char *dev, bool change)
{
	struct gpt_ent *pri = NULL, *sec = NULL;
	struct gpt_hdr back;
	int flags = DH_FILEOK | DH_WHOLE;

	memset(g, 0, sizeof(*g));
	if (change && gpt_readonly)
		errx(1, "%s: -r forbids changes", dev);
	if (change)
		flags |= DH_WRITE | DH_EXCLUSIVE;
	disk_open(&g->g_disk, dev, flags);
	g->g_sec = g->g_disk.dh_info.media_blksize;
	g->g_blocks = g->g_disk.dh_info.media_blocks;
	if (gpt_verbose > 0)
		printf("%s: mediasize=%ju; sectorsize=%u; blocks=%ju\n",
		    g->g_disk.dh_path,
		    (uintmax_t)g->g_disk.dh_info.media_size, g->g_sec,
		    (uintmax_t)g->g_blocks);
	if (g->g_sec < 512 || g->g_blocks < 2 * table_sectors(g, 128) + 8)
		gpt_fail(g, "too small for a GPT");
	read_mbr(g);
	g->g_pri_hdr = read_header(g, 1, &g->g_hdr);
	if (g->g_pri_hdr)
		pri = read_table(g, &g->g_hdr);
	g->g_sec_hdr = read_header(g, g->g_blocks - 1, &back);
	if (g->g_sec_hdr)
		sec = read_table(g, &back);
	g->g_pri_tbl = pri != NULL;
	g->g_sec_tbl = sec != NULL;
	if (!g->g_pri_hdr && g->g_sec_hdr) {
		g->g_hdr = back;
		g->g_hdr.hdr_lba_self = 1;
		g->g_hdr.hdr_lba_alt = g->g_blocks - 1;
		g->g_hdr.hdr_lba_table = 2;
	}
	g->g_ent = pri != NULL ? pri : sec;
	if (pri != NULL)
		free(sec);
	g->g_nobackup = g->g_pri_hdr && !g->g_sec_hdr &&
	    g->g_hdr.hdr_lba_end > g->g_blocks - 2;
	g->g_tblsecs = table_sectors(g, g->g_hdr.hdr_entries);
}

void
gpt_need(struct gpt *g)
{
	if (!g->g_pri_hdr || !g->g_pri_tbl)
		gpt_fail(g, "no primary GPT header; run create or recover");
	if (!g->g_sec_hdr && !g->g_nobackup)
		gpt_fail(g, "no secondary GPT header; run recover");
}

/* One entry over the disk that says: hands off. */
void
gpt_protect(struct gpt *g)
{
	struct dos_partition *p = &g->g_part[0];

	memset(g->g_part, 0, sizeof(g->g_part));
	memset(p, 0xff, sizeof(*p));
	p->dp_flag = 0;
	p->dp_typ = DOSPTYP_PMBR;
	p->dp_start = 1;
	p->dp_size = MIN(g->g_blocks - 1, UINT32_MAX);
	memset(g->g_mbr, 0, g->g_sec);
	g->g_mbr_kind = MBR_PROTECTIVE;
	gpt_write_mbr(g);
}

void
gpt_write_mbr(struct gpt *g)
{
	memcpy(g->g_mbr + DOSPARTOFF, g->g_part, sizeof(g->g_part));
	g->g_mbr[DOSMAGICOFFSET] = 0x55;
	g->g_mbr[DOSMAGICOFFSET + 1] = 0xaa;
	disk_pwrite(&g->g_disk, g->g_mbr, g->g_sec, 0);
}

/* An empty table in memory. */
void
gpt_new(struct gpt *g, unsigned nparts)
{
	struct gpt_hdr *hdr = &g->g_hdr;
	unsigned i;

	g->g_tblsecs = table_sectors(g, nparts);
	if (g->g_blocks < 2 * g->g_tblsecs + 4)
		gpt_fail(g, "too small for %u entries", nparts);
	memset(hdr, 0, sizeof(*hdr));
	memcpy(hdr->hdr_sig, GPT_HDR_SIG, sizeof(hdr->hdr_sig));
	hdr->hdr_revision = GPT_HDR_REVISION;
	hdr->hdr_size = HDR_SIZE;
	hdr->hdr_lba_self = 1;
	hdr->hdr_lba_alt = g->g_blocks - 1;
	hdr->hdr_lba_table = 2;
	hdr->hdr_lba_start = 2 + g->g_tblsecs;
	hdr->hdr_lba_end = g->g_blocks - 1 - g->g_tblsecs - 1;
	uuidgen(&hdr->hdr_uuid, 1);
	hdr->hdr_entries = nparts;
	hdr->hdr_entsz = sizeof(struct gpt_ent);
	free(g->g_ent);
	g->g_ent = calloc(g->g_tblsecs, g->g_sec);
	if (g->g_ent == NULL)
		err(1, NULL);
	for (i = 0; i < nparts; i++)
		uuidgen(&g->g_ent[i].ent_uuid, 1);
	g->g_pri_hdr = g->g_pri_tbl = true;
}

static void
write_copy(struct gpt *g, uint64_t self, uint64_t alt, uint64_t table)
{
	struct gpt_hdr *hdr = calloc(1, g->g_sec);

	if (hdr == NULL)
		err(1, NULL);
	*hdr = g->g_hdr;
	hdr->hdr_lba_self = self;
	hdr->hdr_lba_alt = alt;
	hdr->hdr_lba_table = table;
	hdr->hdr_size = HDR_SIZE;
	hdr->padding = 0;
	hdr->hdr_crc_table = disk_crc32(g->g_ent,
	    hdr->hdr_entries * sizeof(*g->g_ent));
	hdr->hdr_crc_self = 0;
	hdr->hdr_crc_self = disk_crc32(hdr, HDR_SIZE);
	disk_pwrite(&g->g_disk, g->g_ent, g->g_tblsecs * g->g_sec,
	    table * g->g_sec);
	disk_pwrite(&g->g_disk, hdr, g->g_sec, self * g->g_sec);
	free(hdr);
}

/* The backup first: one copy is whole at any moment. */
void
gpt_write(struct gpt *g)
{
	uint64_t last = g->g_blocks - 1;

	if (!g->g_nobackup)
		write_copy(g, last, 1, last - g->g_tblsecs);
	write_copy(g, 1, last, 2);
	disk_resync(&g->g_disk);
}

void
gpt_wipe(struct gpt *g, bool primary, bool secondary)
{
	void *zero = calloc(1, g->g_sec);

	if (zero == NULL)
		err(1, NULL);
	if (secondary)
		disk_pwrite(&g->g_disk, zero, g->g_sec,
		    (g->g_blocks - 1) * g->g_sec);
	if (primary)
		disk_pwrite(&g->g_disk, zero, g->g_sec, g->g_sec);
	free(zero);
}

uint64_t
gpt_size(const struct gpt_ent *ent)
{
	return (ent->ent_lba_end - ent->ent_lba_start + 1);
}

bool
gpt_used(const struct gpt_ent *ent)
{
	return (!uuid_is_nil(&ent->ent_type, NULL));
}

/* The used entry that begins first at or behind a block; NULL: none. */
static const struct gpt_ent *
next_entry(const struct gpt *g, uint64_t from)
{
	const struct gpt_ent *best = NULL, *ent;
	unsigned i;

	for (i = 0; i < g->g_hdr.hdr_entries; i++) {
		ent = &g->g_ent[i];
		if (gpt_used(ent) && ent->ent_lba_end >= from &&
		    (best == NULL || ent->ent_lba_start <
		    best->ent_lba_start))
			best = ent;
	}
	return (best);
}

bool
gpt_gap(struct gpt *g, uint64_t at, uint64_t size, uint64_t *startp,
    uint64_t *sizep)
{
	uint64_t start = g->g_hdr.hdr_lba_start, end;
	uint64_t limit = g->g_hdr.hdr_lba_end + 1;
	const struct gpt_ent *ent;

	for (; start < limit; start = ent->ent_lba_end + 1) {
		uint64_t from = start;

		ent = next_entry(g, start);
		end = ent != NULL ? MIN(ent->ent_lba_start, limit) : limit;
		if (at != 0 && at >= start && at < end)
			from = at;
		else if (at == 0)
			from = roundup(start, GPT_ALIGN);
		if ((at == 0 || from == at) && from < end &&
		    end - from >= MAX(size, 2)) {
			*startp = from;
			*sizep = size != 0 ? size : end - from;
			return (true);
		}
		if (ent == NULL)
			break;
	}
	return (false);
}

unsigned
gpt_add(struct gpt *g, int index, uint64_t at, uint64_t size,
    const uuid_t *type)
{
	uint64_t start, got;
	struct gpt_ent *ent;
	unsigned i = index;

	if (index < 0) {
		for (i = 0; i < g->g_hdr.hdr_entries; i++) {
			if (!gpt_used(&g->g_ent[i]))
				break;
		}
		if (i == g->g_hdr.hdr_entries)
			gpt_fail(g, "no available table entries");
	}
	if (i >= g->g_hdr.hdr_entries)
		gpt_fail(g, "index %u out of range (%u max)", i,
		    g->g_hdr.hdr_entries - 1);
	ent = &g->g_ent[i];
	if (gpt_used(ent))
		gpt_fail(g, "entry at index %u is not free", i);
	if (at == 0 && size != 0)
		size = roundup(size, GPT_ALIGN);
	if (!gpt_gap(g, at, size, &start, &got))
		gpt_fail(g, "no space available on device");
	/* The rest, in whole units; the last one is never touched. */
	if (at == 0 && size == 0) {
		got = rounddown(got - 1, GPT_ALIGN);
		if (got == 0)
			gpt_fail(g, "no space available on device");
	}
	ent->ent_type = *type;
	if (uuid_is_nil(&ent->ent_uuid, NULL))
		uuidgen(&ent->ent_uuid, 1);
	ent->ent_lba_start = start;
	ent->ent_lba_end = start + got - 1;
	ent->ent_attr = 0;
	memset(ent->ent_name, 0, sizeof(ent->ent_name));
	return (i);
}

bool
gpt_matches(const struct gpt_match *m, const struct gpt_ent *ent,
    unsigned index)
{
	if (!gpt_used(ent))
		return (false);
	if (m->m_all)
		return (true);
	return ((m->m_index < 0 || (unsigned)m->m_index == index) &&
	    (m->m_start == 0 || m->m_start == ent->ent_lba_start) &&
	    (m->m_size == 0 || m->m_size == gpt_size(ent)) &&
	    (!m->m_has_type || uuid_equal(&m->m_type, &ent->ent_type,
	    NULL)));
}
