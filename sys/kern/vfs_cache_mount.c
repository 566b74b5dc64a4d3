/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Mount points in the namecache: which filesystem is mounted on a handle,
 * and references on mounts.
 *
 * The table is read without locks during walks.  mount_generation is odd
 * while it changes; a walk that finds another value than it began with is
 * done again with locks.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/mount.h>
#include <sys/spinlock2.h>
#include <sys/vnode.h>
#include <machine/atomic.h>
#include "vfs_cache.h"

#define MNTHASH_SIZE	256		/* chains; any number of mounts */
#define MNTREF_DEAD	0x40000000	/* mnt_refs: unmounted */

static struct mount *mnthash[MNTHASH_SIZE];
static struct spinlock mnthash_spin = SPINLOCK_INITIALIZER(mnthash_spin,
    "mnthash");
volatile uint32_t mount_generation;

static __inline u_int
mnthash_index(struct mount *mp, struct namecache *ncp)
{
	uintptr_t h = ((uintptr_t)mp >> 6) * 31 + ((uintptr_t)ncp >> 6);

	return ((h ^ (h >> 8) ^ (h >> 16)) & (MNTHASH_SIZE - 1));
}

void
cache_mntref(struct mount *mp)
{
	atomic_add_int(&mp->mnt_refs, 1);
}

int
cache_mntref_try(struct mount *mp)
{
	u_int refs;

	do {
		refs = mp->mnt_refs;
		cpu_ccfence();
		if (refs & MNTREF_DEAD)
			return (0);
	} while (!atomic_cmpset_int(&mp->mnt_refs, refs, refs + 1));
	return (1);
}

/* The last handle on an unmounted filesystem takes the structure along. */
void
cache_mntrel(struct mount *mp)
{
	if (atomic_fetchadd_int(&mp->mnt_refs, -1) == (MNTREF_DEAD | 1))
		mount_drop(mp);
}

struct mount *
cache_findmount_nolock(struct mount *mp, struct namecache *ncp)
{
	struct mount *scan;
	int limit = 10000;

	for (scan = mnthash[mnthash_index(mp, ncp)];
	    scan != NULL && --limit; scan = scan->mnt_hashnext) {
		if (scan->mnt_ncmounton.ncp == ncp &&
		    scan->mnt_ncmounton.mount == mp)
			return (scan);
	}
	return (NULL);
}

static bool
mntroot_locked(struct mount *mp, struct nchandle *top)
{
	if (mp == NULL || mp->mnt_ncmountpt.ncp == NULL ||
	    !cache_mntref_try(mp))
		return (false);
	top->ncp = mp->mnt_ncmountpt.ncp;
	top->mount = mp;
	cache_hold_ncp(top->ncp);
	return (true);
}

bool
cache_findmount(struct nchandle *nch, struct nchandle *top)
{
	bool found;

	if ((nch->ncp->nc_flag & NCF_ISMOUNTPT) == 0)
		return (false);
	spin_lock(&mnthash_spin);
	found = mntroot_locked(cache_findmount_nolock(nch->mount, nch->ncp),
	    top);
	spin_unlock(&mnthash_spin);
	return (found);
}

bool
cache_mntroot(struct mount *mp, struct nchandle *top)
{
	bool found;

	spin_lock(&mnthash_spin);
	found = mntroot_locked(mp, top);
	spin_unlock(&mnthash_spin);
	return (found);
}

bool
cache_mntcovered(struct mount *mp, struct nchandle *under)
{
	bool found;

	spin_lock(&mnthash_spin);
	found = mp->mnt_ncmounton.ncp != NULL;
	if (found)
		cache_copy(&mp->mnt_ncmounton, under);
	spin_unlock(&mnthash_spin);
	return (found);
}

/* mp, unmounted, leads nowhere any more; the handles go to the caller. */
void
cache_mntdetach(struct mount *mp, struct nchandle *root,
    struct nchandle *under)
{
	spin_lock(&mnthash_spin);
	*root = mp->mnt_ncmountpt;
	cache_zero(&mp->mnt_ncmountpt);
	*under = mp->mnt_ncmounton;
	cache_zero(&mp->mnt_ncmounton);
	spin_unlock(&mnthash_spin);
}

