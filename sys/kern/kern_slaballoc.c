/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kmalloc: per-CPU slabs.
 *
 * Small sizes are rounded up to one of NCLASSES classes.  Chunks of a class
 * are carved from zones, which are aligned to their size so that a chunk's
 * address leads to its zone.  A zone belongs to a CPU; that CPU allocates and
 * frees in it inside a critical section, with no atomic operation.
 *
 * Another CPU frees a chunk by pushing it onto the zone's remote list; when
 * that was empty it also pushes the zone onto the owner's list of zones to
 * look after.  The owner collects them when it runs out of chunks, so nobody
 * ever interrupts anybody.  A zone is given back only when all its chunks
 * have come home, hence never while something is on its remote list.
 *
 * Larger sizes are whole pages from the KVA arena and remembered in a hash
 * table by address.
 */
#include <sys/param.h>
#include <sys/stdbool.h>
#include <sys/systm.h>
#include <sys/globaldata.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/queue.h>
#include <sys/spinlock2.h>
#include <sys/sysctl.h>
#include <sys/thread2.h>
#include <vm/vm.h>
#include <vm/vm_extern.h>
#include <vm/vm_kern.h>
#include <vm/vm_param.h>

#include "kern_slab.h"

#define ZONE_SIZE	32768UL		/* bytes; a power of two */
#define ZONE_MAGIC	0x736c6162	/* "slab" */
#define ZONES_KEPT	8		/* empty zones a CPU keeps */
#define LOOSE_MAX	65536		/* bytes counted by a CPU alone */
#define POISON		0xdeadc0dedeadc0deUL

struct chunk {
	struct chunk	*next;
};

struct zone {
	uint32_t	magic;		/* (I) ZONE_MAGIC */
	int		cpu;		/* (I) owner */
	int		class;		/* (c) */
	uint32_t	size;		/* (c) of a chunk, bytes */
	int		nfree;		/* (c) chunks on `free' or not yet cut */
	int		nmax;		/* (c) chunks in all */
	struct chunk	*free;		/* (c) */
	char		*uncut;		/* (c) chunks never used begin here */
	int		ncut;		/* (c) */
	TAILQ_ENTRY(zone) link;		/* (c) zones with free chunks */
	struct chunk * volatile remote __aligned(64); /* (a) freed by others */
	struct zone	*remote_next;	/* (a) on the owner's list */
};
TAILQ_HEAD(zone_list, zone);

struct slab_pcpu {
	struct zone_list avail[KMALLOC_CLASSES]; /* (c) with free chunks */
	struct zone_list empty;		/* (c) kept for any class */
	int		nempty;		/* (c) */
	struct zone * volatile remote __aligned(64); /* (a) to look after */
};

MALLOC_DEFINE(M_CACHE, "cache", "Various Dynamically allocated caches");
MALLOC_DEFINE(M_DEVBUF, "devbuf", "device driver memory");
MALLOC_DEFINE(M_TEMP, "temp", "misc temporary data buffers");

static struct slab_pcpu boot_slab;	/* CPU 0's */
struct malloc_type *kmemstatistics;	/* (l) type_spin */
static struct spinlock type_spin = SPINLOCK_INITIALIZER(type_spin, "kmtypes");
static bool use_arrays;			/* all types count by CPU */

/*
 * Classes: steps of 16 bytes up to 128, then four in each doubling.
 */
static __inline int
class_of(size_t size)
{
	int shift;

	if (size <= 128)
		return ((size + 15) / 16 - (size != 0));
	shift = flsl(size - 1) - 3;	/* step of this doubling: 2^shift */
	return (8 + (shift - 5) * 4 + ((size - 1) >> shift) - 4);
}

static __inline size_t
class_size(int class)
{
	int doubling;

	if (class < 8)
		return ((class + 1) * 16);
	doubling = (class - 8) / 4;
	return ((5UL + (class - 8) % 4) << (doubling + 5));
}

static __inline struct zone *
zone_of(const void *ptr)
{
	return ((struct zone *)((uintptr_t)ptr & ~(ZONE_SIZE - 1)));
}

