/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Scheduling of threads: SCHED_OTHER is time sharing, the others are real
 * time priorities of the kernel.
 */
#include <sys/types.h>
#include <sys/lwp.h>
#include <sys/rtprio.h>

#include "pthread_private.h"

int	getcpuclockid(pid_t, lwpid_t, clockid_t *);

static int concurrency;

int
pthread_getschedparam(pthread_t t, int *restrict policy,
    struct sched_param *restrict param)
{
	*policy = t->t_attr.policy;
	param->sched_priority = t->t_attr.priority;
	return (0);
}

int
pthread_setschedparam(pthread_t t, int policy, const struct sched_param *param)
{
	struct rtprio rtp;

	switch (policy) {
	case SCHED_OTHER:
		rtp.type = RTP_PRIO_NORMAL;
		rtp.prio = 0;
		break;
	case SCHED_FIFO:
	case SCHED_RR:
		if (param->sched_priority < RTP_PRIO_MIN ||
		    param->sched_priority > RTP_PRIO_MAX)
			return (EINVAL);
		/* POSIX: larger is more urgent. */
		rtp.type = RTP_PRIO_REALTIME;
		rtp.prio = (u_short)(RTP_PRIO_MAX - param->sched_priority);
		break;
	default:
		return (EINVAL);
	}
	if (lwp_rtprio(RTP_SET, 0, t->t_tid, &rtp) != 0)
		return (errno);
	t->t_attr.policy = policy;
	t->t_attr.priority = param->sched_priority;
	return (0);
}

int
pthread_getprio(pthread_t t)
{
	return (t->t_attr.priority);
}

int
pthread_setprio(pthread_t t, int priority)
{
	struct sched_param param = { priority };

	return (pthread_setschedparam(t, t->t_attr.policy, &param));
}

/* Every thread has an LWP, so this is only remembered. */
int
pthread_getconcurrency(void)
{
	return (concurrency);
}

int
pthread_setconcurrency(int level)
{
	if (level < 0)
		return (EINVAL);
	concurrency = level;
	return (0);
}

void
pthread_yield(void)
{
	sched_yield();
}

int
pthread_getcpuclockid(pthread_t t, clockid_t *clock)
{
	return (getcpuclockid(0, t->t_tid, clock) != 0 ? errno : 0);
}
