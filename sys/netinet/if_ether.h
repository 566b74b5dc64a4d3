/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ethernet and ARP of the Internet protocols.
 */
#ifndef _NETINET_IF_ETHER_H_
#define _NETINET_IF_ETHER_H_

#include <sys/types.h>
#include <net/ethernet.h>
#include <net/if_arp.h>
#include <netinet/in.h>

#define SIN_PROXY	0x0001
#define RTF_USETRAILERS	0x8000
#define RTF_ANNOUNCE	0x4000

struct ether_arp {
	struct arphdr ea_hdr;
	u_char	arp_sha[6];
	u_char	arp_spa[4];
	u_char	arp_tha[6];
	u_char	arp_tpa[4];
};

struct sockaddr_inarp {
	u_char	sin_len;
	u_char	sin_family;
	u_short	sin_port;
	struct in_addr sin_addr;
	struct in_addr sin_srcaddr;
	u_short	sin_tos;
	u_short	sin_other;
};

#endif /* !_NETINET_IF_ETHER_H_ */
