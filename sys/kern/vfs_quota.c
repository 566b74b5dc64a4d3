/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Accounting of mounts: what each one, and on it each user and group, uses,
 * and limits of that.  This file has the accounts.
 *
 * What is counted.  The account of a mount is the sum of the sizes (st_size)
 * of all files with at least one name that lie on it: regular files, and
 * symbolic links; no directories.  A file of several names counts once.  It
 * is what `vquota check' finds on the same mount, by definition; so sparse
 * files count in full, pages written through mmap count nothing since they do
 * not change a size, and a file without a name counts nothing although it is
 * open.  The real filesystem has an account, and so has every null mount of
 * it, or of a directory in it; a file counts in all whose mount it lies on,
 * by whatever path it is used.  Pseudo filesystems of HAMMER have an st_dev
 * of their own and are not part of the mount they were made in.
 *
 * Where it is charged.  All changes of a file's size, owner and names go
 * through vfs_vopops.c.  Each file that changes has a record (v_quota) of
 * what is charged for it and to whom, guarded by the vnode lock.  After an
 * operation, successful or not, vquota_settle() compares the record with what
 * the file is now and charges the difference.  The charge follows the file
 * and never a plan of the operation, so short writes, truncations that failed
 * and renames over a file cannot make it drift.  A file that was not changed
 * since its vnode was made has no record: its account has it at the size that
 * it has.  vfs_quota_file.c has that part.
 *
 * Limits are for writes.  When one is set, growth is reserved first: checking
 * and charging are one step under va_spin.  Without limits the total is
 * counted by CPU, and that of ids by an atomic addition.
 *
 * Memory.  An id has a node while it uses something, is limited, or owns a
 * file whose vnode has a record; the tree of nodes is in order, and looked up
 * once a record.  A node is allocated before the spinlock is taken.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mount.h>
#include <sys/spinlock2.h>
#include <sys/sysctl.h>
#include <sys/thread2.h>
#include <sys/vnode.h>
#include <machine/atomic.h>
#include "vfs_quota.h"

MALLOC_DEFINE(M_VQUOTA, "vquota", "accounts of mounts");
MALLOC_DEFINE(M_VQID, "vquota id", "users and groups in accounts");

int vfs_quota_enabled;
volatile u_int vquota_stamp = 1;
TUNABLE_INT("vfs.quota_enabled", &vfs_quota_enabled);
SYSCTL_INT(_vfs, OID_AUTO, quota_enabled, CTLFLAG_RD, &vfs_quota_enabled, 0,
    "Mounts are accounted (set at boot)");

/* Records are to be looked at again before the next write. */
void
vq_stamp_new(void)
{
	if (atomic_fetchadd_int(&vquota_stamp, 1) == UINT_MAX)
		atomic_add_int(&vquota_stamp, 1);
}

static int
vq_id_cmp(struct vqid *a, struct vqid *b)
{
	return (a->vi_id < b->vi_id ? -1 : a->vi_id > b->vi_id);
}

RB_GENERATE(vqid_tree, vqid, vi_entry, vq_id_cmp);

/*
 * Ids.
 */
static struct vqid *
vq_id_find(struct vqids *ids, uint32_t id)
{
	struct vqid key = { .vi_id = id };

	return (RB_FIND(vqid_tree, &ids->vs_tree, &key));
}

/* The node of an id, referenced; it is made if there is none. */
struct vqid *
vq_id_get(struct vqids *ids, uint32_t id)
{
	struct vqid *vi, *spare = NULL;

	for (;;) {
		spin_lock(&ids->vs_spin);
		vi = vq_id_find(ids, id);
		if (vi == NULL && spare != NULL) {
			vi = spare;
			spare = NULL;
			vi->vi_id = id;
			RB_INSERT(vqid_tree, &ids->vs_tree, vi);
			ids->vs_count++;
		}
		if (vi != NULL)
			vi->vi_refs++;
		spin_unlock(&ids->vs_spin);
		if (vi != NULL)
			break;
		spare = kmalloc(sizeof(*spare), M_VQID, M_WAITOK | M_ZERO);
	}
	if (spare != NULL)
		kfree(spare, M_VQID);
	return (vi);
}

void
vq_id_put(struct vqids *ids, struct vqid *vi)
{
	spin_lock(&ids->vs_spin);
	KASSERT(vi->vi_refs > 0, ("vq_id_put: %u", vi->vi_id));
	if (--vi->vi_refs == 0 && vi->vi_used == 0 && vi->vi_limit == 0 &&
	    vi->vi_counted == 0) {
		RB_REMOVE(vqid_tree, &ids->vs_tree, vi);
		ids->vs_count--;
	} else {
		vi = NULL;
	}
	spin_unlock(&ids->vs_spin);
	if (vi != NULL)
		kfree(vi, M_VQID);
}

int
vq_ids_list(struct vqids *ids, uint64_t *next, struct vqrow *rows, int max)
{
	struct vqid key, *vi;
	int n = 0;

	if (*next > UINT32_MAX)
		return (0);
	key.vi_id = *next;
	spin_lock(&ids->vs_spin);
	vi = RB_NFIND(vqid_tree, &ids->vs_tree, &key);
	for (; vi != NULL && n < max; vi = RB_NEXT(vqid_tree, , vi)) {
		*next = (uint64_t)vi->vi_id + 1;
		if (vi->vi_used == 0 && vi->vi_limit == 0)
			continue;
		rows[n].vr_id = vi->vi_id;
		rows[n].vr_used = vi->vi_used;
		rows[n].vr_limit = vi->vi_limit;
		n++;
	}
	spin_unlock(&ids->vs_spin);
	return (n);
}

/* Forget all that ids use; nodes that are then of no use are freed. */
static void
vq_ids_zero(struct vqids *ids)
{
	struct vqid *vi, key, *dead;
	uint64_t next = 0;
	int n;

	while (next <= UINT32_MAX) {
		key.vi_id = next;
		dead = NULL;
		spin_lock(&ids->vs_spin);
		vi = RB_NFIND(vqid_tree, &ids->vs_tree, &key);
		for (n = 0; vi != NULL && n < 256 && dead == NULL; n++) {
			next = (uint64_t)vi->vi_id + 1;
			atomic_swap_long(&vi->vi_used, 0);
			if (vi->vi_refs == 0 && vi->vi_limit == 0) {
				dead = vi;
				RB_REMOVE(vqid_tree, &ids->vs_tree, vi);
				ids->vs_count--;
			} else {
				vi = RB_NEXT(vqid_tree, , vi);
			}
		}
		spin_unlock(&ids->vs_spin);
		if (dead != NULL)
			kfree(dead, M_VQID);
		else if (vi == NULL)
			break;
	}
}

/*
 * Accounts.
 */
void
vq_acct_hold(struct vqacct *va)
{
	atomic_add_int(&va->va_refs, 1);
}

void
vq_acct_drop(struct vqacct *va)
{
	struct vqid *vi;
	int i;

	if (atomic_fetchadd_int(&va->va_refs, -1) != 1)
		return;
	for (i = 0; i < 2; i++) {
		while ((vi = RB_ROOT(&va->va_ids[i].vs_tree)) != NULL) {
			RB_REMOVE(vqid_tree, &va->va_ids[i].vs_tree, vi);
			kfree(vi, M_VQID);
		}
	}
	if (va->va_real != va)
		vq_acct_drop(va->va_real);
	kfree(va->va_cpu, M_VQUOTA);
	kfree(va, M_VQUOTA);
}

struct vqacct *
vq_acct_of(struct mount *mp)
{
	struct vqacct *va;

	lwkt_gettoken(&mp->mnt_token);
	va = mp->mnt_quota;
	if (va != NULL)
		vq_acct_hold(va);
	lwkt_reltoken(&mp->mnt_token);
	return (va);
}

int64_t
vq_total(struct vqacct *va)
{
	int64_t sum = 0;
	int i;

	for (i = 0; i < ncpus; i++)
		sum += (int64_t)va->va_cpu[i].vc_used;
	return (sum);
}

void
vq_total_set(struct vqacct *va, int64_t used)
{
	int i;

	for (i = 1; i < ncpus; i++)
		atomic_swap_long(&va->va_cpu[i].vc_used, 0);
	atomic_swap_long(&va->va_cpu[0].vc_used, used);
}

void
vq_zero(struct vqacct *va)
{
	vq_total_set(va, 0);
	vq_ids_zero(&va->va_ids[VQ_UID]);
	vq_ids_zero(&va->va_ids[VQ_GID]);
}

void
vq_set_used(struct vqacct *va, int which, uint32_t id, int64_t used)
{
	struct vqid *vi;

	if (which == VQ_TOTAL) {
		vq_total_set(va, used);
		return;
	}
	vi = vq_id_get(&va->va_ids[which], id);
	atomic_swap_long(&vi->vi_used, used);
	vq_id_put(&va->va_ids[which], vi);
}

void
vq_set_limit(struct vqacct *va, int which, uint32_t id, uint64_t limit)
{
	struct vqid *vi = NULL;
	volatile u_long *p = &va->va_limit;

	if (which != VQ_TOTAL) {
		vi = vq_id_get(&va->va_ids[which], id);
		p = &vi->vi_limit;
	}
	spin_lock(&va->va_spin);
	va->va_nlimits += (limit != 0) - (*p != 0);
	*p = limit;
	spin_unlock(&va->va_spin);
	vq_stamp_new();
	if (vi != NULL)
		vq_id_put(&va->va_ids[which], vi);
	atomic_add_int(&va->va_changes, 1);
}

/*
 * Charging.
 */
/* What was charged to a file, the verification has to hear of. */
static void
vq_share_counted(struct vqshare *vs, int64_t bytes, ino_t ino)
{
	struct vqscan *sc = vs->vs_acct->va_scan;

	if (sc != NULL && vq_scan_met(sc, ino)) {
		vq_scan_total(sc, bytes);
		vs->vs_id[VQ_UID]->vi_counted += bytes;
		vs->vs_id[VQ_GID]->vi_counted += bytes;
	}
}

/* While the account is verified. */
void
vq_share_add_counted(struct vqshare *vs, int64_t bytes, ino_t ino)
{
	struct vqacct *va = vs->vs_acct;

	lwkt_gettoken(&va->va_token);
	vq_share_add1(vs, bytes);
	vq_share_counted(vs, bytes, ino);
	lwkt_reltoken(&va->va_token);
}

/* Would more bytes be more than allowed? */
static __inline int
vq_over(int64_t used, uint64_t limit, int64_t bytes)
{
	if (limit == 0)
		return (0);
	if (limit > INT64_MAX)
		limit = INT64_MAX;
	return (bytes > (int64_t)limit || used > (int64_t)limit - bytes);
}

int
vq_share_reserve(struct vqshare *vs, int64_t bytes, ino_t ino)
{
	struct vqacct *va = vs->vs_acct;
	struct vqid *u = vs->vs_id[VQ_UID], *g = vs->vs_id[VQ_GID];
	int error = 0;

	lwkt_gettoken(&va->va_token);
	spin_lock(&va->va_spin);
	if ((va->va_limit != 0 &&
	    vq_over(vq_total(va), va->va_limit, bytes)) ||
	    vq_over(u->vi_used, u->vi_limit, bytes) ||
	    vq_over(g->vi_used, g->vi_limit, bytes))
		error = EDQUOT;
	else
		vq_share_add1(vs, bytes);
	spin_unlock(&va->va_spin);
	if (error == 0)
		vq_share_counted(vs, bytes, ino);
	lwkt_reltoken(&va->va_token);
	return (error);
}

/*
 * Mounts.
 */
static struct vqacct *
vq_acct_alloc(struct mount *mp, struct vnode *rootvp, struct vattr *va)
{
	struct vqacct *acct = kmalloc(sizeof(*acct), M_VQUOTA,
	    M_WAITOK | M_ZERO);
	struct mount *realmp = rootvp->v_mount;
	struct fid fid;
	int i;

	acct->va_refs = 1;
	acct->va_mp = mp;
	acct->va_dev = va->va_fsid;
	acct->va_cpu = kmalloc(sizeof(struct vqcpu) * ncpus, M_VQUOTA,
	    M_WAITOK | M_ZERO | M_CACHEALIGN);
	spin_init(&acct->va_spin, "vqacct");
	lwkt_token_init(&acct->va_token, "vqacct");
	for (i = 0; i < 2; i++) {
		spin_init(&acct->va_ids[i].vs_spin, "vqids");
		RB_INIT(&acct->va_ids[i].vs_tree);
	}
	TAILQ_INIT(&acct->va_views);
	bzero(&fid, sizeof(fid));
	if (realmp->mnt_op->vfs_vptofh(rootvp, &fid) == 0)
		acct->va_key[0] = fid.fid_ext;
	acct->va_key[1] = va->va_fileid;
	if (realmp == mp) {
		acct->va_real = acct;
		return (acct);
	}
	acct->va_real = realmp->mnt_quota;
	vq_acct_hold(acct->va_real);
	if ((rootvp->v_flag & (VROOT | VPFSROOT)) == 0) {
		acct->va_root = rootvp;
		vref(rootvp);
	}
	return (acct);
}

/* A null mount's account is found from the filesystem's own. */
static void
vq_view_insert(struct vqacct *va)
{
	struct vqacct *real = va->va_real;

	if (real == va)
		return;
	vq_acct_hold(va);
	spin_lock(&real->va_spin);
	TAILQ_INSERT_TAIL(&real->va_views, va, va_view);
	real->va_nviews++;
	real->va_gen++;
	spin_unlock(&real->va_spin);
	vq_stamp_new();
}

static void
vq_view_remove(struct vqacct *va)
{
	struct vqacct *real = va->va_real;

	if (real == va)
		return;
	spin_lock(&real->va_spin);
	TAILQ_REMOVE(&real->va_views, va, va_view);
	real->va_nviews--;
	real->va_gen++;
	spin_unlock(&real->va_spin);
	vq_stamp_new();
	vq_acct_drop(va);
}

/* Is there anything to count: files that hold data, and may change? */
static int
vq_countable(struct mount *mp)
{
	return ((mp->mnt_vfc->vfc_flags & (VFCF_SYNTHETIC | VFCF_NETWORK |
	    VFCF_READONLY)) == 0 && (mp->mnt_flag & MNT_LOCAL) != 0);
}

/*
 * What the account knows at first: a new tmpfs is empty; of others the
 * counters were stored, or they are counted now.  Those of a null mount are
 * counted again anyway: the files below have other paths, too.
 */
static void
vq_begin(struct vqacct *va)
{
	struct mount *real = va->va_real->va_mp;
	int flags = 0;

	if ((real->mnt_kern_flag & MNTK_QUICKHALT) == 0) {
		flags = VQF_STORE;
		if (vq_store_load(va) != 0)
			flags |= VQF_WANTSCAN;
		else if ((real->mnt_flag & MNT_RDONLY) == 0)
			vq_store_begin(va);
	}
	if (va != va->va_real)
		flags |= VQF_WANTSCAN;
	vq_work_add(va, flags);
}

void
vquota_mounted(struct mount *mp)
{
	struct vqacct *va;
	struct vnode *rootvp;
	struct vattr vat;

	if (!vfs_quota_enabled)
		return;
	lwkt_gettoken(&mp->mnt_token);
	mp->mnt_flag |= MNT_QUOTA;
	lwkt_reltoken(&mp->mnt_token);
	if (!vq_countable(mp) || VFS_ROOT(mp, &rootvp) != 0)
		return;
	if (rootvp->v_mount == NULL || (rootvp->v_mount != mp &&
	    rootvp->v_mount->mnt_quota == NULL) ||
	    VOP_GETATTR(rootvp, &vat) != 0) {
		vput(rootvp);
		return;
	}
	va = vq_acct_alloc(mp, rootvp, &vat);
	vput(rootvp);
	lwkt_gettoken(&mp->mnt_token);
	mp->mnt_quota = va;
	lwkt_reltoken(&mp->mnt_token);
	vq_view_insert(va);
	vq_begin(va);
}

/* It may have become writable, and countable by that. */
void
vquota_updated(struct mount *mp)
{
	struct vqacct *va;

	if (!vfs_quota_enabled || (mp->mnt_flag & MNT_RDONLY))
		return;
	va = vq_acct_of(mp);
	if (va == NULL)
		return;
	vq_store_begin(va);
	vq_work_add(va, 0);
	vq_acct_drop(va);
}

void
vquota_unmounting(struct mount *mp)
{
	struct vqacct *va;

	if (!vfs_quota_enabled || (va = vq_acct_of(mp)) == NULL)
		return;
	vq_work_remove(va);
	/* Files for counters can be made only as long as there are names. */
	if ((va->va_flags & VQF_STORE) && va->va_real->va_mp != NULL &&
	    (va->va_real->va_mp->mnt_flag & MNT_RDONLY) == 0)
		vq_store_save(va);
	vq_acct_drop(va);
}

/* Not unmounted after all: go on with what was interrupted. */
void
vquota_unmount_failed(struct mount *mp)
{
	struct vqacct *va;

	if (!vfs_quota_enabled || (va = vq_acct_of(mp)) == NULL)
		return;
	if ((va->va_flags & VQF_STORE) && (mp->mnt_flag & MNT_RDONLY) == 0)
		vq_store_reopen(va);
	vq_work_resume(va);
	vq_acct_drop(va);
}

/* The last moment before the filesystem is gone: nobody uses it any more. */
void
vquota_unmount_last(struct mount *mp)
{
	struct vqacct *va, **list;
	u_int n, i;

	if (!vfs_quota_enabled || (va = vq_acct_of(mp)) == NULL)
		return;
	/* At a shutdown null mounts may still be there. */
	if (va == va->va_real) {
		list = vq_accts_all(va, &n);
		for (i = 1; i < n; i++) {
			vq_work_remove(list[i]);
			vq_store_close(list[i]);
			vq_acct_drop(list[i]);
		}
		vq_acct_drop(list[0]);
		kfree(list, M_TEMP);
	}
	vq_store_close(va);
	vq_acct_drop(va);
}

void
vquota_unmounted(struct mount *mp)
{
	struct vqacct *va;
	struct vnode *root;

	if (!vfs_quota_enabled || (va = vq_acct_of(mp)) == NULL)
		return;
	lwkt_gettoken(&mp->mnt_token);
	mp->mnt_quota = NULL;
	lwkt_reltoken(&mp->mnt_token);
	vq_view_remove(va);
	vq_work_forget(va);
	va->va_mp = NULL;
	root = va->va_root;
	if (root != NULL) {
		va->va_root = NULL;
		vrele(root);
	}
	vq_acct_drop(va);
	vq_acct_drop(va);
}

static void
vq_init(void *arg)
{
	if (!vfs_quota_enabled)
		return;
	/* Up to a quarter of memory for ids. */
	kmalloc_raise_limit(M_VQID, (size_t)physmem * PAGE_SIZE / 4);
	kmalloc_raise_limit(M_VQUOTA, (size_t)physmem * PAGE_SIZE / 4);
}
SYSINIT(vquota, SI_SUB_VFS, SI_ORDER_ANY, vq_init, NULL);
