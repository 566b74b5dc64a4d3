/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The IPv6 header.
 */
#ifndef _NETINET_IP6_H_
#define _NETINET_IP6_H_

#include <sys/types.h>
#include <netinet/in.h>

#define IPV6_VERSION		96
#define IPV6_VERSION_MASK	240
#define IPV6_FLOWINFO_MASK	0xffffff0f
#define IPV6_FLOWLABEL_MASK	0xffff0f00

#define IP6TOS_CE	1
#define IP6TOS_ECT	2

#define IP6OPT_PAD1		0
#define IP6OPT_PADN		1
#define IP6OPT_JUMBO		194
#define IP6OPT_NSAP_ADDR	195
#define IP6OPT_TUNNEL_LIMIT	4
#define IP6OPT_RTALERT		5
#define IP6OPT_ROUTER_ALERT	5
#define IP6OPT_RTALERT_LEN	4
#define IP6OPT_RTALERT_MLD	0
#define IP6OPT_RTALERT_RSVP	1
#define IP6OPT_RTALERT_ACTNET	2
#define IP6OPT_MINLEN		2
#define IP6OPT_BINDING_UPDATE	198
#define IP6OPT_BINDING_ACK	7
#define IP6OPT_BINDING_REQ	8
#define IP6OPT_HOME_ADDRESS	201
#define IP6OPT_EID		138
#define IP6OPT_TYPE_SKIP	0
#define IP6OPT_TYPE_DISCARD	64
#define IP6OPT_TYPE_FORCEICMP	128
#define IP6OPT_TYPE_ICMP	192
#define IP6OPT_MUTABLE		32
#define IP6OPT_JUMBO_LEN	6

#define IP6_ALERT_MLD	0
#define IP6_ALERT_RSVP	256
#define IP6_ALERT_AN	512

#define IP6F_OFF_MASK		0xf8ff
#define IP6F_RESERVED_MASK	1536
#define IP6F_MORE_FRAG		256

#define IPV6_MAXHLIM	255
#define IPV6_DEFHLIM	64
#define IPV6_MINHLIM	40
#define IPV6_FRAGTTL	120
#define IPV6_HLIMDEC	1
#define IPV6_MMTU	1280
#define IPV6_MAXPACKET	0xffff

struct ip6_hdrctl {
	uint32_t ip6_un1_flow;
	uint16_t ip6_un1_plen;
	uint8_t	ip6_un1_nxt;
	uint8_t	ip6_un1_hlim;
};

struct ip6_hdr {
	union {
		struct ip6_hdrctl ip6_un1;
		uint8_t	ip6_un2_vfc;
	} ip6_ctlun;
	struct in6_addr ip6_src;
	struct in6_addr ip6_dst;
} __packed;

struct ip6_ext {
	uint8_t	ip6e_nxt;
	uint8_t	ip6e_len;
} __packed;

struct ip6_hbh {
	uint8_t	ip6h_nxt;
	uint8_t	ip6h_len;
} __packed;

struct ip6_dest {
	uint8_t	ip6d_nxt;
	uint8_t	ip6d_len;
} __packed;

struct ip6_opt_jumbo {
	uint8_t	ip6oj_type;
	uint8_t	ip6oj_len;
	uint8_t	ip6oj_jumbo_len[4];
} __packed;

struct ip6_opt {
	uint8_t	ip6o_type;
	uint8_t	ip6o_len;
} __packed;

struct ip6_opt_nsap {
	uint8_t	ip6on_type;
	uint8_t	ip6on_len;
	uint8_t	ip6on_src_nsap_len;
	uint8_t	ip6on_dst_nsap_len;
} __packed;

struct ip6_opt_tunnel {
	uint8_t	ip6ot_type;
	uint8_t	ip6ot_len;
	uint8_t	ip6ot_encap_limit;
} __packed;

struct ip6_opt_router {
	uint8_t	ip6or_type;
	uint8_t	ip6or_len;
	uint8_t	ip6or_value[2];
} __packed;

struct ip6_rthdr {
	uint8_t	ip6r_nxt;
	uint8_t	ip6r_len;
	uint8_t	ip6r_type;
	uint8_t	ip6r_segleft;
} __packed;

struct ip6_frag {
	uint8_t	ip6f_nxt;
	uint8_t	ip6f_reserved;
	uint16_t ip6f_offlg;
	uint32_t ip6f_ident;
} __packed;

#endif /* !_NETINET_IP6_H_ */
