/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * IPv6: addresses and options.  Include <netinet/in.h>.
 */
#ifndef _NETINET6_IN6_H_
#define _NETINET6_IN6_H_

#ifndef _NETINET_IN_H_
#error "include <netinet/in.h>, not this"
#endif

#include <sys/cdefs.h>

#ifndef _SOCKLEN_T_DECLARED
#define _SOCKLEN_T_DECLARED
typedef __socklen_t	socklen_t;
#endif

/* An address: 128 bits, network byte order. */
struct in6_addr {
	union {
		uint8_t		__u6_addr8[16];
		uint16_t	__u6_addr16[8];
		uint32_t	__u6_addr32[4];
	} __u6_addr;
};
#define s6_addr		__u6_addr.__u6_addr8
#ifdef _KERNEL
#define s6_addr8	__u6_addr.__u6_addr8
#define s6_addr16	__u6_addr.__u6_addr16
#define s6_addr32	__u6_addr.__u6_addr32
#endif

#define INET6_ADDRSTRLEN	46

struct sockaddr_in6 {
	uint8_t		sin6_len;
	sa_family_t	sin6_family;	/* AF_INET6 */
	in_port_t	sin6_port;	/* network byte order */
	uint32_t	sin6_flowinfo;
	struct in6_addr	sin6_addr;
	uint32_t	sin6_scope_id;	/* interface */
};
#define SIN6_LEN	/* there is a sin6_len */

#define IN6ADDR_ANY_INIT		{{{ 0 }}}
#define IN6ADDR_LOOPBACK_INIT		\
	{{{ 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 }}}
#define IN6ADDR_NODELOCAL_ALLNODES_INIT	\
	{{{ 0xff, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 }}}
#define IN6ADDR_LINKLOCAL_ALLNODES_INIT	\
	{{{ 0xff, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 }}}

__BEGIN_DECLS
extern const struct in6_addr in6addr_any;
extern const struct in6_addr in6addr_loopback;
extern const struct in6_addr in6addr_nodelocal_allnodes;
extern const struct in6_addr in6addr_linklocal_allnodes;
__END_DECLS

#define IN6_ARE_ADDR_EQUAL(a, b)	\
	(__builtin_memcmp((a), (b), sizeof(struct in6_addr)) == 0)

/* Word i of an address, in host order of a 32-bit load. */
#define __in6_w(a, i)	((a)->__u6_addr.__u6_addr32[i])
#define __in6_b(a, i)	((a)->__u6_addr.__u6_addr8[i])
#define IN6_IS_ADDR_UNSPECIFIED(a)					\
	(__in6_w(a, 0) == 0 && __in6_w(a, 1) == 0 &&			\
	 __in6_w(a, 2) == 0 && __in6_w(a, 3) == 0)
#define IN6_IS_ADDR_LOOPBACK(a)						\
	(__in6_w(a, 0) == 0 && __in6_w(a, 1) == 0 &&			\
	 __in6_w(a, 2) == 0 && __in6_w(a, 3) == __htonl(1))
#define IN6_IS_ADDR_V4COMPAT(a)						\
	(__in6_w(a, 0) == 0 && __in6_w(a, 1) == 0 &&			\
	 __in6_w(a, 2) == 0 && __in6_w(a, 3) != 0 &&			\
	 __in6_w(a, 3) != __htonl(1))
#define IN6_IS_ADDR_V4MAPPED(a)						\
	(__in6_w(a, 0) == 0 && __in6_w(a, 1) == 0 &&			\
	 __in6_w(a, 2) == __htonl(0x0000ffff))
#define IN6_IS_ADDR_LINKLOCAL(a)					\
	(__in6_b(a, 0) == 0xfe && (__in6_b(a, 1) & 0xc0) == 0x80)
#define IN6_IS_ADDR_SITELOCAL(a)					\
	(__in6_b(a, 0) == 0xfe && (__in6_b(a, 1) & 0xc0) == 0xc0)
#define IN6_IS_ADDR_MULTICAST(a)	(__in6_b(a, 0) == 0xff)
#define __IPV6_ADDR_MC_SCOPE(a)		(__in6_b(a, 1) & 0x0f)
#define __in6_mc(a, s)	\
	(IN6_IS_ADDR_MULTICAST(a) && __IPV6_ADDR_MC_SCOPE(a) == (s))
