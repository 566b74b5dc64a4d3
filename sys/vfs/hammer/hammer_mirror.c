/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: a PFS as a stream of records, and back (mirror-stream.md).
 *
 * Reading costs what has changed: subtrees whose mirror_tid says that they
 * hold nothing new are passed over with one SKIP record.
 */
#include "hammer_maint.h"

/*
 * Where a scan that has come to key goes on: a subtree to skip, or a leaf.
 */
struct mirror_pos {
	int			mp_skip;
	struct hammer_base_elm	mp_beg, mp_end;	/* of what is skipped */
};

/*
 * If key is where an old subtree begins, say how far it and its old
 * neighbours reach.
 */
static int
find_skip(struct hammer_mount *hmp, const struct hammer_base_elm *key,
    hammer_tid_t tid_beg, struct mirror_pos *mp)
{
	struct hammer_node_ondisk *node, *child;
	struct hammer_buffer *hb, *chb;
	hammer_off_t root;
	int i, j, depth, error;

	mp->mp_skip = 0;
	for (;;) {
		root = hmp->hm_root->v_ondisk->vol0_btree_root;
		error = hammer_node_get(hmp, root, &hb, &node);
		if (error)
			return (error);
		hammer_lock_sh(hammer_node_lock(hb, node));
		if (root == hmp->hm_root->v_ondisk->vol0_btree_root)
			break;
		hammer_unlock(hammer_node_lock(hb, node));
		hammer_buffer_rele(hb);
	}
	for (depth = 0; node->type == HAMMER_BTREE_TYPE_INTERNAL &&
	    depth < HAMMER_MAX_DEPTH; depth++) {
		i = MAX(hammer_node_find(node, key, 0), 0);
		for (j = i; j < node->count &&
		    node->elms[j].internal.mirror_tid < tid_beg; j++)
			;
		if (j > i && (hammer_elm_cmp(&node->elms[i].base, key) >= 0)) {
			mp->mp_skip = 1;
			mp->mp_beg = i == 0 ? *key : node->elms[i].base;
			mp->mp_end = node->elms[j].base;
			break;
		}
		error = hammer_node_get(hmp,
		    node->elms[i].internal.subtree_offset, &chb, &child);
		if (error)
			break;
		hammer_lock_sh(hammer_node_lock(chb, child));
		hammer_unlock(hammer_node_lock(hb, node));
		hammer_buffer_rele(hb);
		hb = chb;
		node = child;
	}
	hammer_unlock(hammer_node_lock(hb, node));
	hammer_buffer_rele(hb);
	return (error);
}

static void
finish(struct hammer_ioc_mrecord_head *h, uint32_t type, int size)
{
	h->signature = HAMMER_IOC_MIRROR_SIGNATURE;
	h->type = type;
	h->rec_size = size;
	h->rec_crc = hammer_crc32((char *)h + HAMMER_MREC_CRCOFF,
	    size - HAMMER_MREC_CRCOFF, 0);
}

/* ENOSPC: it does not fit any more. */
static int
emit_leaf(struct hammer_mount *hmp, struct hammer_ioc_mirror_rw *m,
    char *buf, const hammer_leaf_t *e)
{
	struct hammer_ioc_mrecord_rec *r = (void *)(buf + m->count);
	uint32_t type = HAMMER_MREC_TYPE_REC;
	int size = sizeof(*r), error;

	if (e->base.create_tid > m->tid_end)
		return (0);
	if (e->base.create_tid < m->tid_beg)
		type = HAMMER_MREC_TYPE_PASS;
	else if (m->head.flags & HAMMER_IOC_MIRROR_NODATA)
		type |= HAMMER_MRECF_NODATA;
	else if (e->data_offset != 0 && e->data_len > 0 &&
	    e->data_len <= HAMMER_XBUFSIZE)
		size += e->data_len;
	if (m->count + HAMMER_HEAD_DOALIGN(size) > m->size)
		return (ENOSPC);
	memset(r, 0, HAMMER_HEAD_DOALIGN(size));
	r->leaf = *e;
	if (type != HAMMER_MREC_TYPE_PASS &&
	    r->leaf.base.delete_tid > m->tid_end)
		r->leaf.base.delete_tid = 0;
	if (size > (int)sizeof(*r)) {
		error = hammer_record_data(hmp, e, r + 1, e->data_len);
		if (error == EIO)
			type |= HAMMER_MRECF_CRC_ERROR |
			    HAMMER_MRECF_DATA_CRC_BAD;
		else if (error)
			return (error);
	}
	finish(&r->head, type, size);
	m->count += HAMMER_HEAD_DOALIGN(size);
	return (0);
}

