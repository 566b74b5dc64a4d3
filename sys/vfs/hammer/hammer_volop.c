/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: volumes come and go while the filesystem is mounted (on-disk.md,
 * section 4.5).
 *
 * What counts is the root volume's header: vol_count there, the layer-1
 * entries and the numbers of big-blocks change in one transaction that is
 * committed before anything else happens.  Until then the new volume is not
 * referred to by anything, UNDO included; from then on nothing refers to the
 * one that leaves.  A crash finds either the old or the new set of volumes.
 */
#include "hammer_maint.h"

/* One at a time. */
static int
volop_begin(struct hammer_mount *hmp)
{
	int error = 0;

	if (hmp->hm_ronly || hmp->hm_error)
		return (EROFS);
	hammer_lock_ex(&hmp->hm_lock);
	if (hmp->hm_volop)
		error = EAGAIN;
	else
		hmp->hm_volop = 1;
	hammer_unlock(&hmp->hm_lock);
	return (error);
}

static void
volop_end(struct hammer_mount *hmp)
{
	hammer_lock_ex(&hmp->hm_lock);
	hmp->hm_volop = 0;
	hammer_unlock(&hmp->hm_lock);
}

/*
 * Nobody modifies anything, and nothing is left to undo.  hm_flush_lock and
 * hm_txn_lock are held on success.
 */
static int
quiesce(struct hammer_mount *hmp)
{
	int error;

	for (;;) {
		error = hammer_flush_sync(hmp);
		if (error)
			return (error);
		hammer_lock_ex(&hmp->hm_flush_lock);
		hammer_lock_ex(&hmp->hm_txn_lock);
		if (hmp->hm_ndirty == 0 && hammer_undo_used(hmp) == 0)
			return (0);
		hammer_unlock(&hmp->hm_txn_lock);
		hammer_unlock(&hmp->hm_flush_lock);
	}
}

static void
unquiesce(struct hammer_mount *hmp)
{
	hammer_unlock(&hmp->hm_txn_lock);
	hammer_unlock(&hmp->hm_flush_lock);
}

/* The headers of all volumes but one say how many there are. */
static int
set_count(struct hammer_mount *hmp, int count, const struct hammer_volume *not)
{
	struct hammer_volume *vol;
	int i, error = 0;

	for (i = 0; i < HAMMER_MAX_VOLUMES && error == 0; i++) {
		vol = hmp->hm_vol[i];
		if (vol == NULL || vol == not)
			continue;
		error = hammer_modify(hmp, vol->v_header,
		    &vol->v_ondisk->vol_count, sizeof(int32_t));
		if (error == 0)
			vol->v_ondisk->vol_count = count;
	}
	return (error);
}

static int
set_layer1(struct hammer_mount *hmp, int index, hammer_off_t table,
    int64_t nfree)
{
	struct hammer_blockmap_layer1 *l1;
	struct hammer_buffer *hb;
	int error;

	l1 = hammer_bread(hmp, hmp->hm_root->v_ondisk->vol0_blockmap[
	    HAMMER_ZONE_FREEMAP_INDEX].phys_offset +
	    (hammer_off_t)index * sizeof(*l1), &error, &hb);
	if (error)
		return (error);
	error = hammer_modify(hmp, hb, l1, sizeof(*l1));
	if (error == 0) {
		l1->phys_offset = table;
		l1->blocks_free = nfree;
		hammer_layer1_setcrc(hmp->hm_version, l1);
	}
	hammer_buffer_rele(hb);
	return (error);
}

static int
add_blocks(struct hammer_mount *hmp, int64_t all, int64_t nfree)
{
	struct hammer_volume_ondisk *od = hmp->hm_root->v_ondisk;
	int error;

	error = hammer_modify_header(hmp, vol0_stat_bigblocks);
	if (error == 0)
		error = hammer_modify_header(hmp, vol0_stat_freebigblocks);
	if (error == 0) {
		od->vol0_stat_bigblocks += all;
		od->vol0_stat_freebigblocks += nfree;
	}
	return (error);
}

/*
 * Adding.
 */

/* A header for the new volume: what all have in common is the root's. */
static void
new_header(struct hammer_mount *hmp, struct hammer_volume_ondisk *od, int no,
    const struct hammer_newvolume *nv)
{
	struct hammer_volume_ondisk *root = hmp->hm_root->v_ondisk;

	memset(od, 0, HAMMER_BUFSIZE);
	od->vol_signature = HAMMER_FSBUF_VOLUME;
	od->vol_bot_beg = root->vol_bot_beg;
	od->vol_mem_beg = od->vol_bot_beg + nv->nv_bootsize;
	od->vol_buf_beg = od->vol_mem_beg + nv->nv_memsize;
	od->vol_buf_end = nv->nv_size & ~(int64_t)HAMMER_BUFMASK;
	od->vol_fsid = root->vol_fsid;
	od->vol_fstype = root->vol_fstype;
	memcpy(od->vol_label, root->vol_label, sizeof(od->vol_label));
	od->vol_no = no;
	od->vol_count = hmp->hm_nvolumes + 1;
	od->vol_version = hmp->hm_version;
	od->vol_rootvol = HAMMER_ROOT_VOLNO;
	od->vol_crc = hammer_volume_crc(hmp->hm_version, od);
}

