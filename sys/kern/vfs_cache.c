/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The namecache proper: entries, their references, locks and states.
 *
 * An entry is hashed by directory and name.  nc_refs counts holders and
 * children; an entry with no references stays cached as long as it is
 * resolved (it then hangs on its vnode, or on a list of negatives) and is
 * freed otherwise.  Entries thus are bounded by the vnodes and by the limit
 * on negative entries.
 *
 * Lock order: nc_lock of a directory, nc_lock of its child, then spinlocks
 * (bucket, nc_spin, v_spin, negative list), of which none is held with
 * another one.  Vnode locks come after nc_lock; code that holds a vnode lock
 * only tries nc_lock.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mount.h>
#include <sys/spinlock2.h>
#include <sys/sysctl.h>
#include <sys/thread2.h>
#include <sys/vfs_pool.h>
#include <sys/vnode.h>
#include <machine/atomic.h>
#include "vfs_cache.h"

MALLOC_DEFINE(M_VFSCACHE, "vfscache", "namecache hash table");

struct nchash_bucket *nchash;
u_long nchashmask;

/* Negative entries, oldest first, one list a CPU. */
struct ncneg_cpu {
	struct spinlock	nn_spin;
	struct namecache_list nn_list;		/* (s) */
	int		nn_count;		/* (s) */
} __aligned(64);

static struct ncneg_cpu ncneg[MAXCPU];
static struct vfs_pool ncp_pool;
static struct vfs_pool ncname_pool;
static u_int numcache;
static int ncnegfactor = 16;	/* negatives: one per so many vnodes, plus */
static int ncnegmin = 2048;

SYSCTL_DECL(_vfs_cache);
SYSCTL_INT(_debug, OID_AUTO, ncnegfactor, CTLFLAG_RW, &ncnegfactor, 0,
    "Share of negative namecache entries");
SYSCTL_UINT(_vfs_cache, OID_AUTO, numcache, CTLFLAG_RD, &numcache, 0,
    "Namecache entries");

static void
ncp_ctor(void *obj)
{
	struct namecache *ncp = obj;

	lockinit(&ncp->nc_lock, "ncplk", 0, 0);
	spin_init(&ncp->nc_spin, "ncp");
	TAILQ_INIT(&ncp->nc_list);
	ncp->nc_refs = NCREF_DEAD;
	ncp->nc_name = ncp->nc_iname;
}

static int
sysctl_numneg(SYSCTL_HANDLER_ARGS)
{
	int i, n = 0;

	for (i = 0; i < ncpus; i++)
		n += ncneg[i].nn_count;
	return (sysctl_handle_int(oidp, &n, 0, req));
}
SYSCTL_PROC(_vfs_cache, OID_AUTO, numneg, CTLTYPE_INT | CTLFLAG_RD, NULL, 0,
    sysctl_numneg, "I", "Negative namecache entries");

/* Called by vnode initialisation, which knows maxvnodes. */
void
nchinit(void)
{
	u_long n, i;

	for (n = 1024; n < maxvnodes && n < (1UL << 22); n <<= 1)
		;
	nchash = kmalloc(n * sizeof(*nchash), M_VFSCACHE, M_WAITOK | M_ZERO);
	for (i = 0; i < n; i++)
		spin_init(&nchash[i].nb_spin, "nchash");
	nchashmask = n - 1;
	for (i = 0; i < MAXCPU; i++) {
		spin_init(&ncneg[i].nn_spin, "ncneg");
		TAILQ_INIT(&ncneg[i].nn_list);
	}
	vfs_pool_init(&ncp_pool, sizeof(struct namecache),
	    offsetof(struct namecache, nc_neg), ncp_ctor);
	vfs_pool_init(&ncname_pool, NAME_MAX + 1, 0, NULL);
}

/*
 * References.
 */
void
cache_hold_ncp(struct namecache *ncp)
{
	atomic_add_int(&ncp->nc_refs, 1);
}

/* Reference an entry found without locks; false if it is free. */
int
cache_hold_try(struct namecache *ncp)
{
	u_int refs;

	for (;;) {
		refs = ncp->nc_refs;
		cpu_ccfence();
		if (refs & NCREF_DEAD)
			return (0);
		if (atomic_cmpset_int(&ncp->nc_refs, refs, refs + 1))
			return (1);
	}
}

