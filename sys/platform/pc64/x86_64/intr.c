/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Interrupt dispatch, and who owns which vector of which CPU.
 *
 * A hardware interrupt only makes its thread runnable.  When it comes in a
 * critical section even that has to wait: its bit is set in gd_ipending and
 * splz() does the rest when the section ends.  A level triggered line is
 * masked until its thread has done its work (machintr_intr_enable()), edge
 * and message interrupts are acknowledged at once.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/interrupt.h>
#include <sys/proc.h>
#include <sys/spinlock2.h>
#include <sys/thread2.h>
#include <sys/systimer.h>
#include <machine/atomic.h>
#include <machine/clock.h>
#include <machine/cpu.h>
#include <machine/cpufunc.h>
#include <machine/frame.h>
#include <machine/globaldata.h>
#include <machine/intr_machdep.h>
#include <machine/pmap.h>
#include <machine/smp.h>
#include "apicvar.h"
#include "machvar.h"

#define MSI_COUNT_MAX	32
#define MSI_APIC_IDS	255	/* a message's field has 8 bits */

/* Message interrupts, per CPU: irqs in use.  (s) msi_spin */
static unsigned long msi_used[MAXCPU][INTR_WORDS];
static u_int	msi_load[MAXCPU];	/* (s) number of them */
static struct spinlock msi_spin = SPINLOCK_INITIALIZER(msi_spin, "msi");

/* --- incoming -------------------------------------------------------- */

static __inline void
irq_put_off(struct mdglobaldata *md, int irq)
{
	atomic_set_long(&md->gd_ipending[irq >> 6], 1UL << (irq & 63));
	atomic_set_int(&md->mi.gd_reqflags, RQF_INTPEND);
}

static void
intr_hard(struct mdglobaldata *md, int irq)
{
	++md->gd_intr_count[irq];
	++md->mi.gd_cnt.v_intr;
	if (ioapic_serves(irq) && ioapic_is_level(irq))
		ioapic_mask(irq);
	lapic_eoi();
	irq_put_off(md, irq);
}

static void
intr_timer(struct mdglobaldata *md, struct trapframe *frame)
{
	sysclock_t now;

	md->gd_timer_running = 0;
	++md->mi.gd_cnt.v_timer;
	lapic_eoi();
	if (md->mi.gd_curthread->td_critcount != 0) {
		atomic_set_int(&md->mi.gd_reqflags, RQF_TIMER);
		return;
	}
	++md->mi.gd_curthread->td_critcount;
	++md->mi.gd_intr_nesting_level;
	now = sys_cputimer->count();
	systimer_intr(&now, 0, (struct intrframe *)frame);
	--md->mi.gd_intr_nesting_level;
	--md->mi.gd_curthread->td_critcount;
}

static void
intr_ipiq(struct mdglobaldata *md, struct trapframe *frame)
{
	lapic_eoi();
	++md->mi.gd_cnt.v_ipi;
	if (md->mi.gd_curthread->td_critcount != 0) {
		atomic_set_int(&md->mi.gd_reqflags, RQF_IPIQ);
		return;
	}
	++md->mi.gd_curthread->td_critcount;
	++md->mi.gd_intr_nesting_level;
	lwkt_process_ipiq_frame((struct intrframe *)frame);
	--md->mi.gd_intr_nesting_level;
	--md->mi.gd_curthread->td_critcount;
}

/*
 * From assembly, for every vector but the TLB's; interrupts are off, and are
 * so on return.  What was put off is taken up here unless the interrupted
 * code is in a critical section, in which case leaving that does it.
 */
void
intr_dispatch(struct trapframe *frame)
{
	struct mdglobaldata *md = mdcpu;
	thread_t td = md->mi.gd_curthread;
	int vector = frame->tf_err;

	frame->tf_err = 0;
	frame->tf_trapno = 0;
	switch (vector) {
	case XTIMER_OFFSET:
		intr_timer(md, frame);
		break;
	case XIPIQ_OFFSET:
		intr_ipiq(md, frame);
		break;
	case XCALL_OFFSET:
		lapic_eoi();
		smp_rendezvous_intr();
		break;
	case XCPUSTOP_OFFSET:
		lapic_eoi();
		cpu_park(frame);
		break;
	case XSPURIOUS_OFFSET:
		break;
	default:
		if (vector >= IDT_OFFSET && vector < IDT_OFFSET + MAX_HARDINTS)
			intr_hard(md, vector - IDT_OFFSET);
		else
			lapic_eoi();
		break;
	}
	while (td->td_critcount == 0 &&
	    (mycpu->gd_reqflags & (RQF_INTPEND | RQF_IPIQ | RQF_TIMER))) {
		cpu_enable_intr();
		splz();
		cpu_disable_intr();
	}
	if (CLKF_USERMODE_TF(frame))
		user_return(frame);
}

void
intr_invltlb(void)
{
	pmap_inval_intr();
	lapic_eoi();
}

