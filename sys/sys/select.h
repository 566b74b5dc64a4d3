/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * select() and pselect().
 */
#ifndef _SYS_SELECT_H_
#define _SYS_SELECT_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <sys/_fd_set.h>
#include <sys/_sigset.h>
#include <sys/_timespec.h>
#include <sys/_timeval.h>

#ifndef _SIGSET_T_DECLARED
#define _SIGSET_T_DECLARED
typedef __sigset_t	sigset_t;
#endif

#ifndef _KERNEL
__BEGIN_DECLS
int	pselect(int, fd_set *__restrict, fd_set *__restrict,
	    fd_set *__restrict, const struct timespec *__restrict,
	    const sigset_t *__restrict);
#ifndef _SELECT_DECLARED
#define _SELECT_DECLARED
int	select(int, fd_set *, fd_set *, fd_set *, struct timeval *);
#endif
__END_DECLS
#endif

#endif /* !_SYS_SELECT_H_ */
