/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The slower counters: i8254, ACPI power management timer, HPET; starting
 * the clocks of all CPUs.  The TSC is in tsc.c, the interrupt in lapic.c.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/systimer.h>
#include <sys/thread2.h>
#include <vm/vm.h>
#include <vm/pmap.h>
#include <machine/acpi_tables.h>
#include <machine/atomic.h>
#include <machine/clock.h>
#include <machine/cpufunc.h>
#include <machine/smp.h>
#include "apicvar.h"
#include "clock_var.h"
#include "machvar.h"

uint64_t
clock_extend(volatile uint64_t *lastp, uint64_t raw, int bits)
{
	uint64_t last, now, mask = (1UL << bits) - 1;

	last = *lastp;
	do {
		now = (last & ~mask) | raw;
		if (raw < (last & mask)) {
			/*
			 * Behind the latest reading: a turn has passed, or
			 * another CPU read after us and stored before.
			 */
			if ((last & mask) - raw < (mask >> 1))
				return (last);
			now += mask + 1;
		}
	} while (!atomic_fcmpset_64(lastp, &last, now));
	return (now);
}

/* --- i8254 ----------------------------------------------------------- */

#define TIMER_CNTR0	0x40
#define TIMER_MODE	0x43
#define TIMER_SEL0_RATE	0x34	/* counter 0, both bytes, mode 2 */
#define TIMER_LATCH0	0x00

static volatile u_int i8254_busy;
static volatile uint64_t i8254_last;
static bool	i8254_running;

/* Counts up from 0 to 65535 and again. */
static uint64_t
i8254_raw(void)
{
	u_int lo, hi;
	u_long flags;

	flags = intr_disable();
	while (!atomic_cmpset_int(&i8254_busy, 0, 1))
		cpu_pause();
	if (!i8254_running) {
		outb(TIMER_MODE, TIMER_SEL0_RATE);
		outb(TIMER_CNTR0, 0);
		outb(TIMER_CNTR0, 0);
		i8254_running = true;
	}
	outb(TIMER_MODE, TIMER_LATCH0);
	lo = inb(TIMER_CNTR0);
	hi = inb(TIMER_CNTR0);
	atomic_store_rel_int(&i8254_busy, 0);
	intr_restore(flags);
	return (0xffff & -(lo | (hi << 8)));
}

static sysclock_t
i8254_count(void)
{
	return (clock_extend(&i8254_last, i8254_raw(), 16));
}

void
i8254_delay(int us)
{
	uint64_t left = (uint64_t)us * I8254_FREQ / 1000000 + 1, last, now;

	last = i8254_raw();
	for (;;) {
		now = i8254_raw();
		if (((now - last) & 0xffff) >= left)
			return;
		left -= (now - last) & 0xffff;
		last = now;
		cpu_pause();
	}
}

bool
i8254_reference(struct ref_clock *rc)
{
	rc->rc_count = i8254_raw;
	rc->rc_mask = 0xffff;
	rc->rc_freq = I8254_FREQ;
	return (true);
}

static struct cputimer i8254_cputimer = {
	.name = "i8254",
	.pri = CPUTIMER_PRI_8254,
	.type = CPUTIMER_8254_SEL1,
	.count = i8254_count,
	.fromhz = cputimer_default_fromhz,
	.fromus = cputimer_default_fromus,
	.construct = cputimer_default_construct,
	.destruct = cputimer_default_destruct,
	.freq = I8254_FREQ,
};

void
i8254_register(void)
{
	cputimer_register(&i8254_cputimer);
	cputimer_select(&i8254_cputimer, 0);
}

/* --- ACPI power management timer ------------------------------------- */

static u_int	acpi_timer_port;
static int	acpi_timer_bits;
static volatile uint64_t acpi_timer_last;

static uint64_t
acpi_timer_raw(void)
{
	return (inl(acpi_timer_port) & ((1UL << acpi_timer_bits) - 1));
}

static sysclock_t
acpi_timer_count(void)
{
	return (clock_extend(&acpi_timer_last, acpi_timer_raw(),
	    acpi_timer_bits));
}

