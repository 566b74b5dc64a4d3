/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Routing socket messages.
 */
#ifndef _NET_ROUTE_H_
#define _NET_ROUTE_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <sys/socket.h>

#define RTM_RTTUNIT	0xf4240

#define RTF_UP		0x00000001
#define RTF_GATEWAY	0x00000002
#define RTF_HOST	0x00000004
#define RTF_REJECT	0x00000008
#define RTF_DYNAMIC	0x00000010
#define RTF_MODIFIED	0x00000020
#define RTF_DONE	0x00000040
#define RTF_CLONING	0x00000100
#define RTF_XRESOLVE	0x00000200
#define RTF_LLINFO	0x00000400
#define RTF_STATIC	0x00000800
#define RTF_BLACKHOLE	0x00001000
#define RTF_PROTO2	0x00004000
#define RTF_PROTO1	0x00008000
#define RTF_PRCLONING	0x00010000
#define RTF_WASCLONED	0x00020000
#define RTF_PROTO3	0x00040000
#define RTF_PINNED	0x00100000
#define RTF_LOCAL	0x00200000
#define RTF_BROADCAST	0x00400000
#define RTF_MULTICAST	0x00800000
#define RTF_MPLSOPS	0x01000000

#define RTM_VERSION	7
#define RTM_ADD		1
#define RTM_DELETE	2
#define RTM_CHANGE	3
#define RTM_GET		4
#define RTM_LOSING	5
#define RTM_REDIRECT	6
#define RTM_MISS	7
#define RTM_LOCK	8
#define RTM_RESOLVE	11
#define RTM_NEWADDR	12
#define RTM_DELADDR	13
#define RTM_IFINFO	14
#define RTM_NEWMADDR	15
#define RTM_DELMADDR	16
#define RTM_IFANNOUNCE	17
#define RTM_IEEE80211	18

#define ROUTE_MSGFILTER	1
#define RO_MISSFILTER	2
#define RO_FILTSA_MAX	30

#define RTV_MTU		0x0001
#define RTV_HOPCOUNT	0x0002
#define RTV_EXPIRE	0x0004
#define RTV_RPIPE	0x0008
#define RTV_SPIPE	0x0010
#define RTV_SSTHRESH	0x0020
#define RTV_RTT		0x0040
#define RTV_RTTVAR	0x0080
#define RTV_MSL		0x0100
#define RTV_IWMAXSEGS	0x0200
#define RTV_IWCAPSEGS	0x0400

#define RTA_DST		0x0001
#define RTA_GATEWAY	0x0002
#define RTA_NETMASK	0x0004
#define RTA_GENMASK	0x0008
#define RTA_IFP		0x0010
#define RTA_IFA		0x0020
#define RTA_AUTHOR	0x0040
#define RTA_BRD		0x0080
#define RTA_MPLS1	0x0100
#define RTA_MPLS2	0x0200
#define RTA_MPLS3	0x0400

#define RTAX_DST	0
#define RTAX_GATEWAY	1
#define RTAX_NETMASK	2
#define RTAX_GENMASK	3
#define RTAX_IFP	4
#define RTAX_IFA	5
#define RTAX_AUTHOR	6
#define RTAX_BRD	7
#define RTAX_MPLS1	8
#define RTAX_MPLS2	9
#define RTAX_MPLS3	10
#define RTAX_MAX	11

struct route {
	struct rtentry *ro_rt;
	struct sockaddr ro_dst;
};

struct rt_metrics {
	u_long	rmx_locks;
	u_long	rmx_mtu;
	u_long	rmx_pksent;
	u_long	rmx_expire;
	u_long	rmx_sendpipe;
	u_long	rmx_ssthresh;
	u_long	rmx_rtt;
	u_long	rmx_rttvar;
	u_long	rmx_recvpipe;
	u_long	rmx_hopcount;
	u_short	rmx_mssopt;
	u_short	rmx_pad;
	u_long	rmx_msl;
	u_long	rmx_iwmaxsegs;
	u_long	rmx_iwcapsegs;
};

struct rtstatistics {
	u_long	rts_badredirect;
	u_long	rts_dynamic;
	u_long	rts_newgateway;
	u_long	rts_unreach;
	u_long	rts_wildcard;
	u_long	rts_pad[3];
};

struct rt_msghdr {
	u_short	rtm_msglen;
	u_char	rtm_version;
	u_char	rtm_type;
	u_short	rtm_index;
	int	rtm_flags;
	int	rtm_addrs;
	pid_t	rtm_pid;
	int	rtm_seq;
	int	rtm_errno;
	int	rtm_use;
	u_long	rtm_inits;
	struct rt_metrics rtm_rmx;
};

struct rt_addrinfo {
	int	rti_addrs;
	struct sockaddr *rti_info[11];
	int	rti_flags;
	struct ifaddr *rti_ifa;
	struct ifnet *rti_ifp;
};

#endif /* !_NET_ROUTE_H_ */
