/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fdisk: changes from a configuration file: lines
 *
 *	g c<cylinders> h<heads> s<sectors>	geometry for CHS addresses
 *	p slice type start length		an entry; type 0 clears it
 *	a slice					the active one
 *
 * Starts are moved up to a track and ends down to a cylinder.
 */
#include <sys/param.h>

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fdisk.h"

#define MAX_WORDS	8

static const char *config_name;
static int config_line;

static void wrong(const char *what) __dead2;

static void
wrong(const char *what)
{
	errx(1, "%s: line %d: %s", config_name, config_line, what);
}

static uint32_t
number(const char *text, uint32_t limit)
{
	unsigned long n;
	char *end;

	errno = 0;
	n = strtoul(text, &end, 0);
	if (end == text || *end != '\0' || errno != 0 || n > limit ||
	    text[0] == '-')
		errx(1, "%s: line %d: %s: not a number in range", config_name,
		    config_line, text);
	return (n);
}

static void
set_geometry(struct table *t, int n, char **word)
{
	int i;

	for (i = 1; i < n; i++) {
		switch (word[i][0]) {
		case 'c':
			t->t_bios_cyls = number(word[i] + 1, UINT32_MAX);
			if (t->t_bios_cyls > 1024)
				warnx("%s: line %d: more than 1024 cylinders",
				    config_name, config_line);
			break;
		case 'h':
			t->t_bios_heads = number(word[i] + 1, 256);
			break;
		case 's':
			t->t_bios_secs = number(word[i] + 1, 63);
			break;
		default:
			wrong("geometry is cN hN sN");
		}
	}
	if (n != 4 || t->t_bios_cyls == 0 || t->t_bios_heads == 0 ||
	    t->t_bios_secs == 0)
		wrong("geometry is cN hN sN");
}

static void
set_slice(struct table *t, int n, char **word)
{
	uint64_t start, end, per_cyl, blocks, to;
	int slice, type;

	if (n != 5)
		wrong("a slice is p slice type start length");
	slice = number(word[1], NDOSPART);
	type = number(word[2], 255);
	start = number(word[3], UINT32_MAX);
	end = start + number(word[4], UINT32_MAX);
	if (slice == 0)
		wrong("slices are 1 to 4");
	if (type == 0) {
		entry_set(t, slice - 1, 0, 0, 0);
		return;
	}
	per_cyl = (uint64_t)t->t_bios_heads * t->t_bios_secs;
	blocks = t->t_disk.dh_info.media_blocks;
	to = roundup(start, t->t_bios_secs);
	if (to == 0)
		to = t->t_bios_secs;
	if (to != start)
		warnx("%s: line %d: start of slice %d moved from %ju to %ju, "
		    "a track", config_name, config_line, slice,
		    (uintmax_t)start, (uintmax_t)to);
	start = to;
	to = rounddown(end, per_cyl);
	if (to != end)
		warnx("%s: line %d: end of slice %d moved from %ju to %ju, a "
		    "cylinder", config_name, config_line, slice,
		    (uintmax_t)end, (uintmax_t)to);
	end = to;
	if (end <= start)
		wrong("nothing is left of the slice");
	if (end > blocks)
		wrong("the slice ends behind the disk");
	entry_set(t, slice - 1, type, start, end - start);
}

static void
apply_line(struct table *t, char *line, bool *have_slice)
{
	char *word[MAX_WORDS], *field;
	int n = 0;

	line[strcspn(line, "#\n")] = '\0';
	while ((field = strsep(&line, " \t")) != NULL) {
		if (*field == '\0')
			continue;
		if (n == MAX_WORDS)
			wrong("too many words");
		word[n++] = field;
	}
	if (n == 0)
		return;
	if (strcmp(word[0], "g") == 0) {
		if (*have_slice)
			wrong("the geometry must precede the slices");
		set_geometry(t, n, word);
	} else if (strcmp(word[0], "p") == 0) {
		*have_slice = true;
		set_slice(t, n, word);
	} else if (strcmp(word[0], "a") == 0) {
		n = n == 2 ? (int)number(word[1], NDOSPART) : 0;
		if (n == 0)
			wrong("the active slice is 1 to 4");
		table_activate(t, n - 1);
	} else {
		wrong("lines begin with g, p or a");
	}
}

void
config_apply(struct table *t, const char *file)
{
	bool have_slice = false;
	char *line = NULL;
	size_t room = 0;
	FILE *f = stdin;

	config_name = file;
	if (strcmp(file, "-") == 0)
		config_name = "stdin";
	else
		f = fopen(file, "r");
	if (f == NULL)
		err(1, "%s", file);
	while (getline(&line, &room, f) > 0) {
		config_line++;
		apply_line(t, line, &have_slice);
	}
	free(line);
	if (f != stdin)
		fclose(f);
}
