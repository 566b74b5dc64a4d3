/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: the on-disk format, versions 1 to 7, as doc/reference/hammer/
 * on-disk.md describes it.  Shared by the kernel, hammer(8), newfs_hammer(8)
 * and the tests; needs nothing but fixed-size integers.
 *
 * All integers are little-endian and naturally aligned.  Reserved fields are
 * written as zero, ignored on reading and preserved on rewriting.
 */
#ifndef _VFS_HAMMER_DISK_H_
#define _VFS_HAMMER_DISK_H_

#include <sys/types.h>
#include <sys/uuid.h>
#ifndef _KERNEL
#include <stdint.h>
#endif

typedef uint64_t	hammer_off_t;		/* zone, volume, offset */
typedef uint64_t	hammer_tid_t;
typedef uint32_t	hammer_crc_t;

#ifndef __unused
#define __unused	__attribute__((__unused__))
#endif

/* Sizes (section 1). */
#define HAMMER_BUFSIZE		16384
#define HAMMER_BUFMASK		(HAMMER_BUFSIZE - 1)
#define HAMMER_HBUFSIZE		8192
#define HAMMER_XBUFSIZE		65536
#define HAMMER_XBUFMASK		(HAMMER_XBUFSIZE - 1)
#define HAMMER_XDEMARC		(1024 * 1024)
#define HAMMER_BIGBLOCK_SIZE	(8192 * 1024)
#define HAMMER_BIGBLOCK_BITS	23
#define HAMMER_BIGBLOCK_MASK	(HAMMER_BIGBLOCK_SIZE - 1)
#define HAMMER_BUFFERS_PER_BIGBLOCK (HAMMER_BIGBLOCK_SIZE / HAMMER_BUFSIZE)
#define HAMMER_BLOCKMAP_RADIX1	262144
#define HAMMER_BLOCKMAP_RADIX2	524288
#define HAMMER_BLOCKMAP_LAYER2	(1ULL << 42)
#define HAMMER_BLOCKMAP_LAYER1	(1ULL << 60)
#define HAMMER_VOL_LAYER1	1024	/* layer-1 entries of a volume */
#define HAMMER_MAX_VOLUMES	256
#define HAMMER_MAX_ZONES	16
#define HAMMER_MIN_UNDO_BIGBLOCKS 64
#define HAMMER_MAX_UNDO_BIGBLOCKS 128
#define HAMMER_UNDO_ALIGN	512
#define HAMMER_UNDO_MASK	(HAMMER_UNDO_ALIGN - 1)
#define HAMMER_HEAD_ALIGN	8
#define HAMMER_HEAD_DOALIGN(n)	(((n) + HAMMER_HEAD_ALIGN - 1) & \
				    ~(HAMMER_HEAD_ALIGN - 1))
#define HAMMER_DATA_DOALIGN(n)	(((n) + 15) & ~15)
#define HAMMER_MAX_MASTERS	16
#define HAMMER_MAX_PFS		65536
#define HAMMER_MIN_TID		0ULL
#define HAMMER_MAX_TID		0xFFFFFFFFFFFFFFFFULL
#define HAMMER_LAST_TID		0xFFFFFFFFFF000000ULL	/* allocator's end */
#define HAMMER_MIN_KEY		(-0x7FFFFFFFFFFFFFFFLL - 1)
#define HAMMER_MAX_KEY		0x7FFFFFFFFFFFFFFFLL
#define HAMMER_MIN_OBJID	HAMMER_MIN_KEY
#define HAMMER_MAX_OBJID	HAMMER_MAX_KEY
#define HAMMER_MIN_RECTYPE	0x0
#define HAMMER_MAX_RECTYPE	0xFFFF
#define HAMMER_MIN_LOCALIZATION	0x00000000U
#define HAMMER_MAX_LOCALIZATION	0x0000FFFFU	/* of one PFS */
#define HAMMER_OBJID_ROOT	1
#define HAMMER_FIRST_TID	0x100000001ULL	/* of newfs's records */

/* Sizing of volume areas (section 3.1). */
#define HAMMER_MIN_VOL_JUNK	(HAMMER_BUFSIZE * 16)
#define HAMMER_BOOT_MINBYTES	(32 * 1024)
#define HAMMER_BOOT_NOMBYTES	(64LL * 1024 * 1024)
#define HAMMER_BOOT_MAXBYTES	(256LL * 1024 * 1024)
#define HAMMER_MEM_MINBYTES	(256 * 1024)
#define HAMMER_MEM_NOMBYTES	(1024LL * 1024 * 1024)
#define HAMMER_MEM_MAXBYTES	(64LL * 1024 * 1024 * 1024)

