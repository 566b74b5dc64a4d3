/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: the freemap: handing out space and taking it back (on-disk.md,
 * section 4).
 *
 * Space of a big-block is handed out from its start to its end, once; it is
 * used again when all of it has been freed, and then not before the flush
 * cycle that freed it can no longer be rolled back.
 */
#include "hammer.h"

int
hammer_layer1_get(struct hammer_mount *hmp, hammer_off_t off,
    struct hammer_blockmap_layer1 *l1)
{
	struct hammer_buffer *hb;
	hammer_off_t pos;
	void *p;
	int error;

	pos = hmp->hm_root->v_ondisk->vol0_blockmap[
	    HAMMER_ZONE_FREEMAP_INDEX].phys_offset +
	    (hammer_off_t)hammer_layer1_index(off) * sizeof(*l1);
	p = hammer_bread(hmp, pos, &error, &hb);
	if (error)
		return (error);
	memcpy(l1, p, sizeof(*l1));
	hammer_buffer_rele(hb);
	if (!hammer_layer1_ok(hmp->hm_version, l1)) {
		hammer_printf("HAMMER: freemap layer 1 entry for %016jx: "
		    "bad CRC\n", (uintmax_t)off);
		return (EIO);
	}
	return (0);
}

/* bpp and pp may be NULL; else the entry's buffer and place. */
int
hammer_layer2_get(struct hammer_mount *hmp, hammer_off_t off,
    struct hammer_blockmap_layer2 *l2, struct hammer_buffer **bpp,
    struct hammer_blockmap_layer2 **pp)
{
	struct hammer_blockmap_layer1 l1;
	struct hammer_buffer *hb;
	void *p;
	int error;

	error = hammer_layer1_get(hmp, off, &l1);
	if (error)
		return (error);
	if (l1.phys_offset == HAMMER_BLOCKMAP_UNAVAIL)
		return (ENXIO);
	p = hammer_bread(hmp, l1.phys_offset +
	    (hammer_off_t)hammer_layer2_index(off) * sizeof(*l2), &error,
	    &hb);
	if (error)
		return (error);
	memcpy(l2, p, sizeof(*l2));
	if (!hammer_layer2_ok(hmp->hm_version, l2)) {
		hammer_printf("HAMMER: freemap layer 2 entry for %016jx: "
		    "bad CRC\n", (uintmax_t)off);
		error = EIO;
	}
	if (error || bpp == NULL) {
		hammer_buffer_rele(hb);
		return (error);
	}
	*bpp = hb;
	*pp = p;
	return (0);
}

static int
layer2_put(struct hammer_mount *hmp, struct hammer_buffer *hb,
    struct hammer_blockmap_layer2 *p, const struct hammer_blockmap_layer2 *l2)
{
	int error = hammer_modify(hmp, hb, p, sizeof(*p));

	if (error == 0) {
		*p = *l2;
		hammer_layer2_setcrc(hmp->hm_version, p);
	}
	return (error);
}

/* n more (or fewer) free big-blocks under off's layer-1 entry. */
static int
layer1_adjust(struct hammer_mount *hmp, hammer_off_t off, int n)
{
	struct hammer_blockmap_layer1 *l1;
	struct hammer_buffer *hb;
	hammer_off_t pos;
	int error;

	pos = hmp->hm_root->v_ondisk->vol0_blockmap[
	    HAMMER_ZONE_FREEMAP_INDEX].phys_offset +
	    (hammer_off_t)hammer_layer1_index(off) * sizeof(*l1);
	l1 = hammer_bread(hmp, pos, &error, &hb);
	if (error)
		return (error);
	error = hammer_modify(hmp, hb, l1, sizeof(*l1));
	if (error == 0) {
		l1->blocks_free += n;
		hammer_layer1_setcrc(hmp->hm_version, l1);
	}
	hammer_buffer_rele(hb);
	if (error == 0)
		error = hammer_modify_header(hmp, vol0_stat_freebigblocks);
	if (error == 0)
		hmp->hm_root->v_ondisk->vol0_stat_freebigblocks += n;
	return (error);
}

/*
 * Big-blocks that wait.
 */
static int
is_delayed(struct hammer_mount *hmp, hammer_off_t bigblock)
{
	struct hammer_delayed *d;

	for (d = hmp->hm_delayed; d != NULL; d = d->d_next) {
		if (d->d_offset == bigblock)
			return (1);
	}
	return (0);
}

