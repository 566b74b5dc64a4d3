/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ICMPv6 messages.
 */
#ifndef _NETINET_ICMP6_H_
#define _NETINET_ICMP6_H_

#include <sys/types.h>
#include <netinet/in.h>

#define ICMPV6_PLD_MAXLEN	1232

#define ICMP6_DST_UNREACH	0x01
#define ICMP6_PACKET_TOO_BIG	0x02
#define ICMP6_TIME_EXCEEDED	0x03
#define ICMP6_PARAM_PROB	0x04
#define ICMP6_ECHO_REQUEST	0x80
#define ICMP6_ECHO_REPLY	0x81
#define ICMP6_MEMBERSHIP_QUERY	0x82

#define MLD_LISTENER_QUERY	130
#define ICMP6_MEMBERSHIP_REPORT	131
#define MLD_LISTENER_REPORT	131

#define ICMP6_MEMBERSHIP_REDUCTION	132
#define MLD_LISTENER_DONE		132
#define MLD_LISTENER_REDUCTION		132

#define MLD6_LISTENER_QUERY	130
#define MLD6_LISTENER_REPORT	131
#define MLD6_LISTENER_DONE	132

#define ND_ROUTER_SOLICIT	133
#define ND_ROUTER_ADVERT	134
#define ND_NEIGHBOR_SOLICIT	135
#define ND_NEIGHBOR_ADVERT	136
#define ND_REDIRECT		137

#define ICMP6_ROUTER_RENUMBERING	138
#define ICMP6_WRUREQUEST		139
#define ICMP6_WRUREPLY			140
#define ICMP6_FQDN_QUERY		139
#define ICMP6_FQDN_REPLY		140
#define ICMP6_NI_QUERY			139
#define ICMP6_NI_REPLY			140

#define MLD_MTRACE_RESP		200
#define MLD_MTRACE		201
#define ICMP6_HADISCOV_REQUEST	202
#define ICMP6_HADISCOV_REPLY	203

#define MLD6_MTRACE_RESP	200
#define MLD6_MTRACE		201

#define ICMP6_MAXTYPE				0xcb
#define ICMP6_DST_UNREACH_NOROUTE		0x00
#define ICMP6_DST_UNREACH_ADMIN			0x01
#define ICMP6_DST_UNREACH_NOTNEIGHBOR		0x02
#define ICMP6_DST_UNREACH_BEYONDSCOPE		0x02
#define ICMP6_DST_UNREACH_ADDR			0x03
#define ICMP6_DST_UNREACH_NOPORT		0x04
#define ICMP6_TIME_EXCEED_TRANSIT		0x00
#define ICMP6_TIME_EXCEED_REASSEMBLY		0x01
#define ICMP6_PARAMPROB_HEADER			0x00
#define ICMP6_PARAMPROB_NEXTHEADER		0x01
#define ICMP6_PARAMPROB_OPTION			0x02
#define ICMP6_INFOMSG_MASK			0x80
#define ICMP6_NI_SUBJ_IPV6			0x00
#define ICMP6_NI_SUBJ_FQDN			0x01
#define ICMP6_NI_SUBJ_IPV4			0x02
#define ICMP6_NI_SUCCESS			0x00
#define ICMP6_NI_REFUSED			0x01
#define ICMP6_NI_UNKNOWN			0x02
#define ICMP6_ROUTER_RENUMBERING_COMMAND	0x00
#define ICMP6_ROUTER_RENUMBERING_RESULT		0x01
#define ICMP6_ROUTER_RENUMBERING_SEQNUM_RESET	0xff

#define ND_REDIRECT_ONLINK		0x00
#define ND_REDIRECT_ROUTER		0x01
#define ND_RA_FLAG_MANAGED		0x80
#define ND_RA_FLAG_OTHER		0x40
#define ND_RA_FLAG_HA			0x20
#define ND_RA_FLAG_RTPREF_MASK		0x18
#define ND_RA_FLAG_RTPREF_HIGH		0x08
#define ND_RA_FLAG_RTPREF_MEDIUM	0x00
#define ND_RA_FLAG_RTPREF_LOW		0x18
#define ND_RA_FLAG_RTPREF_RSV		0x10
#define ND_NA_FLAG_ROUTER		0x80
#define ND_NA_FLAG_SOLICITED		0x40
#define ND_NA_FLAG_OVERRIDE		0x20
#define ND_OPT_SOURCE_LINKADDR		0x01
#define ND_OPT_TARGET_LINKADDR		0x02
#define ND_OPT_PREFIX_INFORMATION	0x03
#define ND_OPT_REDIRECTED_HEADER	0x04
#define ND_OPT_MTU			0x05
#define ND_OPT_ROUTE_INFO		0xc8
#define ND_OPT_RDNSS			0x19
#define ND_OPT_DNSSL			0x1f
#define ND_OPT_MAX			0x1f
#define ND_OPT_PI_FLAG_ONLINK		0x80
#define ND_OPT_PI_FLAG_AUTO		0x40

