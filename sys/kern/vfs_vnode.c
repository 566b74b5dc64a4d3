/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Vnode life cycle: references, locks, allocation and recycling.
 *
 * Every vnode that exists is on one of per-CPU lists from getnewvnode() to
 * its end; taking and dropping references does not touch the lists.  When
 * there are more than kern.maxvnodes the allocator goes round the lists and
 * reclaims vnodes without references, passing over recently used ones
 * (v_act) at first.
 *
 * v_refcnt is changed with compare-and-set.  VREF_TERMINATE, once set by the
 * reclaimer with no references left, makes vref_try() fail, so that nobody
 * can find the vnode any more.  VREF_FINALIZE asks for VOP_INACTIVE when the
 * last reference goes.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/fcntl.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mount.h>
#include <sys/objcache.h>
#include <sys/proc.h>
#include <sys/spinlock2.h>
#include <sys/sysctl.h>
#include <sys/thread2.h>
#include <sys/vfs_pool.h>
#include <sys/vfs_quota.h>
#include <sys/vmmeter.h>
#include <sys/vnode.h>
#include <machine/atomic.h>
#include <vm/vm.h>
#include <vm/vm_object.h>
#include "vfs_cache.h"

struct vnlist_cpu {
	struct spinlock	vl_spin;
	struct vnode_list vl_list;	/* (s) */
	int		vl_count;	/* (s) */
} __aligned(64);

static struct vnlist_cpu vnlist[MAXCPU];
static struct vfs_pool vnode_pool;
int maxvnodes;
u_int numvnodes;
static int freevnodes_wanted;

SYSCTL_INT(_kern, KERN_MAXVNODES, maxvnodes, CTLFLAG_RW, &maxvnodes, 0,
    "Vnodes to keep cached");
SYSCTL_UINT(_debug, OID_AUTO, numvnodes, CTLFLAG_RD, &numvnodes, 0,
    "Vnodes in existence");
TUNABLE_INT("kern.maxvnodes", &maxvnodes);

static void
vnode_ctor(void *obj)
{
	struct vnode *vp = obj;

	spin_init(&vp->v_spin, "vnode");
	lockinit(&vp->v_lock, "vnode", 0, 0);
	lwkt_token_init(&vp->v_token, "vnode");
	TAILQ_INIT(&vp->v_namecache);
	RB_INIT(&vp->v_rbclean_tree);
	RB_INIT(&vp->v_rbdirty_tree);
	RB_INIT(&vp->v_rbhash_tree);
	vp->v_refcnt = VREF_TERMINATE;
	vp->v_type = VBAD;
}

static void
vnode_init(void *dummy)
{
	int i;

	if (maxvnodes == 0) {
		/* One per 16 pages of memory, within reason. */
		u_long n = vmstats.v_page_count / 16;

		maxvnodes = MIN(MAX(n, 4096), 1000000);
	}
	for (i = 0; i < MAXCPU; i++) {
		spin_init(&vnlist[i].vl_spin, "vnlist");
		TAILQ_INIT(&vnlist[i].vl_list);
	}
	vfs_pool_init(&vnode_pool, sizeof(struct vnode),
	    offsetof(struct vnode, v_data), vnode_ctor);
	nchinit();
}
SYSINIT(vnodes, SI_SUB_VFS, SI_ORDER_FIRST, vnode_init, NULL);

/*
 * References.
 */
void
vref(struct vnode *vp)
{
	KASSERT((vp->v_refcnt & VREF_MASK) > 0, ("vref: %p not referenced",
	    vp));
	atomic_add_int(&vp->v_refcnt, 1);
}

int
vref_try(struct vnode *vp)
{
	u_int refs;

	do {
		refs = vp->v_refcnt;
		cpu_ccfence();
		if (refs & VREF_TERMINATE)
			return (0);
	} while (!atomic_cmpset_int(&vp->v_refcnt, refs, refs + 1));
	if (vp->v_act < 3)
		vp->v_act = 3;
	return (1);
}

