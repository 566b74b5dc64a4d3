/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Pipes: two one-way ring buffers back to back, so that both ends can be
 * read and written.
 */
#ifndef _SYS_PIPE_H_
#define _SYS_PIPE_H_

#include <sys/types.h>

#define PIPE_SIZE	32768		/* default buffer, bytes */

#ifdef _KERNEL

#include <sys/event.h>
#include <sys/thread.h>

/*
 * One direction.  rindex and windex run freely; their difference is the
 * number of bytes held.  Locks: (r) rlock; (w) wlock; (a) atomic.
 */
struct pipebuf {
	struct lwkt_token rlock;	/* readers */
	size_t		rindex;		/* (r) */
	int		rip;		/* (r) read in progress */
	u_int		want_r;		/* (a) a reader sleeps */
	int32_t		lticks;
	struct timespec	atime;		/* (r) */
	struct lwkt_token wlock __attribute__((__aligned__(64))); /* writers */
	size_t		windex;		/* (w) */
	int		wip;		/* (w) write in progress */
	u_int		want_w;		/* (a) a writer sleeps */
	struct timespec	mtime;		/* (w) */
	size_t		size;		/* (I) power of 2 */
	caddr_t		buffer;		/* (I) kernel memory */
	uint32_t	state;		/* (a) PIPE_* */
	struct kqinfo	kq;		/* notes of both ends */
	struct sigio	*sigio;
};
#define PIPE_REOF	0x0040		/* reader has gone */
#define PIPE_WEOF	0x0080		/* writer has gone */
#define PIPE_CLOSED	0x1000

struct pipe {
	struct pipebuf	bufferA;	/* read by the first descriptor */
	struct pipebuf	bufferB;	/* read by the second */
	struct timespec	ctime;
	u_int		open_count;	/* (a) ends not closed */
	int		unused;
	uint64_t	inum;		/* unique, for fstat */
	struct pipe	*next;		/* per-CPU cache */
};

#endif /* _KERNEL */

#endif /* !_SYS_PIPE_H_ */
