/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Files that are vnodes: opening and closing them, and their fileops.
 *
 * Reads of regular files take what is cached straight from the VM object:
 * no vnode lock and no filesystem are involved (VSHAREDREAD).  What is not
 * cached goes through VOP_READ with the vnode locked shared; writes lock it
 * exclusively.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/conf.h>
#include <sys/fcntl.h>
#include <sys/file.h>
#include <sys/file2.h>
#include <sys/filedesc.h>
#include <sys/filio.h>
#include <sys/kernel.h>
#include <sys/mount.h>
#include <sys/nlookup.h>
#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/signalvar.h>
#include <sys/spinlock2.h>
#include <sys/stat.h>
#include <sys/syslog.h>
#include <sys/tty.h>
#include <sys/ucred.h>
#include <sys/vnode.h>
#include <vm/vm.h>
#include <vm/vm_object.h>

static int vn_read(struct file *fp, struct uio *uio, struct ucred *cred,
	    int flags);
static int vn_write(struct file *fp, struct uio *uio, struct ucred *cred,
	    int flags);
static int vn_ioctl(struct file *fp, u_long com, caddr_t data,
	    struct ucred *cred, struct sysmsg *msg);
static int vn_kqfilter(struct file *fp, struct knote *kn);
static int vn_statfile(struct file *fp, struct stat *sb, struct ucred *cred);
static int vn_closefile(struct file *fp);
static int vn_seek(struct file *fp, off_t offset, int whence, off_t *res);

struct fileops vnode_fileops = {
	.fo_read = vn_read,
	.fo_write = vn_write,
	.fo_ioctl = vn_ioctl,
	.fo_kqfilter = vn_kqfilter,
	.fo_stat = vn_statfile,
	.fo_close = vn_closefile,
	.fo_shutdown = nofo_shutdown,
	.fo_seek = vn_seek
};

/* May an open file be written, that is, is nobody executing it? */
int
vn_writechk(struct vnode *vp)
{
	if (vp->v_textcount > 0)
		return (ETXTBSY);
	return (0);
}

void
vn_text_ref(struct vnode *vp)
{
	vref(vp);
	atomic_add_int(&vp->v_textcount, 1);
}

void
vn_text_rele(struct vnode *vp)
{
	atomic_subtract_int(&vp->v_textcount, 1);
	vrele(vp);
}

/* Create the file nd's lookup ended at; *vpp is referenced and locked. */
static int
vn_open_create(struct nlookupdata *nd, int fmode, int cmode,
    struct vnode **vpp)
{
	struct vattr va;

	if (nd->nl_flags & NLC_ISADIR)
		return (ENOENT);
	if (nd->nl_dvp == NULL)
		return (ENOENT);
	if (nd->nl_nch.mount->mnt_flag & MNT_RDONLY)
		return (EROFS);
	VATTR_NULL(&va);
	va.va_type = VREG;
	va.va_mode = cmode;
	if (fmode & O_EXCL)
		va.va_vaflags |= VA_EXCLUSIVE;
	return (VOP_NCREATE(&nd->nl_nch, nd->nl_dvp, vpp, nd->nl_cred, &va));
}

/* May an existing vnode, locked, be opened like this? */
static int
vn_open_check(struct nlookupdata *nd, struct vnode *vp, int fmode)
{
	switch (vp->v_type) {
	case VLNK:
		return (ELOOP);
	case VSOCK:
		return (EOPNOTSUPP);
	case VDIR:
		if (fmode & (FWRITE | O_TRUNC))
			return (EISDIR);
		break;
	case VBAD:
		return (ENXIO);
	case VCHR:
	case VBLK:
		if (nd->nl_nch.mount->mnt_flag & MNT_NODEV)
			return (ENXIO);
		break;
	default:
		break;
	}
	if ((fmode & O_DIRECTORY) && vp->v_type != VDIR)
		return (ENOTDIR);
	if (vp->v_type == VREG && (fmode & (FWRITE | O_TRUNC))) {
		if (nd->nl_nch.mount->mnt_flag & MNT_RDONLY)
			return (EROFS);
		return (vn_writechk(vp));
	}
	return (0);
}

