/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory: pages from the firmware, recorded so that the kernel learns what
 * the loader handed over, and a first-fit heap on top of them.
 *
 * Heap chunks are BOOT_MEM_RAM: the kernel may overwrite them at once, so
 * nothing in boot_info may point into the heap.
 */
#include <sys/boot_info.h>

#include "boot.h"

#define HEAP_CHUNK	(1024 * 1024UL)
#define HEAP_ALIGN	16UL

struct extent *extents;

struct block {
	size_t		size;		/* of the block, header included */
	struct block	*next;		/* next free, by address */
};

static struct block *free_list;
static size_t heap_size, heap_used;

/* Extents describe themselves from this pool, so that no heap is needed. */
static struct extent *spare_extents;

static void
extent_insert(struct extent *e)
{
	struct extent **link;

	for (link = &extents; *link != NULL; link = &(*link)->next) {
		if ((*link)->base > e->base)
			break;
	}
	e->next = *link;
	*link = e;
}

static struct extent *
extent_new(void)
{
	struct extent *e;
	uint64_t page;
	size_t i;

	if (spare_extents == NULL) {
		page = fw_phys_alloc(PAGE_SIZE, PAGE_SIZE);
		if (page == 0)
			return (NULL);
		/* The first describes the page they lie in. */
		e = (struct extent *)page;
		e[0].base = page;
		e[0].size = PAGE_SIZE;
		e[0].type = BOOT_MEM_RAM;
		extent_insert(&e[0]);
		for (i = 1; i < PAGE_SIZE / sizeof(*e); i++) {
			e[i].next = spare_extents;
			spare_extents = &e[i];
		}
	}
	e = spare_extents;
	spare_extents = e->next;
	return (e);
}

uint64_t
phys_alloc(uint64_t size, uint64_t align, uint32_t type)
{
	struct extent *e;

	if (size == 0 || size > UINT32_MAX)
		return (0);
	size = roundup2(size, PAGE_SIZE);
	e = extent_new();
	if (e == NULL)
		return (0);
	e->base = fw_phys_alloc(size, align < PAGE_SIZE ? PAGE_SIZE : align);
	if (e->base == 0) {
		e->next = spare_extents;
		spare_extents = e;
		return (0);
	}
	e->size = size;
	e->type = type;
	extent_insert(e);
	return (e->base);
}

void
phys_free(uint64_t base)
{
	struct extent *e, **link;

	for (link = &extents; (e = *link) != NULL; link = &e->next) {
		if (e->base != base)
			continue;
		*link = e->next;
		fw_phys_free(e->base, e->size);
		e->next = spare_extents;
		spare_extents = e;
		return;
	}
}

static void
heap_insert(struct block *b)
{
	struct block **link;

	for (link = &free_list; *link != NULL; link = &(*link)->next) {
		if (*link > b)
			break;
	}
	b->next = *link;
	*link = b;
	if (b->next != NULL && (char *)b + b->size == (char *)b->next) {
		b->size += b->next->size;
		b->next = b->next->next;
	}
	if (link != &free_list) {
		struct block *prev = (struct block *)((char *)link -
		    offsetof(struct block, next));

		if ((char *)prev + prev->size == (char *)b) {
			prev->size += b->size;
			prev->next = b->next;
		}
	}
}

static bool
heap_grow(size_t need)
{
	struct block *b;
	size_t size = need < HEAP_CHUNK ? HEAP_CHUNK :
	    roundup2(need, PAGE_SIZE);

	b = (struct block *)phys_alloc(size, PAGE_SIZE, BOOT_MEM_RAM);
	if (b == NULL)
		return (false);
	heap_size += size;
	b->size = size;
	heap_insert(b);
	return (true);
}

void *
malloc(size_t len)
{
	struct block *b, *rest, **link;
	size_t size;

	if (len > UINT32_MAX)
		return (NULL);
	size = roundup2(len + HEAP_ALIGN, HEAP_ALIGN);
	for (;;) {
		for (link = &free_list; (b = *link) != NULL; link = &b->next) {
			if (b->size >= size)
				break;
		}
		if (b != NULL)
			break;
		if (!heap_grow(size))
			return (NULL);
	}
	if (b->size - size >= 4 * HEAP_ALIGN) {
		rest = (struct block *)((char *)b + size);
		rest->size = b->size - size;
		rest->next = b->next;
		*link = rest;
		b->size = size;
	} else {
		*link = b->next;
	}
	heap_used += b->size;
	return ((char *)b + HEAP_ALIGN);
}

void
free(void *p)
{
	struct block *b;

	if (p == NULL)
		return;
	b = (struct block *)((char *)p - HEAP_ALIGN);
	heap_used -= b->size;
	heap_insert(b);
}

void *
realloc(void *p, size_t len)
{
	struct block *b;
	size_t old;
	void *n;

	n = malloc(len);
	if (p == NULL || n == NULL)
		return (n);
	b = (struct block *)((char *)p - HEAP_ALIGN);
	old = b->size - HEAP_ALIGN;
	memcpy(n, p, old < len ? old : len);
	free(p);
	return (n);
}

void *
xmalloc(size_t len)
{
	void *p = malloc(len);

	if (p == NULL) {
		printf("\nThe loader is out of memory.  Press a key to "
		    "restart.\n");
		cons_getc();
		fw_reset();
	}
	return (p);
}

char *
xstrdup(const char *s)
{
	size_t len = strlen(s) + 1;

	return (memcpy(xmalloc(len), s, len));
}

void
heap_report(void)
{
	struct extent *e;

	printf("heap: %zu bytes in use of %zu\n", heap_used, heap_size);
	for (e = extents; e != NULL; e = e->next)
		printf("  %08lx-%08lx %s\n", e->base, e->base + e->size,
		    e->type == BOOT_MEM_KERNEL ? "kernel" :
		    e->type == BOOT_MEM_LOADER ? "for the kernel" : "heap");
}
