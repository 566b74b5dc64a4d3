/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The local domain: AF_LOCAL, also known as AF_UNIX.
 *
 * Connected stream and seqpacket sockets share their two buffers crosswise
 * (<sys/sockbuf.h>): sending is appending to so_snd, and no lock but that
 * buffer's token is ever taken.  Neither end refers to the other, so closing
 * one is marking the buffers.
 *
 * A datagram goes to the receive buffer of the socket it is addressed to, or
 * is lost with ENOBUFS if that is full.  A connected datagram socket holds a
 * reference to its peer, and is on the peer's list unp_refs, so that a peer
 * that closes can tell.
 *
 * Requests are handled in the thread that makes them (netmsg_inplace_port).
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/domain.h>
#include <sys/malloc.h>
#include <sys/mbuf.h>
#include <sys/msgport2.h>
#include <sys/proc.h>
#include <sys/protosw.h>
#include <sys/socketvar.h>
#include <sys/spinlock2.h>
#include <sys/stat.h>
#include <sys/sysctl.h>
#include <sys/ucred.h>
#include <sys/un.h>
#include <sys/thread2.h>
#include <net/netmsg.h>
#include "uipc_local.h"

static MALLOC_DEFINE(M_UNPCB, "unpcb", "local protocol blocks");

static u_long	lo_stream_space = 65536;
static u_long	lo_dgram_sendspace = 65536;
static u_long	lo_dgram_recvspace = 262144;

SYSCTL_NODE(_net, PF_LOCAL, local, CTLFLAG_RW, 0, "Local domain");
SYSCTL_NODE(_net_local, SOCK_STREAM, stream, CTLFLAG_RW, 0, "Streams");
SYSCTL_NODE(_net_local, SOCK_DGRAM, dgram, CTLFLAG_RW, 0, "Datagrams");
SYSCTL_NODE(_net_local, SOCK_SEQPACKET, seqpacket, CTLFLAG_RW, 0,
    "Sequenced packets");
SYSCTL_ULONG(_net_local_stream, OID_AUTO, sendspace, CTLFLAG_RW,
    &lo_stream_space, 0, "Buffer of a new connection, each way");
SYSCTL_ULONG(_net_local_stream, OID_AUTO, recvspace, CTLFLAG_RW,
    &lo_stream_space, 0, "Buffer of a new connection, each way");
SYSCTL_ULONG(_net_local_dgram, OID_AUTO, maxdgram, CTLFLAG_RW,
    &lo_dgram_sendspace, 0, "Longest datagram");
SYSCTL_ULONG(_net_local_dgram, OID_AUTO, recvspace, CTLFLAG_RW,
    &lo_dgram_recvspace, 0, "Receive buffer of a new socket");

TAILQ_HEAD(unp_list, unpcb);

/* All blocks, by the CPU that made them. */
static struct lo_pcpu {
	struct spinlock	spin;
	struct unp_list	list;		/* (l) */
	u_long		serial;		/* (l) */
} __cachealign lo_pcpu[MAXCPU];

/* The address of a socket that has none. */
static struct sockaddr lo_noname = { sizeof(lo_noname), AF_LOCAL, { 0 } };

static void
lo_init(void *unused)
{
	int i;

	for (i = 0; i < MAXCPU; i++) {
		spin_init(&lo_pcpu[i].spin, "unplist");
		TAILQ_INIT(&lo_pcpu[i].list);
	}
}
SYSINIT(localdomain, SI_SUB_PROTO_DOMAIN, SI_ORDER_FIRST, lo_init, NULL);

static struct sockaddr_un *
sun_dup(const struct sockaddr_un *sun)
{
	return (sun == NULL ? NULL : (struct sockaddr_un *)
	    dup_sockaddr((const struct sockaddr *)sun));
}

static struct sockaddr *
sun_or_noname(const struct sockaddr_un *sun)
{
	return (dup_sockaddr(sun != NULL ? (const struct sockaddr *)sun :
	    &lo_noname));
}

/* ---- life ---- */

static int
lo_attach(struct netmsg *msg)
{
	struct socket *so = msg->nm_so;
	struct lo_pcpu *pc;
	struct lopcb *lp;

	lp = kmalloc(sizeof(*lp), M_UNPCB, M_WAITOK | M_ZERO);
	lp->lp_unp.unp_socket = so;
	lp->lp_unp.unp_refcnt = 1;
	LIST_INIT(&lp->lp_unp.unp_refs);
	lp->lp_listcpu = mycpuid;
	so->so_pcb = lp;
	pc = &lo_pcpu[lp->lp_listcpu];
	spin_lock(&pc->spin);
	lp->lp_unp.unp_gencnt = ++pc->serial * ncpus + lp->lp_listcpu;
	TAILQ_INSERT_TAIL(&pc->list, &lp->lp_unp, unp_link);
	spin_unlock(&pc->spin);
	return (0);
}

