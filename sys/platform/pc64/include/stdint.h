/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The CPU has its own; see there.
 */
#ifndef _MACHINE_STDINT_H_
#define _MACHINE_STDINT_H_

#include <cpu/stdint.h>

#endif /* !_MACHINE_STDINT_H_ */