/* The largest power of two that divides size, a page at most. */
static size_t
class_align(size_t size)
{
	size_t align = size & -size;

	return (align > PAGE_SIZE ? PAGE_SIZE : align);
}

void
slab_gdinit(struct globaldata *gd)
{
	struct slab_pcpu *sp = &boot_slab;

	if (gd->gd_cpuid != 0)
		sp = kmalloc_cachealign(sizeof(*sp), M_DEVBUF,
		    M_WAITOK | M_ZERO);
	for (int i = 0; i < KMALLOC_CLASSES; i++)
		TAILQ_INIT(&sp->avail[i]);
	TAILQ_INIT(&sp->empty);
	gd->gd_slab = sp;
}

static void
zone_setup(struct zone *z, int class)
{
	size_t size = class_size(class);
	size_t offset = roundup2(sizeof(struct zone), class_align(size));

	z->magic = ZONE_MAGIC;
	z->cpu = mycpuid;
	z->class = class;
	z->size = size;
	z->nmax = z->nfree = (ZONE_SIZE - offset) / size;
	z->free = NULL;
	z->uncut = (char *)z + offset;
	z->ncut = 0;
	z->remote = NULL;
}

#ifdef INVARIANTS
/* A freed chunk is filled; whoever writes to it later is found out. */
static void
poison_fill(struct chunk *c, size_t size)
{
	uint64_t *p = (uint64_t *)c;

	for (size_t i = 1; i < size / 8 && i < 16; i++)
		p[i] = POISON;
}

static void
poison_check(struct chunk *c, size_t size)
{
	uint64_t *p = (uint64_t *)c;

	for (size_t i = 1; i < size / 8 && i < 16; i++) {
		if (p[i] != POISON)
			panic("kmalloc: %p (%zu bytes) was written to after "
			    "it was freed: word %zu is %#jx", c, size, i,
			    (uintmax_t)p[i]);
	}
}

/* Freeing what is free already would corrupt the list. */
static void
double_free_check(struct zone *z, struct chunk *c)
{
	if (z->size >= 32 && ((uint64_t *)c)[1] == POISON) {
		for (struct chunk *f = z->free; f != NULL; f = f->next) {
			if (f == c)
				panic("kfree: %p is free already", c);
		}
	}
}
#else
#define poison_fill(c, size)		do { } while (0)
#define poison_check(c, size)		do { } while (0)
#define double_free_check(z, c)		do { } while (0)
#endif

/*
 * Puts a chunk back into its zone, which is the own CPU's.  Returns a zone to
 * be given back to the VM, or NULL.
 */
static struct zone *
chunk_free(struct slab_pcpu *sp, struct zone *z, struct chunk *c)
{
	double_free_check(z, c);
	poison_fill(c, z->size);
	c->next = z->free;
	z->free = c;
	if (z->nfree++ == 0)
		TAILQ_INSERT_HEAD(&sp->avail[z->class], z, link);
	if (z->nfree < z->nmax ||
	    (TAILQ_FIRST(&sp->avail[z->class]) == z &&
	    TAILQ_NEXT(z, link) == NULL))
		return (NULL);
	TAILQ_REMOVE(&sp->avail[z->class], z, link);
	if (sp->nempty < ZONES_KEPT) {
		TAILQ_INSERT_HEAD(&sp->empty, z, link);
		sp->nempty++;
		return (NULL);
	}
	z->magic = 0;
	return (z);
}

/* Takes home what other CPUs have freed; true if there was anything. */
static bool
collect_remote(struct slab_pcpu *sp)
{
	struct zone *z, *next, *dead;
	struct chunk *c, *cnext;

	if (sp->remote == NULL)
		return (false);
	z = atomic_swap_ptr((void *)&sp->remote, NULL);
	for (; z != NULL; z = next) {
		next = z->remote_next;
		c = atomic_swap_ptr((void *)&z->remote, NULL);
		for (; c != NULL; c = cnext) {
			cnext = c->next;
			dead = chunk_free(sp, z, c);
			if (dead != NULL)
				kmem_slab_free(dead, ZONE_SIZE);
		}
	}
	return (true);
}

