/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Address spaces.
 *
 * A vm_map is an ordered set of entries; an entry is a range of addresses
 * with one protection and one source of contents.  The source is a short
 * chain of *backings*: the first is the entry's own object, where writes
 * go; each further one is consulted for pages the former lack.  Private
 * mappings start with a chain of one (the file, or nothing for anonymous
 * memory); a write to a page that is shared copy-on-write pushes a new
 * backing in front (vm_map_entry_shadow()).  Chains belong to one entry and
 * are copied at fork; the objects are shared.  A backing whose object
 * nobody else uses is merged with the one in front of it at the next fork,
 * so chains stay short however often a process forks.
 *
 * Locking: the map's lock is held shared by faults and lookups, exclusive
 * by everything that changes entries.  What faults may change while holding
 * it shared: setting an entry's first object (atomically), adding and
 * removing pages.
 */
#ifndef _VM_VM_MAP_H_
#define _VM_VM_MAP_H_

#ifdef _KERNEL

#include <sys/types.h>
#include <sys/lock.h>
#include <sys/queue.h>
#include <sys/thread.h>
#include <sys/tree.h>
#include <vm/vm.h>
#include <vm/pmap.h>

struct lwp;
struct proc;
struct ucred;

/*
 * Provides one page shared between kernel and user at an address; returns
 * 0 and its physical address, or an errno.
 */
typedef int (*vm_uksmap_fn)(struct proc *p, void *arg, u_long pgoff,
	    vm_paddr_t *pap);

/*
 * Lock letters: (m) map lock exclusive to change, (s) object's spin,
 * (a) atomic, (I) fixed at creation.
 */
struct vm_map_backing {
	TAILQ_ENTRY(vm_map_backing) link;	/* (s) object's backing_list */
	struct pmap	*pmap;			/* (I) */
	vm_offset_t	start;			/* (m)(s) mapped range */
	vm_offset_t	end;
	vm_ooffset_t	offset;			/* (m)(s) of start, in object */
	vm_object_t	object;			/* (m)(a) NULL: none yet */
	struct vm_map_backing *backing_ba;	/* (m) next in the chain */
	vm_uksmap_fn	uksmap;			/* (I) or this, no object */
	void		*aux;			/* (I) its argument */
};

struct vm_map_entry {
	RB_ENTRY(vm_map_entry) rb;		/* (m) */
	TAILQ_ENTRY(vm_map_entry) link;		/* (m) in address order */
	struct vm_map_backing ba;		/* (m) */
	vm_offset_t	avail_ssize;		/* (m) stack may grow so much */
	u_int		eflags;			/* (m)(a) MAP_ENTRY_* */
	int		wired_count;		/* (m) */
	vm_prot_t	protection;		/* (m) */
	vm_prot_t	max_protection;		/* (m) */
	vm_inherit_t	inheritance;		/* (m) */
	vm_maptype_t	maptype;		/* (I) */
	u_char		id;			/* (I) vm_subsys_t */
};

/* eflags */
#define MAP_ENTRY_NOSYNC	0x0001
#define MAP_ENTRY_STACK		0x0002	/* grows downward */
#define MAP_ENTRY_COW		0x0004	/* private */
#define MAP_ENTRY_NEEDS_COPY	0x0008	/* shadow before writing */
#define MAP_ENTRY_USER_WIRED	0x0020	/* mlock */
#define MAP_ENTRY_BEHAV_NORMAL	0x0000	/* madvise */
#define MAP_ENTRY_BEHAV_SEQUENTIAL 0x0040
#define MAP_ENTRY_BEHAV_RANDOM	0x0080
#define MAP_ENTRY_BEHAV_MASK	0x00c0
#define MAP_ENTRY_NOCOREDUMP	0x0400
#define MAP_ENTRY_KSTACK	0x0800
#define MAP_ENTRY_NOFAULT	0x1000	/* guard: every access fails */

TAILQ_HEAD(vm_map_entry_list, vm_map_entry);

struct vm_map {
	struct lock	lock;
	RB_HEAD(vm_map_rb_tree, vm_map_entry) rb_root;	/* (m) */
	struct vm_map_entry_list entries;		/* (m) */
	vm_offset_t	hint_from;		/* (m) between these two */
	vm_offset_t	hint_to;		/* (m) there is no hole as */
	vm_size_t	hint_size;		/* (m) large as this */
	vm_offset_t	min_addr;		/* (I) */
	vm_offset_t	max_addr;		/* (I) exclusive */
	int		nentries;		/* (m) */
	u_int		timestamp;		/* (m) changes so far */
	vm_size_t	size;			/* (m) bytes mapped */
	u_int		flags;			/* (m) MAP_WIREFUTURE */
	int		system_map;		/* (I) */
	struct pmap	*pmap;			/* (I) */
};
RB_PROTOTYPE(vm_map_rb_tree, vm_map_entry, rb, vm_map_entry_compare);

