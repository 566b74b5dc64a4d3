/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The break, memory locking, and mincore.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/mman.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/sysproto.h>
#include <sys/ucred.h>
#include <sys/vmmeter.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/vm_extern.h>
#include <vm/vm_map.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>

/* --- the break ----------------------------------------------------------- */

/*
 * Map more data up to end.  The limits count from the start of the data, and
 * what exec has put there is included.
 */
static int
break_grow(struct vmspace *vm, vm_offset_t old, vm_offset_t end)
{
	vm_map_t map = &vm->vm_map;
	struct proc *p = curproc;
	int rv;

	if (end - (vm_offset_t)vm->vm_daddr >
	    p->p_rlimit[RLIMIT_DATA].rlim_cur ||
	    map->size + (end - old) > p->p_rlimit[RLIMIT_VMEM].rlim_cur)
		return (ENOMEM);
	vm_map_lock(map);
	rv = vm_map_insert(map, NULL, 0, old, end, VM_MAPTYPE_NORMAL,
	    VM_SUBSYS_BRK, VM_PROT_ALL, VM_PROT_ALL, MAP_COPY_ON_WRITE);
	if (rv == KERN_SUCCESS)
		vm->vm_dsize += (end - old) >> PAGE_SHIFT;
	vm_map_unlock(map);
	if (rv != KERN_SUCCESS)
		return (ENOMEM);
	if (map->flags & MAP_WIREFUTURE)
		vm_map_user_wire(map, old, end, false);
	return (0);
}

static vm_offset_t
break_current(struct vmspace *vm)
{
	return (round_page((vm_offset_t)vm->vm_daddr) +
	    ((vm_offset_t)vm->vm_dsize << PAGE_SHIFT));
}

int
sys_obreak(struct sysmsg *sysmsg, const struct obreak_args *uap)
{
	struct vmspace *vm = curproc->p_vmspace;
	vm_offset_t end = (vm_offset_t)uap->nsize, old;
	int error = 0;

	if (round_page(end) < end)
		return (EINVAL);
	end = round_page(end);
	lwkt_gettoken(&vm->vm_token);
	old = break_current(vm);
	if (end < round_page((vm_offset_t)vm->vm_daddr) ||
	    end > VM_MAX_USER_ADDRESS)
		error = EINVAL;
	else if (end > old)
		error = break_grow(vm, old, end);
	else if (end < old)
		error = EOPNOTSUPP;
	lwkt_reltoken(&vm->vm_token);
	return (error);
}

/*
 * Unlike break, sbrk passes over what lies in its way: the data segment then
 * counts the gap as its own.
 */
int
sys_sbrk(struct sysmsg *sysmsg, const struct sbrk_args *uap)
{
	struct vmspace *vm = curproc->p_vmspace;
	vm_size_t incr = uap->incr;
	vm_offset_t old, start;
	int error = 0;

	if ((ssize_t)incr < 0)
		return (EOPNOTSUPP);
	lwkt_gettoken(&vm->vm_token);
	old = start = break_current(vm);
	if (incr != 0) {
		incr = round_page(incr);
		vm_map_lock_read(&vm->vm_map);
		if (vm_map_findspace(&vm->vm_map, old, incr, PAGE_SIZE,
		    &start))
			error = ENOMEM;
		vm_map_unlock_read(&vm->vm_map);
		if (error == 0)
			error = break_grow(vm, start, start + incr);
		if (error == 0)
			vm->vm_dsize += (start - old) >> PAGE_SHIFT;
	}
	lwkt_reltoken(&vm->vm_token);
	if (error == 0)
		sysmsg->sysmsg_resultp = (void *)start;
	return (error);
}

int
sys_sstk(struct sysmsg *sysmsg, const struct sstk_args *uap)
{
	return (EOPNOTSUPP);
}

/* --- locking in memory --------------------------------------------------- */

static int
lock_range(const void *uaddr, size_t len, vm_offset_t *start, vm_offset_t *end)
{
	*start = trunc_page((vm_offset_t)uaddr);
	*end = round_page((vm_offset_t)uaddr + len);
	if ((vm_offset_t)uaddr + len < (vm_offset_t)uaddr || *end < *start ||
	    *end > VM_MAX_USER_ADDRESS)
		return (EINVAL);
	return (0);
}

static int
lock_allowed(vm_size_t size)
{
	struct proc *p = curproc;
	rlim_t limit = p->p_rlimit[RLIMIT_MEMLOCK].rlim_cur;
	vm_size_t wired;

	if (priv_check(curthread, PRIV_ROOT) == 0)
		return (0);
	wired = (vm_size_t)pmap_wired_count(&p->p_vmspace->vm_pmap) <<
	    PAGE_SHIFT;
	return (wired + size > limit ? ENOMEM : 0);
}

static int
lock_result(int rv)
{
	return (rv == KERN_SUCCESS ? 0 : ENOMEM);
}

