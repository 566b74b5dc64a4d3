/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sysctl kern.proc: what ps(1) and its like see of processes.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/jail.h>
#include <sys/conf.h>
#include <sys/filedesc.h>
#include <sys/globaldata.h>
#include <sys/kinfo.h>
#include <sys/malloc.h>
#include <sys/namecache.h>
#include <sys/nlookup.h>
#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/spinlock2.h>
#include <sys/sysctl.h>
#include <sys/tty.h>
#include <sys/ucred.h>
#include <sys/uio.h>
#include <sys/upmap.h>
#include <sys/vnode.h>
#include <sys/thread2.h>

#include <vm/vm.h>
#include <vm/vm_map.h>
#include <vm/pmap.h>
#include <vm/vm_extern.h>

SYSCTL_NODE(_kern, KERN_PROC, proc, CTLFLAG_RD, 0, "Process table");

static int	ps_showallthreads = 1;
SYSCTL_INT(_kern, OID_AUTO, ps_showallthreads, CTLFLAG_RW,
    &ps_showallthreads, 0, "Kernel threads are listed");

#define KERN_PROC_ZOMBMAX	5	/* rows added to size estimates */

/* ---- filling in ---- */

static void
fill_kinfo_vm(struct proc *p, struct kinfo_proc *kp)
{
	struct vmspace *vm = p->p_vmspace;

	if (vm == NULL || p->p_stat == SZOMB)
		return;
	kp->kp_vm_map_size = vm->vm_map.size;
	kp->kp_vm_rssize = pmap_resident_count(&vm->vm_pmap);
	kp->kp_vm_prssize = kp->kp_vm_rssize;
	kp->kp_vm_swrss = vm->vm_swrss;
	kp->kp_vm_tsize = vm->vm_tsize;
	kp->kp_vm_dsize = vm->vm_dsize;
	kp->kp_vm_ssize = vm->vm_ssize;
}

static void
fill_kinfo_session(struct proc *p, struct kinfo_proc *kp)
{
	struct session *sp;
	struct pgrp *pgrp = p->p_pgrp;

	kp->kp_tdev = NODEV;
	kp->kp_tpgid = NO_PID;
	if (pgrp == NULL)
		return;
	sp = pgrp->pg_session;
	kp->kp_pgid = pgrp->pg_id;
	kp->kp_jobc = pgrp->pg_jobc;
	if (sp == NULL)
		return;
	kp->kp_sid = sp->s_sid;
	strlcpy(kp->kp_login, sp->s_login, sizeof(kp->kp_login));
	if (sp->s_ttyp != NULL)
		kp->kp_auxflags |= KI_CTTY;
	if (sp->s_leader == p)
		kp->kp_auxflags |= KI_SLEADER;
	lwkt_gettoken(&tty_token);
	if ((p->p_flags & P_CONTROLT) && sp->s_ttyp != NULL) {
		kp->kp_tdev = devid_from_dev(sp->s_ttyp->t_dev);
		if (sp->s_ttyp->t_pgrp != NULL)
			kp->kp_tpgid = sp->s_ttyp->t_pgrp->pg_id;
		if (sp->s_ttyp->t_session != NULL)
			kp->kp_tsid = sp->s_ttyp->t_session->s_sid;
	}
	lwkt_reltoken(&tty_token);
}

static void
fill_kinfo_ucred(struct ucred *cr, struct kinfo_proc *kp)
{
	if (cr == NULL)
		return;
	kp->kp_uid = cr->cr_uid;
	kp->kp_ngroups = cr->cr_ngroups;
	bcopy(cr->cr_groups, kp->kp_groups, sizeof(kp->kp_groups));
	kp->kp_ruid = cr->cr_ruid;
	kp->kp_svuid = cr->cr_svuid;
	kp->kp_rgid = cr->cr_rgid;
	kp->kp_svgid = cr->cr_svgid;
	if (cr->cr_prison != NULL)
		kp->kp_jailid = cr->cr_prison->pr_id;
}

