/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * LWKT threads, tokens and IPI message queues.
 *
 * A thread belongs to a CPU (td_gd), whose scheduler alone runs it.  Other
 * CPUs ask by IPI message; every function here does so by itself.
 *
 * Lock letters of struct thread:
 *	(I)	immutable after creation
 *	(c)	the CPU that owns the thread, in a critical section
 *	(t)	the thread itself
 *	(a)	atomic, any CPU
 *	(p)	proc token
 *	(m)	migrates with the thread: both owner CPUs in turn
 *
 * Inlines (crit_enter() and its family, token tests) are in <sys/thread2.h>.
 */
#ifndef _SYS_THREAD_H_
#define _SYS_THREAD_H_

#include <sys/types.h>
#include <sys/queue.h>
#include <sys/msgport.h>
#include <sys/time.h>
#include <machine/thread.h>
#include <machine/cpumask.h>

struct globaldata;
struct lwp;
struct proc;
struct thread;
struct pcb;
struct ucred;
struct filedesc;
struct file;
struct lwkt_token;
struct lwkt_tokref;
struct lwkt_ipiq;
struct intrframe;

typedef struct lwkt_token	*lwkt_token_t;
typedef struct lwkt_tokref	*lwkt_tokref_t;
typedef struct thread		*thread_t;
typedef struct lwkt_queue	*lwkt_queue_t;

#if defined(_KERNEL) || defined(_KERNEL_STRUCTURES)

/*
 * A token.  t_count combines the exclusive bit, a bit by which an exclusive
 * requester holds off new shared holders, the number of holders times
 * TOK_INCR, and a bit saying that threads are queued for it.
 */
typedef struct lwkt_token {
	volatile u_long	t_count;	/* (a) */
	struct thread	* volatile t_owner; /* (a) exclusive holder */
	volatile u_int	t_collisions;	/* statistics, unlocked */
	const char	*t_desc;	/* (I) */
} lwkt_token;

#define TOK_EXCLUSIVE	0x00000001
#define TOK_EXCLREQ	0x00000002
#define TOK_INCR	4
#define TOK_COUNTMASK	(~(long)(TOK_EXCLUSIVE | TOK_EXCLREQ))
#define TOK_WAITERS	0x8000000000000000UL

#define LWKT_TOKEN_INITIALIZER(name) {					\
	.t_count = 0, .t_owner = NULL, .t_collisions = 0,		\
	.t_desc = #name,						\
}

/* One acquisition of a token by a thread, in the thread's array. */
struct lwkt_tokref {
	lwkt_token_t	tr_tok;		/* (t) */
	u_long		tr_count;	/* (t) what it holds of t_count; 0 for
					 * a recursion, or when not held */
	int		tr_excl;	/* (t) exclusive was asked for */
};

#define LWKT_MAXTOKENS	32	/* a thread's acquisitions at one time */

/*
 * The queue of messages from one CPU to another.  ip_rindex is moved by the
 * receiver, the other indices and the ring's contents by the sender.
 */
#define MAXCPUFIFO	256	/* longest ring; shorter with many CPUs */
#define MAXCPUFIFO_MASK	(MAXCPUFIFO - 1)

typedef void (*ipifunc1_t)(void *arg);
typedef void (*ipifunc2_t)(void *arg, int arg2);
typedef void (*ipifunc3_t)(void *arg, int arg2, struct intrframe *frame);

struct lwkt_ipimsg {
	ipifunc3_t	im_func;
	void		*im_arg1;
	int		im_arg2;
	int		im_flags;
};

typedef struct lwkt_ipiq {
	volatile int	ip_rindex __cachealign; /* receiver: next to read */
	volatile int	ip_xindex;	/* receiver: executed up to here */
	volatile int	ip_windex __cachealign; /* sender: next to write */
	int		ip_mask;	/* (I) entries - 1 */
	struct lwkt_ipimsg *ip_ring;	/* (I) */
} lwkt_ipiq;