static struct chunk *
chunk_take(struct slab_pcpu *sp, struct zone *z, bool *fresh)
{
	struct chunk *c = z->free;

	*fresh = c == NULL;
	if (c != NULL) {
		z->free = c->next;
		poison_check(c, z->size);
	} else {
		c = (struct chunk *)z->uncut;
		z->uncut += z->size;
		z->ncut++;
	}
	if (--z->nfree == 0)
		TAILQ_REMOVE(&sp->avail[z->class], z, link);
	return (c);
}

/* A zone of this class with a free chunk; in a critical section.  NULL: one
 * must come from the VM. */
static struct zone *
zone_with_room(struct slab_pcpu *sp, int class)
{
	struct zone *z;

	z = TAILQ_FIRST(&sp->avail[class]);
	if (z != NULL)
		return (z);
	if (collect_remote(sp)) {
		z = TAILQ_FIRST(&sp->avail[class]);
		if (z != NULL)
			return (z);
	}
	z = TAILQ_FIRST(&sp->empty);
	if (z != NULL) {
		TAILQ_REMOVE(&sp->empty, z, link);
		sp->nempty--;
		zone_setup(z, class);
		TAILQ_INSERT_HEAD(&sp->avail[class], z, link);
	}
	return (z);
}

static void *
slab_alloc(size_t size, int flags)
{
	int class = class_of(size);
	struct slab_pcpu *sp;
	struct zone *z, *fresh_zone = NULL;
	struct chunk *c;
	bool fresh;

	crit_enter();
	sp = mycpu->gd_slab;
	while ((z = zone_with_room(sp, class)) == NULL) {
		if (fresh_zone != NULL) {
			zone_setup(fresh_zone, class);
			TAILQ_INSERT_HEAD(&sp->avail[class], fresh_zone, link);
			fresh_zone = NULL;
			continue;
		}
		crit_exit();
		fresh_zone = kmem_slab_alloc(ZONE_SIZE, ZONE_SIZE,
		    flags & ~M_ZERO);
		if (fresh_zone == NULL)
			return (NULL);
		crit_enter();
		sp = mycpu->gd_slab;	/* may be another CPU now */
	}
	c = chunk_take(sp, z, &fresh);
	crit_exit();
	if (fresh_zone != NULL)
		kmem_slab_free(fresh_zone, ZONE_SIZE);
	if (flags & M_ZERO)
		bzero(c, class_size(class));
	return (c);
}

static void
slab_free(struct zone *z, struct chunk *c)
{
	struct zone *dead, *head;
	struct slab_pcpu *sp;
	struct chunk *old;

	crit_enter();
	if (z->cpu == mycpuid) {
		dead = chunk_free(mycpu->gd_slab, z, c);
		crit_exit();
		if (dead != NULL)
			kmem_slab_free(dead, ZONE_SIZE);
		return;
	}
	do {
		old = z->remote;
		c->next = old;
	} while (!atomic_cmpset_ptr((void *)&z->remote, old, c));
	if (old == NULL) {
		sp = globaldata_find(z->cpu)->gd_slab;
		do {
			head = sp->remote;
			z->remote_next = head;
		} while (!atomic_cmpset_ptr((void *)&sp->remote, head, z));
	}
	crit_exit();
}

/* By the idle loop: collect, and give surplus zones back. */
void
slab_cleanup(void)
{
	struct slab_pcpu *sp;
	struct zone *z = NULL;

	crit_enter();
	sp = mycpu->gd_slab;
	collect_remote(sp);
	if (sp->nempty > ZONES_KEPT / 2) {
		z = TAILQ_FIRST(&sp->empty);
		TAILQ_REMOVE(&sp->empty, z, link);
		sp->nempty--;
	}
	crit_exit();
	if (z != NULL)
		kmem_slab_free(z, ZONE_SIZE);
}

