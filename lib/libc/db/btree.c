/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * btree(3): the sorted database of dbopen(3).
 */
#include <sys/stat.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "btree.h"

static int
default_compare(const DBT *a, const DBT *b)
{
	size_t n = a->size < b->size ? a->size : b->size;
	int d = n > 0 ? memcmp(a->data, b->data, n) : 0;

	return (d != 0 ? d : a->size < b->size ? -1 : a->size > b->size);
}

/* The bytes of b that are needed to see that it is greater than a. */
static size_t
default_prefix(const DBT *a, const DBT *b)
{
	const unsigned char *p = a->data, *q = b->data;
	size_t n = a->size < b->size ? a->size : b->size, i;

	for (i = 0; i < n; i++) {
		if (p[i] != q[i])
			return (i + 1);
	}
	return (a->size < b->size ? a->size + 1 : b->size);
}

/* Copies the entry at a place into the results. */
static int
read_entry(struct bt *t, pgno_t pgno, unsigned int i, DBT *key, DBT *data)
{
	unsigned char *page = __bt_page(t, pgno);
	struct bt_item it;
	DBT k;
	int r = 0;

	if (page == NULL)
		return (-1);
	__bt_item(t, page, i, &it);
	if (key != NULL) {
		r = __bt_key(t, &it, &t->key, &k);
		if (r == 0 && (it.flags & BIG_KEY))
			*key = k;
		else if (r == 0)
			r = __dbuf_set(&t->key, key, k.data, k.size);
	}
	if (r == 0 && (it.flags & BIG_DATA))
		r = __bt_big_get(t, it.data, &t->data, data);
	else if (r == 0)
		r = __dbuf_set(&t->data, data, it.data, it.dsize);
	__bt_put(t, page, false);
	return (r);
}

static int
bt_get(const DB *db, const DBT *key, DBT *data, unsigned int flags)
{
	struct bt *t = db->internal;
	struct bt_path path;
	int r;

	if (flags != 0) {
		errno = EINVAL;
		return (RET_ERROR);
	}
	r = __bt_find(t, key, &path);
	if (r != 0)
		return (r < 0 ? RET_ERROR : RET_SPECIAL);
	return (read_entry(t, LEAF_OF(&path).pgno, LEAF_OF(&path).index, NULL,
	    data) != 0 ? RET_ERROR : RET_SUCCESS);
}

static bool
may_write(const struct bt *t)
{
	if (t->readonly)
		errno = EPERM;
	return (!t->readonly);
}

/* Replaces the datum of the cursor's entry; its key stays. */
static int
put_at_cursor(struct bt *t, const DBT *data)
{
	struct bt_path path;
	DBT key, old;
	int r;

	if (!t->set || t->gone) {
		errno = EINVAL;
		return (-1);
	}
	r = read_entry(t, t->cpage, t->cindex, &key, &old);
	if (r == 0)
		r = __bt_path_to_cursor(t, &path);
	if (r == 0)
		r = __bt_delete(t, &path);
	if (r == 0)
		r = __bt_search(t, &key, true, &path);
	if (r == 0)
		r = __bt_add(t, &path, &key, data);
	if (r == 0)
		r = __bt_find(t, &key, &path);
	if (r == 0) {
		t->set = true;
		t->gone = false;
		t->cpage = LEAF_OF(&path).pgno;
		t->cindex = LEAF_OF(&path).index;
	}
	return (r != 0 ? -1 : 0);
}

static int
bt_put(const DB *db, DBT *key, const DBT *data, unsigned int flags)
{
	struct bt *t = db->internal;
	struct bt_path path;
	int r = 1;

	if (!may_write(t))
		return (RET_ERROR);
	if (flags == R_CURSOR)
		return (put_at_cursor(t, data) != 0 ? RET_ERROR : RET_SUCCESS);
	if (flags != 0 && flags != R_NOOVERWRITE && flags != R_SETCURSOR) {
		errno = EINVAL;
		return (RET_ERROR);
	}
	if (flags == R_NOOVERWRITE || !t->dups)
		r = __bt_find(t, key, &path);
	if (r == 0 && flags == R_NOOVERWRITE)
		return (RET_SPECIAL);
	if (r == 0 && !t->dups)
		r = __bt_delete(t, &path);
	if (r < 0 || __bt_search(t, key, true, &path) != 0 ||
	    __bt_add(t, &path, key, data) != 0)
		return (RET_ERROR);
	if (flags == R_SETCURSOR) {
		if (__bt_find(t, key, &path) != 0)
			return (RET_ERROR);
		t->set = true;
		t->gone = false;
		t->cpage = LEAF_OF(&path).pgno;
		t->cindex = LEAF_OF(&path).index;
	}
	return (RET_SUCCESS);
}

