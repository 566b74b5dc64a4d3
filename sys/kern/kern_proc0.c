/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Process 0: the kernel's own threads' process, and the pattern from which
 * process 1 is forked.  The thread of the boot becomes its only lwp.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/filedesc.h>
#include <sys/globaldata.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/procctl.h>
#include <sys/resourcevar.h>
#include <sys/signalvar.h>
#include <sys/spinlock2.h>
#include <sys/ucred.h>
#include <sys/usched.h>
#include <sys/thread2.h>

#include <vm/vm.h>
#include <vm/vm_map.h>

struct proc	proc0;
struct lwp	lwp0;
struct proc	*initproc;
struct pgrp	pgrp0;
struct session	session0;
cpumask_t	usched_global_cpumask = CPUMASK_INITIALIZER_ALLONES;
cpumask_t	usched_mastermask = CPUMASK_INITIALIZER_ALLONES;

static struct sigacts sigacts0;
static struct plimit limit0;

static void
proc0_init(void *unused)
{
	struct proc *p = &proc0;
	struct lwp *lp = &lwp0;
	struct thread *td = curthread;

	lwkt_token_init(&p->p_token, "proc0");
	spin_init(&p->p_spin, "proc0");
	LIST_INIT(&p->p_children);
	RB_INIT(&p->p_lwp_tree);
	SLIST_INIT(&p->p_sigiolst);
	callout_init_mp(&p->p_ithandle);
	p->p_stat = SACTIVE;
	p->p_flags = P_SYSTEM;
	p->p_usched = &usched_dfly;
	p->p_leader = p;
	p->p_sigparent = SIGCHLD;
	strlcpy(p->p_comm, "swapper", sizeof(p->p_comm));

	/* Its group and session, both numbered 0. */
	session0.s_refs = 1;
	session0.s_leader = p;
	pgrp0.pg_refs = 1;
	pgrp0.pg_session = &session0;
	LIST_INIT(&pgrp0.pg_members);
	SLIST_INIT(&pgrp0.pg_sigiolst);
	lwkt_token_init(&pgrp0.pg_token, "pgrp0");
	lockinit(&pgrp0.pg_lock, "pgrp0", 0, 0);
	pgrp_insert(&pgrp0, &session0);
	pgrp_add_member(&pgrp0, p);

	/* root's credentials and descriptors, no limits to speak of. */
	p->p_ucred = crget();
	p->p_ucred->cr_ngroups = 1;
	p->p_ucred->cr_uidinfo = uifind(0);
	p->p_ucred->cr_ruidinfo = uifind(0);
	chgproccnt(p->p_ucred->cr_ruidinfo, 1, 0);
	sigacts0.ps_refcnt = 1;
	p->p_sigacts = &sigacts0;
	siginit(p);
	plimit_init0(&limit0);
	p->p_limit = &limit0;
	p->p_fd = fdinit_bootstrap(NULL);
	varsymset_init(&p->p_varsymset, NULL);

	p->p_vmspace = &vmspace0;
	lwp_init(lp, p);
	lp->lwp_vmspace = &vmspace0;
	lp->lwp_tid = 1;
	CPUMASK_ASSALLONES(lp->lwp_cpumask);
	lp->lwp_rtprio.type = RTP_PRIO_NORMAL;
	lp->lwp_mpflags = 0;
	lp->lwp_thread = td;
	RB_INSERT(lwp_rb_tree, &p->p_lwp_tree, lp);
	p->p_nthreads = 1;
	p->p_lasttid = 1;
	proc_insert(p, 0);
	td->td_lwp = lp;
	td->td_proc = p;
	td->td_ucred = crhold(p->p_ucred);
}
SYSINIT(proc0, SI_BOOT2_PROC0, SI_ORDER_FIRST, proc0_init, NULL);

/* Times of day can be told only later. */
static void
proc0_post(void *unused)
{
	microtime(&proc0.p_start);
}
SYSINIT(proc0post, SI_SUB_INTRINSIC_POST, SI_ORDER_FIRST, proc0_post, NULL);