/* Unlink from the hash chain. */
static void
cache_unhash(struct namecache *ncp)
{
	struct nchash_bucket *nb;
	struct namecache **pp;

	if ((ncp->nc_flag & NCF_HASHED) == 0)
		return;
	nb = cache_bucket(ncp->nc_hv);
	spin_lock(&nb->nb_spin);
	for (pp = &nb->nb_head; *pp != ncp; pp = &(*pp)->nc_next)
		KKASSERT(*pp != NULL);
	nb->nb_seq++;
	cpu_ccfence();
	*pp = ncp->nc_next;
	spin_unlock(&nb->nb_spin);
	atomic_clear_int(&ncp->nc_flag, NCF_HASHED);
}

/* Insert; the caller holds the bucket's spinlock and set nc_hv. */
static void
cache_hash_locked(struct nchash_bucket *nb, struct namecache *ncp)
{
	ncp->nc_next = nb->nb_head;
	cpu_ccfence();
	nb->nb_head = ncp;
	atomic_set_int(&ncp->nc_flag, NCF_HASHED);
}

static void
cache_link_parent(struct namecache *ncp, struct namecache *par)
{
	cache_hold_ncp(par);
	ncp->nc_parent = par;
	spin_lock(&par->nc_spin);
	TAILQ_INSERT_TAIL(&par->nc_list, ncp, nc_entry);
	spin_unlock(&par->nc_spin);
}

/* Returns the parent, whose reference the caller must drop. */
static struct namecache *
cache_unlink_parent(struct namecache *ncp)
{
	struct namecache *par = ncp->nc_parent;

	if (par != NULL) {
		spin_lock(&par->nc_spin);
		TAILQ_REMOVE(&par->nc_list, ncp, nc_entry);
		spin_unlock(&par->nc_spin);
		ncp->nc_parent = NULL;
	}
	return (par);
}

/*
 * Free an entry that is locked exclusively and has exactly our reference;
 * returns its parent with a reference to drop, or NULL.  If somebody else
 * took a reference meanwhile only the lock goes, and the entry itself is
 * returned, with our reference still to drop.
 */
static struct namecache *
cache_zap(struct namecache *ncp)
{
	struct namecache *par;
	struct nchandle nch = { ncp, NULL };

	if (ncp->nc_refs != 1 ||
	    !atomic_cmpset_int(&ncp->nc_refs, 1, NCREF_DEAD)) {
		lockmgr(&ncp->nc_lock, LK_RELEASE);
		return (ncp);
	}
	if ((ncp->nc_flag & NCF_UNRESOLVED) == 0)
		cache_setunresolved(&nch);
	cache_change_begin(ncp);
	cache_unhash(ncp);
	par = cache_unlink_parent(ncp);
	if (par == NULL)
		par = ncp->nc_wasin;
	else
		KKASSERT(ncp->nc_wasin == NULL);
	ncp->nc_wasin = NULL;
	cache_change_end(ncp);
	lockmgr(&ncp->nc_lock, LK_RELEASE);
	if (ncp->nc_name != ncp->nc_iname) {
		vfs_pool_put(&ncname_pool, ncp->nc_name);
		ncp->nc_name = ncp->nc_iname;
	}
	atomic_add_int(&numcache, -1);
	vfs_pool_put(&ncp_pool, ncp);
	return (par);
}

/* Drop a reference; entries nobody can use any more are freed. */
void
cache_drop_ncp(struct namecache *ncp)
{
	u_int refs;

	while (ncp != NULL) {
		refs = ncp->nc_refs;
		cpu_ccfence();
		KASSERT((refs & NCREF_DEAD) == 0 && refs > 0,
		    ("namecache reference underflow %p", ncp));
		if (refs == 1 &&
		    (ncp->nc_flag & (NCF_UNRESOLVED | NCF_DESTROYED)) &&
		    lockmgr(&ncp->nc_lock, LK_EXCLUSIVE | LK_NOWAIT) == 0) {
			if (ncp->nc_flag & (NCF_UNRESOLVED | NCF_DESTROYED)) {
				ncp = cache_zap(ncp);
				continue;
			}
			lockmgr(&ncp->nc_lock, LK_RELEASE);
		}
		if (atomic_cmpset_int(&ncp->nc_refs, refs, refs - 1))
			return;
	}
}

