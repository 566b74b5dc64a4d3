/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kmalloc(9): per-CPU slabs.
 *
 * Memory comes in zones of ZONE_SIZE, aligned to themselves, each cut into
 * chunks of one size class and owned by the CPU that made it.  The owner
 * allocates and frees in a critical section without any lock.  Another CPU
 * frees by pushing the chunk on the zone's z_rchunks, a lock-free list, and
 * tells the owner by a passive IPI message when the list was empty.
 *
 * Requests beyond the largest class are whole pages of KVA, remembered in a
 * hash table by address.  They are page aligned; only for such an address
 * does kfree() look there.
 *
 * Statistics of a type are kept per CPU and summed on reading.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/spinlock2.h>
#include <sys/sysctl.h>
#include <sys/thread.h>
#include <sys/thread2.h>
#include <vm/vm.h>
#include <vm/vm_kern.h>

#define ZONE_SIZE	65536
#define ZONE_MASK	(ZONE_SIZE - 1)
#define ZONE_MAGIC	0x736c6162
#define ZONE_ALIGN	64		/* of the first chunk, at least */
#define CHUNK_MIN	16
#define CHUNK_MAX	16384
#define NCLASSES	36
#define FREEZONES_MAX	4		/* empty zones a CPU keeps */
#define LOOSE_MAX	65536		/* bytes a CPU's count may lag */
#define LARGE_HASH	1024

struct chunk {
	struct chunk	*c_next;
};

/* At the start of a zone.  (c) owning CPU, critical section. */
struct slzone {
	u_int		z_magic;	/* (I) */
	int		z_class;	/* (c) */
	struct globaldata *z_gd;	/* (I) while in use */
	TAILQ_ENTRY(slzone) z_entry;	/* (c) partial or empty list */
	struct chunk	*z_free;	/* (c) free chunks */
	int		z_nfree;	/* (c) how many, fresh ones included */
	int		z_nmax;		/* (c) chunks in all */
	int		z_fresh;	/* (c) offset of the first never used */
	int		z_chunk;	/* (c) bytes of a chunk */
	int		z_first;	/* (c) offset of the first chunk */
	int		z_onlist;	/* (c) on the partial list */
	struct chunk	* volatile z_rchunks; /* (a) freed by others */
	volatile u_int	z_rbusy;	/* (a) messages to the owner under
					 * way, and CPUs about to send one */
#ifdef INVARIANTS
	uint8_t		z_used[ZONE_SIZE / CHUNK_MIN / NBBY]; /* (a) */
#endif
};

TAILQ_HEAD(slzone_list, slzone);

struct slab_pcpu {
	struct slzone_list partial[NCLASSES]; /* (c) zones with free chunks */
	struct slzone_list empty;	/* (c) zones without any in use */
	int		nempty;		/* (c) */
	int		nzones;		/* (c) */
};

struct large {
	struct large	*next;
	void		*addr;
	size_t		size;		/* bytes, whole pages */
};
static struct large_bucket {
	struct spinlock	spin;		/* guards first */
	struct large	*first;
} large_hash[LARGE_HASH];

static struct slab_pcpu slab_cpu0;
static struct malloc_type *kmemstatistics;
static struct spinlock kmemstat_spin =
    SPINLOCK_INITIALIZER(kmemstat_spin, "kmemstat");
static int kmemstat_smp;	/* types have arrays of statistics */

MALLOC_DEFINE(M_CACHE, "cache", "Various Dynamically allocated caches");
MALLOC_DEFINE(M_DEVBUF, "devbuf", "device driver memory");
MALLOC_DEFINE(M_TEMP, "temp", "misc temporary data buffers");
static MALLOC_DEFINE(M_KMALLOC, "kmalloc", "the allocator's own");

/*
 * --- size classes: 16 bytes apart up to 128, then four to a doubling ---
 */

