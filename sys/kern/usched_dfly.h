/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The user scheduler's run queues, shared by usched_dfly.c (who owns a CPU,
 * when it changes) and usched_dfly_queue.c (order within a queue, movement
 * between queues).
 *
 * Three classes wait in each CPU's queue.  Real-time threads come first, by
 * priority and then by arrival, idle ones last.  Those in between share the
 * CPU fairly: each has a virtual time, the nanoseconds it has run divided by
 * its weight (from its nice value), and the one furthest behind is next.
 * A CPU has a virtual time too, the one its threads would have if all had
 * been served alike; who comes from elsewhere keeps its distance from it.
 * That crowds are shared out evenly is seen to at the ends of slices, and
 * when a CPU has nothing to do.
 */
#ifndef _KERN_USCHED_DFLY_H_
#define _KERN_USCHED_DFLY_H_

#include <sys/param.h>
#include <sys/proc.h>
#include <sys/queue.h>
#include <sys/rtprio.h>
#include <sys/spinlock.h>
#include <sys/tree.h>

#define RT_QUEUES	32
#define NO_VTIME	(~0UL >> 1)	/* no fair thread waits */

TAILQ_HEAD(dfly_rq, lwp);
RB_HEAD(dfly_tree, lwp);

/* What a CPU's scheduler did: kern.usched_dfly.stats. */
struct dfly_stats {
	u_long		slices;		/* owners that used up their slice */
	u_long		preempts;	/* owners that gave way before that */
	u_long		steals;		/* threads taken when idle */
	u_long		pulls;		/* threads taken because they lagged */
	u_long		placed;		/* wakeups put on another CPU */
};

/* (s) spin; (c) owning CPU. */
struct dfly_pcpu {
	struct spinlock	spin;
	struct dfly_rq	rtq[RT_QUEUES];	/* (s) real-time class */
	struct dfly_rq	idq[RT_QUEUES];	/* (s) idle class */
	uint32_t	rtbits;		/* (s) queues not empty */
	uint32_t	idbits;		/* (s) */
	struct dfly_tree tree;		/* (s) the others, by virtual time */
	struct lwp	*first;		/* (s) least of tree */
	volatile int	count;		/* (s) threads queued */
	volatile uint64_t first_vtime;	/* (s) of first; others peek at it */
	volatile uint64_t vtime;	/* (c) the CPU's own; never less */
	int		kept;		/* (c) slices since the last pull */
	sysclock_t	stamp;		/* (c) owner is charged up to here */
	int		ownerwait;	/* (c) ticks the owner waited */
	int		cpuid;		/* (I) */
	u_short		ready;		/* (I) helper runs */
	struct thread	*helper;	/* (I) */
	struct globaldata *gd;		/* (I) */
	u_short		*near;		/* (I) all CPUs, nearest first */
	struct dfly_stats stats;	/* (c) */
} __cachealign;

extern struct dfly_pcpu *dfly_pcpus[MAXCPU];
extern volatile u_int dfly_queued;	/* (a) threads on all queues */
extern uint64_t dfly_slice;		/* ns of virtual time */
extern uint64_t dfly_grain;		/* ns a waking thread must lag to preempt */

#define MYPCPU(gd)	((struct dfly_pcpu *)(gd)->gd_usched)

/* RTP_PRIO_REALTIME, RTP_PRIO_NORMAL or RTP_PRIO_IDLE. */
static __inline int
dfly_class(struct lwp *lp)
{
	return (lp->lwp_rtprio.type & ~RTP_PRIO_FIFO_BIT);
}

void	dfly_queue_init(struct dfly_pcpu *dd, int cpuid);
/* Once all of them are there: the order of near. */
void	dfly_queue_order(struct dfly_pcpu *dd);
/* With dd locked: add lp, take it out. */
void	dfly_enqueue(struct dfly_pcpu *dd, struct lwp *lp, int head);
void	dfly_dequeue(struct dfly_pcpu *dd, struct lwp *lp);
/* With dd locked: best queued thread that may run on CPU cpuid, dequeued. */
struct lwp *dfly_pick(struct dfly_pcpu *dd, int cpuid);
/* Does a queued thread come before lp, by at least lag ns if both are fair? */
int	dfly_better_queued(struct dfly_pcpu *dd, struct lwp *lp, int64_t lag);
/* Is a better than b, likewise? */
int	dfly_before(struct lwp *a, struct lwp *b, int64_t lag);
/* lp ran for ns on dd. */
void	dfly_charge(struct dfly_pcpu *dd, struct lwp *lp, uint64_t ns);
/* lp ran on from and now comes to dd, perhaps the same, perhaps from sleep. */
void	dfly_move(struct dfly_pcpu *from, struct dfly_pcpu *dd,
	    struct lwp *lp);
/* A thread from another queue for a CPU that has none; dequeued or NULL. */
struct lwp *dfly_steal(struct dfly_pcpu *dd);
/* The end of a slice: fetch a thread from a more crowded queue into dd's. */
void	dfly_pull(struct dfly_pcpu *dd);
/* Where should lp, which wants to run in user mode, queue? */
struct dfly_pcpu *dfly_choose_queue(struct lwp *lp);

#endif /* !_KERN_USCHED_DFLY_H_ */
