/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Registers of the 16550 UART (PC16550D data sheet, section 8).
 */
#ifndef _DEV_SIO_SIOREG_H_
#define _DEV_SIO_SIOREG_H_

#define COM_DATA	0	/* RBR (read), THR (write); DLAB: divisor low */
#define COM_IER		1	/* interrupt enable; DLAB: divisor high */
#define COM_IIR		2	/* interrupt identification (read) */
#define COM_FCR		2	/* FIFO control (write) */
#define COM_LCR		3	/* line control */
#define COM_MCR		4	/* modem control */
#define COM_LSR		5	/* line status */
#define COM_MSR		6	/* modem status */
#define COM_SCR		7	/* scratch */

#define IER_ERXRDY	0x01	/* data available, or timeout */
#define IER_ETXRDY	0x02	/* transmitter holding register empty */
#define IER_ERLS	0x04	/* receiver line status */
#define IER_EMSC	0x08	/* modem status */

#define IIR_NOPEND	0x01
#define IIR_IMASK	0x0e
#define IIR_MLSC	0x00
#define IIR_TXRDY	0x02
#define IIR_RXRDY	0x04
#define IIR_RLS		0x06
#define IIR_RXTOUT	0x0c
#define IIR_FIFO_MASK	0xc0

#define FCR_ENABLE	0x01
#define FCR_RCV_RST	0x02
#define FCR_XMT_RST	0x04
#define FCR_RX_LOW	0x00	/* 1 byte */
#define FCR_RX_MEDL	0x40	/* 4 bytes */
#define FCR_RX_MEDH	0x80	/* 8 bytes */
#define FCR_RX_HIGH	0xc0	/* 14 bytes */

#define LCR_5BITS	0x00
#define LCR_6BITS	0x01
#define LCR_7BITS	0x02
#define LCR_8BITS	0x03
#define LCR_STOPB	0x04
#define LCR_PENAB	0x08
#define LCR_PEVEN	0x10
#define LCR_SBREAK	0x40
#define LCR_DLAB	0x80

#define MCR_DTR		0x01
#define MCR_RTS		0x02
#define MCR_OUT1	0x04
#define MCR_IENABLE	0x08	/* OUT2: gates the interrupt on PCs */
#define MCR_LOOPBACK	0x10

#define LSR_RXRDY	0x01
#define LSR_OE		0x02
#define LSR_PE		0x04
#define LSR_FE		0x08
#define LSR_BI		0x10
#define LSR_TXRDY	0x20	/* FIFO (holding register) empty */
#define LSR_TSRE	0x40	/* shifted out as well */
#define LSR_RCV_FIFO	0x80

#define MSR_DCTS	0x01
#define MSR_DDSR	0x02
#define MSR_TERI	0x04
#define MSR_DDCD	0x08
#define MSR_CTS		0x10
#define MSR_DSR		0x20
#define MSR_RI		0x40
#define MSR_DCD		0x80

#define COM_FREQ	1843200	/* input clock, Hz; divided by 16 */
#define COM_FIFO_SIZE	16

#endif /* !_DEV_SIO_SIOREG_H_ */