/*
 * Statistics and limits.  A CPU adds up on its own and tells the type now
 * and then, so that the limit is exact to LOOSE_MAX bytes a CPU.
 */
static __inline struct kmalloc_use *
use_of(struct malloc_type *type)
{
	return (&type->ks_use[use_arrays ? mycpuid : 0]);
}

static bool
charge(struct malloc_type *type, size_t size, int flags)
{
	struct kmalloc_use *use;

	if (type->ks_limit != 0 && type->ks_loosememuse > type->ks_limit) {
		if (flags & (M_NULLOK | M_NOWAIT))
			return (false);
		/* Those who cannot fail go on; the warning names the type. */
		static struct krate rate = { .freq = 1 };

		krateprintf(&rate, "kmalloc: %s is over its limit of %zu KB\n",
		    type->ks_shortdesc, type->ks_limit / 1024);
	}
	crit_enter();
	use = use_of(type);
	use->memuse += size;
	use->inuse++;
	use->calls++;
	use->loosememuse += size;
	if ((ssize_t)use->loosememuse > LOOSE_MAX) {
		atomic_add_long(&type->ks_loosememuse, use->loosememuse);
		use->loosememuse = 0;
	}
	crit_exit();
	return (true);
}

static void
uncharge(struct malloc_type *type, size_t size)
{
	struct kmalloc_use *use;

	crit_enter();
	use = use_of(type);
	use->memuse -= size;
	use->inuse--;
	use->loosememuse -= size;
	if ((ssize_t)use->loosememuse < -LOOSE_MAX) {
		atomic_add_long(&type->ks_loosememuse, use->loosememuse);
		use->loosememuse = 0;
	}
	crit_exit();
}

void *
kmalloc(size_t size, struct malloc_type *type, int flags)
{
	size_t real;
	void *p;

	KASSERT(type->ks_magic == M_MAGIC, ("kmalloc: bad type"));
	KASSERT((flags & M_NOWAIT) || mycpu->gd_spinlocks == 0 ||
	    panicstr != NULL, ("kmalloc(%s): may sleep, spinlock held",
	    type->ks_shortdesc));
	if (flags & M_POWEROF2)
		size = size <= 16 ? 16 : 1UL << flsl(size - 1);
	if (flags & M_CACHEALIGN)
		size = roundup2(size, 64);
	if (size == 0)
		size = 1;
	real = size <= KMALLOC_SLAB_MAX ? class_size(class_of(size)) :
	    round_page(size);
	if (!charge(type, real, flags))
		return (NULL);
	if (size <= KMALLOC_SLAB_MAX)
		p = slab_alloc(size, flags);
	else
		p = kmalloc_large(real, flags);
	if (p == NULL) {
		uncharge(type, real);
		if ((flags & (M_NOWAIT | M_NULLOK)) == 0)
			panic("kmalloc(%s): no memory for %zu bytes",
			    type->ks_shortdesc, size);
	}
	return (p);
}

/* Pages are looked up first: no slab chunk is in that table. */
static size_t
size_of(const void *ptr)
{
	size_t size;

	if (((uintptr_t)ptr & PAGE_MASK) == 0 &&
	    (size = kmalloc_large_size(ptr)) != 0)
		return (size);
	KASSERT(zone_of(ptr)->magic == ZONE_MAGIC,
	    ("kmalloc: %p is not from kmalloc", ptr));
	return (zone_of(ptr)->size);
}

size_t
kmalloc_usable_size(const void *ptr)
{
	return (size_of(ptr));
}

void
kfree(void *ptr, struct malloc_type *type)
{
	size_t size;

	if (ptr == NULL)
		return;
	KASSERT(type->ks_magic == M_MAGIC, ("kfree: bad type"));
	size = size_of(ptr);
	uncharge(type, size);
	if (size > KMALLOC_SLAB_MAX)
		kmalloc_large_free(ptr);
	else
		slab_free(zone_of(ptr), ptr);
}

