/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: inodes in memory, and how they become records.
 */
#include "hammer_inode.h"

static struct hammer_inode_hash *
ino_bucket(struct hammer_mount *hmp, int64_t obj_id, uint32_t lo,
    hammer_tid_t asof)
{
	uint64_t h = obj_id ^ (lo >> 9) ^ (asof >> 4) ^ (obj_id >> 20);

	return (&hmp->hm_inohash[h % HAMMER_INOHASH]);
}

/* hm_lock held. */
static struct hammer_inode *
ino_find(struct hammer_mount *hmp, int64_t obj_id, uint32_t lo,
    hammer_tid_t asof)
{
	struct hammer_inode *ip;

	LIST_FOREACH(ip, ino_bucket(hmp, obj_id, lo, asof), i_hash) {
		if (ip->i_obj_id == obj_id && ip->i_lo == lo &&
		    ip->i_asof == asof)
			return (ip);
	}
	return (NULL);
}

static struct hammer_inode *
ino_alloc(struct hammer_mount *hmp, int64_t obj_id, uint32_t lo,
    hammer_tid_t asof)
{
	struct hammer_inode *ip = hammer_zalloc(sizeof(*ip));

	ip->i_hmp = hmp;
	ip->i_obj_id = obj_id;
	ip->i_lo = lo;
	ip->i_asof = asof;
	ip->i_refs = 1;
	hammer_lock_init(&ip->i_lock, "hminode");
	hammer_lock_init(&ip->i_iolock, "hmmrpg");
	return (ip);
}

static void
ino_free(struct hammer_inode *ip)
{
	hammer_lock_uninit(&ip->i_lock);
	hammer_lock_uninit(&ip->i_iolock);
	hammer_free(ip);
}

/* Enter it, unless there is one: that is returned, referenced. */
static struct hammer_inode *
ino_enter(struct hammer_inode *ip)
{
	struct hammer_mount *hmp = ip->i_hmp;
	struct hammer_inode *old;

	hammer_lock_ex(&hmp->hm_lock);
	old = ino_find(hmp, ip->i_obj_id, ip->i_lo, ip->i_asof);
	if (old != NULL) {
		old->i_refs++;
	} else {
		LIST_INSERT_HEAD(ino_bucket(hmp, ip->i_obj_id, ip->i_lo,
		    ip->i_asof), ip, i_hash);
		ip->i_hashed = 1;
		hmp->hm_ninodes++;
	}
	hammer_unlock(&hmp->hm_lock);
	if (old == NULL)
		return (ip);
	ino_free(ip);
	return (old);
}

void
hammer_inode_ref(struct hammer_inode *ip)
{
	hammer_lock_ex(&ip->i_hmp->hm_lock);
	ip->i_refs++;
	hammer_unlock(&ip->i_hmp->hm_lock);
}

void
hammer_inode_rele(struct hammer_inode *ip)
{
	struct hammer_mount *hmp = ip->i_hmp;
	int last;

	hammer_lock_ex(&hmp->hm_lock);
	HAMMER_ASSERT(ip->i_refs > 0);
	last = --ip->i_refs == 0;
	if (last && ip->i_hashed) {
		LIST_REMOVE(ip, i_hash);
		hmp->hm_ninodes--;
	}
	hammer_unlock(&hmp->hm_lock);
	if (last)
		ino_free(ip);
}

static void
ino_key(struct hammer_base_elm *key, uint32_t lo, int64_t obj_id)
{
	memset(key, 0, sizeof(*key));
	key->localization = lo | HAMMER_LOCALIZE_INODE;
	key->obj_id = obj_id;
	key->rec_type = HAMMER_RECTYPE_INODE;
}