#define NI_QTYPE_NOOP			0x0000
#define NI_QTYPE_SUPTYPES		0x0001
#define NI_QTYPE_FQDN			0x0002
#define NI_QTYPE_DNSNAME		0x0002
#define NI_QTYPE_NODEADDR		0x0003
#define NI_QTYPE_IPV4ADDR		0x0004
#define NI_SUPTYPE_FLAG_COMPRESS	0x0100
#define NI_FQDN_FLAG_VALIDTTL		0x0100
#define NI_NODEADDR_FLAG_TRUNCATE	0x0100
#define NI_NODEADDR_FLAG_ALL		0x0200
#define NI_NODEADDR_FLAG_COMPAT		0x0400
#define NI_NODEADDR_FLAG_LINKLOCAL	0x0800
#define NI_NODEADDR_FLAG_SITELOCAL	0x1000
#define NI_NODEADDR_FLAG_GLOBAL		0x2000
#define NI_NODEADDR_FLAG_ANYCAST	0x4000

#define ICMP6_RR_FLAGS_TEST		0x80
#define ICMP6_RR_FLAGS_REQRESULT	0x40
#define ICMP6_RR_FLAGS_FORCEAPPLY	0x20
#define ICMP6_RR_FLAGS_SPECSITE		0x10
#define ICMP6_RR_FLAGS_PREVDONE		0x08

#define RPM_PCO_ADD		1
#define RPM_PCO_CHANGE		2
#define RPM_PCO_SETGLOBAL	3
#define RPM_PCO_MAX		4

#define ICMP6_RR_PCOUSE_RAFLAGS_ONLINK		0x0080
#define ICMP6_RR_PCOUSE_RAFLAGS_AUTO		0x0040
#define ICMP6_RR_PCOUSE_FLAGS_DECRVLTIME	0x0080
#define ICMP6_RR_PCOUSE_FLAGS_DECRPLTIME	0x0040
#define ICMP6_RR_RESULT_FLAGS_OOB		0x0200
#define ICMP6_RR_RESULT_FLAGS_FORBIDDEN		0x0100

#define ICMPV6CTL_STATS			1
#define ICMPV6CTL_REDIRACCEPT		2
#define ICMPV6CTL_REDIRTIMEOUT		3
#define ICMPV6CTL_ND6_PRUNE		6
#define ICMPV6CTL_ND6_DELAY		8
#define ICMPV6CTL_ND6_UMAXTRIES		9
#define ICMPV6CTL_ND6_MMAXTRIES		10
#define ICMPV6CTL_ND6_USELOOPBACK	11
#define ICMPV6CTL_NODEINFO		13
#define ICMPV6CTL_ERRPPSLIMIT		14
#define ICMPV6CTL_ND6_MAXNUDHINT	15
#define ICMPV6CTL_MTUDISC_HIWAT		16
#define ICMPV6CTL_MTUDISC_LOWAT		17
#define ICMPV6CTL_ND6_DEBUG		18
#define ICMPV6CTL_ND6_DRLIST		19
#define ICMPV6CTL_ND6_PRLIST		20
#define ICMPV6CTL_MAXID			21

#define RTF_PROBEMTU	0x8000

struct icmp6_hdr {
	uint8_t	icmp6_type;
	uint8_t	icmp6_code;
	uint16_t icmp6_cksum;
	union {
		uint32_t icmp6_un_data32[1];
		uint16_t icmp6_un_data16[2];
		uint8_t	icmp6_un_data8[4];
	} icmp6_dataun;
} __packed;

struct mld_hdr {
	struct icmp6_hdr mld_icmp6_hdr;
	struct in6_addr mld_addr;
} __packed;

struct nd_router_solicit {
	struct icmp6_hdr nd_rs_hdr;
} __packed;

struct nd_router_advert {
	struct icmp6_hdr nd_ra_hdr;
	uint32_t nd_ra_reachable;
	uint32_t nd_ra_retransmit;
} __packed;

struct nd_neighbor_solicit {
	struct icmp6_hdr nd_ns_hdr;
	struct in6_addr nd_ns_target;
} __packed;

struct nd_neighbor_advert {
	struct icmp6_hdr nd_na_hdr;
	struct in6_addr nd_na_target;
} __packed;

struct nd_redirect {
	struct icmp6_hdr nd_rd_hdr;
	struct in6_addr nd_rd_target;
	struct in6_addr nd_rd_dst;
} __packed;

struct nd_opt_hdr {
	uint8_t	nd_opt_type;
	uint8_t	nd_opt_len;
} __packed;

struct nd_opt_prefix_info {
	uint8_t	nd_opt_pi_type;
	uint8_t	nd_opt_pi_len;
	uint8_t	nd_opt_pi_prefix_len;
	uint8_t	nd_opt_pi_flags_reserved;
	uint32_t nd_opt_pi_valid_time;
	uint32_t nd_opt_pi_preferred_time;
	uint32_t nd_opt_pi_reserved2;
	struct in6_addr nd_opt_pi_prefix;
} __packed;

