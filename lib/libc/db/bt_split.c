/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Putting entries into a B-tree.
 *
 * When a page has no room its entries, with the new one among them, are
 * shared between it and a new right sibling, and an entry for the sibling goes
 * to the page above.  The root's number does not change: when the root is
 * split its entries move to two new pages.  A page at the right end to which
 * something is appended keeps what it has, so that keys that come in order
 * fill their pages.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "btree.h"

/* The entries of a page and the new one, in order. */
struct shared {
	unsigned int	n;
	struct {
		unsigned char	*p;
		size_t		size;
	} *v;
	unsigned char	*copy;		/* of the page */
};

static int	add_entry(struct bt *, struct bt_path *, const void *, size_t,
		    bool leaf);

/* Builds an entry; big parts go to overflow pages. */
static int
make_entry(struct bt *t, const DBT *key, const DBT *data, pgno_t child,
    unsigned char **entry, size_t *size)
{
	bool big_key = key->size > t->big, big_data = false;
	size_t k = big_key ? BIG_REF : key->size, d = 0;
	unsigned char *e;

	if (key->size > UINT32_MAX || (data != NULL && data->size >
	    UINT32_MAX)) {
		errno = EFBIG;
		return (-1);
	}
	if (data != NULL) {
		big_data = k + data->size > t->big;
		d = big_data ? BIG_REF : data->size;
	}
	*size = ENTRY_SIZE(LEAF_HEADER + k + d);
	e = *entry = calloc(1, *size);
	if (e == NULL)
		return (-1);
	bt_put32(t, e, (uint32_t)k);
	bt_put32(t, e + 4, data != NULL ? (uint32_t)d : child);
	e[8] = (big_key ? BIG_KEY : 0) | (big_data ? BIG_DATA : 0);
	if ((big_key && __bt_big_put(t, key, e + LEAF_HEADER) != 0) ||
	    (big_data && __bt_big_put(t, data, e + LEAF_HEADER + k) != 0)) {
		free(e);
		return (-1);
	}
	if (!big_key && k > 0)
		memcpy(e + LEAF_HEADER, key->data, k);
	if (data != NULL && !big_data && d > 0)
		memcpy(e + LEAF_HEADER + k, data->data, d);
	return (0);
}

static int
share(struct bt *t, unsigned char *page, unsigned int index,
    const void *entry, size_t size, struct shared *s)
{
	unsigned int i, j = 0;
	struct bt_item it;

	s->n = bt_count(t, page) + 1;
	s->copy = malloc(t->psize + 4);	/* an entry may round up */
	s->v = calloc(s->n, sizeof(*s->v));
	if (s->copy == NULL || s->v == NULL) {
		free(s->copy);
		free(s->v);
		return (-1);
	}
	memcpy(s->copy, page, t->psize);
	for (i = 0; i < s->n; i++) {
		if (i == index) {
			s->v[i].p = (unsigned char *)(uintptr_t)entry;
			s->v[i].size = size;
			continue;
		}
		__bt_item(t, s->copy, j++, &it);
		s->v[i].p = it.key - LEAF_HEADER;
		s->v[i].size = it.size;
	}
	return (0);
}

/* How many entries the left page gets: the most even way. */
static unsigned int
split_point(const struct bt *t, const struct shared *s)
{
	size_t total = 0, left = 0, more, best = SIZE_MAX;
	unsigned int i, at = 1;

	for (i = 0; i < s->n; i++)
		total += s->v[i].size + 2;
	for (i = 1; i < s->n; i++) {
		left += s->v[i - 1].size + 2;
		more = left > total - left ? left : total - left;
		if (more < best) {
			best = more;
			at = i;
		}
	}
	return (at);
}

static void
fill(struct bt *t, unsigned char *page, const struct shared *s,
    unsigned int from, unsigned int to)
{
	unsigned int i;

	for (i = from; i < to; i++)
		__bt_insert(t, page, i - from, s->v[i].p, s->v[i].size);
}

static void
key_of(struct bt *t, const unsigned char *entry, struct bt_item *it)
{
	it->ksize = bt_get32(t, entry);
	it->flags = entry[8];
	it->key = (unsigned char *)(uintptr_t)entry + LEAF_HEADER;
}

/*
 * The entry for the right page.  From leaves it is as much of the first key
 * as tells it from the last one on the left; from internal pages the key moves
 * up, for the first key of a page is of no interest there.
 */
static int
separator(struct bt *t, bool leaf, const struct shared *s, unsigned int at,
    pgno_t right, unsigned char **entry, size_t *size)
{
	struct dbuf a = { NULL, 0 }, b = { NULL, 0 };
	struct bt_item it;
	DBT left, key;
	size_t n;
	int r;

	key_of(t, s->v[at].p, &it);
	if (!leaf) {
		*size = s->v[at].size;
		*entry = malloc(*size);
		if (*entry == NULL)
			return (-1);
		memcpy(*entry, s->v[at].p, *size);
		bt_put32(t, *entry + 4, right);
		return (0);
	}
	r = __bt_key(t, &it, &a, &key);
	key_of(t, s->v[at - 1].p, &it);
	if (r == 0)
		r = __bt_key(t, &it, &b, &left);
	if (r == 0 && t->prefix != NULL) {
		n = t->prefix(&left, &key);
		if (n < key.size)
			key.size = n;
	}
	if (r == 0)
		r = make_entry(t, &key, NULL, right, entry, size);
	free(a.p);
	free(b.p);
	return (r);
}

