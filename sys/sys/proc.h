/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Processes and their threads (LWPs), process groups, sessions.
 *
 * A struct proc owns an address space, descriptors, credentials; its struct
 * lwp's are what runs, each with one LWKT thread.  A process is found by
 * pid through pfind(), which returns it held (PHOLD): memory stays until
 * PRELE.  p_token guards the process and the lists hanging off it;
 * lwp_token a thread's signal state.  Order: proc_token bucket locks are
 * internal to kern_proc.c; parent's p_token may be taken while the child's
 * is held (tokens cannot deadlock), but sleeping gives both up.
 */
#ifndef _SYS_PROC_H_
#define _SYS_PROC_H_

#include <sys/param.h>
#include <sys/types.h>
#include <sys/queue.h>
#include <sys/tree.h>
#include <sys/proc_common.h>
#include <sys/rtprio.h>
#include <sys/resource.h>
#include <sys/signal.h>
#include <sys/time.h>

#ifdef _KERNEL

#include <sys/callout.h>
#include <sys/event.h>
#include <sys/filedesc.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/namecache.h>
#include <sys/signalvar.h>
#include <sys/spinlock.h>
#include <sys/taskqueue.h>
#include <sys/thread.h>
#include <sys/ucred.h>
#include <sys/usched.h>
#include <sys/varsym.h>
#include <machine/atomic.h>
#include <machine/proc.h>

struct aioproc;
struct ktrace_node;
struct plimit;
struct proc;
struct sem_undo;
struct sys_kpmap;
struct sys_lpmap;
struct sys_upmap;
struct sysreaper;
struct tty;
struct vmspace;
struct vnode;
struct file;
struct globaldata;

LIST_HEAD(proclist, proc);
LIST_HEAD(pgrplist, pgrp);

/* Who posted a signal, for si_pid and si_uid. */
struct sigsender {
	pid_t		pid;
	uid_t		uid;
};

#define MAXCOMLEN_P1	(MAXCOMLEN + 1)

/* Locks: (t) s_token; (h) pid hash bucket; (a) atomic; (I) immutable. */
struct session {
	u_int		s_refs;		/* (a) groups and ttys */
	struct proc	*s_leader;	/* (t) or NULL once it has exited */
	struct vnode	*s_ttyvp;	/* (t) controlling terminal's vnode */
	struct tty	*s_ttyp;	/* (t) controlling terminal */
	pid_t		s_sid;		/* (I) */
	char		s_login[MAXLOGNAME]; /* (t) setlogin() */
	LIST_ENTRY(session) s_hash;	/* (h) */
};
#define s_count	s_refs

/* Locks: (t) pg_token. */
struct pgrp {
	u_int		pg_refs;	/* (a) */
	LIST_ENTRY(pgrp) pg_list;	/* (h) */
	struct proclist	pg_members;	/* (t) */
	struct session	*pg_session;	/* (I) */
	struct sigiolst	pg_sigiolst;	/* (t) */
	pid_t		pg_id;		/* (I) */
	int		pg_jobc;	/* (t) members with a job control
					 * parent: 0 means orphaned */
	struct lwkt_token pg_token;
	struct lock	pg_lock;	/* held against fork by signallers */
};

/* Signal actions; shared by rfork(RFSIGSHARE). (t) p_token. */
struct sigacts {
	sig_t		ps_sigact[_SIG_MAXSIG]; /* handlers */
	sigset_t	ps_catchmask[_SIG_MAXSIG]; /* sa_mask */
	sigset_t	ps_sigonstack;	/* SA_ONSTACK */
	sigset_t	ps_sigintr;	/* no SA_RESTART */
	sigset_t	ps_sigreset;	/* SA_RESETHAND */
	sigset_t	ps_signodefer;	/* SA_NODEFER */
	sigset_t	ps_siginfo;	/* SA_SIGINFO */
	u_int		ps_refcnt;	/* (a) */
	int		ps_flag;	/* PS_* */
};
#define PS_NOCLDWAIT	0x0001
#define PS_NOCLDSTOP	0x0002
#define PS_CLDSIGIGN	0x0004