static void
lo_free(struct socket *so)
{
	struct lopcb *lp = sotolp(so);

	KASSERT(lp->lp_unp.unp_msgcount == 0 && lp->lp_unp.unp_vnode == NULL,
	    ("local socket %p freed in use", so));
	kfree(lp->lp_unp.unp_addr, M_SONAME);
	kfree(lp->lp_peeraddr, M_SONAME);
	kfree(lp, M_UNPCB);
	so->so_pcb = NULL;
}

/* A datagram socket gives its peer up; so_token held. */
static void
lo_dgram_disconnect(struct lopcb *lp)
{
	struct unpcb *peer = lp->lp_unp.unp_conn;
	struct socket *so2;
	int mine;

	if (peer == NULL)
		return;
	/*
	 * Waiting for the peer's token may cost us our own, and the peer may
	 * close meanwhile: it must not go before we have looked again.
	 */
	so2 = peer->unp_socket;
	soref(so2);
	lwkt_gettoken(&so2->so_token);
	mine = lp->lp_unp.unp_conn == peer;
	if (mine) {
		LIST_REMOVE(&lp->lp_unp, unp_reflink);
		lp->lp_unp.unp_conn = NULL;
	}
	lwkt_reltoken(&so2->so_token);
	if (mine) {
		atomic_clear_int(&lp->lp_unp.unp_socket->so_state,
		    SS_ISCONNECTED);
		sorele(so2);
	}
	sorele(so2);
}

/* A datagram socket closes: those connected to it learn of it. */
static void
lo_dgram_drop_refs(struct socket *so)
{
	struct lopcb *lp = sotolp(so);
	struct unpcb *unp;
	struct socket *so2;

	lwkt_gettoken(&so->so_token);
	while ((unp = LIST_FIRST(&lp->lp_unp.unp_refs)) != NULL) {
		so2 = unp->unp_socket;
		soref(so2);
		lwkt_gettoken(&so2->so_token);
		if (unp->unp_conn == &lp->lp_unp) {
			lo_dgram_disconnect(unptolp(unp));
			soseterror(so2, ECONNRESET);
		}
		lwkt_reltoken(&so2->so_token);
		sorele(so2);
	}
	lwkt_reltoken(&so->so_token);
}

static int
lo_detach(struct netmsg *msg)
{
	struct socket *so = msg->nm_so;
	struct lopcb *lp = sotolp(so);
	struct lo_pcpu *pc = &lo_pcpu[lp->lp_listcpu];

	lo_unbind(lp);
	if (so->so_type == SOCK_DGRAM) {
		lwkt_gettoken(&so->so_token);
		lo_dgram_disconnect(lp);
		lwkt_reltoken(&so->so_token);
		lo_dgram_drop_refs(so);
	}
	spin_lock(&pc->spin);
	TAILQ_REMOVE(&pc->list, &lp->lp_unp, unp_link);
	spin_unlock(&pc->spin);
	return (0);
}

/* ---- connecting ---- */

static int
lo_listen(struct netmsg *msg)
{
	struct lopcb *lp = sotolp(msg->nm_so);

	if (lp->lp_unp.unp_vnode == NULL)
		return (EINVAL);
	cru2x(msg->nm_td->td_ucred, &lp->lp_unp.unp_peercred);
	lp->lp_unp.unp_flags |= UNP_HAVEPCCACHED;
	return (0);
}

/*
 * Connect so to the listening socket head: make the other end, and queue it.
 * so_token of so is held, but may be lost; SS_ISCONNECTING keeps others out.
 */