static void
delay(struct hammer_mount *hmp, hammer_off_t off)
{
	struct hammer_delayed *d = hammer_zalloc(sizeof(*d));

	d->d_offset = hammer_off_to_zone2(off) &
	    ~(hammer_off_t)HAMMER_BIGBLOCK_MASK;
	d->d_cycle = hmp->hm_cycle;
	d->d_next = hmp->hm_delayed;
	hmp->hm_delayed = d;
	hmp->hm_ndelayed++;
}

/* It cannot come back any more. */
void
hammer_delayed_expire(struct hammer_mount *hmp)
{
	struct hammer_delayed **dp = &hmp->hm_delayed, *d;

	while ((d = *dp) != NULL) {
		if ((int32_t)(hmp->hm_cycle_proof - d->d_cycle) >= 0) {
			*dp = d->d_next;
			hammer_free(d);
			hmp->hm_ndelayed--;
		} else {
			dp = &d->d_next;
		}
	}
}

void
hammer_delayed_forget(struct hammer_mount *hmp, int vol_no)
{
	struct hammer_delayed **dp = &hmp->hm_delayed, *d;

	while ((d = *dp) != NULL) {
		if (hammer_off_vol(d->d_offset) == vol_no) {
			*dp = d->d_next;
			hammer_free(d);
			hmp->hm_ndelayed--;
		} else {
			dp = &d->d_next;
		}
	}
}

/*
 * Allocation.
 */

/* Where an allocation of bytes at or after off (zone-relative) may start. */
static hammer_off_t
fit(hammer_off_t off, int bytes)
{
	if ((off & HAMMER_BUFMASK) + bytes > HAMMER_BUFSIZE)
		return ((off + HAMMER_BUFMASK) &
		    ~(hammer_off_t)HAMMER_BUFMASK);
	return (off);
}

/* The big-block after the one of off, or of the next volume. */
static hammer_off_t
next_bigblock(hammer_off_t off)
{
	return ((off & ~(hammer_off_t)HAMMER_BIGBLOCK_MASK) +
	    HAMMER_BIGBLOCK_SIZE);
}

/*
 * Was the big-block free when the cycle began?  Then it may be taken, freed
 * and taken again in it, since nothing on the media has ever referred to it.
 * Not where writes go past the buffers, and might overtake each other.
 */
static int
is_young(struct hammer_mount *hmp, int zone, hammer_off_t base)
{
	return (zone != HAMMER_ZONE_LARGE_DATA_INDEX &&
	    hmp->hm_taken[zone].off == hammer_off_to_zone2(base) &&
	    hmp->hm_taken[zone].cycle == hmp->hm_cycle);
}

/* Buffers of it may be dirty: no other zone takes it in this cycle. */
static int
is_other_young(struct hammer_mount *hmp, int zone, hammer_off_t base)
{
	int z;

	for (z = HAMMER_ZONE_BTREE_INDEX; z <= HAMMER_ZONE_SMALL_DATA_INDEX;
	    z++) {
		if (z != zone && is_young(hmp, z, base))
			return (1);
	}
	return (0);
}

/* A zone takes a big-block; the one before, if it is free, must wait now. */
static void
set_taken(struct hammer_mount *hmp, int zone, hammer_off_t base)
{
	struct hammer_blockmap_layer2 l2;
	hammer_off_t last = hmp->hm_taken[zone].off;

	if (is_young(hmp, zone, base))
		return;
	hammer_buffer_forget(hmp, base);
	if (last != 0 && is_young(hmp, zone, last) &&
	    hammer_layer2_get(hmp, last, &l2, NULL, NULL) == 0 &&
	    l2.zone == 0)
		delay(hmp, last);
	hmp->hm_taken[zone].off = hammer_off_to_zone2(base);
	hmp->hm_taken[zone].cycle = hmp->hm_cycle;
}

/*
 * Try the big-block of *offp: EAGAIN if there is no room, with *offp moved on.
 */
