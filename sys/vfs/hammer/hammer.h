/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: structures of a mounted filesystem, and the core's functions.
 * README.md in this directory explains how they work together.
 *
 * Lock order: vnode lock, buffer (struct buf) lock, hm_flush_lock,
 * hm_txn_lock, i_lock, hb_lock of B-Tree nodes from the root down, hm_lock.
 *
 *	hm_flush_lock	one flush cycle at a time
 *	hm_txn_lock	exclusive: whoever modifies meta-data.  Between taking
 *			and dropping it an operation is complete: a flush
 *			cycle never sees half of one.
 *	hb_lock[n]	contents of the n-th 4 KB of a meta-data buffer, for
 *			those who read without hm_txn_lock.  The holder of
 *			hm_txn_lock reads without it and takes it exclusively
 *			to modify B-Tree nodes.
 *	hm_lock		hash tables, lists and counters; never held across
 *			anything that sleeps for long.
 *
 * Letters: (I) immutable after mounting, (T) hm_txn_lock, (F) hm_flush_lock,
 * (h) hm_lock, (n) hb_lock, (i) i_lock, (a) atomic or advisory.
 */
#ifndef _VFS_HAMMER_HAMMER_H_
#define _VFS_HAMMER_HAMMER_H_

#include "hammer_plat.h"
#include "hammer_disk.h"
#include "hammer_subr.h"
#include "hammer_ioctl.h"
#include "hammer_mount.h"

struct hammer_buffer;
struct hammer_inode;
struct hammer_mount;

TAILQ_HEAD(hammer_buffer_list, hammer_buffer);
LIST_HEAD(hammer_buffer_hash, hammer_buffer);
TAILQ_HEAD(hammer_inode_list, hammer_inode);
LIST_HEAD(hammer_inode_hash, hammer_inode);

#define HAMMER_BUFHASH		4096
#define HAMMER_INOHASH		4096

struct hammer_volume {
	struct hammer_mount	*v_hmp;		/* (I) */
	int			v_no;		/* (I) */
	char			*v_name;	/* (I) as given to mount */
	void			*v_dev;		/* (I) the platform's */
	struct hammer_buffer	*v_header;	/* (I) referenced */
	struct hammer_volume_ondisk *v_ondisk;	/* (T) in v_header */
	off_t			v_bufbeg;	/* (I) zone-2 offset 0 */
	off_t			v_bufend;	/* (I) */
	int			v_noalloc;	/* (T) being removed */
	struct hammer_volume	*v_next;	/* (h) of hm_deadvol */
	hammer_lock_t		v_lock;		/* shared while reading */
};

/*
 * A 16 KiB buffer, by zone-2 address; a volume's header by its zone-1
 * address.  Dirty buffers and buffers being written are never dropped.
 */
struct hammer_buffer {
	LIST_ENTRY(hammer_buffer) hb_hash;	/* (h) */
	TAILQ_ENTRY(hammer_buffer) hb_lru;	/* (h) when unreferenced */
	TAILQ_ENTRY(hammer_buffer) hb_dirtylink; /* (T) */
	hammer_off_t		hb_offset;	/* (I) */
	struct hammer_volume	*hb_vol;	/* (I) */
	off_t			hb_devoff;	/* (I) */
	char			*hb_data;	/* (T) (n) */
	int			hb_refs;	/* (h) */
	int			hb_writing;	/* (h) writes in progress */
	int			hb_valid;	/* (h) after reading */
	int			hb_kind;	/* (T) HB_* */
	int			hb_dirty;	/* (T) */
	int			hb_onlru;	/* (h) */
	int			hb_stale;	/* (h) of a removed volume */
	int			hb_checked;	/* (a) nodes with good CRCs */
	int			hb_crcs;	/* (T) nodes needing a CRC */
	uint32_t		hb_cycle;	/* (T) cycle of hb_logged */
	uint64_t		hb_logged[16];	/* (T) UNDO written, by 16 B */
	hammer_lock_t		hb_loadlock;	/* reading it in */
	hammer_lock_t		hb_lock[4];
};

