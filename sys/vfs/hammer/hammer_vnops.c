/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: vnode operations.
 */
#include "hammer_vnode.h"
#include <sys/buf.h>
#include <sys/dirent.h>
#include <sys/fcntl.h>
#include <sys/lockf.h>
#include <sys/mountctl.h>
#include <sys/ucred.h>
#include <sys/uio.h>
#include <sys/unistd.h>
#include <sys/vnode.h>

/*
 * Names.
 */

/* The object a name with or without "@@" leads to. */
static int
resolve(struct hammer_inode *dip, const char *name, int len,
    struct hammer_inode **ipp)
{
	struct hammer_mount *hmp = dip->i_hmp;
	hammer_tid_t asof = dip->i_asof;
	struct hammer_entry *e;
	uint32_t lo = dip->i_lo;
	int64_t obj_id = dip->i_obj_id;
	int at, ispfs = 0, error;

	at = hammer_find_ext(name, len, &asof, &ispfs, &lo);
	/* Current means what the mount shows. */
	if (at >= 0 && asof == HAMMER_MAX_TID)
		asof = hmp->hm_asof;
	if (at >= 0 && (at == 0 || (at == 1 && name[0] == '.')))
		return (hammer_inode_get(hmp, ispfs ? HAMMER_OBJID_ROOT :
		    obj_id, lo, asof, ipp));
	if (at > 0)
		len = at;
	e = kmalloc(sizeof(*e), M_HAMMER, M_WAITOK);
	error = hammer_dir_lookup(dip, name, len, asof, e, NULL);
	if (error == 0) {
		error = hammer_inode_get(hmp, e->e_obj_id, e->e_lo, asof,
		    ipp);
		if (error == ENOENT && asof != HAMMER_MAX_TID) {
			*ipp = hammer_inode_fake(hmp, e->e_obj_id, e->e_lo,
			    asof);
			error = 0;
		} else if (error == ENOENT) {
			error = EIO;
		}
	}
	kfree(e, M_HAMMER);
	return (error);
}

