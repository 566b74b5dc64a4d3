/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sets of descriptors for select().
 */
#ifndef _SYS__FD_SET_H_
#define _SYS__FD_SET_H_

#include <machine/stdint.h>

typedef unsigned long	__fd_mask;

#ifndef FD_SETSIZE
#define FD_SETSIZE	1024
#endif

#define __NBBY		8
#define __NFDBITS	((unsigned)sizeof(__fd_mask) * __NBBY)

typedef struct fd_set {
	__fd_mask	fds_bits[(FD_SETSIZE + __NFDBITS - 1) / __NFDBITS];
} fd_set;

#define __fdset_mask(n)	((__fd_mask)1 << ((n) % __NFDBITS))
#define FD_SET(n, p)	((p)->fds_bits[(n) / __NFDBITS] |= __fdset_mask(n))
#define FD_CLR(n, p)	((p)->fds_bits[(n) / __NFDBITS] &= ~__fdset_mask(n))
#define FD_ISSET(n, p)	(((p)->fds_bits[(n) / __NFDBITS] & __fdset_mask(n)) != 0)
#define FD_COPY(f, t)	(*(t) = *(f))
#define FD_ZERO(p) do {							\
	fd_set *_fdp = (p);						\
	unsigned _fdn = sizeof(*_fdp) / sizeof(_fdp->fds_bits[0]);	\
	while (_fdn > 0)						\
		_fdp->fds_bits[--_fdn] = 0;				\
} while (0)

#if __BSD_VISIBLE
typedef __fd_mask	fd_mask;
#define NFDBITS		__NFDBITS
#ifndef NBBY
#define NBBY		__NBBY
#endif
#endif

#endif /* !_SYS__FD_SET_H_ */