#define NFDCACHE	4	/* file pointers cached by a thread */

struct fdcache {
	int		fd;
	int		locked;
	struct file	*fp;
	int		lru;
	int		unused[3];
} __cachealign;

struct thread {
	/* what switching touches */
	TAILQ_ENTRY(thread) td_threadq;	/* (c) run queue */
	volatile u_int	td_flags;	/* (c) TDF_* */
	volatile u_int	td_mpflags;	/* (a) TDF_MP_* */
	volatile int	td_critcount;	/* (t) critical section depth */
	volatile int	td_refs;	/* (a) keeps the structure */
	int		td_pri;		/* (c) TDPRI_* */
	int		td_upri;	/* (t) user scheduler's priority */
	char		*td_sp;		/* (c) saved stack pointer */
	struct pcb	*td_pcb;	/* (I) top of the kernel stack */
	struct thread	*(*td_switch)(struct thread *ntd); /* (I) */
	struct globaldata * volatile td_gd; /* (m) CPU it belongs to */
	struct globaldata *td_migrate_gd; /* (t) CPU it is moving to */
	struct thread	*td_preempted;	/* (c) thread this one preempted */
	void		(*td_release)(struct thread *td); /* (t) called when a
					 * user thread blocks in the kernel */
	void		(*td_preemptable)(struct thread *td, int critcount);
					/* (I) may preempt; NULL: may not */
	struct lwkt_tokref *td_toks_base; /* (I) td_toks_array */
	struct lwkt_tokref *td_toks_stop; /* (t) end of those wanted */
	lwkt_token_t	td_tokwait;	/* (q) queued for it; q: lock of the
					 * token wait hash */
	TAILQ_ENTRY(thread) td_tokwaitq; /* (q) */

	/* who it is */
	struct lwp	*td_lwp;	/* (I) NULL: pure kernel thread */
	struct proc	*td_proc;	/* (I) &proc0 for kernel threads */
	struct ucred	*td_ucred;	/* (t) synced at kernel entry */
	TAILQ_ENTRY(thread) td_allq;	/* (c) all threads of the CPU */
	char		*td_kstack;	/* (I) base of the kernel stack */
	int		td_kstack_size;	/* (I) bytes */
	int		td_type;	/* (I) TD_TYPE_* */
	const char	*td_wmesg;	/* (t) why it sleeps */
	lwkt_port	td_msgport;	/* its built-in reply port */
	int		td_slocks;	/* (t) shared lockmgr locks held */
	int		td_nest_count;	/* (c) preemption depth */
	u_int		td_contended;	/* (t) token collisions */
	u_int		td_nlocks_exclusive; /* (t) */

	/* sleeping */
	TAILQ_ENTRY(thread) td_sleepq;	/* (c) tsleep hash */
	const volatile void *td_wchan;	/* (c) channel slept on */
	int		td_wdomain;	/* (c) PDOMAIN_* of it */
	int		td_wakefromcpu;	/* (c) who woke it last */
	void		*td_wchan_gd;	/* (c) CPU whose hash holds it */

	/* time */
	uint64_t	td_start;	/* (I) creation, uptime in us */
	uint64_t	td_uticks;	/* (c) microseconds in user mode */
	uint64_t	td_sticks;	/* (c) in the kernel */
	uint64_t	td_iticks;	/* (c) in interrupts */
	uint64_t	td_cpucycles_start; /* (c) counter at last resume */
	uint64_t	td_slpticks;	/* (t) tick at which it went to sleep */

	/* descriptors */
	struct fdcache	td_fdcache[NFDCACHE]; /* (t) */
	int		td_fdcache_lru;	/* (t) */

	char		td_comm[32];	/* (t) MAXCOMLEN + 1 and more */
	struct md_thread td_mach;	/* the machine's */
	struct lwkt_tokref td_toks_array[LWKT_MAXTOKENS]; /* (t) */
};

#endif /* _KERNEL || _KERNEL_STRUCTURES */

