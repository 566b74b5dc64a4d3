/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cd9660: reading directories, and nodes for what is found in them.
 *
 * The inode number of a file is the byte offset of its (first) directory
 * record on the volume; that of a directory the offset of its extent, where
 * its "." record lies, so that every way to it gives the same number.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/buf.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/stat.h>
#include "cd9660.h"
#include "cd9660_mount.h"

MALLOC_DEFINE(M_ISOFS, "isofs", "ISO9660 nodes");

#define MAXEXTENTS	65536		/* of one file: 256 TB */

static int
iso_node_cmp(struct iso_node *a, struct iso_node *b)
{
	if (a->in_ino < b->in_ino)
		return (-1);
	return (a->in_ino > b->in_ino);
}
RB_GENERATE(iso_node_tree, iso_node, in_entry, iso_node_cmp);

int
cd9660_read(struct iso_mnt *im, off_t offset, void *data, int len)
{
	struct buf *bp;
	off_t base;
	int n, off, error;

	if (offset < 0 || len < 0 || offset > im->im_bytes ||
	    len > im->im_bytes - offset)
		return (EIO);
	while (len > 0) {
		base = offset & ~(off_t)(ISO_SECTOR - 1);
		off = offset - base;
		n = MIN(len, ISO_SECTOR - off);
		error = bread(im->im_devvp, base, ISO_SECTOR, &bp);
		if (error) {
			brelse(bp);
			return (error);
		}
		bcopy(bp->b_data + off, data, n);
		bqrelse(bp);
		data = (char *)data + n;
		offset += n;
		len -= n;
	}
	return (0);
}

int
cd9660_dirent(struct iso_node *dir, off_t pos, struct iso_rec *ir,
    uint64_t *inop, off_t *nextp)
{
	struct iso_mnt *im = dir->in_mnt;
	struct buf *bp;
	off_t start, base;
	int off, len, error;

	start = (off_t)dir->in_extents[0].ie_block << im->im_bshift;
	for (;;) {
		if (pos < 0 || pos >= dir->in_size)
			return (ENOENT);
		if (start > im->im_bytes || pos >= im->im_bytes - start)
			return (EIO);
		base = (start + pos) & ~(off_t)(ISO_SECTOR - 1);
		off = (start + pos) - base;
		error = bread(im->im_devvp, base, ISO_SECTOR, &bp);
		if (error) {
			brelse(bp);
			return (error);
		}
		len = (u_char)bp->b_data[off];
		if (len != 0)
			break;
		/* The rest of the sector is empty. */
		bqrelse(bp);
		pos = base + ISO_SECTOR - start;
	}
	if (len < ISO_RECMIN || len > ISO_SECTOR - off ||
	    len > dir->in_size - pos) {
		bqrelse(bp);
		return (EIO);
	}
	/* Parsing may read other blocks: not with this one locked. */
	{
		uint8_t rec[256];

		bcopy(bp->b_data + off, rec, len);
		bqrelse(bp);
		error = iso_rec_parse(&im->im_vol, rec, len, ir);
	}
	if (error)
		return (error == EINVAL ? EIO : error);
	*inop = start + pos;
	*nextp = pos + len;
	return (0);
}

/* The inode number of what a record names. */
uint64_t
cd9660_rec_ino(struct iso_mnt *im, const struct iso_rec *ir, uint64_t ino)
{
	if (ir->ir_child != 0)
		return ((uint64_t)ir->ir_child << im->im_bshift);
	if (ir->ir_flags & ISO_FL_DIR)
		return ((uint64_t)ir->ir_extent << im->im_bshift);
	return (ino);
}

void
cd9660_node_free(struct iso_node *in)
{
	if (in->in_extents != &in->in_extent1)
		kfree(in->in_extents, M_ISOFS);
	if (in->in_link != NULL)
		kfree(in->in_link, M_ISOFS);
	kfree(in, M_ISOFS);
}

static void
node_times(struct iso_node *in, const struct iso_rec *ir)
{
	in->in_mtime.tv_sec = ir->ir_mtime.it_sec;
	in->in_mtime.tv_nsec = ir->ir_mtime.it_nsec;
	in->in_atime.tv_sec = ir->ir_atime.it_sec;
	in->in_atime.tv_nsec = ir->ir_atime.it_nsec;
	in->in_ctime.tv_sec = ir->ir_ctime.it_sec;
	in->in_ctime.tv_nsec = ir->ir_ctime.it_nsec;
}

