/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Interval timers: setitimer(2), getitimer(2).
 *
 * ITIMER_REAL is a callout; p_realtimer.it_value holds the uptime at which
 * it is due.  The other two count down in the statistics clock
 * (lwp_itimer_tick).  All under the process's token.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/proc.h>
#include <sys/signalvar.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/thread2.h>
#include <sys/time.h>

/* Seconds a callout is set for at most; a longer timer goes in stages. */
#define STAGE_SECS	100000000

static void
realit_arm(struct proc *p, const struct timeval *now)
{
	struct timeval left;

	timersub(&p->p_realtimer.it_value, now, &left);
	if (left.tv_sec > STAGE_SECS)
		left.tv_sec = STAGE_SECS;
	callout_reset(&p->p_ithandle, tvtohz_high(&left), realitexpire, p);
}

/* What is left of a timer, as getitimer() reports it.  Token held. */
static void
itimer_get(struct proc *p, u_int which, struct itimerval *itv)
{
	struct timeval now;

	if (which != ITIMER_REAL) {
		*itv = p->p_timer[which];
		return;
	}
	*itv = p->p_realtimer;
	if (!timevalisset(&itv->it_value))
		return;
	getmicrouptime(&now);
	if (timercmp(&itv->it_value, &now, <=)) {
		timevalclear(&itv->it_value);
	} else {
		timersub(&itv->it_value, &now, &itv->it_value);
	}
}

int
sys_getitimer(struct sysmsg *sysmsg, const struct getitimer_args *uap)
{
	struct proc *p = curproc;
	struct itimerval itv;

	if (uap->which > ITIMER_PROF)
		return (EINVAL);
	lwkt_gettoken(&p->p_token);
	itimer_get(p, uap->which, &itv);
	lwkt_reltoken(&p->p_token);
	return (copyout(&itv, uap->itv, sizeof(itv)));
}

int
sys_setitimer(struct sysmsg *sysmsg, const struct setitimer_args *uap)
{
	struct proc *p = curproc;
	struct itimerval itv, old;
	struct timeval now;
	int error;

	if (uap->which > ITIMER_PROF)
		return (EINVAL);
	bzero(&itv, sizeof(itv));
	if (uap->itv != NULL) {
		error = copyin(uap->itv, &itv, sizeof(itv));
		if (error)
			return (error);
		if (itimerfix(&itv.it_value))
			return (EINVAL);
		if (!timevalisset(&itv.it_value))
			timevalclear(&itv.it_interval);
		else if (itimerfix(&itv.it_interval))
			return (EINVAL);
	}
	lwkt_gettoken(&p->p_token);
	itimer_get(p, uap->which, &old);
	if (uap->itv == NULL) {
		/* Only asked. */
	} else if (uap->which == ITIMER_REAL) {
		callout_stop(&p->p_ithandle);
		if (timevalisset(&itv.it_value)) {
			getmicrouptime(&now);
			timevaladd(&itv.it_value, &now);
		}
		p->p_realtimer = itv;
		if (timevalisset(&itv.it_value))
			realit_arm(p, &now);
	} else {
		p->p_timer[uap->which] = itv;
	}
	lwkt_reltoken(&p->p_token);
	if (uap->oitv == NULL)
		return (0);
	return (copyout(&old, uap->oitv, sizeof(old)));
}

/* The callout: post SIGALRM if it is time, and set the next. */
void
realitexpire(void *arg)
{
	struct proc *p = arg;
	struct timeval now;

	PHOLD(p);
	lwkt_gettoken(&p->p_token);
	if (!timevalisset(&p->p_realtimer.it_value))
		goto out;
	getmicrouptime(&now);
	if (timercmp(&p->p_realtimer.it_value, &now, >)) {
		realit_arm(p, &now);
		goto out;
	}
	ksignal(p, SIGALRM);
	if (!timevalisset(&p->p_realtimer.it_interval)) {
		timevalclear(&p->p_realtimer.it_value);
		goto out;
	}
	/* The next one of the series that is still to come. */
	do {
		timevaladd(&p->p_realtimer.it_value,
		    &p->p_realtimer.it_interval);
	} while (timercmp(&p->p_realtimer.it_value, &now, <=));
	realit_arm(p, &now);
out:
	lwkt_reltoken(&p->p_token);
	PRELE(p);
}

/*
 * Count a timer down by usec.  Zero: it has run out, and has been set again
 * if it is periodic.
 */
int
itimerdecr(struct itimerval *itp, int usec)
{
	struct timeval step = { usec / 1000000, usec % 1000000 };

	if (timercmp(&itp->it_value, &step, >)) {
		timevalsub(&itp->it_value, &step);
		return (1);
	}
	timevalsub(&step, &itp->it_value);
	if (!timevalisset(&itp->it_interval)) {
		timevalclear(&itp->it_value);
		return (0);
	}
	itp->it_value = itp->it_interval;
	while (timercmp(&itp->it_value, &step, <=))
		timevaladd(&itp->it_value, &itp->it_interval);
	timevalsub(&itp->it_value, &step);
	return (0);
}
