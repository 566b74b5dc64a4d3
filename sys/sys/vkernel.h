/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Kernels that run as processes.
 */
#ifndef _SYS_VKERNEL_H_
#define _SYS_VKERNEL_H_

#include <sys/types.h>

#define VPTE_FRAME_END		0x0030
#define VPTE_PAGE_BITS		0x0009
#define VPTE_FRAME		0xffffffffff000L
#define VPTE_PAGE_ENTRIES	0x0200
#define VPTE_PAGE_MASK		0x01ff
#define VPTE_PAGETABLE_SIZE	0x1000
#define VPTE_V			0x0001
#define VPTE_RW			0x0002
#define VPTE_U			0x0004
#define VPTE_A			0x0020
#define VPTE_M			0x0040
#define VPTE_PS			0x0080
#define VPTE_G			0x0100
#define VPTE_WIRED		0x0200
#define VPTE_MANAGED		0x0400
#define VPTE_NX			0x0800

typedef u_long	vpte_t;

#endif /* !_SYS_VKERNEL_H_ */
