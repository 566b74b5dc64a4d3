/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The CPU has its own; see there.
 */
#ifndef _MACHINE_TRAP_H_
#define _MACHINE_TRAP_H_

#include <cpu/trap.h>

#endif /* !_MACHINE_TRAP_H_ */