int
sys_mlock(struct sysmsg *sysmsg, const struct mlock_args *uap)
{
	vm_offset_t start, end;
	int error;

	error = lock_range(uap->addr, uap->len, &start, &end);
	if (error == 0)
		error = lock_allowed(end - start);
	if (error != 0 || start == end)
		return (error);
	if ((end - start) >> PAGE_SHIFT > vmstats.v_page_count / 3)
		return (EAGAIN);
	return (lock_result(vm_map_user_wire(&curproc->p_vmspace->vm_map,
	    start, end, false)));
}

int
sys_munlock(struct sysmsg *sysmsg, const struct munlock_args *uap)
{
	vm_offset_t start, end;
	int error;

	error = lock_range(uap->addr, uap->len, &start, &end);
	if (error != 0 || start == end)
		return (error);
	return (lock_result(vm_map_user_wire(&curproc->p_vmspace->vm_map,
	    start, end, true)));
}

/* Apply to every entry; holes do not matter here. */
static int
lock_all(vm_map_t map, bool unwire)
{
	vm_offset_t addr = map->min_addr, start, end;
	vm_map_entry_t e;
	int rv, result = KERN_SUCCESS;

	for (;;) {
		vm_map_lock_read(map);
		e = vm_map_entry_find_ge(map, addr);
		if (e == NULL) {
			vm_map_unlock_read(map);
			return (result);
		}
		start = e->ba.start;
		end = addr = e->ba.end;
		vm_map_unlock_read(map);
		rv = vm_map_user_wire(map, start, end, unwire);
		if (rv != KERN_SUCCESS && result == KERN_SUCCESS)
			result = rv;
	}
}

int
sys_mlockall(struct sysmsg *sysmsg, const struct mlockall_args *uap)
{
	vm_map_t map = &curproc->p_vmspace->vm_map;
	int error;

	if (uap->how == 0 || (uap->how & ~(MCL_CURRENT | MCL_FUTURE)))
		return (EINVAL);
	error = lock_allowed((uap->how & MCL_CURRENT) ? map->size : 0);
	if (error != 0)
		return (error);
	if (uap->how & MCL_FUTURE) {
		vm_map_lock(map);
		map->flags |= MAP_WIREFUTURE;
		vm_map_unlock(map);
	}
	if (uap->how & MCL_CURRENT)
		error = lock_result(lock_all(map, false));
	return (error);
}

int
sys_munlockall(struct sysmsg *sysmsg, const struct munlockall_args *uap)
{
	vm_map_t map = &curproc->p_vmspace->vm_map;

	vm_map_lock(map);
	map->flags &= ~MAP_WIREFUTURE;
	vm_map_unlock(map);
	lock_all(map, true);
	return (0);
}

/* --- mincore ------------------------------------------------------------- */

/* State of a page that is resident in its object but perhaps not mapped. */
static int
mincore_object(vm_map_entry_t e, vm_offset_t va)
{
	struct vm_map_backing *ba;
	vm_page_t m;
	int res = 0;

	for (ba = &e->ba; ba != NULL && res == 0; ba = ba->backing_ba) {
		if (ba->object == NULL)
			continue;
		m = vm_page_lookup_sbusy_try(ba->object,
		    (ba->offset + (va - ba->start)) >> PAGE_SHIFT);
		if (m == NULL)
			continue;
		res = MINCORE_INCORE;
		if (m->dirty)
			res |= MINCORE_MODIFIED_OTHER;
		if (m->flags & PG_REFERENCED)
			res |= MINCORE_REFERENCED_OTHER;
		vm_page_sbusy_drop(m);
	}
	return (res);
}

#define MINCORE_BATCH	256

/* Fill vec for the pages from addr on, up to end; -1 in a hole. */
static int
mincore_batch(vm_map_t map, vm_offset_t addr, vm_offset_t end, char *vec)
{
	vm_map_entry_t e = NULL;
	int n = 0;

	vm_map_lock_read(map);
	for (; addr < end && n < MINCORE_BATCH; addr += PAGE_SIZE, ++n) {
		if (e == NULL || addr >= e->ba.end)
			e = vm_map_entry_find(map, addr);
		if (e == NULL) {
			n = -1;
			break;
		}
		vec[n] = pmap_mincore(map->pmap, addr);
		if (vec[n] == 0 && e->ba.uksmap == NULL)
			vec[n] = mincore_object(e, addr);
	}
	vm_map_unlock_read(map);
	return (n);
}

int
sys_mincore(struct sysmsg *sysmsg, const struct mincore_args *uap)
{
	vm_map_t map = &curproc->p_vmspace->vm_map;
	vm_offset_t addr, end;
	char vec[MINCORE_BATCH], *uvec = uap->vec;
	int n, error;

	addr = trunc_page((vm_offset_t)uap->addr);
	end = addr + round_page(uap->len);
	if (end < addr || end > VM_MAX_USER_ADDRESS)
		return (EINVAL);
	while (addr < end) {
		n = mincore_batch(map, addr, end, vec);
		if (n < 0)
			return (ENOMEM);
		error = copyout(vec, uvec, n);
		if (error != 0)
			return (error);
		uvec += n;
		addr += (vm_offset_t)n << PAGE_SHIFT;
	}
	return (0);
}
