/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: snapshot and configuration records of a PFS.  They have no
 * history: what is deleted is gone.
 */
#include "hammer_maint.h"

static void
rec_key(hammer_leaf_t *e, uint32_t lo, int rec_type, int64_t key)
{
	memset(e, 0, sizeof(*e));
	e->base.localization = lo | HAMMER_LOCALIZE_INODE;
	e->base.obj_id = HAMMER_OBJID_ROOT;
	e->base.rec_type = rec_type;
	e->base.key = key;
}

static int
add_one(struct hammer_mount *hmp, uint32_t lo,
    const struct hammer_snapshot_data *sd)
{
	hammer_leaf_t elm, old;
	int error;

	rec_key(&elm, lo, HAMMER_RECTYPE_SNAPSHOT, (int64_t)sd->tid);
	error = hammer_btree_asof(hmp, &elm.base, HAMMER_MAX_TID, &old);
	if (error != ENOENT)
		return (error ? error : EEXIST);
	elm.base.create_tid = hammer_txn_tid(hmp);
	elm.create_ts = hmp->hm_time32;
	return (hammer_record_insert(hmp, &elm, sd, sizeof(*sd)));
}

static int
del_one(struct hammer_mount *hmp, uint32_t lo,
    const struct hammer_snapshot_data *sd)
{
	hammer_leaf_t key, elm;
	int error;

	rec_key(&key, lo, HAMMER_RECTYPE_SNAPSHOT, (int64_t)sd->tid);
	error = hammer_btree_asof(hmp, &key.base, HAMMER_MAX_TID, &elm);
	if (error)
		return (error);
	/* Its deletion must reach the aggregate tids all the same. */
	return (hammer_record_delete(hmp, &elm, 1));
}

static int
each(struct hammer_mount *hmp, uint32_t lo, struct hammer_ioc_snapshot *s,
    int (*one)(struct hammer_mount *, uint32_t,
    const struct hammer_snapshot_data *))
{
	int error;

	if (s->index < 0 || s->count > HAMMER_SNAPS_PER_IOCTL ||
	    s->index >= s->count)
		return (EINVAL);
	error = hammer_txn_begin(hmp);
	if (error)
		return (error);
	for (; s->index < s->count; s->index++) {
		error = one(hmp, lo, &s->snaps[s->index]);
		if (error)
			break;
	}
	hammer_txn_end(hmp);
	s->head.error = error;
	return (0);
}

int
hammer_snap_add(struct hammer_mount *hmp, uint32_t lo,
    struct hammer_ioc_snapshot *s)
{
	return (each(hmp, lo, s, add_one));
}

int
hammer_snap_del(struct hammer_mount *hmp, uint32_t lo,
    struct hammer_ioc_snapshot *s)
{
	return (each(hmp, lo, s, del_one));
}

int
hammer_snap_get(struct hammer_mount *hmp, uint32_t lo,
    struct hammer_ioc_snapshot *s)
{
	struct hammer_iter *it;
	struct hammer_snapshot_data *sd;
	hammer_leaf_t beg, end, *e;
	int error;

	if (s->index != 0 || s->count < 0 ||
	    s->count > HAMMER_SNAPS_PER_IOCTL)
		return (EINVAL);
	rec_key(&beg, lo, HAMMER_RECTYPE_SNAPSHOT, HAMMER_MIN_KEY);
	rec_key(&end, lo, HAMMER_RECTYPE_SNAPSHOT, HAMMER_MAX_KEY);
	beg.base.create_tid = 1;
	if (s->count > 0) {
		beg.base.key = s->snaps[s->count - 1].tid;
		beg.base.create_tid = 0;
		hammer_key_next(&beg.base);
	}
	it = hammer_malloc(sizeof(*it));
	hammer_iter_init(it, hmp, &beg.base, &end.base, HAMMER_MAX_TID);
	for (s->count = 0; s->count < HAMMER_SNAPS_PER_IOCTL; s->count++) {
		sd = &s->snaps[s->count];
		error = hammer_iter_next(it, &e);
		if (error == 0 && e->data_len != sizeof(*sd))
			error = EIO;
		if (error == 0)
			error = hammer_record_data(hmp, e, sd, sizeof(*sd));
		if (error)
			break;
		/* If they differ the key is right. */
		sd->tid = e->base.key;
	}
	if (error == ENOENT) {
		s->head.flags |= HAMMER_IOC_SNAPSHOT_EOF;
		error = 0;
	}
	hammer_free(it);
	s->head.error = error;
	return (0);
}

int
hammer_config_get(struct hammer_mount *hmp, uint32_t lo,
    struct hammer_ioc_config *c)
{
	hammer_leaf_t key, e;
	int error;

	rec_key(&key, lo, HAMMER_RECTYPE_CONFIG, 0);
	error = hammer_btree_asof(hmp, &key.base, HAMMER_MAX_TID, &e);
	if (error == 0 && e.data_len != sizeof(c->config))
		error = EIO;
	if (error == 0)
		error = hammer_record_data(hmp, &e, &c->config,
		    sizeof(c->config));
	if (error == 0)
		c->config.text[sizeof(c->config.text) - 1] = 0;
	c->head.error = error;
	return (0);
}

int
hammer_config_set(struct hammer_mount *hmp, uint32_t lo,
    struct hammer_ioc_config *c)
{
	hammer_leaf_t key, e;
	int error;

	c->config.text[sizeof(c->config.text) - 1] = 0;
	rec_key(&key, lo, HAMMER_RECTYPE_CONFIG, 0);
	error = hammer_txn_begin(hmp);
	if (error)
		return (error);
	error = hammer_btree_asof(hmp, &key.base, HAMMER_MAX_TID, &e);
	if (error == 0)
		error = hammer_record_delete(hmp, &e, 1);
	if (error == 0 || error == ENOENT) {
		key.base.create_tid = hammer_txn_tid(hmp);
		key.create_ts = hmp->hm_time32;
		error = hammer_record_insert(hmp, &key, &c->config,
		    sizeof(c->config));
	}
	hammer_txn_end(hmp);
	c->head.error = error;
	return (0);
}