/* The last reference of a vnode to be finalized. */
static void
vrele_final(struct vnode *vp)
{
	vx_lock(vp);
	atomic_clear_int(&vp->v_refcnt, VREF_FINALIZE);
	if ((vp->v_flag & VRECLAIMED) == 0 && VREF_COUNT(vp) == 1)
		VOP_INACTIVE(vp);
	vx_unlock(vp);
}

/* Free the memory of a dead vnode nobody holds. */
static void
vnode_free_check(struct vnode *vp)
{
	struct vnlist_cpu *vl = &vnlist[vp->v_listcpu];

	if ((vp->v_flag & VRECLAIMED) == 0)
		return;
	/* Exactly one wins the right to free it. */
	spin_lock(&vl->vl_spin);
	if (vp->v_refcnt != VREF_TERMINATE || vp->v_auxrefs != 0 ||
	    (vp->v_flag & VONLIST) == 0) {
		spin_unlock(&vl->vl_spin);
		return;
	}
	TAILQ_REMOVE(&vl->vl_list, vp, v_list);
	vl->vl_count--;
	vclrflags(vp, VONLIST);
	spin_unlock(&vl->vl_spin);
	atomic_add_int(&numvnodes, -1);
	vfs_pool_put(&vnode_pool, vp);
}

void
vrele(struct vnode *vp)
{
	u_int refs;

	for (;;) {
		refs = vp->v_refcnt;
		cpu_ccfence();
		KASSERT((refs & VREF_MASK) > 0, ("vrele: %p underflow", vp));
		if ((refs & VREF_MASK) == 1) {
			if ((refs & (VREF_FINALIZE | VREF_TERMINATE)) ==
			    VREF_FINALIZE) {
				vrele_final(vp);
				continue;
			}
			if (vp->v_flag & VRECLAIMED) {
				/* Dead: no new references from here on. */
				if (!atomic_cmpset_int(&vp->v_refcnt, refs,
				    VREF_TERMINATE))
					continue;
				vnode_free_check(vp);
				return;
			}
		}
		if (atomic_cmpset_int(&vp->v_refcnt, refs, refs - 1))
			return;
	}
}

void
vhold(struct vnode *vp)
{
	atomic_add_int(&vp->v_auxrefs, 1);
}

void
vdrop(struct vnode *vp)
{
	if (atomic_fetchadd_int(&vp->v_auxrefs, -1) == 1 &&
	    vp->v_refcnt == VREF_TERMINATE)
		vnode_free_check(vp);
}

void
vfinalize(struct vnode *vp)
{
	atomic_set_int(&vp->v_refcnt, VREF_FINALIZE);
}

void
vsetflags(struct vnode *vp, uint32_t flags)
{
	atomic_set_int(&vp->v_flag, flags);
}

void
vclrflags(struct vnode *vp, uint32_t flags)
{
	atomic_clear_int(&vp->v_flag, flags);
}

/*
 * Locks.
 */
int
vn_lock(struct vnode *vp, int lkflags)
{
	int error, fail = lkflags & LK_FAILRECLAIM;

	lkflags &= ~(LK_FAILRECLAIM | LK_RETRY);
	do {
		error = lockmgr(&vp->v_lock, lkflags);
	} while (error != 0 && (lkflags & LK_NOWAIT) == 0);
	if (error == 0 && fail && (vp->v_flag & VRECLAIMED)) {
		lockmgr(&vp->v_lock, LK_RELEASE);
		error = ENOENT;
	}
	return (error);
}

void
vn_unlock(struct vnode *vp)
{
	lockmgr(&vp->v_lock, LK_RELEASE);
}

int
vn_islocked(struct vnode *vp)
{
	return (lockstatus(&vp->v_lock, curthread));
}

int
vget(struct vnode *vp, int lkflags)
{
	int error;

	if (!vref_try(vp)) {
		/* Being reclaimed: wait for that to end, then say so. */
		if ((lkflags & LK_NOWAIT) == 0) {
			vhold(vp);
			lockmgr(&vp->v_lock, LK_EXCLUSIVE);
			lockmgr(&vp->v_lock, LK_RELEASE);
			vdrop(vp);
		}
		return (ENOENT);
	}
	error = vn_lock(vp, lkflags | LK_FAILRECLAIM);
	if (error)
		vrele(vp);
	return (error);
}

