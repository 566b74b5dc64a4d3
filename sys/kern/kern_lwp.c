/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System calls about threads and the CPUs they may use: titles, affinity,
 * usched_set.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/upmap.h>
#include <sys/usched.h>
#include <sys/thread2.h>

#include <machine/smp.h>

/*
 * The title is a word of the thread's shared page; without that page it is
 * kept in the LWKT thread's name, cut to fit.
 */
int
sys_lwp_setname(struct sysmsg *sysmsg, const struct lwp_setname_args *uap)
{
	char buf[LPMAP_MAXTHREADTITLE];
	struct proc *p = curproc;
	struct lwp *lp;
	size_t len = 0;
	int error = 0;

	buf[0] = '\0';
	if (uap->name != NULL) {
		error = copyinstr(uap->name, buf, sizeof(buf), &len);
		if (error == ENAMETOOLONG) {
			buf[sizeof(buf) - 1] = '\0';
			error = 0;
		}
		if (error)
			return (error);
	}
	lwkt_gettoken(&p->p_token);
	lp = lwpfind(p, uap->tid);
	if (lp == NULL) {
		error = ESRCH;
	} else {
		if (lp->lwp_lpmap == NULL)
			lwp_usermap(lp, -1);
		if (lp->lwp_lpmap != NULL)
			strlcpy(lp->lwp_lpmap->thread_title, buf,
			    sizeof(lp->lwp_lpmap->thread_title));
	}
	lwkt_reltoken(&p->p_token);
	return (error);
}

int
sys_lwp_getname(struct sysmsg *sysmsg, const struct lwp_getname_args *uap)
{
	char buf[LPMAP_MAXTHREADTITLE];
	struct proc *p = curproc;
	struct lwp *lp;
	size_t len;

	buf[0] = '\0';
	lwkt_gettoken(&p->p_token);
	lp = lwpfind(p, uap->tid);
	if (lp != NULL && lp->lwp_lpmap != NULL)
		strlcpy(buf, lp->lwp_lpmap->thread_title, sizeof(buf));
	lwkt_reltoken(&p->p_token);
	if (lp == NULL)
		return (ESRCH);
	if (uap->len == 0)
		return (0);
	len = MIN(strlen(buf) + 1, uap->len);
	buf[len - 1] = '\0';
	return (copyout(buf, uap->name, len));
}

void
lwp_setcpu_mask(struct lwp *lp, const cpumask_t *mask)
{
	lp->lwp_cpumask = *mask;
	lp->lwp_proc->p_usched->changedcpu(lp);
}

/* The process of an affinity call, held; others' only for root. */
static int
affinity_proc(pid_t pid, struct proc **pp)
{
	int error;

	if (pid < 0)
		return (EINVAL);
	if (pid == 0 || pid == curproc->p_pid) {
		*pp = curproc;
		PHOLD(*pp);
		return (0);
	}
	error = priv_check(curthread, PRIV_SCHED_CPUSET);
	if (error)
		return (error);
	*pp = pfind(pid);
	return (*pp == NULL ? ESRCH : 0);
}

int
sys_lwp_setaffinity(struct sysmsg *sysmsg,
    const struct lwp_setaffinity_args *uap)
{
	cpumask_t mask;
	struct proc *p;
	struct lwp *lp;
	int error;

	error = copyin(uap->mask, &mask, sizeof(mask));
	if (error)
		return (error);
	CPUMASK_ANDMASK(mask, smp_active_mask);
	if (CPUMASK_TESTZERO(mask))
		return (EPERM);
	error = affinity_proc(uap->pid, &p);
	if (error)
		return (error);
	lwkt_gettoken(&p->p_token);
	if (uap->tid < 0) {
		FOREACH_LWP_IN_PROC(lp, p)
			lwp_setcpu_mask(lp, &mask);
	} else {
		lp = lwpfind(p, uap->tid);
		if (lp != NULL)
			lwp_setcpu_mask(lp, &mask);
		else
			error = ESRCH;
	}
	lwkt_reltoken(&p->p_token);
	PRELE(p);
	return (error);
}