/* Make the threads of all interrupts that were put off runnable. */
static void
run_pending(struct mdglobaldata *md)
{
	unsigned long bits;
	int i, irq;

	for (i = 0; i < INTR_WORDS; ++i) {
		if (md->gd_ipending[i] == 0)
			continue;
		bits = atomic_swap_long(&md->gd_ipending[i], 0);
		while (bits != 0) {
			irq = i * 64 + __builtin_ctzl(bits);
			bits &= bits - 1;
			sched_ithd_hard(irq);
		}
	}
}

/*
 * Do what interrupts have left to be done.  Called with interrupts enabled
 * when the last critical section was left, and by the idle loop; runs in a
 * critical section of its own, so that it does not nest.
 */
void
splz(void)
{
	struct mdglobaldata *md = mdcpu;
	thread_t td = md->mi.gd_curthread;
	sysclock_t now;
	u_int flags;

	++td->td_critcount;
	while ((flags = md->mi.gd_reqflags &
	    (RQF_INTPEND | RQF_IPIQ | RQF_TIMER)) != 0) {
		atomic_clear_int(&md->mi.gd_reqflags, flags);
		if (flags & RQF_IPIQ)
			lwkt_process_ipiq();
		if (flags & RQF_INTPEND)
			run_pending(md);
		if (flags & RQF_TIMER) {
			++md->mi.gd_intr_nesting_level;
			now = sys_cputimer->count();
			systimer_intr(&now, 0, NULL);
			--md->mi.gd_intr_nesting_level;
		}
	}
	--td->td_critcount;
}

/* --- vectors --------------------------------------------------------- */

void
machintr_intr_setup(int irq, int flags)
{
	if (ioapic_serves(irq)) {
		ioapic_route(irq, IDT_OFFSET + irq, cpu_apic_ids[mycpuid]);
		ioapic_unmask(irq);
	}
}

void
machintr_intr_teardown(int irq)
{
	if (ioapic_serves(irq))
		ioapic_mask(irq);
}

void
machintr_intr_enable(int irq)
{
	if (ioapic_serves(irq) && ioapic_is_level(irq))
		ioapic_unmask(irq);
}

void
machintr_intr_disable(int irq)
{
	if (ioapic_serves(irq) && ioapic_is_level(irq))
		ioapic_mask(irq);
}

void
machintr_intr_config(int irq, enum intr_trigger trig,
    enum intr_polarity pola)
{
	ioapic_configure(irq, trig, pola);
}

int
machintr_isa_irq(int isa_irq)
{
	return (ioapic_isa_gsi(isa_irq));
}

int
machintr_gsi_irq(int gsi)
{
	return (ioapic_serves(gsi) ? gsi : -1);
}

/* Lines are spread over the CPUs by number; ISA ones stay on the first. */
int
machintr_legacy_intr_cpuid(int irq)
{
	return (irq < 16 || x2apic_mode ? 0 : irq % ncpus);
}

/* The first free aligned run of `count' irqs on a CPU, or -1. */
static int
msi_find(int cpuid, int count)
{
	int irq, i;

	irq = roundup(ioapic_irqs, count);
	for (; irq + count <= MAX_HARDINTS; irq += count) {
		/* Alignment is what devices see: of the vector. */
		if ((IDT_OFFSET + irq) & (count - 1))
			continue;
		for (i = irq; i < irq + count; ++i) {
			if (msi_used[cpuid][i >> 6] & (1UL << (i & 63)))
				break;
		}
		if (i == irq + count)
			return (irq);
	}
	return (-1);
}

int
machintr_msi_alloc(int *irqs, int count, int *cpuidp)
{
	int cpuid = *cpuidp, irq, i;

	if (count < 1 || count > MSI_COUNT_MAX || !powerof2(count))
		return (EINVAL);
	spin_lock(&msi_spin);
	if (cpuid < 0) {
		cpuid = 0;
		for (i = 1; i < ncpus; ++i) {
			if (msi_load[i] < msi_load[cpuid] &&
			    cpu_apic_ids[i] < MSI_APIC_IDS)
				cpuid = i;
		}
	}
	irq = msi_find(cpuid, count);
	if (irq >= 0) {
		for (i = 0; i < count; ++i) {
			irqs[i] = irq + i;
			msi_used[cpuid][(irq + i) >> 6] |=
			    1UL << ((irq + i) & 63);
		}
		msi_load[cpuid] += count;
		*cpuidp = cpuid;
	}
	spin_unlock(&msi_spin);
	return (irq < 0 ? ENOSPC : 0);
}

void
machintr_msi_release(const int *irqs, int count, int cpuid)
{
	int i;

	spin_lock(&msi_spin);
	for (i = 0; i < count; ++i) {
		msi_used[cpuid][irqs[i] >> 6] &= ~(1UL << (irqs[i] & 63));
		--msi_load[cpuid];
	}
	spin_unlock(&msi_spin);
}

/* Message address and data formats: SDM volume 3, section 10.11. */
void
machintr_msi_map(int irq, int cpuid, uint64_t *addr, uint32_t *data)
{
	*addr = 0xfee00000UL | ((uint64_t)(cpu_apic_ids[cpuid] & 0xff) << 12);
	*data = IDT_OFFSET + irq;
}

unsigned long
machintr_intr_count(int irq, int cpuid)
{
	return (((struct mdglobaldata *)globaldata_find(cpuid))->
	    gd_intr_count[irq]);
}