void
fill_kinfo_proc(struct proc *p, struct kinfo_proc *kp)
{
	bzero(kp, sizeof(*kp));
	kp->kp_paddr = (uintptr_t)p;
	kp->kp_fd = (uintptr_t)p->p_fd;
	kp->kp_flags = p->p_flags;
	kp->kp_stat = p->p_stat;
	kp->kp_lock = p->p_lock & PLOCK_MASK;
	kp->kp_acflag = p->p_acflag;
	kp->kp_traceflag = p->p_traceflag;
	kp->kp_siglist = p->p_siglist;
	kp->kp_sigignore = p->p_sigignore;
	kp->kp_sigcatch = p->p_sigcatch;
	if (p->p_sigacts != NULL)
		kp->kp_sigflag = p->p_sigacts->ps_flag;
	kp->kp_start = p->p_start;
	strlcpy(kp->kp_comm, p->p_comm, sizeof(kp->kp_comm));
	fill_kinfo_ucred(p->p_ucred, kp);
	kp->kp_pid = p->p_pid;
	if (p->p_oppid != 0)
		kp->kp_ppid = p->p_oppid;
	else
		kp->kp_ppid = p->p_pptr != NULL ? p->p_pptr->p_pid : 0;
	fill_kinfo_session(p, kp);
	kp->kp_exitstat = p->p_xstat;
	kp->kp_nthreads = p->p_nthreads;
	kp->kp_nice = p->p_nice;
	kp->kp_swtime = p->p_swtime;
	fill_kinfo_vm(p, kp);
	calcru_proc(p, &kp->kp_ru);
	kp->kp_cru = p->p_cru;
	kp->kp_lwp.kl_tid = -1;
}

static void
fill_kinfo_td(struct thread *td, struct kinfo_lwp *kl)
{
	kl->kl_tdflags = td->td_flags;
	kl->kl_tdprio = td->td_pri;
	kl->kl_uticks = td->td_uticks;
	kl->kl_sticks = td->td_sticks;
	kl->kl_iticks = td->td_iticks;
	kl->kl_cpuid = td->td_gd->gd_cpuid;
	kl->kl_wchan = (uintptr_t)td->td_wchan;
	if (td->td_wchan != NULL && td->td_wmesg != NULL)
		strlcpy(kl->kl_wmesg, td->td_wmesg, sizeof(kl->kl_wmesg));
	if (td->td_flags & TDF_BLOCKQ)
		strlcpy(kl->kl_wmesg, "token", sizeof(kl->kl_wmesg));
	strlcpy(kl->kl_comm, td->td_comm, sizeof(kl->kl_comm));
}

void
fill_kinfo_lwp(struct lwp *lp, struct kinfo_lwp *kl)
{
	bzero(kl, sizeof(*kl));
	kl->kl_pid = lp->lwp_proc->p_pid;
	kl->kl_tid = lp->lwp_tid;
	kl->kl_flags = lp->lwp_flags;
	kl->kl_stat = lp->lwp_stat;
	if (lp->lwp_mpflags & LWP_MP_WSTOP)
		kl->kl_stat = LSSTOP;
	kl->kl_lock = lp->lwp_lock & PLOCK_MASK;
	kl->kl_prio = lp->lwp_priority;
	kl->kl_rtprio = lp->lwp_rtprio;
	kl->kl_cpticks = lp->lwp_cpticks;
	kl->kl_pctcpu = lp->lwp_pctcpu;
	kl->kl_slptime = lp->lwp_slptime;
	kl->kl_estcpu = lp->lwp_estcpu;
	kl->kl_ru = lp->lwp_ru;
	kl->kl_siglist = lp->lwp_siglist;
	kl->kl_sigmask = lp->lwp_sigmask;
	fill_kinfo_td(lp->lwp_thread, kl);
	kl->kl_origcpu = kl->kl_cpuid;
	calcru(lp, &kl->kl_ru.ru_utime, &kl->kl_ru.ru_stime);
}

