/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Times of the process and of the day.
 */
#include <sys/param.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/times.h>
#include <sys/timeb.h>
#include <errno.h>
#include <time.h>
#include <utime.h>

int	getcpuclockid(pid_t, lwpid_t, clockid_t *);

static clock_t
ticks(const struct timeval *tv)
{
	return ((clock_t)(tv->tv_sec * CLOCKS_PER_SEC +
	    tv->tv_usec / (1000000 / CLOCKS_PER_SEC)));
}

clock_t
clock(void)
{
	struct rusage ru;

	if (getrusage(RUSAGE_SELF, &ru) != 0)
		return ((clock_t)-1);
	timeradd(&ru.ru_utime, &ru.ru_stime, &ru.ru_utime);
	return (ticks(&ru.ru_utime));
}

clock_t
times(struct tms *tp)
{
	struct rusage ru;
	struct timespec now;

	if (getrusage(RUSAGE_SELF, &ru) != 0)
		return ((clock_t)-1);
	tp->tms_utime = ticks(&ru.ru_utime);
	tp->tms_stime = ticks(&ru.ru_stime);
	if (getrusage(RUSAGE_CHILDREN, &ru) != 0)
		return ((clock_t)-1);
	tp->tms_cutime = ticks(&ru.ru_utime);
	tp->tms_cstime = ticks(&ru.ru_stime);
	if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
		return ((clock_t)-1);
	return ((clock_t)(now.tv_sec * CLOCKS_PER_SEC +
	    now.tv_nsec / (1000000000 / CLOCKS_PER_SEC)));
}

time_t
time(time_t *tp)
{
	struct timespec now;
	time_t t = -1;

	if (clock_gettime(CLOCK_REALTIME_FAST, &now) == 0 ||
	    clock_gettime(CLOCK_REALTIME, &now) == 0)
		t = now.tv_sec;
	if (tp != NULL)
		*tp = t;
	return (t);
}

int
clock_getcpuclockid(pid_t pid, clockid_t *idp)
{
	return (getcpuclockid(pid, 0, idp) != 0 ? errno : 0);
}

int
timespec_get(struct timespec *ts, int base)
{
	if (base != TIME_UTC || clock_gettime(CLOCK_REALTIME, ts) != 0)
		return (0);
	return (base);
}

/* Relative sleeps only depend on the clock in name. */
int
clock_nanosleep(clockid_t id, int flags, const struct timespec *req,
    struct timespec *left)
{
	struct timespec now, delta;

	if (req->tv_nsec < 0 || req->tv_nsec >= 1000000000)
		return (EINVAL);
	if ((flags & TIMER_ABSTIME) == 0)
		return (nanosleep(req, left) != 0 ? errno : 0);
	for (;;) {
		if (clock_gettime(id, &now) != 0)
			return (errno);
		if (!timespeccmp(req, &now, >))
			return (0);
		timespecsub(req, &now, &delta);
		if (nanosleep(&delta, NULL) != 0)
			return (errno);
	}
}

int
utime(const char *path, const struct utimbuf *times)
{
	struct timeval tv[2];

	if (times == NULL)
		return (utimes(path, NULL));
	tv[0].tv_sec = times->actime;
	tv[1].tv_sec = times->modtime;
	tv[0].tv_usec = tv[1].tv_usec = 0;
	return (utimes(path, tv));
}
