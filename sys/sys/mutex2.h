/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Operations on mtx locks.
 *
 *	mtx_init(mtx, ident)			mtx_uninit(mtx)
 *	mtx_lock(mtx)		may sleep; recursive for the holder
 *	mtx_lock_ex(mtx, flags, to)	tsleep flags and ticks: EINTR,
 *				ERESTART, EWOULDBLOCK
 *	mtx_lock_sh(mtx, flags, to), mtx_lock_sh_quick(mtx)
 *	mtx_lock_ex_try(mtx), mtx_lock_sh_try(mtx)	EAGAIN
 *	mtx_lock_ex_link(mtx, link, flags, to)	EINPROGRESS with a callback
 *	mtx_downgrade(mtx), mtx_upgrade_try(mtx)	EDEADLK
 *	mtx_unlock(mtx)		either kind
 *	mtx_spinlock(mtx)	spins; in a critical section until
 *	mtx_spinunlock(mtx)
 */
#ifndef _SYS_MUTEX2_H_
#define _SYS_MUTEX2_H_

#include <sys/errno.h>
#include <sys/mutex.h>
#include <sys/thread2.h>
#include <sys/globaldata.h>
#include <machine/atomic.h>

int	_mtx_lock_ex_link(mtx_t *mtx, mtx_link_t *link, int flags, int to);
int	_mtx_lock_ex(mtx_t *mtx, int flags, int to);
int	_mtx_lock_ex_quick(mtx_t *mtx);
int	_mtx_lock_sh_link(mtx_t *mtx, mtx_link_t *link, int flags, int to);
int	_mtx_lock_sh(mtx_t *mtx, int flags, int to);
int	_mtx_lock_sh_quick(mtx_t *mtx);
int	_mtx_lock_ex_try(mtx_t *mtx);
int	_mtx_lock_sh_try(mtx_t *mtx);
void	_mtx_spinlock(mtx_t *mtx);
int	_mtx_spinlock_try(mtx_t *mtx);
void	_mtx_downgrade(mtx_t *mtx);
int	_mtx_upgrade_try(mtx_t *mtx);
void	_mtx_unlock(mtx_t *mtx);
void	mtx_abort_link(mtx_t *mtx, mtx_link_t *link);
int	mtx_wait_link(mtx_t *mtx, mtx_link_t *link, int flags, int to);

static __inline void
mtx_init(mtx_t *mtx, const char *ident)
{
	mtx->mtx_lock = 0;
	mtx->mtx_flags = 0;
	mtx->mtx_owner = NULL;
	mtx->mtx_exlink = NULL;
	mtx->mtx_shlink = NULL;
	mtx->mtx_ident = ident;
}

static __inline void
mtx_init_flags(mtx_t *mtx, const char *ident, uint32_t flags)
{
	mtx_init(mtx, ident);
	mtx->mtx_flags = flags;
}

static __inline void
mtx_uninit(mtx_t *mtx)
{
	KKASSERT(mtx->mtx_lock == 0 && mtx->mtx_exlink == NULL &&
	    mtx->mtx_shlink == NULL);
}

static __inline void
mtx_link_init(mtx_link_t *link)
{
	link->state = MTX_LINK_IDLE;
	link->callback = NULL;
	link->arg = NULL;
}

static __inline void
mtx_link_init_async(mtx_link_t *link,
    void (*callback)(mtx_link_t *link, void *arg, int error), void *arg)
{
	link->state = MTX_LINK_IDLE;
	link->callback = callback;
	link->arg = arg;
}

static __inline int
mtx_lock_ex_link(mtx_t *mtx, mtx_link_t *link, int flags, int to)
{
	if (atomic_cmpset_int(&mtx->mtx_lock, 0, MTX_EXCLUSIVE | 1) == 0)
		return (_mtx_lock_ex_link(mtx, link, flags, to));
	mtx->mtx_owner = curthread;
	link->state = MTX_LINK_ACQUIRED;
	return (0);
}

