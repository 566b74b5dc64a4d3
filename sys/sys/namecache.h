/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The namecache: the authority on names.
 *
 * A struct namecache is one name in one directory.  Together with the mount
 * it was reached through it forms a struct nchandle, because null mounts
 * share the entries of what they mount.  An entry is unresolved (nobody
 * asked the filesystem yet), positive (nc_vp) or negative.
 *
 * Names are created, removed and renamed here: whoever holds an entry's
 * nc_lock exclusively owns that name, existing or not, and the filesystem
 * is called with the name so reserved.
 *
 * Lookups of cached names take no lock and write nothing.  They rely on
 * namecache memory being type stable and on nc_generation, which is odd
 * while an entry changes and different afterwards.  A walker reads the
 * generation, uses the entry, and reads it again.
 */
#ifndef _SYS_NAMECACHE_H_
#define _SYS_NAMECACHE_H_

#ifdef _KERNEL

#include <sys/types.h>
#include <sys/stdbool.h>
#include <sys/queue.h>
#include <sys/lock.h>
#include <sys/spinlock.h>

struct mount;
struct namecache;
struct nlookupdata;
struct proc;
struct ucred;
struct vnode;

TAILQ_HEAD(namecache_list, namecache);

/* Names up to this long are stored in the entry itself. */
#define NC_INLINE	40

/*
 * Locks: (L) nc_lock exclusive plus an odd generation; (b) hash bucket
 * spinlock; (p) nc_spin of nc_parent; (v) v_spin of nc_vp; (n) negative
 * list; (a) atomic.  Lock-free readers validate with nc_generation.
 */
struct namecache {
	struct namecache *nc_next;	/* (b) hash chain */
	struct namecache *nc_parent;	/* (L) referenced; NULL: root */
	struct namecache *nc_wasin;	/* (L) referenced; removed from there */
	struct vnode	*nc_vp;		/* (L) NULL: negative or unresolved */
	volatile uint32_t nc_generation; /* (L) odd while changing */
	volatile uint32_t nc_flag;	/* (a) NCF_* */
	uint32_t	nc_hv;		/* (L) hash of parent and name */
	uint8_t		nc_nlen;	/* (L) bytes of name */
	uint8_t		nc_pad;
	uint16_t	nc_error;	/* (L) errno when resolved, or 0 */
	char		*nc_name;	/* (L) NUL-terminated */
	char		nc_iname[NC_INLINE]; /* (L) short names */
	volatile u_int	nc_refs;	/* (a) holders and children */
	int		nc_negcpu;	/* (n) list it is on */
	struct lock	nc_lock;	/* the name's lock */
	struct spinlock	nc_spin;	/* children list */
	struct namecache_list nc_list;	/* (s) children: nc_spin */
	TAILQ_ENTRY(namecache) nc_entry; /* (p) in parent's nc_list */
	TAILQ_ENTRY(namecache) nc_vnode; /* (v) in nc_vp's v_namecache */
	TAILQ_ENTRY(namecache) nc_neg;	/* (n) negative entries by age */
	int		nc_negticks;	/* (n) when it became negative */
	struct mount	*nc_rootmp;	/* (L) NCF_ROOT: whose root */
	uint32_t	nc_namecache_gen; /* (L) mount generation, negatives */
};

/* nc_flag */
#define NCF_UNRESOLVED	0x0001		/* ask the filesystem */
#define NCF_DESTROYED	0x0002		/* unlinked from the topology */
#define NCF_HASHED	0x0004		/* in the hash table */
#define NCF_ISMOUNTPT	0x0008		/* something may be mounted here */
#define NCF_WXOK	0x0010		/* directory searchable by all */
#define NCF_ISSYMLINK	0x0020
#define NCF_ISDIR	0x0040
#define NCF_ROOT	0x0080		/* root entry of a mount */
#define NCF_ONNEG	0x0100		/* on a negative list */
#define NCF_UF_CACHE	0x0200
#define NCF_SF_PNOCACHE	0x0400
#define NCF_PATHRES	0x0800		/* left to a fs thread to resolve */
#define NCF_WHITEOUT	0x1000

/* nc_refs: set while the entry is free. */
#define NCREF_DEAD	0x40000000

struct nchandle {
	struct namecache *ncp;
	struct mount	*mount;
};

/* A name not (necessarily) NUL-terminated. */
struct nlcomponent {
	char		*nlc_nameptr;
	int		nlc_namelen;
};

/*
 * References.  An nchandle holds one on its entry and one on its mount.
 * cache_get() and cache_lock() lock the entry exclusively; the _maybe_shared
 * form takes a shared lock when excl is 0 and the entry is resolved.
 */
struct nchandle *cache_hold(struct nchandle *nch);
void	cache_drop(struct nchandle *nch);
void	cache_drop_ncp(struct namecache *ncp);
void	cache_copy(struct nchandle *src, struct nchandle *dst);
void	cache_drop_and_cache(struct nchandle *nch, int elmno);
void	cache_get(struct nchandle *src, struct nchandle *dst);
void	cache_get_maybe_shared(struct nchandle *src, struct nchandle *dst,
	    int excl);
