/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Pages of hash databases: their words, their place in the file, overflow
 * pages and the bitmaps that say which of those are in use.
 *
 * Overflow pages are numbered from 0 in the order of their addresses; bit i
 * of bitmap b belongs to number b * bits + i.  Every page is checked when it
 * is got, so that a damaged file leads to EFTYPE and nowhere else.
 */
#include <sys/endian.h>
#include <errno.h>
#include <string.h>
#include "hash.h"

uint16_t
__hash_word(const struct hash *t, const void *page, unsigned int i)
{
	const char *p = (const char *)page + 2 * i;

	return (t->h.lorder == LITTLE_ENDIAN ? le16dec(p) : be16dec(p));
}

void
__hash_setword(const struct hash *t, void *page, unsigned int i,
    unsigned int v)
{
	char *p = (char *)page + 2 * i;

	if (t->h.lorder == LITTLE_ENDIAN)
		le16enc(p, (uint16_t)v);
	else
		be16enc(p, (uint16_t)v);
}

/* The exponent of the smallest power of two that is not below n. */
static unsigned int
ceil_log2(uint32_t n)
{
	return (n <= 1 ? 0 : 32 - (unsigned int)__builtin_clz(n - 1));
}

pgno_t
__hash_bucket_page(const struct hash *t, uint32_t b)
{
	pgno_t page = b + t->h.hdrpages;

	if (b > 0)
		page += t->h.spares[(ceil_log2(b + 1) - 1) % NCACHED];
	return (page);
}

pgno_t
__hash_oaddr_page(const struct hash *t, uint32_t oaddr)
{
	return (__hash_bucket_page(t, (1U << (oaddr >> SPLIT_SHIFT)) - 1) +
	    (oaddr & SPLIT_MASK));
}

/* A number of pages that no chain can exceed. */
pgno_t
__hash_limit(const struct hash *t)
{
	return (t->h.spares[t->h.ovfl_point] + 1);
}

void
__hash_init_page(const struct hash *t, void *page)
{
	memset(page, 0, t->h.bsize);
	__hash_setword(t, page, 1, t->h.bsize - PAGE_META(0));
	__hash_setword(t, page, 2, t->h.bsize);
}

/* Whether the words of a page stay within it and in order. */
static bool
page_is_sound(const struct hash *t, const void *page)
{
	unsigned int n = __hash_word(t, page, 0), i, top = t->h.bsize, k, d;

	if (n % 2 != 0 || PAGE_META(n) > t->h.bsize)
		return (false);
	if (__hash_word(t, page, n + 2) > t->h.bsize ||
	    __hash_word(t, page, n + 2) < PAGE_META(n) ||
	    __hash_word(t, page, n + 1) >
	    __hash_word(t, page, n + 2) - PAGE_META(n))
		return (false);
	for (i = 1; i <= n; i += 2) {
		k = __hash_word(t, page, i);
		d = __hash_word(t, page, i + 1);
		if (d == OVERFLOW_PAGE)
			return (i == n - 1 && k != 0);
		if (d < REAL_KEY) {
			/* Big: alone on its page, but for what follows. */
			if (i != 1 || n > 4 || k > t->h.bsize ||
			    k < PAGE_META(n))
				return (false);
			if (n == 4 && d == FULL_KEY_DATA &&
			    __hash_word(t, page, 4) != OVERFLOW_PAGE)
				return (__hash_word(t, page, 4) <= k &&
				    __hash_word(t, page, 4) >= PAGE_META(n));
			continue;
		}
		if (k > top || d > k || d < PAGE_META(n))
			return (false);
		top = d;
	}
	return (true);
}

/* Gets a page; one that was never written is made an empty one. */
void *
__hash_page(struct hash *t, pgno_t pgno)
{
	char *page = mpool_get(t->mp, pgno, 0);

	if (page == NULL)
		return (NULL);
	if (__hash_word(t, page, 0) == 0 && __hash_word(t, page, 1) == 0 &&
	    __hash_word(t, page, 2) == 0)
		__hash_init_page(t, page);
	if (!page_is_sound(t, page)) {
		mpool_put(t->mp, page, 0);
		errno = EFTYPE;
		return (NULL);
	}
	return (page);
}

void
__hash_put(struct hash *t, void *page, bool dirty)
{
	mpool_put(t->mp, page, dirty ? MPOOL_DIRTY : 0);
}

/*
 * The page that follows in the chain.  A big pair whose key and datum end on
 * one page has the address where others have the pair's last word but one.
 */
