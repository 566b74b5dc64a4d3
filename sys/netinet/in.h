/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The Internet protocols: numbers, addresses, options.
 */
#ifndef _NETINET_IN_H_
#define _NETINET_IN_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <machine/endian.h>

#ifndef _IN_ADDR_T_DECLARED
#define _IN_ADDR_T_DECLARED
typedef uint32_t	in_addr_t;
#endif
#ifndef _IN_PORT_T_DECLARED
#define _IN_PORT_T_DECLARED
typedef uint16_t	in_port_t;
#endif
#ifndef _SA_FAMILY_T_DECLARED
#define _SA_FAMILY_T_DECLARED
typedef __uint8_t	sa_family_t;
#endif

/* Protocols. */
#define IPPROTO_IP		0
#define IPPROTO_HOPOPTS		0
#define IPPROTO_ICMP		1
#define IPPROTO_IGMP		2
#define IPPROTO_GGP		3
#define IPPROTO_IPV4		4
#define IPPROTO_IPIP		4
#define IPPROTO_TCP		6
#define IPPROTO_ST		7
#define IPPROTO_EGP		8
#define IPPROTO_PIGP		9
#define IPPROTO_RCCMON		10
#define IPPROTO_NVPII		11
#define IPPROTO_PUP		12
#define IPPROTO_ARGUS		13
#define IPPROTO_EMCON		14
#define IPPROTO_XNET		15
#define IPPROTO_CHAOS		16
#define IPPROTO_UDP		17
#define IPPROTO_MUX		18
#define IPPROTO_MEAS		19
#define IPPROTO_HMP		20
#define IPPROTO_PRM		21
#define IPPROTO_IDP		22
#define IPPROTO_TRUNK1		23
#define IPPROTO_TRUNK2		24
#define IPPROTO_LEAF1		25
#define IPPROTO_LEAF2		26
#define IPPROTO_RDP		27
#define IPPROTO_IRTP		28
#define IPPROTO_TP		29
#define IPPROTO_BLT		30
#define IPPROTO_NSP		31
#define IPPROTO_INP		32
#define IPPROTO_SEP		33
#define IPPROTO_3PC		34
#define IPPROTO_IDPR		35
#define IPPROTO_XTP		36
#define IPPROTO_DDP		37
#define IPPROTO_CMTP		38
#define IPPROTO_TPXX		39
#define IPPROTO_IL		40
#define IPPROTO_IPV6		41
#define IPPROTO_SDRP		42
#define IPPROTO_ROUTING		43
#define IPPROTO_FRAGMENT	44
#define IPPROTO_IDRP		45
#define IPPROTO_RSVP		46
#define IPPROTO_GRE		47
#define IPPROTO_MHRP		48
#define IPPROTO_BHA		49
#define IPPROTO_ESP		50
#define IPPROTO_AH		51
#define IPPROTO_INLSP		52
#define IPPROTO_SWIPE		53
#define IPPROTO_NHRP		54
#define IPPROTO_MOBILE		55
#define IPPROTO_TLSP		56
#define IPPROTO_SKIP		57
#define IPPROTO_ICMPV6		58
#define IPPROTO_NONE		59
#define IPPROTO_DSTOPTS		60
#define IPPROTO_AHIP		61
#define IPPROTO_CFTP		62
#define IPPROTO_HELLO		63
#define IPPROTO_SATEXPAK	64
#define IPPROTO_KRYPTOLAN	65
#define IPPROTO_RVD		66
#define IPPROTO_IPPC		67
#define IPPROTO_ADFS		68
#define IPPROTO_SATMON		69
#define IPPROTO_VISA		70
#define IPPROTO_IPCV		71
#define IPPROTO_CPNX		72
#define IPPROTO_CPHB		73
#define IPPROTO_WSN		74
#define IPPROTO_PVP		75
#define IPPROTO_BRSATMON	76
#define IPPROTO_ND		77
#define IPPROTO_WBMON		78
#define IPPROTO_WBEXPAK		79
#define IPPROTO_EON		80
#define IPPROTO_VMTP		81
#define IPPROTO_SVMTP		82
#define IPPROTO_VINES		83
#define IPPROTO_TTP		84
#define IPPROTO_IGP		85
#define IPPROTO_DGP		86
#define IPPROTO_TCF		87
#define IPPROTO_IGRP		88
#define IPPROTO_OSPFIGP		89
#define IPPROTO_SRPC		90
#define IPPROTO_LARP		91
#define IPPROTO_MTP		92
#define IPPROTO_AX25		93
#define IPPROTO_IPEIP		94
#define IPPROTO_MICP		95
#define IPPROTO_SCCSP		96
#define IPPROTO_ETHERIP		97
#define IPPROTO_ENCAP		98
#define IPPROTO_APES		99
#define IPPROTO_GMTP		100
#define IPPROTO_IPCOMP		108
#define IPPROTO_PIM		103
#define IPPROTO_CARP		112
#define IPPROTO_PGM		113
#define IPPROTO_PFSYNC		240
#define IPPROTO_DIVERT		254
#define IPPROTO_RAW		255
#define IPPROTO_MAX		256
#define IPPROTO_DONE		257
#define IPPROTO_UNKNOWN		258
#define IPPROTO_MAXID		52

