/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: the format's rules (see hammer_subr.h).  Section numbers are those
 * of doc/reference/hammer/on-disk.md.
 */
#include "hammer_subr.h"

/*
 * Directory hashes (section 6.2).
 */
static int
is_separator(char c)
{
	return (c == '.' || c == '-' || c == '_' || c == '~');
}

static int64_t
dirhash_alg1(const char *name, int len)
{
	uint32_t m = 0, c;
	int64_t key;
	int i, start;

	for (i = start = 0; i <= len; i++) {
		if (i < len && !is_separator(name[i]))
			continue;
		if (i > start)
			m += hammer_crc32(name + start, i - start, 0);
		start = i + 1;
	}
	m &= 0x7FFFFFFF;
	c = hammer_crc32(name, len, 0);
	key = ((int64_t)m << 32) | ((((c >> 16) ^ c) & 0xFFFF) << 16);
	if (m == 0)
		key |= 1LL << 32;
	return (key);
}

int64_t
hammer_dirhash(int cap_flags, const char *name, int len, uint32_t *spanp)
{
	int64_t key;

	if ((cap_flags & HAMMER_INODE_CAP_DIRHASH_MASK) ==
	    HAMMER_INODE_CAP_DIRHASH_ALG1) {
		*spanp = 0x00FFFFFF;
		return (dirhash_alg1(name, len));
	}
	*spanp = 0xFFFFFFFF;
	key = (int64_t)(hammer_crc32(name, len, 0) & 0x7FFFFFFF) << 32;
	return (key != 0 ? key : 0x100000000LL);
}

/*
 * Keys (sections 5.3, 5.6).
 */
int
hammer_elm_cmp(const struct hammer_base_elm *a,
    const struct hammer_base_elm *b)
{
	if (a->localization != b->localization)
		return (a->localization < b->localization ? -5 : 5);
	if (a->obj_id != b->obj_id)
		return (a->obj_id < b->obj_id ? -4 : 4);
	if (a->rec_type != b->rec_type)
		return (a->rec_type < b->rec_type ? -3 : 3);
	if (a->key != b->key)
		return (a->key < b->key ? -2 : 2);
	if (a->create_tid != b->create_tid) {
		/* 0 is later than everything: compare one less. */
		return (a->create_tid - 1 < b->create_tid - 1 ? -1 : 1);
	}
	return (0);
}

static uint64_t
midpoint(uint64_t a, uint64_t b)
{
	return (a + ((b - a + 1) >> 1));
}

void
hammer_elm_separator(const struct hammer_base_elm *a,
    const struct hammer_base_elm *b, struct hammer_base_elm *p)
{
	uint64_t d;

	*p = *b;
	p->delete_tid = 0;
	p->obj_type = 0;
	switch (hammer_elm_cmp(a, b)) {
	case -5:
		p->localization = midpoint(a->localization, b->localization);
		break;
	case -4:
		/* The distance of signed numbers, modulo 2^64, is unsigned. */
		d = (uint64_t)b->obj_id - (uint64_t)a->obj_id;
		p->obj_id = (int64_t)((uint64_t)a->obj_id + d / 2 + (d & 1));
		break;
	case -3:
		p->rec_type = midpoint(a->rec_type, b->rec_type);
		break;
	case -2:
		d = (uint64_t)b->key - (uint64_t)a->key;
		p->key = (int64_t)((uint64_t)a->key + d / 2 + (d & 1));
		break;
	default:
		break;
	}
}

int
hammer_elm_visible(const struct hammer_base_elm *elm, hammer_tid_t asof)
{
	if (asof == 0)
		return (elm->delete_tid == 0 ? 1 : 0);
	if (elm->create_tid > asof)
		return (-1);
	if (elm->delete_tid != 0 && asof >= elm->delete_tid)
		return (0);
	return (1);
}

/*
 * Names (semantics.md, section 1.1).
 */
static int
hexdigit(char c)
{
	if (c >= '0' && c <= '9')
		return (c - '0');
	if (c >= 'a' && c <= 'f')
		return (c - 'a' + 10);
	if (c >= 'A' && c <= 'F')
		return (c - 'A' + 10);
	return (-1);
}

int
hammer_parse_ext(const char *text, int len, hammer_tid_t *tidp, int *ispfsp,
    uint32_t *locp)
{
	hammer_tid_t tid = 0;
	uint32_t pfs = 0;
	int i, n;

	if (len >= 2 && text[0] == '-' && text[1] == '1') {
		tid = HAMMER_MAX_TID;
		n = 2;
	} else if (len >= 18 && text[0] == '0' &&
	    (text[1] == 'x' || text[1] == 'X')) {
		for (i = 2; i < 18; i++) {
			if (hexdigit(text[i]) < 0)
				return (0);
			tid = (tid << 4) | hexdigit(text[i]);
		}
		n = 18;
	} else {
		return (0);
	}
	*ispfsp = 0;
	if (n < len) {
		if (len - n != 6 || text[n] != ':')
			return (0);
		for (i = n + 1; i < len; i++) {
			if (text[i] < '0' || text[i] > '9')
				return (0);
			pfs = pfs * 10 + (text[i] - '0');
		}
		*ispfsp = 1;
		*locp = pfs << 16;
	}
	*tidp = tid;
	return (1);
}

