/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mtx: recursive exclusive or shared locks that queue their waiters in
 * order, may be taken asynchronously, and cost one atomic operation when
 * uncontended.  Inlines: <sys/mutex2.h>.
 */
#ifndef _SYS_MUTEX_H_
#define _SYS_MUTEX_H_

#include <sys/types.h>

struct thread;

/*
 * A request that waits.  state is changed under the mutex's link spin bit.
 */
typedef struct mtx_link {
	struct mtx_link	*next;		/* (s) ring of waiters */
	struct mtx_link	*prev;
	struct thread	*owner;		/* (I) who waits */
	volatile int	state;		/* (s) MTX_LINK_* */
	void		(*callback)(struct mtx_link *link, void *arg,
			    int error);	/* (I) asynchronous request */
	void		*arg;		/* (I) */
} mtx_link_t;

#define MTX_LINK_IDLE		0
#define MTX_LINK_ABORTED	-1
#define MTX_LINK_LINKED_SH	1
#define MTX_LINK_LINKED_EX	2
#define MTX_LINK_ACQUIRED	3
#define MTX_LINK_CALLEDBACK	4

typedef struct mtx {
	volatile u_int	mtx_lock;	/* (a) MTX_* bits and count */
	uint32_t	mtx_flags;	/* (I) MTXF_* */
	struct thread	*mtx_owner;	/* (a) exclusive holder */
	mtx_link_t	*mtx_exlink;	/* (s) waiters; s: MTX_LINKSPIN */
	mtx_link_t	*mtx_shlink;	/* (s) */
	const char	*mtx_ident;	/* (I) */
} mtx_t;

#define MTXF_NOCOLLSTATS	0x00000001

#define MTX_INITIALIZER(ident) \
	{ .mtx_lock = 0, .mtx_flags = 0, .mtx_owner = NULL, \
	  .mtx_exlink = NULL, .mtx_shlink = NULL, .mtx_ident = ident }

#define MTX_EXCLUSIVE	0x80000000	/* held exclusively */
#define MTX_SHWANTED	0x40000000	/* shared requests wait */
#define MTX_EXWANTED	0x20000000	/* exclusive requests wait */
#define MTX_LINKSPIN	0x10000000	/* lists are being changed */
#define MTX_MASK	0x0FFFFFFF	/* holders, recursions */
#define MTX_OWNER_NONE	NULL
#define MTX_OWNER_ANON	((struct thread *)-2)

#endif /* !_SYS_MUTEX_H_ */