/* Write table t of a volume that nothing refers to yet. */
static int
write_table(struct hammer_mount *hmp, struct hammer_volume *vol, int t,
    int64_t *nfreep)
{
	int64_t size = vol->v_bufend - vol->v_bufbeg, n;
	struct hammer_blockmap_layer2 *l2;
	char *buf = hammer_ioalloc(HAMMER_BUFSIZE);
	int i, off, error = 0;

	*nfreep = 0;
	n = (int64_t)t * HAMMER_BLOCKMAP_RADIX2;
	for (i = 0; i < HAMMER_BUFFERS_PER_BIGBLOCK && error == 0; i++) {
		for (off = 0; off < HAMMER_BUFSIZE; off += sizeof(*l2)) {
			l2 = (void *)(buf + off);
			*nfreep += hammer_layer2_format(hmp->hm_version, l2,
			    n++, hammer_layer2_tables(size), size);
		}
		error = hammer_dev_write(vol, vol->v_bufbeg +
		    (off_t)t * HAMMER_BIGBLOCK_SIZE +
		    (off_t)i * HAMMER_BUFSIZE, buf, HAMMER_BUFSIZE);
	}
	hammer_iofree(buf, HAMMER_BUFSIZE);
	return (error);
}

/* All there will be on the device, its header last. */
static int
prepare(struct hammer_mount *hmp, struct hammer_volume *vol,
    struct hammer_volume_ondisk *od, int64_t *nfree, int ntables)
{
	int t, error = 0;

	for (t = 0; t < ntables && error == 0; t++)
		error = write_table(hmp, vol, t, &nfree[t]);
	if (error == 0)
		error = hammer_dev_flush(vol);
	if (error == 0)
		error = hammer_dev_write(vol, 0, od, HAMMER_BUFSIZE);
	if (error == 0)
		error = hammer_dev_flush(vol);
	return (error);
}

/* hm_flush_lock and hm_txn_lock held: make it part of the filesystem. */
static int
attach(struct hammer_mount *hmp, struct hammer_volume *vol,
    const int64_t *nfree, int ntables)
{
	int64_t all = 0;
	int t, error = 0;

	for (t = 0; t < ntables && error == 0; t++) {
		error = set_layer1(hmp, vol->v_no * HAMMER_VOL_LAYER1 + t,
		    hammer_off_encode(HAMMER_ZONE_RAW_BUFFER_INDEX,
		    vol->v_no, (hammer_off_t)t * HAMMER_BIGBLOCK_SIZE),
		    nfree[t]);
		all += nfree[t];
	}
	if (error == 0)
		error = add_blocks(hmp, all, all);
	if (error == 0)
		error = set_count(hmp, hmp->hm_nvolumes + 1, NULL);
	if (error == 0)
		error = hammer_flush_commit(hmp, hmp->hm_cycle);
	if (error) {
		hammer_critical(hmp, error, "adding a volume");
		return (error);
	}
	hammer_lock_ex(&hmp->hm_lock);
	hmp->hm_vol[vol->v_no] = vol;
	hmp->hm_nvolumes++;
	hammer_unlock(&hmp->hm_lock);
	error = hammer_buffer_get(hmp, hammer_off_encode(
	    HAMMER_ZONE_RAW_VOLUME_INDEX, vol->v_no, 0), 0, &vol->v_header);
	if (error == 0)
		vol->v_ondisk = (void *)vol->v_header->hb_data;
	else
		hammer_critical(hmp, error, "adding a volume");
	return (error);
}

/* A device that may become a volume: none already, and large enough. */
static int
check_new(struct hammer_volume *vol, const struct hammer_newvolume *nv,
    struct hammer_volume_ondisk *od)
{
	int error;

