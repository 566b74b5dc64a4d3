/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: writing the UNDO ring (on-disk.md, section 8).
 *
 * Whoever modifies meta-data calls hammer_modify() first.  It logs what the
 * bytes were, once in a flush cycle for every 16 bytes of a buffer (8 of a
 * volume header), since recovery replays backwards and the oldest image is
 * the one that counts.
 */
#include "hammer.h"

int
hammer_undo_locate(struct hammer_mount *hmp, hammer_off_t off,
    hammer_off_t *zone2p)
{
	hammer_off_t so = hammer_off_short(off);

	if (so >= hmp->hm_undo_size)
		return (EIO);
	*zone2p = hmp->hm_root->v_ondisk->vol0_undo_array[
	    so >> HAMMER_BIGBLOCK_BITS] + (so & HAMMER_BIGBLOCK_MASK);
	return (0);
}

hammer_off_t
hammer_undo_used(struct hammer_mount *hmp)
{
	hammer_off_t first = hammer_off_short(hmp->hm_undo_first);
	hammer_off_t next = hammer_off_short(hmp->hm_undo_next);

	return ((next + hmp->hm_undo_size - first) % hmp->hm_undo_size);
}

hammer_off_t
hammer_undo_room(struct hammer_mount *hmp)
{
	return (hmp->hm_undo_size - hammer_undo_used(hmp));
}

/* A record's frame around size bytes at p. */
static void
fifo_frame(char *p, int type, int size)
{
	struct hammer_fifo_head *head = (void *)p;
	struct hammer_fifo_tail *tail = (void *)(p + size - sizeof(*tail));

	if (size > 8) {
		tail->tail_signature = HAMMER_TAIL_SIGNATURE;
		tail->tail_type = type;
		tail->tail_size = size;
	}
	head->hdr_signature = HAMMER_HEAD_SIGNATURE;
	head->hdr_type = type;
	head->hdr_size = size;
}

static void
fifo_pad(char *p, int size)
{
	if (size == 0)
		return;
	memset(p, 0, size);
	fifo_frame(p, HAMMER_HEAD_TYPE_PAD, size);
}

static void
fifo_dummy(int version, char *p, uint32_t seq)
{
	struct hammer_fifo_head *head = (void *)p;

	memset(p, 0, HAMMER_UNDO_ALIGN);
	fifo_frame(p, HAMMER_HEAD_TYPE_DUMMY, HAMMER_UNDO_ALIGN);
	head->hdr_seq = seq;
	hammer_fifo_setcrc(version, head);
}

/* The buffer of the append point, made ready if it is entered now. */
static int
fifo_buffer(struct hammer_mount *hmp, struct hammer_buffer **hbp)
{
	hammer_off_t zone2;
	int error, isnew, i;

	if (hammer_off_short(hmp->hm_undo_next) >= hmp->hm_undo_size)
		hmp->hm_undo_next = HAMMER_ZONE_UNDO;
	isnew = (hmp->hm_undo_next & HAMMER_BUFMASK) == 0;
	error = hammer_undo_locate(hmp, hmp->hm_undo_next, &zone2);
	if (error == 0)
		error = hammer_buffer_get(hmp, zone2, isnew, hbp);
	if (error)
		return (error);
	hammer_buffer_dirty(*hbp, HB_UNDO);
	for (i = 0; isnew && i < HAMMER_BUFSIZE / HAMMER_UNDO_ALIGN; i++)
		fifo_dummy(hmp->hm_version,
		    (*hbp)->hb_data + i * HAMMER_UNDO_ALIGN,
		    (hmp->hm_undo_seq ^ 0x40000000U) + i);
	return (0);
}

