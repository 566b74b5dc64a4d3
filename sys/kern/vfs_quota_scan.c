/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Accounting of mounts: the worker thread, and verification in the background.
 * See vfs_quota.c.
 *
 * A verification walks the tree of a mount and counts every file as it is
 * charged, while files go on to change.  It remembers which files it has met;
 * what is charged to one of those it hears of (vq_share_add), and of one it
 * has not met it does not need to.  A file that gets a name is counted at
 * once, because its directory may have been read already.  If a directory
 * moves it starts again.  At the end its counters are the account's: not one
 * byte that was written meanwhile is lost or counted twice.
 *
 * Files met are kept as bits, 512 files of neighbouring numbers in a node.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/dirent.h>
#include <sys/kernel.h>
#include <sys/kthread.h>
#include <sys/malloc.h>
#include <sys/mount.h>
#include <sys/proc.h>
#include <sys/spinlock2.h>
#include <sys/sysctl.h>
#include <sys/thread2.h>
#include <sys/uio.h>
#include <sys/vnode.h>
#include <machine/atomic.h>
#include "vfs_quota.h"

#define VQ_METBITS	512		/* files in a node */
#define VQ_DIRBUF	8192		/* bytes of names read at a time */
#define VQ_SAVE_SECS	30		/* between savings of counters */

struct vqmet {
	RB_ENTRY(vqmet)	vm_entry;
	uint64_t	vm_key;		/* inode number / VQ_METBITS */
	uint64_t	vm_bits[VQ_METBITS / 64];
};
RB_HEAD(vqmet_tree, vqmet);

/* A directory to be read. */
struct vqdir {
	SLIST_ENTRY(vqdir) vd_next;
	struct nchandle	vd_nch;
};

struct vqscan {
	struct vqmet_tree sc_met;	/* (t) */
	int64_t		sc_total;	/* (t) */
	volatile int	sc_stop;	/* (a) VQS_* */
	SLIST_HEAD(, vqdir) sc_dirs;	/* the worker's */
	u_long		sc_files;	/* the worker's */
};
#define VQS_RESTART	1
#define VQS_CANCEL	2

static struct lock vq_lock =		/* nothing is taken under it */
    LOCK_INITIALIZER("vqwork", 0, 0);
static TAILQ_HEAD(, vqacct) vq_work = TAILQ_HEAD_INITIALIZER(vq_work); /* (w) */
volatile u_int vquota_scans;
static u_long vq_verified;		/* (w) verifications completed */
static u_long vq_repaired;		/* (w) of those, that found an error */
static u_int vq_pending;		/* (w) accounts to be looked at */

SYSCTL_NODE(_vfs, OID_AUTO, quota, CTLFLAG_RW, 0, "Accounting of mounts");
SYSCTL_UINT(_vfs_quota, OID_AUTO, pending, CTLFLAG_RD, &vq_pending, 0,
    "Mounts whose counters are being verified or are to be");
SYSCTL_ULONG(_vfs_quota, OID_AUTO, verified, CTLFLAG_RD, &vq_verified, 0,
    "Verifications completed");
SYSCTL_ULONG(_vfs_quota, OID_AUTO, repaired, CTLFLAG_RD, &vq_repaired, 0,
    "Verifications that corrected counters");

static int
vq_met_cmp(struct vqmet *a, struct vqmet *b)
{
	return (a->vm_key < b->vm_key ? -1 : a->vm_key > b->vm_key);
}

RB_PROTOTYPE_STATIC(vqmet_tree, vqmet, vm_entry, vq_met_cmp);
RB_GENERATE_STATIC(vqmet_tree, vqmet, vm_entry, vq_met_cmp);

/*
 * Files met.
 */
static struct vqmet *
vq_met_find(struct vqscan *sc, ino_t ino)
{
	struct vqmet key = { .vm_key = ino / VQ_METBITS };

	return (RB_FIND(vqmet_tree, &sc->sc_met, &key));
}

static __inline uint64_t *
vq_met_word(struct vqmet *vm, ino_t ino, uint64_t *maskp)
{
	*maskp = 1UL << (ino % 64);
	return (&vm->vm_bits[ino % VQ_METBITS / 64]);
}

