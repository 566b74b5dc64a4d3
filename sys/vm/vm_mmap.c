/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mmap and the system calls that go with it.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/conf.h>
#include <sys/device.h>
#include <sys/fcntl.h>
#include <sys/file.h>
#include <sys/file2.h>
#include <sys/kernel.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/proc.h>
#include <sys/random.h>
#include <sys/resourcevar.h>
#include <sys/stat.h>
#include <sys/sysctl.h>
#include <sys/sysproto.h>
#include <sys/upmap.h>
#include <sys/ucred.h>
#include <sys/vfsops.h>
#include <sys/vnode.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/vm_extern.h>
#include <vm/vm_map.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_pager.h>

#define LARGE_PAGE	(2UL << 20)
#define LARGE_LENGTH	(32UL << 20)	/* beyond this: align to 2 MB */

static int vm_randomize_mmap;
SYSCTL_INT(_vm, OID_AUTO, randomize_mmap, CTLFLAG_RW, &vm_randomize_mmap, 0,
    "Choose addresses of mappings at random");
static int max_proc_mmap = 1000000;
SYSCTL_INT(_vm, OID_AUTO, max_proc_mmap, CTLFLAG_RW, &max_proc_mmap, 0,
    "Mappings a process may have");

int
vm_mmap_to_errno(int rv)
{
	switch (rv) {
	case KERN_SUCCESS:
		return (0);
	case KERN_INVALID_ADDRESS:
	case KERN_NO_SPACE:
	case KERN_RESOURCE_SHORTAGE:
		return (ENOMEM);
	case KERN_PROTECTION_FAILURE:
		return (EACCES);
	case KERN_FAILURE:
		return (EIO);
	default:
		return (EINVAL);
	}
}

/*
 * Where to begin the search: above the room that break may grow into, unless
 * the caller wants something outside of it.
 */
vm_offset_t
vm_map_hint(struct proc *p, vm_offset_t addr, vm_prot_t prot, int flags)
{
	struct vmspace *vm = p->p_vmspace;
	vm_offset_t limit, base;

	limit = round_page((vm_offset_t)vm->vm_daddr +
	    p->p_rlimit[RLIMIT_DATA].rlim_cur);
	if (limit < (vm_offset_t)vm->vm_daddr || limit > VM_MAX_USER_ADDRESS)
		limit = round_page((vm_offset_t)vm->vm_daddr + MAXDSIZ);
	if (addr != 0 && (addr < round_page((vm_offset_t)vm->vm_taddr) ||
	    addr >= limit))
		return (round_page(addr));
	base = limit;
	if (vm_randomize_mmap) {
		u_long r;

		read_random(&r, sizeof(r), 1);
		base += (r % (MAXDSIZ / 2)) & ~(vm_offset_t)PAGE_MASK;
	}
	return (base);
}

/* What the descriptor allows; *handlep is the vnode. */
static int
mmap_check_file(struct file *fp, int prot, int *flagsp, vm_prot_t *maxprotp,
    struct vnode **vpp)
{
	struct vnode *vp;
	struct vattr va;
	int error;

	if (fp->f_type != DTYPE_VNODE)
		return (EINVAL);
	vp = fp->f_data;
	if (vp->v_type != VREG && vp->v_type != VCHR)
		return (EINVAL);
	if (vp->v_type == VCHR) {
		if (*flagsp & MAP_PRIVATE)
			return (EINVAL);
		*flagsp |= MAP_SHARED;
	}
	*maxprotp = VM_PROT_EXECUTE;
	if (fp->f_flag & FREAD)
		*maxprotp |= VM_PROT_READ;
	else if (prot & PROT_READ)
		return (EACCES);
	if ((*flagsp & MAP_SHARED) == 0) {
		*maxprotp |= VM_PROT_WRITE;
	} else if (fp->f_flag & FWRITE) {
		error = VOP_GETATTR(vp, &va);
		if (error != 0)
			return (error);
		if ((va.va_flags & (IMMUTABLE | APPEND)) == 0)
			*maxprotp |= VM_PROT_WRITE;
		else if (prot & PROT_WRITE)
			return (EPERM);
	} else if (prot & PROT_WRITE) {
		return (EACCES);
	}
	*vpp = vp;
	return (0);
}