static int
lo_stream_connect(struct socket *so, struct socket *head, struct thread *td)
{
	struct lopcb *lp = sotolp(so), *lp2, *hlp = sotolp(head);
	struct xucred listener;
	struct sockaddr_un *haddr;
	struct socket *so2;
	int error;

	sb_ref(so->so_snd);
	sb_ref(so->so_rcv);
	error = sonewconn(head, so->so_snd, so->so_rcv, head->so_cred, &so2);
	if (error)
		return (error == ENOBUFS ? ECONNREFUSED : error);
	lp2 = sotolp(so2);
	lwkt_gettoken(&head->so_token);
	haddr = sun_dup(hlp->lp_unp.unp_addr);
	listener = hlp->lp_unp.unp_peercred;
	lwkt_reltoken(&head->so_token);
	lp2->lp_unp.unp_addr = haddr;
	lp2->lp_peeraddr = sun_dup(lp->lp_unp.unp_addr);
	lp2->lp_unp.unp_conn = &lp->lp_unp;
	cru2x(td->td_ucred, &lp2->lp_unp.unp_peercred);
	lp2->lp_unp.unp_flags |= UNP_HAVEPC;
	haddr = sun_dup(haddr);
	atomic_set_int(&so2->so_state, SS_ISCONNECTED);
	lp->lp_unp.unp_conn = &lp2->lp_unp;
	error = soqueue(head, so2);
	if (error) {
		lp->lp_unp.unp_conn = NULL;
		kfree(haddr, M_SONAME);
		sodiscard(so2);
		return (error);
	}
	lp->lp_peeraddr = haddr;
	lp->lp_unp.unp_peercred = listener;
	lp->lp_unp.unp_flags |= UNP_HAVEPC;
	return (0);
}

/* Send to so2 from now on; so_token held. */
static int
lo_dgram_connect(struct socket *so, struct socket *so2)
{
	struct lopcb *lp = sotolp(so), *lp2 = sotolp(so2);
	int error = 0;

	lwkt_gettoken(&so2->so_token);
	if (so2->so_state & SS_ISCLOSING) {
		error = ECONNREFUSED;
	} else if (lp->lp_unp.unp_conn != NULL) {
		error = EISCONN;	/* another thread's connect() */
	} else {
		soref(so2);
		lp->lp_unp.unp_conn = &lp2->lp_unp;
		LIST_INSERT_HEAD(&lp2->lp_unp.unp_refs, &lp->lp_unp,
		    unp_reflink);
	}
	lwkt_reltoken(&so2->so_token);
	if (error == 0)
		soisconnected(so);
	return (error);
}

static int
lo_connect(struct netmsg *msg)
{
	struct socket *so = msg->nm_so, *so2;
	int error;

	if (so->so_type == SOCK_DGRAM) {
		error = lo_lookup(msg->nm_nam, msg->nm_td, &so2);
		if (error)
			return (error);
		error = so2->so_type != so->so_type ? EPROTOTYPE :
		    lo_dgram_connect(so, so2);
		sorele(so2);
		return (error);
	}
	atomic_set_int(&so->so_state, SS_ISCONNECTING);
	error = lo_lookup(msg->nm_nam, msg->nm_td, &so2);
	if (error == 0) {
		if (so2->so_type != so->so_type)
			error = EPROTOTYPE;
		else if ((so2->so_options & SO_ACCEPTCONN) == 0)
			error = ECONNREFUSED;
		else
			error = lo_stream_connect(so, so2, msg->nm_td);
		sorele(so2);
	}
	if (error)
		atomic_clear_int(&so->so_state, SS_ISCONNECTING);
	else
		soisconnected(so);
	return (error);
}

/* socketpair(2): both are new, and a stream's buffers are shared already. */
static int
lo_connect2(struct netmsg *msg)
{
	struct socket *so = msg->nm_so, *so2 = msg->nm_so2;
	struct lopcb *lp = sotolp(so), *lp2 = sotolp(so2);
	int error;

	cru2x(msg->nm_td->td_ucred, &lp->lp_unp.unp_peercred);
	lp2->lp_unp.unp_peercred = lp->lp_unp.unp_peercred;
	lp->lp_unp.unp_flags |= UNP_HAVEPC;
	lp2->lp_unp.unp_flags |= UNP_HAVEPC;
	if (so->so_type == SOCK_DGRAM) {
		error = lo_dgram_connect(so, so2);
		if (error == 0)
			error = lo_dgram_connect(so2, so);
		return (error);
	}
	lp->lp_unp.unp_conn = &lp2->lp_unp;
	lp2->lp_unp.unp_conn = &lp->lp_unp;
	soisconnected(so);
	soisconnected(so2);
	return (0);
}