int
vq_scan_met(struct vqscan *sc, ino_t ino)
{
	struct vqmet *vm = vq_met_find(sc, ino);
	uint64_t mask, *word;

	if (vm == NULL)
		return (0);
	word = vq_met_word(vm, ino, &mask);
	return ((*word & mask) != 0);
}

void
vq_scan_total(struct vqscan *sc, int64_t bytes)
{
	sc->sc_total += bytes;
}

void
vq_scan_meet(struct vqshare *vs, ino_t ino, int64_t size)
{
	struct vqacct *va = vs->vs_acct;
	struct vqmet *vm, *spare;
	struct vqscan *sc;
	uint64_t mask, *word;

	if (va->va_scan == NULL)
		return;
	spare = kmalloc(sizeof(*spare), M_VQUOTA, M_WAITOK | M_ZERO);
	lwkt_gettoken(&va->va_token);
	sc = va->va_scan;
	if (sc != NULL) {
		vm = vq_met_find(sc, ino);
		if (vm == NULL) {
			vm = spare;
			spare = NULL;
			vm->vm_key = ino / VQ_METBITS;
			RB_INSERT(vqmet_tree, &sc->sc_met, vm);
		}
		word = vq_met_word(vm, ino, &mask);
		if ((*word & mask) == 0) {
			*word |= mask;
			sc->sc_total += size;
			vs->vs_id[VQ_UID]->vi_counted += size;
			vs->vs_id[VQ_GID]->vi_counted += size;
		}
	}
	lwkt_reltoken(&va->va_token);
	if (spare != NULL)
		kfree(spare, M_VQUOTA);
}

/*
 * The walk.
 */
static void
vq_dir_push(struct vqscan *sc, struct nchandle *nch)
{
	struct vqdir *vd = kmalloc(sizeof(*vd), M_VQUOTA, M_WAITOK);

	cache_copy(nch, &vd->vd_nch);
	SLIST_INSERT_HEAD(&sc->sc_dirs, vd, vd_next);
}

static void
vq_dir_pop(struct vqscan *sc, struct nchandle *nch)
{
	struct vqdir *vd = SLIST_FIRST(&sc->sc_dirs);

	SLIST_REMOVE_HEAD(&sc->sc_dirs, vd_next);
	*nch = vd->vd_nch;
	kfree(vd, M_VQUOTA);
}

/* A name in a directory: count the file, or put the directory off. */
static int
vq_walk_name(struct vqacct *va, struct vqscan *sc, struct nchandle *dir,
    char *name, int len)
{
	struct nlcomponent nlc = { .nlc_nameptr = name, .nlc_namelen = len };
	struct ucred *cred = proc0.p_ucred;
	struct nchandle nch;
	struct vattr vat;
	struct vnode *vp;
	int error;

	nch = cache_nlookup(dir, &nlc);
	error = cache_vget(&nch, cred, LK_EXCLUSIVE, &vp);
	cache_unlock(&nch);
	if (error == 0) {
		if (vp->v_type != VDIR)
			vq_file_count(vp);
		else if (vp != va->va_real->va_storedir &&
		    VOP_GETATTR(vp, &vat) == 0 && vat.va_fsid == va->va_dev)
			vq_dir_push(sc, &nch);
		vput(vp);
		sc->sc_files++;
	}
	cache_drop(&nch);
	return (error == ENOENT ? 0 : error);
}

static int
vq_walk_names(struct vqacct *va, struct vqscan *sc, struct nchandle *dir,
    char *buf, int len)
{
	struct dirent *de;
	int off, error = 0;

	for (off = 0; off < len && error == 0 && sc->sc_stop == 0;
	    off += _DIRENT_RECLEN(de->d_namlen)) {
		de = (struct dirent *)(buf + off);
		if (de->d_namlen == 0 || (de->d_name[0] == '.' &&
		    (de->d_namlen == 1 ||
		    (de->d_namlen == 2 && de->d_name[1] == '.'))))
			continue;
		error = vq_walk_name(va, sc, dir, de->d_name, de->d_namlen);
	}
	return (error);
}