/* A process title, as set by sysctl kern.proc.args. */
struct pargs {
	u_int		ar_ref;		/* (a) */
	u_int		ar_length;
	u_char		ar_args[];
};

/* Reaper domain: adopts orphans below its owner.  (t) token. */
struct sysreaper {
	struct lwkt_token token;
	struct sysreaper *parent;	/* (t) next outer */
	struct proc	*p;		/* (t) owner, NULL once gone */
	uint32_t	flags;		/* (t) REAPER_STAT_* */
	u_int		refs;		/* (a) */
};

/* Per-thread data of the user scheduler. */
struct usched_dfly_data {
	TAILQ_ENTRY(lwp) procq;		/* (u) run queue */
	struct globaldata *qcpu;	/* (a) whose queue it is on or charged */
	short		rqindex;	/* (u) queue number */
	short		rqtype;		/* (u) RTP_PRIO_* as queued */
	u_short		priority;	/* (u) lower is better */
	int		estcpu;		/* recent CPU use, fixed point */
	sysclock_t	cpbase;		/* tick accounting base */
	RB_ENTRY(lwp)	vnode;		/* (u) run queue of fair threads */
	uint64_t	vtime;		/* (u) ns run, divided by the weight */
	uint64_t	ran;		/* (c) ns run as owner */
	uint64_t	slice;		/* (c) ran when the slice began */
	int		woken;		/* (c) slept since it was owner */
};
union usched_data {
	struct usched_dfly_data dfly;
	char		pad[128];
};

/*
 * A thread of a process.  Locks: (t) lwp_token; (p) p_token; (u) user
 * scheduler's per-CPU spinlock; (c) owning thread only; (a) atomic.
 */
struct lwp {
	RB_ENTRY(lwp)	u_rbnode;	/* (p) by tid */
	TAILQ_ENTRY(lwp) lwp_reap_entry; /* deadlwp list */
	struct proc	*lwp_proc;	/* (I) */
	struct vmspace	*lwp_vmspace;	/* (c) usually p_vmspace */
	lwpid_t		lwp_tid;	/* (I) unique in the process */
	volatile u_int	lwp_flags;	/* (t) LWP_* */
	volatile u_int	lwp_mpflags;	/* (a) LWP_MP_* */
	enum lwpstat	lwp_stat;	/* (t) */
	u_int		lwp_lock;	/* (a) holds, prevents destruction */

	u_int		lwp_slptime;	/* seconds asleep */
	fixpt_t		lwp_pctcpu;	/* %cpu, fixed point */
	fixpt_t		lwp_cpticks;	/* ticks since last schedcpu */
	u_int		lwp_forked;
	int		lwp_dupfd;	/* (c) fdopen() through open */

	sigset_t	lwp_siglist;	/* (t) pending for this thread */
	sigset_t	lwp_oldsigmask;	/* (c) of sigsuspend and such */
	sigset_t	lwp_sigmask;	/* (c) writes with (t) */
	stack_t		lwp_sigstk;	/* (c) alternate stack */
	int		lwp_sig;	/* signal that stopped or killed it */
	u_long		lwp_code;	/* of lwp_sig, for core dumps */

	struct mdproc	lwp_md;		/* (c) machine part */
	struct thread	*lwp_thread;	/* (I) */
	struct rusage	lwp_ru;		/* (c) */
	union usched_data lwp_usdata;
	cpumask_t	lwp_cpumask;	/* CPUs it may use */
	struct rtprio	lwp_rtprio;	/* class and priority */

	struct kqueue	lwp_kqueue;	/* (c) select and poll */
	u_int		lwp_kqueue_serial; /* (c) generation of its notes */
	struct lwkt_token lwp_token;	/* signals of this thread */
	struct spinlock	lwp_spin;
	struct sys_lpmap *lwp_lpmap;	/* (c) /dev/lpmap page, or NULL */
	struct sigsender lwp_sender;	/* (t) of the last thread signal */
	int		lwp_ktrbusy;	/* (c) writing a trace record */
	u_int		lwp_profticks;	/* (c) profil: samples of user mode */
};

