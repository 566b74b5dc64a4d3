/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System calls about time: reading and setting clocks, and sleeping.
 *
 * Interval timers are in kern_itimer.c.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/systimer.h>
#include <sys/thread2.h>
#include <sys/time.h>
#include <machine/clock.h>

#define NSEC		1000000000L

/* Identifiers of CPU-time clocks made by getcpuclockid(). */
#define CPUCLOCK_BIT		((clockid_t)1 << 62)
#define CPUCLOCK_PID(id)	((pid_t)(((id) >> 32) & 0x3fffffff))
#define CPUCLOCK_TID(id)	((lwpid_t)((id) & 0xffffffff) - 1)

static struct timezone tz;	/* what settimeofday() said; unused here */
static int nanowait;		/* nobody wakes it */

/*
 * --- arithmetic ---
 */

void
timevaladd(struct timeval *t1, const struct timeval *t2)
{
	timeradd(t1, t2, t1);
}

void
timevalsub(struct timeval *t1, const struct timeval *t2)
{
	timersub(t1, t2, t1);
}

/* Is it a proper, non-negative interval? */
int
itimespecfix(struct timespec *ts)
{
	if (ts->tv_sec < 0 || ts->tv_nsec < 0 || ts->tv_nsec >= NSEC)
		return (EINVAL);
	if (ts->tv_sec == 0 && ts->tv_nsec != 0 &&
	    ts->tv_nsec < tick * 1000L)
		ts->tv_nsec = tick * 1000L;
	return (0);
}

int
itimerfix(struct timeval *tv)
{
	if (tv->tv_sec < 0 || tv->tv_usec < 0 || tv->tv_usec >= 1000000)
		return (EINVAL);
	if (tv->tv_sec == 0 && tv->tv_usec != 0 && tv->tv_usec < tick)
		tv->tv_usec = tick;
	return (0);
}

/* Ticks in an interval: `low' rounds up, `high' adds one to be sure. */
int
tstohz_low(struct timespec *ts)
{
	if (ts->tv_sec < 0)
		return (1);
	if (ts->tv_sec >= INT_MAX / hz - 1)
		return (INT_MAX);
	return ((int)(ts->tv_sec * hz +
	    (ts->tv_nsec + tick * 1000L - 1) / (tick * 1000L)));
}

int
tstohz_high(struct timespec *ts)
{
	int n = tstohz_low(ts);

	return (n < INT_MAX ? n + 1 : n);
}

int
tvtohz_low(struct timeval *tv)
{
	struct timespec ts = { tv->tv_sec, tv->tv_usec * 1000 };

	return (tstohz_low(&ts));
}

int
tvtohz_high(struct timeval *tv)
{
	struct timespec ts = { tv->tv_sec, tv->tv_usec * 1000 };

	return (tstohz_high(&ts));
}

/* Ticks until a time of day. */
int
hzto(struct timeval *tv)
{
	struct timeval now, diff;

	microtime(&now);
	timersub(tv, &now, &diff);
	if (diff.tv_sec < 0)
		return (1);
	return (tvtohz_high(&diff));
}

int
ratecheck(struct timeval *lasttime, const struct timeval *mininterval)
{
	struct timeval now, delta;

	getmicrouptime(&now);
	timersub(&now, lasttime, &delta);
	if (timercmp(&delta, mininterval, >=) ||
	    (lasttime->tv_sec == 0 && lasttime->tv_usec == 0)) {
		*lasttime = now;
		return (1);
	}
	return (0);
}

int
ppsratecheck(struct timeval *lasttime, int *curpps, int maxpps)
{
	int now = ticks;

	if (lasttime->tv_sec == 0 || (u_int)(now - lasttime->tv_sec) >= hz) {
		lasttime->tv_sec = now;
		*curpps = 1;
		return (maxpps != 0);
	}
	++*curpps;
	return (maxpps < 0 || *curpps <= maxpps);
}

/*
 * --- reading ---
 */

static void
us_to_timespec(uint64_t us, struct timespec *ts)
{
	ts->tv_sec = us / 1000000;
	ts->tv_nsec = (us % 1000000) * 1000;
}