static __inline int
class_of(size_t size)
{
	int shift;

	if (size <= 128)
		return (size == 0 ? 0 : (int)((size - 1) >> 4));
	shift = 61 - __builtin_clzl(size - 1);	/* quarter of the doubling */
	return ((shift - 5) * 4 + (int)((size - 1) >> shift) + 4);
}

static __inline size_t
class_size(int class)
{
	if (class < 8)
		return ((class + 1) << 4);
	return ((size_t)(5 + (class - 8) % 4) << (5 + (class - 8) / 4));
}

/* Offset of the first chunk: powers of two are aligned to their size. */
static int
class_first(size_t size)
{
	size_t align = ZONE_ALIGN;

	if (powerof2(size))
		align = MAX(align, MIN(size, PAGE_SIZE));
	return ((int)roundup2(sizeof(struct slzone), align));
}

/*
 * --- statistics ---
 */

static __inline struct kmalloc_use *
type_use(struct malloc_type *type, globaldata_t gd)
{
	return (&type->ks_use[kmemstat_smp ? gd->gd_cpuid : 0]);
}

/* Critical section.  bytes and n are negative when freeing. */
static __inline void
type_count(struct malloc_type *type, globaldata_t gd, ssize_t bytes, int n)
{
	struct kmalloc_use *use = type_use(type, gd);

	use->memuse += bytes;
	use->inuse += n;
	if (n > 0)
		++use->calls;
	use->loosememuse += bytes;
	if ((ssize_t)use->loosememuse > LOOSE_MAX ||
	    (ssize_t)use->loosememuse < -LOOSE_MAX) {
		atomic_add_long(&type->ks_loosememuse, use->loosememuse);
		use->loosememuse = 0;
	}
}

static size_t
type_memuse(struct malloc_type *type)
{
	size_t sum = 0;
	int n;

	for (n = 0; n < (kmemstat_smp ? ncpus : 1); ++n)
		sum += type->ks_use[n].memuse;
	return (sum);
}

/* Over its limit?  ENOMEM for those who can take it, else a warning. */
static int
type_over_limit(struct malloc_type *type, int flags)
{
	static struct krate rate = { .freq = 1 };

	if (type->ks_limit == 0) {
		malloc_init(type);
		return (0);
	}
	if (type_memuse(type) < type->ks_limit)
		return (0);
	if (flags & (M_NOWAIT | M_NULLOK))
		return (ENOMEM);
	krateprintf(&rate, "kmalloc: type %s is over its limit of %zu bytes\n",
	    type->ks_shortdesc, type->ks_limit);
	return (0);
}

void
malloc_init(void *data)
{
	struct malloc_type *type = data;
	struct kmalloc_use *use = NULL;

	if (type->ks_magic != M_MAGIC)
		panic("malloc type lacks magic");
	if (type->ks_limit != 0)
		return;
	if (kmemstat_smp && ncpus > 1 && type != M_KMALLOC) {
		use = kmalloc(sizeof(*use) * ncpus, M_KMALLOC,
		    M_WAITOK | M_ZERO | M_CACHEALIGN);
	}
	spin_lock(&kmemstat_spin);
	if (type->ks_limit == 0) {
		/* A tenth of memory: beyond that something leaks. */
		type->ks_limit = (size_t)physmem * PAGE_SIZE / 10;
		if (type->ks_limit < 1024 * 1024)
			type->ks_limit = 1024 * 1024;
		type->ks_use = use != NULL ? use : &type->ks_use0;
		type->ks_next = kmemstatistics;
		kmemstatistics = type;
		use = NULL;
	}
	spin_unlock(&kmemstat_spin);
	if (use != NULL)
		kfree(use, M_KMALLOC);
}