bool
acpi_timer_reference(struct ref_clock *rc)
{
	const struct acpi_fadt *fadt = acpi_table_find("FACP", 0);

	if (fadt == NULL || fadt->h.length < offsetof(struct acpi_fadt,
	    reset_reg) || fadt->pm_tmr_len != 4 || fadt->pm_tmr_blk == 0)
		return (false);
	acpi_timer_port = fadt->pm_tmr_blk;
	acpi_timer_bits = (fadt->flags & ACPI_FADT_TMR_VAL_EXT) ? 32 : 24;
	rc->rc_count = acpi_timer_raw;
	rc->rc_mask = (1UL << acpi_timer_bits) - 1;
	rc->rc_freq = ACPI_TIMER_FREQ;
	return (true);
}

static struct cputimer acpi_cputimer = {
	.name = "ACPI",
	.pri = CPUTIMER_PRI_ACPI,
	.type = CPUTIMER_ACPI,
	.count = acpi_timer_count,
	.fromhz = cputimer_default_fromhz,
	.fromus = cputimer_default_fromus,
	.construct = cputimer_default_construct,
	.destruct = cputimer_default_destruct,
	.freq = ACPI_TIMER_FREQ,
};

void
acpi_timer_register(void)
{
	struct ref_clock rc;

	if (!acpi_timer_reference(&rc))
		return;
	cputimer_register(&acpi_cputimer);
	cputimer_select(&acpi_cputimer, 0);
}

/* --- HPET (IA-PC HPET specification 1.0a) ---------------------------- */

#define HPET_CAPABILITIES	0	/* in units of 8 bytes */
#define HPET_CONFIG		2
#define HPET_COUNTER		30
#define HPET_ENABLE		1UL
#define HPET_64BIT		0x2000UL
#define FEMTOSECONDS		1000000000000000UL

static volatile uint64_t *hpet_base;
static volatile uint64_t hpet_last;
static bool	hpet_wide;

static uint64_t
hpet_raw(void)
{
	return (hpet_wide ? hpet_base[HPET_COUNTER] :
	    *(volatile uint32_t *)&hpet_base[HPET_COUNTER]);
}

static sysclock_t
hpet_count(void)
{
	if (hpet_wide)
		return (hpet_base[HPET_COUNTER]);
	return (clock_extend(&hpet_last, hpet_raw(), 32));
}

bool
hpet_reference(struct ref_clock *rc)
{
	const struct acpi_hpet *hpet = acpi_table_find("HPET", 0);
	uint64_t cap, period;

	if (hpet == NULL || hpet->base.space != ACPI_SPACE_MEMORY ||
	    hpet->base.address == 0)
		return (false);
	hpet_base = pmap_mapdev(hpet->base.address, PAGE_SIZE);
	cap = hpet_base[HPET_CAPABILITIES];
	period = cap >> 32;
	/* The specification allows at most 100 ns. */
	if (period == 0 || period > 100000000)
		return (false);
	hpet_wide = (cap & HPET_64BIT) != 0;
	hpet_base[HPET_CONFIG] |= HPET_ENABLE;
	rc->rc_count = hpet_raw;
	rc->rc_mask = hpet_wide ? ~0UL : 0xffffffffUL;
	rc->rc_freq = FEMTOSECONDS / period;
	return (true);
}

static struct cputimer hpet_cputimer = {
	.name = "HPET",
	.pri = CPUTIMER_PRI_HPET,
	.type = CPUTIMER_HPET,
	.count = hpet_count,
	.fromhz = cputimer_default_fromhz,
	.fromus = cputimer_default_fromus,
	.construct = cputimer_default_construct,
	.destruct = cputimer_default_destruct,
};

void
hpet_register(void)
{
	struct ref_clock rc;

	if (!hpet_reference(&rc))
		return;
	hpet_cputimer.freq = rc.rc_freq;
	cputimer_register(&hpet_cputimer);
	cputimer_select(&hpet_cputimer, 0);
}

/* --- starting -------------------------------------------------------- */

/* Counters, best last, and the interrupt of the boot CPU. */
void
clocks_init(void)
{
	i8254_register();
	acpi_timer_register();
	hpet_register();
	tsc_register();
	lapic_timer_setup();
}
SYSINIT(clocks_init, SI_BOOT2_CLOCKREG, SI_ORDER_FIRST, clocks_init, NULL);

static void
clocks_start_cpu(void *arg)
{
	lapic_timer_init_pcpu();
	initclocks_pcpu();
}

/* After the boot CPU's clocks: those of the others. */
static void
clocks_start_others(void *arg)
{
	smp_rendezvous(mycpu->gd_other_cpus, clocks_start_cpu, NULL);
}
SYSINIT(clocks_others, SI_BOOT2_CLOCKS, SI_ORDER_ANY, clocks_start_others,
    NULL);
