/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: operations and flush cycles.  README.md argues why what is written
 * in this order survives a crash at any point.
 *
 * A cycle begins with the cut: under hm_txn_lock, when no operation is half
 * done, the dirty inodes become records and everything dirty is copied.
 * Then operations go on, into the next cycle, while the copies are written:
 * data and UNDO, a barrier, the volume header, meta-data.
 */
#include "hammer.h"
#include "hammer_maint.h"

#define COMMIT_MAX	(1024 * 1024)	/* bytes of new images in the ring */

struct copy {
	struct hammer_buffer	*c_hb;		/* referenced */
	void			*c_data;
};

/* What one cycle writes. */
struct cut {
	struct copy	*cu_copy[4];		/* by kind */
	int		cu_n[4];
	void		*cu_root;		/* root header, or NULL */
	hammer_off_t	cu_first;		/* of the header */
	hammer_off_t	cu_end;
	hammer_tid_t	cu_tid;
	uint32_t	cu_cycle;
	int		cu_commit;		/* the ring holds new images */
};

void
hammer_critical(struct hammer_mount *hmp, int error, const char *what)
{
	if (hmp->hm_error == 0) {
		hammer_printf("HAMMER(%.64s): critical error %d: %s; "
		    "Forcing read-only mode\n",
		    hmp->hm_root->v_ondisk->vol_label, error, what);
		hmp->hm_error = error;
	}
}

/*
 * Transaction ids.
 */
hammer_tid_t
hammer_new_tid(struct hammer_mount *hmp)
{
	if (hmp->hm_master_id < 0)
		hmp->hm_next_tid++;
	else
		hmp->hm_next_tid = ((hmp->hm_next_tid + HAMMER_MAX_MASTERS) &
		    ~(hammer_tid_t)(HAMMER_MAX_MASTERS - 1)) |
		    hmp->hm_master_id;
	if (hmp->hm_next_tid >= HAMMER_LAST_TID)
		hammer_critical(hmp, EOVERFLOW, "transaction ids exhausted");
	return (hmp->hm_next_tid);
}

/* The tid of everything done in this cycle. */
hammer_tid_t
hammer_txn_tid(struct hammer_mount *hmp)
{
	if (hmp->hm_cur_tid == 0)
		hmp->hm_cur_tid = hammer_new_tid(hmp);
	return (hmp->hm_cur_tid);
}

/* Object ids come from the same numbers, 1024 at a time. */
int64_t
hammer_new_objid(struct hammer_mount *hmp)
{
	if (hmp->hm_objleft == 0) {
		hmp->hm_nextobj = hmp->hm_next_tid + 1;
		hmp->hm_objleft = 1024;
		hmp->hm_next_tid += 1024;
	}
	hmp->hm_objleft--;
	return (hmp->hm_nextobj++);
}

/*
 * Operations.
 */

/* A cycle should begin, but operations need not wait for it yet. */
static int
wants_flush(struct hammer_mount *hmp)
{
	return (hammer_undo_used(hmp) > hmp->hm_undo_size / 4 ||
	    hmp->hm_ndirty > hmp->hm_maxdirty / 2 ||
	    hmp->hm_ndirtyino > 500);
}

int
hammer_needs_flush(struct hammer_mount *hmp)
{
	return (hammer_undo_used(hmp) > hmp->hm_undo_size / 2 ||
	    hmp->hm_ndirty > hmp->hm_maxdirty ||
	    hmp->hm_ndirtyino > 4000);
}

int
hammer_txn_begin(struct hammer_mount *hmp)
{
	int i, error;

	if (hmp->hm_ronly)
		return (EROFS);
	if (wants_flush(hmp))
		hammer_flusher_kick(hmp);
	/* Two cycles: the second one makes the first one's UNDO free. */
	for (i = 0; i < 3 && hammer_needs_flush(hmp); i++) {
		error = hammer_flush_cycle(hmp);
		if (error)
			return (error);
	}
	hammer_lock_ex(&hmp->hm_txn_lock);
	if (hmp->hm_error) {
		hammer_unlock(&hmp->hm_txn_lock);
		return (EROFS);
	}
	hmp->hm_time32 = hammer_time_us() / 1000000;
	return (0);
}

