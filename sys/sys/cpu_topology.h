/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where a CPU is: hardware threads share a core, cores a package, packages
 * may have memory of their own.  Filled in by the platform while it counts
 * its CPUs; see kern/cpu_topology.c for hw.cpu_topology.
 */
#ifndef _SYS_CPU_TOPOLOGY_H_
#define _SYS_CPU_TOPOLOGY_H_

#ifdef _KERNEL

#include <sys/types.h>

struct cpu_place {
	int	package;	/* numbers are unique in the machine */
	int	core;
	int	domain;		/* of memory (NUMA) */
};

/* (I) once the CPUs are counted; indexed by CPU number. */
extern struct cpu_place cpu_places[];

#define CPU_DISTANCE_SELF	0
#define CPU_DISTANCE_CORE	1	/* other thread of the core */
#define CPU_DISTANCE_PACKAGE	2
#define CPU_DISTANCE_DOMAIN	3	/* other package, same memory */
#define CPU_DISTANCE_MAX	4

static __inline int
cpu_distance(int a, int b)
{
	struct cpu_place *pa = &cpu_places[a], *pb = &cpu_places[b];

	if (a == b)
		return (CPU_DISTANCE_SELF);
	if (pa->core == pb->core)
		return (CPU_DISTANCE_CORE);
	if (pa->package == pb->package)
		return (CPU_DISTANCE_PACKAGE);
	return (pa->domain == pb->domain ? CPU_DISTANCE_DOMAIN :
	    CPU_DISTANCE_MAX);
}

#endif /* _KERNEL */

#endif /* !_SYS_CPU_TOPOLOGY_H_ */