/* Empties the first key of an internal page: it has moved up. */
static void
drop_first_key(struct bt *t, struct shared *s, unsigned int at,
    unsigned char empty[ENTRY_SIZE(INTERNAL_HEADER)])
{
	memset(empty, 0, ENTRY_SIZE(INTERNAL_HEADER));
	memcpy(empty + 4, s->v[at].p + 4, 4);
	s->v[at].p = empty;
	s->v[at].size = ENTRY_SIZE(INTERNAL_HEADER);
}

static void
move_cursor(struct bt *t, pgno_t from, unsigned int index, unsigned int at,
    pgno_t left, pgno_t right)
{
	unsigned int c = t->cindex;

	if (!t->set || t->cpage != from)
		return;
	if (c >= index)
		c++;
	t->cpage = c < at ? left : right;
	t->cindex = c < at ? c : c - at;
}

/* Makes the root an internal page over two others. */
static int
grow_root(struct bt *t, unsigned char *root, pgno_t left, const void *entry,
    size_t size)
{
	_Alignas(4) unsigned char first[ENTRY_SIZE(INTERNAL_HEADER)] = { 0 };

	__bt_init(t, root, ROOT_PAGE, KIND_INTERNAL);
	bt_put32(t, first + 4, left);
	__bt_insert(t, root, 0, first, sizeof(first));
	__bt_insert(t, root, 1, entry, size);
	return (0);
}

/* Links a new right page in between a page and its right sibling. */
static int
link_right(struct bt *t, unsigned char *page, pgno_t pgno,
    unsigned char *right, pgno_t rightno)
{
	pgno_t next = bt_get32(t, page + PG_NEXT);
	unsigned char *p;

	bt_put32(t, right + PG_PREV, pgno);
	bt_put32(t, right + PG_NEXT, next);
	bt_put32(t, page + PG_NEXT, rightno);
	if (next == NO_PAGE)
		return (0);
	p = __bt_page(t, next);
	if (p == NULL)
		return (-1);
	bt_put32(t, p + PG_PREV, rightno);
	__bt_put(t, p, true);
	return (0);
}

/* Splits a page that has no room for the entry at path's index. */
static int
split(struct bt *t, struct bt_path *path, unsigned char *page,
    const void *entry, size_t size)
{
	_Alignas(4) unsigned char empty[ENTRY_SIZE(INTERNAL_HEADER)];
	pgno_t pgno = LEAF_OF(path).pgno, leftno = pgno, rightno, prev, next;
	unsigned int index = LEAF_OF(path).index, at;
	bool leaf = bt_is_leaf(t, page), root = pgno == ROOT_PAGE;
	uint32_t kind = leaf ? KIND_LEAF : KIND_INTERNAL;
	unsigned char *left = page, *right, *sep = NULL;
	struct shared s;
	size_t sepsize;
	int r;

	if (share(t, page, index, entry, size, &s) != 0)
		return (-1);
	prev = bt_get32(t, page + PG_PREV);
	next = bt_get32(t, page + PG_NEXT);
	at = index == s.n - 1 && next == NO_PAGE && leaf ? index :
	    split_point(t, &s);
	right = __bt_new(t, kind, &rightno);
	if (right != NULL && root)
		left = __bt_new(t, kind, &leftno);
	r = right == NULL || left == NULL ? -1 :
	    separator(t, leaf, &s, at, rightno, &sep, &sepsize);
	if (r == 0) {
		if (!leaf)
			drop_first_key(t, &s, at, empty);
		if (!root) {
			__bt_init(t, page, pgno, kind);
			bt_put32(t, page + PG_PREV, prev);
			bt_put32(t, page + PG_NEXT, next);
		}
		fill(t, left, &s, 0, at);
		fill(t, right, &s, at, s.n);
		r = link_right(t, left, leftno, right, rightno);
		if (leaf)
			move_cursor(t, pgno, index, at, leftno, rightno);
	}
	if (r == 0 && root)
		r = grow_root(t, page, leftno, sep, sepsize);
	if (left != NULL && left != page)
		__bt_put(t, left, true);
	if (right != NULL)
		__bt_put(t, right, true);
	if (r == 0 && !root) {
		path->depth--;
		LEAF_OF(path).index++;
		r = add_entry(t, path, sep, sepsize, false);
	}
	free(sep);
	free(s.v);
	free(s.copy);
	return (r);
}

static int
add_entry(struct bt *t, struct bt_path *path, const void *entry, size_t size,
    bool leaf)
{
	unsigned char *page = __bt_page(t, LEAF_OF(path).pgno);
	int r = 0;

	if (page == NULL)
		return (-1);
	if (__bt_insert(t, page, LEAF_OF(path).index, entry, size)) {
		if (leaf && t->set && t->cpage == LEAF_OF(path).pgno &&
		    t->cindex >= LEAF_OF(path).index)
			t->cindex++;
	} else
		r = split(t, path, page, entry, size);
	__bt_put(t, page, true);
	return (r);
}

/* Puts a pair at the place a path leads to. */
int
__bt_add(struct bt *t, struct bt_path *path, const DBT *key, const DBT *data)
{
	unsigned char *entry;
	size_t size;
	int r;

	if (make_entry(t, key, data, NO_PAGE, &entry, &size) != 0)
		return (-1);
	r = add_entry(t, path, entry, size, true);
	free(entry);
	return (r);
}
