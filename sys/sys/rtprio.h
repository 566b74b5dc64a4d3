/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Real-time and idle priorities of threads: rtprio(), lwp_rtprio().
 */
#ifndef _SYS_RTPRIO_H_
#define _SYS_RTPRIO_H_

#include <sys/types.h>

#define RTP_PRIO_REALTIME	0
#define RTP_PRIO_NORMAL		1
#define RTP_PRIO_IDLE		2
#define RTP_PRIO_THREAD		3
#define RTP_PRIO_FIFO_BIT	4
#define RTP_PRIO_FIFO		4
#define RTP_PRIO_MIN		0
#define RTP_PRIO_MAX		31
#define RTP_LOOKUP		0
#define RTP_SET			1

struct rtprio {
	u_short	type;		/* RTP_PRIO_* */
	u_short	prio;		/* RTP_PRIO_MIN .. RTP_PRIO_MAX */
};

#ifndef _KERNEL
__BEGIN_DECLS
int	lwp_rtprio(int, pid_t, lwpid_t, struct rtprio *);
int	rtprio(int, pid_t, struct rtprio *);
__END_DECLS
#endif

#endif /* !_SYS_RTPRIO_H_ */
