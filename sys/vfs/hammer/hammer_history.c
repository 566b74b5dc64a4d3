/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: the history of an object (semantics.md, section 12), and a
 * record's data.
 */
#include "hammer_maint.h"

static void
note(struct hammer_ioc_history *h, hammer_tid_t tid, uint32_t time32)
{
	if (tid == 0 || tid < h->beg_tid || tid >= h->end_tid ||
	    h->count == HAMMER_MAX_HISTORY_ELMS)
		return;
	if (h->count > 0 && h->hist_ary[h->count - 1].tid == tid)
		return;
	h->hist_ary[h->count].tid = tid;
	h->hist_ary[h->count].time32 = time32;
	h->hist_ary[h->count].reserved01 = 0;
	h->count++;
}

/* What to scan: versions of the inode, or of what lies at a key. */
static int
history_range(struct hammer_inode *ip, struct hammer_ioc_history *h,
    struct hammer_base_elm *beg, struct hammer_base_elm *end)
{
	uint32_t lo = ip->i_lo;

	if ((h->head.flags & HAMMER_IOC_HISTORY_ATKEY) == 0) {
		hammer_key_range(beg, end, lo | HAMMER_LOCALIZE_INODE,
		    ip->i_obj_id, HAMMER_RECTYPE_INODE, 0, 0);
		return (0);
	}
	switch (ip->i_data.obj_type) {
	case HAMMER_OBJTYPE_REGFILE:
		if (h->key < 0 || h->key == HAMMER_MAX_KEY)
			return (EINVAL);
		hammer_key_range(beg, end, lo | HAMMER_LOCALIZE_MISC,
		    ip->i_obj_id, HAMMER_RECTYPE_DATA, h->key + 1,
		    HAMMER_MAX_KEY);
		return (0);
	case HAMMER_OBJTYPE_DIRECTORY:
		hammer_key_range(beg, end, lo | ((ip->i_data.cap_flags &
		    HAMMER_INODE_CAP_DIR_LOCAL_INO) ? HAMMER_LOCALIZE_INODE :
		    HAMMER_LOCALIZE_MISC), ip->i_obj_id,
		    HAMMER_RECTYPE_DIRENTRY, h->key, HAMMER_MAX_KEY);
		return (0);
	default:
		return (EINVAL);
	}
}

/* Is the record past what is asked for? Lowers nxt_key to its start. */
static int
past_key(struct hammer_inode *ip, struct hammer_ioc_history *h,
    const hammer_leaf_t *e)
{
	int64_t off = e->base.key;

	if ((h->head.flags & HAMMER_IOC_HISTORY_ATKEY) == 0)
		return (0);
	if (ip->i_data.obj_type == HAMMER_OBJTYPE_REGFILE)
		off -= e->data_len;
	if (off <= h->key)
		return (0);
	if (h->nxt_key > off)
		h->nxt_key = off;
	return (1);
}

int
hammer_history(struct hammer_inode *ip, struct hammer_ioc_history *h)
{
	struct hammer_mount *hmp = ip->i_hmp;
	struct hammer_base_elm beg, end;
	struct hammer_iter *it;
	hammer_leaf_t *e;
	int error;

	if (h->beg_tid > h->end_tid)
		return (EINVAL);
	if ((h->head.flags & HAMMER_IOC_HISTORY_ATKEY) &&
	    h->key > h->nxt_key)
		return (EINVAL);
	h->head.flags &= ~(HAMMER_IOC_HISTORY_NEXT_TID |
	    HAMMER_IOC_HISTORY_NEXT_KEY | HAMMER_IOC_HISTORY_EOF |
	    HAMMER_IOC_HISTORY_UNSYNCED);
	h->count = 0;
	h->nxt_tid = h->end_tid;
	h->obj_id = ip->i_obj_id;
	if (ip->i_dirty)
		h->head.flags |= HAMMER_IOC_HISTORY_UNSYNCED;
	error = history_range(ip, h, &beg, &end);
	if (error)
		return (error);
	it = hammer_malloc(sizeof(*it));
	hammer_iter_init(it, hmp, &beg, &end, 0);
	while ((error = hammer_iter_next(it, &e)) == 0) {
		if (past_key(ip, h, e)) {
			h->head.flags |= HAMMER_IOC_HISTORY_NEXT_KEY;
			break;
		}
		if (h->count >= HAMMER_MAX_HISTORY_ELMS - 1) {
			h->nxt_tid = e->base.create_tid;
			h->head.flags |= HAMMER_IOC_HISTORY_NEXT_TID;
			break;
		}
		note(h, e->base.create_tid, e->create_ts);
		note(h, e->base.delete_tid, e->delete_ts);
	}
	hammer_free(it);
	if (error == ENOENT) {
		h->head.flags |= HAMMER_IOC_HISTORY_EOF;
		error = 0;
	}
	h->head.error = error;
	return (0);
}

int
hammer_get_data(struct hammer_mount *hmp, struct hammer_ioc_data *d,
    char *buf, int *lenp)
{
	int error;

	*lenp = 0;
	error = hammer_btree_lookup(hmp, &d->elm, &d->leaf);
	if (error)
		return (error);
	if (d->leaf.data_len > 0 && d->leaf.data_len <= HAMMER_XBUFSIZE &&
	    d->leaf.data_offset != 0) {
		error = hammer_record_data(hmp, &d->leaf, buf,
		    d->leaf.data_len);
		*lenp = MIN(d->leaf.data_len, d->size);
	}
	return (error);
}
