/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tmpfs: vnode operations.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/dirent.h>
#include <sys/fcntl.h>
#include <sys/kernel.h>
#include <sys/lockf.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/signalvar.h>
#include <sys/stat.h>
#include <sys/ucred.h>
#include <sys/unistd.h>
#include <machine/atomic.h>
#include <vm/vm.h>
#include <vm/vm_object.h>
#include <vfs/tmpfs/tmpfs.h>

static int
tmpfs_nresolve(struct vop_nresolve_args *ap)
{
	struct namecache *ncp = ap->a_nch->ncp;
	struct tmpfs_node *dir = VP_TO_TMPFS_NODE(ap->a_dvp);
	struct tmpfs_dirent *de;
	struct vnode *vp;
	int error;

	if (dir == NULL)
		return (ENOENT);
	TMPFS_NODE_LOCK_SH(dir);
	de = tmpfs_dir_lookup(dir, ncp->nc_name, ncp->nc_nlen);
	if (de == NULL) {
		TMPFS_NODE_UNLOCK(dir);
		cache_setvp(ap->a_nch, NULL);
		return (ENOENT);
	}
	/* The directory's lock keeps the node. */
	error = tmpfs_alloc_vp(de->td_node, LK_SHARED, &vp);
	TMPFS_NODE_UNLOCK(dir);
	if (error)
		return (error);
	vn_unlock(vp);
	cache_setvp(ap->a_nch, vp);
	vrele(vp);
	return (0);
}

static int
tmpfs_nlookupdotdot(struct vop_nlookupdotdot_args *ap)
{
	struct tmpfs_node *dir = VP_TO_TMPFS_NODE(ap->a_dvp), *par;
	struct vnode *vp;
	int error;

	if (dir == NULL)
		return (ENOENT);
	TMPFS_NODE_LOCK_SH(dir);
	par = dir->tn_dir.tn_parent;
	if (par == NULL) {
		TMPFS_NODE_UNLOCK(dir);
		return (ENOENT);
	}
	error = tmpfs_alloc_vp(par, LK_SHARED, &vp);
	TMPFS_NODE_UNLOCK(dir);
	if (error == 0) {
		vn_unlock(vp);
		*ap->a_vpp = vp;
	}
	return (error);
}

/* Has the directory, locked, been removed? */
static int
tmpfs_dir_gone(struct tmpfs_node *dir)
{
	return (dir->tn_dir.tn_parent == NULL && dir != dir->tn_tmp->tm_root);
}

/* The common part of making anything. */
static int
tmpfs_make(struct nchandle *nch, struct vnode *dvp, struct vnode **vpp,
    struct ucred *cred, struct vattr *vap, const char *target)
{
	struct tmpfs_node *dir = VP_TO_TMPFS_NODE(dvp), *node;
	struct tmpfs_mount *tmp;
	struct tmpfs_dirent *de;
	struct namecache *ncp = nch->ncp;
	mode_t mode = vap->va_mode;
	dev_t rdev = 0;
	uid_t uid;
	int error;

	if (dir == NULL)
		return (ENOENT);
	tmp = dir->tn_tmp;
	if (vap->va_type == VCHR || vap->va_type == VBLK)
		rdev = makeudev(vap->va_rmajor, vap->va_rminor);
	uid = vop_helper_create_uid(tmp->tm_mp, dir->tn_mode, dir->tn_uid,
	    cred, &mode);
	if ((mode & S_ISGID) && vap->va_type != VDIR && cred->cr_uid != 0 &&
	    !groupmember(dir->tn_gid, cred))
		mode &= ~S_ISGID;
	error = tmpfs_node_alloc(tmp, vap->va_type, uid, dir->tn_gid, mode,
	    target, rdev, &node);
	if (error)
		return (error);
	if (vap->va_flags != (u_long)VNOVAL)
		node->tn_flags = vap->va_flags;
	de = tmpfs_dirent_alloc(ncp->nc_name, ncp->nc_nlen);
	TMPFS_NODE_LOCK(dir);
	if (tmpfs_dir_gone(dir)) {
		/* The directory was removed. */
		error = ENOENT;
	} else if (tmpfs_dir_lookup(dir, ncp->nc_name, ncp->nc_nlen)) {
		error = EEXIST;
	} else {
		error = tmpfs_alloc_vp(node, LK_EXCLUSIVE, vpp);
	}
	if (error) {
		TMPFS_NODE_UNLOCK(dir);
		tmpfs_dirent_free(de);
		tmpfs_node_free(node);
		return (error);
	}
	if (node->tn_type == VDIR) {
		node->tn_dir.tn_parent = dir;
		dir->tn_nlink++;
	} else {
		node->tn_nlink = 1;
	}
	tmpfs_dir_attach(dir, de, node);
	TMPFS_NODE_UNLOCK(dir);
	cache_setunresolved(nch);
	cache_setvp(nch, *vpp);
	return (0);
}

