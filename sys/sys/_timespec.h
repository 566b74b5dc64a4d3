/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A time in seconds and nanoseconds.
 */
#ifndef _SYS__TIMESPEC_H_
#define _SYS__TIMESPEC_H_

#include <machine/stdint.h>

#ifndef _TIME_T_DECLARED
#define _TIME_T_DECLARED
typedef __time_t	time_t;
#endif

struct timespec {
	time_t	tv_sec;
	long	tv_nsec;	/* 0 .. 999999999 */
};

#endif /* !_SYS__TIMESPEC_H_ */
