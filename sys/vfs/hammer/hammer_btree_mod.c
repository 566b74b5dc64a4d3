/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: changing the B-Tree.
 *
 * There is one modifier, the holder of hm_txn_lock, so it looks without node
 * locks; it takes them exclusively, from the root down, around a change that
 * readers must not see half of.  A full node is split on the way down, while
 * its parent has room, and mirror_tids grow on the way down too.
 */
#include "hammer.h"

static void
lock_node(struct hammer_buffer *hb, struct hammer_node_ondisk *node)
{
	hammer_lock_ex(hammer_node_lock(hb, node));
}

static void
unlock_node(struct hammer_buffer *hb, struct hammer_node_ondisk *node)
{
	hammer_unlock(hammer_node_lock(hb, node));
}

/*
 * Bytes of a node will change; so will its CRC, which the flush cycle
 * computes.
 */
int
hammer_node_modify(struct hammer_mount *hmp, struct hammer_buffer *hb,
    struct hammer_node_ondisk *node, void *p, int len)
{
	int error;

	error = hammer_modify(hmp, hb, node, 4);
	if (error == 0)
		error = hammer_modify(hmp, hb, p, len);
	if (error == 0)
		hb->hb_crcs |= 1 << (((char *)node - hb->hb_data) /
		    HAMMER_NODE_SIZE);
	return (error);
}

int
hammer_node_new(struct hammer_mount *hmp, int type,
    struct hammer_buffer **hbp, struct hammer_node_ondisk **nodep,
    hammer_off_t *offp)
{
	struct hammer_node_ondisk *node;
	int error, bit;

	error = hammer_alloc(hmp, HAMMER_ZONE_BTREE_INDEX, HAMMER_NODE_SIZE,
	    offp);
	if (error)
		return (error);
	node = hammer_bnew(hmp, *offp, HAMMER_NODE_SIZE, &error, hbp);
	if (error)
		return (error);
	memset(node, 0, HAMMER_NODE_SIZE);
	node->type = type;
	bit = 1 << ((*offp & HAMMER_BUFMASK) / HAMMER_NODE_SIZE);
	(*hbp)->hb_crcs |= bit;
	__sync_fetch_and_or(&(*hbp)->hb_checked, bit);
	*nodep = node;
	return (0);
}

/* It is out of the tree. */
int
hammer_node_delete(struct hammer_mount *hmp, struct hammer_buffer *hb,
    struct hammer_node_ondisk *node, hammer_off_t off)
{
	int error;

	error = hammer_node_modify(hmp, hb, node, node, 64);
	if (error == 0) {
		node->type = HAMMER_BTREE_TYPE_DELETED;
		node->count = 0;
		error = hammer_free_space(hmp, off, HAMMER_NODE_SIZE);
	}
	return (error);
}

/*
 * Paths.
 */
void
hammer_path_rele(struct hammer_path *p)
{
	while (p->p_depth > 0)
		hammer_buffer_rele(p->p_node[--p->p_depth].hb);
}

static int
path_push(struct hammer_mount *hmp, struct hammer_path *p, hammer_off_t off)
{
	int error, i = p->p_depth;

	if (i == HAMMER_MAX_DEPTH)
		return (EIO);
	error = hammer_node_get(hmp, off, &p->p_node[i].hb,
	    &p->p_node[i].node);
	if (error)
		return (error);
	p->p_node[i].off = off;
	p->p_node[i].index = 0;
	p->p_depth++;
	if (p->p_node[i].node->type == HAMMER_BTREE_TYPE_DELETED)
		return (EIO);
	return (0);
}

int
hammer_path_get(struct hammer_mount *hmp, const struct hammer_base_elm *key,
    struct hammer_path *p)
{
	struct hammer_node_ondisk *node;
	int i, error;

