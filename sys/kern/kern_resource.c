/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Use of resources, nice values and real-time priorities.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/rtprio.h>
#include <sys/sched.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/ucred.h>
#include <sys/usched.h>
#include <sys/thread2.h>

#include <vm/vm.h>
#include <vm/vm_map.h>
#include <vm/pmap.h>

/* CPU time of a thread; its CPU counts microseconds. */
void
calcru(struct lwp *lp, struct timeval *up, struct timeval *sp)
{
	struct thread *td = lp->lwp_thread;
	uint64_t us;

	us = td->td_uticks;
	up->tv_sec = us / 1000000;
	up->tv_usec = us % 1000000;
	us = td->td_sticks;
	sp->tv_sec = us / 1000000;
	sp->tv_usec = us % 1000000;
}

void
ruadd(struct rusage *ru, struct rusage *ru2)
{
	long *ip = &ru->ru_first, *ip2 = &ru2->ru_first;
	int i;

	timevaladd(&ru->ru_utime, &ru2->ru_utime);
	timevaladd(&ru->ru_stime, &ru2->ru_stime);
	if (ru->ru_maxrss < ru2->ru_maxrss)
		ru->ru_maxrss = ru2->ru_maxrss;
	for (i = &ru->ru_last - &ru->ru_first; i >= 0; i--)
		*ip++ += *ip2++;
}

/* The address space's share: the most of it that was in memory. */
void
calcru_memory(struct proc *p, struct rusage *ru)
{
	long rss;

	rss = pmap_resident_max(&p->p_vmspace->vm_pmap) * (PAGE_SIZE / 1024);
	if (ru->ru_maxrss < rss)
		ru->ru_maxrss = rss;
}

/*
 * Of a whole process; p_token held.  One that exits has counted its memory
 * while it was there.
 */
void
calcru_proc(struct proc *p, struct rusage *ru)
{
	struct rusage lru;
	struct lwp *lp;

	*ru = p->p_ru;
	FOREACH_LWP_IN_PROC(lp, p) {
		lru = lp->lwp_ru;
		calcru(lp, &lru.ru_utime, &lru.ru_stime);
		ruadd(ru, &lru);
	}
	if (p->p_vmspace != NULL && p->p_stat != SZOMB &&
	    (p->p_flags & (P_SYSTEM | P_WEXIT)) == 0)
		calcru_memory(p, ru);
}

void
ru_count_input(void)
{
	struct lwp *lp = curthread->td_lwp;

	if (lp != NULL)
		++lp->lwp_ru.ru_inblock;
}

void
ru_count_output(void)
{
	struct lwp *lp = curthread->td_lwp;

	if (lp != NULL)
		++lp->lwp_ru.ru_oublock;
}

int
sys_getrusage(struct sysmsg *sysmsg, const struct getrusage_args *uap)
{
	struct proc *p = curproc;
	struct rusage ru;

	lwkt_gettoken(&p->p_token);
	switch (uap->who) {
	case RUSAGE_SELF:
		calcru_proc(p, &ru);
		break;
	case RUSAGE_CHILDREN:
		ru = p->p_cru;
		break;
	default:
		lwkt_reltoken(&p->p_token);
		return (EINVAL);
	}
	lwkt_reltoken(&p->p_token);
	return (copyout(&ru, uap->rusage, sizeof(ru)));
}

/* ---- nice values ---- */

struct prio_scan {
	int	set;
	int	value;		/* to set, or best found */
	uid_t	uid;
	int	found;
	int	error;
};

static int
donice(struct proc *chgp, int n)
{
	struct ucred *cr = curthread->td_ucred;
	struct lwp *lp;

	if (cr->cr_uid != 0 && cr->cr_ruid != 0 &&
	    cr->cr_uid != chgp->p_ucred->cr_uid &&
	    cr->cr_ruid != chgp->p_ucred->cr_uid)
		return (EPERM);
	n = MIN(MAX(n, PRIO_MIN), PRIO_MAX);
	if (n < chgp->p_nice && priv_check_cred(cr,
	    PRIV_SCHED_SETPRIORITY, 0) != 0)
		return (EACCES);
	chgp->p_nice = n;
	FOREACH_LWP_IN_PROC(lp, chgp)
		chgp->p_usched->resetpriority(lp);
	return (0);
}

