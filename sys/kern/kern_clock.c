/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The clocks: hardclock, statclock and schedclock of every CPU, and the time
 * kept from them.
 *
 * Time is what a counter (sys_cputimer) says beyond a base.  Once a tick the
 * boot CPU computes a new base into the other one of two records and then
 * publishes it by its generation number; readers need no lock.  A new base
 * lies exactly on the line of the old one, so time never steps back: not
 * between CPUs, which read the same counter, nor when a slew (adjtime)
 * changes the rate at which the time of day passes.
 *
 * statclock charges the time since its last run to what it interrupted, and
 * runs the user scheduler's clock.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/callout.h>
#include <sys/kinfo.h>
#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/spinlock2.h>
#include <sys/sysctl.h>
#include <sys/systimer.h>
#include <sys/thread.h>
#include <sys/thread2.h>
#include <sys/time.h>
#include <sys/upmap.h>
#include <machine/clock.h>

#define NSEC		1000000000L
#define SLEW_PPM	500		/* adjtime: at most that much */

/* One base of time; gen is odd while it is being written. */
struct timehands {
	volatile u_int	gen;		/* (a) */
	sysclock_t	count;		/* counter at the base */
	uint64_t	up_scale;	/* ns per count, 32 bits fraction */
	uint64_t	real_scale;	/* the same for the time of day */
	uint64_t	up_frac;	/* ns since boot, 32 bits fraction */
	uint64_t	up_ns;
	int64_t		real_ns;	/* since 1970 */
	uint64_t	real_frac;
};

int	hz = 100;
int	tick = 10000;
int	stathz = 128;
int	profhz = 128;
int	ticks;
time_t	time_second = 1;
time_t	time_uptime = 1;
struct timespec boottime;

TUNABLE_INT("kern.hz", &hz);

/* (k) clock_spin; readers see gen. */
static struct timehands timehands[2] = {
	{ .gen = 2, .up_ns = NSEC, .real_ns = NSEC },
	{ .gen = 0 },
};
static volatile u_int timehands_cur;	/* (a) index of the one in force */
static struct spinlock clock_spin = SPINLOCK_INITIALIZER(clock_spin, "clock");
static int64_t slew_ns;			/* (k) still to be slewed */
static int64_t rate_ppb;		/* (k) correction of the rate, 1e-9 */
static struct timespec tick_uptime[2];	/* as of the last tick */
static struct timespec tick_realtime[2];
static volatile u_int tick_gen;		/* (a) index, and how often */

static void	hardclock(systimer_t info, int in_ipi,
		    struct intrframe *frame);
static void	statclock(systimer_t info, int in_ipi,
		    struct intrframe *frame);

/*
 * --- reading ---
 */

/* Nanoseconds at this moment: since boot, since 1970. */
static void
clock_read(uint64_t *upp, int64_t *realp)
{
	struct timehands *th;
	sysclock_t delta;
	u_int gen;

	do {
		th = &timehands[timehands_cur];
		gen = th->gen;
		cpu_lfence();
		delta = sys_cputimer->count() - th->count;
		/* Another CPU's counter may be a trifle behind. */
		if ((ssysclock_t)delta < 0)
			delta = 0;
		if (upp != NULL) {
			*upp = th->up_ns + mulshr32_u64(delta, th->up_scale);
		}
		if (realp != NULL) {
			*realp = th->real_ns +
			    (int64_t)mulshr32_u64(delta, th->real_scale);
		}
		cpu_lfence();
	} while ((gen & 1) || gen != th->gen);
}

static __inline void
ns_to_timespec(int64_t ns, struct timespec *ts)
{
	ts->tv_sec = ns / NSEC;
	ts->tv_nsec = ns % NSEC;
	if (ts->tv_nsec < 0) {
		ts->tv_nsec += NSEC;
		--ts->tv_sec;
	}
}

static __inline void
timespec_to_timeval(const struct timespec *ts, struct timeval *tv)
{
	tv->tv_sec = ts->tv_sec;
	tv->tv_usec = ts->tv_nsec / 1000;
}

void
nanouptime(struct timespec *ts)
{
	uint64_t ns;

	clock_read(&ns, NULL);
	ns_to_timespec(ns, ts);
}

