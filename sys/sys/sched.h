/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * POSIX scheduling.
 */
#ifndef _SYS_SCHED_H_
#define _SYS_SCHED_H_

#include <sys/cdefs.h>
#include <sys/types.h>

#define SCHED_FIFO	1
#define SCHED_OTHER	2
#define SCHED_RR	3

struct sched_param {
	int	sched_priority;
};

#ifndef _KERNEL
#include <sys/cpumask.h>

#ifndef _CPUSET_T_DECLARED
#define _CPUSET_T_DECLARED
typedef cpumask_t	cpuset_t;
#endif

struct timespec;

__BEGIN_DECLS
int	sched_get_priority_max(int);
int	sched_get_priority_min(int);
int	sched_getparam(pid_t, struct sched_param *);
int	sched_getscheduler(pid_t);
int	sched_rr_get_interval(pid_t, struct timespec *);
int	sched_setparam(pid_t, const struct sched_param *);
int	sched_setscheduler(pid_t, int, const struct sched_param *);
int	sched_yield(void);
#if __BSD_VISIBLE
int	sched_getaffinity(pid_t, size_t, cpu_set_t *);
int	sched_getcpu(void);
int	sched_setaffinity(pid_t, size_t, const cpu_set_t *);
#endif
__END_DECLS
#endif

#endif /* !_SYS_SCHED_H_ */