static int
vq_walk_dir(struct vqacct *va, struct vqscan *sc, struct nchandle *dir,
    char *buf)
{
	struct ucred *cred = proc0.p_ucred;
	struct nchandle nch = *dir;
	struct iovec iov;
	struct vnode *vp;
	struct uio uio;
	off_t off = 0;
	int error, eof = 0;

	cache_lock(&nch);
	error = cache_vref(&nch, cred, &vp);
	cache_unlock(&nch);
	if (error)
		return (error == ENOENT ? 0 : error);
	while (error == 0 && !eof && sc->sc_stop == 0) {
		iov.iov_base = buf;
		iov.iov_len = VQ_DIRBUF;
		uio.uio_iov = &iov;
		uio.uio_iovcnt = 1;
		uio.uio_offset = off;
		uio.uio_resid = VQ_DIRBUF;
		uio.uio_segflg = UIO_SYSSPACE;
		uio.uio_rw = UIO_READ;
		uio.uio_td = curthread;
		vn_lock(vp, LK_SHARED | LK_RETRY);
		error = vp->v_type == VDIR ?
		    VOP_READDIR(vp, &uio, cred, &eof, NULL, NULL) : ENOTDIR;
		vn_unlock(vp);
		if (error || uio.uio_resid == VQ_DIRBUF)
			break;
		off = uio.uio_offset;
		error = vq_walk_names(va, sc, dir, buf,
		    VQ_DIRBUF - uio.uio_resid);
		lwkt_user_yield();
	}
	vrele(vp);
	return (error == ENOTDIR ? 0 : error);
}

static int
vq_walk(struct vqacct *va, struct vqscan *sc, struct mount *mp)
{
	struct nchandle nch;
	char *buf;
	int error = 0;

	buf = kmalloc(VQ_DIRBUF, M_VQUOTA, M_WAITOK);
	if (cache_mntroot(mp, &nch)) {
		vq_dir_push(sc, &nch);
		cache_drop(&nch);
	}
	while (!SLIST_EMPTY(&sc->sc_dirs)) {
		vq_dir_pop(sc, &nch);
		if (error == 0 && sc->sc_stop == 0)
			error = vq_walk_dir(va, sc, &nch, buf);
		cache_drop(&nch);
	}
	kfree(buf, M_VQUOTA);
	return (error);
}

/*
 * Verification.
 */
static void
vq_scan_free(struct vqscan *sc)
{
	struct vqmet *vm;

	while ((vm = RB_ROOT(&sc->sc_met)) != NULL) {
		RB_REMOVE(vqmet_tree, &sc->sc_met, vm);
		kfree(vm, M_VQUOTA);
	}
	kfree(sc, M_VQUOTA);
}

/*
 * What was counted for ids becomes what they use (adopt), or is forgotten.
 * With va_token, which it does not lose.  True if they differed.
 */
static int
vq_ids_adopt(struct vqids *ids, int adopt)
{
	struct vqid key, *vi;
	uint64_t next = 0;
	int n, wrong = 0;

	while (next <= UINT32_MAX) {
		key.vi_id = next;
		spin_lock(&ids->vs_spin);
		vi = RB_NFIND(vqid_tree, &ids->vs_tree, &key);
		for (n = 0; vi != NULL && n < 256; n++) {
			next = (uint64_t)vi->vi_id + 1;
			if (adopt && (int64_t)vi->vi_used != vi->vi_counted) {
				wrong = 1;
				vi->vi_used = vi->vi_counted;
			}
			vi->vi_counted = 0;
			vi = RB_NEXT(vqid_tree, , vi);
		}
		spin_unlock(&ids->vs_spin);
		if (vi == NULL)
			break;
	}
	return (wrong);
}

static void
vq_scan_end(struct vqacct *va, struct vqscan *sc, int adopt)
{
	int wrong;

	lwkt_gettoken(&va->va_token);
	wrong = adopt && vq_total(va) != sc->sc_total;
	if (wrong)
		vq_total_set(va, sc->sc_total);
	wrong |= vq_ids_adopt(&va->va_ids[VQ_UID], adopt);
	wrong |= vq_ids_adopt(&va->va_ids[VQ_GID], adopt);
	va->va_scan = NULL;
	lwkt_reltoken(&va->va_token);
	atomic_subtract_int(&vquota_scans, 1);
	if (adopt) {
		vq_verified++;
		vq_repaired += wrong;
	}
}

