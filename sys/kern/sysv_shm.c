/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System V shared memory: shmget(2), shmat(2), shmdt(2), shmctl(2).
 *
 * A segment is an ipc_object (see sysv_ipc.h) with an anonymous VM object,
 * which attaching maps like any shared memory.  An address space remembers
 * what it has attached (vm_shm), for shmdt(2), and for fork and exit, which
 * change the number of attachments.  A removed segment stays, without key,
 * until nobody has it attached.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mman.h>
#include <sys/proc.h>
#include <sys/queue.h>
#include <sys/shm.h>
#include <sys/sysctl.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/time.h>
#include <sys/ucred.h>
#include <sys/thread2.h>

#include <vm/vm.h>
#include <vm/vm_extern.h>
#include <vm/vm_map.h>
#include <vm/vm_object.h>
#include <vm/vm_param.h>

#include "sysv_ipc.h"

static MALLOC_DEFINE(M_SHM, "shm", "System V shared memory");

/* Of shm_perm.mode, beside the permissions. */
#define SHMSEG_REMOVED	0x0400
#define SHMSEG_ALLOCATED 0x0800

/* Locks: (o) io_token; (a) atomic; (I) immutable. */
struct shmseg {
	struct ipc_object sg_io;	/* first */
	struct shmid_ds	sg_ds;		/* (o); shm_nattch (a) as well */
	vm_object_t	sg_object;	/* (I) referenced */
	vm_pindex_t	sg_pages;	/* (I) */
};

/* One attachment.  (v) vm_token of the address space. */
struct shmmap {
	LIST_ENTRY(shmmap) sm_link;	/* (v) */
	vm_offset_t	sm_va;		/* (I) */
	struct shmseg	*sm_seg;	/* (I) referenced */
};

struct shmmap_state {
	LIST_HEAD(, shmmap) ss_maps;	/* (v) */
	int		ss_count;	/* (v) */
};

static struct ipc_table shm_table;

static u_long	shmmax = 1UL << 40;
static u_long	shmall = (1UL << 40) / PAGE_SIZE;
static int	shmmin = 1;
static int	shmseg_limit = 1024;
static int	shm_allow_removed = 1;
static u_long	shm_committed;		/* (a) pages of all segments */

SYSCTL_INT(_kern_ipc, OID_AUTO, shmmni, CTLFLAG_RW, &shm_table.it_limit, 0,
    "Most shared memory segments");
SYSCTL_ULONG(_kern_ipc, OID_AUTO, shmmax, CTLFLAG_RW, &shmmax, 0,
    "Largest shared memory segment");
SYSCTL_INT(_kern_ipc, OID_AUTO, shmmin, CTLFLAG_RW, &shmmin, 0,
    "Smallest shared memory segment");
SYSCTL_INT(_kern_ipc, OID_AUTO, shmseg, CTLFLAG_RW, &shmseg_limit, 0,
    "Most attachments of a process");
SYSCTL_ULONG(_kern_ipc, OID_AUTO, shmall, CTLFLAG_RW, &shmall, 0,
    "Most pages of shared memory");
SYSCTL_INT(_kern_ipc, OID_AUTO, shm_allow_removed, CTLFLAG_RW,
    &shm_allow_removed, 0, "Removed segments may be attached by identifier");

#define IO_TO_SEG(io)	((struct shmseg *)(io))

static void
shm_free(struct ipc_object *io)
{
	struct shmseg *sg = IO_TO_SEG(io);

	vm_object_deallocate(sg->sg_object);
	atomic_add_long(&shm_committed, -(long)sg->sg_pages);
	kfree(sg, M_SHM);
}

static void
shm_init(void *unused)
{
	ipc_table_init(&shm_table, 1024, shm_free);
}
SYSINIT(sysvshm, SI_SUB_SYSV_SHM, SI_ORDER_ANY, shm_init, NULL);

/* --- shmget -------------------------------------------------------------- */

