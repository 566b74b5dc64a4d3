/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What filesystems share: attributes and permission arithmetic, timestamps,
 * VM objects of vnodes, device vnodes, EVFILT_VNODE notes.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/conf.h>
#include <sys/dirent.h>
#include <sys/event.h>
#include <sys/fcntl.h>
#include <sys/file.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mount.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/spinlock2.h>
#include <sys/stat.h>
#include <sys/sysctl.h>
#include <sys/ucred.h>
#include <sys/unistd.h>
#include <sys/vnode.h>
#include <vm/vm.h>
#include <vm/vm_object.h>
#include <vm/vm_pager.h>

SYSCTL_INT(_vfs, OID_AUTO, timestamp_precision, CTLFLAG_RW,
    &vfs_timestamp_precision, 0, "Resolution of file times");
int vfs_timestamp_precision = 2;

const enum vtype iftovt_tab[16] = {
	VNON, VFIFO, VCHR, VNON, VDIR, VNON, VBLK, VNON,
	VREG, VDATABASE, VLNK, VNON, VSOCK, VNON, VNON, VBAD,
};
const int vttoif_tab[] = {
	0, S_IFREG, S_IFDIR, S_IFBLK, S_IFCHR, S_IFLNK, S_IFSOCK, S_IFIFO,
	S_IFMT, S_IFDB, 0
};

void
vattr_null(struct vattr *vap)
{
	memset(vap, 0xff, sizeof(*vap));
	vap->va_type = VNON;
	vap->va_vaflags = 0;
}

void
vfs_timestamp(struct timespec *ts)
{
	switch (vfs_timestamp_precision) {
	case 0:
		ts->tv_sec = time_second;
		ts->tv_nsec = 0;
		break;
	case 1:
		getnanotime(ts);
		break;
	case 2:
	case 4:
		nanotime(ts);
		ts->tv_nsec -= ts->tv_nsec % 1000;
		break;
	default:
		nanotime(ts);
		break;
	}
}

/*
 * The classic check of mode bits.  The superuser may do anything but
 * execute what nobody may.
 */
int
vaccess(enum vtype type, mode_t mode, uid_t uid, gid_t gid, mode_t acc,
    struct ucred *cred)
{
	mode_t have;

	if (acc == 0)
		return (0);
	if (cred->cr_uid == uid)
		have = mode & 0700;
	else if (groupmember(gid, cred))
		have = (mode & 0070) << 3;
	else
		have = (mode & 0007) << 6;
	if ((have & acc) == acc)
		return (0);
	if (cred->cr_uid == 0 && ((acc & VEXEC) == 0 || type == VDIR ||
	    (mode & 0111) != 0))
		return (0);
	return (EACCES);
}

int
vop_helper_access(struct vop_access_args *ap, uid_t uid, gid_t gid,
    mode_t mode, uint32_t flags)
{
	struct vnode *vp = ap->a_vp;
	struct ucred *cred = ap->a_cred, *rcred;
	int error;

	if (ap->a_mode & VWRITE) {
		switch (vp->v_type) {
		case VREG:
		case VDIR:
		case VLNK:
		case VDATABASE:
			if (vp->v_mount->mnt_flag & MNT_RDONLY)
				return (EROFS);
			break;
		default:
			break;
		}
		if (flags & (UF_IMMUTABLE | SF_IMMUTABLE))
			return (EPERM);
	}
	if ((ap->a_flags & AT_EACCESS) || cred->cr_ruid == cred->cr_uid)
		return (vaccess(vp->v_type, mode, uid, gid, ap->a_mode, cred));
	rcred = crdup(cred);
	rcred->cr_uid = cred->cr_ruid;
	rcred->cr_groups[0] = cred->cr_rgid;
	error = vaccess(vp->v_type, mode, uid, gid, ap->a_mode, rcred);
	crfree(rcred);
	return (error);
}

