/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sets of CPUs: cpumask_t, and cpu_set_t with the macros others know.
 */
#ifndef _SYS_CPUMASK_H_
#define _SYS_CPUMASK_H_

#include <sys/cdefs.h>
#include <machine/cpumask.h>
#include <machine/types.h>

#ifndef _CPUMASK_T_DECLARED
#define _CPUMASK_T_DECLARED
typedef __cpumask_t	cpumask_t;
#endif

#define CPULOCK_EXCLBIT	0x00000000
#define CPULOCK_EXCL	0x00000001
#define CPULOCK_INCR	0x00000002
#define CPULOCK_CNTMASK	0x7ffffffe

#if !defined(_KERNEL) && __BSD_VISIBLE
typedef cpumask_t	cpu_set_t;

#define CPU_SETSIZE	256

#define __cpuset_bit(cpu)	((__uint64_t)1 << ((cpu) & 63))
#define CPU_SET(cpu, set)	((set)->ary[((cpu) >> 6) & 3] |= __cpuset_bit(cpu))
#define CPU_CLR(cpu, set)	((set)->ary[((cpu) >> 6) & 3] &= ~__cpuset_bit(cpu))
#define CPU_ISSET(cpu, set)	\
	(((set)->ary[((cpu) >> 6) & 3] & __cpuset_bit(cpu)) != 0)
#define CPU_ZERO(set)		\
	((set)->ary[0] = (set)->ary[1] = (set)->ary[2] = (set)->ary[3] = 0)
#define CPU_COUNT(set)							\
	(__builtin_popcountl((set)->ary[0]) +				\
	 __builtin_popcountl((set)->ary[1]) +				\
	 __builtin_popcountl((set)->ary[2]) +				\
	 __builtin_popcountl((set)->ary[3]))
#define CPU_EQUAL(a, b)							\
	((a)->ary[0] == (b)->ary[0] && (a)->ary[1] == (b)->ary[1] &&	\
	 (a)->ary[2] == (b)->ary[2] && (a)->ary[3] == (b)->ary[3])
#endif

#endif /* !_SYS_CPUMASK_H_ */