static void
prio_one(struct proc *p, struct prio_scan *ps)
{
	int error;

	if (p_cansee(curthread->td_ucred, p) != 0)
		return;
	lwkt_gettoken(&p->p_token);
	ps->found++;
	if (ps->set) {
		error = donice(p, ps->value);
		if (error)
			ps->error = error;
	} else if (p->p_nice < ps->value) {
		ps->value = p->p_nice;
	}
	lwkt_reltoken(&p->p_token);
}

static int
prio_user_callback(struct proc *p, void *data)
{
	struct prio_scan *ps = data;

	if (p->p_ucred->cr_uid == ps->uid)
		prio_one(p, ps);
	return (0);
}

static int
prio_scan(int which, int who, struct prio_scan *ps)
{
	struct pgrp *pg;
	struct proc *p;

	switch (which) {
	case PRIO_PROCESS:
		p = who == 0 ? curproc : pfind(who);
		if (p == NULL)
			break;
		prio_one(p, ps);
		if (who != 0)
			PRELE(p);
		break;
	case PRIO_PGRP:
		if (who == 0) {
			pg = curproc->p_pgrp;
			pgref(pg);
		} else if ((pg = pgfind(who)) == NULL) {
			break;
		}
		lockmgr(&pg->pg_lock, LK_EXCLUSIVE);
		LIST_FOREACH(p, &pg->pg_members, p_pglist) {
			if (p->p_stat != SZOMB && p->p_stat != SIDL)
				prio_one(p, ps);
		}
		lockmgr(&pg->pg_lock, LK_RELEASE);
		pgrel(pg);
		break;
	case PRIO_USER:
		ps->uid = who == 0 ? curthread->td_ucred->cr_uid : who;
		allproc_scan(prio_user_callback, ps, 0);
		break;
	default:
		return (EINVAL);
	}
	return (ps->found == 0 ? ESRCH : ps->error);
}

int
sys_getpriority(struct sysmsg *sysmsg, const struct getpriority_args *uap)
{
	struct prio_scan ps = { .value = PRIO_MAX + 1 };
	int error;

	error = prio_scan(uap->which, uap->who, &ps);
	sysmsg->sysmsg_result = ps.value;
	return (error);
}

int
sys_setpriority(struct sysmsg *sysmsg, const struct setpriority_args *uap)
{
	struct prio_scan ps = { .set = 1, .value = uap->prio };

	return (prio_scan(uap->which, uap->who, &ps));
}

/* ---- real-time and idle classes ---- */

static int
rtprio_valid(struct rtprio *rtp)
{
	switch (rtp->type & ~RTP_PRIO_FIFO_BIT) {
	case RTP_PRIO_REALTIME:
	case RTP_PRIO_IDLE:
		return (rtp->prio <= RTP_PRIO_MAX);
	case RTP_PRIO_NORMAL:
		return (1);
	default:
		return (0);
	}
}

/* Both for a whole process (lp NULL) and one thread; p_token held. */
static int
rtprio_set(struct proc *p, struct lwp *lp, struct rtprio *rtp)
{
	struct lwp *tlp;
	int error;

	error = p_trespass(curthread->td_ucred, p->p_ucred);
	if (error)
		return (error);
	if (curthread->td_ucred->cr_uid != 0) {
		/* Users may only step back. */
		if (rtp->type != RTP_PRIO_NORMAL &&
		    (rtp->type & ~RTP_PRIO_FIFO_BIT) != RTP_PRIO_IDLE)
			return (EPERM);
	}
	if (!rtprio_valid(rtp))
		return (EINVAL);
	FOREACH_LWP_IN_PROC(tlp, p) {
		if (lp != NULL && tlp != lp)
			continue;
		tlp->lwp_rtprio = *rtp;
		p->p_usched->resetpriority(tlp);
	}
	return (0);
}

