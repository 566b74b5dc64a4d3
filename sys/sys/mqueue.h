/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * POSIX message queues.
 */
#ifndef _SYS_MQUEUE_H_
#define _SYS_MQUEUE_H_

#include <sys/cdefs.h>
#include <sys/types.h>

#define MQ_OPEN_MAX	512
#define MQ_PRIO_MAX	32

typedef int	mqd_t;
struct mq_attr {
	long	mq_flags;
	long	mq_maxmsg;
	long	mq_msgsize;
	long	mq_curmsgs;
};

#endif /* !_SYS_MQUEUE_H_ */