static int
alloc_try(struct hammer_mount *hmp, int zone, int bytes, hammer_off_t *offp)
{
	struct hammer_blockmap_layer2 l2, *p;
	struct hammer_buffer *hb;
	hammer_off_t off = *offp, base, pos;
	struct hammer_volume *vol = hmp->hm_vol[hammer_off_vol(off)];
	int error;

	base = off & ~(hammer_off_t)HAMMER_BIGBLOCK_MASK;
	if (vol == NULL || vol->v_noalloc || hammer_off_short(base) >=
	    (hammer_off_t)(vol->v_bufend - vol->v_bufbeg)) {
		/* On to the next volume. */
		*offp = ((off & HAMMER_OFF_VOL_MASK) +
		    (1ULL << HAMMER_OFF_VOL_SHIFT)) & HAMMER_OFF_LONG_MASK;
		return (EAGAIN);
	}
	error = hammer_layer2_get(hmp, off, &l2, &hb, &p);
	if (error == ENXIO) {
		*offp = next_bigblock(off) & HAMMER_OFF_LONG_MASK;
		return (EAGAIN);
	}
	if (error)
		return (error);
	pos = fit(base + l2.append_off, bytes);
	if (l2.zone == 0 ? is_delayed(hmp, hammer_off_to_zone2(base)) ||
	    is_other_young(hmp, zone, base) :
	    (l2.zone != zone || l2.append_off > HAMMER_BIGBLOCK_SIZE ||
	    pos + bytes > base + HAMMER_BIGBLOCK_SIZE)) {
		hammer_buffer_rele(hb);
		*offp = next_bigblock(off) & HAMMER_OFF_LONG_MASK;
		return (EAGAIN);
	}
	if (l2.zone == 0) {
		set_taken(hmp, zone, base);
		error = layer1_adjust(hmp, off, -1);
		l2.zone = zone;
		l2.append_off = 0;
		l2.bytes_free = HAMMER_BIGBLOCK_SIZE;
		pos = base;
	}
	if (error == 0) {
		l2.append_off = pos + bytes - base;
		l2.bytes_free -= bytes;
		error = layer2_put(hmp, hb, p, &l2);
	}
	hammer_buffer_rele(hb);
	*offp = pos;
	return (error);
}

int
hammer_alloc(struct hammer_mount *hmp, int zone, int bytes,
    hammer_off_t *offp)
{
	hammer_off_t off, at, start;
	int error, wrapped = 0;

	bytes = HAMMER_DATA_DOALIGN(bytes);
	HAMMER_ASSERT(bytes > 0 && bytes <= HAMMER_XBUFSIZE);
	off = hmp->hm_blockmap[zone].next_offset & HAMMER_OFF_LONG_MASK;
	/* An append point at the very end of a big-block belongs to it. */
	if (off != 0 && (off & HAMMER_BIGBLOCK_MASK) == 0)
		off--;
	start = off & ~(hammer_off_t)HAMMER_BIGBLOCK_MASK;
	for (;;) {
		at = off;
		error = alloc_try(hmp, zone, bytes, &at);
		if (error != EAGAIN)
			break;
		if (at <= off)
			wrapped++;
		if (wrapped > 1 || (wrapped && at > start))
			return (ENOSPC);
		off = at;
	}
	if (error)
		return (error);
	*offp = hammer_off_to_zone(zone, at);
	hmp->hm_blockmap[zone].next_offset = *offp + bytes;
	return (0);
}

int
hammer_free_space(struct hammer_mount *hmp, hammer_off_t off, int bytes)
{
	struct hammer_blockmap_layer2 l2, *p;
	struct hammer_buffer *hb;
	int error, zone = hammer_off_zone(off);

	bytes = HAMMER_DATA_DOALIGN(bytes);
	if (!hammer_zone_is_mapped(zone) || bytes <= 0 ||
	    bytes > HAMMER_XBUFSIZE)
		return (EIO);
	error = hammer_layer2_get(hmp, off, &l2, &hb, &p);
	if (error)
		return (error == ENXIO ? EIO : error);
	if (l2.zone != zone || l2.bytes_free > HAMMER_BIGBLOCK_SIZE - bytes) {
		hammer_buffer_rele(hb);
		hammer_printf("HAMMER: freeing %d bytes at %016jx that are "
		    "not in use\n", bytes, (uintmax_t)off);
		return (EIO);
	}
	l2.bytes_free += bytes;
	if (l2.bytes_free == HAMMER_BIGBLOCK_SIZE) {
		l2.zone = 0;
		l2.append_off = 0;
		error = layer1_adjust(hmp, off, 1);
		if (error == 0 && !is_young(hmp, zone, off &
		    ~(hammer_off_t)HAMMER_BIGBLOCK_MASK))
			delay(hmp, off);
	}
	if (error == 0)
		error = layer2_put(hmp, hb, p, &l2);
	hammer_buffer_rele(hb);
	return (error);
}

