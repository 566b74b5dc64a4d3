/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sockets: making, connecting and closing them.  See <sys/socketvar.h>.
 *
 * so_token guards what changes seldom.  The data path (uipc_sockio.c) does
 * not take it: it lives on the tokens of the socket buffers and on flags
 * that are read at any time.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/domain.h>
#include <sys/fcntl.h>
#include <sys/file.h>
#include <sys/filedesc.h>
#include <sys/malloc.h>
#include <sys/mbuf.h>
#include <sys/proc.h>
#include <sys/protosw.h>
#include <sys/signalvar.h>
#include <sys/socketvar.h>
#include <sys/sysctl.h>
#include <sys/ucred.h>
#include <sys/thread2.h>
#include <net/netmsg.h>

MALLOC_DEFINE(M_SOCKET, "socket", "sockets");
MALLOC_DEFINE(M_SONAME, "soname", "socket addresses");

int	somaxconn = SOMAXCONN;
int	maxsockets;
static u_int numsockets;		/* (a) */

TUNABLE_INT("kern.ipc.maxsockets", &maxsockets);
SYSCTL_INT(_kern_ipc, KIPC_SOMAXCONN, somaxconn, CTLFLAG_RW, &somaxconn, 0,
    "Longest queue listen(2) gives");
SYSCTL_INT(_kern_ipc, OID_AUTO, maxsockets, CTLFLAG_RW, &maxsockets, 0,
    "Sockets there may be");
SYSCTL_UINT(_kern_ipc, OID_AUTO, numsockets, CTLFLAG_RD, &numsockets, 0,
    "Sockets there are");

static void
socket_init(void *unused)
{
	if (maxsockets <= 0)
		maxsockets = maxfiles;
}
SYSINIT(socket, SI_SUB_PROTO_BEGIN, SI_ORDER_FIRST, socket_init, NULL);

void
soref(struct socket *so)
{
	atomic_add_int(&so->so_refs, 1);
}

void
sorele(struct socket *so)
{
	if (atomic_fetchadd_int(&so->so_refs, -1) > 1)
		return;
	KASSERT(so->so_head == NULL && TAILQ_EMPTY(&so->so_comp),
	    ("socket %p freed in use", so));
	if (so->so_pcb != NULL)
		so->so_proto->pr_free(so);
	if (so->so_rcv != NULL)
		sb_rele(so->so_rcv);
	if (so->so_snd != NULL)
		sb_rele(so->so_snd);
	crfree(so->so_cred);
	lwkt_token_uninit(&so->so_token);
	kfree(so, M_SOCKET);
	atomic_add_int(&numsockets, -1);
}

/* A bare socket of the protocol. */
static struct socket *
soalloc(struct protosw *pr, struct ucred *cred)
{
	struct socket *so;

	if (numsockets >= maxsockets && cred->cr_uid != 0)
		return (NULL);
	atomic_add_int(&numsockets, 1);
	so = kmalloc(sizeof(*so), M_SOCKET, M_WAITOK | M_ZERO);
	lwkt_token_init(&so->so_token, "socket");
	TAILQ_INIT(&so->so_incomp);
	TAILQ_INIT(&so->so_comp);
	so->so_refs = 1;
	so->so_type = pr->pr_type;
	so->so_proto = pr;
	so->so_port = pr->pr_port;
	so->so_cred = crhold(cred);
	return (so);
}

int
socreate(int dom, struct socket **aso, int type, int proto,
    struct thread *td)
{
	struct protosw *pr;
	struct socket *so;
	int error;

	if (pffinddomain(dom) == NULL)
		return (EAFNOSUPPORT);
	pr = pffindproto(dom, proto, type);
	if (pr == NULL)
		return (pffindtype(dom, type) == NULL && proto == 0 ?
		    EPROTOTYPE : EPROTONOSUPPORT);
	so = soalloc(pr, td->td_ucred);
	if (so == NULL)
		return (ENOBUFS);
	error = sb_create(&so->so_rcv, *pr->pr_recvspace, td->td_ucred);
	if (error == 0)
		error = sb_create(&so->so_snd, *pr->pr_sendspace,
		    td->td_ucred);
	if (error == 0)
		error = so_pru_attach(so, proto, td);
	if (error) {
		sorele(so);
		return (error);
	}
	*aso = so;
	return (0);
}

