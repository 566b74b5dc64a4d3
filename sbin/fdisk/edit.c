/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fdisk: asking on the terminal.  At the end of the input every question is
 * answered with its default.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fdisk.h"

static bool
read_line(char *line, size_t room)
{
	fflush(stdout);
	if (fgets(line, room, stdin) == NULL) {
		putchar('\n');
		return (false);
	}
	line[strcspn(line, "\n")] = '\0';
	return (true);
}

bool
ask_yes(const char *question)
{
	char line[64];

	printf("%s [n] ", question);
	if (!read_line(line, sizeof(line)))
		return (false);
	return (strcmp(line, "y") == 0 || strcmp(line, "Y") == 0 ||
	    strcmp(line, "yes") == 0 || strcmp(line, "YES") == 0);
}

static uint32_t
ask_number(const char *what, uint32_t value, uint32_t limit)
{
	char line[64], *end;
	unsigned long n;

	for (;;) {
		printf("Supply a decimal value for \"%s\" [%u] ", what,
		    value);
		if (!read_line(line, sizeof(line)) || line[0] == '\0')
			return (value);
		errno = 0;
		n = strtoul(line, &end, 10);
		if (end != line && *end == '\0' && errno == 0 &&
		    line[0] != '-' && n <= limit)
			return (n);
		printf("%s is no number from 0 to %u\n", line, limit);
	}
}

static void
edit_geometry(struct table *t)
{
	if (!ask_yes("Do you want to change our idea of what BIOS thinks ?"))
		return;
	do {
		t->t_bios_cyls = ask_number("BIOS's idea of #cylinders",
		    t->t_bios_cyls, UINT32_MAX);
		t->t_bios_heads = ask_number("BIOS's idea of #heads",
		    t->t_bios_heads, 256);
		t->t_bios_secs = ask_number("BIOS's idea of #sectors",
		    t->t_bios_secs, 63);
	} while (t->t_bios_cyls == 0 || t->t_bios_heads == 0 ||
	    t->t_bios_secs == 0);
	print_geometry(t);
}

static void
edit_entry(struct table *t, int n)
{
	struct dos_partition *p = &t->t_part[n];
	uint32_t type, start, size;

	do {
		print_entry(t, n);
		if (!ask_yes("Do you want to change it?"))
			return;
		type = ask_number("sysid (108=DragonFly)", p->dp_typ, 255);
		start = ask_number("start", p->dp_start, UINT32_MAX);
		size = ask_number("size", p->dp_size, UINT32_MAX);
		if (type != 0 && (size == 0 || start == 0 ||
		    (uint64_t)start + size >
		    t->t_disk.dh_info.media_blocks)) {
			printf("The slice would not lie on the disk\n");
			continue;
		}
		entry_set(t, n, type, start, size);
		print_entry(t, n);
	} while (!ask_yes("Are we happy with this entry?"));
}

void
edit_active(struct table *t)
{
	int i, active = 1;

	for (i = 0; i < NDOSPART; i++) {
		if (t->t_part[i].dp_flag == 0x80)
			active = i + 1;
	}
	printf("Partition %d is marked active\n", active);
	if (!ask_yes("Do you want to change the active partition?"))
		return;
	do {
		active = ask_number("active partition", active, NDOSPART);
	} while (active == 0);
	table_activate(t, active - 1);
}

void
edit_table(struct table *t, int only)
{
	int i;

	edit_geometry(t);
	for (i = 0; i < NDOSPART; i++) {
		if (only < 0 || only == i)
			edit_entry(t, i);
	}
}