static int
emit_skip(struct hammer_ioc_mirror_rw *m, char *buf,
    const struct mirror_pos *mp, const struct hammer_base_elm *beg,
    const struct hammer_base_elm *end)
{
	struct hammer_ioc_mrecord_skip *s = (void *)(buf + m->count);

	if (m->count + (int)sizeof(*s) > m->size)
		return (ENOSPC);
	memset(s, 0, sizeof(*s));
	s->skip_beg = hammer_elm_cmp(&mp->mp_beg, beg) < 0 ? *beg :
	    mp->mp_beg;
	s->skip_end = hammer_elm_cmp(&mp->mp_end, end) > 0 ? *end :
	    mp->mp_end;
	finish(&s->head, HAMMER_MREC_TYPE_SKIP, sizeof(*s));
	m->count += sizeof(*s);
	return (0);
}

/* Elements from key to the end of its leaf; *keyp: where to go on. */
static int
read_leaf(struct hammer_mount *hmp, struct hammer_ioc_mirror_rw *m,
    char *buf, struct hammer_base_elm *keyp, const struct hammer_base_elm *end,
    hammer_leaf_t *elms)
{
	struct hammer_base_elm bound;
	int i, n, error;

	error = hammer_leaf_bound(hmp, keyp, &bound);
	if (error)
		return (error);
	error = hammer_btree_ge(hmp, keyp, end, elms, HAMMER_BTREE_LEAF_ELMS,
	    &n);
	if (error == ENOENT) {
		*keyp = bound;
		return (hammer_elm_cmp(&bound, end) > 0 ||
		    hammer_elm_cmp(&bound, &hammer_key_max) == 0 ? ENOENT :
		    0);
	}
	for (i = 0; i < n && error == 0; i++) {
		/* Of this leaf only: the next one may be skipped. */
		if (hammer_elm_cmp(&elms[i].base, &bound) >= 0)
			break;
		*keyp = elms[i].base;
		error = emit_leaf(hmp, m, buf, &elms[i]);
	}
	if (error == 0)
		*keyp = bound;
	return (error);
}

static int
mirror_range(struct hammer_ioc_mirror_rw *m, struct hammer_base_elm *beg,
    struct hammer_base_elm *end)
{
	if (m->pfs_id < 0 || m->pfs_id >= HAMMER_MAX_PFS ||
	    ((m->key_beg.localization | m->key_end.localization) &
	    HAMMER_LOCALIZE_PSEUDOFS_MASK) != 0 ||
	    hammer_elm_cmp(&m->key_beg, &m->key_end) > 0)
		return (EINVAL);
	*beg = m->key_beg;
	*end = m->key_end;
	beg->localization |= hammer_pfs_to_lo(m->pfs_id);
	end->localization |= hammer_pfs_to_lo(m->pfs_id);
	return (0);
}

int
hammer_mirror_read(struct hammer_mount *hmp, struct hammer_ioc_mirror_rw *m,
    char *buf)
{
	struct hammer_base_elm beg, end, key;
	struct mirror_pos mp;
	hammer_leaf_t *elms;
	int error, first = 1;

	error = mirror_range(m, &beg, &end);
	if (error)
		return (error);
	elms = hammer_malloc(HAMMER_BTREE_LEAF_ELMS * sizeof(*elms));
	key = beg;
	while (error == 0 && hammer_elm_cmp(&key, &end) <= 0) {
		if (hammer_interrupted()) {
			m->head.flags |= HAMMER_IOC_HEAD_INTR;
			break;
		}
		mp.mp_skip = 0;
		if (!first)
			error = find_skip(hmp, &key, m->tid_beg, &mp);
		first = 0;
		if (error)
			break;
		if (mp.mp_skip) {
			error = emit_skip(m, buf, &mp, &beg, &end);
			if (error == 0)
				key = mp.mp_end;
			if (hammer_elm_cmp(&key, &hammer_key_max) >= 0)
				error = ENOENT;
		} else {
			error = read_leaf(hmp, m, buf, &key, &end, elms);
		}
	}
	hammer_free(elms);
	m->key_cur = error == ENOENT || error == 0 ? end : key;
	if (m->head.flags & HAMMER_IOC_HEAD_INTR)
		m->key_cur = key;
	m->key_cur.localization &= HAMMER_LOCALIZE_MASK;
	return (error == ENOENT || error == ENOSPC ? 0 : error);
}

/*
 * Writing.
 */

