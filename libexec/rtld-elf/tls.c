/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Thread-local storage, variant II: the static blocks of a thread lie below
 * its thread control block, the main program's nearest.
 *
 * Objects present at startup have a fixed offset.  Some room beyond them
 * (kern.tls_extra) serves objects loaded later that insist on a fixed offset;
 * all others get a block per thread on first use, from __tls_get_addr.
 * Every TCB ever handed out is on one list, so that the initial image of a
 * late static block reaches all threads.
 */
#include <sys/mman.h>
#include "rtld.h"

#define	TCB_SIZE	64
#define	TLS_EXTRA	6144
#define	TLS_EXTRA_MIN	2048
#define	TLS_EXTRA_MAX	(1UL << 30)
#define	TCB_ALIGN	64

struct tcb {
	struct tcb	*self;
	unsigned long	*dtv;
	void		*thread;
	int		*errnop;
	void		*segstack;
	void		*reserved[3];
};

/* Lies at the start of the memory a TCB and its static blocks are in. */
struct tlsblock {
	struct tlsblock	*next;
	struct tlsblock	*prev;
	struct tcb	*tcb;
	char		*base;
};

static struct tlsblock	*blocks;
static unsigned long	max_index;
static unsigned long	generation = 1;
static size_t		last_offset;	/* of the furthest static block */
static size_t		last_size;
static size_t		static_space;
static size_t		max_align = TCB_ALIGN;

RTLD_EXPORT void *__tls_get_addr(struct tls_index *);
RTLD_EXPORT void *__tls_get_addr_tcb(struct tcb *, struct tls_index *);
RTLD_EXPORT struct tcb *_rtld_allocate_tls(void);
RTLD_EXPORT void _rtld_free_tls(struct tcb *);

void
tls_assign_index(struct obj *obj)
{
	if (obj->tlssize == 0 || obj->tlsindex != 0)
		return;
	obj->tlsindex = ++max_index;
	__atomic_fetch_add(&generation, 1, __ATOMIC_RELEASE);
}

/* Gives the object a fixed offset.  Returns -1 when the room is used up. */
int
tls_alloc_offset(struct obj *obj)
{
	size_t off;

	if (obj->tls_static || obj->tlssize == 0)
		return (0);
	off = ROUNDUP(last_offset + obj->tlssize, obj->tlsalign);
	if (static_space != 0 &&
	    (off > static_space || obj->tlsalign > max_align))
		return (-1);
	if (obj->tlsalign > max_align)
		max_align = obj->tlsalign;
	obj->tlsoffset = last_offset = off;
	last_size = obj->tlssize;
	obj->tls_static = true;
	return (0);
}

/* Room at the far end can be used again; elsewhere it is lost. */
void
tls_free_offset(struct obj *obj)
{
	if (obj->tls_static && obj->tlsoffset == last_offset &&
	    static_space != 0) {
		last_offset -= last_size;
		last_size = 0;
	}
	obj->tls_static = false;
}

/* The startup set is complete: fix how much lies below every TCB. */
void
tls_init_static(void)
{
	static const int mib[2] = { 1, 37 };	/* kern.tls_extra */
	long extra = 0;
	size_t len = sizeof(extra);
	int value;

	if (rtld_sysctl(mib, 2, &extra, &len, NULL, 0) < 0)
		extra = TLS_EXTRA;
	else if (len == sizeof(value)) {
		memcpy(&value, &extra, sizeof(value));
		extra = value;
	}
	if (extra < TLS_EXTRA_MIN)
		extra = TLS_EXTRA_MIN;
	if (extra > (long)TLS_EXTRA_MAX)
		extra = TLS_EXTRA_MAX;
	static_space = ROUND_PAGE(last_offset + extra + TCB_SIZE) - TCB_SIZE;
}

static struct obj *
obj_of_index(unsigned long index)
{
	struct obj *obj;

	for (obj = obj_list; obj != NULL; obj = obj->next) {
		if ((unsigned long)obj->tlsindex == index)
			return (obj);
	}
	return (NULL);
}

static void
fill_block(char *block, const struct obj *obj)
{
	memcpy(block, obj->tlsinit, obj->tlsinitsize);
	memset(block + obj->tlsinitsize, 0, obj->tlssize - obj->tlsinitsize);
}

static unsigned long *
new_dtv(void)
{
	unsigned long *dtv;

	dtv = xcalloc((max_index + 2) * sizeof(*dtv));
	dtv[0] = generation;
	dtv[1] = max_index;
	return (dtv);
}

