/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Resource limits, and what each user has in use (struct uidinfo).
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/file.h>
#include <sys/malloc.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/spinlock2.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/thread2.h>

#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/vm_map.h>

#include <machine/vmparam.h>

static MALLOC_DEFINE(M_PLIMIT, "plimit", "resource limits");
static MALLOC_DEFINE(M_UIDINFO, "uidinfo", "users' totals");

#define UIHASHSIZE	256		/* buckets, a power of 2 */
static LIST_HEAD(, uidinfo) uihash[UIHASHSIZE];	/* (s) uihash_lock */
static struct spinlock uihash_lock =
    SPINLOCK_INITIALIZER(uihash_lock, "uihash");

/* ---- limits ---- */

/* Bytes: default and largest data and stack segments. */
u_long	dfldsiz = DFLDSIZ, maxdsiz = MAXDSIZ;
u_long	dflssiz = DFLSSIZ, maxssiz = MAXSSIZ;
TUNABLE_ULONG("kern.dfldsiz", &dfldsiz);
TUNABLE_ULONG("kern.maxdsiz", &maxdsiz);
TUNABLE_ULONG("kern.dflssiz", &dflssiz);
TUNABLE_ULONG("kern.maxssiz", &maxssiz);

void
plimit_init0(struct plimit *limit)
{
	int i;

	for (i = 0; i < RLIM_NLIMITS; i++) {
		limit->pl_rlimit[i].rlim_cur = RLIM_INFINITY;
		limit->pl_rlimit[i].rlim_max = RLIM_INFINITY;
	}
	limit->pl_rlimit[RLIMIT_NOFILE].rlim_cur = maxfilesperproc;
	limit->pl_rlimit[RLIMIT_NOFILE].rlim_max = maxfilesperproc;
	limit->pl_rlimit[RLIMIT_NPROC].rlim_cur = maxprocperuid;
	limit->pl_rlimit[RLIMIT_NPROC].rlim_max = maxprocperuid;
	limit->pl_rlimit[RLIMIT_DATA].rlim_cur = dfldsiz;
	limit->pl_rlimit[RLIMIT_DATA].rlim_max = maxdsiz;
	limit->pl_rlimit[RLIMIT_STACK].rlim_cur = dflssiz;
	limit->pl_rlimit[RLIMIT_STACK].rlim_max = maxssiz;
	limit->p_cpulimit = RLIM_INFINITY;
	limit->p_refcnt = 1;
}

/* Share the limits; whoever changes them makes a copy. */
struct plimit *
plimit_fork(struct proc *p)
{
	atomic_add_int(&p->p_limit->p_refcnt, 1);
	return (p->p_limit);
}

void
plimit_lwp_fork(struct proc *p)
{
}

void
plimit_free(struct proc *p)
{
	struct plimit *limit = p->p_limit;

	p->p_limit = NULL;
	if (limit != NULL && atomic_fetchadd_int(&limit->p_refcnt, -1) == 1)
		kfree(limit, M_PLIMIT);
}

/* Limits of p that are its own; p_token is held. */
static struct plimit *
plimit_modify(struct proc *p)
{
	struct plimit *limit = p->p_limit, *nlimit;

	if (limit->p_refcnt == 1)
		return (limit);
	nlimit = kmalloc(sizeof(*nlimit), M_PLIMIT, M_WAITOK);
	*nlimit = *limit;
	nlimit->p_refcnt = 1;
	spin_lock(&p->p_spin);
	p->p_limit = nlimit;
	spin_unlock(&p->p_spin);
	if (atomic_fetchadd_int(&limit->p_refcnt, -1) == 1)
		kfree(limit, M_PLIMIT);
	return (nlimit);
}

rlim_t
lim_cur(struct proc *p, int which)
{
	return (p->p_limit->pl_rlimit[which].rlim_cur);
}

rlim_t
plimit_getadjvalue(int which)
{
	return (curproc->p_limit->pl_rlimit[which].rlim_cur);
}

int
plimit_testcpulimit(struct proc *p, u_int64_t ttime)
{
	struct plimit *limit = p->p_limit;
	rlim_t max;

	if (limit->p_cpulimit == RLIM_INFINITY ||
	    ttime <= (u_int64_t)limit->p_cpulimit)
		return (PLIMIT_TESTCPU_OK);
	max = limit->pl_rlimit[RLIMIT_CPU].rlim_max;
	if (max != RLIM_INFINITY && ttime / 1000000 >= (u_int64_t)max + 5)
		return (PLIMIT_TESTCPU_KILL);
	return (PLIMIT_TESTCPU_XCPU);
}

int
kern_getrlimit(u_int which, struct rlimit *limp)
{
	if (which >= RLIM_NLIMITS)
		return (EINVAL);
	*limp = curproc->p_limit->pl_rlimit[which];
	return (0);
}

static void
clamp(struct rlimit *limp, rlim_t max)
{
	limp->rlim_cur = MIN(limp->rlim_cur, max);
	limp->rlim_max = MIN(limp->rlim_max, max);
}

