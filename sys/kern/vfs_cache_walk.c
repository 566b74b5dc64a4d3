/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lock-free walks through the namecache.
 *
 * A walk reads entries without locks or references and is right as long as
 * generations agree: having found a child through the hash, it checks that
 * the directory it was looked up in has not changed since it was reached.
 * Each step is thus exact at the moment it is made.  Nothing is written
 * until the end, where references are taken and checked once more; any
 * doubt makes the caller do the rest with locks.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/mount.h>
#include <sys/ucred.h>
#include <sys/vnode.h>
#include "vfs_cache.h"

/* Begin reading an entry: its generation, or odd when it is changing. */
static __inline uint32_t
walk_read(struct namecache *ncp)
{
	uint32_t gen = ncp->nc_generation;

	cpu_ccfence();
	return (gen);
}

static __inline int
walk_valid(struct namecache *ncp, uint32_t gen)
{
	cpu_ccfence();
	return (ncp->nc_generation == gen);
}

int
cache_walk_init(struct ncwalk *nw, struct nchandle *start,
    struct nchandle *root, struct nchandle *jail, const char *path,
    struct ucred *cred)
{
	nw->nw_mntgen = mount_generation;
	cpu_ccfence();
	nw->nw_ncp = start->ncp;
	nw->nw_mp = start->mount;
	nw->nw_root = *root;
	nw->nw_jail = *jail;
	nw->nw_path = path;
	nw->nw_cred = cred;
	nw->nw_error = 0;
	if (nw->nw_ncp == NULL || (nw->nw_mntgen & 1))
		return (0);
	nw->nw_gen = walk_read(nw->nw_ncp);
	return ((nw->nw_gen & 1) == 0);
}

/* May everybody, or this caller for sure, search the directory? */
static __inline int
walk_searchable(struct ncwalk *nw)
{
	uint32_t flags = nw->nw_ncp->nc_flag;

	if ((flags & (NCF_ISDIR | NCF_UNRESOLVED)) != NCF_ISDIR)
		return (0);
	return ((flags & NCF_WXOK) || nw->nw_cred->cr_uid == 0);
}

/* Move to ncp, read at generation gen, and across mounts on it. */
static int
walk_enter(struct ncwalk *nw, struct namecache *ncp, uint32_t gen)
{
	struct mount *mp = nw->nw_mp, *nmp;

	while (ncp->nc_flag & NCF_ISMOUNTPT) {
		nmp = cache_findmount_nolock(mp, ncp);
		if (nmp == NULL)
			break;
		mp = nmp;
		ncp = mp->mnt_ncmountpt.ncp;
		if (ncp == NULL)
			return (0);
		gen = walk_read(ncp);
		if ((gen & 1) || nw->nw_mntgen != mount_generation)
			return (0);
	}
	nw->nw_ncp = ncp;
	nw->nw_mp = mp;
	nw->nw_gen = gen;
	return (1);
}

/* `..': up within the mount, or past its root to what it covers. */
static int
walk_dotdot(struct ncwalk *nw)
{
	struct namecache *ncp = nw->nw_ncp, *par;
	struct mount *mp = nw->nw_mp;
	uint32_t gen = nw->nw_gen;

	for (;;) {
		if ((ncp == nw->nw_root.ncp && mp == nw->nw_root.mount) ||
		    (ncp == nw->nw_jail.ncp && mp == nw->nw_jail.mount))
			return (1);
		if (ncp != mp->mnt_ncmountpt.ncp)
			break;
		ncp = mp->mnt_ncmounton.ncp;
		mp = mp->mnt_ncmounton.mount;
		if (ncp == NULL || mp == NULL ||
		    nw->nw_mntgen != mount_generation)
			return (0);
		gen = walk_read(ncp);
		if (gen & 1)
			return (0);
	}
	par = ncp->nc_parent;
	if (par == NULL || !walk_valid(ncp, gen))
		return (0);
	gen = walk_read(par);
	/* The child was par's when par's generation was read. */
	if ((gen & 1) || ncp->nc_parent != par)
		return (0);
	nw->nw_ncp = par;
	nw->nw_mp = mp;
	nw->nw_gen = gen;
	/* A file system may be mounted on the directory we came up to. */
	return (walk_enter(nw, par, gen));
}

void
cache_walk(struct ncwalk *nw, int parent)
{
	struct namecache *ncp;
	const char *p, *next;
	uint32_t hv, gen;
	int nlen;

	for (;;) {
		p = nw->nw_path;
		while (*p == '/')
			p++;
		if (*p == 0) {
			if (!parent)
				nw->nw_path = p;
			return;
		}
		if (!walk_searchable(nw))
			return;
		hv = cache_hash_start(nw->nw_ncp);
		for (next = p; *next != 0 && *next != '/'; next++)
			hv = cache_hash_byte(hv, *next);
		nlen = next - p;
		if (parent) {
			const char *q = next;

			while (*q == '/')
				q++;
			if (*q == 0)
				return;
		}
		if (nlen > NAME_MAX)
			return;
		if (p[0] == '.' && nlen == 1) {
			nw->nw_path = next;
			continue;
		}
		if (p[0] == '.' && p[1] == '.' && nlen == 2) {
			struct ncwalk save = *nw;

			if (!walk_dotdot(nw)) {
				*nw = save;
				return;
			}
			nw->nw_path = next;
			continue;
		}
		ncp = cache_find(nw->nw_ncp, hv, p, nlen, &gen);
		if (ncp == NULL || !walk_valid(nw->nw_ncp, nw->nw_gen))
			return;
		if (ncp->nc_vp == NULL) {
			/* Negative, if it is still what the hash said. */
			if ((ncp->nc_flag & (NCF_UNRESOLVED |
			    NCF_DESTROYED)) == 0 && ncp->nc_error == ENOENT &&
			    ncp->nc_namecache_gen ==
			    nw->nw_mp->mnt_namecache_gen &&
			    walk_valid(ncp, gen) &&
			    nw->nw_mntgen == mount_generation)
				nw->nw_error = ENOENT;
			return;
		}
		/*
		 * What follows a slash must be a directory here; symbolic
		 * links are for the caller, whole.
		 */
		if (*next == '/' && (ncp->nc_flag & NCF_ISDIR) == 0)
			return;
		if (!walk_enter(nw, ncp, gen))
			return;
		nw->nw_path = next;
	}
}

int
cache_walk_hold(struct ncwalk *nw, struct nchandle *nch)
{
	if (!cache_hold_try(nw->nw_ncp))
		return (0);
	if (walk_valid(nw->nw_ncp, nw->nw_gen) &&
	    cache_mntref_try(nw->nw_mp)) {
		if (nw->nw_mntgen == mount_generation) {
			nch->ncp = nw->nw_ncp;
			nch->mount = nw->nw_mp;
			return (1);
		}
		cache_mntrel(nw->nw_mp);
	}
	cache_drop_ncp(nw->nw_ncp);
	return (0);
}

int
cache_walk_vref(struct ncwalk *nw, struct vnode **vpp)
{
	struct namecache *ncp = nw->nw_ncp;
	struct vnode *vp = ncp->nc_vp;

	if (vp == NULL || !vref_try(vp))
		return (0);
	if (walk_valid(ncp, nw->nw_gen) && ncp->nc_vp == vp &&
	    nw->nw_mntgen == mount_generation &&
	    (vp->v_flag & VRECLAIMED) == 0) {
		*vpp = vp;
		return (1);
	}
	vrele(vp);
	return (0);
}
