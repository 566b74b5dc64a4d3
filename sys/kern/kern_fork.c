/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fork(2) and its relatives: making processes, and threads of processes.
 *
 * fork1() builds the child completely, findable but SIDL, and
 * start_forked_proc() lets it run.  The child's thread begins in the
 * platform's fork return code, with the parent's registers.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/acct.h>
#include <sys/event.h>
#include <sys/filedesc.h>
#include <sys/ktrace.h>
#include <sys/lock.h>
#include <sys/lwp.h>
#include <sys/malloc.h>
#include <sys/namecache.h>

#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/procctl.h>
#include <sys/resourcevar.h>
#include <sys/signalvar.h>
#include <sys/sysctl.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/unistd.h>
#include <sys/upmap.h>
#include <sys/usched.h>
#include <sys/spinlock2.h>
#include <sys/vnode.h>
#include <sys/thread2.h>

#include <machine/cpu.h>

#include <vm/vm.h>
#include <vm/vm_map.h>
#include <vm/vm_extern.h>

static void	wake_umtx_sleepers(struct proc *p);

/* Two results: the pid, and 0 or 1 to tell parent from child. */
static int
fork_common(struct sysmsg *sysmsg, int flags)
{
	struct lwp *lp = curthread->td_lwp;
	struct proc *p2;
	int error;

	error = fork1(lp, flags, &p2);
	if (error)
		return (error);
	PHOLD(p2);
	sysmsg->sysmsg_fds[0] = p2 != NULL ? p2->p_pid : 0;
	sysmsg->sysmsg_fds[1] = 0;
	start_forked_proc(lp, p2);
	PRELE(p2);
	return (0);
}

int
sys_fork(struct sysmsg *sysmsg, const struct fork_args *uap)
{
	return (fork_common(sysmsg, RFFDG | RFPROC | RFPGLOCK));
}

int
sys_vfork(struct sysmsg *sysmsg, const struct vfork_args *uap)
{
	return (fork_common(sysmsg,
	    RFFDG | RFPROC | RFPPWAIT | RFMEM | RFPGLOCK));
}

int
sys_rfork(struct sysmsg *sysmsg, const struct rfork_args *uap)
{
	struct proc *p2;

	if (uap->flags & RFKERNELONLY)
		return (EINVAL);
	if ((uap->flags & RFPROC) == 0) {
		sysmsg->sysmsg_fds[0] = 0;
		sysmsg->sysmsg_fds[1] = 0;
		return (fork1(curthread->td_lwp, uap->flags, &p2));
	}
	return (fork_common(sysmsg, uap->flags | RFPGLOCK));
}

/* rfork without RFPROC: the caller parts with what it shares. */
static int
fork_unshare(struct proc *p1, int flags)
{
	struct filedesc *fdp;
	int error = 0;

	if (p1->p_nthreads > 1)
		return (EINVAL);
	if ((flags & RFMEM) == 0)
		vmspace_unshare(p1);
	if (flags & RFCFDG) {
		fdp = fdinit(p1);
		fdfree(p1, fdp);
	} else if ((flags & RFFDG) && p1->p_fd->fd_refcnt > 1) {
		error = fdcopy(p1, &fdp);
		if (error == 0)
			fdfree(p1, fdp);
	}
	return (error);
}

/* Count the new process against the limits: 0, or EAGAIN after a while. */
static int
fork_reserve(struct proc *p1)
{
	uid_t uid = curthread->td_ucred->cr_ruid;
	int ok;

	if (nprocs < maxproc - (uid != 0 ? maxproc / 64 : 0)) {
		ok = chgproccnt(p1->p_ucred->cr_ruidinfo, 1,
		    uid != 0 ? MIN(p1->p_rlimit[RLIMIT_NPROC].rlim_cur,
		    maxprocperuid) : 0);
		if (ok) {
			atomic_add_int(&nprocs, 1);
			return (0);
		}
	}
	tsleep(&nprocs, 0, "fork", hz / 2);
	return (EAGAIN);
}

