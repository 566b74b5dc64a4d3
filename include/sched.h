/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * POSIX scheduling.
 */
#ifndef _SCHED_H_
#define _SCHED_H_

#include <sys/sched.h>

#endif /* !_SCHED_H_ */
