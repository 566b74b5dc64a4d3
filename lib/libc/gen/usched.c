/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which CPU the caller is on.
 */
#include <sys/types.h>
#include <sys/usched.h>
#include <sched.h>

int
sched_getcpu(void)
{
	int cpu;

	if (usched_set(0, USCHED_GET_CPU, &cpu, sizeof(cpu)) != 0)
		return (-1);
	return (cpu);
}
