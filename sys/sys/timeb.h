/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ftime(), of 7th Edition.
 */
#ifndef _SYS_TIMEB_H_
#define _SYS_TIMEB_H_

#include <sys/cdefs.h>
#include <sys/types.h>

struct timeb {
	time_t	time;
	unsigned short millitm;
	short	timezone;
	short	dstflag;
};

#endif /* !_SYS_TIMEB_H_ */
