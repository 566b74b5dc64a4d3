/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The namecache's dealings with filesystems: resolving entries, their
 * vnodes, the roots of mounts, and handles for vnodes reached by other ways.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mount.h>
#include <sys/spinlock2.h>
#include <sys/ucred.h>
#include <sys/vnode.h>
#include "vfs_cache.h"

static int cache_resolve_parents(struct nchandle *nch, struct ucred *cred);

/* The directory's vnode, referenced, or NULL if it has none that lives. */
struct vnode *
cache_dvpref(struct namecache *ncp)
{
	struct vnode *vp;

	if (ncp == NULL || (vp = ncp->nc_vp) == NULL || !vref_try(vp))
		return (NULL);
	if (ncp->nc_vp != vp || (vp->v_flag & VRECLAIMED)) {
		vrele(vp);
		return (NULL);
	}
	return (vp);
}

static int
cache_resolve_root(struct nchandle *nch)
{
	struct mount *mp = nch->ncp->nc_rootmp;
	struct vnode *vp;
	int error;

	if (mp == NULL || (mp->mnt_kern_flag & MNTK_UNMOUNTF))
		return (ENXIO);
	error = VFS_ROOT(mp, &vp);
	if (error == 0) {
		cache_setvp(nch, vp);
		vput(vp);
	}
	return (error);
}

/*
 * Ask the filesystem about an entry, which the caller has locked
 * exclusively.  0 if it exists, ENOENT if not, or what went wrong.
 */
int
cache_resolve(struct nchandle *nch, struct ucred *cred)
{
	struct namecache *ncp = nch->ncp;
	struct vnode *dvp;
	int error;

	for (;;) {
		if ((ncp->nc_flag & NCF_UNRESOLVED) == 0) {
			/* Its vnode may have died since. */
			if (ncp->nc_vp == NULL ||
			    (ncp->nc_vp->v_flag & VRECLAIMED) == 0)
				return (ncp->nc_error);
			cache_setunresolved(nch);
		}
		if (ncp->nc_flag & NCF_ROOT)
			return (cache_resolve_root(nch));
		if (ncp->nc_flag & NCF_DESTROYED)
			return (ENOENT);
		if (ncp->nc_parent == NULL)
			return (EINVAL);
		if (nch->mount != NULL &&
		    (nch->mount->mnt_kern_flag & MNTK_UNMOUNTF))
			return (ENXIO);
		dvp = cache_dvpref(ncp->nc_parent);
		if (dvp == NULL) {
			error = cache_resolve_parents(nch, cred);
			if (error)
				return (error);
			continue;
		}
		if (dvp->v_type != VDIR) {
			vrele(dvp);
			return (ENOTDIR);
		}
		error = VOP_NRESOLVE(nch, dvp, cred);
		vrele(dvp);
		if (error == EAGAIN) {
			tsleep(nch, 0, "ncresv", 1);
			continue;
		}
		if ((ncp->nc_flag & NCF_UNRESOLVED) == 0)
			return (ncp->nc_error);
		return (error ? error : EIO);
	}
}

/*
 * Make the vnode of nch's directory available.  Begins at the highest
 * ancestor that has lost its vnode; locks go child before parent here, so
 * they are only tried.
 */
static int
cache_resolve_parents(struct nchandle *nch, struct ucred *cred)
{
	struct nchandle pnch;
	struct namecache *par;
	struct vnode *vp;
	int error;

	par = nch->ncp->nc_parent;
	for (;;) {
		if (par->nc_parent == NULL)
			break;
		vp = cache_dvpref(par->nc_parent);
		if (vp != NULL) {
			vrele(vp);
			break;
		}
		par = par->nc_parent;
	}
	if (!cache_hold_try(par))
		return (0);
	pnch.ncp = par;
	pnch.mount = nch->mount;
	if (lockmgr(&par->nc_lock, LK_EXCLUSIVE | LK_NOWAIT) == 0) {
		error = cache_resolve(&pnch, cred);
		lockmgr(&par->nc_lock, LK_RELEASE);
	} else {
		tsleep(par, 0, "ncpar", 1);
		error = 0;
	}
	cache_drop_ncp(par);
	return (error);
}

