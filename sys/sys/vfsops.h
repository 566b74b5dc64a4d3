/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Vnode operations: the table every filesystem fills, the argument
 * structures, and the VOP_* calls.
 *
 * Entries left NULL are taken from the table's vop_default handlers when
 * vfs_add_vnodeops() installs it; without a better one an operation returns
 * EOPNOTSUPP.  Operations on names (vop_n*) take a struct nchandle whose
 * namecache entry the caller has locked exclusively, resolved, and checked:
 * the name is reserved, so the filesystem need not look for races on it.
 * They get the directory's vnode referenced but not locked.
 *
 * Unless said otherwise a_vp is referenced, and locked: exclusively for
 * operations that change the file, at least shared for others.
 */
#ifndef _SYS_VFSOPS_H_
#define _SYS_VFSOPS_H_

#ifdef _KERNEL

#include <sys/types.h>
#include <sys/param.h>
#include <sys/queue.h>

struct bio;
struct buf;
struct file;
struct knote;
struct lwp;
struct mount;
struct namecache;
struct nchandle;
struct nlookupdata;
struct sysmsg;
struct thread;
struct ucred;
struct uio;
struct vattr;
struct vattr_lite;
struct vm_page;
struct vnode;
struct vop_ops;
union mountctl_ctl;

struct vop_generic_args {
	struct vop_ops	*a_ops;		/* table being called through */
};

struct vop_open_args {
	struct vop_generic_args a_head;
	struct vnode	*a_vp;
	int		a_mode;		/* FREAD, FWRITE, O_* */
	struct ucred	*a_cred;
	struct file	**a_fpp;	/* may be NULL, or *a_fpp NULL */
};

struct vop_close_args {
	struct vop_generic_args a_head;
	struct vnode	*a_vp;
	int		a_fflag;
	struct file	*a_fp;
};

struct vop_access_args {
	struct vop_generic_args a_head;
	struct vnode	*a_vp;
	int		a_mode;		/* VREAD | VWRITE | VEXEC */
	int		a_flags;	/* AT_EACCESS: effective ids */
	struct ucred	*a_cred;
};

struct vop_getattr_args {
	struct vop_generic_args a_head;
	struct vnode	*a_vp;
	struct vattr	*a_vap;
};

struct vop_getattr_lite_args {
	struct vop_generic_args a_head;
	struct vnode	*a_vp;
	struct vattr_lite *a_lvap;
};

struct vop_setattr_args {
	struct vop_generic_args a_head;
	struct vnode	*a_vp;
	struct vattr	*a_vap;
	struct ucred	*a_cred;
};

struct vop_read_args {
	struct vop_generic_args a_head;
	struct vnode	*a_vp;
	struct uio	*a_uio;
	int		a_ioflag;
	struct ucred	*a_cred;
};

struct vop_write_args {
	struct vop_generic_args a_head;
	struct vnode	*a_vp;
	struct uio	*a_uio;
	int		a_ioflag;
	struct ucred	*a_cred;
};

struct vop_ioctl_args {
	struct vop_generic_args a_head;
	struct vnode	*a_vp;
	u_long		a_command;
	caddr_t		a_data;
	int		a_fflag;
	struct ucred	*a_cred;
	struct sysmsg	*a_sysmsg;
};

struct vop_poll_args {
	struct vop_generic_args a_head;
	struct vnode	*a_vp;
	int		a_events;
	struct ucred	*a_cred;
};

struct vop_kqfilter_args {
	struct vop_generic_args a_head;
	struct vnode	*a_vp;
	struct knote	*a_kn;
};

struct vop_mmap_args {
	struct vop_generic_args a_head;
	struct vnode	*a_vp;
	int		a_fflags;
	struct ucred	*a_cred;
};

struct vop_fsync_args {
	struct vop_generic_args a_head;
	struct vnode	*a_vp;
	int		a_waitfor;	/* MNT_WAIT, MNT_NOWAIT, MNT_LAZY */
	int		a_flags;	/* VOP_FSYNC_SYSCALL */
	struct file	*a_fp;
};