struct nchandle *
cache_hold(struct nchandle *nch)
{
	cache_hold_ncp(nch->ncp);
	cache_mntref(nch->mount);
	return (nch);
}

void
cache_drop(struct nchandle *nch)
{
	struct mount *mp = nch->mount;
	struct namecache *ncp = nch->ncp;

	nch->ncp = NULL;
	nch->mount = NULL;
	if (ncp != NULL)
		cache_drop_ncp(ncp);
	if (mp != NULL)
		cache_mntrel(mp);
}

void
cache_copy(struct nchandle *src, struct nchandle *dst)
{
	*dst = *src;
	cache_hold(dst);
}

void
cache_drop_and_cache(struct nchandle *nch, int elmno)
{
	cache_drop(nch);
}

void
cache_zero(struct nchandle *nch)
{
	nch->ncp = NULL;
	nch->mount = NULL;
}

/*
 * Locks.  The caller holds a reference.
 */
void
cache_lock(struct nchandle *nch)
{
	lockmgr(&nch->ncp->nc_lock, LK_EXCLUSIVE);
}

int
cache_lock_nonblock(struct nchandle *nch)
{
	return (lockmgr(&nch->ncp->nc_lock, LK_EXCLUSIVE | LK_NOWAIT));
}

void
cache_lock_maybe_shared(struct nchandle *nch, int excl)
{
	struct namecache *ncp = nch->ncp;

	if (excl == 0 && (ncp->nc_flag & NCF_UNRESOLVED) == 0) {
		lockmgr(&ncp->nc_lock, LK_SHARED);
		if ((ncp->nc_flag & NCF_UNRESOLVED) == 0)
			return;
		lockmgr(&ncp->nc_lock, LK_RELEASE);
	}
	lockmgr(&ncp->nc_lock, LK_EXCLUSIVE);
}

void
cache_unlock(struct nchandle *nch)
{
	lockmgr(&nch->ncp->nc_lock, LK_RELEASE);
}

void
cache_get(struct nchandle *src, struct nchandle *dst)
{
	cache_copy(src, dst);
	cache_lock(dst);
}

void
cache_get_maybe_shared(struct nchandle *src, struct nchandle *dst, int excl)
{
	cache_copy(src, dst);
	cache_lock_maybe_shared(dst, excl);
}

int
cache_get_nonblock(struct nchandle *src, struct nchandle *dst)
{
	cache_copy(src, dst);
	if (cache_lock_nonblock(dst)) {
		cache_drop(dst);
		return (EWOULDBLOCK);
	}
	return (0);
}

void
cache_put(struct nchandle *nch)
{
	cache_unlock(nch);
	cache_drop(nch);
}

int
cache_isunresolved(struct nchandle *nch)
{
	return ((nch->ncp->nc_flag & NCF_UNRESOLVED) != 0);
}

/*
 * Lock the source and target of a rename (both referenced, both unlocked).
 * Entries are locked by blocking on one and trying the other, swapping
 * roles on failure, so that no order needs to be agreed on.
 */
void
cache_relock(struct nchandle *fnch, struct nchandle *tnch)
{
	struct nchandle *a = fnch, *b = tnch, *t;

	for (;;) {
		cache_lock(a);
		if (a->ncp == b->ncp || cache_lock_nonblock(b) == 0)
			break;
		cache_unlock(a);
		t = a;
		a = b;
		b = t;
	}
}

/*
 * Find an entry without locks.  The result is a guess to be validated: its
 * generation, read before its fields were compared, is in *genp.
 */