void
vput(struct vnode *vp)
{
	vn_unlock(vp);
	vrele(vp);
}

void
vx_lock(struct vnode *vp)
{
	lockmgr(&vp->v_lock, LK_EXCLUSIVE | LK_CANRECURSE);
}

void
vx_unlock(struct vnode *vp)
{
	lockmgr(&vp->v_lock, LK_RELEASE);
}

int
vx_get(struct vnode *vp)
{
	if (!vref_try(vp))
		return (ENOENT);
	vx_lock(vp);
	return (0);
}

int
vx_get_nonblock(struct vnode *vp)
{
	if (!vref_try(vp))
		return (ENOENT);
	if (lockmgr(&vp->v_lock, LK_EXCLUSIVE | LK_NOWAIT) != 0) {
		vrele(vp);
		return (EBUSY);
	}
	return (0);
}

void
vx_put(struct vnode *vp)
{
	vx_unlock(vp);
	vrele(vp);
}

/* A new vnode is an ordinary locked vnode already. */
void
vx_downgrade(struct vnode *vp)
{
}

/*
 * Take the identity from a vnode.  Locked exclusively; references may
 * remain and see a dead vnode from now on.
 */
void
vgone_vxlocked(struct vnode *vp)
{
	struct vm_object *obj;
	int active = VREF_COUNT(vp) > 1 || vp->v_opencount > 0;

	if (vp->v_flag & VRECLAIMED)
		return;
	vsetflags(vp, VRECLAIMED);
	VN_KNOTE(vp, NOTE_REVOKE);
	if (active && vp->v_opencount > 0)
		VOP_CLOSE(vp, FNONBLOCK, NULL);
	/* A directory that is only recycled keeps the names below it. */
	cache_inval_vp(vp, active ? CINV_CHILDREN : 0);
	vinvalbuf(vp, (vp->v_mount != NULL &&
	    (vp->v_mount->mnt_kern_flag & MNTK_UNMOUNTF)) ? 0 : V_SAVE, 0, 0);
	obj = vp->v_object;
	VOP_RECLAIM(vp);
	if (vp->v_quota != NULL)
		vquota_detach(vp);
	if (obj != NULL && vp->v_object == obj)
		vnode_release_object(vp);
	insmntque(vp, NULL);
	vn_syncer_remove(vp, 1);
	if (vp->v_type == VCHR || vp->v_type == VBLK)
		v_release_rdev(vp);
	vp->v_ops = &dead_vnode_vops_p;
	vp->v_tag = VT_NON;
	vp->v_data = NULL;
	vp->v_type = VBAD;
}

/*
 * From VOP_INACTIVE.  Somebody may have found the vnode meanwhile: then it
 * is his, and finalized when he drops it.
 */
int
vrecycle(struct vnode *vp)
{
	if (!atomic_cmpset_int(&vp->v_refcnt, 1, VREF_TERMINATE | 1)) {
		vfinalize(vp);
		return (0);
	}
	vgone_vxlocked(vp);
	return (1);
}

/* Forced death of a vnode with references: revoke, forced unmount. */
void
vn_gone(struct vnode *vp)
{
	vx_lock(vp);
	vgone_vxlocked(vp);
	vx_unlock(vp);
}

/*
 * Reclaim one candidate: no references, not locked.  The list's spinlock is
 * held by the caller and released.  True if it worked.
 */
static int
vnode_reclaim(struct vnlist_cpu *vl, struct vnode *vp)
{
	if (lockmgr(&vp->v_lock, LK_EXCLUSIVE | LK_NOWAIT) != 0) {
		spin_unlock(&vl->vl_spin);
		return (0);
	}
	if (!atomic_cmpset_int(&vp->v_refcnt, 0, VREF_TERMINATE | 1)) {
		spin_unlock(&vl->vl_spin);
		lockmgr(&vp->v_lock, LK_RELEASE);
		return (0);
	}
	spin_unlock(&vl->vl_spin);
	vgone_vxlocked(vp);
	vx_unlock(vp);
	vrele(vp);
	return (1);
}

/* Has it names below which lookups are going on? Costly to bring back. */
static int
vnode_has_children(struct vnode *vp)
{
	struct namecache *ncp = TAILQ_FIRST(&vp->v_namecache);

	return (ncp != NULL && ncp->nc_refs > 0);
}