struct vop_readdir_args {
	struct vop_generic_args a_head;
	struct vnode	*a_vp;
	struct uio	*a_uio;		/* offset: opaque cookie */
	struct ucred	*a_cred;
	int		*a_eofflag;
	int		*a_ncookies;	/* optional, with a_cookies */
	off_t		**a_cookies;	/* kmalloc'd M_TEMP by the fs */
};

struct vop_readlink_args {
	struct vop_generic_args a_head;
	struct vnode	*a_vp;
	struct uio	*a_uio;
	struct ucred	*a_cred;
};

struct vop_inactive_args {
	struct vop_generic_args a_head;
	struct vnode	*a_vp;
};

struct vop_reclaim_args {
	struct vop_generic_args a_head;
	struct vnode	*a_vp;
};

struct vop_bmap_args {
	struct vop_generic_args a_head;
	struct vnode	*a_vp;
	off_t		a_loffset;
	off_t		*a_doffsetp;	/* NOOFFSET: hole */
	int		*a_runp;	/* contiguous bytes after, or NULL */
	int		*a_runb;	/* before, or NULL */
	int		a_cmd;		/* buf_cmd_t */
};

struct vop_strategy_args {
	struct vop_generic_args a_head;
	struct vnode	*a_vp;
	struct bio	*a_bio;
};

struct vop_print_args {
	struct vop_generic_args a_head;
	struct vnode	*a_vp;
};

struct vop_pathconf_args {
	struct vop_generic_args a_head;
	struct vnode	*a_vp;
	int		a_name;
	register_t	*a_retval;
};

struct vop_advlock_args {
	struct vop_generic_args a_head;
	struct vnode	*a_vp;
	caddr_t		a_id;
	int		a_op;
	struct flock	*a_fl;
	int		a_flags;
};

struct vop_getpages_args {
	struct vop_generic_args a_head;
	struct vnode	*a_vp;
	struct vm_page	**a_m;		/* busied, consecutive */
	int		a_count;	/* bytes */
	int		a_reqpage;	/* index that must become valid */
	off_t		a_offset;	/* of a_m[0] */
	int		a_seqaccess;
};

struct vop_putpages_args {
	struct vop_generic_args a_head;
	struct vnode	*a_vp;
	struct vm_page	**a_m;
	int		a_count;	/* bytes */
	int		a_flags;	/* VM_PAGER_PUT_* */
	int		*a_rtvals;	/* VM_PAGER_* per page */
	off_t		a_offset;
};

struct vop_freeblks_args {
	struct vop_generic_args a_head;
	struct vnode	*a_vp;
	off_t		a_offset;
	int		a_length;
};

struct vop_revoke_args {
	struct vop_generic_args a_head;
	struct vnode	*a_vp;
	int		a_flags;
	struct ucred	*a_cred;
};

struct vop_markatime_args {
	struct vop_generic_args a_head;
	struct vnode	*a_vp;
	struct ucred	*a_cred;
};

struct vop_allocate_args {
	struct vop_generic_args a_head;
	struct vnode	*a_vp;
	off_t		a_offset;
	off_t		a_len;
};

struct vop_mountctl_args {
	struct vop_generic_args a_head;
	struct mount	*a_mp;
	int		a_op;
	struct file	*a_fp;
	const void	*a_ctl;
	int		a_ctllen;
	void		*a_buf;
	int		a_buflen;
	int		*a_res;
	struct vnode	*a_vp;
};

/* Name operations. */
struct vop_nresolve_args {
	struct vop_generic_args a_head;
	struct nchandle	*a_nch;		/* unresolved, locked */
	struct vnode	*a_dvp;
	struct ucred	*a_cred;
};

struct vop_nlookupdotdot_args {
	struct vop_generic_args a_head;
	struct vnode	*a_dvp;
	struct vnode	**a_vpp;	/* referenced, unlocked */
	struct ucred	*a_cred;
	char		**a_fakename;
};

