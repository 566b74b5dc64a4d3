/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hash(3): the extensible hash table of dbopen(3).
 *
 * The table grows by one bucket at a time (linear hashing): whenever there
 * are more keys a bucket than ffactor, or an insertion needed another page,
 * the next bucket in turn is split in two.
 */
#include <sys/stat.h>
#include <sys/endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "hash.h"

static uint32_t
default_hash(const void *key, size_t n)
{
	const unsigned char *p = key;
	uint32_t h = 0;

	while (n-- > 0)
		h = h * 33 + *p++;
	return (h);
}

static uint32_t
bucket_of(const struct hash *t, const DBT *key)
{
	uint32_t h = t->hash(key->data, key->size);
	uint32_t b = h & t->h.high_mask;

	return (b > t->h.max_bucket ? b & t->h.low_mask : b);
}

/*
 * Compares the pair at word i of a page: 1 equal, 0 not, -1 error.  *last is
 * the page where a big pair ends.
 */
static int
compare(struct hash *t, const char *page, pgno_t pgno, unsigned int i,
    const DBT *key, bool *big)
{
	unsigned int k = __hash_word(t, page, i), end;
	struct dbuf b = { NULL, 0 };
	size_t len;
	int r;

	*big = __hash_word(t, page, i + 1) < REAL_KEY;
	if (!*big) {
		end = i == 1 ? t->h.bsize : __hash_word(t, page, i - 1);
		return (end - k == key->size && (key->size == 0 ||
		    memcmp(page + k, key->data, key->size) == 0));
	}
	r = __hash_big_get(t, pgno, &b, &len, NULL, NULL);
	if (r == 0)
		r = len == key->size && memcmp(b.p, key->data, len) == 0;
	free(b.p);
	return (r);
}

/* Looks for a key: 0 found, 1 not there, -1 error. */
static int
find(struct hash *t, const DBT *key, struct hash_place *pl)
{
	pgno_t steps = __hash_limit(t) + 1, next;
	unsigned int n, i;
	char *page;
	bool more;
	int r;

	pl->bucket = bucket_of(t, key);
	pl->prev = pl->pgno = __hash_bucket_page(t, pl->bucket);
	for (;;) {
		page = __hash_page(t, pl->pgno);
		if (page == NULL)
			return (-1);
		n = __hash_word(t, page, 0);
		pl->big = false;
		r = 0;
		for (i = 1; i <= n && r == 0 && !pl->big; i += 2) {
			if (__hash_word(t, page, i + 1) == OVERFLOW_PAGE)
				break;
			pl->index = i;
			r = compare(t, page, pl->pgno, i, key, &pl->big);
		}
		__hash_put(t, page, false);
		if (r != 0)
			return (r > 0 ? 0 : -1);
		if (pl->big && __hash_big_last(t, pl->pgno, &pl->pgno) != 0)
			return (-1);
		page = __hash_page(t, pl->pgno);
		if (page == NULL)
			return (-1);
		more = __hash_next(t, page, &next);
		__hash_put(t, page, false);
		if (!more)
			return (1);
		if (--steps == 0) {
			errno = EFTYPE;
			return (-1);
		}
		pl->prev = pl->pgno;
		pl->pgno = next;
	}
}

/* Reads the pair at a place into the table's buffers. */
static int
read_pair(struct hash *t, pgno_t pgno, unsigned int i, DBT *key, DBT *data)
{
	char *page = __hash_page(t, pgno);
	unsigned int k, d, end;
	size_t klen, dlen;
	int r;

	if (page == NULL)
		return (-1);
	k = __hash_word(t, page, i);
	d = __hash_word(t, page, i + 1);
	if (d < REAL_KEY) {
		r = __hash_big_get(t, pgno, &t->key, &klen, &t->data, &dlen);
		if (r == 0 && key != NULL)
			*key = (DBT){ t->key.p, klen };
		if (r == 0)
			*data = (DBT){ t->data.p, dlen };
	} else {
		end = i == 1 ? t->h.bsize : __hash_word(t, page, i - 1);
		r = __dbuf_set(&t->data, data, page + d, k - d);
		if (r == 0 && key != NULL)
			r = __dbuf_set(&t->key, key, page + k, end - k);
	}
	__hash_put(t, page, false);
	return (r);
}

