/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The CPU has its own; see there.
 */
#ifndef _MACHINE_PSL_H_
#define _MACHINE_PSL_H_

#include <cpu/psl.h>

#endif /* !_MACHINE_PSL_H_ */