struct namecache *
cache_find(struct namecache *parent, uint32_t hv, const char *name, int nlen,
    uint32_t *genp)
{
	struct namecache *ncp;
	uint32_t gen;
	int limit = 512;

	for (ncp = cache_bucket(hv)->nb_head; ncp != NULL && --limit;
	    ncp = ncp->nc_next) {
		if (ncp->nc_hv != hv || ncp->nc_parent != parent ||
		    ncp->nc_nlen != nlen)
			continue;
		gen = ncp->nc_generation;
		cpu_ccfence();
		if ((gen & 1) || ncp->nc_parent != parent ||
		    ncp->nc_nlen != nlen ||
		    bcmp(ncp->nc_name, name, nlen) != 0)
			continue;
		cpu_ccfence();
		if (ncp->nc_generation != gen)
			continue;
		*genp = gen;
		return (ncp);
	}
	return (NULL);
}

static int
cache_matches(struct namecache *ncp, struct namecache *parent,
    const char *name, int nlen)
{
	return (ncp->nc_parent == parent && ncp->nc_nlen == nlen &&
	    (ncp->nc_flag & NCF_DESTROYED) == 0 &&
	    bcmp(ncp->nc_name, name, nlen) == 0);
}

/* A new entry, referenced, locked and unresolved, not yet linked. */
struct namecache *
cache_alloc(const char *name, int nlen)
{
	struct namecache *ncp = vfs_pool_get(&ncp_pool);
	char *buf = NULL;

	if (nlen >= NC_INLINE)
		buf = vfs_pool_get(&ncname_pool);
	cache_change_begin(ncp);
	ncp->nc_name = buf != NULL ? buf : ncp->nc_iname;
	bcopy(name, ncp->nc_name, nlen);
	ncp->nc_name[nlen] = 0;
	ncp->nc_nlen = nlen;
	ncp->nc_parent = NULL;
	ncp->nc_wasin = NULL;
	ncp->nc_vp = NULL;
	ncp->nc_error = ENOTCONN;
	ncp->nc_negticks = 0;
	ncp->nc_flag = NCF_UNRESOLVED;
	ncp->nc_hv = 0;
	ncp->nc_rootmp = NULL;
	cache_change_end(ncp);
	lockmgr(&ncp->nc_lock, LK_EXCLUSIVE);
	atomic_add_int(&numcache, 1);
	ncp->nc_refs = 1;
	return (ncp);
}

/* Undo cache_alloc() of an entry that was not used. */
static void
cache_free_new(struct namecache *ncp)
{
	ncp->nc_flag |= NCF_DESTROYED;
	cache_zap(ncp);
}

/* Insert a new entry unless the name is there; false if it is. */
static int
cache_insert(struct namecache *ncp, struct namecache *parent, uint32_t hv)
{
	struct nchash_bucket *nb = cache_bucket(hv);
	struct namecache *scan;

	cache_change_begin(ncp);
	ncp->nc_hv = hv;
	cache_link_parent(ncp, parent);
	spin_lock(&nb->nb_spin);
	for (scan = nb->nb_head; scan != NULL; scan = scan->nc_next) {
		if (scan->nc_hv == hv &&
		    (scan->nc_refs & NCREF_DEAD) == 0 &&
		    cache_matches(scan, parent, ncp->nc_name, ncp->nc_nlen))
			break;
	}
	if (scan == NULL)
		cache_hash_locked(nb, ncp);
	spin_unlock(&nb->nb_spin);
	cache_change_end(ncp);
	return (scan == NULL);
}

/*
 * The entry of one name in the directory par_nch (referenced): referenced
 * and locked, made if it is not there.
 */
