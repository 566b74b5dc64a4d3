/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cd9660: vnode operations.
 *
 * A regular file's data lives in its VM object only; cd9660_getpages() reads
 * runs of pages straight from the device into it.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/buf.h>
#include <sys/conf.h>
#include <sys/dirent.h>
#include <sys/fcntl.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/stat.h>
#include <sys/unistd.h>
#include <vm/vm.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_pager.h>
#include "cd9660.h"
#include "cd9660_mount.h"

/* Is the record the one that was looked up? Versions may be left out. */
static int
name_matches(struct iso_mnt *im, const struct iso_rec *ir, const char *name,
    int len)
{
	const char *semi;
	int n = ir->ir_namlen, i;
	char c;

	if (im->im_vol.iv_rr)
		return (n == len && bcmp(ir->ir_name, name, len) == 0);
	if (im->im_vol.iv_names == ISO_NAMES_PLAIN) {
		for (semi = ir->ir_name; semi < ir->ir_name + n &&
		    *semi != ';'; semi++)
			;
		/* Without a version in the name, any will do. */
		if (memchr(name, ';', len) == NULL)
			n = semi - ir->ir_name;
	}
	if (n != len)
		return (0);
	for (i = 0; i < n; i++) {
		c = ir->ir_name[i];
		if (im->im_vol.iv_names == ISO_NAMES_PLAIN && c >= 'A' &&
		    c <= 'Z' && name[i] >= 'a')
			c += 'a' - 'A';
		if (c != name[i])
			return (0);
	}
	return (1);
}

/* Search from the last hit to the end, then from the beginning to there. */
static int
cd9660_nresolve(struct vop_nresolve_args *ap)
{
	struct namecache *ncp = ap->a_nch->ncp;
	struct iso_node *dir = VTOI(ap->a_dvp);
	struct iso_mnt *im = dir->in_mnt;
	struct iso_rec *ir;
	struct vnode *vp = NULL;
	off_t pos, next, hint;
	uint64_t ino;
	int error, wrapped, cont = 0;

	if (dir->in_type != VDIR)
		return (ENOTDIR);
	ir = kmalloc(sizeof(*ir), M_ISOFS, M_WAITOK);
	hint = dir->in_lastfound;
	pos = hint;
	wrapped = (hint == 0);
	for (;;) {
		if (wrapped && hint != 0 && pos >= hint) {
			error = ENOENT;
			break;
		}
		error = cd9660_dirent(dir, pos, ir, &ino, &next);
		if (error == ENOENT && !wrapped) {
			wrapped = 1;
			pos = 0;
			cont = 0;
			continue;
		}
		if (error)
			break;
		if (!cont && !ir->ir_isdot && !ir->ir_relocated &&
		    name_matches(im, ir, ncp->nc_name, ncp->nc_nlen)) {
			dir->in_lastfound = pos;
			error = cd9660_vget_rec(im, dir, next, ir, ino, &vp);
			break;
		}
		cont = (ir->ir_flags & ISO_FL_MULTI) != 0;
		pos = next;
	}
	kfree(ir, M_ISOFS);
	if (error == 0) {
		vn_unlock(vp);
		cache_setvp(ap->a_nch, vp);
		vrele(vp);
	} else if (error == ENOENT) {
		cache_setvp(ap->a_nch, NULL);
	}
	return (error);
}

static int
cd9660_nlookupdotdot(struct vop_nlookupdotdot_args *ap)
{
	struct iso_node *dir = VTOI(ap->a_dvp);
	struct iso_rec *ir = kmalloc(sizeof(*ir), M_ISOFS, M_WAITOK);
	struct vnode *vp;
	off_t next;
	uint64_t ino;
	int error;

	/* ".." is the second record; PL says where from it was relocated. */
	error = cd9660_dirent(dir, 0, ir, &ino, &next);
	if (error == 0)
		error = cd9660_dirent(dir, next, ir, &ino, &next);
	if (error == 0 && ir->ir_isdot != 2)
		error = EIO;
	if (error == 0)
		error = cd9660_vget_dir(dir->in_mnt, ir->ir_parent != 0 ?
		    ir->ir_parent : ir->ir_extent, &vp);
	kfree(ir, M_ISOFS);
	if (error == 0) {
		vn_unlock(vp);
		*ap->a_vpp = vp;
	}
	return (error);
}

