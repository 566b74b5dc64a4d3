/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Messages from sockets to protocols.
 *
 * Each socket has a port, so_port, that belongs to the CPU its protocol
 * block lives on.  A protocol thread takes messages from its port and calls
 * nm_func.  Protocols whose state any CPU may touch, such as the local
 * domain, use netmsg_inplace_port: it calls nm_func at once, in the sender's
 * thread, and nothing is ever queued.
 */
#ifndef _NET_NETMSG_H_
#define _NET_NETMSG_H_

#ifdef _KERNEL

#include <sys/msgport.h>
#include <sys/protosw.h>

struct mbuf;
struct sockaddr;
struct socket;
struct sockopt;
struct stat;
struct thread;

/* The sender's until sent, the protocol's until replied to. */
struct netmsg {
	struct lwkt_msg	nm_lmsg;	/* first */
	pru_fn_t	*nm_func;
	struct socket	*nm_so;
	struct thread	*nm_td;		/* on whose behalf */
	struct sockaddr	*nm_nam;	/* in, or out (kmalloc'd, M_SONAME) */
	struct mbuf	*nm_m;		/* consumed by pru_send */
	struct mbuf	*nm_control;	/* consumed by pru_send */
	int		nm_flags;
	u_long		nm_cmd;
	void		*nm_data;
	struct socket	*nm_so2;
	struct sockopt	*nm_sopt;
	struct stat	*nm_stat;
};

extern struct lwkt_port netmsg_inplace_port;

/* Each sends one request to so's protocol and waits for the result. */
int	so_pru_attach(struct socket *so, int proto, struct thread *td);
void	so_pru_detach(struct socket *so);
int	so_pru_bind(struct socket *so, struct sockaddr *nam,
	    struct thread *td);
int	so_pru_listen(struct socket *so, struct thread *td);
int	so_pru_connect(struct socket *so, struct sockaddr *nam,
	    struct thread *td);
int	so_pru_connect2(struct socket *so, struct socket *so2);
int	so_pru_accept(struct socket *so, struct sockaddr **nam);
int	so_pru_disconnect(struct socket *so);
int	so_pru_shutdown(struct socket *so, int how);
int	so_pru_send(struct socket *so, int flags, struct mbuf *m,
	    struct sockaddr *addr, struct mbuf *control, struct thread *td);
void	so_pru_rcvd(struct socket *so, int flags);
int	so_pru_sockaddr(struct socket *so, struct sockaddr **nam);
int	so_pru_peeraddr(struct socket *so, struct sockaddr **nam);
int	so_pru_sense(struct socket *so, struct stat *sb);
int	so_pru_control(struct socket *so, u_long cmd, void *data);
int	so_pru_ctloutput(struct socket *so, struct sockopt *sopt);

#endif /* _KERNEL */

#endif /* !_NET_NETMSG_H_ */
