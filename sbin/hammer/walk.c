/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The consistency walk (see walk.h): tree, records and their payloads,
 * freemap, link counts, directory hashes.
 */
#include "hammer_inode.h"
#include "walk.h"

#define HASH 65536

/* An object with live records: what its inode says and what was found. */
struct obj {
	struct obj	*o_next;
	int64_t		o_id;
	uint32_t	o_lo;
	int		o_inode;	/* has a live inode */
	int		o_type;
	int		o_caps;
	int64_t		o_nlinks;
	int64_t		o_entries;	/* live entries that name it */
	int		o_records;	/* other live records */
};

struct walk {
	struct hammer_mount *w_hmp;
	void		(*w_say)(const char *fmt, ...)
			    __attribute__((__format__(__printf__, 1, 2)));
	int		w_bad;
	struct walk_block *w_block;
	int		w_nblock, w_maxblock;
	int		*w_hash;	/* indices + 1 */
	int		w_hashsize;
	struct obj	**w_obj;
	int		w_depth;	/* of leaves, -1 unknown */
	hammer_leaf_t	w_prev;
	int		w_haveprev;
	int64_t		w_inodes;
};

#define BAD(w, ...) do { (w)->w_bad++; (w)->w_say(__VA_ARGS__); } while (0)

static struct walk_block *
block_of(struct walk *w, hammer_off_t off)
{
	int i, h;

	off = hammer_off_to_zone2(off) & ~(hammer_off_t)HAMMER_BIGBLOCK_MASK;
	h = (off >> HAMMER_BIGBLOCK_BITS) % w->w_hashsize;
	for (; (i = w->w_hash[h]) != 0; h = (h + 1) % w->w_hashsize) {
		if (w->w_block[i - 1].wb_offset == off)
			return (&w->w_block[i - 1]);
	}
	if (w->w_nblock == w->w_maxblock)
		return (NULL);
	w->w_hash[h] = w->w_nblock + 1;
	w->w_block[w->w_nblock].wb_offset = off;
	return (&w->w_block[w->w_nblock++]);
}

static void
use(struct walk *w, hammer_off_t off, int bytes)
{
	struct walk_block *wb = block_of(w, off);
	int top, zone = hammer_off_zone(off);

	bytes = HAMMER_DATA_DOALIGN(bytes);
	if (wb == NULL) {
		BAD(w, "too many big-blocks in use");
		return;
	}
	if (wb->wb_zone != 0 && wb->wb_zone != zone)
		BAD(w, "big-block %016jx is used in zones %d and %d",
		    (uintmax_t)wb->wb_offset, wb->wb_zone, zone);
	wb->wb_zone = zone;
	wb->wb_used += bytes;
	top = (off & HAMMER_BIGBLOCK_MASK) + bytes;
	if (top > wb->wb_top)
		wb->wb_top = top;
}

static struct obj *
obj_of(struct walk *w, int64_t id, uint32_t lo)
{
	struct obj *o, **op;

	lo &= HAMMER_LOCALIZE_PSEUDOFS_MASK;
	op = &w->w_obj[(uint64_t)(id ^ (lo >> 12) ^ (id >> 17)) % HASH];
	for (o = *op; o != NULL; o = o->o_next) {
		if (o->o_id == id && o->o_lo == lo)
			return (o);
	}
	o = hammer_zalloc(sizeof(*o));
	o->o_id = id;
	o->o_lo = lo;
	o->o_next = *op;
	*op = o;
	return (o);
}

static void
walk_inode(struct walk *w, const hammer_leaf_t *e, const char *data)
{
	const struct hammer_inode_data *id = (const void *)data;
	struct obj *o = obj_of(w, e->base.obj_id, e->base.localization);

	if (e->data_len != sizeof(*id) || id->obj_type != e->base.obj_type) {
		BAD(w, "inode %016jx: bad record",
		    (uintmax_t)e->base.obj_id);
		return;
	}
	if (e->base.delete_tid != 0)
		return;
	o->o_inode = 1;
	o->o_type = id->obj_type;
	o->o_caps = id->cap_flags;
	o->o_nlinks = id->nlinks;
	w->w_inodes++;
}