/* Live records in [key_cur, to) that the source does not have any more. */
static int
delete_to(struct hammer_mount *hmp, struct hammer_ioc_mirror_rw *m,
    const struct hammer_base_elm *to)
{
	struct hammer_base_elm end = *to;
	hammer_leaf_t e;
	int n, error = 0;

	if (hammer_elm_cmp(&m->key_cur, to) >= 0)
		return (0);
	hammer_key_prev(&end);
	while (hammer_elm_cmp(&m->key_cur, &end) <= 0) {
		error = hammer_btree_ge(hmp, &m->key_cur, &end, &e, 1, &n);
		if (error)
			break;
		m->key_cur = e.base;
		hammer_key_next(&m->key_cur);
		if (e.base.delete_tid != 0 ||
		    e.base.create_tid >= m->tid_end ||
		    e.base.rec_type == HAMMER_RECTYPE_CONFIG)
			continue;
		e.base.delete_tid = m->tid_end;
		e.delete_ts = hmp->hm_time32;
		error = hammer_btree_update(hmp, &e);
		if (error == 0 && e.base.rec_type == HAMMER_RECTYPE_INODE) {
			error = hammer_modify_header(hmp, vol0_stat_inodes);
			hmp->hm_root->v_ondisk->vol0_stat_inodes--;
		}
		if (error)
			break;
	}
	if (error == ENOENT)
		error = 0;
	if (error == 0)
		m->key_cur = *to;
	return (error);
}

/* The source's record says when it was deleted. */
static int
update_delete(struct hammer_mount *hmp, hammer_leaf_t *e,
    const hammer_leaf_t *src)
{
	int error;

	if (src->base.delete_tid == 0 ||
	    src->base.delete_tid == e->base.delete_tid)
		return (0);
	if (e->base.delete_tid == 0 &&
	    e->base.rec_type == HAMMER_RECTYPE_INODE) {
		error = hammer_modify_header(hmp, vol0_stat_inodes);
		if (error)
			return (error);
		hmp->hm_root->v_ondisk->vol0_stat_inodes--;
	}
	e->base.delete_tid = src->base.delete_tid;
	e->delete_ts = src->delete_ts;
	return (hammer_btree_update(hmp, e));
}

static int
insert_rec(struct hammer_mount *hmp, struct hammer_ioc_mirror_rw *m,
    const hammer_leaf_t *src, char *data)
{
	struct hammer_direntry_data *de = (void *)data;
	hammer_leaf_t e = *src;
	uint32_t lo = hammer_pfs_to_lo(m->pfs_id), crc = src->data_crc;
	int error;

	if (src->data_len > 0 &&
	    !hammer_leaf_ok(hmp->hm_version, src, data)) {
		hammer_printf("HAMMER: CRC DATA %016jx/%d MISMATCH ON PIPE\n",
		    (uintmax_t)src->data_offset, src->data_len);
		return (EINVAL);
	}
	if (e.base.rec_type == HAMMER_RECTYPE_DIRENTRY &&
	    e.data_len > HAMMER_ENTRY_NAME_OFF &&
	    (de->localization & HAMMER_LOCALIZE_PSEUDOFS_MASK) != lo) {
		de->localization = lo;
		hammer_leaf_setcrc(hmp->hm_version, &e, data);
		crc = e.data_crc;
	}
	error = 0;
	e.data_offset = 0;
	if (e.data_len > 0)
		error = hammer_data_write(hmp, hammer_leaf_zone(&e), data,
		    e.data_len, &e.data_offset);
	e.data_crc = crc;
	if (error == 0)
		error = hammer_btree_insert(hmp, &e);
	if (error == 0 && e.base.rec_type == HAMMER_RECTYPE_INODE &&
	    e.base.delete_tid == 0) {
		error = hammer_modify_header(hmp, vol0_stat_inodes);
		hmp->hm_root->v_ondisk->vol0_stat_inodes++;
	}
	if (hmp->hm_next_tid < e.base.create_tid)
		hmp->hm_next_tid = e.base.create_tid;
	if (hmp->hm_next_tid < e.base.delete_tid)
		hmp->hm_next_tid = e.base.delete_tid;
	return (error);
}

static int
write_leaf(struct hammer_mount *hmp, struct hammer_ioc_mirror_rw *m,
    struct hammer_ioc_mrecord_rec *r, int len)
{
	hammer_leaf_t src = r->leaf, e;
	uint32_t type = r->head.type & HAMMER_MREC_TYPE_LOMASK;
	int error;