/* Ports. */
#define IPPORT_RESERVED		1024
#define IPPORT_USERRESERVED	5000
#define IPPORT_HIFIRSTAUTO	49152
#define IPPORT_HILASTAUTO	65535
#define IPPORT_RESERVEDSTART	600
#define IPPORT_MAX		65535

#ifndef _STRUCT_IN_ADDR_DECLARED
#define _STRUCT_IN_ADDR_DECLARED
struct in_addr {
	in_addr_t	s_addr;		/* network byte order */
};
#endif

/* Classes, as they were; host byte order. */
#define IN_CLASSA(i)		(((in_addr_t)(i) & 0x80000000) == 0)
#define IN_CLASSB(i)		(((in_addr_t)(i) & 0xc0000000) == 0x80000000)
#define IN_CLASSC(i)		(((in_addr_t)(i) & 0xe0000000) == 0xc0000000)
#define IN_CLASSD(i)		(((in_addr_t)(i) & 0xf0000000) == 0xe0000000)
#define IN_MULTICAST(i)		IN_CLASSD(i)
#define IN_EXPERIMENTAL(i)	(((in_addr_t)(i) & 0xf0000000) == 0xf0000000)
#define IN_BADCLASS(i)		IN_EXPERIMENTAL(i)
#define IN_LINKLOCAL(i)		(((in_addr_t)(i) & 0xffff0000) == 0xa9fe0000)
#define IN_LOCAL_GROUP(i)	(((in_addr_t)(i) & 0xffffff00) == 0xe0000000)
#define IN_CLASSA_NET		0xff000000
#define IN_CLASSA_NSHIFT	24
#define IN_CLASSA_HOST		0xffffff
#define IN_CLASSA_MAX		128
#define IN_CLASSB_NET		0xffff0000
#define IN_CLASSB_NSHIFT	16
#define IN_CLASSB_HOST		0xffff
#define IN_CLASSB_MAX		0x10000
#define IN_CLASSC_NET		0xffffff00
#define IN_CLASSC_NSHIFT	8
#define IN_CLASSC_HOST		255
#define IN_CLASSD_NET		0xf0000000
#define IN_CLASSD_NSHIFT	28
#define IN_CLASSD_HOST		0xfffffff

