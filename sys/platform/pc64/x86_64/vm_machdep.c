/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The life of a thread as the machine sees it: its first stack frame, its
 * user mode registers, its end.
 *
 * Top of a kernel stack, downwards: FPU save area, pcb, trap frame of user
 * mode (of threads that have one), call frames.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/lwp.h>
#include <sys/proc.h>
#include <sys/thread2.h>
#include <sys/unistd.h>
#include <vm/vm.h>
#include <vm/vm_map.h>
#include <vm/pmap.h>
#include <machine/cpu.h>
#include <machine/frame.h>
#include <machine/globaldata.h>
#include <machine/md_var.h>
#include <machine/npx.h>
#include <machine/pcb.h>
#include <machine/psl.h>
#include <machine/specialreg.h>
#include "machvar.h"
#include "npx_var.h"

#define FPU_AREA(pcb) \
	((union savefpu *)roundup2((u_long)((pcb) + 1), 64))

static __inline void
push(thread_t td, u_long word)
{
	td->td_sp -= sizeof(u_long);
	*(u_long *)td->td_sp = word;
}

void
cpu_init_thread(thread_t td)
{
	u_long top = (u_long)td->td_kstack + td->td_kstack_size;

	/* The area is 64-byte aligned, the pcb ends at or below it. */
	top = rounddown2(top - npx_xsave_size, 64UL);
	td->td_pcb = (struct pcb *)(top - roundup2(sizeof(struct pcb), 16));
	bzero(td->td_pcb, sizeof(struct pcb));
	td->td_savefpu = NULL;
	td->td_mach.mtd_fpcpu = -1;
	td->td_sp = (char *)td->td_pcb;
	td->td_switch = cpu_lwkt_switch;
}

void
cpu_set_thread_handler(thread_t td, void (*rfunc)(void),
    void (*func)(void *), void *arg)
{
	push(td, (u_long)rfunc);
	push(td, (u_long)arg);
	push(td, (u_long)func);
	push(td, (u_long)cpu_kthread_restore);
	td->td_switch = cpu_lwkt_switch;
}

/* First C code of a kernel thread. */
void
cpu_thread_begin(thread_t otd)
{
	lwkt_switch_return(otd);
	crit_exit();
}

/* First C code of a user thread: the rest of switching to it. */
void
cpu_lwp_begin(thread_t otd, thread_t td)
{
	cpu_switch_in(td);
	lwkt_switch_return(otd);
	crit_exit();
}

static void
load_dbregs(const u_long *dr)
{
	load_dr7(0);
	load_dr0(dr[0]);
	load_dr1(dr[1]);
	load_dr2(dr[2]);
	load_dr3(dr[3]);
	load_dr6(dr[6]);
	load_dr7(dr[7]);
}

/* Critical section held in both: what moves only with user threads. */
void
cpu_switch_out(void)
{
	thread_t td = curthread;

	npx_switch_out(td);
	if (__predict_false(td->td_pcb->pcb_flags & PCB_DBREGS)) {
		td->td_pcb->pcb_dr[6] = rdr6();
		load_dr7(0);
	}
}

void
cpu_switch_in(thread_t td)
{
	struct mdglobaldata *md = mdcpu;
	struct pcb *pcb = td->td_pcb;

	md->gd_kstack = (u_long)pcb;
	md->gd_common_tss.tss_rsp0 = (u_long)pcb;
	pmap_load(&td->td_lwp->lwp_vmspace->vm_pmap);
	/* The user may have loaded selectors: the bases are not cached. */
	wrmsr(MSR_FSBASE, pcb->pcb_fsbase);
	wrmsr(MSR_KGSBASE, pcb->pcb_gsbase);
	npx_switch_in(td);
	if (__predict_false(pcb->pcb_flags & PCB_DBREGS))
		load_dbregs(pcb->pcb_dr);
}

void
set_user_TLS(void)
{
	struct pcb *pcb = curthread->td_pcb;

	crit_enter();
	wrmsr(MSR_FSBASE, pcb->pcb_fsbase);
	wrmsr(MSR_KGSBASE, pcb->pcb_gsbase);
	crit_exit();
}

/* Unless told otherwise (init), a new thread has nothing to do first. */
static void
lwp_start(void *arg, struct trapframe *frame)
{
}

/*
 * Make lp2, whose thread has been created, a copy of the current thread lp1
 * as user mode sees it.
 */
void
cpu_fork(struct lwp *lp1, struct lwp *lp2, int flags)
{
	thread_t td1 = lp1->lwp_thread, td2 = lp2->lwp_thread;
	struct pcb *pcb2 = td2->td_pcb;
	struct trapframe *frame;

	*pcb2 = *td1->td_pcb;
	pcb2->pcb_flags &= ~PCB_FULLRET;
	td2->td_savefpu = FPU_AREA(pcb2);
	npxfork(td1, td2);

	frame = (struct trapframe *)pcb2 - 1;
	*frame = *lp1->lwp_md.md_regs;
	if (flags & RFPROC) {
		frame->tf_rax = 0;
		frame->tf_rdx = 1;
	}
	frame->tf_rflags &= ~(register_t)(PSL_C | PSL_T);
	lp2->lwp_md.md_regs = frame;

	td2->td_switch = cpu_heavy_switch;
	td2->td_sp = (char *)frame;
	push(td2, 0);
	push(td2, (u_long)lp2);
	push(td2, (u_long)lwp_start);
	push(td2, (u_long)fork_trampoline);
}

void
cpu_set_fork_handler(struct lwp *lp, void (*func)(void *,
    struct trapframe *), void *arg)
{
	u_long *sp = (u_long *)lp->lwp_thread->td_sp;

	sp[1] = (u_long)func;
	sp[2] = (u_long)arg;
}

/* From fork_trampoline, last. */
void
fork_return(struct trapframe *frame)
{
	user_return(frame);
}

/* lwp_create(): where the new thread begins. */
int
cpu_prepare_lwp(struct lwp *lp, struct lwp_params *params)
{
	struct trapframe *frame = lp->lwp_md.md_regs;
	u_long sp = (u_long)params->lwp_stack - sizeof(u_long);

	if ((u_long)params->lwp_func >= VM_MAX_USER_ADDRESS)
		return (EFAULT);
	if (suword64((void *)sp, 0) != 0)
		return (EFAULT);
	/* Not a fork: the other registers are the creator's. */
	frame->tf_rax = curthread->td_lwp->lwp_md.md_regs->tf_rax;
	frame->tf_rdx = curthread->td_lwp->lwp_md.md_regs->tf_rdx;
	frame->tf_rip = (register_t)params->lwp_func;
	frame->tf_rdi = (register_t)params->lwp_arg;
	frame->tf_rsp = sp;
	return (0);
}

void
cpu_lwp_exit(void)
{
	thread_t td = curthread;

	if (td->td_pcb->pcb_flags & PCB_DBREGS) {
		crit_enter();
		td->td_pcb->pcb_flags &= ~PCB_DBREGS;
		load_dr7(0);
		crit_exit();
	}
	npxexit(td);
	lwkt_exit();
}

void
cpu_proc_exit(void)
{
	cpu_lwp_exit();
}

void
cpu_thread_exit(void)
{
	curthread->td_switch = cpu_exit_switch;
	curthread->td_flags |= TDF_EXITING;
	lwkt_switch();
	panic("cpu_thread_exit: resumed");
}
