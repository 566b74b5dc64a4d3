/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The local domain inside: see uipc_usrreq.c.
 *
 * Locks: (t) so_token of the block's socket; (r) so_token of the socket sent
 * to; (g) the mutex of uipc_rights.c; (l) the list's spinlock; (I) immutable.
 */
#ifndef _KERN_UIPC_LOCAL_H_
#define _KERN_UIPC_LOCAL_H_

#include <sys/unpcb.h>

struct mbuf;
struct netmsg;
struct thread;

/*
 * A protocol block: what programs may see, first, and the rest.
 *
 * Between stream sockets unp_conn is but the name of the peer's block, which
 * may be gone: the two share their buffers and need nothing else.  Between
 * datagram sockets it comes with a reference to the peer's socket.
 */
struct lopcb {
	struct unpcb	lp_unp;
	struct sockaddr_un *lp_peeraddr; /* (t) stream: where the peer is bound */
	int		lp_listcpu;	/* (I) list lp_unp.unp_link is on */
	TAILQ_ENTRY(lopcb) lp_flight;	/* (g) those in messages */
	struct lopcb	*lp_gcnext;	/* (g) work of the collector */
	int		lp_gcrefs;	/* (g) references not accounted for */
};

static __inline struct lopcb *
unptolp(struct unpcb *unp)
{
	return ((struct lopcb *)unp);
}

static __inline struct lopcb *
sotolp(struct socket *so)
{
	return (so->so_pcb);
}

extern struct domain localdomain;

/* uipc_loname.c: names in file systems. */
int	lo_bind(struct netmsg *msg);
/* The socket bound to nam, referenced. */
int	lo_lookup(struct sockaddr *nam, struct thread *td,
	    struct socket **aso);
void	lo_unbind(struct lopcb *lp);

/*
 * uipc_rights.c: control messages.  lo_internalize() replaces what the user
 * gave by a chain of MT_CONTROL mbufs with one checked message each.
 */
int	lo_internalize(struct mbuf **controlp, struct thread *td);
struct mbuf *lo_externalize(struct mbuf *control, size_t room, int *flags);
void	lo_dispose(struct mbuf *control);

#endif /* !_KERN_UIPC_LOCAL_H_ */