static int
shm_create(key_t key, size_t size, int flags, int *id)
{
	vm_pindex_t pages = round_page(size) >> PAGE_SHIFT;
	struct shmseg *sg;

	if (size < shmmin || size > shmmax || round_page(size) < size)
		return (EINVAL);
	if (atomic_fetchadd_long(&shm_committed, pages) + pages > shmall) {
		atomic_add_long(&shm_committed, -(long)pages);
		return (ENOMEM);
	}
	sg = kmalloc(sizeof(*sg), M_SHM, M_WAITOK | M_ZERO);
	sg->sg_pages = pages;
	sg->sg_object = vm_object_allocate(OBJT_DEFAULT, pages);
	atomic_set_short(&sg->sg_object->flags, OBJ_NOSPLIT | OBJ_KEEPSIZE);
	sg->sg_ds.shm_segsz = size;
	sg->sg_ds.shm_cpid = curproc->p_pid;
	sg->sg_ds.shm_ctime = time_second;
	*id = ipc_insert(&shm_table, &sg->sg_io, &sg->sg_ds.shm_perm, key,
	    flags);
	sg->sg_ds.shm_perm.mode |= SHMSEG_ALLOCATED;
	return (0);
}

int
sys_shmget(struct sysmsg *sysmsg, const struct shmget_args *uap)
{
	struct ipc_object *io;
	int error, id = -1;

	error = ipc_allowed();
	if (error != 0)
		return (error);
	lwkt_gettoken(&shm_table.it_token);
	error = ipc_find_key(&shm_table, uap->key, uap->shmflg, &io);
	if (error == 0 && io != NULL) {
		if (uap->size > IO_TO_SEG(io)->sg_ds.shm_segsz)
			error = EINVAL;
		id = io->io_id;
		ipc_put(&shm_table, io);
	} else if (error == 0) {
		error = shm_create(uap->key, uap->size, uap->shmflg, &id);
	}
	lwkt_reltoken(&shm_table.it_token);
	sysmsg->sysmsg_result = id;
	return (error);
}

/* --- attachments --------------------------------------------------------- */

/* Out of the table, unless somebody has it attached.  Both tokens held. */
static void
shm_remove_unused(struct shmseg *sg)
{
	if ((sg->sg_ds.shm_perm.mode & SHMSEG_REMOVED) &&
	    sg->sg_ds.shm_nattch == 0 && !sg->sg_io.io_removed)
		ipc_remove(&shm_table, &sg->sg_io);
}

/* The attachment sm, no longer on any list, ends. */
static void
shmmap_free(struct shmmap *sm)
{
	struct shmseg *sg = sm->sm_seg;

	lwkt_gettoken(&shm_table.it_token);
	lwkt_gettoken(&sg->sg_io.io_token);
	atomic_add_int(&sg->sg_ds.shm_nattch, -1);
	sg->sg_ds.shm_dtime = time_second;
	if (curproc != NULL)
		sg->sg_ds.shm_lpid = curproc->p_pid;
	shm_remove_unused(sg);
	ipc_put(&shm_table, &sg->sg_io);
	lwkt_reltoken(&shm_table.it_token);
	kfree(sm, M_SHM);
}

/* One attachment more of vm; EMFILE. */
static int
shmmap_add(struct vmspace *vm, struct shmmap *sm)
{
	struct shmmap_state *st, *new;

	lwkt_gettoken(&vm->vm_token);
	if (vm->vm_shm == NULL) {
		new = kmalloc(sizeof(*new), M_SHM, M_WAITOK | M_ZERO);
		if (vm->vm_shm == NULL)
			vm->vm_shm = new;
		else
			kfree(new, M_SHM);
	}
	st = vm->vm_shm;
	if (st->ss_count >= shmseg_limit) {
		lwkt_reltoken(&vm->vm_token);
		return (EMFILE);
	}
	LIST_INSERT_HEAD(&st->ss_maps, sm, sm_link);
	st->ss_count++;
	lwkt_reltoken(&vm->vm_token);
	return (0);
}

static void
shmmap_remove(struct vmspace *vm, struct shmmap *sm)
{
	ASSERT_LWKT_TOKEN_HELD(&vm->vm_token);
	LIST_REMOVE(sm, sm_link);
	vm->vm_shm->ss_count--;
}