/* hb_kind: when a dirty buffer is written */
#define HB_META		0	/* after the volume header */
#define HB_DATA		1	/* before the UNDO barrier */
#define HB_UNDO		2	/* the FIFO itself */
#define HB_VOLUME	3	/* a volume header */

/* A big-block that became free, and when it may be used again. */
struct hammer_delayed {
	struct hammer_delayed	*d_next;
	hammer_off_t		d_offset;	/* zone 2 */
	uint32_t		d_cycle;	/* it was freed in */
};

struct hammer_mount {
	struct hammer_volume	*hm_vol[HAMMER_MAX_VOLUMES]; /* (T) */
	int			hm_nvolumes;	/* (T) */
	struct hammer_volume	*hm_deadvol;	/* (h) removed ones */
	int			hm_volop;	/* (h) one comes or goes */
	int			hm_nnoalloc;	/* (T) with v_noalloc set */
	struct hammer_volume	*hm_root;	/* (I) */
	int			hm_version;	/* (T) */
	int			hm_ronly;	/* (T) */
	int			hm_hflags;	/* (I) HMNT_* */
	int			hm_master_id;	/* (I) 0..15, or -1 */
	hammer_tid_t		hm_asof;	/* (I) of the mount */
	int			hm_error;	/* (T) critical: no more writes */
	struct uuid		hm_fsid;	/* (I) */

	hammer_lock_t		hm_flush_lock;
	hammer_lock_t		hm_txn_lock;
	hammer_lock_t		hm_lock;
	int			hm_txn_depth;	/* (T) */

	struct hammer_buffer_hash hm_bufhash[HAMMER_BUFHASH];	/* (h) */
	struct hammer_buffer_list hm_lru;	/* (h) unreferenced */
	struct hammer_buffer_list hm_dirty[4];	/* (T) by kind */
	long			hm_nbuffers;	/* (h) */
	long			hm_maxbuffers;	/* (a) clean ones kept */
	long			hm_ndirty;	/* (T) */
	long			hm_maxdirty;	/* (a) forces a cycle */

	struct hammer_inode_hash hm_inohash[HAMMER_INOHASH];	/* (h) */
	struct hammer_inode_list hm_dirtyino;	/* (h) */
	long			hm_ninodes;	/* (h) */
	long			hm_ndirtyino;	/* (h) */

	/* UNDO */
	hammer_off_t		hm_undo_first;	/* (T) as in the last header */
	hammer_off_t		hm_undo_next;	/* (T) append point */
	hammer_off_t		hm_undo_size;	/* (I) */
	uint32_t		hm_undo_seq;	/* (T) next to use */
	hammer_off_t		hm_undo_prev_end; /* (F) end of last cycle */
	hammer_off_t		hm_undo_pending; /* (F) first, when flushed */
	void			*hm_inflight;	/* (F) meta-data being written */
	int			hm_ninflight;	/* (F) */
	uint32_t		hm_cycle;	/* (T) current flush cycle */
	uint32_t		hm_cycle_done;	/* (F) completed */
	uint32_t		hm_cycle_proof;	/* (F) cannot be rolled back */
	uint32_t		hm_proof_pending; /* (F) when the header is safe */
	int			hm_header_dirty; /* (T) */
	int			hm_skip_redo;	/* (I) 1 despite errors, 2 all */
	hammer_off_t		hm_redo_start;	/* (I) for stage 2, or 0 */
	hammer_off_t		hm_redo_first;	/* (I) span found at mount */
	hammer_off_t		hm_redo_end;	/* (I) */