void
malloc_uninit(void *data)
{
	struct malloc_type *type = data;
	struct malloc_type **tpp;

	if (type->ks_limit == 0)
		return;
	if (type_memuse(type) != 0) {
		kprintf("malloc_uninit: %zu bytes of '%s' still allocated\n",
		    type_memuse(type), type->ks_shortdesc);
	}
	spin_lock(&kmemstat_spin);
	for (tpp = &kmemstatistics; *tpp != NULL; tpp = &(*tpp)->ks_next) {
		if (*tpp == type) {
			*tpp = type->ks_next;
			break;
		}
	}
	spin_unlock(&kmemstat_spin);
	if (type->ks_use != &type->ks_use0)
		kfree(type->ks_use, M_KMALLOC);
	type->ks_use = &type->ks_use0;
	type->ks_limit = 0;
}

void
kmalloc_raise_limit(struct malloc_type *type, size_t bytes)
{
	if (type->ks_limit == 0)
		malloc_init(type);
	if (type->ks_limit < bytes)
		type->ks_limit = bytes;
}

void
kmalloc_set_unlimited(struct malloc_type *type)
{
	kmalloc_raise_limit(type, (size_t)1 << 62);
}

size_t
kmalloc_limit(struct malloc_type *type)
{
	if (type->ks_limit == 0)
		malloc_init(type);
	return (type->ks_limit);
}

void
kmalloc_create(struct malloc_type **typep, const char *descr)
{
	struct malloc_type *type;

	type = kmalloc(sizeof(*type), M_KMALLOC, M_WAITOK | M_ZERO);
	type->ks_magic = M_MAGIC;
	type->ks_shortdesc = kstrdup(descr, M_KMALLOC);
	malloc_init(type);
	*typep = type;
}

void
kmalloc_destroy(struct malloc_type **typep)
{
	struct malloc_type *type = *typep;

	if (type == NULL)
		return;
	malloc_uninit(type);
	kfree(__DECONST(char *, type->ks_shortdesc), M_KMALLOC);
	kfree(type, M_KMALLOC);
	*typep = NULL;
}

/*
 * --- large allocations ---
 */

static __inline struct large_bucket *
large_bucket(const void *addr)
{
	uintptr_t v = (uintptr_t)addr >> PAGE_SHIFT;

	return (&large_hash[(v ^ (v >> 10)) & (LARGE_HASH - 1)]);
}

static void *
large_alloc(size_t size, struct malloc_type *type, int flags)
{
	struct large_bucket *lb;
	struct large *lp;
	vm_offset_t addr;
	int kmflags = 0;

	size = round_page(size);
	lp = kmalloc(sizeof(*lp), M_KMALLOC, flags & ~(M_ZERO | M_NULLOK |
	    M_CACHEALIGN | M_POWEROF2));
	if (lp == NULL)
		return (NULL);
	if (flags & M_ZERO)
		kmflags |= KM_ZERO;
	if (flags & M_NOWAIT)
		kmflags |= KM_NOWAIT;
	if (flags & M_USE_INTERRUPT_RESERVE)
		kmflags |= KM_INTERRUPT;
	addr = kmem_alloc3(&kernel_map, size, VM_SUBSYS_KMALLOC, kmflags);
	if (addr == 0) {
		kfree(lp, M_KMALLOC);
		if ((flags & (M_NOWAIT | M_NULLOK)) == 0)
			panic("kmalloc: no memory for %zu bytes of %s", size,
			    type->ks_shortdesc);
		return (NULL);
	}
	lp->addr = (void *)addr;
	lp->size = size;
	lb = large_bucket(lp->addr);
	spin_lock(&lb->spin);
	lp->next = lb->first;
	lb->first = lp;
	spin_unlock(&lb->spin);
	crit_enter();
	type_count(type, mycpu, size, 1);
	crit_exit();
	return (lp->addr);
}

/* Take the record of a large allocation out, or just look at its size. */
static struct large *
large_find(const void *addr, int take)
{
	struct large_bucket *lb = large_bucket(addr);
	struct large **lpp, *lp;

	if (lb->first == NULL)
		return (NULL);
	spin_lock(&lb->spin);
	for (lpp = &lb->first; (lp = *lpp) != NULL; lpp = &lp->next) {
		if (lp->addr == addr) {
			if (take)
				*lpp = lp->next;
			break;
		}
	}
	spin_unlock(&lb->spin);
	return (lp);
}

