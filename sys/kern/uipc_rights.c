/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Control messages of the local domain: descriptors (SCM_RIGHTS) and
 * credentials (SCM_CREDS) on their way from one process to another.
 *
 * Inside the kernel a message of descriptors carries struct file pointers,
 * each with a reference.  Files in such messages are "in flight": f_msgcount
 * of a file, unp_msgcount of a local socket's block count how often.
 *
 * A socket whose only references are in messages waiting in sockets of which
 * the same is true can be reached by nobody: the collector finds and flushes
 * them.  It relies on this order: a socket is counted as in flight before
 * the message can be found in a buffer, and until after it has been taken
 * out.  A reference that is counted but not found in a buffer is taken for
 * one from outside, so the collector errs on the side of keeping.
 *
 * flight_mtx guards everything marked (g); it is held across blocking.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/domain.h>
#include <sys/file.h>
#include <sys/filedesc.h>
#include <sys/malloc.h>
#include <sys/mbuf.h>
#include <sys/mutex2.h>
#include <sys/proc.h>
#include <sys/protosw.h>
#include <sys/socketvar.h>
#include <sys/spinlock2.h>
#include <sys/sysctl.h>
#include <sys/taskqueue.h>
#include <sys/ucred.h>
#include <sys/thread2.h>
#include "uipc_local.h"

#define GC_CANDIDATE	0x01	/* all its references are in messages */
#define GC_REACHED	0x02	/* a process can get at one of them */

/* A message holds at most what fits a page-sized mbuf. */
#define RIGHTS_MAX	((MJUMPAGESIZE - CMSG_LEN(0)) / sizeof(struct file *))

static mtx_t	flight_mtx = MTX_INITIALIZER("unflight");
static TAILQ_HEAD(, lopcb) flight_list = TAILQ_HEAD_INITIALIZER(flight_list);
static int	flight_sockets;		/* (g) length of flight_list */

static u_int	flight_files;		/* (a) references in messages */
static int	flight_max;		/* how many there may be */
SYSCTL_DECL(_net_local);
SYSCTL_UINT(_net_local, OID_AUTO, inflight, CTLFLAG_RD, &flight_files, 0,
    "Descriptors in messages");
SYSCTL_INT(_net_local, OID_AUTO, maxinflight, CTLFLAG_RW, &flight_max, 0,
    "Descriptors in messages there may be");
SYSCTL_INT(_net_local, OID_AUTO, inflightsockets, CTLFLAG_RD,
    &flight_sockets, 0, "Sockets in messages");

/* (s) Messages with sockets in them, to be closed by the task. */
static struct spinlock defer_spin = SPINLOCK_INITIALIZER(defer_spin, "unpdef");
static struct mbuf *defer_list;

static void	defer_run(void *context, int pending);
static struct task defer_task = TASK_INITIALIZER(0, defer_run, NULL);

/*
 * A collection looks at everything in flight, so a run is put off a little,
 * and serves all who ask for one meanwhile.
 */
#define GC_DELAY	(hz / 20)
static void	unp_gc(void *context, int pending);
static struct timeout_task gc_task;
static volatile u_int gc_wanted;	/* (a) a run is coming */

static void
flight_init(void *unused)
{
	flight_max = MAX(maxfiles / 4, 1024);
	TIMEOUT_TASK_INIT(taskqueue_thread[0], &gc_task, 0, unp_gc, NULL);
}
SYSINIT(flight, SI_SUB_PROTO_DOMAIN, SI_ORDER_ANY, flight_init, NULL);

/* The local socket fp is, or NULL. */
static struct lopcb *
file_lp(struct file *fp)
{
	struct socket *so;

	if (fp->f_type != DTYPE_SOCKET)
		return (NULL);
	so = fp->f_data;
	return (so->so_proto->pr_domain == &localdomain ? sotolp(so) : NULL);
}

static __inline struct cmsghdr *
control_hdr(struct mbuf *m)
{
	return (mtod(m, struct cmsghdr *));
}

static __inline int
control_is_rights(struct mbuf *m)
{
	return (control_hdr(m)->cmsg_type == SCM_RIGHTS);
}

/* The files of an internal message. */
static __inline struct file **
rights_files(struct mbuf *m, int *n)
{
	*n = (m->m_len - CMSG_LEN(0)) / sizeof(struct file *);
	return ((struct file **)CMSG_DATA(control_hdr(m)));
}

/* ---- counting ---- */

