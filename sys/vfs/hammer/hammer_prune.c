/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: pruning: versions no snapshot needs are destroyed (semantics.md,
 * section 10).
 *
 * The scan goes from high keys to low ones.  A version that is visible at
 * either end of a range is kept, so that no snapshot loses anything.
 */
#include "hammer_maint.h"

static int
is_prunable(const struct hammer_ioc_prune *p,
    const struct hammer_ioc_prune_elm *elms, const struct hammer_base_elm *b)
{
	int i;

	if (b->delete_tid == 0)
		return (0);
	if (p->head.flags & HAMMER_IOC_PRUNE_ALL)
		return (1);
	for (i = 0; i < p->nelms; i++) {
		const struct hammer_ioc_prune_elm *e = &elms[i];

		if (b->create_tid >= e->end_tid || b->delete_tid > e->end_tid)
			break;
		/* Created by the flush that became the snapshot: needed. */
		if (b->create_tid <= e->beg_tid || e->mod_tid == 0)
			continue;
		if ((b->create_tid - e->beg_tid) / e->mod_tid ==
		    (b->delete_tid - e->beg_tid) / e->mod_tid)
			return (1);
	}
	return (0);
}

/* An inode without names that nobody has open: a crash left it. */
static int
remove_orphan(struct hammer_mount *hmp, const hammer_leaf_t *e)
{
	struct hammer_inode_data data;
	struct hammer_inode *ip;
	int error, used;

	if (e->data_len != sizeof(data) ||
	    hammer_record_data(hmp, e, &data, sizeof(data)) != 0 ||
	    data.nlinks != 0 || e->base.obj_id == HAMMER_OBJID_ROOT)
		return (0);
	error = hammer_inode_get(hmp, e->base.obj_id, e->base.localization &
	    HAMMER_LOCALIZE_PSEUDOFS_MASK, HAMMER_MAX_TID, &ip);
	if (error)
		return (0);
	hammer_lock_ex(&hmp->hm_lock);
	used = ip->i_vnode != NULL || ip->i_refs > 1;
	hammer_unlock(&hmp->hm_lock);
	if (!used && ip->i_data.nlinks == 0)
		error = hammer_inode_destroy(ip);
	hammer_inode_rele(ip);
	return (error);
}

static void
count(struct hammer_ioc_prune *p, const hammer_leaf_t *e)
{
	if (e->base.rec_type == HAMMER_RECTYPE_DIRENTRY)
		p->stat_dirrecords++;
	p->stat_rawrecords++;
	p->stat_bytes += e->data_len;
}

int
hammer_prune(struct hammer_mount *hmp, uint32_t lo,
    struct hammer_ioc_prune *p, struct hammer_ioc_prune_elm *elms)
{
	struct hammer_base_elm beg = p->key_beg, end = p->key_end;
	hammer_leaf_t e;
	int error = 0;

	if (((beg.localization | end.localization) &
	    HAMMER_LOCALIZE_PSEUDOFS_MASK) != 0 ||
	    beg.localization > end.localization || p->nelms < 0 ||
	    p->nelms > HAMMER_MAX_PRUNE_ELMS ||
	    ((p->head.flags & HAMMER_IOC_PRUNE_ALL) && p->nelms != 0))
		return (EINVAL);
	beg.localization |= lo;
	beg.rec_type = 0;
	beg.key = HAMMER_MIN_KEY;
	beg.create_tid = 1;
	end.localization |= lo;
	end.rec_type = HAMMER_MAX_RECTYPE;
	end.key = HAMMER_MAX_KEY;
	end.create_tid = 0;
	p->key_cur = end;
	for (;;) {
		if (hammer_interrupted()) {
			p->head.flags |= HAMMER_IOC_HEAD_INTR;
			break;
		}
		error = hammer_btree_le(hmp, &end, &beg, &e);
		if (error)
			break;
		p->key_cur = e.base;
		p->stat_scanrecords++;
		if (e.base.create_tid < p->stat_oldest_tid)
			p->stat_oldest_tid = e.base.create_tid;
		end = e.base;
		hammer_key_prev(&end);
		if (is_prunable(p, elms, &e.base)) {
			error = hammer_txn_begin(hmp);
			if (error)
				break;
			/* It may have gone before the lock was ours. */
			error = hammer_btree_lookup(hmp, &e.base, &e);
			if (error == 0)
				error = hammer_record_destroy(hmp, &e);
			hammer_txn_end(hmp);
			if (error == 0)
				count(p, &e);
			else if (error == ENOENT)
				error = 0;
		} else if (e.base.rec_type == HAMMER_RECTYPE_INODE &&
		    e.base.delete_tid == 0) {
			error = remove_orphan(hmp, &e);
		}
		if (error)
			break;
	}
	p->key_cur.localization &= HAMMER_LOCALIZE_MASK;
	return (error == ENOENT ? 0 : error);
}
