/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The file format of B-tree databases and the functions that share it.
 *
 * Page 0 has the magic number, version, page size, first free page and flags,
 * as 32-bit words.  Page 1 is the root.  A page begins with
 *
 *	0 own number   4 left sibling   8 right sibling   12 kind
 *	16 end of the index (16 bits)   18 start of the entries (16 bits)
 *	20 index: 16-bit offsets of the entries, in order of the keys
 *
 * and has its entries packed from the end downwards, each a multiple of four
 * bytes long:
 *
 *	leaf		key size, datum size, flags (one byte), key, datum
 *	internal	key size, page number, flags, key
 *
 * A big key or datum lies on a chain of overflow pages; the entry has its
 * first page and its size in two words instead.  The first key of an internal
 * page counts as smaller than all others.  Freed pages are chained by their
 * right siblings.  All numbers are in the byte order of the file.
 */
#ifndef _DB_BTREE_H_
#define	_DB_BTREE_H_

#include <sys/endian.h>
#include <mpool.h>
#include "db_local.h"

#define	PG_NO		0
#define	PG_PREV		4
#define	PG_NEXT		8
#define	PG_KIND		12
#define	PG_LOWER	16
#define	PG_UPPER	18
#define	PG_HEADER	20

#define	KIND_INTERNAL	0x01
#define	KIND_LEAF	0x02
#define	KIND_OVERFLOW	0x04
#define	KIND_MASK	0x1f

#define	ROOT_PAGE	1
#define	NO_PAGE		0

#define	BIG_DATA	0x01
#define	BIG_KEY		0x02
#define	BIG_REF		8		/* bytes of a reference */

#define	LEAF_HEADER	9
#define	INTERNAL_HEADER	9
#define	ENTRY_SIZE(n)	(((n) + 3) & ~3U)

#define	BT_NODUPS	0x20		/* flag in the file */

#define	MIN_PSIZE	512
#define	MAX_PSIZE	32768
#define	MAX_DEPTH	32

struct bt {
	MPOOL		*mp;
	int		fd;		/* -2: in memory only */
	uint32_t	psize;
	uint32_t	big;		/* entries longer than this are split up */
	pgno_t		free;		/* first free page */
	bool		swap;		/* file's order is not the machine's */
	bool		readonly;
	bool		dups;
	bool		dirty;		/* page 0 must be written */
	int		(*compare)(const DBT *, const DBT *);
	size_t		(*prefix)(const DBT *, const DBT *);
	struct dbuf	key, data;	/* results */
	struct dbuf	ckey;		/* big key being compared */
	/* The cursor; `gone': its entry was deleted, here is the next one. */
	bool		set, gone;
	pgno_t		cpage;
	unsigned int	cindex;
};

/* An entry of a page, taken apart. */
struct bt_item {
	uint32_t	ksize, dsize;	/* dsize: 0 on internal pages */
	pgno_t		child;
	unsigned int	flags;
	unsigned char	*key, *data;	/* in the page */
	size_t		size;		/* of the whole entry */
};

/* The way from the root to an entry of a leaf. */
struct bt_path {
	int		depth;
	struct {
		pgno_t		pgno;
		unsigned int	index;
	} at[MAX_DEPTH];
};
#define	LEAF_OF(p)	((p)->at[(p)->depth])

static inline uint32_t
bt_get32(const struct bt *t, const void *p)
{
	uint32_t v = *(const uint32_t *)p;

	return (t->swap ? bswap32(v) : v);
}

static inline uint16_t
bt_get16(const struct bt *t, const void *p)
{
	uint16_t v = *(const uint16_t *)p;

	return (t->swap ? bswap16(v) : v);
}

static inline void
bt_put32(const struct bt *t, void *p, uint32_t v)
{
	*(uint32_t *)p = t->swap ? bswap32(v) : v;
}

static inline void
bt_put16(const struct bt *t, void *p, unsigned int v)
{
	*(uint16_t *)p = t->swap ? bswap16((uint16_t)v) : (uint16_t)v;
}

static inline unsigned int
bt_count(const struct bt *t, const unsigned char *page)
{
	return ((bt_get16(t, page + PG_LOWER) - PG_HEADER) / 2);
}

static inline bool
bt_is_leaf(const struct bt *t, const unsigned char *page)
{
	return ((bt_get32(t, page + PG_KIND) & KIND_LEAF) != 0);
}

/* bt_page.c */
unsigned char *__bt_page(struct bt *, pgno_t);
void	__bt_put(struct bt *, void *, bool dirty);
unsigned char *__bt_new(struct bt *, uint32_t kind, pgno_t *);
int	__bt_free(struct bt *, unsigned char *);
void	__bt_init(struct bt *, unsigned char *, pgno_t, uint32_t kind);
void	__bt_item(const struct bt *, unsigned char *, unsigned int,
	    struct bt_item *);
bool	__bt_insert(struct bt *, unsigned char *, unsigned int, const void *,
	    size_t);
void	__bt_remove(struct bt *, unsigned char *, unsigned int);
int	__bt_big_put(struct bt *, const DBT *, unsigned char *ref);
int	__bt_big_get(struct bt *, const unsigned char *ref, struct dbuf *,
	    DBT *);
int	__bt_big_free(struct bt *, const unsigned char *ref);
int	__bt_key(struct bt *, const struct bt_item *, struct dbuf *, DBT *);

/* bt_search.c */
int	__bt_search(struct bt *, const DBT *, bool upper, struct bt_path *);
int	__bt_find(struct bt *, const DBT *, struct bt_path *);
int	__bt_path_next(struct bt *, struct bt_path *);
int	__bt_path_to_cursor(struct bt *, struct bt_path *);
int	__bt_delete(struct bt *, struct bt_path *);

/* bt_split.c */
int	__bt_add(struct bt *, struct bt_path *, const DBT *, const DBT *);

#endif
