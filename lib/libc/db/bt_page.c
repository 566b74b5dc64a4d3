/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Pages of B-tree databases: their entries, the list of free pages, and
 * overflow pages.  Every page is checked when it is got, so that a damaged
 * file leads to EFTYPE and nowhere else.
 */
#include <errno.h>
#include <string.h>
#include "btree.h"

/* Takes entry i apart. */
void
__bt_item(const struct bt *t, unsigned char *page, unsigned int i,
    struct bt_item *it)
{
	unsigned char *p = page + bt_get16(t, page + PG_HEADER + 2 * i);
	uint32_t second = bt_get32(t, p + 4);
	bool leaf = bt_is_leaf(t, page);

	it->ksize = bt_get32(t, p);
	it->dsize = leaf ? second : 0;
	it->child = leaf ? NO_PAGE : second;
	it->flags = p[8];
	it->key = p + LEAF_HEADER;
	it->data = it->key + it->ksize;
	it->size = ENTRY_SIZE(LEAF_HEADER + it->ksize + it->dsize);
}

static bool
entry_is_sound(const struct bt *t, const unsigned char *page, unsigned int i)
{
	unsigned int off = bt_get16(t, page + PG_HEADER + 2 * i);
	uint64_t k, d;
	unsigned int flags;

	if (off < bt_get16(t, page + PG_UPPER) || off % 4 != 0 ||
	    off + LEAF_HEADER > t->psize)
		return (false);
	k = bt_get32(t, page + off);
	d = bt_is_leaf(t, page) ? bt_get32(t, page + off + 4) : 0;
	flags = page[off + 8];
	if (((flags & BIG_KEY) && k != BIG_REF) ||
	    ((flags & BIG_DATA) && d != BIG_REF))
		return (false);
	return (off + LEAF_HEADER + k + d <= t->psize);
}

static bool
page_is_sound(const struct bt *t, const unsigned char *page)
{
	uint32_t kind = bt_get32(t, page + PG_KIND) & KIND_MASK;
	unsigned int lower = bt_get16(t, page + PG_LOWER);
	unsigned int upper = bt_get16(t, page + PG_UPPER), i;

	if (kind == KIND_OVERFLOW)
		return (true);
	if ((kind != KIND_INTERNAL && kind != KIND_LEAF) ||
	    lower < PG_HEADER || lower % 2 != 0 || lower > upper ||
	    upper > t->psize)
		return (false);
	for (i = 0; i < bt_count(t, page); i++) {
		if (!entry_is_sound(t, page, i))
			return (false);
	}
	return (true);
}

unsigned char *
__bt_page(struct bt *t, pgno_t pgno)
{
	unsigned char *page;

	if (pgno == NO_PAGE) {
		errno = EFTYPE;
		return (NULL);
	}
	page = mpool_get(t->mp, pgno, 0);
	if (page != NULL && !page_is_sound(t, page)) {
		mpool_put(t->mp, page, 0);
		errno = EFTYPE;
		return (NULL);
	}
	return (page);
}

void
__bt_put(struct bt *t, void *page, bool dirty)
{
	mpool_put(t->mp, page, dirty ? MPOOL_DIRTY : 0);
}

void
__bt_init(struct bt *t, unsigned char *page, pgno_t pgno, uint32_t kind)
{
	memset(page, 0, t->psize);
	bt_put32(t, page + PG_NO, pgno);
	bt_put32(t, page + PG_KIND, kind);
	bt_put16(t, page + PG_LOWER, PG_HEADER);
	bt_put16(t, page + PG_UPPER, t->psize);
}

/* An empty page, from the free list or at the end of the file. */
unsigned char *
__bt_new(struct bt *t, uint32_t kind, pgno_t *pgno)
{
	unsigned char *page;

	if (t->free != NO_PAGE) {
		*pgno = t->free;
		page = mpool_get(t->mp, *pgno, 0);
		if (page == NULL)
			return (NULL);
		t->free = bt_get32(t, page + PG_NEXT);
		t->dirty = true;
	} else {
		page = mpool_new(t->mp, pgno, MPOOL_PAGE_NEXT);
		if (page == NULL)
			return (NULL);
	}
	__bt_init(t, page, *pgno, kind);
	return (page);
}

/* Frees a page that the caller has; it is put. */
int
__bt_free(struct bt *t, unsigned char *page)
{
	pgno_t pgno = bt_get32(t, page + PG_NO);

	__bt_init(t, page, pgno, KIND_OVERFLOW);
	bt_put32(t, page + PG_NEXT, t->free);
	t->free = pgno;
	t->dirty = true;
	__bt_put(t, page, true);
	return (0);
}

/* Puts an entry at place i of a page; false if there is no room. */
bool
__bt_insert(struct bt *t, unsigned char *page, unsigned int i,
    const void *entry, size_t size)
{
	unsigned int lower = bt_get16(t, page + PG_LOWER);
	unsigned int upper = bt_get16(t, page + PG_UPPER);
	unsigned char *slot = page + PG_HEADER + 2 * i;

	if (upper - lower < size + 2)
		return (false);
	upper -= (unsigned int)size;
	memcpy(page + upper, entry, size);
	memmove(slot + 2, slot, lower - PG_HEADER - 2 * i);
	bt_put16(t, slot, upper);
	bt_put16(t, page + PG_LOWER, lower + 2);
	bt_put16(t, page + PG_UPPER, upper);
	return (true);
}

