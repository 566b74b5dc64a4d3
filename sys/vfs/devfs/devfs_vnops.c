/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * devfs: operations on directories, links and nodes.  What concerns the
 * device behind a node is in kern/vfs_spec.c.
 *
 * Lock order: vnode lock, then devfs_lock.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/dirent.h>
#include <sys/fcntl.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mount.h>
#include <sys/proc.h>
#include <sys/stat.h>
#include <sys/ucred.h>
#include <sys/unistd.h>
#include <sys/vnode.h>
#include <vfs/devfs/devfs.h>

/*
 * The vnode of a node: devfs_lock is held by the caller, and released.
 * EAGAIN: look the node up again.
 */
int
devfs_allocv(struct vnode **vpp, struct devfs_node *node)
{
	struct vnode *vp = node->dn_vnode;
	struct mount *mp = node->dn_mnt->dm_mp;
	int error;

	*vpp = NULL;
	if (vp != NULL) {
		vhold(vp);
		lockmgr(&devfs_lock, LK_RELEASE);
		/* If it is being reclaimed this waits for the end of that. */
		error = vget(vp, LK_EXCLUSIVE);
		vdrop(vp);
		if (error)
			return (EAGAIN);
		*vpp = vp;
		return (0);
	}
	error = getnewvnode(VT_DEVFS, mp, &vp, 0, 0);
	if (error) {
		lockmgr(&devfs_lock, LK_RELEASE);
		return (error);
	}
	vp->v_data = node;
	switch (node->dn_type) {
	case Ndir:
		vp->v_type = VDIR;
		if (node->dn_parent == NULL)
			vsetflags(vp, VROOT);
		break;
	case Nlink:
		vp->v_type = VLNK;
		break;
	default:
		vp->v_type = VCHR;
		vp->v_ops = &mp->mnt_vn_spec_ops;
		error = v_associate_rdev(vp, node->dn_dev);
		if (error == 0) {
			if (dev_dflags(node->dn_dev) & D_TTY)
				vsetflags(vp, VISTTY);
			vp->v_udev = devid_from_dev(node->dn_dev);
		}
		break;
	}
	if (error) {
		vp->v_data = NULL;
		lockmgr(&devfs_lock, LK_RELEASE);
		vgone_vxlocked(vp);
		vput(vp);
		return (error);
	}
	node->dn_vnode = vp;
	lockmgr(&devfs_lock, LK_RELEASE);
	*vpp = vp;
	return (0);
}

/* An alias stands for the node of its device in the same mount. */
static struct devfs_node *
devfs_follow_alias(struct devfs_node *node)
{
	struct devfs_node *dir = node->dn_mnt->dm_root, *to;
	const char *path, *p;

	if (node->dn_type != Nalias)
		return (node);
	path = node->dn_dev->si_name;
	while (dir != NULL && (p = strchr(path, '/')) != NULL) {
		dir = devfs_node_find(dir, path, p - path);
		path = p + 1;
	}
	to = dir != NULL ? devfs_node_find(dir, path, strlen(path)) : NULL;
	if (to == NULL || to->dn_dev != node->dn_dev ||
	    (to->dn_flags & DN_HIDDEN))
		return (NULL);
	return (to);
}

static int
devfs_nresolve(struct vop_nresolve_args *ap)
{
	struct namecache *ncp = ap->a_nch->ncp;
	struct devfs_node *dir, *node;
	struct vnode *vp;
	struct cdev *dev;
	int error;

again:
	lockmgr(&devfs_lock, LK_EXCLUSIVE);
	dir = VPTODEVFS(ap->a_dvp);
	if (dir == NULL) {
		lockmgr(&devfs_lock, LK_RELEASE);
		return (ENOENT);
	}
	node = devfs_node_find(dir, ncp->nc_name, ncp->nc_nlen);
	if (node == NULL && dir == dir->dn_mnt->dm_root) {
		/* A clone handler may know how to make it. */
		lockmgr(&devfs_lock, LK_RELEASE);
		dev = devfs_clone(ncp->nc_name, ncp->nc_nlen, 0, ap->a_cred,
		    NULL);
		lockmgr(&devfs_lock, LK_EXCLUSIVE);
		if (dev != NULL)
			node = devfs_node_find(dir, ncp->nc_name,
			    ncp->nc_nlen);
	}
	if (node != NULL)
		node = devfs_follow_alias(node);
	if (node == NULL || (node->dn_flags & DN_HIDDEN)) {
		lockmgr(&devfs_lock, LK_RELEASE);
		cache_setvp(ap->a_nch, NULL);
		return (ENOENT);
	}
	error = devfs_allocv(&vp, node);
	if (error == EAGAIN)
		goto again;
	if (error)
		return (error);
	vn_unlock(vp);
	cache_setvp(ap->a_nch, vp);
	vrele(vp);
	return (0);
}

