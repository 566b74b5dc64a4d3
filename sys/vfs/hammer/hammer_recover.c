/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: recovery at mount, stage 1 (on-disk.md, section 8.7): what the
 * flush cycles that may be incomplete have overwritten is put back.
 *
 * On a read-only mount that happens in memory only: the buffers stay dirty
 * and are written if the mount becomes read-write.
 */
#include "hammer_inode.h"

struct ring_arg {
	struct hammer_mount	*hmp;
	struct hammer_buffer	*hb;
};

static const char *
ring_buffer(struct hammer_ring *hr, hammer_off_t off, int *errorp)
{
	struct ring_arg *ra = hr->hr_arg;
	hammer_off_t zone2;

	if (ra->hb != NULL) {
		hammer_buffer_rele(ra->hb);
		ra->hb = NULL;
	}
	*errorp = hammer_undo_locate(ra->hmp, off, &zone2);
	if (*errorp == 0)
		*errorp = hammer_buffer_get(ra->hmp, zone2, 0, &ra->hb);
	return (*errorp ? NULL : ra->hb->hb_data);
}

void
hammer_ring_setup(struct hammer_mount *hmp, struct hammer_ring *hr)
{
	struct ring_arg *ra = hammer_zalloc(sizeof(*ra));

	ra->hmp = hmp;
	hr->hr_version = hmp->hm_version;
	hr->hr_size = hmp->hm_undo_size;
	hr->hr_buffer = ring_buffer;
	hr->hr_arg = ra;
}

void
hammer_ring_done(struct hammer_ring *hr)
{
	struct ring_arg *ra = hr->hr_arg;

	if (ra->hb != NULL)
		hammer_buffer_rele(ra->hb);
	hammer_free(ra);
}

static int
apply_undo(void *arg, const struct hammer_fifo_undo *un, const void *data)
{
	struct hammer_mount *hmp = arg;
	struct hammer_buffer *hb;
	int off = un->undo_offset & HAMMER_BUFMASK, error, zone;

	zone = hammer_off_zone(un->undo_offset);
	error = hammer_buffer_get(hmp, un->undo_offset, 0, &hb);
	if (error)
		return (error);
	memcpy(hb->hb_data + off, data, un->undo_data_bytes);
	hammer_buffer_dirty(hb, zone == HAMMER_ZONE_RAW_VOLUME_INDEX ?
	    HB_VOLUME : HB_META);
	hammer_buffer_rele(hb);
	return (0);
}

int
hammer_recover_stage1(struct hammer_mount *hmp)
{
	struct hammer_volume_ondisk *od = hmp->hm_root->v_ondisk;
	struct hammer_blockmap *bm =
	    &od->vol0_blockmap[HAMMER_ZONE_UNDO_INDEX];
	hammer_off_t first = bm->first_offset, next = bm->next_offset, end;
	struct hammer_ring hr;
	hammer_tid_t next_tid = od->vol0_next_tid;
	int error;

	hammer_ring_setup(hmp, &hr);
	error = hammer_ring_span(&hr, first, next, &end, &hmp->hm_undo_seq);
	if (error == 0 && first != end) {
		hammer_printf("HAMMER(%.64s) recovery undo %016jx-%016jx "
		    "(%ju bytes)(%s)\n", od->vol_label, (uintmax_t)first,
		    (uintmax_t)end, (uintmax_t)((hammer_off_short(end) +
		    hmp->hm_undo_size - hammer_off_short(first)) %
		    hmp->hm_undo_size), hmp->hm_ronly ? "RO" : "RW");
		error = hammer_ring_undo(&hr, first, end, apply_undo, hmp,
		    &hmp->hm_redo_start);
	}
	hammer_ring_done(&hr);
	if (error) {
		hammer_printf("HAMMER(%.64s) recovery failed, error %d\n",
		    od->vol_label, error);
		return (error);
	}
	if (hmp->hm_redo_start != 0)
		hammer_printf("HAMMER(%.64s) Found REDO_SYNC %016jx\n",
		    od->vol_label, (uintmax_t)hmp->hm_redo_start);
	bm->first_offset = first;
	bm->next_offset = end;
	if (od->vol0_next_tid < next_tid)
		od->vol0_next_tid = next_tid;
	hmp->hm_redo_first = first;
	hmp->hm_redo_end = end;
	hmp->hm_undo_first = first;
	hmp->hm_undo_next = end;
	hmp->hm_undo_prev_end = end;
	hmp->hm_undo_pending = first;
	memcpy(hmp->hm_blockmap, od->vol0_blockmap,
	    sizeof(hmp->hm_blockmap));
	hmp->hm_next_tid = od->vol0_next_tid;
	hmp->hm_flush_tid1 = hmp->hm_flush_tid2 = hmp->hm_next_tid;
	return (0);
}

/* Write all dirty buffers of a kind; root volume's header excepted. */
static int
write_kind(struct hammer_mount *hmp, int kind, int root)
{
	struct hammer_buffer *hb, *next;
	int error = 0;

	for (hb = TAILQ_FIRST(&hmp->hm_dirty[kind]); hb != NULL && error == 0;
	    hb = next) {
		next = TAILQ_NEXT(hb, hb_dirtylink);
		if (kind == HB_VOLUME && (hb == hmp->hm_root->v_header) !=
		    root)
			continue;
		error = hammer_dev_write(hb->hb_vol, hb->hb_devoff,
		    hb->hb_data, HAMMER_BUFSIZE);
		if (error)
			break;
		TAILQ_REMOVE(&hmp->hm_dirty[kind], hb, hb_dirtylink);
		hb->hb_dirty = 0;
		hmp->hm_ndirty--;
		hammer_buffer_rele(hb);
	}
	return (error);
}