int
hammer_inode_get(struct hammer_mount *hmp, int64_t obj_id, uint32_t lo,
    hammer_tid_t asof, struct hammer_inode **ipp)
{
	struct hammer_base_elm key;
	struct hammer_inode *ip;
	hammer_leaf_t elm;
	int error;

	hammer_lock_ex(&hmp->hm_lock);
	ip = ino_find(hmp, obj_id, lo, asof);
	if (ip != NULL)
		ip->i_refs++;
	hammer_unlock(&hmp->hm_lock);
	if (ip != NULL) {
		*ipp = ip;
		return (0);
	}
	ino_key(&key, lo, obj_id);
	error = hammer_btree_asof(hmp, &key, asof, &elm);
	if (error)
		return (error);
	if (elm.data_len != sizeof(struct hammer_inode_data))
		return (EIO);
	ip = ino_alloc(hmp, obj_id, lo, asof);
	error = hammer_record_data(hmp, &elm, &ip->i_data,
	    sizeof(ip->i_data));
	if (error == 0 && ip->i_data.obj_type != elm.base.obj_type)
		error = EIO;
	if (error) {
		ino_free(ip);
		return (error);
	}
	ip->i_ondisk = 1;
	ip->i_create_tid = elm.base.create_tid;
	ip->i_datasize = hammer_blockbase(ip->i_data.size) + HAMMER_XBUFSIZE;
	*ipp = ino_enter(ip);
	return (0);
}

struct hammer_inode *
hammer_inode_fake(struct hammer_mount *hmp, int64_t obj_id, uint32_t lo,
    hammer_tid_t asof)
{
	struct hammer_inode *ip = ino_alloc(hmp, obj_id, lo, asof);

	hammer_printf("HAMMER: Missing inode for dirent, object %016jx as "
	    "of %016jx\n", (uintmax_t)obj_id, (uintmax_t)asof);
	ip->i_fake = 1;
	ip->i_data.version = HAMMER_INODE_DATA_VERSION;
	ip->i_data.obj_type = HAMMER_OBJTYPE_FIFO;
	return (ino_enter(ip));
}

struct hammer_inode *
hammer_inode_new(struct hammer_mount *hmp, uint32_t lo, int64_t obj_id,
    const struct hammer_inode_data *tmpl)
{
	struct hammer_inode *ip;

	ip = ino_alloc(hmp, obj_id != 0 ? obj_id : hammer_new_objid(hmp), lo,
	    HAMMER_MAX_TID);
	ip->i_data = *tmpl;
	ip->i_data.version = HAMMER_INODE_DATA_VERSION;
	if (ip->i_data.obj_type == HAMMER_OBJTYPE_DIRECTORY) {
		if (hmp->hm_version >= HAMMER_VOL_VERSION_TWO)
			ip->i_data.cap_flags |=
			    HAMMER_INODE_CAP_DIR_LOCAL_INO;
		if (hmp->hm_version >= HAMMER_VOL_VERSION_SIX)
			ip->i_data.cap_flags |=
			    HAMMER_INODE_CAP_DIRHASH_ALG1;
	}
	return (ino_enter(ip));
}

void
hammer_inode_dirty(struct hammer_inode *ip, int what)
{
	struct hammer_mount *hmp = ip->i_hmp;

	hammer_lock_ex(&hmp->hm_lock);
	ip->i_dirty |= what;
	if (!ip->i_listed) {
		ip->i_listed = 1;
		ip->i_refs++;
		hmp->hm_ndirtyino++;
		TAILQ_INSERT_TAIL(&hmp->hm_dirtyino, ip, i_dirtylink);
	}
	hammer_unlock(&hmp->hm_lock);
}

/*
 * Writing back.
 */
static int
stat_inodes(struct hammer_mount *hmp, int n)
{
	int error = hammer_modify_header(hmp, vol0_stat_inodes);

	if (error == 0)
		hmp->hm_root->v_ondisk->vol0_stat_inodes += n;
	return (error);
}

