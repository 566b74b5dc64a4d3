/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * CPU time in clock ticks.
 */
#ifndef _SYS_TIMES_H_
#define _SYS_TIMES_H_

#include <sys/cdefs.h>
#include <sys/types.h>

struct tms {
	clock_t	tms_utime;		/* user */
	clock_t	tms_stime;		/* system */
	clock_t	tms_cutime;		/* user, of children waited for */
	clock_t	tms_cstime;		/* system, of these */
};

#ifndef _KERNEL
__BEGIN_DECLS
clock_t	times(struct tms *);
__END_DECLS
#endif

#endif /* !_SYS_TIMES_H_ */