	p->p_depth = 0;
	error = path_push(hmp, p, hmp->hm_root->v_ondisk->vol0_btree_root);
	while (error == 0) {
		node = p->p_node[p->p_depth - 1].node;
		i = hammer_node_find(node, key, 0);
		if (node->type == HAMMER_BTREE_TYPE_LEAF) {
			p->p_node[p->p_depth - 1].index = i;
			return (0);
		}
		i = MAX(i, 0);
		p->p_node[p->p_depth - 1].index = i;
		error = path_push(hmp, p,
		    node->elms[i].internal.subtree_offset);
	}
	hammer_path_rele(p);
	return (error);
}

/* mirror_tid of a node at least tid. */
static int
raise_node(struct hammer_mount *hmp, struct hammer_buffer *hb,
    struct hammer_node_ondisk *node, hammer_tid_t tid)
{
	int error;

	if (node->mirror_tid >= tid)
		return (0);
	error = hammer_node_modify(hmp, hb, node, &node->mirror_tid,
	    sizeof(node->mirror_tid));
	if (error == 0)
		node->mirror_tid = tid;
	return (error);
}

static int
raise_elm(struct hammer_mount *hmp, struct hammer_buffer *hb,
    struct hammer_node_ondisk *node, int i, hammer_tid_t tid)
{
	struct hammer_btree_internal_elm *elm = &node->elms[i].internal;
	int error;

	if (hmp->hm_master_id < 0)
		return (0);
	error = raise_node(hmp, hb, node, tid);
	if (error || elm->mirror_tid >= tid)
		return (error);
	error = hammer_node_modify(hmp, hb, node, &elm->mirror_tid,
	    sizeof(elm->mirror_tid));
	if (error == 0)
		elm->mirror_tid = tid;
	return (error);
}

/*
 * Splitting.
 */

