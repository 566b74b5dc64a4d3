/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the access methods of db(3) share.
 */
#ifndef _DB_LOCAL_H_
#define	_DB_LOCAL_H_

#include <sys/types.h>
#include <db.h>
#include <mpool.h>
#include <stdbool.h>
#include <stdint.h>

#ifndef EFTYPE
#define	EFTYPE	79
#endif

DB	*__hash_open(const char *, int, mode_t, const HASHINFO *);
DB	*__bt_open(const char *, int, mode_t, const BTREEINFO *);
DB	*__rec_open(const char *, int, mode_t, const RECNOINFO *);

/* A DB of a type, its methods still to be filled in. */
DB	*__db_new(DBTYPE, void *internal);
/* Undoes a failed opening, errno preserved; NULL. */
DB	*__db_discard(DB *, void *internal, MPOOL *, int fd);
/* What the `fd' method returns: the descriptor, or -1 if there is none. */
int	__db_fd(int);
/* The file behind a database; -2 if there is none, -1 with errno set. */
int	__db_file(const char *, int flags, mode_t);
/* LITTLE_ENDIAN or BIG_ENDIAN from 0 or either; 0 if it is neither. */
int	__db_lorder(int);

/* Memory that results are returned in; grows, never shrinks. */
struct dbuf {
	char	*p;
	size_t	size;
};
int	__dbuf_reserve(struct dbuf *, size_t);
int	__dbuf_set(struct dbuf *, DBT *, const void *, size_t);

#endif