/* Adds a pair whose key is not there. */
static int
insert(struct hash *t, const DBT *key, const DBT *data)
{
	size_t need = PAIR_WORDS + key->size + data->size;
	bool big = need + PAIR_WORDS > t->h.bsize - PAGE_META(0), link, room;
	pgno_t pgno = __hash_bucket_page(t, bucket_of(t, key)), next;
	pgno_t steps = __hash_limit(t) + 1;
	unsigned int n, kind;
	char *page;
	int r;

	for (;;) {
		page = __hash_page(t, pgno);
		if (page == NULL)
			return (-1);
		n = __hash_word(t, page, 0);
		kind = n > 0 ? __hash_word(t, page, 2) : OVERFLOW_PAGE;
		link = __hash_next(t, page, &next);
		room = !big && (kind >= REAL_KEY || kind == OVERFLOW_PAGE) &&
		    __hash_word(t, page, n + 1) >= need +
		    (link ? 0 : PAIR_WORDS);
		if (room) {
			__hash_append(t, page, key, data);
			__hash_put(t, page, true);
			return (0);
		}
		r = link ? 0 : __hash_extend(t, page, &next);
		__hash_put(t, page, !link);
		if (r != 0)
			return (-1);
		if (--steps == 0) {
			errno = EFTYPE;
			return (-1);
		}
		if (!link && big)
			return (__hash_big_put(t, next, key, data));
		if (!link)
			steps++;
		pgno = next;
	}
}

/* Takes a big pair out of its chain. */
static int
remove_big(struct hash *t, const struct hash_place *pl)
{
	char *prev = __hash_page(t, pl->prev);
	unsigned int n;
	uint32_t follow;

	if (prev == NULL)
		return (-1);
	n = __hash_word(t, prev, 0);
	if (pl->prev == pl->pgno || n < 2) {
		__hash_put(t, prev, false);
		errno = EFTYPE;
		return (-1);
	}
	if (__hash_big_free(t, pl->pgno, __hash_word(t, prev, n - 1),
	    &follow) != 0) {
		__hash_put(t, prev, false);
		return (-1);
	}
	if (follow != 0)
		__hash_setword(t, prev, n - 1, follow);
	else if (__hash_word(t, prev, n) == OVERFLOW_PAGE) {
		unsigned int top = __hash_word(t, prev, n + 2);

		n -= 2;
		__hash_setword(t, prev, 0, n);
		__hash_setword(t, prev, n + 1, top - PAGE_META(n));
		__hash_setword(t, prev, n + 2, top);
	} else {
		/* A whole big pair on one page keeps its link: to a new page. */
		if (__hash_new_overflow(t, &follow) != 0) {
			__hash_put(t, prev, false);
			return (-1);
		}
		__hash_setword(t, prev, n - 1, follow);
	}
	__hash_put(t, prev, true);
	if (t->page == pl->pgno) {
		t->page = pl->prev;
		t->index = follow != 0 ? n - 1 : n + 1;
		t->deleted = true;
	}
	return (0);
}

static int
remove_pair(struct hash *t, const struct hash_place *pl)
{
	char *page;

	if (pl->big) {
		if (remove_big(t, pl) != 0)
			return (-1);
	} else {
		page = __hash_page(t, pl->pgno);
		if (page == NULL)
			return (-1);
		__hash_remove(t, page, pl->index);
		__hash_put(t, page, true);
		if (t->page == pl->pgno && t->index == pl->index)
			t->deleted = true;
		else if (t->page == pl->pgno && t->index > pl->index)
			t->index -= 2;
	}
	t->h.nkeys--;
	t->dirty = true;
	return (0);
}

/* The pairs of a bucket, in memory while it is split. */
struct pairs {
	size_t	n, room;
	struct { DBT key, data; } *v;
};

static void
free_pairs(struct pairs *p)
{
	while (p->n > 0)
		free(p->v[--p->n].key.data);
	free(p->v);
}

/* Copies a pair; key and datum are one allocation. */
static int
keep_pair(struct pairs *p, const DBT *key, const DBT *data)
{
	void *v;
	char *m;

	if (p->n == p->room) {
		p->room = p->room * 2 + 16;
		v = reallocarray(p->v, p->room, sizeof(*p->v));
		if (v == NULL)
			return (-1);
		p->v = v;
	}
	m = malloc(key->size + data->size + 1);
	if (m == NULL)
		return (-1);
	memcpy(m, key->data, key->size);
	memcpy(m + key->size, data->data, data->size);
	p->v[p->n].key = (DBT){ m, key->size };
	p->v[p->n].data = (DBT){ m + key->size, data->size };
	p->n++;
	return (0);
}