static int
flush_devices(struct hammer_mount *hmp)
{
	int i, e, error = 0;

	for (i = 0; i < HAMMER_MAX_VOLUMES; i++) {
		if (hmp->hm_vol[i] == NULL)
			continue;
		e = hammer_dev_flush(hmp->hm_vol[i]);
		if (e)
			error = e;
	}
	return (error);
}

/* The mount may write: put what stage 1 restored on the media. */
int
hammer_recover_write(struct hammer_mount *hmp)
{
	int error;

	if (hmp->hm_ndirty == 0)
		return (0);
	error = write_kind(hmp, HB_META, 0);
	if (error == 0)
		error = write_kind(hmp, HB_VOLUME, 0);
	if (error == 0)
		error = flush_devices(hmp);
	if (error == 0) {
		hammer_buffer_dirty(hmp->hm_root->v_header, HB_VOLUME);
		error = write_kind(hmp, HB_VOLUME, 1);
	}
	if (error == 0)
		error = flush_devices(hmp);
	if (error == 0)
		hammer_printf("HAMMER(%.64s) recovery complete\n",
		    hmp->hm_root->v_ondisk->vol_label);
	return (error);
}

/*
 * Stage 2: REDO.  The records are copied first, since doing them again
 * writes to the ring they are in.
 */
struct redo {
	struct redo	*r_next;
	struct hammer_fifo_redo r_head;
	char		r_data[HAMMER_UNDO_ALIGN];
};

struct redo_list {
	struct redo	*rl_first, **rl_last;
};

static int
collect_redo(void *arg, const struct hammer_fifo_redo *re, const void *data)
{
	struct redo_list *rl = arg;
	struct redo *r;
	int n = 0;

	if (re->redo_flags & HAMMER_REDO_WRITE)
		n = re->redo_data_bytes;
	if (n < 0 || n > HAMMER_UNDO_ALIGN)
		return (EIO);
	r = hammer_zalloc(sizeof(*r));
	r->r_head = *re;
	memcpy(r->r_data, data, n);
	*rl->rl_last = r;
	rl->rl_last = &r->r_next;
	return (0);
}

static void
exec_redo(struct hammer_mount *hmp, struct redo *r)
{
	struct hammer_fifo_redo *re = &r->r_head;
	struct hammer_inode *ip;
	int error;

	if ((int64_t)re->redo_offset < 0)
		return;
	error = hammer_inode_get(hmp, re->redo_objid,
	    re->redo_localization & HAMMER_LOCALIZE_PSEUDOFS_MASK,
	    HAMMER_MAX_TID, &ip);
	if (error)
		return;
	if (ip->i_data.obj_type == HAMMER_OBJTYPE_REGFILE) {
		if (re->redo_flags & HAMMER_REDO_WRITE)
			error = hammer_file_pwrite(ip, re->redo_offset,
			    r->r_data, re->redo_data_bytes);
		else
			error = hammer_file_resize(ip, re->redo_offset);
	}
	if (error)
		hammer_printf("HAMMER(%.64s) redo of object %016jx: error "
		    "%d\n", hmp->hm_root->v_ondisk->vol_label,
		    (uintmax_t)re->redo_objid, error);
	hammer_inode_rele(ip);
}

int
hammer_recover_stage2(struct hammer_mount *hmp)
{
	struct redo_list rl = { NULL, &rl.rl_first };
	struct hammer_ring hr;
	struct redo *r;
	int error;

	if (hmp->hm_redo_start == 0)
		return (0);
	error = hammer_redo_sync(hmp, hmp->hm_redo_start);
	if (error)
		return (error);
	if (hmp->hm_skip_redo < 2) {
		hammer_ring_setup(hmp, &hr);
		error = hammer_ring_redo(&hr, hmp->hm_redo_start,
		    hmp->hm_redo_first, hmp->hm_redo_end, collect_redo, &rl);
		hammer_ring_done(&hr);
	}
	while ((r = rl.rl_first) != NULL) {
		rl.rl_first = r->r_next;
		if (error == 0)
			exec_redo(hmp, r);
		hammer_free(r);
	}
	if (error && hmp->hm_skip_redo == 0)
		return (error);
	hmp->hm_redo_start = 0;
	hammer_printf("HAMMER(%.64s) End redo recovery%s\n",
	    hmp->hm_root->v_ondisk->vol_label, error ||
	    hmp->hm_skip_redo > 1 ? ", skipped" : "");
	return (hammer_flush_sync(hmp));
}

int
hammer_mount_writable(struct hammer_mount *hmp)
{
	int error;

	error = hammer_recover_write(hmp);
	if (error)
		return (error);
	hmp->hm_ronly = 0;
	error = hammer_recover_stage2(hmp);
	if (error)
		hmp->hm_ronly = 1;
	return (error);
}

int
hammer_mount_start(struct hammer_mount *hmp, int ronly)
{
	int error;

	error = hammer_volume_complete(hmp);
	if (error == 0)
		error = hammer_recover_stage1(hmp);
	if (error == 0)
		hammer_pfs_scan(hmp);
	if (error == 0 && !ronly)
		error = hammer_mount_writable(hmp);
	return (error);
}