void
hammer_txn_end(struct hammer_mount *hmp)
{
	hammer_unlock(&hmp->hm_txn_lock);
}

/*
 * The cut.
 */

/* Allocation hints go to the header with UNDO, the last thing in a cycle. */
static int
sync_hints(struct hammer_mount *hmp)
{
	struct hammer_volume_ondisk *od = hmp->hm_root->v_ondisk;
	int zone, error = 0;

	for (zone = HAMMER_ZONE_BTREE_INDEX;
	    zone <= HAMMER_ZONE_SMALL_DATA_INDEX && error == 0; zone++) {
		if (od->vol0_blockmap[zone].next_offset ==
		    hmp->hm_blockmap[zone].next_offset)
			continue;
		error = hammer_modify_header(hmp,
		    vol0_blockmap[zone].next_offset);
		if (error == 0)
			od->vol0_blockmap[zone].next_offset =
			    hmp->hm_blockmap[zone].next_offset;
	}
	return (error);
}

static void
fix_crcs(struct hammer_mount *hmp, struct hammer_buffer *hb)
{
	int i;

	for (i = 0; i < HAMMER_BUFSIZE / HAMMER_NODE_SIZE; i++) {
		if (hb->hb_crcs & (1 << i))
			hammer_node_setcrc(hmp->hm_version, (void *)
			    (hb->hb_data + i * HAMMER_NODE_SIZE));
	}
	hb->hb_crcs = 0;
}

/*
 * A commit: the ring also gets what everything changed in this cycle is now,
 * and the header will name the first of these records, so that recovery
 * completes the cycle instead of undoing it.  Not if they are too many.
 */
static int
commit_images(struct hammer_mount *hmp, struct cut *cu)
{
	struct hammer_buffer *hb;
	hammer_off_t start = hmp->hm_undo_next;
	int error;

	if (hammer_undo_images_size(hmp) > MIN(COMMIT_MAX,
	    hammer_undo_room(hmp) / 4))
		return (0);
	TAILQ_FOREACH(hb, &hmp->hm_dirty[HB_META], hb_dirtylink) {
		if (hb->hb_crcs)
			fix_crcs(hmp, hb);
	}
	error = hammer_undo_images(hmp);
	if (error == 0) {
		cu->cu_commit = 1;
		cu->cu_first = start;
	}
	return (error);
}

static void
cut_kind(struct hammer_mount *hmp, struct cut *cu, int kind)
{
	struct hammer_buffer *hb;
	struct copy *c;
	int n = 0;

	TAILQ_FOREACH(hb, &hmp->hm_dirty[kind], hb_dirtylink)
		n++;
	cu->cu_n[kind] = n;
	if (n == 0)
		return;
	c = cu->cu_copy[kind] = hammer_malloc(n * sizeof(*c));
	while ((hb = TAILQ_FIRST(&hmp->hm_dirty[kind])) != NULL) {
		TAILQ_REMOVE(&hmp->hm_dirty[kind], hb, hb_dirtylink);
		hb->hb_dirty = 0;
		hmp->hm_ndirty--;
		if (hb->hb_crcs)
			fix_crcs(hmp, hb);
		c->c_hb = hb;
		c->c_data = hammer_ioalloc(HAMMER_BUFSIZE);
		memcpy(c->c_data, hb->hb_data, HAMMER_BUFSIZE);
		c++;
	}
}