#define IN6_IS_ADDR_MC_NODELOCAL(a)	__in6_mc(a, 0x01)
#define IN6_IS_ADDR_MC_LINKLOCAL(a)	__in6_mc(a, 0x02)
#define IN6_IS_ADDR_MC_SITELOCAL(a)	__in6_mc(a, 0x05)
#define IN6_IS_ADDR_MC_ORGLOCAL(a)	__in6_mc(a, 0x08)
#define IN6_IS_ADDR_MC_GLOBAL(a)	__in6_mc(a, 0x0e)

/* Options of level IPPROTO_IPV6. */
#define IPV6PORT_RESERVED	1024
#define IPV6PORT_ANONMIN	0xc000
#define IPV6PORT_ANONMAX	0xffff
#define IPV6PORT_RESERVEDMIN	600
#define IPV6PORT_RESERVEDMAX	1023

#define _IPV6_ADDR_INT16_UL_MASK	0xc0ff
#define _IPV6_ADDR_INT16_ULL		0x80fe
#define _IPV6_ADDR_INT16_USL		0xc0fe

#define __IPV6_ADDR_SCOPE_NODELOCAL	0x1
#define __IPV6_ADDR_SCOPE_INTFACELOCAL	0x1
#define __IPV6_ADDR_SCOPE_LINKLOCAL	0x2
#define __IPV6_ADDR_SCOPE_SITELOCAL	0x5
#define __IPV6_ADDR_SCOPE_ORGLOCAL	0x8
#define __IPV6_ADDR_SCOPE_GLOBAL	0xe

#define IPV6_SOCKOPT_RESERVED1	3
#define IPV6_UNICAST_HOPS	4
#define IPV6_MULTICAST_IF	9
#define IPV6_MULTICAST_HOPS	10
#define IPV6_MULTICAST_LOOP	11
#define IPV6_JOIN_GROUP		12
#define IPV6_LEAVE_GROUP	13
#define IPV6_PORTRANGE		14

#define ICMP6_FILTER	18

#define IPV6_CHECKSUM			26
#define IPV6_V6ONLY			27
#define IPV6_BINDV6ONLY			27
#define IPV6_FW_ADD			30
#define IPV6_FW_DEL			31
#define IPV6_FW_FLUSH			32
#define IPV6_FW_ZERO			33
#define IPV6_FW_GET			34
#define IPV6_RTHDRDSTOPTS		35
#define IPV6_RECVPKTINFO		36
#define IPV6_RECVHOPLIMIT		37
#define IPV6_RECVRTHDR			38
#define IPV6_RECVHOPOPTS		39
#define IPV6_RECVDSTOPTS		40
#define IPV6_USE_MIN_MTU		42
#define IPV6_RECVPATHMTU		43
#define IPV6_PATHMTU			44
#define IPV6_PKTINFO			46
#define IPV6_HOPLIMIT			47
#define IPV6_NEXTHOP			48
#define IPV6_HOPOPTS			49
#define IPV6_DSTOPTS			50
#define IPV6_RTHDR			51
#define IPV6_PKTOPTIONS			52
#define IPV6_RECVTCLASS			57
#define IPV6_AUTOFLOWLABEL		59
#define IPV6_TCLASS			61
#define IPV6_DONTFRAG			62
#define IPV6_PREFER_TEMPADDR		63
#define IPV6_MSFILTER			74
#define IPV6_RTHDR_LOOSE		0
#define IPV6_RTHDR_STRICT		1
#define IPV6_RTHDR_TYPE_0		0
#define IPV6_DEFAULT_MULTICAST_HOPS	1
#define IPV6_DEFAULT_MULTICAST_LOOP	1
#define IPV6_PORTRANGE_DEFAULT		0
#define IPV6_PORTRANGE_HIGH		1
#define IPV6_PORTRANGE_LOW		2

#define IPV6PROTO_MAXID	104