static int
tmpfs_ncreate(struct vop_ncreate_args *ap)
{
	return (tmpfs_make(ap->a_nch, ap->a_dvp, ap->a_vpp, ap->a_cred,
	    ap->a_vap, NULL));
}

static int
tmpfs_nmknod(struct vop_nmknod_args *ap)
{
	switch (ap->a_vap->va_type) {
	case VREG:
	case VCHR:
	case VBLK:
	case VFIFO:
	case VSOCK:
		return (tmpfs_make(ap->a_nch, ap->a_dvp, ap->a_vpp,
		    ap->a_cred, ap->a_vap, NULL));
	default:
		return (EINVAL);
	}
}

static int
tmpfs_nmkdir(struct vop_nmkdir_args *ap)
{
	struct tmpfs_node *dir = VP_TO_TMPFS_NODE(ap->a_dvp);

	if (dir != NULL && dir->tn_nlink >= LINK_MAX)
		return (EMLINK);
	return (tmpfs_make(ap->a_nch, ap->a_dvp, ap->a_vpp, ap->a_cred,
	    ap->a_vap, NULL));
}

static int
tmpfs_nsymlink(struct vop_nsymlink_args *ap)
{
	ap->a_vap->va_type = VLNK;
	return (tmpfs_make(ap->a_nch, ap->a_dvp, ap->a_vpp, ap->a_cred,
	    ap->a_vap, ap->a_target));
}

static int
tmpfs_nlink_op(struct vop_nlink_args *ap)
{
	struct tmpfs_node *dir = VP_TO_TMPFS_NODE(ap->a_dvp), *node;
	struct namecache *ncp = ap->a_nch->ncp;
	struct vnode *vp = ap->a_vp;
	struct tmpfs_dirent *de;
	int error = 0;

	if (vp->v_mount != ap->a_dvp->v_mount)
		return (EXDEV);
	node = VP_TO_TMPFS_NODE(vp);
	if (dir == NULL || node == NULL || node->tn_type == VDIR)
		return (dir == NULL ? ENOENT : EPERM);
	de = tmpfs_dirent_alloc(ncp->nc_name, ncp->nc_nlen);
	TMPFS_NODE_LOCK(dir);
	TMPFS_NODE_LOCK(node);
	if (tmpfs_dir_gone(dir) || node->tn_nlink == 0)
		error = ENOENT;
	else if (node->tn_nlink >= LINK_MAX)
		error = EMLINK;
	else if (tmpfs_dir_lookup(dir, ncp->nc_name, ncp->nc_nlen))
		error = EEXIST;
	if (error == 0) {
		node->tn_nlink++;
		tmpfs_touch(node, 0);
		tmpfs_dir_attach(dir, de, node);
	}
	TMPFS_NODE_UNLOCK(node);
	TMPFS_NODE_UNLOCK(dir);
	if (error) {
		tmpfs_dirent_free(de);
		return (error);
	}
	cache_setunresolved(ap->a_nch);
	cache_setvp(ap->a_nch, vp);
	return (0);
}

/*
 * A name of node is gone; at the last one the node goes with its vnode.
 * Nobody but the caller may free the node before this.
 */
static void
tmpfs_drop_link(struct tmpfs_node *node, int all)
{
	int freeit;

	TMPFS_NODE_LOCK(node);
	node->tn_nlink = all ? 0 : node->tn_nlink - 1;
	tmpfs_touch(node, 0);
	freeit = (node->tn_nlink == 0 && node->tn_vnode == NULL);
	if (node->tn_nlink == 0 && node->tn_vnode != NULL)
		vfinalize(node->tn_vnode);
	TMPFS_NODE_UNLOCK(node);
	if (freeit)
		tmpfs_node_free(node);
}

