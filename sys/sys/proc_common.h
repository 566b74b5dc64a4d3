/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * States of processes and threads, for the kernel and for ps(1).
 */
#ifndef _SYS_PROC_COMMON_H_
#define _SYS_PROC_COMMON_H_

enum lwpstat {
	LSRUN = 1,		/* running or ready */
	LSSTOP = 2,		/* stopped */
	LSSLEEP = 3		/* asleep */
};

enum procstat {
	SIDL = 1,		/* being made by fork */
	SACTIVE = 2,
	SSTOP = 3,
	SZOMB = 4,		/* waiting to be waited for */
	SCORE = 5		/* dumping core */
};

#endif /* !_SYS_PROC_COMMON_H_ */
