/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: reblocking: what lies in big-blocks with much free space is
 * written elsewhere, so that those become free.
 */
#include "hammer_maint.h"

/* Should what lies at off move? */
static int
wants_move(struct hammer_mount *hmp, struct hammer_ioc_reblock *r,
    hammer_off_t off)
{
	int bytes, cur;

	if (r->vol_no >= 0 && hammer_off_vol(off) != r->vol_no)
		return (0);
	if (hammer_blockmap_getfree(hmp, off, &bytes, &cur) != 0)
		return (0);
	if (r->free_level == 0)
		return (1);
	return (!cur && bytes >= r->free_level);
}

static int
category(int rec_type)
{
	switch (rec_type) {
	case HAMMER_RECTYPE_INODE:
	case HAMMER_RECTYPE_SNAPSHOT:
	case HAMMER_RECTYPE_CONFIG:
		return (HAMMER_IOC_DO_INODES);
	case HAMMER_RECTYPE_DIRENTRY:
	case HAMMER_RECTYPE_EXT:
	case HAMMER_RECTYPE_FIX:
	case HAMMER_RECTYPE_PFS:
		return (HAMMER_IOC_DO_DIRS);
	case HAMMER_RECTYPE_DATA:
	case HAMMER_RECTYPE_DB:
		return (HAMMER_IOC_DO_DATA);
	default:
		return (0);
	}
}

/* hm_txn held: the record's payload gets a new place. */
static int
move_payload(struct hammer_mount *hmp, hammer_leaf_t *e)
{
	hammer_leaf_t upd = *e;
	char *buf = hammer_malloc(e->data_len);
	int error;

	/* A damaged payload stays where it is, for what may be saved. */
	error = hammer_record_data(hmp, e, buf, e->data_len);
	if (error) {
		hammer_free(buf);
		return (0);
	}
	error = hammer_data_write(hmp, hammer_leaf_zone(e), buf, e->data_len,
	    &upd.data_offset);
	if (error == 0) {
		hammer_leaf_setcrc(hmp->hm_version, &upd, buf);
		error = hammer_btree_update(hmp, &upd);
		if (error == 0)
			error = hammer_free_space(hmp, e->data_offset,
			    e->data_len);
		else
			(void)hammer_free_space(hmp, upd.data_offset,
			    upd.data_len);
	}
	hammer_free(buf);
	return (error);
}

static int
reblock_record(struct hammer_mount *hmp, struct hammer_ioc_reblock *r,
    struct hammer_base_elm *key)
{
	hammer_leaf_t e;
	int error;

	error = hammer_btree_lookup(hmp, key, &e);
	if (error || e.data_offset == 0 || !hammer_leaf_offset_ok(&e) ||
	    (category(e.base.rec_type) & r->head.flags) == 0)
		return (error == ENOENT ? 0 : error);
	r->data_count++;
	r->data_byte_count += e.data_len;
	if (!wants_move(hmp, r, e.data_offset))
		return (0);
	error = move_payload(hmp, &e);
	if (error == 0) {
		r->data_moves++;
		r->data_byte_moves += e.data_len;
	}
	return (error);
}

/* hm_txn held: node n of the path gets a new place. */
static int
move_node(struct hammer_mount *hmp, struct hammer_path *p, int n)
{
	struct hammer_node_ondisk *old = p->p_node[n].node, *node, *parent;
	struct hammer_buffer *hb, *chb;
	hammer_off_t off;
	int i, error;

	error = hammer_node_new(hmp, old->type, &hb, &node, &off);
	if (error)
		return (error);
	memcpy(node, old, HAMMER_NODE_SIZE);
	for (i = 0; i < node->count && error == 0 &&
	    node->type == HAMMER_BTREE_TYPE_INTERNAL; i++) {
		error = hammer_node_get(hmp,
		    node->elms[i].internal.subtree_offset, &chb, &parent);
		if (error)
			break;
		error = hammer_node_modify(hmp, chb, parent, &parent->parent,
		    sizeof(parent->parent));
		if (error == 0)
			parent->parent = off;
		hammer_buffer_rele(chb);
	}
	if (error == 0 && n > 0) {
		parent = p->p_node[n - 1].node;
		i = p->p_node[n - 1].index;
		error = hammer_node_modify(hmp, p->p_node[n - 1].hb, parent,
		    &parent->elms[i].internal.subtree_offset, 8);
		if (error == 0) {
			hammer_lock_ex(hammer_node_lock(p->p_node[n - 1].hb,
			    parent));
			hammer_lock_ex(hammer_node_lock(p->p_node[n].hb,
			    old));
			parent->elms[i].internal.subtree_offset = off;
			hammer_unlock(hammer_node_lock(p->p_node[n].hb,
			    old));
			hammer_unlock(hammer_node_lock(p->p_node[n - 1].hb,
			    parent));
		}
	} else if (error == 0) {
		error = hammer_modify_header(hmp, vol0_btree_root);
		if (error == 0) {
			hammer_lock_ex(hammer_node_lock(p->p_node[n].hb,
			    old));
			hmp->hm_root->v_ondisk->vol0_btree_root = off;
			hammer_unlock(hammer_node_lock(p->p_node[n].hb,
			    old));
		}
	}
	if (error == 0)
		error = hammer_node_delete(hmp, p->p_node[n].hb, old,
		    p->p_node[n].off);
	/* The path goes on through the new node. */
	hammer_buffer_rele(p->p_node[n].hb);
	p->p_node[n].hb = hb;
	p->p_node[n].node = node;
	p->p_node[n].off = off;
	return (error);
}

