/* SPDX-License-Identifier: BSD-2-Clause */
/* What sys/vm/swap_blist.c needs of the kernel, for the host. */
#ifndef SWAP_BLIST_TEST_H
#define SWAP_BLIST_TEST_H

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/types.h>

#define MALLOC_DEFINE(name, s, l)	int name __attribute__((unused))
#define M_WAITOK	0
#define M_ZERO		0
#define kmalloc(n, type, flags)	calloc(1, (n))
#define kfree(p, type)		free(p)
#define KASSERT(e, m)		assert(e)

#endif
