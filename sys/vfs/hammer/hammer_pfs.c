/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: pseudo filesystems: their records, roots, and rollback.
 */
#include "hammer_maint.h"

static void
pfs_key(struct hammer_base_elm *key, int pfs_id)
{
	memset(key, 0, sizeof(*key));
	key->localization = HAMMER_LOCALIZE_MISC;
	key->obj_id = HAMMER_OBJID_ROOT;
	key->rec_type = HAMMER_RECTYPE_PFS;
	key->key = (int64_t)pfs_id << 16;
}

int
hammer_pfs_get(struct hammer_mount *hmp, int pfs_id, int raw,
    struct hammer_pseudofs_data *pfsd, hammer_leaf_t *elm)
{
	struct hammer_base_elm key;
	hammer_leaf_t le;
	int error;

	pfs_key(&key, pfs_id);
	error = hammer_btree_asof(hmp, &key, HAMMER_MAX_TID, &le);
	if (error == 0 && le.data_len < (int)sizeof(*pfsd))
		error = EIO;
	if (error == 0)
		error = hammer_record_data(hmp, &le, pfsd, sizeof(*pfsd));
	if (error == ENOENT && pfs_id == 0) {
		/* It always exists; only newfs's record may be missing. */
		memset(pfsd, 0, sizeof(*pfsd));
		pfsd->shared_uuid = pfsd->unique_uuid = hmp->hm_fsid;
		memset(&le, 0, sizeof(le));
		error = 0;
	}
	if (error)
		return (error);
	if (!raw && (pfsd->mirror_flags & HAMMER_PFSD_DELETED))
		return (ENOENT);
	if (elm != NULL)
		*elm = le;
	return (0);
}

/* Slaves, and what is left of destroyed ones, change by mirroring only. */
static void
set_frozen(struct hammer_mount *hmp, int pfs_id, int mirror_flags)
{
	uint8_t bit = 1 << (pfs_id & 7);

	if (pfs_id != 0 &&
	    (mirror_flags & (HAMMER_PFSD_SLAVE | HAMMER_PFSD_DELETED)))
		hmp->hm_frozen[pfs_id / 8] |= bit;
	else
		hmp->hm_frozen[pfs_id / 8] &= ~bit;
}

void
hammer_pfs_scan(struct hammer_mount *hmp)
{
	struct hammer_iter *it = hammer_malloc(sizeof(*it));
	struct hammer_pseudofs_data pfsd;
	struct hammer_base_elm beg, end;
	hammer_leaf_t *elm;

	hammer_key_range(&beg, &end, HAMMER_LOCALIZE_MISC, HAMMER_OBJID_ROOT,
	    HAMMER_RECTYPE_PFS, 0, (int64_t)(HAMMER_MAX_PFS - 1) << 16);
	hammer_iter_init(it, hmp, &beg, &end, HAMMER_MAX_TID);
	while (hammer_iter_next(it, &elm) == 0) {
		if (elm->data_len >= (int)sizeof(pfsd) && hammer_record_data(
		    hmp, elm, &pfsd, sizeof(pfsd)) == 0)
			set_frozen(hmp, elm->base.key >> 16,
			    pfsd.mirror_flags);
	}
	hammer_free(it);
}

int
hammer_pfs_put(struct hammer_mount *hmp, int pfs_id,
    const struct hammer_pseudofs_data *pfsd)
{
	struct hammer_base_elm key;
	hammer_leaf_t elm;
	int error;

	error = hammer_txn_begin(hmp);
	if (error)
		return (error);
	pfs_key(&key, pfs_id);
	error = hammer_btree_asof(hmp, &key, HAMMER_MAX_TID, &elm);
	if (error == 0)
		error = hammer_record_delete(hmp, &elm, 0);
	if (error == 0 || error == ENOENT) {
		memset(&elm, 0, sizeof(elm));
		elm.base = key;
		elm.base.create_tid = hammer_txn_tid(hmp);
		elm.base.obj_type = HAMMER_OBJTYPE_DIRECTORY;
		elm.create_ts = hmp->hm_time32;
		error = hammer_record_insert(hmp, &elm, pfsd, sizeof(*pfsd));
	}
	if (error == 0)
		set_frozen(hmp, pfs_id, pfsd->mirror_flags);
	hammer_txn_end(hmp);
	return (error);
}

