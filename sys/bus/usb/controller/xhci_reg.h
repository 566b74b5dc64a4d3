/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * xHCI registers, contexts and transfer request blocks, as numbered in the
 * eXtensible Host Controller Interface specification, revision 1.2.
 */
#ifndef _BUS_USB_XHCI_REG_H_
#define _BUS_USB_XHCI_REG_H_

#include <sys/types.h>

/* 5.3: capability registers. */
#define XHCI_CAPLENGTH		0x00	/* low byte; version above */
#define XHCI_HCSPARAMS1		0x04
#define XHCI_HCSPARAMS2		0x08
#define XHCI_HCCPARAMS1		0x10
#define XHCI_DBOFF		0x14
#define XHCI_RTSOFF		0x18

#define XHCI_HCS1_SLOTS(v)	((v) & 0xff)
#define XHCI_HCS1_PORTS(v)	((v) >> 24)
#define XHCI_HCS2_SCRATCH(v)	(((v) >> 21 & 0x1f) << 5 | (v) >> 27)
#define XHCI_HCC1_AC64		0x0001
#define XHCI_HCC1_CSZ		0x0004	/* contexts of 64 bytes */
#define XHCI_HCC1_XECP(v)	((v) >> 16)

/* 7: extended capabilities. */
#define XHCI_XCAP_ID(v)		((v) & 0xff)
#define XHCI_XCAP_NEXT(v)	((v) >> 8 & 0xff)
#define XHCI_XCAP_LEGACY	1
#define XHCI_XCAP_PROTOCOL	2
#define XHCI_LEGACY_BIOS	0x00010000
#define XHCI_LEGACY_OS		0x01000000
#define XHCI_LEGACY_CTL		4	/* from the capability: SMIs */
#define XHCI_LEGACY_CTL_EVENTS	0xe0000000
#define XHCI_LEGACY_CTL_ENABLES	0x0000e011

/* 5.4: operational registers, from CAPLENGTH. */
#define XHCI_USBCMD		0x00
#define XHCI_USBSTS		0x04
#define XHCI_PAGESIZE		0x08
#define XHCI_DNCTRL		0x14
#define XHCI_CRCR		0x18	/* 64 bits */
#define XHCI_DCBAAP		0x30	/* 64 bits */
#define XHCI_CONFIG		0x38
#define XHCI_PORTSC(port)	(0x400 + 0x10 * ((port) - 1))

#define XHCI_CMD_RUN		0x0001
#define XHCI_CMD_RESET		0x0002
#define XHCI_CMD_INTE		0x0004
#define XHCI_STS_HALTED		0x0001
#define XHCI_STS_FATAL		0x0004
#define XHCI_STS_EINT		0x0008
#define XHCI_STS_NOTREADY	0x0800
#define XHCI_CRCR_CYCLE		0x01

#define XHCI_PS_CCS		0x00000001
#define XHCI_PS_PED		0x00000002	/* writing 1 disables */
#define XHCI_PS_OCA		0x00000008
#define XHCI_PS_PR		0x00000010
#define XHCI_PS_POWER		0x00000200
#define XHCI_PS_SPEED(v)	((v) >> 10 & 0xf)
#define XHCI_PS_CSC		0x00020000
#define XHCI_PS_PEC		0x00040000
#define XHCI_PS_WRC		0x00080000
#define XHCI_PS_OCC		0x00100000
#define XHCI_PS_PRC		0x00200000
#define XHCI_PS_PLC		0x00400000
#define XHCI_PS_CEC		0x00800000
#define XHCI_PS_WPR		0x80000000
#define XHCI_PS_CHANGES		0x00fe0000
/* What a write must not disturb: see 4.19.2. */
#define XHCI_PS_KEEP		0x0e00c3e0

/* 5.5: runtime registers; interrupter 0. */
#define XHCI_IMAN		0x20
#define XHCI_IMOD		0x24
#define XHCI_ERSTSZ		0x28
#define XHCI_ERSTBA		0x30	/* 64 bits */
#define XHCI_ERDP		0x38	/* 64 bits */
#define XHCI_IMAN_PENDING	0x01
#define XHCI_IMAN_ENABLE	0x02
#define XHCI_ERDP_BUSY		0x08

/* 6.4: transfer request blocks. */
struct xhci_trb {
	uint64_t	data;
	uint32_t	status;
	uint32_t	control;
};