/* The volume header as this cycle writes it. */
static void
cut_header(struct hammer_mount *hmp, struct cut *cu)
{
	struct hammer_volume_ondisk *od = hmp->hm_root->v_ondisk;
	struct hammer_blockmap *bm =
	    &od->vol0_blockmap[HAMMER_ZONE_UNDO_INDEX];
	int i;

	cu->cu_end = hmp->hm_undo_next;
	bm->first_offset = cu->cu_first;
	bm->next_offset = cu->cu_end;
	if (od->vol0_next_tid < hmp->hm_next_tid)
		od->vol0_next_tid = hmp->hm_next_tid;
	for (i = 0; i < HAMMER_MAX_ZONES; i++)
		od->vol0_blockmap[i].entry_crc = hammer_blockmap_crc(
		    hmp->hm_version, &od->vol0_blockmap[i]);
	for (i = 0; i < HAMMER_MAX_VOLUMES; i++) {
		if (hmp->hm_vol[i] != NULL)
			hmp->hm_vol[i]->v_ondisk->vol_crc = hammer_volume_crc(
			    hmp->hm_version, hmp->hm_vol[i]->v_ondisk);
	}
	cu->cu_root = hammer_malloc(HAMMER_BUFSIZE);
	memcpy(cu->cu_root, hmp->hm_root->v_header->hb_data, HAMMER_BUFSIZE);
}

/*
 * Nothing to write, and recovery would find nothing to undo, or, if that is
 * all that is asked for, would not undo anything.
 */
static int
is_clean(struct hammer_mount *hmp, int commit)
{
	struct hammer_blockmap *bm = &hmp->hm_root->v_ondisk->
	    vol0_blockmap[HAMMER_ZONE_UNDO_INDEX];

	if (hmp->hm_ndirty != 0)
		return (0);
	if (commit && hmp->hm_cycle_proof == hmp->hm_cycle - 1)
		return (1);
	return (bm->first_offset == bm->next_offset &&
	    bm->next_offset == hmp->hm_undo_next);
}

/* False: there is nothing to do. */
static int
make_cut(struct hammer_mount *hmp, struct cut *cu, int commit, int *errorp)
{
	int kind, error;

	memset(cu, 0, sizeof(*cu));
	hmp->hm_time32 = hammer_time_us() / 1000000;
	hammer_delayed_expire(hmp);
	error = hammer_inode_flush_all(hmp);
	if (error == 0)
		error = sync_hints(hmp);
	cu->cu_first = hmp->hm_undo_prev_end;
	if (error == 0 && commit && !is_clean(hmp, commit))
		error = commit_images(hmp, cu);
	if (error) {
		hammer_critical(hmp, error, "flushing inodes");
		*errorp = error;
		return (0);
	}
	if (hmp->hm_error) {
		*errorp = hmp->hm_error;
		return (0);
	}
	if (is_clean(hmp, commit))
		return (0);
	cut_header(hmp, cu);
	for (kind = 0; kind < 4; kind++)
		cut_kind(hmp, cu, kind);
	cu->cu_tid = hmp->hm_cur_tid;
	cu->cu_cycle = hmp->hm_cycle;
	hmp->hm_cur_tid = 0;
	hmp->hm_cycle++;
	/* As long as stage 2 of recovery goes on, it must be repeatable. */
	if (hmp->hm_redo_start != 0)
		*errorp = hammer_redo_sync(hmp, hmp->hm_redo_start);
	return (1);
}

/*
 * Writing it.
 */
static void
copy_done(void *arg, int error)
{
	hammer_io_leave(arg, error);
}

/* Begin the writes of a kind; the references to buffers are kept. */
static void
write_copies(struct hammer_mount *hmp, struct cut *cu, int kind)
{
	struct copy *c;
	int i;

	for (i = 0; i < cu->cu_n[kind]; i++) {
		c = &cu->cu_copy[kind][i];
		if (c->c_hb == hmp->hm_root->v_header) {
			hammer_iofree(c->c_data, HAMMER_BUFSIZE);
		} else {
			hammer_io_enter(hmp);
			hammer_dev_write_async(c->c_hb->hb_vol,
			    c->c_hb->hb_devoff, c->c_data, HAMMER_BUFSIZE,
			    copy_done, hmp);
			hammer_stat[HST_DISK_WRITE] += HAMMER_BUFSIZE;
		}
		c->c_data = NULL;
	}
}

static void
release_copies(struct copy **cp, int *np)
{
	int i;

	for (i = 0; i < *np; i++) {
		if ((*cp)[i].c_data != NULL)
			hammer_iofree((*cp)[i].c_data, HAMMER_BUFSIZE);
		hammer_buffer_rele((*cp)[i].c_hb);
	}
	if (*np > 0)
		hammer_free(*cp);
	*cp = NULL;
	*np = 0;
}