	/* Transaction ids */
	hammer_tid_t		hm_next_tid;	/* (T) last one given out */
	hammer_tid_t		hm_cur_tid;	/* (T) of this cycle, or 0 */
	hammer_tid_t		hm_flush_tid1;	/* (a) cannot be rolled back */
	hammer_tid_t		hm_flush_tid2;	/* (a) last flushed */
	hammer_tid_t		hm_proof_tid;	/* (F) flush_tid1 at the next */
	uint32_t		hm_time32;	/* (T) of the operation */
	int64_t			hm_nextobj;	/* (T) object ids in hand */
	int			hm_objleft;

	/* Space */
	struct hammer_blockmap	hm_blockmap[HAMMER_MAX_ZONES]; /* (T) */
	struct hammer_delayed	*hm_delayed;	/* (T) */
	struct {
		hammer_off_t	off;		/* zone 2, or 0 */
		uint32_t	cycle;
	} hm_taken[HAMMER_MAX_ZONES];		/* (T) last big-block, when */
	int			hm_ndelayed;	/* (T) */
	long			hm_rsv_bytes;	/* (h) data not yet allocated */
	long			hm_rsv_recs;	/* (h) */

	/* PFSs whose files cannot be changed: a bit for each. */
	uint8_t			hm_frozen[HAMMER_MAX_PFS / 8]; /* (T) (a) */

	/* Writes in progress: the platform's. */
	int			io_running;
	int			io_error;
	int			io_waiting;
	void			*hm_plat;	/* the platform's */
};

enum {
	HST_SEARCHES, HST_LOOKUPS, HST_INSERTS, HST_DELETES, HST_ELEMENTS,
	HST_SPLITS, HST_ITERATIONS, HST_ROOT_ITERATIONS, HST_FILE_READ,
	HST_FILE_WRITE, HST_DISK_READ, HST_DISK_WRITE, HST_INODE_FLUSHES,
	HST_COMMITS, HST_UNDO, HST_REDO, HST_DISK_FLUSH, HST_FSYNCS, HST_NSTATS
};

/* Of all mounts together; not exact where several add at once. */
extern uint64_t hammer_stat[HST_NSTATS];

/* hammer_volume.c */
struct hammer_mount *hammer_mount_alloc(void);
void	hammer_mount_free(struct hammer_mount *hmp);
/*
 * Read and check a volume's header.  name is copied; dev is the platform's
 * and is closed with the volume, on failure too.
 */
int	hammer_volume_load(struct hammer_mount *hmp, const char *name,
	    void *dev, off_t devsize);
struct hammer_volume *hammer_volume_new(struct hammer_mount *hmp,
	    const char *name, void *dev);
void	hammer_volume_done(struct hammer_volume *vol);
/* hammer_dev_read(), unless the volume has been removed: ENXIO then. */
int	hammer_volume_read(struct hammer_volume *vol, off_t off, void *buf,
	    int len);
/* All volumes are loaded: check that they belong together. */
int	hammer_volume_complete(struct hammer_mount *hmp);
/* Where a zone-2 address is. */
int	hammer_zone2_locate(struct hammer_mount *hmp, hammer_off_t off,
	    struct hammer_volume **volp, off_t *devoffp);

/* hammer_io.c: buffers. */
int	hammer_buffer_get(struct hammer_mount *hmp, hammer_off_t zone2,
	    int isnew, struct hammer_buffer **bpp);
void	hammer_buffer_ref(struct hammer_buffer *hb);
void	hammer_buffer_rele(struct hammer_buffer *hb);
/* A pointer to len bytes at an address of zone 2, 4, 8 ... 11. */
void	*hammer_bread(struct hammer_mount *hmp, hammer_off_t off,
	    int *errorp, struct hammer_buffer **bpp);
/* The same of space that has just been allocated. */
void	*hammer_bnew(struct hammer_mount *hmp, hammer_off_t off, int len,
	    int *errorp, struct hammer_buffer **bpp);
void	hammer_buffer_dirty(struct hammer_buffer *hb, int kind);
void	hammer_buffer_forget(struct hammer_mount *hmp, hammer_off_t bigblock);
/* Nothing of this volume may be found any more. */
void	hammer_buffer_forget_volume(struct hammer_mount *hmp,
	    struct hammer_volume *vol);