/* One UNDO record of at most the rest of the sector; *lenp: bytes logged. */
static int
undo_record(struct hammer_mount *hmp, hammer_off_t off, const char *data,
    int *lenp)
{
	struct hammer_fifo_undo *un;
	struct hammer_buffer *hb;
	int pos, room, n, size, error;

	for (;;) {
		error = fifo_buffer(hmp, &hb);
		if (error)
			return (error);
		pos = hmp->hm_undo_next & HAMMER_BUFMASK;
		room = HAMMER_UNDO_ALIGN - (pos & HAMMER_UNDO_MASK);
		if (room > 40)
			break;
		fifo_pad(hb->hb_data + pos, room);
		hmp->hm_undo_next += room;
		hammer_buffer_rele(hb);
	}
	n = MIN(*lenp, room - 40);
	size = 40 + HAMMER_HEAD_DOALIGN(n);
	un = (void *)(hb->hb_data + pos);
	memset(un, 0, size);
	fifo_frame((char *)un, HAMMER_HEAD_TYPE_UNDO, size);
	un->undo_offset = off;
	un->undo_data_bytes = n;
	memcpy(un + 1, data, n);
	un->head.hdr_seq = hmp->hm_undo_seq++;
	hammer_fifo_setcrc(hmp->hm_version, &un->head);
	fifo_pad(hb->hb_data + pos + size, room - size);
	hmp->hm_undo_next += size;
	hammer_buffer_rele(hb);
	hammer_stat[HST_UNDO] += size;
	*lenp = n;
	return (0);
}

/*
 * A REDO SYNC record: recovery of this cycle must redo from start on.
 */
int
hammer_redo_sync(struct hammer_mount *hmp, hammer_off_t start)
{
	struct hammer_fifo_redo *re;
	struct hammer_buffer *hb;
	int pos, room, size = 64, error;

	for (;;) {
		error = fifo_buffer(hmp, &hb);
		if (error)
			return (error);
		pos = hmp->hm_undo_next & HAMMER_BUFMASK;
		room = HAMMER_UNDO_ALIGN - (pos & HAMMER_UNDO_MASK);
		if (room > size)
			break;
		fifo_pad(hb->hb_data + pos, room);
		hmp->hm_undo_next += room;
		hammer_buffer_rele(hb);
	}
	re = (void *)(hb->hb_data + pos);
	memset(re, 0, size);
	fifo_frame((char *)re, HAMMER_HEAD_TYPE_REDO, size);
	re->redo_flags = HAMMER_REDO_SYNC;
	re->redo_offset = start;
	re->head.hdr_seq = hmp->hm_undo_seq++;
	hammer_fifo_setcrc(hmp->hm_version, &re->head);
	fifo_pad(hb->hb_data + pos + size, room - size);
	hmp->hm_undo_next += size;
	hammer_buffer_rele(hb);
	return (0);
}

static int
undo_range(struct hammer_mount *hmp, struct hammer_buffer *hb, int beg,
    int end)
{
	int n, error;

	/* The caller has seen to it that there is room. */
	if (hammer_undo_room(hmp) < 65536) {
		hammer_critical(hmp, ENOSPC, "UNDO space exhausted");
		return (ENOSPC);
	}
	while (beg < end) {
		n = end - beg;
		error = undo_record(hmp, hb->hb_offset + beg,
		    hb->hb_data + beg, &n);
		if (error) {
			hammer_critical(hmp, error, "writing UNDO");
			return (error);
		}
		beg += n;
	}
	return (0);
}

static int
is_logged(struct hammer_buffer *hb, int g)
{
	return ((hb->hb_logged[g / 64] >> (g & 63)) & 1);
}

static void
set_logged(struct hammer_buffer *hb, int g)
{
	hb->hb_logged[g / 64] |= 1ULL << (g & 63);
}

static int
granule(struct hammer_buffer *hb)
{
	if (hb->hb_cycle != hb->hb_vol->v_hmp->hm_cycle) {
		hb->hb_cycle = hb->hb_vol->v_hmp->hm_cycle;
		memset(hb->hb_logged, 0, sizeof(hb->hb_logged));
	}
	return (hammer_off_zone(hb->hb_offset) ==
	    HAMMER_ZONE_RAW_VOLUME_INDEX ? 8 : 16);
}

