/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * recno(3): the lines, or records of a fixed length, of a file, by number.
 *
 * Records are read when they are first asked for (with R_SNAPSHOT all at
 * once), kept in memory and written back, all of them, by sync and close if
 * anything has changed; a file opened for reading stays as it is.  Inserting
 * and deleting renumber what follows.
 *
 * With a `bfname' a copy of the records can be kept in a B-tree database, by
 * number; an editor recovers its text from there.
 */
#include <sys/stat.h>
#include <sys/endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "db_local.h"

struct record {
	char	*p;
	size_t	n;
};

struct rec {
	struct record	*v;
	recno_t		n, room;
	FILE		*in;		/* NULL: all is read */
	int		fd;		/* -2: in memory only */
	bool		readonly, changed, fixed;
	char		*bfname;	/* copy for recovery, or NULL */
	size_t		reclen;
	int		bval;		/* delimiter or padding */
	recno_t		cursor;		/* 0: not set */
	bool		gone;		/* its record was deleted */
	recno_t		key;		/* result */
	struct dbuf	data;
};

/* Makes room for a record at place i and puts a copy of the data there. */
static int
insert(struct rec *t, recno_t i, const void *data, size_t n)
{
	struct record *v;
	char *p;
	size_t len = t->fixed ? t->reclen : n;

	if (t->fixed && n > t->reclen) {
		errno = EINVAL;
		return (-1);
	}
	if (t->n == t->room) {
		if (t->room > MAX_REC_NUMBER / 2) {
			errno = EFBIG;
			return (-1);
		}
		v = reallocarray(t->v, t->room * 2 + 64, sizeof(*v));
		if (v == NULL)
			return (-1);
		t->v = v;
		t->room = t->room * 2 + 64;
	}
	p = malloc(len + 1);
	if (p == NULL)
		return (-1);
	if (n > 0)
		memcpy(p, data, n);
	if (len > n)
		memset(p + n, t->bval, len - n);
	memmove(&t->v[i + 1], &t->v[i], (t->n - i) * sizeof(*t->v));
	t->v[i] = (struct record){ p, len };
	t->n++;
	return (0);
}

static void
erase(struct rec *t, recno_t i)
{
	free(t->v[i].p);
	t->n--;
	memmove(&t->v[i], &t->v[i + 1], (t->n - i) * sizeof(*t->v));
}

/* Reads one record: 1, 0 at the end, -1. */
static int
read_record(struct rec *t)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t n;
	int r;

	if (t->fixed) {
		line = malloc(t->reclen);
		n = line == NULL ? -1 : (ssize_t)fread(line, 1, t->reclen,
		    t->in);
	} else {
		n = getdelim(&line, &size, t->bval, t->in);
		if (n > 0 && (unsigned char)line[n - 1] == t->bval)
			n--;
		else if (n > 0 && !feof(t->in))
			n = -1;
	}
	r = line == NULL || ferror(t->in) ? -1 : 0;
	if (r == 0 && (n > 0 || (n == 0 && !t->fixed)))
		r = insert(t, t->n, line, (size_t)n) == 0 ? 1 : -1;
	free(line);
	return (r);
}

/* Has at least n records read, if there are so many. */
static int
need(struct rec *t, recno_t n)
{
	int r;

	while (t->in != NULL && t->n < n) {
		r = read_record(t);
		if (r < 0)
			return (-1);
		if (r == 0) {
			fclose(t->in);
			t->in = NULL;
		}
	}
	return (0);
}

static int
number_of(const DBT *key, recno_t *n)
{
	if (key->size < sizeof(*n)) {
		errno = EINVAL;
		return (-1);
	}
	memcpy(n, key->data, sizeof(*n));
	if (*n == 0)
		errno = EINVAL;
	return (*n == 0 ? -1 : 0);
}

static int
rec_get(const DB *db, const DBT *key, DBT *data, unsigned int flags)
{
	struct rec *t = db->internal;
	recno_t n;

	if (flags != 0) {
		errno = EINVAL;
		return (RET_ERROR);
	}
	if (number_of(key, &n) != 0 || need(t, n) != 0)
		return (RET_ERROR);
	if (n > t->n)
		return (RET_SPECIAL);
	return (__dbuf_set(&t->data, data, t->v[n - 1].p, t->v[n - 1].n) != 0 ?
	    RET_ERROR : RET_SUCCESS);
}

/* Where a put leads: the record to replace or, with *add, to come before. */
static int
put_place(struct rec *t, DBT *key, unsigned int flags, recno_t *n, bool *add)
{
	*add = flags == R_IAFTER || flags == R_IBEFORE;
	if (flags == R_CURSOR) {
		*n = t->cursor;
		if (t->cursor != 0 && !t->gone)
			return (0);
		errno = EINVAL;
		return (-1);
	}
	if (flags != 0 && flags != R_NOOVERWRITE && flags != R_SETCURSOR &&
	    !*add) {
		errno = EINVAL;
		return (-1);
	}
	/* R_IAFTER takes 0: before the first. */
	if (flags == R_IAFTER && key->size >= sizeof(*n)) {
		memcpy(n, key->data, sizeof(*n));
		++*n;
	} else if (number_of(key, n) != 0)
		return (-1);
	return (need(t, *n));
}

static int
rec_put(const DB *db, DBT *key, const DBT *data, unsigned int flags)
{
	struct rec *t = db->internal;
	recno_t n;
	bool add;

	if (put_place(t, key, flags, &n, &add) != 0)
		return (RET_ERROR);
	if (flags == R_NOOVERWRITE && n <= t->n)
		return (RET_SPECIAL);
	t->changed = true;
	while (t->n + 1 < n) {
		if (insert(t, t->n, "", 0) != 0)
			return (RET_ERROR);
	}
	if (insert(t, n - 1, data->data, data->size) != 0)
		return (RET_ERROR);
	if (!add && n < t->n)
		erase(t, n);
	else if (add && t->cursor >= n)
		t->cursor++;
	if (add && key->size >= sizeof(n))
		memcpy(key->data, &n, sizeof(n));
	if (flags == R_SETCURSOR) {
		t->cursor = n;
		t->gone = false;
	}
	return (RET_SUCCESS);
}

static int
rec_del(const DB *db, const DBT *key, unsigned int flags)
{
	struct rec *t = db->internal;
	recno_t n = t->cursor;

	if ((flags != 0 && flags != R_CURSOR) ||
	    (flags == R_CURSOR && (t->cursor == 0 || t->gone))) {
		errno = EINVAL;
		return (RET_ERROR);
	}
	if (flags == 0 && (number_of(key, &n) != 0 || need(t, n) != 0))
		return (RET_ERROR);
	if (n > t->n)
		return (RET_SPECIAL);
	erase(t, n - 1);
	t->changed = true;
	if (t->cursor == n)
		t->gone = true;
	else if (t->cursor > n)
		t->cursor--;
	return (RET_SUCCESS);
}

static int
rec_seq(const DB *db, DBT *key, DBT *data, unsigned int flags)
{
	struct rec *t = db->internal;
	recno_t n;

	switch (flags) {
	case R_CURSOR:
		if (number_of(key, &n) != 0)
			return (RET_ERROR);
		break;
	case R_NEXT:
		n = t->cursor == 0 ? 1 : t->gone ? t->cursor : t->cursor + 1;
		break;
	case R_PREV:
		if (t->cursor != 0) {
			n = t->cursor - 1;
			break;
		}
		/* FALLTHROUGH */
	case R_LAST:
		if (need(t, MAX_REC_NUMBER) != 0)
			return (RET_ERROR);
		n = t->n;
		break;
	case R_FIRST:
		n = 1;
		break;
	default:
		errno = EINVAL;
		return (RET_ERROR);
	}
	if (need(t, n) != 0)
		return (RET_ERROR);
	if (n == 0 || n > t->n)
		return (RET_SPECIAL);
	t->cursor = n;
	t->gone = false;
	t->key = n;
	*key = (DBT){ &t->key, sizeof(t->key) };
	return (__dbuf_set(&t->data, data, t->v[n - 1].p, t->v[n - 1].n) != 0 ?
	    RET_ERROR : RET_SUCCESS);
}

/* Writes the copy: record numbers, most significant byte first, as keys. */
static int
write_copy(struct rec *t)
{
	unsigned char number[4];
	DBT key = { number, sizeof(number) }, data;
	recno_t i;
	DB *copy;
	int r = 0;

	if (t->bfname == NULL)
		return (RET_SUCCESS);
	if (need(t, MAX_REC_NUMBER) != 0)
		return (RET_ERROR);
	copy = dbopen(t->bfname, O_RDWR | O_CREAT | O_TRUNC, S_IRUSR | S_IWUSR,
	    DB_BTREE, NULL);
	if (copy == NULL)
		return (RET_ERROR);
	for (i = 0; i < t->n && r == 0; i++) {
		be32enc(number, i + 1);
		data = (DBT){ t->v[i].p, t->v[i].n };
		r = copy->put(copy, &key, &data, 0);
	}
	return (copy->close(copy) != 0 || r != 0 ? RET_ERROR : RET_SUCCESS);
}

static int
read_copy(struct rec *t)
{
	unsigned int flag = R_FIRST;
	struct stat st;
	DBT key, data;
	DB *copy;
	int r;

	if (stat(t->bfname, &st) != 0 || st.st_size == 0)
		return (0);
	copy = dbopen(t->bfname, O_RDONLY, 0, DB_BTREE, NULL);
	if (copy == NULL)
		return (-1);
	while ((r = copy->seq(copy, &key, &data, flag)) == 0) {
		flag = R_NEXT;
		if (insert(t, t->n, data.data, data.size) != 0) {
			r = -1;
			break;
		}
	}
	copy->close(copy);
	return (r < 0 ? -1 : 0);
}

static int
rec_sync(const DB *db, unsigned int flags)
{
	struct rec *t = db->internal;
	recno_t i;
	FILE *out;
	int fd, r;

	if (flags != 0 && flags != R_RECNOSYNC) {
		errno = EINVAL;
		return (RET_ERROR);
	}
	if (flags == R_RECNOSYNC)
		return (write_copy(t));
	if (!t->changed || t->fd < 0 || t->readonly)
		return (RET_SUCCESS);
	if (need(t, MAX_REC_NUMBER) != 0 || lseek(t->fd, 0, SEEK_SET) != 0 ||
	    (fd = fcntl(t->fd, F_DUPFD_CLOEXEC, 0)) < 0)
		return (RET_ERROR);
	out = fdopen(fd, "w");
	if (out == NULL) {
		close(fd);
		return (RET_ERROR);
	}
	for (i = 0; i < t->n; i++) {
		fwrite(t->v[i].p, 1, t->v[i].n, out);
		if (!t->fixed)
			putc(t->bval, out);
	}
	r = fflush(out) != 0 || ferror(out) ||
	    ftruncate(fd, ftello(out)) != 0;
	r |= fclose(out) != 0;
	t->changed = r != 0;
	return (r ? RET_ERROR : RET_SUCCESS);
}

static int
rec_fd(const DB *db)
{
	return (__db_fd(((struct rec *)db->internal)->fd));
}

static void
free_rec(struct rec *t)
{
	while (t->n > 0)
		free(t->v[--t->n].p);
	free(t->v);
	free(t->data.p);
	free(t->bfname);
	if (t->in != NULL)
		fclose(t->in);
	if (t->fd >= 0)
		close(t->fd);
	free(t);
}

static int
rec_close(DB *db)
{
	int r = rec_sync(db, 0);

	free_rec(db->internal);
	free(db);
	return (r);
}

static int
open_records(struct rec *t, const char *name, int flags, mode_t mode,
    const RECNOINFO *info)
{
	int fd;

	t->fixed = (info->flags & R_FIXEDLEN) != 0;
	t->reclen = info->reclen;
	t->bval = info->bval != 0 ? info->bval : t->fixed ? ' ' : '\n';
	if ((t->fixed && t->reclen == 0) ||
	    (flags & O_ACCMODE) == O_WRONLY) {
		errno = EINVAL;
		return (-1);
	}
	t->fd = __db_file(name, flags, mode);
	if (t->fd == -1)
		return (-1);
	t->readonly = t->fd >= 0 && (flags & O_ACCMODE) == O_RDONLY;
	if (info->bfname != NULL && (t->bfname = strdup(info->bfname)) == NULL)
		return (-1);
	if (t->fd < 0)
		return (t->bfname != NULL ? read_copy(t) : 0);
	fd = fcntl(t->fd, F_DUPFD_CLOEXEC, 0);
	t->in = fd >= 0 ? fdopen(fd, "r") : NULL;
	if (t->in == NULL) {
		if (fd >= 0)
			close(fd);
		return (-1);
	}
	return (info->flags & R_SNAPSHOT ? need(t, MAX_REC_NUMBER) : 0);
}

DB *
__rec_open(const char *name, int flags, mode_t mode, const RECNOINFO *info)
{
	static const RECNOINFO none;
	struct rec *t = calloc(1, sizeof(*t));
	DB *db = __db_new(DB_RECNO, t);
	int saved;

	if (t == NULL || db == NULL) {
		free(t);
		free(db);
		return (NULL);
	}
	t->fd = -1;
	if (open_records(t, name, flags, mode, info != NULL ? info : &none) !=
	    0) {
		saved = errno;
		free_rec(t);
		free(db);
		errno = saved;
		return (NULL);
	}
	db->close = rec_close;
	db->del = rec_del;
	db->fd = rec_fd;
	db->get = rec_get;
	db->put = rec_put;
	db->seq = rec_seq;
	db->sync = rec_sync;
	return (db);
}
