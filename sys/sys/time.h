/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Times of day, intervals, timers and clocks.
 */
#ifndef _SYS_TIME_H_
#define _SYS_TIME_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <sys/_timeval.h>
#include <sys/_timespec.h>
#include <sys/timespec.h>
#if !defined(_KERNEL)
#include <sys/select.h>
#endif

struct timezone {
	int	tz_minuteswest;
	int	tz_dsttime;	/* DST_* */
};

#define DST_NONE	0
#define DST_USA		1
#define DST_AUST	2
#define DST_WET		3
#define DST_MET		4
#define DST_EET		5
#define DST_CAN		6

/* setitimer() */
#define ITIMER_REAL	0	/* time of day: SIGALRM */
#define ITIMER_VIRTUAL	1	/* user time: SIGVTALRM */
#define ITIMER_PROF	2	/* user and system time: SIGPROF */

struct itimerval {
	struct timeval	it_interval;	/* 0: once */
	struct timeval	it_value;	/* until the next; 0: off */
};

#ifndef _STRUCT_ITIMERSPEC_DECLARED
#define _STRUCT_ITIMERSPEC_DECLARED
struct itimerspec {
	struct timespec	it_interval;
	struct timespec	it_value;
};
#endif

/* sysctl kern.clockrate */
struct clockinfo {
	int	hz;		/* ticks a second */
	int	tick;		/* microseconds a tick */
	int	tickadj;	/* largest slew a tick, microseconds */
	int	stathz;		/* statistics clock */
	int	profhz;		/* profiling clock */
};

/* clock_gettime() */
#ifndef CLOCK_REALTIME
#define CLOCK_REALTIME			0
#define CLOCK_VIRTUAL			1
#define CLOCK_PROF			2
#define CLOCK_MONOTONIC			4
#define CLOCK_UPTIME			5
#define CLOCK_UPTIME_PRECISE		7
#define CLOCK_UPTIME_FAST		8
#define CLOCK_REALTIME_PRECISE		9
#define CLOCK_REALTIME_FAST		10
#define CLOCK_MONOTONIC_PRECISE		11
#define CLOCK_MONOTONIC_FAST		12
#define CLOCK_SECOND			13
#define CLOCK_THREAD_CPUTIME_ID		14
#define CLOCK_PROCESS_CPUTIME_ID	15
#endif
#ifndef TIMER_ABSTIME
#define TIMER_RELTIME			0
#define TIMER_ABSTIME			1
#endif

#if __BSD_VISIBLE
#define timerclear(tvp)		((tvp)->tv_sec = (tvp)->tv_usec = 0)
#define timerisset(tvp)		((tvp)->tv_sec != 0 || (tvp)->tv_usec != 0)
#define timercmp(a, b, op)						\
	((a)->tv_sec == (b)->tv_sec ?					\
	 (a)->tv_usec op (b)->tv_usec : (a)->tv_sec op (b)->tv_sec)
#define timeradd(a, b, res) do {					\
	(res)->tv_sec = (a)->tv_sec + (b)->tv_sec;			\
	(res)->tv_usec = (a)->tv_usec + (b)->tv_usec;			\
	if ((res)->tv_usec >= 1000000) {				\
		(res)->tv_sec++;					\
		(res)->tv_usec -= 1000000;				\
	}								\
} while (0)
#define timersub(a, b, res) do {					\
	(res)->tv_sec = (a)->tv_sec - (b)->tv_sec;			\
	(res)->tv_usec = (a)->tv_usec - (b)->tv_usec;			\
	if ((res)->tv_usec < 0) {					\
		(res)->tv_sec--;					\
		(res)->tv_usec += 1000000;				\
	}								\
} while (0)

#define timespecclear(tsp)	((tsp)->tv_sec = (tsp)->tv_nsec = 0)
#define timespecisset(tsp)	((tsp)->tv_sec != 0 || (tsp)->tv_nsec != 0)
#define timespeccmp(a, b, op)						\
	((a)->tv_sec == (b)->tv_sec ?					\
	 (a)->tv_nsec op (b)->tv_nsec : (a)->tv_sec op (b)->tv_sec)