/* Kernel threads look like processes with pid -1. */
void
fill_kinfo_proc_kthread(struct thread *td, struct kinfo_proc *kp)
{
	bzero(kp, sizeof(*kp));
	kp->kp_flags = P_SYSTEM;
	kp->kp_stat = (td->td_flags & (TDF_RUNNING | TDF_RUNQ)) ?
	    SACTIVE : SIDL;
	strlcpy(kp->kp_comm, td->td_comm, sizeof(kp->kp_comm));
	kp->kp_tdev = NODEV;
	kp->kp_tpgid = NO_PID;
	kp->kp_pid = -1;
	kp->kp_nthreads = 1;
	kp->kp_start.tv_sec = boottime.tv_sec;
	kp->kp_ktaddr = (uintptr_t)td;
	kp->kp_lwp.kl_pid = -1;
	kp->kp_lwp.kl_tid = -1;
	kp->kp_lwp.kl_stat = (td->td_flags & (TDF_RUNNING | TDF_RUNQ)) ?
	    LSRUN : LSSLEEP;
	fill_kinfo_td(td, &kp->kp_lwp);
	kp->kp_ru.ru_stime.tv_sec = td->td_sticks / 1000000;
	kp->kp_ru.ru_stime.tv_usec = td->td_sticks % 1000000;
}

/* ---- listing ---- */

struct proc_list {
	struct sysctl_req *req;
	int	op;
	int	arg;
	int	lwps;		/* a row per thread */
	int	error;
};

static int
proc_list_matches(struct proc *p, struct proc_list *pl)
{
	struct session *sp;

	switch (pl->op) {
	case KERN_PROC_PID:
		return (p->p_pid == pl->arg);
	case KERN_PROC_PGRP:
		return (p->p_pgrp != NULL && p->p_pgid == pl->arg);
	case KERN_PROC_SESSION:
		return (p->p_pgrp != NULL &&
		    p->p_session->s_sid == pl->arg);
	case KERN_PROC_TTY:
		sp = p->p_pgrp != NULL ? p->p_session : NULL;
		return (sp != NULL && (p->p_flags & P_CONTROLT) &&
		    sp->s_ttyp != NULL &&
		    devid_from_dev(sp->s_ttyp->t_dev) == (dev_t)pl->arg);
	case KERN_PROC_UID:
		return (p->p_ucred->cr_uid == (uid_t)pl->arg);
	case KERN_PROC_RUID:
		return (p->p_ucred->cr_ruid == (uid_t)pl->arg);
	default:
		return (1);
	}
}

/* One row for the whole: counters summed, the rest from the last thread. */
static void
proc_row_sum(struct proc *p, struct kinfo_proc *kp)
{
	struct kinfo_lwp sum;
	struct lwp *lp;
	int first = 1;

	bzero(&sum, sizeof(sum));
	FOREACH_LWP_IN_PROC(lp, p) {
		fill_kinfo_lwp(lp, &kp->kp_lwp);
		sum.kl_uticks += kp->kp_lwp.kl_uticks;
		sum.kl_sticks += kp->kp_lwp.kl_sticks;
		sum.kl_iticks += kp->kp_lwp.kl_iticks;
		sum.kl_cpticks += kp->kp_lwp.kl_cpticks;
		sum.kl_pctcpu += kp->kp_lwp.kl_pctcpu;
		if (first)
			sum.kl_ru = kp->kp_lwp.kl_ru;
		else
			ruadd(&sum.kl_ru, &kp->kp_lwp.kl_ru);
		first = 0;
	}
	kp->kp_lwp.kl_uticks = sum.kl_uticks;
	kp->kp_lwp.kl_sticks = sum.kl_sticks;
	kp->kp_lwp.kl_iticks = sum.kl_iticks;
	kp->kp_lwp.kl_cpticks = sum.kl_cpticks;
	kp->kp_lwp.kl_pctcpu = sum.kl_pctcpu;
	kp->kp_lwp.kl_ru = sum.kl_ru;
	kp->kp_lwp.kl_tid = -1;
}