/* The payload of the record changes where it is. */
static int
update_inplace(struct hammer_inode *ip, hammer_leaf_t *elm,
    const struct hammer_inode_data *data, int what)
{
	struct hammer_mount *hmp = ip->i_hmp;
	struct hammer_inode_data *od;
	struct hammer_buffer *hb;
	int error;

	if (!hammer_leaf_offset_ok(elm))
		return (EIO);
	od = hammer_bread(hmp, elm->data_offset, &error, &hb);
	if (error)
		return (error);
	if (what & HID_DATA) {
		error = hammer_modify(hmp, hb, od, sizeof(*od));
		if (error == 0) {
			*od = *data;
			hammer_leaf_setcrc(hmp->hm_version, elm, data);
			error = hammer_btree_update(hmp, elm);
		}
	} else {
		error = hammer_modify(hmp, hb, &od->mtime,
		    sizeof(od->mtime) + sizeof(od->atime));
		if (error == 0) {
			od->mtime = data->mtime;
			od->atime = data->atime;
		}
	}
	hammer_buffer_rele(hb);
	return (error);
}

static int
ino_insert(struct hammer_inode *ip, const struct hammer_inode_data *data)
{
	struct hammer_mount *hmp = ip->i_hmp;
	hammer_leaf_t elm;
	int error;

	memset(&elm, 0, sizeof(elm));
	ino_key(&elm.base, ip->i_lo, ip->i_obj_id);
	elm.base.create_tid = hammer_txn_tid(hmp);
	elm.base.obj_type = data->obj_type;
	elm.create_ts = hmp->hm_time32;
	error = hammer_record_insert(hmp, &elm, data, sizeof(*data));
	if (error == 0)
		ip->i_create_tid = elm.base.create_tid;
	return (error);
}

static int
ino_flush(struct hammer_inode *ip, const struct hammer_inode_data *data,
    int what)
{
	struct hammer_mount *hmp = ip->i_hmp;
	struct hammer_base_elm key;
	hammer_leaf_t elm;
	int error;

	if (ip->i_gone || ip->i_asof != HAMMER_MAX_TID)
		return (0);
	hammer_stat[HST_INODE_FLUSHES]++;
	ip->i_cycle = hmp->hm_cycle;
	if (!ip->i_ondisk) {
		error = ino_insert(ip, data);
		if (error == 0) {
			ip->i_ondisk = 1;
			error = stat_inodes(hmp, 1);
		}
		return (error);
	}
	ino_key(&key, ip->i_lo, ip->i_obj_id);
	error = hammer_btree_asof(hmp, &key, HAMMER_MAX_TID, &elm);
	if (error)
		return (error == ENOENT ? 0 : error);
	if ((what & HID_DATA) == 0 ||
	    elm.base.create_tid == hammer_txn_tid(hmp))
		return (update_inplace(ip, &elm, data, what));
	error = hammer_record_delete(hmp, &elm, hammer_inode_nohist(ip));
	if (error == 0)
		error = ino_insert(ip, data);
	return (error);
}

int
hammer_inode_flush_all(struct hammer_mount *hmp)
{
	struct hammer_inode_data data;
	struct hammer_inode *ip;
	int what = 0, error = 0;

	while (error == 0) {
		hammer_lock_ex(&hmp->hm_lock);
		ip = TAILQ_FIRST(&hmp->hm_dirtyino);
		if (ip != NULL) {
			TAILQ_REMOVE(&hmp->hm_dirtyino, ip, i_dirtylink);
			ip->i_listed = 0;
			hmp->hm_ndirtyino--;
			what = ip->i_dirty;
			ip->i_dirty = 0;
		}
		hammer_unlock(&hmp->hm_lock);
		if (ip == NULL)
			break;
		hammer_lock_ex(&ip->i_lock);
		data = ip->i_data;
		hammer_unlock(&ip->i_lock);
		error = ino_flush(ip, &data, what);
		hammer_inode_rele(ip);
	}
	return (error);
}

uint32_t
hammer_inode_cycle(struct hammer_inode *ip)
{
	struct hammer_mount *hmp = ip->i_hmp;
	uint32_t cycle;

	hammer_lock_ex(&hmp->hm_txn_lock);
	hammer_lock_ex(&hmp->hm_lock);
	cycle = ip->i_listed ? hmp->hm_cycle : ip->i_cycle;
	hammer_unlock(&hmp->hm_lock);
	hammer_unlock(&hmp->hm_txn_lock);
	return (cycle);
}

