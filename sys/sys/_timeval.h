/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A time in seconds and microseconds.
 */
#ifndef _SYS__TIMEVAL_H_
#define _SYS__TIMEVAL_H_

#include <machine/stdint.h>

#ifndef _TIME_T_DECLARED
#define _TIME_T_DECLARED
typedef __time_t	time_t;
#endif
#ifndef _SUSECONDS_T_DECLARED
#define _SUSECONDS_T_DECLARED
typedef __suseconds_t	suseconds_t;
#endif

struct timeval {
	time_t		tv_sec;
	suseconds_t	tv_usec;	/* 0 .. 999999 */
};

#endif /* !_SYS__TIMEVAL_H_ */
