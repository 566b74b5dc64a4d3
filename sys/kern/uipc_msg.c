/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Requests of sockets to protocols: see <net/netmsg.h>.
 *
 * Every function makes a message on its stack, sends it to the socket's port
 * and returns when the protocol is done with it.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/mbuf.h>
#include <sys/msgport2.h>
#include <sys/protosw.h>
#include <sys/socketvar.h>
#include <sys/thread.h>
#include <net/netmsg.h>

struct lwkt_port netmsg_inplace_port;

static int
netmsg_inplace_putport(lwkt_port_t port, lwkt_msg_t lmsg)
{
	struct netmsg *msg = (struct netmsg *)lmsg;

	return (msg->nm_func(msg));
}

static void
netmsg_init_ports(void *unused)
{
	lwkt_initport_putonly(&netmsg_inplace_port, netmsg_inplace_putport);
}
SYSINIT(netmsg, SI_SUB_PROTO_DOMAIN, SI_ORDER_FIRST, netmsg_init_ports, NULL);

static __inline void
netmsg_init(struct netmsg *msg, struct socket *so, pru_fn_t *func,
    struct thread *td)
{
	lwkt_initmsg(&msg->nm_lmsg, &curthread->td_msgport, 0);
	msg->nm_func = func;
	msg->nm_so = so;
	msg->nm_td = td;
}

static __inline int
netmsg_do(struct netmsg *msg)
{
	return (lwkt_domsg(msg->nm_so->so_port, &msg->nm_lmsg, 0));
}

#define REQ(so)	((so)->so_proto->pr_usrreqs)

int
so_pru_attach(struct socket *so, int proto, struct thread *td)
{
	struct netmsg msg;

	netmsg_init(&msg, so, REQ(so)->pru_attach, td);
	msg.nm_flags = proto;
	return (netmsg_do(&msg));
}

void
so_pru_detach(struct socket *so)
{
	struct netmsg msg;

	netmsg_init(&msg, so, REQ(so)->pru_detach, curthread);
	netmsg_do(&msg);
}

int
so_pru_bind(struct socket *so, struct sockaddr *nam, struct thread *td)
{
	struct netmsg msg;

	if (REQ(so)->pru_bind == NULL)
		return (EOPNOTSUPP);
	netmsg_init(&msg, so, REQ(so)->pru_bind, td);
	msg.nm_nam = nam;
	return (netmsg_do(&msg));
}

int
so_pru_listen(struct socket *so, struct thread *td)
{
	struct netmsg msg;

	if (REQ(so)->pru_listen == NULL)
		return (EOPNOTSUPP);
	netmsg_init(&msg, so, REQ(so)->pru_listen, td);
	return (netmsg_do(&msg));
}

int
so_pru_connect(struct socket *so, struct sockaddr *nam, struct thread *td)
{
	struct netmsg msg;

	if (REQ(so)->pru_connect == NULL)
		return (EOPNOTSUPP);
	netmsg_init(&msg, so, REQ(so)->pru_connect, td);
	msg.nm_nam = nam;
	return (netmsg_do(&msg));
}

int
so_pru_connect2(struct socket *so, struct socket *so2)
{
	struct netmsg msg;

	if (REQ(so)->pru_connect2 == NULL)
		return (EOPNOTSUPP);
	netmsg_init(&msg, so, REQ(so)->pru_connect2, curthread);
	msg.nm_so2 = so2;
	return (netmsg_do(&msg));
}

/* Requests that answer with an address. */
static int
netmsg_address(struct socket *so, pru_fn_t *func, struct sockaddr **nam)
{
	struct netmsg msg;
	int error;

	if (func == NULL)
		return (EOPNOTSUPP);
	netmsg_init(&msg, so, func, curthread);
	msg.nm_nam = NULL;
	error = netmsg_do(&msg);
	*nam = error ? NULL : msg.nm_nam;
	return (error);
}

int
so_pru_accept(struct socket *so, struct sockaddr **nam)
{
	return (netmsg_address(so, REQ(so)->pru_accept, nam));
}

int
so_pru_sockaddr(struct socket *so, struct sockaddr **nam)
{
	return (netmsg_address(so, REQ(so)->pru_sockaddr, nam));
}

int
so_pru_peeraddr(struct socket *so, struct sockaddr **nam)
{
	return (netmsg_address(so, REQ(so)->pru_peeraddr, nam));
}

int
so_pru_disconnect(struct socket *so)
{
	struct netmsg msg;

	if (REQ(so)->pru_disconnect == NULL)
		return (EOPNOTSUPP);
	netmsg_init(&msg, so, REQ(so)->pru_disconnect, curthread);
	return (netmsg_do(&msg));
}

int
so_pru_shutdown(struct socket *so, int how)
{
	struct netmsg msg;

	if (REQ(so)->pru_shutdown == NULL)
		return (EOPNOTSUPP);
	netmsg_init(&msg, so, REQ(so)->pru_shutdown, curthread);
	msg.nm_flags = how;
	return (netmsg_do(&msg));
}

int
so_pru_send(struct socket *so, int flags, struct mbuf *m,
    struct sockaddr *addr, struct mbuf *control, struct thread *td)
{
	struct netmsg msg;

	netmsg_init(&msg, so, REQ(so)->pru_send, td);
	msg.nm_flags = flags;
	msg.nm_m = m;
	msg.nm_nam = addr;
	msg.nm_control = control;
	return (netmsg_do(&msg));
}

void
so_pru_rcvd(struct socket *so, int flags)
{
	struct netmsg msg;

	netmsg_init(&msg, so, REQ(so)->pru_rcvd, curthread);
	msg.nm_flags = flags;
	netmsg_do(&msg);
}

int
so_pru_sense(struct socket *so, struct stat *sb)
{
	struct netmsg msg;

	if (REQ(so)->pru_sense == NULL)
		return (0);
	netmsg_init(&msg, so, REQ(so)->pru_sense, curthread);
	msg.nm_stat = sb;
	return (netmsg_do(&msg));
}

int
so_pru_control(struct socket *so, u_long cmd, void *data)
{
	struct netmsg msg;

	if (REQ(so)->pru_control == NULL)
		return (EOPNOTSUPP);
	netmsg_init(&msg, so, REQ(so)->pru_control, curthread);
	msg.nm_cmd = cmd;
	msg.nm_data = data;
	return (netmsg_do(&msg));
}

int
so_pru_ctloutput(struct socket *so, struct sockopt *sopt)
{
	struct netmsg msg;

	if (REQ(so)->pru_ctloutput == NULL)
		return (ENOPROTOOPT);
	netmsg_init(&msg, so, REQ(so)->pru_ctloutput, curthread);
	msg.nm_sopt = sopt;
	return (netmsg_do(&msg));
}