/* Addresses (section 2). */
#define HAMMER_OFF_ZONE_SHIFT	60
#define HAMMER_OFF_ZONE_MASK	0xF000000000000000ULL
#define HAMMER_OFF_VOL_SHIFT	52
#define HAMMER_OFF_VOL_MASK	0x0FF0000000000000ULL
#define HAMMER_OFF_SHORT_MASK	0x000FFFFFFFFFFFFFULL
#define HAMMER_OFF_LONG_MASK	0x0FFFFFFFFFFFFFFFULL
#define HAMMER_OFF_BAD		0xFFFFFFFFFFFFFFFFULL
#define HAMMER_BLOCKMAP_UNAVAIL	0xFFFFFFFFFFFFFFFFULL

#define HAMMER_ZONE_RAW_VOLUME_INDEX	1
#define HAMMER_ZONE_RAW_BUFFER_INDEX	2
#define HAMMER_ZONE_UNDO_INDEX		3
#define HAMMER_ZONE_FREEMAP_INDEX	4
#define HAMMER_ZONE_BTREE_INDEX		8
#define HAMMER_ZONE_META_INDEX		9
#define HAMMER_ZONE_LARGE_DATA_INDEX	10
#define HAMMER_ZONE_SMALL_DATA_INDEX	11
#define HAMMER_ZONE_UNAVAIL_INDEX	15
#define HAMMER_ZONE_ENCODE(zone, off)	(((hammer_off_t)(zone) << 60) | (off))
#define HAMMER_ZONE_UNDO	0x3000000000000000ULL

static __inline int
hammer_off_zone(hammer_off_t off)
{
	return ((int)(off >> HAMMER_OFF_ZONE_SHIFT));
}

static __inline int
hammer_off_vol(hammer_off_t off)
{
	return ((int)((off & HAMMER_OFF_VOL_MASK) >> HAMMER_OFF_VOL_SHIFT));
}

static __inline hammer_off_t
hammer_off_short(hammer_off_t off)
{
	return (off & HAMMER_OFF_SHORT_MASK);
}

/* The same place in another zone. */
static __inline hammer_off_t
hammer_off_to_zone(int zone, hammer_off_t off)
{
	return (HAMMER_ZONE_ENCODE(zone, off & HAMMER_OFF_LONG_MASK));
}

static __inline hammer_off_t
hammer_off_to_zone2(hammer_off_t off)
{
	return (hammer_off_to_zone(HAMMER_ZONE_RAW_BUFFER_INDEX, off));
}

static __inline hammer_off_t
hammer_off_encode(int zone, int vol, hammer_off_t shortoff)
{
	return (HAMMER_ZONE_ENCODE(zone,
	    ((hammer_off_t)(vol & 255) << HAMMER_OFF_VOL_SHIFT) |
	    (shortoff & HAMMER_OFF_SHORT_MASK)));
}

/* Index of the layer-1 entry, and of the layer-2 entry in its table. */
static __inline uint32_t
hammer_layer1_index(hammer_off_t off)
{
	return ((uint32_t)((off & HAMMER_OFF_LONG_MASK) >> 42));
}

static __inline uint32_t
hammer_layer2_index(hammer_off_t off)
{
	return ((uint32_t)((off >> HAMMER_BIGBLOCK_BITS) &
	    (HAMMER_BLOCKMAP_RADIX2 - 1)));
}

/* Zones whose addresses are zone-2 addresses in disguise. */
static __inline int
hammer_zone_is_mapped(int zone)
{
	return (zone >= HAMMER_ZONE_BTREE_INDEX &&
	    zone < HAMMER_ZONE_UNAVAIL_INDEX);
}

/* Freemap (section 4). */
struct hammer_blockmap {
	hammer_off_t	phys_offset;
	hammer_off_t	first_offset;
	hammer_off_t	next_offset;
	hammer_off_t	alloc_offset;
	uint32_t	reserved01;
	hammer_crc_t	entry_crc;
};
#define HAMMER_BLOCKMAP_CRCSIZE	36

