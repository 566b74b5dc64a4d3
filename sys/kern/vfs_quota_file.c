/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Accounting of mounts: what files are charged.  See vfs_quota.c.
 *
 * A vnode's record (v_quota) is made before the first operation that may
 * change the file, and goes with the vnode.  It names the accounts the file
 * counts in: that of its filesystem, and those of null mounts above it.  For
 * a null mount of a whole filesystem, or pseudo filesystem, st_dev tells; for
 * one of a directory, the names of the file do.  Mounting and unmounting
 * change va_gen of the filesystem's account, and records are made anew.
 *
 * The lock of a name comes before that of its vnode.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mount.h>
#include <sys/spinlock2.h>
#include <sys/thread2.h>
#include <sys/uio.h>
#include <sys/vnode.h>
#include <machine/cpufunc.h>
#include "vfs_cache.h"
#include "vfs_quota.h"

/*
 * Does the entry lie below the directory?  1, 0, or -1 if names were changed
 * meanwhile.  A reference on ncp is given up.
 */
static int
vq_ncp_below(struct namecache *ncp, struct vnode *dir)
{
	struct namecache *par;
	uint32_t gen;
	int r = 0;

	for (;;) {
		gen = ncp->nc_generation;
		cpu_ccfence();
		if (gen & 1) {
			r = -1;
			break;
		}
		if (ncp->nc_vp == dir)
			r = 1;
		par = ncp->nc_parent;
		if (r == 1 || par == NULL)
			break;
		if (!cache_hold_try(par)) {
			r = -1;
			break;
		}
		cpu_ccfence();
		if (ncp->nc_generation != gen) {
			cache_drop_ncp(par);
			r = -1;
			break;
		}
		cache_drop_ncp(ncp);
		ncp = par;
	}
	cache_drop_ncp(ncp);
	return (r);
}

/* Does any name of the vnode that is cached lie below the directory? */
static int
vq_below(struct vnode *vp, struct vnode *dir)
{
	struct namecache *ncp;
	int i, n, r = 0;

	for (n = 0; r <= 0; n++) {
		i = 0;
		spin_lock(&vp->v_spin);
		TAILQ_FOREACH(ncp, &vp->v_namecache, nc_vnode) {
			if (i++ == n && cache_hold_try(ncp))
				break;
		}
		spin_unlock(&vp->v_spin);
		if (ncp == NULL)
			break;
		r = vq_ncp_below(ncp, dir);
		if (r < 0) {
			lwkt_yield();
			n = -1;
		}
	}
	return (r > 0);
}

static int
vq_counts_in(struct vqacct *va, struct vnode *vp, dev_t dev)
{
	struct vnode *root = va->va_root;

	if (va->va_dev != dev)
		return (0);
	return (root == NULL || vq_below(vp, root));
}

/* All accounts of a filesystem, its own first, referenced; *np of them. */
struct vqacct **
vq_accts_all(struct vqacct *real, u_int *np)
{
	struct vqacct **list, *va;
	u_int n, have;

	for (;;) {
		n = real->va_nviews + 1;
		list = kmalloc(n * sizeof(*list), M_TEMP, M_WAITOK);
		spin_lock(&real->va_spin);
		if (real->va_nviews < n)
			break;
		spin_unlock(&real->va_spin);
		kfree(list, M_TEMP);
	}
	have = 0;
	list[have++] = real;
	vq_acct_hold(real);
	TAILQ_FOREACH(va, &real->va_views, va_view) {
		vq_acct_hold(va);
		list[have++] = va;
	}
	spin_unlock(&real->va_spin);
	*np = have;
	return (list);
}

/* Those that a file is charged to. */
static struct vqacct **
vq_accts(struct vqacct *real, struct vnode *vp, dev_t dev, u_int *np)
{
	struct vqacct **list;
	u_int have, i, n = 0;

	list = vq_accts_all(real, &have);
	for (i = 0; i < have; i++) {
		if (vq_counts_in(list[i], vp, dev))
			list[n++] = list[i];
		else
			vq_acct_drop(list[i]);
	}
	*np = n;
	return (list);
}