/* A reference of fp goes into a message, or (n -1) comes out of one. */
static void
flight_count(struct file *fp, int n)
{
	struct lopcb *lp = file_lp(fp);

	if (lp != NULL) {
		mtx_lock(&flight_mtx);
		if (lp->lp_unp.unp_msgcount == 0) {
			lp->lp_unp.unp_fp = fp;
			TAILQ_INSERT_TAIL(&flight_list, lp, lp_flight);
			flight_sockets++;
		}
		lp->lp_unp.unp_msgcount += n;
		if (lp->lp_unp.unp_msgcount == 0) {
			TAILQ_REMOVE(&flight_list, lp, lp_flight);
			flight_sockets--;
			lp->lp_unp.unp_fp = NULL;
		}
		mtx_unlock(&flight_mtx);
	}
	atomic_add_int(&fp->f_msgcount, n);
	atomic_add_int(&flight_files, n);
}

/* ---- in ---- */

/* An internal message of len bytes of data. */
static struct mbuf *
control_make(int type, int len)
{
	struct cmsghdr *cm;
	struct mbuf *m;

	m = m_getl(CMSG_LEN(len), M_WAITOK, MT_CONTROL);
	m->m_len = CMSG_LEN(len);
	cm = control_hdr(m);
	bzero(cm, m->m_len);
	cm->cmsg_len = m->m_len;
	cm->cmsg_level = SOL_SOCKET;
	cm->cmsg_type = type;
	return (m);
}

static struct mbuf *
creds_in(struct thread *td)
{
	struct ucred *cr = td->td_ucred;
	struct cmsgcred *cc;
	struct mbuf *m;
	int i;

	m = control_make(SCM_CREDS, sizeof(*cc));
	cc = (struct cmsgcred *)CMSG_DATA(control_hdr(m));
	cc->cmcred_pid = td->td_proc->p_pid;
	cc->cmcred_uid = cr->cr_ruid;
	cc->cmcred_euid = cr->cr_uid;
	cc->cmcred_gid = cr->cr_rgid;
	cc->cmcred_ngroups = MIN(cr->cr_ngroups, CMGROUP_MAX);
	for (i = 0; i < cc->cmcred_ngroups; i++)
		cc->cmcred_groups[i] = cr->cr_groups[i];
	return (m);
}

static int
rights_in(const int *fds, int n, struct thread *td, struct mbuf **mp)
{
	struct file **fps, *fp;
	struct mbuf *m;
	int error = 0, i;

	if (n > (int)RIGHTS_MAX)
		return (EINVAL);
	if (flight_files + n > flight_max && td->td_ucred->cr_uid != 0)
		return (ETOOMANYREFS);
	m = control_make(SCM_RIGHTS, n * sizeof(*fps));
	fps = (struct file **)CMSG_DATA(control_hdr(m));
	for (i = 0; i < n; i++) {
		fp = holdfp(td, fds[i], -1);
		if (fp == NULL) {
			error = EBADF;
			break;
		}
		/* A kqueue is about its process's descriptors. */
		if (fp->f_type == DTYPE_KQUEUE) {
			fdrop(fp);
			error = EOPNOTSUPP;
			break;
		}
		flight_count(fp, 1);
		fps[i] = fp;
	}
	if (error) {
		m->m_len = CMSG_LEN(i * sizeof(*fps));
		lo_dispose(m);
		return (error);
	}
	*mp = m;
	return (0);
}

/* One message of the user's, of len bytes with its header. */
static int
control_in(const struct cmsghdr *cm, struct thread *td, struct mbuf **mp)
{
	int len = cm->cmsg_len - CMSG_LEN(0);

	if (cm->cmsg_level != SOL_SOCKET)
		return (EINVAL);
	switch (cm->cmsg_type) {
	case SCM_CREDS:
		*mp = creds_in(td);
		return (0);
	case SCM_RIGHTS:
		return (rights_in((const int *)CMSG_DATA(cm),
		    len / sizeof(int), td, mp));
	default:
		return (EINVAL);
	}
}

int
lo_internalize(struct mbuf **controlp, struct thread *td)
{
	struct mbuf *user = *controlp, *top = NULL, **np = &top, *next;
	caddr_t p = user->m_data;
	u_int left = user->m_len, len;
	int error = 0;

	*controlp = NULL;
	while (left >= sizeof(struct cmsghdr)) {
		len = ((struct cmsghdr *)p)->cmsg_len;
		if (len < CMSG_LEN(0) || len > left) {
			error = EINVAL;
			break;
		}
		error = control_in((struct cmsghdr *)p, td, np);
		if (error)
			break;
		np = &(*np)->m_next;
		len = MIN(CMSG_ALIGN(len), left);
		p += len;
		left -= len;
	}
	m_freem(user);
	if (error) {
		for (; top != NULL; top = next) {
			next = top->m_next;
			lo_dispose(top);
		}
		return (error);
	}
	*controlp = top;
	return (0);
}