/* Addresses, host byte order. */
#define INADDR_ANY		((in_addr_t)0x00000000)
#define INADDR_LOOPBACK		((in_addr_t)0x7f000001)
#define INADDR_BROADCAST	((in_addr_t)0xffffffff)
#ifndef _KERNEL
#define INADDR_NONE		((in_addr_t)0xffffffff)
#endif
#define INADDR_UNSPEC_GROUP	0xe0000000
#define INADDR_ALLHOSTS_GROUP	0xe0000001
#define INADDR_ALLRTRS_GROUP	0xe0000002
#define INADDR_CARP_GROUP	0xe0000012
#define INADDR_PFSYNC_GROUP	0xe00000f0
#define INADDR_ALLMDNS_GROUP	0xe00000fb
#define INADDR_MAX_LOCAL_GROUP	0xe00000ff
#define IN_LOOPBACKNET	127
#define IN_RFC3021_MASK	0xfffffffe

struct sockaddr_in {
	uint8_t		sin_len;
	sa_family_t	sin_family;	/* AF_INET */
	in_port_t	sin_port;	/* network byte order */
	struct in_addr	sin_addr;
	char		sin_zero[8];
};

#ifndef INET_ADDRSTRLEN
#define INET_ADDRSTRLEN		16
#endif

/* Options of level IPPROTO_IP. */
#define IP_OPTIONS			1
#define IP_HDRINCL			2
#define IP_TOS				3
#define IP_TTL				4
#define IP_RECVOPTS			5
#define IP_RECVRETOPTS			6
#define IP_RECVDSTADDR			7
#define IP_RETOPTS			8
#define IP_MULTICAST_IF			9
#define IP_MULTICAST_TTL		10
#define IP_MULTICAST_LOOP		11
#define IP_ADD_MEMBERSHIP		12
#define IP_DROP_MEMBERSHIP		13
#define IP_MULTICAST_VIF		14
#define IP_RSVP_ON			15
#define IP_RSVP_OFF			16
#define IP_RSVP_VIF_ON			17
#define IP_RSVP_VIF_OFF			18
#define IP_PORTRANGE			19
#define IP_RECVIF			20
#define IP_FW_TBL_CREATE		40
#define IP_FW_TBL_DESTROY		41
#define IP_FW_TBL_ADD			42
#define IP_FW_TBL_DEL			43
#define IP_FW_TBL_FLUSH			44
#define IP_FW_TBL_GET			45
#define IP_FW_TBL_ZERO			46
#define IP_FW_TBL_EXPIRE		47
#define IP_FW_X				49
#define IP_FW_ADD			50
#define IP_FW_DEL			51
#define IP_FW_FLUSH			52
#define IP_FW_ZERO			53
#define IP_FW_GET			54
#define IP_FW_RESETLOG			55
#define IP_DUMMYNET_CONFIGURE		60
#define IP_DUMMYNET_DEL			61
#define IP_DUMMYNET_FLUSH		62
#define IP_DUMMYNET_GET			64
#define IP_RECVTTL			65
#define IP_MINTTL			66
#define IP_DEFAULT_MULTICAST_TTL	1
#define IP_DEFAULT_MULTICAST_LOOP	1
#define IP_MAX_MEMBERSHIPS		20
#define IP_PORTRANGE_DEFAULT		0
#define IP_PORTRANGE_HIGH		1
#define IP_PORTRANGE_LOW		2

struct ip_mreq {
	struct in_addr	imr_multiaddr;	/* group */
	struct in_addr	imr_interface;	/* local address of the interface */
};

#define IPCTL_FORWARDING	1
#define IPCTL_SENDREDIRECTS	2
#define IPCTL_DEFTTL		3
#define IPCTL_RTEXPIRE		5
#define IPCTL_RTMINEXPIRE	6
#define IPCTL_RTMAXCACHE	7
#define IPCTL_SOURCEROUTE	8
#define IPCTL_DIRECTEDBROADCAST	9
#define IPCTL_INTRQMAXLEN	10
#define IPCTL_INTRQDROPS	11
#define IPCTL_STATS		12
#define IPCTL_ACCEPTSOURCEROUTE	13
#define IPCTL_FASTFORWARDING	14
#define IPCTL_GIF_TTL		16
#define IPCTL_MAXID		17
#define INET_ADDRSTRLEN	16

#include <netinet6/in6.h>

#endif /* !_NETINET_IN_H_ */
