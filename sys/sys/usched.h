/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * User schedulers: which user thread runs on which CPU.  LWKT switches
 * between whatever threads are runnable; a user thread, to run in user
 * mode, must in addition be the one its CPU's user scheduler designates
 * ("own" the CPU).  In the kernel it may run without owning it.
 */
#ifndef _SYS_USCHED_H_
#define _SYS_USCHED_H_

#include <sys/cdefs.h>
#include <sys/types.h>

#define NAME_LENGTH		32
#define USCHED_SET_SCHEDULER	0
#define USCHED_SET_CPU		1
#define USCHED_ADD_CPU		2
#define USCHED_DEL_CPU		3
#define USCHED_GET_CPU		4
#define USCHED_GET_CPUMASK	5
#define USCHED_SET_CPUMASK	6

#ifndef _KERNEL
__BEGIN_DECLS
int	usched_set(pid_t, int, void *, int);
__END_DECLS
#endif

#ifdef _KERNEL

#include <sys/queue.h>
#include <sys/systimer.h>
#include <machine/cpumask.h>

struct globaldata;
struct lwp;
struct proc;
struct thread;

struct usched {
	TAILQ_ENTRY(usched) entry;
	const char	*name;
	const char	*desc;
	void	(*usched_register)(void);
	void	(*usched_unregister)(void);
	/* Become the CPU's user thread; may switch, may change CPU. */
	void	(*acquire_curproc)(struct lwp *lp);
	/* Give that up (about to sleep, or exiting). */
	void	(*release_curproc)(struct lwp *lp);
	/* Make a thread that wants to return to user mode eligible. */
	void	(*setrunqueue)(struct lwp *lp);
	/* Statistics clock of a running thread; interrupt context. */
	void	(*schedulerclock)(struct lwp *lp, sysclock_t period,
		    sysclock_t cpstamp);
	void	(*recalculate)(struct lwp *lp);
	/* Recompute priority from nice and rtprio. */
	void	(*resetpriority)(struct lwp *lp);
	void	(*heuristic_forking)(struct lwp *parent, struct lwp *child);
	void	(*heuristic_exiting)(struct lwp *parent, struct proc *child);
	void	(*uload_update)(struct lwp *lp);
	/* lwp_cpumask changed. */
	void	(*changedcpu)(struct lwp *lp);
	void	(*setcpumask)(struct usched *us, cpumask_t mask);
	void	(*yield)(struct lwp *lp);
};

int	usched_ctl(struct usched *usched, int action);
#define USCH_ADD	0x00000001
#define USCH_REM	0x00000010
struct usched *usched_init(void);
extern struct usched usched_dfly;
extern cpumask_t usched_global_cpumask;
extern cpumask_t usched_mastermask;

/* Once per stat tick, for the current thread. */
void	usched_schedulerclock(struct lwp *lp, sysclock_t period,
	    sysclock_t time);

#endif /* _KERNEL */

#endif /* !_SYS_USCHED_H_ */
