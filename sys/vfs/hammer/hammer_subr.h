/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: the format's rules as pure functions: CRCs, name hashes, key
 * order, visibility, names with "@@", records of the UNDO FIFO.  No state.
 */
#ifndef _VFS_HAMMER_SUBR_H_
#define _VFS_HAMMER_SUBR_H_

#include "hammer_plat.h"
#include "hammer_disk.h"

/* hammer_crc.c: seed is 0, or the CRC of what came before. */
uint32_t hammer_crc32(const void *buf, size_t size, uint32_t seed);
uint32_t hammer_crc32c(const void *buf, size_t size, uint32_t seed);
uint32_t hammer_datacrc(int version, const void *buf, size_t size);
uint32_t hammer_volume_crc(int version, const struct hammer_volume_ondisk *);
uint32_t hammer_blockmap_crc(int version, const struct hammer_blockmap *);
void	hammer_layer1_setcrc(int version, struct hammer_blockmap_layer1 *);
int	hammer_layer1_ok(int version, const struct hammer_blockmap_layer1 *);
void	hammer_layer2_setcrc(int version, struct hammer_blockmap_layer2 *);
int	hammer_layer2_ok(int version, const struct hammer_blockmap_layer2 *);
void	hammer_node_setcrc(int version, struct hammer_node_ondisk *node);
int	hammer_node_ok(int version, const struct hammer_node_ondisk *node);
void	hammer_fifo_setcrc(int version, struct hammer_fifo_head *head);
int	hammer_fifo_ok(int version, const struct hammer_fifo_head *head);
void	hammer_leaf_setcrc(int version, struct hammer_btree_leaf_elm *leaf,
	    const void *data);
int	hammer_leaf_ok(int version, const struct hammer_btree_leaf_elm *leaf,
	    const void *data);
int	hammer_leaf_crckind(int version,
	    const struct hammer_btree_leaf_elm *leaf, const void *data);

/* hammer_subr.c */

/* Key of a directory entry; *spanp: how far from it a free key is sought. */
int64_t	hammer_dirhash(int cap_flags, const char *name, int len,
	    uint32_t *spanp);
/* -5 ... 5: the most significant field that differs; see section 5.3. */
int	hammer_elm_cmp(const struct hammer_base_elm *a,
	    const struct hammer_base_elm *b);
/* A key p with a < p <= b. */
void	hammer_elm_separator(const struct hammer_base_elm *a,
	    const struct hammer_base_elm *b, struct hammer_base_elm *p);
/* 1 visible, 0 deleted before, -1 created after; asof 0 sees all undeleted. */
int	hammer_elm_visible(const struct hammer_base_elm *elm,
	    hammer_tid_t asof);
/*
 * The text after "@@": true if it is an extension.  *locp is changed only
 * if a PFS is named.
 */
int	hammer_parse_ext(const char *text, int len, hammer_tid_t *tidp,
	    int *ispfsp, uint32_t *locp);
/* Where "@@" with a valid extension begins in a name, or -1. */
int	hammer_find_ext(const char *name, int len, hammer_tid_t *tidp,
	    int *ispfsp, uint32_t *locp);
/* The grid block of a file that holds offset: its size, and its start. */
int	hammer_blocksize(off_t offset);
off_t	hammer_blockbase(off_t offset);
/* Bytes to report as allocated for a file of this size. */
uint64_t hammer_alloc_size(uint64_t size);
/* The zone a record's payload must be in, or 0 if it must have none. */
int	hammer_leaf_zone(const struct hammer_btree_leaf_elm *leaf);
/* May a record's payload lie where the element says? */
int	hammer_leaf_offset_ok(const struct hammer_btree_leaf_elm *leaf);
/* Layer-2 tables for a buffer area of so many bytes. */
int	hammer_layer2_tables(int64_t size);
/*
 * Layer-2 entry n of a new volume with so many bytes of buffer area, its
 * first big-blocks being reserved for the freemap; 1 if it is free.
 */
int	hammer_layer2_format(int version,
	    struct hammer_blockmap_layer2 *l2, int64_t n, int64_t reserved,
	    int64_t size);
/* Bytes of a volume's boot area or memory log, by its size. */
int64_t	hammer_area_size(int64_t nominal, int64_t min, int64_t volsize);
void	hammer_uid_to_uuid(uint32_t id, struct uuid *uu);
uint32_t hammer_uuid_to_uid(const struct uuid *uu);
const char *hammer_version_string(int version);

/* hammer_fifo.c: the UNDO ring. */
struct hammer_ring {
	int		hr_version;
	hammer_off_t	hr_size;	/* bytes */
	/* The 16 KiB buffer at this offset of the ring, valid till the next. */
	const char	*(*hr_buffer)(struct hammer_ring *hr,
			    hammer_off_t off, int *errorp);
	void		*hr_arg;
};

/* Is there a valid record at off of a 16 KiB FIFO buffer? 0 or EIO. */
int	hammer_fifo_check(int version, const char *buf, int off);
/*
 * Where the span that begins at first ends, and the next free sequence
 * number; offsets are zone-3 addresses.
 */
int	hammer_ring_span(struct hammer_ring *hr, hammer_off_t first,
	    hammer_off_t next, hammer_off_t *endp, uint32_t *seqp);
/*
 * Records from end back to first: undo is called for each UNDO record;
 * *redop becomes the start the newest REDO SYNC names, or 0.
 */
int	hammer_ring_undo(struct hammer_ring *hr, hammer_off_t first,
	    hammer_off_t end, int (*undo)(void *arg,
	    const struct hammer_fifo_undo *un, const void *data), void *arg,
	    hammer_off_t *redop);
/* REDO records to execute, oldest first. */
int	hammer_ring_redo(struct hammer_ring *hr, hammer_off_t redo,
	    hammer_off_t first, hammer_off_t end, int (*exec)(void *arg,
	    const struct hammer_fifo_redo *re, const void *data), void *arg);

#endif /* !_VFS_HAMMER_SUBR_H_ */