struct vop_ncreate_args {
	struct vop_generic_args a_head;
	struct nchandle	*a_nch;
	struct vnode	*a_dvp;
	struct vnode	**a_vpp;	/* referenced and locked */
	struct ucred	*a_cred;
	struct vattr	*a_vap;
};
#define vop_nmkdir_args	vop_ncreate_args
#define vop_nmknod_args	vop_ncreate_args

struct vop_nlink_args {
	struct vop_generic_args a_head;
	struct nchandle	*a_nch;
	struct vnode	*a_dvp;
	struct vnode	*a_vp;		/* referenced, unlocked */
	struct ucred	*a_cred;
};

struct vop_nsymlink_args {
	struct vop_generic_args a_head;
	struct nchandle	*a_nch;
	struct vnode	*a_dvp;
	struct vnode	**a_vpp;
	struct ucred	*a_cred;
	struct vattr	*a_vap;
	char		*a_target;
};

struct vop_nwhiteout_args {
	struct vop_generic_args a_head;
	struct nchandle	*a_nch;
	struct vnode	*a_dvp;
	struct ucred	*a_cred;
	int		a_flags;
};

struct vop_nremove_args {
	struct vop_generic_args a_head;
	struct nchandle	*a_nch;
	struct vnode	*a_dvp;
	struct ucred	*a_cred;
};
#define vop_nrmdir_args	vop_nremove_args

struct vop_nrename_args {
	struct vop_generic_args a_head;
	struct nchandle	*a_fnch;
	struct nchandle	*a_tnch;
	struct vnode	*a_fdvp;
	struct vnode	*a_tdvp;
	struct ucred	*a_cred;
};

/*
 * Every operation once: X(name).  The table, its defaults and its checks
 * are all generated from this list.
 */
#define VOP_LIST(X)							\
	X(open)		X(close)	X(access)	X(getattr)	\
	X(getattr_lite)	X(setattr)	X(read)		X(write)	\
	X(ioctl)	X(poll)		X(kqfilter)	X(mmap)		\
	X(fsync)	X(readdir)	X(readlink)	X(inactive)	\
	X(reclaim)	X(bmap)		X(strategy)	X(print)	\
	X(pathconf)	X(advlock)	X(getpages)	X(putpages)	\
	X(freeblks)	X(revoke)	X(markatime)	X(allocate)	\
	X(mountctl)	X(nresolve)	X(nlookupdotdot) X(ncreate)	\
	X(nmkdir)	X(nmknod)	X(nlink)	X(nsymlink)	\
	X(nwhiteout)	X(nremove)	X(nrmdir)	X(nrename)

struct vop_ops {
	struct mount	*vv_mount;		/* (I) set when installed */
	/* Fallback for every entry a filesystem leaves NULL. */
	int		(*vop_default)(struct vop_generic_args *);
#define VOP_DECLARE(name)	int (*vop_##name)(struct vop_##name##_args *);
	VOP_LIST(VOP_DECLARE)
#undef VOP_DECLARE
};

#define VOP_CALL(vp, op, ...) ({					\
	struct vop_##op##_args _vopargs = {				\
		.a_head.a_ops = *(vp)->v_ops, __VA_ARGS__ };		\
	_vopargs.a_head.a_ops->vop_##op(&_vopargs);			\
})

/* Operations that only dispatch. */
#define VOP_ACCESS(vp, mode, cred)	VOP_CALL(vp, access, .a_vp = (vp), \
	.a_mode = (mode), .a_flags = AT_EACCESS, .a_cred = (cred))
#define VOP_EACCESS(vp, mode, cred)	VOP_ACCESS(vp, mode, cred)
#define VOP_ACCESS_FLAGS(vp, mode, flags, cred) VOP_CALL(vp, access,	\
	.a_vp = (vp), .a_mode = (mode), .a_flags = (flags), .a_cred = (cred))
#define VOP_GETATTR(vp, vap)		VOP_CALL(vp, getattr, .a_vp = (vp), \
	.a_vap = (vap))
#define VOP_GETATTR_LITE(vp, lvap)	VOP_CALL(vp, getattr_lite,	\
	.a_vp = (vp), .a_lvap = (lvap))
