/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The DB 3 interface nvi uses, over db(3): see nvidb.h.
 *
 * nvi reads a file by opening a DB with the file as its source, closes that
 * and opens the DB it left behind, which then no longer writes to the source.
 * db(3) has nothing to leave behind but the recovery copy, so a DB that was
 * filled from a source stays open when it is closed that way and the next
 * open of its path (which may be NULL) takes it over.
 */
#include <db.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nvidb.h"

static struct {
	DB	*actual;	/* NULL: none waits */
	char	*path;
} handover;

static int
status(int rv)
{
	return (rv == 0 ? 0 : rv > 0 ? DB_NOTFOUND : errno);
}

static bool
same_path(const char *a, const char *b)
{
	return (a == NULL || b == NULL ? a == b : strcmp(a, b) == 0);
}

static void
drop_handover(void)
{
	if (handover.actual != NULL)
		handover.actual->close(handover.actual);
	free(handover.path);
	memset(&handover, 0, sizeof(handover));
}

static int
nvidb_open(struct nvi_db *db, const char *path, const char *subdb, int type,
    uint32_t flags, int mode)
{
	RECNOINFO info;

	if (path != NULL && (db->path = strdup(path)) == NULL)
		return (errno);
	if (db->source == NULL && handover.actual != NULL &&
	    same_path(handover.path, path)) {
		db->actual = handover.actual;
		handover.actual = NULL;
		drop_handover();
		return (0);
	}
	if (path != NULL && (flags & DB_TRUNCATE) != 0 &&
	    truncate(path, 0) == -1 && errno != ENOENT)
		return (errno);
	memset(&info, 0, sizeof(info));
	info.bval = db->delim;
	info.flags = (db->flags & DB_SNAPSHOT) != 0 ? R_SNAPSHOT : 0;
	info.bfname = db->path;
	db->actual = dbopen(db->source, db->source != NULL ?
	    O_RDONLY | O_NONBLOCK : O_RDWR | O_CREAT, mode, DB_RECNO, &info);
	return (db->actual != NULL ? 0 : errno);
}

static int
nvidb_close(struct nvi_db *db, uint32_t flags)
{
	DB *actual = db->actual;
	int error = 0;

	if (db->source != NULL && (db->flags & DB_SNAPSHOT) != 0 &&
	    (flags & DB_NOSYNC) == 0) {
		drop_handover();
		handover.actual = actual;
		handover.path = db->path;
		db->path = NULL;
	} else if (actual != NULL)
		error = status(actual->close(actual));
	free(db->source);
	free(db->path);
	free(db);
	return (error);
}

static int
nvidb_sync(struct nvi_db *db, uint32_t flags)
{
	DB *actual = db->actual;

	return (status(actual->sync(actual, R_RECNOSYNC)));
}

/* Gives the caller what was found, as it wants it. */
static int
deliver(struct nvi_dbt *to, const DBT *from)
{
	to->size = from->size;
	if ((to->flags & DB_DBT_USERMEM) == 0) {
		to->data = from->data;
		return (0);
	}
	if (from->size > to->ulen)
		return (ENOMEM);
	memcpy(to->data, from->data, from->size);
	return (0);
}

static int
get_record(DB *actual, db_recno_t recno, struct nvi_dbt *data)
{
	DBT k, d;
	int rv;

	k.data = &recno;
	k.size = sizeof(recno);
	rv = actual->get(actual, &k, &d, 0);
	return (rv == 0 ? deliver(data, &d) : status(rv));
}

static int
put_record(DB *actual, db_recno_t recno, const struct nvi_dbt *data,
    unsigned int flags)
{
	DBT k, d;

	k.data = &recno;
	k.size = sizeof(recno);
	d.data = data->data;
	d.size = data->size;
	return (status(actual->put(actual, &k, &d, flags)));
}

/* The number of the first or last record. */
static int
find_record(DB *actual, unsigned int which, db_recno_t *recno)
{
	DBT k, d;
	int rv;

	k.data = recno;
	k.size = sizeof(*recno);
	rv = actual->seq(actual, &k, &d, which);
	if (rv == 0)
		memcpy(recno, k.data, sizeof(*recno));
	return (status(rv));
}

static db_recno_t
number(const struct nvi_dbt *key)
{
	db_recno_t recno;

	memcpy(&recno, key->data, sizeof(recno));
	return (recno);
}

static int
nvidb_get(struct nvi_db *db, struct nvi_txn *txn, struct nvi_dbt *key,
    struct nvi_dbt *data, uint32_t flags)
{
	return (get_record(db->actual, number(key), data));
}

