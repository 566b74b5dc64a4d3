/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Between the parts of vmstat(8): vmstat.c prints rates, sums.c totals.
 */
#ifndef _VMSTAT_H_
#define _VMSTAT_H_

#include <stddef.h>

/* Reads a sysctl of exactly that size; exits when that fails. */
void	vmstat_get(const char *name, void *value, size_t size);

/* Reads a sysctl of any size into malloc()ed memory with a NUL behind it. */
void	*vmstat_get_all(const char *name, size_t *size);

/* Seconds since boot. */
double	vmstat_uptime(void);

void	vmstat_sums(void);		/* -s */
void	vmstat_interrupts(void);	/* -i */
void	vmstat_memory(void);		/* -m */

#endif