int
cache_nlookup_maybe_shared(struct nchandle *par_nch, struct nlcomponent *nlc,
    int excl, struct nchandle *res)
{
	struct namecache *par = par_nch->ncp, *ncp;
	const char *name = nlc->nlc_nameptr;
	int i, nlen = nlc->nlc_namelen;
	uint32_t hv, gen;

	hv = cache_hash_start(par);
	for (i = 0; i < nlen; i++)
		hv = cache_hash_byte(hv, name[i]);
	for (;;) {
		ncp = cache_find(par, hv, name, nlen, &gen);
		if (ncp != NULL && cache_hold_try(ncp)) {
			res->ncp = ncp;
			cache_lock_maybe_shared(res, excl);
			if (cache_matches(ncp, par, name, nlen))
				break;
			cache_unlock(res);
			cache_drop_ncp(ncp);
			continue;
		}
		ncp = cache_alloc(name, nlen);
		if (par->nc_flag & NCF_DESTROYED)
			ncp->nc_flag |= NCF_DESTROYED;
		if (cache_insert(ncp, par, hv)) {
			res->ncp = ncp;
			break;
		}
		cache_drop_ncp(cache_unlink_parent(ncp));
		cache_free_new(ncp);
	}
	res->mount = par_nch->mount;
	cache_mntref(res->mount);
	/* A stale negative entry: the filesystem has changed on its own. */
	if (res->ncp->nc_vp == NULL &&
	    (res->ncp->nc_flag & NCF_UNRESOLVED) == 0 &&
	    res->ncp->nc_namecache_gen != res->mount->mnt_namecache_gen) {
		cache_unlock(res);
		cache_lock(res);
		if (res->ncp->nc_vp == NULL)
			cache_setunresolved(res);
	}
	return (0);
}

struct nchandle
cache_nlookup(struct nchandle *par_nch, struct nlcomponent *nlc)
{
	struct nchandle nch;

	cache_nlookup_maybe_shared(par_nch, nlc, 1, &nch);
	return (nch);
}

struct nchandle
cache_nlookup_nonblock(struct nchandle *par_nch, struct nlcomponent *nlc)
{
	struct nchandle nch;
	struct namecache *par = par_nch->ncp;
	uint32_t hv = cache_hash_start(par), gen;
	int i;

	cache_zero(&nch);
	for (i = 0; i < nlc->nlc_namelen; i++)
		hv = cache_hash_byte(hv, nlc->nlc_nameptr[i]);
	nch.ncp = cache_find(par, hv, nlc->nlc_nameptr, nlc->nlc_namelen, &gen);
	if (nch.ncp == NULL)
		return (cache_nlookup(par_nch, nlc));
	if (!cache_hold_try(nch.ncp)) {
		nch.ncp = NULL;
		return (nch);
	}
	if (cache_lock_nonblock(&nch) != 0) {
		cache_drop_ncp(nch.ncp);
		nch.ncp = NULL;
		return (nch);
	}
	if (!cache_matches(nch.ncp, par, nlc->nlc_nameptr,
	    nlc->nlc_namelen)) {
		cache_unlock(&nch);
		cache_drop_ncp(nch.ncp);
		nch.ncp = NULL;
		return (nch);
	}
	nch.mount = par_nch->mount;
	cache_mntref(nch.mount);
	return (nch);
}

/*
 * States.
 */
static void
cache_neg_insert(struct namecache *ncp)
{
	struct ncneg_cpu *nn = &ncneg[mycpuid];

	spin_lock(&nn->nn_spin);
	ncp->nc_negcpu = nn - ncneg;
	TAILQ_INSERT_TAIL(&nn->nn_list, ncp, nc_neg);
	nn->nn_count++;
	atomic_set_int(&ncp->nc_flag, NCF_ONNEG);
	spin_unlock(&nn->nn_spin);
}

static void
cache_neg_remove(struct namecache *ncp)
{
	struct ncneg_cpu *nn = &ncneg[ncp->nc_negcpu];

	spin_lock(&nn->nn_spin);
	TAILQ_REMOVE(&nn->nn_list, ncp, nc_neg);
	nn->nn_count--;
	atomic_clear_int(&ncp->nc_flag, NCF_ONNEG);
	spin_unlock(&nn->nn_spin);
}