/* All pairs of a chain, and the addresses of its overflow pages. */
static int
collect(struct hash *t, uint32_t bucket, struct pairs *p, struct pairs *pages)
{
	pgno_t pgno = __hash_bucket_page(t, bucket), next;
	pgno_t steps = __hash_limit(t) + 1;
	unsigned int n, i, kind;
	bool in_big = false, more;
	DBT key, data;
	uint32_t oaddr;
	char *page;
	pgno_t last = 0;
	int r = 0;

	do {
		page = __hash_page(t, pgno);
		if (page == NULL)
			return (-1);
		n = __hash_word(t, page, 0);
		for (i = 1; i <= n && !in_big && r == 0; i += 2) {
			kind = __hash_word(t, page, i + 1);
			if (kind == OVERFLOW_PAGE)
				break;
			r = read_pair(t, pgno, i, &key, &data);
			if (r == 0)
				r = keep_pair(p, &key, &data);
			in_big = kind < REAL_KEY;
			if (in_big && r == 0)
				r = __hash_big_last(t, pgno, &last);
		}
		in_big = in_big && pgno != last;
		more = __hash_next(t, page, &next);
		if (more && r == 0) {
			oaddr = __hash_word(t, page, n - 1);
			r = keep_pair(pages, &(DBT){ &oaddr, sizeof(oaddr) },
			    &(DBT){ &oaddr, 0 });
		}
		__hash_put(t, page, false);
		if (--steps == 0) {
			errno = EFTYPE;
			r = -1;
		}
		pgno = next;
	} while (more && r == 0);
	return (r);
}

static int
clear_bucket(struct hash *t, uint32_t bucket)
{
	char *page = mpool_get(t->mp, __hash_bucket_page(t, bucket), 0);

	if (page == NULL)
		return (-1);
	__hash_init_page(t, page);
	__hash_put(t, page, true);
	return (0);
}

/* Adds a bucket and shares the pairs of its sibling between the two. */
static int
expand(struct hash *t)
{
	struct pairs all = { 0, 0, NULL }, pages = { 0, 0, NULL };
	struct hash_header *h = &t->h;
	uint32_t new, old, oaddr;
	unsigned int split;
	size_t i;
	int r;

	if (h->max_bucket == UINT32_MAX >> 1)
		return (0);
	new = h->max_bucket + 1;
	old = new & h->low_mask;
	split = new == 0 ? 0 : 32 - (unsigned int)__builtin_clz(new);
	if (split >= NCACHED)
		return (0);
	r = collect(t, old, &all, &pages);
	if (r != 0)
		goto out;
	h->max_bucket = new;
	if (split > h->ovfl_point) {
		h->spares[split] = h->spares[h->ovfl_point];
		h->ovfl_point = split;
	}
	if (new > h->high_mask) {
		h->low_mask = h->high_mask;
		h->high_mask = new | h->low_mask;
	}
	t->dirty = true;
	for (i = 0; i < pages.n && r == 0; i++) {
		memcpy(&oaddr, pages.v[i].key.data, sizeof(oaddr));
		r = __hash_free_overflow(t, oaddr);
	}
	if (r != 0 || clear_bucket(t, old) != 0 || clear_bucket(t, new) != 0)
		r = -1;
	for (i = 0; i < all.n && r == 0; i++)
		r = insert(t, &all.v[i].key, &all.v[i].data);
out:
	free_pairs(&all);
	free_pairs(&pages);
	return (r);
}

static int
hash_get(const DB *db, const DBT *key, DBT *data, unsigned int flags)
{
	struct hash *t = db->internal;
	struct hash_place pl;
	int r;

	if (flags != 0) {
		errno = EINVAL;
		return (RET_ERROR);
	}
	r = find(t, key, &pl);
	if (r != 0)
		return (r < 0 ? RET_ERROR : RET_SPECIAL);
	return (read_pair(t, pl.pgno, pl.index, NULL, data) != 0 ? RET_ERROR :
	    RET_SUCCESS);
}