static int
hammer_nresolve(struct vop_nresolve_args *ap)
{
	struct namecache *ncp = ap->a_nch->ncp;
	struct hammer_inode *dip = VTOI(ap->a_dvp), *ip;
	struct vnode *vp;
	int error;

	if (dip == NULL || dip->i_data.obj_type != HAMMER_OBJTYPE_DIRECTORY)
		return (dip == NULL ? ENOENT : ENOTDIR);
	error = resolve(dip, ncp->nc_name, ncp->nc_nlen, &ip);
	if (error == 0) {
		error = hammer_vnode_get(ip, &vp);
		hammer_inode_rele(ip);
	}
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
hammer_nlookupdotdot(struct vop_nlookupdotdot_args *ap)
{
	struct hammer_inode *dip = VTOI(ap->a_dvp);
	hammer_tid_t asof;
	int64_t parent;
	int error;

	if (dip == NULL)
		return (ENOENT);
	asof = dip->i_asof;
	parent = dip->i_data.parent_obj_id;
	if (parent == 0) {
		/* From the root of a snapshot to the same of the present. */
		if (asof == dip->i_hmp->hm_asof)
			return (ENOENT);
		parent = dip->i_obj_id;
		if (ap->a_fakename != NULL) {
			*ap->a_fakename = kmalloc(19, M_TEMP, M_WAITOK);
			ksnprintf(*ap->a_fakename, 19, "0x%016jx",
			    (uintmax_t)asof);
		}
		asof = dip->i_hmp->hm_asof;
	}
	error = hammer_vget(ap->a_dvp->v_mount, parent, dip->i_lo, asof,
	    ap->a_vpp);
	if (error == 0)
		vn_unlock(*ap->a_vpp);
	return (error);
}

/* A name that says "as of" cannot be given to anything. */
static int
name_refused(struct nchandle *nch)
{
	hammer_tid_t tid;
	uint32_t lo;
	int ispfs;

	return (hammer_find_ext(nch->ncp->nc_name, nch->ncp->nc_nlen, &tid,
	    &ispfs, &lo) >= 0);
}

static int
make(struct nchandle *nch, struct vnode *dvp, struct vnode **vpp,
    struct ucred *cred, struct vattr *vap, const char *target)
{
	struct hammer_inode *dip = VTOI(dvp), *ip;
	struct hammer_inode_data t;
	mode_t mode = vap->va_mode;
	uid_t uid;
	gid_t gid;
	int error;

	if (dip == NULL)
		return (ENOENT);
	if (name_refused(nch))
		return (EINVAL);
	bzero(&t, sizeof(t));
	gid = hammer_uuid_to_uid(&dip->i_data.gid);
	uid = vop_helper_create_uid(dvp->v_mount, dip->i_data.mode,
	    hammer_uuid_to_uid(&dip->i_data.uid), cred, &mode);
	if ((mode & S_ISGID) && vap->va_type != VDIR && cred->cr_uid != 0 &&
	    !groupmember(gid, cred))
		mode &= ~S_ISGID;
	hammer_uid_to_uuid(uid, &t.uid);
	hammer_uid_to_uuid(gid, &t.gid);
	t.mode = mode & ALLPERMS;
	t.obj_type = hammer_objtype(vap->va_type);
	if (vap->va_type == VCHR || vap->va_type == VBLK) {
		t.rmajor = vap->va_rmajor;
		t.rminor = vap->va_rminor;
	}
	if (vap->va_flags != (u_long)VNOVAL)
		t.uflags = vap->va_flags;
	error = hammer_op_create(dip, nch->ncp->nc_name, nch->ncp->nc_nlen,
	    &t, target, &ip);
	if (error)
		return (error);
	error = hammer_vnode_get(ip, vpp);
	hammer_inode_rele(ip);
	cache_setunresolved(nch);
	if (error == 0)
		cache_setvp(nch, *vpp);
	return (error);
}

static int
hammer_ncreate(struct vop_ncreate_args *ap)
{
	return (make(ap->a_nch, ap->a_dvp, ap->a_vpp, ap->a_cred, ap->a_vap,
	    NULL));
}

static int
hammer_nmknod(struct vop_nmknod_args *ap)
{
	switch (ap->a_vap->va_type) {
	case VREG:
	case VCHR:
	case VBLK:
	case VFIFO:
	case VSOCK:
		return (make(ap->a_nch, ap->a_dvp, ap->a_vpp, ap->a_cred,
		    ap->a_vap, NULL));
	default:
		return (EINVAL);
	}
}

static int
hammer_nsymlink(struct vop_nsymlink_args *ap)
{
	ap->a_vap->va_type = VLNK;
	if (ap->a_target[0] == 0)
		return (ENOENT);
	return (make(ap->a_nch, ap->a_dvp, ap->a_vpp, ap->a_cred, ap->a_vap,
	    ap->a_target));
}

static int
hammer_nlink(struct vop_nlink_args *ap)
{
	struct hammer_inode *dip = VTOI(ap->a_dvp), *ip;
	int error;

	if (ap->a_vp->v_mount != ap->a_dvp->v_mount)
		return (EXDEV);
	ip = VTOI(ap->a_vp);
	if (dip == NULL || ip == NULL)
		return (ENOENT);
	if (name_refused(ap->a_nch))
		return (EINVAL);
	error = hammer_op_link(dip, ap->a_nch->ncp->nc_name,
	    ap->a_nch->ncp->nc_nlen, ip);
	if (error == 0) {
		cache_setunresolved(ap->a_nch);
		cache_setvp(ap->a_nch, ap->a_vp);
	}
	return (error);
}

/* The last name of an object may have gone; then its vnode goes soon. */
static void
name_gone(struct hammer_inode *ip)
{
	struct hammer_mount *hmp = ip->i_hmp;
	struct vnode *vp;

	if (ip->i_data.nlinks == 0) {
		/* If it has no vnode, one is made to be reclaimed. */
		if (hammer_vnode_get(ip, &vp) == 0) {
			vfinalize(vp);
			vn_unlock(vp);
			hammer_inode_rele(ip);
			vrele(vp);
			return;
		}
		hammer_printf("HAMMER(%.64s): object %016jx is left without "
		    "a name\n", hmp->hm_root->v_ondisk->vol_label,
		    (uintmax_t)ip->i_obj_id);
	}
	hammer_inode_rele(ip);
}

static int
remove(struct nchandle *nch, struct vnode *dvp, int isdir)
{
	struct hammer_inode *dip = VTOI(dvp), *ip;
	int error;

	if (dip == NULL)
		return (ENOENT);
	error = hammer_op_remove(dip, nch->ncp->nc_name, nch->ncp->nc_nlen,
	    isdir, &ip);
	if (error)
		return (error == EISDIR ? EPERM : error);
	cache_unlink(nch);
	name_gone(ip);
	return (0);
}

static int
hammer_nremove(struct vop_nremove_args *ap)
{
	return (remove(ap->a_nch, ap->a_dvp, 0));
}

static int
hammer_nrmdir(struct vop_nrmdir_args *ap)
{
	return (remove(ap->a_nch, ap->a_dvp, 1));
}

static int
hammer_nrename(struct vop_nrename_args *ap)
{
	struct hammer_inode *fdip = VTOI(ap->a_fdvp);
	struct hammer_inode *tdip = VTOI(ap->a_tdvp), *over;
	struct namecache *f = ap->a_fnch->ncp, *t = ap->a_tnch->ncp;
	int error;

	if (ap->a_fdvp->v_mount != ap->a_tdvp->v_mount)
		return (EXDEV);
	if (fdip == NULL || tdip == NULL)
		return (ENOENT);
	if (name_refused(ap->a_tnch))
		return (EINVAL);
	error = hammer_op_rename(fdip, f->nc_name, f->nc_nlen, tdip,
	    t->nc_name, t->nc_nlen, &over);
	if (error)
		return (error);
	cache_rename(ap->a_fnch, ap->a_tnch);
	if (over != NULL)
		name_gone(over);
	return (0);
}

/*
 * Attributes.
 */
static int
hammer_open(struct vop_open_args *ap)
{
	struct hammer_inode *ip = VTOI(ap->a_vp);

	if (ip == NULL)
		return (ENOENT);
	if ((ap->a_mode & FWRITE) && hammer_inode_ronly(ip))
		return (EROFS);
	if ((ip->i_data.uflags & (UF_APPEND | SF_APPEND)) &&
	    (ap->a_mode & (FWRITE | O_APPEND)) == FWRITE)
		return (EPERM);
	return (vop_stdopen(ap));
}

static int
hammer_access(struct vop_access_args *ap)
{
	struct hammer_inode *ip = VTOI(ap->a_vp);

	if ((ap->a_mode & VWRITE) && ip->i_asof != HAMMER_MAX_TID &&
	    (ap->a_vp->v_type == VREG || ap->a_vp->v_type == VDIR ||
	    ap->a_vp->v_type == VLNK))
		return (EROFS);
	return (vop_helper_access(ap, hammer_uuid_to_uid(&ip->i_data.uid),
	    hammer_uuid_to_uid(&ip->i_data.gid), ip->i_data.mode,
	    ip->i_data.uflags));
}

static void
us_to_timespec(uint64_t us, struct timespec *ts)
{
	ts->tv_sec = us / 1000000;
	ts->tv_nsec = us % 1000000 * 1000;
}

static uint64_t
timespec_to_us(const struct timespec *ts)
{
	return ((uint64_t)ts->tv_sec * 1000000 + ts->tv_nsec / 1000);
}

static int
hammer_getattr(struct vop_getattr_args *ap)
{
	struct hammer_inode *ip = VTOI(ap->a_vp);
	struct hammer_inode_data *id = &ip->i_data;
	struct vattr *vap = ap->a_vap;

	vap->va_type = ap->a_vp->v_type;
	vap->va_mode = id->mode;
	vap->va_nlink = id->nlinks;
	vap->va_uid = hammer_uuid_to_uid(&id->uid);
	vap->va_gid = hammer_uuid_to_uid(&id->gid);
	vap->va_fsid = ip->i_dev;
	vap->va_fileid = ip->i_obj_id;
	vap->va_size = id->size;
	vap->va_blocksize = HAMMER_BUFSIZE;
	us_to_timespec(id->ctime, &vap->va_ctime);
	if (ip->i_asof == HAMMER_MAX_TID) {
		us_to_timespec(id->atime, &vap->va_atime);
		us_to_timespec(id->mtime, &vap->va_mtime);
	} else {
		vap->va_atime = vap->va_mtime = vap->va_ctime;
	}
	vap->va_gen = 1;
	vap->va_flags = id->uflags;
	vap->va_rmajor = vap->va_rminor = VNOVAL;
	if (ap->a_vp->v_type == VCHR || ap->a_vp->v_type == VBLK) {
		vap->va_rmajor = id->rmajor;
		vap->va_rminor = id->rminor;
	}
	vap->va_bytes = hammer_stat_blocks(ip);
	vap->va_filerev = 0;
	vap->va_uid_uuid = id->uid;
	vap->va_gid_uuid = id->gid;
	vap->va_fsid_uuid = ip->i_hmp->hm_fsid;
	vap->va_vaflags = VA_UID_UUID_VALID | VA_GID_UUID_VALID |
	    VA_FSID_UUID_VALID;
	return (0);
}

static int
frozen(const struct hammer_inode *ip)
{
	return ((ip->i_data.uflags & (UF_IMMUTABLE | SF_IMMUTABLE |
	    UF_APPEND | SF_APPEND)) != 0);
}

static int
set_utimes(struct vop_setattr_args *ap, struct hammer_inode *ip)
{
	struct vattr *vap = ap->a_vap;
	int error;

	if (frozen(ip))
		return (EPERM);
	if (ap->a_cred->cr_uid != 0 &&
	    ap->a_cred->cr_uid != hammer_uuid_to_uid(&ip->i_data.uid)) {
		if ((vap->va_vaflags & VA_UTIMES_NULL) == 0)
			return (EPERM);
		error = VOP_ACCESS(ap->a_vp, VWRITE, ap->a_cred);
		if (error)
			return (error);
	}
	if (vap->va_atime.tv_nsec != VNOVAL)
		ip->i_data.atime = timespec_to_us(&vap->va_atime);
	if (vap->va_mtime.tv_nsec != VNOVAL)
		ip->i_data.mtime = timespec_to_us(&vap->va_mtime);
	return (0);
}

static int
set_owner(struct vop_setattr_args *ap, struct hammer_inode *ip)
{
	uid_t uid = hammer_uuid_to_uid(&ip->i_data.uid);
	gid_t gid = hammer_uuid_to_uid(&ip->i_data.gid);
	mode_t mode = ip->i_data.mode;
	int error;

	if (frozen(ip))
		return (EPERM);
	error = vop_helper_chown(ap->a_vp, ap->a_vap->va_uid,
	    ap->a_vap->va_gid, ap->a_cred, &uid, &gid, &mode);
	if (error)
		return (error);
	hammer_uid_to_uuid(uid, &ip->i_data.uid);
	hammer_uid_to_uuid(gid, &ip->i_data.gid);
	ip->i_data.mode = mode;
	return (0);
}

static int
set_mode(struct vop_setattr_args *ap, struct hammer_inode *ip)
{
	mode_t mode = ip->i_data.mode;
	int error;

	if (frozen(ip))
		return (EPERM);
	error = vop_helper_chmod(ap->a_vp, ap->a_vap->va_mode, ap->a_cred,
	    hammer_uuid_to_uid(&ip->i_data.uid),
	    hammer_uuid_to_uid(&ip->i_data.gid), &mode);
	if (error == 0)
		ip->i_data.mode = mode;
	return (error);
}

static int
hammer_setattr(struct vop_setattr_args *ap)
{
	struct vnode *vp = ap->a_vp;
	struct hammer_inode *ip = VTOI(vp);
	struct vattr *vap = ap->a_vap;
	int error = 0, changed = 0;

	if (hammer_inode_ronly(ip))
		return (EROFS);
	if (!hammer_inode_nohist(ip) &&
	    hammer_room(ip->i_hmp, HAMMER_CHKSPC_REMOVE) != 0)
		return (ENOSPC);
	hammer_lock_ex(&ip->i_lock);
	if (vap->va_flags != (u_long)VNOVAL) {
		error = vop_helper_setattr_flags(&ip->i_data.uflags,
		    vap->va_flags, hammer_uuid_to_uid(&ip->i_data.uid),
		    ap->a_cred);
		changed = 1;
	}
	hammer_unlock(&ip->i_lock);
	if (error == 0 && vap->va_size != (u_quad_t)VNOVAL) {
		if (vp->v_type == VDIR)
			error = EISDIR;
		else if (frozen(ip))
			error = EPERM;
		else if (vp->v_type == VREG)
			error = hammer_vn_resize(vp, vap->va_size);
		changed = 1;
	}
	hammer_lock_ex(&ip->i_lock);
	if (error == 0 && (vap->va_uid != (uid_t)VNOVAL ||
	    vap->va_gid != (gid_t)VNOVAL)) {
		error = set_owner(ap, ip);
		changed = 1;
	}
	if (error == 0 && vap->va_mode != (u_short)VNOVAL) {
		error = set_mode(ap, ip);
		changed = 1;
	}
	if (error == 0 && (vap->va_atime.tv_nsec != VNOVAL ||
	    vap->va_mtime.tv_nsec != VNOVAL)) {
		error = set_utimes(ap, ip);
		changed = 1;
	}
	if (error == 0 && changed)
		ip->i_data.ctime = hammer_time_us();
	hammer_unlock(&ip->i_lock);
	if (error == 0 && changed)
		hammer_inode_dirty(ip, HID_DATA);
	return (error);
}

/*
 * Data.
 */
static int
hammer_read(struct vop_read_args *ap)
{
	struct vnode *vp = ap->a_vp;
	struct hammer_inode *ip = VTOI(vp);

	if (vp->v_type == VDIR)
		return (EISDIR);
	if (vp->v_type != VREG)
		return (EINVAL);
	hammer_stat[HST_FILE_READ] += ap->a_uio->uio_resid;
	return (vop_helper_read_pages(vp, ap->a_uio, ap->a_ioflag,
	    ip->i_data.size));
}

static int
hammer_write(struct vop_write_args *ap)
{
	if (ap->a_vp->v_type != VREG)
		return (EINVAL);
	return (hammer_vn_write(ap->a_vp, ap->a_uio, ap->a_ioflag,
	    ap->a_cred));
}

static int
hammer_fsync(struct vop_fsync_args *ap)
{
	struct vnode *vp = ap->a_vp;
	struct hammer_inode *ip = VTOI(vp);
	int waitfor = ap->a_waitfor;

	if (ip == NULL || hammer_inode_ronly(ip))
		return (0);
	if ((ap->a_flags & VOP_FSYNC_SYSCALL) != 0 && hammer_fsync_mode == 4)
		return (0);
	if ((ap->a_flags & VOP_FSYNC_SYSCALL) != 0 && hammer_fsync_mode == 1)
		waitfor = MNT_NOWAIT;
	vclrisdirty(vp);
	return (hammer_vn_sync(vp, waitfor));
}

/* State of a readdir. */
struct readdir {
	struct uio	*r_uio;
	off_t		r_pos;
	off_t		*r_cookies;
	int		r_n, r_max;
	int		r_full;
	int		r_error;
};

static int
put_dirent(struct readdir *r, int64_t ino, int type, int len,
    const char *name, off_t after)
{
	if (r->r_cookies != NULL && r->r_n == r->r_max) {
		r->r_full = 1;
	} else {
		r->r_full = vop_write_dirent(&r->r_error, r->r_uio, ino,
		    type, len, name);
	}
	if (r->r_full || r->r_error)
		return (0);
	r->r_pos = after;
	if (r->r_cookies != NULL)
		r->r_cookies[r->r_n++] = after;
	return (1);
}

static int
hammer_readdir(struct vop_readdir_args *ap)
{
	struct hammer_inode *dip = VTOI(ap->a_vp);
	struct hammer_dirscan *ds;
	struct hammer_entry *e;
	struct readdir r;
	int error = 0, eof = 0;

	if (ap->a_vp->v_type != VDIR)
		return (ENOTDIR);
	bzero(&r, sizeof(r));
	r.r_uio = ap->a_uio;
	r.r_pos = r.r_uio->uio_offset;
	if (r.r_pos < 0)
		return (EINVAL);
	if (ap->a_ncookies != NULL) {
		r.r_max = MIN(r.r_uio->uio_resid / 24 + 1, 1024);
		r.r_cookies = kmalloc(r.r_max * sizeof(off_t), M_TEMP,
		    M_WAITOK);
	}
	ds = kmalloc(sizeof(*ds), M_HAMMER, M_WAITOK);
	e = kmalloc(sizeof(*e), M_HAMMER, M_WAITOK);
	if (r.r_pos == 0)
		put_dirent(&r, dip->i_obj_id, DT_DIR, 1, ".", 1);
	if (r.r_pos == 1)
		put_dirent(&r, dip->i_data.parent_obj_id != 0 ?
		    dip->i_data.parent_obj_id : dip->i_obj_id, DT_DIR, 2,
		    "..", 2);
	if (r.r_pos >= 2) {
		hammer_dir_scan(dip, r.r_pos, ds);
		while ((error = hammer_dir_next(ds, e)) == 0) {
			if (!put_dirent(&r, e->e_obj_id,
			    IFTODT(VTTOIF(hammer_vtype(e->e_obj_type))),
			    e->e_namelen, e->e_name, e->e_key + 1))
				break;
		}
		eof = error == ENOENT;
	}
	kfree(e, M_HAMMER);
	kfree(ds, M_HAMMER);
	if (error == 0 || error == ENOENT)
		error = r.r_error;
	if (r.r_full && r.r_pos == r.r_uio->uio_offset && error == 0)
		error = EINVAL;
	if (ap->a_eofflag != NULL)
		*ap->a_eofflag = eof;
	r.r_uio->uio_offset = r.r_pos;
	if (r.r_cookies != NULL && error) {
		kfree(r.r_cookies, M_TEMP);
	} else if (r.r_cookies != NULL) {
		*ap->a_ncookies = r.r_n;
		*ap->a_cookies = r.r_cookies;
	}
	return (error);
}

static int
hammer_vreadlink(struct vop_readlink_args *ap)
{
	struct hammer_inode *ip = VTOI(ap->a_vp);
	char *buf = kmalloc(MAXPATHLEN, M_HAMMER, M_WAITOK);
	int len, error;

	error = hammer_readlink(ip, buf, MAXPATHLEN, &len);
	if (error == 0)
		error = uiomove(buf, len, ap->a_uio);
	kfree(buf, M_HAMMER);
	return (error);
}

static int
hammer_advlock(struct vop_advlock_args *ap)
{
	return (lf_advlock(ap, &ap->a_vp->v_lockf,
	    VTOI(ap->a_vp)->i_data.size));
}

static int
hammer_pathconf(struct vop_pathconf_args *ap)
{
	switch (ap->a_name) {
	case _PC_LINK_MAX:
		*ap->a_retval = INT32_MAX;
		return (0);
	case _PC_NAME_MAX:
		*ap->a_retval = 255;
		return (0);
	default:
		return (vop_stdpathconf(ap));
	}
}

/* The mount's flags, ours after the general ones. */
static int
hammer_mountctl(struct vop_mountctl_args *ap)
{
	static const struct {
		int		flag;
		const char	*name;
	} names[] = {
		{ HMNT_NOHISTORY, "nohistory" },
		{ HMNT_MASTERID, "master" },
		{ HMNT_NOMIRROR, "nomirror" },
	};
	struct hammer_mount *hmp = VFSTOHMP(ap->a_mp);
	char *buf = ap->a_buf;
	int error, i, n;

	error = vop_stdmountctl(ap);
	if (error || ap->a_op != MOUNTCTL_MOUNTFLAGS)
		return (error);
	n = *ap->a_res;
	for (i = 0; i < 3; i++) {
		if ((hmp->hm_hflags & names[i].flag) == 0 ||
		    n + 2 + (int)strlen(names[i].name) >= ap->a_buflen)
			continue;
		n += ksnprintf(buf + n, ap->a_buflen - n, "%s%s",
		    n > 0 ? ", " : "", names[i].name);
	}
	*ap->a_res = n;
	return (0);
}

struct vop_ops hammer_vnode_vops = {
	.vop_default = vop_defaultop,
	.vop_access = hammer_access,
	.vop_advlock = hammer_advlock,
	.vop_getattr = hammer_getattr,
	.vop_setattr = hammer_setattr,
	.vop_open = hammer_open,
	.vop_read = hammer_read,
	.vop_write = hammer_write,
	.vop_getpages = hammer_getpages,
	.vop_putpages = hammer_putpages,
	.vop_fsync = hammer_fsync,
	.vop_ioctl = hammer_ioctl,
	.vop_readdir = hammer_readdir,
	.vop_readlink = hammer_vreadlink,
	.vop_inactive = hammer_inactive,
	.vop_reclaim = hammer_reclaim,
	.vop_pathconf = hammer_pathconf,
	.vop_mountctl = hammer_mountctl,
	.vop_nresolve = hammer_nresolve,
	.vop_nlookupdotdot = hammer_nlookupdotdot,
	.vop_ncreate = hammer_ncreate,
	.vop_nmkdir = hammer_ncreate,
	.vop_nmknod = hammer_nmknod,
	.vop_nlink = hammer_nlink,
	.vop_nsymlink = hammer_nsymlink,
	.vop_nremove = hammer_nremove,
	.vop_nrmdir = hammer_nrmdir,
	.vop_nrename = hammer_nrename,
};

struct vop_ops hammer_spec_vops = {
	.vop_default = vop_defaultop,
	.vop_access = hammer_access,
	.vop_getattr = hammer_getattr,
	.vop_setattr = hammer_setattr,
	.vop_inactive = hammer_inactive,
	.vop_reclaim = hammer_reclaim,
	SPEC_VNODE_IO,
};

struct vop_ops hammer_fifo_vops = {
	.vop_default = vop_defaultop,
	.vop_access = hammer_access,
	.vop_getattr = hammer_getattr,
	.vop_setattr = hammer_setattr,
	.vop_open = fifo_open,
	.vop_close = fifo_close,
	.vop_read = fifo_read,
	.vop_write = fifo_write,
	.vop_ioctl = fifo_ioctl,
	.vop_kqfilter = fifo_kqfilter,
	.vop_pathconf = fifo_pathconf,
	.vop_inactive = hammer_inactive,
	.vop_reclaim = hammer_reclaim,
};