/*
 * Open the file nd names.  With fpp, *fpp is made an open file of it; the
 * vnode belongs to it.  Without, nd->nl_open_vp is the open vnode, which
 * nlookup_done() closes.
 */
int
vn_open(struct nlookupdata *nd, struct file **fpp, int fmode, int cmode)
{
	struct file *fp = fpp != NULL ? *fpp : NULL;
	struct ucred *cred = nd->nl_cred;
	struct vnode *vp;
	struct vattr va;
	int error;

	if (fmode & O_CREAT) {
		nd->nl_flags |= NLC_CREATE | NLC_REFDVP;
		if (fmode & O_EXCL)
			nd->nl_flags |= NLC_EXCL;
	} else {
		nd->nl_flags |= NLC_SHAREDLOCK;
	}
	nd->nl_flags |= NLC_OPEN;
	if (fmode & FREAD)
		nd->nl_flags |= NLC_READ;
	if (fmode & FWRITE)
		nd->nl_flags |= NLC_WRITE;
	if (fmode & O_APPEND)
		nd->nl_flags |= NLC_APPEND;
	if (fmode & O_TRUNC)
		nd->nl_flags |= NLC_TRUNCATE;
	if ((fmode & O_NOFOLLOW) == 0)
		nd->nl_flags |= NLC_FOLLOW;
	error = nlookup(nd);
	if (error)
		return (error);
again:
	if (nd->nl_nch.ncp->nc_vp == NULL) {
		error = vn_open_create(nd, fmode, cmode, &vp);
		if (error)
			return (error);
		fmode &= ~O_TRUNC;
	} else {
		if ((fmode & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL))
			return (EEXIST);
		error = cache_vget(&nd->nl_nch, cred, (fmode & O_TRUNC) ?
		    LK_EXCLUSIVE : LK_SHARED, &vp);
		if (error == ENOENT && (fmode & O_CREAT) &&
		    nd->nl_nch.ncp->nc_vp == NULL)
			goto again;
		if (error)
			return (error);
		error = vn_open_check(nd, vp, fmode);
		if (error == 0 && (fmode & O_TRUNC) && vp->v_type == VREG) {
			VATTR_NULL(&va);
			va.va_size = 0;
			error = VOP_SETATTR(vp, &va, cred);
		}
		if (error) {
			vput(vp);
			return (error);
		}
	}
	/* The name's lock is not needed while a device or fifo waits. */
	if (nd->nl_flags & NLC_NCPISLOCKED) {
		cache_unlock(&nd->nl_nch);
		nd->nl_flags &= ~NLC_NCPISLOCKED;
	}
	if (fp != NULL && fp->f_nchandle.ncp == NULL) {
		fp->f_nchandle = nd->nl_nch;
		cache_zero(&nd->nl_nch);
	}
	error = VOP_OPEN(vp, fmode, cred, fpp);
	if (error) {
		vput(vp);
		return (error);
	}
	if (fp != NULL) {
		vput(vp);
	} else {
		vn_unlock(vp);
		nd->nl_open_vp = vp;
		nd->nl_vp_fmode = fmode;
	}
	return (0);
}

/* Close and dereference. */
int
vn_close(struct vnode *vp, int flags, struct file *fp)
{
	int error;

	error = vn_lock(vp, ((vp->v_type == VREG || vp->v_type == VDIR) ?
	    LK_SHARED : LK_EXCLUSIVE) | LK_RETRY);
	if (error == 0) {
		error = VOP_CLOSE(vp, flags, fp);
		vn_unlock(vp);
	}
	vrele(vp);
	return (error);
}