#define VOP_READ(vp, uio, ioflag, cred)	VOP_CALL(vp, read, .a_vp = (vp), \
	.a_uio = (uio), .a_ioflag = (ioflag), .a_cred = (cred))
#define VOP_IOCTL(vp, cmd, data, fflag, cred, msg) VOP_CALL(vp, ioctl,	\
	.a_vp = (vp), .a_command = (cmd), .a_data = (data),		\
	.a_fflag = (fflag), .a_cred = (cred), .a_sysmsg = (msg))
#define VOP_POLL(vp, events, cred)	VOP_CALL(vp, poll, .a_vp = (vp), \
	.a_events = (events), .a_cred = (cred))
#define VOP_KQFILTER(vp, kn)		VOP_CALL(vp, kqfilter, .a_vp = (vp), \
	.a_kn = (kn))
#define VOP_MMAP(vp, fflags, cred)	VOP_CALL(vp, mmap, .a_vp = (vp), \
	.a_fflags = (fflags), .a_cred = (cred))
#define VOP_FSYNC(vp, waitfor, flags)	VOP_CALL(vp, fsync, .a_vp = (vp), \
	.a_waitfor = (waitfor), .a_flags = (flags), .a_fp = NULL)
#define VOP_FSYNC_FP(vp, waitfor, flags, fp) VOP_CALL(vp, fsync,	\
	.a_vp = (vp), .a_waitfor = (waitfor), .a_flags = (flags),	\
	.a_fp = (fp))
#define VOP_READDIR(vp, uio, cred, eof, ncookies, cookies)		\
	VOP_CALL(vp, readdir, .a_vp = (vp), .a_uio = (uio),		\
	.a_cred = (cred), .a_eofflag = (eof), .a_ncookies = (ncookies),	\
	.a_cookies = (cookies))
#define VOP_READLINK(vp, uio, cred)	VOP_CALL(vp, readlink, .a_vp = (vp), \
	.a_uio = (uio), .a_cred = (cred))
#define VOP_INACTIVE(vp)		VOP_CALL(vp, inactive, .a_vp = (vp))
#define VOP_RECLAIM(vp)			VOP_CALL(vp, reclaim, .a_vp = (vp))
#define VOP_BMAP(vp, loff, doffp, runp, runb, cmd) VOP_CALL(vp, bmap,	\
	.a_vp = (vp), .a_loffset = (loff), .a_doffsetp = (doffp),	\
	.a_runp = (runp), .a_runb = (runb), .a_cmd = (cmd))
#define VOP_PRINT(vp)			VOP_CALL(vp, print, .a_vp = (vp))
#define VOP_PATHCONF(vp, name, retval)	VOP_CALL(vp, pathconf, .a_vp = (vp), \
	.a_name = (name), .a_retval = (retval))
#define VOP_ADVLOCK(vp, id, op, fl, flags) VOP_CALL(vp, advlock,	\
	.a_vp = (vp), .a_id = (id), .a_op = (op), .a_fl = (fl),		\
	.a_flags = (flags))
#define VOP_GETPAGES(vp, m, count, reqpage, offset, seqaccess)		\
	VOP_CALL(vp, getpages, .a_vp = (vp), .a_m = (m),		\
	.a_count = (count), .a_reqpage = (reqpage), .a_offset = (offset), \
	.a_seqaccess = (seqaccess))
#define VOP_PUTPAGES(vp, m, count, flags, rtvals, offset)		\
	VOP_CALL(vp, putpages, .a_vp = (vp), .a_m = (m),		\
	.a_count = (count), .a_flags = (flags), .a_rtvals = (rtvals),	\
	.a_offset = (offset))
#define VOP_FREEBLKS(vp, offset, length) VOP_CALL(vp, freeblks,		\
	.a_vp = (vp), .a_offset = (offset), .a_length = (length))
#define VOP_REVOKE(vp, flags, cred)	VOP_CALL(vp, revoke, .a_vp = (vp), \
	.a_flags = (flags), .a_cred = (cred))
