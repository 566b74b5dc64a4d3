/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Protocols: what a socket layer needs to know of one.
 *
 * Requests reach a protocol as messages (<net/netmsg.h>): each entry of
 * struct pr_usrreqs is given the message and returns its result, or EASYNC
 * when it keeps the message and replies later.  A NULL entry: EOPNOTSUPP.
 */
#ifndef _SYS_PROTOSW_H_
#define _SYS_PROTOSW_H_

#ifdef _KERNEL

#include <sys/msgport.h>

struct domain;
struct netmsg;
struct socket;

typedef int	pru_fn_t(struct netmsg *msg);

struct pr_usrreqs {
	pru_fn_t	*pru_attach;	/* so_pcb for a new socket */
	pru_fn_t	*pru_detach;	/* closed: to be found no more */
	pru_fn_t	*pru_bind;	/* nm_nam */
	pru_fn_t	*pru_listen;
	pru_fn_t	*pru_connect;	/* nm_nam */
	pru_fn_t	*pru_connect2;	/* socketpair: nm_so2 */
	pru_fn_t	*pru_accept;	/* peer's address to nm_nam */
	pru_fn_t	*pru_disconnect;
	pru_fn_t	*pru_shutdown;	/* nm_flags: SHUT_* */
	pru_fn_t	*pru_send;	/* nm_m, nm_nam, nm_control, nm_flags */
	pru_fn_t	*pru_rcvd;	/* data was taken: PR_WANTRCVD */
	pru_fn_t	*pru_sockaddr;	/* own address to nm_nam */
	pru_fn_t	*pru_peeraddr;	/* peer's */
	pru_fn_t	*pru_sense;	/* nm_stat */
	pru_fn_t	*pru_control;	/* ioctl: nm_cmd, nm_data */
	pru_fn_t	*pru_ctloutput;	/* nm_sopt */
};

/* (I) all of it. */
struct protosw {
	short		pr_type;	/* SOCK_* */
	short		pr_protocol;	/* number, 0: the default */
	u_int		pr_flags;	/* PR_* */
	struct domain	*pr_domain;
	struct pr_usrreqs *pr_usrreqs;
	lwkt_port_t	pr_port;	/* a new socket's so_port */
	const u_long	*pr_sendspace;	/* a new socket's buffers */
	const u_long	*pr_recvspace;
	void		(*pr_free)(struct socket *so); /* free so_pcb */
};

#define PR_ATOMIC	0x01	/* each send is one message */
#define PR_ADDR		0x02	/* messages carry the sender's address */
#define PR_CONNREQUIRED	0x04	/* connect before sending */
#define PR_WANTRCVD	0x08	/* pru_rcvd wanted */
#define PR_RIGHTS	0x10	/* can pass descriptors */

#endif /* _KERNEL */

#endif /* !_SYS_PROTOSW_H_ */
