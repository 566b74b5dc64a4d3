/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mtx locks: see <sys/mutex.h> and <sys/mutex2.h>.
 *
 * Waiters stand in two rings, exclusive and shared, in order of arrival; the
 * rings are changed under MTX_LINKSPIN, a spin bit in the lock word.  The
 * thread that frees the lock hands it to the first exclusive waiter, or else
 * to all shared ones: it sets their link to MTX_LINK_ACQUIRED and wakes them
 * or calls their callback.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/thread.h>
#include <sys/mutex2.h>
#include <sys/thread2.h>

#define MTX_WANTED	(MTX_SHWANTED | MTX_EXWANTED)

/* Take the spin bit; the lock word as it is then. */
static u_int
mtx_linkspin(mtx_t *mtx)
{
	u_int lock;

	crit_enter();
	lock = mtx->mtx_lock;
	for (;;) {
		if (lock & MTX_LINKSPIN) {
			cpu_pause();
			lock = mtx->mtx_lock;
			continue;
		}
		if (atomic_fcmpset_int(&mtx->mtx_lock, &lock,
		    lock | MTX_LINKSPIN))
			return (lock | MTX_LINKSPIN);
	}
}

static void
mtx_linkunspin(mtx_t *mtx, u_int clear)
{
	atomic_clear_int(&mtx->mtx_lock, MTX_LINKSPIN | clear);
	crit_exit();
}

static void
ring_insert(mtx_link_t **head, mtx_link_t *link)
{
	if (*head == NULL) {
		link->next = link;
		link->prev = link;
		*head = link;
	} else {
		link->next = *head;
		link->prev = (*head)->prev;
		link->prev->next = link;
		(*head)->prev = link;
	}
}

static void
ring_remove(mtx_link_t **head, mtx_link_t *link)
{
	if (link->next == link) {
		*head = NULL;
	} else {
		link->next->prev = link->prev;
		link->prev->next = link->next;
		if (*head == link)
			*head = link->next;
	}
	link->next = NULL;
	link->prev = NULL;
}

/* Tell whoever waits in link that it has the lock.  No spin bit held. */
static void
mtx_link_granted(mtx_link_t *link)
{
	void (*callback)(mtx_link_t *, void *, int) = link->callback;

	if (callback != NULL) {
		link->state = MTX_LINK_CALLEDBACK;
		callback(link, link->arg, 0);
	} else {
		cpu_sfence();
		link->state = MTX_LINK_ACQUIRED;
		wakeup(link);
	}
}

/*
 * The lock has just become free, and somebody wants it.  Hand it on.
 */
static void
mtx_handover(mtx_t *mtx)
{
	mtx_link_t *link, *list = NULL;
	u_int lock, n, clear = 0;

	lock = mtx_linkspin(mtx);
	if (lock & MTX_MASK) {
		/* Taken by somebody who came just now; it will hand on. */
		mtx_linkunspin(mtx, 0);
		return;
	}
	link = mtx->mtx_exlink;
	if (link != NULL) {
		if (atomic_cmpset_int(&mtx->mtx_lock, lock,
		    lock | MTX_EXCLUSIVE | 1) == 0) {
			mtx_linkunspin(mtx, 0);
			mtx_handover(mtx);
			return;
		}
		ring_remove(&mtx->mtx_exlink, link);
		mtx->mtx_owner = link->callback ? MTX_OWNER_ANON : link->owner;
		if (mtx->mtx_exlink == NULL)
			clear = MTX_EXWANTED;
		mtx_linkunspin(mtx, clear);
		mtx_link_granted(link);
		return;
	}
	n = 0;
	while ((link = mtx->mtx_shlink) != NULL) {
		ring_remove(&mtx->mtx_shlink, link);
		link->next = list;
		list = link;
		++n;
	}
	if (n != 0)
		atomic_add_int(&mtx->mtx_lock, n);
	mtx_linkunspin(mtx, MTX_WANTED);
	while ((link = list) != NULL) {
		list = link->next;
		link->next = NULL;
		mtx_link_granted(link);
	}
}