struct hammer_blockmap_layer1 {
	hammer_off_t	blocks_free;
	hammer_off_t	phys_offset;
	hammer_off_t	reserved01;
	hammer_crc_t	layer2_crc;
	hammer_crc_t	layer1_crc;
};
#define HAMMER_LAYER1_CRCSIZE	28

struct hammer_blockmap_layer2 {
	uint8_t		zone;
	uint8_t		reserved01;
	uint16_t	reserved02;
	uint32_t	append_off;
	int32_t		bytes_free;
	hammer_crc_t	entry_crc;
};
#define HAMMER_LAYER2_CRCSIZE	12

/* Volume header (section 3.2). */
#define HAMMER_FSBUF_VOLUME	0xC8414D4DC5523031ULL
#define HAMMER_FSBUF_VOLUME_REV	0x313052C54D4D41C8ULL
#define HAMMER_FSTYPE_STRING	"61dc63ac-6e38-11dc-8513-01301bb8a9f5"
#define HAMMER_ROOT_VOLNO	0

struct hammer_volume_ondisk {
	uint64_t	vol_signature;
	int64_t		vol_bot_beg;
	int64_t		vol_mem_beg;
	int64_t		vol_buf_beg;
	int64_t		vol_buf_end;
	int64_t		vol_reserved01;
	struct uuid	vol_fsid;
	struct uuid	vol_fstype;
	char		vol_label[64];
	int32_t		vol_no;
	int32_t		vol_count;
	uint32_t	vol_version;
	hammer_crc_t	vol_crc;
	uint32_t	vol_flags;
	uint32_t	vol_rootvol;
	uint32_t	vol_reserved[8];
	int64_t		vol0_stat_bigblocks;
	int64_t		vol0_stat_freebigblocks;
	int64_t		vol0_reserved01;
	int64_t		vol0_stat_inodes;
	int64_t		vol0_reserved02;
	hammer_off_t	vol0_btree_root;
	hammer_tid_t	vol0_next_tid;
	hammer_off_t	vol0_reserved03;
	struct hammer_blockmap vol0_blockmap[HAMMER_MAX_ZONES];
	hammer_off_t	vol0_undo_array[HAMMER_MAX_UNDO_BIGBLOCKS];
};
#define HAMMER_VOL_CRCSIZE1	156
#define HAMMER_VOL_CRCSIZE2	(1928 - 160)

#define HAMMER_VOL_VERSION_MIN	1
#define HAMMER_VOL_VERSION_TWO	2	/* entries localized with inodes */
#define HAMMER_VOL_VERSION_THREE 3	/* snapshot and config records */
#define HAMMER_VOL_VERSION_FOUR	4	/* sequenced UNDO, REDO */
#define HAMMER_VOL_VERSION_FIVE	5	/* dedup */
#define HAMMER_VOL_VERSION_SIX	6	/* ALG1 directory hash */
#define HAMMER_VOL_VERSION_SEVEN 7	/* CRC-32C */
#define HAMMER_VOL_VERSION_DEFAULT 6
#define HAMMER_VOL_VERSION_MAX	7
#define HAMMER_VOL_VERSION_WIP	8

/* B-Tree (section 5). */
struct hammer_base_elm {
	int64_t		obj_id;
	int64_t		key;
	hammer_tid_t	create_tid;
	hammer_tid_t	delete_tid;
	uint16_t	rec_type;
	uint8_t		obj_type;
	uint8_t		btype;
	uint32_t	localization;
};
typedef struct hammer_base_elm *hammer_base_elm_t;

struct hammer_btree_internal_elm {
	struct hammer_base_elm base;
	hammer_tid_t	mirror_tid;
	hammer_off_t	subtree_offset;
	int32_t		reserved01;
	int32_t		reserved02;
};

struct hammer_btree_leaf_elm {
	struct hammer_base_elm base;
	uint32_t	create_ts;
	uint32_t	delete_ts;
	hammer_off_t	data_offset;
	int32_t		data_len;
	hammer_crc_t	data_crc;
};
typedef struct hammer_btree_leaf_elm *hammer_btree_leaf_elm_t;

union hammer_btree_elm {
	struct hammer_base_elm base;
	struct hammer_btree_leaf_elm leaf;
	struct hammer_btree_internal_elm internal;
};
typedef union hammer_btree_elm *hammer_btree_elm_t;

#define HAMMER_BTREE_LEAF_ELMS	63
#define HAMMER_BTREE_INT_ELMS	62

