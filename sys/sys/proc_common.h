/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * States of processes and threads, as ps(1) sees them too.
 */
#ifndef _SYS_PROC_COMMON_H_
#define _SYS_PROC_COMMON_H_

enum lwpstat {
	LSRUN = 1,		/* running or runnable */
	LSSTOP = 2,		/* stopped */
	LSSLEEP = 3		/* asleep */
};

enum procstat {
	SIDL = 1,		/* being created */
	SACTIVE = 2,		/* the threads say more */
	SSTOP = 3,		/* stopped or stopping */
	SZOMB = 4,		/* exited, awaiting wait(2) */
	SCORE = 5		/* dumping core */
};

#endif /* !_SYS_PROC_COMMON_H_ */