	error = hammer_dev_read(vol, 0, od, HAMMER_BUFSIZE);
	if (error)
		return (error);
	if (od->vol_signature == HAMMER_FSBUF_VOLUME ||
	    od->vol_signature == HAMMER_FSBUF_VOLUME_REV) {
		hammer_printf("HAMMER: %s is a HAMMER volume already\n",
		    vol->v_name);
		return (EFTYPE);
	}
	if (nv->nv_bootsize < HAMMER_BOOT_MINBYTES ||
	    nv->nv_bootsize > HAMMER_BOOT_MAXBYTES ||
	    nv->nv_memsize < HAMMER_MEM_MINBYTES ||
	    nv->nv_memsize > HAMMER_MEM_MAXBYTES ||
	    ((nv->nv_bootsize | nv->nv_memsize) & HAMMER_BUFMASK))
		return (EINVAL);
	if (nv->nv_size < nv->nv_bootsize + nv->nv_memsize +
	    HAMMER_MIN_VOL_JUNK + 4LL * HAMMER_BIGBLOCK_SIZE ||
	    nv->nv_size > (int64_t)HAMMER_OFF_SHORT_MASK)
		return (EFTYPE);
	return (0);
}

static int
add_volume(struct hammer_mount *hmp, struct hammer_volume *vol,
    const struct hammer_newvolume *nv)
{
	struct hammer_volume_ondisk *od = hammer_ioalloc(HAMMER_BUFSIZE);
	int64_t *nfree = NULL;
	int ntables, error;

	error = check_new(vol, nv, od);
	while (error == 0 && hmp->hm_vol[vol->v_no] != NULL) {
		if (++vol->v_no == HAMMER_MAX_VOLUMES)
			error = EINVAL;
	}
	if (error == 0) {
		new_header(hmp, od, vol->v_no, nv);
		vol->v_bufbeg = od->vol_buf_beg;
		vol->v_bufend = od->vol_buf_end;
		ntables = hammer_layer2_tables(vol->v_bufend - vol->v_bufbeg);
		nfree = hammer_malloc(ntables * sizeof(*nfree));
		error = prepare(hmp, vol, od, nfree, ntables);
		if (error == 0)
			error = quiesce(hmp);
		if (error == 0) {
			error = attach(hmp, vol, nfree, ntables);
			unquiesce(hmp);
		}
		hammer_free(nfree);
	}
	hammer_iofree(od, HAMMER_BUFSIZE);
	return (error);
}

int
hammer_volume_add(struct hammer_mount *hmp, const char *name, void *dev,
    const struct hammer_newvolume *nv)
{
	struct hammer_volume *vol = hammer_volume_new(hmp, name, dev);
	int error;

	error = volop_begin(hmp);
	if (error == 0) {
		error = add_volume(hmp, vol, nv);
		volop_end(hmp);
	}
	/* In the list already: it ends with the mount. */
	if (error && hmp->hm_vol[vol->v_no] != vol) {
		hammer_dev_close(vol);
		hammer_volume_done(vol);
	}
	return (error);
}

/*
 * Removing.
 */

/* What is on the volume moves to the others. */
static int
move_off(struct hammer_mount *hmp, int no)
{
	struct hammer_ioc_reblock *r = hammer_zalloc(sizeof(*r));
	int error;

	r->key_end.localization = HAMMER_MAX_LOCALIZATION;
	r->key_beg.obj_id = HAMMER_MIN_OBJID;
	r->key_end.obj_id = HAMMER_MAX_OBJID;
	r->head.flags = HAMMER_IOC_DO_FLAGS;
	r->allpfs = 1;
	r->vol_no = no;
	error = hammer_reblock(hmp, 0, r);
	if (error == 0 && (r->head.flags & HAMMER_IOC_HEAD_INTR))
		error = EINTR;
	hammer_free(r);
	return (error);
}

/* Is nothing of the volume in use?  Counts its big-blocks. */
static int
check_empty(struct hammer_mount *hmp, struct hammer_volume *vol,
    int64_t *allp)
{
	int64_t n, blocks = (vol->v_bufend - vol->v_bufbeg) /
	    HAMMER_BIGBLOCK_SIZE;
	struct hammer_blockmap_layer2 l2;
	int error = 0;

	*allp = 0;
	for (n = 0; n < blocks && error == 0; n++) {
		error = hammer_layer2_get(hmp, hammer_off_encode(
		    HAMMER_ZONE_RAW_BUFFER_INDEX, vol->v_no,
		    (hammer_off_t)n * HAMMER_BIGBLOCK_SIZE), &l2, NULL,
		    NULL);
		if (error == 0 && l2.zone == 0)
			++*allp;
		else if (error == 0 && l2.zone != HAMMER_ZONE_FREEMAP_INDEX &&
		    l2.zone != HAMMER_ZONE_UNAVAIL_INDEX)
			error = ENOTEMPTY;
	}
	return (error);
}