/* Sleep until the link is served; undo it on error. */
int
mtx_wait_link(mtx_t *mtx, mtx_link_t *link, int flags, int to)
{
	thread_t td = curthread;
	int error = 0;

	if (panicstr != NULL)
		return (0);
	while (link->state != MTX_LINK_ACQUIRED) {
		tsleep_interlock(link, flags);
		if (link->state == MTX_LINK_ACQUIRED)
			break;
		error = tsleep(link, (flags & PCATCH) | PINTERLOCKED,
		    mtx->mtx_ident, to);
		if (error)
			break;
	}
	if (link->state == MTX_LINK_ACQUIRED) {
		tsleep_remove(td);
		return (0);
	}
	/* Gave up, unless it was granted just now. */
	mtx_linkspin(mtx);
	if (link->state == MTX_LINK_LINKED_EX) {
		if (link->next != NULL)
			ring_remove(&mtx->mtx_exlink, link);
		else
			error = 0;
	} else if (link->state == MTX_LINK_LINKED_SH) {
		if (link->prev != NULL)
			ring_remove(&mtx->mtx_shlink, link);
		else
			error = 0;
	}
	mtx_linkunspin(mtx, 0);
	if (error == 0) {
		/* Off the ring: the grant is on its way. */
		while (link->state != MTX_LINK_ACQUIRED) {
			tsleep_interlock(link, 0);
			if (link->state != MTX_LINK_ACQUIRED)
				tsleep(link, PINTERLOCKED, mtx->mtx_ident, hz);
		}
		tsleep_remove(td);
	} else {
		link->state = MTX_LINK_ABORTED;
	}
	return (error);
}

/*
 * The lock was seen to be taken: wait in a ring, exclusive or shared.  Returns
 * -1 if the lock word changed meanwhile; the caller looks again.
 */
static int
mtx_enqueue(mtx_t *mtx, mtx_link_t *link, u_int wanted, int flags, int to)
{
	u_int lock = mtx_linkspin(mtx);

	if (!atomic_cmpset_int(&mtx->mtx_lock, lock, lock | wanted)) {
		mtx_linkunspin(mtx, 0);
		return (-1);
	}
	link->owner = curthread;
	if (wanted == MTX_EXWANTED) {
		link->state = MTX_LINK_LINKED_EX;
		ring_insert(&mtx->mtx_exlink, link);
	} else {
		link->state = MTX_LINK_LINKED_SH;
		ring_insert(&mtx->mtx_shlink, link);
	}
	mtx_linkunspin(mtx, 0);
	/* It may have been freed before the bit was set. */
	if ((lock & MTX_MASK) == 0)
		mtx_handover(mtx);
	if (link->callback != NULL)
		return (EINPROGRESS);
	return (mtx_wait_link(mtx, link, flags, to));
}

int
_mtx_lock_ex_link(mtx_t *mtx, mtx_link_t *link, int flags, int to)
{
	thread_t td = curthread;
	u_int lock = mtx->mtx_lock;
	int error;

	for (;;) {
		if ((lock & MTX_MASK) == 0 && (lock & MTX_EXWANTED) == 0) {
			if (atomic_fcmpset_int(&mtx->mtx_lock, &lock,
			    (lock | MTX_EXCLUSIVE) + 1)) {
				mtx->mtx_owner = td;
				link->state = MTX_LINK_ACQUIRED;
				return (0);
			}
			continue;
		}
		if ((lock & MTX_EXCLUSIVE) && mtx->mtx_owner == td) {
			KKASSERT((lock & MTX_MASK) != MTX_MASK);
			atomic_add_int(&mtx->mtx_lock, 1);
			link->state = MTX_LINK_ACQUIRED;
			return (0);
		}
		error = mtx_enqueue(mtx, link, MTX_EXWANTED, flags, to);
		if (error >= 0)
			return (error);
		lock = mtx->mtx_lock;
	}
}

int
_mtx_lock_ex(mtx_t *mtx, int flags, int to)
{
	mtx_link_t link;

	mtx_link_init(&link);
	return (_mtx_lock_ex_link(mtx, &link, flags, to));
}

int
_mtx_lock_ex_quick(mtx_t *mtx)
{
	return (_mtx_lock_ex(mtx, 0, 0));
}

int
_mtx_lock_sh_link(mtx_t *mtx, mtx_link_t *link, int flags, int to)
{
	u_int lock = mtx->mtx_lock;
	int error;

	for (;;) {
		if ((lock & (MTX_EXCLUSIVE | MTX_EXWANTED)) == 0) {
			KKASSERT((lock & MTX_MASK) != MTX_MASK);
			if (atomic_fcmpset_int(&mtx->mtx_lock, &lock,
			    lock + 1)) {
				link->state = MTX_LINK_ACQUIRED;
				return (0);
			}
			continue;
		}
		error = mtx_enqueue(mtx, link, MTX_SHWANTED, flags, to);
		if (error >= 0)
			return (error);
		lock = mtx->mtx_lock;
	}
}

int
_mtx_lock_sh(mtx_t *mtx, int flags, int to)
{
	mtx_link_t link;

	mtx_link_init(&link);
	return (_mtx_lock_sh_link(mtx, &link, flags, to));
}