/* td_flags */
#define TDF_RUNNING		0x00000001 /* on a CPU, or being switched out */
#define TDF_RUNQ		0x00000002 /* on its CPU's run queue */
#define TDF_PREEMPT_LOCK	0x00000004 /* preempted: do not touch */
#define TDF_PREEMPT_DONE	0x00000008 /* preemption complete */
#define TDF_NOSTART		0x00000010 /* do not schedule on creation */
#define TDF_MIGRATING		0x00000020 /* being given to another CPU */
#define TDF_SINTR		0x00000040 /* sleep can be interrupted */
#define TDF_TSLEEPQ		0x00000080 /* in the tsleep hash */
#define TDF_SYSTHREAD		0x00000100 /* reserves of memory are its own */
#define TDF_ALLOCATED_THREAD	0x00000200 /* structure from the allocator */
#define TDF_ALLOCATED_STACK	0x00000400 /* stack from the allocator */
#define TDF_FPU_HEUR		0x00000800 /* uses the FPU at every turn */
#define TDF_DEADLKTREAT		0x00001000 /* special lockmgr treatment */
#define TDF_MARKER		0x00002000 /* place holder on td_allq */
#define TDF_TIMEOUT_RUNNING	0x00004000 /* tsleep's callout armed */
#define TDF_TIMEOUT		0x00008000 /* tsleep's callout fired */
#define TDF_INTTHREAD		0x00010000 /* interrupt thread */
#define TDF_TSLEEP_DESCHEDULED	0x00020000 /* tsleep took it off the queue */
#define TDF_BLOCKED		0x00040000 /* thread is blocked */
#define TDF_PANICWARN		0x00080000 /* warned of use in a panic */
#define TDF_BLOCKQ		0x00100000 /* waits for a token */
#define TDF_FORCE_SPINPORT	0x00200000 /* td_msgport is a spin port */
#define TDF_EXITING		0x00400000 /* on its way out */
#define TDF_USINGFP		0x00800000 /* user FPU state in use */
#define TDF_KERNELFP		0x01000000 /* kernel uses the FPU */
#define TDF_DELAYED_WAKEUP	0x02000000 /* wakeups collected */
#define TDF_FIXEDCPU		0x04000000 /* must not migrate */
#define TDF_USERMODE		0x08000000 /* in or entering user mode */
#define TDF_NOFAULT		0x10000000 /* faults return at once */
#define TDF_CLKTHREAD		0x20000000 /* clock's thread */

/* td_mpflags */
#define TDF_MP_STOPREQ		0x00000001
#define TDF_MP_WAKEREQ		0x00000002 /* resume request */
#define TDF_MP_EXITWAIT		0x00000004 /* reaper waits for the exit */
#define TDF_MP_EXITSIG		0x00000008 /* off its stack for good */
#define TDF_MP_BATCH_DEMARC	0x00000010 /* batch mode */
#define TDF_MP_DIDYIELD		0x00000020 /* gave way */

#define TD_TYPE_GENERIC		0
#define TD_TYPE_CRYPTO		1
#define TD_TYPE_NETISR		2

/* td_pri: higher runs first. */
#define TDPRI_IDLE_THREAD	0
#define TDPRI_IDLE_WORK		1
#define TDPRI_USER_SCHEDULER	2
#define TDPRI_USER_IDLE		4
#define TDPRI_USER_NORM		6
#define TDPRI_USER_REAL		8
#define TDPRI_KERN_LPSCHED	9
#define TDPRI_KERN_USER		10
#define TDPRI_KERN_DAEMON	12
#define TDPRI_SOFT_NORM		14
#define TDPRI_SOFT_TIMER	16
#define TDPRI_UNUSED19		19
#define TDPRI_INT_SUPPORT	20
#define TDPRI_INT_LOW		27
#define TDPRI_INT_MED		28
#define TDPRI_INT_HIGH		29
#define TDPRI_MAX		31

