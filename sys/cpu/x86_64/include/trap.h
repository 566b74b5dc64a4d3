/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Trap numbers as they appear in tf_trapno and mc_trapno.  They are part of
 * the user interface (signal frames show them) and are not the processor's
 * vector numbers.
 */
#ifndef _CPU_TRAP_H_
#define _CPU_TRAP_H_

#define T_PRIVINFLT	1	/* #UD */
#define T_BPTFLT	3	/* #BP */
#define T_ARITHTRAP	6	/* #MF */
#define T_ASTFLT	7	/* asynchronous system trap, never from hardware */
#define T_PROTFLT	9	/* #GP */
#define T_TRCTRAP	10	/* #DB */
#define T_PAGEFLT	12	/* #PF */
#define T_ALIGNFLT	14	/* #AC */
#define T_DIVIDE	18	/* #DE */
#define T_NMI		19
#define T_OFLOW		20	/* #OF */
#define T_BOUND		21	/* #BR */
#define T_DNA		22	/* #NM */
#define T_DOUBLEFLT	23	/* #DF */
#define T_FPOPFLT	24	/* coprocessor operand fetch */
#define T_TSSFLT	25	/* #TS */
#define T_SEGNPFLT	26	/* #NP */
#define T_STKFLT	27	/* #SS */
#define T_MCHK		28	/* #MC */
#define T_XMMFLT	29	/* #XM */
#define T_RESERVED	30	/* any vector not listed */

#define T_SYSCALL80	0x80
#define T_FAST_SYSCALL	0x81

/* Set in a local copy of the number when the trap came from user mode. */
#define T_USER		0x100

/* si_code values of SIGILL, SIGFPE and SIGBUS of this machine. */
#define ILL_PRIVIN_FAULT	T_PRIVINFLT
#define ILL_ALIGN_FAULT		T_ALIGNFLT
#define ILL_FPOP_FAULT		T_FPOPFLT

#define FPE_INTOVF_TRAP		1
#define FPE_INTDIV_TRAP		2
#define FPE_FLTDIV_TRAP		3
#define FPE_FLTOVF_TRAP		4
#define FPE_FLTUND_TRAP		5
#define FPE_FPU_NP_TRAP		6
#define FPE_SUBRNG_TRAP		7

#define BUS_PAGE_FAULT		T_PAGEFLT
#define BUS_SEGNP_FAULT		T_SEGNPFLT
#define BUS_STK_FAULT		T_STKFLT
#define BUS_SEGM_FAULT		T_RESERVED

#endif /* !_CPU_TRAP_H_ */