static int
tmpfs_nremove(struct vop_nremove_args *ap)
{
	struct tmpfs_node *dir = VP_TO_TMPFS_NODE(ap->a_dvp), *node;
	struct namecache *ncp = ap->a_nch->ncp;
	struct tmpfs_dirent *de;

	if (dir == NULL)
		return (ENOENT);
	TMPFS_NODE_LOCK(dir);
	de = tmpfs_dir_lookup(dir, ncp->nc_name, ncp->nc_nlen);
	if (de == NULL || de->td_node->tn_type == VDIR) {
		TMPFS_NODE_UNLOCK(dir);
		return (de == NULL ? ENOENT : EPERM);
	}
	node = de->td_node;
	tmpfs_dir_detach(dir, de);
	TMPFS_NODE_UNLOCK(dir);
	tmpfs_dirent_free(de);
	tmpfs_drop_link(node, 0);
	cache_unlink(ap->a_nch);
	return (0);
}

static int
tmpfs_nrmdir(struct vop_nrmdir_args *ap)
{
	struct tmpfs_node *dir = VP_TO_TMPFS_NODE(ap->a_dvp), *node;
	struct namecache *ncp = ap->a_nch->ncp;
	struct tmpfs_dirent *de;

	if (dir == NULL)
		return (ENOENT);
	TMPFS_NODE_LOCK(dir);
	de = tmpfs_dir_lookup(dir, ncp->nc_name, ncp->nc_nlen);
	if (de == NULL || de->td_node->tn_type != VDIR) {
		TMPFS_NODE_UNLOCK(dir);
		return (de == NULL ? ENOENT : ENOTDIR);
	}
	node = de->td_node;
	TMPFS_NODE_LOCK(node);
	if (!RB_EMPTY(&node->tn_dir.tn_names)) {
		TMPFS_NODE_UNLOCK(node);
		TMPFS_NODE_UNLOCK(dir);
		return (ENOTEMPTY);
	}
	tmpfs_dir_detach(dir, de);
	dir->tn_nlink--;
	node->tn_dir.tn_parent = NULL;
	TMPFS_NODE_UNLOCK(node);
	TMPFS_NODE_UNLOCK(dir);
	tmpfs_dirent_free(de);
	tmpfs_drop_link(node, 1);
	cache_unlink(ap->a_nch);
	return (0);
}

/* Two directories, perhaps the same one. */
static void
tmpfs_lock2(struct tmpfs_node *a, struct tmpfs_node *b)
{
	if (a == b) {
		TMPFS_NODE_LOCK(a);
	} else if (a < b) {
		TMPFS_NODE_LOCK(a);
		TMPFS_NODE_LOCK(b);
	} else {
		TMPFS_NODE_LOCK(b);
		TMPFS_NODE_LOCK(a);
	}
}

static void
tmpfs_unlock2(struct tmpfs_node *a, struct tmpfs_node *b)
{
	TMPFS_NODE_UNLOCK(a);
	if (a != b)
		TMPFS_NODE_UNLOCK(b);
}