void	hammer_buffer_trim(struct hammer_mount *hmp);
void	hammer_buffer_free_all(struct hammer_mount *hmp);
/* Data of a record, of any length up to 64 KiB, around the buffers if large. */
int	hammer_data_read(struct hammer_mount *hmp, hammer_off_t off,
	    void *buf, int len);

/* hammer_undo.c */
/* len bytes at p in hb will be modified: dirty it, log what they were. */
int	hammer_modify(struct hammer_mount *hmp, struct hammer_buffer *hb,
	    void *p, int len);
/* They need no UNDO, being of space allocated in this cycle. */
void	hammer_modify_new(struct hammer_buffer *hb, void *p, int len);
/* A field of the root volume's header. */
#define hammer_modify_header(hmp, field)				\
	hammer_modify((hmp), (hmp)->hm_root->v_header,			\
	    &(hmp)->hm_root->v_ondisk->field,				\
	    sizeof((hmp)->hm_root->v_ondisk->field))
/*
 * A commit logs what all that has changed in this cycle is now: these
 * records, and how many bytes of the ring they take at most.
 */
int	hammer_undo_images(struct hammer_mount *hmp);
int64_t	hammer_undo_images_size(struct hammer_mount *hmp);
int	hammer_redo_sync(struct hammer_mount *hmp, hammer_off_t start);
hammer_off_t hammer_undo_used(struct hammer_mount *hmp);
hammer_off_t hammer_undo_room(struct hammer_mount *hmp);
int	hammer_undo_locate(struct hammer_mount *hmp, hammer_off_t off,
	    hammer_off_t *zone2p);
int	hammer_undo_format(struct hammer_mount *hmp);

/* hammer_recover.c */
/* All volumes are loaded: check, recover, begin.  ronly: in memory only. */
int	hammer_mount_start(struct hammer_mount *hmp, int ronly);
/* A read-only mount becomes read-write. */
int	hammer_mount_writable(struct hammer_mount *hmp);
int	hammer_recover_stage1(struct hammer_mount *hmp);
/* Stage 1 of a mount that may write: what it restored goes to the media. */
int	hammer_recover_write(struct hammer_mount *hmp);
/* Stage 2: what fsync promised through REDO records is done again. */
int	hammer_recover_stage2(struct hammer_mount *hmp);
void	hammer_ring_setup(struct hammer_mount *hmp, struct hammer_ring *hr);
void	hammer_ring_done(struct hammer_ring *hr);

/* hammer_blockmap.c: all need hm_txn_lock. */
int	hammer_alloc(struct hammer_mount *hmp, int zone, int bytes,
	    hammer_off_t *offp);
int	hammer_free_space(struct hammer_mount *hmp, hammer_off_t off,
	    int bytes);
/* One more reference to space that is in use: dedup. */
int	hammer_share_space(struct hammer_mount *hmp, hammer_off_t off,
	    int bytes);
int	hammer_layer2_get(struct hammer_mount *hmp, hammer_off_t off,
	    struct hammer_blockmap_layer2 *l2, struct hammer_buffer **bpp,
	    struct hammer_blockmap_layer2 **pp);
int	hammer_layer1_get(struct hammer_mount *hmp, hammer_off_t off,
	    struct hammer_blockmap_layer1 *l1);
/* bytes_free of the big-block of an address, and whether it is being filled. */
int	hammer_blockmap_getfree(struct hammer_mount *hmp, hammer_off_t off,
	    int *bytesp, int *curp);
void	hammer_delayed_expire(struct hammer_mount *hmp);
/* The volume is removed. */
void	hammer_delayed_forget(struct hammer_mount *hmp, int vol_no);
/* Is there room? slop in big-blocks. */
int	hammer_checkspace(struct hammer_mount *hmp, int slop);
/* The same, without hm_txn_lock: waits for big-blocks about to be free. */
int	hammer_room(struct hammer_mount *hmp, int slop);
int64_t	hammer_free_bytes(struct hammer_mount *hmp);
int64_t	hammer_reserved_bytes(struct hammer_mount *hmp);