static int
cd9660_access(struct vop_access_args *ap)
{
	struct iso_node *in = VTOI(ap->a_vp);

	return (vop_helper_access(ap, in->in_uid, in->in_gid,
	    in->in_mode & ALLPERMS, 0));
}

static int
cd9660_getattr(struct vop_getattr_args *ap)
{
	struct iso_node *in = VTOI(ap->a_vp);
	struct vattr *vap = ap->a_vap;

	vap->va_type = ap->a_vp->v_type;
	vap->va_nlink = in->in_nlink;
	vap->va_mode = in->in_mode & ALLPERMS;
	vap->va_uid = in->in_uid;
	vap->va_gid = in->in_gid;
	vap->va_fsid = in->in_mnt->im_mp->mnt_stat.f_fsid.val[0];
	vap->va_fileid = in->in_ino;
	vap->va_size = in->in_size;
	vap->va_blocksize = in->in_mnt->im_bsize;
	vap->va_atime = in->in_atime;
	vap->va_mtime = in->in_mtime;
	vap->va_ctime = in->in_ctime;
	vap->va_gen = 1;
	vap->va_flags = 0;
	vap->va_rmajor = umajor(in->in_rdev);
	vap->va_rminor = uminor(in->in_rdev);
	vap->va_bytes = roundup(in->in_size, in->in_mnt->im_bsize);
	vap->va_filerev = 0;
	vap->va_vaflags = 0;
	return (0);
}

static int
cd9660_setattr(struct vop_setattr_args *ap)
{
	struct vattr *vap = ap->a_vap;

	/* Truncating what is not a regular file means nothing. */
	if (vap->va_size != (u_quad_t)VNOVAL &&
	    vap->va_uid == (uid_t)VNOVAL && vap->va_gid == (gid_t)VNOVAL &&
	    vap->va_mode == (u_short)VNOVAL &&
	    vap->va_atime.tv_sec == VNOVAL && vap->va_mtime.tv_sec == VNOVAL &&
	    vap->va_flags == (u_long)VNOVAL) {
		switch (ap->a_vp->v_type) {
		case VDIR:
			return (EISDIR);
		case VREG:
		case VLNK:
			return (EROFS);
		default:
			return (0);
		}
	}
	return (EROFS);
}

static int
cd9660_open(struct vop_open_args *ap)
{
	if ((ap->a_mode & FWRITE) && ap->a_vp->v_type == VREG)
		return (EROFS);
	return (vop_stdopen(ap));
}

static int
cd9660_read_op(struct vop_read_args *ap)
{
	struct iso_node *in = VTOI(ap->a_vp);

	if (ap->a_vp->v_type == VDIR)
		return (EISDIR);
	if (ap->a_vp->v_type != VREG)
		return (EINVAL);
	return (vop_helper_read_pages(ap->a_vp, ap->a_uio, ap->a_ioflag,
	    in->in_size));
}

/*
 * Where byte offset of a file is on the volume, and for how many bytes from
 * there on the volume goes on in step.
 */
static int
cd9660_locate(struct iso_node *in, off_t offset, off_t *voffp, off_t *runp)
{
	int i;

	for (i = 0; i < in->in_nextents; i++) {
		struct iso_extent *ie = &in->in_extents[i];

		if (offset < ie->ie_size) {
			*voffp = ((off_t)ie->ie_block <<
			    in->in_mnt->im_bshift) + offset;
			*runp = ie->ie_size - offset;
			return (0);
		}
		offset -= ie->ie_size;
	}
	return (EINVAL);
}