static int
hash_put(const DB *db, DBT *key, const DBT *data, unsigned int flags)
{
	struct hash *t = db->internal;
	struct hash_place pl;
	int r;

	if (t->readonly || (flags != 0 && flags != R_NOOVERWRITE)) {
		errno = t->readonly ? EPERM : EINVAL;
		return (RET_ERROR);
	}
	r = find(t, key, &pl);
	if (r == 0 && flags == R_NOOVERWRITE)
		return (RET_SPECIAL);
	if (r < 0 || (r == 0 && remove_pair(t, &pl) != 0))
		return (RET_ERROR);
	t->grown = false;
	if (insert(t, key, data) != 0)
		return (RET_ERROR);
	t->h.nkeys++;
	t->dirty = true;
	if ((t->grown || t->h.nkeys / (t->h.max_bucket + 1) >
	    t->h.ffactor) && expand(t) != 0)
		return (RET_ERROR);
	return (RET_SUCCESS);
}

static int
hash_del(const DB *db, const DBT *key, unsigned int flags)
{
	struct hash *t = db->internal;
	struct hash_place pl;
	DBT at, data;
	int r;

	if (t->readonly || (flags != 0 && flags != R_CURSOR)) {
		errno = t->readonly ? EPERM : EINVAL;
		return (RET_ERROR);
	}
	if (flags == R_CURSOR) {
		if (!t->walking || t->deleted) {
			errno = EINVAL;
			return (RET_ERROR);
		}
		if (read_pair(t, t->page, t->index, &at, &data) != 0)
			return (RET_ERROR);
		key = &at;
	}
	r = find(t, key, &pl);
	if (r != 0)
		return (r < 0 ? RET_ERROR : RET_SPECIAL);
	return (remove_pair(t, &pl) != 0 ? RET_ERROR : RET_SUCCESS);
}

/* A page that belongs to a big pair, which is all there is on it. */
static bool
is_big_page(const struct hash *t, const char *page)
{
	unsigned int kind = __hash_word(t, page, 2);

	return (__hash_word(t, page, 0) > 0 && kind != OVERFLOW_PAGE &&
	    kind < REAL_KEY);
}

/* Where the pair behind the cursor would be on the cursor's page. */
static int
leave_pair(struct hash *t, unsigned int *i)
{
	char *page;
	bool big;

	*i = t->index;
	if (t->deleted) {
		t->deleted = false;
		return (0);
	}
	page = __hash_page(t, t->page);
	if (page == NULL)
		return (-1);
	big = is_big_page(t, page);
	__hash_put(t, page, false);
	*i += 2;
	return (big ? __hash_big_last(t, t->page, &t->page) : 0);
}

/* Moves the cursor to the next pair: 0, 1 at the end, -1. */
static int
advance(struct hash *t)
{
	pgno_t steps = __hash_limit(t) + t->h.max_bucket + 2, next;
	unsigned int i;
	char *page;
	bool here;

	if (leave_pair(t, &i) != 0)
		return (-1);
	for (; steps > 0; steps--) {
		page = __hash_page(t, t->page);
		if (page == NULL)
			return (-1);
		here = i < __hash_word(t, page, 0) &&
		    __hash_word(t, page, i + 1) != OVERFLOW_PAGE &&
		    (i == 1 || !is_big_page(t, page));
		if (here)
			t->index = i;
		else if (!__hash_next(t, page, &next)) {
			if (t->bucket >= t->h.max_bucket) {
				__hash_put(t, page, false);
				t->walking = false;
				return (1);
			}
			next = __hash_bucket_page(t, ++t->bucket);
		}
		__hash_put(t, page, false);
		if (here)
			return (0);
		t->page = next;
		i = 1;
	}
	errno = EFTYPE;
	return (-1);
}

static int
hash_seq(const DB *db, DBT *key, DBT *data, unsigned int flags)
{
	struct hash *t = db->internal;
	int r;

	if (flags != R_FIRST && flags != R_NEXT) {
		errno = EINVAL;
		return (RET_ERROR);
	}
	if (flags == R_FIRST || !t->walking) {
		t->walking = true;
		t->bucket = 0;
		t->page = __hash_bucket_page(t, 0);
		t->index = 1;
		t->deleted = true;	/* the first is where it stands */
	}
	r = advance(t);
	if (r != 0)
		return (r < 0 ? RET_ERROR : RET_SPECIAL);
	return (read_pair(t, t->page, t->index, key, data) != 0 ? RET_ERROR :
	    RET_SUCCESS);
}