int
_mtx_lock_sh_quick(mtx_t *mtx)
{
	return (_mtx_lock_sh(mtx, 0, 0));
}

int
_mtx_lock_ex_try(mtx_t *mtx)
{
	u_int lock = mtx->mtx_lock;

	for (;;) {
		if ((lock & MTX_MASK) == 0) {
			if (atomic_fcmpset_int(&mtx->mtx_lock, &lock,
			    (lock | MTX_EXCLUSIVE) + 1)) {
				mtx->mtx_owner = curthread;
				return (0);
			}
		} else if ((lock & MTX_EXCLUSIVE) &&
		    mtx->mtx_owner == curthread) {
			atomic_add_int(&mtx->mtx_lock, 1);
			return (0);
		} else {
			return (EAGAIN);
		}
	}
}

int
_mtx_lock_sh_try(mtx_t *mtx)
{
	u_int lock = mtx->mtx_lock;

	while ((lock & MTX_EXCLUSIVE) == 0) {
		if (atomic_fcmpset_int(&mtx->mtx_lock, &lock, lock + 1))
			return (0);
	}
	return (EAGAIN);
}

void
_mtx_spinlock(mtx_t *mtx)
{
	while (_mtx_lock_ex_try(mtx))
		cpu_pause();
}

int
_mtx_spinlock_try(mtx_t *mtx)
{
	return (_mtx_lock_ex_try(mtx));
}

/* Exclusive to shared; lets waiting shared requests in. */
void
_mtx_downgrade(mtx_t *mtx)
{
	mtx_link_t *link, *list = NULL;
	u_int n = 0;

	if ((mtx->mtx_lock & MTX_EXCLUSIVE) == 0)
		return;
	KKASSERT((mtx->mtx_lock & MTX_MASK) == 1);
	mtx_linkspin(mtx);
	mtx->mtx_owner = NULL;
	while ((link = mtx->mtx_shlink) != NULL) {
		ring_remove(&mtx->mtx_shlink, link);
		link->next = list;
		list = link;
		++n;
	}
	if (n != 0)
		atomic_add_int(&mtx->mtx_lock, n);
	mtx_linkunspin(mtx, MTX_EXCLUSIVE | MTX_SHWANTED);
	while ((link = list) != NULL) {
		list = link->next;
		link->next = NULL;
		mtx_link_granted(link);
	}
}

/* Shared to exclusive if nobody else has it. */
int
_mtx_upgrade_try(mtx_t *mtx)
{
	u_int lock = mtx->mtx_lock;

	for (;;) {
		if (lock & MTX_EXCLUSIVE) {
			KKASSERT(mtx->mtx_owner == curthread);
			return (0);
		}
		if ((lock & MTX_MASK) != 1)
			return (EDEADLK);
		if (atomic_fcmpset_int(&mtx->mtx_lock, &lock,
		    lock | MTX_EXCLUSIVE)) {
			mtx->mtx_owner = curthread;
			return (0);
		}
	}
}

void
_mtx_unlock(mtx_t *mtx)
{
	u_int lock = mtx->mtx_lock;
	u_int new;

	KASSERT(lock & MTX_MASK, ("mtx_unlock: %s is not locked",
	    mtx->mtx_ident));
	if ((lock & MTX_EXCLUSIVE) && (lock & MTX_MASK) == 1)
		mtx->mtx_owner = NULL;
	for (;;) {
		new = lock - 1;
		if ((new & MTX_MASK) == 0)
			new &= ~MTX_EXCLUSIVE;
		if (atomic_fcmpset_int(&mtx->mtx_lock, &lock, new))
			break;
	}
	if ((new & MTX_MASK) == 0 && (new & MTX_WANTED))
		mtx_handover(mtx);
}

/* Take an asynchronous request back; its callback is called with ENOLCK. */
void
mtx_abort_link(mtx_t *mtx, mtx_link_t *link)
{
	int aborted = 0;

	mtx_linkspin(mtx);
	if (link->state == MTX_LINK_LINKED_EX && link->next != NULL) {
		ring_remove(&mtx->mtx_exlink, link);
		aborted = 1;
	} else if (link->state == MTX_LINK_LINKED_SH && link->prev != NULL) {
		ring_remove(&mtx->mtx_shlink, link);
		aborted = 1;
	}
	if (aborted)
		link->state = MTX_LINK_ABORTED;
	mtx_linkunspin(mtx, 0);
	if (!aborted)
		return;
	if (link->callback != NULL)
		link->callback(link, link->arg, ENOLCK);
	else
		wakeup(link);
}