/* CPU time of a thread or process, given as getcpuclockid() made it. */
static int
cpuclock_gettime(clockid_t id, struct timespec *ts)
{
	struct rusage ru;
	struct proc *p;
	struct lwp *lp;
	int error = 0;

	p = pfind(CPUCLOCK_PID(id));
	if (p == NULL)
		return (EINVAL);
	lwkt_gettoken(&p->p_token);
	if (CPUCLOCK_TID(id) >= 0) {
		lp = lwpfind(p, CPUCLOCK_TID(id));
		if (lp == NULL) {
			error = EINVAL;
		} else {
			us_to_timespec(lp->lwp_thread->td_uticks +
			    lp->lwp_thread->td_sticks, ts);
		}
	} else {
		calcru_proc(p, &ru);
		us_to_timespec((ru.ru_utime.tv_sec + ru.ru_stime.tv_sec) *
		    1000000ULL + ru.ru_utime.tv_usec + ru.ru_stime.tv_usec,
		    ts);
	}
	lwkt_reltoken(&p->p_token);
	PRELE(p);
	return (error);
}

static void
timeval_to_timespec(const struct timeval *tv, struct timespec *ts)
{
	ts->tv_sec = tv->tv_sec;
	ts->tv_nsec = tv->tv_usec * 1000;
}

static int
kern_clock_gettime(clockid_t id, struct timespec *ts)
{
	struct proc *p = curproc;
	struct rusage ru;

	switch (id) {
	case CLOCK_REALTIME:
	case CLOCK_REALTIME_PRECISE:
		nanotime(ts);
		return (0);
	case CLOCK_REALTIME_FAST:
		getnanotime(ts);
		return (0);
	case CLOCK_MONOTONIC:
	case CLOCK_MONOTONIC_PRECISE:
	case CLOCK_UPTIME:
	case CLOCK_UPTIME_PRECISE:
		nanouptime(ts);
		return (0);
	case CLOCK_MONOTONIC_FAST:
	case CLOCK_UPTIME_FAST:
		getnanouptime(ts);
		return (0);
	case CLOCK_SECOND:
		ts->tv_sec = time_second;
		ts->tv_nsec = 0;
		return (0);
	case CLOCK_VIRTUAL:
	case CLOCK_PROF:
	case CLOCK_PROCESS_CPUTIME_ID:
		lwkt_gettoken(&p->p_token);
		calcru_proc(p, &ru);
		lwkt_reltoken(&p->p_token);
		if (id != CLOCK_VIRTUAL)
			timevaladd(&ru.ru_utime, &ru.ru_stime);
		timeval_to_timespec(&ru.ru_utime, ts);
		return (0);
	case CLOCK_THREAD_CPUTIME_ID:
		us_to_timespec(curthread->td_uticks + curthread->td_sticks,
		    ts);
		return (0);
	}
	if (id & CPUCLOCK_BIT)
		return (cpuclock_gettime(id, ts));
	return (EINVAL);
}

int
sys_clock_gettime(struct sysmsg *sysmsg, const struct clock_gettime_args *uap)
{
	struct timespec ts;
	int error;

	error = kern_clock_gettime(uap->clock_id, &ts);
	if (error == 0)
		error = copyout(&ts, uap->tp, sizeof(ts));
	return (error);
}