int
sonewconn(struct socket *head, struct sockbuf *rcv, struct sockbuf *snd,
    struct ucred *cred, struct socket **aso)
{
	struct socket *so;
	int error;

	so = soalloc(head->so_proto, cred);
	if (so == NULL) {
		sb_rele(rcv);
		sb_rele(snd);
		return (ENOBUFS);
	}
	so->so_rcv = rcv;
	so->so_snd = snd;
	so->so_options = head->so_options & ~SO_ACCEPTCONN;
	so->so_linger = head->so_linger;
	so->so_rcvtimeo = head->so_rcvtimeo;
	so->so_sndtimeo = head->so_sndtimeo;
	error = so_pru_attach(so, so->so_proto->pr_protocol, curthread);
	if (error) {
		sorele(so);
		return (error);
	}
	*aso = so;
	return (0);
}

void
sodiscard(struct socket *so)
{
	so_pru_detach(so);
	sorele(so);
}

int
socreatepair(int dom, int type, int proto, struct thread *td,
    struct socket **aso1, struct socket **aso2)
{
	struct socket *so1, *so2;
	int error;

	error = socreate(dom, &so1, type, proto, td);
	if (error)
		return (error);
	if (so1->so_proto->pr_usrreqs->pru_connect2 == NULL) {
		error = EOPNOTSUPP;
	} else if (so1->so_proto->pr_flags & PR_CONNREQUIRED) {
		sb_ref(so1->so_snd);
		sb_ref(so1->so_rcv);
		error = sonewconn(so1, so1->so_snd, so1->so_rcv, td->td_ucred,
		    &so2);
	} else {
		error = socreate(dom, &so2, type, proto, td);
	}
	if (error) {
		sodiscard(so1);
		return (error);
	}
	error = so_pru_connect2(so1, so2);
	if (error) {
		sodiscard(so1);
		sodiscard(so2);
		return (error);
	}
	*aso1 = so1;
	*aso2 = so2;
	return (0);
}

int
soqueue(struct socket *head, struct socket *so)
{
	lwkt_gettoken(&head->so_token);
	if ((head->so_options & SO_ACCEPTCONN) == 0 ||
	    (head->so_state & SS_ISCLOSING) ||
	    head->so_qlen > 3 * head->so_qlimit / 2) {
		lwkt_reltoken(&head->so_token);
		return (ECONNREFUSED);
	}
	so->so_head = head;
	atomic_set_int(&so->so_state, SS_COMP);
	TAILQ_INSERT_TAIL(&head->so_comp, so, so_list);
	head->so_qlen++;
	lwkt_reltoken(&head->so_token);
	sb_wakeup_reader(head->so_rcv);
	return (0);
}

/* The first connection in the queue, out of it.  so_token of head held. */
static struct socket *
sodequeue(struct socket *head)
{
	struct socket *so = TAILQ_FIRST(&head->so_comp);

	if (so != NULL) {
		TAILQ_REMOVE(&head->so_comp, so, so_list);
		head->so_qlen--;
		so->so_head = NULL;
		atomic_clear_int(&so->so_state, SS_COMP);
	}
	return (so);
}

int
solisten(struct socket *so, int backlog, struct thread *td)
{
	int error;

	lwkt_gettoken(&so->so_token);
	if (so->so_state & (SS_ISCONNECTED | SS_ISCONNECTING |
	    SS_ISDISCONNECTING | SS_ISDISCONNECTED)) {
		error = EINVAL;
	} else {
		error = so_pru_listen(so, td);
		if (error == 0) {
			if (backlog < 0 || backlog > somaxconn)
				backlog = somaxconn;
			so->so_qlimit = backlog;
			atomic_set_int(&so->so_options, SO_ACCEPTCONN);
		}
	}
	lwkt_reltoken(&so->so_token);
	return (error);
}