#define MAP_WIREFUTURE	0x01	/* mlockall(MCL_FUTURE) */

#define vm_map_min(map)		((map)->min_addr)
#define vm_map_max(map)		((map)->max_addr)
#define vm_map_pmap(map)	((map)->pmap)

#define vm_map_lock(map)	lockmgr(&(map)->lock, LK_EXCLUSIVE)
#define vm_map_unlock(map)	lockmgr(&(map)->lock, LK_RELEASE)
#define vm_map_lock_read(map)	lockmgr(&(map)->lock, LK_SHARED)
#define vm_map_unlock_read(map)	lockmgr(&(map)->lock, LK_RELEASE)
/* 0 when it could be had without sleeping. */
#define vm_map_lock_read_try(map) lockmgr(&(map)->lock, LK_SHARED | LK_NOWAIT)
/*
 * Shared to exclusive.  On failure (nonzero) the lock is lost: start over.
 */
#define vm_map_lock_upgrade(map) lockmgr(&(map)->lock, LK_EXCLUPGRADE)
#define vm_map_lock_downgrade(map) lockmgr(&(map)->lock, LK_DOWNGRADE)

/*
 * A process's address space.  Lock letters as above; (p) p_token of the
 * process.
 */
struct vmspace {
	struct vm_map	vm_map;
	struct pmap	vm_pmap;
	int		vm_refs;	/* (a) processes, /proc users */
	int		vm_exitrefs;	/* (a) zombies that still need it */
	int		vm_flags;	/* (m) VMSPACE_* */
	segsz_t		vm_rssize;	/* unused: see the pmap */
	segsz_t		vm_swrss;	/* pages before last swap */
	segsz_t		vm_tsize;	/* (m) text size, pages */
	segsz_t		vm_dsize;	/* (m) data size, pages */
	segsz_t		vm_ssize;	/* (m) stack size, pages */
	caddr_t		vm_taddr;	/* (m) text address */
	caddr_t		vm_daddr;	/* (m) data address */
	caddr_t		vm_maxsaddr;	/* (m) lowest stack address possible */
	caddr_t		vm_minsaddr;	/* (m) highest */
	struct shmmap_state *vm_shm;	/* (p) System V shared memory */
	struct lwkt_token vm_token;
};
#define VMSPACE_EXIT1	0x0001	/* user part already emptied */

#define vmspace_resident_count(vm) pmap_resident_count(&(vm)->vm_pmap)
#define vmspace_president_count(vm) pmap_resident_count(&(vm)->vm_pmap)

extern struct vmspace vmspace0;

/* --- address spaces ------------------------------------------------------ */

void	 vmspace_init0(void);		/* SYSINIT: proc 0's */
struct vmspace *vmspace_alloc(vm_offset_t min, vm_offset_t max);
void	 vmspace_ref(struct vmspace *vm);
void	 vmspace_rel(struct vmspace *vm);
void	 vmspace_initrefs(struct vmspace *vm);
/*
 * End of a process's use of vm, in exit: the last user empties it.  The
 * structure stays for the exiting thread until vmspace_exitfree().
 */
void	 vmspace_relexit(struct vmspace *vm);
void	 vmspace_exitfree(struct proc *p);
/*
 * A copy of vm1 by the entries' inheritance; writes to private memory of
 * either are not seen by the other.  Parent's token not needed.
 */
struct vmspace *vmspace_fork(struct vmspace *vm1, struct proc *p2,
	    struct lwp *lp2);
/* A new empty one for p (exec); the old one is released. */
void	 vmspace_exec(struct proc *p, struct vmspace *vmcopy);
/* Give p a copy of its own if it shares its address space. */
void	 vmspace_unshare(struct proc *p);
/* Bytes that would be freed by killing its user. */
vm_size_t vmspace_anonymous_bytes(struct vmspace *vm);

/* --- maps ---------------------------------------------------------------- */

void	 vm_map_init(vm_map_t map, vm_offset_t min, vm_offset_t max,
	    struct pmap *pmap);