/* The alignment a mapping of this length is placed at. */
static vm_size_t
mmap_alignment(vm_size_t size, int flags)
{
	if (flags & MAP_SIZEALIGN)
		return (size);
	if ((size & (LARGE_PAGE - 1)) == 0 || size > LARGE_LENGTH)
		return (LARGE_PAGE);
	return (PAGE_SIZE);
}

/* The object to map, with a reference for the entry; NULL is anonymous. */
static int
mmap_object(void *handle, vm_size_t size, vm_prot_t prot, int flags,
    vm_ooffset_t foff, struct file *fp, vm_object_t *objectp)
{
	struct vnode *vp = handle;
	vm_object_t object;
	off_t off = foff;
	int error;

	*objectp = NULL;
	if (vp == NULL) {
		if (flags & MAP_SHARED)
			*objectp = default_pager_alloc(NULL, size, prot, 0);
		return (0);
	}
	if (vp->v_type == VREG) {
		object = vnode_pager_reference(vp);
		if (object == NULL)
			return (ENODEV);
		*objectp = object;
		return (0);
	}
	if (strcmp(vp->v_rdev->si_name, "zero") == 0) {
		*objectp = default_pager_alloc(NULL, foff + size, prot, 0);
		return (0);
	}
	error = dev_dmmap_single(vp->v_rdev, &off, size, objectp, prot, fp);
	if (error == 0)
		return (0);
	*objectp = dev_pager_alloc(vp->v_rdev, size, prot, foff);
	return (*objectp == NULL ? EINVAL : 0);
}

/* Pages of per-process or per-thread kernel data (kern_upmap.c). */
static int
mmap_uksmap(vm_map_t map, vm_offset_t *addr, vm_size_t size, vm_prot_t prot,
    vm_prot_t maxprot, bool fitit, vm_uksmap_fn fn, void *arg)
{
	int rv = KERN_SUCCESS;

	vm_map_lock(map);
	if (fitit && vm_map_findspace(map, *addr, size, PAGE_SIZE, addr))
		rv = KERN_NO_SPACE;
	if (rv == KERN_SUCCESS)
		rv = vm_map_insert_uksmap(map, fn, arg, *addr, *addr + size,
		    prot, maxprot);
	vm_map_unlock(map);
	return (rv);
}

static int
mmap_cow_flags(int flags)
{
	int cow = 0;

	if ((flags & (MAP_ANON | MAP_SHARED)) == 0)
		cow |= MAP_COPY_ON_WRITE | MAP_PREFAULT_PARTIAL;
	else if ((flags & MAP_SHARED) == 0)
		cow |= MAP_COPY_ON_WRITE;
	if (flags & MAP_NOSYNC)
		cow |= MAP_DISABLE_SYNCER;
	if (flags & MAP_NOCORE)
		cow |= MAP_DISABLE_COREDUMP;
	return (cow);
}

int
vm_mmap(vm_map_t map, vm_offset_t *addr, vm_size_t size, vm_prot_t prot,
    vm_prot_t maxprot, int flags, void *handle, vm_ooffset_t foff,
    struct file *fp)
{
	bool fitit = (flags & (MAP_FIXED | MAP_TRYFIXED)) == 0;
	struct proc *p = curproc;
	int rv, error, cow = mmap_cow_flags(flags);
	struct vnode *vp = handle;
	vm_object_t object = NULL;
	vm_uksmap_fn fn;
	void *arg;