static int
tmpfs_nrename(struct vop_nrename_args *ap)
{
	struct tmpfs_node *fdir = VP_TO_TMPFS_NODE(ap->a_fdvp);
	struct tmpfs_node *tdir = VP_TO_TMPFS_NODE(ap->a_tdvp);
	struct namecache *fncp = ap->a_fnch->ncp, *tncp = ap->a_tnch->ncp;
	struct tmpfs_dirent *fde, *tde, *nde;
	struct tmpfs_node *node, *over;
	int error;

	if (ap->a_fdvp->v_mount != ap->a_tdvp->v_mount)
		return (EXDEV);
	if (fdir == NULL || tdir == NULL)
		return (ENOENT);
	nde = tmpfs_dirent_alloc(tncp->nc_name, tncp->nc_nlen);
again:
	over = NULL;
	error = 0;
	tmpfs_lock2(fdir, tdir);
	fde = tmpfs_dir_lookup(fdir, fncp->nc_name, fncp->nc_nlen);
	tde = tmpfs_dir_lookup(tdir, tncp->nc_name, tncp->nc_nlen);
	node = fde != NULL ? fde->td_node : NULL;
	if (tde != NULL)
		over = tde->td_node;
	/*
	 * Its emptiness must last until it is removed.  It may lie above
	 * fdir, so its lock must not be waited for.
	 */
	if (over != NULL && over->tn_type == VDIR &&
	    lockmgr(&over->tn_lock, LK_EXCLUSIVE | LK_NOWAIT) != 0) {
		tmpfs_unlock2(fdir, tdir);
		lwkt_yield();
		goto again;
	}
	if (fde == NULL || tmpfs_dir_gone(tdir))
		error = ENOENT;
	else if (over != NULL && node->tn_type == VDIR &&
	    over->tn_type != VDIR)
		error = ENOTDIR;
	else if (over != NULL && node->tn_type != VDIR &&
	    over->tn_type == VDIR)
		error = EISDIR;
	else if (over != NULL && over->tn_type == VDIR &&
	    !RB_EMPTY(&over->tn_dir.tn_names))
		error = ENOTEMPTY;
	else if (node->tn_type == VDIR && fdir != tdir && over == NULL &&
	    tdir->tn_nlink >= LINK_MAX)
		error = EMLINK;
	if (error) {
		if (over != NULL && over->tn_type == VDIR)
			TMPFS_NODE_UNLOCK(over);
		tmpfs_unlock2(fdir, tdir);
		tmpfs_dirent_free(nde);
		return (error);
	}
	if (over != NULL) {
		tmpfs_dir_detach(tdir, tde);
		if (over->tn_type == VDIR) {
			tdir->tn_nlink--;
			over->tn_dir.tn_parent = NULL;
			TMPFS_NODE_UNLOCK(over);
		}
	}
	tmpfs_dir_detach(fdir, fde);
	tmpfs_dir_attach(tdir, nde, node);
	TMPFS_NODE_LOCK(node);
	if (node->tn_type == VDIR && fdir != tdir) {
		node->tn_dir.tn_parent = tdir;
		fdir->tn_nlink--;
		tdir->tn_nlink++;
	}
	tmpfs_touch(node, 0);
	TMPFS_NODE_UNLOCK(node);
	tmpfs_unlock2(fdir, tdir);
	tmpfs_dirent_free(fde);
	if (over != NULL) {
		tmpfs_drop_link(over, over->tn_type == VDIR);
		tmpfs_dirent_free(tde);
	}
	cache_rename(ap->a_fnch, ap->a_tnch);
	return (0);
}

static int
tmpfs_open(struct vop_open_args *ap)
{
	struct tmpfs_node *node = VP_TO_TMPFS_NODE(ap->a_vp);

	if (node == NULL)
		return (ENOENT);
	if ((node->tn_flags & (UF_APPEND | SF_APPEND)) &&
	    (ap->a_mode & (FWRITE | O_APPEND)) == FWRITE)
		return (EPERM);
	return (vop_stdopen(ap));
}

static int
tmpfs_access(struct vop_access_args *ap)
{
	struct tmpfs_node *node = VP_TO_TMPFS_NODE(ap->a_vp);

	return (vop_helper_access(ap, node->tn_uid, node->tn_gid,
	    node->tn_mode, node->tn_flags));
}

static int
tmpfs_getattr(struct vop_getattr_args *ap)
{
	struct vnode *vp = ap->a_vp;
	struct tmpfs_node *node = VP_TO_TMPFS_NODE(vp);
	struct vattr *vap = ap->a_vap;

	vap->va_type = vp->v_type;
	vap->va_mode = node->tn_mode;
	vap->va_nlink = node->tn_nlink;
	vap->va_uid = node->tn_uid;
	vap->va_gid = node->tn_gid;
	vap->va_fsid = vp->v_mount->mnt_stat.f_fsid.val[0];
	vap->va_fileid = node->tn_id;
	vap->va_size = node->tn_size;
	vap->va_blocksize = PAGE_SIZE;
	vap->va_atime = node->tn_atime;
	vap->va_mtime = node->tn_mtime;
	vap->va_ctime = node->tn_ctime;
	vap->va_gen = node->tn_gen;
	vap->va_flags = node->tn_flags;
	vap->va_rmajor = vap->va_rminor = VNOVAL;
	if (vp->v_type == VCHR || vp->v_type == VBLK) {
		vap->va_rmajor = umajor(node->tn_rdev);
		vap->va_rminor = uminor(node->tn_rdev);
	}
	vap->va_bytes = round_page(node->tn_size);
	vap->va_filerev = 0;
	vap->va_vaflags = 0;
	return (0);
}