static int
devfs_nlookupdotdot(struct vop_nlookupdotdot_args *ap)
{
	struct devfs_node *dir;
	struct vnode *vp;
	int error;

	do {
		lockmgr(&devfs_lock, LK_EXCLUSIVE);
		dir = VPTODEVFS(ap->a_dvp);
		if (dir == NULL || dir->dn_parent == NULL) {
			lockmgr(&devfs_lock, LK_RELEASE);
			return (ENOENT);
		}
		error = devfs_allocv(&vp, dir->dn_parent);
	} while (error == EAGAIN);
	if (error == 0) {
		vn_unlock(vp);
		*ap->a_vpp = vp;
	}
	return (error);
}

static int
devfs_access(struct vop_access_args *ap)
{
	struct devfs_node *node = VPTODEVFS(ap->a_vp);

	if (node == NULL)
		return (ENOENT);
	return (vop_helper_access(ap, node->dn_uid, node->dn_gid,
	    node->dn_mode, node->dn_chflags));
}

static int
devfs_getattr(struct vop_getattr_args *ap)
{
	struct vnode *vp = ap->a_vp;
	struct devfs_node *node = VPTODEVFS(vp);
	struct vattr *vap = ap->a_vap;
	struct cdev *dev;

	if (node == NULL)
		return (ENOENT);
	vap->va_type = vp->v_type;
	vap->va_mode = node->dn_mode;
	vap->va_nlink = node->dn_nlink;
	vap->va_uid = node->dn_uid;
	vap->va_gid = node->dn_gid;
	vap->va_fsid = vp->v_mount->mnt_stat.f_fsid.val[0];
	vap->va_fileid = node->dn_ino;
	vap->va_size = 0;
	vap->va_blocksize = DEV_BSIZE;
	vap->va_atime = node->dn_atime;
	vap->va_mtime = node->dn_mtime;
	vap->va_ctime = node->dn_ctime;
	vap->va_gen = 0;
	vap->va_flags = node->dn_chflags;
	vap->va_bytes = 0;
	vap->va_filerev = 0;
	vap->va_vaflags = 0;
	vap->va_rmajor = vap->va_rminor = VNOVAL;
	dev = vp->v_rdev;
	if (vp->v_type == VCHR && dev != NULL) {
		struct timespec base;

		vap->va_rmajor = dev->si_umajor;
		vap->va_rminor = dev->si_uminor;
		vap->va_blocksize = dev->si_bsize_best ? dev->si_bsize_best :
		    dev->si_bsize_phys;
		if (dev->si_disk != NULL && dev_is_good(dev)) {
			int64_t n = dev_dpsize(dev);

			if (n > 0)
				vap->va_size = n * dev->si_bsize_phys;
		}
		/* I/O shows in the times with a second's precision. */
		vfs_timestamp(&base);
		base.tv_nsec = 0;
		if (dev->si_lastread != 0) {
			vap->va_atime.tv_sec = base.tv_sec - time_uptime +
			    dev->si_lastread;
			vap->va_atime.tv_nsec = 0;
		}
		if (dev->si_lastwrite != 0) {
			vap->va_mtime.tv_sec = base.tv_sec - time_uptime +
			    dev->si_lastwrite;
			vap->va_mtime.tv_nsec = 0;
		}
	} else if (node->dn_type == Nlink) {
		vap->va_size = strlen(node->dn_target);
	}
	return (0);
}

static int
devfs_setattr_op(struct vop_setattr_args *ap)
{
	struct devfs_node *node = VPTODEVFS(ap->a_vp);
	struct vattr *vap = ap->a_vap;
	mode_t mode;
	int error = 0;

	if (node == NULL)
		return (ENOENT);
	lockmgr(&devfs_lock, LK_EXCLUSIVE);
	if (vap->va_uid != (uid_t)VNOVAL || vap->va_gid != (gid_t)VNOVAL) {
		mode = node->dn_mode;
		error = vop_helper_chown(ap->a_vp, vap->va_uid, vap->va_gid,
		    ap->a_cred, &node->dn_uid, &node->dn_gid, &mode);
		node->dn_mode = mode;
	}
	if (error == 0 && vap->va_mode != (u_short)VNOVAL) {
		mode = node->dn_mode;
		error = vop_helper_chmod(ap->a_vp, vap->va_mode, ap->a_cred,
		    node->dn_uid, node->dn_gid, &mode);
		node->dn_mode = mode;
	}
	if (error == 0 && vap->va_flags != (u_long)VNOVAL)
		error = vop_helper_setattr_flags(&node->dn_chflags,
		    vap->va_flags, node->dn_uid, ap->a_cred);
	if (error == 0 && (vap->va_atime.tv_sec != VNOVAL ||
	    vap->va_mtime.tv_sec != VNOVAL)) {
		if (ap->a_cred->cr_uid != 0 &&
		    ap->a_cred->cr_uid != node->dn_uid) {
			error = EPERM;
		} else {
			if (vap->va_atime.tv_sec != VNOVAL)
				node->dn_atime = vap->va_atime;
			if (vap->va_mtime.tv_sec != VNOVAL)
				node->dn_mtime = vap->va_mtime;
		}
	}
	if (error == 0)
		vfs_timestamp(&node->dn_ctime);
	lockmgr(&devfs_lock, LK_RELEASE);
	return (error);
}