void
hammer_flush_release(struct hammer_mount *hmp)
{
	(void)hammer_io_drain(hmp);
	release_copies((struct copy **)&hmp->hm_inflight,
	    &hmp->hm_ninflight);
}

/* All that was written is on the media. */
static int
barrier(struct hammer_mount *hmp)
{
	int i, e, error;

	error = hammer_io_drain(hmp);
	release_copies((struct copy **)&hmp->hm_inflight,
	    &hmp->hm_ninflight);
	for (i = 0; i < HAMMER_MAX_VOLUMES; i++) {
		if (hmp->hm_vol[i] == NULL)
			continue;
		e = hammer_dev_flush(hmp->hm_vol[i]);
		if (e && error == 0)
			error = e;
		hammer_stat[HST_DISK_FLUSH]++;
	}
	return (error);
}

/* The last header written is on the medium. */
static void
header_safe(struct hammer_mount *hmp)
{
	hmp->hm_undo_first = hmp->hm_undo_pending;
	hmp->hm_cycle_proof = hmp->hm_proof_pending;
	if (hmp->hm_flush_tid1 < hmp->hm_proof_tid) {
		hmp->hm_flush_tid1 = hmp->hm_proof_tid;
		hammer_pfs_wakeup(hmp);
	}
}

static int
write_header(struct hammer_mount *hmp, struct cut *cu)
{
	struct hammer_volume *root = hmp->hm_root;
	int error;

	write_copies(hmp, cu, HB_VOLUME);
	error = hammer_io_drain(hmp);
	if (error == 0)
		error = hammer_dev_write(root, 0, cu->cu_root,
		    HAMMER_BUFSIZE);
	if (error == 0 && hmp->hm_version < HAMMER_VOL_VERSION_FOUR &&
	    !cu->cu_commit) {
		error = hammer_dev_flush(root);
		hammer_stat[HST_DISK_FLUSH]++;
	}
	return (error);
}

static int
write_cut(struct hammer_mount *hmp, struct cut *cu)
{
	int error;

	write_copies(hmp, cu, HB_DATA);
	write_copies(hmp, cu, HB_UNDO);
	error = barrier(hmp);
	if (error)
		return (error);
	header_safe(hmp);
	hmp->hm_proof_tid = hmp->hm_flush_tid2;
	error = write_header(hmp, cu);
	if (error)
		return (error);
	hmp->hm_undo_pending = cu->cu_first;
	hmp->hm_undo_prev_end = cu->cu_end;
	hmp->hm_proof_pending = cu->cu_cycle - 1;
	if (cu->cu_tid != 0)
		hmp->hm_flush_tid2 = cu->cu_tid;
	if (cu->cu_commit) {
		hmp->hm_proof_pending = cu->cu_cycle;
		hmp->hm_proof_tid = hmp->hm_flush_tid2;
		error = barrier(hmp);
		if (error)
			return (error);
		header_safe(hmp);
	}
	write_copies(hmp, cu, HB_META);
	/* They are released when the next barrier has waited for them. */
	hmp->hm_inflight = cu->cu_copy[HB_META];
	hmp->hm_ninflight = cu->cu_n[HB_META];
	cu->cu_n[HB_META] = 0;
	hmp->hm_cycle_done = cu->cu_cycle;
	hammer_stat[HST_COMMITS]++;
	return (0);
}

/* hm_flush_lock held. */
static int
cycle_locked(struct hammer_mount *hmp, int commit)
{
	struct cut cu;
	int kind, todo, error = 0;

	hammer_lock_ex(&hmp->hm_txn_lock);
	todo = make_cut(hmp, &cu, commit, &error);
	hammer_unlock(&hmp->hm_txn_lock);
	if (!todo)
		return (error);
	error = write_cut(hmp, &cu);
	if (error)
		hammer_critical(hmp, error, "flush cycle");
	for (kind = 0; kind < 4; kind++)
		release_copies(&cu.cu_copy[kind], &cu.cu_n[kind]);
	hammer_free(cu.cu_root);
	hammer_buffer_trim(hmp);
	return (error);
}

