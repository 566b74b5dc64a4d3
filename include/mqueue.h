/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * POSIX message queues.
 */
#ifndef _MQUEUE_H_
#define _MQUEUE_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <sys/mqueue.h>

struct sigevent;
struct timespec;

__BEGIN_DECLS
int	mq_close(mqd_t);
int	mq_getattr(mqd_t, struct mq_attr *);
int	mq_notify(mqd_t, const struct sigevent *);
mqd_t	mq_open(const char *, int, ...);
ssize_t	mq_receive(mqd_t, char *, size_t, unsigned *);
int	mq_send(mqd_t, const char *, size_t, unsigned);
int	mq_setattr(mqd_t, const struct mq_attr *__restrict,
	    struct mq_attr *__restrict);
ssize_t	mq_timedreceive(mqd_t, char *__restrict, size_t,
	    unsigned *__restrict, const struct timespec *__restrict);
int	mq_timedsend(mqd_t, const char *, size_t, unsigned,
	    const struct timespec *);
int	mq_unlink(const char *);
__END_DECLS

#endif /* !_MQUEUE_H_ */