/*
 * The nodes on the way to a key whose first leaf this is: the leaf itself,
 * and above it those it is the leftmost leaf of.
 */
static int
reblock_nodes(struct hammer_mount *hmp, struct hammer_ioc_reblock *r,
    const struct hammer_base_elm *key)
{
	struct hammer_path p;
	int n, error;

	error = hammer_path_get(hmp, key, &p);
	if (error)
		return (error);
	for (n = p.p_depth - 1; n >= 0 && error == 0; n--) {
		if (n < p.p_depth - 1 && p.p_node[n].index != 0)
			break;
		r->btree_count++;
		if (wants_move(hmp, r, p.p_node[n].off)) {
			error = move_node(hmp, &p, n);
			if (error == 0)
				r->btree_moves++;
		}
	}
	hammer_path_rele(&p);
	return (error);
}

static int
check_args(struct hammer_ioc_reblock *r)
{
	if (r->free_level < 0 || r->free_level > HAMMER_BIGBLOCK_SIZE ||
	    r->key_beg.localization > r->key_end.localization ||
	    r->key_beg.obj_id >= r->key_end.obj_id ||
	    ((r->key_beg.localization | r->key_end.localization) &
	    HAMMER_LOCALIZE_PSEUDOFS_MASK) != 0)
		return (EINVAL);
	return (0);
}

/* Enough free big-blocks; deletions wait for two cycles. */
static int
room(struct hammer_mount *hmp, struct hammer_ioc_reblock *r)
{
	int slop = r->free_level >= HAMMER_BIGBLOCK_SIZE / 5 * 4 ?
	    HAMMER_CHKSPC_EMERGENCY : HAMMER_CHKSPC_REBLOCK, i, error;

	error = hammer_checkspace(hmp, slop);
	for (i = 0; i < 10 && error; i++) {
		if (hammer_flush_sync(hmp) != 0)
			break;
		error = hammer_checkspace(hmp, slop);
	}
	return (error);
}

int
hammer_reblock(struct hammer_mount *hmp, uint32_t lo,
    struct hammer_ioc_reblock *r)
{
	struct hammer_base_elm beg, end, leafend = hammer_key_min;
	struct hammer_iter *it;
	hammer_leaf_t *e;
	int error;

	error = check_args(r);
	if (error)
		return (error);
	if ((r->head.flags & HAMMER_IOC_DO_FLAGS) == 0)
		r->head.flags |= HAMMER_IOC_DO_FLAGS;
	beg = r->key_beg;
	end = r->key_end;
	beg.create_tid = 1;
	end.create_tid = 0;
	beg.key = HAMMER_MIN_KEY;
	end.key = HAMMER_MAX_KEY;
	beg.rec_type = 0;
	end.rec_type = HAMMER_MAX_RECTYPE;
	if (r->allpfs) {
		end.localization |= HAMMER_LOCALIZE_PSEUDOFS_MASK;
	} else {
		beg.localization |= lo;
		end.localization |= lo;
	}
	r->key_cur = beg;
	it = hammer_malloc(sizeof(*it));
	hammer_iter_init(it, hmp, &beg, &end, 0);
	while ((error = hammer_iter_next(it, &e)) == 0) {
		if (hammer_interrupted()) {
			r->head.flags |= HAMMER_IOC_HEAD_INTR;
			break;
		}
		r->key_cur = e->base;
		error = room(hmp, r);
		if (error == 0)
			error = hammer_txn_begin(hmp);
		if (error)
			break;
		if ((r->head.flags & HAMMER_IOC_DO_BTREE) &&
		    hammer_elm_cmp(&e->base, &leafend) >= 0) {
			error = reblock_nodes(hmp, r, &e->base);
			if (error == 0)
				error = hammer_leaf_bound(hmp, &e->base,
				    &leafend);
		}
		if (error == 0)
			error = reblock_record(hmp, r, &e->base);
		hammer_txn_end(hmp);
		if (error)
			break;
	}
	hammer_free(it);
	r->key_cur.localization &= HAMMER_LOCALIZE_MASK;
	return (error == ENOENT ? 0 : error);
}