/* Attributes of a record into a new node. */
static int
node_fill(struct iso_node *in, const struct iso_rec *ir)
{
	in->in_mode = (ir->ir_flags & ISO_FL_DIR) ? S_IFDIR | 0555 :
	    S_IFREG | 0555;
	in->in_nlink = 1;
	if (in->in_mnt->im_vol.iv_rr && ir->ir_haspx) {
		in->in_mode = ir->ir_mode;
		in->in_nlink = ir->ir_nlink;
		in->in_uid = ir->ir_uid;
		in->in_gid = ir->ir_gid;
	}
	in->in_type = IFTOVT(in->in_mode);
	in->in_rdev = ir->ir_rdev_high != 0 ? ir->ir_rdev_low :
	    makeudev(ir->ir_rdev_low >> 8, ir->ir_rdev_low & 0xff);
	node_times(in, ir);
	/* The record's kind and the recorded mode must not contradict. */
	if ((ir->ir_flags & ISO_FL_DIR) != 0 && in->in_type != VDIR)
		return (EIO);
	if ((ir->ir_flags & ISO_FL_DIR) == 0 && in->in_type == VDIR &&
	    ir->ir_child == 0)
		return (EIO);
	switch (in->in_type) {
	case VDIR:
	case VREG:
		break;
	case VLNK:
		if (ir->ir_linklen <= 0)
			return (EIO);
		in->in_link = kmalloc(ir->ir_linklen + 1, M_ISOFS, M_WAITOK);
		bcopy(ir->ir_link, in->in_link, ir->ir_linklen + 1);
		in->in_size = ir->ir_linklen;
		break;
	case VCHR:
	case VBLK:
	case VFIFO:
	case VSOCK:
		break;
	default:
		return (EIO);
	}
	return (0);
}

static int
extent_ok(struct iso_mnt *im, uint32_t block, uint32_t size)
{
	off_t start = (off_t)block << im->im_bshift;

	return (size == 0 || (start <= im->im_bytes &&
	    size <= im->im_bytes - start));
}

/* A file's extents: the record's own, and those of the records after it. */
static int
node_extents(struct iso_node *in, struct iso_node *dir, off_t pos,
    struct iso_rec *ir)
{
	struct iso_mnt *im = in->in_mnt;
	struct iso_extent *ext;
	uint64_t ino;
	int n = 1, error = 0, more = ir->ir_flags & ISO_FL_MULTI;

	in->in_extents = &in->in_extent1;
	in->in_nextents = 1;
	in->in_extent1.ie_block = ir->ir_extent;
	in->in_extent1.ie_size = ir->ir_size;
	if (in->in_type != VREG && in->in_type != VDIR)
		return (0);
	if (!extent_ok(im, ir->ir_extent, ir->ir_size))
		return (EIO);
	in->in_size = ir->ir_size;
	if (in->in_type != VREG || dir == NULL)
		return (0);
	while (more && error == 0) {
		/* Only whole blocks can be followed by another extent. */
		if (ir->ir_size & (im->im_bsize - 1))
			return (EIO);
		error = cd9660_dirent(dir, pos, ir, &ino, &pos);
		if (error)
			return (error == ENOENT ? EIO : error);
		if (!extent_ok(im, ir->ir_extent, ir->ir_size) ||
		    n == MAXEXTENTS)
			return (EIO);
		ext = kmalloc((n + 1) * sizeof(*ext), M_ISOFS, M_WAITOK);
		bcopy(in->in_extents, ext, n * sizeof(*ext));
		ext[n].ie_block = ir->ir_extent;
		ext[n].ie_size = ir->ir_size;
		if (in->in_extents != &in->in_extent1)
			kfree(in->in_extents, M_ISOFS);
		in->in_extents = ext;
		in->in_nextents = ++n;
		in->in_size += ir->ir_size;
		more = ir->ir_flags & ISO_FL_MULTI;
	}
	return (0);
}

/* The vnode of the node with this number, if there is one: else ENOENT. */
static int
node_lookup(struct iso_mnt *im, uint64_t ino, struct vnode **vpp)
{
	struct iso_node key, *in;
	struct vnode *vp;
	int error;

	key.in_ino = ino;
	for (;;) {
		lwkt_gettoken(&im->im_token);
		in = RB_FIND(iso_node_tree, &im->im_nodes, &key);
		if (in == NULL) {
			lwkt_reltoken(&im->im_token);
			return (ENOENT);
		}
		vp = in->in_vnode;
		vhold(vp);
		lwkt_reltoken(&im->im_token);
		/* If it is being reclaimed this waits for the end of that. */
		error = vget(vp, LK_EXCLUSIVE);
		vdrop(vp);
		if (error == 0) {
			*vpp = vp;
			return (0);
		}
	}
}

