/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Vnodes: the kernel's handle on a file, whatever filesystem it lives in.
 *
 * Life cycle.  getnewvnode() makes a vnode, referenced and exclusively
 * locked.  References (vref/vrele) keep its identity: while v_refcnt is
 * above zero it is not recycled, though a forced unmount or revoke(2) may
 * turn it into a dead vnode.  With no references it stays cached, findable
 * through the namecache and the filesystem's own index, until vnode
 * recycling picks it; v_auxrefs (vhold/vdrop) then keep only the memory.
 * Vnode memory is type stable: it never becomes anything but a vnode, so
 * lock-free lookups may read it and take a reference with vref_try().
 *
 * Locks: v_lock (vn_lock) serialises operations on the file, shared or
 * exclusive; "VX" is the exclusive lock held while changing identity.
 * Lock order: vnode before its children, namecache entry before vnode.
 */
#ifndef _SYS_VNODE_H_
#define _SYS_VNODE_H_

#include <sys/types.h>
#include <sys/queue.h>

#include <sys/vfscache.h>

#ifdef _KERNEL

#include <sys/lock.h>
#include <sys/spinlock.h>
#include <sys/thread.h>
#include <sys/tree.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/uuid.h>
#include <sys/event.h>
#include <sys/bio.h>
#include <sys/namecache.h>
#include <sys/vfsops.h>

struct buf;
struct cdev;
struct file;
struct fifoinfo;
struct lockf;
struct lwp;
struct mount;
struct proc;
struct stat;
struct ucred;
struct vm_object;
struct vqfile;

TAILQ_HEAD(vnode_list, vnode);

/* Buffers of a vnode, by logical offset; see vfs_bio.c. */
RB_HEAD(buf_rb_tree, buf);
RB_HEAD(buf_rb_hash, buf);

/*
 * Locks: (V) v_lock; (x) VX: v_lock exclusive and VREF_TERMINATE or new;
 * (s) v_spin; (l) lock of the vnode list the vnode is on; (t) v_token;
 * (m) mnt_vnlist spinlock of v_mount; (a) atomic.
 */
struct vnode {
	struct vop_ops	**v_ops;		/* (x) operations */
	struct vm_object *v_object;		/* (x) cached data, or NULL */
	volatile u_int	v_refcnt;		/* (a) references | VREF_* */
	volatile u_int	v_auxrefs;		/* (a) memory holds */
	volatile uint32_t v_flag;		/* (a) V* flags below */
	enum vtype	v_type;			/* (x) */
	off_t		v_filesize;		/* (V) size of v_object */
	struct mount	*v_mount;		/* (x) filesystem */
	void		*v_data;		/* (x) filesystem's own */
	struct lock	v_lock;			/* the vnode lock */
	struct spinlock	v_spin;			/* leaf lock */
	int		v_opencount;		/* (s) opens */
	int		v_writecount;		/* (s) opens for writing */
	volatile u_int	v_textcount;		/* (a) processes executing it */
	struct namecache_list v_namecache;	/* (s) names of this vnode */
	int		v_namecache_count;	/* (s) */
	enum vtagtype	v_tag;			/* (x) */
	uint8_t		v_act;			/* (l) recycling age */
	uint8_t		v_listcpu;		/* (x) list it is on */
	TAILQ_ENTRY(vnode) v_list;		/* (l) recycling list */
	TAILQ_ENTRY(vnode) v_nmntvnodes;	/* (m) vnodes of the mount */
	TAILQ_ENTRY(vnode) v_synclist;		/* syncer's list */
	struct syncer_ctx *v_syncctx;		/* syncer it is with */
	int		v_syncslot;		/* which list */
	uint64_t	v_hashkey;		/* fs index use */
	struct lwkt_token v_token;		/* buffers, locks */
	struct buf_rb_tree v_rbclean_tree;	/* (t) */
	struct buf_rb_tree v_rbdirty_tree;	/* (t) */
	struct buf_rb_hash v_rbhash_tree;	/* (t) */
	int		v_track_write;		/* (a) writes in progress */
	int		v_write_waiters;	/* (t) */
	union {
		struct {
			struct cdev	*vu_cdev;
			TAILQ_ENTRY(vnode) vu_cdevnext;
			dev_t		vu_udev;
		} vu_cdev;			/* VCHR, VBLK */
		struct fifoinfo	*vu_fifoinfo;	/* VFIFO */
		struct unpcb	*vu_socket;	/* VSOCK */
	} v_un;					/* (x) */
	off_t		v_lazyw;		/* last write, clustering */
	struct lockf	*v_lockf;		/* (t) advisory locks */
	struct kqinfo	v_kqinfo;		/* (t) EVFILT_VNODE notes */
	struct mount	*v_pfsmp;		/* (a) last null mount, hint */
	struct vqfile	*v_quota;		/* (V) what is charged for it */
};