/* Resolve a locked, unresolved entry: to vp, or to "does not exist". */
void
cache_setvp(struct nchandle *nch, struct vnode *vp)
{
	struct namecache *ncp = nch->ncp;
	uint32_t set = 0;

	KASSERT(ncp->nc_flag & NCF_UNRESOLVED, ("cache_setvp: resolved"));
	if (vp != NULL) {
		vhold(vp);
		if (vp->v_type == VDIR)
			set = NCF_ISDIR;
		else if (vp->v_type == VLNK)
			set = NCF_ISSYMLINK;
		spin_lock(&vp->v_spin);
		TAILQ_INSERT_HEAD(&vp->v_namecache, ncp, nc_vnode);
		vp->v_namecache_count++;
		spin_unlock(&vp->v_spin);
	}
	cache_change_begin(ncp);
	ncp->nc_vp = vp;
	ncp->nc_error = vp != NULL ? 0 : ENOENT;
	if (nch->mount != NULL)
		ncp->nc_namecache_gen = nch->mount->mnt_namecache_gen;
	atomic_set_int(&ncp->nc_flag, set);
	atomic_clear_int(&ncp->nc_flag, NCF_UNRESOLVED | NCF_WXOK |
	    ((NCF_ISDIR | NCF_ISSYMLINK) & ~set));
	cache_change_end(ncp);
	if (vp == NULL && (ncp->nc_flag & NCF_DESTROYED) == 0) {
		cache_neg_insert(ncp);
		cache_hysteresis(0);
	}
}

void
cache_setunresolved(struct nchandle *nch)
{
	struct namecache *ncp = nch->ncp;
	struct vnode *vp;

	if (ncp->nc_flag & NCF_UNRESOLVED)
		return;
	vp = ncp->nc_vp;
	cache_change_begin(ncp);
	ncp->nc_vp = NULL;
	ncp->nc_error = ENOTCONN;
	atomic_set_int(&ncp->nc_flag, NCF_UNRESOLVED);
	atomic_clear_int(&ncp->nc_flag, NCF_WXOK | NCF_ISDIR |
	    NCF_ISSYMLINK);
	cache_change_end(ncp);
	if (ncp->nc_flag & NCF_ONNEG)
		cache_neg_remove(ncp);
	if (vp != NULL) {
		spin_lock(&vp->v_spin);
		TAILQ_REMOVE(&vp->v_namecache, ncp, nc_vnode);
		vp->v_namecache_count--;
		spin_unlock(&vp->v_spin);
		vdrop(vp);
	}
}

/* Make a resolution temporary: it is asked for again after nticks. */
void
cache_settimeout(struct nchandle *nch, int nticks)
{
	int t = ticks + nticks;

	nch->ncp->nc_negticks = t != 0 ? t : 1;
}

/*
 * Take the entry out of the topology; its holders keep one that no lookup
 * finds, which still leads to the vnode: the current directory may be removed.
 * It remembers where it was, for who asks by what name a file was run.
 */
static void
cache_detach(struct nchandle *nch)
{
	struct namecache *ncp = nch->ncp, *par;

	if (ncp->nc_vp == NULL)
		cache_setunresolved(nch);
	cache_change_begin(ncp);
	atomic_set_int(&ncp->nc_flag, NCF_DESTROYED);
	cache_unhash(ncp);
	par = cache_unlink_parent(ncp);
	if (par != NULL)
		ncp->nc_wasin = par;
	cache_change_end(ncp);
}

void
cache_rename(struct nchandle *fnch, struct nchandle *tnch)
{
	struct namecache *fncp = fnch->ncp, *tncp = tnch->ncp;
	struct namecache *opar, *npar = tncp->nc_parent;
	struct nchash_bucket *nb;
	char *buf = NULL, *obuf = NULL;
	uint32_t hv = tncp->nc_hv;
	int nlen = tncp->nc_nlen;

	KKASSERT(npar != NULL && fncp != tncp);
	if (nlen >= NC_INLINE)
		buf = vfs_pool_get(&ncname_pool);
	cache_hold_ncp(npar);
	cache_change_begin(fncp);
	cache_unhash(fncp);
	opar = cache_unlink_parent(fncp);
	if (fncp->nc_name != fncp->nc_iname)
		obuf = fncp->nc_name;
	fncp->nc_name = buf != NULL ? buf : fncp->nc_iname;
	bcopy(tncp->nc_name, fncp->nc_name, nlen + 1);
	fncp->nc_nlen = nlen;
	fncp->nc_hv = hv;
	cache_link_parent(fncp, npar);
	nb = cache_bucket(hv);
	spin_lock(&nb->nb_spin);
	cache_hash_locked(nb, fncp);
	spin_unlock(&nb->nb_spin);
	/* The name is never without an entry: nobody can make a second one. */
	cache_detach(tnch);
	cache_change_end(fncp);
	cache_drop_ncp(npar);
	if (opar != NULL)
		cache_drop_ncp(opar);
	if (obuf != NULL)
		vfs_pool_put(&ncname_pool, obuf);
}