/* The children of a new internal node have a new parent. */
static int
adopt(struct hammer_mount *hmp, struct hammer_node_ondisk *node,
    hammer_off_t off)
{
	struct hammer_node_ondisk *child;
	struct hammer_buffer *hb;
	int i, error = 0;

	for (i = 0; i < node->count && error == 0; i++) {
		error = hammer_node_get(hmp,
		    node->elms[i].internal.subtree_offset, &hb, &child);
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

/* A new root above the present one. */
static int
grow_root(struct hammer_mount *hmp)
{
	struct hammer_node_ondisk *root, *node;
	struct hammer_buffer *rhb, *hb;
	hammer_off_t roff = hmp->hm_root->v_ondisk->vol0_btree_root, off;
	int error;

	error = hammer_node_get(hmp, roff, &rhb, &root);
	if (error)
		return (error);
	error = hammer_node_new(hmp, HAMMER_BTREE_TYPE_INTERNAL, &hb, &node,
	    &off);
	if (error) {
		hammer_buffer_rele(rhb);
		return (error);
	}
	node->count = 1;
	node->mirror_tid = root->mirror_tid;
	node->elms[0].base = hammer_key_min;
	node->elms[0].base.btype = root->type;
	node->elms[0].internal.subtree_offset = roff;
	node->elms[0].internal.mirror_tid = root->mirror_tid;
	node->elms[1].base = hammer_key_max;
	error = hammer_node_modify(hmp, rhb, root, &root->parent,
	    sizeof(root->parent));
	if (error == 0)
		error = hammer_modify_header(hmp, vol0_btree_root);
	if (error == 0) {
		root->parent = off;
		hmp->hm_root->v_ondisk->vol0_btree_root = off;
	}
	hammer_buffer_rele(hb);
	hammer_buffer_rele(rhb);
	return (error);
}

/* Where to cut a node that key goes into. */
static int
split_index(const struct hammer_node_ondisk *node,
    const struct hammer_base_elm *key)
{
	if (node->type == HAMMER_BTREE_TYPE_LEAF &&
	    hammer_node_find(node, key, 0) == node->count - 1)
		return ((node->count + 1) * 3 / 4);
	return ((node->count + 1) / 2);
}

/*
 * Child i of parent is full: half of it goes to a new node after it.  The
 * new node is complete before anybody can reach it.
 */
static int
split_child(struct hammer_mount *hmp, struct hammer_buffer *phb,
    struct hammer_node_ondisk *parent, int i, struct hammer_buffer *chb,
    struct hammer_node_ondisk *child, const struct hammer_base_elm *key)
{
	struct hammer_node_ondisk *node;
	struct hammer_buffer *hb;
	struct hammer_base_elm sep;
	hammer_off_t off;
	int s = split_index(child, key), n = child->count - s, error;
	int internal = child->type == HAMMER_BTREE_TYPE_INTERNAL;

	error = hammer_node_new(hmp, child->type, &hb, &node, &off);
	if (error)
		return (error);
	memcpy(node->elms, &child->elms[s], (n + internal) *
	    sizeof(node->elms[0]));
	node->count = n;
	node->parent = child->parent;
	node->mirror_tid = child->mirror_tid;
	if (internal) {
		sep = child->elms[s].base;
		error = adopt(hmp, node, off);
	} else {
		hammer_elm_separator(&child->elms[s - 1].base,
		    &child->elms[s].base, &sep);
	}
	if (error == 0)
		error = hammer_node_modify(hmp, phb, parent, parent,
		    64 + 64 * (parent->count + 2));
	if (error == 0)
		error = hammer_node_modify(hmp, chb, child, child, 64);
	if (error == 0 && internal)
		error = hammer_node_modify(hmp, chb, child, &child->elms[s],
		    sizeof(child->elms[s]));
	if (error) {
		hammer_buffer_rele(hb);
		return (error);
	}
	lock_node(phb, parent);
	lock_node(chb, child);
	memmove(&parent->elms[i + 2], &parent->elms[i + 1],
	    (parent->count - i) * sizeof(parent->elms[0]));
	memset(&parent->elms[i + 1], 0, sizeof(parent->elms[0]));
	parent->elms[i + 1].base = sep;
	parent->elms[i + 1].base.btype = child->type;
	parent->elms[i + 1].internal.subtree_offset = off;
	parent->elms[i + 1].internal.mirror_tid = node->mirror_tid;
	parent->count++;
	child->count = s;
	if (internal) {
		child->elms[s].base.btype = 0;
		child->elms[s].internal.subtree_offset = 0;
		child->elms[s].internal.mirror_tid = 0;
	}
	unlock_node(chb, child);
	unlock_node(phb, parent);
	hammer_buffer_rele(hb);
	hammer_stat[HST_SPLITS]++;
	return (0);
}

/* Widen a boundary element of an internal node to its parent's. */
static int
widen(struct hammer_mount *hmp, struct hammer_buffer *hb,
    struct hammer_node_ondisk *node, int i, const struct hammer_base_elm *to)
{
	int error, btype = node->elms[i].base.btype;

	error = hammer_node_modify(hmp, hb, node, &node->elms[i].base,
	    sizeof(node->elms[i].base));
	if (error)
		return (error);
	lock_node(hb, node);
	node->elms[i].base = *to;
	node->elms[i].base.btype = btype;
	unlock_node(hb, node);
	return (0);
}

static int
is_full(const struct hammer_node_ondisk *node)
{
	return (node->count >= (node->type == HAMMER_BTREE_TYPE_LEAF ?
	    HAMMER_BTREE_LEAF_ELMS : HAMMER_BTREE_INT_ELMS));
}

static int
insert_leaf(struct hammer_mount *hmp, struct hammer_buffer *hb,
    struct hammer_node_ondisk *node, const hammer_leaf_t *elm,
    hammer_tid_t tid)
{
	int i, error;

	i = hammer_node_find(node, &elm->base, 0);
	if (i >= 0 && hammer_elm_cmp(&node->elms[i].base, &elm->base) == 0)
		return (EEXIST);
	i++;
	error = hammer_node_modify(hmp, hb, node, node, 64);
	if (error == 0)
		error = hammer_node_modify(hmp, hb, node, &node->elms[i],
		    (node->count - i + 1) * sizeof(node->elms[0]));
	if (error)
		return (error);
	lock_node(hb, node);
	memmove(&node->elms[i + 1], &node->elms[i],
	    (node->count - i) * sizeof(node->elms[0]));
	node->elms[i].leaf = *elm;
	node->elms[i].base.btype = HAMMER_BTREE_TYPE_RECORD;
	node->count++;
	if (node->mirror_tid < tid)
		node->mirror_tid = tid;
	unlock_node(hb, node);
	hammer_stat[HST_INSERTS]++;
	return (0);
}

int
hammer_btree_insert(struct hammer_mount *hmp, const hammer_leaf_t *elm)
{
	struct hammer_base_elm left = hammer_key_min, right = hammer_key_max;
	const struct hammer_base_elm *key = &elm->base;
	struct hammer_node_ondisk *node, *child;
	struct hammer_buffer *hb, *chb;
	hammer_tid_t tid = MAX(key->create_tid, key->delete_tid);
	int i, depth, error;

	error = hammer_node_get(hmp, hmp->hm_root->v_ondisk->vol0_btree_root,
	    &hb, &node);
	if (error == 0 && is_full(node)) {
		hammer_buffer_rele(hb);
		error = grow_root(hmp);
		if (error == 0)
			error = hammer_node_get(hmp,
			    hmp->hm_root->v_ondisk->vol0_btree_root, &hb,
			    &node);
	}
	if (error)
		return (error);
	for (depth = 0; node->type == HAMMER_BTREE_TYPE_INTERNAL; depth++) {
		error = depth < HAMMER_MAX_DEPTH ? 0 : EIO;
		i = hammer_node_find(node, key, 0);
		if (error == 0 && i < 0) {
			error = widen(hmp, hb, node, 0, &left);
			i = 0;
		} else if (error == 0 && i == node->count - 1 &&
		    hammer_elm_cmp(key, &node->elms[i + 1].base) >= 0) {
			error = widen(hmp, hb, node, i + 1, &right);
		}
		if (error == 0)
			error = hammer_node_get(hmp,
			    node->elms[i].internal.subtree_offset, &chb,
			    &child);
		if (error)
			break;
		if (is_full(child)) {
			error = split_child(hmp, hb, node, i, chb, child,
			    key);
			hammer_buffer_rele(chb);
			if (error)
				break;
			depth--;
			continue;
		}
		error = raise_elm(hmp, hb, node, i, tid);
		left = node->elms[i].base;
		right = node->elms[i + 1].base;
		hammer_buffer_rele(hb);
		hb = chb;
		node = child;
		if (error)
			break;
	}
	if (error == 0)
		error = insert_leaf(hmp, hb, node, elm, tid);
	hammer_buffer_rele(hb);
	return (error);
}

int
hammer_btree_update(struct hammer_mount *hmp, const hammer_leaf_t *elm)
{
	hammer_tid_t tid = MAX(elm->base.create_tid, elm->base.delete_tid);
	struct hammer_node_ondisk *node;
	struct hammer_buffer *hb;
	struct hammer_path p;
	int i, n, error;

	error = hammer_path_get(hmp, &elm->base, &p);
	if (error)
		return (error);
	for (n = 0; n < p.p_depth - 1 && error == 0; n++)
		error = raise_elm(hmp, p.p_node[n].hb, p.p_node[n].node,
		    p.p_node[n].index, tid);
	hb = p.p_node[p.p_depth - 1].hb;
	node = p.p_node[p.p_depth - 1].node;
	i = p.p_node[p.p_depth - 1].index;
	if (error == 0 && (i < 0 ||
	    hammer_elm_cmp(&node->elms[i].base, &elm->base) != 0))
		error = ENOENT;
	if (error == 0)
		error = raise_node(hmp, hb, node, tid);
	if (error == 0)
		error = hammer_node_modify(hmp, hb, node, &node->elms[i],
		    sizeof(node->elms[i]));
	if (error == 0) {
		lock_node(hb, node);
		node->elms[i].leaf = *elm;
		node->elms[i].base.btype = HAMMER_BTREE_TYPE_RECORD;
		unlock_node(hb, node);
	}
	hammer_path_rele(&p);
	return (error);
}

/* Take element i out of an internal node that has more than one. */
int
hammer_node_remove_elm(struct hammer_mount *hmp, struct hammer_buffer *hb,
    struct hammer_node_ondisk *node, int i)
{
	struct hammer_base_elm first = node->elms[0].base;
	hammer_tid_t tid = node->elms[i].internal.mirror_tid;
	int error, other = i > 0 ? i - 1 : i + 1;
	uint8_t btype;

	error = hammer_node_modify(hmp, hb, node, node,
	    64 + 64 * (node->count + 1));
	if (error)
		return (error);
	lock_node(hb, node);
	if (node->elms[other].internal.mirror_tid < tid)
		node->elms[other].internal.mirror_tid = tid;
	memmove(&node->elms[i], &node->elms[i + 1],
	    (node->count - i) * sizeof(node->elms[0]));
	node->count--;
	if (i == 0) {
		/* The node's range begins where it did. */
		btype = node->elms[0].base.btype;
		node->elms[0].base = first;
		node->elms[0].base.btype = btype;
	}
	unlock_node(hb, node);
	return (0);
}

/*
 * The leaf at the end of the path is empty: unlink it, and what is above it
 * and holds nothing else.  Readers cannot be in it once they have left: they
 * come through the node it is taken out of, which is locked meanwhile.
 */
static int
unlink_empty(struct hammer_mount *hmp, struct hammer_path *p)
{
	int top, n, error;

	for (top = p->p_depth - 2; top >= 0; top--) {
		if (p->p_node[top].node->count > 1)
			break;
	}
	if (top < 0)
		return (0);
	error = hammer_node_remove_elm(hmp, p->p_node[top].hb,
	    p->p_node[top].node, p->p_node[top].index);
	for (n = top + 1; n < p->p_depth && error == 0; n++) {
		lock_node(p->p_node[n].hb, p->p_node[n].node);
		error = hammer_node_delete(hmp, p->p_node[n].hb,
		    p->p_node[n].node, p->p_node[n].off);
		unlock_node(p->p_node[n].hb, p->p_node[n].node);
	}
	return (error);
}

int
hammer_btree_remove(struct hammer_mount *hmp,
    const struct hammer_base_elm *key)
{
	struct hammer_node_ondisk *node;
	struct hammer_buffer *hb;
	struct hammer_path p;
	int i, error;

	error = hammer_path_get(hmp, key, &p);
	if (error)
		return (error);
	hb = p.p_node[p.p_depth - 1].hb;
	node = p.p_node[p.p_depth - 1].node;
	i = p.p_node[p.p_depth - 1].index;
	if (i < 0 || hammer_elm_cmp(&node->elms[i].base, key) != 0)
		error = ENOENT;
	if (error == 0)
		error = hammer_node_modify(hmp, hb, node, node, 64);
	if (error == 0)
		error = hammer_node_modify(hmp, hb, node, &node->elms[i],
		    (node->count - i) * sizeof(node->elms[0]));
	if (error == 0) {
		lock_node(hb, node);
		memmove(&node->elms[i], &node->elms[i + 1],
		    (node->count - i - 1) * sizeof(node->elms[0]));
		node->count--;
		unlock_node(hb, node);
		hammer_stat[HST_DELETES]++;
		if (node->count == 0)
			error = unlink_empty(hmp, &p);
	}
	hammer_path_rele(&p);
	return (error);
}
