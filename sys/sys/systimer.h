/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System timers: interrupts of the own CPU at exact times, and the counters
 * behind all keeping of time.
 *
 * A cputimer is a counter of the machine that all CPUs read alike; the best
 * registered one is sys_cputimer.  Its count extended to 64 bits is a
 * sysclock_t.  A cputimer_intr is a one-shot interrupt per CPU.
 *
 * A systimer's function is called in its CPU's interrupt context, in a
 * critical section.  in_ipi: late, by way of another interrupt.
 */
#ifndef _SYS_SYSTIMER_H_
#define _SYS_SYSTIMER_H_

#if defined(_KERNEL) || defined(_KERNEL_STRUCTURES)

#include <sys/types.h>
#include <sys/queue.h>

struct intrframe;
struct globaldata;

typedef uint64_t	sysclock_t;
typedef int64_t		ssysclock_t;
typedef TAILQ_HEAD(systimer_queue, systimer) *systimer_queue_t;
typedef void (*systimer_func_t)(struct systimer *info, int in_ipi,
    struct intrframe *frame);

/* All fields: (c) the CPU it was initialised on. */
typedef struct systimer {
	TAILQ_ENTRY(systimer) node;
	struct systimer_queue *queue;	/* it is on, or NULL */
	sysclock_t	time;		/* due */
	sysclock_t	periodic;	/* interval in counts; 0: once */
	systimer_func_t	func;
	void		*data;		/* func's */
	int		flags;		/* SYSTF_* */
	int		us;		/* interval, microseconds */
	int64_t		freq;		/* or frequency, Hz */
	struct cputimer	*which;		/* counter periodic was computed for */
	struct globaldata *gd;
} *systimer_t;

#define SYSTF_ONQUEUE		0x0001
#define SYSTF_IPIRUNNING	0x0002
#define SYSTF_NONQUEUED		0x0004	/* reschedules itself */
#define SYSTF_MSSYNC		0x0008
#define SYSTF_FIRST		0x0010
#define SYSTF_OFFSET50		0x0020	/* half an interval out of phase */
#define SYSTF_OFFSETCPU		0x0040	/* spread over the CPUs */

struct cputimer {
	SLIST_ENTRY(cputimer) next;
	const char	*name;
	int		pri;		/* the highest is chosen */
	int		type;		/* CPUTIMER_* */
	sysclock_t	(*count)(void);	/* 64 bits, never backwards */
	sysclock_t	(*fromhz)(int64_t freq);
	sysclock_t	(*fromus)(int64_t us);
	void		(*construct)(struct cputimer *, sysclock_t oldcount);
	void		(*destruct)(struct cputimer *);
	sysclock_t	sync_base;	/* what was construct's oldcount */
	sysclock_t	base;		/* added to the hardware's count */
	sysclock_t	freq;		/* Hz; set by cputimer_set_frequency */
	int64_t		freq64_usec;	/* (1e6 << 32) / freq */
	int64_t		freq64_nsec;	/* (1e9 << 32) / freq */
};

#define CPUTIMER_DUMMY		0
#define CPUTIMER_8254_SEL1	1
#define CPUTIMER_8254_SEL2	2
#define CPUTIMER_ACPI		3
#define CPUTIMER_TSC		4
#define CPUTIMER_HPET		5
#define CPUTIMER_GEODE		6
#define CPUTIMER_CS5536		7
#define CPUTIMER_LAPIC		8
#define CPUTIMER_VKERNEL	9

#define CPUTIMER_PRI_DUMMY	-10
#define CPUTIMER_PRI_8254	0
#define CPUTIMER_PRI_ACPI	10
#define CPUTIMER_PRI_HPET	20
#define CPUTIMER_PRI_CS5536	30
#define CPUTIMER_PRI_GEODE	40
#define CPUTIMER_PRI_VKERNEL	200
#define CPUTIMER_PRI_TSC	250