/* Once; EAGAIN: it must be done again. */
static int
vq_scan_run(struct vqacct *va, struct mount *mp)
{
	struct vqscan *sc;
	int error;

	sc = kmalloc(sizeof(*sc), M_VQUOTA, M_WAITOK | M_ZERO);
	RB_INIT(&sc->sc_met);
	SLIST_INIT(&sc->sc_dirs);
	atomic_add_int(&vquota_scans, 1);
	lwkt_gettoken(&va->va_token);
	va->va_scan = sc;
	lwkt_reltoken(&va->va_token);
	error = vq_walk(va, sc, mp);
	if (error == 0 && sc->sc_stop == VQS_RESTART)
		error = EAGAIN;
	else if (error == 0 && sc->sc_stop == VQS_CANCEL)
		error = ECANCELED;
	/* An unmount has begun, of which vq_work_remove() tells presently. */
	else if (error != 0 && (mp->mnt_kern_flag & MNTK_UNMOUNT))
		error = EAGAIN;
	vq_scan_end(va, sc, error == 0);
	if (error != 0 && error != EAGAIN && error != ECANCELED)
		kprintf("quota: %s was not verified: error %d\n",
		    mp->mnt_stat.f_mntonname, error);
	vq_scan_free(sc);
	return (error);
}

static void
vq_scan_stop(struct vqacct *va, int how)
{
	lwkt_gettoken(&va->va_token);
	if (va->va_scan != NULL && va->va_scan->sc_stop < how)
		va->va_scan->sc_stop = how;
	lwkt_reltoken(&va->va_token);
}

void
vq_scan_restart(struct vqacct *real)
{
	struct vqacct *va;

	lockmgr(&vq_lock, LK_EXCLUSIVE);
	TAILQ_FOREACH(va, &vq_work, va_work) {
		if (va->va_real == real)
			vq_scan_stop(va, VQS_RESTART);
	}
	lockmgr(&vq_lock, LK_RELEASE);
}

void
vq_scan_cancel(struct vqacct *va)
{
	lockmgr(&vq_lock, LK_EXCLUSIVE);
	if (va->va_flags & VQF_WANTSCAN) {
		va->va_flags &= ~VQF_WANTSCAN;
		vq_pending--;
	}
	vq_scan_stop(va, VQS_CANCEL);
	while (va->va_flags & VQF_BUSY)
		lksleep(va, &vq_lock, 0, "vqscan", 0);
	lockmgr(&vq_lock, LK_RELEASE);
}

/* With vq_lock. */
static void
vq_want(struct vqacct *va, int flags)
{
	if ((va->va_flags & VQF_WANTSCAN) == 0 &&
	    (flags & VQF_WANTSCAN) != 0)
		vq_pending++;
	va->va_flags |= flags;
	wakeup(&vq_work);
}

void
vq_scan_want(struct vqacct *va)
{
	lockmgr(&vq_lock, LK_EXCLUSIVE);
	if (va->va_flags & VQF_ONLIST)
		vq_want(va, VQF_WANTSCAN);
	vq_scan_stop(va, VQS_RESTART);
	lockmgr(&vq_lock, LK_RELEASE);
}

/*
 * The worker.
 */
void
vq_work_add(struct vqacct *va, int flags)
{
	lockmgr(&vq_lock, LK_EXCLUSIVE);
	if ((va->va_flags & VQF_ONLIST) == 0) {
		vq_acct_hold(va);
		TAILQ_INSERT_TAIL(&vq_work, va, va_work);
		va->va_flags |= VQF_ONLIST;
	}
	vq_want(va, flags);
	lockmgr(&vq_lock, LK_RELEASE);
}

void
vq_work_remove(struct vqacct *va)
{
	lockmgr(&vq_lock, LK_EXCLUSIVE);
	va->va_flags |= VQF_DYING;
	vq_scan_stop(va, VQS_CANCEL);
	while (va->va_flags & VQF_BUSY)
		lksleep(va, &vq_lock, 0, "vqwork", 0);
	lockmgr(&vq_lock, LK_RELEASE);
}