int
vn_opendisk(const char *devname, int fmode, struct vnode **vpp)
{
	struct vnode *vp;
	struct cdev *dev;
	int error;

	if (strncmp(devname, "/dev/", 5) == 0)
		devname += 5;
	dev = kgetdiskbyname(devname);
	if (dev == NULL)
		return (ENODEV);
	error = bdevvp(dev, &vp);
	if (error)
		return (error);
	vn_lock(vp, LK_EXCLUSIVE | LK_RETRY);
	error = VOP_OPEN(vp, fmode, proc0.p_ucred, NULL);
	vn_unlock(vp);
	if (error) {
		vrele(vp);
		return (error);
	}
	*vpp = vp;
	return (0);
}

/* Kernel reads and writes of a vnode. */
int
vn_rdwr(enum uio_rw rw, struct vnode *vp, caddr_t base, int len,
    off_t offset, enum uio_seg segflg, int ioflg, struct ucred *cred,
    int *aresid)
{
	struct iovec iov;
	struct uio uio;
	int error = 0;

	if ((ioflg & IO_NODELOCKED) == 0)
		vn_lock(vp, (rw == UIO_READ ? LK_SHARED : LK_EXCLUSIVE) |
		    LK_RETRY);
	iov.iov_base = base;
	iov.iov_len = len;
	uio.uio_iov = &iov;
	uio.uio_iovcnt = 1;
	uio.uio_offset = offset;
	uio.uio_resid = len;
	uio.uio_segflg = segflg;
	uio.uio_rw = rw;
	uio.uio_td = curthread;
	if (rw == UIO_READ)
		error = VOP_READ(vp, &uio, ioflg, cred);
	else
		error = VOP_WRITE(vp, &uio, ioflg, cred);
	if (aresid != NULL)
		*aresid = uio.uio_resid;
	else if (uio.uio_resid != 0 && error == 0)
		error = EIO;
	if ((ioflg & IO_NODELOCKED) == 0)
		vn_unlock(vp);
	return (error);
}

int
vn_rdwr_inchunks(enum uio_rw rw, struct vnode *vp, caddr_t base, int len,
    off_t offset, enum uio_seg segflg, int ioflg, struct ucred *cred,
    int *aresid)
{
	int error = 0, n, resid = 0;

	while (len > 0 && error == 0) {
		n = MIN(len, MAXBSIZE);
		error = vn_rdwr(rw, vp, base, n, offset, segflg, ioflg, cred,
		    aresid != NULL ? &resid : NULL);
		len -= n - resid;
		offset += n - resid;
		base += n - resid;
		if (resid != 0)
			break;
		lwkt_user_yield();
	}
	if (aresid != NULL)
		*aresid = len;
	return (error);
}

/*
 * The file position: read and write calls that use it hold FOFFSETLOCK, so
 * that they are atomic to each other.
 */
static void
vn_offset_lock(struct file *fp)
{
	u_int of;

	for (;;) {
		of = fp->f_flag;
		cpu_ccfence();
		if (of & FOFFSETLOCK) {
			tsleep_interlock(&fp->f_flag, 0);
			if (atomic_cmpset_int(&fp->f_flag, of,
			    of | FOFFSETWAKE))
				tsleep(&fp->f_flag, PINTERLOCKED, "fpoff", 0);
		} else if (atomic_cmpset_int(&fp->f_flag, of,
		    of | FOFFSETLOCK)) {
			return;
		}
	}
}

static void
vn_offset_unlock(struct file *fp)
{
	u_int of;

	do {
		of = fp->f_flag;
		cpu_ccfence();
	} while (!atomic_cmpset_int(&fp->f_flag, of,
	    of & ~(FOFFSETLOCK | FOFFSETWAKE)));
	if (of & FOFFSETWAKE)
		wakeup(&fp->f_flag);
}

