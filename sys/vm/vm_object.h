/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory objects: pages by index, and where their contents come from.
 *
 * An object is anonymous memory, a file's data, a device's registers or
 * physical memory handed out by the kernel.  It caches pages; its pager
 * (see vm_pager.h) fills and cleans them.  Map entries refer to objects
 * through struct vm_map_backing, and each object lists the backings that
 * refer to it, which is how the mappings of a page are found.
 *
 * Lifetime: ref_count counts users (map entries, file systems).  When it
 * drops to zero an anonymous object is terminated: its pages are freed.  A
 * vnode's object lives as long as the vnode keeps it (vnode_pager_alloc()
 * .. vm_object_terminate()); while it is mapped it holds a reference on
 * the vnode.  hold_count keeps only the structure.
 *
 * Locking: the spinlock protects the tree of pages and the list of
 * backings and is held for a few instructions.  Faults on different pages
 * run in parallel: they exclude each other by the pages' busy state only.
 * The token serialises whole operations such as truncation, where a caller
 * wants that; the fault path does not take it.
 */
#ifndef _VM_VM_OBJECT_H_
#define _VM_VM_OBJECT_H_

#ifdef _KERNEL

#include <sys/types.h>
#include <sys/queue.h>
#include <sys/spinlock.h>
#include <sys/thread.h>
#include <sys/tree.h>
#include <vm/vm.h>
#include <vm/vm_radix.h>

struct uio;
struct vm_map_backing;
TAILQ_HEAD(vm_map_backing_list, vm_map_backing);
struct swblock;
RB_HEAD(swblock_tree, swblock);

enum obj_type {
	OBJT_DEFAULT,		/* anonymous, nothing on swap yet */
	OBJT_SWAP,		/* anonymous, some on swap */
	OBJT_VNODE,		/* a file */
	OBJT_DEVICE,		/* a device's memory, by d_mmap */
	OBJT_MGTDEVICE,		/* a device that manages faults itself */
	OBJT_PHYS,		/* wired memory */
	OBJT_DEAD,		/* going away */
	OBJT_MARKER
};
typedef u_char objtype_t;

/*
 * Lock letters: (s) spin, (a) atomic, (I) fixed at creation, (t) token,
 * (l) the bucket's lock, (w) the swap daemon's own.
 */
struct vm_object {
	struct spinlock	spin;
	struct vm_radix	pages;			/* (s) */
	struct vm_map_backing_list backing_list; /* (s) who maps us */
	struct lwkt_token token;
	objtype_t	type;			/* (s) OBJT_* */
	vm_memattr_t	memattr;		/* (I) caching of its pages */
	u_short		flags;			/* (a) OBJ_* */
	int		ref_count;		/* (a) users */
	int		hold_count;		/* (a) structure */
	int		backing_count;		/* (s) length of the list */
	u_int		paging_in_progress;	/* (a) */
	long		resident_page_count;	/* (s) */
	vm_pindex_t	size;			/* (s) in pages; see below */
	void		*handle;		/* (I) vnode, cdev, ... */
	int		domain;			/* (I) preferred, -1 none */
	TAILQ_ENTRY(vm_object) bucket_link;	/* (l) anonymous ones */
	struct swblock_tree swblocks;		/* (s) places on swap */
	long		swap_count;		/* (s) pages with a place */
	vm_pindex_t	swap_hand;		/* (w) where to go on */
	union {
		struct {
			off_t	vnp_size;	/* (s) bytes */
		} vnp;
		struct {
			int	(*fault)(struct vm_object *, vm_ooffset_t,
				    int, vm_paddr_t *);
			void	*arg;
		} devp;
	} un_pager;
};

/* flags */
#define OBJ_ACTIVE	0x0004	/* vnode: in use */
#define OBJ_DEAD	0x0008	/* contents gone for good */
#define OBJ_NOSPLIT	0x0010	/* pages never move to another object */
#define OBJ_ONEMAPPING	0x2000
#define OBJ_UNMANAGED	0x1000	/* pages are never reclaimed */
#define OBJ_MIGHTBEDIRTY 0x0100	/* vnode: may have dirty pages */
#define OBJ_WRITEABLE	0x0080	/* vnode: was mapped writable */
#define OBJ_KEEPSIZE	0x0400	/* faults beyond size are refused */

#define VM_OBJECT_ANON(obj) \
	((obj)->type == OBJT_DEFAULT || (obj)->type == OBJT_SWAP)

/* --- life ---------------------------------------------------------------- */

/*
 * A new object of size pages with one reference.  Sizes of anonymous
 * objects are advisory: entries may grow over them.
 */
vm_object_t vm_object_allocate(objtype_t type, vm_pindex_t size);
void	 vm_object_reference(vm_object_t object);
#define vm_object_reference_locked(o)	vm_object_reference(o)
void	 vm_object_deallocate(vm_object_t object);
/*
 * Discard all pages, dirty ones too (write them before), and mark the
 * object dead.  The caller gives up the object.  May sleep.
 */