/*
 * The wait is on the receive buffer, which a listening socket uses for
 * nothing else: its token is taken before the queue is looked at.
 */
int
soaccept_wait(struct socket *head, struct socket **aso, int nonblock)
{
	struct sockbuf *sb = head->so_rcv;
	struct socket *so;
	int error;

	if ((head->so_options & SO_ACCEPTCONN) == 0)
		return (EINVAL);
	lwkt_gettoken(&sb->sb_token);
	for (;;) {
		lwkt_gettoken(&head->so_token);
		so = sodequeue(head);
		lwkt_reltoken(&head->so_token);
		if (so != NULL) {
			error = 0;
			break;
		}
		error = sotakeerror(head);
		if (error == 0 && (sb->sb_flags & SB_WEOF))
			error = ECONNABORTED;
		if (error == 0 && nonblock)
			error = EWOULDBLOCK;
		if (error)
			break;
		/*
		 * A connection queued after our look finds SB_RWAIT, or has
		 * been queued before SB_RWAIT was set: look once more.
		 */
		tsleep_interlock(&sb->sb_rkq, PCATCH);
		atomic_set_int(&sb->sb_flags, SB_RWAIT);
		cpu_mfence();
		if (TAILQ_EMPTY(&head->so_comp) && head->so_error == 0 &&
		    (sb->sb_flags & SB_WEOF) == 0) {
			error = tsleep(&sb->sb_rkq, PCATCH | PINTERLOCKED,
			    "accept", head->so_rcvtimeo);
			if (error)
				break;
		}
	}
	lwkt_reltoken(&sb->sb_token);
	*aso = so;
	return (error);
}

int
soconnect(struct socket *so, struct sockaddr *nam, struct thread *td)
{
	int error;

	if (so->so_options & SO_ACCEPTCONN)
		return (EOPNOTSUPP);
	lwkt_gettoken(&so->so_token);
	if (so->so_proto->pr_flags & PR_CONNREQUIRED) {
		if (so->so_state & SS_ISCONNECTING)
			error = EALREADY;
		else if (so->so_state & (SS_ISCONNECTED | SS_ISDISCONNECTED))
			error = EISCONN;
		else
			error = 0;
	} else {
		/* Another peer, or none (AF_UNSPEC). */
		error = 0;
		if (so->so_state & SS_ISCONNECTED)
			so_pru_disconnect(so);
		if (nam->sa_family == AF_UNSPEC) {
			lwkt_reltoken(&so->so_token);
			return (0);
		}
	}
	if (error == 0)
		error = so_pru_connect(so, nam, td);
	lwkt_reltoken(&so->so_token);
	return (error);
}

/* Wait until a connection is made or has failed. */
int
soconnect_wait(struct socket *so)
{
	struct sockbuf *sb = so->so_snd;
	int error = 0;

	lwkt_gettoken(&sb->sb_token);
	while ((so->so_state & SS_ISCONNECTING) && so->so_error == 0) {
		error = sb_wait_writer(sb, 0);
		if (error)
			break;
	}
	lwkt_reltoken(&sb->sb_token);
	if (error == 0)
		error = sotakeerror(so);
	return (error == ERESTART ? EINTR : error);
}

void
soisconnected(struct socket *so)
{
	atomic_clear_int(&so->so_state, SS_ISCONNECTING);
	atomic_set_int(&so->so_state, SS_ISCONNECTED);
	sb_wakeup_reader(so->so_rcv);
	sb_wakeup_writer(so->so_snd);
}

void
soseterror(struct socket *so, int error)
{
	/* Under the token, so that a waiter has not yet slept or is asleep. */
	lwkt_gettoken(&so->so_rcv->sb_token);
	so->so_error = error;
	lwkt_reltoken(&so->so_rcv->sb_token);
	sb_wakeup_reader(so->so_rcv);
	sb_wakeup_writer(so->so_snd);
}

int
sotakeerror(struct socket *so)
{
	if (so->so_error == 0)
		return (0);
	return (atomic_swap_int((volatile u_int *)&so->so_error, 0));
}

