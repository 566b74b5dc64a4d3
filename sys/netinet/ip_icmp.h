/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ICMP messages.
 */
#ifndef _NETINET_IP_ICMP_H_
#define _NETINET_IP_ICMP_H_

#include <sys/types.h>
#include <netinet/in_systm.h>
#include <netinet/in.h>
#include <netinet/ip.h>

#define ICMP_MINLEN				8
#define ICMP_TSLEN				20
#define ICMP_MASKLEN				12
#define ICMP_ADVLENMIN				36
#define ICMP_ECHOREPLY				0
#define ICMP_UNREACH				3
#define ICMP_UNREACH_NET			0
#define ICMP_UNREACH_HOST			1
#define ICMP_UNREACH_PROTOCOL			2
#define ICMP_UNREACH_PORT			3
#define ICMP_UNREACH_NEEDFRAG			4
#define ICMP_UNREACH_SRCFAIL			5
#define ICMP_UNREACH_NET_UNKNOWN		6
#define ICMP_UNREACH_HOST_UNKNOWN		7
#define ICMP_UNREACH_ISOLATED			8
#define ICMP_UNREACH_NET_PROHIB			9
#define ICMP_UNREACH_HOST_PROHIB		10
#define ICMP_UNREACH_TOSNET			11
#define ICMP_UNREACH_TOSHOST			12
#define ICMP_UNREACH_FILTER_PROHIB		13
#define ICMP_UNREACH_HOST_PRECEDENCE		14
#define ICMP_UNREACH_PRECEDENCE_CUTOFF		15
#define ICMP_SOURCEQUENCH			4
#define ICMP_REDIRECT				5
#define ICMP_REDIRECT_NET			0
#define ICMP_REDIRECT_HOST			1
#define ICMP_REDIRECT_TOSNET			2
#define ICMP_REDIRECT_TOSHOST			3
#define ICMP_ALTHOSTADDR			6
#define ICMP_ECHO				8
#define ICMP_ROUTERADVERT			9
#define ICMP_ROUTERADVERT_NORMAL		0
#define ICMP_ROUTERADVERT_NOROUTE_COMMON	16
#define ICMP_ROUTERSOLICIT			10
#define ICMP_TIMXCEED				11
#define ICMP_TIMXCEED_INTRANS			0
#define ICMP_TIMXCEED_REASS			1
#define ICMP_PARAMPROB				12
#define ICMP_PARAMPROB_ERRATPTR			0
#define ICMP_PARAMPROB_OPTABSENT		1
#define ICMP_PARAMPROB_LENGTH			2
#define ICMP_TSTAMP				13
#define ICMP_TSTAMPREPLY			14
#define ICMP_IREQ				15
#define ICMP_IREQREPLY				16
#define ICMP_MASKREQ				17
#define ICMP_MASKREPLY				18
#define ICMP_TRACEROUTE				30
#define ICMP_DATACONVERR			31
#define ICMP_MOBILE_REDIRECT			32
#define ICMP_IPV6_WHEREAREYOU			33
#define ICMP_IPV6_IAMHERE			34
#define ICMP_MOBILE_REGREQUEST			35
#define ICMP_MOBILE_REGREPLY			36
#define ICMP_SKIP				39
#define ICMP_PHOTURIS				40
#define ICMP_PHOTURIS_UNKNOWN_INDEX		1
#define ICMP_PHOTURIS_AUTH_FAILED		2
#define ICMP_PHOTURIS_DECRYPT_FAILED		3
#define ICMP_MAXTYPE				40

struct icmp_ra_addr {
	uint32_t ira_addr;
	uint32_t ira_preference;
};

struct ih_idseq {
	n_short	icd_id;
	n_short	icd_seq;
};

struct ih_pmtu {
	n_short	ipm_void;
	n_short	ipm_nextmtu;
};

struct ih_rtradv {
	u_char	irt_num_addrs;
	u_char	irt_wpa;
	uint16_t irt_lifetime;
};

struct id_ts {
	n_time	its_otime;
	n_time	its_rtime;
	n_time	its_ttime;
};

struct id_ip {
	struct ip idi_ip;
};

struct icmp {
	u_char	icmp_type;
	u_char	icmp_code;
	u_short	icmp_cksum;
	union {
		u_char	ih_pptr;
		struct in_addr ih_gwaddr;
		struct ih_idseq ih_idseq;
		int	ih_void;
		struct ih_pmtu ih_pmtu;
		struct ih_rtradv ih_rtradv;
	} icmp_hun;
	union {
		struct id_ts id_ts;
		struct id_ip id_ip;
		struct icmp_ra_addr id_radv;
		uint32_t id_mask;
		char	id_data[1];
	} icmp_dun;
};

#endif /* !_NETINET_IP_ICMP_H_ */