/* What the child inherits by reference or copy; p1's token is held. */
static int
fork_inherit(struct proc *p1, struct proc *p2, int flags)
{
	struct filedesc *fdp;
	int error;

	p2->p_ucred = crhold(p1->p_ucred);
	p2->p_flags = p1->p_flags & (P_SUGID | P_CONTROLT | P_JAILED |
	    P_DIDCHROOT);
	p2->p_nice = p1->p_nice;
	p2->p_usched = p1->p_usched;
	p2->p_sigignore = p1->p_sigignore;
	p2->p_sigcatch = p1->p_sigcatch;
	p2->p_osrel = p1->p_osrel;
	p2->p_lasttid = p1->p_lasttid;
	p2->p_sigparent = (flags & RFLINUXTHPN) ? SIGUSR1 : SIGCHLD;
	p2->p_acflag = AFORK;
	p2->p_ionice = p1->p_ionice;
	bcopy(p1->p_comm, p2->p_comm, sizeof(p2->p_comm));
	if (p1->p_args != NULL) {
		p2->p_args = p1->p_args;
		atomic_add_int(&p2->p_args->ar_ref, 1);
	}
	if (p1->p_textvp != NULL) {
		p2->p_textvp = p1->p_textvp;
		vn_text_ref(p2->p_textvp);
	}
	if (p1->p_textnch.ncp != NULL)
		cache_copy(&p1->p_textnch, &p2->p_textnch);
	varsymset_init(&p2->p_varsymset, &p1->p_varsymset);
	p2->p_limit = plimit_fork(p1);
	if (flags & RFSIGSHARE) {
		p2->p_sigacts = p1->p_sigacts;
		atomic_add_int(&p2->p_sigacts->ps_refcnt, 1);
	} else {
		p2->p_sigacts = kmalloc(sizeof(struct sigacts), M_SUBPROC,
		    M_WAITOK);
		bcopy(p1->p_sigacts, p2->p_sigacts, sizeof(struct sigacts));
		p2->p_sigacts->ps_refcnt = 1;
	}
	if (flags & RFCFDG) {
		p2->p_fd = fdinit(p1);
	} else if (flags & RFFDG) {
		error = fdcopy(p1, &fdp);
		if (error)
			return (error);
		p2->p_fd = fdp;
	} else {
		p2->p_fd = fdshare(p1);
	}
	return (0);
}

/* Undo fork_reserve() and fork_inherit() of a child nobody has seen. */
static void
fork_abandon(struct proc *p1, struct proc *p2)
{
	sigacts_free(p2->p_sigacts);
	plimit_free(p2);
	varsymset_clean(&p2->p_varsymset);
	if (p2->p_textnch.ncp != NULL)
		cache_drop(&p2->p_textnch);
	if (p2->p_textvp != NULL)
		vn_text_rele(p2->p_textvp);
	if (p2->p_args != NULL &&
	    atomic_fetchadd_int(&p2->p_args->ar_ref, -1) == 1)
		kfree(p2->p_args, M_PARGS);
	crfree(p2->p_ucred);
	lwkt_token_uninit(&p2->p_token);
	kfree(p2, M_PROC);
	chgproccnt(p1->p_ucred->cr_ruidinfo, -1, 0);
	atomic_add_int(&nprocs, -1);
}

/* Who the child's parent, peers, reaper and group are. */
static void
fork_relate(struct proc *p1, struct proc *p2, struct pgrp *pgrp, int flags)
{
	struct proc *pptr = p1;

	if (flags & RFTHREAD) {
		p2->p_leader = p1->p_leader;
		lwkt_gettoken(&p2->p_leader->p_token);
		p2->p_peers = p2->p_leader->p_peers;
		p2->p_leader->p_peers = p2;
		lwkt_reltoken(&p2->p_leader->p_token);
	} else {
		p2->p_leader = p2;
	}
	p2->p_reaper = p1->p_reaper;
	if (p2->p_reaper != NULL)
		reaper_hold(p2->p_reaper);
	if (flags & RFNOWAIT)
		pptr = reaper_get(p1->p_reaper);
	else
		PHOLD(pptr);
	lwkt_gettoken(&pptr->p_token);
	p2->p_pptr = pptr;
	LIST_INSERT_HEAD(&pptr->p_children, p2, p_sibling);
	lwkt_reltoken(&pptr->p_token);
	PRELE(pptr);
	pgrp_add_member(pgrp, p2);
	/*
	 * The child counts for job control if its parent is in another
	 * group; with its own parent that is never so.
	 */
	fixjobc(p2, pgrp, 1);
}

