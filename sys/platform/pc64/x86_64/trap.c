/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Exceptions.
 *
 * From user mode they become signals, or page faults resolved by the VM
 * system.  In the kernel an exception is fatal, except at the instructions
 * listed in fault_table (user copies, probes), which have a place to go to.
 *
 * Also here: what has to happen before any return to user mode.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/proc.h>
#include <sys/signalvar.h>
#include <sys/thread2.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/vm_map.h>
#include <vm/vm_extern.h>
#include <machine/cpu.h>
#include <machine/frame.h>
#include <machine/globaldata.h>
#include <machine/md_var.h>
#include <machine/npx.h>
#include <machine/pcb.h>
#include <machine/psl.h>
#include <machine/specialreg.h>
#include <machine/trap.h>
#include "machvar.h"

/* Error code bits of a page fault (SDM volume 3, section 4.7). */
#define PGEX_P		0x01	/* protection, not absence */
#define PGEX_W		0x02	/* write */
#define PGEX_U		0x04	/* user mode */
#define PGEX_RSV	0x08	/* reserved bit set */
#define PGEX_I		0x10	/* instruction fetch */

#define FATAL_NESTING	4	/* reports within reports */

/* One entry of fault_table: offsets from the words themselves. */
struct fault_entry {
	int	fe_from;
	int	fe_to;
};
extern const struct fault_entry __start_fault_table[], __stop_fault_table[];

/* An instruction to rewrite when the CPU has SMAP. */
struct smap_patch {
	int	sp_site;
	u_int	sp_byte;
};
extern const struct smap_patch __start_smap_patches[], __stop_smap_patches[];

int	(*debugger_trap)(int type, long code, struct trapframe *frame);

static const char *const trap_name[] = {
	[T_PRIVINFLT] = "invalid opcode",
	[T_BPTFLT] = "breakpoint",
	[T_ARITHTRAP] = "x87 error",
	[T_PROTFLT] = "general protection fault",
	[T_TRCTRAP] = "debug exception",
	[T_PAGEFLT] = "page fault",
	[T_ALIGNFLT] = "alignment check",
	[T_DIVIDE] = "divide error",
	[T_NMI] = "non-maskable interrupt",
	[T_OFLOW] = "overflow",
	[T_BOUND] = "bound range exceeded",
	[T_DNA] = "device not available",
	[T_DOUBLEFLT] = "double fault",
	[T_FPOPFLT] = "FPU operand fetch",
	[T_TSSFLT] = "invalid TSS",
	[T_SEGNPFLT] = "segment not present",
	[T_STKFLT] = "stack fault",
	[T_MCHK] = "machine check",
	[T_XMMFLT] = "SSE error",
	[T_RESERVED] = "reserved exception",
};

u_long
fault_recovery(u_long rip)
{
	const struct fault_entry *fe;

	for (fe = __start_fault_table; fe < __stop_fault_table; ++fe) {
		if ((u_long)&fe->fe_from + fe->fe_from == rip)
			return ((u_long)&fe->fe_to + fe->fe_to);
	}
	return (0);
}

/* Turn the three-byte no-ops around user copies into stac and clac. */
void
smap_enable(void)
{
	const struct smap_patch *sp;
	volatile uint8_t *site;

	for (sp = __start_smap_patches; sp < __stop_smap_patches; ++sp) {
		/* Text is read-only where it runs; the direct map is not. */
		site = (uint8_t *)PHYS_TO_DMAP(pmap_kextract(
		    (u_long)&sp->sp_site + sp->sp_site));
		site[0] = 0x0f;
		site[1] = 0x01;
		site[2] = sp->sp_byte;
	}
}

/*
 * Signals, stops, rescheduling: repeat until there is nothing left with
 * interrupts disabled.
 */
void
user_return(struct trapframe *frame)
{
	thread_t td = curthread;
	struct lwp *lp = td->td_lwp;

	cpu_disable_intr();
	while (__predict_false((mycpu->gd_reqflags & RQF_AST_MASK) ||
	    (lp->lwp_mpflags & LWP_MP_URETMASK))) {
		cpu_enable_intr();
		userret_ast(lp, frame);
		cpu_disable_intr();
	}
	/* The frame is restored completely from here. */
	td->td_pcb->pcb_flags &= ~PCB_FULLRET;
}

