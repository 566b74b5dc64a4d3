/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Finding processes, process groups and sessions.
 *
 * All three are hashed by number, and a number's bucket is the same for all,
 * so one bucket token decides whether a number is free.  A process found is
 * held (PHOLD), and a held process stays in its bucket: scans may sleep in
 * their callbacks and go on from the process they hold.  Reaping waits, in
 * proc_remove_zombie(), until the holds are gone.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/sysctl.h>
#include <sys/tty.h>
#include <sys/ucred.h>
#include <sys/thread2.h>
#include <sys/random.h>

#define PROC_HSIZE	1024		/* buckets, a power of 2 */
#define PROC_HASH(id)	(&proc_buckets[(id) & (PROC_HSIZE - 1)])
#define PID_FIRST	100		/* where numbering resumes */

/* (t) token. */
struct proc_bucket {
	struct lwkt_token token;
	struct proclist	procs;		/* (t) zombies included */
	struct pgrplist	pgrps;		/* (t) */
	LIST_HEAD(, session) sessions;	/* (t) */
} __cachealign;

MALLOC_DEFINE(M_PROC, "proc", "process structures");
MALLOC_DEFINE(M_LWP, "lwp", "thread structures of processes");
MALLOC_DEFINE(M_SESSION, "session", "sessions");
MALLOC_DEFINE(M_SUBPROC, "subproc", "process groups and such");
MALLOC_DEFINE(M_PARGS, "proc-args", "process titles");


static struct proc_bucket proc_buckets[PROC_HSIZE];

static u_int	pid_last;		/* (a) */
static int	randompid;		/* kern.randompid */

u_int		nprocs = 1;
int		maxproc;
int		maxprocperuid;
u_long		ps_arg_cache_limit = 4096;
int		ps_argsopen = 1;

SYSCTL_INT(_kern, KERN_MAXPROC, maxproc, CTLFLAG_RD, &maxproc, 0,
    "Most processes");
SYSCTL_INT(_kern, KERN_MAXPROCPERUID, maxprocperuid, CTLFLAG_RW,
    &maxprocperuid, 0, "Most processes of a user");
SYSCTL_INT(_kern, OID_AUTO, randompid, CTLFLAG_RW, &randompid, 0,
    "Random modulus of process ids, 0: sequential");
SYSCTL_ULONG(_kern, OID_AUTO, ps_arg_cache_limit, CTLFLAG_RW,
    &ps_arg_cache_limit, 0, "Longest process title kept");
TUNABLE_INT("kern.maxproc", &maxproc);

RB_GENERATE2(lwp_rb_tree, lwp, u_rbnode, rb_lwp_compare, lwpid_t, lwp_tid);

int
rb_lwp_compare(struct lwp *a, struct lwp *b)
{
	if (a->lwp_tid < b->lwp_tid)
		return (-1);
	return (a->lwp_tid > b->lwp_tid);
}

static void
procinit(void *unused)
{
	struct proc_bucket *b;

	for (b = proc_buckets; b < &proc_buckets[PROC_HSIZE]; b++) {
		lwkt_token_init(&b->token, "allproc");
		LIST_INIT(&b->procs);
		LIST_INIT(&b->pgrps);
		LIST_INIT(&b->sessions);
	}
	/* A process costs some 40 KB of kernel memory at least. */
	if (maxproc <= 0)
		maxproc = MIN(physmem / 16, 32768);
	maxproc = MIN(MAX(maxproc, 256), PID_MAX - 1000);
	maxprocperuid = maxproc * 9 / 10;
}
SYSINIT(procinit, SI_BOOT1_POST, SI_ORDER_FIRST, procinit, NULL);

/*
 * Drop a hold.  PLOCK_WAITING says that proc_remove_zombie() waits for the
 * last one.  After that p must not be touched; wakeup() only uses its
 * address.
 */
void
prele(struct proc *p)
{
	u_int o;

	o = atomic_fetchadd_int(&p->p_lock, -1);
	KASSERT((o & PLOCK_MASK) > 0, ("prele: not held"));
	if ((o & PLOCK_MASK) == 1 && (o & PLOCK_WAITING))
		wakeup(&p->p_lock);
}

void
lwprele(struct lwp *lp)
{
	u_int o;

	o = atomic_fetchadd_int(&lp->lwp_lock, -1);
	KASSERT((o & PLOCK_MASK) > 0, ("lwprele: not held"));
	if ((o & PLOCK_MASK) == 1 && (o & PLOCK_WAITING))
		wakeup(&lp->lwp_lock);
}

static struct proc *
bucket_find(struct proc_bucket *b, pid_t pid)
{
	struct proc *p;

	LIST_FOREACH(p, &b->procs, p_list) {
		if (p->p_pid == pid)
			break;
	}
	return (p);
}

