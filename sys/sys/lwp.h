/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lwp_create(): threads of a process.
 */
#ifndef _SYS_LWP_H_
#define _SYS_LWP_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <machine/cpumask.h>

struct lwp_params {
	void	(*lwp_func)(void *);
	void	*lwp_arg;
	void	*lwp_stack;		/* top, 16-byte aligned */
	lwpid_t	*lwp_tid1;		/* the id is stored here and there, */
	lwpid_t	*lwp_tid2;		/* unless NULL, before it runs */
};

#ifndef _KERNEL
#include <sys/cpumask.h>

struct rtprio;

__BEGIN_DECLS
int	lwp_create(struct lwp_params *);
int	lwp_create2(struct lwp_params *, const cpumask_t *);
int	lwp_getaffinity(pid_t, lwpid_t, cpumask_t *);
lwpid_t	lwp_gettid(void);
int	lwp_getname(lwpid_t, char *, size_t);
int	lwp_kill(pid_t, lwpid_t, int);
int	lwp_rtprio(int, pid_t, lwpid_t, struct rtprio *);
int	lwp_setaffinity(pid_t, lwpid_t, const cpumask_t *);
int	lwp_setname(lwpid_t, const char *);
__END_DECLS
#endif

#endif /* !_SYS_LWP_H_ */
