/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Kernel memory: kmalloc(9).
 *
 * Every allocation has a type, which counts it and may limit it.  Sizes up
 * to 8 KB come from per-CPU slabs; larger ones are whole pages.  Memory is
 * aligned to 16 bytes at least, powers of two to their size up to a page.
 */
#ifndef _SYS_MALLOC_H_
#define _SYS_MALLOC_H_

#ifdef _KERNEL

#include <sys/types.h>
#include <sys/_malloc.h>
#include <sys/kernel.h>

/* One of the first three or M_INTWAIT; others may be added. */
#define M_WAITOK	0x0002	/* may sleep; never NULL */
#define M_NOWAIT	0x0001	/* may return NULL, never sleeps */
#define M_INTWAIT	(M_WAITOK | M_USE_RESERVE | M_USE_INTERRUPT_RESERVE)
#define M_SYSWAIT	(M_WAITOK | M_USE_RESERVE)
#define M_SYSNOWAIT	(M_NOWAIT | M_USE_RESERVE)
#define M_INTNOWAIT	(M_NOWAIT | M_USE_RESERVE | M_USE_INTERRUPT_RESERVE)
#define M_ZERO		0x0100	/* zeroed */
#define M_USE_RESERVE	0x0200	/* may dig into reserves */
#define M_NULLOK	0x0400	/* NULL when the type's limit is reached */
#define M_PASSIVE_ZERO	0x0800	/* is zero already if never used */
#define M_USE_INTERRUPT_RESERVE 0x1000 /* into all of them */
#define M_POWEROF2	0x2000	/* size rounded up to a power of two */
#define M_CACHEALIGN	0x4000	/* aligned to cache lines */
#define M_RNOWAIT	M_NOWAIT

#define MALLOC_DECLARE(type)	extern struct malloc_type type[1]
#define MALLOC_DEFINE(type, shortdesc, longdesc)			\
	struct malloc_type type[1] = { {				\
		.ks_magic = M_MAGIC, .ks_shortdesc = shortdesc,		\
	} };								\
	SYSINIT(type##_init, SI_BOOT1_KMALLOC, SI_ORDER_ANY,		\
	    malloc_init, type);						\
	SYSUNINIT(type##_uninit, SI_BOOT1_KMALLOC, SI_ORDER_ANY,	\
	    malloc_uninit, type)
#define MALLOC_DEFINE_OBJ(type, size, shortdesc, longdesc) \
	MALLOC_DEFINE(type, shortdesc, longdesc)

MALLOC_DECLARE(M_CACHE);
MALLOC_DECLARE(M_DEVBUF);
MALLOC_DECLARE(M_TEMP);

void	*kmalloc(size_t size, struct malloc_type *type, int flags)
	    __malloclike __alloc_size(1);
/* (old pointer or NULL, new size); contents kept; NULL: old still there. */
void	*krealloc(void *ptr, size_t size, struct malloc_type *type, int flags)
	    __alloc_size(2);
/* Free; NULL is allowed. */
void	kfree(void *ptr, struct malloc_type *type);
#define kmalloc_cachealign(size, type, flags) \
	kmalloc((size), (type), (flags) | M_CACHEALIGN)
#define kmalloc_powerof2(size, type, flags) \
	kmalloc((size), (type), (flags) | M_POWEROF2)
char	*kstrdup(const char *str, struct malloc_type *type);
char	*kstrndup(const char *str, size_t maxlen, struct malloc_type *type);
/* Bytes actually there behind ptr. */
size_t	kmalloc_usable_size(const void *ptr);

void	malloc_init(void *type);
void	malloc_uninit(void *type);
void	kmalloc_raise_limit(struct malloc_type *type, size_t bytes);
void	kmalloc_set_unlimited(struct malloc_type *type);
size_t	kmalloc_limit(struct malloc_type *type);
void	kmalloc_create(struct malloc_type **typep, const char *descr);
void	kmalloc_destroy(struct malloc_type **typep);
void	slab_cleanup(void);		/* give unused slabs back; by idle */
void	slab_gdinit(struct globaldata *gd);
void	slab_init(void *dummy);
/* The statistics of the index'th type as a line; 0: no such. */
int	kmemstat_line(int index, char *buf, size_t size);

/* Physically contiguous memory is VM's: <vm/vm_kern.h>. */
void	*contigmalloc(unsigned long size, struct malloc_type *type, int flags,
	    vm_paddr_t low, vm_paddr_t high, unsigned long alignment,
	    unsigned long boundary);
void	contigfree(void *addr, unsigned long size, struct malloc_type *type);

#endif /* _KERNEL */

#endif /* !_SYS_MALLOC_H_ */
