/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: looking into the B-Tree.
 *
 * Readers come down from the root with shared node locks, holding a node
 * until they have its child.  They copy the elements they want and let go:
 * nothing is held between two calls, and a scan goes on from a key.  Going
 * to a neighbour leaf means coming down again with a bound met on the way.
 */
#include "hammer.h"

const struct hammer_base_elm hammer_key_min = {
	.localization = 0, .obj_id = HAMMER_MIN_OBJID, .rec_type = 0,
	.key = HAMMER_MIN_KEY, .create_tid = 1, .delete_tid = 1
};
const struct hammer_base_elm hammer_key_max = {
	.localization = 0xFFFFFFFFU, .obj_id = HAMMER_MAX_OBJID,
	.rec_type = HAMMER_MAX_RECTYPE, .key = HAMMER_MAX_KEY,
	.create_tid = HAMMER_MAX_TID, .delete_tid = 0
};

void
hammer_key_next(struct hammer_base_elm *key)
{
	/* 0 is the last of all create_tids. */
	if (key->create_tid++ != 0)
		return;
	key->create_tid = 1;
	if (key->key != HAMMER_MAX_KEY) {
		key->key++;
		return;
	}
	key->key = HAMMER_MIN_KEY;
	if (key->rec_type++ != HAMMER_MAX_RECTYPE)
		return;
	key->rec_type = 0;
	if (key->obj_id != HAMMER_MAX_OBJID) {
		key->obj_id++;
		return;
	}
	key->obj_id = HAMMER_MIN_OBJID;
	key->localization++;
}

void
hammer_key_prev(struct hammer_base_elm *key)
{
	if (key->create_tid-- != 1)
		return;
	key->create_tid = 0;
	if (key->key != HAMMER_MIN_KEY) {
		key->key--;
		return;
	}
	key->key = HAMMER_MAX_KEY;
	if (key->rec_type-- != 0)
		return;
	key->rec_type = HAMMER_MAX_RECTYPE;
	if (key->obj_id != HAMMER_MIN_OBJID) {
		key->obj_id--;
		return;
	}
	key->obj_id = HAMMER_MAX_OBJID;
	key->localization--;
}

void
hammer_key_range(struct hammer_base_elm *beg, struct hammer_base_elm *end,
    uint32_t lo, int64_t obj_id, int rec_type, int64_t key1, int64_t key2)
{
	memset(beg, 0, sizeof(*beg));
	beg->localization = lo;
	beg->obj_id = obj_id;
	beg->rec_type = rec_type;
	beg->key = key1;
	beg->create_tid = 1;
	*end = *beg;
	end->key = key2;
	end->create_tid = 0;
}

static int
node_sane(const struct hammer_node_ondisk *node)
{
	if (node->type == HAMMER_BTREE_TYPE_LEAF)
		return (node->count >= 0 &&
		    node->count <= HAMMER_BTREE_LEAF_ELMS);
	return (node->type == HAMMER_BTREE_TYPE_INTERNAL &&
	    node->count > 0 && node->count <= HAMMER_BTREE_INT_ELMS);
}

int
hammer_node_get(struct hammer_mount *hmp, hammer_off_t off,
    struct hammer_buffer **bpp, struct hammer_node_ondisk **np)
{
	struct hammer_node_ondisk *node;
	int bit, error;

	if (hammer_off_zone(off) != HAMMER_ZONE_BTREE_INDEX ||
	    (off & (HAMMER_NODE_SIZE - 1)) != 0)
		return (EIO);
	node = hammer_bread(hmp, off, &error, bpp);
	if (error)
		return (error);
	bit = 1 << ((off & HAMMER_BUFMASK) / HAMMER_NODE_SIZE);
	if (((*bpp)->hb_checked & bit) == 0) {
		if (!hammer_node_ok(hmp->hm_version, node) ||
		    !node_sane(node)) {
			hammer_printf("HAMMER: B-Tree node %016jx is "
			    "damaged\n", (uintmax_t)off);
			hammer_buffer_rele(*bpp);
			*bpp = NULL;
			return (EIO);
		}
		__sync_fetch_and_or(&(*bpp)->hb_checked, bit);
	}
	*np = node;
	return (0);
}

hammer_lock_t *
hammer_node_lock(struct hammer_buffer *hb, struct hammer_node_ondisk *node)
{
	return (&hb->hb_lock[((char *)node - hb->hb_data) /
	    HAMMER_NODE_SIZE]);
}

/* The last element at or before key (strict: before), or -1. */
int
hammer_node_find(const struct hammer_node_ondisk *node,
    const struct hammer_base_elm *key, int strict)
{
	int lo = 0, hi = node->count, mid, c;

	while (lo < hi) {
		mid = (lo + hi) / 2;
		c = hammer_elm_cmp(&node->elms[mid].base, key);
		if (c < 0 || (c == 0 && !strict))
			lo = mid + 1;
		else
			hi = mid;
	}
	return (lo - 1);
}

