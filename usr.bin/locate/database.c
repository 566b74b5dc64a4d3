/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading and writing the database; see database.h.
 */
#include <string.h>

#include "database.h"

int
locate_open(struct locate_reader *r, const void *data, size_t size)
{
	if (size < sizeof(LOCATE_MAGIC) ||
	    memcmp(data, LOCATE_MAGIC, sizeof(LOCATE_MAGIC)) != 0)
		return (0);
	r->p = (const unsigned char *)data + sizeof(LOCATE_MAGIC);
	r->end = (const unsigned char *)data + size;
	r->shared = 0;
	r->path[0] = '\0';
	return (1);
}

int
locate_next(struct locate_reader *r)
{
	const unsigned char *nul;
	long by;

	if (r->p == r->end)
		return (0);
	by = (signed char)*r->p++;
	if (by == LOCATE_FAR) {
		if (r->end - r->p < 4)
			return (-1);
		by = (int32_t)((uint32_t)r->p[0] | (uint32_t)r->p[1] << 8 |
		    (uint32_t)r->p[2] << 16 | (uint32_t)r->p[3] << 24);
		r->p += 4;
	}
	r->shared += by;
	nul = memchr(r->p, '\0', (size_t)(r->end - r->p));
	if (nul == NULL || r->shared < 0 ||
	    r->shared > (long)strlen(r->path) ||
	    r->shared + (nul - r->p) >= (long)sizeof(r->path))
		return (-1);
	memcpy(r->path + r->shared, r->p, (size_t)(nul - r->p) + 1);
	r->p = nul + 1;
	return (1);
}

static char last[1024 + 1];
static long last_shared;

void
locate_begin(FILE *f)
{
	last[0] = '\0';
	last_shared = 0;
	fwrite(LOCATE_MAGIC, 1, sizeof(LOCATE_MAGIC), f);
}

void
locate_add(FILE *f, const char *path)
{
	long shared = 0, by;

	while (path[shared] != '\0' && path[shared] == last[shared])
		shared++;
	by = shared - last_shared;
	if (by > LOCATE_FAR && by < 128) {
		putc((int)by & 0xff, f);
	} else {
		putc(LOCATE_FAR & 0xff, f);
		putc((int)by & 0xff, f);
		putc((int)(by >> 8) & 0xff, f);
		putc((int)(by >> 16) & 0xff, f);
		putc((int)(by >> 24) & 0xff, f);
	}
	fputs(path + shared, f);
	putc('\0', f);
	last_shared = shared;
	strlcpy(last, path, sizeof(last));
}