int
cache_vref(struct nchandle *nch, struct ucred *cred, struct vnode **vpp)
{
	struct namecache *ncp = nch->ncp;
	int error, shared;

	for (;;) {
		*vpp = cache_dvpref(ncp);
		if (*vpp != NULL)
			return (0);
		if ((ncp->nc_flag & NCF_UNRESOLVED) == 0 && ncp->nc_vp == NULL)
			return (ncp->nc_error ? ncp->nc_error : ENOENT);
		shared = (lockstatus(&ncp->nc_lock, curthread) !=
		    LK_EXCLUSIVE);
		if (shared) {
			lockmgr(&ncp->nc_lock, LK_RELEASE);
			lockmgr(&ncp->nc_lock, LK_EXCLUSIVE);
		}
		if (ncp->nc_vp != NULL) {
			/* Being recycled: the association ends now. */
			*vpp = cache_dvpref(ncp);
			if (*vpp != NULL) {
				vrele(*vpp);
			} else {
				cache_setunresolved(nch);
			}
		}
		error = 0;
		if (ncp->nc_flag & NCF_UNRESOLVED)
			error = cache_resolve(nch, cred);
		if (shared)
			lockmgr(&ncp->nc_lock, LK_DOWNGRADE);
		*vpp = NULL;
		if (error)
			return (error);
	}
}

int
cache_vget(struct nchandle *nch, struct ucred *cred, int lk_type,
    struct vnode **vpp)
{
	struct vnode *vp;
	int error;

	for (;;) {
		error = cache_vref(nch, cred, &vp);
		if (error) {
			*vpp = NULL;
			return (error);
		}
		error = vn_lock(vp, lk_type | LK_FAILRECLAIM);
		if (error == 0) {
			*vpp = vp;
			return (0);
		}
		vrele(vp);
		if (error != ENOENT) {
			*vpp = NULL;
			return (error);
		}
	}
}

/* The entry of a filesystem's root, referenced and locked. */
void
cache_allocroot(struct nchandle *nch, struct mount *mp, struct vnode *vp)
{
	nch->ncp = cache_alloc("", 0);
	nch->mount = mp;
	cache_mntref(mp);
	atomic_set_int(&nch->ncp->nc_flag, NCF_ROOT);
	nch->ncp->nc_rootmp = mp;
	if (vp != NULL)
		cache_setvp(nch, vp);
}

/*
 * A handle, referenced and unlocked, for a directory that was not reached by
 * name.  An entry it has is used; otherwise, with makeit, names are found by
 * going up with nlookupdotdot and searching each parent.
 */
int
cache_fromdvp(struct vnode *dvp, struct ucred *cred, int makeit,
    struct nchandle *nch)
{
	struct namecache *ncp;
	struct vnode *pvp;
	struct nlcomponent nlc;
	struct nchandle pnch;
	char *fakename = NULL;
	int error;

	cache_zero(nch);
	for (;;) {
		spin_lock(&dvp->v_spin);
		TAILQ_FOREACH(ncp, &dvp->v_namecache, nc_vnode) {
			if ((ncp->nc_flag & NCF_DESTROYED) == 0 &&
			    cache_hold_try(ncp))
				break;
		}
		spin_unlock(&dvp->v_spin);
		if (ncp != NULL) {
			nch->ncp = ncp;
			nch->mount = dvp->v_mount;
			cache_mntref(nch->mount);
			return (0);
		}
		if (!makeit || dvp->v_mount == NULL)
			return (ENOENT);
		if (dvp->v_flag & VROOT) {
			if (!cache_mntroot(dvp->v_mount, nch))
				return (ENOENT);
			cache_lock(nch);
			error = cache_resolve(nch, cred);
			cache_unlock(nch);
			if (error)
				cache_drop(nch);
			return (error);
		}
		error = VOP_NLOOKUPDOTDOT(dvp, &pvp, cred, &fakename);
		if (error)
			return (error);
		if (fakename == NULL) {
			vrele(pvp);
			return (ENOENT);
		}
		error = cache_fromdvp(pvp, cred, makeit, &pnch);
		vrele(pvp);
		if (error == 0) {
			nlc.nlc_nameptr = fakename;
			nlc.nlc_namelen = strlen(fakename);
			*nch = cache_nlookup(&pnch, &nlc);
			error = cache_resolve(nch, cred);
			if (error == 0 && nch->ncp->nc_vp != dvp)
				error = ESTALE;
			cache_unlock(nch);
			cache_drop(&pnch);
			if (error)
				cache_drop(nch);
		}
		kfree(fakename, M_TEMP);
		return (error);
	}
}
