/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Parameters of serial lines.
 */
#ifndef _SYS_SERIAL_H_
#define _SYS_SERIAL_H_

#define SER_DTR		0x0001
#define SER_RTS		0x0002
#define SER_STX		0x0004
#define SER_SRX		0x0008
#define SER_CTS		0x0010
#define SER_DCD		0x0020
#define SER_RI		0x0040
#define SER_DSR		0x0080
#define SER_MASK_STATE	0x00ff
#define SER_DDTR	0x0100
#define SER_DRTS	0x0200
#define SER_DSTX	0x0400
#define SER_DSRX	0x0800
#define SER_DCTS	0x1000
#define SER_DDCD	0x2000
#define SER_DRI		0x4000
#define SER_DDSR	0x8000
#define SER_MASK_DELTA	0xff00

#endif /* !_SYS_SERIAL_H_ */