int
fork1(struct lwp *lp1, int flags, struct proc **procp)
{
	struct proc *p1 = lp1->lwp_proc, *p2;
	struct pgrp *pgrp = p1->p_pgrp;
	struct lwp *lp2;
	int error;

	*procp = NULL;
	if ((flags & (RFFDG | RFCFDG)) == (RFFDG | RFCFDG))
		return (EINVAL);
	if ((flags & RFPROC) == 0)
		return (fork_unshare(p1, flags));
	error = fork_reserve(p1);
	if (error)
		return (error);

	p2 = kmalloc(sizeof(*p2), M_PROC, M_WAITOK | M_ZERO);
	p2->p_stat = SIDL;
	lwkt_token_init(&p2->p_token, "proc");
	spin_init(&p2->p_spin, "procspin");
	LIST_INIT(&p2->p_children);
	RB_INIT(&p2->p_lwp_tree);
	SLIST_INIT(&p2->p_sigiolst);
	callout_init_mp(&p2->p_ithandle);
	TASK_INIT(&p2->p_stoptask, 0, proc_stop_task, p2);
	microtime(&p2->p_start);
	lwkt_gettoken(&p1->p_token);
	error = fork_inherit(p1, p2, flags);
	if (error) {
		lwkt_reltoken(&p1->p_token);
		fork_abandon(p1, p2);
		return (error);
	}

	/*
	 * A signal to the whole group must reach either only the parent,
	 * which then acts on it before forking, or the child too.
	 */
	if (flags & RFPGLOCK) {
		lockmgr(&pgrp->pg_lock, LK_SHARED);
		if (CURSIG_NOBLOCK(lp1)) {
			lockmgr(&pgrp->pg_lock, LK_RELEASE);
			fdfree(p2, NULL);
			lwkt_reltoken(&p1->p_token);
			fork_abandon(p1, p2);
			return (ERESTART);
		}
	}
	proc_add_allproc(p2);
	lwkt_gettoken(&p2->p_token);
	ktrfork(p1, p2);
	fork_relate(p1, p2, pgrp, flags);
	if (flags & RFPGLOCK)
		lockmgr(&pgrp->pg_lock, LK_RELEASE);
	if (flags & RFPPWAIT) {
		p2->p_flags |= P_PPWAIT;
		if (p1->p_upmap != NULL)
			atomic_add_int(&p1->p_upmap->invfork, 1);
	}

	vm_fork(p1, p2, flags);
	lp2 = lwp_fork(lp1, p2, flags, lp1->lwp_tid, NULL);
	if (flags & RFMEM)
		lp2->lwp_flags &= ~LWP_ALTSTACK;
	cpu_fork(lp1, lp2, flags);
	if ((flags & RFMEM) == 0)
		wake_umtx_sleepers(p1);
	lwkt_reltoken(&p2->p_token);
	lwkt_reltoken(&p1->p_token);
	KNOTE(&p1->p_klist, NOTE_FORK | p2->p_pid);
	*procp = p2;
	return (0);
}

/*
 * Copying on write may give the parent new pages, so that the keys under
 * which its threads wait become stale: they look again.
 */
static void
wake_umtx_sleepers(struct proc *p)
{
	struct lwp *lp;

	if (p->p_nthreads == 1)
		return;
	FOREACH_LWP_IN_PROC(lp, p) {
		if (lp->lwp_thread->td_wdomain == PDOMAIN_UMTX)
			tsleep_wakeup(lp->lwp_thread);
	}
}

void
lwp_init(struct lwp *lp, struct proc *p)
{
	lp->lwp_proc = p;
	lp->lwp_vmspace = p->p_vmspace;
	lp->lwp_stat = LSRUN;
	lp->lwp_mpflags = LWP_MP_RESCHED | LWP_MP_SIGNAL;
	lwkt_token_init(&lp->lwp_token, "lwp");
	spin_init(&lp->lwp_spin, "lwpspin");
}

/*
 * A copy of lp1 in p2 (which may be p1), with the id tid or, if that is
 * taken, the next free one.  p2's token is held.  The caller sets up its
 * registers with cpu_fork() and lets it run with setrunqueue.
 */
