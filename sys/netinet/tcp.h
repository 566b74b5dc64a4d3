/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * TCP: the segment header and socket options.
 */
#ifndef _NETINET_TCP_H_
#define _NETINET_TCP_H_

#include <sys/cdefs.h>
#include <sys/types.h>

#define TH_FIN		0x01
#define TH_SYN		0x02
#define TH_RST		0x04
#define TH_PUSH		0x08
#define TH_ACK		0x10
#define TH_URG		0x20
#define TH_ECE		0x40
#define TH_CWR		0x80
#define TH_FLAGS	0xf7

#define TCPOPT_EOL	0
#define TCPOPT_NOP	1
#define TCPOPT_2NOPs	0x1010000
#define TCPOPT_MAXSEG	2

#define TCPOLEN_MAXSEG	4
#define TCPOPT_WINDOW	3
#define TCPOLEN_WINDOW	3

#define TCPOPT_SACK_PERMITTED		4
#define TCPOLEN_SACK_PERMITTED		2
#define TCPOPT_SACK_PERMITTED_ALIGNED	0x1010402

#define TCPOLEN_SACK_PERMITTED_ALIGNED	4
#define TCPOPT_SACK			5
#define TCPOLEN_SACK			2
#define TCPOLEN_SACK_BLOCK		8

#define TCPOPT_SACK_ALIGNED	0x1010500
#define TCPOLEN_SACK_ALIGNED	4
#define TCPOPT_TIMESTAMP	8

#define TCPOLEN_TIMESTAMP	10
#define TCPOLEN_TSTAMP_APPA	12

#define TCPOPT_TSTAMP_HDR	0x101080a
#define TCPOPT_CC		11
#define TCPOPT_CCNEW		12
#define TCPOPT_CCECHO		13
#define TCPOPT_SIGNATURE	19

#define TCPOLEN_SIGNATURE	18
#define TCP_MSS			512
#define TCP_MINMSS		256

#define TCP6_MSS	1024

#define TCP_MAXWIN		0xffff
#define TCP_MIN_WINSHIFT	0x0005
#define TCP_MAX_WINSHIFT	0x000e
#define TCP_MAXBURST		0x0004
#define TCP_MAXHLEN		0x003c
#define TCP_MAXOLEN		0x0028
#define TCP_NODELAY		0x0001
#define TCP_MAXSEG		0x0002
#define TCP_NOPUSH		0x0004
#define TCP_NOOPT		0x0008
#define TCP_SIGNATURE_ENABLE	0x0010
#define TCP_KEEPINIT		0x0020
#define TCP_FASTKEEP		0x0080
#define TCP_KEEPIDLE		0x0100
#define TCP_KEEPINTVL		0x0200
#define TCP_KEEPCNT		0x0400

typedef uint32_t	tcp_seq;
typedef int32_t	tcp_seq_diff_t;
struct tcphdr {
	u_short	th_sport;
	u_short	th_dport;
	tcp_seq	th_seq;
	tcp_seq	th_ack;
	u_int	th_x2:4;
	u_int	th_off:4;
	u_char	th_flags;
	u_short	th_win;
	u_short	th_sum;
	u_short	th_urp;
};

#endif /* !_NETINET_TCP_H_ */