static void
walk_entry(struct walk *w, const hammer_leaf_t *e, const char *data)
{
	const struct hammer_direntry_data *de = (const void *)data;
	int len = e->data_len - HAMMER_ENTRY_NAME_OFF, alg;
	int64_t key;
	uint32_t span;

	if (len < 1 || len > 255) {
		BAD(w, "entry of %016jx: bad length %d",
		    (uintmax_t)e->base.obj_id, len);
		return;
	}
	if (e->base.delete_tid == 0) {
		obj_of(w, e->base.obj_id, e->base.localization)->o_records++;
		obj_of(w, de->obj_id, de->localization)->o_entries++;
	}
	for (alg = 0; alg < 2; alg++) {
		key = hammer_dirhash(alg, data + HAMMER_ENTRY_NAME_OFF, len,
		    &span);
		if (e->base.key >= key && e->base.key <= key + span)
			return;
	}
	BAD(w, "entry %.*s of %016jx: key %016jx is not its hash", len,
	    data + HAMMER_ENTRY_NAME_OFF, (uintmax_t)e->base.obj_id,
	    (uintmax_t)e->base.key);
}

static void
walk_record(struct walk *w, const hammer_leaf_t *e)
{
	static char buf[HAMMER_XBUFSIZE];

	if (e->base.btype != HAMMER_BTREE_TYPE_RECORD)
		BAD(w, "record of %016jx: btype %02x",
		    (uintmax_t)e->base.obj_id, e->base.btype);
	if (e->base.create_tid == 0 ||
	    e->base.create_tid == e->base.delete_tid ||
	    (e->base.delete_tid && e->base.delete_tid < e->base.create_tid))
		BAD(w, "record of %016jx: tids %016jx %016jx",
		    (uintmax_t)e->base.obj_id, (uintmax_t)e->base.create_tid,
		    (uintmax_t)e->base.delete_tid);
	if (w->w_haveprev) {
		if (hammer_elm_cmp(&w->w_prev.base, &e->base) >= 0)
			BAD(w, "record of %016jx: out of order",
			    (uintmax_t)e->base.obj_id);
		/* At most one version of a record is visible at a time. */
		if (hammer_elm_cmp(&w->w_prev.base, &e->base) == -1 &&
		    (w->w_prev.base.delete_tid == 0 ||
		    w->w_prev.base.delete_tid > e->base.create_tid))
			BAD(w, "record of %016jx rt=%02x key=%016jx: "
			    "versions overlap", (uintmax_t)e->base.obj_id,
			    e->base.rec_type, (uintmax_t)e->base.key);
	}
	w->w_prev = *e;
	w->w_haveprev = 1;
	if (MAX(e->base.create_tid, e->base.delete_tid) >
	    MAX(w->w_hmp->hm_next_tid, HAMMER_FIRST_TID))
		BAD(w, "record of %016jx: tid after next_tid",
		    (uintmax_t)e->base.obj_id);
	if (e->data_offset == 0)
		return;
	if (!hammer_leaf_offset_ok(e)) {
		BAD(w, "record of %016jx rt=%02x: data at %016jx/%d",
		    (uintmax_t)e->base.obj_id, e->base.rec_type,
		    (uintmax_t)e->data_offset, e->data_len);
		return;
	}
	use(w, e->data_offset, e->data_len);
	if (hammer_record_data(w->w_hmp, e, buf, sizeof(buf)) != 0) {
		BAD(w, "record of %016jx rt=%02x key=%016jx: bad data",
		    (uintmax_t)e->base.obj_id, e->base.rec_type,
		    (uintmax_t)e->base.key);
		return;
	}
	switch (e->base.rec_type) {
	case HAMMER_RECTYPE_INODE:
		walk_inode(w, e, buf);
		break;
	case HAMMER_RECTYPE_DIRENTRY:
		walk_entry(w, e, buf);
		break;
	case HAMMER_RECTYPE_DATA:
	case HAMMER_RECTYPE_FIX:
		if (e->base.delete_tid == 0)
			obj_of(w, e->base.obj_id,
			    e->base.localization)->o_records++;
		break;
	}
}