void
shmfork(struct vmspace *vm1, struct vmspace *vm2)
{
	LIST_HEAD(, shmmap) spare = LIST_HEAD_INITIALIZER(spare);
	struct shmmap_state *st2;
	struct shmmap *sm, *new;
	int n = 0;

	if (vm1->vm_shm == NULL)
		return;
	st2 = kmalloc(sizeof(*st2), M_SHM, M_WAITOK | M_ZERO);
	lwkt_gettoken(&vm1->vm_token);
	/* Allocating may let go of the token, but not walking the list. */
	while (n < vm1->vm_shm->ss_count) {
		new = kmalloc(sizeof(*new), M_SHM, M_WAITOK | M_ZERO);
		LIST_INSERT_HEAD(&spare, new, sm_link);
		++n;
	}
	LIST_FOREACH(sm, &vm1->vm_shm->ss_maps, sm_link) {
		new = LIST_FIRST(&spare);
		LIST_REMOVE(new, sm_link);
		new->sm_va = sm->sm_va;
		new->sm_seg = sm->sm_seg;
		ipc_ref(&sm->sm_seg->sg_io);
		atomic_add_int(&sm->sm_seg->sg_ds.shm_nattch, 1);
		LIST_INSERT_HEAD(&st2->ss_maps, new, sm_link);
		st2->ss_count++;
	}
	lwkt_reltoken(&vm1->vm_token);
	vm2->vm_shm = st2;
	while ((new = LIST_FIRST(&spare)) != NULL) {
		LIST_REMOVE(new, sm_link);
		kfree(new, M_SHM);
	}
}

void
shmexit(struct vmspace *vm)
{
	struct shmmap_state *st = vm->vm_shm;
	struct shmmap *sm;

	if (st == NULL)
		return;
	vm->vm_shm = NULL;
	while ((sm = LIST_FIRST(&st->ss_maps)) != NULL) {
		LIST_REMOVE(sm, sm_link);
		shmmap_free(sm);
	}
	kfree(st, M_SHM);
}

/* --- shmat, shmdt -------------------------------------------------------- */

/* Where shmat() is to map: EINVAL. */
static int
shmat_address(const void *uaddr, int flags, size_t size, vm_offset_t *vap)
{
	vm_offset_t va = (vm_offset_t)uaddr;

	if (va == 0) {
		*vap = vm_map_hint(curproc, 0, PROT_READ | PROT_WRITE, 0);
		return (0);
	}
	if (flags & SHM_RND)
		va = rounddown2(va, SHMLBA);
	if (va & (SHMLBA - 1))
		return (EINVAL);
	if (va + size < va || va + size > VM_MAX_USER_ADDRESS)
		return (EINVAL);
	*vap = va;
	return (0);
}

/* Map the segment; its token is held. */
static int
shmat_map(struct shmseg *sg, struct vmspace *vm, int flags, vm_offset_t *va,
    bool anywhere)
{
	vm_size_t size = ptoa(sg->sg_pages);
	vm_prot_t prot = VM_PROT_READ;
	int rv;

	if ((flags & SHM_RDONLY) == 0)
		prot |= VM_PROT_WRITE;
	vm_object_reference(sg->sg_object);
	rv = vm_map_find(&vm->vm_map, sg->sg_object, 0, va, size, PAGE_SIZE,
	    anywhere, VM_MAPTYPE_NORMAL, VM_SUBSYS_UNKNOWN, prot,
	    prot, 0);
	if (rv != KERN_SUCCESS) {
		vm_object_deallocate(sg->sg_object);
		return (anywhere ? ENOMEM : EINVAL);
	}
	vm_map_inherit(&vm->vm_map, *va, *va + size, VM_INHERIT_SHARE);
	return (0);
}

