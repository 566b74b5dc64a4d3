/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: two records of equal content share their space (on-disk.md,
 * section 13).
 */
#include "hammer_maint.h"

/* hm_txn held. */
static int
dedup_locked(struct hammer_mount *hmp, struct hammer_ioc_dedup *d,
    char *buf1, char *buf2)
{
	hammer_leaf_t e1, e2, upd;
	int error;

	error = hammer_btree_lookup(hmp, &d->elm1, &e1);
	if (error == 0)
		error = hammer_btree_lookup(hmp, &d->elm2, &e2);
	if (error)
		return (error);
	if (hammer_off_zone(e1.data_offset) != hammer_off_zone(e2.data_offset)
	    || (hammer_off_zone(e1.data_offset) !=
	    HAMMER_ZONE_LARGE_DATA_INDEX && hammer_off_zone(e1.data_offset)
	    != HAMMER_ZONE_SMALL_DATA_INDEX)) {
		d->head.flags |= HAMMER_IOC_DEDUP_INVALID_ZONE;
		return (0);
	}
	if (e1.data_len != e2.data_len) {
		d->head.flags |= HAMMER_IOC_DEDUP_CMP_FAILURE;
		return (0);
	}
	if (e1.data_offset == e2.data_offset)
		return (0);
	error = hammer_record_data(hmp, &e1, buf1, HAMMER_XBUFSIZE);
	if (error == 0)
		error = hammer_record_data(hmp, &e2, buf2, HAMMER_XBUFSIZE);
	if (error)
		return (error);
	if (memcmp(buf1, buf2, e1.data_len) != 0) {
		d->head.flags |= HAMMER_IOC_DEDUP_CMP_FAILURE;
		return (0);
	}
	error = hammer_share_space(hmp, e1.data_offset, e1.data_len);
	if (error == ERANGE) {
		d->head.flags |= HAMMER_IOC_DEDUP_UNDERFLOW;
		return (0);
	}
	if (error)
		return (error);
	upd = e2;
	upd.data_offset = e1.data_offset;
	upd.data_crc = e1.data_crc;
	error = hammer_btree_update(hmp, &upd);
	if (error == 0)
		error = hammer_free_space(hmp, e2.data_offset, e2.data_len);
	return (error);
}

int
hammer_dedup(struct hammer_mount *hmp, struct hammer_ioc_dedup *d)
{
	char *buf1, *buf2;
	int error;

	if (hmp->hm_version < HAMMER_VOL_VERSION_FIVE)
		return (EOPNOTSUPP);
	buf1 = hammer_malloc(HAMMER_XBUFSIZE);
	buf2 = hammer_malloc(HAMMER_XBUFSIZE);
	error = hammer_txn_begin(hmp);
	if (error == 0) {
		error = dedup_locked(hmp, d, buf1, buf2);
		hammer_txn_end(hmp);
	}
	hammer_free(buf1);
	hammer_free(buf2);
	return (error);
}