	if (r->head.type & HAMMER_MRECF_CRC_ERROR)
		return (0);
	if (src.data_len < 0 || src.data_len > HAMMER_XBUFSIZE ||
	    src.base.create_tid == 0 ||
	    src.base.create_tid == src.base.delete_tid ||
	    src.base.create_tid >= HAMMER_LAST_TID ||
	    src.base.delete_tid >= HAMMER_LAST_TID)
		return (EINVAL);
	src.base.localization = (src.base.localization &
	    HAMMER_LOCALIZE_MASK) | hammer_pfs_to_lo(m->pfs_id);
	src.base.btype = HAMMER_BTREE_TYPE_RECORD;
	if (src.base.rec_type == HAMMER_RECTYPE_CONFIG ||
	    src.base.rec_type == HAMMER_RECTYPE_PFS)
		return (0);
	error = delete_to(hmp, m, &src.base);
	if (error)
		return (error);
	error = hammer_btree_lookup(hmp, &src.base, &e);
	if (error == 0) {
		error = update_delete(hmp, &e, &src);
	} else if (error == ENOENT) {
		error = 0;
		if (type == HAMMER_MREC_TYPE_REC &&
		    (r->head.type & HAMMER_MRECF_NODATA) == 0 &&
		    src.base.create_tid >= m->tid_beg) {
			if (src.data_offset == 0)
				src.data_len = 0;
			if (len != src.data_len)
				return (EINVAL);
			error = insert_rec(hmp, m, &src, (char *)(r + 1));
		}
	}
	if (error == 0) {
		m->key_cur = src.base;
		hammer_key_next(&m->key_cur);
	}
	return (error);
}

static int
write_skip(struct hammer_mount *hmp, struct hammer_ioc_mirror_rw *m,
    struct hammer_ioc_mrecord_skip *s)
{
	uint32_t lo = hammer_pfs_to_lo(m->pfs_id);
	struct hammer_base_elm beg = s->skip_beg, end = s->skip_end;
	int error;

	beg.localization = (beg.localization & HAMMER_LOCALIZE_MASK) | lo;
	end.localization = (end.localization & HAMMER_LOCALIZE_MASK) | lo;
	error = delete_to(hmp, m, &beg);
	if (error == 0 && hammer_elm_cmp(&m->key_cur, &end) < 0)
		m->key_cur = end;
	return (error);
}

static int
write_record(struct hammer_mount *hmp, struct hammer_ioc_mirror_rw *m,
    struct hammer_ioc_mrecord_head *h)
{
	int error;

	error = hammer_checkspace(hmp, HAMMER_CHKSPC_MIRROR);
	if (error) {
		error = hammer_flush_sync(hmp);
		if (error == 0)
			error = hammer_checkspace(hmp, HAMMER_CHKSPC_MIRROR);
	}
	if (error == 0)
		error = hammer_txn_begin(hmp);
	if (error)
		return (error);
	switch (h->type & HAMMER_MREC_TYPE_LOMASK) {
	case HAMMER_MREC_TYPE_SKIP:
		error = h->rec_size == sizeof(struct hammer_ioc_mrecord_skip) ?
		    write_skip(hmp, m, (void *)h) : EINVAL;
		break;
	case HAMMER_MREC_TYPE_PASS:
	case HAMMER_MREC_TYPE_REC:
		error = h->rec_size >= sizeof(struct hammer_ioc_mrecord_rec) ?
		    write_leaf(hmp, m, (void *)h, h->rec_size -
		    sizeof(struct hammer_ioc_mrecord_rec)) : EINVAL;
		break;
	default:
		error = EINVAL;
		break;
	}
	hammer_txn_end(hmp);
	return (error);
}

int
hammer_mirror_write(struct hammer_mount *hmp, struct hammer_ioc_mirror_rw *m,
    char *buf)
{
	struct hammer_ioc_mrecord_head *h;
	int error = 0, left, size;

	if (m->pfs_id < 0 || m->pfs_id >= HAMMER_MAX_PFS || m->size < 0)
		return (EINVAL);
	m->key_cur.localization = (m->key_cur.localization &
	    HAMMER_LOCALIZE_MASK) | hammer_pfs_to_lo(m->pfs_id);
	for (m->count = 0; m->count < m->size && error == 0;) {
		if (hammer_interrupted()) {
			m->head.flags |= HAMMER_IOC_HEAD_INTR;
			break;
		}
		left = m->size - m->count;
		h = (void *)(buf + m->count);
		if (left < (int)sizeof(*h) ||
		    h->signature != HAMMER_IOC_MIRROR_SIGNATURE ||
		    h->rec_size < sizeof(*h) ||
		    h->rec_size > (uint32_t)HAMMER_MREC_MAXSIZE ||
		    (int)h->rec_size > left || h->rec_crc !=
		    hammer_crc32((char *)h + HAMMER_MREC_CRCOFF,
		    h->rec_size - HAMMER_MREC_CRCOFF, 0)) {
			error = EINVAL;
			break;
		}
		size = HAMMER_HEAD_DOALIGN(h->rec_size);
		error = write_record(hmp, m, h);
		if (error == 0)
			m->count += MIN(size, left);
	}
	if (error) {
		m->head.flags |= HAMMER_IOC_HEAD_ERROR;
		m->head.error = error;
	}
	return (0);
}
