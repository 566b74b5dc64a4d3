/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory allocation.
 *
 * Small objects live in slabs: 64 KB of slots of one size.  Each thread has
 * a cache of free slots of every size that it uses without locks; caches
 * are filled from and emptied into slabs a batch at a time, under the lock
 * of the size.  Everything larger is mapped by itself.  A few empty slabs
 * and mappings are kept; others go back to the system.
 *
 * What is known about memory is kept apart from it, so that a program that
 * writes where it should not cannot turn the allocator against itself:
 * descriptors are found by address in a two-level table, and each slot has
 * a state there.  The last word of a slot holds a value derived from its
 * address and a secret; it is checked when the slot is freed.  Errors found
 * (double free, free of what was never allocated, overflow) end the program
 * with a message.
 */
#include <sys/param.h>
#include <sys/mman.h>
#include <sys/queue.h>
#include <sys/random.h>
#include <errno.h>
#include <malloc_np.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "libc_private.h"

#define SLAB_SHIFT	16
#define SLAB_SIZE	((size_t)1 << SLAB_SHIFT)
#define SMALL_MAX	16384		/* largest slot */
#define NCLASSES	36
#define CANARY_SIZE	sizeof(uint64_t)

/* The table of descriptors: one entry for each 64 KB of address space. */
#define LEAF_BITS	15
#define ROOT_BITS	(47 - SLAB_SHIFT - LEAF_BITS)

#define CACHE_BYTES	16384		/* of one size, in one thread */
#define CACHE_MAX	64		/* slots likewise */
#define SPARE_SLABS	16		/* empty ones kept */
#define SPARE_LARGE	8		/* mappings kept ... */
#define SPARE_LARGE_MAX	(1024 * 1024)	/* ... up to this size */

enum slot_state {
	SLOT_FREE,			/* in its slab */
	SLOT_USED,			/* the program's */
	SLOT_CACHED			/* in a thread's cache */
};

/* Descriptor of a slab or, with class NCLASSES, of a mapping. */
struct span {
	LIST_ENTRY(span) link;		/* (c) partial slabs, spare spans */
	char		*base;
	size_t		size;		/* bytes mapped */
	uint32_t	class;
	uint32_t	nslots;
	uint32_t	nfree;		/* (c) */
	uint32_t	hint;		/* (c) word of the map to look at */
	uint64_t	*freemap;	/* (c) set: SLOT_FREE */
	uint8_t		*state;		/* of each slot */
};
LIST_HEAD(span_list, span);

/* Lock of the fields marked (c): cl_lock of the class. */
struct size_class {
	libc_lock_t	cl_lock;
	struct span_list cl_partial;	/* slabs with free slots */
	uint32_t	cl_nempty;	/* of these, entirely free */
};

struct cache_bin {
	void		*head;		/* linked through encoded words */
	uint32_t	count;
};

static struct size_class classes[NCLASSES];
static uint16_t	class_size[NCLASSES + 1];
static __thread struct cache_bin cache[NCLASSES];

static struct span **table[1 << ROOT_BITS];
static libc_lock_t span_lock;		/* table, spares, descriptors */
static struct span_list spare_slabs, spare_large, spare_spans;
static int	nspare_slabs, nspare_large;
static char	*meta_next;		/* memory for descriptors */
static size_t	meta_left;

static uint64_t	secret;
static bool	initialised;

void	_malloc_thread_exit(void);

/*
 * Errors
 */
static void __dead2
heap_error(const char *what)
{
	static const char prefix[] = ": malloc: ";

	write(STDERR_FILENO, __progname, strlen(__progname));
	write(STDERR_FILENO, prefix, sizeof(prefix) - 1);
	write(STDERR_FILENO, what, strlen(what));
	write(STDERR_FILENO, "\n", 1);
	abort();
}

static inline uint64_t
canary(const void *slot)
{
	return (secret ^ ((uintptr_t)slot * 0x9e3779b97f4a7c15));
}

static inline uint64_t *
canary_place(const struct span *sp, void *ptr)
{
	size_t size = sp->class < NCLASSES ? class_size[sp->class] : sp->size;

	return ((uint64_t *)(void *)((char *)ptr + size - CANARY_SIZE));
}

/* A link in a thread's cache, unreadable without the secret. */
static inline void *
link_code(const void *slot, void *next)
{
	return ((void *)((uintptr_t)next ^ canary(slot)));
}

