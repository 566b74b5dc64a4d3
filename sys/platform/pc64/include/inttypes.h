/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The CPU has its own; see there.
 */
#ifndef _MACHINE_INTTYPES_H_
#define _MACHINE_INTTYPES_H_

#include <cpu/inttypes.h>

#endif /* !_MACHINE_INTTYPES_H_ */
