/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Structure offsets and constants for the assembly sources.  This file is
 * compiled to assembly only; the lines it marks become assym.inc.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/proc.h>
#include <sys/thread.h>
#include <sys/globaldata.h>
#include <machine/globaldata.h>
#include <machine/frame.h>
#include <machine/pcb.h>
#include <machine/segments.h>
#include <machine/sigframe.h>

#define ASSYM(name, value) \
	__asm__ __volatile__("\n# @ASSYM " #name " %0" : : "i" (value))

void	genassym(void);

void
genassym(void)
{
	ASSYM(GD_CURTHREAD, offsetof(struct globaldata, gd_curthread));
	ASSYM(GD_REQFLAGS, offsetof(struct globaldata, gd_reqflags));
	ASSYM(GD_KSTACK, offsetof(struct mdglobaldata, gd_kstack));
	ASSYM(GD_USER_RSP, offsetof(struct mdglobaldata, gd_user_rsp));
	ASSYM(GD_RQF_AST_MASK, RQF_AST_MASK);

	ASSYM(TD_SP, offsetof(struct thread, td_sp));
	ASSYM(TD_PCB, offsetof(struct thread, td_pcb));
	ASSYM(TD_CRITCOUNT, offsetof(struct thread, td_critcount));

	ASSYM(PCB_FLAGS, offsetof(struct pcb, pcb_flags));
	ASSYM(PCB_FULLRET, PCB_FULLRET);

	ASSYM(TF_RDI, offsetof(struct trapframe, tf_rdi));
	ASSYM(TF_RSI, offsetof(struct trapframe, tf_rsi));
	ASSYM(TF_RDX, offsetof(struct trapframe, tf_rdx));
	ASSYM(TF_RCX, offsetof(struct trapframe, tf_rcx));
	ASSYM(TF_R8, offsetof(struct trapframe, tf_r8));
	ASSYM(TF_R9, offsetof(struct trapframe, tf_r9));
	ASSYM(TF_RAX, offsetof(struct trapframe, tf_rax));
	ASSYM(TF_RBX, offsetof(struct trapframe, tf_rbx));
	ASSYM(TF_RBP, offsetof(struct trapframe, tf_rbp));
	ASSYM(TF_R10, offsetof(struct trapframe, tf_r10));
	ASSYM(TF_R11, offsetof(struct trapframe, tf_r11));
	ASSYM(TF_R12, offsetof(struct trapframe, tf_r12));
	ASSYM(TF_R13, offsetof(struct trapframe, tf_r13));
	ASSYM(TF_R14, offsetof(struct trapframe, tf_r14));
	ASSYM(TF_R15, offsetof(struct trapframe, tf_r15));
	ASSYM(TF_XFLAGS, offsetof(struct trapframe, tf_xflags));
	ASSYM(TF_TRAPNO, offsetof(struct trapframe, tf_trapno));
	ASSYM(TF_ADDR, offsetof(struct trapframe, tf_addr));
	ASSYM(TF_FLAGS, offsetof(struct trapframe, tf_flags));
	ASSYM(TF_ERR, offsetof(struct trapframe, tf_err));
	ASSYM(TF_RIP, offsetof(struct trapframe, tf_rip));
	ASSYM(TF_CS, offsetof(struct trapframe, tf_cs));
	ASSYM(TF_RFLAGS, offsetof(struct trapframe, tf_rflags));
	ASSYM(TF_RSP, offsetof(struct trapframe, tf_rsp));
	ASSYM(TF_SS, offsetof(struct trapframe, tf_ss));
	ASSYM(TF_SIZE, sizeof(struct trapframe));

	ASSYM(SIGF_HANDLER, offsetof(struct sigframe, sf_ahu));
	ASSYM(SIGF_UC, offsetof(struct sigframe, sf_uc));
}
