/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Locks of streams: recursive, over umtx_sleep(2), free of cost until the
 * process has a second thread.  A thread is known by the address of its
 * errno.
 */
#include <errno.h>
#include <unistd.h>
#include "local.h"

void
flockfile(FILE *fp)
{
	void *self;
	int free = 0;

	if (!__isthreaded)
		return;
	self = &errno;
	if (fp->lockowner == self) {
		fp->lockcount++;
		return;
	}
	if (!__atomic_compare_exchange_n(&fp->lock, &free, 1, false,
	    __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) {
		while (__atomic_exchange_n(&fp->lock, 2, __ATOMIC_ACQUIRE) !=
		    0)
			umtx_sleep(&fp->lock, 2, 0);
	}
	fp->lockowner = self;
	fp->lockcount = 1;
}

int
ftrylockfile(FILE *fp)
{
	void *self;
	int free = 0;

	if (!__isthreaded)
		return (0);
	self = &errno;
	if (fp->lockowner == self) {
		fp->lockcount++;
		return (0);
	}
	if (!__atomic_compare_exchange_n(&fp->lock, &free, 1, false,
	    __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
		return (-1);
	fp->lockowner = self;
	fp->lockcount = 1;
	return (0);
}

void
funlockfile(FILE *fp)
{
	/* It may have been locked before there were threads. */
	if (!__isthreaded || fp->lockowner != (void *)&errno)
		return;
	if (--fp->lockcount > 0)
		return;
	fp->lockowner = NULL;
	if (__atomic_exchange_n(&fp->lock, 0, __ATOMIC_RELEASE) == 2)
		umtx_wakeup(&fp->lock, 1);
}