int
hammer_share_space(struct hammer_mount *hmp, hammer_off_t off, int bytes)
{
	struct hammer_blockmap_layer2 l2, *p;
	struct hammer_buffer *hb;
	int error;

	bytes = HAMMER_DATA_DOALIGN(bytes);
	error = hammer_layer2_get(hmp, off, &l2, &hb, &p);
	if (error)
		return (error == ENXIO ? EIO : error);
	if (l2.zone != hammer_off_zone(off))
		error = EINVAL;
	else if (l2.bytes_free < INT32_MIN + 2 * HAMMER_BIGBLOCK_SIZE + bytes)
		error = ERANGE;
	if (error == 0) {
		l2.bytes_free -= bytes;
		error = layer2_put(hmp, hb, p, &l2);
	}
	hammer_buffer_rele(hb);
	return (error);
}

int
hammer_blockmap_getfree(struct hammer_mount *hmp, hammer_off_t off,
    int *bytesp, int *curp)
{
	struct hammer_blockmap_layer2 l2;
	hammer_off_t next;
	int error, zone = hammer_off_zone(off);

	error = hammer_layer2_get(hmp, off, &l2, NULL, NULL);
	if (error)
		return (error);
	*bytesp = l2.bytes_free;
	next = hmp->hm_blockmap[zone].next_offset;
	*curp = ((next ^ off) & ~(hammer_off_t)HAMMER_BIGBLOCK_MASK) == 0;
	return (0);
}

/*
 * ENOSPC is predicted: what operations have promised to write, and what
 * they may cost at worst, is kept free.
 */
int64_t
hammer_reserved_bytes(struct hammer_mount *hmp)
{
	return ((int64_t)hmp->hm_ndirtyino * 192 + hmp->hm_rsv_recs * 128 +
	    hmp->hm_rsv_bytes +
	    (int64_t)hmp->hm_ndelayed * HAMMER_BIGBLOCK_SIZE);
}

/* Free big-blocks of volumes that are being removed. */
static int64_t
leaving(struct hammer_mount *hmp)
{
	struct hammer_blockmap_layer1 l1;
	struct hammer_volume *vol;
	int64_t n = 0;
	int i, t;

	for (i = 0; i < HAMMER_MAX_VOLUMES; i++) {
		vol = hmp->hm_vol[i];
		if (vol == NULL || !vol->v_noalloc)
			continue;
		for (t = 0; t < hammer_layer2_tables(vol->v_bufend -
		    vol->v_bufbeg); t++) {
			if (hammer_layer1_get(hmp, hammer_off_encode(
			    HAMMER_ZONE_RAW_BUFFER_INDEX, i, (hammer_off_t)t *
			    HAMMER_BLOCKMAP_LAYER2), &l1) == 0)
				n += l1.blocks_free;
		}
	}
	return (n);
}

/* As the header says, if that can be. */
int64_t
hammer_free_bytes(struct hammer_mount *hmp)
{
	int64_t n = hmp->hm_root->v_ondisk->vol0_stat_freebigblocks;

	if (hmp->hm_nnoalloc > 0)
		n -= leaving(hmp);

	if (n < 0 || n > (int64_t)(HAMMER_BLOCKMAP_LAYER1 >>
	    HAMMER_BIGBLOCK_BITS))
		return (0);
	return (n * HAMMER_BIGBLOCK_SIZE);
}

int
hammer_checkspace(struct hammer_mount *hmp, int slop)
{
	int64_t need;

	need = hammer_reserved_bytes(hmp) +
	    (int64_t)slop * HAMMER_BIGBLOCK_SIZE;
	return (hammer_free_bytes(hmp) >= need ? 0 : ENOSPC);
}

int
hammer_room(struct hammer_mount *hmp, int slop)
{
	int i, error;

	error = hammer_checkspace(hmp, slop);
	for (i = 0; i < 3 && error && hmp->hm_ndelayed > 0; i++) {
		if (hammer_flush_sync(hmp) != 0)
			break;
		error = hammer_checkspace(hmp, slop);
	}
	return (error);
}
