/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Signal types of this CPU.
 */
#ifndef _CPU_SIGNAL_H_
#define _CPU_SIGNAL_H_

#include <sys/cdefs.h>
#include <machine/stdint.h>

typedef __sig_atomic_t	sig_atomic_t;

#if __BSD_VISIBLE
#include <sys/_sigset.h>

/*
 * The old name of what lies in a signal frame: the mask, then the fields of
 * mcontext_t.
 */
struct sigcontext {
	__sigset_t	sc_mask;
	long	sc_onstack;		/* on the alternate stack */
	long	sc_rdi;
	long	sc_rsi;
	long	sc_rdx;
	long	sc_rcx;
	long	sc_r8;
	long	sc_r9;
	long	sc_rax;
	long	sc_rbx;
	long	sc_rbp;
	long	sc_r10;
	long	sc_r11;
	long	sc_r12;
	long	sc_r13;
	long	sc_r14;
	long	sc_r15;
	long	sc_xflags;
	long	sc_trapno;
	long	sc_addr;
	long	sc_flags;
	long	sc_err;
	long	sc_rip;
	long	sc_cs;
	long	sc_rflags;
	long	sc_rsp;
	long	sc_ss;
	unsigned int sc_len;		/* sizeof(mcontext_t) */
	unsigned int sc_fpformat;	/* _MC_FPFMT_* */
	unsigned int sc_ownedfp;	/* _MC_FPOWNED_* */
	unsigned int sc_reserved;
	unsigned int sc_unused[8];
	int	sc_fpregs[256];		/* FXSAVE or XSAVE image */
} __aligned(64);
#endif

#endif /* !_CPU_SIGNAL_H_ */
