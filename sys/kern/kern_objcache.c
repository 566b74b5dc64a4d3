/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Object caches: see <sys/objcache.h>.
 *
 * A CPU has two magazines for each cache, loaded and previous.  It allocates
 * from and frees to the loaded one, exchanges the two when that is empty or
 * full, and goes to the depot, under its spinlock, only when both are.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/objcache.h>
#include <sys/spinlock2.h>
#include <sys/sysctl.h>
#include <sys/thread2.h>

#define MAGAZINE_MIN	8
#define MAGAZINE_MAX	64

struct magazine {
	SLIST_ENTRY(magazine) link;	/* (d) depot list */
	int		rounds;		/* objects in it */
	void		*objects[];	/* of oc->capacity */
};
SLIST_HEAD(magazinelist, magazine);

/* (c) the CPU, critical section */
struct oc_pcpu {
	struct magazine	*loaded;	/* (c) */
	struct magazine	*previous;	/* (c) */
	u_long		gets;		/* (c) */
	u_long		puts;		/* (c) */
	u_long		nulls;		/* (c) */
} __cachealign;

struct objcache {
	char		*name;		/* (I) */
	objcache_ctor_fn *ctor;		/* (I) may be NULL */
	objcache_dtor_fn *dtor;		/* (I) may be NULL */
	void		*privdata;	/* (I) */
	objcache_alloc_fn *alloc;	/* (I) */
	objcache_free_fn *free;		/* (I) */
	void		*allocator_args; /* (I) */
	int		own_args;	/* (I) free allocator_args with it */
	int		capacity;	/* (I) of a magazine */
	struct spinlock	spin;		/* d: depot */
	struct magazinelist full;	/* (d) */
	struct magazinelist empty;	/* (d) */
	int		nfull;		/* (d) */
	int		maxfull;	/* (I) full magazines the depot keeps */
	long		limit;		/* (d) objects at most; 0: no limit */
	volatile u_long	total;		/* (a) objects in existence */
	volatile u_int	waiting;	/* (a) threads at the limit */
	LIST_ENTRY(objcache) link;	/* (l) all caches */
	struct oc_pcpu	cpu[];
};

static MALLOC_DEFINE(M_OBJCACHE, "objcache", "object caches");
static MALLOC_DEFINE(M_OBJMAG, "objmagazine", "object cache magazines");

static LIST_HEAD(, objcache) allcaches = LIST_HEAD_INITIALIZER(allcaches);
static struct spinlock allcaches_spin =
    SPINLOCK_INITIALIZER(allcaches_spin, "objcaches");	/* l */

static boolean_t
null_ctor(void *obj __unused, void *priv __unused, int ocflags __unused)
{
	return (1);
}

static void
null_dtor(void *obj __unused, void *priv __unused)
{
}

struct objcache *
objcache_create(const char *name, int cluster_limit, int nom_cache,
    objcache_ctor_fn *ctor, objcache_dtor_fn *dtor, void *privdata,
    objcache_alloc_fn *alloc, objcache_free_fn *free, void *allocator_args)
{
	struct objcache *oc;

	oc = kmalloc(sizeof(*oc) + sizeof(struct oc_pcpu) * ncpus, M_OBJCACHE,
	    M_WAITOK | M_ZERO | M_CACHEALIGN);
	oc->name = kstrdup(name, M_TEMP);
	oc->ctor = ctor != NULL ? ctor : null_ctor;
	oc->dtor = dtor != NULL ? dtor : null_dtor;
	oc->privdata = privdata;
	oc->alloc = alloc;
	oc->free = free;
	oc->allocator_args = allocator_args;
	oc->limit = cluster_limit;
	if (nom_cache == 0)
		nom_cache = cluster_limit ? cluster_limit / 4 : 256;
	oc->capacity = nom_cache / ncpus / 2;
	if (oc->capacity < MAGAZINE_MIN)
		oc->capacity = MAGAZINE_MIN;
	if (oc->capacity > MAGAZINE_MAX)
		oc->capacity = MAGAZINE_MAX;
	oc->maxfull = howmany(nom_cache, oc->capacity);
	spin_init(&oc->spin, "objdepot");
	SLIST_INIT(&oc->full);
	SLIST_INIT(&oc->empty);
	spin_lock(&allcaches_spin);
	LIST_INSERT_HEAD(&allcaches, oc, link);
	spin_unlock(&allcaches_spin);
	return (oc);
}