struct proc *
pfind(pid_t pid)
{
	struct proc *p = curproc;
	struct proc_bucket *b = PROC_HASH(pid);

	if (pid < 0)
		return (NULL);
	if (p != NULL && p->p_pid == pid) {
		PHOLD(p);
		return (p);
	}
	lwkt_gettoken_shared(&b->token);
	p = bucket_find(b, pid);
	if (p != NULL && (p->p_stat == SZOMB || p->p_stat == SIDL))
		p = NULL;
	if (p != NULL)
		PHOLD(p);
	lwkt_reltoken(&b->token);
	return (p);
}

struct proc *
pfindn(pid_t pid)
{
	struct proc_bucket *b = PROC_HASH(pid);
	struct proc *p;

	lwkt_gettoken_shared(&b->token);
	p = bucket_find(b, pid);
	if (p != NULL && p->p_stat == SZOMB)
		p = NULL;
	lwkt_reltoken(&b->token);
	return (p);
}

struct proc *
zpfind(pid_t pid)
{
	struct proc_bucket *b = PROC_HASH(pid);
	struct proc *p;

	lwkt_gettoken_shared(&b->token);
	p = bucket_find(b, pid);
	if (p != NULL && p->p_stat != SZOMB)
		p = NULL;
	if (p != NULL)
		PHOLD(p);
	lwkt_reltoken(&b->token);
	return (p);
}

struct lwp *
lwpfind(struct proc *p, lwpid_t tid)
{
	struct lwp *lp;

	ASSERT_LWKT_TOKEN_HELD(&p->p_token);
	FOREACH_LWP_IN_PROC(lp, p) {
		if (lp->lwp_tid == tid)
			break;
	}
	return (lp);
}

static struct pgrp *
bucket_pgfind(struct proc_bucket *b, pid_t pgid)
{
	struct pgrp *pg;

	LIST_FOREACH(pg, &b->pgrps, pg_list) {
		if (pg->pg_id == pgid)
			break;
	}
	return (pg);
}

struct pgrp *
pgfind(pid_t pgid)
{
	struct proc_bucket *b = PROC_HASH(pgid);
	struct pgrp *pg;

	if (pgid < 0)
		return (NULL);
	lwkt_gettoken_shared(&b->token);
	pg = bucket_pgfind(b, pgid);
	if (pg != NULL)
		atomic_add_int(&pg->pg_refs, 1);
	lwkt_reltoken(&b->token);
	return (pg);
}

void
pgref(struct pgrp *pg)
{
	atomic_add_int(&pg->pg_refs, 1);
}

void
pgrel(struct pgrp *pg)
{
	struct proc_bucket *b;
	u_int o;

	/* Not the last one: no need of the token. */
	for (;;) {
		o = pg->pg_refs;
		if (o == 1)
			break;
		if (atomic_cmpset_int(&pg->pg_refs, o,
		    o - 1))
			return;
	}
	b = PROC_HASH(pg->pg_id);
	lwkt_gettoken(&b->token);
	if (atomic_fetchadd_int(&pg->pg_refs, -1) != 1) {
		lwkt_reltoken(&b->token);
		return;
	}
	LIST_REMOVE(pg, pg_list);
	lwkt_reltoken(&b->token);
	KASSERT(LIST_EMPTY(&pg->pg_members), ("pgrel: group has members"));
	funsetownlst(&pg->pg_sigiolst);
	sess_rele(pg->pg_session);
	lockuninit(&pg->pg_lock);
	lwkt_token_uninit(&pg->pg_token);
	kfree(pg, M_SUBPROC);
}

void
sess_hold(struct session *sp)
{
	atomic_add_int(&sp->s_refs, 1);
}

void
sess_rele(struct session *sp)
{
	struct proc_bucket *b = PROC_HASH(sp->s_sid);

	lwkt_gettoken(&b->token);
	if (atomic_fetchadd_int(&sp->s_refs, -1) != 1) {
		lwkt_reltoken(&b->token);
		return;
	}
	LIST_REMOVE(sp, s_hash);
	lwkt_reltoken(&b->token);
	ttyclosesession(sp, 0);
	kfree(sp, M_SESSION);
}

/* Is the number in use by anything? */
static int
bucket_busy(struct proc_bucket *b, pid_t id)
{
	struct session *sp;

	if (bucket_find(b, id) != NULL || bucket_pgfind(b, id) != NULL)
		return (1);
	LIST_FOREACH(sp, &b->sessions, s_hash) {
		if (sp->s_sid == id)
			return (1);
	}
	return (0);
}

/*
 * Numbers are handed out in sequence, so one is not used again before some
 * 999,000 others were.
 */
void
proc_add_allproc(struct proc *p)
{
	struct proc_bucket *b;
	u_int o, n, step;

	for (;;) {
		step = 1;
		if (randompid > 1)
			step += karc4random() % randompid;
		do {
			o = pid_last;
			n = o + step;
			if (n >= PID_MAX)
				n = PID_FIRST + step - 1;
		} while (!atomic_cmpset_int(&pid_last, o, n));
		b = PROC_HASH(n);
		lwkt_gettoken(&b->token);
		if (!bucket_busy(b, n))
			break;
		lwkt_reltoken(&b->token);
	}
	p->p_pid = n;
	LIST_INSERT_HEAD(&b->procs, p, p_list);
	lwkt_reltoken(&b->token);
}

