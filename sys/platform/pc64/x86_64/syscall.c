/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System call dispatch.  The registers with the first six arguments are
 * neighbours in the trap frame, in the right order: the frame itself is the
 * argument structure of most calls.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/ktrace.h>
#include <sys/proc.h>
#include <sys/signalvar.h>
#include <sys/spinlock2.h>
#include <sys/sysent.h>
#include <sys/sysmsg.h>
#include <sys/thread2.h>
#include <sys/ucred.h>
#include <machine/cpu.h>
#include <machine/frame.h>
#include <machine/globaldata.h>
#include <machine/pcb.h>
#include <machine/psl.h>
#include <machine/trap.h>
#include "machvar.h"

#define REG_ARGS	6
#define MAX_ARGS	12	/* slots of the longest call, and some */

/* The process's credential changed: the thread's copy follows. */
static void __noinline
sync_ucred(thread_t td, struct proc *p)
{
	struct ucred *old = td->td_ucred;

	spin_lock(&p->p_spin);
	td->td_ucred = crhold(p->p_ucred);
	spin_unlock(&p->p_spin);
	if (old != NULL)
		crfree(old);
}

/*
 * Calls that do not find all of their arguments in registers in the usual
 * order: indirect ones (0 and 198), whose number is the first argument, and
 * those with more than six.  args gets a copy; *codep the real number.
 */
static int __noinline
fetch_args(struct trapframe *frame, u_int *codep, register_t *args)
{
	const void *first = frame;	/* tf_rdi */
	const register_t *regs = first;
	u_int code = *codep;
	int nregs = REG_ARGS, narg;

	if (code == 0 || code == 198) {
		code = (u_int)regs[0];
		++regs;
		--nregs;
		if (code >= SYSENT_SIZE)
			code = 0;
		*codep = code;
	}
	narg = sysent[code].sy_narg;
	if (narg > MAX_ARGS)
		return (EINVAL);
	memcpy(args, regs, nregs * sizeof(register_t));
	if (narg <= nregs)
		return (0);
	/* The word at %rsp is the return address of the caller's stub. */
	return (copyin((const void *)(frame->tf_rsp + sizeof(register_t)),
	    args + nregs, (narg - nregs) * sizeof(register_t)));
}

/* Put the outcome into the user's registers. */
static void __noinline
set_error(struct trapframe *frame, int error)
{
	if (error == ERESTART) {
		/* Back to the instruction; %rax still has the number. */
		frame->tf_rip -= frame->tf_err;
	} else if (error != EJUSTRETURN) {
		frame->tf_rax = error;
		frame->tf_rflags |= PSL_C;
	}
}

/*
 * From assembly, with interrupts enabled.  Returns with them disabled;
 * nonzero if every register has to be restored from the frame.
 */
int
syscall2(struct trapframe *frame)
{
	thread_t td = curthread;
	struct lwp *lp = td->td_lwp;
	register_t copied[MAX_ARGS];
	const void *args = frame;
	const struct sysent *callp;
	struct sysmsg sysmsg;
	u_int code;
	int error;

	++mycpu->gd_cnt.v_syscall;
	if (__predict_false(td->td_ucred != td->td_proc->p_ucred))
		sync_ucred(td, td->td_proc);

	code = (u_int)frame->tf_rax;
	error = 0;
	if (__predict_false(code >= SYSENT_SIZE))
		code = 0, callp = NULL;
	else
		callp = &sysent[code];
	if (__predict_false(callp == NULL)) {
		error = sys_nosys(&sysmsg, args);
	} else {
		if (__predict_false(code == 0 || code == 198 ||
		    callp->sy_narg > REG_ARGS)) {
			error = fetch_args(frame, &code, copied);
			args = copied;
			callp = &sysent[code];
		}
		sysmsg.sysmsg_fds[0] = 0;
		sysmsg.sysmsg_fds[1] = frame->tf_rdx;
		sysmsg.sysmsg_frame = frame;
		if (__predict_false(error != 0))
			;
		else if (__predict_true(td->td_proc->p_traceflag == 0))
			error = callp->sy_call(&sysmsg, args);
		else
			error = ktrsyscall(lp, code, callp, &sysmsg, args);
	}
	if (__predict_true(error == 0)) {
		frame->tf_rax = sysmsg.sysmsg_fds[0];
		frame->tf_rdx = sysmsg.sysmsg_fds[1];
		frame->tf_rflags &= ~(register_t)PSL_C;
	} else {
		set_error(frame, error);
	}
	if (__predict_false(frame->tf_rflags & PSL_T)) {
		frame->tf_rflags &= ~(register_t)PSL_T;
		trapsignal(lp, SIGTRAP, TRAP_TRACE);
	}
	KASSERT(td->td_critcount == 0 && TD_TOKS_NOT_HELD(td),
	    ("system call %u left with critcount %d, tokens %ld", code,
	     td->td_critcount, (long)(td->td_toks_stop - td->td_toks_base)));

	cpu_disable_intr();
	if (__predict_true((mycpu->gd_reqflags & RQF_AST_MASK) == 0 &&
	    (lp->lwp_mpflags & LWP_MP_URETMASK) == 0 &&
	    (td->td_pcb->pcb_flags & PCB_FULLRET) == 0))
		return (0);
	user_return(frame);
	return (1);
}