int
vop_helper_setattr_flags(uint32_t *flagsp, uint32_t vaflags, uid_t uid,
    struct ucred *cred)
{
	if (cred->cr_uid != 0 && cred->cr_uid != uid)
		return (EPERM);
	if (cred->cr_uid == 0) {
		if ((*flagsp & (SF_NOUNLINK | SF_IMMUTABLE | SF_APPEND)) &&
		    securelevel > 0)
			return (EPERM);
		*flagsp = vaflags;
		return (0);
	}
	if ((*flagsp & (SF_NOUNLINK | SF_IMMUTABLE | SF_APPEND)) ||
	    (vaflags & SF_SETTABLE) != (*flagsp & SF_SETTABLE))
		return (EPERM);
	*flagsp = (*flagsp & SF_SETTABLE) | (vaflags & UF_SETTABLE);
	return (0);
}

int
vop_helper_chmod(struct vnode *vp, mode_t new_mode, struct ucred *cred,
    uid_t cur_uid, gid_t cur_gid, mode_t *cur_modep)
{
	if (cred->cr_uid != 0) {
		if (cred->cr_uid != cur_uid)
			return (EPERM);
		if (vp->v_type != VDIR && (new_mode & S_ISVTX))
			return (EFTYPE);
		if (!groupmember(cur_gid, cred) && (new_mode & S_ISGID))
			return (EPERM);
	}
	*cur_modep = (*cur_modep & ~ALLPERMS) | (new_mode & ALLPERMS);
	return (0);
}

int
vop_helper_chown(struct vnode *vp, uid_t new_uid, gid_t new_gid,
    struct ucred *cred, uid_t *cur_uidp, gid_t *cur_gidp, mode_t *cur_modep)
{
	uid_t uid = new_uid == (uid_t)VNOVAL ? *cur_uidp : new_uid;
	gid_t gid = new_gid == (gid_t)VNOVAL ? *cur_gidp : new_gid;

	if (cred->cr_uid != 0 && (cred->cr_uid != *cur_uidp ||
	    uid != *cur_uidp || (gid != *cur_gidp &&
	    cred->cr_groups[0] != gid && !groupmember(gid, cred))))
		return (EPERM);
	if (uid != *cur_uidp || gid != *cur_gidp) {
		*cur_uidp = uid;
		*cur_gidp = gid;
		if (cred->cr_uid != 0)
			*cur_modep &= ~(S_ISUID | S_ISGID);
	}
	return (0);
}

/* Owner of a new file: with MNT_SUIDDIR, a set-uid directory's owner. */
uid_t
vop_helper_create_uid(struct mount *mp, mode_t dmode, uid_t duid,
    struct ucred *cred, mode_t *modep)
{
	if ((mp->mnt_flag & MNT_SUIDDIR) && (dmode & S_ISUID) &&
	    duid != cred->cr_uid && duid != 0) {
		*modep &= ~07111;
		return (duid);
	}
	return (cred->cr_uid);
}

/*
 * Append one directory entry to the uio: 1 when it does not fit any more, 0
 * otherwise with *error the result.
 */
int
vop_write_dirent(int *error, struct uio *uio, ino_t d_ino, uint8_t d_type,
    uint16_t d_namlen, const char *d_name)
{
	struct dirent de;
	size_t len = (16 + d_namlen + 1 + 7) & ~7UL;

	if (len > uio->uio_resid)
		return (1);
	bzero(&de, len);
	de.d_ino = d_ino;
	de.d_namlen = d_namlen;
	de.d_type = d_type;
	bcopy(d_name, de.d_name, d_namlen);
	*error = uiomove((caddr_t)&de, len, uio);
	return (0);
}

/*
 * VM objects.
 */
int
vinitvmio(struct vnode *vp, off_t filesize, int blksize, int boff)
{
	if (vp->v_object == NULL) {
		vnode_pager_alloc(vp, filesize, 0, 0, blksize, boff);
		if (vp->v_object == NULL)
			return (ENOMEM);
	}
	vp->v_filesize = filesize;
	return (0);
}

