/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Pairs that do not fit a page of a hash database.
 *
 * The key fills pages of kind PARTIAL_KEY; its last part is on a page of kind
 * FULL_KEY, or FULL_KEY_DATA if the datum begins there, at the offset that
 * stands in the last word.  Such a page with no free byte says that the datum
 * goes on, so a datum that would fill it exactly begins on the next page
 * instead.  Then come pages of the datum: FULL_KEY, the last FULL_KEY_DATA.
 * Every page but the last one is linked to the next.
 */
#include <errno.h>
#include <string.h>
#include "hash.h"

/* What a page that has a link can hold. */
#define	ROOM(t)		((t)->h.bsize - PAGE_META(4))

/* Puts one part onto an empty page. */
static void
set_part(struct hash *t, void *page, unsigned int kind, const char *p,
    size_t n)
{
	unsigned int off = t->h.bsize - (unsigned int)n;

	if (n > 0)
		memcpy((char *)page + off, p, n);
	__hash_setword(t, page, 0, 2);
	__hash_setword(t, page, 1, off);
	__hash_setword(t, page, 2, kind);
	__hash_setword(t, page, 3, off - PAGE_META(2));
	__hash_setword(t, page, 4, off);
}

/*
 * The start of the datum behind the key on a page, if it may be there; *stored
 * is how much that is.
 */
static bool
share_page(struct hash *t, void *page, const DBT *data, size_t *stored)
{
	unsigned int koff = __hash_word(t, page, 1);
	size_t n, room = koff - PAGE_META(4);

	if (room == 0 || room == data->size)
		return (false);
	n = data->size < room ? data->size : room;
	if (n > 0)
		memcpy((char *)page + koff - n, data->data, n);
	__hash_setword(t, page, 2, FULL_KEY_DATA);
	__hash_setword(t, page, 4, koff - (unsigned int)n);
	__hash_setword(t, page, 5, (unsigned int)(room - n));
	__hash_setword(t, page, 6, koff - (unsigned int)n);
	*stored = n;
	return (true);
}

static int
put_key(struct hash *t, pgno_t *pgno, const DBT *key, const DBT *data,
    bool *shared, size_t *stored)
{
	size_t done = 0, n;
	char *page;
	bool last;
	int r;

	do {
		page = __hash_page(t, *pgno);
		if (page == NULL)
			return (-1);
		n = key->size - done < ROOM(t) ? key->size - done : ROOM(t);
		last = done + n == key->size;
		set_part(t, page, last ? FULL_KEY : PARTIAL_KEY,
		    (char *)key->data + done, n);
		done += n;
		r = __hash_extend(t, page, pgno);
		if (r == 0 && last)
			*shared = share_page(t, page, data, stored);
		last |= r != 0;
		__hash_put(t, page, true);
	} while (!last);
	return (r);
}

/* Writes a pair onto an empty page and what must follow it. */
int
__hash_big_put(struct hash *t, pgno_t pgno, const DBT *key, const DBT *data)
{
	size_t done = 0, n;
	bool last, shared = false;
	char *page;
	int r;

	if (put_key(t, &pgno, key, data, &shared, &done) != 0)
		return (-1);
	/* If all is on the key's page, its free bytes tell so. */
	for (last = shared && done == data->size; !last;) {
		page = __hash_page(t, pgno);
		if (page == NULL)
			return (-1);
		n = data->size - done < ROOM(t) ? data->size - done : ROOM(t);
		last = done + n == data->size;
		set_part(t, page, last ? FULL_KEY_DATA : FULL_KEY,
		    (char *)data->data + done, n);
		done += n;
		r = last ? 0 : __hash_extend(t, page, &pgno);
		__hash_put(t, page, true);
		if (r != 0)
			return (-1);
	}
	return (0);
}

