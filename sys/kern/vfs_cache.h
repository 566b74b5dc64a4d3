/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Shared by the files of the namecache: vfs_cache.c (entries), vfs_cache_walk.c
 * (lock-free walks), vfs_cache_path.c (names of handles), vfs_cache_mount.c.
 */
#ifndef _KERN_VFS_CACHE_H_
#define _KERN_VFS_CACHE_H_

#include <sys/namecache.h>
#include <sys/spinlock.h>
#include <machine/cpufunc.h>

struct nchash_bucket {
	struct namecache *nb_head;	/* (s) read without lock, too */
	volatile uint32_t nb_seq;	/* (s) bumped by every removal */
	struct spinlock	nb_spin;
} __aligned(32);

extern struct nchash_bucket *nchash;
extern u_long nchashmask;

/* FNV-1a over the name, begun from the directory's address. */
static __inline uint32_t
cache_hash_start(struct namecache *parent)
{
	return ((uint32_t)((uintptr_t)parent >> 6) * 0x9e3779b1U);
}

static __inline uint32_t
cache_hash_byte(uint32_t hv, unsigned char c)
{
	return ((hv ^ c) * 0x01000193U);
}

static __inline struct nchash_bucket *
cache_bucket(uint32_t hv)
{
	return (&nchash[(hv ^ (hv >> 16)) & nchashmask]);
}

static __inline void
cache_change_begin(struct namecache *ncp)
{
	ncp->nc_generation++;
	cpu_ccfence();
}

static __inline void
cache_change_end(struct namecache *ncp)
{
	cpu_ccfence();
	ncp->nc_generation++;
}

struct namecache *cache_alloc(const char *name, int nlen);
int	cache_hold_try(struct namecache *ncp);
struct namecache *cache_find(struct namecache *parent, uint32_t hv,
	    const char *name, int nlen, uint32_t *genp);
void	cache_hold_ncp(struct namecache *ncp);
int	cache_mntref_try(struct mount *mp);
void	nchinit(void);
struct mount *cache_findmount_nolock(struct mount *mp, struct namecache *ncp);

#endif /* !_KERN_VFS_CACHE_H_ */