struct cputimer_intr {
	sysclock_t	freq;		/* Hz */
	/* (Re)load: interrupt after `count' of sys_cputimer's counts. */
	void		(*reload)(struct cputimer_intr *, sysclock_t count);
	void		(*enable)(struct cputimer_intr *);
	void		(*config)(struct cputimer_intr *,
			    const struct cputimer *);
	void		(*restart)(struct cputimer_intr *);
	void		(*pmfixup)(struct cputimer_intr *);
	void		(*initclock)(struct cputimer_intr *, boolean_t sel);
	void		(*pcpuhand)(struct cputimer_intr *);
	SLIST_ENTRY(cputimer_intr) next;
	const char	*name;
	int		type;		/* CPUTIMER_INTR_* */
	int		prio;		/* the highest is chosen */
	uint32_t	caps;		/* CPUTIMER_INTR_CAP_* */
	void		*priv;
};

#define CPUTIMER_INTR_8254	0
#define CPUTIMER_INTR_LAPIC	1
#define CPUTIMER_INTR_VKERNEL	2

#define CPUTIMER_INTR_PRIO_8254	0
#define CPUTIMER_INTR_PRIO_LAPIC 10
#define CPUTIMER_INTR_PRIO_VKERNEL 20
#define CPUTIMER_INTR_PRIO_MAX	1000

#define CPUTIMER_INTR_CAP_NONE	0
#define CPUTIMER_INTR_CAP_PS	0x1	/* stops in deep sleep states */

#endif

#ifdef _KERNEL

extern struct cputimer *sys_cputimer;
extern struct cputimer_intr *sys_cputimer_intr;

/* The timer interrupt: run what is due by *time and arm the next. */
void	systimer_intr(sysclock_t *time, int in_ipi, struct intrframe *frame);
void	systimer_intr_enable(void);
/* Periodic: every `us' microseconds, `hz' times a second. */
void	systimer_init_periodic(systimer_t info, systimer_func_t func,
	    void *data, int64_t hz);
void	systimer_init_periodic_nq(systimer_t info, systimer_func_t func,
	    void *data, int64_t hz);
void	systimer_init_periodic_flags(systimer_t info, systimer_func_t func,
	    void *data, int64_t hz, int flags);
void	systimer_adjust_periodic(systimer_t info, int64_t hz);
void	systimer_init_oneshot(systimer_t info, systimer_func_t func,
	    void *data, int64_t us);
void	systimer_add(systimer_t info);
void	systimer_del(systimer_t info);
void	systimer_changed(void);

void	cputimer_register(struct cputimer *timer);
void	cputimer_deregister(struct cputimer *timer);
void	cputimer_select(struct cputimer *timer, int pri);
void	cputimer_set_frequency(struct cputimer *timer, sysclock_t freq);
sysclock_t cputimer_default_fromhz(int64_t freq);
sysclock_t cputimer_default_fromus(int64_t us);
void	cputimer_default_construct(struct cputimer *timer,
	    sysclock_t oldclock);
void	cputimer_default_destruct(struct cputimer *timer);

/* kern_clock.c: the time of day goes on with another counter. */
void	clock_counter_changed(struct cputimer *old, sysclock_t oldclock);

void	cputimer_intr_register(struct cputimer_intr *cti);
void	cputimer_intr_deregister(struct cputimer_intr *cti);
int	cputimer_intr_select(struct cputimer_intr *cti, int prio);
int	cputimer_intr_select_caps(uint32_t caps);
void	cputimer_intr_default_enable(struct cputimer_intr *cti);
void	cputimer_intr_default_restart(struct cputimer_intr *cti);
void	cputimer_intr_default_config(struct cputimer_intr *cti,
	    const struct cputimer *timer);
void	cputimer_intr_default_pmfixup(struct cputimer_intr *cti);
void	cputimer_intr_default_initclock(struct cputimer_intr *cti,
	    boolean_t selected);
void	cputimer_intr_reload(sysclock_t count);
void	cputimer_intr_enable(void);
void	cputimer_intr_config(const struct cputimer *timer);
void	cputimer_intr_restart(void);
void	cputimer_intr_pmfixup(void);

/* a * b / d for b, d < 2^32, without overflow; and a * b / 2^32. */
static __inline uint64_t
muldivu64(uint64_t a, uint64_t b, uint64_t d)
{
	return (a / d * b + a % d * b / d);
}

static __inline uint64_t
mulshr32_u64(uint64_t a, uint64_t b)
{
	return ((uint64_t)(((unsigned __int128)a * b) >> 32));
}

#endif /* _KERNEL */

#endif /* !_SYS_SYSTIMER_H_ */
