/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Calendar time, clocks.
 */
#ifndef _TIME_H_
#define _TIME_H_

#include <sys/cdefs.h>
#include <sys/_null.h>
#include <sys/_timespec.h>
#include <machine/stdint.h>

#if __POSIX_VISIBLE
#define CLOCKS_PER_SEC	128
#if __BSD_VISIBLE
#define CLK_TCK		128
#endif
#else
#define CLOCKS_PER_SEC	128
#endif

#ifndef _CLOCK_T_DECLARED
#define _CLOCK_T_DECLARED
typedef __clock_t	clock_t;
#endif
#ifndef _SIZE_T_DECLARED
#define _SIZE_T_DECLARED
typedef __size_t	size_t;
#endif

#if __POSIX_VISIBLE >= 199309
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
#ifndef _CLOCKID_T_DECLARED
#define _CLOCKID_T_DECLARED
typedef __clockid_t	clockid_t;
#endif
#ifndef _TIMER_T_DECLARED
#define _TIMER_T_DECLARED
typedef __timer_t	timer_t;
#endif
#ifndef _PID_T_DECLARED
#define _PID_T_DECLARED
typedef __pid_t		pid_t;
#endif
#endif

struct tm {
	int	tm_sec;		/* 0 .. 60 */
	int	tm_min;		/* 0 .. 59 */
	int	tm_hour;	/* 0 .. 23 */
	int	tm_mday;	/* 1 .. 31 */
	int	tm_mon;		/* 0 .. 11 */
	int	tm_year;	/* since 1900 */
	int	tm_wday;	/* 0 is Sunday */
	int	tm_yday;	/* 0 .. 365 */
	int	tm_isdst;	/* < 0: not known */
	long	tm_gmtoff;	/* seconds east of UTC */
	char	*tm_zone;	/* abbreviation of the time zone */
};

#if __POSIX_VISIBLE
extern char	*tzname[];
#endif

#if __ISO_C_VISIBLE >= 2011
#define TIME_UTC	1
#endif

struct itimerspec;
struct sigevent;

__BEGIN_DECLS
char	*asctime(const struct tm *);
clock_t	clock(void);
char	*ctime(const time_t *);
double	difftime(time_t, time_t);
struct tm *gmtime(const time_t *);
struct tm *localtime(const time_t *);
time_t	mktime(struct tm *);
size_t	strftime(char *__restrict, size_t, const char *__restrict,
	    const struct tm *__restrict) __strftimelike(3, 0);
time_t	time(time_t *);
#if __ISO_C_VISIBLE >= 2011
int	timespec_get(struct timespec *, int);
#endif
#if __POSIX_VISIBLE
void	tzset(void);
#endif
#if __POSIX_VISIBLE >= 199309
int	clock_getres(clockid_t, struct timespec *);
int	clock_gettime(clockid_t, struct timespec *);
int	clock_settime(clockid_t, const struct timespec *);
int	nanosleep(const struct timespec *, struct timespec *);
#endif
#if __POSIX_VISIBLE >= 199506
char	*asctime_r(const struct tm *__restrict, char *__restrict);
char	*ctime_r(const time_t *, char *);
struct tm *gmtime_r(const time_t *__restrict, struct tm *__restrict);
struct tm *localtime_r(const time_t *__restrict, struct tm *__restrict);
#endif
#if __POSIX_VISIBLE >= 200112
int	clock_getcpuclockid(pid_t, clockid_t *);
int	clock_nanosleep(clockid_t, int, const struct timespec *,
	    struct timespec *);
#endif
#if __XSI_VISIBLE
extern int	getdate_err;
struct tm *getdate(const char *);
char	*strptime(const char *__restrict, const char *__restrict,
	    struct tm *__restrict);
#endif
#if __BSD_VISIBLE
time_t	posix2time(time_t);
time_t	time2posix(time_t);
time_t	timegm(struct tm *);
time_t	timelocal(struct tm *);
time_t	timeoff(struct tm *, long);
char	*timezone(int, int);
void	tzsetwall(void);
#endif
#if __POSIX_VISIBLE >= 200809 || defined(_XLOCALE_H_)
#include <xlocale/_time.h>
#endif
__END_DECLS

#endif /* !_TIME_H_ */
