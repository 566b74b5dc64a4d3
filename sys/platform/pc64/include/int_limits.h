/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The CPU has its own; see there.
 */
#ifndef _MACHINE_INT_LIMITS_H_
#define _MACHINE_INT_LIMITS_H_

#include <cpu/int_limits.h>

#endif /* !_MACHINE_INT_LIMITS_H_ */