#define lwp_qcpu	lwp_usdata.dfly.qcpu
#define lwp_priority	lwp_usdata.dfly.priority
#define lwp_estcpu	lwp_usdata.dfly.estcpu
#define lwp_rqindex	lwp_usdata.dfly.rqindex
#define lwp_rqtype	lwp_usdata.dfly.rqtype
#define lwp_vnode	lwp_usdata.dfly.vnode
#define lwp_vtime	lwp_usdata.dfly.vtime
#define lwp_ran		lwp_usdata.dfly.ran
#define lwp_slice	lwp_usdata.dfly.slice
#define lwp_woken	lwp_usdata.dfly.woken
#define lwp_procq	lwp_usdata.dfly.procq

int	rb_lwp_compare(struct lwp *a, struct lwp *b);
RB_HEAD(lwp_rb_tree, lwp);
RB_PROTOTYPE2(lwp_rb_tree, lwp, u_rbnode, rb_lwp_compare, lwpid_t);

/*
 * A process.  Locks: (t) p_token; (h) its pid hash bucket; (s) p_spin;
 * (P) p_token of the parent; (g) pg_token; (a) atomic; (I) immutable.
 */
struct proc {
	LIST_ENTRY(proc) p_list;	/* (h) hash bucket */
	struct ucred	*p_ucred;	/* (s) replace with (t) too */
	struct filedesc	*p_fd;		/* (s) */
	struct plimit	*p_limit;	/* (s) */
	struct vmspace	*p_vmspace;	/* (t) */
	struct sigacts	*p_sigacts;	/* (t) */

	pid_t		p_pid;		/* (I) */
	u_int		p_flags;	/* (t) P_* */
	enum procstat	p_stat;		/* (t) */
	u_int		p_lock;		/* (a) PHOLD count | PLOCK_* */
	int		p_nthreads;	/* (t) */
	int		p_nstopped;	/* (t) threads that are stopped */
	u_int		p_waitgen;	/* (a) changes when a child does */
	int		p_lasttid;	/* (t) tid allocation */
	struct lwp_rb_tree p_lwp_tree;	/* (t) */
	struct lwkt_token p_token;
	struct spinlock	p_spin;

	LIST_ENTRY(proc) p_pglist;	/* (g) */
	LIST_ENTRY(proc) p_sibling;	/* (P) */
	struct proclist	p_children;	/* (t) */
	struct proc	*p_pptr;	/* (t)+(P) parent */
	pid_t		p_oppid;	/* (t) real parent while traced */
	struct proc	*p_peers;	/* (t of leader) RFTHREAD peers */
	struct proc	*p_leader;	/* (I) */
	struct sysreaper *p_reaper;	/* (t) */
	struct pgrp	*p_pgrp;	/* (t)+(g) */

	sigset_t	p_siglist;	/* (t) pending for the process */
	sigset_t	p_sigignore;	/* (t) */
	sigset_t	p_sigcatch;	/* (t) */
	short		p_nice;		/* (t) -20..20 */
	short		p_sigparent;	/* (t) signal for the parent at exit */
	int		p_xstat;	/* (t) wait status */
	int		p_step;		/* (t) procfs stopping */
	u_int		p_stops;	/* (t) procfs event mask */
	u_int		p_stype;

	char		p_comm[MAXCOMLEN_P1]; /* (t) */
	int		p_osrel;	/* (t) version its executable is for */
	u_short		p_acflag;	/* (t) accounting */
	int		p_traceflag;	/* (t) KTRFAC_*; read without */
	struct timeval	p_start;	/* (I) real time of fork */
	struct rusage	p_ru;		/* (t) of exited threads */
	struct rusage	p_cru;		/* (t) of waited-for children */
	struct itimerval p_realtimer;	/* (t) uptime of next ITIMER_REAL */
	struct callout	p_ithandle;	/* realitexpire */
	struct itimerval p_timer[3];	/* (t) [1] virtual [2] profiling */
	struct timeval	p_cputime_warned; /* RLIMIT_CPU */
	struct klist	p_klist;	/* notes: see event.h */
	struct sigiolst	p_sigiolst;	/* (t) */
	struct vnode	*p_textvp;	/* (t) executable */
	struct nchandle	p_textnch;	/* (t) its name */
	struct pargs	*p_args;	/* (t) title or argument cache */
	struct varsymset p_varsymset;	/* process's own variables */
	struct usched	*p_usched;	/* (t) */
	struct mdproc	p_md;
	struct sys_upmap *p_upmap;	/* (t) /dev/upmap page, or NULL */
	void		*p_emuldata;
	u_int		p_swtime;	/* seconds since start */
	struct lwp	*p_vforker;	/* (t) parent thread waiting for us */
	struct sigsender p_sender[64];	/* (t) last sender, by number - 1 */

