/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Counters and timer interrupts: see <sys/systimer.h>, which has it all.
 */
#ifndef _SYS_CPUTIMER_H_
#define _SYS_CPUTIMER_H_

#include <sys/systimer.h>

#endif /* !_SYS_CPUTIMER_H_ */