/*
 * Sizes: multiples of 16 up to 128, then four to each doubling.
 */
static inline uint32_t
class_of(size_t size)
{
	uint32_t log;

	if (size <= 128)
		return ((uint32_t)((size + 15) / 16) - (size > 0));
	log = 63 - (uint32_t)__builtin_clzl(size - 1);	/* 7 .. 13 */
	return (8 + (log - 7) * 4 +
	    (uint32_t)(((size - 1) >> (log - 2)) & 3));
}

static void
init_classes(void)
{
	uint32_t i, log, step;

	for (i = 0; i < 8; i++)
		class_size[i] = (uint16_t)((i + 1) * 16);
	for (; i < NCLASSES; i++) {
		log = 7 + (i - 8) / 4;
		step = (i - 8) % 4 + 1;
		class_size[i] = (uint16_t)((1U << log) +
		    step * (1U << (log - 2)));
	}
}

static void
initialise(void)
{
	libc_lock(&span_lock);
	if (!initialised) {
		init_classes();
		if (getrandom(&secret, sizeof(secret), 0) !=
		    (ssize_t)sizeof(secret))
			secret = (uintptr_t)&secret * 0x2545f4914f6cdd1d;
		__atomic_store_n(&initialised, true, __ATOMIC_RELEASE);
	}
	libc_unlock(&span_lock);
}

/*
 * Memory from the system
 */
static void *
map_aligned(size_t size, size_t align)
{
	char *p, *q;

	p = __sys_mmap(NULL, size, PROT_READ | PROT_WRITE,
	    MAP_ANON | MAP_PRIVATE, -1, 0, 0);
	if (p == MAP_FAILED)
		return (NULL);
	if (((uintptr_t)p & (align - 1)) == 0)
		return (p);
	munmap(p, size);
	if (size + align < size)
		return (NULL);
	p = __sys_mmap(NULL, size + align, PROT_READ | PROT_WRITE,
	    MAP_ANON | MAP_PRIVATE, -1, 0, 0);
	if (p == MAP_FAILED)
		return (NULL);
	q = (char *)roundup2((uintptr_t)p, align);
	if (q > p)
		munmap(p, (size_t)(q - p));
	munmap(q + size, (size_t)(p + align - q));
	return (q);
}

/* Memory for descriptors, zeroed; never given back.  span_lock held. */
static void *
meta_alloc(size_t size)
{
	char *p;

	size = roundup2(size, 16);
	if (size > meta_left) {
		meta_left = roundup2(size, SLAB_SIZE);
		meta_next = __sys_mmap(NULL, meta_left,
		    PROT_READ | PROT_WRITE, MAP_ANON | MAP_PRIVATE, -1, 0, 0);
		if (meta_next == MAP_FAILED) {
			meta_left = 0;
			return (NULL);
		}
	}
	p = meta_next;
	meta_next += size;
	meta_left -= size;
	return (p);
}

static inline struct span *
span_lookup(const void *ptr)
{
	uintptr_t page = (uintptr_t)ptr >> SLAB_SHIFT;
	struct span **leaf;

	if (page >> (ROOT_BITS + LEAF_BITS) != 0)
		return (NULL);
	leaf = __atomic_load_n(&table[page >> LEAF_BITS], __ATOMIC_ACQUIRE);
	if (leaf == NULL)
		return (NULL);
	return (__atomic_load_n(&leaf[page & ((1 << LEAF_BITS) - 1)],
	    __ATOMIC_ACQUIRE));
}

/* Enter a span, or NULL, at the address of its base.  span_lock held. */
static bool
span_enter(const char *base, struct span *sp)
{
	uintptr_t page = (uintptr_t)base >> SLAB_SHIFT;
	struct span ***rootp = &table[page >> LEAF_BITS], **leaf = *rootp;

	if (leaf == NULL) {
		leaf = meta_alloc(sizeof(*leaf) << LEAF_BITS);
		if (leaf == NULL)
			return (false);
		__atomic_store_n(rootp, leaf, __ATOMIC_RELEASE);
	}
	__atomic_store_n(&leaf[page & ((1 << LEAF_BITS) - 1)], sp,
	    __ATOMIC_RELEASE);
	return (true);
}

/* span_lock held. */
static struct span *
span_alloc(void)
{
	struct span *sp = LIST_FIRST(&spare_spans);

	if (sp != NULL)
		LIST_REMOVE(sp, link);
	else
		sp = meta_alloc(sizeof(*sp));
	return (sp);
}

