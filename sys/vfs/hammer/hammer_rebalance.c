/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: rebalancing: neighbouring B-Tree nodes below the same parent are
 * filled up to a number of elements, and those that become empty go.
 *
 * One level of the tree after the other, from the leaves up; each pair of
 * neighbours is one transaction.
 */
#include "hammer_maint.h"

struct rebalance {
	struct hammer_mount	*rb_hmp;
	struct hammer_ioc_rebalance *rb_ioc;
	int			rb_height;	/* of the parents: leaves 0 */
	struct hammer_base_elm	rb_end;
};

/* Children i and i + 1 of a node. */
struct pair {
	struct hammer_buffer	*pr_hb, *pr_lhb, *pr_rhb;
	struct hammer_node_ondisk *pr_parent, *pr_left, *pr_right;
	int			pr_i;
};

/* The n first elements of an internal right node have a new parent. */
static int
move_parents(struct hammer_mount *hmp, struct pair *pr, int n)
{
	struct hammer_node_ondisk *child;
	struct hammer_buffer *hb;
	hammer_off_t off;
	int i, error = 0;

	off = pr->pr_parent->elms[pr->pr_i].internal.subtree_offset;
	for (i = 0; i < n && error == 0; i++) {
		error = hammer_node_get(hmp,
		    pr->pr_right->elms[i].internal.subtree_offset, &hb,
		    &child);
		if (error)
			break;
		error = hammer_node_modify(hmp, hb, child, &child->parent,
		    sizeof(child->parent));
		if (error == 0)
			child->parent = off;
		hammer_buffer_rele(hb);
	}
	return (error);
}

/* What is about to change in the three nodes. */
static int
log_pair(struct hammer_mount *hmp, struct pair *pr)
{
	int error;

	error = hammer_node_modify(hmp, pr->pr_hb, pr->pr_parent,
	    &pr->pr_parent->elms[pr->pr_i], 2 * sizeof(pr->pr_left->elms[0]));
	if (error == 0)
		error = hammer_node_modify(hmp, pr->pr_lhb, pr->pr_left,
		    pr->pr_left, HAMMER_NODE_SIZE);
	if (error == 0)
		error = hammer_node_modify(hmp, pr->pr_rhb, pr->pr_right,
		    pr->pr_right, HAMMER_NODE_SIZE);
	return (error);
}

static void
lock_pair(struct pair *pr)
{
	hammer_lock_ex(hammer_node_lock(pr->pr_hb, pr->pr_parent));
	hammer_lock_ex(hammer_node_lock(pr->pr_lhb, pr->pr_left));
	hammer_lock_ex(hammer_node_lock(pr->pr_rhb, pr->pr_right));
}

static void
unlock_pair(struct pair *pr)
{
	hammer_unlock(hammer_node_lock(pr->pr_rhb, pr->pr_right));
	hammer_unlock(hammer_node_lock(pr->pr_lhb, pr->pr_left));
	hammer_unlock(hammer_node_lock(pr->pr_hb, pr->pr_parent));
}

/*
 * n elements from the start of the right node to the end of the left one.
 * An internal node has one slot more, its right boundary.
 */