	size = round_page(size);
	if (size == 0)
		return (0);
	if (map->size + size > p->p_rlimit[RLIMIT_VMEM].rlim_cur)
		return (ENOMEM);
	if (map->nentries >= max_proc_mmap)
		return (ENOMEM);
	if (!fitit && (*addr & PAGE_MASK))
		return (EINVAL);
	if ((flags & MAP_FIXED) && !(flags & MAP_TRYFIXED))
		cow |= MAP_REPLACE;
	if (vp != NULL && vp->v_type == VCHR &&
	    upmap_device(vp->v_rdev, prot, &fn, &arg, &error)) {
		if (error != 0)
			return (error);
		if (cow & MAP_REPLACE)
			vm_map_remove(map, *addr, *addr + size);
		return (vm_mmap_to_errno(mmap_uksmap(map, addr, size, prot,
		    maxprot, fitit, fn, arg)));
	}
	error = mmap_object(handle, size, prot, flags, foff, fp, &object);
	if (error != 0)
		return (error);
	rv = vm_map_find(map, object, object ? foff : 0, addr, size,
	    fitit ? mmap_alignment(size, flags) : PAGE_SIZE, fitit,
	    VM_MAPTYPE_NORMAL, VM_SUBSYS_MMAP, prot, maxprot, cow);
	if (rv != KERN_SUCCESS) {
		vm_object_deallocate(object);
		return (vm_mmap_to_errno(rv));
	}
	if (flags & (MAP_SHARED | MAP_INHERIT))
		vm_map_inherit(map, *addr, *addr + size, VM_INHERIT_SHARE);
	if (map->flags & MAP_WIREFUTURE)
		vm_map_user_wire(map, *addr, *addr + size, false);
	return (0);
}

/* --- system calls -------------------------------------------------------- */

static int
mmap_check_flags(const struct mmap_args *uap, int flags)
{
	vm_size_t size = uap->len;

	if (flags & MAP_STACK) {
		if (uap->fd != -1 || (uap->prot & (PROT_READ | PROT_WRITE)) !=
		    (PROT_READ | PROT_WRITE))
			return (EINVAL);
	} else if ((flags & MAP_ANON) && (uap->fd != -1 || uap->pos != 0)) {
		return (EINVAL);
	}
	if ((flags & MAP_SIZEALIGN) && (size == 0 || (size & (size - 1))))
		return (EINVAL);
	if ((flags & MAP_VPAGETABLE) || uap->pos < 0)
		return (EINVAL);
	return (0);
}

int
sys_mmap(struct sysmsg *sysmsg, const struct mmap_args *uap)
{
	vm_offset_t addr = (vm_offset_t)uap->addr, off;
	struct proc *p = curproc;
	vm_prot_t maxprot = VM_PROT_ALL;
	struct file *fp = NULL;
	struct vnode *vp = NULL;
	int flags = uap->flags, error;
	vm_ooffset_t pos = uap->pos;
	vm_size_t size;

	error = mmap_check_flags(uap, flags);
	if (error != 0)
		return (error);
	if (flags & MAP_STACK) {
		flags |= MAP_ANON;
		pos = 0;
	}
	if (uap->len == 0)
		return (EINVAL);
	off = pos & PAGE_MASK;
	pos -= off;
	size = uap->len + off;
	if (size < uap->len || round_page(size) < size)
		return (EINVAL);
	size = round_page(size);
	if (flags & (MAP_FIXED | MAP_TRYFIXED)) {
		addr -= off;
		if ((addr & PAGE_MASK) || addr + size < addr ||
		    addr + size > VM_MAX_USER_ADDRESS)
			return (EINVAL);
	} else {
		addr = vm_map_hint(p, addr, uap->prot, flags);
	}
	if ((flags & MAP_ANON) == 0) {
		fp = holdfp(curthread, uap->fd, -1);
		if (fp == NULL)
			return (EBADF);
		error = mmap_check_file(fp, uap->prot, &flags, &maxprot, &vp);
		if (error == 0 && vp->v_type == VREG &&
		    vp->v_mount != NULL && (uap->prot & PROT_EXEC) == 0 &&
		    (vp->v_mount->mnt_flag & MNT_NOEXEC))
			maxprot &= ~VM_PROT_EXECUTE;
	}
	if (error == 0)
		error = vm_mmap(&p->p_vmspace->vm_map, &addr, size,
		    uap->prot & VM_PROT_ALL, maxprot, flags, vp, pos, fp);
	if (error == 0)
		sysmsg->sysmsg_resultp = (void *)(addr + off);
	if (fp != NULL)
		dropfp(curthread, uap->fd, fp);
	return (error);
}

/*
 * The page range [*addr, *end) that a call means; EINVAL for what does not
 * lie in user space.
 */
