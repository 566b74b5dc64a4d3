/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The local APIC: end of interrupt, interprocessor interrupts, and the
 * one-shot timer behind systimers.  Intel SDM volume 3, chapter 10.
 *
 * Registers are 32 bits wide, 16 bytes apart in memory (xAPIC), or MSRs from
 * 0x800 up with the same numbering (x2APIC).  The firmware's choice of mode
 * is kept; x2APIC is turned on if some CPU's id does not fit into 8 bits or
 * the machine is offered it.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/systimer.h>
#include <sys/thread2.h>
#include <vm/vm.h>
#include <vm/pmap.h>
#include <machine/clock.h>
#include <machine/cpufunc.h>
#include <machine/globaldata.h>
#include <machine/intr_machdep.h>
#include <machine/md_var.h>
#include <machine/smp.h>
#include <machine/specialreg.h>
#include "apicvar.h"

/* Register numbers (offset / 16). */
#define LA_ID		0x02
#define LA_VERSION	0x03
#define LA_TPR		0x08
#define LA_EOI		0x0b
#define LA_LDR		0x0d
#define LA_DFR		0x0e
#define LA_SVR		0x0f
#define LA_ESR		0x28
#define LA_CMCI		0x2f
#define LA_ICR_LO	0x30
#define LA_ICR_HI	0x31
#define LA_LVT_TIMER	0x32
#define LA_LVT_LINT0	0x35
#define LA_LVT_LINT1	0x36
#define LA_LVT_ERROR	0x37
#define LA_TIMER_INIT	0x38
#define LA_TIMER_CURR	0x39
#define LA_TIMER_DIV	0x3e

#define SVR_ENABLE	0x00000100
#define LVT_MASKED	0x00010000
#define LVT_NMI		0x00000400
#define LVT_TSC_DEADLINE 0x00040000
#define TIMER_DIV_1	0x0b
#define TIMER_DIV_2	0x00
#define ICR_PENDING	0x00001000
#define ICR_INIT	0x00000500
#define ICR_STARTUP	0x00000600
#define ICR_NMI		0x00000400
#define ICR_ASSERT	0x00004000
#define ICR_LEVEL	0x00008000

#define RATIO_SHIFT	28	/* leaves room for 64 GHz */

int	x2apic_mode;

static volatile uint32_t *lapic_base;
static vm_paddr_t lapic_pa;
static uint64_t	lapic_freq;	/* timer ticks a second */
static int	use_deadline;	/* TSC-deadline mode */

static uint32_t
lapic_read(u_int reg)
{
	if (x2apic_mode)
		return ((uint32_t)rdmsr(MSR_X2APIC_BASE + reg));
	return (lapic_base[reg * 4]);
}

static void
lapic_write(u_int reg, uint32_t value)
{
	if (x2apic_mode)
		wrmsr(MSR_X2APIC_BASE + reg, value);
	else
		lapic_base[reg * 4] = value;
}

u_int
lapic_id(void)
{
	u_int id = lapic_read(LA_ID);

	return (x2apic_mode ? id : id >> 24);
}

void
lapic_eoi(void)
{
	lapic_write(LA_EOI, 0);
}

/*
 * Write the command register.  In x2APIC mode that is one store and is never
 * pending; before, the two halves must not be torn apart by an interrupt.
 */
static void
lapic_command(u_int apicid, uint32_t command)
{
	u_long flags;

	if (x2apic_mode) {
		/* Earlier stores must be visible before the interrupt. */
		cpu_mfence();
		wrmsr(MSR_X2APIC_BASE + LA_ICR_LO,
		    ((uint64_t)apicid << 32) | command);
		return;
	}
	flags = intr_disable();
	while (lapic_read(LA_ICR_LO) & ICR_PENDING)
		cpu_pause();
	lapic_write(LA_ICR_HI, apicid << 24);
	lapic_write(LA_ICR_LO, command);
	intr_restore(flags);
}

void
lapic_send_ipi(int cpuid, int vector)
{
	lapic_command(cpu_apic_ids[cpuid], vector | ICR_ASSERT);
}

void
lapic_send_nmi(int cpuid)
{
	lapic_command(cpu_apic_ids[cpuid], ICR_NMI | ICR_ASSERT);
}

void
lapic_send_init(u_int apicid)
{
	lapic_command(apicid, ICR_INIT | ICR_LEVEL | ICR_ASSERT);
	DELAY(200);
	if (!x2apic_mode)
		lapic_command(apicid, ICR_INIT | ICR_LEVEL);
}

void
lapic_send_startup(u_int apicid, int page)
{
	lapic_command(apicid, ICR_STARTUP | ICR_ASSERT | page);
}

static bool
x2apic_wanted(void)
{
	int i;

	if ((cpu_feature2 & CPUID2_X2APIC) == 0)
		return (false);
	if (rdmsr(MSR_APICBASE) & APICBASE_X2APIC)
		return (true);
	/* A hypervisor's x2APIC costs fewer exits. */
	if (cpu_feature2 & CPUID2_VMM)
		return (true);
	for (i = 0; i < cpu_count; ++i) {
		if (cpu_apic_ids[i] > 254)
			return (true);
	}
	return (false);
}

