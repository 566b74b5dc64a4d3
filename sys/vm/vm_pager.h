/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Pagers: where the contents of an object's pages come from and go to.  One
 * table of operations per object type; device drivers that manage their own
 * faults supply a cdev_pager_ops.
 */
#ifndef _VM_VM_PAGER_H_
#define _VM_VM_PAGER_H_

#ifdef _KERNEL

#include <sys/types.h>
#include <vm/vm.h>
#include <vm/vm_object.h>

struct cdev;
struct ucred;
struct vnode;

/* Results for each page. */
#define VM_PAGER_OK	0	/* done */
#define VM_PAGER_BAD	1	/* no such part of the object */
#define VM_PAGER_FAIL	2	/* the pager has nothing there */
#define VM_PAGER_PEND	3	/* write begun */
#define VM_PAGER_ERROR	4	/* I/O error */
#define VM_PAGER_AGAIN	5	/* try later */

#define VM_PAGER_PUT_SYNC	0x0001
#define VM_PAGER_PUT_INVAL	0x0002
#define VM_PAGER_CACHE_OK	0x0004
#define VM_PAGER_CLUSTER_OK	0x0008

struct pagerops {
	/* The object goes away; no pages are left. */
	void	(*pgo_dealloc)(vm_object_t object);
	/*
	 * Make the page *mpp, which is busy and not (wholly) valid, valid.
	 * May replace the page.  The page stays busy.  seqaccess says that
	 * neighbours are likely wanted too.  Returns VM_PAGER_*.
	 */
	int	(*pgo_getpage)(vm_object_t object, vm_pindex_t pindex,
		    vm_page_t *mpp, int seqaccess);
	/*
	 * Write count soft-busy pages with adjacent indices; rtvals[i]
	 * receives VM_PAGER_*.  For each, the pager ends the soft busy state
	 * and cleans the page when it is done.
	 */
	void	(*pgo_putpages)(vm_object_t object, vm_page_t *ma, int count,
		    int flags, int *rtvals);
	/* Is there anything to be had for a page that is not resident? */
	boolean_t (*pgo_haspage)(vm_object_t object, vm_pindex_t pindex);
};

extern struct pagerops *pagertab[];
extern struct pagerops defaultpagerops;
extern struct pagerops swappagerops;
extern struct pagerops vnodepagerops;
extern struct pagerops devicepagerops;
extern struct pagerops physpagerops;
extern struct pagerops deadpagerops;

int	 vm_pager_get_page(vm_object_t object, vm_pindex_t pindex,
	    vm_page_t *mpp, int seqaccess);
void	 vm_pager_put_pages(vm_object_t object, vm_page_t *ma, int count,
	    int flags, int *rtvals);
boolean_t vm_pager_has_page(vm_object_t object, vm_pindex_t pindex);

/* A page written by putpages is done: clean it unless it failed. */
void	 vm_pager_put_done(vm_page_t m, bool written);

/* --- anonymous memory ---------------------------------------------------- */
vm_object_t default_pager_alloc(void *handle, off_t size, vm_prot_t prot,
	    off_t offset);

/* --- files (vnode_pager.c) ----------------------------------------------- */

/*
 * Give vp an object of size bytes if it has none; returned without an
 * additional reference.  The vnode is locked exclusively.  blksize and boff
 * are the file system's block size and the offset in it of the end of file
 * (unused, 0, -1).
 */
vm_object_t vnode_pager_alloc(void *vp, off_t size, vm_prot_t prot,
	    off_t offset, int blksize, int boff);
/* Another user of vp's object (the caller has a reference); NULL if none. */
vm_object_t vnode_pager_reference(struct vnode *vp);
/*
 * The file is now nsize bytes long: pages beyond are unmapped and freed, the
 * rest of the last page is zeroed.  The vnode is locked exclusively.
 */
void	 vnode_pager_setsize(struct vnode *vp, off_t nsize);
void	 vnode_pager_freepage(vm_page_t m);
/*
 * VOP_GETPAGES / VOP_PUTPAGES for file systems with no way of their own:
 * read through VOP_READ into, and write through VOP_WRITE from the pages.
 */
int	 vnode_pager_generic_getpages(struct vnode *vp, vm_page_t *m,
	    int bytecount, int reqpage, int seqaccess);
int	 vnode_pager_generic_putpages(struct vnode *vp, vm_page_t *m,
	    int bytecount, int flags, int *rtvals);

/* Writes nothing: the pages stay as they are. */
void	 default_pager_putpages(vm_object_t object, vm_page_t *ma, int count,
	    int flags, int *rtvals);

/* --- devices ------------------------------------------------------------- */

struct cdev_pager_ops {
	/* Physical address for a page of the object; 0 or errno. */
	int	(*cdev_pg_fault)(vm_object_t object, vm_ooffset_t offset,
		    int prot, vm_paddr_t *pap);
	int	(*cdev_pg_ctor)(void *handle, vm_ooffset_t size,
		    vm_prot_t prot, vm_ooffset_t foff, struct ucred *cred,
		    u_short *color);
	void	(*cdev_pg_dtor)(void *handle);
};

/* An object for mapping a character device by its d_mmap. */
vm_object_t dev_pager_alloc(void *dev, off_t size, vm_prot_t prot,
	    off_t offset);
vm_object_t cdev_pager_allocate(void *handle, objtype_t type,
	    struct cdev_pager_ops *ops, vm_ooffset_t size, vm_prot_t prot,
	    vm_ooffset_t foff, struct ucred *cred);

/* Wired memory that processes share (SysV shared memory, if so set). */
vm_object_t phys_pager_alloc(void *handle, off_t size, vm_prot_t prot,
	    off_t offset);

#endif /* _KERNEL */

#endif /* !_VM_VM_PAGER_H_ */
