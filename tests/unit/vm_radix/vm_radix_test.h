/* SPDX-License-Identifier: BSD-2-Clause */
/* What sys/vm/vm_radix.c needs of the kernel, for the host. */
#ifndef VM_RADIX_TEST_H
#define VM_RADIX_TEST_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vm_page {
	uint64_t pindex;
};

#endif
