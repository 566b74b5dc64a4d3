/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wait4(2) and wait6(2): learning of children's ends, stops and continuing,
 * and freeing zombies.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/jail.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/signalvar.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/ucred.h>
#include <sys/wait.h>
#include <sys/thread2.h>

#include <vm/vm.h>
#include <vm/vm_map.h>
#include <vm/vm_extern.h>

struct wait_result {
	pid_t		pid;
	int		status;
	struct __wrusage wru;
	siginfo_t	info;
};

/* Does p match?  An exited process has credentials until it is reaped. */
static int
wait_matches(struct proc *p, idtype_t idtype, id_t id)
{
	struct ucred *cr = p->p_ucred;

	switch (idtype) {
	case P_ALL:
		return (1);
	case P_PID:
		return (p->p_pid == id);
	case P_PGID:
		return (p->p_pgid == id);
	case P_SID:
		return (p->p_session->s_sid == id);
	case P_UID:
		return (cr->cr_uid == id);
	case P_GID:
		return (cr->cr_gid == id);
	case P_JAILID:
		return (cr->cr_prison != NULL && cr->cr_prison->pr_id == id);
	default:
		return (0);
	}
}

/* What happened to p, for the caller's use. */
static void
wait_fill(struct proc *p, struct wait_result *res, int status, int code,
    int value)
{
	res->pid = p->p_pid;
	res->status = status;
	res->info.si_signo = SIGCHLD;
	res->info.si_code = code;
	res->info.si_pid = p->p_pid;
	res->info.si_uid = p->p_ucred->cr_uid;
	res->info.si_status = value;
	if (p->p_stat == SZOMB)
		res->wru.wru_self = p->p_ru;
	else
		calcru_proc(p, &res->wru.wru_self);
	res->wru.wru_children = p->p_cru;
}

/* The parent of a traced process, held; NULL if it is gone, its pid reused. */
static struct proc *
wait_real_parent(struct proc *p)
{
	struct proc *t = pfind(p->p_oppid);

	if (t != NULL && timevalcmp(&t->p_start, &p->p_opstart, !=)) {
		PRELE(t);
		t = NULL;
	}
	return (t);
}

/* Free the zombie p; both tokens are held, and p by the caller. */
static void
wait_reap(struct proc *q, struct proc *p)
{
	struct proc *t;
	struct lwp *lp;

	/* A tracer reaps: the real parent wants to know too. */
	if (p->p_oppid != 0 && p->p_oppid != q->p_pid &&
	    (t = wait_real_parent(p)) != NULL) {
		p->p_oppid = 0;
		lwkt_gettoken(&t->p_token);
		LIST_REMOVE(p, p_sibling);
		LIST_INSERT_HEAD(&t->p_children, p, p_sibling);
		p->p_pptr = t;
		atomic_add_int(&t->p_waitgen, 1);
		ksignal(t, SIGCHLD);
		wakeup(t);
		lwkt_reltoken(&t->p_token);
		atomic_clear_int(&p->p_lock, PLOCK_ZOMB);
		lwkt_reltoken(&p->p_token);
		PRELE(p);
		PRELE(t);
		return;
	}
	ruadd(&q->p_cru, &p->p_ru);
	ruadd(&q->p_cru, &p->p_cru);
	LIST_REMOVE(p, p_sibling);
	lwkt_reltoken(&p->p_token);
	PRELE(p);
	proc_remove_zombie(p);

	/* Nobody can find it now; its thread may still be on its stack. */
	leavepgrp(p);
	lp = ONLY_LWP_IN_PROC(p);
	RB_REMOVE(lwp_rb_tree, &p->p_lwp_tree, lp);
	lwp_reap(lp);
	vmspace_exitfree(p);
	chgproccnt(p->p_ucred->cr_ruidinfo, -1, 0);
	crfree(p->p_ucred);
	sigacts_free(p->p_sigacts);
	plimit_free(p);
	if (p->p_reaper != NULL)
		reaper_drop(p->p_reaper);
	lwkt_token_uninit(&p->p_token);
	kfree(p, M_PROC);
	atomic_add_int(&nprocs, -1);
}

/*
 * Look at one child.  1: res is filled in and, if the child was reaped, it
 * is gone; 0: nothing to report.  p is held and its token too; both are
 * released.
 */
