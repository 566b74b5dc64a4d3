/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Resource limits and accounting inside the kernel.
 */
#ifndef _SYS_RESOURCEVAR_H_
#define _SYS_RESOURCEVAR_H_

#include <sys/types.h>
#include <sys/resource.h>
#include <sys/time.h>

#ifdef _KERNEL

#include <sys/queue.h>
#include <sys/spinlock.h>
#include <sys/varsym.h>

struct lwp;
struct proc;

/*
 * Limits, shared until changed.  Locks: (a) atomic; the rest is immutable
 * while p_refcnt > 1, else p_spin of the process.
 */
struct plimit {
	struct rlimit	pl_rlimit[RLIM_NLIMITS];
	u_int		p_refcnt;	/* (a) */
	rlim_t		p_cpulimit;	/* microseconds; shortcut */
};

/* Per user totals.  (s) ui_lock. */
struct uidinfo {
	LIST_ENTRY(uidinfo) ui_hash;	/* hash lock */
	rlim_t		ui_sbsize;	/* (s) socket buffer bytes */
	u_int		ui_proccnt;	/* (a) processes */
	u_int		ui_openfiles;	/* (a) open files */
	u_int		ui_posixlocks;	/* (a) advisory locks */
	uid_t		ui_uid;		/* (I) */
	u_int		ui_ref;		/* (a) */
	struct varsymset ui_varsymset;	/* user's variables */
	struct spinlock	ui_lock;
};

void	plimit_init0(struct plimit *limit);
struct plimit *plimit_fork(struct proc *p);
void	plimit_free(struct proc *p);
void	plimit_lwp_fork(struct proc *p);
rlim_t	plimit_getadjvalue(int which);
/* PLIMIT_TESTCPU_*: has CPU time (microseconds) run out? */
int	plimit_testcpulimit(struct proc *p, u_int64_t ttime);
#define PLIMIT_TESTCPU_OK	0
#define PLIMIT_TESTCPU_XCPU	1
#define PLIMIT_TESTCPU_KILL	2

int	kern_setrlimit(u_int which, struct rlimit *limp);
int	kern_getrlimit(u_int which, struct rlimit *limp);
/* Current soft limit. */
rlim_t	lim_cur(struct proc *p, int which);

void	calcru(struct lwp *lp, struct timeval *up, struct timeval *sp);
void	calcru_proc(struct proc *p, struct rusage *ru);
void	calcru_memory(struct proc *p, struct rusage *ru);
/* The calling thread has a block read, or has made one that must be written. */
void	ru_count_input(void);
void	ru_count_output(void);
/* profil(2): a tick in user mode (interrupt); back there, at pc. */
void	profil_tick(struct lwp *lp);
void	profil_charge(struct lwp *lp, u_long pc);
void	ruadd(struct rusage *ru, struct rusage *ru2);

struct uidinfo *uifind(uid_t uid);
void	uihold(struct uidinfo *ui);
void	uidrop(struct uidinfo *ui);
void	uireplace(struct uidinfo **puip, struct uidinfo *nuip);
/* Change a count; 0 if that would exceed a positive max, else 1. */
int	chgproccnt(struct uidinfo *uip, int diff, int max);
int	chgsbsize(struct uidinfo *uip, u_long *hiwat, u_long to, rlim_t max);
int	chgopenfiles(struct uidinfo *uip, int diff, int max);

#endif /* _KERNEL */

#endif /* !_SYS_RESOURCEVAR_H_ */