void
nanotime(struct timespec *ts)
{
	int64_t ns;

	clock_read(NULL, &ns);
	ns_to_timespec(ns, ts);
}

void
microuptime(struct timeval *tv)
{
	struct timespec ts;

	nanouptime(&ts);
	timespec_to_timeval(&ts, tv);
}

void
microtime(struct timeval *tv)
{
	struct timespec ts;

	nanotime(&ts);
	timespec_to_timeval(&ts, tv);
}

/* As of the last tick. */
static void
tick_read(const struct timespec *pair, struct timespec *ts)
{
	u_int gen;

	do {
		gen = tick_gen;
		cpu_lfence();
		*ts = pair[gen & 1];
		cpu_lfence();
	} while (tick_gen - gen > 1);
}

void
getnanouptime(struct timespec *ts)
{
	tick_read(tick_uptime, ts);
}

void
getnanotime(struct timespec *ts)
{
	tick_read(tick_realtime, ts);
}

void
getmicrouptime(struct timeval *tv)
{
	struct timespec ts;

	getnanouptime(&ts);
	timespec_to_timeval(&ts, tv);
}

void
getmicrotime(struct timeval *tv)
{
	struct timespec ts;

	getnanotime(&ts);
	timespec_to_timeval(&ts, tv);
}

/* Both from one reading: up, and time of day as boot time plus that. */
void
getnanouptime_nbt(struct timespec *ts, struct timespec *nbt)
{
	getnanouptime(ts);
	*nbt = boottime;
}

void
getnanotime_nbt(struct timespec *ts, struct timespec *nbt)
{
	getnanotime(ts);
	*nbt = boottime;
}

/*
 * --- keeping ---
 */

/* A scale with the correction of the clock's rate: see clock_set_rate(). */
static uint64_t
rate_corrected(uint64_t scale)
{
	return (scale + (int64_t)(scale / 1000) * rate_ppb / (NSEC / 1000));
}

/*
 * Compute a new base.  real_step is added to the time of day.  clock_spin
 * held.
 */
static void
clock_rebase(int64_t real_step, struct cputimer *timer, sysclock_t now,
    sysclock_t newbase)
{
	struct timehands *th = &timehands[timehands_cur];
	struct timehands *nth = &timehands[timehands_cur ^ 1];
	sysclock_t delta = now - th->count;
	unsigned __int128 up, real;
	int64_t adj, ns;

	if ((ssysclock_t)delta < 0)
		delta = 0;
	nth->gen |= 1;
	cpu_sfence();
	nth->count = newbase;
	up = (unsigned __int128)delta * th->up_scale + th->up_frac;
	real = (unsigned __int128)delta * th->real_scale + th->real_frac;
	nth->up_ns = th->up_ns + (uint64_t)(up >> 32);
	nth->up_frac = (uint32_t)up;
	nth->real_ns = th->real_ns + (int64_t)(uint64_t)(real >> 32) +
	    real_step;
	nth->real_frac = (uint32_t)real;

	/* Pay off what the rate of the last interval has slewed. */
	if (slew_ns != 0 && real_step == 0) {
		ns = (int64_t)(nth->real_ns - th->real_ns) -
		    (int64_t)(nth->up_ns - th->up_ns);
		ns -= (int64_t)(nth->up_ns - th->up_ns) * rate_ppb / NSEC;
		if (th->real_scale != rate_corrected(th->up_scale)) {
			if ((slew_ns > 0) != (slew_ns - ns > 0))
				slew_ns = 0;
			else
				slew_ns -= ns;
		}
	}
	nth->up_scale = timer->freq64_nsec;
	nth->real_scale = rate_corrected(nth->up_scale);
	if (slew_ns != 0) {
		adj = (int64_t)(nth->up_scale / (1000000 / SLEW_PPM));
		/* No further than to the goal within a tick. */
		if ((slew_ns < 0 ? -slew_ns : slew_ns) <
		    NSEC / hz / (1000000 / SLEW_PPM)) {
			adj = (int64_t)(nth->up_scale *
			    (uint64_t)(slew_ns < 0 ? -slew_ns : slew_ns) /
			    (NSEC / hz));
		}
		if (adj == 0)
			adj = 1;
		nth->real_scale += slew_ns > 0 ? adj : -adj;
	}
	cpu_sfence();
	nth->gen += 1;
	cpu_sfence();
	timehands_cur ^= 1;
	cpu_mfence();
	/* Readers of the old record notice. */
	th->gen += 2;
}