/* One node, whose elements must lie in [left, right). */
static hammer_tid_t
walk_node(struct walk *w, hammer_off_t off, hammer_off_t parent, int type,
    const struct hammer_base_elm *left, const struct hammer_base_elm *right,
    int depth)
{
	struct hammer_node_ondisk node, *np;
	struct hammer_buffer *hb;
	union hammer_btree_elm *e;
	hammer_tid_t tid = 0, sub;
	int i, internal;

	if (depth > HAMMER_MAX_DEPTH || hammer_node_get(w->w_hmp, off, &hb,
	    &np) != 0) {
		BAD(w, "node %016jx cannot be read", (uintmax_t)off);
		return (0);
	}
	node = *np;
	hammer_buffer_rele(hb);
	use(w, off, HAMMER_NODE_SIZE);
	internal = node.type == HAMMER_BTREE_TYPE_INTERNAL;
	if (node.parent != parent)
		BAD(w, "node %016jx: parent %016jx, should be %016jx",
		    (uintmax_t)off, (uintmax_t)node.parent,
		    (uintmax_t)parent);
	if (type != 0 && node.type != type)
		BAD(w, "node %016jx: type", (uintmax_t)off);
	if (!internal) {
		if (w->w_depth >= 0 && w->w_depth != depth)
			BAD(w, "leaf %016jx: depth", (uintmax_t)off);
		w->w_depth = depth;
	} else if (hammer_elm_cmp(&node.elms[0].base, left) < 0 ||
	    hammer_elm_cmp(&node.elms[node.count].base, right) > 0) {
		BAD(w, "node %016jx: wider than its parent says",
		    (uintmax_t)off);
	}
	for (i = 0; i < node.count; i++) {
		e = &node.elms[i];
		if (hammer_elm_cmp(&e->base, left) < 0 ||
		    hammer_elm_cmp(&e->base, right) >= 0)
			BAD(w, "node %016jx element %d: out of bounds",
			    (uintmax_t)off, i);
		if (internal) {
			sub = walk_node(w, e->internal.subtree_offset, off,
			    e->base.btype, &e->base, &e[1].base, depth + 1);
			if (e->internal.mirror_tid < sub)
				BAD(w, "node %016jx element %d: mirror_tid",
				    (uintmax_t)off, i);
			tid = MAX(tid, e->internal.mirror_tid);
		} else {
			walk_record(w, &e->leaf);
			tid = MAX(tid, MAX(e->base.create_tid,
			    e->base.delete_tid));
		}
	}
	/* newfs leaves 0 in the first leaf. */
	if (node.mirror_tid < tid && node.mirror_tid != 0)
		BAD(w, "node %016jx: mirror_tid", (uintmax_t)off);
	return (node.mirror_tid);
}

/* One layer-2 table against what was counted. */
static int64_t
walk_layer2(struct walk *w, uint32_t l1i, int64_t *bigp)
{
	struct hammer_blockmap_layer2 l2;
	struct walk_block *wb;
	hammer_off_t off;
	int64_t zfree = 0, used;
	uint32_t i;
	int top;

	for (i = 0; i < HAMMER_BLOCKMAP_RADIX2; i++) {
		off = HAMMER_ZONE_ENCODE(2, ((hammer_off_t)l1i << 42) |
		    ((hammer_off_t)i << HAMMER_BIGBLOCK_BITS));
		if (hammer_layer2_get(w->w_hmp, off, &l2, NULL, NULL) != 0) {
			BAD(w, "layer 2 of %016jx", (uintmax_t)off);
			continue;
		}
		if (l2.zone == HAMMER_ZONE_UNAVAIL_INDEX)
			continue;
		if (l2.zone == HAMMER_ZONE_UNDO_INDEX ||
		    l2.zone == HAMMER_ZONE_FREEMAP_INDEX) {
			if (l2.append_off != HAMMER_BIGBLOCK_SIZE ||
			    l2.bytes_free != 0)
				BAD(w, "layer 2 of %016jx: zone %d",
				    (uintmax_t)off, l2.zone);
			continue;
		}
		++*bigp;
		zfree += l2.zone == 0;
		wb = block_of(w, off);
		used = wb != NULL ? wb->wb_used : 0;
		top = wb != NULL ? wb->wb_top : 0;
		if (wb != NULL && wb->wb_zone != l2.zone && used != 0)
			BAD(w, "big-block %016jx: zone %d, used as %d",
			    (uintmax_t)off, l2.zone, wb->wb_zone);
		if (HAMMER_BIGBLOCK_SIZE - used != l2.bytes_free)
			BAD(w, "big-block %016jx zone %d: %d bytes free, "
			    "should be %jd", (uintmax_t)off, l2.zone,
			    l2.bytes_free,
			    (intmax_t)(HAMMER_BIGBLOCK_SIZE - used));
		if (l2.append_off < (uint32_t)top ||
		    l2.append_off > HAMMER_BIGBLOCK_SIZE)
			BAD(w, "big-block %016jx: append offset %u, used to "
			    "%d", (uintmax_t)off, l2.append_off, top);
	}
	return (zfree);
}