struct nd_opt_rd_hdr {
	uint8_t	nd_opt_rh_type;
	uint8_t	nd_opt_rh_len;
	uint16_t nd_opt_rh_reserved1;
	uint32_t nd_opt_rh_reserved2;
} __packed;

struct nd_opt_mtu {
	uint8_t	nd_opt_mtu_type;
	uint8_t	nd_opt_mtu_len;
	uint16_t nd_opt_mtu_reserved;
	uint32_t nd_opt_mtu_mtu;
} __packed;

struct nd_opt_route_info {
	uint8_t	nd_opt_rti_type;
	uint8_t	nd_opt_rti_len;
	uint8_t	nd_opt_rti_prefixlen;
	uint8_t	nd_opt_rti_flags;
	uint32_t nd_opt_rti_lifetime;
} __packed;

struct nd_opt_rdnss {
	uint8_t	nd_opt_rdnss_type;
	uint8_t	nd_opt_rdnss_len;
	uint16_t nd_opt_rdnss_reserved;
	uint32_t nd_opt_rdnss_lifetime;
} __packed;

struct nd_opt_dnssl {
	uint8_t	nd_opt_dnssl_type;
	uint8_t	nd_opt_dnssl_len;
	uint16_t nd_opt_dnssl_reserved;
	uint32_t nd_opt_dnssl_lifetime;
} __packed;

struct icmp6_namelookup {
	struct icmp6_hdr icmp6_nl_hdr;
	uint8_t	icmp6_nl_nonce[8];
	int32_t	icmp6_nl_ttl;
} __packed;

struct icmp6_nodeinfo {
	struct icmp6_hdr icmp6_ni_hdr;
	uint8_t	icmp6_ni_nonce[8];
} __packed;

struct ni_reply_fqdn {
	uint32_t ni_fqdn_ttl;
	uint8_t	ni_fqdn_namelen;
	uint8_t	ni_fqdn_name[3];
} __packed;

struct icmp6_router_renum {
	struct icmp6_hdr rr_hdr;
	uint8_t	rr_segnum;
	uint8_t	rr_flags;
	uint16_t rr_maxdelay;
	uint32_t rr_reserved;
} __packed;

struct rr_pco_match {
	uint8_t	rpm_code;
	uint8_t	rpm_len;
	uint8_t	rpm_ordinal;
	uint8_t	rpm_matchlen;
	uint8_t	rpm_minlen;
	uint8_t	rpm_maxlen;
	uint16_t rpm_reserved;
	struct in6_addr rpm_prefix;
} __packed;

struct rr_pco_use {
	uint8_t	rpu_uselen;
	uint8_t	rpu_keeplen;
	uint8_t	rpu_ramask;
	uint8_t	rpu_raflags;
	uint32_t rpu_vltime;
	uint32_t rpu_pltime;
	uint32_t rpu_flags;
	struct in6_addr rpu_prefix;
} __packed;

struct rr_result {
	uint16_t rrr_flags;
	uint8_t	rrr_ordinal;
	uint8_t	rrr_matchedlen;
	uint32_t rrr_ifid;
	struct in6_addr rrr_prefix;
} __packed;

struct icmp6_filter {
	uint32_t icmp6_filt[8];
};

struct icmp6errstat {
	uint64_t icp6errs_dst_unreach_noroute;
	uint64_t icp6errs_dst_unreach_admin;
	uint64_t icp6errs_dst_unreach_beyondscope;
	uint64_t icp6errs_dst_unreach_addr;
	uint64_t icp6errs_dst_unreach_noport;
	uint64_t icp6errs_packet_too_big;
	uint64_t icp6errs_time_exceed_transit;
	uint64_t icp6errs_time_exceed_reassembly;
	uint64_t icp6errs_paramprob_header;
	uint64_t icp6errs_paramprob_nextheader;
	uint64_t icp6errs_paramprob_option;
	uint64_t icp6errs_redirect;
	uint64_t icp6errs_unknown;
};

struct icmp6stat {
	uint64_t icp6s_error;
	uint64_t icp6s_canterror;
	uint64_t icp6s_toofreq;
	uint64_t icp6s_outhist[256];
	uint64_t icp6s_badcode;
	uint64_t icp6s_tooshort;
	uint64_t icp6s_checksum;
	uint64_t icp6s_badlen;
	uint64_t icp6s_reflect;
	uint64_t icp6s_inhist[256];
	uint64_t icp6s_nd_toomanyopt;
	struct icmp6errstat icp6s_outerrhist;
	uint64_t icp6s_pmtuchg;
	uint64_t icp6s_nd_badopt;
	uint64_t icp6s_badns;
	uint64_t icp6s_badna;
	uint64_t icp6s_badrs;
	uint64_t icp6s_badra;
	uint64_t icp6s_badredirect;
};

#endif /* !_NETINET_ICMP6_H_ */