static int
mmap_range(const void *uaddr, size_t len, vm_offset_t *addr, vm_offset_t *end)
{
	vm_offset_t start = (vm_offset_t)uaddr, off = start & PAGE_MASK;

	start -= off;
	*addr = start;
	*end = start + round_page(len + off);
	if (len + off < len || round_page(len + off) < len + off ||
	    *end < start || *end > VM_MAX_USER_ADDRESS)
		return (EINVAL);
	return (0);
}

int
sys_munmap(struct sysmsg *sysmsg, const struct munmap_args *uap)
{
	vm_map_t map = &curproc->p_vmspace->vm_map;
	vm_offset_t addr, end;
	int error;

	error = mmap_range(uap->addr, uap->len, &addr, &end);
	if (error != 0 || uap->len == 0)
		return (error);
	vm_map_lock(map);
	if (vm_map_check_protection(map, addr, end, VM_PROT_NONE, TRUE))
		vm_map_delete(map, addr, end);
	else
		error = EINVAL;
	vm_map_unlock(map);
	return (error);
}

int
sys_mprotect(struct sysmsg *sysmsg, const struct mprotect_args *uap)
{
	vm_offset_t addr, end;
	int error;

	error = mmap_range(uap->addr, uap->len, &addr, &end);
	if (error != 0)
		return (error);
	if (vm_map_protect(&curproc->p_vmspace->vm_map, addr, end,
	    uap->prot & VM_PROT_ALL, FALSE) == KERN_PROTECTION_FAILURE)
		return (EACCES);
	return (0);
}

int
sys_msync(struct sysmsg *sysmsg, const struct msync_args *uap)
{
	vm_map_t map = &curproc->p_vmspace->vm_map;
	vm_offset_t addr, end;
	vm_map_entry_t e;
	int error, rv;

	error = mmap_range(uap->addr, uap->len, &addr, &end);
	if (error != 0)
		return (error);
	if ((uap->flags & (MS_ASYNC | MS_INVALIDATE)) ==
	    (MS_ASYNC | MS_INVALIDATE))
		return (EINVAL);
	if (uap->len == 0) {
		/* The whole of the mapping that contains the address. */
		vm_map_lock_read(map);
		e = vm_map_entry_find(map, addr);
		if (e != NULL) {
			addr = e->ba.start;
			end = e->ba.end;
		}
		vm_map_unlock_read(map);
		if (e == NULL)
			return (EINVAL);
	}
	rv = vm_map_clean(map, addr, end, (uap->flags & MS_ASYNC) == 0,
	    (uap->flags & MS_INVALIDATE) != 0);
	if (rv == KERN_INVALID_ADDRESS)
		return (EINVAL);
	return (rv == KERN_SUCCESS ? 0 : EIO);
}

static int
mmap_advise(const void *uaddr, size_t len, int behav, off_t value)
{
	vm_offset_t addr, end;
	int error;

	if (behav < 0 || behav >= MADV_CONTROL_END)
		return (EINVAL);
	/* Virtual page tables do not exist here. */
	if (behav >= MADV_CONTROL_START)
		return (EINVAL);
	error = mmap_range(uaddr, len, &addr, &end);
	if (error != 0)
		return (error);
	return (vm_map_madvise(&curproc->p_vmspace->vm_map, addr, end, behav,
	    value));
}

int
sys_madvise(struct sysmsg *sysmsg, const struct madvise_args *uap)
{
	return (mmap_advise(uap->addr, uap->len, uap->behav, 0));
}

int
sys_mcontrol(struct sysmsg *sysmsg, const struct mcontrol_args *uap)
{
	return (mmap_advise(uap->addr, uap->len, uap->behav, uap->value));
}

int
sys_minherit(struct sysmsg *sysmsg, const struct minherit_args *uap)
{
	vm_offset_t addr, end;
	int error;

	error = mmap_range(uap->addr, uap->len, &addr, &end);
	if (error != 0)
		return (error);
	if (uap->inherit < VM_INHERIT_SHARE || uap->inherit > VM_INHERIT_NONE)
		return (EINVAL);
	vm_map_inherit(&curproc->p_vmspace->vm_map, addr, end, uap->inherit);
	return (0);
}