#define _timespecadd2(res, b) do {					\
	(res)->tv_sec += (b)->tv_sec;					\
	(res)->tv_nsec += (b)->tv_nsec;					\
	if ((res)->tv_nsec >= 1000000000L) {				\
		(res)->tv_sec++;					\
		(res)->tv_nsec -= 1000000000L;				\
	}								\
} while (0)
#define _timespecsub2(res, b) do {					\
	(res)->tv_sec -= (b)->tv_sec;					\
	(res)->tv_nsec -= (b)->tv_nsec;					\
	if ((res)->tv_nsec < 0) {					\
		(res)->tv_sec--;					\
		(res)->tv_nsec += 1000000000L;				\
	}								\
} while (0)
/* (a, b, res): res = a + b or a - b; res may be a. */
#define timespecadd(a, b, res) do {					\
	*(res) = *(a);							\
	_timespecadd2(res, b);						\
} while (0)
#define timespecsub(a, b, res) do {					\
	*(res) = *(a);							\
	_timespecsub2(res, b);						\
} while (0)
#endif

#ifdef _KERNEL

/* (vvp, uvp): vvp += uvp, vvp -= uvp, normalised. */
void	timevaladd(struct timeval *, const struct timeval *);
void	timevalsub(struct timeval *, const struct timeval *);
#define timevalclear(tvp)	timerclear(tvp)
#define timevalisset(tvp)	timerisset(tvp)
#define timevalcmp(a, b, op)	timercmp(a, b, op)

/* Seconds since boot and since 1970, updated every tick. */
extern time_t	time_second;
extern time_t	time_uptime;
extern int	tick;		/* microseconds a tick */
extern int	hz;		/* ticks a second */
extern int	stathz;
extern int	profhz;
extern int	ticks;		/* since boot, wraps */
extern struct timespec	boottime;

/*
 * The time of day (no prefix) or since boot (up), in the format the name
 * says: nano timespec, micro timeval.  get* is as of the last tick, cheap.
 */
void	microtime(struct timeval *);
void	getmicrotime(struct timeval *);
void	nanotime(struct timespec *);
void	getnanotime(struct timespec *);
void	microuptime(struct timeval *);
void	getmicrouptime(struct timeval *);
void	nanouptime(struct timespec *);
void	getnanouptime(struct timespec *);
void	getnanotime_nbt(struct timespec *, struct timespec *);
void	getnanouptime_nbt(struct timespec *, struct timespec *);
void	initclocks(void);
void	set_timeofday(struct timespec *);
void	kern_adjtime(int64_t, int64_t *);
int64_t	kern_adjtime_left(void);	/* ns still to be slewed */
void	clock_set_rate(int64_t ppb);	/* correction of the rate */

/* Ticks until the absolute time, and in an interval, rounded up. */
int	tvtohz_high(struct timeval *);
int	tvtohz_low(struct timeval *);
int	tstohz_high(struct timespec *);
int	tstohz_low(struct timespec *);
int	itimerfix(struct timeval *);
int	itimespecfix(struct timespec *);
int	itimerdecr(struct itimerval *, int);
/* At most once an interval; at most n a second. */
int	ratecheck(struct timeval *, const struct timeval *);
int	ppsratecheck(struct timeval *, int *, int);

#else

#include <time.h>

__BEGIN_DECLS
int	getitimer(int, struct itimerval *);
int	gettimeofday(struct timeval *__restrict,
	    struct timezone *__restrict);
int	setitimer(int, const struct itimerval *__restrict,
	    struct itimerval *__restrict);
int	utimes(const char *, const struct timeval *);
#if __BSD_VISIBLE
int	adjtime(const struct timeval *, struct timeval *);
int	futimes(int, const struct timeval *);
int	futimesat(int, const char *, const struct timeval [2]);
int	lutimes(const char *, const struct timeval *);
int	settimeofday(const struct timeval *, const struct timezone *);
#endif
__END_DECLS

#endif

#endif /* !_SYS_TIME_H_ */