/* Give a complete node a vnode, unless somebody else was faster. */
static int
node_enter(struct iso_node *in, struct vnode **vpp)
{
	struct iso_mnt *im = in->in_mnt;
	struct mount *mp = im->im_mp;
	struct vnode *vp;
	int error;

	error = getnewvnode(VT_ISOFS, mp, &vp, 0, 0);
	if (error) {
		cd9660_node_free(in);
		return (error);
	}
	in->in_vnode = vp;
	lwkt_gettoken(&im->im_token);
	if (RB_INSERT(iso_node_tree, &im->im_nodes, in) != NULL) {
		lwkt_reltoken(&im->im_token);
		vp->v_type = VBAD;
		vgone_vxlocked(vp);
		vput(vp);
		error = node_lookup(im, in->in_ino, vpp);
		cd9660_node_free(in);
		return (error == ENOENT ? EAGAIN : error);
	}
	vp->v_data = in;
	vp->v_type = in->in_type;
	lwkt_reltoken(&im->im_token);
	if (in->in_type == VREG) {
		vinitvmio(vp, in->in_size, im->im_bsize, -1);
		vsetflags(vp, VSHAREDREAD);
	} else if (in->in_type == VCHR || in->in_type == VBLK) {
		addaliasu(vp, umajor(in->in_rdev), uminor(in->in_rdev));
		vp->v_type = VCHR;
		vp->v_ops = &im->im_mp->mnt_vn_spec_ops;
	}
	*vpp = vp;
	return (0);
}

/* "." at the beginning of an extent describes the directory. */
int
cd9660_vget_dir(struct iso_mnt *im, uint32_t block, struct vnode **vpp)
{
	struct iso_node *in;
	struct iso_rec *ir;
	uint64_t ino = (uint64_t)block << im->im_bshift;
	uint8_t rec[256];
	int error, len;

	for (;;) {
		error = node_lookup(im, ino, vpp);
		if (error != ENOENT)
			break;
		error = cd9660_read(im, ino, rec, 1);
		len = rec[0];
		if (error == 0 && len < ISO_RECMIN)
			error = EIO;
		if (error == 0)
			error = cd9660_read(im, ino, rec, len);
		if (error)
			break;
		ir = kmalloc(sizeof(*ir), M_TEMP, M_WAITOK);
		error = iso_rec_parse(&im->im_vol, rec, len, ir);
		if (error == 0 && (ir->ir_isdot != 1 ||
		    (ir->ir_flags & ISO_FL_DIR) == 0 ||
		    ir->ir_extent != block))
			error = EIO;
		if (error) {
			kfree(ir, M_TEMP);
			break;
		}
		in = kmalloc(sizeof(*in), M_ISOFS, M_WAITOK | M_ZERO);
		in->in_mnt = im;
		in->in_ino = ino;
		in->in_extents = &in->in_extent1;
		error = node_fill(in, ir);
		if (error == 0)
			error = node_extents(in, NULL, 0, ir);
		kfree(ir, M_TEMP);
		if (error) {
			cd9660_node_free(in);
			break;
		}
		error = node_enter(in, vpp);
		if (error != EAGAIN)
			break;
	}
	return (error == EINVAL ? EIO : error);
}

int
cd9660_vget_rec(struct iso_mnt *im, struct iso_node *dir, off_t pos,
    struct iso_rec *ir, uint64_t ino, struct vnode **vpp)
{
	struct iso_node *in;
	int error;

	if (ir->ir_child != 0)
		return (cd9660_vget_dir(im, ir->ir_child, vpp));
	if (ir->ir_flags & ISO_FL_DIR)
		return (cd9660_vget_dir(im, ir->ir_extent, vpp));
	do {
		error = node_lookup(im, ino, vpp);
		if (error != ENOENT)
			return (error);
		in = kmalloc(sizeof(*in), M_ISOFS, M_WAITOK | M_ZERO);
		in->in_mnt = im;
		in->in_ino = ino;
		in->in_extents = &in->in_extent1;
		error = node_fill(in, ir);
		if (error == 0)
			error = node_extents(in, dir, pos, ir);
		if (error) {
			cd9660_node_free(in);
			return (error);
		}
		error = node_enter(in, vpp);
	} while (error == EAGAIN && (ir->ir_flags & ISO_FL_MULTI) == 0);
	return (error);
}