static __inline void
mtx_lock(mtx_t *mtx)
{
	if (atomic_cmpset_int(&mtx->mtx_lock, 0, MTX_EXCLUSIVE | 1) == 0) {
		_mtx_lock_ex(mtx, 0, 0);
		return;
	}
	mtx->mtx_owner = curthread;
}

static __inline int
mtx_lock_ex(mtx_t *mtx, int flags, int to)
{
	if (atomic_cmpset_int(&mtx->mtx_lock, 0, MTX_EXCLUSIVE | 1) == 0)
		return (_mtx_lock_ex(mtx, flags, to));
	mtx->mtx_owner = curthread;
	return (0);
}

static __inline int
mtx_lock_ex_quick(mtx_t *mtx)
{
	return (mtx_lock_ex(mtx, 0, 0));
}

static __inline int
mtx_lock_sh_link(mtx_t *mtx, mtx_link_t *link, int flags, int to)
{
	if (atomic_cmpset_int(&mtx->mtx_lock, 0, 1) == 0)
		return (_mtx_lock_sh_link(mtx, link, flags, to));
	link->state = MTX_LINK_ACQUIRED;
	return (0);
}

static __inline int
mtx_lock_sh(mtx_t *mtx, int flags, int to)
{
	if (atomic_cmpset_int(&mtx->mtx_lock, 0, 1) == 0)
		return (_mtx_lock_sh(mtx, flags, to));
	return (0);
}

static __inline int
mtx_lock_sh_quick(mtx_t *mtx)
{
	return (mtx_lock_sh(mtx, 0, 0));
}

static __inline int
mtx_lock_ex_try(mtx_t *mtx)
{
	return (_mtx_lock_ex_try(mtx));
}

static __inline int
mtx_lock_sh_try(mtx_t *mtx)
{
	return (_mtx_lock_sh_try(mtx));
}

static __inline void
mtx_spinlock(mtx_t *mtx)
{
	crit_enter();
	_mtx_spinlock(mtx);
}

static __inline int
mtx_spinlock_try(mtx_t *mtx)
{
	crit_enter();
	if (_mtx_spinlock_try(mtx) == 0)
		return (0);
	crit_exit();
	return (EAGAIN);
}

static __inline void
mtx_downgrade(mtx_t *mtx)
{
	_mtx_downgrade(mtx);
}

static __inline int
mtx_upgrade_try(mtx_t *mtx)
{
	return (_mtx_upgrade_try(mtx));
}

static __inline void
mtx_unlock(mtx_t *mtx)
{
	_mtx_unlock(mtx);
}

#define mtx_unlock_ex(mtx)	mtx_unlock(mtx)
#define mtx_unlock_sh(mtx)	mtx_unlock(mtx)

static __inline void
mtx_spinunlock(mtx_t *mtx)
{
	_mtx_unlock(mtx);
	crit_exit();
}

/* Held by anybody; exclusively; exclusively by this thread or not. */
static __inline int
mtx_islocked(mtx_t *mtx)
{
	return (mtx->mtx_lock != 0);
}

static __inline int
mtx_islocked_ex(mtx_t *mtx)
{
	return ((mtx->mtx_lock & MTX_EXCLUSIVE) != 0);
}

static __inline int
mtx_notlocked(mtx_t *mtx)
{
	return (mtx->mtx_lock == 0);
}

static __inline int
mtx_notlocked_ex(mtx_t *mtx)
{
	return ((mtx->mtx_lock & MTX_EXCLUSIVE) == 0);
}

static __inline int
mtx_owned(mtx_t *mtx)
{
	return ((mtx->mtx_lock & MTX_EXCLUSIVE) &&
	    mtx->mtx_owner == curthread);
}

static __inline int
mtx_notowned(mtx_t *mtx)
{
	return (!mtx_owned(mtx));
}

static __inline int
mtx_lockrefs(mtx_t *mtx)
{
	return (mtx->mtx_lock & MTX_MASK);
}

#endif /* !_SYS_MUTEX2_H_ */