static int
write_header(struct hash *t)
{
	unsigned char buf[HEADER_SIZE] = { 0 };
	const struct hash_header *h = &t->h;
	int i;

	be32enc(buf, HASHMAGIC);
	be32enc(buf + 4, HASHVERSION);
	be32enc(buf + 8, h->lorder);
	be32enc(buf + 12, h->bsize);
	be32enc(buf + 16, h->bshift);
	be32enc(buf + 20, DEF_SEGSIZE);
	be32enc(buf + 24, DEF_SEGSIZE);
	be32enc(buf + 28, DEF_SEGSHIFT);
	be32enc(buf + 32, h->ovfl_point);
	be32enc(buf + 36, h->last_freed);
	be32enc(buf + 40, h->max_bucket);
	be32enc(buf + 44, h->high_mask);
	be32enc(buf + 48, h->low_mask);
	be32enc(buf + 52, h->ffactor);
	be32enc(buf + 56, h->nkeys);
	be32enc(buf + 60, h->hdrpages);
	be32enc(buf + 64, h->charkey);
	for (i = 0; i < NCACHED; i++) {
		be32enc(buf + 68 + 4 * i, h->spares[i]);
		be16enc(buf + 196 + 2 * i, h->bitmaps[i]);
	}
	if (pwrite(t->fd, buf, sizeof(buf), 0) != sizeof(buf))
		return (-1);
	t->dirty = false;
	return (0);
}

static int
hash_sync(const DB *db, unsigned int flags)
{
	struct hash *t = db->internal;

	if (flags != 0) {
		errno = EINVAL;
		return (RET_ERROR);
	}
	if (t->fd < 0 || t->readonly)
		return (RET_SUCCESS);
	if ((t->dirty && write_header(t) != 0) || mpool_sync(t->mp) != 0)
		return (RET_ERROR);
	return (RET_SUCCESS);
}

static int
hash_fd(const DB *db)
{
	return (__db_fd(((struct hash *)db->internal)->fd));
}

static int
hash_close(DB *db)
{
	struct hash *t = db->internal;
	int r = hash_sync(db, 0);

	mpool_close(t->mp);
	if (t->fd >= 0 && close(t->fd) != 0)
		r = RET_ERROR;
	free(t->key.p);
	free(t->data.p);
	free(t);
	free(db);
	return (r);
}

/* Reads and checks the header of an existing file. */
static int
read_header(struct hash *t, off_t size)
{
	unsigned char buf[HEADER_SIZE];
	struct hash_header *h = &t->h;
	uint32_t dsize;
	int i;

	if (pread(t->fd, buf, sizeof(buf), 0) != sizeof(buf) ||
	    be32dec(buf) != HASHMAGIC || be32dec(buf + 4) != HASHVERSION)
		return (-1);
	h->lorder = be32dec(buf + 8);
	h->bsize = be32dec(buf + 12);
	h->bshift = be32dec(buf + 16);
	dsize = be32dec(buf + 20);
	h->ovfl_point = be32dec(buf + 32);
	h->last_freed = be32dec(buf + 36);
	h->max_bucket = be32dec(buf + 40);
	h->high_mask = be32dec(buf + 44);
	h->low_mask = be32dec(buf + 48);
	h->ffactor = be32dec(buf + 52);
	h->nkeys = be32dec(buf + 56);
	h->hdrpages = be32dec(buf + 60);
	h->charkey = be32dec(buf + 64);
	for (i = 0; i < NCACHED; i++) {
		h->spares[i] = be32dec(buf + 68 + 4 * i);
		h->bitmaps[i] = be16dec(buf + 196 + 2 * i);
	}
	if ((h->lorder != LITTLE_ENDIAN && h->lorder != BIG_ENDIAN) ||
	    h->bsize < MIN_BSIZE || h->bsize > MAX_BSIZE ||
	    h->bsize != 1U << (h->bshift & 31) || dsize == 0 ||
	    h->ovfl_point >= NCACHED || h->ffactor == 0 ||
	    h->hdrpages == 0 || h->hdrpages > 512 ||
	    h->max_bucket > h->high_mask || h->low_mask != h->high_mask >> 1 ||
	    (h->high_mask & (h->high_mask + 1)) != 0 ||
	    h->max_bucket > (uint64_t)size / h->bsize + h->ffactor ||
	    h->charkey != t->hash(CHARKEY, sizeof(CHARKEY)))
		return (-1);
	for (i = 0; i <= (int)h->ovfl_point; i++) {
		if ((i > 0 && h->spares[i] < h->spares[i - 1]) ||
		    h->spares[i] > (uint64_t)size / h->bsize)
			return (-1);
	}
	return (0);
}