/*
 * A leaf on the way down, with the bounds of its range.
 */
struct descent {
	struct hammer_buffer	*d_hb;
	struct hammer_node_ondisk *d_node;	/* locked shared */
	struct hammer_base_elm	d_left, d_right;
	int			d_haveleft;	/* something lies to the left */
	int			d_haveright;
};

static void
descent_end(struct descent *d)
{
	hammer_unlock(hammer_node_lock(d->d_hb, d->d_node));
	hammer_buffer_rele(d->d_hb);
}

/* The root, locked: it may change until it is. */
static int
lock_root(struct hammer_mount *hmp, struct descent *d)
{
	volatile hammer_off_t *rootp =
	    &hmp->hm_root->v_ondisk->vol0_btree_root;
	hammer_off_t root;
	int error;

	for (;;) {
		root = *rootp;
		error = hammer_node_get(hmp, root, &d->d_hb, &d->d_node);
		if (error)
			return (error);
		hammer_lock_sh(hammer_node_lock(d->d_hb, d->d_node));
		if (root == *rootp)
			return (0);
		descent_end(d);
	}
}

/*
 * To the leaf that may hold key.  strict: to the one that holds the last
 * element before key; ENOENT if there cannot be one.
 */
static int
descend(struct hammer_mount *hmp, const struct hammer_base_elm *key,
    int strict, int goleft, struct descent *d)
{
	struct hammer_buffer *hb;
	struct hammer_node_ondisk *node;
	union hammer_btree_elm *elm;
	int depth, i, error;

	d->d_haveleft = d->d_haveright = 0;
	error = lock_root(hmp, d);
	for (depth = 0; error == 0 &&
	    d->d_node->type == HAMMER_BTREE_TYPE_INTERNAL; depth++) {
		if (!node_sane(d->d_node) || depth >= HAMMER_MAX_DEPTH) {
			descent_end(d);
			return (EIO);
		}
		i = hammer_node_find(d->d_node, key, strict);
		if (i < 0 && goleft) {
			/* All of this subtree is beyond key. */
			descent_end(d);
			return (d->d_haveleft ? EAGAIN : ENOENT);
		}
		if (i < 0)
			i = 0;
		elm = &d->d_node->elms[i];
		if (i > 0 || depth == 0 || d->d_haveleft) {
			d->d_left = elm->base;
			d->d_haveleft = i > 0 || d->d_haveleft;
		}
		if (i + 1 < d->d_node->count) {
			d->d_right = elm[1].base;
			d->d_haveright = 1;
		}
		error = hammer_node_get(hmp, elm->internal.subtree_offset,
		    &hb, &node);
		if (error == 0) {
			hammer_lock_sh(hammer_node_lock(hb, node));
			if (!node_sane(node)) {
				hammer_unlock(hammer_node_lock(hb, node));
				hammer_buffer_rele(hb);
				error = EIO;
			}
		}
		descent_end(d);
		if (error)
			return (error);
		d->d_hb = hb;
		d->d_node = node;
	}
	hammer_stat[HST_SEARCHES]++;
	return (error);
}

int
hammer_btree_ge(struct hammer_mount *hmp, const struct hammer_base_elm *key,
    const struct hammer_base_elm *end, hammer_leaf_t *elms, int max, int *np)
{
	struct hammer_base_elm from = *key;
	struct descent d;
	hammer_leaf_t *leaf;
	int i, n, past, error;

	*np = 0;
	for (;;) {
		if (hammer_elm_cmp(&from, end) > 0)
			return (ENOENT);
		error = descend(hmp, &from, 0, 0, &d);
		if (error)
			return (error);
		i = hammer_node_find(d.d_node, &from, 1) + 1;
		for (n = 0, past = 0; i < d.d_node->count && n < max; i++) {
			leaf = &d.d_node->elms[i].leaf;
			past = hammer_elm_cmp(&leaf->base, end) > 0;
			if (past)
				break;
			elms[n++] = *leaf;
		}
		descent_end(&d);
		hammer_stat[HST_ELEMENTS] += n;
		*np = n;
		if (n > 0)
			return (0);
		if (past || !d.d_haveright ||
		    hammer_elm_cmp(&d.d_right, &from) <= 0)
			return (ENOENT);
		from = d.d_right;
	}
}