/* A page that lies in several extents, or not on a sector: by pieces. */
static int
cd9660_getpage_slow(struct iso_node *in, struct vm_page *m, off_t offset)
{
	char *data = (char *)VM_PAGE_TO_DMAP(m);
	int done = 0, n, error = 0;
	off_t voff, run;

	while (done < PAGE_SIZE && offset + done < in->in_size &&
	    error == 0) {
		error = cd9660_locate(in, offset + done, &voff, &run);
		if (error)
			break;
		n = MIN(run, PAGE_SIZE - done);
		error = cd9660_read(in->in_mnt, voff, data + done, n);
		done += n;
	}
	if (error == 0) {
		bzero(data + done, PAGE_SIZE - done);
		vm_page_set_valid(m, 0, PAGE_SIZE);
		vm_page_undirty(m);
	}
	return (error);
}

/*
 * Page 0 of a_m must become valid; those after it are read along as far as
 * the volume goes on in step.
 */
static int
cd9660_getpages(struct vop_getpages_args *ap)
{
	struct vnode *vp = ap->a_vp;
	struct iso_node *in = VTOI(vp);
	struct vm_page **ma = ap->a_m;
	off_t offset = ap->a_offset, voff, run;
	int total = ap->a_count >> PAGE_SHIFT, n = 1, i, error;

	KKASSERT(ap->a_reqpage == 0);
	error = EINVAL;
	if (in != NULL && offset < in->in_size)
		error = cd9660_locate(in, offset, &voff, &run);
	if (error == 0 && ((voff & (ISO_SECTOR - 1)) != 0 ||
	    (run < PAGE_SIZE && run < in->in_size - offset))) {
		error = cd9660_getpage_slow(in, ma[0], offset);
	} else if (error == 0) {
		while (n < total && n < XIO_INTERNAL_PAGES &&
		    (off_t)n * PAGE_SIZE < run &&
		    (run >= (off_t)(n + 1) * PAGE_SIZE ||
		    run == in->in_size - offset))
			n++;
		error = vfs_pages_read(in->in_mnt->im_devvp, voff, ma, n,
		    MIN(run, (off_t)n * PAGE_SIZE));
	}
	for (i = 1; i < total; i++) {
		if (error || i >= n) {
			vm_page_free(ma[i]);
		} else {
			vm_page_deactivate(ma[i]);
			vm_page_wakeup(ma[i]);
		}
	}
	return (error ? VM_PAGER_ERROR : VM_PAGER_OK);
}

static int
cd9660_readdir(struct vop_readdir_args *ap)
{
	struct uio *uio = ap->a_uio;
	struct iso_node *dir = VTOI(ap->a_vp);
	struct iso_mnt *im = dir->in_mnt;
	struct iso_rec *ir;
	off_t pos = uio->uio_offset, next, *cookies = NULL;
	uint64_t ino;
	int error = 0, full = 0, cont = 0, ncookies = 0, maxcookies = 0;
	uint8_t type;

	if (pos < 0)
		return (EINVAL);
	if (ap->a_ncookies != NULL) {
		maxcookies = uio->uio_resid / 24 + 1;
		if (maxcookies > 1024)
			maxcookies = 1024;
		cookies = kmalloc(maxcookies * sizeof(off_t), M_TEMP,
		    M_WAITOK);
	}
	ir = kmalloc(sizeof(*ir), M_ISOFS, M_WAITOK);
	for (;;) {
		error = cd9660_dirent(dir, pos, ir, &ino, &next);
		if (error)
			break;
		if (cont || ir->ir_relocated) {
			cont = (ir->ir_flags & ISO_FL_MULTI) != 0;
			pos = next;
			continue;
		}
		ino = cd9660_rec_ino(im, ir, ino);
		if (ir->ir_isdot == 2 && ir->ir_parent != 0)
			ino = (uint64_t)ir->ir_parent << im->im_bshift;
		type = (ir->ir_flags & ISO_FL_DIR) || ir->ir_child ? DT_DIR :
		    im->im_vol.iv_rr && ir->ir_haspx ? IFTODT(ir->ir_mode) :
		    DT_REG;
		if (cookies != NULL && ncookies == maxcookies)
			break;
		full = vop_write_dirent(&error, uio, ino, type,
		    ir->ir_namlen, ir->ir_name);
		if (full || error)
			break;
		cont = (ir->ir_flags & ISO_FL_MULTI) != 0;
		pos = next;
		if (cookies != NULL)
			cookies[ncookies++] = pos;
	}
	kfree(ir, M_ISOFS);
	if (full && pos == uio->uio_offset && error == 0)
		error = EINVAL;
	if (ap->a_eofflag != NULL)
		*ap->a_eofflag = (error == ENOENT);
	if (error == ENOENT)
		error = 0;
	uio->uio_offset = pos;
	if (cookies != NULL) {
		if (error) {
			kfree(cookies, M_TEMP);
		} else {
			*ap->a_ncookies = ncookies;
			*ap->a_cookies = cookies;
		}
	}
	return (error);
}