static void
fatal_trap(struct trapframe *frame, const char *why)
{
	u_long number = frame->tf_trapno;
	const char *name = "unknown exception";

	/* A fault while reporting one: what is left is to stop. */
	if (++mycpu->gd_trap_nesting_level > FATAL_NESTING) {
		cpu_disable_intr();
		cpu_halt();
	}

	if (number < nitems(trap_name) && trap_name[number] != NULL)
		name = trap_name[number];
	if (debugger_trap != NULL && debugger_trap(number, frame->tf_err,
	    frame)) {
		--mycpu->gd_trap_nesting_level;
		return;
	}
	kprintf("\nfatal %s in the kernel%s: error code %#lx", name, why,
	    frame->tf_err);
	if (number == T_PAGEFLT) {
		kprintf(", %s of %#lx (%s)", (frame->tf_err & PGEX_I) ?
		    "execution" : (frame->tf_err & PGEX_W) ? "write" : "read",
		    frame->tf_addr, (frame->tf_err & PGEX_P) ?
		    "protection" : "not mapped");
	}
	kprintf("\n");
	dumpregs(frame);
	panic("%s", name);
}

/* Resolve a page fault on a user address; 0, or a KERN_* code. */
static int
fault_user_page(struct trapframe *frame, int flags)
{
	struct lwp *lp = curthread->td_lwp;
	vm_prot_t ftype;

	if (frame->tf_err & PGEX_I)
		ftype = VM_PROT_EXECUTE;
	else if (frame->tf_err & PGEX_W)
		ftype = VM_PROT_WRITE;
	else
		ftype = VM_PROT_READ;
	return (vm_fault(&lp->lwp_vmspace->vm_map,
	    frame->tf_addr & ~(u_long)PAGE_MASK, ftype, flags));
}

static void
kernel_page_fault(struct trapframe *frame)
{
	thread_t td = curthread;
	u_long va = frame->tf_addr, to;
	int rv;

	to = fault_recovery(frame->tf_rip);
	if (va >= VM_MAX_USER_ADDRESS || to == 0 || td->td_lwp == NULL ||
	    mycpu->gd_intr_nesting_level != 0) {
		if (to == 0)
			fatal_trap(frame, "");
		else
			frame->tf_rip = to;
		return;
	}
	rv = KERN_FAILURE;
	if ((td->td_flags & TDF_NOFAULT) == 0) {
		if (frame->tf_rflags & PSL_I)
			cpu_enable_intr();
		rv = fault_user_page(frame, VM_FAULT_NORMAL);
		cpu_disable_intr();
	}
	if (rv != KERN_SUCCESS)
		frame->tf_rip = to;
}

static void
kernel_trap(struct trapframe *frame)
{
	u_long to;

	switch (frame->tf_trapno) {
	case T_PAGEFLT:
		kernel_page_fault(frame);
		return;
	case T_PROTFLT:
	case T_XMMFLT:
		to = fault_recovery(frame->tf_rip);
		if (to != 0) {
			frame->tf_rip = to;
			return;
		}
		break;
	}
	fatal_trap(frame, "");
}

