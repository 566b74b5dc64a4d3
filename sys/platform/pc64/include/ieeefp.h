/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The CPU has its own; see there.
 */
#ifndef _MACHINE_IEEEFP_H_
#define _MACHINE_IEEEFP_H_

#include <cpu/ieeefp.h>

#endif /* !_MACHINE_IEEEFP_H_ */