/* Each CPU, interrupts off. */
void
lapic_init(void)
{
	uint64_t base = rdmsr(MSR_APICBASE);

	if (mycpuid == 0) {
		x2apic_mode = x2apic_wanted();
		lapic_pa = base & APICBASE_ADDRESS;
		if (!x2apic_mode)
			lapic_base = pmap_mapdev(lapic_pa, PAGE_SIZE);
	}
	base |= APICBASE_ENABLED;
	if ((rdmsr(MSR_APICBASE) & APICBASE_ENABLED) == 0)
		wrmsr(MSR_APICBASE, base);
	if (x2apic_mode)
		wrmsr(MSR_APICBASE, base | APICBASE_X2APIC);

	lapic_write(LA_SVR, SVR_ENABLE | XSPURIOUS_OFFSET);
	lapic_write(LA_TPR, 0);
	if (!x2apic_mode) {
		lapic_write(LA_DFR, 0xffffffff);	/* flat */
		lapic_write(LA_LDR, 0);
	}
	lapic_write(LA_LVT_TIMER, LVT_MASKED | XTIMER_OFFSET);
	lapic_write(LA_LVT_LINT0, LVT_MASKED | XSPURIOUS_OFFSET);
	/* The NMI button and failing memory come in here. */
	lapic_write(LA_LVT_LINT1, LVT_NMI);
	lapic_write(LA_LVT_ERROR, LVT_MASKED | XSPURIOUS_OFFSET);
	lapic_write(LA_ESR, 0);
	lapic_eoi();
}

/* --- the timer ------------------------------------------------------- */

/*
 * Ticks of the timer for `count' of the system's counter, by a ratio that is
 * computed when that counter changes.
 */
static uint64_t
lapic_timer_ticks(sysclock_t count)
{
	static sysclock_t ratio_freq;	/* counter that ratio is for */
	static uint64_t ratio;
	sysclock_t freq = sys_cputimer->freq;

	if (ratio_freq != freq) {
		ratio = ((use_deadline ? tsc_frequency : lapic_freq) <<
		    RATIO_SHIFT) / freq;
		ratio_freq = freq;
	}
	return ((uint64_t)(((unsigned __int128)count * ratio) >>
	    RATIO_SHIFT));
}

/* Interrupt after `count' ticks of the system's counter. */
static void
lapic_timer_reload(struct cputimer_intr *cti, sysclock_t count)
{
	struct mdglobaldata *md = mdcpu;
	uint64_t ticks;

	if ((int64_t)count < 1)
		count = 1;
	ticks = lapic_timer_ticks(count);
	if (use_deadline) {
		wrmsr(MSR_TSC_DEADLINE, rdtsc() + ticks);
	} else {
		if (ticks < 1)
			ticks = 1;
		if (ticks > 0xffffffff)
			ticks = 0xffffffff;
		lapic_write(LA_TIMER_INIT, (uint32_t)ticks);
	}
	md->gd_timer_running = 1;
}

static void
lapic_timer_enable_pcpu(void *arg)
{
	lapic_write(LA_TIMER_DIV, TIMER_DIV_1);
	lapic_write(LA_LVT_TIMER, XTIMER_OFFSET |
	    (use_deadline ? LVT_TSC_DEADLINE : 0));
	/* The mode must be set before the deadline is (SDM 10.5.4.1). */
	cpu_mfence();
	mdcpu->gd_timer_running = 0;
}

static void
lapic_timer_enable(struct cputimer_intr *cti)
{
	lapic_timer_enable_pcpu(NULL);
}

static void
lapic_timer_restart(struct cputimer_intr *cti)
{
	lapic_timer_reload(cti, 1);
}

static void
lapic_timer_pcpuhand(struct cputimer_intr *cti)
{
}

static struct cputimer_intr lapic_cputimer_intr = {
	.reload = lapic_timer_reload,
	.enable = lapic_timer_enable,
	.config = cputimer_intr_default_config,
	.restart = lapic_timer_restart,
	.pmfixup = cputimer_intr_default_pmfixup,
	.initclock = cputimer_intr_default_initclock,
	.pcpuhand = lapic_timer_pcpuhand,
	.name = "lapic",
	.type = CPUTIMER_INTR_LAPIC,
	.prio = CPUTIMER_INTR_PRIO_LAPIC,
	.caps = CPUTIMER_INTR_CAP_PS,
};

/* How fast the timer counts, measured against DELAY()'s clock. */
static void
lapic_timer_calibrate(void)
{
	uint64_t tsc0, tsc1;
	uint32_t used;

	lapic_write(LA_TIMER_DIV, TIMER_DIV_1);
	lapic_write(LA_LVT_TIMER, LVT_MASKED | XTIMER_OFFSET);
	lapic_write(LA_TIMER_INIT, 0xffffffff);
	tsc0 = rdtsc();
	DELAY(10000);
	used = 0xffffffff - lapic_read(LA_TIMER_CURR);
	tsc1 = rdtsc();
	lapic_write(LA_TIMER_INIT, 0);
	if (tsc_frequency != 0)
		lapic_freq = (uint64_t)used * tsc_frequency / (tsc1 - tsc0);
	else
		lapic_freq = (uint64_t)used * 100;
}

void
lapic_timer_setup(void)
{
	u_int regs[4];

	if ((cpu_feature2 & CPUID2_TSCDLT) && tsc_invariant &&
	    tsc_frequency != 0)
		use_deadline = 1;
	if (!use_deadline)
		lapic_timer_calibrate();
	if (cpu_high >= 6) {
		do_cpuid(6, regs);
		if (regs[0] & CPUID6_ARAT)
			lapic_cputimer_intr.caps = CPUTIMER_INTR_CAP_NONE;
	}
	lapic_cputimer_intr.freq = use_deadline ? tsc_frequency : lapic_freq;
	cputimer_intr_register(&lapic_cputimer_intr);
	cputimer_intr_select(&lapic_cputimer_intr, 0);
	lapic_timer_enable_pcpu(NULL);
}

void
lapic_timer_init_pcpu(void)
{
	lapic_timer_enable_pcpu(NULL);
}
