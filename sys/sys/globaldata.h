/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The machine independent part of a CPU's private data.
 *
 * mycpu (<machine/thread.h>) is the running CPU's; globaldata_find(n) another
 * one's.  Fields marked (c) belong to the owning CPU: it alone changes them,
 * in a critical section where an IPI function or interrupt changes them too;
 * others may read words for statistics.  (a) atomic, from anywhere.  (I) set
 * before the CPU runs.  (s) under the spinlock named.
 */
#ifndef _SYS_GLOBALDATA_H_
#define _SYS_GLOBALDATA_H_

#if defined(_KERNEL) || defined(_KERNEL_STRUCTURES)

#include <sys/types.h>
#include <sys/queue.h>
#include <sys/spinlock.h>
#include <sys/thread.h>
#include <sys/time.h>
#include <sys/vmmeter.h>
#include <sys/systimer.h>
#include <machine/cpumask.h>

struct privatespace;
struct lwkt_ipiq;
struct slab_pcpu;
struct tslpque;

#define LWKT_NRUNQ	32		/* TDPRI_* 0-31 */

TAILQ_HEAD(lwkt_queue, thread);

/* CPU time by kind; layout is that of kern.cputime. */
struct gd_cputime {
	uint64_t	cp_user;	/* microseconds */
	uint64_t	cp_nice;
	uint64_t	cp_sys;
	uint64_t	cp_intr;
	uint64_t	cp_idle;
};

struct globaldata {
	struct privatespace *gd_prvspace; /* (I) self; offset 0 */
	struct thread	*gd_curthread;	/* (c) offset 8 */
	volatile u_int	gd_reqflags;	/* (a) RQF_*: work to be done */
	int		gd_cpuid;	/* (I) */
	u_int		gd_spinlocks;	/* (c) spinlocks held */
	int		gd_intr_nesting_level; /* (c) in hard interrupt code */
	int		gd_trap_nesting_level; /* (c) traps from the kernel */
	int		gd_processing_ipiq; /* (c) in lwkt_process_ipiq() */
	cpumask_t	gd_cpumask;	/* (I) this CPU */
	cpumask_t	gd_other_cpus;	/* (c) all CPUs but this */

	/* LWKT scheduler */
	u_int		gd_runqmask;	/* (c) bit n: gd_tdrunq[n] not empty */
	int		gd_tdrunqcount;	/* (c) threads on the queues */
	struct lwkt_queue gd_tdrunq[LWKT_NRUNQ]; /* (c) by td_pri */
	struct lwkt_queue gd_tdallq;	/* (c) all threads of this CPU */
	struct thread	gd_idlethread;	/* (c) runs when nothing else can */
	int		gd_tdfreecount;	/* (c) length of gd_tdfreeq */
	struct lwkt_queue gd_tdfreeq;	/* (c) cache of threads with stacks */
	uint64_t	gd_swtch;	/* (c) thread switches */

	/* IPI messages */
	struct lwkt_ipiq *gd_ipiq;	/* (I) array[ncpus]: to other CPUs */
	cpumask_t	gd_ipimask;	/* (a) CPUs that sent something */

	/* sleeping */
	struct tslpque	*gd_tsleep_hash; /* (c) by wait channel */

	/* memory */
	struct slab_pcpu *gd_slab;	/* (c) kmalloc's */

	/* time */
	volatile time_t	gd_time_seconds; /* (c) uptime, seconds */
	volatile sysclock_t gd_cpuclock_base; /* (c) counter at that second */
	struct systimer_queue gd_systimerq; /* (c) pending, by time */
	int		gd_systimer_inprog; /* (c) */
	struct systimer	gd_hardclock;	/* (c) */
	struct systimer	gd_statclock;	/* (c) */
	struct systimer	gd_schedclock;	/* (c) */
	volatile uint64_t gd_statcv;	/* (c) statclock's last reading */
	volatile u_int	gd_ticks;	/* (c) hardclocks on this CPU */
	struct gd_cputime gd_cputime;	/* (c) */
	int		gd_statint;	/* (c) in an interrupt at statclock */
	struct softclock_pcpu *gd_softclock; /* (I) callout wheel */