int
hammer_pfs_mkroot(struct hammer_mount *hmp, int pfs_id)
{
	struct hammer_inode_data data;
	struct hammer_inode *ip;
	uint32_t lo = hammer_pfs_to_lo(pfs_id);
	int error;

	error = hammer_inode_get(hmp, HAMMER_OBJID_ROOT, lo, HAMMER_MAX_TID,
	    &ip);
	if (error == 0) {
		hammer_inode_rele(ip);
		return (0);
	}
	if (error != ENOENT)
		return (error);
	error = hammer_txn_begin(hmp);
	if (error)
		return (error);
	memset(&data, 0, sizeof(data));
	data.mode = 0755;
	data.nlinks = 1;
	data.obj_type = HAMMER_OBJTYPE_DIRECTORY;
	data.ctime = data.mtime = data.atime = hammer_time_us();
	ip = hammer_inode_new(hmp, lo, HAMMER_OBJID_ROOT, &data);
	hammer_inode_dirty(ip, HID_DATA);
	hammer_txn_end(hmp);
	hammer_inode_rele(ip);
	return (0);
}

uint32_t
hammer_pfs_dev(struct hammer_mount *hmp, uint32_t lo, hammer_tid_t asof)
{
	struct hammer_pseudofs_data pfsd;

	if (hammer_pfs_get(hmp, hammer_lo_to_pfs(lo), 1, &pfsd, NULL) != 0)
		pfsd.shared_uuid = hmp->hm_fsid;
	return (hammer_crc32(&pfsd.shared_uuid, 16, 0) ^ (uint32_t)asof ^
	    (uint32_t)(asof >> 32));
}

/*
 * Rollback: records made after tid are destroyed, deletions after it are
 * taken back.  Some at a time.
 */
static int
rollback_one(struct hammer_mount *hmp, const hammer_leaf_t *elm,
    hammer_tid_t tid)
{
	hammer_leaf_t upd = *elm;
	int error;

	if (elm->base.create_tid > tid) {
		error = hammer_record_destroy(hmp, elm);
		if (error == 0 && elm->base.delete_tid == 0 &&
		    elm->base.rec_type == HAMMER_RECTYPE_INODE) {
			error = hammer_modify_header(hmp, vol0_stat_inodes);
			if (error == 0)
				hmp->hm_root->v_ondisk->vol0_stat_inodes--;
		}
		return (error);
	}
	if (elm->base.delete_tid > tid) {
		upd.base.delete_tid = 0;
		upd.delete_ts = 0;
		return (hammer_btree_update(hmp, &upd));
	}
	return (0);
}

int
hammer_pfs_rollback(struct hammer_mount *hmp, int pfs_id, hammer_tid_t tid)
{
	struct hammer_base_elm beg = hammer_key_min, end = hammer_key_max;
	struct hammer_iter *it = hammer_malloc(sizeof(*it));
	hammer_leaf_t *elm;
	int n, error = 0;

	beg.localization = hammer_pfs_to_lo(pfs_id);
	end.localization = beg.localization + HAMMER_MAX_LOCALIZATION;
	end.create_tid = 0;
	do {
		if (hammer_interrupted()) {
			error = EINTR;
			break;
		}
		error = hammer_txn_begin(hmp);
		if (error)
			break;
		hammer_iter_init(it, hmp, &beg, &end, 0);
		for (n = 0; n < 128; n++) {
			error = hammer_iter_next(it, &elm);
			if (error)
				break;
			beg = elm->base;
			hammer_key_next(&beg);
			error = rollback_one(hmp, elm, tid);
			if (error)
				break;
		}
		hammer_txn_end(hmp);
	} while (error == 0);
	hammer_free(it);
	return (error == ENOENT ? 0 : error);
}

void
hammer_pfs_wakeup(struct hammer_mount *hmp)
{
#ifdef _KERNEL
	wakeup(&hmp->hm_flush_tid1);
#endif
}
