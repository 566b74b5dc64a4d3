/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sockets.
 */
#ifndef _SYS_SOCKET_H_
#define _SYS_SOCKET_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <sys/_iovec.h>
#include <machine/alignbytes.h>

#ifndef _SA_FAMILY_T_DECLARED
#define _SA_FAMILY_T_DECLARED
typedef __uint8_t	sa_family_t;
#endif
#ifndef _SOCKLEN_T_DECLARED
#define _SOCKLEN_T_DECLARED
typedef __socklen_t	socklen_t;
#endif

/* Types. */
#define SOCK_STREAM	1
#define SOCK_DGRAM	2
#define SOCK_RAW	3
#define SOCK_RDM	4
#define SOCK_SEQPACKET	5
#define SOCK_CLOEXEC	0x10000000
#define SOCK_NONBLOCK	0x20000000

/* Options at level SOL_SOCKET. */
#define SO_DEBUG	0x0001
#define SO_ACCEPTCONN	0x0002
#define SO_REUSEADDR	0x0004
#define SO_KEEPALIVE	0x0008
#define SO_DONTROUTE	0x0010
#define SO_BROADCAST	0x0020
#define SO_USELOOPBACK	0x0040
#define SO_LINGER	0x0080
#define SO_OOBINLINE	0x0100
#define SO_REUSEPORT	0x0200
#define SO_TIMESTAMP	0x0400
#define SO_NOSIGPIPE	0x0800
#define SO_ACCEPTFILTER	0x1000
#define SO_RERROR	0x2000
#define SO_SNDBUF	0x1001
#define SO_RCVBUF	0x1002
#define SO_SNDLOWAT	0x1003
#define SO_RCVLOWAT	0x1004
#define SO_SNDTIMEO	0x1005
#define SO_RCVTIMEO	0x1006
#define SO_ERROR	0x1007
#define SO_TYPE		0x1008
#define SO_SNDSPACE	0x100a
#define SO_CPUHINT	0x1030
#define SOL_SOCKET	0xffff

struct linger {
	int	l_onoff;
	int	l_linger;		/* seconds */
};

struct accept_filter_arg {
	char	af_name[16];
	char	af_arg[256 - 16];
};

/* Address families. */
#define AF_UNSPEC		0
#define AF_LOCAL		1
#define AF_UNIX			1
#define AF_INET			2
#define AF_IMPLINK		3
#define AF_PUP			4
#define AF_CHAOS		5
#define AF_NETBIOS		6
#define AF_ISO			7
#define AF_OSI			7
#define AF_ECMA			8
#define AF_DATAKIT		9
#define AF_CCITT		10
#define AF_SNA			11
#define AF_DECnet		12
#define AF_DLI			13
#define AF_LAT			14
#define AF_HYLINK		15
#define AF_APPLETALK		16
#define AF_ROUTE		17
#define AF_LINK			18
#define pseudo_AF_XTP		19
#define AF_COIP			20
#define AF_CNT			21
#define pseudo_AF_RTIP		22
#define AF_IPX			23
#define AF_SIP			24
#define pseudo_AF_PIP		25
#define AF_ISDN			26
#define AF_E164			26
#define pseudo_AF_KEY		27
#define AF_INET6		28
#define AF_NATM			29
#define AF_ATM			30
#define pseudo_AF_HDRCMPLT	31
#define AF_NETGRAPH		32
#define AF_BLUETOOTH		33
#define AF_MPLS			34
#define AF_IEEE80211		35
#define AF_MAX			36

/* Longest address. */
#define SOCK_MAXADDRLEN	255

struct sockaddr {
	__uint8_t	sa_len;
	sa_family_t	sa_family;
	char		sa_data[14];	/* more if sa_len says so */
};

struct sockproto {
	__uint16_t	sp_family;
	__uint16_t	sp_protocol;
};

/* Holds an address of any family. */
#define _SS_MAXSIZE	128
#define _SS_ALIGNSIZE	(sizeof(__int64_t))
#define _SS_PAD1SIZE	(_SS_ALIGNSIZE - sizeof(__uint8_t) - sizeof(sa_family_t))
#define _SS_PAD2SIZE	(_SS_MAXSIZE - sizeof(__uint8_t) - sizeof(sa_family_t) - \
			 _SS_PAD1SIZE - _SS_ALIGNSIZE)

struct sockaddr_storage {
	__uint8_t	ss_len;
	sa_family_t	ss_family;
	char		__ss_pad1[_SS_PAD1SIZE];
	__int64_t	__ss_align;
	char		__ss_pad2[_SS_PAD2SIZE];
};

/* Protocol families are the address families. */
#define PF_UNSPEC	0
#define PF_LOCAL	1
#define PF_UNIX		1
#define PF_INET		2
#define PF_IMPLINK	3
#define PF_PUP		4
#define PF_CHAOS	5
#define PF_NETBIOS	6
#define PF_ISO		7
#define PF_OSI		7
#define PF_ECMA		8
#define PF_DATAKIT	9
#define PF_CCITT	10
#define PF_SNA		11
#define PF_DECnet	12
#define PF_DLI		13
#define PF_LAT		14
#define PF_HYLINK	15
#define PF_APPLETALK	16
#define PF_ROUTE	17
#define PF_LINK		18
#define PF_XTP		19
#define PF_COIP		20
#define PF_CNT		21
#define PF_SIP		24
#define PF_IPX		23
#define PF_RTIP		22
#define PF_PIP		25
#define PF_ISDN		26
#define PF_KEY		27
#define PF_INET6	28
#define PF_NATM		29
#define PF_ATM		30
#define PF_NETGRAPH	32
#define PF_BLUETOOTH	33
#define PF_MAX		36

