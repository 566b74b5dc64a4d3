/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Counters of the PC, among the files that drive them.
 */
#ifndef _PC64_CLOCK_VAR_H_
#define _PC64_CLOCK_VAR_H_

#include <sys/types.h>
#include <sys/stdbool.h>

/* A counter by which others are measured. */
struct ref_clock {
	uint64_t	(*rc_count)(void);
	uint64_t	rc_mask;	/* of the counter's width */
	uint64_t	rc_freq;	/* Hz */
};

/* Each fills *rc and returns true if the machine has the counter. */
bool	hpet_reference(struct ref_clock *rc);
bool	acpi_timer_reference(struct ref_clock *rc);
bool	i8254_reference(struct ref_clock *rc);

/* Offer the counter to the system, if it is there. */
void	hpet_register(void);
void	acpi_timer_register(void);
void	i8254_register(void);
void	tsc_register(void);

/* DELAY() before the TSC's rate is known. */
void	i8254_delay(int us);

#define I8254_FREQ	1193182
#define ACPI_TIMER_FREQ	3579545

/*
 * The 64-bit count of a counter `bits' wide that is read at least twice a
 * turn; *lastp holds the latest.  Any CPU, any context.
 */
uint64_t clock_extend(volatile uint64_t *lastp, uint64_t raw, int bits);

#endif /* !_PC64_CLOCK_VAR_H_ */