struct objcache *
objcache_create_mbacked(malloc_type_t mtype, size_t objsize,
    int cluster_limit, int nom_cache, objcache_ctor_fn *ctor,
    objcache_dtor_fn *dtor, void *privdata)
{
	struct objcache_malloc_args *args;
	struct objcache *oc;

	args = kmalloc(sizeof(*args), M_TEMP, M_WAITOK);
	args->objsize = objsize;
	args->mtype = mtype;
	oc = objcache_create(mtype->ks_shortdesc, cluster_limit, nom_cache,
	    ctor, dtor, privdata, objcache_malloc_alloc, objcache_malloc_free,
	    args);
	oc->own_args = 1;
	return (oc);
}

struct objcache *
objcache_create_simple(malloc_type_t mtype, size_t objsize)
{
	return (objcache_create_mbacked(mtype, objsize, 0, 0, NULL, NULL,
	    NULL));
}

void
objcache_set_cluster_limit(struct objcache *oc, int cluster_limit)
{
	spin_lock(&oc->spin);
	oc->limit = cluster_limit;
	spin_unlock(&oc->spin);
	wakeup(oc);
}

static struct magazine *
magazine_alloc(struct objcache *oc, int flags)
{
	struct magazine *mag;

	mag = kmalloc(sizeof(*mag) + sizeof(void *) * oc->capacity, M_OBJMAG,
	    flags);
	if (mag != NULL)
		mag->rounds = 0;
	return (mag);
}

/* Make an object that did not exist before. */
static void *
objcache_new(struct objcache *oc, int ocflags)
{
	void *obj;

	while (oc->limit != 0 && oc->total >= (u_long)oc->limit) {
		if (ocflags & M_NOWAIT)
			return (NULL);
		tsleep_interlock(oc, 0);
		atomic_add_int(&oc->waiting, 1);
		if (oc->total >= (u_long)oc->limit)
			tsleep(oc, PINTERLOCKED, "objcache", hz);
		atomic_subtract_int(&oc->waiting, 1);
	}
	atomic_add_long(&oc->total, 1);
	obj = oc->alloc(oc->allocator_args, ocflags & OC_MFLAGS);
	if (obj != NULL) {
		if (oc->ctor(obj, oc->privdata, ocflags))
			return (obj);
		oc->free(obj, oc->allocator_args);
	}
	atomic_subtract_long(&oc->total, 1);
	return (NULL);
}

void *
objcache_get(struct objcache *oc, int ocflags)
{
	struct oc_pcpu *pc;
	struct magazine *mag;
	void *obj;

	crit_enter();
	pc = &oc->cpu[mycpuid];
	++pc->gets;
	for (;;) {
		mag = pc->loaded;
		if (mag != NULL && mag->rounds > 0) {
			obj = mag->objects[--mag->rounds];
			crit_exit();
			return (obj);
		}
		if (pc->previous != NULL && pc->previous->rounds > 0) {
			pc->loaded = pc->previous;
			pc->previous = mag;
			continue;
		}
		if (SLIST_EMPTY(&oc->full))
			break;
		spin_lock(&oc->spin);
		mag = SLIST_FIRST(&oc->full);
		if (mag != NULL) {
			SLIST_REMOVE_HEAD(&oc->full, link);
			--oc->nfull;
			if (pc->previous != NULL) {
				SLIST_INSERT_HEAD(&oc->empty, pc->previous,
				    link);
			}
			pc->previous = pc->loaded;
			pc->loaded = mag;
		}
		spin_unlock(&oc->spin);
	}
	crit_exit();
	obj = objcache_new(oc, ocflags);
	if (obj == NULL)
		++oc->cpu[mycpuid].nulls;
	return (obj);
}

void
objcache_dtor(struct objcache *oc, void *obj)
{
	oc->dtor(obj, oc->privdata);
	oc->free(obj, oc->allocator_args);
	atomic_subtract_long(&oc->total, 1);
	if (oc->waiting)
		wakeup_one(oc);
}

/* Destroy what is in a magazine. */
static void
magazine_purge(struct objcache *oc, struct magazine *mag)
{
	while (mag->rounds > 0)
		objcache_dtor(oc, mag->objects[--mag->rounds]);
}

/*
 * Room for one more object in the loaded magazine; 0: there is none and
 * none to be had.  *purge: a full magazine the depot would not keep.
 */
static int
objcache_make_room(struct objcache *oc, struct oc_pcpu *pc,
    struct magazine **purge)
{
	struct magazine *mag = pc->loaded;