#define HAMMER_BTREE_TYPE_INTERNAL 'I'
#define HAMMER_BTREE_TYPE_LEAF	'L'
#define HAMMER_BTREE_TYPE_RECORD 'R'
#define HAMMER_BTREE_TYPE_DELETED 'D'
#define HAMMER_BTREE_TYPE_NONE	0

struct hammer_node_ondisk {
	hammer_crc_t	crc;
	uint32_t	reserved01;
	hammer_off_t	parent;
	int32_t		count;
	uint8_t		type;
	uint8_t		reserved02;
	uint16_t	reserved03;
	hammer_off_t	reserved04;
	hammer_off_t	reserved05;
	hammer_off_t	reserved06;
	hammer_off_t	reserved07;
	hammer_tid_t	mirror_tid;
	union hammer_btree_elm elms[HAMMER_BTREE_LEAF_ELMS];
};
#define HAMMER_NODE_SIZE	4096

/* Localization (section 5.4). */
#define HAMMER_LOCALIZE_INODE	0x0001
#define HAMMER_LOCALIZE_MISC	0x0002
#define HAMMER_LOCALIZE_MASK	0x0000FFFFU
#define HAMMER_LOCALIZE_PSEUDOFS_MASK 0xFFFF0000U

static __inline uint32_t
hammer_pfs_to_lo(uint32_t pfs_id)
{
	return (pfs_id << 16);
}

static __inline uint32_t
hammer_lo_to_pfs(uint32_t localization)
{
	return (localization >> 16);
}

/* Records (section 6). */
#define HAMMER_RECTYPE_UNKNOWN	0x0000
#define HAMMER_RECTYPE_INODE	0x0001
#define HAMMER_RECTYPE_DATA	0x0010
#define HAMMER_RECTYPE_DIRENTRY	0x0011
#define HAMMER_RECTYPE_DB	0x0012
#define HAMMER_RECTYPE_EXT	0x0013
#define HAMMER_RECTYPE_FIX	0x0014
#define HAMMER_RECTYPE_PFS	0x0015
#define HAMMER_RECTYPE_SNAPSHOT	0x0016
#define HAMMER_RECTYPE_CONFIG	0x0017

#define HAMMER_FIXKEY_SYMLINK	1

#define HAMMER_OBJTYPE_UNKNOWN	0
#define HAMMER_OBJTYPE_DIRECTORY 1
#define HAMMER_OBJTYPE_REGFILE	2
#define HAMMER_OBJTYPE_DBFILE	3
#define HAMMER_OBJTYPE_FIFO	4
#define HAMMER_OBJTYPE_CDEV	5
#define HAMMER_OBJTYPE_BDEV	6
#define HAMMER_OBJTYPE_SOFTLINK	7
#define HAMMER_OBJTYPE_PSEUDOFS	8
#define HAMMER_OBJTYPE_SOCKET	9

#define HAMMER_INODE_BASESYMLEN	24
#define HAMMER_INODE_CRCSIZE	112
#define HAMMER_INODE_DATA_VERSION 1

struct hammer_inode_data {
	uint16_t	version;
	uint16_t	mode;
	uint32_t	uflags;
	uint32_t	rmajor;
	uint32_t	rminor;
	uint64_t	ctime;		/* microseconds since 1970 */
	int64_t		parent_obj_id;
	struct uuid	uid;
	struct uuid	gid;
	uint8_t		obj_type;
	uint8_t		cap_flags;
	uint16_t	reserved01;
	uint32_t	reserved02;
	uint64_t	nlinks;
	uint64_t	size;
	union {
		char	symlink[HAMMER_INODE_BASESYMLEN];
	} ext;
	uint64_t	mtime;		/* outside the CRC */
	uint64_t	atime;		/* outside the CRC */
};

#define HAMMER_INODE_CAP_DIRHASH_MASK	0x03
#define HAMMER_INODE_CAP_DIRHASH_ALG0	0x00
#define HAMMER_INODE_CAP_DIRHASH_ALG1	0x01
#define HAMMER_INODE_CAP_DIR_LOCAL_INO	0x04

struct hammer_direntry_data {
	int64_t		obj_id;
	uint32_t	localization;
	uint32_t	reserved01;
	char		name[16];	/* in truth data_len - 16 */
};
#define HAMMER_ENTRY_NAME_OFF	16

struct hammer_symlink_data {
	char		name[16];
};