/*
 * Slabs
 */

/*
 * A slab of the class.  Descriptors of slabs keep room for the state of as
 * many slots as there can be, and stay with their memory.
 */
static struct span *
slab_alloc(uint32_t class)
{
	const size_t most = SLAB_SIZE / 16;
	struct span *sp;
	uint32_t i;

	libc_lock(&span_lock);
	sp = LIST_FIRST(&spare_slabs);
	if (sp != NULL) {
		LIST_REMOVE(sp, link);
		nspare_slabs--;
	} else {
		sp = meta_alloc(sizeof(*sp) + most + most / 8);
		if (sp == NULL)
			goto fail;
		sp->freemap = (uint64_t *)(void *)(sp + 1);
		sp->state = (uint8_t *)(sp->freemap + most / 64);
		sp->size = SLAB_SIZE;
	}
	if (sp->base == NULL) {
		sp->base = map_aligned(SLAB_SIZE, SLAB_SIZE);
		if (sp->base == NULL) {
			LIST_INSERT_HEAD(&spare_slabs, sp, link);
			nspare_slabs++;
			goto fail;
		}
	}
	sp->class = class;
	sp->nslots = sp->nfree = (uint32_t)(SLAB_SIZE / class_size[class]);
	sp->hint = 0;
	memset(sp->state, SLOT_FREE, sp->nslots);
	memset(sp->freemap, 0, most / 8);
	for (i = 0; i < sp->nslots / 64; i++)
		sp->freemap[i] = ~(uint64_t)0;
	if (sp->nslots % 64 != 0)
		sp->freemap[i] = ((uint64_t)1 << (sp->nslots % 64)) - 1;
	if (!span_enter(sp->base, sp))
		goto fail;
	libc_unlock(&span_lock);
	return (sp);
fail:
	libc_unlock(&span_lock);
	return (NULL);
}

/* An empty slab, on no list: keep it, or keep only its descriptor. */
static void
slab_release(struct span *sp)
{
	libc_lock(&span_lock);
	span_enter(sp->base, NULL);
	if (nspare_slabs >= SPARE_SLABS) {
		munmap(sp->base, SLAB_SIZE);
		sp->base = NULL;
	}
	nspare_slabs++;
	LIST_INSERT_HEAD(&spare_slabs, sp, link);
	libc_unlock(&span_lock);
}

static inline uint32_t
slot_index(const struct span *sp, const void *ptr)
{
	return ((uint32_t)((const char *)ptr - sp->base) /
	    class_size[sp->class]);
}

/* Take a free slot of a slab that has one.  Class lock held. */
static void *
slab_take(struct span *sp)
{
	uint32_t word = sp->hint, bit, i;

	while (sp->freemap[word] == 0)
		word = word + 1 < howmany(sp->nslots, 64) ? word + 1 : 0;
	sp->hint = word;
	bit = (uint32_t)__builtin_ctzl(sp->freemap[word]);
	sp->freemap[word] &= sp->freemap[word] - 1;
	sp->nfree--;
	i = word * 64 + bit;
	sp->state[i] = SLOT_CACHED;
	return (sp->base + (size_t)i * class_size[sp->class]);
}

/* Batch of slots moved between a cache and the slabs. */
static inline uint32_t
cache_limit(uint32_t class)
{
	uint32_t n = CACHE_BYTES / class_size[class];

	return (n > CACHE_MAX ? CACHE_MAX : n < 2 ? 2 : n);
}

/* Fill the thread's cache; false if there is no memory. */
static bool
cache_fill(uint32_t class)
{
	struct size_class *cl = &classes[class];
	struct cache_bin *bin = &cache[class];
	uint32_t want = cache_limit(class) / 2;
	struct span *sp;
	void *slot;

	libc_lock(&cl->cl_lock);
	while (bin->count < want) {
		sp = LIST_FIRST(&cl->cl_partial);
		if (sp == NULL) {
			if (bin->count > 0)
				break;
			libc_unlock(&cl->cl_lock);
			sp = slab_alloc(class);
			if (sp == NULL)
				return (false);
			libc_lock(&cl->cl_lock);
			LIST_INSERT_HEAD(&cl->cl_partial, sp, link);
			cl->cl_nempty++;
			continue;
		}
		if (sp->nfree == sp->nslots)
			cl->cl_nempty--;
		slot = slab_take(sp);
		if (sp->nfree == 0)
			LIST_REMOVE(sp, link);
		*(void **)slot = link_code(slot, bin->head);
		bin->head = slot;
		bin->count++;
	}
	libc_unlock(&cl->cl_lock);
	return (true);
}