void *
krealloc(void *ptr, size_t size, struct malloc_type *type, int flags)
{
	size_t old;
	void *p;

	if (ptr == NULL)
		return (kmalloc(size, type, flags));
	old = size_of(ptr);
	if (size <= old && (size > old / 2 || old == 16))
		return (ptr);
	p = kmalloc(size, type, flags & ~M_ZERO);
	if (p == NULL)
		return (NULL);
	memcpy(p, ptr, size < old ? size : old);
	if ((flags & M_ZERO) && size > old)
		bzero((char *)p + old, size - old);
	kfree(ptr, type);
	return (p);
}

static void
type_add_array(struct malloc_type *type)
{
	struct kmalloc_use *use;

	use = kmem_slab_alloc(1UL << flsl(sizeof(*use) * ncpus - 1 < PAGE_SIZE ?
	    PAGE_SIZE - 1 : sizeof(*use) * ncpus - 1), PAGE_SIZE,
	    M_WAITOK | M_ZERO);
	use[0] = type->ks_use0;
	type->ks_use = use;
}

void
malloc_init(void *data)
{
	struct malloc_type *type = data;

	if (type->ks_use != NULL)
		return;
	type->ks_limit = ptoa(physmem) / 4;
	type->ks_use = &type->ks_use0;
	if (use_arrays)
		type_add_array(type);
	spin_lock(&type_spin);
	type->ks_next = kmemstatistics;
	kmemstatistics = type;
	spin_unlock(&type_spin);
}

/* The number of CPUs is known, and still only this one runs. */
static void
types_by_cpu(void *arg)
{
	for (struct malloc_type *t = kmemstatistics; t != NULL; t = t->ks_next)
		type_add_array(t);
	use_arrays = true;
}
SYSINIT(kmalloc_types, SI_BOOT2_PRESMP, SI_ORDER_FIRST, types_by_cpu, NULL);

/* A module goes: its types must be empty, or their memory is lost. */
void
malloc_uninit(void *data)
{
	struct malloc_type *type = data, **pp;
	size_t left = 0;

	for (int i = 0; i < ncpus; i++)
		left += type->ks_use[i].memuse;
	if (left != 0)
		kprintf("kmalloc: %s still had %zu bytes\n",
		    type->ks_shortdesc, left);
	spin_lock(&type_spin);
	for (pp = &kmemstatistics; *pp != NULL; pp = &(*pp)->ks_next) {
		if (*pp == type) {
			*pp = type->ks_next;
			break;
		}
	}
	spin_unlock(&type_spin);
}

void
kmalloc_raise_limit(struct malloc_type *type, size_t bytes)
{
	if (type->ks_limit != 0 && bytes > type->ks_limit)
		type->ks_limit = bytes;
}

void
kmalloc_set_unlimited(struct malloc_type *type)
{
	type->ks_limit = 0;
}

size_t
kmalloc_limit(struct malloc_type *type)
{
	return (type->ks_limit);
}

void
kmalloc_create(struct malloc_type **typep, const char *descr)
{
	struct malloc_type *type;

	if (*typep != NULL)
		return;
	type = kmalloc(sizeof(*type), M_TEMP, M_WAITOK | M_ZERO);
	type->ks_magic = M_MAGIC;
	type->ks_shortdesc = descr;
	malloc_init(type);
	*typep = type;
}

void
kmalloc_destroy(struct malloc_type **typep)
{
	if (*typep == NULL)
		return;
	malloc_uninit(*typep);
	kfree(*typep, M_TEMP);
	*typep = NULL;
}

char *
kstrndup(const char *str, size_t maxlen, struct malloc_type *type)
{
	size_t len;
	char *copy;

	if (str == NULL)
		return (NULL);
	len = strnlen(str, maxlen);
	copy = kmalloc(len + 1, type, M_WAITOK);
	memcpy(copy, str, len);
	copy[len] = '\0';
	return (copy);
}

char *
kstrdup(const char *str, struct malloc_type *type)
{
	return (kstrndup(str, (size_t)-1, type));
}
