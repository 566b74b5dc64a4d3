/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Kernel threads: LWKT threads without a process.
 */
#ifndef _SYS_KTHREAD_H_
#define _SYS_KTHREAD_H_

#ifdef _KERNEL

#include <sys/cdefs.h>

struct proc;
struct thread;

/* For kproc_start(), kthread_start() through SYSINIT. */
struct kproc_desc {
	const char	*arg0;		/* name */
	void		(*func)(void);
	struct thread	**global_threadpp; /* filled in */
};

/*
 * Start a thread running func(arg), named by fmt; it is on the current CPU
 * (kthread_create, _cpu: on the given one) and runnable at once, or, for
 * kthread_alloc(), left to the caller to schedule.
 */
int	kthread_create(void (*func)(void *), void *arg, struct thread **tdp,
	    const char *fmt, ...) __printflike(4, 5);
int	kthread_create_cpu(void (*func)(void *), void *arg,
	    struct thread **tdp, int cpu, const char *fmt, ...)
	    __printflike(5, 6);
int	kthread_alloc(void (*func)(void *), void *arg, struct thread **tdp,
	    const char *fmt, ...) __printflike(4, 5);
void	kthread_exit(void) __dead2;
void	kproc_start(const void *udata);
int	suspend_kproc(struct thread *td, int timo);
void	kproc_suspend_loop(void);

#endif /* _KERNEL */

#endif /* !_SYS_KTHREAD_H_ */