static int
tmpfs_set_times(struct vop_setattr_args *ap, struct tmpfs_node *node)
{
	struct vattr *vap = ap->a_vap;
	int error;

	if (node->tn_flags & (UF_IMMUTABLE | SF_IMMUTABLE | UF_APPEND |
	    SF_APPEND))
		return (EPERM);
	if (ap->a_cred->cr_uid != 0 && ap->a_cred->cr_uid != node->tn_uid) {
		if ((vap->va_vaflags & VA_UTIMES_NULL) == 0)
			return (EPERM);
		error = VOP_ACCESS(ap->a_vp, VWRITE, ap->a_cred);
		if (error)
			return (error);
	}
	if (vap->va_atime.tv_nsec != VNOVAL)
		node->tn_atime = vap->va_atime;
	if (vap->va_mtime.tv_nsec != VNOVAL)
		node->tn_mtime = vap->va_mtime;
	return (0);
}

static int
tmpfs_setattr(struct vop_setattr_args *ap)
{
	struct vnode *vp = ap->a_vp;
	struct tmpfs_node *node = VP_TO_TMPFS_NODE(vp);
	struct vattr *vap = ap->a_vap;
	mode_t mode;
	int error = 0, changed = 0;

	if (vp->v_mount->mnt_flag & MNT_RDONLY)
		return (EROFS);
	if (vap->va_flags != (u_long)VNOVAL) {
		error = vop_helper_setattr_flags(&node->tn_flags,
		    vap->va_flags, node->tn_uid, ap->a_cred);
		changed = 1;
	}
	if (error == 0 && vap->va_size != (u_quad_t)VNOVAL) {
		if (node->tn_flags & (UF_IMMUTABLE | SF_IMMUTABLE |
		    UF_APPEND | SF_APPEND))
			error = EPERM;
		else if (vp->v_type == VREG)
			error = tmpfs_resize(vp, node, vap->va_size);
		if (error == 0)
			tmpfs_touch(node, 1);
	}
	if (error == 0 && (vap->va_uid != (uid_t)VNOVAL ||
	    vap->va_gid != (gid_t)VNOVAL)) {
		if (node->tn_flags & (UF_IMMUTABLE | SF_IMMUTABLE |
		    UF_APPEND | SF_APPEND))
			return (EPERM);
		mode = node->tn_mode;
		error = vop_helper_chown(vp, vap->va_uid, vap->va_gid,
		    ap->a_cred, &node->tn_uid, &node->tn_gid, &mode);
		node->tn_mode = mode;
		changed = 1;
	}
	if (error == 0 && vap->va_mode != (u_short)VNOVAL) {
		if (node->tn_flags & (UF_IMMUTABLE | SF_IMMUTABLE |
		    UF_APPEND | SF_APPEND))
			return (EPERM);
		mode = node->tn_mode;
		error = vop_helper_chmod(vp, vap->va_mode, ap->a_cred,
		    node->tn_uid, node->tn_gid, &mode);
		node->tn_mode = mode;
		changed = 1;
	}
	if (error == 0 && (vap->va_atime.tv_nsec != VNOVAL ||
	    vap->va_mtime.tv_nsec != VNOVAL)) {
		error = tmpfs_set_times(ap, node);
		changed = 1;
	}
	if (error == 0 && changed)
		tmpfs_touch(node, 0);
	return (error);
}

static int
tmpfs_read(struct vop_read_args *ap)
{
	struct vnode *vp = ap->a_vp;
	struct tmpfs_node *node = VP_TO_TMPFS_NODE(vp);
	struct uio *uio = ap->a_uio;
	off_t left;

	if (uio->uio_offset < 0)
		return (EINVAL);
	if (vp->v_type == VDIR)
		return (EISDIR);
	if (vp->v_type != VREG)
		return (EINVAL);
	left = node->tn_size - uio->uio_offset;
	if (left <= 0 || uio->uio_resid == 0)
		return (0);
	return (vm_object_uiomove(node->tn_obj, uio->uio_offset,
	    MIN(left, uio->uio_resid), uio, 0));
}