static int
proc_list_callback(struct proc *p, void *data)
{
	struct proc_list *pl = data;
	struct kinfo_proc ki;
	struct lwp *lp;

	if (p->p_ucred == NULL ||
	    p_cansee(pl->req->td->td_ucred, p) != 0)
		return (0);
	lwkt_gettoken(&p->p_token);
	if (proc_list_matches(p, pl)) {
		fill_kinfo_proc(p, &ki);
		if (!pl->lwps || p->p_stat == SZOMB) {
			proc_row_sum(p, &ki);
			pl->error = SYSCTL_OUT(pl->req, &ki, sizeof(ki));
		} else {
			FOREACH_LWP_IN_PROC(lp, p) {
				LWPHOLD(lp);
				fill_kinfo_lwp(lp, &ki.kp_lwp);
				pl->error = SYSCTL_OUT(pl->req, &ki,
				    sizeof(ki));
				LWPRELE(lp);
				if (pl->error)
					break;
			}
		}
	}
	lwkt_reltoken(&p->p_token);
	return (pl->error ? -1 : 0);
}

/*
 * Kernel threads are on lists of their CPUs, which only those CPUs may walk:
 * the caller visits them all.
 */
static int
proc_list_kthreads(struct proc_list *pl)
{
	struct kinfo_proc *rows;
	struct thread *td;
	int cpu, error = 0, i, max, n, origcpu = mycpuid;

	for (cpu = 0; cpu < ncpus && error == 0; cpu++) {
		lwkt_migratecpu(cpu);
		max = 0;
		crit_enter();
		TAILQ_FOREACH(td, &mycpu->gd_tdallq, td_allq)
			max++;
		crit_exit();
		max += 16;
		rows = kmalloc(max * sizeof(*rows), M_TEMP, M_WAITOK);
		n = 0;
		crit_enter();
		TAILQ_FOREACH(td, &mycpu->gd_tdallq, td_allq) {
			if (td->td_lwp != NULL || n == max ||
			    (td->td_flags & TDF_MARKER))
				continue;
			fill_kinfo_proc_kthread(td, &rows[n++]);
		}
		crit_exit();
		for (i = 0; i < n && error == 0; i++)
			error = SYSCTL_OUT(pl->req, &rows[i],
			    sizeof(rows[i]));
		kfree(rows, M_TEMP);
	}
	lwkt_migratecpu(origcpu);
	return (error);
}

static int
sysctl_kern_proc(SYSCTL_HANDLER_ARGS)
{
	struct proc_list pl;
	int *name = arg1, namelen = arg2;
	struct proc *p;

	bzero(&pl, sizeof(pl));
	pl.req = req;
	pl.op = oidp->oid_number & ~KERN_PROC_FLAGMASK;
	pl.lwps = (oidp->oid_number & KERN_PROC_FLAG_LWP) != 0;
	if (pl.op == KERN_PROC_ALL) {
		if (namelen != 0)
			return (EINVAL);
	} else {
		if (namelen != 1)
			return (EINVAL);
		pl.arg = name[0];
	}
	if (req->oldptr == NULL) {
		pl.error = SYSCTL_OUT(req, NULL,
		    sizeof(struct kinfo_proc) * KERN_PROC_ZOMBMAX);
		if (pl.error)
			return (pl.error);
	}
	if (pl.op == KERN_PROC_PID) {
		p = pfind(pl.arg);
		if (p == NULL)
			p = zpfind(pl.arg);
		if (p != NULL) {
			proc_list_callback(p, &pl);
			PRELE(p);
		}
		return (pl.error);
	}
	allproc_scan(proc_list_callback, &pl, 0);
	if (pl.error == 0)
		zombproc_scan(proc_list_callback, &pl);
	if (pl.error == 0 && ps_showallthreads &&
	    (pl.op == KERN_PROC_ALL || ((pl.op == KERN_PROC_UID ||
	    pl.op == KERN_PROC_RUID) && pl.arg == 0)))
		pl.error = proc_list_kthreads(&pl);
	return (pl.error);
}