	if (mag != NULL && mag->rounds < oc->capacity)
		return (1);
	if (pc->previous != NULL && pc->previous->rounds == 0) {
		pc->loaded = pc->previous;
		pc->previous = mag;
		return (1);
	}
	spin_lock(&oc->spin);
	mag = SLIST_FIRST(&oc->empty);
	if (mag != NULL)
		SLIST_REMOVE_HEAD(&oc->empty, link);
	spin_unlock(&oc->spin);
	if (mag == NULL)
		mag = magazine_alloc(oc, M_NOWAIT);
	if (mag == NULL)
		return (0);
	if (pc->previous != NULL) {
		spin_lock(&oc->spin);
		if (oc->nfull < oc->maxfull && oc->waiting == 0) {
			SLIST_INSERT_HEAD(&oc->full, pc->previous, link);
			++oc->nfull;
		} else {
			*purge = pc->previous;
		}
		spin_unlock(&oc->spin);
	}
	pc->previous = pc->loaded;
	pc->loaded = mag;
	return (1);
}

void
objcache_put(struct objcache *oc, void *obj)
{
	struct magazine *purge = NULL;
	struct oc_pcpu *pc;

	/* Somebody waits for memory of this cache: no hoarding. */
	if (oc->waiting) {
		objcache_dtor(oc, obj);
		return;
	}
	crit_enter();
	pc = &oc->cpu[mycpuid];
	++pc->puts;
	if (objcache_make_room(oc, pc, &purge)) {
		pc->loaded->objects[pc->loaded->rounds++] = obj;
		obj = NULL;
	}
	crit_exit();
	if (obj != NULL)
		objcache_dtor(oc, obj);
	if (purge != NULL) {
		magazine_purge(oc, purge);
		kfree(purge, M_OBJMAG);
	}
}

static boolean_t
depot_purge(struct objcache *oc)
{
	struct magazine *mag;
	boolean_t did = 0;

	for (;;) {
		spin_lock(&oc->spin);
		mag = SLIST_FIRST(&oc->full);
		if (mag != NULL) {
			SLIST_REMOVE_HEAD(&oc->full, link);
			--oc->nfull;
		} else {
			mag = SLIST_FIRST(&oc->empty);
			if (mag != NULL)
				SLIST_REMOVE_HEAD(&oc->empty, link);
		}
		spin_unlock(&oc->spin);
		if (mag == NULL)
			return (did);
		magazine_purge(oc, mag);
		kfree(mag, M_OBJMAG);
		did = 1;
	}
}

boolean_t
objcache_reclaimlist(struct objcache *oclist[], int nlist)
{
	int i;

	for (i = 0; i < nlist; ++i) {
		if (depot_purge(oclist[i]))
			return (1);
	}
	return (0);
}

/* No one uses it any more, and all objects have been put back. */
void
objcache_destroy(struct objcache *oc)
{
	struct oc_pcpu *pc;
	int n;

	spin_lock(&allcaches_spin);
	LIST_REMOVE(oc, link);
	spin_unlock(&allcaches_spin);
	for (n = 0; n < ncpus; ++n) {
		pc = &oc->cpu[n];
		if (pc->loaded != NULL) {
			magazine_purge(oc, pc->loaded);
			kfree(pc->loaded, M_OBJMAG);
		}
		if (pc->previous != NULL) {
			magazine_purge(oc, pc->previous);
			kfree(pc->previous, M_OBJMAG);
		}
	}
	depot_purge(oc);
	if (oc->own_args)
		kfree(oc->allocator_args, M_TEMP);
	kfree(oc->name, M_TEMP);
	kfree(oc, M_OBJCACHE);
}

void *
objcache_malloc_alloc(void *allocator_args, int ocflags)
{
	struct objcache_malloc_args *args = allocator_args;

	return (kmalloc(args->objsize, args->mtype, ocflags & OC_MFLAGS));
}

void *
objcache_malloc_alloc_zero(void *allocator_args, int ocflags)
{
	struct objcache_malloc_args *args = allocator_args;

	return (kmalloc(args->objsize, args->mtype,
	    (ocflags & OC_MFLAGS) | M_ZERO));
}

void
objcache_malloc_free(void *obj, void *allocator_args)
{
	struct objcache_malloc_args *args = allocator_args;

	kfree(obj, args->mtype);
}

void *
objcache_nop_alloc(void *allocator_args __unused, int ocflags __unused)
{
	return (NULL);
}

void
objcache_nop_free(void *obj __unused, void *allocator_args __unused)
{
}
