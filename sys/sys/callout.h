/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Callouts: functions called at a clock tick of the future.
 *
 * A callout runs in the callout thread of the CPU on which it was last
 * reset, so it may block on tokens and locks for a short while.  After
 * callout_stop() or callout_drain() has returned (callout_stop only when
 * not called by the function itself or with its lock held) the function is
 * not running and will not.
 *
 *	callout_init_mp(c)			callout_init_lk(c, lock)
 *	callout_reset(c, ticks, func, arg)
 *	callout_reset_bycpu(c, ticks, func, arg, cpu)
 *	callout_stop(c)		waits for a running function; nonzero: it
 *				was pending and did not run
 *	callout_stop_async(c)	does not wait
 *	callout_drain(c), callout_cancel(c)	the same as callout_stop
 *	callout_terminate(c)	and never again
 *	callout_pending(c), callout_active(c), callout_deactivate(c)
 */
#ifndef _SYS_CALLOUT_H_
#define _SYS_CALLOUT_H_

#if defined(_KERNEL) || defined(_KERNEL_STRUCTURES)

#include <sys/types.h>
#include <sys/queue.h>
#include <sys/spinlock.h>

struct globaldata;
struct lock;
struct softclock_pcpu;

typedef void timeout_t(void *arg);

TAILQ_HEAD(callout_tailq, callout);

struct callout {
	TAILQ_ENTRY(callout) entry;	/* (w) slot; w: wheel's lock */
	struct softclock_pcpu * volatile qsc; /* (w) wheel it is on */
	volatile u_int	flags;		/* (w) CALLOUT_* */
	int		c_time;		/* (w) tick at which it is due */
	void		(*c_func)(void *); /* (w) */
	void		*c_arg;		/* (w) */
	struct lock	*c_lk;		/* (I) held around the function */
};

#define CALLOUT_PENDING		0x0001	/* on a wheel */
#define CALLOUT_ACTIVE		0x0002	/* reset and not deactivated */
#define CALLOUT_TERMINATED	0x0010	/* never again */
#define CALLOUT_AUTOLOCK	0x0020	/* c_lk */
#define CALLOUT_DID_INIT	0x0040

/* Historical name of an interval timer's handle. */
struct callout_handle {
	struct callout	*callout;
};

#endif

#ifdef _KERNEL

void	callout_init_mp(struct callout *c);
void	callout_init_lk(struct callout *c, struct lock *lk);
#define callout_init(c)		callout_init_mp(c)
void	callout_reset(struct callout *c, int ticks, void (*func)(void *),
	    void *arg);
void	callout_reset_bycpu(struct callout *c, int ticks,
	    void (*func)(void *), void *arg, int cpuid);
int	callout_stop(struct callout *c);
void	callout_stop_async(struct callout *c);
int	callout_cancel(struct callout *c);
int	callout_drain(struct callout *c);
void	callout_terminate(struct callout *c);
int	callout_pending(struct callout *c);
int	callout_active(struct callout *c);
void	callout_deactivate(struct callout *c);
void	hardclock_softtick(struct globaldata *gd);

#endif /* _KERNEL */

#endif /* !_SYS_CALLOUT_H_ */
