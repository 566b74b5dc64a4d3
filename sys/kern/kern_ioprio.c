/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ioprio_get(2), ioprio_set(2): a number from IOPRIO_MIN to IOPRIO_MAX that
 * processes carry for disk schedulers to look at.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/resource.h>
#include <sys/stdbool.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/ucred.h>
#include <sys/thread2.h>

struct ioprio_scan {
	int	which;		/* PRIO_* */
	int	who;
	bool	set;
	int	prio;		/* to be set, or the highest found */
	int	found;
	int	error;
};

static void
ioprio_one(struct proc *p, struct ioprio_scan *s)
{
	if (!s->set) {
		s->prio = MAX(s->prio, p->p_ionice);
	} else if (p_trespass(curthread->td_ucred, p->p_ucred) != 0) {
		s->error = EPERM;
	} else if (s->prio > p->p_ionice && s->prio > IOPRIO_MAX / 2 &&
	    priv_check(curthread, PRIV_SCHED_SETPRIORITY) != 0) {
		s->error = EACCES;
	} else {
		p->p_ionice = s->prio;
	}
	s->found++;
}

static int
ioprio_callback(struct proc *p, void *arg)
{
	struct ioprio_scan *s = arg;

	if (p_cansee(curthread->td_ucred, p) != 0)
		return (0);
	if (s->which == PRIO_PGRP ? p->p_pgid == s->who :
	    p->p_ucred->cr_uid == (uid_t)s->who)
		ioprio_one(p, s);
	return (0);
}

static int
ioprio_run(struct ioprio_scan *s)
{
	struct proc *p;

	switch (s->which) {
	case PRIO_PROCESS:
		p = s->who == 0 ? curproc : pfind(s->who);
		if (p == NULL)
			return (ESRCH);
		if (p_cansee(curthread->td_ucred, p) == 0)
			ioprio_one(p, s);
		if (s->who != 0)
			PRELE(p);
		break;
	case PRIO_PGRP:
		if (s->who == 0)
			s->who = curproc->p_pgid;
		allproc_scan(ioprio_callback, s, 0);
		break;
	case PRIO_USER:
		if (s->who == 0)
			s->who = curthread->td_ucred->cr_uid;
		allproc_scan(ioprio_callback, s, 0);
		break;
	default:
		return (EINVAL);
	}
	if (s->found == 0)
		return (ESRCH);
	return (s->error);
}

int
sys_ioprio_get(struct sysmsg *sysmsg, const struct ioprio_get_args *uap)
{
	struct ioprio_scan s = { .which = uap->which, .who = uap->who,
	    .prio = IOPRIO_MIN };
	int error;

	error = ioprio_run(&s);
	sysmsg->sysmsg_result = s.prio;
	return (error);
}

int
sys_ioprio_set(struct sysmsg *sysmsg, const struct ioprio_set_args *uap)
{
	struct ioprio_scan s = { .which = uap->which, .who = uap->who,
	    .prio = MAX(IOPRIO_MIN, MIN(uap->prio, IOPRIO_MAX)), .set = true };

	sysmsg->sysmsg_result = 0;
	return (ioprio_run(&s));
}