int
hammer_find_ext(const char *name, int len, hammer_tid_t *tidp, int *ispfsp,
    uint32_t *locp)
{
	int i;

	for (i = 0; i + 1 < len; i++) {
		if (name[i] == '@' && name[i + 1] == '@')
			return (hammer_parse_ext(name + i + 2, len - i - 2,
			    tidp, ispfsp, locp) ? i : -1);
	}
	return (-1);
}

/*
 * File data (section 6.3).
 */
int
hammer_blocksize(off_t offset)
{
	return (offset < HAMMER_XDEMARC ? HAMMER_BUFSIZE : HAMMER_XBUFSIZE);
}

off_t
hammer_blockbase(off_t offset)
{
	return (offset & ~(off_t)(hammer_blocksize(offset) - 1));
}

uint64_t
hammer_alloc_size(uint64_t size)
{
	uint64_t unit = 16;

	if (size >= HAMMER_XDEMARC)
		unit = HAMMER_XBUFSIZE;
	else if (size > HAMMER_HBUFSIZE)
		unit = HAMMER_BUFSIZE;
	return ((size + unit - 1) & ~(unit - 1));
}

int
hammer_leaf_zone(const struct hammer_btree_leaf_elm *leaf)
{
	if (leaf->data_len <= 0)
		return (0);
	switch (leaf->base.rec_type) {
	case HAMMER_RECTYPE_DATA:
	case HAMMER_RECTYPE_DB:
		return (leaf->data_len >= HAMMER_BUFSIZE ?
		    HAMMER_ZONE_LARGE_DATA_INDEX :
		    HAMMER_ZONE_SMALL_DATA_INDEX);
	default:
		return (HAMMER_ZONE_META_INDEX);
	}
}

int
hammer_layer2_tables(int64_t size)
{
	return ((size + HAMMER_BLOCKMAP_LAYER2 - 1) / HAMMER_BLOCKMAP_LAYER2);
}

int
hammer_layer2_format(int version, struct hammer_blockmap_layer2 *l2,
    int64_t n, int64_t reserved, int64_t size)
{
	memset(l2, 0, sizeof(*l2));
	if (n < reserved) {
		l2->zone = HAMMER_ZONE_FREEMAP_INDEX;
		l2->append_off = HAMMER_BIGBLOCK_SIZE;
	} else if (n < size / HAMMER_BIGBLOCK_SIZE) {
		l2->bytes_free = HAMMER_BIGBLOCK_SIZE;
	} else {
		l2->zone = HAMMER_ZONE_UNAVAIL_INDEX;
		l2->append_off = HAMMER_BIGBLOCK_SIZE;
	}
	hammer_layer2_setcrc(version, l2);
	return (l2->zone == 0);
}

/* Half as long as it is above 1/256 of the volume: section 3.1. */
int64_t
hammer_area_size(int64_t nominal, int64_t min, int64_t volsize)
{
	while (nominal > volsize / 256)
		nominal >>= 1;
	nominal &= ~(int64_t)HAMMER_BUFMASK;
	return (nominal < min ? min : nominal);
}

int
hammer_leaf_offset_ok(const struct hammer_btree_leaf_elm *leaf)
{
	hammer_off_t off = leaf->data_offset;
	int len = leaf->data_len;

	if (off == 0)
		return (len == 0);
	if (len <= 0 || len > HAMMER_XBUFSIZE)
		return (0);
	/* A writer of other records may use any of the data zones. */
	if (hammer_off_zone(off) != hammer_leaf_zone(leaf) &&
	    (leaf->base.rec_type == HAMMER_RECTYPE_DATA ||
	    hammer_off_zone(off) != HAMMER_ZONE_META_INDEX))
		return (0);
	if (off & 15)
		return (0);
	if (len <= HAMMER_BUFSIZE)
		return ((off & HAMMER_BUFMASK) + len <= HAMMER_BUFSIZE);
	return ((off & HAMMER_BUFMASK) == 0 &&
	    (off & HAMMER_BIGBLOCK_MASK) + len <= HAMMER_BIGBLOCK_SIZE);
}

/* A Unix id is the last four bytes of a UUID of zeros (section 6.1). */
void
hammer_uid_to_uuid(uint32_t id, struct uuid *uu)
{
	memset(uu, 0, sizeof(*uu));
	memcpy((char *)uu + 12, &id, sizeof(id));
}

uint32_t
hammer_uuid_to_uid(const struct uuid *uu)
{
	uint32_t id;

	memcpy(&id, (const char *)uu + 12, sizeof(id));
	return (id);
}

const char *
hammer_version_string(int version)
{
	static const char *const text[] = {
		NULL,
		"First HAMMER release (DragonFly 2.0+)",
		"New directory entry layout (DragonFly 2.3+)",
		"New snapshot management (DragonFly 2.5+)",
		"New undo/flush, faster flush/sync (DragonFly 2.5+)",
		"Adjustments for dedup support (DragonFly 2.9+)",
		"Directory Hash ALG1 (tmp/rename resistance)",
		"Use ISCSI CRC (faster than original crc32)",
	};

	if (version < 1 || version > HAMMER_VOL_VERSION_MAX)
		return ("Unknown");
	return (text[version]);
}
