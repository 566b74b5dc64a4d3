/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The file format of hash databases (doc/reference/userland/libraries.md
 * section 2.7) and the functions that share it.
 *
 * A file is a header, then pages of bsize bytes: one for each bucket and, in
 * groups between the doublings of the table, overflow pages.  A bucket is a
 * chain: its page, then overflow pages.  A page is an array of 16-bit words,
 *
 *	[0] n, n words in pairs, [n+1] free bytes, [n+2] start of the data,
 *
 * with keys and data packed from the end downwards.  A pair is (offset of the
 * key, offset of the datum), or, if its second word is below REAL_KEY:
 *
 *	(address, OVERFLOW_PAGE)	the chain goes on there
 *	(offset, PARTIAL_KEY)		part of a big key
 *	(offset, FULL_KEY)		its last part; or a part of the datum
 *	(offset, FULL_KEY_DATA)		its last part with the start of the
 *					datum; or the last part of the datum
 *
 * Big pairs, those that do not fit a page, begin on an overflow page of their
 * own and own all pages up to their last.
 */
#ifndef _DB_HASH_H_
#define	_DB_HASH_H_

#include <mpool.h>
#include "db_local.h"

#define	NCACHED		32		/* split points there can be */
#define	MIN_BSIZE	64
#define	MAX_BSIZE	32768
#define	DEF_BSIZE	4096
#define	DEF_FFACTOR	65536
#define	DEF_SEGSIZE	256
#define	DEF_SEGSHIFT	8
#define	HEADER_SIZE	260
#define	CHARKEY		"%$sniglet^&"	/* hashed into the header, with NUL */

#define	OVERFLOW_PAGE	0
#define	PARTIAL_KEY	1
#define	FULL_KEY	2
#define	FULL_KEY_DATA	3
#define	REAL_KEY	4

#define	SPLIT_SHIFT	11		/* overflow address: split, number */
#define	SPLIT_MASK	0x7ff
#define	OADDR(split, n)	((uint32_t)(split) << SPLIT_SHIFT | (n))

#define	PAGE_META(n)	(((n) + 3) * 2)	/* bytes of words with n entries */
#define	PAIR_WORDS	4		/* bytes of a pair's two words */

struct hash_header {
	uint32_t	lorder;
	uint32_t	bsize, bshift;
	uint32_t	ovfl_point;	/* split point that is being filled */
	uint32_t	last_freed;
	uint32_t	max_bucket, high_mask, low_mask;
	uint32_t	ffactor, nkeys;
	uint32_t	hdrpages;
	uint32_t	charkey;
	uint32_t	spares[NCACHED];	/* overflow pages, cumulated */
	uint16_t	bitmaps[NCACHED];	/* overflow addresses */
};

struct hash {
	struct hash_header h;
	MPOOL		*mp;
	int		fd;		/* -2: in memory only */
	bool		readonly;
	bool		dirty;		/* the header changed */
	bool		grown;		/* an insertion added a page */
	uint32_t	(*hash)(const void *, size_t);
	struct dbuf	key, data;	/* results */
	/* The cursor: the pair returned last. */
	bool		walking;
	bool		deleted;	/* that pair is gone; at its place is */
					/* its successor */
	uint32_t	bucket;
	pgno_t		page;
	unsigned int	index;
};

/* Where a pair is: found on its first page. */
struct hash_place {
	uint32_t	bucket;
	pgno_t		prev;		/* page before, or the same if first */
	pgno_t		pgno;
	unsigned int	index;		/* of the key's word */
	bool		big;
};

/* hash_page.c */
uint16_t __hash_word(const struct hash *, const void *page, unsigned int);
void	__hash_setword(const struct hash *, void *, unsigned int,
	    unsigned int);
pgno_t	__hash_bucket_page(const struct hash *, uint32_t);
pgno_t	__hash_oaddr_page(const struct hash *, uint32_t oaddr);
void	*__hash_page(struct hash *, pgno_t);
void	__hash_put(struct hash *, void *, bool dirty);
void	__hash_init_page(const struct hash *, void *);
bool	__hash_next(const struct hash *, const void *, pgno_t *next);
int	__hash_extend(struct hash *, void *page, pgno_t *next);
int	__hash_new_overflow(struct hash *, uint32_t *oaddr);
int	__hash_free_overflow(struct hash *, uint32_t oaddr);
void	__hash_append(struct hash *, void *, const DBT *, const DBT *);
void	__hash_remove(struct hash *, void *, unsigned int index);
pgno_t	__hash_limit(const struct hash *);
int	__hash_bitmap_init(struct hash *, uint32_t oaddr, unsigned int);

/* hash_big.c */
int	__hash_big_put(struct hash *, pgno_t, const DBT *, const DBT *);
int	__hash_big_get(struct hash *, pgno_t, struct dbuf *, size_t *klen,
	    struct dbuf *, size_t *dlen);
int	__hash_big_last(struct hash *, pgno_t, pgno_t *last);
int	__hash_big_free(struct hash *, pgno_t first, uint32_t oaddr,
	    uint32_t *follow);

#endif