static void
vq_file_ids(struct vqfile *vf, uid_t uid, gid_t gid)
{
	struct vqshare *vs;
	u_int i;

	vf->vf_uid = uid;
	vf->vf_gid = gid;
	for (i = 0; i < vf->vf_n; i++) {
		vs = &vf->vf_share[i];
		vs->vs_id[VQ_UID] = vq_id_get(&vs->vs_acct->va_ids[VQ_UID],
		    uid);
		vs->vs_id[VQ_GID] = vq_id_get(&vs->vs_acct->va_ids[VQ_GID],
		    gid);
	}
}

static void
vq_file_ids_put(struct vqfile *vf)
{
	struct vqshare *vs;
	u_int i;

	for (i = 0; i < vf->vf_n; i++) {
		vs = &vf->vf_share[i];
		vq_id_put(&vs->vs_acct->va_ids[VQ_UID], vs->vs_id[VQ_UID]);
		vq_id_put(&vs->vs_acct->va_ids[VQ_GID], vs->vs_id[VQ_GID]);
	}
}

static struct vqfile *
vq_file_make(struct vqacct *real, struct vnode *vp, struct vattr *vat)
{
	struct vqacct **list, *one = real;
	struct vqfile *vf;
	struct vnode *store = real->va_storedir;
	u_int gen = real->va_gen, n = 1, i;

	cpu_ccfence();
	list = &one;
	if (store != NULL && vq_below(vp, store))
		n = 0;
	else if (real->va_nviews != 0)
		list = vq_accts(real, vp, vat->va_fsid, &n);
	else if (real->va_dev != vat->va_fsid)
		n = 0;
	else
		vq_acct_hold(real);
	vf = kmalloc(offsetof(struct vqfile, vf_share[n]), M_VQUOTA,
	    M_WAITOK | M_ZERO);
	vf->vf_real = real;
	vf->vf_gen = gen;
	vf->vf_ino = vat->va_fileid;
	vf->vf_n = n;
	for (i = 0; i < n; i++)
		vf->vf_share[i].vs_acct = list[i];
	vq_file_ids(vf, vat->va_uid, vat->va_gid);
	vq_acct_hold(real);
	if (list != &one)
		kfree(list, M_TEMP);
	return (vf);
}

static void
vq_file_free(struct vqfile *vf)
{
	u_int i;

	vq_file_ids_put(vf);
	for (i = 0; i < vf->vf_n; i++)
		vq_acct_drop(vf->vf_share[i].vs_acct);
	vq_acct_drop(vf->vf_real);
	kfree(vf, M_VQUOTA);
}

static void
vq_file_add(struct vqfile *vf, int64_t bytes)
{
	u_int i;

	if (bytes == 0)
		return;
	for (i = 0; i < vf->vf_n; i++)
		vq_share_add(&vf->vf_share[i], bytes, vf->vf_ino);
}

/* What a file with these attributes ought to be charged. */
static off_t
vq_file_due(struct vattr *vat)
{
	return (vat->va_nlink == 0 || (off_t)vat->va_size < 0 ? 0 :
	    vat->va_size);
}

/* Only these have a size that is counted. */
static __inline int
vq_kind(struct vnode *vp)
{
	return (vp->v_type == VREG || vp->v_type == VLNK);
}

/*
 * Have an up-to-date record.  The file counts already, in all accounts it
 * lies in: those that are new count it by a verification.
 */
void
vquota_attach(struct vnode *vp)
{
	struct vqfile *vf = vp->v_quota, *nvf;
	struct mount *mp = vp->v_mount;
	struct vqacct *real;
	struct vattr vat;

	if (!vq_kind(vp) || mp == NULL || (real = mp->mnt_quota) == NULL ||
	    (vp->v_flag & VRECLAIMED))
		return;
	if (vf != NULL && vf->vf_ours)
		vf->vf_gen = real->va_gen;
	if (vf != NULL && vf->vf_gen == real->va_gen)
		return;
	if (VOP_GETATTR(vp, &vat) != 0)
		return;
	nvf = vq_file_make(real, vp, &vat);
	nvf->vf_size = vq_file_due(&vat);
	nvf->vf_gone = (vat.va_nlink == 0);
	if (vf != NULL) {
		nvf->vf_size = vf->vf_size;
		vq_file_free(vf);
	}
	vp->v_quota = nvf;
}