void	 vm_object_terminate(vm_object_t object);
#define vm_object_terminate_object(o)	vm_object_terminate(o)

/* Keep the structure, and the token. */
void	 vm_object_hold(vm_object_t object);
void	 vm_object_hold_shared(vm_object_t object);
void	 vm_object_drop(vm_object_t object);

/* Keep the structure only. */
void	 vm_object_hold_count(vm_object_t object);
void	 vm_object_drop_count(vm_object_t object);

void	 vm_object_pip_add(vm_object_t object, u_int n);
void	 vm_object_pip_wakeup(vm_object_t object);
#define vm_object_pip_wakeup_n(o, n)	vm_object_pip_wakeupn((o), (n))
void	 vm_object_pip_wakeupn(vm_object_t object, u_int n);
void	 vm_object_pip_wait(vm_object_t object, const char *wmesg);

/* --- all anonymous objects ----------------------------------------------- */

#define VM_OBJECT_BUCKETS	64

/*
 * They are kept in buckets.  The first object of a bucket, its structure held
 * for the caller, or NULL; rotate moves it to the end.
 */
long	 vm_object_bucket_count(int bucket);
vm_object_t vm_object_bucket_next(int bucket);
void	 vm_object_bucket_rotate(int bucket, vm_object_t object);
/*
 * Call fn for each that is in use, with a reference, until it returns other
 * than 0, and return that.  Objects that move meanwhile may be missed.
 */
int	 vm_object_scan_anon(int (*fn)(vm_object_t, void *), void *arg);

/* --- pages --------------------------------------------------------------- */

/*
 * Has the object, if anonymous, a page of that index, in memory or on swap?
 * For others: in memory?
 */
bool	 vm_object_has(vm_object_t object, vm_pindex_t pindex);
/* The same for all indices [start, end) of an anonymous object. */
bool	 vm_object_has_any(vm_object_t object, vm_pindex_t start,
	    vm_pindex_t end);

/*
 * Unmap and free the pages [start, end) (end 0: all).  clean_only keeps
 * dirty ones.  Sleeps for busy pages.
 */
void	 vm_object_page_remove(vm_object_t object, vm_pindex_t start,
	    vm_pindex_t end, boolean_t clean_only);

/* The same for pages of which the caller knows that they are not mapped. */
void	 vm_object_free_unmapped(vm_object_t object, vm_pindex_t start,
	    vm_pindex_t end);

#define OBJPC_SYNC	0x1	/* wait for the I/O */
#define OBJPC_INVAL	0x2	/* free the pages after it */
#define OBJPC_NOSYNC	0x4	/* leave MAP_NOSYNC pages alone */
#define OBJPC_CLUSTER_OK 0x8
/* Write dirty pages [start, end) (end 0: to the end) to the pager. */
void	 vm_object_page_clean(vm_object_t object, vm_pindex_t start,
	    vm_pindex_t end, int flags);

/* The next resident page at or after *pindexp, busied. NULL at end. */
vm_page_t vm_object_next_page(vm_object_t object, vm_pindex_t *pindexp,
	    vm_pindex_t end, const char *wmesg);

/* --- file systems that keep file data in anonymous objects --------------- */

#define VM_OBJ_UIO_NOZERO	0x1
/*
 * Move n bytes between the object at byte offset and the uio, by way of the
 * direct map, never mapping anything.  Reading (uio_rw UIO_READ) holes
 * gives zeros without allocating pages; writing creates zero-filled pages
 * as needed and marks them dirty, or fails with ENOSPC when memory and swap
 * are full.  Sleeps, may fault on user memory.
 * Returns an errno; uio_resid tells how far it came.  The caller checks
 * sizes and quotas and keeps the range from being truncated meanwhile.
 */
int	 vm_object_uiomove(vm_object_t object, off_t offset, size_t n,
	    struct uio *uio, int flags);
/*
 * The page at pindex, held (vm_page_unhold), if it is resident and [base,
 * base + size) of it valid; else NULL.
 */
vm_page_t vm_object_wire_valid(vm_object_t object, vm_pindex_t pindex,
	    int base, int size);
/*
 * Read only what is resident and valid: stops without error at the first
 * page that is not (uio_resid tells), for read fast paths.
 */
int	 vm_object_read_cached(vm_object_t object, off_t offset, size_t n,
	    struct uio *uio);
/* Zero bytes [from, to): partial pages only if resident, others freed. */
void	 vm_object_zero_range(vm_object_t object, off_t from, off_t to);
/* Cut to size bytes: frees pages beyond, zeroes the tail of the last. */
void	 vm_object_truncate(vm_object_t object, off_t size);

/* --- backings (vm_rmap.c) ------------------------------------------------ */

void	 vm_object_backing_attach(struct vm_map_backing *ba);
void	 vm_object_backing_detach(struct vm_map_backing *ba);
/* Does nobody but ba refer to any page of ba's range of its object? */
bool	 vm_object_backing_private(struct vm_map_backing *ba);

#endif /* _KERNEL */

#endif /* !_VM_VM_OBJECT_H_ */