/* Reclaim up to count vnodes; returns how many. */
int
freesomevnodes(int count)
{
	struct vnlist_cpu *vl;
	struct vnode *vp;
	int done = 0, i, tries, cpu = mycpuid;

	for (i = 0; i < ncpus * 2 && done < count; i++) {
		vl = &vnlist[(cpu + i) % ncpus];
		tries = MAX(vl->vl_count / 4, 32);
		while (tries-- > 0 && done < count) {
			spin_lock(&vl->vl_spin);
			vp = TAILQ_FIRST(&vl->vl_list);
			if (vp == NULL) {
				spin_unlock(&vl->vl_spin);
				break;
			}
			TAILQ_REMOVE(&vl->vl_list, vp, v_list);
			TAILQ_INSERT_TAIL(&vl->vl_list, vp, v_list);
			if (vp->v_refcnt != 0 || (i < ncpus &&
			    vnode_has_children(vp))) {
				spin_unlock(&vl->vl_spin);
				continue;
			}
			if (vp->v_act > 0 && i < ncpus) {
				vp->v_act--;
				spin_unlock(&vl->vl_spin);
				continue;
			}
			done += vnode_reclaim(vl, vp);
		}
	}
	return (done);
}

/* Reclaims vnodes in the background when they exceed the limit. */
static void
vnlru_thread(void *arg)
{
	for (;;) {
		while (numvnodes > maxvnodes - maxvnodes / 10 &&
		    freesomevnodes(64) > 0)
			lwkt_yield();
		freevnodes_wanted = 0;
		tsleep(&freevnodes_wanted, 0, "vlruwt", hz * 10);
	}
}

static void
vnlru_start(void *arg)
{
	struct thread *td;

	lwkt_create(vnlru_thread, NULL, &td, NULL, 0, -1, "vnlru");
}
SYSINIT(vnlru, SI_SUB_KTHREAD_UPDATE, SI_ORDER_FIRST, vnlru_start, NULL);

/*
 * A new vnode of type VNON with dead operations; the filesystem fills it in
 * and then lets others find it.
 */
int
getspecialvnode(enum vtagtype tag, struct mount *mp, struct vop_ops **ops,
    struct vnode **vpp, int timo, int lkflags)
{
	struct vnode *vp;
	struct vnlist_cpu *vl;

	if (numvnodes >= maxvnodes) {
		if (freevnodes_wanted == 0) {
			freevnodes_wanted = 1;
			wakeup(&freevnodes_wanted);
		}
		if (numvnodes >= maxvnodes + maxvnodes / 10)
			freesomevnodes(4);
	}
	vp = vfs_pool_get(&vnode_pool);
	KKASSERT(vp->v_refcnt == VREF_TERMINATE);
	vp->v_flag = 0;
	vp->v_type = VNON;
	vp->v_tag = tag;
	vp->v_ops = ops;
	vp->v_data = NULL;
	vp->v_object = NULL;
	vp->v_filesize = NOOFFSET;
	vp->v_mount = NULL;
	vp->v_opencount = 0;
	vp->v_writecount = 0;
	vp->v_lockf = NULL;
	vp->v_lazyw = 0;
	vp->v_hashkey = 0;
	vp->v_quota = NULL;
	vp->v_act = 3;
	bzero(&vp->v_un, sizeof(vp->v_un));
	SLIST_INIT(&vp->v_kqinfo.ki_note);
	lockmgr(&vp->v_lock, LK_EXCLUSIVE | lkflags);
	cpu_sfence();
	vp->v_refcnt = 1;
	atomic_add_int(&numvnodes, 1);
	crit_enter();
	vp->v_listcpu = mycpuid;
	vl = &vnlist[mycpuid];
	spin_lock(&vl->vl_spin);
	TAILQ_INSERT_TAIL(&vl->vl_list, vp, v_list);
	vl->vl_count++;
	vsetflags(vp, VONLIST);
	spin_unlock(&vl->vl_spin);
	crit_exit();
	if (mp != NULL)
		insmntque(vp, mp);
	*vpp = vp;
	return (0);
}