/*
 * Forgetting.
 */

/*
 * From kid on, the first child of ncp that has something to forget, held.
 * Entries that are on their way out are passed over.  ncp's spinlock is held.
 */
static struct namecache *
cache_inval_next(struct namecache *kid)
{
	for (; kid != NULL; kid = TAILQ_NEXT(kid, nc_entry)) {
		if ((kid->nc_flag & NCF_UNRESOLVED) &&
		    TAILQ_EMPTY(&kid->nc_list))
			continue;
		if (cache_hold_try(kid))
			break;
	}
	return (kid);
}

/* Unresolve a locked entry, or detach it. */
static void
cache_inval_one(struct nchandle *nch, int flags)
{
	if (flags & CINV_DESTROY)
		cache_detach(nch);
	else
		cache_setunresolved(nch);
}

/* The first child of ncp worth a visit, held. */
static struct namecache *
cache_inval_first(struct namecache *ncp)
{
	struct namecache *kid;

	spin_lock(&ncp->nc_spin);
	kid = cache_inval_next(TAILQ_FIRST(&ncp->nc_list));
	spin_unlock(&ncp->nc_spin);
	return (kid);
}

/* The child of ncp after kid, held; kid is dropped. */
static struct namecache *
cache_inval_sibling(struct namecache *ncp, struct namecache *kid, int *busy)
{
	struct namecache *next = NULL;

	spin_lock(&ncp->nc_spin);
	if (kid->nc_parent == ncp)
		next = cache_inval_next(TAILQ_NEXT(kid, nc_entry));
	else
		*busy = 1;
	spin_unlock(&ncp->nc_spin);
	cache_drop_ncp(kid);
	return (next);
}

/*
 * Everything below a locked entry.  Each child is visited once: unresolved
 * entries may stay on the lists, so "until nothing is left to do" would never
 * end.  A child that moves away meanwhile ends the walk of its directory.
 *
 * Trees may be as deep as memory allows, so the walk keeps its place in the
 * tree: the entries from the top down to ncp are held and locked, and a
 * locked entry keeps its parent.
 */
static int
cache_inval_children(struct nchandle *nch, int flags)
{
	struct nchandle knch = { .mount = nch->mount };
	struct namecache *ncp = nch->ncp, *kid, *parent;
	int busy = 0;

	kid = cache_inval_first(ncp);
	for (;;) {
		if (kid != NULL) {
			if (lockmgr(&kid->nc_lock, LK_EXCLUSIVE |
			    LK_NOWAIT) == 0) {
				ncp = kid;
				kid = cache_inval_first(ncp);
			} else {
				busy = 1;
				kid = cache_inval_sibling(ncp, kid, &busy);
			}
			continue;
		}
		if (ncp == nch->ncp)
			return (busy);
		parent = ncp->nc_parent;
		knch.ncp = ncp;
		cache_inval_one(&knch, flags);
		lockmgr(&ncp->nc_lock, LK_RELEASE);
		kid = cache_inval_sibling(parent, ncp, &busy);
		ncp = parent;
	}
}

/*
 * The name was removed from the filesystem.  If nobody but the caller has
 * the entry, it becomes the negative entry of the name.  What is known of
 * names in a directory, all of them absent, goes first: it would keep it.
 */
void
cache_unlink(struct nchandle *nch)
{
	struct namecache *ncp = nch->ncp;

	if (!TAILQ_EMPTY(&ncp->nc_list))
		cache_inval_children(nch, CINV_DESTROY);
	if (ncp->nc_refs == 1 && (ncp->nc_flag & NCF_DESTROYED) == 0) {
		cache_setunresolved(nch);
		cache_setvp(nch, NULL);
		return;
	}
	cache_detach(nch);
}

/* Unresolve a locked entry, with CINV_CHILDREN everything below it too. */
int
cache_inval(struct nchandle *nch, int flags)
{
	int busy = 0;

	if (flags & CINV_CHILDREN)
		busy = cache_inval_children(nch, flags);
	cache_inval_one(nch, flags);
	return (busy);
}