static int
tmpfs_write(struct vop_write_args *ap)
{
	struct vnode *vp = ap->a_vp;
	struct tmpfs_node *node = VP_TO_TMPFS_NODE(vp);
	struct uio *uio = ap->a_uio;
	struct lwp *lp = uio->uio_td != NULL ? uio->uio_td->td_lwp : NULL;
	off_t osize = node->tn_size, end;
	size_t resid = uio->uio_resid;
	int error = 0, e;

	if (vp->v_type != VREG)
		return (EINVAL);
	if (resid == 0)
		return (0);
	if (ap->a_ioflag & IO_APPEND)
		uio->uio_offset = osize;
	if (uio->uio_offset < 0 || resid > (size_t)(OFF_MAX -
	    uio->uio_offset))
		return (EFBIG);
	end = uio->uio_offset + resid;
	if (end > node->tn_tmp->tm_maxfilesize)
		return (EFBIG);
	if (lp != NULL &&
	    end > lp->lwp_proc->p_rlimit[RLIMIT_FSIZE].rlim_cur) {
		lwpsignal(lp->lwp_proc, lp, SIGXFSZ);
		return (EFBIG);
	}
	if (end > osize)
		error = tmpfs_resize(vp, node, end);
	if (error == 0)
		error = vm_object_uiomove(node->tn_obj, uio->uio_offset,
		    resid, uio, 0);
	/* Keep what was written, and no more. */
	if (uio->uio_resid != 0 && end > osize && node->tn_size == end) {
		e = tmpfs_resize(vp, node, MAX(osize, uio->uio_offset));
		if (error == 0)
			error = e;
	}
	if (uio->uio_resid != resid) {
		tmpfs_touch(node, 1);
		if (ap->a_cred != NULL && ap->a_cred != FSCRED &&
		    ap->a_cred->cr_uid != 0)
			node->tn_mode &= ~(S_ISUID | S_ISGID);
		VN_KNOTE(vp, NOTE_WRITE | (end > osize ? NOTE_EXTEND : 0));
	}
	return (error);
}

static int
tmpfs_readdir(struct vop_readdir_args *ap)
{
	struct uio *uio = ap->a_uio;
	struct tmpfs_node *dir = VP_TO_TMPFS_NODE(ap->a_vp), *par;
	struct tmpfs_dirent *de;
	off_t pos = uio->uio_offset, next, *cookies = NULL;
	int error = 0, full = 0, ncookies = 0, maxcookies = 0;

	if (ap->a_vp->v_type != VDIR)
		return (ENOTDIR);
	if (pos < 0)
		return (EINVAL);
	if (ap->a_ncookies != NULL) {
		maxcookies = MIN(uio->uio_resid / 24 + 1, 1024);
		cookies = kmalloc(maxcookies * sizeof(off_t), M_TEMP,
		    M_WAITOK);
	}
#define TMPFS_PUT(ino, type, len, name, after) do {			\
	if (cookies != NULL && ncookies == maxcookies) {		\
		full = 1;						\
		break;							\
	}								\
	full = vop_write_dirent(&error, uio, (ino), (type), (len), (name)); \
	if (full || error)						\
		break;							\
	pos = (after);							\
	if (cookies != NULL)						\
		cookies[ncookies++] = pos;				\
} while (0)
	TMPFS_NODE_LOCK_SH(dir);
	if (pos == TMPFS_COOKIE_DOT)
		TMPFS_PUT(dir->tn_id, DT_DIR, 1, ".", TMPFS_COOKIE_DOTDOT);
	if (pos == TMPFS_COOKIE_DOTDOT && !full && error == 0) {
		par = dir->tn_dir.tn_parent;
		TMPFS_PUT(par != NULL ? par->tn_id : dir->tn_id, DT_DIR, 2,
		    "..", TMPFS_COOKIE_FIRST);
	}
	if (pos >= TMPFS_COOKIE_FIRST && !full && error == 0) {
		de = tmpfs_dir_seek(dir, pos);
		while (de != NULL && !full && error == 0) {
			next = de->td_cookie + 1;
			TMPFS_PUT(de->td_node->tn_id,
			    IFTODT(VTTOIF(de->td_node->tn_type)),
			    de->td_namelen, de->td_str, next);
			if (full || error)
				break;
			de = tmpfs_dir_seek(dir, next);
		}
		if (de == NULL)
			pos = TMPFS_COOKIE_EOF;
	}