SYSCTL_PROC(_kern_proc, KERN_PROC_ALL, all, CTLFLAG_RD | CTLTYPE_STRUCT,
    NULL, 0, sysctl_kern_proc, "S,proc", "All processes");
SYSCTL_PROC(_kern_proc, KERN_PROC_ALL | KERN_PROC_FLAG_LWP, all_lwp,
    CTLFLAG_RD | CTLTYPE_STRUCT, NULL, 0, sysctl_kern_proc, "S,proc",
    "All processes, by thread");
#define PROC_NODE(number, name, descr)					\
	SYSCTL_NODE(_kern_proc, number, name, CTLFLAG_RD,		\
	    sysctl_kern_proc, descr);					\
	SYSCTL_NODE(_kern_proc, (number) | KERN_PROC_FLAG_LWP, name##_lwp, \
	    CTLFLAG_RD, sysctl_kern_proc, descr ", by thread")
PROC_NODE(KERN_PROC_PGRP, pgrp, "Processes of a group");
PROC_NODE(KERN_PROC_TTY, tty, "Processes of a terminal");
PROC_NODE(KERN_PROC_UID, uid, "Processes of a user");
PROC_NODE(KERN_PROC_RUID, ruid, "Processes of a real user");
PROC_NODE(KERN_PROC_PID, pid, "A process");

/* ---- titles and arguments ---- */

static int
proc_args_read(struct proc *p, int tid, struct sysctl_req *req)
{
	struct lwp *lp;
	struct pargs *pa;
	char *buf;
	int error = 0;

	buf = kmalloc(UPMAP_MAXPROCTITLE, M_TEMP, M_WAITOK | M_ZERO);
	lwkt_gettoken(&p->p_token);
	if (tid >= 0) {
		lp = lwpfind(p, tid);
		if (lp != NULL && lp->lwp_lpmap != NULL)
			strlcpy(buf, lp->lwp_lpmap->thread_title,
			    UPMAP_MAXPROCTITLE);
	}
	if (buf[0] == '\0' && p->p_upmap != NULL)
		strlcpy(buf, p->p_upmap->proc_title, UPMAP_MAXPROCTITLE);
	pa = p->p_args;
	if (pa != NULL)
		atomic_add_int(&pa->ar_ref, 1);
	lwkt_reltoken(&p->p_token);
	if (buf[0] != '\0')
		error = SYSCTL_OUT_STR(req, buf);
	else if (pa != NULL)
		error = SYSCTL_OUT(req, pa->ar_args, pa->ar_length);
	if (pa != NULL && atomic_fetchadd_int(&pa->ar_ref, -1) == 1)
		kfree(pa, M_PARGS);
	kfree(buf, M_TEMP);
	return (error);
}

static int
proc_args_write(struct proc *p, struct sysctl_req *req)
{
	struct pargs *npa, *opa;
	int error;

	if (p != curproc)
		return (EPERM);
	if (req->newlen + sizeof(*npa) > ps_arg_cache_limit)
		return (0);
	npa = kmalloc(sizeof(*npa) + req->newlen, M_PARGS, M_WAITOK);
	npa->ar_ref = 1;
	npa->ar_length = req->newlen;
	error = SYSCTL_IN(req, npa->ar_args, req->newlen);
	if (error) {
		kfree(npa, M_PARGS);
		return (error);
	}
	lwkt_gettoken(&p->p_token);
	opa = p->p_args;
	p->p_args = npa;
	lwkt_reltoken(&p->p_token);
	if (opa != NULL && atomic_fetchadd_int(&opa->ar_ref, -1) == 1)
		kfree(opa, M_PARGS);
	return (0);
}

