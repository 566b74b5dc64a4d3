/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The CPU has its own; see there.
 */
#ifndef _MACHINE_SETJMP_H_
#define _MACHINE_SETJMP_H_

#include <cpu/setjmp.h>

#endif /* !_MACHINE_SETJMP_H_ */
