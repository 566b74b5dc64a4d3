/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * struct timespec, and its conversion from and to struct timeval.
 */
#ifndef _SYS_TIMESPEC_H_
#define _SYS_TIMESPEC_H_

#include <sys/cdefs.h>
#include <sys/_timespec.h>

#ifndef _STRUCT_ITIMERSPEC_DECLARED
#define _STRUCT_ITIMERSPEC_DECLARED
struct itimerspec {
	struct timespec	it_interval;	/* 0: once */
	struct timespec	it_value;
};
#endif

#if __BSD_VISIBLE
#define TIMEVAL_TO_TIMESPEC(tv, ts) do {				\
	(ts)->tv_sec = (tv)->tv_sec;					\
	(ts)->tv_nsec = (tv)->tv_usec * 1000;				\
} while (0)
#define TIMESPEC_TO_TIMEVAL(tv, ts) do {				\
	(tv)->tv_sec = (ts)->tv_sec;					\
	(tv)->tv_usec = (ts)->tv_nsec / 1000;				\
} while (0)
#endif

#endif /* !_SYS_TIMESPEC_H_ */