int
sys_lwp_getaffinity(struct sysmsg *sysmsg,
    const struct lwp_getaffinity_args *uap)
{
	cpumask_t mask;
	struct proc *p;
	struct lwp *lp;
	int error;

	error = affinity_proc(uap->pid, &p);
	if (error)
		return (error);
	lwkt_gettoken(&p->p_token);
	lp = uap->tid < 0 ? FIRST_LWP_IN_PROC(p) : lwpfind(p, uap->tid);
	if (lp != NULL) {
		mask = lp->lwp_cpumask;
		CPUMASK_ANDMASK(mask, smp_active_mask);
	} else {
		error = ESRCH;
	}
	lwkt_reltoken(&p->p_token);
	PRELE(p);
	if (error == 0)
		error = copyout(&mask, uap->mask, sizeof(mask));
	return (error);
}

/* USCHED_SET_CPU and its kin, for the calling thread. */
static int
usched_set_cpus(struct lwp *lp, int cmd, void *data, int bytes)
{
	cpumask_t mask = lp->lwp_cpumask;
	int cpuid = 0, error;

	if (cmd == USCHED_SET_CPUMASK) {
		if (bytes != sizeof(mask))
			return (EINVAL);
		error = copyin(data, &mask, sizeof(mask));
		if (error)
			return (error);
		CPUMASK_ANDMASK(mask, smp_active_mask);
	} else {
		if (bytes != sizeof(int))
			return (EINVAL);
		error = copyin(data, &cpuid, sizeof(int));
		if (error)
			return (error);
		if (cpuid < 0 || cpuid >= ncpus)
			return (EFBIG);
		if (!CPUMASK_TESTBIT(smp_active_mask, cpuid))
			return (EINVAL);
		if (cmd == USCHED_SET_CPU)
			CPUMASK_ASSBIT(mask, cpuid);
		else if (cmd == USCHED_ADD_CPU)
			CPUMASK_ORBIT(mask, cpuid);
		else
			CPUMASK_NANDBIT(mask, cpuid);
		CPUMASK_ANDMASK(mask, smp_active_mask);
	}
	if (CPUMASK_TESTZERO(mask))
		return (EPERM);
	lwp_setcpu_mask(lp, &mask);
	return (0);
}

int
sys_usched_set(struct sysmsg *sysmsg, const struct usched_set_args *uap)
{
	char name[NAME_LENGTH];
	struct lwp *lp = curthread->td_lwp;
	struct proc *p = lp->lwp_proc;
	cpumask_t mask;
	int cpuid, error = 0;

	if (uap->pid != 0 && uap->pid != p->p_pid)
		return (EINVAL);
	switch (uap->cmd) {
	case USCHED_SET_SCHEDULER:
		error = priv_check(curthread, PRIV_SCHED_SET);
		if (error)
			break;
		error = copyinstr(uap->data, name, sizeof(name), NULL);
		if (error)
			break;
		if (p->p_nthreads > 1 || strcmp(name, usched_dfly.name) != 0)
			error = EINVAL;
		break;
	case USCHED_SET_CPU:
	case USCHED_ADD_CPU:
	case USCHED_SET_CPUMASK:
		error = priv_check(curthread, PRIV_SCHED_CPUSET);
		if (error)
			break;
		/* FALLTHROUGH */
	case USCHED_DEL_CPU:
		error = usched_set_cpus(lp, uap->cmd, uap->data, uap->bytes);
		break;
	case USCHED_GET_CPU:
		if (uap->bytes != sizeof(int))
			return (EINVAL);
		cpuid = mycpuid;
		error = copyout(&cpuid, uap->data, sizeof(cpuid));
		break;
	case USCHED_GET_CPUMASK:
		if (uap->bytes != sizeof(mask))
			return (EINVAL);
		mask = lp->lwp_cpumask;
		CPUMASK_ANDMASK(mask, smp_active_mask);
		error = copyout(&mask, uap->data, sizeof(mask));
		break;
	default:
		error = EINVAL;
		break;
	}
	return (error);
}