static int
kern_rtprio(int function, pid_t pid, lwpid_t tid, struct rtprio *urtp,
    int whole)
{
	struct rtprio rtp;
	struct lwp *lp = NULL;
	struct proc *p;
	int error;

	error = copyin(urtp, &rtp, sizeof(rtp));
	if (error)
		return (error);
	if (pid < 0 || (!whole && tid < -1))
		return (EINVAL);
	p = pid == 0 ? curproc : pfind(pid);
	if (p == NULL)
		return (ESRCH);
	lwkt_gettoken(&p->p_token);
	if (!whole) {
		if (tid == -1)
			lp = p == curproc ? curthread->td_lwp :
			    FIRST_LWP_IN_PROC(p);
		else
			lp = lwpfind(p, tid);
		if (lp == NULL)
			error = ESRCH;
	}
	if (error == 0) {
		switch (function) {
		case RTP_LOOKUP:
			rtp = lp != NULL ? lp->lwp_rtprio :
			    FIRST_LWP_IN_PROC(p)->lwp_rtprio;
			break;
		case RTP_SET:
			error = rtprio_set(p, lp, &rtp);
			break;
		default:
			error = EINVAL;
			break;
		}
	}
	lwkt_reltoken(&p->p_token);
	if (pid != 0)
		PRELE(p);
	if (error == 0 && function == RTP_LOOKUP)
		error = copyout(&rtp, urtp, sizeof(rtp));
	return (error);
}

int
sys_rtprio(struct sysmsg *sysmsg, const struct rtprio_args *uap)
{
	return (kern_rtprio(uap->function, uap->pid, -1, uap->rtp, 1));
}

int
sys_lwp_rtprio(struct sysmsg *sysmsg, const struct lwp_rtprio_args *uap)
{
	return (kern_rtprio(uap->function, uap->pid, uap->tid, uap->rtp, 0));
}

/* ---- POSIX scheduling ---- */

#define P1B_PRIO_MAX	RTP_PRIO_MAX

/* POSIX says larger is better; rtprio the reverse. */
static struct proc *
sched_find(pid_t pid, int *errorp)
{
	struct proc *p;

	*errorp = 0;
	if (pid < 0) {
		*errorp = EINVAL;
		return (NULL);
	}
	if (pid == 0) {
		p = curproc;
		PHOLD(p);
	} else {
		p = pfind(pid);
		if (p == NULL)
			*errorp = ESRCH;
	}
	return (p);
}

static int
sched_policy(struct lwp *lp)
{
	switch (lp->lwp_rtprio.type) {
	case RTP_PRIO_FIFO:
		return (SCHED_FIFO);
	case RTP_PRIO_REALTIME:
		return (SCHED_RR);
	default:
		return (SCHED_OTHER);
	}
}

static int
sched_change(pid_t pid, int policy, const struct sched_param *uparam)
{
	struct sched_param param;
	struct rtprio rtp;
	struct proc *p;
	int error;

	error = copyin(uparam, &param, sizeof(param));
	if (error)
		return (error);
	p = sched_find(pid, &error);
	if (p == NULL)
		return (error);
	lwkt_gettoken(&p->p_token);
	if (policy == -1)
		policy = sched_policy(FIRST_LWP_IN_PROC(p));
	switch (policy) {
	case SCHED_FIFO:
	case SCHED_RR:
		if (param.sched_priority < 0 ||
		    param.sched_priority > P1B_PRIO_MAX) {
			error = EINVAL;
			break;
		}
		rtp.type = policy == SCHED_FIFO ? RTP_PRIO_FIFO :
		    RTP_PRIO_REALTIME;
		rtp.prio = P1B_PRIO_MAX - param.sched_priority;
		error = rtprio_set(p, NULL, &rtp);
		break;
	case SCHED_OTHER:
		rtp.type = RTP_PRIO_NORMAL;
		rtp.prio = 0;
		error = rtprio_set(p, NULL, &rtp);
		break;
	default:
		error = EINVAL;
		break;
	}
	lwkt_reltoken(&p->p_token);
	PRELE(p);
	return (error);
}

