/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * poll().
 */
#ifndef _SYS_POLL_H_
#define _SYS_POLL_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <sys/_sigset.h>
#include <sys/_timespec.h>

#ifndef _SIGSET_T_DECLARED
#define _SIGSET_T_DECLARED
typedef __sigset_t	sigset_t;
#endif

typedef unsigned int	nfds_t;

struct pollfd {
	int	fd;			/* < 0: skipped */
	short	events;			/* asked for */
	short	revents;		/* found */
};

#define POLLIN		0x0001
#define POLLPRI		0x0002
#define POLLOUT		0x0004
#define POLLRDNORM	0x0040
#define POLLWRNORM	0x0004
#define POLLRDBAND	0x0080
#define POLLWRBAND	0x0100
#define POLLERR		0x0008
#define POLLHUP		0x0010
#define POLLNVAL	0x0020
#define POLLSTANDARD	0x01ff
#define INFTIM		(-1)		/* no timeout */

#ifndef _KERNEL
__BEGIN_DECLS
int	poll(struct pollfd *, nfds_t, int);
#if __BSD_VISIBLE
int	ppoll(struct pollfd *, nfds_t, const struct timespec *,
	    const sigset_t *);
#endif
__END_DECLS
#endif

#endif /* !_SYS_POLL_H_ */
