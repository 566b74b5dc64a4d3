/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Inline functions on buffers and bios, for code that handles them.
 */
#ifndef _SYS_BUF2_H_
#define _SYS_BUF2_H_

#ifdef _KERNEL

#include <sys/buf.h>
#include <sys/systm.h>
#include <sys/vnode.h>
#include <machine/atomic.h>

static __inline void
BUF_LOCKINIT(struct buf *bp)
{
	lockinit(&bp->b_lock, "bufwait", 0, LK_CANRECURSE);
}

static __inline int
BUF_LOCK(struct buf *bp, int flags)
{
	return (lockmgr(&bp->b_lock, flags));
}

static __inline void
BUF_UNLOCK(struct buf *bp)
{
	lockmgr(&bp->b_lock, LK_RELEASE);
}

/* Hand the lock to the kernel: the I/O completion will release it. */
static __inline void
BUF_KERNPROC(struct buf *bp)
{
	lockmgr_kernproc(&bp->b_lock);
}

static __inline int
BUF_LOCKINUSE(struct buf *bp)
{
	return (lockinuse(&bp->b_lock));
}

static __inline void
buf_setflags(struct buf *bp, u_int flags)
{
	atomic_set_int(&bp->b_flags, flags);
}

static __inline void
buf_clrflags(struct buf *bp, u_int flags)
{
	atomic_clear_int(&bp->b_flags, flags);
}

#endif /* _KERNEL */

#endif /* !_SYS_BUF2_H_ */