/* Allocation goes on elsewhere, and so do the hints in the header. */
static int
move_hints(struct hammer_mount *hmp, int no)
{
	int zone;

	for (zone = HAMMER_ZONE_BTREE_INDEX;
	    zone <= HAMMER_ZONE_SMALL_DATA_INDEX; zone++) {
		if (hammer_off_vol(hmp->hm_blockmap[zone].next_offset) == no)
			hmp->hm_blockmap[zone].next_offset =
			    HAMMER_ZONE_ENCODE(zone, 0);
	}
	return (0);
}

/* hm_flush_lock and hm_txn_lock held: take it out of the filesystem. */
static int
detach(struct hammer_mount *hmp, struct hammer_volume *vol)
{
	int64_t size = vol->v_bufend - vol->v_bufbeg, all;
	int t, error;

	error = check_empty(hmp, vol, &all);
	if (error)
		return (error);
	for (t = 0; t < hammer_layer2_tables(size) && error == 0; t++)
		error = set_layer1(hmp, vol->v_no * HAMMER_VOL_LAYER1 + t,
		    HAMMER_BLOCKMAP_UNAVAIL, 0);
	if (error == 0)
		error = add_blocks(hmp, -all, -all);
	if (error == 0)
		error = set_count(hmp, hmp->hm_nvolumes - 1, vol);
	if (error == 0)
		error = move_hints(hmp, vol->v_no);
	if (error == 0)
		error = hammer_flush_commit(hmp, hmp->hm_cycle);
	if (error) {
		hammer_critical(hmp, error, "removing a volume");
		return (error);
	}
	hammer_lock_ex(&hmp->hm_lock);
	hmp->hm_vol[vol->v_no] = NULL;
	hmp->hm_nvolumes--;
	hammer_unlock(&hmp->hm_lock);
	hammer_delayed_forget(hmp, vol->v_no);
	hammer_buffer_rele(vol->v_header);
	vol->v_header = NULL;
	hammer_buffer_forget_volume(hmp, vol);
	return (0);
}

/* The device holds nothing of a filesystem any more. */
static int
wipe(struct hammer_volume *vol)
{
	char *buf = hammer_ioalloc(HAMMER_BUFSIZE);
	off_t off, end;
	int error;

	memset(buf, 0, HAMMER_BUFSIZE);
	error = hammer_dev_write(vol, 0, buf, HAMMER_BUFSIZE);
	end = vol->v_bufbeg + (off_t)hammer_layer2_tables(vol->v_bufend -
	    vol->v_bufbeg) * HAMMER_BIGBLOCK_SIZE;
	for (off = vol->v_bufbeg; off < end && error == 0;
	    off += HAMMER_BUFSIZE)
		error = hammer_dev_write(vol, off, buf, HAMMER_BUFSIZE);
	if (error == 0)
		error = hammer_dev_flush(vol);
	hammer_iofree(buf, HAMMER_BUFSIZE);
	return (error);
}

static int
del_volume(struct hammer_mount *hmp, struct hammer_volume *vol, int reblock)
{
	int64_t all;
	int error;

	if (vol == NULL || vol == hmp->hm_root)
		return (EINVAL);
	hammer_lock_ex(&hmp->hm_txn_lock);
	vol->v_noalloc = 1;
	hmp->hm_nnoalloc++;
	error = reblock ? 0 : check_empty(hmp, vol, &all);
	hammer_unlock(&hmp->hm_txn_lock);
	if (error == 0 && reblock)
		error = move_off(hmp, vol->v_no);
	if (error == 0)
		error = quiesce(hmp);
	if (error == 0) {
		error = detach(hmp, vol);
		unquiesce(hmp);
	}
	hammer_lock_ex(&hmp->hm_txn_lock);
	vol->v_noalloc = 0;
	hmp->hm_nnoalloc--;
	hammer_unlock(&hmp->hm_txn_lock);
	if (error)
		return (error);
	error = wipe(vol);
	/* Whoever still reads what has moved finishes first. */
	hammer_lock_ex(&vol->v_lock);
	hammer_dev_close(vol);
	hammer_unlock(&vol->v_lock);
	return (error);
}

int
hammer_volume_del(struct hammer_mount *hmp, const char *name, int reblock)
{
	struct hammer_volume *vol = NULL;
	int i, error;

	error = volop_begin(hmp);
	if (error)
		return (error);
	for (i = 0; i < HAMMER_MAX_VOLUMES; i++) {
		if (hmp->hm_vol[i] != NULL &&
		    strcmp(hmp->hm_vol[i]->v_name, name) == 0)
			vol = hmp->hm_vol[i];
	}
	error = del_volume(hmp, vol, reblock);
	/* Buffers may refer to it as long as there is a mount. */
	if (error == 0 || (vol != NULL && hmp->hm_vol[vol->v_no] != vol)) {
		vol->v_next = hmp->hm_deadvol;
		hmp->hm_deadvol = vol;
	}
	volop_end(hmp);
	return (error);
}
