/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Types of kernel memory, as vmstat -m sees them.
 */
#ifndef _SYS__MALLOC_H_
#define _SYS__MALLOC_H_

#include <sys/cdefs.h>
#include <machine/stdint.h>
#include <machine/types.h>

#if defined(_KERNEL) || defined(_KERNEL_STRUCTURES)

#define M_MAGIC		877983977	/* of an initialised type */

/* One CPU's share: (c) that CPU's; one may wrap below zero, the sum not. */
struct kmalloc_use {
	__size_t	memuse;		/* bytes */
	__size_t	inuse;		/* pieces */
	__int64_t	calls;		/* allocations ever */
	__size_t	loosememuse;/* bytes not yet in ks_loosememuse */
	__int64_t	reserved[4];
};

struct malloc_type {
	struct malloc_type *ks_next;	/* (l) all types */
	__size_t	ks_loosememuse;	/* (a) bytes, lagging by a bit */
	__size_t	ks_limit;	/* (a) bytes; 0: not yet determined */
	__uint64_t	ks_mtflags;	/* (I) */
	__uint32_t	ks_unused1;
	__uint32_t	ks_magic;	/* (I) */
	const char	*ks_shortdesc;	/* (I) */
	__uint64_t	ks_unused2;
	struct kmalloc_use *ks_use;	/* (I) array by CPU */
	struct kmalloc_use ks_use0;	/* until the array exists */
};

typedef struct malloc_type	*malloc_type_t;

#endif

#endif /* !_SYS__MALLOC_H_ */