/* An empty table with room for nelem keys. */
static int
new_table(struct hash *t, const HASHINFO *info)
{
	struct hash_header *h = &t->h;
	uint32_t nelem = info->nelem != 0 ? info->nelem : 1, n = 2, l2 = 1;
	uint32_t want = (nelem - 1) / h->ffactor + 1;

	while (n < want && l2 < NCACHED - 4) {
		n *= 2;
		l2++;
	}
	h->max_bucket = h->low_mask = n - 1;
	h->high_mask = 2 * n - 1;
	h->hdrpages = (512 - 1) / h->bsize + 1;
	h->ovfl_point = l2;
	h->spares[l2] = h->spares[l2 + 1] = 1;
	h->last_freed = 1;
	h->charkey = t->hash(CHARKEY, sizeof(CHARKEY));
	t->dirty = true;
	return (0);
}

/* The size of buckets: a power of two. */
static int
set_sizes(struct hash *t, const HASHINFO *info, const struct stat *st)
{
	uint32_t want = info->bsize, shift = 6;

	if (want == 0)
		want = t->fd >= 0 && st->st_blksize > 0 ?
		    (uint32_t)st->st_blksize : DEF_BSIZE;
	if (want > MAX_BSIZE) {
		if (info->bsize != 0) {
			errno = EINVAL;
			return (-1);
		}
		want = MAX_BSIZE;
	}
	while (1U << shift < want)
		shift++;
	t->h.bshift = shift;
	t->h.bsize = 1U << shift;
	t->h.ffactor = info->ffactor != 0 ? info->ffactor : DEF_FFACTOR;
	t->h.lorder = (uint32_t)__db_lorder(info->lorder);
	if (t->h.lorder == 0) {
		errno = EINVAL;
		return (-1);
	}
	return (0);
}

static int
open_table(struct hash *t, const char *name, int flags, mode_t mode,
    const HASHINFO *info)
{
	struct stat st;
	uint32_t cache;
	bool fresh;

	memset(&st, 0, sizeof(st));
	t->fd = __db_file(name, flags, mode);
	if (t->fd == -1 || (t->fd >= 0 && fstat(t->fd, &st) != 0))
		return (-1);
	fresh = t->fd < 0 || st.st_size == 0;
	if (fresh) {
		if (t->readonly && t->fd >= 0) {
			errno = EFTYPE;
			return (-1);
		}
		if (set_sizes(t, info, &st) != 0)
			return (-1);
		new_table(t, info);
	} else if (read_header(t, st.st_size) != 0) {
		errno = EFTYPE;
		return (-1);
	}
	cache = info->cachesize / t->h.bsize;
	t->mp = mpool_open(NULL, t->fd < 0 ? -1 : t->fd, t->h.bsize, cache);
	if (t->mp == NULL)
		return (-1);
	if (fresh && __hash_bitmap_init(t, OADDR(t->h.ovfl_point, 1), 0) != 0)
		return (-1);
	return (0);
}

DB *
__hash_open(const char *name, int flags, mode_t mode, const HASHINFO *info)
{
	static const HASHINFO none;
	struct hash *t;
	DB *db;

	if ((flags & O_ACCMODE) == O_WRONLY) {
		errno = EINVAL;
		return (NULL);
	}
	if (info == NULL)
		info = &none;
	t = calloc(1, sizeof(*t));
	db = __db_new(DB_HASH, t);
	if (t == NULL || db == NULL) {
		free(t);
		free(db);
		return (NULL);
	}
	t->hash = info->hash != NULL ? info->hash : default_hash;
	t->readonly = name != NULL && (flags & O_ACCMODE) == O_RDONLY;
	if (open_table(t, name, flags, mode, info) != 0)
		return (__db_discard(db, t, t->mp, t->fd));
	db->close = hash_close;
	db->del = hash_del;
	db->fd = hash_fd;
	db->get = hash_get;
	db->put = hash_put;
	db->seq = hash_seq;
	db->sync = hash_sync;
	return (db);
}
