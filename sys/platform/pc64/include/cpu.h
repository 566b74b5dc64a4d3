/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What machine independent code asks of the CPU: requests for attention of
 * the own CPU's scheduler, stack and program counter, reset.
 */
#ifndef _MACHINE_CPU_H_
#define _MACHINE_CPU_H_

/* Second-level identifiers of the machdep sysctl node. */
#define CPU_CONSDEV		1
#define CPU_ADJKERNTZ		2
#define CPU_DISRTCSET		3
#define CPU_BOOTINFO		4
#define CPU_WALLCLOCK		5
#define CPU_MAXID		6

#ifdef _KERNEL

#include <machine/atomic.h>
#include <machine/cpufunc.h>
#include <machine/frame.h>
#include <machine/psl.h>
#include <machine/segments.h>

struct globaldata;
struct thread;
struct lwp;
struct proc;

#define cpu_getstack(lp)	((lp)->lwp_md.md_regs->tf_rsp)
#define cpu_setstack(lp, sp)	((lp)->lwp_md.md_regs->tf_rsp = (sp))

/*
 * Requests to the own CPU, taken on the way out of the kernel or of the last
 * critical section.  Locked, because other CPUs set bits as well.
 */
#define need_lwkt_resched() \
	atomic_set_int(&mycpu->gd_reqflags, RQF_AST_LWKT_RESCHED)
#define clear_lwkt_resched() \
	atomic_clear_int(&mycpu->gd_reqflags, RQF_AST_LWKT_RESCHED)
#define lwkt_resched_wanted() \
	((mycpu->gd_reqflags & RQF_AST_LWKT_RESCHED) != 0)
#define need_user_resched() \
	atomic_set_int(&mycpu->gd_reqflags, RQF_AST_USER_RESCHED)
#define clear_user_resched() \
	atomic_clear_int(&mycpu->gd_reqflags, RQF_AST_USER_RESCHED)
#define user_resched_wanted() \
	((mycpu->gd_reqflags & RQF_AST_USER_RESCHED) != 0)
#define any_resched_wanted()						\
	((mycpu->gd_reqflags &						\
	  (RQF_AST_LWKT_RESCHED | RQF_AST_USER_RESCHED)) != 0)
#define signotify() \
	atomic_set_int(&mycpu->gd_reqflags, RQF_AST_SIGNAL)
#define clear_quickret()	do { } while (0)
#define need_ipiq() \
	atomic_set_int(&mycpu->gd_reqflags, RQF_IPIQ)
#define need_timer() \
	atomic_set_int(&mycpu->gd_reqflags, RQF_TIMER)
#define need_proftick() \
	atomic_set_int(&mycpu->gd_reqflags, RQF_AST_OWEUPC)

/* Stack switch targets and helpers of the thread machinery. */
void	cpu_heavy_restore(void);
void	cpu_lwkt_restore(void);
void	cpu_kthread_restore(void);
void	cpu_idle_restore(void);
struct thread *cpu_heavy_switch(struct thread *ntd);
struct thread *cpu_lwkt_switch(struct thread *ntd);
struct thread *cpu_exit_switch(struct thread *ntd);
void	cpu_init_thread(struct thread *td);
void	cpu_set_thread_handler(struct thread *td, void (*rfunc)(void),
	    void (*func)(void *), void *arg);
void	cpu_thread_exit(void) __attribute__((__noreturn__));
void	cpu_idle(void) __attribute__((__noreturn__));
void	cpu_gdinit(struct globaldata *gd, int cpuid);
struct globaldata *globaldata_find(int cpuid);
void	splz(void);

/* User scheduling units. */
void	cpu_fork(struct lwp *lp1, struct lwp *lp2, int flags);
void	cpu_set_fork_handler(struct lwp *lp, void (*func)(void *,
	    struct trapframe *), void *arg);
void	cpu_lwp_exit(void) __attribute__((__noreturn__));
void	cpu_proc_exit(void) __attribute__((__noreturn__));
struct lwp_params;
int	cpu_prepare_lwp(struct lwp *lp, struct lwp_params *params);
void	fork_trampoline(void);

/* Stop everything: restart the machine, wait for ever. */
void	cpu_reset(void) __attribute__((__noreturn__));
void	cpu_halt(void);

/* Has the boot gone far enough for mycpu to be valid? */
extern int	cpu_globaldata_ready;

#endif /* _KERNEL */
#endif /* !_MACHINE_CPU_H_ */