bool
__hash_next(const struct hash *t, const void *page, pgno_t *next)
{
	unsigned int n = __hash_word(t, page, 0), kind;

	if (n == 0)
		return (false);
	kind = __hash_word(t, page, 2);
	if (__hash_word(t, page, n) != OVERFLOW_PAGE &&
	    !(n == 4 && kind == FULL_KEY_DATA))
		return (false);
	*next = __hash_oaddr_page(t, __hash_word(t, page, n - 1));
	return (true);
}

static char *
bitmap_page(struct hash *t, uint32_t index)
{
	if (index >= NCACHED || t->h.bitmaps[index] == 0) {
		errno = EFTYPE;
		return (NULL);
	}
	return (mpool_get(t->mp, __hash_oaddr_page(t, t->h.bitmaps[index]),
	    0));
}

/* Words of 32 bits in the file's order. */
static unsigned char *
bit_byte(const struct hash *t, char *map, uint32_t bit)
{
	uint32_t byte = bit / 32 * 4, in = bit % 32 / 8;

	return ((unsigned char *)map + byte +
	    (t->h.lorder == LITTLE_ENDIAN ? in : 3 - in));
}

/* A bitmap whose own page is in use, as is everything not there yet. */
int
__hash_bitmap_init(struct hash *t, uint32_t oaddr, unsigned int index)
{
	pgno_t pgno = __hash_oaddr_page(t, oaddr);
	char *map = mpool_get(t->mp, pgno, 0);

	if (map == NULL)
		return (-1);
	memset(map, 0xff, t->h.bsize);
	mpool_put(t->mp, map, MPOOL_DIRTY);
	t->h.bitmaps[index] = (uint16_t)oaddr;
	return (0);
}

/* The address of overflow page number n. */
static uint32_t
number_to_oaddr(const struct hash *t, uint32_t n)
{
	unsigned int split;
	uint32_t before;

	for (split = 0; split < t->h.ovfl_point && n >= t->h.spares[split];
	    split++)
		;
	before = split > 0 ? t->h.spares[split - 1] : 0;
	return (OADDR(split, n - before + 1));
}

/* Numbers one more overflow page at the split point being filled. */
static int
next_oaddr(struct hash *t, uint32_t *oaddr)
{
	struct hash_header *h = &t->h;
	uint32_t before, n;

	before = h->ovfl_point > 0 ? h->spares[h->ovfl_point - 1] : 0;
	n = h->spares[h->ovfl_point] - before + 1;
	if (n > SPLIT_MASK) {
		if (h->ovfl_point + 1 >= NCACHED) {
			errno = EFBIG;
			return (-1);
		}
		h->ovfl_point++;
		h->spares[h->ovfl_point] = h->spares[h->ovfl_point - 1];
		n = 1;
	}
	h->spares[h->ovfl_point]++;
	t->dirty = true;
	*oaddr = OADDR(h->ovfl_point, n);
	return (0);
}

/* Marks a number used or free. */
static int
set_bit(struct hash *t, uint32_t number, bool used)
{
	uint32_t bits = t->h.bsize * 8;
	char *map = bitmap_page(t, number / bits);
	unsigned char *p;

	if (map == NULL)
		return (-1);
	p = bit_byte(t, map, number % bits);
	if (used)
		*p |= 1 << number % 8;
	else
		*p &= ~(1 << number % 8);
	mpool_put(t->mp, map, MPOOL_DIRTY);
	return (0);
}

/* A free number below the end; false if there is none. */
static int
find_free(struct hash *t, uint32_t *number)
{
	uint32_t bits = t->h.bsize * 8, end = t->h.spares[t->h.ovfl_point];
	uint32_t n, start = t->h.last_freed;
	char *map = NULL;
	int found = 0;

	for (n = start < end ? start : end; n < end && found == 0; n++) {
		if (map == NULL || n % bits == 0) {
			if (map != NULL)
				mpool_put(t->mp, map, 0);
			map = bitmap_page(t, n / bits);
			if (map == NULL)
				return (-1);
		}
		if ((*bit_byte(t, map, n % bits) & 1 << n % 8) == 0) {
			*number = n;
			found = 1;
		}
	}
	if (map != NULL)
		mpool_put(t->mp, map, 0);
	t->h.last_freed = found ? *number + 1 : end;
	return (found);
}