/* How sequential is this read? In the upper bits of the ioflag. */
static int
vn_seqcount(struct file *fp, struct uio *uio)
{
	int seq = fp->f_seqcount;

	if (uio->uio_offset == fp->f_nextoff ||
	    (uio->uio_offset == 0 && seq > 0)) {
		seq += howmany(uio->uio_resid, 16384) + 1;
		if (seq > IO_SEQMAX)
			seq = IO_SEQMAX;
	} else {
		seq = seq > 1 ? 1 : 0;
	}
	if (seq != fp->f_seqcount)
		fp->f_seqcount = seq;
	return (seq << IO_SEQSHIFT);
}

static int
vn_ioflags(struct file *fp, int flags)
{
	int ioflag = 0;

	if (flags & O_FBLOCKING)
		;
	else if ((flags & O_FNONBLOCKING) || (fp->f_flag & FNONBLOCK))
		ioflag |= IO_NDELAY;
	if (fp->f_flag & O_DIRECT)
		ioflag |= IO_DIRECT;
	return (ioflag);
}

/* The part of a read that is in memory, for regular files. */
static int
vn_read_cached(struct vnode *vp, struct uio *uio)
{
	struct vm_object *obj = vp->v_object;
	off_t left;

	if (vp->v_type != VREG || obj == NULL ||
	    (vp->v_flag & (VSHAREDREAD | VRECLAIMED)) != VSHAREDREAD)
		return (0);
	left = vp->v_filesize - uio->uio_offset;
	if (left <= 0 || uio->uio_offset < 0)
		return (0);
	return (vm_object_read_cached(obj, uio->uio_offset,
	    MIN(left, uio->uio_resid), uio));
}

static int
vn_read(struct file *fp, struct uio *uio, struct ucred *cred, int flags)
{
	struct vnode *vp = fp->f_data;
	int ioflag, error, useoff = (flags & O_FOFFSET) == 0;

	if (useoff && (vp->v_flag & VNOTSEEKABLE))
		useoff = 0;
	if (useoff) {
		vn_offset_lock(fp);
		uio->uio_offset = fp->f_offset;
	}
	error = 0;
	if (vp->v_type == VCHR && vp->v_rdev != NULL) {
		/* Devices serialise themselves. */
		ioflag = vn_ioflags(fp, flags);
		error = dev_dread(vp->v_rdev, uio, ioflag, fp);
		goto done;
	}
	if (vp->v_type == VDIR) {
		error = EISDIR;
		goto done;
	}
	if (uio->uio_resid == 0)
		goto done;
	ioflag = vn_ioflags(fp, flags) | vn_seqcount(fp, uio);
	error = vn_read_cached(vp, uio);
	if (error == 0 && uio->uio_resid != 0 && (vp->v_type != VREG ||
	    uio->uio_offset < vp->v_filesize || vp->v_object == NULL)) {
		if (vp->v_type == VFIFO) {
			error = VOP_READ(vp, uio, ioflag, cred);
		} else {
			vn_lock(vp, LK_SHARED | LK_RETRY);
			error = VOP_READ(vp, uio, ioflag, cred);
			vn_unlock(vp);
		}
	}
	fp->f_nextoff = uio->uio_offset;
done:
	if (useoff) {
		fp->f_offset = uio->uio_offset;
		vn_offset_unlock(fp);
	}
	return (error);
}

