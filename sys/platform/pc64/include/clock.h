/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Clock hardware: time stamp counter, RTC, delays.
 */
#ifndef _MACHINE_CLOCK_H_
#define _MACHINE_CLOCK_H_

#ifdef _KERNEL

#include <machine/stdint.h>

typedef __uint64_t	tsc_uclock_t;
typedef __int64_t	tsc_sclock_t;

extern int		tsc_present;
extern int		tsc_invariant;	/* constant rate, in every state */
extern int		tsc_mpsync;	/* the same on all CPUs */
extern tsc_uclock_t	tsc_frequency;	/* Hz; 0 unknown */
extern tsc_uclock_t	tsc_oneus_approx; /* ticks in a microsecond, about */
extern int		adjkerntz;	/* local time of RTC, seconds off UTC */
extern int		wall_cmos_clock;
extern int		disable_rtc_set;

/* Wait n microseconds, spinning; any context. */
void	DELAY(int n);
void	DRIVERSLEEP(int usec);		/* may sleep where that is possible */

/* Read the RTC and set the time of day; write it. */
void	inittodr(__int64_t base);
void	resettodr(void);
int	rtcin(int reg);
void	writertc(unsigned char reg, unsigned char val);

/* Choose counters and the interrupt timer; start a CPU's timer. */
void	clocks_init(void);
void	lapic_timer_init_pcpu(void);

tsc_uclock_t tsc_get_target(int ns);
int	tsc_test_target(__int64_t target);

#endif /* _KERNEL */
#endif /* !_MACHINE_CLOCK_H_ */
