/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ndbm(3): the X/Open database functions, over a hash database NAME.db.
 */
#include <sys/types.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <ndbm.h>
#include <stdio.h>
#include <string.h>

DBM *
dbm_open(const char *file, int flags, mode_t mode)
{
	static const HASHINFO info = { .bsize = 4096, .ffactor = 40 };
	char path[PATH_MAX];

	if (snprintf(path, sizeof(path), "%s%s", file, DBM_SUFFIX) >=
	    (int)sizeof(path)) {
		errno = ENAMETOOLONG;
		return (NULL);
	}
	/* Reading is needed for writing. */
	if ((flags & O_ACCMODE) == O_WRONLY)
		flags = (flags & ~O_ACCMODE) | O_RDWR;
	return (dbopen(path, flags, mode, DB_HASH, &info));
}

void
dbm_close(DBM *db)
{
	db->close(db);
}

datum
dbm_fetch(DBM *db, datum key)
{
	DBT k = { key.dptr, key.dsize }, d;

	if (db->get(db, &k, &d, 0) != RET_SUCCESS)
		return ((datum){ NULL, 0 });
	return ((datum){ d.data, d.size });
}

static datum
step(DBM *db, unsigned int flag)
{
	DBT k, d;

	if (db->seq(db, &k, &d, flag) != RET_SUCCESS)
		return ((datum){ NULL, 0 });
	return ((datum){ k.data, k.size });
}

datum
dbm_firstkey(DBM *db)
{
	return (step(db, R_FIRST));
}

datum
dbm_nextkey(DBM *db)
{
	return (step(db, R_NEXT));
}

int
dbm_delete(DBM *db, datum key)
{
	DBT k = { key.dptr, key.dsize };

	return (db->del(db, &k, 0) == RET_SUCCESS ? 0 : -1);
}

/* 1: DBM_INSERT found the key there. */
int
dbm_store(DBM *db, datum key, datum data, int flags)
{
	DBT k = { key.dptr, key.dsize }, d = { data.dptr, data.dsize };

	return (db->put(db, &k, &d, flags == DBM_INSERT ? R_NOOVERWRITE : 0));
}

/* Errors are reported by the calls that meet them and not kept. */
int
dbm_error(DBM *db)
{
	return (0);
}

int
dbm_clearerr(DBM *db)
{
	return (0);
}

int
dbm_dirfno(DBM *db)
{
	return (db->fd(db));
}
