/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Between the parts of kmalloc: slabs (kern_slaballoc.c) and whole pages
 * (kern_slablarge.c).
 */
#ifndef _KERN_SLAB_H_
#define _KERN_SLAB_H_

#include <sys/types.h>

#define KMALLOC_SLAB_MAX	8192	/* bytes; larger sizes are pages */
#define KMALLOC_CLASSES		32

extern struct malloc_type *kmemstatistics;

/* size is a multiple of the page size; NULL when there is no memory. */
void	*kmalloc_large(size_t size, int flags);
/* Bytes behind ptr, 0 if it is not one of these. */
size_t	kmalloc_large_size(const void *ptr);
void	kmalloc_large_free(void *ptr);

#endif /* !_KERN_SLAB_H_ */