int	cache_get_nonblock(struct nchandle *src, struct nchandle *dst);
void	cache_put(struct nchandle *nch);
void	cache_lock(struct nchandle *nch);
void	cache_lock_maybe_shared(struct nchandle *nch, int excl);
int	cache_lock_nonblock(struct nchandle *nch);
void	cache_unlock(struct nchandle *nch);
/* Lock two entries, both given unlocked, without risk of deadlock. */
void	cache_relock(struct nchandle *fnch, struct nchandle *tnch);
void	cache_mntref(struct mount *mp);
int	cache_mntkill(struct mount *mp, int mine, int force);
void	cache_mntdetach(struct mount *mp, struct nchandle *root,
	    struct nchandle *under);
int	cache_mntrefs(struct mount *mp);
void	cache_mntrevive(struct mount *mp);
void	cache_mntrel(struct mount *mp);
void	cache_zero(struct nchandle *nch);
int	cache_isunresolved(struct nchandle *nch);

/* State of a locked entry. */
void	cache_setvp(struct nchandle *nch, struct vnode *vp);
void	cache_setunresolved(struct nchandle *nch);
void	cache_settimeout(struct nchandle *nch, int nticks);
/* Remove a name: the entry stays with its holders, disconnected. */
void	cache_unlink(struct nchandle *nch);
/* Move fnch's entry, with everything below it, to tnch's name. */
void	cache_rename(struct nchandle *fnch, struct nchandle *tnch);
/* Forget; CINV_* below. Returns nonzero when busy entries remain. */
int	cache_inval(struct nchandle *nch, int flags);
int	cache_inval_vp(struct vnode *vp, int flags);
int	cache_inval_vp_nonblock(struct vnode *vp);
void	cache_inval_wxok(struct vnode *vp);
void	cache_clearmntcache(struct mount *mp);
void	cache_ismounting(struct mount *mp);
void	cache_unmounting(struct mount *mp);
#define CINV_DESTROY	0x0001		/* the vnode's names are gone */
#define CINV_UNUSED02	0x0002
#define CINV_CHILDREN	0x0004		/* what lies below, too */

/* Resolve; the entry is locked exclusively and referenced. */
int	cache_resolve(struct nchandle *nch, struct ucred *cred);
/* nch of one component below par_nch, locked; created if absent. */
struct nchandle cache_nlookup(struct nchandle *par_nch,
	    struct nlcomponent *nlc);
int	cache_nlookup_maybe_shared(struct nchandle *par_nch,
	    struct nlcomponent *nlc, int excl, struct nchandle *res_nch);
struct nchandle cache_nlookup_nonblock(struct nchandle *par_nch,
	    struct nlcomponent *nlc);
/*
 * The vnode of an entry that the caller has locked, in either mode:
 * referenced, or also locked.  ENOENT if there is none.
 */
int	cache_vget(struct nchandle *nch, struct ucred *cred, int lk_type,
	    struct vnode **vpp);
int	cache_vref(struct nchandle *nch, struct ucred *cred,
	    struct vnode **vpp);
/* The directory's vnode, for vop_n* calls, referenced; NULL if dead. */
struct vnode *cache_dvpref(struct namecache *ncp);
/* A handle for a vnode that was reached without names (NFS, fhopen). */
int	cache_fromdvp(struct vnode *dvp, struct ucred *cred, int makeit,
	    struct nchandle *nch);
void	cache_allocroot(struct nchandle *nch, struct mount *mp,
	    struct vnode *vp);
/*
 * Across mounts, whatever is unmounted meanwhile.  The handle found is
 * referenced; false if there is none: nothing is mounted on nch, mp has no
 * root any more, or mp covers nothing.  They do not sleep.
 */
bool	cache_findmount(struct nchandle *nch, struct nchandle *top);
bool	cache_mntroot(struct mount *mp, struct nchandle *top);
bool	cache_mntcovered(struct mount *mp, struct nchandle *under);
int	cache_fullpath(struct proc *p, struct nchandle *nch,
	    struct nchandle *base, char **retbuf, char **freebuf, int guess);
void	cache_purge(struct vnode *vp);
void	cache_purgevfs(struct mount *mp);
void	cache_hysteresis(int critpath);

/*
 * A walk without locks.  nw_ncp (with generation nw_gen) is the directory
 * reached, nw_path what is left.
 */
struct ncwalk {
	struct namecache *nw_ncp;
	struct mount	*nw_mp;
	uint32_t	nw_gen;
	uint32_t	nw_mntgen;	/* mount_generation at the start */
	const char	*nw_path;
	struct nchandle	nw_root;	/* not referenced */
	struct nchandle	nw_jail;	/* another end of `..', or none */
	struct ucred	*nw_cred;
	int		nw_error;	/* ENOENT: known not to exist */
};

/* Begin at a handle that the caller keeps referenced. False: cannot. */
int	cache_walk_init(struct ncwalk *nw, struct nchandle *start,
	    struct nchandle *root, struct nchandle *jail, const char *path,
	    struct ucred *cred);
/*
 * Go on as far as names are cached and permissions obvious, to the end of
 * the path or, with parent set, to the directory of its last component.
 * Never follows symbolic links.
 */
void	cache_walk(struct ncwalk *nw, int parent);
/* Take references on where the walk stands; false if it was overtaken. */
int	cache_walk_hold(struct ncwalk *nw, struct nchandle *nch);
int	cache_walk_vref(struct ncwalk *nw, struct vnode **vpp);

#endif /* _KERNEL */

#endif /* !_SYS_NAMECACHE_H_ */
