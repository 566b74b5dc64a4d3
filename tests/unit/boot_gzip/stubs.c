/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the loader's files call and the tests of memory do not.
 */
#include <stdint.h>
#include <stdlib.h>

struct file;

int
file_read(const struct file *file, uint64_t offset, void *buf, size_t len)
{
	abort();
}

uint64_t
phys_alloc(uint64_t size, uint64_t align, uint32_t type)
{
	abort();
}

void
phys_free(uint64_t base)
{
	abort();
}
