/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Going down: reboot(2), and panics.
 *
 * An orderly shutdown calls the event handlers of shutdown_pre_sync, writes
 * everything out and unmounts, then those of shutdown_post_sync and
 * shutdown_final; what is to be done at last (halt, power off, restart) is
 * itself among the final handlers.
 *
 * A panic stops the other CPUs, prints what it can and enters the debugger
 * or restarts the machine.  It takes no lock that others may hold.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/cons.h>
#include <sys/eventhandler.h>
#include <sys/globaldata.h>
#include <sys/kernel.h>
#include <sys/mount.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/reboot.h>
#include <sys/sysctl.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/thread2.h>
#include <sys/vnode.h>
#include <machine/clock.h>
#include <machine/cpu.h>
#include <machine/cpumask.h>
#include <machine/frame.h>
#include <machine/md_var.h>
#include <machine/smp.h>

#define PANIC_WAIT	15	/* s before the machine is restarted */

const char *panicstr;
struct globaldata *panic_cpu_gd;
int dumping;
static volatile u_int panic_owner = (u_int)-1;	/* (a) CPU that panics */

static int trace_on_panic = 1;
SYSCTL_INT(_debug, OID_AUTO, trace_on_panic, CTLFLAG_RW, &trace_on_panic, 0,
    "Print a backtrace on a panic");
int debugger_on_panic;
TUNABLE_INT("debug.debugger_on_panic", &debugger_on_panic);
SYSCTL_INT(_debug, OID_AUTO, debugger_on_panic, CTLFLAG_RW,
    &debugger_on_panic, 0, "Enter the debugger on panics and kernel traps");
static int break_to_debugger;
TUNABLE_INT("debug.break_to_debugger", &break_to_debugger);
SYSCTL_INT(_debug, OID_AUTO, break_to_debugger, CTLFLAG_RW,
    &break_to_debugger, 0, "A break on the console enters the debugger");
static int panic_reboot_wait_time = PANIC_WAIT;
TUNABLE_INT("kern.panic_reboot_wait_time", &panic_reboot_wait_time);
SYSCTL_INT(_kern, OID_AUTO, panic_reboot_wait_time, CTLFLAG_RW,
    &panic_reboot_wait_time, 0, "Seconds from a panic to the restart; "
    "0: at once, -1: wait for ever");

static void	boot(int howto) __dead2;

static void
print_uptime(void)
{
	struct timespec up;

	nanouptime(&up);
	kprintf("Uptime: ");
	if (up.tv_sec >= 86400)
		kprintf("%ldd", (long)up.tv_sec / 86400);
	if (up.tv_sec >= 3600)
		kprintf("%ldh", (long)up.tv_sec % 86400 / 3600);
	kprintf("%ldm%lds\n", (long)up.tv_sec % 3600 / 60,
	    (long)up.tv_sec % 60);
}

int
sys_reboot(struct sysmsg *sysmsg, const struct reboot_args *uap)
{
	int error;

	error = priv_check(curthread, PRIV_REBOOT);
	if (error != 0)
		return (error);
	boot(uap->opt);
}

static void
boot(int howto)
{
	if (panicstr == NULL) {
		/* The boot CPU is the one firmware likes to be called on. */
		if (mycpuid != 0)
			lwkt_migratecpu(0);
		EVENTHANDLER_INVOKE(shutdown_pre_sync, howto);
		if ((howto & RB_NOSYNC) == 0) {
			kprintf("\nsyncing disks... ");
			sys_sync(NULL, NULL);
			vfs_unmountall((howto & RB_HALT) != 0);
			kprintf("done\n");
		}
		print_uptime();
	}
	EVENTHANDLER_INVOKE(shutdown_post_sync, howto);
	EVENTHANDLER_INVOKE(shutdown_final, howto);
	cpu_reset();
}

/* RB_HALT without power control: nothing is left to be done. */
static void
shutdown_halt(void *arg, int howto)
{
	if ((howto & RB_HALT) == 0)
		return;
	kprintf("\nThe operating system has halted.\n"
	    "Please press any key to reboot.\n\n");
	cngetc();
	kprintf("Rebooting...\n");
}

