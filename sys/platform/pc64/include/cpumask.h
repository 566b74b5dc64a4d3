/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The CPU has its own; see there.
 */
#ifndef _MACHINE_CPUMASK_H_
#define _MACHINE_CPUMASK_H_

#include <cpu/cpumask.h>

#endif /* !_MACHINE_CPUMASK_H_ */