/* The vnode dies: so does what it caches. */
void
vnode_release_object(struct vnode *vp)
{
	struct vm_object *obj = vp->v_object;

	if (obj == NULL)
		return;
	vp->v_object = NULL;
	if (obj->type == OBJT_VNODE)
		vm_object_terminate(obj);
	else
		vm_object_deallocate(obj);
}

void
vsetobjdirty(struct vnode *vp)
{
	if ((vp->v_flag & VOBJDIRTY) == 0) {
		vsetflags(vp, VOBJDIRTY);
		vn_syncer_add(vp, 1);
	}
}

void
vsetisdirty(struct vnode *vp)
{
	if ((vp->v_flag & VISDIRTY) == 0) {
		vsetflags(vp, VISDIRTY);
		vn_syncer_add(vp, 1);
	}
}

void
vclrisdirty(struct vnode *vp)
{
	vclrflags(vp, VISDIRTY);
}

/*
 * Devices.  All vnodes of a device are on its si_hlist, so that it can be
 * revoked, and knows when the last one closes.
 */
static struct spinlock spechash_spin = SPINLOCK_INITIALIZER(spechash_spin,
    "spechash");

int
v_associate_rdev(struct vnode *vp, struct cdev *dev)
{
	if (dev == NULL)
		return (ENXIO);
	if (!dev_is_good(dev))
		return (ENXIO);
	KKASSERT(vp->v_rdev == NULL);
	vp->v_rdev = reference_dev(dev);
	spin_lock(&spechash_spin);
	TAILQ_INSERT_TAIL(&dev->si_hlist, vp, v_cdevnext);
	spin_unlock(&spechash_spin);
	return (0);
}

void
v_release_rdev(struct vnode *vp)
{
	struct cdev *dev = vp->v_rdev;

	if (dev == NULL)
		return;
	spin_lock(&spechash_spin);
	vp->v_rdev = NULL;
	TAILQ_REMOVE(&dev->si_hlist, vp, v_cdevnext);
	spin_unlock(&spechash_spin);
	release_dev(dev);
}

void
addaliasu(struct vnode *vp, int x, int y)
{
	vp->v_udev = makeudev(x, y);
}

/* A vnode of dev, referenced. */
int
vfinddev(struct cdev *dev, enum vtype type, struct vnode **vpp)
{
	struct vnode *vp;

	spin_lock(&spechash_spin);
	TAILQ_FOREACH(vp, &dev->si_hlist, v_cdevnext) {
		if (vp->v_type == type && vref_try(vp)) {
			spin_unlock(&spechash_spin);
			*vpp = vp;
			return (1);
		}
	}
	spin_unlock(&spechash_spin);
	return (0);
}

/* A nameless vnode for a disk, for the kernel's own mounts. */
int
bdevvp(struct cdev *dev, struct vnode **vpp)
{
	struct vnode *vp;
	int error;

	*vpp = NULL;
	if (dev == NULL)
		return (ENXIO);
	error = getspecialvnode(VT_NON, NULL, &spec_vnode_vops_p, &vp, 0, 0);
	if (error)
		return (error);
	vp->v_type = VCHR;
	error = v_associate_rdev(vp, dev);
	if (error) {
		vgone_vxlocked(vp);
		vput(vp);
		return (error);
	}
	vsetflags(vp, VSYSTEM);
	vn_unlock(vp);
	*vpp = vp;
	return (0);
}

int
count_dev(struct cdev *dev)
{
	return (dev->si_opens);
}

int
vcount(struct vnode *vp)
{
	return (vp->v_rdev != NULL ? count_dev(vp->v_rdev) : 0);
}

int
vn_isdisk(struct vnode *vp, int *errp)
{
	struct cdev *dev = vp->v_rdev;
	int error = 0;

	if (vp->v_type != VCHR && vp->v_type != VBLK)
		error = ENOTBLK;
	else if (dev == NULL || !dev_is_good(dev))
		error = ENXIO;
	else if ((dev_dflags(dev) & D_TYPEMASK) != D_DISK)
		error = ENOTBLK;
	if (errp != NULL)
		*errp = error;
	return (error == 0);
}