	struct lwp	*p_stopper;	/* (t) has reported a signal to the
					 * tracer and waits for its word */
	struct timeval	p_opstart;	/* (t) p_start of process p_oppid */
	struct sem_undo	*p_semundo;	/* (t) sysv_sem.c */
	struct aioproc	*p_aio;		/* (t) vfs_aio.c; set once */
	struct ktrace_node *p_tracenode; /* (t) kern_ktrace.c */
	struct {			/* (t) profil(2) */
		caddr_t	pr_base;	/* user's counters */
		size_t	pr_size;	/* of them, in bytes */
		u_long	pr_off;		/* pc of the first */
		u_long	pr_scale;	/* 16.16 fraction; 0: off */
	} p_prof;
	int		p_ionice;	/* (t) ioprio_set(2) */
	struct task	p_stoptask;	/* counts sleepers: kern_sig.c */
};

#define p_rlimit	p_limit->pl_rlimit
#define p_session	p_pgrp->pg_session
#define p_pgid		p_pgrp->pg_id

#endif /* _KERNEL */

/* Flags that monitoring programs see as well. */

/* p_flags */
#define P_CONTROLT	0x00000002	/* has a controlling terminal */
#define P_SWAPPEDOUT	0x00000004
#define P_SYSVSEM	0x00000008	/* may hold semaphore undos */
#define P_PPWAIT	0x00000010	/* vfork parent waits */
#define P_PROFIL	0x00000020
#define P_POSTEXIT	0x00000040	/* exit is past its last sleep */
#define P_SCMOUSE	0x00000080
#define P_SUGID		0x00000100	/* credentials changed since exec */
#define P_SYSTEM	0x00000200	/* no signals, no swapping */
#define P_MAYBETHREADED	0x00000400
#define P_TRACED	0x00000800
#define P_WAITED	0x00001000	/* stop was reported to the parent */
#define P_WEXIT		0x00002000	/* exiting */
#define P_EXEC		0x00004000	/* has called exec */
#define P_CONTINUED	0x00008000	/* continued, not yet reported */
#define P_LOWMEMKILL	0x00010000	/* chosen to free memory */
#define P_SWAPWAIT	0x00040000
#define P_IDLESWAP	0x00400000
#define P_JAILED	0x01000000
#define P_SIGVTALRM	0x02000000	/* post SIGVTALRM at user return */
#define P_SIGPROF	0x04000000	/* post SIGPROF at user return */
#define P_INEXEC	0x08000000
#define P_DIDCHROOT	0x10000000
#define P_XCPU		0x40000000	/* post SIGXCPU at user return */

/* lwp_flags */
#define LWP_ALTSTACK	0x00000001	/* lwp_sigstk is enabled */
#define LWP_OLDMASK	0x00000002	/* restore lwp_oldsigmask */
#define LWP_SINTR	0x00000008	/* sleep is interruptible */
#define LWP_SELECT	0x00000010
#define LWP_ONSTACK	0x00000020	/* running on the alternate stack */
#define LWP_PASSIVE_ACQ	0x00000100
#define LWP_PAGING	0x00000200

#ifdef _KERNEL

/* lwp_mpflags */
#define LWP_MP_ONRUNQ	0x00000001	/* on a user run queue */
#define LWP_MP_WEXIT	0x00000002	/* told to exit */
#define LWP_MP_WSTOP	0x00000004	/* counted in p_nstopped */
#define LWP_MP_ULOAD	0x00000008	/* counted in qcpu's load */
#define LWP_MP_RRFORCE	0x00000010
#define LWP_MP_VNLRU	0x00000020
#define LWP_MP_SIGNAL	0x00000040	/* signals may be deliverable */
#define LWP_MP_RESCHED	0x00000080	/* does not own its CPU */
/* What the way back to user mode has to look after. */
#define LWP_MP_URETMASK	(LWP_MP_WEXIT | LWP_MP_VNLRU |			\
			 LWP_MP_SIGNAL | LWP_MP_RESCHED)

