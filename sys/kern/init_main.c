/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The machine independent part of the boot: runs all SYSINITs in order.  Process 1 is
 * in kern_init1.c.
 */
#include <sys/param.h>
#include <sys/stdbool.h>
#include <sys/systm.h>
#include <sys/globaldata.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/reboot.h>
#include <sys/thread2.h>
#include <machine/clock.h>
#include <machine/cpu.h>

extern char damselfly_banner[];

int	cold = 1;
int	osreldate = __DragonFly_version;
int	boothowto;
int	bootverbose;
const char copyright[] =
    "Damselfly, an independent system of the DragonFly family.\n";

static MALLOC_DEFINE(M_SYSINIT, "sysinit", "initialisers of modules");
SET_DECLARE(sysinit_set, struct sysinit);

/*
 * What is still to be run, sorted; while booting, sysinit_add() merges more
 * into it.
 */
static struct sysinit **pending, **pending_end;
static bool booting;

static bool
comes_before(const struct sysinit *a, const struct sysinit *b)
{
	if (a->subsystem != b->subsystem)
		return (a->subsystem < b->subsystem);
	return (a->order < b->order);
}

/* Stable: equals keep their order.  The boot set is a few hundred. */
static void
sort_inits(struct sysinit **first, struct sysinit **end)
{
	struct sysinit *si;

	for (struct sysinit **p = first + 1; p < end; p++) {
		struct sysinit **q;

		si = *p;
		for (q = p; q > first && comes_before(si, q[-1]); q--)
			*q = q[-1];
		*q = si;
	}
}

static void
run_inits(void)
{
	struct sysinit *si;

	while (pending < pending_end) {
		si = *pending++;
		if (si->subsystem == SI_SPECIAL_DUMMY ||
		    si->subsystem == SI_SPECIAL_DONE)
			continue;
		si->func(si->udata);
	}
}

/* A module's: during the boot in their turn, afterwards at once. */
void
sysinit_add(struct sysinit **set, struct sysinit **set_end)
{
	struct sysinit **merged;
	size_t have = pending_end - pending, more = set_end - set;

	if (!booting) {
		sort_inits(set, set_end);
		for (; set < set_end; set++)
			(*set)->func((*set)->udata);
		return;
	}
	merged = kmalloc((have + more) * sizeof(*merged), M_SYSINIT, M_WAITOK);
	memcpy(merged, pending, have * sizeof(*merged));
	memcpy(merged + have, set, more * sizeof(*merged));
	pending = merged;
	pending_end = merged + have + more;
	sort_inits(pending, pending_end);
}

void
mi_startup(void)
{
	booting = true;
	pending = SET_BEGIN(sysinit_set);
	pending_end = SET_LIMIT(sysinit_set);
	sort_inits(pending, pending_end);
	run_inits();
	booting = false;

	/* The boot's thread has done its work. */
	for (;;)
		tsleep(&booting, 0, "nothing", 0);
}

static void
print_banner(void *arg)
{
	kprintf("%s%s\n%s", copyright, damselfly_banner, version);
}
SYSINIT(banner, SI_BOOT1_COPYRIGHT, SI_ORDER_FIRST, print_banner, NULL);

static void
leave_crit(void *arg)
{
	cpu_enable_intr();
	crit_exit();
	KKASSERT(!IN_CRITICAL_SECT(curthread));
}
SYSINIT(leavecrit, SI_BOOT2_LEAVE_CRIT, SI_ORDER_ANY, leave_crit, NULL);

/* Clocks tick, threads switch: from now on one may sleep. */
static void
warm_up(void *arg)
{
	cold = 0;
	tsleep_now_works = 1;
	inittodr(0);
}
SYSINIT(warmup, SI_BOOT2_CLOCKS, SI_ORDER_MIDDLE, warm_up, NULL);