static void
walk_freemap(struct walk *w)
{
	struct hammer_volume_ondisk *od = w->w_hmp->hm_root->v_ondisk;
	struct hammer_blockmap_layer1 l1;
	int64_t zfree, total = 0, big = 0;
	hammer_off_t off;
	uint32_t i;

	for (i = 0; i < HAMMER_BLOCKMAP_RADIX1; i++) {
		off = HAMMER_ZONE_ENCODE(2, (hammer_off_t)i << 42);
		if (w->w_hmp->hm_vol[i / HAMMER_VOL_LAYER1] == NULL)
			continue;
		if (hammer_layer1_get(w->w_hmp, off, &l1) != 0) {
			BAD(w, "layer 1 of %016jx", (uintmax_t)off);
			continue;
		}
		if (l1.phys_offset == HAMMER_BLOCKMAP_UNAVAIL)
			continue;
		zfree = walk_layer2(w, i, &big);
		total += zfree;
		if ((int64_t)l1.blocks_free != zfree)
			BAD(w, "layer 1 of %016jx: %jd free, should be %jd",
			    (uintmax_t)off, (intmax_t)l1.blocks_free,
			    (intmax_t)zfree);
	}
	if (total != od->vol0_stat_freebigblocks)
		BAD(w, "header: %jd free big-blocks, should be %jd",
		    (intmax_t)od->vol0_stat_freebigblocks, (intmax_t)total);
	if (big != od->vol0_stat_bigblocks)
		BAD(w, "header: %jd big-blocks, should be %jd",
		    (intmax_t)od->vol0_stat_bigblocks, (intmax_t)big);
}

static void
walk_objects(struct walk *w)
{
	struct obj *o, *next;
	int i;

	for (i = 0; i < HASH; i++) {
		for (o = w->w_obj[i]; o != NULL; o = next) {
			next = o->o_next;
			if (!o->o_inode && o->o_entries > 0)
				BAD(w, "object %016jx PFS %u: named, but has "
				    "no inode", (uintmax_t)o->o_id,
				    hammer_lo_to_pfs(o->o_lo));
			else if (!o->o_inode && o->o_records > 0)
				BAD(w, "object %016jx PFS %u: records, but "
				    "no inode", (uintmax_t)o->o_id,
				    hammer_lo_to_pfs(o->o_lo));
			else if (o->o_inode &&
			    o->o_id != HAMMER_OBJID_ROOT &&
			    o->o_nlinks != o->o_entries)
				BAD(w, "object %016jx PFS %u: %jd links, %jd "
				    "names", (uintmax_t)o->o_id,
				    hammer_lo_to_pfs(o->o_lo),
				    (intmax_t)o->o_nlinks,
				    (intmax_t)o->o_entries);
			hammer_free(o);
		}
	}
}

int
hammer_walk(struct hammer_mount *hmp, void (*say)(const char *fmt, ...))
{
	struct walk w;
	int i;

	memset(&w, 0, sizeof(w));
	w.w_hmp = hmp;
	w.w_say = say;
	w.w_depth = -1;
	for (i = 0; i < HAMMER_MAX_VOLUMES; i++) {
		if (hmp->hm_vol[i] != NULL)
			w.w_maxblock += (hmp->hm_vol[i]->v_bufend -
			    hmp->hm_vol[i]->v_bufbeg) / HAMMER_BIGBLOCK_SIZE +
			    1;
	}
	w.w_hashsize = w.w_maxblock * 2 + 1;
	w.w_block = hammer_zalloc(w.w_maxblock * sizeof(*w.w_block));
	w.w_hash = hammer_zalloc(w.w_hashsize * sizeof(*w.w_hash));
	w.w_obj = hammer_zalloc(HASH * sizeof(*w.w_obj));
	walk_node(&w, hmp->hm_root->v_ondisk->vol0_btree_root, 0, 0,
	    &hammer_key_min, &hammer_key_max, 0);
	walk_objects(&w);
	if (w.w_inodes != hmp->hm_root->v_ondisk->vol0_stat_inodes)
		say("(header: %jd inodes, found %jd)", (intmax_t)
		    hmp->hm_root->v_ondisk->vol0_stat_inodes,
		    (intmax_t)w.w_inodes);
	walk_freemap(&w);
	hammer_free(w.w_block);
	hammer_free(w.w_hash);
	hammer_free(w.w_obj);
	return (w.w_bad);
}