void
so_dispose(struct socket *so, struct mbuf *m)
{
	struct domain *dom = so->so_proto->pr_domain;
	struct mbuf *next, *n;

	for (; m != NULL; m = next) {
		next = m->m_nextpkt;
		while (m != NULL) {
			n = m->m_next;
			if (m->m_type == MT_CONTROL && dom->dom_dispose != NULL)
				dom->dom_dispose(m);
			else
				m_free(m);
			m = n;
		}
	}
}

void
sorflush(struct socket *so)
{
	struct sockbuf *sb = so->so_rcv;
	struct mbuf *m;

	lwkt_gettoken(&sb->sb_token);
	m = sb_take_all(sb);
	lwkt_reltoken(&sb->sb_token);
	so_dispose(so, m);
}

int
soshutdown(struct socket *so, int how)
{
	int error;

	if (how != SHUT_RD && how != SHUT_WR && how != SHUT_RDWR)
		return (EINVAL);
	if ((so->so_state & (SS_ISCONNECTED | SS_ISCONNECTING |
	    SS_ISDISCONNECTING)) == 0)
		return (ENOTCONN);
	error = so_pru_shutdown(so, how);
	if (error)
		return (error);
	if (how != SHUT_WR) {
		sb_shut(so->so_rcv, SB_REOF);
		sorflush(so);
	}
	return (0);
}

/* Connections nobody has accepted, and nobody will. */
void
soabort_queue(struct socket *head)
{
	struct socket *so;

	for (;;) {
		lwkt_gettoken(&head->so_token);
		so = sodequeue(head);
		lwkt_reltoken(&head->so_token);
		if (so == NULL)
			return;
		soclose(so);
	}
}

int
soclose(struct socket *so)
{
	int error = 0;

	lwkt_gettoken(&so->so_token);
	atomic_set_int(&so->so_state, SS_ISCLOSING | SS_NOFDREF);
	lwkt_reltoken(&so->so_token);
	if (so->so_options & SO_ACCEPTCONN)
		soabort_queue(so);
	funsetown(&so->so_rcv->sb_rsigio);
	funsetown(&so->so_snd->sb_wsigio);
	if (so->so_state & SS_ISCONNECTED)
		error = so_pru_disconnect(so);
	sb_shut(so->so_snd, SB_WEOF);
	sb_shut(so->so_rcv, SB_REOF);
	so_pru_detach(so);
	sorflush(so);
	sorele(so);
	return (error);
}

static void
sbtox(struct sockbuf *sb, long lowat, int timeo, struct xsockbuf *xsb)
{
	xsb->sb_cc = sb->sb_cc;
	xsb->sb_hiwat = sb->sb_hiwat;
	xsb->sb_mbcnt = sb->sb_mbcnt;
	xsb->sb_mbmax = sb->sb_mbmax;
	xsb->sb_lowat = lowat;
	xsb->sb_timeo = timeo;
	xsb->sb_flags = sb->sb_flags;
}

void
sotoxsocket(struct socket *so, struct xsocket *xso)
{
	xso->xso_len = sizeof(*xso);
	xso->xso_so = so;
	xso->so_type = so->so_type;
	xso->so_options = so->so_options;
	xso->so_linger = so->so_linger;
	xso->so_state = so->so_state;
	xso->so_pcb = so->so_pcb;
	xso->xso_protocol = so->so_proto->pr_protocol;
	xso->xso_family = so->so_proto->pr_domain->dom_family;
	xso->so_qlen = so->so_qlen;
	xso->so_incqlen = so->so_incqlen;
	xso->so_qlimit = so->so_qlimit;
	xso->so_error = so->so_error;
	xso->so_pgid = fgetown(&so->so_rcv->sb_rsigio);
	sbtox(so->so_rcv, so->so_rcv->sb_rlowat, so->so_rcvtimeo,
	    &xso->so_rcv);
	sbtox(so->so_snd, so->so_snd->sb_wlowat, so->so_sndtimeo,
	    &xso->so_snd);
	xso->so_uid = so->so_cred->cr_uid;
}
