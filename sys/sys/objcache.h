/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Object caches: constructed objects of one kind, handed out from per-CPU
 * magazines; full and empty magazines are exchanged at a depot.
 */
#ifndef _SYS_OBJCACHE_H_
#define _SYS_OBJCACHE_H_

#ifdef _KERNEL

#include <sys/types.h>
#include <sys/malloc.h>

#define OC_MFLAGS	0x0000ffff	/* flags of kmalloc */

typedef boolean_t (objcache_ctor_fn)(void *obj, void *privdata, int ocflags);
typedef void (objcache_dtor_fn)(void *obj, void *privdata);
typedef void *(objcache_alloc_fn)(void *allocator_args, int ocflags);
typedef void (objcache_free_fn)(void *obj, void *allocator_args);

struct objcache;

/*
 * cluster_limit: objects in existence at most (0: no limit); nom_cache: how
 * many unused to keep (0: a sensible number).  The constructor may fail.
 */
struct objcache *objcache_create(const char *name, int cluster_limit,
	    int nom_cache, objcache_ctor_fn *ctor, objcache_dtor_fn *dtor,
	    void *privdata, objcache_alloc_fn *alloc, objcache_free_fn *free,
	    void *allocator_args);
struct objcache *objcache_create_simple(malloc_type_t mtype, size_t objsize);
struct objcache *objcache_create_mbacked(malloc_type_t mtype, size_t objsize,
	    int cluster_limit, int nom_cache, objcache_ctor_fn *ctor,
	    objcache_dtor_fn *dtor, void *privdata);
void	objcache_set_cluster_limit(struct objcache *oc, int cluster_limit);
/* M_NOWAIT: NULL when there is none; else sleeps at the limit. */
void	*objcache_get(struct objcache *oc, int ocflags);
void	objcache_put(struct objcache *oc, void *obj);
/* Give back one that must not be reused: destroys it. */
void	objcache_dtor(struct objcache *oc, void *obj);
void	objcache_destroy(struct objcache *oc);
/* Free what the current CPU, or the depot, keeps; nonzero: some. */
boolean_t objcache_reclaimlist(struct objcache *oc[], int nlist);

struct objcache_malloc_args {
	size_t		objsize;
	malloc_type_t	mtype;
};
objcache_alloc_fn	objcache_malloc_alloc;
objcache_alloc_fn	objcache_malloc_alloc_zero;
objcache_free_fn	objcache_malloc_free;
objcache_alloc_fn	objcache_nop_alloc;
objcache_free_fn	objcache_nop_free;

#endif /* _KERNEL */

#endif /* !_SYS_OBJCACHE_H_ */