int
sys_shmat(struct sysmsg *sysmsg, const struct shmat_args *uap)
{
	struct vmspace *vm = curproc->p_vmspace;
	struct ipc_object *io;
	struct shmmap *sm;
	struct shmseg *sg;
	vm_offset_t va;
	int error;

	error = ipc_allowed();
	if (error != 0)
		return (error);
	io = ipc_get(&shm_table, uap->shmid);
	if (io == NULL)
		return (EINVAL);
	sg = IO_TO_SEG(io);
	if ((sg->sg_ds.shm_perm.mode & SHMSEG_REMOVED) && !shm_allow_removed)
		error = EINVAL;
	if (error == 0)
		error = ipc_access(io, (uap->shmflg & SHM_RDONLY) ? IPC_R :
		    IPC_R | IPC_W);
	if (error == 0)
		error = shmat_address(uap->shmaddr, uap->shmflg,
		    ptoa(sg->sg_pages), &va);
	if (error != 0) {
		ipc_put(&shm_table, io);
		return (error);
	}
	sm = kmalloc(sizeof(*sm), M_SHM, M_WAITOK | M_ZERO);
	sm->sm_seg = sg;
	ipc_ref(io);
	atomic_add_int(&sg->sg_ds.shm_nattch, 1);
	error = shmat_map(sg, vm, uap->shmflg, &va, uap->shmaddr == NULL);
	sm->sm_va = va;
	if (error == 0) {
		error = shmmap_add(vm, sm);
		if (error != 0)
			vm_map_remove(&vm->vm_map, va,
			    va + ptoa(sg->sg_pages));
	}
	if (error == 0) {
		sg->sg_ds.shm_lpid = curproc->p_pid;
		sg->sg_ds.shm_atime = time_second;
		sysmsg->sysmsg_resultp = (void *)va;
	}
	ipc_put(&shm_table, io);
	if (error != 0)
		shmmap_free(sm);
	return (error);
}

int
sys_shmdt(struct sysmsg *sysmsg, const struct shmdt_args *uap)
{
	struct vmspace *vm = curproc->p_vmspace;
	vm_offset_t va = (vm_offset_t)uap->shmaddr;
	struct shmmap *sm = NULL;
	int error;

	error = ipc_allowed();
	if (error != 0)
		return (error);
	lwkt_gettoken(&vm->vm_token);
	if (vm->vm_shm != NULL)
		LIST_FOREACH(sm, &vm->vm_shm->ss_maps, sm_link)
			if (sm->sm_va == va)
				break;
	if (sm != NULL)
		shmmap_remove(vm, sm);
	lwkt_reltoken(&vm->vm_token);
	if (sm == NULL)
		return (EINVAL);
	vm_map_remove(&vm->vm_map, va, va + ptoa(sm->sm_seg->sg_pages));
	shmmap_free(sm);
	sysmsg->sysmsg_result = 0;
	return (0);
}

/* --- shmctl -------------------------------------------------------------- */

static void
shm_export(struct ipc_object *io, struct shmid_ds *ds)
{
	*ds = IO_TO_SEG(io)->sg_ds;
	ds->shm_internal = NULL;
}

static int
shm_control(struct ipc_object *io, int cmd, void *ubuf)
{
	struct shmseg *sg = IO_TO_SEG(io);
	struct shmid_ds ds;
	int error;

	switch (cmd) {
	case IPC_STAT:
		shm_export(&sg->sg_io, &ds);
		return (copyout(&ds, ubuf, sizeof(ds)));
	case IPC_SET:
		error = copyin(ubuf, &ds, sizeof(ds));
		if (error == 0) {
			ipc_set_perm(&sg->sg_io, &ds.shm_perm);
			sg->sg_ds.shm_ctime = time_second;
		}
		return (error);
	default:
		ipc_forget_key(&sg->sg_io);
		sg->sg_ds.shm_perm.mode |= SHMSEG_REMOVED;
		shm_remove_unused(sg);
		return (0);
	}
}

int
sys_shmctl(struct sysmsg *sysmsg, const struct shmctl_args *uap)
{
	sysmsg->sysmsg_result = 0;
	return (ipc_ctl(&shm_table, uap->shmid, uap->cmd, uap->buf,
	    shm_control));
}

/* --- kern.ipc.shmsegs ---------------------------------------------------- */

static void
shm_fill(struct ipc_object *io, void *rec)
{
	struct kinfo_shm *ks = rec;

	ks->ks_id = io->io_id;
	shm_export(io, &ks->ks_ds);
}

static int
sysctl_shmsegs(SYSCTL_HANDLER_ARGS)
{
	return (ipc_sysctl_list(&shm_table, req, sizeof(struct kinfo_shm),
	    shm_fill));
}
SYSCTL_PROC(_kern_ipc, OID_AUTO, shmsegs, CTLTYPE_OPAQUE | CTLFLAG_RD, NULL,
    0, sysctl_shmsegs, "S,kinfo_shm", "Shared memory segments");