/* Take the first slot out of a cache that is not empty. */
static inline void *
cache_pop(struct cache_bin *bin)
{
	void *slot = bin->head;

	bin->head = link_code(slot, *(void **)slot);
	bin->count--;
	return (slot);
}

/* Return slots to their slabs until at most keep are left. */
static void
cache_drain(uint32_t class, uint32_t keep)
{
	struct size_class *cl = &classes[class];
	struct cache_bin *bin = &cache[class];
	struct span_list empty = LIST_HEAD_INITIALIZER(empty);
	struct span *sp;
	uint32_t i;
	void *slot;

	libc_lock(&cl->cl_lock);
	while (bin->count > keep) {
		slot = cache_pop(bin);
		sp = span_lookup(slot);
		if (sp == NULL || sp->class != class)
			heap_error("free memory was written to");
		i = slot_index(sp, slot);
		sp->state[i] = SLOT_FREE;
		sp->freemap[i / 64] |= (uint64_t)1 << (i % 64);
		sp->hint = i / 64;
		if (sp->nfree++ == 0)
			LIST_INSERT_HEAD(&cl->cl_partial, sp, link);
		if (sp->nfree == sp->nslots) {
			if (cl->cl_nempty > 0) {
				LIST_REMOVE(sp, link);
				LIST_INSERT_HEAD(&empty, sp, link);
			} else {
				cl->cl_nempty++;
			}
		}
	}
	libc_unlock(&cl->cl_lock);
	while ((sp = LIST_FIRST(&empty)) != NULL) {
		LIST_REMOVE(sp, link);
		slab_release(sp);
	}
}

static inline void *
small_alloc(uint32_t class)
{
	struct cache_bin *bin = &cache[class];
	struct span *sp;
	void *slot;

	if (__predict_false(bin->count == 0) && !cache_fill(class)) {
		errno = ENOMEM;
		return (NULL);
	}
	slot = cache_pop(bin);
	sp = span_lookup(slot);
	if (__predict_false(sp == NULL || sp->class != class ||
	    sp->state[slot_index(sp, slot)] != SLOT_CACHED))
		heap_error("free memory was written to");
	sp->state[slot_index(sp, slot)] = SLOT_USED;
	*(uint64_t *)(void *)((char *)slot + class_size[class] -
	    CANARY_SIZE) = canary(slot);
	return (slot);
}

static inline void
small_free(struct span *sp, void *ptr)
{
	uint32_t class = sp->class, i = slot_index(sp, ptr);
	struct cache_bin *bin = &cache[class];

	if (sp->base + (size_t)i * class_size[class] != (char *)ptr)
		heap_error("free of a pointer into an object");
	if (sp->state[i] != SLOT_USED)
		heap_error("double free");
	if (*canary_place(sp, ptr) != canary(ptr))
		heap_error("write past the end of an object");
	sp->state[i] = SLOT_CACHED;
	*(void **)ptr = link_code(ptr, bin->head);
	bin->head = ptr;
	if (++bin->count > cache_limit(class))
		cache_drain(class, cache_limit(class) / 2);
}

/*
 * Mappings
 */

/* A kept mapping of about the size.  span_lock held. */
static struct span *
large_reuse(size_t size)
{
	struct span *sp;

	if (size > SPARE_LARGE_MAX)
		return (NULL);
	LIST_FOREACH(sp, &spare_large, link) {
		if (sp->size >= size && sp->size <= size + size / 4) {
			LIST_REMOVE(sp, link);
			nspare_large--;
			return (sp);
		}
	}
	return (NULL);
}

/* *zeroed: the memory is fresh. */
static void *
large_alloc(size_t size, size_t align, bool *zeroed)
{
	struct span *sp = NULL;
	char *base = NULL;

	if (size > PTRDIFF_MAX - SLAB_SIZE - align) {
		errno = ENOMEM;
		return (NULL);
	}
	size = roundup2(size + CANARY_SIZE, PAGE_SIZE);
	*zeroed = false;
	libc_lock(&span_lock);
	if (align <= SLAB_SIZE)
		sp = large_reuse(size);
	if (sp == NULL) {
		*zeroed = true;
		base = map_aligned(size, align > SLAB_SIZE ? align :
		    SLAB_SIZE);
		sp = base != NULL ? span_alloc() : NULL;
		if (sp == NULL)
			goto fail;
		sp->base = base;
		sp->size = size;
		sp->class = NCLASSES;
	}
	base = sp->base;
	if (!span_enter(base, sp))
		goto fail;
	libc_unlock(&span_lock);
	*canary_place(sp, base) = canary(base);
	return (base);
fail:
	libc_unlock(&span_lock);
	if (base != NULL)
		munmap(base, size);
	errno = ENOMEM;
	return (NULL);
}