/*
 * Destruction: some records at a time, the inode's own last.  After a crash
 * in between the inode is still there, with no links, for prune to find.
 */
static int
destroy_some(struct hammer_inode *ip, uint32_t class, int *donep)
{
	struct hammer_mount *hmp = ip->i_hmp;
	struct hammer_base_elm beg, end;
	struct hammer_iter it;
	hammer_leaf_t *elm;
	int n, error = 0;

	*donep = 0;
	hammer_key_range(&beg, &end, ip->i_lo | class, ip->i_obj_id,
	    HAMMER_RECTYPE_DATA, HAMMER_MIN_KEY, HAMMER_MAX_KEY);
	end.rec_type = HAMMER_MAX_RECTYPE;
	hammer_iter_init(&it, hmp, &beg, &end, HAMMER_MAX_TID);
	for (n = 0; n < 64 && error == 0; n++) {
		error = hammer_iter_next(&it, &elm);
		if (error == 0)
			error = hammer_record_delete(hmp, elm,
			    hammer_inode_nohist(ip));
	}
	if (error == ENOENT) {
		*donep = 1;
		error = 0;
	}
	return (error);
}

/* There is nothing to write back any more. */
static void
ino_undirty(struct hammer_inode *ip)
{
	struct hammer_mount *hmp = ip->i_hmp;
	int listed;

	hammer_lock_ex(&hmp->hm_lock);
	listed = ip->i_listed;
	if (listed) {
		TAILQ_REMOVE(&hmp->hm_dirtyino, ip, i_dirtylink);
		ip->i_listed = ip->i_dirty = 0;
		hmp->hm_ndirtyino--;
	}
	hammer_unlock(&hmp->hm_lock);
	if (listed)
		hammer_inode_rele(ip);
}

int
hammer_inode_destroy(struct hammer_inode *ip)
{
	struct hammer_mount *hmp = ip->i_hmp;
	struct hammer_base_elm key;
	hammer_leaf_t elm;
	uint32_t class = HAMMER_LOCALIZE_INODE;
	int done, error;

	for (;;) {
		error = hammer_txn_begin(hmp);
		if (error)
			return (error);
		if (ip->i_gone) {
			hammer_txn_end(hmp);
			return (0);
		}
		error = destroy_some(ip, class, &done);
		if (error == 0 && done && class == HAMMER_LOCALIZE_MISC)
			break;
		if (done)
			class = HAMMER_LOCALIZE_MISC;
		hammer_txn_end(hmp);
		if (error)
			return (error);
	}
	ip->i_gone = 1;
	ip->i_cycle = hmp->hm_cycle;
	ino_undirty(ip);
	if (ip->i_ondisk) {
		ino_key(&key, ip->i_lo, ip->i_obj_id);
		error = hammer_btree_asof(hmp, &key, HAMMER_MAX_TID, &elm);
		if (error == 0)
			error = hammer_record_delete(hmp, &elm,
			    hammer_inode_nohist(ip));
		if (error == 0)
			error = stat_inodes(hmp, -1);
		if (error == ENOENT)
			error = 0;
	}
	hammer_txn_end(hmp);
	return (error);
}

uint64_t
hammer_stat_blocks(const struct hammer_inode *ip)
{
	return (hammer_alloc_size(ip->i_data.size));
}

void
hammer_inode_forget(struct hammer_mount *hmp)
{
	struct hammer_inode *ip;

	while ((ip = TAILQ_FIRST(&hmp->hm_dirtyino)) != NULL) {
		TAILQ_REMOVE(&hmp->hm_dirtyino, ip, i_dirtylink);
		ip->i_listed = 0;
		hmp->hm_ndirtyino--;
		hammer_inode_rele(ip);
	}
}
