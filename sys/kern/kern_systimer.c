/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System timers: see <sys/systimer.h>.
 *
 * Each CPU keeps its timers in order of time and has its interrupt armed for
 * the first.  A periodic timer is advanced by its interval, not from now, so
 * it does not drift; one that has fallen far behind skips ahead.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/systimer.h>
#include <sys/thread.h>
#include <sys/thread2.h>

/* Times a periodic timer may lag behind before it skips. */
#define SYSTIMER_LAG	10

/* Insert in order.  Owning CPU, critical section. */
static void
systimer_insert(globaldata_t gd, systimer_t info)
{
	systimer_t scan;

	TAILQ_FOREACH_REVERSE(scan, &gd->gd_systimerq, systimer_queue, node) {
		if ((ssysclock_t)(scan->time - info->time) <= 0)
			break;
	}
	if (scan != NULL)
		TAILQ_INSERT_AFTER(&gd->gd_systimerq, scan, info, node);
	else
		TAILQ_INSERT_HEAD(&gd->gd_systimerq, info, node);
	info->queue = &gd->gd_systimerq;
	info->flags |= SYSTF_ONQUEUE;
}

/* Arm the interrupt for the first timer. */
static void
systimer_arm(globaldata_t gd)
{
	systimer_t first = TAILQ_FIRST(&gd->gd_systimerq);
	ssysclock_t count;

	if (first == NULL)
		return;
	count = (ssysclock_t)(first->time - sys_cputimer->count());
	if (count <= 0)
		count = 1;
	cputimer_intr_reload(count);
}

void
systimer_intr(sysclock_t *timep, int in_ipi, struct intrframe *frame)
{
	globaldata_t gd = mycpu;
	sysclock_t time = *timep;
	systimer_t info;

	if (gd->gd_systimer_inprog)
		return;
	crit_enter();
	gd->gd_systimer_inprog = 1;
	while ((info = TAILQ_FIRST(&gd->gd_systimerq)) != NULL) {
		if ((ssysclock_t)(info->time - time) > 0) {
			time = sys_cputimer->count();
			if ((ssysclock_t)(info->time - time) > 0)
				break;
		}
		TAILQ_REMOVE(&gd->gd_systimerq, info, node);
		info->flags &= ~SYSTF_ONQUEUE;
		info->flags |= SYSTF_IPIRUNNING;
		info->func(info, in_ipi, frame);
		info->flags &= ~SYSTF_IPIRUNNING;
		if (info->periodic == 0 ||
		    (info->flags & (SYSTF_ONQUEUE | SYSTF_NONQUEUED)))
			continue;
		info->time += info->periodic;
		if ((ssysclock_t)(time - info->time) >
		    (ssysclock_t)(info->periodic * SYSTIMER_LAG))
			info->time = time + info->periodic;
		systimer_insert(gd, info);
	}
	gd->gd_systimer_inprog = 0;
	systimer_arm(gd);
	crit_exit_noyield(curthread);
}

void
systimer_intr_enable(void)
{
	cputimer_intr_enable();
}

/* Queue a timer whose time is set; on its CPU. */
void
systimer_add(systimer_t info)
{
	globaldata_t gd;

	KKASSERT((info->flags & SYSTF_ONQUEUE) == 0);
	crit_enter();
	gd = mycpu;
	KKASSERT(info->gd == gd);
	systimer_insert(gd, info);
	if (TAILQ_FIRST(&gd->gd_systimerq) == info && !gd->gd_systimer_inprog)
		systimer_arm(gd);
	crit_exit();
}

void
systimer_del(systimer_t info)
{
	crit_enter();
	KKASSERT(info->gd == mycpu);
	if (info->flags & SYSTF_ONQUEUE) {
		TAILQ_REMOVE(info->queue, info, node);
		info->flags &= ~SYSTF_ONQUEUE;
	}
	info->periodic = 0;
	crit_exit();
}

void
systimer_init_periodic_flags(systimer_t info, systimer_func_t func,
    void *data, int64_t freq, int flags)
{
	sysclock_t base;

	bzero(info, sizeof(*info));
	info->periodic = sys_cputimer->fromhz(freq);
	if (info->periodic == 0)
		info->periodic = 1;
	base = sys_cputimer->count();
	/* In phase with the other CPUs, apart from the asked for offset. */
	base -= base % info->periodic;
	if (flags & SYSTF_OFFSET50)
		base += info->periodic / 2;
	if (flags & SYSTF_OFFSETCPU)
		base += info->periodic * mycpuid / ncpus;
	info->time = base + info->periodic;
	info->func = func;
	info->data = data;
	info->freq = freq;
	info->which = sys_cputimer;
	info->gd = mycpu;
	info->flags |= flags;
	systimer_add(info);
}

void
systimer_init_periodic(systimer_t info, systimer_func_t func, void *data,
    int64_t freq)
{
	systimer_init_periodic_flags(info, func, data, freq, 0);
}

/* Its function queues it again. */
void
systimer_init_periodic_nq(systimer_t info, systimer_func_t func, void *data,
    int64_t freq)
{
	systimer_init_periodic_flags(info, func, data, freq, SYSTF_NONQUEUED);
}

void
systimer_adjust_periodic(systimer_t info, int64_t freq)
{
	crit_enter();
	info->periodic = sys_cputimer->fromhz(freq);
	if (info->periodic == 0)
		info->periodic = 1;
	info->freq = freq;
	info->which = sys_cputimer;
	crit_exit();
}

void
systimer_init_oneshot(systimer_t info, systimer_func_t func, void *data,
    int64_t us)
{
	bzero(info, sizeof(*info));
	info->time = sys_cputimer->count() + sys_cputimer->fromus(us);
	info->func = func;
	info->data = data;
	info->us = (int)us;
	info->which = sys_cputimer;
	info->gd = mycpu;
	systimer_add(info);
}

/*
 * Another counter has been chosen: convert what this CPU has pending.
 */
static void
systimer_changed_local(void *unused __unused)
{
	globaldata_t gd = mycpu;
	systimer_t info;

	crit_enter();
	TAILQ_FOREACH(info, &gd->gd_systimerq, node) {
		if (info->which == sys_cputimer)
			continue;
		if (info->freq) {
			info->periodic = sys_cputimer->fromhz(info->freq);
			info->time = sys_cputimer->count() + info->periodic;
		} else {
			info->time = sys_cputimer->count() +
			    sys_cputimer->fromus(info->us);
		}
		info->which = sys_cputimer;
	}
	systimer_arm(gd);
	crit_exit();
}

void
systimer_changed(void)
{
	cpumask_t mask;

	CPUMASK_ASSBMASK(mask, cold ? 1 : ncpus);
	lwkt_cpusync_simple(mask, systimer_changed_local, NULL);
}