static int
vn_write(struct file *fp, struct uio *uio, struct ucred *cred, int flags)
{
	struct vnode *vp = fp->f_data;
	int ioflag, error, useoff = (flags & O_FOFFSET) == 0;

	if (useoff && (vp->v_flag & VNOTSEEKABLE))
		useoff = 0;
	if (useoff) {
		vn_offset_lock(fp);
		uio->uio_offset = fp->f_offset;
	}
	ioflag = vn_ioflags(fp, flags);
	if (vp->v_type == VCHR && vp->v_rdev != NULL) {
		error = dev_dwrite(vp->v_rdev, uio, ioflag, fp);
		goto done;
	}
	if (vp->v_type == VFIFO) {
		error = VOP_WRITE(vp, uio, ioflag, cred);
		goto done;
	}
	ioflag |= IO_UNIT;
	if (vp->v_type == VREG &&
	    ((fp->f_flag & O_APPEND) || (flags & O_FAPPEND)))
		ioflag |= IO_APPEND;
	if (flags & O_FASYNCWRITE)
		;
	else if ((fp->f_flag & O_FSYNC) || (flags & O_FSYNCWRITE) ||
	    (vp->v_mount != NULL && (vp->v_mount->mnt_flag & MNT_SYNCHRONOUS)))
		ioflag |= IO_SYNC;
	vn_lock(vp, LK_EXCLUSIVE | LK_RETRY);
	error = VOP_WRITE(vp, uio, ioflag, cred);
	vn_unlock(vp);
done:
	if (useoff) {
		fp->f_offset = uio->uio_offset;
		vn_offset_unlock(fp);
	}
	return (error);
}

static int
vn_statfile(struct file *fp, struct stat *sb, struct ucred *cred)
{
	struct vnode *vp = fp->f_data;
	int error;

	vn_lock(vp, LK_SHARED | LK_RETRY);
	error = vn_stat(vp, sb, cred);
	vn_unlock(vp);
	return (error);
}

/* Fill sb; the vnode is locked, shared at least. */
int
vn_stat(struct vnode *vp, struct stat *sb, struct ucred *cred)
{
	struct vattr va;
	int error;

	va.va_gen = 0;
	va.va_fsid_uuid.time_low = 0;
	va.va_rmajor = VNOVAL;
	va.va_rminor = VNOVAL;
	va.va_fsid = vp->v_mount != NULL ?
	    vp->v_mount->mnt_stat.f_fsid.val[0] : 0;
	error = VOP_GETATTR(vp, &va);
	if (error)
		return (error);
	bzero(sb, sizeof(*sb));
	sb->st_dev = va.va_fsid;
	sb->st_ino = va.va_fileid;
	sb->st_mode = (va.va_mode & ALLPERMS) | VTTOIF(va.va_type);
	sb->st_nlink = va.va_nlink;
	sb->st_uid = va.va_uid;
	sb->st_gid = va.va_gid;
	sb->st_rdev = va.va_rmajor == VNOVAL ? (dev_t)-1 :
	    makeudev(va.va_rmajor, va.va_rminor);
	sb->st_size = va.va_size;
	sb->st_atim = va.va_atime;
	sb->st_mtim = va.va_mtime;
	sb->st_ctim = va.va_ctime;
	sb->st_blksize = va.va_type == VREG || va.va_type == VDIR ||
	    va.va_type == VLNK ? va.va_blocksize : PAGE_SIZE;
	if (sb->st_blksize == 0)
		sb->st_blksize = PAGE_SIZE;
	sb->__old_st_blksize = sb->st_blksize;
	sb->st_flags = va.va_flags;
	sb->st_gen = cred->cr_uid == 0 ? (u_int32_t)va.va_gen : 0;
	sb->st_blocks = va.va_bytes / S_BLKSIZE;
	return (0);
}

static int
vn_ioctl(struct file *fp, u_long com, caddr_t data, struct ucred *cred,
    struct sysmsg *msg)
{
	struct vnode *vp = fp->f_data;
	struct vattr va;
	off_t size;
	int error;