/*
 * A name of a vnode, whose spinlock is held, that an invalidation has to do
 * with.  One that is detached already leads to the vnode for as long as
 * somebody holds it.
 */
static struct namecache *
cache_inval_name(struct vnode *vp, int flags)
{
	struct namecache *ncp;

	TAILQ_FOREACH(ncp, &vp->v_namecache, nc_vnode) {
		if ((flags & CINV_DESTROY) == 0 ||
		    (ncp->nc_flag & NCF_DESTROYED) == 0)
			break;
	}
	return (ncp);
}

/*
 * Dissociate a vnode from its names.  The caller may hold the vnode's lock,
 * so entries that are locked are left: whoever uses them next finds out
 * that the vnode is dead (cache_vref).
 */
static int
cache_inval_vp_common(struct vnode *vp, int flags)
{
	struct namecache *ncp;
	struct nchandle nch;
	int left = 0;

	spin_lock(&vp->v_spin);
	while ((ncp = cache_inval_name(vp, flags)) != NULL) {
		if (!cache_hold_try(ncp)) {
			/* About to leave the list by itself. */
			spin_unlock(&vp->v_spin);
			cpu_pause();
			spin_lock(&vp->v_spin);
			continue;
		}
		spin_unlock(&vp->v_spin);
		nch.ncp = ncp;
		nch.mount = NULL;
		if (lockmgr(&ncp->nc_lock, LK_EXCLUSIVE | LK_NOWAIT) != 0) {
			cache_drop_ncp(ncp);
			left = 1;
			spin_lock(&vp->v_spin);
			break;
		}
		if (ncp->nc_vp == vp)
			cache_inval(&nch, flags);
		lockmgr(&ncp->nc_lock, LK_RELEASE);
		cache_drop_ncp(ncp);
		spin_lock(&vp->v_spin);
	}
	spin_unlock(&vp->v_spin);
	return (left);
}

int
cache_inval_vp(struct vnode *vp, int flags)
{
	return (cache_inval_vp_common(vp, flags));
}

int
cache_inval_vp_nonblock(struct vnode *vp)
{
	return (cache_inval_vp_common(vp, 0));
}

/* Attributes changed: lookups through this directory check again. */
void
cache_inval_wxok(struct vnode *vp)
{
	struct namecache *ncp;

	if (TAILQ_EMPTY(&vp->v_namecache))
		return;
	spin_lock(&vp->v_spin);
	TAILQ_FOREACH(ncp, &vp->v_namecache, nc_vnode)
		atomic_clear_int(&ncp->nc_flag, NCF_WXOK);
	spin_unlock(&vp->v_spin);
}

void
cache_purge(struct vnode *vp)
{
	cache_inval_vp(vp, CINV_CHILDREN);
}

/* Trim the calling CPU's negative entries to their share. */
void
cache_hysteresis(int critpath)
{
	struct ncneg_cpu *nn = &ncneg[mycpuid];
	struct namecache *ncp, *par;
	int limit = (ncnegmin + maxvnodes / ncnegfactor) / ncpus + 16;
	int scan = 8;

	while (nn->nn_count > limit && scan-- > 0) {
		spin_lock(&nn->nn_spin);
		ncp = TAILQ_FIRST(&nn->nn_list);
		if (ncp == NULL || !cache_hold_try(ncp)) {
			spin_unlock(&nn->nn_spin);
			break;
		}
		TAILQ_REMOVE(&nn->nn_list, ncp, nc_neg);
		TAILQ_INSERT_TAIL(&nn->nn_list, ncp, nc_neg);
		spin_unlock(&nn->nn_spin);
		par = ncp;
		if (lockmgr(&ncp->nc_lock, LK_EXCLUSIVE | LK_NOWAIT) == 0) {
			if (ncp->nc_vp == NULL && ncp->nc_refs == 1) {
				par = cache_zap(ncp);
			} else {
				lockmgr(&ncp->nc_lock, LK_RELEASE);
			}
		}
		if (par != NULL)
			cache_drop_ncp(par);
	}
}