/*
 * --- zones ---
 */

#ifdef INVARIANTS
#define WEIRD		0xdeadc0dedeadc0deUL
#define WEIRD_BYTES	64

static void
chunk_poison(struct slzone *z, struct chunk *c)
{
	uint64_t *p = (uint64_t *)(c + 1);
	int n = MIN(z->z_chunk, WEIRD_BYTES) / 8 - 1;

	while (n-- > 0)
		*p++ = WEIRD;
}

static void
chunk_check(struct slzone *z, struct chunk *c, struct malloc_type *type)
{
	uint64_t *p = (uint64_t *)(c + 1);
	int n = MIN(z->z_chunk, WEIRD_BYTES) / 8 - 1;

	for (; n-- > 0; ++p) {
		if (*p != WEIRD) {
			panic("kmalloc(%s): memory at %p (size %d) modified "
			    "after it was freed: %016lx at offset %ld",
			    type->ks_shortdesc, c, z->z_chunk, *p,
			    (long)((char *)p - (char *)c));
		}
	}
}

static void
chunk_mark(struct slzone *z, void *ptr, int used, struct malloc_type *type)
{
	int off = (int)((uintptr_t)ptr & ZONE_MASK);
	int i = (off - z->z_first) / z->z_chunk;
	uint8_t bit = 1 << (i & 7);
	uint8_t was;

	if (off < z->z_first || (off - z->z_first) % z->z_chunk)
		panic("kfree(%s): %p is not the start of a chunk",
		    type->ks_shortdesc, ptr);
	if (used) {
		was = __atomic_fetch_or(&z->z_used[i >> 3], bit,
		    __ATOMIC_RELAXED);
		KASSERT((was & bit) == 0, ("kmalloc: chunk %p in use", ptr));
	} else {
		was = __atomic_fetch_and(&z->z_used[i >> 3], (uint8_t)~bit,
		    __ATOMIC_RELAXED);
		if ((was & bit) == 0)
			panic("kfree(%s): %p freed twice", type->ks_shortdesc,
			    ptr);
	}
}
#endif

/* Make a zone ready for a class.  Critical section. */
static void
zone_init(struct slab_pcpu *sp, struct slzone *z, int class, globaldata_t gd)
{
	bzero(z, sizeof(*z));
	z->z_magic = ZONE_MAGIC;
	z->z_class = class;
	z->z_gd = gd;
	z->z_chunk = (int)class_size(class);
	z->z_first = class_first(z->z_chunk);
	z->z_fresh = z->z_first;
	z->z_nmax = (ZONE_SIZE - z->z_first) / z->z_chunk;
	z->z_nfree = z->z_nmax;
	z->z_onlist = 1;
	TAILQ_INSERT_HEAD(&sp->partial[class], z, z_entry);
}

/* Put a chunk back.  Owning CPU, critical section. */
static __inline void
zone_put(struct slab_pcpu *sp, struct slzone *z, struct chunk *c)
{
	c->c_next = z->z_free;
	z->z_free = c;
	++z->z_nfree;
	if (!z->z_onlist) {
		TAILQ_INSERT_HEAD(&sp->partial[z->z_class], z, z_entry);
		z->z_onlist = 1;
	}
}

/* Retire the zone if it is quite free, but keep one for the class. */
static __inline void
zone_retire(struct slab_pcpu *sp, struct slzone *z)
{
	if (z->z_nfree == z->z_nmax && z->z_rbusy == 0 &&
	    (TAILQ_FIRST(&sp->partial[z->z_class]) != z ||
	     TAILQ_NEXT(z, z_entry) != NULL)) {
		TAILQ_REMOVE(&sp->partial[z->z_class], z, z_entry);
		z->z_onlist = 0;
		TAILQ_INSERT_HEAD(&sp->empty, z, z_entry);
		++sp->nempty;
	}
}

