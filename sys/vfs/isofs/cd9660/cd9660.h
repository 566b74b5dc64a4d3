/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cd9660 internals.  Everything on the volume is read-only, so a node never
 * changes once it is made; only the table of nodes has a lock.
 */
#ifndef _ISOFS_CD9660_CD9660_H_
#define _ISOFS_CD9660_CD9660_H_

#include <sys/mount.h>
#include <sys/tree.h>
#include <sys/vnode.h>
#include "iso_rec.h"

struct iso_node;
RB_HEAD(iso_node_tree, iso_node);

/* One piece of a file. */
struct iso_extent {
	uint32_t	ie_block;	/* logical block */
	uint32_t	ie_size;	/* bytes */
};

/* Locks: (I) immutable, (t) im_token. */
struct iso_node {
	RB_ENTRY(iso_node) in_entry;	/* (t) */
	uint64_t	in_ino;		/* (I) byte offset of the record */
	struct vnode	*in_vnode;	/* (t) */
	struct iso_mnt	*in_mnt;	/* (I) */
	enum vtype	in_type;	/* (I) */
	mode_t		in_mode;
	uint32_t	in_nlink;
	uid_t		in_uid;
	gid_t		in_gid;
	off_t		in_size;	/* (I) bytes */
	dev_t		in_rdev;
	struct timespec	in_atime, in_mtime, in_ctime;
	int		in_nextents;	/* (I) */
	struct iso_extent *in_extents;	/* (I) */
	struct iso_extent in_extent1;	/* storage for the usual one */
	char		*in_link;	/* (I) VLNK */
	off_t		in_lastfound;	/* hint: where to begin searching */
};

struct iso_mnt {
	struct mount	*im_mp;
	struct vnode	*im_devvp;
	int		im_flags;	/* ISOFSMNT_* */
	int		im_bsize;	/* bytes a logical block */
	int		im_bshift;
	uint32_t	im_blocks;	/* logical blocks of the volume */
	off_t		im_bytes;	/* bytes that may be read */
	int		im_joliet;	/* level, 0: none */
	struct iso_volume im_vol;
	uint8_t		im_root[ISO_RECMIN]; /* root's record in use */
	struct lwkt_token im_token;
	struct iso_node_tree im_nodes;	/* (t) by in_ino */
	struct netexport *im_export;
};

#define VFSTOISO(mp)	((struct iso_mnt *)(mp)->mnt_data)
#define VTOI(vp)	((struct iso_node *)(vp)->v_data)

extern struct vop_ops cd9660_vnode_vops;
extern struct vop_ops cd9660_spec_vops;
MALLOC_DECLARE(M_ISOFS);

/* Bytes at a byte offset of the volume, through the buffer cache. */
int	cd9660_read(struct iso_mnt *im, off_t offset, void *buf, int len);
/*
 * The record at position pos of a directory: 0 and the position of the next
 * one in *nextp; ENOENT at the end.  *inop: the record's offset on the
 * volume.
 */
int	cd9660_dirent(struct iso_node *dir, off_t pos, struct iso_rec *ir,
	    uint64_t *inop, off_t *nextp);
/*
 * The node of a record found at dir position pos, as a vnode, referenced
 * and locked.  *nextp: past all of its extents' records.
 */
int	cd9660_vget_rec(struct iso_mnt *im, struct iso_node *dir, off_t pos,
	    struct iso_rec *ir, uint64_t ino, struct vnode **vpp);
/* The directory whose extent begins at a logical block. */
int	cd9660_vget_dir(struct iso_mnt *im, uint32_t block,
	    struct vnode **vpp);
uint64_t cd9660_rec_ino(struct iso_mnt *im, const struct iso_rec *ir,
	    uint64_t ino);
void	cd9660_node_free(struct iso_node *in);

RB_PROTOTYPE(iso_node_tree, iso_node, in_entry, iso_node_cmp);

#endif /* !_ISOFS_CD9660_CD9660_H_ */
