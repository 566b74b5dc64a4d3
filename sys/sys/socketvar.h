/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sockets inside the kernel, and as sysctl shows them.
 *
 * A struct socket is what a descriptor, or a protocol, holds; so_proto says
 * which protocol it speaks, so_pcb is that protocol's.  Requests to the
 * protocol are messages to so_port (<net/netmsg.h>); data waits in so_rcv
 * and so_snd (<sys/sockbuf.h>).
 *
 * A reference (so_refs) is held by the open file, by the accept queue the
 * socket waits in, and by protocols.  The last one frees the memory; what
 * the socket means ends before that, in soclose().
 *
 * Locks: (t) so_token; (a) atomic; (I) immutable once the socket is found by
 * others; (q) so_token of so_head.
 */
#ifndef _SYS_SOCKETVAR_H_
#define _SYS_SOCKETVAR_H_

#include <sys/types.h>
#include <sys/socket.h>

/* so_state */
#define SS_NOFDREF		0x0001	/* no open file any more */
#define SS_ISCONNECTED		0x0002	/* to a peer */
#define SS_ISCONNECTING		0x0004	/* on the way there */
#define SS_ISDISCONNECTING	0x0008
#define SS_CANTSENDMORE		0x0010
#define SS_CANTRCVMORE		0x0020
#define SS_RCVATMARK		0x0040	/* next byte is behind the mark */
#define SS_ISCLOSING		0x0080
#define SS_ASSERTINPROG		0x0100
#define SS_ASYNC		0x0200	/* SIGIO wanted */
#define SS_ISCONFIRMING		0x0400
#define SS_INCOMP		0x0800	/* queued, handshake not done */
#define SS_COMP			0x1000	/* queued, to be accepted */
#define SS_ISDISCONNECTED	0x2000	/* was connected */
#define SS_ACCEPTMECH		0x4000

/* As sysctl shows them. */
struct xsockbuf {
	u_long	sb_cc;
	u_long	sb_hiwat;
	u_long	sb_mbcnt;
	u_long	sb_mbmax;
	long	sb_lowat;
	u_int	sb_timeo;
	short	sb_flags;
};

struct xsocket {
	size_t	xso_len;		/* of this structure */
	struct socket *xso_so;		/* as in struct kinfo_file */
	short	so_type;
	short	so_options;
	short	so_linger;
	short	so_state;
	void	*so_pcb;
	int	xso_protocol;
	int	xso_family;
	short	so_qlen;
	short	so_incqlen;
	short	so_qlimit;
	short	so_timeo;
	u_short	so_error;
	pid_t	so_pgid;
	u_long	so_oobmark;
	struct xsockbuf so_rcv;
	struct xsockbuf so_snd;
	uid_t	so_uid;
};

#ifdef _KERNEL

#include <sys/queue.h>
#include <sys/sockbuf.h>
#include <sys/msgport.h>

struct file;
struct mbuf;
struct protosw;
struct stat;
struct sysmsg;
struct thread;
struct ucred;
struct uio;

TAILQ_HEAD(socketq, socket);

struct socket {
	struct lwkt_token so_token;
	u_int		so_refs;	/* (a) */
	short		so_type;	/* (I) SOCK_* */
	short		so_linger;	/* (t) seconds */
	volatile u_int	so_options;	/* (a) SO_* below 0x10000 */
	volatile u_int	so_state;	/* (a) SS_* */
	volatile int	so_error;	/* (a) pending, for the next call */
	struct protosw	*so_proto;	/* (I) */
	void		*so_pcb;	/* (I) protocol's, freed with it */
	lwkt_port_t	so_port;	/* (I) where requests go */
	struct sockbuf	*so_rcv;	/* (I) */
	struct sockbuf	*so_snd;	/* (I) */
	int		so_rcvtimeo;	/* (t) ticks, 0: none */
	int		so_sndtimeo;	/* (t) */
	struct ucred	*so_cred;	/* (I) of who made it */

	/* A listening socket's queues, and its place in one. */
	struct socketq	so_incomp;	/* (t) handshake not done */
	struct socketq	so_comp;	/* (t) to be accepted */
	int		so_incqlen;	/* (t) */
	int		so_qlen;	/* (t) */
	int		so_qlimit;	/* (t) */
	struct socket	*so_head;	/* (q) listener it is queued at */
	TAILQ_ENTRY(socket) so_list;	/* (q) */
};