/* Owner: take in what others have freed. */
static void
zone_collect(void *arg)
{
	struct slzone *z = arg;
	struct slab_pcpu *sp = mycpu->gd_slab;
	struct chunk *c, *next;

	KKASSERT(z->z_gd == mycpu);
	for (c = atomic_swap_ptr(&z->z_rchunks, NULL); c != NULL; c = next) {
		next = c->c_next;
		zone_put(sp, z, c);
	}
	atomic_subtract_int(&z->z_rbusy, 1);
	zone_retire(sp, z);
}

/*
 * z_rbusy keeps the zone from being retired until we no longer refer to it:
 * our chunk may be collected as soon as it is on the list.
 */
static void
zone_put_remote(struct slzone *z, struct chunk *c)
{
	struct chunk *old;

	atomic_add_int(&z->z_rbusy, 1);
	old = z->z_rchunks;
	do {
		c->c_next = old;
	} while (atomic_fcmpset_ptr(&z->z_rchunks, &old, c) == 0);
	if (old == NULL)
		lwkt_send_ipiq_passive(z->z_gd, zone_collect, z);
	else
		atomic_subtract_int(&z->z_rbusy, 1);
}

/* Give superfluous empty zones back to the system.  May block. */
void
slab_cleanup(void)
{
	struct slab_pcpu *sp;
	struct slzone *z;

	for (;;) {
		crit_enter();
		sp = mycpu->gd_slab;
		z = NULL;
		if (sp->nempty > FREEZONES_MAX) {
			z = TAILQ_FIRST(&sp->empty);
			TAILQ_REMOVE(&sp->empty, z, z_entry);
			--sp->nempty;
			--sp->nzones;
			z->z_magic = 0;
		}
		crit_exit();
		if (z == NULL)
			return;
		kmem_slab_free(z, ZONE_SIZE);
	}
}

/* A chunk of the class from a zone of this CPU.  Critical section. */
static void *
zone_get(struct slab_pcpu *sp, int class, globaldata_t gd, int *freshp)
{
	struct slzone *z;
	struct chunk *c;

	z = TAILQ_FIRST(&sp->partial[class]);
	if (__predict_false(z == NULL)) {
		z = TAILQ_FIRST(&sp->empty);
		if (z == NULL)
			return (NULL);
		TAILQ_REMOVE(&sp->empty, z, z_entry);
		--sp->nempty;
		zone_init(sp, z, class, gd);
	}
	c = z->z_free;
	if (c != NULL) {
		z->z_free = c->c_next;
		*freshp = 0;
	} else {
		c = (struct chunk *)((char *)z + z->z_fresh);
		z->z_fresh += z->z_chunk;
		*freshp = 1;
	}
	if (--z->z_nfree == 0) {
		TAILQ_REMOVE(&sp->partial[class], z, z_entry);
		z->z_onlist = 0;
	}
	return (c);
}

static int
class_for(size_t size, int flags)
{
	int class;

	if (flags & M_POWEROF2) {
		if (size < CHUNK_MIN)
			size = CHUNK_MIN;
		if (!powerof2(size))
			size = 1UL << (64 - __builtin_clzl(size));
	}
	if (size > CHUNK_MAX)
		return (-1);
	class = class_of(size);
	if (flags & M_CACHEALIGN) {
		while (class < NCLASSES && (class_size(class) & 63))
			++class;
	}
	return (class);
}

