/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: the cache of meta-data buffers.
 *
 * 16 KiB buffers by zone-2 address.  A dirty buffer is referenced by the list
 * it is on, and one being written by the flush cycle that writes it, so that
 * only buffers whose content is on the medium are ever dropped.  File data
 * in blocks of 16 KiB and more does not pass through here.
 */
#include "hammer.h"

static struct hammer_buffer_hash *
buf_bucket(struct hammer_mount *hmp, hammer_off_t off)
{
	return (&hmp->hm_bufhash[((off >> 14) ^ (off >> 26) ^ (off >> 52)) %
	    HAMMER_BUFHASH]);
}

static struct hammer_buffer *
buf_find(struct hammer_mount *hmp, hammer_off_t off)
{
	struct hammer_buffer *hb;

	LIST_FOREACH(hb, buf_bucket(hmp, off), hb_hash) {
		if (hb->hb_offset == off)
			return (hb);
	}
	return (NULL);
}

static void
buf_take(struct hammer_mount *hmp, struct hammer_buffer *hb)
{
	if (hb->hb_refs++ == 0 && hb->hb_onlru) {
		TAILQ_REMOVE(&hmp->hm_lru, hb, hb_lru);
		hb->hb_onlru = 0;
	}
}

static void
buf_free(struct hammer_buffer *hb)
{
	int i;

	for (i = 0; i < 4; i++)
		hammer_lock_uninit(&hb->hb_lock[i]);
	hammer_lock_uninit(&hb->hb_loadlock);
	hammer_iofree(hb->hb_data, HAMMER_BUFSIZE);
	hammer_free(hb);
}

static struct hammer_buffer *
buf_alloc(hammer_off_t off, struct hammer_volume *vol, off_t devoff)
{
	struct hammer_buffer *hb = hammer_zalloc(sizeof(*hb));
	int i;

	hb->hb_offset = off;
	hb->hb_vol = vol;
	hb->hb_devoff = devoff;
	hb->hb_data = hammer_ioalloc(HAMMER_BUFSIZE);
	for (i = 0; i < 4; i++)
		hammer_lock_init(&hb->hb_lock[i], "hmnode");
	hammer_lock_init(&hb->hb_loadlock, "hmload");
	return (hb);
}

/* Read it in, unless somebody else has. */
static int
buf_load(struct hammer_mount *hmp, struct hammer_buffer *hb, int isnew)
{
	int error = 0;

	hammer_lock_ex(&hb->hb_loadlock);
	if (!hb->hb_valid) {
		if (isnew) {
			memset(hb->hb_data, 0, HAMMER_BUFSIZE);
		} else {
			error = hammer_volume_read(hb->hb_vol, hb->hb_devoff,
			    hb->hb_data, HAMMER_BUFSIZE);
			hammer_stat[HST_DISK_READ] += HAMMER_BUFSIZE;
		}
		if (error == 0)
			hb->hb_valid = 1;
	}
	hammer_unlock(&hb->hb_loadlock);
	return (error);
}

int
hammer_buffer_get(struct hammer_mount *hmp, hammer_off_t zone2, int isnew,
    struct hammer_buffer **bpp)
{
	struct hammer_buffer *hb, *nhb;
	struct hammer_volume *vol;
	hammer_off_t off = zone2 & ~(hammer_off_t)HAMMER_BUFMASK;
	off_t devoff;
	int error;

	*bpp = NULL;
	hammer_lock_ex(&hmp->hm_lock);
	hb = buf_find(hmp, off);
	if (hb != NULL)
		buf_take(hmp, hb);
	hammer_unlock(&hmp->hm_lock);
	if (hb == NULL) {
		error = hammer_zone2_locate(hmp, off, &vol, &devoff);
		if (error)
			return (error);
		nhb = buf_alloc(off, vol, devoff);
		hammer_lock_ex(&hmp->hm_lock);
		hb = buf_find(hmp, off);
		if (hb == NULL) {
			hb = nhb;
			nhb = NULL;
			LIST_INSERT_HEAD(buf_bucket(hmp, off), hb, hb_hash);
			hmp->hm_nbuffers++;
		}
		buf_take(hmp, hb);
		hammer_unlock(&hmp->hm_lock);
		if (nhb != NULL)
			buf_free(nhb);
		hammer_buffer_trim(hmp);
	}
	if (!hb->hb_valid) {
		error = buf_load(hmp, hb, isnew);
		if (error) {
			hammer_buffer_rele(hb);
			return (error);
		}
	}
	*bpp = hb;
	return (0);
}

