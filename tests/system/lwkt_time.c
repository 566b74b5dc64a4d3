/* SPDX-License-Identifier: BSD-2-Clause */
/* Clocks, sleeping and interval timers. */
#include <sys/types.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "tap.h"

static volatile sig_atomic_t alarms;

static void
on_alarm(int sig)
{
	(void)sig;
	++alarms;
}

static long
ns_between(const struct timespec *a, const struct timespec *b)
{
	return ((b->tv_sec - a->tv_sec) * 1000000000L + b->tv_nsec -
	    a->tv_nsec);
}

static int
clock_is_monotonic(clockid_t id)
{
	struct timespec last, now;
	int i;

	clock_gettime(id, &last);
	for (i = 0; i < 20000; ++i) {
		if (clock_gettime(id, &now) != 0 || ns_between(&last, &now) < 0)
			return (0);
		last = now;
	}
	return (1);
}

/* Times taken by several processes and handed round never run backwards. */
static int
time_agrees_between_cpus(void)
{
	struct timespec stamp, now;
	int fd[2], back[2], i, good = 1;
	pid_t pid;

	if (pipe(fd) != 0 || pipe(back) != 0)
		return (0);
	pid = fork();
	if (pid == 0) {
		close(fd[1]);
		while (read(fd[0], &stamp, sizeof(stamp)) == sizeof(stamp)) {
			clock_gettime(CLOCK_MONOTONIC, &now);
			if (ns_between(&stamp, &now) < 0)
				_exit(1);
			write(back[1], &now, sizeof(now));
		}
		_exit(0);
	}
	close(fd[0]);
	for (i = 0; i < 2000 && good; ++i) {
		clock_gettime(CLOCK_MONOTONIC, &stamp);
		write(fd[1], &stamp, sizeof(stamp));
		good = read(back[0], &stamp, sizeof(stamp)) == sizeof(stamp);
		clock_gettime(CLOCK_MONOTONIC, &now);
		good = good && ns_between(&stamp, &now) >= 0;
	}
	close(fd[1]);
	waitpid(pid, &i, 0);
	return (good && i == 0);
}

static int
sleeps_at_least(long ns)
{
	struct timespec rqt = { ns / 1000000000, ns % 1000000000 };
	struct timespec a, b;

	clock_gettime(CLOCK_MONOTONIC, &a);
	if (nanosleep(&rqt, NULL) != 0)
		return (0);
	clock_gettime(CLOCK_MONOTONIC, &b);
	return (ns_between(&a, &b) >= ns);
}

static int
signal_ends_nanosleep(void)
{
	struct timespec rqt = { 5, 0 }, rmt = { 0, 0 };
	struct itimerval itv = { { 0, 0 }, { 0, 100000 } };

	setitimer(ITIMER_REAL, &itv, NULL);
	return (nanosleep(&rqt, &rmt) == -1 && errno == EINTR &&
	    rmt.tv_sec >= 3 && rmt.tv_sec < 5);
}

static int
interval_timer_repeats(void)
{
	struct itimerval itv = { { 0, 20000 }, { 0, 20000 } };
	struct timespec rqt = { 0, 50000000 };
	int i;

	alarms = 0;
	setitimer(ITIMER_REAL, &itv, NULL);
	for (i = 0; i < 100 && alarms < 5; ++i)
		nanosleep(&rqt, NULL);
	memset(&itv, 0, sizeof(itv));
	setitimer(ITIMER_REAL, &itv, NULL);
	return (alarms >= 5);
}

static int
virtual_timer_counts_cpu_time(void)
{
	struct itimerval itv = { { 0, 0 }, { 0, 50000 } };
	struct timespec a, b;

	alarms = 0;
	signal(SIGVTALRM, on_alarm);
	setitimer(ITIMER_VIRTUAL, &itv, NULL);
	clock_gettime(CLOCK_MONOTONIC, &a);
	do {
		clock_gettime(CLOCK_MONOTONIC, &b);
	} while (alarms == 0 && b.tv_sec - a.tv_sec < 10);
	return (alarms == 1);
}

static int
getitimer_tells_the_rest(void)
{
	struct itimerval itv = { { 0, 0 }, { 100, 0 } }, got;

	setitimer(ITIMER_REAL, &itv, NULL);
	if (getitimer(ITIMER_REAL, &got) != 0)
		return (0);
	memset(&itv, 0, sizeof(itv));
	setitimer(ITIMER_REAL, &itv, NULL);
	return (got.it_value.tv_sec >= 98 && got.it_value.tv_sec <= 100);
}

