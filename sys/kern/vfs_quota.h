/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Shared by the files of the accounting of mounts: vfs_quota.c (accounts),
 * vfs_quota_file.c (what files are charged), vfs_quota_ctl.c (vquotactl(2)),
 * vfs_quota_scan.c (verification), vfs_quota_store.c (across reboots).
 *
 * Locks: (I) immutable; (a) atomic; (s) va_spin; (i) vs_spin; (t) va_token;
 * (V) lock of the vnode; (w) vq_lock, of the worker thread.
 */
#ifndef _KERN_VFS_QUOTA_H_
#define _KERN_VFS_QUOTA_H_

#include <sys/types.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/namecache.h>
#include <sys/queue.h>
#include <sys/spinlock.h>
#include <sys/thread.h>
#include <sys/tree.h>
#include <sys/vfs_quota.h>
#include <machine/atomic.h>

struct mount;
struct vattr;
struct vnode;
struct vqscan;
struct vqstore;

/* Something that can be used and limited. */
struct vqid {
	RB_ENTRY(vqid)	vi_entry;	/* (i) */
	uint32_t	vi_id;		/* (I) */
	u_int		vi_refs;	/* (i) files charged to it */
	volatile u_long	vi_used;	/* (a) bytes, signed */
	volatile u_long	vi_limit;	/* (a) bytes; 0: none */
	int64_t		vi_counted;	/* (t) by the verification */
};
RB_HEAD(vqid_tree, vqid);

/* All ids of an account, in order. */
struct vqids {
	struct spinlock	vs_spin;
	struct vqid_tree vs_tree;	/* (i) */
	u_int		vs_count;	/* (i) */
};

/* A CPU's share of what a mount uses. */
struct vqcpu {
	volatile u_long	vc_used;	/* (a) bytes, signed */
} __aligned(64);

#define VQ_UID	0
#define VQ_GID	1

/* The account of a mount.  Files that it charges refer to it. */
struct vqacct {
	volatile u_int	va_refs;	/* (a) */
	volatile u_int	va_gen;		/* (a) real mounts: views changed */
	volatile u_int	va_nlimits;	/* (s) limits that are set */
	volatile u_int	va_nviews;	/* (s) of the list below */
	volatile u_long	va_limit;	/* (s) of the mount; 0: none */
	struct vqscan	*volatile va_scan; /* (t) verification under way */
	struct vqcpu	*va_cpu;	/* (I) */
	struct vqacct	*va_real;	/* (I) the filesystem's own account */
	struct vnode	*va_root;	/* (I) top, referenced, or NULL: all */
	struct mount	*va_mp;		/* (w) until unmounted */
	dev_t		va_dev;		/* (I) st_dev of what it counts */
	uint64_t	va_key[2];	/* (I) names it in the filesystem */
	struct spinlock	va_spin;
	struct lwkt_token va_token;
	struct vqids	va_ids[2];	/* VQ_UID, VQ_GID */
	TAILQ_HEAD(, vqacct) va_views;	/* (s) of va_real: null mounts */
	TAILQ_ENTRY(vqacct) va_view;	/* (s) of va_real */
	TAILQ_ENTRY(vqacct) va_work;	/* (w) */
	int		va_flags;	/* (w) VQF_* */
	volatile u_int	va_changes;	/* (a) of limits; to be saved */
	u_int		va_saved;	/* (w) va_changes when saved */
	u_long		va_savedused;	/* (w) total when saved */
	struct vqstore	*va_store;	/* (w) files, if VQF_STORE */
	uint64_t	va_seq;		/* (w) counts savings */
	struct vnode	*va_storedir;	/* (w) of va_real: where they are */
};

#define VQF_WANTSCAN	0x0001		/* to be verified */
#define VQF_ONLIST	0x0002		/* the worker knows it */
#define VQF_BUSY	0x0004		/* the worker is at it */
#define VQF_DYING	0x0008		/* being unmounted */
#define VQF_STORE	0x0010		/* persistent */

/* One account that a file is charged to. */
struct vqshare {
	struct vqacct	*vs_acct;
	struct vqid	*vs_id[2];
};

/* What a file is charged: v_quota.  All (V). */
struct vqfile {
	struct vqfile_head vf_head;
	u_int		vf_gen;		/* va_gen of vf_real then */
	struct vqacct	*vf_real;
	uint16_t	vf_gone;	/* no name is left: not charged */
	uint16_t	vf_ours;	/* holds counters: charged to nobody */
	u_int		vf_n;
	uid_t		vf_uid;
	gid_t		vf_gid;
	ino_t		vf_ino;
	struct vqshare	vf_share[];
};
#define vf_size		vf_head.vh_size
#define vf_stamp	vf_head.vh_stamp

