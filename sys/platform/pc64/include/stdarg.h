/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The CPU has its own; see there.
 */
#ifndef _MACHINE_STDARG_H_
#define _MACHINE_STDARG_H_

#include <cpu/stdarg.h>

#endif /* !_MACHINE_STDARG_H_ */