static int
add(struct dbuf *b, size_t *len, const char *p, size_t n)
{
	if (b == NULL)
		return (0);
	if (__dbuf_reserve(b, *len + n) != 0)
		return (-1);
	memcpy(b->p + *len, p, n);
	*len += n;
	return (0);
}

/* One page of a pair: whether it is the last one. */
static int
read_part(struct hash *t, const char *page, bool *in_key, struct dbuf *key,
    size_t *klen, struct dbuf *data, size_t *dlen, bool *last)
{
	unsigned int n = __hash_word(t, page, 0), kind, off, doff;
	size_t len;

	kind = __hash_word(t, page, 2);
	if (n == 0 || kind == OVERFLOW_PAGE || kind >= REAL_KEY) {
		errno = EFTYPE;
		return (-1);
	}
	off = __hash_word(t, page, 1);
	len = t->h.bsize - off;
	*last = false;
	if (!*in_key) {
		*last = kind == FULL_KEY_DATA;
		return (add(data, dlen, page + off, len));
	}
	if (add(key, klen, page + off, len) != 0)
		return (-1);
	if (kind == PARTIAL_KEY)
		return (0);
	*in_key = false;
	if (kind == FULL_KEY)
		return (0);
	doff = __hash_word(t, page, 4);
	if (n != 4 || doff > off || doff < PAGE_META(n)) {
		errno = EFTYPE;
		return (-1);
	}
	*last = __hash_word(t, page, 5) != 0;
	return (add(data, dlen, page + doff, off - doff));
}

/* Walks the pages of a pair; *end is its last one. */
static int
walk(struct hash *t, pgno_t pgno, struct dbuf *key, size_t *klen,
    struct dbuf *data, size_t *dlen, pgno_t *end)
{
	pgno_t steps = __hash_limit(t);
	bool in_key = true, last = false;
	char *page;
	int r;

	*klen = *dlen = 0;
	for (;;) {
		page = __hash_page(t, pgno);
		if (page == NULL)
			return (-1);
		*end = pgno;
		r = read_part(t, page, &in_key, key, klen, data, dlen, &last);
		if (r == 0 && !last && (!__hash_next(t, page, &pgno) ||
		    --steps == 0)) {
			errno = EFTYPE;
			r = -1;
		}
		__hash_put(t, page, false);
		if (r != 0 || last)
			return (r);
	}
}

/* Reads a pair; without `data' only its key is kept. */
int
__hash_big_get(struct hash *t, pgno_t pgno, struct dbuf *key, size_t *klen,
    struct dbuf *data, size_t *dlen)
{
	pgno_t end;
	size_t none;

	if (__dbuf_reserve(key, 1) != 0 ||
	    (data != NULL && __dbuf_reserve(data, 1) != 0))
		return (-1);
	return (walk(t, pgno, key, klen, data, data != NULL ? dlen : &none,
	    &end));
}

int
__hash_big_last(struct hash *t, pgno_t pgno, pgno_t *last)
{
	size_t klen, dlen;

	return (walk(t, pgno, NULL, &klen, NULL, &dlen, last));
}

/*
 * Frees the pages of a pair, the first of which has the address oaddr.
 * *follow is the address of the page behind the last one, or 0.
 */
int
__hash_big_free(struct hash *t, pgno_t first, uint32_t oaddr,
    uint32_t *follow)
{
	pgno_t last, pgno = first;
	unsigned int n;
	uint32_t next;
	bool more = true;
	char *page;

	if (__hash_big_last(t, first, &last) != 0)
		return (-1);
	while (more) {
		page = __hash_page(t, pgno);
		if (page == NULL)
			return (-1);
		n = __hash_word(t, page, 0);
		next = 0;
		more = pgno != last;
		if (__hash_next(t, page, &pgno))
			next = __hash_word(t, page, n - 1);
		__hash_init_page(t, page);
		__hash_put(t, page, true);
		if (__hash_free_overflow(t, oaddr) != 0)
			return (-1);
		oaddr = next;
	}
	*follow = oaddr;
	return (0);
}