#define IPV6CTL_FORWARDING		1
#define IPV6CTL_SENDREDIRECTS		2
#define IPV6CTL_DEFHLIM			3
#define IPV6CTL_FORWSRCRT		5
#define IPV6CTL_STATS			6
#define IPV6CTL_MRTSTATS		7
#define IPV6CTL_MRTPROTO		8
#define IPV6CTL_MAXFRAGPACKETS		9
#define IPV6CTL_SOURCECHECK		10
#define IPV6CTL_SOURCECHECK_LOGINT	11
#define IPV6CTL_ACCEPT_RTADV		12
#define IPV6CTL_LOG_INTERVAL		14
#define IPV6CTL_HDRNESTLIMIT		15
#define IPV6CTL_DAD_COUNT		16
#define IPV6CTL_AUTO_FLOWLABEL		17
#define IPV6CTL_DEFMCASTHLIM		18
#define IPV6CTL_GIF_HLIM		19
#define IPV6CTL_KAME_VERSION		20
#define IPV6CTL_USE_DEPRECATED		21
#define IPV6CTL_RR_PRUNE		22
#define IPV6CTL_RTEXPIRE		25
#define IPV6CTL_RTMINEXPIRE		26
#define IPV6CTL_RTMAXCACHE		27
#define IPV6CTL_USETEMPADDR		32
#define IPV6CTL_TEMPPLTIME		33
#define IPV6CTL_TEMPVLTIME		34
#define IPV6CTL_AUTO_LINKLOCAL		35
#define IPV6CTL_RIP6STATS		36
#define IPV6CTL_ADDRCTLPOLICY		38
#define IPV6CTL_MINHLIM			39
#define IPV6CTL_MAXFRAGS		41

#define ICMPV6CTL_ND6_ONLINKNSRFC4861	47
#define IPV6CTL_MAXID			48

#define __KAME_VERSION	"20010528/FreeBSD"

struct ipv6_mreq {
	struct in6_addr	ipv6mr_multiaddr;	/* group */
	unsigned int	ipv6mr_interface;	/* 0: any */
};

/* IPV6_PKTINFO */
struct in6_pktinfo {
	struct in6_addr	ipi6_addr;	/* source or destination */
	unsigned int	ipi6_ifindex;	/* interface */
};

/* IPV6_PATHMTU */
struct ip6_mtuinfo {
	struct sockaddr_in6 ip6m_addr;
	uint32_t	ip6m_mtu;
};

#ifndef _KERNEL
struct cmsghdr;

__BEGIN_DECLS
int	inet6_option_space(int);
int	inet6_option_init(void *, struct cmsghdr **, int);
int	inet6_option_append(struct cmsghdr *, const uint8_t *, int, int);
uint8_t	*inet6_option_alloc(struct cmsghdr *, int, int, int);
int	inet6_option_next(const struct cmsghdr *, uint8_t **);
int	inet6_option_find(const struct cmsghdr *, uint8_t **, int);
size_t	inet6_rthdr_space(int, int);
struct cmsghdr *inet6_rthdr_init(void *, int);
int	inet6_rthdr_add(struct cmsghdr *, const struct in6_addr *, unsigned);
int	inet6_rthdr_lasthop(struct cmsghdr *, unsigned);
int	inet6_rthdr_segments(const struct cmsghdr *);
struct in6_addr *inet6_rthdr_getaddr(struct cmsghdr *, int);
int	inet6_rthdr_getflags(const struct cmsghdr *, int);
int	inet6_opt_init(void *, socklen_t);
int	inet6_opt_append(void *, socklen_t, int, uint8_t, socklen_t, uint8_t,
	    void **);
int	inet6_opt_finish(void *, socklen_t, int);
int	inet6_opt_set_val(void *, int, void *, socklen_t);
int	inet6_opt_next(void *, socklen_t, int, uint8_t *, socklen_t *, void **);
int	inet6_opt_find(void *, socklen_t, int, uint8_t, socklen_t *, void **);
int	inet6_opt_get_val(void *, int, void *, socklen_t);
socklen_t inet6_rth_space(int, int);
void	*inet6_rth_init(void *, socklen_t, int, int);
int	inet6_rth_add(void *, const struct in6_addr *);
int	inet6_rth_reverse(const void *, void *);
int	inet6_rth_segments(const void *);
struct in6_addr *inet6_rth_getaddr(const void *, int);
__END_DECLS
#endif

#endif /* !_NETINET6_IN6_H_ */
