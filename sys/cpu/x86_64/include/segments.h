/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Descriptors, selectors and the task state segment of long mode.
 */
#ifndef _CPU_SEGMENTS_H_
#define _CPU_SEGMENTS_H_

#define SEL_RPL_MASK	3
#define ISPL(s)		((s) & SEL_RPL_MASK)
#define SEL_KPL		0
#define SEL_UPL		3
#define SEL_LDT		4
#define IDXSEL(s)	(((s) >> 3) & 0x1fff)
#define GSEL(s, r)	(((s) << 3) | (r))

/* Descriptor types. */
#define SDT_SYSNULL	0
#define SDT_SYSLDT	2
#define SDT_SYSTSS	9
#define SDT_SYSBSY	11
#define SDT_SYSCGT	12
#define SDT_SYSIGT	14
#define SDT_SYSTGT	15
#define SDT_MEMRO	16
#define SDT_MEMROA	17
#define SDT_MEMRW	18
#define SDT_MEMRWA	19
#define SDT_MEMROD	20
#define SDT_MEMRODA	21
#define SDT_MEMRWD	22
#define SDT_MEMRWDA	23
#define SDT_MEME	24
#define SDT_MEMEA	25
#define SDT_MEMER	26
#define SDT_MEMERA	27
#define SDT_MEMEC	28
#define SDT_MEMEAC	29
#define SDT_MEMERC	30
#define SDT_MEMERAC	31

/* Bits of the selector part of an exception's error code. */
#define SEGEX_EXT	0x01
#define SEGEX_IDT	0x02
#define SEGEX_TI	0x04
#define SEGEX_IDX(s)	(((s) >> 3) & 0x1fff)

/* Processor exception vectors. */
#define NIDT		256
#define IDT_DE		0
#define IDT_DB		1
#define IDT_NMI		2
#define IDT_BP		3
#define IDT_OF		4
#define IDT_BR		5
#define IDT_UD		6
#define IDT_NM		7
#define IDT_DF		8
#define IDT_FPUGP	9
#define IDT_TS		10
#define IDT_NP		11
#define IDT_SS		12
#define IDT_GP		13
#define IDT_PF		14
#define IDT_MF		16
#define IDT_AC		17
#define IDT_MC		18
#define IDT_XF		19
#define IDT_SYSCALL	0x80

/* Global descriptor table: the order that syscall and sysret need. */
#define GNULL_SEL	0
#define GCODE_SEL	1
#define GDATA_SEL	2
#define GUCODE32_SEL	3
#define GUDATA_SEL	4
#define GUCODE_SEL	5
#define GPROC0_SEL	6	/* TSS, two slots */
#define GUGS32_SEL	8
#define NGDT		9

#define KCSEL		GSEL(GCODE_SEL, SEL_KPL)	/* 0x08 */
#define KDSEL		GSEL(GDATA_SEL, SEL_KPL)	/* 0x10 */
#define UCSEL		GSEL(GUCODE_SEL, SEL_UPL)	/* 0x2b */
#define UDSEL		GSEL(GUDATA_SEL, SEL_UPL)	/* 0x23 */

/* Interrupt stack table slots (1-7; 0 means no switch). */
#define IST_NMI		1
#define IST_DF		2
#define IST_MC		3
#define IST_DB		4

#ifndef LOCORE

struct user_segment_descriptor {
	unsigned long	sd_lolimit:16;
	unsigned long	sd_lobase:24;
	unsigned long	sd_type:5;
	unsigned long	sd_dpl:2;
	unsigned long	sd_p:1;
	unsigned long	sd_hilimit:4;
	unsigned long	sd_xx:1;
	unsigned long	sd_long:1;
	unsigned long	sd_def32:1;
	unsigned long	sd_gran:1;
	unsigned long	sd_hibase:8;
} __attribute__((packed));

struct system_segment_descriptor {
	unsigned long	sd_lolimit:16;
	unsigned long	sd_lobase:24;
	unsigned long	sd_type:5;
	unsigned long	sd_dpl:2;
	unsigned long	sd_p:1;
	unsigned long	sd_hilimit:4;
	unsigned long	sd_xx0:3;
	unsigned long	sd_gran:1;
	unsigned long	sd_hibase:40 __attribute__((packed));
	unsigned long	sd_xx1:8;
	unsigned long	sd_mbz:5;
	unsigned long	sd_xx2:19;
} __attribute__((packed));

struct gate_descriptor {
	unsigned long	gd_looffset:16;
	unsigned long	gd_selector:16;
	unsigned long	gd_ist:3;
	unsigned long	gd_xx:5;
	unsigned long	gd_type:5;
	unsigned long	gd_dpl:2;
	unsigned long	gd_p:1;
	unsigned long	gd_hioffset:48 __attribute__((packed));
	unsigned long	sd_xx1:32;
} __attribute__((packed));

/* Operand of lgdt and lidt. */
struct region_descriptor {
	unsigned short	rd_limit;
	unsigned long	rd_base;
} __attribute__((packed));

struct x86_64tss {
	unsigned int	tss_rsvd0;
	unsigned long	tss_rsp0;	/* kernel stack for traps */
	unsigned long	tss_rsp1;
	unsigned long	tss_rsp2;
	unsigned int	tss_rsvd1;
	unsigned int	tss_rsvd2;
	unsigned long	tss_ist[7];	/* tss_ist[n - 1] is IST n */
	unsigned int	tss_rsvd3;
	unsigned int	tss_rsvd4;
	unsigned short	tss_rsvd5;
	unsigned short	tss_iobase;
} __attribute__((packed));

#endif /* !LOCORE */
#endif /* !_CPU_SEGMENTS_H_ */