int
sys_clock_getres(struct sysmsg *sysmsg, const struct clock_getres_args *uap)
{
	struct timespec ts = { 0, 0 };

	switch (uap->clock_id) {
	case CLOCK_REALTIME:
	case CLOCK_REALTIME_PRECISE:
	case CLOCK_MONOTONIC:
	case CLOCK_MONOTONIC_PRECISE:
	case CLOCK_UPTIME:
	case CLOCK_UPTIME_PRECISE:
		ts.tv_nsec = NSEC / sys_cputimer->freq;
		if (ts.tv_nsec == 0)
			ts.tv_nsec = 1;
		break;
	case CLOCK_REALTIME_FAST:
	case CLOCK_MONOTONIC_FAST:
	case CLOCK_UPTIME_FAST:
		ts.tv_nsec = tick * 1000L;
		break;
	case CLOCK_SECOND:
		ts.tv_sec = 1;
		break;
	case CLOCK_VIRTUAL:
	case CLOCK_PROF:
	case CLOCK_THREAD_CPUTIME_ID:
	case CLOCK_PROCESS_CPUTIME_ID:
		ts.tv_nsec = 1000;
		break;
	default:
		if ((uap->clock_id & CPUCLOCK_BIT) == 0)
			return (EINVAL);
		ts.tv_nsec = 1000;
		break;
	}
	if (uap->tp == NULL)
		return (0);
	return (copyout(&ts, uap->tp, sizeof(ts)));
}

int
sys_getcpuclockid(struct sysmsg *sysmsg, const struct getcpuclockid_args *uap)
{
	struct proc *p;
	clockid_t id;
	pid_t pid = uap->pid;
	int error = 0;

	if (pid == 0)
		pid = curproc->p_pid;
	p = pfind(pid);
	if (p == NULL)
		return (ESRCH);
	if (uap->lwp_id > 0 || uap->lwp_id < -1) {
		lwkt_gettoken_shared(&p->p_token);
		if (lwpfind(p, uap->lwp_id) == NULL)
			error = ESRCH;
		lwkt_reltoken(&p->p_token);
	}
	PRELE(p);
	if (error)
		return (error);
	id = CPUCLOCK_BIT | ((clockid_t)pid << 32) |
	    (clockid_t)(uint32_t)(uap->lwp_id > 0 ? uap->lwp_id + 1 : 0);
	return (copyout(&id, uap->clock_id, sizeof(id)));
}

int
sys_gettimeofday(struct sysmsg *sysmsg, const struct gettimeofday_args *uap)
{
	struct timeval tv;
	int error = 0;

	if (uap->tp != NULL) {
		microtime(&tv);
		error = copyout(&tv, uap->tp, sizeof(tv));
	}
	if (error == 0 && uap->tzp != NULL)
		error = copyout(&tz, uap->tzp, sizeof(tz));
	return (error);
}

/*
 * --- setting ---
 */

static int
settime(struct timespec *ts)
{
	struct timespec now;

	if (ts->tv_nsec < 0 || ts->tv_nsec >= NSEC || ts->tv_sec < 0)
		return (EINVAL);
	/* At a raised security level time only goes forward. */
	if (securelevel > 1) {
		nanotime(&now);
		if (timespeccmp(ts, &now, <))
			return (EPERM);
	}
	set_timeofday(ts);
	resettodr();
	return (0);
}

int
sys_clock_settime(struct sysmsg *sysmsg, const struct clock_settime_args *uap)
{
	struct timespec ts;
	int error;

	error = priv_check(curthread, PRIV_CLOCK_SETTIME);
	if (error)
		return (error);
	if (uap->clock_id != CLOCK_REALTIME)
		return (EINVAL);
	error = copyin(uap->tp, &ts, sizeof(ts));
	if (error == 0)
		error = settime(&ts);
	return (error);
}

int
sys_settimeofday(struct sysmsg *sysmsg, const struct settimeofday_args *uap)
{
	struct timeval tv;
	struct timezone ntz;
	struct timespec ts;
	int error;

	error = priv_check(curthread, PRIV_SETTIMEOFDAY);
	if (error)
		return (error);
	if (uap->tv != NULL) {
		error = copyin(uap->tv, &tv, sizeof(tv));
		if (error)
			return (error);
		if (tv.tv_usec < 0 || tv.tv_usec >= 1000000)
			return (EINVAL);
	}
	if (uap->tzp != NULL) {
		error = copyin(uap->tzp, &ntz, sizeof(ntz));
		if (error)
			return (error);
	}
	if (uap->tv != NULL) {
		timeval_to_timespec(&tv, &ts);
		error = settime(&ts);
		if (error)
			return (error);
	}
	if (uap->tzp != NULL)
		tz = ntz;
	return (0);
}

