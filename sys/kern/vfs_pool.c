/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Type-stable object pools for vnodes, namecache entries and mounts; see
 * <sys/vfs_pool.h> for the promise they make.
 *
 * Each CPU keeps up to POOL_CPUMAX free objects for itself, touched in a
 * critical section; beyond that batches move to and from a common list.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/spinlock2.h>
#include <sys/thread2.h>
#include <sys/globaldata.h>
#include <sys/vfs_pool.h>

#define POOL_CPUMAX	64
#define POOL_BATCH	32
#define POOL_CHUNK	16384		/* bytes got from kmalloc at a time */

static MALLOC_DEFINE(M_VFSPOOL, "vfspool", "vnodes, namecache, mounts");

static __inline void **
pool_link(struct vfs_pool *pool, void *obj)
{
	return ((void **)((char *)obj + pool->vp_link));
}

void
vfs_pool_init(struct vfs_pool *pool, size_t size, size_t link,
    void (*ctor)(void *))
{
	bzero(pool, sizeof(*pool));
	pool->vp_size = roundup2(size, 64);
	pool->vp_link = link;
	pool->vp_ctor = ctor;
	spin_init(&pool->vp_spin, "vfspool");
}

/* Make a chunk of new objects and put all of them on the common list. */
static void
pool_grow(struct vfs_pool *pool)
{
	int i, n = MAX(POOL_CHUNK / pool->vp_size, 4);
	char *mem = kmalloc(n * pool->vp_size, M_VFSPOOL, M_WAITOK | M_ZERO);

	for (i = 0; i < n; i++) {
		void *obj = mem + i * pool->vp_size;

		if (pool->vp_ctor != NULL)
			pool->vp_ctor(obj);
		if (i > 0)
			*pool_link(pool, obj) = (char *)obj - pool->vp_size;
	}
	spin_lock(&pool->vp_spin);
	*pool_link(pool, mem) = pool->vp_free;
	pool->vp_free = mem + (n - 1) * pool->vp_size;
	pool->vp_total += n;
	spin_unlock(&pool->vp_spin);
}

void *
vfs_pool_get(struct vfs_pool *pool)
{
	struct vfs_pool_cpu *pc;
	void *obj;
	int i;

	for (;;) {
		crit_enter();
		pc = &pool->vp_cpu[mycpuid];
		obj = pc->pc_free;
		if (obj != NULL) {
			pc->pc_free = *pool_link(pool, obj);
			pc->pc_count--;
			crit_exit();
			return (obj);
		}
		spin_lock(&pool->vp_spin);
		for (i = 0; i < POOL_BATCH && pool->vp_free != NULL; i++) {
			obj = pool->vp_free;
			pool->vp_free = *pool_link(pool, obj);
			*pool_link(pool, obj) = pc->pc_free;
			pc->pc_free = obj;
			pc->pc_count++;
		}
		spin_unlock(&pool->vp_spin);
		crit_exit();
		if (i == 0)
			pool_grow(pool);
	}
}

void
vfs_pool_put(struct vfs_pool *pool, void *obj)
{
	struct vfs_pool_cpu *pc;
	int i;

	crit_enter();
	pc = &pool->vp_cpu[mycpuid];
	*pool_link(pool, obj) = pc->pc_free;
	pc->pc_free = obj;
	if (++pc->pc_count > POOL_CPUMAX) {
		spin_lock(&pool->vp_spin);
		for (i = 0; i < POOL_BATCH; i++) {
			obj = pc->pc_free;
			pc->pc_free = *pool_link(pool, obj);
			*pool_link(pool, obj) = pool->vp_free;
			pool->vp_free = obj;
		}
		pc->pc_count -= POOL_BATCH;
		spin_unlock(&pool->vp_spin);
	}
	crit_exit();
}
