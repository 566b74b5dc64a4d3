/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: volumes: their headers, and where addresses lie in them.
 */
#include "hammer_inode.h"

uint64_t hammer_stat[HST_NSTATS];

struct hammer_mount *
hammer_mount_alloc(void)
{
	struct hammer_mount *hmp = hammer_zalloc(sizeof(*hmp));
	int i;

	hammer_lock_init(&hmp->hm_flush_lock, "hmflush");
	hammer_lock_init(&hmp->hm_txn_lock, "hmtxn");
	hammer_lock_init(&hmp->hm_lock, "hmlock");
	TAILQ_INIT(&hmp->hm_lru);
	TAILQ_INIT(&hmp->hm_dirtyino);
	for (i = 0; i < 4; i++)
		TAILQ_INIT(&hmp->hm_dirty[i]);
	hmp->hm_asof = HAMMER_MAX_TID;
	hmp->hm_ronly = 1;
	hmp->hm_maxbuffers = 1024;
	hmp->hm_maxdirty = 2048;
	hmp->hm_cycle = 1;
	return (hmp);
}

void
hammer_mount_free(struct hammer_mount *hmp)
{
	struct hammer_delayed *d;
	struct hammer_volume *vol;
	int i;

	hammer_flush_release(hmp);
	hammer_inode_forget(hmp);
	for (i = 0; i < HAMMER_MAX_VOLUMES; i++) {
		vol = hmp->hm_vol[i];
		if (vol != NULL && vol->v_header != NULL)
			hammer_buffer_rele(vol->v_header);
	}
	hammer_buffer_free_all(hmp);
	while ((d = hmp->hm_delayed) != NULL) {
		hmp->hm_delayed = d->d_next;
		hammer_free(d);
	}
	for (i = 0; i < HAMMER_MAX_VOLUMES; i++) {
		vol = hmp->hm_vol[i];
		if (vol == NULL)
			continue;
		hammer_dev_close(vol);
		hammer_volume_done(vol);
	}
	while ((vol = hmp->hm_deadvol) != NULL) {
		hmp->hm_deadvol = vol->v_next;
		hammer_volume_done(vol);
	}
	hammer_lock_uninit(&hmp->hm_flush_lock);
	hammer_lock_uninit(&hmp->hm_txn_lock);
	hammer_lock_uninit(&hmp->hm_lock);
	hammer_free(hmp);
}

/* Do the header's numbers make sense for a device of this size? */
static int
volume_check(const struct hammer_volume_ondisk *od, const char *name,
    off_t devsize)
{
	if (od->vol_signature == HAMMER_FSBUF_VOLUME_REV) {
		hammer_printf("HAMMER: %s was written by a machine of the "
		    "other byte order, which is not supported\n", name);
		return (EFTYPE);
	}
	if (od->vol_signature != HAMMER_FSBUF_VOLUME) {
		hammer_printf("HAMMER: %s is not a HAMMER volume\n", name);
		return (EFTYPE);
	}
	if (od->vol_no < 0 || od->vol_no >= HAMMER_MAX_VOLUMES ||
	    od->vol_rootvol != HAMMER_ROOT_VOLNO) {
		hammer_printf("HAMMER: %s has a bad volume number\n", name);
		return (EINVAL);
	}
	if (od->vol_buf_beg <= 0 || (od->vol_buf_beg & HAMMER_BUFMASK) ||
	    od->vol_bot_beg < 0 || od->vol_bot_beg > od->vol_mem_beg ||
	    od->vol_mem_beg > od->vol_buf_beg ||
	    od->vol_buf_end < od->vol_buf_beg ||
	    (od->vol_buf_end & HAMMER_BUFMASK) ||
	    (devsize > 0 && od->vol_buf_end > devsize)) {
		hammer_printf("HAMMER: %s: areas lie outside of the volume\n",
		    name);
		return (EINVAL);
	}
	return (0);
}

struct hammer_volume *
hammer_volume_new(struct hammer_mount *hmp, const char *name, void *dev)
{
	struct hammer_volume *vol = hammer_zalloc(sizeof(*vol));

	vol->v_hmp = hmp;
	vol->v_dev = dev;
	vol->v_name = hammer_malloc(strlen(name) + 1);
	memcpy(vol->v_name, name, strlen(name) + 1);
	hammer_lock_init(&vol->v_lock, "hmvol");
	return (vol);
}

void
hammer_volume_done(struct hammer_volume *vol)
{
	hammer_lock_uninit(&vol->v_lock);
	hammer_free(vol->v_name);
	hammer_free(vol);
}

int
hammer_volume_read(struct hammer_volume *vol, off_t off, void *buf, int len)
{
	int error = ENXIO;

	hammer_lock_sh(&vol->v_lock);
	if (vol->v_dev != NULL)
		error = hammer_dev_read(vol, off, buf, len);
	hammer_unlock(&vol->v_lock);
	return (error);
}