#undef TMPFS_PUT
	TMPFS_NODE_UNLOCK(dir);
	if (full && pos == uio->uio_offset && error == 0)
		error = EINVAL;
	if (ap->a_eofflag != NULL)
		*ap->a_eofflag = (pos == TMPFS_COOKIE_EOF);
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
tmpfs_readlink(struct vop_readlink_args *ap)
{
	struct tmpfs_node *node = VP_TO_TMPFS_NODE(ap->a_vp);

	return (uiomove(node->tn_link, node->tn_size, ap->a_uio));
}

static int
tmpfs_inactive(struct vop_inactive_args *ap)
{
	struct tmpfs_node *node = VP_TO_TMPFS_NODE(ap->a_vp);

	if (node == NULL || node->tn_nlink == 0)
		vrecycle(ap->a_vp);
	return (0);
}

static int
tmpfs_reclaim(struct vop_reclaim_args *ap)
{
	struct vnode *vp = ap->a_vp;
	struct tmpfs_node *node = VP_TO_TMPFS_NODE(vp);
	int freeit;

	if (node == NULL)
		return (0);
	TMPFS_NODE_LOCK(node);
	/* The object is the node's. */
	vp->v_object = NULL;
	vp->v_data = NULL;
	node->tn_vnode = NULL;
	freeit = (node->tn_nlink == 0);
	TMPFS_NODE_UNLOCK(node);
	if (freeit)
		tmpfs_node_free(node);
	return (0);
}

static int
tmpfs_advlock(struct vop_advlock_args *ap)
{
	struct tmpfs_node *node = VP_TO_TMPFS_NODE(ap->a_vp);

	return (lf_advlock(ap, &ap->a_vp->v_lockf, node->tn_size));
}

static int
tmpfs_markatime(struct vop_markatime_args *ap)
{
	struct tmpfs_node *node = VP_TO_TMPFS_NODE(ap->a_vp);

	if (ap->a_vp->v_mount->mnt_flag & (MNT_NOATIME | MNT_RDONLY))
		return (0);
	vfs_timestamp(&node->tn_atime);
	return (0);
}

struct vop_ops tmpfs_vnode_vops = {
	.vop_default = vop_defaultop,
	.vop_access = tmpfs_access,
	.vop_advlock = tmpfs_advlock,
	.vop_getattr = tmpfs_getattr,
	.vop_setattr = tmpfs_setattr,
	.vop_open = tmpfs_open,
	.vop_read = tmpfs_read,
	.vop_write = tmpfs_write,
	.vop_fsync = (void *)vop_null,
	.vop_readdir = tmpfs_readdir,
	.vop_readlink = tmpfs_readlink,
	.vop_inactive = tmpfs_inactive,
	.vop_reclaim = tmpfs_reclaim,
	.vop_markatime = tmpfs_markatime,
	.vop_nresolve = tmpfs_nresolve,
	.vop_nlookupdotdot = tmpfs_nlookupdotdot,
	.vop_ncreate = tmpfs_ncreate,
	.vop_nmknod = tmpfs_nmknod,
	.vop_nmkdir = tmpfs_nmkdir,
	.vop_nlink = tmpfs_nlink_op,
	.vop_nsymlink = tmpfs_nsymlink,
	.vop_nremove = tmpfs_nremove,
	.vop_nrmdir = tmpfs_nrmdir,
	.vop_nrename = tmpfs_nrename,
};

/* Device nodes: I/O is the device's. */
struct vop_ops tmpfs_spec_vops = {
	.vop_default = vop_defaultop,
	.vop_access = tmpfs_access,
	.vop_getattr = tmpfs_getattr,
	.vop_setattr = tmpfs_setattr,
	.vop_inactive = tmpfs_inactive,
	.vop_reclaim = tmpfs_reclaim,
	SPEC_VNODE_IO,
};

/* Named pipes: I/O is fifofs's. */
struct vop_ops tmpfs_fifo_vops = {
	.vop_default = vop_defaultop,
	.vop_access = tmpfs_access,
	.vop_getattr = tmpfs_getattr,
	.vop_setattr = tmpfs_setattr,
	.vop_open = fifo_open,
	.vop_close = fifo_close,
	.vop_read = fifo_read,
	.vop_write = fifo_write,
	.vop_ioctl = fifo_ioctl,
	.vop_kqfilter = fifo_kqfilter,
	.vop_pathconf = fifo_pathconf,
	.vop_inactive = tmpfs_inactive,
	.vop_reclaim = tmpfs_reclaim,
};