/* cow argument of vm_map_insert() and vm_map_find() */
#define MAP_COPY_ON_WRITE	0x0002	/* private: set COW, NEEDS_COPY */
#define MAP_NOFAULT		0x0004
#define MAP_PREFAULT		0x0008	/* map resident pages at once */
#define MAP_PREFAULT_PARTIAL	0x0010
#define MAP_DISABLE_SYNCER	0x0020
#define MAP_IS_STACK		0x0040	/* grows down */
#define MAP_DISABLE_COREDUMP	0x0100
#define MAP_PREFAULT_MADVISE	0x0200
#define MAP_REPLACE		0x0400	/* vm_map_find: take the place of
					   what is there, at once */

/*
 * Map [start, end) of a map locked exclusively; KERN_NO_SPACE if part of it
 * is taken, KERN_INVALID_ADDRESS outside the map.  object may be NULL:
 * anonymous.  On success the reference of the caller on object is the
 * entry's.
 */
int	 vm_map_insert(vm_map_t map, vm_object_t object, vm_ooffset_t offset,
	    vm_offset_t start, vm_offset_t end, vm_maptype_t maptype,
	    vm_subsys_t id, vm_prot_t prot, vm_prot_t max, int cow);
/* Map pages provided by a function (kernel data shown to users). */
int	 vm_map_insert_uksmap(vm_map_t map, vm_uksmap_fn fn, void *arg,
	    vm_offset_t start, vm_offset_t end, vm_prot_t prot,
	    vm_prot_t max);
/*
 * Find room for length bytes at or above *addr (fitit), or require *addr,
 * and insert.  Locks the map.
 */
int	 vm_map_find(vm_map_t map, vm_object_t object, vm_ooffset_t offset,
	    vm_offset_t *addr, vm_size_t length, vm_size_t align,
	    boolean_t fitit, vm_maptype_t maptype, vm_subsys_t id,
	    vm_prot_t prot, vm_prot_t max, int cow);
/* First hole of length bytes at or above start; map locked. 0 if found. */
int	 vm_map_findspace(vm_map_t map, vm_offset_t start, vm_size_t length,
	    vm_size_t align, vm_offset_t *addr);
/* A stack of max_ssize bytes at addr, growing down from its end. */
int	 vm_map_stack(vm_map_t map, vm_offset_t addr, vm_size_t max_ssize,
	    vm_prot_t prot, vm_prot_t max, int cow);
/*
 * addr lies just below a stack: extend it.  Locks the map.  KERN_SUCCESS,
 * KERN_NO_SPACE when limits or neighbours forbid.
 */
int	 vm_map_growstack(vm_map_t map, vm_offset_t addr);
int	 vm_map_remove(vm_map_t map, vm_offset_t start, vm_offset_t end);
/* The same with the map locked by the caller. */
int	 vm_map_delete(vm_map_t map, vm_offset_t start, vm_offset_t end);
int	 vm_map_protect(vm_map_t map, vm_offset_t start, vm_offset_t end,
	    vm_prot_t prot, boolean_t set_max);
int	 vm_map_madvise(vm_map_t map, vm_offset_t start, vm_offset_t end,
	    int behav, off_t value);
int	 vm_map_inherit(vm_map_t map, vm_offset_t start, vm_offset_t end,
	    vm_inherit_t inheritance);
/* Wire (or unwire) for the user's mlock; or for the kernel. */
int	 vm_map_user_wire(vm_map_t map, vm_offset_t start, vm_offset_t end,
	    bool unwire);
int	 vm_map_clean(vm_map_t map, vm_offset_t start, vm_offset_t end,
	    boolean_t syncio, boolean_t invalidate);
/* Are all of [start, end) mapped with at least prot? */
boolean_t vm_map_check_protection(vm_map_t map, vm_offset_t start,
	    vm_offset_t end, vm_prot_t prot, boolean_t have_lock);
/* Entry containing addr; map locked. NULL in a hole. */
vm_map_entry_t vm_map_entry_find(vm_map_t map, vm_offset_t addr);
/* First entry that ends above addr, or NULL. */
vm_map_entry_t vm_map_entry_find_ge(vm_map_t map, vm_offset_t addr);
boolean_t vm_map_lookup_entry(vm_map_t map, vm_offset_t addr,
	    vm_map_entry_t *entryp);

/* For the fault path: give a NEEDS_COPY entry an object of its own. */
void	 vm_map_entry_shadow(vm_map_t map, vm_map_entry_t entry);
void	 vm_map_entry_allocate_object(vm_map_entry_t entry);

#endif /* _KERNEL */

#endif /* !_VM_VM_MAP_H_ */