#define XHCI_TRB_CYCLE		0x00000001
#define XHCI_TRB_TOGGLE		0x00000002	/* link */
#define XHCI_TRB_ISP		0x00000004	/* interrupt on short packet */
#define XHCI_TRB_CHAIN		0x00000010
#define XHCI_TRB_IOC		0x00000020
#define XHCI_TRB_IDT		0x00000040	/* immediate data */
#define XHCI_TRB_DECONFIGURE	0x00000200
#define XHCI_TRB_TYPE(t)	((t) << 10)
#define XHCI_TRB_TYPE_OF(c)	((c) >> 10 & 0x3f)
#define XHCI_TRB_DIR_IN		0x00010000
#define XHCI_TRB_TRT_OUT	0x00020000
#define XHCI_TRB_TRT_IN		0x00030000
#define XHCI_TRB_EP(dci)	((dci) << 16)
#define XHCI_TRB_EP_OF(c)	((c) >> 16 & 0x1f)
#define XHCI_TRB_SLOT(s)	((uint32_t)(s) << 24)
#define XHCI_TRB_SLOT_OF(c)	((c) >> 24)
#define XHCI_TRB_TD_SIZE(n)	((uint32_t)(n) << 17)

#define XHCI_TRB_NORMAL		1
#define XHCI_TRB_SETUP		2
#define XHCI_TRB_DATA		3
#define XHCI_TRB_STATUS		4
#define XHCI_TRB_LINK		6
#define XHCI_TRB_NOOP		8
#define XHCI_TRB_ENABLE_SLOT	9
#define XHCI_TRB_DISABLE_SLOT	10
#define XHCI_TRB_ADDRESS	11
#define XHCI_TRB_CONFIGURE	12
#define XHCI_TRB_EVALUATE	13
#define XHCI_TRB_RESET_EP	14
#define XHCI_TRB_STOP_EP	15
#define XHCI_TRB_SET_DEQ	16
#define XHCI_TRB_EV_TRANSFER	32
#define XHCI_TRB_EV_COMMAND	33
#define XHCI_TRB_EV_PORT	34

#define XHCI_CODE(status)	((status) >> 24)
#define XHCI_RESIDUE(status)	((status) & 0xffffff)
#define XHCI_CODE_SUCCESS	1
#define XHCI_CODE_BABBLE	3
#define XHCI_CODE_TRANSACTION	4
#define XHCI_CODE_STALL		6
#define XHCI_CODE_BANDWIDTH	8
#define XHCI_CODE_SHORT		13
#define XHCI_CODE_CONTEXT	19	/* not in a state for the command */
#define XHCI_CODE_STOPPED	26
#define XHCI_CODE_STOPPED_LEN	27
#define XHCI_CODE_STOPPED_SHORT	28
#define XHCI_CODE_SPLIT		36

/* 6.2: contexts, in words of 32 bits. */
#define XHCI_CTX_SLOT		0	/* index in a device context */
#define XHCI_CTX_EP(dci)	(dci)
#define XHCI_CTX_COUNT		32

#define XHCI_SLOT0_ROUTE(r)	(r)
#define XHCI_SLOT0_SPEED(s)	((s) << 20)
#define XHCI_SLOT0_MTT		0x02000000
#define XHCI_SLOT0_HUB		0x04000000
#define XHCI_SLOT0_ENTRIES(n)	((uint32_t)(n) << 27)
#define XHCI_SLOT0_ENTRIES_OF(v) ((v) >> 27)
#define XHCI_SLOT1_ROOTPORT(p)	((p) << 16)
#define XHCI_SLOT1_NPORTS(n)	((uint32_t)(n) << 24)
#define XHCI_SLOT2_TTHUB(s)	(s)
#define XHCI_SLOT2_TTPORT(p)	((p) << 8)
#define XHCI_SLOT2_THINK(t)	((t) << 16)

#define XHCI_EP0_MULT(n)	((n) << 8)
#define XHCI_EP0_INTERVAL(n)	((n) << 16)
#define XHCI_EP1_CERR(n)	((n) << 1)
#define XHCI_EP1_TYPE(t)	((t) << 3)
#define XHCI_EP1_BURST(n)	((n) << 8)
#define XHCI_EP1_MAXPACKET(n)	((uint32_t)(n) << 16)
#define XHCI_EP4_AVERAGE(n)	(n)
#define XHCI_EP4_ESIT(n)	((uint32_t)(n) << 16)
#define XHCI_EP_CONTROL		4	/* type; else eptype + 4 for in */

#endif /* !_BUS_USB_XHCI_REG_H_ */
