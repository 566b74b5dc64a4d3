/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the files that implement maps, address spaces and faults share.  The
 * map is locked exclusively unless said otherwise.
 */
#ifndef _VM_VM_MAP_PRIV_H_
#define _VM_VM_MAP_PRIV_H_

#ifdef _KERNEL

#include <sys/malloc.h>
#include <vm/vm_map.h>

MALLOC_DECLARE(M_VMENTRY);
MALLOC_DECLARE(M_VMBACKING);

#define VM_CHAIN_MAX	4	/* backings behind an entry's own object */

vm_map_entry_t vm_map_entry_create(vm_map_t map, vm_offset_t start,
	    vm_offset_t end);
void	 vm_map_entry_link(vm_map_t map, vm_map_entry_t e);
void	 vm_map_entry_unlink(vm_map_t map, vm_map_entry_t e);
/* Free an entry that is in no map and has nothing in the page tables. */
void	 vm_map_entry_dispose(vm_map_entry_t e);
/* Cut e at addr; e keeps the lower part, the upper one is returned. */
vm_map_entry_t vm_map_entry_split(vm_map_t map, vm_map_entry_t e,
	    vm_offset_t addr);
/*
 * Cut entries so that they end at start and end, and return the first of
 * those within, or NULL.
 */
vm_map_entry_t vm_map_clip_range(vm_map_t map, vm_offset_t start,
	    vm_offset_t end);
void	 vm_map_backing_copy_chain(struct vm_map_backing *to,
	    const struct vm_map_backing *from, struct pmap *pmap);
void	 vm_map_backing_release_chain(struct vm_map_backing *head);
/* Move an end of the range of all of a chain (offsets follow the start). */
void	 vm_map_chain_set_start(struct vm_map_backing *ba, vm_offset_t start);
void	 vm_map_chain_set_end(struct vm_map_backing *ba, vm_offset_t end);
/* Shorten e's chain where its objects are nobody else's. */
void	 vm_map_entry_collapse(vm_map_entry_t e);

/*
 * Map those pages in [start, start + len) of e that are resident, read-only
 * where they are copy-on-write.  Map locked at least shared.
 */
void	 vm_fault_prefault(vm_map_entry_t e, vm_offset_t start, vm_size_t len);
/*
 * Resolve a fault at va of anonymous memory by a 2 MB page; false when that
 * is not suitable.  Map locked shared.
 */
bool	 vm_fault_large(vm_map_entry_t e, vm_offset_t va);
/* The pages of a wired entry are no longer wired through it. */
void	 vm_fault_unwire(vm_map_t map, vm_map_entry_t e);

#endif /* _KERNEL */

#endif /* !_VM_VM_MAP_PRIV_H_ */