static int
bt_del(const DB *db, const DBT *key, unsigned int flags)
{
	struct bt *t = db->internal;
	struct bt_path path;
	int r, n = 0;

	if (!may_write(t))
		return (RET_ERROR);
	if (flags == R_CURSOR) {
		if (!t->set || t->gone) {
			errno = EINVAL;
			return (RET_ERROR);
		}
		return (__bt_path_to_cursor(t, &path) != 0 ||
		    __bt_delete(t, &path) != 0 ? RET_ERROR : RET_SUCCESS);
	}
	if (flags != 0) {
		errno = EINVAL;
		return (RET_ERROR);
	}
	while ((r = __bt_find(t, key, &path)) == 0) {
		if (__bt_delete(t, &path) != 0)
			return (RET_ERROR);
		n++;
	}
	return (r < 0 ? RET_ERROR : n > 0 ? RET_SUCCESS : RET_SPECIAL);
}

/* The entry at or behind the cursor: 0, 1 if there is none, -1. */
static int
settle_forward(struct bt *t)
{
	unsigned char *page;
	unsigned int n;
	pgno_t next;

	for (;;) {
		page = __bt_page(t, t->cpage);
		if (page == NULL)
			return (-1);
		n = bt_is_leaf(t, page) ? bt_count(t, page) : 0;
		next = bt_get32(t, page + PG_NEXT);
		__bt_put(t, page, false);
		if (t->cindex < n)
			return (0);
		if (next == NO_PAGE || next == t->cpage) {
			t->gone = true;
			t->cindex = n;
			return (1);
		}
		t->cpage = next;
		t->cindex = 0;
	}
}

/* The entry before the cursor. */
static int
step_back(struct bt *t)
{
	unsigned char *page;
	pgno_t prev;

	while (t->cindex == 0) {
		page = __bt_page(t, t->cpage);
		if (page == NULL)
			return (-1);
		prev = bt_get32(t, page + PG_PREV);
		__bt_put(t, page, false);
		if (prev == NO_PAGE || prev == t->cpage)
			return (1);
		page = __bt_page(t, prev);
		if (page == NULL)
			return (-1);
		t->cpage = prev;
		t->cindex = bt_is_leaf(t, page) ? bt_count(t, page) : 0;
		__bt_put(t, page, false);
	}
	t->cindex--;
	return (0);
}

/* Puts the cursor behind the last entry. */
static int
go_to_end(struct bt *t)
{
	pgno_t pgno = ROOT_PAGE;
	unsigned char *page;
	struct bt_item it;
	int depth;

	for (depth = 0; depth < MAX_DEPTH; depth++) {
		page = __bt_page(t, pgno);
		if (page == NULL)
			return (-1);
		t->cpage = pgno;
		t->cindex = bt_count(t, page);
		if (bt_is_leaf(t, page) || t->cindex == 0) {
			__bt_put(t, page, false);
			return (0);
		}
		__bt_item(t, page, t->cindex - 1, &it);
		pgno = it.child;
		__bt_put(t, page, false);
	}
	errno = EFTYPE;
	return (-1);
}

static int
move(struct bt *t, const DBT *key, unsigned int flags)
{
	struct bt_path path;

	if (!t->set && flags == R_NEXT)
		flags = R_FIRST;
	if (!t->set && flags == R_PREV)
		flags = R_LAST;
	switch (flags) {
	case R_NEXT:
		if (!t->gone)
			t->cindex++;
		break;
	case R_PREV:
		return (step_back(t));
	case R_LAST:
		return (go_to_end(t) != 0 ? -1 : step_back(t));
	default:
		if (__bt_search(t, flags == R_CURSOR ? key : NULL, false,
		    &path) != 0)
			return (-1);
		t->cpage = LEAF_OF(&path).pgno;
		t->cindex = LEAF_OF(&path).index;
		break;
	}
	return (settle_forward(t));
}

static int
bt_seq(const DB *db, DBT *key, DBT *data, unsigned int flags)
{
	struct bt *t = db->internal;
	int r;

	if (flags != R_CURSOR && flags != R_FIRST && flags != R_LAST &&
	    flags != R_NEXT && flags != R_PREV) {
		errno = EINVAL;
		return (RET_ERROR);
	}
	r = move(t, key, flags);
	if (r != 0)
		return (r < 0 ? RET_ERROR : RET_SPECIAL);
	t->set = true;
	t->gone = false;
	return (read_entry(t, t->cpage, t->cindex, key, data) != 0 ?
	    RET_ERROR : RET_SUCCESS);
}

static int
write_meta(struct bt *t)
{
	unsigned char *page = mpool_get(t->mp, 0, 0);

	if (page == NULL)
		return (-1);
	bt_put32(t, page, BTREEMAGIC);
	bt_put32(t, page + 4, BTREEVERSION);
	bt_put32(t, page + 8, t->psize);
	bt_put32(t, page + 12, t->free);
	bt_put32(t, page + 16, 0);
	bt_put32(t, page + 20, t->dups ? 0 : BT_NODUPS);
	mpool_put(t->mp, page, MPOOL_DIRTY);
	t->dirty = false;
	return (0);
}

static int
bt_sync(const DB *db, unsigned int flags)
{
	struct bt *t = db->internal;

	if (flags != 0) {
		errno = EINVAL;
		return (RET_ERROR);
	}
	if (t->fd < 0 || t->readonly)
		return (RET_SUCCESS);
	if ((t->dirty && write_meta(t) != 0) || mpool_sync(t->mp) != 0)
		return (RET_ERROR);
	return (RET_SUCCESS);
}