/* From cputimer_select(), after sys_cputimer has changed. */
void
clock_counter_changed(struct cputimer *old __unused, sysclock_t oldclock)
{
	spin_lock(&clock_spin);
	clock_rebase(0, sys_cputimer, oldclock, sys_cputimer->count());
	spin_unlock(&clock_spin);
}

/* Boot CPU, once a tick. */
static void
clock_tick(void)
{
	struct timehands *th;
	sysclock_t now;
	u_int next;

	spin_lock(&clock_spin);
	now = sys_cputimer->count();
	clock_rebase(0, sys_cputimer, now, now);
	th = &timehands[timehands_cur];
	next = (tick_gen + 1) & 1;
	ns_to_timespec(th->up_ns, &tick_uptime[next]);
	ns_to_timespec(th->real_ns, &tick_realtime[next]);
	cpu_sfence();
	++tick_gen;
	time_uptime = tick_uptime[next].tv_sec;
	time_second = tick_realtime[next].tv_sec;
	spin_unlock(&clock_spin);
	++ticks;
	kpmap_tick();
}

void
set_timeofday(struct timespec *ts)
{
	struct timespec up;
	int64_t ns;

	spin_lock(&clock_spin);
	clock_read(NULL, &ns);
	slew_ns = 0;
	clock_rebase(ts->tv_sec * NSEC + ts->tv_nsec - ns, sys_cputimer,
	    sys_cputimer->count(), sys_cputimer->count());
	spin_unlock(&clock_spin);
	nanouptime(&up);
	boottime = *ts;
	_timespecsub2(&boottime, &up);
	time_second = ts->tv_sec;
}

/* From now on the time of day runs faster by so many parts in 10^9. */
void
clock_set_rate(int64_t ppb)
{
	spin_lock(&clock_spin);
	rate_ppb = ppb;
	spin_unlock(&clock_spin);
}

/* Slew the time of day by delta ns; what was left of the last in *oldp. */
void
kern_adjtime(int64_t delta, int64_t *oldp)
{
	spin_lock(&clock_spin);
	*oldp = slew_ns;
	slew_ns = delta;
	spin_unlock(&clock_spin);
}

int64_t
kern_adjtime_left(void)
{
	return (slew_ns);
}

/*
 * --- clock interrupts ---
 */

/* This CPU's clocks; its timer interrupt works. */
void
initclocks_pcpu(void)
{
	globaldata_t gd = mycpu;

	crit_enter();
	if (gd->gd_cpuid == 0) {
		tick = 1000000 / hz;
		clock_tick();
	}
	systimer_intr_enable();
	gd->gd_statcv = sys_cputimer->count();
	systimer_init_periodic_flags(&gd->gd_hardclock, hardclock, NULL, hz,
	    SYSTF_OFFSETCPU);
	systimer_init_periodic_flags(&gd->gd_statclock, statclock, NULL,
	    stathz, SYSTF_OFFSETCPU | SYSTF_OFFSET50);
	crit_exit();
}

void
initclocks(void)
{
	initclocks_pcpu();
}
SYSINIT(clocks, SI_BOOT2_CLOCKS, SI_ORDER_SECOND, initclocks, NULL);

static void
hardclock(systimer_t info __unused, int in_ipi __unused,
    struct intrframe *frame __unused)
{
	globaldata_t gd = mycpu;

	++gd->gd_ticks;
	if (gd->gd_cpuid == 0) {
		clock_tick();
		sched_ticks = ticks;
	}
	lwkt_process_ipiq_passive();
	hardclock_softtick(gd);
}