static void
large_free(struct span *sp, void *ptr)
{
	if (sp->base != (char *)ptr)
		heap_error("free of a pointer into an object");
	if (*canary_place(sp, ptr) != canary(ptr))
		heap_error("write past the end of an object");
	libc_lock(&span_lock);
	span_enter(sp->base, NULL);
	if (sp->size <= SPARE_LARGE_MAX && nspare_large < SPARE_LARGE) {
		madvise(sp->base, sp->size, MADV_FREE);
		nspare_large++;
		LIST_INSERT_HEAD(&spare_large, sp, link);
	} else {
		munmap(sp->base, sp->size);
		LIST_INSERT_HEAD(&spare_spans, sp, link);
	}
	libc_unlock(&span_lock);
}

/* Change the size of a mapping where it is. */
static bool
large_resize(struct span *sp, size_t size)
{
	char *end = sp->base + sp->size, *more;

	size = roundup2(size + CANARY_SIZE, PAGE_SIZE);
	if (size == sp->size)
		return (true);
	if (size < sp->size) {
		if (size <= SMALL_MAX)
			return (false);
		munmap(sp->base + size, sp->size - size);
	} else {
		more = __sys_mmap(end, size - sp->size,
		    PROT_READ | PROT_WRITE,
		    MAP_ANON | MAP_PRIVATE | MAP_TRYFIXED, -1, 0, 0);
		if (more == MAP_FAILED)
			return (false);
		if (more != end) {
			munmap(more, size - sp->size);
			return (false);
		}
	}
	sp->size = size;
	*canary_place(sp, sp->base) = canary(sp->base);
	return (true);
}

/*
 * The interface
 */
static inline void *
allocate(size_t size, bool *zeroed)
{
	if (__predict_false(!initialised))
		initialise();
	*zeroed = false;
	if (size <= SMALL_MAX - CANARY_SIZE)
		return (small_alloc(class_of(size + CANARY_SIZE)));
	return (large_alloc(size, SLAB_SIZE, zeroed));
}

void *
malloc(size_t size)
{
	bool zeroed;

	return (allocate(size, &zeroed));
}

void *
calloc(size_t n, size_t size)
{
	size_t total;
	bool zeroed;
	void *ptr;

	if (__builtin_mul_overflow(n, size, &total)) {
		errno = ENOMEM;
		return (NULL);
	}
	ptr = allocate(total, &zeroed);
	if (ptr != NULL && !zeroed)
		memset(ptr, 0, total);
	return (ptr);
}

void
free(void *ptr)
{
	struct span *sp;
	int saved_errno;

	if (ptr == NULL)
		return;
	sp = span_lookup(ptr);
	if (__predict_false(sp == NULL))
		heap_error("free of memory that is not allocated");
	saved_errno = errno;
	if (sp->class < NCLASSES)
		small_free(sp, ptr);
	else
		large_free(sp, ptr);
	errno = saved_errno;
}

size_t
malloc_usable_size(const void *ptr)
{
	struct span *sp;

	if (ptr == NULL)
		return (0);
	sp = span_lookup(ptr);
	if (sp == NULL)
		heap_error("size of memory that is not allocated");
	return ((sp->class < NCLASSES ? class_size[sp->class] : sp->size) -
	    CANARY_SIZE);
}

void *
realloc(void *ptr, size_t size)
{
	struct span *sp;
	size_t room;
	void *new;

	if (ptr == NULL)
		return (malloc(size));
	room = malloc_usable_size(ptr);
	sp = span_lookup(ptr);
	if (*canary_place(sp, ptr) != canary(ptr))
		heap_error("write past the end of an object");
	if (sp->class < NCLASSES) {
		if (sp->state[slot_index(sp, ptr)] != SLOT_USED)
			heap_error("realloc of freed memory");
		if (size <= room && (size >= room / 2 || room <= 64))
			return (ptr);
	} else if (size < PTRDIFF_MAX - SLAB_SIZE && large_resize(sp, size)) {
		return (ptr);
	}
	new = malloc(size);
	if (new == NULL)
		return (NULL);
	memcpy(new, ptr, size < room ? size : room);
	free(ptr);
	return (new);
}