#define HAMMER_CHKSPC_REBLOCK	25
#define HAMMER_CHKSPC_MIRROR	20
#define HAMMER_CHKSPC_WRITE	20
#define HAMMER_CHKSPC_CREATE	20
#define HAMMER_CHKSPC_REMOVE	10
#define HAMMER_CHKSPC_EMERGENCY	0

/* hammer_btree.c: looking. */
typedef struct hammer_btree_leaf_elm hammer_leaf_t;

/*
 * The first element at or after key (and not after end), or the last one at
 * or before key (and not before end): up to max elements are copied to elms,
 * in the order of the scan.  0 and *np > 0, or ENOENT, EIO.
 */
int	hammer_btree_ge(struct hammer_mount *hmp,
	    const struct hammer_base_elm *key,
	    const struct hammer_base_elm *end, hammer_leaf_t *elms, int max,
	    int *np);
int	hammer_btree_le(struct hammer_mount *hmp,
	    const struct hammer_base_elm *key,
	    const struct hammer_base_elm *end, hammer_leaf_t *elm);
/* The element with exactly this key. */
int	hammer_btree_lookup(struct hammer_mount *hmp,
	    const struct hammer_base_elm *key, hammer_leaf_t *elm);
/* The version of the record visible as of asof. */
int	hammer_btree_asof(struct hammer_mount *hmp,
	    const struct hammer_base_elm *key, hammer_tid_t asof,
	    hammer_leaf_t *elm);

/* Where the range of the leaf that may hold key ends. */
int	hammer_leaf_bound(struct hammer_mount *hmp,
	    const struct hammer_base_elm *key, struct hammer_base_elm *bound);

/*
 * The record with the highest key at or below at->key (and not before end)
 * that is visible as of asof; at moves below it.  Other versions of records
 * are not looked at one by one, so that history does not slow this down.
 */
int	hammer_btree_prev(struct hammer_mount *hmp,
	    struct hammer_base_elm *at, const struct hammer_base_elm *end,
	    hammer_tid_t asof, hammer_leaf_t *elm);

#define HAMMER_ITER_BATCH	16
struct hammer_iter {
	struct hammer_mount	*it_hmp;
	struct hammer_base_elm	it_next;	/* where to go on */
	struct hammer_base_elm	it_end;		/* inclusive */
	hammer_tid_t		it_asof;	/* visible as of, or 0: all */
	int			it_done;
	int			it_batch;	/* elements to fetch at once */
	int			it_n, it_i;
	hammer_leaf_t		it_elm[HAMMER_ITER_BATCH];
};
void	hammer_iter_init(struct hammer_iter *it, struct hammer_mount *hmp,
	    const struct hammer_base_elm *beg,
	    const struct hammer_base_elm *end, hammer_tid_t asof);
/* 0 with *elmp set, ENOENT at the end, EIO. */
int	hammer_iter_next(struct hammer_iter *it, hammer_leaf_t **elmp);
/* Key after key, before key. */
void	hammer_key_next(struct hammer_base_elm *key);
void	hammer_key_prev(struct hammer_base_elm *key);
/* First and last possible key of an object's records of one type. */
void	hammer_key_range(struct hammer_base_elm *beg,
	    struct hammer_base_elm *end, uint32_t lo, int64_t obj_id,
	    int rec_type, int64_t key1, int64_t key2);
int	hammer_node_get(struct hammer_mount *hmp, hammer_off_t off,
	    struct hammer_buffer **bpp, struct hammer_node_ondisk **np);
hammer_lock_t *hammer_node_lock(struct hammer_buffer *hb,
	    struct hammer_node_ondisk *node);
int	hammer_node_find(const struct hammer_node_ondisk *node,
	    const struct hammer_base_elm *key, int strict);
extern const struct hammer_base_elm hammer_key_min, hammer_key_max;