/* While the vnode lives the file is known not to count, whatever its name. */
void
vq_file_ours(struct vnode *vp)
{
	vquota_attach(vp);
	if (vp->v_quota != NULL && vp->v_quota->vf_n == 0)
		vp->v_quota->vf_ours = 1;
}

void
vquota_detach(struct vnode *vp)
{
	struct vqfile *vf = vp->v_quota;

	vp->v_quota = NULL;
	if (vf != NULL)
		vq_file_free(vf);
}

/* Charge what the file has become. */
void
vquota_settle(struct vnode *vp)
{
	struct vqfile *vf = vp->v_quota;
	struct vattr vat;
	off_t due;

	if (vf == NULL || (vp->v_flag & VRECLAIMED) ||
	    VOP_GETATTR(vp, &vat) != 0)
		return;
	due = vq_file_due(&vat);
	vf->vf_gone = (vat.va_nlink == 0);
	if (vat.va_uid != vf->vf_uid || vat.va_gid != vf->vf_gid) {
		vq_file_add(vf, -vf->vf_size);
		vq_file_ids_put(vf);
		vq_file_ids(vf, vat.va_uid, vat.va_gid);
		vf->vf_size = 0;
	}
	vq_file_add(vf, due - vf->vf_size);
	vf->vf_size = due;
}

/* Verifications that have not met the file count it as it is charged. */
void
vq_file_count(struct vnode *vp)
{
	struct vqfile *vf;
	u_int i;

	vquota_attach(vp);
	vf = vp->v_quota;
	for (i = 0; vf != NULL && i < vf->vf_n; i++)
		vq_scan_meet(&vf->vf_share[i], vf->vf_ino, vf->vf_size);
}

/* A new file: nothing of it has been charged. */
void
vquota_created(struct vnode *vp)
{
	struct vqfile *vf;

	vquota_attach(vp);
	vf = vp->v_quota;
	if (vf == NULL)
		return;
	vf->vf_size = 0;
	vquota_settle(vp);
	if (vquota_scans != 0)
		vq_file_count(vp);
}

void
vquota_hold(struct vnode *vp)
{
	if (vp == NULL || !vq_kind(vp))
		return;
	vn_lock(vp, LK_EXCLUSIVE | LK_RETRY);
	vquota_attach(vp);
	vn_unlock(vp);
}

void
vquota_release(struct vnode *vp)
{
	if (vp == NULL || !vq_kind(vp))
		return;
	vn_lock(vp, LK_EXCLUSIVE | LK_RETRY);
	vquota_settle(vp);
	/* A name of it may be where it was not met before. */
	if (vquota_scans != 0)
		vq_file_count(vp);
	vn_unlock(vp);
}

static int
vq_file_in(struct vqfile *vf, struct vqacct *va)
{
	u_int i;

	for (i = 0; i < vf->vf_n; i++) {
		if (vf->vf_share[i].vs_acct == va)
			return (1);
	}
	return (0);
}

/* Charge bytes to the accounts of vf that are not among those of other. */
static void
vq_file_differ(struct vqfile *vf, struct vqfile *other, int64_t bytes,
    int sure)
{
	struct vqshare *vs;
	u_int i;

	for (i = 0; i < vf->vf_n; i++) {
		vs = &vf->vf_share[i];
		if (vq_file_in(other, vs->vs_acct))
			continue;
		if (sure)
			vq_share_add(vs, bytes, vf->vf_ino);
		else
			vq_scan_want(vs->vs_acct);
	}
}

/*
 * A file got its name in another directory, or a name more or less.  Accounts
 * it lay in no longer are credited, others charged.  But when it has, or had,
 * several names, not all are known here, and a verification finds out.
 */
static void
vq_file_moved(struct vnode *vp, struct vqacct *real, int sure)
{
	struct vqfile *old, *new;
	struct vattr vat;

	vn_lock(vp, LK_EXCLUSIVE | LK_RETRY);
	old = vp->v_quota;
	if (old == NULL || old->vf_ours || (vp->v_flag & VRECLAIMED) ||
	    VOP_GETATTR(vp, &vat) != 0 || vat.va_nlink == 0) {
		vn_unlock(vp);
		return;
	}
	new = vq_file_make(real, vp, &vat);
	new->vf_size = old->vf_size;
	if (vat.va_nlink > 1)
		sure = 0;
	vq_file_differ(old, new, -old->vf_size, sure);
	vq_file_differ(new, old, new->vf_size, sure);
	vp->v_quota = new;
	vq_file_free(old);
	vn_unlock(vp);
}