	switch (vp->v_type) {
	case VREG:
	case VDIR:
		if (com == FIONREAD) {
			vn_lock(vp, LK_SHARED | LK_RETRY);
			error = VOP_GETATTR(vp, &va);
			vn_unlock(vp);
			if (error)
				return (error);
			size = va.va_size - fp->f_offset;
			*(int *)data = size < 0 ? 0 :
			    (size > INT_MAX ? INT_MAX : size);
			return (0);
		}
		if (com == FIOASYNC)
			return (0);
		if (com == FIONBIO)
			return (0);
		return (VOP_IOCTL(vp, com, data, fp->f_flag, cred, msg));
	case VCHR:
	case VBLK:
		if (com == FIODTYPE) {
			*(int *)data = dev_dflags(vp->v_rdev) & D_TYPEMASK;
			return (0);
		}
		if (com == FIODNAME)
			return (dev_copyout_name(vp->v_rdev,
			    (struct fiodname_args *)data));
		error = dev_dioctl(vp->v_rdev, com, data, fp->f_flag, cred,
		    msg, fp);
		if (error == 0 && com == TIOCSCTTY)
			ttysetvnode(vp);
		return (error);
	case VFIFO:
		return (VOP_IOCTL(vp, com, data, fp->f_flag, cred, msg));
	default:
		return (ENOTTY);
	}
}

static int
vn_kqfilter(struct file *fp, struct knote *kn)
{
	struct vnode *vp = fp->f_data;

	if (vp->v_type == VCHR && vp->v_rdev != NULL &&
	    kn->kn_filter != EVFILT_VNODE)
		return (dev_dkqfilter(vp->v_rdev, kn, fp));
	return (VOP_KQFILTER(vp, kn));
}

static int
vn_closefile(struct file *fp)
{
	struct vnode *vp = fp->f_data;

	fp->f_ops = &badfileops;
	return (vn_close(vp, fp->f_flag, fp));
}

static int
vn_seek(struct file *fp, off_t offset, int whence, off_t *res)
{
	struct vnode *vp = fp->f_data;
	struct vattr va;
	off_t base = 0, pos;
	int error = 0;

	if (vp->v_type == VFIFO || vp->v_type == VSOCK ||
	    (vp->v_flag & VNOTSEEKABLE) || (vp->v_flag & VISTTY))
		return (ESPIPE);
	vn_offset_lock(fp);
	switch (whence) {
	case SEEK_SET:
		break;
	case SEEK_CUR:
		base = fp->f_offset;
		break;
	case SEEK_END:
		vn_lock(vp, LK_SHARED | LK_RETRY);
		error = VOP_GETATTR(vp, &va);
		vn_unlock(vp);
		base = va.va_size;
		break;
	default:
		error = EINVAL;
		break;
	}
	if (error == 0) {
		if ((offset > 0 && base > OFF_MAX - offset)) {
			error = EOVERFLOW;
		} else {
			pos = base + offset;
			if (pos < 0 && vp->v_type != VCHR) {
				error = EINVAL;
			} else {
				fp->f_offset = pos;
				*res = pos;
			}
		}
	}
	vn_offset_unlock(fp);
	return (error);
}

/*
 * revoke(2): files of the vnode stop working.  vgone makes the vnode dead,
 * which every open file of it sees.
 */
int
fdrevoke(void *f_data, short f_type, struct ucred *cred)
{
	return (0);
}

int
vn_mark_atime(struct vnode *vp, struct thread *td)
{
	if (vp->v_mount == NULL ||
	    (vp->v_mount->mnt_flag & (MNT_NOATIME | MNT_RDONLY)))
		return (0);
	return (VOP_MARKATIME(vp, td->td_ucred));
}

/* Open a path for the kernel's own use; fp_close() or fdrop() closes. */
int
fp_open(const char *path, int flags, int mode, struct file **fpp)
{
	struct nlookupdata nd;
	struct file *fp;
	int error;

	*fpp = NULL;
	error = falloc(NULL, &fp, NULL);
	if (error)
		return (error);
	error = nlookup_init(&nd, path, UIO_SYSSPACE, NLC_FOLLOW);
	if (error == 0)
		error = vn_open(&nd, &fp, FFLAGS(flags), mode);
	nlookup_done(&nd);
	if (error) {
		fdrop(fp);
		return (error);
	}
	*fpp = fp;
	return (0);
}
