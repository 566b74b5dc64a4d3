/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Threads: what POSIX does not have.
 */
#ifndef _PTHREAD_NP_H_
#define _PTHREAD_NP_H_

#include <sys/cdefs.h>
#include <sys/cpumask.h>
#include <pthread.h>

#ifndef _CPUSET_T_DECLARED
#define _CPUSET_T_DECLARED
typedef cpumask_t	cpuset_t;
#endif

typedef void	(*pthread_switch_routine_t)(pthread_t, pthread_t);

__BEGIN_DECLS
int	pthread_attr_get_np(pthread_t, pthread_attr_t *);
int	pthread_attr_getaffinity_np(const pthread_attr_t *, size_t,
	    cpu_set_t *);
int	pthread_attr_setaffinity_np(pthread_attr_t *, size_t,
	    const cpu_set_t *);
int	pthread_attr_setcreatesuspend_np(pthread_attr_t *);
int	pthread_getaffinity_np(pthread_t, size_t, cpu_set_t *);
void	pthread_get_name_np(pthread_t, char *, size_t);
int	pthread_getthreadid_np(void);
int	pthread_main_np(void);
int	pthread_multi_np(void);
int	pthread_mutexattr_getkind_np(pthread_mutexattr_t);
int	pthread_mutexattr_setkind_np(pthread_mutexattr_t *, int);
void	pthread_resume_all_np(void);
int	pthread_resume_np(pthread_t);
int	pthread_setaffinity_np(pthread_t, size_t, const cpu_set_t *);
void	pthread_set_name_np(pthread_t, const char *);
int	pthread_single_np(void);
void	pthread_suspend_all_np(void);
int	pthread_suspend_np(pthread_t);
int	pthread_timedjoin_np(pthread_t, void **, const struct timespec *);
__END_DECLS

#endif /* !_PTHREAD_NP_H_ */