int
hammer_btree_le(struct hammer_mount *hmp, const struct hammer_base_elm *key,
    const struct hammer_base_elm *end, hammer_leaf_t *elm)
{
	struct hammer_base_elm from = *key;
	struct descent d;
	int i, error, strict = 0, found;

	for (;;) {
		error = descend(hmp, &from, strict, 1, &d);
		if (error == EAGAIN) {
			from = d.d_left;
			strict = 1;
			continue;
		}
		if (error)
			return (error);
		i = hammer_node_find(d.d_node, &from, strict);
		found = 0;
		if (i >= 0) {
			*elm = d.d_node->elms[i].leaf;
			found = 1;
		}
		descent_end(&d);
		if (found)
			return (hammer_elm_cmp(&elm->base, end) >= 0 ? 0 :
			    ENOENT);
		if (!d.d_haveleft || hammer_elm_cmp(&d.d_left, end) <= 0)
			return (ENOENT);
		from = d.d_left;
		strict = 1;
	}
}

int
hammer_btree_lookup(struct hammer_mount *hmp,
    const struct hammer_base_elm *key, hammer_leaf_t *elm)
{
	struct descent d;
	int i, error;

	hammer_stat[HST_LOOKUPS]++;
	error = descend(hmp, key, 0, 0, &d);
	if (error)
		return (error);
	i = hammer_node_find(d.d_node, key, 0);
	error = ENOENT;
	if (i >= 0 && hammer_elm_cmp(&d.d_node->elms[i].base, key) == 0) {
		*elm = d.d_node->elms[i].leaf;
		error = 0;
	}
	descent_end(&d);
	return (error);
}

int
hammer_leaf_bound(struct hammer_mount *hmp,
    const struct hammer_base_elm *key, struct hammer_base_elm *bound)
{
	struct descent d;
	int error;

	error = descend(hmp, key, 0, 0, &d);
	if (error)
		return (error);
	*bound = d.d_haveright ? d.d_right : hammer_key_max;
	descent_end(&d);
	return (0);
}

int
hammer_btree_asof(struct hammer_mount *hmp,
    const struct hammer_base_elm *key, hammer_tid_t asof, hammer_leaf_t *elm)
{
	struct hammer_base_elm from = *key, end = *key;
	int error;

	hammer_stat[HST_LOOKUPS]++;
	from.create_tid = asof == HAMMER_MAX_TID ? 0 : asof;
	end.create_tid = 1;
	error = hammer_btree_le(hmp, &from, &end, elm);
	if (error == 0 && hammer_elm_visible(&elm->base, asof) != 1)
		error = ENOENT;
	return (error);
}

int
hammer_btree_prev(struct hammer_mount *hmp, struct hammer_base_elm *at,
    const struct hammer_base_elm *end, hammer_tid_t asof, hammer_leaf_t *elm)
{
	int visible, error;

	hammer_stat[HST_LOOKUPS]++;
	/* Keys of entries and data are positive. */
	while (at->key >= end->key) {
		at->create_tid = asof == HAMMER_MAX_TID ? 0 : asof;
		error = hammer_btree_le(hmp, at, end, elm);
		if (error)
			return (error);
		if (elm->base.key != at->key && elm->base.create_tid > asof) {
			/* Too new: an older version of this one. */
			at->key = elm->base.key;
			continue;
		}
		visible = hammer_elm_visible(&elm->base, asof) == 1;
		at->key = elm->base.key - 1;
		if (visible)
			return (0);
	}
	return (ENOENT);
}

/*
 * Scans.
 */
void
hammer_iter_init(struct hammer_iter *it, struct hammer_mount *hmp,
    const struct hammer_base_elm *beg, const struct hammer_base_elm *end,
    hammer_tid_t asof)
{
	it->it_hmp = hmp;
	it->it_next = *beg;
	it->it_end = *end;
	it->it_asof = asof;
	it->it_done = it->it_n = it->it_i = 0;
	it->it_batch = HAMMER_ITER_BATCH;
}

int
hammer_iter_next(struct hammer_iter *it, hammer_leaf_t **elmp)
{
	hammer_leaf_t *elm;
	int error;

	for (;;) {
		if (it->it_i == it->it_n) {
			if (it->it_done)
				return (ENOENT);
			error = hammer_btree_ge(it->it_hmp, &it->it_next,
			    &it->it_end, it->it_elm, it->it_batch, &it->it_n);
			if (error) {
				it->it_n = it->it_i = 0;
				it->it_done = 1;
				return (error);
			}
			it->it_i = 0;
			it->it_next = it->it_elm[it->it_n - 1].base;
			if (hammer_elm_cmp(&it->it_next, &it->it_end) >= 0)
				it->it_done = 1;
			hammer_key_next(&it->it_next);
		}
		elm = &it->it_elm[it->it_i++];
		hammer_stat[HST_ITERATIONS]++;
		if (it->it_asof != 0 &&
		    hammer_elm_visible(&elm->base, it->it_asof) != 1)
			continue;
		*elmp = elm;
		return (0);
	}
}