/* An option being set or read. */
enum sopt_dir { SOPT_GET, SOPT_SET };

struct sockopt {
	enum sopt_dir	sopt_dir;
	int		sopt_level;
	int		sopt_name;
	void		*sopt_val;	/* kernel memory */
	size_t		sopt_valsize;	/* room; on return: length */
};

extern struct fileops socketops;
extern int somaxconn;			/* kern.ipc.somaxconn */
extern int maxsockets;			/* kern.ipc.maxsockets */

/* ---- uipc_socket.c ---- */
/* A new socket with one reference.  ENOBUFS, EPROTONOSUPPORT... */
int	socreate(int dom, struct socket **aso, int type, int proto,
	    struct thread *td);
/*
 * A socket for a connection that arrives at head, with the given buffers
 * (whose references become its own); attached, not queued.
 */
int	sonewconn(struct socket *head, struct sockbuf *rcv,
	    struct sockbuf *snd, struct ucred *cred, struct socket **aso);
/* Two that are connected to each other, for socketpair(2). */
int	socreatepair(int dom, int type, int proto, struct thread *td,
	    struct socket **aso1, struct socket **aso2);
/* Undo the making of one that was never connected or queued. */
void	sodiscard(struct socket *so);
/* Queue it to be accepted: ECONNREFUSED if head has enough or is closed. */
int	soqueue(struct socket *head, struct socket *so);
void	soref(struct socket *so);
void	sorele(struct socket *so);
int	soclose(struct socket *so);
/* Close the connections queued at so. */
void	soabort_queue(struct socket *so);
int	solisten(struct socket *so, int backlog, struct thread *td);
/* Take a connection off the queue; its reference is the caller's. */
int	soaccept_wait(struct socket *head, struct socket **aso, int nonblock);
int	soconnect(struct socket *so, struct sockaddr *nam, struct thread *td);
int	soconnect_wait(struct socket *so);
int	soshutdown(struct socket *so, int how);
/* Throw what has been received away, file references and all. */
void	sorflush(struct socket *so);
/* Note an error for the next call, and wake all. */
void	soseterror(struct socket *so, int error);
int	sotakeerror(struct socket *so);
void	soisconnected(struct socket *so);
/* A sysctl record. */
void	sotoxsocket(struct socket *so, struct xsocket *xso);

/* ---- uipc_sockio.c ---- */
/*
 * Send the uio (or the chain top).  control is consumed in any case.  flags:
 * MSG_*.  Data sent is what uio_resid lost.
 */
int	sosend(struct socket *so, struct sockaddr *addr, struct uio *uio,
	    struct mbuf *top, struct mbuf *control, int flags,
	    struct thread *td);
/*
 * Receive into the uio.  *psa: address of the sender, to be kfree'd with
 * M_SONAME.  *controlp: chain of MT_CONTROL mbufs, still the protocol's
 * internal form (dom_externalize).  *flagsp: MSG_* in and out.  Any may be
 * NULL; control messages not asked for are disposed of.
 */
int	soreceive(struct socket *so, struct sockaddr **psa, struct uio *uio,
	    struct mbuf **controlp, int *flagsp);
void	so_dispose(struct socket *so, struct mbuf *m);

/* ---- uipc_rights.c ---- */
/* Look for sockets that only messages in each other refer to. */
void	unp_gc_schedule(void);

/* ---- uipc_sockopt.c ---- */
int	sosetopt(struct socket *so, struct sockopt *sopt);
int	sogetopt(struct socket *so, struct sockopt *sopt);
int	sooptcopyin(struct sockopt *sopt, void *buf, size_t len);
int	sooptcopyout(struct sockopt *sopt, const void *buf, size_t len);

/* ---- sys_socket.c ---- */
int	soo_kqfilter(struct file *fp, struct knote *kn);
/* Is a call on fp, with O_F* flags, not to block? */
int	soo_nonblock(struct file *fp, int fflags);

/* ---- uipc_syscalls.c ---- */
int	getsockaddr(struct sockaddr **namp, caddr_t uaddr, size_t len);
struct sockaddr *dup_sockaddr(const struct sockaddr *sa);

MALLOC_DECLARE(M_SONAME);
MALLOC_DECLARE(M_SOCKET);

#endif /* _KERNEL */

#endif /* !_SYS_SOCKETVAR_H_ */