struct hammer_pseudofs_data {
	hammer_tid_t	sync_low_tid;
	hammer_tid_t	sync_beg_tid;
	hammer_tid_t	sync_end_tid;
	uint64_t	sync_beg_ts;
	uint64_t	sync_end_ts;
	struct uuid	shared_uuid;
	struct uuid	unique_uuid;
	int32_t		reserved01;
	int32_t		mirror_flags;
	char		label[64];
	char		snapshots[64];
	int32_t		reserved02;
	int32_t		reserved03;
	int32_t		reserved04;
	int32_t		prune_min;
	int32_t		prune_max;
	int32_t		reserved[16];
} __attribute__((__packed__));

#define HAMMER_PFSD_SLAVE	0x00000001
#define HAMMER_PFSD_DELETED	0x80000000

struct hammer_snapshot_data {
	hammer_tid_t	tid;
	uint64_t	ts;
	uint64_t	reserved01;
	uint64_t	reserved02;
	char		label[64];
	uint64_t	reserved03[4];
};

struct hammer_config_data {
	char		text[1024];
};

union hammer_data_ondisk {
	struct hammer_direntry_data entry;
	struct hammer_inode_data inode;
	struct hammer_symlink_data symlink;
	struct hammer_pseudofs_data pfsd;
	struct hammer_snapshot_data snap;
	struct hammer_config_data config;
};

/* UNDO/REDO FIFO (section 8). */
#define HAMMER_HEAD_SIGNATURE	0xC84E
#define HAMMER_TAIL_SIGNATURE	0xC74F

#define HAMMER_HEAD_TYPE_PAD	0x8040
#define HAMMER_HEAD_TYPE_DUMMY	0x0041
#define HAMMER_HEAD_TYPE_UNDO	0x0043
#define HAMMER_HEAD_TYPE_REDO	0x0044

struct hammer_fifo_head {
	uint16_t	hdr_signature;
	uint16_t	hdr_type;
	uint32_t	hdr_size;
	uint32_t	hdr_seq;
	hammer_crc_t	hdr_crc;
};
typedef struct hammer_fifo_head *hammer_fifo_head_t;
#define HAMMER_FIFO_CRCOFF	12

struct hammer_fifo_tail {
	uint16_t	tail_signature;
	uint16_t	tail_type;
	uint32_t	tail_size;
};

struct hammer_fifo_undo {
	struct hammer_fifo_head head;
	hammer_off_t	undo_offset;
	int32_t		undo_data_bytes;
	int32_t		undo_reserved01;
};

struct hammer_fifo_redo {
	struct hammer_fifo_head head;
	int64_t		redo_objid;
	hammer_off_t	redo_offset;
	int32_t		redo_data_bytes;
	uint32_t	redo_flags;
	uint32_t	redo_localization;
	uint32_t	redo_reserved01;
	uint64_t	redo_reserved02;
};

#define HAMMER_REDO_WRITE	0x00000001
#define HAMMER_REDO_TRUNC	0x00000002
#define HAMMER_REDO_TERM_WRITE	0x00000004
#define HAMMER_REDO_TERM_TRUNC	0x00000008
#define HAMMER_REDO_SYNC	0x00000010

union hammer_fifo_any {
	struct hammer_fifo_head head;
	struct hammer_fifo_undo undo;
	struct hammer_fifo_redo redo;
};

_Static_assert(sizeof(struct hammer_volume_ondisk) == 1928, "volume");
_Static_assert(sizeof(struct hammer_blockmap) == 40, "blockmap");
_Static_assert(sizeof(struct hammer_blockmap_layer1) == 32, "layer1");
_Static_assert(sizeof(struct hammer_blockmap_layer2) == 16, "layer2");
_Static_assert(sizeof(struct hammer_base_elm) == 40, "base element");
_Static_assert(sizeof(union hammer_btree_elm) == 64, "element");
_Static_assert(sizeof(struct hammer_node_ondisk) == 4096, "node");
_Static_assert(sizeof(struct hammer_inode_data) == 128, "inode");
_Static_assert(sizeof(struct hammer_pseudofs_data) == 292, "pfs");
_Static_assert(sizeof(struct hammer_snapshot_data) == 128, "snapshot");
_Static_assert(sizeof(struct hammer_fifo_undo) == 32, "undo");
_Static_assert(sizeof(struct hammer_fifo_redo) == 56, "redo");

#endif /* !_VFS_HAMMER_DISK_H_ */
