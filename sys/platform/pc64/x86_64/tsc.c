/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The time stamp counter: its rate, whether all CPUs agree on it, DELAY().
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/sysctl.h>
#include <sys/systimer.h>
#include <sys/thread2.h>
#include <machine/atomic.h>
#include <machine/clock.h>
#include <machine/cpufunc.h>
#include <machine/md_var.h>
#include <machine/smp.h>
#include <machine/specialreg.h>
#include "clock_var.h"
#include "machvar.h"

#define CALIBRATE_MS	20
#define CALIBRATE_TRIES	3

int	tsc_present;
int	tsc_invariant;
int	tsc_mpsync = 1;
tsc_uclock_t tsc_frequency;
tsc_uclock_t tsc_oneus_approx = 1;

SYSCTL_ULONG(_hw, OID_AUTO, tsc_frequency, CTLFLAG_RD, &tsc_frequency, 0,
    "Rate of the time stamp counter in Hz");
SYSCTL_INT(_hw, OID_AUTO, tsc_present, CTLFLAG_RD, &tsc_present, 0,
    "There is a time stamp counter");
SYSCTL_INT(_hw, OID_AUTO, tsc_invariant, CTLFLAG_RD, &tsc_invariant, 0,
    "It counts at one rate in every state of the CPU");
SYSCTL_INT(_hw, OID_AUTO, tsc_mpsync, CTLFLAG_RD, &tsc_mpsync, 0,
    "It is the same on all CPUs");

/* Ticks in CALIBRATE_MS by the reference clock, scaled to a second. */
static uint64_t
measure(const struct ref_clock *rc)
{
	uint64_t wanted = rc->rc_freq * CALIBRATE_MS / 1000;
	uint64_t r0, r, t0, t1, passed = 0;
	u_long flags = intr_disable();

	r0 = rc->rc_count();
	t0 = rdtsc_ordered();
	do {
		r = rc->rc_count();
		t1 = rdtsc_ordered();
		passed += (r - r0) & rc->rc_mask;
		r0 = r;
	} while (passed < wanted);
	intr_restore(flags);
	return ((t1 - t0) * rc->rc_freq / passed);
}

/* What the CPU or the hypervisor says of itself, 0 if nothing. */
static uint64_t
tsc_announced(void)
{
	u_int regs[4];

	if (cpu_feature2 & CPUID2_VMM) {
		do_cpuid(0x40000000, regs);
		if (regs[0] >= 0x40000010 && regs[0] < 0x40000100) {
			do_cpuid(0x40000010, regs);
			if (regs[0] != 0)
				return ((uint64_t)regs[0] * 1000);
		}
	}
	if (cpu_high >= 0x15) {
		do_cpuid(0x15, regs);
		if (regs[0] != 0 && regs[1] != 0 && regs[2] != 0)
			return ((uint64_t)regs[2] * regs[1] / regs[0]);
	}
	return (0);
}

void
tsc_calibrate(void)
{
	struct ref_clock rc;
	uint64_t freq, best = 0;
	int i;

	tsc_present = (cpu_feature & CPUID_TSC) != 0;
	if (!tsc_present)
		return;
	tsc_invariant = (amd_pminfo & AMDPM_TSC_INVARIANT) != 0;
	best = tsc_announced();
	if (best == 0) {
		if (!hpet_reference(&rc) && !acpi_timer_reference(&rc))
			i8254_reference(&rc);
		/* A disturbance only ever makes the result larger. */
		for (i = 0; i < CALIBRATE_TRIES; ++i) {
			freq = measure(&rc);
			if (best == 0 || freq < best)
				best = freq;
		}
	}
	tsc_frequency = best;
	tsc_oneus_approx = best / 1000000 + 1;
}

static sysclock_t
tsc_count(void)
{
	return (rdtsc());
}

static struct cputimer tsc_cputimer = {
	.name = "TSC",
	.pri = CPUTIMER_PRI_TSC,
	.type = CPUTIMER_TSC,
	.count = tsc_count,
	.fromhz = cputimer_default_fromhz,
	.fromus = cputimer_default_fromus,
	.construct = cputimer_default_construct,
	.destruct = cputimer_default_destruct,
};

/* --- do the CPUs agree? ---------------------------------------------- */

#define SYNC_ROUNDS	200

static struct {
	volatile uint64_t ts_stamp;	/* (a) latest reading of anybody */
	volatile u_int	ts_here;	/* (a) CPUs that take part */
	volatile u_int	ts_bad;		/* (a) readings out of order */
} sync_test;

/*
 * Every CPU keeps reading the counter and publishing what it read: no
 * reading may be before one that was published earlier.
 */
static void
tsc_sync_cpu(void *arg)
{
	uint64_t last, now;
	int i;

	atomic_add_int(&sync_test.ts_here, 1);
	while (sync_test.ts_here < (u_int)ncpus)
		cpu_pause();
	for (i = 0; i < SYNC_ROUNDS; ++i) {
		last = sync_test.ts_stamp;
		now = rdtsc_ordered();
		if ((int64_t)(now - last) < 0)
			atomic_add_int(&sync_test.ts_bad, 1);
		else
			atomic_cmpset_64(&sync_test.ts_stamp, last, now);
	}
}

void
tsc_register(void)
{
	cpumask_t all;

	if (!tsc_present || tsc_frequency == 0)
		return;
	if (ncpus > 1) {
		all = smp_active_mask;
		smp_rendezvous(all, tsc_sync_cpu, NULL);
		tsc_mpsync = sync_test.ts_bad == 0;
	}
	/* A hypervisor's counter is as good as an invariant one. */
	if (!tsc_mpsync || (!tsc_invariant &&
	    (cpu_feature2 & CPUID2_VMM) == 0)) {
		kprintf("TSC: not used to keep time (%s)\n", tsc_mpsync ?
		    "its rate varies" : "CPUs differ");
		return;
	}
	tsc_cputimer.freq = tsc_frequency;
	cputimer_register(&tsc_cputimer);
	cputimer_select(&tsc_cputimer, 0);
}

/* --- waiting --------------------------------------------------------- */

void
DELAY(int n)
{
	uint64_t start, ticks;

	if (n <= 0)
		return;
	if (tsc_frequency == 0) {
		i8254_delay(n);
		return;
	}
	start = rdtsc();
	ticks = (uint64_t)n * tsc_frequency / 1000000;
	while (rdtsc() - start < ticks)
		cpu_pause();
}

void
DRIVERSLEEP(int usec)
{
	static int ident;

	if (cold || curthread->td_critcount != 0 || usec < 1000)
		DELAY(usec);
	else
		tsleep(&ident, 0, "drvslp",
		    (int)((int64_t)usec * hz / 1000000) + 1);
}

tsc_uclock_t
tsc_get_target(int ns)
{
	return (rdtsc() + (uint64_t)ns * tsc_frequency / 1000000000);
}

int
tsc_test_target(int64_t target)
{
	return ((int64_t)(rdtsc() - target) >= 0);
}