static int
wait_one(struct proc *q, struct proc *p, int options, struct wait_result *res)
{
	int code, found = 0, status = p->p_xstat;

	if (p->p_stat == SZOMB) {
		if ((options & WEXITED) == 0 || (p->p_lock & PLOCK_ZOMB))
			goto out;
		if (WIFEXITED(status))
			code = CLD_EXITED;
		else
			code = WCOREDUMP(status) ? CLD_DUMPED : CLD_KILLED;
		wait_fill(p, res, status, code, WIFEXITED(status) ?
		    WEXITSTATUS(status) : WTERMSIG(status));
		found = 1;
		if ((options & WNOWAIT) == 0) {
			atomic_set_int(&p->p_lock,
			    PLOCK_ZOMB);
			wait_reap(q, p);
			return (1);
		}
	} else if (p->p_stat == SSTOP && p->p_nstopped == p->p_nthreads &&
	    (p->p_flags & P_WAITED) == 0 &&
	    ((p->p_flags & P_TRACED) || (options & WSTOPPED))) {
		wait_fill(p, res, W_STOPCODE(status),
		    (p->p_flags & P_TRACED) ? CLD_TRAPPED : CLD_STOPPED,
		    status);
		if ((options & WNOWAIT) == 0)
			p->p_flags |= P_WAITED;
		found = 1;
	} else if ((options & WCONTINUED) && (p->p_flags & P_CONTINUED)) {
		wait_fill(p, res, SIGCONT, CLD_CONTINUED, SIGCONT);
		if ((options & WNOWAIT) == 0)
			p->p_flags &= ~P_CONTINUED;
		found = 1;
	}
out:
	lwkt_reltoken(&p->p_token);
	PRELE(p);
	return (found);
}

static int
kern_wait(idtype_t idtype, id_t id, int options, struct wait_result *res)
{
	struct proc *q = curproc, *p;
	u_int gen;
	int error = 0, nfound;

	if (id == 0 && (idtype == P_PID || idtype == P_PGID)) {
		idtype = P_PGID;
		id = q->p_pgid;
	}
	bzero(res, sizeof(*res));
	lwkt_gettoken(&q->p_token);
again:
	gen = q->p_waitgen;
	nfound = 0;
	LIST_FOREACH(p, &q->p_children, p_sibling) {
		if (!wait_matches(p, idtype, id))
			continue;
		PHOLD(p);
		lwkt_gettoken(&p->p_token);
		if (p->p_pptr != q || gen != q->p_waitgen) {
			/* The list changed while we waited. */
			lwkt_reltoken(&p->p_token);
			PRELE(p);
			goto again;
		}
		nfound++;
		if (wait_one(q, p, options, res))
			goto out;
		if (gen != q->p_waitgen)
			goto again;
	}
	if (nfound == 0) {
		error = ECHILD;
		goto out;
	}
	if (options & WNOHANG)
		goto out;
	tsleep_interlock(q, PCATCH);
	if (gen == q->p_waitgen) {
		error = tsleep(q, PCATCH | PINTERLOCKED, "wait", 0);
		if (error)
			goto out;
	}
	goto again;
out:
	lwkt_reltoken(&q->p_token);
	return (error);
}

int
sys_wait4(struct sysmsg *sysmsg, const struct wait4_args *uap)
{
	struct wait_result res;
	struct rusage ru;
	idtype_t idtype = P_PID;
	id_t id = uap->pid;
	int error;

	if (uap->options & ~(WUNTRACED | WNOHANG | WCONTINUED | WLINUXCLONE))
		return (EINVAL);
	if (uap->pid == WAIT_ANY) {
		idtype = P_ALL;
	} else if (uap->pid < 0) {
		idtype = P_PGID;
		id = -(id_t)uap->pid;
	}
	error = kern_wait(idtype, id, uap->options | WEXITED | WTRAPPED,
	    &res);
	if (error == 0 && res.pid != 0) {
		if (uap->status != NULL)
			error = copyout(&res.status, uap->status,
			    sizeof(res.status));
		if (error == 0 && uap->rusage != NULL) {
			ru = res.wru.wru_self;
			ruadd(&ru, &res.wru.wru_children);
			error = copyout(&ru, uap->rusage, sizeof(ru));
		}
	}
	sysmsg->sysmsg_result = res.pid;
	return (error);
}

int
sys_wait6(struct sysmsg *sysmsg, const struct wait6_args *uap)
{
	struct wait_result res;
	int error;

	if (uap->options & ~(WNOHANG | WUNTRACED | WCONTINUED | WNOWAIT |
	    WEXITED | WTRAPPED | WLINUXCLONE))
		return (EINVAL);
	if ((uap->options & (WUNTRACED | WCONTINUED | WEXITED |
	    WTRAPPED)) == 0)
		return (EINVAL);
	error = kern_wait(uap->idtype, uap->id, uap->options, &res);
	if (error == 0 && res.pid != 0 && uap->status != NULL)
		error = copyout(&res.status, uap->status,
		    sizeof(res.status));
	if (error == 0 && res.pid != 0 && uap->wrusage != NULL)
		error = copyout(&res.wru, uap->wrusage, sizeof(res.wru));
	if (error == 0 && uap->info != NULL)
		error = copyout(&res.info, uap->info, sizeof(res.info));
	sysmsg->sysmsg_result = res.pid;
	return (error);
}