static void
shutdown_panic(void *arg, int howto)
{
	if (panicstr == NULL || panic_reboot_wait_time == 0)
		return;
	if (panic_reboot_wait_time < 0) {
		kprintf("Press any key to reboot.\n");
		cngetc();
		return;
	}
	kprintf("Automatic reboot in %d seconds - press a key to reboot "
	    "at once\n", panic_reboot_wait_time);
	for (int i = 0; i < panic_reboot_wait_time * 10; i++) {
		DELAY(100000);
		if (cncheckc() != -1)
			break;
	}
}

static void
shutdown_restart(void *arg, int howto)
{
	kprintf("Rebooting...\n");
	DELAY(100000);		/* let the last characters leave the line */
}

static void
shutdown_conf(void *arg)
{
	EVENTHANDLER_REGISTER(shutdown_final, shutdown_panic, NULL,
	    SHUTDOWN_PRI_FIRST);
	EVENTHANDLER_REGISTER(shutdown_final, shutdown_halt, NULL,
	    SHUTDOWN_PRI_LAST + 100);
	EVENTHANDLER_REGISTER(shutdown_final, shutdown_restart, NULL,
	    SHUTDOWN_PRI_LAST + 200);
}
SYSINIT(shutdown_conf, SI_BOOT2_MACHDEP, SI_ORDER_ANY, shutdown_conf, NULL);

/* What the others were doing when they were stopped. */
static void
print_other_cpus(void)
{
	struct globaldata *gd;
	struct thread *td;

	for (int i = 0; i < ncpus; i++) {
		gd = globaldata_find(i);
		if (gd == mycpu || (td = gd->gd_curthread) == NULL)
			continue;
		kprintf("cpu%d: thread %p (%s)%s%s\n", i, td, td->td_comm,
		    td->td_proc != NULL && td->td_proc->p_pid > 0 ? " of " : "",
		    td->td_proc != NULL && td->td_proc->p_pid > 0 ?
		    td->td_proc->p_comm : "");
		/* Where it was when it was parked. */
		if (gd->gd_preserved != NULL) {
			const struct trapframe *tf = gd->gd_preserved;

			backtrace_from(tf->tf_rip,
			    (tf->tf_cs & 3) == 0 ? tf->tf_rbp : 0);
		}
	}
}

void
panic(const char *fmt, ...)
{
	static char message[256];
	cpumask_t others;
	__va_list ap;
	u_int me;
	int howto = RB_AUTOBOOT | RB_NOSYNC;

	crit_enter();
	me = mycpuid;
	if (panic_owner != me && !atomic_cmpset_int(&panic_owner,
	    (u_int)-1, me)) {
		/* Someone else panics already: leave the console to it. */
		for (;;)
			cpu_halt();
	}
	if (panicstr == NULL) {
		panicstr = fmt;
		panic_cpu_gd = mycpu;
		if (ncpus > 1) {
			CPUMASK_ASSALLONES(others);
			CPUMASK_NANDBIT(others, me);
			CPUMASK_ANDMASK(others, smp_active_mask);
			stop_cpus(others);
		}
	} else {
		howto |= RB_HALT;
		kprintf("panic while panicking\n");
	}
	__va_start(ap, fmt);
	kvsnprintf(message, sizeof(message), fmt, ap);
	__va_end(ap);
	panicstr = message;
	kprintf("panic: %s\n", message);
	kprintf("cpuid = %u, thread %p (%s)\n", me, curthread,
	    curthread->td_comm);
	if (howto & RB_HALT) {
		cpu_reset();
	}
	if (trace_on_panic)
		print_backtrace(-1);
	print_other_cpus();
	if (debugger_on_panic && debugger_trap != NULL)
		breakpoint();
	boot(howto);
}

/* A console driver has seen a break, or Ctrl-Alt-Esc. */
void
console_break(void)
{
	if (break_to_debugger && debugger_trap != NULL) {
		kprintf("Break on the console\n");
		breakpoint();
	}
}

static int
sysctl_debug_panic(SYSCTL_HANDLER_ARGS)
{
	int error, now = 0;

	error = sysctl_handle_int(oidp, &now, 0, req);
	if (error == 0 && req->newptr != NULL && now)
		panic("from sysctl");
	return (error);
}
SYSCTL_PROC(_debug, OID_AUTO, panic, CTLTYPE_INT | CTLFLAG_RW, NULL, 0,
    sysctl_debug_panic, "I", "Write 1 to panic");