#define VOP_MARKATIME(vp, cred)		VOP_CALL(vp, markatime,		\
	.a_vp = (vp), .a_cred = (cred))
#define VOP_ALLOCATE(vp, offset, len)	VOP_CALL(vp, allocate, .a_vp = (vp), \
	.a_offset = (offset), .a_len = (len))
#define VOP_MOUNTCTL(mp, vp, op, fp, ctl, ctllen, buf, buflen, res)	\
	VOP_CALL(vp, mountctl, .a_mp = (mp), .a_op = (op), .a_fp = (fp), \
	.a_ctl = (ctl), .a_ctllen = (ctllen), .a_buf = (buf),		\
	.a_buflen = (buflen), .a_res = (res), .a_vp = (vp))
/*
 * Operations with work above the filesystem: open counts, name cache
 * permission hints, events.  Same arguments, vfs_vopops.c.
 */
int	vop_open(struct vnode *vp, int mode, struct ucred *cred,
	    struct file **fpp);
int	vop_close(struct vnode *vp, int fflag, struct file *fp);
int	vop_setattr(struct vnode *vp, struct vattr *vap, struct ucred *cred);
int	vop_write(struct vnode *vp, struct uio *uio, int ioflag,
	    struct ucred *cred);
int	vop_strategy(struct vnode *vp, struct bio *bio);
int	vop_nresolve(struct nchandle *nch, struct vnode *dvp,
	    struct ucred *cred);
int	vop_nlookupdotdot(struct vnode *dvp, struct vnode **vpp,
	    struct ucred *cred, char **fakename);
int	vop_ncreate(struct nchandle *nch, struct vnode *dvp,
	    struct vnode **vpp, struct ucred *cred, struct vattr *vap);
int	vop_nmkdir(struct nchandle *nch, struct vnode *dvp,
	    struct vnode **vpp, struct ucred *cred, struct vattr *vap);
int	vop_nmknod(struct nchandle *nch, struct vnode *dvp,
	    struct vnode **vpp, struct ucred *cred, struct vattr *vap);
int	vop_nlink(struct nchandle *nch, struct vnode *dvp, struct vnode *vp,
	    struct ucred *cred);
int	vop_nsymlink(struct nchandle *nch, struct vnode *dvp,
	    struct vnode **vpp, struct ucred *cred, struct vattr *vap,
	    char *target);
int	vop_nremove(struct nchandle *nch, struct vnode *dvp,
	    struct ucred *cred);
int	vop_nrmdir(struct nchandle *nch, struct vnode *dvp,
	    struct ucred *cred);
int	vop_nrename(struct nchandle *fnch, struct nchandle *tnch,
	    struct vnode *fdvp, struct vnode *tdvp, struct ucred *cred);

#define VOP_OPEN(vp, mode, cred, fpp)	vop_open(vp, mode, cred, fpp)
#define VOP_CLOSE(vp, fflag, fp)	vop_close(vp, fflag, fp)
#define VOP_SETATTR(vp, vap, cred)	vop_setattr(vp, vap, cred)
#define VOP_SETATTR_FP(vp, vap, cred, fp) vop_setattr(vp, vap, cred)
#define VOP_WRITE(vp, uio, ioflag, cred) vop_write(vp, uio, ioflag, cred)
#define vn_strategy(vp, bio)		vop_strategy(vp, bio)
#define VOP_NRESOLVE(nch, dvp, cred)	vop_nresolve(nch, dvp, cred)
#define VOP_NLOOKUPDOTDOT(dvp, vpp, cred, fakename) \
	vop_nlookupdotdot(dvp, vpp, cred, fakename)
#define VOP_NCREATE(nch, dvp, vpp, cred, vap) \
	vop_ncreate(nch, dvp, vpp, cred, vap)
#define VOP_NMKDIR(nch, dvp, vpp, cred, vap) \
	vop_nmkdir(nch, dvp, vpp, cred, vap)
#define VOP_NMKNOD(nch, dvp, vpp, cred, vap) \
	vop_nmknod(nch, dvp, vpp, cred, vap)
