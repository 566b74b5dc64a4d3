/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Type-stable pools.
 *
 * An object of such a pool keeps its type for ever: once freed its memory
 * is only reused for objects of the same pool, and its fields keep their
 * values until the next owner changes them.  Lock-free readers may therefore
 * look at an object that is freed under them; they notice by a generation
 * number or reference count kept in the object.
 */
#ifndef _SYS_VFS_POOL_H_
#define _SYS_VFS_POOL_H_

#ifdef _KERNEL

#include <sys/types.h>
#include <sys/param.h>
#include <sys/spinlock.h>

/* A CPU's own store of free objects. */
struct vfs_pool_cpu {
	void	*pc_free;
	int	pc_count;
} __aligned(64);

/* Locks: (I) immutable; (s) vp_spin; per-CPU lists: critical section. */
struct vfs_pool {
	size_t		vp_size;		/* (I) bytes an object */
	size_t		vp_link;		/* (I) offset of the free link */
	void		(*vp_ctor)(void *);	/* (I) runs once an object */
	struct spinlock	vp_spin;
	void		*vp_free;		/* (s) */
	long		vp_total;		/* (s) objects ever made */
	struct vfs_pool_cpu vp_cpu[MAXCPU];
};

/*
 * link is the offset of a pointer that a free object can spare.  ctor is
 * called once, when the memory, zeroed, first becomes an object.
 */
void	vfs_pool_init(struct vfs_pool *pool, size_t size, size_t link,
	    void (*ctor)(void *));
/* Sleeps for memory if need be. */
void	*vfs_pool_get(struct vfs_pool *pool);
void	vfs_pool_put(struct vfs_pool *pool, void *obj);

#endif /* _KERNEL */

#endif /* !_SYS_VFS_POOL_H_ */