static int
allocate_aligned(void **ptrp, size_t align, size_t size)
{
	size_t slot = size + CANARY_SIZE;
	bool zeroed;
	void *ptr;

	if (__predict_false(!initialised))
		initialise();
	if (slot < size)
		return (ENOMEM);
	if (align <= 16 && size <= SMALL_MAX - CANARY_SIZE) {
		ptr = small_alloc(class_of(slot));
	} else if (align <= SMALL_MAX && slot <= SMALL_MAX) {
		/* Slots whose size is a power of two are so aligned. */
		if (slot < align)
			slot = align;
		if (!powerof2(slot))
			slot = (size_t)1 << (64 - __builtin_clzl(slot));
		ptr = small_alloc(class_of(slot));
	} else {
		ptr = large_alloc(size, align, &zeroed);
	}
	if (ptr == NULL)
		return (ENOMEM);
	*ptrp = ptr;
	return (0);
}

int
posix_memalign(void **ptrp, size_t align, size_t size)
{
	int saved_errno = errno, error;

	if (align < sizeof(void *) || !powerof2(align))
		return (EINVAL);
	error = allocate_aligned(ptrp, align, size);
	errno = saved_errno;
	return (error);
}

void *
aligned_alloc(size_t align, size_t size)
{
	void *ptr;
	int error;

	error = align == 0 || !powerof2(align) ? EINVAL :
	    allocate_aligned(&ptr, align, size);
	if (error != 0) {
		errno = error;
		return (NULL);
	}
	return (ptr);
}

void *
valloc(size_t size)
{
	return (aligned_alloc(PAGE_SIZE, size));
}

void *
reallocf(void *ptr, size_t size)
{
	void *new = realloc(ptr, size);

	if (new == NULL)
		free(ptr);
	return (new);
}

void *
reallocarray(void *ptr, size_t n, size_t size)
{
	size_t total;

	if (__builtin_mul_overflow(n, size, &total)) {
		errno = ENOMEM;
		return (NULL);
	}
	return (realloc(ptr, total));
}

/* Grown memory is zero, memory left behind is erased. */
void *
recallocarray(void *ptr, size_t oldn, size_t n, size_t size)
{
	size_t old, total;
	void *new;

	if (ptr == NULL)
		return (calloc(n, size));
	if (__builtin_mul_overflow(n, size, &total)) {
		errno = ENOMEM;
		return (NULL);
	}
	if (__builtin_mul_overflow(oldn, size, &old)) {
		errno = EINVAL;
		return (NULL);
	}
	new = malloc(total);
	if (new == NULL)
		return (NULL);
	memcpy(new, ptr, old < total ? old : total);
	if (total > old)
		memset((char *)new + old, 0, total - old);
	freezero(ptr, old);
	return (new);
}

void
freezero(void *ptr, size_t size)
{
	if (ptr == NULL)
		return;
	explicit_bzero(ptr, size);
	free(ptr);
}

/* The calling thread will not allocate any more. */
void
_malloc_thread_exit(void)
{
	uint32_t i;

	for (i = 0; i < NCLASSES; i++) {
		if (cache[i].count > 0)
			cache_drain(i, 0);
	}
}

/*
 * Around fork(): the child must not find a lock that another thread held.
 */
void
_nmalloc_thr_prepfork(void)
{
	uint32_t i;

	for (i = 0; i < NCLASSES; i++)
		libc_lock(&classes[i].cl_lock);
	libc_lock(&span_lock);
}

void
_nmalloc_thr_parentfork(void)
{
	uint32_t i;

	libc_unlock(&span_lock);
	for (i = 0; i < NCLASSES; i++)
		libc_unlock(&classes[i].cl_lock);
}

void
_nmalloc_thr_childfork(void)
{
	_nmalloc_thr_parentfork();
}

/* Names for those who put allocators of their own in front. */
__weak_reference(malloc, __malloc);
__weak_reference(calloc, __calloc);
__weak_reference(realloc, __realloc);
__weak_reference(free, __free);
__weak_reference(posix_memalign, __posix_memalign);
__weak_reference(aligned_alloc, __aligned_alloc);
