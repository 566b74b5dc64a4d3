/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Finding entries of a B-tree, and taking them out.
 *
 * A search leaves the way it took in a bt_path.  Its last index is where the
 * key's first entry is or belongs ("lower") or the place behind its last one
 * ("upper"); that may be one behind the leaf's last entry.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "btree.h"

/* Whether entry i of a page comes before the place looked for; -1: error. */
static int
is_before(struct bt *t, unsigned char *page, unsigned int i, const DBT *key,
    bool upper)
{
	struct bt_item it;
	DBT k;
	int d;

	__bt_item(t, page, i, &it);
	if (__bt_key(t, &it, &t->ckey, &k) != 0)
		return (-1);
	d = t->compare(&k, key);
	return (upper ? d <= 0 : d < 0);
}

/* How many entries from `first' on come before the place. */
static int
position(struct bt *t, unsigned char *page, unsigned int first,
    const DBT *key, bool upper, unsigned int *pos)
{
	unsigned int lo = first, hi = bt_count(t, page), mid;
	int r;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		r = is_before(t, page, mid, key, upper);
		if (r < 0)
			return (-1);
		if (r)
			lo = mid + 1;
		else
			hi = mid;
	}
	*pos = lo;
	return (0);
}

/* Goes down from path->depth; without a key to the first entry. */
static int
descend(struct bt *t, const DBT *key, bool upper, struct bt_path *path)
{
	unsigned char *page;
	struct bt_item it;
	unsigned int pos;
	bool leaf;

	for (;;) {
		page = __bt_page(t, LEAF_OF(path).pgno);
		if (page == NULL)
			return (-1);
		leaf = bt_is_leaf(t, page);
		pos = leaf ? 0 : 1;
		if ((bt_get32(t, page + PG_KIND) & KIND_OVERFLOW) != 0 ||
		    (!leaf && (bt_count(t, page) == 0 ||
		    path->depth == MAX_DEPTH - 1))) {
			__bt_put(t, page, false);
			errno = EFTYPE;
			return (-1);
		}
		if (key != NULL && position(t, page, pos, key, upper,
		    &pos) != 0) {
			__bt_put(t, page, false);
			return (-1);
		}
		LEAF_OF(path).index = leaf ? pos : pos - 1;
		if (!leaf)
			__bt_item(t, page, pos - 1, &it);
		__bt_put(t, page, false);
		if (leaf)
			return (0);
		path->depth++;
		LEAF_OF(path).pgno = it.child;
	}
}

int
__bt_search(struct bt *t, const DBT *key, bool upper, struct bt_path *path)
{
	path->depth = 0;
	path->at[0].pgno = ROOT_PAGE;
	return (descend(t, key, upper, path));
}

/* Moves to the first entry of the next leaf: 0, 1 if there is none, -1. */
int
__bt_path_next(struct bt *t, struct bt_path *path)
{
	unsigned char *page;
	struct bt_item it;
	bool more = false;

	while (!more && path->depth > 0) {
		path->depth--;
		page = __bt_page(t, LEAF_OF(path).pgno);
		if (page == NULL)
			return (-1);
		more = LEAF_OF(path).index + 1 < bt_count(t, page);
		if (more)
			__bt_item(t, page, ++LEAF_OF(path).index, &it);
		__bt_put(t, page, false);
	}
	if (!more)
		return (1);
	path->depth++;
	LEAF_OF(path).pgno = it.child;
	return (descend(t, NULL, false, path));
}

/* Whether the path's index is within its leaf. */
static int
within_leaf(struct bt *t, const struct bt_path *path)
{
	unsigned char *page = __bt_page(t, LEAF_OF(path).pgno);
	int r;

	if (page == NULL)
		return (-1);
	r = LEAF_OF(path).index < bt_count(t, page);
	__bt_put(t, page, false);
	return (r);
}

/* The first entry with a key: 0, 1 if there is none, -1. */
int
__bt_find(struct bt *t, const DBT *key, struct bt_path *path)
{
	unsigned char *page;
	struct bt_item it;
	DBT k;
	int r;

	if (__bt_search(t, key, false, path) != 0)
		return (-1);
	while ((r = within_leaf(t, path)) == 0) {
		r = __bt_path_next(t, path);
		if (r != 0)
			return (r);
	}
	if (r < 0)
		return (-1);
	page = __bt_page(t, LEAF_OF(path).pgno);
	if (page == NULL)
		return (-1);
	__bt_item(t, page, LEAF_OF(path).index, &it);
	r = __bt_key(t, &it, &t->ckey, &k);
	if (r == 0)
		r = t->compare(&k, key) != 0;
	__bt_put(t, page, false);
	return (r);
}

