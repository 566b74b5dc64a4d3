/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Process groups and sessions: membership, and the count of members that
 * qualify their group for job control (pg_jobc).
 *
 * pg_lock is held shared by whoever changes the membership and exclusively
 * by pgsignal(), which may sleep between members; pg_token guards the list.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/signalvar.h>
#include <sys/tty.h>
#include <sys/thread2.h>


static struct pgrp *
pgrp_alloc(struct proc *p, pid_t pgid, int mksess)
{
	struct pgrp *pg;
	struct session *sp = NULL;

	pg = kmalloc(sizeof(*pg), M_SUBPROC, M_WAITOK | M_ZERO);
	if (mksess) {
		sp = kmalloc(sizeof(*sp), M_SESSION, M_WAITOK | M_ZERO);
		sp->s_leader = p;
		sp->s_sid = p->p_pid;
		sp->s_refs = 1;
		bcopy(p->p_session->s_login, sp->s_login,
		    sizeof(sp->s_login));
		pg->pg_session = sp;
	} else {
		pg->pg_session = p->p_session;
		sess_hold(pg->pg_session);
	}
	pg->pg_id = pgid;
	pg->pg_refs = 1;
	LIST_INIT(&pg->pg_members);
	SLIST_INIT(&pg->pg_sigiolst);
	lwkt_token_init(&pg->pg_token, "pgrp");
	lockinit(&pg->pg_lock, "pgrp", 0, 0);
	pgrp_insert(pg, sp);
	return (pg);
}

void
pgrp_add_member(struct pgrp *pgrp, struct proc *p)
{
	lwkt_gettoken(&pgrp->pg_token);
	p->p_pgrp = pgrp;
	pgref(pgrp);
	LIST_INSERT_HEAD(&pgrp->pg_members, p, p_pglist);
	lwkt_reltoken(&pgrp->pg_token);
}

/*
 * Move p to the group pgid, creating it (mksess: and a session) if there is
 * none.  p_token is held; p is the caller or a child of it.
 */
int
enterpgrp(struct proc *p, pid_t pgid, int mksess)
{
	struct pgrp *pg, *opg = p->p_pgrp;

	ASSERT_LWKT_TOKEN_HELD(&p->p_token);
	pg = pgfind(pgid);
	if (pg == NULL) {
		KASSERT(p->p_pid == pgid, ("enterpgrp: new group, not leader"));
		pg = pgrp_alloc(p, pgid, mksess);
		if (mksess)
			p->p_flags &= ~P_CONTROLT;
	} else if (pg == opg) {
		pgrel(pg);
		return (0);
	}
	lockmgr(&pg->pg_lock, LK_SHARED);
	lockmgr(&opg->pg_lock, LK_SHARED);
	fixjobc(p, pg, 1);
	fixjobc(p, opg, 0);
	lwkt_gettoken(&opg->pg_token);
	lwkt_gettoken(&pg->pg_token);
	LIST_REMOVE(p, p_pglist);
	LIST_INSERT_HEAD(&pg->pg_members, p, p_pglist);
	p->p_pgrp = pg;		/* takes over our reference */
	lwkt_reltoken(&pg->pg_token);
	lwkt_reltoken(&opg->pg_token);
	lockmgr(&opg->pg_lock, LK_RELEASE);
	lockmgr(&pg->pg_lock, LK_RELEASE);
	pgrel(opg);
	return (0);
}

/* The process is being reaped. */
void
leavepgrp(struct proc *p)
{
	struct pgrp *pg = p->p_pgrp;

	if (pg == NULL)
		return;
	lockmgr(&pg->pg_lock, LK_SHARED);
	lwkt_gettoken(&pg->pg_token);
	LIST_REMOVE(p, p_pglist);
	p->p_pgrp = NULL;
	lwkt_reltoken(&pg->pg_token);
	lockmgr(&pg->pg_lock, LK_RELEASE);
	pgrel(pg);
}

int
pgrp_is_orphaned(struct pgrp *pgrp)
{
	return (pgrp->pg_jobc == 0);
}

/* The group has just lost its last job control parent. */
static void
pgrp_orphaned(struct pgrp *pg)
{
	struct proc *p;
	int stopped = 0;

	lwkt_gettoken(&pg->pg_token);
	LIST_FOREACH(p, &pg->pg_members, p_pglist) {
		if (p->p_stat == SSTOP) {
			stopped = 1;
			break;
		}
	}
	lwkt_reltoken(&pg->pg_token);
	if (stopped) {
		pgsignal(pg, SIGHUP, 0);
		pgsignal(pg, SIGCONT, 0);
	}
}

static void
jobc_adjust(struct pgrp *pg, int entering)
{
	int left;

	lwkt_gettoken(&pg->pg_token);
	pg->pg_jobc += entering ? 1 : -1;
	left = pg->pg_jobc;
	lwkt_reltoken(&pg->pg_token);
	if (!entering && left == 0)
		pgrp_orphaned(pg);
}

/* Of the children being looked at by fixjobc(), the next one, held. */
static struct proc *
next_child(struct proc *np)
{
	if (np != NULL)
		PHOLD(np);
	return (np);
}

/*
 * p enters or leaves pgrp, or exits.  A member counts for its group if its
 * parent is in another group of the same session.  So p counts for pgrp
 * because of its parent, and its children for theirs because of p.
 */
void
fixjobc(struct proc *p, struct pgrp *pgrp, int entering)
{
	struct session *mysession = pgrp->pg_session;
	struct pgrp *hpg;
	struct proc *np, *nnp, *pptr;

	PHOLD(p);
	lwkt_gettoken(&p->p_token);
	pptr = p->p_pptr;
	if (pptr != NULL) {
		hpg = pptr->p_pgrp;
		if (hpg != NULL && hpg != pgrp &&
		    hpg->pg_session == mysession)
			jobc_adjust(pgrp, entering);
	}
	np = next_child(LIST_FIRST(&p->p_children));
	while (np != NULL) {
		lwkt_gettoken(&np->p_token);
		hpg = np->p_pgrp;
		if (np->p_pptr == p && hpg != NULL && hpg != pgrp &&
		    hpg->pg_session == mysession && np->p_stat != SZOMB) {
			pgref(hpg);
			jobc_adjust(hpg, entering);
			pgrel(hpg);
		}
		lwkt_reltoken(&np->p_token);
		nnp = np->p_pptr == p ?
		    next_child(LIST_NEXT(np, p_sibling)) : NULL;
		PRELE(np);
		np = nnp;
	}
	lwkt_reltoken(&p->p_token);
	PRELE(p);
}