struct lwp *
lwp_fork(struct lwp *lp1, struct proc *p2, int flags, lwpid_t tid,
    const cpumask_t *mask)
{
	struct lwp *lp2;
	struct thread *td2;
	cpumask_t m;

	lp2 = kmalloc(sizeof(*lp2), M_LWP, M_WAITOK | M_ZERO);
	td2 = lwkt_alloc_thread(NULL, LWKT_THREAD_STACK, -1, 0);
	lwp_init(lp2, p2);
	lp2->lwp_flags = lp1->lwp_flags & LWP_ALTSTACK;
	lp2->lwp_sigmask = (lp1->lwp_flags & LWP_OLDMASK) ?
	    lp1->lwp_oldsigmask : lp1->lwp_sigmask;
	lp2->lwp_sigstk = lp1->lwp_sigstk;
	lp2->lwp_cpumask = lp1->lwp_cpumask;
	lp2->lwp_rtprio = lp1->lwp_rtprio;
	if (mask != NULL) {
		m = *mask;
		CPUMASK_ANDMASK(m, usched_global_cpumask);
		if (CPUMASK_TESTNZERO(m))
			lp2->lwp_cpumask = m;
	}
	lp2->lwp_thread = td2;
	td2->td_lwp = lp2;
	td2->td_proc = p2;
	td2->td_ucred = crhold(p2->p_ucred);
	td2->td_release = NULL;
	lwkt_setpri_initial(td2, TDPRI_KERN_USER);
	lwkt_set_comm(td2, "%s", p2->p_comm);
	p2->p_usched->heuristic_forking(lp1, lp2);

	do {
		if (tid >= LWPID_MAX)
			tid = 1;
		lp2->lwp_tid = tid++;
	} while (RB_INSERT(lwp_rb_tree, &p2->p_lwp_tree, lp2) != NULL);
	p2->p_nthreads++;
	return (lp2);
}

void
start_forked_proc(struct lwp *lp1, struct proc *p2)
{
	struct lwp *lp2 = ONLY_LWP_IN_PROC(p2);

	KASSERT(p2->p_stat == SIDL, ("start_forked_proc: runs already"));
	PHOLD(p2);
	p2->p_stat = SACTIVE;
	p2->p_usched->resetpriority(lp2);
	p2->p_usched->setrunqueue(lp2);

	/*
	 * vfork: wait until the child has let go of our memory.  A stopped
	 * or killed parent still has to wait, for its stack is in use.
	 */
	lwkt_gettoken(&p2->p_token);
	while (p2->p_flags & P_PPWAIT) {
		tsleep_interlock(&p2->p_flags, 0);
		if (p2->p_flags & P_PPWAIT)
			tsleep(&p2->p_flags, PINTERLOCKED, "ppwait", 0);
	}
	lwkt_reltoken(&p2->p_token);
	PRELE(p2);
}

void
proc_vfork_done(struct proc *p)
{
	ASSERT_LWKT_TOKEN_HELD(&p->p_token);
	if ((p->p_flags & P_PPWAIT) == 0)
		return;
	p->p_flags &= ~P_PPWAIT;
	if (p->p_pptr != NULL && p->p_pptr->p_upmap != NULL)
		atomic_add_int(&p->p_pptr->p_upmap->invfork, -1);
	wakeup(&p->p_flags);
}

static int
lwp_create_common(const struct lwp_params *uparams, const cpumask_t *umask)
{
	struct lwp *lp1 = curthread->td_lwp, *lp2;
	struct proc *p = lp1->lwp_proc;
	struct lwp_params params;
	cpumask_t mask;
	int error;

	error = copyin(uparams, &params, sizeof(params));
	if (error == 0 && umask != NULL)
		error = copyin(umask, &mask, sizeof(mask));
	if (error)
		return (error);

	lwkt_gettoken(&p->p_token);
	if (p->p_flags & P_WEXIT) {
		error = EINTR;
		goto out;
	}
	plimit_lwp_fork(p);
	lp2 = lwp_fork(lp1, p, RFMEM, lp1->lwp_tid + 1,
	    umask != NULL ? &mask : NULL);
	lp2->lwp_flags &= ~LWP_ALTSTACK;
	cpu_fork(lp1, lp2, RFPROC | RFMEM);
	error = cpu_prepare_lwp(lp2, &params);
	if (error == 0 && params.lwp_tid1 != NULL)
		error = copyout(&lp2->lwp_tid, params.lwp_tid1,
		    sizeof(lp2->lwp_tid));
	if (error == 0 && params.lwp_tid2 != NULL)
		error = copyout(&lp2->lwp_tid, params.lwp_tid2,
		    sizeof(lp2->lwp_tid));
	if (error) {
		RB_REMOVE(lwp_rb_tree, &p->p_lwp_tree, lp2);
		p->p_nthreads--;
		lwkt_discard(lp2->lwp_thread);
		lwp_dispose(lp2);
		goto out;
	}
	p->p_usched->resetpriority(lp2);
	p->p_usched->setrunqueue(lp2);
out:
	lwkt_reltoken(&p->p_token);
	return (error);
}

int
sys_lwp_create(struct sysmsg *sysmsg, const struct lwp_create_args *uap)
{
	return (lwp_create_common(uap->params, NULL));
}

int
sys_lwp_create2(struct sysmsg *sysmsg, const struct lwp_create2_args *uap)
{
	return (lwp_create_common(uap->params, uap->mask));
}
