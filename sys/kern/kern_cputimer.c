/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The choice among the machine's counters and timer interrupts: the
 * registered one of the highest priority is used.  Until there is one a
 * dummy counts calls.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/sysctl.h>
#include <sys/systimer.h>
#include <sys/thread2.h>

static sysclock_t
dummy_count(void)
{
	static sysclock_t count;

	return (++count);
}

static struct cputimer dummy_cputimer = {
	.name = "DUMMY",
	.pri = CPUTIMER_PRI_DUMMY,
	.type = CPUTIMER_DUMMY,
	.count = dummy_count,
	.fromhz = cputimer_default_fromhz,
	.fromus = cputimer_default_fromus,
	.construct = cputimer_default_construct,
	.destruct = cputimer_default_destruct,
	.freq = 1000000,
	.freq64_usec = (int64_t)1 << 32,
	.freq64_nsec = (int64_t)1000 << 32,
};

struct cputimer *sys_cputimer = &dummy_cputimer;
struct cputimer_intr *sys_cputimer_intr;

static SLIST_HEAD(, cputimer) cputimers = SLIST_HEAD_INITIALIZER(cputimers);
static SLIST_HEAD(, cputimer_intr) cputimer_intrs =
    SLIST_HEAD_INITIALIZER(cputimer_intrs);

void
cputimer_register(struct cputimer *timer)
{
	struct cputimer *scan;

	cputimer_set_frequency(timer, timer->freq);
	SLIST_FOREACH(scan, &cputimers, next) {
		if (scan == timer)
			return;
	}
	SLIST_INSERT_HEAD(&cputimers, timer, next);
}

void
cputimer_deregister(struct cputimer *timer)
{
	struct cputimer *scan, *best = NULL;

	SLIST_FOREACH(scan, &cputimers, next) {
		if (scan != timer && (best == NULL || scan->pri > best->pri))
			best = scan;
	}
	SLIST_REMOVE(&cputimers, timer, cputimer, next);
	if (timer == sys_cputimer) {
		sys_cputimer = &dummy_cputimer;
		cputimer_select(best != NULL ? best : &dummy_cputimer, 0x7fff);
	}
}

/* Use the timer if its priority (pri, or its own with 0) is higher. */
void
cputimer_select(struct cputimer *timer, int pri)
{
	struct cputimer *old = sys_cputimer;
	sysclock_t oldclock;

	if (pri == 0)
		pri = timer->pri;
	if (pri <= old->pri || timer == old)
		return;
	crit_enter();
	oldclock = old->count();
	old->destruct(old);
	timer->construct(timer, oldclock);
	cputimer_set_frequency(timer, timer->freq);
	sys_cputimer = timer;
	crit_exit();
	clock_counter_changed(old, oldclock);
	if (sys_cputimer_intr != NULL)
		cputimer_intr_config(timer);
	systimer_changed();
	if (bootverbose)
		kprintf("cputimer: %s at %lu Hz\n", timer->name, timer->freq);
}

void
cputimer_set_frequency(struct cputimer *timer, sysclock_t freq)
{
	if (freq == 0)
		freq = 1;
	timer->freq = freq;
	timer->freq64_usec = (int64_t)((1000000ULL << 32) / freq);
	timer->freq64_nsec = (int64_t)((1000000000ULL << 32) / freq);
}

sysclock_t
cputimer_default_fromhz(int64_t freq)
{
	return (sys_cputimer->freq / (sysclock_t)freq);
}

sysclock_t
cputimer_default_fromus(int64_t us)
{
	return (muldivu64(sys_cputimer->freq, (sysclock_t)us, 1000000));
}

/* Its count need not continue the previous one's. */
void
cputimer_default_construct(struct cputimer *timer, sysclock_t oldclock)
{
	timer->base = 0;
	timer->sync_base = oldclock;
}

void
cputimer_default_destruct(struct cputimer *timer __unused)
{
}

static int
sysctl_cputimer_name(SYSCTL_HANDLER_ARGS)
{
	return (SYSCTL_OUT_STR(req, sys_cputimer->name));
}

static int
sysctl_cputimer_freq(SYSCTL_HANDLER_ARGS)
{
	return (SYSCTL_OUT(req, &sys_cputimer->freq,
	    sizeof(sys_cputimer->freq)));
}