int
hammer_flush_cycle(struct hammer_mount *hmp)
{
	int error;

	if (hmp->hm_ronly)
		return (0);
	hammer_lock_ex(&hmp->hm_flush_lock);
	error = hmp->hm_error ? EROFS : cycle_locked(hmp, 0);
	hammer_unlock(&hmp->hm_flush_lock);
	return (error);
}

/* Two cycles, and nothing is left to undo. */
static int
sync_locked(struct hammer_mount *hmp)
{
	int error;

	error = cycle_locked(hmp, 0);
	/* Its header says that there is nothing of the first one to undo. */
	if (error == 0)
		error = cycle_locked(hmp, 0);
	if (error == 0) {
		error = barrier(hmp);
		if (error)
			hammer_critical(hmp, error, "sync");
		else
			header_safe(hmp);
	}
	return (error);
}

int
hammer_flush_sync(struct hammer_mount *hmp)
{
	int error;

	if (hmp->hm_ronly)
		return (0);
	hammer_lock_ex(&hmp->hm_flush_lock);
	error = hmp->hm_error ? EROFS : sync_locked(hmp);
	hammer_unlock(&hmp->hm_flush_lock);
	return (error);
}

int
hammer_flush_commit(struct hammer_mount *hmp, uint32_t cycle)
{
	int error = 0;

	if (hmp->hm_ronly)
		return (0);
	hammer_lock_ex(&hmp->hm_flush_lock);
	/* Somebody who came at the same time may have done it. */
	if (hmp->hm_error)
		error = EROFS;
	else if ((int32_t)(hmp->hm_cycle_proof - cycle) < 0)
		error = cycle_locked(hmp, 1);
	/* There was too much for a commit. */
	if (error == 0 && (int32_t)(hmp->hm_cycle_done -
	    hmp->hm_cycle_proof) > 0 &&
	    (int32_t)(hmp->hm_cycle_proof - cycle) < 0)
		error = sync_locked(hmp);
	hammer_unlock(&hmp->hm_flush_lock);
	return (error);
}

/*
 * A higher version of the format.  There must be nothing to undo at that
 * moment: recovery by the old version would not understand records of the
 * new one.  Version 4 has another UNDO area.
 */
int
hammer_set_version(struct hammer_mount *hmp, int version)
{
	struct hammer_volume_ondisk *od = hmp->hm_root->v_ondisk;
	int error, old = hmp->hm_version;
	struct cut cu;

	for (;;) {
		error = hammer_flush_sync(hmp);
		if (error)
			return (error);
		hammer_lock_ex(&hmp->hm_flush_lock);
		hammer_lock_ex(&hmp->hm_txn_lock);
		if (hmp->hm_ndirty == 0 && hammer_undo_used(hmp) == 0)
			break;
		hammer_unlock(&hmp->hm_txn_lock);
		hammer_unlock(&hmp->hm_flush_lock);
	}
	hmp->hm_version = version;
	if (old < HAMMER_VOL_VERSION_FOUR &&
	    version >= HAMMER_VOL_VERSION_FOUR) {
		error = hammer_undo_format(hmp);
		hmp->hm_undo_first = hmp->hm_undo_next = HAMMER_ZONE_UNDO;
		hmp->hm_undo_prev_end = HAMMER_ZONE_UNDO;
		hmp->hm_undo_pending = HAMMER_ZONE_UNDO;
	}
	if (error == 0)
		error = barrier(hmp);
	if (error == 0) {
		memset(&cu, 0, sizeof(cu));
		cu.cu_first = hmp->hm_undo_prev_end;
		od->vol_version = version;
		cut_header(hmp, &cu);
		error = hammer_dev_write(hmp->hm_root, 0, cu.cu_root,
		    HAMMER_BUFSIZE);
		hammer_free(cu.cu_root);
		if (error == 0)
			error = hammer_dev_flush(hmp->hm_root);
	}
	if (error)
		hammer_critical(hmp, error, "changing the version");
	hammer_unlock(&hmp->hm_txn_lock);
	hammer_unlock(&hmp->hm_flush_lock);
	return (error);
}
