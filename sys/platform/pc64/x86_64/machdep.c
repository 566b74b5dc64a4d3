/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Idling, restarting and halting the machine; printing its registers.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/linker.h>
#include <sys/proc.h>
#include <sys/sysctl.h>
#include <sys/thread2.h>
#include <machine/clock.h>
#include <machine/cpu.h>
#include <machine/cpufunc.h>
#include <machine/frame.h>
#include <machine/globaldata.h>
#include <machine/md_var.h>
#include <machine/pmap.h>
#include <machine/smp.h>
#include "apicvar.h"
#include "machvar.h"

#define KBD_STATUS	0x64	/* keyboard controller */
#define KBD_RESET	0xfe	/* pulse the CPU's reset line */
#define RESET_CONTROL	0xcf9	/* chipset: hard reset */

static int cpu_idle_hlt = 1;
SYSCTL_INT(_machdep, OID_AUTO, cpu_idle_hlt, CTLFLAG_RW, &cpu_idle_hlt, 0,
    "Halt idle CPUs (0: spin)");

/*
 * The idle thread.  lwkt_switch() runs whatever can run and comes back when
 * nothing can.  Interrupts are off between the last look and hlt, which
 * sti's one instruction of delay makes a single step: whatever comes in
 * after the look ends the hlt.
 */
void
cpu_idle(void)
{
	struct globaldata *gd = mycpu;

	for (;;) {
		lwkt_switch();
		if (gd->gd_reqflags & RQF_IDLECHECK_MASK) {
			splz();
			continue;
		}
		cpu_disable_intr();
		if ((gd->gd_reqflags & RQF_IDLECHECK_WK_MASK) == 0 &&
		    gd->gd_runqmask == 0 && cpu_idle_hlt) {
			__asm__ __volatile__("sti; hlt" : : : "memory");
		} else {
			atomic_clear_int(&gd->gd_reqflags,
			    RQF_AST_LWKT_RESCHED);
			cpu_enable_intr();
		}
	}
}

/* First code of an idle thread; otd is NULL on a CPU that just came up. */
void
cpu_idle_begin(thread_t otd)
{
	if (otd != NULL)
		lwkt_switch_return(otd);
	cpu_enable_intr();
	crit_exit();
	cpu_idle();
}

void
cpu_halt(void)
{
	for (;;)
		__asm__ __volatile__("hlt");
}

/* Restart: the documented ways first, an unhandled fault last. */
void
cpu_reset(void)
{
	static const struct region_descriptor none = { 0, 0 };
	int i;

	cpu_disable_intr();
	acpi_reset();
	outb(RESET_CONTROL, 0x02);
	outb(RESET_CONTROL, 0x06);
	DELAY(100000);
	for (i = 0; i < 1000 && (inb(KBD_STATUS) & 0x02); ++i)
		DELAY(10);
	outb(KBD_STATUS, KBD_RESET);
	DELAY(500000);
	lidt(&none);
	breakpoint();
	for (;;)
		halt();
}

void
dumpregs(const struct trapframe *tf)
{
	kprintf("cpu%d thread %p (%s)\n", mycpuid, curthread,
	    curthread->td_comm);
	kprintf("rip %016lx  cs %04lx  rflags %08lx\n", tf->tf_rip,
	    tf->tf_cs & 0xffff, tf->tf_rflags);
	kprintf("rsp %016lx  ss %04lx  cr2 %016lx  cr3 %016lx\n", tf->tf_rsp,
	    tf->tf_ss & 0xffff, rcr2(), rcr3());
	kprintf("rax %016lx rbx %016lx rcx %016lx rdx %016lx\n", tf->tf_rax,
	    tf->tf_rbx, tf->tf_rcx, tf->tf_rdx);
	kprintf("rsi %016lx rdi %016lx rbp %016lx r8  %016lx\n", tf->tf_rsi,
	    tf->tf_rdi, tf->tf_rbp, tf->tf_r8);
	kprintf("r9  %016lx r10 %016lx r11 %016lx r12 %016lx\n", tf->tf_r9,
	    tf->tf_r10, tf->tf_r11, tf->tf_r12);
	kprintf("r13 %016lx r14 %016lx r15 %016lx\n", tf->tf_r13,
	    tf->tf_r14, tf->tf_r15);
	if (!CLKF_USERMODE_TF(tf))
		backtrace_from(tf->tf_rip, tf->tf_rbp);
}

/* Follow the frame pointers, as far as they can be read. */
void
backtrace_from(u_long rip, u_long rbp)
{
	u_long next, ret;
	int depth;

	for (depth = 0; depth < 64 && rip != 0; ++depth) {
		kprintf("  #%d %p %s\n", depth, (void *)rip,
		    kernel_symbol(rip));
		if (rbp < VM_MAX_USER_ADDRESS || (rbp & 7) != 0 ||
		    peek_kernel((void *)(rbp + 8), &ret) != 0 ||
		    peek_kernel((void *)rbp, &next) != 0)
			break;
		rip = ret;
		if (next <= rbp)
			break;
		rbp = next;
	}
}

/* What a code address belongs to; for messages, not reentrant. */
const char *
kernel_symbol(u_long addr)
{
	static char text[96];
	linker_symval_t sym;
	long diff;

	if (linker_ddb_search_symbol((caddr_t)addr, &sym, &diff) != 0)
		return ("");
	ksnprintf(text, sizeof(text), "%s+%#lx", sym.name, diff);
	return (text);
}