struct cdev *
vn_todev(struct vnode *vp)
{
	if (vp->v_type != VBLK && vp->v_type != VCHR)
		return (NULL);
	return (vp->v_rdev);
}

/* Revoke every vnode of a device: terminals at logout, disks that vanish. */
int
vrevoke(struct vnode *vp, struct ucred *cred)
{
	struct cdev *dev = vp->v_rdev;
	struct vnode *scan;

	if (dev == NULL)
		return (0);
	reference_dev(dev);
	for (;;) {
		spin_lock(&spechash_spin);
		TAILQ_FOREACH(scan, &dev->si_hlist, v_cdevnext) {
			if ((scan->v_opencount > 0 || scan == vp) &&
			    vref_try(scan))
				break;
		}
		spin_unlock(&spechash_spin);
		if (scan == NULL)
			break;
		fdrevoke(scan, DTYPE_VNODE, cred);
		vn_gone(scan);
		vrele(scan);
	}
	dev_drevoke(dev);
	release_dev(dev);
	return (0);
}

/*
 * EVFILT_VNODE, and EVFILT_READ/WRITE on regular files.
 */
static void
filt_vnode_detach(struct knote *kn)
{
	struct vnode *vp = (struct vnode *)kn->kn_hook;

	knote_remove(&vp->v_kqinfo.ki_note, kn);
}

static int
filt_vnode(struct knote *kn, long hint)
{
	if (kn->kn_sfflags & hint)
		kn->kn_fflags |= hint;
	if (hint == NOTE_REVOKE) {
		kn->kn_flags |= EV_EOF | EV_NODATA;
		return (1);
	}
	return (kn->kn_fflags != 0);
}

static int
filt_vnread(struct knote *kn, long hint)
{
	struct vnode *vp = (struct vnode *)kn->kn_hook;
	struct file *fp = kn->kn_fp;
	off_t left;

	if (hint == NOTE_REVOKE) {
		kn->kn_flags |= EV_EOF | EV_NODATA | EV_ONESHOT;
		return (1);
	}
	left = vp->v_filesize - fp->f_offset;
	if (vp->v_type != VREG)
		left = 1;
	kn->kn_data = left < 0 ? 0 : left;
	return (kn->kn_data != 0);
}

static int
filt_vnwrite(struct knote *kn, long hint)
{
	if (hint == NOTE_REVOKE)
		kn->kn_flags |= EV_EOF | EV_NODATA | EV_ONESHOT;
	kn->kn_data = 0;
	return (1);
}

static struct filterops vnode_filtops = {
	.f_flags = FILTEROP_ISFD | FILTEROP_MPSAFE,
	.f_detach = filt_vnode_detach,
	.f_event = filt_vnode
};
static struct filterops vnread_filtops = {
	.f_flags = FILTEROP_ISFD | FILTEROP_MPSAFE,
	.f_detach = filt_vnode_detach,
	.f_event = filt_vnread
};
static struct filterops vnwrite_filtops = {
	.f_flags = FILTEROP_ISFD | FILTEROP_MPSAFE,
	.f_detach = filt_vnode_detach,
	.f_event = filt_vnwrite
};

int
vop_stdkqfilter(struct vop_kqfilter_args *ap)
{
	struct knote *kn = ap->a_kn;

	switch (kn->kn_filter) {
	case EVFILT_READ:
		kn->kn_fop = &vnread_filtops;
		break;
	case EVFILT_WRITE:
		kn->kn_fop = &vnwrite_filtops;
		break;
	case EVFILT_VNODE:
		kn->kn_fop = &vnode_filtops;
		break;
	default:
		return (EOPNOTSUPP);
	}
	kn->kn_hook = (caddr_t)ap->a_vp;
	knote_insert(&ap->a_vp->v_kqinfo.ki_note, kn);
	return (0);
}

void
vn_knote(struct vnode *vp, int hint)
{
	KNOTE(&vp->v_kqinfo.ki_note, hint);
}