/* hammer_btree_mod.c: modifying; hm_txn_lock. */
int	hammer_btree_insert(struct hammer_mount *hmp,
	    const hammer_leaf_t *elm);
/* Replace the element with the same key; mirror_tids follow. */
int	hammer_btree_update(struct hammer_mount *hmp,
	    const hammer_leaf_t *elm);
int	hammer_btree_remove(struct hammer_mount *hmp,
	    const struct hammer_base_elm *key);
/* Path from the root (0) to the leaf whose range holds key. */
#define HAMMER_MAX_DEPTH	24
struct hammer_path {
	int			p_depth;	/* nodes */
	struct {
		struct hammer_buffer *hb;
		struct hammer_node_ondisk *node;
		hammer_off_t	off;
		int		index;	/* child taken; in the leaf: find */
	} p_node[HAMMER_MAX_DEPTH];
};
int	hammer_path_get(struct hammer_mount *hmp,
	    const struct hammer_base_elm *key, struct hammer_path *p);
void	hammer_path_rele(struct hammer_path *p);
int	hammer_node_modify(struct hammer_mount *hmp,
	    struct hammer_buffer *hb, struct hammer_node_ondisk *node,
	    void *p, int len);
int	hammer_node_new(struct hammer_mount *hmp, int type,
	    struct hammer_buffer **hbp, struct hammer_node_ondisk **nodep,
	    hammer_off_t *offp);
int	hammer_node_remove_elm(struct hammer_mount *hmp,
	    struct hammer_buffer *hb, struct hammer_node_ondisk *node, int i);
int	hammer_node_delete(struct hammer_mount *hmp,
	    struct hammer_buffer *hb, struct hammer_node_ondisk *node,
	    hammer_off_t off);

/* hammer_record.c: records and their payloads; changes need hm_txn_lock. */
/* Payload with its CRC checked: EIO if that is bad. */
int	hammer_record_data(struct hammer_mount *hmp, const hammer_leaf_t *elm,
	    void *buf, int size);
/* Insert a record; the key, len and data are the caller's. */
int	hammer_record_insert(struct hammer_mount *hmp, hammer_leaf_t *elm,
	    const void *data, int len);
/* Delete it as of now; nohist, or made in this cycle: destroy it. */
int	hammer_record_delete(struct hammer_mount *hmp,
	    const hammer_leaf_t *elm, int nohist);
int	hammer_record_destroy(struct hammer_mount *hmp,
	    const hammer_leaf_t *elm);
/* Data blocks: space for len bytes, and the write of them begun. */
int	hammer_data_write(struct hammer_mount *hmp, int zone,
	    const void *data, int len, hammer_off_t *offp);

/* hammer_flusher.c */
/* Operations: begin takes hm_txn_lock, after a flush cycle if one is due. */
int	hammer_txn_begin(struct hammer_mount *hmp);
void	hammer_txn_end(struct hammer_mount *hmp);
hammer_tid_t hammer_txn_tid(struct hammer_mount *hmp);
hammer_tid_t hammer_new_tid(struct hammer_mount *hmp);
int64_t	hammer_new_objid(struct hammer_mount *hmp);
int	hammer_flush_cycle(struct hammer_mount *hmp);
/* All that has been done before the call is on the medium, for good. */
int	hammer_flush_sync(struct hammer_mount *hmp);
/*
 * The same of what was done up to the end of a cycle (hm_cycle: all of it),
 * with as few waits as the format permits; the ring may be left non-empty.
 */
int	hammer_flush_commit(struct hammer_mount *hmp, uint32_t cycle);
/* Wait for writes in progress and forget them: before the mount ends. */
void	hammer_flush_release(struct hammer_mount *hmp);
void	hammer_critical(struct hammer_mount *hmp, int error,
	    const char *what);
int	hammer_needs_flush(struct hammer_mount *hmp);

#endif /* !_VFS_HAMMER_HAMMER_H_ */
