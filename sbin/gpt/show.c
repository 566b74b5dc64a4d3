/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gpt: what is where on the disk.
 */
#include <sys/param.h>

#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gpt.h"
#include "uuidname.h"

enum kind { K_MBR, K_PMBR, K_HDR, K_TBL, K_SEC_TBL, K_SEC_HDR, K_GPT, K_SLICE };

struct area {
	enum kind	a_kind;
	uint64_t	a_start, a_size;
	int		a_index;	/* of an entry or slice */
};

struct map {
	struct area	*m_area;
	size_t		m_count, m_room;
};

static bool show_label, show_guid, show_uuid;

static void
map_add(struct map *m, enum kind kind, uint64_t start, uint64_t size,
    int index)
{
	if (m->m_count == m->m_room) {
		m->m_room = m->m_room != 0 ? m->m_room * 2 : 32;
		m->m_area = reallocarray(m->m_area, m->m_room,
		    sizeof(*m->m_area));
		if (m->m_area == NULL)
			err(1, NULL);
	}
	m->m_area[m->m_count++] = (struct area){ kind, start, size, index };
}

static int
by_start(const void *a, const void *b)
{
	const struct area *x = a, *y = b;

	return (x->a_start < y->a_start ? -1 : x->a_start > y->a_start);
}

static void
map_fill(struct map *m, struct gpt *g)
{
	uint64_t last = g->g_blocks - 1;
	unsigned i;

	if (g->g_mbr_kind != MBR_NONE)
		map_add(m, g->g_mbr_kind == MBR_PROTECTIVE ? K_PMBR : K_MBR,
		    0, 1, -1);
	if (g->g_mbr_kind == MBR_TABLE) {
		for (i = 0; i < NDOSPART; i++) {
			if (g->g_part[i].dp_size != 0)
				map_add(m, K_SLICE, g->g_part[i].dp_start,
				    g->g_part[i].dp_size, i + 1);
		}
	}
	if (g->g_pri_hdr)
		map_add(m, K_HDR, 1, 1, -1);
	if (g->g_pri_tbl)
		map_add(m, K_TBL, g->g_hdr.hdr_lba_table, g->g_tblsecs, -1);
	if (g->g_sec_tbl)
		map_add(m, K_SEC_TBL, last - g->g_tblsecs, g->g_tblsecs, -1);
	if (g->g_sec_hdr)
		map_add(m, K_SEC_HDR, last, 1, -1);
	for (i = 0; g->g_ent != NULL && i < g->g_hdr.hdr_entries; i++) {
		if (gpt_used(&g->g_ent[i]))
			map_add(m, K_GPT, g->g_ent[i].ent_lba_start,
			    gpt_size(&g->g_ent[i]), i);
	}
	qsort(m->m_area, m->m_count, sizeof(*m->m_area), by_start);
}

/* A name of UTF-16 units as UTF-8. */
static void
print_name(const struct gpt_ent *ent)
{
	uint32_t ch;
	int i;

	putchar('"');
	for (i = 0; i < GPT_NAME_UNITS && ent->ent_name[i] != 0; i++) {
		ch = ent->ent_name[i];
		if (ch >= 0xd800 && ch < 0xdc00 && i + 1 < GPT_NAME_UNITS &&
		    (ent->ent_name[i + 1] & 0xfc00) == 0xdc00)
			ch = 0x10000 + ((ch & 0x3ff) << 10) +
			    (ent->ent_name[++i] & 0x3ff);
		if (ch < 0x80) {
			putchar(ch);
			continue;
		}
		if (ch < 0x800) {
			putchar(0xc0 | ch >> 6);
		} else {
			if (ch < 0x10000) {
				putchar(0xe0 | ch >> 12);
			} else {
				putchar(0xf0 | ch >> 18);
				putchar(0x80 | (ch >> 12 & 0x3f));
			}
			putchar(0x80 | (ch >> 6 & 0x3f));
		}
		putchar(0x80 | (ch & 0x3f));
	}
	putchar('"');
}

static void
print_entry(const struct gpt_ent *ent)
{
	const char *name = NULL;
	char *text = NULL;

	printf("GPT part - ");
	if (show_label) {
		print_name(ent);
		return;
	}
	if (!show_guid && !show_uuid)
		name = uuid_name_find(&ent->ent_type);
	if (name == NULL)
		uuid_to_string(show_guid ? &ent->ent_uuid : &ent->ent_type,
		    &text, NULL);
	printf("%s", name != NULL ? name : text);
	free(text);
}

static bool
pmbr_active(const struct gpt *g)
{
	int i;

	for (i = 0; i < NDOSPART; i++) {
		if (g->g_part[i].dp_typ == DOSPTYP_PMBR &&
		    g->g_part[i].dp_flag == 0x80)
			return (true);
	}
	return (false);
}

static void
print_what(const struct gpt *g, const struct area *a)
{
	const struct dos_partition *p;

	switch (a->a_kind) {
	case K_MBR:
		printf("MBR");
		break;
	case K_PMBR:
		printf("PMBR%s", pmbr_active(g) ? " (active)" : "");
		break;
	case K_HDR:
		printf("Pri GPT header");
		break;
	case K_TBL:
		printf("Pri GPT table");
		break;
	case K_SEC_TBL:
		printf("Sec GPT table");
		break;
	case K_SEC_HDR:
		printf("Sec GPT header");
		break;
	case K_GPT:
		print_entry(&g->g_ent[a->a_index]);
		break;
	case K_SLICE:
		p = &g->g_part[a->a_index - 1];
		printf("MBR part %d%s", p->dp_typ,
		    p->dp_flag == 0x80 ? " (active)" : "");
		break;
	}
}

/* a NULL: an unused area. */
static void
print_row(const struct gpt *g, int width, uint64_t start, uint64_t size,
    const struct area *a)
{
	printf("  %*" PRIu64 "  %*" PRIu64 "  ", width, start, width, size);
	if (a != NULL && a->a_index >= 0)
		printf("%5d", a->a_index);
	else
		printf("    -");
	printf("  ");
	if (a != NULL)
		print_what(g, a);
	else
		printf("Unused");
	putchar('\n');
}

static void
show(const char *dev)
{
	struct map m = { NULL, 0, 0 };
	uint64_t at = 0;
	char digits[32];
	struct gpt g;
	size_t i;
	int width;

	gpt_open(&g, dev, false);
	map_fill(&m, &g);
	width = MAX(5, snprintf(digits, sizeof(digits), "%" PRIu64,
	    g.g_blocks));
	printf("  %*s  %*s  index  contents\n", width, "start", width,
	    "size");
	for (i = 0; i < m.m_count; i++) {
		struct area *a = &m.m_area[i];

		if (a->a_start > at)
			print_row(&g, width, at, a->a_start - at, NULL);
		print_row(&g, width, a->a_start, a->a_size, a);
		at = MAX(at, a->a_start + a->a_size);
	}
	if (at < g.g_blocks)
		print_row(&g, width, at, g.g_blocks - at, NULL);
	free(m.m_area);
	free(g.g_ent);
}

int
cmd_show(int argc, char **argv)
{
	int c;

	while ((c = getopt(argc, argv, "glu")) != -1) {
		switch (c) {
		case 'g': show_guid = true; break;
		case 'l': show_label = true; break;
		case 'u': show_uuid = true; break;
		default: gpt_usage();
		}
	}
	if (optind == argc)
		gpt_usage();
	for (; optind < argc; optind++)
		show(argv[optind]);
	return (0);
}