int
hammer_modify(struct hammer_mount *hmp, struct hammer_buffer *hb, void *p,
    int len)
{
	int gsize = granule(hb), beg, end, g, first, error;

	if (hmp->hm_error)
		return (hmp->hm_error);
	hammer_buffer_dirty(hb, gsize == 8 ? HB_VOLUME : HB_META);
	beg = ((char *)p - hb->hb_data) / gsize;
	end = ((char *)p - hb->hb_data + len + gsize - 1) / gsize;
	for (g = beg; g < end;) {
		if (is_logged(hb, g)) {
			g++;
			continue;
		}
		for (first = g; g < end && !is_logged(hb, g); g++)
			set_logged(hb, g);
		error = undo_range(hmp, hb, first * gsize, g * gsize);
		if (error)
			return (error);
	}
	return (0);
}

void
hammer_modify_new(struct hammer_buffer *hb, void *p, int len)
{
	int gsize = granule(hb), g, end;

	/* Space is handed out in whole granules. */
	g = ((char *)p - hb->hb_data) / gsize;
	end = ((char *)p - hb->hb_data + len + gsize - 1) / gsize;
	for (; g < end; g++)
		set_logged(hb, g);
}

/*
 * New images: what a cycle has changed, as it is now, for a commit.
 */
static int
logged_run(struct hammer_buffer *hb, int from, int *endp)
{
	int n = HAMMER_BUFSIZE / granule(hb), g;

	n = MIN(n, (int)sizeof(hb->hb_logged) * 8);
	while (from < n && !is_logged(hb, from))
		from++;
	if (from == n)
		return (-1);
	for (g = from; g < n && is_logged(hb, g); g++)
		;
	*endp = g;
	return (from);
}

/* Headers and padding included, at most. */
static int64_t
images_size(struct hammer_buffer *hb)
{
	int g = 0, end, gsize = granule(hb);
	int64_t size = 0;

	while ((g = logged_run(hb, g, &end)) >= 0) {
		size += (int64_t)(end - g) * gsize * 5 / 4 + 128;
		g = end;
	}
	return (size);
}

int64_t
hammer_undo_images_size(struct hammer_mount *hmp)
{
	struct hammer_buffer *hb;
	int64_t size = 0;

	TAILQ_FOREACH(hb, &hmp->hm_dirty[HB_META], hb_dirtylink)
		size += images_size(hb);
	TAILQ_FOREACH(hb, &hmp->hm_dirty[HB_VOLUME], hb_dirtylink)
		size += images_size(hb);
	return (size);
}

static int
write_images(struct hammer_mount *hmp, struct hammer_buffer *hb)
{
	int g = 0, end, gsize = granule(hb), error = 0;

	while (error == 0 && (g = logged_run(hb, g, &end)) >= 0) {
		error = undo_range(hmp, hb, g * gsize, end * gsize);
		g = end;
	}
	return (error);
}

int
hammer_undo_images(struct hammer_mount *hmp)
{
	struct hammer_buffer *hb;
	int error = 0;

	TAILQ_FOREACH(hb, &hmp->hm_dirty[HB_META], hb_dirtylink) {
		if (error == 0)
			error = write_images(hmp, hb);
	}
	TAILQ_FOREACH(hb, &hmp->hm_dirty[HB_VOLUME], hb_dirtylink) {
		if (error == 0)
			error = write_images(hmp, hb);
	}
	return (error);
}

/* A DUMMY in every sector, as newfs and the upgrade to version 4 leave it. */
int
hammer_undo_format(struct hammer_mount *hmp)
{
	struct hammer_buffer *hb;
	hammer_off_t off, zone2;
	uint32_t seq = 0;
	int i, error = 0;

	for (off = 0; off < hmp->hm_undo_size && error == 0;
	    off += HAMMER_BUFSIZE) {
		error = hammer_undo_locate(hmp, off, &zone2);
		if (error == 0)
			error = hammer_buffer_get(hmp, zone2, 1, &hb);
		if (error)
			break;
		for (i = 0; i < HAMMER_BUFSIZE / HAMMER_UNDO_ALIGN; i++)
			fifo_dummy(hmp->hm_version,
			    hb->hb_data + i * HAMMER_UNDO_ALIGN, seq++);
		error = hammer_dev_write(hb->hb_vol, hb->hb_devoff,
		    hb->hb_data, HAMMER_BUFSIZE);
		hammer_buffer_rele(hb);
	}
	hmp->hm_undo_seq = seq;
	return (error);
}