/* What lies below a directory that moves into or out of a null mount. */
static void
vq_dir_moved(struct vqacct *real, struct vnode *fdvp, struct vnode *tdvp)
{
	struct vqacct **list;
	struct vnode *root;
	u_int n, i;

	/* A running verification may have passed by, or not. */
	if (vquota_scans != 0)
		vq_scan_restart(real);
	if (real->va_nviews == 0)
		return;
	spin_lock(&real->va_spin);
	real->va_gen++;
	spin_unlock(&real->va_spin);
	vq_stamp_new();
	list = vq_accts_all(real, &n);
	for (i = 0; i < n; i++) {
		root = list[i]->va_root;
		if (root != NULL && vq_below(fdvp, root) !=
		    vq_below(tdvp, root))
			vq_scan_want(list[i]);
		vq_acct_drop(list[i]);
	}
	kfree(list, M_TEMP);
}

void
vquota_moved(struct vnode *vp, struct vnode *fdvp, struct vnode *tdvp)
{
	struct mount *mp;
	struct vqacct *real;

	if (vp == NULL || fdvp == tdvp || (mp = vp->v_mount) == NULL ||
	    (real = mp->mnt_quota) == NULL)
		return;
	if (vp->v_type == VDIR)
		vq_dir_moved(real, fdvp, tdvp);
	else if (vq_kind(vp) && real->va_nviews != 0)
		vq_file_moved(vp, real, fdvp != NULL && tdvp != NULL);
}

/*
 * A write.  Without limits nothing is to be done before it.
 */
static int
vq_limited(struct vqfile *vf)
{
	u_int i;

	for (i = 0; i < vf->vf_n; i++) {
		if (vf->vf_share[i].vs_acct->va_nlimits != 0)
			return (1);
	}
	return (0);
}

/* Charge the growth beforehand, or refuse it. */
static int
vq_write_reserve(struct vnode *vp, struct vqfile *vf, struct uio *uio,
    int ioflag)
{
	off_t size = vp->v_filesize, end, growth;
	int error = 0;
	u_int i, j;

	if (uio->uio_resid == 0)
		return (0);
	end = (ioflag & IO_APPEND) ? size : uio->uio_offset;
	if (end < 0 || uio->uio_resid > (size_t)(OFF_MAX - end))
		return (0);
	end += uio->uio_resid;
	growth = MAX(end - size, 0);
	for (i = 0; i < vf->vf_n && error == 0; i++)
		error = vq_share_reserve(&vf->vf_share[i], growth, vf->vf_ino);
	if (error != 0 || vf->vf_gone) {
		for (j = 0; j < i - (error != 0); j++)
			vq_share_add(&vf->vf_share[j], -growth, vf->vf_ino);
		return (error);
	}
	vf->vf_size += growth;
	return (0);
}

/* Before a write, if the record is missing, out of date, or limited. */
int
vquota_write_check(struct vnode *vp, struct uio *uio, int ioflag)
{
	struct vqfile *vf;
	u_int stamp = vquota_stamp;

	cpu_ccfence();
	vquota_attach(vp);
	vf = vp->v_quota;
	if (vf == NULL)
		return (0);
	if (!vq_limited(vf)) {
		vf->vf_stamp = stamp;
		return (0);
	}
	vf->vf_stamp = 0;
	return (vq_write_reserve(vp, vf, uio, ioflag));
}

/* After a write that left another size than is charged. */
void
vquota_wrote(struct vnode *vp)
{
	struct vqfile *vf = vp->v_quota;
	off_t size = vp->v_filesize, bytes = size - vf->vf_size;

	if (vf->vf_gone)
		return;
	vf->vf_size = size;
	if (__predict_true(vf->vf_n == 1))
		vq_share_add(&vf->vf_share[0], bytes, vf->vf_ino);
	else
		vq_file_add(vf, bytes);
}