static int
lo_disconnect(struct netmsg *msg)
{
	struct socket *so = msg->nm_so;

	if (so->so_type == SOCK_DGRAM) {
		lwkt_gettoken(&so->so_token);
		lo_dgram_disconnect(sotolp(so));
		lwkt_reltoken(&so->so_token);
		return (0);
	}
	atomic_clear_int(&so->so_state, SS_ISCONNECTED);
	atomic_set_int(&so->so_state, SS_ISDISCONNECTED);
	return (0);
}

static int
lo_shutdown(struct netmsg *msg)
{
	if (msg->nm_flags != SHUT_RD)
		sb_shut(msg->nm_so->so_snd, SB_WEOF);
	return (0);
}

/* ---- data ---- */

/* control, then m: one record. */
static __inline struct mbuf *
lo_join(struct mbuf *control, struct mbuf *m)
{
	struct mbuf *last;

	if (control == NULL)
		return (m);
	for (last = control; last->m_next != NULL; last = last->m_next)
		;
	last->m_next = m;
	return (control);
}

static int
lo_stream_send(struct netmsg *msg)
{
	struct socket *so = msg->nm_so;
	struct sockbuf *sb = so->so_snd;
	struct mbuf *m = msg->nm_m, *last;
	int error;

	if (__predict_false(msg->nm_control != NULL)) {
		error = lo_internalize(&msg->nm_control, msg->nm_td);
		if (error) {
			m_freem(m);
			return (error);
		}
		m = lo_join(msg->nm_control, m);
	} else if (so->so_type == SOCK_STREAM && m->m_len == 0 &&
	    m->m_next == NULL) {
		m_free(m);
		m = NULL;
	}
	if (__predict_false(msg->nm_flags & MSG_EOR) && m != NULL) {
		for (last = m; last->m_next != NULL; last = last->m_next)
			;
		last->m_flags |= M_EOR;
	}
	lwkt_gettoken(&sb->sb_token);
	if (__predict_false(sb->sb_flags & (SB_WEOF | SB_REOF))) {
		lwkt_reltoken(&sb->sb_token);
		so_dispose(so, m);
		return (EPIPE);
	}
	if (m != NULL) {
		if (so->so_type == SOCK_STREAM)
			sb_append_stream(sb, m);
		else
			sb_append_record(sb, m);
	}
	sb_check(sb);
	lwkt_reltoken(&sb->sb_token);
	if (m != NULL)
		sb_wakeup_reader(sb);
	if (__predict_false(msg->nm_flags & MSG_EOF))
		sb_shut(sb, SB_WEOF);
	return (0);
}

/* The sender's address, in an mbuf; so_token is taken. */
static struct mbuf *
lo_sender(struct socket *so)
{
	struct lopcb *lp = sotolp(so);
	const struct sockaddr *sa;
	struct mbuf *m;

	m = m_get(M_WAITOK, MT_SONAME);
	lwkt_gettoken(&so->so_token);
	sa = lp->lp_unp.unp_addr != NULL ?
	    (struct sockaddr *)lp->lp_unp.unp_addr : &lo_noname;
	m->m_len = sa->sa_len;
	bcopy(sa, m->m_data, m->m_len);
	lwkt_reltoken(&so->so_token);
	return (m);
}

/* Where a datagram goes: a referenced socket. */
static int
lo_receiver(struct netmsg *msg, struct socket **aso)
{
	struct socket *so = msg->nm_so, *so2 = NULL;
	struct unpcb *peer;
	int error;

	if (msg->nm_nam != NULL) {
		error = lo_lookup(msg->nm_nam, msg->nm_td, &so2);
		if (error == 0 && so2->so_type != so->so_type) {
			sorele(so2);
			error = EPROTOTYPE;
		}
		*aso = so2;
		return (error);
	}
	lwkt_gettoken(&so->so_token);
	peer = sotolp(so)->lp_unp.unp_conn;
	if (peer != NULL) {
		so2 = peer->unp_socket;
		soref(so2);
	}
	lwkt_reltoken(&so->so_token);
	*aso = so2;
	return (so2 == NULL ? ENOTCONN : 0);
}