/* mp, with mnt_ncmounton set, becomes reachable. */
void
cache_ismounting(struct mount *mp)
{
	u_int i;

	if (mp->mnt_ncmounton.ncp == NULL)
		return;
	i = mnthash_index(mp->mnt_ncmounton.mount, mp->mnt_ncmounton.ncp);
	spin_lock(&mnthash_spin);
	mount_generation++;
	cpu_ccfence();
	mp->mnt_hashnext = mnthash[i];
	cpu_ccfence();
	mnthash[i] = mp;
	atomic_set_int(&mp->mnt_ncmounton.ncp->nc_flag, NCF_ISMOUNTPT);
	cpu_ccfence();
	mount_generation++;
	spin_unlock(&mnthash_spin);
}

/* mp is no longer reachable. */
void
cache_unmounting(struct mount *mp)
{
	struct namecache *ncp = mp->mnt_ncmounton.ncp;
	struct mount **mpp;
	int i, others = 0;

	if (ncp == NULL)
		return;
	spin_lock(&mnthash_spin);
	mount_generation++;
	cpu_ccfence();
	for (mpp = &mnthash[mnthash_index(mp->mnt_ncmounton.mount, ncp)];
	    *mpp != NULL; mpp = &(*mpp)->mnt_hashnext) {
		if (*mpp == mp) {
			*mpp = mp->mnt_hashnext;
			break;
		}
	}
	for (i = 0; i < MNTHASH_SIZE && !others; i++) {
		struct mount *scan;

		for (scan = mnthash[i]; scan; scan = scan->mnt_hashnext)
			others |= (scan->mnt_ncmounton.ncp == ncp);
	}
	if (!others)
		atomic_clear_int(&ncp->nc_flag, NCF_ISMOUNTPT);
	cpu_ccfence();
	mount_generation++;
	spin_unlock(&mnthash_spin);
}

/*
 * Refuse new references if there are at most "mine": true on success.
 * cache_mntrevive() takes it back.
 */
int
cache_mntkill(struct mount *mp, int mine, int force)
{
	u_int refs;

	do {
		refs = mp->mnt_refs;
		cpu_ccfence();
		if ((int)refs > mine && !force)
			return (0);
	} while (!atomic_cmpset_int(&mp->mnt_refs, refs, refs | MNTREF_DEAD));
	return (1);
}

int
mount_enter(struct mount *mp)
{
	atomic_add_int(&mp->mnt_ops, 1);
	if (__predict_true((mp->mnt_refs & MNTREF_DEAD) == 0))
		return (0);
	mount_leave(mp);
	return (ENXIO);
}

void
mount_leave(struct mount *mp)
{
	if (atomic_fetchadd_int(&mp->mnt_ops, -1) == 1 &&
	    __predict_false(mp->mnt_refs & MNTREF_DEAD))
		wakeup(&mp->mnt_ops);
}

void
mount_drain(struct mount *mp)
{
	KKASSERT(mp->mnt_refs & MNTREF_DEAD);
	for (;;) {
		tsleep_interlock(&mp->mnt_ops, 0);
		if (mp->mnt_ops == 0)
			break;
		tsleep(&mp->mnt_ops, PINTERLOCKED, "mntdrn", 0);
	}
	tsleep_remove(curthread);
}

int
cache_mntrefs(struct mount *mp)
{
	return (mp->mnt_refs & ~MNTREF_DEAD);
}

void
cache_mntrevive(struct mount *mp)
{
	atomic_clear_int(&mp->mnt_refs, MNTREF_DEAD);
}

/* Unresolve everything below the root of a mount that goes away. */
void
cache_purgevfs(struct mount *mp)
{
	struct nchandle nch = mp->mnt_ncmountpt;

	/* What a null mount shows belongs to the mount below. */
	if (nch.ncp == NULL || nch.ncp->nc_rootmp != mp)
		return;
	cache_lock(&nch);
	cache_inval(&nch, CINV_CHILDREN);
	cache_unlock(&nch);
}

void
cache_clearmntcache(struct mount *mp)
{
	spin_lock(&mnthash_spin);
	mount_generation += 2;
	spin_unlock(&mnthash_spin);
}
