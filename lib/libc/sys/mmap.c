/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mmap(): the system call has a word of padding before the offset.
 */
#include <sys/types.h>
#include <sys/mman.h>

#include "libc_private.h"

void *
mmap(void *addr, size_t len, int prot, int flags, int fd, off_t offset)
{
	return (__sys_mmap(addr, len, prot, flags, fd, 0, offset));
}