void
hammer_buffer_ref(struct hammer_buffer *hb)
{
	struct hammer_mount *hmp = hb->hb_vol->v_hmp;

	hammer_lock_ex(&hmp->hm_lock);
	buf_take(hmp, hb);
	hammer_unlock(&hmp->hm_lock);
}

void
hammer_buffer_rele(struct hammer_buffer *hb)
{
	struct hammer_mount *hmp = hb->hb_vol->v_hmp;

	hammer_lock_ex(&hmp->hm_lock);
	HAMMER_ASSERT(hb->hb_refs > 0);
	if (--hb->hb_refs == 0 && !hb->hb_stale) {
		hb->hb_onlru = 1;
		TAILQ_INSERT_TAIL(&hmp->hm_lru, hb, hb_lru);
		hb = NULL;
	} else if (hb->hb_refs > 0) {
		hb = NULL;
	}
	hammer_unlock(&hmp->hm_lock);
	if (hb != NULL)
		buf_free(hb);
}

/* hm_lock held, nobody refers to it. */
static void
buf_drop(struct hammer_mount *hmp, struct hammer_buffer *hb)
{
	TAILQ_REMOVE(&hmp->hm_lru, hb, hb_lru);
	LIST_REMOVE(hb, hb_hash);
	hmp->hm_nbuffers--;
	buf_free(hb);
}

void
hammer_buffer_trim(struct hammer_mount *hmp)
{
	hammer_lock_ex(&hmp->hm_lock);
	while (hmp->hm_nbuffers > hmp->hm_maxbuffers &&
	    !TAILQ_EMPTY(&hmp->hm_lru))
		buf_drop(hmp, TAILQ_FIRST(&hmp->hm_lru));
	hammer_unlock(&hmp->hm_lock);
}

/* The big-block gets a new owner: what is cached of it is void. */
void
hammer_buffer_forget(struct hammer_mount *hmp, hammer_off_t bigblock)
{
	struct hammer_buffer *hb;
	hammer_off_t off = hammer_off_to_zone2(bigblock) &
	    ~(hammer_off_t)HAMMER_BIGBLOCK_MASK;
	int i;

	hammer_lock_ex(&hmp->hm_lock);
	for (i = 0; i < HAMMER_BUFFERS_PER_BIGBLOCK; i++) {
		hb = buf_find(hmp, off + (hammer_off_t)i * HAMMER_BUFSIZE);
		if (hb != NULL && hb->hb_refs == 0)
			buf_drop(hmp, hb);
	}
	hammer_unlock(&hmp->hm_lock);
}

void
hammer_buffer_forget_volume(struct hammer_mount *hmp,
    struct hammer_volume *vol)
{
	struct hammer_buffer *hb, *next;
	int i;

	hammer_lock_ex(&hmp->hm_lock);
	for (i = 0; i < HAMMER_BUFHASH; i++) {
		for (hb = LIST_FIRST(&hmp->hm_bufhash[i]); hb != NULL;
		    hb = next) {
			next = LIST_NEXT(hb, hb_hash);
			if (hb->hb_vol != vol)
				continue;
			if (hb->hb_refs == 0) {
				buf_drop(hmp, hb);
				continue;
			}
			/* A reader is about to let go of it. */
			LIST_REMOVE(hb, hb_hash);
			hmp->hm_nbuffers--;
			hb->hb_stale = 1;
		}
	}
	hammer_unlock(&hmp->hm_lock);
}