static void
shift(struct pair *pr, int n, int internal)
{
	struct hammer_node_ondisk *l = pr->pr_left, *r = pr->pr_right;
	union hammer_btree_elm *sep = &pr->pr_parent->elms[pr->pr_i + 1];
	struct hammer_base_elm base;
	uint8_t btype = sep->base.btype, first;

	memcpy(&l->elms[l->count], &r->elms[0], n * sizeof(r->elms[0]));
	if (internal) {
		/* Between the nodes is where the parent says. */
		first = l->elms[l->count].base.btype;
		l->elms[l->count].base = sep->base;
		l->elms[l->count].base.btype = first;
		base = r->elms[n].base;
	} else if (n < r->count) {
		hammer_elm_separator(&r->elms[n - 1].base, &r->elms[n].base,
		    &base);
	} else {
		base = sep->base;
	}
	l->count += n;
	memmove(&r->elms[0], &r->elms[n],
	    (r->count - n + internal) * sizeof(r->elms[0]));
	r->count -= n;
	if (internal) {
		l->elms[l->count].base = base;
		l->elms[l->count].base.btype = 0;
		l->elms[l->count].internal.subtree_offset = 0;
		l->elms[l->count].internal.mirror_tid = 0;
	}
	if (l->mirror_tid < r->mirror_tid)
		l->mirror_tid = r->mirror_tid;
	sep[-1].internal.mirror_tid = MAX(sep[-1].internal.mirror_tid,
	    sep->internal.mirror_tid);
	if (r->count > 0) {
		sep->base = base;
		sep->base.btype = btype;
	}
}

/* The right node is empty: out of the parent with it. */
static int
drop_right(struct hammer_mount *hmp, struct pair *pr)
{
	hammer_off_t off = pr->pr_parent->elms[pr->pr_i + 1].internal.
	    subtree_offset;
	int error;

	error = hammer_node_remove_elm(hmp, pr->pr_hb, pr->pr_parent,
	    pr->pr_i + 1);
	if (error)
		return (error);
	hammer_lock_ex(hammer_node_lock(pr->pr_rhb, pr->pr_right));
	error = hammer_node_delete(hmp, pr->pr_rhb, pr->pr_right, off);
	hammer_unlock(hammer_node_lock(pr->pr_rhb, pr->pr_right));
	return (error);
}

static int
fill_left(struct rebalance *rb, struct pair *pr)
{
	struct hammer_mount *hmp = rb->rb_hmp;
	int n, internal, error;

	internal = pr->pr_left->type == HAMMER_BTREE_TYPE_INTERNAL;
	n = MIN(rb->rb_ioc->saturation - pr->pr_left->count,
	    pr->pr_right->count);
	if (pr->pr_right->count == 0) {
		rb->rb_ioc->stat_deletions++;
		return (drop_right(hmp, pr));
	}
	if (n <= 0)
		return (0);
	error = log_pair(hmp, pr);
	if (error == 0 && internal)
		error = move_parents(hmp, pr, n);
	if (error)
		return (error);
	lock_pair(pr);
	shift(pr, n, internal);
	unlock_pair(pr);
	rb->rb_ioc->stat_nrebal++;
	if (pr->pr_right->count == 0) {
		rb->rb_ioc->stat_deletions++;
		error = drop_right(hmp, pr);
	}
	return (error);
}

/* Both children of a parent that hm_txn_lock keeps as it is. */
static int
fill_pair(struct rebalance *rb, struct pair *pr)
{
	struct hammer_mount *hmp = rb->rb_hmp;
	union hammer_btree_elm *elm = &pr->pr_parent->elms[pr->pr_i];
	int error;

	error = hammer_node_get(hmp, elm[0].internal.subtree_offset,
	    &pr->pr_lhb, &pr->pr_left);
	if (error)
		return (error);
	error = hammer_node_get(hmp, elm[1].internal.subtree_offset,
	    &pr->pr_rhb, &pr->pr_right);
	if (error == 0) {
		if (pr->pr_left->type == pr->pr_right->type)
			error = fill_left(rb, pr);
		else
			error = EIO;
		hammer_buffer_rele(pr->pr_rhb);
	}
	hammer_buffer_rele(pr->pr_lhb);
	return (error);
}

/*
 * Child i of the parent that key leads to, with the next one.  *nextp: where
 * the parent's range ends, ENOENT if it has no child i + 1.
 */
static int
step(struct rebalance *rb, const struct hammer_base_elm *key, int i,
    struct hammer_base_elm *nextp)
{
	struct hammer_mount *hmp = rb->rb_hmp;
	struct hammer_path p;
	struct pair pr;
	int level, before, error;