static int
bt_fd(const DB *db)
{
	return (__db_fd(((struct bt *)db->internal)->fd));
}

static int
bt_close(DB *db)
{
	struct bt *t = db->internal;
	int r = bt_sync(db, 0);

	mpool_close(t->mp);
	if (t->fd >= 0 && close(t->fd) != 0)
		r = RET_ERROR;
	free(t->key.p);
	free(t->data.p);
	free(t->ckey.p);
	free(t);
	free(db);
	return (r);
}

static int
read_meta(struct bt *t)
{
	uint32_t m[6];

	if (pread(t->fd, m, sizeof(m), 0) != sizeof(m))
		return (-1);
	t->swap = m[0] == bswap32(BTREEMAGIC);
	if (bt_get32(t, &m[0]) != BTREEMAGIC ||
	    bt_get32(t, &m[1]) != BTREEVERSION)
		return (-1);
	t->psize = bt_get32(t, &m[2]);
	t->free = bt_get32(t, &m[3]);
	t->dups = (bt_get32(t, &m[5]) & BT_NODUPS) == 0;
	/* Trees of numbered records are not for this access method. */
	if (t->psize < MIN_PSIZE || t->psize > MAX_PSIZE ||
	    (t->psize & (t->psize - 1)) != 0 ||
	    (bt_get32(t, &m[5]) & ~(uint32_t)BT_NODUPS) != 0)
		return (-1);
	return (0);
}

static int
new_tree(struct bt *t)
{
	unsigned char *page;
	pgno_t pgno;

	page = mpool_new(t->mp, &pgno, MPOOL_PAGE_NEXT);
	if (page == NULL)
		return (-1);
	mpool_put(t->mp, page, MPOOL_DIRTY);
	page = __bt_new(t, KIND_LEAF, &pgno);
	if (page == NULL)
		return (-1);
	__bt_put(t, page, true);
	t->dirty = true;
	return (t->fd >= 0 ? write_meta(t) : 0);
}

static int
open_tree(struct bt *t, const char *name, int flags, mode_t mode,
    const BTREEINFO *info)
{
	int order = __db_lorder(info->lorder);
	unsigned int keys = info->minkeypage != 0 ? (unsigned int)
	    info->minkeypage : 2;
	struct stat st;
	bool fresh;

	memset(&st, 0, sizeof(st));
	t->fd = __db_file(name, flags, mode);
	if (t->fd == -1 || (t->fd >= 0 && fstat(t->fd, &st) != 0))
		return (-1);
	fresh = t->fd < 0 || st.st_size == 0;
	if (fresh) {
		t->psize = info->psize != 0 ? info->psize : t->fd >= 0 &&
		    st.st_blksize > 0 ? (uint32_t)st.st_blksize : 4096;
		if (info->psize == 0 && t->psize > MAX_PSIZE)
			t->psize = MAX_PSIZE;
		t->dups = (info->flags & R_DUP) != 0;
		t->swap = order != BYTE_ORDER;
		if (order == 0 || t->psize < MIN_PSIZE ||
		    t->psize > MAX_PSIZE || (t->psize & (t->psize - 1)) != 0 ||
		    (info->flags & ~(unsigned long)R_DUP) != 0 || keys < 2) {
			errno = EINVAL;
			return (-1);
		}
	}
	if ((!fresh && read_meta(t) != 0) || (fresh && t->readonly)) {
		errno = EFTYPE;
		return (-1);
	}
	t->big = (t->psize - PG_HEADER) / keys - 2 -
	    ENTRY_SIZE(LEAF_HEADER);
	if (t->big < 2 * BIG_REF || t->big > t->psize)
		t->big = 2 * BIG_REF;
	t->mp = mpool_open(NULL, t->fd < 0 ? -1 : t->fd, t->psize,
	    info->cachesize / t->psize);
	if (t->mp == NULL)
		return (-1);
	return (fresh ? new_tree(t) : 0);
}

DB *
__bt_open(const char *name, int flags, mode_t mode, const BTREEINFO *info)
{
	static const BTREEINFO none;
	struct bt *t;
	DB *db;

	if ((flags & O_ACCMODE) == O_WRONLY) {
		errno = EINVAL;
		return (NULL);
	}
	if (info == NULL)
		info = &none;
	t = calloc(1, sizeof(*t));
	db = __db_new(DB_BTREE, t);
	if (t == NULL || db == NULL) {
		free(t);
		free(db);
		return (NULL);
	}
	t->compare = info->compare != NULL ? info->compare : default_compare;
	t->prefix = info->prefix != NULL ? info->prefix :
	    info->compare == NULL ? default_prefix : NULL;
	t->readonly = name != NULL && (flags & O_ACCMODE) == O_RDONLY;
	if (open_tree(t, name, flags, mode, info) != 0)
		return (__db_discard(db, t, t->mp, t->fd));
	db->close = bt_close;
	db->del = bt_del;
	db->fd = bt_fd;
	db->get = bt_get;
	db->put = bt_put;
	db->seq = bt_seq;
	db->sync = bt_sync;
	return (db);
}
