/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ARP.
 */
#ifndef _NET_IF_ARP_H_
#define _NET_IF_ARP_H_

#include <sys/types.h>
#include <sys/socket.h>

#define ARPHRD_ETHER	1
#define ARPHRD_IEEE802	6
#define ARPHRD_ARCNET	7
#define ARPHRD_FRELAY	15
#define ARPHRD_IEEE1394	24

#define ARPOP_REQUEST		0x1
#define ARPOP_REPLY		0x2
#define ARPOP_REVREQUEST	0x3
#define ARPOP_REVREPLY		0x4
#define ARPOP_INVREQUEST	0x8
#define ARPOP_INVREPLY		0x9

#define ATF_INUSE	0x01
#define ATF_COM		0x02
#define ATF_PERM	0x04
#define ATF_PUBL	0x08
#define ATF_USETRAILERS	0x10

struct arphdr {
	u_short	ar_hrd;
	u_short	ar_pro;
	u_char	ar_hln;
	u_char	ar_pln;
	u_short	ar_op;
};

struct arpreq {
	struct sockaddr arp_pa;
	struct sockaddr arp_ha;
	int	arp_flags;
};

#endif /* !_NET_IF_ARP_H_ */