	error = hammer_path_get(hmp, key, &p);
	if (error)
		return (error);
	level = p.p_depth - 2 - rb->rb_height;
	if (level < 0) {
		*nextp = hammer_key_max;
		hammer_path_rele(&p);
		return (ENOENT);
	}
	pr.pr_hb = p.p_node[level].hb;
	pr.pr_parent = p.p_node[level].node;
	pr.pr_i = i;
	/* Where the parent's parent says, which may be further. */
	*nextp = level > 0 ? p.p_node[level - 1].node->elms[
	    p.p_node[level - 1].index + 1].base : hammer_key_max;
	if (i == 0)
		rb->rb_ioc->stat_ncount += pr.pr_parent->count;
	before = pr.pr_parent->count;
	if (i + 1 >= before)
		error = ENOENT;
	else
		error = fill_pair(rb, &pr);
	/* One child less: look at the same one again. */
	if (error == 0 && pr.pr_parent->count < before)
		error = EAGAIN;
	hammer_path_rele(&p);
	return (error);
}

static int
room(struct hammer_mount *hmp)
{
	int error = hammer_checkspace(hmp, HAMMER_CHKSPC_REMOVE);

	if (error && hammer_flush_sync(hmp) == 0)
		error = hammer_checkspace(hmp, HAMMER_CHKSPC_REMOVE);
	return (error);
}

/* All parents of one height, from key on. */
static int
one_level(struct rebalance *rb, const struct hammer_base_elm *from)
{
	struct hammer_base_elm key = *from, next = *from;
	int i = 0, error;

	while (hammer_elm_cmp(&key, &rb->rb_end) < 0) {
		rb->rb_ioc->key_cur = key;
		if (hammer_interrupted())
			return (EINTR);
		error = room(rb->rb_hmp);
		if (error == 0)
			error = hammer_txn_begin(rb->rb_hmp);
		if (error)
			return (error);
		error = step(rb, &key, i, &next);
		hammer_txn_end(rb->rb_hmp);
		if (error == 0) {
			i++;
		} else if (error == ENOENT) {
			if (hammer_elm_cmp(&next, &key) <= 0)
				break;
			key = next;
			i = 0;
		} else if (error != EAGAIN) {
			return (error);
		}
	}
	return (0);
}

int
hammer_rebalance(struct hammer_mount *hmp, uint32_t lo,
    struct hammer_ioc_rebalance *r)
{
	struct hammer_base_elm beg = r->key_beg;
	struct rebalance rb = { hmp, r, 0, r->key_end };
	int error = 0;

	if (r->key_beg.localization > r->key_end.localization ||
	    ((r->key_beg.localization | r->key_end.localization) &
	    HAMMER_LOCALIZE_PSEUDOFS_MASK) != 0)
		return (EINVAL);
	r->saturation = MAX(r->saturation, HAMMER_BTREE_INT_ELMS / 2);
	r->saturation = MIN(r->saturation, HAMMER_BTREE_INT_ELMS);
	if (!r->allpfs) {
		beg.localization |= lo;
		rb.rb_end.localization |= lo;
	} else {
		rb.rb_end.localization |= HAMMER_LOCALIZE_PSEUDOFS_MASK;
	}
	beg.create_tid = 1;
	beg.key = HAMMER_MIN_KEY;
	beg.rec_type = 0;
	rb.rb_end.create_tid = HAMMER_MAX_TID;
	rb.rb_end.key = HAMMER_MAX_KEY;
	rb.rb_end.rec_type = HAMMER_MAX_RECTYPE;
	for (; rb.rb_height < HAMMER_MAX_DEPTH && error == 0; rb.rb_height++)
		error = one_level(&rb, &beg);
	if (error == EINTR) {
		r->head.flags |= HAMMER_IOC_HEAD_INTR;
		error = 0;
	}
	r->key_cur.localization &= HAMMER_LOCALIZE_MASK;
	return (error);
}