/* At the end: dirty buffers are thrown away too. */
void
hammer_buffer_free_all(struct hammer_mount *hmp)
{
	struct hammer_buffer *hb;
	int i;

	for (i = 0; i < 4; i++) {
		while ((hb = TAILQ_FIRST(&hmp->hm_dirty[i])) != NULL) {
			TAILQ_REMOVE(&hmp->hm_dirty[i], hb, hb_dirtylink);
			hammer_buffer_rele(hb);
		}
	}
	hammer_lock_ex(&hmp->hm_lock);
	while ((hb = TAILQ_FIRST(&hmp->hm_lru)) != NULL)
		buf_drop(hmp, hb);
	hammer_unlock(&hmp->hm_lock);
	HAMMER_ASSERT(hmp->hm_nbuffers == 0);
}

void
hammer_buffer_dirty(struct hammer_buffer *hb, int kind)
{
	struct hammer_mount *hmp = hb->hb_vol->v_hmp;

	if (hb->hb_dirty)
		return;
	hammer_buffer_ref(hb);
	hb->hb_dirty = 1;
	hb->hb_kind = kind;
	TAILQ_INSERT_TAIL(&hmp->hm_dirty[kind], hb, hb_dirtylink);
	hmp->hm_ndirty++;
}

static int
zone_ok(hammer_off_t off)
{
	int zone = hammer_off_zone(off);

	return (zone == HAMMER_ZONE_RAW_BUFFER_INDEX ||
	    zone == HAMMER_ZONE_FREEMAP_INDEX || hammer_zone_is_mapped(zone));
}

void *
hammer_bread(struct hammer_mount *hmp, hammer_off_t off, int *errorp,
    struct hammer_buffer **bpp)
{
	if (!zone_ok(off)) {
		*bpp = NULL;
		*errorp = EIO;
		return (NULL);
	}
	*errorp = hammer_buffer_get(hmp, hammer_off_to_zone2(off), 0, bpp);
	if (*errorp)
		return (NULL);
	return ((*bpp)->hb_data + (off & HAMMER_BUFMASK));
}

void *
hammer_bnew(struct hammer_mount *hmp, hammer_off_t off, int len, int *errorp,
    struct hammer_buffer **bpp)
{
	int kind, isnew = (off & HAMMER_BUFMASK) == 0;

	/* What lies before it in the buffer is in use, but nothing after. */
	*errorp = hammer_buffer_get(hmp, hammer_off_to_zone2(off), isnew,
	    bpp);
	if (*errorp)
		return (NULL);
	kind = hammer_off_zone(off) >= HAMMER_ZONE_LARGE_DATA_INDEX ?
	    HB_DATA : HB_META;
	hammer_buffer_dirty(*bpp, kind);
	hammer_modify_new(*bpp, (*bpp)->hb_data + (off & HAMMER_BUFMASK),
	    len);
	return ((*bpp)->hb_data + (off & HAMMER_BUFMASK));
}

int
hammer_data_read(struct hammer_mount *hmp, hammer_off_t off, void *buf,
    int len)
{
	struct hammer_buffer *hb;
	struct hammer_volume *vol;
	off_t devoff;
	void *p;
	int error;

	if (len < HAMMER_BUFSIZE) {
		if ((off & HAMMER_BUFMASK) + len > HAMMER_BUFSIZE)
			return (EIO);
		p = hammer_bread(hmp, off, &error, &hb);
		if (error == 0) {
			memcpy(buf, p, len);
			hammer_buffer_rele(hb);
		}
		return (error);
	}
	if (!zone_ok(off))
		return (EIO);
	error = hammer_zone2_locate(hmp, hammer_off_to_zone2(off), &vol,
	    &devoff);
	if (error == 0 && devoff + len > vol->v_bufend)
		error = EIO;
	if (error == 0)
		error = hammer_volume_read(vol, devoff, buf, len);
	hammer_stat[HST_DISK_READ] += len;
	return (error);
}
