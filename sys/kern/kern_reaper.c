/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reapers: processes that adopt the orphans below them, in place of init.
 * procctl(2).
 *
 * Every process points at the reaper domain it belongs to, NULL meaning
 * init's.  A domain outlives its owner while processes point at it; orphans
 * then go to the next outer one.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/procctl.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/thread2.h>

static MALLOC_DEFINE(M_REAPER, "reaper", "reaper domains");

void
reaper_hold(struct sysreaper *reap)
{
	atomic_add_int(&reap->refs, 1);
}

void
reaper_drop(struct sysreaper *reap)
{
	struct sysreaper *next;

	while (reap != NULL && atomic_fetchadd_int(&reap->refs, -1) == 1) {
		next = reap->parent;
		lwkt_token_uninit(&reap->token);
		kfree(reap, M_REAPER);
		reap = next;
	}
}

/* p becomes a reaper, inside the domain reap. */
struct sysreaper *
reaper_init(struct proc *p, struct sysreaper *outer)
{
	struct sysreaper *reap;

	reap = kmalloc(sizeof(*reap), M_REAPER, M_WAITOK | M_ZERO);
	lwkt_token_init(&reap->token, "reaper");
	reap->p = p;
	reap->refs = 1;
	reap->parent = outer;		/* p's reference to it becomes ours */
	reap->flags = REAPER_STAT_OWNED;
	if (p->p_pid == 1)
		reap->flags |= REAPER_STAT_REALINIT;
	return (reap);
}

/* The process that adopts orphans of the domain; held. */
struct proc *
reaper_get(struct sysreaper *reap)
{
	struct proc *p = NULL;

	for (; reap != NULL && p == NULL; reap = reap->parent) {
		lwkt_gettoken(&reap->token);
		p = reap->p;
		if (p != NULL && (p->p_flags & P_WEXIT) && p->p_pid != 1)
			p = NULL;
		if (p != NULL)
			PHOLD(p);
		lwkt_reltoken(&reap->token);
	}
	if (p == NULL) {
		p = initproc;
		PHOLD(p);
	}
	return (p);
}

/* p exits: if it was a reaper, it is no longer. */
void
reaper_exit(struct proc *p)
{
	struct sysreaper *reap = p->p_reaper;

	if (reap == NULL || reap->p != p)
		return;
	lwkt_gettoken(&reap->token);
	reap->p = NULL;
	reap->flags &= ~REAPER_STAT_OWNED;
	lwkt_reltoken(&reap->token);
}

static int
reaper_status(struct proc *p, void *data)
{
	union reaper_info info;
	struct sysreaper *reap = p->p_reaper;

	bzero(&info, sizeof(info));
	info.status.pid_head = -1;
	if (reap != NULL && reap->p == p) {
		info.status.flags = reap->flags;
		info.status.refs = reap->refs;
		if (!LIST_EMPTY(&p->p_children))
			info.status.pid_head =
			    LIST_FIRST(&p->p_children)->p_pid;
	}
	return (copyout(&info, data, sizeof(info)));
}

int
sys_procctl(struct sysmsg *sysmsg, const struct procctl_args *uap)
{
	struct proc *p = curproc;
	struct sysreaper *reap;
	int error = 0;

	if (uap->idtype != P_PID || uap->id != p->p_pid)
		return (EINVAL);
	lwkt_gettoken(&p->p_token);
	reap = p->p_reaper;
	switch (uap->cmd) {
	case PROC_REAP_ACQUIRE:
		if (reap != NULL && reap->p == p)
			error = EALREADY;
		else
			p->p_reaper = reaper_init(p, reap);
		break;
	case PROC_REAP_RELEASE:
		if (reap == NULL || reap->p != p) {
			error = ENOTCONN;
			break;
		}
		reaper_exit(p);
		p->p_reaper = reap->parent;
		if (p->p_reaper != NULL)
			reaper_hold(p->p_reaper);
		reaper_drop(reap);
		break;
	case PROC_REAP_STATUS:
		error = reaper_status(p, uap->data);
		break;
	default:
		error = EINVAL;
		break;
	}
	lwkt_reltoken(&p->p_token);
	return (error);
}