#define v_rdev		v_un.vu_cdev.vu_cdev
#define v_cdevnext	v_un.vu_cdev.vu_cdevnext
#define v_udev		v_un.vu_cdev.vu_udev
#define v_fifoinfo	v_un.vu_fifoinfo
#define v_unpcb		v_un.vu_socket

/* v_refcnt: the top bits are flags. */
#define VREF_TERMINATE	0x40000000	/* being recycled, or free */
#define VREF_FINALIZE	0x20000000	/* run VOP_INACTIVE at last vrele */
#define VREF_MASK	0x1fffffff

/* v_flag */
#define VROOT		0x00000001	/* root of its filesystem */
#define VSYSTEM		0x00000004	/* used by the kernel only */
#define VISTTY		0x00000008	/* a terminal */
#define VONWORKLST	0x00000010	/* on a syncer list */
#define VOBJDIRTY	0x00000020	/* v_object may hold dirty pages */
#define VISDIRTY	0x00000040	/* inode dirty */
#define VRECLAIMED	0x00000080	/* reclaimed: identity gone */
#define VKVABIO		0x00000100	/* buffers without global mapping */
#define VNOTSEEKABLE	0x00000200	/* lseek makes no sense */
#define VMAYHAVELOCKS	0x00000400	/* v_lockf was used */
#define VPFSROOT	0x00000800	/* pseudo filesystem root */
#define VNOCACHE	0x00001000	/* keep out of swapcache */
#define VAGE		0x00002000	/* recycle early */
#define VSHAREDREAD	0x00004000	/* cached reads need no v_lock */
#define VONLIST		0x00008000	/* on a recycling list */

/* a_ioflag of VOP_READ and VOP_WRITE; the top 16 bits hint read-ahead. */
#define IO_UNIT		0x0001		/* all or nothing */
#define IO_APPEND	0x0002
#define IO_SYNC		0x0004
#define IO_NODELOCKED	0x0008		/* caller holds the vnode lock */
#define IO_NDELAY	0x0010
#define IO_VMIO		0x0020		/* from the VM system */
#define IO_DIRECT	0x0040
#define IO_ASYNC	0x0080
#define IO_RECURSE	0x0100
#define IO_CORE		0x0200		/* core dump */
#define IO_NOMSYNC	0x0400		/* not a memory-sync */
#define IO_CLUSTER	0x0800
#define IO_SEQMAX	0x7f
#define IO_SEQSHIFT	16

/* Mode bits for VOP_ACCESS. */
#define VEXEC		000100
#define VWRITE		000200
#define VREAD		000400
#define VSVTX		001000
#define VSGID		002000
#define VSUID		004000

/* vinvalbuf flags */
#define V_SAVE		0x0001		/* write dirty buffers first */

/* vn_lock(): ENOENT instead of locking a dead vnode. */
#ifndef LK_RETRY
#define LK_RETRY	0x10000000	/* even if the vnode is dead */
#endif
#ifndef LK_FAILRECLAIM
#define LK_FAILRECLAIM	0x08000000
#endif

/* vflush() flags */
#define SKIPSYSTEM	0x0001
#define FORCECLOSE	0x0002
#define WRITECLOSE	0x0004

/* VOP_REVOKE flags */
#define REVOKEALL	0x0001

/* Results of vmntvnodescan callbacks' flags. */
#define VMSC_GETVP	0x01		/* vget the vnode exclusively */
#define VMSC_GETVX	0x02
#define VMSC_NOWAIT	0x10
#define VMSC_ONEPASS	0x20