/* ---- out ---- */

/* Descriptors for the first n files of the message; how many it became. */
static int
rights_install(struct file **fps, int *fds, int n, int flags)
{
	struct proc *p = curproc;
	struct filedesc *fdp = p->p_fd;
	int i;

	for (i = 0; i < n; i++) {
		if (fdalloc(p, 0, &fds[i]) != 0)
			break;
		if (flags & MSG_CMSG_CLOEXEC)
			fsetfdflags(fdp, fds[i], UF_EXCLOSE);
		flight_count(fps[i], -1);
		fsetfd(fdp, fps[i], fds[i]);
		fdrop(fps[i]);
		fps[i] = NULL;
	}
	return (i);
}

/*
 * Turn a message of files into one of descriptors, in place: those that fit
 * into room bytes and into the table.  NULL: none.
 */
static struct mbuf *
rights_out(struct mbuf *m, size_t room, int *flags)
{
	struct file **fps;
	int done = 0, fit, *fds, i, n;
	struct mbuf *rest;

	fps = rights_files(m, &n);
	fit = room < CMSG_LEN(0) ? 0 :
	    MIN((size_t)n, (room - CMSG_LEN(0)) / sizeof(int));
	fds = kmalloc((n + 1) * sizeof(*fds), M_TEMP, M_WAITOK);
	done = rights_install(fps, fds, fit, *flags);
	if (done < n) {
		*flags |= MSG_CTRUNC;
		rest = control_make(SCM_RIGHTS, (n - done) * sizeof(*fps));
		for (i = done; i < n; i++)
			((struct file **)CMSG_DATA(control_hdr(rest)))[i -
			    done] = fps[i];
		lo_dispose(rest);
	}
	if (done == 0 && n > 0) {
		m_free(m);
		m = NULL;
	} else {
		bcopy(fds, CMSG_DATA(control_hdr(m)), done * sizeof(*fds));
		m->m_len = control_hdr(m)->cmsg_len =
		    CMSG_LEN(done * sizeof(*fds));
	}
	kfree(fds, M_TEMP);
	return (m);
}

struct mbuf *
lo_externalize(struct mbuf *control, size_t room, int *flags)
{
	struct mbuf *top = NULL, **np = &top, *m, *next;

	for (m = control; m != NULL; m = next) {
		next = m->m_next;
		m->m_next = NULL;
		if (control_is_rights(m)) {
			m = rights_out(m, room, flags);
		} else if (room < m->m_len) {
			*flags |= MSG_CTRUNC;
			m_free(m);
			m = NULL;
		}
		if (m == NULL)
			continue;
		room -= MIN(room, CMSG_ALIGN(m->m_len));
		*np = m;
		np = &m->m_next;
	}
	return (top);
}

/* ---- away ---- */

/* Drop the references of a message and free it. */
static void
rights_drop(struct mbuf *m)
{
	struct file **fps;
	int i, n;

	fps = rights_files(m, &n);
	for (i = 0; i < n; i++) {
		flight_count(fps[i], -1);
		fdrop(fps[i]);
	}
	m_free(m);
}

/*
 * Closing a socket disposes of its messages, which may close sockets, and so
 * on: the task does those, one after the other.
 */
void
lo_dispose(struct mbuf *m)
{
	struct file **fps;
	int i, n;

	if (!control_is_rights(m)) {
		m_free(m);
		return;
	}
	fps = rights_files(m, &n);
	for (i = 0; i < n && fps[i]->f_type != DTYPE_SOCKET; i++)
		;
	if (i == n) {
		rights_drop(m);
		return;
	}
	spin_lock(&defer_spin);
	m->m_next = defer_list;
	defer_list = m;
	spin_unlock(&defer_spin);
	taskqueue_enqueue(taskqueue_thread[0], &defer_task);
}

static void
defer_run(void *context, int pending)
{
	struct mbuf *m;

	for (;;) {
		spin_lock(&defer_spin);
		m = defer_list;
		if (m != NULL)
			defer_list = m->m_next;
		spin_unlock(&defer_spin);
		if (m == NULL)
			break;
		m->m_next = NULL;
		rights_drop(m);
	}
	/* What those referred to may be held by messages only, now. */
	unp_gc_schedule();
}

