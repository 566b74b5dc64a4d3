/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The database of locate(1): sorted pathnames, each without what it has in
 * common with the one before.
 *
 * After the eight bytes of LOCATE_MAGIC, for each name: how many bytes fewer
 * or more it shares with its predecessor than that did with its own, as one
 * signed byte, or LOCATE_FAR and four bytes, lowest first; then the rest of
 * it up to a NUL.
 */
#ifndef DATABASE_H
#define DATABASE_H

#include <stdint.h>
#include <stdio.h>

#define LOCATE_DATABASE	"/var/db/locate.database"
#define LOCATE_MAGIC	"DFLOC1\n"		/* with its NUL: 8 bytes */
#define LOCATE_FAR	(-128)

struct locate_reader {
	const unsigned char *p, *end;
	long	shared;
	char	path[1024 + 1];		/* the last name read */
};

/* Returns 0 if the bytes are no database. */
int	locate_open(struct locate_reader *r, const void *data, size_t size);
/* The next name is in r->path: 1; the end: 0; damaged: -1. */
int	locate_next(struct locate_reader *r);

/* Writes names, which come in order, one each call. */
void	locate_begin(FILE *f);
void	locate_add(FILE *f, const char *path);

#endif