int
hammer_volume_load(struct hammer_mount *hmp, const char *name, void *dev,
    off_t devsize)
{
	struct hammer_volume *vol = hammer_volume_new(hmp, name, dev);
	struct hammer_volume_ondisk *od;
	char *buf;
	int error;

	buf = hammer_malloc(HAMMER_BUFSIZE);
	od = (void *)buf;
	error = hammer_dev_read(vol, 0, buf, HAMMER_BUFSIZE);
	if (error == 0)
		error = volume_check(od, name, devsize);
	if (error == 0 && hmp->hm_vol[od->vol_no] != NULL) {
		hammer_printf("HAMMER: %s: volume %d was already given\n",
		    name, od->vol_no);
		error = EEXIST;
	}
	if (error == 0 && hmp->hm_nvolumes > 0 &&
	    memcmp(&od->vol_fsid, &hmp->hm_fsid, sizeof(od->vol_fsid))) {
		hammer_printf("HAMMER: %s belongs to another filesystem\n",
		    name);
		error = EFTYPE;
	}
	if (error == 0) {
		hmp->hm_fsid = od->vol_fsid;
		vol->v_no = od->vol_no;
		vol->v_bufbeg = od->vol_buf_beg;
		vol->v_bufend = od->vol_buf_end;
		hmp->hm_vol[vol->v_no] = vol;
		hmp->hm_nvolumes++;
		error = hammer_buffer_get(hmp, hammer_off_encode(
		    HAMMER_ZONE_RAW_VOLUME_INDEX, vol->v_no, 0), 0,
		    &vol->v_header);
		if (error == 0)
			vol->v_ondisk = (void *)vol->v_header->hb_data;
		/* On failure hammer_mount_free() takes it apart. */
		hammer_free(buf);
		return (error);
	}
	hammer_free(buf);
	hammer_dev_close(vol);
	hammer_volume_done(vol);
	return (error);
}

int
hammer_volume_complete(struct hammer_mount *hmp)
{
	struct hammer_volume_ondisk *od;
	hammer_off_t size;
	int i;

	hmp->hm_root = hmp->hm_vol[HAMMER_ROOT_VOLNO];
	if (hmp->hm_root == NULL) {
		hammer_printf("HAMMER: no root volume\n");
		return (EINVAL);
	}
	od = hmp->hm_root->v_ondisk;
	if (od->vol_count != hmp->hm_nvolumes) {
		hammer_printf("HAMMER(%.64s): %d volumes given, the "
		    "filesystem has %d\n", od->vol_label, hmp->hm_nvolumes,
		    od->vol_count);
		return (EINVAL);
	}
	if (od->vol_version < HAMMER_VOL_VERSION_MIN ||
	    od->vol_version > HAMMER_VOL_VERSION_MAX) {
		hammer_printf("HAMMER(%.64s): version %d is not supported\n",
		    od->vol_label, od->vol_version);
		return (ERANGE);
	}
	hmp->hm_version = od->vol_version;
	size = hammer_off_short(od->vol0_blockmap[
	    HAMMER_ZONE_UNDO_INDEX].alloc_offset);
	if (size == 0 || (size & HAMMER_BIGBLOCK_MASK) ||
	    size > (hammer_off_t)HAMMER_MAX_UNDO_BIGBLOCKS *
	    HAMMER_BIGBLOCK_SIZE) {
		hammer_printf("HAMMER(%.64s): bad UNDO size\n",
		    od->vol_label);
		return (EIO);
	}
	hmp->hm_undo_size = size;
	for (i = 0; i < (int)(size >> HAMMER_BIGBLOCK_BITS); i++) {
		if (hammer_off_zone(od->vol0_undo_array[i]) !=
		    HAMMER_ZONE_RAW_BUFFER_INDEX) {
			hammer_printf("HAMMER(%.64s): bad UNDO map\n",
			    od->vol_label);
			return (EIO);
		}
	}
	return (0);
}

int
hammer_zone2_locate(struct hammer_mount *hmp, hammer_off_t off,
    struct hammer_volume **volp, off_t *devoffp)
{
	struct hammer_volume *vol = hmp->hm_vol[hammer_off_vol(off)];
	hammer_off_t so = hammer_off_short(off);

	if (vol == NULL)
		return (EIO);
	*volp = vol;
	if (hammer_off_zone(off) == HAMMER_ZONE_RAW_VOLUME_INDEX) {
		*devoffp = 0;
		return (so < HAMMER_BUFSIZE ? 0 : EIO);
	}
	if (hammer_off_zone(off) != HAMMER_ZONE_RAW_BUFFER_INDEX ||
	    so >= (hammer_off_t)(vol->v_bufend - vol->v_bufbeg))
		return (EIO);
	*devoffp = vol->v_bufbeg + so;
	return (0);
}