/* What was interrupted: charge us microseconds to it. */
static void
statclock_charge(globaldata_t gd, struct intrframe *frame, uint64_t us)
{
	thread_t td = gd->gd_curthread;
	struct lwp *lp = td->td_lwp;

	if (frame != NULL && CLKF_USERMODE(frame)) {
		td->td_uticks += us;
		if (lp != NULL && lp->lwp_proc->p_nice > NZERO)
			gd->gd_cputime.cp_nice += us;
		else
			gd->gd_cputime.cp_user += us;
		if (lp != NULL && (lp->lwp_proc->p_flags & P_PROFIL))
			profil_tick(lp);
		if (lp != NULL && timevalisset(
		    &lp->lwp_proc->p_timer[ITIMER_VIRTUAL].it_value))
			lwp_itimer_tick(lp, 1, (int)us);
		else if (lp != NULL && timevalisset(
		    &lp->lwp_proc->p_timer[ITIMER_PROF].it_value))
			lwp_itimer_tick(lp, 1, (int)us);
		return;
	}
	if (td->td_flags & TDF_INTTHREAD) {
		td->td_iticks += us;
		gd->gd_cputime.cp_intr += us;
		return;
	}
	td->td_sticks += us;
	if (td == &gd->gd_idlethread)
		gd->gd_cputime.cp_idle += us;
	else
		gd->gd_cputime.cp_sys += us;
	if (lp != NULL && timevalisset(
	    &lp->lwp_proc->p_timer[ITIMER_PROF].it_value))
		lwp_itimer_tick(lp, 0, (int)us);
}

static void
statclock(systimer_t info, int in_ipi __unused, struct intrframe *frame)
{
	globaldata_t gd = mycpu;
	sysclock_t now = sys_cputimer->count();
	struct lwp *lp;
	uint64_t us;

	us = mulshr32_u64(now - gd->gd_statcv, sys_cputimer->freq64_usec);
	gd->gd_statcv = now;
	if (us > 1000000)
		us = 1000000;
	statclock_charge(gd, frame, us);
	lp = gd->gd_curthread->td_lwp;
	if (lp != NULL)
		usched_schedulerclock(lp, info->periodic, info->time);
}

/*
 * --- kern.clockrate and relatives ---
 */

static int
sysctl_kern_clockrate(SYSCTL_HANDLER_ARGS)
{
	struct clockinfo ci = {
		.hz = hz, .tick = tick, .tickadj = tick / 20,
		.stathz = stathz, .profhz = profhz,
	};

	return (sysctl_handle_opaque(oidp, &ci, sizeof(ci), req));
}
SYSCTL_PROC(_kern, KERN_CLOCKRATE, clockrate, CTLTYPE_STRUCT | CTLFLAG_RD,
    NULL, 0, sysctl_kern_clockrate, "S,clockinfo", "Rates of the clocks");

static int
sysctl_kern_boottime(SYSCTL_HANDLER_ARGS)
{
	struct timeval tv;

	timespec_to_timeval(&boottime, &tv);
	return (sysctl_handle_opaque(oidp, &tv, sizeof(tv), req));
}
SYSCTL_PROC(_kern, KERN_BOOTTIME, boottime, CTLTYPE_STRUCT | CTLFLAG_RD,
    NULL, 0, sysctl_kern_boottime, "S,timeval", "Time of the boot");

/* CPU time of each CPU by kind. */
static int
sysctl_kern_cputime(SYSCTL_HANDLER_ARGS)
{
	struct kinfo_cputime ct;
	globaldata_t gd;
	int error = 0;
	int n;

	for (n = 0; error == 0 && n < ncpus; ++n) {
		gd = globaldata_find(n);
		bzero(&ct, sizeof(ct));
		ct.cp_user = gd->gd_cputime.cp_user;
		ct.cp_nice = gd->gd_cputime.cp_nice;
		ct.cp_sys = gd->gd_cputime.cp_sys;
		ct.cp_intr = gd->gd_cputime.cp_intr;
		ct.cp_idle = gd->gd_cputime.cp_idle;
		error = SYSCTL_OUT(req, &ct, sizeof(ct));
	}
	return (error);
}
SYSCTL_PROC(_kern, OID_AUTO, cputime, CTLTYPE_OPAQUE | CTLFLAG_RD, NULL, 0,
    sysctl_kern_cputime, "S,kinfo_cputime", "CPU time statistics");
