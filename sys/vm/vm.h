/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The basic types of the virtual memory system, which nearly every kernel
 * file sees.  Anything about maps, objects or pages is in a header of its
 * own.
 */
#ifndef _VM_VM_H_
#define _VM_VM_H_

#include <sys/types.h>
#ifdef _KERNEL
#include <sys/stdbool.h>
#endif

typedef char		vm_inherit_t;	/* VM_INHERIT_* */
typedef unsigned char	vm_prot_t;	/* VM_PROT_* */
typedef unsigned char	vm_maptype_t;	/* VM_MAPTYPE_* */
typedef char		vm_memattr_t;	/* VM_MEMATTR_* */

/* What a child process sees of a mapping. */
#define VM_INHERIT_SHARE	((vm_inherit_t)0)
#define VM_INHERIT_COPY		((vm_inherit_t)1)
#define VM_INHERIT_NONE		((vm_inherit_t)2)
#define VM_INHERIT_DEFAULT	VM_INHERIT_COPY

#define VM_PROT_NONE		((vm_prot_t)0x00)
#define VM_PROT_READ		((vm_prot_t)0x01)
#define VM_PROT_WRITE		((vm_prot_t)0x02)
#define VM_PROT_EXECUTE		((vm_prot_t)0x04)
/* Debugger: write to a private copy although the mapping is read-only. */
#define VM_PROT_OVERRIDE_WRITE	((vm_prot_t)0x08)
#define VM_PROT_NOSYNC		((vm_prot_t)0x10)

#define VM_PROT_RW		(VM_PROT_READ | VM_PROT_WRITE)
#define VM_PROT_ALL		(VM_PROT_READ | VM_PROT_WRITE | VM_PROT_EXECUTE)
#define VM_PROT_DEFAULT		VM_PROT_ALL

#define VM_MAPTYPE_UNSPECIFIED	0
#define VM_MAPTYPE_NORMAL	1	/* objects */
#define VM_MAPTYPE_VPAGETABLE	2	/* virtual kernels */
#define VM_MAPTYPE_SUBMAP	3	/* kernel only */
#define VM_MAPTYPE_UKSMAP	4	/* pages shared with the kernel */

/* Caching attributes; the numbers are the x86 PAT's. */
#define VM_MEMATTR_UNCACHEABLE		((vm_memattr_t)0)
#define VM_MEMATTR_WRITE_COMBINING	((vm_memattr_t)1)
#define VM_MEMATTR_WRITE_THROUGH	((vm_memattr_t)4)
#define VM_MEMATTR_WRITE_PROTECTED	((vm_memattr_t)5)
#define VM_MEMATTR_WRITE_BACK		((vm_memattr_t)6)
#define VM_MEMATTR_WEAK_UNCACHEABLE	((vm_memattr_t)7)
#define VM_MEMATTR_DEFAULT		VM_MEMATTR_WRITE_BACK

struct vm_map;
struct vm_map_entry;
struct vm_object;
struct vm_page;
struct vmspace;

typedef struct vm_map		*vm_map_t;
typedef struct vm_map_entry	*vm_map_entry_t;
typedef struct vm_object	*vm_object_t;
typedef struct vm_page		*vm_page_t;

#ifdef _KERNEL
#ifndef TRUE
#define TRUE	1
#define FALSE	0
#endif

/* What a kernel allocation is for; shown by accounting. */
typedef enum {
	VM_SUBSYS_UNKNOWN,
	VM_SUBSYS_KMALLOC,
	VM_SUBSYS_STACK,
	VM_SUBSYS_IMGACT,
	VM_SUBSYS_EFI,
	VM_SUBSYS_RESERVED,
	VM_SUBSYS_INIT,
	VM_SUBSYS_PIPE,
	VM_SUBSYS_PROC,
	VM_SUBSYS_SHMEM,
	VM_SUBSYS_SYSMAP,
	VM_SUBSYS_MMAP,
	VM_SUBSYS_BRK,
	VM_SUBSYS_BOGUS,
	VM_SUBSYS_BUF,
	VM_SUBSYS_BUFDATA,
	VM_SUBSYS_GD,
	VM_SUBSYS_IPIQ,
	VM_SUBSYS_PVENTRY,
	VM_SUBSYS_PML4,
	VM_SUBSYS_MAPDEV,
	VM_SUBSYS_ZALLOC,
	VM_SUBSYS_SBUF,
	VM_SUBSYS_DM,
	VM_SUBSYS_CONTIG,
	VM_SUBSYS_MODULE,
	VM_SUBSYS_LIMIT
} vm_subsys_t;
#endif

#endif /* !_VM_VM_H_ */
