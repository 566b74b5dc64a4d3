/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * CPU dependent types that go by plain names in kernel and system headers.
 */
#ifndef _CPU_TYPES_H_
#define _CPU_TYPES_H_

#include <machine/stdint.h>

#ifdef _KERNEL
typedef __uint64_t	vm_page_t_index;	/* page number in an object */
#endif

typedef __int64_t	critical_t;
typedef __uint64_t	vm_offset_t;	/* address in an address space */
typedef __uint64_t	vm_size_t;	/* bytes of address space */
typedef __uint64_t	vm_pindex_t;	/* page index in an object */
typedef __uint64_t	vm_spindex_t;	/* page index in swap space */
typedef __int64_t	vm_ooffset_t;	/* byte offset in an object */
typedef __uint64_t	vm_poff_t;	/* page offset */
typedef __uint64_t	vm_paddr_t;	/* physical address */
typedef __uint64_t	pml4_entry_t;
typedef __uint64_t	pdp_entry_t;
typedef __uint64_t	pd_entry_t;
typedef __uint64_t	pt_entry_t;
typedef __uint32_t	cpulock_t;	/* counted lock word */

#endif /* !_CPU_TYPES_H_ */