/* ---- the collector ---- */

void
unp_gc_schedule(void)
{
	if (flight_sockets != 0 && atomic_swap_int(&gc_wanted, 1) == 0)
		taskqueue_enqueue_timeout(taskqueue_thread[0], &gc_task,
		    GC_DELAY);
}

/* Call func for each socket in flight in so's received messages. */
static void
gc_scan_buffer(struct socket *so, void (*func)(struct lopcb *, void *),
    void *arg)
{
	struct sockbuf *sb = so->so_rcv;
	struct mbuf *rec, *m;
	struct file **fps;
	struct lopcb *lp;
	int i, n;

	lwkt_gettoken(&sb->sb_token);
	for (rec = sb->sb_mb; rec != NULL; rec = rec->m_nextpkt) {
		for (m = rec; m != NULL; m = m->m_next) {
			if (m->m_type != MT_CONTROL || !control_is_rights(m))
				continue;
			fps = rights_files(m, &n);
			for (i = 0; i < n; i++) {
				lp = file_lp(fps[i]);
				if (lp != NULL)
					func(lp, arg);
			}
		}
	}
	lwkt_reltoken(&sb->sb_token);
}

/* The same, with connections waiting to be accepted. */
static void
gc_scan(struct lopcb *lp, void (*func)(struct lopcb *, void *), void *arg)
{
	struct socket *so = lp->lp_unp.unp_socket, *so2;

	gc_scan_buffer(so, func, arg);
	if ((so->so_options & SO_ACCEPTCONN) == 0)
		return;
	lwkt_gettoken(&so->so_token);
	TAILQ_FOREACH(so2, &so->so_comp, so_list)
		gc_scan_buffer(so2, func, arg);
	lwkt_reltoken(&so->so_token);
}

static void
gc_account(struct lopcb *lp, void *unused)
{
	if (lp->lp_unp.unp_gcflags & GC_CANDIDATE)
		lp->lp_gcrefs--;
}

/* Reached: what its buffer holds is to be looked at (*arg: the list). */
static void
gc_reach(struct lopcb *lp, void *arg)
{
	struct lopcb **work = arg;

	if ((lp->lp_unp.unp_gcflags & (GC_CANDIDATE | GC_REACHED)) !=
	    GC_CANDIDATE)
		return;
	lp->lp_unp.unp_gcflags |= GC_REACHED;
	lp->lp_gcnext = *work;
	*work = lp;
}

/* Mark the sockets that can be reached; flight_mtx held. */
static void
gc_mark(void)
{
	struct lopcb *lp, *work = NULL;

	TAILQ_FOREACH(lp, &flight_list, lp_flight) {
		lp->lp_gcrefs = lp->lp_unp.unp_msgcount;
		lp->lp_unp.unp_gcflags = lp->lp_unp.unp_fp->f_count ==
		    lp->lp_unp.unp_msgcount ? GC_CANDIDATE : 0;
	}
	TAILQ_FOREACH(lp, &flight_list, lp_flight) {
		if (lp->lp_unp.unp_gcflags & GC_CANDIDATE)
			gc_scan(lp, gc_account, NULL);
	}
	TAILQ_FOREACH(lp, &flight_list, lp_flight) {
		if (lp->lp_gcrefs > 0)
			gc_reach(lp, &work);
	}
	while ((lp = work) != NULL) {
		work = lp->lp_gcnext;
		gc_scan(lp, gc_reach, &work);
	}
}

/* Flush what is garbage, which will then close. */
static void
gc_sweep(void)
{
	struct lopcb *lp, *garbage = NULL;
	struct socket *so;
	struct file *fp;

	TAILQ_FOREACH(lp, &flight_list, lp_flight) {
		if (lp->lp_unp.unp_gcflags != GC_CANDIDATE)
			continue;
		fhold(lp->lp_unp.unp_fp);
		lp->lp_gcnext = garbage;
		garbage = lp;
	}
	mtx_unlock(&flight_mtx);
	while ((lp = garbage) != NULL) {
		garbage = lp->lp_gcnext;
		so = lp->lp_unp.unp_socket;
		fp = lp->lp_unp.unp_fp;
		if (so->so_options & SO_ACCEPTCONN)
			soabort_queue(so);
		sorflush(so);
		KKASSERT(fp != NULL);
		fdrop(fp);
	}
}

static void
unp_gc(void *context, int pending)
{
	gc_wanted = 0;
	mtx_lock(&flight_mtx);
	gc_mark();
	gc_sweep();		/* lets go of flight_mtx */
}