#ifndef LWKT_THREAD_STACK
#define LWKT_THREAD_STACK	16384	/* bytes of a kernel stack */
#endif

#define IN_CRITICAL_SECT(td)	((td)->td_critcount != 0)

#ifdef _KERNEL

/* Tokens for which the kernel has no better place. */
extern struct lwkt_token pmap_token, dev_token;
extern struct lwkt_token tty_token, vnode_token, vmobj_token;
extern struct lwkt_token kmem_token, vm_token, kvm_token;
extern struct lwkt_token sigio_token;

extern struct thread thread0;		/* the boot CPU's first thread */

/* --- threads --- */

/*
 * A thread with a stack of stksize bytes (0: standard), for CPU cpu (-1: the
 * current one); td NULL: allocate it.  Sleeps for memory.  It holds one
 * reference for its existence, dropped when it exits.
 */
struct thread *lwkt_alloc_thread(struct thread *td, int stksize, int cpu,
	    int flags);
void	lwkt_init_thread(struct thread *td, void *stack, int stksize,
	    int flags, struct globaldata *gd);
void	lwkt_set_comm(struct thread *td, const char *fmt, ...)
	    __printflike(2, 3);
/* Free a thread that has exited or never ran. */
void	lwkt_free_thread(struct thread *td);
void	lwkt_hold(struct thread *td);
void	lwkt_rele(struct thread *td);
/*
 * Create a thread running func(arg) and, without TDF_NOSTART, start it.
 * cpu -1: the current CPU.  *tdp, if given, is set before it can run.
 * The function may return or call lwkt_exit().  Returns 0.
 */
int	lwkt_create(void (*func)(void *), void *arg, struct thread **tdp,
	    struct thread *template, int tdflags, int cpu,
	    const char *fmt, ...) __printflike(7, 8);
void	lwkt_exit(void) __dead2;
void	lwkt_wait_free(struct thread *td);	/* until it is off its stack */
void	lwkt_remove_tdallq(struct thread *td);
void	lwkt_discard(struct thread *td); /* made, never scheduled: take it back */
void	lwkt_thread_gone(struct thread *td);
void	lwkt_gdinit(struct globaldata *gd);

/* --- scheduler --- */

/* Give up the CPU.  The caller has descheduled itself, or will be back. */
void	lwkt_switch(void);
void	lwkt_switch_return(struct thread *otd);
void	lwkt_preempt(struct thread *ntd, int critcount);
/* Make runnable, on whatever CPU it belongs to; harmless if it is. */
void	lwkt_schedule(struct thread *td);
void	lwkt_schedule_ithread(struct thread *td);	/* from the interrupt */
void	lwkt_schedule_self(struct thread *td);
/* Take off the run queue: the current thread before lwkt_switch(). */
void	lwkt_deschedule(struct thread *td);
void	lwkt_deschedule_self(struct thread *td);
void	lwkt_yield(void);		/* to threads of the same priority */
void	lwkt_yield_quick(void);
void	lwkt_user_yield(void);		/* in long loops of the kernel */
void	lwkt_setpri(struct thread *td, int pri);
void	lwkt_setpri_initial(struct thread *td, int pri);
void	lwkt_setpri_self(int pri);
/* Move the current thread to a CPU; move one that is not runnable. */
void	lwkt_setcpu_self(struct globaldata *rgd);
void	lwkt_migratecpu(int cpuid);
void	lwkt_migrate_remote(void *arg, int arg2, struct intrframe *frame);
void	lwkt_giveaway(struct thread *td);
void	lwkt_acquire(struct thread *td);
void	crit_panic(void) __dead2;

/* --- tokens --- */