static int
sysctl_kern_proc_args(SYSCTL_HANDLER_ARGS)
{
	int *name = arg1, namelen = arg2;
	struct proc *p;
	int error;

	if (namelen != 1 && namelen != 2)
		return (EINVAL);
	p = pfind(name[0]);
	if (p == NULL)
		return (0);
	if (p_cansee(req->td->td_ucred, p) != 0 ||
	    (!ps_argsopen && p_trespass(req->td->td_ucred, p->p_ucred))) {
		PRELE(p);
		return (0);
	}
	if (req->newptr != NULL)
		error = proc_args_write(p, req);
	else
		error = proc_args_read(p, namelen == 2 ? name[1] : -1, req);
	PRELE(p);
	return (error);
}
SYSCTL_NODE(_kern_proc, KERN_PROC_ARGS, args, CTLFLAG_RW | CTLFLAG_ANYBODY,
    sysctl_kern_proc_args, "Arguments or title of a process");

/* ---- paths ---- */

static int
proc_path_out(struct proc *p, struct nchandle *nch, int guess,
    struct sysctl_req *req)
{
	char *fullpath, *freepath;
	int error;

	error = cache_fullpath(p, nch, NULL, &fullpath, &freepath, guess);
	if (error)
		return (error);
	error = SYSCTL_OUT_STR(req, fullpath);
	kfree(freepath, M_TEMP);
	return (error);
}

static int
sysctl_kern_proc_cwd(SYSCTL_HANDLER_ARGS)
{
	int *name = arg1;
	struct nchandle nch;
	struct filedesc *fdp;
	struct proc *p;
	int error = 0;

	if ((int)arg2 != 1)
		return (EINVAL);
	p = pfind(name[0]);
	if (p == NULL)
		return (0);
	bzero(&nch, sizeof(nch));
	if (p_cansee(req->td->td_ucred, p) == 0 &&
	    p_trespass(req->td->td_ucred, p->p_ucred) == 0) {
		spin_lock(&p->p_spin);
		fdp = p->p_fd;
		if (fdp != NULL && fdp->fd_ncdir.ncp != NULL)
			cache_copy(&fdp->fd_ncdir, &nch);
		spin_unlock(&p->p_spin);
	}
	if (nch.ncp != NULL) {
		error = proc_path_out(p, &nch, 0, req);
		cache_drop(&nch);
	}
	PRELE(p);
	return (error);
}
SYSCTL_NODE(_kern_proc, KERN_PROC_CWD, cwd, CTLFLAG_RD, sysctl_kern_proc_cwd,
    "Current directory of a process");

static int
sysctl_kern_proc_pathname(SYSCTL_HANDLER_ARGS)
{
	int *name = arg1;
	struct nchandle nch;
	struct proc *p;
	int error = 0;

	if ((int)arg2 != 1)
		return (EINVAL);
	if (name[0] == -1) {
		p = curproc;
		PHOLD(p);
	} else if ((p = pfind(name[0])) == NULL) {
		return (ESRCH);
	}
	bzero(&nch, sizeof(nch));
	error = p_cansee(req->td->td_ucred, p);
	if (error == 0) {
		lwkt_gettoken(&p->p_token);
		if (p->p_textnch.ncp != NULL)
			cache_copy(&p->p_textnch, &nch);
		lwkt_reltoken(&p->p_token);
	}
	if (nch.ncp != NULL) {
		error = proc_path_out(p, &nch, 1, req);
		cache_drop(&nch);
	}
	PRELE(p);
	return (error);
}
SYSCTL_NODE(_kern_proc, KERN_PROC_PATHNAME, pathname, CTLFLAG_RD,
    sysctl_kern_proc_pathname, "Executable of a process");