/* Takes entry i off a page. */
void
__bt_remove(struct bt *t, unsigned char *page, unsigned int i)
{
	unsigned int lower = bt_get16(t, page + PG_LOWER);
	unsigned int upper = bt_get16(t, page + PG_UPPER), off, n, j, o;
	unsigned char *slot = page + PG_HEADER + 2 * i;
	struct bt_item it;

	__bt_item(t, page, i, &it);
	n = (unsigned int)it.size;
	off = bt_get16(t, slot);
	if (off + n > t->psize)
		n = t->psize - off;
	memmove(page + upper + n, page + upper, off - upper);
	memmove(slot, slot + 2, lower - PG_HEADER - 2 * i - 2);
	lower -= 2;
	for (j = 0; j < (lower - PG_HEADER) / 2; j++) {
		slot = page + PG_HEADER + 2 * j;
		o = bt_get16(t, slot);
		if (o < off)
			bt_put16(t, slot, o + n);
	}
	bt_put16(t, page + PG_LOWER, lower);
	bt_put16(t, page + PG_UPPER, upper + n);
}

/* Writes bytes to a chain of overflow pages; ref gets page and size. */
int
__bt_big_put(struct bt *t, const DBT *d, unsigned char *ref)
{
	size_t room = t->psize - PG_HEADER, done = 0, n;
	unsigned char *page, *before = NULL;
	pgno_t pgno, first = NO_PAGE;
	uint32_t size;

	do {
		page = __bt_new(t, KIND_OVERFLOW, &pgno);
		if (before != NULL) {
			if (page != NULL)
				bt_put32(t, before + PG_NEXT, pgno);
			__bt_put(t, before, true);
		}
		if (page == NULL)
			return (-1);
		if (first == NO_PAGE)
			first = pgno;
		n = d->size - done < room ? d->size - done : room;
		memcpy(page + PG_HEADER, (char *)d->data + done, n);
		done += n;
		before = page;
	} while (done < d->size);
	__bt_put(t, before, true);
	size = (uint32_t)d->size;
	if (t->swap) {
		first = bswap32(first);
		size = bswap32(size);
	}
	memcpy(ref, &first, 4);
	memcpy(ref + 4, &size, 4);
	return (0);
}

/* References are not aligned within entries. */
static void
read_ref(const struct bt *t, const unsigned char *ref, pgno_t *pgno,
    uint32_t *size)
{
	memcpy(pgno, ref, 4);
	memcpy(size, ref + 4, 4);
	if (t->swap) {
		*pgno = bswap32(*pgno);
		*size = bswap32(*size);
	}
}

/* The next page of a chain, checked to be one. */
static unsigned char *
big_page(struct bt *t, pgno_t pgno)
{
	unsigned char *page = __bt_page(t, pgno);

	if (page != NULL && (bt_get32(t, page + PG_KIND) & KIND_MASK) !=
	    KIND_OVERFLOW) {
		__bt_put(t, page, false);
		errno = EFTYPE;
		return (NULL);
	}
	return (page);
}

int
__bt_big_get(struct bt *t, const unsigned char *ref, struct dbuf *b, DBT *d)
{
	size_t room = t->psize - PG_HEADER, done = 0, n;
	unsigned char *page;
	uint32_t size;
	pgno_t pgno;

	for (read_ref(t, ref, &pgno, &size); done < size; done += n) {
		page = big_page(t, pgno);
		if (page == NULL)
			return (-1);
		n = size - done < room ? size - done : room;
		/* Grown as it is read: the size may be a lie. */
		if (__dbuf_reserve(b, done + n) != 0) {
			__bt_put(t, page, false);
			return (-1);
		}
		memcpy(b->p + done, page + PG_HEADER, n);
		pgno = bt_get32(t, page + PG_NEXT);
		__bt_put(t, page, false);
	}
	if (size == 0 && __dbuf_reserve(b, 1) != 0)
		return (-1);
	*d = (DBT){ b->p, size };
	return (0);
}

int
__bt_big_free(struct bt *t, const unsigned char *ref)
{
	unsigned char *page;
	uint32_t size;
	pgno_t pgno;

	for (read_ref(t, ref, &pgno, &size); pgno != NO_PAGE;) {
		page = big_page(t, pgno);
		if (page == NULL)
			return (-1);
		pgno = bt_get32(t, page + PG_NEXT);
		__bt_free(t, page);
	}
	return (0);
}

/* The key of an entry, in the page or read into the buffer. */
int
__bt_key(struct bt *t, const struct bt_item *it, struct dbuf *b, DBT *key)
{
	if (it->flags & BIG_KEY)
		return (__bt_big_get(t, it->key, b, key));
	*key = (DBT){ it->key, it->ksize };
	return (0);
}