int
sys_adjtime(struct sysmsg *sysmsg, const struct adjtime_args *uap)
{
	struct timeval delta, old;
	int64_t ns, left;
	int error;

	if (uap->delta != NULL) {
		error = priv_check(curthread, PRIV_ADJTIME);
		if (error)
			return (error);
		error = copyin(uap->delta, &delta, sizeof(delta));
		if (error)
			return (error);
		if (delta.tv_sec > 1000000000 || delta.tv_sec < -1000000000)
			return (EINVAL);
		ns = delta.tv_sec * NSEC + delta.tv_usec * 1000;
		kern_adjtime(ns, &left);
	} else {
		left = kern_adjtime_left();
	}
	if (uap->olddelta == NULL)
		return (0);
	old.tv_sec = left / NSEC;
	old.tv_usec = left % NSEC / 1000;
	if (old.tv_usec < 0) {
		old.tv_usec += 1000000;
		--old.tv_sec;
	}
	return (copyout(&old, uap->olddelta, sizeof(old)));
}

/*
 * --- sleeping ---
 */

struct nanosleep_timer {
	struct systimer	timer;
	struct thread	*td;
};

static void
nanosleep_done(systimer_t info, int in_ipi __unused,
    struct intrframe *frame __unused)
{
	struct nanosleep_timer *nt = info->data;

	lwkt_schedule(nt->td);
}

/*
 * A pause shorter than two ticks is timed by a timer interrupt of its own,
 * without the callout wheel's granularity.  Not interruptible: it is short.
 */
static void
nanosleep_short(int64_t ns)
{
	struct nanosleep_timer nt;

	crit_enter();
	nt.td = curthread;
	systimer_init_oneshot(&nt.timer, nanosleep_done, &nt,
	    howmany(ns, 1000));
	++curthread->td_lwp->lwp_ru.ru_nvcsw;
	lwkt_deschedule_self(curthread);
	lwkt_switch();
	if (nt.timer.gd == mycpu)
		systimer_del(&nt.timer);
	crit_exit();
}

/*
 * Sleep for *rqt; what is left in *rmt.  0 or EINTR.
 */
static int
nanosleep1(const struct timespec *rqt, struct timespec *rmt)
{
	struct timespec now, end, left;
	int error;

	nanouptime(&end);
	if (rqt->tv_sec >= (time_t)1 << 40)
		end.tv_sec = (time_t)1 << 41;
	else
		timespecadd(&end, rqt, &end);
	error = 0;
	for (;;) {
		nanouptime(&now);
		if (timespeccmp(&now, &end, >=)) {
			timespecclear(rmt);
			return (0);
		}
		timespecsub(&end, &now, &left);
		*rmt = left;
		if (error != 0 && error != EWOULDBLOCK)
			return (error == ERESTART ? EINTR : error);
		if (left.tv_sec == 0 && left.tv_nsec < tick * 2000L &&
		    tsleep_now_works) {
			nanosleep_short(left.tv_nsec);
			error = lwp_sleep_signal(curthread->td_lwp);
			continue;
		}
		/* A tick less: the rest is timed exactly. */
		error = tsleep(&nanowait, PCATCH, "nanslp",
		    MAX(tstohz_low(&left) - 1, 1));
	}
}

int
sys_nanosleep(struct sysmsg *sysmsg, const struct nanosleep_args *uap)
{
	struct timespec rqt, rmt;
	int error, error2;

	error = copyin(uap->rqtp, &rqt, sizeof(rqt));
	if (error)
		return (error);
	if (rqt.tv_sec < 0 || rqt.tv_nsec < 0 || rqt.tv_nsec >= NSEC)
		return (EINVAL);
	if (rqt.tv_sec == 0 && rqt.tv_nsec == 0) {
		lwkt_user_yield();
		return (0);
	}
	error = nanosleep1(&rqt, &rmt);
	if (error && uap->rmtp != NULL) {
		error2 = copyout(&rmt, uap->rmtp, sizeof(rmt));
		if (error2)
			error = error2;
	}
	return (error);
}