/* For reports: what an id uses. */
struct vqrow {
	uint32_t	vr_id;
	int64_t		vr_used;
	uint64_t	vr_limit;
};

MALLOC_DECLARE(M_VQUOTA);
MALLOC_DECLARE(M_VQID);

/* vfs_quota.c: accounts. */
void	vq_stamp_new(void);
void	vq_acct_hold(struct vqacct *va);
void	vq_acct_drop(struct vqacct *va);
struct vqid *vq_id_get(struct vqids *ids, uint32_t id);
void	vq_id_put(struct vqids *ids, struct vqid *vi);
/* Up to max ids from *next on that use or limit something; 0: no more. */
int	vq_ids_list(struct vqids *ids, uint64_t *next, struct vqrow *rows,
	    int max);
int64_t	vq_total(struct vqacct *va);
void	vq_set_limit(struct vqacct *va, int which, uint32_t id,
	    uint64_t limit);
void	vq_set_used(struct vqacct *va, int which, uint32_t id, int64_t used);
void	vq_zero(struct vqacct *va);
void	vq_total_set(struct vqacct *va, int64_t used);
#define VQ_TOTAL	2		/* for `which': the mount */
/* Charge; vq_reserve() only within the limits, else EDQUOT. */
void	vq_share_add_counted(struct vqshare *vs, int64_t bytes, ino_t ino);
int	vq_share_reserve(struct vqshare *vs, int64_t bytes, ino_t ino);
/* The account of a mount, referenced, or NULL. */
struct vqacct *vq_acct_of(struct mount *mp);

static __inline void
vq_share_add1(struct vqshare *vs, int64_t bytes)
{
	atomic_add_long(&vs->vs_acct->va_cpu[mycpuid].vc_used, bytes);
	atomic_add_long(&vs->vs_id[VQ_UID]->vi_used, bytes);
	atomic_add_long(&vs->vs_id[VQ_GID]->vi_used, bytes);
}

static __inline void
vq_share_add(struct vqshare *vs, int64_t bytes, ino_t ino)
{
	if (__predict_true(vs->vs_acct->va_scan == NULL))
		vq_share_add1(vs, bytes);
	else
		vq_share_add_counted(vs, bytes, ino);
}

/* vfs_quota_file.c */
/* The vnode, locked, is counted by verifications that have not met it. */
void	vq_file_count(struct vnode *vp);
/* A file that holds counters, locked. */
void	vq_file_ours(struct vnode *vp);
/* All accounts of a filesystem, its own first, referenced; kfree (M_TEMP). */
struct vqacct **vq_accts_all(struct vqacct *real, u_int *np);

/*
 * vfs_quota_scan.c: the worker and verifications.  _add makes the worker look
 * at an account, _remove waits until it does no longer and keeps it from it,
 * _resume undoes that, and _forget makes it final.
 */
void	vq_work_add(struct vqacct *va, int flags);
void	vq_work_remove(struct vqacct *va);
void	vq_work_resume(struct vqacct *va);
void	vq_work_forget(struct vqacct *va);
/* What the account has is not to be trusted: count it again. */
void	vq_scan_want(struct vqacct *va);
/* Verifications of a filesystem may have missed something: from the start. */
void	vq_scan_restart(struct vqacct *real);
/* What it has is right by decree: stop counting. */
void	vq_scan_cancel(struct vqacct *va);
/* With va_token held: has the verification met this file, and add bytes. */
int	vq_scan_met(struct vqscan *sc, ino_t ino);
void	vq_scan_total(struct vqscan *sc, int64_t bytes);
/* Count a file of size bytes unless it has been met; va_token not held. */
void	vq_scan_meet(struct vqshare *vs, ino_t ino, int64_t size);

/*
 * vfs_quota_store.c: counters and limits in files of the filesystem.  _load
 * says (0) that they can be trusted, _begin that they are about to change,
 * _close saves for the last time.
 */
int	vq_store_load(struct vqacct *va);
void	vq_store_begin(struct vqacct *va);
void	vq_store_save(struct vqacct *va);
void	vq_store_reopen(struct vqacct *va);
void	vq_store_close(struct vqacct *va);

RB_PROTOTYPE(vqid_tree, vqid, vi_entry, vq_id_cmp);

#endif /* !_KERN_VFS_QUOTA_H_ */
