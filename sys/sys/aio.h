/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Asynchronous I/O.
 */
#ifndef _SYS_AIO_H_
#define _SYS_AIO_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <sys/signal.h>

#define AIO_CANCELED	1
#define AIO_NOTCANCELED	2
#define AIO_ALLDONE	3

#define LIO_NOP		0
#define LIO_WRITE	1
#define LIO_READ	2
#define LIO_NOWAIT	0
#define LIO_WAIT	1

#define AIO_LISTIO_MAX	16

typedef struct aiocb {
	int	aio_fildes;
	off_t	aio_offset;
	volatile void *aio_buf;
	size_t	aio_nbytes;
	struct sigevent aio_sigevent;
	int	aio_lio_opcode;
	int	aio_reqprio;
	int	_aio_val;
	int	_aio_err;
} aiocb_t;

#if __BSD_VISIBLE
#define LIO_SYNC	16	/* as fsync(), after what came before it */
#endif

#ifdef _KERNEL

struct filterops;
struct proc;

/* Threads of p that only carry requests out; p_token held. */
u_int	aio_nthreads(struct proc *p);
/*
 * Exec or exit, one thread being left: nothing of p's requests remains.
 * p_token held.  May sleep.
 */
void	aio_proc_rundown(struct proc *p);
extern struct filterops aio_filtops;

#else

__BEGIN_DECLS
int	aio_cancel(int, struct aiocb *);
int	aio_error(const struct aiocb *);
int	aio_fsync(int, struct aiocb *);
int	aio_read(struct aiocb *);
ssize_t	aio_return(struct aiocb *);
int	aio_suspend(const struct aiocb *const [], int,
	    const struct timespec *);
int	aio_waitcomplete(struct aiocb **, struct timespec *);
int	aio_write(struct aiocb *);
int	lio_listio(int, struct aiocb *const [], int, struct sigevent *);
__END_DECLS
#endif

#endif /* !_SYS_AIO_H_ */