/* Cookies: 0 ".", 1 "..", then the dn_cookie of the next entry. */
static int
devfs_readdir(struct vop_readdir_args *ap)
{
	struct devfs_node *dir, *node;
	struct uio *uio = ap->a_uio;
	char *buf, *p;
	size_t size, used = 0, reclen;
	off_t next;
	int error = 0, full = 0;

	if (uio->uio_offset < 0)
		return (EINVAL);
	size = MIN(uio->uio_resid, 65536);
	buf = kmalloc(size + 1, M_TEMP, M_WAITOK);
	next = uio->uio_offset;
	/* Collected under the lock, copied out without it. */
	lockmgr(&devfs_lock, LK_EXCLUSIVE);
	dir = VPTODEVFS(ap->a_vp);
	if (dir == NULL) {
		lockmgr(&devfs_lock, LK_RELEASE);
		kfree(buf, M_TEMP);
		return (ENOENT);
	}
#define DEVFS_PUT(ino, type, namlen, name, cookie) do {			\
	struct dirent *de;						\
	reclen = (16 + (namlen) + 1 + 7) & ~7UL;			\
	if (used + reclen > size) {					\
		full = 1;						\
		break;							\
	}								\
	p = buf + used;							\
	bzero(p, reclen);						\
	de = (struct dirent *)p;					\
	de->d_ino = (ino);						\
	de->d_type = (type);						\
	de->d_namlen = (namlen);					\
	bcopy((name), de->d_name, (namlen));				\
	used += reclen;							\
	next = (cookie);						\
} while (0)
	if (next == 0)
		DEVFS_PUT(dir->dn_ino, DT_DIR, 1, ".", 1);
	if (next == 1 && !full)
		DEVFS_PUT(dir->dn_parent != NULL ? dir->dn_parent->dn_ino :
		    dir->dn_ino, DT_DIR, 2, "..", 2);
	if (!full) {
		TAILQ_FOREACH(node, &dir->dn_list, dn_link) {
			if (node->dn_cookie < next ||
			    (node->dn_flags & (DN_HIDDEN | DN_UNLISTED)))
				continue;
			DEVFS_PUT(node->dn_ino, node->dn_type == Ndir ?
			    DT_DIR : node->dn_type == Ndev ? DT_CHR : DT_LNK,
			    node->dn_namlen, node->dn_name,
			    node->dn_cookie + 1);
			if (full)
				break;
		}
	}
#undef DEVFS_PUT
	lockmgr(&devfs_lock, LK_RELEASE);
	if (used == 0 && full)
		error = EINVAL;
	else
		error = uiomove(buf, used, uio);
	uio->uio_offset = next;
	kfree(buf, M_TEMP);
	if (ap->a_eofflag != NULL)
		*ap->a_eofflag = !full;
	return (error);
}

static int
devfs_readlink(struct vop_readlink_args *ap)
{
	struct devfs_node *node = VPTODEVFS(ap->a_vp);

	if (node == NULL || node->dn_type != Nlink)
		return (EINVAL);
	return (uiomove(node->dn_target, strlen(node->dn_target),
	    ap->a_uio));
}

/* Users may make directories and symbolic links. */
static int
devfs_make(struct nchandle *nch, struct vnode *dvp, struct vnode **vpp,
    struct ucred *cred, struct vattr *vap, const char *target)
{
	struct devfs_node *dir, *node;
	int error;

	lockmgr(&devfs_lock, LK_EXCLUSIVE);
	dir = VPTODEVFS(dvp);
	if (dir == NULL || (dir->dn_flags & DN_REMOVED)) {
		lockmgr(&devfs_lock, LK_RELEASE);
		return (ENOENT);
	}
	if (devfs_node_find(dir, nch->ncp->nc_name, nch->ncp->nc_nlen)) {
		lockmgr(&devfs_lock, LK_RELEASE);
		return (EEXIST);
	}
	node = devfs_node_create(dir, nch->ncp->nc_name, nch->ncp->nc_nlen,
	    target != NULL ? Nlink : Ndir);
	node->dn_flags |= DN_USER;
	node->dn_uid = cred->cr_uid;
	node->dn_gid = dir->dn_gid;
	node->dn_mode = vap->va_mode;
	if (target != NULL) {
		node->dn_target = kmalloc(strlen(target) + 1, M_DEVFS,
		    M_WAITOK);
		strcpy(node->dn_target, target);
	}
	error = devfs_allocv(vpp, node);
	if (error)
		return (error);
	cache_setunresolved(nch);
	cache_setvp(nch, *vpp);
	return (0);
}