int
sys_sched_setparam(struct sysmsg *sysmsg,
    const struct sched_setparam_args *uap)
{
	return (sched_change(uap->pid, -1, uap->param));
}

int
sys_sched_setscheduler(struct sysmsg *sysmsg,
    const struct sched_setscheduler_args *uap)
{
	return (sched_change(uap->pid, uap->policy, uap->param));
}

int
sys_sched_getparam(struct sysmsg *sysmsg,
    const struct sched_getparam_args *uap)
{
	struct sched_param param;
	struct proc *p;
	struct lwp *lp;
	int error;

	p = sched_find(uap->pid, &error);
	if (p == NULL)
		return (error);
	lwkt_gettoken(&p->p_token);
	lp = FIRST_LWP_IN_PROC(p);
	param.sched_priority = sched_policy(lp) == SCHED_OTHER ? 0 :
	    P1B_PRIO_MAX - lp->lwp_rtprio.prio;
	lwkt_reltoken(&p->p_token);
	PRELE(p);
	return (copyout(&param, uap->param, sizeof(param)));
}

int
sys_sched_getscheduler(struct sysmsg *sysmsg,
    const struct sched_getscheduler_args *uap)
{
	struct proc *p;
	int error;

	p = sched_find(uap->pid, &error);
	if (p == NULL)
		return (error);
	lwkt_gettoken(&p->p_token);
	sysmsg->sysmsg_result = sched_policy(FIRST_LWP_IN_PROC(p));
	lwkt_reltoken(&p->p_token);
	PRELE(p);
	return (0);
}

int
sys_sched_get_priority_max(struct sysmsg *sysmsg,
    const struct sched_get_priority_max_args *uap)
{
	switch (uap->policy) {
	case SCHED_FIFO:
	case SCHED_RR:
		sysmsg->sysmsg_result = P1B_PRIO_MAX;
		return (0);
	case SCHED_OTHER:
		sysmsg->sysmsg_result = PRIO_MAX;
		return (0);
	default:
		return (EINVAL);
	}
}

int
sys_sched_get_priority_min(struct sysmsg *sysmsg,
    const struct sched_get_priority_min_args *uap)
{
	switch (uap->policy) {
	case SCHED_FIFO:
	case SCHED_RR:
		sysmsg->sysmsg_result = 0;
		return (0);
	case SCHED_OTHER:
		sysmsg->sysmsg_result = PRIO_MIN;
		return (0);
	default:
		return (EINVAL);
	}
}

int
sys_sched_rr_get_interval(struct sysmsg *sysmsg,
    const struct sched_rr_get_interval_args *uap)
{
	struct timespec ts = { 0, 1000000000 / 10 };
	struct proc *p;
	int error;

	p = sched_find(uap->pid, &error);
	if (p == NULL)
		return (error);
	PRELE(p);
	return (copyout(&ts, uap->interval, sizeof(ts)));
}

int
sys_sched_yield(struct sysmsg *sysmsg, const struct sched_yield_args *uap)
{
	struct lwp *lp = curthread->td_lwp;

	lp->lwp_proc->p_usched->yield(lp);
	return (0);
}

int
sys_yield(struct sysmsg *sysmsg, const struct yield_args *uap)
{
	struct lwp *lp = curthread->td_lwp;

	lp->lwp_proc->p_usched->yield(lp);
	sysmsg->sysmsg_result = 0;
	return (0);
}
