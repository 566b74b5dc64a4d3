/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Bits of the flags register (%rflags) and the groups of them that the
 * kernel and the system call interface care about.
 */
#ifndef _CPU_PSL_H_
#define _CPU_PSL_H_

#define PSL_C		0x00000001	/* carry */
#define PSL_PF		0x00000004	/* parity */
#define PSL_AF		0x00000010	/* BCD carry */
#define PSL_Z		0x00000040	/* zero */
#define PSL_N		0x00000080	/* negative */
#define PSL_T		0x00000100	/* single step */
#define PSL_I		0x00000200	/* interrupts enabled */
#define PSL_D		0x00000400	/* string direction */
#define PSL_V		0x00000800	/* overflow */
#define PSL_IOPL	0x00003000	/* I/O privilege level */
#define PSL_NT		0x00004000	/* nested task */
#define PSL_RF		0x00010000	/* resume past a breakpoint */
#define PSL_VM_UNSUPP	0x00020000	/* virtual 8086; never in long mode */
#define PSL_AC		0x00040000	/* alignment check, SMAP override */
#define PSL_ID		0x00200000	/* CPUID present */

#define PSL_RESERVED_DEFAULT	0x00000002
#define PSL_KERNEL	PSL_RESERVED_DEFAULT
#define PSL_USER	(PSL_RESERVED_DEFAULT | PSL_I)

/* What a process may change in its own flags. */
#define PSL_USERCHANGE	(PSL_C | PSL_PF | PSL_AF | PSL_Z | PSL_N | PSL_T | \
			 PSL_D | PSL_V | PSL_NT | PSL_AC | PSL_ID | PSL_RF)

#endif /* !_CPU_PSL_H_ */