/* An empty overflow page. */
int
__hash_new_overflow(struct hash *t, uint32_t *oaddr)
{
	uint32_t number, bits = t->h.bsize * 8;
	char *page;
	int found;

	found = find_free(t, &number);
	if (found < 0)
		return (-1);
	if (found)
		*oaddr = number_to_oaddr(t, number);
	else {
		number = t->h.spares[t->h.ovfl_point];
		if (number % bits == 0) {
			/* The next page is the next bitmap. */
			if (number / bits >= NCACHED) {
				errno = EFBIG;
				return (-1);
			}
			if (next_oaddr(t, oaddr) != 0 ||
			    __hash_bitmap_init(t, *oaddr, number / bits) != 0)
				return (-1);
			number++;
		}
		if (next_oaddr(t, oaddr) != 0)
			return (-1);
	}
	if (set_bit(t, number, true) != 0)
		return (-1);
	page = mpool_get(t->mp, __hash_oaddr_page(t, *oaddr), 0);
	if (page == NULL)
		return (-1);
	__hash_init_page(t, page);
	mpool_put(t->mp, page, MPOOL_DIRTY);
	return (0);
}

int
__hash_free_overflow(struct hash *t, uint32_t oaddr)
{
	uint32_t split = oaddr >> SPLIT_SHIFT, number;

	number = (split > 0 ? t->h.spares[split - 1] : 0) +
	    (oaddr & SPLIT_MASK) - 1;
	if ((oaddr & SPLIT_MASK) == 0 ||
	    number >= t->h.spares[t->h.ovfl_point]) {
		errno = EFTYPE;
		return (-1);
	}
	if (number < t->h.last_freed)
		t->h.last_freed = number;
	t->dirty = true;
	return (set_bit(t, number, false));
}

/* Appends an overflow page to a page that has none. */
int
__hash_extend(struct hash *t, void *page, pgno_t *next)
{
	unsigned int n = __hash_word(t, page, 0);
	unsigned int top = __hash_word(t, page, n + 2);
	uint32_t oaddr;

	if (__hash_new_overflow(t, &oaddr) != 0)
		return (-1);
	__hash_setword(t, page, n + 1, oaddr);
	__hash_setword(t, page, n + 2, OVERFLOW_PAGE);
	n += 2;
	__hash_setword(t, page, 0, n);
	__hash_setword(t, page, n + 1, top > PAGE_META(n) ?
	    top - PAGE_META(n) : 0);
	__hash_setword(t, page, n + 2, top);
	t->grown = true;
	*next = __hash_oaddr_page(t, oaddr);
	return (0);
}

/* Adds a pair to a page that has room; a link to the next page stays last. */
void
__hash_append(struct hash *t, void *page, const DBT *key, const DBT *data)
{
	unsigned int n = __hash_word(t, page, 0), link = 0, koff, doff;
	unsigned int at = n + 1;

	koff = __hash_word(t, page, n + 2) - (unsigned int)key->size;
	doff = koff - (unsigned int)data->size;
	if (key->size > 0)
		memcpy((char *)page + koff, key->data, key->size);
	if (data->size > 0)
		memcpy((char *)page + doff, data->data, data->size);
	if (n > 0 && __hash_word(t, page, n) == OVERFLOW_PAGE) {
		link = __hash_word(t, page, n - 1);
		at = n - 1;
	}
	__hash_setword(t, page, at, koff);
	__hash_setword(t, page, at + 1, doff);
	n += 2;
	if (link != 0) {
		__hash_setword(t, page, n - 1, link);
		__hash_setword(t, page, n, OVERFLOW_PAGE);
	}
	__hash_setword(t, page, 0, n);
	__hash_setword(t, page, n + 1, doff - PAGE_META(n));
	__hash_setword(t, page, n + 2, doff);
}

/* Takes the pair at word `index' off a page. */
void
__hash_remove(struct hash *t, void *page, unsigned int index)
{
	unsigned int n = __hash_word(t, page, 0), top, end, low, size, i, k, d;

	low = __hash_word(t, page, n + 2);
	end = index == 1 ? t->h.bsize : __hash_word(t, page, index - 1);
	top = __hash_word(t, page, index + 1);
	size = end - top;
	memmove((char *)page + low + size, (char *)page + low, top - low);
	for (i = index; i + 3 <= n; i += 2) {
		k = __hash_word(t, page, i + 2);
		d = __hash_word(t, page, i + 3);
		if (d >= REAL_KEY) {
			k += size;
			d += size;
		}
		__hash_setword(t, page, i, k);
		__hash_setword(t, page, i + 1, d);
	}
	n -= 2;
	low += size;
	__hash_setword(t, page, 0, n);
	__hash_setword(t, page, n + 1, low - PAGE_META(n));
	__hash_setword(t, page, n + 2, low);
}
