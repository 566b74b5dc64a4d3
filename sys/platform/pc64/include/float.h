/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The CPU has its own; see there.
 */
#ifndef _MACHINE_FLOAT_H_
#define _MACHINE_FLOAT_H_

#include <cpu/float.h>

#endif /* !_MACHINE_FLOAT_H_ */