static int
settime_is_seen(void)
{
	struct timespec ts, now;

	clock_gettime(CLOCK_REALTIME, &ts);
	ts.tv_sec += 3600;
	if (clock_settime(CLOCK_REALTIME, &ts) != 0)
		return (0);
	clock_gettime(CLOCK_REALTIME, &now);
	if (ns_between(&ts, &now) < 0 || now.tv_sec - ts.tv_sec > 2)
		return (0);
	now.tv_sec -= 3600;
	return (clock_settime(CLOCK_REALTIME, &now) == 0);
}

static int
adjtime_reports_what_is_left(void)
{
	struct timeval delta = { 1, 0 }, old, none = { 0, 0 };

	if (adjtime(&delta, NULL) != 0 || adjtime(NULL, &old) != 0)
		return (0);
	return (adjtime(&none, NULL) == 0 && old.tv_sec >= 0 &&
	    (old.tv_sec == 1 || old.tv_usec > 500000));
}

static int
bad_arguments_are_refused(void)
{
	struct timespec ts = { 0, 1000000000 };
	struct itimerval itv = { { 0, 0 }, { -1, 0 } };

	if (nanosleep(&ts, NULL) != -1 || errno != EINVAL)
		return (0);
	if (nanosleep((void *)8, NULL) != -1 || errno != EFAULT)
		return (0);
	if (clock_gettime(77, &ts) != -1 || errno != EINVAL)
		return (0);
	if (setitimer(ITIMER_REAL, &itv, NULL) != -1 || errno != EINVAL)
		return (0);
	if (setitimer(9, NULL, NULL) != -1 || errno != EINVAL)
		return (0);
	return (1);
}

static int
cpu_clock_advances(clockid_t id)
{
	struct timespec a, b, t0, t1;

	clock_gettime(id, &a);
	clock_gettime(CLOCK_MONOTONIC, &t0);
	do {
		clock_gettime(id, &b);
		clock_gettime(CLOCK_MONOTONIC, &t1);
	} while (ns_between(&a, &b) <= 0 && t1.tv_sec - t0.tv_sec < 5);
	return (ns_between(&a, &b) > 0);
}

int
main(void)
{
	struct timespec res;
	struct timeval tv;
	struct timespec ts;

	signal(SIGALRM, on_alarm);
	ok(clock_is_monotonic(CLOCK_MONOTONIC), "monotonic clock");
	ok(clock_is_monotonic(CLOCK_MONOTONIC_FAST), "fast monotonic clock");
	ok(clock_is_monotonic(CLOCK_REALTIME), "time of day never steps back");
	ok(time_agrees_between_cpus(), "time agrees between CPUs");
	ok(sleeps_at_least(1000000), "nanosleep of 1 ms is not shorter");
	ok(sleeps_at_least(50000000), "nanosleep of 50 ms is not shorter");
	ok(signal_ends_nanosleep(), "a signal ends nanosleep, rest reported");
	ok(interval_timer_repeats(), "ITIMER_REAL repeats");
	ok(virtual_timer_counts_cpu_time(), "ITIMER_VIRTUAL counts CPU time");
	ok(getitimer_tells_the_rest(), "getitimer tells what is left");
	ok(settime_is_seen(), "clock_settime is seen at once");
	ok(adjtime_reports_what_is_left(), "adjtime reports what is left");
	ok(bad_arguments_are_refused(), "bad arguments are refused");
	ok(cpu_clock_advances(CLOCK_PROCESS_CPUTIME_ID),
	    "process CPU clock advances");
	ok(cpu_clock_advances(CLOCK_THREAD_CPUTIME_ID),
	    "thread CPU clock advances");
	ok(clock_getres(CLOCK_MONOTONIC, &res) == 0 && res.tv_sec == 0 &&
	    res.tv_nsec > 0 && res.tv_nsec <= 1000000, "resolution");
	gettimeofday(&tv, NULL);
	clock_gettime(CLOCK_REALTIME, &ts);
	ok(ts.tv_sec - tv.tv_sec <= 1 && tv.tv_sec > 1600000000,
	    "gettimeofday and clock_gettime agree");
	return (tap_done());
}
