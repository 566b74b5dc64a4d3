/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the rest of the kernel asks of the virtual memory system: faults,
 * access to user memory, mapping files.
 */
#ifndef _VM_VM_EXTERN_H_
#define _VM_VM_EXTERN_H_

#ifdef _KERNEL

#include <sys/types.h>
#include <vm/vm.h>

struct proc;
struct lwp;
struct thread;
struct vmspace;
struct vnode;
struct cdev;
struct file;
struct uio;
struct vmtotal;
struct sf_buf;
struct xio;

/* --- faults -------------------------------------------------------------- */

#define VM_FAULT_NORMAL		0x00
#define VM_FAULT_CHANGE_WIRING	0x01	/* wire the page */
#define VM_FAULT_USER_WIRE	0x02	/* mlock: honour max_protection */
#define VM_FAULT_BURST		0x04	/* map neighbours too */
#define VM_FAULT_DIRTY		0x08	/* about to be written */
#define VM_FAULT_UNSWAP		0x10
#define VM_FAULT_BURST_QUICK	0x20
#define VM_FAULT_USERMODE	0x40	/* from user code: may be killed */

/*
 * Resolve a fault at vaddr (of any alignment).  Grows stacks.  Returns
 * KERN_SUCCESS, KERN_INVALID_ADDRESS (nothing mapped, or beyond the end of
 * the file), KERN_PROTECTION_FAILURE, or KERN_FAILURE (I/O error).  Sleeps.
 */
int	 vm_fault(struct vm_map *map, vm_offset_t vaddr, vm_prot_t fault_type,
	    int fault_flags);
/*
 * Fault in va of the current process (or of map) for the rights in prot and
 * return its page held (wired), or NULL with the errno in *errorp.
 * VM_PROT_READ | VM_PROT_OVERRIDE_WRITE: a page that the kernel may change,
 * which private mappings get a copy for even if they are read-only.
 */
vm_page_t vm_fault_page_quick(vm_offset_t va, vm_prot_t prot, int *errorp);
vm_page_t vm_fault_page(struct vm_map *map, vm_offset_t va, vm_prot_t prot,
	    int fault_flags, int *errorp);
/*
 * Hold the pages of [addr, addr + len) for I/O: ma receives them, at most
 * max.  Returns their number or -1.  vm_page_unhold() each afterwards.
 */
int	 vm_fault_quick_hold_pages(struct vm_map *map, vm_offset_t addr,
	    vm_size_t len, vm_prot_t prot, vm_page_t *ma, int max);
void	 vm_fault_unhold_pages(vm_page_t *ma, int count);

/*
 * A number for a word of the current process's memory: the same for all who
 * share it, for as long as it is mapped; the wait channel of umtx.  0 or
 * EFAULT.  Shared memory must have been touched before.  May sleep.
 */
int	 vm_umtx_key(vm_offset_t uaddr, uintptr_t *keyp);

/* --- user memory checks -------------------------------------------------- */

/* Is [addr, addr + len) mapped with the rights? (useracc, kernacc) */
int	 useracc(c_caddr_t addr, int len, int rw);
int	 kernacc(c_caddr_t addr, int len, int rw);

/* --- process glue (vm_glue.c) -------------------------------------------- */

/* Give p2 its address space: a copy, or with RFMEM p1's own. */
void	 vm_fork(struct proc *p1, struct proc *p2, int flags);
void	 vm_waitproc(struct proc *p);
int	 vm_oom_kill_largest(const char *why);

/* --- mapping ------------------------------------------------------------- */

/*
 * The work of mmap: map size bytes of handle (a vnode, a cdev with
 * OBJT_DEVICE, NULL for anonymous memory) into map at or above *addr.
 * flags are MAP_* of <sys/mman.h>.  Returns an errno.
 */
int	 vm_mmap(struct vm_map *map, vm_offset_t *addr, vm_size_t size,
	    vm_prot_t prot, vm_prot_t maxprot, int flags, void *handle,
	    vm_ooffset_t foff, struct file *fp);
vm_offset_t vm_map_hint(struct proc *p, vm_offset_t addr, vm_prot_t prot,
	    int flags);
/* Map an object at a place chosen as mmap does; consumes a reference. */
int	 vm_mmap_to_errno(int rv);

/* --- statistics ---------------------------------------------------------- */
void	 vm_sched_init(void);

#endif /* _KERNEL */

#endif /* !_VM_VM_EXTERN_H_ */
