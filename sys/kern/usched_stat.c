/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Statistics of the user schedulers: the clock tick's entry to them, per
 * cent CPU and sleep times for ps(1), CPU time limits.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/callout.h>
#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/signalvar.h>
#include <sys/sysctl.h>
#include <sys/usched.h>
#include <sys/thread2.h>

#include <machine/cpu.h>

#define CCPU_SHIFT	11		/* FSHIFT */

static fixpt_t	ccpu = 0.95122942450071400909 * (1 << CCPU_SHIFT);
static int	fscale = 1 << CCPU_SHIFT;
static struct callout schedcpu_callout;

SYSCTL_INT(_kern, OID_AUTO, ccpu, CTLFLAG_RD, &ccpu, 0,
    "Decay of per cent CPU in a second, fixed point");
SYSCTL_INT(_kern, OID_AUTO, fscale, CTLFLAG_RD, &fscale, 0,
    "One in fixed point");

void
usched_schedulerclock(struct lwp *lp, sysclock_t period, sysclock_t time)
{
	lp->lwp_cpticks++;
	lp->lwp_proc->p_usched->schedulerclock(lp, period, time);
}

/* A second's worth: lwp_pctcpu follows the share of ticks. */
static int
schedcpu_lwp(struct lwp *lp, void *data)
{
	u_int freq = stathz > 0 ? stathz : hz;
	u_int share;

	if (lp->lwp_stat == LSSLEEP || lp->lwp_stat == LSSTOP)
		lp->lwp_slptime++;
	else
		lp->lwp_slptime = 0;
	share = MIN(lp->lwp_cpticks, freq) * (u_int)fscale / freq;
	lp->lwp_cpticks = 0;
	lp->lwp_pctcpu = ((uint64_t)lp->lwp_pctcpu * ccpu +
	    (uint64_t)share * (fscale - ccpu)) >> CCPU_SHIFT;
	return (0);
}

static int
schedcpu_proc(struct proc *p, void *data)
{
	struct lwp *lp;
	uint64_t ttime = 0;

	p->p_swtime++;
	if (p->p_limit == NULL || p->p_limit->p_cpulimit == RLIM_INFINITY)
		return (0);
	lwkt_gettoken(&p->p_token);
	if (p->p_stat == SACTIVE && p->p_limit != NULL) {
		FOREACH_LWP_IN_PROC(lp, p)
			ttime += lp->lwp_thread->td_uticks +
			    lp->lwp_thread->td_sticks;
		ttime += p->p_ru.ru_utime.tv_sec * 1000000 +
		    p->p_ru.ru_stime.tv_sec * 1000000;
		switch (plimit_testcpulimit(p, ttime)) {
		case PLIMIT_TESTCPU_KILL:
			killproc(p, "exceeded maximum CPU limit");
			break;
		case PLIMIT_TESTCPU_XCPU:
			if (!timevalisset(&p->p_cputime_warned)) {
				p->p_cputime_warned.tv_sec = 1;
				ksignal(p, SIGXCPU);
			}
			break;
		}
	}
	lwkt_reltoken(&p->p_token);
	return (0);
}

static void
schedcpu(void *arg)
{
	allproc_scan(schedcpu_proc, NULL, 1);
	alllwp_scan(schedcpu_lwp, NULL, 1);
	callout_reset(&schedcpu_callout, hz, schedcpu, NULL);
}

static void
schedcpu_init(void *unused)
{
	callout_init_mp(&schedcpu_callout);
	callout_reset(&schedcpu_callout, hz, schedcpu, NULL);
}
SYSINIT(schedcpu, SI_SUB_HELPER_THREADS, SI_ORDER_ANY, schedcpu_init, NULL);
