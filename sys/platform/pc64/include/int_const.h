/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The CPU has its own; see there.
 */
#ifndef _MACHINE_INT_CONST_H_
#define _MACHINE_INT_CONST_H_

#include <cpu/int_const.h>

#endif /* !_MACHINE_INT_CONST_H_ */