/* For the two processes whose numbers are fixed. */
void
proc_insert(struct proc *p, pid_t pid)
{
	struct proc_bucket *b = PROC_HASH(pid);

	p->p_pid = pid;
	lwkt_gettoken(&b->token);
	LIST_INSERT_HEAD(&b->procs, p, p_list);
	lwkt_reltoken(&b->token);
}

void
pgrp_insert(struct pgrp *pg, struct session *newsess)
{
	struct proc_bucket *b = PROC_HASH(pg->pg_id);

	lwkt_gettoken(&b->token);
	LIST_INSERT_HEAD(&b->pgrps, pg, pg_list);
	if (newsess != NULL)
		LIST_INSERT_HEAD(&b->sessions, newsess, s_hash);
	lwkt_reltoken(&b->token);
}

void
proc_makezombie(struct proc *p)
{
	struct proc_bucket *b = PROC_HASH(p->p_pid);

	/* The token orders this with pfind(). */
	lwkt_gettoken(&b->token);
	p->p_stat = SZOMB;
	lwkt_reltoken(&b->token);
}

/*
 * Take a zombie off the lists for good, once nobody looks at it any more.
 * Nobody new can while the bucket's token is held, and between the check
 * and the removal it is.
 */
void
proc_remove_zombie(struct proc *p)
{
	struct proc_bucket *b = PROC_HASH(p->p_pid);
	u_int o;

	lwkt_gettoken(&b->token);
	for (;;) {
		o = p->p_lock;
		if ((o & PLOCK_MASK) == 0)
			break;
		tsleep_interlock(&p->p_lock, 0);
		if (atomic_cmpset_int(&p->p_lock, o,
		    o | PLOCK_WAITING))
			tsleep(&p->p_lock, PINTERLOCKED, "reapz", hz);
	}
	LIST_REMOVE(p, p_list);
	lwkt_reltoken(&b->token);
}

static void
scan_buckets(int (*callback)(struct proc *, void *), void *data,
    int zombies)
{
	struct proc_bucket *b;
	struct proc *p, *np;
	int r = 0;

	for (b = proc_buckets; r >= 0 && b < &proc_buckets[PROC_HSIZE]; b++) {
		if (LIST_EMPTY(&b->procs))
			continue;
		lwkt_gettoken(&b->token);
		p = LIST_FIRST(&b->procs);
		if (p != NULL)
			PHOLD(p);
		while (p != NULL) {
			if (r >= 0 && p->p_stat != SIDL &&
			    (p->p_stat == SZOMB) == zombies)
				r = callback(p, data);
			np = LIST_NEXT(p, p_list);
			if (np != NULL)
				PHOLD(np);
			PRELE(p);
			p = np;
		}
		lwkt_reltoken(&b->token);
	}
}

void
allproc_scan(int (*callback)(struct proc *, void *), void *data,
    int segmented)
{
	scan_buckets(callback, data, 0);
}

void
zombproc_scan(int (*callback)(struct proc *, void *), void *data)
{
	scan_buckets(callback, data, 1);
}

struct lwp_scan {
	int	(*callback)(struct lwp *, void *);
	void	*data;
};

static int
alllwp_scan_callback(struct proc *p, void *data)
{
	struct lwp_scan *scan = data;
	struct lwp *lp, *nlp;
	int r = 0;

	lwkt_gettoken(&p->p_token);
	lp = FIRST_LWP_IN_PROC(p);
	if (lp != NULL)
		LWPHOLD(lp);
	while (lp != NULL) {
		if (r >= 0)
			r = scan->callback(lp, scan->data);
		nlp = RB_NEXT(lwp_rb_tree, &p->p_lwp_tree, lp);
		if (nlp != NULL)
			LWPHOLD(nlp);
		LWPRELE(lp);
		lp = nlp;
	}
	lwkt_reltoken(&p->p_token);
	return (r);
}

void
alllwp_scan(int (*callback)(struct lwp *, void *), void *data, int segmented)
{
	struct lwp_scan scan = { callback, data };

	allproc_scan(alllwp_scan_callback, &scan, segmented);
}

/* Is p the current process or below it? */
int
inferior(struct proc *p)
{
	struct proc *p2;

	PHOLD(p);
	while (p != curproc) {
		if (p->p_pid == 0) {
			PRELE(p);
			return (0);
		}
		lwkt_gettoken_shared(&p->p_token);
		p2 = p->p_pptr;
		if (p2 != NULL)
			PHOLD(p2);
		lwkt_reltoken(&p->p_token);
		PRELE(p);
		if (p2 == NULL)
			return (0);
		p = p2;
	}
	PRELE(p);
	return (1);
}