struct tcb *
_rtld_allocate_tls(void)
{
	struct tlsblock *b;
	struct obj *obj;
	struct tcb *tcb;
	uintptr_t end;
	size_t size;
	char *base;

	lock_write(&bind_lock);
	size = sizeof(*b) + static_space + TCB_SIZE + max_align;
	base = xmalloc(size);
	end = (uintptr_t)base + size - TCB_SIZE;
	tcb = (struct tcb *)(end & ~(max_align - 1));
	b = (struct tlsblock *)base;
	memset(base, 0, size);
	b->tcb = tcb;
	b->base = base;
	b->prev = NULL;
	b->next = blocks;
	if (blocks != NULL)
		blocks->prev = b;
	blocks = b;
	tcb->self = tcb;
	tcb->dtv = new_dtv();
	for (obj = obj_list; obj != NULL; obj = obj->next) {
		if (!obj->tls_static)
			continue;
		fill_block((char *)tcb - obj->tlsoffset, obj);
		tcb->dtv[obj->tlsindex + 1] =
		    (unsigned long)tcb - obj->tlsoffset;
	}
	lock_unlock(&bind_lock);
	return (tcb);
}

/* Is this address inside the area allocated with the TCB? */
static bool
in_static_area(const struct tlsblock *b, unsigned long addr)
{
	return (addr >= (unsigned long)b->base && addr < (unsigned long)b->tcb);
}

void
_rtld_free_tls(struct tcb *tcb)
{
	struct tlsblock *b;
	unsigned long i;

	lock_write(&bind_lock);
	for (b = blocks; b != NULL && b->tcb != tcb; b = b->next)
		;
	if (b != NULL) {
		for (i = 0; i < tcb->dtv[1]; i++) {
			if (tcb->dtv[i + 2] != 0 &&
			    !in_static_area(b, tcb->dtv[i + 2]))
				xfree(((void **)tcb->dtv[i + 2])[-1]);
		}
		xfree(tcb->dtv);
		if (b->next != NULL)
			b->next->prev = b->prev;
		if (b->prev != NULL)
			b->prev->next = b->next;
		else
			blocks = b->next;
		xfree(b->base);
	}
	lock_unlock(&bind_lock);
}

/* A late static block: its initial contents for all existing threads. */
void
tls_distribute(struct obj *obj)
{
	struct tlsblock *b;

	for (b = blocks; b != NULL; b = b->next)
		fill_block((char *)b->tcb - obj->tlsoffset, obj);
}

/*
 * A block outside the static area, aligned as the module wants; the word
 * before it points at what the heap returned.
 */
static void *
dynamic_block(const struct obj *obj)
{
	size_t align = obj->tlsalign < 16 ? 16 : obj->tlsalign;
	uintptr_t at;
	void *base;

	base = xmalloc(obj->tlssize + align + sizeof(void *));
	at = ((uintptr_t)base + sizeof(void *) + align - 1) & ~(align - 1);
	((void **)at)[-1] = base;
	fill_block((char *)at, obj);
	return ((void *)at);
}

/* Brings a thread's DTV up to date and makes sure of one module's block. */
static void *
tls_slow(struct tcb *tcb, unsigned long index, unsigned long offset)
{
	unsigned long *dtv, *old = tcb->dtv, i;
	struct obj *obj;

	lock_write(&bind_lock);
	if (old[0] != generation) {
		dtv = new_dtv();
		for (i = 0; i < old[1] && i < max_index; i++)
			dtv[i + 2] = old[i + 2];
		tcb->dtv = dtv;
		xfree(old);
	}
	if (index == 0 || index > max_index ||
	    (obj = obj_of_index(index)) == NULL) {
		rtld_fdprintf(2, "Invalid TLS module index %lu\n", index);
		rtld_sys_exit(1);
	}
	dtv = tcb->dtv;
	if (dtv[index + 1] == 0) {
		if (obj->tls_static)
			dtv[index + 1] = (unsigned long)tcb - obj->tlsoffset;
		else
			dtv[index + 1] = (unsigned long)dynamic_block(obj);
	}
	lock_unlock(&bind_lock);
	return ((void *)(dtv[index + 1] + offset));
}

void *
__tls_get_addr_tcb(struct tcb *tcb, struct tls_index *ti)
{
	unsigned long *dtv = tcb->dtv;

	if (__builtin_expect(dtv[0] == generation &&
	    ti->ti_module <= dtv[1] && dtv[ti->ti_module + 1] != 0, 1))
		return ((void *)(dtv[ti->ti_module + 1] + ti->ti_offset));
	return (tls_slow(tcb, ti->ti_module, ti->ti_offset));
}

void *
__tls_get_addr(struct tls_index *ti)
{
	return (__tls_get_addr_tcb(rtld_tcb(), ti));
}

void *
tls_addr_current(unsigned long module, unsigned long offset)
{
	struct tls_index ti = { module, offset };

	return (__tls_get_addr(&ti));
}

/*
 * A module is going away: no thread may keep a block for its index, which
 * nobody will have again.
 */
void
tls_forget(struct obj *obj)
{
	struct tlsblock *b;
	unsigned long *slot;

	if (obj->tlsindex == 0)
		return;
	for (b = blocks; b != NULL; b = b->next) {
		if ((unsigned long)obj->tlsindex > b->tcb->dtv[1])
			continue;
		slot = &b->tcb->dtv[obj->tlsindex + 1];
		if (*slot != 0 && !in_static_area(b, *slot))
			xfree(((void **)*slot)[-1]);
		*slot = 0;
	}
}