/* The names of all registered, best first as they came last. */
static int
sysctl_cputimer_list(SYSCTL_HANDLER_ARGS)
{
	struct cputimer *scan;
	int error = 0, first = 1;

	SLIST_FOREACH(scan, &cputimers, next) {
		if (!first)
			error = SYSCTL_OUT(req, " ", 1);
		first = 0;
		if (error == 0)
			error = SYSCTL_OUT(req, scan->name,
			    strlen(scan->name));
		if (error)
			return (error);
	}
	return (SYSCTL_OUT(req, "", 1));
}

static SYSCTL_NODE(_kern, OID_AUTO, cputimer, CTLFLAG_RW, 0, "cputimer");
SYSCTL_PROC(_kern_cputimer, OID_AUTO, name, CTLTYPE_STRING | CTLFLAG_RD,
    NULL, 0, sysctl_cputimer_name, "A", "counter in use");
SYSCTL_PROC(_kern_cputimer, OID_AUTO, freq, CTLTYPE_U64 | CTLFLAG_RD,
    NULL, 0, sysctl_cputimer_freq, "QU", "its frequency, Hz");
SYSCTL_PROC(_kern_cputimer, OID_AUTO, select, CTLTYPE_STRING | CTLFLAG_RD,
    NULL, 0, sysctl_cputimer_list, "A", "counters there are");

/*
 * --- timer interrupts ---
 */

void
cputimer_intr_register(struct cputimer_intr *cti)
{
	struct cputimer_intr *scan;

	SLIST_FOREACH(scan, &cputimer_intrs, next) {
		if (scan == cti)
			return;
	}
	cti->config(cti, sys_cputimer);
	SLIST_INSERT_HEAD(&cputimer_intrs, cti, next);
}

void
cputimer_intr_deregister(struct cputimer_intr *cti)
{
	KKASSERT(cti != sys_cputimer_intr);
	SLIST_REMOVE(&cputimer_intrs, cti, cputimer_intr, next);
}

int
cputimer_intr_select(struct cputimer_intr *cti, int prio)
{
	if (prio == 0)
		prio = cti->prio;
	if (sys_cputimer_intr != NULL && prio < sys_cputimer_intr->prio)
		return (EBUSY);
	sys_cputimer_intr = cti;
	if (bootverbose)
		kprintf("cputimer_intr: %s at %lu Hz\n", cti->name, cti->freq);
	return (0);
}

/* One that has the capabilities; ENOENT if there is none. */
int
cputimer_intr_select_caps(uint32_t caps)
{
	struct cputimer_intr *scan, *best = NULL;

	SLIST_FOREACH(scan, &cputimer_intrs, next) {
		if ((scan->caps & caps) == caps &&
		    (best == NULL || scan->prio > best->prio))
			best = scan;
	}
	if (best == NULL)
		return (ENOENT);
	return (cputimer_intr_select(best, CPUTIMER_INTR_PRIO_MAX));
}

void
cputimer_intr_default_enable(struct cputimer_intr *cti __unused)
{
}

void
cputimer_intr_default_restart(struct cputimer_intr *cti)
{
	cti->reload(cti, 1);
}

void
cputimer_intr_default_config(struct cputimer_intr *cti __unused,
    const struct cputimer *timer __unused)
{
}

void
cputimer_intr_default_pmfixup(struct cputimer_intr *cti __unused)
{
}

void
cputimer_intr_default_initclock(struct cputimer_intr *cti __unused,
    boolean_t selected __unused)
{
}

void
cputimer_intr_reload(sysclock_t count)
{
	struct cputimer_intr *cti = sys_cputimer_intr;

	if (cti != NULL)
		cti->reload(cti, count);
}

void
cputimer_intr_enable(void)
{
	struct cputimer_intr *cti = sys_cputimer_intr;

	if (cti == NULL)
		return;
	cti->enable(cti);
	if (cti->pcpuhand != NULL)
		cti->pcpuhand(cti);
}

void
cputimer_intr_config(const struct cputimer *timer)
{
	struct cputimer_intr *cti;

	SLIST_FOREACH(cti, &cputimer_intrs, next)
		cti->config(cti, timer);
}

void
cputimer_intr_restart(void)
{
	struct cputimer_intr *cti = sys_cputimer_intr;

	if (cti != NULL)
		cti->restart(cti);
}

void
cputimer_intr_pmfixup(void)
{
	struct cputimer_intr *cti;

	SLIST_FOREACH(cti, &cputimer_intrs, next)
		cti->pmfixup(cti);
}