/* Which signal, with which si_code, a user mode exception means. */
static int
trap_signal(struct trapframe *frame, u_long *codep)
{
	switch (frame->tf_trapno) {
	case T_DIVIDE:
		*codep = FPE_INTDIV;
		return (SIGFPE);
	case T_TRCTRAP:
		frame->tf_rflags &= ~PSL_T;
		*codep = TRAP_TRACE;
		return (SIGTRAP);
	case T_BPTFLT:
		*codep = TRAP_BRKPT;
		return (SIGTRAP);
	case T_OFLOW:
		*codep = FPE_INTOVF;
		return (SIGFPE);
	case T_BOUND:
		*codep = FPE_FLTSUB;
		return (SIGFPE);
	case T_PRIVINFLT:
		*codep = ILL_PRVOPC;
		return (SIGILL);
	case T_FPOPFLT:
		*codep = ILL_COPROC;
		return (SIGILL);
	case T_DNA:
		*codep = FPE_FPU_NP_TRAP;
		return (npxdna() ? 0 : SIGFPE);
	case T_STKFLT:
	case T_SEGNPFLT:
		*codep = BUS_ADRERR;
		return (SIGBUS);
	case T_ARITHTRAP:
		*codep = npxtrap();
		return (SIGFPE);
	case T_XMMFLT:
		*codep = npxxmmtrap();
		return (SIGFPE);
	default:
		*codep = BUS_OBJERR;
		return (SIGBUS);
	}
}

static void
user_trap(struct trapframe *frame)
{
	thread_t td = curthread;
	struct lwp *lp = td->td_lwp;
	u_long code = 0;
	int sig = 0, rv;

	cpu_enable_intr();
	++mycpu->gd_cnt.v_trap;
	if (frame->tf_trapno == T_PAGEFLT) {
		rv = fault_user_page(frame,
		    VM_FAULT_NORMAL | VM_FAULT_USERMODE);
		if (rv != KERN_SUCCESS) {
			sig = rv == KERN_FAILURE ? SIGBUS : SIGSEGV;
			code = rv == KERN_FAILURE ? BUS_OBJERR :
			    rv == KERN_PROTECTION_FAILURE ? SEGV_ACCERR :
			    SEGV_MAPERR;
		}
	} else {
		frame->tf_addr = frame->tf_rip;
		sig = trap_signal(frame, &code);
	}
	if (sig != 0)
		trapsignal(lp, sig, code);
	KASSERT(td->td_critcount == 0,
	    ("trap: critical section left open: %d", td->td_critcount));
	user_return(frame);
}

/* From assembly; interrupts are disabled, and are so on return. */
void
trap(struct trapframe *frame)
{
	if (CLKF_USERMODE_TF(frame))
		user_trap(frame);
	else
		kernel_trap(frame);
}

/*
 * NMI, machine check, double fault, and debug exceptions of the kernel: on a
 * stack of their own, the interrupted state unknown.
 */
void
trap_paranoid(struct trapframe *frame)
{
	switch (frame->tf_trapno) {
	case T_NMI:
		if (cpu_nmi_stop_wanted()) {
			cpu_park(frame);
			return;
		}
		if (debugger_trap != NULL && debugger_trap(T_NMI, 0, frame))
			return;
		kprintf("cpu%d: NMI, ISA status %02x %02x\n", mycpuid,
		    inb(0x61), inb(0x461));
		return;
	case T_TRCTRAP:
		if (debugger_trap != NULL &&
		    debugger_trap(T_TRCTRAP, 0, frame))
			return;
		frame->tf_rflags &= ~PSL_T;
		return;
	case T_MCHK:
		kprintf("cpu%d: machine check, status %#lx\n", mycpuid,
		    rdmsr(MSR_MCG_STATUS));
		fatal_trap(frame, "");
		break;
	default:
		kprintf("cpu%d: stack %#lx, thread %p, its stack %p-%p\n",
		    mycpuid, frame->tf_rsp, curthread, curthread->td_kstack,
		    curthread->td_kstack + curthread->td_kstack_size);
		fatal_trap(frame, " (kernel stack overflow?)");
		break;
	}
}

int
copyin_nofault(const void *udaddr, void *kaddr, size_t len)
{
	thread_t td = curthread;
	int error;

	td->td_flags |= TDF_NOFAULT;
	error = copyin(udaddr, kaddr, len);
	td->td_flags &= ~TDF_NOFAULT;
	return (error);
}

int
copyout_nofault(const void *kaddr, void *udaddr, size_t len)
{
	thread_t td = curthread;
	int error;

	td->td_flags |= TDF_NOFAULT;
	error = copyout(kaddr, udaddr, len);
	td->td_flags &= ~TDF_NOFAULT;
	return (error);
}