static int
lo_dgram_send(struct netmsg *msg)
{
	struct mbuf *m = msg->nm_m;
	struct sockbuf *sb;
	struct socket *so2;
	u_int len = m_lengthm(m);
	int error;

	if (msg->nm_control != NULL) {
		error = lo_internalize(&msg->nm_control, msg->nm_td);
		if (error) {
			m_freem(m);
			return (error);
		}
		m = lo_join(msg->nm_control, m);
	}
	error = lo_receiver(msg, &so2);
	if (error) {
		so_dispose(msg->nm_so, m);
		return (error);
	}
	m = lo_join(lo_sender(msg->nm_so), m);
	sb = so2->so_rcv;
	lwkt_gettoken(&sb->sb_token);
	if (sb->sb_flags & SB_REOF)
		error = ECONNREFUSED;
	else if (sb_space(sb) < (long)MAX(len, 1))
		error = ENOBUFS;
	else
		sb_append_record(sb, m);
	sb_check(sb);
	lwkt_reltoken(&sb->sb_token);
	if (error)
		so_dispose(msg->nm_so, m);
	else
		sb_wakeup_reader(sb);
	sorele(so2);
	return (error);
}

/* ---- questions ---- */

static int
lo_sockaddr(struct netmsg *msg)
{
	struct socket *so = msg->nm_so;

	lwkt_gettoken(&so->so_token);
	msg->nm_nam = sun_or_noname(sotolp(so)->lp_unp.unp_addr);
	lwkt_reltoken(&so->so_token);
	return (0);
}

static int
lo_peeraddr(struct netmsg *msg)
{
	struct socket *so = msg->nm_so, *so2;
	int error;

	if (so->so_type == SOCK_DGRAM) {
		msg->nm_nam = NULL;
		error = lo_receiver(msg, &so2);
		if (error)
			return (error);
		lwkt_gettoken(&so2->so_token);
		msg->nm_nam = sun_or_noname(sotolp(so2)->lp_unp.unp_addr);
		lwkt_reltoken(&so2->so_token);
		sorele(so2);
		return (0);
	}
	if ((so->so_state & SS_ISCONNECTED) == 0)
		return (ENOTCONN);
	msg->nm_nam = sun_or_noname(sotolp(so)->lp_peeraddr);
	return (0);
}

static int
lo_sense(struct netmsg *msg)
{
	msg->nm_stat->st_ino = sotolp(msg->nm_so)->lp_unp.unp_gencnt;
	return (0);
}

static int
lo_ctloutput(struct netmsg *msg)
{
	struct lopcb *lp = sotolp(msg->nm_so);
	struct sockopt *sopt = msg->nm_sopt;

	if (sopt->sopt_level != 0 || sopt->sopt_dir != SOPT_GET ||
	    sopt->sopt_name != LOCAL_PEERCRED)
		return (ENOPROTOOPT);
	if ((lp->lp_unp.unp_flags & UNP_HAVEPC) == 0)
		return (msg->nm_so->so_type == SOCK_DGRAM ? EINVAL : ENOTCONN);
	return (sooptcopyout(sopt, &lp->lp_unp.unp_peercred,
	    sizeof(lp->lp_unp.unp_peercred)));
}

static struct pr_usrreqs lo_stream_usrreqs = {
	.pru_attach = lo_attach,
	.pru_detach = lo_detach,
	.pru_bind = lo_bind,
	.pru_listen = lo_listen,
	.pru_connect = lo_connect,
	.pru_connect2 = lo_connect2,
	.pru_accept = lo_peeraddr,
	.pru_disconnect = lo_disconnect,
	.pru_shutdown = lo_shutdown,
	.pru_send = lo_stream_send,
	.pru_sockaddr = lo_sockaddr,
	.pru_peeraddr = lo_peeraddr,
	.pru_sense = lo_sense,
	.pru_ctloutput = lo_ctloutput,
};

static struct pr_usrreqs lo_dgram_usrreqs = {
	.pru_attach = lo_attach,
	.pru_detach = lo_detach,
	.pru_bind = lo_bind,
	.pru_connect = lo_connect,
	.pru_connect2 = lo_connect2,
	.pru_disconnect = lo_disconnect,
	.pru_shutdown = lo_shutdown,
	.pru_send = lo_dgram_send,
	.pru_sockaddr = lo_sockaddr,
	.pru_peeraddr = lo_peeraddr,
	.pru_sense = lo_sense,
	.pru_ctloutput = lo_ctloutput,
};

static struct protosw lo_protosw[] = {
	{ SOCK_STREAM, 0, PR_CONNREQUIRED | PR_RIGHTS, NULL,
	    &lo_stream_usrreqs, &netmsg_inplace_port, &lo_stream_space,
	    &lo_stream_space, lo_free },
	{ SOCK_DGRAM, 0, PR_ATOMIC | PR_ADDR | PR_RIGHTS, NULL,
	    &lo_dgram_usrreqs, &netmsg_inplace_port, &lo_dgram_sendspace,
	    &lo_dgram_recvspace, lo_free },
	{ SOCK_SEQPACKET, 0, PR_ATOMIC | PR_CONNREQUIRED | PR_RIGHTS, NULL,
	    &lo_stream_usrreqs, &netmsg_inplace_port, &lo_stream_space,
	    &lo_stream_space, lo_free },
};