static int
nvidb_put(struct nvi_db *db, struct nvi_txn *txn, struct nvi_dbt *key,
    struct nvi_dbt *data, uint32_t flags)
{
	db_recno_t recno;
	int error;

	if (flags != DB_APPEND)
		return (put_record(db->actual, number(key), data, 0));
	error = find_record(db->actual, R_LAST, &recno);
	if (error == DB_NOTFOUND)
		recno = 0;
	else if (error != 0)
		return (error);
	return (put_record(db->actual, recno + 1, data, 0));
}

static int
nvidb_del(struct nvi_db *db, struct nvi_txn *txn, struct nvi_dbt *key,
    uint32_t flags)
{
	DB *actual = db->actual;
	db_recno_t recno = number(key);
	DBT k;

	k.data = &recno;
	k.size = sizeof(recno);
	return (status(actual->del(actual, &k, 0)));
}

static int
cursor_close(struct nvi_dbc *c)
{
	free(c);
	return (0);
}

static int
cursor_get(struct nvi_dbc *c, struct nvi_dbt *key, struct nvi_dbt *data,
    uint32_t flags)
{
	int error;

	if (flags == DB_SET)
		c->recno = number(key);
	else {
		error = find_record(c->db->actual,
		    flags == DB_FIRST ? R_FIRST : R_LAST, &c->recno);
		if (error != 0)
			return (error);
		key->data = &c->recno;
		key->size = sizeof(c->recno);
	}
	return (get_record(c->db->actual, c->recno, data));
}

static int
cursor_put(struct nvi_dbc *c, struct nvi_dbt *key, struct nvi_dbt *data,
    uint32_t flags)
{
	return (put_record(c->db->actual, c->recno, data,
	    flags == DB_AFTER ? R_IAFTER : R_IBEFORE));
}

static int
nvidb_cursor(struct nvi_db *db, struct nvi_txn *txn, struct nvi_dbc **cp,
    uint32_t flags)
{
	struct nvi_dbc *c;

	if ((c = calloc(1, sizeof(*c))) == NULL)
		return (errno);
	c->db = db;
	c->c_close = cursor_close;
	c->c_get = cursor_get;
	c->c_put = cursor_put;
	*cp = c;
	return (0);
}

static int
nvidb_set_flags(struct nvi_db *db, uint32_t flags)
{
	db->flags |= flags;
	return (0);
}

static int
nvidb_set_pagesize(struct nvi_db *db, uint32_t size)
{
	return (0);
}

static int
nvidb_set_re_delim(struct nvi_db *db, int delim)
{
	db->delim = delim;
	return (0);
}

static int
nvidb_set_re_source(struct nvi_db *db, const char *source)
{
	free(db->source);
	db->source = strdup(source);
	return (db->source != NULL ? 0 : errno);
}

int
db_create(struct nvi_db **dbp, struct nvi_dbenv *env, uint32_t flags)
{
	struct nvi_db *db;

	if ((db = calloc(1, sizeof(*db))) == NULL)
		return (errno);
	db->delim = '\n';
	db->open = nvidb_open;
	db->close = nvidb_close;
	db->sync = nvidb_sync;
	db->get = nvidb_get;
	db->put = nvidb_put;
	db->del = nvidb_del;
	db->cursor = nvidb_cursor;
	db->set_flags = nvidb_set_flags;
	db->set_pagesize = nvidb_set_pagesize;
	db->set_re_delim = nvidb_set_re_delim;
	db->set_re_source = nvidb_set_re_source;
	*dbp = db;
	return (0);
}

/* An environment has nothing to keep; nvi makes and removes its directory. */
static int
env_open(struct nvi_dbenv *env, const char *dir, uint32_t flags, int mode)
{
	return (0);
}

static int
env_close(struct nvi_dbenv *env, uint32_t flags)
{
	free(env);
	return (0);
}

static int
env_remove(struct nvi_dbenv *env, const char *dir, uint32_t flags)
{
	free(env);
	return (0);
}

int
db_env_create(struct nvi_dbenv **envp, uint32_t flags)
{
	struct nvi_dbenv *env;

	if ((env = calloc(1, sizeof(*env))) == NULL)
		return (errno);
	env->open = env_open;
	env->close = env_close;
	env->remove = env_remove;
	*envp = env;
	return (0);
}

char *
db_strerror(int error)
{
	return (error == DB_NOTFOUND ? "no such record" : strerror(error));
}
