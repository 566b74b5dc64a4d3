/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Signal frames: building one for a handler, returning through one, and the
 * registers of a fresh program.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/proc.h>
#include <sys/signalvar.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/thread2.h>
#include <sys/imgact.h>
#include <vm/vm.h>
#include <machine/cpu.h>
#include <machine/frame.h>
#include <machine/md_var.h>
#include <machine/npx.h>
#include <machine/pcb.h>
#include <machine/psl.h>
#include <machine/sigframe.h>
#include <machine/vmparam.h>
#include <machine/specialreg.h>
#include "machvar.h"
#include "npx_var.h"

/* The trap frame in a signal frame: without mc_onstack, same order. */
#define MC_REGS(mc)	((struct trapframe *)&(mc)->mc_rdi)

#define REDZONE		128	/* below the stack pointer, not ours */

/* Where the trampoline is in every process (reference: process ABI 5.1). */
#define SIGTRAMP	(USRSTACK - 2 * PAGE_SIZE)

CTASSERT(sizeof(struct trapframe) == offsetof(mcontext_t, mc_len) -
    offsetof(mcontext_t, mc_rdi));

/*
 * An address the processor can load into %rip without a fault: anything
 * else becomes one that faults when fetched from.
 */
static __inline register_t
canonical(register_t va)
{
	return ((va << 16) >> 16);
}

static void
fill_siginfo(struct lwp *lp, siginfo_t *si, int sig, u_long code)
{
	struct proc *p = lp->lwp_proc;

	si->si_signo = sig;
	si->si_code = code;
	if (sig <= (int)nitems(p->p_sender)) {
		si->si_pid = p->p_sender[sig - 1].pid;
		si->si_uid = p->p_sender[sig - 1].uid;
	}
	si->si_addr = (void *)lp->lwp_md.md_regs->tf_addr;
}

void
sendsig(sig_t catcher, int sig, sigset_t *mask, u_long code)
{
	struct lwp *lp = curthread->td_lwp;
	struct proc *p = lp->lwp_proc;
	struct trapframe *regs = lp->lwp_md.md_regs;
	struct sigframe sf, *sfp;
	size_t extra;
	u_long sp;
	bool onstack, error;

	bzero(&sf, sizeof(sf));
	onstack = (lp->lwp_flags & LWP_ONSTACK) != 0;
	sf.sf_ahu.sf_handler = catcher;
	sf.sf_uc.uc_sigmask = *mask;
	sf.sf_uc.uc_stack = lp->lwp_sigstk;
	sf.sf_uc.uc_mcontext.mc_onstack = onstack;
	*MC_REGS(&sf.sf_uc.uc_mcontext) = *regs;
	sf.sf_uc.uc_mcontext.mc_len = sizeof(mcontext_t);

	if ((lp->lwp_flags & LWP_ALTSTACK) && !onstack &&
	    SIGISMEMBER(p->p_sigacts->ps_sigonstack, sig)) {
		sp = (u_long)lp->lwp_sigstk.ss_sp + lp->lwp_sigstk.ss_size;
		lp->lwp_flags |= LWP_ONSTACK;
		lp->lwp_sigstk.ss_flags |= SS_ONSTACK;
	} else {
		sp = regs->tf_rsp - REDZONE;
	}
	extra = npx_extra_size(curthread);
	if (extra != 0)
		sp = rounddown2(sp - extra, 64UL);
	sfp = (struct sigframe *)rounddown2(sp - sizeof(sf), 16UL);
	error = npxpush_extra(&sf.sf_uc.uc_mcontext, sp, extra);
	fill_siginfo(lp, &sf.sf_si, sig, code);

	if (error || copyout(&sf, sfp, sizeof(sf)) != 0) {
		/* No stack to run a handler on: the process is beyond help. */
		sigexit(lp, SIGILL);
	}
	regs->tf_rdi = sig;
	if (SIGISMEMBER(p->p_sigacts->ps_siginfo, sig))
		regs->tf_rsi = (register_t)&sfp->sf_si;
	else
		regs->tf_rsi = code;
	regs->tf_rdx = (register_t)&sfp->sf_uc;
	regs->tf_rcx = (register_t)sf.sf_si.si_addr;
	regs->tf_rsp = (register_t)sfp;
	regs->tf_rip = SIGTRAMP;
	regs->tf_rflags &= ~(register_t)(PSL_T | PSL_D);
	regs->tf_cs = UCSEL;
	regs->tf_ss = UDSEL;
	curthread->td_pcb->pcb_flags |= PCB_FULLRET;
	npxreset(curthread);
}

int
sys_sigreturn(struct sysmsg *sysmsg, const struct sigreturn_args *uap)
{
	struct lwp *lp = curthread->td_lwp;
	struct trapframe *regs = lp->lwp_md.md_regs;
	register_t rflags;
	ucontext_t uc;
	int error;

	error = copyin(uap->sigcntxp, &uc, sizeof(uc));
	if (error)
		return (error);
	rflags = uc.uc_mcontext.mc_rflags;
	if ((rflags ^ regs->tf_rflags) & ~(register_t)PSL_USERCHANGE)
		return (EINVAL);
	if (ISPL(uc.uc_mcontext.mc_cs) != SEL_UPL) {
		trapsignal(lp, SIGBUS, BUS_OBJERR);
		return (EINVAL);
	}
	error = npxpop_user(&uc.uc_mcontext);
	if (error)
		return (error);
	*regs = *MC_REGS(&uc.uc_mcontext);
	regs->tf_rip = canonical(regs->tf_rip);
	regs->tf_cs = UCSEL;
	regs->tf_ss = UDSEL;
	curthread->td_pcb->pcb_flags |= PCB_FULLRET;

	if (uc.uc_mcontext.mc_onstack & 1) {
		lp->lwp_flags |= LWP_ONSTACK;
		lp->lwp_sigstk.ss_flags |= SS_ONSTACK;
	} else {
		lp->lwp_flags &= ~LWP_ONSTACK;
		lp->lwp_sigstk.ss_flags &= ~SS_ONSTACK;
	}
	lp->lwp_sigmask = uc.uc_sigmask;
	SIG_CANTMASK(lp->lwp_sigmask);
	lwp_signotify(lp);
	return (EJUSTRETURN);
}

/* The current process has a new program: its first registers. */
void
exec_setregs(u_long entry, u_long stack, u_long ps_strings)
{
	thread_t td = curthread;
	struct lwp *lp = td->td_lwp;
	struct trapframe *regs = lp->lwp_md.md_regs;
	struct pcb *pcb = td->td_pcb;
	register_t err = regs->tf_err;

	bzero(regs, sizeof(*regs));
	regs->tf_err = err;
	regs->tf_rip = canonical(entry);
	regs->tf_rsp = ((stack - 8) & ~15UL) + 8;
	regs->tf_rdi = stack;
	regs->tf_rflags = PSL_USER;
	regs->tf_cs = UCSEL;
	regs->tf_ss = UDSEL;

	crit_enter();
	bzero(pcb, sizeof(*pcb));
	pcb->pcb_flags = PCB_FULLRET;
	load_dr7(0);
	crit_exit();
	set_user_TLS();
	npxreset(td);
}