int
kern_setrlimit(u_int which, struct rlimit *limp)
{
	struct proc *p = curproc;
	struct plimit *limit;
	struct rlimit *alimp;
	int error = 0;

	if (which >= RLIM_NLIMITS)
		return (EINVAL);
	if (limp->rlim_cur < 0)
		limp->rlim_cur = RLIM_INFINITY;
	if (limp->rlim_max < 0)
		limp->rlim_max = RLIM_INFINITY;
	lwkt_gettoken(&p->p_token);
	alimp = &p->p_limit->pl_rlimit[which];
	if (limp->rlim_cur > alimp->rlim_max ||
	    limp->rlim_max > alimp->rlim_max)
		error = priv_check(curthread, PRIV_PROC_SETRLIMIT);
	if (error == 0) {
		limp->rlim_cur = MIN(limp->rlim_cur, limp->rlim_max);
		switch (which) {
		case RLIMIT_DATA:
			clamp(limp, maxdsiz);
			break;
		case RLIMIT_STACK:
			clamp(limp, maxssiz);
			break;
		case RLIMIT_NOFILE:
			clamp(limp, maxfilesperproc);
			break;
		case RLIMIT_NPROC:
			clamp(limp, maxprocperuid);
			limp->rlim_cur = MAX(limp->rlim_cur, 1);
			limp->rlim_max = MAX(limp->rlim_max, 1);
			break;
		}
		limit = plimit_modify(p);
		limit->pl_rlimit[which] = *limp;
		if (which == RLIMIT_CPU)
			limit->p_cpulimit =
			    limp->rlim_cur > RLIM_INFINITY / 1000000 ?
			    RLIM_INFINITY : limp->rlim_cur * 1000000;
	}
	lwkt_reltoken(&p->p_token);
	return (error);
}

int
sys_setrlimit(struct sysmsg *sysmsg, const struct setrlimit_args *uap)
{
	struct rlimit lim;
	int error;

	error = copyin(uap->rlp, &lim, sizeof(lim));
	if (error)
		return (error);
	return (kern_setrlimit(uap->which, &lim));
}

int
sys_getrlimit(struct sysmsg *sysmsg, const struct getrlimit_args *uap)
{
	struct rlimit lim;
	int error;

	error = kern_getrlimit(uap->which, &lim);
	if (error == 0)
		error = copyout(&lim, uap->rlp, sizeof(lim));
	return (error);
}

/* ---- users ---- */

struct uidinfo *
uifind(uid_t uid)
{
	struct uidinfo *ui, *nui = NULL;

	for (;;) {
		spin_lock(&uihash_lock);
		LIST_FOREACH(ui, &uihash[uid & (UIHASHSIZE - 1)], ui_hash) {
			if (ui->ui_uid == uid)
				break;
		}
		if (ui != NULL) {
			atomic_add_int(&ui->ui_ref, 1);
		} else if (nui != NULL) {
			ui = nui;
			nui = NULL;
			LIST_INSERT_HEAD(&uihash[uid & (UIHASHSIZE - 1)], ui,
			    ui_hash);
		}
		spin_unlock(&uihash_lock);
		if (ui != NULL)
			break;
		nui = kmalloc(sizeof(*nui), M_UIDINFO, M_WAITOK | M_ZERO);
		spin_init(&nui->ui_lock, "uidinfo");
		varsymset_init(&nui->ui_varsymset, NULL);
		nui->ui_uid = uid;
		nui->ui_ref = 1;
	}
	if (nui != NULL) {
		varsymset_clean(&nui->ui_varsymset);
		kfree(nui, M_UIDINFO);
	}
	return (ui);
}

void
uihold(struct uidinfo *ui)
{
	atomic_add_int(&ui->ui_ref, 1);
}

void
uidrop(struct uidinfo *ui)
{
	u_int o;

	for (;;) {
		o = ui->ui_ref;
		if (o == 1)
			break;
		if (atomic_cmpset_int(&ui->ui_ref, o, o - 1))
			return;
	}
	spin_lock(&uihash_lock);
	if (atomic_fetchadd_int(&ui->ui_ref, -1) != 1) {
		spin_unlock(&uihash_lock);
		return;
	}
	LIST_REMOVE(ui, ui_hash);
	spin_unlock(&uihash_lock);
	varsymset_clean(&ui->ui_varsymset);
	kfree(ui, M_UIDINFO);
}

void
uireplace(struct uidinfo **puip, struct uidinfo *nuip)
{
	struct uidinfo *old = *puip;

	*puip = nuip;
	if (old != NULL)
		uidrop(old);
}

static int
chgcount(volatile u_int *countp, int diff, int max)
{
	if (diff > 0 && max > 0 &&
	    (int)(atomic_fetchadd_int(countp, diff) + diff) > max) {
		atomic_add_int(countp, -diff);
		return (0);
	}
	if (!(diff > 0 && max > 0))
		atomic_add_int(countp, diff);
	return (1);
}

int
chgproccnt(struct uidinfo *uip, int diff, int max)
{
	return (chgcount(&uip->ui_proccnt, diff, max));
}

int
chgopenfiles(struct uidinfo *uip, int diff, int max)
{
	return (chgcount(&uip->ui_openfiles, diff, max));
}

int
chgsbsize(struct uidinfo *uip, u_long *hiwat, u_long to, rlim_t max)
{
	rlim_t nsize;
	int ok = 1;

	spin_lock(&uip->ui_lock);
	nsize = uip->ui_sbsize + (rlim_t)to - (rlim_t)*hiwat;
	if (to > *hiwat && nsize > max) {
		ok = 0;
	} else {
		uip->ui_sbsize = MAX(nsize, 0);
		*hiwat = to;
	}
	spin_unlock(&uip->ui_lock);
	return (ok);
}
