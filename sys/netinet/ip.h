/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The IPv4 header.
 */
#ifndef _NETINET_IP_H_
#define _NETINET_IP_H_

#include <sys/types.h>
#include <netinet/in.h>
#include <netinet/in_systm.h>

#define IPVERSION	4

#define IP_RF		0x8000
#define IP_DF		0x4000
#define IP_MF		0x2000
#define IP_OFFMASK	0x1fff
#define IP_MAXPACKET	0xffff

#define IPTOS_LOWDELAY			16
#define IPTOS_THROUGHPUT		8
#define IPTOS_RELIABILITY		4
#define IPTOS_MINCOST			2
#define IPTOS_CE			1
#define IPTOS_ECT			2
#define IPTOS_PREC_NETCONTROL		224
#define IPTOS_PREC_INTERNETCONTROL	192
#define IPTOS_PREC_CRITIC_ECP		160
#define IPTOS_PREC_FLASHOVERRIDE	128
#define IPTOS_PREC_FLASH		96
#define IPTOS_PREC_IMMEDIATE		64
#define IPTOS_PREC_PRIORITY		32
#define IPTOS_PREC_ROUTINE		0
#define IPTOS_DSCP_CS0			0
#define IPTOS_DSCP_CS1			32
#define IPTOS_DSCP_AF11			40
#define IPTOS_DSCP_AF12			48
#define IPTOS_DSCP_AF13			56
#define IPTOS_DSCP_CS2			64
#define IPTOS_DSCP_AF21			72
#define IPTOS_DSCP_AF22			80
#define IPTOS_DSCP_AF23			88
#define IPTOS_DSCP_CS3			96
#define IPTOS_DSCP_AF31			104
#define IPTOS_DSCP_AF32			112
#define IPTOS_DSCP_AF33			120
#define IPTOS_DSCP_CS4			128
#define IPTOS_DSCP_AF41			136
#define IPTOS_DSCP_AF42			144
#define IPTOS_DSCP_AF43			152
#define IPTOS_DSCP_CS5			160
#define IPTOS_DSCP_VA			176
#define IPTOS_DSCP_EF			184
#define IPTOS_DSCP_CS6			192
#define IPTOS_DSCP_CS7			224
#define IPTOS_ECN_NOTECT		0
#define IPTOS_ECN_ECT1			1
#define IPTOS_ECN_ECT0			2
#define IPTOS_ECN_CE			3
#define IPTOS_ECN_MASK			3

#define IPOPT_CONTROL		0
#define IPOPT_RESERVED1		32
#define IPOPT_DEBMEAS		64
#define IPOPT_RESERVED2		96
#define IPOPT_EOL		0
#define IPOPT_NOP		1
#define IPOPT_RR		7
#define IPOPT_TS		68
#define IPOPT_SECURITY		130
#define IPOPT_LSRR		131
#define IPOPT_SATID		136
#define IPOPT_SSRR		137
#define IPOPT_RA		148
#define IPOPT_OPTVAL		0
#define IPOPT_OLEN		1
#define IPOPT_OFFSET		2
#define IPOPT_MINOFF		4
#define IPOPT_TS_TSONLY		0
#define IPOPT_TS_TSANDADDR	1
#define IPOPT_TS_PRESPEC	3
#define IPOPT_SECUR_UNCLASS	0
#define IPOPT_SECUR_CONFID	0xf135
#define IPOPT_SECUR_EFTO	30874
#define IPOPT_SECUR_MMMM	0xbc4d
#define IPOPT_SECUR_RESTR	0xaf13
#define IPOPT_SECUR_SECRET	0xd788
#define IPOPT_SECUR_TOPSECRET	27589

#define MAXTTL		255
#define IPDEFTTL	64
#define IPFRAGTTL	60

#define IPTTLDEC	1
#define IP_MSS		576

struct ip {
	u_int	ip_hl:4;
	u_int	ip_v:4;
	u_char	ip_tos;
	u_short	ip_len;
	u_short	ip_id;
	u_short	ip_off;
	u_char	ip_ttl;
	u_char	ip_p;
	u_short	ip_sum;
	struct in_addr ip_src;
	struct in_addr ip_dst;
};

struct ipt_ta {
	struct in_addr ipt_addr;
	n_long	ipt_time;
};

union ipt_timestamp {
	n_long	ipt_time[1];
	struct ipt_ta ipt_ta[1];
};

struct ip_timestamp {
	u_char	ipt_code;
	u_char	ipt_len;
	u_char	ipt_ptr;
	u_int	ipt_flg:4;
	u_int	ipt_oflw:4;
	union ipt_timestamp ipt_timestamp;
};

struct ippseudo {
	struct in_addr ippseudo_src;
	struct in_addr ippseudo_dst;
	uint8_t	ippseudo_pad;
	uint8_t	ippseudo_p;
	uint16_t ippseudo_len;
} __packed;

#endif /* !_NETINET_IP_H_ */