void	lwkt_token_init(lwkt_token_t tok, const char *desc);
void	lwkt_token_uninit(lwkt_token_t tok);
/* Acquire; may block, releasing the tokens held meanwhile. */
void	lwkt_gettoken(lwkt_token_t tok);
void	lwkt_gettoken_shared(lwkt_token_t tok);
int	lwkt_trytoken(lwkt_token_t tok);	/* nonzero: got it */
/* Release the one acquired last; in any order. */
void	lwkt_reltoken(lwkt_token_t tok);
/* Is tok held by td, exclusively / at all? */
int	_lwkt_token_held(lwkt_token_t tok, struct thread *td);
int	lwkt_cnttoken(lwkt_token_t tok, struct thread *td);
int	lwkt_getalltokens(struct thread *td, lwkt_token_t *failed);
void	lwkt_relalltokens(struct thread *td);
/* Queue td, runnable, for tok; nonzero: not needed, tok is free. */
int	lwkt_token_block(struct thread *td, lwkt_token_t tok);
void	lwkt_token_unblock(struct thread *td);
/* A token of a pool, by address. */
lwkt_token_t lwkt_token_pool_lookup(void *ptr);
lwkt_token_t lwkt_getpooltoken(void *ptr);
void	lwkt_relpooltoken(void *ptr);

/* --- IPI messages --- */

/*
 * Run func(arg1, arg2, frame) on the CPU, at interrupt level (the function
 * must not block).  Messages from one CPU to another arrive in order.
 * Executed at once when it is the own CPU.  The value returned can be waited
 * for with lwkt_wait_ipiq().
 */
int	lwkt_send_ipiq3(struct globaldata *target, ipifunc3_t func,
	    void *arg1, int arg2);
/* The same without interrupting the CPU: when it next looks. */
int	lwkt_send_ipiq3_passive(struct globaldata *target, ipifunc3_t func,
	    void *arg1, int arg2);
int	lwkt_send_ipiq3_bycpu(int dcpu, ipifunc3_t func, void *arg1,
	    int arg2);
int	lwkt_send_ipiq3_mask(cpumask_t mask, ipifunc3_t func, void *arg1,
	    int arg2);
void	lwkt_wait_ipiq(struct globaldata *target, int seq);
int	lwkt_seq_ipiq(struct globaldata *target);
/*
 * A full ring is waited for when a message is sent.  Who sends many and holds
 * a spinlock that target may want asks first, in a critical section, and waits
 * without the lock.
 */
int	lwkt_ipiq_full(struct globaldata *target);
void	lwkt_ipiq_wait_room(struct globaldata *target);
void	lwkt_process_ipiq(void);
void	lwkt_process_ipiq_frame(struct intrframe *frame);
void	lwkt_synchronize_ipiqs(const char *wmesg);
void	lwkt_ipiq_gdinit(struct globaldata *gd);
void	lwkt_process_ipiq_passive(void);	/* from hardclock */

#define lwkt_send_ipiq(gd, func, arg) \
	lwkt_send_ipiq3((gd), (ipifunc3_t)(void *)(func), (arg), 0)
#define lwkt_send_ipiq2(gd, func, arg1, arg2) \
	lwkt_send_ipiq3((gd), (ipifunc3_t)(void *)(func), (arg1), (arg2))
#define lwkt_send_ipiq_mask(mask, func, arg) \
	lwkt_send_ipiq3_mask((mask), (ipifunc3_t)(void *)(func), (arg), 0)
#define lwkt_send_ipiq_passive(gd, func, arg) \
	lwkt_send_ipiq3_passive((gd), (ipifunc3_t)(void *)(func), (arg), 0)
#define lwkt_send_ipiq_bycpu(cpu, func, arg) \
	lwkt_send_ipiq3_bycpu((cpu), (ipifunc3_t)(void *)(func), (arg), 0)

/* Run func(arg) on all CPUs of the mask, the own one included if in it. */
void	lwkt_cpusync_simple(cpumask_t mask, ipifunc1_t func, void *arg);
extern int	ncpus;			/* CPUs running */
extern int	ncpus_fit;		/* power of two >= ncpus */
extern int	ncpus_fit_mask;

#endif /* _KERNEL */

#endif /* !_SYS_THREAD_H_ */
