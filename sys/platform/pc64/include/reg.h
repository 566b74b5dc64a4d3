/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The CPU has its own; see there.
 */
#ifndef _MACHINE_REG_H_
#define _MACHINE_REG_H_

#include <cpu/reg.h>

#endif /* !_MACHINE_REG_H_ */