#define VOP_NLINK(nch, dvp, vp, cred)	vop_nlink(nch, dvp, vp, cred)
#define VOP_NSYMLINK(nch, dvp, vpp, cred, vap, target) \
	vop_nsymlink(nch, dvp, vpp, cred, vap, target)
#define VOP_NREMOVE(nch, dvp, cred)	vop_nremove(nch, dvp, cred)
#define VOP_NRMDIR(nch, dvp, cred)	vop_nrmdir(nch, dvp, cred)
#define VOP_NRENAME(fnch, tnch, fdvp, tdvp, cred) \
	vop_nrename(fnch, tnch, fdvp, tdvp, cred)

/* Ready-made operations for vop_ops tables. */
int	vop_defaultop(struct vop_generic_args *ap);	/* EOPNOTSUPP */
int	vop_ebadf(struct vop_generic_args *ap);
int	vop_enotty(struct vop_generic_args *ap);
int	vop_einval(struct vop_generic_args *ap);
int	vop_eopnotsupp(struct vop_generic_args *ap);
int	vop_erofs(struct vop_generic_args *ap);
int	vop_null(struct vop_generic_args *ap);		/* 0 */
int	vop_panic(struct vop_generic_args *ap);
int	vop_stdopen(struct vop_open_args *ap);
int	vop_stdclose(struct vop_close_args *ap);
int	vop_stdpathconf(struct vop_pathconf_args *ap);
int	vop_stdkqfilter(struct vop_kqfilter_args *ap);
int	vop_stdgetattr_lite(struct vop_getattr_lite_args *ap);
int	vop_stdmountctl(struct vop_mountctl_args *ap);
int	vop_stdgetpages(struct vop_getpages_args *ap);
int	vop_stdputpages(struct vop_putpages_args *ap);
int	vop_stdadvlock(struct vop_advlock_args *ap);
int	vop_stdrevoke(struct vop_revoke_args *ap);
int	vop_stdallocate(struct vop_allocate_args *ap);
int	vop_stdmarkatime(struct vop_markatime_args *ap);

/* Device vnodes, of devfs and of filesystems that hold nodes (vfs_spec.c). */
int	spec_open(struct vop_open_args *ap);
int	spec_close(struct vop_close_args *ap);
int	spec_read(struct vop_read_args *ap);
int	spec_write(struct vop_write_args *ap);
int	spec_ioctl(struct vop_ioctl_args *ap);
int	spec_kqfilter(struct vop_kqfilter_args *ap);
int	spec_strategy(struct vop_strategy_args *ap);
int	spec_bmap(struct vop_bmap_args *ap);
int	spec_fsync(struct vop_fsync_args *ap);
int	spec_pathconf(struct vop_pathconf_args *ap);
int	spec_freeblks(struct vop_freeblks_args *ap);

/* What such a table says of the device; names and attributes are its own. */
#define SPEC_VNODE_IO							\
	.vop_open = spec_open,						\
	.vop_close = spec_close,					\
	.vop_read = spec_read,						\
	.vop_write = spec_write,					\
	.vop_ioctl = spec_ioctl,					\
	.vop_kqfilter = spec_kqfilter,					\
	.vop_strategy = spec_strategy,					\
	.vop_bmap = spec_bmap,						\
	.vop_fsync = spec_fsync,					\
	.vop_pathconf = spec_pathconf,					\
	.vop_freeblks = spec_freeblks

/* Named pipes, for the tables of filesystems that hold them (fifofs). */
int	fifo_open(struct vop_open_args *ap);
int	fifo_close(struct vop_close_args *ap);
int	fifo_read(struct vop_read_args *ap);
int	fifo_write(struct vop_write_args *ap);
int	fifo_ioctl(struct vop_ioctl_args *ap);
int	fifo_kqfilter(struct vop_kqfilter_args *ap);
int	fifo_pathconf(struct vop_pathconf_args *ap);

#endif /* _KERNEL */

#endif /* !_SYS_VFSOPS_H_ */
