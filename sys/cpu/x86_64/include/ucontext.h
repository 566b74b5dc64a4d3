/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The machine context: what a signal frame saves and sigreturn restores.
 *
 * mc_rdi .. mc_ss are in the order of struct trapframe.
 */
#ifndef _CPU_UCONTEXT_H_
#define _CPU_UCONTEXT_H_

#include <sys/cdefs.h>
#include <machine/stdint.h>

typedef struct __mcontext {
	__register_t mc_onstack;	/* on the alternate stack */
	__register_t mc_rdi;
	__register_t mc_rsi;
	__register_t mc_rdx;
	__register_t mc_rcx;
	__register_t mc_r8;
	__register_t mc_r9;
	__register_t mc_rax;
	__register_t mc_rbx;
	__register_t mc_rbp;
	__register_t mc_r10;
	__register_t mc_r11;
	__register_t mc_r12;
	__register_t mc_r13;
	__register_t mc_r14;
	__register_t mc_r15;
	__register_t mc_xflags;
	__register_t mc_trapno;		/* T_* of machine/trap.h */
	__register_t mc_addr;		/* faulting address */
	__register_t mc_flags;
	__register_t mc_err;		/* CPU's error code */
	__register_t mc_rip;
	__register_t mc_cs;
	__register_t mc_rflags;
	__register_t mc_rsp;
	__register_t mc_ss;
	unsigned int mc_len;		/* sizeof(mcontext_t) */
	unsigned int mc_fpformat;	/* _MC_FPFMT_* */
	unsigned int mc_ownedfp;	/* _MC_FPOWNED_* */
	unsigned int mc_reserved;
	unsigned int mc_unused[8];
	int	mc_fpregs[256] __aligned(64); /* FXSAVE or XSAVE image */
} mcontext_t;

#define _MC_FPFMT_NODEV		0x10000
#define _MC_FPFMT_387		0x10001
#define _MC_FPFMT_XMM		0x10002
#define _MC_FPFMT_YMM		0x10003
#define _MC_FPOWNED_NONE	0x20000
#define _MC_FPOWNED_FPU		0x20001
#define _MC_FPOWNED_PCB		0x20002

#endif /* !_CPU_UCONTEXT_H_ */
