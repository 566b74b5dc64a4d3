/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * EHCI registers and schedules, as numbered in the Enhanced Host Controller
 * Interface specification, revision 1.0.
 */
#ifndef _BUS_USB_EHCI_REG_H_
#define _BUS_USB_EHCI_REG_H_

#include <sys/types.h>

/* 2.2: capability registers. */
#define EHCI_CAPLENGTH		0x00	/* low byte */
#define EHCI_HCSPARAMS		0x04
#define EHCI_HCCPARAMS		0x08
#define EHCI_HCS_PORTS(v)	((v) & 0x0f)
#define EHCI_HCS_POWER		0x00000010	/* port power can be switched */
#define EHCI_HCS_COMPANIONS(v)	((v) >> 12 & 0x0f)
#define EHCI_HCC_AC64		0x00000001
#define EHCI_HCC_EECP(v)	((v) >> 8 & 0xff)

/* 2.1.7: the handoff, in configuration space. */
#define EHCI_EECP_ID(v)		((v) & 0xff)
#define EHCI_EECP_NEXT(v)	((v) >> 8 & 0xff)
#define EHCI_EECP_LEGACY	1
#define EHCI_LEGACY_BIOS	0x00010000
#define EHCI_LEGACY_OS		0x01000000
#define EHCI_LEGACY_CTL		4

/* 2.3: operational registers, from CAPLENGTH. */
#define EHCI_USBCMD		0x00
#define EHCI_USBSTS		0x04
#define EHCI_USBINTR		0x08
#define EHCI_CTRLDSSEGMENT	0x10
#define EHCI_PERIODICLIST	0x14
#define EHCI_ASYNCLIST		0x18
#define EHCI_CONFIGFLAG		0x40
#define EHCI_PORTSC(port)	(0x44 + 4 * ((port) - 1))

#define EHCI_CMD_RUN		0x00000001
#define EHCI_CMD_RESET		0x00000002
#define EHCI_CMD_PERIODIC	0x00000010
#define EHCI_CMD_ASYNC		0x00000020
#define EHCI_CMD_DOORBELL	0x00000040	/* async advance */
#define EHCI_CMD_ITC(n)		((n) << 16)	/* microframes an interrupt */

#define EHCI_STS_INT		0x0001
#define EHCI_STS_ERROR		0x0002
#define EHCI_STS_PORT		0x0004
#define EHCI_STS_FATAL		0x0010
#define EHCI_STS_ADVANCE	0x0020
#define EHCI_STS_HALTED		0x1000
#define EHCI_STS_WANTED		(EHCI_STS_INT | EHCI_STS_ERROR | \
	EHCI_STS_PORT | EHCI_STS_FATAL | EHCI_STS_ADVANCE)

#define EHCI_PS_CONNECT		0x00000001
#define EHCI_PS_CONNECT_CHG	0x00000002
#define EHCI_PS_ENABLE		0x00000004
#define EHCI_PS_ENABLE_CHG	0x00000008
#define EHCI_PS_OVERCURRENT	0x00000010
#define EHCI_PS_OVER_CHG	0x00000020
#define EHCI_PS_RESET		0x00000100
#define EHCI_PS_LINE(v)		((v) >> 10 & 3)
#define EHCI_PS_LINE_K		1		/* a low speed device */
#define EHCI_PS_POWER		0x00001000
#define EHCI_PS_OWNER		0x00002000	/* the companion's */
#define EHCI_PS_CHANGES		(EHCI_PS_CONNECT_CHG | EHCI_PS_ENABLE_CHG | \
	EHCI_PS_OVER_CHG)

/* 3: pointers; the low bits say what is meant and whether it ends. */
#define EHCI_PTR_END		0x1
#define EHCI_PTR_QH		0x2
#define EHCI_PTR_MASK		0xffffffe0

/* 3.5: queue element transfer descriptor. */
#define EHCI_QTD_PAGES		5

struct ehci_qtd_hw {
	uint32_t	next, alt;
	uint32_t	token;
	uint32_t	page[EHCI_QTD_PAGES];
	uint32_t	page_hi[EHCI_QTD_PAGES];	/* appendix B */
};

#define EHCI_TOKEN_PING		0x01
#define EHCI_TOKEN_XACT		0x08	/* transaction error */
#define EHCI_TOKEN_BABBLE	0x10
#define EHCI_TOKEN_BUFFER	0x20
#define EHCI_TOKEN_HALTED	0x40
#define EHCI_TOKEN_ACTIVE	0x80
#define EHCI_TOKEN_PID(p)	((p) << 8)
#define EHCI_PID_OUT		0
#define EHCI_PID_IN		1
#define EHCI_PID_SETUP		2
#define EHCI_TOKEN_CERR(n)	((n) << 10)
#define EHCI_TOKEN_CERR_OF(t)	((t) >> 10 & 3)
#define EHCI_TOKEN_IOC		0x8000
#define EHCI_TOKEN_BYTES(n)	((n) << 16)
#define EHCI_TOKEN_BYTES_OF(t)	((t) >> 16 & 0x7fff)
#define EHCI_TOKEN_TOGGLE	0x80000000

/* 3.6: queue head. */
struct ehci_qh_hw {
	uint32_t	link;
	uint32_t	chars;
	uint32_t	caps;
	uint32_t	current;
	struct ehci_qtd_hw overlay;
};

#define EHCI_QH_ADDR(a)		(a)
#define EHCI_QH_EP(n)		((n) << 8)
#define EHCI_QH_SPEED(s)	((s) << 12)
#define EHCI_SPEED_FULL		0
#define EHCI_SPEED_LOW		1
#define EHCI_SPEED_HIGH		2
#define EHCI_QH_DTC		0x00004000	/* toggles are the qTD's */
#define EHCI_QH_HEAD		0x00008000	/* of the asynchronous list */
#define EHCI_QH_MAXPACKET(n)	((n) << 16)
#define EHCI_QH_CONTROL		0x08000000	/* not high speed */
#define EHCI_QH_NAKS(n)		((uint32_t)(n) << 28)

#define EHCI_QH_SMASK(m)	(m)
#define EHCI_QH_CMASK(m)	((m) << 8)
#define EHCI_QH_HUB(a)		((a) << 16)
#define EHCI_QH_PORT(p)		((p) << 23)
#define EHCI_QH_MULT(n)		((uint32_t)(n) << 30)

#define EHCI_FRAMES		1024

#endif /* !_BUS_USB_EHCI_REG_H_ */
