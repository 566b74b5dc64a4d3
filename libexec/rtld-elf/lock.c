/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reader/writer locks of the run-time linker, over umtx_sleep/umtx_wakeup.
 *
 * A writer is identified by its TCB once the thread library has announced
 * threads, may enter again (for reading or writing), and runs with all
 * signals blocked, so that a handler cannot find the linker half-way through
 * a change.  Readers may nest; a writer never overtakes a reader, and readers
 * never wait for a waiting writer, so nesting cannot deadlock.  A reader must
 * not ask for the write lock.
 */
#include "rtld.h"

#define	SIG_BLOCK	1
#define	SIG_SETMASK	3

struct rwlock	bind_lock, phdr_lock;
static bool	threaded;

RTLD_EXPORT void	_rtld_thread_init(void *);
RTLD_EXPORT void	_rtld_setthreaded(int);
RTLD_EXPORT void	_rtld_thread_prefork(void);
RTLD_EXPORT void	_rtld_thread_postfork(void);
RTLD_EXPORT void	_rtld_thread_childfork(void);

static void *
self(void)
{
	return (threaded ? rtld_tcb() : (void *)&threaded);
}

void
lock_read(struct rwlock *l)
{
	int s;

	if (l->owner == self()) {
		l->depth++;
		return;
	}
	for (;;) {
		s = __atomic_load_n(&l->state, __ATOMIC_RELAXED);
		if (s >= 0) {
			if (__atomic_compare_exchange_n(&l->state, &s, s + 1,
			    false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
				return;
			continue;
		}
		__atomic_fetch_add(&l->waiters, 1, __ATOMIC_SEQ_CST);
		rtld_umtx_sleep(&l->state, s, 0);
		__atomic_fetch_sub(&l->waiters, 1, __ATOMIC_SEQ_CST);
	}
}

void
lock_write(struct rwlock *l)
{
	static const unsigned int all[4] = { ~0U, ~0U, ~0U, ~0U };
	unsigned int mask[4];
	int s;

	if (l->owner == self()) {
		l->depth++;
		return;
	}
	rtld_sigprocmask(SIG_BLOCK, all, mask);
	for (;;) {
		s = 0;
		if (__atomic_compare_exchange_n(&l->state, &s, -1, false,
		    __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
			break;
		__atomic_fetch_add(&l->waiters, 1, __ATOMIC_SEQ_CST);
		rtld_umtx_sleep(&l->state, s, 0);
		__atomic_fetch_sub(&l->waiters, 1, __ATOMIC_SEQ_CST);
	}
	l->owner = self();
	l->depth = 1;
	memcpy(l->mask, mask, sizeof(mask));
}

void
lock_unlock(struct rwlock *l)
{
	unsigned int mask[4];
	bool writer;

	writer = l->owner == self();
	if (writer && --l->depth > 0)
		return;
	if (writer) {
		memcpy(mask, l->mask, sizeof(mask));
		l->owner = NULL;
		__atomic_store_n(&l->state, 0, __ATOMIC_SEQ_CST);
	} else if (__atomic_sub_fetch(&l->state, 1, __ATOMIC_SEQ_CST) != 0)
		return;
	if (__atomic_load_n(&l->waiters, __ATOMIC_SEQ_CST) != 0)
		rtld_umtx_wakeup(&l->state, 0);
	if (writer)
		rtld_sigprocmask(SIG_SETMASK, mask, NULL);
}

/* Lets go of a write lock however often it was entered; returns how often. */
int
lock_drop_all(struct rwlock *l)
{
	int depth = l->depth;

	l->depth = 1;
	lock_unlock(l);
	return (depth);
}

void
lock_retake(struct rwlock *l, int depth)
{
	lock_write(l);
	l->depth += depth - 1;
}

/*
 * Libraries on their way out: their destructors run without the lock, by one
 * thread, and no other opens or closes anything meanwhile: it would get a
 * library that is half destroyed.  A destructor may.  All with bind_lock held
 * for writing.
 */
static void	*unloader;
static int	unload_seq;

void *
unload_begin(void)
{
	void *outer = unloader;

	unloader = self();
	return (outer);
}

void
unload_end(void *outer)
{
	unloader = outer;
	if (outer == NULL) {
		__atomic_fetch_add(&unload_seq, 1, __ATOMIC_SEQ_CST);
		rtld_umtx_wakeup(&unload_seq, 0);
	}
}

void
unload_wait(void)
{
	int depth, seq;

	while (unloader != NULL && unloader != self()) {
		seq = unload_seq;
		depth = lock_drop_all(&bind_lock);
		rtld_umtx_sleep(&unload_seq, seq, 0);
		lock_retake(&bind_lock, depth);
	}
}

void
_rtld_thread_init(void *unused)
{
	memset(&bind_lock, 0, sizeof(bind_lock));
	memset(&phdr_lock, 0, sizeof(phdr_lock));
}

void
_rtld_setthreaded(int on)
{
	threaded = on != 0;
}

void
_rtld_thread_prefork(void)
{
	lock_write(&phdr_lock);
	lock_write(&bind_lock);
}

void
_rtld_thread_postfork(void)
{
	lock_unlock(&bind_lock);
	lock_unlock(&phdr_lock);
}

/* In the child only the forking thread is left, and it holds both locks. */
void
_rtld_thread_childfork(void)
{
	bind_lock.waiters = phdr_lock.waiters = 0;
	if (unloader != self())
		unloader = NULL;
	lock_unlock(&bind_lock);
	lock_unlock(&phdr_lock);
}
