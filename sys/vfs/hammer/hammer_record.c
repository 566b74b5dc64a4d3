/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: records: B-Tree elements together with their payloads.
 *
 * All records made between two flush cycles carry the same tid, that of the
 * cycle.  Deleting a record of an earlier cycle stamps it; one of this cycle
 * leaves no trace.
 */
#include "hammer.h"

/* The payload once; EIO if its CRC is bad. */
static int
read_payload(struct hammer_mount *hmp, const hammer_leaf_t *elm, void *buf)
{
	int error;

	/* It may still be on its way to the device. */
	if (elm->data_len >= HAMMER_BUFSIZE && hmp->io_running > 0 &&
	    elm->base.create_tid > hmp->hm_flush_tid2)
		hammer_io_settle(hmp);
	error = hammer_data_read(hmp, elm->data_offset, buf, elm->data_len);
	if (error == 0 && !hammer_leaf_ok(hmp->hm_version, elm, buf))
		error = EIO;
	return (error);
}

/* Reblocking may have moved it since the element was copied. */
static int
has_moved(struct hammer_mount *hmp, hammer_leaf_t *elm)
{
	hammer_leaf_t now;

	if (hammer_btree_lookup(hmp, &elm->base, &now) != 0 ||
	    now.data_offset == elm->data_offset ||
	    now.data_len != elm->data_len || !hammer_leaf_offset_ok(&now))
		return (0);
	*elm = now;
	return (1);
}

int
hammer_record_data(struct hammer_mount *hmp, const hammer_leaf_t *elm,
    void *buf, int size)
{
	hammer_leaf_t at = *elm;
	char *tmp = buf;
	int error;

	if (elm->data_len == 0 && elm->data_offset == 0)
		return (0);
	if (!hammer_leaf_offset_ok(elm)) {
		hammer_printf("HAMMER: record lo=%08x obj=%016jx rt=%02x "
		    "key=%016jx: bad data offset %016jx/%d\n",
		    elm->base.localization, (uintmax_t)elm->base.obj_id,
		    elm->base.rec_type, (uintmax_t)elm->base.key,
		    (uintmax_t)elm->data_offset, elm->data_len);
		return (EIO);
	}
	if (size < elm->data_len)
		tmp = hammer_malloc(elm->data_len);
	do {
		error = read_payload(hmp, &at, tmp);
	} while (error && has_moved(hmp, &at));
	if (error) {
		hammer_printf("HAMMER: %s: object %016jx PFS %u rt=%02x "
		    "key=%016jx at %016jx; an older version may be intact, "
		    "see undo(1)\n", error == EIO ? "CRC error" :
		    "read error", (uintmax_t)elm->base.obj_id,
		    hammer_lo_to_pfs(elm->base.localization),
		    elm->base.rec_type, (uintmax_t)elm->base.key,
		    (uintmax_t)at.data_offset);
		error = EIO;
	}
	if (tmp != (char *)buf) {
		if (error == 0)
			memcpy(buf, tmp, size);
		hammer_free(tmp);
	}
	return (error);
}

static void
data_done(void *arg, int error)
{
	hammer_io_leave(arg, error);
}

int
hammer_data_write(struct hammer_mount *hmp, int zone, const void *data,
    int len, hammer_off_t *offp)
{
	struct hammer_volume *vol;
	struct hammer_buffer *hb;
	off_t devoff;
	void *p;
	int error;

	error = hammer_alloc(hmp, zone, len, offp);
	if (error)
		return (error);
	if (zone != HAMMER_ZONE_LARGE_DATA_INDEX) {
		p = hammer_bnew(hmp, *offp, len, &error, &hb);
		if (error)
			return (error);
		memcpy(p, data, len);
		hammer_buffer_rele(hb);
		return (0);
	}
	error = hammer_zone2_locate(hmp, hammer_off_to_zone2(*offp), &vol,
	    &devoff);
	if (error)
		return (error);
	p = hammer_ioalloc(len);
	memcpy(p, data, len);
	hammer_io_enter(hmp);
	hammer_stat[HST_DISK_WRITE] += len;
	hammer_dev_write_async(vol, devoff, p, len, data_done, hmp);
	return (0);
}

int
hammer_record_insert(struct hammer_mount *hmp, hammer_leaf_t *elm,
    const void *data, int len)
{
	int error = 0;

	elm->data_len = len;
	elm->data_offset = 0;
	if (len > 0)
		error = hammer_data_write(hmp, hammer_leaf_zone(elm), data,
		    len, &elm->data_offset);
	if (error)
		return (error);
	hammer_leaf_setcrc(hmp->hm_version, elm, data);
	elm->base.btype = HAMMER_BTREE_TYPE_RECORD;
	error = hammer_btree_insert(hmp, elm);
	if (error && len > 0)
		(void)hammer_free_space(hmp, elm->data_offset, len);
	return (error);
}

int
hammer_record_destroy(struct hammer_mount *hmp, const hammer_leaf_t *elm)
{
	int error;

	error = hammer_btree_remove(hmp, &elm->base);
	if (error == 0 && elm->data_offset != 0 && elm->data_len > 0)
		error = hammer_free_space(hmp, elm->data_offset,
		    elm->data_len);
	return (error);
}

int
hammer_record_delete(struct hammer_mount *hmp, const hammer_leaf_t *elm,
    int nohist)
{
	hammer_tid_t tid = hammer_txn_tid(hmp);
	hammer_leaf_t upd = *elm;
	int error;

	if (elm->base.delete_tid != 0)
		return (0);
	if (elm->base.create_tid >= tid)
		return (hammer_record_destroy(hmp, elm));
	upd.base.delete_tid = tid;
	upd.delete_ts = hmp->hm_time32;
	/* With or without history a mirror must hear of it. */
	error = hammer_btree_update(hmp, &upd);
	if (error == 0 && (nohist || (hmp->hm_hflags & HMNT_NOHISTORY)))
		error = hammer_record_destroy(hmp, &upd);
	return (error);
}