	/* statistics */
	struct vmmeter	gd_cnt;		/* (c) events */
	struct vmtotal	gd_vmtotal;	/* (c) share of vm.vmtotal */
	struct vmstats	gd_vmstats;	/* (c) snapshot of page counts */
	struct vmstats	gd_vmstats_adj;	/* (c) changes not yet in the sum */
	void		*gd_vm_pcpu;	/* (c) VM's: page magazines */

	/* other subsystems */
	void		*gd_usched;	/* (c) user scheduler's */
	struct lwp	*gd_uschedcp;	/* (c) user thread chosen to run */
	void		*gd_nchstats;	/* (c) namecache statistics */
	void		*gd_pipe;	/* (c) cached pipes */
	void		*gd_net;	/* (c) network's */
	u_int		gd_forkid;	/* (c) source of fork ids */
	u_int		gd_anoninum;	/* (c) source of inode numbers */
	void		*gd_preserved;	/* (c) ddb: frame of a stopped CPU */

	/* watchdogs and diagnostics */
	u_int		gd_sampleticks;	/* (c) */
	uint64_t	gd_rand_incr;	/* (c) entropy of interrupt times */
};

typedef struct globaldata *globaldata_t;

/* gd_reqflags.  The assembly of the platform knows these numbers. */
#define RQB_IPIQ		0
#define RQB_INTPEND		1
#define RQB_AST_OWEUPC		2
#define RQB_AST_SIGNAL		3
#define RQB_AST_USER_RESCHED	4
#define RQB_AST_LWKT_RESCHED	5
#define RQB_AST_UPCALL		6
#define RQB_TIMER		7
#define RQB_RUNNING		8
#define RQB_SPINNING		9
#define RQB_QUICKRET		10
#define RQB_KQUEUE		11
#define RQB_XINVLTLB		12

#define RQF_IPIQ		(1 << RQB_IPIQ)
#define RQF_INTPEND		(1 << RQB_INTPEND)
#define RQF_AST_OWEUPC		(1 << RQB_AST_OWEUPC)
#define RQF_AST_SIGNAL		(1 << RQB_AST_SIGNAL)
#define RQF_AST_USER_RESCHED	(1 << RQB_AST_USER_RESCHED)
#define RQF_AST_LWKT_RESCHED	(1 << RQB_AST_LWKT_RESCHED)
#define RQF_AST_UPCALL		(1 << RQB_AST_UPCALL)
#define RQF_TIMER		(1 << RQB_TIMER)
#define RQF_RUNNING		(1 << RQB_RUNNING)
#define RQF_SPINNING		(1 << RQB_SPINNING)
#define RQF_QUICKRET		(1 << RQB_QUICKRET)
#define RQF_KQUEUE		(1 << RQB_KQUEUE)
#define RQF_XINVLTLB		(1 << RQB_XINVLTLB)

#define RQF_AST_MASK		(RQF_AST_OWEUPC | RQF_AST_SIGNAL |	\
				 RQF_AST_USER_RESCHED |			\
				 RQF_AST_LWKT_RESCHED | RQF_AST_UPCALL)
/* What the last crit_exit() hands to splz(). */
#define RQF_IDLECHECK_MASK	(RQF_IPIQ | RQF_INTPEND | RQF_TIMER | RQF_KQUEUE)
/* What ends the idle loop's halt. */
#define RQF_IDLECHECK_WK_MASK	(RQF_IDLECHECK_MASK | RQF_AST_LWKT_RESCHED)

#endif /* _KERNEL || _KERNEL_STRUCTURES */

#ifdef _KERNEL

/* Prepare a CPU's globaldata; by the platform, before the CPU runs. */
void	mi_gdinit(struct globaldata *gd, int cpuid);
struct globaldata *globaldata_find(int cpuid);

#endif

#endif /* !_SYS_GLOBALDATA_H_ */