/* The way to the cursor's entry. */
int
__bt_path_to_cursor(struct bt *t, struct bt_path *path)
{
	struct dbuf b = { NULL, 0 };
	unsigned char *page = __bt_page(t, t->cpage);
	struct bt_item it;
	DBT k;
	int r;

	if (page == NULL)
		return (-1);
	if (t->cindex >= bt_count(t, page)) {
		__bt_put(t, page, false);
		errno = EINVAL;
		return (-1);
	}
	__bt_item(t, page, t->cindex, &it);
	r = __bt_key(t, &it, &b, &k);
	if (r == 0)
		r = __bt_search(t, &k, false, path);
	__bt_put(t, page, false);
	free(b.p);
	while (r == 0 && LEAF_OF(path).pgno != t->cpage)
		r = __bt_path_next(t, path);
	if (r > 0) {
		errno = EFTYPE;
		r = -1;
	}
	LEAF_OF(path).index = t->cindex;
	return (r);
}

static int
set_link(struct bt *t, pgno_t pgno, unsigned int which, pgno_t to)
{
	unsigned char *page;

	if (pgno == NO_PAGE)
		return (0);
	page = __bt_page(t, pgno);
	if (page == NULL)
		return (-1);
	bt_put32(t, page + which, to);
	__bt_put(t, page, true);
	return (0);
}

/* Takes an empty page out of the chain of its siblings and frees it. */
static int
unlink_page(struct bt *t, unsigned char *page)
{
	pgno_t pgno = bt_get32(t, page + PG_NO);
	pgno_t prev = bt_get32(t, page + PG_PREV);
	pgno_t next = bt_get32(t, page + PG_NEXT);
	unsigned char *p;

	if (t->set && t->cpage == pgno) {
		/* The cursor waits before the next page, or behind the last. */
		t->gone = true;
		t->cpage = next != NO_PAGE ? next : prev;
		t->cindex = 0;
		if (next == NO_PAGE && prev != NO_PAGE &&
		    (p = __bt_page(t, prev)) != NULL) {
			t->cindex = bt_count(t, p);
			__bt_put(t, p, false);
		}
		if (next == NO_PAGE && prev == NO_PAGE)
			t->set = false;
	}
	if (set_link(t, prev, PG_NEXT, next) != 0 ||
	    set_link(t, next, PG_PREV, prev) != 0) {
		__bt_put(t, page, false);
		return (-1);
	}
	return (__bt_free(t, page));
}

/* Removes the entry at path->depth and then pages that became empty. */
static int
prune(struct bt *t, struct bt_path *path)
{
	unsigned char *page;
	struct bt_item it;
	int r = 0;

	for (;; path->depth--) {
		page = __bt_page(t, LEAF_OF(path).pgno);
		if (page == NULL)
			return (-1);
		__bt_item(t, page, LEAF_OF(path).index, &it);
		if (it.flags & BIG_KEY)
			r = __bt_big_free(t, it.key);
		if (it.flags & BIG_DATA)
			r |= __bt_big_free(t, it.data);
		__bt_remove(t, page, LEAF_OF(path).index);
		if (bt_count(t, page) > 0 || r != 0 || path->depth == 0)
			break;
		if (unlink_page(t, page) != 0)
			return (-1);
	}
	if (bt_count(t, page) == 0 && path->depth == 0) {
		__bt_init(t, page, ROOT_PAGE, KIND_LEAF);
		if (t->set && t->cpage != ROOT_PAGE)
			t->set = false;
	}
	__bt_put(t, page, true);
	return (r);
}

/* Takes out the entry a path leads to. */
int
__bt_delete(struct bt *t, struct bt_path *path)
{
	if (t->set && t->cpage == LEAF_OF(path).pgno) {
		if (t->cindex == LEAF_OF(path).index)
			t->gone = true;
		else if (t->cindex > LEAF_OF(path).index)
			t->cindex--;
	}
	return (prune(t, path));
}