/* p_lock */
#define PLOCK_ZOMB	0x20000000	/* reaping has begun */
#define PLOCK_WAITING	0x40000000
#define PLOCK_WAITRES	0x80000000
#define PLOCK_MASK	0x1fffffff

#define PHOLD(p)	atomic_add_int(&(p)->p_lock, 1)
#define PRELE(p)	prele(p)
#define LWPHOLD(lp)	atomic_add_int(&(lp)->lwp_lock, 1)
#define LWPRELE(lp)	lwprele(lp)

#define PID_MAX		999999
#define NO_PID		0x7fffffff
#define LWPID_MAX	0x3fffffff

/* Threads of a process; p_token held. */
#define FOREACH_LWP_IN_PROC(lp, p)	RB_FOREACH(lp, lwp_rb_tree,	\
					    &(p)->p_lwp_tree)
/* The first (lowest tid) thread. */
#define FIRST_LWP_IN_PROC(p)	RB_MIN(lwp_rb_tree, &(p)->p_lwp_tree)
#define ONLY_LWP_IN_PROC(p)	FIRST_LWP_IN_PROC(p)

#define curproc		(curthread->td_proc)
#define curlwp		(curthread->td_lwp)

MALLOC_DECLARE(M_PROC);
MALLOC_DECLARE(M_SESSION);
MALLOC_DECLARE(M_LWP);
MALLOC_DECLARE(M_SUBPROC);
MALLOC_DECLARE(M_PARGS);

extern struct proc	proc0;		/* the kernel itself: pid 0 */
extern struct lwp	lwp0;
extern struct proc	*initproc;	/* pid 1 */
extern struct pgrp	pgrp0;
extern struct session	session0;
extern struct thread	*pagethread;
extern struct thread	*updatethread;
extern int	maxproc;		/* kern.maxproc */
extern int	maxprocperuid;		/* kern.maxprocperuid */
extern u_int	nprocs;			/* processes in being */
extern int	hogticks;
extern u_long	ps_arg_cache_limit;
extern int	ps_argsopen;

/*
 * Find by pid, held (PHOLD): PRELE() it.  pfindn() does not hold, and is
 * for children of the caller under its p_token.  zpfind: zombies only.
 */
struct proc *pfind(pid_t pid);
struct proc *pfindn(pid_t pid);
struct proc *zpfind(pid_t pid);
/* Group by id, referenced (pgrel). */
struct pgrp *pgfind(pid_t pgid);
void	pgref(struct pgrp *pg);
void	pgrel(struct pgrp *pg);
void	sess_hold(struct session *sp);
void	sess_rele(struct session *sp);
struct lwp *lwpfind(struct proc *p, lwpid_t tid);
void	prele(struct proc *p);
void	lwprele(struct lwp *lp);
/* Callback for every process; it is held.  Scan ends on a negative result. */
void	allproc_scan(int (*callback)(struct proc *, void *), void *data,
	    int segmented);
void	alllwp_scan(int (*callback)(struct lwp *, void *), void *data,
	    int segmented);
