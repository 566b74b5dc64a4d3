/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Writing a file of the TZif format (RFC 8536), version 2: an empty block of
 * 32-bit times, which nothing of ours reads, one of 64-bit times, the footer.
 */
#include <sys/types.h>
#include <sys/stat.h>

#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "zic.h"

static void
put(FILE *f, int64_t v, int bytes)
{
	while (bytes-- > 0)
		putc((int)((uint64_t)v >> (8 * bytes)) & 0xff, f);
}

static void
put_header(FILE *f, size_t times, int types, size_t chars)
{
	static const char zero[15];

	fwrite("TZif2", 1, 5, f);
	fwrite(zero, 1, sizeof(zero), f);
	put(f, 0, 4);			/* UT indicators */
	put(f, 0, 4);			/* standard time indicators */
	put(f, 0, 4);			/* leap seconds */
	put(f, (int64_t)times, 4);
	put(f, types, 4);
	put(f, (int64_t)chars, 4);
}

static void
put_blocks(FILE *f, const struct compiled *c)
{
	char names[TYPES_MAX * 16];
	size_t len = 0, i, at, index[TYPES_MAX];
	int t;

	/* An abbreviation that ends another one shares its characters. */
	for (t = 0; t < c->ntypes; t++) {
		const char *s = c->types[t].abbreviation;

		for (at = 0; at < len; at++)
			if (strcmp(names + at, s) == 0)
				break;
		index[t] = at;
		if (at == len) {
			strcpy(names + len, s);
			len += strlen(s) + 1;
		}
	}
	put_header(f, 0, 1, 1);
	put(f, 0, 4 + 1 + 1 + 1);	/* one type, one character */
	put_header(f, c->n, c->ntypes, len);
	for (i = 0; i < c->n; i++)
		put(f, c->v[i].at, 8);
	for (i = 0; i < c->n; i++)
		put(f, c->v[i].type, 1);
	for (t = 0; t < c->ntypes; t++) {
		put(f, c->types[t].offset, 4);
		put(f, c->types[t].isdst, 1);
		put(f, (int64_t)index[t], 1);
	}
	fwrite(names, 1, len, f);
	fprintf(f, "\n%s\n", c->footer);
}

/* The directories a name lies in. */
static void
make_directories(char *path)
{
	char *p;

	for (p = path + 1; (p = strchr(p, '/')) != NULL; *p++ = '/') {
		*p = '\0';
		if (mkdir(path, 0755) != 0 && errno != EEXIST)
			err(1, "%s", path);
	}
}

int
write_zone(const char *dir, const char *name, const struct compiled *c)
{
	char *path, *tmp;
	FILE *f;

	if (asprintf(&path, "%s/%s", dir, name) < 0 ||
	    asprintf(&tmp, "%s.zic", path) < 0)
		err(1, NULL);
	make_directories(tmp);
	f = fopen(tmp, "w");
	if (f == NULL)
		err(1, "%s", tmp);
	put_blocks(f, c);
	if (fflush(f) != 0 || fchmod(fileno(f), 0644) != 0 || fclose(f) != 0 ||
	    rename(tmp, path) != 0)
		err(1, "%s", path);
	free(tmp);
	free(path);
	return (0);
}