void *
kmalloc(size_t size, struct malloc_type *type, int flags)
{
	globaldata_t gd;
	struct slzone *z;
	void *ptr;
	int class, fresh;

	if (__predict_false(type->ks_loosememuse >= type->ks_limit)) {
		if (type_over_limit(type, flags))
			return (NULL);
	}
	class = class_for(size, flags);
	if (class < 0) {
		if (flags & M_POWEROF2 && !powerof2(size))
			size = 1UL << (64 - __builtin_clzl(size));
		return (large_alloc(size, type, flags));
	}
	KASSERT((flags & M_NOWAIT) || mycpu->gd_intr_nesting_level == 0 ||
	    panicstr != NULL, ("kmalloc(%s, M_WAITOK) in an interrupt",
	    type->ks_shortdesc));
	crit_enter();
	gd = mycpu;
	while ((ptr = zone_get(gd->gd_slab, class, gd, &fresh)) == NULL) {
		crit_exit();
		z = kmem_slab_alloc(ZONE_SIZE, ZONE_SIZE, flags & ~M_ZERO);
		if (z == NULL) {
			if (flags & (M_NOWAIT | M_NULLOK))
				return (NULL);
			panic("kmalloc: out of memory for %s",
			    type->ks_shortdesc);
		}
		crit_enter();
		gd = mycpu;
		++gd->gd_slab->nzones;
		zone_init(gd->gd_slab, z, class, gd);
	}
	type_count(type, gd, class_size(class), 1);
#ifdef INVARIANTS
	z = (struct slzone *)((uintptr_t)ptr & ~(uintptr_t)ZONE_MASK);
	chunk_mark(z, ptr, 1, type);
	if (!fresh)
		chunk_check(z, ptr, type);
#endif
	crit_exit();
	if (flags & M_ZERO)
		bzero(ptr, size);
	return (ptr);
}

void
kfree(void *ptr, struct malloc_type *type)
{
	globaldata_t gd;
	struct slzone *z;
	struct large *lp;
	int trim;

	if (ptr == NULL)
		return;
	if (((uintptr_t)ptr & PAGE_MASK) == 0 &&
	    (lp = large_find(ptr, 1)) != NULL) {
		crit_enter();
		type_count(type, mycpu, -(ssize_t)lp->size, -1);
		crit_exit();
		kmem_free(&kernel_map, (vm_offset_t)lp->addr, lp->size);
		kfree(lp, M_KMALLOC);
		return;
	}
	z = (struct slzone *)((uintptr_t)ptr & ~(uintptr_t)ZONE_MASK);
	if (z->z_magic != ZONE_MAGIC)
		panic("kfree(%s): %p was not allocated", type->ks_shortdesc,
		    ptr);
	crit_enter();
	gd = mycpu;
#ifdef INVARIANTS
	chunk_mark(z, ptr, 0, type);
	chunk_poison(z, ptr);
#endif
	type_count(type, gd, -(ssize_t)z->z_chunk, -1);
	if (z->z_gd == gd) {
		zone_put(gd->gd_slab, z, ptr);
		zone_retire(gd->gd_slab, z);
	} else {
		zone_put_remote(z, ptr);
	}
	trim = gd->gd_slab->nempty > FREEZONES_MAX * 2;
	crit_exit();
	if (__predict_false(trim) && curthread->td_critcount == 0 &&
	    gd->gd_intr_nesting_level == 0)
		slab_cleanup();
}

size_t
kmalloc_usable_size(const void *ptr)
{
	struct large *lp;

	if (((uintptr_t)ptr & PAGE_MASK) == 0 &&
	    (lp = large_find(ptr, 0)) != NULL)
		return (lp->size);
	return (((struct slzone *)((uintptr_t)ptr &
	    ~(uintptr_t)ZONE_MASK))->z_chunk);
}

void *
krealloc(void *ptr, size_t size, struct malloc_type *type, int flags)
{
	void *new;
	size_t old;

	if (ptr == NULL)
		return (kmalloc(size, type, flags));
	if (size == 0) {
		kfree(ptr, type);
		return (NULL);
	}
	old = kmalloc_usable_size(ptr);
	if (size <= old && size > old / 2)
		return (ptr);
	new = kmalloc(size, type, flags);
	if (new == NULL)
		return (NULL);
	bcopy(ptr, new, MIN(old, size));
	kfree(ptr, type);
	return (new);
}

