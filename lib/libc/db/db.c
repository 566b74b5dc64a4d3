/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dbopen(3), and what its three access methods have in common.
 */
#include <sys/types.h>
#include <sys/endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "db_local.h"

DB *
dbopen(const char *name, int flags, int mode, DBTYPE type, const void *info)
{
	const unsigned int allowed = O_CREAT | O_EXCL | O_EXLOCK |
	    O_NONBLOCK | O_RDONLY | O_RDWR | O_SHLOCK | O_TRUNC | O_CLOEXEC |
	    O_SYNC | O_NOFOLLOW;

	if (((unsigned int)flags & ~allowed) == 0) {
		switch (type) {
		case DB_BTREE:
			return (__bt_open(name, flags, (mode_t)mode, info));
		case DB_HASH:
			return (__hash_open(name, flags, (mode_t)mode, info));
		case DB_RECNO:
			return (__rec_open(name, flags, (mode_t)mode, info));
		}
	}
	errno = EINVAL;
	return (NULL);
}

DB *
__db_new(DBTYPE type, void *internal)
{
	DB *db = calloc(1, sizeof(*db));

	if (db == NULL)
		return (NULL);
	db->type = type;
	db->internal = internal;
	return (db);
}

DB *
__db_discard(DB *db, void *internal, MPOOL *mp, int fd)
{
	int saved = errno;

	if (mp != NULL)
		mpool_close(mp);
	if (fd >= 0)
		close(fd);
	free(internal);
	free(db);
	errno = saved;
	return (NULL);
}

int
__db_fd(int fd)
{
	if (fd < 0)
		errno = ENOENT;
	return (fd < 0 ? -1 : fd);
}

int
__db_file(const char *name, int flags, mode_t mode)
{
	if (name == NULL)
		return (-2);
	return (open(name, flags | O_CLOEXEC, mode));
}

int
__db_lorder(int order)
{
	if (order == 0)
		return (BYTE_ORDER);
	return (order == LITTLE_ENDIAN || order == BIG_ENDIAN ? order : 0);
}

int
__dbuf_reserve(struct dbuf *b, size_t n)
{
	char *p;

	if (n <= b->size && b->p != NULL)
		return (0);
	p = realloc(b->p, n + n / 4 + 16);
	if (p == NULL)
		return (-1);
	b->p = p;
	b->size = n + n / 4 + 16;
	return (0);
}

/* Copies data into the buffer and points the DBT at it. */
int
__dbuf_set(struct dbuf *b, DBT *t, const void *data, size_t n)
{
	if (__dbuf_reserve(b, n) != 0)
		return (-1);
	if (n > 0)
		memcpy(b->p, data, n);
	t->data = b->p;
	t->size = n;
	return (0);
}