#define VATTR_NULL(vap)	vattr_null(vap)
#define VREF_COUNT(vp)	((vp)->v_refcnt & VREF_MASK)

#define VTOD(vp)	((vp)->v_rdev)

extern const enum vtype iftovt_tab[];
extern const int vttoif_tab[];
#define IFTOVT(mode)	(iftovt_tab[((mode) & S_IFMT) >> 12])
#define VTTOIF(type)	(vttoif_tab[(int)(type)])
#define MAKEIMODE(type, mode) ((int)(VTTOIF(type) | (mode)))

extern struct vnode	*rootvnode;	/* root of the first filesystem */
extern struct nchandle	rootnch;	/* its namecache handle */
extern int		maxvnodes;	/* kern.maxvnodes */
extern u_int		numvnodes;
extern int		vfs_timestamp_precision;
extern struct objcache	*namei_oc;	/* MAXPATHLEN buffers */

/*
 * References and locks.  LK_* flags are lockmgr's: LK_EXCLUSIVE, LK_SHARED,
 * LK_NOWAIT, LK_RETRY (return a dead vnode rather than fail).
 */

/* Take another reference; the caller has one, or otherwise knows it lives. */
void	vref(struct vnode *vp);
/* Reference a vnode found without locks; false if it is being recycled. */
int	vref_try(struct vnode *vp);
/* Drop a reference; may sleep when it is the last one. */
void	vrele(struct vnode *vp);
/* Keep only the memory and the place in lists. */
void	vhold(struct vnode *vp);
void	vdrop(struct vnode *vp);
/* Reference and lock; ENOENT if the vnode died meanwhile. */
int	vget(struct vnode *vp, int lkflags);
void	vput(struct vnode *vp);
int	vn_lock(struct vnode *vp, int lkflags);
void	vn_unlock(struct vnode *vp);
int	vn_islocked(struct vnode *vp);
/* Have VOP_INACTIVE run when the last reference goes. */
void	vfinalize(struct vnode *vp);
/* From VOP_INACTIVE: give the vnode up now; returns 1 if done. */
int	vrecycle(struct vnode *vp);
/* Exclusive identity lock: vx_get references and locks. */
int	vx_get(struct vnode *vp);
int	vx_get_nonblock(struct vnode *vp);
void	vx_put(struct vnode *vp);
void	vx_lock(struct vnode *vp);
void	vx_unlock(struct vnode *vp);
/* The new vnode comes locked and VX; vx_downgrade() makes it ordinary. */
void	vx_downgrade(struct vnode *vp);
/* Reclaim a VX-locked vnode now, whoever still refers to it. */
void	vgone_vxlocked(struct vnode *vp);

int	getnewvnode(enum vtagtype tag, struct mount *mp, struct vnode **vpp,
	    int timo, int lkflags);
int	getspecialvnode(enum vtagtype tag, struct mount *mp,
	    struct vop_ops **ops, struct vnode **vpp, int timo, int lkflags);
int	freesomevnodes(int count);
void	insmntque(struct vnode *vp, struct mount *mp);
void	vclrflags(struct vnode *vp, uint32_t flags);
void	vsetflags(struct vnode *vp, uint32_t flags);
void	vsetisdirty(struct vnode *vp);
void	vsetobjdirty(struct vnode *vp);
void	vclrisdirty(struct vnode *vp);

/* Buffers and VM object of a regular file, directory or disk. */
int	vinitvmio(struct vnode *vp, off_t filesize, int blksize, int boff);
int	vinvalbuf(struct vnode *vp, int flags, int slpflag, int slptimeo);
int	vtruncbuf(struct vnode *vp, off_t length, int blksize);
int	vfsync(struct vnode *vp, int waitfor, int passes,
	    int (*checkdef)(struct buf *), int (*waitoutput)(struct vnode *,
	    struct thread *));
void	vnode_pager_setsize(struct vnode *vp, off_t nsize);

/* Special files. */
int	v_associate_rdev(struct vnode *vp, struct cdev *dev);
void	v_release_rdev(struct vnode *vp);
void	addaliasu(struct vnode *vp, int x, int y);
int	vfinddev(struct cdev *dev, enum vtype type, struct vnode **vpp);
int	bdevvp(struct cdev *dev, struct vnode **vpp);
int	count_dev(struct cdev *dev);
int	vcount(struct vnode *vp);
int	vn_isdisk(struct vnode *vp, int *errp);
struct cdev *vn_todev(struct vnode *vp);
int	vop_helper_access(struct vop_access_args *ap, uid_t uid, gid_t gid,
	    mode_t mode, uint32_t flags);