char *
kstrdup(const char *str, struct malloc_type *type)
{
	size_t len;
	char *new;

	if (str == NULL)
		return (NULL);
	len = strlen(str) + 1;
	new = kmalloc(len, type, M_WAITOK);
	bcopy(str, new, len);
	return (new);
}

char *
kstrndup(const char *str, size_t maxlen, struct malloc_type *type)
{
	size_t len;
	char *new;

	if (str == NULL)
		return (NULL);
	len = strnlen(str, maxlen);
	new = kmalloc(len + 1, type, M_WAITOK);
	bcopy(str, new, len);
	new[len] = '\0';
	return (new);
}

/*
 * --- set up ---
 */

void
slab_gdinit(globaldata_t gd)
{
	struct slab_pcpu *sp;
	int i;

	if (gd->gd_cpuid == 0)
		sp = &slab_cpu0;
	else
		sp = kmalloc(sizeof(*sp), M_KMALLOC, M_WAITOK | M_ZERO);
	for (i = 0; i < NCLASSES; ++i)
		TAILQ_INIT(&sp->partial[i]);
	TAILQ_INIT(&sp->empty);
	gd->gd_slab = sp;
}

void
slab_init(void *unused __unused)
{
	int i;

	for (i = 0; i < LARGE_HASH; ++i)
		spin_init(&large_hash[i].spin, "large");
	KKASSERT(class_of(CHUNK_MAX) == NCLASSES - 1);
	for (i = 0; i < NCLASSES; ++i)
		KKASSERT(class_of(class_size(i)) == i);
}
SYSINIT(kmalloc, SI_BOOT1_ALLOCATOR, SI_ORDER_FIRST, slab_init, NULL);

/*
 * Give every type an array of statistics, before other CPUs run.
 */
static void
kmemstat_smp_init(void *unused __unused)
{
	struct malloc_type *type;
	struct kmalloc_use *use;

	if (ncpus == 1)
		return;
	for (type = kmemstatistics; type != NULL; type = type->ks_next) {
		use = kmalloc(sizeof(*use) * ncpus, M_KMALLOC,
		    M_WAITOK | M_ZERO | M_CACHEALIGN);
		use[0] = type->ks_use[0];
		type->ks_use = use;
	}
	kmemstat_smp = 1;
}
SYSINIT(kmemstat, SI_BOOT2_PRESMP, SI_ORDER_ANY, kmemstat_smp_init, NULL);

/*
 * kern.malloc: one line for each type, for vmstat -m and the debugger.
 */
int
kmemstat_line(int index, char *buf, size_t size)
{
	struct malloc_type *type;
	int64_t inuse = 0, calls = 0;
	int n;

	for (type = kmemstatistics; type != NULL && index > 0; --index)
		type = type->ks_next;
	if (type == NULL)
		return (0);
	for (n = 0; n < (kmemstat_smp ? ncpus : 1); ++n) {
		inuse += type->ks_use[n].inuse;
		calls += type->ks_use[n].calls;
	}
	ksnprintf(buf, size, "%20s %10ld %12zu %20zu %12ld\n",
	    type->ks_shortdesc, inuse, type_memuse(type),
	    type->ks_limit >= ((size_t)1 << 60) ? 0 : type->ks_limit, calls);
	return (1);
}

static int
sysctl_kern_malloc(SYSCTL_HANDLER_ARGS)
{
	char line[128];
	int error = 0;
	int i;

	for (i = 0; error == 0 && kmemstat_line(i, line, sizeof(line)); ++i)
		error = SYSCTL_OUT(req, line, strlen(line));
	if (error == 0)
		error = SYSCTL_OUT(req, "", 1);
	return (error);
}
SYSCTL_PROC(_kern, OID_AUTO, malloc, CTLTYPE_STRING | CTLFLAG_RD, NULL, 0,
    sysctl_kern_malloc, "A",
    "Kernel memory: type, pieces, bytes, limit, requests");