int
getnewvnode(enum vtagtype tag, struct mount *mp, struct vnode **vpp,
    int timo, int lkflags)
{
	return (getspecialvnode(tag, mp, &mp->mnt_vn_use_ops, vpp, timo,
	    lkflags));
}

/* Put a vnode on a mount's list (NULL: only off the old one). */
void
insmntque(struct vnode *vp, struct mount *mp)
{
	struct mount *omp = vp->v_mount;

	if (omp != NULL) {
		spin_lock(&omp->mnt_vnspin);
		TAILQ_REMOVE(&omp->mnt_nvnodelist, vp, v_nmntvnodes);
		omp->mnt_nvnodelistsize--;
		vp->v_mount = NULL;
		spin_unlock(&omp->mnt_vnspin);
	}
	if (mp != NULL) {
		spin_lock(&mp->mnt_vnspin);
		vp->v_mount = mp;
		TAILQ_INSERT_TAIL(&mp->mnt_nvnodelist, vp, v_nmntvnodes);
		mp->mnt_nvnodelistsize++;
		spin_unlock(&mp->mnt_vnspin);
	}
}

/*
 * Call for every vnode of a mount.  fastfunc runs under the list's spinlock
 * and skips the vnode by returning a negative value; slowfunc gets the vnode
 * referenced, and locked as flags say.  A positive result of slowfunc ends
 * the scan and is returned.  Vnodes that come or go meanwhile may be missed
 * or met.
 */
int
vmntvnodescan(struct mount *mp, int flags,
    int (*fastfunc)(struct mount *, struct vnode *, void *),
    int (*slowfunc)(struct mount *, struct vnode *, void *), void *data)
{
	struct vnode *vp, *next;
	int error, r = 0, limit;
	bool dying;

	spin_lock(&mp->mnt_vnspin);
	limit = mp->mnt_nvnodelistsize;
	vp = TAILQ_FIRST(&mp->mnt_nvnodelist);
	while (vp != NULL && limit-- > 0) {
		next = TAILQ_NEXT(vp, v_nmntvnodes);
		if (fastfunc != NULL && fastfunc(mp, vp, data) < 0) {
			vp = next;
			continue;
		}
		if (slowfunc == NULL) {
			vp = next;
			continue;
		}
		/* Being reclaimed: an unmount waits for the end of that. */
		dying = !vref_try(vp);
		if (dying && (flags & VMSC_GETVX) == 0) {
			vp = next;
			continue;
		}
		if (dying)
			vhold(vp);
		/* To the end, so that the list's head is what is left. */
		TAILQ_REMOVE(&mp->mnt_nvnodelist, vp, v_nmntvnodes);
		TAILQ_INSERT_TAIL(&mp->mnt_nvnodelist, vp, v_nmntvnodes);
		if (next != NULL)
			vhold(next);
		spin_unlock(&mp->mnt_vnspin);
		error = 0;
		if (dying) {
			error = vget(vp, LK_EXCLUSIVE);
			vdrop(vp);
		} else if (flags & (VMSC_GETVP | VMSC_GETVX)) {
			error = vn_lock(vp, LK_EXCLUSIVE |
			    ((flags & VMSC_NOWAIT) ? LK_NOWAIT : 0));
			if (error)
				vrele(vp);
		}
		if (error == 0) {
			if (vp->v_mount == mp)
				r = slowfunc(mp, vp, data);
			if (flags & (VMSC_GETVP | VMSC_GETVX))
				vn_unlock(vp);
			vrele(vp);
		}
		spin_lock(&mp->mnt_vnspin);
		vp = next;
		if (next != NULL) {
			/* It may have left the list: start over then. */
			if (next->v_mount != mp)
				vp = TAILQ_FIRST(&mp->mnt_nvnodelist);
			spin_unlock(&mp->mnt_vnspin);
			vdrop(next);
			spin_lock(&mp->mnt_vnspin);
			if (vp == NULL || vp->v_mount != mp)
				vp = TAILQ_FIRST(&mp->mnt_nvnodelist);
		}
		if (r > 0)
			break;
	}
	spin_unlock(&mp->mnt_vnspin);
	return (r > 0 ? r : 0);
}