/* Zombies too. */
void	zombproc_scan(int (*callback)(struct proc *, void *), void *data);
/* Give a new process its pid and make it findable. */
void	proc_add_allproc(struct proc *p);
/* Processes with fixed numbers; a new group (and session). */
void	proc_insert(struct proc *p, pid_t pid);
void	pgrp_insert(struct pgrp *pg, struct session *newsess);
/* Put a new process into the parent's group. */
void	pgrp_add_member(struct pgrp *pgrp, struct proc *p);
int	inferior(struct proc *p);
int	enterpgrp(struct proc *p, pid_t pgid, int mksess);
void	leavepgrp(struct proc *p);
void	fixjobc(struct proc *p, struct pgrp *pgrp, int entering);
/* Become a zombie (exit); be forgotten once nobody holds it (wait). */
void	proc_makezombie(struct proc *p);
void	proc_remove_zombie(struct proc *p);
/* Is p's group without a job control parent? */
int	pgrp_is_orphaned(struct pgrp *pgrp);
/* The pages shared with user code: kern_upmap.c. */
void	proc_usermap(struct proc *p, int invfork);
void	proc_userunmap(struct proc *p);
void	lwp_usermap(struct lwp *lp, int invfork);
void	lwp_userunmap(struct lwp *lp);
struct sysreaper *reaper_init(struct proc *p, struct sysreaper *reap);
void	reaper_hold(struct sysreaper *reap);
void	reaper_drop(struct sysreaper *reap);
struct proc *reaper_get(struct sysreaper *reap);
void	reaper_exit(struct proc *p);

/* fork: 0 or errno, *procp the held child, not yet running. */
int	fork1(struct lwp *lp1, int flags, struct proc **procp);
/* Let the child of fork1() run. */
void	start_forked_proc(struct lwp *lp1, struct proc *p2);
/* exec or exit of a vfork child: the parent may go on. p_token held. */
void	proc_vfork_done(struct proc *p);
/* Terminate the current process; does not return. */
void	exit1(int rv) __dead2;
/* Terminate the current thread only; does not return. */
void	lwp_exit(int masterexit, void *waddr) __dead2;
/* Every other thread of p exits before this returns. */
int	killalllwps(int forexec);
/* Free a thread: lwp_reap() waits until it is off its stack first. */
void	lwp_reap(struct lwp *lp);
void	lwp_dispose(struct lwp *lp);
/* A thread of p2 that continues lp1: copied, not runnable yet. */
struct lwp *lwp_fork(struct lwp *lp1, struct proc *p2, int flags,
	    lwpid_t tid, const cpumask_t *mask);
void	lwp_init(struct lwp *lp, struct proc *p);

/* Process stop and continue; p_token held. */
void	proc_stop(struct proc *p, int stat);
void	proc_unstop(struct proc *p, int stat);
/* All threads but the current one stop, for good (SCORE). */
void	proc_stopwait(struct proc *p);
/*
 * The current thread, of a process that is being stopped, is going to sleep:
 * it shall count as stopped.  Interrupt context is all right.
 */
void	proc_stop_sleeper(struct proc *p);
void	proc_stop_task(void *context, int pending);
/* Wake the parent of p, with SIGCHLD: p has stopped or continued. */
void	proc_notify_parent(struct proc *p);
/* Give child, its token held, another parent. */
void	proc_reparent(struct proc *child, struct proc *np);
void	stopevent(struct proc *p, unsigned int event, unsigned int val);
#define STOPEVENT(p, e, v)	do {					\
	if ((p)->p_stops & (e))						\
		stopevent((p), (e), (v));				\
} while (0)

int	p_trespass(struct ucred *cr1, struct ucred *cr2);
/* Let a stopped or sleeping thread run; lwp_token held. */
void	setrunnable(struct lwp *lp);
/* For tsleep(PCATCH): 0, or EINTR or ERESTART if a signal ends the sleep. */
int	lwp_sleep_signal(struct lwp *lp);
/* CPU time of the current thread passed: ITIMER_VIRTUAL, ITIMER_PROF. */
void	lwp_itimer_tick(struct lwp *lp, int usermode, int usec);
/* Give lp attention on its way back to user mode (LWP_MP_* bits). */
void	lwp_attention(struct lwp *lp, u_int mpflags);
/* Credentials of p changed: its threads pick them up. */
void	proc_sync_ucred(struct proc *p);
/* td_release of user threads: see usched.h. */
void	lwkt_passive_release(struct thread *td);
void	lwp_setcpu_mask(struct lwp *lp, const cpumask_t *mask);
/*
 * The way back to user mode after anything asked for attention (signals,
 * stops, exit, rescheduling, timers).  Interrupts enabled.
 */
void	userret_ast(struct lwp *lp, struct trapframe *frame);


#endif /* _KERNEL */

#endif /* !_SYS_PROC_H_ */