int	vop_helper_chmod(struct vnode *vp, mode_t new_mode, struct ucred *cred,
	    uid_t cur_uid, gid_t cur_gid, mode_t *cur_modep);
int	vop_helper_chown(struct vnode *vp, uid_t new_uid, gid_t new_gid,
	    struct ucred *cred, uid_t *cur_uidp, gid_t *cur_gidp,
	    mode_t *cur_modep);
int	vop_helper_setattr_flags(uint32_t *flagsp, uint32_t vaflags, uid_t uid,
	    struct ucred *cred);
uid_t	vop_helper_create_uid(struct mount *mp, mode_t dmode, uid_t duid,
	    struct ucred *cred, mode_t *modep);
int	vop_write_dirent(int *error, struct uio *uio, ino_t d_ino,
	    uint8_t d_type, uint16_t d_namlen, const char *d_name);

/* The vn_* layer: what kernel code uses to work on files by name. */
int	vn_open(struct nlookupdata *nd, struct file **fpp, int fmode,
	    int cmode);
int	vn_opendisk(const char *devname, int fmode, struct vnode **vpp);
int	vn_close(struct vnode *vp, int flags, struct file *fp);
int	vn_stat(struct vnode *vp, struct stat *sb, struct ucred *cred);
int	vn_writechk(struct vnode *vp);
/* A reference of a process that executes it: no one may open it for writing. */
void	vn_text_ref(struct vnode *vp);
void	vn_text_rele(struct vnode *vp);
int	vn_rdwr(enum uio_rw rw, struct vnode *vp, caddr_t base, int len,
	    off_t offset, enum uio_seg segflg, int ioflg, struct ucred *cred,
	    int *aresid);
int	vn_rdwr_inchunks(enum uio_rw rw, struct vnode *vp, caddr_t base,
	    int len, off_t offset, enum uio_seg segflg, int ioflg,
	    struct ucred *cred, int *aresid);
int	vn_fullpath(struct proc *p, struct vnode *vp, char **retbuf,
	    char **freebuf, int guess);
int	vn_mark_atime(struct vnode *vp, struct thread *td);
int	vaccess(enum vtype type, mode_t mode, uid_t uid, gid_t gid,
	    mode_t acc, struct ucred *cred);
void	vattr_null(struct vattr *vap);
void	vfs_timestamp(struct timespec *ts);
int	vmntvnodescan(struct mount *mp, int flags,
	    int (*fastfunc)(struct mount *, struct vnode *, void *),
	    int (*slowfunc)(struct mount *, struct vnode *, void *),
	    void *data);
int	vflush(struct mount *mp, int rootrefs, int flags);
int	fdrevoke(void *f_data, short f_type, struct ucred *cred);
int	vrevoke(struct vnode *vp, struct ucred *cred);
void	vnode_release_object(struct vnode *vp);
void	vn_gone(struct vnode *vp);
void	vn_syncer_add(struct vnode *vp, int delay);
void	vn_syncer_remove(struct vnode *vp, int force);
void	vn_syncer_thr_create(struct mount *mp);
void	vn_syncer_thr_stop(struct mount *mp);
void	speedup_syncer(struct mount *mp);

/* Deliver EVFILT_VNODE events: NOTE_* of <sys/event.h>. */
void	vn_knote(struct vnode *vp, int hint);
#define VN_KNOTE(vp, hint)	do {					\
	if (!SLIST_EMPTY(&(vp)->v_kqinfo.ki_note))			\
		vn_knote((vp), (hint));					\
} while (0)

extern struct fileops	vnode_fileops;
extern struct vop_ops	dead_vnode_vops;
extern struct vop_ops	*dead_vnode_vops_p;
extern struct vop_ops	*spec_vnode_vops_p;
extern struct vop_ops	spec_vnode_vops;
extern struct vop_ops	default_vnode_vops;

#endif /* _KERNEL */

#endif /* !_SYS_VNODE_H_ */
