/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The trivial file transfer protocol.
 */
#ifndef _ARPA_TFTP_H_
#define _ARPA_TFTP_H_

#include <sys/cdefs.h>

#define SEGSIZE		0x0200
#define RRQ		0x0001
#define WRQ		0x0002

#define DATA		3
#define ACK		4
#define ERROR		5

#define OACK		6
#define EUNDEF		0
#define ENOTFOUND	1

#define EACCESS		2
#define ENOSPACE	3
#define EBADOP		4

#define EBADID		5
#define EEXISTS		6
#define ENOUSER		7

#define EOPTNEG		8

struct tftphdr {
	unsigned short th_opcode;
	union {
		unsigned short tu_block;
		unsigned short tu_code;
		char	tu_stuff[1];
	} th_u;
	char	th_data[1];
};

#endif /* !_ARPA_TFTP_H_ */