struct domain localdomain = {
	.dom_family = AF_LOCAL,
	.dom_name = "local",
	.dom_protosw = lo_protosw,
	.dom_nproto = nitems(lo_protosw),
	.dom_externalize = lo_externalize,
	.dom_dispose = lo_dispose,
};
DOMAIN_SET(localdomain);

/* ---- sysctl ---- */

/* What net.local.*.pcblist says of a block; its socket is referenced. */
static void
lo_describe(struct socket *so, struct xunpcb *xu)
{
	struct lopcb *lp = sotolp(so);
	const struct sockaddr_un *peer;

	bzero(xu, sizeof(*xu));
	xu->xu_len = sizeof(*xu);
	xu->xu_unpp = &lp->lp_unp;
	lwkt_gettoken(&so->so_token);
	xu->xu_unp = lp->lp_unp;
	if (lp->lp_unp.unp_addr != NULL)
		bcopy(lp->lp_unp.unp_addr, &xu->xu_addr,
		    MIN(lp->lp_unp.unp_addr->sun_len, sizeof(xu->xu_addr)));
	peer = so->so_type == SOCK_DGRAM ? (lp->lp_unp.unp_conn != NULL ?
	    lp->lp_unp.unp_conn->unp_addr : NULL) : lp->lp_peeraddr;
	if (peer != NULL)
		bcopy(peer, &xu->xu_caddr,
		    MIN(peer->sun_len, sizeof(xu->xu_caddr)));
	lwkt_reltoken(&so->so_token);
	sotoxsocket(so, &xu->xu_socket);
}

/* A reference unless the last one is gone. */
static int
soref_try(struct socket *so)
{
	u_int refs = so->so_refs;

	while (refs != 0) {
		if (atomic_fcmpset_int(&so->so_refs, &refs, refs + 1))
			return (1);
	}
	return (0);
}

static int
sysctl_lo_pcblist(SYSCTL_HANDLER_ARGS)
{
	struct xunpcb *xu;
	struct unpcb *unp;
	struct socket *so, **sos;
	int cpu, error = 0, i, max, n;

	xu = kmalloc(sizeof(*xu), M_TEMP, M_WAITOK);
	for (cpu = 0; cpu < ncpus && error == 0; cpu++) {
		struct lo_pcpu *pc = &lo_pcpu[cpu];

		max = n = 0;
		spin_lock(&pc->spin);
		TAILQ_FOREACH(unp, &pc->list, unp_link)
			max++;
		spin_unlock(&pc->spin);
		sos = kmalloc((max + 1) * sizeof(*sos), M_TEMP, M_WAITOK);
		spin_lock(&pc->spin);
		TAILQ_FOREACH(unp, &pc->list, unp_link) {
			so = unp->unp_socket;
			if (n < max && so->so_type == arg2 && soref_try(so))
				sos[n++] = so;
		}
		spin_unlock(&pc->spin);
		for (i = 0; i < n; i++) {
			if (error == 0 && ucred_cansee(req->td->td_ucred,
			    sos[i]->so_cred) == 0) {
				lo_describe(sos[i], xu);
				error = SYSCTL_OUT(req, xu, sizeof(*xu));
			}
			sorele(sos[i]);
		}
		kfree(sos, M_TEMP);
	}
	kfree(xu, M_TEMP);
	return (error);
}
SYSCTL_PROC(_net_local_stream, OID_AUTO, pcblist, CTLTYPE_OPAQUE | CTLFLAG_RD,
    NULL, SOCK_STREAM, sysctl_lo_pcblist, "S,xunpcb", "Stream sockets");
SYSCTL_PROC(_net_local_dgram, OID_AUTO, pcblist, CTLTYPE_OPAQUE | CTLFLAG_RD,
    NULL, SOCK_DGRAM, sysctl_lo_pcblist, "S,xunpcb", "Datagram sockets");
SYSCTL_PROC(_net_local_seqpacket, OID_AUTO, pcblist,
    CTLTYPE_OPAQUE | CTLFLAG_RD, NULL, SOCK_SEQPACKET, sysctl_lo_pcblist,
    "S,xunpcb", "Sequenced packet sockets");