void
vq_work_resume(struct vqacct *va)
{
	lockmgr(&vq_lock, LK_EXCLUSIVE);
	va->va_flags &= ~VQF_DYING;
	vq_want(va, 0);
	lockmgr(&vq_lock, LK_RELEASE);
}

/* Off the list, for good. */
void
vq_work_forget(struct vqacct *va)
{
	int was;

	lockmgr(&vq_lock, LK_EXCLUSIVE);
	was = va->va_flags & VQF_ONLIST;
	if (was)
		TAILQ_REMOVE(&vq_work, va, va_work);
	if (va->va_flags & VQF_WANTSCAN)
		vq_pending--;
	va->va_flags &= ~(VQF_ONLIST | VQF_WANTSCAN);
	lockmgr(&vq_lock, LK_RELEASE);
	if (was)
		vq_acct_drop(va);
}

/* Are the counters stored, and can they be now? */
static int
vq_stored(struct vqacct *va)
{
	struct mount *mp = va->va_real->va_mp;

	return ((va->va_flags & VQF_STORE) && mp != NULL &&
	    (mp->mnt_flag & MNT_RDONLY) == 0);
}

/* Look at an account that is marked busy; flags are what it wants. */
static void
vq_work_one(struct vqacct *va, int flags)
{
	struct mount *mp = va->va_mp;
	int error = 0;

	if (flags & VQF_WANTSCAN)
		error = vq_scan_run(va, mp);
	lockmgr(&vq_lock, LK_EXCLUSIVE);
	/* What an unmount interrupted is due again if that fails. */
	if (error == EAGAIN || (error == ECANCELED &&
	    (va->va_flags & VQF_DYING)))
		vq_want(va, VQF_WANTSCAN);
	lockmgr(&vq_lock, LK_RELEASE);
	if (error == 0 && vq_stored(va))
		vq_store_save(va);
}

/* How many accounts are stored? */
static int
vq_stored_count(void)
{
	struct vqacct *va;
	int n = 0;

	TAILQ_FOREACH(va, &vq_work, va_work)
		n += vq_stored(va);
	return (n);
}

/* The next account that wants something, marked busy; with vq_lock. */
static struct vqacct *
vq_work_next(int save, int *flagsp)
{
	struct vqacct *va;

	TAILQ_FOREACH(va, &vq_work, va_work) {
		if (va->va_flags & VQF_DYING)
			continue;
		if ((va->va_flags & VQF_WANTSCAN) || (vq_stored(va) &&
		    (save || va->va_saved != va->va_changes)))
			break;
	}
	if (va != NULL) {
		*flagsp = va->va_flags;
		va->va_flags = (va->va_flags & ~VQF_WANTSCAN) | VQF_BUSY;
		/* To the end, so that all have their turn. */
		TAILQ_REMOVE(&vq_work, va, va_work);
		TAILQ_INSERT_TAIL(&vq_work, va, va_work);
		vq_acct_hold(va);
	}
	return (va);
}

static void
vq_worker(void *arg)
{
	struct vqacct *va;
	int flags, rounds = 0;

	lockmgr(&vq_lock, LK_EXCLUSIVE);
	for (;;) {
		va = vq_work_next(rounds > 0, &flags);
		if (va != NULL) {
			lockmgr(&vq_lock, LK_RELEASE);
			vq_work_one(va, flags);
			lockmgr(&vq_lock, LK_EXCLUSIVE);
			va->va_flags &= ~VQF_BUSY;
			if (flags & VQF_WANTSCAN)
				vq_pending--;
			wakeup(va);
			vq_acct_drop(va);
			if (rounds > 0)
				rounds--;
			continue;
		}
		rounds = 0;
		if (lksleep(&vq_work, &vq_lock, 0, "vqidle",
		    VQ_SAVE_SECS * hz) == EWOULDBLOCK)
			rounds = vq_stored_count();
	}
}

static void
vq_start(void *arg)
{
	if (vfs_quota_enabled)
		kthread_create(vq_worker, NULL, NULL, "vquota");
}
SYSINIT(vquota_worker, SI_SUB_KTHREAD_UPDATE, SI_ORDER_ANY, vq_start, NULL);