static int
devfs_nmkdir(struct vop_nmkdir_args *ap)
{
	return (devfs_make(ap->a_nch, ap->a_dvp, ap->a_vpp, ap->a_cred,
	    ap->a_vap, NULL));
}

static int
devfs_nsymlink(struct vop_nsymlink_args *ap)
{
	return (devfs_make(ap->a_nch, ap->a_dvp, ap->a_vpp, ap->a_cred,
	    ap->a_vap, ap->a_target));
}

static int
devfs_unmake(struct nchandle *nch, struct vnode *dvp, int isdir)
{
	struct devfs_node *dir, *node;
	int error = 0;

	lockmgr(&devfs_lock, LK_EXCLUSIVE);
	dir = VPTODEVFS(dvp);
	node = dir != NULL ? devfs_node_find(dir, nch->ncp->nc_name,
	    nch->ncp->nc_nlen) : NULL;
	if (node == NULL)
		error = ENOENT;
	else if ((node->dn_flags & DN_USER) == 0)
		error = EPERM;
	else if (isdir && node->dn_type != Ndir)
		error = ENOTDIR;
	else if (isdir && !TAILQ_EMPTY(&node->dn_list))
		error = ENOTEMPTY;
	else
		devfs_node_remove(node);
	lockmgr(&devfs_lock, LK_RELEASE);
	if (error == 0)
		cache_unlink(nch);
	return (error);
}

static int
devfs_nremove(struct vop_nremove_args *ap)
{
	return (devfs_unmake(ap->a_nch, ap->a_dvp, 0));
}

static int
devfs_nrmdir(struct vop_nrmdir_args *ap)
{
	return (devfs_unmake(ap->a_nch, ap->a_dvp, 1));
}

static int
devfs_eperm(struct vop_generic_args *ap)
{
	return (EPERM);
}

/* A vnode whose node was removed need not be kept. */
static int
devfs_inactive(struct vop_inactive_args *ap)
{
	struct devfs_node *node = VPTODEVFS(ap->a_vp);

	if (node == NULL || (node->dn_flags & DN_REMOVED))
		vrecycle(ap->a_vp);
	return (0);
}

static int
devfs_reclaim(struct vop_reclaim_args *ap)
{
	struct vnode *vp = ap->a_vp;
	struct devfs_node *node;

	lockmgr(&devfs_lock, LK_EXCLUSIVE);
	node = VPTODEVFS(vp);
	if (node != NULL) {
		vp->v_data = NULL;
		node->dn_vnode = NULL;
		if (node->dn_flags & DN_REMOVED)
			devfs_node_free(node);
	}
	lockmgr(&devfs_lock, LK_RELEASE);
	v_release_rdev(vp);
	return (0);
}

struct vop_ops devfs_vnode_norm_vops = {
	.vop_default = vop_defaultop,
	.vop_access = devfs_access,
	.vop_getattr = devfs_getattr,
	.vop_setattr = devfs_setattr_op,
	.vop_inactive = devfs_inactive,
	.vop_reclaim = devfs_reclaim,
	.vop_readdir = devfs_readdir,
	.vop_readlink = devfs_readlink,
	.vop_nresolve = devfs_nresolve,
	.vop_nlookupdotdot = devfs_nlookupdotdot,
	.vop_nmkdir = devfs_nmkdir,
	.vop_nsymlink = devfs_nsymlink,
	.vop_nremove = devfs_nremove,
	.vop_nrmdir = devfs_nrmdir,
	.vop_ncreate = (void *)devfs_eperm,
	.vop_nmknod = (void *)devfs_eperm,
	.vop_nlink = (void *)devfs_eperm,
	.vop_nrename = (void *)devfs_eperm,
};

/* Nodes of devices: access and attributes here, the device in vfs_spec.c. */
struct vop_ops devfs_vnode_dev_vops = {
	.vop_default = vop_defaultop,
	.vop_access = devfs_access,
	.vop_getattr = devfs_getattr,
	.vop_setattr = devfs_setattr_op,
	.vop_inactive = devfs_inactive,
	.vop_reclaim = devfs_reclaim,
	.vop_advlock = vop_stdadvlock,
	SPEC_VNODE_IO,
};