static int
cd9660_readlink(struct vop_readlink_args *ap)
{
	struct iso_node *in = VTOI(ap->a_vp);

	if (in->in_link == NULL)
		return (EINVAL);
	return (uiomove(in->in_link, in->in_size, ap->a_uio));
}

static int
cd9660_reclaim(struct vop_reclaim_args *ap)
{
	struct vnode *vp = ap->a_vp;
	struct iso_node *in = VTOI(vp);

	if (in == NULL)
		return (0);
	/* The pages go before somebody can make a new vnode of the file. */
	vnode_release_object(vp);
	lwkt_gettoken(&in->in_mnt->im_token);
	RB_REMOVE(iso_node_tree, &in->in_mnt->im_nodes, in);
	vp->v_data = NULL;
	lwkt_reltoken(&in->in_mnt->im_token);
	cd9660_node_free(in);
	return (0);
}

static int
cd9660_pathconf(struct vop_pathconf_args *ap)
{
	switch (ap->a_name) {
	case _PC_LINK_MAX:
		*ap->a_retval = 1;
		return (0);
	case _PC_NAME_MAX:
		*ap->a_retval = VTOI(ap->a_vp)->in_mnt->im_vol.iv_rr ?
		    NAME_MAX : 37;
		return (0);
	default:
		return (vop_stdpathconf(ap));
	}
}

struct vop_ops cd9660_vnode_vops = {
	.vop_default = vop_defaultop,
	.vop_access = cd9660_access,
	.vop_advlock = vop_stdadvlock,
	.vop_getattr = cd9660_getattr,
	.vop_setattr = cd9660_setattr,
	.vop_open = cd9660_open,
	.vop_read = cd9660_read_op,
	.vop_write = (void *)vop_erofs,
	.vop_getpages = cd9660_getpages,
	.vop_putpages = (void *)vop_erofs,
	.vop_readdir = cd9660_readdir,
	.vop_readlink = cd9660_readlink,
	.vop_reclaim = cd9660_reclaim,
	.vop_pathconf = cd9660_pathconf,
	.vop_nresolve = cd9660_nresolve,
	.vop_nlookupdotdot = cd9660_nlookupdotdot,
	.vop_ncreate = (void *)vop_erofs,
	.vop_nmkdir = (void *)vop_erofs,
	.vop_nmknod = (void *)vop_erofs,
	.vop_nlink = (void *)vop_erofs,
	.vop_nsymlink = (void *)vop_erofs,
	.vop_nremove = (void *)vop_erofs,
	.vop_nrmdir = (void *)vop_erofs,
	.vop_nrename = (void *)vop_erofs,
};

/* Device nodes: I/O is the device's. */
struct vop_ops cd9660_spec_vops = {
	.vop_default = vop_defaultop,
	.vop_access = cd9660_access,
	.vop_getattr = cd9660_getattr,
	.vop_setattr = cd9660_setattr,
	.vop_reclaim = cd9660_reclaim,
	SPEC_VNODE_IO,
};
