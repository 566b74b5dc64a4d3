/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The run-time linker's heap: power-of-two size classes from 32 bytes to
 * half a chunk, cut from 256 KB mappings and recycled through one free list
 * each; larger requests are mappings of their own.  Each block is preceded by
 * a 16-byte header with its class (or mapping size).  Used only under the
 * bind lock held for writing.  Running out of memory ends the process.
 */
#include <sys/mman.h>
#include "rtld.h"

#define	MIN_SHIFT	5
#define	NCLASSES	13		/* 32 bytes ... 128 KB */
#define	CHUNK		(256UL * 1024)
#define	CLASS_BIG	0xffffU

struct head {
	size_t		size;		/* of the mapping, if CLASS_BIG */
	unsigned int	class;
	unsigned int	pad;
};

struct freeblock {
	struct freeblock *next;
};

static struct freeblock	*freelist[NCLASSES];
static char		*chunk;
static size_t		chunkleft;

static void *
map(size_t size)
{
	long p;

	p = rtld_mmap(NULL, size, PROT_READ | PROT_WRITE,
	    MAP_ANON | MAP_PRIVATE, -1, 0);
	if (p < 0 && p > -4096) {
		_rtld_error("Out of memory");
		rtld_die();
	}
	return ((void *)p);
}

void *
xmalloc(size_t size)
{
	struct freeblock *f;
	struct head *h;
	unsigned int class;
	size_t need;

	need = size + sizeof(*h);
	for (class = 0; class < NCLASSES &&
	    ((size_t)1 << (class + MIN_SHIFT)) < need; class++)
		;
	if (class == NCLASSES) {
		need = ROUND_PAGE(need);
		h = map(need);
		h->size = need;
		h->class = CLASS_BIG;
		return (h + 1);
	}
	if ((f = freelist[class]) != NULL) {
		freelist[class] = f->next;
		return (f);
	}
	need = (size_t)1 << (class + MIN_SHIFT);
	if (chunkleft < need) {
		chunk = map(CHUNK);
		chunkleft = CHUNK;
	}
	h = (struct head *)chunk;
	chunk += need;
	chunkleft -= need;
	h->class = class;
	return (h + 1);
}

void *
xcalloc(size_t size)
{
	return (memset(xmalloc(size), 0, size));
}

static size_t
usable(const void *p)
{
	const struct head *h = (const struct head *)p - 1;

	if (h->class == CLASS_BIG)
		return (h->size - sizeof(*h));
	return (((size_t)1 << (h->class + MIN_SHIFT)) - sizeof(*h));
}

void
xfree(void *p)
{
	struct freeblock *f = p;
	struct head *h;

	if (p == NULL)
		return;
	h = (struct head *)p - 1;
	if (h->class == CLASS_BIG) {
		rtld_munmap(h, h->size);
		return;
	}
	f->next = freelist[h->class];
	freelist[h->class] = f;
}

void *
xrealloc(void *old, size_t size)
{
	void *p;

	if (old != NULL && usable(old) >= size)
		return (old);
	p = xmalloc(size);
	if (old != NULL) {
		memcpy(p, old, usable(old));
		xfree(old);
	}
	return (p);
}

char *
xstrndup(const char *s, size_t n)
{
	char *p;

	p = xmalloc(n + 1);
	memcpy(p, s, n);
	p[n] = '\0';
	return (p);
}

char *
xstrdup(const char *s)
{
	return (xstrndup(s, strlen(s)));
}