/* sysctl net.routetable */
#define NET_MAXID	36
#define NET_RT_DUMP	1
#define NET_RT_FLAGS	2
#define NET_RT_IFLIST	3
#define NET_RT_MAXID	4

#define SOMAXCONN	128	/* longest queue of listen() */
#define SOMAXOPT_SIZE	65536	/* longest option */
#define SOMAXOPT_SIZE0	(32 * 1024 * 1024)

struct msghdr {
	void		*msg_name;	/* address */
	socklen_t	msg_namelen;
	struct iovec	*msg_iov;
	int		msg_iovlen;
	void		*msg_control;	/* control messages */
	socklen_t	msg_controllen;
	int		msg_flags;	/* MSG_*, received */
};

#define MSG_OOB			0x00000001
#define MSG_PEEK		0x00000002
#define MSG_DONTROUTE		0x00000004
#define MSG_EOR			0x00000008
#define MSG_TRUNC		0x00000010
#define MSG_CTRUNC		0x00000020
#define MSG_WAITALL		0x00000040
#define MSG_DONTWAIT		0x00000080
#define MSG_EOF			0x00000100
#define MSG_UNUSED09		0x00000200
#define MSG_NOSIGNAL		0x00000400
#define MSG_SYNC		0x00000800
#define MSG_CMSG_CLOEXEC	0x00001000
#define MSG_FBLOCKING		0x00010000
#define MSG_FNONBLOCKING	0x00020000
#define MSG_FMASK		0xffff0000

/* Header of a control message. */
struct cmsghdr {
	socklen_t	cmsg_len;	/* header included */
	int		cmsg_level;
	int		cmsg_type;
};

/* Most groups of the credentials below. */
#define CMGROUP_MAX	16

/* SCM_CREDS */
struct cmsgcred {
	pid_t	cmcred_pid;
	uid_t	cmcred_uid;
	uid_t	cmcred_euid;
	gid_t	cmcred_gid;
	short	cmcred_ngroups;
	gid_t	cmcred_groups[CMGROUP_MAX];
};

#define _CMSG_ALIGN(n)	__ALIGN(n)
#define CMSG_DATA(cmsg)	\
	((unsigned char *)(cmsg) + _CMSG_ALIGN(sizeof(struct cmsghdr)))
#define CMSG_NXTHDR(mhdr, cmsg)						\
	((cmsg) == NULL ? CMSG_FIRSTHDR(mhdr) :				\
	 (char *)(cmsg) + _CMSG_ALIGN((cmsg)->cmsg_len) +		\
	 _CMSG_ALIGN(sizeof(struct cmsghdr)) >				\
	 (char *)(mhdr)->msg_control + (mhdr)->msg_controllen ? NULL :	\
	 (struct cmsghdr *)(void *)((char *)(cmsg) +			\
	 _CMSG_ALIGN((cmsg)->cmsg_len)))
#define CMSG_FIRSTHDR(mhdr)						\
	((mhdr)->msg_controllen >= sizeof(struct cmsghdr) ?		\
	 (struct cmsghdr *)(mhdr)->msg_control : (struct cmsghdr *)NULL)
#define CMSG_SPACE(len)	\
	(_CMSG_ALIGN(sizeof(struct cmsghdr)) + _CMSG_ALIGN(len))
#define CMSG_LEN(len)	(_CMSG_ALIGN(sizeof(struct cmsghdr)) + (len))
#define CMSG_ALIGN(n)	_CMSG_ALIGN(n)

#define SCM_RIGHTS	0x1
#define SCM_TIMESTAMP	0x2
#define SCM_CREDS	0x3

/* shutdown() */
#define SHUT_RD		0
#define SHUT_WR		1
#define SHUT_RDWR	2

/* sendfile() */
struct sf_hdtr {
	struct iovec *headers;
	int	hdr_cnt;
	struct iovec *trailers;
	int	trl_cnt;
};

#ifndef _KERNEL
__BEGIN_DECLS
int	accept(int, struct sockaddr *__restrict, socklen_t *__restrict);
int	bind(int, const struct sockaddr *, socklen_t);
int	connect(int, const struct sockaddr *, socklen_t);
int	getpeername(int, struct sockaddr *__restrict, socklen_t *__restrict);
int	getsockname(int, struct sockaddr *__restrict, socklen_t *__restrict);
int	getsockopt(int, int, int, void *__restrict, socklen_t *__restrict);
int	listen(int, int);
ssize_t	recv(int, void *, size_t, int);
ssize_t	recvfrom(int, void *__restrict, size_t, int,
	    struct sockaddr *__restrict, socklen_t *__restrict);
ssize_t	recvmsg(int, struct msghdr *, int);
ssize_t	send(int, const void *, size_t, int);
ssize_t	sendmsg(int, const struct msghdr *, int);
ssize_t	sendto(int, const void *, size_t, int, const struct sockaddr *,
	    socklen_t);
int	setsockopt(int, int, int, const void *, socklen_t);
int	shutdown(int, int);
int	sockatmark(int);
int	socket(int, int, int);
int	socketpair(int, int, int, int *);
#if __BSD_VISIBLE
int	accept4(int, struct sockaddr *__restrict, socklen_t *__restrict, int);
int	extaccept(int, int, struct sockaddr *, socklen_t *);
int	extconnect(int, int, struct sockaddr *, socklen_t);
int	sendfile(int, int, off_t, size_t, struct sf_hdtr *, off_t *, int);
void	pfctlinput(int, struct sockaddr *);
#endif
__END_DECLS
#endif

#endif /* !_SYS_SOCKET_H_ */
