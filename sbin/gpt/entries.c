/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gpt: commands on entries: add, remove, label.
 */
#include <sys/param.h>

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gpt.h"

/* Options that choose entries; false: not one of them. */
static bool
match_option(struct gpt_match *m, int c)
{
	switch (c) {
	case 'a':
		m->m_all = true;
		break;
	case 'b':
		m->m_start = gpt_number(optarg);
		break;
	case 'i':
		m->m_index = MIN(gpt_number(optarg), INT32_MAX);
		break;
	case 's':
		m->m_size = gpt_number(optarg);
		break;
	case 't':
		gpt_type(optarg, &m->m_type);
		m->m_has_type = true;
		break;
	default:
		return (false);
	}
	return (true);
}

/* Either all, or some restriction. */
static void
match_check(const struct gpt_match *m)
{
	bool some = m->m_index >= 0 || m->m_start != 0 || m->m_size != 0 ||
	    m->m_has_type;

	if (m->m_all == some)
		gpt_usage();
}

int
cmd_add(int argc, char **argv)
{
	struct gpt_match m = { .m_index = -1 };
	struct gpt g;
	unsigned i;
	int c;

	gpt_known_type(GPT_ENT_TYPE_DRAGONFLY_LABEL64, &m.m_type);
	while ((c = getopt(argc, argv, "b:i:s:t:")) != -1) {
		if (!match_option(&m, c))
			gpt_usage();
	}
	if (optind == argc)
		gpt_usage();
	for (; optind < argc; optind++) {
		gpt_open(&g, argv[optind], true);
		gpt_need(&g);
		i = gpt_add(&g, m.m_index, m.m_start, m.m_size, &m.m_type);
		gpt_write(&g);
		printf("%ss%u added\n", argv[optind], i);
	}
	return (0);
}

int
cmd_remove(int argc, char **argv)
{
	struct gpt_match m = { .m_index = -1 };
	struct gpt g;
	unsigned i;
	int c;

	while ((c = getopt(argc, argv, "ab:i:s:t:")) != -1) {
		if (!match_option(&m, c))
			gpt_usage();
	}
	if (optind == argc)
		gpt_usage();
	match_check(&m);
	for (; optind < argc; optind++) {
		gpt_open(&g, argv[optind], true);
		gpt_need(&g);
		for (i = 0; i < g.g_hdr.hdr_entries; i++) {
			if (!gpt_matches(&m, &g.g_ent[i], i))
				continue;
			uuid_create_nil(&g.g_ent[i].ent_type, NULL);
			printf("%ss%u removed\n", argv[optind], i);
		}
		gpt_write(&g);
	}
	return (0);
}

/* A name, from UTF-8 to at most 36 units of UTF-16. */
static void
set_name(const struct gpt *g, struct gpt_ent *ent, const char *name)
{
	const unsigned char *p = (const unsigned char *)name;
	uint16_t out[GPT_NAME_UNITS] = { 0 };
	uint32_t ch;
	size_t n = 0;
	int more;

	while (*p != '\0') {
		more = *p < 0x80 ? 0 : *p < 0xc2 ? -1 : *p < 0xe0 ? 1 :
		    *p < 0xf0 ? 2 : *p < 0xf5 ? 3 : -1;
		if (more < 0)
			gpt_fail(g, "the label is not UTF-8");
		ch = more == 0 ? *p : *p & (0x3f >> more);
		for (p++; more > 0; more--, p++) {
			if ((*p & 0xc0) != 0x80)
				gpt_fail(g, "the label is not UTF-8");
			ch = ch << 6 | (*p & 0x3f);
		}
		if (n + (ch > 0xffff) >= GPT_NAME_UNITS)
			gpt_fail(g, "the label is longer than %d characters",
			    GPT_NAME_UNITS);
		if (ch > 0xffff) {
			out[n++] = 0xd7c0 + (ch >> 10);
			out[n++] = 0xdc00 | (ch & 0x3ff);
		} else {
			out[n++] = ch;
		}
	}
	memcpy(ent->ent_name, out, sizeof(out));
}

static char *
name_of_file(const char *file)
{
	FILE *f = strcmp(file, "-") == 0 ? stdin : fopen(file, "r");
	char *line = NULL;
	size_t room = 0;

	if (f == NULL)
		err(1, "%s", file);
	if (getline(&line, &room, f) < 0)
		errx(1, "%s: empty", file);
	line[strcspn(line, "\n")] = '\0';
	if (f != stdin)
		fclose(f);
	return (line);
}

int
cmd_label(int argc, char **argv)
{
	struct gpt_match m = { .m_index = -1 };
	const char *name = NULL;
	struct gpt g;
	unsigned i;
	int c;

	while ((c = getopt(argc, argv, "ab:f:i:l:s:t:")) != -1) {
		if (c == 'l' || c == 'f') {
			if (name != NULL)
				gpt_usage();
			name = c == 'l' ? optarg : name_of_file(optarg);
		} else if (!match_option(&m, c)) {
			gpt_usage();
		}
	}
	if (optind == argc || name == NULL)
		gpt_usage();
	match_check(&m);
	for (; optind < argc; optind++) {
		gpt_open(&g, argv[optind], true);
		gpt_need(&g);
		for (i = 0; i < g.g_hdr.hdr_entries; i++) {
			if (!gpt_matches(&m, &g.g_ent[i], i))
				continue;
			set_name(&g, &g.g_ent[i], name);
			printf("%ss%u labeled\n", argv[optind], i);
		}
		gpt_write(&g);
	}
	return (0);
}
